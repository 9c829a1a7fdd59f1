/* knowledge.h - the ontology and the predicate rules, compiled for lookup.
 * Only the events room sees it. All of it is read-only once loaded.
 *
 * A rule is a pattern over UD and the event that it gives:
 *
 *     launch obj:@attack          ASSAULT  190
 *
 * First the trigger's lemmas (`a|b|@class`; `n/a` a noun in operators.tsv), then constraints:
 *     out               a particle, adverb or preposition of the trigger
 *     slot:filler       the slot holds such a word      slot:+   it holds any word
 *     !slot:filler      it does not
 * Slots, fillers and roles are explained in docs/rules.md. */
#ifndef DGM_EVENTS_KNOWLEDGE_H
#define DGM_EVENTS_KNOWLEDGE_H

#include "events/events.h"
#include "grammar/grammar.h"

typedef enum {
    DGM_SLOT_NONE, /* nobody */
    DGM_SLOT_SUBJ, /* who does it: subject, by-agent of a passive, controller */
    DGM_SLOT_OBJ,  /* whom it is done to: object, subject of a passive */
    DGM_SLOT_IOBJ,
    DGM_SLOT_XCOMP,      /* infinitive or open complement */
    DGM_SLOT_CCOMP,      /* that-clause */
    DGM_SLOT_WORD,       /* particle */
    DGM_SLOT_PREP,       /* what a preposition governs, or its -ing clause */
    DGM_SLOT_POSS,       /* possessor */
    DGM_SLOT_ADJ,        /* "Turkish" in "Turkish airstrikes" */
    DGM_SLOT_MOD,        /* words before a noun: "joint", "rescue" in "a joint rescue drill" */
    DGM_SLOT_LIGHT,      /* subject of the light verb over a noun: "launched an attack" */
    DGM_SLOT_UNDERGO,    /* subject of "suffer", "face", "receive" over a noun */
    DGM_SLOT_HEAD,       /* the governor */
    DGM_SLOT_NEG,        /* not, never, no longer */
    DGM_SLOT_AUX,        /* auxiliaries */
    DGM_SLOT_BARE,       /* a subjunctive itself: "that Mali leave" */
    DGM_SLOT_MARK,       /* subordinators */
    DGM_SLOT_ACL,        /* participle or clause at a noun */
    DGM_SLOT_ADVCL,      /* clause of time, condition, purpose */
    DGM_SLOT_SPEAKER,    /* who says it */
    DGM_SLOT_PREVIOUS,   /* whoever spoke before */
    DGM_SLOT_DECIDER,    /* whoever imposed something in the sentences before */
    DGM_SLOT_SELF,       /* the trigger itself */
    DGM_SLOT_ACTORS,     /* the content event's actors */
    DGM_SLOT_RECIPIENTS, /* the content event's recipients */
    DGM_SLOT_LEFT,       /* any word before the trigger */
    DGM_SLOT_RIGHT,      /* any word of its phrase after the trigger */
    DGM_SLOT_NEAR_LEFT,  /* the nearest actor before the trigger */
    DGM_SLOT_NEAR_RIGHT, /* the nearest actor after it, in its phrase */
    DGM_SLOT_BOTH,       /* the subjects, if they are several */
    DGM_N_SLOTS
} dgm_slot_kind;

#define DGM_MAX_PATH 3
typedef struct {
    struct {
        dgm_slot_kind kind;
        dgm_view word; /* of PREP and WORD */
    } at[DGM_MAX_PATH];
    uint32_t n;
    bool joined; /* in a list of roles: added to the one before, not instead of it */
} dgm_slot_path;

typedef enum {
    DGM_FILL_ANY,
    DGM_FILL_ACTOR,
    DGM_FILL_SECTOR, /* an actor of the sector that is its lemma */
    DGM_FILL_CLASS,
    DGM_FILL_LEMMA,
    DGM_FILL_FORM
} dgm_fill_kind;
typedef struct {
    dgm_fill_kind kind;
    uint32_t class_id;
    dgm_view lemma;
} dgm_filler;

typedef struct {
    dgm_slot_path path;
    bool negated;
    uint32_t fillers, n_fillers; /* in events->fillers */
} dgm_constraint;

typedef struct {
    uint32_t first, n; /* in events->paths; n 0: the type's own default */
} dgm_role_list;

typedef struct {
    dgm_view source;  /* its id: "v0120" */
    dgm_view pattern; /* as in the table */
    dgm_view example;
    const char *table, *file; /* as dgm_rule_text */
    uint32_t i_table, line;
    uint32_t constraints, n_constraints;
    uint32_t weight;     /* the most that its pattern can weigh */
    dgm_event_type type; /* NONE: a pattern that silences its trigger */
    dgm_judging judging;
    dgm_view mode, cameo;
    dgm_view reverse; /* "032:033": what the recipients do to the actors at once; empty: nothing */
    dgm_role_list actors, recipients;
    bool own; /* of a folder that overlays the shipped tables */
    bool is_noun;
    /* operators only */
    bool is_operator;
    dgm_role_list content; /* slots where the content stands */
    uint64_t takes;        /* dgm_type_bit(): content of such types; bit 0: words, but no event */
    bool replaces;         /* "will meet": the content itself changes its type */
    bool eats_negation;    /* "will not lift": a refusal that did happen */
} dgm_rule;

/* A rule as it is told to a person: "v0120 (rules/verbs.tsv:125, accept obj:invitation)". */
#define DGM_RULE_TOLD "%.*s (%s:%u, %.*s)"
#define DGM_RULE_FMT(rule)                                                                         \
    DGM_FMT((rule)->source), (rule)->table, (rule)->line, DGM_FMT((rule)->pattern)

typedef struct {
    char code[5];
    double goldstein;
    dgm_event_type type;
    dgm_view mode;
    uint64_t contexts;
} dgm_cameo;

typedef struct {
    dgm_view base, content; /* code of the operator, beginning of the content's code */
    dgm_view cameo, mode;
} dgm_composition;

typedef struct {
    dgm_event_type type;
    dgm_view mode, key; /* key: PLOVER's name of it, or again its own */
    double score;
    const char *file;
    uint32_t line;
} dgm_mode;

typedef struct {
    dgm_role_list actors, recipients, noun_actors, noun_recipients;
    dgm_view cameo; /* where no rule says more */
    uint8_t quad;
    double intensity;
    bool plain_states; /* a state stays a state in its roles, and is not its government */
} dgm_type_roles;

/* A decision of the codebook beyond single rules: see the heads of the tables. */
typedef enum { DGM_RECODE_CODING, DGM_RECODE_PEOPLE, DGM_RECODE_OLDER } dgm_recoding_use;
typedef enum {
    DGM_SIDES_ANY,
    DGM_SIDES_SEVERAL,
    DGM_SIDES_NO_STATE,
    DGM_SIDES_PLAIN
} dgm_recoding_sides;
typedef struct {
    dgm_recoding_use use;
    dgm_recoding_sides sides;
    dgm_event_type type, to_type; /* NONE: any */
    dgm_view cameo, to_cameo;     /* cameo: beginning of the code */
    uint32_t class_id, line;
    bool asks_words, in_trigger;
} dgm_recoding;

typedef enum {
    DGM_RECALL_CONDITION,
    DGM_RECALL_DOER,
    DGM_RECALL_SPEAKER,
    DGM_RECALL_NOUN
} dgm_recall_from;
typedef struct {
    dgm_event_type type, earlier; /* NONE: any */
    dgm_view cameo;
    dgm_recall_from from;
    uint32_t reach; /* sentences */
} dgm_recall;

typedef struct {
    uint64_t context, unless; /* bits */
    uint64_t types;           /* dgm_type_bit() */
    bool words;               /* instead: whatever is said and not done */
    bool abroad, own;         /* where the recipient must be */
    dgm_view actor, recipient;
} dgm_side_context;

/* How much a phrase of discards.tsv silences. */
typedef enum { DGM_DISCARD_TRIGGER, DGM_DISCARD_SENTENCE, DGM_DISCARD_STORY } dgm_discard;

typedef DGM_ARRAY(uint32_t) dgm_id_list;

struct dgm_events {
    const dgm_grammar *grammar; /* borrowed */
    dgm_arena *arena;
    char *texts[20]; /* the tables as read; views point into them */
    uint32_t n_texts;

    dgm_types types;
    dgm_type_roles roles[DGM_MAX_TYPES]; /* by dgm_type_index() */
    DGM_ARRAY(dgm_mode) modes;
    DGM_ARRAY(dgm_view) contexts;
    uint64_t themes;          /* bit i: context i colours a whole story */
    dgm_map *context_words;   /* word or word pair -> context */
    dgm_id_list context_rows; /* contexts that have words */
    DGM_ARRAY(dgm_cameo) cameo;
    dgm_map *cameo_codes;
    DGM_ARRAY(dgm_composition) compositions;

    DGM_ARRAY(dgm_recoding) recodings;
    DGM_ARRAY(dgm_recall) recalls;
    DGM_ARRAY(dgm_side_context) side_contexts;

    dgm_map *discards; /* phrases of up to three lemmas -> dgm_discard */
    bool discards_stories, discards_sentences;

    DGM_ARRAY(dgm_rule) rules;
    DGM_ARRAY(dgm_constraint) constraints;
    DGM_ARRAY(dgm_filler) fillers;
    DGM_ARRAY(dgm_slot_path) paths;
    dgm_map *triggers;         /* "v:lemma" or "n:lemma" -> lists */
    DGM_ARRAY(dgm_view) nouns; /* lemmas of triggers that are nouns */
    DGM_ARRAY(dgm_id_list) lists;
};

dgm_status dgm_ontology_load(dgm_events *events, const char *dir, dgm_complaints *complaints);
dgm_status dgm_discards_load(dgm_events *events, const char *dir, dgm_complaints *complaints);
/* Tells the grammar of every word that the rules ask for. */
dgm_status dgm_rules_load(dgm_events *events, dgm_grammar *grammar, const char *dir,
                          dgm_complaints *complaints);

/* Parses "subj,by+poss" into events->paths and complains of slots that are none; false: no memory.
 */
bool dgm_parse_roles(dgm_events *events, dgm_complaints *complaints, const dgm_row *row,
                     dgm_view cell, dgm_role_list *out);
/* Appends id to the list of key, without doubling it. */
bool dgm_list_add(dgm_events *events, dgm_map *map, dgm_view key, uint32_t id);

/* Where a rule's sides stand: as it says, else as its type says for verbs or nouns. */
void dgm_roles_of(const dgm_events *events, const dgm_rule *rule, dgm_event_type type,
                  dgm_role_list *actors, dgm_role_list *recipients);
/* The rules that a lemma triggers, as a noun or as a verb; NULL: none. */
const dgm_id_list *dgm_rules_of(const dgm_events *events, dgm_view lemma, bool noun);
const dgm_cameo *dgm_cameo_of(const dgm_events *events, dgm_view code); /* NULL: unknown */

#endif
