#include "store/duplicates.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_A_SHINGLE = 3 };
#define LEAST_OVERLAP     0.5
#define LEAST_CONTAINMENT 0.75
/* Below this the estimate of containment is mostly noise. */
#define LEAST_SEEN 0.15

/* ---- shingles ------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static bool is_of_word(char c)
{
    return dgm_is_alpha((unsigned char)c) || dgm_is_digit((unsigned char)c) ||
           (unsigned char)c >= 0x80;
}

/* The next word's hash, ASCII case aside: edited copies change punctuation and capitals. */
static bool next_word(dgm_view *rest, uint64_t *hash)
{
    size_t i = 0;
    uint64_t h = 0x9e3779b97f4a7c15u;
    while (i < rest->n && !is_of_word(rest->p[i]))
        i++;
    size_t begin = i;
    for (; i < rest->n && is_of_word(rest->p[i]); i++)
        h = (h ^ (unsigned char)dgm_to_lower(rest->p[i])) * 0x100000001b3u;
    *hash = mix(h);
    *rest = dgm_view_slice(*rest, i, rest->n);
    return i > begin;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Different shingles, sorted. A text of fewer words is one shingle. */
static uint32_t find_shingles(dgm_view text, uint64_t *out)
{
    uint64_t words[WORDS_A_SHINGLE] = { 0 }, word;
    uint32_t n = 0, n_words = 0, different = 0;
    while (next_word(&text, &word)) {
        memmove(words, words + 1, sizeof words - sizeof *words);
        words[WORDS_A_SHINGLE - 1] = word;
        if (++n_words >= WORDS_A_SHINGLE)
            out[n++] = mix(words[0] + 3 * mix(words[1] + 5 * words[2]));
    }
    if (n == 0 && n_words > 0)
        out[n++] = mix(words[1] + 7 * words[2]);
    qsort(out, n, sizeof *out, by_value);
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || out[i] != out[i - 1])
            out[different++] = out[i];
    }
    return different;
}

/* ---- signatures ----------------------------------------------------------------------------- */

bool dgm_signature_of(dgm_view text, dgm_signature *out)
{
    uint64_t *shingles = malloc((text.n / 2 + 2) * sizeof *shingles);
    if (!shingles)
        return false;
    out->n_shingles = find_shingles(text, shingles);
    for (uint32_t k = 0; k < DGM_N_MINIMA; k++) {
        uint64_t factor = mix(2 * (uint64_t)k + 1) | 1, least = UINT64_MAX;
        for (uint32_t i = 0; i < out->n_shingles; i++) {
            uint64_t h = (shingles[i] ^ factor) * factor;
            least = DGM_MIN(least, h);
        }
        out->minima[k] = (uint32_t)(mix(least) >> 32);
    }
    free(shingles);
    return true;
}

void dgm_signature_bands(const dgm_signature *s, int64_t bands[DGM_N_BANDS])
{
    for (uint32_t b = 0; b < DGM_N_BANDS; b++) {
        uint64_t h = b + 1;
        for (uint32_t i = 0; i < DGM_BAND_ROWS; i++)
            h = mix(h ^ s->minima[b * DGM_BAND_ROWS + i]);
        bands[b] = (int64_t)(h >> 1);
    }
}

double dgm_signature_overlap(const dgm_signature *a, const dgm_signature *b)
{
    uint32_t same = 0;
    if (a->n_shingles == 0 || b->n_shingles == 0)
        return 0;
    for (uint32_t i = 0; i < DGM_N_MINIMA; i++)
        same += a->minima[i] == b->minima[i];
    return (double)same / DGM_N_MINIMA;
}

bool dgm_is_copy(const dgm_signature *a, const dgm_signature *b)
{
    double overlap = dgm_signature_overlap(a, b);
    if (overlap >= LEAST_OVERLAP)
        return true;
    if (overlap < LEAST_SEEN)
        return false;
    double common = overlap / (1 + overlap) * ((double)a->n_shingles + b->n_shingles);
    return common / DGM_MIN(a->n_shingles, b->n_shingles) >= LEAST_CONTAINMENT;
}

void dgm_signature_write(const dgm_signature *s, char out[DGM_SIGNATURE_TEXT])
{
    for (uint32_t i = 0; i < DGM_N_MINIMA; i++)
        snprintf(out + (size_t)i * 8, 9, "%08x", s->minima[i]);
}

bool dgm_signature_read(dgm_view text, uint32_t n_shingles, dgm_signature *out)
{
    if (text.n != DGM_SIGNATURE_TEXT - 1)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        uint32_t digit = dgm_is_digit(c)        ? c - (uint32_t)'0'
                         : c >= 'a' && c <= 'f' ? c - (uint32_t)'a' + 10
                                                : 16;
        if (digit > 15)
            return false;
        out->minima[i / 8] = out->minima[i / 8] << 4 | digit;
    }
    out->n_shingles = n_shingles;
    return true;
}
