/* lexicon_image.h - the lexicon as bytes that the build makes of the tables (base/compiled.h), so
 * that a start need not read them. Private to the room. */
#ifndef DGM_ACTORS_LEXICON_IMAGE_H
#define DGM_ACTORS_LEXICON_IMAGE_H

#include "actors/lexicon.h"

/* Fills an uninitialised lexicon from what the build made of the tables; false, with an
 * empty lexicon, which need not be ended: there is none of these tables. */
bool lexicon_map(lexicon *lex, const char *tables_dir, dgm_complaints *complaints);

#endif
