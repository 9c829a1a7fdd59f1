/* Any valid text through a segmenter whose weights come from the bytes too: words lie in order in
 * the text, cover all of it that is not white space, and stay within their limits. */
#include "syntax/segment_parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BITS = 8 };

static dgm_segmenter *segmenter_of(uint8_t seed, char **section)
{
    static int16_t weights[1 << BITS];
    static unsigned char lower[1 << LOWER_BITS >> 3];
    uint32_t h = seed;
    for (size_t i = 0; i < DGM_LEN(weights); i++)
        weights[i] = (int16_t)((h = mix(h, (uint32_t)i)) % 4001 - 2000 - (seed % 8) * 100);
    for (size_t i = 0; i < sizeof lower; i++)
        lower[i] = (unsigned char)(h = mix(h, (uint32_t)i));
    size_t n;
    dgm_segmenter *seg = NULL;
    dgm_view abbreviations = DGM_VIEW("gen\ttitle\nno\treference\nu.s\tstate\na.m\ttime\n");
    if (segment_pack(weights, BITS, weights, BITS, -500, lower, abbreviations, section, &n, NULL) !=
            DGM_OK ||
        dgm_segmenter_load((dgm_view) { *section, n }, &seg, NULL) != DGM_OK)
        abort();
    return seg;
}

static void check(const dgm_document *doc)
{
    uint32_t at = doc->begin_byte;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        if (s->n_words == 0 || s->n_words > DGM_MAX_SENTENCE_WORDS)
            abort();
        for (uint32_t j = 1; j <= s->n_words; j++) {
            const dgm_word *w = &s->words[j];
            dgm_view between =
                dgm_view_slice(doc->text, at - doc->begin_byte, w->begin_byte - doc->begin_byte);
            dgm_view form = dgm_view_slice(doc->text, w->begin_byte - doc->begin_byte,
                                           w->end_byte - doc->begin_byte);
            if (w->begin_byte < at || !dgm_view_eq(dgm_seen(doc->arena, form), w->form) ||
                form.n == 0 || w->end - w->begin != dgm_utf8_count(form) ||
                w->end - w->begin > DGM_MAX_TOKEN_LENGTH)
                abort();
            for (size_t k = 0; k < between.n;) {
                uint32_t cp;
                k += dgm_utf8_next(between.p + k, between.n - k, &cp);
                if (dgm_cp_is_letter(cp) || dgm_cp_is_punct(cp))
                    abort();
            }
            at = w->end_byte;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || dgm_utf8_invalid((dgm_view) { (const char *)data + 1, size - 1 }) != SIZE_MAX)
        return 0;
    char *section = NULL;
    dgm_segmenter *seg = segmenter_of(data[0], &section);
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_document_init(&doc, arena);
    doc.text = (dgm_view) { (const char *)data + 1, size - 1 };
    doc.begin = 7;
    doc.begin_byte = 9;
    doc.begin_column = data[0];
    if (dgm_segmenter_run(seg, &doc, NULL) != DGM_OK)
        abort();
    check(&doc);
    dgm_arena_free(arena);
    dgm_segmenter_free(seg);
    free(section);
    return 0;
}
