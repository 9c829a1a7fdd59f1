/* dragoman watch: what is new in a folder or in feeds, again and again, into a store or onto a
 * stream. */
#include "watch/watch.h"
#include "cli/stop.h"
#include "cli/storing.h"
#include "cli/streams.h"

#include <stdlib.h>

enum { MOST_ITEMS = 5000 }; /* of one feed in one poll */

typedef struct {
    const dgm_arguments *arguments;
    const volatile sig_atomic_t *stop;
    dgm_reader_options reader_options;
    dgm_complaints complaints;
    dgm_left_out left_out;
    dgm_cli_report report;
    uint64_t n_jobs;
    dgm_coder *coder; /* and storing: where there is a store */
    dgm_storing storing;
#ifdef DGM_WITH_NATS
    dgm_broker *broker; /* where there is a stream */
    dgm_submitted submitted;
#endif
    bool broken; /* store or stream failed, and that was said */
} job;

/* ---- what is found -------------------------------------------------------------------------- */

#ifdef DGM_WITH_NATS
static void refuse(void *context, const dgm_err *err)
{
    job *j = context;
    dgm_cli_report_say(&j->report, err);
}

static bool submit(job *j, dgm_inputs *inputs)
{
    dgm_progress bar = { 0 };
    dgm_submitted sums;
    dgm_err err = { 0 };
    const dgm_submission submission = {
        .broker = j->broker, .inputs = inputs, .bar = &bar, .refuse = refuse, .context = j
    };
    dgm_status status = dgm_submit(&submission, &sums, &err);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    j->submitted.n_read += sums.n_read;
    j->submitted.n_submitted += sums.n_submitted;
    j->submitted.n_there += sums.n_there;
    j->submitted.n_refused += sums.n_refused;
    return status == DGM_OK;
}
#endif

static bool keep(job *j, dgm_inputs *inputs)
{
    dgm_progress bar = { 0 };
#ifdef DGM_WITH_NATS
    if (j->broker)
        return submit(j, inputs);
#endif
    return dgm_cli_storing_run(&j->storing, inputs, (uint32_t)j->n_jobs, &bar);
}

static bool found(void *context, const dgm_found *what)
{
    job *j = context;
    dgm_reader_options options = j->reader_options;
    dgm_inputs *inputs = NULL;
    if (!what->paths) {
        options.format = DGM_INPUT_FEED;
        options.source = what->source;
        options.most = MOST_ITEMS;
        inputs = dgm_inputs_of_memory(what->feed.n > 0 ? what->feed.p : "", what->feed.n,
                                      what->address, &options);
    } else {
        inputs = dgm_inputs_new(what->paths, what->n_paths, false, &options);
    }
    if (!inputs)
        dgm_cli_say(&(dgm_err) { .msg = "no memory to read what is new" });
    uint64_t n_no_memory = j->report.n_no_memory;
    j->broken = !inputs || !keep(j, inputs);
    *what->unread = !inputs || dgm_inputs_unread(inputs) || j->report.n_no_memory > n_no_memory;
    dgm_inputs_free(inputs);
    return !j->broken && !*j->stop;
}

/* ---- one poll ------------------------------------------------------------------------------- */

static void say_found(const job *j, const dgm_watch *watch, const dgm_polled *p)
{
    const char *path = j->arguments->operands[0];
    if (dgm_watch_is_of_feeds(watch))
        printf("%s: %u %s, %u changed, %u unchanged, %u failed, %u left alone; ", path, p->n_feeds,
               dgm_word_for(p->n_feeds, "feed", "feeds"), p->n_changed, p->n_same, p->n_failed,
               p->n_waiting);
    else
        printf("%s: %u %s, %u new or changed, %u still growing; ", path, p->n_files,
               dgm_word_for(p->n_files, "file", "files"), p->n_new, p->n_growing);
}

/* The counts of this poll, which begin anew. */
static void say_kept(job *j)
{
#ifdef DGM_WITH_NATS
    const dgm_submitted *u = &j->submitted;
    if (j->broker) {
        printf("%llu %s read: %llu submitted, %llu on the stream already, %llu refused\n",
               (unsigned long long)u->n_read, dgm_word_for(u->n_read, "story", "stories"),
               (unsigned long long)u->n_submitted, (unsigned long long)u->n_there,
               (unsigned long long)u->n_refused);
        return;
    }
#endif
    const dgm_storing *s = &j->storing;
    printf("%llu %s read: %llu new, %llu there already, %llu failed\n",
           (unsigned long long)s->n_read, dgm_word_for(s->n_read, "story", "stories"),
           (unsigned long long)s->n_new, (unsigned long long)s->n_there,
           (unsigned long long)s->n_bad);
}

static void begin_counts(job *j)
{
    dgm_storing *s = &j->storing;
    s->n_read = s->n_there = s->n_bad = s->n_new = 0;
#ifdef DGM_WITH_NATS
    j->submitted = (dgm_submitted) { 0 };
#endif
    j->complaints.n = 0;
    dgm_cli_report_anew(&j->report, &j->left_out);
}

static bool is_any_refused(const job *j)
{
#ifdef DGM_WITH_NATS
    if (j->submitted.n_refused > 0)
        return true;
#endif
    return j->storing.n_bad > 0 || j->complaints.n > 0;
}

/* False: something was refused, or is not there. */
static bool poll(job *j, dgm_watch *watch)
{
    dgm_polled polled;
    dgm_err err = { 0 };
    dgm_status status = dgm_watch_poll(watch, &polled, &err);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    dgm_cli_report_summary(j->arguments, &j->report, &j->left_out);
    if (!dgm_option_given(j->arguments, "quiet")) {
        say_found(j, watch, &polled);
        say_kept(j);
        (void)fflush(stdout);
    }
    bool good = status == DGM_OK && !polled.broken && !is_any_refused(j);
    begin_counts(j);
    return good;
}

/* Told to end, it has done what it was to do, but for --once. */
static int go_on(job *j, dgm_watch *watch)
{
    bool once = dgm_option_given(j->arguments, "once"), good = true;
    for (bool first = true; !j->broken && !*j->stop && (first || !once); first = false) {
        if (!first)
            dgm_watch_wait(watch);
        if (!*j->stop)
            good = poll(j, watch);
    }
    if (*j->stop)
        fputs("dragoman: stopped; the same command goes on\n", stderr);
    return j->broken || (once && (!good || *j->stop)) ? DGM_EXIT_REFUSED : DGM_EXIT_OK;
}

/* ---- begin and end -------------------------------------------------------------------------- */

static bool take_numbers(const dgm_arguments *arguments, job *j, dgm_watch_options *out)
{
    dgm_err err = { 0 };
    uint64_t every = 0, settle = 0;
    bool good = (!dgm_option_value(arguments, "every") ||
                 dgm_option_number(arguments, "every", 1, 86400, &every, &err)) &&
                dgm_option_number(arguments, "settle", 0, 3600, &settle, &err) &&
                dgm_option_number(arguments, "jobs", 1, 256, &j->n_jobs, &err);
    out->every = (uint32_t)every;
    out->settle = (uint32_t)settle;
    if (!good)
        dgm_cli_usage(arguments, &err);
    return good;
}

/* Opens the store, or the stream; false after a message. */
static bool open_target(const dgm_arguments *arguments, job *j, int *code)
{
    if (!dgm_option_given(arguments, "nats")) {
        j->storing.stop = j->stop;
        if (!dgm_cli_store(arguments, false, &j->storing.store) ||
            !dgm_cli_storing_init(arguments, &j->report, &j->storing))
            return false;
        j->coder = dgm_cli_load(arguments);
        j->storing.coder = j->coder;
        return j->coder != NULL;
    }
#ifdef DGM_WITH_NATS
    const dgm_stream_shape shape = { .ack_wait = 60 };
    dgm_err err = { 0 };
    if (!(j->broker = dgm_cli_broker(arguments, code)))
        return false;
    if (dgm_broker_prepare(j->broker, &shape, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    *code = DGM_EXIT_REFUSED;
    return false;
#else
    dgm_err err = { 0 };
    *code = DGM_EXIT_USAGE;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                   "--nats is not in this build, which was made without libnats (NATS); --db is");
    dgm_cli_say(&err);
    return false;
#endif
}

static int watch_with(job *j, dgm_watch_options *options)
{
    dgm_watch *watch = NULL;
    dgm_err err = { 0 };
    int code = DGM_EXIT_USAGE;
    if (dgm_watch_open(options, &watch, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return err.status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
    }
    enum { LEAST = 60 };
    if (dgm_watch_is_of_feeds(watch) && options->every > 0 && options->every < LEAST) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--every takes at least %d seconds for feeds",
                       LEAST);
        dgm_cli_usage(j->arguments, &err);
    } else if (open_target(j->arguments, j, &code)) {
        code = go_on(j, watch);
    }
    dgm_watch_free(watch);
    return code;
}

static int run(const dgm_arguments *arguments)
{
    job *j = calloc(1, sizeof *j);
    int code = DGM_EXIT_USAGE;
    if (!j)
        return dgm_cli_no_memory();
    const char *nats = dgm_option_value(arguments, "nats"), *db = dgm_option_value(arguments, "db");
    char stream[1024];
    if (nats)
        snprintf(stream, sizeof stream, "%s %s", nats, dgm_option_value(arguments, "stream"));
    j->arguments = arguments;
    j->stop = dgm_cli_stop_on_signals();
    dgm_watch_options options = { .path = arguments->operands[0],
                                  .state = dgm_option_value(arguments, "state"),
                                  .into = nats ? stream
                                          : db ? db
                                               : "",
                                  .complaints = &j->complaints,
                                  .stop = j->stop,
                                  .found = found,
                                  .context = j };
    if (take_numbers(arguments, j, &options) &&
        dgm_cli_reading_begin(arguments, &j->reader_options, &j->complaints, &j->report,
                              &j->left_out)) {
        code = watch_with(j, &options);
    }
    if (!dgm_cli_report_end(&j->report) && code == DGM_EXIT_OK)
        code = DGM_EXIT_REFUSED;
#ifdef DGM_WITH_NATS
    dgm_broker_free(j->broker);
#endif
    dgm_store_free(j->storing.store);
    if (j->coder)
        code = dgm_cli_exit_code(j->coder, code);
    dgm_coder_free(j->coder);
    free(j);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    DGM_OPTIONS_BROKER,
    { 0, "every", "SECONDS", "from one look to the next; default: 60 for a folder, 900 for feeds",
      NULL },
    { 0, "once", NULL, "look once and end, as for cron", NULL },
    { 0, "settle", "SECONDS", "a file is read when it has not changed for so long", "2" },
    { 0, "state", "FILE",
      "keep in FILE what was read; default: the folder's or list's name with .state", NULL },
    DGM_OPTION_JOBS,
    DGM_OPTIONS_READING,
    DGM_OPTION_ERRORS,
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
    DGM_OPTIONS_JUDGE,
};

const dgm_command dgm_command_watch = {
    .name = "watch",
    .operands = "FOLDER|FEEDS.txt",
    .summary = "Follow a folder of stories, or RSS and Atom feeds, into a database or a stream",
    .more =
        "A folder, with those in it: files that are new or have changed are read once, when they\n"
        "stand still. Names that begin with a dot are passed over.\n"
        "A list of feeds: an address a line, after it the name of its source if it is not to be\n"
        "the feed's title. Feeds are asked one after the other, and only for what has changed; a\n"
        "server that refuses or fails is left alone for longer each time.\n"
        "Stories go into the store of --db, or with --nats to the workers of a stream. Each look\n"
        "says one line. SIGTERM and Ctrl-C end it between stories; nothing is lost or doubled.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
