/* across.h - events with the words of their sentences, in memory, so that what reports say can be
 * laid side by side in one pass over a sorted list. Inside store. */
#ifndef DGM_ACROSS_H
#define DGM_ACROSS_H

#include "store/sql.h"

/* One event. Words are hashes of the sentence's words, sorted, each once; short ones are not there.
 */
typedef struct {
    int64_t event, story, original;
    int32_t day, told; /* of the event, of its story */
    uint32_t sentence;
    dgm_event_type type;
    bool negated, actual, possible, open, denial, on_word,
        plain;     /* open: intended or conditional */
    char cameo[5]; /* "": none */
    uint32_t first_word, n_words;
} dgm_item;

/* An event under what it may be found by: its type and two sides; its type, actor and place; and
 * where nobody acts on another side, its type and two actors, or one. */
typedef enum { DGM_BY_SIDES, DGM_BY_PLACE, DGM_BY_ACTORS, DGM_BY_HOME, DGM_N_BY } dgm_found_by;
typedef struct {
    uint64_t key;
    int32_t told;
    uint32_t item;
} dgm_entry;

typedef struct {
    dgm_arena *arena;
    dgm_types types;           /* with whatever else the store calls a type */
    DGM_ARRAY(dgm_item) items; /* in the order of events */
    DGM_ARRAY(uint32_t) words;
    DGM_ARRAY(dgm_entry) entries; /* sorted by key and day */
    uint32_t *often;              /* of each word, in how many sentences it stands */
    bool by_actors, failed;
} dgm_across;

/* All events of a store that are no history; by_actors: found by their actors and at home too. *out
 * is ended with dgm_across_done() whatever is returned. */
dgm_status dgm_across_read(dgm_store *store, bool by_actors, dgm_across *out,
                           dgm_err *err) DGM_MUST_USE;
void dgm_across_done(dgm_across *a);
/* The item of an event; DGM_NONE. */
uint32_t dgm_across_find(const dgm_across *a, int64_t event);
/* The keys under which an event stands, or would if it were of another type. */
enum { DGM_MOST_KEYS = 32 };
typedef struct {
    uint64_t key;
    dgm_found_by by; /* DGM_BY_ACTORS too where it does with another what both may do together */
} dgm_key;
dgm_status dgm_across_keys(dgm_store *store, const dgm_across *a, uint32_t item,
                           dgm_event_type type, dgm_key keys[DGM_MOST_KEYS], uint32_t *n,
                           dgm_err *err) DGM_MUST_USE;
/* Keys that were asked for DGM_EVENT_NONE, as they are of a type. */
uint64_t dgm_across_of_type(uint64_t key, dgm_event_type type);
/* The first entry of a key that was told on that day or later. */
uint32_t dgm_across_first(const dgm_across *a, uint64_t key, int32_t told);
/* How rare events of a key are in the store, in nats. */
double dgm_across_rarity(const dgm_across *a, uint64_t key);
/* How much two sentences have in common: the sum over shared words of how rare they are, in nats,
 * and as a share of the poorer sentence's. Words of those who take part do not count, as far as the
 * store has them, which is asked only where the sum may reach `least`; otherwise all is 0. */
typedef struct {
    double sum, share;
    uint32_t n;
} dgm_common;
dgm_status dgm_across_compare(dgm_store *store, const dgm_across *a, uint32_t one, uint32_t other,
                              double least, dgm_common *out, dgm_err *err) DGM_MUST_USE;

/* Names of all types that are like those of `bits`, as a list for SQL: 'AGREE','THREATEN'. */
void dgm_put_types_like(const dgm_types *types, uint64_t bits, dgm_buffer *sql);
/* An event as it is told of in an answer: {"event_id", "story_id", ...,"sentence"}; with "by", who
 * affirms or denies it, unless `by` is NULL: null where that is nobody with a name. */
dgm_status dgm_put_report(dgm_store *store, int64_t event, const dgm_view *by, dgm_buffer *out,
                          dgm_err *err) DGM_MUST_USE;
/* Who said it: his name, his code, his words, or else the outlet; empty: none is known. Copied into
 * the arena. */
dgm_status dgm_voice_of(dgm_store *store, int64_t event, dgm_arena *arena, dgm_view *out,
                        dgm_err *err) DGM_MUST_USE;
/* Sides of a role, sorted: ,"name":["ISR"]. */
dgm_status dgm_put_sides(dgm_store *store, int64_t event, int role, const char *name,
                         dgm_buffer *out, dgm_err *err) DGM_MUST_USE;

#endif
