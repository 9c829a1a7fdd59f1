/* Events by place. */
#include "serve/json.h"
#include "serve/routes.h"
#include "store/page.h"

#include <stdlib.h>

enum { MOST_PLACES = 2000 };

typedef struct {
    dgm_view name, country, precision;
    double lat, lon;
    int64_t n, quads[5], bases[DGM_N_BASES];
} place;

typedef struct {
    dgm_arena *arena;
    DGM_ARRAY(place) at;
    bool failed;
} places;

static dgm_view keep(places *p, const dgm_cell *cell)
{
    dgm_view copy = dgm_arena_copy(p->arena, dgm_cell_text(cell));
    p->failed = p->failed || !copy.p;
    return copy.p ? copy : (dgm_view) { "", 0 };
}

static uint32_t basis_of(dgm_view name)
{
    uint32_t i = DGM_N_BASES - 1;
    while (i > 0 && !dgm_view_eq(name, dgm_view_of(dgm_place_basis_name((dgm_place_basis)i))))
        i--;
    return i;
}

/* Rows of one place follow each other. */
static bool take(void *context, const dgm_cell *cells, uint32_t n)
{
    places *p = context;
    place *last = p->at.n ? &p->at.at[p->at.n - 1] : NULL;
    double lat = dgm_cell_number(&cells[2]), lon = dgm_cell_number(&cells[3]);
    int64_t quad = dgm_cell_whole(&cells[6]), count = dgm_cell_whole(&cells[7]);
    (void)n;
    bool same = last && !(last->lat < lat) && !(last->lat > lat) && !(last->lon < lon) &&
                !(last->lon > lon) && dgm_view_eq(last->name, dgm_cell_text(&cells[0])) &&
                dgm_view_eq(last->country, dgm_cell_text(&cells[1]));
    if (!same) {
        last = dgm_push(p->arena, &p->at);
        if (!last)
            return !(p->failed = true);
        last->name = keep(p, &cells[0]);
        last->country = keep(p, &cells[1]);
        last->precision = keep(p, &cells[4]);
        last->lat = lat;
        last->lon = lon;
    }
    last->n += count;
    last->quads[quad >= 1 && quad <= 4 ? quad : 0] += count;
    last->bases[basis_of(dgm_cell_text(&cells[5]))] += count;
    return !p->failed;
}

static int by_number(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return dgm_view_cmp(x->name, y->name);
}

static void put_place(dgm_buffer *out, const place *p)
{
    static const char *const quads[] = { "", "1", "2", "3", "4" };
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "name", p->name);
    dgm_json_string_of(out, "country", p->country);
    dgm_json_real(out, "lat", p->lat);
    dgm_json_real(out, "lon", p->lon);
    dgm_json_string_of(out, "precision", p->precision);
    dgm_json_whole(out, "n", p->n);
    dgm_json_open(out, "quads", '{');
    for (size_t i = 1; i < DGM_LEN(quads); i++)
        dgm_json_whole(out, quads[i], p->quads[i]);
    dgm_json_close(out, '}');
    dgm_json_open(out, "basis", '{');
    for (int i = 1; i < DGM_N_BASES; i++)
        if (p->bases[i])
            dgm_json_whole(out, dgm_place_basis_name((dgm_place_basis)i), p->bases[i]);
    dgm_json_close(out, '}');
    dgm_json_close(out, '}');
}

static bool put_without(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_json_whole(out, "place", dgm_cell_whole(&cells[0]));
    dgm_json_whole(out, "coordinates", dgm_cell_whole(&cells[1]));
    return false;
}

bool dgm_answer_places(dgm_question *q)
{
    places p = { .arena = q->arena };
    uint64_t limit;
    if (!dgm_question_number(q, "limit", 1, MOST_PLACES, MOST_PLACES, &limit) ||
        dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_PLACES, NULL, take, &p, &q->err) !=
            DGM_OK)
        return false;
    if (p.failed)
        return dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    if (p.at.n)
        qsort(p.at.at, p.at.n, sizeof *p.at.at, by_number);
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, "places", '[');
    for (uint32_t i = 0; i < p.at.n && i < limit; i++)
        put_place(&q->out, &p.at.at[i]);
    dgm_json_close(&q->out, ']');
    dgm_json_whole(&q->out, "left_out", p.at.n > limit ? (int64_t)(p.at.n - limit) : 0);
    dgm_json_open(&q->out, "without", '{');
    if (dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_PLACELESS, NULL, put_without, &q->out,
                     &q->err) != DGM_OK)
        return false;
    dgm_buffer_put(&q->out, DGM_VIEW("}}"));
    return true;
}
