/* Base events: every verb, adjective and noun that triggers a rule, the rule that asks most of
 * those that fit, and the roles that it names. */
#include "events/match.h"

enum { MAX_TRIGGER_SPREAD = 7, MAX_ROLE_SHARE = 24 };

bool dgm_matcher_init(dgm_matcher *m, const dgm_events *events, dgm_document *doc,
                      uint32_t i_sentence)
{
    *m = (dgm_matcher) { .at = NULL };
    if (!dgm_clause_init(&m->clause, events, doc, i_sentence))
        return false;
    uint32_t n = m->clause.s->n_words + 1;
    m->at = DGM_NEW(doc->arena, uint32_t, n);
    m->consumed = DGM_NEW(doc->arena, bool, n);
    if (!m->at || !m->consumed)
        return false;
    for (uint32_t w = 0; w < n; w++)
        m->at[w] = DGM_NONE;
    return true;
}

/* ---- does a rule fit? ----------------------------------------------------------------------- */

/* Whether the lemmas (or forms) that end at a word are those of a filler, "joint exercise". */
static bool ends_run(const dgm_view *lemmas, uint32_t word, dgm_view run)
{
    for (; word > 0; word--) {
        dgm_view lemma = lemmas[word];
        if (!dgm_view_ends(run, lemma))
            return false;
        run.n -= lemma.n;
        if (run.n == 0)
            return true;
        if (run.p[--run.n] != ' ')
            return false;
    }
    return false;
}

/* "state of emergency" begins with its head. */
static bool begins_run(const dgm_clause *c, uint32_t word, dgm_view run)
{
    dgm_view part;
    for (; word <= c->s->n_words && dgm_view_split(&run, ' ', &part); word++)
        if (!dgm_view_eq(part, c->t->lemmas[word]))
            return false;
    return run.p == NULL;
}

static bool word_fits(const dgm_clause *c, const dgm_filler *filler, uint32_t word)
{
    switch (filler->kind) {
    case DGM_FILL_ANY:
        return true;
    case DGM_FILL_ACTOR:
        return dgm_names_somebody(c, word) || dgm_is_nobody(c->t, word);
    case DGM_FILL_SECTOR:
        return dgm_names_sector(c, word, filler->lemma);
    case DGM_FILL_CLASS:
        return dgm_has_class(c->t, word, filler->class_id);
    case DGM_FILL_LEMMA:
        return dgm_view_eq(c->t->forms[word], filler->lemma) ||
               ends_run(c->t->lemmas, word, filler->lemma) || begins_run(c, word, filler->lemma);
    case DGM_FILL_FORM:
        return ends_run(c->t->forms, word, filler->lemma);
    }
    return false;
}

/* "Thousands of troops", who are somebody we know: what is counted says what they are. 0: nothing
 * is counted. */
static uint32_t counted_by(const dgm_clause *c, uint32_t word)
{
    if (!dgm_has_class(c->t, word, DGM_CLASS_QUANTITY) || c->s->words[word].mention == DGM_NONE)
        return 0; /* what is no mention, the slot has with what it counts */
    DGM_EACH_CHILD(c->t, word, w)
    if (c->s->words[w].deprel == DGM_REL_NMOD && dgm_has_function(c->t, w, DGM_FN_PART_OF))
        return w;
    return 0;
}

static bool filler_fits(const dgm_clause *c, const dgm_filler *filler, uint32_t word)
{
    if (word_fits(c, filler, word))
        return true;
    bool says_what = filler->kind == DGM_FILL_CLASS || filler->kind == DGM_FILL_LEMMA;
    uint32_t counted = says_what ? counted_by(c, word) : 0;
    return counted != 0 && word_fits(c, filler, counted);
}

/* What a filler adds to the weight of a rule that asks for it. */
static uint32_t weight_of(const dgm_filler *filler)
{
    static const uint32_t weights[] = { 1, 2, 4, 4, 5, 5 };
    bool run = (filler->kind == DGM_FILL_LEMMA || filler->kind == DGM_FILL_FORM) &&
               dgm_view_find(filler->lemma, DGM_VIEW(" ")) != SIZE_MAX;
    return weights[filler->kind] + (run ? 2 : 0);
}

/* *weight grows by the heaviest filler that is there. */
static bool constraint_holds(const dgm_clause *c, const dgm_constraint *constraint, uint32_t word,
                             dgm_words *taken, uint32_t *weight)
{
    uint32_t heaviest = 0;
    dgm_words words;
    dgm_slot_words(c, word, &constraint->path, &words);
    bool held = false;
    for (uint32_t i = 0; i < words.n; i++) {
        for (uint32_t j = 0; j < constraint->n_fillers; j++) {
            const dgm_filler *filler = &c->events->fillers.at[constraint->fillers + j];
            if (!filler_fits(c, filler, words.at[i]))
                continue;
            held = true;
            heaviest = DGM_MAX(heaviest, weight_of(filler));
            if (constraint->path.at[0].kind == DGM_SLOT_WORD)
                heaviest = 5;
            bool literal = filler->kind == DGM_FILL_CLASS || filler->kind == DGM_FILL_LEMMA ||
                           filler->kind == DGM_FILL_FORM ||
                           constraint->path.at[0].kind == DGM_SLOT_WORD;
            if (!constraint->negated && literal && taken->n < DGM_MAX_SLOT_WORDS)
                taken->at[taken->n++] = words.at[i];
            break;
        }
    }
    *weight += constraint->negated ? 1 : heaviest;
    return held != constraint->negated;
}

bool dgm_rule_fits(const dgm_matcher *m, const dgm_rule *rule, uint32_t word, dgm_words *taken,
                   uint32_t *weight)
{
    const dgm_clause *c = &m->clause;
    for (uint32_t i = 0; i < rule->n_constraints; i++)
        if (!constraint_holds(c, &c->events->constraints.at[rule->constraints + i], word, taken,
                              weight))
            return false;
    return true;
}

/* The rules of a run of n words: "n:joint exercise". */
static const dgm_id_list *list_of(const dgm_events *events, char kind, const dgm_view *words,
                                  uint32_t n_words)
{
    char key[160] = { kind, ':' };
    size_t n = 2;
    for (uint32_t i = 0; i < n_words; i++)
        if (!dgm_key_add(key, sizeof key, &n, i > 0 ? ' ' : 0, words[i]))
            return NULL;
    uint32_t i = dgm_map_get(events->triggers, (dgm_view) { key, n });
    return i == DGM_NONE ? NULL : &events->lists.at[i];
}

uint32_t dgm_trigger_lists(const dgm_matcher *m, uint32_t word, bool noun,
                           const dgm_id_list *out[3], uint32_t lengths[3])
{
    const dgm_clause *c = &m->clause;
    const dgm_view *lemmas = c->t->lemmas, *forms = c->t->forms;
    char kind = noun ? 'n' : 'v';
    uint32_t n = 0;
    for (uint32_t length = DGM_MIN(word, 3); length >= 1; length--) {
        const dgm_id_list *list = list_of(c->events, kind, lemmas + word + 1 - length, length);
        if (!list && length == 1 && !dgm_view_eq(lemmas[word], forms[word]))
            list = list_of(c->events, kind, forms + word, 1);
        if (list) {
            out[n] = list;
            lengths[n++] = length;
        }
    }
    return n;
}

/* ---- roles ---------------------------------------------------------------------------------- */

bool dgm_add_all(dgm_arena *arena, const dgm_participants *from, dgm_participants *to)
{
    for (uint32_t i = 0; i < from->n; i++) {
        bool known = false;
        for (uint32_t j = 0; j < to->n; j++)
            known = known || to->at[j].entity == from->at[i].entity;
        if (known || to->n >= MAX_ROLE_SHARE)
            continue;
        dgm_participant *p = dgm_push(arena, to);
        if (!p)
            return false;
        *p = from->at[i];
    }
    return true;
}

/* "The EU adopted new sanctions. The package also bans ...": who imposed something shortly before.
 */
static bool add_deciders(const dgm_clause *c, dgm_participants *out)
{
    enum { REACH = 2 }; /* sentences */
    for (uint32_t i = c->doc->events.n; i-- > 0;) {
        const dgm_event *earlier = &c->doc->events.at[i];
        if (earlier->trigger.sentence + REACH < c->i_sentence)
            return true;
        dgm_event_type like = dgm_like(earlier->type);
        if ((like == DGM_SANCTION || like == DGM_COERCE) && earlier->actors.n > 0)
            return dgm_add_all(c->doc->arena, &earlier->actors, out);
    }
    return true;
}

/* Fills *out from the first alternative that names anybody. *had_words: some alternative had words,
 * named or not. */
bool dgm_fill_role(const dgm_matcher *m, uint32_t word, dgm_role_list list,
                   const dgm_candidate *content, bool places, dgm_participants *out,
                   bool *had_words)
{
    const dgm_clause *c = &m->clause;
    for (uint32_t i = 0; i < list.n; i++) {
        const dgm_slot_path *path = &c->events->paths.at[list.first + i];
        if (out->n > 0 && !path->joined)
            return true;
        if (content && path->n == 1 && path->at[0].kind == DGM_SLOT_ACTORS) {
            if (!dgm_add_all(c->doc->arena, &content->actors, out))
                return false;
            continue;
        }
        if (content && path->n == 1 && path->at[0].kind == DGM_SLOT_RECIPIENTS) {
            if (!dgm_add_all(c->doc->arena, &content->recipients, out))
                return false;
            continue;
        }
        if (path->at[0].kind == DGM_SLOT_PREVIOUS && c->previous_speaker &&
            !dgm_add_all(c->doc->arena, c->previous_speaker, out))
            return false;
        if (path->at[0].kind == DGM_SLOT_DECIDER && !add_deciders(c, out))
            return false;
        dgm_words words;
        dgm_slot_words(c, word, path, &words);
        *had_words = *had_words || words.n > 0;
        /* In a quotation that runs on, whoever spoke last speaks still. */
        if (words.n == 0 && path->at[0].kind == DGM_SLOT_SPEAKER && c->previous_speaker &&
            c->s->words[word].in_quotes && !dgm_add_all(c->doc->arena, c->previous_speaker, out))
            return false;
        for (uint32_t j = 0; j < words.n; j++)
            if (!dgm_collect(c, words.at[j], places, out))
                return false;
    }
    return true;
}

void dgm_drop_common(dgm_participants *from, const dgm_participants *others)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < from->n; i++) {
        bool common = false;
        for (uint32_t j = 0; j < others->n; j++)
            common = common || others->at[j].entity == from->at[i].entity;
        if (!common)
            from->at[n++] = from->at[i];
    }
    from->n = n;
}

static bool is_material(dgm_event_type type)
{
    type = dgm_like(type);
    return type == DGM_ASSAULT || type == DGM_COERCE || type == DGM_AID || type == DGM_SANCTION ||
           type == DGM_MOBILIZE || type == DGM_RETREAT || type == DGM_COOPERATE;
}

static void find_subjects(const dgm_clause *c, uint32_t word, dgm_words *out)
{
    static const dgm_slot_path subject = { .at = { { .kind = DGM_SLOT_SUBJ } }, .n = 1 };
    dgm_slot_words(c, word, &subject, out);
}

/* "The attack wounded two": the deed is told, and not who did it. */
static bool subject_is_attack(const dgm_clause *c, uint32_t word)
{
    dgm_words words;
    find_subjects(c, word, &words);
    return words.n > 0 && dgm_has_class(c->t, words.at[0], DGM_CLASS_ATTACK);
}

/* A subject that is no mention and no weapon ("the storm killed") makes the deed nobody's. */
static bool subject_is_stranger(const dgm_matcher *m, uint32_t word)
{
    const dgm_clause *c = &m->clause;
    dgm_words words;
    find_subjects(c, word, &words);
    for (uint32_t i = 0; i < words.n; i++) {
        uint32_t w = words.at[i];
        dgm_upos upos = c->s->words[w].upos;
        if (upos != DGM_NOUN || c->s->words[w].mention != DGM_NONE ||
            dgm_has_class(c->t, w, DGM_CLASS_INSTRUMENT) || m->at[w] != DGM_NONE)
            return false;
    }
    return words.n > 0;
}

bool dgm_is_first_person(const dgm_clause *c, uint32_t word)
{
    dgm_words words;
    find_subjects(c, word, &words);
    for (uint32_t i = 0; i < words.n; i++)
        if (dgm_function_is(c->t, words.at[i], DGM_FN_WE))
            return true;
    return false;
}

/* "Occupied territories" tells of the deed; "disputed", "wanted", "alleged" before a noun do not.
 */
static bool is_mere_adjective(const dgm_matcher *m, uint32_t word, const dgm_rule *rule)
{
    dgm_event_type like = dgm_like(rule->type);
    return m->clause.s->words[word].deprel == DGM_REL_AMOD && like != DGM_ASSAULT &&
           like != DGM_COERCE;
}

bool dgm_fill_roles(dgm_matcher *m, dgm_candidate *it)
{
    const dgm_rule *rule = it->rule;
    dgm_role_list actors, recipients;
    dgm_roles_of(m->clause.events, rule, it->type, &actors, &recipients);
    bool had_actor = false, had_recipient = false;
    dgm_event_type like = dgm_like(it->type);
    bool places =
        like == DGM_ASSAULT || like == DGM_COERCE || like == DGM_AID || like == DGM_ACCUSE;
    if (!dgm_fill_role(m, it->word, recipients, NULL, places, &it->recipients, &had_recipient) ||
        !dgm_fill_role(m, it->word, actors, NULL, false, &it->actors, &had_actor))
        return false;
    dgm_drop_common(&it->recipients, &it->actors);
    it->first_person = !rule->is_noun && dgm_is_first_person(&m->clause, it->word);
    it->silent_actor = !rule->is_noun && had_actor && it->actors.n == 0 &&
                       !subject_is_attack(&m->clause, it->word);
    it->stranger = it->silent_actor && is_material(it->type) && subject_is_stranger(m, it->word);
    return true;
}

/* ---- candidates ----------------------------------------------------------------------------- */

/* "Barred from entering", "failed to agree": the judge finds nothing in a verb that a surer rule
 * takes in, be it below or, where the rule keeps its event, right above. */
static bool is_taken_in(const dgm_sentence *s, const dgm_candidate *it, uint32_t w)
{
    dgm_judging judging = it->rule->judging;
    bool above = s->words[it->word].head == w && s->words[it->word].deprel == DGM_REL_XCOMP;
    return judging != DGM_JUDGING_ALL && s->words[w].upos == DGM_VERB &&
           (s->words[w].head == it->word || (above && judging == DGM_JUDGING_SIDES));
}

static void take_in(dgm_matcher *m, dgm_candidate *it, const dgm_words *taken, uint32_t length)
{
    it->first = it->word - (length - 1);
    it->last = it->word;
    for (uint32_t i = 0; i < taken->n; i++) {
        uint32_t w = taken->at[i];
        uint32_t first = DGM_MIN(it->first, w), last = DGM_MAX(it->last, w);
        if (last - first <= MAX_TRIGGER_SPREAD) {
            it->first = first;
            it->last = last;
        }
        /* What is condemned or denied stays an event of its own, not a protest that is lodged. */
        bool condemns = dgm_like(it->type) == DGM_ACCUSE || dgm_like(it->type) == DGM_REJECT;
        if (w != it->word && (!condemns || dgm_has_class(m->clause.t, it->word, DGM_CLASS_LIGHT)))
            m->consumed[w] = true;
        if (is_taken_in(m->clause.s, it, w))
            m->clause.doc->sentences.at[m->clause.i_sentence].words[w].no_event = true;
    }
}

static bool is_discarded(const dgm_clause *c, uint32_t word)
{
    char key[160];
    for (uint32_t begin = word >= 2 ? word - 2 : 1; begin <= word; begin++) {
        for (uint32_t end = word; end <= word + 2 && end <= c->s->n_words; end++) {
            if (end - begin > 3)
                break;
            size_t n = 0;
            for (uint32_t w = begin; w <= end; w++) {
                if (!dgm_key_add(key, sizeof key, &n, w > begin ? ' ' : 0, c->t->lemmas[w]))
                    return false;
            }
            if (dgm_map_get(c->events->discards, (dgm_view) { key, n }) != DGM_NONE)
                return true;
        }
    }
    return false;
}

bool dgm_is_own_over(const dgm_rule *one, const dgm_rule *other)
{
    return one->own && !other->own;
}

static const dgm_rule *best_rule(const dgm_matcher *m, uint32_t word, bool noun, dgm_words *taken,
                                 uint32_t *length)
{
    const dgm_events *events = m->clause.events;
    const dgm_id_list *lists[3];
    uint32_t lengths[3];
    uint32_t n_lists = dgm_trigger_lists(m, word, noun, lists, lengths);
    const dgm_rule *best = NULL;
    uint32_t best_weight = 0;
    for (uint32_t i = 0; i < n_lists; i++) {
        for (uint32_t j = 0; j < lists[i]->n; j++) {
            const dgm_rule *rule = &events->rules.at[lists[i]->at[j]];
            uint32_t weight = 5 * (lengths[i] - 1);
            dgm_words words = { .n = 0 };
            uint32_t least = best ? best_weight + !dgm_is_own_over(rule, best) : 0;
            if (rule->is_operator || weight + rule->weight < least)
                continue;
            if (!dgm_rule_fits(m, rule, word, &words, &weight)) {
                if (weight > 5 * (lengths[i] - 1)) /* some of it was there */
                    dgm_note(m->clause.doc, "events", m->clause.i_sentence, DGM_NONE,
                             DGM_RULE_TOLD " nearly fired at \"%.*s\"", DGM_RULE_FMT(rule),
                             DGM_FMT(m->clause.s->words[word].form));
                continue;
            }
            if (weight < least)
                continue;
            best = rule;
            best_weight = weight;
            *taken = words;
            *length = lengths[i];
        }
    }
    return best;
}

void dgm_silence(dgm_matcher *m, const dgm_rule *rule, uint32_t word)
{
    if (rule->judging == DGM_JUDGING_NONE)
        m->clause.doc->sentences.at[m->clause.i_sentence].words[word].no_event = true;
    dgm_note(m->clause.doc, "events", m->clause.i_sentence, DGM_NONE,
             DGM_RULE_TOLD " silences \"%.*s\"", DGM_RULE_FMT(rule),
             DGM_FMT(m->clause.s->words[word].form));
}

/* "Shot and killed his wife": of two verbs side by side that share their object, what silences the
 * second silences the first. */
static void silence_twin(dgm_matcher *m, const dgm_rule *rule, uint32_t word)
{
    const dgm_tree *t = m->clause.t;
    const dgm_word *it = &m->clause.s->words[word];
    uint32_t first = it->head;
    if (rule->judging != DGM_JUDGING_NONE || it->deprel != DGM_REL_CONJ || word != first + 2 ||
        m->clause.s->words[first].upos != DGM_VERB || dgm_child_of(t, first, DGM_REL_OBJ) ||
        !dgm_child_of(t, word, DGM_REL_OBJ))
        return;
    dgm_silence(m, rule, first);
    if (m->at[first] != DGM_NONE)
        m->found.at[m->at[first]].dead = true;
}

/* "A visits B" is also that B receives A, where a rule has a code for the way back. */
static bool add_reverse(dgm_matcher *m, uint32_t i)
{
    const dgm_candidate *there = &m->found.at[i];
    const dgm_cameo *cameo = dgm_cameo_of(m->clause.events, there->rule->reverse);
    if (!cameo || cameo->type == DGM_EVENT_NONE || there->actors.n == 0 || there->recipients.n == 0)
        return true;
    dgm_candidate *back = dgm_push(m->clause.doc->arena, &m->found);
    if (!back)
        return false;
    there = &m->found.at[i];
    *back = *there;
    back->type = cameo->type;
    back->mode = cameo->mode;
    back->cameo = there->rule->reverse;
    back->actors = (dgm_participants) { .n = 0 };
    back->recipients = (dgm_participants) { .n = 0 };
    return dgm_add_all(m->clause.doc->arena, &there->recipients, &back->actors) &&
           dgm_add_all(m->clause.doc->arena, &there->actors, &back->recipients);
}

/* A rule for an own type mostly has no code of CAMEO: then the type's, if it has one. */
static dgm_view code_of(const dgm_events *events, const dgm_rule *rule)
{
    return rule->cameo.n || !dgm_is_own_type(rule->type)
               ? rule->cameo
               : events->roles[dgm_type_index(rule->type)].cameo;
}

static bool match_word(dgm_matcher *m, uint32_t word, bool noun)
{
    dgm_words taken = { .n = 0 };
    uint32_t length = 1;
    if (m->consumed[word] || is_discarded(&m->clause, word))
        return true;
    const dgm_rule *rule = best_rule(m, word, noun, &taken, &length);
    if (!rule || is_mere_adjective(m, word, rule))
        return true;
    if (rule->type == DGM_EVENT_NONE) {
        dgm_silence(m, rule, word);
        silence_twin(m, rule, word);
        for (uint32_t i = 0; i < taken.n; i++) /* its words are no trigger either */
            m->consumed[taken.at[i]] = true;
        return true;
    }
    dgm_candidate *it = dgm_push(m->clause.doc->arena, &m->found);
    if (!it)
        return false;
    const dgm_cameo *cameo = dgm_cameo_of(m->clause.events, rule->cameo);
    *it = (dgm_candidate) { .word = word,
                            .rule = rule,
                            .type = rule->type,
                            .mode = rule->mode,
                            .cameo = code_of(m->clause.events, rule),
                            .content_of = DGM_NONE,
                            .negation_used = rule->eats_negation };
    if (it->mode.n == 0 && cameo && cameo->type == rule->type)
        it->mode = cameo->mode;
    m->at[word] = m->found.n - 1;
    take_in(m, it, &taken, length);
    return dgm_fill_roles(m, it) && add_reverse(m, m->at[word]);
}

static bool is_noun(const dgm_word *word)
{
    return word->upos == DGM_NOUN || word->upos == DGM_PROPN;
}

static bool is_predicate(const dgm_word *word)
{
    return word->upos == DGM_VERB || word->upos == DGM_ADJ || word->upos == DGM_AUX;
}

bool dgm_match_rules(dgm_matcher *m)
{
    const dgm_sentence *s = m->clause.s;
    for (uint32_t w = 1; w <= s->n_words; w++)
        if (is_predicate(&s->words[w]) && !match_word(m, w, false))
            return false;
    /* Nouns second, so that "launched an attack" is one event. */
    for (uint32_t w = 1; w <= s->n_words; w++)
        if (is_noun(&s->words[w]) && !match_word(m, w, true))
            return false;
    return true;
}

/* How much of what a rule asks is there; 0: its subject is another kind of people. */
static uint32_t affinity(const dgm_clause *c, const dgm_rule *rule, uint32_t word)
{
    uint32_t out = 1;
    for (uint32_t i = 0; i < rule->n_constraints; i++) {
        const dgm_constraint *constraint = &c->events->constraints.at[rule->constraints + i];
        dgm_words taken = { .n = 0 };
        uint32_t weight = 0;
        bool holds = constraint_holds(c, constraint, word, &taken, &weight);
        if (!holds && constraint->path.at[0].kind == DGM_SLOT_SUBJ)
            return 0;
        out += holds && !constraint->negated ? 1 : 0;
    }
    return out;
}

/* The first rule of the type that most rules for a verb give: what "accept" or "force" tells when
 * nothing beside it is known. */
static const dgm_rule *habit_of(const dgm_matcher *m, uint32_t word)
{
    const dgm_events *events = m->clause.events;
    const dgm_id_list *lists[3];
    uint32_t lengths[3], votes[DGM_MAX_TYPES] = { 0 };
    const dgm_rule *first[DGM_MAX_TYPES] = { NULL };
    uint32_t n_lists = dgm_trigger_lists(m, word, false, lists, lengths);
    for (uint32_t i = 0; i < n_lists; i++) {
        for (uint32_t j = 0; j < lists[i]->n; j++) {
            const dgm_rule *rule = &events->rules.at[lists[i]->at[j]];
            /* a protest is told by who does it, not by the verb */
            if (rule->is_operator || rule->type == DGM_EVENT_NONE ||
                dgm_like(rule->type) == DGM_PROTEST)
                continue;
            uint32_t t = dgm_type_index(rule->type);
            first[t] = first[t] ? first[t] : rule;
            votes[t] += affinity(&m->clause, rule, word);
        }
    }
    uint32_t best = DGM_EVENT_NONE;
    for (uint32_t t = 1; t < events->types.n; t++)
        if (votes[t] > votes[best])
            best = t;
    return first[best];
}

bool dgm_match_by_habit(dgm_matcher *m)
{
    const dgm_clause *c = &m->clause;
    for (uint32_t i = 0; i < m->found.n; i++)
        if (!m->found.at[i].dead)
            return true;
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        if (c->s->words[w].upos != DGM_VERB || dgm_has_class(c->t, w, DGM_CLASS_SAY))
            continue;
        const dgm_rule *rule = habit_of(m, w);
        if (!rule)
            continue;
        dgm_candidate *it = dgm_push(c->doc->arena, &m->found);
        if (!it)
            return false;
        *it = (dgm_candidate) { .word = w,
                                .first = w,
                                .last = w,
                                .rule = rule,
                                .type = rule->type,
                                .content_of = DGM_NONE };
        m->at[w] = m->found.n - 1;
        if (!dgm_fill_roles(m, it))
            return false;
        dgm_note(c->doc, "events", c->i_sentence, DGM_NONE, "\"%.*s\" mostly means %s",
                 DGM_FMT(c->s->words[w].form), dgm_type_name(c->doc->types, rule->type));
    }
    return true;
}

bool dgm_keep_speaker(const dgm_matcher *m, dgm_participants *speaker)
{
    static const dgm_slot_path subject = { .at = { { .kind = DGM_SLOT_SUBJ } }, .n = 1 };
    const dgm_clause *c = &m->clause;
    for (uint32_t w = 1; w <= c->s->n_words; w++) {
        if (c->s->words[w].upos != DGM_VERB || !dgm_has_class(c->t, w, DGM_CLASS_SAY))
            continue;
        dgm_participants found = { .n = 0 };
        dgm_words words;
        dgm_slot_words(c, w, &subject, &words);
        for (uint32_t i = 0; i < words.n; i++)
            if (!dgm_collect(c, words.at[i], false, &found))
                return false;
        if (found.n > 0)
            *speaker = found;
    }
    return true;
}
