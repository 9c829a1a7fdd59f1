/* document.h - the annotated document: one story and all that the rooms find in it.
 *
 * Each room fills in its part and reads the parts of the rooms before it:
 *   ingest    text, date, title, ...        syntax  sentences, words
 *   actors    entities, mentions            events  events with roles
 *   claims    attribution, polarity, status, condition, links
 *   grounding times, places, the events' dates and locations
 * Everything lives in one arena and ends with it. Things refer to each other by index; DGM_NONE is
 * "none". Offsets are code points (begin, end) and bytes (begin_byte, end_byte) of `text`, end
 * excluded. */
#ifndef DGM_DOCUMENT_H
#define DGM_DOCUMENT_H

#include "base/base.h"

/* ---- syntax: Universal Dependencies --------------------------------------------------------- */

/* clang-format off */
#define DGM_UPOS_MAP(X) \
    X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) \
    X(PUNCT) X(SCONJ) X(SYM) X(VERB) X(X)
/* clang-format on */

typedef enum {
    DGM_UPOS_NONE,
#define X(name) DGM_##name,
    DGM_UPOS_MAP(X)
#undef X
        DGM_N_UPOS
} dgm_upos;

/*    identifier       label  (the English treebanks' relations and subtypes, UD 2.16) */
/* clang-format off */
#define DGM_DEPREL_MAP(X) \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUXREL, "aux") \
    X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") \
    X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") \
    X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") \
    X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DETREL, "det") X(DET_PREDET, "det:predet") \
    X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") \
    X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") \
    X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss") \
    X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer") \
    X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl") \
    X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan") \
    X(PARATAXIS, "parataxis") X(PUNCTREL, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root") \
    X(VOCATIVE, "vocative") X(XCOMP, "xcomp")
/* clang-format on */

typedef enum {
    DGM_REL_NONE,
#define X(id, label) DGM_REL_##id,
    DGM_DEPREL_MAP(X)
#undef X
        DGM_N_DEPREL
} dgm_deprel;

const char *dgm_upos_name(dgm_upos upos);       /* "NOUN"; "_" for none */
dgm_upos dgm_upos_of(dgm_view name);            /* DGM_UPOS_NONE: unknown */
const char *dgm_deprel_name(dgm_deprel deprel); /* "nsubj:pass"; "_" for none */
dgm_deprel dgm_deprel_of(dgm_view name);        /* unknown subtype: its main relation; else NONE */
dgm_deprel dgm_deprel_main(dgm_deprel deprel);  /* nsubj:pass -> nsubj */
/* Whether a clause of its own hangs by it: acl, advcl, ccomp, csubj, parataxis and subtypes. */
bool dgm_is_clause(dgm_deprel deprel);

/* One syntactic word of a CoNLL-U sentence. Views live as long as the document or the model. */
typedef struct {
    dgm_view form, lemma;
    dgm_view xpos, feats; /* Penn tag; "Mood=Ind|Tense=Past", "_" or empty: none */
    dgm_upos upos;
    dgm_deprel deprel;
    uint32_t head; /* index into the sentence's words; 0 is the root */
    uint32_t begin, end, begin_byte, end_byte;
    uint32_t mention;   /* of which this word is the head; DGM_NONE */
    uint32_t event;     /* whose trigger's main word this is; DGM_NONE */
    uint8_t n_mwt;      /* > 0: a multiword token ("don't") of so many words begins here */
    bool space_after;   /* after the token that this word ends */
    bool in_quotes;     /* between quotation marks (also over sentence ends); filled by syntax */
    bool phrasal;       /* a verb that may be one with the word behind it: "went on"; claims */
    bool no_event;      /* a rule says so of what stands here, and the judge may not; events */
    uint8_t entity_tag; /* syntax: 0 none, else 1 + type * 4 + BILU position; see syntax.h */
} dgm_word;

/* words[0] is the root and no word; words[1..n_words] are the sentence. */
typedef struct {
    dgm_word *words;
    uint32_t n_words;
    uint32_t begin, end, begin_byte, end_byte;
    bool begins_paragraph, headline; /* headline: title line, no full stop, title words */
    bool sport;                      /* events: of a match or a cup, by its words */
    const struct dgm_tree *tree;     /* grammar: what the sentence's tree says; NULL before that */
} dgm_sentence;

/* Whether the feature is there: dgm_has_feat(word, DGM_VIEW("VerbForm=Part")). */
bool dgm_has_feat(const dgm_word *word, dgm_view feature);
/* First child of i_head with the relation (subtypes count as their own), from word `after`+1 on;
 * 0: none. */
uint32_t dgm_child(const dgm_sentence *s, uint32_t i_head, dgm_deprel deprel, uint32_t after);
/* First and last word of i_word's subtree around it: up to the first word on either side that is of
 * another, where the tree is non-projective. */
void dgm_subtree(const dgm_sentence *s, uint32_t i_word, uint32_t *first, uint32_t *last);
/* The word of first..last that hangs on a word outside of them. */
uint32_t dgm_span_head(const dgm_sentence *s, uint32_t first, uint32_t last);
/* Whether i_word lies below i_ancestor, or is it. */
bool dgm_dominates(const dgm_sentence *s, uint32_t i_ancestor, uint32_t i_word);

/* A run of words of one sentence with its offsets. */
typedef struct {
    uint32_t sentence, first, last; /* words, both included; first 0: no span */
    uint32_t begin, end, begin_byte, end_byte;
} dgm_span;

/* ---- actors --------------------------------------------------------------------------------- */

typedef enum {
    DGM_ENTITY_COUNTRY, /* a state, or a partially recognised one */
    DGM_ENTITY_GOVERNMENT,
    DGM_ENTITY_PERSON, /* named or titled */
    DGM_ENTITY_ORG,    /* international body, party, armed group, company, ministry, newspaper */
    DGM_ENTITY_GROUP,  /* people by role, nationality, ethnicity, religion: "protesters" */
    DGM_ENTITY_PLACE,  /* a place that acts for nobody known */
    DGM_ENTITY_OTHER
} dgm_entity_kind;

#define DGM_MAX_SECTORS 4
/* Who somebody is, once a story. Codes are NUL-terminated; empty: not known. */
typedef struct {
    dgm_entity_kind kind;
    char country[4];                 /* ISO 3166-1 alpha-3 or UNO EUR IGO NGO ISM IMG MNC */
    char sector[4];                  /* primary: GOV MIL ... */
    char others[DGM_MAX_SECTORS][4]; /* other sectors */
    dgm_view name;                   /* canonical */
    dgm_view id;                     /* "Q458", "en:African Union", or empty */
    dgm_view source;                 /* "file:line" of the table rows it came from, for explain */
    uint8_t n_others;
    bool plural, female, male; /* for pronouns; neither: unknown */
    bool guessed;              /* the text does not say whose; `country` is the likeliest */
    bool untold;               /* nor may it be guessed: "hackers" who attack a state's servers */
} dgm_entity;

typedef enum {
    DGM_VIA_NAME,
    DGM_VIA_ROLE,
    DGM_VIA_METONYMY,
    DGM_VIA_COREF,
    DGM_VIA_INFERRED
} dgm_via;
const char *dgm_via_name(dgm_via via);

/* A noun phrase or pronoun that speaks of one entity or, as "both sides", of several.
 * Conjuncts are mentions of their own; matchers walk conj. */
typedef struct {
    dgm_span span; /* the whole phrase without relative clauses: "the Turkish foreign minister" */
    uint32_t head; /* word of span.sentence */
    dgm_via via;
    uint32_t entities;   /* first in doc->mention_entities */
    uint32_t n_entities; /* 0: recognised as somebody, but not who */
    bool pronoun;
} dgm_mention;

/* ---- events --------------------------------------------------------------------------------- */

/* Quad classes, as types.tsv and the whole field number them. */
enum {
    DGM_QUAD_VERBAL_COOPERATION = 1,
    DGM_QUAD_MATERIAL_COOPERATION,
    DGM_QUAD_VERBAL_CONFLICT,
    DGM_QUAD_MATERIAL_CONFLICT
};

/* The types of PLOVER 2021; names, quad and intensity stand in codebook/types.tsv. */
/* clang-format off */
#define DGM_EVENT_MAP(X) \
    X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT) X(REQUEST) \
    X(ACCUSE) X(REJECT) X(THREATEN) X(PROTEST) X(SANCTION) X(MOBILIZE) X(COERCE) X(ASSAULT)
/* clang-format on */

/* A type of event: PLOVER's, whatever a codebook calls it, or one of a codebook's own (types.h).
 * What code knows of a type it knows by PLOVER's: own types are asked for dgm_like() only. */
typedef enum {
    DGM_EVENT_NONE,
#define X(name) DGM_##name,
    DGM_EVENT_MAP(X)
#undef X
        DGM_N_EVENT_TYPES
} dgm_event_type;

/* What the judge may do with an event: all, choose its sides, or nothing. */
typedef enum { DGM_JUDGING_ALL, DGM_JUDGING_SIDES, DGM_JUDGING_NONE } dgm_judging;

const char *dgm_event_type_name(dgm_event_type type); /* PLOVER's name; of an own type "" */
dgm_event_type dgm_event_type_of(dgm_view name);      /* PLOVER's; DGM_EVENT_NONE: unknown */

typedef enum { DGM_AFFIRMED, DGM_NEGATED } dgm_polarity;
typedef enum {
    DGM_ACTUAL,
    DGM_INTENDED,
    DGM_CONDITIONAL,
    DGM_REQUESTED,
    DGM_POSSIBLE,
    DGM_HYPOTHETICAL
} dgm_factual_status;
typedef enum {
    DGM_KIND_SAY,
    DGM_KIND_CLAIM,
    DGM_KIND_DENY,
    DGM_KIND_ACCUSE,
    DGM_KIND_DEMAND,
    DGM_KIND_PROMISE,
    DGM_KIND_REPORT,
    DGM_KIND_BELIEVE
} dgm_attribution_kind;
const char *dgm_polarity_name(dgm_polarity polarity);
const char *dgm_factual_status_name(dgm_factual_status status);
const char *dgm_attribution_kind_name(dgm_attribution_kind kind);

/* One entity in a role of an event, with the words that name it there. */
typedef struct {
    uint32_t mention; /* doc->mentions */
    uint32_t entity;  /* doc->entities */
    bool inferred;    /* not said in the event's own clause: `via` is "inferred" */
} dgm_participant;
typedef DGM_ARRAY(dgm_participant) dgm_participants;

typedef enum { DGM_INDIRECT, DGM_DIRECT, DGM_MIXED } dgm_directness;

typedef struct {
    dgm_span cue, source; /* cue.first 0: quotation marks alone; source.first 0: nobody is named */
    DGM_ARRAY(dgm_span)
    contents;                 /* in the order of the text: a cue may interrupt them, and
                                 quotations run over sentences */
    uint32_t speaker_mention; /* DGM_NONE: words, but nobody we resolve */
    uint32_t speaker_entity;  /* DGM_NONE */
    dgm_attribution_kind kind;
    uint32_t outer; /* the attribution that this one lies in, or DGM_NONE */
    dgm_directness direct;
    bool stated; /* false: "to say" is yet to be said, or only an event's roles tell of it */
} dgm_attribution;

/* How far the places of an event can be trusted: its own clause says where, or its sentence, the
 * dateline, the rest of the story. */
typedef enum {
    DGM_BASIS_NONE,
    DGM_BASIS_CLAUSE,
    DGM_BASIS_SENTENCE,
    DGM_BASIS_DATELINE,
    DGM_BASIS_STORY,
    DGM_N_BASES
} dgm_place_basis;
const char *dgm_place_basis_name(dgm_place_basis basis); /* "clause"; "" for none */

/* What a place is: how far its point can be from where it was; but a site that no table knows has
 * the point of its town. */
typedef enum {
    DGM_PRECISION_NONE,
    DGM_PRECISION_SITE,   /* a building, a camp, a mountain, a river */
    DGM_PRECISION_TOWN,   /* a town or a part of one */
    DGM_PRECISION_ADMIN2, /* a county, a district */
    DGM_PRECISION_ADMIN1, /* a province, or a region of no fixed rank */
    DGM_PRECISION_COUNTRY,
    DGM_N_PRECISIONS
} dgm_place_precision;
const char *dgm_place_precision_name(dgm_place_precision precision); /* "town"; "" for none */

/* What an event's numbers count. */
/* clang-format off */
#define DGM_SIZE_MAP(X) \
    X(DEAD, "dead") X(INJURED, "injured") X(ARRESTED, "arrested") X(ABDUCTED, "abducted") \
    X(DISPLACED, "displaced") X(PARTICIPANTS, "participants") X(MONEY, "money")
/* clang-format on */
typedef enum {
#define X(id, name) DGM_SIZE_##id,
    DGM_SIZE_MAP(X)
#undef X
        DGM_N_SIZES
} dgm_size_kind;
const char *dgm_size_name(dgm_size_kind kind); /* "dead" */
typedef struct {
    double min, max;   /* max NAN: no upper bound */
    dgm_span span;     /* the words of the number; first 0: not told */
    dgm_view currency; /* of money: ISO 4217 */
} dgm_size;

/* What a rule had to go by: for `confidence`. */
typedef struct {
    uint8_t n_asked; /* constraints of the rule beside its trigger */
    uint8_t n_types; /* types that some rule gives the same trigger, without operators */
    bool noun;       /* a rule of nouns */
    bool answers;    /* an answer to what was told before, whose maker is the recipient */
} dgm_evidence;

typedef struct {
    dgm_span trigger;
    uint32_t trigger_word; /* main word of the trigger, in trigger.sentence */
    dgm_event_type type;
    dgm_view mode;     /* as the codebook calls it, or empty */
    dgm_view mode_key; /* as PLOVER does where it is PLOVER's */
    char cameo[5];     /* "" where no CAMEO code fits */
    uint8_t quad;
    double goldstein, intensity; /* goldstein NAN: no CAMEO code */
    uint64_t contexts;           /* bit i: dgm_context_name(i) of events.h */
    dgm_participants actors, recipients;
    dgm_polarity polarity;
    dgm_factual_status status;
    bool historical;
    dgm_span condition;               /* first 0: none */
    uint32_t condition_event;         /* or DGM_NONE */
    DGM_ARRAY(uint32_t) attributions; /* doc->attributions, outermost first */
    uint32_t content_of;              /* event or DGM_NONE */
    DGM_ARRAY(uint32_t) contradicts;
    dgm_view rule;          /* its id: "v0120" */
    dgm_view operator_rule; /* the operator that composed the type, or empty */
    dgm_evidence evidence;
    dgm_judging judging;      /* what the codebook lets the judge do with it */
    double judged;            /* the judge's likelihood of type and sides; 0: not judged */
    dgm_event_type rule_type; /* where it was judged: what the rules said; NONE: nothing */
    double confidence;        /* NAN: absent */
    /* grounding */
    char date[11], date_end[11];   /* ISO days; date_end "" where it is one day */
    dgm_view date_basis;           /* "story" or the words */
    DGM_ARRAY(uint32_t) locations; /* doc->places */
    dgm_place_basis place_basis;   /* of all of them */
    dgm_size sizes[DGM_N_SIZES];
    bool negation_used; /* "will not lift" is REJECT, affirmed: the type has used the "not" */
} dgm_event;

/* What some rule says but the rules' own filters hold back: evidence for the judge. */
typedef struct {
    uint32_t sentence, word;
    dgm_event_type type;
    dgm_participants actors, recipients;
} dgm_proposal;

/* ---- grounding ------------------------------------------------------------------------------ */

/* TimeML's TIMEX3 (ISO 24617-1). */
typedef enum { DGM_TIMEX_DATE, DGM_TIMEX_TIME, DGM_TIMEX_DURATION, DGM_TIMEX_SET } dgm_timex_kind;
const char *dgm_timex_kind_name(dgm_timex_kind kind); /* "DURATION" */
#define DGM_MAX_TIMEX 40
typedef struct {
    dgm_span span;
    char begin[11], end[11]; /* ISO days */
    dgm_span words;          /* the span without "since", "until" and "by", and its days */
    char from[11], to[11];
    bool past;     /* lies clearly before the story's own present */
    bool duration; /* "for two weeks", "every Friday", "now": dates no event */
    bool beside; /* "a day after they fled", "the third anniversary of": dates what follows alone */
    dgm_timex_kind kind;
    char value[DGM_MAX_TIMEX]; /* "2020-W40", "P2W"; a range is "2020-05-03/2020-05-05" */
} dgm_time;

typedef struct {
    dgm_span span;
    dgm_view name, admin1;
    char country[4];
    double lat, lon;      /* NAN: not known */
    uint32_t geonames_id; /* 0: none */
    dgm_place_precision precision;
    bool only_named; /* nothing is said to be there: "Paris refused" */
} dgm_place;

/* ---- the document --------------------------------------------------------------------------- */

/* What a room did and why, for `dragoman explain`. */
typedef struct {
    const char *room; /* "actors", "events", ... */
    uint32_t event;   /* or DGM_NONE */
    uint32_t sentence;
    dgm_view text;
} dgm_note_entry;

/* Events, or mentions, by the sentence that they stand in: those of sentence i are at[first[i]] to
 * at[first[i + 1] - 1], in their order. */
typedef struct {
    uint32_t *first; /* [sentences + 1] */
    uint32_t *at;
} dgm_by_sentence;

typedef struct {
    dgm_arena *arena; /* borrowed */
    /* ingest; all as the input gave them, empty where it did not */
    dgm_view text; /* valid UTF-8 */
    dgm_view id, title, source, url;
    char date[11]; /* "2020-10-02" */
    /* where the date came from: "input" (a field or line of the input), "metadata", "visible" and
     * "address" (of a page), "archive" (WARC-Date), "file" (its name), "option" (--date); empty
     * where there is no date */
    dgm_view date_basis;
    dgm_view language; /* "en", where the reader was asked for it; empty: not known */
    dgm_view file;     /* for messages */
    size_t line;
    uint32_t begin, begin_byte; /* where text begins in the input's own text: added to offsets */
    uint32_t begin_column;      /* code points before it on its first line there */
    /* syntax */
    DGM_ARRAY(dgm_sentence) sentences;
    /* actors */
    DGM_ARRAY(dgm_entity) entities;
    DGM_ARRAY(dgm_mention) mentions;
    DGM_ARRAY(uint32_t) mention_entities;
    /* events, claims, grounding */
    const struct dgm_types *types; /* what the events' types are called; borrowed */
    DGM_ARRAY(dgm_event) events;
    DGM_ARRAY(dgm_proposal) proposals;
    uint64_t **context_signals;  /* of each sentence's words, for dgm_events_settle() */
    dgm_by_sentence mentions_of; /* since dgm_events_find() */
    DGM_ARRAY(dgm_attribution) attributions_found; /* every one, event or not */
    DGM_ARRAY(dgm_time) times;
    DGM_ARRAY(dgm_place) places;
    /* relate: the text is known to tell something between two marked sides, so that events count
     * that elsewhere would be nobody's politics */
    bool sides_known;
    /* Asked between sentences whether to give up; NULL: nobody asks. */
    bool (*stop)(void *context);
    void *stop_context;
    bool stopped; /* it said so; it is not asked again */
    /* explain */
    bool explain;
    DGM_ARRAY(dgm_note_entry) notes;
} dgm_document;

void dgm_document_init(dgm_document *doc, dgm_arena *arena);
/* Whether the caller wants no more of it. A room that is told so fails; which status it gives does
 * not matter, since story gives DGM_ESTOPPED. */
bool dgm_stopped(dgm_document *doc);
/* Words first..last of a sentence as a span, offsets filled. */
dgm_span dgm_span_of(const dgm_document *doc, uint32_t sentence, uint32_t first, uint32_t last);
dgm_view dgm_span_text(const dgm_document *doc, dgm_span span);
/* The same for comparing and naming: on one line, as dgm_one_line() has it. */
dgm_view dgm_span_name(const dgm_document *doc, dgm_span span);
/* Runs of white space as one blank; a copy only where that changes anything, and there is memory.
 */
dgm_view dgm_one_line(dgm_arena *arena, dgm_view text);
/* The event whose trigger's main word this is; NULL: none. */
const dgm_event *dgm_event_of(const dgm_document *doc, const dgm_word *word);
/* Of each sentence whether it names somebody or has an event: "the weather was mild" tells nothing.
 * NULL: no memory. */
bool *dgm_telling_sentences(const dgm_document *doc);
/* In the document's arena; they hold until some are added or dropped. False: no memory. */
bool dgm_events_by_sentence(const dgm_document *doc, dgm_by_sentence *out);
bool dgm_mentions_by_sentence(const dgm_document *doc, dgm_by_sentence *out);
/* Keeps a note when doc->explain; nothing otherwise. */
void dgm_note(dgm_document *doc, const char *room, uint32_t sentence, uint32_t event,
              const char *format, ...) DGM_PRINTF(5, 6);
/* What a caller may want of CoNLL-U besides the document. */
typedef struct {
    bool keep_misc;
    bool whole;               /* read on over `# newdoc`, as one document */
    size_t line;              /* in: lines read before this view; out: after it; for messages */
    DGM_ARRAY(dgm_view) misc; /* keep_misc: MISC of each word in the order of the document */
} dgm_conllu_extra;

/* Builds a document from CoNLL-U (tests, and parses from elsewhere): words, offsets and text made
 * from the forms and SpaceAfter=No, a blank line before `# newpar`; `# newdoc id =`, `# date =`
 * comments give id and date. Reads one document: up to the next `# newdoc` or the end; *rest (may
 * be NULL) is what follows. Heads are checked: no word is above itself. doc must be initialised. */
dgm_status dgm_document_from_conllu(dgm_document *doc, dgm_view conllu, dgm_view *rest,
                                    const char *file, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_document_from_conllu_with(dgm_document *doc, dgm_view conllu, dgm_view *rest,
                                         const char *file, dgm_conllu_extra *extra,
                                         dgm_err *err) DGM_MUST_USE;

/* A file of CoNLL-U of which one document after the other is read, while rest.n > 0. */
typedef struct {
    const char *path; /* borrowed */
    char *bytes;
    dgm_view rest;
    dgm_conllu_extra extra; /* what the caller wants; misc: of the last document, in its arena */
} dgm_conllu_file;
/* Reads the whole file, of 1 GB at most. dgm_conllu_close() in any case. */
dgm_status dgm_conllu_open(dgm_conllu_file *file, const char *path, dgm_err *err) DGM_MUST_USE;
/* Initialises *doc in arena with the next document. */
dgm_status dgm_conllu_next(dgm_conllu_file *file, dgm_arena *arena, dgm_document *doc,
                           dgm_err *err) DGM_MUST_USE;
void dgm_conllu_close(dgm_conllu_file *file);

/* Fills dgm_word.in_quotes and dgm_sentence.headline from the words' forms and spaces and from
 * begins_paragraph. A quotation runs over sentence ends and stops with its paragraph. */
void dgm_document_mark_layout(dgm_document *doc);

#endif
