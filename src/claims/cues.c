/* Loads and looks up the tables of data/cues/. A row that is wrong is complained about and passed
 * over, so that one run lists all that is wrong. */
#include "claims/cues.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    struct dgm_claims *claims;
    dgm_complaints *complaints;
    table t;
    uint32_t last; /* of the current lemma's rows */
} loading;

const char *table_name(table t)
{
    static const char *const names[] = { "cues/speech.tsv", "cues/operators.tsv", "cues/hedges.tsv",
                                         "cues/eras.tsv" };
    return t < DGM_LEN(names) ? names[t] : "";
}

uint32_t frame_of(dgm_view name)
{
    static const char *const names[N_FRAMES] = {
#define X(id, label) [FRAME_BIT_##id] = label,
        DGM_FRAME_MAP(X)
#undef X
    };
    for (uint32_t i = 0; i < N_FRAMES; i++)
        if (dgm_view_eq(name, dgm_view_of(names[i])))
            return 1u << i;
    return 0;
}

static bool wrong(loading *l, const dgm_row *row, const char *what, dgm_view value)
{
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "unknown %s \"%.*s\"", what,
                 DGM_FMT(value));
    return true; /* the loading goes on */
}

static uint32_t find_name(dgm_view name, const char *(*name_of)(uint32_t), uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgm_view_eq(name, dgm_view_of(name_of(i))))
            return i;
    return n;
}

static const char *status_name(uint32_t i)
{
    return dgm_factual_status_name((dgm_factual_status)i);
}

static const char *kind_name(uint32_t i)
{
    return dgm_attribution_kind_name((dgm_attribution_kind)i);
}

static const char *sign_name(uint32_t i)
{
    static const char *const names[] = { "yes", "no", "unknown", "fact" };
    return names[i];
}

/* "yes", "no:possible", "unknown", "fact" */
static bool parse_effect(dgm_view cell, effect *out)
{
    dgm_view rest = cell, sign;
    if (!dgm_view_split(&rest, ':', &sign))
        return false;
    uint32_t i = find_name(sign, sign_name, 4), status = DGM_ACTUAL;
    if (sign.n < cell.n)
        status = find_name(rest, status_name, DGM_HYPOTHETICAL + 1);
    else if (i == SIGN_UNKNOWN)
        status = DGM_HYPOTHETICAL;
    if (i == 4 || status > DGM_HYPOTHETICAL)
        return false;
    out->sign = (uint8_t)i;
    out->status = (uint8_t)status;
    return true;
}

static bool parse_frames(dgm_view cell, uint32_t *out)
{
    dgm_view part;
    uint32_t frames = 0;
    while (cell.n > 0 && dgm_view_split(&cell, ',', &part)) {
        uint32_t frame = frame_of(part);
        if (frame == 0)
            return false;
        frames |= frame;
    }
    *out = frames;
    return frames != 0;
}

/* Appends a row to the list of its key; *next of the list's last row is set by the caller's
 * `link`. */
static bool add_cue(loading *l, dgm_view key, const cue *row)
{
    struct dgm_claims *claims = l->claims;
    cue *added = dgm_push(claims->arena, &claims->cues);
    if (!added)
        return false;
    *added = *row;
    added->next = DGM_NONE;
    uint32_t me = claims->cues.n - 1, first = dgm_map_get(claims->cue_of, key);
    if (first == DGM_NONE)
        return dgm_map_set(claims->cue_of, key, me, NULL) == DGM_OK;
    while (claims->cues.at[first].next != DGM_NONE)
        first = claims->cues.at[first].next;
    claims->cues.at[first].next = me;
    return true;
}

static bool speech_row(void *context, const dgm_row *row)
{
    loading *l = context;
    cue c = { .table = TABLE_SPEECH, .line = (uint32_t)row->line };
    c.pos = dgm_upos_of(row->cell[1]);
    uint32_t kind = find_name(row->cell[2], kind_name, DGM_KIND_BELIEVE + 1);
    if (c.pos == DGM_UPOS_NONE)
        return wrong(l, row, "pos", row->cell[1]);
    if (kind > DGM_KIND_BELIEVE)
        return wrong(l, row, "kind", row->cell[2]);
    c.kind = (dgm_attribution_kind)kind;
    if (!parse_frames(row->cell[3], &c.frames))
        return wrong(l, row, "frame in", row->cell[3]);
    if (!parse_effect(row->cell[4], &c.affirmed))
        return wrong(l, row, "effect", row->cell[4]);
    if (!parse_effect(row->cell[5], &c.negated))
        return wrong(l, row, "effect", row->cell[5]);
    c.unsourced = c.affirmed;
    if (row->cell[6].n > 0 && !parse_effect(row->cell[6], &c.unsourced))
        return wrong(l, row, "effect", row->cell[6]);
    return add_cue(l, row->cell[0], &c);
}

static bool operator_row(void *context, const dgm_row *row)
{
    loading *l = context;
    cue c = { .table = TABLE_OPERATORS, .line = (uint32_t)row->line };
    c.pos = dgm_upos_of(row->cell[1]);
    if (c.pos == DGM_UPOS_NONE)
        return wrong(l, row, "pos", row->cell[1]);
    if (!parse_frames(row->cell[2], &c.frames))
        return wrong(l, row, "frame in", row->cell[2]);
    if (!parse_effect(row->cell[3], &c.affirmed))
        return wrong(l, row, "effect", row->cell[3]);
    if (!parse_effect(row->cell[4], &c.negated))
        return wrong(l, row, "effect", row->cell[4]);
    c.unsourced = c.affirmed;
    c.would = dgm_view_eq(row->cell[5], DGM_VIEW("would"));
    c.undergone = dgm_view_eq(row->cell[5], DGM_VIEW("undergone"));
    c.ends = dgm_view_eq(row->cell[5], DGM_VIEW("ending"));
    c.ahead = dgm_view_eq(row->cell[5], DGM_VIEW("ahead"));
    c.light = c.undergone || dgm_view_eq(row->cell[5], DGM_VIEW("light"));
    c.once = dgm_view_eq(row->cell[5], DGM_VIEW("ability"));
    return add_cue(l, row->cell[0], &c);
}

static bool hedge_row(void *context, const dgm_row *row)
{
    loading *l = context;
    cue c = { .table = TABLE_HEDGES, .line = (uint32_t)row->line };
    c.amod = dgm_view_eq(row->cell[1], DGM_VIEW("amod"));
    if (!c.amod && !dgm_view_eq(row->cell[1], DGM_VIEW("advmod")))
        return wrong(l, row, "relation", row->cell[1]);
    if (!parse_effect(row->cell[2], &c.affirmed))
        return wrong(l, row, "effect", row->cell[2]);
    c.negated = c.unsourced = c.affirmed;
    uint32_t kind = find_name(row->cell[3], kind_name, DGM_KIND_BELIEVE + 1);
    c.hearsay = row->cell[3].n > 0;
    if (c.hearsay && kind > DGM_KIND_BELIEVE)
        return wrong(l, row, "kind", row->cell[3]);
    c.kind = (dgm_attribution_kind)(c.hearsay ? kind : DGM_KIND_SAY);
    c.of = row->cell[4];
    return add_cue(l, row->cell[0], &c);
}

static bool era_row(void *context, const dgm_row *row)
{
    loading *l = context;
    struct dgm_claims *claims = l->claims;
    uint64_t end;
    if (!dgm_parse_u64(row->cell[1], &end) || end > 9999)
        return wrong(l, row, "year", row->cell[1]);
    dgm_view rest = row->cell[0], first;
    if (!dgm_view_split(&rest, ' ', &first))
        return wrong(l, row, "phrase", row->cell[0]);
    era *added = dgm_push(claims->arena, &claims->eras);
    if (!added)
        return false;
    *added = (era) { .phrase = row->cell[0],
                     .end = (uint32_t)end,
                     .line = (uint32_t)row->line,
                     .next = dgm_map_get(claims->era_of, first) };
    return dgm_map_set(claims->era_of, first, claims->eras.n - 1, NULL) == DGM_OK;
}

dgm_status dgm_claims_load(const char *tables_dir, dgm_complaints *complaints, dgm_claims **out,
                           dgm_err *err)
{
    static const char *const speech[] = { "lemma!",    "pos!",     "kind!",     "frames!",
                                          "affirmed!", "negated!", "unsourced", NULL };
    static const char *const operators[] = { "lemma!",   "pos!",  "frames!", "affirmed!",
                                             "negated!", "class", NULL };
    static const char *const hedges[] = { "lemma!", "relation!", "effect!", "kind", "of", NULL };
    static const char *const eras[] = { "phrase!", "end!", NULL };
    static const struct {
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = { { speech, speech_row },
                   { operators, operator_row },
                   { hedges, hedge_row },
                   { eras, era_row } };
    struct dgm_claims *claims = calloc(1, sizeof(*claims));
    if (!claims)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the cue tables");
    claims->arena = dgm_arena_new();
    claims->cue_of = dgm_map_new();
    claims->era_of = dgm_map_new();
    dgm_status status = DGM_OK;
    if (!claims->arena || !claims->cue_of || !claims->era_of)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the cue tables");
    for (table t = TABLE_SPEECH; status == DGM_OK && t <= TABLE_ERAS; t++) {
        loading l = { .claims = claims, .complaints = complaints, .t = t };
        status = dgm_table_load(tables_dir, table_name(t), tables[t].columns, tables[t].fn, &l,
                                complaints, &claims->texts[t]);
        if (status != DGM_OK)
            dgm_fail(err, status, tables_dir, 0, "%s cannot be loaded", table_name(t));
    }
    if (status == DGM_OK && dgm_arena_failed(claims->arena))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the cue tables");
    if (status != DGM_OK) {
        dgm_claims_free(claims);
        return status;
    }
    *out = claims;
    return DGM_OK;
}

void dgm_claims_free(dgm_claims *claims)
{
    if (!claims)
        return;
    dgm_map_free(claims->cue_of);
    dgm_map_free(claims->era_of);
    for (size_t i = 0; i < DGM_LEN(claims->texts); i++)
        free(claims->texts[i]);
    dgm_arena_free(claims->arena);
    free(claims);
}

enum { MAX_KEY = 32 };

/* Looks a word up in lower case; a key longer than any in the tables is in none. */
static uint32_t look_up(const dgm_map *map, dgm_view word)
{
    char low[MAX_KEY];
    if (word.n == 0 || word.n > sizeof low)
        return DGM_NONE;
    return dgm_map_get(map, dgm_view_lower(word, low, sizeof low));
}

/* The verb of a regular past or participle whose lemma the tagger got wrong: "accused" may be of
 * "accus", "accuse"; "denied" of "deny"; "barred" of "bar". The tables' own words decide. */
static uint32_t look_up_respelt(const dgm_map *map, dgm_view form)
{
    char stem[MAX_KEY + 2];
    size_t n = form.n;
    if (n < 5 || n > MAX_KEY)
        return DGM_NONE;
    (void)dgm_view_lower(form, stem, sizeof stem);
    if (memcmp(stem + n - 2, "ed", 2) == 0)
        n -= 2;
    else if (memcmp(stem + n - 3, "ing", 3) == 0)
        n -= 3;
    else
        return DGM_NONE;
    uint32_t found = look_up(map, (dgm_view) { stem, n });
    if (found != DGM_NONE)
        return found;
    if (stem[n - 1] == 'i') {
        stem[n - 1] = 'y';
        return look_up(map, (dgm_view) { stem, n });
    }
    if (n > 2 && stem[n - 1] == stem[n - 2])
        return look_up(map, (dgm_view) { stem, n - 1 });
    stem[n] = 'e';
    return look_up(map, (dgm_view) { stem, n + 1 });
}

/* "go on" of "went on". */
static uint32_t look_up_phrasal(const dgm_map *map, const dgm_word *word)
{
    char key[MAX_KEY];
    dgm_view particle = word[1].form; /* phrasal: there is one */
    size_t n = word->lemma.n;
    if (n + 1 + particle.n > sizeof key)
        return DGM_NONE;
    memcpy(key, word->lemma.p, n);
    key[n] = ' ';
    memcpy(key + n + 1, particle.p, particle.n);
    return look_up(map, (dgm_view) { key, n + 1 + particle.n });
}

const cue *cue_first(const struct dgm_claims *claims, const dgm_word *word)
{
    uint32_t i = word->phrasal ? look_up_phrasal(claims->cue_of, word) : DGM_NONE;
    if (i == DGM_NONE)
        i = look_up(claims->cue_of, word->lemma);
    if (i == DGM_NONE && !dgm_view_eq(word->lemma, word->form))
        i = look_up(claims->cue_of, word->form);
    if (i == DGM_NONE && word->upos == DGM_VERB)
        i = look_up_respelt(claims->cue_of, word->form);
    return i == DGM_NONE ? NULL : &claims->cues.at[i];
}

const cue *cue_of_form(const struct dgm_claims *claims, const dgm_word *word)
{
    uint32_t i = look_up(claims->cue_of, word->form);
    return i == DGM_NONE ? NULL : &claims->cues.at[i];
}

const cue *cue_next(const struct dgm_claims *claims, const cue *c)
{
    return c->next == DGM_NONE ? NULL : &claims->cues.at[c->next];
}

const era *era_first(const struct dgm_claims *claims, dgm_view word)
{
    uint32_t i = look_up(claims->era_of, word);
    return i == DGM_NONE ? NULL : &claims->eras.at[i];
}

const era *era_next(const struct dgm_claims *claims, const era *e)
{
    return e->next == DGM_NONE ? NULL : &claims->eras.at[e->next];
}
