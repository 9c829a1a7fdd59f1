/* http.h - the answer of a web server as it went over the wire (RFC 9112). Inside ingest. */
#ifndef DGM_HTTP_H
#define DGM_HTTP_H

#include "ingest/reader.h"

typedef struct {
    uint32_t status;             /* 0: this is no answer */
    dgm_view type, charset;      /* "text/html", "utf-8" */
    dgm_view transfer, encoding; /* as the header has them */
    dgm_view body;
} dgm_http;

/* Views into bytes, which is the answer or its beginning. */
dgm_http dgm_http_read(dgm_view bytes);
/* The value of the first header of that name, folded lines unfolded by the caller; empty: none. */
dgm_view dgm_header(dgm_view headers, dgm_view name);
/* The body without chunks and compression, at most `most` bytes of it; archives often keep headers
 * of what they have undone already, so what does not look encoded is not. False: it is in an
 * encoding that cannot be read, or there is no memory. */
bool dgm_http_body(const dgm_http *http, size_t most, dgm_arena *arena, dgm_view *out);

#endif
