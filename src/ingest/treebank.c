/* CoNLL-U: documents parted by `# newdoc`, sentences with gold words. */
#include "ingest/reader.h"

#include <string.h>

static bool opens_document(dgm_view line)
{
    return dgm_view_starts(line, DGM_VIEW("# newdoc"));
}

static bool has_words(dgm_view text)
{
    return text.n > 0 && text.p[0] != '#' && text.p[0] != '\n' && text.p[0] != '\r';
}

/* One document's lines into r->line; the line that opens the next is held. */
static dgm_reading read_document(dgm_reader *r, size_t *line, dgm_err *err)
{
    dgm_piece piece;
    bool words = false, too_long = false;
    *line = r->held.n > 0 ? r->held_line : 0;
    r->line.n = 0;
    bool room = dgm_bytes_put(&r->line, (dgm_view) { r->held.p, r->held.n });
    r->held.n = 0;
    while (room && dgm_source_piece(r->source, &piece)) {
        *line = *line ? *line : piece.line;
        if (piece.begins && words && opens_document(piece.text)) {
            room = dgm_bytes_put(&r->held, piece.text);
            r->held_line = piece.line;
            break;
        }
        words = words || (piece.begins && has_words(piece.text));
        too_long = too_long || piece.text.n > DGM_MAX_DOCUMENT - r->line.n;
        room = room && (too_long || dgm_bytes_put(&r->line, piece.text));
    }
    if (!room)
        return dgm_no_memory(r, *line, err);
    if (too_long)
        return dgm_refuse(r, DGM_ELIMIT, *line,
                          "the document is longer than %u bytes and is passed over; `# newdoc` "
                          "lines part documents",
                          DGM_MAX_DOCUMENT);
    return words ? DGM_READ_STORY : DGM_READ_END;
}

static dgm_reading parse(dgm_reader *r, dgm_arena *arena, size_t line, dgm_document *doc)
{
    dgm_err err = { .status = DGM_OK };
    dgm_conllu_extra extra = { .line = line - 1 };
    dgm_document_init(doc, arena);
    dgm_view text = { r->line.p, r->line.n }, rest;
    const char *file = dgm_source_name(r->source);
    if (dgm_document_from_conllu_with(doc, text, &rest, file, &extra, &err) != DGM_OK)
        return dgm_refuse(r, err.status, err.line, "%s; the document is passed over", err.msg);
    if (doc->date[0] && !dgm_is_day(dgm_view_of(doc->date)))
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "the document's date is not a day of the calendar: %s; it is skipped",
                          doc->date);
    dgm_view id = dgm_next_id(r, arena);
    if (doc->id.n == 0)
        doc->id = id;
    doc->file = dgm_arena_copy(arena, dgm_view_of(file));
    doc->line = line;
    return dgm_default_date(r, doc, line) ? DGM_READ_STORY : DGM_READ_NOTHING;
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line = 0;
    dgm_reading reading = read_document(r, &line, err);
    r->anything = r->anything || reading == DGM_READ_STORY || reading == DGM_READ_NOTHING;
    return reading == DGM_READ_STORY ? parse(r, arena, line, doc) : reading;
}

static bool ten_columns(dgm_view line)
{
    uint32_t tabs = 0;
    for (size_t i = 0; i < line.n; i++)
        tabs += line.p[i] == '\t';
    return tabs == 9 && dgm_is_digit((unsigned char)line.p[0]);
}

/* Ten columns after comments. */
static bool sniff(dgm_view first)
{
    dgm_view line;
    while (first.n > 0 && dgm_view_split(&first, '\n', &line)) {
        if (line.n == 0 || line.p[0] != '#')
            return line.n > 0 && ten_columns(line);
    }
    return false;
}

const dgm_input_kind dgm_kind_conllu = { .sniff = sniff, .next = next, .takes_any_language = true };
