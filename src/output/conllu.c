/* CoNLL-U of a document (universaldependencies.org/format): `# newdoc id`, `# date`, `# sent_id`,
 * `# text`, multiword tokens, and the offsets of every word in MISC. */
#include "output/output.h"

#include "output/identity.h"

/* Columns may hold no white space but single blanks. */
static void put_column(dgm_view v, dgm_buffer *out)
{
    if (v.n == 0)
        dgm_buffer_put(out, DGM_VIEW("_"));
    for (size_t i = 0; i < v.n; i++) {
        bool space = dgm_is_space((unsigned char)v.p[i]);
        dgm_buffer_put(out, space ? DGM_VIEW(" ") : dgm_view_slice(v, i, i + 1));
    }
}

static void put_text(const dgm_document *doc, uint32_t i_sentence, dgm_buffer *out)
{
    dgm_view text = dgm_sentence_text(doc, i_sentence);
    bool blank = false;
    dgm_buffer_put(out, DGM_VIEW("# text = "));
    for (size_t i = 0; i < text.n; i++) {
        bool space = dgm_is_space((unsigned char)text.p[i]);
        if (!space)
            dgm_buffer_put(out, dgm_view_slice(text, i, i + 1));
        else if (!blank)
            dgm_buffer_put(out, DGM_VIEW(" "));
        blank = space;
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

/* The line of a multiword token, which begins at words[i]. */
static void put_multiword(const dgm_document *doc, const dgm_sentence *s, uint32_t i,
                          dgm_buffer *out)
{
    const dgm_word *first = &s->words[i];
    uint32_t i_last = DGM_MIN(i + first->n_mwt - 1, s->n_words);
    const dgm_word *last = &s->words[i_last];
    dgm_buffer_printf(out, "%u-%u\t", i, i_last);
    if (first->begin_byte >= doc->begin_byte)
        put_column(dgm_view_slice(doc->text, first->begin_byte - doc->begin_byte,
                                  last->end_byte - doc->begin_byte),
                   out);
    dgm_buffer_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                      last->space_after ? "_" : "SpaceAfter=No");
}

static void put_word(const dgm_word *word, uint32_t i, bool in_multiword, dgm_buffer *out)
{
    dgm_buffer_printf(out, "%u\t", i);
    put_column(word->form, out);
    dgm_buffer_put(out, DGM_VIEW("\t"));
    put_column(word->lemma, out);
    dgm_buffer_printf(out, "\t%s\t", dgm_upos_name(word->upos));
    put_column(word->xpos, out);
    dgm_buffer_put(out, DGM_VIEW("\t"));
    put_column(word->feats, out);
    if (word->deprel == DGM_REL_NONE)
        dgm_buffer_put(out, DGM_VIEW("\t_\t_\t_\t"));
    else
        dgm_buffer_printf(out, "\t%u\t%s\t_\t", word->head, dgm_deprel_name(word->deprel));
    if (!word->space_after && !in_multiword)
        dgm_buffer_put(out, DGM_VIEW("SpaceAfter=No|"));
    dgm_buffer_printf(out, "TokenRange=%u:%u\n", word->begin, word->end);
}

static void put_sentence(const dgm_document *doc, uint32_t i_sentence, dgm_buffer *out)
{
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    if (s->begins_paragraph && i_sentence > 0)
        dgm_buffer_put(out, DGM_VIEW("# newpar\n"));
    dgm_buffer_printf(out, "# sent_id = %.*s-%u\n", DGM_FMT(doc->id), i_sentence + 1);
    put_text(doc, i_sentence, out);
    uint32_t multiword_end = 0;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        if (s->words[i].n_mwt > 1) {
            put_multiword(doc, s, i, out);
            multiword_end = i + s->words[i].n_mwt;
        }
        put_word(&s->words[i], i, i < multiword_end, out);
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

void dgm_write_conllu(const dgm_document *doc, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("# newdoc id = "));
    put_column(doc->id, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
    if (doc->date[0])
        dgm_buffer_printf(out, "# date = %s\n", doc->date);
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        put_sentence(doc, i, out);
}
