/* How often the coder is right, by marks on events that were drawn at random.
 *
 * A marked event of stratum h stands for N_h / m_h events, of N_h in the store and m_h marked, so
 * that the share over all strata is that of the store, however unequally they were drawn. Its
 * interval is Wilson's (1927) with the effective number of events (sum w)^2 / sum w^2 (Kish 1965),
 * which within a stratum is the number marked. Strata only ever make the estimate better than
 * that, so the interval is rather too wide than too narrow. */
#include "store/marks.h"
#include "store/sql.h"

#include <math.h>
#include <string.h>

void dgm_wilson(double p, double n, double *low, double *high)
{
    static const double z = 1.959963984540054;
    *low = 0;
    *high = 1;
    if (!(n > 0))
        return;
    double zz = z * z, middle = (p + zz / (2 * n)) / (1 + zz / n);
    double reach = z / (1 + zz / n) * sqrt(p * (1 - p) / n + zz / (4 * n * n));
    *low = fmax(0, middle - reach);
    *high = fmin(1, middle + reach);
}

/* ---- the samples ---------------------------------------------------------------------------- */

typedef struct {
    dgm_view name;
    double population, marked;
} stratum;

typedef struct {
    dgm_arena *arena;
    const dgm_types *types;
    dgm_precisions *out;
    int64_t sample;
    DGM_ARRAY(stratum) strata;
    dgm_map *drawn; /* "story event_id" -> stratum */
    dgm_status status;
    dgm_err *err;
} estimate;

static bool take_design(void *context, const dgm_cell *cells, uint32_t n)
{
    estimate *e = context;
    (void)n;
    e->sample = cells[0].integer;
    snprintf(e->out->drawn_by, sizeof e->out->drawn_by, "%.*s", DGM_FMT(cells[1].text));
    snprintf(e->out->filter, sizeof e->out->filter, "%.*s", DGM_FMT(cells[2].text));
    return false;
}

static bool take_stratum(void *context, const dgm_cell *cells, uint32_t n)
{
    estimate *e = context;
    stratum *s = dgm_push(e->arena, &e->strata);
    (void)n;
    if (!s)
        return false;
    s->name = dgm_arena_copy(e->arena, cells[0].text);
    s->population = (double)cells[1].integer;
    e->out->population += (uint64_t)cells[1].integer;
    return true;
}

static uint32_t stratum_of(const estimate *e, dgm_view group)
{
    uint32_t others = DGM_NONE;
    for (uint32_t i = 0; i < e->strata.n; i++) {
        if (dgm_view_eq(e->strata.at[i].name, group))
            return i;
        if (dgm_view_eq(e->strata.at[i].name, DGM_VIEW(DGM_OTHERS)))
            others = i;
    }
    return others;
}

static bool take_drawn(void *context, const dgm_cell *cells, uint32_t n)
{
    estimate *e = context;
    char key[64];
    uint32_t i = stratum_of(e, cells[2].text);
    (void)n;
    if (i == DGM_NONE)
        return true;
    snprintf(key, sizeof key, "%lld %.*s", (long long)cells[0].integer, DGM_FMT(cells[1].text));
    if (dgm_map_get(e->drawn, dgm_view_of(key)) == DGM_NONE)
        e->status = dgm_map_set(e->drawn, dgm_view_of(key), i, NULL);
    return e->status == DGM_OK;
}

/* The last sample with a marked event, and what was drawn in the same way. */
static dgm_status find_samples(dgm_store *store, estimate *e)
{
    dgm_status status = dgm_sql_ask(
        store->db,
        "SELECT sample, drawn_by, filter FROM samples WHERE sample IN (SELECT d.sample FROM sampled"
        " d JOIN marks m ON m.story = d.story AND m.event_id = d.event_id)"
        " ORDER BY sample DESC LIMIT 1",
        NULL, 0, take_design, e, e->err);
    if (status != DGM_OK || e->sample == 0)
        return status;
    const dgm_cell last = dgm_int(e->sample);
    status = dgm_sql_ask(store->db,
                         "SELECT stratum, population FROM strata WHERE sample = ?"
                         " ORDER BY stratum",
                         &last, 1, take_stratum, e, e->err);
    const dgm_cell both[] = { last, last };
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db,
                             "SELECT d.story, d.event_id, d.stratum FROM sampled d JOIN samples s"
                             " ON s.sample = d.sample WHERE s.drawn_by = (SELECT drawn_by FROM"
                             " samples WHERE sample = ?) AND s.filter = (SELECT filter FROM samples"
                             " WHERE sample = ?)",
                             both, 2, take_drawn, e, e->err);
    int64_t n = 0;
    if (status == DGM_OK)
        status = dgm_sql_number(store->db,
                                "SELECT count(*) FROM samples s JOIN samples l ON l.drawn_by ="
                                " s.drawn_by AND l.filter = s.filter WHERE l.sample = ?",
                                &last, 1, &n, e->err);
    e->out->n_samples = (uint64_t)n;
    e->out->n_drawn = dgm_map_count(e->drawn);
    return status == DGM_OK ? e->status : status;
}

/* ---- the marks ------------------------------------------------------------------------------ */

/* DGM_NONE: it is no event of the samples. */
static uint32_t drawn_from(const estimate *e, const dgm_mark *m)
{
    char key[64];
    if (e->out->by_hand)
        return 0;
    snprintf(key, sizeof key, "%lld %.*s", (long long)m->story, DGM_FMT(m->event_id));
    return dgm_map_get(e->drawn, dgm_view_of(key));
}

static void count_marks(estimate *e, const dgm_marks *marks)
{
    dgm_precisions *out = e->out;
    double covered = 0;
    for (uint32_t i = 0; i < marks->n; i++) {
        const dgm_mark *m = &marks->at[i];
        uint32_t h = m->is_there ? drawn_from(e, m) : DGM_NONE;
        out->n_gone += !m->is_there;
        out->n_beside += m->is_there && h == DGM_NONE;
        out->n_marked += h != DGM_NONE;
        if (h != DGM_NONE)
            e->strata.at[h].marked++;
    }
    for (uint32_t i = 0; i < e->strata.n; i++)
        covered += e->strata.at[i].marked > 0 ? e->strata.at[i].population : 0;
    out->covered = out->population ? covered / (double)out->population : 0;
}

typedef struct {
    double w, ww, right;
} sums;

static void add(dgm_precision *p, sums *s, double weight, bool right)
{
    p->n++;
    p->n_right += right;
    s->w += weight;
    s->ww += weight * weight;
    s->right += right ? weight : 0;
}

static void finish(dgm_precision *p, const sums *s)
{
    p->precision = p->n ? s->right / s->w : NAN;
    dgm_wilson(p->precision, p->n ? s->w * s->w / s->ww : 0, &p->low, &p->high);
}

static void weigh(estimate *e, const dgm_marks *marks)
{
    dgm_precision by_type[DGM_MAX_TYPES] = { 0 };
    sums of[DGM_MAX_TYPES] = { 0 };
    dgm_types types = *e->types;
    for (uint32_t i = 0; i < marks->n; i++) {
        const dgm_mark *m = &marks->at[i];
        uint32_t h = m->is_there ? drawn_from(e, m) : DGM_NONE;
        if (h == DGM_NONE)
            continue;
        const stratum *s = &e->strata.at[h];
        double weight = e->out->by_hand ? 1 : s->population / s->marked;
        uint32_t type = dgm_type_index(dgm_type_met(&types, m->type));
        if (type != 0)
            add(&by_type[type], &of[type], weight, m->is_right);
        add(&by_type[0], &of[0], weight, m->is_right);
    }
    for (uint32_t t = 1; t <= types.n; t++) {
        uint32_t type = t % types.n; /* all types stand last */
        if (type != 0 && by_type[type].n == 0)
            continue;
        memcpy(by_type[type].type, types.at[type].name, sizeof by_type[type].type);
        finish(&by_type[type], &of[type]);
        e->out->of[e->out->n_of++] = by_type[type];
    }
}

static dgm_status estimate_all(dgm_store *store, estimate *e)
{
    dgm_marks marks = { .n = 0 };
    dgm_status status = find_samples(store, e);
    if (status == DGM_OK)
        status = dgm_store_marks(store, e->arena, &marks, e->err);
    if (status != DGM_OK)
        return status;
    e->out->by_hand = e->sample == 0;
    const stratum *all = e->out->by_hand ? dgm_push(e->arena, &e->strata) : e->strata.at;
    if (!all)
        return dgm_fail(e->err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    count_marks(e, &marks);
    weigh(e, &marks);
    return DGM_OK;
}

dgm_status dgm_store_precision(dgm_store *store, dgm_precisions *out, dgm_err *err)
{
    dgm_precisions made = { .n_of = 0 };
    estimate e = { .arena = dgm_arena_new(),
                   .types = &store->types,
                   .drawn = dgm_map_new(),
                   .out = &made,
                   .err = err };
    dgm_status status = e.arena && e.drawn
                            ? estimate_all(store, &e)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    if (status == DGM_OK && dgm_arena_failed(e.arena))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    if (status == DGM_OK)
        *out = made;
    dgm_map_free(e.drawn);
    dgm_arena_free(e.arena);
    return status;
}
