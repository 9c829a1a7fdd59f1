/* What a store is asked, by the name of the question. */
#include "library/ask.h"

#include "library/ask_parts.h"

#include <string.h>

dgm_status dgm_ask_kind_of(const char *name, dgm_ask_kind *out, dgm_err *err)
{
    static const char *const names[DGM_N_ASKS] = {
#define X(id, name) name,
        DGM_ASK_MAP(X)
#undef X
    };
    char text[DGM_HINT];
    dgm_nearest nearest = dgm_nearest_to(dgm_view_of(name));
    for (size_t i = 0; i < DGM_N_ASKS; i++) {
        dgm_nearest_try(&nearest, dgm_view_of(names[i]));
        if (strcmp(name, names[i]) != 0)
            continue;
        *out = (dgm_ask_kind)i;
        return DGM_OK;
    }
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "a store is not asked for '%.60s'%s", name,
                    dgm_nearest_hint(&nearest, "", "", text));
}

/* ---- options -------------------------------------------------------------------------------- */

const dgm_option *dgm_ask_rows(dgm_ask_kind kind, size_t *n)
{
    static const dgm_option query[] = { DGM_OPTION_ANSWER("jsonl"), DGM_OPTIONS_QUERY,
                                        DGM_OPTIONS_FACTS, DGM_OPTIONS_FILTER },
                            export[] = { DGM_OPTIONS_WRITING, DGM_OPTIONS_FILTER },
                            stats[] = { DGM_OPTION_ANSWER("jsonl"), DGM_OPTION_MARKS },
                            claims[] = { DGM_OPTION_ANSWER("jsonl"), DGM_OPTION_DAYS,
                                         DGM_OPTIONS_FACTS, DGM_OPTIONS_FILTER },
                            commitments[] = { DGM_OPTION_ANSWER("jsonl"), DGM_OPTION_STATE,
                                              DGM_OPTIONS_FACTS, DGM_OPTIONS_FILTER },
                            sample[] = { DGM_OPTION_ANSWER("jsonl"), DGM_OPTIONS_SAMPLE,
                                         DGM_OPTIONS_FACTS, DGM_OPTIONS_FILTER };
    static const struct {
        const dgm_option *rows;
        size_t n;
    } tables[DGM_N_ASKS] = {
        [DGM_ASK_QUERY] = { query, DGM_LEN(query) },
        [DGM_ASK_EXPORT] = { export, DGM_LEN(export) },
        [DGM_ASK_STATS] = { stats, DGM_LEN(stats) },
        [DGM_ASK_CLAIMS] = { claims, DGM_LEN(claims) },
        [DGM_ASK_COMMITMENTS] = { commitments, DGM_LEN(commitments) },
        [DGM_ASK_SAMPLE] = { sample, DGM_LEN(sample) },
    };
    *n = tables[kind].n;
    return tables[kind].rows;
}

/* What only this kind of question has. */
static dgm_status take_own(const dgm_options *options, dgm_ask *out, dgm_err *err)
{
    uint64_t days = 0;
    switch (out->kind) {
    case DGM_ASK_QUERY:
        return ask_query_of(options, out, err);
    case DGM_ASK_SAMPLE:
        return ask_sample_of(options, out, err);
    case DGM_ASK_CLAIMS:
        if (!dgm_options_number(options, "days", 0, 3650, &days, err))
            return DGM_EUSAGE;
        out->days = (uint32_t)days;
        return DGM_OK;
    case DGM_ASK_COMMITMENTS:
        out->state = dgm_options_value(options, "state");
        return DGM_OK;
    case DGM_ASK_STATS:
        out->of_marks = dgm_options_given(options, "marks");
        return DGM_OK;
    case DGM_ASK_EXPORT:
    case DGM_N_ASKS:
        break;
    }
    return DGM_OK;
}

dgm_status dgm_ask_of(dgm_ask_kind kind, const dgm_options *options, dgm_ask *out, dgm_err *err)
{
    *out = (dgm_ask) { .kind = kind, .options = options };
    dgm_status status = DGM_OK;
    if (kind == DGM_ASK_EXPORT)
        status = dgm_writing_of(options, &out->writing, err);
    else
        out->form = dgm_answer_form_of(options);
    if (status == DGM_OK && kind != DGM_ASK_STATS)
        status = dgm_filter_of(options, &out->filter, err);
    return status == DGM_OK ? take_own(options, out, err) : status;
}

void dgm_ask_done(dgm_ask *ask)
{
    dgm_writing_done(&ask->writing);
}

/* ---- answers -------------------------------------------------------------------------------- */

static dgm_status ask_stats(const dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    static const char *const columns[] = { "what", "n" };
    dgm_answer a;
    dgm_answer_begin(&a, ask->form, columns, DGM_LEN(columns), reply);
    dgm_status status = dgm_store_stats(store, dgm_answer_row, &a, err);
    return dgm_answer_end(&a, status, err);
}

dgm_status dgm_ask_answer(dgm_ask *ask, dgm_store *store, dgm_complaints *notes, dgm_reply *reply,
                          dgm_err *err)
{
    switch (ask->kind) {
    case DGM_ASK_QUERY:
        return ask_query(ask, store, reply, err);
    case DGM_ASK_EXPORT:
        return ask_export(ask, store, reply, err);
    case DGM_ASK_CLAIMS:
        return ask_claims(ask, store, reply, err);
    case DGM_ASK_COMMITMENTS:
        return ask_commitments(ask, store, reply, err);
    case DGM_ASK_SAMPLE:
        return ask_sample(ask, store, reply, err);
    case DGM_ASK_STATS:
    case DGM_N_ASKS:
        break;
    }
    return ask->of_marks ? ask_marks(ask, store, notes, reply, err)
                         : ask_stats(ask, store, reply, err);
}
