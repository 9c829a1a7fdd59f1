/* Two codings side by side: which events are paired, what differs, and how stories wait. */
#include "cli/diff_stories.h"
#include "output/cells.h"
#include "output/diff.h"
#include "output/writers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* "ASSAULT 2 10-18": type, sentence and the trigger's place. */
static dgm_record event(dgm_event_type type, uint32_t sentence, uint32_t begin, uint32_t end,
                        const char *trigger)
{
    return (dgm_record) { .event_id = DGM_VIEW("0123456789abcdef"),
                          .story_id = DGM_VIEW("s"),
                          .text = DGM_VIEW("A sentence."),
                          .event_date = DGM_VIEW("2020-10-02"),
                          .date_basis = DGM_VIEW("story"),
                          .type = dgm_view_of(dgm_event_type_name(type)),
                          .like = type,
                          .goldstein = NAN,
                          .intensity = 1,
                          .confidence = NAN,
                          .sentence = sentence,
                          .trigger = { dgm_view_of(trigger), begin, end, begin, end },
                          .rule = DGM_VIEW("verbs.tsv:1") };
}

/* "0>1 type,date; 1>-; ->2": old > new, and in what they differ. */
static void expect(const dgm_record *old, uint32_t n_old, const dgm_record *new, uint32_t n_new,
                   const char *expected)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_difference *list = NULL;
    uint32_t n = 0;
    dgm_err err = { 0 };
    dgm_buffer text = { 0 };
    assert_int_equal(dgm_diff_events(old, n_old, new, n_new, arena, &list, &n, &err), DGM_OK);
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_printf(&text, "%s%d>%d", i ? "; " : "", (int)list[i].old, (int)list[i].new);
        for (uint32_t k = 0, first = 1; k < DGM_N_DIFFS; k++) {
            if (!(list[i].classes >> k & 1))
                continue;
            dgm_buffer_printf(&text, "%s%s", first ? " " : ",",
                              dgm_diff_class_name((dgm_diff_class)k));
            first = 0;
        }
    }
    dgm_buffer_put(&text, (dgm_view) { "", 1 });
    assert_string_equal(text.p, expected);
    dgm_buffer_done(&text);
    dgm_arena_free(arena);
}

static void the_same_events_do_not_differ(void **state)
{
    (void)state;
    dgm_record one = event(DGM_ASSAULT, 0, 10, 18, "attacked"), other = one;
    expect(&one, 1, &other, 1, "");
    other.rule = DGM_VIEW("verbs.tsv:7");
    other.confidence = 0.5;
    other.event_id = DGM_VIEW("x");
    expect(&one, 1, &other, 1, "");
    expect(NULL, 0, NULL, 0, "");
}

static void what_is_in_one_only_is_gained_or_lost(void **state)
{
    (void)state;
    dgm_record two[] = { event(DGM_ASSAULT, 0, 10, 18, "attacked"),
                         event(DGM_AID, 1, 30, 34, "gave") };
    expect(two, 2, two, 1, "1>-1");
    expect(two, 1, two, 2, "-1>1");
    expect(two, 2, NULL, 0, "0>-1; 1>-1");
}

static void each_class_is_told_from_the_others(void **state)
{
    (void)state;
    dgm_record_actor turkey = { .code = DGM_VIEW("TUR") }, greece = { .code = DGM_VIEW("GRC") };
    dgm_record_place goma = { .name = DGM_VIEW("Goma"), .country = DGM_VIEW("COD") };
    dgm_record_voice voice = { .kind = DGM_KIND_DENY };
    dgm_view context = DGM_VIEW("military");
    dgm_record old = event(DGM_ASSAULT, 0, 10, 18, "attacked"), new[9];
    for (size_t i = 0; i < DGM_LEN(new); i++) {
        new[i] = old;
        new[i].actors.at = &turkey;
        new[i].actors.n = 1;
    }
    old = new[0];
    new[0].mode = DGM_VIEW("aerial");
    new[1].actors.at = &greece;
    new[2].polarity = DGM_NEGATED;
    new[3].historical = true;
    new[4].event_date_end = DGM_VIEW("2020-10-04");
    new[5].locations.at = &goma;
    new[5].locations.n = 1;
    new[6].voices.at = &voice;
    new[6].voices.n = 1;
    new[7].contexts.at = &context;
    new[7].contexts.n = 1;
    new[8].type = DGM_VIEW("COERCE");
    new[8].cameo = DGM_VIEW("170"); /* follows from the type */
    static const char *const expected[] = { "0>0 type",    "0>0 sides", "0>0 polarity",
                                            "0>0 status",  "0>0 date",  "0>0 place",
                                            "0>0 speaker", "0>0 other", "0>0 type" };
    for (size_t i = 0; i < DGM_LEN(new); i++)
        expect(&old, 1, &new[i], 1, expected[i]);
}

static void the_order_of_sides_is_no_difference(void **state)
{
    (void)state;
    dgm_record_actor there[] = { { .code = DGM_VIEW("TUR") }, { .code = DGM_VIEW("GRC") } };
    dgm_record_actor back[] = { there[1], there[0] }, twice[] = { there[0], there[0] };
    dgm_record old = event(DGM_CONSULT, 0, 1, 4, "met"), new = old;
    old.actors.at = there;
    new.actors.at = back;
    old.actors.n = new.actors.n = 2;
    expect(&old, 1, &new, 1, "");
    new.actors.at = twice;
    expect(&old, 1, &new, 1, "0>0 sides");
}

/* By place and type before place alone; by sentence where offsets moved; by overlap of one type. */
static void events_are_paired_by_what_says_most(void **state)
{
    (void)state;
    dgm_record old[] = { event(DGM_ASSAULT, 0, 10, 18, "attacked"),
                         event(DGM_ACCUSE, 0, 10, 18, "attacked") };
    dgm_record swapped[] = { old[1], old[0] };
    expect(old, 2, swapped, 2, "");
    dgm_record coerced = event(DGM_COERCE, 0, 10, 18, "attacked");
    expect(old, 1, &coerced, 1, "0>0 type");
    dgm_record moved = event(DGM_ASSAULT, 0, 14, 22, "attacked");
    expect(old, 1, &moved, 1, "");
    dgm_record longer = event(DGM_ASSAULT, 0, 8, 18, "had attacked");
    expect(old, 1, &longer, 1, "0>0 other");
    dgm_record elsewhere = event(DGM_COERCE, 0, 8, 18, "had attacked");
    expect(old, 1, &elsewhere, 1, "-1>0; 0>-1");
}

/* Ids change with what an event says; a link to the same event is the same link. */
static void links_are_compared_by_whom_they_name(void **state)
{
    (void)state;
    dgm_record old[] = { event(DGM_ASSAULT, 0, 10, 18, "attacked"),
                         event(DGM_REJECT, 0, 30, 36, "denied") };
    dgm_record new[] = { old[0], old[1] };
    old[0].event_id = DGM_VIEW("a");
    new[0].event_id = DGM_VIEW("b");
    old[1].content_of = DGM_VIEW("a");
    new[1].content_of = DGM_VIEW("b");
    expect(old, 2, new, 2, "");
    new[1].content_of = DGM_VIEW("");
    expect(old, 2, new, 2, "1>1 other");
}

static void too_many_events_of_a_story_are_refused(void **state)
{
    (void)state;
    dgm_record one = event(DGM_AID, 0, 0, 1, "x");
    dgm_difference *list;
    uint32_t n;
    dgm_err err = { 0 };
    assert_int_equal(dgm_diff_events(&one, DGM_MAX_DIFF + 1, &one, 1, NULL, &list, &n, &err),
                     DGM_ELIMIT);
}

/* ---- stories -------------------------------------------------------------------------------- */

/* "a" is a story of one event, "aa" of two. */
static const char *file_of(const char *name, const char *stories)
{
    static char paths[2][64];
    char *path = paths[name[0] == 'n'];
    snprintf(path, sizeof paths[0], "/tmp/dragoman-diff-%s-%ld", name, (long)getpid());
    FILE *out = fopen(path, "wb");
    dgm_buffer text = { 0 };
    assert_non_null(out);
    for (const char *p = stories; *p; p++) {
        dgm_record one = event(DGM_AID, 0, 0, 4, "gave");
        one.story_id = (dgm_view) { p, 1 };
        dgm_write_jsonl(&one, &text);
    }
    fwrite(text.p ? text.p : "", 1, text.n, out);
    fclose(out);
    dgm_buffer_done(&text);
    return path;
}

static dgm_status note(void *context, const dgm_half *old, const dgm_half *new, dgm_err *err)
{
    (void)err;
    char *seen = context;
    snprintf(seen + strlen(seen), 200 - strlen(seen), "%s%.*s%u/%u", seen[0] ? " " : "",
             DGM_FMT(old->id), old->n_events, new->n_events);
    return DGM_OK;
}

static void pairs(const char *old, const char *new, size_t waiting, const char *expected,
                  uint64_t let_go)
{
    char seen[200] = "";
    dgm_half_counts counts[2];
    uint64_t n = 0;
    dgm_err err = { 0 };
    const char *old_path = file_of("old", old), *new_path = file_of("new", new);
    dgm_status status = dgm_pair_stories(old_path, new_path, waiting, note, seen, counts, &n, &err);
    unlink(old_path);
    unlink(new_path);
    assert_int_equal(status, DGM_OK);
    assert_string_equal(seen, expected);
    assert_int_equal(n, let_go);
    assert_int_equal(counts[0].n_events, strlen(old));
    assert_int_equal(counts[1].n_events, strlen(new));
}

static void stories_find_their_other_half_in_any_order(void **state)
{
    (void)state;
    pairs("abc", "abc", 1 << 20, "a1/1 b1/1 c1/1", 0);
    pairs("aabc", "abbc", 1 << 20, "a2/1 b1/2 c1/1", 0);
    pairs("abc", "cba", 1 << 20, "b1/1 c1/1 a1/1", 0);
    pairs("ac", "bc", 1 << 20, "c1/1 a1/0 b0/1", 0);
    pairs("", "ab", 1 << 20, "a0/1 b0/1", 0);
    pairs("", "", 1 << 20, "", 0);
}

/* What waited longest is taken for missing, and the files go on. */
static void stories_that_wait_are_let_go_at_the_limit(void **state)
{
    (void)state;
    pairs("abcx", "x", 2000, "a1/0 b1/0 x1/1 c1/0", 2);
    pairs("abcd", "abcd", 1, "a1/0 a0/1 b1/0 b0/1 c1/0 c0/1 d1/0 d0/1", 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_events_do_not_differ),
        cmocka_unit_test(what_is_in_one_only_is_gained_or_lost),
        cmocka_unit_test(each_class_is_told_from_the_others),
        cmocka_unit_test(the_order_of_sides_is_no_difference),
        cmocka_unit_test(events_are_paired_by_what_says_most),
        cmocka_unit_test(links_are_compared_by_whom_they_name),
        cmocka_unit_test(too_many_events_of_a_story_are_refused),
        cmocka_unit_test(stories_find_their_other_half_in_any_order),
        cmocka_unit_test(stories_that_wait_are_let_go_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
