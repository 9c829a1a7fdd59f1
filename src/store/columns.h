/* columns.h - what questions about many events need of each event, in memory, one column beside the
 * other: whatever the filter, a million events are gone through in milliseconds. Inside store;
 * page.h has what is for others. */
#ifndef DGM_COLUMNS_H
#define DGM_COLUMNS_H

#include "store/page.h"
#include "store/sql.h"

/* Numbers in the order in which they come. */
typedef struct {
    struct {
        int64_t key;
        uint32_t rank; /* from 1; 0: free */
    } * at;
    size_t size; /* a power of two */
    uint32_t n;
} dgm_ranks;
/* From 0; a new one is the next. DGM_NONE: no memory. */
uint32_t dgm_ranks_of(dgm_ranks *ranks, int64_t key);
/* Of an empty one, before the first. False: no memory. */
bool dgm_ranks_room(dgm_ranks *ranks, uint32_t n);
void dgm_ranks_done(dgm_ranks *ranks);

/* What each row has any number of: those of row i are of[begin[i]] to before of[begin[i + 1]]. */
typedef struct {
    uint32_t *begin, *of;
} dgm_several;

typedef struct {
    dgm_view type, polarity, status;
    uint32_t type_number;
    uint8_t quad;
    bool historical, attributed, plain;
} dgm_columns_kind;

typedef struct {
    dgm_view name, country, precision;
    double lat, lon; /* NAN: unknown */
} dgm_columns_place;

enum { DGM_NO_DAY = INT32_MIN };

struct dgm_columns {
    dgm_arena *arena;
    uint32_t n, n_same, n_sides;
    /* by row: events in the order of their numbers */
    uint32_t *event, *story, *same, *sides, *place; /* place: DGM_NONE: none */
    int32_t *day;
    uint16_t *kind, *mode;
    uint8_t *basis, *spot_basis;
    double *goldstein, *confidence; /* NAN: none */
    dgm_several countries, pairs;
    /* by the number of a story, up to n_stories */
    uint32_t *original, *source, *turn; /* turn: place in the order of days and numbers */
    uint32_t n_stories;
    /* names by number */
    dgm_map *kind_names, *type_names, *modes, *bases, *sources, *country_names, *pair_names;
    DGM_ARRAY(dgm_columns_kind) kinds;
    DGM_ARRAY(dgm_columns_place) places;
    DGM_ARRAY(uint64_t) pair_sides; /* actor << 32 | recipient, numbers of countries */
    int32_t first_day, last_day;    /* first > last: no event has a day */
};

/* The row of an event; DGM_NONE: it has none. */
uint32_t dgm_columns_row(const dgm_columns *c, int64_t event);

/* columns_sieve.c: the rows that pass a filter, of those that count as one the first. They belong
 * to the store and stay until the next call. */
typedef struct {
    const uint32_t *at;
    uint32_t n;
} dgm_rows;
dgm_status dgm_columns_sieve(dgm_store *store, const dgm_filter *filter, dgm_per per, dgm_rows *out,
                             dgm_err *err) DGM_MUST_USE;

/* columns_ask.c: the same rows as from the tables. False: not from columns. */
bool dgm_columns_answer(const dgm_store *store, dgm_page_question question);
dgm_status dgm_columns_ask(dgm_store *store, const dgm_filter *filter, dgm_per per,
                           dgm_page_question question, const dgm_page_part *part, dgm_row_out_fn fn,
                           void *context, dgm_err *err) DGM_MUST_USE;
/* How many a day by quad, in order: day, quad, how many. */
dgm_status dgm_columns_days(dgm_store *store, const dgm_filter *filter, dgm_row_out_fn fn,
                            void *context, dgm_err *err) DGM_MUST_USE;

#endif
