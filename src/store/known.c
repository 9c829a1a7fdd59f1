/* Whether a word of a filter is any in the store, and which there are: asked when a word is in no
 * table, so that a slip of the pen does not pass for an empty answer. */
#include "store/sql.h"

typedef struct {
    dgm_word_out_fn fn;
    void *context;
} listener;

static bool give(void *context, const dgm_cell *cells, uint32_t n)
{
    const listener *l = context;
    if (n > 0 && cells[0].kind == DGM_CELL_TEXT)
        l->fn(l->context, cells[0].text);
    return true;
}

static const char *const exists[] = {
    [DGM_WORD_WHO] = "SELECT 1 WHERE EXISTS (SELECT 1 FROM participants WHERE country = ?)"
                     " OR EXISTS (SELECT 1 FROM participants WHERE code = ?)"
                     " OR EXISTS (SELECT 1 FROM participants WHERE name = ?)"
                     " OR EXISTS (SELECT 1 FROM participants WHERE side = ?)"
                     " OR EXISTS (SELECT 1 FROM attributions WHERE country = ?)"
                     " OR EXISTS (SELECT 1 FROM attributions WHERE code = ?)"
                     " OR EXISTS (SELECT 1 FROM attributions WHERE name = ?)",
    [DGM_WORD_PLACE] = "SELECT 1 WHERE EXISTS (SELECT 1 FROM locations WHERE country = ?)"
                       " OR EXISTS (SELECT 1 FROM locations WHERE name = ?)",
    [DGM_WORD_MODE] = "SELECT 1 WHERE EXISTS (SELECT 1 FROM events WHERE mode = ?)",
};
static const uint32_t n_values[] = {
    [DGM_WORD_WHO] = 7, [DGM_WORD_PLACE] = 2, [DGM_WORD_MODE] = 1
};

static const char *const all[] = {
    [DGM_WORD_WHO] = "SELECT country FROM participants UNION SELECT code FROM participants"
                     " UNION SELECT name FROM participants UNION SELECT code FROM attributions"
                     " UNION SELECT name FROM attributions",
    [DGM_WORD_PLACE] = "SELECT country FROM locations UNION SELECT name FROM locations",
    [DGM_WORD_MODE] = "SELECT DISTINCT mode FROM events",
};

dgm_status dgm_store_knows(dgm_store *store, dgm_word_kind kind, dgm_view word, bool *known,
                           dgm_err *err)
{
    dgm_cell cells[7];
    int64_t found = 0;
    for (size_t i = 0; i < DGM_LEN(cells); i++)
        cells[i] = (dgm_cell) { .kind = DGM_CELL_TEXT, .text = word };
    dgm_status status = dgm_sql_number(store->db, exists[kind], cells, n_values[kind], &found, err);
    if (status == DGM_OK)
        *known = found != 0;
    return status;
}

dgm_status dgm_store_words(dgm_store *store, dgm_word_kind kind, dgm_word_out_fn fn, void *context,
                           dgm_err *err)
{
    listener l = { fn, context };
    return dgm_sql_ask(store->db, all[kind], NULL, 0, give, &l, err);
}
