/* place_image.h - a large table of places as bytes that are searched where they lie: mapped from
 * the file that the build made of the table, or made in memory where the table is another by now.
 * Inside the room only.
 *
 * Numbers are as the machine has them, 64-bit ones first; each array begins where the last ends:
 *     counts    of 16 bytes
 *     hashes    u64 of each name's key, sorted (dgm_hash())
 *     rows      the places, as place_row
 *     places    u32 a hash: the number of its row; of equal hashes the most populous first
 *     buckets   u32: where the hashes begin that have these upper bits, and one more
 *     admins    u32: where the names of divisions begin in the texts
 *     countries char[4], NUL-terminated
 *     texts     each ends in NUL */
#ifndef DGM_PLACE_IMAGE_H
#define DGM_PLACE_IMAGE_H

#include "grounding/place_rows.h"

typedef struct {
    const uint64_t *hashes;
    const void *rows;
    const uint32_t *places, *buckets, *admins;
    const char (*countries)[4];
    const char *texts;
    uint32_t n_names, n_rows, bucket_bits, n_admins, n_countries, n_texts;
} dgm_place_image;

/* Looks over bytes that the caller keeps, aligned to 8, and refuses them where sizes or codes are
 * wrong. The rest is checked where it is read. */
dgm_status dgm_place_image_over(dgm_view bytes, const char *path, dgm_place_image *out,
                                dgm_err *err) DGM_MUST_USE;
/* Reads the table `name` in the folders, as dgm_table_load() does, and appends its image to out.
 * What is wrong with a row is complained about, and the row passed over. */
dgm_status dgm_place_image_make(const char *dirs, const char *name, uint32_t otherwise,
                                const dgm_country_codes *known, dgm_complaints *complaints,
                                dgm_buffer *out) DGM_MUST_USE;

/* Where the entries of a key begin and end, in `places`. False: there is none. */
bool dgm_place_image_find(const dgm_place_image *image, dgm_view key, uint32_t *begin,
                          uint32_t *end);
/* The place of an entry, and the number of its row; false: the image is damaged there. */
bool dgm_place_image_at(const dgm_place_image *image, uint32_t entry, uint32_t *row);
bool dgm_place_image_row(const dgm_place_image *image, uint32_t row, dgm_gazetteer_place *out);

#endif
