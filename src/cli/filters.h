/* filters.h - what the commands that ask a store share. Inside cli. */
#ifndef DGM_FILTERS_H
#define DGM_FILTERS_H

#include "cli/cli.h"
#include "store/store.h"

/* clang-format off */
#define DGM_OPTION_DB \
    { 0, "db", "WHERE", "the store: an SQLite file, or a PostgreSQL database as postgresql://...", NULL }
/* Where the options of a format are not there, which have these too. */
#define DGM_OPTIONS_FACTS \
    { 0, "polarity", "affirmed|negated", "only events of this polarity", NULL }, \
    { 0, "status", "STATUS,...", "actual, intended, conditional, requested, possible, hypothetical", NULL }
#define DGM_OPTIONS_FILTER \
    { 0, "actor", "WHO,...", "who acts: a country (TUR), a code (TURGOV) or a name", NULL }, \
    { 0, "recipient", "WHO,...", "whom the act is directed at", NULL }, \
    { 0, "country", "WHO,...", "who takes part on either side", NULL }, \
    { 0, "dyad", "WHO,WHO", "the first acts on the second", NULL }, \
    { 0, "type", "TYPE,...", "types of event", NULL }, \
    { 0, "mode", "MODE,...", "modes of events", NULL }, \
    { 0, "quad", "1..4,...", "quad classes", NULL }, \
    { 0, "since", "YYYY-MM-DD", "events on or after this day", NULL }, \
    { 0, "until", "YYYY-MM-DD", "events on or before this day", NULL }, \
    { 0, "place", "WHERE", "country of the place (TUR), or its name", NULL }, \
    { 0, "speaker", "WHO,...", "on whose word it stands; none: the report's own", NULL }, \
    { 0, "historical", "yes|no", "yes: only background from before the story's present; no: without it", NULL }, \
    { 0, "text", "WORDS", "stories with these words; a phrase in double quotes", NULL }, \
    { 0, "story", "ID", "events of one story", NULL }, \
    { 0, "event", "ID,...", "events by their event_id", NULL }, \
    { 0, "plain", NULL, "only affirmed, actual, not historical, and on the report's own word", NULL }, \
    { 0, "one-a-day", NULL, "one event per type, sides and day", NULL }
/* clang-format on */

/* The store of --db, and the filter; false after a message. The caller frees *store. A store that
 * is opened to_read has the words of the filter checked against it. */
bool dgm_cli_store(const dgm_arguments *arguments, bool to_read, dgm_store **store);
/* filter_words.c: whether tables or store know the words of --country, --mode and their like; false
 * after a message. A name that is no code may yet come: it is told and let pass. */
bool dgm_cli_check_words(const dgm_arguments *arguments, dgm_store *store);
bool dgm_cli_filter(const dgm_arguments *arguments, dgm_filter *out);

#endif
