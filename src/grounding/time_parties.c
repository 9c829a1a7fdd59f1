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

/* Whether two are of one country, or are one of those bodies that share a code: ASEAN is not the
 * Arab League. */
static bool are_together(const dgm_document *doc, uint32_t a, uint32_t b)
{
    const dgm_entity *x = doc->entities.at + a, *y = doc->entities.at + b;
    return a == b ||
           (dgm_is_same_country(doc, a, b) &&
            (!dgm_is_shared_code(x->country) || (x->name.n > 0 && dgm_view_eq(x->name, y->name))));
}

/* ---- of its country ------------------------------------------------------------------------- */

/* Whether one of these is it, or of its country. */
static bool has_country_of(const dgm_document *doc, uint32_t entity, const dgm_participants *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (are_together(doc, entity, side->at[i].entity))
            return true;
    return false;
}

/* Whether a sentence names one of a side, or its country. */
static bool names_one_of(const dgm_document *doc, const dgm_sentence *s,
                         const dgm_participants *side)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        for (uint32_t k = 0; m && k < m->n_entities; k++)
            if (has_country_of(doc, doc->mention_entities.at[m->entities + k], side))
                return true;
    }
    return false;
}

static bool names_side(const dgm_document *doc, const dgm_sentence *s, const dgm_event *event)
{
    return names_one_of(doc, s, &event->actors) || names_one_of(doc, s, &event->recipients);
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

bool dgm_time_is_of_newcomer(const dgm_document *doc, const dgm_event *event, uint32_t i_time)
{
    uint32_t told = doc->times.at[i_time].span.sentence, here = event->trigger.sentence;
    if (event->actors.n == 0 || here > told + PARTIES_REACH ||
        doc->entities.at[event->actors.at[0].entity].guessed ||
        !have_countries(doc, &event->actors))
        return false;
    for (uint32_t s = told > PARTIES_REACH ? told - PARTIES_REACH : 0; s < here; s++)
        if (names_one_of(doc, doc->sentences.at + s, &event->actors))
            return false;
    return true;
}

/* Whether a sentence names an entity, or somebody of its country. */
static bool names_country_of(const dgm_document *doc, const dgm_sentence *s, uint32_t entity)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        for (uint32_t k = 0; m && k < m->n_entities; k++)
            if (are_together(doc, doc->mention_entities.at[m->entities + k], entity))
                return true;
    }
    return false;
}

bool dgm_time_is_newcomer(const dgm_document *doc, uint32_t entity, uint32_t i_time, uint32_t here)
{
    const dgm_entity *who = doc->entities.at + entity;
    uint32_t told = doc->times.at[i_time].span.sentence;
    if (!who->country[0] || who->guessed || here > told + PARTIES_REACH)
        return false;
    for (; told < here; told++)
        if (names_country_of(doc, doc->sentences.at + told, entity))
            return false;
    return true;
}

/* "Peru", "Thai reporters": somebody of a state that the text itself names. */
static bool is_of_named_state(const dgm_entity *e)
{
    return !e->guessed && dgm_is_state_code(e->country);
}

/* Whether a sentence tells of an entity, or of somebody of its country. Whose somebody is that no
 * text says ("soldiers") is guessed only where the sentence names no state. */
static bool tells_of(const dgm_document *doc, uint32_t i_sentence, uint32_t entity)
{
    bool guess = false, state = false;
    const dgm_sentence *s = doc->sentences.at + i_sentence;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        for (uint32_t k = 0; m && k < m->n_entities; k++) {
            uint32_t told = doc->mention_entities.at[m->entities + k];
            const dgm_entity *e = doc->entities.at + told;
            state = state || is_of_named_state(e);
            if (told == entity || (!e->guessed && are_together(doc, told, entity)))
                return true;
            guess = guess || are_together(doc, told, entity);
        }
    }
    return guess && !state;
}

/* "A bus", "floods": whether what the sentence tells is done by nobody. */
static bool is_of_nobody(const dgm_document *doc, const dgm_sentence *s)
{
    uint32_t subject = dgm_subject_of(s->tree, dgm_told_root(s->tree), DGM_SPOKEN_OF);
    const dgm_mention *m = subject ? mention_of(doc, s->words + subject) : NULL;
    return subject && s->words[subject].upos == DGM_NOUN && (!m || m->n_entities == 0);
}

/* Two countries, both by the text. */
static bool is_between_states(const dgm_document *doc, const dgm_event *event)
{
    if (event->actors.n == 0 || event->recipients.n == 0)
        return false;
    uint32_t a = event->actors.at[0].entity, b = event->recipients.at[0].entity;
    return is_of_named_state(doc->entities.at + a) && is_of_named_state(doc->entities.at + b) &&
           !dgm_is_same_country(doc, a, b);
}

bool dgm_time_is_of_no_quarrel(const dgm_document *doc, const dgm_event *event, uint32_t i_time)
{
    const dgm_sentence *s = doc->sentences.at + doc->times.at[i_time].span.sentence;
    return event->quad == DGM_QUAD_MATERIAL_CONFLICT && is_between_states(doc, event) &&
           (s->sport || is_of_nobody(doc, s));
}

/* ---- other parties --------------------------------------------------------------------------- */

/* Whether the topic tells of an entity, in its first sentences or the last before `here`. */
static bool is_in_topic(const dgm_document *doc, const uint32_t *topic, uint32_t first,
                        uint32_t here, uint32_t entity)
{
    for (uint32_t s = first; s < here; s++) {
        if (s >= first + PARTIES_REACH && s + PARTIES_REACH < here)
            s = here - PARTIES_REACH;
        if (topic[s] == topic[first] && tells_of(doc, s, entity))
            return true;
    }
    return false;
}

/* "In Uganda, the rebels": somebody whose state the sentence itself names before him, one that the
 * topic has not told of. */
static bool is_set_elsewhere(const dgm_document *doc, const uint32_t *topic, uint32_t first,
                             uint32_t here, uint32_t subject, uint32_t entity)
{
    const dgm_sentence *s = doc->sentences.at + here;
    for (uint32_t i = 1; i < subject; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        uint32_t place = m && m->n_entities > 0 ? doc->mention_entities.at[m->entities] : DGM_NONE;
        if (place != DGM_NONE && place != entity && is_of_named_state(doc->entities.at + place) &&
            dgm_is_same_country(doc, place, entity))
            return !is_in_topic(doc, topic, first, here, place);
    }
    return false;
}

/* "Protesters" in a report on Georgia: the subject is somebody whom only what was told before gives
 * a state. */
static bool has_known_subject(const dgm_document *doc, const uint32_t *topic, uint32_t first,
                              uint32_t here)
{
    const dgm_sentence *s = doc->sentences.at + here;
    uint32_t subject = dgm_subject_of(s->tree, dgm_told_root(s->tree), DGM_SPOKEN_OF);
    const dgm_mention *m = subject ? mention_of(doc, s->words + subject) : NULL;
    if (!m || m->n_entities == 0)
        return false;
    uint32_t entity = doc->mention_entities.at[m->entities];
    const dgm_entity *e = doc->entities.at + entity;
    return (e->guessed || (!e->country[0] && e->sector[0])) &&
           !is_set_elsewhere(doc, topic, first, here, subject, entity);
}

/* "They fled to Chad", '"We will go to Chad," she said': whether the pronoun speaks of somebody of
 * whom was told before. */
static bool looks_back(const dgm_document *doc, const dgm_sentence *s, uint32_t word)
{
    const dgm_mention *m = mention_of(doc, s->words + word);
    if (s->words[word].in_quotes || !dgm_is_subject(s->words[word].deprel) ||
        dgm_is_relative_pronoun(s->tree, word))
        return false;
    for (uint32_t i = 1; i < word && m->n_entities > 0; i++) {
        const dgm_mention *other = mention_of(doc, s->words + i);
        if (other && !other->pronoun && other->n_entities > 0 &&
            doc->mention_entities.at[other->entities] == doc->mention_entities.at[m->entities])
            return false;
    }
    return true;
}

/* "Condemned the attack", "welcomed the step": a deed told before, by nothing but its noun. */
static bool is_retold(const dgm_sentence *s, uint32_t word)
{
    if (s->words[word].upos != DGM_NOUN || s->words[word].deprel == DGM_REL_COMPOUND ||
        !(s->words[word].event != DGM_NONE || dgm_has_class(s->tree, word, DGM_CLASS_ATTACK) ||
          dgm_has_class(s->tree, word, DGM_CLASS_RETOLD)))
        return false;
    uint32_t det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    if (!det || !dgm_function_is(s->tree, det, DGM_FN_DEFINITE))
        return false;
    DGM_EACH_CHILD(s->tree, word, k)
    if (k != det && s->words[k].deprel != DGM_REL_CASE && s->words[k].upos != DGM_PUNCT)
        return false;
    return true;
}

bool dgm_time_turns_away(const dgm_document *doc, uint32_t here, const uint32_t *topic,
                         uint32_t first)
{
    enum { PARTIES = 20 };
    bool state = false;
    const dgm_sentence *s = doc->sentences.at + here;
    if (has_known_subject(doc, topic, first, here))
        return false;
    for (uint32_t i = 1, n = 0; i <= s->n_words && n < PARTIES; i++) {
        const dgm_mention *m = mention_of(doc, s->words + i);
        if ((m && m->pronoun && looks_back(doc, s, i)) || is_retold(s, i))
            return false;
        for (uint32_t k = 0; m && k < m->n_entities; k++, n++) {
            uint32_t entity = doc->mention_entities.at[m->entities + k];
            const dgm_entity *e = doc->entities.at + entity;
            if (!e->guessed && is_in_topic(doc, topic, first, here, entity))
                return false;
            state = state || is_of_named_state(e);
        }
    }
    return state;
}
