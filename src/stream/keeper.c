#include "stream/keeper.h"

#include <string.h>

enum { SAY_AGAIN = 30, LINK_AGAIN = 10 };

dgm_status stream_keeper_open(stream_keeper *keeper, dgm_err *err)
{
    dgm_status status = dgm_store_open(keeper->db, &keeper->store, err);
    atomic_store(&keeper->is_up, status == DGM_OK);
    keeper->unlinked = true; /* by who was here before */
    return status;
}

void stream_keeper_close(stream_keeper *keeper)
{
    dgm_store_free(keeper->store);
    keeper->store = NULL;
    atomic_store(&keeper->is_up, false);
}

static void say(stream_keeper *k, const char *text)
{
    if (k->broker->options.say)
        k->broker->options.say(k->broker->options.context, text);
}

/* After a failure: closes the store and opens it anew, however long that takes. DGM_END: stopped.
 */
static dgm_status come_back(stream_keeper *k, dgm_err *err)
{
    char text[500];
    dgm_status status = DGM_EIO;
    double pause = 0.2;
    while (status != DGM_OK) {
        if (k->said_at == 0 || dgm_seconds() - k->said_at > SAY_AGAIN) {
            snprintf(text, sizeof text, "the store cannot be written: %s; trying again", err->msg);
            say(k, text);
            k->said_at = dgm_seconds();
        }
        stream_keeper_close(k);
        if (stream_stopped(k->broker))
            return DGM_END;
        stream_sleep(k->broker, pause);
        pause = DGM_MIN(pause * 2, 5);
        k->beat(k->context);
        status = stream_keeper_open(k, err);
        if (status != DGM_OK && status != DGM_EIO)
            return status;
    }
    return DGM_OK;
}

/* Whether what came out so is to be done again, on the store opened anew; else *status is how it
 * ended. */
static bool again(stream_keeper *k, dgm_status *status, dgm_err *err)
{
    if (*status != DGM_OK) {
        *status = come_back(k, err);
        return *status == DGM_OK;
    }
    if (k->said_at > 0)
        say(k, "the store is written to again");
    k->said_at = 0;
    return false;
}

static dgm_status closed(dgm_err *err)
{
    return dgm_fail(err, DGM_EIO, NULL, 0, "the store is closed");
}

dgm_status stream_keeper_has(stream_keeper *k, const dgm_story_hash *hash, bool *there,
                             dgm_err *err)
{
    for (;;) {
        dgm_status status = k->store ? dgm_store_has(k->store, hash, NULL, err) : closed(err);
        *there = status == DGM_OK;
        if (status == DGM_OK || status == DGM_END)
            return DGM_OK;
        if ((status = come_back(k, err)) != DGM_OK)
            return status;
    }
}

static dgm_status put_once(stream_keeper *k, stream_kept *at, uint32_t n, dgm_err *err)
{
    dgm_status status = dgm_store_begin(k->store, err);
    if (status != DGM_OK)
        return status;
    status = dgm_store_run(k->store, DGM_VERSION, k->tables, &k->run, err);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++) {
        const dgm_view packed = { at[i].packed.p, at[i].packed.n };
        dgm_err own = { 0 };
        status = dgm_store_put(k->store, k->run, packed, false, &at[i].what, &own);
        at[i].refused = status == DGM_EFORMAT;
        if (status == DGM_EFORMAT) {
            at[i].err = own;
            status = DGM_OK;
        } else if (status != DGM_OK) {
            *err = own;
        }
    }
    if (status == DGM_OK)
        return dgm_store_commit(k->store, err);
    dgm_store_rollback(k->store);
    return status;
}

dgm_status stream_keeper_put(stream_keeper *k, stream_kept *at, uint32_t n, dgm_err *err)
{
    dgm_status status;
    do
        status = k->store ? put_once(k, at, n, err) : closed(err);
    while (again(k, &status, err));
    k->unlinked = k->unlinked || status == DGM_OK;
    return status;
}

dgm_status stream_keeper_link(stream_keeper *k, bool now, dgm_err *err)
{
    if (!k->unlinked || (!now && dgm_seconds() - k->linked < LINK_AGAIN))
        return DGM_OK;
    dgm_status status;
    do
        status = k->store ? dgm_store_link(k->store, err) : closed(err);
    while (again(k, &status, err));
    if (status == DGM_OK) {
        k->unlinked = false;
        k->linked = dgm_seconds();
    }
    return status;
}
