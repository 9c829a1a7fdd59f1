/* Questions answered from columns have the same answers as from the tables, whatever the filter. */
#include "stores.h"

#include "store/columns.h"
#include "store/sql.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENTS = 600, STORIES = 90 };

static const char *const countries[] = { "USA", "RUS", "TUR", "ARM", "AZE", "FRA" };
static const char *const types[] = { "ASSAULT", "AID", "CONSULT", "ACCUSE", "THREATEN" };
static const char *const states[] = { "actual", "actual", "intended", "conditional" };
static const char *const bases[] = { "clause", "sentence", "story" };

/* Always the same numbers. */
static uint32_t draw(uint32_t n)
{
    static uint32_t state = 7;
    state = state * 1664525u + 1013904223u;
    return (state >> 10) % n;
}

static void put(dgm_store *store, const char *sql)
{
    dgm_err err = { 0 };
    must(dgm_sql_script(store->db, sql, &err), &err);
}

#define PUT(store, ...)                                                                            \
    do {                                                                                           \
        char sql_[900];                                                                            \
        snprintf(sql_, sizeof sql_, __VA_ARGS__);                                                  \
        put(store, sql_);                                                                          \
    } while (0)

static void put_stories(dgm_store *store)
{
    static const char *const words[] = { "ceasefire talks", "border troops", "talks of a border" };
    for (int i = 1; i <= STORIES; i++) {
        const char *text = words[draw(3)];
        PUT(store,
            "INSERT INTO stories VALUES (%d, %d, 1, 0, 'h%d', 'id%d', '2020-0%u-1%u', 'Title %d',"
            " %s, NULL, '%s')",
            i, i > 3 && draw(5) == 0 ? i - 3 : i, i, i, 1 + draw(3), draw(9), i,
            i % 10 == 0 ? "NULL"
            : i % 2     ? "'Wire'"
                        : "'Post'",
            text);
        PUT(store, "INSERT INTO stories_text (rowid, title, text) VALUES (%d, 'Title', '%s')", i,
            text);
    }
}

static void put_people(dgm_store *store)
{
    for (size_t i = 0; i < DGM_LEN(countries); i++)
        PUT(store,
            "INSERT INTO somebody VALUES (%zu, '%sGOV', '%s', 'GOV', 'Leader %zu', NULL,"
            " '%s')",
            i, countries[i], countries[i], i, countries[i]);
    put(store, "INSERT INTO places VALUES (1, 'Baku', 'AZE', NULL, 'city', 40.4, 49.9, 1),"
               " (2, 'Kars', 'TUR', NULL, 'city', 40.6, 43.1, 2),"
               " (3, 'Somewhere', 'TUR', NULL, 'country', NULL, NULL, NULL),"
               " (4, 'Kars', 'TUR', 'Kars', 'city', 40.6, 43.1, 3)");
}

/* Day numbers from 2020-01-01, which is 18262; a few events have none. */
static void put_event(dgm_store *store, int event)
{
    uint32_t a = draw(6), b = draw(6), quad = 1 + draw(4), said = draw(3) == 0, past = draw(8) == 0;
    uint32_t type = draw(5), place = 1 + draw(4), day = draw(150);
    const char *state = states[draw(4)], *polarity = draw(7) == 0 ? "negated" : "affirmed";
    bool plain = !said && !past && strcmp(state, "actual") == 0 && polarity[0] == 'a';
    bool dated = event % 37 != 0;
    char date[40] = "NULL", number[16] = "NULL";
    if (dated) {
        snprintf(number, sizeof number, "%u", 18262 + day);
        snprintf(date, sizeof date, "date(%u * 86400, 'unixepoch')", 18262 + day);
    }
    PUT(store,
        "INSERT INTO events (event, story, same, sides, day, quad, sentence, historical,"
        " attributed, plain, date, type, polarity, status, goldstein, confidence, event_id, mode,"
        " place_basis) VALUES (%d, %d, %u, %u, %s, %u, 0, %u, %u, %d, %s, '%s', '%s', '%s', %s,"
        " 0.%u, 'e%d', %s, %s%s%s)",
        event, 1 + event * STORIES / (2 * EVENTS), 5 + draw(400), a * 10 + b, number, quad, past,
        said, plain, date, types[type], polarity, state, event % 11 ? "-4.5" : "NULL", draw(9),
        event, event % 3 ? "NULL" : "'bombs'", event % 4 ? "'" : "",
        event % 4 ? bases[draw(3)] : "NULL", event % 4 ? "'" : "");
    PUT(store,
        "INSERT INTO roles VALUES (%d, 0, 0, %u, 1, 0, 3, 'name', 'x'),"
        " (%d, 1, 0, %u, 1, 0, 3, 'name', 'y')",
        event, a, event, b);
    if (said)
        PUT(store, "INSERT INTO voices VALUES (%d, 0, 'said', %u, 'he', 'said')", event, draw(6));
    if (event % 4)
        PUT(store, "INSERT INTO spots VALUES (%d, 0, %u, '%s')", event, place, bases[draw(3)]);
    if (!dated)
        return;
    PUT(store,
        "INSERT INTO event_countries SELECT DISTINCT w.country, %s, %d, 1 FROM somebody w"
        " WHERE w.who IN (%u, %u)",
        number, event, a, b);
    if (a != b || event % 5 == 0)
        PUT(store, "INSERT INTO dyads VALUES ('%s', '%s', %s, %d, 1)", countries[a], countries[b],
            number, event);
}

/* ---- comparing ------------------------------------------------------------------------------ */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Up to the last cell, which is a number. */
static size_t head_of(const char *line)
{
    size_t n = strlen(line) - 1;
    while (n > 0 && line[n - 1] != '|')
        n--;
    return n;
}

/* Of answers whose rows come in no order, or one in several parts. */
static void sort_lines(dgm_buffer *text)
{
    char *lines[2000], *copy = strdup(text->p ? text->p : "");
    size_t n = 0;
    for (char *line = strtok(copy, "\n"); line && n < DGM_LEN(lines); line = strtok(NULL, "\n"))
        lines[n++] = line;
    qsort(lines, n, sizeof *lines, by_text);
    dgm_buffer_done(text);
    for (size_t i = 0, end; i < n; i = end) {
        size_t head = head_of(lines[i]);
        long sum = 0;
        for (end = i; end < n && strncmp(lines[end], lines[i], head) == 0; end++)
            sum += strtol(lines[end] + head, NULL, 10);
        dgm_buffer_printf(text, "%.*s%ld\n", (int)head, lines[i], sum);
    }
    free(copy);
}

static void answer(dgm_store *store, const dgm_filter *filter, dgm_per per, dgm_page_question ask,
                   const dgm_page_part *part, dgm_buffer *out)
{
    dgm_err err = { 0 };
    must(dgm_page_ask(store, filter, per, ask, part, write_row, out, &err), &err);
    if (ask == DGM_ASK_KINDS || ask == DGM_ASK_PLACES)
        sort_lines(out);
    dgm_buffer_put(out, (dgm_view) { "", 1 });
}

static bool is_list(dgm_page_question ask)
{
    return ask == DGM_ASK_EVENTS || ask == DGM_ASK_QUOTES || ask == DGM_ASK_STORIES;
}

static void compare(dgm_store *store, const dgm_columns *columns, const dgm_filter *filter,
                    dgm_per per, dgm_page_question ask, const dgm_page_part *part, size_t which)
{
    dgm_buffer tables = { 0 }, memory = { 0 };
    dgm_store_use(store, NULL);
    answer(store, filter, per, ask, part, &tables);
    dgm_store_use(store, columns);
    answer(store, filter, per, ask, part, &memory);
    if (strcmp(tables.p, memory.p) != 0)
        fail_msg("filter %zu, per %d, question %d:\n%.1500s\nand from columns\n%.1500s", which,
                 (int)per, (int)ask, tables.p, memory.p);
    dgm_buffer_done(&tables);
    dgm_buffer_done(&memory);
}

static bool write_period(void *context, dgm_view period, const uint64_t n[5])
{
    dgm_buffer_printf(context, "%.*s %llu %llu %llu %llu %llu\n", DGM_FMT(period),
                      (unsigned long long)n[0], (unsigned long long)n[1], (unsigned long long)n[2],
                      (unsigned long long)n[3], (unsigned long long)n[4]);
    return true;
}

static const dgm_filter filters[] = {
    { 0 },
    { .plain = true },
    { .type = "ASSAULT, AID" },
    { .quad = "3,4" },
    { .status = "intended,conditional", .polarity = "affirmed" },
    { .polarity = "negated" },
    { .historical = 1 },
    { .historical = -1, .from = "2020-02-01", .to = "2020-03-31" },
    { .from = "2020-02-20" },
    { .to = "2020-02-20" },
    { .country = "TUR" },
    { .country = "NOR" },
    { .country = "TUR,USA" },
    { .country = "TURGOV" },
    { .dyad = "TUR,ARM" },
    { .dyad = "TUR,ARM", .country = "ARM", .from = "2020-01-20" },
    { .dyad = "TURGOV,ARM" },
    { .dyad = "NOR,ARM" },
    { .actor = "Leader 2,USA", .recipient = "ARM" },
    { .actor = "RUS", .country = "FRA", .type = "CONSULT" },
    { .speaker = "none" },
    { .speaker = "USA,Leader 3" },
    { .place = "TUR" },
    { .place = "Baku", .basis = "clause,story" },
    { .basis = "sentence" },
    { .mode = "bombs" },
    { .text = "border" },
    { .text = "\"border troops\"", .quad = "4" },
    { .text = "nothing" },
    { .source = "Wire" },
    { .story = "id7" },
    { .event = "e7,e8,e9" },
    { .least_confidence = 0.5 },
    { .least_confidence = 0.3, .plain = true, .source = "Post,Wire" },
    { .one_a_day = true },
    { .one_a_day = true, .country = "TUR" },
};

static void compare_all(dgm_store *store, const dgm_columns *columns, size_t which, dgm_per per)
{
    const dgm_page_part first = { .limit = 20 },
                        second = { .day = "2020-02-14", .key = 40, .limit = 9 };
    for (int ask = 0; ask < DGM_N_ASKS; ask++) {
        bool list = is_list((dgm_page_question)ask);
        compare(store, columns, &filters[which], per, (dgm_page_question)ask, list ? &first : NULL,
                which);
        if (list)
            compare(store, columns, &filters[which], per, (dgm_page_question)ask, NULL, which);
        if (list && ask != DGM_ASK_STORIES)
            compare(store, columns, &filters[which], per, (dgm_page_question)ask, &second, which);
    }
}

static void compare_timelines(dgm_store *store, const dgm_columns *columns,
                              const dgm_filter *filter)
{
    dgm_buffer texts[2] = { { 0 }, { 0 } };
    dgm_err err = { 0 };
    for (int i = 0; i < 2; i++) {
        dgm_store_use(store, i ? columns : NULL);
        must(dgm_store_timeline(store, filter, DGM_BY_WEEK, write_period, &texts[i], &err), &err);
        dgm_buffer_put(&texts[i], (dgm_view) { "", 1 });
    }
    assert_string_equal(texts[0].p, texts[1].p);
    dgm_buffer_done(&texts[0]);
    dgm_buffer_done(&texts[1]);
}

static dgm_store *filled(char *path)
{
    dgm_store *store = new_store(path);
    put(store, "BEGIN");
    put_stories(store);
    put_people(store);
    for (int i = 1; i <= EVENTS; i++)
        put_event(store, i * 2 - (i > 300)); /* numbers have gaps */
    put(store, "INSERT INTO kinds SELECT min(event), type, quad, polarity, status, historical,"
               " attributed, plain FROM events GROUP BY 2, 3, 4, 5, 6, 7, 8");
    put(store, "UPDATE event_countries SET kind = (SELECT k.kind FROM kinds k JOIN events e USING"
               " (type, quad, polarity, status, historical, attributed, plain) WHERE e.event ="
               " event_countries.event)");
    put(store, "UPDATE dyads SET kind = (SELECT c.kind FROM event_countries c WHERE c.event ="
               " dyads.event LIMIT 1)");
    put(store, "INSERT INTO day_sums SELECT e.day, k.kind, count(*) FROM events e JOIN kinds k"
               " USING (type, quad, polarity, status, historical, attributed, plain) WHERE e.day IS"
               " NOT NULL GROUP BY 1, 2; COMMIT");
    return store;
}

static void columns_answer_as_tables_do(void **state)
{
    char path[] = "/tmp/dragoman-columns-XXXXXX";
    dgm_store *store = filled(path);
    dgm_columns *columns = NULL;
    dgm_err err = { 0 };
    (void)state;
    must(dgm_columns_load(store, &columns, &err), &err);
    for (size_t i = 0; i < DGM_LEN(filters); i++) {
        for (int per = DGM_PER_REPORT; per <= DGM_PER_EVENT; per++)
            compare_all(store, columns, i, (dgm_per)per);
        if (!filters[i].one_a_day)
            compare_timelines(store, columns, &filters[i]);
    }
    dgm_store_use(store, NULL);
    dgm_columns_free(columns);
    dgm_store_free(store);
    remove_store(path);
}

static void stores_without_events_have_empty_answers(void **state)
{
    char path[] = "/tmp/dragoman-columns-XXXXXX";
    dgm_store *store = new_store(path);
    dgm_columns *columns = NULL;
    dgm_err err = { 0 };
    (void)state;
    must(dgm_columns_load(store, &columns, &err), &err);
    for (int ask = 0; ask < DGM_N_ASKS; ask++)
        compare(store, columns, &filters[0], DGM_PER_REPORT, (dgm_page_question)ask, NULL, 0);
    dgm_store_use(store, NULL);
    dgm_columns_free(columns);
    dgm_store_free(store);
    remove_store(path);
}

/* The count may come from an index, and the file from anybody. */
static void a_store_with_more_events_than_it_counts_is_refused(void **state)
{
    char path[] = "/tmp/dragoman-columns-XXXXXX";
    dgm_store *store = filled(path);
    dgm_columns *columns = NULL;
    dgm_err err = { 0 };
    (void)state;
    put(store,
        "DROP INDEX IF EXISTS events_id; DROP INDEX IF EXISTS events_story; DROP INDEX IF EXISTS "
        "events_date;"
        "DROP INDEX IF EXISTS events_type; DROP INDEX IF EXISTS events_same; DROP INDEX IF EXISTS "
        "events_sides;"
        "DROP INDEX IF EXISTS events_status; CREATE INDEX few ON events (event) WHERE event < 9;"
        "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql ="
        " 'CREATE INDEX few ON events (event)' WHERE name = 'few'");
    dgm_store_free(store);
    must(dgm_store_open_to_read(path, &store, &err), &err);
    assert_int_equal(dgm_columns_load(store, &columns, &err), DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "more events than it counts"));
    dgm_store_free(store);
    remove_store(path);
}

static bool count_row(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)cells;
    (void)n;
    ++*(uint32_t *)context;
    return true;
}

static bool count_period(void *context, dgm_view period, const uint64_t n[5])
{
    (void)n;
    assert_true(period.n == 10);
    ++*(uint32_t *)context;
    return true;
}

static dgm_status count_stories(dgm_store *store, uint32_t *n, dgm_err *err)
{
    return dgm_store_counts(store, &filters[0], DGM_BY_TYPE, DGM_PER_STORY, count_row, n, err);
}

static dgm_status count_days(dgm_store *store, uint32_t *n, dgm_err *err)
{
    return dgm_store_timeline(store, &filters[0], DGM_BY_WEEK, count_period, n, err);
}

/* They are sizes and places of arrays. */
static void numbers_that_no_store_has_are_named(void **state)
{
    static const struct {
        const char *sql;
        dgm_status (*ask)(dgm_store *store, uint32_t *n, dgm_err *err);
        const char *part; /* "": it is answered */
    } cases[] = {
        { "UPDATE events SET story = -1 WHERE event = 4", count_stories, "has the number -1" },
        { "UPDATE events SET story = -2 WHERE event = 4", count_stories, "has the number -2" },
        { "UPDATE events SET story = 9000000000 WHERE event = 4", count_stories, "9000000000" },
        { "UPDATE kinds SET kind = -1 WHERE kind = 2", count_days, "a number that none can" },
        { "UPDATE kinds SET kind = kind + 9223372036854770000", count_days, "that none can" },
        { "UPDATE day_sums SET day = day - 9223372036854700000", count_days, "" },
        { "UPDATE day_sums SET day = day + 2147400000", count_days, "" },
    };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char path[] = "/tmp/dragoman-columns-XXXXXX";
        dgm_store *store = filled(path);
        uint32_t n = 0;
        dgm_err err = { 0 };
        put(store, cases[i].sql);
        dgm_status status = cases[i].ask(store, &n, &err);
        if (status != (cases[i].part[0] ? DGM_EFORMAT : DGM_OK) || !strstr(err.msg, cases[i].part))
            fail_msg("%s: %d, \"%s\"", cases[i].sql, (int)status, err.msg);
        dgm_store_free(store);
        remove_store(path);
    }
}

/* ---- time ----------------------------------------------------------------------------------- */

static bool take_nothing(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)context;
    (void)cells;
    (void)n;
    return true;
}

static dgm_status count_for_ever(dgm_store *store, dgm_err *err)
{
    return dgm_sql_ask(store->db,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                       " SELECT count(*) FROM n",
                       NULL, 0, take_nothing, NULL, err);
}

static void *interrupt_soon(void *store)
{
    (void)nanosleep(&(struct timespec) { 0, 50000000 }, NULL);
    dgm_store_interrupt(store);
    return NULL;
}

static void what_takes_too_long_is_stopped(void **state)
{
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    pthread_t thread;
    (void)state;
    must(dgm_store_open(":memory:", &store, &err), &err);
    must(dgm_store_limit(store, 0.05, &err), &err);
    assert_int_equal(count_for_ever(store, &err), DGM_ELIMIT);
    assert_true(dgm_store_stopped(store));
    assert_false(dgm_store_stopped(store));
    must(dgm_store_limit(store, 0, &err), &err);
    assert_int_equal(pthread_create(&thread, NULL, interrupt_soon, store), 0);
    assert_int_equal(count_for_ever(store, &err), DGM_ELIMIT);
    pthread_join(thread, NULL);
    assert_true(dgm_store_stopped(store));
    put(store, "SELECT 1"); /* it goes on after that */
    dgm_store_free(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_answer_as_tables_do),
        cmocka_unit_test(what_takes_too_long_is_stopped),
        cmocka_unit_test(stores_without_events_have_empty_answers),
        cmocka_unit_test(a_store_with_more_events_than_it_counts_is_refused),
        cmocka_unit_test(numbers_that_no_store_has_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
