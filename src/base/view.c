#include "base/base.h"

#include <limits.h>
#include <string.h>

bool dgm_view_eq_nocase(dgm_view a, dgm_view b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (dgm_to_lower(a.p[i]) != dgm_to_lower(b.p[i]))
            return false;
    return true;
}

int dgm_view_cmp(dgm_view a, dgm_view b)
{
    size_t n = DGM_MIN(a.n, b.n);
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

dgm_view dgm_view_trim(dgm_view v)
{
    while (v.n > 0 && dgm_is_space((unsigned char)v.p[0]))
        v = (dgm_view) { v.p + 1, v.n - 1 };
    while (v.n > 0 && dgm_is_space((unsigned char)v.p[v.n - 1]))
        v.n--;
    return v;
}

uint32_t dgm_view_index(dgm_view v, const char *const *list, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && !dgm_view_eq(v, dgm_view_of(list[i])))
        i++;
    return i;
}

size_t dgm_view_find(dgm_view v, dgm_view part)
{
    if (part.n == 0)
        return 0;
    for (size_t i = 0; i + part.n <= v.n; i++) {
        const char *hit = memchr(v.p + i, part.p[0], v.n - part.n + 1 - i);
        if (!hit)
            return SIZE_MAX;
        i = (size_t)(hit - v.p);
        if (memcmp(hit, part.p, part.n) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* rest->p NULL marks that the last part has been given. */
bool dgm_view_split(dgm_view *rest, char sep, dgm_view *part)
{
    if (!rest->p)
        return false;
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!hit) {
        *part = *rest;
        *rest = (dgm_view) { NULL, 0 };
        return true;
    }
    size_t n = (size_t)(hit - rest->p);
    *part = (dgm_view) { rest->p, n };
    *rest = (dgm_view) { hit + 1, rest->n - n - 1 };
    return true;
}

const void *dgm_view_cut(dgm_view *rest, uint64_t n, size_t size)
{
    const char *p = rest->p;
    if (n > rest->n / size)
        return NULL;
    *rest = dgm_view_slice(*rest, (size_t)n * size, rest->n);
    return p;
}

bool dgm_parse_u64(dgm_view v, uint64_t *out)
{
    uint64_t value = 0;
    if (v.n == 0)
        return false;
    for (size_t i = 0; i < v.n; i++) {
        if (!dgm_is_digit((unsigned char)v.p[i]))
            return false;
        uint64_t digit = (uint64_t)(v.p[i] - '0');
        if (i >= 19 && value > (UINT64_MAX - digit) / 10) /* 19 digits always fit */
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

static double power_of_ten(int exponent)
{
    static const double exact[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    int n = exponent < 0 ? -exponent : exponent, most = (int)DGM_LEN(exact) - 1;
    double value = exact[DGM_MIN(n, most)];
    for (int i = most; i < n; i++)
        value *= 10;
    return value;
}

typedef struct {
    uint64_t whole; /* the first digits, as many as stay exact */
    double value;   /* of all, where there are more */
    size_t n;
} digits;

/* Takes the digits of v from i on; returns where they end. */
static inline size_t take_digits(dgm_view v, size_t i, digits *d)
{
    enum { EXACT = 15 };
    for (; i < v.n && dgm_is_digit((unsigned char)v.p[i]); i++, d->n++)
        if (d->n < EXACT)
            d->whole = d->whole * 10 + (uint64_t)(v.p[i] - '0');
        else
            d->value = (d->n == EXACT ? (double)d->whole : d->value) * 10 + (v.p[i] - '0');
    if (d->n <= EXACT)
        d->value = (double)d->whole;
    return i;
}

/* Exact for up to 15 digits and small exponents, which is what tables hold. */
bool dgm_parse_double(dgm_view v, double *out)
{
    digits d = { 0 };
    int exponent = 0;
    bool negative = v.n > 0 && v.p[0] == '-';
    size_t i = take_digits(v, negative, &d);
    if (i < v.n && v.p[i] == '.') {
        size_t n_before = d.n;
        i = take_digits(v, i + 1, &d);
        if (d.n - n_before > INT_MAX / 2)
            return false;
        exponent = -(int)(d.n - n_before);
    }
    if (d.n == 0)
        return false;
    if (i < v.n && (v.p[i] | 32) == 'e') {
        bool minus = i + 1 < v.n && v.p[i + 1] == '-';
        uint64_t e;
        if (!dgm_parse_u64(dgm_view_slice(v, i + 1 + minus, v.n), &e) || e > 300)
            return false;
        exponent += minus ? -(int)e : (int)e;
        i = v.n;
    }
    if (i != v.n || exponent < -400 || exponent > 400)
        return false;
    double value =
        exponent < 0 ? d.value / power_of_ten(exponent) : d.value * power_of_ten(exponent);
    *out = negative ? -value : value;
    return true;
}
