/* What the readers of all formats do alike: a line, and what ends a story. */
#include "ingest/reader.h"

#include <string.h>

void dgm_name_story(dgm_reader *r, dgm_view id)
{
    size_t n = DGM_MIN(id.n, sizeof r->id - 1);
    while (n > 0 && n < id.n && ((unsigned char)id.p[n] & 0xC0) == 0x80)
        n--; /* between code points */
    if (n > 0)
        memcpy(r->id, id.p, n);
    r->id[n] = '\0';
}

dgm_view dgm_next_id(dgm_reader *r, dgm_arena *arena)
{
    r->n_stories++;
    if (r->n_stories == 1)
        return dgm_arena_copy(arena, dgm_view_of(r->stem));
    return dgm_arena_printf(arena, "%s-%u", r->stem, r->n_stories);
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
    dgm_name_story(r, doc->id);
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
