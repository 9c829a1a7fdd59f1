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
    check_text("<div><div>" HALF HALF "</div></div><div><div><p>" NOTE "</p></div></div>",
               FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH "\n\n" FIRST "\n\n" SECOND
                     "\n\n" THIRD "\n\n" FOURTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_beside_the_story_does_not_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
