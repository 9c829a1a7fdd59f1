/* dragoman train names: learns which spans of a parsed sentence are names, and puts it into a model
 * file that has a parser. */
#include "cli/cli.h"
#include "syntax/names.h"

static int train_names(const dgm_arguments *arguments)
{
    const char *dir = dgm_cli_tables_dir(arguments);
    if (!dir)
        return DGM_EXIT_USAGE;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    dgm_model *model = NULL;
    char *section = NULL;
    size_t n = 0;
    dgm_status status = dgm_model_load_nameless(dgm_option_value(arguments, "model"), &model, &err);
    if (status == DGM_OK)
        status = dgm_names_train((const char *const *)arguments->operands,
                                 (uint32_t)arguments->n_operands, model, dir, stderr, &complaints,
                                 &section, &n, &err);
    dgm_model_free(model);
    return dgm_cli_keep_section(arguments, "names", section, n, status, &complaints, &err);
}

static const dgm_option options[] = {
    DGM_OPTION_TABLES,
    { 0, "model", "FILE", "parse with this model file and put the section \"names\" into it",
      "english.dgm" },
};

const dgm_command dgm_command_train_names = {
    .name = "train names",
    .operands = "FILE...",
    .summary = "Learn from CoNLL-U which parts of a tree are names, into a model file",
    .more =
        "Names are GUM's `Entity` in MISC; a FILE that is named twice counts twice. Train the\n"
        "parser first, and the names again after any change to it. Other sections of the model\n"
        "file are kept. The same files give the same bytes.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_names,
};
