/* The tables of actors as the build compiles them: what is compiled is what the tables say, edited
 * tables are read, damaged files are refused or do no harm. */
#include "fixture.h"

#include "actors/lexicon_image.h"
#include "base/compiled.h"

#include <sys/stat.h>
#include <unistd.h>

static const char folder[] = "test_lexicon.tables", compiled[] = "actors/actors.compiled";

static void write_bytes(const char *name, dgm_view bytes)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static void make_folder(void)
{
    char path[200];
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%s/actors", folder);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/english", folder);
    mkdir(path, 0755);
}

static const char *const tables[][2] = {
    { "english/people.tsv", "class\twords\nformer\tformer\n" },
    { "actors/words.tsv", "class\twords\nisland-state\tJPN\n" },
    { "actors/codes.tsv", "code\tmeaning\nJPN\tJapan\nPER\tPeru\n" },
    { "actors/sectors.tsv", "code\tmeaning\nGOV\tgovernment\nMIL\tarmy\n" },
    { "actors/countries.tsv", "phrase\tcountry\tkind\tsector\tfrom\tto\n"
                              "Japan\tJPN\tname\t-\t-\t-\nPeru\tPER\tname\t-\t-\t-\n" },
    { "actors/offices.tsv", "person\talso\tcountry\tsector\toffice\tfrom\tto\n"
                            "Ana Quispe\tQuispe\tPER\tGOV\tpresident\t2020\t-\n" },
    { "actors/organisations.tsv", "name\talso\tcountry\tsector\tothers\tkind\tmembers\n"
                                  "Lake Fleet\t-\tPER\tMIL\t-\tarmed\t-\n" },
    { "actors/groups.tsv", "phrase\tcountry\tsector\tothers\nlake people\tPER\t-\t-\n" },
    { "actors/agents.tsv", "phrase\tsector\tothers\tkind\nsoldier\tMIL\t-\trole\n" },
};

/* Small tables, and what is compiled of them. */
static void make_small(dgm_buffer *bytes)
{
    dgm_complaints complaints = { 0 };
    make_folder();
    for (size_t i = 0; i < DGM_LEN(tables); i++)
        write_bytes(tables[i][0], dgm_view_of(tables[i][1]));
    assert_int_equal(dgm_actors_compile(folder, &complaints, bytes, NULL), DGM_OK);
    write_bytes(compiled, (dgm_view) { bytes->p, bytes->n });
}

/* ---- what the tables say -------------------------------------------------------------------- */

static bool same_fact(const fact *a, const fact *b)
{
    return a->type == b->type && a->kind == b->kind && dgm_view_eq(a->name, b->name) &&
           dgm_view_eq(a->office, b->office) && dgm_view_eq(a->members, b->members) &&
           dgm_view_eq(a->id, b->id) && strcmp(a->country, b->country) == 0 &&
           strcmp(a->sector, b->sector) == 0 &&
           memcmp(a->others, b->others, sizeof a->others) == 0 && a->n_others == b->n_others &&
           a->plural == b->plural && a->weak == b->weak && a->acronym == b->acronym &&
           a->cased == b->cased && a->cased_last == b->cased_last && a->own == b->own &&
           a->given == b->given && a->from == b->from && a->to == b->to && a->source == b->source &&
           a->line == b->line && a->holders == b->holders && a->person == b->person &&
           a->next == b->next;
}

static void check_maps(const dgm_map *a, const dgm_map *b)
{
    assert_int_equal(dgm_map_count(a), dgm_map_count(b));
    for (uint32_t i = 0; i < dgm_map_count(a); i++) {
        uint32_t value, other;
        dgm_view key = dgm_map_key(a, i, &value);
        assert_true(dgm_view_eq(key, dgm_map_key(b, i, &other)));
        assert_true(value == other && dgm_map_get(b, key) == value);
    }
    assert_int_equal(dgm_map_get(b, DGM_VIEW("no such key")), DGM_NONE);
}

static void check_same(const lexicon *a, const lexicon *b)
{
    assert_int_equal(a->facts.n, b->facts.n);
    for (uint32_t i = 0; i < a->facts.n; i++)
        assert_true(same_fact(&a->facts.at[i], &b->facts.at[i]));
    assert_true(a->n_edges == b->n_edges && a->used_edges == b->used_edges);
    assert_memory_equal(a->edges, b->edges, a->n_edges * sizeof(edge));
    assert_true(a->nodes.n == b->nodes.n && a->people == b->people);
    assert_memory_equal(a->nodes.at, b->nodes.at, a->nodes.n * sizeof(uint32_t));
    assert_int_equal(a->sources.n, b->sources.n);
    for (uint32_t i = 0; i < a->sources.n; i++)
        assert_string_equal(a->sources.at[i], b->sources.at[i]);
    assert_true(a->words.known == b->words.known && a->words.longest == b->words.longest);
    assert_int_equal(a->words.sets.n, b->words.sets.n);
    assert_memory_equal(a->words.sets.at, b->words.sets.at, a->words.sets.n * sizeof(uint64_t));
    check_maps(a->tokens, b->tokens);
    check_maps(a->state_names, b->state_names);
    check_maps(a->offices, b->offices);
    check_maps(a->words.numbers, b->words.numbers);
}

static void the_shipped_tables_are_the_same_read_and_compiled(void **state)
{
    (void)state;
    const char *data = getenv("DRAGOMAN_TABLES");
    dgm_complaints complaints = { 0 };
    dgm_buffer bytes = { 0 };
    lexicon read = { .n_texts = 0 }, mapped;
    char from[4096], to[200];
    make_folder();
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        assert_non_null(realpath(data ? data : "data", from));
        snprintf(from + strlen(from), sizeof from - strlen(from), "/%s", tables[i][0]);
        snprintf(to, sizeof to, "%s/%s", folder, tables[i][0]);
        unlink(to);
        assert_int_equal(symlink(from, to), 0);
    }
    assert_int_equal(dgm_actors_compile(folder, &complaints, &bytes, NULL), DGM_OK);
    write_bytes(compiled, (dgm_view) { bytes.p, bytes.n });
    assert_int_equal(lexicon_read(&read, folder, &complaints, NULL), DGM_OK);
    assert_true(lexicon_map(&mapped, folder, &complaints));
    assert_int_equal(complaints.n, 0);
    assert_true(read.facts.n > 40000);
    check_same(&read, &mapped);
    lexicon_done(&read);
    lexicon_done(&mapped);
    dgm_buffer_done(&bytes);
}

/* ---- which is taken ------------------------------------------------------------------------- */

static bool is_mapped(const char *dirs, size_t n_complaints)
{
    lexicon lex;
    dgm_complaints complaints = { 0 };
    bool mapped = lexicon_map(&lex, dirs, &complaints);
    assert_int_equal(complaints.n, n_complaints);
    if (mapped)
        lexicon_done(&lex);
    return mapped;
}

static void compiled_tables_are_taken_until_one_is_edited(void **state)
{
    (void)state;
    char both[200];
    dgm_buffer bytes = { 0 };
    make_small(&bytes);
    assert_true(is_mapped(folder, 0));
    snprintf(both, sizeof both, "%s:/nowhere", folder);
    assert_true(is_mapped(both, 0));
    snprintf(both, sizeof both, "%s:%s", folder, folder); /* an overlay of all tables */
    assert_false(is_mapped(both, 0));
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_view table = dgm_view_of(tables[i][1]);
        write_bytes(tables[i][0], dgm_view_slice(table, 0, table.n - 1));
        assert_false(is_mapped(folder, 0));
        write_bytes(tables[i][0], table);
        assert_true(is_mapped(folder, 0));
    }
    dgm_buffer_done(&bytes);
}

/* ---- damage --------------------------------------------------------------------------------- */

static void a_damaged_file_is_told_and_not_taken(void **state)
{
    (void)state;
    dgm_buffer bytes = { 0 };
    make_small(&bytes);
    for (size_t i = 0; i < bytes.n; i += i < 200 ? 1 : 997) {
        bool other = (i >= 8 && i < 16) || (i >= 32 && i < 48); /* order, version, other tables */
        bytes.p[i] ^= 0x55;
        write_bytes(compiled, (dgm_view) { bytes.p, bytes.n });
        assert_false(is_mapped(folder, other ? 0 : 1));
        bytes.p[i] ^= 0x55;
        write_bytes(compiled, (dgm_view) { bytes.p, i });
        assert_false(is_mapped(folder, 1));
    }
    dgm_compiled_none(&bytes); /* of tables with faults, which tell themselves */
    write_bytes(compiled, (dgm_view) { bytes.p, bytes.n });
    assert_false(is_mapped(folder, 0));
    dgm_buffer_done(&bytes);
}

/* Texts lie between NULs, codes are ASCII: nobody is called by half a character. */
static void a_fact_of_broken_text_is_not_taken(void **state)
{
    (void)state;
    enum { NAME = 0, NAME_N = 4, COUNTRY = 32 }; /* of a fact in the file */
    static const struct {
        size_t at;
        char flip;
    } cases[] = { { NAME, 1 }, { NAME_N, 1 }, { COUNTRY, (char)0x80 }, { COUNTRY, 'P' } };
    dgm_buffer bytes = { 0 };
    make_small(&bytes);
    size_t codes = dgm_view_find((dgm_view) { bytes.p, bytes.n }, DGM_VIEW("PER\0GOV"));
    assert_true(codes != SIZE_MAX);
    for (size_t i = 0; i < DGM_LEN(cases); i++) {
        char *byte = bytes.p + codes - COUNTRY + cases[i].at;
        *byte ^= cases[i].flip;
        dgm_compiled_end(&bytes);
        write_bytes(compiled, (dgm_view) { bytes.p, bytes.n });
        assert_false(is_mapped(folder, 1));
        *byte ^= cases[i].flip;
    }
    dgm_buffer_done(&bytes);
}

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

/* Asks all that can be asked. */
static void use(const lexicon *lex)
{
    static const char *const words[] = { "japan", "peru", "quispe", "lake", "fleet", "soldier" };
    dgm_arena *scratch = dgm_arena_new();
    size_t n = 0;
    for (size_t i = 0; i < DGM_LEN(words); i++) {
        uint32_t token = lexicon_token(lex, dgm_view_of(words[i]));
        uint32_t node = token == DGM_NONE ? DGM_NONE : lexicon_step(lex, 0, token);
        uint32_t k = node == DGM_NONE ? DGM_NONE : lex->nodes.at[node];
        for (const fact *f; (f = lexicon_fact(lex, k)) != NULL; k = f->next) {
            n += f->name.n + f->office.n + f->members.n + f->id.n + fact_source(lex, f, scratch).n;
            n += f->name.n ? (unsigned char)f->name.p[f->name.n - 1] : 0;
        }
    }
    for (uint32_t i = 0; i < dgm_map_count(lex->state_names); i++) {
        uint32_t number;
        (void)dgm_map_key(lex->state_names, i, &number);
        const fact *f = lexicon_fact(lex, number);
        n += f ? f->name.n : 0;
    }
    n += word_of(&lex->words, DGM_VIEW("former"), WORDS_FORMER);
    const fact *people = lexicon_fact(lex, lex->people);
    assert_true(n + (people ? people->name.n : 0) < SIZE_MAX);
    dgm_arena_free(scratch);
}

/* Whoever wants to do harm makes the checksum right. */
static void damage_under_a_right_checksum_does_no_harm(void **state)
{
    (void)state;
    dgm_buffer bytes = { 0 };
    make_small(&bytes);
    char *right = malloc(bytes.n);
    uint32_t random = 1, n_taken = 0;
    assert_non_null(right);
    memcpy(right, bytes.p, bytes.n);
    for (uint32_t round = 0; round < 1500; round++) {
        memcpy(bytes.p, right, bytes.n);
        for (uint32_t k = 0; k < 1 + round % 3; k++) {
            size_t from = sizeof(dgm_compiled_head), n = bytes.n - from;
            if (round % 2) /* what is not edges, which are mostly free */
                n = round % 4 == 1 ? 100 : 5000;
            size_t at = round % 4 == 3 ? bytes.n - 1 - next_random(&random) % n
                                       : from + next_random(&random) % n;
            bytes.p[at] = (char)(next_random(&random) >> 24);
        }
        dgm_compiled_end(&bytes);
        write_bytes(compiled, (dgm_view) { bytes.p, bytes.n });
        lexicon lex;
        dgm_complaints complaints = { 0 };
        if (lexicon_map(&lex, folder, &complaints)) {
            use(&lex);
            lexicon_done(&lex);
            n_taken++;
        }
    }
    assert_true(n_taken > 200 && n_taken < 1400);
    free(right);
    dgm_buffer_done(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests_here[] = {
        cmocka_unit_test(the_shipped_tables_are_the_same_read_and_compiled),
        cmocka_unit_test(compiled_tables_are_taken_until_one_is_edited),
        cmocka_unit_test(a_damaged_file_is_told_and_not_taken),
        cmocka_unit_test(a_fact_of_broken_text_is_not_taken),
        cmocka_unit_test(damage_under_a_right_checksum_does_no_harm),
    };
    return cmocka_run_group_tests(tests_here, NULL, NULL);
}
