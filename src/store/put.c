/* How a story gets in: what was packed becomes rows, a sheet of them for each table, and the sheets
 * are written one after the other. */
#include "store/copies.h"
#include "store/links.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* ---- tables --------------------------------------------------------------------------------- */

/* clang-format off */
#define EIGHT "?, ?, ?, ?, ?, ?, ?, ?"
#define EVENT_COLUMNS                                                                              \
    "event, story, same, sides, day, quad, sentence, historical, attributed, plain, date, type,"   \
    " polarity, status, goldstein, intensity, confidence, event_id, date_end, date_basis, mode,"   \
    " cameo, trigger_words, rule, place, place_country, place_basis, told"
#define N ", ?::bigint[]"
#define T ", ?::text[]"
#define R ", ?::float8[]"
#define UNNEST(types) " SELECT * FROM unnest(?::bigint[]" types ")"
#define NEW_ONLY " ON CONFLICT DO NOTHING"

#define TABLES(X)                                                                                  \
    X(KINDS, "kinds (kind, type, quad, polarity, status, historical, attributed, plain)",          \
      EIGHT, T N T T N N N, "", 8)                                                                 \
    X(SOMEBODY, "somebody (who, code, country, sector, name, wikidata, side)",                     \
      "?, ?, ?, ?, ?, ?, ?", T T T T T T, NEW_ONLY, 7)                                             \
    X(BANDS, "bands (band, story)", "?, ?", N, NEW_ONLY, 2)                                        \
    X(QUOTATIONS, "quotations (quotation, story)", "?, ?", N, NEW_ONLY, 2)                         \
    X(SENTENCES, "sentences (story, sentence, begin_at, end_at, begin_byte, end_byte)",            \
      "?, ?, ?, ?, ?, ?", N N N N N, "", 6)                                                        \
    X(EVENTS, "events (" EVENT_COLUMNS ")", EIGHT ", " EIGHT ", " EIGHT ", ?, ?, ?, ?",            \
      N N N N N N N N N T T T T R R R T T T T T T T T T T N, "", 28)                               \
    X(ROLES, "roles (event, role, place_in_list, who, new_side, begin_at, end_at, via, words)",    \
      EIGHT ", ?", N N N N N N T T, "", 9)                                                         \
    X(VOICES, "voices (event, place_in_chain, kind, who, words, cue)", "?, ?, ?, ?, ?, ?",         \
      N T N T T, "", 6)                                                                            \
    X(PLACES, "places (place, geonames_id, name, country, admin1, precision, lat, lon)",           \
      EIGHT, N T T T T R R, NEW_ONLY, 8)                                                           \
    X(SPOTS, "spots (event, place_in_list, place, basis)", "?, ?, ?, ?", N N T, "", 4)             \
    X(CONTEXTS, "contexts (event, context)", "?, ?", T, NEW_ONLY, 2)                               \
    X(SIZES, "sizes (event, size, least, most, currency)", "?, ?, ?, ?, ?", T R R T, "", 5)        \
    X(CONDITIONS, "conditions (event, words, begin_at, end_at, condition_event)",                  \
      "?, ?, ?, ?, ?", T N N N, "", 5)                                                             \
    X(LINKS, "links (event, kind, other)", "?, ?, ?", T N, NEW_ONLY, 3)                            \
    X(DYADS, "dyads (event, kind, day, actor, recipient)", "?, ?, ?, ?, ?", N N T T, "", 5)       \
    X(COUNTRIES, "event_countries (event, kind, day, country)", "?, ?, ?, ?", N N T, NEW_ONLY, 4)

typedef enum {
#define X(id, columns, marks, types, tail, n) ID_##id,
    TABLES(X)
#undef X
    N_TABLES
} table_id;
static const dgm_table tables[] = {
#define X(id, columns, marks, types, tail, n)                                                      \
    { "INSERT INTO " columns " VALUES (" marks ")" tail,                                           \
      "INSERT INTO " columns UNNEST(types) tail, n },
    TABLES(X)
#undef X
};
/* clang-format on */

static const dgm_cell none = { .kind = DGM_CELL_NULL };

/* ---- rows ----------------------------------------------------------------------------------- */

typedef struct {
    dgm_store *store;
    dgm_arena *arena;
    dgm_sums *sums; /* of this story; the batch's when it is stored */
    int64_t story, event, first;
    uint64_t hash; /* of the story's own hash */
    DGM_ARRAY(dgm_cell) sheets[N_TABLES];
    bool failed;
} putting;

static void put_row(putting *p, table_id id, const dgm_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dgm_cell *cell = dgm_push(p->arena, &p->sheets[id]);
        if (!cell) {
            p->failed = true;
            return;
        }
        *cell = cells[i];
    }
}
#define ROW(p, id, ...)                                                                            \
    put_row((p), ID_##id, (const dgm_cell[]) { __VA_ARGS__ },                                      \
            DGM_LEN(((const dgm_cell[]) { __VA_ARGS__ })))

static dgm_status write_sheets(putting *p, dgm_err *err)
{
    dgm_status status =
        p->failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story") : DGM_OK;
    for (size_t i = 0; i < N_TABLES && status == DGM_OK; i++) {
        uint32_t n_rows = p->sheets[i].n / tables[i].n_columns;
        if (n_rows > 0)
            status =
                p->store->db->engine->rows(p->store->db, &tables[i], p->sheets[i].at, n_rows, err);
    }
    return status;
}

/* ---- kinds of events, and who takes part ---------------------------------------------------- */

void dgm_store_forget(dgm_store *store)
{
    dgm_map_free(store->kinds);
    dgm_map_free(store->splits);
    dgm_map_free(store->known);
    store->kinds = store->splits = store->known = NULL;
}

enum { KIND_COLUMNS = 7 };

static void write_kind(const dgm_cell *columns, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < KIND_COLUMNS && n < size; i++)
        n += (size_t)(columns[i].kind == DGM_CELL_TEXT
                          ? snprintf(out + n, size - n, "%.*s,", DGM_FMT(columns[i].text))
                          : snprintf(out + n, size - n, "%lld,", (long long)columns[i].integer));
}

static bool put_kind(dgm_map *kinds, const dgm_cell *cells)
{
    char key[120];
    write_kind(cells + 1, key, sizeof key);
    return dgm_map_set(kinds, dgm_view_of(key), (uint32_t)cells[0].integer, NULL) == DGM_OK;
}

static dgm_status know_kinds(dgm_store *store, dgm_err *err)
{
    static const char sql[] =
        "SELECT kind, type, quad, polarity, status, historical, attributed, plain"
        " FROM kinds ORDER BY kind";
    return store->kinds
               ? DGM_OK
               : dgm_sql_know(store->db, sql, "kinds of events", put_kind, &store->kinds, err);
}

/* Kinds are numbered from 1 without gaps. */
static int64_t kind_of(putting *p, const dgm_cell columns[KIND_COLUMNS])
{
    char key[120];
    write_kind(columns, key, sizeof key);
    uint32_t kind = dgm_map_get(p->store->kinds, dgm_view_of(key));
    if (kind != DGM_NONE)
        return kind;
    kind = dgm_map_count(p->store->kinds) + 1;
    p->failed = dgm_map_set(p->store->kinds, dgm_view_of(key), kind, NULL) != DGM_OK || p->failed;
    ROW(p, KINDS, dgm_int(kind), columns[0], columns[1], columns[2], columns[3], columns[4],
        columns[5], columns[6]);
    return kind;
}

typedef struct {
    dgm_view code, country, sector, name, wikidata, side;
    int64_t who;
} somebody;

/* Whether somebody, or a place, may not be in its table yet. Numbers are hashes of what they
 * number, so that one map serves both. */
static bool is_new(putting *p, int64_t number)
{
    enum { MOST_KNOWN = 200000 };
    dgm_store *store = p->store;
    if (store->known && dgm_map_count(store->known) > MOST_KNOWN) {
        dgm_map_free(store->known);
        store->known = NULL;
    }
    if (!store->known)
        store->known = dgm_map_new();
    uint32_t before = 0;
    dgm_view key = { (const char *)&number, sizeof number };
    if (!store->known || dgm_map_set(store->known, key, 1, &before) != DGM_OK)
        p->failed = true;
    return before == DGM_NONE;
}

static somebody take_somebody(putting *p, dgm_bytes *from)
{
    somebody s;
    dgm_view *const parts[] = { &s.code, &s.country, &s.sector, &s.name, &s.wikidata, &s.side };
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        *parts[i] = dgm_take_text(from);
    s.who = (int64_t)dgm_take_number(from);
    if (is_new(p, s.who))
        ROW(p, SOMEBODY, dgm_int(s.who), dgm_text(s.code), dgm_text(s.country), dgm_text(s.sector),
            dgm_text(s.name), dgm_text(s.wikidata), dgm_text(s.side));
    return s;
}

/* ---- events --------------------------------------------------------------------------------- */

typedef struct {
    dgm_view date;
    int64_t day, kind;
    dgm_sum sum; /* of a dyad */
} summed;

static void put_roles(putting *p, dgm_bytes *from, const summed *s)
{
    uint32_t n = dgm_take_count(from);
    for (uint32_t i = 0; i < n && !from->failed; i++) {
        int64_t role = (int64_t)dgm_take_number(from), place = (int64_t)dgm_take_number(from);
        bool new_side = dgm_take_number(from) > 0;
        somebody who = take_somebody(p, from);
        dgm_view via = dgm_take_text(from), words = dgm_take_text(from);
        int64_t begin = (int64_t)dgm_take_number(from), end = (int64_t)dgm_take_number(from);
        ROW(p, ROLES, dgm_int(p->event), dgm_int(role), dgm_int(place), dgm_int(who.who),
            dgm_int(new_side), dgm_int(begin), dgm_int(end), dgm_text(via), dgm_text(words));
        if (new_side && s->date.n > 0)
            ROW(p, COUNTRIES, dgm_int(p->event), dgm_int(s->kind), dgm_int(s->day),
                dgm_text(who.side));
    }
    while (dgm_take_number(from) > 0) {
        dgm_view actor = dgm_take_text(from), recipient = dgm_take_text(from);
        if (from->failed || s->date.n == 0)
            continue;
        ROW(p, DYADS, dgm_int(p->event), dgm_int(s->kind), dgm_int(s->day), dgm_text(actor),
            dgm_text(recipient));
        p->failed = !dgm_sums_dyad(p->sums, s->date, actor, recipient, &s->sum) || p->failed;
    }
}

static void put_voices(putting *p, dgm_bytes *from)
{
    uint32_t n = dgm_take_count(from);
    for (uint32_t i = 0; i < n && !from->failed; i++) {
        dgm_view kind = dgm_take_text(from);
        somebody who = take_somebody(p, from);
        dgm_view words = dgm_take_text(from), cue = dgm_take_text(from);
        ROW(p, VOICES, dgm_int(p->event), dgm_int(i), dgm_text(kind), dgm_int(who.who),
            dgm_text(words), dgm_text(cue));
    }
}

static void put_places(putting *p, dgm_bytes *from)
{
    uint32_t n = dgm_take_count(from);
    for (uint32_t i = 0; i < n && !from->failed; i++) {
        dgm_view parts[4];
        dgm_view basis = dgm_take_text(from);
        for (size_t k = 0; k < DGM_LEN(parts); k++)
            parts[k] = dgm_take_text(from);
        double lat = dgm_take_real(from), lon = dgm_take_real(from);
        int64_t id = (int64_t)dgm_take_number(from), place = (int64_t)dgm_take_number(from);
        if (is_new(p, place))
            ROW(p, PLACES, dgm_int(place), id ? dgm_int(id) : none, dgm_text(parts[0]),
                dgm_text(parts[1]), dgm_text(parts[2]), dgm_text(parts[3]), dgm_real(lat),
                dgm_real(lon));
        ROW(p, SPOTS, dgm_int(p->event), dgm_int(i), dgm_int(place), dgm_text(basis));
    }
}

static void put_contexts_and_sizes(putting *p, dgm_bytes *from)
{
    uint32_t n = dgm_take_count(from);
    for (uint32_t i = 0; i < n && !from->failed; i++)
        ROW(p, CONTEXTS, dgm_int(p->event), dgm_text(dgm_take_text(from)));
    while (dgm_take_number(from) > 0) {
        dgm_view size = dgm_take_text(from);
        double least = dgm_take_real(from), most = dgm_take_real(from);
        ROW(p, SIZES, dgm_int(p->event), dgm_text(size), dgm_real(least), dgm_real(most),
            dgm_text(dgm_take_text(from)));
    }
}

static void put_link(putting *p, const char *kind, uint64_t place)
{
    if (place > 0)
        ROW(p, LINKS, dgm_int(p->event), dgm_text(dgm_view_of(kind)),
            dgm_int(p->first + (int64_t)place - 1));
}

static void put_links(putting *p, dgm_bytes *from)
{
    dgm_view condition = dgm_take_text(from);
    int64_t begin = (int64_t)dgm_take_number(from), end = (int64_t)dgm_take_number(from);
    int64_t place = (int64_t)dgm_take_number(from);
    if (condition.n > 0)
        ROW(p, CONDITIONS, dgm_int(p->event), dgm_text(condition), dgm_int(begin), dgm_int(end),
            place ? dgm_int(p->first + place - 1) : none);
    put_link(p, "content_of", dgm_take_number(from));
    uint32_t n = dgm_take_count(from);
    for (uint32_t i = 0; i < n && !from->failed; i++)
        put_link(p, "contradicts", dgm_take_number(from));
}

enum {
    EVENT_ID,
    DATE,
    DATE_END,
    DATE_BASIS,
    MODE,
    CAMEO,
    TRIGGER,
    RULE,
    PLACE,
    PLACE_COUNTRY,
    PLACE_BASIS,
    TYPE,
    POLARITY,
    STATUS,
    N_TEXTS
};
enum { GOLDSTEIN, INTENSITY, CONFIDENCE, N_REALS };
enum { HISTORICAL, ATTRIBUTED, PLAIN, SAME, SIDES, N_NUMBERS };

/* One number for all that a story tells of an event, the same whenever the story arrives; where
 * nobody is known to take part, of this telling alone. Others are found to be the same later
 * (same.c). */
static int64_t number_told(const putting *p, int64_t alike, dgm_view event_id)
{
    const uint64_t both[] = { p->hash, alike > 0 ? (uint64_t)alike : dgm_hash(event_id) };
    return (int64_t)(XXH3_64bits(both, sizeof both) >> 17 | 1);
}

static void put_event(putting *p, dgm_bytes *from)
{
    dgm_cell text[N_TEXTS], number[N_NUMBERS];
    double real[N_REALS];
    for (size_t i = 0; i < N_TEXTS; i++)
        text[i] = dgm_text(dgm_take_text(from));
    dgm_cell sentence = dgm_int((int64_t)dgm_take_number(from));
    dgm_cell quad = dgm_int((int64_t)dgm_take_number(from));
    for (size_t i = 0; i < N_REALS; i++)
        real[i] = dgm_take_real(from);
    for (size_t i = 0; i < N_NUMBERS; i++)
        number[i] = dgm_int((int64_t)dgm_take_number(from));
    if (number[SIDES].integer == 0)
        number[SIDES].integer = -p->event; /* like no other */
    const dgm_cell told = dgm_int(number_told(p, number[SAME].integer, text[EVENT_ID].text));
    number[SAME].integer = dgm_store_same(p->store, text[EVENT_ID].text, told.integer);
    const dgm_cell columns[KIND_COLUMNS] = { text[TYPE],         quad,
                                             text[POLARITY],     text[STATUS],
                                             number[HISTORICAL], number[ATTRIBUTED],
                                             number[PLAIN] };
    if (from->failed)
        return;
    double goldstein = real[GOLDSTEIN], intensity = real[INTENSITY];
    const summed s = { .date = text[DATE].text,
                       .day = dgm_day_number(text[DATE].text),
                       .kind = kind_of(p, columns),
                       .sum = { .n = 1,
                                .quad = quad.integer,
                                .plain = number[PLAIN].integer,
                                .goldstein = goldstein == goldstein ? goldstein : 0,
                                .intensity = intensity == intensity ? intensity : 0 } };
    ROW(p, EVENTS, dgm_int(p->event), dgm_int(p->story), number[SAME], number[SIDES],
        s.date.n > 0 ? dgm_int(s.day) : none, quad, sentence, number[HISTORICAL],
        number[ATTRIBUTED], number[PLAIN], text[DATE], text[TYPE], text[POLARITY], text[STATUS],
        dgm_real(goldstein), dgm_real(intensity), dgm_real(real[CONFIDENCE]), text[EVENT_ID],
        text[DATE_END], text[DATE_BASIS], text[MODE], text[CAMEO], text[TRIGGER], text[RULE],
        text[PLACE], text[PLACE_COUNTRY], text[PLACE_BASIS], told);
    if (s.date.n > 0)
        p->failed = !dgm_sums_day(p->sums, s.day, s.kind, 1) || p->failed;
    put_roles(p, from, &s);
    put_voices(p, from);
    put_places(p, from);
    put_contexts_and_sizes(p, from);
    put_links(p, from);
}

static dgm_status put_events(putting *p, dgm_bytes from, uint32_t n, dgm_view records, dgm_err *err)
{
    p->first = p->store->event + 1;
    for (uint32_t i = 0; i < n && !from.failed; i++) {
        p->event = ++p->store->event;
        put_event(p, &from);
    }
    if (from.failed)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a packed story is cut off or damaged");
    if (n == 0)
        return DGM_OK;
    return DGM_DO(p->store->db,
                  "INSERT INTO records (story, first_event, records) VALUES (?, ?, ?)", err,
                  dgm_int(p->story), dgm_int(p->first), dgm_bytes_cell(records));
}

/* ---- what a story is known by ---------------------------------------------------------------- */

static dgm_status put_likeness(putting *p, const dgm_packed *in, int64_t original, dgm_err *err)
{
    dgm_bytes quotations = in->quotations;
    for (uint32_t i = 0; i < DGM_N_BANDS && in->n_shingles > 0; i++)
        ROW(p, BANDS, dgm_int(in->bands[i]), dgm_int(p->story));
    for (uint32_t i = 0; i < in->n_quotations; i++)
        ROW(p, QUOTATIONS, dgm_int((int64_t)dgm_take_number(&quotations)), dgm_int(p->story));
    return DGM_DO(p->store->db,
                  "INSERT INTO signatures (story, original, day, n_shingles, minima)"
                  " VALUES (?, ?, ?, ?, ?)",
                  err, dgm_int(p->story), dgm_int(original), dgm_int(dgm_day_number(in->date)),
                  dgm_int(in->n_shingles), dgm_bytes_cell(in->signature));
}

/* ---- the story ------------------------------------------------------------------------------ */

static void put_sentences(putting *p, const dgm_packed *in)
{
    dgm_bytes from = in->sentences;
    for (uint32_t i = 0; i < in->n_sentences; i++) {
        dgm_cell cells[4];
        for (size_t k = 0; k < DGM_LEN(cells); k++)
            cells[k] = dgm_int((int64_t)dgm_take_number(&from));
        ROW(p, SENTENCES, dgm_int(p->story), dgm_int(i), cells[0], cells[1], cells[2], cells[3]);
    }
}

static dgm_status put_new(putting *p, int64_t run, const dgm_packed *in, dgm_err *err)
{
    const dgm_cell text = { .kind = DGM_CELL_TEXT, .text = in->text };
    int64_t original;
    p->story = ++p->store->story;
    dgm_status status = dgm_store_original(p->store, p->story, in, &original, err);
    if (status == DGM_OK)
        status = DGM_DO(
            p->store->db,
            "INSERT INTO stories (story, original, run, begin_byte, hash, story_id, date, title,"
            " source, url, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            err, dgm_int(p->story), dgm_int(original), dgm_int(run), dgm_int(in->begin_byte),
            dgm_text(in->hash), dgm_text(in->id), dgm_text(in->date), dgm_text(in->title),
            dgm_text(in->source), dgm_text(in->url), text);
    if (status == DGM_OK && !p->store->db->engine->is_postgres)
        status =
            DGM_DO(p->store->db, "INSERT INTO stories_text (rowid, title, text) VALUES (?, ?, ?)",
                   err, dgm_int(p->story), dgm_text(in->title), text);
    if (status == DGM_OK)
        status = put_likeness(p, in, original, err);
    put_sentences(p, in);
    return status;
}

/* ---- what is there already ------------------------------------------------------------------ */

static bool take_less_day(void *context, const dgm_cell *cells, uint32_t n)
{
    putting *p = context;
    (void)n;
    if (cells[0].kind != DGM_CELL_INT)
        return true;
    int64_t kind = kind_of(p, cells + 1);
    p->failed = !dgm_sums_day(p->sums, cells[0].integer, kind, -1) || p->failed;
    return !p->failed;
}

static bool take_less_dyad(void *context, const dgm_cell *cells, uint32_t n)
{
    putting *p = context;
    (void)n;
    const dgm_sum less = {
        .n = -1,
        .quad = cells[3].integer,
        .plain = cells[4].integer,
        .goldstein = cells[5].kind == DGM_CELL_REAL ? -cells[5].real : 0,
        .intensity = cells[6].kind == DGM_CELL_REAL ? -cells[6].real : 0,
    };
    p->failed =
        !dgm_sums_dyad(p->sums, cells[0].text, cells[1].text, cells[2].text, &less) || p->failed;
    return !p->failed;
}

/* What hangs on a story's events goes before they do. */
static dgm_status take_out(putting *p, dgm_err *err)
{
    static const char *const statements[] = {
        /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): a long statement in pieces */
        "DELETE FROM event_countries WHERE (country, day, event) IN (SELECT w.side, e.day,"
        " e.event FROM events e JOIN roles r ON r.event = e.event JOIN somebody w ON"
        " w.who = r.who WHERE e.story = ? AND r.new_side = 1)",
        "DELETE FROM dyads WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM links WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM sizes WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM spots WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM contexts WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM conditions WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM voices WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM roles WHERE event IN (SELECT event FROM events WHERE story = ?)",
        "DELETE FROM records WHERE story = ?",
        "DELETE FROM sentences WHERE story = ?",
        "DELETE FROM events WHERE story = ?",
    };
    const dgm_cell story = dgm_int(p->story);
    dgm_status status =
        dgm_sql_ask(p->store->db,
                    "SELECT day, type, quad, polarity, status, historical, attributed, plain"
                    " FROM events WHERE story = ?",
                    &story, 1, take_less_day, p, err);
    if (status == DGM_OK)
        status = dgm_sql_ask(p->store->db,
                             "SELECT e.date, d.actor, d.recipient, e.quad, e.plain, e.goldstein,"
                             " e.intensity FROM events e JOIN dyads d ON d.event = e.event"
                             " WHERE e.story = ?",
                             &story, 1, take_less_dyad, p, err);
    for (size_t i = 0; i < DGM_LEN(statements) && status == DGM_OK; i++)
        status = DGM_DO(p->store->db, statements[i], err, story);
    return status;
}

static dgm_status put_again(putting *p, int64_t run, const dgm_packed *in, dgm_err *err)
{
    dgm_status status = take_out(p, err);
    if (status == DGM_OK)
        status = DGM_DO(p->store->db, "UPDATE stories SET run = ?, begin_byte = ? WHERE story = ?",
                        err, dgm_int(run), dgm_int(in->begin_byte), dgm_int(p->story));
    put_sentences(p, in);
    return status;
}

static dgm_status find(dgm_store *store, dgm_view hash, int64_t *story, dgm_err *err)
{
    const dgm_cell key = dgm_text(hash);
    return dgm_sql_number(store->db, "SELECT story FROM stories WHERE hash = ?", &key, 1, story,
                          err);
}

/* ---- putting -------------------------------------------------------------------------------- */

static dgm_status put(putting *p, int64_t run, const dgm_packed *in, bool recode, dgm_put *what,
                      dgm_err *err)
{
    dgm_status status = find(p->store, in->hash, &p->story, err);
    p->hash = dgm_hash(in->hash);
    if (status == DGM_OK)
        status = know_kinds(p->store, err);
    if (status == DGM_OK)
        status = dgm_store_know_splits(p->store, err);
    if (status != DGM_OK)
        return status;
    *what = p->story == 0 ? DGM_PUT_NEW : recode ? DGM_PUT_AGAIN : DGM_PUT_THERE;
    if (*what == DGM_PUT_THERE)
        return DGM_OK;
    status = p->story ? put_again(p, run, in, err) : put_new(p, run, in, err);
    if (status == DGM_OK)
        status = put_events(p, in->events, in->n_events, in->records, err);
    return status == DGM_OK ? write_sheets(p, err) : status;
}

static bool begin_putting(putting *p, dgm_store *store)
{
    *p = (putting) { .store = store, .arena = dgm_arena_new(), .sums = dgm_sums_new() };
    return p->arena && p->sums;
}

static void end_putting(putting *p)
{
    dgm_arena_free(p->arena);
    dgm_sums_free(p->sums);
}

/* ---- one story of a batch ------------------------------------------------------------------- */

static dgm_status settle(dgm_store *store, dgm_err *err)
{
    return store->db->engine->settle ? store->db->engine->settle(store->db, err) : DGM_OK;
}

/* Takes back what was written of one story. */
static bool undo_story(dgm_store *store)
{
    dgm_err ignored;
    dgm_store_forget(store);
    /* NOLINTNEXTLINE(misc-redundant-expression): one statement after the other */
    return (dgm_sql_script(store->db, "ROLLBACK TO SAVEPOINT story", &ignored) == DGM_OK ||
            dgm_sql_script(store->db, "ROLLBACK TO SAVEPOINT story", &ignored) == DGM_OK) &&
           dgm_sql_script(store->db, "RELEASE SAVEPOINT story", &ignored) == DGM_OK;
}

/* So that what is wrong with it leaves the rest of the batch as it is. */
static dgm_status put_apart(putting *p, int64_t run, const dgm_packed *in, bool recode,
                            dgm_put *what, dgm_err *err)
{
    dgm_store *store = p->store;
    dgm_status status = dgm_sql_do(store->db, "SAVEPOINT story", NULL, 0, err);
    if (status != DGM_OK)
        return status;
    status = put(p, run, in, recode, what, err);
    if (status == DGM_OK)
        status = dgm_sql_do(store->db, "RELEASE SAVEPOINT story", NULL, 0, err);
    if (status == DGM_OK)
        status = settle(store, err);
    if (status != DGM_OK && !undo_story(store) && status == DGM_EFORMAT)
        status = DGM_EIO;
    return status;
}

dgm_status dgm_store_put(dgm_store *store, int64_t run, dgm_view packed, bool recode, dgm_put *what,
                         dgm_err *err)
{
    const int64_t story = store->story, event = store->event;
    dgm_packed in = { .n_events = 0 };
    putting p;
    dgm_status status = dgm_packed_read(packed, &in, err);
    if (status != DGM_OK)
        return status;
    if (!begin_putting(&p, store))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    else
        status = (store->bulk ? put : put_apart)(&p, run, &in, recode, what, err);
    if (status == DGM_OK && !dgm_sums_merge(store->sums, p.sums))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for sums");
    if (status != DGM_OK) {
        store->story = story;
        store->event = event;
    }
    end_putting(&p);
    return status;
}

/* ---- of old stores -------------------------------------------------------------------------- */

dgm_status dgm_store_put_events(dgm_store *store, int64_t story, dgm_view packed, dgm_err *err)
{
    putting p;
    dgm_bytes from = dgm_bytes_of(packed);
    dgm_view records = dgm_take_text(&from);
    uint32_t n = dgm_take_count(&from);
    dgm_status status = begin_putting(&p, store)
                            ? know_kinds(store, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    p.story = story;
    p.hash = (uint64_t)story;
    if (status == DGM_OK)
        status = put_events(&p, from, n, records, err);
    if (status == DGM_OK)
        status = write_sheets(&p, err);
    if (status == DGM_OK && !dgm_sums_merge(store->sums, p.sums))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for sums");
    end_putting(&p);
    return status;
}

dgm_status dgm_store_put_likeness(dgm_store *store, int64_t story, int64_t original, dgm_view date,
                                  dgm_view packed, dgm_err *err)
{
    putting p;
    dgm_packed in = { .date = date };
    dgm_bytes from = dgm_bytes_of(packed);
    dgm_packed_likeness(&from, &in);
    dgm_status status = begin_putting(&p, store)
                            ? DGM_OK
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (status == DGM_OK && from.failed)
        status = dgm_fail(err, DGM_EFORMAT, NULL, 0, "what a story is known by is damaged");
    p.story = story;
    if (status == DGM_OK)
        status = put_likeness(&p, &in, original, err);
    if (status == DGM_OK)
        status = write_sheets(&p, err);
    end_putting(&p);
    return status;
}
