/* duplicates.c - MinHash (Broder 1997) over shingles of three words.
 *
 *   shingles  [n]             hashes of three words in a row, case and punctuation aside, each once
 *   minima    [DGM_N_MINIMA]  of each of as many hash functions the least value over the shingles
 *   bands     [DGM_N_BANDS]   hashes of two minima, by which a store finds texts worth comparing
 *                             (locality-sensitive hashing, Indyk and Motwani 1998)
 *
 * Two texts agree in a minimum with the probability of their Jaccard index J, so the share of
 * minima that agree estimates it (standard error below 0.05). A short report inside a long one has
 * a low J; from J and the numbers of shingles, a and b, follows what they share, J (a + b) / (1 +
 * J), and so its part of the shorter. */
#include "store/duplicates.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_A_SHINGLE = 3 };
#define LEAST_OVERLAP     0.5
#define LEAST_CONTAINMENT 0.75
/* Below this one is nearly three times as long as the other, or only a part of the shorter is in
 * it. A digest of three stories is a copy of none of them, and does not make one story of them. */
#define LEAST_SEEN 0.36

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
        out->minima[k] = (uint16_t)(mix(least) >> 48);
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
        bands[b] = (int64_t)(h >> 32); /* four bytes: a few strangers more, half the room */
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

void dgm_signature_write(const dgm_signature *s, char out[DGM_SIGNATURE_BYTES])
{
    for (uint32_t i = 0; i < DGM_N_MINIMA; i++) {
        out[2 * i] = (char)(s->minima[i] & 0xFF);
        out[2 * i + 1] = (char)(s->minima[i] >> 8);
    }
}

bool dgm_signature_read(dgm_view bytes, uint32_t n_shingles, dgm_signature *out)
{
    if (bytes.n != DGM_SIGNATURE_BYTES)
        return false;
    for (uint32_t i = 0; i < DGM_N_MINIMA; i++)
        out->minima[i] = (uint16_t)((unsigned char)bytes.p[2 * i] |
                                    (unsigned)(unsigned char)bytes.p[2 * i + 1] << 8);
    out->n_shingles = n_shingles;
    return true;
}

/* ---- quotations ----------------------------------------------------------------------------- */

enum { WORDS_QUOTED = 5, LONGEST_QUOTATION = 2000 };

/* The next text between quotation marks, straight or curly, that closes before it gets too long. */
static bool next_quotation(dgm_view *rest, dgm_view *quoted)
{
    static const dgm_view marks[][2] = { { { "\"", 1 }, { "\"", 1 } },
                                         { { "\u201C", 3 }, { "\u201D", 3 } } };
    for (;;) {
        size_t open[2] = { dgm_view_find(*rest, marks[0][0]), dgm_view_find(*rest, marks[1][0]) };
        const dgm_view *pair = marks[open[1] < open[0]];
        size_t begin = DGM_MIN(open[0], open[1]);
        if (begin == SIZE_MAX)
            return false;
        begin += pair[0].n;
        dgm_view window = dgm_view_slice(*rest, begin, begin + LONGEST_QUOTATION);
        size_t n = dgm_view_find(window, pair[1]);
        *rest = dgm_view_slice(*rest, n == SIZE_MAX ? begin : begin + n + pair[1].n, rest->n);
        if (n == SIZE_MAX)
            continue;
        *quoted = dgm_view_slice(window, 0, n);
        return true;
    }
}

static uint32_t add_quoted(uint64_t *out, uint32_t n, uint64_t hash)
{
    for (uint32_t i = 0; i < n; i++)
        if (out[i] == hash)
            return n;
    if (n < DGM_MOST_QUOTED)
        out[n++] = hash;
    return n;
}

uint32_t dgm_quoted_of(dgm_view text, uint64_t out[DGM_MOST_QUOTED])
{
    uint32_t n = 0;
    for (dgm_view quoted; n < DGM_MOST_QUOTED && next_quotation(&text, &quoted);) {
        uint64_t words[WORDS_QUOTED] = { 0 }, word, least = UINT64_MAX;
        for (uint32_t n_words = 0; next_word(&quoted, &word);) {
            memmove(words, words + 1, sizeof words - sizeof *words);
            words[WORDS_QUOTED - 1] = word;
            if (++n_words < WORDS_QUOTED)
                continue;
            uint64_t hash = 0;
            for (uint32_t i = 0; i < WORDS_QUOTED; i++)
                hash = mix(words[i] + 3 * hash);
            hash >>= 1; /* for columns that are signed */
            least = DGM_MIN(least, hash);
            if (hash % 4 == 0)
                n = add_quoted(out, n, hash);
        }
        if (least != UINT64_MAX)
            n = add_quoted(out, n, least);
    }
    return n;
}
