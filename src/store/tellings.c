/* What reports tell of a day, read from the tables. */
#include "store/tellings.h"
#include "store/links.h"
#include "store/telling_words.h"

#include <math.h>
#include <stdlib.h>

/* ---- words ---------------------------------------------------------------------------------- */

/* Words that say nothing of what happened, or that every report of its kind has. */
static const char idle_words[] =
    "that this with from have were been their they said will would after which about more than "
    "over into also when where what there some other could should while before under during "
    "between against because such only most many much these those being does each very them then "
    "here both just like upon among within without three four five seven eight nine year week "
    "month told says according official government president minister country state monday "
    "tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december today yesterday first second last including least "
    "since until several around killed killing kill military army force attack attacked strike "
    "airstrike people troops soldier police injured wounded dead death authorities leader talks "
    "meeting announced announce claim claimed confirm confirmed report reported reportedly "
    "following amid amidst called call foreign prime defence defense ministry";

enum { MOST_IDLE = 200 };
typedef struct {
    uint32_t at[MOST_IDLE], n;
} idle;

static bool add_words(dgm_arena *arena, const idle *idle_at, dgm_view sentence, dgm_telling *t)
{
    uint32_t words[DGM_MOST_WORDS], n = dgm_telling_words(sentence, words, DGM_LEN(words));
    uint32_t *kept = DGM_NEW(arena, uint32_t, (size_t)n + 1);
    uint32_t *idle_here = DGM_NEW(arena, uint32_t, (size_t)n + 1);
    if (!kept || !idle_here)
        return false;
    for (uint32_t i = 0, k = 0; i < n; i++) {
        while (k < idle_at->n && idle_at->at[k] < words[i])
            k++;
        if (k == idle_at->n || idle_at->at[k] != words[i])
            kept[t->n_words++] = words[i];
        else
            idle_here[t->n_idle++] = words[i];
    }
    t->words = kept;
    t->idle = idle_here;
    t->n_numbers = dgm_telling_numbers(sentence, t->numbers, DGM_LEN(t->numbers));
    t->sentence = dgm_hash(sentence);
    return true;
}

/* ---- rows ----------------------------------------------------------------------------------- */

typedef struct {
    dgm_tellings *out;
    idle idle_words;
} reading;

static uint64_t hash_of(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_TEXT && cell->text.n > 0 ? dgm_hash(cell->text) | 1 : 0;
}

/* What parties do together; in other types one does it to the other. Types of an own codebook count
 * as such whatever they are like, so that links do not hang on which tables a program reads. */
static bool is_mutual(dgm_event_type type)
{
    return type == DGM_AGREE || type == DGM_CONSULT || type == DGM_SUPPORT || type == DGM_COOPERATE;
}

/* One outlet reports that a deal was reached, the next one that it was signed; who is captured is
 * abducted or arrested; a crowd that breaks into a palace protests and attacks. */
static uint64_t kin_of(dgm_event_type type, dgm_view cameo)
{
    bool takes = dgm_view_starts(cameo, DGM_VIEW("173")) || dgm_view_starts(cameo, DGM_VIEW("181"));
    return type == DGM_AGREE || type == DGM_SUPPORT               ? 1
           : takes && (type == DGM_COERCE || type == DGM_ASSAULT) ? 2
           : type == DGM_PROTEST || type == DGM_ASSAULT           ? 3
                                                                  : 0;
}

/* Cells: event, story, told, same, day, type, polarity, date, date_end, date_basis, the story's
 * day, begin and end of the sentence, text, status, CAMEO code. */
static bool take_event(void *context, const dgm_cell *c, uint32_t n)
{
    reading *r = context;
    dgm_telling *t = dgm_push(r->out->arena, &r->out->at);
    dgm_view end = dgm_cell_text(&c[8]), basis = dgm_cell_text(&c[9]);
    dgm_event_type type = dgm_type_of(&dgm_plover_types, dgm_cell_text(&c[5]));
    (void)n;
    if (!t) {
        r->out->failed = true;
        return false;
    }
    *t = (dgm_telling) {
        .event = c[0].integer,
        .story = c[1].integer,
        .told = c[2].integer,
        .same = c[3].integer,
        .day = (int32_t)c[4].integer,
        .story_day = (int32_t)dgm_day_number(dgm_cell_text(&c[10])),
        .type = hash_of(&c[5]),
        .mutual = is_mutual(type),
        .kin = kin_of(type, dgm_cell_text(&c[15])),
        .negated = dgm_view_eq(dgm_cell_text(&c[6]), DGM_VIEW("negated")),
        .actual = dgm_view_eq(dgm_cell_text(&c[14]), DGM_VIEW("actual")),
        .dated = basis.n > 0 && !dgm_view_eq(basis, DGM_VIEW("story")),
        .spans = end.n > 0 && !dgm_view_eq(end, dgm_cell_text(&c[7])),
        .apart = dgm_is_apart(c[3].integer),
    };
    dgm_view sentence = { "", 0 };
    if (c[11].kind == DGM_CELL_INT && c[11].integer >= 0 && c[12].integer >= c[11].integer)
        sentence =
            dgm_view_slice(dgm_cell_text(&c[13]), (size_t)c[11].integer, (size_t)c[12].integer);
    r->out->failed = !add_words(r->out->arena, &r->idle_words, sentence, t);
    return !r->out->failed;
}

static int by_event(const void *event, const void *telling)
{
    int64_t x = *(const int64_t *)event, y = ((const dgm_telling *)telling)->event;
    return (x > y) - (x < y);
}

static dgm_telling *find(const dgm_tellings *day, int64_t event)
{
    return day->at.n ? bsearch(&event, day->at.at, day->at.n, sizeof *day->at.at, by_event) : NULL;
}

/* Cells: event, role, code, side. */
static bool take_side(void *context, const dgm_cell *c, uint32_t n)
{
    dgm_telling *t = find(((reading *)context)->out, c[0].integer);
    const dgm_told_side side = { hash_of(&c[2]), hash_of(&c[3]) };
    int role = c[1].integer != 0;
    (void)n;
    if (t && side.side && t->n_sides[role] < DGM_MOST_SIDES)
        t->sides[role][t->n_sides[role]++] = side;
    return true;
}

static double real_of(const dgm_cell *cell)
{
    return cell->kind == DGM_CELL_REAL  ? cell->real
           : cell->kind == DGM_CELL_INT ? (double)cell->integer
                                        : NAN;
}

/* Cells: event, basis, name, country, admin1, precision, lat, lon, geonames_id. */
static bool take_place(void *context, const dgm_cell *c, uint32_t n)
{
    dgm_telling *t = find(((reading *)context)->out, c[0].integer);
    dgm_view basis = dgm_cell_text(&c[1]), precision = dgm_cell_text(&c[5]);
    (void)n;
    if (!t)
        return true;
    t->place = (dgm_told_place) {
        .told = true,
        .stated =
            dgm_view_eq(basis, DGM_VIEW("clause")) || dgm_view_eq(basis, DGM_VIEW("sentence")),
        .is_country = dgm_view_eq(precision, DGM_VIEW("country")),
        .is_province = dgm_view_eq(precision, DGM_VIEW("admin1")),
        .id = c[8].kind == DGM_CELL_INT ? (uint64_t)c[8].integer : 0,
        .name = hash_of(&c[2]),
        .country = hash_of(&c[3]),
        .province = hash_of(&c[4]),
        .lat = real_of(&c[6]),
        .lon = real_of(&c[7]),
    };
    t->place.n_words =
        dgm_telling_words(dgm_cell_text(&c[2]), t->place.words, DGM_LEN(t->place.words));
    return true;
}

/* Cells: event, size, least, most. */
static bool take_size(void *context, const dgm_cell *c, uint32_t n)
{
    dgm_telling *t = find(((reading *)context)->out, c[0].integer);
    (void)n;
    for (int i = 0; t && i < DGM_N_SIZES; i++) {
        if (!dgm_view_eq(dgm_cell_text(&c[1]), dgm_view_of(dgm_size_name((dgm_size_kind)i))))
            continue;
        t->sizes[i].told = true;
        t->sizes[i].least = real_of(&c[2]);
        t->sizes[i].most = real_of(&c[3]);
    }
    return true;
}

/* ---- a day ---------------------------------------------------------------------------------- */

dgm_status dgm_tellings_read(dgm_store *store, int64_t day, dgm_tellings *out, dgm_err *err)
{
    static const struct {
        const char *sql;
        dgm_row_out_fn take;
    } steps[] = {
        { "SELECT e.event, e.story, e.told, e.same, e.day, e.type, e.polarity, e.date, e.date_end,"
          " e.date_basis, s.date, b.begin_byte - s.begin_byte, b.end_byte - s.begin_byte, s.text,"
          " e.status, e.cameo"
          " FROM events e JOIN stories s ON s.story = e.story LEFT JOIN sentences b ON"
          " b.story = e.story AND b.sentence = e.sentence WHERE e.day = ? ORDER BY e.event",
          take_event },
        { "SELECT r.event, r.role, w.code, w.side FROM events e JOIN roles r ON r.event = e.event"
          " JOIN somebody w ON w.who = r.who WHERE e.day = ?"
          " ORDER BY r.event, r.role, r.place_in_list",
          take_side },
        { "SELECT l.event, l.basis, p.name, p.country, p.admin1, p.precision, p.lat, p.lon,"
          " p.geonames_id FROM events e JOIN spots l ON l.event = e.event AND l.place_in_list = 0"
          " JOIN places p ON p.place = l.place WHERE e.day = ?",
          take_place },
        { "SELECT z.event, z.size, z.least, z.most FROM events e JOIN sizes z"
          " ON z.event = e.event WHERE e.day = ?",
          take_size },
    };
    reading r = { .out = out };
    const dgm_cell cell = dgm_int(day);
    dgm_status status = DGM_OK;
    dgm_arena_reset(out->arena);
    *out = (dgm_tellings) { .arena = out->arena, .day = day };
    r.idle_words.n = dgm_telling_words(dgm_view_of(idle_words), r.idle_words.at, MOST_IDLE);
    for (size_t i = 0; i < DGM_LEN(steps) && status == DGM_OK; i++)
        status = dgm_sql_ask(store->db, steps[i].sql, &cell, 1, steps[i].take, &r, err);
    return status == DGM_OK && out->failed
               ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events of a day")
               : status;
}
