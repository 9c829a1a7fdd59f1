/* page.h - what the page and its API ask of a store beside store.h: sums by day, pairs of states,
 * places, pages of lists, one story with what belongs to it. SQL for both engines stands in
 * page_*.c; whoever asks gives a filter and values, never SQL. */
#ifndef DGM_PAGE_H
#define DGM_PAGE_H

#include "store/store.h"

/* ---- questions about the events of a filter ------------------------------------------------- */

/*    question   cells of a row, in this order */
typedef enum {
    DGM_ASK_COUNT,     /* n */
    DGM_ASK_TOTALS,    /* reports, events, stories (copies are one) */
    DGM_ASK_DAYS,      /* day, quad, n; by day */
    DGM_ASK_TYPES,     /* type, n; largest first, as all that follow with n */
    DGM_ASK_KINDS,     /* polarity, status, historical, attributed, plain, n; in no order, one in
                          several rows */
    DGM_ASK_COUNTRIES, /* country, n */
    DGM_ASK_SOURCES,   /* source or NULL, n */
    DGM_ASK_DYADS,     /* actor, recipient, n, cooperation, conflict, mean Goldstein score */
    DGM_ASK_PAIRS,     /* a, b (a < b), n, cooperation, conflict */
    DGM_ASK_SCORES,    /* day, n with a Goldstein score, their sum; by day */
    DGM_ASK_PLACES,    /* name, country, lat, lon, precision, basis, quad, n */
    DGM_ASK_PLACELESS, /* n without a place, n with a place but without coordinates */
    DGM_ASK_SPEAKERS,  /* name, code, country, words, n */
    DGM_ASK_EVENTS,    /* event, day; latest first, from `after` on */
    DGM_ASK_QUOTES,    /* the same of what stands on somebody's word */
    DGM_ASK_STORIES,   /* story, day, title, source, n; latest first, from `after` on */
    DGM_N_ASKS
} dgm_page_question;

/* A part of a list. day NULL: from its beginning; limit 0: all. */
typedef struct {
    const char *day;
    int64_t key; /* of the last one given */
    uint64_t limit;
} dgm_page_part;

/* `part` may be NULL. */
dgm_status dgm_page_ask(dgm_store *store, const dgm_filter *filter, dgm_per per,
                        dgm_page_question question, const dgm_page_part *part, dgm_row_out_fn fn,
                        void *context, dgm_err *err) DGM_MUST_USE;

/* ---- questions about one thing -------------------------------------------------------------- */

typedef enum {
    DGM_LOOK_STATE,   /* -: last story, last event, first day, last day, events, stories */
    DGM_LOOK_LAST,    /* -: last story, last event, last day of a story, splits and when the
                         last was: cheap to ask often */
    DGM_LOOK_SOURCES, /* -: source, stories; at most 200 */
    DGM_LOOK_MODES,   /* -: mode */
    DGM_LOOK_STORY,   /* story: its head (DGM_HEAD_CELLS), its text, where that begins in bytes */
    DGM_LOOK_COPIES,  /* story: head of each other report of it */
    DGM_LOOK_STORY_EVENTS, /* story: event */
    DGM_LOOK_SAME,         /* story: event_id, other event_id, its story, source, day */
    DGM_LOOK_LINKS,        /* story: event_id, kind, other event_id, its story */
    DGM_LOOK_EVENT,        /* event_id: event, story */
    DGM_LOOK_SENTENCE,     /* event_id: story, title, source, day, its bytes in the text, text */
    DGM_LOOK_MARK,         /* event_id: verdict, answer, note, marked */
    DGM_LOOK_UNMARKED,     /* -: event_id of an event without a mark */
    DGM_N_LOOKS
} dgm_page_look;

/* story, story_id, day, title, source, url */
enum { DGM_HEAD_CELLS = 6 };

/* value: what is asked about; NULL where nothing is. */
dgm_status dgm_page_find(dgm_store *store, dgm_page_look look, const dgm_cell *value,
                         dgm_row_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;

/* Words of a filter that begin so, the commonest first: word, n. At most 20. */
typedef enum {
    DGM_WORDS_WHO,
    DGM_WORDS_PLACE,
    DGM_WORDS_MODE,
    DGM_WORDS_SPEAKER,
    DGM_WORDS_SOURCE,
    DGM_N_WORDS
} dgm_page_words;
dgm_status dgm_page_complete(dgm_store *store, dgm_page_words kind, dgm_view starts,
                             dgm_row_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;

/* How somebody (a country, a code or a name) is coded: code, country, sector, name, Wikidata id,
 * n; the commonest first. Then the codes that a name had and from when to when: code, first day,
 * last day. */
dgm_status dgm_page_somebody(dgm_store *store, dgm_view who, dgm_row_out_fn fn, void *context,
                             dgm_err *err) DGM_MUST_USE;
dgm_status dgm_page_codes_of(dgm_store *store, dgm_view name, dgm_row_out_fn fn, void *context,
                             dgm_err *err) DGM_MUST_USE;

/* ---- records -------------------------------------------------------------------------------- */

typedef bool (*dgm_page_record_fn)(void *context, int64_t event, int64_t story,
                                   const dgm_record *record);
/* Whole records of events by their numbers, in the order of these. */
dgm_status dgm_page_records(dgm_store *store, const int64_t *events, uint32_t n,
                            dgm_page_record_fn fn, void *context, dgm_err *err) DGM_MUST_USE;

/* ---- events in memory ----------------------------------------------------------------------- */

/* What questions about many events need of each, read once for a state of the store (about 70 bytes
 * an event). Many threads may use them at once. DGM_END: the store has too many events for that. */
typedef struct dgm_columns dgm_columns;
dgm_status dgm_columns_load(dgm_store *store, dgm_columns **out, dgm_err *err) DGM_MUST_USE;
void dgm_columns_free(dgm_columns *columns);
/* From now on this connection answers dgm_page_ask() and dgm_store_timeline() from them where that
 * can be; NULL: from the tables. They must live until others are used or the store is freed. */
void dgm_store_use(dgm_store *store, const dgm_columns *columns);

/* ---- time ----------------------------------------------------------------------------------- */

/* From now on statements fail that take longer than so many seconds, all together in SQLite, each
 * in PostgreSQL; 0: none does. What was stopped fails with DGM_ELIMIT, and dgm_store_stopped()
 * tells it from other limits, once. */
dgm_status dgm_store_limit(dgm_store *store, double seconds, dgm_err *err) DGM_MUST_USE;
bool dgm_store_stopped(dgm_store *store);
/* Stops what runs now. The only function that another thread may call while the store is asked. */
void dgm_store_interrupt(dgm_store *store);

/* Less memory for a connection of which a program has several. */
dgm_status dgm_page_frugal(dgm_store *store, dgm_err *err) DGM_MUST_USE;

#endif
