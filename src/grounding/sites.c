/* Sites: squares, airports, camps, embassies. Those that no table knows take the country and point
 * of the town that they are in: the one behind the name ("Kossuth Square in Budapest") or in it
 * ("Baghdad International Airport"). Squares and embassies may take those of their sentence, or of
 * the town last spoken of; camps and airports, which may lie far outside, only its country. */
#include "grounding/place_work.h"

#include <math.h>
#include <string.h>

enum { LARGE = 300000, MOST = 2000 }; /* people; names of a story that are gone through */

static const dgm_sentence *sentence_of(const place_search *x, const place_name *m)
{
    return x->doc->sentences.at + m->sentence;
}

/* How often the story names the country; not by sites that the actors' room puts there by their
 * name alone. */
static uint32_t times_named(const place_search *x, const char *country)
{
    uint32_t n = 0, own = 0;
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (strcmp(x->countries[i].code, country) == 0)
            n = x->countries[i].n;
    for (uint32_t i = 0; i < x->names.n && i < MOST; i++) {
        const place_name *other = x->names.at + i;
        own += other->chosen && other->chosen->kind == DGM_PLACE_SITE &&
               dgm_place_stands_for(x, other, country);
    }
    return n > own ? n - own : 0;
}

/* Whether the story speaks of a country beside the name. */
static bool is_spoken_of(const place_search *x, const place_name *m, const char *country)
{
    if (times_named(x, country) > 0)
        return true;
    for (uint32_t i = 0; i < x->names.n && i < MOST; i++) {
        const place_name *other = x->names.at + i;
        if (other != m && other->chosen && other->chosen->kind != DGM_PLACE_SITE &&
            strcmp(other->chosen->country, country) == 0)
            return true;
    }
    return false;
}

static bool names_another_country(const place_search *x, const char *country)
{
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (strcmp(x->countries[i].code, country) != 0)
            return true;
    return false;
}

bool dgm_place_is_other_site(const place_search *x, const place_name *m)
{
    const dgm_sentence *s = sentence_of(x, m);
    if (m->chosen->kind != DGM_PLACE_SITE || !(dgm_place_spot_bits(x, m) & DGM_PLACE_WORD_URBAN))
        return false;
    const dgm_gazetteer_place *in =
        m->container < x->names.n ? x->names.at[m->container].chosen : NULL;
    if (in && in->country[0])
        return strcmp(in->country, m->chosen->country) != 0;
    bool common = false;
    for (uint32_t i = m->first; i <= m->last; i++)
        common |= (dgm_place_kind_bits(x, s->words + i) & DGM_PLACE_WORD_COMMON) != 0;
    return (common || names_another_country(x, m->chosen->country)) &&
           !is_spoken_of(x, m, m->chosen->country);
}

static bool has_point(const dgm_gazetteer_place *p)
{
    return p && p->country[0] && !isnan(p->lat) &&
           (p->kind <= DGM_PLACE_CAPITAL || p->kind == DGM_PLACE_SITE);
}

static const dgm_gazetteer_place *container_of(const place_search *x, const place_name *m)
{
    uint32_t at = m->container;
    for (uint32_t n = 0; at < x->names.n && n < 4; n++, at = x->names.at[at].container)
        if (has_point(x->names.at[at].chosen))
            return x->names.at[at].chosen;
    return NULL;
}

/* Keeps the largest town of a key that may give its name to a site: one of the country, if that is
 * told, and no small one to a square, which is called after anything. */
static bool find_town(const place_search *x, dgm_view key, const char *country, bool urban,
                      dgm_gazetteer_place *best)
{
    enum { MEDIUM = 100000 };
    dgm_place_cursor cursor = { 0 };
    dgm_gazetteer_place p;
    bool found = false;
    while (dgm_gazetteer_find(x->gazetteer, key, &cursor, &p)) {
        bool here = country[0] ? strcmp(p.country, country) == 0
                               : dgm_place_is_counted(x, p.country) || p.population >= LARGE;
        bool fits = here && p.kind <= DGM_PLACE_CAPITAL && (!urban || p.population >= MEDIUM);
        if (fits && (!found || p.population > best->population)) {
            *best = p;
            found = true;
        }
    }
    return found;
}

/* "Baghdad International Airport": the town that the name begins with, at most `rest` words before
 * its end. */
static bool town_in_name(const place_search *x, const place_name *m, const char *country,
                         uint32_t rest, dgm_gazetteer_place *out)
{
    enum { LONGEST = 3 };
    const dgm_sentence *s = sentence_of(x, m);
    bool urban = (dgm_place_spot_bits(x, m) & DGM_PLACE_WORD_URBAN) != 0;
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    bool found = false;
    for (uint32_t i = m->first; i < m->last && i < m->first + LONGEST; i++) {
        if (!dgm_place_key_add(x->doc->arena, s->words[i].form, key, &n))
            break;
        if (m->last - i <= rest)
            found |= find_town(x, (dgm_view) { key, n }, country, urban, out);
    }
    return found;
}

/* The town that was last said to be where something is. */
static const dgm_gazetteer_place *last_told(const place_search *x, const place_name *m)
{
    for (uint32_t i = (uint32_t)(m - x->names.at), n = 0; i-- > 0 && n < MOST; n++) {
        const place_name *before = x->names.at + i;
        bool put = before->stand != STAND_NONE && before->stand != STAND_OTHER &&
                   before->stand != STAND_KNOWN;
        if (put && has_point(before->chosen) && before->chosen->kind != DGM_PLACE_SITE)
            return before->chosen;
    }
    return NULL;
}

static void take_from(dgm_gazetteer_place *site, const dgm_gazetteer_place *town)
{
    memcpy(site->country, town->country, sizeof site->country);
    site->admin1 = town->admin1;
    site->lat = town->lat;
    site->lon = town->lon;
}

void dgm_place_put_site(const place_search *x, const place_name *m, const dgm_gazetteer_place *in,
                        dgm_gazetteer_place *site)
{
    uint32_t bits = dgm_place_spot_bits(x, m);
    const dgm_gazetteer_place *town = container_of(x, m);
    dgm_gazetteer_place named = { 0 };
    if (!bits)
        return;
    if (town) {
        take_from(site, town);
        return;
    }
    /* A square may be called after a town abroad, an airport is not; "Aden Adde Airport" is
     * neither. */
    bool bound = m->container != DGM_NONE || (in && (bits & DGM_PLACE_WORD_URBAN));
    if ((site->country[0] && town_in_name(x, m, site->country, UINT32_MAX, &named)) ||
        (!bound && town_in_name(x, m, "", 2, &named))) {
        take_from(site, &named);
        return;
    }
    town = has_point(in) ? in : in || m->container != DGM_NONE ? NULL : last_told(x, m);
    if (!town || (site->country[0] && strcmp(site->country, town->country) != 0))
        return;
    if (bits & DGM_PLACE_WORD_URBAN)
        take_from(site, town);
    else
        memcpy(site->country, town->country, sizeof site->country);
}

/* "the University of Goma": the word of kind before the name; 0: none. */
static uint32_t kind_before(const place_search *x, const place_name *m)
{
    const dgm_sentence *s = sentence_of(x, m);
    if (m->first < 3 || !dgm_function_is(s->tree, m->first - 1, DGM_FN_OF))
        return 0;
    const dgm_word *w = s->words + m->first - 2;
    return w->form.n && dgm_is_upper((unsigned char)w->form.p[0]) &&
                   (dgm_place_kind_bits(x, w) & DGM_PLACE_WORD_SPOT)
               ? m->first - 2
               : 0;
}

bool dgm_place_name_site(place_search *x, place_name *m)
{
    if (m->unknown || m->chosen->kind > DGM_PLACE_CAPITAL)
        return true;
    uint32_t before = m->kind ? 0 : kind_before(x, m);
    if (!before && (m->kind <= m->last || !dgm_place_spot_bits(x, m)))
        return true;
    dgm_gazetteer_place *site = DGM_NEW(x->doc->arena, dgm_gazetteer_place, 1);
    if (!site)
        return false;
    const dgm_gazetteer_place *town = container_of(x, m);
    m->first = before ? before : m->first;
    m->last = DGM_MAX(m->last, m->kind);
    *site = *m->chosen;
    site->name = dgm_span_name(x->doc, dgm_span_of(x->doc, m->sentence, m->first, m->last));
    site->kind = DGM_PLACE_SITE;
    site->geonames_id = site->population = 0;
    if (town)
        take_from(site, town);
    m->chosen = site;
    return true;
}

bool dgm_place_is_at_spot(const place_search *x, const place_name *m)
{
    enum { PUT = DGM_PLACE_WORD_AT | DGM_PLACE_WORD_TOWARD };
    const dgm_sentence *s = sentence_of(x, m);
    /* A site that has a name is a place itself; "US" of "the US consulate in Erbil" is none. */
    const dgm_gazetteer_place *inner = m->inner < x->names.n ? x->names.at[m->inner].chosen : NULL;
    if ((inner && inner->kind != DGM_PLACE_COUNTRY) || m->first < 3)
        return false;
    uint32_t at = m->first - 1, noun = m->first - 2;
    uint32_t bits =
        dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, s->words[at].form));
    const dgm_word *w = s->words + noun;
    if (!(bits & PUT) || w->upos != DGM_NOUN || !dgm_view_eq(w->form, w->lemma) ||
        !(dgm_gazetteer_word(x->gazetteer, w->lemma) & DGM_PLACE_WORD_SPOT))
        return false;
    uint32_t own = dgm_child_of(s->tree, noun, DGM_REL_CASE);
    if (own)
        return (dgm_place_case_bits(x, s, noun) & PUT) && !dgm_function_is(s->tree, own, DGM_FN_OF);
    return w->deprel == DGM_REL_OBJ || w->deprel == DGM_REL_NSUBJ_PASS;
}
