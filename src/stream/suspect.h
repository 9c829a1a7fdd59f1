/* suspect.h - coding a story that workers died of, or were killed with: in a process of its own, so
 * that it cannot take a worker with it again. Inside stream. */
#ifndef DGM_SUSPECT_H
#define DGM_SUSPECT_H

#include "story/story.h"

/* The coded story, packed, at the end of *out. DGM_EFORMAT: it ended its process, or took longer
 * than `seconds`; DGM_EIO: no process; DGM_ENOMEM: no room for what it gave. beat is called while
 * it runs. */
dgm_status stream_code_apart(const dgm_coder *coder, dgm_document *doc, uint32_t seconds,
                             void (*beat)(void *context), void *context, dgm_buffer *out,
                             dgm_err *err) DGM_MUST_USE;

#endif
