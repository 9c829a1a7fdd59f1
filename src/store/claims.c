/* What one affirms and another denies: within a report, where most denials stand beside what they
 * deny, and across reports. */
#include "store/across.h"
#include "store/select.h"

#include "output/text.h"

#include <stdlib.h>
#include <string.h>

/* How much sentences of two reports must have in common to tell of one event. */
#define LEAST_SUM   12.0
#define LEAST_SHARE 0.25
enum { MOST_TOLD = 12, MOST_BESIDE = 100, SENTENCES_BACK = 2 };

typedef struct {
    uint32_t affirmed[MOST_TOLD], denied[MOST_TOLD]; /* items */
    uint32_t n_affirmed, n_denied;
} dispute;

typedef struct {
    dgm_store *store;
    dgm_arena *arena;
    dgm_across across;
    DGM_ARRAY(int64_t) denials; /* events */
    DGM_ARRAY(dispute) found;
    int32_t days;
    bool failed;
    dgm_err *err;
} work;

/* ---- sides ---------------------------------------------------------------------------------- */

enum { MOST_SIDES = 16 };
typedef struct {
    char side[MOST_SIDES][12];
    bool is_actor[MOST_SIDES];
    uint32_t n;
} sides;

static bool take_side(void *context, const dgm_cell *cells, uint32_t n)
{
    sides *s = context;
    (void)n;
    if (cells[1].kind == DGM_CELL_TEXT && s->n < MOST_SIDES) {
        s->is_actor[s->n] = cells[0].integer == 0;
        snprintf(s->side[s->n++], sizeof s->side[0], "%.*s", DGM_FMT(cells[1].text));
    }
    return s->n < MOST_SIDES;
}

static dgm_status sides_of(work *w, uint32_t item, sides *out)
{
    const dgm_cell key = dgm_int(w->across.items.at[item].event);
    out->n = 0;
    return dgm_sql_ask(w->store->db,
                       "SELECT r.role, w.side FROM roles r JOIN somebody w ON w.who = r.who"
                       " WHERE r.event = ?",
                       &key, 1, take_side, out, w->err);
}

static bool take_any(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)cells;
    (void)n;
    *(bool *)context = true;
    return false;
}

/* A court that dismisses a case denies nothing of its own. */
static dgm_status is_of_court(work *w, uint32_t item, bool *out)
{
    const dgm_cell key = dgm_int(w->across.items.at[item].event);
    *out = false;
    return dgm_sql_ask(w->store->db,
                       "SELECT 1 FROM roles r JOIN somebody w ON w.who = r.who WHERE r.event = ?"
                       " AND r.role = 0 AND w.sector = 'JUD'",
                       &key, 1, take_any, out, w->err);
}

/* Whether an event is told on the word of one of those who deny. */
static dgm_status is_own_word(work *w, uint32_t item, uint32_t denial, bool *out)
{
    const dgm_cell keys[] = { dgm_int(w->across.items.at[item].event),
                              dgm_int(w->across.items.at[denial].event) };
    *out = false;
    return dgm_sql_ask(w->store->db,
                       "SELECT 1 FROM voices v JOIN somebody s ON s.who = v.who JOIN roles r ON"
                       " r.event = ? AND r.role = 0 JOIN somebody a ON a.who = r.who AND"
                       " a.side = s.side WHERE v.event = ?",
                       (const dgm_cell[]) { keys[1], keys[0] }, 2, take_any, out, w->err);
}

/* Whether one of those who deny takes part. */
static bool takes_part(const sides *who, const sides *in)
{
    for (uint32_t i = 0; i < who->n; i++)
        for (uint32_t k = 0; who->is_actor[i] && k < in->n; k++)
            if (strcmp(who->side[i], in->side[k]) == 0)
                return true;
    return false;
}

/* Whether one of those who deny is the actor. */
static bool acts(const sides *who, const sides *in)
{
    for (uint32_t i = 0; i < who->n; i++)
        for (uint32_t k = 0; who->is_actor[i] && k < in->n; k++)
            if (in->is_actor[k] && strcmp(who->side[i], in->side[k]) == 0)
                return true;
    return false;
}

/* Two different sides at least: a country does not dispute with itself. */
static bool has_two(const sides *a, const sides *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (strcmp(a->side[i], b->side[k]) != 0)
                return true;
    return false;
}

/* ---- finding -------------------------------------------------------------------------------- */

static void add_told(uint32_t *list, uint32_t *n, uint32_t item)
{
    for (uint32_t i = 0; i < *n; i++)
        if (list[i] == item)
            return;
    if (*n < MOST_TOLD)
        list[(*n)++] = item;
}

/* What may be denied at all: an act, or an accusation of one, that is affirmed. */
static bool may_be_denied(const dgm_item *i)
{
    dgm_event_type like = dgm_like(i->type);
    return !i->negated && i->actual && like != DGM_REJECT && like != DGM_REQUEST &&
           like != DGM_CONSULT && like != DGM_SUPPORT;
}

/* Whether the denial may be of what is told `back` sentences before it. */
static bool may_be_meant(const dgm_item *i, uint32_t back)
{
    if (back > SENTENCES_BACK || !may_be_denied(i))
        return false;
    /* Beside the denial stands what it is about only where that is somebody's claim. */
    return back > 0 || i->on_word || i->possible || dgm_like(i->type) == DGM_ACCUSE;
}

/* ---- what is denied ------------------------------------------------------------------------- */

/* What a denial says of its content: "denied that its boats had rammed the vessel" is no denial of
 * the ban in the sentence before it. */
typedef struct {
    DGM_ARRAY(int64_t) opposed; /* events that the coder found to say the opposite of it */
    uint64_t types;             /* of its content, as bits; 0: it has none */
    work *w;
} denied;

static bool take_opposed(void *context, const dgm_cell *cells, uint32_t n)
{
    denied *d = context;
    int64_t *event = dgm_push(d->w->arena, &d->opposed);
    (void)n;
    if (event)
        *event = cells[0].integer;
    return event != NULL;
}

static bool take_content(void *context, const dgm_cell *cells, uint32_t n)
{
    denied *d = context;
    (void)n;
    dgm_event_type type = dgm_type_met(&d->w->across.types, cells[0].text);
    d->types |= dgm_type_bit(type) | dgm_type_bit(dgm_like(type));
    return true;
}

static dgm_status denied_of(work *w, uint32_t denial, denied *out)
{
    static const char opposed[] =
        "SELECT o.other FROM links o WHERE o.event = ? AND o.kind = 'contradicts' UNION"
        " SELECT o.other FROM links l JOIN links o ON o.event = l.event AND o.kind = 'contradicts'"
        " WHERE l.other = ? AND l.kind = 'content_of' ORDER BY 1";
    static const char content[] = "SELECT e.type FROM links l JOIN events e ON e.event = l.event"
                                  " WHERE l.other = ? AND l.kind = 'content_of'";
    const dgm_cell event = dgm_int(w->across.items.at[denial].event);
    *out = (denied) { .w = w };
    dgm_status status = dgm_sql_ask(w->store->db, opposed, (const dgm_cell[]) { event, event }, 2,
                                    take_opposed, out, w->err);
    return status == DGM_OK
               ? dgm_sql_ask(w->store->db, content, &event, 1, take_content, out, w->err)
               : status;
}

/* Whether the denial may be of that by what it says of it. Where nothing of it is coded, it may be
 * of anything: what it denies by a word for it, "the report", is linked by the coder. */
static bool fits(const denied *d, const dgm_item *i)
{
    return dgm_like(i->type) == DGM_ACCUSE || (d->types && dgm_type_among(i->type, d->types));
}

/* The nearest sentence up to the denial's own that tells of something in which the denier takes
 * part. */
static dgm_status look_back(work *w, uint32_t denial, const denied *says, dispute *d)
{
    const dgm_item *at = w->across.items.at, *me = &at[denial];
    sides mine, theirs;
    bool court = false, own = false;
    dgm_status status = sides_of(w, denial, &mine);
    if (status == DGM_OK)
        status = is_of_court(w, denial, &court);
    if (status != DGM_OK || court)
        return status;
    uint32_t first = denial, nearest = DGM_NONE;
    while (first > 0 && at[first - 1].story == me->story)
        first--;
    for (uint32_t i = first; status == DGM_OK && i < w->across.items.n && at[i].story == me->story;
         i++) {
        uint32_t back = me->sentence - at[i].sentence;
        if (i == denial || at[i].sentence > me->sentence || !may_be_meant(&at[i], back) ||
            (nearest != DGM_NONE && back > nearest))
            continue;
        status = sides_of(w, i, &theirs);
        if (status == DGM_OK)
            status = is_own_word(w, i, denial, &own);
        if (dgm_like(at[i].type) == DGM_ACCUSE && acts(&mine, &theirs))
            continue; /* who accuses in return denies something else */
        if (status != DGM_OK || own || !fits(says, &at[i]) || !takes_part(&mine, &theirs) ||
            !has_two(&mine, &theirs))
            continue;
        if (back < nearest)
            d->n_affirmed = 0;
        nearest = back;
        add_told(d->affirmed, &d->n_affirmed, i);
    }
    return status;
}

/* What a denial of a report is of: what the coder found to say the opposite, else what stands
 * before it. */
static dgm_status find_denied(work *w, uint32_t denial, dispute *d)
{
    denied says;
    dgm_status status = denied_of(w, denial, &says);
    for (uint32_t i = 0; i < says.opposed.n && status == DGM_OK; i++) {
        uint32_t item = dgm_across_find(&w->across, says.opposed.at[i]);
        if (item != DGM_NONE && may_be_denied(&w->across.items.at[item]))
            add_told(d->affirmed, &d->n_affirmed, item);
    }
    return status == DGM_OK && d->n_affirmed == 0 ? look_back(w, denial, &says, d) : status;
}

/* Other stories that affirm what is under the same key and told in much the same words. */
static dgm_status look_beside(work *w, uint32_t item, dispute *d)
{
    const dgm_across *a = &w->across;
    const dgm_item *me = &a->items.at[item];
    dgm_key keys[DGM_MOST_KEYS];
    uint32_t n_keys = 0;
    dgm_status status = dgm_across_keys(w->store, a, item, me->type, keys, &n_keys, w->err);
    for (uint32_t k = 0; k < n_keys && status == DGM_OK; k++) {
        uint32_t i = dgm_across_first(a, keys[k].key, me->told - w->days), n = 0;
        for (; i < a->entries.n && n < MOST_BESIDE && status == DGM_OK; i++, n++) {
            const dgm_entry *e = &a->entries.at[i];
            const dgm_item *other = &a->items.at[e->item];
            dgm_common common;
            if (e->key != keys[k].key || e->told > me->told + w->days)
                break;
            if (other->original == me->original || other->negated || !other->actual)
                continue;
            status = dgm_across_compare(w->store, a, item, e->item, LEAST_SUM, &common, w->err);
            if (common.sum >= LEAST_SUM && common.share >= LEAST_SHARE)
                add_told(d->affirmed, &d->n_affirmed, e->item);
        }
    }
    return status;
}

/* A dispute about the same is one, whoever denies. */
static void keep(work *w, const dispute *d)
{
    for (uint32_t i = 0; i < w->found.n; i++) {
        dispute *old = &w->found.at[i];
        for (uint32_t k = 0; k < old->n_affirmed; k++) {
            if (old->affirmed[k] != d->affirmed[0])
                continue;
            for (uint32_t m = 0; m < d->n_denied; m++)
                add_told(old->denied, &old->n_denied, d->denied[m]);
            return;
        }
    }
    dispute *new = dgm_push(w->arena, &w->found);
    if (new)
        *new = *d;
    else
        w->failed = true;
}

static dgm_status follow(work *w, uint32_t denial)
{
    const dgm_item *me = &w->across.items.at[denial];
    dispute d = { .denied = { denial }, .n_denied = 1 };
    dgm_status status = me->denial ? find_denied(w, denial, &d) : look_beside(w, denial, &d);
    uint32_t n = d.n_affirmed;
    for (uint32_t i = 0; me->denial && i < n && status == DGM_OK; i++)
        status = look_beside(w, d.affirmed[i], &d);
    if (status == DGM_OK && d.n_affirmed > 0)
        keep(w, &d);
    return status;
}

/* ---- answers -------------------------------------------------------------------------------- */

/* On whose word each is told; else who tells it. */
static dgm_status voices_of(work *w, const uint32_t *list, uint32_t n, dgm_view voices[MOST_TOLD])
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < n && status == DGM_OK; i++)
        status =
            dgm_voice_of(w->store, w->across.items.at[list[i]].event, w->arena, &voices[i], w->err);
    return status;
}

static void put_voices(const char *name, const dgm_view voices[MOST_TOLD], uint32_t n,
                       dgm_buffer *out)
{
    const char *separator = "";
    dgm_buffer_printf(out, ",\"%s\":[", name);
    for (uint32_t i = 0; i < n; i++) {
        bool before = false;
        for (uint32_t k = 0; k < i; k++)
            before = before || dgm_view_eq(voices[k], voices[i]);
        if (before || voices[i].n == 0)
            continue;
        dgm_buffer_put(out, dgm_view_of(separator));
        dgm_json_string(voices[i], out);
        separator = ",";
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
}

static dgm_status put_reports(work *w, const char *name, const uint32_t *list,
                              const dgm_view voices[MOST_TOLD], uint32_t n, dgm_buffer *out)
{
    dgm_status status = DGM_OK;
    dgm_buffer_printf(out, ",\"%s\":[", name);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        status =
            dgm_put_report(w->store, w->across.items.at[list[i]].event, &voices[i], out, w->err);
    }
    dgm_buffer_put(out, DGM_VIEW("]"));
    return status;
}

static dgm_status put(work *w, const dispute *d, dgm_buffer *out)
{
    const dgm_item *first = &w->across.items.at[d->affirmed[0]];
    dgm_view affirm[MOST_TOLD], deny[MOST_TOLD];
    dgm_buffer_printf(out, "{\"event_type\":\"%s\"", dgm_type_name(&w->across.types, first->type));
    dgm_status status = dgm_put_sides(w->store, first->event, 0, "actors", out, w->err);
    if (status == DGM_OK)
        status = dgm_put_sides(w->store, first->event, 1, "recipients", out, w->err);
    if (status == DGM_OK)
        status = voices_of(w, d->affirmed, d->n_affirmed, affirm);
    if (status == DGM_OK)
        status = voices_of(w, d->denied, d->n_denied, deny);
    if (status != DGM_OK)
        return status;
    put_voices("affirmed_by", affirm, d->n_affirmed, out);
    put_voices("denied_by", deny, d->n_denied, out);
    status = put_reports(w, "affirmed", d->affirmed, affirm, d->n_affirmed, out);
    if (status == DGM_OK)
        status = put_reports(w, "denied", d->denied, deny, d->n_denied, out);
    dgm_buffer_put(out, DGM_VIEW("}\n"));
    return status;
}

static bool take_denial(void *context, const dgm_cell *cells, uint32_t n)
{
    work *w = context;
    int64_t *event = dgm_push(w->arena, &w->denials);
    (void)n;
    w->failed = !event;
    if (event)
        *event = cells[0].integer;
    return !w->failed;
}

/* What is denied by itself comes after who denies it, so that one dispute is not told twice. */
static dgm_status find_denials(work *w, const dgm_filter *filter)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, w->store, filter, w->err);
    dgm_buffer_put(&sql, DGM_VIEW("SELECT d.event FROM (SELECT e.event AS event, e.polarity AS"
                                  " polarity, e.status AS status, e.cameo AS cameo"));
    dgm_select_put(&s, &sql);
    dgm_buffer_put(&sql, DGM_VIEW(") d WHERE d.status IN ('actual', 'possible') AND"
                                  " (d.polarity = 'negated' OR d.cameo = '016') ORDER BY"
                                  " CASE WHEN d.polarity = 'negated' THEN 1 ELSE 0 END, d.event"));
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_denial, w);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

dgm_status dgm_store_claims(dgm_store *store, const dgm_filter *filter, uint32_t days,
                            dgm_buffer *out, dgm_err *err)
{
    work w = { .store = store, .arena = dgm_arena_new(), .days = (int32_t)days, .err = err };
    dgm_status status = w.arena ? find_denials(&w, filter)
                                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the claims");
    if (status == DGM_OK)
        status = dgm_across_read(store, false, &w.across, err);
    for (uint32_t i = 0; i < w.denials.n && status == DGM_OK; i++) {
        uint32_t item = dgm_across_find(&w.across, w.denials.at[i]);
        if (item != DGM_NONE)
            status = follow(&w, item);
    }
    for (uint32_t i = 0; i < w.found.n && status == DGM_OK; i++)
        status = put(&w, &w.found.at[i], out);
    if (status == DGM_OK && (w.failed || out->failed || dgm_arena_failed(w.arena)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the claims");
    dgm_across_done(&w.across);
    dgm_arena_free(w.arena);
    return status;
}
