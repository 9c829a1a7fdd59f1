#include "store/telling_words.h"

#include <stdlib.h>

enum { LEAST_LETTERS = 4 };

/* Letters as ASCII lower case, an English ending taken off, so that "strikes" and "strike" meet. */
static uint32_t hash_word(dgm_view word)
{
    uint32_t h = 2166136261u;
    size_t n = word.n;
    if (n > 5 && dgm_to_lower(word.p[n - 1]) == 's')
        n--;
    if (n > 6 && dgm_view_eq_nocase(dgm_view_slice(word, n - 2, n), DGM_VIEW("ed")))
        n -= 2;
    else if (n > 7 && dgm_view_eq_nocase(dgm_view_slice(word, n - 3, n), DGM_VIEW("ing")))
        n -= 3;
    else if (n > 5 && dgm_to_lower(word.p[n - 1]) == 'e')
        n--;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)dgm_to_lower(word.p[i])) * 16777619u;
    return h ^ h >> 15;
}

static bool is_of_word(char c)
{
    return dgm_is_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

uint32_t dgm_telling_words(dgm_view text, uint32_t *out, uint32_t most)
{
    uint32_t n = 0, different = 0;
    for (size_t i = 0; i < text.n && n < most;) {
        size_t begin = i;
        while (i < text.n && is_of_word(text.p[i]))
            i++;
        if (i - begin >= LEAST_LETTERS)
            out[n++] = hash_word(dgm_view_slice(text, begin, i));
        i += i == begin;
    }
    qsort(out, n, sizeof *out, by_number);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || out[i] != out[i - 1])
            out[different++] = out[i];
    return different;
}
