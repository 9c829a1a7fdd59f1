/* dgm_actors_audit(): rows of data/actors/ that load well and yet must code somebody wrongly. */
#include "actors/lexicon.h"
#include "document/party.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const lexicon *lex;
    dgm_complaints *complaints;
    dgm_arena *arena;
} audit;

static uint32_t tokens_of(const audit *a, dgm_view phrase, dgm_view *tokens)
{
    dgm_view folded = dgm_fold(a->arena, phrase);
    char *buf = dgm_arena_alloc(a->arena, folded.n + 2, 1);
    return buf ? cut_tokens(folded, buf, tokens, MAX_PHRASE_TOKENS) : 0;
}

/* "Man" and "Swat" are regions, "CAR" a state: words of everyday do not count alone. */
static bool names_a_state(const fact *f, uint32_t n_tokens)
{
    if (f->type != FACT_COUNTRY || !f->country[0] || (f->acronym && f->name.n == 3))
        return false;
    return f->kind == KIND_NAME || f->kind == KIND_ADJECTIVE || f->kind == KIND_DEMONYM ||
           (f->kind == KIND_REGION && n_tokens > 1);
}

/* The longest name of a state that begins at token i; its length, 0: none. */
static uint32_t state_at(const audit *a, const dgm_view *tokens, uint32_t n, uint32_t i,
                         const fact **out)
{
    uint32_t node = 0, length = 0;
    for (uint32_t j = i; j < n; j++) {
        uint32_t token = lexicon_token(a->lex, tokens[j]);
        node = token == DGM_NONE ? DGM_NONE : lexicon_step(a->lex, node, token);
        if (node == DGM_NONE)
            break;
        for (uint32_t k = a->lex->nodes.at[node]; k != DGM_NONE; k = a->lex->facts.at[k].next)
            if (names_a_state(&a->lex->facts.at[k], j - i + 1)) {
                *out = &a->lex->facts.at[k];
                length = j - i + 1;
                break;
            }
    }
    return length;
}

/* "pro-Russian rebel", "Iran-backed militia": the state is not theirs. */
static bool is_turned(const audit *a, const dgm_view *tokens, uint32_t n, uint32_t i, uint32_t end)
{
    const word_table *words = &a->lex->words;
    return (i > 0 && word_of(words, tokens[i - 1], WORDS_TURNING_PREFIX)) ||
           (end < n && (word_of(words, tokens[end], WORDS_TURNING_PARTICIPLE) ||
                        dgm_view_ends(tokens[end], DGM_VIEW("ed"))));
}

/* ---- roles: "u.s. official" ----------------------------------------------------------------- */

static void check_role(const audit *a, const dgm_row *row, dgm_view phrase)
{
    dgm_view tokens[MAX_PHRASE_TOKENS];
    uint32_t n = tokens_of(a, phrase, tokens);
    for (uint32_t i = 0; n > 1 && i < n; i++) {
        const fact *f = NULL;
        uint32_t length = state_at(a, tokens, n, i, &f);
        if (length == 0 || length == n || is_turned(a, tokens, n, i, i + length))
            continue;
        dgm_complain(a->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" names %.*s, and the row does not say whose role it is: fill "
                     "`country` (`---`: the words do not tell it)",
                     DGM_FMT(phrase), DGM_FMT(f->name));
        return;
    }
}

/* phrase country? */
static bool audit_agent(void *context, const dgm_row *row)
{
    dgm_view phrases = row->cell[0], part;
    while (row->cell[1].n == 0 && phrases.n > 0 && dgm_view_split(&phrases, '|', &part))
        check_role(context, row, dgm_view_trim(part));
    return true;
}

/* ---- names of states: "the States" ---------------------------------------------------------- */

/* Another bloc or state whose name ends in this word; NULL: none. "The Sudan" is Sudan by that
 * word alone too, and South Sudan does not matter. */
static const fact *ends_other_name(const audit *a, dgm_view word, dgm_view country)
{
    dgm_view tokens[MAX_PHRASE_TOKENS];
    for (uint32_t i = 0; i < a->lex->facts.n; i++) {
        const fact *f = &a->lex->facts.at[i];
        bool own = dgm_view_eq(dgm_view_of(f->country), country);
        if (own && f->type == FACT_COUNTRY && f->kind == KIND_NAME &&
            dgm_view_eq(dgm_fold(a->arena, f->name), word))
            return NULL;
    }
    for (uint32_t i = 0; i < a->lex->facts.n; i++) {
        const fact *f = &a->lex->facts.at[i];
        bool bloc = f->type == FACT_ORG && f->kind == KIND_IGO;
        if ((!bloc && (f->type != FACT_COUNTRY || f->kind != KIND_NAME)) ||
            dgm_view_eq(dgm_view_of(f->country), country))
            continue;
        uint32_t n = tokens_of(a, f->name, tokens);
        if (n > 1 && dgm_view_eq(tokens[n - 1], word))
            return f;
    }
    return NULL;
}

/* phrase country kind */
static bool audit_country(void *context, const dgm_row *row)
{
    const audit *a = context;
    dgm_view phrase = row->cell[0], tokens[MAX_PHRASE_TOKENS];
    bool article =
        dgm_view_starts(phrase, DGM_VIEW("the ")) || dgm_view_starts(phrase, DGM_VIEW("The "));
    if (!article || !dgm_view_eq(row->cell[2], DGM_VIEW("name")))
        return true;
    uint32_t n = tokens_of(a, dgm_view_slice(phrase, 4, phrase.n), tokens);
    const fact *other = n == 1 ? ends_other_name(a, tokens[0], row->cell[1]) : NULL;
    if (other)
        dgm_complain(a->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is one word once its article is gone, and ends the name of others "
                     "(\"%.*s\")",
                     DGM_FMT(phrase), DGM_FMT(other->name));
    return true;
}

/* ---- persons -------------------------------------------------------------------------------- */

/* The office begins with another state's name ("kosovo president") or is one at or from it. */
static void check_office(const audit *a, const dgm_row *row, const fact *f)
{
    dgm_view tokens[MAX_PHRASE_TOKENS];
    uint32_t n = tokens_of(a, f->office, tokens);
    const fact *named = NULL;
    if (n < 2 || state_at(a, tokens, n, 0, &named) == 0 || !dgm_is_state_code(named->country) ||
        strcmp(named->country, f->country) == 0)
        return;
    dgm_complain(a->complaints, DGM_EFORMAT, row->file, row->line,
                 "the office \"%.*s\" is one of %.*s, not of the row's country", DGM_FMT(f->office),
                 DGM_FMT(named->name));
}

/* The first fact of a whole name; DGM_NONE: there is none. */
static uint32_t chain_of(const audit *a, dgm_view name)
{
    dgm_view tokens[MAX_PHRASE_TOKENS];
    uint32_t n = tokens_of(a, name, tokens), node = 0;
    for (uint32_t j = 0; j < n && node != DGM_NONE; j++) {
        uint32_t token = lexicon_token(a->lex, tokens[j]);
        node = token == DGM_NONE ? DGM_NONE : lexicon_step(a->lex, node, token);
    }
    return n == 0 || node == DGM_NONE ? DGM_NONE : a->lex->nodes.at[node];
}

/* One person of two states at once: two people of one name, or one of the rows is wrong. One id
 * for all rows of a person: the loader takes two ids for two people. */
static void check_person(const audit *a, const dgm_row *row, const fact *f)
{
    for (uint32_t i = chain_of(a, f->name); i != DGM_NONE; i = a->lex->facts.at[i].next) {
        const fact *g = &a->lex->facts.at[i];
        if (g->type != FACT_OFFICE || g->weak || g->line >= f->line ||
            !dgm_is_state_code(g->country) || !dgm_view_eq(f->name, g->name))
            continue;
        bool same_id = dgm_view_eq(f->id, g->id), same = strcmp(f->country, g->country) == 0;
        bool then = g->from / 10000 < f->to / 10000 && f->from / 10000 < g->to / 10000;
        if (same && !same_id)
            dgm_complain(a->complaints, DGM_EFORMAT, row->file, row->line,
                         "%.*s has another id in %.*s", DGM_FMT(f->name),
                         DGM_FMT(fact_source(a->lex, g, a->arena)));
        else if (!same && same_id && then)
            dgm_complain(a->complaints, DGM_EFORMAT, row->file, row->line,
                         "%.*s holds an office of another state at the same time (%.*s): two "
                         "people want two ids, one has one country",
                         DGM_FMT(f->name), DGM_FMT(fact_source(a->lex, g, a->arena)));
        else
            continue;
        return;
    }
}

/* person country office from to id? */
static bool audit_office(void *context, const dgm_row *row)
{
    const audit *a = context;
    fact f = { .name = row->cell[0], .office = row->cell[2], .line = (uint32_t)row->line };
    if (row->cell[1].n != 3)
        return true; /* the loader has said so */
    memcpy(f.country, row->cell[1].p, 3);
    f.from = date_number(row->cell[3], 0, 101);
    f.to = date_number(row->cell[4], UINT32_MAX, 1231);
    f.id = row->cell[5];
    if (!dgm_is_state_code(f.country))
        return true;
    check_office(a, row, &f);
    check_person(a, row, &f);
    return true;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    dgm_row_fn fn;
    const char *columns[7];
} audits[] = {
    { "actors/agents.tsv", audit_agent, { "phrase", "country?", NULL } },
    { "actors/countries.tsv", audit_country, { "phrase", "country", "kind", NULL } },
    { "actors/offices.tsv",
      audit_office,
      { "person", "country", "office", "from", "to", "id?", NULL } },
};

void lexicon_audit(const lexicon *lex, const char *tables_dir, dgm_complaints *complaints)
{
    audit a = { lex, complaints, dgm_arena_new() };
    dgm_complaints ignored = { 0 }; /* loading has complained of what cannot be read */
    for (size_t i = 0; a.arena && i < DGM_LEN(audits); i++) {
        char *text = NULL;
        if (dgm_table_load(tables_dir, audits[i].name, audits[i].columns, audits[i].fn, &a,
                           &ignored, &text) == DGM_OK)
            free(text);
    }
    dgm_arena_free(a.arena);
}
