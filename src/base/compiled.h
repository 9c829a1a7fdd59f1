/* compiled.h - what the build makes of large tables: files that a start maps and searches where
 * they lie. Each holds the checksum of the tables that it was made of; where these are others by
 * now, they are read. A room says how its file goes on behind the head. */
#ifndef DGM_COMPILED_H
#define DGM_COMPILED_H

#include "base/base.h"

/* By what tables are known: XXH3, 128 bits, of their bytes, each table's seeded by those before. */
typedef struct {
    uint64_t low, high;
} dgm_table_sum;
dgm_table_sum dgm_table_sum_of(dgm_table_sum before, dgm_view table);

/* Numbers are as the machine has them. */
typedef struct {
    char magic[8];
    uint32_t order, version; /* the first is 0x01020304, on a machine of the same byte order */
    dgm_table_sum sum;       /* of all that follows the head */
    dgm_table_sum tables;
} dgm_compiled_head;
_Static_assert(sizeof(dgm_compiled_head) == 48, "the head has no holes");

enum { DGM_MAX_COMPILED = 16 };
typedef struct {
    char magic[9];
    uint32_t version;
    const char *name; /* below the folder of tables: "places/places.compiled" */
    /* Which it is made of; one that is missing counts as empty. */
    const char *tables[DGM_MAX_COMPILED];
} dgm_compiled;

/* Appends the head of a file that is made of the tables in `folder` to out, which must be empty;
 * when the rest is there, dgm_compiled_end() writes its checksum. */
dgm_status dgm_compiled_begin(const dgm_compiled *kind, const char *folder, dgm_buffer *out,
                              dgm_err *err) DGM_MUST_USE;
void dgm_compiled_end(dgm_buffer *out);
/* Of tables with faults: nothing but a head of no tables, so that each start reads them and says
 * what is wrong. */
void dgm_compiled_none(dgm_buffer *out);

/* What follows the head, where head and checksum are right. */
dgm_status dgm_compiled_check(const dgm_compiled *kind, dgm_view bytes, const char *path,
                              dgm_view *rest, dgm_err *err) DGM_MUST_USE;
/* Looks over a file, which is mapped as long as dgm_compiled_map() says, and takes what it needs.
 */
typedef dgm_status (*dgm_compiled_fn)(void *context, dgm_view bytes, const char *path,
                                      dgm_err *err);
/* Maps the file that was made of the tables as they are in `folder`, if there is one there or in
 * the folder of the build, and `take` says DGM_OK. Of one that is damaged it complains. */
bool dgm_compiled_map(const dgm_compiled *kind, dgm_view folder, dgm_compiled_fn take,
                      void *context, dgm_file_bytes *mapped, dgm_complaints *complaints);

#endif
