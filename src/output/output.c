#include "output/output.h"

#include "output/writers.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[DGM_N_OUTPUTS] = {
#define X(id, name) name,
    DGM_OUTPUT_MAP(X)
#undef X
};

static const dgm_output_kind *const kinds[DGM_N_OUTPUTS] = {
    [DGM_OUTPUT_JSONL] = &dgm_kind_of_jsonl,       [DGM_OUTPUT_CSV] = &dgm_kind_of_csv,
    [DGM_OUTPUT_TABLE] = &dgm_kind_of_table,       [DGM_OUTPUT_GDELT] = &dgm_kind_of_gdelt,
    [DGM_OUTPUT_MENTIONS] = &dgm_kind_of_mentions, [DGM_OUTPUT_ICEWS] = &dgm_kind_of_icews,
    [DGM_OUTPUT_POLECAT] = &dgm_kind_of_polecat,   [DGM_OUTPUT_PETRARCH] = &dgm_kind_of_petrarch,
    [DGM_OUTPUT_PLOVER] = &dgm_kind_of_plover,     [DGM_OUTPUT_GEOJSON] = &dgm_kind_of_geojson,
    [DGM_OUTPUT_STATA] = &dgm_kind_of_statistics,  [DGM_OUTPUT_SPSS] = &dgm_kind_of_statistics,
    [DGM_OUTPUT_PAIRS] = &dgm_kind_of_pairs,
};

bool dgm_output_format_of(dgm_view name, dgm_output_format *out)
{
    for (size_t i = 0; i < DGM_N_OUTPUTS; i++) {
        if (dgm_view_eq(name, dgm_view_of(names[i]))) {
            *out = (dgm_output_format)i;
            return true;
        }
    }
    return false;
}

bool dgm_output_is_dyadic(dgm_output_format format)
{
    return kinds[format]->dyadic;
}

bool dgm_output_needs_codes(dgm_output_format format)
{
    return kinds[format]->pairs;
}

void dgm_write_header(const dgm_output_options *options, dgm_buffer *out)
{
    if (kinds[options->format]->header)
        kinds[options->format]->header(options, out);
}

/* Rows of pairs are counted by dgm_each_dyad(). */
static void write_as(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out)
{
    if (!kinds[options->format]->pairs)
        options->tally->n_rows++;
    kinds[options->format]->record(options, record, out);
}

static bool has_coded_side(const dgm_record *record)
{
    bool coded = false;
    for (uint32_t i = 0; i < record->actors.n; i++)
        coded = coded || record->actors.at[i].code.n > 0;
    for (uint32_t i = 0; i < record->recipients.n; i++)
        coded = coded || record->recipients.at[i].code.n > 0;
    return coded;
}

/* Why no row was written of a record that passed the filter. */
static dgm_left why_no_row(dgm_output_format format, const dgm_record *record)
{
    assert(kinds[format] && record);
    if (kinds[format]->needs_cameo && record->cameo.n == 0)
        return DGM_LEFT_NO_CAMEO;
    return has_coded_side(record) ? DGM_LEFT_ONE_SIDE : DGM_LEFT_NO_SIDE;
}

static void write_stripped(const dgm_output_options *options, const dgm_record *record,
                           dgm_buffer *out)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_record stripped;
    if (arena && dgm_record_without_text(record, arena, &stripped))
        write_as(options, &stripped, out);
    else
        out->failed = true;
    dgm_arena_free(arena);
}

void dgm_write_record(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out)
{
    const dgm_event_filter by_default = DGM_FILTER_DEFAULT;
    dgm_tally unasked = { .n_events = 0 };
    dgm_output_options counting = *options;
    dgm_tally *tally = counting.tally = options->tally ? options->tally : &unasked;
    uint64_t before = tally->n_rows;
    dgm_left why = dgm_event_filter_stops(options->filter ? options->filter : &by_default,
                                          dgm_output_is_dyadic(options->format), record);
    tally->n_events++;
    if (why == DGM_N_LEFT) {
        (options->without_text ? write_stripped : write_as)(&counting, record, out);
        why = tally->n_rows == before ? why_no_row(options->format, record) : DGM_N_LEFT;
    }
    if (why == DGM_N_LEFT)
        tally->n_written++;
    else
        tally->left[why]++;
}

static void write_footer(const dgm_output_options *options, dgm_buffer *out)
{
    if (kinds[options->format]->footer)
        kinds[options->format]->footer(options, out);
}

/* ---- files ---------------------------------------------------------------------------------- */

struct dgm_output {
    dgm_output_options options;
    dgm_output_to to;
    dgm_statistics *statistics; /* Stata and SPSS; else NULL */
    bool begun;                 /* a record has been written */
};

bool dgm_put_in_file(void *file, dgm_view bytes)
{
    return bytes.n == 0 || fwrite(bytes.p, 1, bytes.n, file) == bytes.n;
}

static dgm_status write_bytes(const dgm_output *output, dgm_view bytes, dgm_err *err)
{
    if (bytes.n == 0 || output->to.put(output->to.context, bytes))
        return DGM_OK;
    return dgm_fail(err, DGM_EIO, NULL, 0, "%s", strerror(errno));
}

static dgm_status write_part(const dgm_output *output,
                             void (*part)(const dgm_output_options *options, dgm_buffer *out),
                             dgm_err *err)
{
    dgm_buffer text = { 0 };
    part(&output->options, &text);
    dgm_status status = text.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output")
                                    : write_bytes(output, (dgm_view) { text.p, text.n }, err);
    dgm_buffer_done(&text);
    return status;
}

dgm_status dgm_output_open(const dgm_output_options *options, dgm_put_fn put, void *context,
                           dgm_output **out, dgm_err *err)
{
    dgm_output *output = calloc(1, sizeof(*output));
    if (!output)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    output->options = *options;
    output->to = (dgm_output_to) { put, context };
    dgm_status status =
        kinds[options->format]->open
            ? kinds[options->format]->open(options->format, output->to, &output->statistics, err)
            : write_part(output, dgm_write_header, err);
    if (status != DGM_OK) {
        free(output);
        return status;
    }
    *out = output;
    return DGM_OK;
}

dgm_status dgm_output_put(dgm_output *output, dgm_view bytes, dgm_err *err)
{
    if (output->statistics)
        return dgm_statistics_put(output->statistics, bytes, err);
    if (kinds[output->options.format]->begins_with_comma && !output->begun && bytes.n > 0)
        bytes = dgm_view_slice(bytes, 1, bytes.n);
    output->begun = output->begun || bytes.n > 0;
    return write_bytes(output, bytes, err);
}

dgm_status dgm_output_close(dgm_output *output, dgm_err *err)
{
    if (!output)
        return DGM_OK;
    dgm_status status = output->statistics ? dgm_statistics_close(output->statistics, err)
                                           : write_part(output, write_footer, err);
    free(output);
    return status;
}

void dgm_write_events(const dgm_output_options *options, const dgm_events *events,
                      const dgm_document *doc, dgm_buffer *out)
{
    uint32_t n = 0;
    const dgm_record *records = dgm_records_of(events, doc, &n);
    if (!records) {
        out->failed = true;
        return;
    }
    bool stories = options->format == DGM_OUTPUT_TABLE && options->show != DGM_SHOW_NOTHING;
    if (stories)
        dgm_write_story_head(options, doc, out);
    for (uint32_t i = 0; i < n; i++)
        dgm_write_record(options, &records[i], out);
    if (stories)
        dgm_buffer_put(out, DGM_VIEW("\n"));
}
