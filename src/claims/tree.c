/* Small questions to a sentence's tree. */
#include "claims/work.h"

#include <string.h>

/* "He went on", "the minister carried on", but not "the war went on": whether somebody does what
 * the verb may mean with the word behind it. */
static bool is_phrasal(const dgm_sentence *s, uint32_t verb)
{
    uint32_t particle = verb + 1;
    if (s->words[verb].upos != DGM_VERB || verb == s->n_words || s->words[particle].head != verb ||
        (s->words[particle].deprel != DGM_REL_ADVMOD &&
         s->words[particle].deprel != DGM_REL_COMPOUND_PRT))
        return false;
    uint32_t subject = dgm_subject_of(s->tree, verb, DGM_NEAREST);
    return subject && (dgm_heads_somebody(s->tree, subject) ||
                       (s->words[subject].upos == DGM_PRON &&
                        !dgm_lemma_function_is(s->tree, subject, DGM_FN_IT)));
}

bool tree_build(work *w)
{
    dgm_document *doc = w->doc;
    w->info = DGM_NEW(doc->arena, sentence_info, doc->sentences.n + 1);
    if (!w->info)
        return false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        sentence_info *info = &w->info[i];
        uint32_t n = s->n_words + 1;
        info->tree = s->tree;
        info->run = DGM_NEW(doc->arena, uint32_t, n);
        if (!info->run)
            return false;
        info->inherited = DGM_NONE;
        for (uint32_t k = 0; k < n; k++) {
            info->run[k] = DGM_NONE;
            s->words[k].phrasal = k > 0 && is_phrasal(s, k);
        }
    }
    return true;
}

bool claims_is_wh_word(const dgm_word *word)
{
    return word->xpos.n > 1 && word->xpos.p[0] == 'W';
}

bool is_definite(const dgm_tree *t, uint32_t noun)
{
    DGM_EACH_CHILD(t, noun, c)
    {
        dgm_deprel r = t->s->words[c].deprel;
        if (r == DGM_REL_NMOD_POSS ||
            (r == DGM_REL_DETREL && dgm_function_is(t, c, DGM_FN_DEFINITE)))
            return true;
    }
    return false;
}

bool word_is(const dgm_word *word, const char *lower_case_form)
{
    return dgm_view_eq_nocase(word->form, dgm_view_of(lower_case_form));
}

bool lemma_is(const dgm_word *word, const char *lower_case_lemma)
{
    return dgm_view_eq_nocase(word->lemma, dgm_view_of(lower_case_lemma));
}

uint32_t child_of(const work *w, uint32_t i_sentence, uint32_t head, dgm_deprel a, dgm_deprel b,
                  dgm_deprel c)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    const sentence_info *info = &w->info[i_sentence];
    DGM_EACH_CHILD(info->tree, head, k)
    if (s->words[k].deprel == a || (b && s->words[k].deprel == b) || (c && s->words[k].deprel == c))
        return k;
    return 0;
}

static uint32_t frame_of_marker(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t m = dgm_marker_of(w->info[i_sentence].tree, child);
    char low[16];
    /* "in order to", "so as to": the last of the marks leads the infinitive. */
    bool fixed = m && dgm_function_is(s->tree, m, DGM_FN_FIXED_MARK);
    for (uint32_t k = fixed ? m : 0; k; k = w->info[i_sentence].tree->next_child[k])
        if (s->words[k].deprel == DGM_REL_MARK && dgm_function_is(s->tree, k, DGM_FN_TO))
            m = k;
    if (m == 0 || s->words[m].form.n >= sizeof low)
        return 0;
    return frame_of(dgm_view_lower(s->words[m].form, low, sizeof low));
}

/* "to have attacked" with "have" hung beside the participle. */
static bool is_after_perfect(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    for (uint32_t k = w->info[i_sentence].tree->first_child[s->words[child].head]; k && k < child;
         k = w->info[i_sentence].tree->next_child[k])
        if (s->words[k].deprel == DGM_REL_XCOMP && s->words[k].upos == DGM_AUX)
            return true;
    return false;
}

/* "having attacked" */
static bool is_perfect_gerund(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    DGM_EACH_CHILD(w->info[i_sentence].tree, child, k)
    if (k < child && s->words[k].deprel == DGM_REL_AUXREL && dgm_is_gerund(&s->words[k]))
        return true;
    return false;
}

static uint32_t frames_of_xcomp(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    const dgm_word *word = &s->words[child];
    uint32_t head = word->head;
    bool object = child_of(w, i_sentence, head, DGM_REL_OBJ, DGM_REL_IOBJ, DGM_REL_NONE) != 0;
    bool passive = dgm_is_passive(w->info[i_sentence].tree, head);
    uint32_t frame = frame_of_marker(w, i_sentence, child);
    if (frame == FRAME_TO || (frame == 0 && dgm_view_eq(word->xpos, DGM_VIEW("VB"))))
        return passive ? FRAME_PASSTO | FRAME_OBJTO | FRAME_TO
                       : (object ? FRAME_OBJTO | FRAME_TO : FRAME_TO);
    if (frame)
        return frame;
    if (dgm_view_eq(word->xpos, DGM_VIEW("VBN")) && is_after_perfect(w, i_sentence, child))
        return passive ? FRAME_PASSTO | FRAME_OBJTO | FRAME_TO : FRAME_TO;
    if (dgm_is_gerund(word) || is_perfect_gerund(w, i_sentence, child))
        return object ? FRAME_OBJING | FRAME_ING : FRAME_ING;
    return FRAME_PRED;
}

/* "Ankara, which pledged support, maintains": a relative clause that the parser took for a
 * complement of the verb after it. */
static bool is_relative_clause(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t subject =
        child_of(w, i_sentence, child, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE);
    return subject > 1 && child < s->words[child].head &&
           dgm_function_is(s->tree, subject, DGM_FN_WHO_OR_WHICH) &&
           word_is(&s->words[subject - 1], ",");
}

/* "ruled out sending": a gerund right after its verb, particle or not, is its complement. */
static bool follows_verb(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t head = s->words[child].head;
    return child == head + 1 || (child == head + 2 && s->words[child - 1].head == head &&
                                 s->words[child - 1].deprel == DGM_REL_COMPOUND_PRT);
}

static uint32_t frames_of_clause(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_word *word = &w->doc->sentences.at[i_sentence].words[child];
    uint32_t m = dgm_marker_of(w->info[i_sentence].tree, child);
    uint32_t frame = frame_of_marker(w, i_sentence, child);
    if (frame == FRAME_TO)
        return FRAME_TO | FRAME_OBJTO;
    if (is_relative_clause(w, i_sentence, child))
        return 0;
    if (frame && frame != FRAME_THAT)
        return frame;
    if (dgm_is_gerund(word) && !dgm_is_finite(w->info[i_sentence].tree, child))
        return word->deprel == DGM_REL_ADVCL && !follows_verb(w, i_sentence, child) ? 0 : FRAME_ING;
    if (frame == FRAME_THAT || word->deprel == DGM_REL_CCOMP)
        return FRAME_THAT | FRAME_QUOTE;
    return word->deprel == DGM_REL_ACL && m == 0 && dgm_is_finite(w->info[i_sentence].tree, child)
               ? FRAME_THAT
               : 0;
}

/* "the claim that it attacked the ship", which parsers take for a relative clause: "that" can be no
 * object where there is another one, or where the verb is none that a claim could be the object of
 * ("the claim that it made"). */
static bool is_content_clause(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    const dgm_word *noun = &s->words[s->words[child].head];
    uint32_t that = 0, subject = 0, objects = 0;
    DGM_EACH_CHILD(w->info[i_sentence].tree, child, k)
    {
        dgm_deprel r = dgm_deprel_main(s->words[k].deprel);
        if (!that && dgm_function_is(s->tree, k, DGM_FN_THAT) && r != DGM_REL_NSUBJ && k < child)
            that = k;
        else if (r == DGM_REL_NSUBJ)
            subject = k;
        else if (r == DGM_REL_OBJ)
            objects = k;
    }
    if (!that || !subject || subject < that || !row_for(w, noun, FRAME_THAT, true))
        return false;
    const cue *row = cue_first(w->claims, &s->words[child]);
    while (row && !row->light && row->table != TABLE_SPEECH)
        row = cue_next(w->claims, row);
    return objects || dgm_is_passive(w->info[i_sentence].tree, child) || !row;
}

/* "what it called aggression", "whom it called spies" */
static bool is_second_object(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t verb = s->words[child].head;
    if (s->words[verb].deprel != DGM_REL_ACL_RELCL)
        return false;
    uint32_t first = child_of(w, i_sentence, verb, DGM_REL_OBJ, DGM_REL_NONE, DGM_REL_NONE);
    return dgm_function_is(s->tree, s->words[verb].head, DGM_FN_WHAT) || (first && first != child);
}

uint32_t frames_of_edge(const work *w, uint32_t i_sentence, uint32_t child)
{
    const dgm_word *word = &w->doc->sentences.at[i_sentence].words[child];
    switch (word->deprel) {
    case DGM_REL_CCOMP:
    case DGM_REL_ADVCL:
    case DGM_REL_ACL:
        return frames_of_clause(w, i_sentence, child);
    case DGM_REL_XCOMP:
        return frames_of_xcomp(w, i_sentence, child);
    case DGM_REL_ACL_RELCL:
        /* "claims that they fled": a mark, not a pronoun, opens it */
        return frame_of_marker(w, i_sentence, child) == FRAME_THAT ||
                       is_content_clause(w, i_sentence, child)
                   ? FRAME_THAT
                   : 0;
    case DGM_REL_PARATAXIS:
        return FRAME_THAT | FRAME_QUOTE;
    case DGM_REL_CSUBJ:
        if (w->doc->sentences.at[i_sentence].words[word->head].upos == DGM_VERB)
            return FRAME_SUBJ;
        return FRAME_THAT | FRAME_TO;
    case DGM_REL_CSUBJ_PASS:
        return FRAME_THAT | FRAME_TO;
    case DGM_REL_OBJ:
        return is_second_object(w, i_sentence, child) ? FRAME_OBJ | FRAME_PRED : FRAME_OBJ;
    case DGM_REL_NSUBJ_PASS:
        return FRAME_OBJ;
    case DGM_REL_NSUBJ:
        return FRAME_SUBJ;
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
        return frame_of_marker(w, i_sentence, child);
    case DGM_REL_COMPOUND:
        return FRAME_OF;
    default:
        return 0;
    }
}

static bool pos_fits(dgm_upos row, dgm_upos word)
{
    return row == word || (row == DGM_VERB && word == DGM_AUX) ||
           (row == DGM_NOUN && word == DGM_PROPN) || (row == DGM_ADJ && word == DGM_VERB);
}

const cue *row_for(const work *w, const dgm_word *word, uint32_t frames, bool speech)
{
    static const uint32_t order[] = { FRAME_PASSTO, FRAME_OBJTO, FRAME_OBJING, ~0u };
    if (frames == 0)
        return NULL;
    const cue *first = cue_first(w->claims, word);
    for (size_t i = 0; first && i < DGM_LEN(order); i++)
        for (const cue *c = first; c; c = cue_next(w->claims, c))
            if ((c->frames & frames & order[i]) && pos_fits(c->pos, word->upos) &&
                (c->table == TABLE_SPEECH) == speech && c->table <= TABLE_OPERATORS && !c->ahead)
                return c;
    return NULL;
}

/* Where an infinitive or complement clause hangs; 0: it is neither. */
static uint32_t over_complement(const work *w, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t m = dgm_marker_of(w->info[i_sentence].tree, word), head = s->words[word].head;
    bool infinitive = m && dgm_function_is(s->tree, m, DGM_FN_TO);
    switch (s->words[word].deprel) {
    case DGM_REL_XCOMP:
        return head;
    case DGM_REL_ADVCL:
    case DGM_REL_ACL:
        return infinitive ? head : 0;
    case DGM_REL_CCOMP:
        return row_for(w, &s->words[head], FRAME_THAT | FRAME_QUOTE, true) ? head : 0;
    default:
        return 0;
    }
}

static bool is_finite_form(const dgm_word *word)
{
    return dgm_view_eq(word->xpos, DGM_VIEW("VBD")) || dgm_view_eq(word->xpos, DGM_VIEW("VBZ")) ||
           dgm_view_eq(word->xpos, DGM_VIEW("VBP"));
}

/* "denied that they had fired and demanded an inquiry": a second verb that parsers hang on the
 * nearer of two belongs to the one over it where only that one has its form, or where both have
 * and it is a word of speech like that one. 0: it stays. */
static uint32_t conjunct_above(const work *w, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    const dgm_word *v = &s->words[word], *near = &s->words[v->head];
    uint32_t up = v->deprel == DGM_REL_CONJ ? over_complement(w, i_sentence, v->head) : 0;
    if (!up || up > v->head || v->head > word || !is_finite_form(v) || near->upos != DGM_VERB ||
        s->words[up].upos != DGM_VERB ||
        child_of(w, i_sentence, word, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_AUXREL))
        return 0;
    bool participle = dgm_view_eq(near->xpos, DGM_VIEW("VBN")); /* which "fired" taggers mix up */
    if (!participle && !dgm_view_eq(near->xpos, v->xpos))
        return up;
    bool speaks = row_for(w, v, ~0u, true) && !row_for(w, near, ~0u, true);
    return speaks && dgm_view_eq(s->words[up].xpos, v->xpos) ? up : 0;
}

/* "any role | in the raid", "took part | in the killing", with the raid hung on the verb: the noun
 * right before the preposition that its row asks for. 0: none. */
static uint32_t noun_before(const work *w, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t m = s->words[word].deprel == DGM_REL_OBL ? dgm_marker_of(s->tree, word) : 0;
    if (m < 2 || m > word || s->words[m].head != word)
        return 0;
    const dgm_word *noun = &s->words[m - 1];
    return noun->deprel == DGM_REL_OBJ && noun->head == s->words[word].head &&
                   row_for(w, noun, frame_of_marker(w, i_sentence, word), false)
               ? m - 1
               : 0;
}

/* "denies having fled, although he conceded": a clause of contrast behind a comma, which is not of
 * what is denied. */
static bool is_contrast(const work *w, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    uint32_t m = s->words[word].deprel == DGM_REL_ADVCL ? dgm_marker_of(s->tree, word) : 0;
    return m > 1 && s->words[word].head < m && dgm_function_is(s->tree, m, DGM_FN_WHILE) &&
           dgm_is_finite(s->tree, word) && word_is(&s->words[m - 1], ",");
}

uint32_t head_of(const work *w, uint32_t i_sentence, uint32_t word)
{
    const dgm_sentence *s = &w->doc->sentences.at[i_sentence];
    const dgm_word *v = &s->words[word];
    uint32_t head = v->head, up = conjunct_above(w, i_sentence, word);
    up = up ? up : noun_before(w, i_sentence, word);
    if (up)
        return up;
    bool saying = v->deprel == DGM_REL_ADVCL && dgm_is_gerund(v) &&
                  !dgm_marker_of(w->info[i_sentence].tree, word) && row_for(w, v, ~0u, true);
    if (head == 0 || head > word || !(saying || is_contrast(w, i_sentence, word)))
        return head;
    for (uint32_t step = 0; step < 4 && (up = over_complement(w, i_sentence, head)) != 0; step++)
        head = up;
    return head;
}

bool is_speech_act(dgm_event_type type)
{
    switch (dgm_like(type)) {
    case DGM_AGREE:
    case DGM_CONCEDE:
    case DGM_REQUEST:
    case DGM_ACCUSE:
    case DGM_REJECT:
    case DGM_THREATEN:
        return true;
    default:
        return false;
    }
}

/* CAMEO 03: intends to; 087: declares a ceasefire, a withdrawal. */
static bool is_future_concession(const char *cameo)
{
    return strncmp(cameo, "03", 2) == 0 || strncmp(cameo, "087", 3) == 0;
}

bool is_promise(const dgm_event *event)
{
    dgm_event_type like = dgm_like(event->type);
    return like == DGM_AGREE || like == DGM_THREATEN ||
           (like == DGM_CONCEDE && is_future_concession(event->cameo));
}
