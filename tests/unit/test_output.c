/* Writers over a document made by hand. */
#include "output/output.h"
#include "output/text.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One sentence, "A \"raid\", he said.", with two events: an attack and what contradicts it. */
static const char conllu[] = "# newdoc id = s;1\n# date = 2020-10-02\n"
                             "1\tRaids\traid\tNOUN\tNNS\t_\t3\tnsubj\t_\tSpaceAfter=No\n"
                             "2\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_\n"
                             "3\t\"ended\"\tend\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
                             "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

static void *must(void *p)
{
    if (!p)
        abort();
    return p;
}

static void strings_of_json_are_utf_8(void **state)
{
    static const struct {
        const char *text, *json;
    } cases[] = {
        { "", "\"\"" },
        { "caf\xC3\xA9 \"a\"\n", "\"caf\xC3\xA9 \\\"a\\\"\\n\"" },
        { "\xC3", "\"\xEF\xBF\xBD\"" },
        { "a\xC3\"b\xFF\xFEz", "\"a\xEF\xBF\xBD\\\"b\xEF\xBF\xBD\xEF\xBF\xBDz\"" },
    };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_buffer out = { 0 };
        dgm_json_string(dgm_view_of(cases[i].text), &out);
        dgm_buffer_put(&out, (dgm_view) { "", 1 });
        assert_string_equal(out.p, cases[i].json);
        dgm_buffer_done(&out);
    }
}

static void add_event(dgm_document *doc, uint32_t i_word)
{
    dgm_event *event = must(dgm_push(doc->arena, &doc->events));
    *event = (dgm_event) { .trigger = dgm_span_of(doc, 0, i_word, i_word),
                           .trigger_word = i_word,
                           .type = DGM_ASSAULT,
                           .quad = 4,
                           .cameo = "190",
                           .goldstein = -10,
                           .intensity = -9.5,
                           .confidence = NAN,
                           .condition_event = DGM_NONE,
                           .content_of = DGM_NONE,
                           .date = "2020-10-02",
                           .date_basis = DGM_VIEW("story"),
                           .rule = DGM_VIEW("v0001") };
}

static void make(dgm_document *doc, dgm_arena *arena)
{
    dgm_document_init(doc, arena);
    assert_int_equal(dgm_document_from_conllu(doc, dgm_view_of(conllu), NULL, "t", NULL), DGM_OK);
    add_event(doc, 1);
    dgm_entity *entity = must(dgm_push(arena, &doc->entities));
    *entity = (dgm_entity) { .sector = "REB", .name = DGM_VIEW("rebels; others") };
    dgm_mention *mention = must(dgm_push(arena, &doc->mentions));
    *mention = (dgm_mention) { .span = dgm_span_of(doc, 0, 1, 1), .head = 1, .via = DGM_VIA_ROLE };
    dgm_event *event = &doc->events.at[0];
    dgm_participant *actor = must(dgm_push(arena, &event->actors));
    *actor = (dgm_participant) { 0, 0, false };
}

static const char *written(dgm_document *doc, dgm_output_format format, dgm_buffer *out)
{
    const dgm_output_options options = { .format = format };
    dgm_write_header(&options, out);
    dgm_write_events(&options, NULL, doc, out);
    dgm_buffer_put(out, (dgm_view) { "", 1 });
    assert_false(out->failed);
    return out->p;
}

static void a_record_has_all_keys(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_buffer out = { 0 };
    make(&doc, arena);
    const char *text = written(&doc, DGM_OUTPUT_JSONL, &out);
    assert_non_null(strstr(text, "\"story_id\":\"s;1\",\"story_date\":\"2020-10-02\","
                                 "\"story_title\":null"));
    assert_non_null(strstr(text, "\"text\":\"Raids, \\\"ended\\\".\""));
    assert_non_null(strstr(text, "\"code\":\"---REB\",\"country\":null,\"sector\":\"REB\","
                                 "\"other_sectors\":[]"));
    assert_non_null(strstr(text, "\"goldstein\":-10,\"intensity\":-9.5,"));
    assert_non_null(strstr(text, "\"content_of\":null,\"contradicts\":[]"));
    assert_non_null(strstr(text, "\"rule\":\"v0001\"}\n"));
    assert_null(strchr(strchr(text, '\n') + 1, '{'));
    dgm_buffer_done(&out);
    dgm_arena_free(arena);
}

static void what_was_written_is_read_back_to_the_byte(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_buffer out = { 0 }, again = { 0 };
    dgm_record record;
    dgm_err err = { 0 };
    make(&doc, arena);
    dgm_view text = dgm_view_of(written(&doc, DGM_OUTPUT_JSONL, &out));
    assert_int_equal(dgm_record_read(text, arena, &record, &err), DGM_OK);
    dgm_write_record(&(dgm_output_options) { .format = DGM_OUTPUT_JSONL }, &record, &again);
    assert_true(dgm_view_eq((dgm_view) { again.p, again.n }, text));
    assert_int_equal(dgm_record_read(DGM_VIEW("{\"event_id\":7}"), arena, &record, &err),
                     DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "'event_id' is not as it should be"));
    assert_int_equal(dgm_record_read(DGM_VIEW("[]"), arena, &record, &err), DGM_EFORMAT);
    dgm_buffer_done(&out);
    dgm_buffer_done(&again);
    dgm_arena_free(arena);
}

static void csv_quotes_what_needs_it_and_parts_lists(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_buffer out = { 0 };
    make(&doc, arena);
    const char *text = written(&doc, DGM_OUTPUT_CSV, &out);
    assert_non_null(strstr(text, ",\"Raids, \"\"ended\"\".\","));
    assert_non_null(strstr(text, ",'---REB,,REB,\"rebels, others\",Raids,"));
    assert_int_equal(strncmp(text, "event_id,story_id,", 18), 0);
    assert_string_equal(text + strlen(text) - 2, "\r\n");
    dgm_buffer_done(&out);
    dgm_arena_free(arena);
}

static void an_id_depends_on_the_event_and_not_on_its_neighbours(void **state)
{
    (void)state;
    char ids[2][17];
    for (int round = 0; round < 2; round++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        dgm_buffer out = { 0 };
        make(&doc, arena);
        if (round == 1)
            add_event(&doc, 3);
        const char *text = written(&doc, DGM_OUTPUT_JSONL, &out);
        memcpy(ids[round], text + strlen("{\"event_id\":\""), 16);
        ids[round][16] = '\0';
        dgm_buffer_done(&out);
        dgm_arena_free(arena);
    }
    assert_string_equal(ids[0], ids[1]);
    assert_int_equal(strspn(ids[0], "0123456789abcdef"), 16);
}

static void numbers_are_short_and_the_same_everywhere(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        { 0, "0" },
        { -0.0000001, "0" },
        { 2.5, "2.5" },
        { -9.5, "-9.5" },
        { 10, "10" },
        { -0.5, "-0.5" },
        { 40.123456, "40.123456" },
        { 1.0 / 3, "0.333333" },
        { 0.05, "0.05" },
        { 1e300, "0" },
    };
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where there is one: a comma for the point */
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_buffer out = { 0 };
        dgm_buffer_number(&out, cases[i].value);
        dgm_buffer_put(&out, (dgm_view) { "", 1 });
        assert_string_equal(out.p, cases[i].text);
        dgm_buffer_done(&out);
    }
    setlocale(LC_ALL, "C");
}

static void a_mention_opens_and_closes_around_its_words(void **state)
{
    (void)state;
    dgm_arena *arena = must(dgm_arena_new());
    dgm_document doc;
    make(&doc, arena); /* "Raids" is entity 0 */
    dgm_entity *entity = must(dgm_push(arena, &doc.entities));
    *entity = (dgm_entity) { .kind = DGM_ENTITY_ORG };
    uint32_t at = doc.mention_entities.n;
    *(uint32_t *)must(dgm_push(arena, &doc.mention_entities)) = 1;
    dgm_mention *whole = must(dgm_push(arena, &doc.mentions));
    *whole = (dgm_mention) {
        .span = dgm_span_of(&doc, 0, 1, 3), .head = 3, .entities = at, .n_entities = 1
    };
    at = doc.mention_entities.n;
    *(uint32_t *)must(dgm_push(arena, &doc.mention_entities)) = 0;
    doc.mentions.at[0].entities = at;
    doc.mentions.at[0].n_entities = 1;
    dgm_buffer out = { 0 };
    dgm_write_conllu(&doc, &out);
    dgm_view text = { out.p, out.n };
    assert_int_not_equal(dgm_view_find(text, DGM_VIEW("Entity=(e2-organization-3(e1-")), SIZE_MAX);
    assert_int_not_equal(dgm_view_find(text, DGM_VIEW("-1)|SpaceAfter=No")), SIZE_MAX);
    assert_int_not_equal(dgm_view_find(text, DGM_VIEW("Entity=e2)|")), SIZE_MAX);
    dgm_buffer_done(&out);
    dgm_arena_free(arena);
}

static void conllu_is_written_as_it_was_read(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_buffer out = { 0 };
    make(&doc, arena);
    dgm_write_conllu(&doc, &out);
    dgm_buffer_put(&out, (dgm_view) { "", 1 });
    assert_non_null(strstr(out.p, "# newdoc id = s;1\n# date = 2020-10-02\n# sent_id = s;1-1\n"
                                  "# text = Raids, \"ended\".\n"));
    assert_non_null(strstr(out.p, "\n1\tRaids\traid\tNOUN\tNNS\t_\t3\tnsubj\t_\t"
                                  "SpaceAfter=No|TokenRange=0:5\n"));
    dgm_buffer_done(&out);
    dgm_arena_free(arena);
}

static void a_buffer_holds_more_than_it_began_with(void **state)
{
    (void)state;
    dgm_buffer out = { 0 };
    for (int i = 0; i < 2000; i++)
        dgm_buffer_printf(&out, "%0*d", i, i);
    assert_false(out.failed);
    assert_int_equal(out.n, 2000 * 1999 / 2 + 1);
    dgm_buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_of_json_are_utf_8),
        cmocka_unit_test(a_record_has_all_keys),
        cmocka_unit_test(what_was_written_is_read_back_to_the_byte),
        cmocka_unit_test(csv_quotes_what_needs_it_and_parts_lists),
        cmocka_unit_test(an_id_depends_on_the_event_and_not_on_its_neighbours),
        cmocka_unit_test(numbers_are_short_and_the_same_everywhere),
        cmocka_unit_test(a_mention_opens_and_closes_around_its_words),
        cmocka_unit_test(conllu_is_written_as_it_was_read),
        cmocka_unit_test(a_buffer_holds_more_than_it_began_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
