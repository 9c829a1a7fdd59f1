/* What `serve` and `worker` may still open once they have loaded what they code with. */
#include "cli/confined.h"

#include "base/confine.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dgm_opening at[64];
    char paths[64][PATH_MAX];
    uint32_t n;
} list;

static void add(list *l, bool writes, const char *path)
{
    if (!path || !path[0] || l->n == DGM_LEN(l->at))
        return;
    snprintf(l->paths[l->n], sizeof l->paths[0], "%s", path);
    l->at[l->n] = (dgm_opening) { .path = l->paths[l->n], .writes = writes };
    l->n++;
}

static void add_in_home(list *l, const char *name)
{
    char path[PATH_MAX];
    const char *home = getenv("HOME");
    if (home && snprintf(path, sizeof path, "%s/%s", home, name) < (int)sizeof path)
        add(l, false, path);
}

/* The clock's zone, chance, libraries that libc loads late, large answers on their way. */
static void add_what_all_need(list *l)
{
    static const char *const read[] = {
        "/dev/urandom", "/etc/localtime", "/usr/share/zoneinfo",    "/lib", "/lib64", "/usr/lib",
        "/usr/lib64",   "/usr/local/lib", "/sys/devices/system/cpu"
    };
    for (size_t i = 0; i < DGM_LEN(read); i++)
        add(l, false, read[i]);
    add(l, true, "/dev/null");
    add(l, true, "/tmp"); /* where tmpfile() of libc makes them */
}

/* Names of hosts, certificates, and what libpq reads of its own. */
static void add_what_connections_need(list *l)
{
    static const char *const variables[] = { "PGPASSFILE", "PGSERVICEFILE", "PGSSLCERT",
                                             "PGSSLKEY",   "PGSSLROOTCERT", "PGSSLCRL" };
    add(l, false, "/etc");
    add(l, false, "/run/systemd/resolve"); /* where /etc/resolv.conf may lead */
    add(l, false, "/usr/share/ca-certificates");
    add_in_home(l, ".pgpass");
    add_in_home(l, ".pg_service.conf");
    add_in_home(l, ".postgresql");
    for (size_t i = 0; i < DGM_LEN(variables); i++)
        add(l, false, getenv(variables[i]));
}

/* The folder of the store, since SQLite makes and removes files beside it. */
static void add_store(list *l, const char *db)
{
    char path[PATH_MAX];
    if (!realpath(db, path))
        snprintf(path, sizeof path, "%s", db);
    char *slash = strrchr(path, '/');
    if (slash == path)
        slash++;
    if (slash)
        *slash = '\0';
    add(l, true, slash ? path : ".");
}

static void add_tables(list *l, const dgm_arguments *arguments)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    char path[PATH_MAX];
    uint32_t n = dgm_folders_cut(dgm_cli_tables_dir(arguments), folders);
    for (uint32_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%.*s", DGM_FMT(folders[i]));
        add(l, false, path);
    }
}

void dgm_cli_confine(const dgm_arguments *arguments, const char *db, const char *const *more,
                     size_t n_more, bool connects)
{
    bool remote = strstr(db, "://") != NULL;
    list *l =
        strcmp(dgm_option_value(arguments, "confine"), "on") == 0 ? calloc(1, sizeof *l) : NULL;
    dgm_confined got;
    if (!l)
        return;
    connects = connects || remote;
    add_what_all_need(l);
    add_tables(l, arguments);
    for (size_t i = 0; i < n_more; i++)
        add(l, false, more[i]);
    if (connects)
        add_what_connections_need(l);
    if (!remote)
        add_store(l, db);
    if (!dgm_confine(&(dgm_confinement) { l->at, l->n, connects }, &got))
        fprintf(stderr, "dragoman: what is not needed cannot all be given up: %s\n",
                strerror(errno));
    free(l);
}
