#include "cli/filters.h"

#include <string.h>

bool dgm_cli_store(const dgm_arguments *arguments, bool to_read, dgm_store **store)
{
    dgm_err err = { 0 };
    const char *where = dgm_option_value(arguments, "db");
    if (!where) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--db says where the store is");
        dgm_cli_usage(arguments, &err);
        return false;
    }
    if ((to_read ? dgm_store_open_to_read : dgm_store_open)(where, store, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    return false;
}

static bool take_day(const dgm_arguments *arguments, const char *name, const char **out)
{
    dgm_err err = { 0 };
    *out = dgm_option_value(arguments, name);
    if (!*out || dgm_is_day(dgm_view_of(*out)))
        return true;
    dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--%s takes a day as YYYY-MM-DD, not '%s'", name, *out);
    dgm_cli_usage(arguments, &err);
    return false;
}

/* Words of closed lists: a slip of the pen would else find nothing and say nothing. */
static bool check(const dgm_arguments *arguments, const char *name, const char *list,
                  bool (*known)(dgm_view))
{
    dgm_view rest = dgm_view_of(list), part;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        if (known(dgm_view_trim(part)))
            continue;
        dgm_err err = { 0 };
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--%s does not know '%.*s'", name, DGM_FMT(part));
        dgm_cli_usage(arguments, &err);
        return false;
    }
    return true;
}

static bool is_type(dgm_view v)
{
    return dgm_event_type_of(v) != DGM_EVENT_NONE;
}

static bool is_status(dgm_view v)
{
    for (int i = 0; i <= DGM_HYPOTHETICAL; i++) {
        if (dgm_view_eq(v, dgm_view_of(dgm_factual_status_name((dgm_factual_status)i))))
            return true;
    }
    return false;
}

/* NULL where an option of a format leaves it open. */
static const char *chosen(const dgm_arguments *arguments, const char *name)
{
    const char *value = dgm_option_value(arguments, name);
    return value && strcmp(value, "auto") != 0 && strcmp(value, "any") != 0 ? value : NULL;
}

bool dgm_cli_filter(const dgm_arguments *arguments, dgm_filter *out)
{
    const char *historical = dgm_option_value(arguments, "historical");
    *out =
        (dgm_filter) { .actor = dgm_option_value(arguments, "actor"),
                       .recipient = dgm_option_value(arguments, "recipient"),
                       .country = dgm_option_value(arguments, "country"),
                       .dyad = dgm_option_value(arguments, "dyad"),
                       .type = dgm_option_value(arguments, "type"),
                       .mode = dgm_option_value(arguments, "mode"),
                       .quad = dgm_option_value(arguments, "quad"),
                       .place = dgm_option_value(arguments, "place"),
                       .speaker = dgm_option_value(arguments, "speaker"),
                       .polarity = chosen(arguments, "polarity"),
                       .status = chosen(arguments, "status"),
                       .text = dgm_option_value(arguments, "text"),
                       .story = dgm_option_value(arguments, "story"),
                       .event = dgm_option_value(arguments, "event"),
                       .plain = dgm_option_given(arguments, "plain"),
                       .one_a_day = dgm_option_given(arguments, "one-a-day"),
                       .historical = historical ? (strcmp(historical, "yes") == 0 ? 1 : -1) : 0 };
    return take_day(arguments, "since", &out->from) && take_day(arguments, "until", &out->to) &&
           check(arguments, "type", out->type, is_type) &&
           check(arguments, "status", out->status, is_status);
}
