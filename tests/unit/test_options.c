/* A command line, sorted by a table of options. */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const dgm_option options[] = {
    { 'f', "format", "jsonl|csv", "format", "jsonl" },
    { 'j', "jobs", "N", "jobs", "1" },
    { 'q', "quiet", NULL, "say less", NULL },
    { 0, "tables", "DIR", "tables", NULL },
};

static const dgm_command command = {
    .name = "test",
    .operands = "[FILE...]",
    .summary = "Test",
    .options = options,
    .n_options = DGM_LEN(options),
    .max_operands = 3,
};

static void check(const dgm_arguments *arguments, const char *expected)
{
    char found[400];
    const char *tables = dgm_option_value(arguments, "tables");
    int n = snprintf(found, sizeof found, "%s %s %d %s%s", dgm_option_value(arguments, "format"),
                     dgm_option_value(arguments, "jobs"), dgm_option_given(arguments, "quiet"),
                     tables ? tables : "-", arguments->help ? " help" : "");
    for (size_t i = 0; i < arguments->n_operands; i++)
        n += snprintf(found + n, sizeof found - (size_t)n, " %s", arguments->operands[i]);
    assert_string_equal(found, expected);
}

/* Splits a line at blanks and parses it; gives the message, or "". */
static const char *parse(const char *line, dgm_arguments *out, char *words, dgm_err *err)
{
    static char *argv[16];
    int argc = 0;
    *err = (dgm_err) { .status = DGM_OK };
    strcpy(words, line);
    for (char *p = words; *p && argc < 16;) {
        argv[argc++] = p;
        p += strcspn(p, " ");
        if (*p)
            *p++ = '\0';
    }
    return dgm_options_parse(&command, argc, argv, out, err) == DGM_OK ? "" : err->msg;
}

static void options_and_operands_may_stand_in_any_order(void **state)
{
    (void)state;
    static const struct {
        const char *line, *expected;
    } cases[] = {
        { "", "jsonl 1 0 -" },
        { "a -f csv b", "csv 1 0 - a b" },
        { "--format=csv -qj4 -", "csv 4 1 - -" },
        { "--tables d --quiet -j 2", "jsonl 2 1 d" },
        { "-- -q --tables", "jsonl 1 0 - -q --tables" },
        { "--help", "jsonl 1 0 - help" },
        { "-qh", "jsonl 1 1 - help" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arguments arguments;
        dgm_err err;
        char words[100];
        assert_string_equal(parse(cases[i].line, &arguments, words, &err), "");
        check(&arguments, cases[i].expected);
    }
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *line, *message;
    } cases[] = {
        { "--fromat=csv", "unknown option --fromat; did you mean '--format'?" },
        { "--verbose", "unknown option --verbose" },
        { "-x", "unknown option -x" },
        { "--format", "--format needs a value: jsonl|csv" },
        { "-j", "-j needs a value: N" },
        { "-f json", "--format takes one of jsonl|csv, not 'json'; did you mean 'jsonl'?" },
        { "-f xml", "--format takes one of jsonl|csv, not 'xml'" },
        { "--quiet=1", "--quiet takes no value" },
        { "a b c d", "'d' is one operand too many" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arguments arguments;
        dgm_err err;
        char words[100];
        assert_string_equal(parse(cases[i].line, &arguments, words, &err), cases[i].message);
    }
}

static void a_number_has_its_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool good;
    } cases[] = { { "-j 1", true },  { "-j 8", true },   { "-j 9", false }, { "-j 0", false },
                  { "-j x", false }, { "-j -1", false }, { "-j 2x", false } };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arguments arguments;
        dgm_err err;
        char words[100];
        uint64_t n = 0;
        assert_string_equal(parse(cases[i].line, &arguments, words, &err), "");
        assert_int_equal(dgm_option_number(&arguments, "jobs", 1, 8, &n, &err), cases[i].good);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_may_stand_in_any_order),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_number_has_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
