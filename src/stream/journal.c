/* 33 bytes a story in the file, 16 and some in memory: a table with open addressing, the hashes
 * being as good as random. */
#include "stream/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 33, FIRST = 1 << 16 };

typedef struct {
    uint64_t high, low; /* both 0: free */
} key;

struct stream_journal {
    char *path;
    FILE *file;
    key *table;
    size_t n, size; /* size: a power of two */
    bool full;      /* no memory */
};

static bool key_of(const char *hash, key *out)
{
    uint64_t parts[2] = { 0, 0 };
    for (size_t i = 0; i < 32; i++) {
        char c = hash[i];
        int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (value < 0)
            return false;
        parts[i / 16] = parts[i / 16] << 4 | (uint64_t)value;
    }
    *out = (key) { parts[0], parts[1] };
    return true;
}

static size_t place_of(const key *table, size_t size, const key *k)
{
    size_t i = (size_t)k->low & (size - 1);
    while ((table[i].high | table[i].low) != 0 &&
           (table[i].high != k->high || table[i].low != k->low))
        i = (i + 1) & (size - 1);
    return i;
}

static bool grow(stream_journal *j)
{
    size_t size = j->size ? j->size * 2 : FIRST;
    key *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < j->size; i++)
        if ((j->table[i].high | j->table[i].low) != 0)
            table[place_of(table, size, &j->table[i])] = j->table[i];
    free(j->table);
    j->table = table;
    j->size = size;
    return true;
}

static void insert(stream_journal *j, const key *k)
{
    if (j->n + j->n / 2 >= j->size && !grow(j)) {
        j->full = true;
        return;
    }
    size_t i = place_of(j->table, j->size, k);
    j->n += (j->table[i].high | j->table[i].low) == 0;
    j->table[i] = *k;
}

static dgm_status read_all(stream_journal *j, dgm_err *err)
{
    char line[LINE];
    long whole = 0;
    size_t number = 0;
    key k;
    while (fread(line, 1, LINE, j->file) == LINE) {
        number++;
        if (line[32] != '\n' || !key_of(line, &k))
            return dgm_fail(err, DGM_EFORMAT, j->path, number,
                            "this is no journal of `dragoman submit`: a line is 32 hexadecimal "
                            "digits");
        insert(j, &k);
        whole += LINE;
    }
    if (ferror(j->file) || fseek(j->file, whole, SEEK_SET) != 0 ||
        ftruncate(fileno(j->file), whole) != 0)
        return dgm_fail(err, DGM_EIO, j->path, 0, "%s", strerror(errno));
    return j->full ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the journal") : DGM_OK;
}

dgm_status stream_journal_open(const char *path, stream_journal **out, dgm_err *err)
{
    stream_journal *j = calloc(1, sizeof *j);
    if (!j || !(j->path = strdup(path)) || !grow(j)) {
        stream_journal_free(j);
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the journal");
    }
    j->file = fopen(path, "r+b");
    if (!j->file && errno == ENOENT)
        j->file = fopen(path, "w+bx");
    dgm_status status =
        j->file ? read_all(j, err) : dgm_fail(err, DGM_EIO, path, 0, "%s", strerror(errno));
    if (status == DGM_OK)
        *out = j;
    else
        stream_journal_free(j);
    return status;
}

bool stream_journal_has(const stream_journal *journal, const dgm_story_hash *hash)
{
    key k;
    if (!key_of(hash->text, &k))
        return false;
    const key *at = &journal->table[place_of(journal->table, journal->size, &k)];
    return (at->high | at->low) != 0;
}

void stream_journal_add(stream_journal *journal, const dgm_story_hash *hash)
{
    key k;
    if (!key_of(hash->text, &k))
        return;
    insert(journal, &k);
    (void)fprintf(journal->file, "%s\n", hash->text);
}

dgm_status stream_journal_sync(stream_journal *journal, dgm_err *err)
{
    if (fflush(journal->file) == 0 && !ferror(journal->file) && fsync(fileno(journal->file)) == 0)
        return DGM_OK;
    return dgm_fail(err, DGM_EIO, journal->path, 0, "%s", strerror(errno));
}

void stream_journal_free(stream_journal *journal)
{
    if (!journal)
        return;
    if (journal->file)
        (void)fclose(journal->file);
    free(journal->table);
    free(journal->path);
    free(journal);
}
