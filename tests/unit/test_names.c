/* Names: what gold says, the spans of a tree, the lists, and the section that is learned. */
#include "syntax/gold_names.h"
#include "syntax/model.h"
#include "syntax/names_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *tables(void)
{
    const char *dir = getenv("DRAGOMAN_TABLES");
    return dir ? dir : "data";
}

/* ---- gold ----------------------------------------------------------------------------------- */

typedef struct {
    bool proper;
    uint32_t head;
    const char *misc;
} gold_word;

/* The names of a sentence as "begin-end type;". */
static const char *names_of(const gold_word *words, uint32_t n)
{
    static dgm_gold_names g;
    static char out[200];
    memset(&g, 0, sizeof(g));
    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++)
        dgm_gold_names_add(&g, words[i].proper, words[i].head, dgm_view_of(words[i].misc));
    for (uint32_t i = 0, begin = 0; i < n; i++) {
        dgm_bilu at = g.tag[i] ? dgm_entity_tag_bilu(g.tag[i]) : DGM_BILU_I;
        if (at == DGM_BILU_B || at == DGM_BILU_U)
            begin = i;
        if (at == DGM_BILU_L || at == DGM_BILU_U)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), "%u-%u %s;", begin + 1, i + 1,
                     dgm_entity_type_name(dgm_entity_tag_type(g.tag[i])));
    }
    return out;
}

static void a_gold_name_is_a_mention_headed_by_a_proper_noun(void **unused)
{
    (void)unused;
    static const gold_word states[] = { { false, 3, "Entity=(1-place-new-_-_-2,3-sgl" },
                                        { false, 3, "_" },
                                        { true, 0, "Entity=1)" } };
    assert_string_equal(names_of(states, 3), "1-3 place;"); /* the United States */
    static const gold_word common[] = {
        { true, 2, "Entity=(1-organization-new-_-_-1,2,3-sgl(2-organization-new-_-_-1,2-sgl" },
        { true, 3, "Entity=2)" },
        { false, 0, "Entity=1)" }
    };
    assert_string_equal(names_of(common, 3), "1-2 organization;"); /* Ivy League universities */
}

static void of_gold_names_the_outermost_counts_whatever_its_type(void **unused)
{
    (void)unused;
    static const gold_word battle[] = { { true, 0, "Entity=(1-event-new-_-_-1-sgl" },
                                        { false, 3, "_" },
                                        { true, 1, "Entity=(2-place-new-_-_-1-sgl)1)" } };
    assert_string_equal(names_of(battle, 3), "1-3 event;");
    static const gold_word president[] = { { false, 0, "Entity=(1-person-new-_-_-1-sgl" },
                                           { false, 3, "_" },
                                           { true, 1, "Entity=(2-place-new-_-_-1-sgl)1)" } };
    assert_string_equal(names_of(president, 3), "3-3 place;");
}

static void a_word_is_of_the_innermost_mention_that_it_heads(void **unused)
{
    (void)unused;
    static const gold_word owls[] = { { false, 2, "Entity=(1-person-new-_-_-2-sgl" },
                                      { true, 0, "_" },
                                      { false, 4, "_" },
                                      { true, 2, "Entity=(2-place-new-_-_-1-sgl)1)" } };
    static dgm_gold_names g;
    memset(&g, 0, sizeof(g));
    for (uint32_t i = 0; i < DGM_LEN(owls); i++)
        dgm_gold_names_add(&g, owls[i].proper, owls[i].head, dgm_view_of(owls[i].misc));
    assert_int_equal(g.kind[0], 0);
    assert_int_equal(g.kind[1], DGM_TYPE_PERSON + 1);
    assert_int_equal(g.kind[3], DGM_TYPE_PLACE + 1);
}

/* ---- exchange ------------------------------------------------------------------------------- */

static const char boston[] =
    "# newdoc id = a\n"
    "1\tBoston\tBoston\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place-new-_-_-1-sgl)\n"
    "2\tbeat\tbeat\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tMary\tMary\tPROPN\tNNP\t_\t2\tobj\t_\tEntity=(2-person-new-_-_-1-sgl)\n"
    "4\tand\tand\tCCONJ\tCC\t_\t6\tcc\t_\t_\n"
    "5\tBoston\tBoston\tPROPN\tNNP\t_\t6\tnsubj\t_\tEntity=(1-place-new-_-_-1-sgl)\n"
    "6\twon\twin\tVERB\tVBD\t_\t2\tconj\t_\t_\n"
    "\n";
static const char tulsa[] =
    "# newdoc id = b\n"
    "1\tTulsa\tTulsa\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place-new-_-_-1-sgl)\n"
    "2\tsaw\tsee\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tMonday\tMonday\tPROPN\tNNP\t_\t2\tobl\t_\t_\n"
    "\n";
static const char house[] =
    "# newdoc id = c\n"
    "1\tHouse\tHouse\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-organization-new-_-_-1-sgl\n"
    "2\tof\tof\tADP\tIN\t_\t3\tcase\t_\t_\n"
    "3\tLords\tLord\tPROPN\tNNPS\t_\t1\tnmod\t_\tEntity=1)\n"
    "4\tsat\tsit\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "5\tHouse\tHouse\tPROPN\tNNP\t_\t4\tobj\t_\tEntity=(1-organization-new-_-_-1-sgl)\n"
    "\n";
static const char council[] =
    "# newdoc id = d\n"
    "1\tCouncil\tCouncil\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-organization-new-_-_-1-sgl\n"
    "2\tof\tof\tADP\tIN\t_\t3\tcase\t_\t_\n"
    "3\tMinisters\tMinister\tPROPN\tNNPS\t_\t1\tnmod\t_\tEntity=1)\n"
    "4\tsat\tsit\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "\n";

/* path: as mkstemp() takes it. */
static void write_treebank(char *path, const char *text, size_t n)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, n), n);
    close(fd);
}

static void read_treebank(dgm_conllu_file *file, dgm_arena *arena, const char *text, size_t n,
                          dgm_document *doc)
{
    char path[] = "/tmp/dragoman-names-XXXXXX";
    write_treebank(path, text, n);
    assert_int_equal(dgm_conllu_open(file, path, NULL), DGM_OK);
    file->extra.keep_misc = true;
    assert_int_equal(dgm_conllu_next(file, arena, doc, NULL), DGM_OK);
    unlink(path);
}

/* The forms of `to` after its names became those of `from`. */
static void check_exchange(const char *to, const char *from, const char *const *expected)
{
    dgm_arena *arena = dgm_arena_new();
    names_pool *pool = names_pool_new();
    assert_true(arena && pool);
    dgm_conllu_file a, b;
    dgm_document doc, other;
    read_treebank(&a, arena, to, strlen(to), &doc);
    read_treebank(&b, arena, from, strlen(from), &other);
    assert_true(names_pool_take(pool, &other, b.extra.misc.at));
    assert_true(names_exchange(pool, &doc, a.extra.misc.at, 1));
    const dgm_sentence *s = &doc.sentences.at[0];
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (!dgm_view_eq(s->words[i].form, dgm_view_of(expected[i - 1])))
            fail_msg("%.*s, not %s", DGM_FMT(s->words[i].form), expected[i - 1]);
    names_pool_free(pool);
    dgm_conllu_close(&a);
    dgm_conllu_close(&b);
    dgm_arena_free(arena);
}

static void a_name_is_exchanged_for_one_of_its_type_and_build(void **unused)
{
    (void)unused;
    static const char *const one[] = { "Tulsa", "beat", "Mary", "and", "Tulsa", "won" };
    check_exchange(boston, tulsa, one);
    static const char *const whole[] = { "Council", "of", "Ministers", "sat", "Council" };
    check_exchange(house, council, whole);
    static const char *const none[] = { "House", "of", "Lords", "sat", "House" };
    check_exchange(house, tulsa, none);
}

/* ---- spans ---------------------------------------------------------------------------------- */

static bool has_span(const dgm_names_space *x, uint32_t begin, uint32_t end)
{
    for (uint32_t i = 0; i < x->n_spans; i++)
        if (x->spans[i].begin == begin && x->spans[i].end == end)
            return true;
    return false;
}

/* the University of Paris, which closed */
static void spans_are_parts_of_the_subtree_of_a_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *form;
        dgm_upos upos;
        uint32_t head;
        dgm_deprel rel;
    } of[] = {
        { "the", DGM_DET, 2, DGM_REL_DETREL },       { "University", DGM_PROPN, 0, DGM_REL_ROOT },
        { "of", DGM_ADP, 4, DGM_REL_CASE },          { "Paris", DGM_PROPN, 2, DGM_REL_NMOD },
        { ",", DGM_PUNCT, 2, DGM_REL_PUNCTREL },     { "which", DGM_PRON, 7, DGM_REL_NSUBJ },
        { "closed", DGM_VERB, 2, DGM_REL_ACL_RELCL }
    };
    dgm_word words[DGM_LEN(of) + 1] = { { .form = { "", 0 } } };
    for (uint32_t i = 0; i < DGM_LEN(of); i++)
        words[i + 1] = (dgm_word) { .form = dgm_view_of(of[i].form),
                                    .upos = of[i].upos,
                                    .head = of[i].head,
                                    .deprel = of[i].rel };
    dgm_sentence s = { .words = words, .n_words = DGM_LEN(of) };
    dgm_names_window window = { .s = &s, .first = 1, .n = DGM_LEN(of) };
    dgm_names_space *x = dgm_names_space_new();
    assert_non_null(x);
    names_find(x, &window);
    assert_true(has_span(x, 0, 3));
    assert_true(has_span(x, 0, 6));
    assert_true(has_span(x, 1, 1));
    assert_true(has_span(x, 3, 3));
    assert_false(has_span(x, 1, 2)); /* half of "of Paris" */
    uint32_t n = x->n_spans;
    assert_int_not_equal(names_add_span(x, 0, 3), DGM_NONE);
    assert_int_equal(x->n_spans, n);
    assert_int_equal(x->spans[names_add_span(x, 1, 2)].head, 1);
    dgm_names_space_free(x);
}

static void forms_of_a_document_keep_their_numbers(void **unused)
{
    (void)unused;
    dgm_names_space *x = dgm_names_space_new();
    assert_non_null(x);
    for (uint32_t round = 0; round < 2; round++) {
        dgm_names_begin(x);
        for (uint32_t i = 0; i < 1000; i++)
            assert_int_equal(names_word(x, i * 2654435761u), i);
        for (uint32_t i = 0; i < 1000; i++)
            assert_int_equal(names_word(x, i * 2654435761u), i);
    }
    dgm_names_space_free(x);
}

/* ---- lists ---------------------------------------------------------------------------------- */

static void lists_know_names_whatever_their_case_and_marks(void **unused)
{
    (void)unused;
    dgm_complaints complaints = { 0 };
    name_lists lists;
    char *bytes;
    assert_int_equal(names_lists_read(tables(), &complaints, &bytes, &lists.n, NULL), DGM_OK);
    lists.at = bytes;
    static const struct {
        const char *name;
        uint32_t kind;
    } cases[] = { { "Afghanistan", LIST_LAND },    { "UNITED NATIONS", LIST_BODY },
                  { "U.N.", LIST_BODY },           { "Jimmy Carter", LIST_PERSON },
                  { "Carter", LIST_PERSON },       { "Kurds", LIST_PEOPLE },
                  { "prime minister", LIST_ROLE }, { "Kabul", LIST_CITY } };
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        uint32_t kinds =
            names_lists_find(&lists, names_hash(NAME_HASH_BEGIN, dgm_view_of(cases[i].name)));
        if (!(kinds & cases[i].kind))
            fail_msg("%s: %u", cases[i].name, kinds);
    }
    assert_int_equal(
        names_lists_find(&lists, names_hash(NAME_HASH_BEGIN, DGM_VIEW("Xyzzyplugh of Nowhere"))),
        0);
    free(bytes);
}

/* ---- the section ---------------------------------------------------------------------------- */

static const char treebank[] =
    "# newdoc id = a\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-organization-new-_-_-2-sgl\n"
    "2\tZorbak\tZorbak\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=1)\n"
    "3\tattacked\tattack\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tPlimouth\tPlimouth\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(2-place-new-_-_-1-sgl)\n"
    "5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
    "\n";

typedef struct {
    dgm_model *model;
    char *section;
    size_t n;
    char path[64]; /* of the treebank */
} learned;

static bool learn(learned *l)
{
    char model[4096];
    dgm_complaints complaints = { 0 };
    dgm_err err = { 0 };
    snprintf(model, sizeof(model), "%s/model/english.dgm", tables());
    *l = (learned) { .path = "/tmp/dragoman-names-XXXXXX" };
    if (dgm_model_load(model, &l->model, &err) != DGM_OK)
        return false;
    write_treebank(l->path, treebank, sizeof(treebank) - 1);
    const char *files[] = { l->path };
    if (dgm_names_train(files, 1, l->model, tables(), NULL, &complaints, &l->section, &l->n,
                        &err) != DGM_OK)
        fail_msg("%s", err.msg);
    unlink(l->path);
    return true;
}

static void forget(learned *l)
{
    dgm_model_free(l->model);
    free(l->section);
}

static void what_is_learned_is_found_again(void **unused)
{
    (void)unused;
    learned l;
    if (!learn(&l))
        skip();
    dgm_names_free(l.model->names);
    assert_int_equal(
        dgm_names_load((dgm_view) { l.section, l.n }, l.model->network, &l.model->names, NULL),
        DGM_OK);
    dgm_parser *parser = dgm_parser_new(l.model);
    dgm_arena *arena = dgm_arena_new();
    assert_true(parser && arena);
    dgm_document doc;
    dgm_view rest = { treebank, sizeof(treebank) - 1 };
    dgm_document_init(&doc, arena);
    assert_int_equal(dgm_document_from_conllu(&doc, rest, &rest, "treebank", NULL), DGM_OK);
    assert_int_equal(dgm_parse(parser, &doc, NULL), DGM_OK);
    const dgm_word *words = doc.sentences.at[0].words;
    assert_int_equal(words[1].entity_tag, dgm_entity_tag(DGM_TYPE_ORGANIZATION, DGM_BILU_B));
    assert_int_equal(words[2].entity_tag, dgm_entity_tag(DGM_TYPE_ORGANIZATION, DGM_BILU_L));
    assert_int_equal(words[3].entity_tag, 0);
    assert_int_equal(words[4].entity_tag, dgm_entity_tag(DGM_TYPE_PLACE, DGM_BILU_U));
    dgm_parser_free(parser);
    dgm_arena_free(arena);
    forget(&l);
}

static void a_treebank_without_names_is_refused(void **unused)
{
    (void)unused;
    char model[4096], path[] = "/tmp/dragoman-names-XXXXXX", *section = NULL;
    static const char bare[] = "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n";
    dgm_complaints complaints = { 0 };
    dgm_model *loaded = NULL;
    dgm_err err = { 0 };
    size_t n = 0;
    snprintf(model, sizeof(model), "%s/model/english.dgm", tables());
    if (dgm_model_load(model, &loaded, &err) != DGM_OK)
        skip();
    write_treebank(path, bare, sizeof(bare) - 1);
    const char *files[] = { path };
    assert_int_equal(
        dgm_names_train(files, 1, loaded, tables(), NULL, &complaints, &section, &n, &err),
        DGM_EFORMAT);
    assert_string_equal(err.msg, "there are no names in the treebanks");
    assert_null(section);
    unlink(path);
    dgm_model_free(loaded);
}

static void a_damaged_section_gives_a_message_or_no_names(void **unused)
{
    (void)unused;
    learned l;
    dgm_names *names = NULL;
    dgm_err err = { 0 };
    if (!learn(&l))
        skip();
    const dgm_network *net = l.model->network;
    static const size_t sizes[] = { 0, 3, 31, 400, 100000 };
    for (size_t i = 0; i < DGM_LEN(sizes); i++) {
        err = (dgm_err) { 0 };
        assert_int_equal(dgm_names_load((dgm_view) { l.section, sizes[i] }, net, &names, &err),
                         DGM_EFORMAT);
        assert_true(err.msg[0] != '\0');
    }
    l.section[0]--;
    assert_int_equal(dgm_names_load((dgm_view) { l.section, l.n }, net, &names, &err), DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "another version"));
    l.section[0]++;
    l.section[24]++; /* one listed name more than there are */
    assert_int_equal(dgm_names_load((dgm_view) { l.section, l.n }, net, &names, &err), DGM_EFORMAT);
    l.section[24]--;
    memset(l.section + 32, 0xFF, 4); /* a weight that is no number */
    assert_int_equal(dgm_names_load((dgm_view) { l.section, l.n }, net, &names, &err), DGM_EFORMAT);
    l.section[4]++; /* learned with another parser */
    assert_int_equal(dgm_names_load((dgm_view) { l.section, l.n }, net, &names, &err), DGM_OK);
    assert_null(names);
    forget(&l);
}

/* Otherwise nobody could put new names into a model file that has old ones. */
static void names_can_be_learned_where_old_ones_are(void **unused)
{
    (void)unused;
    char model[4096], path[64] = "/tmp/dragoman-names-XXXXXX", sum[80];
    dgm_model *loaded = NULL;
    dgm_err err = { 0 };
    snprintf(model, sizeof(model), "%s/model/english.dgm", tables());
    if (dgm_model_load(model, &loaded, &err) != DGM_OK)
        skip();
    close(mkstemp(path));
    unlink(path);
    static const char old[40] = { 1 };
    dgm_view name = DGM_VIEW("parser"), parser = dgm_model_file_section(loaded->file, name);
    assert_int_equal(dgm_model_file_replace(path, name, parser, &err), DGM_OK);
    dgm_model_free(loaded);
    name = DGM_VIEW("names");
    assert_int_equal(dgm_model_file_replace(path, name, (dgm_view) { old, sizeof(old) }, &err),
                     DGM_OK);
    assert_int_equal(dgm_model_load(path, &loaded, &err), DGM_EFORMAT);
    assert_non_null(strstr(err.msg, "dragoman train names"));
    assert_string_equal(err.file, path);
    assert_int_equal(dgm_model_load_nameless(path, &loaded, &err), DGM_OK);
    dgm_model_free(loaded);
    snprintf(sum, sizeof(sum), "%s.xxh", path);
    unlink(path);
    unlink(sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gold_name_is_a_mention_headed_by_a_proper_noun),
        cmocka_unit_test(of_gold_names_the_outermost_counts_whatever_its_type),
        cmocka_unit_test(a_word_is_of_the_innermost_mention_that_it_heads),
        cmocka_unit_test(a_name_is_exchanged_for_one_of_its_type_and_build),
        cmocka_unit_test(spans_are_parts_of_the_subtree_of_a_name),
        cmocka_unit_test(forms_of_a_document_keep_their_numbers),
        cmocka_unit_test(lists_know_names_whatever_their_case_and_marks),
        cmocka_unit_test(what_is_learned_is_found_again),
        cmocka_unit_test(a_treebank_without_names_is_refused),
        cmocka_unit_test(names_can_be_learned_where_old_ones_are),
        cmocka_unit_test(a_damaged_section_gives_a_message_or_no_names),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
