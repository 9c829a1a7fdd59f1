#include "fixture.h"

#include "actors/actors.h"
#include "grammar/grammar.h"

static dgm_grammar *grammar;
static dgm_actors *actors;
static dgm_document doc;

static int load(void **state)
{
    dgm_complaints complaints = { .fn = keep_complaint, .context = NULL };
    dgm_err err;
    if (arena_begin(state) != 0)
        return -1;
    const char *tables = getenv("DRAGOMAN_TEST_TABLES");
    if (dgm_grammar_load(tables, &complaints, &grammar, &err) != DGM_OK ||
        dgm_actors_load(tables, &complaints, &actors, &err) != DGM_OK || complaints.n > 0) {
        print_error("%s\n", last_complaint);
        return -1;
    }
    return 0;
}

static int unload(void **state)
{
    dgm_actors_free(actors);
    dgm_grammar_free(grammar);
    return arena_end(state);
}

/* Words as "form lemma UPOS head deprel", one a line, sentences parted by an empty line. */
static dgm_view to_conllu(const char *words)
{
    dgm_view out = dgm_arena_printf(arena, "# date = 2020-10-02\n"), rest = dgm_view_of(words),
             line;
    unsigned number = 0;
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        dgm_view c[5] = { { "", 0 } };
        if (line.n == 0) {
            out = dgm_arena_printf(arena, "%.*s\n", DGM_FMT(out));
            number = 0;
            continue;
        }
        for (size_t i = 0; i < DGM_LEN(c); i++)
            assert_true(dgm_view_split(&line, ' ', &c[i]));
        bool plural = c[2].n == 4 && c[0].n > 1 && dgm_view_ends(c[0], DGM_VIEW("s")) &&
                      !dgm_view_eq(c[0], c[1]);
        out = dgm_arena_printf(arena, "%.*s%u\t%.*s\t%.*s\t%.*s\t_\t%s\t%.*s\t%.*s\t_\t_\n",
                               DGM_FMT(out), ++number, DGM_FMT(c[0]), DGM_FMT(c[1]), DGM_FMT(c[2]),
                               plural ? "Number=Plur" : "_", DGM_FMT(c[3]), DGM_FMT(c[4]));
    }
    return dgm_arena_printf(arena, "%.*s\n", DGM_FMT(out));
}

/* "text=CODE+OTHER" of every mention, parted by "; "; entities parted by "&". */
static const char *mentions_of(const char *words)
{
    dgm_err err;
    dgm_view rest, out = { "", 0 };
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, to_conllu(words), &rest, "x.conllu", &err),
                     DGM_OK);
    assert_int_equal(dgm_grammar_read(grammar, &doc, &err), DGM_OK);
    assert_int_equal(dgm_actors_find(actors, &doc, &err), DGM_OK);
    for (uint32_t i = 0; i < doc.mentions.n; i++) {
        const dgm_mention *m = &doc.mentions.at[i];
        out = dgm_arena_printf(arena, "%.*s%s%.*s=", DGM_FMT(out), i ? "; " : "",
                               DGM_FMT(dgm_span_text(&doc, m->span)));
        for (uint32_t k = 0; k < m->n_entities; k++) {
            const dgm_entity *e = &doc.entities.at[doc.mention_entities.at[m->entities + k]];
            out = dgm_arena_printf(arena, "%.*s%s%s%s", DGM_FMT(out), k ? "&" : "",
                                   e->country[0] ? e->country : "---", e->sector);
            for (uint32_t o = 0; o < e->n_others; o++)
                out = dgm_arena_printf(arena, "%.*s+%s", DGM_FMT(out), e->others[o]);
        }
    }
    return out.p;
}

static void check(const char *words, const char *expected)
{
    assert_string_equal(mentions_of(words), expected);
}

static void nationality_and_role_compose(void **state)
{
    (void)state;
    check("The the DET 4 det\nTurkish turkish ADJ 4 amod\nforeign foreign ADJ 4 amod\n"
          "minister minister NOUN 5 nsubj\nspoke speak VERB 0 root\n",
          "The Turkish foreign minister=TURGOV");
    check("Sudan Sudan PROPN 4 nmod:poss\n's 's PART 1 case\narmy army NOUN 4 compound\n"
          "chief chief NOUN 5 nsubj\nspoke speak VERB 0 root\n",
          "Sudan=SDN; Sudan 's army chief=SDNMIL");
    check("Former former ADJ 3 amod\nSudanese sudanese ADJ 3 amod\nleader leader NOUN 4 nsubj\n"
          "left leave VERB 0 root\n",
          "Former Sudanese leader=SDNELI+GOV");
}

static void both_nationalities_of_a_pair_act(void **state)
{
    (void)state;
    check("Russian russian ADJ 4 amod\nand and CCONJ 3 cc\nTurkish turkish ADJ 1 conj\n"
          "troops troops NOUN 5 nsubj\nleft leave VERB 0 root\n",
          "Russian and Turkish troops=RUSMIL&TURMIL");
}

static void a_backer_is_not_the_country_of_the_backed(void **state)
{
    (void)state;
    check("Moscow Moscow PROPN 3 compound\n- - PUNCT 1 punct\nbacked back VERB 4 amod\n"
          "rebels rebel NOUN 5 nsubj\nfought fight VERB 0 root\nin in ADP 7 case\n"
          "Ukraine Ukraine PROPN 5 obl\n",
          "Moscow - backed rebels=UKRREB; Ukraine=UKR");
}

static void an_office_holds_on_the_storys_date(void **state)
{
    (void)state;
    check("Ada Ada PROPN 3 nsubj\nYilmaz Yilmaz PROPN 1 flat\nspoke speak VERB 0 root\n",
          "Ada Yilmaz=TURGOV");
    check("Carla Carla PROPN 3 nsubj\nRossi Rossi PROPN 1 flat\nspoke speak VERB 0 root\n",
          "Carla Rossi=ITAELI+GOV");
}

static void a_minister_named_later_is_the_one_without_a_name(void **state)
{
    (void)state;
    check(
        "The the DET 4 det\nTurkish turkish ADJ 4 amod\nforeign foreign ADJ 4 amod\n"
        "minister minister NOUN 5 nsubj\nspoke speak VERB 0 root\n\n"
        "Foreign foreign ADJ 2 amod\nMinister minister PROPN 3 nmod:desc\nBora Bora PROPN 5 nsubj\n"
        "Demir Demir PROPN 3 flat\nspoke speak VERB 0 root\n\n"
        "Demir Demir PROPN 2 nsubj\nspoke speak VERB 0 root\n",
        "The Turkish foreign minister=TURGOV; Foreign Minister Bora Demir=TURGOV; Demir=TURGOV");
    assert_int_equal(doc.entities.n, 1);
    assert_true(dgm_view_eq(doc.entities.at[0].name, DGM_VIEW("Bora Demir")));
}

static void an_apposition_is_the_same_person(void **state)
{
    (void)state;
    check("Italy Italy PROPN 4 nmod:poss\n's 's PART 1 case\nprime prime ADJ 4 amod\n"
          "minister minister NOUN 8 nsubj\n, , PUNCT 6 punct\nMario Mario PROPN 4 appos\n"
          "Verdi Verdi PROPN 6 flat\nleft leave VERB 0 root\n",
          "Italy=ITA; Italy 's prime minister=ITAGOV; Mario Verdi=ITAGOV");
    assert_int_equal(doc.entities.n, 2);
}

static void a_spokesman_has_the_code_of_whom_he_speaks_for(void **state)
{
    (void)state;
    check("A a DET 2 det\nspokesman spokesman NOUN 7 nsubj\nfor for ADP 6 case\nthe the DET 6 det\n"
          "Dawn Dawn PROPN 6 compound\nFront Front PROPN 2 nmod\nspoke speak VERB 0 root\n",
          "A spokesman=SDNREB; the Dawn Front=SDNREB");
}

static void a_capital_is_its_government_unless_a_place(void **state)
{
    (void)state;
    check("Ankara Ankara PROPN 2 nsubj\nagreed agree VERB 0 root\n", "Ankara=TURGOV");
    check("They they PRON 2 nsubj\nmet meet VERB 0 root\nin in ADP 4 case\nAnkara Ankara PROPN 2 "
          "obl\n",
          "They=; Ankara=TUR");
    assert_int_equal(doc.entities.at[0].kind, DGM_ENTITY_PLACE);
}

static void a_nationality_before_a_thing_is_a_mention(void **state)
{
    (void)state;
    check("The the DET 3 det\nTurkish turkish ADJ 3 amod\nassault assault NOUN 4 nsubj\n"
          "began begin VERB 0 root\n",
          "Turkish=TUR");
}

static void a_body_stands_for_its_members(void **state)
{
    (void)state;
    check("The the DET 3 det\nContact Contact PROPN 3 compound\nGroup Group PROPN 4 nsubj\n"
          "met meet VERB 0 root\n",
          "The Contact Group=IGO&RUS&USA&FRA");
}

static void its_is_the_subject_of_the_clause(void **state)
{
    (void)state;
    check("Armenia Armenia PROPN 2 nsubj\nsaid say VERB 0 root\nTurkey Turkey PROPN 4 nsubj\n"
          "moved move VERB 2 ccomp\nits its PRON 6 nmod:poss\ntroops troops NOUN 4 obj\n",
          "Armenia=ARM; Turkey=TUR; its=TUR; its troops=TURMIL");
}

static void what_somebody_attacks_is_anothers_wherever_he_stands(void **state)
{
    (void)state;
    check("Armenia Armenia PROPN 2 nsubj\nsaid say VERB 0 root\nTurkey Turkey PROPN 4 nsubj\n"
          "shelled shell VERB 2 ccomp\nits its PRON 6 nmod:poss\ntroops troops NOUN 4 obj\n",
          "Armenia=ARM; Turkey=TUR; its=ARM; its troops=ARMMIL");
    check("Armenia Armenia PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Its its PRON 2 nmod:poss\ntroops troops NOUN 4 obj\nTurkey Turkey PROPN 4 nsubj\n"
          "shelled shell VERB 0 root\n",
          "Armenia=ARM; Its=ARM; Its troops=ARMMIL; Turkey=TUR");
}

static void a_thing_is_nobody(void **state)
{
    (void)state;
    check(
        "Turkey Turkey PROPN 2 nsubj\nleft leave VERB 0 root\n\n"
        "The the DET 2 det\ntreaty treaty NOUN 4 nsubj\nhad have AUX 4 aux\nlost lose VERB 0 root\n"
        "its its PRON 6 nmod:poss\nsense sense NOUN 4 obj\n",
        "Turkey=TUR; its=");
}

static void both_sides_are_the_two_that_fight(void **state)
{
    (void)state;
    check(
        "Baku Baku PROPN 3 nsubj\nis be AUX 3 cop\nlocked locked ADJ 0 root\nin in ADP 6 case\n"
        "a a DET 6 det\nwar war NOUN 3 obl\nwith with ADP 8 case\nYerevan Yerevan PROPN 6 nmod\n\n"
        "Both both DET 2 det\nsides side NOUN 3 nsubj\nfought fight VERB 0 root\n",
        "Baku=AZEGOV; Yerevan=ARMGOV; Both sides=AZEGOV&ARMGOV");
}

static void a_bare_army_is_that_of_the_only_country(void **state)
{
    (void)state;
    check("Thailand Thailand PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "The the DET 2 det\narmy army NOUN 3 nsubj\nwatched watch VERB 0 root\n",
          "Thailand=THA; The army=THAMIL");
}

static void a_bare_army_among_many_is_nobodys(void **state)
{
    (void)state;
    check("Thailand Thailand PROPN 4 nsubj\nand and CCONJ 3 cc\nSudan Sudan PROPN 1 conj\n"
          "voted vote VERB 0 root\n\n"
          "The the DET 2 det\narmy army NOUN 3 nsubj\nwatched watch VERB 0 root\n",
          "Thailand=THA; Sudan=SDN; The army=---MIL");
}

static void a_pronoun_is_not_a_name_in_small_letters(void **state)
{
    (void)state;
    check("Rebels rebel NOUN 2 nsubj\nhit hit VERB 0 root\nus we PRON 2 obj\n",
          "Rebels=---REB; us=");
}

static void a_relative_pronoun_is_its_antecedent(void **state)
{
    (void)state;
    check("Soldiers soldier NOUN 5 nsubj\nwho who PRON 3 nsubj\nfled flee VERB 1 acl:relcl\n"
          "have have AUX 5 aux\nreturned return VERB 0 root\nto to ADP 7 case\n"
          "Sudan Sudan PROPN 5 obl\n",
          "Soldiers=SDNMIL; who=SDNMIL; Sudan=SDN");
}

static void we_are_whom_the_statement_names(void **state)
{
    (void)state;
    check("We we PRON 8 nsubj\n, , PUNCT 1 punct\npresidents president NOUN 8 nsubj\n"
          "of of ADP 5 case\nRussia Russia PROPN 3 nmod\nand and CCONJ 7 cc\n"
          "Turkey Turkey PROPN 5 conj\nagree agree VERB 0 root\n\n"
          "We we PRON 2 nsubj\ncall call VERB 0 root\n",
          "We=RUSGOV&TURGOV; presidents=RUSGOV&TURGOV; Russia=RUS; Turkey=TUR; We=RUSGOV&TURGOV");
}

static void a_surname_alone_is_the_one_in_office(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Demir Demir PROPN 2 nsubj\nspoke speak VERB 0 root\n",
          "Turkey=TUR; Demir=TURGOV");
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Cem Cem PROPN 3 nsubj\nDemir Demir PROPN 1 flat\nspoke speak VERB 0 root\n",
          "Turkey=TUR; Cem Demir=---");
}

static void a_bad_row_is_named_with_its_line(void **state)
{
    (void)state;
    dgm_complaints complaints = { .fn = keep_complaint, .context = NULL };
    dgm_actors *bad = NULL;
    dgm_err err;
    all_complaints[0] = 0;
    dgm_view dir = dgm_arena_printf(arena, "%s/bad", getenv("DRAGOMAN_TEST_TABLES"));
    assert_int_equal(dgm_actors_load(dir.p, &complaints, &bad, &err), DGM_OK);
    static const char *const expected[] = {
        "english/people.tsv:2: \"faeries\" is not a class of words\n",
        "english/people.tsv:3: \"country\" is in this class already\n",
        "agents.tsv:3: \"XXX\" is not a code of a sector\n",
        "english/people.tsv: no word is of class \"aboard\", nor of some others\n",
    };
    assert_int_equal(complaints.n, DGM_LEN(expected));
    for (size_t i = 0; i < DGM_LEN(expected); i++)
        assert_non_null(strstr(all_complaints, expected[i]));
    dgm_actors_free(bad);
}

static void rows_that_code_somebody_wrongly_are_named(void **state)
{
    (void)state;
    dgm_complaints ignored = { 0 }, complaints = { .fn = keep_complaint };
    dgm_actors *bad = NULL;
    dgm_err err;
    dgm_view dir = dgm_arena_printf(arena, "%s/bad", getenv("DRAGOMAN_TEST_TABLES"));
    assert_int_equal(dgm_actors_load(dir.p, &ignored, &bad, &err), DGM_OK);
    all_complaints[0] = 0;
    dgm_actors_audit(bad, dir.p, &complaints);
    static const char *const expected[] = {
        "agents.tsv:4: \"turkish official\" names Turkish, and the row does not say whose role",
        "agents.tsv:5: \"united states envoy\" names United States, and",
        "countries.tsv:23: \"the States\" is one word once its article is gone, and ends the name "
        "of others (\"Baltic States\")\n",
        "offices.tsv:6: the office \"italy president\" is one of Italy, not of the row's country\n",
        "offices.tsv:7: Carla Rossi holds an office of another state at the same time "
        "(actors/offices.tsv:5): two people want two ids, one has one country\n",
    };
    for (size_t i = 0; i < DGM_LEN(expected); i++)
        if (!strstr(all_complaints, expected[i]))
            fail_msg("no \"%s\" in\n%s", expected[i], all_complaints);
    assert_int_equal(complaints.n, DGM_LEN(expected));
    dgm_actors_free(bad);
}

static void an_acronym_wants_its_case(void **state)
{
    (void)state;
    check("Dow Dow PROPN 3 nsubj\nJones Jones PROPN 1 flat\nfell fall VERB 0 root\n",
          "Dow Jones=---");
    check("DoW DoW PROPN 2 nsubj\nspoke speak VERB 0 root\n", "DoW=THAGOV");
    check("Npo Npo PROPN 2 nsubj\nspoke speak VERB 0 root\n", "Npo=IGO");
    check("Tpo Tpo PROPN 3 nsubj\nMori Mori PROPN 1 flat\nspoke speak VERB 0 root\n",
          "Tpo Mori=---");
}

static void a_role_may_have_a_country_of_its_own(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "The the DET 3 det\nLombard Lombard PROPN 3 compound\nsecretary secretary NOUN 4 nsubj\n"
          "spoke speak VERB 0 root\n",
          "Turkey=TUR; The Lombard secretary=ITAGOV");
}

static void a_party_of_another_state_lends_only_its_sector(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "The the DET 3 det\nLiberal Liberal PROPN 3 amod\nParty Party PROPN 4 nsubj\n"
          "spoke speak VERB 0 root\n",
          "Turkey=TUR; The Liberal Party=TURPTY");
    assert_true(
        dgm_view_eq(doc.entities.at[doc.entities.n - 1].name, DGM_VIEW("The Liberal Party")));
}

static void a_minister_is_of_the_state_just_spoken_of(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Sudan Sudan PROPN 2 nsubj\nprotested protest VERB 0 root\n\n"
          "The the DET 3 det\nforeign foreign ADJ 3 amod\nminister minister NOUN 4 nsubj\n"
          "spoke speak VERB 0 root\n",
          "Turkey=TUR; Turkey=TUR; Turkey=TUR; Sudan=SDN; The foreign minister=SDNGOV");
}

static void police_are_of_the_place_just_spoken_of(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Turkey Turkey PROPN 2 nsubj\nvoted vote VERB 0 root\n\n"
          "Crowds crowd NOUN 2 nsubj\nmarched march VERB 0 root\nin in ADP 4 case\n"
          "Yerevan Yerevan PROPN 2 obl\n\n"
          "Police police NOUN 2 nsubj\nwatched watch VERB 0 root\n",
          "Turkey=TUR; Turkey=TUR; Yerevan=ARM; Police=ARMCOP");
}

static void two_countries_troops_are_of_both(void **state)
{
    (void)state;
    check("Russia Russia PROPN 4 nsubj\nand and CCONJ 3 cc\nTurkey Turkey PROPN 1 conj\n"
          "met meet VERB 0 root\n\n"
          "The the DET 3 det\ntwo two NUM 3 nummod\ncountries country NOUN 5 nmod:poss\n"
          "' 's PART 3 case\ntroops troops NOUN 6 nsubj\nwaited wait VERB 0 root\n",
          "Russia=RUS; Turkey=TUR; The two countries=RUS&TUR; "
          "The two countries ' troops=RUSMIL&TURMIL");
}

static void a_crew_is_of_the_flag(void **state)
{
    (void)state;
    check("Turkey Turkey PROPN 2 nsubj\nseized seize VERB 0 root\na a DET 4 det\n"
          "ship ship NOUN 2 obj\nflagged flag VERB 4 acl\nin in ADP 7 case\n"
          "Sudan Sudan PROPN 5 obl\n\n"
          "The the DET 2 det\ncrew crew NOUN 3 nsubj\nwaited wait VERB 0 root\n",
          "Turkey=TUR; Sudan=SDN; The crew=SDNCVL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nationality_and_role_compose),
        cmocka_unit_test(both_nationalities_of_a_pair_act),
        cmocka_unit_test(a_backer_is_not_the_country_of_the_backed),
        cmocka_unit_test(an_office_holds_on_the_storys_date),
        cmocka_unit_test(a_minister_named_later_is_the_one_without_a_name),
        cmocka_unit_test(an_apposition_is_the_same_person),
        cmocka_unit_test(a_spokesman_has_the_code_of_whom_he_speaks_for),
        cmocka_unit_test(a_capital_is_its_government_unless_a_place),
        cmocka_unit_test(a_nationality_before_a_thing_is_a_mention),
        cmocka_unit_test(a_body_stands_for_its_members),
        cmocka_unit_test(its_is_the_subject_of_the_clause),
        cmocka_unit_test(what_somebody_attacks_is_anothers_wherever_he_stands),
        cmocka_unit_test(a_thing_is_nobody),
        cmocka_unit_test(both_sides_are_the_two_that_fight),
        cmocka_unit_test(a_bare_army_is_that_of_the_only_country),
        cmocka_unit_test(a_bare_army_among_many_is_nobodys),
        cmocka_unit_test(a_pronoun_is_not_a_name_in_small_letters),
        cmocka_unit_test(a_relative_pronoun_is_its_antecedent),
        cmocka_unit_test(we_are_whom_the_statement_names),
        cmocka_unit_test(a_surname_alone_is_the_one_in_office),
        cmocka_unit_test(a_bad_row_is_named_with_its_line),
        cmocka_unit_test(rows_that_code_somebody_wrongly_are_named),
        cmocka_unit_test(an_acronym_wants_its_case),
        cmocka_unit_test(a_role_may_have_a_country_of_its_own),
        cmocka_unit_test(a_party_of_another_state_lends_only_its_sector),
        cmocka_unit_test(a_minister_is_of_the_state_just_spoken_of),
        cmocka_unit_test(police_are_of_the_place_just_spoken_of),
        cmocka_unit_test(two_countries_troops_are_of_both),
        cmocka_unit_test(a_crew_is_of_the_flag),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
