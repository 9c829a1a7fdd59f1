#include "store/sql.h"

#include <math.h>
#include <string.h>

dgm_cell dgm_real(double value)
{
    if (isnan(value))
        return (dgm_cell) { .kind = DGM_CELL_NULL };
    return (dgm_cell) { .kind = DGM_CELL_REAL, .real = value };
}

dgm_cell dgm_text(dgm_view value)
{
    return (dgm_cell) { .kind = value.n ? DGM_CELL_TEXT : DGM_CELL_NULL, .text = value };
}

dgm_view dgm_cell_text(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_TEXT ? cell->text : (dgm_view) { "", 0 };
}

dgm_status dgm_sql_stopped(dgm_sql *db, dgm_err *err)
{
    db->stopped = true;
    return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the store was asked for what takes too long");
}

dgm_status dgm_sql_do(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n, dgm_err *err)
{
    return db->engine->run(db, sql, true, cells, n, NULL, NULL, err);
}

dgm_status dgm_sql_ask(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                       dgm_row_out_fn fn, void *context, dgm_err *err)
{
    return db->engine->run(db, sql, true, cells, n, fn, context, err);
}

dgm_status dgm_sql_ask_once(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                            dgm_row_out_fn fn, void *context, dgm_err *err)
{
    return db->engine->run(db, sql, false, cells, n, fn, context, err);
}

static bool take_number(void *context, const dgm_cell *cells, uint32_t n)
{
    int64_t *out = context;
    if (n > 0 && cells[0].kind == DGM_CELL_INT)
        *out = cells[0].integer;
    return false;
}

dgm_status dgm_sql_number(dgm_sql *db, const char *sql, const dgm_cell *cells, uint32_t n,
                          int64_t *out, dgm_err *err)
{
    return dgm_sql_ask(db, sql, cells, n, take_number, out, err);
}

typedef struct {
    dgm_map *map;
    bool (*put)(dgm_map *map, const dgm_cell *cells);
    bool failed;
} knowing;

static bool take_known(void *context, const dgm_cell *cells, uint32_t n)
{
    knowing *k = context;
    (void)n;
    k->failed = !k->put(k->map, cells);
    return !k->failed;
}

dgm_status dgm_sql_know(dgm_sql *db, const char *sql, const char *what,
                        bool (*put)(dgm_map *map, const dgm_cell *cells), dgm_map **out,
                        dgm_err *err)
{
    knowing k = { .map = dgm_map_new(), .put = put };
    dgm_status status = k.map ? dgm_sql_ask(db, sql, NULL, 0, take_known, &k, err) : DGM_OK;
    if (status == DGM_OK && (!k.map || k.failed))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for %s", what);
    if (status == DGM_OK)
        *out = k.map;
    else
        dgm_map_free(k.map);
    return status;
}

dgm_status dgm_sql_script(dgm_sql *db, const char *script, dgm_err *err)
{
    const struct {
        const char *word, *means;
    } words[] = { { "@key", db->engine->key },
                  { "@int", db->engine->integer },
                  { "@real", db->engine->real },
                  { "@bytes", db->engine->bytes },
                  { "@packed", db->engine->packed } };
    dgm_buffer text = { 0 };
    if (!strchr(script, '@')) /* a transaction is taken back also where there is no memory */
        return db->engine->script(db, script, err);
    for (const char *p = script; *p;) {
        size_t i = 0;
        while (i < DGM_LEN(words) && strncmp(p, words[i].word, strlen(words[i].word)) != 0)
            i++;
        if (i < DGM_LEN(words)) {
            dgm_buffer_put(&text, dgm_view_of(words[i].means));
            p += strlen(words[i].word);
        } else {
            dgm_buffer_put(&text, (dgm_view) { p++, 1 });
        }
    }
    dgm_buffer_put(&text, (dgm_view) { "", 1 });
    dgm_status status = text.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the tables")
                                    : db->engine->script(db, text.p, err);
    dgm_buffer_done(&text);
    return status;
}
