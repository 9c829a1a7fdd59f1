/* Feeds: all that may be asked are asked, one after the other. */
#include "watch/parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SECONDS_BETWEEN = 1,     /* two requests to one host */
    LONGEST = 86400,         /* seconds for which a server may ask to be left alone */
    LONGEST_UNASKED = 21600, /* and for which it is when it does not say */
    MOST_DOUBLINGS = 10
};

dgm_status watch_feeds_open(watch_feeds *feeds, dgm_err *err)
{
    const dgm_watch_options *options = feeds->options;
    if (!(feeds->fetcher = watch_fetcher_new(options, err)))
        return err->status;
    dgm_status status = watch_list_read(options->path, options->complaints, &feeds->list, err);
    if (status == DGM_OK && !(feeds->asked = calloc(feeds->list.n_hosts, sizeof *feeds->asked)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the hosts of feeds");
    return status;
}

void watch_feeds_done(watch_feeds *feeds)
{
    watch_list_done(&feeds->list);
    watch_fetcher_free(feeds->fetcher);
    free(feeds->asked);
}

/* ---- when it goes wrong --------------------------------------------------------------------- */

/* Seconds until a feed is asked again that has failed for the n-th time in a row. */
static uint64_t pause_after(const dgm_watch_options *options, const watch_answer *answer,
                            uint32_t n_failures)
{
    uint64_t seconds = options->every;
    if (answer->retry_after > 0)
        return DGM_MIN(answer->retry_after, (uint64_t)LONGEST);
    for (uint32_t i = 0; i < n_failures && i < MOST_DOUBLINGS; i++)
        seconds = DGM_MIN(seconds * 2, (uint64_t)LONGEST_UNASKED);
    return seconds;
}

/* A server that has too much to do is left alone with all of its feeds. */
static void spare_host(const watch_feeds *feeds, uint32_t i_host, int64_t until)
{
    for (uint32_t i = 0; i < feeds->list.n; i++) {
        watch_feed_state known;
        if (feeds->list.feeds[i].i_host != i_host)
            continue;
        watch_state_feed(feeds->state, feeds->list.feeds[i].address, &known);
        known.until = DGM_MAX(known.until, until);
        watch_state_set_feed(feeds->state, feeds->list.feeds[i].address, &known);
    }
}

static void fail(const watch_feeds *feeds, const watch_feed *feed, watch_feed_state *known,
                 const watch_answer *answer)
{
    const dgm_watch_options *options = feeds->options;
    uint64_t seconds = pause_after(options, answer, ++known->n_failures);
    known->until = (int64_t)time(NULL) + (int64_t)seconds;
    watch_state_set_feed(feeds->state, feed->address, known);
    if (answer->code == 429 || answer->code == 503)
        spare_host(feeds, feed->i_host, known->until);
    if (answer->code != 0)
        dgm_complain(options->complaints, DGM_EIO, options->path, feed->line,
                     "the server answers %ld and is left alone for %llu s: %.200s", answer->code,
                     (unsigned long long)seconds, feed->address);
    else
        dgm_complain(options->complaints, DGM_EIO, options->path, feed->line,
                     "%s; the feed is left alone for %llu s: %.200s", answer->problem,
                     (unsigned long long)seconds, feed->address);
}

/* ---- one feed ------------------------------------------------------------------------------- */

/* Only what was read to its end is known. */
static void take(const watch_feeds *feeds, const watch_feed *feed, const watch_answer *answer,
                 dgm_polled *out)
{
    const dgm_watch_options *options = feeds->options;
    watch_feed_state known = { .until = 0 };
    bool unread = false;
    const dgm_found found = { .unread = &unread,
                              .feed = { answer->body.p, answer->body.n },
                              .address = feed->address,
                              .source = feed->source };
    out->n_changed++;
    out->broken = !options->found(options->context, &found);
    if (out->broken || unread)
        return;
    memcpy(known.etag, answer->etag, sizeof known.etag);
    memcpy(known.modified, answer->modified, sizeof known.modified);
    watch_state_set_feed(feeds->state, feed->address, &known);
}

/* What is packed besides what HTTP unpacked may be as large as it likes. */
static bool is_packed(const dgm_buffer *body)
{
    dgm_view v = { body->p, body->n };
    return dgm_view_starts(v, DGM_VIEW("\x1F\x8B")) ||
           dgm_view_starts(v, DGM_VIEW("\x28\xB5\x2F\xFD"));
}

static void ask(watch_feeds *feeds, const watch_feed *feed, watch_feed_state *known,
                dgm_polled *out)
{
    watch_answer answer;
    double *asked = &feeds->asked[feed->i_host];
    if (*asked > 0)
        watch_sleep(feeds->options, *asked + SECONDS_BETWEEN - dgm_seconds());
    if (watch_stopped(feeds->options))
        return;
    watch_fetch(feeds->fetcher, feed->address, known->etag, known->modified, &answer);
    *asked = dgm_seconds();
    if (answer.code == 200 && is_packed(&answer.body)) {
        answer.code = 0;
        (void)snprintf(answer.problem, sizeof answer.problem, "the answer is a packed file");
    }
    if (watch_stopped(feeds->options)) {
        out->broken = true;
    } else if (answer.code == 304) {
        known->n_failures = 0;
        known->until = 0;
        watch_state_set_feed(feeds->state, feed->address, known);
        out->n_same++;
    } else if (answer.code == 200) {
        take(feeds, feed, &answer, out);
    } else {
        fail(feeds, feed, known, &answer);
        out->n_failed++;
    }
    dgm_buffer_done(&answer.body);
}

void watch_feeds_poll(watch_feeds *feeds, dgm_polled *out)
{
    out->n_feeds = feeds->list.n;
    for (uint32_t i = 0; i < feeds->list.n && !out->broken && !watch_stopped(feeds->options); i++) {
        const watch_feed *feed = &feeds->list.feeds[i];
        watch_feed_state known;
        int64_t now = (int64_t)time(NULL);
        watch_state_feed(feeds->state, feed->address, &known);
        if (known.until > now && known.until <= now + LONGEST) /* else the clock was wrong */
            out->n_waiting++;
        else
            ask(feeds, feed, &known, out);
    }
}
