/* Which events a data set takes in, and how many it left out. */
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

static bool is_inferred(const dgm_record *record)
{
    for (uint32_t i = 0; i < record->actors.n; i++)
        if (dgm_view_eq(record->actors.at[i].via, DGM_VIEW("inferred")))
            return true;
    for (uint32_t i = 0; i < record->recipients.n; i++)
        if (dgm_view_eq(record->recipients.at[i].via, DGM_VIEW("inferred")))
            return true;
    return false;
}

dgm_left dgm_event_filter_stops(const dgm_event_filter *filter, bool dyadic,
                                const dgm_record *record)
{
    bool done = filter->status == DGM_FILTER_AUTO && dgm_record_is_done(record);
    if (!fits(filter->polarity, (int)record->polarity, dyadic))
        return DGM_LEFT_POLARITY;
    if (!done && !fits(filter->status, (int)record->status, dyadic))
        return DGM_LEFT_STATUS;
    if (!fits(filter->attributed, record->voices.n > 0, dyadic))
        return DGM_LEFT_ATTRIBUTION;
    if (!fits(filter->historical, record->historical, dyadic))
        return DGM_LEFT_HISTORY;
    if (filter->stated_only && is_inferred(record))
        return DGM_LEFT_INFERRED;
    if (filter->least_confidence > 0 && !(record->confidence >= filter->least_confidence))
        return DGM_LEFT_CONFIDENCE;
    return DGM_N_LEFT;
}

const char *dgm_left_key(dgm_left why)
{
    static const char *const keys[DGM_N_LEFT] = {
#define X(id, key, words) key,
        DGM_LEFT_OUT_MAP(X)
#undef X
    };
    return keys[why];
}

const char *dgm_left_words(dgm_left why)
{
    static const char *const phrases[DGM_N_LEFT] = {
#define X(id, key, words) words,
        DGM_LEFT_OUT_MAP(X)
#undef X
    };
    return phrases[why];
}

void dgm_tally_add(dgm_tally *sum, const dgm_tally *part)
{
    sum->n_events += part->n_events;
    sum->n_written += part->n_written;
    sum->n_rows += part->n_rows;
    for (int i = 0; i < DGM_N_LEFT; i++)
        sum->left[i] += part->left[i];
}
