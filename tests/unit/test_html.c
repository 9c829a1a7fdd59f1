/* Pages: which of their words are the story, and what they say of themselves. */
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIRST  "The ministry said on Friday that two patrols had crossed the northern border."
#define SECOND "A spokesman for the army denied it and asked for an inquiry by the mission."
#define THIRD  "Talks between the two sides are to be resumed in the capital next Monday."
#define FOURTH "The mission told reporters that it had seen nothing of the kind near the river."
#define NOTE   "Our letter brings you the best of the week, every Sunday, free of any charge."

/* The page is made of `head` and `body`; the story is in doc, or the test fails. */
static void read_page(const char *head, const char *body, dgm_arena *arena, dgm_document *doc)
{
    char page[8192];
    const dgm_reader_options options = { .date_optional = true, .format = DGM_INPUT_HTML };
    dgm_reader *reader = NULL;
    snprintf(page, sizeof page, "<!doctype html><html><head>%s</head><body>%s</body></html>", head,
             body);
    assert_int_equal(
        dgm_reader_open_memory(page, strlen(page), "page.html", &options, &reader, NULL), DGM_OK);
    if (dgm_reader_next(reader, arena, doc, NULL) != DGM_OK)
        fail_msg("there is no story on the page: %s", body);
    dgm_reader_free(reader);
}

static void check_text(const char *body, const char *text)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    read_page("", body, arena, &doc);
    if (!dgm_view_eq(doc.text, dgm_view_of(text)))
        fail_msg("of the page\n%s\nthe text is\n%.*s\nand not\n%s", body, (int)doc.text.n,
                 doc.text.p, text);
    dgm_arena_free(arena);
}

static void what_stands_beside_the_story_does_not_add_up(void **state)
{
    (void)state;
#define HALF "<p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p><p>" FOURTH "</p>"
    check_text("<div><div>" HALF HALF HALF "</div></div><div><div><p>" NOTE "</p></div></div>",
               FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH "\n\n" FIRST "\n\n" SECOND
                     "\n\n" THIRD "\n\n" FOURTH "\n\n" FIRST "\n\n" SECOND "\n\n" THIRD
                     "\n\n" FOURTH);
}

static void a_name_cuts_no_element_that_holds_most_of_the_prose(void **state)
{
    (void)state;
    static const char *const names[] = { "sidebar", "nav", "hidden", "widget", "share", "related" };
    char body[4096];
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        snprintf(body, sizeof body,
                 "<div class=\"%s\"><p>" FIRST "</p><p>" SECOND "</p></div>"
                 "<div class=\"%s\"><p>" NOTE "</p></div>",
                 names[i], names[i]);
        check_text(body, FIRST "\n\n" SECOND);
    }
    check_text("<div style=\"display:none\"><p>" FIRST "</p><p>" SECOND "</p></div>"
               "<div role=complementary><p>" NOTE "</p></div>",
               FIRST "\n\n" SECOND);
}

static void a_short_story_is_believed_where_it_is_declared(void **state)
{
    (void)state;
#define NOTES "<div><p>" NOTE NOTE NOTE NOTE NOTE "</p></div><div><p>" NOTE NOTE NOTE "</p></div>"
    static const char *const opening[] = { "div itemprop=articleBody", "div class=article-body",
                                           "div class=\"x entryContent\"",
                                           "section id=story__text" };
    char body[4096];
    for (size_t i = 0; i < DGM_LEN(opening); i++) {
        snprintf(body, sizeof body, NOTES "<%s><p>" FIRST "</p><p>" SECOND "</p></%.7s>",
                 opening[i], opening[i][0] == 'd' ? "div" : "section");
        check_text(body, FIRST "\n\n" SECOND);
    }
}

static void a_story_may_be_declared_in_pieces(void **state)
{
    (void)state;
    check_text("<article><div class=article-body><p>" FIRST "</p><p>" SECOND "</p></div>"
               "<div class=newsletter><p>" NOTE "</p></div>"
               "<div class=article-body><p>" THIRD "</p></div></article>",
               FIRST "\n\n" SECOND "\n\n" THIRD);
}

static void lists_and_headings_of_the_story_are_kept(void **state)
{
    (void)state;
    check_text("<article><h1>Patrols at the border</h1><p>" FIRST "</p><h2>What was agreed</h2>"
               "<ul><li>a ceasefire from Monday</li><li>an exchange of prisoners</li>"
               "<li><a href=/>More on the talks</a></li></ul><p>" SECOND "</p>"
               "<h3>Most read</h3><ul><li><a href=/1>Elections called</a></li></ul></article>",
               FIRST "\n\nWhat was agreed\n\na ceasefire from Monday\n\n"
                     "an exchange of prisoners\n\n" SECOND);
}

static void comments_and_consent_are_not_the_story_however_long(void **state)
{
    (void)state;
    check_text("<div class=cookie-consent><p>" NOTE NOTE NOTE NOTE "</p></div>"
               "<div><h1>Patrols</h1><p>" FIRST "</p><p>" SECOND "</p></div>"
               "<div id=comments><article class=comment-body><p>" THIRD THIRD THIRD
               "</p></article><article class=comment-body><p>" NOTE NOTE NOTE
               "</p></article></div>",
               FIRST "\n\n" SECOND);
    /* The story stands in what is called after its comments. */
    check_text("<div class=\"post comment-count\"><h1>Patrols</h1><p>" FIRST "</p><p>" SECOND
               "</p></div>",
               FIRST "\n\n" SECOND);
}

static void a_paragraph_may_be_full_of_links(void **state)
{
    (void)state;
    check_text("<div><p>" FIRST "</p><p>The envoy <a href=/1>met the minister in the capital</a>"
               " before the talks between both sides, which were <a href=/2>put off twice in the "
               "spring</a>.</p>"
               "<p><a href=/3>" NOTE "</a></p></div>",
               FIRST "\n\nThe envoy met the minister in the capital before the talks between both "
                     "sides, which were put off "
                     "twice in the spring.");
}

static void a_lede_stands_between_heading_and_story(void **state)
{
    (void)state;
    check_text("<p>" NOTE "</p><h1>Patrols</h1><div class=intro>" FIRST "</div><p>By Jane Roe</p>"
               "<div class=article-body><p>" SECOND "</p><p>" THIRD "</p></div>",
               FIRST "\n\n" SECOND "\n\n" THIRD);
}

static void an_unbreakable_blank_is_a_blank(void **state)
{
    (void)state;
    check_text("<div><p>\u00a0" FIRST "\u00a0</p><p>" SECOND "&nbsp;\u200b</p></div>",
               FIRST "\n\n" SECOND);
}

static void a_byline_is_no_sentence_but_a_sentence_may_open_like_one(void **state)
{
    (void)state;
    check_text("<article><p>" FIRST "</p><p>By Jane Roe and John Doe, the capital</p>"
               "<p>By Jane Roe on Monday, November 18th, 2019 at 11:08 a.m.</p>"
               "<p>By 2020 the army had left the valley and the towns beside it.</p></article>",
               FIRST "\n\nBy 2020 the army had left the valley and the towns beside it.");
}

/* Reads a page with the story, `head` and `shown` below its heading, as record of an archive of
 * 2 October 2020 where `url` is not NULL. */
static void read_dated(const char *head, const char *shown, const char *url, dgm_arena *arena,
                       dgm_document *doc)
{
    char page[4096], record[8192];
    const dgm_reader_options options = { .date_optional = true };
    dgm_reader *reader = NULL;
    snprintf(page, sizeof page,
             "<!doctype html><html><head>%s</head><body><p>Saturday, 3 October 2020</p>"
             "<h1>Patrols</h1>%s<p>" FIRST "</p><p>" SECOND " It began on 7 May 1999.</p>",
             head, shown);
    snprintf(record, sizeof record,
             "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n"
             "WARC-Date: 2020-10-02T10:00:00Z\r\nContent-Type: text/html\r\n"
             "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
             url ? url : "", strlen(page), page);
    const char *bytes = url ? record : page;
    assert_int_equal(dgm_reader_open_memory(bytes, strlen(bytes), "page", &options, &reader, NULL),
                     DGM_OK);
    assert_int_equal(dgm_reader_next(reader, arena, doc, NULL), DGM_OK);
    dgm_reader_free(reader);
}

static void a_day_is_the_surest_that_can_be_believed(void **state)
{
    (void)state;
#define NEWS(fields)                                                                               \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"," fields "}</script>"
    static const struct {
        const char *head, *shown, *url, *date, *basis;
    } cases[] = {
        { NEWS("\"datePublished\":\"2020-09-30T08:00Z\""), "Posted 1 May 2019", "http://a.example/",
          "2020-09-30", "metadata" },
        /* No date of a real page. */
        { NEWS("\"datePublished\":\"0001-01-01T00:00:00Z\"") "<meta name=pubdate "
                                                             "content=2020-09-29>",
          "", "http://a.example/", "2020-09-29", "metadata" },
        { NEWS("\"datePublished\":\"1799-12-31\""), "", "http://a.example/", "2020-10-03",
          "visible" },
        { NEWS("\"datePublished\":\"1970-01-01\""), "<time>28 September 2020</time>",
          "http://a.example/", "2020-09-28", "visible" },
        /* Later than the archive, whose clock may be a day behind. */
        { NEWS("\"datePublished\":\"2020-10-04\""), "", "http://a.example/2020/sep/18/b",
          "2020-09-18", "address" },
        { NEWS("\"datePublished\":\"2020-10-03\""), "", "http://a.example/", "2020-10-03",
          "metadata" },
        { "", "<div>on December 29, 2014 at 8:05 pm</div>", "http://a.example/", "2014-12-29",
          "visible" },
        { "", "<div>on December 29, 2014 at 8:05 pm</div>", "http://a.example/2014/12/28/b",
          "2014-12-28", "address" },
        { "", "", "http://a.example/news/20200917/b", "2020-09-17", "address" },
        { "", "", "http://a.example/2020-9-7-b", "2020-09-07", "address" },
        { "", "", "http://a.example/b202009171", "2020-10-03", "visible" },
        { "", "<p>Updated 2 Sept. 2020</p>", NULL, "2020-09-02", "visible" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        read_dated(cases[i].head, cases[i].shown, cases[i].url, arena, &doc);
        if (strcmp(doc.date, cases[i].date) != 0 ||
            !dgm_view_eq(doc.date_basis, dgm_view_of(cases[i].basis)))
            fail_msg("case %zu: %s (%.*s), not %s (%s)", i, doc.date, (int)doc.date_basis.n,
                     doc.date_basis.p, cases[i].date, cases[i].basis);
        dgm_arena_free(arena);
    }
}

static void a_page_without_any_day_has_that_of_its_archive(void **state)
{
    (void)state;
    static const char record[] =
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\n"
        "WARC-Date: 2020-10-02T10:00:00Z\r\nContent-Type: text/html\r\nContent-Length: 180\r\n\r\n"
        "<p>" FIRST "</p><p>" SECOND "</p>                     \r\n\r\n";
    const dgm_reader_options options = { 0 };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    assert_int_equal(
        dgm_reader_open_memory(record, sizeof record - 1, "a.warc", &options, &reader, NULL),
        DGM_OK);
    assert_int_equal(dgm_reader_next(reader, arena, &doc, NULL), DGM_OK);
    assert_string_equal(doc.date, "2020-10-02");
    assert_true(dgm_view_eq(doc.date_basis, DGM_VIEW("archive")));
    dgm_reader_free(reader);
    dgm_arena_free(arena);
}

static void an_outlet_has_a_name(void **state)
{
    (void)state;
#define SITE            "<meta property=og:site_name content=\"The Gazette\">"
#define PUBLISHER(name) NEWS("\"publisher\":{\"name\":\"" name "\"}")
    static const struct {
        const char *head, *source;
    } cases[] = {
        { PUBLISHER("Gazette Agency") SITE, "Gazette Agency" },
        { PUBLISHER("https://gazette.example/") SITE, "The Gazette" },
        { NEWS("\"publisher\":{\"@id\":\"https://gazette.example/#organization\"}") SITE,
          "The Gazette" },
        { PUBLISHER("World") SITE, "The Gazette" },
        { NEWS("\"articleSection\":\"Peace talks\",\"publisher\":\"Peace talks\"") SITE,
          "The Gazette" },
        { "<meta name=publisher content=@gazette>" SITE, "The Gazette" },
        { "<meta property=og:site_name content=\"The Gazette | News from Town\">", "The Gazette" },
        { "<meta property=og:site_name content=\"Tom&amp;#039;s Paper\">", "Tom's Paper" },
        { "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\","
          "\"publisher\":{\"@id\":\"#org\"}},{\"@type\":\"Organization\",\"@id\":\"#org\","
          "\"name\":\"The Daily\"}]}</script>" SITE,
          "The Daily" },
        { "<link rel=canonical href=\"https://www.gazette.example/a\">", "gazette.example" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        read_dated(cases[i].head, "", NULL, arena, &doc);
        if (!dgm_view_eq(doc.source, dgm_view_of(cases[i].source)))
            fail_msg("case %zu: \"%.*s\", not \"%s\"", i, (int)doc.source.n, doc.source.p,
                     cases[i].source);
        dgm_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_beside_the_story_does_not_add_up),
        cmocka_unit_test(a_name_cuts_no_element_that_holds_most_of_the_prose),
        cmocka_unit_test(a_short_story_is_believed_where_it_is_declared),
        cmocka_unit_test(a_story_may_be_declared_in_pieces),
        cmocka_unit_test(lists_and_headings_of_the_story_are_kept),
        cmocka_unit_test(comments_and_consent_are_not_the_story_however_long),
        cmocka_unit_test(a_paragraph_may_be_full_of_links),
        cmocka_unit_test(a_lede_stands_between_heading_and_story),
        cmocka_unit_test(an_unbreakable_blank_is_a_blank),
        cmocka_unit_test(a_byline_is_no_sentence_but_a_sentence_may_open_like_one),
        cmocka_unit_test(a_day_is_the_surest_that_can_be_believed),
        cmocka_unit_test(a_page_without_any_day_has_that_of_its_archive),
        cmocka_unit_test(an_outlet_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
