/* gold_names.h - names as GUM annotates them in the `Entity` of MISC, as tags of words; for the
 * trainer and for measuring.
 *
 * "(12-person-new-nnnnn-cf1-2-coref-Name" opens mention 12; "12)" closes it; "(5-object-...)" does
 * both. A mention is a name when the word that heads it in the gold tree, the first whose own head
 * lies outside, is a proper noun. (The head that `Entity` gives, its sixth field, is no word of its
 * own in names of several words: it lists them all, so that "the United States" would begin with an
 * adjective and "Ivy League universities" with a proper noun.) Of names within each other, of
 * whatever type, the outermost counts, with all its words. */
#ifndef DGM_SYNTAX_GOLD_NAMES_H
#define DGM_SYNTAX_GOLD_NAMES_H

#include "syntax/syntax.h"

#define DGM_GOLD_WORDS 1024 /* words of a sentence that are looked at */

/* The names of one sentence; zeroed before its first word. */
typedef struct {
    uint8_t tag[DGM_GOLD_WORDS];  /* of each word so far, as in dgm_word.entity_tag */
    uint8_t kind[DGM_GOLD_WORDS]; /* 1 + the type of the innermost mention that the word heads; 0 */
    bool proper[DGM_GOLD_WORDS];
    uint32_t head[DGM_GOLD_WORDS]; /* words of the sentence from 1, 0: the root */
    uint32_t n_words, n_open;
    bool any; /* there is an Entity at all */
    struct {
        dgm_view id;
        dgm_entity_type type;
        uint32_t begin; /* word of the sentence, from 0 */
    } open[64];
} dgm_gold_names;

/* The next word of the sentence, with its head and its MISC. */
void dgm_gold_names_add(dgm_gold_names *names, bool proper, uint32_t head, dgm_view misc);
/* Sets the entity_tag of all words of doc, whose MISC columns are misc[], word after word. */
void dgm_gold_names_tag(dgm_document *doc, const dgm_view *misc);

#endif
