#include "output/output.h"

#include "output/writers.h"

#include <string.h>

bool dgm_output_format_of(dgm_view name, dgm_output_format *out)
{
    static const struct {
        const char *name;
        dgm_output_format format;
    } formats[] = { { "jsonl", DGM_OUTPUT_JSONL },
                    { "csv", DGM_OUTPUT_CSV },
                    { "table", DGM_OUTPUT_TABLE } };
    for (size_t i = 0; i < DGM_LEN(formats); i++) {
        if (dgm_view_eq(name, dgm_view_of(formats[i].name))) {
            *out = formats[i].format;
            return true;
        }
    }
    return false;
}

void dgm_write_header(const dgm_output_options *options, dgm_buffer *out)
{
    if (options->format == DGM_OUTPUT_CSV)
        dgm_write_csv_header(out);
    else if (options->format == DGM_OUTPUT_TABLE)
        dgm_write_table_header(options, out);
}

void dgm_write_record(const dgm_output_options *options, const dgm_record *record, dgm_buffer *out)
{
    switch (options->format) {
    case DGM_OUTPUT_JSONL:
        dgm_write_jsonl(record, out);
        break;
    case DGM_OUTPUT_CSV:
        dgm_write_csv(record, out);
        break;
    case DGM_OUTPUT_TABLE:
        dgm_write_table(options, record, out);
        break;
    }
}

void dgm_write_footer(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options; /* no format has one so far */
    (void)out;
}

void dgm_write_events(const dgm_output_options *options, const dgm_events *events,
                      const dgm_document *doc, dgm_buffer *out)
{
    uint32_t n = 0;
    const dgm_record *records = dgm_records_of(events, doc, &n);
    if (!records)
        out->failed = true;
    for (uint32_t i = 0; i < n; i++)
        dgm_write_record(options, &records[i], out);
}
