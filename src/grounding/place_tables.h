/* place_tables.h - the large tables of places: compiled by the build, or read. Inside the room
 * only. */
#ifndef DGM_PLACE_TABLES_H
#define DGM_PLACE_TABLES_H

#include "grounding/place_image.h"

typedef enum {
    DGM_PLACE_CITIES,  /* places/places.tsv */
    DGM_PLACE_VILLAGES /* places/villages.tsv, which may be missing */
} dgm_large_table;

typedef struct dgm_place_table dgm_place_table;

/* Maps what the build made of the table, beside it or in the folder of the build, where the table
 * is still the one that this was made of; otherwise reads the table. */
dgm_status dgm_place_table_load(const char *dirs, dgm_large_table which,
                                const dgm_country_codes *known, dgm_complaints *complaints,
                                dgm_place_table **out, dgm_err *err) DGM_MUST_USE;
void dgm_place_table_free(dgm_place_table *table); /* NULL is allowed */
const dgm_place_image *dgm_place_table_image(const dgm_place_table *table);
/* Appends to out, which must be empty, the bytes of the compiled table: what the build writes. */
dgm_status dgm_place_table_compile(const char *folder, dgm_large_table which,
                                   dgm_complaints *complaints, dgm_buffer *out,
                                   dgm_err *err) DGM_MUST_USE;

#endif
