/* What was promised, threatened or made to hang on a condition, and what came of it. */
#include "store/across.h"
#include "store/deeds.h"
#include "store/links.h"
#include "store/members.h"
#include "store/select.h"

#include "output/text.h"

#include <string.h>

typedef struct {
    int64_t event, story, condition_event, original;
    dgm_view event_id, story_id, story_date, source, type, date, date_end, condition, voice, words,
        actors, recipients;
    bool negated;
    dgm_commitment kind;
} commitment;

/* Whoever commits himself does it in his own words, or what he does is itself a promise or threat:
 * what others say that he plans, and what somebody does something for, is no commitment. */
static const char his_own[] =
    ") OR EXISTS (SELECT 1 FROM links o WHERE"
    " o.event = e.event AND o.kind = 'content_of') OR EXISTS (SELECT 1 FROM voices v"
    " JOIN somebody x ON x.who = v.who JOIN roles r ON r.event = v.event AND r.role = 0"
    " JOIN somebody y ON y.who = r.who AND y.side = x.side WHERE v.event = e.event)";

/* "Sudan will release 40 prisoners": a concession to come is a promise of his who makes it, unless
 * somebody else says so. "Its government said" is nobody else, though it names no country. */
static const char conceded[] =
    ") AND EXISTS (SELECT 1 FROM roles r WHERE r.event = e.event AND r.role = 0)"
    " AND NOT EXISTS (SELECT 1 FROM voices v LEFT JOIN somebody x ON x.who = v.who"
    " WHERE v.event = e.event AND NOT EXISTS (SELECT 1 FROM roles r JOIN somebody y"
    " ON y.who = r.who WHERE r.event = e.event AND r.role = 0 AND (y.side = x.side OR"
    " (x.country IS NULL AND y.sector = x.sector)))))";

/* How much the sentences of a promise and of a deed must have in common, and how rare it must be
 * that those who promised do such deeds to those whom they promised it, so that no words are
 * needed. */
#define LEAST_SUM    9.5
#define LEAST_SHARE  0.25
#define LEAST_RARITY 6.0
#define LEAST_WORD   5.0 /* where the codes say of what sort it is only */
enum { HORIZON = 90, GRACE = 7, BY_CODE = 30, MOST_BESIDE = 200 }; /* days, and reports */

typedef struct {
    dgm_store *store;
    dgm_arena *arena;
    dgm_across across;
    DGM_ARRAY(commitment) found;
    DGM_ARRAY(dgm_later) later;  /* of the one in hand */
    DGM_ARRAY(uint32_t) reports; /* beside later: items */
    bool failed;
    dgm_err *err;
} work;

static dgm_view keep(work *w, const dgm_cell *cell)
{
    if (cell->kind != DGM_CELL_TEXT)
        return (dgm_view) { "", 0 };
    return dgm_arena_copy(w->arena, cell->text);
}

static bool take_commitment(void *context, const dgm_cell *c, uint32_t n)
{
    work *w = context;
    commitment *new = dgm_push(w->arena, &w->found);
    (void)n;
    if (!new) {
        w->failed = true;
        return false;
    }
    *new = (commitment) { .event = c[0].integer,
                          .story = c[1].integer,
                          .original = c[2].integer,
                          .event_id = keep(w, &c[3]),
                          .story_id = keep(w, &c[4]),
                          .story_date = keep(w, &c[5]),
                          .source = keep(w, &c[6]),
                          .type = keep(w, &c[7]),
                          .date = keep(w, &c[8]),
                          .date_end = keep(w, &c[9]),
                          .negated = dgm_view_eq(c[10].text, DGM_VIEW("negated")),
                          .condition = keep(w, &c[11]),
                          .condition_event = c[12].kind == DGM_CELL_INT ? c[12].integer : 0,
                          .voice = keep(w, &c[13]),
                          .words = keep(w, &c[14]),
                          .actors = keep(w, &c[17]),
                          .recipients = keep(w, &c[18]) };
    bool promised = c[15].kind == DGM_CELL_TEXT && dgm_view_eq(c[15].text, DGM_VIEW("promise"));
    dgm_event_type parent =
        c[16].kind == DGM_CELL_TEXT ? dgm_type_of(&w->store->types, c[16].text) : DGM_EVENT_NONE;
    new->kind = dgm_commitment_of(dgm_like(dgm_type_of(&w->store->types, new->type)),
                                  dgm_like(parent), promised, new->condition.n > 0);
    return !w->failed;
}

static dgm_status find(dgm_store *store, const dgm_filter *filter, work *w, dgm_err *err)
{
    dgm_select s;
    dgm_buffer sql = { 0 };
    dgm_status status = dgm_select_init(&s, store, filter, err);
    const char *join = store->db->engine->is_postgres ? "string_agg" : "group_concat";
    const char *separator = store->db->engine->is_postgres ? ", ','" : "";
    dgm_buffer_printf(
        &sql,
        "SELECT e.event, e.story, s.original, e.event_id, s.story_id, s.date, s.source, e.type,"
        " e.date, e.date_end, e.polarity, k.words, k.condition_event,"
        " (SELECT coalesce(v.code, v.words) FROM attributions v WHERE v.event = e.event"
        "  ORDER BY v.place_in_chain DESC LIMIT 1), e.trigger_words,"
        " (SELECT v.kind FROM attributions v WHERE v.event = e.event ORDER BY v.place_in_chain"
        "  DESC LIMIT 1),"
        " (SELECT p.type FROM links l JOIN events p ON p.event = l.other WHERE l.event = e.event"
        "  AND l.kind = 'content_of' LIMIT 1),"
        " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = e.event AND"
        "  p.role = 'actor'),"
        " (SELECT %s(DISTINCT p.side%s) FROM participants p WHERE p.event = e.event AND"
        "  p.role = 'recipient') FROM (SELECT e.*",
        join, separator, join, separator);
    dgm_select_put(&s, &sql);
    dgm_buffer_put(&sql, DGM_VIEW(") e JOIN stories s ON s.story = e.story LEFT JOIN conditions k"
                                  " ON k.event = e.event WHERE e.status IN ('intended',"
                                  " 'conditional') AND NOT EXISTS (SELECT 1 FROM links l WHERE"
                                  " l.other = e.event AND l.kind = 'content_of')"));
    dgm_buffer_put(&sql, DGM_VIEW(" AND (e.type IN ("));
    dgm_put_types_like(&store->types, dgm_type_bit(DGM_AGREE) | dgm_type_bit(DGM_THREATEN), &sql);
    dgm_buffer_put(&sql, dgm_view_of(his_own));
    dgm_buffer_put(&sql, DGM_VIEW(" OR (e.type IN ("));
    dgm_put_types_like(&store->types, dgm_type_bit(DGM_CONCEDE), &sql);
    dgm_buffer_put(&sql, dgm_view_of(conceded));
    dgm_buffer_put(&sql, DGM_VIEW(") ORDER BY s.date, e.event"));
    if (status == DGM_OK)
        status = dgm_select_run(&s, &sql, take_commitment, w);
    dgm_buffer_done(&sql);
    dgm_select_done(&s);
    return status;
}

/* Whether a later report may be of the same act: done, on its own word, in another story. */
static bool may_decide(const dgm_item *first, const dgm_item *later)
{
    return later->original != first->original && later->actual && !later->possible &&
           !later->on_word && later->told > first->told && later->day >= first->told;
}

/* By what a threat, a promise or a concession is carried out whose act is not coded itself. */
enum { N_DEEDS = 4 };
static const dgm_event_type of_threat[N_DEEDS] = { DGM_SANCTION, DGM_COERCE, DGM_ASSAULT,
                                                   DGM_MOBILIZE },
                            of_promise[N_DEEDS] = { DGM_COOPERATE, DGM_AID, DGM_RETREAT,
                                                    DGM_CONSULT },
                            of_concession[N_DEEDS] = { DGM_CONCEDE, DGM_RETREAT, DGM_COOPERATE,
                                                       DGM_AID };

/* Whether events of the one type may carry out those of the other. */
static bool may_carry_out(dgm_event_type committed, dgm_event_type later)
{
    dgm_event_type like = dgm_like(committed);
    const dgm_event_type *deeds = like == DGM_THREATEN  ? of_threat
                                  : like == DGM_AGREE   ? of_promise
                                  : like == DGM_CONCEDE ? of_concession
                                                        : NULL;
    for (size_t i = 0; deeds && i < N_DEEDS; i++)
        if (deeds[i] == dgm_like(later))
            return true;
    return !deeds && later == committed;
}

typedef struct {
    uint32_t item; /* of the commitment, or of its condition */
    bool of_condition, negated;
    int64_t last;
} search;

static bool is_against(dgm_deed deed)
{
    return deed == DGM_DEED_REFUSED || deed == DGM_DEED_INSTEAD;
}

static dgm_status add_later(work *w, const search *s, uint32_t item, dgm_deed deed)
{
    dgm_later *later = dgm_push(w->arena, &w->later);
    uint32_t *report = dgm_push(w->arena, &w->reports);
    if (!later || !report)
        return dgm_fail(w->err, DGM_ENOMEM, NULL, 0, "no memory for commitments");
    *report = item;
    *later = (dgm_later) { .day = w->across.items.at[item].told,
                           .of_condition = s->of_condition,
                           .negated = w->across.items.at[item].negated || is_against(deed),
                           .instead = deed == DGM_DEED_INSTEAD };
    return DGM_OK;
}

static bool take_different(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)cells;
    (void)n;
    *(bool *)context = false;
    return false;
}

/* Whether the same sides take part in both; at home, where a country is its only side, the same of
 * its people must be those to whom it is done. */
static dgm_status is_of_same_sides(work *w, const dgm_item *one, const dgm_item *other,
                                   bool at_home, bool *out)
{
#define WHO(what)                                                                                  \
    "SELECT " what " FROM roles r JOIN somebody w ON w.who = r.who WHERE r.event = ? AND"          \
    " w.side IS NOT NULL"
    static const char sides[] = "SELECT 1 FROM (" WHO("w.side") " EXCEPT " WHO("w.side") ") x";
    static const char people[] =
        "SELECT 1 FROM (" WHO("r.role, w.code") " EXCEPT " WHO("r.role, w.code") ") x";
#undef WHO
    const dgm_cell there[] = { dgm_int(one->event), dgm_int(other->event) },
                   back[] = { dgm_int(other->event), dgm_int(one->event) };
    const char *sql = at_home ? people : sides;
    *out = true;
    dgm_status status = dgm_sql_ask(w->store->db, sql, there, 2, take_different, out, w->err);
    return status == DGM_OK && *out
               ? dgm_sql_ask(w->store->db, sql, back, 2, take_different, out, w->err)
               : status;
}

/* Whether a report is of the act by its code. That somebody did not refuse, or did not attack,
 * decides nothing. */
static bool is_by_code(const search *s, const dgm_item *me, const dgm_item *later, dgm_deed *deed)
{
    if (later->told > me->told + BY_CODE)
        return false;
    *deed = dgm_deed_of(dgm_view_of(me->cameo), dgm_view_of(later->cameo));
    if (*deed == DGM_DEED_OTHER || (*deed == DGM_DEED_INSTEAD && (s->negated || s->of_condition)))
        return false;
    return !is_against(*deed) || !later->negated;
}

/* Whether a report tells of the act: by its code, where such deeds are rare between the same sides;
 * else by its type, in much the same words. */
static dgm_status is_told(work *w, const search *s, uint32_t later, const dgm_key *key, bool rare,
                          dgm_deed *deed, bool *out)
{
    const dgm_item *me = &w->across.items.at[s->item], *it = &w->across.items.at[later];
    dgm_common common = { .n = 0 };
    dgm_status status = DGM_OK;
    *out = false;
    if (rare && is_by_code(s, me, it, deed))
        status = is_of_same_sides(w, me, it, key->by == DGM_BY_HOME, out);
    if (status == DGM_OK && *out && *deed == DGM_DEED_LIKE) {
        status =
            dgm_across_compare(w->store, &w->across, s->item, later, LEAST_WORD, &common, w->err);
        *out = common.sum >= LEAST_WORD;
    }
    if (status != DGM_OK || *out || !may_carry_out(me->type, it->type) ||
        key->by == DGM_BY_ACTORS || key->by == DGM_BY_HOME)
        return status;
    *deed = DGM_DEED_OTHER;
    status = dgm_across_compare(w->store, &w->across, s->item, later, LEAST_SUM, &common, w->err);
    *out = common.sum >= LEAST_SUM && common.share >= LEAST_SHARE;
    return status;
}

/* Whether what is reported later, under the same key, decides nothing beside this. */
static bool is_final(const dgm_later *later)
{
    return !later->instead && !(later->of_condition && later->negated);
}

/* Reports under a key, the earliest first. */
static dgm_status find_under(work *w, const search *s, const dgm_key *key)
{
    const dgm_across *a = &w->across;
    const dgm_item *me = &a->items.at[s->item];
    dgm_status status = DGM_OK;
    uint32_t i = dgm_across_first(a, key->key, me->told + 1), n = 0;
    if (i == a->entries.n || a->entries.at[i].key != key->key)
        return DGM_OK;
    bool rare = key->by != DGM_BY_PLACE && dgm_across_rarity(a, key->key) >= LEAST_RARITY;
    for (; i < a->entries.n && n < MOST_BESIDE && status == DGM_OK; i++, n++) {
        const dgm_entry *e = &a->entries.at[i];
        dgm_deed deed;
        bool told;
        if (e->key != key->key || e->told > s->last)
            break;
        if (!may_decide(me, &a->items.at[e->item]))
            continue;
        status = is_told(w, s, e->item, key, rare, &deed, &told);
        if (status == DGM_OK && told)
            status = add_later(w, s, e->item, deed);
        if (status == DGM_OK && told && is_final(&w->later.at[w->later.n - 1]))
            break;
    }
    return status;
}

/* Reports of an act up to a day: both sides, the actors or the actor and the place in common. That
 * somebody demands or accuses again does not carry out what he said. */
static dgm_status find_later(work *w, int64_t event, search s)
{
    const dgm_types *types = &w->across.types;
    s.item = dgm_across_find(&w->across, event);
    if (s.item == DGM_NONE)
        return DGM_OK;
    dgm_event_type like = dgm_like(w->across.items.at[s.item].type);
    if (like == DGM_REQUEST || like == DGM_ACCUSE)
        return DGM_OK;
    dgm_key keys[DGM_MOST_KEYS];
    uint32_t n = 0;
    dgm_status status =
        dgm_across_keys(w->store, &w->across, s.item, DGM_EVENT_NONE, keys, &n, w->err);
    for (uint32_t t = 1; t < types->n && status == DGM_OK; t++)
        for (uint32_t k = 0; k < n && status == DGM_OK; k++) {
            dgm_key key = { dgm_across_of_type(keys[k].key, types->at[t].id), keys[k].by };
            status = find_under(w, &s, &key);
        }
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* The day by which it is to be done, where one is named; empty: none is, or it is that of the
 * story. */
static dgm_view due_of(const commitment *c)
{
    dgm_view day = c->date_end.n ? c->date_end : c->date;
    return dgm_day_number(day) > dgm_day_number(c->story_date) ? day : (dgm_view) { "", 0 };
}

static dgm_status put(work *w, const commitment *c, dgm_outcome outcome, uint32_t by,
                      dgm_buffer *out)
{
    dgm_buffer_printf(out, "{\"kind\":\"%s\",\"state\":\"%s\"", dgm_commitment_name(c->kind),
                      dgm_outcome_name(outcome));
    dgm_json_text_or_null(out, "event_type", c->type);
    dgm_put_names(out, "actors", c->actors);
    dgm_put_names(out, "recipients", c->recipients);
    dgm_buffer_printf(out, ",\"negated\":%s", c->negated ? "true" : "false");
    dgm_json_text_or_null(out, "condition", c->condition);
    dgm_json_text_or_null(out, "voice", c->voice);
    dgm_json_text_or_null(out, "trigger", c->words);
    dgm_json_text_or_null(out, "event_id", c->event_id);
    dgm_json_text_or_null(out, "story_id", c->story_id);
    dgm_json_text_or_null(out, "story_date", c->story_date);
    dgm_json_text_or_null(out, "source", c->source);
    dgm_json_text_or_null(out, "due", due_of(c));
    dgm_buffer_put(out, DGM_VIEW(",\"report\":"));
    dgm_status status = dgm_put_report(w->store, c->event, NULL, out, w->err);
    dgm_buffer_put(out, DGM_VIEW(",\"decided_by\":"));
    if (status == DGM_OK && by != DGM_NONE)
        status = dgm_put_report(w->store, w->across.items.at[by].event, NULL, out, w->err);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
    dgm_buffer_put(out, DGM_VIEW("}\n"));
    return status;
}

static bool take_newest(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)n;
    *(int64_t *)context = cells[0].kind == DGM_CELL_TEXT ? dgm_day_number(cells[0].text) : 0;
    return false;
}

static dgm_status judge(work *w, const commitment *c, int64_t newest, const char *state,
                        dgm_buffer *out)
{
    dgm_view due = due_of(c);
    int64_t deadline = due.n ? dgm_day_number(due) : 0,
            last = deadline ? deadline + GRACE : dgm_day_number(c->story_date) + HORIZON;
    w->later.n = w->reports.n = 0;
    dgm_status status = find_later(w, c->event, (search) { .negated = c->negated, .last = last });
    if (status == DGM_OK && c->condition_event)
        status = find_later(w, c->condition_event, (search) { .of_condition = true, .last = last });
    if (status != DGM_OK)
        return status;
    uint32_t decided;
    dgm_outcome outcome =
        dgm_judge(c->negated, deadline, newest, w->later.at, w->later.n, &decided);
    if (state && strcmp(state, dgm_outcome_name(outcome)) != 0)
        return DGM_OK;
    return put(w, c, outcome, decided == DGM_NONE ? DGM_NONE : w->reports.at[decided], out);
}

dgm_status dgm_store_commitments(dgm_store *store, const dgm_filter *filter, const char *state,
                                 dgm_buffer *out, dgm_err *err)
{
    work w = { .store = store, .arena = dgm_arena_new(), .err = err };
    int64_t newest = 0;
    dgm_status status = w.arena ? find(store, filter, &w, err)
                                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for commitments");
    if (status == DGM_OK)
        status = dgm_across_read(store, true, &w.across, err);
    if (status == DGM_OK)
        status = dgm_sql_ask(store->db, "SELECT max(date) FROM stories", NULL, 0, take_newest,
                             &newest, err);
    for (uint32_t i = 0; i < w.found.n && status == DGM_OK; i++)
        status = judge(&w, &w.found.at[i], newest, state, out);
    if (status == DGM_OK && (w.failed || out->failed || dgm_arena_failed(w.arena)))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for commitments");
    dgm_across_done(&w.across);
    dgm_arena_free(w.arena);
    return status;
}
