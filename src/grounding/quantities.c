/* Loads data/english/quantities.tsv and reads numbers: "at least two dozen", "12 to 15", "hundreds
 * of thousands", "1.2 million". */
#include "grounding/quantities.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PHRASE = 64, MAX_PHRASE_WORDS = 4 };

typedef enum {
    CLASS_NUMBER,
    CLASS_SCALE,
    CLASS_VAGUE,
    CLASS_BOUND,
    CLASS_RANGE,
    CLASS_TOLL,
    CLASS_TALLY,
    CLASS_JOINING,
    CLASS_CORRECT,
    CLASS_PART,
    CLASS_CURRENCY,
    CLASS_SINGLE,
    CLASS_JOINT,
    CLASS_COUNTED, /* + dgm_size_kind */
    N_CLASSES = CLASS_COUNTED + DGM_N_SIZES
} quantity_class;

static const char *const class_names[CLASS_COUNTED] = { "number",  "scale", "vague",    "bound",
                                                        "range",   "toll",  "tally",    "joining",
                                                        "correct", "part",  "currency", "single",
                                                        "joint" };

typedef struct {
    double min, max;
    dgm_view how_text;
    dgm_quantity_how how;
} entry;

struct dgm_quantity_words {
    dgm_map *maps[N_CLASSES]; /* word -> entry */
    entry *entries;
    uint32_t n, cap;
    char *text;
};

typedef struct {
    dgm_quantity_words *words;
    dgm_complaints *complaints;
    bool no_memory;
} loading;

/* ---- the table ------------------------------------------------------------------------------ */

static int class_of(dgm_view name)
{
    for (int i = 0; i < CLASS_COUNTED; i++)
        if (dgm_view_eq(name, dgm_view_of(class_names[i])))
            return i;
    for (int i = 0; i < DGM_N_SIZES; i++)
        if (dgm_view_eq(name, dgm_view_of(dgm_size_name((dgm_size_kind)i))))
            return CLASS_COUNTED + i;
    return -1;
}

static dgm_quantity_how how_of(dgm_view name)
{
    static const char *const names[] = { "",      "object", "subject", "self",  "least",
                                         "above", "most",   "below",   "about", "between" };
    for (size_t i = 1; i < DGM_LEN(names); i++)
        if (dgm_view_eq(name, dgm_view_of(names[i])))
            return (dgm_quantity_how)i;
    return DGM_HOW_NONE;
}

static bool parse(dgm_view v, double *out)
{
    *out = 0;
    return v.n == 0 || dgm_parse_double(v, out);
}

static bool add_row(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_quantity_words *w = l->words;
    int class = class_of(row->cell[1]);
    entry new = { .how_text = row->cell[4], .how = how_of(row->cell[4]) };
    bool needs_how = class == CLASS_BOUND || class >= CLASS_COUNTED;
    if (row->cell[0].n == 0 || class < 0 || !parse(row->cell[2], &new.min) ||
        !parse(row->cell[3], &new.max) || (needs_how && new.how == DGM_HOW_NONE)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "a word, a class of quantity, numbers and what they need are wanted");
        return true;
    }
    if (w->n == w->cap) {
        uint32_t cap = w->cap ? w->cap * 2 : 256;
        entry *at = realloc(w->entries, cap * sizeof(*at));
        if (!at)
            return !(l->no_memory = true);
        w->entries = at;
        w->cap = cap;
    }
    w->entries[w->n] = new;
    if (dgm_map_set(w->maps[class], row->cell[0], w->n++, NULL) != DGM_OK)
        return !(l->no_memory = true);
    return true;
}

dgm_status dgm_quantity_words_load(const char *tables_dir, dgm_complaints *complaints,
                                   dgm_quantity_words **out, dgm_err *err)
{
    static const char *const columns[] = { "word!", "class!", "min", "max", "how", NULL };
    static const char name[] = "english/quantities.tsv";
    dgm_quantity_words *w = calloc(1, sizeof(*w));
    loading l = { .words = w, .complaints = complaints, .no_memory = !w };
    for (int i = 0; w && i < N_CLASSES; i++)
        l.no_memory |= !(w->maps[i] = dgm_map_new());
    dgm_status status = DGM_OK;
    if (!l.no_memory)
        status = dgm_table_load(tables_dir, name, columns, add_row, &l, complaints, &w->text);
    if (status != DGM_OK)
        status = dgm_fail(err, status, tables_dir, 0, "%s cannot be read", name);
    else if (l.no_memory)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the words of quantity");
    if (status != DGM_OK) {
        dgm_quantity_words_free(w);
        return status;
    }
    *out = w;
    return DGM_OK;
}

void dgm_quantity_words_free(dgm_quantity_words *w)
{
    if (!w)
        return;
    for (int i = 0; i < N_CLASSES; i++)
        if (w->maps[i])
            dgm_map_free(w->maps[i]);
    free(w->entries);
    free(w->text);
    free(w);
}

static const entry *look(const dgm_quantity_words *w, int class, dgm_view word)
{
    uint32_t i = dgm_map_get(w->maps[class], word);
    return i == DGM_NONE ? NULL : w->entries + i;
}

static const entry *look_both(const dgm_quantity_words *w, int class, const dgm_tree *t,
                              uint32_t word)
{
    const entry *e = look(w, class, t->forms[word]);
    return e ? e : look(w, class, t->lemmas[word]);
}

/* ---- reading numbers ------------------------------------------------------------------------- */

/* "1,200", "2.5". */
static bool digits(dgm_view v, double *out)
{
    char plain[24];
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == ',' && i > 0 && v.n - i >= 4)
            continue;
        if (n + 1 == sizeof plain || !((v.p[i] >= '0' && v.p[i] <= '9') || v.p[i] == '.'))
            return false;
        plain[n++] = v.p[i];
    }
    return n > 0 && plain[0] != '.' && dgm_parse_double((dgm_view) { plain, n }, out) &&
           *out < 1e15;
}

/* "Several dozen": the vague word times the scale. */
static uint32_t scaled(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i, double *min,
                       double *max)
{
    const entry *e = i <= t->s->n_words ? look(w, CLASS_SCALE, t->forms[i]) : NULL;
    if (!e)
        return 0;
    *min *= e->min;
    *max = *max * e->min + e->min - 1;
    return 1;
}

/* Number of words read from i on; 0: no number. */
static uint32_t vague(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i, double *min,
                      double *max)
{
    const entry *e = look(w, CLASS_VAGUE, t->forms[i]);
    if (!e)
        return 0;
    *min = e->min;
    *max = e->max;
    uint32_t n = 1 + scaled(w, t, i + 1, min, max);
    /* "hundreds of thousands" */
    const entry *next =
        i + 1 <= t->s->n_words && dgm_function_is(t, i + 1, DGM_FN_OF) && i + 2 <= t->s->n_words
            ? look(w, CLASS_VAGUE, t->forms[i + 2])
            : NULL;
    if (next && next->min >= 200) {
        double unit = next->min / 2;
        *min = e->min * unit;
        *max = e->max * unit + unit - 1;
        n = 3;
    }
    return n;
}

static uint32_t exact(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i, double *out)
{
    double total = 0, current = 0, value;
    uint32_t k = i;
    bool begun = false, scale = false;
    for (; k <= t->s->n_words && k < i + 10; k++) {
        dgm_view form = t->forms[k];
        const entry *number = look(w, CLASS_NUMBER, form), *times = look(w, CLASS_SCALE, form);
        bool figure = digits(form, &value);
        if (begun && (dgm_view_eq(form, DGM_VIEW("-")) || (scale && look(w, CLASS_JOINT, form))) &&
            k < t->s->n_words && look(w, CLASS_NUMBER, t->forms[k + 1]))
            continue;
        if (figure && !begun)
            current = value;
        else if (number && (!begun || !digits(t->forms[i], &value)))
            current += number->min;
        else if (times && (begun || times->min < 1e6)) {
            current = begun && current > 0 ? current : begun ? 0 : 1;
            if (times->min <= 100)
                current *= times->min;
            else {
                total += current * times->min;
                current = 0;
            }
            scale = true;
        } else
            break;
        begun = true;
    }
    *out = total + current;
    return begun ? k - i : 0;
}

static uint32_t read(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i, double *min,
                     double *max)
{
    uint32_t n = vague(w, t, i, min, max);
    if (n == 0) {
        n = exact(w, t, i, min);
        *max = *min;
    }
    return n;
}

/* The words of a bound that end before word i; *n: how many they are. */
static const entry *bound_before(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i,
                                 uint32_t *n)
{
    for (uint32_t words = MAX_PHRASE_WORDS; words > 0; words--) {
        char phrase[MAX_PHRASE];
        size_t used = 0;
        if (i <= words)
            continue;
        for (uint32_t k = i - words; k < i && used < sizeof phrase; k++) {
            dgm_view form = t->forms[k];
            if (used + form.n + 1 > sizeof phrase) {
                used = sizeof phrase;
                break;
            }
            if (used)
                phrase[used++] = ' ';
            memcpy(phrase + used, form.p, form.n);
            used += form.n;
        }
        const entry *e =
            used < sizeof phrase ? look(w, CLASS_BOUND, (dgm_view) { phrase, used }) : NULL;
        if (e) {
            *n = words;
            return e;
        }
    }
    return NULL;
}

static void apply(dgm_quantity_how how, dgm_quantity *q)
{
    double step = q->min >= 1000 ? 0 : 1;
    switch (how) {
    case DGM_HOW_LEAST:
        q->max = NAN;
        break;
    case DGM_HOW_ABOVE:
        q->min = floor(q->max == q->min ? q->min + step : q->min);
        q->max = NAN;
        break;
    case DGM_HOW_MOST:
        q->min = 0;
        break;
    case DGM_HOW_BELOW:
        q->max -= step;
        q->min = 0;
        break;
    default:
        break;
    }
}

/* "No one"; the years of "a 21-year-old", the days of "a two-day visit". */
static bool counts_nothing(const dgm_tree *t, uint32_t first, uint32_t next)
{
    const dgm_sentence *s = t->s;
    uint32_t at;
    if (first > 1 && dgm_negator_in(t, first, first - 1, &at))
        return true;
    return next < s->n_words && dgm_view_eq(t->forms[next], DGM_VIEW("-")) &&
           !s->words[next - 1].space_after && !s->words[next].space_after &&
           s->words[next + 1].upos == DGM_NOUN;
}

bool dgm_quantity_at(const dgm_quantity_words *w, const dgm_tree *t, uint32_t i, dgm_quantity *out)
{
    double min, max;
    uint32_t n = read(w, t, i, &min, &max);
    if (n == 0)
        return false;
    *out = (dgm_quantity) { .first = i, .number = i, .last = i + n - 1, .min = min, .max = max };
    uint32_t words = 0, next = out->last + 1;
    const entry *bound = bound_before(w, t, i, &words);
    /* "a dozen", "a few" */
    if (!bound && i > 1 && (look(w, CLASS_SINGLE, t->forms[i - 1]))) {
        bound = i > 2 ? bound_before(w, t, i - 1, &words) : NULL;
        words += 1;
    }
    bool between = bound && bound->how == DGM_HOW_BETWEEN;
    bool range = next < t->s->n_words && (look(w, CLASS_RANGE, t->forms[next]) ||
                                          dgm_view_eq(t->forms[next], DGM_VIEW("-")) ||
                                          (between && look(w, CLASS_JOINT, t->forms[next])));
    uint32_t more = range ? read(w, t, next + 1, &min, &max) : 0;
    if (more && max >= out->min) {
        /* "two to three million" */
        const entry *times = look(w, CLASS_SCALE, t->forms[next + more]);
        if (times && out->min < times->min && out->min < 1000)
            out->min *= times->min;
        out->max = max;
        out->last = next + more;
    } else if (counts_nothing(t, i, next)) {
        return false;
    } else if (between) {
        bound = NULL;
        words = 0;
    }
    out->end = out->last;
    out->first -= words;
    if (bound)
        apply(bound->how, out);
    return true;
}

/* ---- what is counted ------------------------------------------------------------------------- */

bool dgm_quantity_counts(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word,
                         dgm_quantity_how how, dgm_size_kind *kind)
{
    for (int i = 0; i < DGM_N_SIZES; i++) {
        const entry *e = look(w, CLASS_COUNTED + i, t->forms[word]);
        if (!e || e->how != how)
            e = look(w, CLASS_COUNTED + i, t->lemmas[word]);
        if (e && e->how == how) {
            *kind = (dgm_size_kind)i;
            return true;
        }
    }
    return false;
}

bool dgm_quantity_is_toll(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look_both(w, CLASS_TOLL, t, word) != NULL;
}

bool dgm_quantity_is_tally(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look_both(w, CLASS_TALLY, t, word) != NULL;
}

bool dgm_quantity_is_joining(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look_both(w, CLASS_JOINING, t, word) != NULL;
}

bool dgm_quantity_is_correction(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look_both(w, CLASS_CORRECT, t, word) != NULL;
}

bool dgm_quantity_is_single(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look(w, CLASS_SINGLE, t->forms[word]) != NULL;
}

bool dgm_quantity_is_part(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    return look_both(w, CLASS_PART, t, word) != NULL;
}

dgm_view dgm_quantity_currency(const dgm_quantity_words *w, const dgm_tree *t, uint32_t word)
{
    const entry *e = look_both(w, CLASS_CURRENCY, t, word);
    return e ? e->how_text : (dgm_view) { NULL, 0 };
}
