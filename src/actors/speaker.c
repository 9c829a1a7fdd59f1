/* Who says "I" and "we": the speaker of a quotation, the publisher or narrator of a statement. */
#include "actors/kinds.h"

#include <string.h>

static bool is_speech(const reading *r, const dgm_sentence *s, uint32_t word)
{
    return dgm_has_class(s->tree, word, DGM_CLASS_SPEAKER) ||
           form_of(r->lex, &s->words[word], WORDS_SPEECH_FORM);
}

/* "He welcomed the deal: "For the first time we ..."": the subject before the colon. */
static uint32_t introduced_by(reading *r)
{
    const dgm_sentence *s = r->s;
    for (uint32_t w = 2; w < s->n_words; w++) {
        if (!dgm_view_eq(s->words[w].form, DGM_VIEW(":")) || !s->words[w + 1].in_quotes)
            continue;
        for (uint32_t v = 1; v < w; v++) {
            uint32_t subject =
                s->words[v].upos == DGM_VERB ? dgm_subject_of(s->tree, v, DGM_NEAREST) : 0;
            uint32_t j = subject && subject < w ? r->of_word[subject] : DGM_NONE;
            if (j == DGM_NONE)
                continue;
            resolve(r, j);
            if (mention_of(r, j)->n_entities > 0)
                return r->first_mention + j;
        }
    }
    return DGM_NONE;
}

/* Mention of the subject of a verb of speech above or beside the quoted word; DGM_NONE. */
static uint32_t speaker_here(reading *r, uint32_t word)
{
    const dgm_sentence *s = r->s;
    for (uint32_t v = 1; v <= s->n_words; v++) {
        if (s->words[v].in_quotes || !is_speech(r, s, v))
            continue;
        uint32_t subject = dgm_subject_of(s->tree, v, DGM_NEAREST);
        uint32_t j = subject && subject != word ? r->of_word[subject] : DGM_NONE;
        if (j == DGM_NONE || s->words[subject].in_quotes)
            continue;
        resolve(r, j);
        if (mention_of(r, j)->n_entities > 0)
            return r->first_mention + j;
    }
    return introduced_by(r);
}

/* A quotation that goes on from the sentence before keeps its speaker. */
static uint32_t speaker_before(const reading *r)
{
    for (uint32_t i = r->i_sentence; i > 0 && r->i_sentence - i < 4; i--) {
        const dgm_sentence *s = &r->doc->sentences.at[i - 1];
        for (uint32_t v = s->n_words; v >= 1; v--) {
            if (s->words[v].in_quotes || !is_speech(r, s, v))
                continue;
            uint32_t subject = dgm_subject_of(s->tree, v, DGM_NEAREST);
            uint32_t k = subject ? s->words[subject].mention : DGM_NONE;
            if (k != DGM_NONE && r->doc->mentions.at[k].n_entities > 0)
                return k;
        }
        if (s->n_words == 0 || !s->words[s->n_words].in_quotes)
            break;
    }
    return DGM_NONE;
}

/* A government's or body's own statement has its name for source; a newspaper is not its "we". */
void find_publisher(reading *r)
{
    char buf[256];
    dgm_view tokens[MAX_PHRASE_TOKENS], folded = dgm_fold(r->arena, r->doc->source);
    if (folded.n == 0 || folded.n + 1 >= sizeof buf)
        return;
    uint32_t n = cut_tokens(folded, buf, tokens, MAX_PHRASE_TOKENS), node = 0;
    for (uint32_t i = 0; i < n && node != DGM_NONE; i++) {
        uint32_t token = lexicon_token(r->lex, tokens[i]);
        node = token == DGM_NONE ? DGM_NONE : lexicon_step(r->lex, node, token);
    }
    const fact *f = node == DGM_NONE ? NULL : lexicon_fact(r->lex, r->lex->nodes.at[node]);
    if (!f || f->type != FACT_ORG || f->kind == KIND_MEDIA || strcmp(f->sector, "JRN") == 0)
        return;
    r->we[0] = body_entity(r, f, f->country, 0);
    r->n_we = r->we[0] != DGM_NONE;
}

/* "We, the foreign ministers of ...": they speak from here on. */
static bool introduce_us(reading *r, uint32_t i)
{
    uint32_t us = r->phrases[i].head, w = dgm_child_of(r->s->tree, us, DGM_REL_APPOS);
    bool comma = us < r->s->n_words && dgm_view_eq(r->s->words[us + 1].form, DGM_VIEW(","));
    for (uint32_t k = 0; k < r->n_phrases && comma && !w; k++)
        if (r->phrases[k].first == us + 2 && r->phrases[k].kind != PHRASE_PRONOUN)
            w = r->phrases[k].head;
    uint32_t j = w ? r->of_word[w] : DGM_NONE;
    if (j == DGM_NONE)
        return false;
    resolve(r, j);
    uint32_t n = 0;
    for (uint32_t k = w; k <= r->s->n_words; k++) {
        bool in = k == w || (r->s->words[k].head == w && r->s->words[k].deprel == DGM_REL_CONJ);
        uint32_t one = in ? r->of_word[k] : DGM_NONE;
        if (one == DGM_NONE)
            continue;
        resolve(r, one);
        const dgm_mention *m = mention_of(r, one);
        for (uint32_t e = 0; e < m->n_entities && n < DGM_LEN(r->we); e++)
            r->we[n++] = r->doc->mention_entities.at[m->entities + e];
    }
    if (n > 0)
        r->n_we = n;
    return n > 0;
}

/* The state or body that speaks in a statement of its own, without quotation marks: "The United
 * States imposed ... We call on ...": the first that acts in it. */
static void find_narrator(reading *r)
{
    enum { REACH = 3 }; /* sentences */
    for (uint32_t k = 0; k < r->first_mention && r->n_we == 0; k++) {
        const dgm_mention *m = &r->doc->mentions.at[k];
        if (m->span.sentence >= REACH)
            return;
        if (r->sightings.at[k].rank < 3 || r->sightings.at[k].quoted || m->n_entities != 1)
            continue;
        uint32_t e = r->doc->mention_entities.at[m->entities];
        const dgm_entity *who = &r->doc->entities.at[e];
        bool body =
            who->kind == DGM_ENTITY_ORG && !dgm_is_state_code(who->country) && who->country[0];
        if (body || who->kind == DGM_ENTITY_COUNTRY || who->kind == DGM_ENTITY_GOVERNMENT)
            r->we[r->n_we++] = e;
    }
}

uint32_t actors_speaker_of(reading *r, uint32_t word)
{
    uint32_t k = speaker_here(r, word);
    return k == DGM_NONE ? speaker_before(r) : k;
}

void resolve_first_person(reading *r, uint32_t i)
{
    uint32_t word = r->phrases[i].head, k = DGM_NONE;
    bool one = pronoun_of(&r->s->words[word]) == P_I;
    if (!one && r->n_we == 0 && !r->s->words[word].in_quotes && r->s->words[word].form.p[0] != '[')
        find_narrator(r);
    if (!one && (introduce_us(r, i) || (!r->s->words[word].in_quotes && r->n_we > 0))) {
        set_entities(r, i, r->we, r->n_we, DGM_VIA_COREF);
        return;
    }
    if (r->s->words[word].in_quotes || r->s->words[word].form.p[0] == '[')
        k = actors_speaker_of(r, word);
    const dgm_mention *m = k == DGM_NONE ? NULL : &r->doc->mentions.at[k];
    bool person = m && r->doc->entities.at[r->doc->mention_entities.at[m->entities]].kind ==
                           DGM_ENTITY_PERSON;
    if (!m || (one && !person))
        set_entity(r, i, DGM_NONE, DGM_VIA_COREF);
    else
        copy_mention(r, i, m, DGM_VIA_COREF);
}
