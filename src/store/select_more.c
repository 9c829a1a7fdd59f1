/* What a filter asks of a place's basis, of the source and of confidence. */
#include "store/select.h"

static void conjoin(dgm_select *s)
{
    dgm_buffer_put(&s->where, s->where.n ? DGM_VIEW(" AND ") : DGM_VIEW(" WHERE "));
}

static void value(dgm_select *s, dgm_cell cell)
{
    if (s->n == DGM_MOST_VALUES)
        s->status = dgm_fail(s->err, DGM_EUSAGE, NULL, 0, "the filter names more than %d things",
                             DGM_MOST_VALUES);
    else
        s->values[s->n++] = cell;
}

static void list(dgm_select *s, const char *list)
{
    dgm_view rest = dgm_view_of(list), part;
    const char *separator = "";
    while (dgm_view_split(&rest, ',', &part)) {
        dgm_buffer_printf(&s->where, "%s?", separator);
        value(s, (dgm_cell) { .kind = DGM_CELL_TEXT, .text = dgm_view_trim(part) });
        separator = ", ";
    }
}

void dgm_select_more(dgm_select *s, const dgm_filter *f)
{
    if (f->source) {
        conjoin(s);
        dgm_buffer_put(&s->where,
                       DGM_VIEW("e.story IN (SELECT story FROM stories WHERE source IN ("));
        list(s, f->source);
        dgm_buffer_put(&s->where, DGM_VIEW("))"));
    }
    if (f->basis) {
        conjoin(s);
        dgm_buffer_put(&s->where, DGM_VIEW("e.place_basis IN ("));
        list(s, f->basis);
        dgm_buffer_put(&s->where, DGM_VIEW(")"));
    }
    if (f->least_confidence > 0) {
        conjoin(s);
        dgm_buffer_put(&s->where, DGM_VIEW("e.confidence >= ?"));
        value(s, dgm_real(f->least_confidence));
    }
}
