/* dragoman relate: one sentence a row, the two sides marked in it, in; what the first does to the
 * second, out. See story/relate.h and
 * story/relations.h. */
#include "cli/marked.h"

#include "output/output.h"
#include "story/relations.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dgm_story *story;
    dgm_relations *relations; /* NULL: the rules alone */
    dgm_arena *arena;
    FILE *out;
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

static void put_or_null(FILE *out, const char *name, const char *text)
{
    fprintf(out, text && text[0] ? ",\"%s\":\"%s\"" : ",\"%s\":null", name, text);
}

static void write_row(const job *j, const dgm_document *doc, uint64_t number, const dgm_relation *r)
{
    const dgm_event *event = r->event == DGM_NONE ? NULL : &doc->events.at[r->event];
    fprintf(j->out, "{\"row\":%llu", (unsigned long long)number);
    put_or_null(j->out, "event_type", r->type);
    put_or_null(j->out, "cameo", event ? event->cameo : NULL);
    put_or_null(j->out, "polarity", event ? dgm_polarity_name(event->polarity) : NULL);
    put_or_null(j->out, "status", event ? dgm_factual_status_name(event->status) : NULL);
    fputs(",\"trigger\":", j->out);
    if (event)
        put_json(j->out, dgm_span_text(doc, event->trigger));
    else
        fputs("null", j->out);
    if (j->relations) {
        put_or_null(j->out, "rule_type", r->rule_type);
        fprintf(j->out, ",\"likelihood\":%.2f", r->likelihood);
    }
    if (event && !isnan(event->confidence))
        fprintf(j->out, ",\"confidence\":%.3f", event->confidence);
    fputs("}\n", j->out);
}

static bool relate_row(void *context, const dgm_marked_row *row)
{
    job *j = context;
    dgm_err err = { 0 };
    dgm_document doc;
    dgm_marks source = { .n = 0 }, target = { .n = 0 };
    dgm_relation relation;
    uint32_t i_event = DGM_NONE;
    dgm_arena_reset(j->arena);
    dgm_document_init(&doc, j->arena);
    doc.text = dgm_strip_marks(j->arena, row->marked, &source, &target);
    dgm_status status =
        doc.text.p ? dgm_story_relate(j->story, &doc, &source, &target, &i_event, &err)
                   : dgm_fail(&err, DGM_ENOMEM, row->file, row->line, "no memory for the sentence");
    if (status != DGM_OK) {
        snprintf(err.file, sizeof err.file, "%s", row->file);
        err.line = row->line;
        dgm_cli_say(&err);
        j->failed = true;
        return true;
    }
    const dgm_marked pair = { &source, &target };
    dgm_relations_judge(j->relations, j->story, &doc, &pair, i_event, &relation);
    write_row(j, &doc, row->number, &relation);
    return true;
}

/* ---- the command ---------------------------------------------------------------------------- */

/* False after a message. */
static bool load_relations(const dgm_arguments *arguments, job *j)
{
    dgm_err err = { 0 };
    dgm_complaints complaints = dgm_cli_complaints();
    if (strcmp(dgm_option_value(arguments, "judge"), "off") == 0)
        return true;
    const char *dir = dgm_cli_tables_dir(arguments);
    if (dir && dgm_relations_load(dir, &complaints, &j->relations, &err) == DGM_OK) {
        j->failed = complaints.n > 0;
        return true;
    }
    if (dir)
        dgm_cli_say(&err);
    return false;
}

static int run(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    job j = { .arena = dgm_arena_new() };
    dgm_coder *coder = dgm_cli_load(arguments);
    if (coder && j.arena && load_relations(arguments, &j) && (j.story = dgm_story_new(coder)) &&
        (j.out = dgm_cli_output(arguments))) {
        bool read = dgm_cli_each_marked(arguments->operands[0], false, relate_row, &j, &j.failed,
                                        &err) == DGM_OK;
        if (!read)
            dgm_cli_say(&err);
        code =
            dgm_cli_close(arguments, j.out) && read && !j.failed ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
        code = dgm_cli_exit_code(coder, code);
    }
    dgm_story_free(j.story);
    dgm_relations_free(j.relations);
    dgm_coder_free(coder);
    dgm_arena_free(j.arena);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_OUTPUT,
    { 0, "judge", "on|off", "on: weigh what the rules say against what was learned", "on" },
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

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
