/* Lines of JSON as the SQL extensions read them: nodes, strings and numbers as jansson has them,
 * and what is refused. */
#include "sql/json.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char line[] =
    "{\"id\":\"a\",\"text\":\"\\\"x\\\\\\/\\b\\f\\n\\r\\t \\u00e9\\u20AC\\ud83d\\ude00 "
    "z\",\"empty\":{},\"none\":[],"
    "\"numbers\":[0, -7, 123456789012345678, 0.5, -0.0, 54.5968, 1e3, -1.5E-7,"
    " 0.1234567890123456789, 123456789.12345],"
    "\"spans\":[[1,2],[3,4]] , \"words\":[true,false,null],\"last\":{\"id\":\"b\",\"\":1}}";

/* In memory of just its size, so that a sanitizer sees what is read beyond it. */
static bool reads(sql_json *j, const char *text, size_t n)
{
    char *copy = malloc(n > 0 ? n : 1);
    memcpy(copy, text, n);
    bool read = sql_json_read(j, copy, n);
    free(copy);
    return read;
}

static const sql_node *member(sql_json *j, const char *key)
{
    return sql_json_member(j, sql_json_whole(j), key);
}

static void members_are_found_in_any_order(void **state)
{
    (void)state;
    sql_json j = { 0 };
    assert_true(sql_json_read(&j, line, strlen(line)));
    assert_string_equal(member(&j, "last")->key, "last\":{\"id\":\"b\",\"\":1}}");
    assert_memory_equal(member(&j, "id")->p, "a", 1);
    assert_memory_equal(sql_json_member(&j, member(&j, "last"), "id")->p, "b", 1);
    assert_int_equal(sql_json_whole_number(sql_json_member(&j, member(&j, "last"), "")), 1);
    assert_null(member(&j, "i"));
    assert_null(member(&j, "idd"));
    assert_null(sql_json_member(&j, member(&j, "empty"), "id"));
    assert_null(sql_json_member(&j, member(&j, "none"), "id"));
    assert_null(sql_json_member(&j, NULL, "id"));
    const sql_node *spans = member(&j, "spans");
    assert_int_equal(sql_json_count(spans), 2);
    assert_int_equal(sql_json_whole_number(sql_json_at(&j, sql_json_at(&j, spans, 1), 0)), 3);
    assert_null(sql_json_at(&j, spans, 2));
    assert_null(sql_json_at(&j, member(&j, "none"), 0));
    assert_true(sql_json_is(sql_json_at(&j, member(&j, "words"), 1), SQL_JSON_FALSE));
    sql_json_done(&j);
}

static void values_are_those_of_jansson(void **state)
{
    (void)state;
    sql_json j = { 0 };
    json_t *whole = json_loads(line, 0, NULL);
    assert_true(sql_json_read(&j, line, strlen(line)));
    const json_t *text = json_object_get(whole, "text");
    assert_int_equal(member(&j, "text")->n, json_string_length(text));
    assert_memory_equal(member(&j, "text")->p, json_string_value(text), json_string_length(text));
    const json_t *numbers = json_object_get(whole, "numbers");
    for (size_t i = 0; i < json_array_size(numbers); i++) {
        const json_t *number = json_array_get(numbers, i);
        const sql_node *node = sql_json_at(&j, member(&j, "numbers"), i);
        double expected = json_number_value(number), found = sql_json_number(node);
        assert_memory_equal(&found, &expected, sizeof found);
        assert_int_equal(sql_json_is(node, SQL_JSON_WHOLE), json_is_integer(number));
        assert_int_equal(sql_json_whole_number(node), json_integer_value(number));
    }
    json_decref(whole);
    sql_json_done(&j);
}

static void what_is_no_json_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        " ",
        "{",
        "[",
        "\"",
        "\"\\",
        "\"\\u12",
        "\"\\u00e",
        "\"\\x\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\ude00\"",
        "\"\t\"",
        "{}}",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{1:2}",
        "[1}",
        "{\"a\":1]",
        "nul",
        "tru",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "1234567890123456789",
        "1 2",
    };
    sql_json j = { 0 };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (reads(&j, wrong[i], strlen(wrong[i])))
            fail_msg("not refused: %s", wrong[i]);
    for (size_t n = 0; n < strlen(line); n++)
        assert_false(reads(&j, line, n));
    sql_json_done(&j);
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    enum { MOST = SQL_JSON_DEPTH };
    char deep[2 * MOST + 2];
    sql_json j = { 0 };
    memset(deep, '[', MOST + 1);
    memset(deep + MOST + 1, ']', MOST + 1);
    assert_false(reads(&j, deep, sizeof deep));
    assert_true(reads(&j, deep + 1, 2 * (size_t)MOST));
    sql_json_done(&j);
}

static void many_nodes_and_a_line_after_another(void **state)
{
    (void)state;
    enum { N = 5000 };
    char many[2 * N + 2] = "[";
    sql_json j = { 0 };
    for (size_t i = 0; i < N; i++)
        memcpy(many + 1 + 2 * i, i + 1 < N ? "7," : "7]", 2);
    assert_true(reads(&j, many, 2 * N + 1));
    assert_int_equal(sql_json_count(sql_json_whole(&j)), N);
    assert_true(sql_json_read(&j, line, strlen(line)));
    assert_memory_equal(member(&j, "id")->p, "a", 1);
    sql_json_done(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_found_in_any_order),
        cmocka_unit_test(values_are_those_of_jansson),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(many_nodes_and_a_line_after_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
