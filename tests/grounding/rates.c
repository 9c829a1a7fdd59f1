/* rates.c - how often times and places are right: reads times.tsv and places.tsv beside it, runs
 * the whole coder over each sentence, prints rates for both halves and, with -v, what is wrong.
 *     grounding_rates DATA_DIR TEST_DIR [-v] */
#include "story/story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N_SETS = 4 };
static const char *const set_names[N_SETS] = { "dev", "held", "fresh", "kept" };

typedef struct {
    uint32_t n, found, right, country, point, n_none, none_right;
    uint32_t n_events, coded,
        linked; /* asked for, found by the coder, with the right time or place */
} tally;

typedef struct {
    dgm_story *story;
    dgm_arena *arena;
    bool verbose, failed;
    tally sets[N_SETS];
} measuring;

static void complain(void *context, const dgm_err *err)
{
    char text[600];
    (void)context;
    fprintf(stderr, "%s\n", dgm_err_text(err, text, sizeof text));
}

static bool code(measuring *m, dgm_view text, dgm_view date, dgm_document *doc)
{
    dgm_err err = { 0 };
    dgm_arena_reset(m->arena);
    dgm_document_init(doc, m->arena);
    doc->text = text;
    memcpy(doc->date, date.p, DGM_MIN(date.n, sizeof doc->date - 1));
    if (dgm_story_code(m->story, doc, &err) == DGM_OK)
        return true;
    complain(NULL, &err);
    m->failed = true;
    return false;
}

static tally *set_of(measuring *m, dgm_view name)
{
    for (int i = N_SETS - 1; i > 0; i--)
        if (dgm_view_eq(name, dgm_view_of(set_names[i])))
            return m->sets + i;
    return m->sets;
}

/* The event that the last column of a row asks for: its trigger holds the word. */
static const dgm_event *event_asked(const dgm_document *doc, dgm_view word)
{
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *event = doc->events.at + i;
        dgm_view trigger = dgm_span_text(doc, event->trigger);
        if (word.n && dgm_view_find(trigger, word) != SIZE_MAX)
            return event;
    }
    return NULL;
}

static bool asks_event(dgm_view word)
{
    return word.n > 0 && !dgm_view_eq(word, DGM_VIEW("-"));
}

/* "signed": the event has the row's days; "proposed!": it has the story's, not the row's. */
static void count_dated(const measuring *m, tally *t, const dgm_row *row, const dgm_document *doc)
{
    dgm_view word = row->cell[6], begin = row->cell[4], end = row->cell[5];
    if (!asks_event(word))
        return;
    if (word.p[word.n - 1] == '!') {
        word.n--;
        begin = end = row->cell[1];
    }
    const dgm_event *event = event_asked(doc, word);
    bool one_day = dgm_view_eq(begin, end);
    bool right = event && dgm_view_eq(dgm_view_of(event->date), begin) &&
                 dgm_view_eq(dgm_view_of(event->date_end), one_day ? DGM_VIEW("") : end);
    t->n_events++;
    t->coded += event != NULL;
    t->linked += right;
    if (!right && m->verbose)
        printf("%s:%zu: %.*s: event \"%.*s\" is %s %s, wanted %.*s %.*s\n", row->file, row->line,
               DGM_FMT(row->cell[2]), DGM_FMT(word), event ? event->date : "no event",
               event ? event->date_end : "", DGM_FMT(begin), DGM_FMT(end));
}

static void count_placed(const measuring *m, tally *t, const dgm_row *row, const dgm_document *doc)
{
    if (!asks_event(row->cell[6]))
        return;
    const dgm_event *event = event_asked(doc, row->cell[6]);
    bool right = false;
    for (uint32_t i = 0; event && i < event->locations.n; i++) {
        dgm_span span = doc->places.at[event->locations.at[i]].span;
        right = right || dgm_view_find(dgm_span_text(doc, span), row->cell[2]) != SIZE_MAX;
    }
    t->n_events++;
    t->coded += event != NULL;
    t->linked += right;
    if (!right && m->verbose)
        printf("%s:%zu: %.*s: %s \"%.*s\" is not at %.*s\n", row->file, row->line,
               DGM_FMT(row->cell[1]), event ? "event" : "no event", DGM_FMT(row->cell[6]),
               DGM_FMT(row->cell[2]));
}

static bool read_time(void *context, const dgm_row *row)
{
    measuring *m = context;
    dgm_document doc;
    tally *t = set_of(m, row->cell[0]);
    if (!code(m, row->cell[2], row->cell[1], &doc))
        return false;
    dgm_view got_begin = DGM_VIEW("none"), got_end = DGM_VIEW("none");
    for (uint32_t i = 0; i < doc.times.n; i++) {
        const dgm_time *time = doc.times.at + i;
        dgm_view words = dgm_span_text(&doc, time->span);
        if (dgm_view_find(words, row->cell[3]) == SIZE_MAX &&
            dgm_view_find(row->cell[3], words) == SIZE_MAX)
            continue;
        got_begin = time->duration ? DGM_VIEW("duration") : dgm_view_of(time->begin);
        got_end = time->duration ? DGM_VIEW("duration") : dgm_view_of(time->end);
    }
    bool right = dgm_view_eq(got_begin, row->cell[4]) && dgm_view_eq(got_end, row->cell[5]);
    t->n++;
    t->right += right;
    count_dated(m, t, row, &doc);
    if (!right && m->verbose)
        printf("%s:%zu: %.*s: \"%.*s\" is %.*s to %.*s, wanted %.*s to %.*s\n", row->file,
               row->line, DGM_FMT(row->cell[2]), DGM_FMT(row->cell[3]), DGM_FMT(got_begin),
               DGM_FMT(got_end), DGM_FMT(row->cell[4]), DGM_FMT(row->cell[5]));
    return true;
}

static bool read_place(void *context, const dgm_row *row)
{
    measuring *m = context;
    dgm_document doc;
    tally *t = set_of(m, row->cell[0]);
    if (!code(m, row->cell[1], DGM_VIEW("2015-06-15"), &doc))
        return false;
    const dgm_place *got = NULL;
    for (uint32_t i = 0; i < doc.places.n && !got; i++) {
        dgm_view words = dgm_span_text(&doc, doc.places.at[i].span);
        if (doc.places.at[i].only_named)
            continue;
        if (dgm_view_find(words, row->cell[2]) != SIZE_MAX)
            got = doc.places.at + i;
    }
    double lat = 0, lon = 0;
    bool none = dgm_view_eq(row->cell[3], DGM_VIEW("none")), right = none && !got;
    if (none) {
        t->n_none++;
        t->none_right += right;
    } else {
        dgm_view country = dgm_view_eq(row->cell[3], DGM_VIEW("no")) ? DGM_VIEW("") : row->cell[3];
        bool known = dgm_parse_double(row->cell[4], &lat) && dgm_parse_double(row->cell[5], &lon);
        t->n++;
        t->found += got != NULL;
        bool in_country = got && dgm_view_eq(dgm_view_of(got->country), country);
        bool near = got && known && fabs(got->lat - lat) < 0.75 && fabs(got->lon - lon) < 0.75;
        t->country += in_country;
        t->point += near;
        right = in_country && near;
    }
    count_placed(m, t, row, &doc);
    if (!right && m->verbose)
        printf("%s:%zu: %.*s: \"%.*s\" is %s %.2f %.2f, wanted %.*s\n", row->file, row->line,
               DGM_FMT(row->cell[1]), DGM_FMT(row->cell[2]), got ? got->country : "no place",
               got ? got->lat : 0.0, got ? got->lon : 0.0, DGM_FMT(row->cell[3]));
    return true;
}

static double share(uint32_t a, uint32_t n)
{
    return n ? (double)a / n : 0;
}

static void print_events(const tally *t, const char *what)
{
    static const char text[] =
        "    events asked %u, coded %.3f, %s right %.3f, of the coded %.3f\n";
    if (t->n_events)
        printf(text, t->n_events, share(t->coded, t->n_events), what, share(t->linked, t->n_events),
               share(t->linked, t->coded));
}

int main(int argc, char **argv)
{
    static const char *const time_columns[] = { "set",   "story_date", "sentence", "expression",
                                                "begin", "end",        "event",    NULL };
    static const char *const place_columns[] = { "set", "text", "mention", "country",
                                                 "lat", "lon",  "event",   NULL };
    dgm_complaints complaints = { .fn = complain };
    dgm_err err = { 0 };
    dgm_coder *coder = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: grounding_rates DATA_DIR TEST_DIR [-v]\n");
        return 2;
    }
    if (dgm_coder_load(argv[1], NULL, &complaints, &coder, &err) != DGM_OK) {
        complain(NULL, &err);
        return 1;
    }
    measuring m = { .story = dgm_story_new(coder),
                    .arena = dgm_arena_new(),
                    .verbose = argc > 3 && strcmp(argv[3], "-v") == 0 };
    char *times = NULL, *places = NULL;
    bool good = m.story && m.arena &&
                dgm_table_load(argv[2], "times.tsv", time_columns, read_time, &m, &complaints,
                               &times) == DGM_OK;
    for (int i = 0; good && i < N_SETS; i++) {
        printf("times %s: %u, date right %.3f\n", set_names[i], m.sets[i].n,
               share(m.sets[i].right, m.sets[i].n));
        print_events(m.sets + i, "date");
    }
    memset(m.sets, 0, sizeof m.sets);
    good = good && dgm_table_load(argv[2], "places.tsv", place_columns, read_place, &m, &complaints,
                                  &places) == DGM_OK;
    for (int i = 0; good && i < N_SETS; i++) {
        printf("places %s: %u, found %.3f, country %.3f, coordinates %.3f; of %u that are none, "
               "left alone %.3f\n",
               set_names[i], m.sets[i].n, share(m.sets[i].found, m.sets[i].n),
               share(m.sets[i].country, m.sets[i].n), share(m.sets[i].point, m.sets[i].n),
               m.sets[i].n_none, share(m.sets[i].none_right, m.sets[i].n_none));
        print_events(m.sets + i, "place");
    }
    free(times);
    free(places);
    dgm_story_free(m.story);
    dgm_arena_free(m.arena);
    dgm_coder_free(coder);
    return good && !m.failed && complaints.n == 0 ? 0 : 1;
}
