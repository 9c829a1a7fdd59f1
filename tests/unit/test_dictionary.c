/* Dictionaries of TABARI and PETRARCH: what is read, what our tables say of it, what is refused. */
#include "dictionary/dictionary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char complaints_text[4000];
static size_t n_before; /* bytes of the table before what was imported */

static void note(void *context, const dgm_err *err)
{
    (void)context;
    size_t n = strlen(complaints_text);
    snprintf(complaints_text + n, sizeof complaints_text - n, "%zu: %s\n", err->line, err->msg);
}

/* Imports one text and gives the imported rows of a table of the result. */
static const char *rows(dgm_dictionary_kind kind, const char *text, bool beside, const char *table)
{
    static char found[200000];
    char folder[] = "/tmp/dictionary-XXXXXX", path[400], command[400];
    dgm_complaints complaints = { .fn = note };
    dgm_dictionary_tally tally;
    dgm_err err = { 0 };
    complaints_text[0] = '\0';
    assert_non_null(mkdtemp(folder));
    dgm_dictionary *d = dgm_dictionary_new();
    assert_non_null(d);
    assert_int_equal(dgm_dictionary_read(d, kind, "test.txt", dgm_view_of(text), &complaints, &err),
                     DGM_OK);
    dgm_status status = dgm_dictionary_write(d, getenv("DRAGOMAN_TEST_TABLES"), folder, beside,
                                             &complaints, &tally, &err);
    if (status != DGM_OK)
        print_message("%s\n", err.msg);
    assert_int_equal(status, DGM_OK);
    dgm_dictionary_free(d);
    snprintf(path, sizeof path, "%s/%s", folder, table);
    char *bytes = NULL;
    size_t n = 0;
    assert_int_equal(dgm_file_read(path, sizeof found - 1, &bytes, &n, &err), DGM_OK);
    const char *mark = strstr(bytes, "# imported\n");
    n_before = mark ? (size_t)(mark - bytes) : n;
    snprintf(found, sizeof found, "%s", mark ? mark + 11 : "");
    free(bytes);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    return found;
}

static const char a_verb[] = "--- RESTORE [---] ---\nRESTORE {RESTORES RESTORED}\n- * TIES [064]\n";

/* What a name has no room for is empty, and would be another. */
static void a_dictionary_without_memory_is_refused(void **state)
{
    static const struct {
        dgm_dictionary_kind kind;
        const char *text;
    } cases[] = {
        { DGM_DICTIONARY_ACTORS, "ARNOR_ [ARN]\n+MINAS_TIRITH\n" },
        { DGM_DICTIONARY_AGENTS, "WARRIOR [~REB]\n" },
        { DGM_DICTIONARY_VERBS, a_verb },
    };
    (void)state;
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        size_t n = 1;
        for (size_t left = 0; left == 0; n++) {
            dgm_complaints complaints = { .fn = note };
            dgm_err err = { 0 };
            complaints_text[0] = '\0';
            dgm_dictionary *d = dgm_dictionary_new();
            dgm_arena_fail_at(n);
            dgm_status status = dgm_dictionary_read(d, cases[i].kind, "test.txt",
                                                    dgm_view_of(cases[i].text), &complaints, &err);
            left = dgm_arena_fail_at(0);
            if (status != (left == 0 ? DGM_ENOMEM : DGM_OK))
                fail_msg("dictionary %zu, allocation %zu: %d, %s", i, n, (int)status, err.msg);
            dgm_dictionary_free(d);
        }
        assert_true(n > 3);
    }
}

static void a_file_tells_by_its_name_what_it_holds(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        dgm_dictionary_kind kind;
    } cases[] = {
        { "x/Phoenix.Countries.actors.txt", DGM_DICTIONARY_ACTORS },
        { "Phoenix.agents.txt", DGM_DICTIONARY_AGENTS },
        { "actors/CAMEO.2.0.txt", DGM_DICTIONARY_VERBS },
        { "PETR.Validate.discards.txt", DGM_DICTIONARY_DISCARDS },
        { "actors/README", DGM_N_DICTIONARY_KINDS },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        assert_int_equal(dgm_dictionary_kind_of(cases[i].path), cases[i].kind);
}

static void actors_have_other_names_and_adjectives(void **state)
{
    (void)state;
    assert_string_equal(rows(DGM_DICTIONARY_ACTORS,
                             "ERIADOR [ERI] # a comment\n+ERIADORIAN\n<!-- not\nread -->\n"
                             "PRINCE_OF_DOL_AMROTH_ [DOL]\n",
                             false, "actors/countries.tsv"),
                        "Eriador\tERI\tname\t-\t-\t-\t-\n"
                        "Eriadorian\tERI\tname\t-\t-\t-\t-\n"
                        "Eriadorian\tERI\tadjective\t-\t-\t-\t-\n"
                        "Prince of Dol Amroth\tDOL\tname\t-\t-\t-\t-\n");
    assert_string_equal(complaints_text, "");
}

static void dated_codes_leave_their_days_to_those_before_them(void **state)
{
    (void)state;
    assert_string_equal(rows(DGM_DICTIONARY_ACTORS,
                             "SAM [HOB]\n [HOBREB <20080120]\n [HOBMIL 20080110-20121109]\n", false,
                             "actors/organisations.tsv"),
                        "Sam\t-\tHOB\tREB\t-\tigo\t-\t-\t2008-01-20\t-\n"
                        "Sam\t-\tHOB\tMIL\t-\tigo\t-\t2008-01-21\t2012-11-09\t-\n");
    assert_string_equal(rows(DGM_DICTIONARY_ACTORS, "RHUN\n\t[RHO <790606]\n\t[ZBW]\n", false,
                             "actors/countries.tsv"),
                        "Rhun\tRHO\tname\t-\t-\t1979-06-06\t-\n"
                        "Rhun\tZBW\tname\t-\t1979-06-07\t-\t-\n");
}

static void an_actor_of_two_codes_is_a_body_with_members(void **state)
{
    (void)state;
    assert_string_equal(
        rows(DGM_DICTIONARY_ACTORS, "LORIEN [ELR/GAL]\n", false, "actors/organisations.tsv"),
        "Lorien\t-\t-\t-\t-\t-\tELR,GAL\t-\t-\t-\n");
}

static void agents_have_plurals_macros_and_several_sectors(void **state)
{
    (void)state;
    assert_string_equal(rows(DGM_DICTIONARY_AGENTS,
                             "!PERSON! = MAN, MEN\nPRESS {} [~GOVMED]\nCONGRESS!PERSON! [~LEG]\n"
                             "GOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]\nSOLDIER [~MIL]\n",
                             false, "actors/agents.tsv"),
                        "press\tGOV\tMED\trole\tpress\t-\n"
                        "congressman\tLEG\t-\trole\tcongressman\t-\n"
                        "congressmen\tLEG\t-\trole\tcongressmen\t-\n"
                        "golden goose\tGGS\t-\trole\tgolden geese\t-\n"
                        "soldier\tMIL\t-\trole\t-\t-\n");
}

static void patterns_become_rules_by_order(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *rule;
    } cases[] = {
        { "* DIPLOMATIC",
          "i0001\tmeet right:=diplomatic\tCONSULT\t040\tsubj,nearleft\tobj,iobj,nearright\t-\n" },
        { "SAID * {PEACE TALKS}",
          "i0001\tmeet left:=said "
          "right:=peace_talks\tCONSULT\t040\tsubj,nearleft\tobj,iobj,nearright\t-\n" },
        { "+ * TO_ ^ FROM $",
          "i0001\tmeet right:=to right:=from\tCONSULT\t040\tfrom,nearright\tnearleft\t-\n" },
        { "% *", "i0001\tmeet both:*\tCONSULT\t040\tboth\tnone\t-\n" },
        { "* &TALKS",
          "i0001\tmeet right:@syn_talks\tCONSULT\t040\tsubj,nearleft\tobj,iobj,nearright\t-\n" },
        { "* NEW_&TALKS", "i0001\tmeet "
                          "right:=new_talks|=new_peace_talks\tCONSULT\t040\tsubj,nearleft\tobj,"
                          "iobj,nearright\t-\n" },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char text[300], expected[400];
        snprintf(text, sizeof text,
                 "&TALKS\n+TALKS\n+PEACE_TALKS\n\n--- MEET [---] ---\nMEET\n- %s [040]\n",
                 cases[i].pattern);
        snprintf(expected, sizeof expected,
                 "%si0002\tmeet\t-\t-\tsubj,nearleft\tobj,iobj,nearright\t-\n", cases[i].rule);
        assert_string_equal(rows(DGM_DICTIONARY_VERBS, text, false, "rules/verbs.tsv"), expected);
        assert_string_equal(complaints_text, "");
    }
}

static void a_verb_with_dots_in_its_words_is_no_path_of_slots(void **state)
{
    (void)state;
    const char *found = rows(DGM_DICTIONARY_VERBS, "--- MEET [040] ---\nMEET_U.N. IN_PUBLIC\n",
                             false, "rules/verbs.tsv");
    assert_string_equal(found,
                        "i0001\tmeet right:=u.n. in public\tCONSULT\t040\tsubj,nearleft\tobj,iobj,"
                        "nearright\t-\n");
}

static void what_cannot_be_said_is_listed_and_the_rest_imported(void **state)
{
    (void)state;
    const char *found = rows(DGM_DICTIONARY_VERBS,
                             "--- MEET [040] ---\nMEET\n- WITHOUT ASTERISK [040]\n- $ + * [040]\n"
                             "- * &NOWHERE [040]\n- * NO CODE\n- * TALKS [9x]\n=?\n",
                             false, "rules/verbs.tsv");
    assert_non_null(strstr(found, "meet\tCONSULT\t040\t"));
    assert_string_equal(
        complaints_text,
        "6: no pattern with its [CODE], below a verb: - * NO CODE\n"
        "8: neither verb nor pattern nor synonyms: =?\n"
        "3: the pattern is left out: it has no asterisk where the verb stands\n"
        "4: the pattern is left out: source and target stand on the same side of the verb\n"
        "5: the pattern is left out: it names a synonym set that is nowhere\n"
        "7: 9X is no CAMEO code; cameo.tsv now has it as CONSULT, to be corrected there\n");
}

static void synonym_sets_in_each_other_end(void **state)
{
    (void)state;
    const char *found = rows(DGM_DICTIONARY_VERBS, "&A\n+&B\n+TIES\n\n&B\n+&A\n+PACT\n", false,
                             "english/classes.tsv");
    assert_non_null(strstr(found, "@syn_a\t"));
    assert_non_null(strstr(found, "ties, tie"));
}

static void discards_silence_sentences_or_stories(void **state)
{
    (void)state;
    assert_string_equal(rows(DGM_DICTIONARY_DISCARDS,
                             "# no\n-\nYEARS LATER\n+-\n+Manchester United # x\n", false,
                             "rules/discards.tsv"),
                        "years later\tsentence\nmanchester united\tstory\n");
}

static void ours_stay_beside_theirs(void **state)
{
    (void)state;
    assert_string_equal(rows(DGM_DICTIONARY_AGENTS, "ELF [~ELF]\n", true, "actors/agents.tsv"),
                        "elf\tELF\t-\trole\t-\t-\n");
    assert_true(n_before > 200);
    assert_string_equal(rows(DGM_DICTIONARY_AGENTS, "ELF [~ELF]\n", false, "actors/agents.tsv"),
                        "elf\tELF\t-\trole\t-\t-\n");
    assert_true(n_before < 60);
    assert_string_equal(rows(DGM_DICTIONARY_AGENTS, "ELF [~ELF]\n", false, "actors/sectors.tsv"),
                        "ELF\timported\n");
}

static void a_folder_that_is_not_empty_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/dictionary-XXXXXX", path[100];
    dgm_complaints quiet = { 0 };
    dgm_dictionary_tally tally;
    dgm_err err = { 0 };
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/kept", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fclose(f);
    dgm_dictionary *d = dgm_dictionary_new();
    assert_int_equal(
        dgm_dictionary_write(d, getenv("DRAGOMAN_TEST_TABLES"), folder, true, &quiet, &tally, &err),
        DGM_EUSAGE);
    assert_string_equal(err.msg, "is not empty; tables need a new folder");
    dgm_dictionary_free(d);
    remove(path);
    rmdir(folder);
}

static void any_bytes_are_read_or_complained_about(void **state)
{
    (void)state;
    static const char *const texts[] = { "[",
                                         "+",
                                         "+[X]",
                                         "A [",
                                         "A [B < 1]",
                                         "!A! = ",
                                         "X!Q! [~A]",
                                         "{",
                                         "---",
                                         "&",
                                         "-",
                                         "- [",
                                         "- *[01]",
                                         "\xff\xfe",
                                         "<!",
                                         "<!-- \n -->x [ABC]",
                                         "A [~]",
                                         "A {} [~]",
                                         "A++B+ {+|||+} [",
                                         "--- A [01] ---\n+\n- &*&_& [01]\n" };
    for (size_t i = 0; i < DGM_LEN(texts); i++) {
        for (int kind = 0; kind < DGM_N_DICTIONARY_KINDS; kind++) {
            dgm_complaints quiet = { 0 };
            dgm_err err = { 0 };
            dgm_dictionary *d = dgm_dictionary_new();
            assert_int_equal(dgm_dictionary_read(d, (dgm_dictionary_kind)kind, "t",
                                                 dgm_view_of(texts[i]), &quiet, &err),
                             DGM_OK);
            dgm_dictionary_free(d);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_tells_by_its_name_what_it_holds),
        cmocka_unit_test(a_dictionary_without_memory_is_refused),
        cmocka_unit_test(actors_have_other_names_and_adjectives),
        cmocka_unit_test(dated_codes_leave_their_days_to_those_before_them),
        cmocka_unit_test(an_actor_of_two_codes_is_a_body_with_members),
        cmocka_unit_test(agents_have_plurals_macros_and_several_sectors),
        cmocka_unit_test(patterns_become_rules_by_order),
        cmocka_unit_test(a_verb_with_dots_in_its_words_is_no_path_of_slots),
        cmocka_unit_test(what_cannot_be_said_is_listed_and_the_rest_imported),
        cmocka_unit_test(synonym_sets_in_each_other_end),
        cmocka_unit_test(discards_silence_sentences_or_stories),
        cmocka_unit_test(ours_stay_beside_theirs),
        cmocka_unit_test(a_folder_that_is_not_empty_is_refused),
        cmocka_unit_test(any_bytes_are_read_or_complained_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
