/* place_work.h - what the search for places knows of one document while it works. Inside the room
 * only. */
#ifndef DGM_PLACE_WORK_H
#define DGM_PLACE_WORK_H

#include "document/types.h"
#include "grammar/grammar.h"
#include "grounding/gazetteer.h"

enum { PLACE_MAX_COUNTRIES = 64 };

/* How a name stands in its sentence. */
typedef enum {
    STAND_NONE,
    STAND_AT,       /* "in X", "near X" */
    STAND_TOWARD,   /* "to X", "from X", "of X" */
    STAND_OBJECT,   /* "seized X" */
    STAND_MODIFIER, /* "the X bombing" */
    STAND_DATELINE,
    STAND_KNOWN, /* a place, but nothing is put there: "the president of X" */
    STAND_OTHER  /* known as a name only: evidence for others */
} standing;

typedef struct {
    uint32_t sentence, first, last, head;
    uint32_t host;      /* the word that the preposition belongs to: "province" of "X province" */
    uint32_t wanted;    /* DGM_PLACE_WORD_CITY or _REGION by such a word, or 0 */
    uint32_t container; /* index of the name that follows as "X, Y"; DGM_NONE */
    const dgm_gazetteer_place **candidates;
    uint32_t n_candidates;
    const dgm_gazetteer_place *chosen;
    uint32_t place; /* in doc->places, or DGM_NONE */
    uint32_t inner; /* index of the name that this one contains, or DGM_NONE */
    uint32_t kind;  /* word of its kind that belongs to it as written: "County"; 0: none */
    dgm_place_precision precision;
    bool unknown; /* the gazetteer has no such name, or none that is meant */
    standing stand;
} place_name;

/* How many names of the story lie in a first-level division. */
typedef struct {
    const char *country;
    dgm_view admin1;
    uint32_t n;
} place_division;

typedef struct {
    const dgm_gazetteer *gazetteer;
    dgm_document *doc;
    DGM_ARRAY(place_name) names;
    struct {
        char code[4];
        uint32_t n;
    } countries[PLACE_MAX_COUNTRIES];
    uint32_t n_countries;
    DGM_ARRAY(place_division) divisions;
    uint32_t *first;        /* of each sentence: its first name; one more at the end */
    const bool *tells;      /* of each sentence: see dgm_telling_sentences() */
    dgm_by_sentence events; /* by sentence */
} place_search;

/* ---- place_words.c -------------------------------------------------------------------------- */

/* Words for kinds of places: "town", "province", "camp". */
enum { KIND_WORDS = DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE };
/* DGM_PLACE_WORD_* bits of a word as it is written, of a word, and of the prepositions of a noun.
 */
uint32_t dgm_place_bits_as_written(const place_search *x, const dgm_word *w);
uint32_t dgm_place_word_bits(const place_search *x, const dgm_word *w);
/* The same of a word that may be written with a capital: "County". */
uint32_t dgm_place_kind_bits(const place_search *x, const dgm_word *w);
uint32_t dgm_place_case_bits(const place_search *x, const dgm_sentence *s, uint32_t i);
/* Whom the actors' room sees in a word; NULL: nobody, and *mention is not set. */
const dgm_entity *dgm_place_entity(const dgm_document *doc, const dgm_word *w,
                                   const dgm_mention **mention);
/* "Moscow denied it": the actors' room found which country's. */
bool dgm_place_stands_for(const place_search *x, const place_name *m, const char *country);
/* DGM_PLACE_WORD_* bits of the word that makes a name that of one building or ground ("Kossuth
 * Square"); 0: it is none. */
uint32_t dgm_place_spot_bits(const place_search *x, const place_name *m);

/* ---- place_names.c -------------------------------------------------------------------------- */

/* Appends the names of a sentence: those that the gazetteer knows, and those that stand or are
 * called as only places are ("in the village of X", "X County"). False: no memory. */
bool dgm_place_names_find(place_search *x, uint32_t i_sentence);
/* Done with hands and feet, so that it happens where its object is. */
bool dgm_place_is_bodily(dgm_event_type type);

/* ---- place_story.c -------------------------------------------------------------------------- */

/* Counts the countries that the story names, once all names are found. */
void dgm_place_count_countries(place_search *x);
/* What a country has for itself: 0 where the story does not name it. */
double dgm_place_country_weight(const place_search *x, const char *code);
bool dgm_place_is_counted(const place_search *x, const char *country);
/* Counts the divisions in which chosen places lie. False: no memory. */
bool dgm_place_count_divisions(place_search *x);
/* What other names of the story that lie in the same first-level division have for a place;
 * `chosen` is the one that its own name has counted, or NULL. */
double dgm_place_of_division(const place_search *x, const dgm_gazetteer_place *p,
                             const dgm_gazetteer_place *chosen);

/* ---- namesakes.c ---------------------------------------------------------------------------- */

/* Sets `chosen` of every name. False: no memory. */
bool dgm_place_choose_all(place_search *x);
bool dgm_place_lies_in(const dgm_gazetteer_place *inner, const dgm_gazetteer_place *outer);

/* ---- sites.c -------------------------------------------------------------------------------- */

/* Whether a site of the tables bears a name that other towns have too, and is not the one meant. */
bool dgm_place_is_other_site(const place_search *x, const place_name *m);
/* Puts a site that no table knows where the town is that it is in, if that is told; `in` is a place
 * of its sentence, or NULL. */
void dgm_place_put_site(const place_search *x, const place_name *m, const dgm_gazetteer_place *in,
                        dgm_gazetteer_place *site);
/* "Goma airport", "the University of Goma", chosen as Goma: calls it by all of its name. False: no
 * memory. */
bool dgm_place_name_site(place_search *x, place_name *m);
/* "a checkpoint outside Goma": a site without a name beside a town. */
bool dgm_place_is_at_spot(const place_search *x, const place_name *m);

/* ---- villages.c ----------------------------------------------------------------------------- */

/* The village or second-level division that a name means of which `where` tells the country, and
 * perhaps the first-level division; `bits` are those of the words beside it. False: none is known.
 */
bool dgm_place_village(const place_search *x, const place_name *m, uint32_t bits,
                       const dgm_gazetteer_place *where, dgm_gazetteer_place *out);

/* ---- event_places.c ------------------------------------------------------------------------- */

/* Gives every event its locations. False: no memory. */
bool dgm_place_events(place_search *x);

#endif
