/* dragoman tables check: every table is loaded as the coder loads it, every code must be within
 * reach of some rule, every rule must code its own example; what is wrong is said. */
#include "cli/cli.h"
#include "story/examples.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    size_t tables, rows;
} tally;

/* Rows of a table: lines that are neither comments nor empty, without the header. */
static void count_rows(const char *path, tally *total)
{
    enum { LARGEST = 256 << 20 };
    char *text = NULL;
    size_t n = 0, rows = 0;
    dgm_err err = { 0 };
    if (dgm_file_read(path, LARGEST, &text, &n, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return;
    }
    dgm_view rest = { text, n }, line;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        line = dgm_view_trim(line);
        rows += line.n > 0 && line.p[0] != '#';
    }
    free(text);
    total->tables++;
    total->rows += rows > 0 ? rows - 1 : 0;
}

/* The tables of one room's folder. */
static void count_folder(const char *dir, const char *name, tally *total)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char file[4600];
        if (!dgm_view_ends(dgm_view_of(entry->d_name), DGM_VIEW(".tsv")))
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        count_rows(file, total);
    }
    closedir(folder);
}

static tally count_all(const char *dir)
{
    tally total = { 0 };
    DIR *top = opendir(dir);
    if (!top)
        return total;
    for (struct dirent *entry; (entry = readdir(top)) != NULL;) {
        if (entry->d_name[0] != '.')
            count_folder(dir, entry->d_name, &total);
    }
    closedir(top);
    return total;
}

static int check(const dgm_arguments *arguments)
{
    const char *dir = dgm_cli_tables_dir(arguments);
    if (!dir)
        return DGM_EXIT_USAGE;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_coder *coder = NULL;
    dgm_err err = { 0 };
    dgm_codes *codes = NULL;
    if (dgm_coder_load(dir, dgm_option_value(arguments, "model"), &complaints, &coder, &err) !=
            DGM_OK ||
        dgm_codes_load(dir, &complaints, &codes, &err) != DGM_OK) {
        dgm_coder_free(coder);
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    size_t n_examples = 0;
    dgm_events_reach(coder->events, dir, &complaints);
    dgm_status status = dgm_examples_check(coder, dir, &complaints, &n_examples, &err);
    dgm_codes_free(codes);
    dgm_coder_free(coder);
    if (status != DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    tally total = count_all(dir);
    printf("%zu tables, %zu rows, %zu examples, %zu complaints\n", total.tables, total.rows,
           n_examples, complaints.n);
    return complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static const dgm_option options[] = { DGM_OPTION_TABLES, DGM_OPTION_MODEL };

const dgm_command dgm_command_tables_check = {
    .name = "tables check",
    .operands = "",
    .summary = "Load all tables of knowledge and say what is wrong in them, by file and line",
    .more = "Every code of the ontology must be within reach of some rule, and every rule of "
            "predicates/ must code its own example. Exits with 1 where there is any complaint.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = check,
};
