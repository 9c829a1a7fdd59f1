/* party.h - who is the same party: the same side, the same voice, a state, above states.
 *
 * Each name is a different question, from narrow to wide:
 *   same voice   what one says, the other has said: "Ankara" and "the Turkish government"
 *   same side    what is done to one is done to the other: any two arms of one state, two of a kind
 *   same country they may answer for each other in a story: "accused Turkey", "Ankara denied it" */
#ifndef DGM_PARTY_H
#define DGM_PARTY_H

#include "document/document.h"

/* Whether a code, of a country or a sector, is one of these. */
bool dgm_is_among(const char *code, const char (*codes)[4], size_t n);
/* Whether a country's code is that of a state: not empty, and none of those above states or beside
 * them (UNO EUR IGO NGO ISM IMG MNC). */
bool dgm_is_state_code(const char *country);
/* A code of many bodies that have nothing to do with each other: IGO NGO ISM IMG MNC. */
bool dgm_is_shared_code(const char *country);
/* A body of states: UNO EUR IGO. */
bool dgm_is_body_of_states(const dgm_entity *e);
/* A country or its government, not its soldiers or parties. */
bool dgm_speaks_for_country(const dgm_entity *e);
/* The sector of a government and its arms, or none: the country as such. */
bool dgm_is_sector_of_state(const char *sector);

bool dgm_is_same_voice(const dgm_document *doc, uint32_t a, uint32_t b); /* entities */
bool dgm_is_same_side(const dgm_document *doc, uint32_t a, uint32_t b);
bool dgm_is_same_country(const dgm_document *doc, uint32_t a, uint32_t b);

#endif
