/* Readers from memory: what they give and what they complain about. */
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_TEXT = 4096 };

/* All that a reader says, as text: "id|date|title|begin|text" a story, then complaints. */
static void put(char *said, const char *format, ...) DGM_PRINTF(2, 3);

static void put(char *said, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t n = strlen(said);
    vsnprintf(said + n, MAX_TEXT - n, format, args);
    va_end(args);
}

static void complain(void *context, const dgm_err *err)
{
    put(context, "%s:%zu: %s\n", err->file, err->line, err->msg);
}

static void read_all(const char *bytes, size_t n, const char *name, const char *date, char *said)
{
    char complaints_said[MAX_TEXT] = "";
    dgm_complaints complaints = { .fn = complain, .context = complaints_said };
    const dgm_reader_options options = { .default_date = date, .complaints = &complaints };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    said[0] = '\0';
    assert_int_equal(dgm_reader_open_memory(bytes, n, name, &options, &reader, NULL), DGM_OK);
    while (dgm_reader_next(reader, arena, &doc, NULL) == DGM_OK)
        put(said, "%.*s|%s|%.*s|%u|%.*s\n", DGM_FMT(doc.id), doc.date, DGM_FMT(doc.title),
            doc.begin, DGM_FMT(doc.text));
    put(said, "%s", complaints_said);
    dgm_reader_free(reader);
    dgm_arena_free(arena);
}

typedef struct {
    const char *input, *said;
} io_case;

static void check(const io_case *cases, size_t n, const char *name, const char *date)
{
    char said[MAX_TEXT];
    for (size_t i = 0; i < n; i++) {
        read_all(cases[i].input, strlen(cases[i].input), name, date, said);
        assert_string_equal(said, cases[i].said);
    }
}

static void dated_text_begins_where_its_words_begin(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { " date 2020-10-02 Peace came.", "a|2020-10-02||17|Peace came.\n" },
        { "date 2020-10-02\n\nPeace came.\n", "a|2020-10-02||17|Peace came.\n" },
        { "2020-10-02\nPeace came.\n", "a|2020-10-02||11|Peace came.\n" },
        { "\xEF\xBB\xBF"
          "date: 2020-10-02\r\nPeace came.\r\n",
          "a|2020-10-02||19|Peace came.\n" },
        { "Date:2020-10-02\nPeace came.\n", "a|2020-10-02||16|Peace came.\n" },
        { "date 2020-10-02 Caf\xC3\xA9.\ndate 2020-10-03 War.",
          "a|2020-10-02||16|Caf\xC3\xA9.\na-2|2020-10-03||38|War.\n" },
        { "date 2020-10-02\nTitle: War ends\nurl: u\n\nPeace.",
          "a|2020-10-02|War ends|40|Peace.\n" },
        { "date 2020-10-02\nWar ends\n\nPeace came.",
          "a|2020-10-02|War ends|16|War ends\n\nPeace came.\n" },
        { "date 2020-10-02\nWar ended.\n\nPeace came.",
          "a|2020-10-02||16|War ended.\n\nPeace came.\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", NULL);
}

static void a_title_may_be_wrapped_and_a_wrapped_line_is_no_title(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { "date 2020-10-02\nEnvoys of both sides meet in the customs house\n"
          "by the river\n\nPeace came.",
          "a|2020-10-02|Envoys of both sides meet in the customs house by the river|16|"
          "Envoys of both sides meet in the customs house\nby the river\n\nPeace came.\n" },
        { "date 2020-10-02\nThe envoys of both sides met in the customs house\n"
          "by the river.\n\nPeace came.",
          "a|2020-10-02||16|The envoys of both sides met in the customs house\n"
          "by the river.\n\nPeace came.\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", NULL);
}

static void words_that_only_look_like_a_date_line_are_text(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { "date 2020-10-02 One.\ndate night came.", "a|2020-10-02||16|One.\ndate night came.\n" },
        { "date 2020-10-02 One.\n2020-10-03\nTwo.", "a|2020-10-02||16|One.\n2020-10-03\nTwo.\n" },
        { "date 2020-10-02 One.\ndate 2020-10-021", "a|2020-10-02||16|One.\ndate 2020-10-021\n" },
        { "date 2020-10-02 One.\nThe date 2020-10-03",
          "a|2020-10-02||16|One.\nThe date 2020-10-03\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", NULL);
}

static void a_date_comes_from_the_name_or_the_caller(void **state)
{
    (void)state;
    static const struct {
        const char *name, *date, *said;
    } cases[] = {
        { "f/2020-10-02-x.txt", NULL, "2020-10-02-x|2020-10-02||0|Peace.\n" },
        { "x_20201002.txt.gz", "1999-01-01", "x_20201002|2020-10-02||0|Peace.\n" },
        { "x-120201002.txt", "1999-01-01", "x-120201002|1999-01-01||0|Peace.\n" },
        { "x-20201302.txt", "1999-01-01", "x-20201302|1999-01-01||0|Peace.\n" },
        { "x", NULL,
          "x:1: the story has no date and is passed over: neither its text nor the file's name "
          "gives one, nor --date\n" },
    };
    char said[MAX_TEXT];
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        read_all("Peace.", 6, cases[i].name, cases[i].date, said);
        assert_string_equal(said, cases[i].said);
    }
}

static void what_is_refused_is_named_by_its_line(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { "", "a.txt:1: the file is empty\n" },
        { "\n\n", "a.txt:1: the file is empty\n" },
        { "date 2020-10-02\n\ndate 2020-10-03 War.",
          "a-2|2020-10-03||33|War.\na.txt:1: the story has no text\n" },
        { "date 2019-02-29 War.\ndate 2020-02-29 Peace.",
          "a-2|2020-02-29||37|Peace.\n"
          "a.txt:1: the date line names no day of the calendar; the story is passed over\n" },
        { "date 2019-13-9 War.",
          "a.txt:1: the date line names no day of the calendar; the story is passed over\n" },
        { "date 2020-10-2 Peace.", "a|2020-10-02||15|Peace.\n" },
        { "2011-6-9\n\nPeace.", "a|2011-06-09||10|Peace.\n" },
        { "date 9.6.2011\n\nPeace.",
          "a.txt:1: the story's date cannot be read: \"9.6.2011\"; the story is passed over; "
          "--date-format says how days are written (%d/%m/%Y)\n" },
        { "Thursday, June 9, 2011\nPeace.",
          "a.txt:1: the story's date cannot be read: \"Thursday, June 9, 2011\"; the story is "
          "passed over; "
          "--date-format says how days are written (%d/%m/%Y)\n" },
        { "date 2020-10-02\nOne.\nA\xff\xfe"
          "b\n\xc3.",
          "a|2020-10-02||16|One.\nA\xef\xbf\xbd\xef\xbf\xbd"
          "b\n\xef\xbf\xbd.\n"
          "a.txt:3: byte 0xFF is not UTF-8, read as U+FFFD\n"
          "a.txt:4: byte 0xC3 is not UTF-8, read as U+FFFD\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", NULL);
}

static void a_nul_byte_is_a_space(void **state)
{
    (void)state;
    char said[MAX_TEXT];
    static const char bytes[] = "date 2020-10-02 A\0b";
    read_all(bytes, sizeof bytes - 1, "a.txt", NULL, said);
    assert_string_equal(said, "a|2020-10-02||16|A b\na.txt:1: a NUL byte, read as a space\n");
}

static void json_lines_are_read_one_by_one(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { "{\"id\":\"s\",\"date\":\"2020-10-02T10:00:00Z\",\"title\":\"T\",\"text\":\"War.\"}",
          "s|2020-10-02|T|0|War.\n" },
        { "{\"id\":7,\"date\":20201002,\"text\":\"A\\u00e9\\n\"}\n\n",
          "7|2020-10-02||0|A\xC3\xA9\n\n" },
        { "{\"date\":\"2020-10-02\",\"text\":\"War.\"}\n{\"date\":\"2020-10-02\",\"text\":null}",
          "a-1|2020-10-02||0|War.\na.txt:2: the story has no text\n" },
        { "{\"date\":\"2 October\",\"text\":\"War.\"}",
          "a.txt:1: the story's date cannot be read: \"2 October\"; the story is passed over; "
          "--date-format says how days are written (%d/%m/%Y)\n" },
        { "{\"text\":\"War.\"",
          "a.txt:1: the line is not JSON and is passed over: '}' expected near end of file (byte "
          "14)\n" },
        { "{}\n[]",
          "a.txt:1: the story has no `text` and is passed over: its members are none; --columns "
          "text=NAME says which one holds the text\n"
          "a.txt:2: the line is JSON, but no object; it is passed over\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", NULL);
}

static void conllu_is_told_from_text(void **state)
{
    (void)state;
    static const io_case cases[] = {
        { "# newdoc id = d\n# date = 2020-10-02\n1\tWar\twar\tNOUN\tNN\t_\t0\troot\t_\t_\n\n",
          "d|2020-10-02||0|War\n" },
        { "# War.\nPeace.", "a|1999-01-01||0|# War.\nPeace.\n" },
    };
    check(cases, DGM_LEN(cases), "a.txt", "1999-01-01");
}

static void a_story_past_the_limit_is_cut_between_words(void **state)
{
    (void)state;
    size_t n = 3 * (size_t)DGM_MAX_STORY;
    char *bytes = malloc(n + 64);
    assert_non_null(bytes);
    int at = snprintf(bytes, 64, "date 2020-10-02 ");
    for (size_t i = 0; i < n; i++)
        bytes[(size_t)at + i] = "\xC3\xA9\xC3\xA9\xC3\xA9 "[i % 7];
    dgm_complaints complaints = { 0 };
    const dgm_reader_options options = { .complaints = &complaints };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    assert_int_equal(
        dgm_reader_open_memory(bytes, (size_t)at + n, "a.txt", &options, &reader, NULL), DGM_OK);
    assert_int_equal(dgm_reader_next(reader, arena, &doc, NULL), DGM_OK);
    assert_true(doc.text.n <= DGM_MAX_STORY && doc.text.n > DGM_MAX_STORY - (64 << 10));
    assert_true(dgm_utf8_invalid(doc.text) == SIZE_MAX);
    assert_int_equal(dgm_reader_next(reader, arena, &doc, NULL), DGM_END);
    assert_int_equal(complaints.n, 1);
    dgm_reader_free(reader);
    dgm_arena_free(arena);
    free(bytes);
}

static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        bool is;
    } cases[] = {
        { "2020-02-29", true },  { "2100-02-29", false }, { "2000-02-29", true },
        { "2020-13-01", false }, { "2020-00-10", false }, { "2020-04-31", false },
        { "0000-01-01", false }, { "2020-1-01", false },  { "", false },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        assert_int_equal(dgm_is_day(dgm_view_of(cases[i].day)), cases[i].is);
}

static void where_a_date_came_from_is_recorded(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name, *date, *basis;
    } cases[] = {
        { "date 2020-10-02 Peace.", "a", "1999-01-01", "input" },
        { "{\"date\": \"2020-10-02\", \"text\": \"Peace.\"}", "2019-01-01", NULL, "input" },
        { "Peace.", "x-2020-10-02.txt", "1999-01-01", "file" },
        { "Peace.", "x", "1999-01-01", "option" },
        { "Peace.", "x", NULL, "" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        const dgm_reader_options options = { .default_date = cases[i].date, .date_optional = true };
        dgm_reader *reader = NULL;
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        assert_int_equal(dgm_reader_open_memory(cases[i].bytes, strlen(cases[i].bytes),
                                                cases[i].name, &options, &reader, NULL),
                         DGM_OK);
        assert_int_equal(dgm_reader_next(reader, arena, &doc, NULL), DGM_OK);
        if (!dgm_view_eq(doc.date_basis, dgm_view_of(cases[i].basis)))
            fail_msg("case %zu: \"%.*s\"", i, (int)doc.date_basis.n, doc.date_basis.p);
        dgm_reader_free(reader);
        dgm_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dated_text_begins_where_its_words_begin),
        cmocka_unit_test(a_title_may_be_wrapped_and_a_wrapped_line_is_no_title),
        cmocka_unit_test(words_that_only_look_like_a_date_line_are_text),
        cmocka_unit_test(a_date_comes_from_the_name_or_the_caller),
        cmocka_unit_test(what_is_refused_is_named_by_its_line),
        cmocka_unit_test(a_nul_byte_is_a_space),
        cmocka_unit_test(json_lines_are_read_one_by_one),
        cmocka_unit_test(conllu_is_told_from_text),
        cmocka_unit_test(a_story_past_the_limit_is_cut_between_words),
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(where_a_date_came_from_is_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
