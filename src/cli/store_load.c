/* dragoman ingest --coded: folders of finished shards into a store. What is stored already is
 * passed over, so that a run that was cut off can be repeated. */
#include "cli/store_load.h"

#include "cli/store.h"
#include "shards/shards.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 1000, BATCH_BYTES = 64 << 20 };

/* Packed stories that go into one transaction. */
typedef struct {
    dgm_buffer text;
    size_t ends[BATCH];
    uint32_t n;
} batch;

typedef struct {
    const dgm_arguments *arguments;
    dgm_store *store;
    batch stories;
    char version[32], tables[33]; /* of the batch */
    bool recode, failed;
    dgm_status status; /* of the store; it ends the run */
    dgm_err err;
    uint64_t n_shards, n_unfinished, n_read, n_new, n_there, n_again, n_bad;
    uint64_t new_now, there_now, again_now; /* of the batch; they count when it is stored */
} job;

/* ---- batches -------------------------------------------------------------------------------- */

static dgm_view story_at(const batch *b, uint32_t i)
{
    size_t begin = i > 0 ? b->ends[i - 1] : 0;
    return (dgm_view) { b->text.p + begin, b->ends[i] - begin };
}

static void say_not_stored(job *j, const dgm_err *why)
{
    dgm_err said;
    (void)dgm_fail(&said, DGM_EFORMAT, NULL, 0, "a story is not stored: %s", why->msg);
    dgm_cli_say(&said);
    j->n_bad++;
}

/* Whether the story is to be replaced: only where other tables coded what is there. */
static dgm_status is_outdated(job *j, dgm_view packed, bool *out, dgm_err *err)
{
    dgm_story_hash hash = { "" };
    char tables[33] = "";
    *out = false;
    if (!j->recode)
        return DGM_OK;
    dgm_status status = dgm_store_packed_hash(packed, &hash, err);
    if (status == DGM_OK)
        status = dgm_store_has(j->store, &hash, tables, err);
    *out = status == DGM_OK && strcmp(tables, j->tables) != 0;
    return status == DGM_END ? DGM_OK : status;
}

/* all: each story is wanted, and the first that cannot be kept ends it. */
static dgm_status put_stories(job *j, bool all, dgm_err *err)
{
    int64_t run = 0;
    dgm_status status = dgm_store_run(j->store, j->version, j->tables, &run, err);
    j->new_now = j->there_now = j->again_now = 0;
    for (uint32_t i = 0; i < j->stories.n && status == DGM_OK; i++) {
        dgm_put what = DGM_PUT_NEW;
        bool outdated;
        status = is_outdated(j, story_at(&j->stories, i), &outdated, err);
        if (status == DGM_OK)
            status = dgm_store_put(j->store, run, story_at(&j->stories, i), outdated, &what, err);
        if (status == DGM_EFORMAT && !all) {
            say_not_stored(j, err);
            status = DGM_OK;
            continue;
        }
        j->new_now += status == DGM_OK && what == DGM_PUT_NEW;
        j->there_now += status == DGM_OK && what == DGM_PUT_THERE;
        j->again_now += status == DGM_OK && what == DGM_PUT_AGAIN;
    }
    return status;
}

static dgm_status store_batch(job *j, bool bulk, dgm_err *err)
{
    dgm_status status = bulk ? dgm_store_begin_bulk(j->store, err) : dgm_store_begin(j->store, err);
    if (status != DGM_OK)
        return status;
    status = put_stories(j, bulk, err);
    if (status == DGM_OK)
        return dgm_store_commit(j->store, err);
    dgm_store_rollback(j->store);
    return status;
}

/* In bulk, and where a story is at fault one by one, so that only that is left out. Where the
 * database is at fault, a second attempt would only hide why. */
static bool end_batch(job *j)
{
    if (j->stories.n == 0)
        return true;
    dgm_status status = store_batch(j, true, &j->err);
    if (status == DGM_EFORMAT)
        status = store_batch(j, false, &j->err);
    j->stories.n = 0;
    j->stories.text.n = 0;
    if (status == DGM_OK) {
        j->n_new += j->new_now;
        j->n_there += j->there_now;
        j->n_again += j->again_now;
    }
    j->status = status;
    return status == DGM_OK;
}

static bool add_story(job *j, const dgm_buffer *packed)
{
    batch *b = &j->stories;
    dgm_buffer_put(&b->text, (dgm_view) { packed->p, packed->n });
    if (b->text.failed) {
        j->status = dgm_fail(&j->err, DGM_ENOMEM, NULL, 0, "no memory for a batch of stories");
        return false;
    }
    b->ends[b->n++] = b->text.n;
    j->n_read++;
    return b->n < BATCH && b->text.n < BATCH_BYTES ? true : end_batch(j);
}

/* ---- shards --------------------------------------------------------------------------------- */

static void say_shard(job *j, const dgm_err *err)
{
    dgm_cli_say(err);
    j->failed = true;
}

/* A batch is of one version and one set of tables. */
static bool begin_shard(job *j, const dgm_marker *marker)
{
    bool same = strcmp(j->version, marker->version) == 0 && strcmp(j->tables, marker->tables) == 0;
    if (!same && !end_batch(j))
        return false;
    memcpy(j->version, marker->version, sizeof j->version);
    memcpy(j->tables, marker->tables, sizeof j->tables);
    return true;
}

static bool load_shard(job *j, const dgm_shard *shard, const dgm_marker *marker)
{
    dgm_shard_reader *reader = NULL;
    dgm_buffer packed = { 0 };
    dgm_err err = { 0 };
    bool good = begin_shard(j, marker);
    if (!good)
        return false;
    dgm_status status = dgm_shard_reader_open(shard, marker, &reader, &err);
    while (status == DGM_OK && good) {
        status = dgm_shard_reader_next(reader, &packed, &err);
        good = status != DGM_OK || add_story(j, &packed);
    }
    if (status != DGM_OK && status != DGM_END)
        say_shard(j, &err);
    j->n_shards += status == DGM_END;
    dgm_shard_reader_free(reader);
    dgm_buffer_done(&packed);
    return good;
}

static bool take(void *context, const dgm_shard *shard, dgm_shard_state what,
                 const dgm_marker *marker)
{
    job *j = context;
    if (what == DGM_SHARD_FINISHED)
        return load_shard(j, shard, marker);
    j->n_unfinished++;
    return true;
}

static bool load_all(job *j)
{
    const dgm_arguments *arguments = j->arguments;
    dgm_complaints complaints = dgm_cli_complaints();
    for (size_t i = 0; i < arguments->n_operands && j->status == DGM_OK; i++) {
        dgm_err err = { 0 };
        if (dgm_shards_walk(arguments->operands[i], &complaints, take, j, &err) != DGM_OK)
            say_shard(j, &err);
    }
    dgm_cli_complaints_end(&complaints);
    if (j->status == DGM_OK && j->n_shards + j->n_unfinished == 0 && complaints.n == 0 &&
        !j->failed) {
        dgm_err err = { 0 };
        (void)dgm_fail(&err, DGM_EUSAGE, arguments->operands[0], 0, "there is no shard in it%s",
                       arguments->n_operands > 1 ? ", nor in the others" : "");
        say_shard(j, &err);
    }
    bool good = j->status == DGM_OK && end_batch(j) &&
                (j->status = dgm_store_link(j->store, &j->err)) == DGM_OK;
    if (!good)
        dgm_cli_say(&j->err);
    return good && !j->failed && complaints.n == 0 && j->n_bad == 0;
}

static void say_what_was_done(const job *j, double seconds)
{
    if (dgm_option_given(j->arguments, "quiet"))
        return;
    printf("%llu %s, %llu %s read: %llu new, %llu there already, %llu replaced, %llu "
           "failed; %.1f a second\n",
           (unsigned long long)j->n_shards, dgm_word_for(j->n_shards, "shard", "shards"),
           (unsigned long long)j->n_read, dgm_word_for(j->n_read, "story", "stories"),
           (unsigned long long)j->n_new, (unsigned long long)j->n_there,
           (unsigned long long)j->n_again, (unsigned long long)j->n_bad,
           (double)j->n_read / DGM_MAX(seconds, 1e-3));
    if (j->n_unfinished > 0)
        fprintf(stderr, "dragoman: %llu %s not finished, and not loaded\n",
                (unsigned long long)j->n_unfinished,
                dgm_word_for(j->n_unfinished, "shard is", "shards are"));
}

int dgm_cli_load_shards(const dgm_arguments *arguments)
{
    job *j = calloc(1, sizeof(*j));
    int code = DGM_EXIT_USAGE;
    dgm_err err = { 0 };
    if (!j)
        return dgm_cli_no_memory();
    j->arguments = arguments;
    j->recode = dgm_option_given(arguments, "recode");
    double begun = dgm_seconds();
    if (arguments->n_operands == 0) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--coded needs folders of shards");
        dgm_cli_usage(arguments, &err);
    } else if (dgm_cli_store(arguments, false, &j->store)) {
        code = load_all(j) ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
        say_what_was_done(j, dgm_seconds() - begun);
    }
    dgm_buffer_done(&j->stories.text);
    dgm_store_free(j->store);
    free(j);
    return code;
}
