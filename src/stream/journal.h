/* journal.h - which stories the stream has accepted, in a file: a line for each, its hash. Inside
 * stream. */
#ifndef DGM_JOURNAL_H
#define DGM_JOURNAL_H

#include "store/store.h"

typedef struct stream_journal stream_journal;

/* Reads what an earlier run wrote; a last line that was cut off is taken away. */
dgm_status stream_journal_open(const char *path, stream_journal **out, dgm_err *err) DGM_MUST_USE;
bool stream_journal_has(const stream_journal *journal, const dgm_story_hash *hash);
void stream_journal_add(stream_journal *journal, const dgm_story_hash *hash);
/* All that was added is on the disk. */
dgm_status stream_journal_sync(stream_journal *journal, dgm_err *err) DGM_MUST_USE;
void stream_journal_free(stream_journal *journal);

#endif
