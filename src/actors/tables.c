/* Reads data/actors/ into the lexicon: one function a table, each row checked before it is
 * taken, and the forms that a row implies (plurals, surnames) made here. */
#include "actors/lexicon.h"

#include <string.h>

typedef struct {
    lexicon *lex;
    dgm_complaints *complaints;
    dgm_arena *scratch; /* of one row */
    dgm_row_fn take;    /* a row of the present table */
    bool no_memory;
} loader;

static const struct {
    const char *name;
    entry_kind kind;
} kind_names[] = {
    { "name", KIND_NAME },         { "adjective", KIND_ADJECTIVE },
    { "demonym", KIND_DEMONYM },   { "capital", KIND_CAPITAL },
    { "metonym", KIND_METONYM },   { "region", KIND_REGION },
    { "role", KIND_ROLE },         { "title", KIND_TITLE },
    { "unit", KIND_UNIT },         { "group", KIND_GROUP },
    { "generic", KIND_GENERIC },   { "former", KIND_FORMER },
    { "igo", KIND_IGO },           { "ngo", KIND_NGO },
    { "party", KIND_PARTY },       { "armed", KIND_ARMED },
    { "ministry", KIND_MINISTRY }, { "company", KIND_COMPANY },
    { "media", KIND_MEDIA },       { "court", KIND_COURT },
    { "union", KIND_UNION },       { "movement", KIND_MOVEMENT },
};

static entry_kind kind_of(dgm_view name)
{
    for (size_t i = 0; i < DGM_LEN(kind_names); i++)
        if (dgm_view_eq(name, dgm_view_of(kind_names[i].name)))
            return kind_names[i].kind;
    return KIND_OTHER;
}

/* Codes are three letters and known, or empty. `known` is all of countries or all of sectors. */
static bool take_code(loader *l, const dgm_row *row, dgm_view cell, const dgm_map *known,
                      const char *what, char out[4])
{
    if (cell.n == 0)
        return true;
    if (cell.n != 3 || dgm_map_get(known, cell) == DGM_NONE) {
        bool country = known == l->lex->codes_country;
        const dgm_map *other = country ? l->lex->codes_sector : l->lex->codes_country;
        bool moved = dgm_map_get(other, cell) != DGM_NONE; /* as cells do behind an empty one */
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not a code of a %s%s%s%s", DGM_FMT(cell), what,
                     moved ? " but of a " : "", moved ? (country ? "sector" : "country") : "",
                     moved ? "; an empty cell is written -" : "");
        return false;
    }
    memcpy(out, cell.p, 3);
    return true;
}

static bool take_others(loader *l, const dgm_row *row, dgm_view cell, fact *f)
{
    dgm_view part;
    while (cell.n > 0 && dgm_view_split(&cell, ',', &part)) {
        char code[4] = "";
        if (!take_code(l, row, dgm_view_trim(part), l->lex->codes_sector, "sector", code))
            return false;
        if (code[0] && f->n_others < DGM_MAX_SECTORS)
            memcpy(f->others[f->n_others++], code, 4);
    }
    return true;
}

/* A year, a month or a day of the calendar, or nothing. */
static bool is_date(dgm_view v)
{
    if (v.n == 0)
        return true;
    if (v.n != 4 && v.n != 7 && v.n != 10)
        return false;
    for (size_t i = 0; i < v.n; i++)
        if (i == 4 || i == 7 ? v.p[i] != '-' : !dgm_is_digit((unsigned char)v.p[i]))
            return false;
    int32_t date = (int32_t)date_number(v, 0, 101), month = date / 100 % 100, day = date % 100;
    return month >= 1 && month <= 12 && day >= 1 && day <= dgm_days_in_month(date / 10000, month);
}

static bool take_dates(loader *l, const dgm_row *row, dgm_view from, dgm_view to, fact *f)
{
    f->from = date_number(from, 0, 101);
    f->to = date_number(to, UINT32_MAX, 1231);
    if (is_date(from) && is_date(to) && f->from <= f->to)
        return true;
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                 "\"%.*s\" to \"%.*s\" is not a span of dates", DGM_FMT(from), DGM_FMT(to));
    return false;
}

/* Number of the row's file in lexicon->sources: rows of one file come together. */
static uint16_t source_of(loader *l, const dgm_row *row)
{
    lexicon *lex = l->lex;
    if (lex->sources.n == 0 || lex->sources.at[lex->sources.n - 1] != row->name) {
        const char **to = dgm_push(lex->arena, &lex->sources);
        if (!to) {
            l->no_memory = true;
            return 0;
        }
        *to = row->name;
    }
    return (uint16_t)(lex->sources.n - 1);
}

static fact blank(loader *l, const dgm_row *row, fact_kind type)
{
    return (fact) { .type = type,
                    .name = row->cell[0],
                    .to = UINT32_MAX,
                    .source = source_of(l, row),
                    .own = row->overlays,
                    .line = (uint32_t)row->line,
                    .person = DGM_NONE };
}

static bool is_upper_at(dgm_view v, size_t i)
{
    uint32_t cp = 0;
    if (i < v.n)
        (void)dgm_utf8_next(v.p + i, v.n - i, &cp);
    return dgm_cp_is_upper(cp);
}

/* What capitals the phrase has: see fact. */
static void note_case(dgm_view phrase, fact *f)
{
    size_t last = 0, n_letters = 0;
    bool lower = false;
    for (size_t i = 0; i < phrase.n; i++) {
        if ((phrase.p[i] == ' ' || phrase.p[i] == '-') && i + 1 < phrase.n)
            last = i + 1;
        lower |= dgm_is_lower((unsigned char)phrase.p[i]);
        n_letters += dgm_is_upper((unsigned char)phrase.p[i]);
    }
    f->cased = is_upper_at(phrase, 0);
    f->cased_last = is_upper_at(phrase, last);
    bool ends_upper = phrase.n > 0 && dgm_is_upper((unsigned char)phrase.p[phrase.n - 1]);
    f->acronym = last == 0 && (!lower || ends_upper) && n_letters >= 2; /* "WHO", "DoS" */
}

static uint32_t cut_phrase(loader *l, dgm_view phrase, dgm_view *tokens)
{
    dgm_view folded = dgm_fold(l->scratch, phrase);
    char *buf = dgm_arena_alloc(l->scratch, folded.n + 2, 1);
    if (dgm_arena_failed(l->scratch)) {
        l->no_memory = true;
        return 0;
    }
    return cut_tokens(folded, buf, tokens, MAX_PHRASE_TOKENS);
}

/* Adds a phrase as the table writes it, and gives its tokens. */
static uint32_t add_cut(loader *l, dgm_view phrase, const fact *from, dgm_view *tokens)
{
    fact f = *from;
    phrase = dgm_view_trim(phrase);
    if (dgm_view_starts(phrase, DGM_VIEW("the ")) || dgm_view_starts(phrase, DGM_VIEW("The ")))
        phrase = dgm_view_slice(phrase, 4, phrase.n);
    uint32_t n = cut_phrase(l, phrase, tokens);
    note_case(phrase, &f);
    if (n > 0 && !lexicon_add(l->lex, tokens, n, &f))
        l->no_memory = true;
    return n;
}

static void add(loader *l, dgm_view phrase, const fact *f)
{
    dgm_view tokens[MAX_PHRASE_TOKENS];
    (void)add_cut(l, phrase, f, tokens);
}

static void add_all(loader *l, dgm_view phrases, const fact *f)
{
    dgm_view part;
    while (phrases.n > 0 && dgm_view_split(&phrases, '|', &part))
        add(l, part, f);
}

/* ---- plurals -------------------------------------------------------------------------------- */

static bool ends_in(dgm_view v, const char *ending)
{
    return dgm_view_ends(v, dgm_view_of(ending));
}

static dgm_view plural_of(loader *l, dgm_view noun, dgm_view rest)
{
    const char *ending = "s";
    if (ends_in(noun, "man") && !ends_in(noun, "german") && !ends_in(noun, "oman")) {
        noun.n -= 2;
        ending = "en";
    } else if (ends_in(noun, "woman")) {
        noun.n -= 2;
        ending = "en";
    } else if (ends_in(noun, "y") && noun.n > 1 && !strchr("aeiou", noun.p[noun.n - 2])) {
        noun.n--;
        ending = "ies";
    } else if (ends_in(noun, "s") || ends_in(noun, "x") || ends_in(noun, "ch") ||
               ends_in(noun, "sh")) {
        ending = "es";
    }
    dgm_view parts[] = { noun, dgm_view_of(ending), rest };
    size_t n = 0, size = noun.n + rest.n + 4;
    char *plural = dgm_arena_alloc(l->scratch, size, 1);
    for (size_t i = 0; plural && i < DGM_LEN(parts); i++)
        (void)dgm_key_add(plural, size, &n, 0, parts[i]);
    return (dgm_view) { plural ? plural : "", n };
}

/* "chief of staff" -> "chiefs of staff", "minister" -> "ministers". */
static void add_plural(loader *l, dgm_view phrase, const fact *from)
{
    fact f = *from;
    f.plural = true;
    size_t of = dgm_view_find(phrase, DGM_VIEW(" of ")),
           to = dgm_view_find(phrase, DGM_VIEW(" to "));
    size_t in = dgm_view_find(phrase, DGM_VIEW("-in-"));
    size_t cut = DGM_MIN(DGM_MIN(of, to), DGM_MIN(in, phrase.n));
    if (cut > 0)
        add(l, plural_of(l, dgm_view_slice(phrase, 0, cut), dgm_view_slice(phrase, cut, phrase.n)),
            &f);
}

/* ---- the tables ----------------------------------------------------------------------------- */

static bool take_country_code(void *context, const dgm_row *row)
{
    loader *l = context;
    if (row->cell[0].n != 3)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\": a code has three letters", DGM_FMT(row->cell[0]));
    else if (lexicon_number(l->lex->codes_country, row->cell[0]) == DGM_NONE)
        return false;
    return true;
}

static bool take_sector_code(void *context, const dgm_row *row)
{
    loader *l = context;
    if (row->cell[0].n != 3)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\": a code has three letters", DGM_FMT(row->cell[0]));
    else if (lexicon_number(l->lex->codes_sector, row->cell[0]) == DGM_NONE)
        return false;
    return true;
}

/* phrase country kind sector from to id? */
static bool take_country(void *context, const dgm_row *row)
{
    loader *l = context;
    fact f = blank(l, row, FACT_COUNTRY);
    f.kind = kind_of(row->cell[2]);
    f.id = row->cell[6];
    if (f.kind == KIND_OTHER)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not a kind of country name", DGM_FMT(row->cell[2]));
    else if (take_code(l, row, row->cell[1], l->lex->codes_country, "country", f.country) &&
             take_code(l, row, row->cell[3], l->lex->codes_sector, "sector", f.sector) &&
             take_dates(l, row, row->cell[4], row->cell[5], &f)) {
        add_all(l, row->cell[0], &f);
        dgm_view phrase = row->cell[0];
        if (f.kind == KIND_NAME && !f.sector[0] &&
            dgm_map_get(l->lex->state_names, row->cell[1]) == DGM_NONE && l->lex->facts.n > 0 &&
            dgm_map_set(l->lex->state_names, row->cell[1], l->lex->facts.n - 1, NULL) != DGM_OK)
            return false;
        if (f.kind == KIND_DEMONYM && !ends_in(phrase, "s") && !ends_in(phrase, "ese") &&
            !ends_in(phrase, "sh") && !ends_in(phrase, "ch"))
            add_plural(l, phrase, &f);
    }
    return !l->no_memory;
}

/* The surname alone, and with its particle ("al-Assad", "di Maio"). */
static void add_surname(loader *l, const fact *from, const dgm_view *tokens, uint32_t n)
{
    fact f = *from;
    if (n < 2)
        return;
    f.weak = f.cased = f.cased_last = true;
    if (word_of(&l->lex->words, dgm_view_of(f.country), WORDS_FAMILY_FIRST)) {
        l->no_memory |= !lexicon_add(l->lex, tokens, 1, &f);
        return;
    }
    uint32_t last = n - 1, begin = last;
    if (dgm_view_eq(tokens[last], DGM_VIEW("jr")) || dgm_view_eq(tokens[last], DGM_VIEW("ii")))
        return;
    while (begin > 1 && word_of(&l->lex->words, tokens[begin - 1], WORDS_NAME_PARTICLE))
        begin--;
    if (tokens[last].n > 1)
        l->no_memory |= !lexicon_add(l->lex, tokens + last, 1, &f);
    f.cased = false;
    /* "Pérez Molina" of "Otto Pérez Molina" */
    if (begin == last && n > 2)
        begin--;
    if (begin < last)
        l->no_memory |= !lexicon_add(l->lex, tokens + begin, n - begin, &f);
}

/* Remembers which offices one state alone has. */
static void note_office(loader *l, const fact *f)
{
    dgm_view office = dgm_fold(l->scratch, f->office);
    uint32_t i = dgm_map_get(l->lex->offices, office);
    l->no_memory = l->no_memory || dgm_arena_failed(l->scratch);
    if (office.n == 0 || l->lex->facts.n == 0 || i == DGM_NONE - 1)
        return;
    bool other = i != DGM_NONE && strcmp(l->lex->facts.at[i].country, f->country) != 0;
    if ((i == DGM_NONE || other) &&
        dgm_map_set(l->lex->offices, office, other ? DGM_NONE - 1 : l->lex->facts.n - 1, NULL) !=
            DGM_OK)
        l->no_memory = true;
    else if (!other && i != DGM_NONE && l->lex->facts.at[i].holders < UINT16_MAX)
        l->lex->facts.at[i].holders++;
}

/* person also country sector office from to id? */
static bool take_office(void *context, const dgm_row *row)
{
    loader *l = context;
    fact f = blank(l, row, FACT_OFFICE);
    f.office = row->cell[4];
    f.id = row->cell[7];
    if (!take_code(l, row, row->cell[2], l->lex->codes_country, "country", f.country) ||
        !take_code(l, row, row->cell[3], l->lex->codes_sector, "sector", f.sector) ||
        !take_dates(l, row, row->cell[5], row->cell[6], &f))
        return true;
    f.person = lexicon_number(l->lex->persons, f.id.n > 0 ? f.id : f.name);
    dgm_view also = row->cell[1], part, tokens[MAX_PHRASE_TOKENS], others[MAX_PHRASE_TOKENS];
    uint32_t n = add_cut(l, f.name, &f, tokens);
    note_office(l, &f);
    while (also.n > 0 && dgm_view_split(&also, '|', &part)) {
        fact short_form = f;
        short_form.weak = short_form.given = cut_phrase(l, part, others) == 1;
        add(l, part, &short_form);
    }
    add_surname(l, &f, tokens, n);
    return !l->no_memory && f.person != DGM_NONE;
}

/* name also country sector others kind members id? */
static bool take_org(void *context, const dgm_row *row)
{
    loader *l = context;
    fact f = blank(l, row, FACT_ORG);
    f.kind = kind_of(row->cell[5]);
    f.members = row->cell[6];
    f.id = row->cell[7];
    if (take_code(l, row, row->cell[2], l->lex->codes_country, "country", f.country) &&
        take_code(l, row, row->cell[3], l->lex->codes_sector, "sector", f.sector) &&
        take_others(l, row, row->cell[4], &f) &&
        take_dates(l, row, row->cell[8], row->cell[9], &f)) {
        add(l, f.name, &f);
        add_all(l, row->cell[1], &f);
    }
    return !l->no_memory;
}

/* phrase country sector others */
static bool take_group(void *context, const dgm_row *row)
{
    loader *l = context;
    fact f = blank(l, row, FACT_GROUP);
    f.plural = true;
    if (take_code(l, row, row->cell[1], l->lex->codes_country, "country", f.country) &&
        take_code(l, row, row->cell[2], l->lex->codes_sector, "sector", f.sector) &&
        take_others(l, row, row->cell[3], &f))
        add_all(l, row->cell[0], &f);
    return !l->no_memory;
}

/* phrase sector others kind plural? country? */
static bool take_agent(void *context, const dgm_row *row)
{
    loader *l = context;
    fact f = blank(l, row, FACT_AGENT);
    dgm_view country = row->cell[5];
    f.kind = kind_of(row->cell[3]);
    if (dgm_view_eq(country, DGM_VIEW("---")))
        country.n = 0; /* a state that the words name is not whose role it is: see audit.c */
    if (!take_code(l, row, country, l->lex->codes_country, "country", f.country) ||
        !take_code(l, row, row->cell[1], l->lex->codes_sector, "sector", f.sector) ||
        !take_others(l, row, row->cell[2], &f))
        return true;
    dgm_view phrases = row->cell[0], part;
    while (phrases.n > 0 && dgm_view_split(&phrases, '|', &part)) {
        add(l, part, &f);
        if (row->cell[4].n == 0 && f.kind != KIND_FORMER)
            add_plural(l, part, &f);
    }
    f.plural = true;
    add_all(l, row->cell[4], &f);
    return !l->no_memory;
}

/* class words */
static bool take_words(void *context, const dgm_row *row)
{
    loader *l = context;
    dgm_view words = row->cell[1], word;
    word_class class = word_class_named(row->cell[0]);
    if (class == N_WORD_CLASSES)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not a class of words", DGM_FMT(row->cell[0]));
    while (class != N_WORD_CLASSES && words.n > 0 && dgm_view_split(&words, ',', &word)) {
        bool again = false;
        word = dgm_view_trim(word);
        if (word.n == 0 || word.n > MAX_CLASS_WORD)
            dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                         "\"%.*s\": a word has 1 to %d bytes", DGM_FMT(word), MAX_CLASS_WORD);
        else if (!word_table_add(&l->lex->words, l->lex->arena, word, class, &again))
            return false;
        if (again)
            dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                         "\"%.*s\" is in this class already", DGM_FMT(word));
    }
    return true;
}

/* A class that the table forgot would silently never hold. */
static void check_classes(const lexicon *lex, dgm_complaints *complaints, const char *dir)
{
    const char *first = NULL;
    int n = 0;
    for (int i = 0; i < N_WORD_CLASSES; i++)
        if (!(lex->words.known >> i & 1) && n++ == 0)
            first = word_class_name((word_class)i);
    if (n > 0)
        dgm_complain(complaints, DGM_EFORMAT, dir, 0,
                     "english/people.tsv: no word is of class \"%s\"%s", first,
                     n > 1 ? ", nor of some others" : "");
}

/* ---- all of them ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    dgm_row_fn fn;
    bool may_miss; /* complained about, but the others will do */
    const char *columns[11];
} tables[] = {
    { "english/people.tsv", take_words, true, { "class!", "words!", NULL } }, /* cuts names */
    { "actors/words.tsv", take_words, true, { "class!", "words!", NULL } },
    { "actors/codes.tsv", take_country_code, false, { "code!", "meaning", NULL } },
    { "actors/sectors.tsv", take_sector_code, false, { "code!", "meaning", NULL } },
    { "actors/countries.tsv",
      take_country,
      false,
      { "phrase!", "country", "kind!", "sector", "from", "to", "id?", NULL } },
    { "actors/offices.tsv",
      take_office,
      true,
      { "person!", "also", "country", "sector", "office", "from", "to", "id?", NULL } },
    { "actors/organisations.tsv",
      take_org,
      true,
      { "name!", "also", "country", "sector", "others", "kind", "members", "id?", "from?", "to?",
        NULL } },
    { "actors/groups.tsv", take_group, true, { "phrase!", "country", "sector", "others", NULL } },
    { "actors/agents.tsv",
      take_agent,
      false,
      { "phrase!", "sector", "others", "kind", "plural?", "country?", NULL } },
};

_Static_assert(DGM_LEN(tables) == DGM_LEN(((lexicon *)NULL)->text), "each has its text");

const char *actors_table(uint32_t i)
{
    return i < DGM_LEN(tables) ? tables[i].name : NULL;
}

static uint32_t find_people(const lexicon *lex)
{
    uint32_t token = lexicon_token(lex, DGM_VIEW("people"));
    uint32_t node = token == DGM_NONE ? DGM_NONE : lexicon_step(lex, 0, token);
    uint32_t i = node == DGM_NONE ? DGM_NONE : lex->nodes.at[node];
    return i != DGM_NONE && lex->facts.at[i].type == FACT_AGENT ? i : DGM_NONE;
}

static bool take_row(void *context, const dgm_row *row)
{
    loader *l = context;
    dgm_arena_reset(l->scratch);
    return l->take(l, row);
}

dgm_status lexicon_read(lexicon *lex, const char *tables_dir, dgm_complaints *complaints,
                        dgm_err *err)
{
    loader l = { .lex = lex, .complaints = complaints, .scratch = dgm_arena_new() };
    dgm_status status = l.scratch ? lexicon_init(lex) : DGM_ENOMEM;
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(tables); i++) {
        lex->n_texts = (uint32_t)i + 1;
        l.take = tables[i].fn;
        status = dgm_table_load(tables_dir, tables[i].name, tables[i].columns, take_row, &l,
                                complaints, &lex->text[i]);
        if (status == DGM_EIO && tables[i].may_miss)
            status = DGM_OK;
        else if (status != DGM_OK)
            (void)dgm_fail(err, status, tables_dir, 0, "%s cannot be read", tables[i].name);
    }
    if (status == DGM_OK) {
        check_classes(lex, complaints, tables_dir);
        lex->people = find_people(lex);
    }
    if (status == DGM_OK && (l.no_memory || dgm_arena_failed(lex->arena)))
        status = DGM_ENOMEM;
    dgm_arena_free(l.scratch);
    return status == DGM_ENOMEM ? dgm_fail(err, DGM_ENOMEM, tables_dir, 0, "no memory") : status;
}
