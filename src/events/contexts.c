/* Contexts of an event, by points: what its code and its sides say is sure; a word in its own
 * clause nearly so; a word elsewhere in the sentence needs the story behind it; and a theme
 * (contexts.tsv) that runs through the whole story colours all that happens in it. */
#include "events/contexts.h"
#include "document/party.h"

#include <string.h>

enum { NEAR = 3, ELSEWHERE = 1, COMMON = 2, RULING = 3, ENOUGH = 3 };

/* ---- words ---------------------------------------------------------------------------------- */

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

uint64_t *dgm_context_signals(const dgm_clause *c)
{
    enum { MOST = 3 };
    uint64_t *signals = DGM_NEW(c->doc->arena, uint64_t, (size_t)c->s->n_words + 1);
    char key[128];
    if (!signals)
        return NULL;
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        size_t n = 0;
        uint32_t length = 0, longest = 0;
        uint64_t bits = 0;
        for (uint32_t k = w; k <= c->s->n_words && length < MOST; k++) {
            dgm_view lemma = c->t->lemmas[k];
            if (n + lemma.n + 1 >= sizeof key)
                break;
            if (length++)
                key[n++] = ' ';
            memcpy(key + n, lemma.p, lemma.n);
            n += lemma.n;
            uint64_t found = signalled(c->events, (dgm_view) { key, n });
            if (found) {
                bits = found;
                longest = length;
            }
        }
        if (longest) {
            w += longest - 1;
            signals[w] = bits;
        }
    }
    return signals;
}

/* Whether word w belongs to what the event's own trigger governs: no other event between. */
static bool is_near(const dgm_document *doc, const dgm_event *event, uint32_t w)
{
    enum { MAX_CLIMB = 40 };
    const dgm_sentence *s = &doc->sentences.at[event->trigger.sentence];
    if (w >= event->trigger.first && w <= event->trigger.last)
        return true;
    for (uint32_t n = 0; w && n < MAX_CLIMB; n++) {
        if (w == event->trigger_word)
            return true;
        uint32_t other = s->words[w].event;
        if (other != DGM_NONE && &doc->events.at[other] != event)
            return false;
        w = s->words[w].head;
    }
    return false;
}

/* ---- sides ---------------------------------------------------------------------------------- */

static uint64_t bit_of(const dgm_events *events, dgm_view name)
{
    for (uint32_t i = 0; i < events->contexts.n; i++)
        if (dgm_view_eq(events->contexts.at[i], name))
            return (uint64_t)1 << i;
    return 0;
}

/* Whether a comma-separated list has the word. */
static bool has_word(dgm_view list, dgm_view word)
{
    dgm_view it;
    while (list.n > 0 && dgm_view_split(&list, ',', &it))
        if (dgm_view_eq(it, word))
            return true;
    return false;
}

static bool is_side(const dgm_entity *e, dgm_view sectors)
{
    if (sectors.n == 0)
        return true;
    if (has_word(sectors, DGM_VIEW("states")) &&
        (dgm_is_body_of_states(e) || dgm_speaks_for_country(e)))
        return true;
    return has_word(sectors, dgm_view_of(e->sector));
}

bool dgm_side_context_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row)
{
    dgm_side_context c = { .actor = row->cell[2], .recipient = row->cell[3] };
    dgm_view rest = row->cell[1], type;
    bool gone = false;
    c.context = bit_of(events, row->cell[0]);
    c.unless = bit_of(events, row->cell[5]);
    c.words = dgm_view_eq(rest, DGM_VIEW("words"));
    while (!c.words && rest.n > 0 && dgm_view_split(&rest, ',', &type)) {
        if (dgm_type_is_gone(&events->types, row, type))
            gone = true;
        else
            c.types |= dgm_type_bit(dgm_type_of(&events->types, type));
    }
    if (gone && !c.types)
        return true;
    c.abroad = dgm_view_eq(row->cell[4], DGM_VIEW("abroad"));
    c.own = dgm_view_eq(row->cell[4], DGM_VIEW("own"));
    if (!c.context || (row->cell[5].n > 0 && !c.unless) || (c.types & 1) ||
        (!c.words && !c.types) || (row->cell[4].n > 0 && !c.abroad && !c.own))
        dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                     "a context, type or place that is unknown; see the head of the table");
    dgm_side_context *added = dgm_push(events->arena, &events->side_contexts);
    if (added)
        *added = c;
    return added != NULL;
}

static bool has_recipient(const dgm_document *doc, const dgm_event *event, const dgm_entity *actor,
                          const dgm_side_context *c)
{
    for (uint32_t j = 0; j < event->recipients.n; j++) {
        const dgm_entity *b = &doc->entities.at[event->recipients.at[j].entity];
        bool own = strcmp(actor->country, b->country) == 0;
        if (is_side(b, c->recipient) && !(c->own && !own) && !(c->abroad && own))
            return true;
    }
    return c->recipient.n == 0 && !c->own && !c->abroad;
}

static uint64_t by_sides(const dgm_events *events, const dgm_document *doc, const dgm_event *event)
{
    uint64_t bits = 0;
    bool words =
        event->quad == DGM_QUAD_VERBAL_COOPERATION || event->quad == DGM_QUAD_VERBAL_CONFLICT;
    if (!doc->entities.at)
        return 0;
    for (uint32_t i = 0; i < event->actors.n; i++) {
        const dgm_entity *actor = &doc->entities.at[event->actors.at[i].entity];
        uint64_t brought = 0;
        for (uint32_t k = 0; k < events->side_contexts.n; k++) {
            const dgm_side_context *c = &events->side_contexts.at[k];
            if ((c->words ? words : dgm_type_among(event->type, c->types)) &&
                !(brought & c->unless) && is_side(actor, c->actor) &&
                has_recipient(doc, event, actor, c))
                brought |= c->context;
        }
        bits |= brought;
    }
    return bits;
}

/* ---- the story ------------------------------------------------------------------------------ */

typedef struct {
    uint32_t n; /* sentences that tell something */
    uint32_t with[64];
    uint64_t opening; /* of the first of them */
} story_counts;

static story_counts count_story(const dgm_document *doc, uint64_t *const *signals,
                                uint64_t *sentences)
{
    story_counts c = { 0 };
    const bool *tells = dgm_telling_sentences(doc);
    for (uint32_t i = 0; tells && i < doc->sentences.n; i++) {
        if (!tells[i])
            continue;
        for (uint32_t w = 1; signals[i] && w <= doc->sentences.at[i].n_words; w++)
            sentences[i] |= signals[i][w];
        if (c.n++ == 0)
            c.opening = sentences[i];
        for (uint32_t b = 0; b < 64; b++)
            c.with[b] += (uint32_t)(sentences[i] >> b & 1);
    }
    return c;
}

/* A theme rules where it opens the story and comes again, or stands in a fifth of the sentences;
 * what is no theme only backs a word of the sentence. */
static uint32_t points_of_story(const story_counts *c, uint32_t context, bool theme)
{
    enum { FEW = 3 };
    uint32_t n = c->with[context];
    bool opens = n >= 2 && (c->opening >> context & 1);
    if (theme && ((n >= FEW && n * 5 >= c->n) || (opens && n * 8 >= c->n)))
        return RULING;
    return n >= FEW && n * 6 >= c->n ? COMMON : 0;
}

void dgm_set_contexts(const dgm_events *events, dgm_document *doc, uint64_t *const *signals)
{
    uint64_t *sentences = DGM_NEW(doc->arena, uint64_t, (size_t)doc->sentences.n + 1);
    if (!sentences)
        return;
    story_counts story = count_story(doc, signals, sentences);
    for (uint32_t i = 0; i < doc->events.n; i++) {
        dgm_event *event = &doc->events.at[i];
        uint32_t i_sentence = event->trigger.sentence;
        const uint64_t *words = signals[i_sentence];
        uint64_t near = 0;
        for (uint32_t w = 1; words && w <= doc->sentences.at[i_sentence].n_words; w++)
            if (words[w] & ~near && is_near(doc, event, w))
                near |= words[w];
        event->contexts |= by_sides(events, doc, event);
        for (uint32_t b = 0; b < events->contexts.n; b++) {
            uint32_t points = points_of_story(&story, b, events->themes >> b & 1);
            if (near >> b & 1)
                points += NEAR;
            else if (sentences[i_sentence] >> b & 1)
                points += ELSEWHERE;
            if (points >= ENOUGH)
                event->contexts |= (uint64_t)1 << b;
        }
    }
}
