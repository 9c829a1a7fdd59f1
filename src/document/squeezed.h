/* squeezed.h - a text with every run of white space as one blank, and none before the first word:
 * texts, and those who quote them, break lines differently. */
#ifndef DGM_SQUEEZED_H
#define DGM_SQUEEZED_H

#include "base/base.h"

typedef struct {
    dgm_view text;
    uint32_t *raw; /* of each byte of text: where it stood */
    uint32_t *at;  /* of each raw byte and of the end: where it went */
} dgm_squeezed;

/* In the arena. False: no memory. */
bool dgm_squeeze(dgm_arena *arena, dgm_view raw, dgm_squeezed *out) DGM_MUST_USE;

#endif
