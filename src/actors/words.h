/* words.h - classes of words: what the room must know of single words to read phrases ("dozens of"
 * counts, "send" says whose the sent are). The words are knowledge and stand in
 * data/english/people.tsv, codes of countries in data/actors/words.tsv; which classes there are,
 * this list says. Private to the room.
 *
 * A word is looked up once and gives the set of all its classes, whatever its capitals. Whether a
 * class holds forms or lemmas the table says, and the call: form_of() or lemma_of(). */
#ifndef DGM_ACTORS_WORDS_H
#define DGM_ACTORS_WORDS_H

#include "base/base.h"

/*    class               name in the table */
#define DGM_WORD_CLASS_MAP(X)                                                                      \
    X(ABOARD, "aboard")                                                                            \
    X(ABROAD, "abroad")                                                                            \
    X(AGAINST, "against")                                                                          \
    X(APART, "apart")                                                                              \
    X(ARMED_BODY, "armed-body")                                                                    \
    X(ATTACKING, "attacking")                                                                      \
    X(BODY, "body")                                                                                \
    X(BODY_NAME, "body-name")                                                                      \
    X(CALENDAR, "calendar")                                                                        \
    X(COLUMN, "column")                                                                            \
    X(COMMON, "common-noun")                                                                       \
    X(CONTEST, "contest")                                                                          \
    X(COUNT, "count")                                                                              \
    X(DEPUTATION, "deputation")                                                                    \
    X(DIPLOMAT, "diplomat")                                                                        \
    X(EVERY, "every")                                                                              \
    X(EXAMPLE, "example")                                                                          \
    X(FACING, "facing")                                                                            \
    X(FAMILY_FIRST, "family-first")                                                                \
    X(FOREIGN, "foreign")                                                                          \
    X(FORMER, "former")                                                                            \
    X(GATHERING, "gathering")                                                                      \
    X(GOVERNMENT, "government")                                                                    \
    X(HARMER, "harmer")                                                                            \
    X(HARMING, "harming")                                                                          \
    X(HEAD_OF_STATE, "head-of-state")                                                              \
    X(HELD, "held")                                                                                \
    X(HIRED, "hired")                                                                              \
    X(ISLAND_STATE, "island-state")                                                                \
    X(JAILING, "jailing")                                                                          \
    X(LEADER, "leader")                                                                            \
    X(LEADING, "leading")                                                                          \
    X(MERE_PERSON, "mere-person")                                                                  \
    X(MOVING, "moving")                                                                            \
    X(NAME_PARTICLE, "name-particle")                                                              \
    X(NAME_SUFFIX, "name-suffix")                                                                  \
    X(NOW, "now")                                                                                  \
    X(OTHER_STATE, "other-state")                                                                  \
    X(OWN_PEOPLE, "own-people")                                                                    \
    X(OWNING, "owning")                                                                            \
    X(PAIRING, "pairing")                                                                          \
    X(PARTITIVE, "partitive")                                                                      \
    X(PARTY_TO, "party-to")                                                                        \
    X(PLACE_KIND, "place-kind")                                                                    \
    X(REGION, "region")                                                                            \
    X(REGISTERED, "registered")                                                                    \
    X(REMOTE, "remote")                                                                            \
    X(RULING, "ruling")                                                                            \
    X(SENDING, "sending")                                                                          \
    X(SERVING, "serving")                                                                          \
    X(SHARE, "share")                                                                              \
    X(SHARED_NAME, "shared-name")                                                                  \
    X(SIDE, "side")                                                                                \
    X(SPEAKS_FOR_STATE, "speaks-for-state")                                                        \
    X(SPEECH_FORM, "speech-form")                                                                  \
    X(STATE, "state")                                                                              \
    X(STRIKING, "striking")                                                                        \
    X(TIME_UNIT, "time-unit")                                                                      \
    X(TURNING_PARTICIPLE, "turning-participle")                                                    \
    X(TURNING_PREFIX, "turning-prefix")                                                            \
    X(UNITING, "uniting")                                                                          \
    X(VESSEL, "vessel")                                                                            \
    X(WEAPON, "weapon")                                                                            \
    X(WEATHER, "weather")

typedef enum {
#define X(id, name) WORDS_##id,
    DGM_WORD_CLASS_MAP(X)
#undef X
        N_WORD_CLASSES
} word_class;

typedef struct {
    dgm_map *numbers; /* word in lower case -> index into sets */
    DGM_ARRAY(uint64_t) sets;
    uint64_t known; /* classes that have a word */
    size_t longest; /* bytes: what is longer is in no class */
} word_table;

enum { MAX_CLASS_WORD = 40 }; /* bytes of a word of the table */

word_class word_class_named(dgm_view name); /* N_WORD_CLASSES: there is none */
const char *word_class_name(word_class class);
/* Puts a word of at most MAX_CLASS_WORD bytes into a class; *again: it was there already. False:
 * no memory. */
bool word_table_add(word_table *table, dgm_arena *arena, dgm_view word, word_class class,
                    bool *again);
/* Bit 1 << class for every class of the word. */
uint64_t word_classes(const word_table *table, dgm_view word);
static inline bool word_of(const word_table *table, dgm_view word, word_class class)
{
    return (word_classes(table, word) >> class & 1) != 0;
}

#endif
