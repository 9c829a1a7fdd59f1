/* alike.h - whether two reports tell one event: what is known of each, and the evidence for and
 * against, in points. Inside store; knows of no database. */
#ifndef DGM_ALIKE_H
#define DGM_ALIKE_H

#include "document/document.h"

/* Somebody who takes part: hashes of his code, and of his side: the country, else the code. */
typedef struct {
    uint64_t code, side;
} dgm_told_side;

enum {
    DGM_MOST_SIDES = 16,  /* of a role; the others do not count */
    DGM_MOST_NUMBERS = 8, /* likewise of a sentence, */
    DGM_MOST_OF_NAME = 3  /* and words of a place's name */
};

/* The first place. Hashes of its parts; 0: not known. */
typedef struct {
    bool told, stated; /* stated: by the sentence itself */
    bool is_country, is_province;
    uint64_t id, name, country, province;
    double lat, lon;                  /* NAN: not known */
    uint32_t words[DGM_MOST_OF_NAME]; /* of the name (dgm_telling_words()) */
    uint32_t n_words;
} dgm_told_place;

/* What one report tells of an event. */
typedef struct {
    int64_t event, story;
    int64_t told; /* one number for all that its story tells of the event, by type, sides, place */
    int64_t same; /* as the store has it */
    int32_t day, story_day; /* 0: not known */
    uint64_t type;
    uint64_t kin; /* of this and another type, of which one outlet gives the deed the one and the
                     next one the other; 0: none */
    bool mutual;  /* the type is one that parties do together */
    bool negated; /* it is told that it did not happen */
    bool actual;  /* it is told that it happened: not promised, demanded, possible, ... */
    bool dated;   /* words say the day; else it is the story's */
    bool spans;   /* the day is but the first of several: nobody knows which */
    bool apart;   /* somebody split it off: it is like no other */
    dgm_told_side sides[2][DGM_MOST_SIDES]; /* actors, recipients */
    uint32_t n_sides[2];
    dgm_told_place place;
    struct {
        bool told;
        double least, most; /* NAN: no bound */
    } sizes[DGM_N_SIZES];
    uint64_t sentence;     /* hash of its text */
    const uint32_t *words; /* of the sentence, sorted, each once (dgm_telling_words()) */
    uint32_t n_words;
    const uint32_t *idle; /* its other words, likewise: they say nothing, but may name a place */
    uint32_t n_idle;
    uint32_t numbers[DGM_MOST_NUMBERS]; /* in the sentence, but for years */
    uint32_t n_numbers;
} dgm_telling;

/* The points of two tellings of different stories, the same in either order, and what is taken off
 * where there are rivals: so many groups of sentences tell of such an event of that side on that
 * day, these two among them. DGM_ALIKE_LEAST make one event. */
enum { DGM_ALIKE_LEAST = 3, DGM_ALIKE_NEVER = -1000 };
int dgm_alike(const dgm_telling *a, const dgm_telling *b);
int dgm_alike_among(int points, uint32_t n_rivals);
/* Whether what the two tell of places or actors cannot be one event, so that no chain of others
 * makes it one. */
bool dgm_alike_contradict(const dgm_telling *a, const dgm_telling *b);
/* Among more no evidence is enough. */
enum { DGM_MOST_RIVALS = 256 };

/* One number for all that dgm_alike() looks at. */
uint64_t dgm_telling_print(const dgm_telling *t);

#endif
