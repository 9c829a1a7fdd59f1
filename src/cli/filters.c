#include "cli/filters.h"

#include <string.h>

/* The types of the codebook that --tables names; PLOVER's where it names none. */
static void find_types(const dgm_arguments *arguments, dgm_types *out)
{
    const dgm_settings *s = arguments->settings;
    *out = dgm_plover_types;
    if (s && s->err.status == DGM_OK)
        (void)!dgm_types_load(s->tables, NULL, out); /* else they stay PLOVER's */
}

bool dgm_cli_store(const dgm_arguments *arguments, bool to_read, dgm_store **store)
{
    dgm_err err = { 0 };
    const char *where = dgm_option_value(arguments, "db");
    if (!where) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--db says where the store is");
        dgm_cli_usage(arguments, &err);
        return false;
    }
    if ((to_read ? dgm_store_open_to_read : dgm_store_open)(where, store, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    dgm_types types;
    find_types(arguments, &types);
    dgm_store_set_types(*store, &types);
    if (!to_read || dgm_cli_check_words(arguments, *store))
        return true;
    dgm_store_free(*store);
    *store = NULL;
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

/* A word of a closed list that is none of it: the nearest, or where none is near all of them. */
static void say_unknown(const dgm_arguments *arguments, const char *name, dgm_view word,
                        const char *(*word_of)(int), int n)
{
    dgm_err err = { 0 };
    char known[200] = "";
    dgm_nearest nearest = dgm_nearest_to(word);
    for (int i = 0; i < n; i++) {
        size_t used = strlen(known);
        dgm_nearest_try(&nearest, dgm_view_of(word_of(i)));
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", word_of(i));
    }
    bool near = nearest.best[0] != 0;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--%s does not know '%.*s'; %s%s%s", name,
                   (int)DGM_MIN(word.n, 40), word.p, near ? "did you mean '" : "it knows ",
                   near ? nearest.best : known, near ? "'?" : "");
    dgm_cli_usage(arguments, &err);
}

/* Words of closed lists: a slip of the pen would else find nothing and say nothing. */
static bool check(const dgm_arguments *arguments, const char *name, const char *list,
                  const char *(*word_of)(int), int n)
{
    dgm_view rest = dgm_view_of(list), part;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        int i = 0;
        part = dgm_view_trim(part);
        while (i < n && !dgm_view_eq(part, dgm_view_of(word_of(i))))
            i++;
        if (i < n)
            continue;
        say_unknown(arguments, name, part, word_of, n);
        return false;
    }
    return true;
}

static const char *status_word(int i)
{
    return dgm_factual_status_name((dgm_factual_status)i);
}

/* NULL where an option of a format leaves it open. */
static const char *chosen(const dgm_arguments *arguments, const char *name)
{
    const char *value = dgm_option_value(arguments, name);
    return value && strcmp(value, "auto") != 0 && strcmp(value, "any") != 0 ? value : NULL;
}

static bool is_wrong(const dgm_arguments *arguments, const char *what, const char *value)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s, not '%s'", what, value);
    dgm_cli_usage(arguments, &err);
    return false;
}

/* Before a store is opened and a table begun; what the store's own filter would refuse. */
static bool check_shape(const dgm_arguments *arguments, const char *dyad, const char *quads)
{
    dgm_view rest = dgm_view_of(quads), part;
    uint64_t quad;
    const char *comma = dyad ? strchr(dyad, ',') : NULL;
    if (dyad && (!comma || strchr(comma + 1, ',')))
        return is_wrong(arguments, "a dyad is two parties with a comma between", dyad);
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        if (!dgm_parse_u64(dgm_view_trim(part), &quad) || quad < 1 || quad > 4)
            return is_wrong(arguments, "a quad is 1 to 4", quads);
    }
    return true;
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
           check(arguments, "status", out->status, status_word, DGM_HYPOTHETICAL + 1) &&
           check_shape(arguments, out->dyad, out->quad);
}
