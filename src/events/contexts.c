/* Contexts of an event: those of its CAMEO code, those that the words of its sentence signal, and
 * those that the story as a whole keeps signalling. */
#include "events/contexts.h"

enum { STORY_SHARE = 4 }; /* a context this often in a story colours all its events */

typedef struct {
    uint32_t n[64];
} counting;

static uint64_t signalled(const dgm_events *events, dgm_view key)
{
    uint32_t i = dgm_map_get(events->context_words, key);
    uint64_t bits = 0;
    if (i == DGM_NONE)
        return 0;
    const dgm_id_list *ids = &events->lists.at[i];
    for (uint32_t j = 0; j < ids->n; j++)
        bits |= (uint64_t)1 << ids->at[j];
    return bits;
}

uint64_t dgm_sentence_contexts(const dgm_clause *c)
{
    uint64_t bits = 0;
    char key[128];
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        bits |= signalled(c->events, c->lemmas[w]);
        if (w < 2)
            continue;
        int n = snprintf(key, sizeof key, "%.*s %.*s", DGM_FMT(c->lemmas[w - 1]),
                         DGM_FMT(c->lemmas[w]));
        if (n > 0 && (size_t)n < sizeof key)
            bits |= signalled(c->events, (dgm_view) { key, (size_t)n });
    }
    return bits;
}

uint64_t dgm_story_contexts(const uint64_t *sentences, uint32_t n)
{
    counting count = { { 0 } };
    uint64_t bits = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t b = 0; b < 64; b++)
            count.n[b] += (uint32_t)(sentences[i] >> b & 1);
    for (uint32_t b = 0; b < 64; b++)
        if (count.n[b] >= STORY_SHARE && count.n[b] * 3 >= n)
            bits |= (uint64_t)1 << b;
    return bits;
}
