/* grammar.h - what a tree says: the one place that is asked about children, case and mark, voice,
 * finiteness, tense, negation, lemma, word class, and about subject, object, agent, control, owner
 * and conjuncts.
 *
 * A dgm_tree is one sentence made ready. It is built once, after syntax, for a whole document,
 * lives in the document's arena and hangs on its sentence (dgm_sentence.tree), where every later
 * room finds it. Answers that turn on who is meant ("the nearest subject that names somebody") look
 * at doc->mentions as they are when asked: before `actors` has run there are none. */
#ifndef DGM_GRAMMAR_H
#define DGM_GRAMMAR_H

#include "document/document.h"

#include <string.h>

/* ---- knowledge ------------------------------------------------------------------------------ */

/* Word classes and irregular forms. Rooms above add what their own tables ask of words while they
 * load; after that it is read-only and shared by all threads. */
typedef struct dgm_grammar dgm_grammar;

dgm_status dgm_grammar_load(const char *tables_dir, dgm_complaints *complaints, dgm_grammar **out,
                            dgm_err *err) DGM_MUST_USE;
void dgm_grammar_free(dgm_grammar *grammar);

/* Word classes that the code itself asks for; the tables may name any others. */
/* clang-format off */
#define DGM_CLASS_MAP(X) \
    X(LIGHT, "light") X(UNDERGO, "undergo") X(SAY, "say") X(SPEAKER, "speaker") X(SLOT, "slot") X(SUBJECT_CONTROL, "subject_control") \
    X(QUANTITY, "quantity") X(INSTRUMENT, "instrument") X(ASPECT, "aspect") X(URGE, "urge") \
    X(ORDER, "order") X(LETS, "lets") X(INDUCES, "induces") X(LEAVE, "leave_to") X(ASKS, "asks_to") \
    X(ACCUSE, "accuse") X(ATTACK, "attack") X(INTANGIBLE, "intangible") X(LIVESTOCK, "livestock") \
    X(STOP, "stop") X(RETOLD, "retold") X(ACCIDENT, "accident") X(MISHAP, "mishap") \
    X(PART_IN, "part_in") X(HANDS_OVER, "hands_over") X(OTHERS_DEED, "others_deed") \
    X(CALLS_ON, "calls_on") X(STRIKES, "strikes") X(ANSWERS_FOR, "answers_for") \
    X(PARTIES, "parties") X(FIGHTERS, "fighters") X(FOLLOWERS, "followers") X(RELATED, "related") \
    X(CLAIMS_DEED, "claims_deed")
/* clang-format on */
typedef enum {
#define X(id, name) DGM_CLASS_##id,
    DGM_CLASS_MAP(X)
#undef X
        DGM_N_FIXED_CLASSES
} dgm_fixed_class;

/* Words that do a job in the sentence and mean little else. A job is called by the English word
 * that does it, or by what it is; which words do it says english/function-words.tsv. */
/* clang-format off */
#define DGM_FUNCTION_MAP(X) \
    X(A, "a") X(ACCORDING, "according") X(AGREED, "agreed") X(AIM, "aim") X(ANY, "any") X(ANYBODY, "anybody") \
    X(AS, "as") X(ASKED, "asked") X(AT, "at") X(BACKWARDS, "backwards") X(BE, "be") \
    X(BOTH, "both") X(BY, "by") X(CALL, "call") X(CALLED, "called") X(CHARGE, "charge") \
    X(CONTRAST, "contrast") X(CONTROL, "control") X(CONTROLLED, "controlled") \
    X(DEFINITE, "definite") X(DO, "do") X(EACH, "each") X(EXTREME, "extreme") \
    X(FIRST_OF_TWO, "first-of-two") X(FIXED_MARK, "fixed-mark") \
    X(FOR, "for") X(FORMERLY, "formerly") X(GIVE, "give") X(GIVEN, "given") X(GOAL, "goal") X(HAD, "had") \
    X(HAND, "hand") X(HAVE, "have") \
    X(HE, "he") X(IF, "if") X(IN, "in") X(INDEFINITE, "indefinite") X(IT, "it") X(JOINED, "joined") X(JOINS, "joins") \
    X(KNOWN, "known") X(LAST, "last") X(LAST_OF_TWO, "last-of-two") X(LONG_UNIT, "long-unit") X(MANNER, "manner") \
    X(MEANS, "means") X(MINISTERS, "ministers") X(MUST, "must") X(MUTUAL, "mutual") X(NOBODY, "nobody") X(NO_LONGER, "no-longer") \
    X(NOR, "nor") X(NOT, "not") X(OF, "of") X(ONE, "one") X(ONLY, "only") X(OPPOSED, "opposed") X(ORIGIN, "origin") \
    X(OTHER, "other") X(OTHER_SIDE, "other-side") X(OWN, "own") X(PART_OF, "part-of") X(PARTICLE, "particle") \
    X(PLACE, "place") X(POINTING, "pointing") X(PREVIOUS, "previous") X(REASON, "reason") \
    X(RELATIVE, "relative") X(ROLE_PLACE, "role-place") X(RULER, "ruler") \
    X(SEQUENCE, "sequence") X(SERVES, "serves") X(SHE, "she") X(SHOULD, "should") X(SO, "so") X(SOME, "some") X(SOURCE, "source") \
    X(SPAN, "span") X(THAT, "that") X(THE, "the") X(THEY, "they") X(THING, "thing") \
    X(TO, "to") X(UNDER, "under") X(WAY, "way") X(WE, "we") X(WHAT, "what") X(WHEN, "when") \
    X(WHETHER, "whether") X(WHILE, "while") X(WHO, "who") X(WHO_OR_WHICH, "who-or-which") X(YEAR, "year") \
    X(YET, "yet")
/* clang-format on */
typedef enum {
#define X(id, name) DGM_FN_##id,
    DGM_FUNCTION_MAP(X)
#undef X
        DGM_N_FUNCTIONS
} dgm_function;

/* DGM_NONE: no word is in such a class. `name` without the @. */
uint32_t dgm_class_id(const dgm_grammar *grammar, dgm_view name);
/* Whether a word as it stands, in lower case, is of a class. */
bool dgm_word_in_class(const dgm_grammar *grammar, dgm_view word, uint32_t class_id);
/* Members of all classes in the order of the table: word i below the number of them, and the class
 * that it is in. */
uint32_t dgm_n_class_members(const dgm_grammar *grammar);
dgm_view dgm_class_member(const dgm_grammar *grammar, uint32_t i, uint32_t *class_id);

/* The words of a phrase are known: a lemma that nobody knows may be a slip of the lemmatizer, and a
 * known word is looked for instead. False: no memory. */
bool dgm_grammar_know(dgm_grammar *grammar, dgm_view phrase);
/* "The shelling of the town": "of" names who suffers what this noun says, and never who does it. */
bool dgm_grammar_suffers(dgm_grammar *grammar, dgm_view lemma);

/* ---- trees ---------------------------------------------------------------------------------- */

#define DGM_MAX_WORD_CLASSES 14
typedef struct {
    uint16_t ids[DGM_MAX_WORD_CLASSES];
    uint8_t n;
} dgm_word_classes;

/* Arrays are by word, as those of the sentence. */
typedef struct dgm_tree {
    const dgm_grammar *grammar;
    const dgm_document *doc;
    const dgm_sentence *s;
    uint32_t *first_child, *next_child; /* in the order of words; 0: none */
    uint32_t *first_under, *last_under; /* of the word and all that hangs on it */
    /* The words in the order in which each comes right before all that hangs on it, which are then
     * the n_under[w] words from place[w] on, w among them. */
    uint32_t *place, *n_under;
    dgm_view *lemmas, *forms; /* lower case; lemmas corrected */
    dgm_word_classes *classes;
    uint32_t *depth; /* of questions that lead to questions; bounds trees that are none */
} dgm_tree;

/* Builds the tree of every sentence. */
dgm_status dgm_grammar_read(const dgm_grammar *grammar, dgm_document *doc,
                            dgm_err *err) DGM_MUST_USE;

#define DGM_EACH_CHILD(t, head, w)                                                                 \
    for (uint32_t w = (t)->first_child[head]; w != 0; w = (t)->next_child[w])

/* ---- tree.c: single words ------------------------------------------------------------------- */

/* Whether the word hangs below the ancestor, however deep, or is it. */
bool dgm_is_under(const dgm_tree *t, uint32_t ancestor, uint32_t word);
/* First and last word of the word's branch around it: up to the first word on either side that is
 * of another, where the tree is non-projective. */
void dgm_branch_of(const dgm_tree *t, uint32_t word, uint32_t *first, uint32_t *last);

static inline bool dgm_is_lemma(const dgm_tree *t, uint32_t word, const char *lemma)
{
    size_t n = strlen(lemma);
    return t->lemmas[word].n == n && memcmp(t->lemmas[word].p, lemma, n) == 0;
}
static inline bool dgm_has_class(const dgm_tree *t, uint32_t word, uint32_t class_id)
{
    for (uint32_t i = 0; i < t->classes[word].n; i++)
        if (t->classes[word].ids[i] == class_id)
            return true;
    return false;
}
/* Whether a word, or its lemma, does such a job. */
bool dgm_function_is(const dgm_tree *t, uint32_t word, dgm_function function);
bool dgm_lemma_function_is(const dgm_tree *t, uint32_t word, dgm_function function);
/* Whether the word stands behind a preposition or conjunction that does. */
bool dgm_has_function(const dgm_tree *t, uint32_t word, dgm_function function);
/* "2012" of "jailed over the killing of a judge in 2012": whether a word stands behind what "over"
 * makes the cause of a deed, so that it speaks of that and not of the deed. What such causes are is
 * asked of the events of the document. */
bool dgm_is_behind_cause(const dgm_tree *t, uint32_t word, uint32_t deed);
/* The first child with that relation; 0: none. */
static inline uint32_t dgm_child_of(const dgm_tree *t, uint32_t head, dgm_deprel deprel)
{
    DGM_EACH_CHILD(t, head, w)
    if (t->s->words[w].deprel == deprel)
        return w;
    return 0;
}
/* The next with that relation after a child; 0: none. */
static inline uint32_t dgm_next_child(const dgm_tree *t, uint32_t child, dgm_deprel deprel)
{
    do
        child = t->next_child[child];
    while (child != 0 && t->s->words[child].deprel != deprel);
    return child;
}
/* The first child with that relation that names somebody; failing that, the first. */
uint32_t dgm_best_child(const dgm_tree *t, uint32_t head, dgm_deprel deprel);
/* "Nobody", "no one", "none of them" */
bool dgm_is_nobody(const dgm_tree *t, uint32_t word);
/* Whether the word is the head of somebody's mention, and it is known whose. */
bool dgm_heads_somebody(const dgm_tree *t, uint32_t word);

bool dgm_is_subject(dgm_deprel deprel);
bool dgm_is_past_participle(const dgm_word *word);
bool dgm_is_gerund(const dgm_word *word);
/* One that stands for the noun before its clause; "what it called" has none. */
bool dgm_is_relative_pronoun(const dgm_tree *t, uint32_t word);
/* Whether the word stands behind that preposition or conjunction. */
bool dgm_has_preposition(const dgm_tree *t, uint32_t word, dgm_view preposition);
bool dgm_has_to(const dgm_tree *t, uint32_t word); /* an infinitive: "to leave" */
/* The mark or case word before a word ("that", "to", "because", "in"); 0: none. */
uint32_t dgm_marker_of(const dgm_tree *t, uint32_t word);
bool dgm_is_passive(const dgm_tree *t, uint32_t word);
/* "Accused each other", "fired at one another": whoever does it also suffers it. */
bool dgm_is_mutual(const dgm_tree *t, uint32_t verb);
/* Of a verb, or of a predicate with its copula: has a tense, alone or by an auxiliary. */
bool dgm_is_finite(const dgm_tree *t, uint32_t word);
bool dgm_is_past(const dgm_tree *t, uint32_t word);      /* a finite past */
bool dgm_is_present(const dgm_tree *t, uint32_t word);   /* finite: "leaves", "will leave" */
bool dgm_is_perfect(const dgm_tree *t, uint32_t word);   /* "has left", "to have left" */
bool dgm_is_under_way(const dgm_tree *t, uint32_t verb); /* "is leaving", "was leaving" */
/* "Bombed" for "shot" of "bombed and shot at": the word itself where it is no conjunct. */
uint32_t dgm_first_conjunct(const dgm_tree *t, uint32_t word);
/* The bare form of a clause with a subject: "insisted that Mali leave", "that it be freed". */
bool dgm_is_subjunctive(const dgm_tree *t, uint32_t word);

/* ---- negation.c ----------------------------------------------------------------------------- */

/* Places from which a word negates: see data/english/negation.tsv. */
enum {
    DGM_NEGATES_ADV = 1,
    DGM_NEGATES_DET = 2,
    DGM_NEGATES_PRON = 4,
    DGM_NEGATES_MARK = 8,
    DGM_NEGATES_CC = 16,
    DGM_NEGATES_WAY = 32
};
typedef struct {
    uint8_t where;   /* one of DGM_NEGATES_* */
    dgm_view unless; /* comma-separated following words */
    uint32_t line, next;
} dgm_negator;

/* What negates a word by way of its child: "not", "no longer", "no help", "neither side". NULL:
 * nothing. *at: the word that negates. */
const dgm_negator *dgm_negator_in(const dgm_tree *t, uint32_t parent, uint32_t child, uint32_t *at);
/* "vowed never to talk": a negation hung on the verb, said of its infinitive. */
bool dgm_negates_infinitive(const dgm_tree *t, uint32_t verb, uint32_t child);
/* Whether the word itself is negated ("did not", "no longer"), not somebody in its roles. */
bool dgm_is_negated(const dgm_tree *t, uint32_t word);
/* The same, or somebody in them: also "nobody left", "has no plan". */
bool dgm_is_denied(const dgm_tree *t, uint32_t word);

/* ---- condition.c ---------------------------------------------------------------------------- */

/* Of a phrase that opens a condition, where it stands and what it says: see the head of
 * data/english/conditions.tsv. */
typedef enum {
    DGM_OPENS_CLAUSE,
    DGM_OPENS_NOUN,
    DGM_OPENS_INVERTED,
    DGM_OPENS_IMPERATIVE
} dgm_opener_place;
typedef enum {
    DGM_MEANS_IF,
    DGM_MEANS_UNLESS,
    DGM_MEANS_ONCE,
    DGM_MEANS_UNTIL,
    DGM_MEANS_BEFORE,
    DGM_MEANS_WITHOUT,
    DGM_MEANS_COUNTERFACTUAL,
    DGM_MEANS_CONCESSIVE,
    DGM_MEANS_NONE
} dgm_condition_meaning;
typedef struct {
    dgm_view phrase;
    dgm_opener_place where;
    dgm_condition_meaning meaning;
    uint32_t line, next; /* next with the same first word */
} dgm_opener;

/* The row of the longest such phrase that begins at the word; NULL: none. *n: its words. */
const dgm_opener *dgm_opener_at(const dgm_tree *t, uint32_t word, uint32_t *n);
/* The clause, or noun with a preposition, that the words first..first+n-1 open; 0: none. */
uint32_t dgm_clause_opened(const dgm_tree *t, uint32_t first, uint32_t n);
/* Whether the clause is opened as a condition: "if Bolivia withdraws", "should it fail to". */
bool dgm_is_condition(const dgm_tree *t, uint32_t clause);

/* ---- lists of words ------------------------------------------------------------------------- */

#define DGM_MAX_SLOT_WORDS 16
typedef struct {
    uint32_t at[DGM_MAX_SLOT_WORDS];
    uint32_t n;
} dgm_words;

/* Each adds to `out` what is not in it yet, as far as there is room. */
void dgm_add_word(dgm_words *out, uint32_t word);

/* ---- nominal.c ------------------------------------------------------------------------------ */

/* A word with its conjuncts and those beside it ("France, along with Germany,"); "a series of
 * attacks" stands for the attacks. */
void dgm_add_nominal(const dgm_tree *t, uint32_t word, dgm_words *out);
/* What the preposition governs among the word's own children. */
void dgm_add_by_case(const dgm_tree *t, uint32_t word, dgm_view preposition, dgm_words *out);
/* Children with one of two relations, with their conjuncts. */
void dgm_add_children(const dgm_tree *t, uint32_t word, dgm_deprel a, dgm_deprel b, dgm_words *out);
/* "Turkish" in "Turkish airstrikes". */
void dgm_add_adjectives(const dgm_tree *t, uint32_t word, dgm_words *out);
/* The verb of that class that a noun fills out: "launched an attack", "an attack was carried out";
 * 0: none. *how: the noun's relation to it. */
uint32_t dgm_verb_over(const dgm_tree *t, uint32_t noun, uint32_t class_id, dgm_deprel *how);
/* Who "launched" in "launched an attack"; whoever suffers in "suffered an attack". */
void dgm_add_light_subject(const dgm_tree *t, uint32_t noun, dgm_words *out);
void dgm_add_undergoer(const dgm_tree *t, uint32_t noun, dgm_words *out);
bool dgm_of_names_sufferer(const dgm_tree *t, uint32_t noun);

/* ---- subject.c ------------------------------------------------------------------------------ */

/* Which of several subjects that a parser hung on one verb: the one that speaks of somebody,
 * failing that the first; or the nearest ('"Peace", she said'), where it is not known yet who is
 * meant. */
typedef enum { DGM_SPOKEN_OF, DGM_NEAREST } dgm_of_several;
/* The verb's own subject; 0: none. */
uint32_t dgm_subject_of(const dgm_tree *t, uint32_t verb, dgm_of_several which);
bool dgm_has_own_subject(const dgm_tree *t, uint32_t word);
/* Whom a verb of asking asks: "urged them to go", "called on its partners to go"; 0: nobody. */
uint32_t dgm_asked_by(const dgm_tree *t, uint32_t verb);
/* "urged", "ordered", "called on". */
bool dgm_asks_others(const dgm_tree *t, uint32_t verb);
/* "..., should it attack": the auxiliary opens a clause that stands beside another one. */
bool dgm_is_inverted(const dgm_tree *t, uint32_t auxiliary);
/* The subject as it stands, through relative clauses, participles, control and coordination; 0:
 * none. *owner: it is a noun, and whoever owns that does it ("Turkey's decision to send"). */
uint32_t dgm_surface_subject(const dgm_tree *t, uint32_t word, bool *owner);
/* Who orders, allows or gives leave to the one at the word: "gave the army permission to fire"; 0:
 * nobody. */
uint32_t dgm_commander_of(const dgm_tree *t, uint32_t word);
/* The verb on top of what a sentence tells: "fired" of "Troops fired, officials said"; 0: it has no
 * words. */
uint32_t dgm_told_root(const dgm_tree *t);
/* Who does it: subject, by-agent of a passive, controller. */
void dgm_add_subject(const dgm_tree *t, uint32_t word, dgm_words *out);
void dgm_add_agent(const dgm_tree *t, uint32_t word, dgm_words *out);
/* Whom it is done to: object, subject of a passive. */
void dgm_add_object(const dgm_tree *t, uint32_t word, dgm_words *out);

#endif
