/* Learns the two classifiers of the segmenter by logistic regression over hashed features: AdaGrad
 * (Duchi et al. 2011), a part of the features dropped at random in each step so that the weights do
 * not lean on single words, and the mean of the last epochs' weights.
 *
 * A place where gold tokens say "cut" or "end" but the program never asks is counted and reported:
 * it is the ceiling of what can be learned. */
#include "document/paragraphs.h"
#include "syntax/chance.h"
#include "syntax/segment_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CUT_BITS = 17, END_BITS = 18, EPOCHS = 12, MEAN_FROM = 6 };
/* Against ends without a stop, in parts of WEIGHT_ONE. */
enum { CAUTION = -WEIGHT_ONE / 2 };
static const double RATE = 0.25, DROP = 0.15, DECAY = 2e-6;

/* Questions with their answers; features of question i are features[begin[i] .. begin[i + 1]). */
typedef struct {
    uint32_t *features;
    size_t n_features, cap_features;
    size_t *begin;
    bool *answer;
    size_t n, cap_begin, cap_answer;
    size_t n_yes, n_unasked;
} questions;

typedef struct {
    uint32_t begin_byte, end_byte;
    bool ends;
} gold_token;

typedef struct {
    dgm_segmenter seg; /* no weights yet: features need the abbreviations and lower only */
    unsigned char *lower;
    int32_t *cases; /* per word hash: seen in lower case minus with a capital inside a sentence */
    questions cuts, ends;
    char *abbreviations;
    size_t n_abbreviations, cap_abbreviations;
    paragraph par;
    bool no_memory;
} trainer;

/* The array with room for `wanted` elements; NULL: no memory, and the old one stays. */
static void *grown(void *at, size_t wanted, size_t *cap, size_t size)
{
    if (wanted <= *cap)
        return at;
    size_t bigger = DGM_MAX(wanted, *cap * 2 + 1024);
    void *moved = realloc(at, bigger * size);
    if (moved)
        *cap = bigger;
    return moved;
}

/* Room for one more question with n features. */
static bool reserve(questions *q, uint32_t n)
{
    uint32_t *more = grown(q->features, q->n_features + n, &q->cap_features, sizeof(*more));
    if (!more)
        return false;
    q->features = more;
    size_t *begin = grown(q->begin, q->n + 2, &q->cap_begin, sizeof(*begin));
    if (!begin)
        return false;
    q->begin = begin;
    bool *answer = grown(q->answer, q->n + 1, &q->cap_answer, sizeof(*answer));
    if (answer)
        q->answer = answer;
    return answer != NULL;
}

static void ask(trainer *t, questions *q, const features *f, bool answer)
{
    if (!reserve(q, f->n)) {
        t->no_memory = true;
        return;
    }
    memcpy(q->features + q->n_features, f->at, f->n * sizeof(uint32_t));
    q->begin[q->n] = q->n_features;
    q->answer[q->n] = answer;
    q->n_features += f->n;
    q->begin[++q->n] = q->n_features;
    q->n_yes += answer;
}

/* ---- gold ----------------------------------------------------------------------------------- */

static gold_token *gold_tokens(const dgm_document *doc, uint32_t *n)
{
    uint32_t n_words = 0;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        n_words += doc->sentences.at[i].n_words;
    gold_token *gold = DGM_NEW(doc->arena, gold_token, n_words);
    *n = 0;
    for (uint32_t i = 0; gold && i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t j = 1; j <= s->n_words; j++) {
            uint32_t last = s->words[j].n_mwt ? j + s->words[j].n_mwt - 1 : j;
            gold[(*n)++] = (gold_token) { s->words[j].begin_byte, s->words[last].end_byte,
                                          last == s->n_words };
            j = last;
        }
    }
    return gold;
}

/* The paragraph's tokens as the treebank has them; returns how many of gold they were. */
static uint32_t use_gold(trainer *t, const gold_token *gold, uint32_t n)
{
    paragraph *par = &t->par;
    uint32_t i = 0, cp = 0;
    for (; i < n && gold[i].end_byte <= par->byte[par->n]; i++) {
        while (cp < par->n && par->byte[cp] < gold[i].begin_byte)
            cp++;
        uint32_t begin = cp;
        while (cp < par->n && par->byte[cp] < gold[i].end_byte)
            cp++;
        if (begin == cp) /* of what nobody sees */
            continue;
        if (!segment_add_token(par, begin, cp)) {
            t->no_memory = true;
            return n;
        }
        par->tokens[par->n_tokens - 1].ends = gold[i].ends;
    }
    segment_describe_tokens(&t->seg, par);
    return i;
}

static void count_cases(trainer *t)
{
    for (uint32_t i = 0; i < t->par.n_tokens; i++) {
        const token *tok = &t->par.tokens[i];
        int32_t *count = &t->cases[feature_index(tok->lower_hash, LOWER_BITS)];
        if (tok->shape == SHAPE_LOWER)
            ++*count;
        else if (tok->shape == SHAPE_CAPITAL && i > 0 && !tok[-1].ends)
            --*count;
    }
}

static void ask_cuts(trainer *t)
{
    paragraph *par = &t->par;
    chunk c = { 0 };
    features f;
    uint32_t i = 0;
    for (uint32_t at = 0; segment_next_chunk(par, &at, &c);) {
        uint32_t token_begin = c.begin;
        for (uint32_t k = c.begin + 1; k < c.end; k++) {
            while (i < par->n_tokens && par->tokens[i].begin < k)
                i++;
            bool cut = i < par->n_tokens && par->tokens[i].begin == k;
            cut_rule rule =
                c.plain ? CUT_NO : segment_cut_by_rule(&t->seg, par, &c, k, token_begin);
            if (rule == CUT_ASK) {
                segment_cut_features(&t->seg, par, &c, k, token_begin, &f);
                ask(t, &t->cuts, &f, cut);
            } else {
                t->cuts.n_unasked += cut != (rule == CUT_YES);
            }
            if (cut)
                token_begin = k;
        }
    }
}

static void ask_ends(trainer *t)
{
    sentence_state state;
    features f;
    segment_sentence_begin(&state, 0);
    for (uint32_t i = 0; i + 1 < t->par.n_tokens; i++) {
        bool ends = t->par.tokens[i].ends;
        segment_sentence_step(&state, &t->par, i);
        if (segment_end_possible(&t->par, i)) {
            segment_end_features(&t->seg, &t->par, &state, i, &f);
            ask(t, &t->ends, &f, ends);
        } else {
            t->ends.n_unasked += ends;
        }
        if (ends)
            segment_sentence_begin(&state, i + 1);
    }
}

static dgm_status read_document(trainer *t, const dgm_document *doc, bool counting, dgm_err *err)
{
    uint32_t n, at_token = 0;
    gold_token *gold = gold_tokens(doc, &n);
    size_t begin, end;
    dgm_paragraphs walk = dgm_paragraphs_of(doc->text, 0);
    t->no_memory = t->no_memory || !gold;
    while (!t->no_memory && dgm_paragraphs_next(&walk, &begin, &end)) {
        if (!segment_paragraph_read(&t->par, doc->text, begin, end)) {
            t->no_memory = true;
            break;
        }
        at_token += use_gold(t, gold + at_token, n - at_token);
        if (counting) {
            count_cases(t);
        } else {
            ask_cuts(t);
            ask_ends(t);
        }
    }
    return t->no_memory ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training") : DGM_OK;
}

static dgm_status read_file(trainer *t, const char *path, bool counting, dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    if (!arena)
        return dgm_fail(err, DGM_ENOMEM, path, 0, "no memory");
    dgm_conllu_file file;
    dgm_status status = dgm_conllu_open(&file, path, err);
    while (status == DGM_OK && file.rest.n > 0) {
        dgm_document doc;
        status = dgm_conllu_next(&file, arena, &doc, err);
        if (status == DGM_OK)
            status = read_document(t, &doc, counting, err);
        dgm_arena_reset(arena);
    }
    dgm_conllu_close(&file);
    dgm_arena_free(arena);
    return status;
}

/* ---- learning ------------------------------------------------------------------------------- */

/* One step for one question. */
static double learn_one(const questions *q, uint32_t i, uint32_t bits, float *w, float *g2,
                        uint64_t *random)
{
    uint32_t kept[MAX_FEATURES], n = 0;
    double z = 0;
    for (size_t j = q->begin[i]; j < q->begin[i + 1]; j++)
        if (dgm_chance(random) >= (uint32_t)(DROP * (1u << 31))) {
            kept[n] = feature_index(q->features[j], bits);
            z += w[kept[n++]];
        }
    double y = q->answer[i], p = 1 / (1 + exp(-z)), gradient = p - y;
    for (uint32_t j = 0; j < n; j++) {
        float *weight = &w[kept[j]], *sum = &g2[kept[j]];
        double step = gradient + DECAY * (double)*weight;
        *sum += (float)(step * step);
        *weight -= (float)(RATE * step / sqrt((double)*sum + 1e-2));
    }
    return (p > 0.5) != q->answer[i];
}

static void learn(const questions *q, uint32_t bits, const char *what, FILE *log, int16_t *out,
                  float *space, uint32_t *order)
{
    size_t size = (size_t)1 << bits;
    float *w = space, *g2 = space + size, *mean = space + 2 * size;
    memset(space, 0, 3 * size * sizeof(*space));
    uint64_t random = 20201002;
    for (size_t i = 0; i < q->n; i++)
        order[i] = (uint32_t)i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double wrong = 0;
        dgm_shuffle(order, (uint32_t)q->n, &random);
        for (size_t i = 0; i < q->n; i++)
            wrong += learn_one(q, order[i], bits, w, g2, &random);
        for (size_t i = 0; epoch >= MEAN_FROM && i < size; i++)
            mean[i] += w[i] / (EPOCHS - MEAN_FROM);
        if (log)
            fprintf(log, "%s: epoch %d, %.0f of %zu wrong\n", what, epoch + 1, wrong, q->n);
    }
    for (size_t i = 0; i < size; i++) {
        double scaled = (double)mean[i] * (1 - DROP) * WEIGHT_ONE;
        out[i] = (int16_t)lrint(fmax(-32767, fmin(32767, scaled)));
    }
}

static dgm_status learn_both(trainer *t, FILE *log, char **out, size_t *n, dgm_err *err)
{
    size_t n_cuts = (size_t)1 << CUT_BITS, n_ends = (size_t)1 << END_BITS;
    int16_t *cuts = calloc(n_cuts, sizeof(*cuts)), *ends = calloc(n_ends, sizeof(*ends));
    float *space = calloc(3 * DGM_MAX(n_cuts, n_ends), sizeof(*space));
    uint32_t *order = calloc(DGM_MAX(t->cuts.n, t->ends.n) + 1, sizeof(*order));
    dgm_status status;
    if (!cuts || !ends || !space || !order) {
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
    } else {
        if (log)
            fprintf(log,
                    "cuts: %zu questions, %zu yes, %zu never asked; "
                    "ends: %zu questions, %zu yes, %zu never asked\n",
                    t->cuts.n, t->cuts.n_yes, t->cuts.n_unasked, t->ends.n, t->ends.n_yes,
                    t->ends.n_unasked);
        learn(&t->cuts, CUT_BITS, "cuts", log, cuts, space, order);
        learn(&t->ends, END_BITS, "ends", log, ends, space, order);
        dgm_view abbreviations = { t->abbreviations, t->n_abbreviations };
        status = segment_pack(cuts, CUT_BITS, ends, END_BITS, CAUTION, t->lower, abbreviations, out,
                              n, err);
    }
    free(cuts);
    free(ends);
    free(space);
    free(order);
    return status;
}

/* ---- abbreviations -------------------------------------------------------------------------- */

typedef struct {
    trainer *t;
    dgm_complaints *complaints;
} table_context;

static bool take_abbreviation(void *context, const dgm_row *row)
{
    table_context *c = context;
    trainer *t = c->t;
    abbreviation of = segment_abbreviation_of_label(row->cell[1]);
    if (of == ABBREVIATION_NONE || row->cell[0].n == 0) {
        dgm_complain(c->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not a kind of abbreviation", DGM_FMT(row->cell[1]));
        return true;
    }
    size_t more = row->cell[0].n + row->cell[1].n + 2;
    char *text = grown(t->abbreviations, t->n_abbreviations + more, &t->cap_abbreviations, 1);
    if (!text)
        return false;
    t->abbreviations = text;
    char *p = text + t->n_abbreviations;
    memcpy(p, row->cell[0].p, row->cell[0].n);
    p[row->cell[0].n] = '\t';
    memcpy(p + row->cell[0].n + 1, row->cell[1].p, row->cell[1].n);
    p[more - 1] = '\n';
    t->n_abbreviations += more;
    return dgm_map_set(t->seg.abbreviations, row->cell[0], of, NULL) == DGM_OK;
}

static dgm_status read_abbreviations(trainer *t, const char *tables_dir, dgm_complaints *complaints,
                                     dgm_err *err)
{
    static const char *const columns[] = { "abbreviation", "of", NULL };
    table_context context = { t, complaints };
    char *text = NULL;
    dgm_status status = dgm_table_load(tables_dir, "english/abbreviations.tsv", columns,
                                       take_abbreviation, &context, complaints, &text);
    free(text);
    return status == DGM_OK ? status
                            : dgm_fail(err, status, tables_dir, 0,
                                       "the table english/abbreviations.tsv cannot be used%s",
                                       status == DGM_ENOMEM ? ": no memory" : "");
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void decide_lower(trainer *t)
{
    for (uint32_t i = 0; i < 1u << LOWER_BITS; i++)
        if (t->cases[i] > 0)
            t->lower[i / 8] |= (unsigned char)(1u << (i % 8));
}

static void trainer_done(trainer *t)
{
    dgm_map_free(t->seg.abbreviations);
    free(t->lower);
    free(t->cases);
    free(t->abbreviations);
    free(t->cuts.features);
    free(t->cuts.begin);
    free(t->cuts.answer);
    free(t->ends.features);
    free(t->ends.begin);
    free(t->ends.answer);
    segment_paragraph_done(&t->par);
}

dgm_status dgm_segmenter_train(const char *const *files, uint32_t n_files, const char *tables_dir,
                               FILE *log, dgm_complaints *complaints, char **out, size_t *n,
                               dgm_err *err)
{
    trainer t = { .seg = { .abbreviations = dgm_map_new() } };
    t.lower = calloc((size_t)1 << LOWER_BITS >> 3, 1);
    t.cases = calloc((size_t)1 << LOWER_BITS, sizeof(*t.cases));
    t.seg.lower = t.lower;
    dgm_status status = DGM_OK;
    if (!t.seg.abbreviations || !t.lower || !t.cases)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
    if (status == DGM_OK)
        status = read_abbreviations(&t, tables_dir, complaints, err);
    for (uint32_t i = 0; status == DGM_OK && i < n_files; i++)
        status = read_file(&t, files[i], true, err);
    if (status == DGM_OK)
        decide_lower(&t);
    for (uint32_t i = 0; status == DGM_OK && i < n_files; i++)
        status = read_file(&t, files[i], false, err);
    if (status == DGM_OK && t.cuts.n + t.ends.n == 0)
        status = dgm_fail(err, DGM_EFORMAT, n_files > 0 ? files[0] : NULL, 0,
                          "has no sentences to learn from");
    if (status == DGM_OK)
        status = learn_both(&t, log, out, n, err);
    trainer_done(&t);
    return status;
}
