/* cues.h - the tables of data/cues/: words of speech, operators, hedges, eras.
 * Inside the room only. */
#ifndef DGM_CUES_H
#define DGM_CUES_H

#include "claims/claims.h"

/* How a complement hangs on its governor; the names are those of the tables' `frames`. The
 * prepositions come after the relations. */
/* clang-format off */
#define DGM_FRAME_MAP(X) \
    X(THAT, "that") X(TO, "to") X(OBJTO, "objto") X(PASSTO, "passto") X(ING, "ing") \
    X(OBJING, "objing") X(OBJ, "obj") X(SUBJ, "subj") X(PRED, "pred") X(QUOTE, "quote") \
    X(AUXILIARY, "aux") X(PART, "part") X(PASS, "pass") X(OF, "of") X(FOR, "for") \
    X(FROM, "from") X(AS, "as") X(ABOUT, "about") X(AT, "at") X(IN, "in") X(ON, "on") \
    X(OVER, "over") X(WITH, "with") X(AGAINST, "against") X(UNDER, "under") X(OUT, "out") \
    X(UP, "up") X(SHORT, "short") X(SPEECH, "speech") X(ADJUNCT, "adjunct") X(TOPIC, "topic")
/* clang-format on */

enum {
#define X(id, label) FRAME_BIT_##id,
    DGM_FRAME_MAP(X)
#undef X
        N_FRAMES
};
enum {
#define X(id, label) FRAME_##id = 1 << FRAME_BIT_##id,
    DGM_FRAME_MAP(X)
#undef X
};

typedef enum { SIGN_YES, SIGN_NO, SIGN_UNKNOWN, SIGN_FACT } effect_sign;

/* What a cue does to its complement: see the head of speech.tsv. */
typedef struct {
    uint8_t sign;   /* effect_sign */
    uint8_t status; /* dgm_factual_status */
} effect;

typedef enum { TABLE_SPEECH, TABLE_OPERATORS, TABLE_HEDGES, TABLE_ERAS } table;
const char *table_name(table t); /* "cues/speech.tsv" */

/* A row of speech.tsv, operators.tsv or hedges.tsv. Rows of one lemma are linked by `next`. */
typedef struct {
    dgm_upos pos;
    uint32_t frames;
    effect affirmed, negated, unsourced;
    dgm_attribution_kind kind;
    uint8_t table;  /* TABLE_SPEECH: a cue of attribution */
    bool amod;      /* hedges: beside a noun */
    bool hearsay;   /* hedges: on the word of somebody, as `kind` says */
    bool undergone; /* operators: a light verb whose subject gets what its object names */
    bool once;      /* operators: what was possible in the past came about ("was able to") */
    dgm_view of;    /* hedges: only beside this lemma; empty: beside any */
    bool would;     /* the auxiliary whose meaning hangs on where it stands */
    bool ends;      /* operators: what it ends is real until then ("stop its raids") */
    bool ahead;     /* operators: sets a day for what its object names, "called a strike" */
    bool light;     /* a light verb or one of occurrence: no content of its own */
    uint32_t line, next;
} cue;

/* "cold war": a time known by a name, and the year in which it ended. */
typedef struct {
    dgm_view phrase;
    uint32_t end, line, next; /* next with the same first word */
} era;

typedef DGM_ARRAY(cue) cue_array;

struct dgm_claims {
    dgm_arena *arena;
    char *texts[4];
    dgm_map *cue_of; /* first row of a lemma or form */
    dgm_map *era_of; /* ... of a first word */
    DGM_ARRAY(cue) cues;
    DGM_ARRAY(era) eras;
};

/* The first row for a word, by lemma or else by form; NULL: none. Go on with cue_next(). */
const cue *cue_first(const struct dgm_claims *claims, const dgm_word *word);
/* The same by form alone: "alleged" as an adjective, whatever its lemma. */
const cue *cue_of_form(const struct dgm_claims *claims, const dgm_word *word);
const cue *cue_next(const struct dgm_claims *claims, const cue *c);
/* The first era whose name begins with the word, in whatever case; NULL: none. */
const era *era_first(const struct dgm_claims *claims, dgm_view word);
const era *era_next(const struct dgm_claims *claims, const era *e);
/* "for" -> FRAME_FOR; 0: no such frame. */
uint32_t frame_of(dgm_view name);

#endif
