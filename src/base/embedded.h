/* embedded.h - files inside the program. One that is built with -Dembed=true holds tables and model
 * itself: to all that reads them they are files below a folder that is called DGM_EMBEDDED, over
 * which others may be laid as over any folder (dgm_folders_cut() in base.h). Every other build has
 * the same functions and no such files. */
#ifndef DGM_BASE_EMBEDDED_H
#define DGM_BASE_EMBEDDED_H

#include "base/base.h"

#define DGM_EMBEDDED "(built in)"

typedef struct {
    const char *path, *begin, *end; /* a NUL stands at the end */
} dgm_embedded_file;

/* Sorted as a walk by name finds them, folder by folder; NULL and 0 where there are none. */
const dgm_embedded_file *dgm_embedded_files(size_t *n);
/* The bytes of one; they begin at a multiple of 64. False: there is none of this path. */
bool dgm_embedded_find(const char *path, dgm_view *bytes);
/* The path of a file below this folder: what follows its stroke; NULL: it lies elsewhere. */
const char *dgm_embedded_below(const dgm_embedded_file *file, const char *folder);

/* Whether there is an embedded file or folder of this path. */
bool dgm_embedded_is(const char *path);
/* Whether there is a file or folder of this path, on the disk or embedded; sets errno where not. */
bool dgm_path_exists(const char *path);
/* Opens a file for reading, on the disk or embedded. For libraries that read files themselves. */
FILE *dgm_embedded_fopen(const char *path, const char *mode);

#endif
