/* Places of a document: finds the names, chooses among namesakes, keeps what is a place, and asks
 * which event happened where. */
#include "grounding/places.h"

#include "grounding/place_work.h"

#include <math.h>
#include <string.h>

/* Whether a name of which nothing says that it is somewhere is a place all the same: the actors'
 * room knows whom it stands for, or it is too large to be anything else. "Lancaster told reporters"
 * is a person that nobody knows. */
static bool is_surely_place(const place_search *x, const place_name *m)
{
    enum { LARGE = 100000 };
    const dgm_mention *mention;
    const dgm_word *head = x->doc->sentences.at[m->sentence].words + m->head;
    const dgm_entity *e = dgm_place_entity(x->doc, head, &mention);
    if (e &&
        (e->kind == DGM_ENTITY_PERSON || e->kind == DGM_ENTITY_ORG || e->kind == DGM_ENTITY_GROUP))
        return mention->via == DGM_VIA_METONYMY;
    if (dgm_place_stands_for(x, m, m->chosen->country))
        return true;
    bool acts = head->deprel == DGM_REL_NSUBJ || head->deprel == DGM_REL_NSUBJ_PASS;
    return head->upos == DGM_PROPN &&
           (m->chosen->kind == DGM_PLACE_COUNTRY || m->chosen->kind == DGM_PLACE_CAPITAL ||
            (m->chosen->population >= LARGE && !acts));
}

static bool keep_place(place_search *x, place_name *m)
{
    dgm_document *doc = x->doc;
    dgm_place *place = dgm_push(doc->arena, &doc->places);
    if (!place)
        return false;
    place->only_named = m->stand == STAND_OTHER;
    if (!place->only_named)
        m->place = doc->places.n - 1;
    place->span = dgm_span_of(doc, m->sentence, m->first, m->last);
    place->name = m->chosen->name;
    place->admin1 = m->chosen->admin1;
    memcpy(place->country, m->chosen->country, sizeof place->country);
    place->lat = round(m->chosen->lat * 1e4) / 1e4;
    place->lon = round(m->chosen->lon * 1e4) / 1e4;
    place->geonames_id = m->chosen->geonames_id;
    place->precision = m->precision;
    char others[48] = "the only place of that name";
    if (m->n_candidates > 1)
        snprintf(others, sizeof others, "chosen from %u places of that name", m->n_candidates);
    dgm_note(doc, "grounding", m->sentence, DGM_NONE, "place \"%.*s\"%s: %.*s, %s, %s",
             DGM_FMT(dgm_span_text(doc, place->span)), place->only_named ? ", only named" : "",
             DGM_FMT(place->name), place->country[0] ? place->country : "no country", others);
    return true;
}

dgm_status dgm_places_find(const dgm_gazetteer *gazetteer, dgm_document *doc, dgm_err *err)
{
    place_search x = { .gazetteer = gazetteer, .doc = doc };
    bool good = true;
    for (uint32_t s = 0; good && s < doc->sentences.n; s++)
        good = dgm_place_names_find(&x, s);
    dgm_place_count_countries(&x);
    good = good && dgm_place_choose_all(&x);
    for (uint32_t i = 0; good && i < x.names.n; i++) {
        place_name *m = x.names.at + i;
        if (m->stand == STAND_OTHER ? is_surely_place(&x, m) : m->stand != STAND_NONE)
            good = keep_place(&x, m);
    }
    good = good && dgm_place_events(&x);
    return good ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for places");
}
