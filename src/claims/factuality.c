/* How real an event is and whether it is so: polarity and status, carried down the tree from the
 * root to the event's word.
 *
 * Each word on the way has an incoming state; its own modifiers (negation, auxiliaries, hedges,
 * conditions) change it; the edge to the next word then applies the signature of the word as an
 * operator (Nairn, Condoravdi and Karttunen 2006), or what its relation means by default. Voices
 * met on the way make the chain of attribution, outermost first (Sauri and Pustejovsky 2012). */
#include "claims/walk.h"
#include "document/party.h"

/* ---- going down ----------------------------------------------------------------------------- */

static bool push_voice(walk *k, uint32_t attribution)
{
    k->reported = true;
    return chain_push(k->w, event_of(k), attribution);
}

/* The voice over the edge from head to child, or NULL. */
static const voice *voice_of_edge(const walk *k, uint32_t child)
{
    for (uint32_t j = 0; j < k->info->n_voices; j++) {
        const voice *v = &k->w->voices.at[k->info->voices + j];
        if (!v->below && v->content == child)
            return v;
    }
    return NULL;
}

/* Voices that hang below `word` and say it: "..., the minister said". */
static bool push_hanging(walk *k, state *st, uint32_t word, uint32_t next)
{
    for (uint32_t j = 0; j < k->info->n_voices; j++) {
        const voice *v = &k->w->voices.at[k->info->voices + j];
        if (!v->below || v->content != word || v->below == next)
            continue;
        if (v->heard && !push_voice(k, v->attribution))
            return false;
        if (v->row)
            *st = state_applied(*st, v->heard ? v->row->affirmed : v->row->unsourced);
    }
    return true;
}

/* "information indicating that": what the source's own noun says of the content. */
static state with_source_noun(const walk *k, const voice *v, state st)
{
    if (!v->source)
        return st;
    const dgm_word *source = word_at(k, v->source);
    const cue *row = source->upos == DGM_NOUN ? row_for(k->w, source, FRAME_THAT, true) : NULL;
    if (row && row->affirmed.status != DGM_ACTUAL && row->kind == DGM_KIND_REPORT)
        st.status = status_combined(st.status, row->affirmed.status);
    return st;
}

/* "I wish to stress that ...": what one wishes to say is said with it. */
static bool is_performative(const walk *k, const cue *row, uint32_t child)
{
    const cue *said = row_for(k->w, word_at(k, child), FRAME_THAT, true);
    return word_at(k, child)->deprel == DGM_REL_XCOMP && said && said->kind == DGM_KIND_SAY &&
           (row->frames & FRAME_TO) && row->affirmed.status == DGM_INTENDED &&
           child_of(k->w, k->i, child, DGM_REL_CCOMP, DGM_REL_PARATAXIS, DGM_REL_NONE);
}

/* "has to", "has reason to", "has yet to" */
static state obligation(const walk *k, state out, uint32_t have, uint32_t child)
{
    for (uint32_t c = k->info->tree->first_child[have]; c && c < child;
         c = k->info->tree->next_child[c]) {
        if (word_at(k, c)->deprel == DGM_REL_OBJ)
            return out;
        if (dgm_function_is(k->info->tree, c, DGM_FN_YET))
            return (state) { !out.negated, out.status, out.condition };
    }
    out.status = status_combined(out.status, DGM_REQUESTED);
    return out;
}

/* "..., a charge that Tehran denies", "..., remarks that Tehran denounced": the report's own word
 * about what was said before. */
static bool is_aside(const walk *k, uint32_t noun, uint32_t child)
{
    if (word_at(k, child)->deprel != DGM_REL_ACL_RELCL || word_at(k, noun)->upos != DGM_NOUN ||
        !row_for(k->w, word_at(k, noun), FRAME_THAT, true))
        return false;
    uint32_t a = child_of(k->w, k->i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    if (a && !dgm_function_is(k->info->tree, a, DGM_FN_A))
        return false;
    uint32_t first = k->info->tree->first_under[noun];
    return first > 1 && (word_is(word_at(k, first), ",") || word_is(word_at(k, first - 1), ","));
}

/* Index in the path of a word that was passed, or DGM_NONE. */
static uint32_t passed(const walk *k, uint32_t word)
{
    for (uint32_t j = 0; j < k->n_path && j < k->stop; j++)
        if (k->path[j] == word)
            return j;
    return DGM_NONE;
}

/* "acquitted | the colonel of torturing", "kept | them from attacking": the complement hangs on the
 * object instead of on the verb, whose row this is. NULL: it does not. */
static const cue *row_over_object(const walk *k, uint32_t object, uint32_t child)
{
    const dgm_word *o = word_at(k, object);
    dgm_deprel r = word_at(k, child)->deprel;
    const uint32_t prepositions = FRAME_OF | FRAME_FROM | FRAME_FOR;
    if ((o->deprel != DGM_REL_OBJ && o->deprel != DGM_REL_NSUBJ_PASS) || !o->head ||
        (r != DGM_REL_ACL && r != DGM_REL_NMOD) || word_at(k, o->head)->upos != DGM_VERB)
        return NULL;
    return row_for(k->w, word_at(k, o->head), frames_of_edge(k->w, k->i, child) & prepositions,
                   false);
}

/* "why they fled", "who bombed it"; not "whether". */
static bool is_wh_clause(const walk *k, uint32_t clause)
{
    if (word_at(k, clause)->deprel != DGM_REL_CCOMP)
        return false;
    DGM_EACH_CHILD(k->info->tree, clause, c)
    if (c < clause && claims_is_wh_word(word_at(k, c)))
        return true;
    return false;
}

/* "denied any role in the raid by gunmen": the raid of others happened nevertheless. */
static bool is_of_others(const walk *k, const voice *v, const edge *e)
{
    const dgm_event *event = event_of(k);
    const dgm_attribution *a = &k->w->doc->attributions_found.at[v->attribution];
    if (v->row->kind != DGM_KIND_DENY || word_at(k, e->child)->deprel != DGM_REL_OBJ ||
        word_at(k, e->child)->event != DGM_NONE || a->speaker_entity == DGM_NONE)
        return false;
    for (uint32_t i = 0; i < event->actors.n; i++)
        if (dgm_is_same_voice(k->w->doc, event->actors.at[i].entity, a->speaker_entity))
            return false;
    return true;
}

/* "nobody claimed responsibility for the attack", "did not say who attacked": the attack happened
 * nevertheless. */
static bool is_disclaimed(const walk *k, const voice *v, const edge *e)
{
    if (!e->out.negated && is_of_others(k, v, e))
        return true;
    bool object = word_at(k, e->child)->deprel == DGM_REL_OBJ &&
                  (v->row->kind == DGM_KIND_CLAIM || v->row->kind == DGM_KIND_SAY);
    return e->out.negated && (object || is_wh_clause(k, e->child));
}

/* "I can confirm that they fled", "would say that it fled": to say what has happened may be
 * possible or wanted; it has happened nevertheless. And who "went on television to say" something
 * said it. */
static state beside_saying(const walk *k, const voice *v, const edge *e)
{
    const dgm_tree *t = k->info->tree;
    dgm_deprel r = word_at(k, v->cue_word)->deprel;
    state out = e->out;
    if (out.negated || out.condition != e->in.condition)
        return out;
    if (v->heard && (r == DGM_REL_ADVCL || r == DGM_REL_ACL) && dgm_has_to(t, v->cue_word))
        out.status = DGM_ACTUAL;
    else if (word_at(k, e->child)->deprel == DGM_REL_CCOMP &&
             (dgm_is_past(t, e->child) || dgm_is_perfect(t, e->child)))
        out.status = e->in.status;
    return out;
}

/* What the voice over the edge says of the child. */
static state below_voice(const walk *k, const voice *v, edge e)
{
    if (is_disclaimed(k, v, &e))
        return state_affirmed(e.out);
    e.out = beside_saying(k, v, &e);
    if (is_condition_clause(k, e.child))
        e.out.status = status_combined(e.out.status, DGM_HYPOTHETICAL);
    if (e.in.negated && e.out.negated && word_at(k, e.head)->upos == DGM_NOUN)
        return e.in; /* "the reports that they fled are false" */
    effect said =
        e.out.negated ? v->row->negated : (v->heard ? v->row->affirmed : v->row->unsourced);
    walk_note(k, dgm_attribution_kind_name(v->row->kind), v->cue_word, table_name(TABLE_SPEECH),
              v->row->line);
    return with_source_noun(k, v, state_applied(e.out, said));
}

/* "Called a strike", "announced a summit": the row of a verb that sets a day for what people come
 * together for, which it says of nothing else ("called the attack a crime", "called protests a
 * disgrace"). NULL: it does not. */
static const cue *row_ahead(const walk *k, uint32_t verb)
{
    dgm_event_type like = dgm_like(event_of(k)->type);
    if ((like != DGM_PROTEST && like != DGM_CONSULT) ||
        dgm_child_of(k->info->tree, verb, DGM_REL_XCOMP))
        return NULL;
    const cue *row = cue_first(k->w->claims, word_at(k, verb));
    while (row && !row->ahead)
        row = cue_next(k->w->claims, row);
    return row;
}

/* The row by which the head says something of the child; NULL: none does. Where the verb over the
 * head says it, the state is the verb's. */
static const cue *operator_row(const walk *k, edge *e, uint32_t frames)
{
    const dgm_word *head = word_at(k, e->head);
    dgm_deprel r = word_at(k, e->child)->deprel;
    bool indefinite = (frames & FRAME_OBJ) && !is_definite(k->info->tree, e->child);
    const cue *row = indefinite ? row_ahead(k, e->head) : NULL;
    if (!row)
        row = row_for(k->w, head, frames, false);
    /* A purpose clause is no complement, unless a table says that the verb takes an infinitive. */
    if (!row && r != DGM_REL_OBJ && r != DGM_REL_NSUBJ_PASS && r != DGM_REL_PARATAXIS)
        row = row_for(k->w, head, frames, true);
    const cue *over = row ? NULL : row_over_object(k, e->head, e->child);
    uint32_t at_verb = over ? passed(k, head->head) : DGM_NONE;
    if (at_verb == DGM_NONE)
        return row;
    e->out = k->out[at_verb];
    return over;
}

static effect operator_effect(const walk *k, const cue *row, const edge *e)
{
    if (e->out.negated)
        return row->negated;
    if (row->table == TABLE_SPEECH && dgm_is_passive(k->info->tree, e->head) &&
        !dgm_child_of(k->info->tree, e->head, DGM_REL_OBL_AGENT))
        return row->unsourced;
    effect said = row->affirmed;
    if (row->once && e->out.status == DGM_ACTUAL && dgm_is_past(k->info->tree, e->head))
        said.status = DGM_ACTUAL; /* "was able to flee" */
    return said;
}

/* What the head says of the child as an operator or, being none, by their relation. */
static state below_operator(const walk *k, edge e)
{
    uint32_t frames = frames_of_edge(k->w, k->i, e.child);
    if (is_condition_clause(k, e.child))
        frames &= FRAME_SUBJ | FRAME_OBJ;
    const cue *row = operator_row(k, &e, frames);
    if (!row || is_performative(k, row, e.child))
        return state_by_relation(k, &e);
    walk_note(k, e.out.negated ? "negated operator" : "operator", e.head,
              table_name((table)row->table), row->line);
    if (row->table == TABLE_OPERATORS && (frames & row->frames & FRAME_TO) &&
        dgm_lemma_function_is(k->info->tree, e.head, DGM_FN_HAVE))
        return obligation(k, e.out, e.head, e.child);
    if (row->light && is_definite(k->info->tree, e.child) && !e.out.negated)
        return state_affirmed(e.out);
    /* "should stop its attacks": they go on, whoever wants what. */
    if (row->ends && is_definite(k->info->tree, e.child))
        return (state) { false, DGM_ACTUAL, DGM_NONE };
    effect said = operator_effect(k, row, &e);
    if (row->pos == DGM_AUX && dgm_is_perfect(k->info->tree, e.child))
        said.status = DGM_HYPOTHETICAL; /* "ought to have fled" */
    return state_applied(e.out, said);
}

/* ", which was declared in May": a clause that only adds to its noun. */
static bool is_appositive(const walk *k, uint32_t clause)
{
    uint32_t first = k->info->tree->first_under[clause];
    return first > 1 && k->info->run[clause] == DGM_NONE &&
           (word_is(word_at(k, first), ",") || word_is(word_at(k, first - 1), ","));
}

/* "demanded that they free the sailors whom they had arrested": what was done already is told
 * beside a demand or promise, and by the report; and so is whatever a clause between commas adds,
 * outside of quotations (Potts 2005). */
static void leave_voices(const walk *k, uint32_t child)
{
    dgm_event *event = event_of(k);
    if (word_at(k, child)->deprel != DGM_REL_ACL_RELCL || !dgm_is_past(k->info->tree, child))
        return;
    if (is_appositive(k, child))
        event->attributions.n = 0;
    for (; event->attributions.n > 0; event->attributions.n--) {
        uint32_t last = event->attributions.at[event->attributions.n - 1];
        dgm_attribution_kind kind = k->w->doc->attributions_found.at[last].kind;
        if (kind != DGM_KIND_DEMAND && kind != DGM_KIND_PROMISE)
            return;
    }
}

/* From the head of an edge down to its child; false: no memory. */
static bool descend(walk *k, edge e, state *below)
{
    const voice *v = voice_of_edge(k, e.child);
    uint32_t at_cue = v && v->cue_word != e.head ? passed(k, v->cue_word) : DGM_NONE;
    if (at_cue != DGM_NONE)
        e.out = k->out[at_cue];
    if (is_aside(k, e.head, e.child))
        event_of(k)->attributions.n = 0;
    leave_voices(k, e.child);
    *below = v ? below_voice(k, v, e) : below_operator(k, e);
    return !v || !v->heard || is_disclaimed(k, v, &e) || push_voice(k, v->attribution);
}

static bool find_path(walk *k)
{
    const dgm_event *event = event_of(k);
    uint32_t up[MAX_PATH], n = 0;
    for (uint32_t word = event->trigger_word; word && word <= k->s->n_words && n < MAX_PATH;
         word = head_of(k->w, k->i, word))
        up[n++] = word;
    for (uint32_t j = 0; j < n; j++)
        k->path[j] = up[n - 1 - j];
    k->n_path = n;
    k->stop = n ? n - 1 : 0;
    /* An operator that the type was composed of stands in the trigger: the event begins there. */
    if (event->operator_rule.n > 0)
        for (uint32_t j = n; j > 0; j--)
            if (k->path[j - 1] >= event->trigger.first && k->path[j - 1] <= event->trigger.last)
                k->stop = j - 1;
    return n > 0;
}

/* ---- what the type itself means ------------------------------------------------------------- */

/* A condition on what a promise, threat or demand is about stands below its word: "threatened to
 * strike if attacked". */
static uint32_t condition_below(const walk *k, uint32_t word)
{
    for (uint32_t j = k->info->conditions; j < k->info->conditions + k->info->n_conditions; j++) {
        const condition *c = &k->w->conditions.at[j];
        uint32_t up = c->governed;
        for (uint32_t step = 0; step < 4 && up && up != word; step++) {
            dgm_deprel r = word_at(k, up)->deprel;
            /* "offered talks, and Chad said it would come if": what is joined to the word itself
             * is another matter. */
            bool joined = r == DGM_REL_CONJ && word_at(k, up)->head != word;
            bool complement = r == DGM_REL_XCOMP || r == DGM_REL_CCOMP || r == DGM_REL_OBJ ||
                              joined || r == DGM_REL_ADVCL || r == DGM_REL_ACL;
            up = complement ? word_at(k, up)->head : 0;
        }
        if (up == word && up != c->governed && c->row->meaning != DGM_MEANS_CONCESSIVE)
            return j;
    }
    return DGM_NONE;
}

/* Where the trigger takes in an operator and its noun ("foiled an attack", "planned a strike"), the
 * operator has its say as well. */
static state with_own_operator(const walk *k, state st, uint32_t word)
{
    const dgm_event *event = event_of(k);
    dgm_event_type like = dgm_like(event->type);
    if (is_speech_act(event->type) || like == DGM_SANCTION || like == DGM_RETREAT)
        return st; /* "cancelled aid", "scrapped the ban": done */
    DGM_EACH_CHILD(k->info->tree, word, c)
    {
        if (c < event->trigger.first || c > event->trigger.last ||
            (frames_of_edge(k->w, k->i, c) & FRAME_OBJ) == 0)
            continue;
        const cue *ahead = row_ahead(k, word);
        const cue *row = ahead ? ahead : row_for(k->w, word_at(k, word), FRAME_OBJ, false);
        if (row && !row->light && row->affirmed.sign != SIGN_FACT) {
            walk_note(k, "operator", word, table_name(TABLE_OPERATORS), row->line);
            return state_applied(st, st.negated ? row->negated : row->affirmed);
        }
    }
    return st;
}

/* "decided not to withdraw": an event composed of an operator and its complement is not so where
 * the complement is not, unless the type has taken that in. A promise not to is a promise. */
static bool complement_is_negated(const walk *k)
{
    if (k->stop + 1 >= k->n_path || event_of(k)->negation_used)
        return false;
    uint32_t head = k->path[k->stop], word = k->path[k->stop + 1];
    uint32_t next = k->stop + 2 < k->n_path ? k->path[k->stop + 2] : 0;
    uint32_t frames = frames_of_edge(k->w, k->i, word) & FRAME_TO;
    const cue *row = row_for(k->w, word_at(k, head), frames, false);
    return row && row->affirmed.sign == SIGN_YES && negations_of(k, word, next) % 2 == 1;
}

static void set_status(const walk *k, dgm_event *event, state st)
{
    bool promise = is_promise(event);
    if (promise && st.condition == DGM_NONE)
        st.condition = condition_below(k, k->path[k->stop]);
    if (promise && st.condition != DGM_NONE &&
        (st.status == DGM_ACTUAL || st.status == DGM_INTENDED))
        st.status = DGM_CONDITIONAL;
    if (promise && st.status == DGM_ACTUAL)
        st.status = DGM_INTENDED;
    if (dgm_like(event->type) == DGM_REQUEST &&
        (st.status == DGM_ACTUAL || st.status == DGM_INTENDED))
        st.status = DGM_REQUESTED;
    /* A refusal made of "will not" is made now. */
    if (dgm_like(event->type) == DGM_REJECT && event->negation_used && st.status == DGM_INTENDED)
        st.status = DGM_ACTUAL;
    event->status = (dgm_factual_status)st.status;
    event->polarity = st.negated ? DGM_NEGATED : DGM_AFFIRMED;
    event->condition_event = DGM_NONE;
    if (st.condition != DGM_NONE)
        event->condition = k->w->conditions.at[st.condition].span;
}

/* Whether a "not" stands at a word of the event. */
static bool has_negation(const walk *k)
{
    for (uint32_t j = k->stop; j < k->n_path; j++)
        if (negations_of(k, k->path[j], j + 1 < k->n_path ? k->path[j + 1] : 0) % 2 == 1)
            return true;
    return false;
}

/* ---- events --------------------------------------------------------------------------------- */

/* Words between quotation marks whose speaker the tree does not show: those of the quotation. */
static bool push_quotation(walk *k)
{
    const work *w = k->w;
    uint32_t run = k->info->run[event_of(k)->trigger_word], chain[8], n = 0;
    if (run == DGM_NONE || w->runs.at[run].voice == DGM_NONE)
        return true;
    const voice *v = &w->voices.at[w->runs.at[run].voice];
    /* The cue's own word is nobody's quotation. */
    if (v->sentence == k->i && v->cue_word == event_of(k)->trigger_word)
        return true;
    for (uint32_t a = v->attribution; a != DGM_NONE && n < DGM_LEN(chain);
         a = w->doc->attributions_found.at[a].outer)
        chain[n++] = a;
    while (n > 0)
        if (!push_voice(k, chain[--n]))
            return false;
    return true;
}

/* To say "the deal is a mistake" is to criticise it: who performs a speech act by saying it does
 * not claim that it happened. Speakers whose state is guessed are not taken for its other voices:
 * "The authorities blamed a gang, officials said". */
static void drop_performer(dgm_document *doc, dgm_event *event)
{
    dgm_event_type like = dgm_like(event->type);
    bool by_saying = like == DGM_ACCUSE || like == DGM_SUPPORT || like == DGM_REJECT;
    if (!by_saying || event->attributions.n == 0 || event->polarity == DGM_NEGATED ||
        event->status == DGM_INTENDED) /* "announced that it would sue": not done by saying so */
        return;
    const dgm_attribution *a =
        &doc->attributions_found.at[event->attributions.at[event->attributions.n - 1]];
    if (a->speaker_entity == DGM_NONE || a->cue.sentence != event->trigger.sentence)
        return;
    bool guessed = doc->entities.at[a->speaker_entity].guessed;
    for (uint32_t i = 0; i < event->actors.n; i++)
        if (guessed ? event->actors.at[i].entity == a->speaker_entity
                    : dgm_is_same_voice(doc, event->actors.at[i].entity, a->speaker_entity)) {
            event->attributions.n--;
            return;
        }
}

static bool is_in_foreign_quotation(const walk *k)
{
    uint32_t run = k->info->run[event_of(k)->trigger_word];
    if (run == DGM_NONE || k->w->runs.at[run].voice == DGM_NONE)
        return false;
    return k->w->voices.at[k->w->runs.at[run].voice].sentence != k->i;
}

static bool set_event(work *w, uint32_t i_event)
{
    dgm_event *event = &w->doc->events.at[i_event];
    walk k = { .w = w, .i_event = i_event, .i = event->trigger.sentence };
    k.s = &w->doc->sentences.at[k.i];
    k.info = &w->info[k.i];
    event->condition_event = DGM_NONE;
    if (event->trigger_word == 0 || event->trigger_word > k.s->n_words || !find_path(&k))
        return true;
    event->negation_used = event->negation_used && has_negation(&k);
    state st = { false, DGM_ACTUAL, DGM_NONE };
    if (is_in_foreign_quotation(&k) && !push_quotation(&k))
        return false;
    for (uint32_t j = 0; j <= k.stop; j++) {
        uint32_t word = k.path[j], next = j < k.stop ? k.path[j + 1] : 0;
        if (!push_hanging(&k, &st, word, j + 1 < k.n_path ? k.path[j + 1] : 0))
            return false;
        state out = state_of_word(&k, st, word, next);
        k.in[j] = st;
        k.out[j] = out;
        if (next && !descend(&k, (edge) { st, out, word, next }, &st))
            return false;
        if (!next)
            st = with_own_operator(&k, out, word);
    }
    if (event_of(&k)->attributions.n == 0 && !push_quotation(&k))
        return false;
    st.negated ^= complement_is_negated(&k);
    set_status(&k, event_of(&k), st);
    drop_performer(w->doc, event_of(&k));
    return true;
}

/* The event inside a condition's own clause, if one is there. */
static void link_condition_events(work *w)
{
    for (uint32_t i = 0; i < w->doc->events.n; i++) {
        dgm_event *event = &w->doc->events.at[i];
        if (event->condition.first == 0)
            continue;
        for (uint32_t j = 0; j < w->doc->events.n && event->condition_event == DGM_NONE; j++) {
            const dgm_event *other = &w->doc->events.at[j];
            if (j != i && other->trigger.sentence == event->condition.sentence &&
                other->trigger_word >= event->condition.first &&
                other->trigger_word <= event->condition.last)
                event->condition_event = j;
        }
    }
}

bool factuality_set(work *w)
{
    for (uint32_t i = 0; i < w->doc->events.n; i++)
        if (!set_event(w, i))
            return false;
    link_condition_events(w);
    return true;
}
