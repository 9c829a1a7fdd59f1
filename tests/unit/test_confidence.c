#include "fixture.h"

#include "confidence/confidence.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static dgm_verdict verdict(uint32_t story, bool right, const char *name)
{
    dgm_verdict v = { .right = right, .story = story, .given = (double)NAN };
    snprintf(v.signs.at[0], DGM_SIGN_LENGTH, "base");
    snprintf(v.signs.at[1], DGM_SIGN_LENGTH, "%s", name);
    v.signs.n = 2;
    return v;
}

/* Ten stories in which "good" is right nine times in ten, "bad" once. */
static dgm_verdicts ten_stories(void)
{
    dgm_verdicts all = { 0 };
    for (uint32_t i = 0; i < 200; i++) {
        dgm_verdict *v = must(dgm_push(arena, &all));
        bool good = i % 2 == 0, odd_one = i % 20 < 2;
        *v = verdict(i / 20, good != odd_one, good ? "good" : "bad");
    }
    return all;
}

static double weight_in(const char *table, const char *name)
{
    char line[80];
    snprintf(line, sizeof line, "\n%s\t", name);
    const char *found = strstr(table, line);
    assert_non_null(found);
    return strtod(found + strlen(line), NULL);
}

static void weights_follow_what_was_right(void **state)
{
    (void)state;
    dgm_verdicts all = ten_stories();
    dgm_reliability report = { 0 };
    dgm_err err = { 0 };
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_int_equal(dgm_confidence_train(&all, out, &report, &err), DGM_OK);
    fclose(out);
    assert_true(weight_in(text, "good") > 0.5);
    assert_true(weight_in(text, "bad") < -0.5);
    assert_int_equal(report.n, 200);
    assert_int_equal(report.n_right, 100);
    assert_true(report.brier / report.n < 0.20);
    free(text);
}

static void no_verdicts_give_an_empty_table(void **state)
{
    (void)state;
    dgm_verdicts none = { 0 };
    dgm_reliability report = { 0 };
    dgm_err err = { 0 };
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_int_equal(dgm_confidence_train(&none, out, &report, &err), DGM_OK);
    fclose(out);
    assert_non_null(strstr(text, "sign\tweight\tseen\n"));
    assert_int_equal(report.n, 0);
    free(text);
}

/* "Ankara accused Baku.", ACCUSE by TUR against AZE. */
static dgm_document accusation(void)
{
    dgm_document doc;
    dgm_err err = { 0 };
    dgm_view conllu = DGM_VIEW("1\tAnkara\tAnkara\tPROPN\t_\t_\t2\tnsubj\t_\t_\n"
                               "2\taccused\taccuse\tVERB\t_\t_\t0\troot\t_\t_\n"
                               "3\tBaku\tBaku\tPROPN\t_\t_\t2\tobj\t_\t_\n"
                               "4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n");
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, conllu, NULL, "test", &err), DGM_OK);
    static const char *const countries[] = { "TUR", "AZE" };
    dgm_event *event = must(dgm_push(arena, &doc.events));
    event->type = DGM_ACCUSE;
    event->trigger = dgm_span_of(&doc, 0, 2, 2);
    event->trigger_word = 2;
    event->content_of = DGM_NONE;
    event->confidence = (double)NAN;
    for (uint32_t i = 0; i < 2; i++) {
        dgm_entity *entity = must(dgm_push(arena, &doc.entities));
        dgm_mention *mention = must(dgm_push(arena, &doc.mentions));
        dgm_participant *p = must(dgm_push(arena, i ? &event->recipients : &event->actors));
        memcpy(entity->country, countries[i], 4);
        mention->span = dgm_span_of(&doc, 0, i ? 3 : 1, i ? 3 : 1);
        mention->head = i ? 3 : 1;
        *p = (dgm_participant) { i, i, false };
    }
    return doc;
}

static bool judged_right(const char *gold)
{
    dgm_document doc = accusation();
    dgm_verdicts all = { 0 };
    dgm_err err = { 0 };
    assert_int_equal(dgm_confidence_judge(&doc, dgm_view_of(gold), "gold", 0, arena, &all, &err),
                     DGM_OK);
    assert_int_equal(all.n, 1);
    return all.at[0].right;
}

#define GOLD(type, who, whom, quote)                                                               \
    "{\"events\": [{\"quote\": \"" quote "\", \"event_type\": \"" type "\", \"actors\": [" who     \
    "], \"recipients\": [" whom "]}]}"

static void gold_decides_by_type_and_countries(void **state)
{
    (void)state;
    assert_true(judged_right(GOLD("ACCUSE", "\"TURGOV\"", "\"AZE\"", "accused Baku")));
    assert_true(judged_right(GOLD("ACCUSE", "\"TUR|GRC\"", "\"AZE?\"", "Ankara accused")));
    assert_false(judged_right(GOLD("THREATEN", "\"TURGOV\"", "\"AZE\"", "accused Baku")));
    assert_false(judged_right(GOLD("ACCUSE", "\"ARM\"", "\"AZE\"", "accused Baku")));
    assert_false(judged_right(GOLD("ACCUSE", "\"TURGOV\"", "\"AZE\"", "nowhere in the text")));
    assert_false(judged_right("{\"events\": []}"));
}

static void bad_gold_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "[]", "{", "{\"events\": 1}", "\xff\xfe" };
    for (size_t i = 0; i < DGM_LEN(bad); i++) {
        dgm_document doc = accusation();
        dgm_verdicts all = { 0 };
        dgm_err err = { 0 };
        assert_int_equal(
            dgm_confidence_judge(&doc, dgm_view_of(bad[i]), "gold", 0, arena, &all, &err),
            DGM_EFORMAT);
    }
    /* Wrong kinds inside are no match, and no harm. */
    assert_false(judged_right("{\"events\": [1, null, {\"quote\": 3, \"actors\": \"TUR\"}]}"));
}

static void weights_are_added_and_told(void **state)
{
    (void)state;
    char dir[] = "/tmp/confidenceXXXXXX", path[80];
    dgm_err err = { 0 };
    dgm_confidence *confidence = NULL;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(dgm_confidence_load(dir, NULL, &confidence, &err), DGM_OK);
    assert_null(confidence);
    snprintf(path, sizeof path, "%s/model", dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/model/confidence.tsv", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("sign\tweight\nbase\t0.5\ntype ACCUSE\t1.5\ntype ASSAULT\t-9\n", f);
    fclose(f);
    assert_int_equal(dgm_confidence_load(dir, NULL, &confidence, &err), DGM_OK);
    assert_non_null(confidence);
    dgm_document doc = accusation();
    doc.explain = true;
    dgm_confidence_set(confidence, &doc);
    assert_true(fabs(doc.events.at[0].confidence - 0.88) < 1e-9);
    assert_int_equal(doc.notes.n, 1);
    assert_true(dgm_view_find(doc.notes.at[0].text, DGM_VIEW("type ACCUSE +1.50")) != SIZE_MAX);
    dgm_confidence_free(confidence);
    unlink(path);
    snprintf(path, sizeof path, "%s/model", dir);
    rmdir(path);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_follow_what_was_right),
        cmocka_unit_test(no_verdicts_give_an_empty_table),
        cmocka_unit_test(gold_decides_by_type_and_countries),
        cmocka_unit_test(bad_gold_is_refused),
        cmocka_unit_test(weights_are_added_and_told),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
