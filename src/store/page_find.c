/* Questions about one thing, completions of words, whole records of chosen events. */
#include "store/page.h"
#include "store/select.h"

#include <string.h>

#define HEAD(s) s ".story, " s ".story_id, " s ".date, " s ".title, " s ".source, " s ".url"

static const char *const looks[DGM_N_LOOKS] = {
    [DGM_LOOK_STATE] = "SELECT (SELECT max(story) FROM stories), (SELECT max(event) FROM events),"
                       " (SELECT min(date) FROM stories), (SELECT max(date) FROM stories),"
                       " (SELECT count(*) FROM events), (SELECT count(*) FROM stories)",
    [DGM_LOOK_LAST] = "SELECT (SELECT max(story) FROM stories), (SELECT max(event) FROM events),"
                      " (SELECT max(date) FROM stories), (SELECT count(*) FROM splits),"
                      " (SELECT max(split) FROM splits)",
    [DGM_LOOK_SOURCES] = "SELECT source, count(*) FROM stories WHERE source IS NOT NULL"
                         " GROUP BY source ORDER BY 2 DESC, 1 LIMIT 200",
    [DGM_LOOK_MODES] = "SELECT DISTINCT mode FROM events WHERE mode IS NOT NULL ORDER BY 1",
    [DGM_LOOK_STORY] =
        "SELECT " HEAD("s") ", s.text, s.begin_byte FROM stories s WHERE s.story = ?",
    [DGM_LOOK_COPIES] = "SELECT " HEAD("s") " FROM stories x JOIN stories s ON s.original ="
                                            " x.original AND s.story <> x.story WHERE x.story = ?"
                                            " ORDER BY s.date, s.story LIMIT 200",
    [DGM_LOOK_STORY_EVENTS] = "SELECT event FROM events WHERE story = ? ORDER BY event",
    [DGM_LOOK_SAME] =
        "SELECT e.event_id, m.event_id, m.story, s.source, s.date FROM events e JOIN events m ON"
        " m.same = e.same AND m.story <> e.story JOIN stories s ON s.story = m.story"
        " WHERE e.story = ? ORDER BY e.event, m.event LIMIT 500",
    [DGM_LOOK_LINKS] = "SELECT e.event_id, l.kind, o.event_id, o.story FROM events e JOIN links l"
                       " ON l.event = e.event JOIN events o ON o.event = l.other"
                       " WHERE e.story = ? ORDER BY e.event, l.kind, o.event LIMIT 500",
    [DGM_LOOK_EVENT] = "SELECT event, story FROM events WHERE event_id = ? ORDER BY event LIMIT 1",
    [DGM_LOOK_SENTENCE] =
        "SELECT e.story, s.title, s.source, s.date, c.begin_byte - s.begin_byte,"
        " c.end_byte - s.begin_byte, s.text FROM events e JOIN stories s ON s.story = e.story LEFT "
        "JOIN sentences c ON c.story = e.story AND c.sentence"
        " = e.sentence WHERE e.event_id = ? ORDER BY e.event LIMIT 1",
    [DGM_LOOK_MARK] = "SELECT verdict, answer, note, marked FROM marks WHERE event_id = ?"
                      " ORDER BY mark DESC LIMIT 1",
    [DGM_LOOK_UNMARKED] =
        "SELECT e.event_id FROM events e WHERE NOT EXISTS (SELECT 1 FROM marks m WHERE m.story ="
        " e.story AND m.event_id = e.event_id) ORDER BY e.event LIMIT 1",
};

dgm_status dgm_page_find(dgm_store *store, dgm_page_look look, const dgm_cell *value,
                         dgm_row_out_fn fn, void *context, dgm_err *err)
{
    return dgm_sql_ask(store->db, looks[look], value, value ? 1 : 0, fn, context, err);
}

/* ---- words ---------------------------------------------------------------------------------- */

#define BEGINS(column) "lower(" column ") LIKE ? ESCAPE '!'"
#define TAIL           " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"

static const struct {
    const char *sql;
    uint32_t n_values;
} completions[DGM_N_WORDS] = {
    [DGM_WORDS_WHO] = { "SELECT word, sum_n FROM (SELECT word, CAST(sum(n) AS BIGINT) AS sum_n FROM"
                        " (SELECT country AS word, count(*) AS n FROM participants WHERE " BEGINS(
                            "country") " GROUP BY country UNION ALL SELECT code, count(*) FROM"
                                       " participants WHERE " BEGINS(
                                           "code") " AND code <> country"
                                                   " GROUP BY code UNION ALL SELECT name, count(*) "
                                                   "FROM participants WHERE"
                                                   " " BEGINS(
                                                       "name") " GROUP BY name) w GROUP BY word) x "
                                                               "WHERE word IS NOT"
                                                               " NULL ORDER BY 2 DESC, 1 LIMIT 20",
                        3 },
    [DGM_WORDS_PLACE] = { "SELECT word, CAST(sum(n) AS BIGINT) FROM (SELECT country AS word,"
                          " count(*) AS n FROM locations WHERE " BEGINS(
                              "country") " GROUP BY country UNION ALL SELECT name, count(*) FROM"
                                         " locations WHERE " BEGINS("name") " GROUP BY name) w"
                                                                            " GROUP BY word ORDER"
                                                                            " BY 2 DESC, 1 LIMIT"
                                                                            " 20",
                          2 },
    [DGM_WORDS_MODE] = { "SELECT mode, count(*) FROM events WHERE " BEGINS("mode") TAIL, 1 },
    [DGM_WORDS_SPEAKER] = { "SELECT word, CAST(sum(n) AS BIGINT) FROM (SELECT code AS word,"
                            " count(*) AS n FROM attributions WHERE " BEGINS(
                                "code") " GROUP BY code UNION ALL SELECT name, count(*) FROM"
                                        " attributions WHERE " BEGINS("name") " GROUP BY name) w"
                                                                              " GROUP BY word"
                                                                              " ORDER BY 2 DESC, 1"
                                                                              " LIMIT 20",
                            2 },
    [DGM_WORDS_SOURCE] = { "SELECT source, count(*) FROM stories WHERE " BEGINS("source") TAIL, 1 },
};

/* "tur%" with what LIKE reads otherwise put behind its escape. */
static bool pattern_of(dgm_view starts, dgm_buffer *out)
{
    for (size_t i = 0; i < starts.n; i++) {
        char c = dgm_to_lower(starts.p[i]);
        if (c == '%' || c == '_' || c == '!')
            dgm_buffer_put(out, DGM_VIEW("!"));
        dgm_buffer_put(out, (dgm_view) { &c, 1 });
    }
    dgm_buffer_put(out, DGM_VIEW("%"));
    return !out->failed;
}

dgm_status dgm_page_complete(dgm_store *store, dgm_page_words kind, dgm_view starts,
                             dgm_row_out_fn fn, void *context, dgm_err *err)
{
    dgm_buffer pattern = { 0 };
    dgm_cell cells[3];
    dgm_status status = DGM_OK;
    if (!pattern_of(starts, &pattern))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a question");
    for (size_t i = 0; i < DGM_LEN(cells); i++)
        cells[i] = dgm_text((dgm_view) { pattern.p, pattern.n });
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, completions[kind].sql, cells, completions[kind].n_values,
                             fn, context, err);
    dgm_buffer_done(&pattern);
    return status;
}

/* ---- somebody ------------------------------------------------------------------------------- */

/* Whoever takes part; and whoever only speaks. Somebody is few rows, what he does is counted by an
 * index. */
#define WHO(column)                                                                                \
    "SELECT code, country, sector, name, wikidata, CAST(sum(n) AS BIGINT), 1 FROM (SELECT w.*,"    \
    " (SELECT count(*) FROM roles r WHERE r.who = w.who) AS n FROM somebody w WHERE w." column     \
    " = ?) p WHERE n > 0 GROUP BY code, country, sector, name, wikidata UNION ALL SELECT code,"    \
    " country, NULL, name, NULL, CAST(sum(n) AS BIGINT), 2 FROM (SELECT w.*, (SELECT count(*)"     \
    " FROM voices v WHERE v.who = w.who) AS n FROM somebody w WHERE w." column                     \
    " = ?) a WHERE n > 0 GROUP BY code, country, name ORDER BY 7, 6 DESC, 1, 4 LIMIT 20"
static const char by_country[] = WHO("country"), by_code[] = WHO("code"), by_name[] = WHO("name");
static const char codes_of[] =
    "SELECT p.code, min(e.date), max(e.date) FROM participants p JOIN events e ON e.event = p.event"
    " WHERE p.name = ? AND p.code IS NOT NULL AND e.historical = 0 GROUP BY p.code ORDER BY 2, 1"
    " LIMIT 50";

dgm_status dgm_page_somebody(dgm_store *store, dgm_view who, dgm_row_out_fn fn, void *context,
                             dgm_err *err)
{
    const dgm_cell cells[] = { { .kind = DGM_CELL_TEXT, .text = who },
                               { .kind = DGM_CELL_TEXT, .text = who } };
    const char *sql = dgm_is_upper_code(who, 3, 3)   ? by_country
                      : dgm_is_upper_code(who, 4, 7) ? by_code
                                                     : by_name;
    return dgm_sql_ask(store->db, sql, cells, DGM_LEN(cells), fn, context, err);
}

dgm_status dgm_page_codes_of(dgm_store *store, dgm_view name, dgm_row_out_fn fn, void *context,
                             dgm_err *err)
{
    dgm_cell cell = { .kind = DGM_CELL_TEXT, .text = name };
    return dgm_sql_ask(store->db, codes_of, &cell, 1, fn, context, err);
}

dgm_status dgm_page_frugal(dgm_store *store, dgm_err *err)
{
    if (store->db->engine->is_postgres)
        return DGM_OK;
    return dgm_sql_script(store->db, "PRAGMA cache_size = -12288; PRAGMA mmap_size = 0", err);
}
