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
static const int8_t vector_bytes[] = { 10, -20, 30, 40, 50, -60 };
static const float vector_scales[] = { 0.02f, 0.01f };
static const dgm_vectors vectors = { .rows = { vector_bytes, (const char *)vector_scales, 2, 3 } };

/* Sentences of three and two words, with labels that leave some heads out. */
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
        words[i].rel = i % 4;
        for (int k = 0; k < N_HEADS; k++)
            words[i].label[k] = i == 4 && k == HEAD_ENTITY ? -1 : (i + k) % 2;
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

static const char conllu[] =
    "1\tTroops\ttroop\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tshelled\tshell\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n"
    "3\tBarda\tBarda\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tEntity=(1-place-new-nnnnn-cf1-1-sgl)\n"
    "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tleft\tleave\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n\n";

static void train_into(const char *bank, const char *model, uint32_t n_threads, bool tiny_net)
{
    dgm_err err = { 0 };
    FILE *log = tmpfile();
    dgm_train_options options = { .train = { bank },
                                  .dev = { bank },
                                  .n_train = 1,
                                  .n_dev = 1,
                                  .model = model,
                                  .epochs = 3,
                                  .n_threads = n_threads,
                                  .batch_words = 4,
                                  .seed = 7,
                                  .hidden = 8,
                                  .tiny = tiny_net,
                                  .log = log };
    dgm_status status = dgm_train_parser(&options, &err);
    if (status != DGM_OK)
        fail_msg("%s", err.msg);
    fclose(log);
}

static void the_number_of_threads_does_not_change_the_model(void **unused)
{
    (void)unused;
    char dir[] = "/tmp/dragoman-train-XXXXXX", bank[64], one[64], two[64];
    dgm_err err;
    assert_non_null(mkdtemp(dir));
    snprintf(bank, sizeof(bank), "%s/bank.conllu", dir);
    snprintf(one, sizeof(one), "%s/one.dgm", dir);
    snprintf(two, sizeof(two), "%s/two.dgm", dir);
    FILE *f = fopen(bank, "wb");
    assert_non_null(f);
    fwrite(conllu, 1, sizeof(conllu) - 1, f);
    fclose(f);
    train_into(bank, one, 1, false);
    train_into(bank, two, 2, false);
    char *a, *b;
    size_t n_a, n_b;
    assert_int_equal(dgm_file_read(one, 1 << 28, &a, &n_a, &err), DGM_OK);
    assert_int_equal(dgm_file_read(two, 1 << 28, &b, &n_b, &err), DGM_OK);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(a, b, n_a);
    free(a), free(b);
    /* and one for tests is small */
    train_into(bank, one, 1, true);
    assert_int_equal(dgm_file_read(one, 1 << 28, &a, &n_a, &err), DGM_OK);
    assert_true(n_a < 500000 && n_a < n_b / 4);
    free(a);
    unlink(bank), unlink(one), unlink(two), rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_those_of_finite_differences),
        cmocka_unit_test(the_number_of_threads_does_not_change_the_model),
    };
    return cmocka_run_group_tests_name("train", tests, NULL, NULL);
}
