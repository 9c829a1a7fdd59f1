/* Which stories are left out as not English. The stories of tests/language were written for this:
 * thirty terse bulletins full of foreign names, reports with a long quotation in another language
 * (both to be kept), and stories in twelve other languages, short and long (to be left out). */
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    uint32_t n_english, n_foreign;        /* that were left out */
    uint32_t n_short, n_long, n_misnamed; /* of the foreign ones */
    char english[400];                    /* ids, for the message */
} counts;

static bool starts(const dgm_document *doc, const char *prefix)
{
    return dgm_view_starts(doc->id, dgm_view_of(prefix));
}

static bool is_english(const dgm_document *doc)
{
    return starts(doc, "terse-") || starts(doc, "quotation-");
}

static void tell(void *context, const dgm_document *doc, const char *language)
{
    counts *c = context;
    if (is_english(doc)) {
        size_t n = strlen(c->english);
        snprintf(c->english + n, sizeof c->english - n, "%.*s (%s) ", DGM_FMT(doc->id), language);
        c->n_english++;
        return;
    }
    c->n_foreign++;
    c->n_long += starts(doc, "long-");
    c->n_short += !starts(doc, "long-");
    c->n_misnamed += !starts(doc, "long-") && !starts(doc, language);
}

static void read_stories(dgm_reader_options *options, counts *c, uint32_t *n_kept)
{
    char path[4096];
    dgm_complaints complaints = { 0 };
    dgm_left_out left_out = { .tell = tell, .context = c };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    *n_kept = 0;
    options->default_date = "2020-10-02";
    options->complaints = &complaints;
    options->left_out = &left_out;
    snprintf(path, sizeof path, "%s/../language/stories.jsonl", getenv("DRAGOMAN_TEST_TABLES"));
    assert_int_equal(dgm_reader_open(path, options, &reader, NULL), DGM_OK);
    while (dgm_reader_next(reader, arena, &doc, NULL) == DGM_OK)
        *n_kept += is_english(&doc);
    assert_int_equal(complaints.n, 0);
    assert_int_equal(left_out.n_foreign, c->n_english + c->n_foreign);
    dgm_reader_free(reader);
    dgm_arena_free(arena);
}

static void no_english_story_is_left_out(void **state)
{
    (void)state;
    counts c = { 0 };
    uint32_t n_kept;
    dgm_reader_options options = { .language = DGM_LANGUAGE_ENGLISH };
    read_stories(&options, &c, &n_kept);
    assert_string_equal(c.english, "");
    assert_int_equal(n_kept, 35);
}

static void stories_in_other_languages_are_left_out_and_named(void **state)
{
    (void)state;
    counts c = { 0 };
    uint32_t n_kept;
    dgm_reader_options options = { .language = DGM_LANGUAGE_ENGLISH };
    if (!dgm_language_is_guessed())
        skip(); /* then only other scripts are told */
    read_stories(&options, &c, &n_kept);
    print_message("%u of 30 short and %u of 3 long foreign stories left out, %u under another "
                  "language's name\n",
                  c.n_short, c.n_long, c.n_misnamed);
    assert_true(c.n_short >= 28);
    assert_int_equal(c.n_long, 3);
    assert_true(c.n_misnamed <= 2);
}

static void any_language_keeps_all(void **state)
{
    (void)state;
    counts c = { 0 };
    uint32_t n_kept;
    dgm_reader_options options = { .language = DGM_LANGUAGE_ANY };
    read_stories(&options, &c, &n_kept);
    assert_int_equal(c.n_english + c.n_foreign, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_english_story_is_left_out),
        cmocka_unit_test(stories_in_other_languages_are_left_out_and_named),
        cmocka_unit_test(any_language_keeps_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
