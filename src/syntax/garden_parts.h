/* garden_parts.h - what the files of garden_path share: questions to a tree, and what each mends.
 * Each looks at one word of the sentence and changes what it must. */
#ifndef DGM_SYNTAX_GARDEN_PARTS_H
#define DGM_SYNTAX_GARDEN_PARTS_H

#include "syntax/garden_path.h"

static inline bool is_nominal(const dgm_word *w)
{
    return w->upos == DGM_NOUN || w->upos == DGM_PROPN || w->upos == DGM_PRON;
}

/* Past forms: in "arrested" and "struck" the finite verb and the participle look alike. */
static inline bool is_past_verb(const dgm_word *w)
{
    return w->upos == DGM_VERB &&
           (dgm_view_eq(w->xpos, DGM_VIEW("VBN")) || dgm_view_eq(w->xpos, DGM_VIEW("VBD")));
}

/* Subtypes of the relation count as it does: DGM_REL_NSUBJ is also nsubj:pass. */
static inline bool has_child(const dgm_sentence *s, uint32_t i_head, dgm_deprel main_relation)
{
    for (uint32_t i = 1; i <= s->n_words; i++)
        if (s->words[i].head == i_head && dgm_deprel_main(s->words[i].deprel) == main_relation)
            return true;
    return false;
}

static inline bool is_passive(const dgm_sentence *s, uint32_t verb)
{
    return dgm_child(s, verb, DGM_REL_NSUBJ_PASS, 0) || dgm_child(s, verb, DGM_REL_AUX_PASS, 0);
}

static inline bool is_inside_phrase(dgm_deprel deprel)
{
    return deprel == DGM_REL_COMPOUND || deprel == DGM_REL_NMOD || deprel == DGM_REL_AMOD ||
           deprel == DGM_REL_NMOD_UNMARKED || deprel == DGM_REL_NMOD_DESC;
}

static inline bool is_clause(dgm_deprel deprel)
{
    return deprel == DGM_REL_ROOT || deprel == DGM_REL_PARATAXIS || deprel == DGM_REL_CCOMP;
}

/* A noun where the verb of a clause should be: it has no subject and no copula. */
static inline bool is_bare_clause(const dgm_sentence *s, uint32_t noun)
{
    return is_clause(s->words[noun].deprel) && !has_child(s, noun, DGM_REL_NSUBJ) &&
           !has_child(s, noun, DGM_REL_COP);
}

/* Verbs that have something said as their object, whatever the object is called. */
static inline bool is_speech(const dgm_morphology *words, const dgm_word *w)
{
    return w->upos == DGM_VERB && dgm_morphology_is(words, w->lemma, DGM_VERB_SAID_OBJECT);
}

static inline bool is_finite(const dgm_word *w)
{
    return w->upos == DGM_VERB &&
           (dgm_view_eq(w->xpos, DGM_VIEW("VBD")) || dgm_view_eq(w->xpos, DGM_VIEW("VBZ")) ||
            dgm_view_eq(w->xpos, DGM_VIEW("VBP")));
}

static inline bool opens_clause(const dgm_morphology *words, const dgm_word *w)
{
    return w->upos != DGM_VERB && dgm_morphology_is(words, w->lemma, DGM_WORD_OPENS_CLAUSE);
}

static inline bool is_comma(const dgm_sentence *s, uint32_t i)
{
    return i > 0 && i <= s->n_words && dgm_view_eq(s->words[i].form, DGM_VIEW(","));
}

static inline bool is_that(const dgm_sentence *s, uint32_t i)
{
    return dgm_view_eq(s->words[i].lemma, DGM_VIEW("that"));
}

/* The first word from `from` on that is no punctuation mark, or else the last one. */
static inline uint32_t after_marks(const dgm_sentence *s, uint32_t from)
{
    while (from < s->n_words && s->words[from].upos == DGM_PUNCT)
        from++;
    return from;
}

static inline uint32_t begin_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return first;
}

static inline uint32_t end_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t first, last;
    dgm_subtree(s, i, &first, &last);
    return last;
}

/* b takes the place of a in the tree, and a hangs on b. */
static inline void swap_heads(dgm_sentence *s, uint32_t a, uint32_t b, dgm_deprel of_a)
{
    s->words[b].head = s->words[a].head;
    s->words[b].deprel = s->words[a].deprel;
    s->words[a].head = b;
    s->words[a].deprel = of_a;
}

/* What hangs on a word, of those from `first` to `last`, comes to hang on another. */
static inline void hang_on(dgm_sentence *s, uint32_t first, uint32_t last, uint32_t from,
                           uint32_t to)
{
    for (uint32_t i = first; i <= last; i++)
        if (s->words[i].head == from)
            s->words[i].head = to;
}

static inline void make_finite(dgm_word *verb)
{
    verb->xpos = DGM_VIEW("VBD");
    verb->feats = DGM_VIEW("Mood=Ind|Tense=Past|VerbForm=Fin");
}

static inline void make_passive(dgm_word *verb)
{
    verb->xpos = DGM_VIEW("VBN");
    verb->feats = DGM_VIEW("Tense=Past|VerbForm=Part|Voice=Pass");
}

/* ---- who does what: garden_deeds.c ---------------------------------------------------------- */

void garden_subject_behind_verb(dgm_sentence *s, uint32_t i);
void garden_participle_before(dgm_sentence *s, uint32_t verb);
void garden_participle_after(dgm_sentence *s, uint32_t verb);
void garden_participle_set_off(dgm_sentence *s, uint32_t verb);
void garden_participle_of_conjunct(dgm_sentence *s, uint32_t verb);
void garden_participle_of_infinitive(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_participle_of_object(dgm_sentence *s, uint32_t participle);
void garden_finite_conjunct(dgm_sentence *s, uint32_t verb);
void garden_taken_as(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_said_and_did(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_had_done(dgm_sentence *s, uint32_t verb);
void garden_agent(dgm_sentence *s, uint32_t i);
void garden_headline_passive(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_what_is_given(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_who_may(const dgm_morphology *words, dgm_sentence *s, uint32_t noun);
void garden_joined_mark(dgm_sentence *s, uint32_t i);
void garden_hours_after(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_object_of_noun(dgm_sentence *s, uint32_t i);
void garden_attack_on(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_sent_to(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_blamed_on(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_gap(dgm_sentence *s, uint32_t name);
void garden_gap_of_number(dgm_sentence *s, uint32_t name);

/* ---- days and dates: garden_days.c ---------------------------------------------------------- */

void garden_day_for_name(const dgm_morphology *words, dgm_sentence *s, uint32_t day);
void garden_subject_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day);
void garden_date_for_count(const dgm_morphology *words, dgm_sentence *s, uint32_t month);
void garden_object_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day);
void garden_conjunct_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t day);
void garden_agent_behind_day(const dgm_morphology *words, dgm_sentence *s, uint32_t agent);
void garden_time_for_subject(const dgm_morphology *words, dgm_sentence *s, uint32_t mark);

/* ---- whose words they are: garden_speech.c -------------------------------------------------- */

void garden_said_after(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_said_amid(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_told_that(const dgm_morphology *words, dgm_sentence *s, uint32_t clause);
void garden_said_in(const dgm_morphology *words, dgm_sentence *s, uint32_t clause);
void garden_object_without_that(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_noun_for_verb(const dgm_morphology *words, dgm_sentence *s, uint32_t noun);
void garden_content_of_noun(const dgm_morphology *words, dgm_sentence *s, uint32_t clause);
void garden_told_behind(const dgm_morphology *words, dgm_sentence *s, uint32_t clause);
void garden_said_past_aside(const dgm_morphology *words, dgm_sentence *s, uint32_t clause);
void garden_speaker_set_off(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_addressee(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_what_is_asked(const dgm_morphology *words, dgm_sentence *s, uint32_t task);
void garden_expletive(const dgm_morphology *words, dgm_sentence *s, uint32_t i);
void garden_noun_before_that(dgm_sentence *s, uint32_t predicate);
void garden_object_behind_as(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_that_for_object(const dgm_morphology *words, dgm_sentence *s, uint32_t verb);
void garden_voice_before(dgm_sentence *s, uint32_t verb);
void garden_voice_after(dgm_sentence *s, uint32_t voice);

#endif
