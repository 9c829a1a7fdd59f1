/* confine.h - gives up, for the rest of a process, what it has no business with: files elsewhere
 * (by Landlock), starting programs, looking into other processes, rare sockets and the kernel's own
 * affairs (by seccomp). Linux only; a kernel that lacks one of them does without, and elsewhere
 * nothing is given up. */
#ifndef DGM_CONFINE_H
#define DGM_CONFINE_H

#include "base/base.h"

/* A file, or a folder with all that is in it. One that is not there is passed over. */
typedef struct {
    const char *path;
    bool writes; /* files may be written, made and removed */
} dgm_opening;

typedef struct {
    const dgm_opening *openings; /* what may still be opened */
    uint32_t n_openings;
    bool connects; /* TCP connections may still be made; listening always may */
} dgm_confinement;

/* What was given up, or could be. */
typedef struct {
    int landlock; /* the version of its interface; 0: the kernel has none */
    bool calls;   /* seccomp */
} dgm_confined;

/* For this thread and those that it starts, so that it is called before the first one. Cannot be
 * taken back. False, with errno: something that the kernel has could not be used. */
bool dgm_confine(const dgm_confinement *to, dgm_confined *out);
/* What this kernel has. */
dgm_confined dgm_confine_able(void);

#endif
