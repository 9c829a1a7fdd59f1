/* names_parts.h - what the files of the names share; nobody else includes it.
 *
 *   names.c           the section of the model file, the best names of a window
 *   names_features.c  the spans that can be names and what they look like
 *   names_lists.c     names of the tables, as numbers
 *   names_train.c     learns the weights
 */
#ifndef DGM_SYNTAX_NAMES_PARTS_H
#define DGM_SYNTAX_NAMES_PARTS_H

#include "syntax/names.h"

enum {
    N_TYPES = DGM_N_ENTITY_TYPES,
    NAME_BITS = 15, /* of the number of a feature */
    NAME_FEATURES = 128,
    NAME_SIDE = 8, /* parts of a subtree that are taken or left on one side of the head */
    NAME_LENGTH = 120,
    NAME_SPANS = DGM_MAX_SENTENCE * 16,
    NAME_DENSE = 9 /* what the network says of a span and a type */
};

/* ---- lists ---------------------------------------------------------------------------------- */

/* What the tables know by a name; bits of a set. */
enum {
    LIST_CITY = 1,
    LIST_LAND = 2,    /* countries and regions */
    LIST_PEOPLE = 4,  /* peoples, and what countries' people are called */
    LIST_BODY = 8,    /* organisations */
    LIST_PERSON = 16, /* holders of offices; for a single word, a part of such a name */
    LIST_ROLE = 32,   /* nouns of roles */
    LIST_KINDS = 6
};

/* Numbers of names, sorted: LIST_KINDS bits of kinds below a hash of the rest. */
typedef struct {
    const char *at; /* little-endian u32 */
    uint32_t n;
} name_lists;

/* Letters and digits of a name, one after the other, case and all else passed over. */
uint32_t names_hash(uint32_t h, dgm_view text);
#define NAME_HASH_BEGIN 0x811C9DC5u
uint32_t names_lists_find(const name_lists *lists, uint32_t hash);
/* Reads the tables; *out is the caller's, with free(). */
dgm_status names_lists_read(const char *tables_dir, dgm_complaints *complaints, char **out,
                            uint32_t *n, dgm_err *err);

/* ---- spans ---------------------------------------------------------------------------------- */

/* Words from 0 within the window, both included. */
typedef struct {
    uint16_t begin, end, head;
} name_span;

typedef struct {
    uint32_t n;
    uint32_t at[NAME_FEATURES]; /* below 1 << NAME_BITS */
    float dense[N_TYPES][NAME_DENSE];
} name_features;

/* What the network has of a word, as numbers: its inner state (the last layer) and what it says of
 * types; then what is known of the form from much text. The first two parts are averaged over the
 * document, too. */
enum { NAME_VECTOR = 2 * DGM_MAX_HIDDEN + N_TYPES + DGM_MAX_INPUT };
typedef struct {
    uint32_t n_mean, n; /* numbers of the first two parts, of all three */
} name_sizes;
name_sizes names_sizes(const dgm_network *network);

/* A span that waits for the document's end. */
typedef struct {
    name_span span;
    uint32_t word;        /* number of the head's form */
    float score[N_TYPES]; /* without what the document adds */
} name_guess;

typedef struct {
    uint32_t sentence, first, n; /* words of the window */
    size_t guess;
    uint32_t n_guesses;
} name_lattice;

/* A form of the document. */
typedef struct {
    uint32_t key, n;    /* n: how often it was seen as a proper noun */
    float sum[N_TYPES]; /* of the scores of its places */
} name_word;

struct dgm_names_space {
    /* the present window */
    const dgm_names_window *window;
    const dgm_word *words; /* from 0 */
    uint32_t n, n_spans;
    uint32_t head[DGM_MAX_SENTENCE];                          /* DGM_NONE: none within the window */
    uint16_t left[DGM_MAX_SENTENCE], right[DGM_MAX_SENTENCE]; /* of the subtree */
    uint32_t key[DGM_MAX_SENTENCE];                           /* hash of the form in lower case */
    name_span spans[NAME_SPANS];
    uint32_t next[NAME_SPANS];         /* the next span that ends where this one does */
    uint32_t ending[DGM_MAX_SENTENCE]; /* the first span that ends with the word */
    name_features features;
    float vector[NAME_VECTOR];
    uint32_t word[DGM_MAX_SENTENCE]; /* number in the document, of heads of spans */
    float itself[DGM_MAX_SENTENCE][N_TYPES];
    /* decoding */
    float best[DGM_MAX_SENTENCE + 1];
    uint32_t choice[DGM_MAX_SENTENCE + 1];
    float score[NAME_SPANS]; /* of the best type */
    uint8_t type[NAME_SPANS];
    /* the document */
    name_lattice *lattices;
    name_guess *guesses;
    name_word *of_document;
    uint32_t *slots; /* open addressing: number of a word + 1 */
    size_t n_lattices, n_guesses, n_words, n_slots, cap_lattices, cap_guesses, cap_words;
};

/* The number of a form in the document; DGM_NONE: no memory. */
uint32_t names_word(dgm_names_space *space, uint32_t key);

/* Makes the window ready and finds its spans. */
void names_find(dgm_names_space *space, const dgm_names_window *window);
/* The span of these words, added if need be (its head is the first word that hangs outside);
 * DGM_NONE: there is no room, or it is too long. */
uint32_t names_add_span(dgm_names_space *space, uint32_t begin, uint32_t end);
void names_describe(dgm_names_space *space, const name_lists *lists, const name_span *span);
/* Fills space->vector for a word of the window. */
void names_picture(dgm_names_space *space, uint32_t word);

/* ---- section -------------------------------------------------------------------------------- */

struct dgm_names {
    name_lists lists;
    const char *weights; /* [1 << NAME_BITS][N_TYPES] i16, little-endian */
    float unit;          /* what one of a weight is worth */
    float dense[N_TYPES][NAME_DENSE];
    name_sizes sizes;
    float *picture; /* [N_TYPES][sizes.n + sizes.n_mean]: of the word itself, of the mean */
};

/* What a section is made of. */
typedef struct {
    uint32_t parser; /* names_parser() */
    float unit;
    const int16_t *weights; /* [1 << NAME_BITS][N_TYPES] */
    const float *dense;     /* [N_TYPES][NAME_DENSE] */
    const float *picture;   /* [N_TYPES][n_picture] */
    uint32_t n_picture;
    name_lists lists;
} names_section;

/* A number that another parser hardly has. */
uint32_t names_parser(const dgm_network *network);
/* The section's bytes; *out is the caller's to free. */
dgm_status names_pack(const names_section *section, char **out, size_t *n, dgm_err *err);

/* The parser says each window that it has parsed to this, and leaves names alone. */
typedef void (*names_hear_fn)(void *context, const dgm_names_window *window);
void dgm_parser_hear(dgm_parser *parser, names_hear_fn fn, void *context);

#endif
