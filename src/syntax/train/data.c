/* data.c - reads CoNLL-U for training. Multiword tokens and empty nodes are passed over: the
 * network sees syntactic words. */
#include "syntax/train/data.h"

#include "syntax/gold_names.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FILE  ((size_t)1 << 30)
#define N_COLUMNS 10

typedef struct {
    dgm_treebank *bank;
    const char *path;
    size_t line;
    uint32_t first; /* of the present sentence */
    dgm_gold_names names;
    dgm_err *err;
} reader;

static dgm_status read_word(reader *r, dgm_view line)
{
    dgm_view c[N_COLUMNS];
    int n = 0;
    while (n < N_COLUMNS && dgm_view_split(&line, '\t', &c[n]))
        n++;
    if (n != N_COLUMNS)
        return dgm_fail(r->err, DGM_EFORMAT, r->path, r->line, "%d columns where CoNLL-U has 10",
                        n);
    uint64_t id, head;
    if (!dgm_parse_u64(c[0], &id))
        return DGM_OK; /* 3-4 or 8.1 */
    if (!dgm_parse_u64(c[6], &head))
        return dgm_fail(r->err, DGM_EFORMAT, r->path, r->line, "head \"%.*s\" is no number",
                        DGM_FMT(c[6]));
    dgm_gold_word *w = dgm_push(r->bank->arena, &r->bank->words);
    if (!w)
        return dgm_fail(r->err, DGM_ENOMEM, r->path, r->line, "no memory");
    *w = (dgm_gold_word) { .form = c[1],
                           .lemma = c[2],
                           .xpos = c[4],
                           .feats = c[5],
                           .upos = dgm_upos_of(c[3]),
                           .deprel = dgm_deprel_of(c[7]),
                           .head = (uint32_t)DGM_MIN(head, UINT32_MAX) };
    dgm_gold_names_add(&r->names, w->upos == DGM_PROPN, w->head, c[9]);
    return DGM_OK;
}

static dgm_status end_sentence(reader *r)
{
    uint32_t n = r->bank->words.n - r->first;
    for (uint32_t i = 0; i < r->names.n_words; i++)
        r->bank->words.at[r->first + i].entity_tag = r->names.tag[i];
    r->bank->has_entities = r->bank->has_entities || r->names.any;
    memset(&r->names, 0, sizeof(r->names));
    if (!n)
        return DGM_OK;
    for (uint32_t i = 0; i < n; i++)
        if (r->bank->words.at[r->first + i].head > n)
            return dgm_fail(r->err, DGM_EFORMAT, r->path, r->line,
                            "head %u is past the last word, %u",
                            r->bank->words.at[r->first + i].head, n);
    dgm_gold_sentence *s = dgm_push(r->bank->arena, &r->bank->sentences);
    if (!s)
        return dgm_fail(r->err, DGM_ENOMEM, r->path, r->line, "no memory");
    *s = (dgm_gold_sentence) { .first = r->first, .n_words = n };
    r->first = r->bank->words.n;
    return DGM_OK;
}

static dgm_status read_all(reader *r, dgm_view text)
{
    dgm_status status = DGM_OK;
    dgm_view line;
    while (status == DGM_OK && dgm_view_split(&text, '\n', &line)) {
        r->line++;
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (!line.n)
            status = end_sentence(r);
        else if (line.p[0] != '#')
            status = read_word(r, line);
    }
    return status == DGM_OK ? end_sentence(r) : status;
}

dgm_status dgm_treebank_load(const char *path, dgm_treebank **out, dgm_err *err)
{
    dgm_treebank *bank = calloc(1, sizeof(*bank));
    size_t n = 0;
    if (!bank || !(bank->arena = dgm_arena_new())) {
        dgm_treebank_free(bank);
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory");
    }
    dgm_status status = dgm_file_read(path, MAX_FILE, &bank->text, &n, err);
    reader r = { .bank = bank, .path = path, .err = err };
    if (status == DGM_OK)
        status = read_all(&r, (dgm_view) { bank->text, n });
    if (status != DGM_OK) {
        dgm_treebank_free(bank);
        return status;
    }
    *out = bank;
    return DGM_OK;
}

void dgm_treebank_free(dgm_treebank *treebank)
{
    if (!treebank)
        return;
    dgm_arena_free(treebank->arena);
    free(treebank->text);
    free(treebank);
}
