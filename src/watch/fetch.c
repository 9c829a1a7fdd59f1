/* One address over HTTP by libcurl, within bounds of time, bytes and redirects. */
#include "watch/parts.h"

#ifdef DGM_HAVE_CURL

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct watch_fetcher {
    CURL *curl;
    const dgm_watch_options *options;
};

typedef struct {
    const dgm_watch_options *options;
    watch_answer *answer;
    size_t n_header;
    bool too_long, asked, begins_at_home, strayed;
} transfer;

watch_fetcher *watch_fetcher_new(const dgm_watch_options *options, dgm_err *err)
{
    watch_fetcher *f = calloc(1, sizeof *f);
    bool good = f && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (good && !(f->curl = curl_easy_init()))
        curl_global_cleanup();
    if (!good || !f->curl) {
        (void)dgm_fail(err, DGM_ENOMEM, NULL, 0, "libcurl cannot be started");
        free(f);
        return NULL;
    }
    f->options = options;
    return f;
}

void watch_fetcher_free(watch_fetcher *fetcher)
{
    if (!fetcher)
        return;
    curl_easy_cleanup(fetcher->curl);
    curl_global_cleanup();
    free(fetcher);
}

/* ---- what libcurl calls --------------------------------------------------------------------- */

/* Of headers only the number counts: they are asked for by name at the end. */
static size_t take_header(char *p, size_t size, size_t n, void *context)
{
    transfer *t = context;
    (void)p;
    t->n_header += size * n;
    t->too_long = t->too_long || t->n_header > WATCH_MAX_HEADER;
    return t->too_long ? 0 : size * n;
}

/* Bytes as they are when unpacked, so that what is packed to be huge ends here as well. */
static size_t take_body(char *p, size_t size, size_t n, void *context)
{
    transfer *t = context;
    dgm_buffer *body = &t->answer->body;
    n *= size;
    t->too_long = t->too_long || n > WATCH_MAX_BODY - body->n;
    if (t->too_long)
        return 0;
    dgm_buffer_put(body, (dgm_view) { p, n });
    return body->failed ? 0 : n;
}

/* A redirect may not lead from the web into a network of one's own; a listed name that itself leads
 * there is taken as meant. Behind a proxy it is the proxy's address that is seen. */
static int may_ask(void *context, char *remote, char *local, int remote_port, int local_port)
{
    transfer *t = context;
    bool own = watch_is_own_network(remote);
    (void)local, (void)remote_port, (void)local_port;
    if (!t->asked)
        t->begins_at_home = own;
    t->asked = true;
    t->strayed = own && !t->begins_at_home;
    return t->strayed ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static int go_on(void *context, curl_off_t n_down, curl_off_t down, curl_off_t n_up, curl_off_t up)
{
    const transfer *t = context;
    (void)n_down, (void)down, (void)n_up, (void)up;
    return watch_stopped(t->options);
}

/* ---- a request ------------------------------------------------------------------------------ */

static void set_limits(CURL *curl, const char *address)
{
    bool safe = dgm_view_eq_nocase(dgm_view_slice(dgm_view_of(address), 0, 6), DGM_VIEW("https:"));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, safe ? "https" : "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)WATCH_MAX_REDIRECTS);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)WATCH_SECONDS_CONNECT);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WATCH_SECONDS);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)WATCH_MAX_BODY);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

static void set_takers(CURL *curl, transfer *t)
{
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, may_ask);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, t);
}

static bool add_line(struct curl_slist **lines, const char *name, const char *value)
{
    char line[WATCH_TAG + 40];
    if (!value[0])
        return true;
    (void)snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(*lines, line);
    *lines = longer ? longer : *lines;
    return longer != NULL;
}

/* A header of the last answer, where it can be sent back as it is. */
static void keep_header(CURL *curl, const char *name, char out[WATCH_TAG])
{
    struct curl_header *header = NULL;
    out[0] = '\0';
    if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return;
    size_t n = strlen(header->value);
    for (size_t i = 0; i < n; i++) {
        if (header->value[i] < ' ' || header->value[i] > '~')
            return;
    }
    if (n < WATCH_TAG)
        (void)snprintf(out, WATCH_TAG, "%s", header->value);
}

static void read_answer(CURL *curl, CURLcode end, const transfer *t, watch_answer *answer)
{
    curl_off_t seconds = 0;
    if (end != CURLE_OK) {
        bool large = end == CURLE_FILESIZE_EXCEEDED;
        (void)snprintf(answer->problem, sizeof answer->problem, "%s",
                       large || (t->too_long && t->n_header <= WATCH_MAX_HEADER)
                           ? "the feed is larger than 8 MiB"
                       : t->strayed  ? "a redirect leads from the web into the network at home"
                       : t->too_long ? "the headers are longer than 64 KiB"
                                     : curl_easy_strerror(end));
        return;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->code);
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0)
        answer->retry_after = (uint64_t)seconds;
    keep_header(curl, "ETag", answer->etag);
    keep_header(curl, "Last-Modified", answer->modified);
}

void watch_fetch(watch_fetcher *fetcher, const char *address, const char *etag,
                 const char *modified, watch_answer *answer)
{
    CURL *curl = fetcher->curl;
    struct curl_slist *lines = NULL;
    transfer t = { .options = fetcher->options, .answer = answer };
    *answer = (watch_answer) { 0 };
    bool good = add_line(&lines, "Accept",
                         "application/atom+xml, application/rss+xml, application/xml;q=0.9, "
                         "text/xml;q=0.9, */*;q=0.1") &&
                add_line(&lines, "If-None-Match", etag) &&
                add_line(&lines, "If-Modified-Since", modified);
    curl_easy_reset(curl);
    set_limits(curl, address);
    set_takers(curl, &t);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "dragoman/" DGM_VERSION);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    good = good && curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK;
    read_answer(curl, good ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY, &t, answer);
    curl_slist_free_all(lines);
}

#else

watch_fetcher *watch_fetcher_new(const dgm_watch_options *options, dgm_err *err)
{
    (void)options;
    (void)dgm_fail(err, DGM_EUSAGE, NULL, 0,
                   "feeds cannot be fetched by this build, which was made without libcurl (Debian: "
                   "libcurl4-openssl-dev); folders can be watched");
    return NULL;
}

void watch_fetcher_free(watch_fetcher *fetcher)
{
    (void)fetcher;
}

void watch_fetch(watch_fetcher *fetcher, const char *address, const char *etag,
                 const char *modified, watch_answer *answer)
{
    (void)fetcher, (void)address, (void)etag, (void)modified;
    *answer = (watch_answer) { .problem = "there is no libcurl" };
}

#endif
