/* dragoman tables check: what is wrong with the tables is said.
 * dragoman tables import: dictionaries of TABARI and PETRARCH as tables. */
#include "cli/cli.h"
#include "dictionary/dictionary.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int check(const dgm_arguments *arguments)
{
    const char *dir = dgm_cli_tables_dir(arguments);
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_tables_tally tally;
    dgm_err err = { 0 };
    uint64_t most = 0;
    if (!dgm_option_number(arguments, "max", 0, UINT32_MAX, &most, &err))
        return dgm_cli_usage(arguments, &err);
    complaints.most = most;
    if (!dir)
        return DGM_EXIT_USAGE;
    if (dgm_tables_check(dir, dgm_option_value(arguments, "model"), &complaints, &tally, &err) !=
        DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    dgm_cli_complaints_end(&complaints);
    printf("%zu %s, %zu %s, %zu %s, %zu %s\n", tally.n_tables,
           dgm_word_for(tally.n_tables, "table", "tables"), tally.n_rows,
           dgm_word_for(tally.n_rows, "row", "rows"), tally.n_examples,
           dgm_word_for(tally.n_examples, "example", "examples"), complaints.n,
           dgm_word_for(complaints.n, "complaint", "complaints"));
    return complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static const dgm_option options[] = {
    { 'n', "max", "N", "list at most N errors; 0: all", "100" },
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_tables_check = {
    .name = "tables check",
    .operands = "",
    .summary = "Check all tables and list the errors by file and line",
    .more = "Some rule must be able to give each code of the codebook, and every rule of\n"
            "rules/ must code its own example. Rows of actors/ that load well and yet must code\n"
            "somebody wrongly are named too: a role that names a state but has no country, a\n"
            "person of two states at once. Exits with 1 if there is any error.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = check,
};

/* ---- import --------------------------------------------------------------------------------- */

static dgm_status read_dictionary(dgm_dictionary *dictionary, const char *path,
                                  dgm_complaints *complaints, dgm_err *err)
{
    enum { LARGEST = 64 << 20 };
    char *text = NULL;
    size_t n = 0;
    dgm_dictionary_kind kind = dgm_dictionary_kind_of(path);
    if (kind == DGM_N_DICTIONARY_KINDS) {
        dgm_complain(complaints, DGM_EUSAGE, path, 0,
                     "its name contains none of actors, agents, verbs, CAMEO, discards; left out");
        return DGM_OK;
    }
    dgm_status status = dgm_file_read(path, LARGEST, &text, &n, err);
    if (status == DGM_OK)
        status =
            dgm_dictionary_read(dictionary, kind, path, (dgm_view) { text, n }, complaints, err);
    free(text);
    return status;
}

static int import(const dgm_arguments *arguments)
{
    const char *dirs = dgm_cli_tables_dir(arguments), *to = dgm_option_value(arguments, "to");
    dgm_view folders[DGM_MAX_FOLDERS];
    char base[4096];
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    if (!dirs)
        return DGM_EXIT_USAGE;
    (void)dgm_folders_cut(dirs, folders); /* own tables stay beside the result */
    snprintf(base, sizeof base, "%.*s", DGM_FMT(folders[0]));
    if (!to) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--to names the folder to write");
        return dgm_cli_usage(arguments, &err);
    }
    dgm_dictionary_tally written = { 0 };
    dgm_dictionary *dictionary = dgm_dictionary_new();
    dgm_status status = dictionary ? DGM_OK : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory");
    for (size_t i = 0; status == DGM_OK && i < arguments->n_operands; i++)
        status = read_dictionary(dictionary, arguments->operands[i], &complaints, &err);
    if (status == DGM_OK)
        status = dgm_dictionary_write(dictionary, base, to, dgm_option_given(arguments, "beside"),
                                      &complaints, &written, &err);
    dgm_dictionary_free(dictionary);
    dgm_cli_complaints_end(&complaints);
    if (status != DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    printf("%u %s of actors, %u %s, %u %s of synonyms, %u %s, %u %s; %zu %s\n", written.actors,
           dgm_word_for(written.actors, "name", "names"), written.agents,
           dgm_word_for(written.agents, "agent", "agents"), written.classes,
           dgm_word_for(written.classes, "set", "sets"), written.patterns,
           dgm_word_for(written.patterns, "pattern", "patterns"), written.discards,
           dgm_word_for(written.discards, "discard", "discards"), complaints.n,
           dgm_word_for(complaints.n, "complaint", "complaints"));
    return complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static const dgm_option import_options[] = {
    { 0, "to", "DIR", "write the tables into DIR, which must be new or empty", NULL },
    { 0, "beside", NULL, "add what is imported to our rows instead of replacing them", NULL },
    DGM_OPTION_TABLES,
};

const dgm_command dgm_command_tables_import = {
    .name = "tables import",
    .operands = "FILE...",
    .summary = "Make tables from dictionaries of TABARI and PETRARCH",
    .more =
        "The kind of a FILE is recognised by its name: actors, agents, discards, verbs or CAMEO.\n"
        "Imported tables replace ours of the same kind; everything else is copied. Use the\n"
        "result with --tables, and with --judge off --sides rules, since the judge was trained\n"
        "on our rules. Lines that cannot be read or expressed in our tables are listed on\n"
        "standard error by file and line; the rest is imported.",
    .options = import_options,
    .n_options = DGM_LEN(import_options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = import,
};
