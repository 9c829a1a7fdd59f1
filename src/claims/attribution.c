/* What is said: finds every attribution of a document, whether its content holds an event or not.
 *
 * An attribution is a cue ("said"), a source ("the minister") and a content (Pareti 2012 calls them
 * so). The tables say which relations of a cue's tree lead to content; sources.c finds who speaks,
 * spans.c the words. */
#include "claims/work.h"

/* ---- building ------------------------------------------------------------------------------- */

/* What is done "to say" or "to determine" something is not said yet; but whoever "went on
 * television to say that they fled" said so. */
static bool is_purpose(const work *w, const voice *v)
{
    const dgm_sentence *s = sentence_at(w, v->sentence);
    dgm_deprel r = s->words[v->cue_word].deprel;
    uint32_t m = dgm_marker_of(s->tree, v->cue_word);
    if ((r != DGM_REL_ADVCL && r != DGM_REL_ACL) || !m || !dgm_function_is(s->tree, m, DGM_FN_TO))
        return false;
    uint32_t verb = s->words[v->cue_word].head;
    if (r == DGM_REL_ACL && row_for(w, &s->words[verb], FRAME_TO, true))
        return true; /* "received orders to say so" */
    if (r == DGM_REL_ACL && s->words[verb].upos == DGM_NOUN)
        verb = s->words[verb].head;
    bool that = s->words[v->content].deprel == DGM_REL_CCOMP && dgm_marker_of(s->tree, v->content);
    return !that || s->words[verb].upos != DGM_VERB || !dgm_is_past(s->tree, verb);
}

/* "Nobody believes that": no voice at all. */
static bool is_nobody(const work *w, const voice *v)
{
    const dgm_tree *tree = w->info[v->sentence].tree;
    const dgm_word *source = &tree->s->words[v->source];
    uint32_t at;
    return (source->upos == DGM_PRON || source->upos == DGM_NOUN) && source->head == v->cue_word &&
           !has_entity(w, source->mention) && dgm_is_subject(source->deprel) &&
           dgm_negator_in(tree, v->cue_word, v->source, &at);
}

/* Videos show and figures indicate: what only shows something is no voice in the chain of an event,
 * unless somebody known stands behind it. */
static bool may_speak(const work *w, const voice *v)
{
    if (is_purpose(w, v) || is_nobody(w, v))
        return false;
    if (!v->row || v->row->kind != DGM_KIND_REPORT || (v->row->frames & (FRAME_QUOTE | FRAME_ING)))
        return true;
    return has_entity(w, mention_of_source(w, v->sentence, v->source));
}

/* The attribution of an earlier voice of the same cue: "accused B of arming and training rebels"
 * has one, with two contents. DGM_NONE: none. */
static uint32_t attribution_of_cue(const work *w, const voice *v, dgm_attribution_kind kind)
{
    for (uint32_t j = w->voices.n; j > 0; j--) {
        const voice *other = &w->voices.at[j - 1];
        if (other->sentence != v->sentence || other->cue_word != v->cue_word)
            break;
        if (other->source == v->source &&
            w->doc->attributions_found.at[other->attribution].kind == kind)
            return other->attribution;
    }
    return DGM_NONE;
}

/* The cue with its particle ("pointed out") or fixed part ("according to"). */
static dgm_span cue_span(const work *w, const voice *v)
{
    uint32_t first = v->cue_word, last = v->cue_word;
    uint32_t particle =
        child_of(w, v->sentence, last, DGM_REL_COMPOUND_PRT, DGM_REL_FIXED, DGM_REL_NONE);
    if (particle == last + 1)
        last = particle;
    return dgm_span_of(w->doc, v->sentence, first, last);
}

static uint32_t attribution_new(work *w, const voice *v, dgm_attribution_kind kind)
{
    dgm_document *doc = w->doc;
    dgm_attribution *a = dgm_push(doc->arena, &doc->attributions_found);
    if (!a)
        return DGM_NONE;
    a->kind = kind;
    a->outer = a->speaker_mention = a->speaker_entity = DGM_NONE;
    a->stated = !is_purpose(w, v);
    a->cue = cue_span(w, v);
    if (v->source) {
        a->source = source_span(w, v->sentence, v->source, v->cue_word);
        a->speaker_mention = mention_of_source(w, v->sentence, v->source);
        if (has_entity(w, a->speaker_mention))
            a->speaker_entity =
                doc->mention_entities.at[doc->mentions.at[a->speaker_mention].entities];
    }
    if (v->row)
        dgm_note(doc, "claims", v->sentence, DGM_NONE, "%s: `%.*s` (%s:%u)",
                 dgm_attribution_kind_name(kind),
                 DGM_FMT(sentence_at(w, v->sentence)->words[v->cue_word].form),
                 table_name((table)v->row->table), v->row->line);
    return doc->attributions_found.n - 1;
}

/* Adds a voice and, for the first one of its cue, an attribution. */
static bool voice_add(work *w, const voice *v, dgm_attribution_kind kind)
{
    uint32_t attribution = attribution_of_cue(w, v, kind);
    if (attribution == DGM_NONE)
        attribution = attribution_new(w, v, kind);
    voice *added = attribution == DGM_NONE ? NULL : dgm_push(w->doc->arena, &w->voices);
    if (!added)
        return false;
    *added = *v;
    added->attribution = attribution;
    added->heard = v->source != 0 && may_speak(w, v);
    return contents_of_voice(w, added);
}

static bool add_voice(work *w, voice v)
{
    v.source = source_of_cue(w, v.sentence, v.cue_word);
    /* "information indicating": what informs reports, whatever the verb. */
    const dgm_word *source = &sentence_at(w, v.sentence)->words[v.source];
    const cue *noun =
        v.source && source->upos == DGM_NOUN ? row_for(w, source, FRAME_THAT, true) : NULL;
    dgm_attribution_kind kind = noun && noun->kind == DGM_KIND_REPORT && v.row->kind == DGM_KIND_SAY
                                    ? DGM_KIND_REPORT
                                    : v.row->kind;
    return voice_add(w, &v, kind);
}

/* The voice of a cue that says `content` as its row has it. */
static bool add_content(work *w, uint32_t i, uint32_t cue_word, uint32_t content, const cue *row)
{
    return add_voice(
        w, (voice) { .sentence = i, .cue_word = cue_word, .content = content, .row = row });
}

static bool voices_on_object(work *w, uint32_t i, uint32_t cue_word, uint32_t object)
{
    DGM_EACH_CHILD(w->info[i].tree, object, k)
    {
        const cue *row = row_of_object_child(w, i, cue_word, k);
        if (row && !add_content(w, i, cue_word, k, row))
            return false;
    }
    return true;
}

static bool voices_of_seen(work *w, uint32_t i, uint32_t cue_word, uint32_t object)
{
    const dgm_sentence *s = sentence_at(w, i);
    const cue *row = row_for(w, &s->words[cue_word], FRAME_ING | FRAME_OBJING, true);
    if (!row || row->kind != DGM_KIND_REPORT)
        return true;
    for (uint32_t k = object + 1; k <= s->n_words; k++)
        if (is_seen(w, i, cue_word, object, k) && !add_content(w, i, cue_word, k, row))
            return false;
    return true;
}

static bool voices_beside_accusation(work *w, uint32_t i, uint32_t cue_word, uint32_t object)
{
    const dgm_word *word = &sentence_at(w, i)->words[cue_word];
    const cue *row = row_for(w, word, FRAME_OF, true);
    if (!row || row->kind != DGM_KIND_ACCUSE || dgm_is_gerund(word))
        return true;
    DGM_EACH_CHILD(w->info[i].tree, cue_word, k)
    if (k > object && is_more_accused(w, i, k) && !add_content(w, i, cue_word, k, row))
        return false;
    return true;
}

/* What the parser hung elsewhere than on the cue. */
static bool voices_of_misattached(work *w, uint32_t i, uint32_t cue_word)
{
    uint32_t object = child_of(w, i, cue_word, DGM_REL_OBJ, DGM_REL_NSUBJ_PASS, DGM_REL_IOBJ);
    return !object ||
           (voices_on_object(w, i, cue_word, object) && voices_of_seen(w, i, cue_word, object) &&
            voices_beside_accusation(w, i, cue_word, object));
}

static bool says(const work *w, uint32_t i, uint32_t cue_word, uint32_t content)
{
    for (uint32_t j = w->info[i].voices; j < w->voices.n; j++)
        if (w->voices.at[j].cue_word == cue_word && w->voices.at[j].content == content)
            return true;
    return false;
}

/* "Blamed for the attack, the group denied it": a participle of what the subject went through;
 * "Should it fail, Senegal will recall its envoy": a condition. */
static bool is_set_before(const dgm_sentence *s, uint32_t k)
{
    if (s->words[k].deprel != DGM_REL_ADVCL)
        return false;
    DGM_EACH_CHILD(s->tree, k, c)
    if (s->words[c].deprel == DGM_REL_AUXREL && dgm_is_inverted(s->tree, c))
        return true;
    return dgm_is_past_participle(&s->words[k]) && !dgm_is_finite(s->tree, k) &&
           !dgm_subject_of(s->tree, k, DGM_NEAREST);
}

/* "A did B, C said.": whatever stands before the comma is what C said, however the parser hung it
 * on the verb. */
static bool voices_of_tail(work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const cue *row = row_for(w, &s->words[cue_word], FRAME_THAT | FRAME_QUOTE, true);
    uint32_t subject = subject_of_cue(w, i, cue_word), comma = cue_word;
    if (!row || !subject || subject > cue_word || !dgm_is_finite(s->tree, cue_word) ||
        s->words[cue_word].deprel != DGM_REL_ROOT || has_complement_after(w, i, cue_word))
        return true;
    while (comma > 1 && !(comma < subject && word_is(&s->words[comma], ",")))
        comma--;
    for (uint32_t k = s->tree->first_child[cue_word]; k && k < comma; k = s->tree->next_child[k]) {
        bool clause = s->words[k].upos == DGM_VERB || dgm_is_subject(s->words[k].deprel);
        if (clause && k != subject && !is_set_before(s, k) && !says(w, i, cue_word, k) &&
            !dgm_marker_of(s->tree, k) && !add_content(w, i, cue_word, k, row))
            return false;
    }
    return true;
}

/* "A did B, C said on Monday, and D did E": what goes on with a subject of its own, who is not the
 * speaker and does not speak either, is on C's word as well. */
static bool voices_after_tail(work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const cue *row = row_for(w, &s->words[cue_word], FRAME_THAT, true);
    uint32_t said = child_of(w, i, cue_word, DGM_REL_CCOMP, DGM_REL_PARATAXIS, DGM_REL_NONE);
    uint32_t speaker = subject_of_cue(w, i, cue_word);
    if (!row || row->kind != DGM_KIND_SAY || !speaker || !said || said > speaker ||
        has_complement_after(w, i, cue_word))
        return true;
    DGM_EACH_CHILD(s->tree, cue_word, k)
    {
        uint32_t subject = subject_of_cue(w, i, k);
        if (k > cue_word && s->words[k].deprel == DGM_REL_CONJ && s->words[k].upos == DGM_VERB &&
            subject > cue_word && s->words[subject].upos != DGM_PRON &&
            !row_for(w, &s->words[k], FRAME_THAT | FRAME_QUOTE, true) && !says(w, i, cue_word, k) &&
            !add_content(w, i, cue_word, k, row))
            return false;
    }
    return true;
}

static bool voices_of_denial(work *w, uint32_t i, uint32_t verb)
{
    DGM_EACH_CHILD(w->info[i].tree, verb, k)
    {
        const cue *row = row_of_denial(w, i, verb, k);
        uint32_t content = row && source_of_noun(w, i, k) == 0 ? content_of_noun(w, i, k) : 0;
        if (content && !add_content(w, i, verb, content, row))
            return false;
    }
    return true;
}

static bool voices_of_cue(work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t before = w->voices.n;
    if (s->words[cue_word].upos == DGM_NOUN &&
        row_of_denial(w, i, s->words[cue_word].head, cue_word) && !source_of_noun(w, i, cue_word))
        return true; /* the verb's own voice has it */
    if (!voices_of_denial(w, i, cue_word))
        return false;
    DGM_EACH_CHILD(info->tree, cue_word, k)
    {
        const cue *row = row_of_content(w, i, cue_word, k);
        if (row && !add_content(w, i, cue_word, k, row))
            return false;
    }
    if (!voices_of_misattached(w, i, cue_word) || !voices_of_tail(w, i, cue_word) ||
        !voices_after_tail(w, i, cue_word))
        return false;
    if (w->voices.n > before || s->words[cue_word].upos != DGM_VERB)
        return true;
    const cue *row = row_for(w, &s->words[cue_word], FRAME_THAT | FRAME_QUOTE, true);
    if (!row)
        return true;
    voice v = { .sentence = i, .cue_word = cue_word, .row = row };
    v.content = v.below = content_around(w, i, cue_word);
    if (v.content) {
        v.below = cue_word;
        return add_voice(w, v);
    }
    v.content = content_above(w, i, cue_word);
    if (v.content) {
        uint32_t quotes = claims_quoting_verb(w, i, cue_word);
        v.below = quotes && quotes != v.content ? quotes : cue_word;
        v.content = raised_content(w, i, v.content, v.below);
    } else
        v.content = row->kind == DGM_KIND_DENY ? 0 : quoted_child(w, i, cue_word);
    return v.content == 0 || add_voice(w, v);
}

/* ---- what is spoken of -------------------------------------------------------------------- */

static bool has_voice(const work *w, uint32_t i, uint32_t cue_word)
{
    for (uint32_t j = w->voices.n; j > w->info[i].voices; j--)
        if (w->voices.at[j - 1].cue_word == cue_word)
            return true;
    return false;
}

/* A thing, not a listener, and no more than a word that stands for what was said before. */
static bool is_topic(const work *w, uint32_t i, uint32_t k)
{
    const dgm_word *word = &sentence_at(w, i)->words[k];
    if (word->upos == DGM_PRON || word->upos == DGM_DET)
        return dgm_function_is(w->info[i].tree, k, DGM_FN_THING);
    return (word->upos == DGM_NOUN || word->upos == DGM_PROPN || word->upos == DGM_ADJ) &&
           !has_entity(w, word->mention);
}

/* How a noun hangs on a word that speaks of it. */
static uint32_t frames_of_topic(const work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    dgm_deprel r = s->words[k].deprel;
    bool passive = dgm_is_passive(w->info[i].tree, s->words[k].head);
    if (r == DGM_REL_OBJ || (r == DGM_REL_NSUBJ_PASS && passive))
        return FRAME_OBJ | FRAME_TOPIC | FRAME_SPEECH;
    r = dgm_deprel_main(r);
    if (r != DGM_REL_OBL && r != DGM_REL_NMOD)
        return 0;
    /* "is committed to", "described as" */
    return frames_of_edge(w, i, k) & ~(uint32_t)(FRAME_AS | (passive ? FRAME_TO : 0));
}

/* "demanded higher pay", "denied the accusations", "reports of looting": nouns that tell no event's
 * fate, so that no voice comes of them, but an attribution does. */
static bool topics_of_cue(work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    voice v = { .sentence = i, .cue_word = cue_word, .attribution = DGM_NONE };
    if (has_voice(w, i, cue_word))
        return true;
    DGM_EACH_CHILD(w->info[i].tree, cue_word, k)
    {
        uint32_t frames = is_topic(w, i, k) ? frames_of_topic(w, i, k) : 0;
        v.row = row_for(w, &s->words[cue_word], frames, true);
        if (!v.row)
            continue;
        v.content = k;
        if (v.attribution == DGM_NONE) {
            v.source = source_of_cue(w, i, cue_word);
            v.attribution = attribution_new(w, &v, v.row->kind);
        }
        if (v.attribution == DGM_NONE || !contents_of_voice(w, &v))
            return false;
    }
    return true;
}

/* "according to X": X hangs on what is said with "according" as its case word. */
static bool voice_of_according(work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    if (k >= s->n_words || !dgm_function_is(s->tree, k + 1, DGM_FN_TO))
        return true;
    voice v = { .sentence = i, .cue_word = k };
    v.source = s->words[k].head;
    v.below = v.source;
    if (s->words[k].deprel != DGM_REL_CASE) {
        v.source = child_of(w, i, k, DGM_REL_OBL, DGM_REL_NMOD, DGM_REL_XCOMP);
        v.below = k;
    }
    if (v.source == 0 || v.below == 0)
        return true;
    v.content = s->words[v.below].head;
    if (v.content)
        v.content = raised_content(w, i, v.content, v.below);
    return v.content == 0 || voice_add(w, &v, DGM_KIND_SAY);
}

/* "in the opinion of X", "in X's words": the noun hangs in an adjunct of what is said. */
static bool voice_of_adjunct(work *w, uint32_t i, uint32_t noun)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[noun];
    const cue *row = row_for(w, word, FRAME_ADJUNCT, true);
    uint32_t m = child_of(w, i, noun, DGM_REL_CASE, DGM_REL_NONE, DGM_REL_NONE);
    voice v = { .sentence = i, .cue_word = noun, .content = word->head, .below = noun, .row = row };
    if (!row || dgm_deprel_main(word->deprel) != DGM_REL_OBL || !m || !word->head ||
        !dgm_function_is(s->tree, m, DGM_FN_MANNER) ||
        row_for(w, &s->words[word->head], FRAME_THAT | FRAME_QUOTE, true))
        return true;
    v.source = source_of_noun(w, i, noun);
    for (uint32_t k = w->info[i].tree->first_child[noun]; k && !v.source;
         k = w->info[i].tree->next_child[k]) {
        uint32_t of = child_of(w, i, k, DGM_REL_CASE, DGM_REL_NONE, DGM_REL_NONE);
        if (s->words[k].deprel == DGM_REL_NMOD && of && dgm_function_is(s->tree, of, DGM_FN_OF))
            v.source = k;
    }
    return v.source == 0 || voice_add(w, &v, row->kind);
}

/* "reportedly", "the alleged attack", "the so-called caliphate": said by somebody whom nobody
 * names. What it does to an event is the business of the table of hedges. */
static bool voice_of_hearsay(work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[k];
    const cue *row = cue_of_form(w->claims, word);
    while (row && !(row->table == TABLE_HEDGES && row->hearsay &&
                    row->amod == (word->deprel == DGM_REL_AMOD)))
        row = cue_next(w->claims, row);
    bool so_called = dgm_function_is(s->tree, k, DGM_FN_CALLED) && word->deprel == DGM_REL_AMOD &&
                     k > 2 && dgm_function_is(s->tree, k - 2, DGM_FN_SO);
    if ((!row && !so_called) || !word->head ||
        (word->deprel != DGM_REL_AMOD && word->deprel != DGM_REL_ADVMOD))
        return true;
    voice v = { .sentence = i, .cue_word = k, .content = word->head, .below = k };
    return voice_add(w, &v, row ? row->kind : DGM_KIND_SAY);
}

/* ---- what lies in what ---------------------------------------------------------------------- */

/* The innermost voice that a cue lies in. */
static uint32_t enclosing(const work *w, const voice *inner)
{
    const dgm_sentence *s = sentence_at(w, inner->sentence);
    const sentence_info *info = &w->info[inner->sentence];
    uint32_t child = inner->cue_word;
    for (uint32_t step = 0; step <= s->n_words && child; step++) {
        for (uint32_t j = info->voices; j < info->voices + info->n_voices; j++) {
            const voice *v = &w->voices.at[j];
            if (v == inner || v->attribution == inner->attribution ||
                v->cue_word == inner->cue_word)
                continue;
            bool on_edge = !v->below && v->content == child;
            bool around = v->below && v->content == s->words[child].head && v->below != child &&
                          inner->below == 0;
            if (v->heard && (on_edge || around))
                return v->attribution;
        }
        child = head_of(w, inner->sentence, child);
    }
    return DGM_NONE;
}

/* Those of one word: a verb or noun of speech, "according", "reportedly". */
static bool voices_at(work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    dgm_upos upos = s->words[k].upos;
    if (dgm_function_is(s->tree, k, DGM_FN_ACCORDING))
        return voice_of_according(w, i, k);
    if (!voice_of_hearsay(w, i, k) || (upos == DGM_NOUN && !voice_of_adjunct(w, i, k)))
        return false;
    bool may_be_cue = upos == DGM_VERB || upos == DGM_NOUN || upos == DGM_ADJ;
    return !may_be_cue || (voices_of_cue(w, i, k) && topics_of_cue(w, i, k));
}

bool voices_find(work *w)
{
    for (uint32_t i = 0; i < w->doc->sentences.n; i++) {
        w->info[i].voices = w->voices.n;
        for (uint32_t k = 1; k <= sentence_at(w, i)->n_words; k++)
            if (!voices_at(w, i, k))
                return false;
        voice at_colon;
        if ((headline_voice(w, i, &at_colon) || claims_behind_colon(w, i, &at_colon)) &&
            !voice_add(w, &at_colon, DGM_KIND_SAY))
            return false;
        w->info[i].n_voices = w->voices.n - w->info[i].voices;
        for (uint32_t j = 0; j < w->info[i].n_voices; j++) {
            voice *v = &w->voices.at[w->info[i].voices + j];
            w->doc->attributions_found.at[v->attribution].outer = enclosing(w, v);
        }
    }
    quotes_give_voices(w);
    return contents_of_quotations(w);
}
