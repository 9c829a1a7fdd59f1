/* What is in the store, and the first view: counts, what the filter leaves out, the largest of
 * each kind. */
#include "serve/json.h"
#include "serve/periods.h"
#include "store/page.h"

#include <string.h>

/* ---- about ---------------------------------------------------------------------------------- */

static bool put_state(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_question *q = context;
    (void)n;
    dgm_json_whole(&q->out, "stories", dgm_cell_whole(&cells[5]));
    dgm_json_whole(&q->out, "events", dgm_cell_whole(&cells[4]));
    dgm_json_string_of(&q->out, "since", dgm_cell_text(&cells[2]));
    dgm_json_string_of(&q->out, "until", dgm_cell_text(&cells[3]));
    return false;
}

static bool put_mode(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_question *q = context;
    (void)n;
    dgm_json_string_of(&q->out, NULL, dgm_cell_text(&cells[0]));
    return !q->out.failed;
}

/* Name and number, as members of these names. */
typedef struct {
    dgm_buffer *out;
    const char *name, *count;
    uint32_t left;
} pairs;

static bool put_pair(void *context, const dgm_cell *cells, uint32_t n)
{
    pairs *p = context;
    (void)n;
    dgm_json_open(p->out, NULL, '{');
    dgm_json_string_of(p->out, p->name, dgm_cell_text(&cells[0]));
    dgm_json_whole(p->out, p->count, dgm_cell_whole(&cells[1]));
    dgm_json_close(p->out, '}');
    return --p->left > 0;
}

static void put_types(dgm_question *q)
{
    dgm_json_open(&q->out, "types", '[');
    const dgm_types *types = &q->words->types;
    for (uint32_t i = 1; i < types->n; i++) {
        if (!types->at[i].name[0])
            continue;
        dgm_json_open(&q->out, NULL, '{');
        dgm_json_string_of(&q->out, "type", dgm_view_of(types->at[i].name));
        dgm_json_whole(&q->out, "quad", types->at[i].quad);
        dgm_json_real(&q->out, "goldstein", q->words->goldstein[i]);
        dgm_json_close(&q->out, '}');
    }
    dgm_json_close(&q->out, ']');
}

static bool put_run(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_question *q = context;
    (void)n;
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_string_of(&q->out, "version", dgm_cell_text(&cells[0]));
    dgm_json_string_of(&q->out, "tables", dgm_cell_text(&cells[1]));
    dgm_json_string_of(&q->out, "begun", dgm_cell_text(&cells[2]));
    dgm_json_whole(&q->out, "stories", dgm_cell_whole(&cells[3]));
    dgm_json_close(&q->out, '}');
    return !q->out.failed;
}

bool dgm_answer_about(dgm_question *q)
{
    pairs sources = { &q->out, "source", "stories", 200 };
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_string_of(&q->out, "version", DGM_VIEW(DGM_VERSION));
    dgm_json_string_of(&q->out, "tables", dgm_view_of(q->options->tables_hash));
    dgm_json_string_of(&q->out, "model", dgm_view_of(q->options->model_hash));
    if (dgm_page_find(q->store, DGM_LOOK_STATE, NULL, put_state, q, &q->err) != DGM_OK)
        return false;
    dgm_json_bool(&q->out, "correct", q->options->correct);
    dgm_json_bool(&q->out, "code", q->options->coder != NULL);
    put_types(q);
    dgm_json_open(&q->out, "modes", '[');
    if (dgm_page_find(q->store, DGM_LOOK_MODES, NULL, put_mode, q, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "sources", '[');
    if (dgm_page_find(q->store, DGM_LOOK_SOURCES, NULL, put_pair, &sources, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    dgm_json_open(&q->out, "runs", '[');
    if (dgm_store_runs(q->store, put_run, q, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    dgm_json_close(&q->out, '}');
    return true;
}

/* ---- counts, and what is left out ----------------------------------------------------------- */

enum {
    DENIED,
    HISTORICAL,
    ON_A_WORD,
    NOT_ACTUAL,
    POLARITY,
    STATUS,
    BACKGROUND,
    CONFIDENCE,
    N_WHYS
};
static const char *const whys[N_WHYS] = {
    [DENIED] = "denied",
    [HISTORICAL] = "historical",
    [ON_A_WORD] = "on somebody's word",
    [NOT_ACTUAL] = "not actual",
    [POLARITY] = "of another polarity",
    [STATUS] = "of another status",
    [BACKGROUND] = "historical or not, as asked",
    [CONFIDENCE] = "low confidence",
};

typedef struct {
    int64_t reports, events, stories, left[N_WHYS];
} counts;

static bool take_totals(void *context, const dgm_cell *cells, uint32_t n)
{
    counts *c = context;
    (void)n;
    c->reports = dgm_cell_whole(&cells[0]);
    c->events = dgm_cell_whole(&cells[1]);
    c->stories = dgm_cell_whole(&cells[2]);
    return false;
}

static bool take_count(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(int64_t *)context = dgm_cell_whole(&cells[0]);
    return false;
}

/* Events that are not plain, by the first reason. */
static bool take_kind(void *context, const dgm_cell *cells, uint32_t n)
{
    counts *c = context;
    (void)n;
    if (dgm_cell_whole(&cells[4]) != 0)
        return true;
    int why = dgm_view_eq(dgm_cell_text(&cells[0]), DGM_VIEW("negated")) ? DENIED
              : dgm_cell_whole(&cells[2]) != 0                           ? HISTORICAL
              : dgm_cell_whole(&cells[3]) != 0                           ? ON_A_WORD
                                                                         : NOT_ACTUAL;
    c->left[why] += dgm_cell_whole(&cells[5]);
    return true;
}

/* How many more there would be without one of the filters. */
static bool count_beside(dgm_question *q, const dgm_filter *without, counts *c, int why)
{
    int64_t n = 0;
    if (dgm_page_ask(q->store, without, q->per, DGM_ASK_COUNT, NULL, take_count, &n, &q->err) !=
        DGM_OK)
        return false;
    c->left[why] = n - c->reports;
    return true;
}

static bool count_left(dgm_question *q, counts *c)
{
    dgm_filter without = q->filter;
    without.plain = false;
    if (q->filter.plain && dgm_page_ask(q->store, &without, q->per, DGM_ASK_KINDS, NULL, take_kind,
                                        c, &q->err) != DGM_OK)
        return false;
    without = q->filter;
    without.polarity = NULL;
    if (q->filter.polarity && !count_beside(q, &without, c, POLARITY))
        return false;
    without = q->filter;
    without.status = NULL;
    if (q->filter.status && !count_beside(q, &without, c, STATUS))
        return false;
    without = q->filter;
    without.historical = 0;
    if (q->filter.historical && !count_beside(q, &without, c, BACKGROUND))
        return false;
    without = q->filter;
    without.least_confidence = 0;
    return !(q->filter.least_confidence > 0) || count_beside(q, &without, c, CONFIDENCE);
}

/* 12,345 */
static void put_grouped(dgm_buffer *out, int64_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)n);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            dgm_buffer_put(out, DGM_VIEW(","));
        dgm_buffer_put(out, (dgm_view) { digits + i, 1 });
    }
}

static void put_unit(dgm_buffer *out, int64_t n, const char *one, const char *many)
{
    put_grouped(out, n);
    dgm_buffer_printf(out, " %s", n == 1 ? one : many);
}

static void put_sentence(dgm_question *q, const counts *c)
{
    const dgm_filter *f = &q->filter;
    dgm_buffer text = { 0 };
    const char *separator = " Left out: ";
    if (q->per == DGM_PER_EVENT)
        put_unit(&text, c->reports, "event", "events");
    else
        put_unit(&text, c->reports, "report", "reports");
    if (q->per != DGM_PER_EVENT) {
        dgm_buffer_put(&text, DGM_VIEW(" of "));
        put_unit(&text, c->events, "event", "events");
    }
    dgm_buffer_put(&text, DGM_VIEW(" in "));
    put_unit(&text, c->stories, "story", "stories");
    if (f->from)
        dgm_buffer_printf(&text, ", from %s", f->from);
    if (f->to)
        dgm_buffer_printf(&text, "%s%s", f->from ? " to " : ", up to ", f->to);
    dgm_buffer_put(&text, DGM_VIEW("."));
    for (int i = 0; i < N_WHYS; i++) {
        if (c->left[i] <= 0)
            continue;
        dgm_buffer_put(&text, dgm_view_of(separator));
        put_grouped(&text, c->left[i]);
        dgm_buffer_printf(&text, " %s", whys[i]);
        separator = ", ";
    }
    if (separator[0] == ',')
        dgm_buffer_put(&text, DGM_VIEW("."));
    dgm_json_string_of(&q->out, "sentence", (dgm_view) { text.p, text.n });
    q->out.failed = q->out.failed || text.failed;
    dgm_buffer_done(&text);
}

static void put_left(dgm_question *q, const counts *c)
{
    dgm_json_open(&q->out, "left_out", '[');
    for (int i = 0; i < N_WHYS; i++) {
        if (c->left[i] <= 0)
            continue;
        dgm_json_open(&q->out, NULL, '{');
        dgm_json_string_of(&q->out, "why", dgm_view_of(whys[i]));
        dgm_json_whole(&q->out, "n", c->left[i]);
        dgm_json_close(&q->out, '}');
    }
    dgm_json_close(&q->out, ']');
}

static bool put_largest(dgm_question *q, dgm_page_question what, const char *name,
                        const char *member, uint32_t limit)
{
    pairs p = { &q->out, member, "n", limit };
    dgm_page_part part = { .limit = limit };
    dgm_json_open(&q->out, name, '[');
    if (dgm_page_ask(q->store, &q->filter, q->per, what, &part, put_pair, &p, &q->err) != DGM_OK)
        return false;
    dgm_json_close(&q->out, ']');
    return true;
}

bool dgm_answer_overview(dgm_question *q)
{
    counts c = { 0 };
    if (dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_TOTALS, NULL, take_totals, &c,
                     &q->err) != DGM_OK ||
        !count_left(q, &c))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, "counts", '{');
    dgm_json_whole(&q->out, "events", c.events);
    dgm_json_whole(&q->out, "reports", c.reports);
    dgm_json_whole(&q->out, "stories", c.stories);
    dgm_json_close(&q->out, '}');
    put_left(q, &c);
    if (!dgm_put_timeline(q, &q->filter, "timeline") || !dgm_put_dyads(q, &q->filter, 20, NULL) ||
        !put_largest(q, DGM_ASK_TYPES, "types", "type", 20) ||
        !put_largest(q, DGM_ASK_COUNTRIES, "countries", "country", 20) ||
        !put_largest(q, DGM_ASK_SOURCES, "sources", "source", 20))
        return false;
    put_sentence(q, &c);
    dgm_json_close(&q->out, '}');
    return true;
}
