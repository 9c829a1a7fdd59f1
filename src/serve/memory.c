/* The store's events in memory: read when the server starts and when the store has changed, held by
 * whoever answers from them, freed by who holds them last. */
#include "serve/server.h"

#include "store/page.h"

#include <stdlib.h>

/* A large store that is being filled is not read all the time: once read, it rests so many times as
 * long as that took. */
enum { RESTS = 5 };

struct dgm_held {
    dgm_columns *columns;
    atomic_uint holders;
};

bool dgm_memory_start(dgm_server *server)
{
    dgm_memory *m = &server->memory;
    return m->made =
               pthread_mutex_init(&m->lock, NULL) == 0 && pthread_cond_init(&m->ready, NULL) == 0;
}

const dgm_columns *dgm_held_columns(const dgm_held *held)
{
    return held ? held->columns : NULL;
}

void dgm_memory_release(dgm_held *held)
{
    if (!held || atomic_fetch_sub(&held->holders, 1) > 1)
        return;
    dgm_columns_free(held->columns);
    free(held);
}

/* The first reading is waited for. */
dgm_held *dgm_memory_hold(dgm_server *server)
{
    dgm_memory *m = &server->memory;
    pthread_mutex_lock(&m->lock);
    while (!m->tried)
        pthread_cond_wait(&m->ready, &m->lock);
    if (m->now)
        atomic_fetch_add(&m->now->holders, 1);
    dgm_held *held = m->now;
    pthread_mutex_unlock(&m->lock);
    return held;
}

static void set(dgm_memory *m, dgm_held *held)
{
    pthread_mutex_lock(&m->lock);
    dgm_held *was = m->now;
    m->now = held;
    m->tried = true;
    pthread_cond_broadcast(&m->ready);
    pthread_mutex_unlock(&m->lock);
    dgm_memory_release(was);
}

static void show(dgm_memory *m, dgm_store *store)
{
    pthread_mutex_lock(&m->lock);
    m->reading = store;
    pthread_mutex_unlock(&m->lock);
}

void dgm_memory_interrupt(dgm_server *server)
{
    dgm_memory *m = &server->memory;
    pthread_mutex_lock(&m->lock);
    if (m->reading)
        dgm_store_interrupt(m->reading);
    pthread_mutex_unlock(&m->lock);
}

bool dgm_memory_rests(const dgm_server *server)
{
    const dgm_memory *m = &server->memory;
    return dgm_seconds() - m->read_at < RESTS * m->took;
}

/* Where it fails, questions go to the tables. */
void dgm_memory_read(dgm_server *server, dgm_store *store)
{
    dgm_memory *m = &server->memory;
    dgm_err err = { 0 };
    double begun = dgm_seconds();
    dgm_held *held = calloc(1, sizeof *held);
    show(m, store);
    dgm_status status = held ? dgm_columns_load(store, &held->columns, &err) : DGM_ENOMEM;
    show(m, NULL);
    if (status == DGM_OK) {
        atomic_init(&held->holders, 1);
        set(m, held);
    } else {
        free(held);
        set(m, NULL);
        if (status != DGM_END && !atomic_load(&server->ends))
            dgm_server_complain(server, &err);
    }
    m->read_at = dgm_seconds();
    m->took = m->read_at - begun;
}

void dgm_memory_end(dgm_server *server)
{
    dgm_memory *m = &server->memory;
    if (!m->made)
        return;
    set(m, NULL);
    pthread_cond_destroy(&m->ready);
    pthread_mutex_destroy(&m->lock);
    m->made = false;
}
