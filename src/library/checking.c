/* Every table is loaded as the coder loads it, every code must be within reach of some rule, every
 * rule must code its own example; what is wrong is said. */
#include "check/examples.h"
#include "check/reach.h"
#include "library/knowledge.h"
#include "output/codes.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Rows of a table: lines that are neither comments nor empty, without the header. */
static void count_rows(const char *path, dgm_complaints *complaints, dgm_tables_tally *total)
{
    enum { LARGEST = 256 << 20 };
    char *text = NULL;
    size_t n = 0, rows = 0;
    dgm_err err = { 0 };
    if (dgm_file_read(path, LARGEST, &text, &n, &err) != DGM_OK) {
        dgm_complain_of(complaints, &err);
        return;
    }
    dgm_view rest = { text, n }, line;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        line = dgm_view_trim(line);
        rows += line.n > 0 && line.p[0] != '#';
    }
    free(text);
    total->n_tables++;
    total->n_rows += rows > 0 ? rows - 1 : 0;
}

/* The tables of one room's folder. */
static void count_folder(dgm_view dir, const char *name, dgm_complaints *complaints,
                         dgm_tables_tally *total)
{
    char path[4096];
    snprintf(path, sizeof path, "%.*s/%s", DGM_FMT(dir), name);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char file[4600];
        if (!dgm_view_ends(dgm_view_of(entry->d_name), DGM_VIEW(".tsv")))
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        count_rows(file, complaints, total);
    }
    closedir(folder);
}

static void count_all(const char *dirs, dgm_complaints *complaints, dgm_tables_tally *total)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = dgm_folders_cut(dirs, folders);
    for (uint32_t i = 0; i < n; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%.*s", DGM_FMT(folders[i]));
        DIR *top = opendir(path);
        if (!top)
            continue;
        for (struct dirent *entry; (entry = readdir(top)) != NULL;) {
            if (entry->d_name[0] != '.')
                count_folder(folders[i], entry->d_name, complaints, total);
        }
        closedir(top);
    }
}

dgm_status dgm_tables_check(const char *tables_dirs, const char *model, dgm_complaints *complaints,
                            dgm_tables_tally *tally, dgm_err *err)
{
    dgm_coder *coder = NULL;
    dgm_codes *codes = NULL;
    *tally = (dgm_tables_tally) { .n_tables = 0 };
    dgm_status status = dgm_coder_load(tables_dirs, model, complaints, &coder, err);
    if (status == DGM_OK)
        status = dgm_codes_load(tables_dirs, complaints, &codes, err);
    if (status == DGM_OK) {
        coder->judged = 0; /* what the rules say by themselves is to be proved */
        dgm_events_reach(coder->events, tables_dirs, complaints);
        dgm_actors_audit(coder->actors, tables_dirs, complaints);
        status = dgm_examples_check(coder, complaints, &tally->n_examples, err);
    }
    if (status == DGM_OK)
        count_all(tables_dirs, complaints, tally);
    dgm_codes_free(codes);
    dgm_coder_free(coder);
    return status;
}
