#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Columns apart by one space in the tests, for the eye; here they become TABs. */
static dgm_status read(dgm_document *doc, dgm_arena *arena, const char *text, dgm_view *rest,
                       dgm_err *err)
{
    dgm_view copy = dgm_arena_copy(arena, dgm_view_of(text));
    char *p = (char *)(uintptr_t)copy.p;
    bool comment = false;
    for (size_t i = 0; i < copy.n; i++) {
        if (i == 0 || p[i - 1] == '\n')
            comment = p[i] == '#';
        if (p[i] == ' ' && !comment)
            p[i] = '\t';
    }
    dgm_document_init(doc, arena);
    return dgm_document_from_conllu(doc, copy, rest, "x.conllu", err);
}

static void offsets_and_text_come_from_forms_and_spaces(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_err err;
    assert_int_equal(read(&doc, arena,
                          "# newdoc id = d1\n# date = 2020-10-02\n"
                          "1-2 We're _ _ _ _ _ _ _ _\n"
                          "1 We we PRON PRP _ 3 nsubj _ _\n"
                          "2 're be AUX VBP Mood=Ind|Tense=Pres 3 cop _ _\n"
                          "3 gl\xC3\xBC"
                          "cklich x ADJ JJ _ 0 root _ SpaceAfter=No\n"
                          "3.1 e e VERB _ _ _ _ _ _\n"
                          "4 . . PUNCT . _ 3 punct _ _\n\n"
                          "# newpar\n"
                          "1 So so ADV RB _ 0 root _ _\n",
                          NULL, &err),
                     DGM_OK);
    assert_string_equal(dgm_arena_copy(arena, doc.text).p, "We're gl\xC3\xBC"
                                                           "cklich.\n\nSo");
    assert_int_equal(doc.sentences.n, 2);
    assert_string_equal(doc.date, "2020-10-02");
    assert_true(dgm_view_eq(doc.id, DGM_VIEW("d1")));
    const dgm_word *w = doc.sentences.at[0].words;
    assert_int_equal(doc.sentences.at[0].n_words, 4);
    assert_int_equal(w[1].n_mwt, 2);
    assert_int_equal(w[1].end, 2);
    assert_int_equal(w[2].begin, 2);
    assert_int_equal(w[2].end, 5);
    assert_true(w[2].space_after);
    assert_false(w[1].space_after);
    assert_true(dgm_has_feat(&w[2], DGM_VIEW("Tense=Pres")));
    assert_int_equal(w[3].end, 15);
    assert_int_equal(w[3].end_byte, 16);
    assert_int_equal(w[3].feats.n, 0);
    assert_int_equal(doc.sentences.at[1].begin_byte, 19);
    assert_true(doc.sentences.at[1].begins_paragraph);
    dgm_arena_free(arena);
}

static void one_document_is_read_at_a_time(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_view rest;
    assert_int_equal(read(&doc, arena,
                          "# newdoc id = a\n1 A a X _ _ 0 root _ _\n\n"
                          "# sent_id = b-1\n# newdoc id = b\n1 B b X _ _ 0 root _ _\n\n",
                          &rest, NULL),
                     DGM_OK);
    assert_int_equal(doc.sentences.n, 1);
    assert_true(dgm_view_starts(rest, DGM_VIEW("# sent_id = b-1")));
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, rest, &rest, "x", NULL), DGM_OK);
    assert_true(dgm_view_eq(doc.id, DGM_VIEW("b")));
    assert_int_equal(rest.n, 0);
    dgm_arena_free(arena);
}

static void wrong_input_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "1 A a X _ _ 2 dep _ _\n2 B b X _ _ 1 dep _ _\n",
          "x.conllu:1: the heads above word 1 go in a circle" },
        { "1 A a X _ _ 31 root _ _\n", "x.conllu:1: head 31 of word 1 is past the last word, 1" },
        { "# c\n2 A a X _ _ 0 root _ _\n", "x.conllu:2: word 2 where 1 was expected" },
        { "1 A a NOUNS _ _ 0 root _ _\n", "x.conllu:1: this is no UPOS: \"NOUNS\"" },
        { "1 A a X _ _ 0 subject _ _\n", "x.conllu:1: this is no relation: \"subject\"" },
        { "1 A a X _ _ -1 root _ _\n", "x.conllu:1: the head is no word number: \"-1\"" },
        { "1 A a X _ _ 0 root\n", "x.conllu:1: a word has ten columns, not 8" },
        { "1 A  X _ _ 0 root _ _\n", "x.conllu:1: column 3 is empty" },
        { "1-3 AB _ _ _ _ _ _ _ _\n1 A a X _ _ 0 root _ _\n\n",
          "x.conllu:3: the sentence ends inside a multiword token" },
        { "2-3 AB _ _ _ _ _ _ _ _\n",
          "x.conllu:1: the range of a multiword token is not of the words that follow: \"2-3\"" },
        { "1 \xFF a X _ _ 0 root _ _\n", "x.conllu:1: this is not UTF-8" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        dgm_err err;
        char message[600];
        assert_int_not_equal(read(&doc, arena, cases[i].text, NULL, &err), DGM_OK);
        assert_string_equal(dgm_err_text(&err, message, sizeof message), cases[i].message);
        dgm_arena_free(arena);
    }
}

/* Words apart by spaces, `_` for no space after; words that must be in quotes in [brackets]. */
static void check_quotes(const char *words)
{
    dgm_arena *arena = dgm_arena_new();
    char conllu[4000];
    size_t n = 0;
    uint32_t id = 1;
    dgm_view rest = dgm_view_of(words), word;
    while (dgm_view_split(&rest, ' ', &word)) {
        if (dgm_view_eq(word, DGM_VIEW("|"))) {
            n += (size_t)snprintf(conllu + n, sizeof conllu - n, "\n");
            id = 1;
            continue;
        }
        bool glued = dgm_view_ends(word, DGM_VIEW("_"));
        word.n -= glued;
        n += (size_t)snprintf(conllu + n, sizeof conllu - n,
                              "%u\t%.*s\t_\tX\t_\t_\t0\troot\t_\t%s\n", id++, DGM_FMT(word),
                              glued ? "SpaceAfter=No" : "_");
    }
    dgm_document doc;
    dgm_err err;
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, (dgm_view) { conllu, n }, NULL, "x", &err),
                     DGM_OK);
    for (uint32_t i = 0; i < doc.sentences.n; i++)
        for (uint32_t j = 1; j <= doc.sentences.at[i].n_words; j++) {
            const dgm_word *w = &doc.sentences.at[i].words[j];
            bool upper = dgm_is_upper((unsigned char)w->form.p[0]);
            if (dgm_is_alpha((unsigned char)w->form.p[0]) && upper != w->in_quotes)
                fail_msg("in \"%s\" the word %.*s is %sin quotes", words, DGM_FMT(w->form),
                         w->in_quotes ? "" : "not ");
        }
    dgm_arena_free(arena);
}

static void words_between_quotation_marks_are_known(void **state)
{
    (void)state;
    /* Words in quotes are written with a capital. */
    check_quotes("he said \"_ COME HERE ._ \" | and left");
    check_quotes("\"_ COME ._ | GO ._ \" he said");
    check_quotes("the \xE2\x80\x9C_ TIME TO ACT_ \xE2\x80\x9D has come");
    check_quotes("the workers_ ' party said '_ NO WAY_ ' to it");
    check_quotes("he called it '_ THE WORKERS_ ' PARTY_ ' again");
    check_quotes("the \xE2\x80\x98_ DEAL_ \xE2\x80\x99 of the states_ \xE2\x80\x99 leaders");
    check_quotes("\"_ ISRAEL_ \"_ , he said ,_ \"_ IS ._ \"");
    check_quotes("a tube of 15_ \"_ . and more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_and_text_come_from_forms_and_spaces),
        cmocka_unit_test(one_document_is_read_at_a_time),
        cmocka_unit_test(wrong_input_is_refused_with_its_line),
        cmocka_unit_test(words_between_quotation_marks_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
