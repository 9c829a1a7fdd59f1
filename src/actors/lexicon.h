/* lexicon.h - the tables of actors in memory: every phrase that names somebody, found word by
 * word. Private to the room.
 *
 * A phrase is cut into tokens (folded words without dots, apostrophes and hyphens) which are
 * numbered; the phrases form a trie over these numbers, each node a row of one hash table keyed
 * by parent and token. What a phrase stands for hangs at its last node as a chain of facts. */
#ifndef DGM_ACTORS_LEXICON_H
#define DGM_ACTORS_LEXICON_H

#include "actors/actors.h"
#include "actors/words.h"
#include "grammar/grammar.h"

typedef enum { FACT_COUNTRY, FACT_OFFICE, FACT_ORG, FACT_GROUP, FACT_AGENT } fact_kind;

/* The `kind` column of the tables, as far as the room treats kinds differently. */
typedef enum {
    KIND_OTHER,
    KIND_NAME,
    KIND_ADJECTIVE,
    KIND_DEMONYM,
    KIND_CAPITAL,
    KIND_METONYM,
    KIND_REGION,
    KIND_ROLE,
    KIND_TITLE,
    KIND_UNIT,
    KIND_GROUP,
    KIND_GENERIC, /* a role that takes its sector from whom it serves: official, spokesman */
    KIND_FORMER,  /* former, ex-, ousted: what it goes before is elite no longer in office */
    KIND_IGO,
    KIND_NGO,
    KIND_PARTY,
    KIND_ARMED,
    KIND_MINISTRY,
    KIND_COMPANY,
    KIND_MEDIA,
    KIND_COURT,
    KIND_UNION,
    KIND_MOVEMENT
} entry_kind;

typedef struct {
    fact_kind type;
    entry_kind kind;
    dgm_view name;    /* canonical: the row's first cell */
    dgm_view office;  /* of FACT_OFFICE */
    dgm_view members; /* comma-parted codes */
    dgm_view id;
    char country[4], sector[4];
    char others[DGM_MAX_SECTORS][4];
    uint8_t n_others;
    bool plural;       /* derived or given plural */
    bool weak;         /* a part of a person's name */
    bool acronym;      /* all capitals in the table: wants capitals in the text */
    bool cased;        /* begins with a capital in the table: wants one in the text */
    bool cased_last;   /* so does its last token */
    bool own;          /* of a table that overlays the shipped ones: it goes before theirs */
    bool given;        /* weak, but a form that the table gives */
    uint32_t from, to; /* yyyymmdd, inclusive; 0 and UINT32_MAX: open */
    uint16_t source;   /* lexicon->sources */
    uint32_t line;
    uint16_t holders; /* of the office that this fact stands for in lexicon->offices */
    uint32_t person;  /* number of the person an office row speaks of; DGM_NONE */
    uint32_t next;    /* fact of the same phrase, DGM_NONE: last */
} fact;

typedef struct {
    uint32_t parent, token, node;
} edge;

typedef struct {
    DGM_ARRAY(fact) facts;
    dgm_arena *arena;
    dgm_map *tokens;  /* folded token -> number */
    dgm_map *persons; /* folded name -> number */
    dgm_map *codes_country, *codes_sector;
    dgm_map
        *offices; /* folded office -> fact of one who held it; DGM_NONE - 1: of several states */
    word_table words;     /* classes of single words */
    uint32_t people;      /* fact of the noun "people"; DGM_NONE */
    dgm_map *state_names; /* code -> fact of its plain name */
    edge *edges;          /* open addressing, n_edges a power of two */
    uint32_t n_edges, used_edges;
    DGM_ARRAY(uint32_t) nodes; /* first fact of a node; DGM_NONE */
    DGM_ARRAY(uint32_t) tails; /* its last */
    char *text[9];
    uint32_t n_texts;
    DGM_ARRAY(const char *) sources; /* names of the files, as dgm_row.name; in `text` */
    dgm_file_bytes mapped; /* edges, nodes and texts, where the build has compiled the tables; then
                              maps that only loading asks are NULL */
} lexicon;

enum { MAX_PHRASE_TOKENS = 16 };

dgm_status lexicon_init(lexicon *lex);
/* Number of key in map, a new one where it is new; DGM_NONE: no memory. */
uint32_t lexicon_number(dgm_map *map, dgm_view key);
/* Hangs a copy of f at the phrase; one row stands there once. False: no memory. */
bool lexicon_add(lexicon *lex, const dgm_view *tokens, uint32_t n, const fact *f);

/* Fills an uninitialised lexicon from tables_dir/actors/, or from what the build made of it;
 * lexicon_done() in any case. */
dgm_status lexicon_load(lexicon *lex, const char *tables_dir, dgm_complaints *complaints,
                        dgm_err *err);
/* The same from the tables themselves. */
dgm_status lexicon_read(lexicon *lex, const char *tables_dir, dgm_complaints *complaints,
                        dgm_err *err);
/* The i-th of these tables, "actors/words.tsv"; NULL: past the last. */
const char *actors_table(uint32_t i);
void lexicon_done(lexicon *lex);
/* Complains about rows that load well and yet must code somebody wrongly: audit.c. */
void lexicon_audit(const lexicon *lex, const char *tables_dir, dgm_complaints *complaints);

/* Number of a folded token; DGM_NONE: in no phrase. */
uint32_t lexicon_token(const lexicon *lex, dgm_view folded);
/* The node below `node` (0 is the root) by `token`; DGM_NONE: no phrase goes on so. */
uint32_t lexicon_step(const lexicon *lex, uint32_t node, uint32_t token);
static inline const fact *lexicon_fact(const lexicon *lex, uint32_t i)
{
    return i == DGM_NONE ? NULL : &lex->facts.at[i];
}
/* "actors/countries.tsv:12" */
dgm_view fact_source(const lexicon *lex, const fact *f, dgm_arena *arena);

/* Cuts folded text into tokens, at most max; what is between hyphens, slashes and spaces is one;
 * dots and apostrophes vanish, a final 's is a token of its own. Writes into buf (n bytes at
 * least as long as the text + 1). */
uint32_t cut_tokens(dgm_view folded, char *buf, dgm_view *tokens, uint32_t max);

/* yyyymmdd of "2020-10-02", "2020" or ""; `open` where empty, month and day filled up with
 * `rest` (101 or 1231). */
uint32_t date_number(dgm_view text, uint32_t open, uint32_t rest);

#endif
