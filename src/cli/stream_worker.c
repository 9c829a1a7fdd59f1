/* dragoman worker: stories from a stream, coded into a store. */
#include "cli/confined.h"
#include "cli/streams.h"

#ifdef DGM_WITH_NATS

#include <string.h>

static bool take_numbers(const dgm_arguments *arguments, dgm_work *work)
{
    dgm_err err = { 0 };
    uint64_t jobs = 0, wait = 0, seconds = 0;
    if (!dgm_option_number(arguments, "jobs", 0, 256, &jobs, &err) ||
        !dgm_option_number(arguments, "ack-wait", 1, 3600, &wait, &err) ||
        !dgm_option_number(arguments, "story-seconds", 1, 3600, &seconds, &err)) {
        dgm_cli_usage(arguments, &err);
        return false;
    }
    work->n_threads = (uint32_t)jobs;
    work->ack_wait = (uint32_t)wait;
    work->seconds_story = (uint32_t)seconds;
    return true;
}

static bool take_store(const dgm_arguments *arguments, dgm_work *work, char tables[33])
{
    dgm_err err = { 0 };
    const char *dirs;
    work->db = dgm_option_value(arguments, "db");
    work->tables = tables;
    if (!work->db) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--db says where the store is");
        dgm_cli_usage(arguments, &err);
        return false;
    }
    return (dirs = dgm_cli_tables_dir(arguments)) != NULL &&
           dgm_cli_hash_tables(dirs, dgm_option_value(arguments, "model"), tables);
}

static int work_on(const dgm_arguments *arguments, dgm_work *work)
{
    dgm_worked sums = { 0 };
    dgm_err err = { 0 };
    double begun = dgm_seconds();
    dgm_status status = dgm_worker(work, &sums, &err);
    double seconds = dgm_seconds() - begun;
    if (status != DGM_OK)
        dgm_cli_say(&err);
    if (!dgm_option_given(arguments, "quiet"))
        printf("%llu %s new, %llu there already, %llu dead %s; %llu %s failed; "
               "%llu %s; %.1f stories a second\n",
               (unsigned long long)sums.n_new, dgm_word_for(sums.n_new, "story", "stories"),
               (unsigned long long)sums.n_there, (unsigned long long)sums.n_dead,
               dgm_word_for(sums.n_dead, "letter", "letters"), (unsigned long long)sums.n_failed,
               dgm_word_for(sums.n_failed, "attempt", "attempts"),
               (unsigned long long)sums.n_batches, dgm_word_for(sums.n_batches, "batch", "batches"),
               (double)(sums.n_new + sums.n_there) / (seconds > 1e-3 ? seconds : 1e-3));
    return status == DGM_OK       ? DGM_EXIT_OK
           : status == DGM_EUSAGE ? DGM_EXIT_USAGE
                                  : DGM_EXIT_REFUSED;
}

/* Credentials are read anew whenever the connection is. */
static void confine(const dgm_arguments *arguments, const char *db)
{
    const char *const files[] = { dgm_option_value(arguments, "creds"),
                                  dgm_option_value(arguments, "ca"),
                                  dgm_option_value(arguments, "cert"),
                                  dgm_option_value(arguments, "key") };
    dgm_cli_confine(arguments, db, files, DGM_LEN(files), true);
}

static int run(const dgm_arguments *arguments)
{
    char tables[33];
    dgm_work work = { .until_empty = dgm_option_given(arguments, "until-empty"),
                      .metrics = dgm_option_value(arguments, "metrics") };
    dgm_coder *coder;
    int code = DGM_EXIT_USAGE;
    if (!take_numbers(arguments, &work) || !take_store(arguments, &work, tables))
        return code;
    if (!(coder = dgm_cli_load(arguments)))
        return code;
    confine(arguments, work.db);
    if ((work.broker = dgm_cli_broker(arguments, &code)) != NULL) {
        work.coder = coder;
        code = dgm_cli_exit_code(coder, work_on(arguments, &work));
    }
    dgm_broker_free(work.broker);
    dgm_coder_free(coder);
    return code;
}

#endif

static const dgm_option options[] = {
    DGM_OPTIONS_BROKER,
    { 0, "db", "WHERE", "the store: an SQLite file, or a PostgreSQL database as postgresql://...",
      NULL },
    { 'j', "jobs", "N", "code N stories in parallel; 0: one per core", "0" },
    { 0, "until-empty", NULL, "end when no story waits any more", NULL },
    { 0, "metrics", "[ADDRESS:]PORT",
      "serve metrics for Prometheus at /metrics; without ADDRESS, to this machine only", NULL },
    DGM_OPTION_ACK_WAIT,
    { 0, "story-seconds", "SECONDS",
      "how long a story may take that was given out four times without success", "300" },
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
    DGM_OPTIONS_JUDGE,
    DGM_OPTION_CONFINE,
};

const dgm_command dgm_command_worker = {
    .name = "worker",
    .operands = "",
    .summary = "Code stories from a stream into a database",
    .more =
        "Takes stories in batches, codes them, commits stories and events in one transaction,\n"
        "and only then takes the stories off the stream. Any number of workers share a stream\n"
        "and a database; each may be killed at any moment, and each story is stored once. A\n"
        "story that fails three times becomes a dead letter (`dragoman queue --dead`). SIGTERM\n"
        "ends a worker when what it holds is stored. A worker can open no file but those that it\n"
        "needs and start no program, where the kernel can do that (`dragoman doctor`).",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = DGM_RUN_WITH_STREAMS(run),
};
