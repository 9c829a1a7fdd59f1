/* Parameters as a filter: every word is checked, since one that nobody knows would find nothing and
 * say nothing. */
#include "serve/routes.h"

#include "ingest/ingest.h"

#include <string.h>

/* ---- closed lists --------------------------------------------------------------------------- */

static const char *status_word(int i)
{
    return dgm_factual_status_name((dgm_factual_status)i);
}

static const char *polarity_word(int i)
{
    return dgm_polarity_name((dgm_polarity)i);
}

static const char *basis_word(int i)
{
    return dgm_place_basis_name((dgm_place_basis)(i + 1));
}

static const char *quad_word(int i)
{
    static const char *const quads[] = { "1", "2", "3", "4" };
    return quads[i];
}

static const char *yes_word(int i)
{
    return i ? "no" : "yes";
}

static const char *per_word(int i)
{
    static const char *const units[] = { "report", "story", "event" };
    return units[i];
}

static const struct {
    const char *name;
    const char *(*word)(int);
    int n;
    bool list;
} closed[] = {
    { "status", status_word, DGM_HYPOTHETICAL + 1, true },
    { "polarity", polarity_word, 2, true },
    { "quad", quad_word, 4, true },
    { "basis", basis_word, DGM_N_BASES - 1, true },
    { "historical", yes_word, 2, false },
    { "plain", yes_word, 2, false },
    { "one-a-day", yes_word, 2, false },
    { "per", per_word, 3, false },
};

static bool refuse_closed(dgm_question *q, const char *name, dgm_view word,
                          const dgm_nearest *nearest, const char *known)
{
    bool near = nearest->best[0] != 0;
    dgm_turn_down(&q->refusal, 400, name, "%s: '%.*s' is unknown; %s%s%s", name,
                  (int)DGM_MIN(word.n, (size_t)40), word.p, near ? "did you mean '" : "known are ",
                  near ? nearest->best : known, near ? "'?" : ".");
    return false;
}

static bool check_word(dgm_question *q, size_t row, dgm_view word)
{
    dgm_nearest nearest = dgm_nearest_to(word);
    char known[160] = "";
    for (int i = 0; i < closed[row].n; i++) {
        const char *one = closed[row].word(i);
        size_t used = strlen(known);
        if (dgm_view_eq(word, dgm_view_of(one)))
            return true;
        dgm_nearest_try(&nearest, dgm_view_of(one));
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", one);
    }
    return refuse_closed(q, closed[row].name, word, &nearest, known);
}

/* A type of the codebook or of the store. */
static bool check_types(dgm_question *q)
{
    const dgm_types *types = &q->words->types;
    dgm_view rest = dgm_view_of(dgm_request_value(q->request, "type")), word;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &word)) {
        char known[400] = "";
        bool there = false;
        word = dgm_view_trim(word);
        if (dgm_type_of(types, word))
            continue;
        if (dgm_store_knows(q->store, DGM_WORD_TYPE, word, &there, &q->err) != DGM_OK)
            return false;
        dgm_nearest nearest = dgm_nearest_to(word);
        for (uint32_t i = 1; i < types->n; i++) {
            size_t used = strlen(known);
            if (!types->at[i].name[0])
                continue;
            dgm_nearest_try(&nearest, dgm_view_of(types->at[i].name));
            snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "",
                     types->at[i].name);
        }
        if (!there)
            return refuse_closed(q, "type", word, &nearest, known);
    }
    return true;
}

static bool check_closed(dgm_question *q)
{
    for (size_t row = 0; row < DGM_LEN(closed); row++) {
        const char *value = dgm_request_value(q->request, closed[row].name);
        dgm_view rest = dgm_view_of(value), part;
        if (value && !closed[row].list && !check_word(q, row, rest))
            return false;
        while (closed[row].list && rest.n > 0 && dgm_view_split(&rest, ',', &part))
            if (!check_word(q, row, dgm_view_trim(part)))
                return false;
    }
    return true;
}

/* ---- open ones ------------------------------------------------------------------------------ */

static void try_word(void *context, dgm_view word)
{
    dgm_nearest_try(context, word);
}

const char *dgm_question_hint(dgm_question *q, dgm_word_kind kind, dgm_view word,
                              char out[DGM_HINT])
{
    dgm_nearest nearest = dgm_nearest_to(word);
    return dgm_store_words(q->store, kind, try_word, &nearest, &q->err) == DGM_OK
               ? dgm_nearest_hint(&nearest, "", ".", out)
               : NULL;
}

static bool refuse_word(dgm_question *q, const char *name, dgm_word_kind kind, dgm_view word)
{
    char out[DGM_HINT];
    const char *hint = dgm_question_hint(q, kind, word, out);
    if (hint)
        dgm_turn_down(&q->refusal, 400, name, "%s: '%.*s' is unknown%s", name,
                      (int)DGM_MIN(word.n, (size_t)60), word.p, hint);
    return false;
}

static bool check_open(dgm_question *q, const char *name, dgm_word_kind kind, dgm_view word)
{
    bool known = false;
    word = dgm_view_trim(word);
    if (word.n == 0)
        return true;
    if (dgm_store_knows(q->store, kind, word, &known, &q->err) != DGM_OK)
        return false;
    return known || dgm_vocabulary_has(q->words, kind, word) || refuse_word(q, name, kind, word);
}

static bool check_words(dgm_question *q)
{
    static const struct {
        const char *name;
        dgm_word_kind kind;
    } open[] = { { "actor", DGM_WORD_WHO },   { "recipient", DGM_WORD_WHO },
                 { "country", DGM_WORD_WHO }, { "dyad", DGM_WORD_WHO },
                 { "speaker", DGM_WORD_WHO }, { "place", DGM_WORD_PLACE },
                 { "mode", DGM_WORD_MODE } };
    for (size_t i = 0; i < DGM_LEN(open); i++) {
        const char *value = dgm_request_value(q->request, open[i].name);
        dgm_view rest = dgm_view_of(value), part;
        if (!value || (strcmp(open[i].name, "speaker") == 0 && strcmp(value, "none") == 0))
            continue;
        if (open[i].kind == DGM_WORD_PLACE) { /* one name, which may have a comma */
            if (!check_open(q, open[i].name, open[i].kind, rest))
                return false;
            continue;
        }
        while (rest.n > 0 && dgm_view_split(&rest, ',', &part))
            if (!check_open(q, open[i].name, open[i].kind, part))
                return false;
    }
    return true;
}

static bool check_shapes(dgm_question *q)
{
    static const char *const days[] = { "since", "until" };
    const char *dyad = dgm_request_value(q->request, "dyad");
    const char *comma = dyad ? strchr(dyad, ',') : NULL;
    const char *confidence = dgm_request_value(q->request, "min-confidence");
    for (size_t i = 0; i < DGM_LEN(days); i++) {
        const char *day = dgm_request_value(q->request, days[i]);
        if (day && !dgm_is_day(dgm_view_of(day))) {
            dgm_turn_down(&q->refusal, 400, days[i], "'%s' is a day as YYYY-MM-DD, not '%.40s'.",
                          days[i], day);
            return false;
        }
    }
    if (dyad && (!comma || strchr(comma + 1, ','))) {
        dgm_turn_down(&q->refusal, 400, "dyad",
                      "A dyad is two parties with a comma between, not '%.60s'.", dyad);
        return false;
    }
    if (confidence && (!dgm_parse_double(dgm_view_of(confidence), &q->filter.least_confidence) ||
                       !(q->filter.least_confidence >= 0 && q->filter.least_confidence <= 1))) {
        dgm_turn_down(&q->refusal, 400, "min-confidence", "Confidence is 0 to 1, not '%.40s'.",
                      confidence);
        return false;
    }
    return true;
}

static bool is_yes(const dgm_question *q, const char *name)
{
    const char *value = dgm_request_value(q->request, name);
    return value && strcmp(value, "yes") == 0;
}

bool dgm_question_filter(dgm_question *q)
{
    const dgm_request *r = q->request;
    const char *historical = dgm_request_value(r, "historical"), *per = dgm_request_value(r, "per");
    q->filter = (dgm_filter) { .actor = dgm_request_value(r, "actor"),
                               .recipient = dgm_request_value(r, "recipient"),
                               .country = dgm_request_value(r, "country"),
                               .dyad = dgm_request_value(r, "dyad"),
                               .type = dgm_request_value(r, "type"),
                               .mode = dgm_request_value(r, "mode"),
                               .quad = dgm_request_value(r, "quad"),
                               .status = dgm_request_value(r, "status"),
                               .polarity = dgm_request_value(r, "polarity"),
                               .from = dgm_request_value(r, "since"),
                               .to = dgm_request_value(r, "until"),
                               .place = dgm_request_value(r, "place"),
                               .basis = dgm_request_value(r, "basis"),
                               .speaker = dgm_request_value(r, "speaker"),
                               .text = dgm_request_value(r, "text"),
                               .story = dgm_request_value(r, "story"),
                               .event = dgm_request_value(r, "event"),
                               .source = dgm_request_value(r, "source"),
                               .plain = is_yes(q, "plain"),
                               .one_a_day = is_yes(q, "one-a-day") };
    if (historical)
        q->filter.historical = strcmp(historical, "yes") == 0 ? 1 : -1;
    q->per = !per                        ? DGM_PER_REPORT
             : strcmp(per, "event") == 0 ? DGM_PER_EVENT
             : strcmp(per, "story") == 0 ? DGM_PER_STORY
                                         : DGM_PER_REPORT;
    return check_shapes(q) && check_types(q) && check_closed(q) && check_words(q);
}

bool dgm_question_number(dgm_question *q, const char *name, uint64_t least, uint64_t most,
                         uint64_t otherwise, uint64_t *out)
{
    const char *value = dgm_request_value(q->request, name);
    *out = otherwise;
    if (!value)
        return true;
    if (dgm_parse_u64(dgm_view_of(value), out) && *out >= least && *out <= most)
        return true;
    dgm_turn_down(&q->refusal, 400, name, "'%s' is a whole number from %llu to %llu, not '%.40s'.",
                  name, (unsigned long long)least, (unsigned long long)most, value);
    return false;
}
