/* Every table is loaded as the coder loads it, every code must be within reach of some rule, every
 * rule must code its own example; what is wrong is said. */
#include "check/examples.h"
#include "check/reach.h"
#include "library/knowledge.h"
#include "output/codes.h"
#include "story/relations.h"

#include <errno.h>
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

typedef struct {
    dgm_complaints *complaints;
    dgm_tables_tally *total;
} counting;

/* Tables lie in the rooms' folders, not beside these. */
static void count_table(void *context, const char *path, const char *name)
{
    counting *c = context;
    if (strchr(name, '/'))
        count_rows(path, c->complaints, c->total);
}

static void count_all(const char *dirs, dgm_complaints *complaints, dgm_tables_tally *total)
{
    counting c = { .complaints = complaints, .total = total };
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = dgm_folders_cut(dirs, folders);
    for (uint32_t i = 0; i < n; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%.*s", DGM_FMT(folders[i]));
        if (!dgm_folder_tables(path, count_table, &c))
            dgm_complain(complaints, DGM_EIO, path, 0, "its folders cannot be read: %s",
                         strerror(errno));
    }
}

dgm_status dgm_tables_check(const char *tables_dirs, const char *model, dgm_complaints *complaints,
                            dgm_tables_tally *tally, dgm_err *err)
{
    dgm_coder *coder = NULL;
    dgm_codes *codes = NULL;
    dgm_relations *relations = NULL;
    *tally = (dgm_tables_tally) { .n_tables = 0 };
    dgm_status status = dgm_coder_load(tables_dirs, model, complaints, &coder, err);
    if (status == DGM_OK)
        status = dgm_codes_load(tables_dirs, complaints, &codes, err);
    if (status == DGM_OK) /* which the coder does not read */
        status = dgm_relations_load(tables_dirs, complaints, &relations, err);
    if (status == DGM_OK) {
        coder->judged = 0; /* what the rules say by themselves is to be proved */
        dgm_events_reach(coder->events, tables_dirs, complaints);
        dgm_actors_audit(coder->actors, tables_dirs, complaints);
        status = dgm_examples_check(coder, complaints, &tally->n_examples, err);
    }
    if (status == DGM_OK)
        count_all(tables_dirs, complaints, tally);
    dgm_relations_free(relations);
    dgm_codes_free(codes);
    dgm_coder_free(coder);
    return status;
}
