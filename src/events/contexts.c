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

static uint64_t bit_of(const dgm_events *events, const char *name)
{
    for (uint32_t i = 0; i < events->contexts.n; i++)
        if (dgm_view_eq(events->contexts.at[i], dgm_view_of(name)))
            return (uint64_t)1 << i;
    return 0;
}

static bool is_among(const char *sector, const char (*sectors)[4], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(sector, sectors[i]) == 0)
            return true;
    return false;
}

static bool speaks_for_a_state(const dgm_entity *e)
{
    return dgm_is_body_of_states(e) || dgm_speaks_for_country(e);
}

/* Words between states are diplomacy; what soldiers do to others than their own people is
 * military; what a state's forces do to its own people is repression. */
static uint64_t by_sides(const dgm_events *events, const dgm_document *doc, const dgm_event *event)
{
    static const char force[][4] = { "COP", "MIL", "GOV", "SPY" };
    static const char people[][4] = { "CVL", "OPP", "JRN", "LAB", "EDU", "REL", "SOC", "ETH" };
    uint64_t bits = 0;
    for (uint32_t i = 0; i < event->actors.n; i++) {
        const dgm_entity *a = &doc->entities.at[event->actors.at[i].entity];
        bool words = event->quad == 1 || event->quad == 3;
        bool harm = event->type == DGM_COERCE || event->type == DGM_ASSAULT;
        bool armed = is_among(a->sector, force, DGM_LEN(force));
        bool own = false;
        for (uint32_t j = 0; j < event->recipients.n; j++) {
            const dgm_entity *b = &doc->entities.at[event->recipients.at[j].entity];
            bool abroad = strcmp(a->country, b->country) != 0;
            if (words && abroad && speaks_for_a_state(a) && speaks_for_a_state(b))
                bits |= bit_of(events, "diplomatic");
            own = own || (!abroad && is_among(b->sector, people, DGM_LEN(people)));
        }
        if (harm && armed && own)
            bits |= bit_of(events, "repression");
        else if ((event->type == DGM_ASSAULT || event->type == DGM_MOBILIZE) &&
                 strcmp(a->sector, "MIL") == 0)
            bits |= bit_of(events, "military");
    }
    return bits;
}

/* ---- the story ------------------------------------------------------------------------------ */

typedef struct {
    uint32_t n; /* sentences with any word */
    uint32_t with[64];
    uint64_t opening; /* of the first of them */
} story_counts;

static story_counts count_story(const dgm_document *doc, uint64_t *const *signals,
                                uint64_t *sentences)
{
    story_counts c = { 0 };
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
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
