/* The evidence that two reports tell one event, in points.
 *
 * Points are about ten times the log odds that logistic regression gave each piece of evidence,
 * learned from pairs of short reports (what is developed on of bench/same*.jsonl) and from pairs of
 * events in raw news that were read and marked; rounded, and the same for all types. What is
 * "never" is so by hand. Of several such fits, which differ by a few points, this is the one with
 * the most right links in raw news. bench/same-weights.py learns them anew: it weighs other numbers
 * (-14), a place near by (-3) and days that no words name (-27) otherwise, and half of what it
 * links beyond this is wrong.
 *
 * Reports in other words share few words, and reports of two attacks in one war share many. So
 * shared words only speak for a link, never their lack against it; and what a pair needs grows with
 * the number of reports of that kind and side that are told of the day and are not linked
 * themselves: where there are two it is enough that nothing contradicts, where there are twenty the
 * words must tell which one it is. Agencies write of one attack as they wrote of the last, so no
 * words outweigh another town or another number of dead. */
#include "store/alike.h"

#include <math.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* ---- sides ---------------------------------------------------------------------------------- */

typedef enum { NOBODY, ONE_UNKNOWN, SAME_CODES, SAME_SIDES, CONTAINED, OVERLAP, OTHERS } likeness;

/* Whether somebody has a part in it, by his code and by his side. from, to: the roles looked at. */
static void look_for(const dgm_telling *t, int from, int to, const dgm_told_side *who, bool *code,
                     bool *side)
{
    *code = *side = false;
    for (int role = from; role <= to; role++) {
        for (uint32_t i = 0; i < t->n_sides[role]; i++) {
            *code = *code || t->sides[role][i].code == who->code;
            *side = *side || t->sides[role][i].side == who->side;
        }
    }
}

/* How many of a's parties are b's. */
static void count_common(const dgm_telling *a, const dgm_telling *b, int from, int to,
                         uint32_t *codes, uint32_t *sides)
{
    *codes = *sides = 0;
    for (int role = from; role <= to; role++) {
        for (uint32_t i = 0; i < a->n_sides[role]; i++) {
            bool code, side;
            look_for(b, from, to, &a->sides[role][i], &code, &side);
            *codes += code;
            *sides += side;
        }
    }
}

static likeness compare_sides(const dgm_telling *a, const dgm_telling *b, int from, int to)
{
    uint32_t n_a = 0, n_b = 0, codes_a, codes_b, sides_a, sides_b;
    for (int role = from; role <= to; role++) {
        n_a += a->n_sides[role];
        n_b += b->n_sides[role];
    }
    if (n_a == 0 || n_b == 0)
        return n_a == n_b ? NOBODY : ONE_UNKNOWN;
    count_common(a, b, from, to, &codes_a, &sides_a);
    count_common(b, a, from, to, &codes_b, &sides_b);
    if (codes_a == n_a && codes_b == n_b)
        return SAME_CODES;
    if (sides_a == n_a && sides_b == n_b)
        return SAME_SIDES;
    if (sides_a == n_a || sides_b == n_b)
        return CONTAINED;
    return sides_a > 0 ? OVERLAP : OTHERS;
}

static bool is_of_several(const dgm_telling *t)
{
    for (int role = 0; role < 2; role++)
        for (uint32_t i = 0; i < t->n_sides[role]; i++)
            if (t->sides[role][i].side != (t->n_sides[0] ? t->sides[0] : t->sides[1])[0].side)
                return true;
    return false;
}

/* Who met or agreed with whom, whichever was named first. */
static int points_of_parties(const dgm_telling *a, const dgm_telling *b)
{
    static const int points[] = {
        [SAME_CODES] = 7, [SAME_SIDES] = 6, [CONTAINED] = 7, [OVERLAP] = -12, [OTHERS] = 0
    };
    likeness all = compare_sides(a, b, 0, 1);
    bool both_whole = is_of_several(a) && is_of_several(b);
    if (both_whole && (all == OVERLAP || all == OTHERS))
        return DGM_ALIKE_NEVER; /* Poland with Lithuania, Poland with America */
    return points[all];
}

/* Who did it, and to whom. */
static int points_of_roles(const dgm_telling *a, const dgm_telling *b)
{
    static const int of_actors[] = { [NOBODY] = 5, [ONE_UNKNOWN] = 4, [OTHERS] = DGM_ALIKE_NEVER };
    static const int of_recipients[] = {
        [NOBODY] = 7,    [ONE_UNKNOWN] = -7, [SAME_CODES] = 12, [SAME_SIDES] = 0,
        [CONTAINED] = 3, [OVERLAP] = 0,      [OTHERS] = -24
    };
    likeness recipients = compare_sides(a, b, 1, 1);
    /* a country and its own people */
    bool at_home = recipients == SAME_SIDES && !is_of_several(a) && !is_of_several(b);
    return of_actors[compare_sides(a, b, 0, 0)] + of_recipients[recipients] + (at_home ? -7 : 0);
}

/* ---- day, place, sizes, words --------------------------------------------------------------- */

/* The day after is that of a report that names no day; more likely so if the other came out no
 * later. */
static int points_of_days(const dgm_telling *a, const dgm_telling *b)
{
    enum { MOST_LATER = 3 };
    if (a->day == b->day)
        return a->dated && b->dated ? 11 : !a->dated && !b->dated ? -32 : -3;
    const dgm_telling *early = a->day < b->day ? a : b, *late = a->day < b->day ? b : a;
    bool fits = late->day == early->day + 1 && early->dated && !late->dated &&
                late->day == late->story_day && early->story_day >= early->day &&
                early->story_day <= early->day + MOST_LATER;
    return !fits ? DGM_ALIKE_NEVER : early->story_day <= late->day ? 3 : -8;
}

static bool is_among(const uint32_t *words, uint32_t n, uint32_t word)
{
    for (uint32_t i = 0; i < n; i++)
        if (words[i] == word)
            return true;
    return false;
}

/* Whether the sentence has the place's name, "March" as well. */
static bool names(const dgm_telling *t, const dgm_told_place *place)
{
    bool all = place->n_words > 0;
    for (uint32_t i = 0; i < place->n_words; i++)
        all = all && (is_among(t->words, t->n_words, place->words[i]) ||
                      is_among(t->idle, t->n_idle, place->words[i]));
    return all;
}

static bool is_same_place(const dgm_told_place *a, const dgm_told_place *b)
{
    return (a->id && a->id == b->id) || a->name == b->name;
}

static bool is_near(const dgm_told_place *a, const dgm_told_place *b)
{
    enum { NEAR_DEGREES_TENTHS = 3 };
    double degrees = fabs(a->lat - b->lat) + fabs(a->lon - b->lon);
    return degrees * 10 < NEAR_DEGREES_TENTHS; /* no: where it is not known */
}

/* A report that has both names may mean either: "in a palace in Havana". */
static int points_of_others(const dgm_telling *x, const dgm_telling *y)
{
    const dgm_told_place *a = &x->place, *b = &y->place;
    if (!a->stated || !b->stated)
        return 0;
    bool wide = a->is_country || b->is_country || a->is_province || b->is_province;
    return !wide && (names(x, b) || names(y, a)) ? -5 : DGM_ALIKE_NEVER;
}

static int points_of_places(const dgm_telling *x, const dgm_telling *y)
{
    const dgm_told_place *a = &x->place, *b = &y->place;
    if (!a->told || !b->told || !a->country || !b->country)
        return 0;
    if (a->country != b->country)
        return points_of_others(x, y);
    if (a->is_country || b->is_country)
        return 0;
    if (is_same_place(a, b))
        return a->is_province ? 3 : 9;
    if (!a->is_province && !b->is_province && is_near(a, b))
        return 3;
    if (a->province && b->province && a->province != b->province)
        return points_of_others(x, y);
    return a->is_province != b->is_province ? 3 : points_of_others(x, y);
}

static double least_of(double bound)
{
    return isnan(bound) ? 0 : bound;
}

static double most_of(double bound)
{
    return isnan(bound) ? INFINITY : bound;
}

/* Tolls rise from one report to the next; other numbers do not. Where one tells "at least", its
 * upper bound is open. */
static int points_of_sizes(const dgm_telling *a, const dgm_telling *b)
{
    enum { AGREES = 10, MEETS = 7, TELLING = 4 };
    int points = 0;
    for (int i = 0; i < DGM_N_SIZES; i++) {
        if (i == DGM_SIZE_MONEY || !a->sizes[i].told || !b->sizes[i].told)
            continue;
        double x = least_of(a->sizes[i].least), y = least_of(b->sizes[i].least);
        bool corrected = (i == DGM_SIZE_DEAD || i == DGM_SIZE_INJURED) && x > 0 && y > 0 &&
                         x < 1.5 * y && y < 1.5 * x;
        bool meet = x <= most_of(b->sizes[i].most) && y <= most_of(a->sizes[i].most);
        if (x == y && x >= TELLING)
            return AGREES;
        if (!meet && !corrected)
            points = DGM_ALIKE_NEVER;
        else if (points == 0)
            points = MEETS;
    }
    return points;
}

/* How much of the shorter sentence the other has; a word or two may be chance. */
static int points_of_words(const dgm_telling *a, const dgm_telling *b)
{
    enum { HUNDREDTHS_A_WORD = 43, FREE = 25 };
    uint32_t common = 0, i = 0, k = 0, shorter = DGM_MIN(a->n_words, b->n_words);
    while (i < a->n_words && k < b->n_words) {
        uint32_t x = a->words[i], y = b->words[k];
        common += x == y;
        i += x <= y;
        k += y <= x;
    }
    if (shorter == 0)
        return 0;
    int share = (int)(100 * common / shorter);
    share = DGM_MIN(share, (int)(HUNDREDTHS_A_WORD * common));
    return share > FREE ? (share - FREE) * 55 / 100 : 0;
}

/* Both sentences have numbers, and none in common; on two days that is another deed. */
static int points_of_numbers(const dgm_telling *a, const dgm_telling *b)
{
    bool common = a->n_numbers == 0 || b->n_numbers == 0;
    for (uint32_t i = 0; i < a->n_numbers; i++)
        for (uint32_t k = 0; k < b->n_numbers; k++)
            common = common || a->numbers[i] == b->numbers[k];
    return common ? 0 : a->day == b->day ? -5 : -30;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static int points_of_sides(const dgm_telling *a, const dgm_telling *b)
{
    return a->mutual && b->mutual ? points_of_parties(a, b) : points_of_roles(a, b);
}

int dgm_alike(const dgm_telling *a, const dgm_telling *b)
{
    bool same_type = a->type == b->type;
    if ((!same_type && (!a->kin || a->kin != b->kin)) || a->negated != b->negated || a->spans ||
        b->spans || a->apart || b->apart)
        return DGM_ALIKE_NEVER;
    int sizes = points_of_sizes(a, b);
    /* Of kin a difference in status says little: who agrees intends what he does who signs. */
    const int points[] = { points_of_sides(a, b),
                           same_type ? 0 : -17,
                           a->actual == b->actual ? 0 : same_type ? -11 : -3,
                           points_of_days(a, b),
                           points_of_places(a, b),
                           sizes ? sizes : points_of_numbers(a, b),
                           points_of_words(a, b) };
    int sum = 0;
    for (size_t i = 0; i < DGM_LEN(points); i++)
        sum += points[i];
    return DGM_MAX(sum, DGM_ALIKE_NEVER);
}

bool dgm_alike_contradict(const dgm_telling *a, const dgm_telling *b)
{
    return points_of_places(a, b) == DGM_ALIKE_NEVER ||
           points_of_sides(a, b) <= DGM_ALIKE_NEVER / 2;
}

/* Ten points for each doubling of those that it might be beside the other. */
int dgm_alike_among(int points, uint32_t n_rivals)
{
    return n_rivals > 2 ? points - (int)lround(10 * log2(n_rivals / 2.0)) : points;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return isnan(value) ? 0 : bits + 1;
}

uint64_t dgm_telling_print(const dgm_telling *t)
{
    const dgm_told_place *p = &t->place;
    uint64_t parts[25 + 4 * DGM_MOST_SIDES + 2 * DGM_N_SIZES];
    uint32_t n = 0;
    parts[n++] = t->type;
    parts[n++] = t->kin;
    parts[n++] = t->sentence;
    parts[n++] = (uint64_t)t->day << 32 ^ (uint64_t)t->story_day;
    parts[n++] =
        (uint64_t)(t->negated | t->dated << 1 | t->spans << 2 | p->told << 3 | p->stated << 4 |
                   p->is_country << 5 | p->is_province << 6 | t->actual << 7);
    parts[n++] = p->id;
    parts[n++] = p->name;
    parts[n++] = p->country;
    parts[n++] = p->province;
    parts[n++] = bits_of(p->lat);
    parts[n++] = bits_of(p->lon);
    for (int role = 0; role < 2; role++) {
        parts[n++] = t->n_sides[role];
        for (uint32_t i = 0; i < t->n_sides[role]; i++) {
            parts[n++] = t->sides[role][i].code;
            parts[n++] = t->sides[role][i].side;
        }
    }
    for (int i = 0; i < DGM_N_SIZES; i++) {
        parts[n++] = t->sizes[i].told ? bits_of(t->sizes[i].least) : 1;
        parts[n++] = t->sizes[i].told ? bits_of(t->sizes[i].most) : 1;
    }
    return XXH3_64bits(parts, n * sizeof *parts);
}
