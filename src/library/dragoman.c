/* The promises of include/dragoman.h, kept by the rooms. */
#include "dragoman.h"

#include "ingest/ingest.h"
#include "library/places.h"
#include "output/output.h"
#include "story/story.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The working space of one call; those not in use wait in the coder's list. */
typedef struct bench {
    dgm_story *story;
    dgm_arena *arena;
    struct bench *next;
} bench;

struct dragoman_coder {
    dgm_coder *knowledge;
    pthread_mutex_t lock; /* of `idle` */
    bench *idle;
};

const char *dragoman_version(void)
{
    return DGM_VERSION;
}

static dragoman_status fail(char *message, const dgm_err *err)
{
    char text[DRAGOMAN_MESSAGE + 200];
    if (message)
        snprintf(message, DRAGOMAN_MESSAGE, "%s", dgm_err_text(err, text, sizeof text));
    return DRAGOMAN_FAILED;
}

/* ---- opening -------------------------------------------------------------------------------- */

dragoman_status dragoman_open(const char *tables, const char *model, dragoman_coder **out,
                              char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    char dirs[DGM_MAX_FOLDER_LIST];
    if (dgm_tables_find(tables, NULL, dirs, sizeof dirs, &err) != DGM_OK)
        return fail(message, &err);
    dragoman_coder *coder = calloc(1, sizeof(*coder));
    if (!coder || pthread_mutex_init(&coder->lock, NULL) != 0) {
        dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a coder");
        free(coder);
        return fail(message, &err);
    }
    if (dgm_coder_load(dirs, model, NULL, &coder->knowledge, &err) != DGM_OK) {
        dragoman_close(coder);
        return fail(message, &err);
    }
    *out = coder;
    return DRAGOMAN_OK;
}

static void free_bench(bench *b)
{
    if (!b)
        return;
    dgm_story_free(b->story);
    dgm_arena_free(b->arena);
    free(b);
}

void dragoman_close(dragoman_coder *coder)
{
    if (!coder)
        return;
    while (coder->idle) {
        bench *b = coder->idle;
        coder->idle = b->next;
        free_bench(b);
    }
    dgm_coder_free(coder->knowledge);
    pthread_mutex_destroy(&coder->lock);
    free(coder);
}

/* ---- working space -------------------------------------------------------------------------- */

static bench *take_bench(dragoman_coder *coder)
{
    pthread_mutex_lock(&coder->lock);
    bench *b = coder->idle;
    if (b)
        coder->idle = b->next;
    pthread_mutex_unlock(&coder->lock);
    if (b)
        return b;
    b = calloc(1, sizeof(*b));
    if (!b)
        return NULL;
    b->story = dgm_story_new(coder->knowledge);
    b->arena = dgm_arena_new();
    if (!b->story || !b->arena) {
        free_bench(b);
        return NULL;
    }
    return b;
}

static void give_back(dragoman_coder *coder, bench *b)
{
    dgm_arena_reset(b->arena);
    pthread_mutex_lock(&coder->lock);
    b->next = coder->idle;
    coder->idle = b;
    pthread_mutex_unlock(&coder->lock);
}

/* ---- coding --------------------------------------------------------------------------------- */

static dgm_status code_document(const dragoman_coder *coder, bench *b, dgm_document *doc,
                                dgm_buffer *out, dgm_err *err)
{
    const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    dgm_status status = dgm_story_code(b->story, doc, err);
    if (status != DGM_OK)
        return status;
    dgm_write_events(&options, coder->knowledge->events, doc, out);
    return out->failed ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events") : DGM_OK;
}

static dgm_status check_story(const char *text, size_t n, const char *date, dgm_err *err)
{
    size_t bad = n > 0 ? dgm_utf8_invalid((dgm_view) { text, n }) : SIZE_MAX;
    if (!date || !dgm_is_day(dgm_view_of(date)))
        return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                        "the date is not a day of the form YYYY-MM-DD: %s",
                        date ? date : "there is none");
    if (n > DGM_MAX_STORY)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the story is longer than %u bytes",
                        DGM_MAX_STORY);
    if (bad != SIZE_MAX)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "byte %zu of the text is not UTF-8", bad);
    if (n > 0 && memchr(text, 0, n))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "there is a NUL byte in the text");
    return DGM_OK;
}

char *dragoman_code(dragoman_coder *coder, const char *text, size_t n, const char *date,
                    char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    dgm_buffer out = { 0 };
    dgm_status status = check_story(text, n, date, &err);
    bench *b = status == DGM_OK ? take_bench(coder) : NULL;
    if (b) {
        dgm_document doc;
        dgm_document_init(&doc, b->arena);
        doc.id = DGM_VIEW("story");
        doc.text = dgm_arena_copy(b->arena, (dgm_view) { text, n });
        memcpy(doc.date, date, sizeof doc.date - 1);
        status = code_document(coder, b, &doc, &out, &err);
        give_back(coder, b);
    } else if (status == DGM_OK) {
        status = dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    }
    if (status == DGM_OK) {
        dgm_buffer_put(&out, (dgm_view) { "", 1 });
        if (!out.failed)
            return out.p;
        dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    }
    dgm_buffer_done(&out);
    fail(message, &err);
    return NULL;
}

void dragoman_free(char *events)
{
    free(events);
}

static void complain(void *context, const dgm_err *err)
{
    const dragoman_input *input = context;
    char text[DRAGOMAN_MESSAGE + 200];
    if (input->complain)
        input->complain(input->context, dgm_err_text(err, text, sizeof text));
}

/* A story that cannot be coded is complained about; only memory and the caller end the run. */
static dgm_status code_stories(const dragoman_coder *coder, bench *b, dgm_reader *reader,
                               const dragoman_input *input, dgm_complaints *complaints,
                               dgm_err *err)
{
    dgm_buffer out = { 0 };
    dgm_document doc;
    dgm_status status;
    while ((status = dgm_reader_next(reader, b->arena, &doc, err)) == DGM_OK) {
        out.n = 0;
        status = code_document(coder, b, &doc, &out, err);
        if (status == DGM_ENOMEM)
            break;
        if (status != DGM_OK)
            dgm_complain(complaints, status, input->name ? input->name : "input", doc.line, "%s",
                         err->msg);
        else if (out.n > 0 && input->write(input->context, out.p, out.n) != 0)
            break;
        dgm_arena_reset(b->arena);
    }
    dgm_buffer_done(&out);
    return status == DGM_END ? DGM_OK : status;
}

dragoman_status dragoman_code_input(dragoman_coder *coder, const dragoman_input *input,
                                    char message[DRAGOMAN_MESSAGE])
{
    dragoman_input copy = *input;
    dgm_err err = { .status = DGM_OK };
    dgm_complaints complaints = { .fn = complain, .context = &copy };
    const dgm_reader_options options = { .default_date = input->date, .complaints = &complaints };
    dgm_reader *reader = NULL;
    if (input->date && !dgm_is_day(dgm_view_of(input->date))) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "the date is not a day of the form YYYY-MM-DD: %s",
                 input->date);
        return fail(message, &err);
    }
    bench *b = take_bench(coder);
    dgm_status status =
        b ? dgm_reader_open_memory(input->bytes, input->n, input->name ? input->name : "input",
                                   &options, &reader, &err)
          : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (status == DGM_OK)
        status = code_stories(coder, b, reader, input, &complaints, &err);
    dgm_reader_free(reader);
    if (b)
        give_back(coder, b);
    if (status != DGM_OK)
        return fail(message, &err);
    return complaints.n > 0 ? DRAGOMAN_REFUSED : DRAGOMAN_OK;
}
