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
static dgm_status read_document(dgm_reader *r, size_t *line, dgm_err *err)
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
        return dgm_fail(err, DGM_ENOMEM, dgm_source_name(r->source), *line, "no memory");
    if (too_long) {
        dgm_complain(r->options.complaints, DGM_ELIMIT, dgm_source_name(r->source), *line,
                     "the document is longer than %u bytes and is passed over; `# newdoc` lines "
                     "part documents",
                     DGM_MAX_DOCUMENT);
        return DGM_ELIMIT;
    }
    return words ? DGM_OK : DGM_END;
}

static bool parse(dgm_reader *r, dgm_arena *arena, size_t line, dgm_document *doc)
{
    dgm_err err = { .status = DGM_OK };
    dgm_conllu_extra extra = { .line = line - 1 };
    dgm_document_init(doc, arena);
    dgm_view text = { r->line.p, r->line.n }, rest;
    const char *file = dgm_source_name(r->source);
    if (dgm_document_from_conllu_with(doc, text, &rest, file, &extra, &err) != DGM_OK) {
        dgm_complain(r->options.complaints, err.status, file, err.line,
                     "%s; the document is "
                     "passed over",
                     err.msg);
        return false;
    }
    if (doc->date[0] && !dgm_is_day(dgm_view_of(doc->date))) {
        dgm_complain(r->options.complaints, DGM_EFORMAT, file, line,
                     "the document's date is no day of the calendar: %s; it is passed over",
                     doc->date);
        return false;
    }
    dgm_view id = dgm_next_id(r, arena);
    if (doc->id.n == 0)
        doc->id = id;
    doc->file = dgm_arena_copy(arena, dgm_view_of(file));
    doc->line = line;
    return dgm_default_date(r, doc, line);
}

dgm_status dgm_read_treebank(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line = 0;
    dgm_status status;
    while ((status = read_document(r, &line, err)) == DGM_OK || status == DGM_ELIMIT) {
        r->anything = true;
        if (status == DGM_OK && parse(r, arena, line, doc))
            return DGM_OK;
    }
    return status;
}
