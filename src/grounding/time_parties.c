/* Who is spoken of from the sentence of a time on: what goes on with that time is told of the same
 * parties. */
#include "grounding/time_parties.h"

#include "document/party.h"
#include "grammar/grammar.h"

enum { PARTIES_REACH = 10 }; /* sentences */

static const dgm_mention *mention_of(const dgm_document *doc, const dgm_word *w)
{
    return w->mention == DGM_NONE ? NULL : doc->mentions.at + w->mention;
}

/* ---- the very one --------------------------------------------------------------------------- */

static bool names(const dgm_document *doc, const dgm_sentence *s, uint32_t entity)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        for (uint32_t k = 0; m && k < m->n_entities; k++)
            if (doc->mention_entities.at[m->entities + k] == entity)
                return true;
    }
    return false;
}

static bool was_named(const dgm_document *doc, uint32_t i_time, uint32_t here, uint32_t entity)
{
    uint32_t told = doc->times.at[i_time].span.sentence;
    if (here > told + PARTIES_REACH)
        return false;
    for (; told < here; told++)
        if (names(doc, doc->sentences.at + told, entity))
            return true;
    return false;
}

/* "The first was hit by a rocket", "killed the other two": one of those told of. */
static bool is_one_of_known(const dgm_sentence *s, uint32_t word)
{
    const dgm_word *w = s->words + word;
    uint32_t det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    return (w->upos == DGM_ADJ || w->upos == DGM_NUM) && det &&
           (dgm_is_subject(w->deprel) || w->deprel == DGM_REL_OBJ) &&
           dgm_function_is(s->tree, det, DGM_FN_DEFINITE);
}

bool dgm_time_takes_up(const dgm_document *doc, uint32_t i_sentence, uint32_t i_time)
{
    enum { PRONOUNS = 20 };
    const dgm_sentence *s = doc->sentences.at + i_sentence;
    for (uint32_t i = 1, n = 0; i <= s->n_words && n < PRONOUNS; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        if (is_one_of_known(s, i))
            return true;
        if (!m || !m->pronoun || s->words[i].deprel == DGM_REL_NMOD_POSS ||
            dgm_is_relative_pronoun(s->tree, i))
            continue;
        n++;
        for (uint32_t k = 0; k < m->n_entities; k++)
            if (was_named(doc, i_time, i_sentence, doc->mention_entities.at[m->entities + k]))
                return true;
    }
    return false;
}

/* Whether a side is told in its own sentence. */
static bool is_told(const dgm_participants *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (!side->at[i].inferred)
            return true;
    return false;
}

static bool was_side_named(const dgm_document *doc, uint32_t i_time, uint32_t here,
                           const dgm_participants *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (!side->at[i].inferred && was_named(doc, i_time, here, side->at[i].entity))
            return true;
    return false;
}

bool dgm_time_names_party(const dgm_document *doc, const dgm_event *event, uint32_t i_time)
{
    uint32_t here = event->trigger.sentence;
    return !is_told(&event->actors) || was_side_named(doc, i_time, here, &event->actors) ||
           was_side_named(doc, i_time, here, &event->recipients);
}

/* ---- of its country ------------------------------------------------------------------------- */

/* Whether one of these is it, or of its country. */
static bool has_country_of(const dgm_document *doc, uint32_t entity, const dgm_participants *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (dgm_is_same_country(doc, entity, side->at[i].entity))
            return true;
    return false;
}

/* Whether a sentence names one of the event's sides, or its country. */
static bool names_side(const dgm_document *doc, const dgm_sentence *s, const dgm_event *event)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        for (uint32_t k = 0; m && k < m->n_entities; k++) {
            uint32_t entity = doc->mention_entities.at[m->entities + k];
            if (has_country_of(doc, entity, &event->actors) ||
                has_country_of(doc, entity, &event->recipients))
                return true;
        }
    }
    return false;
}

/* All of them, by the text. */
static bool have_countries(const dgm_document *doc, const dgm_participants *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (side->at[i].inferred || !doc->entities.at[side->at[i].entity].country[0])
            return false;
    return true;
}

bool dgm_time_is_of_others(const dgm_document *doc, const dgm_event *event, uint32_t i_time)
{
    uint32_t told = doc->times.at[i_time].span.sentence, here = event->trigger.sentence;
    if (event->actors.n == 0 || here > told + PARTIES_REACH ||
        !have_countries(doc, &event->actors) || !have_countries(doc, &event->recipients))
        return false;
    for (; told < here; told++)
        if (names_side(doc, doc->sentences.at + told, event))
            return false;
    return true;
}
