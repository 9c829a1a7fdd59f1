/* The table of routes: who answers, what may be asked, what the API's document says of it. */
#include "serve/routes.h"

#include <string.h>

#define FILES                                                                                      \
    (1U << DGM_SUFFIX_CSV | 1U << DGM_SUFFIX_JSONL | 1U << DGM_SUFFIX_META | 1U << DGM_SUFFIX_ATOM)

/* clang-format off */
const dgm_route dgm_routes[] = {
    { "/healthz", DGM_LANE_NONE, false, false, "", 0, false, false, NULL, NULL,
      "Whether the server lives.", "status" },
    { "/metrics", DGM_LANE_NONE, false, false, "", 0, false, false, NULL, NULL,
      "Counts of requests and times, as Prometheus reads them.", NULL },
    { "/api", DGM_LANE_QUICK, false, false, "", 0, true, false, dgm_answer_openapi, NULL,
      "This document.", "openapi info paths components" },
    { "/api/about", DGM_LANE_QUICK, false, false, "", 0, true, false, dgm_answer_about, NULL,
      "What is in the store, and what coded it.",
      "version tables model stories events since until correct code types modes sources" },
    { "/api/overview", DGM_LANE_QUICK, true, false, "by", 0, true, false, dgm_answer_overview, NULL,
      "Counts, timeline, dyads, types, countries and sources in one answer.",
      "counts left_out timeline dyads types countries sources sentence" },
    { "/api/timeline", DGM_LANE_QUICK, true, false, "by", 0, true, false, dgm_answer_timeline, NULL,
      "Events by period and quad class, and the stories read in each period.",
      "by periods quads stories" },
    { "/api/dyads", DGM_LANE_QUICK, true, false, "limit", 0, true, false, dgm_answer_dyads, NULL,
      "Who acts on whom, by countries, the most frequent first.", "dyads next" },
    { "/api/network", DGM_LANE_QUICK, true, false, "limit", 0, true, false, dgm_answer_network, NULL,
      "Countries and what is between them; limit is the number of countries.",
      "nodes edges left_out" },
    { "/api/series", DGM_LANE_QUICK, true, false, "by", 0, true, false, dgm_answer_series, NULL,
      "Mean Goldstein scores by week or month, with change points by PELT.",
      "by periods n goldstein smoothed changes means penalty method" },
    { "/api/places", DGM_LANE_QUICK, true, false, "limit", 0, true, false, dgm_answer_places, NULL,
      "Events by place, and how many have none.", "places without" },
    { "/api/events", DGM_LANE_QUICK, true, true, "", FILES, true, false, dgm_answer_events, NULL,
      "Records of events, the latest first; as .atom those that came in last, the newest first.",
      "events next total" },
    { "/api/events/{event_id}", DGM_LANE_SLOW, false, false, "", 0, false, false, dgm_answer_event, NULL,
      "One event, why it is coded so, its story, its mark.", "event reasons story mark" },
    { "/api/stories", DGM_LANE_QUICK, true, true, "", 0, true, false, dgm_answer_stories, NULL,
      "Stories with events of the filter, the latest first.", "stories next" },
    { "/api/stories/{key}", DGM_LANE_QUICK, false, false, "", 0, true, false, dgm_answer_story, NULL,
      "One story with its text, its events, and the same elsewhere.",
      "story events copies same links" },
    { "/api/quotes", DGM_LANE_QUICK, true, true, "", 0, true, false, dgm_answer_quotes, NULL,
      "What stands on somebody's word, the latest first.", "quotes next" },
    { "/api/speakers", DGM_LANE_QUICK, true, false, "limit", 0, true, false, dgm_answer_speakers, NULL,
      "On whose word events stand, the most frequent first.", "speakers" },
    { "/api/claims", DGM_LANE_LONG, true, false, "days,limit", 0, true, false, dgm_answer_claims, NULL,
      "Events that one affirms and another denies.", "claims" },
    { "/api/commitments", DGM_LANE_LONG, true, false, "state,limit", 0, true, false, dgm_answer_commitments, NULL,
      "Promises, threats and conditions, and what came of them.", "commitments" },
    { "/api/actors/{who}", DGM_LANE_QUICK, true, false, "by", 0, true, false, dgm_answer_actor, NULL,
      "Somebody: codes, partners, series, what he says and what is said of him.",
      "who partners timeline series says said_of latest" },
    { "/api/words", DGM_LANE_QUICK, false, false, "kind,starts", 0, true, false, dgm_answer_words, NULL,
      "Words that complete a filter, the commonest first.", "words" },
    { "/api/stream", DGM_LANE_NONE, false, false, "", 0, false, false, NULL, NULL,
      "Server-Sent Events: `events` when events are added.", NULL },
    { "/api/code", DGM_LANE_SLOW, false, false, "", 0, false, true, NULL, dgm_answer_code,
      "Codes a report that is posted; nothing is stored.", "story events reasons" },
    { "/api/marks", DGM_LANE_SLOW, false, false, "", 1U << DGM_SUFFIX_JSONL, false, false, dgm_answer_marks,
      dgm_answer_mark, "What was said of events; POST says it of one, with `serve --correct`.",
      "marked right wrong other by_type next" },
};
/* clang-format on */
const size_t dgm_n_routes = DGM_LEN(dgm_routes);

const char *const dgm_filter_names[] = { "actor",    "recipient", "country",    "dyad",
                                         "type",     "mode",      "quad",       "status",
                                         "polarity", "since",     "until",      "place",
                                         "basis",    "speaker",   "historical", "text",
                                         "story",    "event",     "source",     "min-confidence",
                                         "plain",    "one-a-day", "per",        NULL };

static const struct {
    const char *name, *help;
} helps[] = {
    { "actor", "Who acts: countries (TUR), codes (TURGOV) or names, parted by commas." },
    { "recipient", "Whom the act is directed at." },
    { "country", "Who takes part on either side." },
    { "dyad", "The first acts on the second: TUR,ARM." },
    { "type", "PLOVER types." },
    { "mode", "PLOVER modes." },
    { "quad", "Quad classes, 1 to 4." },
    { "status", "actual, intended, conditional, requested, possible, hypothetical." },
    { "polarity", "affirmed, negated." },
    { "since", "Events on or after this day, YYYY-MM-DD." },
    { "until", "Events on or before this day, YYYY-MM-DD." },
    { "place", "Country of the place (TUR), or its name." },
    { "basis", "By what the place is known: clause, sentence, dateline, story." },
    { "speaker", "On whose word it stands; none: the report's own." },
    { "historical", "yes: only background; no: without it." },
    { "text", "Stories with these words; a phrase in double quotes." },
    { "story", "Events of the story with this id." },
    { "event", "Events by their event_id." },
    { "source", "Events of stories from these sources." },
    { "min-confidence", "Events with at least this confidence, 0 to 1." },
    { "plain", "yes: only affirmed, actual, not historical, on the report's own word." },
    { "one-a-day", "yes: one event per type, sides and day." },
    { "per", "What is counted: report, story or event." },
    { "limit", "At most so many." },
    { "after", "Where the list goes on: `next` of the part before." },
    { "by", "Length of a period: day, week, month or year." },
    { "days", "How many days apart two reports may date one event." },
    { "state", "open, triggered, fulfilled, broken or lapsed." },
    { "kind", "who, place, mode, speaker or source." },
    { "starts", "How the word begins." },
};

const char *dgm_parameter_help(const char *name)
{
    for (size_t i = 0; i < DGM_LEN(helps); i++)
        if (strcmp(helps[i].name, name) == 0)
            return helps[i].help;
    return NULL;
}

/* All names stand in helps[], which gives them an end. */
static const char *name_of(dgm_view name)
{
    for (size_t i = 0; i < DGM_LEN(helps); i++)
        if (dgm_view_eq(name, dgm_view_of(helps[i].name)))
            return helps[i].name;
    return NULL;
}

const char *dgm_route_parameter(const dgm_route *route, uint32_t i)
{
    uint32_t n = 0;
    dgm_view rest = dgm_view_of(route->parameters), part;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part))
        if (n++ == i)
            return name_of(part);
    if (route->paged && n++ == i)
        return "limit";
    if (route->paged && n++ == i)
        return "after";
    for (uint32_t k = 0; route->filtered && dgm_filter_names[k]; k++)
        if (n++ == i)
            return dgm_filter_names[k];
    return NULL;
}

static bool cut_suffix(dgm_view *path, dgm_suffix *suffix)
{
    static const struct {
        const char *end;
        dgm_suffix suffix;
    } ends[] = { { ".csv", DGM_SUFFIX_CSV },
                 { ".jsonl", DGM_SUFFIX_JSONL },
                 { ".meta.json", DGM_SUFFIX_META },
                 { ".atom", DGM_SUFFIX_ATOM } };
    for (size_t i = 0; i < DGM_LEN(ends); i++) {
        dgm_view end = dgm_view_of(ends[i].end);
        if (!dgm_view_ends(*path, end))
            continue;
        *path = dgm_view_slice(*path, 0, path->n - end.n);
        *suffix = ends[i].suffix;
        return true;
    }
    return false;
}

static bool fits(const dgm_route *route, dgm_view path, dgm_view *key)
{
    dgm_view pattern = dgm_view_of(route->path);
    size_t brace = dgm_view_find(pattern, DGM_VIEW("{"));
    if (brace == SIZE_MAX)
        return dgm_view_eq(path, pattern);
    *key = dgm_view_slice(path, brace, path.n);
    return dgm_view_starts(path, dgm_view_slice(pattern, 0, brace)) && key->n > 0 &&
           dgm_view_find(*key, DGM_VIEW("/")) == SIZE_MAX;
}

bool dgm_route_find(dgm_request *r)
{
    dgm_view path = r->path, key = { "", 0 };
    dgm_suffix suffix = DGM_SUFFIX_NONE;
    for (size_t i = 0; i < dgm_n_routes; i++) {
        if (!fits(&dgm_routes[i], path, &key))
            continue;
        r->route = &dgm_routes[i];
        r->key = strchr(r->route->path, '{') ? key : (dgm_view) { "", 0 };
        return true;
    }
    bool cut = cut_suffix(&path, &suffix);
    for (size_t i = 0; cut && i < dgm_n_routes; i++) {
        bool has = dgm_routes[i].suffixes >> suffix & 1;
        if (!has || !dgm_view_eq(path, dgm_view_of(dgm_routes[i].path)))
            continue;
        r->route = &dgm_routes[i];
        r->suffix = suffix;
        return true;
    }
    return !dgm_view_starts(r->path, DGM_VIEW("/api/")) && !dgm_view_eq(r->path, DGM_VIEW("/api"));
}
