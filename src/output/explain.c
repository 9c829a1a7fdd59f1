/* Why a document is coded as it is, for a person: each sentence with its tree, who was found in
 * it, which events, by which rule, and all that the rooms noted about them. */
#include "output/output.h"

#include "output/identity.h"

#include <string.h>

/* Colours are the only control sequences that go out: what stands before one is made visible when
 * it is written, and the rest at the end. */
typedef struct {
    bool colour;
    size_t seen; /* up to where it is */
} paint;

static void style(paint *p, const char *code, dgm_buffer *out)
{
    dgm_buffer_visible(out, p->seen);
    if (p->colour)
        dgm_buffer_printf(out, "\033[%sm", code);
    p->seen = out->n;
}

static void put_line(dgm_view text, dgm_buffer *out)
{
    for (size_t i = 0; i < text.n; i++) {
        bool space = dgm_is_space((unsigned char)text.p[i]);
        dgm_buffer_put(out, space ? DGM_VIEW(" ") : dgm_view_slice(text, i, i + 1));
    }
}

static void indent(uint32_t depth, dgm_buffer *out)
{
    for (uint32_t i = 0; i < DGM_MIN(depth, 30); i++)
        dgm_buffer_put(out, DGM_VIEW("  "));
}

/* ---- the tree ------------------------------------------------------------------------------- */

/* Depth of each word; a head that the walk does not reach, as no parser should give, counts 0. */
static uint32_t depth_of(const dgm_sentence *s, uint32_t i_word)
{
    uint32_t depth = 0;
    for (uint32_t at = s->words[i_word].head; at != 0 && at <= s->n_words && depth <= s->n_words;
         at = s->words[at].head)
        depth++;
    return depth;
}

static void put_tree_word(const dgm_word *word, uint32_t depth, dgm_buffer *out)
{
    indent(depth + 2, out);
    dgm_buffer_printf(out, "%s: %.*s", dgm_deprel_name(word->deprel), DGM_FMT(word->form));
    if (!dgm_view_eq(word->form, word->lemma))
        dgm_buffer_printf(out, " (%.*s)", DGM_FMT(word->lemma));
    dgm_buffer_printf(out, " %s", dgm_upos_name(word->upos));
    if (word->feats.n > 0)
        dgm_buffer_printf(out, " %.*s", DGM_FMT(word->feats));
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

/* Head first, then what hangs on it, in the order of the text: with a stack of our own, since a
 * sentence may be as deep as it is long. */
static void put_tree(const dgm_document *doc, const dgm_sentence *s, dgm_buffer *out)
{
    uint32_t *stack = DGM_NEW(doc->arena, uint32_t, (size_t)s->n_words + 2), n = 0;
    uint32_t *next = DGM_NEW(doc->arena, uint32_t, (size_t)s->n_words + 2);
    uint32_t *last = DGM_NEW(doc->arena, uint32_t, (size_t)s->n_words + 2);
    if (!stack || !next || !last) {
        out->failed = true;
        return;
    }
    /* next[i]: the child of the same head before i; last[h]: the last child of h. */
    for (uint32_t i = 1; i <= s->n_words; i++) {
        uint32_t head = s->words[i].head <= s->n_words ? s->words[i].head : 0;
        next[i] = last[head];
        last[head] = i;
    }
    for (uint32_t i = last[0]; i; i = next[i])
        stack[n++] = i;
    while (n > 0) {
        uint32_t i = stack[--n];
        put_tree_word(&s->words[i], depth_of(s, i), out);
        for (uint32_t child = last[i]; child && n <= s->n_words; child = next[child])
            stack[n++] = child;
    }
}

/* ---- mentions ------------------------------------------------------------------------------- */

static void put_entity(const dgm_entity *entity, dgm_buffer *out)
{
    dgm_actor_code code = dgm_actor_code_of(entity);
    dgm_buffer_printf(out, " %s", code.text[0] ? code.text : "(no code)");
    for (uint32_t i = 0; i < entity->n_others; i++)
        dgm_buffer_printf(out, "+%s", entity->others[i]);
    if (entity->name.n > 0)
        dgm_buffer_printf(out, " \"%.*s\"", DGM_FMT(entity->name));
    if (entity->id.n > 0)
        dgm_buffer_printf(out, " %.*s", DGM_FMT(entity->id));
    if (entity->source.n > 0)
        dgm_buffer_printf(out, " [%.*s]", DGM_FMT(entity->source));
}

static void put_mention(const dgm_document *doc, const dgm_mention *mention, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("    "));
    put_line(dgm_span_text(doc, mention->span), out);
    dgm_buffer_printf(out, "  by %s:", dgm_via_name(mention->via));
    for (uint32_t i = 0; i < mention->n_entities; i++)
        put_entity(&doc->entities.at[doc->mention_entities.at[mention->entities + i]], out);
    dgm_buffer_put(out, mention->n_entities ? DGM_VIEW("\n") : DGM_VIEW(" nobody we know\n"));
}

static void put_mentions(const dgm_document *doc, uint32_t i_sentence, paint *p, dgm_buffer *out)
{
    bool any = false;
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        if (doc->mentions.at[i].span.sentence != i_sentence)
            continue;
        if (!any) {
            style(p, "1", out);
            dgm_buffer_put(out, DGM_VIEW("  who\n"));
            style(p, "0", out);
        }
        any = true;
        put_mention(doc, &doc->mentions.at[i], out);
    }
}

/* ---- events --------------------------------------------------------------------------------- */

static void put_notes(const dgm_document *doc, uint32_t i_sentence, uint32_t i_event,
                      const char *before, dgm_buffer *out)
{
    for (uint32_t i = 0; i < doc->notes.n; i++) {
        const dgm_note_entry *note = &doc->notes.at[i];
        bool here = i_event == DGM_NONE ? note->sentence == i_sentence : true;
        if (note->event == i_event && here)
            dgm_buffer_printf(out, "%s%s: %.*s\n", before, note->room, DGM_FMT(note->text));
    }
}

static void put_side(const dgm_document *doc, const char *role, const dgm_participant *at,
                     uint32_t n, dgm_buffer *out)
{
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_printf(out, "      %s: ", role);
        put_line(dgm_span_text(doc, doc->mentions.at[at[i].mention].span), out);
        dgm_buffer_put(out, DGM_VIEW(" ="));
        put_entity(&doc->entities.at[at[i].entity], out);
        dgm_buffer_put(out, DGM_VIEW("\n"));
    }
}

static void put_voices(const dgm_document *doc, const dgm_event *event, dgm_buffer *out)
{
    for (uint32_t i = 0; i < event->attributions.n; i++) {
        const dgm_attribution *a = &doc->attributions_found.at[event->attributions.at[i]];
        dgm_buffer_printf(out, "      on the word of: ");
        put_line(a->source.first ? dgm_span_text(doc, a->source) : DGM_VIEW("somebody unnamed"),
                 out);
        dgm_buffer_printf(out, " (%s, \"", dgm_attribution_kind_name(a->kind));
        put_line(dgm_span_text(doc, a->cue), out);
        dgm_buffer_put(out, DGM_VIEW("\")"));
        if (a->speaker_entity != DGM_NONE) {
            dgm_buffer_put(out, DGM_VIEW(" ="));
            put_entity(&doc->entities.at[a->speaker_entity], out);
        }
        dgm_buffer_put(out, DGM_VIEW("\n"));
    }
}

static void put_links(const dgm_document *doc, const dgm_event *event, const dgm_event_id *ids,
                      dgm_buffer *out)
{
    if (event->condition.first) {
        dgm_buffer_put(out, DGM_VIEW("      condition: "));
        put_line(dgm_span_text(doc, event->condition), out);
        dgm_buffer_put(out, DGM_VIEW("\n"));
    }
    if (event->condition_event < doc->events.n)
        dgm_buffer_printf(out, "      the condition is: %s\n", ids[event->condition_event].text);
    if (event->content_of < doc->events.n)
        dgm_buffer_printf(out, "      content of: %s\n", ids[event->content_of].text);
    for (uint32_t i = 0; i < event->contradicts.n; i++)
        dgm_buffer_printf(out, "      contradicts: %s\n", ids[event->contradicts.at[i]].text);
    for (uint32_t i = 0; i < event->locations.n; i++) {
        const dgm_place *place = &doc->places.at[event->locations.at[i]];
        dgm_buffer_printf(out, "      place: %.*s %s (%s), by the %s\n", DGM_FMT(place->name),
                          place->country, dgm_place_precision_name(place->precision),
                          dgm_place_basis_name(event->place_basis));
    }
}

static void put_event(const dgm_document *doc, uint32_t i_event, const dgm_event_id *ids, paint *p,
                      dgm_buffer *out)
{
    const dgm_event *event = &doc->events.at[i_event];
    dgm_buffer_put(out, DGM_VIEW("    "));
    style(p, "1", out);
    dgm_buffer_printf(out, "%s%s%.*s", dgm_type_name(doc->types, event->type),
                      event->mode.n ? "-" : "", DGM_FMT(event->mode));
    style(p, "0", out);
    dgm_buffer_printf(out, " \"");
    put_line(dgm_span_text(doc, event->trigger), out);
    dgm_buffer_printf(out, "\" %s %s%s, ", dgm_polarity_name(event->polarity),
                      dgm_factual_status_name(event->status),
                      event->historical ? " historical" : "");
    if (event->date[0])
        dgm_buffer_printf(out, "%s%s%s (%.*s)", event->date, event->date_end[0] ? " to " : "",
                          event->date_end, DGM_FMT(event->date_basis));
    else
        dgm_buffer_put(out, DGM_VIEW("no day"));
    dgm_buffer_printf(out, "%s\n", event->cameo[0] ? "" : " no CAMEO code");
    dgm_buffer_printf(out, "      id: %s\n      rule: %.*s", ids[i_event].text,
                      DGM_FMT(event->rule));
    if (event->operator_rule.n > 0)
        dgm_buffer_printf(out, " under %.*s", DGM_FMT(event->operator_rule));
    if (event->cameo[0])
        dgm_buffer_printf(out, "; CAMEO %s", event->cameo);
    dgm_buffer_put(out, DGM_VIEW("\n"));
    put_side(doc, "actor", event->actors.at, event->actors.n, out);
    put_side(doc, "recipient", event->recipients.at, event->recipients.n, out);
    put_voices(doc, event, out);
    put_links(doc, event, ids, out);
    put_notes(doc, event->trigger.sentence, i_event, "      - ", out);
}

static void put_events(const dgm_document *doc, uint32_t i_sentence, const dgm_event_id *ids,
                       paint *p, dgm_buffer *out)
{
    bool any = false;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        if (doc->events.at[i].trigger.sentence != i_sentence)
            continue;
        if (!any) {
            style(p, "1", out);
            dgm_buffer_put(out, DGM_VIEW("  events\n"));
            style(p, "0", out);
        }
        any = true;
        put_event(doc, i, ids, p, out);
    }
    if (!any)
        dgm_buffer_put(out, DGM_VIEW("  no events\n"));
}

void dgm_write_explanation(const dgm_document *doc, bool colour, dgm_buffer *out)
{
    paint p = { .colour = colour, .seen = out->n };
    const dgm_event_id *ids = dgm_event_ids(doc);
    if (!ids) {
        out->failed = true;
        return;
    }
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        style(&p, "1", out);
        dgm_buffer_printf(out, "%u ", i);
        put_line(dgm_sentence_text(doc, i), out);
        style(&p, "0", out);
        dgm_buffer_put(out, DGM_VIEW("\n  tree\n"));
        put_tree(doc, &doc->sentences.at[i], out);
        put_mentions(doc, i, &p, out);
        put_events(doc, i, ids, &p, out);
        put_notes(doc, i, DGM_NONE, "  - ", out);
        dgm_buffer_put(out, DGM_VIEW("\n"));
    }
    dgm_buffer_visible(out, p.seen);
}
