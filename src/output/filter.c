/* Which events a data set takes in. */
#include "output/output.h"

#include <string.h>

/* "any" and "auto", else a word of the list. */
static bool word_of(const char *value, const char *const *words, size_t n, int *out)
{
    static const char *const all[] = { "auto", "any" };
    for (size_t i = 0; i < DGM_LEN(all); i++) {
        if (strcmp(value, all[i]) == 0) {
            *out = i == 0 ? DGM_FILTER_AUTO : DGM_FILTER_ANY;
            return true;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(value, words[i]) == 0) {
            *out = (int)i;
            return true;
        }
    }
    return false;
}

bool dgm_event_filter_of(const char *polarity, const char *status, const char *attribution,
                         const char *history, dgm_event_filter *out)
{
    static const char *const polarities[] = { "affirmed", "negated" },
                             *const statuses[] = { "actual",    "intended", "conditional",
                                                   "requested", "possible", "hypothetical" },
                             *const attributions[] = { "none", "some" },
                             *const histories[] = { "no", "yes" };
    return word_of(polarity, polarities, DGM_LEN(polarities), &out->polarity) &&
           word_of(status, statuses, DGM_LEN(statuses), &out->status) &&
           word_of(attribution, attributions, DGM_LEN(attributions), &out->attributed) &&
           word_of(history, histories, DGM_LEN(histories), &out->historical);
}

/* In dyadic formats, 0 is what an event must be where nothing is asked (dgm_record_is_plain). */
static bool fits(int wanted, int is, bool dyadic)
{
    if (wanted == DGM_FILTER_AUTO)
        return !dyadic || is == 0;
    return wanted == DGM_FILTER_ANY || wanted == is;
}

bool dgm_event_filter_passes(const dgm_event_filter *filter, bool dyadic, const dgm_record *record)
{
    bool done = filter->status == DGM_FILTER_AUTO && dgm_record_is_done(record);
    return fits(filter->polarity, (int)record->polarity, dyadic) &&
           (done || fits(filter->status, (int)record->status, dyadic)) &&
           fits(filter->attributed, record->voices.n > 0, dyadic) &&
           fits(filter->historical, record->historical, dyadic);
}
