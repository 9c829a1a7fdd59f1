/* duplicates.h - whether two texts are one story: MinHash over shingles of three words (Broder
 * 1997), found by locality-sensitive hashing in bands. Inside store; knows of no database. */
#ifndef DGM_DUPLICATES_H
#define DGM_DUPLICATES_H

#include "base/base.h"

/* Bands of three: two texts that share half of their shingles meet in one with 99.6 %, those that
 * share a tenth with 4 %. */
enum { DGM_N_BANDS = 40, DGM_BAND_ROWS = 3, DGM_N_MINIMA = DGM_N_BANDS * DGM_BAND_ROWS };

typedef struct {
    uint32_t minima[DGM_N_MINIMA];
    uint32_t n_shingles; /* different ones; 0: no words, like nothing */
} dgm_signature;

/* False: no memory. */
bool dgm_signature_of(dgm_view text, dgm_signature *out);
/* What a text is found by: two texts with one of these in common are worth comparing. */
void dgm_signature_bands(const dgm_signature *s, int64_t bands[DGM_N_BANDS]);
/* Share of shingles in common, of those in either: the estimate of Jaccard's index. */
double dgm_signature_overlap(const dgm_signature *a, const dgm_signature *b);
/* Copies share half of their shingles, or the shorter stands almost wholly in the longer. */
bool dgm_is_copy(const dgm_signature *a, const dgm_signature *b);

/* As text, for a column: 8 hexadecimal digits a minimum. */
#define DGM_SIGNATURE_TEXT (DGM_N_MINIMA * 8 + 1)
void dgm_signature_write(const dgm_signature *s, char out[DGM_SIGNATURE_TEXT]);
bool dgm_signature_read(dgm_view text, uint32_t n_shingles, dgm_signature *out);

#endif
