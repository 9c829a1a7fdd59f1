/* dyads.h - what the dyadic formats share: one event as its pairs of actor and recipient, rows of
 * named columns, CAMEO's codes. Inside output. */
#ifndef DGM_DYADS_H
#define DGM_DYADS_H

#include "output/writers.h"

/* One pair. Without recipients, each of several actors stands against each other one: they met,
 * or fought. A side that nobody is known of is NULL. */
typedef struct {
    const dgm_record *record;
    const dgm_codes *codes;
    const dgm_record_actor *actor, *recipient;
    uint32_t i_pair;
} dgm_dyad;

typedef struct {
    const char *name;
    void (*write)(const dgm_dyad *dyad, dgm_buffer *out); /* nothing: not known */
} dgm_column;

/* Gives every pair of the record to fn, or, with `both`, those with two known sides. */
typedef void (*dgm_dyad_fn)(const void *context, const dgm_dyad *dyad, dgm_buffer *out);
void dgm_each_dyad(const dgm_output_options *options, const dgm_record *record, bool both,
                   dgm_dyad_fn fn, const void *context, dgm_buffer *out);
/* Cells parted by TABs, a line end after them; white space in a cell is blanks. */
void dgm_write_columns(const dgm_column *columns, size_t n, const dgm_dyad *dyad, dgm_buffer *out);
/* Such a row for every pair. */
void dgm_write_dyads(const dgm_output_options *options, const dgm_record *record, bool both,
                     const dgm_column *columns, size_t n, dgm_buffer *out);
void dgm_write_column_names(const dgm_column *columns, size_t n, dgm_buffer *out);

/* A number for data sets whose keys are numbers: 53 bits of a hash of event and pair, which doubles
 * hold as well. */
uint64_t dgm_dyad_number(const dgm_dyad *dyad);
/* "2020-10-02" -> "20201002" */
void dgm_put_day(dgm_view day, dgm_buffer *out);
/* Three or four digits: "14" is "140", which CAMEO has for what is not told more closely. */
dgm_view dgm_cameo_digits(const dgm_record *record, char code[5]);
/* CAMEO's code of an actor: "TURGOV", "IGOUNO", "---REB". */
void dgm_put_cameo_actor(const dgm_codes *codes, const dgm_record_actor *actor, dgm_buffer *out);
/* CAMEO's code of a state; empty for bodies above states. */
dgm_view dgm_cameo_country(const dgm_codes *codes, const dgm_record_actor *actor);
/* The canonical name, else the words. */
dgm_view dgm_actor_name(const dgm_record_actor *actor);
/* What an actor is called in data sets whose actors are names of states, bodies and persons, or a
 * role in a state: the state or its government ("Armenia", "Ankara"), somebody with a name of their
 * own, or who is known by a role ("Turkish troops"). */
typedef enum { DGM_ACTOR_STATE, DGM_ACTOR_NAMED, DGM_ACTOR_ROLE } dgm_actor_kind;
dgm_actor_kind dgm_actor_kind_of(const dgm_codes *codes, const dgm_record_actor *actor);

/* Where it happened; NULL: not known. */
const dgm_record_place *dgm_place_of(const dgm_record *record);
/* The same, but a place without name and point where it is not known. */
const dgm_record_place *dgm_place_or_nowhere(const dgm_record *record);
typedef enum { DGM_PLACE_COUNTRY, DGM_PLACE_PROVINCE, DGM_PLACE_CITY } dgm_place_kind;
dgm_place_kind dgm_place_kind_of(const dgm_codes *codes, const dgm_record_place *place);

#endif
