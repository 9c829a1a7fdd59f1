/* html_facts.h - what a page says about itself. Inside ingest. */
#ifndef DGM_HTML_FACTS_H
#define DGM_HTML_FACTS_H

#include "ingest/html_tree.h"

typedef struct {
    dgm_view title, url, source;
    dgm_view body; /* of the article as JSON-LD has it: for pages that scripts fill */
    char date[11];
    dgm_view date_basis; /* "metadata", "address" or "visible"; empty: no date */
} dgm_html_facts;

/* From JSON-LD (schema.org), meta tags (Open Graph, Dublin Core and others), microdata, the link to
 * the canonical address, `url` (where the page was found; may be empty) and the day in them,
 * <time>, <title>, <h1>, days that are shown. No day after `latest` (may be empty) is believed, nor
 * one before 1800. */
dgm_html_facts dgm_html_facts_of(dgm_arena *arena, const GumboNode *root, dgm_view url,
                                 const char *latest);

#endif
