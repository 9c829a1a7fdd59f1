#include "store/across.h"
#include "store/links.h"
#include "store/members.h"
#include "store/telling_words.h"

#include "output/text.h"

#include <math.h>
#include <stdlib.h>

enum { OFTEN_SIZE = 1 << 20 };

/* ---- reading -------------------------------------------------------------------------------- */

/* A sentence's bytes: the table counts from the beginning of the input, which is not where the text
 * of a story begins in a file of dated text. */
#define SENTENCE "b.begin_byte - s.begin_byte, b.end_byte - s.begin_byte"

static bool add_words(dgm_across *a, dgm_item *item, dgm_view sentence)
{
    uint32_t words[DGM_MOST_WORDS], n = dgm_telling_words(sentence, words, DGM_LEN(words));
    item->first_word = a->words.n;
    item->n_words = n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *word = dgm_push(a->arena, &a->words);
        if (!word)
            return false;
        *word = words[i];
        a->often[words[i] % OFTEN_SIZE]++;
    }
    return true;
}

/* Cells: event, story, original, day, the story's day, sentence, type, polarity, status, cameo,
 * attributed, plain, begin and end of the sentence, text. */
static bool take_item(void *context, const dgm_cell *c, uint32_t n)
{
    dgm_across *a = context;
    dgm_item *item = dgm_push(a->arena, &a->items);
    (void)n;
    if (!item) {
        a->failed = true;
        return false;
    }
    dgm_view status = c[8].text;
    bool actual =
        dgm_view_eq(status, DGM_VIEW("actual")) || dgm_view_eq(status, DGM_VIEW("possible"));
    *item = (dgm_item) {
        .event = c[0].integer,
        .story = c[1].integer,
        .original = c[2].integer,
        .day = c[3].kind == DGM_CELL_INT ? (int32_t)c[3].integer : 0,
        .told = c[4].kind == DGM_CELL_TEXT ? (int32_t)dgm_day_number(c[4].text) : 0,
        .sentence = (uint32_t)c[5].integer,
        .type = dgm_type_met(&a->types, c[6].text),
        .negated = dgm_view_eq(c[7].text, DGM_VIEW("negated")),
        .actual = actual,
        .possible = dgm_view_eq(status, DGM_VIEW("possible")),
        .open = dgm_view_eq(status, DGM_VIEW("intended")) ||
                dgm_view_eq(status, DGM_VIEW("conditional")),
        .on_word = c[10].integer > 0,
        .plain = c[11].integer > 0,
    };
    /* CAMEO's "deny responsibility". */
    item->denial = actual && !item->negated && c[9].kind == DGM_CELL_TEXT &&
                   dgm_view_eq(c[9].text, DGM_VIEW("016"));
    snprintf(item->cameo, sizeof item->cameo, "%.*s", DGM_FMT(dgm_cell_text(&c[9])));
    if (c[12].kind == DGM_CELL_INT && c[14].kind == DGM_CELL_TEXT)
        a->failed = !add_words(
            a, item, dgm_view_slice(c[14].text, (size_t)c[12].integer, (size_t)c[13].integer));
    return !a->failed;
}

uint32_t dgm_across_find(const dgm_across *a, int64_t event)
{
    uint32_t low = 0, high = a->items.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (a->items.at[middle].event < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->items.n && a->items.at[low].event == event ? low : DGM_NONE;
}

static uint64_t key_of(dgm_event_type type, dgm_view one, dgm_view other, dgm_found_by by)
{
    return ((dgm_hash(one) * 31 + dgm_hash(other)) * DGM_MAX_TYPES + dgm_type_index(type)) *
               DGM_N_BY +
           by;
}

uint64_t dgm_across_of_type(uint64_t key, dgm_event_type type)
{
    return key + dgm_type_index(type) * DGM_N_BY;
}

/* Cells: event, one side, the other side or a place, by what it is found (dgm_found_by). */
static bool take_entry(void *context, const dgm_cell *c, uint32_t n)
{
    dgm_across *a = context;
    uint32_t i = dgm_across_find(a, c[0].integer);
    (void)n;
    if (i == DGM_NONE)
        return true;
    dgm_entry *entry = dgm_push(a->arena, &a->entries);
    if (!entry) {
        a->failed = true;
        return false;
    }
    *entry = (dgm_entry) { .key = key_of(a->items.at[i].type, c[1].text, c[2].text,
                                         (dgm_found_by)c[3].integer),
                           .told = a->items.at[i].told,
                           .item = i };
    return true;
}

static int by_key(const void *a, const void *b)
{
    const dgm_entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->told != y->told)
        return x->told < y->told ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* Who acts beside whom, or alone, where nobody acts on anybody of another side; and by which of
 * the two it is found. */
#define ACTORS                                                                                     \
    "w.side, v.side, CASE WHEN w.side = v.side THEN 3 ELSE 2 END FROM roles r"                     \
    " JOIN somebody w ON w.who = r.who JOIN roles q ON q.event = r.event AND q.role = 0"           \
    " JOIN somebody v ON v.who = q.who WHERE r.role = 0 AND NOT EXISTS (SELECT 1 FROM dyads d"     \
    " WHERE d.event = r.event) AND w.side IS NOT NULL AND v.side IS NOT NULL AND"                  \
    " (w.side <> v.side OR NOT EXISTS (SELECT 1 FROM roles o JOIN somebody u ON u.who = o.who"     \
    " WHERE o.event = r.event AND o.role = 0 AND u.side <> w.side))"

dgm_status dgm_across_read(dgm_store *store, bool by_actors, dgm_across *a, dgm_err *err)
{
    static const char items[] =
        "SELECT e.event, e.story, s.original, e.day, s.date, e.sentence, e.type, e.polarity,"
        " e.status, e.cameo, e.attributed, e.plain, " SENTENCE ", s.text FROM events e"
        " JOIN stories s ON s.story = e.story LEFT JOIN sentences b ON b.story = e.story AND"
        " b.sentence = e.sentence WHERE e.historical = 0 ORDER BY e.event";
    /* A country does not do things to itself here: such pairs say nothing of who they are. */
    static const char pairs[] = "SELECT d.event, d.actor, d.recipient, 0 FROM dyads d"
                                " ORDER BY d.event";
    static const char places[] =
        "SELECT e.event, w.side, e.place, 1 FROM events e JOIN roles r ON r.event = e.event"
        " JOIN somebody w ON w.who = r.who WHERE e.place IS NOT NULL AND r.role = 0 AND"
        " w.side IS NOT NULL ORDER BY e.event";
    static const char actors[] = "SELECT DISTINCT r.event, " ACTORS " ORDER BY 1, 2, 3";
    *a = (dgm_across) { .arena = dgm_arena_new(),
                        .by_actors = by_actors,
                        .types = store->types,
                        .often = calloc(OFTEN_SIZE, sizeof *a->often) };
    if (!a->arena || !a->often)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    dgm_status status = dgm_sql_ask(store->db, items, NULL, 0, take_item, a, err);
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, pairs, NULL, 0, take_entry, a, err);
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, places, NULL, 0, take_entry, a, err);
    if (status == DGM_OK && by_actors)
        status = dgm_sql_ask(store->db, actors, NULL, 0, take_entry, a, err);
    if (status == DGM_OK && (a->failed || dgm_arena_failed(a->arena)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for events");
    if (status == DGM_OK && a->entries.n > 0)
        qsort(a->entries.at, a->entries.n, sizeof *a->entries.at, by_key);
    return status;
}

void dgm_across_done(dgm_across *a)
{
    dgm_arena_free(a->arena);
    free(a->often);
    *a = (dgm_across) { .failed = false };
}

typedef struct {
    dgm_event_type type;
    bool by_actors;
    dgm_key *keys;
    uint32_t n;
} key_list;

static void add_key(key_list *list, const dgm_cell *c, dgm_found_by by, dgm_found_by meant)
{
    if (list->n < DGM_MOST_KEYS)
        list->keys[list->n++] = (dgm_key) { key_of(list->type, c[0].text, c[1].text, by), meant };
}

/* What two do together, one may be said to do with the other. */
static bool take_key(void *context, const dgm_cell *c, uint32_t n)
{
    key_list *list = context;
    dgm_found_by by = (dgm_found_by)c[2].integer;
    (void)n;
    add_key(list, c, by, by);
    if (list->by_actors && by == DGM_BY_SIDES)
        add_key(list, c, DGM_BY_ACTORS, DGM_BY_ACTORS);
    if (by == DGM_BY_ACTORS)
        add_key(list, c, DGM_BY_SIDES, DGM_BY_ACTORS);
    return list->n < DGM_MOST_KEYS;
}

dgm_status dgm_across_keys(dgm_store *store, const dgm_across *a, uint32_t item,
                           dgm_event_type type, dgm_key keys[DGM_MOST_KEYS], uint32_t *n,
                           dgm_err *err)
{
    static const char plain[] =
        "SELECT d.actor, d.recipient, 0 FROM dyads d WHERE d.event = ? UNION ALL"
        " SELECT w.side, e.place, 1 FROM events e JOIN roles r ON r.event = e.event"
        " JOIN somebody w ON w.who = r.who WHERE e.event = ? AND e.place IS NOT NULL AND"
        " r.role = 0 AND w.side IS NOT NULL ORDER BY 3, 1, 2";
    static const char actors[] = "SELECT DISTINCT " ACTORS " AND r.event = ? ORDER BY 1, 2";
    const dgm_cell event[] = { dgm_int(a->items.at[item].event), dgm_int(a->items.at[item].event) };
    key_list list = { .type = type, .by_actors = a->by_actors, .keys = keys };
    dgm_status status = dgm_sql_ask(store->db, plain, event, 2, take_key, &list, err);
    if (status == DGM_OK && a->by_actors)
        status = dgm_sql_ask(store->db, actors, event, 1, take_key, &list, err);
    *n = list.n;
    return status;
}

uint32_t dgm_across_first(const dgm_across *a, uint64_t key, int32_t told)
{
    uint32_t low = 0, high = a->entries.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const dgm_entry *e = &a->entries.at[middle];
        if (e->key < key || (e->key == key && e->told < told))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A small store does not know yet what is rare: all is, until it has more. */
static double rarity_of(const dgm_across *a, double often)
{
    double n = DGM_MAX(a->items.n, 5000);
    return log((n + 1) / (often + 0.5));
}

double dgm_across_rarity(const dgm_across *a, uint64_t key)
{
    uint32_t first = dgm_across_first(a, key, INT32_MIN),
             end = dgm_across_first(a, key + 1, INT32_MIN);
    return rarity_of(a, end - first);
}

/* ---- comparing ------------------------------------------------------------------------------ */

typedef struct {
    uint32_t at[4 * DGM_MOST_WORDS], n;
} word_list;

static bool take_names(void *context, const dgm_cell *cells, uint32_t n)
{
    word_list *names = context;
    uint32_t words[DGM_MOST_WORDS];
    for (uint32_t k = 0; k < n; k++) {
        uint32_t found = cells[k].kind == DGM_CELL_TEXT
                             ? dgm_telling_words(cells[k].text, words, DGM_LEN(words))
                             : 0;
        for (uint32_t i = 0; i < found && names->n < DGM_LEN(names->at); i++)
            names->at[names->n++] = words[i];
    }
    return true;
}

static bool has(const word_list *list, uint32_t word)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == word)
            return true;
    return false;
}

static double weight_of(const dgm_across *a, uint32_t word)
{
    return rarity_of(a, a->often[word % OFTEN_SIZE]);
}

/* The most that two sentences can have in common: no word of theirs is a name. */
static double most_in_common(const dgm_across *a, const dgm_item *x, const dgm_item *y)
{
    double sum = 0;
    if (x->n_words == 0 || y->n_words == 0)
        return 0;
    const uint32_t *u = a->words.at + x->first_word, *v = a->words.at + y->first_word;
    for (uint32_t i = 0, k = 0; i < x->n_words && k < y->n_words;) {
        if (u[i] == v[k])
            sum += DGM_MAX(weight_of(a, u[i]), 0);
        uint32_t word = DGM_MIN(u[i], v[k]);
        i += u[i] == word;
        k += v[k] == word;
    }
    return sum;
}

dgm_status dgm_across_compare(dgm_store *store, const dgm_across *a, uint32_t one, uint32_t other,
                              double least, dgm_common *out, dgm_err *err)
{
    static const char names_of[] = "SELECT r.words, w.name FROM roles r JOIN somebody w ON"
                                   " w.who = r.who WHERE r.event IN (?, ?)";
    const dgm_item *x = &a->items.at[one], *y = &a->items.at[other];
    const dgm_cell events[] = { dgm_int(x->event), dgm_int(y->event) };
    word_list names = { .n = 0 };
    double sum = 0, of_x = 0, of_y = 0;
    *out = (dgm_common) { .n = 0 };
    if (most_in_common(a, x, y) < least - 0.001) /* the sum below may be rounded otherwise */
        return DGM_OK;
    dgm_status status = dgm_sql_ask(store->db, names_of, events, 2, take_names, &names, err);
    for (uint32_t i = 0, k = 0; i < x->n_words || k < y->n_words;) {
        uint32_t u = i < x->n_words ? a->words.at[x->first_word + i] : UINT32_MAX;
        uint32_t v = k < y->n_words ? a->words.at[y->first_word + k] : UINT32_MAX;
        uint32_t word = DGM_MIN(u, v);
        double weight = has(&names, word) ? 0 : weight_of(a, word);
        bool in_x = i < x->n_words && u == word, in_y = k < y->n_words && v == word;
        of_x += in_x ? weight : 0;
        of_y += in_y ? weight : 0;
        sum += in_x && in_y ? weight : 0;
        out->n += in_x && in_y && weight > 3;
        i += in_x;
        k += in_y;
    }
    out->sum = sum;
    double poorer = DGM_MIN(of_x, of_y);
    out->share = poorer > 0 ? sum / poorer : 0;
    return status;
}

void dgm_put_types_like(const dgm_types *types, uint64_t bits, dgm_buffer *sql)
{
    dgm_buffer_put(sql, DGM_VIEW("''")); /* no type is called so */
    for (uint32_t i = 1; i < types->n; i++)
        if (types->at[i].name[0] && dgm_type_among(types->at[i].id, bits))
            dgm_buffer_printf(sql, ",'%s'", types->at[i].name);
}

/* ---- answers -------------------------------------------------------------------------------- */

typedef struct {
    dgm_buffer *out;
    const dgm_view *by;
    bool any;
} writing;

/* Cells: event_id, story_id, the story's day, title, source, url, day, trigger, voice, begin and
 * end of the sentence, text. */
static bool put_report(void *context, const dgm_cell *c, uint32_t n)
{
    static const char *const names[] = { "story_id", "story_date", "story_title", "source",
                                         "url",      "event_date", "trigger",     "voice" };
    writing *w = context;
    (void)n;
    dgm_buffer_put(w->out, DGM_VIEW("{\"event_id\":"));
    dgm_json_string(dgm_cell_text(&c[0]), w->out);
    for (size_t i = 0; i < DGM_LEN(names); i++)
        dgm_json_text_or_null(w->out, names[i], dgm_cell_text(&c[i + 1]));
    if (w->by)
        dgm_json_text_or_null(w->out, "by", *w->by);
    dgm_json_text_or_null(
        w->out, "sentence",
        c[9].kind == DGM_CELL_INT && c[11].kind == DGM_CELL_TEXT
            ? dgm_view_trim(dgm_view_slice(c[11].text, (size_t)c[9].integer, (size_t)c[10].integer))
            : (dgm_view) { "", 0 });
    dgm_buffer_put(w->out, DGM_VIEW("}"));
    w->any = true;
    return false;
}

dgm_status dgm_put_report(dgm_store *store, int64_t event, const dgm_view *by, dgm_buffer *out,
                          dgm_err *err)
{
    static const char sql[] =
        "SELECT e.event_id, s.story_id, s.date, s.title, s.source, s.url, e.date, e.trigger_words,"
        " (SELECT coalesce(v.name, v.code, v.words) FROM attributions v WHERE v.event = e.event"
        " ORDER BY v.place_in_chain DESC LIMIT 1), " SENTENCE ", s.text FROM events e"
        " JOIN stories s ON s.story = e.story LEFT JOIN sentences b ON b.story = e.story AND"
        " b.sentence = e.sentence WHERE e.event = ?";
    writing w = { .out = out, .by = by };
    const dgm_cell key = dgm_int(event);
    dgm_status status = dgm_sql_ask(store->db, sql, &key, 1, put_report, &w, err);
    if (status == DGM_OK && !w.any)
        dgm_buffer_put(out, DGM_VIEW("null"));
    return status;
}

typedef struct {
    dgm_arena *arena;
    dgm_view *out;
} voice_wanted;

static bool take_voice(void *context, const dgm_cell *cells, uint32_t n)
{
    voice_wanted *w = context;
    (void)n;
    if (cells[0].kind == DGM_CELL_TEXT)
        *w->out = dgm_arena_copy(w->arena, cells[0].text);
    return false;
}

dgm_status dgm_voice_of(dgm_store *store, int64_t event, dgm_arena *arena, dgm_view *out,
                        dgm_err *err)
{
    static const char said[] =
        "SELECT coalesce((SELECT coalesce(v.name, v.code, v.words) FROM attributions v WHERE"
        " v.event = e.event ORDER BY v.place_in_chain DESC LIMIT 1), CASE WHEN e.cameo = '016' OR"
        " e.type IN (";
    static const char done[] =
        ") THEN (SELECT coalesce(w.name, w.code, r.words) FROM roles r"
        " JOIN somebody w ON w.who = r.who WHERE r.event = e.event AND r.role = 0"
        " ORDER BY r.place_in_list LIMIT 1) END, s.source) FROM events e JOIN stories "
        "s ON s.story = e.story WHERE e.event = ?";
    dgm_buffer sql = { 0 };
    dgm_buffer_put(&sql, dgm_view_of(said));
    dgm_put_types_like(&store->types, dgm_type_bit(DGM_ACCUSE), &sql);
    dgm_buffer_printf(&sql, "%s", done);
    const dgm_cell key = dgm_int(event);
    *out = (dgm_view) { "", 0 };
    dgm_status status = sql.failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory")
                                   : dgm_sql_ask_once(store->db, sql.p, &key, 1, take_voice,
                                                      &(voice_wanted) { arena, out }, err);
    dgm_buffer_done(&sql);
    return status == DGM_OK && dgm_arena_failed(arena)
               ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory")
               : status;
}

static bool put_side(void *context, const dgm_cell *cells, uint32_t n)
{
    writing *w = context;
    (void)n;
    if (cells[0].kind != DGM_CELL_TEXT)
        return true;
    dgm_buffer_put(w->out, w->any ? DGM_VIEW(",") : DGM_VIEW(""));
    dgm_json_string(cells[0].text, w->out);
    w->any = true;
    return true;
}

dgm_status dgm_put_sides(dgm_store *store, int64_t event, int role, const char *name,
                         dgm_buffer *out, dgm_err *err)
{
    const dgm_cell key[] = { dgm_int(event), dgm_int(role) };
    writing w = { .out = out };
    dgm_buffer_printf(out, ",\"%s\":[", name);
    dgm_status status =
        dgm_sql_ask(store->db,
                    "SELECT DISTINCT w.side FROM roles r JOIN somebody w ON w.who = r.who WHERE"
                    " r.event = ? AND r.role = ? ORDER BY w.side",
                    key, 2, put_side, &w, err);
    dgm_buffer_put(out, DGM_VIEW("]"));
    return status;
}
