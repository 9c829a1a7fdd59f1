/* dragoman submit: stories onto a stream, from which workers take them. */
#include "cli/streams.h"

#ifdef DGM_WITH_NATS

#include <stdlib.h>

typedef struct {
    dgm_reader_options reader_options;
    dgm_complaints complaints;
    dgm_left_out left_out;
    dgm_cli_report report;
    dgm_stream_shape shape;
    uint64_t give_up;
} job;

static void refuse(void *context, const dgm_err *err)
{
    job *j = context;
    dgm_cli_report_say(&j->report, err);
}

enum { LEAST_CAPACITY = 4096 }; /* of some stories at least */

/* "500M": bytes; 0 where it is none. */
static uint64_t bytes_of(const char *text)
{
    dgm_view v = dgm_view_of(text);
    uint64_t n = 0, unit = 1;
    if (v.n > 1) {
        char last = v.p[v.n - 1];
        unit = last == 'K' ? 1u << 10 : last == 'M' ? 1u << 20 : last == 'G' ? 1u << 30 : 1;
        v.n -= unit > 1;
    }
    return dgm_parse_u64(v, &n) && n < UINT64_MAX / unit / 2 ? n * unit : 0;
}

static bool take_shape(const dgm_arguments *arguments, job *j)
{
    dgm_err err = { 0 };
    uint64_t replicas = 0, wait = 0;
    const char *capacity = dgm_option_value(arguments, "capacity");
    bool good = dgm_option_number(arguments, "ack-wait", 1, 3600, &wait, &err) &&
                dgm_option_number(arguments, "give-up", 0, 1000000, &j->give_up, &err) &&
                (!dgm_option_value(arguments, "replicas") ||
                 dgm_option_number(arguments, "replicas", 1, 5, &replicas, &err));
    j->shape = (dgm_stream_shape) { .replicas = (uint32_t)replicas,
                                    .ack_wait = (uint32_t)wait,
                                    .capacity = capacity ? bytes_of(capacity) : 0 };
    if (good && capacity && j->shape.capacity < LEAST_CAPACITY) {
        good = false;
        (void)dgm_fail(
            &err, DGM_EUSAGE, NULL, 0,
            "--capacity takes a number of bytes, 4K or more, as 500M or 20G, not '%.40s'",
            capacity);
    }
    if (!good)
        dgm_cli_usage(arguments, &err);
    return good;
}

static void tell(const dgm_submitted *s, double seconds)
{
    printf("%llu %s read: %llu submitted, %llu on the stream already, %llu submitted before, "
           "%llu refused",
           (unsigned long long)s->n_read, dgm_word_for(s->n_read, "story", "stories"),
           (unsigned long long)s->n_submitted, (unsigned long long)s->n_there,
           (unsigned long long)s->n_passed, (unsigned long long)s->n_refused);
    if (s->n_left > 0)
        printf(", %llu left", (unsigned long long)s->n_left);
    printf("; %.1f a second\n", (double)s->n_read / (seconds > 1e-3 ? seconds : 1e-3));
}

static int submit(const dgm_arguments *arguments, job *j, dgm_broker *broker, dgm_inputs *inputs)
{
    dgm_progress bar;
    dgm_submitted sums;
    dgm_err err = { 0 };
    double begun = dgm_seconds();
    if (dgm_broker_prepare(broker, &j->shape, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_REFUSED;
    }
    dgm_cli_progress(arguments, false, &bar);
    const dgm_submission submission = { .broker = broker,
                                        .inputs = inputs,
                                        .bar = &bar,
                                        .journal = dgm_option_value(arguments, "journal"),
                                        .give_up = (uint32_t)j->give_up,
                                        .refuse = refuse,
                                        .context = j };
    dgm_status status = dgm_submit(&submission, &sums, &err);
    dgm_progress_end(&bar);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    dgm_cli_report_summary(arguments, &j->report, &j->left_out);
    bool good = dgm_cli_report_end(&j->report) && status == DGM_OK;
    if (dgm_cli_was_stopped())
        fputs("dragoman: stopped; the same command goes on\n", stderr);
    if (!dgm_option_given(arguments, "quiet"))
        tell(&sums, dgm_seconds() - begun);
    return good && sums.n_refused == 0 && j->complaints.n == 0 && !dgm_cli_was_stopped()
               ? DGM_EXIT_OK
               : DGM_EXIT_REFUSED;
}

static int run(const dgm_arguments *arguments)
{
    job *j = calloc(1, sizeof *j);
    dgm_broker *broker = NULL;
    dgm_inputs *inputs = NULL;
    int code = DGM_EXIT_USAGE;
    if (!j)
        return dgm_cli_no_memory();
    if (take_shape(arguments, j) &&
        dgm_cli_reading_begin(arguments, &j->reader_options, &j->complaints, &j->report,
                              &j->left_out)) {
        inputs = dgm_cli_inputs(arguments, &j->reader_options);
        if (inputs && (broker = dgm_cli_broker(arguments, &code)) != NULL)
            code = submit(arguments, j, broker, inputs);
    }
    dgm_cli_report_end(&j->report);
    dgm_inputs_free(inputs);
    dgm_broker_free(broker);
    free(j);
    return code;
}

#endif

static const dgm_option options[] = {
    DGM_OPTIONS_BROKER,
    { 0, "replicas", "1..5",
      "of a new stream: on how many servers it is kept; default: 3 where there are so many", NULL },
    { 0, "capacity", "BYTES",
      "of a new stream: how much may wait on it (500M, 20G); when it is full, submit waits", NULL },
    DGM_OPTION_ACK_WAIT,
    { 0, "journal", "FILE", "keep in FILE what was submitted, and pass over what stands there",
      NULL },
    { 0, "give-up", "SECONDS", "give up when a story has waited for so long; 0: never", "0" },
    DGM_OPTIONS_READING,
    DGM_OPTION_ERRORS,
    DGM_OPTION_RECURSIVE,
};

const dgm_command dgm_command_submit = {
    .name = "submit",
    .operands = "[FILE...]",
    .summary = "Put stories onto a stream (NATS JetStream) for workers",
    .more =
        "Reads the same inputs as `code`. The stream is made where it is missing. A story's\n"
        "message id is the hash of its content, so that a story submitted twice is stored once.\n"
        "While the stream is full, or its brokers change their leader, submit waits. With\n"
        "--journal, a run that was interrupted goes on where it stopped.",
    .options = options,
    .n_options = DGM_LEN(options),
    .max_operands = SIZE_MAX,
    .run = DGM_RUN_WITH_STREAMS(run),
};
