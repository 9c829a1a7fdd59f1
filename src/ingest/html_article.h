/* html_article.h - which words of a page are the story. Inside ingest. */
#ifndef DGM_HTML_ARTICLE_H
#define DGM_HTML_ARTICLE_H

#include "ingest/html_tree.h"

/* The story's paragraphs, a blank line between them; empty: there is no prose on the page; p NULL:
 * no memory. What only repeats the title is no paragraph. */
dgm_view dgm_html_article(dgm_arena *arena, const GumboNode *root, dgm_view title);
/* The day that is shown by the story: in a short line between heading and text, or after it. */
bool dgm_html_visible_day(dgm_arena *arena, const GumboNode *root, char day[11]);
/* All paragraphs, for pieces of HTML that are a story already; p NULL: no memory. */
dgm_view dgm_html_paragraphs(dgm_arena *arena, const GumboNode *root);

#endif
