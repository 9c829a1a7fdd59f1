#include "store/copies.h"
#include "store/links.h"

enum {
    DAYS_OF_COPIES = 7, /* outlets take a story over within a week */
    MOST_NEAR = 500
};

typedef struct {
    dgm_signature mine;
    int64_t original;          /* the least of all groups, so far */
    int64_t groups[MOST_NEAR]; /* originals of the stories that are like this one */
    uint32_t n;
} search;

static bool compare(void *context, const dgm_cell *cells, uint32_t n)
{
    search *s = context;
    dgm_signature other = { .n_shingles = 0 };
    (void)n;
    if (!dgm_signature_read(cells[1].text, (uint32_t)cells[2].integer, &other) ||
        !dgm_is_copy(&s->mine, &other))
        return true;
    int64_t group = cells[0].integer;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->groups[i] == group)
            return true;
    s->groups[s->n++] = group;
    if (group < s->original)
        s->original = group;
    return s->n < MOST_NEAR;
}

static const char near_stories[] =
    "SELECT g.original, g.minima, g.n_shingles FROM signatures g WHERE g.story IN"
    " (SELECT story FROM bands WHERE band IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?))"
    " AND g.day BETWEEN ? AND ? ORDER BY g.story LIMIT 500";

/* Groups that a story is found to belong to together become one. */
static dgm_status join_groups(dgm_sql *db, const search *s, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < s->n && status == DGM_OK; i++) {
        const dgm_cell to = dgm_int(s->original), from = dgm_int(s->groups[i]);
        if (s->groups[i] == s->original)
            continue;
        status = DGM_DO(db,
                        "UPDATE signatures SET original = ? WHERE story IN"
                        " (SELECT story FROM stories WHERE original = ?)",
                        err, to, from);
        if (status == DGM_OK)
            status =
                DGM_DO(db, "UPDATE stories SET original = ? WHERE original = ?", err, to, from);
    }
    return status;
}

dgm_status dgm_store_original(dgm_store *store, int64_t story, const dgm_packed *in,
                              int64_t *original, dgm_err *err)
{
    dgm_cell cells[DGM_N_BANDS + 2];
    search s = { .original = story };
    int64_t day = dgm_day_number(in->date);
    *original = story;
    if (in->n_shingles == 0 || !dgm_signature_read(in->signature, in->n_shingles, &s.mine))
        return DGM_OK;
    for (uint32_t i = 0; i < DGM_N_BANDS; i++)
        cells[i] = dgm_int(in->bands[i]);
    cells[DGM_N_BANDS] = dgm_int(day - DAYS_OF_COPIES);
    cells[DGM_N_BANDS + 1] = dgm_int(day + DAYS_OF_COPIES);
    dgm_status status =
        dgm_sql_ask(store->db, near_stories, cells, DGM_LEN(cells), compare, &s, err);
    *original = s.original;
    return status == DGM_OK ? join_groups(store->db, &s, err) : status;
}
