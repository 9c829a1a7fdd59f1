/* dragoman explain: one text, and why it is coded as it is. */
#include "cli/cli.h"

#include "output/output.h"

#include <stdlib.h>
#include <unistd.h>

/* An operand that is no file is the text itself. */
static dgm_status open_operand(const char *operand, const dgm_reader_options *options,
                               dgm_reader **out, dgm_err *err)
{
    dgm_view text = dgm_view_of(operand);
    bool is_file = dgm_view_eq(text, DGM_VIEW("-")) || access(operand, F_OK) == 0;
    bool has_space = dgm_view_find(text, DGM_VIEW(" ")) != SIZE_MAX;
    if (is_file || !has_space)
        return dgm_reader_open(operand, options, out, err);
    return dgm_reader_open_memory(text.p, text.n, "text", options, out, err);
}

static dgm_status explain_next(dgm_reader *reader, dgm_story *story, dgm_arena *arena, dgm_err *err)
{
    dgm_document doc;
    dgm_status status = dgm_reader_next(reader, arena, &doc, err);
    if (status != DGM_OK)
        return status;
    doc.explain = true;
    status = dgm_story_code(story, &doc, err);
    if (status != DGM_OK)
        return status;
    dgm_buffer text = { 0 };
    dgm_write_explanation(&doc, isatty(STDOUT_FILENO) && !getenv("NO_COLOR"), &text);
    if (text.failed)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the explanation");
    else if (text.n > 0)
        fwrite(text.p, 1, text.n, stdout);
    dgm_buffer_done(&text);
    return status;
}

static int explain_all(const dgm_coder *coder, const char *operand,
                       const dgm_reader_options *options)
{
    dgm_err err = { 0 };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_story *story = dgm_story_new(coder);
    dgm_status status = arena && story
                            ? open_operand(operand, options, &reader, &err)
                            : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    while (status == DGM_OK) {
        status = explain_next(reader, story, arena, &err);
        if (arena)
            dgm_arena_reset(arena);
    }
    dgm_reader_free(reader);
    dgm_story_free(story);
    dgm_arena_free(arena);
    if (status != DGM_END)
        dgm_cli_say(&err);
    return status == DGM_END && options->complaints->n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

/* "--rule v0005": where the rule stands and what it says. */
static int explain_rule(const dgm_coder *coder, const char *tables_dir, const char *id)
{
    dgm_rule_text rule;
    dgm_err err = { 0 };
    if (dgm_rule_called(coder->events, tables_dir, id, &rule, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    const char *type = rule.type == DGM_EVENT_NONE ? "silent" : rule.type_name;
    printf("%.*s  %s:%zu\n  pattern: %.*s\n  gives: %s %.*s\n  example: %.*s\n",
           DGM_FMT(rule.source), rule.table, rule.line, DGM_FMT(rule.pattern), type,
           DGM_FMT(rule.cameo), DGM_FMT(rule.example));
    return DGM_EXIT_OK;
}

static int explain(const dgm_arguments *arguments)
{
    const char *rule = dgm_option_value(arguments, "rule");
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_reader_options options;
    if (!dgm_cli_reader_options(arguments, &complaints, &options))
        return DGM_EXIT_USAGE;
    options.date_optional = true;
    if (!rule && arguments->n_operands == 0) {
        dgm_err err = { 0 };
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "explain needs TEXT|FILE... or --rule");
        return dgm_cli_usage(arguments, &err);
    }
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    int code = rule ? explain_rule(coder, dgm_cli_tables_dir(arguments), rule) : DGM_EXIT_OK;
    for (size_t i = 0; i < arguments->n_operands; i++) {
        int result = explain_all(coder, arguments->operands[i], &options);
        code = DGM_MAX(code, result);
    }
    dgm_cli_complaints_end(&complaints);
    code = dgm_cli_exit_code(coder, code);
    dgm_coder_free(coder);
    return code;
}

static const dgm_option options[] = {
    { 0, "rule", "ID", "show the rule with this id, or at this file and line, new or old", NULL },
    DGM_OPTIONS_READING,
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
    DGM_OPTIONS_JUDGE
};

const dgm_command dgm_command_explain = {
    .name = "explain",
    .operands = "[TEXT|FILE...]",
    .summary = "Show why a text is coded as it is",
    .more = "For each sentence: its tree, who is mentioned and by which row of which table, the\n"
            "events, the rule that fired, and what changed polarity, status and attribution.\n"
            "An operand that is not a file and contains a blank is the text itself, dated by\n"
            "--date.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 0,
    .max_operands = SIZE_MAX,
    .run = explain,
};
