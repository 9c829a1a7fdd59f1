/* The rows of columns that pass a filter. What columns hold is compared there; of words, people and
 * places the tables are asked once for the numbers of all events (or stories) that have them. */
#include "store/columns.h"
#include "store/links.h"
#include "store/select.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const dgm_columns *c;
    dgm_store *store;
    dgm_arena *arena;
    dgm_err *err;
    dgm_status status;
    /* which of each pass; NULL: all */
    unsigned char *kinds, *modes, *bases, *sources;
    int64_t from, to;
    bool dated;
    double least;
    uint32_t country, pair; /* DGM_NONE: any */
    bool nothing;           /* no event can pass */
    /* how many of the conditions that were asked of the tables each fulfils, and how many there are
     */
    unsigned char *rows, *stories, n_rows, n_stories;
} sieve;

static void fail(sieve *s)
{
    if (s->status == DGM_OK)
        s->status = dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for a question");
}

/* ---- what columns hold ---------------------------------------------------------------------- */

static bool is_among(const char *list, dgm_view word)
{
    dgm_view rest = dgm_view_of(list), part;
    if (!list)
        return true;
    while (dgm_view_split(&rest, ',', &part))
        if (dgm_view_eq(dgm_view_trim(part), word))
            return true;
    return false;
}

static bool kind_passes(const dgm_filter *f, const dgm_columns_kind *k)
{
    const char quad[] = { (char)('0' + k->quad), '\0' };
    bool background = f->plain            ? k->plain
                      : f->historical > 0 ? k->historical
                      : f->historical < 0 ? !k->historical
                                          : true;
    return background && is_among(f->type, k->type) && is_among(f->status, k->status) &&
           is_among(f->polarity, k->polarity) && is_among(f->quad, dgm_view_of(quad)) &&
           !(f->speaker && strcmp(f->speaker, "none") == 0 && k->attributed);
}

static unsigned char *which_names(sieve *s, const dgm_map *names, const char *list)
{
    uint32_t n = dgm_map_count(names);
    unsigned char *which = list ? DGM_NEW(s->arena, unsigned char, (size_t)n + 1) : NULL;
    if (list && !which)
        fail(s);
    for (uint32_t i = 0; which && i < n; i++) {
        dgm_view name = dgm_map_key(names, i, NULL);
        which[i] = name.n > 0 && is_among(list, name);
    }
    return which;
}

static void choose_kinds(sieve *s, const dgm_filter *f)
{
    s->kinds = DGM_NEW(s->arena, unsigned char, (size_t)s->c->kinds.n + 1);
    if (!s->kinds)
        fail(s);
    for (uint32_t i = 0; s->kinds && i < s->c->kinds.n; i++)
        s->kinds[i] = kind_passes(f, &s->c->kinds.at[i]);
}

/* A dyad that names two countries, or is it of others? */
static bool are_countries(const char *dyad, dgm_view sides[2])
{
    dgm_view rest = dgm_view_of(dyad);
    if (!dgm_view_split(&rest, ',', &sides[0]) || !dgm_view_split(&rest, ',', &sides[1]))
        return false;
    sides[0] = dgm_view_trim(sides[0]);
    sides[1] = dgm_view_trim(sides[1]);
    return dgm_is_upper_code(sides[0], 3, 3) && dgm_is_upper_code(sides[1], 3, 3);
}

static void choose_pair(sieve *s, const dgm_view sides[2])
{
    char key[40];
    uint32_t a = dgm_map_get(s->c->country_names, sides[0]);
    uint32_t b = dgm_map_get(s->c->country_names, sides[1]);
    snprintf(key, sizeof key, "%u,%u", a, b);
    s->pair = dgm_map_get(s->c->pair_names, dgm_view_of(key));
    s->nothing = s->nothing || a == DGM_NONE || b == DGM_NONE || s->pair == DGM_NONE;
}

static void choose_country(sieve *s, dgm_view country)
{
    s->country = dgm_map_get(s->c->country_names, country);
    s->nothing = s->nothing || s->country == DGM_NONE;
}

/* ---- what the tables are asked -------------------------------------------------------------- */

/* An event that fulfilled all conditions before fulfils this one too. */
static bool take_row(void *context, const dgm_cell *cells, uint32_t n)
{
    sieve *s = context;
    uint32_t row = n ? dgm_columns_row(s->c, cells[0].integer) : DGM_NONE;
    if (row != DGM_NONE && s->rows[row] == s->n_rows - 1)
        s->rows[row] = s->n_rows;
    return true;
}

static bool take_story(void *context, const dgm_cell *cells, uint32_t n)
{
    sieve *s = context;
    int64_t story = n ? cells[0].integer : -1;
    if (story >= 0 && story < s->c->n_stories && s->stories[story] == s->n_stories - 1)
        s->stories[story] = s->n_stories;
    return true;
}

static void begin_rows(sieve *s)
{
    s->n_rows++;
    if (!s->rows && !(s->rows = calloc((size_t)s->c->n + 1, 1)))
        fail(s);
}

static void begin_stories(sieve *s)
{
    s->n_stories++;
    if (!s->stories && !(s->stories = calloc((size_t)s->c->n_stories + 1, 1)))
        fail(s);
}

static void ask(sieve *s, const char *sql, dgm_view word, dgm_row_out_fn take)
{
    const dgm_cell cell = { .kind = DGM_CELL_TEXT, .text = word };
    if (s->status == DGM_OK)
        s->status = dgm_sql_ask_once(s->store->db, sql, &cell, 1, take, s, s->err);
}

static void choose_somebody(sieve *s, const char *table, const char *role, dgm_view list)
{
    dgm_view part;
    char sql[160];
    begin_rows(s);
    while (dgm_view_split(&list, ',', &part)) {
        part = dgm_view_trim(part);
        snprintf(sql, sizeof sql, "SELECT event FROM %s WHERE %s = ?%s%s%s", table,
                 dgm_column_of(part), role ? " AND role = '" : "", role ? role : "",
                 role ? "'" : "");
        ask(s, sql, part, take_row);
    }
}

static void choose_text(sieve *s, const char *words)
{
    bool postgres = s->store->db->engine->is_postgres;
    dgm_view match = dgm_search_words(s->arena, dgm_view_of(words));
    if (match.n == 0 && s->status == DGM_OK)
        s->status = dgm_no_words(match, s->err);
    begin_stories(s);
    ask(s,
        postgres ? "SELECT story FROM stories WHERE search @@ websearch_to_tsquery('english', ?)"
                 : "SELECT rowid FROM stories_text WHERE stories_text MATCH ?",
        match, take_story);
}

static void choose_ids(sieve *s, const char *list)
{
    dgm_view rest = dgm_view_of(list), part;
    begin_rows(s);
    while (dgm_view_split(&rest, ',', &part))
        ask(s, "SELECT event FROM events WHERE event_id = ?", dgm_view_trim(part), take_row);
}

static void choose_sides(sieve *s, const dgm_filter *f)
{
    dgm_view sides[2] = { { "", 0 }, { "", 0 } }, country = dgm_view_trim(dgm_view_of(f->country));
    if (f->dyad && are_countries(f->dyad, sides)) {
        choose_pair(s, sides);
    } else if (f->dyad) {
        choose_somebody(s, "participants", "actor", sides[0]);
        choose_somebody(s, "participants", "recipient", sides[1]);
    }
    if (f->country && dgm_is_upper_code(country, 3, 3))
        choose_country(s, country);
    else if (f->country)
        choose_somebody(s, "participants", NULL, dgm_view_of(f->country));
    if (f->actor)
        choose_somebody(s, "participants", "actor", dgm_view_of(f->actor));
    if (f->recipient)
        choose_somebody(s, "participants", "recipient", dgm_view_of(f->recipient));
    if (f->speaker && strcmp(f->speaker, "none") != 0)
        choose_somebody(s, "attributions", NULL, dgm_view_of(f->speaker));
}

static void choose(sieve *s, const dgm_filter *f)
{
    choose_kinds(s, f);
    s->modes = which_names(s, s->c->modes, f->mode);
    s->bases = which_names(s, s->c->bases, f->basis);
    s->sources = which_names(s, s->c->sources, f->source);
    s->from = f->from ? dgm_day_number(dgm_view_of(f->from)) : INT64_MIN;
    s->to = f->to ? dgm_day_number(dgm_view_of(f->to)) : INT64_MAX;
    s->dated = f->from || f->to;
    s->least = f->least_confidence;
    choose_sides(s, f);
    if (f->place) {
        begin_rows(s);
        ask(s,
            dgm_is_upper_code(dgm_view_of(f->place), 3, 3)
                ? "SELECT event FROM locations WHERE country = ?"
                : "SELECT event FROM locations WHERE name = ?",
            dgm_view_of(f->place), take_row);
    }
    if (f->event)
        choose_ids(s, f->event);
    if (f->story) {
        begin_stories(s);
        ask(s, "SELECT story FROM stories WHERE story_id = ?", dgm_view_of(f->story), take_story);
    }
    if (f->text)
        choose_text(s, f->text);
}

/* ---- going through -------------------------------------------------------------------------- */

static bool has(const dgm_several *several, uint32_t row, uint32_t of)
{
    for (uint32_t i = several->begin[row]; i < several->begin[row + 1]; i++)
        if (several->of[i] == of)
            return true;
    return false;
}

static bool passes(const sieve *s, uint32_t i)
{
    const dgm_columns *c = s->c;
    uint32_t story = c->story[i];
    if (!s->kinds[c->kind[i]] || c->day[i] < s->from || c->day[i] > s->to ||
        (s->dated && c->day[i] == DGM_NO_DAY))
        return false;
    if (s->country != DGM_NONE && !has(&c->countries, i, s->country))
        return false;
    if (s->pair != DGM_NONE && !has(&c->pairs, i, s->pair))
        return false;
    return (!s->sources || s->sources[c->source[story]]) && (!s->modes || s->modes[c->mode[i]]) &&
           (!s->bases || s->bases[c->basis[i]]) &&
           !(s->least > 0 && !(c->confidence[i] >= s->least)) &&
           (!s->rows || s->rows[i] == s->n_rows) &&
           (!s->stories || s->stories[story] == s->n_stories);
}

/* What is one with another has the same number. */
static int64_t one_of(const dgm_columns *c, const dgm_filter *f, dgm_per per, uint32_t i)
{
    if (f->one_a_day) /* 2^24 days are 45,000 years */
        return (int64_t)((uint64_t)c->sides[i] << 32 |
                         ((uint64_t)c->kinds.at[c->kind[i]].type_number & 0xFF) << 24 |
                         ((uint64_t)(uint32_t)c->day[i] & 0xFFFFFF));
    return per == DGM_PER_STORY ? (int64_t)((uint64_t)c->same[i] << 32 | c->original[c->story[i]])
                                : (int64_t)c->same[i];
}

/* Reports of one event follow each other anywhere, but their numbers have no gaps. */
static uint32_t keep_first_of_same(sieve *s, uint32_t *at, uint32_t n)
{
    unsigned char *seen = calloc((size_t)s->c->n_same + 1, 1);
    uint32_t kept = 0;
    if (!seen)
        fail(s);
    for (uint32_t i = 0; seen && i < n; i++) {
        if (!seen[s->c->same[at[i]]])
            at[kept++] = at[i];
        seen[s->c->same[at[i]]] = 1;
    }
    free(seen);
    return kept;
}

static uint32_t keep_first(sieve *s, const dgm_filter *f, dgm_per per, uint32_t *at, uint32_t n)
{
    dgm_ranks seen = { 0 };
    uint32_t kept = 0;
    if (!dgm_ranks_room(&seen, n))
        fail(s);
    for (uint32_t i = 0; i < n && s->status == DGM_OK; i++) {
        uint32_t before = seen.n;
        if (dgm_ranks_of(&seen, one_of(s->c, f, per, at[i])) == DGM_NONE)
            fail(s);
        else if (seen.n > before)
            at[kept++] = at[i];
    }
    dgm_ranks_done(&seen);
    return kept;
}

static uint32_t *go_through(sieve *s, const dgm_filter *f, dgm_per per, uint32_t *n)
{
    uint32_t *at = s->status == DGM_OK ? malloc(((size_t)s->c->n + 1) * sizeof *at) : NULL;
    *n = 0;
    if (!at) {
        fail(s);
        return NULL;
    }
    for (uint32_t i = 0; i < s->c->n && !s->nothing; i++)
        if (passes(s, i))
            at[(*n)++] = i;
    if (per == DGM_PER_EVENT && !f->one_a_day)
        *n = keep_first_of_same(s, at, *n);
    else if (f->one_a_day || per != DGM_PER_REPORT)
        *n = keep_first(s, f, per, at, *n);
    uint32_t *smaller = realloc(at, ((size_t)*n + 1) * sizeof *at);
    return smaller ? smaller : at;
}

/* ---- the filter asked last ------------------------------------------------------------------ */

/* All that decides which rows pass, as a text. */
static bool put_key(const dgm_filter *f, dgm_per per, dgm_buffer *out)
{
    const char *const words[] = { f->actor, f->recipient, f->country, f->dyad,     f->type,
                                  f->mode,  f->quad,      f->status,  f->polarity, f->from,
                                  f->to,    f->place,     f->speaker, f->text,     f->story,
                                  f->event, f->source,    f->basis };
    for (size_t i = 0; i < DGM_LEN(words); i++) {
        dgm_buffer_put(out, words[i] ? dgm_view_of(words[i]) : DGM_VIEW("\1"));
        dgm_buffer_put(out, (dgm_view) { "", 1 });
    }
    dgm_buffer_printf(out, "%.17g %d %d %d %d", f->least_confidence, f->historical, f->plain,
                      f->one_a_day, (int)per);
    return !out->failed;
}

static dgm_status sift(dgm_store *store, const dgm_filter *filter, dgm_per per, dgm_err *err)
{
    sieve s = { .c = store->columns,
                .store = store,
                .arena = dgm_arena_new(),
                .err = err,
                .country = DGM_NONE,
                .pair = DGM_NONE };
    if (s.arena)
        choose(&s, filter);
    else
        fail(&s);
    store->sieved.at = go_through(&s, filter, per, &store->sieved.n);
    free(s.rows);
    free(s.stories);
    dgm_arena_free(s.arena);
    return s.status;
}

dgm_status dgm_columns_sieve(dgm_store *store, const dgm_filter *filter, dgm_per per, dgm_rows *out,
                             dgm_err *err)
{
    dgm_buffer key = { 0 };
    dgm_status status = DGM_OK;
    bool keyed = put_key(filter, per, &key);
    const dgm_buffer *last = &store->sieved.key;
    if (keyed && store->sieved.at && last->n == key.n && memcmp(last->p, key.p, key.n) == 0) {
        dgm_buffer_done(&key);
    } else {
        dgm_buffer_done(&store->sieved.key);
        free(store->sieved.at);
        store->sieved.at = NULL;
        status = sift(store, filter, per, err);
        store->sieved.key = key;
        if (status != DGM_OK || !keyed) {
            dgm_buffer_done(&store->sieved.key);
            key = (dgm_buffer) { 0 };
        }
    }
    if (status != DGM_OK) {
        free(store->sieved.at);
        store->sieved.at = NULL;
    }
    *out = (dgm_rows) { store->sieved.at, store->sieved.at ? store->sieved.n : 0 };
    return status;
}
