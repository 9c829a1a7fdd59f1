/* identity.c - the names of events: 64 bits of a hash over story, sentence, trigger, type, mode,
 * polarity and sides. Offsets are those in the story's own text, so an event keeps its name when
 * the story moves in its file or other stories come before it; it loses it when its coding changes,
 * which is what a user who joins two codings wants to see. Events of one sentence that are the same
 * in all of this are counted on, in their order. */
#include "output/identity.h"

#include <string.h>

dgm_actor_code dgm_actor_code_of(const dgm_entity *entity)
{
    dgm_actor_code code = { "" };
    if (entity->country[0] || entity->sector[0])
        snprintf(code.text, sizeof code.text, "%s%s", entity->country[0] ? entity->country : "---",
                 entity->sector);
    return code;
}

dgm_view dgm_sentence_text(const dgm_document *doc, uint32_t i_sentence)
{
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    if (s->begin_byte < doc->begin_byte)
        return (dgm_view) { "", 0 };
    return dgm_view_slice(doc->text, s->begin_byte - doc->begin_byte,
                          s->end_byte - doc->begin_byte);
}

static void put_participants(const dgm_document *doc, const dgm_participant *at, uint32_t n,
                             const char *role, dgm_buffer *key)
{
    for (uint32_t i = 0; i < n; i++) {
        const dgm_span *span = &doc->mentions.at[at[i].mention].span;
        dgm_actor_code code = dgm_actor_code_of(&doc->entities.at[at[i].entity]);
        dgm_buffer_printf(key, "%s %u %u %s\n", role, span->begin - doc->begin,
                          span->end - doc->begin, code.text);
    }
}

static uint64_t hash_event(const dgm_document *doc, const dgm_event *event, dgm_buffer *key)
{
    key->n = 0;
    dgm_buffer_put(key, doc->id);
    dgm_buffer_put(key, DGM_VIEW("\n"));
    dgm_buffer_put(key, dgm_sentence_text(doc, event->trigger.sentence));
    dgm_buffer_printf(key, "\n%u %u %s %.*s %u\n", event->trigger.begin - doc->begin,
                      event->trigger.end - doc->begin, dgm_type_key(doc->types, event->type),
                      DGM_FMT(event->mode_key), (unsigned)event->polarity);
    put_participants(doc, event->actors.at, event->actors.n, "actor", key);
    put_participants(doc, event->recipients.at, event->recipients.n, "recipient", key);
    return dgm_hash((dgm_view) { key->p, key->n });
}

/* Two events that are the same in all of this still get two names: the later one is counted on. */
static bool is_taken(const uint64_t *hashes, uint32_t n, uint64_t hash)
{
    for (uint32_t i = 0; i < n; i++) {
        if (hashes[i] == hash)
            return true;
    }
    return false;
}

const dgm_event_id *dgm_event_ids(const dgm_document *doc)
{
    uint32_t n = doc->events.n;
    dgm_event_id *ids = DGM_NEW(doc->arena, dgm_event_id, (size_t)n + 1);
    uint64_t *hashes = DGM_NEW(doc->arena, uint64_t, (size_t)n + 1);
    if (!ids || !hashes)
        return NULL;
    dgm_buffer key = { 0 };
    uint32_t first = 0;
    for (uint32_t i = 0; i < n; i++) {
        const dgm_event *event = &doc->events.at[i];
        hashes[i] = hash_event(doc, event, &key);
        if (i > 0 && doc->events.at[i - 1].trigger.sentence != event->trigger.sentence)
            first = i; /* only events of one sentence can be the same */
        while (is_taken(hashes + first, i - first, hashes[i]))
            hashes[i]++;
        snprintf(ids[i].text, sizeof ids[i].text, "%016llx", (unsigned long long)hashes[i]);
    }
    bool failed = key.failed;
    dgm_buffer_done(&key);
    return failed ? NULL : ids;
}
