#include "actors/actors.h"

#include <stdlib.h>

struct dgm_actors {
    int unused;
};

dgm_status dgm_actors_load(const char *tables_dir, dgm_complaints *complaints, dgm_actors **out,
                           dgm_err *err)
{
    (void)tables_dir;
    (void)complaints;
    *out = calloc(1, sizeof(**out));
    return *out ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
}

void dgm_actors_free(dgm_actors *actors)
{
    free(actors);
}

dgm_status dgm_actors_find(const dgm_actors *actors, dgm_document *doc, dgm_err *err)
{
    (void)actors;
    (void)doc;
    (void)err;
    return DGM_OK;
}
