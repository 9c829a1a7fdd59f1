/* A coded story as bytes: a line of JSON for the story, which says how many events it has, then
 * those in the native format. */
#include "store/store.h"

#include "output/text.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static void take(XXH3_state_t *state, dgm_view v)
{
    uint64_t n = v.n; /* so that "a","bc" and "ab","c" differ */
    XXH3_128bits_update(state, &n, sizeof n);
    XXH3_128bits_update(state, v.p ? v.p : "", v.n);
}

dgm_story_hash dgm_story_hash_of(const dgm_document *doc)
{
    dgm_story_hash hash;
    XXH3_state_t state;
    const dgm_view parts[] = { doc->id,  dgm_view_of(doc->date), doc->title, doc->source, doc->url,
                               doc->text };
    XXH3_128bits_reset(&state);
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        take(&state, parts[i]);
    XXH128_hash_t h = XXH3_128bits_digest(&state);
    snprintf(hash.text, sizeof hash.text, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
    return hash;
}

static void member(dgm_buffer *out, const char *name, dgm_view value)
{
    dgm_buffer_printf(out, ",\"%s\":", name);
    dgm_json_string(value, out);
}

/* All of it is strings of JSON and ASCII, so that a bad byte can only stand in a string. */
static void make_utf8(dgm_buffer *out, size_t from)
{
    if (out->failed || dgm_utf8_invalid((dgm_view) { out->p + from, out->n - from }) == SIZE_MAX)
        return;
    dgm_buffer clean = { 0 };
    size_t step;
    for (size_t i = from; i < out->n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(out->p + i, out->n - i, &cp);
        bool bad = cp == 0xFFFD && step == 1;
        dgm_buffer_put(&clean, bad ? DGM_VIEW("\uFFFD") : (dgm_view) { out->p + i, step });
    }
    out->n = from;
    out->failed = clean.failed;
    dgm_buffer_put(out, (dgm_view) { clean.p, clean.n });
    dgm_buffer_done(&clean);
}

void dgm_store_pack_story(const dgm_document *doc, uint64_t n_events, dgm_buffer *out)
{
    size_t from = out->n;
    dgm_story_hash hash = dgm_story_hash_of(doc);
    dgm_buffer_printf(out, "{\"events\":%llu,\"hash\":\"%s\",\"begin_byte\":%u",
                      (unsigned long long)n_events, hash.text, doc->begin_byte);
    member(out, "id", doc->id);
    member(out, "date", dgm_view_of(doc->date));
    member(out, "title", doc->title);
    member(out, "source", doc->source);
    member(out, "url", doc->url);
    member(out, "text", doc->text);
    dgm_buffer_put(out, DGM_VIEW(",\"sentences\":["));
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        dgm_buffer_printf(out, "%s[%u,%u,%u,%u]", i ? "," : "", s->begin, s->end, s->begin_byte,
                          s->end_byte);
    }
    dgm_buffer_put(out, DGM_VIEW("]}\n"));
    make_utf8(out, from);
}

void dgm_store_pack(const dgm_events *events, const dgm_document *doc, dgm_buffer *out)
{
    dgm_tally tally = { .n_events = 0 };
    dgm_buffer records = { 0 };
    dgm_write_events(&(dgm_output_options) { .format = DGM_OUTPUT_JSONL, .tally = &tally }, events,
                     doc, &records);
    dgm_store_pack_story(doc, tally.n_rows, out);
    size_t from = out->n;
    dgm_buffer_put(out, (dgm_view) { records.p, records.n });
    make_utf8(out, from);
    out->failed = out->failed || records.failed;
    dgm_buffer_done(&records);
}
