/* CoNLL-U of a document (universaldependencies.org/format): `# newdoc id`, `# date`, `# sent_id`,
 * `# text`, multiword tokens, and in MISC the offsets of every word and, where the actors have been
 * found, whom it speaks of. */
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
    dgm_view text = dgm_seen(doc->arena, dgm_sentence_text(doc, i_sentence));
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
        put_column(
            dgm_seen(doc->arena, dgm_view_slice(doc->text, first->begin_byte - doc->begin_byte,
                                                last->end_byte - doc->begin_byte)),
            out);
    dgm_buffer_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                      last->space_after ? "_" : "SpaceAfter=No");
}

/* ---- who the words speak of: `Entity` as CorefUD 1.0 has it -------------------------------- */

/* The mentions that begin and end at each word of a sentence, as lists through `next_`. */
typedef struct {
    uint32_t *opens, *closes;           /* [n_words + 1]: mention, or DGM_NONE */
    uint32_t *next_opens, *next_closes; /* [mentions of the sentence] */
    uint32_t first, n;                  /* mentions of the sentence */
} entity_marks;

static const char *entity_type(dgm_entity_kind kind)
{
    switch (kind) {
    case DGM_ENTITY_COUNTRY:
    case DGM_ENTITY_PLACE:
        return "place";
    case DGM_ENTITY_GOVERNMENT:
    case DGM_ENTITY_ORG:
        return "organization";
    case DGM_ENTITY_PERSON:
    case DGM_ENTITY_GROUP:
        return "person";
    case DGM_ENTITY_OTHER:
        break;
    }
    return "other";
}

/* Longer mentions open before shorter ones and close after them. */
static bool goes_before(const dgm_document *doc, uint32_t a, uint32_t b, bool opening)
{
    const dgm_span *x = &doc->mentions.at[a].span, *y = &doc->mentions.at[b].span;
    uint32_t n_x = x->last - x->first, n_y = y->last - y->first;
    return opening ? n_x > n_y : n_x < n_y;
}

static void insert(const dgm_document *doc, uint32_t *head, uint32_t *next, uint32_t first,
                   uint32_t mention, bool opening)
{
    uint32_t *at = head;
    while (*at != DGM_NONE && !goes_before(doc, mention, *at, opening))
        at = &next[*at - first];
    next[mention - first] = *at;
    *at = mention;
}

/* False: no memory. `first` is the first mention not before the sentence. */
static bool find_marks(const dgm_document *doc, uint32_t i_sentence, uint32_t first,
                       entity_marks *out)
{
    const dgm_sentence *s = &doc->sentences.at[i_sentence];
    uint32_t n = 0;
    while (first + n < doc->mentions.n && doc->mentions.at[first + n].span.sentence == i_sentence)
        n++;
    *out = (entity_marks) { .first = first, .n = n };
    if (n == 0)
        return true;
    out->opens = DGM_NEW(doc->arena, uint32_t, s->n_words + 1);
    out->closes = DGM_NEW(doc->arena, uint32_t, s->n_words + 1);
    out->next_opens = DGM_NEW(doc->arena, uint32_t, n);
    out->next_closes = DGM_NEW(doc->arena, uint32_t, n);
    if (!out->opens || !out->closes || !out->next_opens || !out->next_closes)
        return false;
    for (uint32_t w = 0; w <= s->n_words; w++)
        out->opens[w] = out->closes[w] = DGM_NONE;
    for (uint32_t m = first; m < first + n; m++) {
        const dgm_mention *it = &doc->mentions.at[m];
        if (it->n_entities == 0 || it->span.first == 0 || it->span.last > s->n_words)
            continue;
        insert(doc, &out->opens[it->span.first], out->next_opens, first, m, true);
        insert(doc, &out->closes[it->span.last], out->next_closes, first, m, false);
    }
    return true;
}

/* A mention of several is an entity of its own: "s" and its number. */
static void put_entity_id(const dgm_document *doc, uint32_t mention, dgm_buffer *out)
{
    const dgm_mention *m = &doc->mentions.at[mention];
    if (m->n_entities == 1)
        dgm_buffer_printf(out, "e%u", doc->mention_entities.at[m->entities] + 1);
    else
        dgm_buffer_printf(out, "s%u", mention + 1);
}

static void put_marks(const dgm_document *doc, const entity_marks *marks, uint32_t word,
                      dgm_buffer *out)
{
    if (marks->n == 0 || (marks->opens[word] == DGM_NONE && marks->closes[word] == DGM_NONE))
        return;
    dgm_buffer_put(out, DGM_VIEW("Entity="));
    for (uint32_t m = marks->closes[word]; m != DGM_NONE;
         m = marks->next_closes[m - marks->first]) {
        if (doc->mentions.at[m].span.first == word)
            continue; /* opened and closed at once, below */
        put_entity_id(doc, m, out);
        dgm_buffer_put(out, DGM_VIEW(")"));
    }
    for (uint32_t m = marks->opens[word]; m != DGM_NONE; m = marks->next_opens[m - marks->first]) {
        const dgm_mention *it = &doc->mentions.at[m];
        const dgm_entity *e = &doc->entities.at[doc->mention_entities.at[it->entities]];
        dgm_buffer_put(out, DGM_VIEW("("));
        put_entity_id(doc, m, out);
        dgm_buffer_printf(out, "-%s-%u", entity_type(e->kind), it->head - it->span.first + 1);
        if (it->span.last == word)
            dgm_buffer_put(out, DGM_VIEW(")"));
    }
    dgm_buffer_put(out, DGM_VIEW("|"));
}

/* ---- words ---------------------------------------------------------------------------------- */

static void put_word(const dgm_document *doc, const entity_marks *marks, const dgm_word *word,
                     uint32_t i, bool in_multiword, dgm_buffer *out)
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
    put_marks(doc, marks, i, out);
    if (!word->space_after && !in_multiword)
        dgm_buffer_put(out, DGM_VIEW("SpaceAfter=No|"));
    dgm_buffer_printf(out, "TokenRange=%u:%u\n", word->begin, word->end);
}

static void put_sentence(const dgm_document *doc, uint32_t i_sentence, uint32_t *first_mention,
                         dgm_buffer *out)
{
    entity_marks marks;
    if (!find_marks(doc, i_sentence, *first_mention, &marks)) {
        out->failed = true;
        return;
    }
    *first_mention += marks.n;
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
        put_word(doc, &marks, &s->words[i], i, i < multiword_end, out);
    }
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

void dgm_write_conllu(const dgm_document *doc, dgm_buffer *out)
{
    if (doc->mention_entities.n > 0)
        dgm_buffer_put(out, DGM_VIEW("# global.Entity = eid-etype-head\n"));
    dgm_buffer_put(out, DGM_VIEW("# newdoc id = "));
    put_column(doc->id, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
    if (doc->date[0])
        dgm_buffer_printf(out, "# date = %s\n", doc->date);
    uint32_t first_mention = 0;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        put_sentence(doc, i, &first_mention, out);
}
