#include "syntax/model_file.h"
#include "syntax/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The model that is shipped; without one the tests of what it learned are skipped. */
typedef struct {
    dgm_model_file *file;
    dgm_segmenter *seg;
    dgm_arena *arena;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    char path[4096];
    const char *dir = getenv("DRAGOMAN_TABLES");
    f = (fixture) { .arena = dgm_arena_new() };
    snprintf(path, sizeof path, "%s/model/english.dgm", dir ? dir : "data");
    *state = &f;
    if (dgm_model_file_open(path, &f.file, NULL) != DGM_OK)
        return 0;
    dgm_view section = dgm_model_file_section(f.file, DGM_VIEW("segmenter"));
    return section.p && dgm_segmenter_load(section, &f.seg, NULL) != DGM_OK;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dgm_arena_free(f->arena);
    dgm_segmenter_free(f->seg);
    dgm_model_file_close(f->file);
    return 0;
}

static dgm_document segmented(fixture *f, dgm_view text)
{
    dgm_document doc;
    dgm_arena_reset(f->arena);
    dgm_document_init(&doc, f->arena);
    doc.text = text;
    if (!f->seg)
        skip();
    assert_int_equal(dgm_segmenter_run(f->seg, &doc, NULL), DGM_OK);
    return doc;
}

/* Words apart by spaces, sentences by " | ", paragraphs by " || ". */
static const char *words_of(fixture *f, const char *text)
{
    static char out[4000];
    size_t n = 0;
    dgm_document doc = segmented(f, dgm_view_of(text));
    out[0] = '\0';
    for (uint32_t i = 0; i < doc.sentences.n; i++) {
        const dgm_sentence *s = &doc.sentences.at[i];
        if (i > 0)
            n += (size_t)snprintf(out + n, sizeof out - n, s->begins_paragraph ? " || " : " | ");
        for (uint32_t j = 1; j <= s->n_words; j++)
            n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", j > 1 ? " " : "",
                                  DGM_FMT(s->words[j].form));
    }
    return out;
}

typedef struct {
    const char *text, *words;
} example;

static void check(void **state, const example *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_string_equal(words_of(*state, cases[i].text), cases[i].words);
}

static void words_are_those_of_the_treebanks(void **state)
{
    static const example cases[] = {
        { "They don't say it's the envoy's.", "They do n't say it 's the envoy 's ." },
        { "She cannot come.", "She can not come ." },
        { "The workers' union left.", "The workers ' union left ." },
        { "A well-known pro-Russian group re-entered.",
          "A well - known pro-Russian group re-entered ." },
        { "It paid $2.5 million (3.2%).", "It paid $ 2.5 million ( 3.2 % ) ." },
        { "The G7, M23 and P-8 were there.", "The G7 , M23 and P - 8 were there ." },
        { "See www.example.org/a-b.html.", "See www.example.org/a-b.html ." },
        { "Write to me@example.org, now.", "Write to me@example.org , now ." },
        { "\xE2\x80\x9CWe\xE2\x80\x99ll go,\xE2\x80\x9D he said.",
          "\xE2\x80\x9C We \xE2\x80\x99ll go , \xE2\x80\x9D he said ." },
        { "O'Brien spoke.", "O'Brien spoke ." },
        { "\"[W]e left.\"", "\" [W]e left . \"" },
    };
    check(state, cases, DGM_LEN(cases));
}

static void abbreviations_and_initials_end_no_sentence(void **state)
{
    static const example cases[] = {
        { "Gen. Ali met J.M. Haddad in St. Omer.", "Gen. Ali met J.M. Haddad in St. Omer ." },
        { "The U.S. Navy left on Oct. 5.", "The U.S. Navy left on Oct. 5 ." },
        { "It fell at 3 a.m. Monday.", "It fell at 3 a.m. Monday ." },
        { "They left the U.N. The council met.", "They left the U.N. | The council met ." },
        { "Acme Corp. said so.", "Acme Corp. said so ." },
        { "It breaks Art. 5 and No. 7.", "It breaks Art. 5 and No. 7 ." },
    };
    check(state, cases, DGM_LEN(cases));
}

static void a_closing_quotation_mark_belongs_to_the_sentence_before(void **state)
{
    static const example cases[] = {
        { "He said: \"We lost. They won.\" Then he left.",
          "He said : \" We lost . | They won . \" | Then he left ." },
        { "\"Is it over?\" she asked. \"No.\"", "\" Is it over ? \" she asked . | \" No . \"" },
    };
    check(state, cases, DGM_LEN(cases));
}

static void a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not(void **state)
{
    static const example cases[] = {
        { "Envoys meet again\n\nTalks went on.", "Envoys meet again || Talks went on ." },
        { "The talks that were to begin in the morning of the\n"
          "third day went on. They ended when nobody had come\n"
          "to any agreement.\nThe envoys left the city.\n",
          "The talks that were to begin in the morning of the third day went on . | They ended "
          "when "
          "nobody had come to any agreement . || The envoys left the city ." },
    };
    check(state, cases, DGM_LEN(cases));
}

static void a_dateline_is_a_sentence_of_its_own(void **state)
{
    static const example cases[] = {
        { "CAIRO, Oct. 2 (Agency) - The envoy left.",
          "CAIRO , Oct. 2 ( Agency ) - | The envoy left ." },
        { "HAMAS - which rules Gaza - said no.", "HAMAS - which rules Gaza - said no ." },
    };
    check(state, cases, DGM_LEN(cases));
}

static void titles_are_marked_as_headlines(void **state)
{
    dgm_document doc = segmented(*state, DGM_VIEW("Envoys meet again\n\nTalks went on."));
    assert_true(doc.sentences.at[0].headline);
    assert_false(doc.sentences.at[1].headline);
}

static void offsets_point_at_the_words(void **state)
{
    dgm_view text = DGM_VIEW("\xC3\x87"
                             "elik said\xC2\xA0it: \xE2\x80\x9C"
                             "don\xE2\x80\x99t.\xE2\x80\x9D");
    dgm_document doc = segmented(*state, text);
    const dgm_sentence *s = &doc.sentences.at[0];
    for (uint32_t j = 1; j <= s->n_words; j++) {
        const dgm_word *w = &s->words[j];
        assert_true(dgm_view_eq(dgm_view_slice(text, w->begin_byte, w->end_byte), w->form));
        assert_int_equal(w->begin, dgm_utf8_count(dgm_view_slice(text, 0, w->begin_byte)));
    }
    assert_int_equal(s->words[6].n_mwt, 2);
    assert_true(s->words[6].in_quotes);
    assert_false(s->words[1].in_quotes);
}

static void endless_runs_are_cut(void **state)
{
    enum { N = 100000 };
    char *text = malloc(N * 2);
    assert_non_null(text);
    memset(text, 'a', N);
    dgm_document doc = segmented(*state, (dgm_view) { text, N });
    for (uint32_t i = 0; i < doc.sentences.n; i++)
        for (uint32_t j = 1; j <= doc.sentences.at[i].n_words; j++)
            assert_in_range(doc.sentences.at[i].words[j].form.n, 1, DGM_MAX_TOKEN_LENGTH);
    for (size_t i = 0; i < N; i++) {
        text[2 * i] = 'a';
        text[2 * i + 1] = ' ';
    }
    doc = segmented(*state, (dgm_view) { text, N * 2 });
    for (uint32_t i = 0; i < doc.sentences.n; i++)
        assert_in_range(doc.sentences.at[i].n_words, 1, DGM_MAX_SENTENCE_WORDS);
    free(text);
}

static void a_segmenter_of_the_wrong_size_is_refused(void **state)
{
    (void)state;
    char bytes[64] = { 0 };
    dgm_segmenter *seg = NULL;
    dgm_err err;
    assert_int_equal(dgm_segmenter_load((dgm_view) { NULL, 0 }, &seg, &err), DGM_EFORMAT);
    assert_string_equal(err.msg,
                        "the model has no segmenter; `dragoman train segmenter` makes one");
    dgm_put_u32(bytes, 2);
    dgm_put_u32(bytes + 4, 8);
    dgm_put_u32(bytes + 8, 8);
    dgm_put_u32(bytes + 16, 17);
    dgm_put_u32(bytes + 20, UINT32_MAX);
    assert_int_equal(dgm_segmenter_load((dgm_view) { bytes, sizeof bytes }, &seg, &err),
                     DGM_EFORMAT);
    assert_null(seg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_those_of_the_treebanks),
        cmocka_unit_test(abbreviations_and_initials_end_no_sentence),
        cmocka_unit_test(a_closing_quotation_mark_belongs_to_the_sentence_before),
        cmocka_unit_test(a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not),
        cmocka_unit_test(a_dateline_is_a_sentence_of_its_own),
        cmocka_unit_test(titles_are_marked_as_headlines),
        cmocka_unit_test(offsets_point_at_the_words),
        cmocka_unit_test(endless_runs_are_cut),
        cmocka_unit_test(a_segmenter_of_the_wrong_size_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
