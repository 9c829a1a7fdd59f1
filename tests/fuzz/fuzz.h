/* fuzz.h - what the fuzz targets share. A target is LLVMFuzzerTestOneInput(); built without the
 * fuzzer it is linked to replay.c, which feeds it files. */
#ifndef DGM_FUZZ_H
#define DGM_FUZZ_H

#include "ingest/ingest.h"
#include "output/output.h"
#include "story/story.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Reads all stories of the bytes; each must keep what a document promises. */
void dgm_fuzz_read(const uint8_t *bytes, size_t n, dgm_input_format format);
/* Ends the run, with a message, unless the claim holds. */
void dgm_fuzz_claim(bool holds, const char *claim);

#endif
