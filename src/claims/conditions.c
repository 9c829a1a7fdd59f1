/* Finds the conditions of a sentence: "if asked", "unless its borders are violated", "should it
 * attack", "attack us and we will bomb you", "the precondition for talks". */
#include "claims/work.h"

/* What a clause or phrase hangs on, out of the words k..k+n-1 and of nouns that are no events. */
static uint32_t governed_over(const dgm_sentence *s, uint32_t clause, uint32_t k, uint32_t n)
{
    uint32_t word = s->words[clause].head;
    for (uint32_t step = 0; step < 6 && word && word <= s->n_words; step++) {
        const dgm_word *v = &s->words[word];
        bool inside = word >= k && word < k + n;
        dgm_deprel r = dgm_deprel_main(v->deprel);
        bool noun = v->upos == DGM_NOUN && v->event == DGM_NONE &&
                    (r == DGM_REL_OBJ || r == DGM_REL_OBL || r == DGM_REL_NMOD);
        if (!inside && !noun)
            return word;
        word = v->head;
    }
    return 0;
}

/* "said that if A and B happen, C will": between the clause and what it governs, if the parser made
 * all three complements of "said". The span takes it in. */
static uint32_t second_clause(const work *w, uint32_t i, uint32_t clause, uint32_t governed,
                              dgm_span *span)
{
    const dgm_sentence *s = sentence_at(w, i);
    for (uint32_t k = clause + 1; k < governed; k++) {
        if (s->words[k].head != s->words[clause].head || s->words[k].deprel != DGM_REL_CCOMP)
            continue;
        uint32_t first, last;
        dgm_branch_of(s->tree, k, &first, &last);
        if (last < governed)
            *span = dgm_span_of(w->doc, i, span->first, last);
        return k;
    }
    return 0;
}

static bool has_modal(const work *w, uint32_t i, uint32_t word)
{
    const dgm_sentence *s = sentence_at(w, i);
    DGM_EACH_CHILD(s->tree, word, k)
    if (s->words[k].deprel == DGM_REL_AUXREL && dgm_view_eq(s->words[k].xpos, DGM_VIEW("MD")))
        return true;
    return false;
}

/* What a clause that is itself a complement of a verb of speech governs: the last complement beside
 * it, or the one before it, "warned that they would retaliate | in case it attacked". */
static uint32_t governed_beside(const work *w, uint32_t i, uint32_t clause)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t found = 0, before = 0;
    DGM_EACH_CHILD(w->info[i].tree, s->words[clause].head, k)
    {
        if (k > clause &&
            (s->words[k].deprel == DGM_REL_CCOMP || s->words[k].deprel == DGM_REL_PARATAXIS))
            found = k;
        if (k < clause && s->words[k].deprel == DGM_REL_CCOMP && has_modal(w, i, k))
            before = k;
    }
    return found ? found : before;
}

static bool add(work *w, uint32_t i, uint32_t governed, uint32_t clause, dgm_span span,
                const dgm_opener *row)
{
    uint32_t more = 0;
    if (sentence_at(w, i)->words[clause].deprel == DGM_REL_CCOMP)
        more = second_clause(w, i, clause, governed, &span);
    condition *c = dgm_push(w->doc->arena, &w->conditions);
    if (!c)
        return false;
    *c = (condition) { governed, clause, more, span, row };
    dgm_note(w->doc, "claims", i, DGM_NONE, "condition `%.*s` (english/conditions.tsv:%u)",
             DGM_FMT(dgm_span_text(w->doc, span)), row->line);
    return true;
}

static dgm_span clause_span(const work *w, uint32_t i, uint32_t clause, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t first, last;
    dgm_branch_of(s->tree, clause, &first, &last);
    return claims_trimmed(w, i, DGM_MIN(first, k), last);
}

static bool is_past(const work *w, uint32_t i, uint32_t word)
{
    return dgm_is_past(w->info[i].tree, word) || /* "did release" */
           dgm_is_past_participle(&sentence_at(w, i)->words[word]);
}

/* "repeated its threat to strike | unless they left": what was done knows no condition, but the
 * threat, promise or demand that was made does, and what is threatened. */
static uint32_t governed_noun(const work *w, uint32_t i, uint32_t governed)
{
    const dgm_word *verb = &sentence_at(w, i)->words[governed];
    uint32_t noun = child_of(w, i, governed, DGM_REL_OBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE);
    const dgm_word *object = &sentence_at(w, i)->words[noun];
    if (verb->upos != DGM_VERB || has_modal(w, i, governed) || !is_past(w, i, governed) || !noun ||
        object->upos != DGM_NOUN)
        return governed;
    const cue *row = row_for(w, object, FRAME_TO | FRAME_OF, true);
    if (!row || (row->kind != DGM_KIND_PROMISE && row->kind != DGM_KIND_DEMAND))
        return governed;
    uint32_t deed = child_of(w, i, noun, DGM_REL_ACL, DGM_REL_NONE, DGM_REL_NONE);
    return deed ? deed : noun;
}

/* "Will not sign", "refused to sign". */
static bool is_held_back(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    const cue *row = s->words[verb].deprel == DGM_REL_XCOMP
                         ? row_for(w, &s->words[s->words[verb].head], FRAME_TO, false)
                         : NULL;
    return dgm_is_negated(w->info[i].tree, verb) || (row && row->affirmed.sign == SIGN_NO);
}

/* "Will fly to Oslo without a message": somebody who will act so lacks something, and needs it not;
 * but "the talks will fail without one", "would not act without one". */
static bool is_manner(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t aux = dgm_child_of(s->tree, verb, DGM_REL_AUXREL);
    uint32_t subject = subject_of_cue(w, i, verb);
    return aux && lemma_is(&s->words[aux], "will") && !is_held_back(w, i, verb) && subject &&
           has_entity(w, s->words[subject].mention);
}

/* Whether the clause is a condition of what it governs, as the table says of a row's meaning:
 * "refuses to talk before they leave", but not "stopped talking before they left", nor "must leave
 * before polls open", which has a deadline. */
static bool opens_condition(const work *w, uint32_t i, const dgm_opener *row, uint32_t governed,
                            uint32_t clause)
{
    bool modal = has_modal(w, i, governed);
    bool past = is_past(w, i, governed);
    bool ahead = sentence_at(w, i)->words[clause].upos == DGM_VERB &&
                 dgm_is_present(w->info[i].tree, clause) && !past;
    switch (row->meaning) {
    case DGM_MEANS_ONCE:
        return modal || !past;
    case DGM_MEANS_UNTIL:
        return modal || ahead;
    case DGM_MEANS_BEFORE:
        return ahead && is_held_back(w, i, governed);
    case DGM_MEANS_WITHOUT:
        return modal && !is_manner(w, i, governed);
    default:
        return true;
    }
}

static uint32_t first_verb(const dgm_sentence *s, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k <= to; k++)
        if (s->words[k].upos == DGM_VERB)
            return k;
    for (uint32_t k = from; k <= to; k++)
        if (s->words[k].event != DGM_NONE)
            return k;
    return 0;
}

/* "if A does, B will" where the tree is broken: the verb before the comma is the condition of the
 * first modal verb after it. */
static bool surface_condition(work *w, uint32_t i, uint32_t k, const dgm_opener *row)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t comma = k, governed = 0;
    while (comma <= s->n_words && !word_is(&s->words[comma], ","))
        comma++;
    for (uint32_t j = comma + 1; j <= s->n_words && !governed; j++)
        if (s->words[j].upos == DGM_VERB && has_modal(w, i, j))
            governed = j;
    uint32_t clause = comma <= s->n_words ? first_verb(s, k + 1, comma - 1) : 0;
    if (!clause || !governed)
        return true;
    return add(w, i, governed, clause, dgm_span_of(w->doc, i, k, comma - 1), row);
}

/* '"If asked, we would help," he said', with the clause hung on "said": what it governs is what is
 * said in the same quotation. */
static uint32_t governed_in_quotation(const work *w, uint32_t i, uint32_t clause, uint32_t governed)
{
    const dgm_sentence *s = sentence_at(w, i);
    const uint32_t *run = w->info[i].run;
    uint32_t said = child_of(w, i, governed, DGM_REL_CCOMP, DGM_REL_PARATAXIS, DGM_REL_NONE);
    bool quoted =
        said && run[clause] != DGM_NONE && run[clause] == run[said] && run[governed] != run[said];
    return quoted && row_for(w, &s->words[governed], FRAME_QUOTE, true) ? said : governed;
}

/* "will free him | provided | that Britain apologises", with "provided" as a verb of its own. */
static uint32_t clause_of_participle(const work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t head = s->words[k].head;
    if (s->words[k].upos != DGM_VERB || head == 0 || head > k ||
        child_of(w, i, k, DGM_REL_NSUBJ, DGM_REL_OBJ, DGM_REL_AUXREL))
        return 0;
    uint32_t clause = child_of(w, i, k, DGM_REL_CCOMP, DGM_REL_XCOMP, DGM_REL_NONE);
    return clause > k && child_of(w, i, clause, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE)
               ? clause
               : 0;
}

static bool clause_condition(work *w, uint32_t i, uint32_t k, const dgm_opener *row, uint32_t n)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t clause = dgm_clause_opened(s->tree, k, n), below = clause_of_participle(w, i, k);
    uint32_t over = below ? governed_over(s, k, k, 1) : 0;
    if (over)
        return add(w, i, over, below, clause_span(w, i, below, k), row);
    if (!clause || !s->words[clause].head)
        return row->meaning == DGM_MEANS_IF || row->meaning == DGM_MEANS_UNLESS ||
                       row->meaning == DGM_MEANS_ONCE
                   ? surface_condition(w, i, k, row)
                   : true;
    uint32_t governed = s->words[clause].deprel == DGM_REL_CCOMP
                            ? governed_beside(w, i, clause) /* 0: "asked if" */
                            : governed_over(s, clause, k, n);
    if (governed && governed <= s->n_words)
        governed = governed_noun(w, i, governed_in_quotation(w, i, clause, governed));
    if (!governed || governed > s->n_words || !opens_condition(w, i, row, governed, clause))
        return true;
    return add(w, i, governed, clause, clause_span(w, i, clause, k), row);
}

/* A clause beside another one, however the parser calls it. */
static bool is_beside(const dgm_word *clause)
{
    dgm_deprel r = clause->deprel;
    return clause->head && (r == DGM_REL_ADVCL || r == DGM_REL_CSUBJ || r == DGM_REL_CCOMP ||
                            r == DGM_REL_PARATAXIS);
}

/* "Should it attack, ...", "..., should it attack": the auxiliary opens the clause before its
 * subject. */
static bool inverted_condition(work *w, uint32_t i, uint32_t k, const dgm_opener *row)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t clause = s->words[k].head;
    if (!clause || clause < k || !is_beside(&s->words[clause]))
        return k == 1 && s->words[k].upos == DGM_AUX && !word_is(&s->words[s->n_words], "?")
                   ? surface_condition(w, i, k, row)
                   : true;
    uint32_t subject = child_of(w, i, clause, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_EXPL);
    uint32_t first, last;
    dgm_branch_of(s->tree, clause, &first, &last);
    /* A name that the parser tied to the verb is its subject nevertheless. */
    if (!subject && clause > k + 1 && s->words[k + 1].upos == DGM_PROPN)
        subject = k + 1;
    if (!subject || subject < k || k > first + 1)
        return true;
    return add(w, i, s->words[clause].head, clause, clause_span(w, i, clause, k), row);
}

static bool is_bidden(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_word *v = &sentence_at(w, i)->words[verb];
    return v->upos == DGM_VERB && dgm_view_eq(v->xpos, DGM_VIEW("VB")) &&
           !child_of(w, i, verb, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_MARK) &&
           !child_of(w, i, verb, DGM_REL_AUXREL, DGM_REL_AUX_PASS, DGM_REL_NONE);
}

/* "They must leave or we will attack." */
static bool is_demanded(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    DGM_EACH_CHILD(s->tree, verb, k)
    if (s->words[k].deprel == DGM_REL_AUXREL && dgm_function_is(s->tree, k, DGM_FN_MUST))
        return true;
    return false;
}

/* "Attack us and we will bomb you": to be told so is to be warned. What "or" joins stays an order,
 * so that no clause is its condition: "Leave or we will attack". */
static bool imperative_condition(work *w, uint32_t i, uint32_t k, const dgm_opener *row)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t governed = s->words[k].head, order = s->words[governed].head, first, last;
    bool other = row->meaning == DGM_MEANS_UNLESS;
    if (s->words[k].deprel != DGM_REL_CC || governed < k || order == 0 || order >= k ||
        s->words[governed].deprel != DGM_REL_CONJ ||
        !(is_bidden(w, i, order) || (other && is_demanded(w, i, order))) ||
        !has_modal(w, i, governed) ||
        !child_of(w, i, governed, DGM_REL_NSUBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE))
        return true;
    dgm_branch_of(s->tree, order, &first, &last);
    return add(w, i, governed, other ? 0 : order, claims_trimmed(w, i, first, k - 1), row);
}

/* "X is the precondition for Y": X is the condition of Y. */
static bool noun_condition(work *w, uint32_t i, uint32_t k, const dgm_opener *row)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t subject = 0, head = k, governed = 0;
    for (uint32_t step = 0; step < 4 && head && !subject; step++) {
        subject = child_of(w, i, head, DGM_REL_NSUBJ, DGM_REL_CSUBJ, DGM_REL_NONE);
        bool shared =
            s->words[head].deprel == DGM_REL_CONJ || s->words[head].deprel == DGM_REL_APPOS;
        head = shared ? s->words[head].head : 0;
    }
    for (uint32_t c = info->tree->first_child[k]; c && !governed; c = info->tree->next_child[c]) {
        dgm_deprel r = dgm_deprel_main(s->words[c].deprel);
        uint32_t m = dgm_marker_of(w->info[i].tree, c);
        bool lead = m && dgm_function_is(s->tree, m, DGM_FN_GOAL);
        if (lead &&
            (r == DGM_REL_NMOD || r == DGM_REL_ACL || r == DGM_REL_OBL || r == DGM_REL_ADVCL))
            governed = c;
    }
    if (!subject || !governed)
        return true;
    uint32_t first, last;
    dgm_branch_of(s->tree, subject, &first, &last);
    return add(w, i, governed, subject, dgm_span_of(w->doc, i, first, last), row);
}

static bool condition_at(work *w, uint32_t i, uint32_t k, const dgm_opener *row, uint32_t n)
{
    switch (row->where) {
    case DGM_OPENS_CLAUSE:
        return clause_condition(w, i, k, row, n);
    case DGM_OPENS_INVERTED:
        return inverted_condition(w, i, k, row);
    case DGM_OPENS_IMPERATIVE:
        return imperative_condition(w, i, k, row);
    default:
        return noun_condition(w, i, k, row);
    }
}

bool conditions_find(work *w)
{
    for (uint32_t i = 0; i < w->doc->sentences.n; i++) {
        const dgm_sentence *s = sentence_at(w, i);
        w->info[i].conditions = w->conditions.n;
        for (uint32_t k = 1; k <= s->n_words; k++) {
            uint32_t n;
            const dgm_opener *row = dgm_opener_at(s->tree, k, &n);
            if (!row)
                continue;
            if (row->meaning == DGM_MEANS_NONE) {
                k += n - 1;
                continue;
            }
            if (!condition_at(w, i, k, row, n))
                return false;
            k += n - 1;
        }
        w->info[i].n_conditions = w->conditions.n - w->info[i].conditions;
    }
    return true;
}
