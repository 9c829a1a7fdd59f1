#include "story/run.h"

#include <stdlib.h>

typedef struct {
    const dgm_sink *sink;
    dgm_inputs *inputs;
    dgm_progress *bar;
    uint64_t told; /* bytes of the inputs that the bar has seen */
    struct {
        dgm_buffer text;
        dgm_err err; /* its file, line and id say where the story stands, whatever becomes of it */
        bool failed;
    } slots[DGM_N_SLOTS];
} running;

static dgm_status read_one(running *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_status status = dgm_inputs_next(r->inputs, arena, doc, err);
    uint64_t at = dgm_inputs_tell(r->inputs);
    dgm_progress_step(r->bar, at - r->told, status == DGM_OK);
    r->told = at;
    return status;
}

static dgm_status next(void *context, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    running *r = context;
    dgm_choice choice = DGM_CHOICE_PASS;
    if (r->sink->ready && !r->sink->ready(r->sink->context))
        return DGM_END;
    while (choice == DGM_CHOICE_PASS) {
        dgm_status status = read_one(r, arena, doc, err);
        if (status != DGM_OK)
            return status;
        doc->explain = r->sink->explain;
        choice = r->sink->choose ? r->sink->choose(r->sink->context, doc) : DGM_CHOICE_TAKE;
    }
    return choice == DGM_CHOICE_TAKE ? DGM_OK : DGM_END;
}

/* A room knows what is wrong, but not with which story. */
static void say_where(const dgm_document *doc, dgm_err *err)
{
    if (!err->file[0]) {
        (void)snprintf(err->file, sizeof err->file, "%.*s", DGM_FMT(doc->file));
        err->line = doc->line;
    }
    (void)snprintf(err->id, sizeof err->id, "%.*s", DGM_FMT(doc->id));
}

static void done(void *context, uint32_t i_slot, dgm_document *doc, dgm_status status,
                 const dgm_err *err)
{
    running *r = context;
    dgm_err *where = &r->slots[i_slot].err;
    *where = *err;
    say_where(doc, where);
    if (status == DGM_OK)
        r->sink->write(r->sink->context, i_slot, doc, &r->slots[i_slot].text);
    r->slots[i_slot].text.failed = r->slots[i_slot].text.failed || dgm_arena_failed(doc->arena);
    r->slots[i_slot].failed = status != DGM_OK || r->slots[i_slot].text.failed;
    if (status == DGM_OK && r->slots[i_slot].text.failed)
        (void)dgm_fail(where, DGM_ENOMEM, NULL, 0, "no memory for the story");
    if (r->slots[i_slot].failed)
        say_where(doc, where);
}

static bool waits(void *context)
{
    return dgm_inputs_wait(((running *)context)->inputs);
}

static void rest(void *context)
{
    running *r = context;
    if (r->sink->rest)
        r->sink->rest(r->sink->context);
}

static bool emit(void *context, uint32_t i_slot)
{
    enum { KEPT = 256 << 10 }; /* a large story's buffer is not kept */
    running *r = context;
    dgm_buffer *text = &r->slots[i_slot].text;
    bool good = true;
    if (r->slots[i_slot].failed)
        r->sink->refuse(r->sink->context, i_slot, &r->slots[i_slot].err);
    else
        good = r->sink->put(r->sink->context, i_slot, (dgm_view) { text->p, text->n },
                            &r->slots[i_slot].err);
    text->n = 0;
    text->failed = false;
    if (text->cap > KEPT)
        dgm_buffer_done(text);
    return good;
}

dgm_status dgm_run(const dgm_coder *coder, dgm_inputs *inputs, uint32_t n_threads,
                   const dgm_sink *sink, dgm_progress *bar, dgm_err *err)
{
    running *r = calloc(1, sizeof(*r));
    if (!r)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    r->sink = sink;
    r->inputs = inputs;
    r->bar = bar;
    const dgm_many many = { .next = next,
                            .done = done,
                            .emit = emit,
                            .waits = waits,
                            .rest = rest,
                            .context = r,
                            .parse_only = sink->parse_only };
    dgm_status status = dgm_story_many(coder, n_threads, &many, err);
    for (size_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_buffer_done(&r->slots[i].text);
    free(r);
    return status;
}
