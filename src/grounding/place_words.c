/* What single words say of the places beside them: kinds, prepositions, and whom the actors' room
 * sees in them. */
#include "grounding/place_work.h"

#include <string.h>

uint32_t dgm_place_bits_as_written(const place_search *x, const dgm_word *w)
{
    return dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, w->form));
}

/* "Provinces" in a name keeps its plural as a lemma: "Kandahar and Helmand Provinces". */
uint32_t dgm_place_kind_bits(const place_search *x, const dgm_word *w)
{
    dgm_view word = dgm_arena_lower(x->doc->arena, w->form);
    uint32_t bits = dgm_place_bits_as_written(x, w);
    if (bits || !dgm_view_ends(word, DGM_VIEW("s")))
        return bits;
    if (dgm_view_ends(word, DGM_VIEW("ies")))
        word = dgm_arena_printf(x->doc->arena, "%.*sy", (int)word.n - 3, word.p);
    else
        word.n--;
    return dgm_gazetteer_word(x->gazetteer, word) & KIND_WORDS;
}

uint32_t dgm_place_word_bits(const place_search *x, const dgm_word *w)
{
    return dgm_gazetteer_word(x->gazetteer, w->lemma.n ? w->lemma : w->form) |
           (dgm_is_upper(w->form.n ? (unsigned char)w->form.p[0] : 0) ? dgm_place_kind_bits(x, w)
                                                                      : 0);
}

const dgm_entity *dgm_place_entity(const dgm_document *doc, const dgm_word *w,
                                   const dgm_mention **mention)
{
    if (w->mention == DGM_NONE || w->mention >= doc->mentions.n)
        return NULL;
    *mention = doc->mentions.at + w->mention;
    uint32_t at = (*mention)->entities;
    if ((*mention)->n_entities == 0 || at >= doc->mention_entities.n ||
        doc->mention_entities.at[at] >= doc->entities.n)
        return NULL;
    return doc->entities.at + doc->mention_entities.at[at];
}

uint32_t dgm_place_case_bits(const place_search *x, const dgm_sentence *s, uint32_t i)
{
    uint32_t bits = 0;
    for (uint32_t k = dgm_child_of(s->tree, i, DGM_REL_CASE); k;
         k = dgm_next_child(s->tree, k, DGM_REL_CASE))
        bits |= dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, s->words[k].form));
    /* "near Nova Kakhovka", where the tree hangs the preposition on the first part of the name. */
    const dgm_word *before = i > 1 ? s->words + i - 1 : NULL;
    if (!bits && before && before->head == i && before->upos == DGM_PROPN &&
        (before->deprel == DGM_REL_COMPOUND || before->deprel == DGM_REL_AMOD))
        for (uint32_t k = dgm_child_of(s->tree, i - 1, DGM_REL_CASE); k;
             k = dgm_next_child(s->tree, k, DGM_REL_CASE))
            bits |=
                dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, s->words[k].form));
    return bits;
}

bool dgm_place_stands_for(const place_search *x, const place_name *m, const char *country)
{
    const dgm_mention *mention;
    const dgm_word *head = x->doc->sentences.at[m->sentence].words + m->head;
    const dgm_entity *e = dgm_place_entity(x->doc, head, &mention);
    return e && mention->via != DGM_VIA_COREF && e->country[0] && strcmp(e->country, country) == 0;
}

uint32_t dgm_place_spot_bits(const place_search *x, const place_name *m)
{
    const dgm_word *w = x->doc->sentences.at[m->sentence].words + (m->kind ? m->kind : m->last);
    uint32_t bits = dgm_place_kind_bits(x, w);
    return bits & DGM_PLACE_WORD_SPOT ? bits : 0;
}
