#include "library/storing.h"

#include <string.h>

/* ---- reading -------------------------------------------------------------------------------- */

static bool fail(dgm_storing *s, dgm_status status)
{
    if (status != DGM_OK && s->status == DGM_OK)
        s->status = status;
    return status == DGM_OK;
}

static bool end_batch(dgm_storing *s)
{
    if (!s->in_batch)
        return true;
    s->in_batch = false;
    if (!fail(s, dgm_store_commit(s->store, &s->err)))
        return false;
    s->n_new += s->n_new_now;
    s->n_again += s->n_again_now;
    s->n_new_now = s->n_again_now = 0;
    return true;
}

/* A batch of the store is one of dgm_story_many: it ends before the next is read, so that no lock
 * is held while stories are coded. */
static bool ready(void *context)
{
    return end_batch(context);
}

/* Whether the story is to be coded. */
static dgm_choice choose(void *context, const dgm_document *doc)
{
    dgm_storing *s = context;
    char tables[33];
    if (s->stop && *s->stop)
        return DGM_CHOICE_STOP;
    dgm_story_hash hash = dgm_story_hash_of(doc);
    dgm_status status = dgm_store_has(s->store, &hash, tables, &s->err);
    s->n_read++;
    if (status == DGM_END)
        return DGM_CHOICE_TAKE;
    if (!fail(s, status))
        return DGM_CHOICE_STOP;
    if (s->recode && strcmp(tables, s->tables) != 0)
        return DGM_CHOICE_TAKE;
    s->n_there++;
    return DGM_CHOICE_PASS;
}

/* ---- storing -------------------------------------------------------------------------------- */

static void pack(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *packed)
{
    const dgm_storing *s = context;
    (void)i_slot;
    dgm_store_pack(s->coder->events, doc, packed);
}

static bool begin_batch(dgm_storing *s)
{
    if (s->in_batch)
        return true;
    if (!fail(s, dgm_store_begin(s->store, &s->err)))
        return false;
    s->in_batch = true;
    return fail(s, dgm_store_run(s->store, DGM_VERSION, s->tables, &s->run, &s->err));
}

/* A story that cannot be kept is named and passed over; what ends the batch ends the run. */
static bool store_one(void *context, uint32_t i_slot, dgm_view packed, const dgm_err *where)
{
    dgm_storing *s = context;
    (void)i_slot;
    dgm_put what;
    dgm_err err = { 0 };
    if (!begin_batch(s))
        return false;
    dgm_status status = dgm_store_put(s->store, s->run, packed, s->recode, &what, &err);
    if (status == DGM_EFORMAT) {
        dgm_err said;
        (void)dgm_fail(&said, status, where->file, where->line, "the story is not stored: %s",
                       err.msg);
        s->n_bad++;
        s->refuse(s->context, &said);
        return true;
    }
    if (status != DGM_OK)
        s->err = err;
    if (!fail(s, status))
        return false;
    s->n_new_now += what == DGM_PUT_NEW;
    s->n_there += what == DGM_PUT_THERE;
    s->n_again_now += what == DGM_PUT_AGAIN;
    return true;
}

static void refuse(void *context, uint32_t i_slot, const dgm_err *err)
{
    dgm_storing *s = context;
    (void)i_slot;
    s->n_bad++;
    s->refuse(s->context, err);
}

/* ---- running -------------------------------------------------------------------------------- */

dgm_status dgm_storing_run(dgm_storing *s, dgm_inputs *inputs, uint32_t n_jobs, dgm_progress *bar,
                           dgm_err *err)
{
    const dgm_sink sink = { .ready = ready,
                            .choose = choose,
                            .write = pack,
                            .put = store_one,
                            .refuse = refuse,
                            .context = s };
    dgm_status status = dgm_run(s->coder, inputs, n_jobs, &sink, bar, err);
    if (s->status == DGM_OK)
        end_batch(s);
    else
        dgm_store_rollback(s->store);
    if (s->status == DGM_OK)
        (void)fail(s, dgm_store_link(s->store, &s->err));
    if (status != DGM_OK || s->status == DGM_OK)
        return status;
    *err = s->err;
    return s->status;
}
