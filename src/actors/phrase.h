/* phrase.h - a noun phrase by itself: which table entries its words match, and what they say
 * together. "The Turkish foreign minister": country TUR from the adjective, sector GOV from the
 * role, definite. What only the story can tell (who "he" is) is left open for story memory.
 * Private to the room. */
#ifndef DGM_ACTORS_PHRASE_H
#define DGM_ACTORS_PHRASE_H

#include "actors/lexicon.h"

/* A run of words that is in the tables; matches of a sentence do not overlap. */
typedef struct {
    uint32_t first, last; /* words */
    uint32_t fact;        /* first of its chain */
    const fact *home;     /* of the bodies that share the name, the story's; NULL: not known */
} match;

typedef struct {
    match *at;
    uint32_t n;
    uint32_t *of_word; /* [n_words + 1]: match that covers the word, DGM_NONE */
    bool capitals;     /* the whole sentence is in capitals */
    bool title_case;   /* nearly every word begins with a capital: they prove no name */
    uint32_t dateline; /* the dash that ends "CAIRO, Oct 2 (Agency) -"; 0: none */
} matches;

/* Longest matches from left to right; a name wins over a part of a name. False: no memory. */
bool matches_find(const lexicon *lex, const dgm_sentence *s, uint32_t date, dgm_arena *arena,
                  matches *out);

typedef enum {
    PHRASE_NONE,
    PHRASE_COUNTRY, /* a country's name; or its adjective before a thing: "the Israeli assault" */
    PHRASE_CAPITAL, /* a capital or palace: government by metonymy, or a mere place */
    PHRASE_REGION,
    PHRASE_PEOPLE, /* "the Turks", "30 Palestinians", "Kurds" */
    PHRASE_ORG,
    PHRASE_PERSON, /* by name, of the tables or not */
    PHRASE_ROLE,
    PHRASE_UNKNOWN, /* a proper noun that we know nothing of */
    PHRASE_PRONOUN,
    PHRASE_SET,    /* "both sides", "the two countries" */
    PHRASE_COMMON, /* "the country", "the alliance": known only through the story */
    N_PHRASE_KINDS
} phrase_kind;

enum { MAX_COUNTRIES = 4, MAX_NAME_WORDS = 8 };

typedef struct {
    phrase_kind kind;
    uint32_t head, first, last;       /* words; first..last is the span */
    const fact *name;                 /* of country, org, person, people; or NULL */
    uint32_t name_chain;              /* all facts of the name's phrase */
    const fact *agent;                /* the role's entry, or NULL */
    const fact *modifier_org;         /* "Hamas fighters" */
    char countries[MAX_COUNTRIES][4]; /* from adjectives and nouns before the head */
    uint32_t n_countries;
    char sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
    uint32_t possessor;                  /* head word of "Italy's", "its"; 0: none */
    uint32_t principal;                  /* "of X", "for X"; 0 */
    uint32_t place;                      /* "in X"; 0 */
    uint32_t name_words[MAX_NAME_WORDS]; /* of a person, in order */
    uint32_t n_name_words;
    uint32_t role_first, role_last; /* words of the role; 0: none */
    bool definite, plural, former, generic, locative, counted, opposed;
    bool of_force; /* "army drones": a force is said beside the head */
    bool paired;   /* "both", "the two" */
} phrase;

/* What the phrase headed by `head` says; kind PHRASE_NONE: speaks of nobody. `date` chooses among
 * dated entries. */
void phrase_read(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t head,
                 uint32_t date, phrase *out);
/* The same for a match that stands before a thing: "the Israeli assault", "rebel attacks". */
void phrase_read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m,
                          uint32_t i_match, uint32_t date, phrase *out);
/* The best entry of a chain for words first..last: one that holds on the date, of one of the
 * countries, not a mere surname; NULL: none fits. */
const fact *choose_fact(const lexicon *lex, const dgm_sentence *s, const matches *m,
                        const match *found, uint32_t date, const phrase *context);
/* "Luis Mora", "Ana Lima": the match ends somebody's name, and names no place. */
bool actors_is_surname(const dgm_sentence *s, const matches *m, const match *found);

/* Whether the entry holds on the date; an unknown date, 0, forbids nothing. */
static inline bool fact_holds(const fact *f, uint32_t date)
{
    return date == 0 || (f->from <= date && date <= f->to);
}
bool form_is(const dgm_word *word, const char *form);
bool form_in(const dgm_word *word, const char *const *list, size_t n); /* without regard to case */
/* Whether the word's form, its lemma is of the class; without regard to case. */
static inline bool form_of(const lexicon *lex, const dgm_word *word, word_class class)
{
    return word_of(&lex->words, word->form, class);
}
static inline bool lemma_of(const lexicon *lex, const dgm_word *word, word_class class)
{
    return word_of(&lex->words, word->lemma, class);
}
/* The preposition of a nominal; 0: none. */
uint32_t preposition_of(const dgm_sentence *s, uint32_t word);
bool case_allows(const lexicon *lex, const fact *f, const dgm_sentence *s, uint32_t first,
                 uint32_t last, bool capitals);
bool starts_upper(const dgm_word *word);
/* "appealed to both": the word alone, not "both sides", "both A and B", "both of them". */
bool is_both(const dgm_sentence *s, uint32_t word);
/* "The former", "the latter", without a noun. */
bool actors_is_one_of_two(const dgm_sentence *s, uint32_t word);
/* "A group kidnapped a pilot": an armed one. */
bool is_band(const lexicon *lex, const dgm_sentence *s, uint32_t word);
/* What a pronoun stands for by its form; also in brackets, as quotations have it: "[w]e". */
typedef enum { P_NONE, P_HE, P_SHE, P_IT, P_THEY, P_I, P_WE, P_RELATIVE } pronoun;
pronoun pronoun_of(const dgm_word *word);

#endif
