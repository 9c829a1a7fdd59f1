/* The tables, version by version. A script once released never changes: what comes later is a new
 * script, and a store of any older version is brought forward through all of them. */
#include "store/sql.h"

static const char version_1[] =
    "CREATE TABLE runs (run @key, version TEXT NOT NULL, tables TEXT NOT NULL,"
    " begun TEXT NOT NULL);"
    "CREATE TABLE stories (story @key, hash TEXT NOT NULL UNIQUE, story_id TEXT, date TEXT,"
    " title TEXT, source TEXT, url TEXT, text TEXT NOT NULL, begin_byte @int NOT NULL,"
    " original @int NOT NULL, signature TEXT NOT NULL, n_shingles @int NOT NULL,"
    " run @int NOT NULL);"
    "CREATE INDEX stories_date ON stories (date);"
    "CREATE INDEX stories_id ON stories (story_id);"
    "CREATE INDEX stories_original ON stories (original, source);"
    "CREATE TABLE bands (band @int NOT NULL, story @int NOT NULL, PRIMARY KEY (band, story));"
    "CREATE TABLE sentences (story @int NOT NULL, sentence @int NOT NULL, begin_at @int NOT NULL,"
    " end_at @int NOT NULL, begin_byte @int NOT NULL, end_byte @int NOT NULL,"
    " PRIMARY KEY (story, sentence));"
    "CREATE TABLE events (event @key, event_id TEXT NOT NULL, story @int NOT NULL,"
    " sentence @int NOT NULL, date TEXT, date_end TEXT, date_basis TEXT, day @int,"
    " type TEXT NOT NULL, mode TEXT, cameo TEXT, quad @int NOT NULL, goldstein @real,"
    " intensity @real, polarity TEXT NOT NULL, status TEXT NOT NULL, historical @int NOT NULL,"
    " attributed @int NOT NULL, plain @int NOT NULL, trigger_words TEXT, rule TEXT,"
    " place TEXT, place_country TEXT, same @int NOT NULL, sides @int NOT NULL);"
    "CREATE INDEX events_id ON events (event_id);"
    "CREATE INDEX events_story ON events (story);"
    "CREATE INDEX events_date ON events (date, event);"
    "CREATE INDEX events_type ON events (type, date, event);"
    "CREATE INDEX events_same ON events (same);"
    "CREATE INDEX events_sides ON events (sides, day);"
    "CREATE INDEX events_status ON events (status, polarity);"
    "CREATE TABLE records (event @key, record TEXT NOT NULL);"
    "CREATE TABLE participants (event @int NOT NULL, role TEXT NOT NULL, place_in_list @int NOT"
    " NULL, code TEXT, country TEXT, sector TEXT, name TEXT, wikidata TEXT, via TEXT, words TEXT,"
    " begin_at @int, end_at @int, side TEXT, PRIMARY KEY (event, role, place_in_list));"
    "CREATE INDEX participants_code ON participants (code, role, event);"
    "CREATE INDEX participants_country ON participants (country, role, event);"
    "CREATE INDEX participants_name ON participants (name, role, event);"
    "CREATE INDEX participants_side ON participants (side, role, event);"
    "CREATE TABLE attributions (event @int NOT NULL, place_in_chain @int NOT NULL,"
    " kind TEXT NOT NULL, code TEXT, country TEXT, name TEXT, words TEXT, cue TEXT,"
    " PRIMARY KEY (event, place_in_chain));"
    "CREATE INDEX attributions_code ON attributions (code, event);"
    "CREATE INDEX attributions_country ON attributions (country, event);"
    "CREATE TABLE conditions (event @key, words TEXT NOT NULL, begin_at @int NOT NULL,"
    " end_at @int NOT NULL, condition_event @int);"
    "CREATE TABLE contexts (event @int NOT NULL, context TEXT NOT NULL,"
    " PRIMARY KEY (event, context));"
    "CREATE TABLE locations (event @int NOT NULL, place_in_list @int NOT NULL, name TEXT,"
    " country TEXT, admin1 TEXT, lat @real, lon @real, geonames_id @int,"
    " PRIMARY KEY (event, place_in_list));"
    "CREATE INDEX locations_country ON locations (country, event);"
    "CREATE INDEX locations_name ON locations (name, event);"
    "CREATE TABLE links (event @int NOT NULL, kind TEXT NOT NULL, other @int NOT NULL,"
    " PRIMARY KEY (event, kind, other));"
    "CREATE INDEX links_other ON links (other, kind);"
    "CREATE TABLE event_countries (country TEXT NOT NULL, date TEXT NOT NULL, event @int NOT NULL,"
    " PRIMARY KEY (country, date, event));"
    "CREATE INDEX event_countries_event ON event_countries (event);"
    "CREATE TABLE dyads (actor TEXT NOT NULL, recipient TEXT NOT NULL, date TEXT NOT NULL,"
    " event @int NOT NULL, PRIMARY KEY (actor, recipient, date, event));"
    "CREATE INDEX dyads_event ON dyads (event);"
    "CREATE VIEW outlets AS SELECT original AS story, source, url, date, story AS copy"
    " FROM stories;";

static const char version_1_sqlite[] =
    "CREATE VIRTUAL TABLE stories_text USING fts5(title, text, content='stories',"
    " content_rowid='story', tokenize='porter unicode61');";
static const char version_1_postgres[] =
    "ALTER TABLE stories ADD COLUMN search tsvector GENERATED ALWAYS AS"
    " (to_tsvector('english', coalesce(title, '') || ' ' || text)) STORED;"
    "CREATE INDEX stories_search ON stories USING gin (search);";

/* Sums by dyad for whole months, whole years ("2020") and all time (""), kept up to date by
 * whoever writes dyads; and the views that make common questions one line. */
static const char version_2[] =
    "CREATE TABLE dyad_sums (period TEXT NOT NULL, actor TEXT NOT NULL, recipient TEXT NOT NULL,"
    " quad @int NOT NULL, plain @int NOT NULL, n @int NOT NULL, goldstein @real NOT NULL,"
    " intensity @real NOT NULL, PRIMARY KEY (actor, recipient, period, quad, plain));"
    "CREATE INDEX dyad_sums_period ON dyad_sums (period, n);"
    "INSERT INTO dyad_sums SELECT period, d.actor, d.recipient, e.quad, e.plain, count(*),"
    " coalesce(sum(e.goldstein), 0), coalesce(sum(e.intensity), 0)"
    " FROM (SELECT actor, recipient, event, substr(date, 1, 7) AS period FROM dyads"
    "       UNION ALL SELECT actor, recipient, event, substr(date, 1, 4) FROM dyads"
    "       UNION ALL SELECT actor, recipient, event, '' FROM dyads) d"
    " JOIN events e ON e.event = d.event"
    " GROUP BY period, d.actor, d.recipient, e.quad, e.plain;"
    "CREATE VIEW dyad_months AS SELECT period AS month, actor, recipient, quad, plain, n,"
    " goldstein, intensity FROM dyad_sums WHERE length(period) = 7;"
    "CREATE VIEW country_days AS SELECT c.country, c.date, e.type, count(*) AS reports,"
    " count(DISTINCT e.same) AS events, sum(e.goldstein) AS goldstein, sum(e.intensity) AS"
    " intensity FROM event_countries c JOIN events e ON e.event = c.event"
    " GROUP BY c.country, c.date, e.type;"
    "CREATE VIEW one_a_day AS SELECT e.* FROM events e JOIN (SELECT min(event) AS event"
    " FROM events GROUP BY type, sides, date) f ON f.event = e.event;"
    "CREATE VIEW claims_and_denials AS SELECT a.event AS affirmed, d.event AS denied, a.type,"
    " a.date AS affirmed_date, d.date AS denied_date, a.story AS affirmed_story,"
    " d.story AS denied_story FROM events d JOIN events a ON a.sides = d.sides"
    " AND a.polarity = 'affirmed' AND a.day BETWEEN d.day - 7 AND d.day + 7"
    " WHERE d.polarity = 'negated';";

/* What people say of events, and the samples that they were asked about. A mark outlives its event:
 * it is kept with the story, the trigger's bytes in the story's text, and how the event was coded
 * (coding.c), so that a new coding of the story finds it again. */
static const char version_3[] =
    "CREATE TABLE marks (mark @key, story @int NOT NULL, event_id TEXT NOT NULL,"
    " sentence @int NOT NULL, begin_byte @int NOT NULL, end_byte @int NOT NULL,"
    " trigger_words TEXT, text TEXT, coding TEXT NOT NULL, verdict TEXT NOT NULL, answer TEXT,"
    " note TEXT, marked_by TEXT, marked TEXT NOT NULL, UNIQUE (story, event_id));"
    "CREATE TABLE samples (sample @key, drawn_by TEXT NOT NULL, filter TEXT NOT NULL,"
    " seed @int NOT NULL, n @int NOT NULL, drawn TEXT NOT NULL);"
    "CREATE TABLE strata (sample @int NOT NULL, stratum TEXT NOT NULL, population @int NOT NULL,"
    " drawn @int NOT NULL, PRIMARY KEY (sample, stratum));"
    "CREATE TABLE sampled (sample @int NOT NULL, place_in_sample @int NOT NULL,"
    " story @int NOT NULL, event_id TEXT NOT NULL, stratum TEXT NOT NULL,"
    " PRIMARY KEY (sample, place_in_sample));"
    "CREATE INDEX sampled_event ON sampled (story, event_id);";

/* Smaller and quicker to fill: somebody stands once, however often he takes part; records are
 * compressed, a story's together; copies are found by fewer bands; counts by day and kind of event
 * are kept up to date. What had been filled by version 3 is read again from its records
 * (upgrade.c). The columns that are asked most stand first, where SQLite reaches them soonest. */
static const char version_4_old[] =
    "DROP VIEW dyad_months; DROP VIEW country_days; DROP VIEW one_a_day;"
    "DROP VIEW claims_and_denials; DROP VIEW outlets;"
    "DROP TABLE participants; DROP TABLE attributions; DROP TABLE conditions; DROP TABLE contexts;"
    "DROP TABLE locations; DROP TABLE links; DROP TABLE event_countries; DROP TABLE dyads;"
    "DROP TABLE dyad_sums; DROP TABLE bands;"
    "DROP INDEX events_id; DROP INDEX events_story; DROP INDEX events_date; DROP INDEX events_type;"
    "DROP INDEX events_same; DROP INDEX events_sides; DROP INDEX events_status;"
    "DROP INDEX stories_date; DROP INDEX stories_id; DROP INDEX stories_original;"
    "ALTER TABLE events RENAME TO events_3; ALTER TABLE records RENAME TO records_3;"
    "ALTER TABLE stories RENAME TO stories_3; ALTER TABLE sentences RENAME TO sentences_3;";
static const char version_4_stories[] =
    "CREATE TABLE stories (story @key, original @int NOT NULL, run @int NOT NULL,"
    " begin_byte @int NOT NULL, hash TEXT NOT NULL UNIQUE, story_id TEXT, date TEXT, title TEXT,"
    " source TEXT, url TEXT, text TEXT NOT NULL);"
    "CREATE INDEX stories_date ON stories (date, original);"
    "CREATE INDEX stories_id ON stories (story_id);"
    "CREATE INDEX stories_original ON stories (original, source);"
    "CREATE TABLE sentences (story @int NOT NULL, sentence @int NOT NULL, begin_at @int NOT NULL,"
    " end_at @int NOT NULL, begin_byte @int NOT NULL, end_byte @int NOT NULL,"
    " PRIMARY KEY (story, sentence))@packed;"
    "CREATE TABLE signatures (story @key, original @int NOT NULL, day @int NOT NULL,"
    " n_shingles @int NOT NULL, minima @bytes NOT NULL);"
    "CREATE TABLE bands (band @int NOT NULL, story @int NOT NULL, PRIMARY KEY (band, "
    "story))@packed;"
    "CREATE TABLE quotations (quotation @int NOT NULL, story @int NOT NULL,"
    " PRIMARY KEY (quotation, story))@packed;"
    "CREATE INDEX quotations_story ON quotations (story);";
static const char version_4_events[] =
    "CREATE TABLE kinds (kind @key, type TEXT NOT NULL, quad @int NOT NULL, polarity TEXT NOT NULL,"
    " status TEXT NOT NULL, historical @int NOT NULL, attributed @int NOT NULL,"
    " plain @int NOT NULL);"
    "CREATE TABLE events (event @key, story @int NOT NULL, same @int NOT NULL, sides @int NOT NULL,"
    " day @int, quad @int NOT NULL, sentence @int NOT NULL, historical @int NOT NULL,"
    " attributed @int NOT NULL, plain @int NOT NULL, date TEXT, type TEXT NOT NULL,"
    " polarity TEXT NOT NULL, status TEXT NOT NULL, goldstein @real, intensity @real,"
    " confidence @real, event_id TEXT NOT NULL, date_end TEXT, date_basis TEXT, mode TEXT,"
    " cameo TEXT, trigger_words TEXT, rule TEXT, place TEXT, place_country TEXT,"
    " place_basis TEXT);"
    "CREATE INDEX events_id ON events (event_id);"
    "CREATE INDEX events_story ON events (story);"
    "CREATE INDEX events_day ON events (day);"
    "CREATE INDEX events_type ON events (type, day);"
    "CREATE INDEX events_same ON events (same);"
    "CREATE INDEX events_sides ON events (sides, day);"
    "CREATE TABLE records (story @key, first_event @int NOT NULL, records @bytes NOT NULL);"
    "CREATE TABLE somebody (who @key, code TEXT, country TEXT, sector TEXT, name TEXT,"
    " wikidata TEXT, side TEXT);"
    "CREATE INDEX somebody_code ON somebody (code);"
    "CREATE INDEX somebody_country ON somebody (country);"
    "CREATE INDEX somebody_name ON somebody (name);"
    "CREATE TABLE roles (event @int NOT NULL, role @int NOT NULL, place_in_list @int NOT NULL,"
    " who @int NOT NULL, new_side @int NOT NULL, begin_at @int, end_at @int, via TEXT, words TEXT,"
    " PRIMARY KEY (event, role, place_in_list))@packed;"
    "CREATE INDEX roles_who ON roles (who);"
    "CREATE TABLE voices (event @int NOT NULL, place_in_chain @int NOT NULL, kind TEXT NOT NULL,"
    " who @int NOT NULL, words TEXT, cue TEXT, PRIMARY KEY (event, place_in_chain))@packed;"
    "CREATE INDEX voices_who ON voices (who);";
static const char version_4_more[] =
    "CREATE TABLE conditions (event @key, words TEXT NOT NULL, begin_at @int NOT NULL,"
    " end_at @int NOT NULL, condition_event @int);"
    "CREATE TABLE contexts (event @int NOT NULL, context TEXT NOT NULL,"
    " PRIMARY KEY (event, context))@packed;"
    "CREATE TABLE sizes (event @int NOT NULL, size TEXT NOT NULL, least @real, most @real,"
    " currency TEXT, PRIMARY KEY (event, size))@packed;"
    "CREATE TABLE places (place @key, name TEXT, country TEXT, admin1 TEXT, precision TEXT,"
    " lat @real, lon @real, geonames_id @int);"
    "CREATE INDEX places_country ON places (country);"
    "CREATE INDEX places_name ON places (name);"
    "CREATE TABLE spots (event @int NOT NULL, place_in_list @int NOT NULL, place @int NOT NULL,"
    " basis TEXT, PRIMARY KEY (event, place_in_list))@packed;"
    "CREATE INDEX spots_place ON spots (place);"
    "CREATE TABLE links (event @int NOT NULL, kind TEXT NOT NULL, other @int NOT NULL,"
    " PRIMARY KEY (event, kind, other))@packed;"
    "CREATE INDEX links_other ON links (other);"
    "CREATE TABLE event_countries (country TEXT NOT NULL, day @int NOT NULL, event @int NOT NULL,"
    " kind @int NOT NULL, PRIMARY KEY (country, day, event))@packed;"
    "CREATE TABLE dyads (actor TEXT NOT NULL, recipient TEXT NOT NULL, day @int NOT NULL,"
    " event @int NOT NULL, kind @int NOT NULL, PRIMARY KEY (actor, recipient, day, event))@packed;"
    "CREATE INDEX dyads_event ON dyads (event);"
    "CREATE TABLE day_sums (day @int NOT NULL, kind @int NOT NULL, n @int NOT NULL,"
    " PRIMARY KEY (day, kind))@packed;"
    "CREATE TABLE dyad_sums (period TEXT NOT NULL, actor TEXT NOT NULL, recipient TEXT NOT NULL,"
    " quad @int NOT NULL, plain @int NOT NULL, n @int NOT NULL, goldstein @real NOT NULL,"
    " intensity @real NOT NULL, PRIMARY KEY (actor, recipient, period, quad, plain))@packed;"
    "CREATE INDEX dyad_sums_all ON dyad_sums (n) WHERE period = '';"
    "CREATE TABLE splits (one TEXT NOT NULL, other TEXT NOT NULL, split_by TEXT,"
    " split TEXT NOT NULL, PRIMARY KEY (one, other));";
static const char version_4_views[] =
    "CREATE VIEW participants AS SELECT r.event, CASE r.role WHEN 0 THEN 'actor' ELSE 'recipient'"
    " END AS role, r.place_in_list, w.code, w.country, w.sector, w.name, w.wikidata, r.via,"
    " r.words, r.begin_at, r.end_at, w.side FROM roles r JOIN somebody w ON w.who = r.who;"
    "CREATE VIEW attributions AS SELECT v.event, v.place_in_chain, v.kind, w.code, w.country,"
    " w.name, v.words, v.cue FROM voices v JOIN somebody w ON w.who = v.who;"
    "CREATE VIEW locations AS SELECT s.event, s.place_in_list, p.name, p.country, p.admin1,"
    " p.precision, s.basis, p.lat, p.lon, p.geonames_id FROM spots s JOIN places p"
    " ON p.place = s.place;"
    "CREATE VIEW outlets AS SELECT original AS story, source, url, date, story AS copy"
    " FROM stories;"
    "CREATE VIEW dyad_months AS SELECT period AS month, actor, recipient, quad, plain, n,"
    " goldstein, intensity FROM dyad_sums WHERE length(period) = 7;"
    "CREATE VIEW country_days AS SELECT c.country, e.date, e.type, count(*) AS reports,"
    " count(DISTINCT e.same) AS events, sum(e.goldstein) AS goldstein, sum(e.intensity) AS"
    " intensity FROM event_countries c JOIN events e ON e.event = c.event"
    " GROUP BY c.country, e.date, e.type;"
    "CREATE VIEW one_a_day AS SELECT e.* FROM events e JOIN (SELECT min(event) AS event"
    " FROM events GROUP BY type, sides, date) f ON f.event = e.event;"
    "CREATE VIEW claims_and_denials AS SELECT a.event AS affirmed, d.event AS denied, a.type,"
    " a.date AS affirmed_date, d.date AS denied_date, a.story AS affirmed_story,"
    " d.story AS denied_story FROM events d JOIN events a ON a.sides = d.sides"
    " AND a.polarity = 'affirmed' AND a.day BETWEEN d.day - 7 AND d.day + 7"
    " WHERE d.polarity = 'negated';";
static const char version_4_fill[] =
    "INSERT INTO stories (story, original, run, begin_byte, hash, story_id, date, title, source,"
    " url, text) SELECT story, original, run, begin_byte, hash, story_id, date, title, source, url,"
    " text FROM stories_3 ORDER BY story;"
    "INSERT INTO sentences SELECT story, sentence, begin_at, end_at, begin_byte, end_byte"
    " FROM sentences_3 ORDER BY story, sentence;"
    "DROP TABLE sentences_3;";

/* Which events are one is found out after they are stored, a day at a time (same.c). */
static const char version_5[] = "ALTER TABLE events ADD COLUMN told @int NOT NULL DEFAULT 0;"
                                "CREATE TABLE unlinked (day @key);";

/* The words of stories stand by the names of columns, which stay. */
#define DAYS(date)                                                                                 \
    "CREATE VIEW days AS SELECT " date " AS date, k.type, k.quad, k.polarity, k.status,"           \
    " k.historical, k.attributed, k.plain, d.n FROM day_sums d JOIN kinds k ON k.kind = d.kind;"
static const char version_4_sqlite[] =
    "DROP TABLE stories_3;" DAYS("date(d.day * 86400, 'unixepoch')");
static const char version_4_postgres[] =
    "DROP TABLE stories_3;" DAYS("CAST(DATE '1970-01-01' + CAST(d.day AS INTEGER) AS "
                                 "TEXT)") "ALTER TABLE stories ADD COLUMN search tsvector "
                                          "GENERATED ALWAYS AS"
                                          " (to_tsvector('english', coalesce(title, '') "
                                          "|| ' ' || text)) STORED;"
                                          "CREATE INDEX stories_search ON stories USING "
                                          "gin (search);";

typedef struct {
    const char *all[7]; /* one after the other, up to a NULL */
    const char *sqlite, *postgres;
    dgm_status (*fill)(dgm_sql *db, dgm_err *err); /* NULL: there is nothing to do beside */
} store_version;
static const store_version versions[] = {
    { { version_1 }, version_1_sqlite, version_1_postgres, NULL },
    { { version_2 }, "", "", NULL },
    { { version_3 }, "", "", NULL },
    { { version_4_old, version_4_stories, version_4_events, version_4_more, version_4_views,
        version_4_fill },
      version_4_sqlite,
      version_4_postgres,
      NULL },
    { { version_5 }, "", "", dgm_store_upgrade_5 },
};

static dgm_status bring_to(dgm_sql *db, const store_version *v, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (size_t i = 0; v->all[i] && status == DGM_OK; i++)
        status = dgm_sql_script(db, v->all[i], err);
    if (status == DGM_OK)
        status = dgm_sql_script(db, db->engine->is_postgres ? v->postgres : v->sqlite, err);
    if (status == DGM_OK && v->fill)
        status = v->fill(db, err);
    return status;
}

static dgm_status take_forward(dgm_sql *db, int64_t from, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (size_t v = (size_t)from; v < DGM_LEN(versions) && status == DGM_OK; v++) {
        status = bring_to(db, &versions[v], err);
        if (status == DGM_OK)
            status =
                DGM_DO(db, "UPDATE dragoman_schema SET version = ?", err, dgm_int((int64_t)v + 1));
    }
    return status;
}

/* Under the writers' lock, so that two programs that open a new store do not both make it. */
static dgm_status update(dgm_sql *db, dgm_err *err)
{
    int64_t version = 0;
    dgm_status status = dgm_sql_script(
        db, "CREATE TABLE IF NOT EXISTS dragoman_schema (version @int NOT NULL)", err);
    if (status == DGM_OK)
        status = dgm_sql_script(db,
                                "INSERT INTO dragoman_schema SELECT 0 WHERE NOT EXISTS"
                                " (SELECT 1 FROM dragoman_schema)",
                                err);
    if (status == DGM_OK)
        status = dgm_sql_number(db, "SELECT version FROM dragoman_schema", NULL, 0, &version, err);
    if (status != DGM_OK)
        return status;
    if (version < 0 || version > (int64_t)DGM_LEN(versions))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the store has tables of version %lld, this program knows up to %zu",
                        (long long)version, DGM_LEN(versions));
    return take_forward(db, version, err);
}

/* A store that is as it should be is only looked at, whoever is writing to it. */
static bool is_current(dgm_sql *db)
{
    int64_t version = 0;
    dgm_err ignored = { 0 };
    return dgm_sql_number(db, "SELECT version FROM dragoman_schema", NULL, 0, &version, &ignored) ==
               DGM_OK &&
           version == (int64_t)DGM_LEN(versions);
}

static dgm_status refuse_where_no_store_is(dgm_sql *db, dgm_err *err)
{
    int64_t found = 0;
    dgm_status status = dgm_sql_number(
        db,
        db->engine->is_postgres
            ? "SELECT CASE WHEN to_regclass('dragoman_schema') IS NULL THEN 0 ELSE 1 END"
            : "SELECT count(*) FROM sqlite_master WHERE name = 'dragoman_schema'",
        NULL, 0, &found, err);
    if (status == DGM_OK && found == 0)
        status = dgm_fail(err, DGM_EUSAGE, NULL, 0,
                          "there is no store in this database; `dragoman ingest` creates one");
    return status;
}

dgm_status dgm_schema_update(dgm_sql *db, bool to_read, dgm_err *err)
{
    if (is_current(db))
        return DGM_OK;
    int64_t had_events = 0;
    dgm_err ignored = { 0 };
    (void)!dgm_sql_number(db, "SELECT max(event) FROM events", NULL, 0, &had_events, &ignored);
    dgm_status status = to_read ? refuse_where_no_store_is(db, err) : DGM_OK;
    if (status == DGM_OK)
        status =
            dgm_sql_script(db,
                           db->engine->is_postgres ? "BEGIN; SELECT pg_advisory_xact_lock(7041)"
                                                   : "BEGIN IMMEDIATE",
                           err);
    if (status != DGM_OK)
        return status;
    status = update(db, err);
    if (status == DGM_OK)
        status = dgm_sql_script(db, "COMMIT", err);
    if (status == DGM_OK) {
        /* What old tables took is given back; where there is no room to do so, it stays. */
        if (had_events && !db->engine->is_postgres)
            (void)!dgm_sql_script(db, "VACUUM", &(dgm_err) { 0 });
        return DGM_OK;
    }
    if (dgm_sql_script(db, "ROLLBACK", &ignored) != DGM_OK)
        return status; /* the connection is gone, and what it wanted with it */
    return status;
}
