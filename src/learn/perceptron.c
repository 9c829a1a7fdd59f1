/* A perceptron in memory. */
#include "learn/perceptron.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct dgm_perceptron {
    uint32_t n_inputs, n_hidden, n_answers;
    int16_t *weights; /* [n_hidden][n_inputs + 1]; the last of a row is the bias */
    int32_t *out;     /* [n_answers][n_hidden + 1]; the first is the bias */
    /* while loading */
    const dgm_inputs_named *inputs;
    const char *const *answers;
    dgm_complaints *complaints;
    uint32_t n_rows;
    bool *seen;
    bool failed;
};

/* ---- loading -------------------------------------------------------------------------------- */

/* DGM_NONE: none is called so. Rows stand in order, so that the first look finds most. */
static uint32_t row_of(const dgm_perceptron *m, dgm_view name)
{
    char known[64];
    uint32_t n = m->inputs->n + 1 + m->n_answers;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = (m->n_rows + k) % n;
        if (i < m->inputs->n)
            m->inputs->name(i, known);
        else if (i == m->inputs->n)
            snprintf(known, sizeof known, "bias");
        else
            snprintf(known, sizeof known, "out %s", m->answers[i - m->inputs->n - 1]);
        if (dgm_view_eq(name, dgm_view_of(known)))
            return i;
    }
    return DGM_NONE;
}

/* "-120 37 ...": returns how many there are, at most `most`; 0 where one is no such number. */
static uint32_t read_numbers(dgm_view list, int32_t *out, uint32_t most)
{
    dgm_view part;
    uint32_t n = 0;
    while (list.n > 0 && dgm_view_split(&list, ' ', &part)) {
        uint64_t size;
        bool minus = part.n > 0 && part.p[0] == '-';
        if (n == most || !dgm_parse_u64(dgm_view_slice(part, minus, part.n), &size) ||
            size > DGM_MOST_WEIGHT)
            return 0;
        out[n++] = minus ? -(int32_t)size : (int32_t)size;
    }
    return n;
}

/* The first row says how many are hidden. */
static bool allocate(dgm_perceptron *m, uint32_t n_hidden)
{
    m->n_hidden = n_hidden;
    m->weights = calloc((size_t)(m->n_inputs + 1) * n_hidden, sizeof *m->weights);
    m->out = calloc((size_t)m->n_answers * (n_hidden + 1), sizeof *m->out);
    return m->weights && m->out;
}

static bool read_row(void *context, const dgm_row *row)
{
    dgm_perceptron *m = context;
    int32_t numbers[DGM_MAX_HIDDEN + 1];
    uint32_t i = row_of(m, row->cell[0]);
    uint32_t n = read_numbers(row->cell[1], numbers, DGM_MAX_HIDDEN + 1);
    bool is_answer = i != DGM_NONE && i > m->n_inputs;
    if (n > 0 && m->n_hidden == 0 && !is_answer && n <= DGM_MAX_HIDDEN && !allocate(m, n)) {
        m->failed = true;
        return false;
    }
    if (i == DGM_NONE || n == 0 || m->n_hidden == 0 || n != m->n_hidden + is_answer || m->seen[i]) {
        dgm_complain(m->complaints, DGM_EFORMAT, row->file, row->line,
                     "\"%.*s\" is not an input that is known, or has not as many weights from "
                     "-%d to %d as others",
                     DGM_FMT(row->cell[0]), DGM_MOST_WEIGHT, DGM_MOST_WEIGHT);
        return true;
    }
    for (uint32_t k = 0; k < n; k++)
        if (is_answer)
            m->out[(size_t)(i - m->n_inputs - 1) * n + k] = numbers[k];
        else
            m->weights[(size_t)k * (m->n_inputs + 1) + i] = (int16_t)numbers[k];
    m->seen[i] = true;
    m->n_rows = i + 1;
    return true;
}

static bool is_whole(const dgm_perceptron *m)
{
    for (uint32_t i = 0; i < m->n_inputs + 1 + m->n_answers; i++)
        if (!m->seen[i])
            return false;
    return true;
}

/* NULL: no memory. */
static dgm_perceptron *new_perceptron(const dgm_inputs_named *inputs, const char *const *answers,
                                      uint32_t n_answers, dgm_complaints *complaints)
{
    assert(inputs->n <= DGM_MAX_INPUTS);
    dgm_perceptron *m = calloc(1, sizeof(*m));
    if (!m)
        return NULL;
    *m = (dgm_perceptron) { .inputs = inputs,
                            .n_inputs = inputs->n,
                            .answers = answers,
                            .n_answers = n_answers,
                            .complaints = complaints };
    m->seen = calloc((size_t)inputs->n + 1 + n_answers, sizeof(*m->seen));
    if (m->seen)
        return m;
    free(m);
    return NULL;
}

dgm_status dgm_perceptron_load(const char *dirs, const char *name, const dgm_inputs_named *inputs,
                               const char *const *answers, uint32_t n_answers,
                               dgm_complaints *complaints, dgm_perceptron **out, dgm_err *err)
{
    static const char *const columns[] = { "input", "weights", NULL };
    char folder[4096], *text = NULL;
    *out = NULL;
    if (!dgm_folders_holder(dirs, name, folder, sizeof folder))
        return DGM_OK;
    dgm_perceptron *m = new_perceptron(inputs, answers, n_answers, complaints);
    dgm_status status =
        m ? dgm_table_load(folder, name, columns, read_row, m, complaints, &text) : DGM_ENOMEM;
    dgm_table_ends(folder, name, text, complaints);
    free(text);
    if (status == DGM_OK && m->failed)
        status = DGM_ENOMEM;
    if (status != DGM_OK) {
        dgm_perceptron_free(m);
        return dgm_fail(err, status, folder, 0, "%s: the learned weights cannot be loaded%s", name,
                        status == DGM_ENOMEM ? ": no memory" : "");
    }
    if (is_whole(m)) {
        *out = m;
        return DGM_OK;
    }
    if (m->n_rows > 0)
        dgm_complain(complaints, DGM_EFORMAT, name, 0,
                     "some of its inputs or answers are missing, so it is not used");
    dgm_perceptron_free(m);
    return DGM_OK;
}

void dgm_perceptron_free(dgm_perceptron *m)
{
    if (!m)
        return;
    free(m->weights);
    free(m->out);
    free(m->seen);
    free(m);
}

/* ---- scores --------------------------------------------------------------------------------- */

/* GCC compiles this to products of pairs of 16-bit numbers. */
DGM_WIDE static int32_t dot(const int16_t *a, const int16_t *b, uint32_t n)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

DGM_WIDE static int64_t dot_wide(const int32_t *a, const int32_t *b, uint32_t n)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += (int64_t)a[i] * b[i];
    return sum;
}

/* Inputs are zero in stretches, such as the vector of an object that is not there. */
enum { BLOCK = 32, MOST_STRETCHES = DGM_MAX_INPUTS / BLOCK + 1 };
typedef struct {
    uint32_t from, n;
} stretch;

DGM_WIDE static bool is_zero(const int8_t *p, uint32_t n)
{
    int8_t all = 0;
    for (uint32_t i = 0; i < n; i++)
        all |= p[i];
    return all == 0;
}

/* The stretches of blocks that are not all zero. */
static uint32_t cut_stretches(const int8_t *in, uint32_t n, stretch out[MOST_STRETCHES])
{
    uint32_t n_out = 0;
    for (uint32_t from = 0; from < n; from += BLOCK) {
        uint32_t n_block = DGM_MIN(n - from, (uint32_t)BLOCK);
        if (is_zero(in + from, n_block))
            continue;
        if (n_out == 0 || out[n_out - 1].from + out[n_out - 1].n < from)
            out[n_out++] = (stretch) { .from = from };
        out[n_out - 1].n = from + n_block - out[n_out - 1].from;
    }
    return n_out;
}

void dgm_perceptron_score(const dgm_perceptron *m, const int8_t *inputs, int32_t *scores)
{
    int16_t in[DGM_MAX_INPUTS];
    int32_t hidden[DGM_MAX_HIDDEN];
    stretch stretches[MOST_STRETCHES];
    uint32_t n_stretches = cut_stretches(inputs, m->n_inputs, stretches);
    for (uint32_t i = 0; i < m->n_inputs; i++)
        in[i] = inputs[i];
    for (uint32_t k = 0; k < m->n_hidden; k++) {
        const int16_t *row = m->weights + (size_t)k * (m->n_inputs + 1);
        int32_t sum = row[m->n_inputs] * DGM_INPUT_ONE;
        for (uint32_t i = 0; i < n_stretches; i++)
            sum += dot(row + stretches[i].from, in + stretches[i].from, stretches[i].n);
        hidden[k] = sum > 0 ? sum / DGM_INPUT_ONE : 0;
    }
    for (uint32_t a = 0; a < m->n_answers; a++) {
        const int32_t *out = m->out + (size_t)a * (m->n_hidden + 1);
        int64_t sum = out[0] + dot_wide(hidden, out + 1, m->n_hidden) / 1000;
        scores[a] = (int32_t)DGM_MIN(DGM_MAX(sum, -100000), 100000);
    }
}
