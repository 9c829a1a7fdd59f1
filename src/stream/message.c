#include "stream/message.h"

#include "ingest/ingest.h"
#include "output/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define PARTS "dragoman-parts"

enum { LEVEL = 3, WORTH_PACKING = 400 };

/* ---- out ------------------------------------------------------------------------------------ */

static bool clean(dgm_arena *arena, dgm_view *v)
{
    if (v->n == 0 || dgm_utf8_invalid(*v) == SIZE_MAX)
        return true;
    char *copy = DGM_NEW(arena, char, v->n * 3 + 1);
    size_t n = 0, step;
    if (!copy)
        return false;
    for (size_t i = 0; i < v->n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(v->p + i, v->n - i, &cp);
        n += dgm_utf8_put(cp, copy + n);
    }
    *v = (dgm_view) { copy, n };
    return true;
}

bool stream_clean(dgm_document *doc)
{
    return clean(doc->arena, &doc->id) && clean(doc->arena, &doc->title) &&
           clean(doc->arena, &doc->source) && clean(doc->arena, &doc->url) &&
           clean(doc->arena, &doc->text);
}

static void number(dgm_buffer *out, const char *name, uint32_t value)
{
    if (value > 0)
        dgm_buffer_printf(out, ",\"%s\":%u", name, value);
}

static void write_json(const dgm_document *doc, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "id", doc->id);
    dgm_json_text(out, "date", dgm_view_of(doc->date));
    dgm_json_text(out, "date_basis", doc->date_basis);
    dgm_json_text(out, "title", doc->title);
    dgm_json_text(out, "source", doc->source);
    dgm_json_text(out, "url", doc->url);
    dgm_json_key(out, "text");
    dgm_json_string(doc->text, out);
    number(out, "begin", doc->begin);
    number(out, "begin_byte", doc->begin_byte);
    number(out, "begin_column", doc->begin_column);
    dgm_buffer_put(out, DGM_VIEW("}"));
}

/* In place; bytes that do not become fewer stay. */
static dgm_status pack(dgm_buffer *bytes, dgm_err *err)
{
    if (bytes->n < WORTH_PACKING)
        return DGM_OK;
    size_t room = ZSTD_compressBound(bytes->n);
    char *packed = malloc(room);
    if (!packed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message");
    size_t n = ZSTD_compress(packed, room, bytes->p, bytes->n, LEVEL);
    if (!ZSTD_isError(n) && n < bytes->n) {
        memcpy(bytes->p, packed, n);
        bytes->n = n;
    }
    free(packed);
    return DGM_OK;
}

dgm_status stream_encode(const dgm_document *doc, dgm_buffer *out, dgm_err *err)
{
    if (doc->sentences.n > 0)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "a story with trees cannot go on a stream; `dragoman ingest` takes it");
    out->n = 0;
    out->failed = false; /* of a story before */
    write_json(doc, out);
    if (out->failed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message");
    return pack(out, err);
}

void stream_encode_list(const stream_list *list, dgm_buffer *out)
{
    dgm_buffer_printf(out, "{\"format\":\"" PARTS "\",\"hash\":\"%s\",\"parts\":%u,\"bytes\":%llu}",
                      list->hash.text, list->n_parts, (unsigned long long)list->n_bytes);
}

/* ---- in ------------------------------------------------------------------------------------- */

static bool is_packed(dgm_view bytes)
{
    return dgm_view_starts(bytes, DGM_VIEW("\x28\xb5\x2f\xfd"));
}

/* Unpacked bytes, malloc'd. */
static dgm_status unpack(dgm_view bytes, char **out, size_t *n, dgm_err *err)
{
    unsigned long long size = ZSTD_getFrameContentSize(bytes.p, bytes.n);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the message is zstd that does not tell its size");
    if (size > STREAM_LARGEST)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the message unpacks to %llu bytes, more than %d",
                        size, STREAM_LARGEST);
    char *text = malloc((size_t)size + 1);
    if (!text)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message");
    *n = ZSTD_decompress(text, (size_t)size, bytes.p, bytes.n);
    if (ZSTD_isError(*n) || *n != size) {
        free(text);
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the message is damaged: its zstd ends early");
    }
    *out = text;
    return DGM_OK;
}

static dgm_status parse(dgm_view bytes, json_t **out, dgm_err *err)
{
    json_error_t error;
    *out = json_loadb(bytes.p ? bytes.p : "", bytes.n, JSON_ALLOW_NUL, &error);
    if (json_is_object(*out))
        return DGM_OK;
    if (!*out && !error.text[0]) /* jansson says nothing where it has no memory */
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message");
    json_decref(*out);
    *out = NULL;
    return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the message is no JSON object: %.100s", error.text);
}

static dgm_view string_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return (dgm_view) { json_string_value(value), json_string_length(value) };
}

dgm_status stream_decode_list(dgm_view bytes, stream_list *out, dgm_err *err)
{
    enum { LONGEST = 400 };
    json_t *list;
    if (is_packed(bytes) || bytes.n > LONGEST ||
        dgm_view_find(bytes, DGM_VIEW("\"" PARTS "\"")) == SIZE_MAX)
        return DGM_END;
    dgm_status status = parse(bytes, &list, err);
    if (status != DGM_OK)
        return status;
    if (dgm_view_eq(string_of(list, "format"), DGM_VIEW(PARTS))) {
        json_int_t parts = json_integer_value(json_object_get(list, "parts"));
        json_int_t all = json_integer_value(json_object_get(list, "bytes"));
        dgm_view hash = string_of(list, "hash");
        bool good = hash.n == 32 && parts > 0 && parts <= STREAM_MOST_PARTS && all > 0 &&
                    all <= STREAM_LARGEST;
        for (size_t i = 0; good && i < hash.n; i++)
            good = dgm_is_digit((unsigned char)hash.p[i]) || dgm_is_lower((unsigned char)hash.p[i]);
        *out = (stream_list) { .n_parts = good ? (uint32_t)parts : 0,
                               .n_bytes = good ? (uint64_t)all : 0 };
        if (good)
            memcpy(out->hash.text, hash.p, 32);
        else
            status = dgm_fail(err, DGM_EFORMAT, NULL, 0, "the list of a story's parts is damaged");
    } else {
        status = DGM_END;
    }
    json_decref(list);
    return status;
}

/* False: it is there and no string. */
static bool take(const json_t *story, const char *name, dgm_arena *arena, dgm_view *out,
                 dgm_err *err)
{
    const json_t *value = json_object_get(story, name);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value)) {
        dgm_fail(err, DGM_EFORMAT, NULL, 0, "the message's `%s` is no string", name);
        return false;
    }
    *out = dgm_arena_copy(arena, string_of(story, name));
    return true;
}

static uint32_t number_of(const json_t *story, const char *name)
{
    json_int_t value = json_integer_value(json_object_get(story, name));
    return value > 0 && value < UINT32_MAX ? (uint32_t)value : 0;
}

static dgm_status fill(const json_t *story, dgm_document *doc, dgm_err *err)
{
    dgm_view date = string_of(story, "date");
    dgm_arena *arena = doc->arena;
    if (!take(story, "id", arena, &doc->id, err) ||
        !take(story, "title", arena, &doc->title, err) ||
        !take(story, "source", arena, &doc->source, err) ||
        !take(story, "url", arena, &doc->url, err) ||
        !take(story, "date_basis", arena, &doc->date_basis, err) ||
        !take(story, "text", arena, &doc->text, err))
        return DGM_EFORMAT;
    if (!json_is_string(json_object_get(story, "text")))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the message has no `text`");
    if (doc->text.n > DGM_MAX_STORY)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the story has %zu bytes, more than %u",
                        doc->text.n, DGM_MAX_STORY);
    if (!dgm_is_day(date))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the message's `date` is no day as YYYY-MM-DD: \"%.*s\"",
                        (int)DGM_MIN(date.n, 40), date.p ? date.p : "");
    memcpy(doc->date, date.p, 10);
    doc->begin = number_of(story, "begin");
    doc->begin_byte = number_of(story, "begin_byte");
    doc->begin_column = number_of(story, "begin_column");
    return DGM_OK;
}

dgm_status stream_decode(dgm_view bytes, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    char *text = NULL;
    size_t n = 0;
    json_t *story = NULL;
    dgm_status status = DGM_OK;
    dgm_document_init(doc, arena);
    if (is_packed(bytes)) {
        status = unpack(bytes, &text, &n, err);
        bytes = (dgm_view) { text, n };
    }
    if (status == DGM_OK)
        status = parse(bytes, &story, err);
    if (status == DGM_OK)
        status = fill(story, doc, err);
    if (status == DGM_OK && dgm_arena_failed(arena))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a message");
    json_decref(story);
    free(text);
    return status;
}
