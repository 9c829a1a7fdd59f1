/* voice.h - whose word a sentence is, where it says so at its end. */
#ifndef DGM_SYNTAX_VOICE_H
#define DGM_SYNTAX_VOICE_H

#include "syntax/morphology.h"

/* The comma of "Troops fired on a crowd, officials said on Monday."; 0: the sentence has no such
 * end. Looks at forms alone, since the parser then reads what is said and whose word it is each by
 * itself: a sentence is built as if nobody had said it. words NULL: no verb is one of saying. */
uint32_t dgm_voice_comma(const dgm_morphology *words, const dgm_sentence *s);

/* The full stop of a sentence; 0: it ends with a word, or with another mark. */
uint32_t dgm_voice_stop(const dgm_sentence *s);

#endif
