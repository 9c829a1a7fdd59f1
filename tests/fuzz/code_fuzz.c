/* The whole coder: bytes as stories, through all rooms. A record that was written reads back, and
 * writes again as it was; trees that were written are trees. */
#include "fuzz.h"

#include <string.h>

/* What is quoted stands in the text where the record says. */
static void check_quoted(const dgm_document *doc, const dgm_record_words *words)
{
    if (words->text.n == 0)
        return;
    dgm_fuzz_claim(words->begin_byte >= doc->begin_byte && words->end_byte > words->begin_byte &&
                       words->end_byte - doc->begin_byte <= doc->text.n,
                   "words are in the text");
    dgm_view there = dgm_view_slice(doc->text, words->begin_byte - doc->begin_byte,
                                    words->end_byte - doc->begin_byte);
    dgm_fuzz_claim(dgm_view_eq(there, words->text), "words are those of the text");
}

static void check_record(const dgm_document *doc, const dgm_record *record)
{
    check_quoted(doc, &record->trigger);
    for (uint32_t i = 0; i < record->actors.n; i++)
        check_quoted(doc, &record->actors.at[i].words);
    for (uint32_t i = 0; i < record->recipients.n; i++)
        check_quoted(doc, &record->recipients.at[i].words);
    dgm_fuzz_claim(record->sentence < doc->sentences.n, "an event is in a sentence");
    dgm_fuzz_claim(record->type.n > 0 && record->quad >= 1 && record->quad <= 4 &&
                       record->event_id.n == 16,
                   "a record has a type, a quad class and an id");
}

/* Each line of JSON Lines as a record, and as a line again. */
static void check_lines(dgm_view lines, const dgm_document *doc)
{
    const dgm_event_filter all = { DGM_FILTER_ANY, DGM_FILTER_ANY, DGM_FILTER_ANY,
                                   DGM_FILTER_ANY, false,          0 };
    const dgm_output_options options = { .format = DGM_OUTPUT_JSONL, .filter = &all };
    dgm_view line;
    dgm_fuzz_check_json_lines(lines);
    while (lines.n > 0 && dgm_view_split(&lines, '\n', &line)) {
        dgm_record record;
        dgm_buffer again = { 0 };
        dgm_err err = { 0 };
        dgm_fuzz_claim(dgm_record_read_as(doc->types, line, doc->arena, &record, &err) == DGM_OK,
                       "a record reads back");
        check_record(doc, &record);
        dgm_write_record(&options, &record, &again);
        dgm_fuzz_claim(again.n == line.n + 1 && memcmp(again.p, line.p, line.n) == 0,
                       "a record that was read writes as it was");
        dgm_buffer_done(&again);
    }
}

static void check_trees(dgm_view trees)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_err err = { 0 };
    dgm_fuzz_need(arena != NULL, "memory", NULL);
    dgm_document_init(&doc, arena);
    dgm_fuzz_claim(trees.n == 0 ||
                       dgm_document_from_conllu(&doc, trees, NULL, "again", &err) == DGM_OK,
                   "trees that were written are trees");
    dgm_arena_free(arena);
}

static void check(const dgm_coder *coder, const dgm_document *doc)
{
    const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    dgm_buffer out = { 0 };
    dgm_write_events(&options, coder->events, doc, &out);
    check_lines((dgm_view) { out.p, out.n }, doc);
    out.n = 0;
    dgm_write_places(doc, &out);
    dgm_write_times(doc, &out);
    dgm_fuzz_check_json_lines((dgm_view) { out.p, out.n });
    out.n = 0;
    dgm_write_conllu(doc, &out);
    check_trees((dgm_view) { out.p, out.n });
    out.n = 0;
    dgm_write_explanation(doc, true, &out);
    dgm_fuzz_check_output(DGM_OUTPUT_TABLE, (dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    /* How depends on the bytes alone, so that an input is a file that the program reads. */
    dgm_fuzz_code((dgm_view) { (const char *)bytes, n }, n % 2, (unsigned)(n / 2 % 4), check);
    return 0;
}
