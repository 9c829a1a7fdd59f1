/* Events read into columns, once for a state of the store. */
#include "store/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_EVENTS = 5000000 }; /* about 70 bytes each */

/* ---- numbers by rank ------------------------------------------------------------------------ */

static size_t slot_of(const dgm_ranks *r, int64_t key)
{
    uint64_t h = (uint64_t)key * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(h ^ h >> 31) & (r->size - 1);
    while (r->at[i].rank != 0 && r->at[i].key != key)
        i = (i + 1) & (r->size - 1);
    return i;
}

static bool grow(dgm_ranks *r)
{
    dgm_ranks larger = { .size = r->size ? r->size * 2 : 1024, .n = r->n };
    larger.at = calloc(larger.size, sizeof *larger.at);
    if (!larger.at)
        return false;
    for (size_t i = 0; i < r->size; i++)
        if (r->at[i].rank != 0)
            larger.at[slot_of(&larger, r->at[i].key)] = r->at[i];
    free(r->at);
    *r = larger;
    return true;
}

uint32_t dgm_ranks_of(dgm_ranks *r, int64_t key)
{
    if ((size_t)r->n * 2 >= r->size && !grow(r))
        return DGM_NONE;
    size_t i = slot_of(r, key);
    if (r->at[i].rank == 0) {
        r->at[i].key = key;
        r->at[i].rank = ++r->n;
    }
    return r->at[i].rank - 1;
}

bool dgm_ranks_room(dgm_ranks *r, uint32_t n)
{
    size_t size = 1024;
    while (size < (size_t)n * 2 + 2)
        size *= 2;
    *r = (dgm_ranks) { .size = size };
    r->at = calloc(size, sizeof *r->at);
    return r->at != NULL;
}

void dgm_ranks_done(dgm_ranks *r)
{
    free(r->at);
    *r = (dgm_ranks) { 0 };
}

/* ---- reading -------------------------------------------------------------------------------- */

/* What one row has of several, before it is sorted by row. */
typedef struct {
    uint32_t row, of;
} link;

typedef struct {
    dgm_columns *c;
    dgm_ranks same, sides;
    link *links;
    size_t n_links, room;
    uint32_t rows;          /* that there is room for */
    uint32_t first, second; /* the names of the last link, and */
    uint32_t pair;          /* their pair */
    uint32_t turn;
    bool failed, damaged;
} reading;

/* Names are few and most rows have that of the row before, or of one like it. */
static uint32_t number_of(reading *r, dgm_map *names, dgm_view name)
{
    uint32_t i = dgm_map_get(names, name);
    if (i != DGM_NONE)
        return i;
    i = dgm_map_count(names);
    if (dgm_map_set(names, name, i, NULL) != DGM_OK)
        r->failed = true;
    return i;
}

static int64_t whole_of(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_INT ? cell->integer : 0;
}

static double real_of(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_REAL  ? cell->real
           : cell->kind == DGM_CELL_INT ? (double)cell->integer
                                        : NAN;
}

/* Cells: type, polarity, status, quad, historical, attributed, plain. */
static uint32_t kind_of(reading *r, const dgm_cell *cells)
{
    dgm_columns *c = r->c;
    char key[160];
    size_t n = 0;
    for (int k = 0; k < 3; k++) {
        dgm_view text = dgm_view_slice(dgm_cell_text(&cells[k]), 0, 40);
        memcpy(key + n, text.p, text.n);
        n += text.n;
        key[n++] = '\n';
    }
    for (int k = 3; k < 7; k++)
        key[n++] = (char)('0' + DGM_MIN(DGM_MAX(whole_of(&cells[k]), 0), 9));
    uint32_t i = number_of(r, c->kind_names, (dgm_view) { key, n });
    if (i < c->kinds.n || r->failed)
        return i;
    dgm_columns_kind *kind = dgm_push(c->arena, &c->kinds);
    if (!kind) {
        r->failed = true;
        return 0;
    }
    *kind =
        (dgm_columns_kind) { .type = dgm_arena_copy(c->arena, dgm_cell_text(&cells[0])),
                             .polarity = dgm_arena_copy(c->arena, dgm_cell_text(&cells[1])),
                             .status = dgm_arena_copy(c->arena, dgm_cell_text(&cells[2])),
                             .type_number = number_of(r, c->type_names, dgm_cell_text(&cells[0])),
                             .quad = (uint8_t)DGM_MIN(DGM_MAX(whole_of(&cells[3]), 0), 4),
                             .historical = whole_of(&cells[4]) != 0,
                             .attributed = whole_of(&cells[5]) != 0,
                             .plain = whole_of(&cells[6]) != 0 };
    return i;
}

/* Cells: event, story, same, sides, day, those of kind_of(), goldstein, confidence, mode, basis. */
static bool take_event(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    dgm_columns *c = r->c;
    uint32_t i = c->n;
    if (i == r->rows) /* an index, which was counted, has fewer */
        return !(r->damaged = true);
    uint32_t kind = kind_of(r, cells + 5), mode = number_of(r, c->modes, dgm_cell_text(&cells[14]));
    uint32_t basis = number_of(r, c->bases, dgm_cell_text(&cells[15]));
    (void)n;
    c->same[i] = dgm_ranks_of(&r->same, whole_of(&cells[2]));
    c->sides[i] = dgm_ranks_of(&r->sides, whole_of(&cells[3]));
    int64_t story = whole_of(&cells[1]);
    r->failed = r->failed || kind > UINT16_MAX || mode > UINT16_MAX || basis > UINT8_MAX ||
                c->same[i] == DGM_NONE || c->sides[i] == DGM_NONE || cells[0].integer > INT32_MAX;
    if (r->failed)
        return false;
    c->event[i] = (uint32_t)cells[0].integer;
    c->story[i] = story > 0 && story < c->n_stories ? (uint32_t)story : 0;
    c->day[i] = cells[4].kind == DGM_CELL_INT ? (int32_t)cells[4].integer : DGM_NO_DAY;
    c->kind[i] = (uint16_t)kind;
    c->mode[i] = (uint16_t)mode;
    c->basis[i] = (uint8_t)basis;
    c->goldstein[i] = real_of(&cells[12]);
    c->confidence[i] = real_of(&cells[13]);
    c->place[i] = DGM_NONE;
    if (c->day[i] != DGM_NO_DAY) {
        c->first_day = DGM_MIN(c->first_day, c->day[i]);
        c->last_day = DGM_MAX(c->last_day, c->day[i]);
    }
    c->n++;
    return true;
}

/* Cells: story, original, source. */
static bool take_story(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    int64_t story = whole_of(&cells[0]), original = whole_of(&cells[1]);
    (void)n;
    if (story < 0 || story >= r->c->n_stories || original < 0 || original >= r->c->n_stories)
        return true;
    r->c->original[story] = (uint32_t)original;
    r->c->source[story] = number_of(r, r->c->sources, dgm_cell_text(&cells[2]));
    return !r->failed;
}

static bool take_turn(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    int64_t story = whole_of(&cells[0]);
    (void)n;
    if (story >= 0 && story < r->c->n_stories)
        r->c->turn[story] = ++r->turn;
    return true;
}

uint32_t dgm_columns_row(const dgm_columns *c, int64_t event)
{
    uint32_t begin = 0, end = c->n;
    if (c->n == 0 || event < c->event[0] || event > c->event[c->n - 1])
        return DGM_NONE;
    int64_t guess = event - c->event[0]; /* numbers have few gaps */
    if (guess < c->n && c->event[guess] == event)
        return (uint32_t)guess;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (c->event[middle] == event)
            return middle;
        if (c->event[middle] < event)
            begin = middle + 1;
        else
            end = middle;
    }
    return DGM_NONE;
}

/* ---- several of one row --------------------------------------------------------------------- */

static bool add_link(reading *r, int64_t event, uint32_t of)
{
    uint32_t row = dgm_columns_row(r->c, event);
    if (row == DGM_NONE)
        return true;
    if (r->n_links == r->room) {
        size_t room = r->room ? r->room * 2 : 4096;
        link *more = realloc(r->links, room * sizeof *more);
        if (!more)
            return !(r->failed = true);
        r->links = more;
        r->room = room;
    }
    r->links[r->n_links++] = (link) { row, of };
    return !r->failed;
}

/* Cells: event, country. */
static bool take_country(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    (void)n;
    return add_link(r, whole_of(&cells[0]),
                    number_of(r, r->c->country_names, dgm_cell_text(&cells[1])));
}

/* Cells: event, actor, recipient; those of one pair follow each other. */
static bool take_pair(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    dgm_columns *c = r->c;
    char key[200];
    uint32_t a = number_of(r, c->country_names, dgm_cell_text(&cells[1]));
    uint32_t b = number_of(r, c->country_names, dgm_cell_text(&cells[2]));
    (void)n;
    if (r->pair == DGM_NONE || a != r->first || b != r->second) {
        int length = snprintf(key, sizeof key, "%u,%u", a, b);
        r->pair = number_of(r, c->pair_names, (dgm_view) { key, (size_t)length });
        uint64_t *sides = r->pair < c->pair_sides.n ? &c->pair_sides.at[r->pair]
                                                    : dgm_push(c->arena, &c->pair_sides);
        if (!sides)
            return !(r->failed = true);
        *sides = (uint64_t)a << 32 | b;
        r->first = a;
        r->second = b;
    }
    return add_link(r, whole_of(&cells[0]), r->pair);
}

/* Sorts the links by row. */
static bool settle(reading *r, dgm_several *out)
{
    dgm_columns *c = r->c;
    out->begin = calloc((size_t)c->n + 2, sizeof *out->begin);
    out->of = malloc((r->n_links + 1) * sizeof *out->of);
    if (!out->begin || !out->of || r->failed || r->n_links > UINT32_MAX)
        return false;
    for (size_t i = 0; i < r->n_links; i++)
        out->begin[r->links[i].row + 2]++;
    for (uint32_t i = 2; i < c->n + 2; i++)
        out->begin[i] += out->begin[i - 1];
    for (size_t i = 0; i < r->n_links; i++) /* [row + 1] goes from begin to end of the row */
        out->of[out->begin[r->links[i].row + 1]++] = r->links[i].of;
    r->n_links = 0;
    return true;
}

/* ---- places --------------------------------------------------------------------------------- */

/* Cells: place, name, country, lat, lon, precision; in the order in which they are answered. */
static bool take_place(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    dgm_columns *c = r->c;
    dgm_columns_place *place = dgm_push(c->arena, &c->places);
    (void)n;
    if (!place || dgm_ranks_of(&r->sides, whole_of(&cells[0])) != c->places.n - 1)
        return !(r->failed = true);
    *place =
        (dgm_columns_place) { .name = dgm_arena_copy(c->arena, dgm_cell_text(&cells[1])),
                              .country = dgm_arena_copy(c->arena, dgm_cell_text(&cells[2])),
                              .lat = real_of(&cells[3]),
                              .lon = real_of(&cells[4]),
                              .precision = dgm_arena_copy(c->arena, dgm_cell_text(&cells[5])) };
    return true;
}

/* Cells: event, place, basis. */
static bool take_spot(void *context, const dgm_cell *cells, uint32_t n)
{
    reading *r = context;
    dgm_columns *c = r->c;
    uint32_t row = dgm_columns_row(c, whole_of(&cells[0]));
    (void)n;
    if (row == DGM_NONE)
        return true;
    uint32_t place = dgm_ranks_of(&r->sides, whole_of(&cells[1]));
    if (place >= c->places.n) /* its place is not there */
        return !(r->failed = true);
    c->place[row] = place;
    c->spot_basis[row] = (uint8_t)number_of(r, c->bases, dgm_cell_text(&cells[2]));
    return !r->failed;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static bool make_room(dgm_columns *c, int64_t n, int64_t n_stories)
{
    size_t rows = (size_t)n + 1, stories = (size_t)n_stories + 1;
    c->n_stories = (uint32_t)stories;
    c->first_day = INT32_MAX;
    c->last_day = DGM_NO_DAY;
    uint32_t **const wide[] = { &c->event, &c->story, &c->same, &c->sides, &c->place };
    uint32_t **const of_stories[] = { &c->original, &c->source, &c->turn };
    bool good = true;
    for (size_t i = 0; i < DGM_LEN(wide); i++)
        good = (*wide[i] = malloc(rows * sizeof(uint32_t))) != NULL && good;
    for (size_t i = 0; i < DGM_LEN(of_stories); i++)
        good = (*of_stories[i] = calloc(stories, sizeof(uint32_t))) != NULL && good;
    c->day = malloc(rows * sizeof *c->day);
    c->kind = malloc(rows * sizeof *c->kind);
    c->mode = malloc(rows * sizeof *c->mode);
    c->basis = malloc(rows);
    c->spot_basis = calloc(rows, 1);
    c->goldstein = malloc(rows * sizeof *c->goldstein);
    c->confidence = malloc(rows * sizeof *c->confidence);
    return good && c->day && c->kind && c->mode && c->basis && c->spot_basis && c->goldstein &&
           c->confidence;
}

static bool make_names(dgm_columns *c)
{
    dgm_map **const maps[] = { &c->kind_names, &c->type_names,    &c->modes,     &c->bases,
                               &c->sources,    &c->country_names, &c->pair_names };
    bool good = (c->arena = dgm_arena_new()) != NULL;
    for (size_t i = 0; i < DGM_LEN(maps); i++)
        good = (*maps[i] = dgm_map_new()) != NULL && good;
    return good && dgm_map_set(c->bases, DGM_VIEW(""), 0, NULL) == DGM_OK &&
           dgm_map_set(c->sources, DGM_VIEW(""), 0, NULL) == DGM_OK;
}

void dgm_columns_free(dgm_columns *c)
{
    if (!c)
        return;
    void *const all[] = { c->event,        c->story,       c->same,      c->sides,
                          c->place,        c->day,         c->kind,      c->mode,
                          c->basis,        c->spot_basis,  c->goldstein, c->confidence,
                          c->original,     c->source,      c->turn,      c->countries.begin,
                          c->countries.of, c->pairs.begin, c->pairs.of };
    dgm_map *const maps[] = { c->kind_names, c->type_names,    c->modes,     c->bases,
                              c->sources,    c->country_names, c->pair_names };
    for (size_t i = 0; i < DGM_LEN(all); i++)
        free(all[i]);
    for (size_t i = 0; i < DGM_LEN(maps); i++)
        dgm_map_free(maps[i]);
    dgm_arena_free(c->arena);
    free(c);
}

static dgm_status no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events' columns");
}

typedef struct {
    reading *r;
    dgm_row_out_fn take;
    uint64_t n;
} fetching;

static bool take_fetched(void *context, const dgm_cell *cells, uint32_t n)
{
    fetching *f = context;
    f->n++;
    return f->take(f->r, cells, n);
}

/* PostgreSQL's answers are whole before they are read, so there they come in parts. */
static dgm_status read_parts(dgm_sql *db, const char *sql, dgm_row_out_fn take, reading *r,
                             dgm_err *err)
{
    fetching f = { r, take, 1 };
    char declare[600];
    snprintf(declare, sizeof declare, "DECLARE part CURSOR FOR %s", sql);
    dgm_status status = db->engine->script(db, declare, err);
    while (status == DGM_OK && f.n > 0 && !r->failed && !r->damaged) {
        f.n = 0;
        status = dgm_sql_ask_once(db, "FETCH 20000 FROM part", NULL, 0, take_fetched, &f, err);
    }
    return status == DGM_OK ? db->engine->script(db, "CLOSE part", err) : status;
}

static dgm_status read_each(dgm_sql *db, const char *sql, dgm_row_out_fn take, reading *r,
                            dgm_err *err)
{
    dgm_status status = db->engine->is_postgres ? read_parts(db, sql, take, r, err)
                                                : dgm_sql_ask(db, sql, NULL, 0, take, r, err);
    if (status == DGM_OK && r->damaged)
        return dgm_fail(err, DGM_EFORMAT, db->name, 0,
                        "the store is damaged: it has more events than it counts");
    return status == DGM_OK && r->failed ? no_memory(err) : status;
}

static dgm_status read_rows(dgm_sql *db, reading *r, dgm_err *err)
{
    static const struct {
        const char *sql;
        dgm_row_out_fn take;
    } steps[] = {
        { "SELECT story, original, source FROM stories ORDER BY original, source", take_story },
        { "SELECT story FROM stories ORDER BY coalesce(date, ''), story", take_turn },
        { "SELECT event, story, same, sides, day, type, polarity, status, quad, historical,"
          " attributed, plain, goldstein, confidence, mode, place_basis FROM events ORDER BY event",
          take_event },
    };
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < DGM_LEN(steps) && status == DGM_OK; i++)
        status = read_each(db, steps[i].sql, steps[i].take, r, err);
    r->c->n_same = r->same.n;
    r->c->n_sides = r->sides.n;
    dgm_ranks_done(&r->sides); /* from now on places */
    return status;
}

static dgm_status read_rest(dgm_sql *db, reading *r, dgm_err *err)
{
    dgm_status status =
        read_each(db, "SELECT event, country FROM event_countries", take_country, r, err);
    if (status == DGM_OK && !settle(r, &r->c->countries))
        status = no_memory(err);
    if (status == DGM_OK)
        status = read_each(db, "SELECT event, actor, recipient FROM dyads", take_pair, r, err);
    if (status == DGM_OK && !settle(r, &r->c->pairs))
        status = no_memory(err);
    if (status == DGM_OK)
        status = read_each(db,
                           "SELECT place, name, country, lat, lon, precision FROM places"
                           " ORDER BY lat, lon, name, country",
                           take_place, r, err);
    if (status == DGM_OK)
        status = read_each(db, "SELECT event, place, basis FROM spots WHERE place_in_list = 0",
                           take_spot, r, err);
    return status == DGM_OK && dgm_arena_failed(r->c->arena) ? no_memory(err) : status;
}

static dgm_status read_all(dgm_sql *db, reading *r, dgm_err *err)
{
    int64_t n = 0, n_stories = 0;
    dgm_status status = dgm_sql_number(db, "SELECT count(*) FROM events", NULL, 0, &n, err);
    if (status == DGM_OK)
        status = dgm_sql_number(db, "SELECT coalesce(max(story), 0) FROM stories", NULL, 0,
                                &n_stories, err);
    if (status == DGM_OK && (n > MOST_EVENTS || n_stories > MOST_EVENTS))
        return DGM_END;
    if (status == DGM_OK && !(make_room(r->c, n, n_stories) && make_names(r->c) &&
                              dgm_ranks_room(&r->same, (uint32_t)n)))
        status = no_memory(err);
    r->rows = (uint32_t)n;
    if (status == DGM_OK)
        status = read_rows(db, r, err);
    return status == DGM_OK ? read_rest(db, r, err) : status;
}

/* As the store is at one moment, whoever writes to it. */
dgm_status dgm_columns_load(dgm_store *store, dgm_columns **out, dgm_err *err)
{
    reading r = { .c = calloc(1, sizeof *r.c), .pair = DGM_NONE };
    dgm_err ignored = { 0 };
    if (!r.c)
        return no_memory(err);
    dgm_status status = dgm_sql_script(store->db,
                                       store->db->engine->is_postgres
                                           ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                           : "BEGIN",
                                       err);
    if (status == DGM_OK) {
        status = read_all(store->db, &r, err);
        (void)!dgm_sql_script(store->db, "ROLLBACK", &ignored);
    }
    dgm_ranks_done(&r.same);
    dgm_ranks_done(&r.sides);
    free(r.links);
    if (status == DGM_OK)
        *out = r.c;
    else
        dgm_columns_free(r.c);
    return status;
}

void dgm_store_use(dgm_store *store, const dgm_columns *columns)
{
    if (store->columns == columns)
        return;
    store->columns = columns;
    free(store->sieved.at);
    dgm_buffer_done(&store->sieved.key);
    memset(&store->sieved, 0, sizeof store->sieved);
}
