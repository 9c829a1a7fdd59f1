/* watch.h - what is new in a folder of stories, or in the feeds of a list. It finds and fetches;
 * who asked reads and keeps. */
#ifndef DGM_WATCH_H
#define DGM_WATCH_H

#include "base/base.h"

#include <signal.h>

/* Something to be read: files, or one feed. */
typedef struct {
    char *const *paths; /* n_paths of them; NULL: it is a feed */
    size_t n_paths;
    dgm_view feed; /* its bytes */
    const char *address;
    const char *source; /* that the list gives it, or NULL */
    bool *unread;       /* to be set where there was no memory, or a disk failed */
} dgm_found;
/* True: it was read to its end, and is not found again before it changes, unless it is unread.
 * False ends the poll. */
typedef bool (*dgm_found_fn)(void *context, const dgm_found *found);

typedef struct {
    const char
        *path; /* of a folder, which is looked into all the way down, or of a list of feeds */
    const char *state; /* file that keeps what was read; NULL: beside the path */
    const char *into;  /* where the stories go: what was read for another place is not done */
    uint32_t every;    /* seconds from poll to poll; 0: 60 for a folder, 900 for feeds */
    uint32_t settle;   /* seconds for which a file must not change before it is read */
    dgm_complaints *complaints;
    const volatile sig_atomic_t *stop; /* not 0: nothing is waited for or begun */
    dgm_found_fn found;
    void *context;
} dgm_watch_options;

/* What a poll met. */
typedef struct {
    uint32_t n_files, n_new, n_growing;                       /* of a folder */
    uint32_t n_feeds, n_changed, n_same, n_failed, n_waiting; /* waiting: until they may be asked */
    bool broken; /* what was found could not be read to its end */
} dgm_polled;

typedef struct dgm_watch dgm_watch;
/* The caller owns *out; what options point to must outlive it. */
dgm_status dgm_watch_open(const dgm_watch_options *options, dgm_watch **out,
                          dgm_err *err) DGM_MUST_USE;
void dgm_watch_free(dgm_watch *watch);
bool dgm_watch_is_of_feeds(const dgm_watch *watch);
/* Looks once at all there is. */
dgm_status dgm_watch_poll(dgm_watch *watch, dgm_polled *out, dgm_err *err) DGM_MUST_USE;
/* Waits until the next poll is due, or for `stop`. */
void dgm_watch_wait(const dgm_watch *watch);

#endif
