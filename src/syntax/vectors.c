/* vectors.c - a word's row in the table of vectors, by bisection over the sorted words in the
 * mapped file: some 17 comparisons, and nothing to read or to allocate when a model is loaded. A
 * compound that has no row has that of its last part ("anti-government": government). */
#include "syntax/vectors.h"

#include "syntax/bundle.h"
#include "syntax/kernels.h"
#include "syntax/model.h"
#include "syntax/model_file.h"

#include <string.h>

/* A damaged file can give any offsets: they are held within the text. */
static dgm_view word_at(const dgm_vectors *v, uint32_t row)
{
    return dgm_view_slice(v->text, dgm_get_u32(v->at + 4 * (size_t)row),
                          dgm_get_u32(v->at + 4 * (size_t)row + 4));
}

static uint32_t find(const dgm_vectors *v, dgm_view word)
{
    uint32_t low = 0, high = v->rows.rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = dgm_view_cmp(word_at(v, middle), word);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return DGM_NONE;
}

uint32_t dgm_vectors_find(const dgm_vectors *vectors, dgm_view key)
{
    uint32_t row = find(vectors, key);
    for (size_t i = key.n; row == DGM_NONE && i-- > 1;)
        if (key.p[i] == '-')
            return find(vectors, dgm_view_slice(key, i + 1, key.n));
    return row;
}

void dgm_table_add(const dgm_table_rows *table, uint32_t row, float by, float *to)
{
    float scale;
    memcpy(&scale, table->scales + (size_t)row * sizeof(scale), sizeof(scale));
    dgm_add_fours(to, table->bytes + row * dgm_bundle_row(table->cols), scale * by, table->cols);
}

bool dgm_model_vector(const dgm_model *model, dgm_view word, float vector[DGM_WORD_VECTOR])
{
    char key[DGM_FORM_CHARS * 4];
    const dgm_vectors *v = &model->network->vectors;
    if (v->rows.cols != DGM_WORD_VECTOR || v->rows.rows == 0)
        return false;
    uint32_t row = dgm_vectors_find(v, dgm_word_key(word, key));
    if (row == DGM_NONE)
        return false;
    memset(vector, 0, DGM_WORD_VECTOR * sizeof(*vector));
    dgm_table_add(&v->rows, row, 1, vector);
    return true;
}

dgm_view dgm_model_reads(const dgm_model *model, dgm_view form)
{
    return dgm_stand_in_for(model->stand_ins, form);
}
