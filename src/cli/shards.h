/* shards.h - `code --out-dir`: every input a shard of its own, in a folder. Inside cli. */
#ifndef DGM_CLI_SHARDS_H
#define DGM_CLI_SHARDS_H

#include "cli/cli.h"

/* The rows of its options, of `code` alone. */
#define DGM_OPTIONS_SHARDS                                                                         \
    { 0, "out-dir", "DIR", "code each input into a compressed file of its own in DIR", NULL },     \
        { 0, "shards", "LIST",                                                                     \
          "with --out-dir: read names of inputs from LIST, one per line, - for standard input",    \
          NULL },                                                                                  \
        { 0, "shard", "K/N", "with --out-dir: take every N-th input only, from the K-th on",       \
          NULL },                                                                                  \
    {                                                                                              \
        0, "stories", NULL,                                                                        \
            "with --out-dir: also write the stories, so that `ingest --coded` can load them", NULL \
    }

#define DGM_HELP_SHARDS                                                                            \
    "With --out-dir, each input is a shard: its events go to a file of their own, compressed "     \
    "with\n"                                                                                       \
    "zstd, and a marker beside it says that it is finished. Run again, the command passes over\n"  \
    "what is finished by the same tables and options; any number of processes may share the\n"     \
    "folder, and may be killed. A shard that fails is named in a marker, the others are coded;\n"  \
    "the exit code is then 1. `dragoman shards DIR` shows how far it is."

/* Whether the command line asks for it. */
bool dgm_cli_wants_shards(const dgm_arguments *arguments);
/* Runs the command; gives the exit code. */
int dgm_cli_code_shards(const dgm_arguments *arguments);

/* K of N, from 0; false after a message. Without --shard it is 0 of 1. */
bool dgm_cli_share(const dgm_arguments *arguments, uint64_t *k, uint64_t *n);

#endif
