/* place_rows.h - the rows of data/places/, and the keys by which names are looked up. Inside the
 * room only. */
#ifndef DGM_PLACE_ROWS_H
#define DGM_PLACE_ROWS_H

#include "grounding/gazetteer.h"

/* The codes of countries that rows may have. */
typedef struct {
    bool at[26 * 26 * 26];
} dgm_country_codes;
void dgm_country_add(dgm_country_codes *codes, const char code[4]);
bool dgm_country_is(const dgm_country_codes *codes, const char code[4]);

/* What dgm_table_load() is asked for. */
extern const char *const dgm_place_columns[];

/* Reads a row, whose texts stay where they are; `otherwise` is the kind of a row without one, or
 * DGM_NONE. Codes that are none of `known` (NULL: all are) are complained about like all that is
 * wrong; then it is false. */
bool dgm_place_read(const dgm_row *row, const dgm_country_codes *known, uint32_t otherwise,
                    dgm_complaints *complaints, dgm_gazetteer_place *out);

/* Calls fn with the key of each name of a row, of which the first columns are "name" and "also".
 * Names without one are passed over. False: fn was. */
typedef bool (*dgm_place_key_fn)(void *context, dgm_view key);
bool dgm_place_keys(dgm_arena *arena, const dgm_row *row, dgm_place_key_fn fn, void *context);

#endif
