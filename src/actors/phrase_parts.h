/* phrase_parts.h - what the files that read one noun phrase ask of each other. Each uses only those
 * above it here. Private to the room. */
#ifndef DGM_ACTORS_PHRASE_PARTS_H
#define DGM_ACTORS_PHRASE_PARTS_H

#include "actors/phrase.h"

enum { MAX_CLIMB = 6 }; /* steps up a tree within a phrase */

/* ---- phrase_extent.c ---- */
/* The child of `head` that `word` lies under, if the way up is short; 0: not below head. */
uint32_t branch_of(const dgm_sentence *s, uint32_t word, uint32_t head);
/* Sets first and last of a phrase by its head. */
void find_extent(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p);

/* ---- phrase_entries.c: and choose_fact() of phrase.h ---- */
void add_country(phrase *p, const char *code);
void add_other(phrase *p, const char *code);
/* Its sector and others become the phrase's. */
void take_sector(phrase *p, const fact *f);
/* The word of the match that the others hang from. */
uint32_t match_head(const dgm_sentence *s, const match *found);
/* "pro-Russian", "Moscow-backed", "US-led": the name is not whom the phrase speaks of. */
bool is_turned(const lexicon *lex, const dgm_sentence *s, const match *found, uint32_t head);

/* ---- phrase_modifiers.c ---- */
/* An entry of the phrase that is not its head's. */
void read_modifier(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *found,
                   uint32_t date, phrase *p);
/* A title beside a name: "President X", "X" hung from "minister" by a parser's mistake. */
void read_title(const lexicon *lex, const dgm_sentence *s, const matches *m, const match *found,
                uint32_t date, phrase *p);
/* "Turkish" before "President" belongs to it even where the parser hung it elsewhere. */
void read_neighbour(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
                    phrase *p);
/* "between the US and Chinese governments": the state before "and" shares the noun. */
void read_shared(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t date,
                 phrase *p);
/* The body that the role serves gives the country, and the sector where the role has none. */
void settle_org(phrase *p);

/* ---- phrase_name.c ---- */
/* "US" in "US President X", also where the parser takes it for the first part of the name. */
bool is_before_title(const lexicon *lex, const matches *m, const match *found, uint32_t last);
/* Whether the head's entry is only a part of a longer proper name: "Jordan Smith", "Air France". */
bool is_part_of_name(const dgm_sentence *s, const matches *m, const match *own, const phrase *p);
/* Proper nouns of the phrase that are no title, country or body: the parts of a name. */
void collect_name(const lexicon *lex, const dgm_sentence *s, const matches *m, phrase *p);

#endif
