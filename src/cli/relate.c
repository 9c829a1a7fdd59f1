/* dragoman relate: one sentence a row, the two sides marked in it, in; what the first does to the
 * second, out. See story/relate.h and
 * story/relations.h. */
#include "cli/marked.h"

#include "output/text.h"
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

/* An event's columns, or as many nulls. */
static void put_event(const dgm_document *doc, const dgm_event *event, dgm_buffer *out)
{
    dgm_json_text_or_null(out, "cameo", dgm_view_of(event ? event->cameo : NULL));
    dgm_json_text_or_null(out, "polarity",
                          dgm_view_of(event ? dgm_polarity_name(event->polarity) : NULL));
    dgm_json_text_or_null(out, "status",
                          dgm_view_of(event ? dgm_factual_status_name(event->status) : NULL));
    dgm_json_text_or_null(out, "trigger",
                          event ? dgm_span_text(doc, event->trigger) : dgm_view_of(NULL));
}

static void write_row(job *j, const dgm_document *doc, uint64_t number, const dgm_relation *r)
{
    const dgm_event *event = r->event == DGM_NONE ? NULL : &doc->events.at[r->event];
    dgm_buffer row = { 0 };
    dgm_buffer_printf(&row, "{\"row\":%llu", (unsigned long long)number);
    dgm_json_text_or_null(&row, "event_type", dgm_view_of(r->type));
    put_event(doc, event, &row);
    if (j->relations) {
        dgm_json_text_or_null(&row, "rule_type", dgm_view_of(r->rule_type));
        dgm_buffer_printf(&row, ",\"likelihood\":%.2f", r->likelihood);
    }
    if (event && !isnan(event->confidence))
        dgm_buffer_printf(&row, ",\"confidence\":%.3f", event->confidence);
    dgm_buffer_put(&row, DGM_VIEW("}\n"));
    if (row.failed) {
        fputs("dragoman: no memory for the output\n", stderr);
        j->failed = true;
    }
    (void)fwrite(row.p, 1, row.n, j->out); /* what fails is told when the file is closed */
    dgm_buffer_done(&row);
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
        "that is only agreed to or promised counts as AGREE here. What was learned from marked\n"
        "sentences (model/relate.tsv) is weighed against the rules: rule_type is the rules' own\n"
        "answer, likelihood that of event_type among all types.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
