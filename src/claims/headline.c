/* Who speaks on the other side of a colon. A headline names its speaker before or after it:
 * "Minister: no talks with rebels", "Rebels shell town: police". Parsers hang the two parts on each
 * other in any way, so that their place in the line says which is which. And whoever does something
 * before a colon and a quotation is quoted: 'The ministry justified the raid: "We had to act."' */
#include "claims/work.h"

enum { LONGEST_SPEAKER = 5 }; /* words */

static bool is_headline(const dgm_sentence *s)
{
    return s->n_words > 2 && (s->headline || s->words[s->n_words].upos != DGM_PUNCT);
}

/* The line's only colon, or 0. */
static uint32_t only_colon(const dgm_sentence *s)
{
    uint32_t found = 0;
    for (uint32_t k = 1; k <= s->n_words; k++) {
        if (!word_is(&s->words[k], ":"))
            continue;
        if (found)
            return 0;
        found = k;
    }
    return found;
}

/* The word that the others of first..last hang on; 0: they hang on several. */
static uint32_t top_of(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    uint32_t top = 0;
    for (uint32_t k = first; k <= last; k++) {
        bool inside = s->words[k].head >= first && s->words[k].head <= last;
        if (inside || is_punct(s, k))
            continue;
        if (top)
            return 0;
        top = k;
    }
    return top;
}

static bool is_ours(const dgm_word *word)
{
    return word->upos == DGM_PRON && dgm_has_feat(word, DGM_VIEW("Person=1"));
}

/* "Ukraine: troops shell village" is about a country, unless it goes on with "our" or "we". */
static bool may_lead(const work *w, uint32_t i, uint32_t source, uint32_t colon)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_mention *m = &w->doc->mentions.at[s->words[source].mention];
    dgm_entity_kind kind = w->doc->entities.at[w->doc->mention_entities.at[m->entities]].kind;
    if (kind != DGM_ENTITY_COUNTRY && kind != DGM_ENTITY_PLACE)
        return true;
    for (uint32_t k = colon + 1; k <= s->n_words; k++)
        if (is_ours(&s->words[k]))
            return true;
    return false;
}

/* Somebody named by first..last, a few words and no clause; 0: nobody. */
static uint32_t speaker_in(const work *w, uint32_t i, uint32_t first, uint32_t last)
{
    const dgm_sentence *s = sentence_at(w, i);
    if (last < first || last - first >= LONGEST_SPEAKER)
        return 0;
    for (uint32_t k = first; k <= last; k++)
        if (s->words[k].upos == DGM_VERB || s->words[k].upos == DGM_AUX)
            return 0;
    uint32_t top = top_of(s, first, last);
    if (!top || (s->words[top].upos != DGM_NOUN && s->words[top].upos != DGM_PROPN))
        return 0;
    const cue *report = row_for(w, &s->words[top], FRAME_THAT, true);
    return has_entity(w, s->words[top].mention) || (report && report->kind == DGM_KIND_REPORT) ? top
                                                                                               : 0;
}

/* What is said: the first word of first..last that hangs outside of it. */
static uint32_t said_in(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    for (uint32_t k = first; k <= last; k++)
        if (!is_punct(s, k) && (s->words[k].head < first || s->words[k].head > last))
            return k;
    return 0;
}

bool headline_voice(const work *w, uint32_t i, voice *out)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t colon = is_headline(s) ? only_colon(s) : 0;
    if (colon < 2 || colon == s->n_words)
        return false;
    *out = (voice) { .sentence = i, .cue_word = colon };
    out->source = speaker_in(w, i, colon + 1, s->n_words);
    if (out->source && colon > 3)
        out->content = said_in(s, 1, colon - 1);
    if (!out->content) {
        out->source = speaker_in(w, i, 1, colon - 1);
        bool leads = out->source && has_entity(w, s->words[out->source].mention) &&
                     may_lead(w, i, out->source, colon);
        out->content = leads ? said_in(s, colon + 1, s->n_words) : 0;
    }
    out->below = out->source;
    return out->content != 0;
}

/* The colon right before a quotation that tells something: one that goes on behind the sentence or
 * has a finite verb. 0: there is none. */
static uint32_t colon_of_quotation(const work *w, uint32_t i)
{
    const dgm_sentence *s = sentence_at(w, i);
    const uint32_t *run = w->info[i].run;
    for (uint32_t k = 2; k < s->n_words; k++) {
        if (run[k] != DGM_NONE || run[k + 1] == DGM_NONE || !word_is(&s->words[k], ":"))
            continue;
        const quote_run *it = &w->runs.at[run[k + 1]];
        bool tells = it->end_sentence > i;
        for (uint32_t q = k + 1; q <= s->n_words && run[q] == run[k + 1] && !tells; q++)
            tells = s->words[q].upos == DGM_VERB && dgm_is_finite(s->tree, q);
        return tells ? k : 0;
    }
    return 0;
}

/* Whether somebody is already said to say something in the words before. */
static bool is_voiced(const work *w, uint32_t i, uint32_t colon)
{
    for (uint32_t j = w->info[i].voices; j < w->voices.n; j++)
        if (w->voices.at[j].heard && w->voices.at[j].cue_word < colon)
            return true;
    return false;
}

bool claims_behind_colon(const work *w, uint32_t i, voice *out)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t colon = colon_of_quotation(w, i), verb = 0;
    for (uint32_t k = 1; k < colon && !verb; k++)
        if (s->words[k].upos == DGM_VERB && (s->words[k].head == 0 || s->words[k].head > colon))
            verb = k;
    if (!verb || is_voiced(w, i, colon))
        return false;
    *out = (voice) { .sentence = i, .cue_word = verb };
    out->source = subject_of_cue(w, i, verb);
    out->content = said_in(s, colon + 1, s->n_words);
    out->below = out->content && dgm_is_under(s->tree, out->content, verb) ? verb : out->source;
    return out->source && has_entity(w, s->words[out->source].mention) && out->content != 0;
}
