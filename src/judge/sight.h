/* sight.h - one story as the judge sees it. Inside the room only. */
#ifndef DGM_JUDGE_SIGHT_H
#define DGM_JUDGE_SIGHT_H

#include "grammar/grammar.h"
#include "judge/connotation.h"
#include "judge/judge.h"
#include "learn/perceptron.h"

enum { N_TYPES = DGM_N_JUDGED, MAX_STATES = 64, MAX_IN_SIGHT = 12 };
enum { N_INPUTS = 8 * DGM_WORD_VECTOR + N_TYPES + 2 };
/* Sentences before and behind an event whose names are in reach. Those that tell nothing, as "the
 * weather was mild", are no distance. */
enum { BACK = 3, AHEAD = 1 };

/* A state, or a body above states, that the story names: "UKR", "UNO". */
typedef struct {
    char code[4];
    uint32_t n;     /* mentions */
    uint32_t first; /* the first of them in namings */
} state_seen;

/* A mention of a state, as code and place. */
typedef struct {
    uint32_t mention, entity;
    uint32_t state; /* in states; DGM_NONE: nobody knows */
} naming;

typedef struct {
    const dgm_tree *tree;
    uint8_t *depth;   /* steps to the root, 60 at most */
    uint32_t *buried; /* of each word: a proposal of the rules, or DGM_NONE */
    /* Of each word: whether it only denies what its head says, "not" and the "did" of "did not";
     * its number among those that do not. Words are seen as if no denial stood there, since
     * what is not so is the same event, denied; only that a word is denied may tell of its type. */
    bool *denial;
    uint32_t *place;
    uint32_t namings, n_namings;
    bool tells;    /* names somebody, or has an event of the rules */
    uint32_t turn; /* how many sentences before it tell something */
    /* "said" of "..., officials said": what hangs on it hangs on nothing. 0: there is none. */
    uint32_t frame;
    uint32_t n_told;  /* words before such a frame */
    int32_t *meaning; /* [DGM_WORD_VECTOR], made by inputs.c when it is first asked for */
    uint32_t n_meant, last_meant; /* words of which it is the sum; the last of them */
    int32_t *tone; /* of each word's branch, made by words.c when it is first asked for */
} sentence_sight;

/* The vectors of the words of the sentence that was last looked at. */
typedef struct {
    uint32_t sentence, cap;
    int8_t (*at)[DGM_WORD_VECTOR];
    bool *known;
} seen_vectors;

typedef struct {
    const dgm_model *model; /* for the vectors of words */
    const dgm_events *events;
    const connotation *tone; /* may be NULL */
    dgm_document *doc;
    sentence_sight *sentences;
    uint32_t *telling; /* the sentences that tell something, in the order of the text */
    uint32_t n_telling;
    DGM_ARRAY(naming) namings; /* by sentence */
    state_seen states[MAX_STATES];
    uint32_t n_states;
    seen_vectors *vectors;
    dgm_by_sentence rules; /* the events of the rules */
    bool is_long;          /* a report, not a brief */
    bool no_nots;          /* words are seen as if they were not denied */
} sight;

/* False: no memory. Works in doc's arena. */
bool sight_build(sight *s, const dgm_model *model, const dgm_events *events,
                 const connotation *tone, dgm_document *doc);

static inline const dgm_sentence *sentence_at(const sight *s, uint32_t i_sentence)
{
    return &s->doc->sentences.at[i_sentence];
}

/* How many sentences that tell something `to` stands before `from`; below 0: behind it. Between two
 * sentences it is never 0. */
int32_t judge_distance(const sight *s, uint32_t from, uint32_t to);
/* The sentence itself, then those in reach that tell something: before it, the nearest first, and
 * behind it. */
enum { N_NEAR = 1 + BACK + AHEAD };
uint32_t judge_near(const sight *s, uint32_t i_sentence, uint32_t out[N_NEAR]);
/* The head and the relation of a word as if nobody had said it: 0 and root below a frame. */
static inline uint32_t judge_head(const sight *s, uint32_t i_sentence, uint32_t word)
{
    uint32_t head = sentence_at(s, i_sentence)->words[word].head;
    return head == s->sentences[i_sentence].frame ? 0 : head;
}
static inline dgm_deprel judge_rel(const sight *s, uint32_t i_sentence, uint32_t word)
{
    return judge_head(s, i_sentence, word) ? sentence_at(s, i_sentence)->words[word].deprel
                                           : DGM_REL_ROOT;
}
/* The preposition or subordinator before a word, as a lemma; empty: none. */
dgm_view judge_marker_before(const sight *s, uint32_t i_sentence, uint32_t word);
/* "state", "government", "person", ... */
dgm_view judge_kind_name(dgm_entity_kind kind);
/* What somebody is, without saying who: the sector, or the kind ("GOV" for a government). Empty:
 * the word names nobody. */
dgm_view judge_who_at(const sight *s, uint32_t i_sentence, uint32_t word);
/* The first entity that a word names, or DGM_NONE. */
uint32_t judge_entity_of(const sight *s, uint32_t i_sentence, uint32_t word);
/* The verb of saying in whose content a word stands, and the top of that content; 0: none. */
uint32_t judge_says_above(const sight *s, uint32_t i_sentence, uint32_t word, uint32_t *top);
/* The verb that claims the deed which a noun names, or responsibility for it; 0: none does. */
uint32_t judge_claim_over(const dgm_tree *t, uint32_t noun);
/* Subject of a verb, also where a verb above lends it; 0: none. */
uint32_t judge_subject_at(const sight *s, uint32_t i_sentence, uint32_t verb);
bool judge_can_carry(const dgm_word *word); /* an event */
/* "passive" or "active". */
dgm_view judge_voice_of(const sight *s, uint32_t i_sentence, uint32_t word);
/* Words from one to another of a sentence, denials not counted; and as "2", "5", "10" or "more". */
uint32_t judge_words_between(const sight *s, uint32_t i_sentence, uint32_t a, uint32_t b);
dgm_view judge_distance_name(uint32_t distance);

/* One side of an event. */
typedef struct {
    const dgm_participant *at;
    uint32_t n;
} members;

static inline members members_of(const dgm_participants *side)
{
    return (members) { side->at, side->n };
}
static inline members side_of(const dgm_event *e, uint32_t role) /* 0: actors, 1: recipients */
{
    return members_of(role ? &e->recipients : &e->actors);
}

bool judge_is_of_state(const sight *s, uint32_t entity, uint32_t state);
bool judge_side_has(members side, uint32_t entity);
bool judge_side_has_state(const sight *s, members side, uint32_t state); /* somebody of it */

/* One event, found or proposed, whose type or sides are in question. */
typedef struct {
    uint32_t sentence, word;
    uint32_t event; /* of the rules, or DGM_NONE */
    dgm_event_type type;
    const dgm_event *sides; /* as the rules have them, or else as the type usually has them */
} occasion;

/* Fills it->sides. False: no memory. */
bool judge_find_sides(const sight *s, occasion *it);

/* The part of speech of a word, which "did not" does not change: "attack" as "attacked". */
dgm_view judge_tag_of(const sentence_sight *info, uint32_t word);
/* The next word in the sentence that is no denial, to the left (step -1) or right; 0: none. */
uint32_t judge_beside(const sentence_sight *info, uint32_t word, int step);

/* words.c: what speaks for and against an event at a word. */
void judge_word_features(const sight *s, uint32_t i_sentence, uint32_t word, dgm_features *f);
/* Adds what the sentence is about, which is the same for all its words. */
void judge_topic_features(const sight *s, uint32_t i_sentence, dgm_features *f);

/* inputs.c: the same for the perceptron; out[N_INPUTS]. */
extern const dgm_inputs_named judge_inputs;
void judge_word_inputs(const sight *s, uint32_t i_sentence, uint32_t word, int8_t *out);

/* sides.c: the states in sight of an event, and what speaks for one of them as a side. */
uint32_t judge_states_in_sight(const sight *s, const occasion *it, uint32_t out[MAX_IN_SIGHT]);
/* Adds the states that a sentence names, as long as there is room. */
void judge_add_states(const sight *s, uint32_t i_sentence, uint32_t out[MAX_IN_SIGHT], uint32_t *n);
/* role 0: as actor. role 1: as recipient, where `actors` (bits of s->states) act. */
void judge_side_features(const sight *s, const occasion *it, uint32_t state, uint32_t role,
                         uint64_t actors, dgm_features *f);

/* choose.c */
typedef struct {
    uint32_t states[MAX_IN_SIGHT];
    int32_t scores[MAX_IN_SIGHT][2]; /* as actor, as recipient */
    uint32_t n;
} ranking;
/* Bit i: states[i] is in the set that is right most probably, counted as right where at least half
 * of what either says both say. *likelihood: how probably. role 0: actors, 1: recipients. own: the
 * rules' answer, which stays unless another is clearly better; 0: they have none. */
uint32_t choose_side(const ranking *r, uint32_t role, uint32_t own, double *likelihood);
/* Where that is nobody: the likeliest set of some `among` the states that is nearly as likely. 0:
 * none is. */
uint32_t choose_somebody(const ranking *r, uint32_t role, uint32_t among);

/* parties.c: who of a state it is. */
enum { MAX_PARTIES = 24 };
typedef struct {
    uint32_t mention, entity;
    bool lent; /* the text does not say whose they are: "the army" */
} party;
/* Those of the state in reach, and those near the event whose state nobody knows. */
uint32_t parties_of(const sight *s, const occasion *it, uint32_t state, party out[MAX_PARTIES]);
void judge_party_features(const sight *s, const occasion *it, const party *p, dgm_features *f);
/* Puts on each side the parties of the states chosen; chosen: bits of the ranking, by role, own:
 * the rules' sides. model NULL: whoever stands nearest. False: no memory. */
bool judge_choose_parties(const sight *s, const dgm_linear *model, dgm_features *f,
                          const occasion *it, const ranking *r, const uint32_t chosen[2],
                          const members own[2], dgm_participants sides[2]);
/* Makes a group of people of the entity's state, civilians where they protest. DGM_NONE: no memory.
 */
uint32_t judge_people_of(const sight *s, uint32_t entity, dgm_event_type type);
/* Puts one more on a side, unless he is there. False: no memory. */
bool judge_add_party(const sight *s, dgm_participants *side, dgm_participant p);

/* settle.c: puts the parties of the states chosen into the event, and settles what no weight
 * decides. model NULL: whoever stands nearest. False: no memory. */
bool judge_give_sides(const sight *s, const dgm_linear *model, dgm_features *f, dgm_event *event,
                      const occasion *it, const ranking *r, uint32_t actors, uint32_t recipients);
/* Makes a group of people of the entity's state, civilians where they protest; DGM_NONE: no memory.
 */
uint32_t judge_people_of(const sight *s, uint32_t entity, dgm_event_type type);
/* Puts one more on a side, unless he is there. False: no memory. */
bool judge_add_party(const sight *s, dgm_participants *side, dgm_participant p);

/* settle.c: what no weight decides. Drops from the parties chosen and adds to them; own: the rules'
 * sides. False: no memory. */
bool judge_settle_sides(const sight *s, const occasion *it, const ranking *r, const members own[2],
                        const dgm_event *event, dgm_participants sides[2]);

/* Where a word stands, seen from the event. */
typedef struct {
    dgm_view up;   /* relation through which the trigger hangs below what both hang on; "": none */
    dgm_view slot; /* relation of the branch with the word */
    dgm_view prep; /* its preposition */
    bool deep;     /* further down the branch */
    bool after;
    uint32_t distance;
} standing;
standing judge_stand(const sight *s, const occasion *it, uint32_t head);

extern const char *const judge_types[N_TYPES]; /* answer i is type i + 1 */
extern const char *const judge_roles[2];

#endif
