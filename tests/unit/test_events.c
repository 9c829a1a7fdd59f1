#include "trees.h"

#include "events/events.h"

#include <math.h>

static dgm_grammar *grammar;
static dgm_events *events;
static dgm_document doc;

static int load(void **state)
{
    dgm_complaints complaints = { .fn = keep_complaint, .context = NULL };
    dgm_err err;
    if (arena_begin(state) != 0)
        return -1;
    const char *tables = getenv("DRAGOMAN_TEST_TABLES");
    if (dgm_grammar_load(tables, &complaints, &grammar, &err) != DGM_OK ||
        dgm_events_load(tables, grammar, &complaints, &events, &err) != DGM_OK ||
        complaints.n > 0) {
        print_error("%s\n", last_complaint);
        return -1;
    }
    return 0;
}

static int unload(void **state)
{
    dgm_events_free(events);
    dgm_grammar_free(grammar);
    return arena_end(state);
}

static dgm_view names(dgm_view out, const dgm_participant *who, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        out = dgm_arena_printf(arena, "%.*s%s%s", DGM_FMT(out), i ? "+" : "",
                               doc.entities.at[who[i].entity].country);
    return out;
}

/* "TYPE code ACTORS>RECIPIENTS" of every event, parted by "; ", "^n" where it is the content of
 * event n. Every proper noun is a country named by its first three letters. */
static const char *events_of(const char *tree)
{
    dgm_err err;
    dgm_view out = { "", 0 };
    read_tree(&doc, tree);
    mention_proper_nouns(&doc);
    assert_int_equal(dgm_grammar_read(grammar, &doc, &err), DGM_OK);
    assert_int_equal(dgm_events_find(events, &doc, &err), DGM_OK);
    for (uint32_t i = 0; i < doc.events.n; i++) {
        const dgm_event *e = &doc.events.at[i];
        out = dgm_arena_printf(arena, "%.*s%s%s %s ", DGM_FMT(out), i ? "; " : "",
                               dgm_event_type_name(e->type), e->cameo);
        out = names(out, e->actors.at, e->actors.n);
        out = names(dgm_arena_printf(arena, "%.*s>", DGM_FMT(out)), e->recipients.at,
                    e->recipients.n);
        if (e->content_of != DGM_NONE)
            out = dgm_arena_printf(arena, "%.*s^%u", DGM_FMT(out), e->content_of);
    }
    return out.p;
}

typedef struct {
    const char *tree, *events;
} example;

static void check(const example *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *found = events_of(cases[i].tree);
        if (strcmp(found, cases[i].events) != 0)
            print_error("%s\n", cases[i].tree);
        assert_string_equal(found, cases[i].events);
    }
}
#define CHECK(cases) check((cases), DGM_LEN(cases))

static void active_and_passive_tell_the_same(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root Baku/PROPN/NNP/2/obj",
          "ASSAULT 190 Ank>Bak" },
        { "Baku/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass shelled:shell/VERB/VBN/0/root "
          "by/ADP/IN/5/case Ankara/PROPN/NNP/3/obl:agent",
          "ASSAULT 190 Ank>Bak" },
        { "Baku/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass shelled:shell/VERB/VBN/0/root",
          "ASSAULT 190 >Bak" },
    };
    CHECK(cases);
}

static void relative_clauses_and_participles_find_their_subject(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/0/root which/PRON/WDT/3/nsubj shelled:shell/VERB/VBD/1/acl:relcl "
          "Baku/PROPN/NNP/3/obj",
          "ASSAULT 190 Ank>Bak" },
        { "Baku/PROPN/NNP/0/root shelled:shell/VERB/VBN/1/acl by/ADP/IN/4/case "
          "Ankara/PROPN/NNP/2/obl:agent",
          "ASSAULT 190 Ank>Bak" },
        { "Ankara/PROPN/NNP/2/nsubj met:meet/VERB/VBD/0/root Baku/PROPN/NNP/2/obj "
          "after/SCONJ/IN/5/mark shelling:shell/VERB/VBG/2/advcl Yerevan/PROPN/NNP/5/obj",
          "CONSULT 040 Ank+Bak>; ASSAULT 190 Ank>Yer" },
    };
    CHECK(cases);
}

static void coordination_shares_subjects_and_lists_sides(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Yerevan/PROPN/NNP/1/conj "
          "met:meet/VERB/VBD/0/root",
          "CONSULT 040 Ank+Yer>" },
        { "Ankara/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root Baku/PROPN/NNP/2/obj "
          "and/CCONJ/CC/5/cc aided:aid/VERB/VBD/2/conj Yerevan/PROPN/NNP/5/obj",
          "ASSAULT 190 Ank>Bak; AID 070 Ank>Yer" },
    };
    CHECK(cases);
}

static void a_light_verb_and_its_noun_are_one_event(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj launched:launch/VERB/VBD/0/root an:a/DET/DT/4/det "
          "attack/NOUN/NN/2/obj on/ADP/IN/6/case Baku/PROPN/NNP/4/nmod",
          "ASSAULT 190 Ank>Bak" },
    };
    CHECK(cases);
    assert_int_equal(doc.events.at[0].trigger.first, 2);
    assert_int_equal(doc.events.at[0].trigger.last, 4);
}

static void the_rule_that_asks_most_wins(void **state)
{
    (void)state;
    events_of("Ankara/PROPN/NNP/2/nsubj withdrew:withdraw/VERB/VBD/0/root "
              "troops:troop/NOUN/NNS/2/obj from/ADP/IN/5/case Baku/PROPN/NNP/2/obl");
    assert_int_equal(doc.events.n, 1);
    assert_string_equal(doc.events.at[0].rule.p, "v0006");
    assert_int_equal(doc.events.at[0].recipients.n, 1);
}

static void nouns_find_roles_by_preposition_possessor_and_adjective(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case attack/NOUN/NN/0/root on/ADP/IN/5/case "
          "Baku/PROPN/NNP/3/nmod",
          "ASSAULT 190 Ank>Bak" },
        { "attack/NOUN/NN/0/root on/ADP/IN/3/case Baku/PROPN/NNP/1/nmod by/ADP/IN/5/case "
          "Ankara/PROPN/NNP/1/nmod",
          "ASSAULT 190 Ank>Bak" },
    };
    CHECK(cases);
}

static void operators_compose_and_keep_their_content(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj refused:refuse/VERB/VBD/0/root to/PART/TO/4/mark "
          "aid/VERB/VB/2/xcomp Baku/PROPN/NNP/4/obj",
          "REJECT 122 Ank>Bak; AID 070 Ank>Bak^0" },
        { "Ankara/PROPN/NNP/2/nsubj vowed:vow/VERB/VBD/0/root to/PART/TO/4/mark "
          "aid/VERB/VB/2/xcomp Baku/PROPN/NNP/4/obj",
          "AGREE 033 Ank>Bak; AID 070 Ank>Bak^0" },
        { "Ankara/PROPN/NNP/2/nsubj vowed:vow/VERB/VBD/0/root to/PART/TO/4/mark "
          "withdraw/VERB/VB/2/xcomp from/ADP/IN/6/case Baku/PROPN/NNP/4/obl",
          "CONCEDE 0356 Ank>Bak; RETREAT 0874 Ank>Bak^0" },
        { "Ankara/PROPN/NNP/2/nsubj threatened:threaten/VERB/VBD/0/root to/PART/TO/4/mark "
          "shell/VERB/VB/2/xcomp Baku/PROPN/NNP/4/obj",
          "THREATEN 138 Ank>Bak; ASSAULT 190 Ank>Bak^0" },
    };
    CHECK(cases);
}

static void objects_control_what_is_urged_and_what_they_are_accused_of(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj urged:urge/VERB/VBD/0/root Yerevan/PROPN/NNP/2/obj "
          "to/PART/TO/5/mark withdraw/VERB/VB/2/xcomp from/ADP/IN/7/case Baku/PROPN/NNP/5/obl",
          "REQUEST 0256 Ank>Yer; RETREAT 0874 Yer>Bak^0" },
        { "Ankara/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Yerevan/PROPN/NNP/2/obj "
          "of/SCONJ/IN/5/mark shelling:shell/VERB/VBG/2/advcl Baku/PROPN/NNP/5/obj",
          "ACCUSE 1123 Ank>Yer; ASSAULT 190 Yer>Bak^0" },
    };
    CHECK(cases);
}

static void the_future_of_help_is_a_promise_and_its_denial_a_refusal(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/3/nsubj will/AUX/MD/3/aux aid/VERB/VB/0/root Baku/PROPN/NNP/3/obj",
          "AGREE 033 Ank>Bak" },
        { "Ankara/PROPN/NNP/4/nsubj will/AUX/MD/4/aux not/PART/RB/4/advmod aid/VERB/VB/0/root "
          "Baku/PROPN/NNP/4/obj",
          "REJECT 122 Ank>Bak" },
    };
    CHECK(cases);
    assert_true(doc.events.at[0].negation_used);
}

static void a_denial_goes_to_whoever_accused(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Yerevan/PROPN/NNP/2/obj | "
          "Yerevan/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root it/PRON/PRP/2/obj",
          "ACCUSE 112 Ank>Yer; REJECT 016 Yer>Ank" },
    };
    CHECK(cases);
}

static void silence_where_nobody_political_acts(void **state)
{
    (void)state;
    static const example cases[] = {
        { "storm/NOUN/NN/2/nsubj killed:kill/VERB/VBD/0/root Baku/PROPN/NNP/2/obj", "" },
        { "he/PRON/PRP/2/nsubj suffered:suffer/VERB/VBD/0/root heart/NOUN/NN/4/compound "
          "attack/NOUN/NN/2/obj in/ADP/IN/6/case Baku/PROPN/NNP/4/nmod",
          "" },
        { "they/PRON/PRP/2/nsubj met:meet/VERB/VBD/0/root", "" },
    };
    CHECK(cases);
}

static void lemmas_that_no_table_has_are_mended_from_the_form(void **state)
{
    (void)state;
    static const example cases[] = {
        { "Ankara/PROPN/NNP/2/nsubj met:m/VERB/VBD/0/root Baku/PROPN/NNP/2/obj",
          "CONSULT 040 Ank+Bak>" },
        { "Ankara/PROPN/NNP/2/nsubj accused:accus/VERB/VBD/0/root Baku/PROPN/NNP/2/obj",
          "ACCUSE 112 Ank>Bak" },
    };
    CHECK(cases);
}

static void codes_scores_and_contexts_come_from_the_ontology(void **state)
{
    (void)state;
    events_of("Ankara/PROPN/NNP/2/nsubj withdrew:withdraw/VERB/VBD/0/root "
              "troops:troop/NOUN/NNS/2/obj");
    const dgm_event *e = &doc.events.at[0];
    assert_true(dgm_view_eq(e->mode, DGM_VIEW("withdraw")));
    assert_true(fabs(e->goldstein - 10.0) < 1e-9 && fabs(e->intensity - 8.0) < 1e-9);
    assert_int_equal(e->quad, 2);
    assert_int_equal(e->contexts, 1);
    assert_true(dgm_view_eq(dgm_context_name(events, 0), DGM_VIEW("military")));
}

/* The program's own tables must load without a complaint. */
static void the_tables_of_the_program_are_sound(void **state)
{
    (void)state;
    dgm_complaints complaints = { .fn = keep_complaint, .context = NULL };
    dgm_grammar *own_grammar = NULL;
    dgm_events *own = NULL;
    dgm_err err;
    const char *tables = getenv("DRAGOMAN_TABLES");
    assert_int_equal(dgm_grammar_load(tables, &complaints, &own_grammar, &err), DGM_OK);
    assert_int_equal(dgm_events_load(tables, own_grammar, &complaints, &own, &err), DGM_OK);
    if (complaints.n > 0)
        print_error("%s\n", last_complaint);
    assert_int_equal(complaints.n, 0);
    assert_int_equal(dgm_n_contexts(own), 37);
    dgm_events_free(own);
    dgm_grammar_free(own_grammar);
}

static uint64_t contexts_of(const char *tree)
{
    events_of(tree);
    assert_int_equal(doc.events.n, 1);
    return doc.events.at[0].contexts;
}

/* Bit 0 is military, bit 1 diplomatic. */
static void contexts_come_from_sides_and_words(void **state)
{
    (void)state;
    /* Words between two states; deeds are none. */
    assert_int_equal(contexts_of("Ankara/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root "
                                 "Baku/PROPN/NNP/2/obj"),
                     2);
    assert_int_equal(contexts_of("Ankara/PROPN/NNP/2/nsubj aided:aid/VERB/VBD/0/root "
                                 "Baku/PROPN/NNP/2/obj"),
                     0);
    /* A word in the event's own clause. */
    assert_int_equal(contexts_of("Ankara/PROPN/NNP/2/nsubj aided:aid/VERB/VBD/0/root "
                                 "Baku/PROPN/NNP/2/obj by/ADP/IN/5/case army/NOUN/NN/2/obl"),
                     1);
    /* The longest name alone counts. */
    assert_int_equal(contexts_of("Ankara/PROPN/NNP/2/nsubj aided:aid/VERB/VBD/0/root "
                                 "Baku/PROPN/NNP/2/obj by/ADP/IN/6/case army/NOUN/NN/6/compound "
                                 "attache/NOUN/NN/2/obl"),
                     2);
    /* Beside the clause, with no story behind it: nothing. */
    assert_int_equal(contexts_of("Ankara/PROPN/NNP/2/nsubj aided:aid/VERB/VBD/0/root "
                                 "Baku/PROPN/NNP/2/obj | army/NOUN/NN/0/root"),
                     0);
}

static void a_type_is_plovers_by_its_name_or_like_one(void **state)
{
    (void)state;
    dgm_types types = dgm_plover_types;
    dgm_event_type first = dgm_type_met(&types, DGM_VIEW("HARVEST"));
    dgm_event_type second = dgm_type_met(&types, DGM_VIEW("FLOOD"));
    assert_int_equal(dgm_type_met(&types, DGM_VIEW("ASSAULT")), DGM_ASSAULT);
    assert_int_equal(dgm_type_met(&types, DGM_VIEW("HARVEST")), first);
    assert_int_not_equal(first, second);
    assert_int_equal(dgm_type_index(first), DGM_N_EVENT_TYPES);
    assert_int_equal(dgm_type_index(second), DGM_N_EVENT_TYPES + 1);
    assert_int_equal(dgm_like(first), DGM_EVENT_NONE);
    assert_string_equal(dgm_type_name(&types, second), "FLOOD");
    dgm_event_type raid = (dgm_event_type)(3u << DGM_LIKE_BITS | DGM_ASSAULT);
    assert_int_equal(dgm_like(raid), DGM_ASSAULT);
    assert_true(dgm_type_among(raid, dgm_type_bit(DGM_ASSAULT)));
    assert_false(dgm_type_among(raid, dgm_type_bit(first) | 1));
    assert_false(dgm_type_among(first, 1)); /* like none is not "none" */
    assert_int_equal(dgm_type_met(&types, DGM_VIEW("two words")), DGM_EVENT_NONE);
    char name[8];
    for (int i = 0; i < 45; i++) {
        snprintf(name, sizeof name, "T%d", i);
        assert_int_not_equal(dgm_type_met(&types, dgm_view_of(name)), DGM_EVENT_NONE);
    }
    assert_int_equal(dgm_type_met(&types, DGM_VIEW("TOO-MANY")), DGM_EVENT_NONE);
    assert_int_equal(dgm_type_index(types.at[DGM_MAX_TYPES - 1].id), DGM_MAX_TYPES - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active_and_passive_tell_the_same),
        cmocka_unit_test(relative_clauses_and_participles_find_their_subject),
        cmocka_unit_test(coordination_shares_subjects_and_lists_sides),
        cmocka_unit_test(a_light_verb_and_its_noun_are_one_event),
        cmocka_unit_test(the_rule_that_asks_most_wins),
        cmocka_unit_test(nouns_find_roles_by_preposition_possessor_and_adjective),
        cmocka_unit_test(operators_compose_and_keep_their_content),
        cmocka_unit_test(objects_control_what_is_urged_and_what_they_are_accused_of),
        cmocka_unit_test(the_future_of_help_is_a_promise_and_its_denial_a_refusal),
        cmocka_unit_test(a_denial_goes_to_whoever_accused),
        cmocka_unit_test(silence_where_nobody_political_acts),
        cmocka_unit_test(lemmas_that_no_table_has_are_mended_from_the_form),
        cmocka_unit_test(codes_scores_and_contexts_come_from_the_ontology),
        cmocka_unit_test(the_tables_of_the_program_are_sound),
        cmocka_unit_test(contexts_come_from_sides_and_words),
        cmocka_unit_test(a_type_is_plovers_by_its_name_or_like_one),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
