/* gazetteer.h - names to places: coordinates, country, kind; several places may have one name.
 * Internal to grounding; read-only once loaded. */
#ifndef DGM_GAZETTEER_H
#define DGM_GAZETTEER_H

#include "base/base.h"

typedef enum {
    DGM_PLACE_VILLAGE, /* of places/villages.tsv */
    DGM_PLACE_CITY,
    DGM_PLACE_SEAT,    /* of a first-level division */
    DGM_PLACE_CAPITAL, /* of a state */
    DGM_PLACE_REGION,
    DGM_PLACE_COUNTRY,
    DGM_PLACE_SITE, /* a building, a camp, a crossing, a mountain */
    DGM_PLACE_WATER
} dgm_place_kind;

/* Words beside names, bits. */
enum {
    DGM_PLACE_WORD_AT = 1,
    DGM_PLACE_WORD_TOWARD = 2,
    DGM_PLACE_WORD_CITY = 4,
    DGM_PLACE_WORD_REGION = 8,
    DGM_PLACE_WORD_SITE = 16,
    DGM_PLACE_WORD_PART = 32,
    DGM_PLACE_WORD_REACH = 64,
    DGM_PLACE_WORD_APART = 128,  /* "county", "river", "university": not the town of that name */
    DGM_PLACE_WORD_ABROAD = 256, /* "embassy": not in the country that it is called after */
    DGM_PLACE_WORD_SECOND = 512, /* "district": a second-level division */
    DGM_PLACE_WORD_SPOT = 1024,  /* "airport", "camp": a site that is one building or ground */
    DGM_PLACE_WORD_URBAN = 2048, /* "square", "station": such a site, as towns have it */
    DGM_PLACE_WORD_COMMON = 4096 /* "independence": what many towns call a site */
};

typedef struct {
    dgm_view name, admin1;
    char country[4];
    uint8_t kind; /* dgm_place_kind */
    float lat, lon;
    uint32_t geonames_id, population;
} dgm_gazetteer_place;

typedef struct dgm_gazetteer dgm_gazetteer;

dgm_status dgm_gazetteer_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_gazetteer **out, dgm_err *err) DGM_MUST_USE;
void dgm_gazetteer_free(dgm_gazetteer *gazetteer);

#define DGM_MAX_PLACE_NAME  64
#define DGM_MAX_PLACE_WORDS 6
/* The key of a name, appended to key[*n]: folded, a space before it where something is there
 * already. False: does not fit. */
bool dgm_place_key_add(dgm_arena *arena, dgm_view text, char key[DGM_MAX_PLACE_NAME], size_t *n);

/* The places of a key one after the other: *cursor begins at 0. False: no more. The texts of *out
 * live as long as the gazetteer. */
typedef struct {
    bool begun;
    uint32_t next, at, end, number;
} dgm_place_cursor;
bool dgm_gazetteer_find(const dgm_gazetteer *gazetteer, dgm_view key, dgm_place_cursor *cursor,
                        dgm_gazetteer_place *out);
/* The same of villages and second-level divisions, whose names make no word a place. */
bool dgm_gazetteer_village(const dgm_gazetteer *gazetteer, dgm_view key, dgm_place_cursor *cursor,
                           dgm_gazetteer_place *out);
/* What an abbreviation after a comma stands for ("Ill."); false: nothing. */
bool dgm_gazetteer_abbreviation(const dgm_gazetteer *gazetteer, dgm_view word,
                                dgm_gazetteer_place *out);
/* DGM_PLACE_WORD_* bits of a word in lower case. */
uint32_t dgm_gazetteer_word(const dgm_gazetteer *gazetteer, dgm_view word);

#endif
