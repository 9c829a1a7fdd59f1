/* The first line of HTTP: a method, a blank, a target; then, after a line end, a Host. */
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static dgm_request request;
    dgm_view rest = { (const char *)bytes, n }, line = { "", 0 }, method = { "", 0 };
    dgm_refusal refusal;
    dgm_buffer out = { 0 };
    char name[16];
    dgm_view_split(&rest, '\n', &line);
    dgm_view_split(&line, ' ', &method);
    snprintf(name, sizeof name, "%.*s", (int)DGM_MIN(method.n, sizeof name - 1), method.p);
    if (dgm_request_parse(name, line, &request, &refusal)) {
        check(&request);
    } else {
        dgm_fuzz_claim(refusal.status >= 400 && refusal.status < 500, "a refusal has a status");
        dgm_refusal_json(&refusal, &out);
        dgm_fuzz_claim(dgm_utf8_invalid((dgm_view) { out.p, out.n }) == SIZE_MAX,
                       "a refusal is text");
        dgm_buffer_done(&out);
    }
    (void)dgm_host_is_ours(rest, "a.example,b", n % 2 == 0);
    return 0;
}
