/* JSON Lines: one object a line. */
#include "ingest/json.h"

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line = 0;
    dgm_reading reading = dgm_read_line(r, &line, err);
    if (reading != DGM_READ_STORY || dgm_view_trim((dgm_view) { r->line.p, r->line.n }).n == 0)
        return reading == DGM_READ_STORY ? DGM_READ_NOTHING : reading;
    r->anything = true;
    return dgm_read_json_story(r, line, dgm_arena_printf(arena, "%s-%zu", r->stem, line), arena,
                               doc);
}

static bool sniff(dgm_view first)
{
    return first.n > 0 && first.p[0] == '{';
}

const dgm_input_kind dgm_kind_jsonl = { .sniff = sniff, .next = next, .by_lines = true };
