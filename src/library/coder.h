/* coder.h - what stands behind a dragoman_coder. Inside library. */
#ifndef DGM_LIBRARY_CODER_H
#define DGM_LIBRARY_CODER_H

#include "dragoman.h"
#include "story/relations.h"

#include <pthread.h>

/* The working space of one call; those not in use wait in the coder's list. */
typedef struct library_bench {
    dgm_story *story;
    dgm_arena *arena;
    struct library_bench *next;
} library_bench;

struct dragoman_coder {
    dgm_coder *knowledge;
    char *tables, *model; /* folders as dgm_table_load() has them; the file, or NULL */
    bool judges;          /* what marked sides do is weighed, too */
    pthread_mutex_t lock; /* of what follows */
    library_bench *idle;
    dgm_relations *relations; /* loaded when it is first asked for */
    bool has_relations;
};

/* Puts what err says into message, which may be NULL. */
dragoman_status library_fail(char *message, const dgm_err *err);
/* Whom a public function complains to. */
typedef struct {
    dragoman_complain_fn fn; /* may be NULL */
    void *context;
} library_listener;
/* A dgm_complain_fn whose context is the listener. */
void library_complain(void *listener, const dgm_err *err);

#endif
