/* A sentence made ready: which mention covers which word. */
#include "events/clause.h"

static void cover_words(dgm_clause *c)
{
    const dgm_document *doc = c->doc;
    const dgm_by_sentence *of = &doc->mentions_of;
    for (uint32_t j = of->first[c->i_sentence]; j < of->first[c->i_sentence + 1]; j++) {
        uint32_t i = of->at[j];
        const dgm_span *span = &doc->mentions.at[i].span;
        if (span->first == 0)
            continue;
        for (uint32_t w = span->first; w <= span->last && w <= c->s->n_words; w++) {
            uint32_t old = c->cover[w];
            if (old != DGM_NONE) {
                const dgm_span *other = &doc->mentions.at[old].span;
                if (other->last - other->first <= span->last - span->first)
                    continue;
            }
            c->cover[w] = i;
        }
    }
}

bool dgm_clause_init(dgm_clause *c, const dgm_events *events, dgm_document *doc,
                     uint32_t i_sentence)
{
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    *c = (dgm_clause) {
        .events = events, .doc = doc, .i_sentence = i_sentence, .s = s, .t = s->tree
    };
    c->cover = DGM_NEW(doc->arena, uint32_t, s->n_words + 1);
    if (!c->cover)
        return false;
    for (uint32_t w = 1; w <= s->n_words; w++)
        c->cover[w] = DGM_NONE;
    cover_words(c);
    return true;
}
