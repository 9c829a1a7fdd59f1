/* What stands in the slots that rules name, and whom those words name. */
#include "document/party.h"
#include "events/clause.h"

#include <string.h>

enum { MAX_CLIMB = 10, MAX_DESCENT = 4 };

/* ---- slots ---------------------------------------------------------------------------------- */

static void add_complements(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    DGM_EACH_CHILD(c->t, word, w)
    switch (c->s->words[w].deprel) {
    case DGM_REL_XCOMP:
        dgm_add_nominal(c->t, w, out);
        break;
    case DGM_REL_CCOMP:
    case DGM_REL_ACL:
    case DGM_REL_ADVCL:
        if (dgm_has_to(c->t, w) || (dgm_is_gerund(&c->s->words[w]) && w > word && w - word <= 2))
            dgm_add_nominal(c->t, w, out);
        break;
    default:
        break;
    }
}

/* "Called the law a disgrace", with two objects, says what it was called in the second. */
static void add_second_object(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    uint32_t first = 0;
    DGM_EACH_CHILD(c->t, word, w)
    {
        if (c->s->words[w].deprel != DGM_REL_OBJ)
            continue;
        if (first)
            dgm_add_word(out, w);
        first = w;
    }
}

static void add_clauses(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    DGM_EACH_CHILD(c->t, word, w)
    {
        dgm_deprel deprel = c->s->words[w].deprel;
        if (deprel == DGM_REL_CCOMP ||
            (deprel == DGM_REL_ACL && dgm_has_function(c->t, w, DGM_FN_THAT)))
            dgm_add_nominal(c->t, w, out);
    }
}

static void add_particles(const dgm_clause *c, uint32_t word, dgm_view form, dgm_words *out)
{
    /* A particle right behind its verb is one, wherever the parser hung it. */
    if (word < c->s->n_words && dgm_view_eq(c->t->forms[word + 1], form) &&
        (c->s->words[word + 1].upos == DGM_ADP || c->s->words[word + 1].upos == DGM_ADV))
        dgm_add_word(out, word + 1);
    DGM_EACH_CHILD(c->t, word, w)
    {
        if (dgm_view_eq(c->t->lemmas[w], form) || dgm_view_eq(c->t->forms[w], form))
            dgm_add_word(out, w);
        dgm_deprel deprel = c->s->words[w].deprel;
        if (deprel != DGM_REL_OBL && deprel != DGM_REL_NMOD && deprel != DGM_REL_ADVCL &&
            deprel != DGM_REL_ADVMOD && deprel != DGM_REL_OBL_AGENT)
            continue;
        DGM_EACH_CHILD(c->t, w, g)
        if (c->s->words[g].deprel == DGM_REL_CASE && dgm_view_eq(c->t->lemmas[g], form))
            dgm_add_word(out, g);
    }
}
/* "The call for peace issued by them", hung on the call or on the peace. */
static void add_participle_agents(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    DGM_EACH_CHILD(c->t, noun, w)
    {
        if (c->s->words[w].deprel == DGM_REL_ACL && dgm_is_passive(c->t, w))
            dgm_add_agent(c->t, w, out);
        if (c->s->words[w].deprel != DGM_REL_NMOD || c->s->words[w].mention != DGM_NONE)
            continue;
        DGM_EACH_CHILD(c->t, w, g)
        if (c->s->words[g].deprel == DGM_REL_ACL && dgm_is_passive(c->t, g))
            dgm_add_agent(c->t, g, out);
    }
}

static bool is_deed(const dgm_clause *c, uint32_t noun)
{
    dgm_habit habit;
    dgm_events_habit(c->events, c->t->lemmas[noun], true, &habit);
    return c->s->words[noun].upos == DGM_NOUN && habit.most != DGM_EVENT_NONE;
}

/* "The seizure of a ship by Iran", with "by" below the ship, which is no deed itself. */
static bool suffers_deed(const dgm_clause *c, uint32_t word)
{
    const dgm_word *it = &c->s->words[word];
    return it->deprel == DGM_REL_NMOD && it->head != 0 && is_deed(c, it->head) &&
           !is_deed(c, word) && dgm_has_preposition(c->t, word, DGM_VIEW("of"));
}

static void add_below_sufferer(const dgm_clause *c, uint32_t noun, dgm_words *out)
{
    DGM_EACH_CHILD(c->t, noun, w)
    if (suffers_deed(c, w))
        dgm_add_by_case(c->t, w, DGM_VIEW("by"), out);
}

/* What a preposition governs. A phrase that the parser hung on the object, or on the verb over a
 * noun, is taken too: attachment is where parsers err most. */
static void add_prepositional(const dgm_clause *c, uint32_t word, dgm_view preposition,
                              dgm_words *out)
{
    bool by = dgm_view_eq(preposition, DGM_VIEW("by"));
    dgm_add_by_case(c->t, word, preposition, out);
    if (out->n == 0 && by)
        add_participle_agents(c, word, out);
    if (out->n > 0)
        return;
    const dgm_word *it = &c->s->words[word];
    if (it->upos == DGM_VERB) {
        uint32_t object = dgm_is_passive(c->t, word) ? dgm_child_of(c->t, word, DGM_REL_NSUBJ_PASS)
                                                     : dgm_child_of(c->t, word, DGM_REL_OBJ);
        for (uint32_t step = 0; step < 3 && object && out->n == 0; step++) {
            dgm_add_by_case(c->t, object, preposition, out);
            object = dgm_child_of(c->t, object, DGM_REL_NMOD); /* "50 tons of rice to" */
        }
        if (out->n == 0 && it->deprel == DGM_REL_ACL && dgm_is_passive(c->t, word))
            dgm_add_by_case(c->t, it->head, preposition, out);
    } else {
        dgm_deprel how;
        uint32_t verb = dgm_verb_over(c->t, word, DGM_CLASS_LIGHT, &how);
        bool loose = dgm_view_eq(preposition, DGM_VIEW("from")) ||
                     dgm_view_eq(preposition, DGM_VIEW("against"));
        if (!verb && loose && it->deprel == DGM_REL_OBJ)
            verb = it->head; /* "brushed aside criticism from Berlin" */
        if (verb)
            dgm_add_by_case(c->t, verb, preposition, out);
        if (out->n == 0 && by)
            add_below_sufferer(c, word, out);
    }
}

/* Climbs from a clause to the verb of saying that it is the content of. */
static void add_speaker(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    for (uint32_t climb = 0; climb < MAX_CLIMB && word != 0; climb++) {
        uint32_t head = c->s->words[word].head;
        if (head != 0 && head <= c->s->n_words && dgm_has_class(c->t, head, DGM_CLASS_SAY) &&
            c->s->words[word].deprel != DGM_REL_ADVCL) {
            dgm_add_subject(c->t, head, out);
            return;
        }
        DGM_EACH_CHILD(c->t, word, w)
        if (c->s->words[w].deprel == DGM_REL_PARATAXIS && dgm_has_class(c->t, w, DGM_CLASS_SAY)) {
            dgm_add_subject(c->t, w, out);
            return;
        }
        word = head <= c->s->n_words ? head : 0;
    }
}

/* "Gave Colombia billions of dollars": the receiver, taken for a part of the sum. */
static void add_hidden_iobj(const dgm_clause *c, uint32_t verb, dgm_words *out)
{
    uint32_t sum = dgm_child_of(c->t, verb, DGM_REL_OBJ);
    if (!sum || sum < verb)
        return;
    DGM_EACH_CHILD(c->t, sum, w)
    if (c->s->words[w].deprel == DGM_REL_COMPOUND && c->s->words[w].upos == DGM_PROPN && w > verb &&
        w - verb < 3 && w < sum && dgm_heads_somebody(c->t, w) &&
        (dgm_has_class(c->t, sum, DGM_CLASS_QUANTITY) || c->s->words[w + 1].upos == DGM_NUM))
        dgm_add_word(out, w);
}

/* The governor, and what is coordinated with it under the same auxiliary: "will aim and fire". */
static void add_governors(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    uint32_t head = c->s->words[word].head;
    if (head == 0 || head > c->s->n_words)
        return;
    dgm_add_word(out, head);
    DGM_EACH_CHILD(c->t, head, w)
    if (c->s->words[w].deprel == DGM_REL_CONJ && !dgm_has_own_subject(c->t, w) &&
        !dgm_child_of(c->t, w, DGM_REL_AUXREL))
        dgm_add_word(out, w);
}

/* ---- by order: what imported dictionaries ask ------------------------------------------------ */

/* Whether w hangs on word, and not as another deed beside it. */
static bool is_in_phrase(const dgm_clause *c, uint32_t word, uint32_t w)
{
    for (uint32_t climb = 0; climb < MAX_DESCENT * 4 && w != 0 && w <= c->s->n_words; climb++) {
        uint32_t head = c->s->words[w].head;
        if (head == word)
            return c->s->words[w].deprel != DGM_REL_CONJ &&
                   c->s->words[w].deprel != DGM_REL_PARATAXIS;
        w = head;
    }
    return false;
}

/* The nearest first, as far as there is room. */
static void add_side(const dgm_clause *c, uint32_t word, bool right, dgm_words *out)
{
    for (uint32_t w = right ? word + 1 : word - 1;
         w >= 1 && w <= c->s->n_words && out->n < DGM_MAX_SLOT_WORDS; w += right ? 1 : UINT32_MAX) {
        dgm_upos upos = c->s->words[w].upos;
        if (upos != DGM_PUNCT && (!right || is_in_phrase(c, word, w)))
            dgm_add_word(out, w);
    }
}

/* The nearest actor with those beside it: "France and Germany". On the left the subject is nearest,
 * and where it is nobody, nobody is. */
static void add_nearest(const dgm_clause *c, uint32_t word, bool right, dgm_words *out)
{
    bool owner = false;
    uint32_t subject = right ? 0 : dgm_surface_subject(c->t, word, &owner);
    if (subject && c->s->words[subject].upos != DGM_PRON) {
        if (dgm_names_somebody(c, subject))
            dgm_add_nominal(c->t, subject, out);
        return;
    }
    for (uint32_t w = right ? word + 1 : word - 1; w >= 1 && w <= c->s->n_words;
         w += right ? 1 : UINT32_MAX) {
        if (!dgm_names_somebody(c, w) || (right && !is_in_phrase(c, word, w)))
            continue;
        uint32_t head = c->s->words[w].head;
        while (head != 0 && head != word && head <= c->s->n_words && dgm_names_somebody(c, head) &&
               (!right || is_in_phrase(c, word, head))) {
            w = head; /* "Gondor's government" */
            head = c->s->words[w].head;
        }
        dgm_add_nominal(c->t, w, out);
        return;
    }
}

/* "Has not yet accepted": no refusal. */
static bool is_pending(const dgm_tree *t, uint32_t verb)
{
    if (!dgm_is_perfect(t, verb))
        return false;
    DGM_EACH_CHILD(t, verb, w)
    if (dgm_function_is(t, w, DGM_FN_YET))
        return true;
    return false;
}

/* Several subjects, or nobody. */
static void add_both(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    dgm_words subjects = { .n = 0 };
    dgm_add_subject(c->t, word, &subjects);
    for (uint32_t i = 0; subjects.n > 1 && i < subjects.n; i++)
        dgm_add_word(out, subjects.at[i]);
}

static void slot_words(const dgm_clause *c, uint32_t word, dgm_slot_kind kind, dgm_view form,
                       dgm_words *out)
{
    switch (kind) {
    case DGM_SLOT_SUBJ:
        dgm_add_subject(c->t, word, out);
        break;
    case DGM_SLOT_OBJ:
        dgm_add_object(c->t, word, out);
        break;
    case DGM_SLOT_IOBJ:
        dgm_add_children(c->t, word, DGM_REL_IOBJ, DGM_REL_IOBJ, out);
        if (out->n == 0)
            add_hidden_iobj(c, word, out);
        if (out->n == 0 && dgm_is_passive(c->t, word) && dgm_child_of(c->t, word, DGM_REL_OBJ))
            dgm_add_children(c->t, word, DGM_REL_NSUBJ_PASS, DGM_REL_NSUBJ_PASS, out);
        break;
    case DGM_SLOT_XCOMP:
        add_complements(c, word, out);
        add_second_object(c, word, out);
        break;
    case DGM_SLOT_CCOMP:
        add_clauses(c, word, out);
        break;
    case DGM_SLOT_WORD:
        add_particles(c, word, form, out);
        break;
    case DGM_SLOT_PREP:
        add_prepositional(c, word, form, out);
        break;
    case DGM_SLOT_POSS:
        dgm_add_children(c->t, word, DGM_REL_NMOD_POSS, DGM_REL_NMOD_POSS, out);
        break;
    case DGM_SLOT_ADJ:
        dgm_add_adjectives(c->t, word, out);
        break;
    case DGM_SLOT_MOD:
        dgm_add_children(c->t, word, DGM_REL_AMOD, DGM_REL_COMPOUND, out);
        break;
    case DGM_SLOT_LIGHT:
        dgm_add_light_subject(c->t, word, out);
        break;
    case DGM_SLOT_UNDERGO:
        dgm_add_undergoer(c->t, word, out);
        break;
    case DGM_SLOT_HEAD:
        add_governors(c, word, out);
        break;
    case DGM_SLOT_NEG:
        if (dgm_is_negated(c->t, word) && !is_pending(c->t, word))
            dgm_add_word(out, word);
        break;
    case DGM_SLOT_BARE:
        if (dgm_is_subjunctive(c->t, word))
            dgm_add_word(out, word);
        break;
    case DGM_SLOT_AUX:
        dgm_add_children(c->t, word, DGM_REL_AUXREL, DGM_REL_COP, out);
        break;
    case DGM_SLOT_MARK:
        dgm_add_children(c->t, word, DGM_REL_MARK, DGM_REL_MARK, out);
        break;
    case DGM_SLOT_ACL:
        dgm_add_children(c->t, word, DGM_REL_ACL, DGM_REL_ACL_RELCL, out);
        break;
    case DGM_SLOT_ADVCL:
        dgm_add_children(c->t, word, DGM_REL_ADVCL, DGM_REL_ADVCL, out);
        break;
    case DGM_SLOT_SPEAKER:
        add_speaker(c, word, out);
        break;
    case DGM_SLOT_SELF:
        dgm_add_word(out, word);
        break;
    case DGM_SLOT_LEFT:
    case DGM_SLOT_RIGHT:
        add_side(c, word, kind == DGM_SLOT_RIGHT, out);
        break;
    case DGM_SLOT_BOTH:
        add_both(c, word, out);
        break;
    case DGM_SLOT_NEAR_LEFT:
    case DGM_SLOT_NEAR_RIGHT:
        add_nearest(c, word, kind == DGM_SLOT_NEAR_RIGHT, out);
        break;
    default:
        break;
    }
}

void dgm_slot_words(const dgm_clause *c, uint32_t word, const dgm_slot_path *path, dgm_words *out)
{
    dgm_words from = { .at = { word }, .n = 1 };
    for (uint32_t i = 0; i < path->n; i++) {
        dgm_words next = { .n = 0 };
        for (uint32_t j = 0; j < from.n; j++) {
            dgm_words part = { .n = 0 };
            slot_words(c, from.at[j], path->at[i].kind, path->at[i].word, &part);
            for (uint32_t k = 0; k < part.n; k++)
                dgm_add_word(&next, part.at[k]);
        }
        from = next;
    }
    *out = path->n > 0 ? from : (dgm_words) { .n = 0 };
}

/* ---- whom a word names ---------------------------------------------------------------------- */

static bool add_mention(const dgm_clause *c, uint32_t i_mention, dgm_participants *out)
{
    const dgm_mention *mention = &c->doc->mentions.at[i_mention];
    for (uint32_t i = 0; i < mention->n_entities; i++) {
        uint32_t entity = c->doc->mention_entities.at[mention->entities + i];
        const dgm_entity *it = &c->doc->entities.at[entity];
        bool known = it->country[0] || it->sector[0];
        for (uint32_t j = 0; j < out->n; j++)
            known = known && out->at[j].entity != entity;
        if (!known)
            continue;
        dgm_participant *p = dgm_push(c->doc->arena, out);
        if (!p)
            return false;
        *p = (dgm_participant) { i_mention, entity, false };
    }
    return true;
}

static bool has_code(const dgm_clause *c, uint32_t mention)
{
    const dgm_mention *m = &c->doc->mentions.at[mention];
    for (uint32_t i = 0; i < m->n_entities; i++) {
        const dgm_entity *e = &c->doc->entities.at[c->doc->mention_entities.at[m->entities + i]];
        if (e->country[0] || e->sector[0])
            return true;
    }
    return false;
}

static uint32_t mention_of(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = c->s->words[word].mention;
    if (mention != DGM_NONE)
        return mention;
    /* The parser's head and the phrase's may differ inside a name. */
    mention = c->cover[word];
    if (mention == DGM_NONE)
        return DGM_NONE;
    const dgm_mention *it = &c->doc->mentions.at[mention];
    bool named = c->s->words[word].upos == DGM_PROPN;
    return named && (c->s->words[it->head].head == word || c->s->words[word].head == it->head)
               ? mention
               : DGM_NONE;
}

/* The words that own a noun, the nearest kind of owner first. */
static void add_holders(const dgm_clause *c, uint32_t word, bool places, dgm_words *out)
{
    dgm_add_children(c->t, word, DGM_REL_NMOD_POSS, DGM_REL_NMOD_POSS, out);
    if (out->n == 0 && !suffers_deed(c, word))
        dgm_add_by_case(c->t, word, DGM_VIEW("by"), out);
    DGM_EACH_CHILD(c->t, word, w)
    if (out->n == 0 && c->s->words[w].deprel == DGM_REL_ACL && dgm_is_passive(c->t, w))
        dgm_add_agent(c->t, w, out);
    if (out->n == 0)
        dgm_add_by_case(c->t, word, DGM_VIEW("from"), out);
    if (out->n == 0)
        dgm_add_adjectives(c->t, word, out);
    if (out->n == 0 && (places || !dgm_of_names_sufferer(c->t, word)))
        dgm_add_by_case(c->t, word, DGM_VIEW("of"), out);
    if (out->n == 0)
        dgm_add_by_case(c->t, word, DGM_VIEW("between"), out);
    if (out->n == 0 && places)
        dgm_add_by_case(c->t, word, DGM_VIEW("in"), out);
}

bool dgm_names_somebody(const dgm_clause *c, uint32_t word)
{
    uint32_t mention = mention_of(c, word);
    return mention != DGM_NONE && c->doc->mentions.at[mention].n_entities > 0;
}

bool dgm_names_sector(const dgm_clause *c, uint32_t word, dgm_view sector)
{
    uint32_t mention = mention_of(c, word);
    const dgm_mention *m = mention == DGM_NONE ? NULL : &c->doc->mentions.at[mention];
    for (uint32_t i = 0; m && i < m->n_entities; i++) {
        uint32_t entity = c->doc->mention_entities.at[m->entities + i];
        const dgm_entity *who = &c->doc->entities.at[entity];
        bool body = !dgm_is_state_code(who->country);
        if (dgm_view_eq(dgm_view_of(who->sector), sector) ||
            (body && dgm_view_eq(dgm_view_of(who->country), sector)))
            return true;
    }
    return false;
}

bool dgm_collect(const dgm_clause *c, uint32_t word, bool places, dgm_participants *out)
{
    dgm_words open = { .at = { word }, .n = 1 };
    for (uint32_t depth = 0; depth < MAX_DESCENT && open.n > 0; depth++) {
        dgm_words next = { .n = 0 };
        uint32_t before = out->n;
        for (uint32_t i = 0; i < open.n; i++) {
            uint32_t mention = mention_of(c, open.at[i]);
            if (mention != DGM_NONE && !add_mention(c, mention, out))
                return false;
            /* somebody unknown, "Gaddafi's Bab al-Aziziya compound": whoever owns it */
            bool known = mention != DGM_NONE &&
                         (c->doc->mentions.at[mention].pronoun || has_code(c, mention));
            /* but partners are not whose they are */
            known = known || dgm_has_class(c->t, open.at[i], DGM_CLASS_RELATED);
            if (!known && c->s->words[open.at[i]].upos != DGM_VERB)
                add_holders(c, open.at[i], places && mention == DGM_NONE, &next);
        }
        if (out->n > before)
            return true;
        open = next;
    }
    return true;
}
