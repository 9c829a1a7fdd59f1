/* entries.h - what dictionaries say, in memory. Only this room sees it. All text is in the
 * dictionary's arena, words parted by single blanks, in the dictionary's own capitals. */
#ifndef DGM_DICTIONARY_ENTRIES_H
#define DGM_DICTIONARY_ENTRIES_H

#include "dictionary/dictionary.h"

#define MAX_TOKENS   24 /* of a pattern */
#define MAX_VARIANTS 64 /* of an agent whose name has a !MACRO! */

typedef struct {
    const char *file;
    uint32_t line;
} place;

typedef struct {
    place at;
    dgm_view code;     /* "HOBGOV" */
    uint32_t from, to; /* yyyymmdd; 0 and UINT32_MAX: open */
} dated_code;

typedef struct {
    place at;
    uint32_t phrases, n_phrases; /* in dictionary->phrases; the first is its name */
    uint32_t codes, n_codes;
} actor_entry;

typedef struct {
    place at;
    dgm_view phrase, plural, code; /* plural empty: the regular one */
    bool no_plural, before;        /* [NGO~]: the code stands before the country's */
} agent_entry;

typedef struct {
    place at;
    dgm_view name;
    uint32_t words, n_words; /* in dictionary->phrases; "&NAME": another set */
} synset_entry;

typedef struct {
    place at;
    uint32_t block;
    dgm_view words; /* "break down", its verb at i_verb */
    uint32_t i_verb;
    dgm_view forms, code; /* forms parted by '|'; code empty: the block's */
} verb_entry;

typedef struct {
    place at;
    uint32_t block;
    dgm_view text, code; /* "SAID * TO ATTEND"; '_' joins */
} pattern_entry;

typedef struct {
    place at;
    dgm_view phrase;
    bool story;
} discard_entry;

struct dgm_dictionary {
    dgm_arena *arena;
    DGM_ARRAY(dgm_view) phrases;
    DGM_ARRAY(dated_code) codes;
    DGM_ARRAY(actor_entry) actors;
    DGM_ARRAY(agent_entry) agents;
    DGM_ARRAY(synset_entry) synsets;
    DGM_ARRAY(dgm_view) block_codes;
    DGM_ARRAY(verb_entry) verbs;
    DGM_ARRAY(pattern_entry) patterns;
    DGM_ARRAY(discard_entry) discards;
    DGM_ARRAY(dgm_view) macros; /* name, then its words parted by ',' */
    bool has[DGM_N_DICTIONARY_KINDS];
};

/* One table that is being written. */
typedef struct {
    dgm_dictionary *dictionary;
    const char *base, *to;
    bool beside, quiet;
    dgm_complaints *complaints;
    dgm_dictionary_tally *tally;
    dgm_err *err;
    dgm_map *kinds;     /* "agent:army", "state:afghan" -> what kind our tables call them */
    dgm_map *countries; /* codes that are known, ours and new */
    dgm_map *sectors;
    dgm_map *cameo;           /* code -> index */
    DGM_ARRAY(dgm_view) type; /* of a CAMEO code; empty: none */
    DGM_ARRAY(dgm_view) score;
    uint32_t our_countries, our_sectors, our_cameo;
    char *texts[8];
    uint32_t n_texts;
} writing;

dgm_status dictionary_write_actors(writing *w);
dgm_status dictionary_write_agents(writing *w);
dgm_status dictionary_write_rules(writing *w);
dgm_status dictionary_write_discards(writing *w);

/* The tables of `base` into the folder `to`, which is empty or not there yet. */
dgm_status dictionary_copy_tables(const writing *w);
/* What the judge learned, it learned beside our rules: others' rules code as they say. */
dgm_status dictionary_leave_judge_out(const writing *w);
/* Opens a table of `to` at its end. With `keep` our rows stay, without only our header. NULL: err
 * is filled. */
FILE *dictionary_open_table(writing *w, const char *name, bool keep);
/* The same of a table that is written anew line by line: *text is what it was, the caller's to
 * free, also on failure. */
FILE *dictionary_rewrite_table(writing *w, const char *name, char **text, size_t *n);
dgm_status dictionary_close_table(writing *w, const char *name, FILE *f);
/* Whether a code of three letters; it is remembered for codes.tsv or sectors.tsv. */
bool dictionary_know_code(dgm_map *known, dgm_view code);
void dictionary_refuse(writing *w, place at, const char *format, ...) DGM_PRINTF(3, 4);

#endif
