/* Questions of page.h answered from columns: the same rows as from the tables, in their order. */
#include "store/columns.h"

#include "store/links.h"

#include "grounding/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DAYS = 400000 };

typedef struct {
    const dgm_columns *c;
    dgm_store *store;
    dgm_rows rows;
    const dgm_page_part *part;
    dgm_row_out_fn fn;
    void *context;
    dgm_err *err;
} asked;

static dgm_status no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
}

static const dgm_columns_kind *kind_of(const dgm_columns *c, uint32_t row)
{
    return &c->kinds.at[c->kind[row]];
}

/* How many rows of an answer are wanted; 0 of a part is all. */
static uint64_t limit_of(const asked *a)
{
    return a->part && a->part->limit ? a->part->limit : UINT64_MAX;
}

/* ---- counts by a number --------------------------------------------------------------------- */

typedef struct {
    int64_t n, cooperation, conflict, scored;
    double score;
} count;

/* What is counted, to be put in order. */
typedef struct {
    dgm_view names[2];
    const count *of;
} line;

static int by_size(const void *a, const void *b)
{
    const line *x = a, *y = b;
    if (x->of->n != y->of->n)
        return x->of->n < y->of->n ? 1 : -1;
    int order = dgm_view_cmp(x->names[0], y->names[0]);
    return order ? order : dgm_view_cmp(x->names[1], y->names[1]);
}

static void add(count *to, const dgm_columns *c, uint32_t row)
{
    uint8_t quad = kind_of(c, row)->quad;
    to->n++;
    to->cooperation += quad <= 2;
    to->conflict += quad >= 3;
    if (!isnan(c->goldstein[row])) {
        to->scored++;
        to->score += c->goldstein[row];
    }
}

typedef enum { LINE_NAME, LINE_PAIR, LINE_SCORED } line_shape;

static bool give_line(const asked *a, const line *l, line_shape shape)
{
    const count *c = l->of;
    dgm_cell cells[6] = { dgm_text(l->names[0]) };
    uint32_t n = 1;
    if (shape != LINE_NAME)
        cells[n++] = dgm_text(l->names[1]);
    cells[n++] = dgm_int(c->n);
    if (shape != LINE_NAME) {
        cells[n++] = dgm_int(c->cooperation);
        cells[n++] = dgm_int(c->conflict);
    }
    if (shape == LINE_SCORED)
        cells[n++] = dgm_real(c->scored ? c->score / (double)c->scored : NAN);
    return a->fn(a->context, cells, n);
}

/* Those that have any, the largest first. */
static void give_lines(const asked *a, line *lines, size_t n, line_shape shape)
{
    if (n > 0)
        qsort(lines, n, sizeof *lines, by_size);
    for (size_t i = 0; i < n && i < limit_of(a); i++)
        if (!give_line(a, &lines[i], shape))
            break;
}

static dgm_view country_name(const dgm_columns *c, uint64_t number)
{
    return dgm_map_key(c->country_names, (uint32_t)number, NULL);
}

static dgm_status give_names(const asked *a, const count *counts, const dgm_map *names)
{
    uint32_t n = dgm_map_count(names), n_lines = 0;
    line *lines = malloc(((size_t)n + 1) * sizeof *lines);
    if (!lines)
        return no_memory(a->err);
    for (uint32_t i = 0; i < n; i++)
        if (counts[i].n > 0)
            lines[n_lines++] = (line) { { dgm_map_key(names, i, NULL), { "", 0 } }, &counts[i] };
    give_lines(a, lines, n_lines, LINE_NAME);
    free(lines);
    return DGM_OK;
}

/* ---- types, sources, countries -------------------------------------------------------------- */

static dgm_status count_names(const asked *a, dgm_page_question question)
{
    const dgm_columns *c = a->c;
    const dgm_map *names = question == DGM_ASK_TYPES     ? c->type_names
                           : question == DGM_ASK_SOURCES ? c->sources
                                                         : c->country_names;
    count *counts = calloc((size_t)dgm_map_count(names) + 1, sizeof *counts);
    if (!counts)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i];
        if (question == DGM_ASK_TYPES)
            counts[kind_of(c, row)->type_number].n++;
        else if (question == DGM_ASK_SOURCES)
            counts[c->source[c->story[row]]].n++;
        else
            for (uint32_t k = c->countries.begin[row]; k < c->countries.begin[row + 1]; k++)
                counts[c->countries.of[k]].n++;
    }
    dgm_status status = give_names(a, counts, names);
    free(counts);
    return status;
}

/* ---- dyads ---------------------------------------------------------------------------------- */

static void count_rows(const asked *a, count *counts)
{
    const dgm_columns *c = a->c;
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i];
        for (uint32_t k = c->pairs.begin[row]; k < c->pairs.begin[row + 1]; k++)
            add(&counts[c->pairs.of[k]], c, row);
    }
}

/* Both directions of a pair into that of which the first name comes first. */
static void join_directions(const dgm_columns *c, count *counts)
{
    for (uint32_t i = 0; i < c->pair_sides.n; i++) {
        uint64_t a = c->pair_sides.at[i] >> 32, b = c->pair_sides.at[i] & UINT32_MAX;
        char key[40];
        snprintf(key, sizeof key, "%llu,%llu", (unsigned long long)b, (unsigned long long)a);
        uint32_t other = dgm_map_get(c->pair_names, dgm_view_of(key));
        if (other == DGM_NONE || other == i || counts[other].n == 0 ||
            dgm_view_cmp(country_name(c, a), country_name(c, b)) < 0)
            continue;
        counts[other].n += counts[i].n;
        counts[other].cooperation += counts[i].cooperation;
        counts[other].conflict += counts[i].conflict;
        counts[i].n = 0;
    }
}

static dgm_status count_pairs(const asked *a, bool directed)
{
    const dgm_columns *c = a->c;
    uint32_t n = c->pair_sides.n, n_lines = 0;
    count *counts = calloc((size_t)n + 1, sizeof *counts);
    line *lines = malloc(((size_t)n + 1) * sizeof *lines);
    if (counts)
        count_rows(a, counts);
    if (counts && !directed)
        join_directions(c, counts);
    for (uint32_t i = 0; counts && lines && i < n; i++) {
        dgm_view x = country_name(c, c->pair_sides.at[i] >> 32);
        dgm_view y = country_name(c, c->pair_sides.at[i] & UINT32_MAX);
        bool turned = !directed && dgm_view_cmp(x, y) > 0;
        if (counts[i].n > 0 && (directed || !dgm_view_eq(x, y)))
            lines[n_lines++] = (line) { { turned ? y : x, turned ? x : y }, &counts[i] };
    }
    if (counts && lines)
        give_lines(a, lines, n_lines, directed ? LINE_SCORED : LINE_PAIR);
    dgm_status status = counts && lines ? DGM_OK : no_memory(a->err);
    free(lines);
    free(counts);
    return status;
}

/* ---- totals, kinds -------------------------------------------------------------------------- */

static dgm_status give_totals(const asked *a)
{
    const dgm_columns *c = a->c;
    unsigned char *same = calloc((size_t)c->n_same + 1, 1);
    unsigned char *original = calloc((size_t)c->n_stories + 1, 1);
    int64_t n_same = 0, n_original = 0;
    if (!same || !original) {
        free(same);
        free(original);
        return no_memory(a->err);
    }
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i], of = c->original[c->story[row]];
        n_same += !same[c->same[row]];
        n_original += !original[of];
        same[c->same[row]] = original[of] = 1;
    }
    free(same);
    free(original);
    const dgm_cell cells[] = { dgm_int(a->rows.n), dgm_int(n_same), dgm_int(n_original) };
    a->fn(a->context, cells, DGM_LEN(cells));
    return DGM_OK;
}

static dgm_status give_kinds(const asked *a)
{
    const dgm_columns *c = a->c;
    int64_t *counts = calloc((size_t)c->kinds.n + 1, sizeof *counts);
    if (!counts)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++)
        counts[c->kind[a->rows.at[i]]]++;
    bool going = true;
    for (uint32_t i = 0; i < c->kinds.n && going; i++) {
        const dgm_columns_kind *k = &c->kinds.at[i];
        const dgm_cell cells[] = { dgm_text(k->polarity),  dgm_text(k->status),
                                   dgm_int(k->historical), dgm_int(k->attributed),
                                   dgm_int(k->plain),      dgm_int(counts[i]) };
        going = counts[i] == 0 || a->fn(a->context, cells, DGM_LEN(cells));
    }
    free(counts);
    return DGM_OK;
}

/* ---- days ----------------------------------------------------------------------------------- */

/* How many slots of a day, or 0: the days lie too far apart. */
static size_t n_days(const dgm_columns *c)
{
    if (c->first_day > c->last_day)
        return 1;
    int64_t n = (int64_t)c->last_day - c->first_day + 1;
    return n > MOST_DAYS ? 0 : (size_t)n;
}

static dgm_cell day_cell(int32_t day, char room[11])
{
    dgm_day_write(day, room);
    return dgm_text(dgm_view_of(room));
}

static dgm_status give_scores(const asked *a)
{
    const dgm_columns *c = a->c;
    size_t n = n_days(c);
    count *counts = calloc(n + 1, sizeof *counts);
    bool going = true;
    char room[11];
    if (!counts)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++) {
        int32_t day = c->day[a->rows.at[i]];
        if (day != DGM_NO_DAY)
            add(&counts[day - c->first_day], c, a->rows.at[i]);
    }
    for (size_t i = 0; i < n && going; i++) {
        const dgm_cell cells[] = { day_cell(c->first_day + (int32_t)i, room),
                                   dgm_int(counts[i].scored),
                                   dgm_real(counts[i].scored ? counts[i].score : NAN) };
        going = counts[i].n == 0 || a->fn(a->context, cells, DGM_LEN(cells));
    }
    free(counts);
    return DGM_OK;
}

static dgm_status give_days(const asked *a, bool by_name)
{
    enum { QUADS = 5 };
    const dgm_columns *c = a->c;
    size_t n = n_days(c) * QUADS;
    int64_t *counts = calloc(n + 1, sizeof *counts);
    bool going = true;
    char room[11];
    if (!counts)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i];
        if (c->day[row] != DGM_NO_DAY)
            counts[(size_t)(c->day[row] - c->first_day) * QUADS + kind_of(c, row)->quad]++;
    }
    for (size_t i = 0; i < n && going; i++) {
        int32_t day = c->first_day + (int32_t)(i / QUADS);
        const dgm_cell cells[] = { by_name ? day_cell(day, room) : dgm_int(day),
                                   dgm_int((int64_t)(i % QUADS)), dgm_int(counts[i]) };
        going = counts[i] == 0 || a->fn(a->context, cells, DGM_LEN(cells));
    }
    free(counts);
    return DGM_OK;
}

/* ---- places --------------------------------------------------------------------------------- */

/* A place, by what it is known and a quad, in one number; they sort as they are answered. */
static uint64_t spot_of(const dgm_columns *c, uint32_t row)
{
    return (uint64_t)c->place[row] << 16 | (uint64_t)c->spot_basis[row] << 8 |
           kind_of(c, row)->quad;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool give_place(const asked *a, uint64_t spot, int64_t n)
{
    const dgm_columns_place *p = &a->c->places.at[spot >> 16];
    dgm_view basis = dgm_map_key(a->c->bases, (uint32_t)(spot >> 8 & 0xFF), NULL);
    const dgm_cell cells[] = { dgm_text(p->name),
                               dgm_text(p->country),
                               dgm_real(p->lat),
                               dgm_real(p->lon),
                               dgm_text(p->precision),
                               dgm_text(basis),
                               dgm_int((int64_t)(spot & 0xFF)),
                               dgm_int(n) };
    return a->fn(a->context, cells, DGM_LEN(cells));
}

static dgm_status give_places(const asked *a)
{
    const dgm_columns *c = a->c;
    uint64_t *spots = malloc(((size_t)a->rows.n + 1) * sizeof *spots);
    size_t n = 0;
    if (!spots)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i], place = c->place[row];
        if (place != DGM_NONE && !isnan(c->places.at[place].lat) && !isnan(c->places.at[place].lon))
            spots[n++] = spot_of(c, row);
    }
    if (n > 0)
        qsort(spots, n, sizeof *spots, by_number);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && spots[end] == spots[i];)
            end++;
        if (!give_place(a, spots[i], (int64_t)(end - i)))
            break;
    }
    free(spots);
    return DGM_OK;
}

static dgm_status give_placeless(const asked *a)
{
    const dgm_columns *c = a->c;
    int64_t without = 0, nowhere = 0;
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t place = c->place[a->rows.at[i]];
        without += place == DGM_NONE;
        nowhere +=
            place != DGM_NONE && (isnan(c->places.at[place].lat) || isnan(c->places.at[place].lon));
    }
    const dgm_cell cells[] = { dgm_int(without), dgm_int(nowhere) };
    a->fn(a->context, cells, DGM_LEN(cells));
    return DGM_OK;
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* The latest of what is put in, at most so many: a heap with the earliest of them on top. */
typedef struct {
    struct {
        int64_t turn, of;
    } * at;
    size_t n, most;
} latest;

static bool is_before(const latest *l, size_t a, size_t b)
{
    return l->at[a].turn != l->at[b].turn ? l->at[a].turn < l->at[b].turn
                                          : l->at[a].of < l->at[b].of;
}

static void swap(latest *l, size_t a, size_t b)
{
    int64_t turn = l->at[a].turn, of = l->at[a].of;
    l->at[a] = l->at[b];
    l->at[b].turn = turn;
    l->at[b].of = of;
}

static void sink(latest *l)
{
    for (size_t i = 0, child; (child = 2 * i + 1) < l->n; i = child) {
        if (child + 1 < l->n && is_before(l, child + 1, child))
            child++;
        if (!is_before(l, child, i))
            return;
        swap(l, i, child);
    }
}

/* at[] has room for one more than `most`. */
static void put_latest(latest *l, int64_t turn, int64_t of)
{
    l->at[l->n].turn = turn;
    l->at[l->n].of = of;
    for (size_t i = l->n++; i > 0 && is_before(l, i, (i - 1) / 2); i = (i - 1) / 2)
        swap(l, i, (i - 1) / 2);
    if (l->n <= l->most)
        return;
    l->at[0] = l->at[--l->n];
    sink(l);
}

/* Puts them in order, the latest first. */
static void put_in_order(latest *l)
{
    size_t all = l->n;
    while (l->n > 1) {
        swap(l, 0, --l->n);
        sink(l);
    }
    l->n = all;
}

static dgm_status give_events(const asked *a, bool attributed)
{
    const dgm_columns *c = a->c;
    latest l = { .most = (size_t)DGM_MIN(limit_of(a), a->rows.n) };
    const char *after = a->part ? a->part->day : NULL;
    int64_t day = after ? dgm_day_number(dgm_view_of(after)) : INT64_MAX;
    char room[11];
    l.at = malloc((l.most + 1) * sizeof *l.at);
    if (!l.at)
        return no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n; i++) {
        uint32_t row = a->rows.at[i];
        bool follows = c->day[row] < day || (c->day[row] == day && c->event[row] < a->part->key);
        if (follows && (!attributed || kind_of(c, row)->attributed) &&
            !(after && c->day[row] == DGM_NO_DAY))
            put_latest(&l, c->day[row], c->event[row]);
    }
    put_in_order(&l);
    for (size_t i = 0; i < l.n; i++) {
        const dgm_cell cells[] = { dgm_int(l.at[i].of),
                                   l.at[i].turn == DGM_NO_DAY
                                       ? dgm_text((dgm_view) { "", 0 })
                                       : day_cell((int32_t)l.at[i].turn, room) };
        if (!a->fn(a->context, cells, DGM_LEN(cells)))
            break;
    }
    free(l.at);
    return DGM_OK;
}

typedef struct {
    const asked *a;
    int64_t n;
    bool ended;
} telling;

static bool take_head(void *context, const dgm_cell *cells, uint32_t n)
{
    telling *t = context;
    dgm_cell row[5];
    (void)n;
    memcpy(row, cells, 4 * sizeof *row);
    row[4] = dgm_int(t->n);
    t->ended = !t->a->fn(t->a->context, row, DGM_LEN(row));
    return false;
}

static dgm_status give_heads(const asked *a, const latest *l, const uint32_t *counts)
{
    dgm_status status = DGM_OK;
    telling t = { a, 0, false };
    for (size_t i = 0; i < l->n && status == DGM_OK && !t.ended; i++) {
        const dgm_cell story = dgm_int(l->at[i].of);
        t.n = counts[l->at[i].of];
        status = dgm_sql_ask(a->store->db,
                             "SELECT story, date, title, source FROM stories WHERE story = ?",
                             &story, 1, take_head, &t, a->err);
    }
    return status;
}

static dgm_status give_stories(const asked *a)
{
    const dgm_columns *c = a->c;
    latest l = { .most = (size_t)DGM_MIN(limit_of(a), a->c->n_stories) };
    int64_t last = a->part && a->part->day && a->part->key >= 0 && a->part->key < c->n_stories
                       ? c->turn[a->part->key]
                       : INT64_MAX;
    uint32_t *counts = calloc((size_t)c->n_stories + 1, sizeof *counts);
    l.at = malloc((l.most + 1) * sizeof *l.at);
    dgm_status status = counts && l.at ? DGM_OK : no_memory(a->err);
    for (uint32_t i = 0; i < a->rows.n && status == DGM_OK; i++)
        counts[c->story[a->rows.at[i]]]++;
    for (uint32_t i = 0; i < c->n_stories && status == DGM_OK; i++)
        if (counts[i] > 0 && c->turn[i] < last)
            put_latest(&l, c->turn[i], i);
    put_in_order(&l);
    if (status == DGM_OK)
        status = give_heads(a, &l, counts);
    free(l.at);
    free(counts);
    return status;
}

/* ---- who answers what ----------------------------------------------------------------------- */

bool dgm_columns_answer(const dgm_store *store, dgm_page_question question)
{
    return store->columns && question != DGM_ASK_SPEAKERS && n_days(store->columns) > 0;
}

static dgm_status answer(const asked *a, dgm_page_question question)
{
    const dgm_cell n = dgm_int(a->rows.n);
    switch (question) {
    case DGM_ASK_TOTALS:
        return give_totals(a);
    case DGM_ASK_DAYS:
        return give_days(a, true);
    case DGM_ASK_TYPES:
    case DGM_ASK_COUNTRIES:
    case DGM_ASK_SOURCES:
        return count_names(a, question);
    case DGM_ASK_KINDS:
        return give_kinds(a);
    case DGM_ASK_DYADS:
        return count_pairs(a, true);
    case DGM_ASK_PAIRS:
        return count_pairs(a, false);
    case DGM_ASK_SCORES:
        return give_scores(a);
    case DGM_ASK_PLACES:
        return give_places(a);
    case DGM_ASK_PLACELESS:
        return give_placeless(a);
    case DGM_ASK_EVENTS:
    case DGM_ASK_QUOTES:
        return give_events(a, question == DGM_ASK_QUOTES);
    case DGM_ASK_STORIES:
        return give_stories(a);
    default:
        a->fn(a->context, &n, 1);
        return DGM_OK;
    }
}

dgm_status dgm_columns_ask(dgm_store *store, const dgm_filter *filter, dgm_per per,
                           dgm_page_question question, const dgm_page_part *part, dgm_row_out_fn fn,
                           void *context, dgm_err *err)
{
    asked a = {
        .c = store->columns, .store = store, .part = part, .fn = fn, .context = context, .err = err
    };
    dgm_status status = dgm_columns_sieve(store, filter, per, &a.rows, err);
    return status == DGM_OK ? answer(&a, question) : status;
}

dgm_status dgm_columns_days(dgm_store *store, const dgm_filter *filter, dgm_row_out_fn fn,
                            void *context, dgm_err *err)
{
    asked a = { .c = store->columns, .store = store, .fn = fn, .context = context, .err = err };
    dgm_status status = dgm_columns_sieve(store, filter, DGM_PER_REPORT, &a.rows, err);
    return status == DGM_OK ? give_days(&a, false) : status;
}
