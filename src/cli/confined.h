/* confined.h - the end of the freedom of what runs for long and reads what strangers wrote. Inside
 * cli. */
#ifndef DGM_CLI_CONFINED_H
#define DGM_CLI_CONFINED_H

#include "cli/cli.h"

/* From here on, unless --confine is off, only the store, the tables and what the system needs can
 * be opened, and no program can be started (base/confine.h). Called before the first thread. more:
 * further files, each of which may be NULL. connects: to others than a store's database too. */
void dgm_cli_confine(const dgm_arguments *arguments, const char *db, const char *const *more,
                     size_t n_more, bool connects);

#ifdef DGM_SANITIZED /* at their end sanitizers look into the process, by a program of their own   \
                      */
#define DGM_CONFINE_DEFAULT "off"
#else
#define DGM_CONFINE_DEFAULT "on"
#endif
#define DGM_OPTION_CONFINE                                                                         \
    {                                                                                              \
        0, "confine", "on|off",                                                                    \
            "give up what is not needed: files elsewhere, starting programs (Linux)",              \
            DGM_CONFINE_DEFAULT                                                                    \
    }

#endif
