#include "document/paragraphs.h"
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

static void a_plain_word_ends_a_sentence_only_with_a_full_stop(void **state)
{
    static const example cases[] = {
        { "More than 60,000 Brazilians marched through Recife on Monday.",
          "More than 60,000 Brazilians marched through Recife on Monday ." },
        { "Some 60,000 Kenyans marched.", "Some 60,000 Kenyans marched ." },
        { "Rockets hit Kharkiv. The army replied. He left Tel Aviv.",
          "Rockets hit Kharkiv . | The army replied . | He left Tel Aviv ." },
        { "U.S. vice president JD Moss says that ships may pass.",
          "U.S. vice president JD Moss says that ships may pass ." },
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

/* The first word of each paragraph, apart by blanks. */
static const char *paragraphs_at(const char *text, uint32_t begin_column)
{
    static char out[400];
    size_t n = 0, begin, end;
    dgm_view v = dgm_view_of(text);
    dgm_paragraphs walk = dgm_paragraphs_of(v, begin_column);
    for (out[0] = '\0'; dgm_paragraphs_next(&walk, &begin, &end);) {
        dgm_view words = dgm_view_trim(dgm_view_slice(v, begin, end));
        size_t length = 0;
        while (length < words.n && !dgm_is_space((unsigned char)words.p[length]))
            length++;
        n +=
            (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", n ? " " : "", (int)length, words.p);
    }
    return out;
}

static void check_paragraphs(const example *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_string_equal(paragraphs_at(cases[i].text, 0), cases[i].words);
}

static void wrapped_lines_are_one_paragraph(void **state)
{
    (void)state;
    static const example cases[] = {
        { "The two sides met in the old customs house on the river, as\n"
          "Colonel Brandt had proposed. The guns fell silent at noon. It\n"
          "was the first quiet day since March.\n\n"
          "Nobody signed.",
          "The Nobody" }, /* 62 columns */
        { "ANKARA - The two sides met in the old customs house on the river, as Colonel Brandt had "
          "proposed to the envoys of\n"
          "Norway and Chad. The guns fell silent at noon, and for the first time since the month "
          "of "
          "March the markets of the\n"
          "Old Town were open.",
          "ANKARA" }, /* 115 */
        { "The two sides met in the old customs house on the river, as the colonel had proposed to "
          "the envoys of Norway and Chad before the guns fell\n"
          "silent.",
          "The" }, /* a single line break */
        { "    The two sides met in the old customs house by the\n"
          "    river. Colonel Brandt had proposed it. The guns\n"
          "    Norway had sold fell silent.\n    \n    Nobody signed.",
          "The Nobody" }, /* indented, as from a README */
        { "The two sides met in the old customs house by the\r\n"
          "river. Colonel Brandt had proposed it. The guns of\r\n"
          "Norway fell silent.\r\n\r\nNobody signed.\r\n",
          "The Nobody" },
        { "The talks that were held in the customs house\n"
          "- the first since March - ended. They must go\n"
          "on. In the capital nobody had signed by April\n"
          "3. The guns fell silent at noon.",
          "The" }, /* a dash and a number at the margin */
        { "The army shelled the town all night and at dawn.\n"
          "Nobody fled. The rebels had left the eastern end\n"
          "of it. Their general denied that he had ordered\n"
          "anything.",
          "The" }, /* a sentence ends with a line */
        { "The communique is kept at this address by the staff:\n"
          "http://www.example.org/archive/of/communiques/1998/04/11/index.html\n"
          "is where the envoys read it. None of the people who\n"
          "were there objected to it.",
          "The" },
        { "The two sides met in the custom house of the well-\n"
          "known port. Colonel Brandt had proposed it and the\n"
          "guns fell silent.",
          "The" },
    };
    check_paragraphs(cases, DGM_LEN(cases));
}

static void wrapped_paragraphs_are_kept_apart(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Envoys meet in the customs house\n"
          "The two sides met in the old customs house by the\n"
          "river. Colonel Brandt had proposed it.\n"
          "Norway had sent its foreign minister, who left the\n"
          "hall at noon.\n"
          "Chad had sent nobody.",
          "Envoys The Norway Chad" }, /* short last lines */
        { "Envoys meet in the customs house on the river\n"
          "ANKARA, May 3 - The two sides met in the old\n"
          "customs house. Colonel Brandt had proposed it.",
          "Envoys ANKARA," }, /* the title is full */
        { "  The two sides met in the old customs house by the\n"
          "river. Colonel Brandt had proposed it, and nobody did\n"
          "object. The guns of both sides fell silent by noon.\n"
          "  Norway had sent its foreign minister, who left the\n"
          "hall at noon.",
          "The Norway" }, /* indented first lines */
        { "The two sides met in the customs house and agreed on:\n"
          "- a truce of ten days along the whole of the river and\n"
          "in the hills;\n"
          "- an exchange of all the prisoners whom both sides\n"
          "hold.\n"
          "* Nobody signed it.",
          "The - - *" },
        { "The two sides met in the customs house by the river.\n"
          "1. They agreed on a truce of ten days along the whole\n"
          "of the river.\n"
          "2. Prisoners come home.",
          "The 1. 2." },
    };
    check_paragraphs(cases, DGM_LEN(cases));
}

static void each_line_is_a_paragraph_unless_lines_are_wrapped(void **state)
{
    (void)state;
    static const example cases[] = {
        { "The army attacked the eastern villages on Monday.\n"
          "Rebels denied that they had lost the market town.\n"
          "Envoys of both sides will meet on the river today.\n"
          "Nobody expects them to agree on the prisoners yet.",
          "The Rebels Envoys Nobody" }, /* one sentence a line, of like lengths */
        { "The army attacked the eastern villages on Monday, killing at least four people in a "
          "market "
          "and burning the town hall.\n"
          "\"We saw the smoke from the hills,\" said a farmer.\n"
          "The rebels denied that they had lost the town. They said the army had left it on "
          "Sunday.",
          "The \"We The" },
        { "Army attacks the villages in the east\n"
          "Rebels deny that they have lost the market town\n"
          "Envoys to meet on the river\n"
          "Prisoners come home after three years in the hills",
          "Army Rebels Envoys Prisoners" }, /* headlines */
        { "Envoys of both sides agree on truce along the river\n"
          "By our correspondent\n\n"
          "The two sides met in the customs house by the river and agreed on a truce of ten days.",
          "Envoys By The" },
        { "The river runs where once the soldiers stood,\n"
          "And all the bridges that they built are gone;\n"
          "No drum is heard\n"
          "Along the quiet wood,\n"
          "But over fields they burnt the wheat grows on.",
          "The And No Along But" }, /* a poem */
        { "Province       killed    wounded    missing\n"
          "Northern           12         40          3\n"
          "Southern            7         19          0\n"
          "Eastern           104        388         51",
          "Province Northern Southern Eastern" },
        { "rice from the provinces in the north\n"
          "wheat and barley from those along the great river\n"
          "salt\n"
          "horses of the hill people who live beyond it",
          "rice wheat salt horses" }, /* a list without marks */
        { "a b\nc d\n\n\n e\nf", "a c e f" },
        { "", "" },
        { "\n \n", "" },
    };
    check_paragraphs(cases, DGM_LEN(cases));
}

static void a_text_may_begin_in_the_middle_of_a_wrapped_line(void **state)
{
    (void)state;
    static const char text[] = "Envoys met in the customs house by\n"
                               "Brandt's mill. The guns that Norway had sold to\n"
                               "them fell silent at noon.";
    assert_string_equal(paragraphs_at(text, strlen("date 2020-10-02 ")), "Envoys");
    assert_string_equal(paragraphs_at(text, 0), "Envoys Brandt's"); /* a title */
}

/* Words, trees and layout must not show that a text was wrapped. */
static void wrapped_words_and_quotations_are_those_of_the_unwrapped_text(void **state)
{
    static const char plain[] =
        "Envoys meet again\n\nHe said: \"We left the well-known port at noon. Nobody had "
        "attacked it since March, and the people of Norway know it.\" Then he left.";
    char wrapped[sizeof plain];
    static const size_t breaks[] = { 60, 103 };
    memcpy(wrapped, plain, sizeof plain);
    for (size_t i = 0; i < DGM_LEN(breaks); i++) {
        size_t at = breaks[i];
        while (wrapped[at] != ' ')
            at--;
        wrapped[at] = '\n';
    }
    fixture *f = *state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document a, b = segmented(f, dgm_view_of(plain));
    dgm_document_init(&a, arena);
    a.text = dgm_view_of(wrapped);
    assert_int_equal(dgm_segmenter_run(f->seg, &a, NULL), DGM_OK);
    assert_int_equal(a.sentences.n, b.sentences.n);
    for (uint32_t i = 0; i < a.sentences.n; i++) {
        const dgm_sentence *s = &a.sentences.at[i], *t = &b.sentences.at[i];
        assert_int_equal(s->begins_paragraph, t->begins_paragraph);
        assert_int_equal(s->headline, t->headline);
        assert_int_equal(s->n_words, t->n_words);
        for (uint32_t j = 1; j <= s->n_words; j++) {
            assert_true(dgm_view_eq(s->words[j].form, t->words[j].form));
            assert_int_equal(s->words[j].begin, t->words[j].begin);
            assert_int_equal(s->words[j].space_after, t->words[j].space_after);
            assert_int_equal(s->words[j].in_quotes, t->words[j].in_quotes);
        }
    }
    dgm_arena_free(arena);
}

static void what_a_live_page_sets_before_a_paragraph_is_no_part_of_it(void **state)
{
    static const example cases[] = {
        { "10:45 Police fire tear gas in Lima.", "10:45 | Police fire tear gas in Lima ." },
        { "10:45am: Police fire tear gas.", "10:45 am : | Police fire tear gas ." },
        { "11.20 GMT - Troops leave the port.", "11.20 GMT - | Troops leave the port ." },
        { "UPDATE 12:05: Envoys call for talks.", "UPDATE 12:05 : | Envoys call for talks ." },
        { "LIVE: Protests in Lima", "LIVE : | Protests in Lima" },
        { "[10:45] Police fire tear gas.", "[ 10:45 ] | Police fire tear gas ." },
        { "(10:45 GMT) Police fire tear gas.", "( 10:45 GMT ) | Police fire tear gas ." },
        { "* 10:45 Police fire tear gas.", "* 10:45 | Police fire tear gas ." },
        { "- 10:45 | Police fire tear gas.", "- 10:45 | | Police fire tear gas ." },
        { "**10:45** Police fire tear gas.", "** 10:45 ** | Police fire tear gas ." },
        { "10h45: Police fire tear gas.", "10 h 45 : | Police fire tear gas ." },
        { "15 April, 9h05: Police fire tear gas.", "15 April , 9 h 05 : | Police fire tear gas ." },
        { "1045 GMT: Police fire tear gas.", "1045 GMT : | Police fire tear gas ." },
        { "Update 2: Police fire tear gas.", "Update 2 : | Police fire tear gas ." },
        { "[UPDATE] Police fire tear gas.", "[ UPDATE ] | Police fire tear gas ." },
        { "April 14, 10:45 GMT: Police fire tear gas.",
          "April 14 , 10:45 GMT : | Police fire tear gas ." },
        { "2025-04-14 10:45 Police fire tear gas.", "2025-04-14 10:45 | Police fire tear gas ." },
        { "Monday, 14 April 2025 at 10.45: Police fire tear gas.",
          "Monday , 14 April 2025 at 10.45 : | Police fire tear gas ." },
        { "At 10:45 Kenya voted.", "At 10:45 Kenya voted ." },
        { "Update 2 Kenyans", "Update 2 Kenyans" },
        { "At 10:45, police fired tear gas.", "At 10:45 , police fired tear gas ." },
        { "12 Kenyans were held.", "12 Kenyans were held ." },
        { "2.5 Million people fled.", "2.5 Million people fled ." },
        { "Kenya: Protests in Nairobi", "Kenya : Protests in Nairobi" },
        { "Watch Kenya", "Watch Kenya" },
    };
    check(state, cases, DGM_LEN(cases));
}

static void quoted_mail_is_read_without_its_marks(void **state)
{
    static const example cases[] = {
        { "Ann wrote:\n"
          "> The two sides met in the old customs house on the river, as\n"
          "> Colonel Brandt had proposed. The guns fell silent at noon. It\n"
          "> was the first quiet day since March.\n"
          ">> Nobody signed.\n"
          "> Ann left.\n"
          ">\n"
          "> Bob > Ann\n",
          "Ann wrote : || The two sides met in the old customs house on the river , as Colonel "
          "Brandt had proposed . | The guns fell silent at noon . | It was the first quiet day "
          "since March . || Nobody signed . || Ann left . || Bob > Ann" },
    };
    check(state, cases, DGM_LEN(cases));
}

static void a_dateline_is_a_sentence_of_its_own(void **state)
{
    static const example cases[] = {
        { "CAIRO, Oct. 2 (Agency) - The envoy left.",
          "CAIRO , Oct. 2 ( Agency ) - | The envoy left ." },
        { "PORT-AU-PRINCE, Haiti - The envoy left.",
          "PORT - AU - PRINCE , Haiti - | The envoy left ." },
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

/* Zero-width marks, marks of direction and soft hyphens: words are as they are seen, offsets are
 * those of the text as it stands. */
static void what_nobody_sees_is_no_part_of_a_word(void **state)
{
    static const example cases[] = {
        { "Tur\u200Bkey\u2060 att\u00ADacked\uFEFF Ar\u200Dme\u200Cnia.",
          "Turkey attacked Armenia ." },
        { "\u202ETurkey\u202C \u2066att\u200Eack\u200Fed\u2069\u200B.", "Turkey attacked ." },
        { "They do\u200Bn\u00AD't go.", "They do n't go ." },
        { "\U0001F468\u200D\U0001F469", "\U0001F468 \u200D \U0001F469" },
        { "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
          "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645" },
        { "\u200B\n\n\u2060\u00AD", "" },
    };
    check(state, cases, DGM_LEN(cases));
    dgm_view text = DGM_VIEW("\u200BTur\u00ADkey\u2060 did\u200Bn\u00AD't\u200B go.");
    dgm_document doc = segmented(*state, text);
    static const char *const parts[] = { "Tur\u00ADkey", "did", "n\u00AD't", "go", "." };
    const dgm_sentence *s = &doc.sentences.at[0];
    assert_int_equal(s->n_words, DGM_LEN(parts));
    for (uint32_t j = 1; j <= s->n_words; j++) {
        const dgm_word *w = &s->words[j];
        dgm_view part = dgm_view_slice(text, w->begin_byte, w->end_byte);
        assert_true(dgm_view_eq(part, dgm_view_of(parts[j - 1])));
        assert_int_equal(w->begin, dgm_utf8_count(dgm_view_slice(text, 0, w->begin_byte)));
        assert_int_equal(w->end, w->begin + dgm_utf8_count(part));
    }
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
        cmocka_unit_test(a_plain_word_ends_a_sentence_only_with_a_full_stop),
        cmocka_unit_test(a_closing_quotation_mark_belongs_to_the_sentence_before),
        cmocka_unit_test(a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not),
        cmocka_unit_test(wrapped_lines_are_one_paragraph),
        cmocka_unit_test(wrapped_paragraphs_are_kept_apart),
        cmocka_unit_test(each_line_is_a_paragraph_unless_lines_are_wrapped),
        cmocka_unit_test(a_text_may_begin_in_the_middle_of_a_wrapped_line),
        cmocka_unit_test(wrapped_words_and_quotations_are_those_of_the_unwrapped_text),
        cmocka_unit_test(a_dateline_is_a_sentence_of_its_own),
        cmocka_unit_test(what_a_live_page_sets_before_a_paragraph_is_no_part_of_it),
        cmocka_unit_test(quoted_mail_is_read_without_its_marks),
        cmocka_unit_test(titles_are_marked_as_headlines),
        cmocka_unit_test(offsets_point_at_the_words),
        cmocka_unit_test(what_nobody_sees_is_no_part_of_a_word),
        cmocka_unit_test(endless_runs_are_cut),
        cmocka_unit_test(a_segmenter_of_the_wrong_size_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
