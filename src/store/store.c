/* Opening, batches, and how a story gets in. */
#include "store/duplicates.h"
#include "store/links.h"
#include "store/sql.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS_OF_COPIES = 7 }; /* outlets take a story over within a week */

/* ---- opening -------------------------------------------------------------------------------- */

static bool is_postgres(const char *where)
{
    dgm_view v = dgm_view_of(where);
    return dgm_view_starts(v, DGM_VIEW("postgresql://")) ||
           dgm_view_starts(v, DGM_VIEW("postgres://"));
}

static dgm_status open_engine(const char *where, bool to_read, dgm_sql **out, dgm_err *err)
{
    if (is_postgres(where)) {
#ifdef DGM_WITH_POSTGRES
        return dgm_postgres_open(where, out, err);
#else
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "this build has no PostgreSQL (libpq)");
#endif
    }
    return dgm_sqlite_open(where, to_read, out, err);
}

static dgm_status open_store(const char *where, bool to_read, dgm_store **out, dgm_err *err)
{
    dgm_store *store = calloc(1, sizeof(*store));
    if (!store)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the store");
    dgm_status status = open_engine(where, to_read, &store->db, err);
    if (status == DGM_OK)
        status = dgm_schema_update(store->db, to_read, err);
    if (status == DGM_OK)
        *out = store;
    else
        dgm_store_free(store);
    return status;
}

dgm_status dgm_store_open(const char *where, dgm_store **out, dgm_err *err)
{
    return open_store(where, false, out, err);
}

dgm_status dgm_store_open_to_read(const char *where, dgm_store **out, dgm_err *err)
{
    return open_store(where, true, out, err);
}

void dgm_store_free(dgm_store *store)
{
    if (!store)
        return;
    if (store->db)
        store->db->engine->close(store->db);
    free(store);
}

/* ---- batches -------------------------------------------------------------------------------- */

/* One writer at a time: it numbers stories and events onwards from the last. */
dgm_status dgm_store_begin(dgm_store *store, dgm_err *err)
{
    dgm_status status =
        dgm_sql_script(store->db,
                       store->db->engine->is_postgres ? "BEGIN; SELECT pg_advisory_xact_lock(7041)"
                                                      : "BEGIN IMMEDIATE",
                       err);
    if (status == DGM_OK)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(story), 0) FROM stories", NULL, 0,
                                &store->story, err);
    if (status == DGM_OK)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(event), 0) FROM events", NULL, 0,
                                &store->event, err);
    store->first = store->event;
    store->in_batch = true;
    if (status != DGM_OK)
        dgm_store_rollback(store);
    return status;
}

static void set_bulk(dgm_store *store, bool on)
{
    store->bulk = on;
    if (store->db->engine->bulk)
        store->db->engine->bulk(store->db, on);
}

dgm_status dgm_store_begin_bulk(dgm_store *store, dgm_err *err)
{
    dgm_status status = dgm_store_begin(store, err);
    if (status == DGM_OK)
        set_bulk(store, true);
    return status;
}

/* The sums of a batch in bulk, at once. */
static const char add_all_sums[] =
    "INSERT INTO dyad_sums (period, actor, recipient, quad, plain, n, goldstein, intensity)"
    " SELECT y.period, y.actor, y.recipient, y.quad, y.plain, count(*),"
    " coalesce(sum(y.goldstein), 0), coalesce(sum(y.intensity), 0)"
    " FROM (SELECT substr(d.date, 1, p.width) AS period, d.actor, d.recipient, e.quad, e.plain,"
    "  e.goldstein, e.intensity FROM events e JOIN dyads d ON d.event = e.event"
    "  JOIN (SELECT 7 AS width UNION ALL SELECT 4 UNION ALL SELECT 0) p ON 1 = 1"
    "  WHERE e.event > ?) y WHERE 1 = 1"
    " GROUP BY y.period, y.actor, y.recipient, y.quad, y.plain"
    " ON CONFLICT (actor, recipient, period, quad, plain) DO UPDATE SET n = dyad_sums.n +"
    " excluded.n, goldstein = dyad_sums.goldstein + excluded.goldstein,"
    " intensity = dyad_sums.intensity + excluded.intensity";

dgm_status dgm_store_commit(dgm_store *store, dgm_err *err)
{
    dgm_status status = DGM_OK;
    if (store->bulk)
        status = DGM_DO(store->db, add_all_sums, err, dgm_int(store->first));
    if (status == DGM_OK)
        status = dgm_sql_script(store->db, "COMMIT", err);
    if (status != DGM_OK)
        dgm_store_rollback(store);
    set_bulk(store, false);
    store->in_batch = false;
    return status;
}

void dgm_store_rollback(dgm_store *store)
{
    dgm_err ignored;
    if (!store->in_batch)
        return;
    store->in_batch = false;
    set_bulk(store, false);
    /* A pipeline that failed answers its errors first. */
    if (dgm_sql_script(store->db, "ROLLBACK", &ignored) != DGM_OK)
        (void)!dgm_sql_script(store->db, "ROLLBACK", &ignored);
}

dgm_status dgm_store_run(dgm_store *store, const char *version, const char *tables, int64_t *run,
                         dgm_err *err)
{
    const dgm_cell key[] = { dgm_text(dgm_view_of(version)), dgm_text(dgm_view_of(tables)) };
    int64_t found = 0, last = 0;
    char begun[32];
    time_t now = time(NULL);
    struct tm parts;
    strftime(begun, sizeof begun, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    dgm_status status = dgm_sql_number(
        store->db, "SELECT run FROM runs WHERE version = ? AND tables = ?", key, 2, &found, err);
    if (status == DGM_OK && found == 0)
        status = dgm_sql_number(store->db, "SELECT coalesce(max(run), 0) FROM runs", NULL, 0, &last,
                                err);
    if (status == DGM_OK && found == 0) {
        found = last + 1;
        status =
            DGM_DO(store->db, "INSERT INTO runs (run, version, tables, begun) VALUES (?, ?, ?, ?)",
                   err, dgm_int(found), key[0], key[1], dgm_text(dgm_view_of(begun)));
    }
    if (status == DGM_OK)
        *run = found;
    return status;
}

/* ---- what is there -------------------------------------------------------------------------- */

typedef struct {
    int64_t story;
    char tables[33];
} there;

static bool take_there(void *context, const dgm_cell *cells, uint32_t n)
{
    there *t = context;
    t->story = cells[0].integer;
    if (n > 1)
        snprintf(t->tables, sizeof t->tables, "%.*s", DGM_FMT(cells[1].text));
    return false;
}

static dgm_status find(dgm_store *store, dgm_view hash, there *out, dgm_err *err)
{
    const dgm_cell key[] = { dgm_text(hash) };
    return dgm_sql_ask(store->db,
                       "SELECT s.story, r.tables FROM stories s JOIN runs r ON r.run = s.run"
                       " WHERE s.hash = ?",
                       key, 1, take_there, out, err);
}

dgm_status dgm_store_has(dgm_store *store, const dgm_story_hash *hash, char *tables, dgm_err *err)
{
    there t = { 0 };
    dgm_status status = find(store, dgm_view_of(hash->text), &t, err);
    if (status != DGM_OK || t.story == 0)
        return status == DGM_OK ? DGM_END : status;
    if (tables)
        memcpy(tables, t.tables, sizeof t.tables);
    return DGM_OK;
}

/* ---- copies --------------------------------------------------------------------------------- */

typedef struct {
    const dgm_signature *mine;
    int64_t day, original;
    double best;
} search;

static bool compare(void *context, const dgm_cell *cells, uint32_t n)
{
    search *s = context;
    dgm_signature other = { .n_shingles = 0 };
    (void)n;
    if (!dgm_signature_read(cells[1].text, (uint32_t)cells[2].integer, &other))
        return true;
    int64_t apart = dgm_day_number(cells[3].text) - s->day;
    if (apart > DAYS_OF_COPIES || apart < -DAYS_OF_COPIES || !dgm_is_copy(s->mine, &other))
        return true;
    double overlap = dgm_signature_overlap(s->mine, &other);
    if (overlap > s->best) {
        s->best = overlap;
        s->original = cells[0].integer;
    }
    return true;
}

static const char near_stories[] =
    "SELECT s.original, s.signature, s.n_shingles, s.date FROM stories s WHERE s.story IN"
    " (SELECT story FROM bands WHERE band IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
    "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)) ORDER BY s.story LIMIT 500";

/* The story that this one is a copy of, or itself. */
static dgm_status find_original(dgm_store *store, const dgm_signature *mine, dgm_view date,
                                int64_t *original, dgm_err *err)
{
    int64_t bands[DGM_N_BANDS];
    dgm_cell cells[DGM_N_BANDS];
    search s = { .mine = mine, .day = dgm_day_number(date), .original = store->story };
    dgm_status status = DGM_OK;
    if (mine->n_shingles > 0) {
        dgm_signature_bands(mine, bands);
        for (uint32_t i = 0; i < DGM_N_BANDS; i++)
            cells[i] = dgm_int(bands[i]);
        status = dgm_sql_ask(store->db, near_stories, cells, DGM_N_BANDS, compare, &s, err);
        for (uint32_t i = 0; i < DGM_N_BANDS && status == DGM_OK; i++)
            status = DGM_DO(store->db, "INSERT INTO bands (band, story) VALUES (?, ?)", err,
                            cells[i], dgm_int(store->story));
    }
    *original = s.original;
    return status;
}

/* ---- the story ------------------------------------------------------------------------------ */

static dgm_view string_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return (dgm_view) { json_string_value(value), json_string_length(value) };
}

static dgm_status put_sentences(dgm_store *store, const json_t *list, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < json_array_size(list) && status == DGM_OK; i++) {
        dgm_cell cells[6] = { dgm_int(store->story), dgm_int((int64_t)i) };
        for (size_t k = 0; k < 4; k++)
            cells[2 + k] = dgm_int(json_integer_value(json_array_get(json_array_get(list, i), k)));
        status = dgm_sql_do(store->db,
                            "INSERT INTO sentences (story, sentence, begin_at, end_at, begin_byte,"
                            " end_byte) VALUES (?, ?, ?, ?, ?, ?)",
                            cells, 6, err);
    }
    return status;
}

static dgm_status put_story(dgm_store *store, int64_t run, const json_t *about, dgm_err *err)
{
    dgm_signature mine = { .n_shingles = 0 };
    char signature[DGM_SIGNATURE_TEXT];
    int64_t original;
    dgm_view text = string_of(about, "text"), title = string_of(about, "title");
    if (!dgm_signature_of(text, &mine))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    dgm_signature_write(&mine, signature);
    store->story++;
    dgm_status status = find_original(store, &mine, string_of(about, "date"), &original, err);
    if (status != DGM_OK)
        return status;
    dgm_cell kept = { .kind = DGM_CELL_TEXT, .text = text.p ? text : DGM_VIEW("") };
    status = DGM_DO(
        store->db,
        "INSERT INTO stories (story, hash, story_id, date, title, source, url, text, begin_byte,"
        " original, signature, n_shingles, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err, dgm_int(store->story), dgm_text(string_of(about, "hash")),
        dgm_text(string_of(about, "id")), dgm_text(string_of(about, "date")), dgm_text(title),
        dgm_text(string_of(about, "source")), dgm_text(string_of(about, "url")), kept,
        dgm_int(json_integer_value(json_object_get(about, "begin_byte"))), dgm_int(original),
        dgm_text(dgm_view_of(signature)), dgm_int(mine.n_shingles), dgm_int(run));
    if (status == DGM_OK && !store->db->engine->is_postgres)
        status = DGM_DO(store->db, "INSERT INTO stories_text (rowid, title, text) VALUES (?, ?, ?)",
                        err, dgm_int(store->story), dgm_text(title), kept);
    if (status == DGM_OK)
        status = put_sentences(store, json_object_get(about, "sentences"), err);
    return status;
}

/* ---- its events ----------------------------------------------------------------------------- */

typedef struct {
    dgm_store *store;
    int64_t story;
    const dgm_record *r;
    int64_t event;
    bool plain;
    dgm_err *err;
} placing;

static dgm_status put_role(const placing *p, const char *role, const dgm_record_actor *at,
                           uint32_t n)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        const dgm_record_actor *a = &at[i];
        status =
            DGM_DO(p->store->db,
                   "INSERT INTO participants (event, role, place_in_list, code, country,"
                   " sector, name, wikidata, via, words, begin_at, end_at, side)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   p->err, dgm_int(p->event), dgm_text(dgm_view_of(role)), dgm_int(i),
                   dgm_text(a->code), dgm_text(a->country), dgm_text(a->sector), dgm_text(a->name),
                   dgm_text(a->id), dgm_text(a->via), dgm_text(a->words.text),
                   dgm_int(a->words.begin), dgm_int(a->words.end), dgm_text(dgm_side_of(a)));
        if (status == DGM_OK && dgm_side_of(a).n > 0)
            status = DGM_DO(p->store->db,
                            "INSERT INTO event_countries (country, date, event) VALUES (?, ?, ?)"
                            " ON CONFLICT DO NOTHING",
                            p->err, dgm_text(dgm_side_of(a)), dgm_text(p->r->event_date),
                            dgm_int(p->event));
    }
    return status;
}

static dgm_status put_voices_and_places(const placing *p)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < p->r->voices.n && status == DGM_OK; i++) {
        const dgm_record_voice *v = &p->r->voices.at[i];
        status = DGM_DO(p->store->db,
                        "INSERT INTO attributions (event, place_in_chain, kind, code, country,"
                        " name, words, cue) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        p->err, dgm_int(p->event), dgm_int(i),
                        dgm_text(dgm_view_of(dgm_attribution_kind_name(v->kind))),
                        dgm_text(v->speaker.code), dgm_text(v->speaker.country),
                        dgm_text(v->speaker.name), dgm_text(v->speaker.words.text),
                        dgm_text(v->cue.text));
    }
    for (uint32_t i = 0; i < p->r->locations.n && status == DGM_OK; i++) {
        const dgm_record_place *l = &p->r->locations.at[i];
        dgm_cell none = { .kind = DGM_CELL_NULL };
        status = DGM_DO(p->store->db,
                        "INSERT INTO locations (event, place_in_list, name, country, admin1, lat,"
                        " lon, geonames_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        p->err, dgm_int(p->event), dgm_int(i), dgm_text(l->name),
                        dgm_text(l->country), dgm_text(l->admin1), dgm_real(l->lat),
                        dgm_real(l->lon), l->geonames_id ? dgm_int(l->geonames_id) : none);
    }
    for (uint32_t i = 0; i < p->r->contexts.n && status == DGM_OK; i++)
        status = DGM_DO(p->store->db,
                        "INSERT INTO contexts (event, context) VALUES (?, ?)"
                        " ON CONFLICT DO NOTHING",
                        p->err, dgm_int(p->event), dgm_text(p->r->contexts.at[i]));
    return status;
}

static const char add_sums[] =
    "INSERT INTO dyad_sums (period, actor, recipient, quad, plain, n, goldstein, intensity)"
    " VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (actor, recipient, period, quad, plain)"
    " DO UPDATE SET n = dyad_sums.n + 1, goldstein = dyad_sums.goldstein + excluded.goldstein,"
    " intensity = dyad_sums.intensity + excluded.intensity";

static dgm_status put_dyad(const placing *p, dgm_view actor, dgm_view recipient)
{
    const dgm_view periods[] = { dgm_view_slice(p->r->event_date, 0, 7),
                                 dgm_view_slice(p->r->event_date, 0, 4), DGM_VIEW("") };
    dgm_status status =
        DGM_DO(p->store->db,
               "INSERT INTO dyads (actor, recipient, date, event) VALUES (?, ?, ?, ?)", p->err,
               dgm_text(actor), dgm_text(recipient), dgm_text(p->r->event_date), dgm_int(p->event));
    for (size_t i = 0; i < DGM_LEN(periods) && status == DGM_OK && !p->store->bulk; i++)
        status = DGM_DO(p->store->db, add_sums, p->err,
                        (dgm_cell) { .kind = DGM_CELL_TEXT, .text = periods[i] }, dgm_text(actor),
                        dgm_text(recipient), dgm_int(p->r->quad), dgm_int(p->plain),
                        dgm_real(p->r->goldstein == p->r->goldstein ? p->r->goldstein : 0),
                        dgm_real(p->r->intensity == p->r->intensity ? p->r->intensity : 0));
    return status;
}

static bool came_before(const dgm_record_actor *at, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (dgm_view_eq(dgm_side_of(&at[k]), dgm_side_of(&at[i])))
            return true;
    }
    return dgm_side_of(&at[i]).n == 0;
}

/* Each pair of sides once, and nobody with himself. */
static dgm_status put_dyads(const placing *p)
{
    const dgm_record *r = p->r;
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < r->actors.n; i++) {
        for (uint32_t k = 0; k < r->recipients.n && status == DGM_OK; k++) {
            dgm_view actor = dgm_side_of(&r->actors.at[i]);
            dgm_view recipient = dgm_side_of(&r->recipients.at[k]);
            if (!came_before(r->actors.at, i) && !came_before(r->recipients.at, k) &&
                !dgm_view_eq(actor, recipient))
                status = put_dyad(p, actor, recipient);
        }
    }
    return status;
}

static dgm_status put_event_row(const placing *p)
{
    const dgm_record *r = p->r;
    const dgm_record_place nowhere = { .lat = 0 };
    const dgm_record_place *place = r->locations.n > 0 ? &r->locations.at[0] : &nowhere;
    int64_t same = dgm_same_event(r), sides = dgm_same_sides(r);
    return DGM_DO(
        p->store->db,
        "INSERT INTO events (event, event_id, story, sentence, date, date_end, date_basis, day,"
        " type, mode, cameo, quad, goldstein, intensity, polarity, status, historical, attributed,"
        " plain, trigger_words, rule, place, place_country, same, sides)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        p->err, dgm_int(p->event), dgm_text(r->event_id), dgm_int(p->story), dgm_int(r->sentence),
        dgm_text(r->event_date), dgm_text(r->event_date_end), dgm_text(r->date_basis),
        dgm_int(dgm_day_number(r->event_date)), dgm_text(dgm_view_of(dgm_event_type_name(r->type))),
        dgm_text(r->mode), dgm_text(r->cameo), dgm_int(r->quad), dgm_real(r->goldstein),
        dgm_real(r->intensity), dgm_text(dgm_view_of(dgm_polarity_name(r->polarity))),
        dgm_text(dgm_view_of(dgm_factual_status_name(r->status))), dgm_int(r->historical),
        dgm_int(r->voices.n > 0), dgm_int(p->plain), dgm_text(r->trigger.text), dgm_text(r->rule),
        dgm_text(place->name), dgm_text(place->country),
        dgm_int(same ? same : -p->event), /* like no other */
        dgm_int(sides ? sides : -p->event));
}

static dgm_status put_event(const placing *p, dgm_view json)
{
    dgm_status status = put_event_row(p);
    if (status == DGM_OK)
        status = DGM_DO(p->store->db, "INSERT INTO records (event, record) VALUES (?, ?)", p->err,
                        dgm_int(p->event), dgm_text(json));
    if (status == DGM_OK)
        status = put_role(p, "actor", p->r->actors.at, p->r->actors.n);
    if (status == DGM_OK)
        status = put_role(p, "recipient", p->r->recipients.at, p->r->recipients.n);
    if (status == DGM_OK)
        status = put_voices_and_places(p);
    if (status == DGM_OK)
        status = put_dyads(p);
    return status;
}

/* ---- links within the story ----------------------------------------------------------------- */

static dgm_status put_link(const placing *p, const dgm_map *keys, int64_t first, const char *kind,
                           dgm_view other)
{
    uint32_t i = other.n ? dgm_map_get(keys, other) : DGM_NONE;
    if (i == DGM_NONE)
        return DGM_OK;
    return DGM_DO(p->store->db,
                  "INSERT INTO links (event, kind, other) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                  p->err, dgm_int(p->event), dgm_text(dgm_view_of(kind)), dgm_int(first + i));
}

static dgm_status put_links(const placing *p, const dgm_map *keys, int64_t first)
{
    const dgm_record *r = p->r;
    dgm_status status = put_link(p, keys, first, "content_of", r->content_of);
    for (uint32_t i = 0; i < r->contradicts.n && status == DGM_OK; i++)
        status = put_link(p, keys, first, "contradicts", r->contradicts.at[i]);
    if (status != DGM_OK || r->condition.text.n == 0)
        return status;
    uint32_t i = r->condition_event.n ? dgm_map_get(keys, r->condition_event) : DGM_NONE;
    dgm_cell none = { .kind = DGM_CELL_NULL };
    return DGM_DO(p->store->db,
                  "INSERT INTO conditions (event, words, begin_at, end_at, condition_event)"
                  " VALUES (?, ?, ?, ?, ?)",
                  p->err, dgm_int(p->event), dgm_text(r->condition.text),
                  dgm_int(r->condition.begin), dgm_int(r->condition.end),
                  i == DGM_NONE ? none : dgm_int(first + i));
}

/* ---- putting -------------------------------------------------------------------------------- */

typedef struct {
    dgm_arena *arena;
    dgm_map *keys; /* event_id -> place in the list */
    DGM_ARRAY(dgm_record) records;
    DGM_ARRAY(dgm_view) lines;
} parsed;

static dgm_status parse(dgm_view rest, parsed *out, dgm_err *err)
{
    dgm_view line;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        if (line.n == 0)
            continue;
        dgm_record *record = dgm_push(out->arena, &out->records);
        dgm_view *kept = dgm_push(out->arena, &out->lines);
        if (!record || !kept)
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story's events");
        *kept = line;
        dgm_status status = dgm_record_read(line, out->arena, record, err);
        if (status == DGM_OK && !record->event_date.n)
            record->event_date = record->story_date;
        if (status == DGM_OK)
            status = dgm_map_set(out->keys, record->event_id, out->records.n - 1, NULL);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static dgm_status put_events(dgm_store *store, int64_t story, const parsed *in, dgm_err *err)
{
    int64_t first = store->event + 1;
    placing p = { .store = store, .story = story, .err = err };
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < in->records.n && status == DGM_OK; i++) {
        p.r = &in->records.at[i];
        p.event = ++store->event;
        p.plain = dgm_record_is_plain(p.r);
        status = put_event(&p, in->lines.at[i]);
        if (status == DGM_OK)
            status = put_links(&p, in->keys, first);
    }
    return status;
}

/* What hangs on a story's events goes before they do. */
static dgm_status take_out(dgm_store *store, int64_t story, dgm_err *err)
{
    static const char *const statements[] = {
        "UPDATE dyad_sums SET n = dyad_sums.n - x.n,"
        " goldstein = dyad_sums.goldstein - x.goldstein,"
        " intensity = dyad_sums.intensity - x.intensity FROM"
        " (SELECT y.period, y.actor, y.recipient, y.quad, y.plain, count(*) AS n,"
        "  coalesce(sum(y.goldstein), 0) AS goldstein, coalesce(sum(y.intensity), 0) AS intensity"
        "  FROM (SELECT substr(d.date, 1, p.width) AS period, d.actor, d.recipient, e.quad,"
        "   e.plain, e.goldstein, e.intensity FROM events e JOIN dyads d ON d.event = e.event"
        "   JOIN (SELECT 7 AS width UNION ALL SELECT 4 UNION ALL SELECT 0) p ON 1 = 1"
        "   WHERE e.story = ?) y GROUP BY y.period, y.actor, y.recipient, y.quad, y.plain) x"
        " WHERE dyad_sums.period = x.period AND dyad_sums.actor = x.actor"
        " AND dyad_sums.recipient = x.recipient AND dyad_sums.quad = x.quad"
        " AND dyad_sums.plain = x.plain",
        "DELETE FROM dyads WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM event_countries WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM links WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM locations WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM contexts WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM conditions WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM attributions WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM participants WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM records WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM sentences WHERE story = ?",
        "DELETE FROM events WHERE story = ?",
    };
    dgm_status status = DGM_OK;
    for (size_t i = 0; i < DGM_LEN(statements) && status == DGM_OK; i++)
        status = DGM_DO(store->db, statements[i], err, dgm_int(story));
    if (status == DGM_OK)
        status = dgm_sql_do(store->db, "DELETE FROM dyad_sums WHERE n <= 0", NULL, 0, err);
    return status;
}

static dgm_status put_again(dgm_store *store, int64_t run, int64_t story, const json_t *about,
                            dgm_err *err)
{
    dgm_status status = take_out(store, story, err);
    if (status == DGM_OK)
        status =
            DGM_DO(store->db, "UPDATE stories SET run = ?, begin_byte = ? WHERE story = ?", err,
                   dgm_int(run), dgm_int(json_integer_value(json_object_get(about, "begin_byte"))),
                   dgm_int(story));
    int64_t last = store->story;
    store->story = story;
    if (status == DGM_OK)
        status = put_sentences(store, json_object_get(about, "sentences"), err);
    store->story = last;
    return status;
}

static dgm_status put(dgm_store *store, int64_t run, const json_t *about, dgm_view rest,
                      bool recode, dgm_put *what, dgm_err *err)
{
    there t = { 0 };
    parsed in = { .arena = dgm_arena_new(), .keys = dgm_map_new() };
    dgm_status status = in.arena && in.keys ? DGM_OK : DGM_ENOMEM;
    if (status == DGM_OK)
        status = find(store, string_of(about, "hash"), &t, err);
    *what = t.story == 0 ? DGM_PUT_NEW : recode ? DGM_PUT_AGAIN : DGM_PUT_THERE;
    if (status == DGM_OK && *what != DGM_PUT_THERE) {
        status = parse(rest, &in, err);
        if (status == DGM_OK)
            status = t.story ? put_again(store, run, t.story, about, err)
                             : put_story(store, run, about, err);
        if (status == DGM_OK)
            status = put_events(store, t.story ? t.story : store->story, &in, err);
    }
    dgm_map_free(in.keys);
    dgm_arena_free(in.arena);
    return status;
}

static dgm_status put_packed(dgm_store *store, int64_t run, dgm_view packed, bool recode,
                             dgm_put *what, dgm_err *err)
{
    json_error_t error;
    dgm_view first;
    if (!dgm_view_split(&packed, '\n', &first))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a packed story is empty");
    json_t *about = json_loadb(first.p, first.n, JSON_ALLOW_NUL, &error);
    if (!json_is_object(about) || string_of(about, "hash").n != 32) {
        json_decref(about);
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a packed story has no head: %s", error.text);
    }
    dgm_status status = put(store, run, about, packed, recode, what, err);
    json_decref(about);
    return status;
}

/* Takes back what was written of one story. An engine that had sent statements ahead may first
 * answer with their errors. */
static bool undo_story(dgm_store *store)
{
    dgm_err ignored;
    return (dgm_sql_script(store->db, "ROLLBACK TO SAVEPOINT story", &ignored) == DGM_OK ||
            dgm_sql_script(store->db, "ROLLBACK TO SAVEPOINT story", &ignored) == DGM_OK) &&
           dgm_sql_script(store->db, "RELEASE SAVEPOINT story", &ignored) == DGM_OK;
}

dgm_status dgm_store_put(dgm_store *store, int64_t run, dgm_view packed, bool recode, dgm_put *what,
                         dgm_err *err)
{
    const int64_t story = store->story, event = store->event;
    if (store->bulk)
        return put_packed(store, run, packed, recode, what, err);
    dgm_status status = dgm_sql_script(store->db, "SAVEPOINT story", err);
    if (status != DGM_OK)
        return status;
    status = put_packed(store, run, packed, recode, what, err);
    if (status == DGM_OK)
        status = dgm_sql_script(store->db, "RELEASE SAVEPOINT story", err);
    if (status == DGM_OK)
        return status;
    store->story = story;
    store->event = event;
    return undo_story(store) || status != DGM_EFORMAT ? status : DGM_EIO;
}
