#include "serve/body.h"

json_t *dgm_body_of(dgm_question *q)
{
    json_error_t error;
    json_t *body =
        json_loadb(q->body.p ? q->body.p : "", q->body.n, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(body))
        return body;
    if (!body && !error.text[0]) { /* jansson says nothing where it has no memory */
        (void)dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for a body");
        return NULL;
    }
    dgm_turn_down(&q->refusal, 400, NULL, "The body is no object of JSON: %s.",
                  body ? "it is something else" : error.text);
    json_decref(body);
    return NULL;
}
