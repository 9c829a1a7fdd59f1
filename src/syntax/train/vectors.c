#include "syntax/train/vectors.h"

#include "syntax/bundle.h"
#include "syntax/model_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILE ((size_t)1 << 30)
#define MAX_COLS 512

typedef struct {
    dgm_view word, numbers;
} entry;

static int by_word(const void *left, const void *right)
{
    return dgm_view_cmp(((const entry *)left)->word, ((const entry *)right)->word);
}

static uint32_t count_lines(dgm_view text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static uint32_t count_numbers(dgm_view numbers)
{
    uint32_t n = 0;
    dgm_view part;
    while (numbers.n && dgm_view_split(&numbers, ' ', &part))
        n++;
    return n;
}

static dgm_status read_row(const entry *e, uint32_t cols, float *row)
{
    dgm_view rest = e->numbers, part;
    uint32_t n = 0;
    while (rest.n && dgm_view_split(&rest, ' ', &part)) {
        char number[32];
        if (n == cols || part.n >= sizeof(number))
            return DGM_EFORMAT;
        memcpy(number, part.p, part.n);
        number[part.n] = '\0';
        char *end;
        row[n] = strtof(number, &end);
        if (*end || end == number || !isfinite(row[n++]))
            return DGM_EFORMAT;
    }
    return n == cols ? DGM_OK : DGM_EFORMAT;
}

typedef struct {
    dgm_vectors vectors;
    char *text, *at;
    void *rows;
} owned; /* what dgm_vectors_read() gives is the first member */

void dgm_vectors_free(dgm_vectors *vectors)
{
    owned *o = (owned *)(void *)vectors;
    if (!o)
        return;
    free(o->text);
    free(o->at);
    free(o->rows);
    free(o);
}

static dgm_status fill(owned *o, entry *entries, uint32_t n, uint32_t cols, const char *path,
                       dgm_err *err)
{
    size_t n_text = 0, n_bytes = dgm_bundle_size(DGM_BUNDLE_I4, n, cols);
    size_t scales = n_bytes - (size_t)n * sizeof(float);
    for (uint32_t i = 0; i < n; i++)
        n_text += entries[i].word.n;
    o->text = malloc(n_text + 1);
    o->at = malloc(((size_t)n + 1) * 4);
    o->rows = calloc(n_bytes + 1, 1);
    if (!o->text || !o->at || !o->rows)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the vectors");
    n_text = 0;
    for (uint32_t i = 0; i < n; i++) {
        float row[MAX_COLS];
        if (read_row(&entries[i], cols, row) != DGM_OK)
            return dgm_fail(err, DGM_EFORMAT, path, 0, "the vector of \"%.*s\" has not %u numbers",
                            DGM_FMT(entries[i].word), cols);
        float scale = dgm_bundle_put_row(row, cols, (uint8_t *)o->rows + i * dgm_bundle_row(cols));
        memcpy((char *)o->rows + scales + i * sizeof(scale), &scale, sizeof(scale));
        dgm_put_u32(o->at + 4 * (size_t)i, (uint32_t)n_text);
        memcpy(o->text + n_text, entries[i].word.p, entries[i].word.n);
        n_text += entries[i].word.n;
    }
    dgm_put_u32(o->at + 4 * (size_t)n, (uint32_t)n_text);
    o->vectors = (dgm_vectors) { { o->rows, (const char *)o->rows + scales, n, cols },
                                 { o->text, n_text },
                                 o->at };
    return DGM_OK;
}

dgm_status dgm_vectors_read(const char *path, dgm_vectors **out, dgm_err *err)
{
    char *text;
    size_t size;
    dgm_status status = dgm_file_read(path, MAX_FILE, &text, &size, err);
    if (status != DGM_OK)
        return status;
    dgm_view rest = { text, size }, line;
    uint32_t n = 0, n_lines = count_lines(rest);
    entry *entries = calloc((size_t)n_lines + 1, sizeof(*entries));
    owned *o = calloc(1, sizeof(*o));
    while (entries && n < n_lines && dgm_view_split(&rest, '\n', &line))
        if (dgm_view_split(&line, ' ', &entries[n].word))
            entries[n++].numbers = line;
    uint32_t cols = n ? count_numbers(entries[0].numbers) : 0;
    if (!entries || !o) {
        status = dgm_fail(err, DGM_ENOMEM, path, 0, "no memory for the vectors");
    } else if (!cols || cols > MAX_COLS) {
        status = dgm_fail(err, DGM_EFORMAT, path, 0, "lines must have 1 to %d numbers", MAX_COLS);
    } else {
        qsort(entries, n, sizeof(*entries), by_word);
        status = fill(o, entries, n, cols, path, err);
    }
    free(entries);
    free(text);
    if (status == DGM_OK)
        *out = &o->vectors;
    else if (o)
        dgm_vectors_free(&o->vectors);
    return status;
}
