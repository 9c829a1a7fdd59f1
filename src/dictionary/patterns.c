/* Verbs and their patterns as rules over trees (events/knowledge.h has the language).
 *
 *     - SAID * &TALKS WITH +  [031]     becomes     meet left:said right:@syn_talks right:with
 *
 * A dictionary's pattern is a row of words with the verb at the asterisk, and any words may stand
 * between; so a word before it is asked for on the verb's left, a word after it on the right.
 * Words that '_' or braces join are one run. '$' is the source, '+' the target, '%' both sides, '^'
 * skips a phrase. A marker gives the nearest actor on its side, after the preposition that stands
 * before the marker, if any. Without markers the subject does it and the object suffers it, or else
 * the nearest actor on either side. */
#include "dictionary/entries.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ROW = 6000, MAX_DEPTH = 4, MAX_MEMBERS = 64 };

typedef struct {
    dgm_view words[4]; /* of a run */
    uint32_t n;
    char marker; /* '*', '$', '+', '%', '^'; 0: words, "&NAME" a synonym set */
} token;

typedef struct {
    token at[MAX_TOKENS];
    uint32_t n, verb;
    const char *fault; /* why it cannot be said; NULL: it can */
} pattern;

typedef struct {
    char text[MAX_ROW];
    size_t n;
    bool full, empty; /* empty: nothing is left of a word */
} row;

static void put(row *r, const char *text)
{
    size_t n = strlen(text);
    if (r->n + n >= MAX_ROW) {
        r->full = true;
        return;
    }
    memcpy(r->text + r->n, text, n + 1);
    r->n += n;
}

/* In small letters; what the language of patterns would read as its own is left out. */
static void put_word(row *r, dgm_view word)
{
    char letter[2] = "";
    size_t before = r->n;
    for (size_t i = 0; i < word.n; i++) {
        letter[0] = dgm_to_lower(word.p[i]);
        if (letter[0] == ' ')
            letter[0] = '_';
        if (!strchr(":|@!\t\"()[]{}<>,;?*=", letter[0]))
            put(r, letter);
    }
    r->empty = r->empty || r->n == before;
}

/* ---- reading a pattern ---------------------------------------------------------------------- */

static bool is_marker(char c)
{
    return c == '*' || c == '$' || c == '+' || c == '%' || c == '^';
}

static bool is_word_byte(char c)
{
    return (unsigned char)c > ' ' && !is_marker(c) && !strchr("_{}()", c);
}

/* Cuts a pattern; `joined`: the next word belongs to the run before it. */
static void cut(dgm_view text, pattern *out)
{
    bool joined = false, in_braces = false;
    *out = (pattern) { .verb = MAX_TOKENS };
    for (size_t i = 0; i < text.n && !out->fault;) {
        char c = text.p[i];
        if (!is_word_byte(c) && !is_marker(c)) {
            in_braces = c == '{' || (in_braces && c != '}');
            joined = c != '{' && (c == '_' || in_braces);
            i++;
            continue;
        }
        size_t begin = i;
        bool marker = is_marker(c);
        i++;
        while (!marker && i < text.n && is_word_byte(text.p[i]))
            i++;
        dgm_view word = dgm_view_slice(text, begin, i);
        token *last = out->n > 0 ? &out->at[out->n - 1] : NULL;
        if (joined && !marker && last && last->marker == 0 && last->n < DGM_LEN(last->words)) {
            last->words[last->n++] = word;
        } else if (out->n == MAX_TOKENS) {
            out->fault = "it has too many words";
        } else {
            if (c == '*' && out->verb != MAX_TOKENS)
                out->fault = "it has two asterisks";
            if (c == '*')
                out->verb = out->n;
            out->at[out->n++] =
                (token) { .words = { word }, .n = 1, .marker = marker ? c : (char)0 };
        }
        joined = in_braces;
    }
    if (!out->fault && out->verb == MAX_TOKENS)
        out->fault = "it has no asterisk where the verb stands";
}

/* ---- a token as a constraint ---------------------------------------------------------------- */

static const synset_entry *synset_of(const dgm_dictionary *d, dgm_view name)
{
    if (name.n > 0 && name.p[0] == '&')
        name = dgm_view_slice(name, 1, name.n);
    for (uint32_t i = 0; i < d->synsets.n; i++) {
        const synset_entry *set = &d->synsets.at[i];
        bool same = set->name.n == name.n;
        for (size_t k = 0; same && k < name.n; k++) {
            char c = name.p[k] == '_' ? ' ' : name.p[k];
            same = dgm_to_lower(c) == dgm_to_lower(set->name.p[k]);
        }
        if (same)
            return set;
    }
    return NULL;
}

typedef struct {
    dgm_view at[MAX_MEMBERS];
    uint32_t n;
} member_list;

/* The words of a set and of those in it. */
static bool list_members(const dgm_dictionary *d, const synset_entry *set, uint32_t depth,
                         member_list *out)
{
    for (uint32_t i = 0; i < set->n_words; i++) {
        dgm_view words = d->phrases.at[set->words + i];
        const synset_entry *inner = words.p[0] == '&' ? synset_of(d, words) : NULL;
        if (inner && (depth == MAX_DEPTH || !list_members(d, inner, depth + 1, out)))
            return false;
        if (!inner && words.p[0] != '&') {
            if (out->n == MAX_MEMBERS)
                return false;
            out->at[out->n++] = words;
        }
    }
    return true;
}

/* A run with a set in it, "NEW_&TIES_TREATY", is one alternative for each of the set's words. */
static void put_run(row *r, const token *it, uint32_t i_set, const member_list *members)
{
    for (uint32_t m = 0; m < (members ? members->n : 1); m++) {
        put(r, m > 0 ? "|=" : "=");
        for (uint32_t k = 0; k < it->n; k++) {
            put(r, k > 0 ? "_" : "");
            put_word(r, k == i_set && members ? members->at[m] : it->words[k]);
        }
    }
}

static void put_constraint(writing *w, row *r, pattern *p, uint32_t i)
{
    const token *it = &p->at[i];
    const synset_entry *set = NULL;
    uint32_t i_set = 0, n_sets = 0;
    for (uint32_t k = 0; k < it->n; k++) {
        if (it->words[k].p[0] != '&')
            continue;
        i_set = k;
        n_sets++;
        set = synset_of(w->dictionary, it->words[k]);
        if (!set)
            p->fault = "it names a synonym set that is nowhere";
    }
    if (p->fault)
        return;
    member_list members = { .n = 0 };
    const char *side = i < p->verb ? " left:" : " right:";
    if (n_sets == 0) {
        put(r, side);
        put_run(r, it, 0, NULL);
    } else if (n_sets == 1 && it->n > 1 && list_members(w->dictionary, set, 0, &members) &&
               members.n > 0) {
        put(r, side);
        put_run(r, it, i_set, &members);
    } else { /* a run of too many kinds is taken as so many words */
        for (uint32_t k = 0; k < it->n; k++) {
            bool is_set = it->words[k].p[0] == '&';
            put(r, side);
            put(r, is_set ? "@syn_" : "=");
            put_word(r, dgm_view_slice(it->words[k], is_set, it->words[k].n));
        }
    }
}

/* ---- roles ---------------------------------------------------------------------------------- */

static const char *const prepositions[] = { "FROM", "WITH", "TO", "AGAINST", "IN",  "BY",
                                            "AT",   "OF",   "ON", "FOR",     "OVER" };

/* "from,nearright" for the marker at i. */
static void put_role(row *r, const pattern *p, uint32_t i)
{
    dgm_view word =
        i > p->verb && i > 0 ? p->at[i - 1].words[p->at[i - 1].n - 1] : (dgm_view) { "", 0 };
    for (size_t k = 0; k < DGM_LEN(prepositions); k++) {
        if (i > p->verb && dgm_view_eq_nocase(word, dgm_view_of(prepositions[k]))) {
            put_word(r, word);
            put(r, ",");
        }
    }
    put(r, i < p->verb ? "nearleft" : "nearright");
}

static uint32_t find_marker(const pattern *p, char marker)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->at[i].marker == marker)
            return i;
    return MAX_TOKENS;
}

static void put_roles(row *r, pattern *p)
{
    uint32_t source = find_marker(p, '$'), target = find_marker(p, '+'), both = find_marker(p, '%');
    if (source != MAX_TOKENS && target != MAX_TOKENS && (source < p->verb) == (target < p->verb)) {
        p->fault = "source and target stand on the same side of the verb";
        return;
    }
    put(r, "\t");
    if (source != MAX_TOKENS)
        put_role(r, p, source);
    else if (both < p->verb)
        put(r, "both");
    else
        put(r, target < p->verb ? "by,nearright" : "subj,nearleft");
    put(r, "\t");
    if (target != MAX_TOKENS)
        put_role(r, p, target);
    else if (both < p->verb)
        put(r, "none");
    else if (source != MAX_TOKENS && source > p->verb)
        put(r, "nearleft");
    else
        put(r, "obj,iobj,nearright");
}

/* ---- codes ---------------------------------------------------------------------------------- */

/* The type that ours gives a code, or the longest beginning of it that ours knows; a new code goes
 * to cameo.tsv. False: it has none, or is no code. */
static bool know_cameo(writing *w, place at, dgm_view code, dgm_view *type)
{
    uint32_t index = dgm_map_get(w->cameo, code);
    if (index == DGM_NONE) {
        size_t n = code.n;
        while (n > 1 && index == DGM_NONE)
            index = dgm_map_get(w->cameo, dgm_view_slice(code, 0, n--));
        dgm_view *new_type = dgm_push(w->dictionary->arena, &w->type);
        dgm_view *new_score = dgm_push(w->dictionary->arena, &w->score);
        if (!new_type || !new_score || dgm_map_set(w->cameo, code, w->type.n - 1, NULL) != DGM_OK)
            return false;
        bool known = index != DGM_NONE && w->type.at[index].n > 0;
        w->type.at[w->type.n - 1] = known ? w->type.at[index] : DGM_VIEW("CONSULT");
        w->score.at[w->score.n - 1] = known ? w->score.at[index] : DGM_VIEW("0.0");
        dgm_complain(w->complaints, DGM_EFORMAT, at.file, at.line,
                     "%.*s is no CAMEO code; cameo.tsv now has it as %.*s, to be corrected there",
                     DGM_FMT(code), DGM_FMT(w->type.at[w->type.n - 1]));
        index = w->type.n - 1;
    }
    *type = w->type.at[index];
    return type->n > 0;
}

static bool is_code(dgm_view code)
{
    bool good = code.n >= 2 && code.n <= 4;
    for (size_t i = 0; i < code.n; i++)
        good = good && (dgm_is_digit((unsigned char)code.p[i]) ||
                        (i > 0 && dgm_is_upper((unsigned char)code.p[i])));
    return good;
}

/* Type and code of "[031:032]", the second for the way back; "-": what matches is no event. */
static void put_code(writing *w, row *r, place at, dgm_view code)
{
    dgm_view first = code, type = { "", 0 }, back_type = type, back = code;
    if (back.n > 0)
        dgm_view_split(&back, ':', &first);
    bool nobody = first.n == 0 || !dgm_is_digit((unsigned char)first.p[0]);
    if (!nobody && !is_code(first))
        dictionary_refuse(w, at, "%.*s is no code of two to four digits", DGM_FMT(first));
    bool typed = !nobody && is_code(first) && know_cameo(w, at, first, &type);
    if (!typed && !nobody && is_code(first))
        dictionary_refuse(w, at, "PLOVER has no type for %.*s; what matches is silent",
                          DGM_FMT(first));
    if (!typed) {
        put(r, "\t-\t-");
        return;
    }
    bool both = back.n > 0 && is_code(back) && know_cameo(w, at, back, &back_type);
    if (back.n > 0 && !both)
        dictionary_refuse(w, at, "%.*s, the code of the way back, is left out", DGM_FMT(back));
    char text[60];
    snprintf(text, sizeof text, "\t%.*s\t%.*s%s%.*s", DGM_FMT(type), DGM_FMT(first),
             both ? ":" : "", both ? (int)back.n : 0, both ? back.p : "");
    put(r, text);
}

/* ---- triggers ------------------------------------------------------------------------------- */

/* "break|broke|broken", and after a blank what else a verb of several words asks for. */
static void put_trigger(row *head, row *rest, const verb_entry *verb)
{
    dgm_view words = verb->words, word;
    for (uint32_t i = 0; words.n > 0 && dgm_view_split(&words, ' ', &word); i++) {
        if (i == verb->i_verb) {
            put_word(head, word);
        } else {
            bool dots = dgm_view_find(word, DGM_VIEW(".")) != SIZE_MAX; /* alone it were a path */
            put(rest, i < verb->i_verb ? " left:" : dots ? " right:=" : " ");
            put_word(rest, word);
        }
    }
    dgm_view forms = verb->forms, form;
    while (forms.n > 0 && dgm_view_split(&forms, '|', &form)) {
        if (form.n == 0 || dgm_view_find(form, DGM_VIEW("+")) != SIZE_MAX)
            continue; /* forms of verbs of several words are told by their lemma */
        put(head, "|");
        put_word(head, form);
    }
}

static void write_row(writing *w, FILE *f, const verb_entry *verb, const pattern_entry *entry)
{
    row head = { .n = 0 }, line = { .n = 0 };
    pattern p = { .verb = MAX_TOKENS };
    put_trigger(&head, &line, verb);
    if (entry)
        cut(entry->text, &p);
    for (uint32_t i = 0; i < p.n && !p.fault; i++)
        if (p.at[i].marker == 0)
            put_constraint(w, &line, &p, i);
    if (find_marker(&p, '%') < p.verb)
        put(&line, " both:*");
    place at = entry ? entry->at : verb->at;
    dgm_view code = entry          ? entry->code
                    : verb->code.n ? verb->code
                                   : w->dictionary->block_codes.at[verb->block];
    put_code(w, &line, at, code);
    if (!p.fault && entry)
        put_roles(&line, &p);
    else if (!p.fault)
        put(&line, "\tsubj,nearleft\tobj,iobj,nearright");
    if (!p.fault && (line.empty || head.empty))
        p.fault = "it has a word without a letter";
    if (p.fault || line.full || head.full) {
        dictionary_refuse(w, at, "the pattern is left out: %s",
                          p.fault ? p.fault : "it is too long");
        return;
    }
    if (head.n == 0 || !dgm_is_alpha((unsigned char)head.text[0])) {
        dictionary_refuse(w, at, "the verb %.*s is left out", DGM_FMT(verb->words));
        return;
    }
    fprintf(f, "i%04u\t%s%s\t-\n", ++w->tally->patterns, head.text, line.text);
}

/* The verbs of a block share its patterns: for one line a pattern they would be one trigger, but
 * verbs of several words ask for more. */
static dgm_status write_verbs(writing *w)
{
    const dgm_dictionary *d = w->dictionary;
    FILE *f = dictionary_open_table(w, "rules/verbs.tsv", w->beside);
    uint32_t first = 0;
    for (uint32_t i = 0; f && i < d->verbs.n; i++) {
        const verb_entry *verb = &d->verbs.at[i];
        /* What is wrong with a pattern is said once, not for each verb of its block. */
        w->quiet = i > 0 && d->verbs.at[i - 1].block == verb->block;
        while (first < d->patterns.n && d->patterns.at[first].block < verb->block)
            first++;
        for (uint32_t k = first; k < d->patterns.n && d->patterns.at[k].block == verb->block; k++)
            write_row(w, f, verb, &d->patterns.at[k]);
        w->quiet = false;
        write_row(w, f, verb, NULL); /* of rules that ask the same the first wins */
    }
    return f ? dictionary_close_table(w, "rules/verbs.tsv", f) : DGM_EIO;
}

/* ---- synonym sets --------------------------------------------------------------------------- */

/* Treebanks' halves of contractions as their lemmas. */
static dgm_view lemma_of(dgm_view word)
{
    static const struct {
        const char *form, *lemma;
    } lemmas[] = { { "n't", "not" },  { "wo", "will" }, { "ca", "can" },  { "did", "do" },
                   { "does", "do" },  { "was", "be" },  { "were", "be" }, { "is", "be" },
                   { "had", "have" }, { "has", "have" } };
    for (size_t i = 0; i < DGM_LEN(lemmas); i++)
        if (dgm_view_eq_nocase(word, dgm_view_of(lemmas[i].form)))
            return dgm_view_of(lemmas[i].lemma);
    return word;
}

/* A member as it stands and, where that differs, by its lemmas and without its plural's s. */
static void put_member(FILE *f, dgm_view words, bool *first)
{
    for (int lemmas = 0; lemmas < 2; lemmas++) {
        row text = { .n = 0 };
        dgm_view rest = words, word;
        while (rest.n > 0 && dgm_view_split(&rest, ' ', &word)) {
            put(&text, text.n > 0 ? " " : "");
            put_word(&text, lemmas ? lemma_of(word) : word);
        }
        bool plural =
            lemmas && text.n > 3 && text.text[text.n - 1] == 's' && text.text[text.n - 2] != 's';
        if (plural)
            text.text[--text.n] = '\0';
        bool same = lemmas && text.n == words.n;
        for (size_t i = 0; same && i < words.n; i++)
            same = text.text[i] == dgm_to_lower(words.p[i]);
        if (text.n == 0 || text.full || same || strchr(text.text, ','))
            continue;
        fprintf(f, "%s%s", *first ? "" : ", ", text.text);
        *first = false;
    }
}

static void put_members(writing *w, FILE *f, const synset_entry *set, uint32_t depth, bool *first)
{
    const dgm_dictionary *d = w->dictionary;
    for (uint32_t i = 0; i < set->n_words; i++) {
        dgm_view words = d->phrases.at[set->words + i];
        if (words.p[0] != '&') {
            put_member(f, words, first);
            continue;
        }
        const synset_entry *inner = depth < MAX_DEPTH ? synset_of(d, words) : NULL;
        if (inner)
            put_members(w, f, inner, depth + 1, first);
        else
            dictionary_refuse(w, set->at, "the set %.*s in it is nowhere, or too deep",
                              DGM_FMT(words));
    }
}

static dgm_status write_classes(writing *w)
{
    FILE *f = dictionary_open_table(w, "english/classes.tsv", true);
    for (uint32_t i = 0; f && i < w->dictionary->synsets.n; i++) {
        const synset_entry *set = &w->dictionary->synsets.at[i];
        row name = { .n = 0 };
        put_word(&name, set->name);
        if (name.n == 0 || name.full || synset_of(w->dictionary, set->name) != set) {
            dictionary_refuse(w, set->at, "the set %.*s is there already", DGM_FMT(set->name));
            continue;
        }
        fprintf(f, "@syn_%s\t", name.text);
        bool first = true;
        put_members(w, f, set, 0, &first);
        fputs(first ? "-\n" : "\n", f);
        w->tally->classes++;
    }
    return f ? dictionary_close_table(w, "english/classes.tsv", f) : DGM_EIO;
}

dgm_status dictionary_write_rules(writing *w)
{
    static const char *const emptied[] = { "rules/nouns.tsv", "rules/operators.tsv" };
    dgm_status status = write_classes(w);
    for (size_t i = 0; !w->beside && status == DGM_OK && i < DGM_LEN(emptied); i++) {
        FILE *f = dictionary_open_table(w, emptied[i], false);
        status = f ? dictionary_close_table(w, emptied[i], f) : DGM_EIO;
    }
    return status == DGM_OK ? write_verbs(w) : status;
}

/* ---- discards ------------------------------------------------------------------------------- */

/* Our own words of sport silence sentences too; where a dictionary's discards stand instead of
 * ours, they go out with them. */
static dgm_status drop_sport(writing *w)
{
    static const char name[] = "english/classes.tsv";
    char *text;
    size_t n = 0;
    FILE *f = dictionary_rewrite_table(w, name, &text, &n);
    dgm_view rest = { text, n }, line;
    while (f && rest.n > 0 && dgm_view_split(&rest, '\n', &line))
        if (!dgm_view_starts(line, DGM_VIEW("@sport")))
            fprintf(f, "%.*s\n", DGM_FMT(line));
    free(text);
    return f ? dictionary_close_table(w, name, f) : DGM_EIO;
}

dgm_status dictionary_write_discards(writing *w)
{
    dgm_status status = w->beside ? DGM_OK : drop_sport(w);
    if (status != DGM_OK)
        return status;
    FILE *f = dictionary_open_table(w, "rules/discards.tsv", w->beside);
    for (uint32_t i = 0; f && i < w->dictionary->discards.n; i++) {
        const discard_entry *it = &w->dictionary->discards.at[i];
        for (size_t k = 0; k < it->phrase.n; k++)
            fputc(it->phrase.p[k] == '\t' ? ' ' : dgm_to_lower(it->phrase.p[k]), f);
        fprintf(f, "\t%s\n", it->story ? "story" : "sentence");
        w->tally->discards++;
    }
    return f ? dictionary_close_table(w, "rules/discards.tsv", f) : DGM_EIO;
}
