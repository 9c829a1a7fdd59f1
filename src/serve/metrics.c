/* Counts, in the text format of Prometheus. */
#include "serve/server.h"

static void put(dgm_buffer *out, const char *name, const char *kind, const char *help, double value)
{
    dgm_buffer_printf(out, "# HELP dragoman_%s %s\n# TYPE dragoman_%s %s\ndragoman_%s ", name, help,
                      name, kind, name);
    dgm_buffer_number(out, value);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

void dgm_put_metrics(const dgm_server *s, dgm_buffer *out)
{
    put(out, "requests_total", "counter", "Requests.", (double)atomic_load(&s->counts.requests));
    put(out, "refused_total", "counter", "Requests that were refused before the store was asked.",
        (double)atomic_load(&s->counts.refused));
    put(out, "failed_total", "counter", "Questions that the store did not answer.",
        (double)atomic_load(&s->counts.failed));
    put(out, "kept_total", "counter", "Requests answered from memory.",
        (double)atomic_load(&s->counts.kept));
    put(out, "unanswered_total", "counter", "Requests turned away because too many waited.",
        (double)atomic_load(&s->counts.unanswered));
    put(out, "streams_total", "counter", "Streams that were opened.",
        (double)atomic_load(&s->counts.streamed));
    put(out, "streams", "gauge", "Streams that are open.", (double)s->streams.n);
    put(out, "questions_total", "counter", "Questions to workers.",
        (double)atomic_load(&s->counts.questions));
    put(out, "question_seconds_total", "counter", "Time that workers took.",
        (double)atomic_load(&s->counts.microseconds) / 1e6);
    put(out, "in_flight", "gauge", "Requests that are not answered yet.",
        (double)atomic_load(&s->in_flight));
    put(out, "store_state", "counter", "Changes of the store that were seen.",
        (double)atomic_load(&s->state));
}
