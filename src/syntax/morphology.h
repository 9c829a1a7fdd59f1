/* morphology.h - English words and how they inflect: mends lemmas that are none. The network learns
 * its lemmas from a treebank; a verb that the treebank does not have, or a form that it mistook, is
 * taken apart by rule here. */
#ifndef DGM_SYNTAX_MORPHOLOGY_H
#define DGM_SYNTAX_MORPHOLOGY_H

#include "document/document.h"

typedef struct dgm_morphology dgm_morphology; /* read-only once loaded, shared by threads */

/* Reads english/verbs.tsv and the word classes that repairs ask for. The caller owns *out. */
dgm_status dgm_morphology_load(const char *tables_dir, dgm_complaints *complaints,
                               dgm_morphology **out, dgm_err *err) DGM_MUST_USE;
void dgm_morphology_free(dgm_morphology *morphology);

/* The lemma of a verb's form in lower case, by exception and by rule; empty: no verb that is known
 * has such a form. The view lives as long as the morphology. */
dgm_view dgm_morphology_verb(const dgm_morphology *morphology, dgm_view form);
/* Whether a known verb has forms that no rule makes: "said". */
bool dgm_morphology_is_irregular(const dgm_morphology *morphology, dgm_view lemma);
/* Looks through the verbs, plurals in -men and numbers with commas of doc, and mends lemmas that no
 * such word has; the new ones are in the document's arena. */
void dgm_morphology_mend(const dgm_morphology *morphology, dgm_document *doc);

/* Word classes that the repair of trees asks for: @name of english/classes.tsv, `name` in the
 * column classes of cues/speech.tsv. */
typedef enum {
    DGM_VERB_SAID_OBJECT,  /* "said a spokesman": has what is said as its object */
    DGM_VERB_SPEAKER,      /* "conceded in an interview that": what comes is what was said */
    DGM_VERB_ADDRESSEE,    /* "urged them to leave": whoever is asked is the one spoken to */
    DGM_WORD_GOES_ON,      /* ", which officials said": no sentence of its own begins so */
    DGM_WORD_BESIDE,       /* "said in a statement": what comes is not said */
    DGM_VERB_TOLD,         /* "warned Iran": whoever is the object is the one spoken to */
    DGM_VERB_NEEDS_OBJECT, /* "arrested": who is named alone before it did not do it */
    DGM_VERB_IMPERSONAL,   /* "it seems that": nobody seems */
    DGM_WORD_OPENS_CLAUSE, /* "after a boat sank": no preposition where a verb comes */
    DGM_VERB_BLAMES,       /* "blamed the attack on rebels": these verbs and their "on" */
    DGM_VERB_ADJOINS,      /* "in neighbouring Chad": its -ing form says which, and is no clause */
    DGM_VERB_GIVES,        /* "gave the envoy two days": of two objects, the first is given to */
    DGM_WORD_WEEKDAY,      /* "on Monday": when, not on whom */
    DGM_WORD_MONTH,        /* "in August": when, not a part of the name behind it */
    DGM_WORD_LEAVE,        /* "gave the army permission to fire": what somebody gets to do so */
    DGM_WORD_FORCE,        /* "gave the military permission": an adjective that is somebody */
    DGM_WORD_ASKS,         /* "its call on Mali to leave": whoever stands between is asked */
    DGM_VERB_SENDS,        /* "sent a team led by a general to Mali": these verbs and their "to" */
    DGM_WORD_ATTACK,  /* "called the attack on the palace a plot": what has somebody behind "on" */
    DGM_WORD_LATER,   /* "declared it hours after the raid": how long after, and "after" */
    DGM_VERB_ASKS_IF, /* "asked if they had left": what may stand behind "if" is a question */
    DGM_VERB_PEOPLE_DO, /* "said the flight was illegal and summoned him": no flight summons */
    DGM_VERB_PROVIDED,  /* "will sign provided they stop firing": may open a condition */
    DGM_WORD_CONTENT,   /* "claims by rebels that they won": what comes is what they say */
    DGM_WORD_TAKEN_AS,  /* "took soldiers prisoner": these verbs, and what is made of whom */
    DGM_N_VERB_CLASSES
} dgm_verb_class;
/* False, too, where morphology is NULL. */
bool dgm_morphology_is(const dgm_morphology *morphology, dgm_view lemma, dgm_verb_class class);

#endif
