/* morphology.c - the inflection of English verbs: irregular forms by the table english/verbs.tsv,
 * then -s, -ed and -ing with what they do to a stem: a doubled consonant ("stopped"), a dropped e
 * ("making"), y to ie ("carries"), ie to y ("dying").
 *
 * Two questions are asked of it. Upwards, which verb has this form: the first rule whose result the
 * table knows. Downwards, whether a lemma that the network gave is a verb with this form; only
 * where it is none does the first answer replace it, so a lemma that is right is never touched. */
#include "syntax/morphology.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FORM = 48 }; /* bytes; longer words are left as they are */

struct dgm_morphology {
    char *texts[3];
    dgm_map *lemmas;  /* lemma -> its place in `lemma` */
    dgm_map *forms;   /* irregular form -> the same */
    dgm_map *classes; /* lemma -> bits by dgm_verb_class */
    dgm_arena *arena;
    DGM_ARRAY(dgm_view) lemma, irregular; /* of each verb: itself, and its forms parted by | */
};

static bool load_verb(void *context, const dgm_row *row)
{
    dgm_morphology *m = context;
    uint32_t i_verb = m->lemma.n;
    dgm_view *lemma = dgm_push(m->arena, &m->lemma);
    dgm_view *irregular = dgm_push(m->arena, &m->irregular);
    if (!lemma || !irregular || dgm_map_set(m->lemmas, row->cell[0], i_verb, NULL) != DGM_OK)
        return false;
    *lemma = row->cell[0];
    *irregular = row->cell[1];
    dgm_view rest = row->cell[1], form;
    while (rest.n > 0 && dgm_view_split(&rest, '|', &form))
        if (dgm_map_get(m->forms, form) == DGM_NONE &&
            dgm_map_set(m->forms, form, i_verb, NULL) != DGM_OK)
            return false;
    return true;
}

static bool add_to_class(dgm_morphology *m, dgm_view lemma, dgm_view class)
{
    static const char *const names[] = {
        [DGM_VERB_SAID_OBJECT] = "said_object",
        [DGM_VERB_SPEAKER] = "speaker",
        [DGM_VERB_ADDRESSEE] = "addressee",
        [DGM_WORD_GOES_ON] = "goes_on",
        [DGM_WORD_BESIDE] = "beside_said",
        [DGM_VERB_TOLD] = "told",
        [DGM_VERB_NEEDS_OBJECT] = "needs_object",
        [DGM_VERB_IMPERSONAL] = "impersonal",
        [DGM_WORD_OPENS_CLAUSE] = "opens_clause",
        [DGM_VERB_BLAMES] = "blames_on",
        [DGM_VERB_ADJOINS] = "adjoins",
        [DGM_VERB_GIVES] = "gives",
        [DGM_WORD_WEEKDAY] = "weekday",
        [DGM_WORD_MONTH] = "month_name",
        [DGM_WORD_LEAVE] = "leave_to",
        [DGM_WORD_FORCE] = "force_adjective",
        [DGM_WORD_ASKS] = "asks_to",
        [DGM_VERB_SENDS] = "sends_to",
        [DGM_WORD_ATTACK] = "attack",
        [DGM_WORD_LATER] = "time_between",
        [DGM_VERB_ASKS_IF] = "asks_if",
        [DGM_VERB_PEOPLE_DO] = "people_do",
        [DGM_VERB_PROVIDED] = "provided",
        [DGM_WORD_CONTENT] = "content",
        [DGM_WORD_TAKEN_AS] = "taken_as",
    };
    uint32_t old = dgm_map_get(m->classes, lemma), bits = old == DGM_NONE ? 0 : old;
    for (uint32_t i = 0; i < DGM_LEN(names); i++)
        if (dgm_view_eq(class, dgm_view_of(names[i])))
            bits |= 1u << i;
    return bits == 0 || dgm_map_set(m->classes, lemma, bits, NULL) == DGM_OK;
}

static bool load_class(void *context, const dgm_row *row)
{
    dgm_view rest = row->cell[1], word;
    if (row->cell[0].n == 0)
        return true;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &word))
        if (!add_to_class(context, dgm_view_trim(word),
                          dgm_view_slice(row->cell[0], 1, row->cell[0].n)))
            return false;
    return true;
}

static bool load_speech(void *context, const dgm_row *row)
{
    dgm_view rest = row->cell[1], class;
    while (rest.n > 0 && dgm_view_split(&rest, ',', &class))
        if (!add_to_class(context, row->cell[0], class))
            return false;
    return true;
}

static dgm_status load_tables(dgm_morphology *m, const char *dir, dgm_complaints *complaints)
{
    static const struct {
        const char *name;
        const char *columns[3];
        dgm_row_fn fn;
    } tables[] = {
        { "english/verbs.tsv", { "lemma", "forms", NULL }, load_verb },
        { "english/classes.tsv", { "class", "words", NULL }, load_class },
        { "cues/speech.tsv", { "lemma", "classes?", NULL }, load_speech },
    };
    dgm_status status = DGM_OK;
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(tables); i++) {
        bool own = i == 0; /* the others are grammar's and claims' */
        status = (own ? dgm_table_load : dgm_table_load_too)(
            dir, tables[i].name, tables[i].columns, tables[i].fn, m, complaints, &m->texts[i]);
    }
    return status;
}

dgm_status dgm_morphology_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_morphology **out, dgm_err *err)
{
    dgm_morphology *m = calloc(1, sizeof(*m));
    if (m) {
        m->lemmas = dgm_map_new();
        m->forms = dgm_map_new();
        m->classes = dgm_map_new();
        m->arena = dgm_arena_new_for_tables();
    }
    dgm_status status = DGM_ENOMEM;
    if (m && m->lemmas && m->forms && m->classes && m->arena)
        status = load_tables(m, tables_dir, complaints);
    if (status == DGM_OK && dgm_arena_failed(m->arena))
        status = DGM_ENOMEM;
    if (status != DGM_OK) {
        dgm_morphology_free(m);
        return dgm_fail(err, status, tables_dir, 0, "the tables of verbs cannot be used%s",
                        status == DGM_ENOMEM ? ": no memory" : "");
    }
    *out = m;
    return DGM_OK;
}

void dgm_morphology_free(dgm_morphology *morphology)
{
    if (!morphology)
        return;
    dgm_map_free(morphology->lemmas);
    dgm_map_free(morphology->forms);
    dgm_map_free(morphology->classes);
    dgm_arena_free(morphology->arena);
    for (size_t i = 0; i < DGM_LEN(morphology->texts); i++)
        free(morphology->texts[i]);
    free(morphology);
}

bool dgm_morphology_is(const dgm_morphology *morphology, dgm_view lemma, dgm_verb_class class)
{
    uint32_t bits = morphology ? dgm_map_get(morphology->classes, lemma) : DGM_NONE;
    return bits != DGM_NONE && (bits >> class & 1) != 0;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c) != NULL;
}

/* The verb that is `form` less `cut` bytes at the end, with `add` put there. */
static dgm_view verb_by(const dgm_morphology *m, dgm_view form, size_t cut, const char *add)
{
    char text[MAX_FORM + 4];
    if (form.n <= cut + 1 || form.n > MAX_FORM)
        return (dgm_view) { "", 0 };
    size_t n = form.n - cut, n_add = strlen(add);
    memcpy(text, form.p, n);
    memcpy(text + n, add, n_add);
    uint32_t i_verb = dgm_map_get(m->lemmas, (dgm_view) { text, n + n_add });
    return i_verb == DGM_NONE ? (dgm_view) { "", 0 } : m->lemma.at[i_verb];
}

/* -ed and -ing: "halted", "accused", "banned", "hoping". A doubled consonant goes first, an e that
 * was dropped comes after the bare stem, but before it where the stem ends in one consonant after
 * one vowel ("raped" is no form of "rap"). */
static dgm_view strip_suffix(const dgm_morphology *m, dgm_view form, size_t cut)
{
    if (form.n < cut + 2)
        return (dgm_view) { "", 0 };
    const char *end = form.p + form.n - cut;
    size_t n_stem = form.n - cut;
    dgm_view verb = { "", 0 };
    bool doubled = n_stem > 2 && end[-1] == end[-2] && !is_vowel(end[-1]);
    bool closed = n_stem > 2 && !is_vowel(end[-1]) && is_vowel(end[-2]) && !is_vowel(end[-3]);
    if (closed)
        verb = verb_by(m, form, cut, "e");
    if (verb.n == 0)
        verb = verb_by(m, form, cut, "");
    if (verb.n == 0 && doubled)
        verb = verb_by(m, form, cut + 1, "");
    return verb.n == 0 ? verb_by(m, form, cut, "e") : verb;
}

dgm_view dgm_morphology_verb(const dgm_morphology *morphology, dgm_view form)
{
    static const struct {
        dgm_view end;
        size_t cut;
        const char *add;
    } endings[] = {
        { { "ied", 3 }, 3, "y" }, { { "ies", 3 }, 3, "y" }, { { "ying", 4 }, 4, "ie" },
        { { "es", 2 }, 2, "" },   { { "s", 1 }, 1, "" },
    };
    uint32_t i_verb = dgm_map_get(morphology->forms, form);
    if (i_verb == DGM_NONE)
        i_verb = dgm_map_get(morphology->lemmas, form);
    if (i_verb != DGM_NONE)
        return morphology->lemma.at[i_verb];
    dgm_view verb = { "", 0 };
    if (dgm_view_ends(form, DGM_VIEW("ed")) && !dgm_view_ends(form, DGM_VIEW("ied")))
        verb = strip_suffix(morphology, form, 2);
    else if (dgm_view_ends(form, DGM_VIEW("ing")))
        verb = strip_suffix(morphology, form, 3);
    for (size_t i = 0; i < DGM_LEN(endings) && verb.n == 0; i++)
        if (dgm_view_ends(form, endings[i].end))
            verb = verb_by(morphology, form, endings[i].cut, endings[i].add);
    return verb;
}

bool dgm_morphology_is_irregular(const dgm_morphology *morphology, dgm_view lemma)
{
    uint32_t i_verb = dgm_map_get(morphology->lemmas, lemma);
    return i_verb != DGM_NONE && morphology->irregular.at[i_verb].n > 0;
}

/* Whether a rule of inflection makes `form` of `lemma`: "stop" gives stops, stopped, stopping. */
static bool inflects(dgm_view lemma, dgm_view form)
{
    static const char *const bare[] = { "", "s", "es", "d", "ed", "ing" };
    static const char *const after_stem[] = { "ed", "ing", "ies", "ied", "ying" };
    size_t n_stem = lemma.n;
    if (n_stem > 1 && strchr("ey", lemma.p[n_stem - 1]))
        n_stem--;
    if (n_stem > 1 && dgm_view_ends(lemma, DGM_VIEW("ie")))
        n_stem = lemma.n - 2;
    dgm_view stem = { lemma.p, n_stem };
    if (lemma.n == 0 || !dgm_view_starts(form, stem))
        return false;
    for (size_t i = 0; i < DGM_LEN(bare) && dgm_view_starts(form, lemma); i++)
        if (dgm_view_eq(dgm_view_slice(form, lemma.n, form.n), dgm_view_of(bare[i])))
            return true;
    dgm_view end = dgm_view_slice(form, n_stem, form.n);
    for (size_t i = 0; n_stem < lemma.n && i < DGM_LEN(after_stem); i++)
        if (dgm_view_eq(end, dgm_view_of(after_stem[i])))
            return true;
    if (end.n < 3 || end.p[0] != lemma.p[lemma.n - 1])
        return false;
    end = dgm_view_slice(end, 1, end.n);
    return dgm_view_eq(end, DGM_VIEW("ed")) || dgm_view_eq(end, DGM_VIEW("ing"));
}

/* Whether `lemma` is a verb that has this form. */
static bool fits(const dgm_morphology *m, dgm_view lemma, dgm_view form)
{
    uint32_t i_verb = dgm_map_get(m->lemmas, lemma);
    if (i_verb == DGM_NONE)
        return false;
    dgm_view rest = m->irregular.at[i_verb], irregular;
    while (rest.n > 0 && dgm_view_split(&rest, '|', &irregular))
        if (dgm_view_eq(irregular, form))
            return true;
    return inflects(lemma, form);
}

static void mend_verb(const dgm_morphology *m, dgm_word *word)
{
    char lower[MAX_FORM];
    if (word->form.n > MAX_FORM)
        return;
    dgm_view form = dgm_view_lower(word->form, lower, sizeof(lower)), verb = { "", 0 };
    if (!fits(m, word->lemma, form))
        verb = dgm_morphology_verb(m, form);
    if (verb.n > 0)
        word->lemma = verb;
}

/* "militiamen": of a militiaman. */
static void mend_noun(dgm_arena *arena, dgm_word *word)
{
    static const size_t n_end = 3;
    bool men = word->form.n > 2 * n_end && dgm_view_ends(word->form, DGM_VIEW("men")) &&
               dgm_view_eq(word->xpos, DGM_VIEW("NNS"));
    dgm_view stem = dgm_view_slice(word->form, 0, men ? word->form.n - n_end : 0);
    if (men && !dgm_view_ends(word->lemma, DGM_VIEW("man"))) {
        dgm_view lemma = dgm_arena_printf(arena, "%.*sman", DGM_FMT(stem));
        word->lemma = dgm_arena_lower(arena, lemma);
    }
}

/* "14,200": 14200. */
static void mend_number(dgm_arena *arena, dgm_word *word)
{
    char digits[MAX_FORM];
    size_t n = 0;
    if (word->form.n > MAX_FORM)
        return;
    for (size_t i = 0; i < word->form.n; i++) {
        char c = word->form.p[i];
        if (dgm_is_digit((unsigned char)c))
            digits[n++] = c;
        else if (c != ',' || i == 0)
            return;
    }
    if (n < word->form.n)
        word->lemma = dgm_arena_copy(arena, (dgm_view) { digits, n });
}

void dgm_morphology_mend(const dgm_morphology *morphology, dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        for (uint32_t j = 1; j <= doc->sentences.at[i].n_words; j++) {
            dgm_word *word = &doc->sentences.at[i].words[j];
            if (word->upos == DGM_VERB)
                mend_verb(morphology, word);
            else if (word->upos == DGM_NOUN)
                mend_noun(doc->arena, word);
            else if (word->upos == DGM_NUM)
                mend_number(doc->arena, word);
        }
}
