/* Several words at one deed: which of them tells it, and what goes with an event that goes. */
#include "judge/court.h"

/* Whether few steps through the tree lead from one word to the other. */
static bool are_near(const dgm_sentence *s, uint32_t a, uint32_t b)
{
    enum { MOST_STEPS = 3 };
    for (uint32_t up = a, i = 0; up && up <= s->n_words && i <= MOST_STEPS; i++) {
        for (uint32_t other = b, j = 0; other && other <= s->n_words && i + j <= MOST_STEPS; j++) {
            if (up == other)
                return true;
            other = s->words[other].head;
        }
        up = s->words[up].head;
    }
    return false;
}

/* Bits of another ranking, as bits of this one; a state that is not in it has none. */
static uint32_t bits_of(const ranking *r, const ranking *other, uint32_t chosen)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < other->n; i++)
        if (chosen >> i & 1)
            out |= judge_bit_of_state(r, other->states[i]);
    return out;
}

/* Whether two sides may be one: they share a state, or one says nothing. */
static bool may_be_one(const verdict *a, uint32_t chosen_a, const verdict *b, uint32_t chosen_b)
{
    return !chosen_a || !chosen_b || (bits_of(&b->ranking, &a->ranking, chosen_a) & chosen_b);
}

/* "struck a bridge near Sidon": whether the place of the deed, or of its object, is said. */
static bool has_place_said(const court *c, uint32_t i_sentence, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(&c->sight, i_sentence);
    const uint32_t heads[] = { verb, dgm_child_of(s->tree, verb, DGM_REL_OBJ) };
    for (uint32_t i = 0; i < DGM_LEN(heads); i++)
        DGM_EACH_CHILD(s->tree, heads[i], w)
        {
            uint32_t entity = judge_entity_of(&c->sight, i_sentence, w);
            if (entity != DGM_NONE && dgm_has_function(s->tree, w, DGM_FN_PLACE) &&
                c->sight.doc->entities.at[entity].kind == DGM_ENTITY_PLACE)
                return true;
        }
    return false;
}

/* "A trader was stabbed and a mob burned a shop", "retook the town after rebels stormed it": each
 * verb has somebody of its own in front of it, and it is not told as what the first came to. */
static bool are_of_two_doers(const dgm_tree *t, uint32_t a, uint32_t b)
{
    const dgm_word *second = &t->s->words[b];
    uint32_t doer = dgm_child_of(t, b, DGM_REL_NSUBJ), mark = dgm_child_of(t, b, DGM_REL_MARK);
    if (!doer || second->head != a || t->s->words[doer].upos == DGM_PRON ||
        !dgm_child_of(t, b, DGM_REL_OBJ))
        return false;
    if (second->deprel == DGM_REL_CONJ)
        return dgm_child_of(t, a, DGM_REL_NSUBJ) || dgm_child_of(t, a, DGM_REL_NSUBJ_PASS);
    return second->deprel == DGM_REL_ADVCL && mark && dgm_function_is(t, mark, DGM_FN_SEQUENCE) &&
           dgm_child_of(t, a, DGM_REL_NSUBJ);
}

/* "took guards hostage and killed two": what is done to one and to another is two deeds where the
 * rules say so, or where each has a place of its own; "said it was illegal and summoned the envoy"
 * is a word and a deed. */
static bool are_done_to_two(const court *c, const verdict *a, const verdict *b)
{
    const dgm_sentence *s = sentence_at(&c->sight, a->at.sentence);
    bool ruled = a->at.event != DGM_NONE && b->at.event != DGM_NONE;
    if (ruled && are_of_two_doers(s->tree, a->at.word, b->at.word))
        return true;
    bool said = ruled && dgm_child_of(s->tree, a->at.word, DGM_REL_CCOMP);
    uint32_t mark = dgm_child_of(s->tree, b->at.word, DGM_REL_MARK);
    bool next = s->words[b->at.word].deprel == DGM_REL_CONJ ||
                (ruled && s->words[b->at.word].deprel == DGM_REL_ADVCL && mark &&
                 dgm_function_is(s->tree, mark, DGM_FN_SEQUENCE));
    return next && s->words[b->at.word].head == a->at.word &&
           (said || dgm_child_of(s->tree, a->at.word, DGM_REL_OBJ)) &&
           dgm_child_of(s->tree, b->at.word, DGM_REL_OBJ) &&
           (ruled || (has_place_said(c, a->at.sentence, a->at.word) &&
                      has_place_said(c, b->at.sentence, b->at.word)));
}

/* Whether two words of a sentence tell one deed: they are near each other, and tell the same type
 * between the same sides, "launched strikes that killed four". */
static bool are_one_deed(const court *c, const verdict *a, const verdict *b)
{
    bool judged = a->judging == DGM_JUDGING_ALL || b->judging == DGM_JUDGING_ALL;
    return judged && a->kept && b->kept && !a->content && !b->content && a->at.type == b->at.type &&
           !are_done_to_two(c, a, b) &&
           are_near(sentence_at(&c->sight, a->at.sentence), a->at.word, b->at.word) &&
           may_be_one(a, a->actors, b, b->actors) &&
           may_be_one(a, a->supposed ? 0 : a->recipients, b, b->supposed ? 0 : b->recipients);
}

/* Of two words that tell one deed, the likelier stays; one that the judge may not drop does. */
static void thin(court *c)
{
    for (uint32_t i = 0; i < c->verdicts.n; i++)
        for (uint32_t j = i + 1; j < c->verdicts.n; j++) {
            verdict *a = &c->verdicts.at[i], *b = &c->verdicts.at[j];
            if (a->at.sentence != b->at.sentence)
                break;
            if (!are_one_deed(c, a, b))
                continue;
            double p = a->undenied * a->sides_likelihood, q = b->undenied * b->sides_likelihood;
            bool second = p > q || (p == q && a->rule_type);
            if (a->judging != b->judging)
                second = b->judging == DGM_JUDGING_ALL;
            verdict *less = second ? b : a;
            less->kept = false;
            less->told = true;
        }
}

/* "Eritrea refused several offers of food aid": an offer that is turned down is not that of whoever
 * turns it down. Whether nobody else is known to make it. */
static bool is_own_offer(const court *c, const verdict *no, const verdict *offer)
{
    const dgm_word *word = &sentence_at(&c->sight, no->at.sentence)->words[offer->at.word];
    return no->kept && dgm_like(no->at.type) == DGM_REJECT && offer->kept && !offer->rule_type &&
           offer->judging == DGM_JUDGING_ALL && word->upos == DGM_NOUN &&
           word->head == no->at.word && word->deprel == DGM_REL_OBJ &&
           dgm_events_quad(c->sight.events, offer->at.type) == DGM_QUAD_VERBAL_COOPERATION &&
           !(offer->actors & ~bits_of(&offer->ranking, &no->ranking, no->actors));
}

/* Such an offer is told by the refusal. */
static void drop_own_offers(court *c)
{
    for (uint32_t i = 0; i < c->verdicts.n; i++)
        for (uint32_t j = i + 1; j < c->verdicts.n; j++) {
            verdict *offer = &c->verdicts.at[j];
            if (offer->at.sentence != c->verdicts.at[i].at.sentence)
                break;
            if (!is_own_offer(c, &c->verdicts.at[i], offer))
                continue;
            offer->kept = false;
            offer->told = true;
        }
}

/* What an event was about goes with it, unless it stands by itself. False: no memory. */
static bool drop_contents(court *c)
{
    enum { MOST_ROUNDS = 4 }; /* contents of contents */
    dgm_document *doc = c->sight.doc;
    bool *held = DGM_NEW(doc->arena, bool, (size_t)doc->events.n + 1);
    if (!held)
        return false;
    for (uint32_t i = 0; i < c->verdicts.n; i++)
        if (c->verdicts.at[i].at.event != DGM_NONE)
            held[c->verdicts.at[i].at.event] |= c->verdicts.at[i].kept;
    for (uint32_t round = 0; round < MOST_ROUNDS; round++)
        for (uint32_t i = 0; i < c->verdicts.n; i++) {
            verdict *v = &c->verdicts.at[i];
            if (!v->content || !v->kept || v->judging != DGM_JUDGING_ALL ||
                held[doc->events.at[v->at.event].content_of] || judge_is_enough(c, v))
                continue;
            v->kept = held[v->at.event] = false;
        }
    return true;
}

bool judge_drop_told(court *c)
{
    thin(c);
    drop_own_offers(c);
    return drop_contents(c);
}
