/* duplicates.h - whether two texts are one story: MinHash over shingles of three words (Broder
 * 1997), found by locality-sensitive hashing in bands. Inside store; knows of no database. */
#ifndef DGM_DUPLICATES_H
#define DGM_DUPLICATES_H

#include "base/base.h"

/* Bands of two: two texts that share half of their shingles meet in one with 99.7 %, those that
 * share a tenth with 18 %, and strangers, who share one in a hundred at most, with 0.2 %. The
 * minima that stand in no band sharpen the estimate of how much is shared. */
enum { DGM_N_BANDS = 20, DGM_BAND_ROWS = 2, DGM_N_MINIMA = 120 };

typedef struct {
    uint16_t minima[DGM_N_MINIMA]; /* 16 bits of each: two strangers are alike once in 65,536 */
    uint32_t n_shingles;           /* different ones; 0: no words, like nothing */
} dgm_signature;

/* False: no memory. */
bool dgm_signature_of(dgm_view text, dgm_signature *out);
/* What a text is found by: two texts with one of these in common are worth comparing. */
void dgm_signature_bands(const dgm_signature *s, int64_t bands[DGM_N_BANDS]);
/* Share of shingles in common, of those in either: the estimate of Jaccard's index. */
double dgm_signature_overlap(const dgm_signature *a, const dgm_signature *b);
/* Copies share half of their shingles, or the shorter stands almost wholly in the longer. */
bool dgm_is_copy(const dgm_signature *a, const dgm_signature *b);

/* As bytes, for a column: two a minimum, the lower one first. */
#define DGM_SIGNATURE_BYTES (DGM_N_MINIMA * 2)
void dgm_signature_write(const dgm_signature *s, char out[DGM_SIGNATURE_BYTES]);
bool dgm_signature_read(dgm_view bytes, uint32_t n_shingles, dgm_signature *out);

/* What is quoted in a text: hashes of five words in a row, between quotation marks, one in four and
 * at least one a quotation, so that two texts with a quotation in common have some of these in
 * common. Returns how many, at most DGM_MOST_QUOTED, each once. */
enum { DGM_MOST_QUOTED = 64 };
uint32_t dgm_quoted_of(dgm_view text, uint64_t out[DGM_MOST_QUOTED]);

#endif
