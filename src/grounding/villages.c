/* Where a place lies that no table but villages.tsv has. Its names make no word a place, since many
 * are first names and common words: they are only asked about names that their sentence makes
 * places, in the country that the report gives these. */
#include "grounding/place_work.h"

#include <math.h>
#include <string.h>

enum {
    ELSEWHERE =
        DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE | DGM_PLACE_WORD_SECOND | DGM_PLACE_WORD_APART
};

/* Nearer than about 50 km: which of the two is meant hardly matters. */
static bool is_near(const dgm_gazetteer_place *a, const dgm_gazetteer_place *b)
{
    double north = (double)a->lat - b->lat;
    double east = ((double)a->lon - b->lon) * cos((double)a->lat * 0.01745329);
    return north * north + east * east < 0.2;
}

/* The best of the places of a key so far, and the points of the next one that lies elsewhere. */
typedef struct {
    dgm_gazetteer_place place;
    double best, second;
} choice;

static void weigh(const place_search *x, const dgm_gazetteer_place *p, choice *c)
{
    double points = log10(1.0 + p->population) / 2 + dgm_place_of_division(x, p, NULL);
    bool elsewhere = c->best >= 0 && !is_near(&c->place, p);
    if (points > c->best) {
        c->second = elsewhere ? c->best : c->second;
        c->best = points;
        c->place = *p;
    } else if (elsewhere) {
        c->second = DGM_MAX(c->second, points);
    }
}

/* The place of a key in the country and division of `where`, or, where it has none, in one that the
 * report is about; false: there is none, or several of which none stands out. */
static bool find(const place_search *x, dgm_view key, const dgm_gazetteer_place *where, bool region,
                 bool town, dgm_gazetteer_place *out)
{
    choice c = { .best = -1, .second = -1 };
    dgm_place_cursor cities = { 0 }, villages = { 0 };
    dgm_gazetteer_place p;
    while (dgm_gazetteer_village(x->gazetteer, key, &villages, &p) ||
           dgm_gazetteer_find(x->gazetteer, key, &cities, &p)) {
        bool here = where->country[0] ? strcmp(p.country, where->country) == 0
                                      : dgm_place_is_counted(x, p.country);
        bool wanted = p.kind == DGM_PLACE_REGION ? region : town && p.kind <= DGM_PLACE_CAPITAL;
        if (here && wanted && (where->admin1.n == 0 || dgm_view_eq(p.admin1, where->admin1)))
            weigh(x, &p, &c);
    }
    *out = c.place;
    return c.best >= 0 && c.best > c.second + 0.5;
}

static dgm_view key_of(const place_search *x, const place_name *m, uint32_t last,
                       char key[DGM_MAX_PLACE_NAME])
{
    const dgm_sentence *s = x->doc->sentences.at + m->sentence;
    size_t n = 0;
    for (uint32_t i = m->first; i <= last; i++)
        if (!dgm_place_key_add(x->doc->arena, s->words[i].form, key, &n))
            return (dgm_view) { key, 0 };
    return (dgm_view) { key, n };
}

bool dgm_place_village(const place_search *x, const place_name *m, uint32_t bits,
                       const dgm_gazetteer_place *where, dgm_gazetteer_place *out)
{
    char key[DGM_MAX_PLACE_NAME];
    bool town = !(bits & ELSEWHERE) || (bits & DGM_PLACE_WORD_CITY);
    bool named_so = m->kind >= m->first && m->kind <= m->last;
    if (m->first > 1 &&
        dgm_function_is(x->doc->sentences.at[m->sentence].tree, m->first - 1, DGM_FN_THE))
        town = named_so = false; /* "the White House" */
    /* As written: "Franklin County", "Apple Valley". */
    dgm_view whole = key_of(x, m, DGM_MAX(m->last, m->kind), key);
    if (whole.n > 0 && find(x, whole, where, true, town || named_so, out))
        return true;
    if (!m->kind || m->kind <= m->last || !town)
        return false;
    whole = key_of(x, m, m->last, key);
    return whole.n > 0 && find(x, whole, where, false, true, out);
}
