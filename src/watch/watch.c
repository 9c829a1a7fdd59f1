#include "watch/parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct dgm_watch {
    dgm_watch_options options;
    char *state_path;
    bool of_feeds;
    watch_state *state;
    watch_feeds feeds;
    double begun; /* the last poll */
};

/* "stories/" -> "stories.state"; of "." and ".." by the folder's own name. */
static char *state_beside(const char *path)
{
    char *whole = realpath(path, NULL);
    size_t n = whole ? strlen(whole) : 0;
    char *out = whole ? malloc(n + sizeof ".state") : NULL;
    if (out)
        (void)snprintf(out, n + sizeof ".state", "%s.state", whole);
    free(whole);
    return out;
}

static dgm_status prepare(dgm_watch *watch, dgm_err *err)
{
    struct stat about;
    const char *path = watch->options.path;
    if (stat(path, &about) != 0)
        return dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    watch->of_feeds = !S_ISDIR(about.st_mode);
    if (watch->options.every == 0)
        watch->options.every = watch->of_feeds ? 900 : 60;
    watch->state_path = watch->options.state ? strdup(watch->options.state) : state_beside(path);
    if (!watch->state_path)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to watch");
    watch->feeds.options = &watch->options;
    dgm_status status = watch->of_feeds ? watch_feeds_open(&watch->feeds, err) : DGM_OK;
    if (status == DGM_OK)
        status = watch_state_open(watch->state_path, watch->options.into, &watch->state, err);
    watch->feeds.state = watch->state;
    return status;
}

dgm_status dgm_watch_open(const dgm_watch_options *options, dgm_watch **out, dgm_err *err)
{
    dgm_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to watch");
    watch->options = *options;
    dgm_status status = prepare(watch, err);
    if (status == DGM_OK)
        *out = watch;
    else
        dgm_watch_free(watch);
    return status;
}

void dgm_watch_free(dgm_watch *watch)
{
    if (!watch)
        return;
    watch_feeds_done(&watch->feeds);
    watch_state_free(watch->state);
    free(watch->state_path);
    free(watch);
}

bool dgm_watch_is_of_feeds(const dgm_watch *watch)
{
    return watch->of_feeds;
}

dgm_status dgm_watch_poll(dgm_watch *watch, dgm_polled *out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    dgm_err unsaved = { 0 };
    *out = (dgm_polled) { 0 };
    watch->begun = dgm_seconds();
    if (watch->of_feeds)
        watch_feeds_poll(&watch->feeds, out);
    else
        status = watch_folder_poll(&watch->options, watch->state, watch->state_path, out, err);
    dgm_status saved = watch_state_save(watch->state, &unsaved);
    if (status != DGM_OK || saved == DGM_OK)
        return status;
    *err = unsaved;
    return saved;
}

void dgm_watch_wait(const dgm_watch *watch)
{
    watch_sleep(&watch->options, watch->begun + watch->options.every - dgm_seconds());
}
