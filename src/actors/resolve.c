/* The one way from a phrase to entities. A phrase may need another one first ("Italy's", "for the
 * Taliban", an apposition), and that one a third: all of them ask resolve(), which bounds how deep.
 * What a kind of phrase does says the table of kinds.c; nothing here knows it. */
#include "actors/reading.h"

#include <string.h>

void see(reading *r, uint32_t entity, uint32_t word)
{
    uint64_t at = (uint64_t)r->i_sentence << 32 | word;
    if (at > r->actors.at[entity].seen)
        r->actors.at[entity].seen = at;
}

void set_entities(reading *r, uint32_t i, const uint32_t *entities, uint32_t n, dgm_via via)
{
    dgm_mention *m = &r->doc->mentions.at[r->first_mention + i];
    m->via = via;
    m->entities = r->doc->mention_entities.n;
    m->n_entities = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t *to =
            entities[k] == DGM_NONE ? NULL : dgm_push(r->arena, &r->doc->mention_entities);
        if (to) {
            *to = entities[k];
            m->n_entities++;
            see(r, entities[k], m->head);
        }
    }
    r->state[i] = DONE;
}

uint32_t entity_at(reading *r, uint32_t word)
{
    uint32_t i = word && word <= r->s->n_words ? r->of_word[word] : DGM_NONE;
    if (i == DGM_NONE)
        return DGM_NONE;
    resolve(r, i);
    const dgm_mention *m = mention_of(r, i);
    return first_entity_of(r, m);
}

dgm_view words_folded(const reading *r, uint32_t first, uint32_t last)
{
    return dgm_fold(r->arena,
                    dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence, first, last)));
}

dgm_view phrase_text(const reading *r, const phrase *p)
{
    return dgm_span_name(r->doc, dgm_span_of(r->doc, r->i_sentence, p->first, p->last));
}

void copy_mention(reading *r, uint32_t i, const dgm_mention *m, dgm_via via)
{
    uint32_t copy[16], n = 0;
    for (uint32_t k = 0; k < m->n_entities && n < DGM_LEN(copy); k++)
        copy[n++] = r->doc->mention_entities.at[m->entities + k];
    set_entities(r, i, copy, n, via);
}

void resolve(reading *r, uint32_t i)
{
    if (r->state[i] != OPEN || r->depth > MAX_DEPTH)
        return;
    r->state[i] = BUSY;
    r->depth++;
    if (!r->rules->by_another(r, i) && r->rules->of_kind[r->phrases[i].kind])
        r->rules->of_kind[r->phrases[i].kind](r, i);
    r->depth--;
    r->state[i] = DONE;
}
