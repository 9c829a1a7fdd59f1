#include "syntax/model_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char path[] = "test_model_file.dgm";

static void check_section(dgm_view name, dgm_view expected)
{
    dgm_model_file *file;
    dgm_err err;
    assert_int_equal(dgm_model_file_open(path, &file, &err), DGM_OK);
    dgm_view found = dgm_model_file_section(file, name);
    assert_true(found.p != NULL && dgm_view_eq(found, expected));
    assert_true((uintptr_t)found.p % DGM_SECTION_ALIGN == 0);
    dgm_model_file_close(file);
}

static void a_section_is_replaced_and_the_others_are_kept(void **state)
{
    (void)state;
    dgm_err err;
    unlink(path);
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("parser"), DGM_VIEW("abc"), &err),
                     DGM_OK);
    assert_int_equal(
        dgm_model_file_replace(path, DGM_VIEW("segmenter"), DGM_VIEW("0123456789"), &err), DGM_OK);
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("parser"), DGM_VIEW("defgh"), &err),
                     DGM_OK);
    check_section(DGM_VIEW("parser"), DGM_VIEW("defgh"));
    check_section(DGM_VIEW("segmenter"), DGM_VIEW("0123456789"));
    unlink(path);
}

static void a_file_that_is_no_model_is_left_alone(void **state)
{
    (void)state;
    dgm_err err;
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("a letter that somebody wrote", f);
    fclose(f);
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("parser"), DGM_VIEW("abc"), &err),
                     DGM_EFORMAT);
    char *text;
    size_t n;
    assert_int_equal(dgm_file_read(path, 1000, &text, &n, &err), DGM_OK);
    assert_string_equal(text, "a letter that somebody wrote");
    free(text);
    unlink(path);
}

static void write_bytes(const char *to, const char *bytes, size_t n)
{
    FILE *f = fopen(to, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void a_file_that_is_not_that_of_its_checksum_is_refused(void **state)
{
    (void)state;
    static const char beside[] = "test_model_file.dgm.xxh";
    char *bytes, *sum;
    size_t n, n_sum;
    dgm_err err;
    dgm_model_file *file = NULL;
    unlink(path);
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("parser"), DGM_VIEW("abcdef"), &err),
                     DGM_OK);
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("names"), DGM_VIEW("ghi"), &err),
                     DGM_OK);
    assert_int_equal(dgm_file_read(path, 4096, &bytes, &n, &err), DGM_OK);
    assert_int_equal(dgm_file_read(beside, 4096, &sum, &n_sum, &err), DGM_OK);
    assert_int_equal(n_sum, 32 + strlen("  test_model_file.dgm\n")); /* one line, as xxhsum's */
    for (size_t bit = 0; bit < n * 8; bit++) {
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        write_bytes(path, bytes, n);
        assert_int_equal(dgm_model_file_open(path, &file, &err), DGM_EFORMAT);
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_int_equal(dgm_model_file_replace(path, DGM_VIEW("names"), DGM_VIEW("x"), &err),
                     DGM_EFORMAT);
    write_bytes(path, bytes, n);
    char both[200]; /* as while a file takes the place of another */
    int n_both = snprintf(both, sizeof both, "%032d  x\n%s", 0, sum);
    write_bytes(beside, both, (size_t)n_both);
    assert_int_equal(dgm_model_file_open(path, &file, &err), DGM_OK);
    dgm_model_file_close(file);
    unlink(beside);
    assert_int_equal(dgm_model_file_open(path, &file, &err), DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "test_model_file.dgm.xxh, is not next to it"));
    free(sum);
    free(bytes);
    unlink(path);
}

static void put_entry(char *p, const char *name, uint64_t offset, uint64_t size)
{
    memcpy(p, name, strlen(name));
    dgm_put_u64(p + 16, offset);
    dgm_put_u64(p + 24, size);
}

static void lying_tables_of_sections_are_refused(void **state)
{
    (void)state;
    static const struct {
        uint32_t version, n;
        const char *name[2];
        uint64_t offset[2], size[2];
        const char *message;
    } cases[] = {
        { 2, 0, { NULL }, { 0 }, { 0 }, "is a model file of version 2; this reads 1" },
        { 1, 5, { NULL }, { 0 }, { 0 }, "5 sections do not fit a file of 128 bytes" },
        { 1, 1, { "a" }, { 64 }, { 65 }, "section 1 needs 65 bytes from 64 on, the file has 128" },
        { 1,
          1,
          { "a" },
          { 64 },
          { UINT64_MAX },
          "section 1 needs 18446744073709551615 bytes from 64 on, the file has 128" },
        { 1, 1, { "a" }, { 65 }, { 1 }, "section 1 begins at 65, no multiple of 64" },
        { 1, 1, { "" }, { 64 }, { 1 }, "section 1 has no name" },
        { 1, 2, { "a", "a" }, { 64, 64 }, { 1, 1 }, "section \"a\" is there twice" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char bytes[128] = "DGMMODEL";
        dgm_put_u32(bytes + 8, cases[i].version);
        dgm_put_u32(bytes + 12, cases[i].n);
        for (uint32_t j = 0; j < 2 && cases[i].name[j]; j++)
            put_entry(bytes + 16 + 32 * j, cases[i].name[j], cases[i].offset[j], cases[i].size[j]);
        dgm_model_file *file = NULL;
        dgm_err err;
        assert_int_equal(dgm_model_file_over((dgm_view) { bytes, sizeof bytes }, "m", &file, &err),
                         DGM_EFORMAT);
        assert_string_equal(err.msg, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_is_replaced_and_the_others_are_kept),
        cmocka_unit_test(a_file_that_is_no_model_is_left_alone),
        cmocka_unit_test(a_file_that_is_not_that_of_its_checksum_is_refused),
        cmocka_unit_test(lying_tables_of_sections_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
