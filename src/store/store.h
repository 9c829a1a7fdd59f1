/* store.h - coded stories in a database, and what is asked of them. One interface; where a store
 * lies decides the engine: "postgresql://..." is PostgreSQL, anything else the file of an SQLite
 * database. docs/store.md describes the tables.
 *
 * A dgm_store is one connection for one thread at a time; many may have the same database open. */
#ifndef DGM_STORE_H
#define DGM_STORE_H

#include "output/output.h"

typedef struct dgm_store dgm_store;

/* Makes the tables where there are none and brings older ones forward; refuses newer ones. The
 * caller owns *out. */
dgm_status dgm_store_open(const char *where, dgm_store **out, dgm_err *err) DGM_MUST_USE;
/* To ask only: a store that is not there is refused and nothing is made; one in a file or a folder
 * that may only be read is read. */
dgm_status dgm_store_open_to_read(const char *where, dgm_store **out, dgm_err *err) DGM_MUST_USE;
/* Puts the store's name into an error that names no file. */
void dgm_store_name(const dgm_store *store, dgm_err *err);
void dgm_store_free(dgm_store *store);
/* Tells a store which types its codebook has; copied. Else they are PLOVER's, and what is called
 * otherwise is treated like none of them. */
void dgm_store_set_types(dgm_store *store, const dgm_types *types);
const dgm_types *dgm_store_types(const dgm_store *store);

/* ---- writing -------------------------------------------------------------------------------- */

/* What a story is known by: XXH3, 128 bits, of all that the input gave: id, date, title, source,
 * url and text. */
typedef struct {
    char text[33];
} dgm_story_hash;
dgm_story_hash dgm_story_hash_of(const dgm_document *doc);

/* All of a coded story that a store keeps, as bytes that outlive the document; any thread. Bytes
 * that are not UTF-8, which no reader should let through, become U+FFFD. */
void dgm_store_pack(const dgm_events *events, const dgm_document *doc, dgm_buffer *out);
/* By what the store knows a packed story. */
dgm_status dgm_store_packed_hash(dgm_view packed, dgm_story_hash *out, dgm_err *err) DGM_MUST_USE;

/* Who codes: the program's version and a hash of its tables. Inside a batch. */
dgm_status dgm_store_run(dgm_store *store, const char *version, const char *tables, int64_t *run,
                         dgm_err *err) DGM_MUST_USE;

/* A batch is one transaction: all of it is there after commit, nothing of it before. */
dgm_status dgm_store_begin(dgm_store *store, dgm_err *err) DGM_MUST_USE;
/* The same for many coded stories at full speed: what is wrong with one ends the batch, and may be
 * told only when it is committed. */
dgm_status dgm_store_begin_bulk(dgm_store *store, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_store_commit(dgm_store *store, dgm_err *err) DGM_MUST_USE;
void dgm_store_rollback(dgm_store *store);

/* Whether the story is there, and by which tables it was coded: DGM_OK, or DGM_END: it is not.
 * tables (33 bytes) may be NULL. */
dgm_status dgm_store_has(dgm_store *store, const dgm_story_hash *hash, char *tables,
                         dgm_err *err) DGM_MUST_USE;

typedef enum { DGM_PUT_NEW, DGM_PUT_THERE, DGM_PUT_AGAIN } dgm_put;
/* Keeps a packed story, inside a batch. One that is there stays as it is, or has its events
 * replaced when `recode`. DGM_EFORMAT: this story cannot be kept, nothing of it is, and the batch
 * goes on; any other failure ends the batch. */
dgm_status dgm_store_put(dgm_store *store, int64_t run, dgm_view packed, bool recode, dgm_put *what,
                         dgm_err *err) DGM_MUST_USE;

/* Finds which events of the days that changed since are one with others (`events.same`). Outside of
 * a batch; in batches of its own, so that it can be broken off and goes on where it stopped. Who
 * puts many stories does it once at the end. */
dgm_status dgm_store_link(dgm_store *store, dgm_err *err) DGM_MUST_USE;

/* ---- asking --------------------------------------------------------------------------------- */

/* Bytes are only given by questions inside of store. */
typedef enum {
    DGM_CELL_NULL,
    DGM_CELL_INT,
    DGM_CELL_REAL,
    DGM_CELL_TEXT,
    DGM_CELL_BYTES
} dgm_cell_kind;
typedef struct {
    dgm_cell_kind kind;
    int64_t integer;
    double real;
    dgm_view text; /* valid until the next row */
} dgm_cell;

/* One row of an answer; false ends it. */
typedef bool (*dgm_row_out_fn)(void *context, const dgm_cell *cells, uint32_t n);

/* What events are wanted; a member that is NULL (0) wants all. Lists are parted by commas.
 * Somebody is a country (TUR), a code (TURGOV) or a canonical name. */
typedef struct {
    const char *actor, *recipient, *country; /* country: on either side */
    const char *dyad;                        /* "TUR,ARM": the first to the second */
    const char *type, *mode, *quad, *status, *polarity;
    const char *from, *to; /* days, both included */
    const char *place;     /* country of the place, or its name */
    const char *speaker;   /* "none": on nobody's word */
    const char *text;      /* words of the story */
    const char *story, *event;
    const char *source;      /* of the story */
    const char *basis;       /* by what the place is known: clause, sentence, dateline, story */
    double least_confidence; /* 0: whatever it is */
    int historical;          /* 0: both, 1: only, -1: none */
    bool plain;              /* affirmed, actual, not historical, no one's mere claim */
    bool one_a_day;          /* one event of same type, actors and recipients a day */
    uint64_t limit;          /* 0: all */
} dgm_filter;

/* Whether a word looks like a code: capital letters (and dashes), so many; a country has 3, others
 * 4 to 7. */
bool dgm_is_upper_code(dgm_view v, size_t least, size_t most);
/* Whether a word of a filter is any in the store: somebody's country, code or name, a place's
 * country or name, a mode, a type; and all that are. */
typedef enum { DGM_WORD_WHO, DGM_WORD_PLACE, DGM_WORD_MODE, DGM_WORD_TYPE } dgm_word_kind;
typedef void (*dgm_word_out_fn)(void *context, dgm_view word);
dgm_status dgm_store_knows(dgm_store *store, dgm_word_kind kind, dgm_view word, bool *known,
                           dgm_err *err) DGM_MUST_USE;
dgm_status dgm_store_words(dgm_store *store, dgm_word_kind kind, dgm_word_out_fn fn, void *context,
                           dgm_err *err) DGM_MUST_USE;
/* Whether a word is a code by these tables: TUR, TURGOV, ---REB; of a place, TUR. Without countries
 * whatever looks like a code is one. */
bool dgm_is_code_of(const dgm_map *countries, const dgm_map *sectors, dgm_word_kind kind,
                    dgm_view word);

typedef enum {
    DGM_BY_NOTHING,
    DGM_BY_DAY,
    DGM_BY_WEEK,
    DGM_BY_MONTH,
    DGM_BY_YEAR,
    DGM_BY_TYPE,
    DGM_BY_QUAD,
    DGM_BY_DYAD,
    DGM_BY_COUNTRY,
    DGM_BY_SOURCE
} dgm_by;
/* What is counted: reports of events, events that several reports tell of, or the reports of
 * different stories, copies of one story being one. */
typedef enum { DGM_PER_REPORT, DGM_PER_STORY, DGM_PER_EVENT } dgm_per;

/* Columns of the two answers below. */
extern const char *const dgm_event_columns[];
extern const uint32_t dgm_n_event_columns;
extern const char *const dgm_count_columns[]; /* what is counted by, then these */
extern const uint32_t dgm_n_count_columns;

/* The latest first. */
dgm_status dgm_store_events(dgm_store *store, const dgm_filter *filter, dgm_row_out_fn fn,
                            void *context, dgm_err *err) DGM_MUST_USE;
/* Dyads, countries and sources by n, others in order. What is summed up already (all dyads, per
 * report) has no events, stories and outlets. */
dgm_status dgm_store_counts(dgm_store *store, const dgm_filter *filter, dgm_by by, dgm_per per,
                            dgm_row_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;
/* Counts as series. by may be DGM_BY_NOTHING; period is one of the periods or, without fill,
 * DGM_BY_NOTHING. fill: a row of zeros for each period that has nothing, from the filter's first
 * day to its last, else those of what was found. per_stories: how many stories the store has of the
 * period (or of all), and n for each thousand of them; copies are one unless reports are counted.
 * Cells: group, period, dgm_count_columns, and with per_stories those two. */
typedef struct {
    dgm_by by, period;
    dgm_per per;
    bool fill, per_stories;
} dgm_series;
bool dgm_is_period(dgm_by by);
dgm_status dgm_store_series(dgm_store *store, const dgm_filter *filter, const dgm_series *series,
                            dgm_row_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;
/* Events by day, week (its Monday), month or year and by quad: n[1] to n[4], n[0] those of none;
 * periods that have events only, in order; false ends it. What has no day is not counted. Filters
 * of days, type, quad, status, polarity, historical, plain, speaker "none", and one country or one
 * dyad of countries are answered from sums and indexes alone; others from the events. */
typedef bool (*dgm_period_out_fn)(void *context, dgm_view period, const uint64_t n[5]);
dgm_status dgm_store_timeline(dgm_store *store, const dgm_filter *filter, dgm_by period,
                              dgm_period_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;
/* How many stories there are of each period, by their own days: n[0]. from, to: days or NULL. */
dgm_status dgm_store_stories_read(dgm_store *store, const char *from, const char *to, dgm_by period,
                                  dgm_period_out_fn fn, void *context, dgm_err *err) DGM_MUST_USE;
/* Table, rows: what is in the store. */
dgm_status dgm_store_stats(dgm_store *store, dgm_row_out_fn fn, void *context,
                           dgm_err *err) DGM_MUST_USE;

/* What coded the stories: version, hash of the tables, day it began, how many stories. */
dgm_status dgm_store_runs(dgm_store *store, dgm_row_out_fn fn, void *context,
                          dgm_err *err) DGM_MUST_USE;

/* Whole records in the order in which they were stored. */
typedef bool (*dgm_record_out_fn)(void *context, const dgm_record *record);
dgm_status dgm_store_records(dgm_store *store, const dgm_filter *filter, dgm_record_out_fn fn,
                             void *context, dgm_err *err) DGM_MUST_USE;

/* Events that one affirms and another denies, across stories, and who confirms them: same type,
 * same sides, at most `days` apart, no two different places. One JSON object each, a line. */
dgm_status dgm_store_claims(dgm_store *store, const dgm_filter *filter, uint32_t days,
                            dgm_buffer *out, dgm_err *err) DGM_MUST_USE;
/* Promises, threats, ultimatums and what hangs on a condition, and what later reports make of
 * them: open, triggered, fulfilled, broken, lapsed. One JSON object each, a line. */
dgm_status dgm_store_commitments(dgm_store *store, const dgm_filter *filter, const char *state,
                                 dgm_buffer *out, dgm_err *err) DGM_MUST_USE;

#endif
