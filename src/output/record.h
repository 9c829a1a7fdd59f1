/* record.h - one event with all that any format needs, free of the document that it was found in:
 * filled from a coded document, or read back from the native JSON that a store keeps. Every writer
 * works from this, so that an export of a store and the coder itself write the same bytes. */
#ifndef DGM_RECORD_H
#define DGM_RECORD_H

#include "document/document.h"
#include "events/events.h"

/* Words of the story: code points and bytes of the text as read. text empty: there are none. */
typedef struct {
    dgm_view text;
    uint32_t begin, end, begin_byte, end_byte;
} dgm_record_words;

/* Somebody in a role. Views are empty where it is not known. */
typedef struct {
    dgm_record_words words;
    dgm_view code, country, sector; /* "TURGOV", "TUR", "GOV" */
    DGM_ARRAY(dgm_view) other_sectors;
    dgm_view name, id, via;
} dgm_record_actor;

typedef struct {
    bool has_speaker; /* false: nobody is named */
    dgm_record_actor speaker;
    dgm_record_words cue; /* bytes are not known */
    dgm_attribution_kind kind;
} dgm_record_voice;

typedef struct {
    dgm_record_words words; /* bytes are not known */
    dgm_view name, country, admin1;
    double lat, lon;      /* NAN: not known */
    uint32_t geonames_id; /* 0: not known */
    dgm_view precision;
    dgm_view basis; /* empty: not told */
} dgm_record_place;

/* A number of the event: how many died, how much was paid. */
typedef struct {
    bool told;
    double min, max;        /* max NAN: no upper bound */
    dgm_record_words words; /* bytes are not known */
    dgm_view currency;      /* of money: ISO 4217; else empty */
} dgm_record_size;

typedef struct {
    dgm_view event_id;
    dgm_view story_id, story_date, story_title, story_source, story_url;
    uint32_t sentence;        /* from 0 */
    dgm_view text;            /* of the sentence */
    char text_hash[17];       /* of a text that was taken away; else empty */
    uint32_t text_begin_byte; /* where it begins, by the count of all words here; DGM_NONE */
    dgm_view event_date, event_date_end, date_basis;
    dgm_view type;       /* as the codebook calls it */
    dgm_event_type like; /* as which of PLOVER's types it is treated; NONE: none */
    dgm_view mode, cameo;
    DGM_ARRAY(dgm_view) contexts;
    uint32_t quad;
    double goldstein, intensity; /* NAN: not known */
    DGM_ARRAY(dgm_record_actor) actors, recipients;
    dgm_polarity polarity;
    dgm_factual_status status;
    bool historical;
    dgm_record_words condition;         /* bytes are not known */
    dgm_view condition_event;           /* an event_id, or empty */
    DGM_ARRAY(dgm_record_voice) voices; /* outermost first */
    dgm_view content_of;
    DGM_ARRAY(dgm_view) contradicts;
    DGM_ARRAY(dgm_record_place) locations;
    dgm_record_size sizes[DGM_N_SIZES];
    dgm_record_words trigger;
    dgm_view rule;
    double judge;       /* the judge's likelihood of type and sides; NAN: not judged */
    dgm_view rule_type; /* where it was judged: what the rules said; empty: nothing */
    double confidence;  /* NAN: absent */
    /* How often it was reported; 1 each from the coder, counted by a store. */
    uint32_t n_mentions, n_articles, n_sources;
} dgm_record;

/* All events of doc that are written, in doc's arena; NULL: no memory. events: names of contexts,
 * may be NULL. */
const dgm_record *dgm_records_of(const dgm_events *events, const dgm_document *doc, uint32_t *n);

/* One attribution, with or without an event; *out is zeroed by the caller. False: no memory. */
bool dgm_record_voice_of(const dgm_document *doc, const dgm_attribution *a, dgm_record_voice *out);

/* Reads what dgm_write_jsonl wrote: one object, its views in arena. text_begin_byte stays
 * DGM_NONE, since the native record does not tell it. */
dgm_status dgm_record_read(dgm_view json, dgm_arena *arena, dgm_record *out,
                           dgm_err *err) DGM_MUST_USE;
/* The same where types are not PLOVER's: those that `types` does not have are like none. */
dgm_status dgm_record_read_as(const dgm_types *types, dgm_view json, dgm_arena *arena,
                              dgm_record *out, dgm_err *err) DGM_MUST_USE;

/* Whether it was done, in the report's words. The status of a speech act is that of its content:
 * who promised something that is yet to come has promised it all the same. */
static inline bool dgm_record_is_done(const dgm_record *r)
{
    bool promised = r->status == DGM_INTENDED || r->status == DGM_CONDITIONAL;
    switch (r->like) {
    case DGM_REQUEST:
        return r->status == DGM_ACTUAL || r->status == DGM_REQUESTED;
    case DGM_AGREE:
    case DGM_CONCEDE:
    case DGM_THREATEN:
        return r->status == DGM_ACTUAL || promised;
    default:
        return r->status == DGM_ACTUAL;
    }
}

/* Affirmed, done, not historical and no one's mere claim: what a dyadic data set holds. */
static inline bool dgm_record_is_plain(const dgm_record *r)
{
    return r->polarity == DGM_AFFIRMED && dgm_record_is_done(r) && !r->historical &&
           r->voices.n == 0;
}

#endif
