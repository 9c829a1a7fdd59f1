/* The trainer: its gradients against finite differences, and that a run is the same for any number
 * of threads. */
#include "syntax/train/net.h"
#include "syntax/train/train.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const dgm_net_config tiny = { .n_forms = 6,
                                     .dim_form = 5,
                                     .dim_affix = 4,
                                     .dim_ngram = 3,
                                     .hidden = 4,
                                     .n_layers = 2,
                                     .dim_tag = 5,
                                     .dim_arc = 4,
                                     .dim_rel = 3,
                                     .n_class = { 3, 4, 3, 2, 5 },
                                     .n_rel = 4,
                                     .n_treebanks = 2,
                                     .n_vectors = 2,
                                     .dim_vector = 3 };
static const uint8_t vector_rows[] = { 0xB9, 0x86, 0x2C, 0x8D }; /* 1 -2 3, 4 5 -6 */
static const float vector_scales[] = { 0.2f, 0.1f };
static const dgm_vectors vectors = { .rows = { vector_rows, (const char *)vector_scales, 2, 3 } };

/* Sentences of three and two words, with labels that leave some heads out. */
static bool raw; /* only teachers know what they are */
static dgm_batch_word words[5];
static uint32_t offset[] = { 0, 3, 5 };
static uint8_t treebank[] = { 1, 0 };
/* Teachers that are of equal mind on everything. */
static float soft_tags[5 * 17], soft_arc[3 * 4 + 2 * 3], soft_rel[5 * 4];
static const dgm_soft soft = { soft_tags, soft_arc, soft_rel };
static dgm_batch batch = { 5, 2, words, offset, treebank, NULL };

static void fill_even(float *p, size_t n, size_t cols)
{
    for (size_t i = 0; i < n; i++)
        p[i] = 1.0f / (float)cols;
}

static void fill_soft(void)
{
    size_t at = 0;
    for (size_t i = 0; i < 5; i++)
        for (int k = 0; k < N_HEADS; at += tiny.n_class[k++])
            fill_even(soft_tags + at, tiny.n_class[k], tiny.n_class[k]);
    assert_int_equal(at, DGM_LEN(soft_tags));
    fill_even(soft_arc, 12, 3);
    fill_even(soft_arc + 12, 6, 2);
    for (int d = 0; d < 3; d++)
        soft_arc[d * 4 + d + 1] = 0; /* no word heads itself */
    for (int d = 0; d < 2; d++)
        soft_arc[12 + d * 3 + d + 1] = 0;
    fill_even(soft_rel, DGM_LEN(soft_rel), 4);
}

static void fill_words(void)
{
    static const char *const forms[] = { "Troops", "shelled", "villages", "They", "left" };
    static const int32_t heads[] = { 2, 0, 2, 2, 0 };
    for (int i = 0; i < 5; i++) {
        dgm_word_features_of(dgm_view_of(forms[i]), &words[i].features);
        words[i].form = (uint32_t)i + 1;
        words[i].vector = i < 2 ? (uint32_t)i : DGM_NONE;
        words[i].head = heads[i];
        for (int k = 0; k < N_HEADS; k++)
            words[i].label[k] = raw || (i == 4 && k == HEAD_ENTITY) ? -1 : (i + k) % 2;
        words[i].raw = raw;
        words[i].rel = raw ? -1 : i % 4;
    }
    words[3].drop_affix = true;
    words[2].drop_ngram = true;
}

static double loss_of(dgm_net *net, dgm_work *work, const dgm_dropout *dropout)
{
    dgm_net_result result;
    dgm_net_run(net, work, &batch, dropout, true, false, 5, &result);
    return result.loss;
}

/* Which weights of a parameter are tried: of a table only rows that the batch touches. */
static size_t pick(const dgm_param *p, uint32_t i_param, uint64_t *state)
{
    size_t n = (size_t)p->rows * p->cols;
    const dgm_word_features *f = &words[dgm_random(state) % 2].features;
    size_t column = dgm_random(state) % p->cols;
    switch (i_param) {
    case P_AFFIX:
        return f->affix[dgm_random(state) % f->n_affixes] * (size_t)p->cols + column;
    case P_NGRAM:
        return f->ngram[dgm_random(state) % f->n_ngrams] * (size_t)p->cols + column;
    default:
        return dgm_random(state) % n;
    }
}

static void check_gradients(void)
{
    static const dgm_dropout dropout = { 0.2f, 0.2f, 0.2f, 0.2f };
    fill_words();
    dgm_net *net = dgm_net_new(&tiny, &vectors, 3);
    dgm_work *work = dgm_work_new(net, true), *plain = dgm_work_new(net, false);
    uint64_t state = 99;
    loss_of(net, work, &dropout);
    for (uint32_t i = 0; i < N_PARAMS; i++) {
        dgm_param *p = &net->params[i];
        for (int k = 0; p->w && k < 12; k++) {
            size_t at = pick(p, i, &state);
            float kept = p->w[at], step = 5e-3f;
            p->w[at] = kept + step;
            double above = loss_of(net, plain, &dropout);
            p->w[at] = kept - step;
            double below = loss_of(net, plain, &dropout);
            p->w[at] = kept;
            double measured = (above - below) / (2 * (double)step);
            double computed = (double)dgm_work_grad(work, i)[at];
            if (fabs(measured - computed) > 0.01 + 0.03 * fabs(measured))
                fail_msg("%s[%zu]: gradient %f, finite difference %f", p->name, at, computed,
                         measured);
        }
    }
    dgm_work_free(work);
    dgm_work_free(plain);
    dgm_net_free(net);
}

static void gradients_are_those_of_finite_differences(void **unused)
{
    (void)unused;
    check_gradients();
    fill_soft();
    batch.soft = &soft;
    check_gradients();
    batch.soft = NULL;
}

/* Of raw words only what teachers say is learned, and the gradients are of that. */
static void raw_words_are_learned_from_teachers(void **unused)
{
    static const dgm_dropout none = { 0 };
    (void)unused;
    raw = true;
    fill_words();
    dgm_net *net = dgm_net_new(&tiny, &vectors, 3);
    dgm_work *work = dgm_work_new(net, true);
    assert_true(loss_of(net, work, &none) == 0);
    for (uint32_t i = 0; i < N_PARAMS; i++)
        for (size_t k = 0; k < (size_t)net->params[i].rows * net->params[i].cols; k++)
            assert_true(dgm_work_grad(work, i)[k] == 0);
    fill_soft();
    batch.soft = &soft;
    assert_true(loss_of(net, work, &none) > 1);
    check_gradients();
    batch.soft = NULL;
    raw = false;
    dgm_work_free(work);
    dgm_net_free(net);
}

static const char conllu[] =
    "1\tTroops\ttroop\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tshelled\tshell\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n"
    "3\tBarda\tBarda\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tEntity=(1-place-new-nnnnn-cf1-1-sgl)\n"
    "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tleft\tleave\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n\n";

static void write_file(const char *path, const char *text, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, n, f), n);
    fclose(f);
}

static dgm_train_options options_of(const char *bank, const char *model, FILE *log)
{
    return (dgm_train_options) { .train = { bank },
                                 .dev = { bank },
                                 .n_train = 1,
                                 .n_dev = 1,
                                 .model = model,
                                 .epochs = 3,
                                 .n_threads = 1,
                                 .batch_words = 4,
                                 .seed = 7,
                                 .hidden = 8,
                                 .log = log };
}

static void train(const dgm_train_options *options)
{
    dgm_err err = { 0 };
    if (dgm_train_parser(options, &err) != DGM_OK)
        fail_msg("%s", err.msg);
}

/* The figures in the last line of the log. */
static void read_figures(FILE *log, char *out, size_t n)
{
    char line[256] = "";
    rewind(log);
    while (fgets(line, sizeof(line), log))
        ;
    const char *figures = strchr(line, '|');
    assert_non_null(figures);
    snprintf(out, n, "%s", figures);
}

static void a_run_begins_with_a_model(void **unused)
{
    (void)unused;
    char dir[] = "/tmp/dragoman-train-XXXXXX", bank[64], other[64], model[64];
    char before[256], after[256];
    dgm_err err = { 0 };
    FILE *first = tmpfile(), *second = tmpfile();
    assert_non_null(mkdtemp(dir));
    snprintf(bank, sizeof(bank), "%s/bank.conllu", dir);
    snprintf(other, sizeof(other), "%s/other.conllu", dir);
    snprintf(model, sizeof(model), "%s/one.dgm", dir);
    write_file(bank, conllu, sizeof(conllu) - 1);
    write_file(other, conllu, (size_t)(strstr(conllu, "\n\n") - conllu) + 2);
    dgm_train_options options = options_of(bank, model, first);
    options.epochs = 6;
    train(&options);
    read_figures(first, before, sizeof(before));
    options.start = model;
    options.epochs = 0;
    options.seed = 8;
    options.log = second;
    train(&options);
    read_figures(second, after, sizeof(after));
    assert_string_equal(before, after);
    options.train[0] = other; /* whose labels are others */
    assert_int_equal(dgm_train_parser(&options, &err), DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "from other treebanks"));
    fclose(first), fclose(second);
    unlink(bank), unlink(other), unlink(model), rmdir(dir);
}

static void the_number_of_threads_does_not_change_the_model(void **unused)
{
    (void)unused;
    char dir[] = "/tmp/dragoman-train-XXXXXX", bank[64], one[64], two[64];
    dgm_err err;
    FILE *log = tmpfile();
    assert_non_null(mkdtemp(dir));
    snprintf(bank, sizeof(bank), "%s/bank.conllu", dir);
    snprintf(one, sizeof(one), "%s/one.dgm", dir);
    snprintf(two, sizeof(two), "%s/two.dgm", dir);
    write_file(bank, conllu, sizeof(conllu) - 1);
    dgm_train_options options = options_of(bank, one, log);
    train(&options);
    options.model = two, options.n_threads = 2;
    train(&options);
    char *a, *b;
    size_t n_a, n_b;
    assert_int_equal(dgm_file_read(one, 1 << 28, &a, &n_a, &err), DGM_OK);
    assert_int_equal(dgm_file_read(two, 1 << 28, &b, &n_b, &err), DGM_OK);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(a, b, n_a);
    free(a), free(b);
    /* and one for tests is small */
    options.model = one, options.tiny = true;
    train(&options);
    assert_int_equal(dgm_file_read(one, 1 << 28, &a, &n_a, &err), DGM_OK);
    assert_true(n_a < 500000 && n_a < n_b / 4);
    free(a);
    fclose(log);
    unlink(bank), unlink(one), unlink(two), rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_those_of_finite_differences),
        cmocka_unit_test(raw_words_are_learned_from_teachers),
        cmocka_unit_test(a_run_begins_with_a_model),
        cmocka_unit_test(the_number_of_threads_does_not_change_the_model),
    };
    return cmocka_run_group_tests_name("train", tests, NULL, NULL);
}
