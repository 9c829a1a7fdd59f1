/* Patterns and role lists: from the cells of verbs.tsv, nouns.tsv and operators.tsv to rules that
 * are found by their trigger's lemma. See knowledge.h for the language. */
#include "events/knowledge.h"

#include <string.h>

typedef struct {
    dgm_events *events;
    dgm_grammar *grammar;
    dgm_complaints *complaints;
    dgm_map *ids; /* of all tables of rules -> 1 */
    uint32_t i_table;
    bool is_noun, is_operator;
} loading;

static const struct {
    const char *name;
    dgm_slot_kind kind;
} slot_names[] = {
    { "none", DGM_SLOT_NONE },
    { "subj", DGM_SLOT_SUBJ },
    { "obj", DGM_SLOT_OBJ },
    { "iobj", DGM_SLOT_IOBJ },
    { "xcomp", DGM_SLOT_XCOMP },
    { "ccomp", DGM_SLOT_CCOMP },
    { "poss", DGM_SLOT_POSS },
    { "adj", DGM_SLOT_ADJ },
    { "mod", DGM_SLOT_MOD },
    { "light", DGM_SLOT_LIGHT },
    { "undergo", DGM_SLOT_UNDERGO },
    { "head", DGM_SLOT_HEAD },
    { "neg", DGM_SLOT_NEG },
    { "acl", DGM_SLOT_ACL },
    { "advcl", DGM_SLOT_ADVCL },
    { "aux", DGM_SLOT_AUX },
    { "mark", DGM_SLOT_MARK },
    { "subjunctive", DGM_SLOT_BARE },
    { "speaker", DGM_SLOT_SPEAKER },
    { "self", DGM_SLOT_SELF },
    { "previous", DGM_SLOT_PREVIOUS },
    { "decider", DGM_SLOT_DECIDER },
    { "actors", DGM_SLOT_ACTORS },
    { "recipients", DGM_SLOT_RECIPIENTS },
    { "left", DGM_SLOT_LEFT },
    { "right", DGM_SLOT_RIGHT },
    { "nearleft", DGM_SLOT_NEAR_LEFT },
    { "nearright", DGM_SLOT_NEAR_RIGHT },
    { "both", DGM_SLOT_BOTH },
};

/* The most that each kind of constraint can add to a rule's weight; see match.c. */
enum { WEIGHT_ANY = 1, WEIGHT_ACTOR = 2, WEIGHT_CLASS = 4, WEIGHT_LEMMA = 5 };

static dgm_slot_kind slot_of(dgm_view name)
{
    for (size_t i = 0; name.n > 0 && i < DGM_LEN(slot_names); i++)
        if (slot_names[i].name[0] == name.p[0] &&
            dgm_view_eq(name, dgm_view_of(slot_names[i].name)))
            return slot_names[i].kind;
    return DGM_SLOT_PREP;
}

static bool is_preposition(const dgm_grammar *grammar, dgm_view name)
{
    return dgm_word_in_class(grammar, name, DGM_CLASS_SLOT);
}

/* Says that a slot has no such name, and which one may be meant. */
static void unknown_slot(const dgm_grammar *grammar, dgm_complaints *complaints, const dgm_row *row,
                         dgm_view name)
{
    dgm_nearest nearest = dgm_nearest_to(name);
    for (size_t i = 0; i < DGM_LEN(slot_names); i++)
        dgm_nearest_try(&nearest, dgm_view_of(slot_names[i].name));
    for (uint32_t i = 0; i < dgm_n_class_members(grammar); i++) {
        uint32_t class_id;
        dgm_view member = dgm_class_member(grammar, i, &class_id);
        if (class_id == DGM_CLASS_SLOT)
            dgm_nearest_try(&nearest, member);
    }
    dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                 "\"%.*s\" is neither a slot nor a preposition of english/prepositions.tsv%s%s%s",
                 DGM_FMT(name), nearest.best[0] ? "; nearest is \"" : "", nearest.best,
                 nearest.best[0] ? "\"" : "");
}

/* "obj.of"; false: too many parts, or an empty one. */
static bool parse_path(const dgm_grammar *grammar, dgm_complaints *complaints, const dgm_row *row,
                       dgm_view text, dgm_slot_path *out)
{
    dgm_view part;
    *out = (dgm_slot_path) { .n = 0 };
    while (dgm_view_split(&text, '.', &part)) {
        if (out->n == DGM_MAX_PATH || part.n == 0)
            return false;
        dgm_slot_kind kind = slot_of(part);
        if (kind == DGM_SLOT_PREP && !is_preposition(grammar, part))
            unknown_slot(grammar, complaints, row, part);
        out->at[out->n].kind = kind;
        out->at[out->n++].word = part;
    }
    return out->n > 0;
}

bool dgm_parse_roles(dgm_events *events, dgm_complaints *complaints, const dgm_row *row,
                     dgm_view cell, dgm_role_list *out)
{
    dgm_view alternative, part;
    *out = (dgm_role_list) { events->paths.n, 0 };
    if (cell.n == 0)
        return true;
    while (dgm_view_split(&cell, ',', &alternative)) {
        bool joined = false;
        while (dgm_view_split(&alternative, '+', &part)) {
            dgm_slot_path *path = dgm_push(events->arena, &events->paths);
            if (!path)
                return false;
            if (!parse_path(events->grammar, complaints, row, dgm_view_trim(part), path)) {
                dgm_complain(complaints, DGM_EFORMAT, row->file, row->line,
                             "a slot that cannot be read: %.*s", DGM_FMT(part));
                path->n = 0; /* holds nobody */
            }
            path->joined = joined;
            joined = true;
            out->n++;
        }
    }
    return true;
}

static uint32_t weight_of(dgm_fill_kind kind)
{
    static const uint32_t weights[] = { WEIGHT_ANY,   WEIGHT_ACTOR, WEIGHT_CLASS,
                                        WEIGHT_CLASS, WEIGHT_LEMMA, WEIGHT_LEMMA };
    return weights[kind];
}

/* "joint_exercise" stands for "joint exercise" where spaces part the pattern's words. */
static dgm_view spaced(dgm_arena *arena, dgm_view text)
{
    dgm_view copy = dgm_arena_copy(arena, text);
    for (size_t i = 0; i < copy.n; i++)
        if (copy.p[i] == '_')
            ((char *)copy.p)[i] = ' ';
    return copy;
}

static bool is_sector(dgm_view text)
{
    bool good = text.n == 3;
    for (size_t i = 0; i < text.n; i++)
        good = good && dgm_is_upper((unsigned char)text.p[i]);
    return good;
}

/* One alternative of a filler; false: an unknown class, or no sector. */
static bool parse_filler(const dgm_events *events, dgm_view text, dgm_filler *out)
{
    *out = (dgm_filler) { .kind = DGM_FILL_LEMMA, .lemma = text };
    if (dgm_view_eq(text, DGM_VIEW("+")))
        out->kind = DGM_FILL_ANY;
    else if (dgm_view_eq(text, DGM_VIEW("*")))
        out->kind = DGM_FILL_ACTOR;
    else if (dgm_view_starts(text, DGM_VIEW("*"))) {
        *out = (dgm_filler) { .kind = DGM_FILL_SECTOR, .lemma = dgm_view_slice(text, 1, text.n) };
        return is_sector(out->lemma);
    } else if (dgm_view_starts(text, DGM_VIEW("=")))
        *out = (dgm_filler) { .kind = DGM_FILL_FORM, .lemma = dgm_view_slice(text, 1, text.n) };
    else if (dgm_view_starts(text, DGM_VIEW("@"))) {
        out->kind = DGM_FILL_CLASS;
        out->class_id = dgm_class_id(events->grammar, dgm_view_slice(text, 1, text.n));
        return out->class_id != DGM_NONE;
    }
    return true;
}

static void wrong(loading *l, const dgm_row *row, const char *what, dgm_view text)
{
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "%s: %.*s", what, DGM_FMT(text));
}

/* Whether some word of a text may be spelt so. */
static bool is_word(dgm_view text)
{
    for (size_t i = 0; i < text.n; i++)
        if (strchr("()[]{}<>,;!?*=\"", text.p[i]))
            return false;
    return text.n > 0;
}

/* Adds the constraint that one word of a pattern states. *weight grows by what it asks. */
static bool parse_constraint(loading *l, const dgm_row *row, dgm_view text, uint32_t *weight)
{
    dgm_events *events = l->events;
    dgm_constraint *c = dgm_push(events->arena, &events->constraints);
    if (!c)
        return false;
    *c = (dgm_constraint) { .fillers = events->fillers.n };
    if (dgm_view_starts(text, DGM_VIEW("!"))) {
        c->negated = true;
        text = dgm_view_slice(text, 1, text.n);
    }
    dgm_view fillers = text, slot;
    bool has_colon = dgm_view_find(text, DGM_VIEW(":")) != SIZE_MAX;
    if (has_colon)
        dgm_view_split(&fillers, ':', &slot);
    else
        slot = text, fillers = DGM_VIEW("+");
    bool bare = !has_colon && dgm_view_find(slot, DGM_VIEW(".")) == SIZE_MAX;
    if (bare && slot.n > 0 && slot_of(slot) == DGM_SLOT_PREP) { /* any word: "pull out" */
        c->path = (dgm_slot_path) { .n = 1, .at = { { DGM_SLOT_WORD, slot } } };
        if (!is_word(slot))
            wrong(l, row, "not a word", slot);
        *weight += c->negated ? 0 : WEIGHT_LEMMA;
    } else if (!parse_path(events->grammar, l->complaints, row, slot, &c->path)) {
        wrong(l, row, "a slot that cannot be read", text);
        return true;
    }
    uint32_t heaviest = 0;
    dgm_view part;
    while (dgm_view_split(&fillers, '|', &part)) {
        dgm_filler *filler = dgm_push(events->arena, &events->fillers);
        if (!filler)
            return false;
        if (!parse_filler(events, part, filler))
            wrong(l, row, "no such word class or sector", part);
        bool words = filler->kind == DGM_FILL_LEMMA || filler->kind == DGM_FILL_FORM;
        if (words && !is_word(filler->lemma))
            wrong(l, row, "not a word", part.n > 0 ? part : text);
        if (words && dgm_view_find(filler->lemma, DGM_VIEW("_")) != SIZE_MAX)
            filler->lemma = spaced(events->arena, filler->lemma);
        if (filler->kind == DGM_FILL_LEMMA && !dgm_grammar_know(l->grammar, filler->lemma))
            return false;
        c->n_fillers++;
        bool run = dgm_view_find(part, DGM_VIEW("_")) != SIZE_MAX;
        heaviest = DGM_MAX(heaviest, weight_of(filler->kind) + (run ? 2u : 0u));
    }
    *weight += c->negated ? 1 : heaviest;
    dgm_rule *rule = &events->rules.at[events->rules.n - 1];
    if (!c->negated && c->path.n == 1 && c->path.at[0].kind == DGM_SLOT_NEG)
        rule->eats_negation = true;
    return true;
}

static bool add_trigger(loading *l, char kind, dgm_view lemma, uint32_t rule)
{
    char *text = dgm_arena_alloc(l->events->arena, lemma.n + 3, 1);
    if (!text)
        return false;
    text[0] = kind;
    text[1] = ':';
    for (size_t i = 0; i < lemma.n; i++)
        text[2 + i] = lemma.p[i] == '_' ? ' ' : lemma.p[i];
    dgm_view key = { text, lemma.n + 2 }, words = { text + 2, lemma.n };
    dgm_view *noun = kind == 'n' ? dgm_push(l->events->arena, &l->events->nouns) : NULL;
    if (noun)
        *noun = words;
    if ((kind == 'n' && !noun) || !dgm_grammar_know(l->grammar, words))
        return false;
    return dgm_list_add(l->events, l->events->triggers, key, rule);
}

/* A rule is called by its id, in published data too: each has one, and no other rule has it. */
static bool take_id(loading *l, const dgm_row *row, dgm_rule *rule)
{
    dgm_view id = row->cell[0];
    uint32_t old;
    if (id.n == 0) {
        wrong(l, row, "a rule without an id", row->cell[1]);
        return true;
    }
    if (dgm_map_set(l->ids, id, 1, &old) != DGM_OK)
        return false;
    if (old != DGM_NONE)
        wrong(l, row, "another rule has this id", id);
    rule->source = dgm_arena_copy(l->events->arena, id);
    return rule->source.p != NULL;
}

static bool add_triggers(loading *l, const dgm_row *row, dgm_view text, uint32_t rule)
{
    dgm_events *events = l->events;
    char kind = l->is_noun ? 'n' : 'v';
    dgm_view part;
    if (dgm_view_starts(text, DGM_VIEW("n/"))) {
        kind = 'n';
        text = dgm_view_slice(text, 2, text.n);
    }
    events->rules.at[rule].is_noun = kind == 'n';
    while (dgm_view_split(&text, '|', &part)) {
        if (!dgm_view_starts(part, DGM_VIEW("@"))) {
            if (part.n == 0)
                dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                             "the pattern lacks a word");
            else if (!is_word(part))
                wrong(l, row, "not a word", part);
            if (!add_trigger(l, kind, part, rule))
                return false;
            continue;
        }
        uint32_t id = dgm_class_id(events->grammar, dgm_view_slice(part, 1, part.n));
        if (id == DGM_NONE)
            wrong(l, row, "no such word class", part);
        for (uint32_t i = 0; i < dgm_n_class_members(events->grammar); i++) {
            uint32_t class_id;
            dgm_view member = dgm_class_member(events->grammar, i, &class_id);
            if (class_id == id && !add_trigger(l, kind, member, rule))
                return false;
        }
    }
    return true;
}

static bool has_mode(const dgm_events *events, dgm_event_type type, dgm_view mode)
{
    for (uint32_t i = 0; i < events->modes.n; i++) {
        const dgm_mode *it = &events->modes.at[i];
        if (it->type == type && (dgm_view_eq(it->mode, mode) || dgm_view_eq(it->key, mode)))
            return true;
    }
    return false;
}

/* "REQUEST", "REQUEST:yield", "-" (silence). False: a type that the codebook no longer has. */
static bool parse_type(loading *l, const dgm_row *row, dgm_view cell, dgm_rule *rule)
{
    dgm_view mode = cell, type;
    const dgm_types *types = &l->events->types;
    if (cell.n == 0 || !dgm_view_split(&mode, ':', &type))
        return true;
    if (dgm_type_is_gone(types, row, type))
        return false;
    rule->type = dgm_type_of(types, type);
    if (rule->type == DGM_EVENT_NONE)
        wrong(l, row, "no type of codebook/types.tsv", type);
    if (mode.p && dgm_view_find(cell, DGM_VIEW(":")) != SIZE_MAX)
        rule->mode = mode;
    if (rule->mode.n > 0 && rule->type && !has_mode(l->events, rule->type, rule->mode))
        wrong(l, row, "no mode of codebook/modes.tsv", cell);
    return true;
}

/* False: it would take only what the codebook no longer has. */
static bool parse_takes(loading *l, const dgm_row *row, dgm_view cell, uint64_t *out)
{
    dgm_view part;
    bool gone = false;
    *out = 0;
    while (cell.n > 0 && dgm_view_split(&cell, ',', &part)) {
        dgm_event_type type = dgm_type_of(&l->events->types, part);
        if (dgm_view_eq(part, DGM_VIEW("any")))
            *out |= ~(uint64_t)1;
        else if (dgm_view_eq(part, DGM_VIEW("words")))
            *out |= 1;
        else if (type != DGM_EVENT_NONE)
            *out |= dgm_type_bit(type);
        else if (dgm_type_is_gone(&l->events->types, row, part))
            gone = true;
        else
            wrong(l, row, "no type of codebook/types.tsv", part);
    }
    return *out || !gone;
}

/* What the judge may do with what the rule finds: by the rule, else by an own type, else nothing
 * where the rule is the user's own. */
static dgm_judging judging_of(loading *l, const dgm_row *row, dgm_view cell, const dgm_rule *rule)
{
    dgm_judging judging = l->events->types.at[dgm_type_index(rule->type)].judging;
    if (row->own && !dgm_is_own_type(rule->type))
        judging = DGM_JUDGING_NONE;
    if (cell.n > 0 && !dgm_judging_of(cell, &judging))
        wrong(l, row, "the judge is on, sides or off", cell);
    if (judging == DGM_JUDGING_ALL && rule->type && !dgm_like(rule->type)) {
        wrong(l, row, "the judge can only weigh a type that is like one of PLOVER's", cell);
        judging = DGM_JUDGING_NONE;
    }
    return judging;
}

/* "173", or "032:033": what the recipients do to the actors at once is the second. */
static void take_cameo(loading *l, const dgm_row *row, dgm_rule *rule)
{
    rule->reverse = row->cell[3];
    if (rule->reverse.n > 0)
        dgm_view_split(&rule->reverse, ':', &rule->cameo);
    if (rule->reverse.n > 0 && !dgm_cameo_of(l->events, rule->reverse))
        wrong(l, row, "no CAMEO code", rule->reverse);
    if (rule->cameo.n > 0 && !dgm_cameo_of(l->events, rule->cameo))
        wrong(l, row, "no CAMEO code", rule->cameo);
}

/* The trigger, then what else the pattern asks for. */
static bool parse_pattern(loading *l, const dgm_row *row, uint32_t i_rule)
{
    dgm_view rest = row->cell[1], part;
    uint32_t weight = 0;
    dgm_view_split(&rest, ' ', &part);
    if (!add_triggers(l, row, part, i_rule))
        return false;
    while (rest.n > 0 && dgm_view_split(&rest, ' ', &part))
        if (part.n > 0 && !parse_constraint(l, row, part, &weight))
            return false;
    dgm_rule *rule = &l->events->rules.at[i_rule];
    rule->n_constraints = l->events->constraints.n - rule->constraints;
    rule->weight = weight;
    return true;
}

/* Columns: id pattern type cameo actors recipients [content takes flags] example judge. */
static bool load_rule(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_events *events = l->events;
    uint32_t i_rule = events->rules.n;
    dgm_rule typed = { .own = row->own, .is_operator = l->is_operator };
    if (!parse_type(l, row, row->cell[2], &typed) ||
        (l->is_operator && !parse_takes(l, row, row->cell[7], &typed.takes)))
        return true;
    dgm_rule *rule = dgm_push(events->arena, &events->rules);
    if (!rule)
        return false;
    *rule = typed;
    rule->judging = judging_of(l, row, row->cell[l->is_operator ? 10 : 7], rule);
    rule->pattern = row->cell[1];
    if (!take_id(l, row, rule))
        return false;
    rule->table = row->name;
    rule->file = row->file;
    rule->i_table = l->i_table;
    rule->line = (uint32_t)row->line;
    rule->example = row->cell[l->is_operator ? 9 : 6];
    rule->constraints = events->constraints.n;
    take_cameo(l, row, rule);
    if (!dgm_parse_roles(events, l->complaints, row, row->cell[4], &rule->actors) ||
        !dgm_parse_roles(events, l->complaints, row, row->cell[5], &rule->recipients))
        return false;
    if (l->is_operator) {
        if (!dgm_parse_roles(events, l->complaints, row, row->cell[6], &rule->content))
            return false;
        rule->replaces = dgm_view_find(row->cell[8], DGM_VIEW("replaces")) != SIZE_MAX;
        rule->eats_negation = dgm_view_find(row->cell[8], DGM_VIEW("negation")) != SIZE_MAX;
    }
    return parse_pattern(l, row, i_rule);
}

static const struct {
    const char *name;
    bool is_noun, is_operator;
} tables[] = {
    { "rules/verbs.tsv", false, false },
    { "rules/nouns.tsv", true, false },
    { "rules/operators.tsv", false, true },
};

uint32_t dgm_n_rules(const dgm_events *events)
{
    return events->rules.n;
}

dgm_rule_text dgm_rule_text_of(const dgm_events *events, uint32_t i)
{
    const dgm_rule *rule = &events->rules.at[i];
    return (dgm_rule_text) { .source = rule->source,
                             .pattern = rule->pattern,
                             .example = rule->example,
                             .table = rule->table,
                             .file = rule->file,
                             .i_table = rule->i_table,
                             .line = rule->line,
                             .type = rule->type,
                             .type_name = dgm_type_name(&events->types, rule->type),
                             .cameo = rule->cameo,
                             .is_operator = rule->is_operator };
}

static bool has_slot_of(const dgm_events *events, dgm_role_list roles)
{
    for (uint32_t i = 0; i < roles.n; i++) {
        const dgm_slot_path *path = &events->paths.at[roles.first + i];
        if (path->n == 1 && path->at[0].kind == DGM_SLOT_PREP &&
            dgm_view_eq(path->at[0].word, DGM_VIEW("of")))
            return true;
    }
    return false;
}

/* By some rule of the noun "of" names who suffers it, and by none who does it. */
static bool of_names_sufferer(const dgm_events *events, dgm_view noun)
{
    char key[160];
    int n = snprintf(key, sizeof key, "n:%.*s", DGM_FMT(noun));
    uint32_t i_list = n > 0 && (size_t)n < sizeof key
                          ? dgm_map_get(events->triggers, (dgm_view) { key, (size_t)n })
                          : DGM_NONE;
    bool suffers = false;
    for (uint32_t i = 0; i_list != DGM_NONE && i < events->lists.at[i_list].n; i++) {
        const dgm_rule *rule = &events->rules.at[events->lists.at[i_list].at[i]];
        dgm_event_type like = dgm_like(rule->type);
        if (like != DGM_ASSAULT && like != DGM_COERCE)
            continue;
        const dgm_type_roles *defaults = &events->roles[dgm_type_index(rule->type)];
        if (has_slot_of(events, rule->actors.n > 0 ? rule->actors : defaults->noun_actors))
            return false;
        suffers =
            suffers || has_slot_of(events, rule->recipients.n > 0 ? rule->recipients
                                                                  : defaults->noun_recipients);
    }
    return suffers;
}

static bool tell_sufferers(const dgm_events *events, dgm_grammar *grammar)
{
    for (uint32_t i = 0; i < events->nouns.n; i++)
        if (of_names_sufferer(events, events->nouns.at[i]) &&
            !dgm_grammar_suffers(grammar, events->nouns.at[i]))
            return false;
    return true;
}

dgm_status dgm_rules_load(dgm_events *events, dgm_grammar *grammar, const char *dir,
                          dgm_complaints *complaints)
{
    static const char *const plain[] = { "id",         "pattern!", "type",   "cameo", "actors",
                                         "recipients", "example?", "judge?", NULL };
    static const char *const composing[] = { "id",     "pattern!",   "type",    "cameo",
                                             "actors", "recipients", "content", "takes",
                                             "flags",  "example?",   "judge?",  NULL };
    dgm_map *ids = dgm_map_new();
    dgm_status status = ids ? DGM_OK : DGM_ENOMEM;
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(tables); i++) {
        loading l = { events,      grammar,           complaints,           ids,
                      (uint32_t)i, tables[i].is_noun, tables[i].is_operator };
        status = dgm_table_load(dir, tables[i].name, l.is_operator ? composing : plain, load_rule,
                                &l, complaints, &events->texts[events->n_texts]);
        if (status == DGM_OK)
            events->n_texts++;
    }
    dgm_map_free(ids);
    if (status == DGM_OK && !tell_sufferers(events, grammar))
        status = DGM_ENOMEM;
    return status;
}
