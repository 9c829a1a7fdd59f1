#include "library/places.h"

#include <stdlib.h>
#include <unistd.h>

const char *dgm_tables_dir(void)
{
    const char *places[] = { getenv("DRAGOMAN_TABLES"), DGM_INSTALLED_TABLES, DGM_SOURCE_TABLES };
    if (places[0] && places[0][0])
        return places[0];
    for (int i = 1; i < 3; i++) {
        if (access(places[i], R_OK) == 0)
            return places[i];
    }
    return NULL;
}
