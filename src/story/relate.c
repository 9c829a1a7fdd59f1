/* What the first of two marked sides does to the second. The marks count as mentions, whether or
 * not anybody political is recognised there.
 *
 * Rows of relations carry the classes of PLOVER before 2021, which drew some borders elsewhere
 * (dgm_relation_class); only there does the answer depart from the event that was coded. */
#include "story/relate.h"

#include "story/relations.h"

#include <string.h>

/* ---- the marked sentence -------------------------------------------------------------------- */

static bool link_entity(dgm_document *doc, uint32_t i_entity)
{
    uint32_t *link = dgm_push(doc->arena, &doc->mention_entities);
    if (link)
        *link = i_entity;
    return link != NULL;
}

/* A mention at the head of each mark: of somebody unknown, whose part in events counts whoever he
 * is, and of those whom the actors room knows there. */
static bool mention_mark(dgm_document *doc, uint32_t i_sentence, uint32_t first, uint32_t last,
                         uint32_t head)
{
    dgm_word *word = &doc->sentences.at[i_sentence].words[head];
    uint32_t i_old = word->mention, i_first = doc->mention_entities.n;
    dgm_entity *entity = dgm_push(doc->arena, &doc->entities);
    dgm_mention *mention = dgm_push(doc->arena, &doc->mentions);
    if (!entity || !mention || !link_entity(doc, doc->entities.n - 1))
        return false;
    *entity = (dgm_entity) { .kind = DGM_ENTITY_OTHER, .sector = "UNK" };
    uint32_t n_old = i_old != DGM_NONE ? doc->mentions.at[i_old].n_entities : 0;
    for (uint32_t i = 0; i < n_old; i++)
        if (!link_entity(doc, doc->mention_entities.at[doc->mentions.at[i_old].entities + i]))
            return false;
    *mention = (dgm_mention) { .span = dgm_span_of(doc, i_sentence, first, last),
                               .head = head,
                               .via = DGM_VIA_NAME,
                               .entities = i_first,
                               .n_entities = n_old + 1 };
    word->mention = doc->mentions.n - 1;
    return true;
}

static bool mention_marks(dgm_document *doc, const dgm_marks *m)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 1; w <= s->n_words; w++) {
            if (!dgm_word_marked(doc, m, &s->words[w]))
                continue;
            uint32_t first = w;
            while (w < s->n_words && dgm_word_marked(doc, m, &s->words[w + 1]))
                w++;
            for (uint32_t h = first; h <= w; h++) {
                uint32_t head = s->words[h].head;
                dgm_upos upos = s->words[h].upos;
                bool outside = head < first || head > w;
                if (outside && upos != DGM_PUNCT && upos != DGM_ADP && upos != DGM_DET &&
                    !mention_mark(doc, i, first, w, h))
                    return false;
            }
        }
    }
    return true;
}

/* ---- the event between the two -------------------------------------------------------------- */

static bool participant_marked(const dgm_document *doc, const dgm_marks *m, dgm_participant p)
{
    const dgm_span *span = &doc->mentions.at[p.mention].span;
    if (dgm_in_marks(m, span->begin_byte - doc->begin_byte, span->end_byte - doc->begin_byte))
        return true;
    /* "he" for the marked minister */
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_mention *mention = &doc->mentions.at[i];
        if (!dgm_in_marks(m, mention->span.begin_byte - doc->begin_byte,
                          mention->span.end_byte - doc->begin_byte))
            continue;
        for (uint32_t j = 0; j < mention->n_entities; j++)
            if (doc->mention_entities.at[mention->entities + j] == p.entity)
                return true;
    }
    return false;
}

typedef struct {
    bool actor, recipient; /* stands among the event's */
} part;

static part part_of(const dgm_document *doc, const dgm_event *event, const dgm_marks *m)
{
    part out = { false, false };
    for (uint32_t i = 0; i < event->actors.n; i++)
        out.actor = out.actor || participant_marked(doc, m, event->actors.at[i]);
    for (uint32_t i = 0; i < event->recipients.n; i++)
        out.recipient = out.recipient || participant_marked(doc, m, event->recipients.at[i]);
    return out;
}

static uint32_t depth_of(const dgm_sentence *s, uint32_t word)
{
    uint32_t depth = 0;
    while (word != 0 && word <= s->n_words && depth < 64) {
        word = s->words[word].head;
        depth++;
    }
    return depth;
}

/* How well an event joins the two: roles first, then how high its word stands in the tree. */
static int fitness(const dgm_document *doc, const dgm_event *event, const dgm_marks *source,
                   const dgm_marks *target)
{
    part s = part_of(doc, event, source), t = part_of(doc, event, target);
    bool inside =
        dgm_word_marked(doc, source,
                        &doc->sentences.at[event->trigger.sentence].words[event->trigger_word]) ||
        dgm_word_marked(doc, target,
                        &doc->sentences.at[event->trigger.sentence].words[event->trigger_word]);
    int score = 0;
    if (s.actor && (t.recipient || (t.actor && s.actor)))
        score = t.recipient ? 200 : 180;
    else if (s.actor)
        score = 150;
    else if (s.recipient && t.actor)
        score = 80;
    else if (t.recipient)
        score = 70;
    else if (s.recipient || t.actor)
        score = 40;
    score -= inside ? 60 : 0; /* "the attackers", "a call": part of the name, not what is done */
    score -= event->content_of != DGM_NONE ? 25 : 0;
    uint32_t depth = depth_of(&doc->sentences.at[event->trigger.sentence], event->trigger_word);
    return score * 100 - (int)depth * 100 - (int)DGM_MIN(event->trigger.sentence, 40u);
}

static bool is_of_class(const dgm_story *story, const dgm_document *doc, const dgm_event *event,
                        const char *class)
{
    return !class || dgm_relation_of(dgm_view_of(dgm_relation_class(story, doc, event))) ==
                         dgm_relation_of(dgm_view_of(class));
}

uint32_t dgm_relate_best(const dgm_story *story, const dgm_document *doc, const dgm_marked *pair,
                         const char *class)
{
    uint32_t best = DGM_NONE;
    int best_fitness = 0;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = &doc->events.at[i];
        if (!is_of_class(story, doc, event, class))
            continue;
        int it = fitness(doc, event, pair->source, pair->target);
        if (best == DGM_NONE || it > best_fitness) {
            best = i;
            best_fitness = it;
        }
    }
    return best;
}

/* ---- the answer ----------------------------------------------------------------------------- */

/* The rooms in story's order, with the marks put in after the actors. */
dgm_status dgm_story_relate(dgm_story *story, dgm_document *doc, const dgm_marks *source,
                            const dgm_marks *target, uint32_t *i_event, dgm_err *err)
{
    const dgm_coder *coder = dgm_story_coder(story);
    doc->sides_known = true;
    dgm_status status = dgm_story_parse(story, doc, err);
    if (status == DGM_OK)
        status = dgm_grammar_read(coder->grammar, doc, err);
    if (status == DGM_OK)
        status = dgm_actors_find(coder->actors, doc, err);
    if (status == DGM_OK && (!mention_marks(doc, source) || !mention_marks(doc, target)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    if (status == DGM_OK)
        status = dgm_events_find(coder->events, doc, err);
    if (status == DGM_OK)
        status = dgm_claims_find(coder->claims, doc, err);
    const dgm_marked pair = { source, target };
    if (status == DGM_OK)
        *i_event = dgm_relate_best(story, doc, &pair, NULL);
    return status;
}
