/* Markers: one JSON object, the same bytes for the same work, wherever and whenever it was done. */
#include "shards/shards.h"

#include "output/text.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 1 << 20 };

/* ---- writing -------------------------------------------------------------------------------- */

static void put_sum(dgm_buffer *out, const char *name, const dgm_file_sum *sum)
{
    if (!sum->hash[0])
        return;
    dgm_json_open(out, name, '{');
    dgm_json_count(out, "bytes", sum->bytes);
    dgm_json_text(out, "xxh128", dgm_view_of(sum->hash));
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void put_stories(dgm_buffer *out, const dgm_marker *m)
{
    dgm_json_open(out, "stories", '{');
    dgm_json_count(out, "coded", m->n_coded);
    dgm_json_count(out, "refused", m->n_refused);
    dgm_json_count(out, "not_english", m->n_foreign);
    dgm_json_count(out, "page_without_story", m->n_empty);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

static void put_events(dgm_buffer *out, const dgm_tally *tally)
{
    dgm_json_open(out, "events", '{');
    dgm_json_count(out, "found", tally->n_events);
    dgm_json_count(out, "written", tally->n_written);
    dgm_json_count(out, "rows", tally->n_rows);
    for (int i = 0; i < DGM_N_LEFT; i++)
        if (tally->left[i] > 0)
            dgm_json_count(out, dgm_left_key((dgm_left)i), tally->left[i]);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

/* Names of files may be of any bytes; JSON is of UTF-8. */
static void put_name(dgm_buffer *out, const char *name, const char *value)
{
    char clean[DGM_SHARD_PATH];
    size_t n = strlen(value);
    memcpy(clean, value, n + 1);
    for (size_t bad; (bad = dgm_utf8_invalid((dgm_view) { clean, n })) != SIZE_MAX;)
        clean[bad] = '?';
    dgm_json_text(out, name, (dgm_view) { clean, n });
}

static void write_marker(const dgm_marker *m, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "state", m->reason[0] ? DGM_VIEW("failed") : DGM_VIEW("finished"));
    put_name(out, "shard", m->shard);
    if (m->reason[0])
        put_name(out, "reason", m->reason);
    dgm_json_text(out, "version", dgm_view_of(m->version));
    dgm_json_text(out, "tables", dgm_view_of(m->tables));
    dgm_json_text(out, "recipe", dgm_view_of(m->recipe));
    dgm_json_text(out, "format", dgm_view_of(m->format));
    put_sum(out, "input", &m->input);
    if (!m->reason[0]) {
        put_sum(out, "output", &m->output);
        put_sum(out, "stories_file", &m->stories);
        put_stories(out, m);
        put_events(out, &m->events);
    }
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}

static bool write_file(const char *path, const dgm_buffer *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = fd >= 0;
    for (size_t at = 0; good && at < text->n;) {
        ssize_t n = write(fd, text->p + at, text->n - at);
        good = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? (size_t)n : 0;
    }
    good = good && (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && good) {
        why = errno;
        good = false;
    }
    errno = why;
    return good;
}

dgm_status dgm_marker_write(const dgm_shard *shard, const dgm_claim *claim,
                            const dgm_marker *marker, dgm_err *err)
{
    char path[DGM_SHARD_PATH], other[DGM_SHARD_PATH], part[DGM_SHARD_PATH], ending[120];
    bool failed = marker->reason[0];
    dgm_buffer text = { 0 };
    snprintf(ending, sizeof ending, ".marker%s.part", claim->own);
    if (!dgm_shard_path(shard, failed ? ".failed.json" : ".finished.json", path) ||
        !dgm_shard_path(shard, failed ? ".finished.json" : ".failed.json", other) ||
        !dgm_shard_path(shard, ending, part))
        return dgm_fail(err, DGM_ELIMIT, shard->input, 0, "the path is too long");
    write_marker(marker, &text);
    dgm_status status = DGM_OK;
    if (text.failed)
        status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the marker");
    else if (!write_file(part, &text) || rename(part, path) != 0)
        status = dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    else
        unlink(other);
    dgm_buffer_done(&text);
    return status;
}

/* ---- reading -------------------------------------------------------------------------------- */

static void take_text(const json_t *object, const char *name, char *out, size_t size)
{
    const char *text = json_string_value(json_object_get(object, name));
    snprintf(out, size, "%s", text ? text : "");
}

static uint64_t number_of(const json_t *object, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(object, name));
    return value > 0 ? (uint64_t)value : 0;
}

static void take_sum(const json_t *root, const char *name, dgm_file_sum *out)
{
    const json_t *sum = json_object_get(root, name);
    out->bytes = number_of(sum, "bytes");
    take_text(sum, "xxh128", out->hash, sizeof out->hash);
}

static void take_marker(const json_t *root, dgm_marker *m)
{
    const json_t *stories = json_object_get(root, "stories"),
                 *events = json_object_get(root, "events");
    take_text(root, "shard", m->shard, sizeof m->shard);
    take_text(root, "version", m->version, sizeof m->version);
    take_text(root, "tables", m->tables, sizeof m->tables);
    take_text(root, "recipe", m->recipe, sizeof m->recipe);
    take_text(root, "format", m->format, sizeof m->format);
    take_text(root, "reason", m->reason, sizeof m->reason);
    take_sum(root, "input", &m->input);
    take_sum(root, "output", &m->output);
    take_sum(root, "stories_file", &m->stories);
    m->n_coded = number_of(stories, "coded");
    m->n_refused = number_of(stories, "refused");
    m->n_foreign = number_of(stories, "not_english");
    m->n_empty = number_of(stories, "page_without_story");
    m->events.n_events = number_of(events, "found");
    m->events.n_written = number_of(events, "written");
    m->events.n_rows = number_of(events, "rows");
    for (int i = 0; i < DGM_N_LEFT; i++)
        m->events.left[i] = number_of(events, dgm_left_key((dgm_left)i));
}

dgm_status dgm_marker_read(const char *path, dgm_marker *out, dgm_err *err)
{
    char *bytes = NULL;
    size_t n = 0;
    json_error_t error;
    if (access(path, F_OK) != 0)
        return errno == ENOENT ? DGM_END : dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    dgm_status status = dgm_file_read(path, LARGEST, &bytes, &n, err);
    if (status != DGM_OK)
        return status;
    json_t *root = json_loadb(bytes, n, 0, &error);
    free(bytes);
    const char *state = json_string_value(json_object_get(root, "state"));
    bool failed = state && strcmp(state, "failed") == 0;
    *out = (dgm_marker) { .n_coded = 0 };
    if (state && (failed || strcmp(state, "finished") == 0))
        take_marker(root, out);
    json_decref(root);
    if (!out->shard[0] || !out->recipe[0] || failed != (out->reason[0] != '\0'))
        return dgm_fail(err, DGM_EFORMAT, path, 0, "this is no marker of a shard");
    return DGM_OK;
}

static bool has_size(const dgm_shard *shard, const char *ending, const dgm_file_sum *sum)
{
    char path[DGM_SHARD_PATH];
    struct stat about;
    return dgm_shard_path(shard, ending, path) && stat(path, &about) == 0 &&
           (uint64_t)about.st_size == sum->bytes;
}

bool dgm_marker_holds(const dgm_shard *shard, const dgm_marker *marker)
{
    char ending[60];
    snprintf(ending, sizeof ending, ".%s.zst", marker->format);
    return has_size(shard, ending, &marker->output) &&
           (!marker->stories.hash[0] || has_size(shard, ".stories.zst", &marker->stories));
}
