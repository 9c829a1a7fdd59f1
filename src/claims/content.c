/* Where in the tree the content of a cue stands, whether it hangs on the cue, the cue on it, or the
 * parser hung it elsewhere. Questions only: attribution.c makes voices of the answers. */
#include "claims/work.h"

enum { MAX_STEPS = 64, MAX_SHARE = 8 };

/* "claimed responsibility for the attack": an object with an event in it, of a verb that names no
 * listener as its object. */
static bool is_claimed_object(const work *w, uint32_t i, uint32_t child)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *verb = &s->words[s->words[child].head];
    if (s->words[child].deprel != DGM_REL_OBJ ||
        (!lemma_is(verb, "claim") && !lemma_is(verb, "say")))
        return false;
    uint32_t first, last;
    dgm_branch_of(s->tree, child, &first, &last);
    for (uint32_t k = first; k <= last; k++)
        if (s->words[k].event != DGM_NONE)
            return true;
    return false;
}

/* "denied any role in the attack", "admitted involvement in the raid": a noun that says how its
 * owner is in an event, and the event. */
static bool is_share(const work *w, uint32_t i, uint32_t child)
{
    const dgm_sentence *s = sentence_at(w, i);
    if (s->words[child].deprel != DGM_REL_OBJ || s->words[child].upos != DGM_NOUN)
        return false;
    for (uint32_t k = child + 1; k <= s->n_words && k <= child + MAX_SHARE; k++) {
        if (s->words[k].event == DGM_NONE || head_of(w, i, k) != child)
            continue;
        const cue *row = row_for(w, &s->words[child], frames_of_edge(w, i, k), false);
        if (row && row->affirmed.sign == SIGN_YES && row->negated.sign == SIGN_NO)
            return true;
    }
    return false;
}

/* A noun is content only where it is an event ("denied the attack"), a share in one or a quotation;
 * what is denied of a speech act ("denied the accusation") is not the act itself. */
static bool is_content_noun(const work *w, uint32_t i, uint32_t child, const cue *row)
{
    const dgm_word *word = &sentence_at(w, i)->words[child];
    const uint32_t *run = w->info[i].run;
    uint32_t m = dgm_marker_of(w->info[i].tree, child);
    if ((row->frames & FRAME_AS) && m && dgm_function_is(w->info[i].tree, m, DGM_FN_AS))
        return true; /* "described them as rebels who had ..." */
    if ((row->frames & FRAME_OBJ) && is_share(w, i, child))
        return true;
    if (word->event == DGM_NONE)
        return run[child] != DGM_NONE && run[child] != run[word->head] &&
               (row->frames & (FRAME_QUOTE | FRAME_PRED));
    const dgm_event *event = &w->doc->events.at[word->event];
    return row->kind != DGM_KIND_DENY || !is_speech_act(event->type);
}

/* A verb of speech that has no clause of its own: "..., he said" and not a list of clauses. */
static bool is_bare_cue(const work *w, uint32_t i, uint32_t word)
{
    const cue *row = row_for(w, &sentence_at(w, i)->words[word], FRAME_THAT | FRAME_QUOTE, true);
    return row && row->pos == DGM_VERB && subject_of_cue(w, i, word) &&
           !child_of(w, i, word, DGM_REL_CCOMP, DGM_REL_PARATAXIS, DGM_REL_NONE);
}

static bool is_nominal_edge(dgm_deprel deprel)
{
    dgm_deprel r = dgm_deprel_main(deprel);
    return r == DGM_REL_OBJ || r == DGM_REL_NSUBJ || r == DGM_REL_OBL || r == DGM_REL_NMOD ||
           r == DGM_REL_COMPOUND;
}

/* ", whose mayor had asked", ", where he begged": what a relative word opens adds to its noun and
 * says nothing of what stands before. */
static bool is_opened_by_relative(const dgm_sentence *s, uint32_t first, uint32_t cue_word)
{
    for (uint32_t k = first; k < cue_word; k++) {
        uint32_t over = s->words[k].head;
        bool own = over == cue_word || (over && s->words[over].head == cue_word);
        if (own && claims_is_wh_word(&s->words[k]))
            return true;
    }
    return false;
}

/* ", he said." at the sentence's end, which parsers also take for a conjunct or an adverbial. */
static bool ends_sentence(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t subject = subject_of_cue(w, i, cue_word), first, last;
    dgm_deprel r = s->words[cue_word].deprel;
    bool odd = r == DGM_REL_CONJ || r == DGM_REL_ADVCL || r == DGM_REL_DEP || r == DGM_REL_CCOMP ||
               ((r == DGM_REL_ACL || r == DGM_REL_ACL_RELCL || r == DGM_REL_APPOS) && subject &&
                !dgm_has_feat(&s->words[subject], DGM_VIEW("PronType=Rel")));
    if (!odd || !subject || !row_for(w, &s->words[cue_word], FRAME_THAT | FRAME_QUOTE, true) ||
        !dgm_is_finite(w->info[i].tree, cue_word))
        return false;
    DGM_EACH_CHILD(info->tree, cue_word, k)
    if (s->words[k].deprel == DGM_REL_CC || s->words[k].deprel == DGM_REL_OBJ ||
        (k > cue_word && s->words[k].deprel == DGM_REL_XCOMP))
        return false;
    dgm_branch_of(s->tree, cue_word, &first, &last);
    if (is_opened_by_relative(s, first, cue_word))
        return false;
    for (uint32_t k = last + 1; k <= s->n_words; k++)
        if (!is_punct(s, k))
            return false;
    bool apart = first > 1 && is_punct(s, first - 1);
    for (uint32_t k = first; k < subject; k++)
        apart |= is_punct(s, k);
    return apart;
}

/* Whether words may follow such a verb as a sentence of their own: 'He said: "We will fight."' */
static bool tells(dgm_attribution_kind kind)
{
    return kind == DGM_KIND_SAY || kind == DGM_KIND_CLAIM || kind == DGM_KIND_REPORT ||
           kind == DGM_KIND_ACCUSE;
}

/* 'called the vote | "a plot to oust him"', parsed as a second object. */
static bool is_second_object(const work *w, uint32_t i, uint32_t cue_word, uint32_t child)
{
    const uint32_t *run = w->info[i].run;
    uint32_t first = child_of(w, i, cue_word, DGM_REL_OBJ, DGM_REL_NONE, DGM_REL_NONE);
    return sentence_at(w, i)->words[child].deprel == DGM_REL_OBJ && first && first < child &&
           run[child] != DGM_NONE && run[cue_word] == DGM_NONE && run[first] == DGM_NONE;
}

const cue *row_of_content(const work *w, uint32_t i, uint32_t cue_word, uint32_t child)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[child];
    if (is_second_object(w, i, cue_word, child))
        return row_for(w, &s->words[cue_word], FRAME_PRED, true);
    const cue *row = row_for(w, &s->words[cue_word], frames_of_edge(w, i, child), true);
    if (!row && is_claimed_object(w, i, child))
        return row_for(w, &s->words[cue_word], FRAME_THAT, true);
    if (!row && word->deprel == DGM_REL_CCOMP && s->words[cue_word].upos == DGM_NOUN &&
        (subject_of_cue(w, i, cue_word) ||
         dgm_view_starts(s->words[cue_word].xpos, DGM_VIEW("VB")))) {
        dgm_word verb = s->words[cue_word]; /* "Analysts doubt that", tagged as a noun */
        verb.upos = DGM_VERB;
        row = row_for(w, &verb, FRAME_THAT, true);
    }
    if (!row)
        return NULL;
    if (word->deprel == DGM_REL_CCOMP && child > cue_word && is_bare_cue(w, i, child) &&
        ends_sentence(w, i, child))
        return NULL; /* "we will respond, he warned" */
    bool named = s->words[cue_word].deprel == DGM_REL_ACL && w->info[i].run[child] == DGM_NONE;
    if (row->kind == DGM_KIND_SAY && (row->frames & FRAME_PRED) && named)
        return NULL; /* "militias called Janjaweed" */
    if (is_nominal_edge(word->deprel) && !is_content_noun(w, i, child, row))
        return NULL;
    uint32_t first, last;
    dgm_branch_of(s->tree, child, &first, &last);
    if (word->deprel == DGM_REL_PARATAXIS &&
        (!tells(row->kind) || word_is(&s->words[first], ";") ||
         s->words[cue_word].upos == DGM_NOUN || is_bare_cue(w, i, child)))
        return NULL;
    return row;
}

uint32_t raised_content(const work *w, uint32_t i, uint32_t content, uint32_t below)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t first, last;
    dgm_branch_of(s->tree, below, &first, &last);
    for (uint32_t k = last + 1; k <= s->n_words; k++)
        if (!is_punct(s, k))
            return content;
    bool apart = first > 1 && word_is(&s->words[first - 1], ",");
    apart |= word_is(&s->words[first], ",");
    for (uint32_t step = 0; step < MAX_STEPS && s->words[content].head; step++) {
        dgm_deprel r = s->words[content].deprel;
        if (r == DGM_REL_CCOMP || r == DGM_REL_PARATAXIS || (r != DGM_REL_CONJ && !apart))
            break;
        content = s->words[content].head;
    }
    return content;
}

uint32_t content_around(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t subject = subject_of_cue(w, i, cue_word), first, last;
    if (!subject || subject > cue_word || !dgm_is_finite(w->info[i].tree, cue_word) ||
        cue_word == s->n_words ||
        !(word_is(&s->words[cue_word + 1], ",") || word_is(&s->words[cue_word + 1], "\"")) ||
        s->words[subject].upos == DGM_DET ||
        dgm_has_feat(&s->words[subject], DGM_VIEW("PronType=Rel")))
        return 0;
    dgm_branch_of(s->tree, subject, &first, &last);
    if (first < 3 || last >= cue_word ||
        !(word_is(&s->words[first - 1], ",") || word_is(&s->words[first - 1], "\"")))
        return 0;
    uint32_t over = s->words[cue_word].head;
    for (uint32_t step = 0; step < 4 && over && s->words[over].upos != DGM_VERB; step++)
        over = dgm_is_subject(s->words[over].deprel) ? s->words[over].head : 0;
    return over > cue_word ? over : 0;
}

/* "withdrew its troops, as Kenya had demanded": it did; "as he promised" and "as agreed" alike. */
static bool is_kept(const work *w, uint32_t i, uint32_t cue_word)
{
    const cue *row =
        row_for(w, &sentence_at(w, i)->words[cue_word], FRAME_THAT | FRAME_QUOTE, true);
    return row && (row->kind == DGM_KIND_DEMAND || row->kind == DGM_KIND_PROMISE);
}

/* What stands above the verb as what is said, whoever says it. */
static uint32_t content_over(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[cue_word];
    if (word->head == 0)
        return 0;
    if (word->deprel == DGM_REL_PARATAXIS) {
        uint32_t subject = subject_of_cue(w, i, cue_word), first, last;
        uint32_t object = child_of(w, i, cue_word, DGM_REL_OBJ, DGM_REL_NONE, DGM_REL_NONE);
        if (!subject || (object && s->words[object].upos == DGM_PRON))
            return 0; /* "...; police deny it" */
        dgm_branch_of(s->tree, cue_word, &first, &last);
        for (uint32_t k = first > 1 ? first - 1 : 1; k < subject; k++)
            if (word_is(&s->words[k], ";") || word_is(&s->words[k], ":"))
                return 0;
        return word->head;
    }
    uint32_t m = dgm_marker_of(w->info[i].tree, cue_word);
    if (word->deprel == DGM_REL_ADVCL && m && dgm_function_is(s->tree, m, DGM_FN_AS))
        return is_kept(w, i, cue_word) ? 0 : word->head;
    return !m && ends_sentence(w, i, cue_word) ? word->head : 0;
}

uint32_t content_above(const work *w, uint32_t i, uint32_t cue_word)
{
    /* "A did B, C was quoted as saying" */
    uint32_t quotes = claims_quoting_verb(w, i, cue_word);
    uint32_t before =
        quotes && dgm_is_passive(w->info[i].tree, quotes) ? content_over(w, i, quotes) : 0;
    return before ? before : content_over(w, i, cue_word);
}

uint32_t quoted_child(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    DGM_EACH_CHILD(info->tree, cue_word, k)
    {
        dgm_deprel r = dgm_deprel_main(s->words[k].deprel);
        if (info->run[k] != DGM_NONE && info->run[cue_word] == DGM_NONE && !is_punct(s, k) &&
            r != DGM_REL_NSUBJ && r != DGM_REL_OBL)
            return k;
    }
    return 0;
}

/* "told reporters | that the dam was safe", 'called it | "a joke"', hung on the object. */
static const cue *row_of_told(const work *w, uint32_t i, uint32_t cue_word, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    const uint32_t *run = w->info[i].run;
    uint32_t m = dgm_marker_of(w->info[i].tree, k);
    if (s->words[cue_word].upos != DGM_VERB || k < cue_word)
        return NULL;
    if (s->words[k].deprel == DGM_REL_APPOS && run[k] != DGM_NONE && run[cue_word] == DGM_NONE)
        return row_for(w, &s->words[cue_word], FRAME_PRED, true);
    bool that = s->words[k].deprel == DGM_REL_ACL && m &&
                dgm_function_is(s->tree, m, DGM_FN_THAT) &&
                !row_for(w, &s->words[s->words[k].head], FRAME_THAT, true);
    return that ? row_for(w, &s->words[cue_word], FRAME_THAT, true) : NULL;
}

/* ---- what the parser hung elsewhere ---------------------------------------------------------- */

const cue *row_of_object_child(const work *w, uint32_t i, uint32_t cue_word, uint32_t k)
{
    const uint32_t prepositions =
        FRAME_AS | FRAME_OF | FRAME_FOR | FRAME_ON | FRAME_WITH | FRAME_OVER;
    const dgm_word *words = sentence_at(w, i)->words;
    uint32_t frames = frames_of_edge(w, i, k) & prepositions;
    const cue *row = row_for(w, &words[cue_word], frames, true);
    if (!row)
        return row_of_told(w, i, cue_word, k);
    bool event = words[k].event != DGM_NONE || words[k].upos == DGM_VERB;
    return (row->kind == DGM_KIND_ACCUSE ? event : (frames & FRAME_AS) != 0) ? row : NULL;
}

bool is_seen(const work *w, uint32_t i, uint32_t cue_word, uint32_t object, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[k];
    bool below = (word->head == object && word->deprel == DGM_REL_ACL) ||
                 (word->head == cue_word && word->deprel == DGM_REL_ADVCL);
    return below && !dgm_marker_of(s->tree, k) && !dgm_is_finite(s->tree, k) &&
           !word_is(&s->words[k - 1], ",");
}

bool is_more_accused(const work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *word = &s->words[k];
    return (word->deprel == DGM_REL_CONJ || word->deprel == DGM_REL_ADVCL) &&
           !dgm_marker_of(s->tree, k) && dgm_is_gerund(word) &&
           !row_for(w, word, FRAME_THAT | FRAME_QUOTE, true);
}

bool has_complement_after(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    DGM_EACH_CHILD(s->tree, cue_word, k)
    if (k > cue_word &&
        (s->words[k].deprel == DGM_REL_CCOMP || s->words[k].deprel == DGM_REL_XCOMP))
        return true;
    return false;
}

/* ---- denials ----------------------------------------------------------------------------------
 */

uint32_t content_of_noun(const work *w, uint32_t i, uint32_t noun)
{
    const dgm_sentence *s = sentence_at(w, i);
    if (s->words[noun].upos != DGM_NOUN)
        return 0;
    DGM_EACH_CHILD(w->info[i].tree, noun, k)
    {
        const cue *row = row_for(w, &s->words[noun], frames_of_edge(w, i, k), true);
        if (row && (s->words[k].event != DGM_NONE || !is_nominal_edge(s->words[k].deprel)))
            return k;
    }
    return 0;
}

const cue *row_of_denial(const work *w, uint32_t i, uint32_t verb, uint32_t noun)
{
    const dgm_sentence *s = sentence_at(w, i);
    bool object =
        s->words[noun].deprel == DGM_REL_OBJ || s->words[noun].deprel == DGM_REL_NSUBJ_PASS;
    return object && s->words[noun].head == verb && verb
               ? row_for(w, &s->words[verb], FRAME_SPEECH, true)
               : NULL;
}
