/* word_features.c - the form of a word as rows of hashed embedding tables.
 *
 * A form is known to the network by three things: its own row in the table of frequent words
 * (looked up by `key`), its affixes and its shape (a sum of rows), and its character n-grams of
 * length 3 to 5 with the borders marked (a mean of rows; Bojanowski et al. 2017). The last two
 * serve words that were never seen in training. Hashing is FNV-1a over code points with the kind as
 * salt. */
#include "syntax/word_features.h"

#include <string.h>

#define N_MIN 3
#define N_MAX 5

typedef struct {
    uint32_t cp[DGM_FORM_CHARS + 2]; /* [0] and [n+1] are border marks */
    uint32_t n;
} chars;

static uint32_t hash_chars(uint32_t kind, const uint32_t *cp, size_t n)
{
    uint32_t h = 2166136261u ^ (kind * 0x9E3779B1u);
    for (size_t i = 0; i < n; i++)
        h = (h ^ cp[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 13;
    return h;
}

/* Typographic variants that mean the same to syntax. */
static uint32_t plain(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case '`':
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2212:
        return '-';
    case 0x2014:
        return 0x2013;
    default:
        return cp;
    }
}

/* Code points of the form, made plain; case is kept. "``" and "''" are one quotation mark, "--" is
 * a dash. */
static void read_chars(dgm_view form, chars *out)
{
    uint32_t n = 0;
    out->cp[0] = '<';
    for (size_t i = 0; i < form.n && n < DGM_FORM_CHARS;) {
        uint32_t cp;
        i += dgm_utf8_next(form.p + i, form.n - i, &cp);
        out->cp[++n] = plain(cp);
    }
    if (n == 2 && out->cp[1] == '\'' && out->cp[2] == '\'') {
        out->cp[1] = '"';
        n = 1;
    } else if (n >= 2 && n <= 3 && out->cp[1] == '-' && out->cp[2] == '-') {
        out->cp[1] = 0x2013;
        n = 1;
    }
    out->n = n;
    out->cp[n + 1] = '>';
}

static uint32_t shape_of(uint32_t cp)
{
    if (cp < 128) {
        unsigned char c = (unsigned char)cp;
        return dgm_is_upper(c) ? 'X' : dgm_is_lower(c) ? 'x' : dgm_is_digit(c) ? 'd' : cp;
    }
    return dgm_cp_is_upper(cp) ? 'X' : dgm_cp_is_letter(cp) ? 'x' : cp;
}

/* "McDonald's" is XxXx'x: runs made one. With `full`, runs up to four letters are kept apart. */
static uint32_t shape_hash(const chars *c, uint32_t kind, uint32_t run_limit)
{
    uint32_t shape[DGM_FORM_CHARS], n = 0, run = 0;
    for (uint32_t i = 1; i <= c->n; i++) {
        uint32_t s = shape_of(c->cp[i]);
        run = n > 0 && shape[n - 1] == s ? run + 1 : 1;
        if (run <= run_limit)
            shape[n++] = s;
    }
    return hash_chars(kind, shape, n);
}

static void add_affixes(const chars *lower, const chars *cased, dgm_word_features *out)
{
    const uint32_t *cp = lower->cp + 1;
    uint32_t n = lower->n, k = 0;
    for (uint32_t length = 1; length <= 4; length++)
        out->affix[k++] = hash_chars(10 + length, cp, DGM_MIN(length, n));
    for (uint32_t length = 1; length <= 5; length++) {
        uint32_t m = DGM_MIN(length, n);
        out->affix[k++] = hash_chars(20 + length, cp + n - m, m);
    }
    out->affix[k++] = shape_hash(cased, 31, 1);
    out->affix[k++] = shape_hash(cased, 32, 4);
    for (uint32_t i = 0; i < k; i++)
        out->affix[i] %= DGM_AFFIX_ROWS;
    out->n_affixes = k;
}

static void add_ngrams(const chars *lower, dgm_word_features *out)
{
    uint32_t k = 0, n = lower->n + 2;
    for (uint32_t length = N_MIN; length <= N_MAX; length++)
        for (uint32_t i = 0; i + length <= n && k < DGM_MAX_NGRAMS; i++)
            out->ngram[k++] = hash_chars(40, lower->cp + i, length) % DGM_NGRAM_ROWS;
    out->n_ngrams = k;
}

/* Makes it lower case on the way. */
static size_t put_key(chars *word, char out[DGM_FORM_CHARS * 4])
{
    size_t n = 0;
    for (uint32_t i = 1; i <= word->n; i++) {
        word->cp[i] = dgm_cp_to_lower(word->cp[i]);
        n += dgm_utf8_put(word->cp[i], out + n);
    }
    return n;
}

dgm_view dgm_word_key(dgm_view form, char out[DGM_FORM_CHARS * 4])
{
    chars word;
    read_chars(form, &word);
    return (dgm_view) { out, put_key(&word, out) };
}

void dgm_word_features_of(dgm_view form, dgm_word_features *out)
{
    chars cased, lower;
    read_chars(form, &cased);
    lower = cased;
    out->key_n = put_key(&lower, out->key);
    for (uint32_t i = 1; i <= lower.n; i++)
        if (lower.cp[i] >= '0' && lower.cp[i] <= '9')
            lower.cp[i] = '0';
    add_affixes(&lower, &cased, out);
    add_ngrams(&lower, out);
}
