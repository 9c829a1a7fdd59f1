/* Counts as series: a row for each group and period, with zeros where nothing was reported, and
 * beside them how many stories were read, so that more news does not pass for more conflict. */
#include "store/period.h"
#include "store/select.h"

#include <string.h>

enum { KEYS = 2, COUNTS = 6, CELLS = KEYS + COUNTS + 2 };

typedef struct {
    const dgm_series *series;
    const dgm_filter *filter;
    dgm_row_out_fn fn;
    void *context;
    dgm_map *read;       /* period -> stories */
    uint64_t n_read;     /* of all periods */
    dgm_day first, last; /* periods to fill, by their first days; DGM_NO_DAY: none */
    dgm_buffer group;    /* of the row before, ended by NUL */
    dgm_cell key;        /* the same as a cell */
    bool begun, ended, no_memory;
    dgm_day next; /* the period that is due */
    uint64_t n_rows;
} writing;

/* The first day of the period that the day ("2020-10-02", or as periods are written) lies in. */
static dgm_day begin_of(dgm_by period, dgm_view text)
{
    static const char rest[] = "0000-01-01";
    char day[11];
    dgm_day out;
    if (text.n > 10 || text.n < 4)
        return DGM_NO_DAY;
    snprintf(day, sizeof day, "%.*s%s", DGM_FMT(text), rest + text.n);
    return dgm_day_parse(dgm_view_of(day), &out) ? dgm_period_begin(period, out) : DGM_NO_DAY;
}

/* ---- how many stories were read ------------------------------------------------------------- */

static bool take_read(void *context, const dgm_cell *cells, uint32_t n)
{
    writing *w = context;
    uint64_t read = (uint64_t)cells[w->series->per == DGM_PER_REPORT ? 1 : 2].integer;
    (void)n;
    w->n_read += read;
    w->no_memory =
        cells[0].kind == DGM_CELL_TEXT &&
        dgm_map_set(w->read, cells[0].text, (uint32_t)DGM_MIN(read, UINT32_MAX), NULL) != DGM_OK;
    return !w->no_memory;
}

static dgm_status count_read(dgm_store *store, writing *w, dgm_err *err)
{
    dgm_buffer sql = { 0 };
    dgm_cell days[2];
    uint32_t n = 0;
    dgm_buffer_printf(&sql,
                      "SELECT %s, count(*), count(DISTINCT e.original) FROM stories e WHERE"
                      " e.date IS NOT NULL",
                      dgm_group_sql(store, w->series->period));
    if (w->filter->from) {
        dgm_buffer_put(&sql, DGM_VIEW(" AND e.date >= ?"));
        days[n++] = dgm_text(dgm_view_of(w->filter->from));
    }
    if (w->filter->to) {
        dgm_buffer_put(&sql, DGM_VIEW(" AND e.date <= ?"));
        days[n++] = dgm_text(dgm_view_of(w->filter->to));
    }
    dgm_buffer_put(&sql, DGM_VIEW(" GROUP BY 1"));
    dgm_buffer_put(&sql, (dgm_view) { "", 1 });
    dgm_status status = sql.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a question")
                                   : dgm_sql_ask_once(store->db, sql.p, days, n, take_read, w, err);
    if (status == DGM_OK && w->no_memory)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    dgm_buffer_done(&sql);
    return status;
}

static uint64_t read_in(const writing *w, dgm_view period)
{
    uint32_t n = dgm_is_period(w->series->period) ? dgm_map_get(w->read, period) : 0;
    return !dgm_is_period(w->series->period) ? w->n_read : n == DGM_NONE ? 0 : n;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void give(writing *w, dgm_cell cells[CELLS])
{
    uint64_t read = w->series->per_stories ? read_in(w, cells[1].text) : 0;
    cells[KEYS + COUNTS] = dgm_int((int64_t)read);
    cells[KEYS + COUNTS + 1] = (dgm_cell) { .kind = DGM_CELL_NULL };
    if (read > 0)
        cells[KEYS + COUNTS + 1] =
            (dgm_cell) { .kind = DGM_CELL_REAL,
                         .real = (double)cells[KEYS].integer * 1000 / (double)read };
    if (w->filter->limit && w->n_rows == w->filter->limit)
        w->ended = true;
    else
        w->ended = !w->fn(w->context, cells, w->series->per_stories ? CELLS : KEYS + COUNTS);
    w->n_rows++;
}

/* Zeros from the period that is due up to `end`, excluded. */
static void give_zeros(writing *w, dgm_day end)
{
    char name[11];
    for (; w->next < end && !w->ended; w->next = dgm_period_after(w->series->period, w->next)) {
        dgm_cell cells[CELLS] = { w->key,
                                  dgm_text(dgm_period_name(w->series->period, w->next, name)) };
        for (int i = 0; i < COUNTS; i++)
            cells[KEYS + i] = dgm_int(0);
        give(w, cells);
    }
}

static bool is_same_group(const writing *w, const dgm_cell *cell)
{
    return w->begun && w->key.kind == cell->kind && w->key.integer == cell->integer &&
           dgm_view_eq(w->key.text, cell->text);
}

static void begin_group(writing *w, const dgm_cell *cell)
{
    w->group.n = 0;
    dgm_buffer_put(&w->group, dgm_cell_text(cell));
    w->key = *cell;
    w->key.text = (dgm_view) { w->group.p ? w->group.p : "", w->group.n };
    w->next = w->first;
    w->begun = true;
}

/* Past the last: whole series have been written. */
static dgm_day end_of(const writing *w)
{
    return dgm_period_after(w->series->period, w->last);
}

static bool take(void *context, const dgm_cell *row, uint32_t n)
{
    writing *w = context;
    dgm_cell cells[CELLS] = { { .kind = DGM_CELL_NULL } };
    bool fills = w->series->fill && w->first != DGM_NO_DAY;
    bool has_period = dgm_is_period(w->series->period); /* else rows have one cell less */
    cells[0] = row[0];
    memcpy(&cells[has_period ? 1 : KEYS], &row[1],
           DGM_MIN(n - 1, has_period ? KEYS - 1 + COUNTS : COUNTS) * sizeof *row);
    if (cells[0].kind != DGM_CELL_TEXT)
        cells[0].text = (dgm_view) { "", 0 };
    dgm_day due = fills && cells[1].kind == DGM_CELL_TEXT
                      ? begin_of(w->series->period, cells[1].text)
                      : DGM_NO_DAY;
    if (fills && !is_same_group(w, &cells[0])) {
        if (w->begun)
            give_zeros(w, end_of(w));
        begin_group(w, &cells[0]);
    }
    if (due != DGM_NO_DAY) {
        give_zeros(w, due);
        w->next = dgm_period_after(w->series->period, due);
    }
    if (!w->ended)
        give(w, cells);
    return !w->ended && !w->group.failed;
}

static bool take_range(void *context, const dgm_cell *row, uint32_t n)
{
    writing *w = context;
    dgm_day day =
        row[1].kind == DGM_CELL_TEXT ? begin_of(w->series->period, row[1].text) : DGM_NO_DAY;
    (void)n;
    if (day == DGM_NO_DAY)
        return true;
    w->first = w->first == DGM_NO_DAY ? day : DGM_MIN(w->first, day);
    w->last = DGM_MAX(w->last, day); /* DGM_NO_DAY is the least of all */
    return true;
}

static dgm_status find_range(dgm_store *store, writing *w, dgm_err *err)
{
    dgm_status status = DGM_OK;
    if (!w->filter->from || !w->filter->to)
        status = dgm_count_by_period(store, w->filter, DGM_BY_NOTHING, w->series->period,
                                     DGM_PER_REPORT, take_range, w, err);
    if (w->filter->from)
        w->first = begin_of(w->series->period, dgm_view_of(w->filter->from));
    if (w->filter->to)
        w->last = begin_of(w->series->period, dgm_view_of(w->filter->to));
    if (w->last == DGM_NO_DAY || w->first == DGM_NO_DAY)
        w->first = w->last = DGM_NO_DAY;
    return status;
}

dgm_status dgm_store_series(dgm_store *store, const dgm_filter *filter, const dgm_series *series,
                            dgm_row_out_fn fn, void *context, dgm_err *err)
{
    writing w = { .series = series,
                  .filter = filter,
                  .fn = fn,
                  .context = context,
                  .read = dgm_map_new(),
                  .first = DGM_NO_DAY,
                  .last = DGM_NO_DAY };
    dgm_status status =
        w.read ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    if (status == DGM_OK && series->per_stories)
        status = count_read(store, &w, err);
    if (status == DGM_OK && series->fill)
        status = find_range(store, &w, err);
    if (status == DGM_OK)
        status = dgm_count_by_period(store, filter, series->by, series->period, series->per, take,
                                     &w, err);
    if (status == DGM_OK && series->fill && w.first != DGM_NO_DAY) {
        /* A dyad of which nothing at all is reported is a series of zeros. */
        if (!w.begun && (series->by == DGM_BY_NOTHING || filter->dyad))
            begin_group(&w,
                        &(dgm_cell) { .kind = DGM_CELL_TEXT,
                                      .text = dgm_view_of(filter->dyad ? filter->dyad : "all") });
        if (w.begun)
            give_zeros(&w, end_of(&w));
    }
    if (status == DGM_OK && w.group.failed)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    dgm_buffer_done(&w.group);
    dgm_map_free(w.read);
    return status;
}
