#include "library/filters.h"

#include "library/reading.h"

#include <string.h>

dgm_status dgm_filter_unknown(const char *name, dgm_view word, const dgm_nearest *nearest,
                              const char *known, dgm_err *err)
{
    bool near = nearest->best[0] != 0;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s: '%.*s' is unknown; %s%s%s", name,
                    (int)DGM_MIN(word.n, 40), word.p, near ? "did you mean '" : "known are ",
                    near ? nearest->best : known, near ? "'?" : "");
}

static dgm_status unknown(const char *name, dgm_view word, const char *(*word_of)(int), int n,
                          dgm_err *err)
{
    char known[200] = "";
    dgm_nearest nearest = dgm_nearest_to(word);
    for (int i = 0; i < n; i++) {
        size_t used = strlen(known);
        dgm_nearest_try(&nearest, dgm_view_of(word_of(i)));
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", word_of(i));
    }
    return dgm_filter_unknown(name, word, &nearest, known, err);
}

/* Words of closed lists: a slip of the pen would else find nothing and say nothing. */
static dgm_status check(const char *name, const char *list, const char *(*word_of)(int), int n,
                        dgm_err *err)
{
    dgm_view rest = dgm_view_of(list), part;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        int i = 0;
        part = dgm_view_trim(part);
        while (i < n && !dgm_view_eq(part, dgm_view_of(word_of(i))))
            i++;
        if (i == n)
            return unknown(name, part, word_of, n, err);
    }
    return DGM_OK;
}

static const char *status_word(int i)
{
    return dgm_factual_status_name((dgm_factual_status)i);
}

/* NULL where an option of a format leaves it open. */
static const char *chosen(const dgm_options *options, const char *name)
{
    const char *value = dgm_options_value(options, name);
    return value && strcmp(value, "auto") != 0 && strcmp(value, "any") != 0 ? value : NULL;
}

/* What the store's own filter would refuse, before a store is opened and a table begun. */
static dgm_status check_shape(const char *dyad, const char *quads, dgm_err *err)
{
    dgm_view rest = dgm_view_of(quads), part;
    uint64_t quad;
    const char *comma = dyad ? strchr(dyad, ',') : NULL;
    if (dyad && (!comma || strchr(comma + 1, ',')))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "a dyad is two parties with a comma between, not '%s'", dyad);
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        if (!dgm_parse_u64(dgm_view_trim(part), &quad) || quad < 1 || quad > 4)
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "a quad is 1 to 4, not '%s'", quads);
    }
    return DGM_OK;
}

dgm_status dgm_filter_of(const dgm_options *options, dgm_filter *out, dgm_err *err)
{
    const char *historical = dgm_options_value(options, "historical");
    *out =
        (dgm_filter) { .actor = dgm_options_value(options, "actor"),
                       .recipient = dgm_options_value(options, "recipient"),
                       .country = dgm_options_value(options, "country"),
                       .dyad = dgm_options_value(options, "dyad"),
                       .type = dgm_options_value(options, "type"),
                       .mode = dgm_options_value(options, "mode"),
                       .quad = dgm_options_value(options, "quad"),
                       .place = dgm_options_value(options, "place"),
                       .speaker = dgm_options_value(options, "speaker"),
                       .polarity = chosen(options, "polarity"),
                       .status = chosen(options, "status"),
                       .text = dgm_options_value(options, "text"),
                       .story = dgm_options_value(options, "story"),
                       .event = dgm_options_value(options, "event"),
                       .plain = dgm_options_given(options, "plain"),
                       .one_a_day = dgm_options_given(options, "one-a-day"),
                       .historical = historical ? (strcmp(historical, "yes") == 0 ? 1 : -1) : 0 };
    out->from = dgm_options_value(options, "since");
    out->to = dgm_options_value(options, "until");
    dgm_status status = dgm_check_day("since", out->from, err);
    if (status == DGM_OK)
        status = dgm_check_day("until", out->to, err);
    if (status == DGM_OK && out->from && out->to && strcmp(out->from, out->to) > 0)
        status = dgm_fail(err, DGM_EUSAGE, NULL, 0, "--since %s is after --until %s", out->from,
                          out->to);
    if (status == DGM_OK)
        status = check("status", out->status, status_word, DGM_HYPOTHETICAL + 1, err);
    return status == DGM_OK ? check_shape(out->dyad, out->quad, err) : status;
}
