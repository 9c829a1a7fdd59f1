/* Text for the screen: widths as they look, and nothing that steers a terminal. */
#include "output/cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(dgm_buffer *text, const char *expected)
{
    dgm_buffer_put(text, (dgm_view) { "", 1 });
    assert_false(text->failed);
    assert_string_equal(text->p, expected);
    dgm_buffer_done(text);
}

static void a_cell_is_as_wide_as_it_looks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t width;
    } cases[] = {
        { "", 0 },
        { "abc", 3 },
        { "  a \n\t b ", 3 }, /* white space is one blank, none at the ends */
        { "e\u0301te\u0301", 3 },
        { "\u6771\u4EAC", 4 },
        { "\U0001F600", 2 },
        { "a\u202Eb", 8 }, /* a\u202Eb */
        { "a\033[1m", 8 }, /* a\x1B[1m */
        { "a\xFF"
          "b",
          6 },
        { "\uFEFFa\uFFFD", 2 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        if (dgm_cell_width(dgm_view_of(cases[i].text)) != cases[i].width)
            print_error("%s\n", cases[i].text ? cases[i].text : "");
        assert_int_equal(dgm_cell_width(dgm_view_of(cases[i].text)), cases[i].width);
    }
}

static void a_cell_is_cut_and_filled_to_its_width(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t width;
        const char *expected;
    } cases[] = {
        { "abc", 5, "abc    |" },
        { "abcdef", 6, "abcdef  |" },
        { "abcdefg", 6, "abcde\u2026  |" },
        { "\u6771\u4EAC\u90FD", 6, "\u6771\u4EAC\u90FD  |" },
        { "\u6771\u4EAC\u90FD", 5, "\u6771\u4EAC\u2026  |" },
        { "\u6771\u4EAC\u90FD", 4, "\u6771\u2026   |" }, /* half a character is none */
        { "e\u0301e\u0301e\u0301", 2, "e\u0301\u2026  |" },
        { "a\033[31mb\x07\xC2\x9B", 0, "a\\x1B[31mb\\x07\\u009B  |" },
        { "ab\033[31m", 6, "ab\u2026     |" }, /* nor is half an escape */
        { "ab\033[31m", 7, "ab\\x1B\u2026  |" },
        { "\033", 3, "\u2026    |" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_buffer text = { 0 };
        dgm_put_cell(dgm_view_of(cases[i].text), cases[i].width, true, &text);
        dgm_buffer_put(&text, DGM_VIEW("|"));
        expect(&text, cases[i].expected);
    }
}

static void put(dgm_grid *grid, const char *a, const char *b, const char *c, dgm_buffer *out)
{
    dgm_view cells[] = { dgm_view_of(a), dgm_view_of(b), dgm_view_of(c) };
    dgm_grid_put(grid, cells, out);
}

static const dgm_grid_column columns[] = { { .name = "who" },
                                           { .name = "n", .number = true },
                                           { .name = "what" } };

static void columns_are_as_wide_as_what_is_in_them(void **state)
{
    (void)state;
    dgm_grid *grid = dgm_grid_new(columns, 3, 100);
    dgm_buffer text = { 0 };
    put(grid, "\u6771\u4EAC", "7", "met", &text);
    put(grid, "Ar", "1200", "", &text);
    dgm_grid_end(grid, &text);
    dgm_grid_free(grid);
    expect(&text, "who      n  what\n\u6771\u4EAC     7  met\nAr    1200  -\n");
}

static void a_grid_fits_the_screen_and_its_widest_columns_give_way(void **state)
{
    (void)state;
    dgm_grid *grid = dgm_grid_new(columns, 3, 24);
    dgm_buffer text = { 0 };
    put(grid, "TUR", "1", "a sentence that is long", &text);
    put(grid, "a name of many words", "22", "x", &text);
    dgm_grid_end(grid, &text);
    dgm_grid_free(grid);
    expect(&text, "who         n  what\nTUR         1  a senten\u2026\na name o\u2026  22  x\n");
}

static void a_column_that_is_whole_gives_way_to_none(void **state)
{
    (void)state;
    static const dgm_grid_column dated[] = { { .name = "date", .whole = true },
                                             { .name = "n", .number = true },
                                             { .name = "what" } };
    dgm_grid *grid = dgm_grid_new(dated, 3, 22);
    dgm_buffer text = { 0 };
    put(grid, "2020-10-02", "1", "a sentence", &text);
    dgm_grid_end(grid, &text);
    dgm_grid_free(grid);
    expect(&text, "date        n  what\n2020-10-02  1  a sent\u2026\n");
}

static void an_empty_grid_has_its_names(void **state)
{
    (void)state;
    dgm_grid *grid = dgm_grid_new(columns, 3, 100);
    dgm_buffer text = { 0 };
    dgm_grid_end(grid, &text);
    dgm_grid_free(grid);
    expect(&text, "who  n  what\n");
}

/* Rows do not pile up: after a thousand the widths are fixed and the rest goes out at once. */
static void rows_after_the_first_are_written_at_once(void **state)
{
    (void)state;
    dgm_grid *grid = dgm_grid_new(columns, 3, 100);
    dgm_buffer text = { 0 };
    for (uint32_t i = 0; i < 5000; i++)
        put(grid, "TUR", "1", "met", &text);
    assert_true(text.n > 4000 * 8);
    put(grid, "much too long", "1", "met", &text);
    dgm_grid_end(grid, &text);
    assert_false(text.failed);
    assert_memory_equal(text.p + text.n - sizeof "mu\u2026  1  met\n" + 1, "mu\u2026  1  met\n",
                        sizeof "mu\u2026  1  met\n" - 1);
    dgm_grid_free(grid);
    dgm_buffer_done(&text);
}

static void a_grid_without_memory_is_not_written_with_holes(void **state)
{
    size_t n = 1;
    (void)state;
    for (size_t left = 0; left == 0; n++) {
        dgm_buffer text = { 0 };
        dgm_arena_fail_at(n);
        dgm_grid *grid = dgm_grid_new(columns, 3, 100);
        put(grid, "TUR", "7", "met", &text);
        dgm_grid_end(grid, &text);
        left = dgm_arena_fail_at(0);
        dgm_grid_free(grid);
        if (text.failed)
            dgm_buffer_done(&text);
        else
            expect(&text, "who  n  what\nTUR  7  met\n");
    }
    assert_true(n > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_as_wide_as_it_looks),
        cmocka_unit_test(a_cell_is_cut_and_filled_to_its_width),
        cmocka_unit_test(columns_are_as_wide_as_what_is_in_them),
        cmocka_unit_test(a_grid_fits_the_screen_and_its_widest_columns_give_way),
        cmocka_unit_test(a_column_that_is_whole_gives_way_to_none),
        cmocka_unit_test(an_empty_grid_has_its_names),
        cmocka_unit_test(rows_after_the_first_are_written_at_once),
        cmocka_unit_test(a_grid_without_memory_is_not_written_with_holes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
