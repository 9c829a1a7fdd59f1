#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void fold_takes_case_accents_and_curly_quotes_off(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "Mevlüt Çavuşoğlu", "mevlut cavusoglu" },
        { "Côte d’Ivoire", "cote d'ivoire" },
        { "ÅLAND–Ødegård", "aland-odegard" },
        { "Łódź Straße", "lodz strasse" },
        { "U.S.", "u.s." },
    };
    dgm_arena *arena = dgm_arena_new();
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_view folded = dgm_fold(arena, dgm_view_of(cases[i].in));
        assert_int_equal(folded.n, strlen(cases[i].out));
        assert_memory_equal(folded.p, cases[i].out, folded.n);
    }
    dgm_arena_free(arena);
}

static void map_keeps_every_key_and_the_order_of_insertion(void **state)
{
    (void)state;
    enum { N = 5000 };
    dgm_map *map = dgm_map_new();
    char key[32];
    for (uint32_t i = 0; i < N; i++) {
        snprintf(key, sizeof key, "key-%u", i * 7919 % N);
        assert_int_equal(dgm_map_set(map, dgm_view_of(key), i, NULL), DGM_OK);
    }
    assert_int_equal(dgm_map_count(map), N);
    for (uint32_t i = 0; i < N; i++) {
        uint32_t value;
        dgm_view k = dgm_map_key(map, i, &value);
        assert_int_equal(value, i);
        assert_int_equal(dgm_map_get(map, k), i);
    }
    assert_int_equal(dgm_map_get(map, DGM_VIEW("other")), DGM_NONE);
    uint32_t old;
    assert_int_equal(dgm_map_set(map, DGM_VIEW("key-0"), 77, &old), DGM_OK);
    assert_int_equal(old, 0);
    dgm_map_free(map);
}

static void utf8_reports_the_first_bad_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        { "plain", SIZE_MAX },
        { "é€𝄞", SIZE_MAX },
        { "ab\xff", 2 },
        { "twelve bytes\xff", 12 },
        { "sixteen letters.", SIZE_MAX },
        { "nine byt\xc3", 8 },
        { "\xc3", 0 },
        { "a\xed\xa0\x80", 1 },
        { "\xef\xbf\xbd", SIZE_MAX },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        assert_int_equal(dgm_utf8_invalid(dgm_view_of(cases[i].text)), cases[i].bad);
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    uint64_t u = 5;
    double d = 5;
    assert_false(dgm_parse_u64(DGM_VIEW("18446744073709551616"), &u));
    assert_true(dgm_parse_u64(DGM_VIEW("18446744073709551615"), &u));
    assert_true(u == UINT64_MAX);
    assert_false(dgm_parse_double(DGM_VIEW("1.5x"), &d));
    assert_true(dgm_parse_double(DGM_VIEW("-9.5"), &d));
    assert_true(d == -9.5);
    assert_false(dgm_parse_double(DGM_VIEW("-"), &d));
}

/* As numbers were read first: every digit into a double, powers of ten by multiplication. */
static double slow_number(const char *text)
{
    double value = 0, by = 1;
    bool behind = false;
    for (; *text; text++)
        if (*text == '.')
            behind = true;
        else {
            value = value * 10 + (*text - '0');
            by = behind ? by * 10 : by;
        }
    return value / by;
}

static void numbers_have_the_same_bits_however_long(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",
        "7.25",
        ".5",
        "12.",
        "0.1",
        "123456789012345",
        "12345.6789",
        "1234567890123456",
        "0.12345678901234567890123",
        "99999999999999999999.999",
        "3.1415926535897932",
        "1234567.12345678",
    };
    for (size_t i = 0; i < DGM_LEN(texts); i++) {
        double d;
        assert_true(dgm_parse_double(dgm_view_of(texts[i]), &d));
        assert_true(d == slow_number(texts[i]));
    }
}

static void a_key_of_words_fits_or_is_refused(void **state)
{
    (void)state;
    char key[8];
    size_t n = 0;
    assert_true(dgm_key_add(key, sizeof key, &n, 0, DGM_VIEW("abc")));
    assert_true(dgm_key_add(key, sizeof key, &n, ' ', DGM_VIEW("def")));
    assert_true(dgm_view_eq((dgm_view) { key, n }, DGM_VIEW("abc def")));
    assert_false(dgm_key_add(key, sizeof key, &n, 0, DGM_VIEW("g")));
    assert_false(dgm_key_add(key, sizeof key, &n, ' ', DGM_VIEW("")));
    assert_true(dgm_key_add(key, sizeof key, &n, 0, DGM_VIEW("")));
    n = 0;
    assert_false(dgm_key_add(key, sizeof key, &n, 0, DGM_VIEW("eight in")));
    assert_int_equal(n, 0);
}

static void split_gives_every_part_once(void **state)
{
    (void)state;
    dgm_view rest = DGM_VIEW("a||b|"), part;
    const char *parts[] = { "a", "", "b", "" };
    size_t n = 0;
    while (dgm_view_split(&rest, '|', &part)) {
        assert_true(n < DGM_LEN(parts));
        assert_true(dgm_view_eq(part, dgm_view_of(parts[n])));
        n++;
    }
    assert_int_equal(n, DGM_LEN(parts));
}

static void a_word_has_its_place_in_a_list_or_stands_behind_it(void **state)
{
    (void)state;
    static const char *const list[] = { "clause", "noun", "" };
    assert_int_equal(dgm_view_index(DGM_VIEW("noun"), list, 3), 1);
    assert_int_equal(dgm_view_index(DGM_VIEW(""), list, 3), 2);
    assert_int_equal(dgm_view_index(DGM_VIEW("nouns"), list, 3), 3);
    assert_int_equal(dgm_view_index(DGM_VIEW("noun"), list, 0), 0);
    assert_true(dgm_view_is_among(DGM_VIEW("clause"), list, 3));
    assert_false(dgm_view_is_among(DGM_VIEW("Clause"), list, 3));
    assert_false(dgm_view_is_among(DGM_VIEW("clause"), list, 0));
}

static void arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_null(dgm_arena_alloc(arena, SIZE_MAX / 2, 3));
    dgm_arena_fail_at(2);
    assert_non_null(dgm_arena_alloc(arena, 1, 1));
    assert_null(dgm_arena_alloc(arena, 1, 1));
    assert_non_null(dgm_arena_alloc(arena, 1, 1));
    dgm_arena_free(arena);
}

static void check_growth(dgm_arena *arena)
{
    DGM_ARRAY(uint32_t) one = { 0 }, other = { 0 };
    for (uint32_t i = 0; i < 200000; i++) {
        uint32_t *a = dgm_push(arena, &one);
        assert_non_null(a);
        if (!a)
            return;
        assert_int_equal(*a, 0);
        *a = i;
        uint32_t *b = i % 3 ? NULL : dgm_push(arena, &other);
        if (b)
            *b = ~i;
    }
    for (uint32_t i = 0; i < 200000; i++) {
        assert_int_equal(one.at[i], i);
        if (i % 3 == 0)
            assert_int_equal(other.at[i / 3], ~i);
    }
}

static void arrays_keep_what_they_have_while_they_grow(void **state)
{
    (void)state;
    dgm_arena *const arenas[] = { dgm_arena_new(), dgm_arena_new_for_tables() };
    for (size_t i = 0; i < DGM_LEN(arenas); i++) {
        check_growth(arenas[i]);
        dgm_arena_reset(arenas[i]);
        check_growth(arenas[i]);
        dgm_arena_free(arenas[i]);
    }
}

typedef struct {
    char seen[500], complaint[400];
} table_result;

static bool take_row(void *context, const dgm_row *row)
{
    table_result *r = context;
    size_t n = strlen(r->seen);
    snprintf(r->seen + n, sizeof r->seen - n, "%zu:%.*s,%.*s;", row->line, DGM_FMT(row->cell[0]),
             DGM_FMT(row->cell[1]));
    return true;
}

static void take_complaint(void *context, const dgm_err *err)
{
    table_result *r = context;
    size_t n = strlen(r->complaint);
    snprintf(r->complaint + n, sizeof r->complaint - n, "%zu:%s;", err->line, err->msg);
}

static void put_file(const char *dir, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* Loads a table t.tsv of this text alone. */
static table_result loaded(const char *text, const char *const *columns)
{
    char dir[] = "/tmp/dragoman-test-XXXXXX", path[100];
    table_result r = { .seen = "" };
    dgm_complaints complaints = { .fn = take_complaint, .context = &r };
    char *bytes;
    assert_non_null(mkdtemp(dir));
    put_file(dir, "t.tsv", text);
    assert_int_equal(dgm_table_load(dir, "t.tsv", columns, take_row, &r, &complaints, &bytes),
                     DGM_OK);
    free(bytes);
    snprintf(path, sizeof path, "%s/t.tsv", dir);
    remove(path);
    remove(dir);
    return r;
}

static void check_table(const char *text, const char *const *columns, const char *seen,
                        const char *complaint)
{
    table_result r = loaded(text, columns);
    assert_string_equal(r.seen, seen);
    assert_string_equal(r.complaint, complaint);
}

static void table_goes_on_after_a_bad_row_and_names_its_line(void **state)
{
    (void)state;
    static const char *const columns[] = { "phrase", "code", "note?", NULL };
    check_table("# facts\ncode\t\tphrase\n\nTUR\tTurkey\t# a reason\nX\ty\tz\nA\xff\tb\nAZE\t-\n",
                columns, "4:Turkey,TUR;7:,AZE;",
                "5:3 cells, but the header has 2;6:byte 2 of the line is not UTF-8;");
}

static void a_table_is_empty_on_purpose_or_by_damage(void **state)
{
    (void)state;
    static const struct {
        const char *text, *complaint;
    } cases[] = {
        { "", "0:the table is empty: no header line;" },
        { "# a head\n", "0:the table is empty: no header line;" },
        { "# a head\nphrase\tcode\n\n", "0:the table is empty: no rows;" },
        { "phrase\tcode\n# imported\n", "" },
    };
    static const char *const columns[] = { "phrase", "code", NULL };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        table_result r = loaded(cases[i].text, columns);
        assert_string_equal(r.complaint, cases[i].complaint);
    }
}

static void an_empty_cell_is_told_with_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *seen, *complaint;
    } cases[] = {
        { "phrase\tcode\tnote\nTurkey\t-\tx\n-\tAZE\tx\nChad\tTCD\t-\n", "4:Chad,TCD;",
          "2:the cell of \"code\" is empty;3:the cell of \"phrase\" is empty;" },
        /* as a spreadsheet writes it; nothing at the end is no such cell */
        { "phrase\tcode\tnote\nTurkey\t\tx\nChad\tTCD\t\n", "3:Chad,TCD;",
          "2:the cell of \"code\" is empty; an empty cell is written -;" },
        { "phrase\tcode\tnote\n\tAZE\tx\n", "",
          "2:the cell of \"phrase\" is empty; an empty cell is written -;" },
        /* lined up */
        { "phrase\t\tcode\tnote\nChad\t\tTCD\n", "2:Chad,TCD;", "" },
    };
    static const char *const columns[] = { "phrase!", "code!", "note", NULL };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        check_table(cases[i].text, columns, cases[i].seen, cases[i].complaint);
}

static void a_misspelt_column_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *seen, *complaint;
    } cases[] = {
        { "# x\nphrase\tcode\tnoet\na\tA\tb\n", "3:a,A;",
          "2:no column is called \"noet\"; did you mean 'note'?;" },
        { "phrase\tcode\tremark\na\tA\tb\n", "2:a,A;", "" }, /* a column for people */
        { "phrase\tnotes\tcode\tnote\na\t-\tA\tb\n", "2:a,A;", "" },
        { "phrase\tcoda\na\tA\n", "", "1:the header has no column \"code\";" },
    };
    static const char *const columns[] = { "phrase", "code", "note?", NULL };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        check_table(cases[i].text, columns, cases[i].seen, cases[i].complaint);
}

static void blanks_that_stand_for_tabs_are_told(void **state)
{
    (void)state;
#define NO_TAB "the line has no TAB: cells are parted by TABs, not by blanks"
    static const struct {
        const char *text, *seen, *complaint;
        bool one_needed; /* the second column may be missing */
    } cases[] = {
        { "phrase\tcode\na   A\nb\tB\n", "3:b,B;", "2:" NO_TAB ";", false },
        { "phrase\tcode\na -\nc\tC\nb - B\n", "3:c,C;", "2:" NO_TAB "; nor has 1 line below it;",
          false },
        { "phrase\tcode\na A\nb B\nc C\n", "", "2:" NO_TAB "; nor have 2 lines below it;", false },
        { "phrase\tcode\na   A\n", "", "2:" NO_TAB ";", false }, /* and not that it is empty */
        { "phrase  code\na\tA\n", "", "1:" NO_TAB ";", false },
        { "phrase code\na A\n", "", "1:" NO_TAB ";", false },
        { "phrase\tcode\na b-c d\n  e  \na  b\tA\n", "2:a b-c d,;3:e,;4:a  b,A;", "", true },
    };
    static const char *const columns[] = { "phrase", "code", NULL }, *const one[] = { "phrase",
                                                                                      "code?",
                                                                                      NULL };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        check_table(cases[i].text, cases[i].one_needed ? one : columns, cases[i].seen,
                    cases[i].complaint);
#undef NO_TAB
}

static void a_later_folder_overlays_a_table_by_its_key(void **state)
{
    (void)state;
    static const struct {
        const char *below, *above, *seen, *complaint;
    } cases[] = {
        { "code\tphrase\nA\ta\nB\tb\n", "code\tphrase\nB\tx\nC\tc\n", "2:a,A;2:x,B;3:c,C;", "" },
        { "code\tphrase\nA\ta\nB\tb\n", "# replace\ncode\tphrase\nC\tc\n", "3:c,C;", "" },
        { "code\tphrase\nA\ta\n", "#replace\ncode\tphrase\nC\tc\n", "2:a,A;3:c,C;", "" },
        { "code\tphrase\nA\ta\n", "phrase\tcode\nx\tA\n", "2:x,A;", "" }, /* by name, not place */
        { "phrase\tcountry\tkind\tcode\nx\tTUR\tname\tA\nx\tTUR\tcapital\tB\n",
          "phrase\tkind\tcode\nx\tname\tC\n", "3:x,B;2:x,C;", "" },
        { "code\tphrase\nA\ta\n", "code\tphrase\nA\tx\ty\nB\tb\n", "2:a,A;3:b,B;",
          "2:3 cells, but the header has 2;" },
        { "code\tphrase\nA\ta\n", "phrase\nx\n", "2:a,A;", "1:the header has no column \"code\";" },
        { "code\tphrase\nA\ta\n", "", "2:a,A;", "0:the table is empty: no header line;" },
    };
    char below[] = "/tmp/dgm-test-XXXXXX", above[] = "/tmp/dgm-test-XXXXXX", dirs[100], path[100];
    assert_non_null(mkdtemp(below));
    assert_non_null(mkdtemp(above));
    snprintf(dirs, sizeof dirs, "%s/:%s", below, above);
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        put_file(below, "t.tsv", cases[i].below);
        put_file(above, "t.tsv", cases[i].above);
        table_result r = { .seen = "" };
        dgm_complaints complaints = { .fn = take_complaint, .context = &r };
        char *text;
        static const char *const columns[] = { "phrase", "code", NULL };
        assert_int_equal(dgm_table_load(dirs, "t.tsv", columns, take_row, &r, &complaints, &text),
                         DGM_OK);
        assert_string_equal(r.seen, cases[i].seen);
        assert_string_equal(r.complaint, cases[i].complaint);
        free(text);
    }
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/t.tsv", i ? above : below);
        remove(path);
    }
    remove(below);
    remove(above);
}

static void add_job(void *context, uint32_t i_worker, uint32_t i_job)
{
    (void)i_worker;
    ((uint32_t *)context)[i_job]++;
}

static void parallel_runs_every_job_once(void **state)
{
    (void)state;
    uint32_t done[1000] = { 0 };
    dgm_parallel(4, DGM_LEN(done), add_job, done);
    for (size_t i = 0; i < DGM_LEN(done); i++)
        assert_int_equal(done[i], 1);
}

static void a_message_holds_no_half_of_a_character(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int n; /* bytes of it that a message has */
        const char *message;
    } cases[] = {
        { "\xC3\xA9\xC3\xA9", 3, "unknown word \"\xC3\xA9\"" },
        { "\xE2\x82\xAC\xE2\x82\xAC", 5, "unknown word \"\xE2\x82\xAC\"" },
        { "a\xF0\x9F\x98\x80", 4, "unknown word \"a\"" },
        { "a\xF0\x9F\x98\x80", 5, "unknown word \"a\xF0\x9F\x98\x80\"" },
        { "plain", 2, "unknown word \"pl\"" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_err err;
        dgm_fail(&err, DGM_EFORMAT, "a.tsv", 1, "unknown word \"%.*s\"", cases[i].n, cases[i].word);
        assert_string_equal(err.msg, cases[i].message);
    }
    char longest[1000];
    memset(longest, 'a', sizeof longest);
    for (size_t i = 1; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, "\xC3\xA9", 2);
    longest[sizeof longest - 1] = 0;
    dgm_err err;
    dgm_fail(&err, DGM_EFORMAT, "a.tsv", 1, "%s", longest);
    assert_int_equal(dgm_utf8_invalid(dgm_view_of(err.msg)), SIZE_MAX);
    dgm_fail(&err, DGM_EFORMAT, "a.tsv", 1, "%s", longest + 1);
    assert_int_equal(dgm_utf8_invalid(dgm_view_of(err.msg)), SIZE_MAX);
}

static void what_a_terminal_would_obey_becomes_visible(void **state)
{
    (void)state;
    static const struct {
        const char *text, *seen;
    } cases[] = {
        { "Gori, caf\u00e9 \u2014 \u0433", "Gori, caf\u00e9 \u2014 \u0433" },
        { "\033]0;x\007\033[2J", "\\x1B]0;x\\x07\\x1B[2J" },
        { "a\nb\tc\rd\177", "a\\nb\\tc\\rd\\x7F" },
        { "\xc2\x9b"
          "31m",
          "\\u009B31m" },
        { "\u202egpj.exe\u2066\u200f", "\\u202Egpj.exe\\u2066\\u200F" },
        { "x\xffy\x9b z", "x\\xFFy\\x9B z" },
        { "cut \xe2\x80", "cut " },
        { "", "" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char seen[100];
        dgm_visible_text(dgm_view_of(cases[i].text), seen, sizeof seen);
        assert_string_equal(seen, cases[i].seen);
        dgm_err err;
        char text[200], expected[200];
        dgm_fail(&err, DGM_EIO, cases[i].text, 3, "%s", cases[i].text);
        snprintf(expected, sizeof expected, "%s%s%s", cases[i].seen,
                 i == 7 ? "" : ":3: ", cases[i].seen);
        assert_string_equal(dgm_err_text(&err, text, sizeof text), expected);
    }
    char little[8];
    assert_int_equal(dgm_visible_text(DGM_VIEW("abc\033\033"), little, sizeof little), 7);
    assert_string_equal(little, "abc\\x1B");
}

static void the_nearest_word_is_found_or_none(void **state)
{
    (void)state;
    static const char *const known[] = { "ASSAULT", "AID",    "COERCE",     "TRY",
                                         "TUR",     "TKM",    "format",     "query",
                                         "export",  "--from", "commitments" };
    static const struct {
        const char *word, *best;
    } cases[] = { { "ASAULT", "ASSAULT" },
                  { "TRU", "TUR" },
                  { "Formt", "format" },
                  { "qeury", "query" },
                  { "expotr", "export" },
                  { "commit", "commitments" },
                  { "ATTACK", "" },
                  { "x", "" },
                  { "", "" } };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_nearest n = dgm_nearest_to(dgm_view_of(cases[i].word));
        for (size_t k = 0; k < DGM_LEN(known); k++)
            dgm_nearest_try(&n, dgm_view_of(known[k]));
        assert_string_equal(n.best, cases[i].best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold_takes_case_accents_and_curly_quotes_off),
        cmocka_unit_test(map_keeps_every_key_and_the_order_of_insertion),
        cmocka_unit_test(utf8_reports_the_first_bad_byte),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(numbers_have_the_same_bits_however_long),
        cmocka_unit_test(a_key_of_words_fits_or_is_refused),
        cmocka_unit_test(split_gives_every_part_once),
        cmocka_unit_test(a_word_has_its_place_in_a_list_or_stands_behind_it),
        cmocka_unit_test(arena_refuses_sizes_that_overflow),
        cmocka_unit_test(arrays_keep_what_they_have_while_they_grow),
        cmocka_unit_test(table_goes_on_after_a_bad_row_and_names_its_line),
        cmocka_unit_test(a_table_is_empty_on_purpose_or_by_damage),
        cmocka_unit_test(an_empty_cell_is_told_with_its_column),
        cmocka_unit_test(a_misspelt_column_is_told),
        cmocka_unit_test(blanks_that_stand_for_tabs_are_told),
        cmocka_unit_test(a_later_folder_overlays_a_table_by_its_key),
        cmocka_unit_test(parallel_runs_every_job_once),
        cmocka_unit_test(a_message_holds_no_half_of_a_character),
        cmocka_unit_test(what_a_terminal_would_obey_becomes_visible),
        cmocka_unit_test(the_nearest_word_is_found_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
