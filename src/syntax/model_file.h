/* model_file.h - the file that holds what training learned: named sections of bytes.
 *
 * Little-endian throughout:
 *     0  char magic[8]   "DGMMODEL"
 *     8  u32  version    1
 *    12  u32  n_sections at most DGM_MAX_SECTIONS
 *    16  n_sections times { char name[16], padded with NUL; u64 offset; u64 size }
 * Each section begins at a multiple of 64 bytes and lies within the file; names are not repeated.
 * "parser" holds the network, "segmenter" the weights of sentence ends and of token cuts; what is
 * inside a section is its reader's business. */
#ifndef DGM_SYNTAX_MODEL_FILE_H
#define DGM_SYNTAX_MODEL_FILE_H

#include "base/base.h"

#define DGM_MAX_SECTIONS  64
#define DGM_SECTION_ALIGN 64

typedef struct dgm_model_file dgm_model_file;

/* Maps the file into memory for reading, and refuses it where its bytes are not those of the
 * checksum beside it (model_sum.h) or there is none. The caller owns *out; views of sections end
 * with it. Any number of threads may read it. */
dgm_status dgm_model_file_open(const char *path, dgm_model_file **out, dgm_err *err) DGM_MUST_USE;
/* The same over bytes that the caller keeps (tests, an embedded model). `bytes` must be aligned as
 * its readers need it. */
dgm_status dgm_model_file_over(dgm_view bytes, const char *name, dgm_model_file **out,
                               dgm_err *err) DGM_MUST_USE;
void dgm_model_file_close(dgm_model_file *file); /* NULL is allowed */
/* Empty when there is no such section (p is NULL then). */
dgm_view dgm_model_file_section(const dgm_model_file *file, dgm_view name);
/* Of a file that was opened: the checksum of its bytes, 32 digits. */
const char *dgm_model_file_sum(const dgm_model_file *file);
/* The name of the i-th section, and its bytes; p is NULL where there are not so many. */
dgm_view dgm_model_file_name(const dgm_model_file *file, uint32_t i, dgm_view *bytes);

/* Writes the file anew with the section replaced or added and all others kept, through a temporary
 * file beside it and a rename, so that a reader sees the old file or the new one; the checksum
 * beside it likewise. A file that is not there is made; one that is there and is no model file is
 * left alone, with an error. */
dgm_status dgm_model_file_replace(const char *path, dgm_view name, dgm_view bytes,
                                  dgm_err *err) DGM_MUST_USE;

/* Fixed-width numbers in a section, whatever the machine's byte order and alignment. */
static inline uint32_t dgm_get_u32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}
static inline uint64_t dgm_get_u64(const char *p)
{
    return (uint64_t)dgm_get_u32(p) | (uint64_t)dgm_get_u32(p + 4) << 32;
}
static inline void dgm_put_u32(char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (char)(v >> (8 * i) & 0xFF);
}
static inline void dgm_put_u64(char *p, uint64_t v)
{
    dgm_put_u32(p, (uint32_t)v);
    dgm_put_u32(p + 4, (uint32_t)(v >> 32));
}

#endif
