/* serve.h - the page and its API over HTTP, from a store: `dragoman serve`. docs/page.md tells what
 * it answers; docs/formats/api.json is made from its table of routes. */
#ifndef DGM_SERVE_H
#define DGM_SERVE_H

#include "store/store.h"
#include "story/story.h"

typedef struct {
    const char *db;
    uint16_t port;      /* 0: any that is free */
    const char *bind;   /* an address: "127.0.0.1", "::1", "0.0.0.0" */
    const char *hosts;  /* further names that a browser may call the server by; may be NULL */
    const char *token;  /* whoever asks must have it; NULL: nobody is asked, on loopback only */
    const char *tables; /* folders of tables */
    char tables_hash[33], model_hash[33];
    const dgm_coder *coder;     /* for POST /api/code and reasons; NULL: neither */
    dgm_complaints *complaints; /* what goes wrong inside, one at a time from any thread; or NULL */
    bool correct;               /* marks may be made */
    /* Writes all marks as gold; NULL: GET /api/marks.jsonl is not there. */
    dgm_status (*gold)(dgm_store *store, FILE *out, uint32_t *n_left, dgm_err *err);
} dgm_serve_options;

typedef struct dgm_server dgm_server;

/* Listens from here on. Options are borrowed for as long as the server lives. */
dgm_status dgm_server_start(const dgm_serve_options *options, dgm_server **out,
                            dgm_err *err) DGM_MUST_USE;
/* "http://127.0.0.1:8080/" */
const char *dgm_server_address(const dgm_server *server);
/* Takes no more connections, answers what was asked, for ten seconds at most, and ends. */
void dgm_server_stop(dgm_server *server);

/* The OpenAPI document, made from the table of routes. */
void dgm_serve_openapi(dgm_buffer *out);

#endif
