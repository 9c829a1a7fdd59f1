/* Which events of different reports are one: `events.same`.
 *
 * A day is linked at a time, once all that came in with it is stored, and anew whenever something
 * of that day came or went; so links are the same in whatever order reports arrive. Events are laid
 * side by side that have the type, or one that is kin to it, and a side in common. What
 * dgm_alike() links, by chains too, is one event; but a chain joins nothing that contradicts itself
 * in places or actors, and the surest links are made first. A report that names no day may tell of
 * the day before: such a group joins the one of that day that it is most like, if nothing else it
 * is of its own day. Where two are equally good, there is no link.
 *
 * A pair is only looked at where it has few rivals, so a day takes time n log n. */
#include "store/sql.h"
#include "store/tellings.h"

#include <stdlib.h>
#include <string.h>

/* ---- who may be one with whom --------------------------------------------------------------- */

/* A telling under its type, or what that is kin to, and one of its sides. */
typedef struct {
    uint64_t key, sentence, print;
    int64_t told;
    uint32_t item;
    bool of_kin; /* the key is that of types that are kin */
} entry;

/* The entries of one key, from..to: of how many different sentences, in how many groups so far. */
typedef struct {
    uint32_t from, to, n_sentences, n_groups;
} run;

/* Two tellings that lie in one run, by themselves alike enough. */
typedef struct {
    uint32_t a, b, run;
    int alone, points; /* points: among their rivals */
    uint32_t order;    /* of all links, whatever the order in which reports came */
    bool refused;
} link;

typedef struct {
    dgm_tellings day;
    DGM_ARRAY(entry) entries; /* in order */
    DGM_ARRAY(run) runs;
    DGM_ARRAY(link) links;
    uint32_t *parent; /* of each telling: another of its group, or itself */
    uint32_t *next;   /* likewise: the next of its group, in a circle */
    int64_t *number;  /* of each telling that is its own parent: the group's */
    bool *dated;      /* likewise: one of the group is */
} linking;

static int by_entry(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    if (x->print != y->print)
        return x->print < y->print ? -1 : 1;
    return (x->told > y->told) - (x->told < y->told);
}

static bool side_came_before(const dgm_telling *t, int role, uint32_t i)
{
    for (int r = 0; r <= role; r++)
        for (uint32_t k = 0; k < (r == role ? i : t->n_sides[r]); k++)
            if (t->sides[r][k].side == t->sides[role][i].side)
                return true;
    return false;
}

static bool add_entry(linking *l, uint32_t item, uint64_t print, uint64_t side, bool of_kin)
{
    const dgm_telling *t = &l->day.at.at[item];
    if (of_kin && !t->kin)
        return true;
    entry *e = dgm_push(l->day.arena, &l->entries);
    if (e)
        *e = (entry) { .key = (of_kin ? t->kin : t->type) * 31 + side,
                       .sentence = t->sentence,
                       .print = print,
                       .told = t->told,
                       .item = item,
                       .of_kin = of_kin };
    return e != NULL;
}

static bool find_entries(linking *l)
{
    for (uint32_t i = 0; i < l->day.at.n; i++) {
        const dgm_telling *t = &l->day.at.at[i];
        uint64_t print = dgm_telling_print(t);
        for (int role = 0; role < 2 && !t->apart; role++) {
            for (uint32_t k = 0; k < t->n_sides[role]; k++) {
                uint64_t side = t->sides[role][k].side;
                if (side_came_before(t, role, k))
                    continue;
                if (!add_entry(l, i, print, side, false) || !add_entry(l, i, print, side, true))
                    return false;
            }
        }
    }
    if (l->entries.n > 0)
        qsort(l->entries.at, l->entries.n, sizeof *l->entries.at, by_entry);
    return true;
}

static bool find_runs(linking *l)
{
    const entry *at = l->entries.at;
    for (uint32_t i = 0; i < l->entries.n;) {
        run *r = dgm_push(l->day.arena, &l->runs);
        if (!r)
            return false;
        *r = (run) { .from = i };
        for (; i < l->entries.n && at[i].key == at[r->from].key; i++)
            r->n_sentences += i == r->from || at[i].sentence != at[i - 1].sentence;
        r->to = i;
    }
    return true;
}

/* ---- pairs ---------------------------------------------------------------------------------- */

static bool add_link(linking *l, uint32_t a, uint32_t b, uint32_t i_run)
{
    const dgm_telling *x = &l->day.at.at[a], *y = &l->day.at.at[b];
    /* two of one type meet under their type, too */
    bool elsewhere = x->type == y->type && l->entries.at[l->runs.at[i_run].from].of_kin;
    int points = x->story == y->story || elsewhere ? DGM_ALIKE_NEVER : dgm_alike(x, y);
    if (points < DGM_ALIKE_LEAST)
        return true;
    link *made = dgm_push(l->day.arena, &l->links);
    if (made)
        *made = (link) { .a = a, .b = b, .run = i_run, .alone = points, .order = l->links.n - 1 };
    return made != NULL;
}

/* Whether the entry looks to dgm_alike() as the one before it does. */
static bool is_copy(const entry *at, const run *r, uint32_t i)
{
    return i > r->from && at[i].print == at[i - 1].print;
}

/* The first of several copies is laid beside all others, the next ones beside the one before. */
static bool find_links(linking *l)
{
    const entry *at = l->entries.at;
    for (uint32_t i = 0; i < l->runs.n; i++) {
        const run *r = &l->runs.at[i];
        for (uint32_t a = r->from; a < r->to && r->n_sentences <= DGM_MOST_RIVALS; a++) {
            uint32_t to = is_copy(at, r, a) ? DGM_MIN(a + 2, r->to) : r->to;
            for (uint32_t b = a + 1; b < to; b++) {
                bool wanted = is_copy(at, r, b) ? b == a + 1 : !is_copy(at, r, a);
                if (wanted && !add_link(l, at[a].item, at[b].item, i))
                    return false;
            }
        }
    }
    return true;
}

/* ---- the best of a story -------------------------------------------------------------------- */

/* A link as one of its ends sees it: to which event of which story. */
typedef struct {
    uint32_t from, link;
    int64_t story, told;
    int points;
} view;

static int by_view(const void *a, const void *b)
{
    const view *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return (x->told > y->told) - (x->told < y->told);
}

/* Of all that one story tells only that is linked which is most alike; of two, none. at: room for
 * two of each link. */
static void refuse_second_best(linking *l, view *at)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < l->links.n; i++) {
        link *k = &l->links.at[i];
        k->refused = k->points < DGM_ALIKE_LEAST;
        if (k->refused)
            continue;
        const dgm_telling *a = &l->day.at.at[k->a], *b = &l->day.at.at[k->b];
        at[n++] = (view) { k->a, i, b->story, b->told, k->points };
        at[n++] = (view) { k->b, i, a->story, a->told, k->points };
    }
    qsort(at, n, sizeof *at, by_view);
    for (uint32_t i = 0, end; i < n; i = end) {
        bool tie = false;
        for (end = i; end < n && at[end].from == at[i].from && at[end].story == at[i].story; end++)
            tie = tie || (at[end].points == at[i].points && at[end].told != at[i].told);
        for (uint32_t k = i; k < end; k++)
            if (tie || at[k].told != at[i].told)
                l->links.at[at[k].link].refused = true;
    }
}

/* ---- groups --------------------------------------------------------------------------------- */

static uint32_t root_of(linking *l, uint32_t i)
{
    while (l->parent[i] != i) {
        l->parent[i] = l->parent[l->parent[i]];
        i = l->parent[i];
    }
    return i;
}

static void join(linking *l, uint32_t a, uint32_t b)
{
    uint32_t next = l->next[a];
    uint32_t root_a = root_of(l, a), root_b = root_of(l, b);
    if (root_a == root_b)
        return;
    l->next[a] = l->next[b];
    l->next[b] = next;
    l->parent[DGM_MAX(root_a, root_b)] = DGM_MIN(root_a, root_b);
}

/* Whether something of the one group cannot be one with something of the other. Large groups are
 * looked at in part. */
static bool groups_contradict(const linking *l, uint32_t a, uint32_t b)
{
    enum { MOST_EACH = 32 };
    uint32_t i = a;
    for (uint32_t n = 0; n < MOST_EACH; n++) {
        uint32_t k = b;
        for (uint32_t m = 0; m < MOST_EACH; m++) {
            const dgm_telling *x = &l->day.at.at[i], *y = &l->day.at.at[k];
            if (x->story != y->story && dgm_alike_contradict(x, y))
                return true;
            k = l->next[k];
            if (k == b)
                break;
        }
        i = l->next[i];
        if (i == a)
            break;
    }
    return false;
}

typedef struct {
    int64_t told;
    uint32_t item;
} one;

static int by_told(const void *a, const void *b)
{
    const one *x = a, *y = b;
    if (x->told != y->told)
        return x->told < y->told ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* What one story tells of an event, wherever in it. */
static bool join_told(linking *l)
{
    uint32_t n = 0;
    one *at = DGM_NEW(l->day.arena, one, (size_t)l->day.at.n + 1);
    if (!at)
        return false;
    for (uint32_t i = 0; i < l->day.at.n; i++)
        if (!l->day.at.at[i].apart)
            at[n++] = (one) { l->day.at.at[i].told, i };
    qsort(at, n, sizeof *at, by_told);
    for (uint32_t i = 1; i < n; i++)
        if (at[i].told == at[i - 1].told)
            join(l, at[i - 1].item, at[i].item);
    return true;
}

/* A group is called by the least number of what its stories tell. */
static void name_groups(linking *l)
{
    for (uint32_t i = 0; i < l->day.at.n; i++) {
        const dgm_telling *t = &l->day.at.at[i];
        uint32_t root = root_of(l, i);
        bool first = root == i;
        l->number[root] = first || t->told < l->number[root] ? t->told : l->number[root];
        l->dated[root] = (!first && l->dated[root]) || t->dated;
    }
}

/* Three sentences stay three, however they are joined: where two tell one event, the third need
 * not. seen: of each telling when a run last met its group. */
static void count_groups(linking *l, uint32_t *seen, uint32_t *turn)
{
    enum { LEAST_GROUPS = 3 };
    for (uint32_t i = 0; i < l->runs.n; i++) {
        run *r = &l->runs.at[i];
        ++*turn;
        r->n_groups = 0;
        for (uint32_t k = r->from; k < r->to; k++) {
            uint32_t root = root_of(l, l->entries.at[k].item);
            r->n_groups += seen[root] != *turn;
            seen[root] = *turn;
        }
        r->n_groups = DGM_MIN(DGM_MAX(r->n_groups, LEAST_GROUPS), r->n_sentences);
    }
}

static int by_points(const void *a, const void *b)
{
    const link *x = a, *y = b;
    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static bool join_links(linking *l, view *views)
{
    bool joined = false;
    for (uint32_t i = 0; i < l->links.n; i++) {
        link *k = &l->links.at[i];
        bool already = root_of(l, k->a) == root_of(l, k->b);
        k->points = dgm_alike_among(k->alone, l->runs.at[k->run].n_groups + already);
    }
    if (l->links.n > 0)
        qsort(l->links.at, l->links.n, sizeof *l->links.at, by_points);
    refuse_second_best(l, views);
    for (uint32_t i = 0; i < l->links.n; i++) {
        const link *k = &l->links.at[i];
        if (k->refused || root_of(l, k->a) == root_of(l, k->b) || groups_contradict(l, k->a, k->b))
            continue;
        join(l, k->a, k->b);
        joined = true;
    }
    return joined;
}

/* Where thirty reports tell one event, those that are most alike are joined first; then the others
 * have fewer rivals. */
static bool join_in_rounds(linking *l)
{
    enum { MOST_ROUNDS = 5 };
    uint32_t turn = 0;
    uint32_t *seen = DGM_NEW(l->day.arena, uint32_t, (size_t)l->day.at.n + 1);
    view *views = DGM_NEW(l->day.arena, view, (size_t)l->links.n * 2 + 1);
    if (!seen || !views)
        return false;
    memset(seen, 0, ((size_t)l->day.at.n + 1) * sizeof *seen);
    for (uint32_t i = 0; i < MOST_ROUNDS; i++) {
        count_groups(l, seen, &turn);
        if (!join_links(l, views))
            break;
    }
    count_groups(l, seen, &turn);
    return true;
}

static bool group(linking *l)
{
    uint32_t n = l->day.at.n;
    l->parent = DGM_NEW(l->day.arena, uint32_t, (size_t)n + 1);
    l->number = DGM_NEW(l->day.arena, int64_t, (size_t)n + 1);
    l->dated = DGM_NEW(l->day.arena, bool, (size_t)n + 1);
    l->next = DGM_NEW(l->day.arena, uint32_t, (size_t)n + 1);
    if (!l->parent || !l->number || !l->dated || !l->next)
        return false;
    for (uint32_t i = 0; i < n; i++)
        l->parent[i] = l->next[i] = i;
    if (!find_entries(l) || !find_runs(l) || !find_links(l) || !join_in_rounds(l) || !join_told(l))
        return false;
    name_groups(l);
    return true;
}

static dgm_status link_day(dgm_store *store, int64_t day, linking *l, dgm_err *err)
{
    dgm_tellings tellings = l->day;
    dgm_status status = dgm_tellings_read(store, day, &tellings, err);
    *l = (linking) { .day = tellings };
    if (status == DGM_OK && !group(l))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events of a day");
    return status;
}

/* ---- the day before ------------------------------------------------------------------------- */

/* The best that a group found on the day before. */
typedef struct {
    int points;
    int64_t number;
    bool tie;
} find;

static void consider(find *f, int points, int64_t number)
{
    if (points < DGM_ALIKE_LEAST || points < f->points)
        return;
    f->tie = points == f->points ? f->tie || number != f->number : false;
    f->points = points;
    f->number = number;
}

/* late: of the day after early. finds: of each root of late. */
static void look_back(linking *early, linking *late, find *finds)
{
    const entry *at = early->entries.at;
    uint32_t k = 0;
    for (uint32_t i = 0; i < early->runs.n; i++) {
        const run *r = &early->runs.at[i];
        while (k < late->entries.n && late->entries.at[k].key < at[r->from].key)
            k++;
        for (; k < late->entries.n && late->entries.at[k].key == at[r->from].key; k++) {
            uint32_t item = late->entries.at[k].item, root = root_of(late, item);
            bool wanted = !late->dated[root] && r->n_sentences <= DGM_MOST_RIVALS;
            for (uint32_t a = r->from; a < r->to && wanted; a++) {
                const dgm_telling *x = &early->day.at.at[at[a].item], *y = &late->day.at.at[item];
                if (!is_copy(at, r, a) && x->story != y->story)
                    consider(&finds[root], dgm_alike_among(dgm_alike(x, y), r->n_groups),
                             early->number[root_of(early, at[a].item)]);
            }
        }
    }
}

static dgm_status write_day(dgm_store *store, linking *early, linking *late, dgm_err *err)
{
    uint32_t n = late->day.at.n;
    dgm_status status = DGM_OK;
    find *finds = DGM_NEW(late->day.arena, find, (size_t)n + 1);
    if (!finds)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events of a day");
    memset(finds, 0, ((size_t)n + 1) * sizeof *finds);
    look_back(early, late, finds);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        const dgm_telling *t = &late->day.at.at[i];
        uint32_t root = root_of(late, i);
        bool found = finds[root].points >= DGM_ALIKE_LEAST && !finds[root].tie;
        int64_t same = found ? finds[root].number : late->number[root];
        if (!t->apart && same != t->same)
            status = DGM_DO(store->db, "UPDATE events SET same = ? WHERE event = ?", err,
                            dgm_int(same), dgm_int(t->event));
    }
    return status;
}

/* ---- the days that changed ------------------------------------------------------------------ */

enum { DAYS_A_BATCH = 100 };

typedef struct {
    int64_t at[DAYS_A_BATCH];
    uint32_t n;
} days;

static bool take_day(void *context, const dgm_cell *cells, uint32_t n)
{
    days *d = context;
    (void)n;
    if (d->n < DAYS_A_BATCH)
        d->at[d->n++] = cells[0].integer;
    return d->n < DAYS_A_BATCH;
}

/* pair: two days one after the other, of which the second is linked. */
static dgm_status link_to_day_before(dgm_store *store, linking pair[2], int64_t day, dgm_err *err)
{
    dgm_status status = DGM_OK;
    if (pair[1].day.at.at && pair[1].day.day == day - 1) {
        linking held = pair[0];
        pair[0] = pair[1];
        pair[1] = held;
    } else {
        status = link_day(store, day - 1, &pair[0], err);
    }
    if (status == DGM_OK)
        status = link_day(store, day, &pair[1], err);
    return status == DGM_OK ? write_day(store, &pair[0], &pair[1], err) : status;
}

/* What changed on a day changes links of that day and, to it, of the next. */
static dgm_status link_days(dgm_store *store, linking pair[2], const days *changed, dgm_err *err)
{
    int64_t last = INT64_MIN;
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < changed->n && status == DGM_OK; i++) {
        for (int64_t day = changed->at[i]; day <= changed->at[i] + 1 && status == DGM_OK; day++) {
            if (day <= last)
                continue;
            status = link_to_day_before(store, pair, day, err);
            last = day;
        }
    }
    if (status == DGM_OK)
        status = DGM_DO(store->db, "DELETE FROM unlinked WHERE day <= ?", err,
                        dgm_int(changed->at[changed->n - 1]));
    return status;
}

static dgm_status link_some(dgm_store *store, linking pair[2], bool *done, dgm_err *err)
{
    const dgm_cell most = dgm_int(DAYS_A_BATCH);
    days changed = { .n = 0 };
    dgm_status status = dgm_store_begin(store, err);
    if (status != DGM_OK)
        return status;
    status = dgm_sql_ask(store->db, "SELECT day FROM unlinked ORDER BY day LIMIT ?", &most, 1,
                         take_day, &changed, err);
    if (status == DGM_OK && changed.n > 0)
        status = link_days(store, pair, &changed, err);
    *done = changed.n < DAYS_A_BATCH;
    if (status == DGM_OK)
        return dgm_store_commit(store, err);
    dgm_store_rollback(store);
    return status;
}

dgm_status dgm_store_link(dgm_store *store, dgm_err *err)
{
    linking pair[2] = { { .day = { .arena = dgm_arena_new() } },
                        { .day = { .arena = dgm_arena_new() } } };
    int64_t n = 0;
    bool done = false;
    dgm_status status =
        pair[0].day.arena && pair[1].day.arena
            ? dgm_sql_number(store->db, "SELECT count(*) FROM unlinked", NULL, 0, &n, err)
            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events of a day");
    while (status == DGM_OK && n > 0 && !done)
        status = link_some(store, pair, &done, err);
    dgm_arena_free(pair[0].day.arena);
    dgm_arena_free(pair[1].day.arena);
    return status;
}

dgm_status dgm_store_unlink(dgm_store *store, dgm_view event_id, dgm_err *err)
{
    return DGM_DO(store->db,
                  "INSERT INTO unlinked (day) SELECT DISTINCT day FROM events WHERE event_id = ?"
                  " AND day IS NOT NULL ON CONFLICT DO NOTHING",
                  err, dgm_text(event_id));
}
