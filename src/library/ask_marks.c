/* sample: events for people to mark. stats with marks: precision by type, from what they said. */
#include "library/ask_parts.h"
#include "store/marks.h"

#include "output/writers.h"

#include <math.h>
#include <string.h>

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

static void note_design(const dgm_precisions *p, dgm_complaints *notes)
{
    if (p->n_marked > 0 && p->by_hand)
        dgm_complain(notes, DGM_OK, NULL, 0,
                     "the marked events were chosen by hand, so that they say nothing about all"
                     " others; `dragoman sample` draws events at random");
    if (!p->by_hand)
        dgm_complain(
            notes, DGM_OK, NULL, 0,
            "%llu of %llu sampled events are marked; they stand for %.0f %% of %llu events",
            (unsigned long long)p->n_marked, (unsigned long long)p->n_drawn, 100 * p->covered,
            (unsigned long long)p->population);
    if (p->n_beside > 0)
        dgm_complain(notes, DGM_OK, NULL, 0, "%llu %s outside the sample %s not counted",
                     (unsigned long long)p->n_beside,
                     dgm_word_for(p->n_beside, "mark on an event", "marks on events"),
                     dgm_word_for(p->n_beside, "is", "are"));
    if (p->n_gone > 0)
        dgm_complain(
            notes, DGM_OK, NULL, 0,
            "%llu %s no longer coded in that way; a sample"
            " drawn before `ingest --recode` does not stand for what came after it",
            (unsigned long long)p->n_gone,
            dgm_word_for(p->n_gone, "mark is on an event that is", "marks are on events that are"));
}

dgm_status ask_marks(const dgm_ask *ask, dgm_store *store, dgm_complaints *notes, dgm_reply *reply,
                     dgm_err *err)
{
    static const char *const columns[] = { "type", "n",    "right",  "precision",
                                           "low",  "high", "sampled" };
    dgm_precisions p = { .n_of = 0 };
    dgm_buffer design = { 0 };
    dgm_answer a;
    dgm_status status = dgm_store_precision(store, &p, err);
    if (status != DGM_OK)
        return status;
    dgm_answer_begin(&a, ask->form, columns, DGM_LEN(columns), reply);
    put_design(&p, &design);
    for (uint32_t i = 0; i < p.n_of; i++)
        put_row(&a, &p.of[i], (dgm_view) { design.p, design.n });
    note_design(&p, notes);
    dgm_buffer_done(&design);
    return dgm_answer_end(&a, DGM_OK, err);
}

/* ---- as JSON -------------------------------------------------------------------------------- */

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

dgm_status dgm_ask_marks_json(dgm_store *store, dgm_buffer *out, dgm_err *err)
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

/* ---- samples -------------------------------------------------------------------------------- */

/* The filter as it was asked for, "--plain --type ASSAULT": samples that were drawn in the same way
 * are known by it. */
static void put_asked(const dgm_options *options, dgm_buffer *out)
{
    static const char *const others[] = { "db", "n", "by", "seed", "format", "output" };
    for (size_t i = 0; i < options->n_rows; i++) {
        const dgm_option *option = &options->rows[i];
        bool other = !options->given[i];
        for (size_t k = 0; k < DGM_LEN(others); k++)
            other = other || strcmp(option->name, others[k]) == 0;
        if (!other)
            dgm_buffer_printf(out, "%s--%s%s%s", out->n ? " " : "", option->name,
                              option->argument ? " " : "",
                              option->argument ? options->values[i] : "");
    }
}

dgm_status ask_sample_of(const dgm_options *options, dgm_ask *out, dgm_err *err)
{
    enum { MOST = 100000 };
    uint64_t n, seed;
    if (!dgm_options_number(options, "n", 1, MOST, &n, err) ||
        !dgm_options_number(options, "seed", 0, UINT32_MAX, &seed, err))
        return DGM_EUSAGE;
    out->n = (uint32_t)n;
    out->seed = (int64_t)seed;
    (void)ask_by_of(dgm_view_of(dgm_options_value(options, "by")), &out->by);
    if (!out->filter.one_a_day)
        return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                    "a sample is drawn from all reports of an event; --one-a-day does not apply");
}

dgm_status ask_sample(const dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    enum { IN_TABLE = 6 }; /* which has room for the first of the columns only */
    dgm_buffer asked = { 0 };
    dgm_answer a;
    int64_t sample;
    put_asked(ask->options, &asked);
    dgm_status status = asked.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory") : DGM_OK;
    if (status == DGM_OK)
        status = dgm_store_sample(store, &ask->filter, (dgm_view) { asked.p, asked.n }, ask->by,
                                  ask->n, ask->seed, &sample, err);
    dgm_buffer_done(&asked);
    if (status != DGM_OK)
        return status;
    dgm_answer_begin(&a, ask->form, dgm_sample_columns,
                     ask->form == DGM_AS_TABLE ? IN_TABLE : dgm_n_sample_columns, reply);
    status = dgm_store_sampled(store, sample, false, dgm_answer_row, &a, err);
    return dgm_answer_end(&a, status, err);
}
