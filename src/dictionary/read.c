/* The formats of TABARI and PETRARCH, line by line.
 *
 *   all        # to the end of the line and <!-- ... --> are comments; '_' is a blank
 *   actors     NAME [CODE], +ANOTHER NAME, [CODE < DATE], [CODE > DATE], [CODE DATE-DATE]
 *   agents     NAME {PLURAL} [~CODE], {}: no plural; !MACRO! = WORD, WORD
 *   verbs      --- NAME [CODE] ---, VERB {FORMS} [CODE], +BREAK_DOWN or RE_+BUILD (the verb is
 * after the +), - PATTERN [CODE], &SYNSET and its +WORDS discards   PHRASE for a sentence, +PHRASE
 * for a story */
#include "dictionary/entries.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4000, MAX_ENTRIES = 4000000, CENTURY = 30 };

typedef struct {
    dgm_dictionary *d;
    place at;
    dgm_complaints *complaints;
    bool in_comment, in_synset, no_memory;
} reader;

dgm_dictionary *dgm_dictionary_new(void)
{
    dgm_dictionary *d = calloc(1, sizeof(*d));
    if (d && !(d->arena = dgm_arena_new())) {
        free(d);
        return NULL;
    }
    return d;
}

void dgm_dictionary_free(dgm_dictionary *d)
{
    if (d)
        dgm_arena_free(d->arena);
    free(d);
}

dgm_dictionary_kind dgm_dictionary_kind_of(const char *path)
{
    static const struct {
        const char *part;
        dgm_dictionary_kind kind;
    } names[] = {
        { "actors", DGM_DICTIONARY_ACTORS },    { "agents", DGM_DICTIONARY_AGENTS },
        { "discard", DGM_DICTIONARY_DISCARDS }, { "verbs", DGM_DICTIONARY_VERBS },
        { "CAMEO", DGM_DICTIONARY_VERBS },
    };
    const char *slash = strrchr(path, '/');
    dgm_view name = dgm_view_of(slash ? slash + 1 : path);
    for (size_t i = 0; i < DGM_LEN(names); i++)
        if (dgm_view_find(name, dgm_view_of(names[i].part)) != SIZE_MAX)
            return names[i].kind;
    return DGM_N_DICTIONARY_KINDS;
}

static void complain(reader *r, const char *what, dgm_view text)
{
    dgm_complain(r->complaints, DGM_EFORMAT, r->at.file, r->at.line, "%s: %.*s", what,
                 (int)DGM_MIN(text.n, 80), text.p);
}

/* Words parted by single blanks, in capitals; blanks at both ends off, '_' too. */
static dgm_view words_of(reader *r, dgm_view text)
{
    char *copy = dgm_arena_alloc(r->d->arena, text.n + 1, 1);
    if (!copy) {
        r->no_memory = true;
        return (dgm_view) { "", 0 };
    }
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool blank = c == '_' || dgm_is_space(c);
        if (blank && (n == 0 || copy[n - 1] == ' '))
            continue;
        copy[n++] = blank ? ' ' : dgm_is_lower(c) ? (char)(c - 32) : (char)c;
    }
    while (n > 0 && copy[n - 1] == ' ')
        n--;
    return (dgm_view) { copy, n };
}

static bool add_phrase(reader *r, dgm_view words)
{
    dgm_view *to = dgm_push(r->d->arena, &r->d->phrases);
    if (to)
        *to = words;
    else
        r->no_memory = true;
    return to != NULL;
}

/* Takes the first "open...close" out of *line and gives what is between; false: there is none. */
static bool take_between(dgm_view *line, char open, char close, dgm_view *out)
{
    const char *begin = line->n ? memchr(line->p, open, line->n) : NULL;
    if (!begin)
        return false;
    size_t rest = line->n - (size_t)(begin - line->p) - 1;
    const char *end = memchr(begin + 1, close, rest);
    if (!end)
        return false;
    *out = dgm_view_trim((dgm_view) { begin + 1, (size_t)(end - begin) - 1 });
    *line = (dgm_view) { end + 1, (size_t)(line->p + line->n - end) - 1 };
    return true;
}

/* What stands before the first of some bytes. */
static dgm_view before_any(dgm_view line, const char *bytes)
{
    size_t n = 0;
    while (n < line.n && !strchr(bytes, line.p[n] ? line.p[n] : ' '))
        n++;
    return dgm_view_slice(line, 0, n);
}

/* ---- actors --------------------------------------------------------------------------------- */

/* "950601" or "19950601". */
static bool read_date(dgm_view text, uint32_t *out)
{
    uint64_t number;
    text = dgm_view_trim(text);
    if ((text.n != 6 && text.n != 8) || !dgm_parse_u64(text, &number))
        return false;
    if (text.n == 6)
        number += number / 10000 < CENTURY ? 20000000 : 19000000;
    uint64_t month = number / 100 % 100, day = number % 100;
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *out = (uint32_t)number;
    return true;
}

/* "HOB", "HOB < 950601", "HOB > 950601", "HOB 950601-990101". */
static void read_code(reader *r, dgm_view text)
{
    dated_code code = { .at = r->at, .to = UINT32_MAX };
    size_t n = 0;
    while (n < text.n && !dgm_is_space((unsigned char)text.p[n]) && text.p[n] != '<' &&
           text.p[n] != '>')
        n++;
    code.code = words_of(r, dgm_view_slice(text, 0, n));
    dgm_view rest = dgm_view_trim(dgm_view_slice(text, n, text.n)), from;
    bool good = true;
    if (rest.n > 0 && rest.p[0] == '<') {
        good = read_date(dgm_view_slice(rest, 1, rest.n), &code.to);
    } else if (rest.n > 0 && rest.p[0] == '>') {
        good = read_date(dgm_view_slice(rest, 1, rest.n), &code.from);
    } else if (rest.n > 0) {
        good = dgm_view_split(&rest, '-', &from) && read_date(from, &code.from) &&
               read_date(rest, &code.to) && code.from <= code.to;
    }
    if (!good || code.code.n == 0) {
        complain(r, "no code with its dates", text);
        return;
    }
    dated_code *to = dgm_push(r->d->arena, &r->d->codes);
    if (!to) {
        r->no_memory = true;
        return;
    }
    *to = code;
    r->d->actors.at[r->d->actors.n - 1].n_codes++;
}

static void read_actor(reader *r, dgm_view line)
{
    dgm_dictionary *d = r->d;
    bool again = line.p[0] == '+', code_only = line.p[0] == '[';
    if ((again || code_only) && d->actors.n == 0) {
        complain(r, "no actor stands above", line);
        return;
    }
    if (!again && !code_only) {
        actor_entry *actor = dgm_push(d->arena, &d->actors);
        if (!actor) {
            r->no_memory = true;
            return;
        }
        *actor = (actor_entry) { .at = r->at, .phrases = d->phrases.n, .codes = d->codes.n };
    }
    dgm_view name = words_of(r, before_any(dgm_view_slice(line, again, line.n), "[{"));
    if (name.n > 0 && add_phrase(r, name))
        d->actors.at[d->actors.n - 1].n_phrases++;
    else if (!code_only)
        complain(r, "no name", line);
    dgm_view code;
    while (!r->no_memory && take_between(&line, '[', ']', &code))
        read_code(r, code);
    if (line.n > 0 && memchr(line.p, '[', line.n))
        complain(r, "no ] after [", line);
}

/* ---- agents --------------------------------------------------------------------------------- */

/* !PERSON! = MAN, MEN, WOMAN */
static void read_macro(reader *r, dgm_view line)
{
    dgm_view name, rest = line;
    if (!dgm_view_split(&rest, '=', &name) || rest.n == 0) {
        complain(r, "no words after =", line);
        return;
    }
    dgm_view *a = dgm_push(r->d->arena, &r->d->macros);
    dgm_view *b = dgm_push(r->d->arena, &r->d->macros);
    r->no_memory |= !a || !b;
    if (r->no_memory)
        return;
    r->d->macros.at[r->d->macros.n - 2] = words_of(r, name);
    r->d->macros.at[r->d->macros.n - 1] = words_of(r, rest);
}

/* Writes an agent for each word of the macro in its name. */
static void add_agents(reader *r, const agent_entry *agent)
{
    dgm_dictionary *d = r->d;
    dgm_view macro = { 0 }, rest = agent->phrase, word;
    uint32_t n = 0;
    bool has = take_between(&rest, '!', '!', &macro);
    size_t begin = has ? (size_t)(macro.p - agent->phrase.p) - 1 : agent->phrase.n;
    dgm_view words = { "", 0 };
    for (uint32_t i = 0; has && i + 1 < d->macros.n; i += 2)
        if (d->macros.at[i].n == macro.n + 2 && dgm_view_find(d->macros.at[i], macro) == 1)
            words = d->macros.at[i + 1];
    if (has && words.n == 0) {
        complain(r, "no such macro", agent->phrase);
        return;
    }
    bool more = true;
    while (more && n++ < MAX_VARIANTS && !r->no_memory) {
        more = has && dgm_view_split(&words, ',', &word);
        if (has && !more)
            break;
        agent_entry *to = dgm_push(d->arena, &d->agents);
        if (!to) {
            r->no_memory = true;
            break;
        }
        *to = *agent;
        if (has) {
            word = dgm_view_trim(word);
            to->phrase = dgm_arena_printf(d->arena, "%.*s%.*s%.*s", (int)begin, agent->phrase.p,
                                          DGM_FMT(word), DGM_FMT(rest));
            to->no_plural = true; /* its words are listed with their plurals */
        }
    }
}

static void read_agent(reader *r, dgm_view line)
{
    if (line.p[0] == '!' && memchr(line.p, '=', line.n)) {
        read_macro(r, line);
        return;
    }
    agent_entry agent = { .at = r->at, .phrase = words_of(r, before_any(line, "[{")) };
    dgm_view rest = line, plural, code;
    if (take_between(&rest, '{', '}', &plural)) {
        agent.plural = words_of(r, plural);
        agent.no_plural = agent.plural.n == 0;
    }
    rest = line;
    if (!take_between(&rest, '[', ']', &code) || agent.phrase.n == 0) {
        complain(r, "no agent with its [~CODE]", line);
        return;
    }
    code = words_of(r, code);
    agent.before = dgm_view_ends(code, DGM_VIEW("~"));
    if (!agent.before && !dgm_view_starts(code, DGM_VIEW("~"))) {
        complain(r, "an agent's code has a ~ where the actor's stands", line);
        return;
    }
    agent.code = dgm_view_slice(code, !agent.before, code.n - agent.before);
    add_agents(r, &agent);
}

/* ---- verbs ---------------------------------------------------------------------------------- */

static void read_block(reader *r, dgm_view line)
{
    dgm_view *code = dgm_push(r->d->arena, &r->d->block_codes);
    dgm_view text = { "", 0 };
    if (!code) {
        r->no_memory = true;
        return;
    }
    (void)take_between(&line, '[', ']', &text);
    r->d->block_codes.at[r->d->block_codes.n - 1] = words_of(r, text);
}

static void read_synset_word(reader *r, dgm_view line)
{
    synset_entry *set = &r->d->synsets.at[r->d->synsets.n - 1];
    dgm_view words = words_of(r, line);
    if (words.n > 0 && add_phrase(r, words))
        set->n_words++;
}

static void read_synset(reader *r, dgm_view line)
{
    synset_entry *set = dgm_push(r->d->arena, &r->d->synsets);
    if (!set) {
        r->no_memory = true;
        return;
    }
    dgm_view name = words_of(r, dgm_view_slice(line, 1, line.n));
    *set = (synset_entry) { .at = r->at, .name = name, .words = r->d->phrases.n };
    if (name.n == 0)
        complain(r, "a synonym set without a name", line);
    r->in_synset = true;
}

static bool is_closed(dgm_view text, char open, char close)
{
    size_t n_open = 0, n_close = 0;
    for (size_t i = 0; i < text.n; i++) {
        n_open += text.p[i] == open;
        n_close += text.p[i] == close;
    }
    return n_open == n_close;
}

static void read_pattern(reader *r, dgm_view line)
{
    dgm_view code, rest = line;
    dgm_view text = dgm_view_trim(dgm_view_slice(before_any(line, "["), 1, line.n));
    if (!take_between(&rest, '[', ']', &code) || r->d->block_codes.n == 0) {
        complain(r, "no pattern with its [CODE], below a verb", line);
        return;
    }
    if (!is_closed(text, '(', ')') || !is_closed(text, '{', '}'))
        complain(r, "brackets that are not closed, or not opened; read without them", text);
    pattern_entry *pattern = dgm_push(r->d->arena, &r->d->patterns);
    if (!pattern) {
        r->no_memory = true;
        return;
    }
    *pattern = (pattern_entry) { .at = r->at, .block = r->d->block_codes.n - 1 };
    pattern->text = dgm_arena_copy(r->d->arena, text);
    pattern->code = words_of(r, code);
}

/* "DIPS DIPPED" as "DIPS|DIPPED". */
static dgm_view read_forms(reader *r, dgm_view text)
{
    dgm_view forms = dgm_arena_copy(r->d->arena, dgm_view_trim(text));
    char *p = (char *)forms.p;
    for (size_t i = 0; i < forms.n; i++)
        p[i] = dgm_is_space((unsigned char)p[i]) || p[i] == ',' ? '|'
               : dgm_is_lower((unsigned char)p[i])              ? (char)(p[i] - 32)
                                                                : p[i];
    return forms;
}

static void read_verb(reader *r, dgm_view line)
{
    dgm_dictionary *d = r->d;
    if (d->block_codes.n == 0) { /* verbs above the first header have no code */
        dgm_view *none = dgm_push(d->arena, &d->block_codes);
        if (!none) {
            r->no_memory = true;
            return;
        }
        *none = DGM_VIEW("");
    }
    verb_entry verb = { .at = r->at, .block = d->block_codes.n - 1 };
    dgm_view name = dgm_view_trim(before_any(line, "[{")), rest = line, found;
    char *copy = dgm_arena_alloc(d->arena, name.n + 1, 1);
    if (!copy) {
        r->no_memory = true;
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '+')
            for (size_t k = verb.i_verb = 0; k < n; k++)
                verb.i_verb += copy[k] == '_' || copy[k] == ' ';
        else
            copy[n++] = name.p[i];
    }
    verb.words = words_of(r, (dgm_view) { copy, n });
    if (take_between(&rest, '{', '}', &found))
        verb.forms = read_forms(r, found);
    rest = line;
    if (take_between(&rest, '[', ']', &found))
        verb.code = words_of(r, found);
    verb_entry *to = verb.words.n > 0 ? dgm_push(d->arena, &d->verbs) : NULL;
    if (to)
        *to = verb;
    else if (verb.words.n > 0)
        r->no_memory = true;
    else
        complain(r, "no verb", line);
}

static void read_verb_line(reader *r, dgm_view line)
{
    if (dgm_view_starts(line, DGM_VIEW("---"))) {
        r->in_synset = false;
        read_block(r, line);
    } else if (line.p[0] == '&') {
        read_synset(r, line);
    } else if (r->in_synset && line.p[0] == '+') {
        read_synset_word(r, dgm_view_slice(line, 1, line.n));
    } else if (line.p[0] == '-') {
        r->in_synset = false;
        read_pattern(r, line);
    } else if (dgm_is_alpha((unsigned char)line.p[0]) || line.p[0] == '+') {
        r->in_synset = false;
        read_verb(r, line);
    } else {
        complain(r, "neither verb nor pattern nor synonyms", line);
    }
}

static void read_discard(reader *r, dgm_view line)
{
    bool story = line.p[0] == '+';
    dgm_view phrase = words_of(r, dgm_view_slice(line, story, line.n));
    bool empty = phrase.n == 0 || dgm_view_eq(phrase, DGM_VIEW("-")); /* to a table, too */
    discard_entry *to = empty ? NULL : dgm_push(r->d->arena, &r->d->discards);
    if (to)
        *to = (discard_entry) { r->at, phrase, story };
    else
        r->no_memory |= !empty;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The line without comments; a '#' in brackets is none ("[###]" is an old code for nobody). */
static dgm_view without_comment(reader *r, dgm_view line)
{
    if (r->in_comment) {
        size_t end = dgm_view_find(line, DGM_VIEW("-->"));
        if (end == SIZE_MAX)
            return (dgm_view) { "", 0 };
        r->in_comment = false;
        line = dgm_view_slice(line, end + 3, line.n);
    }
    bool in_brackets = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '[' || line.p[i] == ']')
            in_brackets = line.p[i] == '[';
        bool begins = line.p[i] == '<' && i + 1 < line.n && line.p[i + 1] == '!';
        if (begins)
            r->in_comment =
                dgm_view_find(dgm_view_slice(line, i, line.n), DGM_VIEW("-->")) == SIZE_MAX;
        if (begins || (line.p[i] == '#' && !in_brackets))
            return dgm_view_slice(line, 0, i);
    }
    return line;
}

static uint32_t n_entries(const dgm_dictionary *d)
{
    return DGM_MAX(DGM_MAX(d->phrases.n, d->codes.n), DGM_MAX(d->patterns.n, d->agents.n));
}

dgm_status dgm_dictionary_read(dgm_dictionary *d, dgm_dictionary_kind kind, const char *path,
                               dgm_view text, dgm_complaints *complaints, dgm_err *err)
{
    static void (*const readers[])(reader *, dgm_view) = { read_actor, read_agent, read_verb_line,
                                                           read_discard };
    reader r = { .d = d, .complaints = complaints };
    r.at.file = dgm_arena_copy(d->arena, dgm_view_of(path)).p;
    d->has[kind] = true;
    dgm_view line;
    while (text.n > 0 && !r.no_memory && dgm_view_split(&text, '\n', &line)) {
        r.at.line++;
        if (line.n > MAX_LINE) {
            complain(&r, "a line of more than 4,000 bytes", dgm_view_slice(line, 0, 40));
            continue;
        }
        if (dgm_utf8_invalid(line) != SIZE_MAX) {
            complain(&r, "not UTF-8", (dgm_view) { "", 0 });
            continue;
        }
        line = dgm_view_trim(without_comment(&r, line));
        if (line.n > 0)
            readers[kind](&r, line);
        else if (r.in_synset)
            r.in_synset = d->synsets.at[d->synsets.n - 1].n_words == 0;
        if (n_entries(d) > MAX_ENTRIES)
            return dgm_fail(err, DGM_ELIMIT, path, r.at.line, "more than %d entries", MAX_ENTRIES);
    }
    return r.no_memory || dgm_arena_failed(d->arena)
               ? dgm_fail(err, DGM_ENOMEM, path, 0, "no memory")
               : DGM_OK;
}
