-- The tables of version 3, as SQLite has them.
CREATE TABLE dragoman_schema (version INTEGER NOT NULL);
CREATE TABLE runs (run INTEGER PRIMARY KEY, version TEXT NOT NULL, tables TEXT NOT NULL, begun
    TEXT NOT NULL);
CREATE TABLE stories (story INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, story_id TEXT, date
    TEXT, title TEXT, source TEXT, url TEXT, text TEXT NOT NULL, begin_byte INTEGER NOT NULL,
    original INTEGER NOT NULL, signature TEXT NOT NULL, n_shingles INTEGER NOT NULL, run INTEGER NOT
    NULL);
CREATE INDEX stories_date ON stories (date);
CREATE INDEX stories_id ON stories (story_id);
CREATE INDEX stories_original ON stories (original, source);
CREATE TABLE bands (band INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (band, story));
CREATE TABLE sentences (story INTEGER NOT NULL, sentence INTEGER NOT NULL, begin_at INTEGER NOT
    NULL, end_at INTEGER NOT NULL, begin_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL, PRIMARY
    KEY (story, sentence));
CREATE TABLE events (event INTEGER PRIMARY KEY, event_id TEXT NOT NULL, story INTEGER NOT NULL,
    sentence INTEGER NOT NULL, date TEXT, date_end TEXT, date_basis TEXT, day INTEGER, type TEXT NOT
    NULL, mode TEXT, cameo TEXT, quad INTEGER NOT NULL, goldstein REAL, intensity REAL, polarity
    TEXT NOT NULL, status TEXT NOT NULL, historical INTEGER NOT NULL, attributed INTEGER NOT NULL,
    plain INTEGER NOT NULL, trigger_words TEXT, rule TEXT, place TEXT, place_country TEXT, same
    INTEGER NOT NULL, sides INTEGER NOT NULL);
CREATE INDEX events_id ON events (event_id);
CREATE INDEX events_story ON events (story);
CREATE INDEX events_date ON events (date, event);
CREATE INDEX events_type ON events (type, date, event);
CREATE INDEX events_same ON events (same);
CREATE INDEX events_sides ON events (sides, day);
CREATE INDEX events_status ON events (status, polarity);
CREATE TABLE records (event INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE participants (event INTEGER NOT NULL, role TEXT NOT NULL, place_in_list INTEGER NOT
    NULL, code TEXT, country TEXT, sector TEXT, name TEXT, wikidata TEXT, via TEXT, words TEXT,
    begin_at INTEGER, end_at INTEGER, side TEXT, PRIMARY KEY (event, role, place_in_list));
CREATE INDEX participants_code ON participants (code, role, event);
CREATE INDEX participants_country ON participants (country, role, event);
CREATE INDEX participants_name ON participants (name, role, event);
CREATE INDEX participants_side ON participants (side, role, event);
CREATE TABLE attributions (event INTEGER NOT NULL, place_in_chain INTEGER NOT NULL, kind TEXT
    NOT NULL, code TEXT, country TEXT, name TEXT, words TEXT, cue TEXT, PRIMARY KEY (event,
    place_in_chain));
CREATE INDEX attributions_code ON attributions (code, event);
CREATE INDEX attributions_country ON attributions (country, event);
CREATE TABLE conditions (event INTEGER PRIMARY KEY, words TEXT NOT NULL, begin_at INTEGER NOT
    NULL, end_at INTEGER NOT NULL, condition_event INTEGER);
CREATE TABLE contexts (event INTEGER NOT NULL, context TEXT NOT NULL, PRIMARY KEY (event,
    context));
CREATE TABLE locations (event INTEGER NOT NULL, place_in_list INTEGER NOT NULL, name TEXT,
    country TEXT, admin1 TEXT, lat REAL, lon REAL, geonames_id INTEGER, PRIMARY KEY (event,
    place_in_list));
CREATE INDEX locations_country ON locations (country, event);
CREATE INDEX locations_name ON locations (name, event);
CREATE TABLE links (event INTEGER NOT NULL, kind TEXT NOT NULL, other INTEGER NOT NULL, PRIMARY
    KEY (event, kind, other));
CREATE INDEX links_other ON links (other, kind);
CREATE TABLE event_countries (country TEXT NOT NULL, date TEXT NOT NULL, event INTEGER NOT NULL,
    PRIMARY KEY (country, date, event));
CREATE INDEX event_countries_event ON event_countries (event);
CREATE TABLE dyads (actor TEXT NOT NULL, recipient TEXT NOT NULL, date TEXT NOT NULL, event
    INTEGER NOT NULL, PRIMARY KEY (actor, recipient, date, event));
CREATE INDEX dyads_event ON dyads (event);
CREATE VIEW outlets AS SELECT original AS story, source, url, date, story AS copy FROM stories;
CREATE VIRTUAL TABLE stories_text USING fts5(title, text, content='stories',
    content_rowid='story', tokenize='porter unicode61');
CREATE TABLE dyad_sums (period TEXT NOT NULL, actor TEXT NOT NULL, recipient TEXT NOT NULL, quad
    INTEGER NOT NULL, plain INTEGER NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, intensity
    REAL NOT NULL, PRIMARY KEY (actor, recipient, period, quad, plain));
CREATE INDEX dyad_sums_period ON dyad_sums (period, n);
CREATE VIEW dyad_months AS SELECT period AS month, actor, recipient, quad, plain, n, goldstein,
    intensity FROM dyad_sums WHERE length(period) = 7;
CREATE VIEW country_days AS SELECT c.country, c.date, e.type, count(*) AS reports,
    count(DISTINCT e.same) AS events, sum(e.goldstein) AS goldstein, sum(e.intensity) AS intensity
    FROM event_countries c JOIN events e ON e.event = c.event GROUP BY c.country, c.date, e.type;
CREATE VIEW one_a_day AS SELECT e.* FROM events e JOIN (SELECT min(event) AS event FROM events
    GROUP BY type, sides, date) f ON f.event = e.event;
CREATE VIEW claims_and_denials AS SELECT a.event AS affirmed, d.event AS denied, a.type, a.date
    AS affirmed_date, d.date AS denied_date, a.story AS affirmed_story, d.story AS denied_story FROM
    events d JOIN events a ON a.sides = d.sides AND a.polarity = 'affirmed' AND a.day BETWEEN d.day
    - 7 AND d.day + 7 WHERE d.polarity = 'negated';
CREATE TABLE marks (mark INTEGER PRIMARY KEY, story INTEGER NOT NULL, event_id TEXT NOT NULL,
    sentence INTEGER NOT NULL, begin_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL, trigger_words
    TEXT, text TEXT, coding TEXT NOT NULL, verdict TEXT NOT NULL, answer TEXT, note TEXT, marked_by
    TEXT, marked TEXT NOT NULL, UNIQUE (story, event_id));
CREATE TABLE samples (sample INTEGER PRIMARY KEY, drawn_by TEXT NOT NULL, filter TEXT NOT NULL,
    seed INTEGER NOT NULL, n INTEGER NOT NULL, drawn TEXT NOT NULL);
CREATE TABLE strata (sample INTEGER NOT NULL, stratum TEXT NOT NULL, population INTEGER NOT
    NULL, drawn INTEGER NOT NULL, PRIMARY KEY (sample, stratum));
CREATE TABLE sampled (sample INTEGER NOT NULL, place_in_sample INTEGER NOT NULL, story INTEGER
    NOT NULL, event_id TEXT NOT NULL, stratum TEXT NOT NULL, PRIMARY KEY (sample, place_in_sample));
CREATE INDEX sampled_event ON sampled (story, event_id);
