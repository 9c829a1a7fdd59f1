/* How many events fell on each day, by quad: from sums, or from an index that holds all that the
 * filter asks, or else from the events themselves. */
#include "store/columns.h"
#include "store/links.h"
#include "store/select.h"

#include "store/period.h"

#include <stdlib.h>
#include <string.h>

enum { QUADS = 5 };

typedef struct {
    dgm_by period;
    dgm_period_out_fn fn;
    void *context;
    unsigned char *quads; /* of each kind: its quad + 1; 0: it does not pass */
    size_t n_quads;
    int64_t day; /* the last one seen */
    bool begun, ended, no_memory, damaged;
    char name[11], due[11]; /* of the period in hand */
    uint64_t n[QUADS];
} walk;

/* ---- periods -------------------------------------------------------------------------------- */

static bool flush(walk *w)
{
    if (w->begun && !w->ended)
        w->ended = !w->fn(w->context, dgm_view_of(w->name), w->n);
    memset(w->n, 0, sizeof w->n);
    return !w->ended;
}

/* Days come in order. */
static bool add(walk *w, int64_t day, uint64_t quad, uint64_t n)
{
    if (!w->begun || day != w->day) {
        char name[11];
        (void)dgm_period_name(w->period, day, name);
        if (!w->begun || strcmp(name, w->name) != 0) {
            if (!flush(w))
                return false;
            memcpy(w->name, name, sizeof name);
            w->begun = true;
        }
        w->day = day;
    }
    w->n[DGM_MIN(quad, QUADS - 1)] += n;
    return true;
}

/* ---- by kinds ------------------------------------------------------------------------------- */

static bool take_kind(void *context, const dgm_cell *cells, uint32_t n)
{
    walk *w = context;
    enum { MOST_KINDS = 1 << 20 }; /* they are numbered without gaps */
    (void)n;
    if (cells[0].integer < 0 || cells[0].integer >= MOST_KINDS)
        return !(w->damaged = true);
    size_t kind = (size_t)cells[0].integer;
    if (kind >= w->n_quads) {
        size_t size = kind * 2 + 64;
        unsigned char *more = realloc(w->quads, size);
        w->no_memory = !more;
        if (!more)
            return false;
        memset(more + w->n_quads, 0, size - w->n_quads);
        w->quads = more;
        w->n_quads = size;
    }
    w->quads[kind] = (unsigned char)(1 + DGM_MIN(cells[1].integer, QUADS - 1));
    return true;
}

/* Cells: day, kind, how many. */
static bool take_count(void *context, const dgm_cell *cells, uint32_t n)
{
    walk *w = context;
    size_t kind = (size_t)cells[1].integer;
    (void)n;
    if (kind >= w->n_quads || w->quads[kind] == 0)
        return true;
    return add(w, cells[0].integer, w->quads[kind] - 1u, (uint64_t)cells[2].integer);
}

static bool is_country(const char *text)
{
    dgm_view v = dgm_view_of(text);
    return v.n == 3 && dgm_is_upper((unsigned char)v.p[0]) && dgm_is_upper((unsigned char)v.p[1]) &&
           dgm_is_upper((unsigned char)v.p[2]);
}

/* Does the filter ask for nothing but days, what kinds say, and one country or one dyad of them? */
static bool is_of_kinds(const dgm_filter *f)
{
    const char *const asked[] = { f->actor, f->recipient, f->mode,   f->place, f->text,
                                  f->story, f->event,     f->source, f->basis, NULL };
    for (size_t i = 0; asked[i] || i + 1 < DGM_LEN(asked); i++)
        if (asked[i])
            return false;
    bool dyad = !f->dyad || (strlen(f->dyad) == 7 && f->dyad[3] == ',' && is_country(f->dyad + 4) &&
                             dgm_is_upper((unsigned char)f->dyad[0]));
    return !f->one_a_day && !(f->least_confidence > 0) && dyad &&
           (!f->country || (is_country(f->country) && !f->dyad)) &&
           (!f->speaker || strcmp(f->speaker, "none") == 0);
}

static dgm_status find_kinds(dgm_store *store, const dgm_filter *f, walk *w, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    const dgm_filter narrow = { .type = f->type,
                                .quad = f->quad,
                                .status = f->status,
                                .polarity = f->polarity,
                                .speaker = f->speaker,
                                .historical = f->historical,
                                .plain = f->plain };
    dgm_status status = dgm_select_init(&s, store, &narrow, err);
    dgm_buffer_put(&sql, DGM_VIEW("SELECT e.kind, e.quad FROM kinds e"));
    dgm_buffer_put(&sql, (dgm_view) { s.where.p, s.where.n });
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_kind, w);
    if (status == DGM_OK && w->damaged)
        status = dgm_fail(err, DGM_EFORMAT, store->db->name, 0,
                          "the store is damaged: a kind of event has a number that none can have");
    if (status == DGM_OK && w->no_memory)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a timeline");
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

static dgm_status count_kinds(dgm_store *store, const dgm_filter *f, walk *w, dgm_err *err)
{
    static const char all[] = "SELECT day, kind, n FROM day_sums WHERE day >= ? AND day <= ?"
                              " ORDER BY day";
    static const char country[] = "SELECT day, kind, 1 FROM event_countries WHERE day >= ? AND"
                                  " day <= ? AND country = ? ORDER BY day";
    static const char dyad[] = "SELECT day, kind, 1 FROM dyads WHERE day >= ? AND day <= ? AND"
                               " actor = ? AND recipient = ? ORDER BY day";
    dgm_cell cells[4] = {
        dgm_int(f->from ? dgm_day_number(dgm_view_of(f->from)) : INT32_MIN),
        dgm_int(f->to ? dgm_day_number(dgm_view_of(f->to)) : INT32_MAX),
    };
    if (f->dyad) {
        cells[2] = dgm_text((dgm_view) { f->dyad, 3 });
        cells[3] = dgm_text((dgm_view) { f->dyad + 4, 3 });
        return dgm_sql_ask(store->db, dyad, cells, 4, take_count, w, err);
    }
    cells[2] = dgm_text(dgm_view_of(f->country));
    return f->country ? dgm_sql_ask(store->db, country, cells, 3, take_count, w, err)
                      : dgm_sql_ask(store->db, all, cells, 2, take_count, w, err);
}

/* ---- by events ------------------------------------------------------------------------------ */

/* Cells: day, quad, how many. */
static bool take_events(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    return add(context, cells[0].integer, (uint64_t)cells[1].integer, (uint64_t)cells[2].integer);
}

static dgm_status count_events(dgm_store *store, const dgm_filter *f, walk *w, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, f, err);
    dgm_buffer_put(&sql, DGM_VIEW("SELECT w.day, w.quad, count(*) FROM (SELECT e.day AS day,"
                                  " e.quad AS quad"));
    dgm_select_put_once(&s, dgm_one_by(f, DGM_PER_REPORT), &sql);
    dgm_buffer_put(&sql, DGM_VIEW(") w WHERE w.day IS NOT NULL GROUP BY w.day, w.quad"
                                  " ORDER BY w.day, w.quad"));
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_events, w);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

dgm_status dgm_store_timeline(dgm_store *store, const dgm_filter *filter, dgm_by period,
                              dgm_period_out_fn fn, void *context, dgm_err *err)
{
    walk w = { .period = period, .fn = fn, .context = context };
    dgm_status status;
    if (!dgm_is_period(period))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "a timeline is by day, week, month or year");
    if (dgm_columns_answer(store, DGM_ASK_DAYS)) {
        status = dgm_columns_days(store, filter, take_events, &w, err);
    } else if (is_of_kinds(filter)) {
        status = find_kinds(store, filter, &w, err);
        if (status == DGM_OK)
            status = count_kinds(store, filter, &w, err);
    } else {
        status = count_events(store, filter, &w, err);
    }
    if (status == DGM_OK)
        flush(&w);
    free(w.quads);
    return status;
}

/* Cells: day, stories read; days come in order. */
static bool take_stories(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    if (cells[0].kind != DGM_CELL_TEXT || dgm_day_number(cells[0].text) == 0)
        return true;
    return add(context, dgm_day_number(cells[0].text), 0, (uint64_t)cells[1].integer);
}

dgm_status dgm_store_stories_read(dgm_store *store, const char *from, const char *to, dgm_by period,
                                  dgm_period_out_fn fn, void *context, dgm_err *err)
{
    walk w = { .period = period, .fn = fn, .context = context };
    const dgm_cell days[] = { dgm_text(dgm_view_of(from ? from : "0000-01-01")),
                              dgm_text(dgm_view_of(to ? to : "9999-12-31")) };
    dgm_status status = dgm_sql_ask(store->db,
                                    "SELECT date, count(*) FROM stories WHERE date >= ? AND"
                                    " date <= ? GROUP BY date ORDER BY date",
                                    days, 2, take_stories, &w, err);
    if (status == DGM_OK)
        flush(&w);
    return status;
}
