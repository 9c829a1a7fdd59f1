/* The section "segmenter", little-endian:
 *     0  u32 version    2
 *     4  u32 cut_bits   1 << cut_bits weights of token cuts
 *     8  u32 end_bits   1 << end_bits weights of sentence ends
 *    12  u32 ends_bias
 *    16  u32 lower_bits LOWER_BITS
 *    20  u32 n_abbreviation_bytes
 *    24  i16 weights of cuts, i16 weights of ends, the bits of lower, then the abbreviations: lines
 *        of word TAB label */
#include "syntax/model_file.h"
#include "syntax/segment_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SECTION_VERSION = 2, SECTION_HEAD = 24 };

static const char *const labels[N_ABBREVIATIONS] = { [ABBREVIATION_NONE] = "",
#define X(name, label) [ABBREVIATION_##name] = label,
                                                     DGM_ABBREVIATION_MAP(X)
#undef X
};

abbreviation segment_abbreviation_of_label(dgm_view label)
{
    for (uint32_t i = 1; i < N_ABBREVIATIONS; i++)
        if (dgm_view_eq(dgm_view_of(labels[i]), label))
            return (abbreviation)i;
    return ABBREVIATION_NONE;
}

static int32_t weight_at(const scorer *s, uint32_t i)
{
    const unsigned char *p = (const unsigned char *)s->weights + (size_t)i * 2;
    return (int16_t)(uint16_t)(p[0] | p[1] << 8);
}

int32_t segment_score(const scorer *s, const features *f)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < f->n; i++)
        sum += weight_at(s, feature_index(f->at[i], s->bits));
    return sum;
}

bool segment_mostly_lower(const dgm_segmenter *seg, uint32_t word_hash)
{
    uint32_t i = feature_index(word_hash, LOWER_BITS);
    return seg->lower[i / 8] >> (i % 8) & 1;
}

/* ---- loading -------------------------------------------------------------------------------- */

static dgm_status load_abbreviations(dgm_view text, dgm_map **out, dgm_err *err)
{
    dgm_map *map = dgm_map_new();
    dgm_view line, word;
    dgm_status status = map ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    while (status == DGM_OK && text.n > 0 && dgm_view_split(&text, '\n', &line)) {
        abbreviation of = ABBREVIATION_NONE;
        if (dgm_view_split(&line, '\t', &word))
            of = segment_abbreviation_of_label(line);
        if (of == ABBREVIATION_NONE)
            status = dgm_fail(err, DGM_EFORMAT, NULL, 0,
                              "the segmenter holds an abbreviation of an unknown kind: \"%.*s\"",
                              (int)DGM_MIN(word.n, 40), word.p);
        else if (dgm_map_set(map, word, of, NULL) != DGM_OK)
            status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    }
    if (status == DGM_OK)
        *out = map;
    else
        dgm_map_free(map);
    return status;
}

/* No more than all features of a question can weigh. */
static bool is_plausible_bias(int32_t bias)
{
    enum { MOST = MAX_FEATURES * INT16_MAX };
    return bias >= -MOST && bias <= MOST;
}

static bool plausible_bits(uint32_t bits)
{
    return bits >= 8 && bits <= MAX_WEIGHT_BITS;
}

dgm_status dgm_segmenter_load(dgm_view section, dgm_segmenter **out, dgm_err *err)
{
    if (section.n < SECTION_HEAD)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the model has no segmenter; `dragoman train segmenter` makes one");
    const char *p = section.p;
    uint32_t version = dgm_get_u32(p), cut_bits = dgm_get_u32(p + 4), end_bits = dgm_get_u32(p + 8);
    uint32_t n_text = dgm_get_u32(p + 20);
    if (version != SECTION_VERSION)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the segmenter is of version %u; this reads %d",
                        version, SECTION_VERSION);
    if (!plausible_bits(cut_bits) || !plausible_bits(end_bits) ||
        !is_plausible_bias((int32_t)dgm_get_u32(p + 12)) || dgm_get_u32(p + 16) != LOWER_BITS)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the segmenter's sizes are not plausible");
    size_t n_cuts = (size_t)2 << cut_bits, n_ends = (size_t)2 << end_bits;
    size_t n_lower = (size_t)1 << LOWER_BITS >> 3;
    if (section.n != SECTION_HEAD + n_cuts + n_ends + n_lower + n_text)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "the segmenter has %zu bytes and needs %zu",
                        section.n, SECTION_HEAD + n_cuts + n_ends + n_lower + n_text);
    dgm_segmenter *seg = calloc(1, sizeof(*seg));
    if (!seg)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the segmenter");
    seg->cuts = (scorer) { cut_bits, p + SECTION_HEAD };
    seg->ends = (scorer) { end_bits, p + SECTION_HEAD + n_cuts };
    seg->ends_bias = (int32_t)dgm_get_u32(p + 12);
    seg->lower = (const unsigned char *)p + SECTION_HEAD + n_cuts + n_ends;
    dgm_view text = { (const char *)seg->lower + n_lower, n_text };
    dgm_status status = load_abbreviations(text, &seg->abbreviations, err);
    if (status != DGM_OK) {
        dgm_segmenter_free(seg);
        return status;
    }
    *out = seg;
    return DGM_OK;
}

void dgm_segmenter_free(dgm_segmenter *segmenter)
{
    if (segmenter)
        dgm_map_free(segmenter->abbreviations);
    free(segmenter);
}

/* ---- packing -------------------------------------------------------------------------------- */

static char *put_weights(char *p, const int16_t *weights, uint32_t bits)
{
    for (size_t i = 0; i < (size_t)1 << bits; i++) {
        uint16_t w = (uint16_t)weights[i];
        *p++ = (char)(w & 0xFF);
        *p++ = (char)(w >> 8);
    }
    return p;
}

dgm_status segment_pack(const int16_t *cuts, uint32_t cut_bits, const int16_t *ends,
                        uint32_t end_bits, int32_t ends_bias, const unsigned char *lower,
                        dgm_view abbreviations, char **out, size_t *n, dgm_err *err)
{
    size_t n_lower = (size_t)1 << LOWER_BITS >> 3;
    size_t size = SECTION_HEAD + ((size_t)2 << cut_bits) + ((size_t)2 << end_bits) + n_lower +
                  abbreviations.n;
    char *bytes = malloc(size);
    if (!bytes)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the segmenter");
    dgm_put_u32(bytes, SECTION_VERSION);
    dgm_put_u32(bytes + 4, cut_bits);
    dgm_put_u32(bytes + 8, end_bits);
    dgm_put_u32(bytes + 12, (uint32_t)ends_bias);
    dgm_put_u32(bytes + 16, LOWER_BITS);
    dgm_put_u32(bytes + 20, (uint32_t)abbreviations.n);
    char *p = put_weights(bytes + SECTION_HEAD, cuts, cut_bits);
    p = put_weights(p, ends, end_bits);
    memcpy(p, lower, n_lower);
    if (abbreviations.n > 0)
        memcpy(p + n_lower, abbreviations.p, abbreviations.n);
    *out = bytes;
    *n = size;
    return DGM_OK;
}
