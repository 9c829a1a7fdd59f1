/* xml.h - reading XML piece by piece, by libxml2, made safe: nothing is fetched, no entity is
 * expanded, no file is read on in which elements nest deeper than DGM_MAX_XML. Inside ingest. */
#ifndef DGM_XML_H
#define DGM_XML_H

#include "ingest/reader.h"

typedef struct dgm_xml dgm_xml;

/* Reads from the reader's source; complaints go to the reader's, with lines. NULL: no memory. */
dgm_xml *dgm_xml_new(dgm_reader *r);
void dgm_xml_free(dgm_xml *xml);

typedef enum { DGM_XML_BEGIN, DGM_XML_END_ELEMENT, DGM_XML_TEXT, DGM_XML_DONE } dgm_xml_kind;

/* One step: an element begins, an element ends (also an empty one), text. Views live until the
 * next step. */
typedef struct {
    dgm_xml_kind kind;
    dgm_view name, space; /* of an element: without prefix; the namespace */
    dgm_view text;
    dgm_view attributes; /* name NUL value NUL ... */
    size_t line;
} dgm_xml_event;
/* What is no good XML is complained about and passed over, as far as can be. */
const dgm_xml_event *dgm_xml_next(dgm_xml *xml);
/* Empty: there is none. */
dgm_view dgm_xml_attribute(const dgm_xml_event *event, const char *name);

/* The name of the root element, after declaration, comments and document type, without prefix;
 * empty: this is no XML. For sniffing. */
dgm_view dgm_xml_root(dgm_view first);

#endif
