/* Loading: word classes ("@aid" and the words that it stands for; members are lemmas, or runs of up
 * to three lemmas, "human right") and irregular forms. */
#include "grammar/knowledge.h"

#include <stdlib.h>

bool dgm_grammar_know(dgm_grammar *grammar, dgm_view phrase)
{
    dgm_view word;
    while (dgm_view_split(&phrase, ' ', &word))
        if (word.n > 0 && dgm_map_set(grammar->vocabulary, word, 1, NULL) != DGM_OK)
            return false;
    return true;
}

bool dgm_grammar_suffers(dgm_grammar *grammar, dgm_view lemma)
{
    return dgm_map_set(grammar->sufferers, lemma, 1, NULL) == DGM_OK;
}

uint32_t dgm_class_id(const dgm_grammar *grammar, dgm_view name)
{
    uint32_t id = dgm_map_get(grammar->class_names, name);
    return id < DGM_N_FIXED_CLASSES && !grammar->filled[id] ? DGM_NONE : id;
}

uint32_t dgm_n_class_members(const dgm_grammar *grammar)
{
    return grammar->member_words.n;
}

bool dgm_word_in_class(const dgm_grammar *grammar, dgm_view word, uint32_t class_id)
{
    uint32_t list = dgm_map_get(grammar->members, word);
    for (uint32_t i = 0; list != DGM_NONE && i < grammar->lists.at[list].n; i++)
        if (grammar->lists.at[list].at[i] == class_id)
            return true;
    return false;
}

dgm_view dgm_class_member(const dgm_grammar *grammar, uint32_t i, uint32_t *class_id)
{
    *class_id = grammar->member_classes.at[i];
    return grammar->member_words.at[i];
}

/* Puts a word into a class, once. */
static bool add_member(dgm_grammar *grammar, dgm_view word, uint32_t id)
{
    uint32_t i = dgm_map_get(grammar->members, word);
    if (i == DGM_NONE) {
        i = grammar->lists.n;
        class_list *fresh = dgm_push(grammar->arena, &grammar->lists);
        if (!fresh || dgm_map_set(grammar->members, word, i, NULL) != DGM_OK)
            return false;
    }
    class_list *list = &grammar->lists.at[i];
    for (uint32_t j = 0; j < list->n; j++)
        if (list->at[j] == id)
            return true;
    uint32_t *slot = dgm_push(grammar->arena, list);
    if (slot)
        *slot = id;
    return slot != NULL;
}

/* The number of a class, which need not be known yet; DGM_NONE: no memory. */
static uint32_t class_named(dgm_grammar *grammar, dgm_view name)
{
    uint32_t id = dgm_map_get(grammar->class_names, name);
    if (id == DGM_NONE) {
        id = dgm_map_count(grammar->class_names);
        if (dgm_map_set(grammar->class_names, name, id, NULL) != DGM_OK)
            return DGM_NONE;
    }
    if (id < DGM_N_FIXED_CLASSES)
        grammar->filled[id] = true;
    return id;
}

/* Puts a word, or a run of up to three, into a class of that number. */
static bool add_word(dgm_grammar *grammar, dgm_view word, uint32_t id)
{
    dgm_view *member = dgm_push(grammar->arena, &grammar->member_words);
    uint32_t *class_id = dgm_push(grammar->arena, &grammar->member_classes);
    if (!member || !class_id || !add_member(grammar, word, id) || !dgm_grammar_know(grammar, word))
        return false;
    *member = word;
    *class_id = id;
    return true;
}

static bool load_class(void *context, const dgm_row *row)
{
    grammar_loading *l = context;
    dgm_grammar *grammar = l->grammar;
    dgm_view name = row->cell[0];
    if (!dgm_view_starts(name, DGM_VIEW("@")) || name.n < 2) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "a class begins with @: %.*s", DGM_FMT(name));
        return true;
    }
    name = dgm_view_slice(name, 1, name.n);
    uint32_t id = class_named(grammar, name);
    if (id == DGM_NONE)
        return false;
    dgm_view rest = row->cell[1], word;
    while (dgm_view_split(&rest, ',', &word)) {
        word = dgm_view_trim(word);
        if (word.n > 0 && !add_word(grammar, word, id))
            return false;
    }
    return true;
}

/* Verbs of saying and prepositions stand in one table each, which says of which classes they are.
 */
static bool load_classed(void *context, const dgm_row *row)
{
    grammar_loading *l = context;
    dgm_view rest = row->cell[1], name;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &name)) {
        uint32_t id = class_named(l->grammar, name);
        if (id == DGM_NONE || !add_word(l->grammar, row->cell[0], id))
            return false;
    }
    return true;
}

static const char *const function_names[] = {
#define X(id, name) [DGM_FN_##id] = name,
    DGM_FUNCTION_MAP(X)
#undef X
};

static bool load_function(void *context, const dgm_row *row)
{
    grammar_loading *l = context;
    dgm_grammar *grammar = l->grammar;
    uint32_t function = dgm_view_index(row->cell[0], function_names, DGM_N_FUNCTIONS);
    if (function == DGM_N_FUNCTIONS) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "no function: %.*s",
                     DGM_FMT(row->cell[0]));
        return true;
    }
    dgm_view rest = row->cell[1], word;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &word)) {
        word = dgm_view_trim(word);
        uint32_t i = dgm_map_get(grammar->function_of, word);
        if (i == DGM_NONE) {
            i = grammar->functions.n;
            function_set *fresh = dgm_push(grammar->arena, &grammar->functions);
            if (!fresh || dgm_map_set(grammar->function_of, word, i, NULL) != DGM_OK)
                return false;
        }
        grammar->functions.at[i].bits[function / 64] |= UINT64_C(1) << function % 64;
    }
    return true;
}

/* Forms of a lemma that no rule of inflection gives; the first that claims a form has it. */
static bool load_forms(void *context, const dgm_row *row)
{
    grammar_loading *l = context;
    dgm_grammar *grammar = l->grammar;
    dgm_view rest = row->cell[1], form;
    if (rest.n == 0)
        return true;
    dgm_view *lemma = dgm_push(grammar->arena, &grammar->irregular_lemmas);
    if (!lemma)
        return false;
    *lemma = row->cell[0];
    while (dgm_view_split(&rest, '|', &form))
        if (dgm_map_get(grammar->irregular, form) == DGM_NONE &&
            dgm_map_set(grammar->irregular, form, grammar->irregular_lemmas.n - 1, NULL) != DGM_OK)
            return false;
    return true;
}

/* A job that no word does would silently never be done. */
static void check_functions(const dgm_grammar *grammar, const char *dir, dgm_complaints *complaints)
{
    for (uint32_t f = 0; f < DGM_N_FUNCTIONS; f++) {
        bool done = false;
        for (uint32_t i = 0; i < grammar->functions.n; i++)
            done = done || (grammar->functions.at[i].bits[f / 64] >> f % 64 & 1) != 0;
        if (!done)
            dgm_complain(complaints, DGM_EFORMAT, dir, 0,
                         "english/function-words.tsv: no word is \"%s\"", function_names[f]);
    }
}

static dgm_status load_tables(dgm_grammar *grammar, const char *dir, dgm_complaints *complaints)
{
    static const char *const classes[] = { "class!", "words!", NULL };
    static const char *const prepositions[] = { "word!", "classes", NULL };
    static const char *const speech[] = { "lemma", "classes?", NULL };
    static const char *const functions[] = { "function!", "words!", NULL };
    static const char *const forms[] = { "lemma!", "forms", NULL };
    static const char *const negation[] = { "form!", "where!", "unless", NULL };
    static const char *const conditions[] = { "phrase!", "where!", "meaning!", NULL };
    static const struct {
        const char *name;
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = {
        { "english/classes.tsv", classes, load_class },
        { "cues/speech.tsv", speech, load_classed },
        { "english/prepositions.tsv", prepositions, load_classed },
        { "english/function-words.tsv", functions, load_function },
        { "english/nouns.tsv", forms, load_forms },
        { "english/verbs.tsv", forms, load_forms },
        { "english/negation.tsv", negation, grammar_negation_row },
        { "english/conditions.tsv", conditions, grammar_condition_row },
    };
    static const char *const fixed[] = {
#define X(id, name) name,
        DGM_CLASS_MAP(X)
#undef X
    };
    grammar_loading l = { grammar, complaints };
    for (uint32_t i = 0; i < DGM_LEN(fixed); i++)
        if (dgm_map_set(grammar->class_names, dgm_view_of(fixed[i]), i, NULL) != DGM_OK)
            return DGM_ENOMEM;
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_status status = dgm_table_load(dir, tables[i].name, tables[i].columns, tables[i].fn, &l,
                                           complaints, &grammar->texts[grammar->n_texts]);
        if (status != DGM_OK)
            return status;
        grammar->n_texts++;
    }
    check_functions(grammar, dir, complaints);
    return DGM_OK;
}

dgm_status dgm_grammar_load(const char *tables_dir, dgm_complaints *complaints, dgm_grammar **out,
                            dgm_err *err)
{
    dgm_grammar *grammar = calloc(1, sizeof(*grammar));
    if (!grammar)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the grammar's tables");
    grammar->arena = dgm_arena_new_for_tables();
    grammar->class_names = dgm_map_new();
    grammar->members = dgm_map_new();
    grammar->vocabulary = dgm_map_new();
    grammar->irregular = dgm_map_new();
    grammar->negator_of = dgm_map_new();
    grammar->opener_of = dgm_map_new();
    grammar->sufferers = dgm_map_new();
    grammar->function_of = dgm_map_new();
    dgm_status status = DGM_ENOMEM;
    if (grammar->arena && grammar->class_names && grammar->members && grammar->vocabulary &&
        grammar->irregular && grammar->negator_of && grammar->opener_of && grammar->sufferers &&
        grammar->function_of)
        status = load_tables(grammar, tables_dir, complaints);
    if (status == DGM_OK && dgm_arena_failed(grammar->arena))
        status = DGM_ENOMEM;
    if (status != DGM_OK) {
        dgm_grammar_free(grammar);
        return dgm_fail(err, status, tables_dir, 0, "the tables of the grammar cannot be loaded");
    }
    *out = grammar;
    return DGM_OK;
}

void dgm_grammar_free(dgm_grammar *grammar)
{
    if (!grammar)
        return;
    for (uint32_t i = 0; i < grammar->n_texts; i++)
        free(grammar->texts[i]);
    dgm_map_free(grammar->class_names);
    dgm_map_free(grammar->members);
    dgm_map_free(grammar->vocabulary);
    dgm_map_free(grammar->irregular);
    dgm_map_free(grammar->negator_of);
    dgm_map_free(grammar->opener_of);
    dgm_map_free(grammar->sufferers);
    dgm_map_free(grammar->function_of);
    dgm_arena_free(grammar->arena);
    free(grammar);
}
