#include "cli/diff_stories.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { N_CHAINS = 1 << 14 };

/* A story that waits: in a chain of those with a like hash, and in the order of its file. */
typedef struct story story;
struct story {
    dgm_half half;
    dgm_buffer id, lines;
    uint64_t hash;
    story *chained, *earlier, *later;
};

typedef struct {
    const char *path;
    FILE *in;
    size_t line;
    dgm_buffer ahead, ahead_id; /* the line that begins the next story; ahead.n 0: none */
    size_t ahead_line;
    story *chains[N_CHAINS];
    story *first, *last;
    size_t waiting; /* bytes */
    dgm_half_counts counts;
} side;

typedef struct {
    side sides[2];
    dgm_arena *arena; /* of the line that is looked at */
    dgm_halves_fn fn;
    void *context;
    uint64_t n_let_go;
    size_t max_waiting;
} pairing;

static dgm_status no_memory(const side *s, dgm_err *err)
{
    return dgm_fail(err, DGM_ENOMEM, s->path, s->line, "no memory for a story");
}

/* ---- stories -------------------------------------------------------------------------------- */

static void free_story(story *s)
{
    if (!s)
        return;
    dgm_buffer_done(&s->id);
    dgm_buffer_done(&s->lines);
    free(s);
}

static story *new_story(const side *s)
{
    story *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    dgm_buffer_put(&made->id, (dgm_view) { s->ahead_id.p, s->ahead_id.n });
    made->half.file = s->path;
    made->half.first_line = s->ahead_line;
    return made;
}

static bool add_line(story *to, dgm_view line)
{
    dgm_buffer_put(&to->lines, line);
    dgm_buffer_put(&to->lines, DGM_VIEW("\n"));
    to->half.n_events++;
    return !to->lines.failed && !to->id.failed;
}

static void wait_for_other(side *s, story *one)
{
    story **chain = &s->chains[one->hash % N_CHAINS];
    one->chained = *chain;
    *chain = one;
    one->earlier = s->last;
    *(s->last ? &s->last->later : &s->first) = one;
    s->last = one;
    s->waiting += one->lines.n + one->id.n + sizeof *one;
}

static void take_out(side *s, story *one)
{
    story **link = &s->chains[one->hash % N_CHAINS];
    while (*link != one)
        link = &(*link)->chained;
    *link = one->chained;
    *(one->earlier ? &one->earlier->later : &s->first) = one->later;
    *(one->later ? &one->later->earlier : &s->last) = one->earlier;
    s->waiting -= one->lines.n + one->id.n + sizeof *one;
}

static story *find_waiting(const side *s, const story *wanted)
{
    story *at = s->chains[wanted->hash % N_CHAINS];
    while (at && !(at->hash == wanted->hash && dgm_view_eq(at->half.id, wanted->half.id)))
        at = at->chained;
    return at;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The next line that is not empty into `ahead`; ahead.n 0: the file has ended. */
static dgm_status read_line(side *s, dgm_err *err)
{
    s->ahead.n = 0;
    while (s->ahead.n == 0) {
        char piece[4096];
        size_t n = 0;
        int c;
        s->line++;
        while ((c = getc(s->in)) != EOF && c != '\n') {
            piece[n++] = (char)c;
            if (n == sizeof piece) {
                dgm_buffer_put(&s->ahead, (dgm_view) { piece, n });
                n = 0;
            }
            if (s->ahead.n > DGM_MAX_LINE)
                return dgm_fail(err, DGM_ELIMIT, s->path, s->line,
                                "the line is longer than %u bytes", DGM_MAX_LINE);
        }
        if (s->ahead.n > 0 || dgm_view_trim((dgm_view) { piece, n }).n > 0)
            dgm_buffer_put(&s->ahead, (dgm_view) { piece, n });
        if (ferror(s->in))
            return dgm_fail(err, DGM_EIO, s->path, s->line, "%s", strerror(errno));
        if (s->ahead.failed)
            return no_memory(s, err);
        if (c == EOF)
            break;
    }
    s->ahead_line = s->line;
    return DGM_OK;
}

/* The same with the id of the story that the event is of. */
static dgm_status look_ahead(pairing *p, side *s, dgm_err *err)
{
    dgm_record record;
    dgm_status status = read_line(s, err);
    if (status != DGM_OK || s->ahead.n == 0)
        return status;
    dgm_arena_reset(p->arena);
    status = dgm_record_read((dgm_view) { s->ahead.p, s->ahead.n }, p->arena, &record, err);
    if (status != DGM_OK) {
        snprintf(err->file, sizeof err->file, "%s", s->path);
        err->line = s->line;
        return status;
    }
    s->ahead_id.n = 0;
    dgm_buffer_put(&s->ahead_id, record.story_id);
    return s->ahead_id.failed ? no_memory(s, err) : DGM_OK;
}

/* All lines up to those of another story. NULL: the file has ended. */
static dgm_status next_story(pairing *p, side *s, story **out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    story *one = NULL;
    *out = NULL;
    if (s->ahead.n == 0)
        return DGM_OK;
    if (!(one = new_story(s)))
        return no_memory(s, err);
    do {
        if (!add_line(one, (dgm_view) { s->ahead.p, s->ahead.n }))
            status = no_memory(s, err);
        else if (one->lines.n > DGM_MAX_HALF)
            status = dgm_fail(err, DGM_ELIMIT, s->path, s->line,
                              "the events of one story are more than %u bytes", DGM_MAX_HALF);
        else
            status = look_ahead(p, s, err);
    } while (status == DGM_OK && s->ahead.n > 0 &&
             dgm_view_eq((dgm_view) { s->ahead_id.p, s->ahead_id.n },
                         (dgm_view) { one->id.p, one->id.n }));
    if (status != DGM_OK) {
        free_story(one);
        return status;
    }
    one->half.id = (dgm_view) { one->id.p, one->id.n };
    one->half.lines = (dgm_view) { one->lines.p, one->lines.n };
    one->hash = dgm_hash(one->half.id);
    s->counts.n_stories++;
    s->counts.n_events += one->half.n_events;
    *out = one;
    return DGM_OK;
}

/* ---- both sides ----------------------------------------------------------------------------- */

/* One half alone; which: 0 old, 1 new. Ends it. */
static dgm_status give_alone(pairing *p, int which, story *one, dgm_err *err)
{
    dgm_half none = { .id = one->half.id, .file = p->sides[!which].path };
    dgm_status status = which == 0 ? p->fn(p->context, &one->half, &none, err)
                                   : p->fn(p->context, &none, &one->half, err);
    free_story(one);
    return status;
}

static dgm_status let_go(pairing *p, dgm_err *err)
{
    dgm_status status = DGM_OK;
    while (status == DGM_OK && p->sides[0].waiting + p->sides[1].waiting > p->max_waiting) {
        int which = p->sides[0].waiting < p->sides[1].waiting;
        story *one = p->sides[which].first;
        take_out(&p->sides[which], one);
        p->n_let_go++;
        status = give_alone(p, which, one, err);
    }
    return status;
}

/* Takes the next story of one file to its other half, or lets it wait. *more: there was one. */
static dgm_status step(pairing *p, int which, bool *more, dgm_err *err)
{
    side *own = &p->sides[which], *other = &p->sides[!which];
    story *one = NULL;
    dgm_status status = next_story(p, own, &one, err);
    *more = one != NULL;
    if (!one)
        return status;
    story *half = find_waiting(other, one);
    if (!half) {
        wait_for_other(own, one);
        return let_go(p, err);
    }
    take_out(other, half);
    status = which == 0 ? p->fn(p->context, &one->half, &half->half, err)
                        : p->fn(p->context, &half->half, &one->half, err);
    free_story(one);
    free_story(half);
    return status;
}

static dgm_status run(pairing *p, dgm_err *err)
{
    dgm_status status = look_ahead(p, &p->sides[0], err);
    bool more[2] = { true, true };
    if (status == DGM_OK)
        status = look_ahead(p, &p->sides[1], err);
    while (status == DGM_OK && (more[0] || more[1])) {
        for (int which = 0; which < 2 && status == DGM_OK; which++)
            status = step(p, which, &more[which], err);
    }
    for (int which = 0; which < 2; which++) {
        while (status == DGM_OK && p->sides[which].first) {
            story *one = p->sides[which].first;
            take_out(&p->sides[which], one);
            status = give_alone(p, which, one, err);
        }
    }
    return status;
}

static dgm_status open_side(side *s, const char *path, dgm_err *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    s->path = standard_input ? "stdin" : path;
    s->in = standard_input ? stdin : fopen(path, "rb");
    return s->in ? DGM_OK : dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
}

static void close_side(side *s)
{
    for (story *next, *at = s->first; at; at = next) {
        next = at->later;
        free_story(at);
    }
    dgm_buffer_done(&s->ahead);
    dgm_buffer_done(&s->ahead_id);
    if (s->in && s->in != stdin)
        fclose(s->in);
}

dgm_status dgm_pair_stories(const char *old_path, const char *new_path, size_t max_waiting,
                            dgm_halves_fn fn, void *context, dgm_half_counts counts[2],
                            uint64_t *n_let_go, dgm_err *err)
{
    pairing *p = calloc(1, sizeof *p);
    if (!p)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to compare files");
    p->fn = fn;
    p->context = context;
    p->max_waiting = max_waiting;
    p->arena = dgm_arena_new();
    dgm_status status =
        p->arena ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory to compare files");
    if (status == DGM_OK)
        status = open_side(&p->sides[0], old_path, err);
    if (status == DGM_OK)
        status = open_side(&p->sides[1], new_path, err);
    if (status == DGM_OK)
        status = run(p, err);
    counts[0] = p->sides[0].counts;
    counts[1] = p->sides[1].counts;
    *n_let_go = p->n_let_go;
    close_side(&p->sides[0]);
    close_side(&p->sides[1]);
    dgm_arena_free(p->arena);
    free(p);
    return status;
}
