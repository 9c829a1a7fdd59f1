#include "ingest/ingest.h"

#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

bool dgm_input_format_of(dgm_view name, dgm_input_format *out)
{
    static const struct {
        const char *name;
        dgm_input_format format;
    } formats[] = { { "auto", DGM_INPUT_AUTO },
                    { "text", DGM_INPUT_TEXT },
                    { "jsonl", DGM_INPUT_JSONL },
                    { "conllu", DGM_INPUT_CONLLU } };
    for (size_t i = 0; i < DGM_LEN(formats); i++) {
        if (dgm_view_eq(name, dgm_view_of(formats[i].name))) {
            *out = formats[i].format;
            return true;
        }
    }
    return false;
}

static bool ten_columns(dgm_view line)
{
    uint32_t tabs = 0;
    for (size_t i = 0; i < line.n; i++)
        tabs += line.p[i] == '\t';
    return tabs == 9 && dgm_is_digit((unsigned char)line.p[0]);
}

/* By the first bytes: an object is JSON Lines, ten columns after comments are CoNLL-U. */
static dgm_input_format sniff(dgm_view bytes)
{
    if (dgm_view_starts(bytes, DGM_VIEW("\xEF\xBB\xBF")))
        bytes = dgm_view_slice(bytes, 3, bytes.n);
    dgm_view rest = dgm_view_trim(bytes), line;
    if (rest.n > 0 && rest.p[0] == '{')
        return DGM_INPUT_JSONL;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        if (line.n > 0 && line.p[0] == '#')
            continue;
        return line.n > 0 && ten_columns(line) ? DGM_INPUT_CONLLU : DGM_INPUT_TEXT;
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
    r->format =
        options->format == DGM_INPUT_AUTO ? sniff(dgm_source_peek(source)) : options->format;
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

dgm_status dgm_reader_next(dgm_reader *reader, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_status status;
    switch (reader->format) {
    case DGM_INPUT_JSONL:
        status = dgm_read_jsonl(reader, arena, doc, err);
        break;
    case DGM_INPUT_CONLLU:
        status = dgm_read_treebank(reader, arena, doc, err);
        break;
    default:
        status = dgm_read_text(reader, arena, doc, err);
        break;
    }
    if (status == DGM_END)
        say_how_it_ended(reader);
    return status;
}

uint64_t dgm_reader_tell(const dgm_reader *reader, uint64_t *size)
{
    return dgm_source_tell(reader->source, size);
}
