/* Which words are the source and the content of an attribution.
 *
 * A content may be several spans: the cue interrupts it ("The rebels," he said, "fled"), its parts
 * hang on the cue one by one, or it is a quotation that runs over sentences. */
#include "claims/work.h"

enum { MAX_SCARE = 8 }; /* words: a longer quotation of nobody's is no scare quote */

bool is_punct(const dgm_sentence *s, uint32_t k)
{
    return s->words[k].upos == DGM_PUNCT;
}

dgm_span claims_trimmed(const work *w, uint32_t i, uint32_t first, uint32_t last)
{
    const dgm_sentence *s = sentence_at(w, i);
    while (first <= last && is_punct(s, first))
        first++;
    while (last > first && is_punct(s, last))
        last--;
    return first <= last ? dgm_span_of(w->doc, i, first, last) : (dgm_span) { .sentence = i };
}

/* ---- the source ----------------------------------------------------------------------------- */

static bool is_nominal_part(dgm_deprel deprel)
{
    switch (dgm_deprel_main(deprel)) {
    case DGM_REL_DETREL:
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD:
    case DGM_REL_NUMMOD:
    case DGM_REL_FLAT:
    case DGM_REL_APPOS:
    case DGM_REL_CONJ:
        return true;
    default:
        return false;
    }
}

dgm_span source_span(const work *w, uint32_t i, uint32_t source, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t mention = s->words[source].mention, first = source, last = source;
    if (mention != DGM_NONE)
        return w->doc->mentions.at[mention].span;
    DGM_EACH_CHILD(info->tree, source, k)
    {
        uint32_t part_first, part_last;
        if (!is_nominal_part(s->words[k].deprel))
            continue;
        dgm_branch_of(s->tree, k, &part_first, &part_last);
        if (part_first <= cue_word && cue_word <= part_last)
            continue;
        first = DGM_MIN(first, part_first);
        last = DGM_MAX(last, part_last);
    }
    return claims_trimmed(w, i, first, last);
}

/* ---- the content ---------------------------------------------------------------------------- */

static bool is_before(const dgm_span *a, const dgm_span *b)
{
    return a->sentence < b->sentence || (a->sentence == b->sentence && a->first < b->first);
}

static bool meet(const dgm_span *a, const dgm_span *b)
{
    return a->sentence == b->sentence && a->first <= b->last && b->first <= a->last;
}

/* Adds words to the content, in the order of the text; what meets a span widens it. */
static bool content_add(work *w, dgm_attribution *a, dgm_span span)
{
    if (span.first == 0)
        return true;
    for (uint32_t j = 0; j < a->contents.n; j++) {
        dgm_span *old = &a->contents.at[j];
        if (!meet(old, &span))
            continue;
        uint32_t first = DGM_MIN(old->first, span.first), last = DGM_MAX(old->last, span.last);
        bool over_cue =
            a->cue.sentence == span.sentence && first <= a->cue.last && a->cue.first <= last;
        if (!over_cue)
            *old = dgm_span_of(w->doc, span.sentence, first, last);
        return true;
    }
    dgm_span *slot = dgm_push(w->doc->arena, &a->contents);
    if (!slot)
        return false;
    uint32_t at = a->contents.n - 1;
    for (; at > 0 && is_before(&span, &a->contents.at[at - 1]); at--)
        a->contents.at[at] = a->contents.at[at - 1];
    a->contents.at[at] = span;
    return true;
}

/* All of `first`..`last` but the words `out_first`..`out_last` within. */
static bool content_add_around(work *w, dgm_attribution *a, uint32_t i, uint32_t first,
                               uint32_t last, uint32_t out_first, uint32_t out_last)
{
    return (out_first <= first || content_add(w, a, claims_trimmed(w, i, first, out_first - 1))) &&
           (out_last >= last || content_add(w, a, claims_trimmed(w, i, out_last + 1, last)));
}

bool contents_of_voice(work *w, const voice *v)
{
    dgm_attribution *a = &w->doc->attributions_found.at[v->attribution];
    const dgm_sentence *s = sentence_at(w, v->sentence);
    uint32_t first, last, branch_first, branch_last;
    dgm_branch_of(s->tree, v->content, &first, &last);
    if (v->below) {
        dgm_branch_of(s->tree, v->below, &branch_first, &branch_last);
        return content_add_around(w, a, v->sentence, first, last, branch_first, branch_last);
    }
    return content_add(w, a, claims_trimmed(w, v->sentence, first, last));
}

/* ---- quotations ----------------------------------------------------------------------------- */

static dgm_span run_in_sentence(const work *w, const quote_run *run, uint32_t i)
{
    uint32_t first = i == run->begin_sentence ? run->begin_word : 1;
    uint32_t last = i == run->end_sentence ? run->end_word : sentence_at(w, i)->n_words;
    return last < first ? (dgm_span) { .sentence = i } : claims_trimmed(w, i, first, last);
}

static bool meets_content(const dgm_attribution *a, const dgm_span *span)
{
    for (uint32_t j = 0; j < a->contents.n; j++)
        if (meet(&a->contents.at[j], span))
            return true;
    return false;
}

/* Whether words hang below what the voice says, though its cue parts them from the rest. */
static bool hangs_on_content(const work *w, const voice *v, const dgm_span *span)
{
    const dgm_sentence *s = sentence_at(w, v->sentence);
    for (uint32_t k = span->first; k <= span->last; k++)
        if (dgm_is_under(s->tree, v->content, k) &&
            !(v->below && dgm_is_under(s->tree, v->below, k)))
            return true;
    return false;
}

/* A quotation is content from mark to mark. A few words between marks beside a cue are its content
 * only if the tree says so: 'the group, "the Shield", said'. */
static bool widen_to_run(work *w, const quote_run *run)
{
    const voice *v = &w->voices.at[run->voice];
    for (uint32_t i = run->begin_sentence; i <= run->end_sentence; i++) {
        dgm_attribution *a = &w->doc->attributions_found.at[v->attribution];
        dgm_span span = run_in_sentence(w, run, i);
        bool few = span.last - span.first < MAX_SCARE && run->begin_sentence == run->end_sentence;
        if (i == v->sentence && few && !meets_content(a, &span) && !hangs_on_content(w, v, &span))
            continue;
        if (!content_add(w, a, span))
            return false;
    }
    return true;
}

/* Whether a voice of the words' own sentence says them. */
static bool is_said(const work *w, const dgm_span *span)
{
    const sentence_info *info = &w->info[span->sentence];
    for (uint32_t j = info->voices; j < info->voices + info->n_voices; j++)
        if (meets_content(&w->doc->attributions_found.at[w->voices.at[j].attribution], span))
            return true;
    return false;
}

/* Whether the run goes on with what another sentence's cue says. */
static bool is_elsewhere(const work *w, const quote_run *run, uint32_t i)
{
    return run->voice != DGM_NONE && w->voices.at[run->voice].sentence != i;
}

/* Words between marks that nobody is said to say. */
static bool add_unclaimed(work *w, const quote_run *run)
{
    dgm_attribution quotation = { .kind = DGM_KIND_SAY,
                                  .direct = DGM_DIRECT,
                                  .stated = true,
                                  .outer = DGM_NONE,
                                  .speaker_mention = DGM_NONE,
                                  .speaker_entity = DGM_NONE };
    for (uint32_t i = run->begin_sentence; i <= run->end_sentence; i++) {
        dgm_span span = run_in_sentence(w, run, i);
        if (is_said(w, &span) || is_elsewhere(w, run, i))
            return true;
        if (!content_add(w, &quotation, span))
            return false;
    }
    if (quotation.contents.n == 0)
        return true;
    dgm_attribution *a = dgm_push(w->doc->arena, &w->doc->attributions_found);
    if (a)
        *a = quotation;
    return a != NULL;
}

static void set_directness(const work *w, dgm_attribution *a)
{
    uint32_t quoted = 0, plain = 0;
    for (uint32_t j = 0; j < a->contents.n; j++) {
        const dgm_span *span = &a->contents.at[j];
        const uint32_t *run = w->info[span->sentence].run;
        uint32_t of_cue = a->cue.first ? w->info[a->cue.sentence].run[a->cue.first] : DGM_NONE;
        for (uint32_t k = span->first; k <= span->last; k++) {
            bool outside = run[k] == DGM_NONE || run[k] == of_cue;
            if (!is_punct(sentence_at(w, span->sentence), k))
                *(outside ? &plain : &quoted) += 1;
        }
    }
    a->direct = quoted == 0 ? DGM_INDIRECT : (plain == 0 ? DGM_DIRECT : DGM_MIXED);
}

bool contents_of_quotations(work *w)
{
    for (uint32_t r = 0; r < w->runs.n; r++)
        if (w->runs.at[r].voice != DGM_NONE && !widen_to_run(w, &w->runs.at[r]))
            return false;
    for (uint32_t j = 0; j < w->doc->attributions_found.n; j++)
        set_directness(w, &w->doc->attributions_found.at[j]);
    for (uint32_t r = 0; r < w->runs.n; r++)
        if (!add_unclaimed(w, &w->runs.at[r]))
            return false;
    return true;
}
