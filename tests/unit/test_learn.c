/* The linear learner: features, the table, and what training makes of cases. */
#include "fixture.h"

#include "base/compiled.h"
#include "learn/draw.h"
#include "learn/learn.h"

#include <math.h>
#include <unistd.h>

static const char *const answers[] = { "yes", "maybe" };

/* A folder with model/x.tsv of that text. */
static void write_table(char folder[64], const char *text)
{
    char path[160];
    snprintf(folder, 64, "/tmp/dragoman-learn-%d", (int)getpid());
    snprintf(path, sizeof path, "mkdir -p %s/model", folder);
    assert_int_equal(system(path), 0);
    snprintf(path, sizeof path, "%s/model/x.tsv", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static void see(dgm_features *f, const char *name)
{
    dgm_feature_1(f, name, (dgm_view) { "", 0 });
}

static void a_feature_counts_once(void **state)
{
    (void)state;
    dgm_features f = { .n = 0 };
    dgm_feature_2(&f, "slot", DGM_VIEW("obj"), DGM_VIEW("by"));
    dgm_feature_2(&f, "slot", DGM_VIEW("obj"), DGM_VIEW("by"));
    dgm_feature_2(&f, "slot", DGM_VIEW("obj"), DGM_VIEW(""));
    assert_int_equal(f.n, 2);
}

static void features_past_the_limit_are_left_out(void **state)
{
    (void)state;
    char name[16];
    dgm_features f = { .n = 0 };
    for (int i = 0; i < 2 * DGM_MAX_FEATURES; i++) {
        snprintf(name, sizeof name, "f%d", i);
        see(&f, name);
    }
    assert_int_equal(f.n, DGM_MAX_FEATURES);
}

static void scores_are_sums_of_the_tables_weights(void **state)
{
    (void)state;
    char folder[64];
    dgm_linear *model = NULL;
    dgm_err err;
    dgm_complaints complaints = { 0 };
    write_table(folder, "feature\tweights\nbase\tyes=-1.00\nlemma attack\tyes=2.50 maybe=0.25\n");
    assert_int_equal(dgm_linear_load(folder, "model/x.tsv", answers, 2, &complaints, &model, &err),
                     DGM_OK);
    assert_int_equal(complaints.n, 0);
    dgm_features f = { .n = 0 };
    int32_t scores[2];
    see(&f, "base");
    dgm_feature_1(&f, "lemma", DGM_VIEW("attack"));
    see(&f, "never learned");
    dgm_linear_score(model, &f, scores);
    assert_int_equal(scores[0], 1500);
    assert_int_equal(scores[1], 250);
    assert_true(dgm_likelihood(0) == 0.5);
    dgm_features named = { .n = 0 };
    assert_true(dgm_features_name(&named, arena));
    see(&named, "base");
    dgm_feature_1(&named, "lemma", DGM_VIEW("attack"));
    dgm_view why = dgm_linear_reasons(model, &named, 0, arena);
    assert_true(dgm_view_eq(why, DGM_VIEW("lemma attack +2.50, base -1.00")));
    dgm_linear_free(model);
}

static void wrong_weights_are_named_by_their_line(void **state)
{
    (void)state;
    static const char *const bad[] = { "base\tno=1.0\n", "base\tyes=x\n", "base\tyes\n",
                                       "base\tyes=1e9\n" };
    for (size_t i = 0; i < DGM_LEN(bad); i++) {
        char folder[64], text[64];
        dgm_linear *model = NULL;
        dgm_err err;
        dgm_complaints complaints = { 0 };
        snprintf(text, sizeof text, "feature\tweights\n%s", bad[i]);
        write_table(folder, text);
        assert_int_equal(
            dgm_linear_load(folder, "model/x.tsv", answers, 2, &complaints, &model, &err), DGM_OK);
        assert_int_equal(complaints.n, 1);
        dgm_linear_free(model);
    }
}

static void write_compiled(const char *folder, const dgm_buffer *bytes, size_t n)
{
    char path[160];
    snprintf(path, sizeof path, "%s/model/x.compiled", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes->p, 1, n, out), n);
    fclose(out);
}

/* Both scores of "base" by the table in the folder. -> complaints */
static size_t score_base(const char *folder, const char *const names[2], int32_t scores[2])
{
    dgm_linear *model = NULL;
    dgm_complaints complaints = { 0 };
    dgm_features f = { .n = 0 };
    assert_int_equal(dgm_linear_load(folder, "model/x.tsv", names, 2, &complaints, &model, NULL),
                     DGM_OK);
    see(&f, "base");
    see(&f, "never learned");
    dgm_linear_score(model, &f, scores);
    dgm_linear_free(model);
    return complaints.n;
}

/* The one for "yes". */
static int32_t score_of_base(const char *folder, size_t n_complaints)
{
    int32_t scores[2];
    assert_int_equal(score_base(folder, answers, scores), n_complaints);
    return scores[0];
}

/* Compiles one table, and makes the file say that it is of another. */
static void forge(char folder[64], const char *says, const char *other, dgm_buffer *bytes)
{
    dgm_complaints complaints = { 0 };
    write_table(folder, says);
    assert_int_equal(
        dgm_linear_compile(folder, "model/x.tsv", answers, 2, &complaints, bytes, NULL), DGM_OK);
    assert_int_equal(complaints.n, 0);
    write_table(folder, other);
    dgm_table_sum sum = dgm_table_sum_of((dgm_table_sum) { 0, 0 }, dgm_view_of(other));
    memcpy(bytes->p + offsetof(dgm_compiled_head, tables), &sum, sizeof sum);
    write_compiled(folder, bytes, bytes->n);
}

static const char compiled[] = "feature\tweights\nbase\tyes=-1.0 maybe=2\nlemma attack\tyes=2.5\n";
static const char given[] = "feature\tweights\nbase\tyes=3.0\n";

static void a_compiled_table_is_taken_until_the_text_is_edited(void **state)
{
    (void)state;
    char folder[64];
    dgm_buffer bytes = { 0 };
    forge(folder, compiled, given, &bytes);
    assert_int_equal(score_of_base(folder, 0), -1000);
    write_table(folder, "feature\tweights\nbase\tyes=4.0\n");
    assert_int_equal(score_of_base(folder, 0), 4000);
    write_table(folder, given);
    static const char *const turned[] = { "maybe", "yes" };
    int32_t scores[2];
    assert_int_equal(score_base(folder, turned, scores), 0);
    assert_int_equal(scores[1], 3000); /* other answers than it was compiled for */
    dgm_buffer_done(&bytes);
}

static void a_damaged_compiled_table_is_told_and_the_text_read(void **state)
{
    (void)state;
    char folder[64];
    dgm_buffer bytes = { 0 };
    forge(folder, compiled, given, &bytes);
    for (size_t i = 1; i < bytes.n; i += i < 80 ? 1 : 7) {
        bool other = (i >= 8 && i < 16) || (i >= 32 && i < 48); /* order, version, other tables */
        bytes.p[i] ^= 0x55;
        write_compiled(folder, &bytes, bytes.n);
        assert_int_equal(score_of_base(folder, other ? 0 : 1), 3000);
        bytes.p[i] ^= 0x55;
        write_compiled(folder, &bytes, i);
        assert_int_equal(score_of_base(folder, 1), 3000);
    }
    bytes.p[bytes.n - 2] ^= 0x40; /* a weight that no text may have */
    dgm_compiled_end(&bytes);
    write_compiled(folder, &bytes, bytes.n);
    assert_int_equal(score_of_base(folder, 1), 3000);
    bytes.p[bytes.n - 2] ^= 0x40;
    uint32_t random = 1;
    for (int round = 0; round < 400; round++) { /* under a right checksum it does no harm */
        random = random * 1664525u + 1013904223u;
        size_t at =
            sizeof(dgm_compiled_head) + (random >> 8) % (bytes.n - sizeof(dgm_compiled_head));
        char before = bytes.p[at];
        bytes.p[at] = (char)(random >> 24);
        dgm_compiled_end(&bytes);
        write_compiled(folder, &bytes, bytes.n);
        int32_t scores[2];
        (void)score_base(folder, answers, scores);
        bytes.p[at] = before;
    }
    dgm_buffer_done(&bytes);
}

static void a_folder_without_the_table_gives_no_model(void **state)
{
    (void)state;
    dgm_linear *model = NULL;
    dgm_err err;
    assert_int_equal(dgm_linear_load("/nowhere", "model/x.tsv", answers, 2, NULL, &model, &err),
                     DGM_OK);
    assert_null(model);
}

/* "good" is right nine times of ten, "bad" once; what is open teaches nothing. */
static dgm_cases *some_cases(void)
{
    dgm_cases *cases = dgm_cases_new();
    assert_non_null(cases);
    for (int i = 0; i < 400; i++) {
        dgm_features f = { .n = 0 };
        assert_true(dgm_features_name(&f, arena));
        see(&f, "base");
        see(&f, i % 2 ? "good" : "bad");
        dgm_case *it = dgm_cases_add(cases, &f);
        assert_non_null(it);
        it->right = (i % 2) != (i % 20 < 2);
        it->open = 2;
    }
    return cases;
}

static const dgm_training how = {
    .n_answers = 2, .n_rounds = 20, .rare = 2, .rate = 0.1, .l1 = 0.1, .l2 = 0.5, .n_threads = 2
};

static void training_finds_what_was_right(void **state)
{
    (void)state;
    dgm_cases *cases = some_cases();
    float *w = dgm_train_linear(cases, &how);
    assert_non_null(w);
    double good = dgm_trained_score(cases, &cases->cases.at[1], w, 2, 0);
    double bad = dgm_trained_score(cases, &cases->cases.at[0], w, 2, 0);
    assert_true(good > 1.0 && good < 3.5);
    assert_true(bad < -1.0 && bad > -3.5);
    assert_true(dgm_trained_score(cases, &cases->cases.at[0], w, 2, 1) == 0);
    free(w);
    dgm_cases_free(cases);
}

/* "weak" loses to "strong" as often as it beats "plain": by itself it is right half the time. */
static dgm_cases *some_contests(void)
{
    static const char *const rivals[2][2] = { { "weak", "strong" }, { "weak", "plain" } };
    dgm_cases *cases = dgm_cases_new();
    assert_non_null(cases);
    for (uint32_t i = 0; i < 400; i++) {
        dgm_features f = { .n = 0 };
        assert_true(dgm_features_name(&f, arena));
        see(&f, rivals[i / 2 % 2][i % 2]);
        dgm_case *it = dgm_cases_add(cases, &f);
        assert_non_null(it);
        it->right = i % 4 == 1 || i % 4 == 2;
        it->open = 2;
        it->contest = 1 + i / 2;
    }
    return cases;
}

static double score_of_weak(double rivalry)
{
    dgm_cases *cases = some_contests();
    dgm_training contest = how;
    contest.rivalry = rivalry;
    float *w = dgm_train_linear(cases, &contest);
    assert_non_null(w);
    double score = dgm_trained_score(cases, &cases->cases.at[0], w, 2, 0);
    free(w);
    dgm_cases_free(cases);
    return score;
}

static void rivals_are_weighed_against_each_other(void **state)
{
    (void)state;
    assert_true(fabs(score_of_weak(0)) < 0.2);
    assert_true(score_of_weak(10) > 0.8);
}

/* Of forty weak signs each stands by a right case somewhat more often than by a wrong one. */
static void add_weak(dgm_cases *cases, uint64_t *seed)
{
    char name[16];
    dgm_features f = { .n = 0 };
    uint32_t right = learn_draw(seed) & 1;
    assert_true(dgm_features_name(&f, arena));
    see(&f, "base");
    for (uint32_t k = 0; k < 40; k++) {
        snprintf(name, sizeof name, "sign %u", k);
        if (learn_draw(seed) % 100 < 40 + 20 * right)
            see(&f, name);
    }
    dgm_case *it = dgm_cases_add(cases, &f);
    assert_non_null(it);
    it->right = right;
    it->open = 2;
}

/* -> the mean loss over cases that were not learned from */
static double loss_on_others(double drop)
{
    enum { LEARNED = 100, OTHERS = 1000 };
    uint64_t seed = 7;
    double loss = 0;
    dgm_training some = how;
    dgm_cases *cases = dgm_cases_new();
    assert_non_null(cases);
    for (int i = 0; i < LEARNED + OTHERS; i++)
        add_weak(cases, &seed);
    cases->cases.n = LEARNED;
    some.drop = drop;
    float *w = dgm_train_linear(cases, &some);
    assert_non_null(w);
    for (int i = LEARNED; i < LEARNED + OTHERS; i++) {
        const dgm_case *it = &cases->cases.at[i];
        double score = dgm_trained_score(cases, it, w, 2, 0);
        loss += log1p(exp(it->right ? -score : score)) / OTHERS;
    }
    free(w);
    dgm_cases_free(cases);
    return loss;
}

static void weak_signs_are_weighed_with_more_care_where_some_are_dropped(void **state)
{
    (void)state;
    assert_true(loss_on_others(0.6) < loss_on_others(0) - 0.01);
    assert_true(loss_on_others(0.5) == loss_on_others(0.5));
}

static void the_same_cases_give_the_same_table(void **state)
{
    (void)state;
    char *text[2] = { NULL, NULL };
    for (int k = 0; k < 2; k++) {
        size_t n;
        dgm_cases *cases = some_cases();
        dgm_training threads = how;
        threads.n_threads = k ? 1 : 3;
        float *w = dgm_train_linear(cases, &threads);
        FILE *out = open_memstream(&text[k], &n);
        assert_true(dgm_linear_write(cases, w, answers, 2, 0.01, "# some cases\n", out));
        fclose(out);
        free(w);
        dgm_cases_free(cases);
    }
    assert_string_equal(text[0], text[1]);
    assert_non_null(strstr(text[0], "\ngood\tyes="));
    free(text[0]);
    free(text[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feature_counts_once),
        cmocka_unit_test(features_past_the_limit_are_left_out),
        cmocka_unit_test_setup_teardown(scores_are_sums_of_the_tables_weights, arena_begin,
                                        arena_end),
        cmocka_unit_test(wrong_weights_are_named_by_their_line),
        cmocka_unit_test(a_compiled_table_is_taken_until_the_text_is_edited),
        cmocka_unit_test(a_damaged_compiled_table_is_told_and_the_text_read),
        cmocka_unit_test(a_folder_without_the_table_gives_no_model),
        cmocka_unit_test_setup_teardown(training_finds_what_was_right, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(rivals_are_weighed_against_each_other, arena_begin,
                                        arena_end),
        cmocka_unit_test_setup_teardown(
            weak_signs_are_weighed_with_more_care_where_some_are_dropped, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(the_same_cases_give_the_same_table, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
