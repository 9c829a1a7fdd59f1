/* Attributions, one a line: docs/formats/quotes.md. */
#include "output/identity.h"
#include "output/text.h"

#include <stdlib.h>

/* ---- JSON Lines ----------------------------------------------------------------------------- */

static void put_span(const dgm_span *span, dgm_buffer *out)
{
    if (span->first)
        dgm_buffer_printf(out, "[%u,%u]", span->begin, span->end);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
}

static uint32_t sentence_of(const dgm_attribution *a)
{
    return a->cue.first || a->contents.n == 0 ? a->cue.sentence : a->contents.at[0].sentence;
}

static void put_jsonl(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    static const char *const direct[] = { "false", "true", "\"mixed\"" };
    dgm_buffer_put(out, DGM_VIEW("{\"story_id\":"));
    if (doc->id.n)
        dgm_json_string(doc->id, out);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
    dgm_buffer_printf(out, ",\"sentence\":%u,\"source\":", sentence_of(a));
    put_span(&a->source, out);
    dgm_buffer_put(out, DGM_VIEW(",\"cue\":"));
    put_span(&a->cue, out);
    dgm_buffer_put(out, DGM_VIEW(",\"content\":["));
    for (uint32_t i = 0; i < a->contents.n; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        put_span(&a->contents.at[i], out);
    }
    dgm_buffer_put(out, DGM_VIEW("],\"speaker\":"));
    dgm_json_speaker(doc, a, out);
    dgm_buffer_printf(out, ",\"kind\":\"%s\",\"direct\":%s}\n", dgm_attribution_kind_name(a->kind),
                      direct[a->direct]);
}

/* ---- CSV ------------------------------------------------------------------------------------ */

static void put_cell(dgm_view cell, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW(","));
    dgm_csv_cell(cell, out);
}

static void put_contents(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    dgm_buffer joined = { 0 };
    for (uint32_t i = 0; i < a->contents.n; i++) {
        dgm_buffer_put(&joined, i ? DGM_VIEW(" ... ") : DGM_VIEW(""));
        dgm_buffer_put(&joined, dgm_span_text(doc, a->contents.at[i]));
    }
    put_cell((dgm_view) { joined.p, joined.n }, out);
    out->failed = out->failed || joined.failed;
    dgm_buffer_done(&joined);
}

static void put_csv(const dgm_document *doc, const dgm_attribution *a, dgm_buffer *out)
{
    static const char *const direct[] = { "false", "true", "mixed" };
    const dgm_entity *e =
        a->speaker_entity == DGM_NONE ? NULL : &doc->entities.at[a->speaker_entity];
    dgm_actor_code code = { "" };
    if (e)
        code = dgm_actor_code_of(e);
    dgm_csv_cell(doc->id, out);
    dgm_buffer_printf(out, ",%u", sentence_of(a));
    put_cell(dgm_view_of(dgm_attribution_kind_name(a->kind)), out);
    put_cell(dgm_view_of(direct[a->direct]), out);
    put_cell(dgm_span_text(doc, a->source), out);
    put_cell(dgm_view_of(code.text), out);
    put_cell(e ? e->name : (dgm_view) { "", 0 }, out);
    put_cell(dgm_span_text(doc, a->cue), out);
    put_contents(doc, a, out);
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
}

/* ---- both ----------------------------------------------------------------------------------- */

void dgm_write_quotes_header(const dgm_output_options *options, dgm_buffer *out)
{
    if (options->format == DGM_OUTPUT_CSV)
        dgm_buffer_put(out, DGM_VIEW("story_id,sentence,kind,direct,source,speaker_code,"
                                     "speaker_name,cue,content\r\n"));
}

typedef struct {
    uint32_t begin, index;
} place;

static int by_place(const void *x, const void *y)
{
    const place *a = x, *b = y;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* In the order of their cues, or of the quotation where nobody speaks. NULL: no memory. */
static const place *in_order(const dgm_document *doc, uint32_t *n)
{
    place *order = DGM_NEW(doc->arena, place, (size_t)doc->attributions_found.n + 1);
    *n = 0;
    for (uint32_t i = 0; order && i < doc->attributions_found.n; i++) {
        const dgm_attribution *a = &doc->attributions_found.at[i];
        if (a->stated && a->contents.n > 0)
            order[(*n)++] = (place) { a->cue.first ? a->cue.begin : a->contents.at[0].begin, i };
    }
    if (order)
        qsort(order, *n, sizeof *order, by_place);
    return order;
}

void dgm_write_quotes(const dgm_output_options *options, const dgm_document *doc, dgm_buffer *out)
{
    uint32_t n;
    const place *order = in_order(doc, &n);
    if (!order)
        out->failed = true;
    for (uint32_t i = 0; order && i < n; i++) {
        const dgm_attribution *a = &doc->attributions_found.at[order[i].index];
        if (options->format == DGM_OUTPUT_CSV)
            put_csv(doc, a, out);
        else
            put_jsonl(doc, a, out);
    }
}
