/* telling_words.h - the words of a sentence by which it is laid beside another. Inside store; knows
 * of no database. */
#ifndef DGM_TELLING_WORDS_H
#define DGM_TELLING_WORDS_H

#include "base/base.h"

enum { DGM_MOST_WORDS = 60 }; /* of a sentence that are looked at */

/* Hashes of the first words of four letters and more, `most` of them, their English endings taken
 * off; sorted, each once. Gives how many there are. */
uint32_t dgm_telling_words(dgm_view text, uint32_t *out, uint32_t most);
/* The first numbers, in figures or in words up to ninety, `most` of them; "one" and years are not
 * there. Gives how many there are. */
uint32_t dgm_telling_numbers(dgm_view text, uint32_t *out, uint32_t most);

#endif
