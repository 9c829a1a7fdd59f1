/* What an event becomes by what stands beside it, and what it is called in PLOVER's older classes.
 */
#include "events/recode.h"

#include <string.h>

/* ---- loading -------------------------------------------------------------------------------- */

static void wrong(dgm_complaints *to, const dgm_row *row, const char *what, dgm_view text)
{
    dgm_complain(to, DGM_EFORMAT, row->file, row->line, "%s: \"%.*s\"", what, DGM_FMT(text));
}

/* The place of a cell's word in a list; DGM_NONE, and a complaint, where it is not there. */
static uint32_t place_in(const char *const *list, uint32_t n, dgm_complaints *to,
                         const dgm_row *row, dgm_view cell, const char *what)
{
    uint32_t i = dgm_view_index(cell, list, n);
    if (i < n)
        return i;
    wrong(to, row, what, cell);
    return DGM_NONE;
}

static dgm_event_type type_in(const dgm_events *events, dgm_complaints *to, const dgm_row *row,
                              dgm_view cell)
{
    dgm_event_type type = dgm_type_of(&events->types, cell);
    if (cell.n > 0 && type == DGM_EVENT_NONE)
        wrong(to, row, "no type of codebook/types.tsv", cell);
    return type;
}

/* Whether a shipped row speaks of types that the codebook no longer has. */
static bool is_gone(const dgm_events *events, const dgm_row *row, dgm_view one, dgm_view other)
{
    return dgm_type_is_gone(&events->types, row, one) ||
           dgm_type_is_gone(&events->types, row, other);
}

/* "trigger:@exercise", "sentence:@peacekeepers" */
static void parse_words(dgm_events *events, dgm_complaints *to, const dgm_row *row, dgm_view cell,
                        dgm_recoding *r)
{
    dgm_view where;
    if (cell.n == 0)
        return;
    dgm_view_split(&cell, ':', &where);
    r->in_trigger = dgm_view_eq(where, DGM_VIEW("trigger"));
    if (!r->in_trigger && !dgm_view_eq(where, DGM_VIEW("sentence")))
        wrong(to, row, "neither trigger nor sentence", where);
    r->asks_words = true;
    r->class_id = dgm_class_id(events->grammar, dgm_view_slice(cell, 1, cell.n));
    if (r->class_id == DGM_NONE)
        wrong(to, row, "no such word class", cell);
}

bool dgm_recoding_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row)
{
    static const char *const uses[] = { "coding", "people", "older" };
    static const char *const sides[] = { "", "several", "no-state", "plain" };
    if (is_gone(events, row, row->cell[1], row->cell[5]))
        return true;
    dgm_recoding r = { .cameo = row->cell[2], .line = (uint32_t)row->line };
    uint32_t use = place_in(uses, DGM_LEN(uses), complaints, row, row->cell[0], "no use");
    uint32_t side = place_in(sides, DGM_LEN(sides), complaints, row, row->cell[4], "no side");
    r.type = type_in(events, complaints, row, row->cell[1]);
    parse_words(events, complaints, row, row->cell[3], &r);
    r.to_type = type_in(events, complaints, row, row->cell[5]);
    r.to_cameo = row->cell[6];
    if (r.to_cameo.n > 0 && !dgm_cameo_of(events, r.to_cameo))
        wrong(complaints, row, "no CAMEO code", r.to_cameo);
    if (use == DGM_NONE || side == DGM_NONE)
        return true;
    r.use = (dgm_recoding_use)use;
    r.sides = (dgm_recoding_sides)side;
    dgm_recoding *added = dgm_push(events->arena, &events->recodings);
    if (added)
        *added = r;
    return added != NULL;
}

bool dgm_recall_row(dgm_events *events, dgm_complaints *complaints, const dgm_row *row)
{
    static const char *const whom[] = { "condition", "doer", "speaker", "noun" };
    if (is_gone(events, row, row->cell[0], row->cell[3]))
        return true;
    dgm_recall r = { .type = type_in(events, complaints, row, row->cell[0]),
                     .cameo = row->cell[1] };
    uint32_t from =
        place_in(whom, DGM_LEN(whom), complaints, row, row->cell[2], "nobody to recall");
    uint64_t reach = 0;
    r.earlier = type_in(events, complaints, row, row->cell[3]);
    if (row->cell[4].n > 0 && (!dgm_parse_u64(row->cell[4], &reach) || reach > 1000))
        wrong(complaints, row, "no number of sentences", row->cell[4]);
    r.reach = (uint32_t)reach;
    if (from == DGM_NONE)
        return true;
    r.from = (dgm_recall_from)from;
    dgm_recall *added = dgm_push(events->arena, &events->recalls);
    if (added)
        *added = r;
    return added != NULL;
}

/* ---- coding --------------------------------------------------------------------------------- */

static bool is_of(const dgm_recoding *r, dgm_event_type type, dgm_view cameo)
{
    return (r->type == DGM_EVENT_NONE || r->type == type) && dgm_view_starts(cameo, r->cameo);
}

static bool has_words(const dgm_matcher *m, const dgm_recoding *r, const dgm_candidate *it)
{
    uint32_t first = r->in_trigger ? it->first : 1;
    uint32_t last = r->in_trigger ? it->last : m->clause.s->n_words;
    for (uint32_t w = first; w <= last; w++)
        if (dgm_has_class(m->clause.t, w, r->class_id))
            return true;
    return !r->asks_words;
}

static bool are_several(const dgm_participants *who)
{
    for (uint32_t i = 1; i < who->n; i++)
        if (who->at[i].mention != who->at[0].mention)
            return true;
    return false;
}

void dgm_recode(dgm_matcher *m)
{
    const dgm_events *events = m->clause.events;
    for (uint32_t k = 0; k < events->recodings.n; k++) {
        const dgm_recoding *r = &events->recodings.at[k];
        for (uint32_t i = 0; r->use == DGM_RECODE_CODING && i < m->found.n; i++) {
            dgm_candidate *it = &m->found.at[i];
            if (it->dead || !is_of(r, it->type, it->cameo) || !has_words(m, r, it) ||
                (r->sides == DGM_SIDES_SEVERAL && !are_several(&it->actors)))
                continue;
            it->type = r->to_type;
            it->cameo = r->to_cameo;
            it->mode = (dgm_view) { NULL, 0 };
            dgm_note(m->clause.doc, "events", m->clause.i_sentence, DGM_NONE,
                     "codebook/recodings.tsv:%u makes \"%.*s\" %s %.*s", r->line,
                     DGM_FMT(m->clause.s->words[it->word].form),
                     dgm_type_name(&events->types, r->to_type), DGM_FMT(r->to_cameo));
        }
    }
}

bool dgm_counts_among_people(const dgm_events *events, dgm_event_type type, dgm_view cameo)
{
    for (uint32_t i = 0; i < events->recodings.n; i++)
        if (events->recodings.at[i].use == DGM_RECODE_PEOPLE &&
            is_of(&events->recodings.at[i], type, cameo))
            return true;
    return false;
}

/* ---- older classes -------------------------------------------------------------------------- */

/* Sanctions on a bank or on a general are an administrative measure, those on a state are not. */
static bool spares_states(const dgm_document *doc, const dgm_event *event)
{
    for (uint32_t i = 0; i < event->recipients.n; i++) {
        const dgm_entity *it = &doc->entities.at[event->recipients.at[i].entity];
        if (it->kind == DGM_ENTITY_COUNTRY || it->kind == DGM_ENTITY_GOVERNMENT)
            return false;
    }
    return event->recipients.n > 0;
}

dgm_event_type dgm_older_class(const dgm_events *events, const dgm_document *doc,
                               const dgm_event *event)
{
    for (uint32_t i = 0; i < events->recodings.n; i++) {
        const dgm_recoding *r = &events->recodings.at[i];
        if (r->use != DGM_RECODE_OLDER || !is_of(r, event->type, dgm_view_of(event->cameo)) ||
            (r->sides == DGM_SIDES_NO_STATE && !spares_states(doc, event)) ||
            (r->sides == DGM_SIDES_PLAIN && event->operator_rule.n > 0))
            continue;
        return r->to_type;
    }
    return event->type;
}
