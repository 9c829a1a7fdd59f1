/* A story's actors, sentence by sentence: entries found, phrases read, phrases resolved. */
#include "actors/actors.h"

#include <stdlib.h>
#include <string.h>

#include "actors/kinds.h"

struct dgm_actors {
    lexicon lex;
};

dgm_status dgm_actors_load(const char *tables_dir, dgm_complaints *complaints, dgm_actors **out,
                           dgm_err *err)
{
    dgm_actors *actors = calloc(1, sizeof(*actors));
    if (!actors)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the tables of actors");
    dgm_status status = lexicon_load(&actors->lex, tables_dir, complaints, err);
    if (status != DGM_OK) {
        dgm_actors_free(actors);
        return status;
    }
    *out = actors;
    return DGM_OK;
}

void dgm_actors_free(dgm_actors *actors)
{
    if (!actors)
        return;
    lexicon_done(&actors->lex);
    free(actors);
}

void dgm_actors_audit(const dgm_actors *actors, const char *tables_dir, dgm_complaints *complaints)
{
    lexicon_audit(&actors->lex, tables_dir, complaints);
}

/* ---- which words head phrases ---------------------------------------------------------------- */

/* The relation of the first of the conjuncts: in "Syrian and Iraqi troops" both are amod. */
static dgm_deprel relation_of(const dgm_sentence *s, uint32_t w)
{
    return s->words[dgm_first_conjunct(s->tree, w)].deprel;
}

/* "several of the hostages" */
static bool is_share(const lexicon *lex, const dgm_sentence *s, uint32_t w)
{
    uint32_t of = dgm_child_of(s->tree, w, DGM_REL_NMOD), c = of ? preposition_of(s, of) : 0;
    return c && dgm_function_is(s->tree, c, DGM_FN_OF) && form_of(lex, &s->words[w], WORDS_SHARE);
}

/* "More than 300 gathered", "killing at least 20": a number where only people can stand. */
static bool is_number_of_people(const lexicon *lex, const dgm_sentence *s, uint32_t w)
{
    const dgm_word *word = &s->words[w];
    dgm_deprel rel = relation_of(s, w);
    bool subject = rel == DGM_REL_NSUBJ, suffers = rel == DGM_REL_OBJ || rel == DGM_REL_NSUBJ_PASS;
    const dgm_word *verb = &s->words[word->head];
    return word->upos == DGM_NUM && word->head && verb->upos == DGM_VERB &&
           ((subject && lemma_of(lex, verb, WORDS_GATHERING)) ||
            (suffers && lemma_of(lex, verb, WORDS_HARMING)));
}

static bool may_head(const lexicon *lex, const dgm_sentence *s, const matches *m, uint32_t w)
{
    const dgm_word *word = &s->words[w];
    if (word->form.n > 2 && word->form.p[0] == '[')
        return pronoun_of(word) != P_NONE;
    switch (relation_of(s, w)) {
    case DGM_REL_FLAT:
    case DGM_REL_COMPOUND:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_AMOD:
    case DGM_REL_GOESWITH:
    case DGM_REL_FIXED:
    case DGM_REL_CASE:
    case DGM_REL_MARK:
    case DGM_REL_PUNCTREL:
    case DGM_REL_EXPL:
        return false;
    case DGM_REL_DETREL:
        return word->upos == DGM_PRON;
    default:
        break;
    }
    if (is_share(lex, s, w) || is_both(s, w) || actors_is_one_of_two(s, w) ||
        is_number_of_people(lex, s, w))
        return true;
    switch (word->upos) {
    case DGM_NOUN:
    case DGM_PROPN:
    case DGM_PRON:
        return true;
    case DGM_ADJ:
    case DGM_VERB:
    case DGM_NUM:
    case DGM_X: /* "the wounded", but not "stay firm" */
        return m->of_word[w] != DGM_NONE &&
               (lex->facts.at[m->at[m->of_word[w]].fact].type != FACT_AGENT ||
                dgm_child_of(s->tree, w, DGM_REL_DETREL) ||
                dgm_child_of(s->tree, w, DGM_REL_NUMMOD));
    default:
        return false;
    }
}

/* Adjectives of role ("former", "military") act only as part of a phrase. */
static bool may_stand_alone(const reading *r, const match *found, const phrase *p)
{
    const dgm_word *head = &r->s->words[p->head];
    if (p->kind == PHRASE_ROLE)
        return head->upos == DGM_NOUN || head->upos == DGM_PROPN || p->n_countries > 0;
    (void)found;
    return p->kind != PHRASE_NONE && p->kind != PHRASE_UNKNOWN;
}

static int by_head(const void *a, const void *b)
{
    const phrase *p = a, *q = b;
    return p->head < q->head ? -1 : p->head > q->head;
}

/* Phrases of the sentence, then what stands before things and is in no phrase yet. */
static void read_phrases(reading *r)
{
    const dgm_sentence *s = r->s;
    bool *used = DGM_NEW(r->arena, bool, s->n_words + 2);
    r->phrases = DGM_NEW(r->arena, phrase, s->n_words + 1);
    r->of_word = DGM_NEW(r->arena, uint32_t, s->n_words + 1);
    r->state = DGM_NEW(r->arena, resolve_state, s->n_words + 1);
    if (!used || !r->phrases || !r->of_word || !r->state) {
        r->no_memory = true;
        return;
    }
    r->n_phrases = 0;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        phrase *p = &r->phrases[r->n_phrases];
        if (!may_head(r->lex, s, r->m, w) || (w < r->m->dateline && w > r->m->at[0].last))
            continue;
        phrase_read(r->lex, s, r->m, w, r->date, p);
        if (p->kind == PHRASE_NONE)
            continue;
        actors_settle_namesake(r, p);
        for (uint32_t k = p->first; k <= p->last; k++)
            used[k] = true;
        r->n_phrases++;
    }
    for (uint32_t j = 0; j < r->m->n && r->n_phrases < s->n_words; j++) {
        phrase *p = &r->phrases[r->n_phrases];
        if (used[r->m->at[j].last] || (j > 0 && r->m->at[j].last < r->m->dateline))
            continue;
        phrase_read_modifier(r->lex, s, r->m, j, r->date, p);
        if (may_head(r->lex, s, r->m, p->head)) /* read and refused */
            continue;
        if (may_stand_alone(r, &r->m->at[j], p))
            r->n_phrases++;
    }
    qsort(r->phrases, r->n_phrases, sizeof(phrase), by_head);
}

static uint8_t rank_of(const dgm_sentence *s, uint32_t w)
{
    switch (relation_of(s, w)) {
    case DGM_REL_NSUBJ:
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_NSUBJ_OUTER:
        return 3;
    case DGM_REL_OBJ:
    case DGM_REL_IOBJ:
    case DGM_REL_OBL_AGENT:
        return 2;
    case DGM_REL_COMPOUND:
    case DGM_REL_AMOD:
    case DGM_REL_FLAT:
        return 0;
    default:
        return 1;
    }
}

/* A mention for every phrase, in the order of the text, as yet of nobody. */
static void place_mentions(reading *r)
{
    memset(r->of_word, 0xFF, sizeof(uint32_t) * (r->s->n_words + 1));
    r->first_mention = r->doc->mentions.n;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_phrases; i++) {
        if (r->of_word[r->phrases[i].head] != DGM_NONE)
            continue;
        r->phrases[n] = r->phrases[i];
        const phrase *p = &r->phrases[n];
        dgm_mention *m = dgm_push(r->arena, &r->doc->mentions);
        sighting *seen = dgm_push(r->arena, &r->sightings);
        if (!m || !seen) {
            r->no_memory = true;
            break;
        }
        *m = (dgm_mention) { .span = dgm_span_of(r->doc, r->i_sentence, p->first, p->last),
                             .head = p->head,
                             .pronoun = p->kind == PHRASE_PRONOUN };
        bool name = p->kind == PHRASE_COUNTRY || p->kind == PHRASE_CAPITAL ||
                    p->kind == PHRASE_ORG || p->kind == PHRASE_REGION;
        *seen = (sighting) { .rank = rank_of(r->s, p->head),
                             .plural = p->plural && !name, /* the United States is one */
                             .quoted = r->s->words[p->head].in_quotes };
        r->of_word[p->head] = n++;
        r->doc->sentences.at[r->i_sentence].words[p->head].mention = r->doc->mentions.n - 1;
    }
    r->n_phrases = n;
}

/* ---- "the Minsk Group, which includes Russia" ------------------------------------------------ */

static void add_members(reading *r, uint32_t i)
{
    const dgm_sentence *s = r->s;
    const dgm_mention *m = mention_of(r, i);
    uint32_t head = r->phrases[i].head, all[16], n = 0;
    uint32_t verb = dgm_child_of(s->tree, head, DGM_REL_ACL_RELCL);
    if (m->n_entities != 1 || !verb || !lemma_of(r->lex, &s->words[verb], WORDS_UNITING) ||
        r->doc->entities.at[r->doc->mention_entities.at[m->entities]].kind != DGM_ENTITY_ORG)
        return;
    uint32_t first = dgm_child_of(s->tree, verb, DGM_REL_OBJ);
    first = first ? first : dgm_child_of(s->tree, verb, DGM_REL_OBL);
    all[n++] = r->doc->mention_entities.at[m->entities];
    for (uint32_t w = first; first && w <= s->n_words && n < DGM_LEN(all); w++)
        if (w == first || (s->words[w].head == first && s->words[w].deprel == DGM_REL_CONJ)) {
            uint32_t e = entity_at(r, w);
            if (e != DGM_NONE)
                all[n++] = e;
        }
    if (n > 1)
        set_entities(r, i, all, n, m->via);
}

/* ---- "X became president" -------------------------------------------------------------------- */

/* "resigned as president of Liberia" */
static bool is_as_role(const lexicon *lex, const dgm_sentence *s, uint32_t role)
{
    uint32_t c = dgm_child_of(s->tree, role, DGM_REL_CASE), up = s->words[role].head;
    return c && up && dgm_function_is(s->tree, c, DGM_FN_AS) &&
           lemma_of(lex, &s->words[up], WORDS_SERVING);
}

/* The person by name whom a word speaks of and of whom nothing is known; NULL. */
static dgm_entity *unknown_person(reading *r, uint32_t word)
{
    uint32_t who = entity_at(r, word);
    if (who == DGM_NONE || !r->actors.at[who].named)
        return NULL;
    dgm_entity *e = &r->doc->entities.at[who];
    return e->kind == DGM_ENTITY_PERSON && !e->sector[0] && !e->country[0] ? e : NULL;
}

/* A predicate tells whose a person is of whom nothing was known. */
static void learn_predicate(reading *r, uint32_t i)
{
    const dgm_sentence *s = r->s;
    const phrase *p = &r->phrases[i];
    const dgm_mention *m = mention_of(r, i);
    uint32_t up = s->words[p->head].head;
    bool become = up && s->words[p->head].deprel == DGM_REL_XCOMP &&
                  dgm_view_eq(s->words[up].lemma, DGM_VIEW("become"));
    bool is = dgm_child_of(s->tree, p->head, DGM_REL_COP) != 0;
    become |= is_as_role(r->lex, s, p->head);
    uint32_t verb = is ? p->head : up, subject = 0;
    if (p->kind != PHRASE_ROLE || p->plural || m->n_entities != 1 || (!is && !become))
        return;
    for (uint32_t w = 1; w <= s->n_words; w++) {
        if (s->words[w].head == verb &&
            (s->words[w].deprel == DGM_REL_NSUBJ || s->words[w].deprel == DGM_REL_NSUBJ_PASS))
            subject = w;
        if (s->words[w].head == verb && dgm_function_is(s->tree, w, DGM_FN_NOT))
            return;
    }
    dgm_entity *e = unknown_person(r, subject);
    const dgm_entity *role = &r->doc->entities.at[r->doc->mention_entities.at[m->entities]];
    if (!e || e == role)
        return;
    memcpy(e->country, role->country, 4);
    memcpy(e->sector, role->sector, 4);
}

/* "Ruth Akinyi, who leads the opposition Orange Alliance", "Rosa Huaman, who runs a hotel": a
 * relative clause tells whose a person is of whom nothing was known. */
static void learn_relative(reading *r, uint32_t i)
{
    const dgm_sentence *s = r->s;
    uint32_t thing = r->phrases[i].head, verb = s->words[thing].head;
    if (s->words[thing].deprel != DGM_REL_OBJ || s->words[verb].deprel != DGM_REL_ACL_RELCL)
        return;
    bool owns = lemma_of(r->lex, &s->words[verb], WORDS_OWNING);
    bool leads = lemma_of(r->lex, &s->words[verb], WORDS_LEADING);
    uint32_t what = entity_at(r, thing);
    dgm_entity *e = unknown_person(r, s->words[verb].head);
    if ((!owns && !leads) || !e || what == DGM_NONE)
        return;
    const dgm_entity *body = &r->doc->entities.at[what];
    bool named = s->words[thing].upos == DGM_PROPN && !body->sector[0];
    bool business = owns && (named || strcmp(body->sector, "BUS") == 0);
    if (!business && (!leads || !body->sector[0]))
        return;
    if (business) {
        memcpy(e->sector, "BUS", 4);
    } else {
        memcpy(e->sector, body->sector, 4);
        memcpy(e->others, body->others, sizeof(e->others));
        e->n_others = body->n_others;
    }
    if (body->sector[0]) {
        memcpy(e->country, body->country, 4);
        e->guessed = body->guessed;
    }
}

/* ---- the story ------------------------------------------------------------------------------- */

static void explain(reading *r, uint32_t i)
{
    const dgm_mention *m = mention_of(r, i);
    dgm_view text = dgm_span_name(r->doc, m->span);
    if (m->n_entities == 0)
        dgm_note(r->doc, "actors", r->i_sentence, DGM_NONE, "\"%.*s\": nobody known",
                 DGM_FMT(text));
    for (uint32_t k = 0; k < m->n_entities; k++) {
        const dgm_entity *e = &r->doc->entities.at[r->doc->mention_entities.at[m->entities + k]];
        dgm_note(r->doc, "actors", r->i_sentence, DGM_NONE, "\"%.*s\" = %s%s (%.*s) by %s%s%.*s",
                 DGM_FMT(text), e->country[0] ? e->country : "---", e->sector, DGM_FMT(e->name),
                 dgm_via_name(m->via), e->source.n ? ", " : "", DGM_FMT(e->source));
    }
}

static void read_sentence(reading *r, uint32_t i_sentence)
{
    r->i_sentence = i_sentence;
    r->s = &r->doc->sentences.at[i_sentence];
    r->m = &r->found[i_sentence];
    r->n_phrases = 0;
    read_phrases(r);
    if (r->no_memory)
        return;
    place_mentions(r);
    actors_count_paragraph(r);
    actors_turn_to_place(r);
    for (uint32_t i = 0; i < r->n_phrases && !r->no_memory; i++)
        resolve(r, i);
    for (uint32_t i = 0; i < r->n_phrases && !r->no_memory; i++)
        add_members(r, i);
    for (uint32_t i = 0; i < r->n_phrases && !r->no_memory; i++)
        learn_predicate(r, i);
    for (uint32_t i = 0; i < r->n_phrases && !r->no_memory; i++)
        learn_relative(r, i);
    note_pair(r);
    actors_note_doer(r);
    actors_keep_setting(r);
    for (uint32_t i = 0; i < r->n_phrases && r->doc->explain; i++)
        explain(r, i);
}

dgm_status dgm_actors_find(const dgm_actors *actors, dgm_document *doc, dgm_err *err)
{
    reading r = { .lex = &actors->lex,
                  .rules = &rules_of_kinds,
                  .doc = doc,
                  .arena = doc->arena,
                  .date = date_number(dgm_view_of(doc->date), 0, 101),
                  .i_dateline = DGM_NONE,
                  .barred = DGM_NONE,
                  .speaker = DGM_NONE };
    r.found = DGM_NEW(r.arena, matches, (size_t)doc->sentences.n + 1);
    if (!r.found)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the actors of a story");
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        dgm_sentence *s = &doc->sentences.at[i];
        for (uint32_t w = 0; w <= s->n_words; w++)
            s->words[w].mention = DGM_NONE;
        if (!matches_find(r.lex, s, r.date, r.arena, &r.found[i]))
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the actors of a story");
        if (r.found[i].dateline && r.i_dateline == DGM_NONE)
            r.i_dateline = i;
    }
    count_countries(&r);
    actors_settle_shared_names(&r);
    find_publisher(&r);
    for (uint32_t i = 0; i < doc->sentences.n && !r.no_memory && !dgm_stopped(doc); i++)
        read_sentence(&r, i);
    if (r.no_memory || doc->stopped)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the actors of a story");
    return DGM_OK;
}
