/* The judge at work: every word that may carry an event is weighed, then whose the events are, and
 * the document's events are written anew. */
#include "judge/court.h"

#include <math.h>
#include <stdlib.h>

dgm_status dgm_judge_load(const char *tables_dir, dgm_complaints *complaints, dgm_judge **out,
                          dgm_err *err)
{
    *out = NULL;
    dgm_judge *judge = calloc(1, sizeof(*judge));
    if (!judge)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the judge");
    dgm_status status = dgm_linear_load(tables_dir, "model/judge.tsv", judge_types, N_TYPES,
                                        complaints, &judge->types, err);
    if (status == DGM_OK)
        status = dgm_perceptron_load(tables_dir, "model/perceptron.tsv", &judge_inputs, judge_types,
                                     N_TYPES, complaints, &judge->kin, err);
    if (status == DGM_OK)
        status = dgm_linear_load(tables_dir, "model/sides.tsv", judge_roles, 2, complaints,
                                 &judge->sides, err);
    if (status == DGM_OK)
        status = dgm_linear_load(tables_dir, "model/parties.tsv", judge_roles, 2, complaints,
                                 &judge->parties, err);
    if (status == DGM_OK)
        status = connotation_load(tables_dir, complaints, &judge->tone, err);
    if (status == DGM_OK && (judge->types || judge->sides))
        *out = judge;
    else
        dgm_judge_free(judge);
    return status;
}

void dgm_judge_free(dgm_judge *judge)
{
    if (!judge)
        return;
    dgm_linear_free(judge->types);
    dgm_perceptron_free(judge->kin);
    dgm_linear_free(judge->sides);
    dgm_linear_free(judge->parties);
    connotation_free(judge->tone);
    free(judge);
}

/* "Japan accused China of spying, an allegation that ...": the noun is for what was told before it,
 * and no second accusation. */
static bool is_for_told(const court *c, const dgm_sentence *s, uint32_t word)
{
    uint32_t det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    if (s->words[word].upos != DGM_NOUN || s->words[word].deprel != DGM_REL_APPOS || det < 2 ||
        !dgm_function_is(s->tree, det, DGM_FN_A) ||
        !dgm_view_eq(s->words[det - 1].form, DGM_VIEW(",")))
        return false;
    dgm_habit habit = { .most = DGM_EVENT_NONE };
    dgm_events_habit(c->sight.events, s->tree->lemmas[word], true, &habit);
    for (uint32_t w = 1; w < det && habit.most != DGM_EVENT_NONE; w++) {
        const dgm_event *e = dgm_event_of(c->sight.doc, &s->words[w]);
        if (e && dgm_like(e->type) == habit.most)
            return true;
    }
    return false;
}

/* "Issues a warrant": a noun that the rules read together with its verb, and have nothing for by
 * itself, tells what the verb tells. But what is condemned or refused is a deed of its own. */
static bool is_told_by_verb(const court *c, const dgm_sentence *s, uint32_t word)
{
    const dgm_event *e = dgm_event_of(c->sight.doc, &s->words[s->words[word].head]);
    dgm_event_type like = e ? dgm_like(e->type) : DGM_EVENT_NONE;
    if (!e || s->words[word].upos != DGM_NOUN || s->words[word].deprel != DGM_REL_OBJ ||
        like == DGM_ACCUSE || like == DGM_REJECT || word > e->trigger.last ||
        word < e->trigger.first)
        return false;
    dgm_habit habit = { .most = DGM_EVENT_NONE };
    dgm_events_habit(c->sight.events, s->tree->lemmas[word], true, &habit);
    return habit.most == DGM_EVENT_NONE;
}

/* "Claimed responsibility for the attack", told of before: what a verb that rules silence says of
 * it is no second one. */
static bool is_only_claimed(const court *c, const dgm_sentence *s, uint32_t word)
{
    const dgm_word *words = s->words;
    uint32_t of = words[word].head, det = dgm_child_of(s->tree, word, DGM_REL_DETREL);
    bool below = words[word].deprel == DGM_REL_NMOD && words[of].deprel == DGM_REL_OBJ;
    uint32_t verb = below ? words[of].head : of;
    if (words[word].upos != DGM_NOUN || !(below || words[word].deprel == DGM_REL_OBL) || !verb ||
        !det || !words[verb].no_event || dgm_child_of(s->tree, word, DGM_REL_NMOD) ||
        !(dgm_function_is(s->tree, det, DGM_FN_THE) ||
          dgm_function_is(s->tree, det, DGM_FN_POINTING)))
        return false;
    const verdict *last = c->verdicts.n ? &c->verdicts.at[c->verdicts.n - 1] : NULL;
    return last && dgm_events_quad(c->sight.events, last->at.type) == DGM_QUAD_MATERIAL_CONFLICT;
}

/* "Music should bring them together": nobody is asked to do what a thing does to somebody, and no
 * more is said by it; neither the verb nor "should" asks. But "sanctions should be lifted", "talks
 * should begin". */
static bool is_done_by_thing(const court *c, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = sentence_at(&c->sight, i_sentence);
    uint32_t verb = s->words[word].upos == DGM_AUX ? s->words[word].head : word;
    uint32_t subject = dgm_child_of(s->tree, verb, DGM_REL_NSUBJ);
    uint32_t aux = dgm_child_of(s->tree, verb, DGM_REL_AUXREL);
    return subject && s->words[subject].upos == DGM_NOUN &&
           dgm_child_of(s->tree, verb, DGM_REL_OBJ) && aux &&
           (dgm_function_is(s->tree, aux, DGM_FN_SHOULD) ||
            dgm_function_is(s->tree, aux, DGM_FN_MUST)) &&
           judge_entity_of(&c->sight, i_sentence, subject) == DGM_NONE &&
           !dgm_event_of(c->sight.doc, &s->words[subject]);
}

/* Every event of the rules and, where types are judged, every word that may carry one. A sentence
 * that is longer than any in a text (segment.h forces an end) is left to the rules: each word would
 * be weighed by all others. */
static bool weigh_sentence(court *c, uint32_t i_sentence)
{
    enum { LONGEST = 1000 };
    dgm_document *doc = c->sight.doc;
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    bool too_long = s->n_words > LONGEST;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        const dgm_event *e = dgm_event_of(doc, &s->words[w]);
        bool asked =
            e && e->judging == DGM_JUDGING_ALL && dgm_like(e->type) == DGM_REQUEST &&
            !dgm_view_starts(dgm_view_of(e->cameo), DGM_VIEW("105")); /* things do not yield */
        if ((!e || asked) && is_done_by_thing(c, i_sentence, w))
            continue;
        bool mere_voice = w > c->sight.sentences[i_sentence].n_told;
        if (!e && (too_long || mere_voice || s->words[w].no_event ||
                   !((c->what & DGM_JUDGE_TYPES) && judge_can_carry(&s->words[w])) ||
                   is_for_told(c, s, w) || is_told_by_verb(c, s, w) || is_only_claimed(c, s, w)))
            continue;
        verdict v = { .at = { .sentence = i_sentence, .word = w, .event = s->words[w].event },
                      .type_likelihood = 1,
                      .sides_likelihood = 1,
                      .content = e && e->content_of != DGM_NONE };
        v.rule_type = v.at.type = e ? e->type : DGM_EVENT_NONE;
        v.judging = too_long ? DGM_JUDGING_NONE : e ? e->judging : DGM_JUDGING_ALL;
        if (!judge_weigh(c, &v))
            return false;
        verdict *kept = e || v.kept ? dgm_push(doc->arena, &c->verdicts) : NULL;
        if (kept)
            *kept = v;
        else if (e || v.kept)
            return false;
    }
    return true;
}

/* ---- writing -------------------------------------------------------------------------------- */

static void note_verdict(court *c, const verdict *v, uint32_t i_event)
{
    dgm_document *doc = c->sight.doc;
    const dgm_sentence *s = sentence_at(&c->sight, v->at.sentence);
    if (v->judging == DGM_JUDGING_NONE) {
        dgm_note(doc, "judge", v->at.sentence, i_event,
                 "%s is left as the codebook's own rule has it",
                 dgm_type_name(doc->types, v->at.type));
        return;
    }
    dgm_note(doc, "judge", v->at.sentence, i_event,
             "%s at \"%.*s\": %s, type %.2f, sides %.2f; by %.*s",
             dgm_type_name(doc->types, v->at.type), DGM_FMT(s->words[v->at.word].form),
             v->told                      ? "dropped, told by another word"
             : !v->kept                   ? "dropped"
             : !v->rule_type              ? "added"
             : v->rule_type != v->at.type ? "changed"
                                          : "kept",
             v->type_likelihood, v->sides_likelihood, DGM_FMT(v->type_reasons));
    for (uint32_t role = 0; role < 2 && v->kept; role++)
        if (v->side_reasons[role].n)
            dgm_note(doc, "judge", v->at.sentence, i_event, "likeliest %s: %.*s", judge_roles[role],
                     DGM_FMT(v->side_reasons[role]));
}

/* "We never gave permission": where what the rules found is denied, and therefore a refusal, the
 * refusal is not denied. */
static bool is_refused(const court *c, const verdict *v)
{
    int quad = v->rule_type ? dgm_events_quad(c->sight.events, v->rule_type) : 0;
    return dgm_like(v->at.type) == DGM_REJECT &&
           (quad == DGM_QUAD_VERBAL_COOPERATION || quad == DGM_QUAD_MATERIAL_COOPERATION) &&
           dgm_is_denied(c->sight.sentences[v->at.sentence].tree, v->at.word);
}

static bool write_event(court *c, const verdict *v, dgm_event *out)
{
    dgm_document *doc = c->sight.doc;
    if (v->at.event != DGM_NONE) {
        *out = doc->events.at[v->at.event];
    } else {
        *out = (dgm_event) { .trigger_word = v->at.word,
                             .trigger = dgm_span_of(doc, v->at.sentence, v->at.word, v->at.word),
                             .condition_event = DGM_NONE,
                             .content_of = DGM_NONE,
                             .confidence = (double)NAN,
                             .rule = DGM_VIEW("judge") };
    }
    if (v->at.event == DGM_NONE || v->rule_type != v->at.type) {
        bool used = out->negation_used;
        dgm_events_retype(c->sight.events, doc, v->at.type, out);
        out->negation_used = ((used || out->negation_used) && v->made_of_not) || is_refused(c, v);
    }
    if (v->judging == DGM_JUDGING_NONE)
        return true;
    if (c->what & DGM_JUDGE_TYPES) {
        out->judged = v->type_likelihood * v->sides_likelihood;
        out->rule_type = v->rule_type;
    }
    return !(c->what & DGM_JUDGE_SIDES) ||
           judge_give_sides(&c->sight, c->judge->parties, &c->features, out, &v->at, &v->ranking,
                            v->actors, v->recipients);
}

/* The first n_notes follow their events; those of an event that is dropped are the sentence's. */
static void move_notes(dgm_document *doc, uint32_t n_notes, const uint32_t *index)
{
    for (uint32_t i = 0; i < n_notes; i++)
        if (doc->notes.at[i].event != DGM_NONE)
            doc->notes.at[i].event = index[doc->notes.at[i].event];
}

/* The document's events anew, in the order of their words; links follow. */
static bool write_events(court *c)
{
    dgm_document *doc = c->sight.doc;
    uint32_t n_old = doc->events.n, n_notes = doc->notes.n, n = 0;
    uint32_t *index = DGM_NEW(doc->arena, uint32_t, (size_t)n_old + 1);
    dgm_event *out = DGM_NEW(doc->arena, dgm_event, (size_t)c->verdicts.n + 1);
    if (!index || !out)
        return false;
    for (uint32_t i = 0; i < n_old; i++) {
        const dgm_event *e = &doc->events.at[i];
        doc->sentences.at[e->trigger.sentence].words[e->trigger_word].event = DGM_NONE;
        index[i] = DGM_NONE;
    }
    for (uint32_t i = 0; i < c->verdicts.n; i++) {
        const verdict *v = &c->verdicts.at[i];
        if (doc->explain)
            note_verdict(c, v, v->kept ? n : DGM_NONE);
        if (!v->kept)
            continue;
        if (!write_event(c, v, &out[n]))
            return false;
        if (v->at.event != DGM_NONE)
            index[v->at.event] = n;
        doc->sentences.at[v->at.sentence].words[v->at.word].event = n++;
    }
    for (uint32_t i = 0; i < n; i++)
        if (out[i].content_of != DGM_NONE)
            out[i].content_of = index[out[i].content_of];
    move_notes(doc, n_notes, index);
    doc->events.at = out;
    doc->events.n = n;
    doc->events.cap = c->verdicts.n + 1;
    return true;
}

dgm_status dgm_judge_events(const dgm_judge *judge, const dgm_model *model,
                            const dgm_events *events, dgm_document *doc, unsigned what,
                            dgm_err *err)
{
    court c = { .judge = judge, .what = what, .topic_of = DGM_NONE };
    if (!judge->types)
        c.what &= ~(unsigned)DGM_JUDGE_TYPES;
    if (!judge->sides)
        c.what &= ~(unsigned)DGM_JUDGE_SIDES;
    if (!c.what)
        return DGM_OK;
    bool good = sight_build(&c.sight, model, events, judge->tone, doc) &&
                (!doc->explain || dgm_features_name(&c.features, doc->arena));
    for (uint32_t i = 0; good && i < doc->sentences.n; i++)
        good = !dgm_stopped(doc) && weigh_sentence(&c, i);
    good = good && judge_drop_told(&c) && !dgm_stopped(doc) && write_events(&c);
    return good ? dgm_events_settle(events, doc, err)
                : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the judge");
}
