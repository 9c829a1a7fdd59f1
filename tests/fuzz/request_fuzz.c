/* The first line of HTTP: a method, a blank, a target; then, after a line end, a Host, which is the
 * body of a POST besides. What is asked of a route is answered from a small store, as a worker of
 * the server does it. */
#include "fuzz.h"

#include "serve/request.h"
#include "serve/routes.h"

#include <stdlib.h>
#include <string.h>

static void check(const dgm_request *r)
{
    dgm_fuzz_claim(dgm_utf8_invalid(r->path) == SIZE_MAX && r->path.n > 0, "a path is text");
    dgm_fuzz_claim(r->n_parameters <= DGM_MOST_PARAMETERS, "parameters have a limit");
    for (uint32_t i = 0; i < r->n_parameters; i++) {
        const dgm_parameter *p = &r->parameters[i];
        dgm_fuzz_claim(strlen(p->value.p) == p->value.n, "a value ends where it says");
        dgm_fuzz_claim(dgm_utf8_invalid(p->value) == SIZE_MAX, "a value is text");
        dgm_fuzz_claim(dgm_request_value(r, p->name.p) == p->value.p, "each stands there once");
    }
    if (r->route)
        dgm_fuzz_claim(strlen(r->key.p) >= r->key.n, "a key ends");
}

static dgm_vocabulary words;
static dgm_store *store;
static dgm_story *story;

static void prepare(void)
{
    dgm_err err = { 0 };
    if (store)
        return;
    dgm_fuzz_need(dgm_vocabulary_load(dgm_fuzz_path(""), &words, &err) == DGM_OK, "a vocabulary",
                  &err);
    dgm_fuzz_need(dgm_store_open_to_read(dgm_fuzz_store(), &store, &err) == DGM_OK, "a store",
                  &err);
    dgm_store_set_types(store, &words.types);
    dgm_fuzz_need((story = dgm_story_new(dgm_fuzz_coder())) != NULL, "memory", NULL);
}

static void check_refusal(const dgm_refusal *refusal)
{
    dgm_buffer out = { 0 };
    dgm_fuzz_claim(refusal->status >= 400 && refusal->status < 500, "a refusal has a status");
    dgm_refusal_json(refusal, &out);
    dgm_fuzz_check_json((dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
}

static void check_answer(const dgm_question *q)
{
    dgm_view out = { q->out.p, q->out.n };
    dgm_fuzz_claim(q->type != NULL, "an answer has a type");
    if (!q->file && strcmp(q->type, "application/json") == 0)
        dgm_fuzz_check_json(out);
    else if (!q->file)
        dgm_fuzz_claim(dgm_utf8_invalid(out) == SIZE_MAX, "an answer is text");
}

static void answer(const dgm_request *request, dgm_view body)
{
    const dgm_route *route = request->route;
    dgm_answer_fn fn = request->method == DGM_HTTP_POST ? route->post : route->get;
    if (!fn)
        return; /* the server's own */
    prepare();
    const dgm_serve_options options = { .db = dgm_fuzz_store(),
                                        .bind = "127.0.0.1",
                                        .tables = dgm_fuzz_path(""),
                                        .coder = dgm_fuzz_coder() };
    dgm_question q = { .request = request,
                       .options = &options,
                       .words = &words,
                       .store = store,
                       .story = story,
                       .body = body,
                       .arena = dgm_arena_new(),
                       .type = "application/json" };
    if ((!route->filtered || dgm_question_filter(&q)) && fn(&q)) {
        check_answer(&q);
    } else if (q.refusal.status != 0) {
        check_refusal(&q.refusal);
    } else {
        fprintf(stderr, "%s\n", q.err.msg);
        dgm_fuzz_claim(q.err.status == DGM_EUSAGE, "what fails is the client's fault");
    }
    if (q.file)
        fclose(q.file);
    dgm_buffer_done(&q.out);
    dgm_arena_free(q.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static dgm_request request;
    dgm_view rest = { (const char *)bytes, n }, line = { "", 0 }, method = { "", 0 };
    dgm_refusal refusal;
    char name[16];
    dgm_view_split(&rest, '\n', &line);
    dgm_view_split(&line, ' ', &method);
    (void)snprintf(name, sizeof name, "%.*s", (int)DGM_MIN(method.n, sizeof name - 1), method.p);
    if (dgm_request_parse(name, line, &request, &refusal)) {
        check(&request);
        if (request.route)
            answer(&request, rest);
    } else {
        check_refusal(&refusal);
    }
    (void)dgm_host_is_ours(rest, "a.example,b", n % 2 == 0);
    return 0;
}
