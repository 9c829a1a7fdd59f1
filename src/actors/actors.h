/* actors.h - who is spoken of: tree -> mentions, resolved to countries, governments, persons,
 * bodies and groups; names, roles, metonymy, dated offices, coreference within the story. */
#ifndef DGM_ACTORS_H
#define DGM_ACTORS_H

#include "document/document.h"

typedef struct dgm_actors dgm_actors; /* the tables; read-only once loaded, shared by threads */

/* Reads tables_dir/actors/. Complains about every bad row and goes on; fails only where a needed
 * table is missing or there is no memory. */
dgm_status dgm_actors_load(const char *tables_dir, dgm_complaints *complaints, dgm_actors **out,
                           dgm_err *err) DGM_MUST_USE;
/* Appends to out, which must be empty, what the build makes of the tables in a folder, so that
 * dgm_actors_load() need not read them (base/compiled.h); of tables that are complained about it is
 * not to be used. */
dgm_status dgm_actors_compile(const char *folder, dgm_complaints *complaints, dgm_buffer *out,
                              dgm_err *err) DGM_MUST_USE;
void dgm_actors_free(dgm_actors *actors);
/* Complains about rows of tables_dir/actors/ that load well and yet must code somebody wrongly: a
 * role that names a state but has no country, a person of two states at once. */
void dgm_actors_audit(const dgm_actors *actors, const char *tables_dir, dgm_complaints *complaints);

/* Fills doc->entities, doc->mentions, doc->mention_entities and words[].mention. */
dgm_status dgm_actors_find(const dgm_actors *actors, dgm_document *doc, dgm_err *err) DGM_MUST_USE;

#endif
