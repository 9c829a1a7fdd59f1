/* What the judge looks at: children, lemmas, who is named where. */
#include "judge/sight.h"

#include <string.h>

static uint32_t state_of(sight *s, const char *code)
{
    if (!code[0])
        return DGM_NONE;
    for (uint32_t i = 0; i < s->n_states; i++)
        if (strcmp(s->states[i].code, code) == 0) {
            s->states[i].n++;
            return i;
        }
    if (s->n_states == MAX_STATES)
        return DGM_NONE;
    state_seen *made = &s->states[s->n_states];
    *made = (state_seen) { .n = 1, .first = s->namings.n - 1 };
    memcpy(made->code, code, 4);
    return s->n_states++;
}

enum { DEEPEST = 60 };

/* "not" and "never", but not "no longer". */
static bool is_not(const dgm_tree *t, uint32_t word)
{
    const dgm_word *w = &t->s->words[word];
    uint32_t at;
    return w->head && w->deprel == DGM_REL_ADVMOD && !t->first_child[word] &&
           dgm_negator_in(t, w->head, word, &at);
}

static void find_denials(sentence_sight *info)
{
    const dgm_tree *t = info->tree;
    for (uint32_t head = 1; head <= t->s->n_words; head++) {
        uint32_t carrier = 0;
        bool denied = false;
        DGM_EACH_CHILD(t, head, w)
        {
            info->denial[w] = is_not(t, w);
            denied = denied || info->denial[w];
            if (t->s->words[w].deprel == DGM_REL_AUXREL && dgm_lemma_function_is(t, w, DGM_FN_DO))
                carrier = w;
        }
        if (denied && carrier)
            info->denial[carrier] = true;
    }
    for (uint32_t w = 1; w <= t->s->n_words; w++)
        info->place[w] = info->place[w - 1] + !info->denial[w];
}

static bool index_words(const sight *s, sentence_sight *info, const dgm_sentence *it)
{
    dgm_arena *arena = s->doc->arena;
    uint32_t n = it->n_words + 1;
    info->tree = it->tree;
    info->depth = DGM_NEW(arena, uint8_t, n);
    info->buried = DGM_NEW(arena, uint32_t, n);
    info->denial = DGM_NEW(arena, bool, n);
    info->place = DGM_NEW(arena, uint32_t, n);
    if (!info->depth || !info->buried || !info->denial || !info->place)
        return false;
    find_denials(info);
    for (uint32_t w = 1; w < n; w++) {
        uint32_t depth = 0;
        info->buried[w] = DGM_NONE;
        for (uint32_t up = w; up && up < n && (up != info->frame || up == w) && depth < DEEPEST;
             up = it->words[up].head)
            depth++;
        info->depth[w] = (uint8_t)depth;
    }
    return true;
}

/* "..., officials said": whose they are nobody says, and of them only their words are told. */
static bool is_mere_voice(const sight *s, const dgm_mention *m)
{
    const dgm_sentence *it = sentence_at(s, m->span.sentence);
    const dgm_word *word = &it->words[m->head];
    uint32_t verb = word->deprel == DGM_REL_NSUBJ ? word->head : 0;
    if (!verb || m->n_entities != 1 || m->pronoun || !dgm_has_class(it->tree, verb, DGM_CLASS_SAY))
        return false;
    const dgm_entity *e = &s->doc->entities.at[s->doc->mention_entities.at[m->entities]];
    bool open = (!e->country[0] || e->guessed) && e->sector[0];
    uint32_t said = dgm_child_of(it->tree, verb, DGM_REL_CCOMP);
    return open && (it->words[verb].deprel == DGM_REL_PARATAXIS || (said && said < m->head));
}

/* "Iran expelled two envoys, and Russia three British ones": who does another thing in words that
 * are left out has no part in what the words tell, nor those to whom he does it. */
static bool is_of_gap(const sight *s, const dgm_mention *m)
{
    const dgm_sentence *it = sentence_at(s, m->span.sentence);
    for (uint32_t up = m->head, k = 0; up && k < DEEPEST; up = it->words[up].head, k++) {
        uint32_t orphan = dgm_child_of(it->tree, up, DGM_REL_ORPHAN);
        if (it->words[up].deprel == DGM_REL_CONJ && orphan)
            return it->words[orphan].upos != DGM_NUM;
    }
    return false;
}

/* "An ally of Iran", "Kenya's attackers": somebody of nobody knows which state, but not of that
 * one. */
static bool owns_others(const sight *s, const dgm_mention *m)
{
    const dgm_document *doc = s->doc;
    const dgm_sentence *it = sentence_at(s, m->span.sentence);
    const dgm_word *word = &it->words[m->head];
    bool owner = word->deprel == DGM_REL_NMOD_POSS ||
                 (word->deprel == DGM_REL_NMOD && dgm_has_function(it->tree, m->head, DGM_FN_OF));
    uint32_t k = owner ? it->words[word->head].mention : DGM_NONE;
    const dgm_mention *of = k == DGM_NONE ? NULL : &doc->mentions.at[k];
    if (!of || of->n_entities != 1 || m->n_entities != 1)
        return false;
    const dgm_entity *other = &doc->entities.at[doc->mention_entities.at[of->entities]];
    const dgm_entity *state = &doc->entities.at[doc->mention_entities.at[m->entities]];
    return !other->country[0] && state->kind == DGM_ENTITY_COUNTRY &&
           (other->kind == DGM_ENTITY_PERSON || other->kind == DGM_ENTITY_GROUP);
}

/* "The party, a friend of China", "Djibouti, host of a French base": a state within what only says
 * who somebody is, by a noun that is nobody itself. */
static bool is_in_description(const sight *s, const dgm_mention *m)
{
    const dgm_sentence *it = sentence_at(s, m->span.sentence);
    for (uint32_t up = m->head, k = 0; up && k < 4; up = it->words[up].head, k++) {
        const dgm_word *word = &it->words[up];
        if (k > 0 && word->mention != DGM_NONE)
            return false;
        if (word->deprel == DGM_REL_APPOS)
            return k > 0 && word->upos == DGM_NOUN;
        if (word->deprel != DGM_REL_NMOD && word->deprel != DGM_REL_NMOD_POSS &&
            word->deprel != DGM_REL_AMOD)
            return false;
    }
    return false;
}

/* "Troops, officials said, fired": what is told goes on behind it. */
static bool is_at_end(const dgm_sentence *it, uint32_t verb)
{
    uint32_t first, last;
    dgm_branch_of(it->tree, verb, &first, &last);
    while (last < it->n_words && it->words[last + 1].upos == DGM_PUNCT)
        last++;
    return last == it->n_words;
}

/* The frame of each sentence that has one, and how many words stand before it. */
static void find_frames(sight *s)
{
    const dgm_document *doc = s->doc;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        s->sentences[i].n_told = doc->sentences.at[i].n_words;
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_mention *m = &doc->mentions.at[i];
        const dgm_sentence *it = sentence_at(s, m->span.sentence);
        sentence_sight *info = &s->sentences[m->span.sentence];
        uint32_t verb = it->words[m->head].head;
        if (!is_mere_voice(s, m) || verb < m->head || !is_at_end(it, verb))
            continue;
        if (it->words[verb].deprel != DGM_REL_PARATAXIS)
            info->frame = verb;
        info->n_told = m->span.first - 1;
        while (info->n_told > 0 && it->words[info->n_told].upos == DGM_PUNCT)
            info->n_told--;
    }
}

static bool collect_namings(sight *s)
{
    dgm_document *doc = s->doc;
    for (uint32_t m = 0; m < doc->mentions.n; m++) {
        const dgm_mention *it = &doc->mentions.at[m];
        sentence_sight *info = &s->sentences[it->span.sentence];
        if (is_mere_voice(s, it) || is_of_gap(s, it) || owns_others(s, it) ||
            is_in_description(s, it))
            continue;
        for (uint32_t k = 0; k < it->n_entities; k++) {
            naming *made = dgm_push(doc->arena, &s->namings);
            if (!made)
                return false;
            uint32_t entity = doc->mention_entities.at[it->entities + k];
            *made = (naming) { .mention = m, .entity = entity };
            made->state = state_of(s, doc->entities.at[entity].country);
            if (info->n_namings == 0)
                info->namings = s->namings.n - 1;
            info->n_namings++;
        }
    }
    return true;
}

static void count_turns(sight *s)
{
    const dgm_document *doc = s->doc;
    for (uint32_t i = 0; i < doc->events.n; i++)
        s->sentences[doc->events.at[i].trigger.sentence].tells = true;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        sentence_sight *it = &s->sentences[i];
        it->tells = it->tells || it->n_namings > 0;
        it->turn = s->n_telling;
        if (it->tells)
            s->telling[s->n_telling++] = i;
    }
}

bool sight_build(sight *s, const dgm_model *model, const dgm_events *events,
                 const connotation *tone, dgm_document *doc)
{
    enum { LONG = 6 };
    *s = (sight) { .model = model,
                   .events = events,
                   .tone = tone,
                   .doc = doc,
                   .is_long = doc->sentences.n > LONG };
    s->sentences = DGM_NEW(doc->arena, sentence_sight, doc->sentences.n + 1);
    s->telling = DGM_NEW(doc->arena, uint32_t, doc->sentences.n + 1);
    s->vectors = DGM_NEW(doc->arena, seen_vectors, 1);
    if (!s->sentences || !s->telling || !s->vectors || !dgm_events_by_sentence(doc, &s->rules))
        return false;
    find_frames(s);
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        if (!index_words(s, &s->sentences[i], &doc->sentences.at[i]))
            return false;
    for (uint32_t i = 0; i < doc->proposals.n; i++) {
        const dgm_proposal *it = &doc->proposals.at[i];
        s->sentences[it->sentence].buried[it->word] = i;
    }
    if (!collect_namings(s))
        return false;
    count_turns(s);
    return true;
}

int32_t judge_distance(const sight *s, uint32_t from, uint32_t to)
{
    if (from == to)
        return 0;
    uint32_t first = DGM_MIN(from, to), last = DGM_MAX(from, to);
    bool ahead = to > from; /* what is counted: the sentence asked for and those between */
    const sentence_sight *at = s->sentences;
    uint32_t n =
        at[last].turn + (ahead && at[last].tells) - (at[first].turn + (ahead && at[first].tells));
    int32_t distance = (int32_t)DGM_MAX(n, 1);
    return ahead ? -distance : distance;
}

uint32_t judge_near(const sight *s, uint32_t i_sentence, uint32_t out[N_NEAR])
{
    const sentence_sight *at = &s->sentences[i_sentence];
    uint32_t n = 0, behind = at->turn + at->tells;
    out[n++] = i_sentence;
    for (uint32_t k = 1; k <= BACK && k <= at->turn; k++)
        out[n++] = s->telling[at->turn - k];
    for (uint32_t k = 0; k < AHEAD && behind + k < s->n_telling; k++)
        out[n++] = s->telling[behind + k];
    return n;
}

/* ---- small questions ------------------------------------------------------------------------ */

dgm_view judge_marker_before(const sight *s, uint32_t i_sentence, uint32_t word)
{
    const dgm_tree *t = s->sentences[i_sentence].tree;
    uint32_t w = dgm_child_of(t, word, DGM_REL_CASE);
    w = w ? w : dgm_child_of(t, word, DGM_REL_MARK);
    return w ? t->lemmas[w] : (dgm_view) { "", 0 };
}

uint32_t judge_entity_of(const sight *s, uint32_t i_sentence, uint32_t word)
{
    uint32_t m = sentence_at(s, i_sentence)->words[word].mention;
    const dgm_mention *it = m == DGM_NONE ? NULL : &s->doc->mentions.at[m];
    return it && it->n_entities ? s->doc->mention_entities.at[it->entities] : DGM_NONE;
}

dgm_view judge_kind_name(dgm_entity_kind kind)
{
    static const char *const names[] = { "state",  "government", "person", "body",
                                         "people", "place",      "thing" };
    return dgm_view_of(names[kind]);
}

dgm_view judge_who_at(const sight *s, uint32_t i_sentence, uint32_t word)
{
    uint32_t entity = judge_entity_of(s, i_sentence, word);
    if (entity == DGM_NONE)
        return (dgm_view) { "", 0 };
    const dgm_entity *e = &s->doc->entities.at[entity];
    return e->sector[0]                       ? dgm_view_of(e->sector)
           : e->kind == DGM_ENTITY_GOVERNMENT ? DGM_VIEW("GOV")
                                              : judge_kind_name(e->kind);
}

bool judge_can_carry(const dgm_word *word)
{
    return word->upos == DGM_VERB || word->upos == DGM_NOUN || word->upos == DGM_ADJ;
}

dgm_view judge_tag_of(const sentence_sight *info, uint32_t word)
{
    const dgm_word *words = info->tree->s->words;
    DGM_EACH_CHILD(info->tree, word, w)
    if (info->denial[w] && words[w].deprel == DGM_REL_AUXREL)
        return words[w].xpos;
    return words[word].xpos;
}

uint32_t judge_beside(const sentence_sight *info, uint32_t word, int step)
{
    uint32_t n = info->tree->s->n_words;
    do
        word = (uint32_t)((int64_t)word + step);
    while (word && word <= n && info->denial[word]);
    return word <= n ? word : 0;
}

dgm_view judge_voice_of(const sight *s, uint32_t i_sentence, uint32_t word)
{
    return dgm_is_passive(s->sentences[i_sentence].tree, word) ? DGM_VIEW("passive")
                                                               : DGM_VIEW("active");
}

uint32_t judge_words_between(const sight *s, uint32_t i_sentence, uint32_t a, uint32_t b)
{
    const uint32_t *place = s->sentences[i_sentence].place;
    return place[a] > place[b] ? place[a] - place[b] : place[b] - place[a];
}

dgm_view judge_distance_name(uint32_t distance)
{
    return distance <= 2    ? DGM_VIEW("2")
           : distance <= 5  ? DGM_VIEW("5")
           : distance <= 10 ? DGM_VIEW("10")
                            : DGM_VIEW("more");
}

bool judge_is_of_state(const sight *s, uint32_t entity, uint32_t state)
{
    return strcmp(s->doc->entities.at[entity].country, s->states[state].code) == 0;
}

bool judge_side_has(members side, uint32_t entity)
{
    for (uint32_t i = 0; i < side.n; i++)
        if (side.at[i].entity == entity)
            return true;
    return false;
}

bool judge_side_has_state(const sight *s, members side, uint32_t state)
{
    for (uint32_t i = 0; i < side.n; i++)
        if (judge_is_of_state(s, side.at[i].entity, state))
            return true;
    return false;
}

uint32_t judge_says_above(const sight *s, uint32_t i_sentence, uint32_t word, uint32_t *top)
{
    enum { MAX_UP = 12 };
    const dgm_sentence *it = sentence_at(s, i_sentence);
    const dgm_tree *t = s->sentences[i_sentence].tree;
    for (uint32_t up = word, k = 0; up && k < MAX_UP; k++) {
        const dgm_word *w = &it->words[up];
        uint32_t head = w->head;
        bool content = w->deprel == DGM_REL_CCOMP || w->deprel == DGM_REL_PARATAXIS;
        if (head && head == s->sentences[i_sentence].frame)
            return 0;
        if (content && head && dgm_has_class(t, head, DGM_CLASS_SAY)) {
            *top = up;
            return head;
        }
        /* "..., the minister said" hangs below what was said. */
        DGM_EACH_CHILD(t, up, w2)
        if (it->words[w2].deprel == DGM_REL_PARATAXIS && w2 != word &&
            dgm_has_class(t, w2, DGM_CLASS_SAY)) {
            *top = up;
            return w2;
        }
        up = head <= it->n_words ? head : 0;
    }
    return 0;
}

uint32_t judge_subject_at(const sight *s, uint32_t i_sentence, uint32_t verb)
{
    enum { MAX_UP = 5 };
    const dgm_sentence *it = sentence_at(s, i_sentence);
    for (uint32_t up = verb, k = 0; up && up <= it->n_words && k < MAX_UP; k++) {
        uint32_t w = dgm_child_of(it->tree, up, DGM_REL_NSUBJ);
        w = w ? w : dgm_child_of(it->tree, up, DGM_REL_NSUBJ_PASS);
        if (w)
            return w;
        switch (it->words[up].deprel) {
        case DGM_REL_ACL:
        case DGM_REL_ACL_RELCL:
            return it->words[up].head;
        case DGM_REL_XCOMP:
        case DGM_REL_CONJ:
        case DGM_REL_ADVCL:
        case DGM_REL_CCOMP:
            up = it->words[up].head;
            break;
        default:
            return 0;
        }
    }
    return 0;
}

uint32_t judge_claim_over(const dgm_tree *t, uint32_t noun)
{
    const dgm_word *words = t->s->words;
    uint32_t up = words[noun].head;
    if (words[noun].deprel != DGM_REL_OBJ && dgm_has_function(t, noun, DGM_FN_FOR) &&
        words[up].upos == DGM_NOUN && words[up].deprel == DGM_REL_OBJ)
        up = words[up].head; /* "responsibility for" */
    else if (words[noun].deprel != DGM_REL_OBJ && !dgm_has_function(t, noun, DGM_FN_FOR))
        return 0;
    return up && dgm_has_class(t, up, DGM_CLASS_CLAIMS_DEED) ? up : 0;
}
