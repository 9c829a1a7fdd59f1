/* One hash of all that the coder knows: names and bytes of the tables, and the model. */
#include "cli/cli.h"

#include <fts.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool hash_file(XXH3_state_t *state, const FTSENT *entry, const char *root)
{
    char bytes[1 << 14];
    FILE *f = fopen(entry->fts_accpath, "rb");
    if (!f)
        return false;
    const char *name = entry->fts_path + strlen(root);
    XXH3_128bits_update(state, name, strlen(name) + 1);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        XXH3_128bits_update(state, bytes, n);
    bool good = !ferror(f);
    fclose(f);
    return good;
}

bool dgm_cli_hash_tables(const char *dir, const char *model, char out[33])
{
    char *paths[3] = { (char *)(uintptr_t)dir, (char *)(uintptr_t)model, NULL };
    XXH3_state_t state;
    bool good = true;
    XXH3_128bits_reset(&state);
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    for (FTSENT *entry; walk && good && (entry = fts_read(walk)) != NULL;) {
        if (entry->fts_info == FTS_F)
            good = hash_file(&state, entry,
                             strncmp(entry->fts_path, dir, strlen(dir)) == 0 ? dir : "");
    }
    good = good && walk;
    if (walk)
        fts_close(walk);
    XXH128_hash_t h = XXH3_128bits_digest(&state);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
    return good;
}
