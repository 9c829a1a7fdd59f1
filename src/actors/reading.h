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

typedef struct {
    const lexicon *lex;
    dgm_document *doc;
    dgm_arena *arena;
    uint32_t date;
    matches *found; /* of every sentence */
    DGM_ARRAY(actor) actors;
    DGM_ARRAY(sighting) sightings;
    DGM_ARRAY(alias) aliases;
    DGM_ARRAY(uint32_t) states;        /* entities that are countries and governments */
    country_count counts[MAX_COUNTED]; /* over the whole story */
    uint32_t n_counts;
    uint32_t barred;       /* entity that the pronoun at hand cannot be; DGM_NONE */
    uint32_t pair[2];      /* entities that "both sides" may mean; DGM_NONE */
    uint32_t we[16], n_we; /* whose statement the story is */
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
    bool no_memory;
} reading;

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
void count_countries(reading *r);
uint32_t count_of(const reading *r, const char *code);
/* The country that the story is about, if one clearly is; "" otherwise. */
const char *main_country(const reading *r);
/* The two that it is about, if clearly two. */
bool two_countries(const reading *r, char two[2][4]);

/* ---- resolve.c: phrases ---- */
void resolve_phrase(reading *r, uint32_t i, uint32_t depth);
void set_entities(reading *r, uint32_t i, const uint32_t *entities, uint32_t n, dgm_via via);
static inline void set_entity(reading *r, uint32_t i, uint32_t entity, dgm_via via)
{
    set_entities(r, i, &entity, entity == DGM_NONE ? 0 : 1, via);
}
static inline const dgm_mention *mention_of(const reading *r, uint32_t i)
{
    return &r->doc->mentions.at[r->first_mention + i];
}
/* First entity of the phrase headed by word, resolved if need be; DGM_NONE. */
uint32_t entity_at(reading *r, uint32_t word, uint32_t depth);
/* Cuts the next code off a body's list of members; false: none is left. */
bool next_member(dgm_view *rest, char code[4]);
/* The entity of a body of the tables. */
uint32_t body_entity(reading *r, const fact *f, const char *country, uint32_t word);
dgm_view words_folded(const reading *r, uint32_t first, uint32_t last);

/* ---- origin.c ---- */
/* The country of a role or title that does not name it; "" : not clear. */
void open_country(reading *r, const phrase *p, uint32_t depth, char out[4]);
/* Whether the role held may be called as asked: "minister" is the end of "foreign minister". */
bool role_fits(dgm_view held, dgm_view asked);

/* ---- roles.c ---- */
/* Codes as they are put together for one role or person. */
typedef struct {
    char country[4], sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
} codes;

codes codes_of(const phrase *p);
void make_former(codes *c);
/* Whether the role takes its sector from whom it serves. */
bool is_flexible(const phrase *p);
/* The one who is served, headed by word, gives a country, and a sector where the role has none. */
void serve(reading *r, const phrase *p, uint32_t word, uint32_t depth, codes *c);
void resolve_role(reading *r, uint32_t i, uint32_t depth);

/* ---- persons.c ---- */
void resolve_person(reading *r, uint32_t i, uint32_t depth);

/* ---- coref.c ---- */
enum { MAX_UP = 12, MAX_BACK = 3 }; /* steps up a tree, sentences back */
void resolve_pronoun(reading *r, uint32_t i, uint32_t depth);

/* ---- definite.c ---- */
void resolve_set(reading *r, uint32_t i);
void resolve_common(reading *r, uint32_t i, uint32_t depth);
void find_publisher(reading *r); /* before the first sentence */
void note_pair(reading *r);      /* after a sentence: the two that fight or talk in it */

#endif
