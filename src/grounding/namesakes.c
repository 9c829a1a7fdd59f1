/* Which of the places of one name is meant: what contains what ("Paris, Texas"), the countries that
 * the story is about, and size. */
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

static double country_weight(const place_search *x, const char *code)
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
        if (mention < doc->mentions.n && of_several_countries(m))
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

bool dgm_place_lies_in(const dgm_gazetteer_place *inner, const dgm_gazetteer_place *outer)
{
    if (inner == outer || strcmp(inner->country, outer->country) != 0)
        return false;
    if (outer->kind == DGM_PLACE_COUNTRY)
        return inner->kind != DGM_PLACE_COUNTRY;
    return outer->kind == DGM_PLACE_REGION && inner->kind != DGM_PLACE_REGION &&
           dgm_view_eq(inner->admin1, outer->admin1) && inner->admin1.n > 0;
}

/* "Moscow denied it": the actors' room found which country's. */
bool dgm_place_stands_for(const place_search *x, const place_name *m, const char *country)
{
    const dgm_mention *mention;
    const dgm_word *head = x->doc->sentences.at[m->sentence].words + m->head;
    const dgm_entity *e = dgm_place_entity(x->doc, head, &mention);
    return e && mention->via != DGM_VIA_COREF && e->country[0] && strcmp(e->country, country) == 0;
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
    points += country_weight(x, p->country);
    if (m->stand == STAND_OTHER && dgm_place_stands_for(x, m, p->country))
        points += 6;
    if ((m->wanted & DGM_PLACE_WORD_REGION) && p->kind == DGM_PLACE_REGION)
        points += 3;
    if ((m->wanted & DGM_PLACE_WORD_CITY) && p->kind <= DGM_PLACE_CAPITAL)
        points += 3;
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

void dgm_place_choose(place_search *x, place_name *m)
{
    double best = -1;
    for (uint32_t i = 0; i < m->n_candidates; i++) {
        double points = score(x, m, m->candidates[i]);
        if (points > best) {
            best = points;
            m->chosen = m->candidates[i];
        }
    }
    /* What contains a chosen place is the one that does: the state of Georgia in "Atlanta,
     * Georgia". */
    if (m->container == DGM_NONE)
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

void dgm_place_count_countries(place_search *x)
{
    count_actors(x);
    count_sure_names(x);
}
