/* Words of a filter against what there is: the tables' codes and what the store has. A word that is
 * neither would find nothing and say nothing. */
#include "library/filters.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const dgm_options *options;
    const char *tables_dirs; /* NULL: there are none */
    dgm_store *store;
    dgm_complaints *notes;
    dgm_map *countries, *sectors, *modes; /* of the tables; empty: there are none */
    dgm_nearest nearest, by_meaning;      /* of the word that is unknown */
    char code[8];                         /* of the country that by_meaning names */
    dgm_status status;
    dgm_err *err;
} checker;

typedef struct {
    checker *c;
    dgm_map *codes;
} taker;

/* Whoever writes a country's name is told its code. */
static void take_name(checker *c, dgm_view code, dgm_view name)
{
    uint32_t before = c->by_meaning.distance;
    dgm_nearest_try(&c->by_meaning, name);
    if (c->by_meaning.distance < before)
        snprintf(c->code, sizeof c->code, "%.*s", DGM_FMT(code));
}

static bool take_word(void *context, const dgm_row *row)
{
    taker *t = context;
    dgm_nearest_try(&t->c->nearest, row->cell[0]);
    take_name(t->c, row->cell[0], row->cell[1]);
    return dgm_map_set(t->codes, row->cell[0], 1, NULL) == DGM_OK;
}

static bool take_country(void *context, const dgm_row *row)
{
    if (dgm_view_eq(row->cell[2], DGM_VIEW("name")))
        take_name(((taker *)context)->c, row->cell[0], row->cell[1]);
    return true;
}

static void load(checker *c, const char *table, const char *const *columns, dgm_row_fn fn,
                 dgm_map *codes)
{
    taker t = { c, codes };
    dgm_complaints unheard = { .fn = NULL };
    char *text = NULL;
    if (c->tables_dirs &&
        dgm_table_load(c->tables_dirs, table, columns, fn, &t, &unheard, &text) == DGM_OK)
        free(text);
}

static void load_tables(checker *c, dgm_word_kind kind)
{
    static const char *const modes[] = { "mode", NULL }, *const codes[] = { "code", NULL },
                             *const countries[] = { "code", "meaning?", NULL },
                             *const names[] = { "country", "phrase", "kind", NULL };
    if (kind == DGM_WORD_MODE) {
        load(c, "codebook/modes.tsv", modes, take_word, c->modes);
        return;
    }
    load(c, "actors/codes.tsv", countries, take_word, c->countries);
    if (c->by_meaning.distance > 0)
        load(c, "actors/countries.tsv", names, take_country, NULL);
    if (kind == DGM_WORD_WHO)
        load(c, "actors/sectors.tsv", codes, take_word, c->sectors);
}

/* "China" finds who is called so, and that is hardly ever its government. */
static void say_code_of(checker *c, const char *name, dgm_view word)
{
    dgm_err err = { 0 };
    load_tables(c, DGM_WORD_WHO);
    if (c->by_meaning.distance > 0)
        return;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                   "--%s takes '%.*s' for a name; the code of the country is '%s'", name,
                   DGM_FMT(word), c->code);
    dgm_complain_of(c->notes, &err);
}

static bool looks_like_code(dgm_view v)
{
    return dgm_is_upper_code(v, 3, 7);
}

static void try_word(void *context, dgm_view word)
{
    dgm_nearest_try(context, word);
}

static void say_unknown(checker *c, const char *name, dgm_word_kind kind, dgm_view word)
{
    dgm_err err = { 0 };
    /* "China" where its code was meant; a name of nobody in the store may be right. */
    bool is_country = c->by_meaning.distance == 0;
    bool fatal = kind == DGM_WORD_MODE || looks_like_code(word) || is_country ||
                 strcmp(name, "country") == 0;
    const char *best;
    if (dgm_store_words(c->store, kind, try_word, &c->nearest, &err) != DGM_OK)
        c->nearest.best[0] = 0;
    best = is_country || c->by_meaning.distance < c->nearest.distance ? c->code : c->nearest.best;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--%s: %s'%.*s'%s%s%s%s", name,
                   fatal ? "" : "nothing in this store is called ", (int)DGM_MIN(word.n, 60),
                   word.p, fatal ? " is unknown" : "", best[0] ? "; did you mean '" : "", best,
                   best[0] ? "'?" : "");
    if (!fatal) {
        dgm_complain_of(c->notes, &err);
        return;
    }
    *c->err = err;
    c->status = DGM_EUSAGE;
}

static void check_word(checker *c, const char *name, dgm_word_kind kind, dgm_view word)
{
    bool known = false;
    c->nearest = dgm_nearest_to(word);
    c->by_meaning = dgm_nearest_to(word);
    c->status = dgm_store_knows(c->store, kind, word, &known, c->err);
    if (known && kind == DGM_WORD_WHO && !looks_like_code(word))
        say_code_of(c, name, word);
    if (c->status != DGM_OK || known)
        return;
    load_tables(c, kind);
    if (kind == DGM_WORD_MODE ? dgm_map_get(c->modes, word) == DGM_NONE
                              : !dgm_is_code_of(c->countries, c->sectors, kind, word))
        say_unknown(c, name, kind, word);
}

static void say_no_type(checker *c, const dgm_types *types, dgm_view word)
{
    char known[400] = "";
    for (uint32_t t = 1; t < types->n; t++) {
        size_t used = strlen(known);
        if (types->at[t].name[0])
            snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "",
                     types->at[t].name);
    }
    c->status = dgm_filter_unknown("type", word, &c->nearest, known, c->err);
}

/* NULL: the question has no such option, or it is not set. */
static const char *list_of(const checker *c, const char *name)
{
    return dgm_options_known(c->options, name) ? dgm_options_value(c->options, name) : NULL;
}

/* Types of the codebook or of the store. */
static void check_types(checker *c)
{
    const char *list = list_of(c, "type");
    dgm_view rest = dgm_view_of(list), part;
    dgm_types types = dgm_plover_types;
    if (c->tables_dirs && dgm_types_load(c->tables_dirs, NULL, &types) == DGM_OK)
        dgm_store_set_types(c->store, &types);
    while (c->status == DGM_OK && rest.n > 0 && dgm_view_split(&rest, ',', &part)) {
        bool known = true;
        part = dgm_view_trim(part);
        if (part.n == 0 || dgm_type_of(&types, part))
            continue;
        c->nearest = dgm_nearest_to(part);
        for (uint32_t t = 1; t < types.n; t++)
            if (types.at[t].name[0])
                dgm_nearest_try(&c->nearest, dgm_view_of(types.at[t].name));
        c->status = dgm_store_knows(c->store, DGM_WORD_TYPE, part, &known, c->err);
        if (c->status == DGM_OK && !known)
            say_no_type(c, &types, part);
    }
}

static void check_list(checker *c, const char *name, dgm_word_kind kind)
{
    const char *list = list_of(c, name);
    dgm_view rest = dgm_view_of(list), part;
    if (list && strcmp(name, "speaker") == 0 && strcmp(list, "none") == 0)
        return;
    if (kind == DGM_WORD_PLACE && list) /* one name, which may have a comma */
        check_word(c, name, kind, rest);
    while (kind != DGM_WORD_PLACE && c->status == DGM_OK && rest.n > 0 &&
           dgm_view_split(&rest, ',', &part)) {
        if (dgm_view_trim(part).n > 0)
            check_word(c, name, kind, dgm_view_trim(part));
    }
}

static void checker_init(checker *c)
{
    c->countries = dgm_map_new();
    c->sectors = dgm_map_new();
    c->modes = dgm_map_new();
    if (!c->countries || !c->sectors || !c->modes)
        c->status = dgm_fail(c->err, DGM_ENOMEM, NULL, 0, "no memory for the words of the filter");
}

static void checker_done(checker *c)
{
    dgm_map_free(c->countries);
    dgm_map_free(c->sectors);
    dgm_map_free(c->modes);
}

dgm_status dgm_filter_check_words(const dgm_options *options, const char *tables_dirs,
                                  dgm_store *store, dgm_complaints *notes, dgm_err *err)
{
    static const char *const who[] = { "actor", "recipient", "country", "dyad", "speaker" };
    checker c = {
        .options = options, .tables_dirs = tables_dirs, .store = store, .notes = notes, .err = err
    };
    checker_init(&c);
    for (size_t i = 0; i < DGM_LEN(who) && c.status == DGM_OK; i++)
        check_list(&c, who[i], DGM_WORD_WHO);
    if (c.status == DGM_OK)
        check_list(&c, "place", DGM_WORD_PLACE);
    if (c.status == DGM_OK)
        check_list(&c, "mode", DGM_WORD_MODE);
    if (c.status == DGM_OK)
        check_types(&c);
    checker_done(&c);
    return c.status;
}

static void say_no_code(checker *c, dgm_view code)
{
    char hint[DGM_HINT];
    dgm_err err = { 0 };
    if (dgm_store_words(c->store, DGM_WORD_WHO, try_word, &c->nearest, &err) != DGM_OK)
        c->nearest.best[0] = 0;
    c->status = dgm_fail(c->err, DGM_EUSAGE, NULL, 0,
                         "neither the tables nor the store know the code '%.*s'%s", DGM_FMT(code),
                         dgm_nearest_hint(&c->nearest, "", "", hint));
}

dgm_status dgm_filter_check_code(dgm_view code, const char *tables_dirs, dgm_store *store,
                                 dgm_err *err)
{
    bool known = false;
    checker c = { .tables_dirs = tables_dirs,
                  .store = store,
                  .nearest = dgm_nearest_to(code),
                  .by_meaning = dgm_nearest_to(code),
                  .err = err };
    checker_init(&c);
    if (c.status == DGM_OK)
        c.status = dgm_store_knows(store, DGM_WORD_WHO, code, &known, err);
    if (c.status == DGM_OK && !known) {
        load_tables(&c, DGM_WORD_WHO);
        if (!dgm_is_code_of(c.countries, c.sectors, DGM_WORD_WHO, code))
            say_no_code(&c, code);
    }
    checker_done(&c);
    return c.status;
}
