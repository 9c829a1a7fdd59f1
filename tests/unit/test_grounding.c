#include "grammar/grammar.h"
#include "grounding/grounding.h"

#include "grounding/calendar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- the calendar, against one that walks day by day ----------------------------------------- */

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static void calendar_agrees_with_one_that_walks_day_by_day(void **state)
{
    (void)state;
    static const int32_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    dgm_day day = dgm_day_of(1583, 1, 1);
    int32_t weekday = 5; /* 1 January 1583 was a Saturday */
    for (int32_t year = 1583; year < 2420; year++)
        for (int32_t month = 1; month <= 12; month++) {
            int32_t length = lengths[month - 1] + (month == 2 && is_leap(year));
            assert_int_equal(dgm_days_in_month(year, month), length);
            for (int32_t d = 1; d <= length; d++, day++, weekday = (weekday + 1) % 7) {
                int32_t y, m, of_month;
                dgm_day_split(day, &y, &m, &of_month);
                assert_int_equal(dgm_day_of(year, month, d), day);
                assert_true(y == year && m == month && of_month == d);
                assert_int_equal(dgm_day_weekday(day), weekday);
            }
        }
}

static void easter_is_a_sunday_in_march_or_april(void **state)
{
    (void)state;
    static const char *const known[] = { "1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23",
                                         "2019-04-21", "2024-03-31", "2038-04-25" };
    dgm_day day;
    for (int32_t year = 1583; year < 4100; year++) {
        day = dgm_day_easter(year);
        assert_int_equal(dgm_day_weekday(day), 6);
        assert_in_range(day - dgm_day_of(year, 3, 22), 0, 34);
    }
    for (size_t i = 0; i < DGM_LEN(known); i++) {
        assert_true(dgm_day_parse(dgm_view_of(known[i]), &day));
        assert_int_equal(dgm_day_easter(dgm_day_year(day)), day);
    }
}

static void days_are_read_and_written_as_iso_8601(void **state)
{
    (void)state;
    static const char *const good[] = { "1970-01-01", "2020-02-29", "0001-01-01", "9999-12-31" };
    static const char *const bad[] = { "2019-02-29", "2020-13-01", "2020-00-10", "2020-1-01",
                                       "20200101",   "2020-04-31", "",           "abcd-ef-gh" };
    char text[11];
    dgm_day day;
    for (size_t i = 0; i < DGM_LEN(good); i++) {
        assert_true(dgm_day_parse(dgm_view_of(good[i]), &day));
        dgm_day_write(day, text);
        assert_string_equal(text, good[i]);
    }
    for (size_t i = 0; i < DGM_LEN(bad); i++)
        if (dgm_day_parse(dgm_view_of(bad[i]), &day))
            fail_msg("\"%s\" was taken for a day", bad[i]);
    dgm_day_write(INT32_MAX / 2, text);
    assert_string_equal(text, "9999-12-31");
}

static void months_are_added_up_to_the_last_day(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int32_t months;
        const char *to;
    } cases[] = { { "2020-01-31", 1, "2020-02-29" },
                  { "2020-03-31", -1, "2020-02-29" },
                  { "2019-12-15", 1, "2020-01-15" },
                  { "2020-01-15", -13, "2018-12-15" } };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_day day;
        char text[11];
        assert_true(dgm_day_parse(dgm_view_of(cases[i].from), &day));
        dgm_day_write(dgm_day_add_months(day, cases[i].months), text);
        assert_string_equal(text, cases[i].to);
    }
}

/* ---- documents ------------------------------------------------------------------------------ */

typedef struct {
    dgm_arena *arena;
    dgm_grammar *grammar;
    dgm_grounding *grounding;
    size_t n_complaints;
} fixture;

static void complain(void *context, const dgm_err *err)
{
    char text[600];
    (void)context;
    print_error("%s\n", dgm_err_text(err, text, sizeof text));
}

static int set_up(void **state)
{
    char dir[4000];
    const char *data = getenv("DRAGOMAN_TABLES");
    snprintf(dir, sizeof dir, "%s/../tests/tables", data ? data : "data");
    fixture *f = calloc(1, sizeof(*f));
    dgm_complaints complaints = { .fn = complain };
    dgm_err err = { 0 };
    if (!f || !(f->arena = dgm_arena_new()) ||
        dgm_grammar_load(dir, &complaints, &f->grammar, &err) != DGM_OK ||
        dgm_grounding_load(dir, &complaints, &f->grounding, &err) != DGM_OK || complaints.n > 0) {
        complain(NULL, &err);
        return 1;
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dgm_grounding_free(f->grounding);
    dgm_grammar_free(f->grammar);
    dgm_arena_free(f->arena);
    free(f);
    return 0;
}

/* Words as form/UPOS/head/deprel, parted by spaces. */
static void read_tree(fixture *f, const char *date, const char *tree, dgm_document *doc)
{
    char conllu[8192];
    size_t n = (size_t)snprintf(conllu, sizeof conllu, "# newdoc id = t\n# date = %s\n", date);
    dgm_view rest = dgm_view_of(tree), word;
    for (unsigned id = 1; dgm_view_split(&rest, ' ', &word); id++) {
        dgm_view part[4];
        for (size_t i = 0; i < 4; i++)
            assert_true(dgm_view_split(&word, '/', &part[i]));
        dgm_view lemma =
            dgm_view_eq(part[1], DGM_VIEW("PROPN")) ? part[0] : dgm_arena_lower(f->arena, part[0]);
        n += (size_t)snprintf(
            conllu + n, sizeof conllu - n, "%u\t%.*s\t%.*s\t%.*s\t_\t_\t%.*s\t%.*s\t_\t_\n", id,
            DGM_FMT(part[0]), DGM_FMT(lemma), DGM_FMT(part[1]), DGM_FMT(part[2]), DGM_FMT(part[3]));
    }
    n += (size_t)snprintf(conllu + n, sizeof conllu - n, "\n");
    dgm_err err = { 0 };
    dgm_view text = dgm_arena_copy(f->arena, (dgm_view) { conllu, n }), left;
    dgm_document_init(doc, f->arena);
    assert_int_equal(dgm_document_from_conllu(doc, text, &left, "test", &err), DGM_OK);
}

static void add_event(dgm_document *doc, uint32_t i_word)
{
    dgm_event *event = dgm_push(doc->arena, &doc->events);
    if (!event)
        abort();
    event->type = DGM_ASSAULT;
    event->trigger = dgm_span_of(doc, 0, i_word, i_word);
    event->trigger_word = i_word;
    doc->sentences.at[0].words[i_word].event = doc->events.n - 1;
}

static void ground(fixture *f, dgm_document *doc)
{
    dgm_err err = { 0 };
    assert_int_equal(dgm_grammar_read(f->grammar, doc, &err), DGM_OK);
    assert_int_equal(dgm_grounding_find(f->grounding, doc, &err), DGM_OK);
}

/* ---- branches, against a walk from every word to the root ------------------------------------ */

/* Any tree of n words, each under one that was drawn before it. */
static void draw_tree(fixture *f, uint32_t n, dgm_document *doc)
{
    uint32_t order[16] = { 0 }, head[16] = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = (uint32_t)rand() % (i + 1);
        order[i] = order[k];
        order[k] = i + 1;
    }
    for (uint32_t i = 1; i < n; i++)
        head[order[i] - 1] = order[(uint32_t)rand() % i];
    dgm_view tree = { "", 0 };
    for (uint32_t i = 0; i < n; i++)
        tree = dgm_arena_printf(f->arena, "%.*s%sw/NOUN/%u/%s", DGM_FMT(tree), i ? " " : "",
                                head[i], head[i] ? "nmod" : "root");
    read_tree(f, "2020-10-02", tree.p, doc);
}

static void a_branch_reaches_to_the_first_and_last_word_below(void **state)
{
    enum { N_WORDS = 12, SEED = 27, TREES = 200 };
    fixture *f = *state;
    srand(SEED);
    for (int n = 0; n < TREES; n++) {
        dgm_document doc;
        draw_tree(f, N_WORDS, &doc);
        ground(f, &doc);
        const dgm_sentence *s = doc.sentences.at;
        for (uint32_t i = 1; i <= N_WORDS; i++) {
            uint32_t first = i, last = i;
            for (uint32_t k = N_WORDS; k > 0; k--)
                first = dgm_dominates(s, i, k) && k < first ? k : first;
            for (uint32_t k = 1; k <= N_WORDS; k++)
                last = dgm_dominates(s, i, k) && k > last ? k : last;
            if (s->tree->first_under[i] != first || s->tree->last_under[i] != last)
                fail_msg("seed %d, tree %d: word %u reaches from %u to %u, not %u to %u", SEED, n,
                         i, s->tree->first_under[i], s->tree->last_under[i], first, last);
        }
    }
}

/* ---- times ---------------------------------------------------------------------------------- */

static void days_and_spans_are_read_against_the_date_of_the_story(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *tree, *words, *begin, *end;
    } cases[] = {
        { "They/PRON/2/nsubj met/VERB/0/root on/ADP/4/case Friday/PROPN/2/obl", "Friday",
          "2020-10-02", "2020-10-02" },
        { "They/PRON/3/nsubj will/AUX/3/aux meet/VERB/0/root Monday/PROPN/3/obl:unmarked", "Monday",
          "2020-10-05", "2020-10-05" },
        { "They/PRON/2/nsubj met/VERB/0/root last/ADJ/4/amod Sunday/PROPN/2/obl:unmarked",
          "last Sunday", "2020-09-27", "2020-09-27" },
        { "They/PRON/2/nsubj met/VERB/0/root in/ADP/4/case May/PROPN/2/obl", "May", "2020-05-01",
          "2020-05-31" },
        { "It/PRON/2/nsubj ended/VERB/0/root 2/NUM/4/nummod October/PROPN/2/obl 2015/NUM/4/nummod",
          "2 October 2015", "2015-10-02", "2015-10-02" },
        { "It/PRON/2/nsubj ended/VERB/0/root two/NUM/4/nummod days/NOUN/5/obl ago/ADV/2/advmod",
          "two days ago", "2020-09-30", "2020-09-30" },
        { "It/PRON/2/nsubj ended/VERB/0/root last/ADJ/4/amod week/NOUN/2/obl", "last week",
          "2020-09-21", "2020-09-27" },
        { "It/PRON/2/nsubj lasted/VERB/0/root since/ADP/5/case last/ADJ/5/amod Sunday/PROPN/2/obl",
          "since last Sunday", "2020-09-27", "2020-10-02" },
        { "May/PROPN/2/nsubj may/AUX/0/root", NULL, NULL, NULL },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_document doc;
        read_tree(f, "2020-10-02", cases[i].tree, &doc);
        ground(f, &doc);
        if (!cases[i].words) {
            assert_int_equal(doc.times.n, 0);
            continue;
        }
        if (doc.times.n != 1)
            fail_msg("%s: %u times", cases[i].words, doc.times.n);
        dgm_view words = dgm_span_text(&doc, doc.times.at[0].span);
        if (!dgm_view_eq(words, dgm_view_of(cases[i].words)))
            fail_msg("%s: read as \"%.*s\"", cases[i].words, DGM_FMT(words));
        assert_string_equal(doc.times.at[0].begin, cases[i].begin);
        assert_string_equal(doc.times.at[0].end, cases[i].end);
    }
}

static void an_event_takes_the_time_of_its_clause_and_else_the_story(void **state)
{
    fixture *f = *state;
    dgm_document doc;
    read_tree(f, "2020-10-02",
              "He/PRON/2/nsubj said/VERB/0/root Monday/PROPN/2/obl:unmarked that/SCONJ/6/mark "
              "rebels/NOUN/6/nsubj fled/VERB/2/ccomp two/NUM/8/nummod days/NOUN/9/obl "
              "ago/ADV/6/advmod and/CCONJ/11/cc fought/VERB/6/conj",
              &doc);
    add_event(&doc, 2);
    add_event(&doc, 6);
    ground(f, &doc);
    assert_string_equal(doc.events.at[0].date, "2020-09-28");
    assert_string_equal(doc.events.at[1].date, "2020-09-30");
    assert_true(dgm_view_eq(doc.events.at[1].date_basis, DGM_VIEW("two days ago")));
    read_tree(f, "2020-10-02",
              "He/PRON/2/nsubj said/VERB/0/root Monday/PROPN/2/obl:unmarked rebels/NOUN/5/nsubj "
              "fled/VERB/2/ccomp",
              &doc);
    add_event(&doc, 5);
    ground(f, &doc);
    assert_string_equal(doc.events.at[0].date, "2020-10-02");
    assert_true(dgm_view_eq(doc.events.at[0].date_basis, DGM_VIEW("story")));
}

static void a_time_long_ago_makes_an_event_historical(void **state)
{
    fixture *f = *state;
    dgm_document doc;
    read_tree(f, "2020-10-02", "They/PRON/2/nsubj fought/VERB/0/root in/ADP/4/case 1992/NUM/2/obl",
              &doc);
    add_event(&doc, 2);
    ground(f, &doc);
    assert_true(doc.events.at[0].historical);
    assert_string_equal(doc.events.at[0].date, "1992-01-01");
    assert_string_equal(doc.events.at[0].date_end, "1992-12-31");
}

/* ---- places --------------------------------------------------------------------------------- */

static void namesakes_are_told_apart_by_what_stands_beside_them(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *tree, *country;
        double lon;
    } cases[] = {
        { "They/PRON/2/nsubj fought/VERB/0/root in/ADP/4/case Paris/PROPN/2/obl", "FRA", 2.3 },
        { "They/PRON/2/nsubj fought/VERB/0/root in/ADP/4/case Paris/PROPN/2/obl ,/PUNCT/4/punct "
          "Texas/PROPN/4/appos",
          "USA", -95.6 },
        { "They/PRON/2/nsubj fought/VERB/0/root in/ADP/4/case Tripoli/PROPN/2/obl", "LBY", 13.2 },
        { "Lebanon/PROPN/3/nsubj 's/PART/1/case men/NOUN/4/nsubj fought/VERB/0/root in/ADP/6/case "
          "Tripoli/PROPN/4/obl",
          "LBN", 35.8 },
        { "They/PRON/2/nsubj fought/VERB/0/root in/ADP/4/case Al-Qaim/PROPN/2/obl", "IRQ", 41.1 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_document doc;
        read_tree(f, "2020-10-02", cases[i].tree, &doc);
        ground(f, &doc);
        if (doc.places.n == 0)
            fail_msg("case %zu: no place", i);
        const dgm_place *place = doc.places.at;
        if (strcmp(place->country, cases[i].country) != 0 || fabs(place->lon - cases[i].lon) > 0.5)
            fail_msg("case %zu: %s %.1f", i, place->country, place->lon);
    }
}

static void names_of_persons_papers_and_governments_are_no_places(void **state)
{
    fixture *f = *state;
    static const char *const trees[] = {
        "George/PROPN/3/nsubj Washington/PROPN/1/flat left/VERB/0/root",
        "Paris/PROPN/3/nsubj Smith/PROPN/1/flat left/VERB/0/root",
        "The/DET/3/det Washington/PROPN/3/compound Post/PROPN/4/nsubj wrote/VERB/0/root",
        "Washington/PROPN/2/nsubj refused/VERB/0/root",
        "He/PRON/2/nsubj spoke/VERB/0/root with/ADP/4/case Paris/PROPN/2/obl",
    };
    for (size_t i = 0; i < DGM_LEN(trees); i++) {
        dgm_document doc;
        read_tree(f, "2020-10-02", trees[i], &doc);
        ground(f, &doc);
        for (uint32_t k = 0; k < doc.places.n; k++)
            if (!doc.places.at[k].only_named)
                fail_msg("tree %zu has a place", i);
    }
}

static void an_event_lies_where_its_tree_puts_it(void **state)
{
    fixture *f = *state;
    dgm_document doc;
    read_tree(f, "2020-10-02",
              "Rebels/NOUN/2/nsubj fought/VERB/0/root near/ADP/5/case the/DET/5/det "
              "town/NOUN/2/obl of/ADP/7/case Qaim/PROPN/5/nmod and/CCONJ/9/cc fled/VERB/2/conj "
              "to/ADP/11/case Texas/PROPN/9/obl",
              &doc);
    add_event(&doc, 2);
    add_event(&doc, 9);
    ground(f, &doc);
    assert_int_equal(doc.events.at[0].locations.n, 1);
    assert_string_equal(doc.places.at[doc.events.at[0].locations.at[0]].country, "IRQ");
    assert_int_equal(doc.events.at[1].locations.n, 1);
    assert_string_equal(doc.places.at[doc.events.at[1].locations.at[0]].country, "USA");
}

static void a_document_without_a_date_or_words_is_no_trouble(void **state)
{
    fixture *f = *state;
    dgm_document doc;
    dgm_document_init(&doc, f->arena);
    ground(f, &doc);
    read_tree(f, "2020-10-02", "on/ADP/2/case Friday/PROPN/0/root", &doc);
    doc.date[0] = 0;
    ground(f, &doc);
    assert_int_equal(doc.times.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_agrees_with_one_that_walks_day_by_day),
        cmocka_unit_test(easter_is_a_sunday_in_march_or_april),
        cmocka_unit_test(days_are_read_and_written_as_iso_8601),
        cmocka_unit_test(months_are_added_up_to_the_last_day),
        cmocka_unit_test(a_branch_reaches_to_the_first_and_last_word_below),
        cmocka_unit_test(days_and_spans_are_read_against_the_date_of_the_story),
        cmocka_unit_test(an_event_takes_the_time_of_its_clause_and_else_the_story),
        cmocka_unit_test(a_time_long_ago_makes_an_event_historical),
        cmocka_unit_test(namesakes_are_told_apart_by_what_stands_beside_them),
        cmocka_unit_test(names_of_persons_papers_and_governments_are_no_places),
        cmocka_unit_test(an_event_lies_where_its_tree_puts_it),
        cmocka_unit_test(a_document_without_a_date_or_words_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
