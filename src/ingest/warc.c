/* WARC 1.0 and 1.1 (ISO 28500), as web archives and CC-NEWS have them: records of headers and a
 * block, usually each a gzip member of its own. Answers of web servers that are pages of HTML are
 * stories; all else is passed over. One record is held at a time, and only as much of it as a page
 * may have. */
#include "ingest/http.h"
#include "ingest/page.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_HEADERS = 64 << 10 };

typedef struct {
    uint64_t n_records;
    uint64_t offset;   /* where the record began, in unpacked bytes */
    dgm_bytes headers; /* lines, folded ones joined */
    dgm_bytes block;
} archive;

static dgm_view view_of(const dgm_bytes *bytes)
{
    return (dgm_view) { bytes->p ? bytes->p : "", bytes->n };
}

/* ---- records -------------------------------------------------------------------------------- */

/* Finds the line "WARC/1.x" that opens a record; what stands before it is passed over, and
 * complained about where it is more than empty lines. */
static dgm_reading find_record(dgm_reader *r, archive *a)
{
    dgm_piece piece;
    bool junk = false;
    for (;;) {
        a->offset = dgm_source_offset(r->source);
        if (!dgm_source_piece(r->source, &piece)) {
            const char *problem = dgm_source_problem(r->source);
            char why[160];
            snprintf(why, sizeof why, "%s", problem ? problem : "");
            if (!problem || !dgm_source_recover(r->source))
                return DGM_READ_END;
            dgm_refuse(r, DGM_EFORMAT, 0,
                       "after record %llu: %s; it goes on with the next gzip member",
                       (unsigned long long)a->n_records, why);
            junk = true;
            continue;
        }
        r->anything = true;
        if (piece.begins && dgm_view_starts(piece.text, DGM_VIEW("WARC/")))
            return DGM_READ_STORY;
        if (!junk && dgm_view_trim(piece.text).n > 0) {
            dgm_refuse(r, DGM_EFORMAT, 0,
                       "after record %llu, at byte %llu: no record begins here; it goes on with "
                       "the next line \"WARC/...\"",
                       (unsigned long long)a->n_records, (unsigned long long)a->offset);
            junk = true;
        }
    }
}

/* Header lines up to the empty one; false: they do not end, or are too long. */
static bool read_headers(dgm_reader *r, archive *a)
{
    dgm_piece piece;
    a->headers.n = 0;
    while (dgm_source_piece(r->source, &piece)) {
        dgm_view line = piece.text;
        while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
            line.n--;
        if (piece.begins && line.n == 0)
            return true;
        if (piece.begins && (line.p[0] == ' ' || line.p[0] == '\t') && a->headers.n > 0)
            a->headers.p[a->headers.n - 1] = ' ';
        if (a->headers.n + line.n > MOST_HEADERS || !dgm_bytes_put(&a->headers, line) ||
            !dgm_bytes_put(&a->headers, DGM_VIEW("\n")))
            return false;
    }
    return false;
}

/* The record's block: the first `keep` bytes are held, the rest is passed over. False: the input
 * ends before the block does. */
static bool read_block(dgm_reader *r, archive *a, uint64_t length, size_t keep, dgm_reading *failed)
{
    a->block.n = 0;
    while (length > 0) {
        dgm_view bytes =
            dgm_source_bytes(r->source, (size_t)DGM_MIN(length, (uint64_t)DGM_MAX_PIECE));
        if (bytes.n == 0)
            return false;
        length -= bytes.n;
        if (!dgm_bytes_put(&a->block, dgm_view_slice(bytes, 0, keep - a->block.n))) {
            *failed = DGM_READ_FAILED;
            return false;
        }
    }
    return true;
}

/* ---- pages ---------------------------------------------------------------------------------- */

static bool is_html(dgm_view type)
{
    return dgm_view_eq_nocase(type, DGM_VIEW("text/html")) ||
           dgm_view_eq_nocase(type, DGM_VIEW("application/xhtml+xml"));
}

/* "<urn:uuid:...>" -> "..." */
static dgm_view bare_id(dgm_view id)
{
    if (id.n > 1 && id.p[0] == '<' && id.p[id.n - 1] == '>')
        id = dgm_view_slice(id, 1, id.n - 1);
    dgm_view prefix = DGM_VIEW("urn:uuid:");
    return dgm_view_starts(id, prefix) ? dgm_view_slice(id, prefix.n, id.n) : id;
}

/* Whether a record may hold a page, by its headers alone. */
static bool may_be_page(const archive *a)
{
    dgm_view headers = view_of(&a->headers), type = dgm_header(headers, DGM_VIEW("WARC-Type")),
             content = dgm_header(headers, DGM_VIEW("Content-Type"));
    if (dgm_view_eq_nocase(type, DGM_VIEW("response")))
        return dgm_view_eq_nocase(dgm_view_slice(content, 0, 16), DGM_VIEW("application/http"));
    return dgm_view_eq_nocase(type, DGM_VIEW("resource")) &&
           is_html(
               dgm_view_trim(dgm_view_slice(content, 0, dgm_view_find(content, DGM_VIEW(";")))));
}

/* The page in the block; false: it is none that was answered whole. */
static bool find_page(const archive *a, dgm_arena *arena, dgm_http *http, dgm_view *html)
{
    dgm_view type = dgm_header(view_of(&a->headers), DGM_VIEW("WARC-Type"));
    if (dgm_view_eq_nocase(type, DGM_VIEW("resource"))) {
        *html = dgm_view_slice(view_of(&a->block), 0, DGM_MAX_PAGE);
        return true;
    }
    *http = dgm_http_read(view_of(&a->block));
    return http->status == 200 && is_html(http->type) &&
           dgm_http_body(http, DGM_MAX_PAGE, arena, html) && html->n > 0;
}

/* A page without a story is told of as one that is left out. */
static dgm_reading read_or_tell(dgm_reader *r, dgm_view html, const dgm_page *page,
                                dgm_document *doc, dgm_err *err)
{
    dgm_left_out *left_out = r->options.left_out;
    uint64_t before = left_out ? left_out->n_empty : 0;
    dgm_reading reading = dgm_read_page(r, html, page, doc, err);
    if (left_out && left_out->tell && left_out->n_empty > before) {
        doc->file = dgm_view_of(dgm_source_name(r->source));
        left_out->tell(left_out->context, doc, NULL);
    }
    return reading;
}

static dgm_reading read_page(dgm_reader *r, archive *a, dgm_arena *arena, dgm_document *doc,
                             dgm_err *err)
{
    char what[200];
    dgm_http http = { 0 };
    dgm_view html, headers = view_of(&a->headers);
    dgm_page page = { .archive = true, .what = what };
    if (!find_page(a, arena, &http, &html))
        return DGM_READ_NOTHING;
    page.charset = http.charset;
    page.url = bare_id(dgm_header(headers, DGM_VIEW("WARC-Target-URI")));
    if (!dgm_read_day(dgm_header(headers, DGM_VIEW("WARC-Date")), page.date))
        page.date[0] = '\0';
    snprintf(what, sizeof what, "record %llu, %.*s: ", (unsigned long long)a->n_records,
             (int)DGM_MIN(page.url.n, 120), page.url.p);
    doc->id = dgm_clean(r, arena, bare_id(dgm_header(headers, DGM_VIEW("WARC-Record-ID"))), 0);
    page.url = dgm_clean(r, arena, page.url, 0);
    dgm_name_story(r, doc->id);
    return read_or_tell(r, html, &page, doc, err);
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    archive *a = r->state ? r->state : (r->state = calloc(1, sizeof(archive)));
    uint64_t length = 0;
    if (!a)
        return dgm_no_memory(r, 0, err);
    dgm_reading reading = find_record(r, a);
    if (reading != DGM_READ_STORY)
        return reading;
    a->n_records++;
    bool good =
        read_headers(r, a) &&
        dgm_parse_u64(dgm_header(view_of(&a->headers), DGM_VIEW("Content-Length")), &length);
    if (!good)
        return dgm_source_problem(r->source)
                   ? DGM_READ_NOTHING /* find_record tells it and goes on */
                   : dgm_refuse(r, DGM_EFORMAT, 0,
                                "record %llu, at byte %llu: its headers do not end, or name no "
                                "Content-Length; it is passed over",
                                (unsigned long long)a->n_records, (unsigned long long)a->offset);
    /* A page is held with its HTTP headers, and packed pages are not longer than unpacked ones. */
    bool wanted = may_be_page(a);
    size_t keep = wanted ? DGM_MAX_PAGE + MOST_HEADERS : 0;
    if (!read_block(r, a, length, keep, &reading)) {
        if (reading == DGM_READ_FAILED)
            return dgm_no_memory(r, 0, err);
        return dgm_source_problem(r->source)
                   ? DGM_READ_NOTHING
                   : dgm_refuse(r, DGM_EFORMAT, 0, "record %llu, at byte %llu: it ends %s",
                                (unsigned long long)a->n_records, (unsigned long long)a->offset,
                                "before its Content-Length does; it is passed over");
    }
    dgm_document_init(doc, arena);
    return wanted ? read_page(r, a, arena, doc, err) : DGM_READ_NOTHING;
}

static void done(dgm_reader *r)
{
    archive *a = r->state;
    if (!a)
        return;
    free(a->headers.p);
    free(a->block.p);
    free(a);
}

static bool sniff(dgm_view first)
{
    return dgm_view_starts(first, DGM_VIEW("WARC/"));
}

#ifdef DGM_HAVE_GUMBO
const dgm_input_kind dgm_kind_warc = { .sniff = sniff, .next = next, .done = done };
#else
const dgm_input_kind dgm_kind_warc = { .sniff = sniff };
#endif
