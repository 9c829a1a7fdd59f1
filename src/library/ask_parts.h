/* ask_parts.h - the questions, one a file. Inside library. */
#ifndef DGM_LIBRARY_ASK_PARTS_H
#define DGM_LIBRARY_ASK_PARTS_H

#include "library/ask.h"

/* What is grouped by; false: there is no group of that name. */
bool ask_by_of(dgm_view name, dgm_by *out);
dgm_status ask_query_of(const dgm_options *options, dgm_ask *out, dgm_err *err) DGM_MUST_USE;
dgm_status ask_query(const dgm_ask *ask, dgm_store *store, dgm_reply *reply,
                     dgm_err *err) DGM_MUST_USE;
dgm_status ask_export(dgm_ask *ask, dgm_store *store, dgm_reply *reply, dgm_err *err) DGM_MUST_USE;
dgm_status ask_claims(const dgm_ask *ask, dgm_store *store, dgm_reply *reply,
                      dgm_err *err) DGM_MUST_USE;
dgm_status ask_commitments(const dgm_ask *ask, dgm_store *store, dgm_reply *reply,
                           dgm_err *err) DGM_MUST_USE;
dgm_status ask_sample_of(const dgm_options *options, dgm_ask *out, dgm_err *err) DGM_MUST_USE;
dgm_status ask_sample(const dgm_ask *ask, dgm_store *store, dgm_reply *reply,
                      dgm_err *err) DGM_MUST_USE;
dgm_status ask_marks(const dgm_ask *ask, dgm_store *store, dgm_complaints *notes, dgm_reply *reply,
                     dgm_err *err) DGM_MUST_USE;

#endif
