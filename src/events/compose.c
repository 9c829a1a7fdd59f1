/* Operators: what "refuse to", "vow to", "accuse of", "will" make of the event in their complement.
 * Deeper words first, so that operators nest ("refused to agree to talks"). */
#include "events/match.h"

enum { MAX_LIGHT_STEPS = 3 };

/* The live event at a word, or under a light or aspectual verb there ("refused to take part in
 * talks", "threatened to start shelling"). */
static uint32_t event_at(const dgm_matcher *m, uint32_t word)
{
    static const dgm_slot_path below[] = {
        { .at = { { .kind = DGM_SLOT_OBJ } }, .n = 1 },
        { .at = { { .kind = DGM_SLOT_XCOMP } }, .n = 1 },
        { .at = { { .kind = DGM_SLOT_PREP, .word = { "in", 2 } } }, .n = 1 },
        { .at = { { .kind = DGM_SLOT_PREP, .word = { "with", 4 } } }, .n = 1 },
    };
    const dgm_clause *c = &m->clause;
    for (uint32_t step = 0; step < MAX_LIGHT_STEPS; step++) {
        uint32_t i = m->at[word];
        if (i != DGM_NONE && !m->found.at[i].dead)
            return i;
        if (!dgm_has_class(c->t, word, DGM_CLASS_LIGHT) &&
            !dgm_has_class(c->t, word, DGM_CLASS_ASPECT))
            return DGM_NONE;
        uint32_t next = 0;
        for (size_t k = 0; k < DGM_LEN(below) && !next; k++) {
            dgm_words words;
            dgm_slot_words(c, word, &below[k], &words);
            for (uint32_t j = 0; j < words.n && !next; j++)
                if (words.at[j] != word && (m->at[words.at[j]] != DGM_NONE ||
                                            dgm_has_class(c->t, words.at[j], DGM_CLASS_LIGHT)))
                    next = words.at[j];
        }
        if (!next)
            return DGM_NONE;
        word = next;
    }
    return DGM_NONE;
}

typedef struct {
    uint32_t events[8];
    uint32_t n, first_word; /* of the slot, where it has words */
} contents;

static contents find_contents(const dgm_matcher *m, const dgm_rule *rule, uint32_t word)
{
    contents out = { .n = 0 };
    const dgm_clause *c = &m->clause;
    for (uint32_t i = 0; i < rule->content.n; i++) {
        dgm_words words;
        dgm_slot_words(c, word, &c->events->paths.at[rule->content.first + i], &words);
        for (uint32_t j = 0; j < words.n; j++) {
            if (words.at[j] == word)
                continue;
            if (!out.first_word)
                out.first_word = words.at[j];
            uint32_t event = event_at(m, words.at[j]);
            bool fits = event != DGM_NONE && m->found.at[event].content_of == DGM_NONE &&
                        dgm_type_among(m->found.at[event].type, rule->takes);
            if (fits && out.n < DGM_LEN(out.events))
                out.events[out.n++] = event;
        }
    }
    return out;
}

/* The longest beginning of the content's code that the table knows under this operator's. */
static void compose_cameo(const dgm_events *events, const dgm_rule *rule,
                          const dgm_candidate *content, dgm_view *cameo, dgm_view *mode)
{
    size_t best = 0;
    *cameo = rule->cameo;
    const dgm_cameo *own = dgm_cameo_of(events, rule->cameo);
    *mode = rule->mode;
    if (mode->n == 0 && own && own->type == rule->type)
        *mode = own->mode;
    for (uint32_t i = 0; content && i < events->compositions.n; i++) {
        const dgm_composition *it = &events->compositions.at[i];
        if (!dgm_view_eq(it->base, rule->cameo) || it->content.n <= best ||
            !dgm_view_starts(content->cameo, it->content))
            continue;
        best = it->content.n;
        *cameo = it->cameo;
        if (it->mode.n > 0)
            *mode = it->mode;
    }
}

static bool speaker_acts(const dgm_events *events, const dgm_rule *rule)
{
    return rule->actors.n > 0 &&
           events->paths.at[rule->actors.first].at[0].kind == DGM_SLOT_SPEAKER;
}

/* "Peru will hold talks with Chile": of those who hold them, who is named before the promise makes
 * it, and to the others. False: no memory. */
static bool part_sides(dgm_matcher *m, uint32_t word, dgm_candidate *it)
{
    const dgm_document *doc = m->clause.doc;
    dgm_participants before = { 0 }, after = { 0 };
    for (uint32_t i = 0; i < it->actors.n; i++) {
        const dgm_participant *who = &it->actors.at[i];
        const dgm_mention *named =
            who->mention == DGM_NONE ? NULL : &doc->mentions.at[who->mention];
        bool earlier = !named || named->span.sentence != m->clause.i_sentence || named->head < word;
        dgm_participant *slot = dgm_push(doc->arena, earlier ? &before : &after);
        if (!slot)
            return false;
        *slot = *who;
    }
    if (before.n > 0 && after.n > 0) {
        it->actors = before;
        it->recipients = after;
    }
    return true;
}

/* "will meet": the event itself becomes a promise of it. */
static bool replace(dgm_matcher *m, const dgm_rule *rule, uint32_t i_content, uint32_t word)
{
    dgm_candidate *it = &m->found.at[i_content];
    if (speaker_acts(m->clause.events, rule)) {
        bool had = false; /* "they must leave": whoever says so asks */
        it->actors.n = 0;
        if (!dgm_fill_role(m, word, rule->actors, it, false, &it->actors, &had))
            return false;
    }
    dgm_view cameo, mode;
    compose_cameo(m->clause.events, rule, it, &cameo, &mode);
    if (rule->type != it->type && it->recipients.n == 0 && !part_sides(m, word, it))
        return false;
    it->cameo = cameo;
    it->mode = mode;
    it->type = rule->type;
    it->operator_rule = rule;
    it->negation_used = rule->eats_negation;
    if (it->first > word && it->last - word <= 6)
        it->first = word;
    m->clause.s->words[word].no_event |= word != it->word; /* what it says is said */
    return true;
}

/* "The shelling": a deed against somebody that does not say who did it. */
static bool lacks_doer(const dgm_candidate *deed)
{
    dgm_event_type like = dgm_like(deed->type);
    bool conflict =
        like == DGM_ASSAULT || like == DGM_COERCE || like == DGM_SANCTION || like == DGM_MOBILIZE;
    return conflict && deed->rule->is_noun && deed->actors.n == 0;
}

static bool blame(const dgm_matcher *m, const dgm_participants *accused, dgm_candidate *deed)
{
    if (!dgm_add_all(m->clause.doc->arena, accused, &deed->actors))
        return false;
    dgm_drop_common(&deed->recipients, &deed->actors);
    return true;
}

/* "Blamed Russia for the shelling": what has no doer was done by the accused. */
static bool blame_deeds(dgm_matcher *m, uint32_t i_accusation, const contents *found)
{
    const dgm_participants *accused = &m->found.at[i_accusation].recipients;
    for (uint32_t i = 0; i < found->n; i++) {
        dgm_candidate *deed = &m->found.at[found->events[i]];
        if (lacks_doer(deed) && !blame(m, accused, deed))
            return false;
    }
    return true;
}

static bool hangs_by_preposition(const dgm_word *w)
{
    return w->head && (w->deprel == DGM_REL_NMOD || w->deprel == DGM_REL_OBL);
}

/* "Jailed them for the killing", "expelled envoys over their part in the coup": the word that the
 * reason hangs on; 0: it is none. */
static uint32_t reason_of(const dgm_tree *t, uint32_t deed)
{
    enum { MAX_CLIMB = 10 };
    const dgm_word *words = t->s->words;
    uint32_t w = deed, n = 0;
    while (n < MAX_CLIMB && hangs_by_preposition(&words[w]) &&
           dgm_has_class(t, words[w].head, DGM_CLASS_PART_IN)) {
        w = words[w].head;
        n++;
    }
    bool reason = n > 0 || dgm_has_function(t, w, DGM_FN_REASON);
    return reason && hangs_by_preposition(&words[w]) ? words[w].head : 0;
}

/* Who is punished or charged at that word or above it, for what hangs there; NULL: nobody. */
static const dgm_participants *punished_at(const dgm_matcher *m, uint32_t word)
{
    enum { FEW = 3 };
    const dgm_word *words = m->clause.s->words;
    for (uint32_t k = 0; word && k < FEW; k++, word = words[word].head) {
        const dgm_candidate *it = m->at[word] == DGM_NONE ? NULL : &m->found.at[m->at[word]];
        dgm_event_type like = it ? dgm_like(it->type) : DGM_EVENT_NONE;
        if (it && !it->dead && it->recipients.n > 0)
            return like == DGM_SANCTION || like == DGM_COERCE || like == DGM_ACCUSE
                       ? &it->recipients
                       : NULL;
    }
    return NULL;
}

bool dgm_blame_punished(dgm_matcher *m)
{
    for (uint32_t i = 0; i < m->found.n; i++) {
        dgm_candidate *deed = &m->found.at[i];
        if (deed->dead || !lacks_doer(deed))
            continue;
        const dgm_participants *them = punished_at(m, reason_of(m->clause.t, deed->word));
        if (them && !blame(m, them, deed))
            return false;
    }
    return true;
}

/* What was found becomes the content of the new candidate. False: no memory. */
static bool take_contents(dgm_matcher *m, uint32_t i_new, const contents *found)
{
    for (uint32_t i = 0; i < found->n; i++)
        m->found.at[found->events[i]].content_of = i_new;
    if (dgm_like(m->found.at[i_new].type) != DGM_ACCUSE)
        return true;
    /* "Accused of violating the law": the breach is what the accusation says, and no more. */
    for (uint32_t i = 0; i < found->n; i++)
        m->found.at[found->events[i]].dead =
            dgm_like(m->found.at[found->events[i]].type) == DGM_REJECT;
    return blame_deeds(m, i_new, found);
}

static bool emit(dgm_matcher *m, const dgm_rule *rule, uint32_t word, uint32_t length,
                 const dgm_words *taken, const contents *found)
{
    dgm_clause *c = &m->clause;
    uint32_t i_new = m->found.n, i_old = m->at[word];
    dgm_candidate *it = dgm_push(c->doc->arena, &m->found);
    if (!it)
        return false;
    const dgm_candidate *content = found->n > 0 ? &m->found.at[found->events[0]] : NULL;
    *it = (dgm_candidate) { .word = word,
                            .first = word - (length - 1),
                            .last = word,
                            .rule = rule,
                            .operator_rule = rule,
                            .type = rule->type,
                            .content_of = DGM_NONE,
                            .negation_used = rule->eats_negation };
    for (uint32_t i = 0; i < taken->n; i++)
        if (taken->at[i] > it->last && taken->at[i] - it->last < 3)
            it->last = taken->at[i];
    compose_cameo(c->events, rule, content, &it->cameo, &it->mode);
    dgm_role_list actors, recipients;
    dgm_roles_of(c->events, rule, it->type, &actors, &recipients);
    bool had_actor = false, had_recipient = false;
    if (!dgm_fill_role(m, word, actors, content, false, &it->actors, &had_actor) ||
        !dgm_fill_role(m, word, recipients, content, false, &it->recipients, &had_recipient))
        return false;
    it->first_person = dgm_is_first_person(c, word);
    it->silent_actor = had_actor && it->actors.n == 0;
    dgm_drop_common(&it->recipients, &it->actors);
    if (!take_contents(m, i_new, found))
        return false;
    if (i_old != DGM_NONE) {
        dgm_candidate *old = &m->found.at[i_old];
        if (old->operator_rule && speaker_acts(c->events, old->operator_rule))
            m->found.at[i_new].actors = old->actors; /* "they must urge": whoever says so asks */
        old->dead = true;
    }
    m->at[word] = i_new;
    return true;
}

/* The rule that is to compose at a word, and what it sees and takes there. */
typedef struct {
    const dgm_rule *rule;
    uint32_t weight, length;
    dgm_words taken;
    contents found;
} composer;

/* Rules that take events win over those that only see words, then the weightier, then the earlier
 * in the table. */
static void try_rule(dgm_matcher *m, const dgm_rule *rule, uint32_t word, uint32_t length,
                     composer *best)
{
    if (!rule->is_operator)
        return;
    composer it = { .rule = rule, .weight = length, .length = length };
    if (!dgm_rule_fits(m, rule, word, &it.taken, &it.weight))
        return;
    it.found = find_contents(m, rule, word);
    bool words_do = (rule->takes & 1) && it.found.first_word && m->at[word] == DGM_NONE &&
                    !m->clause.s->words[word].no_event;
    if (it.found.n == 0 && !words_do)
        return;
    it.weight += it.found.n > 0 ? 100 : 0;
    if (!best->rule || it.weight >= best->weight + !dgm_is_own_over(rule, best->rule))
        *best = it;
}

static bool compose_at(dgm_matcher *m, uint32_t word, bool noun)
{
    const dgm_events *events = m->clause.events;
    const dgm_id_list *lists[3];
    uint32_t lengths[3];
    uint32_t n_lists = dgm_trigger_lists(m, word, noun, lists, lengths);
    composer best = { .rule = NULL };
    for (uint32_t i = 0; i < n_lists; i++)
        for (uint32_t j = 0; j < lists[i]->n; j++)
            try_rule(m, &events->rules.at[lists[i]->at[j]], word, lengths[i], &best);
    if (!best.rule)
        return true;
    if (best.rule->type == DGM_EVENT_NONE) {
        dgm_silence(m, best.rule, word);
        return true;
    }
    if (!best.rule->replaces)
        return emit(m, best.rule, word, best.length, &best.taken, &best.found);
    for (uint32_t i = 0; i < best.found.n; i++)
        if (!replace(m, best.rule, best.found.events[i], word))
            return false;
    return true;
}

/* How deep each word hangs, from 1 to n_words. A path is walked once. */
static void find_depths(const dgm_sentence *s, uint32_t *depths)
{
    for (uint32_t w = 1; w <= s->n_words; w++) {
        uint32_t up = w, n = 0;
        while (up != 0 && up <= s->n_words && depths[up] == 0 && n <= s->n_words) {
            up = s->words[up].head;
            n++;
        }
        uint32_t depth = n + (up != 0 && up <= s->n_words ? depths[up] : 0);
        depth = DGM_MIN(depth, s->n_words); /* more is a circle */
        for (up = w; n > 0 && depths[up] == 0; n--, up = s->words[up].head)
            depths[up] = depth--;
    }
}

/* The words by depth, and in their order where they are as deep. */
static void sort_by_depth(const uint32_t *depths, uint32_t n_words, uint32_t *begins,
                          uint32_t *order)
{
    for (uint32_t w = 1; w <= n_words; w++)
        begins[depths[w] + 1]++;
    for (uint32_t d = 1; d <= n_words + 1; d++)
        begins[d] += begins[d - 1];
    for (uint32_t w = 1; w <= n_words; w++)
        order[begins[depths[w]]++] = w;
}

/* An auxiliary says something of what its verb has become: "should stop the attacks" asks for a
 * retreat. It comes after the verb, and "should they withdraw" asks nothing. */
static bool compose_auxiliaries(dgm_matcher *m, uint32_t verb)
{
    DGM_EACH_CHILD(m->clause.t, verb, w)
    if (m->clause.s->words[w].upos == DGM_AUX && !dgm_is_inverted(m->clause.t, w) &&
        !compose_at(m, w, false))
        return false;
    return true;
}

static bool compose_word(dgm_matcher *m, uint32_t w)
{
    dgm_upos upos = m->clause.s->words[w].upos;
    bool noun = upos == DGM_NOUN, operates = noun || upos == DGM_VERB || upos == DGM_ADJ;
    return (!operates || compose_at(m, w, noun)) && compose_auxiliaries(m, w);
}

/* From the deepest up; begins[d] is by now where depth d ends. */
bool dgm_match_operators(dgm_matcher *m)
{
    const dgm_sentence *s = m->clause.s;
    dgm_arena *arena = m->clause.doc->arena;
    uint32_t n = s->n_words, *depths = DGM_NEW(arena, uint32_t, n + 1);
    uint32_t *begins = DGM_NEW(arena, uint32_t, n + 3), *order = DGM_NEW(arena, uint32_t, n + 1);
    if (!depths || !begins || !order)
        return false;
    find_depths(s, depths);
    sort_by_depth(depths, n, begins, order);
    for (uint32_t depth = n; depth > 0; depth--)
        for (uint32_t i = begins[depth - 1]; i < begins[depth]; i++)
            if (!compose_word(m, order[i]))
                return false;
    return true;
}
