/* Messages and journals of streams: what needs no broker. */
#include "stream/broker.h"
#include "stream/journal.h"
#include "stream/message.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static dgm_document story_of(dgm_arena *arena, dgm_view text)
{
    dgm_document doc;
    dgm_document_init(&doc, arena);
    doc.id = DGM_VIEW("a/1");
    doc.title = DGM_VIEW("Caf\xC3\xA9 \"raid\"");
    doc.source = DGM_VIEW("Wire");
    doc.url = DGM_VIEW("https://x.example/1");
    doc.text = text;
    doc.date_basis = DGM_VIEW("input");
    doc.begin = 7;
    doc.begin_byte = 9;
    doc.begin_column = 3;
    memcpy(doc.date, "2020-03-02", 11);
    return doc;
}

static void same(dgm_view a, dgm_view b)
{
    assert_int_equal(a.n, b.n);
    assert_true(dgm_view_eq(a, b));
}

static void a_story_comes_out_as_it_went_in(void **state)
{
    static char large[200000];
    (void)state;
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)('a' + i * i % 23);
    const dgm_view texts[] = { DGM_VIEW(""),
                               DGM_VIEW("a\0b\n\"c\\\x01"),
                               DGM_VIEW("\xF0\x9F\x98\x80 France attacked Mali."),
                               { large, sizeof large } };
    for (size_t i = 0; i < DGM_LEN(texts); i++) {
        dgm_arena *arena = dgm_arena_new(), *other = dgm_arena_new();
        dgm_buffer bytes = { 0 };
        dgm_document doc = story_of(arena, texts[i]), back;
        dgm_err err = { 0 };
        assert_true(stream_clean(&doc));
        assert_int_equal(stream_encode(&doc, &bytes, &err), DGM_OK);
        assert_int_equal(stream_decode((dgm_view) { bytes.p, bytes.n }, other, &back, &err),
                         DGM_OK);
        same(back.id, doc.id);
        same(back.title, doc.title);
        same(back.source, doc.source);
        same(back.url, doc.url);
        same(back.text, doc.text);
        same(back.date_basis, doc.date_basis);
        assert_string_equal(back.date, doc.date);
        assert_int_equal(back.begin, 7);
        assert_int_equal(back.begin_byte, 9);
        assert_int_equal(back.begin_column, 3);
        assert_string_equal(dgm_story_hash_of(&back).text, dgm_story_hash_of(&doc).text);
        dgm_buffer_done(&bytes);
        dgm_arena_free(arena);
        dgm_arena_free(other);
    }
}

static void bytes_that_are_not_utf_8_are_replaced_before_the_hash(void **state)
{
    dgm_arena *arena = dgm_arena_new(), *other = dgm_arena_new();
    dgm_buffer bytes = { 0 };
    dgm_document doc = story_of(arena, DGM_VIEW("a")), back;
    dgm_err err = { 0 };
    (void)state;
    doc.id = DGM_VIEW("caf\xE9 1");
    assert_true(stream_clean(&doc));
    same(doc.id, DGM_VIEW("caf\xEF\xBF\xBD 1"));
    assert_int_equal(stream_encode(&doc, &bytes, &err), DGM_OK);
    assert_int_equal(stream_decode((dgm_view) { bytes.p, bytes.n }, other, &back, &err), DGM_OK);
    assert_string_equal(dgm_story_hash_of(&back).text, dgm_story_hash_of(&doc).text);
    dgm_buffer_done(&bytes);
    dgm_arena_free(arena);
    dgm_arena_free(other);
}

static void messages_that_are_no_story_are_refused_with_a_reason(void **state)
{
    static const struct {
        const char *bytes, *part;
    } cases[] = {
        { "", "no JSON object" },
        { "[1]", "no JSON object" },
        { "{\"text\":1,\"date\":\"2020-01-01\"}", "`text` is no string" },
        { "{\"date\":\"2020-01-01\"}", "no `text`" },
        { "{\"text\":\"a\"}", "no day" },
        { "{\"text\":\"a\",\"date\":\"2020-02-30\"}", "no day" },
        { "{\"text\":\"a\",\"date\":\"2020-02-03\",\"id\":7}", "`id` is no string" },
        { "\x28\xb5\x2f\xfd", "zstd" },
        { "\x28\xb5\x2f\xfd\x20\x05junk", "zstd" },
    };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_document doc;
        dgm_err err = { 0 };
        assert_int_not_equal(stream_decode(dgm_view_of(cases[i].bytes), arena, &doc, &err), DGM_OK);
        if (!strstr(err.msg, cases[i].part))
            fail_msg("\"%s\": %s", cases[i].bytes, err.msg);
        dgm_arena_free(arena);
    }
}

static size_t until_it_fails; /* allocations of jansson; 0: none does */

static void *starved(size_t n)
{
    return until_it_fails > 0 && --until_it_fails == 0 ? NULL : malloc(n);
}

/* Else it would be tried thrice and end as a dead letter. */
static void a_message_without_memory_is_no_fault_of_its_story(void **state)
{
    const dgm_view bytes = DGM_VIEW("{\"id\":\"a\",\"title\":\"b\",\"source\":\"c\",\"url\":\"d\","
                                    "\"text\":\"France attacked Mali.\",\"date\":\"2020-03-02\"}");
    dgm_document doc;
    (void)state;
    size_t n = 0;
    for (dgm_status status = DGM_ENOMEM; status != DGM_OK; n++) {
        dgm_arena *arena = dgm_arena_new();
        dgm_err err = { 0 };
        dgm_arena_fail_at(n + 1);
        status = stream_decode(bytes, arena, &doc, &err);
        if (status != DGM_OK && (status != DGM_ENOMEM || !err.msg[0]))
            fail_msg("allocation %zu: %d, \"%s\"", n + 1, (int)status, err.msg);
        dgm_arena_fail_at(0);
        dgm_arena_free(arena);
    }
    assert_true(n > 5);
    json_set_alloc_funcs(starved, free);
    for (n = 1; n <= 2; n++) { /* it reads on with a word that it could not take whole */
        dgm_arena *arena = dgm_arena_new();
        dgm_err err = { 0 };
        until_it_fails = n;
        assert_int_equal(stream_decode(bytes, arena, &doc, &err), DGM_ENOMEM);
        dgm_arena_free(arena);
    }
    json_set_alloc_funcs(malloc, free);
}

static void a_story_is_written_where_one_before_had_no_memory(void **state)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_buffer bytes = { .failed = true };
    dgm_document doc = story_of(arena, DGM_VIEW("France attacked Mali."));
    dgm_err err = { 0 };
    (void)state;
    assert_int_equal(stream_encode(&doc, &bytes, &err), DGM_OK);
    assert_true(bytes.n > 0);
    dgm_buffer_done(&bytes);
    dgm_arena_free(arena);
}

static void a_list_of_parts_comes_out_as_it_went_in(void **state)
{
    stream_list list = { .n_parts = 3, .n_bytes = 70000 }, back;
    dgm_buffer bytes = { 0 };
    dgm_err err = { 0 };
    (void)state;
    strcpy(list.hash.text, "0123456789abcdef0123456789abcdef");
    stream_encode_list(&list, &bytes);
    assert_int_equal(stream_decode_list((dgm_view) { bytes.p, bytes.n }, &back, &err), DGM_OK);
    assert_string_equal(back.hash.text, list.hash.text);
    assert_int_equal(back.n_parts, 3);
    assert_int_equal(back.n_bytes, 70000);
    assert_int_equal(stream_decode_list(DGM_VIEW("{\"text\":\"a\"}"), &back, &err), DGM_END);
    /* A hash goes into subjects: nothing of theirs may stand in it. */
    const char *bad[] = {
        "{\"format\":\"dragoman-parts\",\"hash\":\"0123456789abcdef.>23456789abcdef\",\"parts\":1,"
        "\"bytes\":1}",
        "{\"format\":\"dragoman-parts\",\"hash\":\"0123456789abcdef0123456789abcdef\",\"parts\":"
        "5000,"
        "\"bytes\":1}",
        "{\"format\":\"dragoman-parts\",\"hash\":\"0123456789abcdef0123456789abcdef\",\"parts\":1,"
        "\"bytes\":99999999999}",
        "{\"format\":\"dragoman-parts\"}",
    };
    for (size_t i = 0; i < DGM_LEN(bad); i++)
        assert_int_equal(stream_decode_list(dgm_view_of(bad[i]), &back, &err), DGM_EFORMAT);
    dgm_buffer_done(&bytes);
}

static void a_journal_knows_what_was_added_also_when_it_was_cut_off(void **state)
{
    enum { N = 100000 };
    char path[] = "/tmp/journalXXXXXX";
    stream_journal *journal = NULL;
    dgm_err err = { 0 };
    dgm_story_hash hash;
    (void)state;
    close(mkstemp(path));
    assert_int_equal(stream_journal_open(path, &journal, &err), DGM_OK);
    for (uint32_t i = 1; i <= N; i++) {
        snprintf(hash.text, sizeof hash.text, "%016llx%016llx", (unsigned long long)i * 2654435761u,
                 (unsigned long long)i * 0x9E3779B97F4A7C15u);
        assert_false(stream_journal_has(journal, &hash));
        stream_journal_add(journal, &hash);
    }
    assert_int_equal(stream_journal_sync(journal, &err), DGM_OK);
    stream_journal_free(journal);
    assert_int_equal(truncate(path, N * 33 - 1), 0);
    assert_int_equal(stream_journal_open(path, &journal, &err), DGM_OK);
    assert_false(stream_journal_has(journal, &hash));
    snprintf(hash.text, sizeof hash.text, "%016llx%016llx", 2654435761ull, 0x9E3779B97F4A7C15ull);
    assert_true(stream_journal_has(journal, &hash));
    stream_journal_free(journal);
    unlink(path);
}

static void a_capacity_stands_in_a_description(void **state)
{
    char text[64];
    (void)state;
    stream_describe_capacity(20480, text);
    assert_int_equal(stream_capacity_of(dgm_view_of(text), -1), 20480);
    assert_int_equal(stream_capacity_of(dgm_view_of(text), 1000), 20480);
    stream_describe_capacity(0, text);
    assert_int_equal(stream_capacity_of(dgm_view_of(text), -1), 0);
    /* Of somebody else, with a limit of the broker's, and without one. */
    assert_int_equal(stream_capacity_of(DGM_VIEW("news of all kinds"), 2000), 1900);
    assert_int_equal(stream_capacity_of(DGM_VIEW("bytes that may wait: many"), -1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_comes_out_as_it_went_in),
        cmocka_unit_test(bytes_that_are_not_utf_8_are_replaced_before_the_hash),
        cmocka_unit_test(messages_that_are_no_story_are_refused_with_a_reason),
        cmocka_unit_test(a_message_without_memory_is_no_fault_of_its_story),
        cmocka_unit_test(a_story_is_written_where_one_before_had_no_memory),
        cmocka_unit_test(a_list_of_parts_comes_out_as_it_went_in),
        cmocka_unit_test(a_capacity_stands_in_a_description),
        cmocka_unit_test(a_journal_knows_what_was_added_also_when_it_was_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
