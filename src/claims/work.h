/* work.h - what the room knows of one document while it works on it. Inside the room only.
 *
 * A voice is an attribution with its place in the tree: whatever hangs below `content` through an
 * edge from the cue, or, where the cue itself hangs below its content ("..., the minister said"),
 * all of the content's subtree but the branch `below`. */
#ifndef DGM_CLAIMS_WORK_H
#define DGM_CLAIMS_WORK_H

#include "claims/cues.h"
#include "grammar/grammar.h"

typedef struct {
    uint32_t sentence, cue_word, source, content; /* words; source 0: nobody is named */
    uint32_t below; /* the content's child through which the cue hangs; 0: content hangs on cue */
    uint32_t attribution; /* doc->attributions_found */
    const cue *row;       /* NULL: "according to" and its like */
    bool heard;           /* has a source, so that it goes into the chains of events */
} voice;

/* A stretch between quotation marks, also over sentence ends. */
typedef struct {
    uint32_t begin_sentence, begin_word, end_sentence, end_word;
    uint32_t voice; /* whose words they are; DGM_NONE */
} quote_run;

typedef struct {
    uint32_t governed, clause; /* words: what holds only if the clause does (0: it is no clause) */
    uint32_t more;             /* a second clause of the condition, or 0 */
    dgm_span span;
    const dgm_opener *row;
} condition;

typedef struct {
    const dgm_tree *tree;
    uint32_t *run; /* of each word: index of its quote run, or DGM_NONE */
    uint32_t voices, n_voices, conditions, n_conditions;
    uint32_t inherited; /* voice of a quotation that runs on into this sentence; DGM_NONE */
} sentence_info;

typedef struct {
    const struct dgm_claims *claims;
    dgm_document *doc;
    sentence_info *info;
    DGM_ARRAY(voice) voices;
    DGM_ARRAY(quote_run) runs;
    DGM_ARRAY(condition) conditions;
} work;

static inline const dgm_sentence *sentence_at(const work *w, uint32_t i_sentence)
{
    return &w->doc->sentences.at[i_sentence];
}

/* ---- tree.c --------------------------------------------------------------------------------- */

bool tree_build(work *w);
bool word_is(const dgm_word *word, const char *lower_case_form);
bool claims_is_wh_word(const dgm_word *word); /* WDT, WP, WP$, WRB: "who", "whose", "where" */
/* "The raids", "their raids": which the reader is taken to know of. */
bool is_definite(const dgm_tree *t, uint32_t noun);
bool lemma_is(const dgm_word *word, const char *lower_case_lemma);
/* First child with one of up to three relations (0 for unused), or 0. */
uint32_t child_of(const work *w, uint32_t i_sentence, uint32_t head, dgm_deprel a, dgm_deprel b,
                  dgm_deprel c);
/* How `child` hangs on its head, as bits; the most telling reading first asked by the caller. */
uint32_t frames_of_edge(const work *w, uint32_t i_sentence, uint32_t child);
/* The row of table t for `word` that takes one of `frames` (tried in the order most telling
 * first); NULL: none. */
const cue *row_for(const work *w, const dgm_word *word, uint32_t frames, bool speech);
/* The word's head, but a participle of speech belongs to the verb of speech over it:
 * "He denied that they fought, saying ..."; and so does a second verb of its form: "He denied that
 * they had fought and demanded ...". */
uint32_t head_of(const work *w, uint32_t i_sentence, uint32_t word);
bool is_speech_act(dgm_event_type type);
/* What is agreed, threatened or conceded lies ahead; but an apology, a pardon, a charge that is
 * dropped is a concession made. */
bool is_promise(const dgm_event *event);

/* ---- sources.c ------------------------------------------------------------------------------ */

/* The subject; of two with a comma between, the one next before the verb. 0: none. */
uint32_t subject_of_cue(const work *w, uint32_t i_sentence, uint32_t verb);
/* "quoted the minister as | saying": the verb that quotes; 0: none does. */
uint32_t claims_quoting_verb(const work *w, uint32_t i_sentence, uint32_t verb);
/* Who says what the cue says; 0: nobody is named. */
uint32_t source_of_cue(const work *w, uint32_t i_sentence, uint32_t cue_word);
uint32_t source_of_noun(const work *w, uint32_t i_sentence, uint32_t noun);
/* The mention that speaks: the source's own, or of a document that of whoever it is by. */
uint32_t mention_of_source(const work *w, uint32_t i_sentence, uint32_t source);
bool has_entity(const work *w, uint32_t mention);

/* ---- content.c ------------------------------------------------------------------------------ */

/* The row by which the cue says what hangs on it as `child`; NULL: it says it not. */
const cue *row_of_content(const work *w, uint32_t i, uint32_t cue_word, uint32_t child);
/* "Gunmen, the police said, attacked": between two commas, with nothing said of its own. Parsers
 * hang it on the noun before or on the verb after. Gives the verb of what is said, or 0. */
uint32_t content_around(const work *w, uint32_t i, uint32_t cue_word);
/* "..., he said": the verb hangs below what is said. */
uint32_t content_above(const work *w, uint32_t i, uint32_t cue_word);
/* What stands at a sentence's end after a comma is said of all of it, not of the last part. */
uint32_t raised_content(const work *w, uint32_t i, uint32_t content, uint32_t below);
/* Quoted words under a verb of speech that the parser did not see as a clause. */
uint32_t quoted_child(const work *w, uint32_t i, uint32_t cue_word);
/* "blamed B | for the attack", "described them | as rebels": the row for what the parser hung on
 * the object; NULL: none. */
const cue *row_of_object_child(const work *w, uint32_t i, uint32_t cue_word, uint32_t k);
/* "reported soldiers shooting", "saw girls being taken away": hung on the object, or beside it. */
bool is_seen(const work *w, uint32_t i, uint32_t cue_word, uint32_t object, uint32_t k);
/* "accused B of arming and | training rebels", hung beside the accusation. */
bool is_more_accused(const work *w, uint32_t i, uint32_t k);
/* Whether a clause follows the cue as its complement. */
bool has_complement_after(const work *w, uint32_t i, uint32_t cue_word);
/* The clause or event that a noun of speech holds: "reports | that Egypt arrested them"; 0: none.
 */
uint32_t content_of_noun(const work *w, uint32_t i, uint32_t noun);
/* A verb over a noun of speech that denies what it holds: "dismissed reports that". */
const cue *row_of_denial(const work *w, uint32_t i, uint32_t verb, uint32_t noun);

/* ---- headline.c ----------------------------------------------------------------------------- */

/* "Minister: no talks", "No talks: minister". */
bool headline_voice(const work *w, uint32_t i_sentence, voice *out);
/* 'The ministry justified the raid: "We had to act."', where no other word says who speaks. Asked
 * when the sentence's other voices are found. */
bool claims_behind_colon(const work *w, uint32_t i_sentence, voice *out);

/* ---- spans.c -------------------------------------------------------------------------------- */

bool is_punct(const dgm_sentence *s, uint32_t word);
/* first..last without the marks at both ends; first 0: nothing but marks. */
dgm_span claims_trimmed(const work *w, uint32_t i_sentence, uint32_t first, uint32_t last);
/* The source's words: its mention, else its noun phrase without clauses. */
dgm_span source_span(const work *w, uint32_t i_sentence, uint32_t source, uint32_t cue_word);
/* Adds the words that the voice says to its attribution. */
bool contents_of_voice(work *w, const voice *v);
/* Widens contents to the quotations that are theirs, tells direct from indirect speech, and makes
 * an attribution without a source of a quotation that is nobody's. */
bool contents_of_quotations(work *w);

/* ---- chain.c -------------------------------------------------------------------------------- */

/* Adds an attribution to an event's chain, if it says anything new there; false: no memory. */
bool chain_push(work *w, dgm_event *event, uint32_t attribution);

/* ---- the stages ----------------------------------------------------------------------------- */

bool quotes_find(work *w);        /* quotes.c: runs */
void quotes_give_voices(work *w); /* quotes.c: whose words they are */
bool voices_find(work *w);        /* attribution.c: doc->attributions_found and voices */
bool conditions_find(work *w);    /* conditions.c */
bool factuality_set(work *w);     /* factuality.c: polarity, status, chains, conditions of events */
bool links_find(work *w);         /* links.c: content_of */
bool contradictions_find(work *w); /* contradictions.c: contradicts */
bool history_set(work *w);         /* history.c: historical */

#endif
