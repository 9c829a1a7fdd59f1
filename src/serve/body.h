/* body.h - what a client posts. Inside serve. */
#ifndef DGM_SERVE_BODY_H
#define DGM_SERVE_BODY_H

#include "serve/routes.h"

#include <jansson.h>

/* The object of JSON that was posted, the caller's; NULL: it is none (q->refusal). */
json_t *dgm_body_of(dgm_question *q);

#endif
