/* Which words of a sentence are marked as one of its two sides. */
#include "story/relate.h"

dgm_view dgm_strip_marks(dgm_arena *arena, dgm_view marked, dgm_marks *source, dgm_marks *target)
{
    char *text = dgm_arena_alloc(arena, marked.n + 1, 1);
    size_t n = 0;
    uint32_t open_source = DGM_NONE, open_target = DGM_NONE;
    if (!text)
        return (dgm_view) { NULL, 0 };
    for (size_t i = 0; i < marked.n;) {
        dgm_view rest = dgm_view_slice(marked, i, marked.n);
        dgm_marks *closing = NULL;
        uint32_t *open = NULL;
        if (dgm_view_starts(rest, DGM_VIEW("<s>")))
            open_source = (uint32_t)n, i += 3;
        else if (dgm_view_starts(rest, DGM_VIEW("<t>")))
            open_target = (uint32_t)n, i += 3;
        else if (dgm_view_starts(rest, DGM_VIEW("</s>")))
            closing = source, open = &open_source, i += 4;
        else if (dgm_view_starts(rest, DGM_VIEW("</t>")))
            closing = target, open = &open_target, i += 4;
        else
            text[n++] = marked.p[i++];
        if (closing && *open != DGM_NONE && closing->n < DGM_MAX_MARKS) {
            closing->begin[closing->n] = *open;
            closing->end[closing->n++] = (uint32_t)n;
            *open = DGM_NONE;
        }
    }
    text[n] = '\0';
    return (dgm_view) { text, n };
}

static const char *fault_of(dgm_view marked, dgm_view opening, dgm_view closing,
                            const char *const says[4])
{
    size_t open = SIZE_MAX, n = 0;
    for (size_t i = 0; i < marked.n; i++) {
        dgm_view rest = dgm_view_slice(marked, i, marked.n);
        bool opens = dgm_view_starts(rest, opening), closes = dgm_view_starts(rest, closing);
        if (opens && open != SIZE_MAX)
            return says[0];
        if (closes && open == SIZE_MAX)
            return says[1];
        if (closes && dgm_view_trim(dgm_view_slice(marked, open, i)).n == 0)
            return says[2];
        if (opens && ++n > DGM_MAX_MARKS)
            return says[3];
        open = opens ? i + opening.n : closes ? SIZE_MAX : open;
    }
    return open != SIZE_MAX ? says[0] : NULL;
}

const char *dgm_marks_fault(dgm_view marked)
{
    _Static_assert(DGM_MAX_MARKS == 8, "the messages below say so");
    static const char *const of_source[] = { "<s> is not closed by </s>", "</s> closes nothing",
                                             "nothing stands between <s> and </s>",
                                             "only the first 8 <s> are read" };
    static const char *const of_target[] = { "<t> is not closed by </t>", "</t> closes nothing",
                                             "nothing stands between <t> and </t>",
                                             "only the first 8 <t> are read" };
    const char *fault = fault_of(marked, DGM_VIEW("<s>"), DGM_VIEW("</s>"), of_source);
    return fault ? fault : fault_of(marked, DGM_VIEW("<t>"), DGM_VIEW("</t>"), of_target);
}

bool dgm_in_marks(const dgm_marks *m, uint32_t begin, uint32_t end)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (begin < m->end[i] && end > m->begin[i])
            return true;
    return false;
}

bool dgm_word_marked(const dgm_document *doc, const dgm_marks *m, const dgm_word *word)
{
    return dgm_in_marks(m, word->begin_byte - doc->begin_byte, word->end_byte - doc->begin_byte);
}
