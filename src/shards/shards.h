/* shards.h - files in, files out: an archive coded in pieces, by any number of processes on any
 * number of machines that share a folder, killed and started again as often as may be.
 *
 * A shard is one input file. Of the shard x.warc.gz the folder holds, below its own path:
 *   x.warc.gz.jsonl.zst            its events, in the format of --format, zstd
 *   x.warc.gz.stories.zst          its coded stories for a store, where they are asked for
 *   x.warc.gz.finished.json        the marker, written last: all of the above is whole
 *   x.warc.gz.failed.json          instead of all: why there is nothing
 *   x.warc.gz.lock, x.warc.gz.*.part   of a process that is at it, or was killed
 * Whatever has its final name is whole: it was written under another and renamed.
 * docs/formats/shards.md describes the files. */
#ifndef DGM_SHARDS_H
#define DGM_SHARDS_H

#include "output/output.h"

enum { DGM_SHARD_PATH = 4096 };

/* ---- a shard and its files ------------------------------------------------------------------ */

typedef struct {
    char input[DGM_SHARD_PATH]; /* the path as it was named */
    char base[DGM_SHARD_PATH];  /* the folder and the shard's name in it, without ending */
} dgm_shard;

/* The name is the path without what leads it out of the folder ("/", "./", "../"). DGM_EUSAGE: it
 * has no name, or ".." inside of it. */
dgm_status dgm_shard_init(const char *folder, dgm_view input, dgm_shard *out,
                          dgm_err *err) DGM_MUST_USE;
/* base and ending (".finished.json"); false: that is too long. */
bool dgm_shard_path(const dgm_shard *shard, const char *ending, char out[DGM_SHARD_PATH]);

/* The right to work on a shard, which the system takes back from who dies. Where the file system
 * has no locks everybody has it, under file names of his own: work is done twice, and nothing else
 * happens. */
typedef struct {
    int fd;
    bool exclusive;
    char own[80]; /* what the ending of a file that is being written begins with */
} dgm_claim;
/* Makes the folders on the way. DGM_END: another process is at it. */
dgm_status dgm_shard_claim(const dgm_shard *shard, dgm_claim *out, dgm_err *err) DGM_MUST_USE;
void dgm_shard_release(const dgm_shard *shard, dgm_claim *claim);
/* Whether a process is at it now. */
bool dgm_shard_is_claimed(const dgm_shard *shard);

/* ---- files that are written ----------------------------------------------------------------- */

/* What a file is known by: its size and XXH3, 128 bits, of its bytes. */
typedef struct {
    uint64_t bytes;
    char hash[33]; /* empty: there is no such file */
} dgm_file_sum;
dgm_status dgm_file_sum_of(const char *path, dgm_file_sum *out, dgm_err *err) DGM_MUST_USE;

/* A file that is compressed with zstd and summed up while it is written. */
typedef struct dgm_packed_file dgm_packed_file;
dgm_status dgm_packed_open(const char *path, dgm_packed_file **out, dgm_err *err) DGM_MUST_USE;
FILE *dgm_packed_stream(dgm_packed_file *file); /* to be written to, not closed */
/* Flushes down to the disk, and ends file, whatever it returns. sum NULL: what was written is of no
 * use. */
dgm_status dgm_packed_close(dgm_packed_file *file, dgm_file_sum *sum, dgm_err *err);

/* ---- markers -------------------------------------------------------------------------------- */

typedef struct {
    char shard[DGM_SHARD_PATH]; /* as it was named */
    char version[32], tables[33];
    char recipe[33]; /* a hash of version, tables and all options that the bytes depend on */
    char format[32];
    char reason[600]; /* why it failed; empty: it is finished */
    dgm_file_sum input, output, stories;
    uint64_t n_coded, n_refused, n_foreign, n_empty; /* stories */
    dgm_tally events;
} dgm_marker;

/* Writes beside and renames; removes the other kind of marker. */
dgm_status dgm_marker_write(const dgm_shard *shard, const dgm_claim *claim,
                            const dgm_marker *marker, dgm_err *err) DGM_MUST_USE;
/* DGM_END: there is none. DGM_EFORMAT: what is there is none. */
dgm_status dgm_marker_read(const char *path, dgm_marker *out, dgm_err *err) DGM_MUST_USE;
/* Whether the files that a finished marker names are there in their size. */
bool dgm_marker_holds(const dgm_shard *shard, const dgm_marker *marker);

/* ---- folders -------------------------------------------------------------------------------- */

/* Paths, one a line, of the file `list` ("-": standard input); at: views into *text, which the
 * caller frees, as well as *at. Empty lines are passed over. */
dgm_status dgm_shards_list(const char *list, char **text, dgm_view **at, size_t *n,
                           dgm_err *err) DGM_MUST_USE;

typedef enum { DGM_SHARD_FINISHED, DGM_SHARD_FAILED, DGM_SHARD_BEGUN } dgm_shard_state;
/* A shard of a folder. marker NULL: it has been begun, and no more. False ends the walk. */
typedef bool (*dgm_shard_fn)(void *context, const dgm_shard *shard, dgm_shard_state state,
                             const dgm_marker *marker);
/* All shards below the folder, in the order of their names. A marker that cannot be read is
 * complained about and passed over. */
dgm_status dgm_shards_walk(const char *folder, dgm_complaints *complaints, dgm_shard_fn fn,
                           void *context, dgm_err *err) DGM_MUST_USE;

/* ---- stories --------------------------------------------------------------------------------- */

/* One story more, as the store packed it. */
bool dgm_stories_put(dgm_packed_file *file, const dgm_buffer *packed, dgm_err *err);

/* Coded stories of a finished shard, packed as the store takes them. The bytes of their file are
 * checked against the marker first. */
typedef struct dgm_shard_reader dgm_shard_reader;
dgm_status dgm_shard_reader_open(const dgm_shard *shard, const dgm_marker *marker,
                                 dgm_shard_reader **out, dgm_err *err) DGM_MUST_USE;
void dgm_shard_reader_free(dgm_shard_reader *reader);
/* Replaces what is in *packed. DGM_OK, DGM_END, or an error that ends the shard. */
dgm_status dgm_shard_reader_next(dgm_shard_reader *reader, dgm_buffer *packed,
                                 dgm_err *err) DGM_MUST_USE;

#endif
