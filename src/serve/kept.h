/* kept.h - answers that stay the same until the store changes, ready to be sent, plain and
 * compressed. Any thread. Inside serve. */
#ifndef DGM_SERVE_KEPT_H
#define DGM_SERVE_KEPT_H

#include "base/base.h"

#include <microhttpd.h>

/* An answer; whoever holds it releases it. */
typedef struct dgm_kept dgm_kept;
/* type: of HTTP. Takes the bytes of *body, which is empty afterwards. NULL: no memory. */
dgm_kept *dgm_kept_new(dgm_buffer *body, const char *type, unsigned status);
/* The same from memory that lives longer than the answer; zipped may be NULL. */
dgm_kept *dgm_kept_of(dgm_view plain, dgm_view zipped, const char *type);
void dgm_kept_release(dgm_kept *kept);
/* Sends it, or that it has not changed. */
enum MHD_Result dgm_kept_send(struct MHD_Connection *connection, const dgm_kept *kept);

/* What every answer says of itself to a browser. */
void dgm_put_safety(struct MHD_Response *response);

typedef struct dgm_cache dgm_cache;
dgm_cache *dgm_cache_new(size_t most_bytes, uint32_t most);
void dgm_cache_free(dgm_cache *cache);
/* NULL: not there, or of another state of the store. The caller releases it. */
dgm_kept *dgm_cache_get(dgm_cache *cache, dgm_view key, uint64_t state);
/* Keeps it beside the caller; what was asked for longest ago goes. */
void dgm_cache_put(dgm_cache *cache, dgm_view key, uint64_t state, dgm_kept *kept);

#endif
