/* html_element.h - what an element's tag, role and names say of the words in it. Inside ingest. */
#ifndef DGM_HTML_ELEMENT_H
#define DGM_HTML_ELEMENT_H

#include "ingest/html_tree.h"

/* Whether the tag stands within a line; all others begin and end one. */
bool dgm_html_is_inline(GumboTag tag);
/* Whether what is in it is never words of the story: scripts, buttons, captions. */
bool dgm_html_is_unseen(GumboTag tag);
bool dgm_html_is_heading(GumboTag tag);

/* Whether one of the words in the element's class or id, parted by signs and capitals, is one of
 * the list, which ends with NULL. */
bool dgm_html_has_class(const GumboNode *node, const char *const *words);
/* Whether the page declares the element to hold the story: schema.org's articleBody, or a class
 * like "article-body", "entryContent", "story__text". */
bool dgm_html_is_declared(const GumboNode *node);
/* Whether it is called after comments of readers or consent to cookies: not the site's prose. */
bool dgm_html_is_strange(const GumboNode *node);
/* Whether its tag, role, names or style say that it stands beside the story, or is not shown. */
bool dgm_html_is_boilerplate(const GumboNode *node);

#endif
