#include "store/select.h"

#include "store/links.h"

#include <string.h>

/* ---- pieces --------------------------------------------------------------------------------- */

static void value(dgm_select *s, dgm_cell cell)
{
    if (s->n == DGM_MOST_VALUES) {
        s->status = dgm_fail(s->err, DGM_EUSAGE, NULL, 0, "the filter names more than %d things",
                             DGM_MOST_VALUES);
        return;
    }
    s->values[s->n++] = cell;
}

static void text_value(dgm_select *s, dgm_view v)
{
    value(s, (dgm_cell) { .kind = DGM_CELL_TEXT, .text = v });
}

/* " WHERE " before the first condition, " AND " before the others. */
static void conjoin(dgm_select *s)
{
    dgm_buffer_put(&s->where, s->where.n ? DGM_VIEW(" AND ") : DGM_VIEW(" WHERE "));
}

bool dgm_is_upper_code(dgm_view v, size_t least, size_t most)
{
    for (size_t i = 0; i < v.n; i++) {
        if (!dgm_is_upper((unsigned char)v.p[i]) && v.p[i] != '-')
            return false;
    }
    return v.n >= least && v.n <= most;
}

/* A country, a code or a name, by its look. */
const char *dgm_column_of(dgm_view who)
{
    return dgm_is_upper_code(who, 3, 3)   ? "country"
           : dgm_is_upper_code(who, 4, 7) ? "code"
                                          : "name";
}

/* "column IN (?, ?)" for a list. */
static void one_of(dgm_select *s, const char *column, const char *list)
{
    dgm_view rest = dgm_view_of(list), part;
    const char *separator = "";
    if (!list)
        return;
    conjoin(s);
    dgm_buffer_printf(&s->where, "%s IN (", column);
    while (dgm_view_split(&rest, ',', &part)) {
        dgm_buffer_printf(&s->where, "%s?", separator);
        text_value(s, dgm_view_trim(part));
        separator = ", ";
    }
    dgm_buffer_put(&s->where, DGM_VIEW(")"));
}

/* Somebody of a list takes part in a role, or speaks. */
static void somebody(dgm_select *s, const char *table, const char *role, const char *list)
{
    dgm_view rest = dgm_view_of(list), part;
    const char *separator = "";
    if (!list)
        return;
    conjoin(s);
    dgm_buffer_put(&s->where, DGM_VIEW("e.event IN ("));
    while (dgm_view_split(&rest, ',', &part)) {
        part = dgm_view_trim(part);
        dgm_buffer_printf(&s->where, "%sSELECT event FROM %s WHERE %s = ?", separator, table,
                          dgm_column_of(part));
        text_value(s, part);
        if (role)
            dgm_buffer_printf(&s->where, " AND role = '%s'", role);
        separator = " UNION ";
    }
    dgm_buffer_put(&s->where, DGM_VIEW(")"));
}

/* ---- text search ---------------------------------------------------------------------------- */

static bool take_count(void *context, const dgm_cell *cells, uint32_t n)
{
    *(int64_t *)context = n ? cells[0].integer : 0;
    return false;
}

/* The words as FTS5 and websearch_to_tsquery() take them: each in quotes, so that nothing in them
 * is an operator; a phrase in quotes stays one. */
dgm_view dgm_search_words(dgm_arena *arena, dgm_view words)
{
    dgm_buffer out = { 0 };
    bool quoted = false, open = false;
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (dgm_is_space((unsigned char)c) && !quoted) {
            dgm_buffer_put(&out, open ? DGM_VIEW("\" ") : DGM_VIEW(""));
            open = false;
        } else {
            dgm_buffer_put(&out, open ? DGM_VIEW("") : DGM_VIEW("\""));
            dgm_buffer_put(&out, (dgm_view) { &c, 1 });
            open = true;
        }
    }
    dgm_buffer_put(&out, open ? DGM_VIEW("\"") : DGM_VIEW(""));
    bool room = !out.failed;
    dgm_view v = dgm_arena_copy(arena, (dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
    return room && !dgm_arena_failed(arena) ? v : (dgm_view) { NULL, 0 };
}

dgm_status dgm_no_words(dgm_view match, dgm_err *err)
{
    return match.p ? dgm_fail(err, DGM_EUSAGE, NULL, 0, "there is no word to search for")
                   : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a question");
}

/* Where many stories match, events are walked from the latest and asked for their story; where
 * few do, their events are looked up. SQLite cannot tell which; PostgreSQL can. */
static void with_text(dgm_select *s, const char *words)
{
    enum { MANY = 2000 };
    dgm_view match = dgm_search_words(s->arena, dgm_view_of(words));
    if (match.n == 0)
        s->status = dgm_no_words(match, s->err);
    if (s->db->engine->is_postgres) {
        conjoin(s);
        dgm_buffer_put(&s->where, DGM_VIEW("e.story IN (SELECT story FROM stories WHERE search @@"
                                           " websearch_to_tsquery('english', ?))"));
        text_value(s, match);
        return;
    }
    int64_t n = 0;
    const dgm_cell cells[] = { { .kind = DGM_CELL_TEXT, .text = match }, dgm_int(MANY + 1) };
    if (s->status == DGM_OK)
        s->status = dgm_sql_ask(s->db,
                                "SELECT count(*) FROM (SELECT 1 FROM stories_text WHERE"
                                " stories_text MATCH ? LIMIT ?)",
                                cells, DGM_LEN(cells), take_count, &n, s->err);
    conjoin(s);
    dgm_buffer_printf(&s->where,
                      "%se.story IN (SELECT rowid FROM stories_text WHERE stories_text MATCH ?)",
                      n > MANY ? "+" : "");
    text_value(s, match);
}

/* ---- the filter ----------------------------------------------------------------------------- */

static void with_dyad(dgm_select *s, const char *dyad)
{
    dgm_view rest = dgm_view_of(dyad), actor = { "", 0 }, recipient = { "", 0 }, third;
    if (!dgm_view_split(&rest, ',', &actor) || !dgm_view_split(&rest, ',', &recipient) ||
        dgm_view_split(&rest, ',', &third)) {
        s->status = dgm_fail(s->err, DGM_EUSAGE, NULL, 0,
                             "a dyad is two parties with a comma between, not '%s'", dyad);
        return;
    }
    actor = dgm_view_trim(actor);
    recipient = dgm_view_trim(recipient);
    if (dgm_is_upper_code(actor, 3, 3) && dgm_is_upper_code(recipient, 3, 3)) {
        s->date = "y.day";
        s->event = "y.event";
        dgm_buffer_put(&s->from, DGM_VIEW(" CROSS JOIN dyads y"));
        conjoin(s);
        dgm_buffer_put(&s->where,
                       DGM_VIEW("y.actor = ? AND y.recipient = ? AND e.event = y.event"));
        text_value(s, actor);
        text_value(s, recipient);
        return;
    }
    const dgm_view sides[] = { dgm_arena_copy(s->arena, actor),
                               dgm_arena_copy(s->arena, recipient) };
    if (!sides[0].p || !sides[1].p) {
        s->status = dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for a filter");
        return;
    }
    somebody(s, "participants", "actor", sides[0].p);
    somebody(s, "participants", "recipient", sides[1].p);
}

static void with_country(dgm_select *s, const char *country)
{
    dgm_view v = dgm_view_trim(dgm_view_of(country));
    if (!dgm_is_upper_code(v, 3, 3)) {
        somebody(s, "participants", NULL, country);
        return;
    }
    conjoin(s);
    if (s->from.n == 0) {
        s->date = "c.day";
        s->event = "c.event";
        dgm_buffer_put(&s->from, DGM_VIEW(" CROSS JOIN event_countries c"));
        dgm_buffer_put(&s->where, DGM_VIEW("c.country = ? AND e.event = c.event"));
    } else {
        dgm_buffer_put(&s->where, DGM_VIEW("EXISTS (SELECT 1 FROM event_countries c WHERE c.country"
                                           " = ? AND c.day = e.day AND c.event = e.event)"));
    }
    text_value(s, v);
}

static void with_period(dgm_select *s, const char *day, const char *comparison)
{
    if (!day)
        return;
    conjoin(s);
    dgm_buffer_printf(&s->where, "%s %s ?", s->date, comparison);
    value(s, dgm_int(dgm_day_number(dgm_view_of(day))));
}

static void with_words(dgm_select *s, const dgm_filter *f)
{
    one_of(s, "e.type", f->type);
    one_of(s, "e.mode", f->mode);
    one_of(s, "e.status", f->status);
    one_of(s, "e.polarity", f->polarity);
    one_of(s, "e.event_id", f->event);
    if (f->quad) {
        dgm_view rest = dgm_view_of(f->quad), part;
        uint64_t quad;
        const char *separator = "";
        conjoin(s);
        dgm_buffer_put(&s->where, DGM_VIEW("e.quad IN ("));
        while (dgm_view_split(&rest, ',', &part)) {
            if (!dgm_parse_u64(dgm_view_trim(part), &quad) || quad > 4) {
                s->status =
                    dgm_fail(s->err, DGM_EUSAGE, NULL, 0, "a quad is 1 to 4, not '%s'", f->quad);
                return;
            }
            dgm_buffer_printf(&s->where, "%s%u", separator, (unsigned)quad);
            separator = ", ";
        }
        dgm_buffer_put(&s->where, DGM_VIEW(")"));
    }
    if (f->story) {
        conjoin(s);
        dgm_buffer_put(&s->where,
                       DGM_VIEW("e.story IN (SELECT story FROM stories WHERE story_id = ?)"));
        text_value(s, dgm_view_of(f->story));
    }
    if (f->historical || f->plain) {
        conjoin(s);
        dgm_buffer_printf(&s->where, "%s",
                          f->plain            ? "e.plain = 1"
                          : f->historical > 0 ? "e.historical = 1"
                                              : "e.historical = 0");
    }
}

static void with_place(dgm_select *s, const char *place)
{
    if (!place)
        return;
    conjoin(s);
    dgm_buffer_printf(&s->where, "e.event IN (SELECT event FROM locations WHERE %s = ?)",
                      dgm_is_upper_code(dgm_view_of(place), 3, 3) ? "country" : "name");
    text_value(s, dgm_view_of(place));
}

static void with_speaker(dgm_select *s, const char *speaker)
{
    if (!speaker)
        return;
    if (strcmp(speaker, "none") != 0) {
        somebody(s, "attributions", NULL, speaker);
        return;
    }
    conjoin(s);
    dgm_buffer_put(&s->where, DGM_VIEW("e.attributed = 0"));
}

dgm_status dgm_select_init(dgm_select *s, dgm_store *store, const dgm_filter *f, dgm_err *err)
{
    *s = (dgm_select) { .db = store->db, .date = "e.day", .event = "e.event", .err = err };
    s->arena = dgm_arena_new();
    if (!s->arena)
        return s->status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a filter");
    if (f->dyad)
        with_dyad(s, f->dyad);
    if (f->country)
        with_country(s, f->country);
    with_period(s, f->from, ">=");
    with_period(s, f->to, "<=");
    somebody(s, "participants", "actor", f->actor);
    somebody(s, "participants", "recipient", f->recipient);
    with_words(s, f);
    with_place(s, f->place);
    with_speaker(s, f->speaker);
    dgm_select_more(s, f);
    if (f->text)
        with_text(s, f->text);
    if (s->from.failed || s->where.failed)
        s->status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a filter");
    return s->status;
}

void dgm_select_done(dgm_select *s)
{
    dgm_buffer_done(&s->from);
    dgm_buffer_done(&s->where);
    dgm_arena_free(s->arena);
}

/* What narrows most stands first, and CROSS JOIN keeps SQLite to that order. */
void dgm_select_put(const dgm_select *s, dgm_buffer *sql)
{
    dgm_view from = { s->from.p, s->from.n };
    size_t lead = sizeof " CROSS JOIN " - 1;
    dgm_buffer_put(sql, DGM_VIEW(" FROM "));
    if (from.n > 0) {
        dgm_buffer_put(sql, dgm_view_slice(from, lead, from.n));
        dgm_buffer_put(sql, DGM_VIEW(" CROSS JOIN "));
    }
    dgm_buffer_put(sql, DGM_VIEW("events e"));
    dgm_buffer_put(sql, (dgm_view) { s->where.p, s->where.n });
}

/* By what events are one; NULL: each stands for itself. */
const char *dgm_one_by(const dgm_filter *filter, dgm_per per)
{
    if (filter->one_a_day)
        return "e.type, e.sides, e.date";
    return per == DGM_PER_EVENT   ? "e.same"
           : per == DGM_PER_STORY ? "e.same, (SELECT o.original FROM stories o WHERE o.story ="
                                    " e.story)"
                                  : NULL;
}

void dgm_select_put_once(const dgm_select *s, const char *by, dgm_buffer *sql)
{
    if (!by) {
        dgm_select_put(s, sql);
        return;
    }
    dgm_buffer_put(sql, DGM_VIEW(" FROM events e JOIN (SELECT min(e.event) AS first"));
    dgm_select_put(s, sql);
    dgm_buffer_printf(sql, " GROUP BY %s) f ON f.first = e.event", by);
}

dgm_status dgm_select_run(dgm_select *s, dgm_buffer *sql, dgm_row_out_fn fn, void *context)
{
    dgm_buffer_put(sql, (dgm_view) { "", 1 });
    if (s->status == DGM_OK && sql->failed)
        s->status = dgm_fail(s->err, DGM_ENOMEM, NULL, 0, "no memory for a question");
    if (s->status == DGM_OK)
        s->status = dgm_sql_ask_once(s->db, sql->p, s->values, s->n, fn, context, s->err);
    dgm_buffer_done(sql);
    return s->status;
}
