/* hashes.h - by what files and tables are known: XXH3, 128 bits, as 32 hexadecimal digits. */
#ifndef DGM_LIBRARY_HASHES_H
#define DGM_LIBRARY_HASHES_H

#include "base/base.h"

enum { DGM_HASH = 33 };

/* Of names and bytes of all files in the folders of tables and of the model (NULL: none), by which
 * outputs of the same knowledge are known. */
dgm_status dgm_hash_tables(const char *dirs, const char *model, char out[DGM_HASH],
                           dgm_err *err) DGM_MUST_USE;
/* The same of one file. */
dgm_status dgm_hash_file(const char *path, char out[DGM_HASH], dgm_err *err) DGM_MUST_USE;

#endif
