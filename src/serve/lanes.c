/* Workers: each has a connection to the store of its own, and in the slow lane what coding needs.
 * The thread that speaks HTTP never waits for them. */
#include "serve/server.h"

#include "store/page.h"

#include <stdlib.h>

typedef struct {
    dgm_server *server;
    dgm_lane_state *lane;
    uint32_t i; /* place in the lane */
    dgm_store *store;
    dgm_story *story;
    dgm_arena *arena;
} worker;

/* Seconds that the store may take for a question, and for a file of all that it has. */
enum { MOST_SECONDS = 20, MOST_OF_A_FILE = 1800 };

/* ---- one question --------------------------------------------------------------------------- */

static dgm_kept *refusal_of(const dgm_refusal *refusal)
{
    dgm_buffer body = { 0 };
    dgm_refusal_json(refusal, &body);
    dgm_kept *kept = dgm_kept_new(&body, "application/json", refusal->status);
    dgm_buffer_done(&body);
    return kept;
}

static bool open_store(worker *w, dgm_err *err)
{
    const dgm_serve_options *o = w->server->options;
    bool writes = o->correct && w->lane->kind == DGM_LANE_SLOW;
    if (w->store)
        return true;
    dgm_status status = (writes ? dgm_store_open : dgm_store_open_to_read)(o->db, &w->store, err);
    if (status == DGM_OK)
        dgm_store_set_types(w->store, &w->server->words.types);
    if (status == DGM_OK)
        status = dgm_page_frugal(w->store, err);
    return status == DGM_OK;
}

/* What is wrong with the question is told; what is wrong here is not, but complained of. */
static void refuse(worker *w, dgm_question *q)
{
    bool stopped = w->store && dgm_store_stopped(w->store);
    if (q->refusal.status == 0 && stopped)
        dgm_turn_down(&q->refusal, 503, NULL,
                      "That takes too long here; ask for a shorter period, or for less.");
    if (q->refusal.status == 0 && q->err.status == DGM_EUSAGE)
        dgm_turn_down(&q->refusal, 400, NULL, "%s", q->err.msg);
    if (q->refusal.status != 0)
        return;
    dgm_server_complain(w->server, &q->err);
    atomic_fetch_add(&w->server->counts.failed, 1);
    dgm_turn_down(&q->refusal, 500, NULL,
                  "The store could not be asked; the server's log says why.");
    if (q->err.status == DGM_EIO) { /* the connection may be gone */
        dgm_store_free(w->store);
        w->store = NULL;
    }
}

/* The store is asked from here on, or no longer. */
static void show(worker *w, dgm_store *store)
{
    pthread_mutex_lock(&w->lane->lock);
    w->lane->stores[w->i] = store;
    pthread_mutex_unlock(&w->lane->lock);
}

static bool limit(worker *w, dgm_question *q)
{
    bool file = q->request->suffix == DGM_SUFFIX_CSV || q->request->suffix == DGM_SUFFIX_JSONL;
    (void)dgm_store_stopped(w->store);
    show(w, w->store);
    return dgm_store_limit(w->store, file ? MOST_OF_A_FILE : MOST_SECONDS, &q->err) == DGM_OK;
}

static bool ask(worker *w, dgm_exchange *x, const dgm_held *held, dgm_question *q)
{
    const dgm_route *route = x->request.route;
    if (!open_store(w, &q->err) || !limit(w, q))
        return false;
    q->store = w->store;
    if (route->filtered)
        dgm_store_use(w->store, dgm_held_columns(held));
    if (route->filtered && !dgm_question_filter(q))
        return false;
    bool good = (x->method == DGM_HTTP_POST ? route->post : route->get)(q);
    bool starved = q->out.failed || dgm_arena_failed(q->arena);
    if (starved && q->refusal.status == 0 && (good || q->err.status == DGM_OK))
        good = dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer") == DGM_OK;
    return good;
}

static void answer(worker *w, dgm_exchange *x)
{
    dgm_server *server = w->server;
    uint64_t state = atomic_load(&server->state);
    dgm_question q = { .request = &x->request,
                       .options = server->options,
                       .words = &server->words,
                       .story = w->story,
                       .body = { x->body.p, x->body.n },
                       .arena = w->arena,
                       .type = "application/json" };
    dgm_held *held = x->request.route->filtered ? dgm_memory_hold(server) : NULL;
    bool good = ask(w, x, held, &q);
    show(w, NULL);
    if (w->store)
        dgm_store_use(w->store, NULL);
    dgm_memory_release(held);
    if (good && q.file) {
        x->file = q.file;
        x->type = q.type;
    } else if (good) {
        x->kept = dgm_kept_new(&q.out, q.type, MHD_HTTP_OK);
        if (x->kept && x->request.route->kept && x->method != DGM_HTTP_POST)
            dgm_cache_put(server->cache, x->target, state, x->kept);
    } else {
        refuse(w, &q);
        x->kept = refusal_of(&q.refusal);
        if (q.file)
            fclose(q.file);
    }
    dgm_buffer_done(&q.out);
    dgm_arena_reset(w->arena);
}

/* What there was no memory for before. */
static bool has_room(worker *w)
{
    const dgm_coder *coder = w->server->options->coder;
    if (!w->arena)
        w->arena = dgm_arena_new();
    if (!w->story && coder && w->lane->kind == DGM_LANE_SLOW)
        w->story = dgm_story_new(coder);
    return w->arena && (w->story || !coder || w->lane->kind != DGM_LANE_SLOW);
}

/* Somebody else may have asked the same meanwhile. */
static void serve(worker *w, dgm_exchange *x)
{
    double begun = dgm_seconds();
    bool kept = x->request.route->kept && x->method != DGM_HTTP_POST;
    x->kept =
        kept ? dgm_cache_get(w->server->cache, x->target, atomic_load(&w->server->state)) : NULL;
    if (!x->kept && has_room(w))
        answer(w, x);
    atomic_fetch_add(&w->server->counts.questions, 1);
    atomic_fetch_add(&w->server->counts.microseconds,
                     (unsigned long long)((dgm_seconds() - begun) * 1e6));
    x->answered = true;
    MHD_resume_connection(x->connection);
}

/* ---- lanes ---------------------------------------------------------------------------------- */

static dgm_exchange *take(dgm_lane_state *lane)
{
    pthread_mutex_lock(&lane->lock);
    while (!lane->first && !lane->ends)
        pthread_cond_wait(&lane->some, &lane->lock);
    dgm_exchange *x = lane->first;
    if (x) {
        lane->first = x->next;
        lane->n_waiting--;
    }
    pthread_mutex_unlock(&lane->lock);
    return x;
}

static void *work(void *context)
{
    dgm_lane_state *lane = context;
    worker w = { .server = lane->server, .lane = lane };
    pthread_mutex_lock(&lane->lock);
    w.i = lane->n_workers++;
    pthread_mutex_unlock(&lane->lock);
    (void)has_room(&w);
    for (dgm_exchange *x; (x = take(lane)) != NULL;)
        serve(&w, x);
    dgm_story_free(w.story);
    dgm_store_free(w.store);
    dgm_arena_free(w.arena);
    return NULL;
}

bool dgm_lane_put(dgm_lane_state *lane, dgm_exchange *x)
{
    pthread_mutex_lock(&lane->lock);
    bool room = lane->n_waiting < DGM_MOST_WAITING && !lane->ends;
    if (room) {
        x->next = NULL;
        if (lane->first)
            lane->last->next = x;
        else
            lane->first = x;
        lane->last = x;
        lane->n_waiting++;
        pthread_cond_signal(&lane->some);
    }
    pthread_mutex_unlock(&lane->lock);
    return room;
}

bool dgm_lanes_start(dgm_server *server)
{
    static const uint32_t workers[DGM_N_LANES] = { 2, 1, 2 };
    bool good = true;
    for (uint32_t i = 0; i < DGM_N_LANES && good; i++) {
        dgm_lane_state *lane = &server->lanes[i];
        lane->server = server;
        lane->kind = (dgm_lane)(DGM_LANE_QUICK + i);
        lane->made = good =
            pthread_mutex_init(&lane->lock, NULL) == 0 && pthread_cond_init(&lane->some, NULL) == 0;
        for (uint32_t k = 0; k < workers[i] && good; k++) {
            good = pthread_create(&lane->workers[k], NULL, work, lane) == 0;
            lane->n_started += good;
        }
    }
    return good;
}

void dgm_lanes_interrupt(dgm_server *server)
{
    for (uint32_t i = 0; i < DGM_N_LANES; i++) {
        dgm_lane_state *lane = &server->lanes[i];
        if (!lane->made)
            continue;
        pthread_mutex_lock(&lane->lock);
        for (uint32_t k = 0; k < DGM_MOST_WORKERS; k++)
            if (lane->stores[k])
                dgm_store_interrupt(lane->stores[k]);
        pthread_mutex_unlock(&lane->lock);
    }
}

void dgm_lanes_end(dgm_server *server)
{
    for (uint32_t i = 0; i < DGM_N_LANES; i++) {
        dgm_lane_state *lane = &server->lanes[i];
        if (!lane->made)
            continue;
        pthread_mutex_lock(&lane->lock);
        lane->ends = true;
        pthread_cond_broadcast(&lane->some);
        pthread_mutex_unlock(&lane->lock);
        for (uint32_t k = 0; k < lane->n_started; k++)
            pthread_join(lane->workers[k], NULL);
        pthread_cond_destroy(&lane->some);
        pthread_mutex_destroy(&lane->lock);
        lane->made = false;
    }
}
