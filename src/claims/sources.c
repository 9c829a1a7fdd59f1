/* Who speaks: the words that name the source of a cue, and the mention behind them.
 *
 * Where the source stands is told by syntax: the subject, the agent of a passive, the noun that a
 * participle hangs on, the subject shared by coordination and control, the possessor of a noun of
 * speech. */
#include "claims/work.h"

enum { MAX_STEPS = 64 };

static uint32_t with_case(const work *w, uint32_t i, uint32_t head, const char *a, const char *b)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    DGM_EACH_CHILD(info->tree, head, k)
    {
        dgm_deprel r = dgm_deprel_main(s->words[k].deprel);
        if (r != DGM_REL_NMOD && r != DGM_REL_OBL)
            continue;
        uint32_t m = child_of(w, i, k, DGM_REL_CASE, DGM_REL_NONE, DGM_REL_NONE);
        if (m && (word_is(&s->words[m], a) || word_is(&s->words[m], b)))
            return k;
    }
    return 0;
}

static bool comma_between(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    for (uint32_t k = first + 1; k < last; k++)
        if (word_is(&s->words[k], ","))
            return true;
    return false;
}

/* '"Rebels," said the president': what stands in quotation marks from its first word on is said by
 * the verb outside of them, not its subject. */
static bool is_quoted_away(const work *w, uint32_t i, uint32_t subject, uint32_t verb)
{
    const uint32_t *run = w->info[i].run;
    uint32_t first, last;
    if (run[subject] == DGM_NONE || run[subject] == run[verb])
        return false;
    dgm_branch_of(sentence_at(w, i)->tree, subject, &first, &last);
    return run[first] == run[subject] &&
           row_for(w, &sentence_at(w, i)->words[verb], FRAME_QUOTE, true);
}

/* The subject; of two with a comma between, as parsers hang them on the verb at a sentence's end
 * ("A did B, C said"), the one next before the verb. */
uint32_t subject_of_cue(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t found = 0;
    DGM_EACH_CHILD(w->info[i].tree, verb, k)
    if (dgm_is_subject(s->words[k].deprel) && !is_quoted_away(w, i, k, verb) &&
        (!found || (k < verb && comma_between(s, found, k))))
        found = k;
    return found;
}

/* '"The rebels," said the president, "fled"': the speaker, whom the parser made a second subject of
 * what is said; or "It added that", whose subject it took for a dummy. 0: none. */
static uint32_t misread_subject(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t said = child_of(w, i, verb, DGM_REL_CCOMP, DGM_REL_NONE, DGM_REL_NONE), early = 0;
    for (uint32_t k = said ? w->info[i].tree->first_child[said] : 0; k;
         k = w->info[i].tree->next_child[k]) {
        if (!dgm_is_subject(s->words[k].deprel))
            continue;
        bool parted = w->info[i].run[said] != DGM_NONE && w->info[i].run[k] == DGM_NONE;
        if ((early || parted) && k > verb && k < said)
            return k;
        early = k < verb ? k : early;
    }
    return dgm_is_passive(w->info[i].tree, verb)
               ? 0
               : child_of(w, i, verb, DGM_REL_EXPL, DGM_REL_NONE, DGM_REL_NONE);
}

uint32_t claims_quoting_verb(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_tree *t = w->info[i].tree;
    uint32_t quotes = t->s->words[verb].head;
    return dgm_is_gerund(&t->s->words[verb]) && dgm_has_function(t, verb, DGM_FN_AS) &&
                   t->s->words[quotes].upos == DGM_VERB
               ? quotes
               : 0;
}

/* "quoted the minister as | saying", "was cited as | saying": who is quoted speaks, not who quotes;
 * 0: it is no such verb. */
static uint32_t who_is_quoted(const work *w, uint32_t i, uint32_t verb)
{
    uint32_t quotes = claims_quoting_verb(w, i, verb);
    return quotes ? child_of(w, i, quotes, DGM_REL_OBJ, DGM_REL_NSUBJ_PASS, DGM_REL_NONE) : 0;
}

/* "issued a statement after the meeting | saying": parsed as what the meeting says, but no meeting
 * speaks; the statement does, or whoever issued it. "Held a press conference | to announce": who
 * held it does. The word that the noun hangs on; 0: the noun may speak. */
static uint32_t over_what_is_mute(const work *w, uint32_t i, uint32_t verb)
{
    const dgm_sentence *s = sentence_at(w, i);
    const dgm_word *noun = &s->words[s->words[verb].head], *over = &s->words[noun->head];
    dgm_deprel r = dgm_deprel_main(noun->deprel);
    if (has_entity(w, noun->mention))
        return 0;
    if (dgm_has_to(w->info[i].tree, verb))
        return (r == DGM_REL_OBJ || r == DGM_REL_OBL) && over->upos == DGM_VERB ? noun->head : 0;
    if (!dgm_is_gerund(&s->words[verb]) || row_for(w, noun, FRAME_THAT, true))
        return 0;
    bool issued = r == DGM_REL_OBL && over->upos == DGM_VERB;
    bool says = r == DGM_REL_NMOD && over->upos == DGM_NOUN && row_for(w, over, FRAME_THAT, true);
    return issued || says ? noun->head : 0;
}

/* The speaker of a verb of speech, going up where the subject is shared; 0: none is named. */
static uint32_t source_of_verb(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t verb = cue_word;
    for (uint32_t step = 0; step < MAX_STEPS && verb; step++) {
        const dgm_word *v = &s->words[verb];
        uint32_t agent = child_of(w, i, verb, DGM_REL_OBL_AGENT, DGM_REL_NONE, DGM_REL_NONE);
        if (agent)
            return agent;
        if (verb == cue_word && dgm_is_passive(w->info[i].tree, verb))
            return with_case(w, i, verb, "by", "by");
        uint32_t subject = subject_of_cue(w, i, verb);
        if (!subject && verb == cue_word)
            subject = misread_subject(w, i, verb);
        if (!subject && verb == cue_word)
            subject = who_is_quoted(w, i, verb);
        if (subject)
            return v->deprel == DGM_REL_ACL_RELCL &&
                           dgm_is_relative_pronoun(w->info[i].tree, subject)
                       ? v->head
                       : subject;
        switch (v->deprel) {
        case DGM_REL_ACL: {
            uint32_t over = over_what_is_mute(w, i, verb);
            if (!over)
                return v->head;
            if (s->words[over].upos != DGM_VERB)
                return over;
            verb = over;
            break;
        }
        case DGM_REL_ACL_RELCL:
        case DGM_REL_AMOD:
            return v->head;
        case DGM_REL_XCOMP: {
            uint32_t object = child_of(w, i, v->head, DGM_REL_OBJ, DGM_REL_IOBJ, DGM_REL_NONE);
            if (object)
                return object;
            verb = v->head;
            break;
        }
        case DGM_REL_OBJ: /* "confirm nor deny", misread */
            verb = v->upos == DGM_VERB ? v->head : 0;
            break;
        case DGM_REL_CONJ:
        case DGM_REL_ADVCL:
        case DGM_REL_PARATAXIS:
        case DGM_REL_ADVCL_RELCL:
            verb = head_of(w, i, verb);
            break;
        default:
            return 0;
        }
    }
    return 0;
}

/* "made a claim", "has information", "repeated the demand", but not "received a request" */
static bool is_light(const work *w, const dgm_word *word)
{
    const cue *row = word->upos == DGM_VERB ? cue_first(w->claims, word) : NULL;
    while (row && !(row->light && !row->undergone && (row->frames & FRAME_OBJ)))
        row = cue_next(w->claims, row);
    return row != NULL;
}

/* Whose statement, claim, information it is; 0: nobody's. */
uint32_t source_of_noun(const work *w, uint32_t i, uint32_t noun)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t found = child_of(w, i, noun, DGM_REL_NMOD_POSS, DGM_REL_NONE, DGM_REL_NONE);
    if (!found)
        found = with_case(w, i, noun, "by", "from");
    for (uint32_t k = info->tree->first_child[noun]; k && !found; k = info->tree->next_child[k])
        if (s->words[k].deprel == DGM_REL_ACL)
            found = with_case(w, i, k, "by", "by");
    for (uint32_t k = info->tree->first_child[noun]; k && !found; k = info->tree->next_child[k])
        if ((s->words[k].deprel == DGM_REL_AMOD || s->words[k].deprel == DGM_REL_COMPOUND) &&
            s->words[k].mention != DGM_NONE)
            found = k;
    uint32_t head = s->words[noun].head;
    if (!found && s->words[noun].deprel == DGM_REL_OBJ && head)
        found = with_case(w, i, head, "from", "from"); /* "received a request from" */
    if (!found && s->words[noun].deprel == DGM_REL_OBJ && head && is_light(w, &s->words[head]))
        found = source_of_verb(w, i, head);
    return found;
}

uint32_t source_of_cue(const work *w, uint32_t i, uint32_t cue_word)
{
    const dgm_word *word = &sentence_at(w, i)->words[cue_word];
    bool noun = word->upos == DGM_NOUN || word->upos == DGM_PROPN;
    /* who "is under pressure" does not press */
    if (noun && (!subject_of_cue(w, i, cue_word) ||
                 dgm_has_function(w->info[i].tree, cue_word, DGM_FN_UNDER)))
        return source_of_noun(w, i, cue_word);
    if (word->upos == DGM_ADJ)
        return subject_of_cue(w, i, cue_word);
    uint32_t source = source_of_verb(w, i, cue_word);
    return source && dgm_lemma_function_is(w->info[i].tree, source, DGM_FN_IT) &&
                   dgm_is_passive(w->info[i].tree, cue_word)
               ? 0
               : source;
}

bool has_entity(const work *w, uint32_t mention)
{
    return mention < w->doc->mentions.n && w->doc->mentions.at[mention].n_entities > 0;
}

/* "the report", which was spoken of before; not "a report" */
static bool is_known_noun(const work *w, uint32_t i, uint32_t noun)
{
    uint32_t the = child_of(w, i, noun, DGM_REL_DETREL, DGM_REL_NONE, DGM_REL_NONE);
    return sentence_at(w, i)->words[noun].upos == DGM_NOUN && the &&
           dgm_function_is(w->info[i].tree, the, DGM_FN_DEFINITE);
}

/* "the report": the last source with the same noun that had a speaker. */
static uint32_t speaker_before(const work *w, uint32_t i, uint32_t source)
{
    const dgm_word *word = &sentence_at(w, i)->words[source];
    if (!is_known_noun(w, i, source))
        return DGM_NONE;
    for (uint32_t j = w->voices.n; j > 0; j--) {
        const voice *v = &w->voices.at[j - 1];
        uint32_t speaker = w->doc->attributions_found.at[v->attribution].speaker_mention;
        if (v->source && has_entity(w, speaker) &&
            dgm_view_eq(sentence_at(w, v->sentence)->words[v->source].lemma, word->lemma))
            return speaker;
    }
    return DGM_NONE;
}

/* Whoever a document is by: "the army", or the owner of what is not known itself, as in "the
 * president's office". DGM_NONE: nobody known. */
static uint32_t author_by(const work *w, uint32_t i, uint32_t document)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t by = source_of_noun(w, i, document);
    if (!by || has_entity(w, s->words[by].mention))
        return by ? s->words[by].mention : DGM_NONE;
    uint32_t owner = child_of(w, i, by, DGM_REL_NMOD_POSS, DGM_REL_NONE, DGM_REL_NONE);
    return owner && has_entity(w, s->words[owner].mention) ? s->words[owner].mention : DGM_NONE;
}

/* Whose the statement is that stands at `noun`, by its own words or as what somebody says something
 * in: "in a statement, the president announced", but not "according to a statement, rebels fled".
 */
static uint32_t author_of(const work *w, uint32_t i, uint32_t noun)
{
    const dgm_sentence *s = sentence_at(w, i);
    uint32_t by = author_by(w, i, noun), head = s->words[noun].head;
    if (by != DGM_NONE)
        return by;
    bool beside = s->words[noun].deprel == DGM_REL_PARATAXIS; /* "Rebels fled: report" */
    if (!head || beside || s->words[head].upos != DGM_VERB ||
        dgm_has_function(s->tree, noun, DGM_FN_ACCORDING))
        return DGM_NONE;
    uint32_t subject = subject_of_cue(w, i, head);
    uint32_t mention = subject ? s->words[subject].mention : DGM_NONE;
    return has_entity(w, mention) ? mention : DGM_NONE;
}

/* "the statement also said": whose it was where it was spoken of in the sentences before. */
enum { STATEMENT_BACK = 4 };
static uint32_t author_before(const work *w, uint32_t i, uint32_t source)
{
    const dgm_word *word = &sentence_at(w, i)->words[source];
    if (!is_known_noun(w, i, source))
        return DGM_NONE;
    for (uint32_t j = i; j > 0 && j + STATEMENT_BACK > i; j--) {
        const dgm_sentence *s = sentence_at(w, j - 1);
        for (uint32_t k = s->n_words; k > 0; k--) {
            bool same = s->words[k].upos == DGM_NOUN && dgm_view_eq(s->words[k].lemma, word->lemma);
            uint32_t author = same ? author_of(w, j - 1, k) : DGM_NONE;
            if (author != DGM_NONE)
                return author;
        }
    }
    return DGM_NONE;
}

static bool may_be(const dgm_entity *e, const dgm_sentence *s, uint32_t pronoun)
{
    bool person = e->kind == DGM_ENTITY_PERSON || e->male || e->female;
    if (dgm_function_is(s->tree, pronoun, DGM_FN_HE))
        return person && !e->female && !e->plural;
    if (dgm_function_is(s->tree, pronoun, DGM_FN_SHE))
        return person && !e->male && !e->plural;
    if (dgm_function_is(s->tree, pronoun, DGM_FN_IT))
        return !person && !e->plural;
    return dgm_function_is(s->tree, pronoun, DGM_FN_THEY) && !person;
}

/* "It added that": a pronoun that opens a sentence and is nobody's goes on with the last speaker of
 * the sentence before. */
static uint32_t speaker_going_on(const work *w, uint32_t i, uint32_t source)
{
    const dgm_word *word = &sentence_at(w, i)->words[source];
    if (word->upos != DGM_PRON || source > 2 || w->voices.n == 0)
        return DGM_NONE;
    for (uint32_t j = w->voices.n; j > 0 && w->voices.at[j - 1].sentence + 1 >= i; j--) {
        const voice *v = &w->voices.at[j - 1];
        uint32_t speaker = w->doc->attributions_found.at[v->attribution].speaker_mention;
        uint32_t entity = w->doc->attributions_found.at[v->attribution].speaker_entity;
        if (v->sentence < i && v->heard && has_entity(w, speaker) && entity != DGM_NONE)
            return may_be(&w->doc->entities.at[entity], sentence_at(w, i), source) ? speaker
                                                                                   : DGM_NONE;
    }
    return DGM_NONE;
}

/* The mention that speaks: the source's own, or of a document ("a report by the UN", "the
 * ministry's statement") that of whoever it is by. */
uint32_t mention_of_source(const work *w, uint32_t i, uint32_t source)
{
    const dgm_sentence *s = sentence_at(w, i);
    const sentence_info *info = &w->info[i];
    uint32_t own = s->words[source].mention;
    if (has_entity(w, own))
        return own;
    uint32_t author = author_by(w, i, source);
    if (author != DGM_NONE)
        return author;
    uint32_t by = with_case(w, i, source, "of", "for");
    if (by && has_entity(w, s->words[by].mention))
        return s->words[by].mention;
    DGM_EACH_CHILD(info->tree, source, k)
    {
        dgm_deprel r = s->words[k].deprel;
        if ((r == DGM_REL_APPOS || r == DGM_REL_FLAT || r == DGM_REL_COMPOUND ||
             r == DGM_REL_NMOD_DESC || r == DGM_REL_AMOD) &&
            has_entity(w, s->words[k].mention))
            return s->words[k].mention;
    }
    uint32_t before = s->words[source].upos == DGM_NOUN ? author_of(w, i, source) : DGM_NONE;
    if (before == DGM_NONE)
        before = speaker_before(w, i, source);
    if (before == DGM_NONE)
        before = author_before(w, i, source);
    if (before == DGM_NONE)
        before = speaker_going_on(w, i, source);
    return before != DGM_NONE ? before : own;
}
