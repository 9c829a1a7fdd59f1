/* The perceptron: what it learns, that it learns the same again, and tables that are none. */
#include "base/base.h"
#include "fixture.h"
#include "learn/perceptron.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const answers[] = { "either", "both" };

static void name_input(uint32_t i, char out[64])
{
    snprintf(out, 64, "input %u", i);
}

static const dgm_inputs_named inputs = { .n = 2, .name = name_input };

/* Which one alone is, which no sum of weights can tell, and whether both are. */
static void add_examples(dgm_examples *e, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        bool a = i & 1, b = i & 2;
        const int8_t seen[2] = { a ? DGM_INPUT_ONE : 0, b ? DGM_INPUT_ONE : 0 };
        const dgm_case it = { .right = (a != b) | (uint32_t)(a && b) << 1, .weight = 1 };
        assert_true(dgm_examples_add(e, seen, &it));
    }
}

static void teach(const char *path)
{
    const dgm_perceptron_training how = {
        .n_answers = 2, .n_hidden = 16, .n_rounds = 60, .batch = 8, .rate = 0.02
    };
    dgm_examples e = { .n_inputs = 2 };
    dgm_err err;
    add_examples(&e, 400);
    assert_int_equal(dgm_perceptron_learn(&e, &how, &inputs, answers, "# a test\n", path, &err),
                     DGM_OK);
    dgm_examples_done(&e);
}

static char *folder(void)
{
    char *path = strdup("/tmp/perceptron-XXXXXX");
    assert_non_null(path);
    assert_non_null(mkdtemp(path));
    return path;
}

static void it_learns_what_no_sum_can_tell(void **state)
{
    (void)state;
    char *dir = folder(), path[80];
    snprintf(path, sizeof path, "%s/p.tsv", dir);
    teach(path);
    dgm_perceptron *m = NULL;
    dgm_complaints complaints = { 0 };
    dgm_err err;
    assert_int_equal(dgm_perceptron_load(dir, "p.tsv", &inputs, answers, 2, &complaints, &m, &err),
                     DGM_OK);
    assert_non_null(m);
    assert_int_equal(complaints.n, 0);
    for (uint32_t i = 0; i < 4; i++) {
        bool a = i & 1, b = i & 2;
        const int8_t seen[2] = { a ? DGM_INPUT_ONE : 0, b ? DGM_INPUT_ONE : 0 };
        int32_t scores[2];
        dgm_perceptron_score(m, seen, scores);
        assert_int_equal(scores[0] > 0, a != b);
        assert_int_equal(scores[1] > 0, a && b);
    }
    dgm_perceptron_free(m);
    unlink(path);
    rmdir(dir);
    free(dir);
}

static void the_same_examples_give_the_same_bytes(void **state)
{
    (void)state;
    char *dir = folder(), path[80], *first = NULL, *second = NULL;
    size_t n = 0, n_second = 0;
    dgm_err err;
    snprintf(path, sizeof path, "%s/p.tsv", dir);
    teach(path);
    assert_int_equal(dgm_file_read(path, 1 << 20, &first, &n, &err), DGM_OK);
    teach(path);
    assert_int_equal(dgm_file_read(path, 1 << 20, &second, &n_second, &err), DGM_OK);
    assert_int_equal(n, n_second);
    assert_memory_equal(first, second, n);
    free(first);
    free(second);
    unlink(path);
    rmdir(dir);
    free(dir);
}

/* How many complaints there are. */
static void a_table_that_is_not_whole_is_told_and_not_used(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n_complaints;
    } cases[] = {
        { "input\tweights\n", 1 }, /* a table without rows is told */
        { "input\tweights\ninput 0\t1 2\n", 1 },
        { "input\tweights\ninput 0\t1 2\ninput 1\t1\n", 2 },
        { "input\tweights\ninput 0\t1 9001\n", 1 },
        { "input\tweights\ninput 7\t1 2\n", 1 },
        { "input\tweights\ninput 0\t1 2\ninput 0\t1 2\n", 2 },
        { "input\tweights\ninput 0\t1 x\n", 1 },
        { "input\tweights\nout either\t1\n", 1 }, /* before anybody says how many are hidden */
    };
    char *dir = folder(), path[80];
    snprintf(path, sizeof path, "%s/p.tsv", dir);
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(cases[i].text, f);
        fclose(f);
        dgm_perceptron *m = NULL;
        dgm_complaints complaints = { 0 };
        dgm_err err;
        assert_int_equal(
            dgm_perceptron_load(dir, "p.tsv", &inputs, answers, 2, &complaints, &m, &err), DGM_OK);
        assert_null(m);
        if (complaints.n != cases[i].n_complaints)
            print_error("%s", cases[i].text);
        assert_int_equal(complaints.n, cases[i].n_complaints);
    }
    unlink(path);
    rmdir(dir);
    free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_learns_what_no_sum_can_tell),
        cmocka_unit_test(the_same_examples_give_the_same_bytes),
        cmocka_unit_test(a_table_that_is_not_whole_is_told_and_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
