/* dragoman relate: one sentence a row, the two sides marked in it, in; what the first does to the
 * second, out. See story/relate.h and
 * story/relations.h. */
#include "cli/marked.h"

#include "library/relation.h"
#include "story/relate.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    dgm_story *story;
    dgm_relations *relations; /* NULL: the rules alone */
    dgm_arena *arena;
    FILE *out;
    dgm_complaints complaints;
} job;

/* ---- one row -------------------------------------------------------------------------------- */

static bool relate_row(void *context, const dgm_marked_row *row)
{
    job *j = context;
    dgm_err err = { 0 };
    dgm_document doc;
    dgm_relation relation;
    dgm_buffer line = { 0 };
    const char *fault = dgm_marks_fault(row->marked);
    if (fault) /* and answered as well as it may be: one row out is one row in */
        dgm_complain(&j->complaints, DGM_EFORMAT, row->file, row->line, "%s", fault);
    dgm_status status =
        dgm_relations_answer(j->relations, j->story, j->arena, row->marked, &doc, &relation, &err);
    if (status == DGM_OK) {
        dgm_write_relation(&doc, &relation, j->relations != NULL, row->number, &line);
        if (line.failed)
            status = dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the output");
        (void)dgm_put_in_file(j->out, (dgm_view) { line.p, line.n }); /* told when it is closed */
    }
    dgm_buffer_done(&line);
    if (status == DGM_OK)
        return true;
    snprintf(err.file, sizeof err.file, "%s", row->file);
    err.line = row->line;
    dgm_complain_of(&j->complaints, &err);
    return true;
}

/* ---- the command ---------------------------------------------------------------------------- */

/* False after a message. */
static bool load_relations(const dgm_arguments *arguments, job *j)
{
    dgm_err err = { 0 };
    if (strcmp(dgm_option_value(arguments, "judge"), "off") == 0)
        return true;
    const char *dir = dgm_cli_tables_dir(arguments);
    if (dir && dgm_relations_load(dir, &j->complaints, &j->relations, &err) == DGM_OK)
        return true;
    if (dir)
        dgm_cli_say(&err);
    return false;
}

static int run(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    job j = { .arena = dgm_arena_new(), .complaints = dgm_cli_complaints() };
    dgm_coder *coder = dgm_cli_load(arguments);
    if (coder)
        j.story = dgm_story_new(coder);
    if (coder && (!j.arena || !j.story))
        code = dgm_cli_no_memory();
    else if (coder && load_relations(arguments, &j) && (j.out = dgm_cli_output(arguments))) {
        bool read = dgm_cli_each_marked(arguments->operands[0], false, relate_row, &j,
                                        &j.complaints, &err) == DGM_OK;
        dgm_cli_complaints_end(&j.complaints);
        if (!read)
            dgm_cli_say(&err);
        code = dgm_cli_close(arguments, j.out) && read && j.complaints.n == 0 ? DGM_EXIT_OK
                                                                              : DGM_EXIT_REFUSED;
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
        "may be missing; a side that is named several times may be marked each time, up to eight\n"
        "times). Writes one JSON object per row: row (from 1), event_type, cameo, polarity,\n"
        "status, trigger. A concession that is only agreed to or promised counts as AGREE here.\n"
        "What was learned from marked sentences (model/relate.tsv) is weighed against the rules,\n"
        "and always finds some event_type: likelihood is that of event_type among all types,\n"
        "rule_type the rules' own answer, null if they find nothing. With --judge off event_type\n"
        "is the rules' own answer.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
