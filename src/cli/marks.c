/* Precision by type, from the marks in a store. */
#include "cli/marks.h"

#include "output/writers.h"

#include <math.h>

static dgm_view type_of(const dgm_precision *p)
{
    return p->type[0] ? dgm_view_of(p->type) : DGM_VIEW("all");
}

/* Three places: a share of a few hundred events has no more. */
static double rounded(double share)
{
    return round(share * 1000) / 1000;
}

static dgm_cell cell(double share)
{
    return isnan(share) ? (dgm_cell) { .kind = DGM_CELL_NULL }
                        : (dgm_cell) { .kind = DGM_CELL_REAL, .real = rounded(share) };
}

/* "by type", "by type --plain", "by hand". */
static void put_design(const dgm_precisions *p, dgm_buffer *out)
{
    if (p->by_hand)
        dgm_buffer_put(out, DGM_VIEW("by hand"));
    else
        dgm_buffer_printf(out, "at random, by %s%s%s", p->drawn_by, p->filter[0] ? ", " : "",
                          p->filter);
}

static void put_row(dgm_answer *a, const dgm_precision *p, dgm_view design)
{
    const dgm_cell row[] = {
        { .kind = DGM_CELL_TEXT, .text = type_of(p) },
        { .kind = DGM_CELL_INT, .integer = (int64_t)p->n },
        { .kind = DGM_CELL_INT, .integer = (int64_t)p->n_right },
        cell(p->precision),
        cell(p->low),
        cell(p->high),
        { .kind = DGM_CELL_TEXT, .text = design },
    };
    dgm_answer_row(a, row, DGM_LEN(row));
}

static void say_design(const dgm_precisions *p)
{
    if (p->n_marked > 0 && p->by_hand)
        fputs("dragoman: the marked events were chosen by hand, so that they say nothing about all"
              " others; `dragoman sample` draws events at random\n",
              stderr);
    if (!p->by_hand)
        fprintf(stderr,
                "dragoman: %llu of %llu sampled events are marked; they stand for %.0f %% of %llu"
                " events\n",
                (unsigned long long)p->n_marked, (unsigned long long)p->n_drawn, 100 * p->covered,
                (unsigned long long)p->population);
    if (p->n_beside > 0)
        fprintf(stderr, "dragoman: %llu marks on events outside the sample are not counted\n",
                (unsigned long long)p->n_beside);
    if (p->n_gone > 0)
        fprintf(stderr,
                "dragoman: %llu marks are on events that are no longer coded in that way; a sample"
                " drawn before `ingest --recode` does not stand for what came after it\n",
                (unsigned long long)p->n_gone);
}

int dgm_cli_show_precision(const dgm_arguments *arguments, dgm_store *store)
{
    static const char *const columns[] = { "type", "n",    "right",  "precision",
                                           "low",  "high", "sampled" };
    dgm_precisions p = { .n_of = 0 };
    dgm_buffer design = { 0 };
    dgm_err err = { 0 };
    dgm_answer a;
    dgm_status status = dgm_store_precision(store, &p, &err);
    if (!dgm_answer_open(arguments, NULL, columns, DGM_LEN(columns), &a))
        return DGM_EXIT_REFUSED;
    put_design(&p, &design);
    for (uint32_t i = 0; i < p.n_of; i++)
        put_row(&a, &p.of[i], (dgm_view) { design.p, design.n });
    if (status == DGM_OK)
        say_design(&p);
    dgm_buffer_done(&design);
    return dgm_answer_close(arguments, &a, status, &err);
}

/* ---- --meta --------------------------------------------------------------------------------- */

static void put_precision(dgm_buffer *out, const dgm_precision *p)
{
    dgm_buffer_put(out, DGM_VIEW("{"));
    if (p->type[0])
        dgm_json_text(out, "type", type_of(p));
    dgm_json_count(out, "marked", p->n);
    dgm_json_count(out, "right", p->n_right);
    dgm_json_number(out, "precision", rounded(p->precision));
    dgm_json_number(out, "low", rounded(p->low));
    dgm_json_number(out, "high", rounded(p->high));
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void put_sampling(dgm_buffer *out, const dgm_precisions *p)
{
    dgm_json_text(out, "sampled", p->by_hand ? DGM_VIEW("by hand") : DGM_VIEW("at random"));
    if (!p->by_hand) {
        dgm_json_text(out, "strata", dgm_view_of(p->drawn_by));
        dgm_json_text(out, "filter", dgm_view_of(p->filter));
        dgm_json_count(out, "samples", p->n_samples);
        dgm_json_count(out, "drawn", p->n_drawn);
        dgm_json_count(out, "population", p->population);
        dgm_json_number(out, "covered", rounded(p->covered));
    }
    dgm_json_text(out, "interval", DGM_VIEW("Wilson, 95 %"));
    dgm_json_count(out, "not_in_sample", p->n_beside);
    dgm_json_count(out, "no_longer_coded", p->n_gone);
}

dgm_status dgm_cli_marks_json(dgm_store *store, dgm_buffer *out, dgm_err *err)
{
    dgm_precisions p;
    dgm_status status = dgm_store_precision(store, &p, err);
    if (status != DGM_OK || p.n_marked + p.n_gone + p.n_beside == 0)
        return status;
    dgm_buffer_put(out, DGM_VIEW("{"));
    put_sampling(out, &p);
    dgm_json_key(out, "types");
    dgm_buffer_put(out, DGM_VIEW("["));
    for (uint32_t i = 0; i + 1 < p.n_of; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        put_precision(out, &p.of[i]);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
    dgm_json_key(out, "all");
    put_precision(out, &p.of[p.n_of - 1]);
    dgm_buffer_put(out, DGM_VIEW("}"));
    return out->failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the marks") : DGM_OK;
}
