/* routes.h - the table of routes, and what each has at hand to answer. Inside serve. */
#ifndef DGM_SERVE_ROUTES_H
#define DGM_SERVE_ROUTES_H

#include "serve/request.h"
#include "serve/serve.h"
#include "serve/vocabulary.h"

/* A question that a worker answers. */
typedef struct {
    const dgm_request *request;
    const dgm_serve_options *options;
    const dgm_vocabulary *words;
    dgm_store *store;
    dgm_story *story; /* NULL: nothing can be coded */
    dgm_view body;    /* of a POST */
    dgm_arena *arena; /* until it is answered */
    dgm_filter filter;
    dgm_per per;
    /* the answer */
    dgm_buffer out;
    FILE *file; /* instead of out, where it may be large; whoever made the question ends it */
    const char *type;
    dgm_refusal refusal;
    dgm_err err;
} dgm_question;

/* False: q->refusal or q->err say why not. */
typedef bool (*dgm_answer_fn)(dgm_question *q);

/* SLOW: codes or marks. LONG: may go through the whole store. */
typedef enum { DGM_LANE_NONE, DGM_LANE_QUICK, DGM_LANE_SLOW, DGM_LANE_LONG } dgm_lane;

struct dgm_route {
    const char *path; /* "/api/stories/{key}": the last part may be anything */
    dgm_lane lane;    /* NONE: answered where it is asked, by the server itself */
    bool filtered, paged;
    const char *parameters; /* further ones, parted by commas */
    unsigned suffixes;      /* bits of dgm_suffix */
    bool kept;              /* the same until the store changes */
    bool only_posted;
    dgm_answer_fn get, post;
    const char *summary; /* one sentence */
    const char *answer;  /* members of the answer, parted by blanks; NULL: it is no object */
};
extern const dgm_route dgm_routes[];
extern const size_t dgm_n_routes;

/* Sets route, key and suffix by the path; NULL is a page's. False: there is no such route. */
bool dgm_route_find(dgm_request *request);
/* The i-th parameter that it takes; NULL: there are no more. Valid until the next call by this
 * thread only where it is one of a list of its own. */
const char *dgm_route_parameter(const dgm_route *route, uint32_t i);

/* The filters' names; NULL ends them. */
extern const char *const dgm_filter_names[];
/* What a parameter means, for the document of the API; NULL: unknown. */
const char *dgm_parameter_help(const char *name);

/* Reads the filter from the parameters and checks every word of it. */
bool dgm_question_filter(dgm_question *q);
/* "; did you mean 'TUR'?", by the store's words; "." where none is near; NULL: q->err says why. */
const char *dgm_question_hint(dgm_question *q, dgm_word_kind kind, dgm_view word,
                              char out[DGM_HINT]);
/* A whole number among the parameters; `otherwise` where there is none. */
bool dgm_question_number(dgm_question *q, const char *name, uint64_t least, uint64_t most,
                         uint64_t otherwise, uint64_t *out);

/* Answers, by subject. */
bool dgm_answer_about(dgm_question *q);
bool dgm_answer_openapi(dgm_question *q);
bool dgm_answer_overview(dgm_question *q);
bool dgm_answer_timeline(dgm_question *q);
bool dgm_answer_dyads(dgm_question *q);
bool dgm_answer_network(dgm_question *q);
bool dgm_answer_series(dgm_question *q);
bool dgm_answer_places(dgm_question *q);
bool dgm_answer_events(dgm_question *q);
bool dgm_answer_feed(dgm_question *q);
bool dgm_answer_event(dgm_question *q);
bool dgm_answer_stories(dgm_question *q);
bool dgm_answer_story(dgm_question *q);
bool dgm_answer_quotes(dgm_question *q);
bool dgm_answer_speakers(dgm_question *q);
bool dgm_answer_claims(dgm_question *q);
bool dgm_answer_commitments(dgm_question *q);
bool dgm_answer_actor(dgm_question *q);
bool dgm_answer_words(dgm_question *q);
bool dgm_answer_code(dgm_question *q);
bool dgm_answer_marks(dgm_question *q);
bool dgm_answer_mark(dgm_question *q);

#endif
