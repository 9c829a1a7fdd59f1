/* data.c - reads CoNLL-U for training. Multiword tokens and empty nodes are passed over: the
 * network sees syntactic words.
 *
 * Entities come from GUM's `Entity` in MISC: "(12-person-new-nnnnn-cf1-2-coref-Name" opens group
 * 12, "12)" closes it, "(5-object-...)" does both. A mention counts as a name when the word at its
 * head position is a proper noun; of mentions within each other the outermost of at most MAX_NAME
 * words counts. */
#include "syntax/train/data.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FILE  ((size_t)1 << 30)
#define MAX_OPEN  64
#define MAX_NAME  8
#define N_COLUMNS 10

typedef struct {
    dgm_view id;
    dgm_entity_type type;
    uint32_t begin, head; /* words of the sentence, from 0 */
} open_mention;

typedef struct {
    dgm_treebank *bank;
    const char *path;
    size_t line;
    uint32_t first; /* of the present sentence */
    open_mention open[MAX_OPEN];
    uint32_t n_open;
    dgm_err *err;
} reader;

static void tag_name(reader *r, dgm_entity_type type, uint32_t begin, uint32_t end)
{
    dgm_gold_word *words = r->bank->words.at + r->first;
    uint32_t n = end - begin + 1;
    if (n > MAX_NAME)
        return;
    for (uint32_t i = begin; i <= end; i++) {
        dgm_bilu at = n == 1       ? DGM_BILU_U
                      : i == begin ? DGM_BILU_B
                      : i == end   ? DGM_BILU_L
                                   : DGM_BILU_I;
        words[i].entity_tag = dgm_entity_tag(type, at);
    }
}

static void close_mention(reader *r, dgm_view id)
{
    uint32_t k = r->n_open, n = r->bank->words.n - r->first;
    while (k-- > 0)
        if (dgm_view_eq(r->open[k].id, id))
            break;
    if (k == UINT32_MAX)
        return;
    open_mention m = r->open[k];
    memmove(&r->open[k], &r->open[k + 1], (r->n_open - k - 1) * sizeof(m));
    r->n_open--;
    dgm_gold_word *words = r->bank->words.at + r->first;
    if (m.type < DGM_N_ENTITY_TYPES && m.head < n && words[m.head].upos == DGM_PROPN)
        tag_name(r, m.type, m.begin, n - 1);
}

static void open_mention_of(reader *r, dgm_view body)
{
    dgm_view field[8] = { 0 };
    for (int i = 0; i < 8 && dgm_view_split(&body, '-', &field[i]); i++)
        ;
    size_t comma = dgm_view_find(field[5], DGM_VIEW(","));
    uint64_t head = 1;
    dgm_view first = comma == SIZE_MAX ? field[5] : dgm_view_slice(field[5], 0, comma);
    if (r->n_open == MAX_OPEN || !dgm_parse_u64(first, &head) || head == 0)
        return;
    uint32_t i_word = r->bank->words.n - r->first - 1;
    r->open[r->n_open++] = (open_mention) { .id = field[0],
                                            .type = dgm_entity_type_of(field[1]),
                                            .begin = i_word,
                                            .head = i_word + (uint32_t)head - 1 };
}

/* Closing brackets of this word may end mentions whose head comes later in the same word's value,
 * so the word is stored before its entities are read. */
static void read_entities(reader *r, dgm_view v)
{
    r->bank->has_entities = true;
    while (v.n) {
        bool opens = v.p[0] == '(';
        size_t i = opens ? 1 : 0;
        while (i < v.n && v.p[i] != '(' && v.p[i] != ')')
            i++;
        dgm_view body = dgm_view_slice(v, opens ? 1 : 0, i);
        bool closes = i < v.n && v.p[i] == ')';
        if (opens)
            open_mention_of(r, body);
        size_t dash = dgm_view_find(body, DGM_VIEW("-"));
        if (closes)
            close_mention(r, dash == SIZE_MAX ? body : dgm_view_slice(body, 0, dash));
        v = dgm_view_slice(v, i + closes, v.n);
    }
}

static dgm_view misc_value(dgm_view misc, dgm_view key)
{
    dgm_view part;
    while (dgm_view_split(&misc, '|', &part))
        if (dgm_view_starts(part, key))
            return dgm_view_slice(part, key.n, part.n);
    return (dgm_view) { 0 };
}

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
    dgm_view entity = misc_value(c[9], DGM_VIEW("Entity="));
    if (entity.n)
        read_entities(r, entity);
    return DGM_OK;
}

static dgm_status end_sentence(reader *r)
{
    uint32_t n = r->bank->words.n - r->first;
    r->n_open = 0;
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
