/* From likelihoods of single states to a side, and from states to parties: who of the state it is.
 *
 * A side is right where at least half of what either says both say (Jaccard >= 0.5). Of all subsets
 * of the four likeliest states that one is chosen which is right with the greatest probability, the
 * states taken as independent. */
#include "judge/sight.h"

#include <math.h>
#include <string.h>

enum { BEST = 4 };

static uint32_t count_bits(uint32_t x)
{
    uint32_t n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

static uint32_t likeliest(const ranking *r, uint32_t role, uint32_t out[BEST])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t at = n < BEST ? n++ : BEST;
        while (at > 0 && r->scores[out[at - 1]][role] < r->scores[i][role]) {
            if (at < BEST)
                out[at] = out[at - 1];
            at--;
        }
        if (at < BEST)
            out[at] = i;
    }
    return n;
}

/* How probably the set `said` is right. */
static double agreement(uint32_t said, const double *p, uint32_t n)
{
    double sum = 0;
    for (uint32_t truth = 0; truth < 1u << n; truth++) {
        double product = 1;
        for (uint32_t i = 0; i < n; i++)
            product *= truth >> i & 1 ? p[i] : 1 - p[i];
        uint32_t both = count_bits(said & truth), either = count_bits(said | truth);
        if (either == 0 || 2 * both >= either)
            sum += product;
    }
    return sum;
}

uint32_t choose_side(const ranking *r, uint32_t role, double *likelihood)
{
    uint32_t best[BEST], n = likeliest(r, role, best), chosen = 0, out = 0;
    double p[BEST], most = -1;
    for (uint32_t i = 0; i < n; i++)
        p[i] = dgm_likelihood(r->scores[best[i]][role]);
    for (uint32_t said = 0; said < 1u << n; said++) {
        double how = agreement(said, p, n);
        if (how > most + 1e-9) {
            most = how;
            chosen = said;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (chosen >> i & 1)
            out |= 1u << best[i];
    *likelihood = most;
    return out;
}

/* ---- from a state to a party ---------------------------------------------------------------- */

typedef DGM_ARRAY(dgm_participant) participants;

static const dgm_entity *entity_at(const sight *s, const dgm_participant *p)
{
    return &s->doc->entities.at[p->entity];
}

static bool push(const sight *s, participants *out, dgm_participant p)
{
    for (uint32_t i = 0; i < out->n; i++)
        if (out->at[i].entity == p.entity)
            return true;
    dgm_participant *made = dgm_push(s->doc->arena, out);
    if (made)
        *made = p;
    return made != NULL;
}

/* Those of the rules' own answer that are of the state. */
static bool take_own(const sight *s, const dgm_participant *at, uint32_t n, const char *code,
                     participants *out, bool *any)
{
    for (uint32_t i = 0; i < n; i++) {
        if (strcmp(entity_at(s, &at[i])->country, code) != 0)
            continue;
        if (!push(s, out, at[i]))
            return false;
        *any = true;
    }
    return true;
}

/* "The army", whose state the text leaves open, is of the state that was chosen. */
static bool lend_country(const sight *s, const dgm_participant *at, uint32_t n, const char *code,
                         participants *out, bool *any)
{
    for (uint32_t i = 0; i < n && !*any; i++) {
        const dgm_entity *from = entity_at(s, &at[i]);
        bool open = (!from->country[0] || from->guessed) && from->sector[0] &&
                    (from->kind == DGM_ENTITY_GROUP || from->kind == DGM_ENTITY_PERSON ||
                     from->kind == DGM_ENTITY_ORG);
        if (!open)
            continue;
        dgm_entity copy = *from;
        dgm_entity *made = dgm_push(s->doc->arena, &s->doc->entities);
        if (!made)
            return false;
        *made = copy;
        memcpy(made->country, code, 4);
        made->guessed = true;
        *any = true;
        return push(s, out,
                    (dgm_participant) { .mention = at[i].mention,
                                        .entity = s->doc->entities.n - 1,
                                        .inferred = true });
    }
    return true;
}

/* How good a naming is as a party of the event: in its sentence, near, in its own clause, somebody
 * rather than a place. */
static int32_t goodness(const sight *s, const occasion *it, uint32_t role, const naming *n)
{
    const dgm_mention *m = &s->doc->mentions.at[n->mention];
    const dgm_entity *e = &s->doc->entities.at[n->entity];
    int32_t back = (int32_t)it->sentence - (int32_t)m->span.sentence, score = 0;
    score -= back == 0 ? 0 : back > 0 ? 20 * back : 50;
    if (back == 0) {
        uint32_t far = m->head > it->word ? m->head - it->word : it->word - m->head;
        const dgm_sentence *sentence = sentence_at(s, it->sentence);
        score -= (int32_t)DGM_MIN(far, 15u);
        if (sentence->words[m->head].head == it->word)
            score += 12;
        dgm_deprel rel = dgm_deprel_main(sentence->words[m->head].deprel);
        score += role == 0 && rel == DGM_REL_NSUBJ ? 8 : 0;
        score += role == 1 && rel == DGM_REL_OBJ ? 8 : 0;
    }
    score -= e->kind == DGM_ENTITY_PLACE || e->kind == DGM_ENTITY_OTHER ? 3 : 0;
    score -= e->guessed ? 4 : 0;
    return score;
}

static bool take_nearest(const sight *s, const occasion *it, uint32_t role, uint32_t state,
                         participants *out)
{
    const naming *best = NULL;
    int32_t most = 0;
    for (uint32_t i = 0; i < s->namings.n; i++) {
        const naming *n = &s->namings.at[i];
        if (n->state != state)
            continue;
        int32_t score = goodness(s, it, role, n);
        if (!best || score > most) {
            best = n;
            most = score;
        }
    }
    if (!best)
        return true;
    bool near = s->doc->mentions.at[best->mention].span.sentence == it->sentence;
    return push(
        s, out,
        (dgm_participant) { .mention = best->mention, .entity = best->entity, .inferred = !near });
}

static bool build_side(const sight *s, const dgm_event *event, const occasion *it, uint32_t role,
                       const ranking *r, uint32_t chosen, participants *out)
{
    const dgm_participant *own = role ? event->recipients.at : event->actors.at;
    uint32_t n_own = role ? event->recipients.n : event->actors.n;
    for (uint32_t i = 0; i < r->n; i++) {
        const char *code = s->states[r->states[i]].code;
        bool any = false;
        if (!(chosen >> i & 1))
            continue;
        if (!take_own(s, own, n_own, code, out, &any) ||
            (!any && !lend_country(s, own, n_own, code, out, &any)) ||
            (!any && !take_nearest(s, it, role, r->states[i], out)))
            return false;
    }
    for (uint32_t i = 0; i < n_own && !chosen; i++) /* gunmen of nobody knows where */
        if (!entity_at(s, &own[i])->country[0] && !push(s, out, own[i]))
            return false;
    return true;
}

bool give_sides(const sight *s, dgm_event *event, const occasion *it, const ranking *r,
                uint32_t actors, uint32_t recipients)
{
    participants a = { .n = 0 }, b = { .n = 0 };
    if (!build_side(s, event, it, 0, r, actors, &a) ||
        !build_side(s, event, it, 1, r, recipients, &b))
        return false;
    event->actors.at = a.at;
    event->actors.n = a.n;
    event->actors.cap = a.cap;
    event->recipients.at = b.at;
    event->recipients.n = b.n;
    event->recipients.cap = b.cap;
    return true;
}
