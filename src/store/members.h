/* members.h - members of the JSON that claims and commitments are told in. Inside store. */
#ifndef DGM_MEMBERS_H
#define DGM_MEMBERS_H

#include "output/output.h"

/* "name": [...] of names with commas between, in the order of their bytes, whatever the engine's.
 */
void dgm_put_names(dgm_buffer *out, const char *name, dgm_view names);

#endif
