/* fuzz.h - what the fuzz targets share. A target is LLVMFuzzerTestOneInput(); built without the
 * fuzzer it is linked to replay.c, which feeds it files. What a target needs (tables, a model) lies
 * in the folder `knowledge` beside the program (knowledge.py): where it is not there, or anything
 * else that the target's own work needs fails, the target aborts, since one that does nothing finds
 * nothing. */
#ifndef DGM_FUZZ_H
#define DGM_FUZZ_H

#include "ingest/ingest.h"
#include "output/output.h"
#include "story/story.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Ends the run, with a message, unless the claim holds. */
void dgm_fuzz_claim(bool holds, const char *claim);
/* The same for what the target itself needs. */
void dgm_fuzz_need(bool holds, const char *what, const dgm_err *err);

/* ---- what targets know ---------------------------------------------------------------------- */

/* A file or folder of `knowledge`; "": the folder itself. Good until the next call but seven. */
const char *dgm_fuzz_path(const char *name);
/* A path in a folder of this process alone, which is removed when it ends; likewise. */
const char *dgm_fuzz_own(const char *name);
void dgm_fuzz_write(const char *path, dgm_view bytes);
/* With all that is in it. */
void dgm_fuzz_remove(const char *folder);
/* Small tables and the small model, loaded once a process. */
const dgm_coder *dgm_fuzz_coder(void);
/* The stories of knowledge/stories.txt as an SQLite store, made once a process. */
const char *dgm_fuzz_store(void);

/* ---- inputs --------------------------------------------------------------------------------- */

/* Bytes of which a target takes numbers off the front; past the end they are 0. */
typedef struct {
    const uint8_t *p;
    size_t n;
} dgm_fuzz_input;
uint32_t dgm_fuzz_take(dgm_fuzz_input *in, size_t n_bytes);
/* What is left. */
dgm_view dgm_fuzz_rest(const dgm_fuzz_input *in);
/* A NUL-terminated line off the front, in the arena; NULL: there is none. */
char *dgm_fuzz_line(dgm_fuzz_input *in, dgm_arena *arena);
/* Lines off the front ("by=month", "fill") up to an empty one, as names and values by turns, NULL
 * at the end. */
enum { DGM_FUZZ_OPTIONS = 2 * 24 + 1 };
void dgm_fuzz_options(dgm_fuzz_input *in, dgm_arena *arena, const char *options[DGM_FUZZ_OPTIONS]);
/* A copy of `base`, at a multiple of 64, in which the input overwrites some bytes: how many and
 * where, then these. Half of the places are among the first 2 kB, where files have their heads, a
 * quarter among the last 40 kB. To be freed. */
char *dgm_fuzz_patched(dgm_view base, dgm_fuzz_input *in);

/* Reads all stories of the bytes; each must keep what a document promises. */
void dgm_fuzz_read(const uint8_t *bytes, size_t n, dgm_input_format format);
/* Codes each story of the bytes (dated text, JSON Lines, CoNLL-U), checks what was found and passes
 * it on. explain: with notes; judged: what the judge decides. */
typedef void (*dgm_fuzz_story_fn)(const dgm_coder *coder, const dgm_document *doc);
void dgm_fuzz_code(dgm_view bytes, bool explain, unsigned judged, dgm_fuzz_story_fn fn);

/* ---- what must hold (check.c) --------------------------------------------------------------- */

/* All that a room can have filled in: offsets in the text, indexes in their lists, closed lists in
 * their range, days in the calendar. */
void dgm_fuzz_check_words(const dgm_document *doc);
void dgm_fuzz_check_document(const dgm_document *doc);
/* One JSON value; whole lines of one each. */
void dgm_fuzz_check_json(dgm_view bytes);
void dgm_fuzz_check_json_lines(dgm_view bytes);
/* Rows of as many cells as the first has; separator ',' with quotes as RFC 4180 has them, or TAB.
 */
void dgm_fuzz_check_cells(dgm_view bytes, char separator);
/* Text as a format has it; formats that are no text pass. */
void dgm_fuzz_check_output(dgm_output_format format, dgm_view bytes);

#endif
