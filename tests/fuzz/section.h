/* section.h - for the targets of the model's sections. */
#ifndef DGM_FUZZ_SECTION_H
#define DGM_FUZZ_SECTION_H

#include "fuzz.h"

#include "syntax/model.h"

const dgm_model *dgm_fuzz_model(void);
dgm_view dgm_fuzz_section(const char *name);
/* Parses some sentences and checks the words. */
void dgm_fuzz_parse(const dgm_model *model);

#endif
