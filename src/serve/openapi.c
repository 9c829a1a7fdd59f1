/* The OpenAPI 3.1 document, written from the table of routes, so that it says what is. */
#include "serve/json.h"
#include "serve/routes.h"

#include <string.h>

static void put_text(dgm_buffer *out, const char *name, const char *text)
{
    dgm_json_string_of(out, name, dgm_view_of(text));
}

static void put_parameter(dgm_buffer *out, const char *name, const char *in, const char *help)
{
    dgm_json_open(out, NULL, '{');
    put_text(out, "name", name);
    put_text(out, "in", in);
    put_text(out, "description", help ? help : "What is asked about.");
    if (strcmp(in, "path") == 0)
        dgm_json_bool(out, "required", true);
    bool number = strcmp(name, "limit") == 0 || strcmp(name, "days") == 0;
    dgm_json_open(out, "schema", '{');
    put_text(out, "type", number ? "integer" : "string");
    dgm_buffer_put(out, DGM_VIEW("}}"));
}

static void put_parameters(dgm_buffer *out, const dgm_route *route)
{
    const char *brace = strchr(route->path, '{');
    dgm_json_open(out, "parameters", '[');
    if (brace) {
        char name[40];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(brace + 1, "}"), brace + 1);
        put_parameter(out, name, "path", NULL);
    }
    for (uint32_t i = 0; dgm_route_parameter(route, i); i++) {
        const char *name = dgm_route_parameter(route, i);
        put_parameter(out, name, "query", dgm_parameter_help(name));
    }
    dgm_json_close(out, ']');
}

/* {"type":"object","required":[...]}: the members that an answer has. */
static void put_schema(dgm_buffer *out, const char *members)
{
    dgm_view rest = dgm_view_of(members), part;
    dgm_json_open(out, "schema", '{');
    put_text(out, "type", "object");
    dgm_json_open(out, "required", '[');
    while (rest.n > 0 && dgm_view_split(&rest, ' ', &part))
        dgm_json_string_of(out, NULL, part);
    dgm_json_close(out, ']');
    dgm_json_close(out, '}');
}

static void put_content(dgm_buffer *out, const dgm_route *route, const char *type)
{
    dgm_json_open(out, "content", '{');
    dgm_json_open(out, type, '{');
    if (route && route->answer && strcmp(type, "application/json") == 0)
        put_schema(out, route->answer);
    dgm_buffer_put(out, DGM_VIEW("}}"));
}

static void put_responses(dgm_buffer *out, const dgm_route *route, const char *type, bool posted)
{
    static const char *const refusals[][2] = { { "400", "A parameter is wrong; the message names"
                                                        " it and what may be meant." },
                                               { "404", "It is not there." },
                                               { "413", "The body is too large." },
                                               { "429", "Too many from one address." },
                                               { "503", "Too much is asked at once." } };
    dgm_json_open(out, "responses", '{');
    dgm_json_open(out, "200", '{');
    put_text(out, "description", route->summary);
    put_content(out, posted ? NULL : route, type);
    dgm_json_close(out, '}');
    for (size_t i = 0; i < DGM_LEN(refusals); i++) {
        if (!posted && (i == 2 || i == 3))
            continue;
        dgm_json_open(out, refusals[i][0], '{');
        put_text(out, "description", refusals[i][1]);
        dgm_buffer_put(out, DGM_VIEW(",\"content\":{\"application/json\":{\"schema\":{\"$ref\":"
                                     "\"#/components/schemas/Error\"}}}}"));
    }
    dgm_json_close(out, '}');
}

static void put_operation(dgm_buffer *out, const dgm_route *route, const char *method,
                          const char *suffix, const char *type)
{
    bool posted = strcmp(method, "post") == 0;
    char id[80];
    size_t n = (size_t)snprintf(id, sizeof id, "%s", method);
    for (const char *p = route->path; *p && n + 2 < sizeof id; p++)
        if (dgm_is_alpha((unsigned char)*p) || *p == '_' || *p == '/')
            id[n++] = *p == '/' ? '_' : *p;
    snprintf(id + n, sizeof id - n, "%s", suffix[0] == '.' ? suffix + 1 : suffix);
    for (char *p = id; *p; p++)
        *p = *p == '.' ? '_' : *p;
    dgm_json_open(out, method, '{');
    put_text(out, "operationId", id);
    put_text(out, "summary", route->summary);
    if (!posted)
        put_parameters(out, route);
    else
        dgm_buffer_put(out, DGM_VIEW(",\"requestBody\":{\"required\":true,\"content\":{"
                                     "\"application/json\":{\"schema\":{\"type\":\"object\"}}}}"));
    put_responses(out, route, type, posted);
    dgm_json_close(out, '}');
}

static const char *type_of(const dgm_route *route)
{
    return strcmp(route->path, "/metrics") == 0      ? "text/plain"
           : strcmp(route->path, "/api/stream") == 0 ? "text/event-stream"
                                                     : "application/json";
}

static void put_route(dgm_buffer *out, const dgm_route *route)
{
    static const struct {
        dgm_suffix suffix;
        const char *end, *type;
    } files[] = { { DGM_SUFFIX_CSV, ".csv", "text/csv" },
                  { DGM_SUFFIX_JSONL, ".jsonl", "application/x-ndjson" },
                  { DGM_SUFFIX_META, ".meta.json", "application/json" },
                  { DGM_SUFFIX_ATOM, ".atom", "application/atom+xml" } };
    char path[80];
    dgm_json_open(out, route->path, '{');
    if (!route->only_posted)
        put_operation(out, route, "get", "", type_of(route));
    if (route->post)
        put_operation(out, route, "post", "", "application/json");
    dgm_json_close(out, '}');
    for (size_t i = 0; i < DGM_LEN(files); i++) {
        dgm_route of_file = *route;
        if (!(route->suffixes >> files[i].suffix & 1))
            continue;
        of_file.answer = NULL;
        of_file.paged = false;
        snprintf(path, sizeof path, "%s%s", route->path, files[i].end);
        dgm_json_open(out, path, '{');
        put_operation(out, &of_file, "get", files[i].end, files[i].type);
        dgm_json_close(out, '}');
    }
}

void dgm_serve_openapi(dgm_buffer *out)
{
    dgm_json_open(out, NULL, '{');
    put_text(out, "openapi", "3.1.0");
    dgm_json_open(out, "info", '{');
    put_text(out, "title", "dragoman");
    put_text(out, "version", "1");
    put_text(out, "description",
             "Coded events of a store, as `dragoman serve` answers. The filters are those of"
             " `dragoman query`; lists go on with `after`. Errors are sentences.");
    dgm_json_open(out, "license", '{');
    put_text(out, "name", "Apache-2.0");
    put_text(out, "identifier", "Apache-2.0");
    dgm_buffer_put(out, DGM_VIEW("}}"));
    dgm_buffer_put(out, DGM_VIEW(",\"servers\":[{\"url\":\"/\"}]"));
    dgm_buffer_put(out, DGM_VIEW(",\"security\":[{},{\"token\":[]}]"));
    dgm_json_open(out, "paths", '{');
    for (size_t i = 0; i < dgm_n_routes; i++)
        put_route(out, &dgm_routes[i]);
    dgm_json_close(out, '}');
    dgm_buffer_put(
        out, DGM_VIEW(",\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\","
                      "\"scheme\":\"bearer\",\"description\":\"Needed where the server listens"
                      " beyond this machine.\"}},\"schemas\":{\"Error\":{\"type\":\"object\","
                      "\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
                      "\"required\":[\"status\",\"message\"],\"properties\":{\"status\":{\"type\":"
                      "\"integer\"},\"message\":{\"type\":\"string\"},\"parameter\":{\"type\":"
                      "\"string\"}}}}}}}}\n"));
}

bool dgm_answer_openapi(dgm_question *q)
{
    dgm_serve_openapi(&q->out);
    return true;
}
