/* What was read, as JSON in a small file: a file's size and time under a hash of its path, a feed's
 * ETag and Last-Modified under its address. */
#include "watch/parts.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 256 << 20 };

struct watch_state {
    char *path;
    char into[20];
    json_t *files, *seen, *feeds; /* seen: files of this poll */
    bool changed;
};

static void hash_name(const char *text, char out[20])
{
    (void)snprintf(out, 20, "%016llx", (unsigned long long)dgm_hash(dgm_view_of(text)));
}

static dgm_status no_memory(dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for what was read before");
}

/* ---- the file ------------------------------------------------------------------------------- */

static dgm_status take(watch_state *state, const char *text, size_t n, dgm_err *err)
{
    json_error_t problem;
    json_t *all = json_loadb(text, n, JSON_REJECT_DUPLICATES, &problem);
    json_t *files = json_object_get(all, "files"), *feeds = json_object_get(all, "feeds");
    const char *into = json_string_value(json_object_get(all, "into"));
    if (!into || !json_is_object(files) || !json_is_object(feeds)) {
        json_decref(all);
        return dgm_fail(err, DGM_EFORMAT, state->path, 0,
                        "this is no state of `dragoman watch`; without the file, all is read anew, "
                        "and what is stored is recognised");
    }
    if (strcmp(into, state->into) == 0) {
        json_decref(state->files);
        json_decref(state->feeds);
        state->files = json_incref(files);
        state->feeds = json_incref(feeds);
    }
    json_decref(all);
    return DGM_OK;
}

dgm_status watch_state_open(const char *path, const char *into, watch_state **out, dgm_err *err)
{
    char *text = NULL;
    size_t n = 0;
    dgm_status status = DGM_OK;
    watch_state *state = calloc(1, sizeof *state);
    if (!state)
        return no_memory(err);
    hash_name(into, state->into);
    state->path = strdup(path);
    state->files = json_object();
    state->seen = json_object();
    state->feeds = json_object();
    if (!state->path || !state->files || !state->seen || !state->feeds)
        status = no_memory(err);
    else if (access(path, F_OK) == 0)
        status = dgm_file_read(path, MOST_BYTES, &text, &n, err);
    if (status == DGM_OK && text)
        status = take(state, text, n, err);
    free(text);
    if (status == DGM_OK)
        *out = state;
    else
        watch_state_free(state);
    return status;
}

void watch_state_free(watch_state *state)
{
    if (!state)
        return;
    json_decref(state->files);
    json_decref(state->seen);
    json_decref(state->feeds);
    free(state->path);
    free(state);
}

static bool write_all(const watch_state *state, const char *beside)
{
    json_t *all = json_pack("{s:s, s:O, s:O}", "into", state->into, "files", state->files, "feeds",
                            state->feeds);
    FILE *out = all ? fopen(beside, "wb") : NULL;
    bool good = out && json_dumpf(all, out, JSON_INDENT(1) | JSON_SORT_KEYS) == 0 &&
                fputc('\n', out) != EOF && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (out && fclose(out) != 0)
        good = false;
    json_decref(all);
    return good && rename(beside, state->path) == 0;
}

dgm_status watch_state_save(watch_state *state, dgm_err *err)
{
    dgm_buffer beside = { 0 };
    if (!state->changed)
        return DGM_OK;
    dgm_buffer_printf(&beside, "%s.new", state->path);
    dgm_buffer_put(&beside, (dgm_view) { "", 1 });
    bool good = !beside.failed && write_all(state, beside.p);
    int problem = errno;
    dgm_buffer_done(&beside);
    if (!good)
        return dgm_fail(err, DGM_EIO, state->path, 0, "what was read cannot be noted: %s",
                        strerror(problem));
    state->changed = false;
    return DGM_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

bool watch_state_has_file(const watch_state *state, const char *path, const char *mark)
{
    char name[20];
    hash_name(path, name);
    json_t *known = json_object_get(state->files, name);
    if (known)
        (void)json_object_set(state->seen, name, known);
    return json_is_string(known) && strcmp(json_string_value(known), mark) == 0;
}

void watch_state_set_file(watch_state *state, const char *path, const char *mark)
{
    char name[20];
    json_t *value = json_string(mark);
    hash_name(path, name);
    (void)json_object_set(state->files, name, value);
    (void)json_object_set_new(state->seen, name, value);
    state->changed = true;
}

void watch_state_sweep(watch_state *state)
{
    json_t *empty = json_object();
    if (!empty)
        return;
    state->changed =
        state->changed || json_object_size(state->seen) != json_object_size(state->files);
    json_decref(state->files);
    state->files = state->seen;
    state->seen = empty;
}

/* ---- feeds ---------------------------------------------------------------------------------- */

static void copy(const json_t *feed, const char *name, char out[WATCH_TAG])
{
    const char *text = json_string_value(json_object_get(feed, name));
    if (text && strlen(text) < WATCH_TAG)
        (void)snprintf(out, WATCH_TAG, "%s", text);
}

void watch_state_feed(const watch_state *state, const char *address, watch_feed_state *out)
{
    const json_t *feed = json_object_get(state->feeds, address);
    json_int_t n = json_integer_value(json_object_get(feed, "failures"));
    *out = (watch_feed_state) { .until = json_integer_value(json_object_get(feed, "until")),
                                .n_failures = (uint32_t)(n < 0 ? 0 : DGM_MIN(n, 1000)) };
    copy(feed, "etag", out->etag);
    copy(feed, "last_modified", out->modified);
}

void watch_state_set_feed(watch_state *state, const char *address, const watch_feed_state *feed)
{
    json_t *value =
        json_pack("{s:s, s:s, s:I, s:I}", "etag", feed->etag, "last_modified", feed->modified,
                  "until", (json_int_t)feed->until, "failures", (json_int_t)feed->n_failures);
    json_t *known = json_object_get(state->feeds, address);
    if (value && !json_equal(known, value)) {
        (void)json_object_set(state->feeds, address, value);
        state->changed = true;
    }
    json_decref(value);
}
