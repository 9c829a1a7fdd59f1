/* dragoman relate: one sentence a row, the two sides marked in it, in; what the first does to the
 * second, out. See story/relate.h. */
#include "cli/cli.h"

#include "output/output.h"
#include "story/relate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_LIMIT = 1 << 20 };

typedef struct {
    dgm_story *story;
    dgm_arena *arena;
    FILE *out;
    const char *file;
    uint64_t row;
    bool failed;
} job;

/* ---- one row -------------------------------------------------------------------------------- */

static void put_json(FILE *out, dgm_view text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < 0x20)
            fprintf(out, "\\u%04x", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void write_row(const job *j, const dgm_document *doc, uint32_t i_event)
{
    fprintf(j->out, "{\"row\":%llu,", (unsigned long long)j->row);
    if (i_event == DGM_NONE) {
        fputs("\"event_type\":null,\"cameo\":null,\"polarity\":null,\"status\":null,"
              "\"trigger\":null}\n",
              j->out);
        return;
    }
    const dgm_event *event = &doc->events.at[i_event];
    fprintf(j->out, "\"event_type\":\"%s\",\"cameo\":", dgm_relation_class(j->story, doc, event));
    if (event->cameo[0])
        put_json(j->out, dgm_view_of(event->cameo));
    else
        fputs("null", j->out);
    fprintf(j->out, ",\"polarity\":\"%s\",\"status\":\"%s\",\"trigger\":",
            dgm_polarity_name(event->polarity), dgm_factual_status_name(event->status));
    put_json(j->out, dgm_span_text(doc, event->trigger));
    if (!isnan(event->confidence))
        fprintf(j->out, ",\"confidence\":%.3f", event->confidence);
    fputs("}\n", j->out);
}

static void relate_row(job *j, dgm_view marked, size_t line)
{
    dgm_err err = { 0 };
    dgm_document doc;
    dgm_marks source = { .n = 0 }, target = { .n = 0 };
    uint32_t i_event = DGM_NONE;
    dgm_arena_reset(j->arena);
    dgm_document_init(&doc, j->arena);
    doc.text = dgm_strip_marks(j->arena, marked, &source, &target);
    dgm_status status = dgm_utf8_invalid(doc.text) == SIZE_MAX
                            ? dgm_story_relate(j->story, &doc, &source, &target, &i_event, &err)
                            : dgm_fail(&err, DGM_EFORMAT, j->file, line, "invalid UTF-8");
    if (status != DGM_OK) {
        snprintf(err.file, sizeof err.file, "%s", j->file);
        err.line = line;
        dgm_cli_say(&err);
        j->failed = true;
        return;
    }
    write_row(j, &doc, i_event);
}

/* ---- the file ------------------------------------------------------------------------------- */

static uint32_t column_of(dgm_view header, const char *name)
{
    dgm_view cell;
    for (uint32_t i = 0; dgm_view_split(&header, '\t', &cell); i++)
        if (dgm_view_eq(dgm_view_trim(cell), dgm_view_of(name)))
            return i;
    return DGM_NONE;
}

static bool relate_file(job *j, dgm_err *err)
{
    char *bytes = NULL;
    size_t n = 0, line = 1;
    if (dgm_file_read(j->file, (size_t)1 << 30, &bytes, &n, err) != DGM_OK)
        return false;
    dgm_view rest = { bytes, n }, header, row;
    dgm_view_split(&rest, '\n', &header);
    uint32_t column = column_of(header, "marked_sentence");
    if (column == DGM_NONE) {
        free(bytes);
        dgm_fail(err, DGM_EFORMAT, j->file, 1, "no column is named marked_sentence");
        return false;
    }
    while (dgm_view_split(&rest, '\n', &row)) {
        line++;
        if (dgm_view_trim(row).n == 0)
            continue;
        dgm_view cell = { NULL, 0 };
        uint32_t i = 0;
        while (i <= column && dgm_view_split(&row, '\t', &cell))
            i++;
        j->row++;
        if (i <= column || cell.n > ROW_LIMIT) {
            dgm_err short_row = { 0 };
            dgm_fail(&short_row, DGM_EFORMAT, j->file, line,
                     i <= column ? "the row ends before its marked_sentence"
                                 : "the sentence is too long");
            dgm_cli_say(&short_row);
            j->failed = true;
            continue;
        }
        relate_row(j, dgm_view_trim(cell), line);
    }
    free(bytes);
    return true;
}

static int run(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    job j = { .file = arguments->operands[0], .arena = dgm_arena_new() };
    dgm_coder *coder = dgm_cli_load(arguments);
    if (coder && j.arena && (j.story = dgm_story_new(coder)) &&
        (j.out = dgm_cli_output(arguments))) {
        bool read = relate_file(&j, &err);
        if (!read)
            dgm_cli_say(&err);
        code =
            dgm_cli_close(arguments, j.out) && read && !j.failed ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
        code = dgm_cli_exit_code(coder, code);
    }
    dgm_story_free(j.story);
    dgm_coder_free(coder);
    dgm_arena_free(j.arena);
    return code;
}

static const dgm_option options[] = { DGM_OPTION_OUTPUT, DGM_OPTION_TABLES, DGM_OPTION_MODEL };

const dgm_command dgm_command_relate = {
    .name = "relate",
    .operands = "FILE",
    .summary = "Say what one marked side of a sentence does to the other",
    .more =
        "FILE is tab-separated with a header line. Its column marked_sentence holds one sentence\n"
        "per row, in which <s>the one who acts</s> and <t>the other side</t> are marked (a mark\n"
        "may be missing). Writes one JSON object per row: row (from 1), event_type, cameo,\n"
        "polarity, status, trigger; null if the sentence says nothing about the two. A concession\n"
        "that is only agreed to or promised counts as AGREE here.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
