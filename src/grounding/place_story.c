/* What a story is about: the countries and first-level divisions that its names and actors tell. */
#include "grounding/place_work.h"

#include <math.h>
#include <string.h>

static void count_country(place_search *x, const char *code, uint32_t by)
{
    if (!code[0])
        return;
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (strcmp(x->countries[i].code, code) == 0) {
            x->countries[i].n += by;
            return;
        }
    if (x->n_countries == PLACE_MAX_COUNTRIES)
        return;
    memcpy(x->countries[x->n_countries].code, code, 4);
    x->countries[x->n_countries++].n = by;
}

double dgm_place_country_weight(const place_search *x, const char *code)
{
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (code[0] && strcmp(x->countries[i].code, code) == 0)
            return 2.0 + DGM_MIN(2.0, log2(1.0 + x->countries[i].n) / 2);
    return 0;
}

static bool of_several_countries(const place_name *m)
{
    for (uint32_t i = 1; i < m->n_candidates; i++)
        if (strcmp(m->candidates[i]->country, m->candidates[0]->country) != 0)
            return true;
    return false;
}

/* "The Turkish minister" names a country; "gunmen" took theirs from the story. */
static bool names_its_country(const dgm_document *doc, const dgm_mention *m)
{
    if (m->via == DGM_VIA_NAME)
        return true;
    if (m->via != DGM_VIA_ROLE || m->span.sentence >= doc->sentences.n)
        return false;
    const dgm_sentence *s = doc->sentences.at + m->span.sentence;
    for (uint32_t i = m->span.first; i <= m->span.last && i <= s->n_words; i++) {
        const dgm_word *w = s->words + i;
        if (i != m->head && (w->upos == DGM_PROPN || w->upos == DGM_ADJ) && w->form.n &&
            dgm_is_upper((unsigned char)w->form.p[0]))
            return true;
    }
    return false;
}

/* Who is named by a name that is itself in doubt ("Tripoli") tells nothing. */
static void count_actors(place_search *x)
{
    const dgm_document *doc = x->doc;
    bool *doubtful = DGM_NEW(doc->arena, bool, (size_t)doc->mentions.n + 1);
    if (!doubtful)
        return;
    for (uint32_t i = 0; i < x->names.n; i++) {
        const place_name *m = x->names.at + i;
        uint32_t mention = doc->sentences.at[m->sentence].words[m->head].mention;
        if (mention < doc->mentions.n && m->n_candidates && of_several_countries(m))
            doubtful[mention] = m->candidates[0]->kind != DGM_PLACE_COUNTRY;
    }
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_mention *m = doc->mentions.at + i;
        if (doubtful[i] || !names_its_country(doc, m))
            continue;
        for (uint32_t k = 0; k < m->n_entities; k++) {
            uint32_t at = m->entities + k;
            if (at < doc->mention_entities.n && doc->mention_entities.at[at] < doc->entities.n)
                count_country(x, doc->entities.at[doc->mention_entities.at[at]].country, 1);
        }
    }
}

/* Names that leave no doubt tell what the story is about. */
static void count_sure_names(place_search *x)
{
    for (uint32_t i = 0; i < x->names.n; i++) {
        const place_name *m = x->names.at + i;
        if (m->n_candidates == 0)
            continue;
        const char *country = m->candidates[0]->country;
        bool one_country = true, large = false;
        for (uint32_t k = 0; k < m->n_candidates; k++) {
            const dgm_gazetteer_place *p = m->candidates[k];
            one_country &= strcmp(p->country, country) == 0;
            large |= p->population > 50000;
            if (p->kind == DGM_PLACE_COUNTRY)
                count_country(x, p->country, 1);
        }
        if (one_country && large)
            count_country(x, country, 1);
    }
}

void dgm_place_count_countries(place_search *x)
{
    count_actors(x);
    count_sure_names(x);
}

bool dgm_place_is_counted(const place_search *x, const char *country)
{
    return dgm_place_country_weight(x, country) > 0;
}

static bool is_of_division(const dgm_gazetteer_place *p, const char *country, dgm_view admin1)
{
    return strcmp(p->country, country) == 0 && dgm_view_eq(p->admin1, admin1);
}

/* The division of a place among those counted; NULL: it is none of them. */
static place_division *division_of(const place_search *x, const dgm_gazetteer_place *p)
{
    for (uint32_t i = 0; i < x->divisions.n; i++)
        if (is_of_division(p, x->divisions.at[i].country, x->divisions.at[i].admin1))
            return x->divisions.at + i;
    return NULL;
}

/* Other names of the story that lie in the same first-level division outweigh size. */
double dgm_place_of_division(const place_search *x, const dgm_gazetteer_place *p,
                             const dgm_gazetteer_place *chosen)
{
    if (p->admin1.n == 0)
        return 0;
    bool own = chosen && is_of_division(chosen, p->country, p->admin1);
    const place_division *d = division_of(x, p);
    return d ? 1.5 * DGM_MIN(2u, d->n - own) : 0;
}

bool dgm_place_count_divisions(place_search *x)
{
    for (uint32_t i = 0; i < x->names.n; i++) {
        const dgm_gazetteer_place *p = x->names.at[i].chosen;
        if (!p || p->admin1.n == 0 || x->names.at[i].stand == STAND_NONE)
            continue;
        place_division *d = division_of(x, p);
        if (!d && !(d = dgm_push(x->doc->arena, &x->divisions)))
            return false;
        *d = (place_division) { .country = p->country, .admin1 = p->admin1, .n = d->n + 1 };
    }
    return true;
}
