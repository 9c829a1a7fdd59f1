/* dragoman queue: how a stream stands, its dead letters, and putting them back. */
#include "cli/streams.h"

#ifdef DGM_WITH_NATS

#include "output/cells.h"
#include "output/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- how it stands -------------------------------------------------------------------------- */

static double time_left(const dgm_queue_state *s)
{
    return s->n_waiting == 0 ? 0 : s->rate > 0 ? (double)s->n_waiting / s->rate : -1;
}

static void write_json(const dgm_queue_state *s, dgm_buffer *out)
{
    double left = time_left(s);
    dgm_buffer_printf(out,
                      "{\"waiting\":%llu,\"bytes\":%llu,\"taken\":%llu,\"given_again\":%llu,"
                      "\"parts\":%llu,\"dead\":%llu,\"replicas\":%u,\"replicas_current\":%u",
                      (unsigned long long)s->n_waiting, (unsigned long long)s->bytes,
                      (unsigned long long)s->n_taken, (unsigned long long)s->n_again,
                      (unsigned long long)s->n_parts, (unsigned long long)s->n_dead, s->replicas,
                      s->n_current);
    dgm_json_text_or_null(out, "leader", dgm_view_of(s->leader));
    dgm_json_number(out, "rate", s->rate);
    if (left >= 0)
        dgm_json_number(out, "seconds_left", left);
    else
        dgm_buffer_put(out, DGM_VIEW(",\"seconds_left\":null"));
    dgm_buffer_put(out, DGM_VIEW(",\"workers\":["));
    for (uint32_t i = 0; i < s->n_workers; i++) {
        const dgm_worker_state *w = &s->workers[i];
        dgm_buffer_put(out, i ? DGM_VIEW(",{") : DGM_VIEW("{"));
        dgm_json_text(out, "id", dgm_view_of(w->id));
        dgm_buffer_printf(out, ",\"new\":%llu,\"there\":%llu,\"failed\":%llu,\"dead\":%llu",
                          (unsigned long long)w->n_new, (unsigned long long)w->n_there,
                          (unsigned long long)w->n_failed, (unsigned long long)w->n_dead);
        dgm_json_number(out, "rate", w->rate);
        dgm_json_number(out, "age", w->age);
        dgm_buffer_put(out, DGM_VIEW("}"));
    }
    dgm_buffer_put(out, DGM_VIEW("]}\n"));
}

static const char *span_text(double seconds, char *text, size_t size)
{
    uint64_t s = seconds > 0 && seconds < 1e12 ? (uint64_t)seconds : 0;
    if (seconds < 0)
        snprintf(text, size, "not known");
    else if (s >= 86400)
        snprintf(text, size, "%llu d %llu h", (unsigned long long)(s / 86400),
                 (unsigned long long)(s % 86400 / 3600));
    else if (s >= 3600)
        snprintf(text, size, "%llu h %llu min", (unsigned long long)(s / 3600),
                 (unsigned long long)(s % 3600 / 60));
    else if (s >= 60)
        snprintf(text, size, "%llu min %llu s", (unsigned long long)(s / 60),
                 (unsigned long long)(s % 60));
    else
        snprintf(text, size, "%llu s", (unsigned long long)s);
    return text;
}

static void write_workers(const dgm_queue_state *s, dgm_buffer *out)
{
    char age[40];
    if (s->n_workers == 0) {
        dgm_buffer_printf(out, "\nno worker answers\n");
        return;
    }
    dgm_buffer_printf(out, "\n%-32s %9s %9s %7s %6s %9s  %s\n", "worker", "new", "there", "failed",
                      "dead", "per sec", "age");
    for (uint32_t i = 0; i < s->n_workers; i++) {
        const dgm_worker_state *w = &s->workers[i];
        size_t from = out->n;
        dgm_buffer_printf(out, "%-32.32s", w->id);
        dgm_buffer_visible(out, from);
        dgm_buffer_printf(out, " %9llu %9llu %7llu %6llu %9.1f  %s\n", (unsigned long long)w->n_new,
                          (unsigned long long)w->n_there, (unsigned long long)w->n_failed,
                          (unsigned long long)w->n_dead, w->rate,
                          span_text(w->age, age, sizeof age));
    }
}

static void write_table(const char *name, const dgm_queue_state *s, dgm_buffer *out)
{
    char left[40];
    dgm_buffer_printf(out, "stream       %s, %u of %u copies up to date%s%s\n", name, s->n_current,
                      s->replicas, s->leader[0] ? ", led by " : "", s->leader);
    dgm_buffer_printf(out, "waiting      %llu %s, %.1f MB\n", (unsigned long long)s->n_waiting,
                      dgm_word_for(s->n_waiting, "story", "stories"), (double)s->bytes / 1e6);
    dgm_buffer_printf(out, "with workers %llu, of all given out again %llu\n",
                      (unsigned long long)s->n_taken, (unsigned long long)s->n_again);
    dgm_buffer_printf(out, "dead letters %llu\n", (unsigned long long)s->n_dead);
    dgm_buffer_printf(out, "rate         %.1f stories a second, %u %s\n", s->rate, s->n_workers,
                      dgm_word_for(s->n_workers, "worker", "workers"));
    dgm_buffer_printf(out, "time left    %s\n", span_text(time_left(s), left, sizeof left));
    write_workers(s, out);
}

/* What could not be written is said at the end. */
static bool put(dgm_buffer *out)
{
    if (out->failed)
        (void)dgm_cli_no_memory();
    bool good = !out->failed && fwrite(out->p, 1, out->n, stdout) == out->n && fflush(stdout) == 0;
    out->n = 0;
    return good;
}

static bool is_json(const dgm_arguments *arguments)
{
    return strcmp(dgm_option_value(arguments, "format"), "json") == 0;
}

/* Again and again where `every` is not 0: on a terminal in place, else one after the other. */
static int show(const dgm_arguments *arguments, dgm_broker *broker, uint64_t every)
{
    dgm_buffer out = { 0 };
    dgm_err err = { 0 };
    bool terminal = every > 0 && isatty(STDOUT_FILENO) && !is_json(arguments), good = true;
    do {
        dgm_queue_state state;
        if (dgm_queue_look(broker, &state, &err) != DGM_OK) {
            dgm_cli_say(&err);
            good = every > 0 && err.status == DGM_EIO; /* a leader may come */
        } else {
            if (terminal)
                dgm_buffer_put(&out, DGM_VIEW("\033[H\033[2J"));
            if (is_json(arguments))
                write_json(&state, &out);
            else
                write_table(dgm_option_value(arguments, "stream"), &state, &out);
            dgm_queue_state_done(&state);
            good = put(&out);
        }
        for (uint64_t i = 0; good && i < every * 10 && !dgm_cli_was_stopped(); i++)
            (void)nanosleep(&(struct timespec) { .tv_nsec = 100000000 }, NULL);
    } while (good && every > 0 && !dgm_cli_was_stopped());
    dgm_buffer_done(&out);
    return good ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

/* ---- dead letters --------------------------------------------------------------------------- */

typedef struct {
    dgm_buffer out;
    bool json, failed;
    uint64_t n;
} letters;

static bool take_letter(void *context, const dgm_dead_letter *letter)
{
    letters *l = context;
    char day[DGM_UTC];
    dgm_utc(letter->time, day);
    l->n++;
    if (l->json) {
        dgm_buffer_printf(&l->out, "{\"sequence\":%llu", (unsigned long long)letter->sequence);
        dgm_json_text(&l->out, "time", dgm_view_of(day));
        dgm_json_text_or_null(&l->out, "id", letter->id);
        dgm_json_text_or_null(&l->out, "hash", letter->hash);
        dgm_json_text(&l->out, "worker", letter->worker);
        dgm_json_text(&l->out, "reason", letter->reason);
        dgm_buffer_put(&l->out, DGM_VIEW("}\n"));
    } else {
        size_t from = l->out.n;
        dgm_buffer_printf(&l->out, "%llu  %s  %.*s: %.*s", (unsigned long long)letter->sequence,
                          day, DGM_FMT(letter->id.n ? letter->id : letter->hash),
                          DGM_FMT(letter->reason));
        dgm_buffer_visible(&l->out, from);
        dgm_buffer_put(&l->out, DGM_VIEW("\n"));
    }
    l->failed = !put(&l->out);
    return !l->failed;
}

static int list_dead(const dgm_arguments *arguments, dgm_broker *broker)
{
    letters l = { .json = is_json(arguments) };
    dgm_err err = { 0 };
    dgm_status status = dgm_dead_letters(broker, take_letter, &l, &err);
    dgm_buffer_done(&l.out);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    else if (l.n == 0 && !l.json)
        puts("no dead letters");
    return status == DGM_OK && !l.failed ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static int put_back(dgm_broker *broker)
{
    uint64_t n = 0;
    dgm_err err = { 0 };
    dgm_status status = dgm_dead_letters_again(broker, &n, &err);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    printf("%llu dead letters are on the stream again\n", (unsigned long long)n);
    return status == DGM_OK ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static int run(const dgm_arguments *arguments)
{
    uint64_t every = 0;
    dgm_err err = { 0 };
    if (!dgm_option_number(arguments, "every", 0, 3600, &every, &err))
        return dgm_cli_usage(arguments, &err);
    int code = DGM_EXIT_REFUSED;
    dgm_broker *broker = dgm_cli_broker(arguments, &code);
    if (!broker)
        return code;
    code = dgm_option_given(arguments, "again")  ? put_back(broker)
           : dgm_option_given(arguments, "dead") ? list_dead(arguments, broker)
                                                 : show(arguments, broker, every);
    dgm_broker_free(broker);
    return code;
}

#endif

static const dgm_option options[] = {
    DGM_OPTIONS_BROKER,
    { 'f', "format", "table|json", "format of the answer", "table" },
    { 0, "every", "SECONDS", "show it again so often, on a terminal in place; 0: once", "0" },
    { 0, "dead", NULL, "list the stories that failed three times, and why", NULL },
    { 0, "again", NULL, "put all dead letters back onto the stream", NULL },
};

const dgm_command dgm_command_queue = {
    .name = "queue",
    .operands = "",
    .summary = "Show a stream: what waits, its workers, rate, time left",
    .more = "What waits are the stories that no worker has stored yet. The rate is that of all\n"
            "workers over the last minute.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = DGM_RUN_WITH_STREAMS(run),
};
