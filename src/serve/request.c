#include "serve/request.h"

#include "output/text.h"
#include "serve/routes.h"

#include <string.h>

/* ---- percent signs -------------------------------------------------------------------------- */

static int digit_of(char c)
{
    return dgm_is_digit((unsigned char)c) ? c - '0'
           : c >= 'a' && c <= 'f'         ? c - 'a' + 10
           : c >= 'A' && c <= 'F'         ? c - 'A' + 10
                                          : -1;
}

/* Decodes into the room at *used and ends it with NUL. False: it is no text. */
static bool decode(dgm_view in, bool plus, dgm_request *r, size_t *used, dgm_view *out)
{
    size_t begin = *used;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '+' && plus) {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < in.n ? digit_of(in.p[i + 1]) : -1;
            int low = i + 2 < in.n ? digit_of(in.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c == 0 || *used + 2 >= sizeof r->room)
            return false;
        r->room[(*used)++] = c;
    }
    *out = (dgm_view) { r->room + begin, *used - begin };
    r->room[(*used)++] = 0;
    return dgm_utf8_invalid(*out) == SIZE_MAX;
}

/* ---- the line ------------------------------------------------------------------------------- */

static dgm_http_method method_of(const char *name)
{
    return strcmp(name, "GET") == 0    ? DGM_HTTP_GET
           : strcmp(name, "HEAD") == 0 ? DGM_HTTP_HEAD
           : strcmp(name, "POST") == 0 ? DGM_HTTP_POST
                                       : DGM_HTTP_OTHER;
}

/* "http://host/path", as a proxy is asked, is "/path". */
static dgm_view without_host(dgm_view target)
{
    if (target.n > 0 && target.p[0] == '/')
        return target;
    size_t at = dgm_view_find(target, DGM_VIEW("://"));
    if (at == SIZE_MAX)
        return (dgm_view) { target.p, 0 };
    dgm_view rest = dgm_view_slice(target, at + 3, target.n);
    size_t slash = dgm_view_find(rest, DGM_VIEW("/"));
    return dgm_view_slice(rest, slash == SIZE_MAX ? rest.n : slash, rest.n);
}

static void refuse_parameter(const dgm_request *r, dgm_view name, dgm_refusal *refusal)
{
    char known[64];
    char hint[DGM_HINT];
    dgm_nearest nearest = dgm_nearest_to(name);
    for (uint32_t i = 0; dgm_route_parameter(r->route, i); i++)
        dgm_nearest_try(&nearest, dgm_view_of(dgm_route_parameter(r->route, i)));
    snprintf(known, sizeof known, "%.*s", (int)DGM_MIN(name.n, (size_t)39), name.p);
    dgm_turn_down(refusal, 400, known, "This address has no parameter '%s'%s", known,
                  dgm_nearest_hint(&nearest, "", ".", hint));
}

static bool is_known(const dgm_request *r, dgm_view name)
{
    for (uint32_t i = 0; dgm_route_parameter(r->route, i); i++)
        if (dgm_view_eq(name, dgm_view_of(dgm_route_parameter(r->route, i))))
            return true;
    return false;
}

static bool take_parameter(dgm_request *r, dgm_view part, size_t *used, dgm_refusal *refusal)
{
    dgm_parameter *p = &r->parameters[r->n_parameters];
    size_t equals = dgm_view_find(part, DGM_VIEW("="));
    size_t end = equals == SIZE_MAX ? part.n : equals;
    dgm_view value = dgm_view_slice(part, equals == SIZE_MAX ? part.n : equals + 1, part.n);
    if (part.n == 0)
        return true;
    if (r->n_parameters == DGM_MOST_PARAMETERS) {
        dgm_turn_down(refusal, 400, NULL, "There are more than %d parameters.",
                      DGM_MOST_PARAMETERS);
        return false;
    }
    if (!decode(dgm_view_slice(part, 0, end), true, r, used, &p->name) ||
        !decode(value, true, r, used, &p->value)) {
        dgm_turn_down(refusal, 400, NULL, "The query of this address is not text in UTF-8.");
        return false;
    }
    if (p->value.n == 0)
        return true; /* left open */
    if (!r->route) { /* the page's own */
        r->n_parameters += dgm_view_eq(p->name, DGM_VIEW("token")) ? 1 : 0;
        return true;
    }
    if (!is_known(r, p->name)) {
        refuse_parameter(r, p->name, refusal);
        return false;
    }
    if (dgm_request_value(r, p->name.p)) {
        dgm_turn_down(refusal, 400, p->name.p, "'%s' stands there twice; a list has commas.",
                      p->name.p);
        return false;
    }
    r->n_parameters++;
    return true;
}

static void refuse_path(const dgm_request *r, dgm_refusal *refusal)
{
    dgm_nearest nearest = dgm_nearest_to(r->path);
    for (size_t i = 0; i < dgm_n_routes; i++)
        dgm_nearest_try(&nearest, dgm_view_of(dgm_routes[i].path));
    dgm_turn_down(refusal, 404, NULL, "There is nothing at %.60s%s%s%s", r->path.p,
                  nearest.best[0] ? "; did you mean " : ".", nearest.best,
                  nearest.best[0] ? "?" : "");
}

static bool check_method(const dgm_request *r, dgm_refusal *refusal)
{
    bool reads = r->method == DGM_HTTP_GET || r->method == DGM_HTTP_HEAD;
    if (reads ? !r->route || !r->route->only_posted
              : r->method == DGM_HTTP_POST && r->route && r->route->post)
        return true;
    dgm_turn_down(refusal, 405, NULL, "%.60s takes %s.", r->path.p,
                  !r->route || !r->route->post ? "GET and HEAD only"
                  : r->route->only_posted      ? "POST only"
                                               : "GET, HEAD and POST");
    return false;
}

bool dgm_request_parse(const char *method, dgm_view target, dgm_request *out, dgm_refusal *refusal)
{
    size_t used = 0;
    *refusal = (dgm_refusal) { 0 };
    out->method = method_of(method);
    out->route = NULL;
    out->key = (dgm_view) { "", 0 };
    out->suffix = DGM_SUFFIX_NONE;
    out->n_parameters = 0;
    if (target.n > DGM_LONGEST_TARGET) {
        dgm_turn_down(refusal, 414, NULL, "The address is longer than %d bytes.",
                      DGM_LONGEST_TARGET);
        return false;
    }
    target = without_host(target);
    size_t mark = dgm_view_find(target, DGM_VIEW("?"));
    dgm_view path = dgm_view_slice(target, 0, DGM_MIN(mark, target.n));
    dgm_view rest = dgm_view_slice(target, mark == SIZE_MAX ? target.n : mark + 1, target.n), part;
    if (path.n == 0 || !decode(path, false, out, &used, &out->path)) {
        dgm_turn_down(refusal, 400, NULL, "The path of this address is not text in UTF-8.");
        return false;
    }
    if (!dgm_route_find(out)) {
        refuse_path(out, refusal);
        return false;
    }
    if (!check_method(out, refusal))
        return false;
    while (rest.n > 0 && dgm_view_split(&rest, '&', &part))
        if (!take_parameter(out, part, &used, refusal))
            return false;
    return true;
}

/* ---- Host ----------------------------------------------------------------------------------- */

static bool is_address(dgm_view host)
{
    bool digits = host.n > 0;
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
        return true;
    for (size_t i = 0; i < host.n; i++)
        digits = digits && (dgm_is_digit((unsigned char)host.p[i]) || host.p[i] == '.');
    return digits;
}

static dgm_view without_port(dgm_view host)
{
    for (size_t i = host.n; i > 0; i--) {
        char c = host.p[i - 1];
        if (c == ':')
            return dgm_view_slice(host, 0, i - 1);
        if (!dgm_is_digit((unsigned char)c))
            break;
    }
    return host;
}

bool dgm_host_is_ours(dgm_view host, const char *hosts, bool loopback)
{
    dgm_view rest = dgm_view_of(hosts), part;
    host = without_port(host);
    if (dgm_view_eq_nocase(host, DGM_VIEW("localhost")) ||
        dgm_view_eq(host, DGM_VIEW("127.0.0.1")) || dgm_view_eq(host, DGM_VIEW("[::1]")))
        return true;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &part))
        if (dgm_view_trim(part).n > 0 && dgm_view_eq_nocase(host, dgm_view_trim(part)))
            return true;
    return !loopback && is_address(host);
}
