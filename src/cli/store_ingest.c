/* dragoman ingest: stories in, coded into a store. What is stored already is not coded again, so
 * that a run that was cut off goes on where it stopped. */
#include "cli/store_load.h"
#include "cli/storing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    dgm_storing storing;
    dgm_reader_options reader_options;
    dgm_complaints complaints;
    dgm_left_out left_out;
    dgm_cli_report report;
    dgm_inputs *inputs;
    bool failed, empty;
} job;

static void run_job(const dgm_arguments *arguments, job *j, uint64_t n_jobs)
{
    dgm_progress bar;
    dgm_storing *s = &j->storing;
    double begun = dgm_seconds();
    dgm_cli_progress(arguments, false, &bar);
    j->failed = !dgm_cli_storing_run(s, j->inputs, (uint32_t)n_jobs, &bar);
    dgm_progress_end(&bar);
    dgm_cli_report_summary(arguments, &j->report, &j->left_out);
    j->failed = !dgm_cli_report_end(&j->report) || j->failed;
    double seconds = dgm_seconds() - begun;
    if (dgm_option_given(arguments, "quiet"))
        return;
    printf("%llu %s read: %llu new, %llu there already, %llu coded again, %llu failed;"
           " %.1f a second\n",
           (unsigned long long)s->n_read, dgm_word_for(s->n_read, "story", "stories"),
           (unsigned long long)s->n_new, (unsigned long long)s->n_there,
           (unsigned long long)s->n_again, (unsigned long long)s->n_bad,
           (double)s->n_read / (seconds > 1e-3 ? seconds : 1e-3));
}

/* A store that would be made for nothing is not made; why there is nothing is told. */
static bool would_be_empty(const dgm_arguments *arguments, job *j)
{
    dgm_err err = { 0 };
    const char *where = dgm_option_value(arguments, "db");
    if (!where || strstr(where, "://") || access(where, F_OK) == 0 ||
        dgm_inputs_look(j->inputs, &err) != DGM_END)
        return false;
    dgm_cli_report_summary(arguments, &j->report, &j->left_out);
    (void)dgm_fail(&err, DGM_EFORMAT, NULL, 0, "no story was found, so '%s' is not made", where);
    dgm_cli_say(&err);
    return true;
}

static bool prepare(const dgm_arguments *arguments, job *j, uint64_t *n_jobs)
{
    j->storing.recode = dgm_option_given(arguments, "recode");
    if (!dgm_cli_jobs(arguments, n_jobs) ||
        !dgm_cli_reading_begin(arguments, &j->reader_options, &j->complaints, &j->report,
                               &j->left_out))
        return false;
    j->inputs = dgm_cli_inputs(arguments, &j->reader_options);
    if (j->inputs && would_be_empty(arguments, j)) {
        j->empty = true;
        return false;
    }
    return j->inputs && dgm_cli_store(arguments, false, &j->storing.store) &&
           dgm_cli_storing_init(arguments, &j->report, &j->storing);
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
        return dgm_cli_no_memory();
    if (prepare(arguments, j, &n_jobs) && (coder = dgm_cli_load(arguments)) != NULL) {
        j->storing.coder = coder;
        run_job(arguments, j, n_jobs);
        code = j->failed || j->storing.n_bad > 0 || j->complaints.n > 0 ? DGM_EXIT_REFUSED
                                                                        : DGM_EXIT_OK;
        code = dgm_cli_exit_code(coder, code);
    }
    code = j->empty ? DGM_EXIT_REFUSED : code;
    dgm_cli_report_end(&j->report);
    dgm_inputs_free(j->inputs);
    dgm_store_free(j->storing.store);
    dgm_coder_free(coder);
    free(j);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 0, "coded", NULL, "load folders of `code --out-dir --stories`; nothing is coded again",
      NULL },
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
