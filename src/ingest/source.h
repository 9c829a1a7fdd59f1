/* source.h - bytes of a file, of standard input or of memory, unpacked from gzip or zstd where
 * their first bytes say so, given out line by line in pieces of bounded size. Inside ingest. */
#ifndef DGM_SOURCE_H
#define DGM_SOURCE_H

#include "base/base.h"

#define DGM_MAX_PIECE (64u << 10)

typedef struct dgm_source dgm_source;

/* A line, or a part of one that is longer than DGM_MAX_PIECE. */
typedef struct {
    dgm_view text;     /* with its newline, valid until the next call; ends between code points */
    size_t line;       /* from 1 */
    bool begins, ends; /* a line begins, ends with this piece */
} dgm_piece;

/* path "-": standard input. The caller owns *out. */
dgm_status dgm_source_open(const char *path, dgm_source **out, dgm_err *err) DGM_MUST_USE;
dgm_status dgm_source_open_memory(const char *bytes, size_t n, const char *name, dgm_source **out,
                                  dgm_err *err) DGM_MUST_USE;
void dgm_source_free(dgm_source *source);

/* False: the input has ended, or cannot be read further; see dgm_source_problem. */
bool dgm_source_piece(dgm_source *source, dgm_piece *out);
/* The next unpacked bytes, at least one and at most `max`, valid until the next call; not to be
 * mixed with pieces of an open line. Empty: as piece's false. */
dgm_view dgm_source_bytes(dgm_source *source, size_t max);
/* After damage in gzip data: goes on with the next member that begins, as archives have one a
 * record. False: there is none, or the input was not damaged. */
bool dgm_source_recover(dgm_source *source);
/* Whether all that has come is taken, and more is still to come: of a slow pipe. */
bool dgm_source_waits(const dgm_source *source);
uint64_t dgm_source_offset(const dgm_source *source); /* unpacked bytes given out so far */
/* The first unpacked bytes, at most a piece, without taking them. */
dgm_view dgm_source_peek(dgm_source *source);
/* What cut the input short ("the gzip data ends too early"), or NULL. */
const char *dgm_source_problem(const dgm_source *source);
/* Whether the problem is the system's, and not of the data. */
bool dgm_source_unread(const dgm_source *source);
size_t dgm_source_line(const dgm_source *source); /* last one given out, from 1; 0: none */
const char *dgm_source_name(const dgm_source *source);
/* The day (UTC) on which the file was last changed; false: it is no file, or that is not known. */
bool dgm_source_day(const dgm_source *source, char day[11]);
uint64_t dgm_source_tell(const dgm_source *source, uint64_t *size);

#endif
