/* What a place in front of a sentence says of the rest of its paragraph: "In Togo, police detained
 * an editor. The government ..." is Togo's, until the paragraph ends, somebody of another state
 * acts, or another sentence begins so. "In Geneva, Iran's minister met ..." only says where. The
 * dateline of a further item of a round-up ("LOME - Police ...") says it, too. */
#include "actors/kinds.h"

#include <string.h>

/* The preposition of place that the sentence opens with: "In Togo", "Meanwhile in Togo"; 0. */
static uint32_t opening_preposition(const reading *r)
{
    enum { WORDS_BEFORE = 2 };
    const dgm_sentence *s = r->s;
    uint32_t first = r->m->dateline + 1, end = DGM_MIN(first + WORDS_BEFORE, s->n_words);
    for (uint32_t w = first; w <= end && !s->words[w].in_quotes; w++) {
        dgm_upos upos = s->words[w].upos;
        if (dgm_function_is(s->tree, w, DGM_FN_IN))
            return w;
        if (upos != DGM_ADV && upos != DGM_CCONJ && upos != DGM_PUNCT)
            return 0;
    }
    return 0;
}

/* Whether the phrase is the place itself, or says whose it is: "Nepal's Palpa district". */
static bool is_place(const reading *r, const phrase *q)
{
    const dgm_word *word = &r->s->words[q->head], *up = &r->s->words[word->head];
    bool known = q->kind == PHRASE_COUNTRY || q->kind == PHRASE_REGION || q->kind == PHRASE_CAPITAL;
    if (!known || !q->name || !dgm_is_state_code(q->name->country))
        return false;
    bool beside = word->deprel == DGM_REL_NMOD_POSS || word->deprel == DGM_REL_AMOD ||
                  word->deprel == DGM_REL_COMPOUND;
    return !beside || up->upos == DGM_PROPN || lemma_of(r->lex, up, WORDS_PLACE_KIND);
}

/* "In Santiago" is Chile's where the story names Chile, too: towns have namesakes. */
static bool is_sure(const reading *r, const phrase *q)
{
    return q->kind == PHRASE_COUNTRY || count_of(r, q->name->country) > 1;
}

static void turn_by_dateline(reading *r)
{
    const char *country = actors_dateline_of(r, r->i_sentence);
    if (!dgm_is_state_code(country))
        return;
    memcpy(r->setting, country, 4);
    r->set_in = r->i_sentence;
    r->set_at = r->m->dateline;
    r->set_by_dateline = true;
}

void actors_turn_to_place(reading *r)
{
    enum { MODIFIERS = 2 }; /* "in neighbouring Chad", "in northern Mali" */
    uint32_t told = dgm_told_root(r->s->tree), in = opening_preposition(r);
    if (r->s->begins_paragraph)
        r->setting[0] = 0;
    if (r->m->dateline && r->i_dateline < r->i_sentence)
        turn_by_dateline(r);
    r->set_subject = told ? dgm_subject_of(r->s->tree, told, DGM_NEAREST) : 0;
    for (uint32_t j = 0; in && j < r->n_phrases; j++) {
        const phrase *q = &r->phrases[j];
        if (q->head < in || q->first > in + 1 + MODIFIERS || !is_place(r, q))
            continue;
        r->setting[0] = 0;
        if (!is_sure(r, q))
            return;
        memcpy(r->setting, q->name->country, 4);
        r->set_in = r->i_sentence;
        r->set_at = q->head;
        r->set_by_dateline = false;
        return;
    }
}

/* Whether the sentence tells what somebody of another state does. */
static bool acts_abroad(reading *r)
{
    uint32_t i = r->set_subject ? r->of_word[r->set_subject] : DGM_NONE;
    if (i == DGM_NONE)
        return false;
    resolve(r, i);
    const dgm_mention *m = mention_of(r, i);
    for (uint32_t k = 0; k < m->n_entities; k++) {
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities + k]];
        if (dgm_is_state_code(e->country) && strcmp(e->country, r->setting) != 0)
            return true;
    }
    return false;
}

void actors_keep_setting(reading *r)
{
    if (r->setting[0] && !r->set_by_dateline && acts_abroad(r))
        r->setting[0] = 0;
}

const char *actors_setting_of(reading *r, const phrase *p)
{
    bool here = r->set_in == r->i_sentence;
    bool subject = p->head == r->set_subject && !r->set_by_dateline;
    if (!r->setting[0] || (here && (p->head <= r->set_at || subject)))
        return NULL;
    return !r->set_by_dateline && acts_abroad(r) ? NULL : r->setting;
}
