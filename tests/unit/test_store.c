/* Copies and links: what a store decides without a database. */
#include "store/alike.h"
#include "store/deeds.h"
#include "store/duplicates.h"
#include "store/links.h"
#include "store/packed.h"
#include "store/telling_words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- copies --------------------------------------------------------------------------------- */

enum { WORDS = 300 };

/* n words, one in `every` from another sequence than `seed`'s. */
static dgm_view make_text(char *out, size_t size, unsigned seed, unsigned every, unsigned n)
{
    size_t used = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned word = seed * 7919u + i * 104729u;
        if (every > 0 && i % every == 0)
            word += 15485863u;
        used += (size_t)snprintf(out + used, size - used, "w%u ", word % 5000u);
    }
    return (dgm_view) { out, used };
}

/* The slow and obvious way: shingles as strings, every one against every other. */
static double exact_overlap(const unsigned *a, unsigned n_a, const unsigned *b, unsigned n_b)
{
    unsigned common = 0, different_b = 0;
    for (unsigned i = 0; i + 2 < n_b; i++) {
        bool before = false, in_a = false;
        for (unsigned k = 0; k < i && !before; k++)
            before = memcmp(b + k, b + i, 3 * sizeof *b) == 0;
        for (unsigned k = 0; k + 2 < n_a && !in_a; k++)
            in_a = memcmp(a + k, b + i, 3 * sizeof *a) == 0;
        different_b += !before;
        common += !before && in_a;
    }
    unsigned different_a = 0;
    for (unsigned i = 0; i + 2 < n_a; i++) {
        bool before = false;
        for (unsigned k = 0; k < i && !before; k++)
            before = memcmp(a + k, a + i, 3 * sizeof *a) == 0;
        different_a += !before;
    }
    return (double)common / (different_a + different_b - common);
}

static dgm_view spell(const unsigned *words, unsigned n, char *out, size_t size)
{
    size_t used = 0;
    for (unsigned i = 0; i < n; i++)
        used += (size_t)snprintf(out + used, size - used, "%sw%u", i ? " " : "", words[i]);
    return (dgm_view) { out, used };
}

static void the_estimate_of_overlap_is_near_the_exact_one(void **state)
{
    (void)state;
    static unsigned a[WORDS], b[WORDS];
    static char text_a[16 * WORDS], text_b[16 * WORDS];
    for (unsigned changed = 0; changed <= 10; changed++) {
        for (unsigned i = 0; i < WORDS; i++) {
            a[i] = (i * 7919u + 13) % 997u;
            b[i] = changed > 0 && i % (64 / changed) == 0 ? 5000 + i : a[i];
        }
        dgm_signature sa, sb;
        assert_true(dgm_signature_of(spell(a, WORDS, text_a, sizeof text_a), &sa));
        assert_true(dgm_signature_of(spell(b, WORDS, text_b, sizeof text_b), &sb));
        double exact = exact_overlap(a, WORDS, b, WORDS);
        double error = dgm_signature_overlap(&sa, &sb) - exact;
        if (error < -0.15 || error > 0.15) /* above three standard errors of 120 minima */
            fail_msg("changed %u: exact %.3f, off by %.3f", changed, exact, error);
    }
}

static void copies_meet_in_a_band_and_strangers_do_not(void **state)
{
    (void)state;
    static char a[16 * WORDS], b[16 * WORDS];
    unsigned met = 0, strangers = 0;
    for (unsigned seed = 1; seed <= 50; seed++) {
        dgm_signature sa, sb, sc;
        int64_t bands_a[DGM_N_BANDS], bands_b[DGM_N_BANDS], bands_c[DGM_N_BANDS];
        assert_true(dgm_signature_of(make_text(a, sizeof a, seed, 0, WORDS), &sa));
        assert_true(dgm_signature_of(make_text(b, sizeof b, seed, 15, WORDS), &sb));
        dgm_signature_bands(&sa, bands_a);
        dgm_signature_bands(&sb, bands_b);
        assert_true(dgm_signature_of(make_text(b, sizeof b, seed + 1000, 0, WORDS), &sc));
        dgm_signature_bands(&sc, bands_c);
        bool meets = false, stranger = false;
        for (int i = 0; i < DGM_N_BANDS; i++) {
            meets = meets || bands_a[i] == bands_b[i];
            stranger = stranger || bands_a[i] == bands_c[i];
        }
        met += meets && dgm_is_copy(&sa, &sb);
        strangers += stranger || dgm_is_copy(&sa, &sc);
    }
    assert_int_equal(met, 50);
    assert_int_equal(strangers, 0);
}

static void a_text_that_stands_whole_in_a_longer_one_is_its_copy(void **state)
{
    (void)state;
    static char a[16 * WORDS], b[16 * WORDS];
    dgm_signature sa, sb;
    assert_true(dgm_signature_of(make_text(a, sizeof a, 3, 0, WORDS), &sa));
    assert_true(dgm_signature_of(make_text(b, sizeof b, 3, 0, WORDS * 2 / 5), &sb));
    assert_true(dgm_is_copy(&sa, &sb));
}

static void capitals_and_commas_are_no_difference_and_no_words_no_likeness(void **state)
{
    (void)state;
    dgm_signature a, b, none;
    assert_true(dgm_signature_of(DGM_VIEW("France bombed a camp, officials said."), &a));
    assert_true(dgm_signature_of(DGM_VIEW("FRANCE bombed a camp officials said"), &b));
    assert_true(dgm_signature_of(DGM_VIEW(" ... "), &none));
    assert_true(dgm_signature_overlap(&a, &b) == 1);
    assert_int_equal(none.n_shingles, 0);
    assert_false(dgm_is_copy(&none, &none));
}

static void a_signature_is_read_as_it_was_written(void **state)
{
    (void)state;
    char bytes[DGM_SIGNATURE_BYTES];
    dgm_signature a, b;
    assert_true(dgm_signature_of(DGM_VIEW("one two three four five"), &a));
    dgm_signature_write(&a, bytes);
    assert_true(dgm_signature_read((dgm_view) { bytes, sizeof bytes }, a.n_shingles, &b));
    assert_memory_equal(a.minima, b.minima, sizeof a.minima);
    assert_false(dgm_signature_read((dgm_view) { bytes, sizeof bytes - 1 }, a.n_shingles, &b));
    assert_false(dgm_signature_read(DGM_VIEW("00"), 1, &b));
}

static void whoever_quotes_the_same_is_found_by_it(void **state)
{
    (void)state;
    uint64_t a[DGM_MOST_QUOTED], b[DGM_MOST_QUOTED];
    const dgm_view said = DGM_VIEW("He said \"we will not open the border before the harvest\".");
    const dgm_view again = DGM_VIEW("\u201CWe will not open the border before the harvest\u201D,"
                                    " the minister told radio.");
    uint32_t n_a = dgm_quoted_of(said, a), n_b = dgm_quoted_of(again, b), common = 0;
    assert_true(n_a > 0 && n_b > 0);
    for (uint32_t i = 0; i < n_a; i++)
        for (uint32_t k = 0; k < n_b; k++)
            common += a[i] == b[k];
    assert_int_equal(common, n_a);
    assert_int_equal(dgm_quoted_of(DGM_VIEW("\"Four words are few\", and \"this never ends"), a),
                     0);
}

/* ---- packed --------------------------------------------------------------------------------- */

/* A story without events, as dgm_store_pack() writes it. */
static void pack_story(dgm_buffer *out)
{
    static const char hash[] = "0123456789abcdef0123456789abcdef";
    dgm_buffer_put(out, DGM_VIEW("dgm4"));
    dgm_give_text(out, dgm_view_of(hash));
    for (int i = 0; i < 5; i++)
        dgm_give_text(out, DGM_VIEW("bad \xFF byte"));
    dgm_give_text(out, DGM_VIEW("It said \"one two three four five six\"."));
    dgm_give_number(out, 7);
    dgm_pack_likeness(DGM_VIEW("It said \"one two three four five six\"."), out);
    dgm_give_number(out, 1);
    for (uint64_t i = 0; i < 4; i++)
        dgm_give_number(out, i * 100000);
    dgm_pack_events(NULL, 0, DGM_VIEW(""), DGM_VIEW(""), out);
}

static void a_packed_story_is_read_whole_or_refused(void **state)
{
    (void)state;
    dgm_buffer bytes = { 0 };
    dgm_packed p = { .n_events = 77 };
    dgm_err err;
    pack_story(&bytes);
    assert_false(bytes.failed);
    assert_int_equal(dgm_packed_read((dgm_view) { bytes.p, bytes.n }, &p, &err), DGM_OK);
    assert_true(dgm_view_eq(p.title, DGM_VIEW("bad \uFFFD byte")));
    assert_int_equal(p.begin_byte, 7);
    assert_int_equal(p.n_sentences, 1);
    assert_true(p.n_quotations > 0);
    assert_int_equal(p.n_events, 0);
    for (size_t n = 0; n < bytes.n; n++) {
        /* A block of its own, so that a sanitizer sees what is read past its end. */
        char *part = malloc(n + 1);
        assert_non_null(part);
        memcpy(part, bytes.p, n);
        if (dgm_packed_read((dgm_view) { part, n }, &p, &err) != DGM_EFORMAT)
            fail_msg("%zu of %zu bytes are taken for a story", n, bytes.n);
        free(part);
    }
    dgm_buffer_done(&bytes);
}

static void records_are_as_they_were_and_damage_is_told(void **state)
{
    (void)state;
    const dgm_view lines = DGM_VIEW("{\"event_id\":\"a\"}\n{\"event_id\":\"b\"}\n");
    const dgm_view text = DGM_VIEW("The text of the story.");
    dgm_buffer packed = { 0 }, out = { 0 };
    dgm_shelf shelf = { .story = 0 };
    dgm_view line;
    dgm_err err;
    dgm_records_compress(lines, text, &packed);
    const dgm_view bytes = { packed.p, packed.n };
    assert_int_equal(dgm_records_expand(bytes, text, &out, &err), DGM_OK);
    assert_true(dgm_view_eq((dgm_view) { out.p, out.n }, lines));
    dgm_cell cells[] = { { .kind = DGM_CELL_INT, .integer = 3 },
                         { .kind = DGM_CELL_BYTES, .text = bytes },
                         { .kind = DGM_CELL_INT, .integer = 1 },
                         { .kind = DGM_CELL_TEXT, .text = text } };
    assert_int_equal(dgm_shelf_line(&shelf, cells, &line, &err), DGM_OK);
    assert_true(dgm_view_eq(line, DGM_VIEW("{\"event_id\":\"b\"}")));
    cells[2].integer = 2;
    assert_int_equal(dgm_shelf_line(&shelf, cells, &line, &err), DGM_EFORMAT);
    out.n = 0;
    for (size_t n = 0; n < bytes.n; n++)
        assert_int_equal(dgm_records_expand(dgm_view_slice(bytes, 0, n), text, &out, &err),
                         DGM_EFORMAT);
    assert_int_equal(dgm_records_expand(DGM_VIEW("\0as it is"), text, &out, &err), DGM_OK);
    assert_int_equal(dgm_records_expand(DGM_VIEW("\7as it is"), text, &out, &err), DGM_EFORMAT);
    dgm_buffer_done(&shelf.lines);
    dgm_buffer_done(&packed);
    dgm_buffer_done(&out);
}

/* ---- links ---------------------------------------------------------------------------------- */

static dgm_record_actor somebody(const char *code, const char *country)
{
    return (dgm_record_actor) { .code = dgm_view_of(code), .country = dgm_view_of(country) };
}

static void one_event_is_one_whatever_the_order_of_its_sides(void **state)
{
    (void)state;
    dgm_record_actor ab[] = { somebody("FRAMIL", "FRA"), somebody("MLIMIL", "MLI") };
    dgm_record_actor ba[] = { somebody("MLIMIL", "MLI"), somebody("FRAMIL", "FRA") };
    dgm_record_actor gov[] = { somebody("FRAGOV", "FRA"), somebody("MLIGOV", "MLI") };
    dgm_record a = { .type = DGM_VIEW("ASSAULT"), .event_date = DGM_VIEW("2020-03-01") };
    dgm_record b = a, c = a;
    a.actors.at = ab;
    b.actors.at = ba;
    c.actors.at = gov;
    a.actors.n = b.actors.n = c.actors.n = 2;
    assert_true(dgm_same_event(&a) == dgm_same_event(&b));
    assert_true(dgm_same_event(&a) != dgm_same_event(&c));
    assert_true(dgm_same_sides(&a) == dgm_same_sides(&c));
    b.polarity = DGM_NEGATED; /* a denial is about the same event */
    assert_true(dgm_same_event(&a) == dgm_same_event(&b));
    b.event_date = DGM_VIEW("2020-03-02");
    assert_true(dgm_same_event(&a) != dgm_same_event(&b));
    assert_true(dgm_same_sides(&a) == dgm_same_sides(&b));
    b.recipients = b.actors;
    b.actors.n = 0;
    assert_true(dgm_same_sides(&a) != dgm_same_sides(&b));
    a.actors.n = 0;
    assert_true(dgm_same_event(&a) == 0);
}

static void what_is_promised_or_threatened_is_told_by_the_speech(void **state)
{
    (void)state;
    assert_int_equal(dgm_commitment_of(DGM_ASSAULT, DGM_THREATEN, false, false), DGM_THREAT);
    assert_int_equal(dgm_commitment_of(DGM_ASSAULT, DGM_THREATEN, false, true), DGM_ULTIMATUM);
    assert_int_equal(dgm_commitment_of(DGM_RETREAT, DGM_AGREE, false, true), DGM_PROMISE);
    assert_int_equal(dgm_commitment_of(DGM_RETREAT, DGM_EVENT_NONE, true, false), DGM_PROMISE);
    assert_int_equal(dgm_commitment_of(DGM_AID, DGM_EVENT_NONE, false, true), DGM_CONDITION);
    assert_int_equal(dgm_commitment_of(DGM_AID, DGM_EVENT_NONE, false, false), DGM_ANNOUNCEMENT);
}

static void the_first_report_of_the_act_decides(void **state)
{
    (void)state;
    static const struct {
        bool negated;
        int64_t deadline;
        uint32_t n;
        dgm_later later[3];
        dgm_outcome outcome;
        uint32_t decided;
    } cases[] = {
        { false, 0, 0, { { 0 } }, DGM_OPEN, DGM_NONE },
        { false, 50, 0, { { 0 } }, DGM_LAPSED, DGM_NONE },
        { false, 150, 0, { { 0 } }, DGM_OPEN, DGM_NONE },
        { false, 50, 1, { { 60, false, false, false } }, DGM_FULFILLED, 0 },
        { false, 0, 1, { { 60, false, true, false } }, DGM_BROKEN, 0 },
        { true, 0, 1, { { 60, false, false, false } }, DGM_BROKEN, 0 },
        { true, 0, 1, { { 60, false, true, false } }, DGM_FULFILLED, 0 },
        { false, 0, 1, { { 60, true, false, false } }, DGM_TRIGGERED, 0 },
        { false, 0, 1, { { 60, true, true, false } }, DGM_OPEN, DGM_NONE },
        { false,
          0,
          3,
          { { 10, true, false, false }, { 80, false, true, false }, { 70, false, false, false } },
          DGM_FULFILLED,
          2 },
        { false, 0, 1, { { 60, false, true, true } }, DGM_BROKEN, 0 },
        { false,
          0,
          2,
          { { 60, false, true, true }, { 70, false, false, false } },
          DGM_FULFILLED,
          1 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        uint32_t decided = 77;
        dgm_outcome outcome = dgm_judge(cases[i].negated, cases[i].deadline, 100, cases[i].later,
                                        cases[i].n, &decided);
        if (outcome != cases[i].outcome || decided != cases[i].decided)
            fail_msg("case %zu: %s by %u", i, dgm_outcome_name(outcome), decided);
    }
}

static void codes_say_what_a_later_deed_makes_of_a_promise(void **state)
{
    (void)state;
    static const struct {
        const char *committed, *later;
        dgm_deed deed;
    } cases[] = {
        { "0353", "0841", DGM_DEED_DONE },    { "0841", "0841", DGM_DEED_DONE },
        { "0841", "084", DGM_DEED_DONE },     { "033", "073", DGM_DEED_DONE },
        { "073", "070", DGM_DEED_DONE },      { "036", "046", DGM_DEED_DONE },
        { "1312", "163", DGM_DEED_DONE },     { "136", "1661", DGM_DEED_DONE },
        { "138", "1951", DGM_DEED_DONE },     { "190", "183", DGM_DEED_DONE },
        { "195", "190", DGM_DEED_DONE },      { "132", "174", DGM_DEED_DONE },
        { "0353", "1243", DGM_DEED_REFUSED }, { "0874", "1246", DGM_DEED_REFUSED },
        { "040", "125", DGM_DEED_REFUSED },   { "033", "1623", DGM_DEED_REFUSED },
        { "073", "162", DGM_DEED_REFUSED },   { "0356", "195", DGM_DEED_INSTEAD },
        { "0874", "190", DGM_DEED_INSTEAD },  { "0354", "163", DGM_DEED_INSTEAD },
        { "032", "054", DGM_DEED_LIKE },      { "131", "166", DGM_DEED_LIKE },
        { "0353", "085", DGM_DEED_OTHER },    { "080", "0841", DGM_DEED_OTHER },
        { "073", "071", DGM_DEED_OTHER },     { "1312", "112", DGM_DEED_OTHER },
        { "136", "173", DGM_DEED_OTHER },     { "190", "191", DGM_DEED_OTHER },
        { "194", "195", DGM_DEED_OTHER },     { "0353", "125", DGM_DEED_OTHER },
        { "030", "070", DGM_DEED_OTHER },     { "030", "057", DGM_DEED_DONE },
        { "1321", "1722", DGM_DEED_OTHER },   { "", "0841", DGM_DEED_OTHER },
        { "0353", "", DGM_DEED_OTHER },       { "036", "", DGM_DEED_OTHER },
        { "", "", DGM_DEED_OTHER },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        dgm_deed deed = dgm_deed_of(dgm_view_of(cases[i].committed), dgm_view_of(cases[i].later));
        if (deed != cases[i].deed)
            fail_msg("%s, then %s: %d", cases[i].committed, cases[i].later, (int)deed);
    }
}

/* "08" and "17" are of too many sorts; a show of force is threatened as force, a seizure with what
 * needs none. */
static bool is_vague(dgm_view content, dgm_view composed)
{
    static const struct {
        const char *content, *composed;
    } vague[] = { { "08", "035" }, { "080", "035" }, { "08", "124" },
                  { "17", "132" }, { "171", "131" }, { "15", "138" } };
    for (size_t i = 0; i < DGM_LEN(vague); i++)
        if (dgm_view_eq(content, dgm_view_of(vague[i].content)) &&
            dgm_view_eq(composed, dgm_view_of(vague[i].composed)))
            return true;
    return false;
}

/* Cells: an operator, the code of its content, that of the two together. */
static bool check_composition(void *context, const dgm_row *row)
{
    static const char *const said[] = { "02", "03", "10", "12" }, /* no deeds */
        *const intended[] = { "030", "035", "130" };
    dgm_view what = row->cell[0], content = row->cell[1], composed = row->cell[2];
    bool is_intended = false, is_refused = dgm_view_eq(what, DGM_VIEW("120"));
    for (size_t i = 0; i < DGM_LEN(intended); i++)
        is_intended = is_intended || dgm_view_eq(what, dgm_view_of(intended[i]));
    for (size_t i = 0; i < DGM_LEN(said); i++)
        if (dgm_view_starts(content, dgm_view_of(said[i])))
            return true;
    if ((!is_intended && !is_refused) || is_vague(content, composed))
        return true;
    char whole[8]; /* an event of "04" is "040" */
    snprintf(whole, sizeof whole, "%.*s%s", DGM_FMT(content), content.n == 2 ? "0" : "");
    dgm_deed deed = is_refused ? dgm_deed_of(dgm_view_of(whole), composed)
                               : dgm_deed_of(composed, dgm_view_of(whole));
    if (is_refused ? deed != DGM_DEED_REFUSED : deed != DGM_DEED_DONE && deed != DGM_DEED_LIKE)
        fail_msg("%s:%zu: %s, %.*s: %d", row->name, row->line, whole, DGM_FMT(composed), (int)deed);
    ++*(uint32_t *)context;
    return true;
}

static void codes_of_deeds_are_those_of_the_codebook(void **state)
{
    (void)state;
    static const char *const columns[] = { "operator", "content", "cameo", NULL };
    dgm_complaints none = { .fn = NULL };
    uint32_t n = 0;
    char *text = NULL;
    assert_int_equal(dgm_table_load(getenv("DRAGOMAN_TABLES"), "codebook/compositions.tsv", columns,
                                    check_composition, &n, &none, &text),
                     DGM_OK);
    free(text);
    assert_true(n > 70);
}

/* ---- one event in two reports --------------------------------------------------------------- */

enum { FRANCE = 11, MALI = 12, CHAD = 13, FRENCH_ARMY = 21, REBELS = 22, MALIAN_ARMY = 23 };

static const uint32_t some_words[] = { 2, 3, 5, 7, 11, 13, 17, 19 };

/* On a day that its words name, the French army on rebels in a town of Mali. */
static dgm_telling an_attack(int64_t story)
{
    return (dgm_telling) {
        .story = story,
        .day = 18322,
        .story_day = 18323,
        .type = 4,
        .actual = true,
        .dated = true,
        .sides = { { { FRENCH_ARMY, FRANCE } }, { { REBELS, MALI } } },
        .n_sides = { 1, 1 },
        .place = { .told = true,
                   .stated = true,
                   .id = 7,
                   .name = 7,
                   .country = MALI,
                   .province = 3,
                   .lat = NAN,
                   .lon = NAN },
        .words = some_words,
        .n_words = 4,
    };
}

static int points_of(const dgm_telling *a, const dgm_telling *b)
{
    int points = dgm_alike(a, b);
    assert_int_equal(points, dgm_alike(b, a));
    return points;
}

static void two_reports_that_agree_tell_one_event(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    int all = points_of(&a, &b);
    assert_true(all >= DGM_ALIKE_LEAST);
    b.words = some_words + 4; /* in other words */
    int reworded = points_of(&a, &b);
    assert_true(reworded >= DGM_ALIKE_LEAST && reworded < all);
    b.place.told = false;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST && points_of(&a, &b) < reworded);
    b.n_sides[0] = 0; /* nor does it say who did it */
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    assert_true(dgm_alike_among(reworded, 2) == reworded);
    assert_true(dgm_alike_among(reworded, 20) < DGM_ALIKE_LEAST); /* one of twenty attacks */
    assert_true(dgm_alike_among(all, 20) >= DGM_ALIKE_LEAST);
}

static void what_contradicts_is_another_event(void **state)
{
    (void)state;
    const dgm_telling a = an_attack(1);
    dgm_telling others[10];
    for (size_t i = 0; i < DGM_LEN(others); i++)
        others[i] = an_attack(2);
    others[0].type = 5;
    others[1].negated = true;
    others[2].day++;
    others[3].spans = true;
    others[4].apart = true;
    others[5].sides[0][0] = (dgm_told_side) { MALIAN_ARMY, MALI }; /* another did it */
    others[6].place.id = others[6].place.name = 8;                 /* in another town */
    others[7].place.country = CHAD;
    others[8].sizes[DGM_SIZE_ARRESTED].told = others[9].sizes[DGM_SIZE_DEAD].told = true;
    others[8].sizes[DGM_SIZE_ARRESTED].least = others[8].sizes[DGM_SIZE_ARRESTED].most = 13;
    others[9].sizes[DGM_SIZE_DEAD].least = others[9].sizes[DGM_SIZE_DEAD].most = 30;
    for (size_t i = 0; i < DGM_LEN(others); i++) {
        dgm_telling b = a;
        b.sizes[DGM_SIZE_ARRESTED].told = b.sizes[DGM_SIZE_DEAD].told = true;
        b.sizes[DGM_SIZE_ARRESTED].least = b.sizes[DGM_SIZE_ARRESTED].most = 9;
        b.sizes[DGM_SIZE_DEAD].least = b.sizes[DGM_SIZE_DEAD].most = 12;
        if (points_of(&b, &others[i]) >= DGM_ALIKE_LEAST)
            fail_msg("case %zu: %d", i, points_of(&b, &others[i]));
    }
}

static void a_toll_may_rise_and_a_place_be_vague(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    a.sizes[DGM_SIZE_DEAD].told = b.sizes[DGM_SIZE_DEAD].told = true;
    a.sizes[DGM_SIZE_DEAD].least = a.sizes[DGM_SIZE_DEAD].most = 19;
    b.sizes[DGM_SIZE_DEAD].least = b.sizes[DGM_SIZE_DEAD].most = 20;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    b.sizes[DGM_SIZE_DEAD].least = 10; /* at least ten */
    b.sizes[DGM_SIZE_DEAD].most = NAN;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    b.place.name = b.place.id = 8;
    b.place.is_province = true; /* the province of the town */
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    b.place.is_province = false;
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST);
    b.place.stated = false; /* the dateline's */
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
}

static void a_report_without_a_day_may_tell_of_the_day_before(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    b.dated = false;
    b.day = b.story_day = a.day + 1;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    a.story_day = a.day + 9; /* told much later: then that day is the other's own */
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST);
    a = an_attack(1);
    a.dated = b.dated = false;
    b.day = a.day;
    b.words = some_words + 4;
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST); /* of one day, and that is all */
}

static void who_met_whom_is_compared_without_order(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    a.mutual = b.mutual = true;
    b.sides[0][0] = a.sides[1][0];
    b.sides[1][0] = a.sides[0][0];
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST);
    b.sides[0][0] = (dgm_told_side) { CHAD, CHAD };
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST); /* France with Chad, not with Mali */
}

static void a_deal_reached_and_a_deal_signed_are_kin(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    a.mutual = b.mutual = true;
    a.actual = false; /* they agreed to: AGREE is of what is to come */
    int unlike = points_of(&a, &b);
    b.type = 5;
    assert_true(points_of(&a, &b) == DGM_ALIKE_NEVER);
    a.kin = b.kin = 1;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST && points_of(&a, &b) < unlike);
    b.kin = 2;
    assert_true(points_of(&a, &b) == DGM_ALIKE_NEVER);
}

static void other_numbers_speak_against_one_event(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    int silent = points_of(&a, &b);
    a.n_numbers = 1;
    a.numbers[0] = 13;
    assert_int_equal(points_of(&a, &b), silent);
    b.n_numbers = 2;
    b.numbers[0] = 9;
    b.numbers[1] = 40;
    int others = points_of(&a, &b);
    assert_true(others < silent);
    b.numbers[1] = 13;
    assert_int_equal(points_of(&a, &b), silent);
    b.numbers[1] = 40;
    b.words = some_words + 4;
    b.dated = false; /* two bodies on Monday, three on Tuesday */
    b.day = b.story_day = a.day + 1;
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST);
}

static void a_place_that_both_name_is_no_other(void **state)
{
    (void)state;
    dgm_telling a = an_attack(1), b = an_attack(2);
    b.place.id = b.place.name = 8;
    b.place.words[0] = some_words[2];
    b.place.n_words = 1;
    assert_true(points_of(&a, &b) >= DGM_ALIKE_LEAST); /* "in the palace in Havana" */
    assert_false(dgm_alike_contradict(&a, &b));
    static const uint32_t idle[] = { 4, 6 };
    b.place.words[0] = 6;
    assert_true(dgm_alike_contradict(&a, &b));
    a.idle = idle; /* in Death Valley, in March */
    a.n_idle = DGM_LEN(idle);
    assert_false(dgm_alike_contradict(&a, &b));
    b.place.words[1] = some_words[2];
    b.place.n_words = 2;
    assert_false(dgm_alike_contradict(&a, &b));
    b.place.n_words = 1;
    b.place.words[0] = 99;
    assert_true(points_of(&a, &b) < DGM_ALIKE_LEAST);
    assert_true(dgm_alike_contradict(&a, &b));
    a.place.is_province = b.place.is_province = true; /* nor is one province the next one */
    a.place.words[0] = 7;
    assert_true(dgm_alike_contradict(&a, &b));
}

static void numbers_are_read_in_figures_and_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t n, numbers[3];
    } cases[] = {
        { "thirteen members and 1,200 tonnes", 2, { 13, 1200 } },
        { "Ninety of the first in 2014", 1, { 90 } },
        { "one man", 0, { 0 } },
        { "99999999999 and two", 2, { UINT32_MAX, 2 } },
        { "2 3 4 5", 3, { 2, 3, 4 } },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        uint32_t found[3] = { 0 };
        uint32_t n = dgm_telling_numbers(dgm_view_of(cases[i].text), found, DGM_LEN(found));
        if (n != cases[i].n || memcmp(found, cases[i].numbers, n * sizeof *found) != 0)
            fail_msg("%s: %u, the first %u", cases[i].text, n, found[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_estimate_of_overlap_is_near_the_exact_one),
        cmocka_unit_test(copies_meet_in_a_band_and_strangers_do_not),
        cmocka_unit_test(a_text_that_stands_whole_in_a_longer_one_is_its_copy),
        cmocka_unit_test(capitals_and_commas_are_no_difference_and_no_words_no_likeness),
        cmocka_unit_test(a_signature_is_read_as_it_was_written),
        cmocka_unit_test(whoever_quotes_the_same_is_found_by_it),
        cmocka_unit_test(a_packed_story_is_read_whole_or_refused),
        cmocka_unit_test(records_are_as_they_were_and_damage_is_told),
        cmocka_unit_test(one_event_is_one_whatever_the_order_of_its_sides),
        cmocka_unit_test(two_reports_that_agree_tell_one_event),
        cmocka_unit_test(what_contradicts_is_another_event),
        cmocka_unit_test(a_toll_may_rise_and_a_place_be_vague),
        cmocka_unit_test(a_report_without_a_day_may_tell_of_the_day_before),
        cmocka_unit_test(who_met_whom_is_compared_without_order),
        cmocka_unit_test(a_deal_reached_and_a_deal_signed_are_kin),
        cmocka_unit_test(other_numbers_speak_against_one_event),
        cmocka_unit_test(a_place_that_both_name_is_no_other),
        cmocka_unit_test(numbers_are_read_in_figures_and_in_words),
        cmocka_unit_test(what_is_promised_or_threatened_is_told_by_the_speech),
        cmocka_unit_test(the_first_report_of_the_act_decides),
        cmocka_unit_test(codes_say_what_a_later_deed_makes_of_a_promise),
        cmocka_unit_test(codes_of_deeds_are_those_of_the_codebook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
