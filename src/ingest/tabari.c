/* TABARI's records (as KEDS has them): a line with the day as YYMMDD or YYYYMMDD and the story's
 * id, perhaps a source in between, the text on the lines after it, a blank line between records.
 * Records of one story, ID-01, ID-02, stay records: TABARI numbers leads and sentences alike. */
#include "ingest/reader.h"

#include <string.h>

/* "950101 REUT-0001-01", whole. The century is the nearest: 70 to 99 are of the 20th. */
static bool is_head(dgm_view line, char day[11], dgm_view *id)
{
    dgm_view date;
    line = dgm_view_trim(line);
    if (!dgm_view_split(&line, ' ', &date) || (date.n != 6 && date.n != 8))
        return false;
    char full[9];
    snprintf(full, sizeof full, "%s%.*s",
             date.n == 8        ? ""
             : date.p[0] >= '7' ? "19"
                                : "20",
             DGM_FMT(date));
    *id = dgm_view_trim(line);
    return dgm_read_day((dgm_view) { full, 8 }, day) && id->n > 0 && id->n <= 100 &&
           !memchr(id->p, '.', id->n - 1);
}

/* The last word of the head. */
static dgm_view id_of(dgm_view rest)
{
    size_t at = rest.n;
    while (at > 0 && rest.p[at - 1] != ' ' && rest.p[at - 1] != '\t')
        at--;
    return dgm_view_slice(rest, at, rest.n);
}

static bool sniff(dgm_view first)
{
    char day[11];
    dgm_view line, id;
    return dgm_view_split(&first, '\n', &line) && is_head(line, day, &id) &&
           dgm_view_find(id, DGM_VIEW("-")) != SIZE_MAX;
}

/* Lines up to a blank one into r->held, one blank between them. */
static dgm_reading read_text(dgm_reader *r, dgm_err *err)
{
    size_t line = 0;
    dgm_reading reading;
    r->held.n = 0;
    while ((reading = dgm_read_line(r, &line, err)) == DGM_READ_STORY) {
        dgm_view text = dgm_view_trim((dgm_view) { r->line.p, r->line.n });
        if (text.n == 0)
            break;
        if (text.n >= DGM_MAX_LINE - r->held.n)
            continue; /* too long for a story: finish_story says so */
        if ((r->held.n > 0 && !dgm_bytes_put(&r->held, DGM_VIEW("\n"))) ||
            !dgm_bytes_put(&r->held, text))
            return dgm_no_memory(r, line, err);
    }
    return reading == DGM_READ_FAILED ? reading : DGM_READ_STORY;
}

static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    size_t line = 0;
    dgm_view rest;
    dgm_reading reading = dgm_read_line(r, &line, err);
    if (reading != DGM_READ_STORY)
        return reading;
    dgm_view head = dgm_view_trim((dgm_view) { r->line.p, r->line.n });
    if (dgm_view_starts(head, DGM_VIEW("\xEF\xBB\xBF")))
        head = dgm_view_slice(head, 3, head.n);
    if (head.n == 0)
        return DGM_READ_NOTHING;
    r->anything = true;
    dgm_document_init(doc, arena);
    bool good = is_head(head, doc->date, &rest);
    if (good)
        doc->id = dgm_clean(r, arena, id_of(rest), line);
    reading = read_text(r, err);
    if (reading != DGM_READ_STORY)
        return reading;
    if (!good)
        return dgm_refuse(r, DGM_EFORMAT, line,
                          "no record begins here, as a line with a day (YYMMDD) and an id would; "
                          "it is passed over up to the next blank line");
    doc->text = dgm_clean(r, arena, (dgm_view) { r->held.p, r->held.n }, line + 1);
    return dgm_finish_story(r, doc, line);
}

const dgm_input_kind dgm_kind_tabari = { .sniff = sniff, .next = next };
