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

/* ---- numbers -------------------------------------------------------------------------------- */

static uint32_t number_of_word(dgm_view word)
{
    static const char *const small[] = { "two",       "three",    "four",     "five",    "six",
                                         "seven",     "eight",    "nine",     "ten",     "eleven",
                                         "twelve",    "thirteen", "fourteen", "fifteen", "sixteen",
                                         "seventeen", "eighteen", "nineteen" };
    static const char *const tens[] = { "twenty", "thirty",  "forty",  "fifty",
                                        "sixty",  "seventy", "eighty", "ninety" };
    for (uint32_t i = 0; i < DGM_LEN(small); i++)
        if (dgm_view_eq_nocase(word, dgm_view_of(small[i])))
            return i + 2;
    for (uint32_t i = 0; i < DGM_LEN(tens); i++)
        if (dgm_view_eq_nocase(word, dgm_view_of(tens[i])))
            return 10 * i + 20;
    return 0;
}

/* "1,200"; what has too many digits is as large as there is. */
static uint32_t number_of_digits(dgm_view digits)
{
    enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };
    uint64_t number = 0;
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != ',')
            number = DGM_MIN(number * 10 + (uint64_t)(digits.p[i] - '0'), UINT32_MAX);
    return number >= FIRST_YEAR && number <= LAST_YEAR ? 0 : (uint32_t)number;
}

uint32_t dgm_telling_numbers(dgm_view text, uint32_t *out, uint32_t most)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.n && n < most;) {
        size_t begin = i;
        uint32_t number = 0;
        while (i < text.n && is_of_word(text.p[i]))
            i++;
        if (i > begin)
            number = number_of_word(dgm_view_slice(text, begin, i));
        else if (dgm_is_digit((unsigned char)text.p[i])) {
            while (i < text.n && (dgm_is_digit((unsigned char)text.p[i]) || text.p[i] == ','))
                i++;
            number = number_of_digits(dgm_view_slice(text, begin, i));
        }
        if (number > 0)
            out[n++] = number;
        i += i == begin;
    }
    return n;
}
