/* The parts of the server that need none running: requests, names, rates, changes of level. */
#include "serve/json.h"
#include "serve/pelt.h"
#include "serve/rates.h"
#include "serve/routes.h"
#include "serve/vocabulary.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static dgm_request request;
static dgm_refusal refusal;

static bool parse(const char *method, const char *target)
{
    return dgm_request_parse(method, dgm_view_of(target), &request, &refusal);
}

/* ---- requests ------------------------------------------------------------------------------- */

static void a_target_is_path_key_and_parameters(void **state)
{
    (void)state;
    assert_true(parse("GET", "/api/events?type=ASSAULT%2CAID&text=%22a+b%22&since="));
    assert_string_equal(request.route->path, "/api/events");
    assert_string_equal(dgm_request_value(&request, "type"), "ASSAULT,AID");
    assert_string_equal(dgm_request_value(&request, "text"), "\"a b\"");
    assert_null(dgm_request_value(&request, "since"));
    assert_true(parse("GET", "/api/stories/17"));
    assert_true(dgm_view_eq(request.key, DGM_VIEW("17")));
    assert_true(parse("GET", "/api/actors/Vladimir%20Putin"));
    assert_true(dgm_view_eq(request.key, DGM_VIEW("Vladimir Putin")));
    assert_true(parse("HEAD", "http://localhost:8080/api/about"));
    assert_string_equal(request.route->path, "/api/about");
    assert_true(parse("GET", "/"));
    assert_null(request.route);
    assert_true(parse("GET", "/network?dyad=TUR,ARM"));
    assert_null(request.route);
}

static void suffixes_are_of_routes_that_have_them(void **state)
{
    (void)state;
    assert_true(parse("GET", "/api/events.csv?country=TUR"));
    assert_int_equal(request.suffix, DGM_SUFFIX_CSV);
    assert_true(parse("GET", "/api/events.meta.json"));
    assert_int_equal(request.suffix, DGM_SUFFIX_META);
    assert_true(parse("GET", "/api/marks.jsonl"));
    assert_int_equal(request.suffix, DGM_SUFFIX_JSONL);
    assert_false(parse("GET", "/api/dyads.csv"));
    assert_int_equal(refusal.status, 404);
    assert_false(parse("GET", "/api/marks.csv"));
}

static void assert_refused(const char *method, const char *target, unsigned status,
                           const char *part)
{
    if (parse(method, target))
        fail_msg("%s %s passes", method, target);
    assert_int_equal(refusal.status, status);
    if (!strstr(refusal.message, part))
        fail_msg("%s %s: \"%s\" lacks \"%s\"", method, target, refusal.message, part);
}

static void what_is_wrong_is_named(void **state)
{
    char longest[DGM_LONGEST_TARGET + 8];
    char many[400] = "/api/events?";
    (void)state;
    assert_refused("GET", "/api/evnts", 404, "did you mean /api/events?");
    assert_refused("GET", "/api/events?typ=AID", 400, "did you mean 'type'?");
    assert_refused("GET", "/api/events?type=AID&type=AID", 400, "stands there twice");
    assert_refused("GET", "/api/events?text=%", 400, "not text in UTF-8");
    assert_refused("GET", "/api/events?text=%4", 400, "not text in UTF-8");
    assert_refused("GET", "/api/events?text=%zz", 400, "not text in UTF-8");
    assert_refused("GET", "/api/events?text=%00", 400, "not text in UTF-8");
    assert_refused("GET", "/api/events?text=%ff", 400, "not text in UTF-8");
    assert_refused("GET", "/%ff", 400, "not text in UTF-8");
    assert_refused("GET", "", 400, "not text in UTF-8");
    assert_refused("GET", "/api/stories/", 404, "nothing at");
    assert_refused("GET", "/api/stories/1/2", 404, "nothing at");
    assert_refused("PUT", "/api/events", 405, "GET and HEAD only");
    assert_refused("POST", "/", 405, "GET and HEAD only");
    assert_refused("GET", "/api/code", 405, "POST only");
    memset(longest, 'a', sizeof longest - 1);
    longest[0] = '/';
    longest[sizeof longest - 1] = 0;
    assert_refused("GET", longest, 414, "longer than");
    for (int i = 0; i < 41; i++)
        strcat(many, "text=a&");
    assert_refused("GET", many, 400, "twice");
}

static void a_refusal_is_json_whatever_it_quotes(void **state)
{
    dgm_buffer out = { 0 };
    (void)state;
    dgm_turn_down(&refusal, 400, "a\"b", "not \"this\"\n\xff\x01 but that");
    dgm_refusal_json(&refusal, &out);
    dgm_buffer_put(&out, (dgm_view) { "", 1 });
    assert_string_equal(out.p, "{\"error\":{\"status\":400,\"message\":\"not \\\"this\\\"?\?? but"
                               " that\",\"parameter\":\"a\\\"b\"}}\n");
    dgm_buffer_done(&out);
}

static void every_route_can_be_asked_as_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < dgm_n_routes; i++) {
        char target[200];
        const dgm_route *route = &dgm_routes[i];
        snprintf(target, sizeof target, "%.*s%s", (int)strcspn(route->path, "{"), route->path,
                 strchr(route->path, '{') ? "1" : "");
        assert_true(parse(route->only_posted ? "POST" : "GET", target));
        assert_ptr_equal(request.route, route);
        for (uint32_t k = 0; dgm_route_parameter(route, k); k++)
            assert_non_null(dgm_parameter_help(dgm_route_parameter(route, k)));
        assert_true(route->lane == DGM_LANE_NONE || route->get || route->post);
    }
}

/* ---- names and rates ------------------------------------------------------------------------ */

static void only_our_names_are_ours(void **state)
{
    static const char *const ours[] = { "localhost", "LocalHost:80", "127.0.0.1:8080", "[::1]:1" };
    static const char *const others[] = { "",         "evil.example", "localhost.evil",
                                          "10.1.2.3", "[fe80::1]",    "127.0.0.1.evil",
                                          "evil:80" };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(ours); i++)
        assert_true(dgm_host_is_ours(dgm_view_of(ours[i]), NULL, true));
    for (size_t i = 0; i < DGM_LEN(others); i++)
        assert_false(dgm_host_is_ours(dgm_view_of(others[i]), "page.example", true));
    assert_true(dgm_host_is_ours(DGM_VIEW("page.example:8080"), "a, page.example", true));
    assert_true(dgm_host_is_ours(DGM_VIEW("10.1.2.3:80"), NULL, false));
    assert_true(dgm_host_is_ours(DGM_VIEW("[fe80::1]:80"), NULL, false));
    assert_false(dgm_host_is_ours(DGM_VIEW("evil.example"), NULL, false));
}

static void an_address_may_so_often(void **state)
{
    dgm_rates *rates = calloc(1, sizeof *rates);
    uint8_t one[DGM_ADDRESS_BYTES] = { 1 }, other[DGM_ADDRESS_BYTES] = { 2 };
    (void)state;
    rates->burst = 3;
    rates->per_second = 0.5;
    for (int i = 0; i < 3; i++)
        assert_true(dgm_rates_take(rates, one, 100));
    assert_false(dgm_rates_take(rates, one, 101));
    assert_true(dgm_rates_take(rates, other, 101));
    assert_true(dgm_rates_take(rates, one, 102));
    assert_false(dgm_rates_take(rates, one, 102));
    for (uint32_t i = 0; i < 3 * DGM_ADDRESSES; i++) {
        uint8_t many[DGM_ADDRESS_BYTES] = { 3, (uint8_t)(i >> 8), (uint8_t)i };
        assert_true(dgm_rates_take(rates, many, 103 + i));
    }
    assert_int_equal(rates->n, DGM_ADDRESSES);
    free(rates);
}

/* ---- changes of level ----------------------------------------------------------------------- */

static double squares(const double *values, const double *weights, uint32_t from, uint32_t to)
{
    double weight = 0, sum = 0, square = 0;
    for (uint32_t i = from; i < to; i++) {
        weight += weights[i];
        sum += weights[i] * values[i];
        square += weights[i] * values[i] * values[i];
    }
    return square - sum * sum / weight;
}

/* The least cost of all cuts, by trying each last change. */
static double least_cost(const double *values, const double *weights, uint32_t n, double penalty)
{
    double least[200];
    least[0] = -penalty;
    for (uint32_t to = 1; to <= n; to++) {
        least[to] = INFINITY;
        for (uint32_t from = 0; from + DGM_PELT_SHORTEST <= to; from++)
            least[to] = fmin(least[to], least[from] + squares(values, weights, from, to) + penalty);
    }
    return least[n];
}

static double cost_of(const double *values, const double *weights, uint32_t n, double penalty,
                      const uint32_t *changes, uint32_t n_changes)
{
    double total = -penalty;
    for (uint32_t i = 0; i <= n_changes; i++) {
        uint32_t from = i ? changes[i - 1] : 0, to = i < n_changes ? changes[i] : n;
        assert_true(to - from >= DGM_PELT_SHORTEST);
        total += squares(values, weights, from, to) + penalty;
    }
    return total;
}

static void pelt_finds_the_least_of_all_cuts(void **state)
{
    dgm_arena *arena = dgm_arena_new();
    double values[160], weights[160];
    uint32_t changes[160], seed = 7;
    (void)state;
    for (uint32_t round = 0; round < 300; round++) {
        uint32_t n = round % 150 + 1;
        double level = 0;
        for (uint32_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 28 == 0)
                level = (double)(seed >> 20 & 15) - 8;
            values[i] = level + (double)(seed >> 16 & 255) / 128 - 1;
            weights[i] = 1 + (seed >> 10 & 7);
        }
        double penalty = round % 3 ? dgm_pelt_penalty(values, weights, n) : 0.5;
        uint32_t n_changes = dgm_pelt(values, weights, n, penalty, arena, changes);
        assert_true(n_changes < 160);
        if (n >= 2 * DGM_PELT_SHORTEST) {
            double found = cost_of(values, weights, n, penalty, changes, n_changes);
            double least = least_cost(values, weights, n, penalty);
            assert_true(fabs(found - least) < 1e-6 * (1 + fabs(least)));
        } else {
            assert_int_equal(n_changes, 0);
        }
        dgm_arena_reset(arena);
    }
    dgm_arena_free(arena);
}

static void a_step_is_found_and_noise_is_none(void **state)
{
    dgm_arena *arena = dgm_arena_new();
    double values[100], weights[100];
    uint32_t changes[100], seed = 11;
    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        seed = seed * 1664525 + 1013904223;
        weights[i] = 5;
        values[i] = (double)(seed >> 24) / 128 - 1 + (i >= 60 ? -5 : 0);
    }
    uint32_t n =
        dgm_pelt(values, weights, 100, dgm_pelt_penalty(values, weights, 100), arena, changes);
    assert_int_equal(n, 1);
    assert_int_equal(changes[0], 60);
    n = dgm_pelt(values, weights, 60, dgm_pelt_penalty(values, weights, 60), arena, changes);
    assert_int_equal(n, 0);
    for (uint32_t i = 0; i < 100; i++)
        values[i] = 3;
    n = dgm_pelt(values, weights, 100, dgm_pelt_penalty(values, weights, 100), arena, changes);
    assert_int_equal(n, 0);
    dgm_arena_free(arena);
}

/* ---- codes ---------------------------------------------------------------------------------- */

/* Else every code would pass, and no type have a score, as long as the server lives. */
static void a_table_that_cannot_be_read_is_no_empty_one(void **state)
{
    char folder[] = "/tmp/dragoman-serve-XXXXXX", actors[60], codes[80];
    dgm_vocabulary words;
    dgm_err err = { 0 };
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dgm_vocabulary_load(folder, &words, &err), DGM_OK);
    dgm_vocabulary_done(&words);
    snprintf(actors, sizeof actors, "%s/actors", folder);
    snprintf(codes, sizeof codes, "%s/codes.tsv", actors);
    assert_true(mkdir(actors, 0700) == 0 && mkdir(codes, 0700) == 0);
    assert_int_equal(dgm_vocabulary_load(folder, &words, &err), DGM_EIO);
    assert_non_null(strstr(err.msg, "folder"));
    assert_true(rmdir(codes) == 0 && rmdir(actors) == 0 && rmdir(folder) == 0);
}

static void codes_are_those_of_the_tables(void **state)
{
    dgm_vocabulary words;
    (void)state;
    dgm_err err = { 0 };
    assert_int_equal(dgm_vocabulary_load(getenv("DRAGOMAN_TABLES"), &words, &err), DGM_OK);
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("NZL")));
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("NZLGOV")));
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("---REB")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("QQQ")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("NZLQQQ")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("New Zealand")));
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("REB")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("---")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_WHO, DGM_VIEW("REBGOV")));
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_PLACE, DGM_VIEW("NZL")));
    assert_false(dgm_vocabulary_has(&words, DGM_WORD_PLACE, DGM_VIEW("NZLGOV")));
    assert_true(dgm_vocabulary_has(&words, DGM_WORD_MODE, DGM_VIEW("visit")));
    assert_int_equal(words.types.at[DGM_ASSAULT].quad, 4);
    assert_int_equal(words.types.at[DGM_AID].quad, 2);
    dgm_vocabulary_done(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_path_key_and_parameters),
        cmocka_unit_test(suffixes_are_of_routes_that_have_them),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_refusal_is_json_whatever_it_quotes),
        cmocka_unit_test(every_route_can_be_asked_as_it_says),
        cmocka_unit_test(only_our_names_are_ours),
        cmocka_unit_test(an_address_may_so_often),
        cmocka_unit_test(pelt_finds_the_least_of_all_cuts),
        cmocka_unit_test(a_step_is_found_and_noise_is_none),
        cmocka_unit_test(codes_are_those_of_the_tables),
        cmocka_unit_test(a_table_that_cannot_be_read_is_no_empty_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
