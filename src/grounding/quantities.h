/* quantities.h - numbers in words and digits with their bounds, and the words that tell what is
 * counted (data/english/quantities.tsv). Internal to grounding; read-only once loaded. */
#ifndef DGM_QUANTITIES_H
#define DGM_QUANTITIES_H

#include "grammar/grammar.h"

typedef enum {
    DGM_HOW_NONE,
    DGM_HOW_OBJECT,
    DGM_HOW_SUBJECT,
    DGM_HOW_SELF,
    DGM_HOW_LEAST,
    DGM_HOW_ABOVE,
    DGM_HOW_MOST,
    DGM_HOW_BELOW,
    DGM_HOW_ABOUT,
    DGM_HOW_BETWEEN
} dgm_quantity_how;

typedef struct dgm_quantity_words dgm_quantity_words;

dgm_status dgm_quantity_words_load(const char *tables_dir, dgm_complaints *complaints,
                                   dgm_quantity_words **out, dgm_err *err) DGM_MUST_USE;
void dgm_quantity_words_free(dgm_quantity_words *words);

/* Words first..last of a sentence; min 0 and max NAN: no bound. */
typedef struct {
    uint32_t first, last, number, end; /* number..end: without the words of the bound */
    double min, max;
} dgm_quantity;

/* The quantity whose number begins with word i; false: none. */
bool dgm_quantity_at(const dgm_quantity_words *words, const dgm_tree *t, uint32_t i,
                     dgm_quantity *out);
/* Whether a word, or its lemma, tells that this is counted, and by which of its places. */
bool dgm_quantity_counts(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word,
                         dgm_quantity_how how, dgm_size_kind *kind);
bool dgm_quantity_is_toll(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
/* "The number" of injured, which rises to 12. */
bool dgm_quantity_is_tally(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
/* "along with two guards", "two others". */
bool dgm_quantity_is_joining(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
bool dgm_quantity_is_correction(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
/* "a soldier". */
bool dgm_quantity_is_single(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
bool dgm_quantity_is_part(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);
/* ISO 4217; empty: no currency. */
dgm_view dgm_quantity_currency(const dgm_quantity_words *words, const dgm_tree *t, uint32_t word);

#endif
