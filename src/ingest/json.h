/* json.h - objects of JSON as stories, whether they stand on lines or in arrays. Inside ingest. */
#ifndef DGM_JSON_H
#define DGM_JSON_H

#include "ingest/reader.h"

#include <jansson.h>

/* Parses the object in r->line, which begins at `line`, and fills in *doc by its members. `id`: for
 * a story that has none. */
dgm_reading dgm_read_json_story(dgm_reader *r, size_t line, dgm_view id, dgm_arena *arena,
                                dgm_document *doc);
/* The same in two steps. NULL, after a complaint: it is no object. End it with json_decref(). */
json_t *dgm_parse_json(dgm_reader *r, size_t line, dgm_arena *arena);
/* A member that must be a string where it is there and not null; false after a complaint. */
bool dgm_json_string_of(dgm_reader *r, const json_t *object, const char *name, size_t line,
                        dgm_arena *arena, dgm_view *out);

#endif
