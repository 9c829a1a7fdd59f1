/* request.h - what a client asks for, read from the first line of HTTP: nothing is allocated, and
 * nothing is looked at but the bytes. Inside serve. */
#ifndef DGM_SERVE_REQUEST_H
#define DGM_SERVE_REQUEST_H

#include "base/base.h"

enum { DGM_LONGEST_TARGET = 8192, DGM_MOST_PARAMETERS = 40 };

typedef enum { DGM_HTTP_GET, DGM_HTTP_HEAD, DGM_HTTP_POST, DGM_HTTP_OTHER } dgm_http_method;
typedef enum {
    DGM_SUFFIX_NONE,
    DGM_SUFFIX_CSV,
    DGM_SUFFIX_JSONL,
    DGM_SUFFIX_META,
    DGM_SUFFIX_ATOM
} dgm_suffix;

/* refusal.c: why something is not answered, as a sentence. status 0: it is. */
typedef struct {
    unsigned status;    /* of HTTP */
    char parameter[40]; /* whose fault it is; may be empty */
    char message[300];
} dgm_refusal;
void dgm_turn_down(dgm_refusal *refusal, unsigned status, const char *parameter, const char *format,
                   ...) DGM_PRINTF(4, 5);
void dgm_refusal_json(const dgm_refusal *refusal, dgm_buffer *out);

typedef struct dgm_route dgm_route;

typedef struct {
    dgm_view name, value; /* NUL-terminated besides */
} dgm_parameter;

typedef struct {
    dgm_http_method method;
    const dgm_route *route; /* NULL: it is the path of a page or a file */
    dgm_view path;          /* decoded, without the query */
    dgm_view key;           /* what stands for {...} in the route */
    dgm_suffix suffix;
    dgm_parameter parameters[DGM_MOST_PARAMETERS];
    uint32_t n_parameters;
    char room[2 * DGM_LONGEST_TARGET + DGM_MOST_PARAMETERS * 2 + 8];
} dgm_request;

/* False: it is refused. Parameters are checked by name, not by value. */
bool dgm_request_parse(const char *method, dgm_view target, dgm_request *out, dgm_refusal *refusal);
/* The parameter's value, NUL-terminated; NULL: it is not there or empty. */
static inline const char *dgm_request_value(const dgm_request *request, const char *name)
{
    for (uint32_t i = 0; i < request->n_parameters; i++)
        if (dgm_view_eq(request->parameters[i].name, dgm_view_of(name)))
            return request->parameters[i].value.p;
    return NULL;
}

/* Whether the Host that a browser sends is one of ours. Names that are no addresses must be known,
 * since any other name may have been made to point here (DNS rebinding). hosts: parted by commas;
 * loopback: only names of this machine itself are. */
bool dgm_host_is_ours(dgm_view host, const char *hosts, bool loopback);

#endif
