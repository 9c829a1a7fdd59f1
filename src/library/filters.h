/* filters.h - which events of a store are wanted, as options say it. */
#ifndef DGM_LIBRARY_FILTERS_H
#define DGM_LIBRARY_FILTERS_H

#include "library/options.h"
#include "store/store.h"

/* clang-format off */
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

/* The filter, from DGM_OPTIONS_FILTER and options called polarity and status. Words of closed lists
 * are checked. */
dgm_status dgm_filter_of(const dgm_options *options, dgm_filter *out, dgm_err *err) DGM_MUST_USE;
/* Whether tables (NULL: there are none) or store know the words of --country, --type and their
 * like; the store is told the tables' types. DGM_EUSAGE: they do not know one. A name that is no
 * code may yet come: it is noted and let pass. */
dgm_status dgm_filter_check_words(const dgm_options *options, const char *tables_dirs,
                                  dgm_store *store, dgm_complaints *notes,
                                  dgm_err *err) DGM_MUST_USE;
/* The same for one code of an actor or a recipient. */
dgm_status dgm_filter_check_code(dgm_view code, const char *tables_dirs, dgm_store *store,
                                 dgm_err *err) DGM_MUST_USE;
/* Says that the option `name` does not know a word: the nearest that it knows or, where none is
 * near, all of them. */
dgm_status dgm_filter_unknown(const char *name, dgm_view word, const dgm_nearest *nearest,
                              const char *known, dgm_err *err) DGM_MUST_USE;

#endif
