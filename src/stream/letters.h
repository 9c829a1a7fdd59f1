/* letters.h - dead letters: what failed three times. Inside stream. */
#ifndef DGM_LETTERS_H
#define DGM_LETTERS_H

#include "stream/broker.h"

enum { STREAM_ATTEMPTS = 3 };

/* DGM_END: it was stopped before the stream of dead letters had it. */
dgm_status stream_bury(dgm_broker *broker, natsMsg *message, uint64_t sequence, const char *hash,
                       const char *reason, const char *worker, dgm_err *err) DGM_MUST_USE;

#endif
