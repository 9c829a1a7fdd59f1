/* dragoman train segmenter: learns where sentences end and tokens are cut, and puts it into a model
 * file. */
#include "cli/cli.h"
#include "syntax/segment.h"

static int train_segmenter(const dgm_arguments *arguments)
{
    const char *dir = dgm_cli_tables_dir(arguments);
    if (!dir)
        return DGM_EXIT_USAGE;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    char *section = NULL;
    size_t n = 0;
    dgm_status status = dgm_segmenter_train((const char *const *)arguments->operands,
                                            (uint32_t)arguments->n_operands, dir, stderr,
                                            &complaints, &section, &n, &err);
    return dgm_cli_keep_section(arguments, "segmenter", section, n, status, &complaints, &err);
}

static const dgm_option options[] = {
    DGM_OPTION_TABLES,
    { 0, "model", "FILE", "put the section \"segmenter\" into this model file", "english.dgm" },
};

const dgm_command dgm_command_train_segmenter = {
    .name = "train segmenter",
    .operands = "FILE...",
    .summary = "Learn sentence ends and token cuts from CoNLL-U, into a model file",
    .more =
        "The text is rebuilt from the forms, SpaceAfter=No and `# newpar`. Abbreviations come\n"
        "from english/abbreviations.tsv of the tables. Other sections of the model file are kept.\n"
        "The same files give the same bytes.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_segmenter,
};
