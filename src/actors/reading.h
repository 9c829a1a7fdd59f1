/* reading.h - one story being read: whom it has spoken of so far, and how its phrases, pronouns
 * and definite nouns resolve to them. Private to the room.
 *
 * Sentence by sentence, every phrase gets a mention; then each is resolved, those that another
 * depends on ("Italy's", "for the Taliban", an apposition) before it. */
#ifndef DGM_ACTORS_READING_H
#define DGM_ACTORS_READING_H

#include "actors/phrase.h"
#include "document/party.h"

/* What the room keeps of an entity beyond dgm_entity; same index. */
typedef struct {
    const fact *fact; /* table row, or NULL */
    uint32_t person;  /* number in the tables; DGM_NONE */
    dgm_view office;  /* folded, of a person of the tables */
    dgm_view role;    /* folded role words of a person or group: "foreign minister" */
    dgm_view lemma;   /* of its first head noun */
    uint64_t seen;    /* sentence and word of its last mention */
    bool named, unit;
} actor;

/* What it keeps of a mention; same index as doc->mentions. */
typedef struct {
    uint8_t rank; /* 3 subject, 2 object or agent, 1 other, 0 inside another phrase */
    bool plural, quoted;
} sighting;

typedef struct {
    dgm_view name; /* folded */
    uint32_t entity;
} alias;

typedef struct {
    char code[4];
    uint32_t n;
    uint32_t n_yet; /* to the end of the paragraph being read */
} country_count;

typedef enum { OPEN, BUSY, DONE } resolve_state;

enum { MAX_COUNTED = 64, MAX_DEPTH = 8 };
/* A story remembers so many of the last mentions, names and entities: a book must not cost the
 * square of its length. */
enum { MAX_MEMORY = 1500 };
static inline uint32_t oldest(uint32_t n)
{
    return n > MAX_MEMORY ? n - MAX_MEMORY : 0;
}

typedef struct reading reading;

/* How phrases are resolved, which kinds.c says. A rule leaves phrase i with its entities. */
typedef struct {
    bool (*by_another)(reading *r, uint32_t i); /* true: another phrase says who this one is */
    void (*of_kind[N_PHRASE_KINDS])(reading *r, uint32_t i); /* NULL: nobody */
} resolve_rules;

/* What was last told of two: that one went to or received the other, that one did something with or
 * to the other, that they fight, quarrel, talk or agree. */
typedef enum { PAIR_PASSING, PAIR_MET, PAIR_CONTEST, N_PAIRS } pair_kind;

typedef struct {
    uint32_t of[2]; /* entities */
    uint32_t sentence;
    bool told;
} pair;

struct reading {
    const lexicon *lex;
    const resolve_rules *rules;
    dgm_document *doc;
    dgm_arena *arena;
    uint32_t date;
    matches *found;      /* of every sentence */
    uint32_t i_dateline; /* the first sentence that has one; DGM_NONE: none */
    DGM_ARRAY(actor) actors;
    DGM_ARRAY(sighting) sightings;
    DGM_ARRAY(alias) aliases;
    DGM_ARRAY(uint32_t) states;        /* entities that are countries and governments */
    country_count counts[MAX_COUNTED]; /* over the whole story */
    uint32_t n_counts;
    uint32_t counted_yet; /* sentences in n_yet */
    bool begun_yet;       /* one of them names a state */
    uint32_t barred;      /* entity that the pronoun at hand cannot be; DGM_NONE */
    uint32_t speaker;     /* entity that says it, which it cannot be either; DGM_NONE */
    pair pairs[N_PAIRS];  /* that "both sides" may mean */
    char doer[4];         /* the state whose force was told of last, in sentence doer_in */
    uint32_t doer_in;
    uint32_t we[16], n_we; /* whose statement the story is */
    /* "In Togo, ...": the state that the paragraph has turned to, or ""; the sentence and the word
     * that name it; who acts in the sentence being read */
    char setting[4];
    uint32_t set_in, set_at, set_subject;
    bool set_by_dateline; /* of a later item: "HONIARA - Police" */
    /* of the sentence being read */
    uint32_t i_sentence;
    const dgm_sentence *s;
    const matches *m;
    phrase *phrases; /* in order of their heads */
    uint32_t n_phrases;
    uint32_t *of_word; /* phrase of a head word; DGM_NONE */
    resolve_state *state;
    uint32_t first_mention; /* phrase i is mention first_mention + i */
    bool guessed;           /* the country that open_country() gave last is a guess */
    bool untold;            /* it gave none, and nobody can tell */
    uint32_t depth;         /* of phrases that wait for others */
    bool no_memory;
};

/* ---- memory.c: entities ---- */
/* Index of a new entity, or DGM_NONE: no memory. */
uint32_t new_entity(reading *r, dgm_entity_kind kind, const char *country, const char *sector,
                    dgm_view name, const fact *f);
uint32_t country_entity(reading *r, const char *code, const char *sector, const fact *f);
uint32_t government_entity(reading *r, const char *code, const fact *f);
uint32_t place_entity(reading *r, const char *code, const char *sector, dgm_view name,
                      const fact *f);
void add_alias(reading *r, dgm_view folded, uint32_t entity);
uint32_t find_alias(const reading *r, dgm_view folded); /* the latest; DGM_NONE */
/* The country of the entity; false: there is none of either. */
bool actors_take_state(const reading *r, uint32_t entity, char out[4]);
void count_countries(reading *r);
/* Counts what the paragraph of the sentence being read names. */
void actors_count_paragraph(reading *r);
/* Whether the story names the state in later paragraphs only, when another is well known by now:
 * whoever is told of here is none of its people. */
bool actors_comes_later(const reading *r, const country_count *c);
uint32_t count_of(const reading *r, const char *code);
/* The country of the dateline that opens the sentence: of the place that is meant there, "SANTIAGO,
 * Dominican Republic -"; "": none. */
const char *actors_dateline_of(const reading *r, uint32_t i_sentence);
/* Of places in several states that share a name, the phrase means the one in the dateline's state,
 * else in the state that the story names most often; where it names none, the first in the tables.
 */
void actors_settle_namesake(const reading *r, phrase *p);
/* Whether the mention is of those to whom something is told: "told reporters". Nobody goes on to
 * speak of them. */
bool is_hearer(const reading *r, const dgm_mention *m);
/* The country that the story is about, as far as it is told, if one clearly is; "" otherwise. */
const char *main_country(const reading *r);
/* The two that it is about, if clearly two. */
bool two_countries(const reading *r, char two[2][4]);

/* ---- resolve.c: the one way from phrases to entities ---- */
void resolve(reading *r, uint32_t i);
void set_entities(reading *r, uint32_t i, const uint32_t *entities, uint32_t n, dgm_via via);
static inline void set_entity(reading *r, uint32_t i, uint32_t entity, dgm_via via)
{
    set_entities(r, i, &entity, entity == DGM_NONE ? 0 : 1, via);
}
static inline const dgm_mention *mention_of(const reading *r, uint32_t i)
{
    return &r->doc->mentions.at[r->first_mention + i];
}
/* Whom the mention means: the first of them; the only one, if it is one. DGM_NONE: nobody. */
static inline uint32_t first_entity_of(const reading *r, const dgm_mention *m)
{
    return m->n_entities ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
}
static inline uint32_t only_entity_of(const reading *r, const dgm_mention *m)
{
    return m->n_entities == 1 ? r->doc->mention_entities.at[m->entities] : DGM_NONE;
}
/* Gives phrase i the entities of a mention. */
void copy_mention(reading *r, uint32_t i, const dgm_mention *m, dgm_via via);
/* The story has spoken of the entity at that word. */
void see(reading *r, uint32_t entity, uint32_t word);
/* First entity of the phrase headed by word, resolved if need be; DGM_NONE. */
uint32_t entity_at(reading *r, uint32_t word);
dgm_view words_folded(const reading *r, uint32_t first, uint32_t last);
dgm_view phrase_text(const reading *r, const phrase *p);

#endif
