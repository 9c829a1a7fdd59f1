/* claims, commitments: what reports of several stories say of one event. */
#include "library/ask_parts.h"

static const dgm_line_column claims_columns[] = {
    { "event_type", "event_type", true },
    { "actors", "actors", true },
    { "recipients", "recipients", true },
    { "affirmed_by", "affirmed_by", false },
    { "affirmed_date", "affirmed.0.story_date", false },
    { "affirmed_source", "affirmed.0.source", false },
    { "affirmed_title", "affirmed.0.story_title", false },
    { "affirmed_sentence", "affirmed.0.sentence", true },
    { "affirmed_event", "affirmed.0.event_id", false },
    { "affirmed_story", "affirmed.0.story_id", false },
    { "denied_by", "denied_by", true },
    { "denied_date", "denied.0.story_date", true },
    { "denied_source", "denied.0.source", false },
    { "denied_title", "denied.0.story_title", false },
    { "denied_sentence", "denied.0.sentence", true },
    { "denied_event", "denied.0.event_id", false },
    { "denied_story", "denied.0.story_id", false },
};

static const dgm_line_column commitments_columns[] = {
    { "kind", "kind", true },
    { "state", "state", true },
    { "event_type", "event_type", true },
    { "actors", "actors", true },
    { "recipients", "recipients", true },
    { "negated", "negated", false },
    { "condition", "condition", false },
    { "due", "due", false },
    { "voice", "voice", false },
    { "date", "report.story_date", true },
    { "source", "report.source", false },
    { "title", "report.story_title", false },
    { "sentence", "report.sentence", true },
    { "event_id", "event_id", false },
    { "story_id", "story_id", false },
    { "decided_date", "decided_by.story_date", true },
    { "decided_source", "decided_by.source", false },
    { "decided_title", "decided_by.story_title", false },
    { "decided_sentence", "decided_by.sentence", true },
    { "decided_event", "decided_by.event_id", false },
    { "decided_story", "decided_by.story_id", false },
};

/* What was found goes out, where it was found whole. */
static dgm_status answer(const dgm_ask *ask, dgm_status status, dgm_buffer *lines,
                         const dgm_line_column *columns, uint32_t n, dgm_reply *reply, dgm_err *err)
{
    const dgm_view found = { lines->p ? lines->p : "", lines->n };
    if (status == DGM_OK && lines->failed)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the answer");
    if (status == DGM_OK)
        status = dgm_answer_lines(ask->form, found, columns, n, reply, err);
    dgm_buffer_done(lines);
    return status;
}

dgm_status ask_claims(const dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    dgm_buffer lines = { 0 };
    dgm_status status = dgm_store_claims(store, &ask->filter, ask->days, &lines, err);
    return answer(ask, status, &lines, claims_columns, DGM_LEN(claims_columns), reply, err);
}

dgm_status ask_commitments(const dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err)
{
    dgm_buffer lines = { 0 };
    dgm_status status = dgm_store_commitments(store, &ask->filter, ask->state, &lines, err);
    return answer(ask, status, &lines, commitments_columns, DGM_LEN(commitments_columns), reply,
                  err);
}
