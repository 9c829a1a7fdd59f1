/* The formats: which one an input is in, told by its first bytes, and the reader of each. What goes
 * out is cleaned and in the language that is wanted. */
#include "ingest/ingest.h"

#include "ingest/page.h"

#include <stdlib.h>
#include <string.h>

static const dgm_input_kind *const kinds[DGM_N_INPUTS] = {
    [DGM_INPUT_TEXT] = &dgm_kind_text,     [DGM_INPUT_JSONL] = &dgm_kind_jsonl,
    [DGM_INPUT_JSON] = &dgm_kind_json,     [DGM_INPUT_CONLLU] = &dgm_kind_conllu,
    [DGM_INPUT_CSV] = &dgm_kind_csv,       [DGM_INPUT_TSV] = &dgm_kind_tsv,
    [DGM_INPUT_HTML] = &dgm_kind_html,     [DGM_INPUT_FEED] = &dgm_kind_feed,
    [DGM_INPUT_WARC] = &dgm_kind_warc,     [DGM_INPUT_PETRARCH] = &dgm_kind_petrarch,
    [DGM_INPUT_TABARI] = &dgm_kind_tabari,
};
static const char *const names[DGM_N_INPUTS] = { [DGM_INPUT_AUTO] = "auto",
#define X(id, name) [DGM_INPUT_##id] = name,
                                                 DGM_INPUT_MAP(X)
#undef X
};

bool dgm_input_format_of(dgm_view name, dgm_input_format *out)
{
    for (size_t i = 0; i < DGM_N_INPUTS; i++) {
        if (dgm_view_eq(name, dgm_view_of(names[i]))) {
            *out = (dgm_input_format)i;
            return true;
        }
    }
    return false;
}

/* Text is what nothing else is. In UTF-16 every other byte of markup is zero: what is left without
 * them tells the format. */
static dgm_input_format sniff(dgm_view bytes)
{
    char narrow[4096];
    if (dgm_view_starts(bytes, DGM_VIEW("\xFF\xFE")) ||
        dgm_view_starts(bytes, DGM_VIEW("\xFE\xFF"))) {
        size_t n = 0;
        for (size_t i = 2; i < bytes.n && n < sizeof narrow; i++) {
            if (bytes.p[i] != 0)
                narrow[n++] = bytes.p[i];
        }
        bytes = (dgm_view) { narrow, n };
    }
    if (dgm_view_starts(bytes, DGM_VIEW("\xEF\xBB\xBF")))
        bytes = dgm_view_slice(bytes, 3, bytes.n);
    bytes = dgm_view_trim(bytes);
    for (dgm_input_format format = DGM_N_INPUTS - 1; format > DGM_INPUT_TEXT; format--) {
        if (kinds[format]->sniff && kinds[format]->sniff(bytes))
            return format;
    }
    return DGM_INPUT_TEXT;
}

/* "folder/2020-10-02-name.txt.gz" -> "2020-10-02-name" */
static char *stem_of(const char *name)
{
    static const char *const endings[] = { ".gz", ".zst" };
    dgm_view v = dgm_view_of(name);
    for (size_t i = v.n; i > 0; i--) {
        if (v.p[i - 1] == '/') {
            v = dgm_view_slice(v, i, v.n);
            break;
        }
    }
    for (size_t i = 0; i < DGM_LEN(endings); i++) {
        dgm_view ending = dgm_view_of(endings[i]);
        if (v.n > ending.n && dgm_view_ends(v, ending))
            v.n -= ending.n;
    }
    for (size_t i = v.n; i > 1; i--) {
        if (v.p[i - 1] == '.') {
            v.n = i - 1;
            break;
        }
    }
    char *stem = malloc(v.n + 1);
    if (stem) {
        memcpy(stem, v.p, v.n);
        stem[v.n] = '\0';
        for (size_t i = 0; i < v.n; i++) /* an id is text, a file name need not be */
            stem[i] = (unsigned char)stem[i] < ' ' ? '_' : stem[i];
        for (size_t bad; (bad = dgm_utf8_invalid((dgm_view) { stem, v.n })) != SIZE_MAX;)
            stem[bad] = '_';
    }
    return stem;
}

/* ---- opening -------------------------------------------------------------------------------- */

/* Which format the first bytes are in; what is of no format that is read is told by name. */
static dgm_status choose(const dgm_reader *r, dgm_input_format *out, dgm_err *err)
{
    const char *advice, *file = dgm_source_name(r->source);
    dgm_view first = dgm_source_peek(r->source);
    *out = r->options.format == DGM_INPUT_AUTO ? sniff(first) : r->options.format;
    if (r->options.format != DGM_INPUT_AUTO || (*out != DGM_INPUT_TEXT && *out != DGM_INPUT_JSONL))
        return DGM_OK;
    const char *what = dgm_unreadable(first, &advice);
    if (what)
        return dgm_fail(err, DGM_EFORMAT, file, 0,
                        "this is %s; dragoman reads text, JSON, CSV, TSV, HTML, RSS, Atom, WARC, "
                        "PETRARCH, TABARI and CoNLL-U: %s",
                        what, advice);
    char separator =
        *out == DGM_INPUT_TEXT ? dgm_header_separator(first, r->options.columns, file) : '\0';
    bool good;
    size_t n;
    char day[11];
    if (separator && !dgm_opens_story(r, first, day, &good, &n))
        *out = separator == '\t' ? DGM_INPUT_TSV : DGM_INPUT_CSV;
    return DGM_OK;
}

/* Takes source over, also on failure. */
static dgm_status open_reader(dgm_source *source, const dgm_reader_options *options,
                              dgm_reader **out, dgm_err *err)
{
    dgm_reader *r = calloc(1, sizeof(*r));
    char *stem = stem_of(dgm_source_name(source));
    if (!r || !stem) {
        free(r);
        free(stem);
        dgm_source_free(source);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a reader");
    }
    r->source = source;
    r->stem = stem;
    r->options = *options;
    dgm_input_format format;
    dgm_status status = choose(r, &format, err);
    if (status == DGM_OK && !kinds[format]->next)
        status = dgm_fail(err, DGM_EUSAGE, dgm_source_name(source), 0,
                          "this program was built without the reader of %s", names[format]);
    if (status != DGM_OK) {
        dgm_reader_free(r);
        return status;
    }
    r->kind = kinds[format];
    *out = r;
    return DGM_OK;
}

dgm_status dgm_reader_open(const char *path, const dgm_reader_options *options, dgm_reader **out,
                           dgm_err *err)
{
    dgm_source *source = NULL;
    dgm_status status = dgm_source_open(path, &source, err);
    return status == DGM_OK ? open_reader(source, options, out, err) : status;
}

dgm_status dgm_reader_open_memory(const char *bytes, size_t n, const char *name,
                                  const dgm_reader_options *options, dgm_reader **out, dgm_err *err)
{
    dgm_source *source = NULL;
    dgm_status status = dgm_source_open_memory(bytes, n, name, &source, err);
    return status == DGM_OK ? open_reader(source, options, out, err) : status;
}

void dgm_reader_free(dgm_reader *reader)
{
    if (!reader)
        return;
    if (reader->kind && reader->kind->done)
        reader->kind->done(reader);
    dgm_pages_done(reader);
    dgm_guesser_free(reader->guesser);
    dgm_source_free(reader->source);
    free(reader->stem);
    free(reader->line.p);
    free(reader->held.p);
    free(reader->story.text.p);
    free(reader->ahead.text.p);
    free(reader);
}

/* Said once, when all that could be read has been given out. */
static void say_how_it_ended(dgm_reader *r)
{
    const char *file = dgm_source_name(r->source), *problem = dgm_source_problem(r->source);
    if (problem)
        dgm_complain(r->options.complaints, DGM_EIO, file, dgm_source_line(r->source),
                     "%s; what came before is read", problem);
    else if (!r->anything)
        dgm_complain(r->options.complaints, DGM_EFORMAT, file, 1, "the file is empty");
    r->anything = true;
}

/* Whatever a reader took from its input, what goes out is UTF-8 without NUL. Text that trees stand
 * on has been checked by its reader. */
static void clean_fields(dgm_reader *r, dgm_arena *arena, dgm_document *doc)
{
    dgm_view *const fields[] = { &doc->id,  &doc->title, &doc->source,
                                 &doc->url, &doc->file,  &doc->text };
    size_t n = DGM_LEN(fields) - (r->kind->takes_any_language ? 1 : 0);
    for (size_t i = 0; i < n; i++) {
        dgm_view v = *fields[i];
        if (dgm_utf8_invalid(v) != SIZE_MAX || (v.n > 0 && memchr(v.p, 0, v.n)))
            *fields[i] = dgm_clean(r, arena, v, doc->line);
    }
}

static bool is_wanted(dgm_reader *r, dgm_document *doc)
{
    bool any = r->options.language == DGM_LANGUAGE_ANY || r->kind->takes_any_language;
    const char *language =
        !any || r->options.tell_language ? dgm_foreign_language(&r->guesser, doc->text) : NULL;
    if (r->options.tell_language)
        doc->language = dgm_view_of(language ? language : "en");
    if (any || !language)
        return true;
    dgm_left_out *left_out = r->options.left_out;
    if (left_out)
        left_out->n_foreign++;
    if (left_out && left_out->tell)
        left_out->tell(left_out->context, doc, language);
    return false;
}

/* Whether the story is one more than there may be. */
static bool is_over(dgm_reader *r, const dgm_document *doc)
{
    uint32_t most = r->options.most;
    if (most == 0 || r->n_seen++ < most)
        return false;
    dgm_complain(r->options.complaints, DGM_ELIMIT, dgm_source_name(r->source), doc->line,
                 "there are more than %u stories; the rest is passed over", most);
    return true;
}

dgm_status dgm_reader_next(dgm_reader *reader, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    for (;;) {
        dgm_arena_reset(arena);
        reader->id[0] = '\0';
        dgm_reading what = reader->kind->next(reader, arena, doc, err);
        if (what == DGM_READ_STORY && is_over(reader, doc))
            return DGM_END;
        if (what == DGM_READ_STORY && reader->options.source)
            doc->source = dgm_view_of(reader->options.source);
        if (what == DGM_READ_STORY)
            clean_fields(reader, arena, doc);
        /* What is refused then is refused for that. */
        if (dgm_arena_failed(arena) || reader->starved)
            return dgm_fail(err, DGM_ENOMEM, dgm_source_name(reader->source), 0,
                            "no memory for the story");
        switch (what) {
        case DGM_READ_STORY:
            if (is_wanted(reader, doc))
                return DGM_OK;
            break;
        case DGM_READ_NOTHING:
            break;
        case DGM_READ_END:
            say_how_it_ended(reader);
            return DGM_END;
        case DGM_READ_FAILED:
            return err ? err->status : DGM_EIO;
        }
    }
}

bool dgm_reader_waits(const dgm_reader *reader)
{
    return dgm_source_waits(reader->source);
}

uint64_t dgm_reader_tell(const dgm_reader *reader, uint64_t *size)
{
    return dgm_source_tell(reader->source, size);
}

bool dgm_reader_unread(const dgm_reader *reader)
{
    return dgm_source_unread(reader->source);
}

void dgm_language_of(dgm_view text, char out[8])
{
    dgm_guesser *guesser = NULL;
    const char *language = dgm_foreign_language(&guesser, text);
    snprintf(out, 8, "%s", language ? language : "en");
    dgm_guesser_free(guesser);
}
