/* types.h - the types of event that a codebook has: PLOVER's under whatever name, and its own.
 *
 * A dgm_event_type of 1 to 16 is PLOVER's. An own type has the PLOVER type that the coder treats it
 * like (or none) in its low bits, and above them a number that tells own types apart, so that what
 * code asks of a type needs no table: dgm_like(type) == DGM_ASSAULT. */
#ifndef DGM_TYPES_H
#define DGM_TYPES_H

#include "document/document.h"

enum { DGM_LIKE_BITS = 5, DGM_MAX_TYPES = 64, DGM_TYPE_NAME = 48 };

/* The PLOVER type as which the coder treats it; DGM_EVENT_NONE: none. */
static inline dgm_event_type dgm_like(dgm_event_type type)
{
    return (dgm_event_type)((uint32_t)type & ((1u << DGM_LIKE_BITS) - 1));
}

static inline bool dgm_is_own_type(dgm_event_type type)
{
    return (uint32_t)type >> DGM_LIKE_BITS != 0;
}

/* 0 (none) to DGM_MAX_TYPES - 1: place in a list of all types. PLOVER's come first. */
static inline uint32_t dgm_type_index(dgm_event_type type)
{
    uint32_t own = (uint32_t)type >> DGM_LIKE_BITS;
    return own ? DGM_N_EVENT_TYPES - 1 + own : (uint32_t)type;
}

static inline uint64_t dgm_type_bit(dgm_event_type type)
{
    return (uint64_t)1 << dgm_type_index(type);
}

/* In a set of types, or like one of them. */
static inline bool dgm_type_among(dgm_event_type type, uint64_t bits)
{
    return (bits & (dgm_type_bit(type) | (dgm_type_bit(dgm_like(type)) & ~(uint64_t)1))) != 0;
}

/* "on", "sides", "off"; false: none of them. */
bool dgm_judging_of(dgm_view word, dgm_judging *out);

typedef struct {
    char name[DGM_TYPE_NAME]; /* "": the codebook has no such type */
    dgm_event_type id;
    dgm_judging judging;
    uint8_t quad;  /* 0: not told */
    uint32_t line; /* of its row, in the last file that has one */
} dgm_type;

/* A value: copied with =. */
typedef struct dgm_types {
    dgm_type at[DGM_MAX_TYPES]; /* by dgm_type_index() */
    uint32_t n;                 /* so many places are used */
    bool narrowed;              /* an overlay replaces the shipped types */
    bool unread;                /* some of the table could not be read, and types may be missing */
} dgm_types;

extern const dgm_types dgm_plover_types;

/* Reads codebook/types.tsv. On failure *out is dgm_plover_types. Of rows and headers that cannot be
 * read nothing is said: who loads all of the table complains. */
dgm_status dgm_types_load(const char *tables_dir, dgm_complaints *complaints,
                          dgm_types *out) DGM_MUST_USE;
/* PLOVER's names stay known where the codebook calls the type something else. DGM_EVENT_NONE:
 * unknown. */
dgm_event_type dgm_type_of(const dgm_types *types, dgm_view name);
/* The same; a name that is unknown becomes an own type, as long as there is room. */
dgm_event_type dgm_type_met(dgm_types *types, dgm_view name);
const char *dgm_type_name(const dgm_types *types, dgm_event_type type); /* "" for none */
/* By what a type is known however it is called: PLOVER's name, or that of an own type. */
const char *dgm_type_key(const dgm_types *types, dgm_event_type type);
/* Whether a row of a shipped table names a type of PLOVER's that an overlay has taken away, or any
 * row one that may stand where types.tsv could not be read: then the row does not count, and nobody
 * complains. */
bool dgm_type_is_gone(const dgm_types *types, const dgm_row *row, dgm_view name);

#endif
