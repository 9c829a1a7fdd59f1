/* The ontology tables: PLOVER's types, modes and contexts, and the CAMEO codes with Goldstein's
 * scale, each with the PLOVER type that it belongs to. */
#include "events/contexts.h"
#include "events/recode.h"

typedef struct {
    dgm_events *events;
    dgm_complaints *complaints;
} loading;

static bool load_type(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_event_type type = dgm_type_of(&l->events->types, row->cell[0]);
    if (type == DGM_EVENT_NONE ||
        l->events->types.at[dgm_type_index(type)].line != (uint32_t)row->line)
        return true; /* there was no room, or it comes twice: types.c has complained */
    dgm_type_roles *roles = &l->events->roles[dgm_type_index(type)];
    uint64_t quad = 0;
    if (!dgm_parse_u64(row->cell[6], &quad) || quad < 1 || quad > 4 ||
        !dgm_parse_double(row->cell[7], &roles->intensity))
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "not a quad class of 1 to 4 and an intensity");
    roles->quad = (uint8_t)quad;
    roles->plain_states = dgm_view_eq(row->cell[5], DGM_VIEW("plain"));
    roles->cameo = row->cell[8];
    if (row->cell[5].n > 0 && !roles->plain_states)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\": states are plain or -", DGM_FMT(row->cell[5]));
    return dgm_parse_roles(l->events, l->complaints, row, row->cell[1], &roles->actors) &&
           dgm_parse_roles(l->events, l->complaints, row, row->cell[2], &roles->recipients) &&
           dgm_parse_roles(l->events, l->complaints, row, row->cell[3], &roles->noun_actors) &&
           dgm_parse_roles(l->events, l->complaints, row, row->cell[4], &roles->noun_recipients);
}

static void wrong(loading *l, const dgm_row *row, const char *what, dgm_view text)
{
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "%s: \"%.*s\"", what,
                 DGM_FMT(text));
}

/* Goldstein's scale ends at 10, PLOVER's intensity likewise; a codebook of one's own may differ. */
enum { LARGEST_SCORE = 100 };

static bool is_good_mode(loading *l, const dgm_row *row, dgm_mode *made)
{
    if (made->type == DGM_EVENT_NONE)
        wrong(l, row, "no type of codebook/types.tsv", row->cell[0]);
    else if (!dgm_parse_double(row->cell[2], &made->score))
        wrong(l, row, "the score is no number", row->cell[2]);
    else if (!(made->score >= -LARGEST_SCORE && made->score <= LARGEST_SCORE))
        wrong(l, row, "the score is not between -100 and 100", row->cell[2]);
    else
        return true;
    return false;
}

/* Puts a mode in the place of one that it renames. False: there is none. *twice: it is of the same
 * file. */
static bool replace_mode(dgm_events *events, const dgm_mode *made, const dgm_mode **twice)
{
    for (uint32_t i = 0; i < events->modes.n; i++) {
        dgm_mode *old = &events->modes.at[i];
        bool renamed = dgm_view_eq(old->key, made->key);
        if (old->type != made->type || (!renamed && !dgm_view_eq(old->mode, made->mode)))
            continue;
        if (old->file == made->file) {
            *twice = old;
            return true;
        }
        if (renamed) {
            *old = *made;
            return true;
        }
    }
    return false;
}

/* Columns: type mode score is. */
static bool load_mode(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_events *events = l->events;
    const dgm_mode *twice = NULL;
    dgm_mode made = { .type = dgm_type_of(&events->types, row->cell[0]),
                      .mode = row->cell[1],
                      .key = row->cell[3].n ? row->cell[3] : row->cell[1],
                      .file = row->file,
                      .line = (uint32_t)row->line };
    if (dgm_type_is_gone(&events->types, row, row->cell[0]) || !is_good_mode(l, row, &made))
        return true;
    if (replace_mode(events, &made, &twice)) {
        if (twice)
            dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                         "%.*s:%.*s comes twice; line %u has it, too", DGM_FMT(row->cell[0]),
                         DGM_FMT(made.mode), twice->line);
        return true;
    }
    dgm_mode *mode = dgm_push(events->arena, &events->modes);
    if (mode)
        *mode = made;
    return mode != NULL;
}

static bool load_context(void *context, const dgm_row *row)
{
    loading *l = context;
    if (l->events->contexts.n == 64) {
        dgm_complain(l->complaints, DGM_ELIMIT, row->file, row->line, "more than 64 contexts");
        return true;
    }
    dgm_view *name = dgm_push(l->events->arena, &l->events->contexts);
    if (!name)
        return false;
    *name = row->cell[0];
    if (dgm_view_eq(row->cell[1], DGM_VIEW("yes")))
        l->events->themes |= (uint64_t)1 << (l->events->contexts.n - 1);
    return true;
}

static uint32_t find_context(const dgm_events *events, dgm_view name)
{
    for (uint32_t i = 0; i < events->contexts.n; i++)
        if (dgm_view_eq(events->contexts.at[i], name))
            return i;
    return DGM_NONE;
}

static bool load_context_words(void *context, const dgm_row *row)
{
    loading *l = context;
    uint32_t id = find_context(l->events, row->cell[0]);
    if (id == DGM_NONE) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "no context: %.*s",
                     DGM_FMT(row->cell[0]));
        return true;
    }
    uint32_t *has_words = dgm_push(l->events->arena, &l->events->context_rows);
    if (!has_words)
        return false;
    *has_words = id;
    dgm_view rest = row->cell[1], word;
    while (dgm_view_split(&rest, ',', &word)) {
        word = dgm_view_trim(word);
        if (word.n > 0 && !dgm_list_add(l->events, l->events->context_words, word, id))
            return false;
    }
    return true;
}

static uint64_t parse_contexts(loading *l, const dgm_row *row, dgm_view cell)
{
    uint64_t bits = 0;
    dgm_view name;
    while (dgm_view_split(&cell, ',', &name)) {
        name = dgm_view_trim(name);
        uint32_t id = find_context(l->events, name);
        if (id != DGM_NONE)
            bits |= (uint64_t)1 << id;
        else if (name.n > 0)
            dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "no context: %.*s",
                         DGM_FMT(name));
    }
    return bits;
}

static bool load_cameo(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_view code = row->cell[0];
    double goldstein = 0;
    if (code.n < 2 || code.n > 4 || !dgm_parse_double(row->cell[2], &goldstein)) {
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "not a CAMEO code with its Goldstein score");
        return true;
    }
    dgm_cameo *cameo = dgm_push(l->events->arena, &l->events->cameo);
    if (!cameo)
        return false;
    for (size_t i = 0; i < code.n; i++)
        cameo->code[i] = code.p[i];
    cameo->goldstein = goldstein;
    cameo->type = dgm_type_of(&l->events->types, row->cell[3]);
    cameo->mode = row->cell[4];
    cameo->contexts = parse_contexts(l, row, row->cell[5]);
    uint32_t old;
    if (dgm_map_set(l->events->cameo_codes, code, l->events->cameo.n - 1, &old) != DGM_OK)
        return false;
    if (old != DGM_NONE)
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "%.*s comes twice",
                     DGM_FMT(code));
    return true;
}

static bool load_recoding(void *context, const dgm_row *row)
{
    loading *l = context;
    return dgm_recoding_row(l->events, l->complaints, row);
}

static bool load_recall(void *context, const dgm_row *row)
{
    loading *l = context;
    return dgm_recall_row(l->events, l->complaints, row);
}

static bool load_side_context(void *context, const dgm_row *row)
{
    loading *l = context;
    return dgm_side_context_row(l->events, l->complaints, row);
}

static bool load_composition(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_composition *c = dgm_push(l->events->arena, &l->events->compositions);
    if (!c)
        return false;
    *c = (dgm_composition) { row->cell[0], row->cell[1], row->cell[2], row->cell[3] };
    if (!dgm_cameo_of(l->events, c->cameo))
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "no CAMEO code: %.*s",
                     DGM_FMT(c->cameo));
    return true;
}

dgm_status dgm_ontology_load(dgm_events *events, const char *dir, dgm_complaints *complaints)
{
    static const char *const types[] = {
        "type",      "actors", "recipients", "noun_actors", "noun_recipients", "states?", "quad",
        "intensity", "cameo?", "is?",        "like?",       "judge?", /* three of types.c */
        NULL
    };
    static const char *const modes[] = { "type!", "mode!", "score!", "is?", NULL };
    static const char *const contexts[] = { "context!", "theme?", NULL };
    static const char *const context_words[] = { "context!", "words!", NULL };
    static const char *const cameo[] = { "code!", "label",    "goldstein!", "type",
                                         "mode",  "contexts", NULL };
    static const char *const compositions[] = { "operator!", "content", "cameo!", "mode", NULL };
    static const char *const recodings[] = { "use!",  "type",    "cameo", "words",
                                             "sides", "becomes", "code",  NULL };
    static const char *const recalls[] = { "type", "cameo", "from!", "earlier", "reach", NULL };
    static const char *const side_contexts[] = { "context!", "deeds!", "actor", "recipient",
                                                 "where",    "unless", NULL };
    static const struct {
        const char *name;
        const char *const *columns;
        dgm_row_fn fn;
    } tables[] = {
        { "codebook/types.tsv", types, load_type },
        { "codebook/modes.tsv", modes, load_mode },
        { "codebook/contexts.tsv", contexts, load_context },
        { "codebook/contexts-words.tsv", context_words, load_context_words },
        { "codebook/cameo.tsv", cameo, load_cameo },
        { "codebook/compositions.tsv", compositions, load_composition },
        { "codebook/recodings.tsv", recodings, load_recoding },
        { "codebook/recalls.tsv", recalls, load_recall },
        { "codebook/contexts-sides.tsv", side_contexts, load_side_context },
    };
    loading l = { events, complaints };
    dgm_status loaded = dgm_types_load(dir, complaints, &events->types);
    if (loaded != DGM_OK)
        return loaded;
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_status status = dgm_table_load(dir, tables[i].name, tables[i].columns, tables[i].fn, &l,
                                           complaints, &events->texts[events->n_texts]);
        if (status != DGM_OK)
            return status;
        events->n_texts++;
    }
    return DGM_OK;
}
