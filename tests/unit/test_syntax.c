/* The parser's parts: features, trees, lemmas, arithmetic, and a model file that is damaged. */
#include "syntax/bundle.h"
#include "syntax/lemma.h"
#include "syntax/model.h"
#include "syntax/product.h"
#include "syntax/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* ---- trees ---------------------------------------------------------------------------------- */

static bool is_tree(const uint32_t *head, uint32_t n)
{
    uint32_t n_roots = 0;
    for (uint32_t d = 1; d <= n; d++) {
        uint32_t steps = 0, i = d;
        n_roots += head[d - 1] == 0;
        while (i && steps++ <= n)
            i = head[i - 1];
        if (i)
            return false;
    }
    return n_roots == 1;
}

static double total(const float *score, const uint32_t *head, uint32_t n)
{
    double sum = 0;
    for (uint32_t d = 0; d < n; d++)
        sum += (double)score[d * (n + 1) + head[d]];
    return sum;
}

/* The best of all trees over n words, by trying every assignment of heads. */
static double best_by_trying(const float *score, uint32_t n)
{
    uint32_t head[5] = { 0 };
    double best = -1e30;
    uint32_t n_cases = 1;
    for (uint32_t d = 0; d < n; d++)
        n_cases *= n + 1;
    for (uint32_t k = 0; k < n_cases; k++) {
        uint32_t rest = k;
        for (uint32_t d = 0; d < n; d++, rest /= n + 1)
            head[d] = rest % (n + 1);
        if (is_tree(head, n) && total(score, head, n) > best)
            best = total(score, head, n);
    }
    return best;
}

static void the_tree_is_the_best_of_all_trees(void **unused)
{
    (void)unused;
    dgm_tree_space *space = dgm_tree_space_new();
    uint32_t state = 7;
    for (uint32_t round = 0; round < 3000; round++) {
        uint32_t n = 1 + round % 5, head[5];
        float score[5 * 6];
        for (uint32_t i = 0; i < n * (n + 1); i++)
            score[i] = (float)(next_random(&state) % 1000) / 100.0f;
        assert_int_equal(dgm_tree_best(space, n, score, head), DGM_OK);
        assert_true(is_tree(head, n));
        assert_float_equal(total(score, head, n), best_by_trying(score, n), 1e-4);
    }
    dgm_tree_space_free(space);
}

static void a_long_sentence_gets_a_tree_whatever_the_scores(void **unused)
{
    (void)unused;
    enum { N = 300 };
    dgm_tree_space *space = dgm_tree_space_new();
    float *score = calloc(N * (N + 1), sizeof(*score));
    uint32_t head[N], state = 3;
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < N * (N + 1); i++)
            score[i] = round == 0 ? 0.0f : (float)(next_random(&state) % 64);
        assert_int_equal(dgm_tree_best(space, N, score, head), DGM_OK);
        assert_true(is_tree(head, N));
    }
    free(score);
    dgm_tree_space_free(space);
}

/* ---- lemmas --------------------------------------------------------------------------------- */

static void a_script_makes_the_lemma_it_was_learned_from(void **unused)
{
    (void)unused;
    static const struct {
        const char *form, *lemma, *other, *other_lemma;
    } cases[] = {
        { "talks", "talk", "Weapons", "weapon" },
        { "went", "go", "went", "go" },
        { "Turkey", "Turkey", "Baku", "Baku" },
        { "denied", "deny", "allied", "ally" },
        { "OBAMA", "Obama", "PUTIN", "Putin" },
        { "nato", "NATO", "un", "UN" },
        { "\xC3\x89lys\xC3\xA9\x65", "\xC3\x89lys\xC3\xA9\x65", "It", "It" },
    };
    dgm_arena *arena = dgm_arena_new();
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char script[DGM_MAX_SCRIPT];
        dgm_lemma_edit edit;
        dgm_view form = dgm_view_of(cases[i].form), other = dgm_view_of(cases[i].other);
        assert_true(dgm_lemma_script(form, dgm_view_of(cases[i].lemma), script));
        assert_true(dgm_lemma_parse(dgm_view_of(script), &edit));
        assert_string_equal(dgm_arena_copy(arena, dgm_lemma_apply(&edit, form, arena)).p,
                            cases[i].lemma);
        assert_string_equal(dgm_arena_copy(arena, dgm_lemma_apply(&edit, other, arena)).p,
                            cases[i].other_lemma);
    }
    dgm_arena_free(arena);
}

static void no_script_is_read_from_other_text(void **unused)
{
    (void)unused;
    static const char *const texts[] = { "",        "l",        "l,0,,0",   "x,0,,0,",
                                         "l,a,,0,", "l,99,,0,", "ll,0,,0,", ",,,," };
    dgm_lemma_edit edit;
    for (size_t i = 0; i < DGM_LEN(texts); i++)
        if (dgm_lemma_parse(dgm_view_of(texts[i]), &edit))
            fail_msg("\"%s\" was read as a script", texts[i]);
}

/* ---- forms ---------------------------------------------------------------------------------- */

static void typographic_variants_look_the_same(void **unused)
{
    (void)unused;
    static const char *const pairs[][2] = {
        { "\xE2\x80\x99s", "'s" },
        { "\xE2\x80\x9C", "\"" },
        { "``", "\"" },
        { "\xE2\x80\x94", "--" },
        { "well\xE2\x80\x91known", "well-known" },
    };
    for (size_t i = 0; i < DGM_LEN(pairs); i++) {
        dgm_word_features a, b;
        dgm_word_features_of(dgm_view_of(pairs[i][0]), &a);
        dgm_word_features_of(dgm_view_of(pairs[i][1]), &b);
        if (strcmp(pairs[i][0], "``") != 0)
            assert_true(dgm_view_eq((dgm_view) { a.key, a.key_n }, (dgm_view) { b.key, b.key_n }));
    }
}

static void no_form_leaves_the_tables(void **unused)
{
    (void)unused;
    char form[2000];
    uint32_t state = 11;
    for (uint32_t round = 0; round < 2000; round++) {
        size_t n = next_random(&state) % (round % 10 == 0 ? sizeof(form) : 30);
        for (size_t i = 0; i < n; i++)
            form[i] = (char)next_random(&state);
        dgm_word_features f;
        dgm_word_features_of((dgm_view) { form, n }, &f);
        assert_true(f.n_affixes <= DGM_N_AFFIXES && f.n_ngrams <= DGM_MAX_NGRAMS);
        assert_true(f.key_n <= sizeof(f.key));
        for (uint32_t i = 0; i < f.n_affixes; i++)
            assert_true(f.affix[i] < DGM_AFFIX_ROWS);
        for (uint32_t i = 0; i < f.n_ngrams; i++)
            assert_true(f.ngram[i] < DGM_NGRAM_ROWS);
    }
}

/* ---- arithmetic ----------------------------------------------------------------------------- */

static void halves_keep_three_digits(void **unused)
{
    (void)unused;
    static const float values[] = { 0,     1,      -1,      0.1f,     -0.333f, 3.14159f,
                                    1e-5f, -6e-8f, 1000.5f, 65504.0f, 1e9f };
    for (size_t i = 0; i < DGM_LEN(values); i++) {
        float v = values[i] > 65504.0f ? 65504.0f : values[i], size = v < 0 ? -v : v;
        assert_float_equal(dgm_half_value(dgm_half_of(values[i])), v, size * 5e-4f + 4e-8f);
    }
}

/* Every kernel that this machine has against plain C, which is the last of them. */
static void compare_kernels(const dgm_product *p, uint32_t n_rows, float *wide, float *plain)
{
    uint32_t n_kernels;
    const dgm_product_kernel *kernels = dgm_product_kernels(&n_kernels);
    size_t size = (size_t)n_rows * p->ldc * sizeof(*wide);
    dgm_product to_plain = *p, to_wide = *p;
    to_plain.c = plain, to_wide.c = wide;
    memset(plain, 0, size);
    kernels[n_kernels - 1].apply(&to_plain, n_rows);
    for (uint32_t i = 0; i + 1 < n_kernels; i++) {
        if (!kernels[i].is_there())
            continue;
        memset(wide, 0, size);
        kernels[i].apply(&to_wide, n_rows);
        assert_memory_equal(wide, plain, size);
    }
}

static void wide_and_plain_products_are_equal_to_the_bit(void **unused)
{
    (void)unused;
    static const uint32_t shapes[][3] = { { 1, 2, 1 },     { 3, 7, 17 },    { 4, 64, 16 },
                                          { 97, 200, 50 }, { 13, 400, 64 }, { 8, 66, 24 },
                                          { 31, 5, 120 },  { 200, 1, 47 },  { 15, 320, 640 } };
    uint32_t state = 5;
    for (size_t s = 0; s < DGM_LEN(shapes); s++) {
        uint32_t m = shapes[s][0], k = shapes[s][1], n = shapes[s][2], lda = k + s % 3;
        float *values = calloc((size_t)k * n, sizeof(*values));
        void *packed = aligned_alloc(DGM_MATRIX_ALIGN, (dgm_matrix_size(k, n) + 63) / 64 * 64);
        uint8_t *a = calloc((size_t)m * lda + DGM_MATRIX_ALIGN, sizeof(*a));
        float *bias = calloc(n, sizeof(*bias)), *scale = calloc(m, sizeof(*scale));
        float *wide = calloc((size_t)m * n, sizeof(*wide));
        float *plain = calloc((size_t)m * n, sizeof(*plain));
        for (uint32_t i = 0; i < k * n; i++)
            values[i] = (float)(next_random(&state) % 2001) / 1000.0f - 1.0f;
        for (uint32_t i = 0; i < m * lda; i++)
            a[i] = (uint8_t)(next_random(&state) % (2 * DGM_ACTIVATION_MOST + 1) + DGM_ZERO -
                             DGM_ACTIVATION_MOST);
        for (uint32_t i = 0; i < m; i++)
            scale[i] = 1.0f / (float)(100 + i);
        dgm_matrix w;
        dgm_matrix_pack(values, k, n, packed);
        assert_int_equal(dgm_matrix_over(&w, packed, k, n), DGM_OK);
        dgm_product p = { .w = &w, .a = a, .lda = lda, .ldc = n };
        compare_kernels(&p, m, wide, plain);
        p.scale = scale, p.bias = bias;
        compare_kernels(&p, m, wide, plain);
        dgm_matrix_apply(&w, a, lda, scale, m, bias, wide, n);
        assert_memory_equal(wide, plain, (size_t)m * n * sizeof(*wide));
        const float *rows[256]; /* the same bias by the row */
        for (uint32_t i = 0; i < m; i++)
            rows[i] = bias;
        p.scale = NULL;
        compare_kernels(&p, m, wide, plain);
        p.bias = NULL, p.rows = rows;
        dgm_matrix_add(&w, a, lda, m, rows, wide, n);
        assert_memory_equal(wide, plain, (size_t)m * n * sizeof(*wide));
        dgm_matrix_done(&w);
        free(values), free(packed), free(a), free(bias), free(scale), free(wide), free(plain);
    }
}

static void a_matrix_without_rows_or_columns_is_damaged(void **unused)
{
    (void)unused;
    _Alignas(DGM_MATRIX_ALIGN) char packed[4096] = { 0 };
    dgm_matrix w;
    assert_int_equal(dgm_matrix_over(&w, packed, 4, 0), DGM_EFORMAT);
    assert_int_equal(dgm_matrix_over(&w, packed, 0, 4), DGM_EFORMAT);
}

static void wide_and_plain_cells_are_equal_to_the_bit(void **unused)
{
    (void)unused;
    enum { MOST = 75 };
    uint32_t n_kernels, state = 9;
    const dgm_product_kernel *kernels = dgm_product_kernels(&n_kernels);
    float gates[4 * MOST], c[2][MOST];
    uint8_t h[2][MOST];
    for (uint32_t n = 1; n <= MOST; n++) {
        for (uint32_t i = 0; i < 4 * n; i++)
            gates[i] = (float)(next_random(&state) % 200001) / 5000.0f - 20.0f;
        for (uint32_t k = 0; k + 1 < n_kernels; k++) {
            if (!kernels[k].is_there())
                continue;
            for (uint32_t i = 0; i < n; i++)
                c[0][i] = c[1][i] = (float)i / 8.0f - 3.0f;
            kernels[k].cell(gates, c[0], h[0], n);
            kernels[n_kernels - 1].cell(gates, c[1], h[1], n);
            assert_memory_equal(c[0], c[1], n * sizeof(c[0][0]));
            assert_memory_equal(h[0], h[1], n * sizeof(h[0][0]));
        }
    }
}

static void the_cell_of_an_lstm_stays_in_bounds(void **unused)
{
    (void)unused;
    float gates[4 * 8], c[8] = { 0 };
    uint8_t h[8];
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 32; i++)
            gates[i] = round % 2 ? 1e9f : -40.0f;
        dgm_product_best()->cell(gates, c, h, 8);
        for (int i = 0; i < 8; i++)
            assert_in_range(h[i], DGM_ZERO - DGM_ACTIVATION_MOST, DGM_ZERO + DGM_ACTIVATION_MOST);
    }
}

/* ---- names ---------------------------------------------------------------------------------- */

static void entity_tags_keep_type_and_place(void **unused)
{
    (void)unused;
    for (int type = 0; type < DGM_N_ENTITY_TYPES; type++)
        for (int at = DGM_BILU_B; at <= DGM_BILU_U; at++) {
            uint8_t tag = dgm_entity_tag((dgm_entity_type)type, (dgm_bilu)at);
            assert_int_equal(dgm_entity_tag_type(tag), type);
            assert_int_equal(dgm_entity_tag_bilu(tag), at);
        }
    assert_int_equal(dgm_entity_type_of(DGM_VIEW("place")), DGM_TYPE_PLACE);
    assert_int_equal(dgm_entity_type_of(DGM_VIEW("planet")), DGM_N_ENTITY_TYPES);
}

/* ---- the model file ------------------------------------------------------------------------- */

static dgm_status read_model(char *path, size_t size, char **bytes, size_t *n)
{
    const char *tables = getenv("DRAGOMAN_TABLES");
    dgm_err err;
    snprintf(path, size, "%s/model/english.dgm", tables ? tables : "data");
    return dgm_file_read(path, 1 << 28, bytes, n, &err);
}

static void a_damaged_model_gives_a_message(void **unused)
{
    (void)unused;
    char path[4096], *bytes;
    size_t n;
    uint32_t state = 17;
    if (read_model(path, sizeof(path), &bytes, &n) != DGM_OK)
        skip();
    dgm_model_file *file;
    dgm_err err = { 0 };
    assert_int_equal(dgm_model_file_open(path, &file, &err), DGM_OK);
    dgm_view section = dgm_model_file_section(file, DGM_VIEW("parser"));
    char *copy = aligned_alloc(64, (section.n + 63) / 64 * 64);
    for (uint32_t round = 0; round < 60; round++) {
        memcpy(copy, section.p, section.n);
        size_t length = round < 20 ? next_random(&state) % section.n : section.n;
        for (uint32_t i = 0; round >= 20 && i < 3; i++)
            copy[next_random(&state) % 4000] = (char)next_random(&state);
        dgm_network *net = NULL;
        err = (dgm_err) { 0 };
        dgm_status status = dgm_network_load((dgm_view) { copy, length }, path, &net, &err);
        if (status == DGM_OK) /* what was hit does not matter, as the spare bytes of a name */
            dgm_network_free(net);
        else
            assert_true(err.msg[0] != '\0');
    }
    free(copy);
    dgm_model_file_close(file);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_the_best_of_all_trees),
        cmocka_unit_test(a_long_sentence_gets_a_tree_whatever_the_scores),
        cmocka_unit_test(a_script_makes_the_lemma_it_was_learned_from),
        cmocka_unit_test(no_script_is_read_from_other_text),
        cmocka_unit_test(typographic_variants_look_the_same),
        cmocka_unit_test(no_form_leaves_the_tables),
        cmocka_unit_test(halves_keep_three_digits),
        cmocka_unit_test(wide_and_plain_products_are_equal_to_the_bit),
        cmocka_unit_test(a_matrix_without_rows_or_columns_is_damaged),
        cmocka_unit_test(wide_and_plain_cells_are_equal_to_the_bit),
        cmocka_unit_test(the_cell_of_an_lstm_stays_in_bounds),
        cmocka_unit_test(entity_tags_keep_type_and_place),
        cmocka_unit_test(a_damaged_model_gives_a_message),
    };
    return cmocka_run_group_tests_name("syntax", tests, NULL, NULL);
}
