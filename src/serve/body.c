#include "serve/body.h"

json_t *dgm_body_of(dgm_question *q)
{
    json_error_t error;
    json_t *body =
        json_loadb(q->body.p ? q->body.p : "", q->body.n, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(body))
        return body;
    dgm_turn_down(&q->refusal, 400, NULL, "The body is no object of JSON: %s.",
                  body ? "it is something else" : error.text);
    json_decref(body);
    return NULL;
}
