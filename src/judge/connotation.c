/* How good or bad words sound. */
#include "judge/connotation.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 40 }; /* tenths */

struct connotation {
    dgm_map *scores; /* word -> tenths + MOST */
    dgm_complaints *complaints;
    bool failed;
};

static bool read_row(void *context, const dgm_row *row)
{
    connotation *c = context;
    double score;
    if (!dgm_parse_double(row->cell[1], &score) || fabs(score) * 10 > MOST) {
        dgm_complain(c->complaints, DGM_EFORMAT, row->file, row->line,
                     "a score is a number from -4 to 4");
        return true;
    }
    c->failed =
        dgm_map_set(c->scores, row->cell[0], (uint32_t)(lround(score * 10) + MOST), NULL) != DGM_OK;
    return !c->failed;
}

dgm_status connotation_load(const char *tables_dir, dgm_complaints *complaints, connotation **out,
                            dgm_err *err)
{
    static const char *const columns[] = { "word!", "score!", NULL };
    char folder[4096], *text = NULL;
    *out = NULL;
    if (!dgm_folders_holder(tables_dir, "english/connotation.tsv", folder, sizeof folder))
        return DGM_OK;
    connotation *c = calloc(1, sizeof(*c));
    dgm_status status = DGM_ENOMEM;
    if (c && (c->scores = dgm_map_new()) != NULL) {
        c->complaints = complaints;
        status = dgm_table_load(tables_dir, "english/connotation.tsv", columns, read_row, c,
                                complaints, &text);
    }
    free(text);
    if (status == DGM_OK && c->failed)
        status = DGM_ENOMEM;
    if (status != DGM_OK) {
        connotation_free(c);
        return dgm_fail(err, status, folder, 0, "the connotations of words cannot be loaded%s",
                        status == DGM_ENOMEM ? ": no memory" : "");
    }
    *out = c;
    return DGM_OK;
}

void connotation_free(connotation *c)
{
    if (!c)
        return;
    dgm_map_free(c->scores);
    free(c);
}

int connotation_of(const connotation *c, const dgm_tree *t, uint32_t word)
{
    if (!c)
        return 0;
    /* "approved" and "did not approve" sound alike. */
    bool verb = t->s->words[word].upos == DGM_VERB;
    uint32_t score = verb ? DGM_NONE : dgm_map_get(c->scores, t->forms[word]);
    if (score == DGM_NONE)
        score = dgm_map_get(c->scores, t->lemmas[word]);
    return score == DGM_NONE ? 0 : (int)score - MOST;
}
