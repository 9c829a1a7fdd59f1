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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
