/* parts.h - what the files of this room share. Inside watch. */
#ifndef DGM_WATCH_PARTS_H
#define DGM_WATCH_PARTS_H

#include "watch/watch.h"

/* Sleeps for so long, or until `stop`. */
void watch_sleep(const dgm_watch_options *options, double seconds);
bool watch_stopped(const dgm_watch_options *options);

/* network.c: whether an IP address, as text, is of this machine or a network of one's own. What is
 * no address counts as one. */
bool watch_is_own_network(const char *address);

/* ---- state.c: what was read, in a file ------------------------------------------------------ */

enum { WATCH_MARK = 64, WATCH_TAG = 512 };

typedef struct watch_state watch_state;
/* A file that is missing, or of other stories (`into`), gives an empty state. */
dgm_status watch_state_open(const char *path, const char *into, watch_state **out,
                            dgm_err *err) DGM_MUST_USE;
void watch_state_free(watch_state *state);
/* Written beside and renamed, where anything changed. */
dgm_status watch_state_save(watch_state *state, dgm_err *err) DGM_MUST_USE;

/* Files: the mark under which one was read ("size mtime"). */
bool watch_state_has_file(const watch_state *state, const char *path, const char *mark);
void watch_state_set_file(watch_state *state, const char *path, const char *mark);
/* Forgets files that neither call has named since the last sweep: they are gone. */
void watch_state_sweep(watch_state *state);

/* Feeds. */
typedef struct {
    char etag[WATCH_TAG], modified[WATCH_TAG]; /* as the server gave them; empty: none */
    int64_t until;                             /* not to be asked before; seconds since 1970 */
    uint32_t n_failures;                       /* one after the other */
} watch_feed_state;
void watch_state_feed(const watch_state *state, const char *address, watch_feed_state *out);
void watch_state_set_feed(watch_state *state, const char *address, const watch_feed_state *feed);

/* ---- list.c: the list of feeds -------------------------------------------------------------- */

typedef struct {
    const char *address, *source; /* source NULL: as the feed says */
    size_t line;
    uint32_t i_host;
} watch_feed;
typedef struct {
    char *text; /* which all others point into */
    watch_feed *feeds;
    uint32_t n, n_hosts;
} watch_list;
/* Lines that are none are complained about and passed over. */
dgm_status watch_list_read(const char *path, dgm_complaints *complaints, watch_list *out,
                           dgm_err *err) DGM_MUST_USE;
void watch_list_done(watch_list *list);

/* ---- fetch.c: one address over HTTP --------------------------------------------------------- */

enum {
    WATCH_MAX_BODY = 8 << 20,    /* bytes of a feed, unpacked */
    WATCH_MAX_HEADER = 64 << 10, /* bytes of all headers of an answer */
    WATCH_MAX_REDIRECTS = 5,
    WATCH_SECONDS_CONNECT = 15,
    WATCH_SECONDS = 60
};

typedef struct {
    long code; /* of HTTP; 0: there is no answer, and `problem` says why */
    char problem[200];
    uint64_t retry_after; /* seconds; 0: the server does not say */
    char etag[WATCH_TAG], modified[WATCH_TAG];
    dgm_buffer body;
} watch_answer;

typedef struct watch_fetcher watch_fetcher;
/* NULL, with a message: this build cannot, or there is no memory. */
watch_fetcher *watch_fetcher_new(const dgm_watch_options *options, dgm_err *err);
void watch_fetcher_free(watch_fetcher *fetcher);
/* etag and modified: of the version that is known, or empty. The caller ends answer->body. */
void watch_fetch(watch_fetcher *fetcher, const char *address, const char *etag,
                 const char *modified, watch_answer *answer);

/* ---- folder.c, feeds.c: one poll ------------------------------------------------------------ */

dgm_status watch_folder_poll(const dgm_watch_options *options, watch_state *state,
                             const char *state_path, dgm_polled *out, dgm_err *err) DGM_MUST_USE;

typedef struct {
    const dgm_watch_options *options;
    watch_state *state;
    watch_list list;
    watch_fetcher *fetcher;
    double *asked; /* by host: when it was asked last; 0: never */
} watch_feeds;
dgm_status watch_feeds_open(watch_feeds *feeds, dgm_err *err) DGM_MUST_USE;
void watch_feeds_done(watch_feeds *feeds);
void watch_feeds_poll(watch_feeds *feeds, dgm_polled *out);

#endif
