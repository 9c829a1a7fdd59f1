/* Which of the places of one name is meant: what contains what ("Paris, Texas"), the countries that
 * the story is about, and size. */
#include "grounding/place_work.h"

#include <assert.h>
#include <math.h>
#include <string.h>

bool dgm_place_lies_in(const dgm_gazetteer_place *inner, const dgm_gazetteer_place *outer)
{
    assert(inner && outer);
    if (strcmp(inner->country, outer->country) != 0)
        return false;
    if (outer->kind == DGM_PLACE_COUNTRY)
        return inner->kind != DGM_PLACE_COUNTRY;
    return outer->kind == DGM_PLACE_REGION && inner->kind != DGM_PLACE_REGION &&
           dgm_view_eq(inner->admin1, outer->admin1) && inner->admin1.n > 0;
}

/* "Delaware": a report that lists states means the state, and no town in another of them. */
static bool is_a_division_too(const place_name *m, const dgm_gazetteer_place *p)
{
    for (uint32_t i = 0; i < m->n_candidates; i++) {
        const dgm_gazetteer_place *other = m->candidates[i];
        if (other->kind == DGM_PLACE_REGION && strcmp(other->country, p->country) == 0 &&
            dgm_view_eq(other->admin1, other->name))
            return true;
    }
    return false;
}

static double score(const place_search *x, const place_name *m, const dgm_gazetteer_place *p)
{
    double points = log10(1.0 + p->population) / 2;
    if (p->kind == DGM_PLACE_COUNTRY)
        points = 5.5;
    else if (p->kind == DGM_PLACE_CAPITAL)
        points += 1.2;
    else if (p->kind == DGM_PLACE_SEAT)
        points += 0.3;
    else if (p->kind == DGM_PLACE_SITE || p->kind == DGM_PLACE_WATER)
        points = 3.5;
    else if (p->kind == DGM_PLACE_REGION)
        points = p->geonames_id || p->population == 0 ? 3.4 : points - 0.5;
    points += dgm_place_country_weight(x, p->country);
    if (m->stand == STAND_OTHER && dgm_place_stands_for(x, m, p->country))
        points += 6;
    if ((m->wanted & DGM_PLACE_WORD_REGION) && p->kind == DGM_PLACE_REGION)
        points += 3;
    if ((m->wanted & DGM_PLACE_WORD_CITY) && p->kind <= DGM_PLACE_CAPITAL)
        points += 3;
    if (!is_a_division_too(m, p))
        points += dgm_place_of_division(x, p, m->chosen);
    if (m->container != DGM_NONE) {
        const place_name *outer = x->names.at + m->container;
        for (uint32_t i = 0; i < outer->n_candidates; i++)
            if (dgm_place_lies_in(p, outer->candidates[i])) {
                points += 6;
                break;
            }
    }
    return points;
}

static void choose(place_search *x, place_name *m)
{
    double best = -1;
    const dgm_gazetteer_place *chosen = NULL; /* m's own is that of the round before */
    for (uint32_t i = 0; i < m->n_candidates; i++) {
        double points = score(x, m, m->candidates[i]);
        if (points > best) {
            best = points;
            chosen = m->candidates[i];
        }
    }
    m->chosen = chosen;
    /* What contains a chosen place is the one that does: the state of Georgia in "Atlanta,
     * Georgia". */
    if (!m->chosen || m->container == DGM_NONE)
        return;
    place_name *outer = x->names.at + m->container;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < outer->n_candidates; i++)
        if (dgm_place_lies_in(m->chosen, outer->candidates[i]))
            outer->candidates[kept++] = outer->candidates[i];
    if (kept) {
        outer->n_candidates = kept;
        if (outer->stand == STAND_OTHER)
            outer->stand = STAND_KNOWN;
    }
}

/* ---- names that no place of the gazetteer has ------------------------------------------------ */

/* The place that a name without its own lies in: what follows it ("X, Y"), else a known place of
 * the same sentence; NULL: neither. */
static const dgm_gazetteer_place *around(const place_search *x, const place_name *m)
{
    uint32_t at = m->container;
    for (uint32_t n = 0; at < x->names.n && n < 4; n++, at = x->names.at[at].container)
        if (x->names.at[at].chosen && x->names.at[at].chosen->country[0])
            return x->names.at[at].chosen;
    uint32_t i_name = (uint32_t)(m - x->names.at);
    for (uint32_t away = 1; away < 6; away++) {
        const place_name *near[2] = { i_name + away < x->names.n ? m + away : NULL,
                                      i_name >= away ? m - away : NULL };
        for (uint32_t k = 0; k < 2; k++)
            if (near[k] && near[k]->sentence == m->sentence && near[k]->chosen &&
                (near[k]->stand == STAND_AT || near[k]->stand == STAND_KNOWN) &&
                near[k]->chosen->country[0])
                return near[k]->chosen;
    }
    return NULL;
}

static uint8_t kind_by(uint32_t bits)
{
    if (bits & DGM_PLACE_WORD_SITE)
        return DGM_PLACE_SITE;
    return bits & (DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SECOND) && !(bits & DGM_PLACE_WORD_CITY)
               ? DGM_PLACE_REGION
               : DGM_PLACE_CITY;
}

static uint32_t bits_of(const place_search *x, const place_name *m)
{
    const dgm_sentence *s = x->doc->sentences.at + m->sentence;
    return m->kind ? dgm_place_kind_bits(x, s->words + m->kind) | m->wanted : m->wanted;
}

/* A place of which the name is known, and perhaps the country, and where it is only if it is a
 * village of that country. */
static bool make_up(place_search *x, place_name *m)
{
    dgm_gazetteer_place *place = DGM_NEW(x->doc->arena, dgm_gazetteer_place, 1);
    const dgm_gazetteer_place *in = around(x, m);
    if (!place)
        return false;
    if (!m->kind && m->first < m->last && dgm_place_spot_bits(x, m))
        m->kind = m->last; /* of a site of the tables that is another one */
    uint32_t last = DGM_MAX(m->last, m->kind);
    m->unknown = true;
    place->name = dgm_span_name(x->doc, dgm_span_of(x->doc, m->sentence, m->first, last));
    place->kind = kind_by(bits_of(x, m));
    place->lat = place->lon = NAN;
    if (in) {
        memcpy(place->country, in->country, sizeof place->country);
        place->admin1 = m->container != DGM_NONE ? in->admin1 : (dgm_view) { NULL, 0 };
    } else if (x->n_countries == 1) {
        memcpy(place->country, x->countries[0].code, sizeof place->country);
    }
    dgm_gazetteer_place where = *place, village;
    if (in && in->kind == DGM_PLACE_REGION)
        where.admin1 = in->admin1;
    if (dgm_place_village(x, m, bits_of(x, m), &where, &village))
        *place = village;
    else if (place->kind == DGM_PLACE_SITE)
        dgm_place_put_site(x, m, in, place);
    m->last = last;
    m->chosen = place;
    return true;
}

/* Whether the namesake in the gazetteer cannot be meant: "Franklin County" is no town, and a report
 * that speaks of one country alone means no village abroad. */
static bool is_elsewhere(const place_search *x, const place_name *m)
{
    enum { LARGE = 300000, MEDIUM = 50000 };
    const dgm_gazetteer_place *p = m->chosen;
    uint32_t bits = bits_of(x, m);
    bool town = p->kind <= DGM_PLACE_CAPITAL;
    bool within = m->container != DGM_NONE && x->names.at[m->container].chosen &&
                  dgm_place_lies_in(p, x->names.at[m->container].chosen);
    if (p->kind == DGM_PLACE_COUNTRY || within)
        return p->kind == DGM_PLACE_COUNTRY ? (bits & DGM_PLACE_WORD_APART) && m->kind : false;
    if ((m->kind && town && (bits & DGM_PLACE_WORD_APART)) || dgm_place_is_other_site(x, m))
        return true;
    if (!town || dgm_place_is_counted(x, p->country))
        return false;
    if (m->kind && (bits & DGM_PLACE_WORD_SITE) && p->population < LARGE)
        return true;
    return x->n_countries == 1 && x->countries[0].n > 1 && p->population < MEDIUM;
}

static dgm_place_precision precision_of(const place_search *x, const place_name *m)
{
    const dgm_gazetteer_place *p = m->chosen;
    uint32_t bits = bits_of(x, m);
    if (p->kind == DGM_PLACE_SITE || p->kind == DGM_PLACE_WATER)
        return DGM_PRECISION_SITE;
    if (p->kind == DGM_PLACE_COUNTRY)
        return DGM_PRECISION_COUNTRY;
    if (p->kind == DGM_PLACE_REGION) {
        bool first = p->admin1.n == 0 || dgm_view_eq(p->admin1, p->name);
        bool second = isnan(p->lat) ? (bits & DGM_PLACE_WORD_SECOND) != 0 : !first;
        return second ? DGM_PRECISION_ADMIN2 : DGM_PRECISION_ADMIN1;
    }
    if ((m->kind && (bits & DGM_PLACE_WORD_SITE)) || dgm_place_is_at_spot(x, m))
        return DGM_PRECISION_SITE;
    if (m->kind && (bits & DGM_PLACE_WORD_SECOND))
        return DGM_PRECISION_ADMIN2;
    if (m->kind && (bits & DGM_PLACE_WORD_REGION) && dgm_view_eq(p->admin1, p->name))
        return DGM_PRECISION_ADMIN1;
    return DGM_PRECISION_TOWN;
}

bool dgm_place_choose_all(place_search *x)
{
    for (uint32_t round = 0; round < 2; round++) {
        if (round == 1 && !dgm_place_count_divisions(x))
            return false;
        for (uint32_t i = 0; i < x->names.n; i++)
            if (!x->names.at[i].unknown)
                choose(x, x->names.at + i);
    }
    for (uint32_t i = 0; i < x->names.n; i++) {
        place_name *m = x->names.at + i;
        if (!m->unknown && is_elsewhere(x, m) && !make_up(x, m))
            return false;
    }
    for (uint32_t i = 0; i < x->names.n; i++) {
        place_name *m = x->names.at + i;
        if ((!m->chosen && !make_up(x, m)) || !dgm_place_name_site(x, m))
            return false;
        m->precision = precision_of(x, m);
        if (m->container != DGM_NONE)
            x->names.at[m->container].inner = i;
    }
    return true;
}
