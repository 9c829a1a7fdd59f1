/* names_parts.h - what the files of the names share; nobody else includes it.
 *
 *   names.c           the section of the model file, the best names of a window
 *   names_features.c  the spans that can be names and what they look like
 *   names_network.c   what the network and its word vectors say of spans and their heads
 *   names_lists.c     names of the tables, as numbers
 *   names_lesson.c    the spans of treebanks, and which of them are names
 *   names_train.c     learns the weights
 *   names_exchange.c  what it learns from: texts that the parser has not seen
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

/* What a word looks like, as numbers: what the network says of types; the word vectors of what it
 * hangs on, and of what is said to be the same as it ("Airbnb, a company"); the network's inner
 * state (the last layer); its own vector. All but the last are averaged over the document, too. */
enum { NAME_VECTOR = N_TYPES + 3 * DGM_MAX_INPUT + 2 * DGM_MAX_HIDDEN };
typedef struct {
    uint32_t n_mean, n; /* numbers of all parts but the last, of all */
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

/* How a word stands in the tree; bits of a set. What was seen of a form once in a document counts
 * wherever the document has it: "Galois" is a person if "Evariste Galois" was. */
enum {
    MARK_FLAT = 1,         /* a further word of a name: "Smith" in "John Smith" */
    MARK_HAS_FLAT = 2,     /* "John" there */
    MARK_COMPOUND = 4,     /* "Boston" in "Boston University" */
    MARK_HAS_COMPOUND = 8, /* "University" there */
    MARK_SUBJECT = 16,     /* of a verb */
    MARK_POSSESSIVE = 32,
    MARK_IN = 64, /* after "in" or "at" */
    MARK_BY = 128,
    MARK_TITLE = 256, /* "President Smith" */
    MARK_THE = 512,
    MARK_APPOSITION = 1024, /* has one */
    MARK_CONJUNCT = 2048,
    NAME_MARKS = 12
};

/* A form of the document. */
typedef struct {
    uint32_t key, n; /* n: how often it was seen as a proper noun */
    uint32_t marks;
    float sum[N_TYPES]; /* of the scores of its places; at last: what a place gets from all */
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
/* A feature of the span that is being described: a template's number and what stands there. */
void names_put(dgm_names_space *space, uint32_t template, uint32_t a, uint32_t b);
uint32_t names_mix(uint32_t h, uint32_t v);
void names_describe_network(dgm_names_space *space, const name_span *span);
/* Fills space->vector for a word of the window, and returns its marks. */
uint32_t names_picture(dgm_names_space *space, uint32_t word);

/* ---- section -------------------------------------------------------------------------------- */

struct dgm_names {
    name_lists lists;
    const char *weights; /* [1 << NAME_BITS][N_TYPES] i16, little-endian */
    float unit;          /* what one of a weight is worth */
    float dense[N_TYPES][NAME_DENSE];
    name_sizes sizes;
    float *picture; /* [N_TYPES][names_n_picture()]: of the word itself, of the mean, of marks */
};

uint32_t names_n_picture(name_sizes sizes);

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

/* ---- exchange ------------------------------------------------------------------------------- */

/* Names that can stand for each other. */
typedef struct names_pool names_pool;
names_pool *names_pool_new(void); /* NULL: no memory */
void names_pool_free(names_pool *pool);
/* The document's names go into the pool; false: no memory. */
bool names_pool_take(names_pool *pool, const dgm_document *doc, const dgm_view *misc);
/* Each name in the document becomes one of the pool, the same wherever it has the same relation;
 * `which` sets the choice. The forms are the pool's. False: no memory. */
bool names_exchange(names_pool *pool, dgm_document *doc, const dgm_view *misc, uint32_t which);

/* The parser says each window that it has parsed to this, and leaves names alone. */
typedef void (*names_hear_fn)(void *context, const dgm_names_window *window);
void dgm_parser_hear(dgm_parser *parser, names_hear_fn fn, void *context);

#endif
