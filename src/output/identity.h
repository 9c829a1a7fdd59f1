/* identity.h - the names of events in every output. Inside output. */
#ifndef DGM_IDENTITY_H
#define DGM_IDENTITY_H

#include "output/output.h"

typedef struct {
    char text[17]; /* 16 hexadecimal digits */
} dgm_event_id;

/* One a doc->events, in doc's arena: a hash of the story's id, the sentence, the trigger's place in
 * the story's own text (wherever that stands in a file), type, mode and roles, so that the same
 * text and tables give the same id, whatever else the story holds. NULL: no memory. */
const dgm_event_id *dgm_event_ids(const dgm_document *doc);

/* "TURGOV"; "---REB" without a country; empty: neither country nor sector known. */
typedef struct {
    char text[8];
} dgm_actor_code;
dgm_actor_code dgm_actor_code_of(const dgm_entity *entity);

dgm_view dgm_sentence_text(const dgm_document *doc, uint32_t i_sentence);

#endif
