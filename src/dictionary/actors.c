/* Actors and agents as rows of countries.tsv, organisations.tsv and agents.tsv.
 *
 * A code of three letters is a state's ("HOB"), a longer one a body's with its sectors ("HOBGOV").
 * Dictionaries know neither kinds of names nor of roles: ours are asked, then the ending. Their
 * dated codes hold in order, the first that fits a date; our rows may overlap in none, so each gets
 * the days that those before it left, and the code without dates what is left after all. */
#include "dictionary/entries.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SPANS = 64, NAME = 4 }; /* NAME: its number in write.c */

typedef struct {
    uint32_t from, to;
} span;

/* "PRINCE OF DOL AMROTH" as "Prince of Dol Amroth". */
static void put_name(FILE *f, dgm_view name)
{
    static const char *const small[] = { "OF", "THE", "AND", "FOR", "IN", "ON", "DE", "LA", "DU" };
    dgm_view word;
    bool first = true;
    while (name.n > 0 && dgm_view_split(&name, ' ', &word)) {
        bool lower = false;
        for (size_t i = 0; !first && i < DGM_LEN(small); i++)
            lower = lower || dgm_view_eq(word, dgm_view_of(small[i]));
        if (!first)
            fputc(' ', f);
        bool begins = !lower;
        for (size_t i = 0; i < word.n; i++) {
            char c = word.p[i] == '|' || word.p[i] == '\t' ? ' ' : word.p[i];
            fputc(begins ? c : dgm_to_lower(c), f);
            begins = !lower && (c == '-' || c == '.');
        }
        first = false;
    }
}

static void put_date(FILE *f, uint32_t date)
{
    if (date == 0 || date == UINT32_MAX)
        fputs("\t-", f);
    else
        fprintf(f, "\t%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);
}

/* The day after and before, as far as a span needs it: months are taken as 31 days long. */
static uint32_t next_day(uint32_t date)
{
    uint32_t day = date % 100, month = date / 100 % 100, year = date / 10000;
    if (++day > 31) {
        day = 1;
        if (++month > 12) {
            month = 1;
            year++;
        }
    }
    return year * 10000 + month * 100 + day;
}

static uint32_t previous_day(uint32_t date)
{
    uint32_t day = date % 100, month = date / 100 % 100, year = date / 10000;
    if (--day == 0) {
        day = 31;
        if (--month == 0) {
            month = 12;
            year--;
        }
    }
    return year * 10000 + month * 100 + day;
}

/* Takes [from, to] out of the free spans; what was taken goes to *taken. */
static uint32_t take_days(span *free_days, uint32_t *n_free, span want, span *taken)
{
    span rest[MAX_SPANS];
    uint32_t n = 0, n_taken = 0;
    for (uint32_t i = 0; i < *n_free; i++) {
        span s = free_days[i];
        uint32_t from = DGM_MAX(s.from, want.from), to = DGM_MIN(s.to, want.to);
        if (from > to) {
            if (n < MAX_SPANS)
                rest[n++] = s;
            continue;
        }
        taken[n_taken++] = (span) { from, to };
        if (s.from < from && n < MAX_SPANS)
            rest[n++] = (span) { s.from, previous_day(from) };
        if (to < s.to && n < MAX_SPANS)
            rest[n++] = (span) { next_day(to), s.to };
    }
    memcpy(free_days, rest, n * sizeof(span));
    *n_free = n;
    return n_taken;
}

static bool is_nobody(dgm_view code)
{
    return dgm_view_eq(code, DGM_VIEW("---")) || dgm_view_eq(code, DGM_VIEW("###")) ||
           dgm_view_eq(code, DGM_VIEW("+++")) || dgm_view_eq(code, DGM_VIEW("NULL"));
}

/* Whether the code is letters in threes; the sectors in it are remembered. */
static bool good_code(writing *w, dgm_view code, size_t first_sector)
{
    bool good = code.n >= 3 && code.n % 3 == 0;
    for (size_t i = 0; good && i < code.n; i += 3)
        good = dictionary_know_code(i < first_sector ? w->countries : w->sectors,
                                    dgm_view_slice(code, i, i + 3));
    return good;
}

/* The first as sector, the rest as others. */
static void put_sectors(FILE *f, dgm_view code)
{
    fprintf(f, "\t%.*s\t%s", code.n ? 3 : 1, code.n ? code.p : "-", code.n <= 3 ? "-" : "");
    for (size_t i = 3; i < code.n; i += 3)
        fprintf(f, "%s%.3s", i > 3 ? "," : "", code.p + i);
}

/* ---- actors --------------------------------------------------------------------------------- */

static bool ends_like_adjective(dgm_view name, bool again)
{
    static const char *const endings[] = { "IAN", "ISH", "ESE" };
    static const char *const others[] = { "AN", "I", "CH", "IC" };
    if (memchr(name.p, ' ', name.n))
        return false;
    bool like = false;
    for (size_t i = 0; i < DGM_LEN(endings); i++)
        like = like || dgm_view_ends(name, dgm_view_of(endings[i]));
    for (size_t i = 0; again && i < DGM_LEN(others); i++)
        like = like || dgm_view_ends(name, dgm_view_of(others[i]));
    return like;
}

static bool is_adjective(writing *w, dgm_view name, bool again)
{
    dgm_arena *arena = w->dictionary->arena;
    dgm_view key = dgm_arena_printf(arena, "state:%.*s", DGM_FMT(name));
    uint32_t kind = dgm_map_get(w->kinds, dgm_arena_lower(arena, key));
    return kind == DGM_NONE ? ends_like_adjective(name, again) : kind != NAME;
}

static void put_state(writing *w, FILE *f, const actor_entry *actor, dgm_view code, span days)
{
    static const char *const kinds[] = { "name", "adjective" };
    for (uint32_t i = 0; i < actor->n_phrases; i++) {
        dgm_view name = w->dictionary->phrases.at[actor->phrases + i];
        bool adjective = is_adjective(w, name, i > 0);
        for (int kind = 0; kind <= adjective; kind++) {
            put_name(f, name);
            fprintf(f, "\t%.*s\t%s\t-", DGM_FMT(code), kinds[kind]);
            put_date(f, days.from);
            put_date(f, days.to);
            fputs("\t-\n", f);
        }
    }
}

/* "ELR/GAL" speaks for both. */
static bool put_members(writing *w, FILE *f, dgm_view code)
{
    dgm_view rest = code, part;
    while (dgm_view_split(&rest, '/', &part))
        if (!dictionary_know_code(w->countries, part))
            return false;
    fputs("\t-\t-\t-\t-\t", f);
    for (rest = code; dgm_view_split(&rest, '/', &part);)
        fprintf(f, "%.*s%s", DGM_FMT(part), rest.p ? "," : "");
    return true;
}

static void put_body(writing *w, FILE *f, const actor_entry *actor, dgm_view code, span days)
{
    const dgm_view *phrases = &w->dictionary->phrases.at[actor->phrases];
    put_name(f, phrases[0]);
    fputc('\t', f);
    for (uint32_t i = 1; i < actor->n_phrases; i++) {
        put_name(f, phrases[i]);
        fputs(i + 1 < actor->n_phrases ? "|" : "", f);
    }
    if (actor->n_phrases == 1)
        fputc('-', f);
    if (!memchr(code.p, '/', code.n)) {
        fprintf(f, "\t%.3s", code.p);
        put_sectors(f, dgm_view_slice(code, 3, code.n));
        fputs("\tigo\t-", f);
    } else if (!put_members(w, f, code)) {
        fputs("\t-\t-\t-\t-\t-", f);
    }
    put_date(f, days.from);
    put_date(f, days.to);
    fputs("\t-\n", f);
}

static void put_actor(writing *w, FILE *states, FILE *bodies, const actor_entry *actor)
{
    span open[MAX_SPANS] = { { 0, UINT32_MAX } }, taken[MAX_SPANS];
    uint32_t n_open = 1;
    for (int dated = 1; dated >= 0; dated--) {
        for (uint32_t i = 0; i < actor->n_codes; i++) {
            const dated_code *it = &w->dictionary->codes.at[actor->codes + i];
            if ((it->from != 0 || it->to != UINT32_MAX) != dated)
                continue;
            uint32_t n = take_days(open, &n_open, (span) { it->from, it->to }, taken);
            bool several = memchr(it->code.p, '/', it->code.n) != NULL;
            if (is_nobody(it->code))
                continue;
            if (!several && !good_code(w, it->code, 3)) {
                dictionary_refuse(w, it->at, "the code %.*s is not letters in threes",
                                  DGM_FMT(it->code));
                continue;
            }
            for (uint32_t k = 0; k < n; k++) {
                if (it->code.n == 3)
                    put_state(w, states, actor, it->code, taken[k]);
                else
                    put_body(w, bodies, actor, it->code, taken[k]);
            }
        }
    }
    w->tally->actors += actor->n_phrases;
}

/* A dictionary's ARN is Arnor and not its government, in whatever role: the column `states` of
 * every type becomes `plain`. The other columns stay as they are. */
static dgm_status keep_states_plain(writing *w)
{
    static const char name[] = "codebook/types.tsv";
    char *text;
    size_t n = 0;
    FILE *f = dictionary_rewrite_table(w, name, &text, &n);
    dgm_view rest = { text, n }, line, cell;
    uint32_t states = DGM_NONE;
    bool header = true;
    while (f && rest.n > 0 && dgm_view_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        for (uint32_t i = 0; line.n > 0 && dgm_view_split(&line, '\t', &cell); i++) {
            if (header && dgm_view_eq(cell, DGM_VIEW("states")))
                states = i;
            if (i != states)
                fprintf(f, "%.*s\t", DGM_FMT(cell));
        }
        fputs(header ? "states\n" : "plain\n", f);
        header = false;
    }
    free(text);
    return f ? dictionary_close_table(w, name, f) : DGM_EIO;
}

static bool is_name(dgm_view text)
{
    size_t i = 0;
    while (i < text.n && ((unsigned char)text.p[i] <= ' ' || strchr("_|-", text.p[i])))
        i++;
    return i < text.n;
}

static bool are_names(const writing *w, const actor_entry *actor)
{
    bool good = true;
    for (uint32_t i = 0; i < actor->n_phrases; i++)
        good = good && is_name(w->dictionary->phrases.at[actor->phrases + i]);
    return good;
}

dgm_status dictionary_write_actors(writing *w)
{
    static const char *const emptied[] = { "actors/offices.tsv", "actors/groups.tsv" };
    dgm_status status = w->beside ? DGM_OK : keep_states_plain(w);
    for (size_t i = 0; !w->beside && status == DGM_OK && i < DGM_LEN(emptied); i++) {
        FILE *f = dictionary_open_table(w, emptied[i], false);
        status = f ? dictionary_close_table(w, emptied[i], f) : DGM_EIO;
    }
    FILE *states =
        status == DGM_OK ? dictionary_open_table(w, "actors/countries.tsv", w->beside) : NULL;
    FILE *bodies = states ? dictionary_open_table(w, "actors/organisations.tsv", w->beside) : NULL;
    for (uint32_t i = 0; bodies && i < w->dictionary->actors.n; i++) {
        const actor_entry *actor = &w->dictionary->actors.at[i];
        if (!are_names(w, actor))
            dictionary_refuse(w, actor->at, "a name without a letter");
        else if (actor->n_codes == 0 && actor->n_phrases > 0)
            dictionary_refuse(w, actor->at, "an actor without a code");
        else if (actor->n_phrases > 0)
            put_actor(w, states, bodies, actor);
    }
    dgm_status a = states ? dictionary_close_table(w, "actors/countries.tsv", states) : DGM_EIO;
    dgm_status b = bodies ? dictionary_close_table(w, "actors/organisations.tsv", bodies) : DGM_EIO;
    return a != DGM_OK ? a : b;
}

/* ---- agents --------------------------------------------------------------------------------- */

/* "title", "role", "unit", "group": as ours has the whole phrase or its last word; else a role. */
static const char *kind_of(writing *w, dgm_view phrase)
{
    static const char *const kinds[] = { "title", "role", "unit", "group" };
    dgm_arena *arena = w->dictionary->arena;
    for (dgm_view rest = phrase; rest.n > 0;) {
        dgm_view key = dgm_arena_printf(arena, "agent:%.*s", DGM_FMT(rest));
        uint32_t kind = dgm_map_get(w->kinds, dgm_arena_lower(arena, key));
        if (kind == DGM_NONE && dgm_view_ends(key, DGM_VIEW("S"))) {
            key.n--;
            kind = dgm_map_get(w->kinds, dgm_arena_lower(arena, key));
        }
        if (kind < DGM_LEN(kinds))
            return kinds[kind];
        size_t blank = dgm_view_find(rest, DGM_VIEW(" "));
        rest = dgm_view_slice(rest, blank == SIZE_MAX ? rest.n : blank + 1, rest.n);
    }
    return "role";
}

static void put_lower(FILE *f, dgm_view text)
{
    for (size_t i = 0; i < text.n; i++)
        fputc(text.p[i] == '\t' ? ' ' : dgm_to_lower(text.p[i]), f);
}

dgm_status dictionary_write_agents(writing *w)
{
    FILE *f = dictionary_open_table(w, "actors/agents.tsv", w->beside);
    for (uint32_t i = 0; f && i < w->dictionary->agents.n; i++) {
        const agent_entry *agent = &w->dictionary->agents.at[i];
        if (is_nobody(agent->code))
            continue;
        if (!is_name(agent->phrase)) {
            dictionary_refuse(w, agent->at, "a name without a letter");
            continue;
        }
        if (!good_code(w, agent->code, 0)) {
            dictionary_refuse(w, agent->at, "the code %.*s is not letters in threes",
                              DGM_FMT(agent->code));
            continue;
        }
        if (agent->before)
            dictionary_refuse(w, agent->at,
                              "%.*s stands before the country's code; ours puts it after",
                              DGM_FMT(agent->code));
        put_lower(f, agent->phrase);
        put_sectors(f, agent->code);
        fprintf(f, "\t%s\t", kind_of(w, agent->phrase));
        put_lower(f, agent->no_plural ? agent->phrase : agent->plural);
        fputs(!agent->no_plural && agent->plural.n == 0 ? "-\t-\n" : "\t-\n", f);
        w->tally->agents++;
    }
    return f ? dictionary_close_table(w, "actors/agents.tsv", f) : DGM_EIO;
}
