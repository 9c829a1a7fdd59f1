#include "ingest/ingest.h"

#include "ingest/page.h"

#include <stdlib.h>
#include <string.h>

static const dgm_input_kind *const kinds[DGM_N_INPUTS] = {
    [DGM_INPUT_TEXT] = &dgm_kind_text,         [DGM_INPUT_JSONL] = &dgm_kind_jsonl,
    [DGM_INPUT_CONLLU] = &dgm_kind_conllu,     [DGM_INPUT_CSV] = &dgm_kind_csv,
    [DGM_INPUT_TSV] = &dgm_kind_tsv,           [DGM_INPUT_HTML] = &dgm_kind_html,
    [DGM_INPUT_FEED] = &dgm_kind_feed,         [DGM_INPUT_WARC] = &dgm_kind_warc,
    [DGM_INPUT_PETRARCH] = &dgm_kind_petrarch, [DGM_INPUT_TABARI] = &dgm_kind_tabari,
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

bool dgm_input_is_built(dgm_input_format format)
{
    return format == DGM_INPUT_AUTO || kinds[format]->next != NULL;
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

/* ---- what readers share --------------------------------------------------------------------- */

dgm_reading dgm_refuse(dgm_reader *r, dgm_status status, size_t line, const char *format, ...)
{
    char why[300];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    dgm_complain(r->options.complaints, status, dgm_source_name(r->source), line, "%s", why);
    return DGM_READ_NOTHING;
}

dgm_reading dgm_no_memory(dgm_reader *r, size_t line, dgm_err *err)
{
    dgm_fail(err, DGM_ENOMEM, dgm_source_name(r->source), line, "no memory for the story");
    return DGM_READ_FAILED;
}

dgm_reading dgm_read_line(dgm_reader *r, size_t *line, dgm_err *err)
{
    dgm_piece piece;
    bool too_long = false;
    r->line.n = 0;
    do {
        if (!dgm_source_piece(r->source, &piece)) {
            if (r->line.n == 0 && !too_long)
                return DGM_READ_END;
            break;
        }
        *line = piece.line;
        too_long = too_long || piece.text.n > DGM_MAX_LINE - r->line.n;
        if (!too_long && !dgm_bytes_put(&r->line, piece.text))
            return dgm_no_memory(r, *line, err);
    } while (!piece.ends);
    if (!too_long)
        return DGM_READ_STORY;
    r->anything = true;
    return dgm_refuse(r, DGM_ELIMIT, *line, "the line is longer than %u bytes and is passed over",
                      DGM_MAX_LINE);
}

dgm_reading dgm_finish_story(dgm_reader *r, dgm_document *doc, size_t line)
{
    if (!dgm_default_date(r, doc, line))
        return DGM_READ_NOTHING;
    if (dgm_view_trim(doc->text).n == 0)
        return dgm_refuse(r, DGM_EFORMAT, line, "the story has no text");
    if (doc->text.n > DGM_MAX_STORY)
        return dgm_refuse(r, DGM_ELIMIT, line,
                          "the story is longer than %u bytes and is passed over", DGM_MAX_STORY);
    if (doc->id.n == 0)
        doc->id = dgm_next_id(r, doc->arena);
    doc->file = dgm_arena_copy(doc->arena, dgm_view_of(dgm_source_name(r->source)));
    doc->line = line;
    return DGM_READ_STORY;
}

dgm_view dgm_next_id(dgm_reader *r, dgm_arena *arena)
{
    r->n_stories++;
    if (r->n_stories == 1)
        return dgm_arena_copy(arena, dgm_view_of(r->stem));
    return dgm_arena_printf(arena, "%s-%u", r->stem, r->n_stories);
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
    dgm_input_format format =
        options->format == DGM_INPUT_AUTO ? sniff(dgm_source_peek(source)) : options->format;
    r->kind = kinds[format];
    if (!r->kind->next) {
        dgm_status status =
            dgm_fail(err, DGM_EUSAGE, dgm_source_name(source), 0,
                     "this program was built without the reader of %s", names[format]);
        dgm_reader_free(r);
        return status;
    }
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
        dgm_complain(r->options.complaints, DGM_EFORMAT, file, 1, "there is nothing in it");
    r->anything = true;
}

static bool is_wanted(dgm_reader *r, dgm_document *doc)
{
    bool any = r->options.language == DGM_LANGUAGE_ANY || r->kind->takes_any_language;
    bool foreign = (!any || r->options.tell_language) && dgm_is_foreign(&r->guesser, doc->text);
    if (r->options.tell_language)
        doc->language =
            foreign ? dgm_foreign_language(&r->guesser, doc->text, doc->arena) : DGM_VIEW("en");
    if (any || !foreign)
        return true;
    if (r->options.left_out)
        r->options.left_out->n_foreign++;
    return false;
}

dgm_status dgm_reader_next(dgm_reader *reader, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    for (;;) {
        dgm_arena_reset(arena);
        switch (reader->kind->next(reader, arena, doc, err)) {
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

uint64_t dgm_reader_tell(const dgm_reader *reader, uint64_t *size)
{
    return dgm_source_tell(reader->source, size);
}
