/* time_parties.h - whether the report goes on to tell of those of whom it told with a time.
 * Internal to grounding.
 *
 * Each looks at the sentences from that of the time up to the one asked about, and no further back
 * than ten. `i_time`: index into doc->times. */
#ifndef DGM_TIME_PARTIES_H
#define DGM_TIME_PARTIES_H

#include "document/types.h"

/* "They killed dozens", "arrested two of them", "the first was hit": whether the sentence takes up,
 * by a pronoun or a number, somebody of whom was told. */
bool dgm_time_takes_up(const dgm_document *doc, uint32_t i_sentence, uint32_t i_time);
/* Whether somebody whom the event's sentence gives a side of it was named, or it says nobody who
 * acts: "Nine were killed". */
bool dgm_time_names_party(const dgm_document *doc, const dgm_event *event, uint32_t i_time);
/* "A bomb killed four in Mali in March. Kenya expelled an envoy.": whether the event is between
 * countries of which nothing was told. */
bool dgm_time_is_of_others(const dgm_document *doc, const dgm_event *event, uint32_t i_time);
/* "A bus fell into a ravine in Peru on Monday. Peru expelled a Chilean envoy.": whether the event
 * is a conflict of states, and the time is told of a match or of what nobody did. */
bool dgm_time_is_of_no_quarrel(const dgm_document *doc, const dgm_event *event, uint32_t i_time);
/* "Floods killed 12 in Nepal on Tuesday. Peru urged Brazil to hold talks.": whether a sentence
 * names states, and nobody of whom the topic tells. `topic`, by sentence: the sentence with which
 * the topic that it is of began; `first`: that sentence of the topic asked about. */
bool dgm_time_turns_away(const dgm_document *doc, uint32_t here, const uint32_t *topic,
                         uint32_t first);

/* "France condemned the arrest" in a report on Turkey: whether those who do it are of a country by
 * the text, and not one that the report has spoken of before the event or shortly before the time.
 */
bool dgm_time_is_of_newcomer(const dgm_document *doc, const dgm_event *event, uint32_t i_time);
/* Whether an entity is of a country of which nobody is told from the sentence of a time on until
 * sentence `here`. */
bool dgm_time_is_newcomer(const dgm_document *doc, uint32_t entity, uint32_t i_time, uint32_t here);

#endif
