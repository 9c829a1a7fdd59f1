/* dragoman ingest: stories in, coded into a store. What is stored already is not coded again, so
 * that a run that was cut off goes on where it stopped. */
#include "cli/filters.h"
#include "cli/store_load.h"
#include "story/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const dgm_coder *coder;
    dgm_store *store;
    dgm_reader_options reader_options;
    dgm_complaints complaints;
    dgm_left_out left_out;
    dgm_cli_report report;
    dgm_inputs *inputs;
    dgm_progress bar;
    char tables[33];
    int64_t run;
    bool recode, in_batch, failed;
    dgm_status status; /* of the store; it ends the run */
    dgm_err err;
    uint64_t n_read, n_there, n_bad, n_new, n_again;
    uint64_t n_new_now, n_again_now; /* of the batch; they count when it is stored */
} job;

/* ---- reading -------------------------------------------------------------------------------- */

static bool fail(job *j, dgm_status status)
{
    if (status != DGM_OK && j->status == DGM_OK)
        j->status = status;
    return status == DGM_OK;
}

static bool end_batch(job *j)
{
    if (!j->in_batch)
        return true;
    j->in_batch = false;
    if (!fail(j, dgm_store_commit(j->store, &j->err)))
        return false;
    j->n_new += j->n_new_now;
    j->n_again += j->n_again_now;
    j->n_new_now = j->n_again_now = 0;
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
    job *j = context;
    char tables[33];
    dgm_story_hash hash = dgm_story_hash_of(doc);
    dgm_status status = dgm_store_has(j->store, &hash, tables, &j->err);
    j->n_read++;
    if (status == DGM_END)
        return DGM_CHOICE_TAKE;
    if (!fail(j, status))
        return DGM_CHOICE_STOP;
    if (j->recode && strcmp(tables, j->tables) != 0)
        return DGM_CHOICE_TAKE;
    j->n_there++;
    return DGM_CHOICE_PASS;
}

/* ---- storing -------------------------------------------------------------------------------- */

static void pack(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *packed)
{
    const job *j = context;
    (void)i_slot;
    dgm_store_pack(j->coder->events, doc, packed);
}

static bool begin_batch(job *j)
{
    if (j->in_batch)
        return true;
    if (!fail(j, dgm_store_begin(j->store, &j->err)))
        return false;
    j->in_batch = true;
    return fail(j, dgm_store_run(j->store, DGM_VERSION, j->tables, &j->run, &j->err));
}

/* A story that cannot be kept is named and passed over; what ends the batch ends the run. */
static bool store_one(void *context, uint32_t i_slot, dgm_view packed, const dgm_err *where)
{
    job *j = context;
    (void)i_slot;
    dgm_put what;
    dgm_err err = { 0 };
    if (!begin_batch(j))
        return false;
    dgm_status status = dgm_store_put(j->store, j->run, packed, j->recode, &what, &err);
    if (status == DGM_EFORMAT) {
        dgm_err said;
        (void)dgm_fail(&said, status, where->file, where->line, "the story is not stored: %s",
                       err.msg);
        dgm_cli_say(&said);
        j->n_bad++;
        return true;
    }
    if (status != DGM_OK)
        j->err = err;
    if (!fail(j, status))
        return false;
    j->n_new_now += what == DGM_PUT_NEW;
    j->n_there += what == DGM_PUT_THERE;
    j->n_again_now += what == DGM_PUT_AGAIN;
    return true;
}

static void refuse(void *context, uint32_t i_slot, const dgm_err *err)
{
    job *j = context;
    (void)i_slot;
    dgm_cli_report_say(&j->report, err);
    j->n_bad++;
}

/* ---- running -------------------------------------------------------------------------------- */

static void run_job(const dgm_arguments *arguments, job *j, uint64_t n_jobs)
{
    const dgm_sink sink = { .ready = ready,
                            .choose = choose,
                            .write = pack,
                            .put = store_one,
                            .refuse = refuse,
                            .context = j };
    dgm_err err = { 0 };
    double begun = dgm_seconds();
    dgm_cli_progress(arguments, false, &j->bar);
    if (dgm_run(j->coder, j->inputs, (uint32_t)n_jobs, &sink, &j->bar, &err) != DGM_OK) {
        dgm_cli_say(&err);
        j->failed = true;
    }
    if (j->status == DGM_OK)
        end_batch(j);
    else
        dgm_store_rollback(j->store);
    dgm_progress_end(&j->bar);
    if (j->status != DGM_OK)
        dgm_cli_say(&j->err);
    dgm_cli_report_summary(arguments, &j->report, &j->left_out);
    j->failed = !dgm_cli_report_end(&j->report) || j->failed;
    double seconds = dgm_seconds() - begun;
    if (dgm_option_given(arguments, "quiet"))
        return;
    printf("%llu stories read: %llu new, %llu there already, %llu coded again, %llu failed;"
           " %.1f a second\n",
           (unsigned long long)j->n_read, (unsigned long long)j->n_new,
           (unsigned long long)j->n_there, (unsigned long long)j->n_again,
           (unsigned long long)j->n_bad, (double)j->n_read / (seconds > 1e-3 ? seconds : 1e-3));
}

static bool hash_tables(const dgm_arguments *arguments, char out[33])
{
    const char *dirs = dgm_cli_tables_dir(arguments);
    return dirs && dgm_cli_hash_tables(dirs, dgm_option_value(arguments, "model"), out);
}

static bool prepare(const dgm_arguments *arguments, job *j, uint64_t *n_jobs)
{
    dgm_err err = { 0 };
    j->recode = dgm_option_given(arguments, "recode");
    if (!dgm_option_number(arguments, "jobs", 1, 256, n_jobs, &err)) {
        dgm_cli_usage(arguments, &err);
        return false;
    }
    if (!dgm_cli_reader_options(arguments, &j->complaints, &j->reader_options) ||
        !dgm_cli_report_begin(arguments, &j->report, &j->complaints, &j->left_out))
        return false;
    j->reader_options.left_out = &j->left_out;
    j->inputs = dgm_inputs_new(arguments->operands, arguments->n_operands,
                               dgm_option_given(arguments, "recursive"), &j->reader_options);
    return j->inputs && dgm_cli_store(arguments, false, &j->store) &&
           hash_tables(arguments, j->tables);
}

static int run(const dgm_arguments *arguments)
{
    if (dgm_option_given(arguments, "coded"))
        return dgm_cli_load_shards(arguments);
    job *j = calloc(1, sizeof(*j));
    uint64_t n_jobs = 1;
    dgm_coder *coder = NULL;
    int code = DGM_EXIT_USAGE;
    if (!j)
        return DGM_EXIT_REFUSED;
    if (prepare(arguments, j, &n_jobs) && (coder = dgm_cli_load(arguments)) != NULL) {
        j->coder = coder;
        run_job(arguments, j, n_jobs);
        code = j->failed || j->n_bad > 0 || j->status != DGM_OK || j->complaints.n > 0
                   ? DGM_EXIT_REFUSED
                   : DGM_EXIT_OK;
        code = dgm_cli_exit_code(coder, code);
    }
    dgm_cli_report_end(&j->report);
    dgm_inputs_free(j->inputs);
    dgm_store_free(j->store);
    dgm_coder_free(coder);
    free(j);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 0, "coded", NULL, "load folders of `code --out-dir --stories`; nothing is coded again", NULL },
    { 0, "recode", NULL, "code again what was coded with other tables, and replace its events",
      NULL },
    DGM_OPTIONS_STORIES,
    DGM_OPTIONS_JUDGE,
};

const dgm_command dgm_command_ingest = {
    .name = "ingest",
    .operands = "[FILE...]",
    .summary = "Code stories into a database; safe to interrupt and rerun",
    .more =
        "Reads the same inputs as `code`. Stories that are stored already are skipped, so that a\n"
        "run that was interrupted can be repeated: nothing is lost and nothing stored twice.\n"
        "Reports of one story by several outlets are recognised and kept together. With --coded,\n"
        "each FILE is a folder of finished shards, whose events are stored as they are.",
    .options = options,
    .n_options = DGM_LEN(options),
    .max_operands = SIZE_MAX,
    .run = run,
};
