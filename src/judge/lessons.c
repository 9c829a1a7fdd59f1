/* From stories that were coded by hand to cases for the learner, and from those to tables.
 *
 * A coder quotes words, not a trigger. The word that carries a coded event is that of a rule's
 * event of the right type in the quote, else the quote's verb or noun nearest to the root. The
 * other words of the quote are left open for its types: they may carry it as well. */
#include "judge/gold.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct dgm_lessons {
    const dgm_model *model;
    const dgm_events *events;
    connotation *tone;
    dgm_cases *types, *sides, *parties;
    dgm_examples kin;
    dgm_features features;
    dgm_arena *arena; /* of a story's names */
    float weight;     /* of the cases that come */
    uint32_t n_stories, n_silent, n_gold;
    uint32_t contest; /* of the cases that come; learn.h */
};

static void keep_first(void *context, const dgm_err *err)
{
    dgm_err *first = context;
    if (first->status == DGM_OK)
        *first = *err;
}

dgm_status dgm_lessons_new(const dgm_model *model, const dgm_events *events, const char *tables_dir,
                           dgm_lessons **out, dgm_err *err)
{
    dgm_lessons *l = calloc(1, sizeof(*l));
    if (!l)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
    l->model = model;
    l->events = events;
    l->kin.n_inputs = N_INPUTS;
    l->weight = 1;
    l->types = dgm_cases_new();
    l->sides = dgm_cases_new();
    l->parties = dgm_cases_new();
    l->arena = dgm_arena_new();
    dgm_err why = { 0 };
    dgm_complaints told = { .fn = keep_first, .context = &why };
    dgm_status status = connotation_load(tables_dir, &told, &l->tone, err);
    if (status != DGM_OK && why.status != DGM_OK)
        status = dgm_fail(err, status, why.file, why.line, "%s", why.msg);
    if (status == DGM_OK && !(l->types && l->sides && l->parties && l->arena))
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
    if (status == DGM_OK)
        *out = l;
    else
        dgm_lessons_free(l);
    return status;
}

void dgm_lessons_free(dgm_lessons *l)
{
    if (!l)
        return;
    dgm_cases_free(l->types);
    dgm_cases_free(l->sides);
    dgm_cases_free(l->parties);
    dgm_examples_done(&l->kin);
    connotation_free(l->tone);
    dgm_arena_free(l->arena);
    free(l);
}

void dgm_lessons_weigh(dgm_lessons *l, float weight)
{
    l->weight = weight;
}

/* NULL: no memory. */
static dgm_case *add_case(dgm_lessons *l, dgm_cases *to)
{
    dgm_case *made = dgm_cases_add(to, &l->features);
    if (made)
        made->weight = l->weight;
    return made;
}

/* ---- which word carries it ------------------------------------------------------------------ */

/* Bits of types, of each word, and whether a coder looked at it. */
typedef struct {
    uint32_t *right, *open;
    bool *known;
} marks;

enum { ALL_TYPES = (1 << N_TYPES) - 1 };

static bool fits(const gold_event *gold, dgm_event_type type)
{
    return type != DGM_EVENT_NONE && !dgm_is_own_type(type) && (gold->types >> (type - 1) & 1);
}

/* Whatever the rules' event at these words is. */
static uint32_t event_at(const dgm_document *doc, const gold_event *gold)
{
    for (uint32_t i = 0; i < doc->events.n; i++)
        if (gold_quotes(gold, doc->events.at[i].trigger.sentence, doc->events.at[i].trigger_word))
            return i;
    return DGM_NONE;
}

/* The rules' event for it: best with its trigger in the quote, else in the quote's sentences. */
static uint32_t event_for(const dgm_document *doc, const gold_event *gold, const bool *used)
{
    uint32_t near = DGM_NONE;
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *e = &doc->events.at[i];
        uint32_t s = e->trigger.sentence;
        if (used[i] || !fits(gold, e->type) || s < gold->begin_sentence || s > gold->end_sentence)
            continue;
        if (gold_quotes(gold, s, e->trigger_word))
            return i;
        near = near == DGM_NONE ? i : near;
    }
    return near;
}

static bool find_head(const sight *s, const gold_event *gold, uint32_t *i_sentence, uint32_t *word)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = gold->begin_sentence; i <= gold->end_sentence; i++) {
        const dgm_sentence *it = sentence_at(s, i);
        for (uint32_t w = 1; w <= it->n_words; w++) {
            if (!gold_quotes(gold, i, w) || !judge_can_carry(&it->words[w]))
                continue;
            uint32_t cost = 2 * s->sentences[i].depth[w] + (it->words[w].upos == DGM_ADJ);
            if (cost >= best)
                continue;
            best = cost;
            *i_sentence = i;
            *word = w;
        }
    }
    return best != UINT32_MAX;
}

/* ---- sides ---------------------------------------------------------------------------------- */

/* 1: the state is one of the side, 0: it is not, -1: it may be. */
static int holds(const gold_event *gold, uint32_t side, const char *code)
{
    int answer = 0;
    for (uint32_t i = 0; i < gold->n_sides[side]; i++) {
        const gold_member *m = &gold->sides[side][i];
        for (uint32_t k = 0; k < m->n; k++) {
            if (strcmp(m->countries[k], code) != 0)
                continue;
            if (!m->optional)
                return 1;
            answer = -1;
        }
    }
    return answer;
}

/* The states in sight vie for one side. */
static bool add_side(dgm_lessons *l, const sight *s, const gold_event *gold, const occasion *it,
                     uint32_t role, uint64_t actors)
{
    uint32_t states[MAX_IN_SIGHT], n = judge_states_in_sight(s, it, states);
    l->contest++;
    for (uint32_t i = 0; i < n; i++) {
        judge_side_features(s, it, states[i], role, actors, &l->features);
        dgm_case *made = add_case(l, l->sides);
        if (!made)
            return false;
        int answer = holds(gold, role, s->states[states[i]].code);
        made->right = (uint32_t)(answer == 1) << role;
        made->open = answer < 0 ? 3u : 3u & ~(1u << role);
        made->contest = l->contest;
    }
    return true;
}

static bool add_sides(dgm_lessons *l, const sight *s, const gold_event *gold, const occasion *it)
{
    uint32_t states[MAX_IN_SIGHT], n = judge_states_in_sight(s, it, states);
    uint64_t actors = 0, said = 0;
    for (uint32_t i = 0; i < n; i++) {
        actors |= (uint64_t)(holds(gold, 0, s->states[states[i]].code) == 1) << states[i];
        said |= (uint64_t)judge_side_has_state(s, side_of(it->sides, 0), states[i]) << states[i];
    }
    /* Recipients are learned beside the right actors and beside those of the rules, which may be
     * wrong, as those that are chosen may be. */
    return add_side(l, s, gold, it, 0, 0) && add_side(l, s, gold, it, 1, actors) &&
           (said == actors || add_side(l, s, gold, it, 1, said));
}

/* The sector by which a party is measured: a state that acts is its government. */
static const char *sector_of(const dgm_entity *e)
{
    return !e->sector[0] && e->kind == DGM_ENTITY_COUNTRY ? "GOV" : e->sector;
}

/* 1: the side names that sector of the state, 0: only others, -1: the state without a sector, or
 * not at all. */
static int holds_sector(const gold_event *gold, uint32_t side, const char *code, const char *sector)
{
    bool any = false, other = false;
    for (uint32_t i = 0; i < gold->n_sides[side]; i++) {
        const gold_member *m = &gold->sides[side][i];
        for (uint32_t k = 0; k < m->n; k++) {
            if (strcmp(m->countries[k], code) != 0)
                continue;
            if (strcmp(m->sectors[k], sector) == 0)
                return 1;
            any = any || !m->sectors[k][0];
            other = other || m->sectors[k][0];
        }
    }
    return any || !other ? -1 : 0;
}

static bool add_parties(dgm_lessons *l, const sight *s, const gold_event *gold, const occasion *it)
{
    uint32_t states[MAX_IN_SIGHT], n = judge_states_in_sight(s, it, states);
    for (uint32_t i = 0; i < n; i++) {
        party at[MAX_PARTIES];
        const char *code = s->states[states[i]].code;
        if (!holds(gold, 0, code) && !holds(gold, 1, code))
            continue;
        uint32_t n_parties = parties_of(s, it, states[i], at);
        for (uint32_t k = 0; k < n_parties; k++) {
            const char *sector = sector_of(&s->doc->entities.at[at[k].entity]);
            judge_party_features(s, it, &at[k], &l->features);
            dgm_case *made = add_case(l, l->parties);
            if (!made)
                return false;
            for (uint32_t side = 0; side < 2; side++) {
                int answer = holds_sector(gold, side, code, sector);
                made->right |= (uint32_t)(answer == 1) << side;
                made->open |= (uint32_t)(answer < 0) << side;
            }
        }
    }
    return true;
}

/* ---- one story ------------------------------------------------------------------------------ */

/* What was found to be no event teaches that its word carries none, unless another one does. */
static void mark_absent(const sight *s, const gold_event *g, marks *m)
{
    uint32_t sentence, word, event = event_at(s->doc, g);
    if (event != DGM_NONE) {
        sentence = s->doc->events.at[event].trigger.sentence;
        word = s->doc->events.at[event].trigger_word;
    } else if (!find_head(s, g, &sentence, &word)) {
        return;
    }
    m[sentence].known[word] = true;
}

/* Where a coded event is told: at the rules' event for it, else at the quote's head. */
static bool find_occasion(const sight *s, const gold_event *g, bool *used, occasion *at)
{
    *at = (occasion) { .event = event_for(s->doc, g, used) };
    if (at->event != DGM_NONE) {
        const dgm_event *e = &s->doc->events.at[at->event];
        used[at->event] = true;
        at->sentence = e->trigger.sentence;
        at->word = e->trigger_word;
        at->type = e->type;
        return true;
    }
    if (!find_head(s, g, &at->sentence, &at->word))
        return false;
    for (uint32_t t = N_TYPES; t > 0; t--)
        if (g->types >> (t - 1) & 1)
            at->type = (dgm_event_type)t;
    at->event = sentence_at(s, at->sentence)->words[at->word].event;
    return true;
}

static void mark_quote(const sight *s, const gold_event *g, const occasion *at, marks *m)
{
    m[at->sentence].right[at->word] |= g->types;
    m[at->sentence].known[at->word] = true;
    for (uint32_t k = g->begin_sentence; k <= g->end_sentence; k++)
        for (uint32_t w = 1; w <= sentence_at(s, k)->n_words; w++)
            if (gold_quotes(g, k, w))
                m[k].open[w] |= g->types;
}

static bool mark_gold(dgm_lessons *l, const sight *s, const gold_events *gold, marks *m)
{
    dgm_document *doc = s->doc;
    bool *used = DGM_NEW(doc->arena, bool, (size_t)doc->events.n + 1);
    if (!used)
        return false;
    for (uint32_t i = 0; i < gold->n; i++) {
        const gold_event *g = &gold->at[i];
        if (g->absent) {
            mark_absent(s, g, m);
            continue;
        }
        occasion at;
        if (!find_occasion(s, g, used, &at))
            continue;
        l->n_gold++;
        if (!judge_find_sides(s, &at) || !add_sides(l, s, g, &at) || !add_parties(l, s, g, &at))
            return false;
        mark_quote(s, g, &at, m);
    }
    /* What a found speech act is about may be written or not. */
    for (uint32_t i = 0; i < doc->events.n; i++) {
        const dgm_event *e = &doc->events.at[i];
        if (!used[i] && e->content_of != DGM_NONE)
            m[e->trigger.sentence].open[e->trigger_word] = ALL_TYPES;
    }
    return true;
}

/* Of a story that is coded in parts, nothing is learned from words that nobody looked at. */
static bool add_words(dgm_lessons *l, const sight *s, const marks *m, bool complete)
{
    int8_t inputs[N_INPUTS];
    for (uint32_t i = 0; i < s->doc->sentences.n; i++) {
        const dgm_sentence *it = sentence_at(s, i);
        for (uint32_t w = 1; w <= it->n_words; w++) {
            if (it->words[w].event == DGM_NONE && !judge_can_carry(&it->words[w]))
                continue;
            if (!complete && !m[i].known[w])
                continue;
            judge_word_features(s, i, w, &l->features);
            judge_topic_features(s, i, &l->features);
            dgm_case *made = add_case(l, l->types);
            if (!made)
                return false;
            made->right = m[i].right[w];
            made->open = m[i].open[w] & ~m[i].right[w];
            judge_word_inputs(s, i, w, inputs);
            if (!dgm_examples_add(&l->kin, inputs, made))
                return false;
        }
    }
    return true;
}

dgm_status dgm_lessons_add(dgm_lessons *l, dgm_document *doc, dgm_view gold, const char *file,
                           size_t line, dgm_err *err)
{
    sight s;
    gold_events events = { .n = 0 };
    dgm_status status = DGM_OK;
    bool complete = true, silent = true;
    dgm_arena_reset(l->arena);
    marks *m = DGM_NEW(doc->arena, marks, (size_t)doc->sentences.n + 1);
    bool good = m && dgm_features_name(&l->features, l->arena) &&
                sight_build(&s, l->model, l->events, l->tone, doc);
    for (uint32_t i = 0; good && i < doc->sentences.n; i++) {
        size_t n = (size_t)doc->sentences.at[i].n_words + 1;
        m[i].right = DGM_NEW(doc->arena, uint32_t, n);
        m[i].open = DGM_NEW(doc->arena, uint32_t, n);
        m[i].known = DGM_NEW(doc->arena, bool, n);
        good = m[i].right && m[i].open && m[i].known;
    }
    if (good && gold.n)
        status = gold_read(doc, gold, file, line, &events, &complete, err);
    if (status != DGM_OK)
        return status;
    l->n_stories++;
    for (uint32_t i = 0; i < events.n; i++)
        silent = silent && events.at[i].absent;
    l->n_silent += silent;
    good = good && mark_gold(l, &s, &events, m) && add_words(l, &s, m, complete);
    return good ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
}

/* ---- learning ------------------------------------------------------------------------------- */

enum { COMMENT = 600 };

static void describe(const dgm_lessons *l, uint32_t n_cases, const char *what, char out[COMMENT])
{
    snprintf(
        out, COMMENT,
        "# Learned by `dragoman train judge` from %u stories with %u coded events (%u stories\n"
        "# have none), %u cases. %s",
        l->n_stories, l->n_gold, l->n_silent, n_cases, what);
}

static dgm_status path_in(const char *folder, const char *name, char out[4096], dgm_err *err)
{
    int n = snprintf(out, 4096, "%s/%s", folder, name);
    return n >= 0 && n < 4096 ? DGM_OK
                              : dgm_fail(err, DGM_ELIMIT, folder, 0, "the path is too long");
}

static dgm_status write_table(const dgm_lessons *l, const dgm_cases *cases, const float *weights,
                              const char *folder, const char *name, const char *const *answers,
                              uint32_t n_answers, double least, dgm_err *err)
{
    char path[4096], comment[COMMENT];
    dgm_status status = path_in(folder, name, path, err);
    if (status != DGM_OK)
        return status;
    FILE *out = fopen(path, "w");
    if (!out)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
    describe(l, cases->cases.n,
             "The weights of what is seen are added; 1 / (1 + e^-sum)\n"
             "# is how likely the answer is yes.\n",
             comment);
    bool good = dgm_linear_write(cases, weights, answers, n_answers, least, comment, out);
    good = fclose(out) == 0 && good;
    return good ? DGM_OK
                : dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
}

static dgm_status learn_kin(const dgm_lessons *l, const char *folder, dgm_err *err)
{
    /* Chosen on a third of the stories, left out. */
    static const dgm_perceptron_training how = { .n_answers = N_TYPES,
                                                 .n_hidden = 64,
                                                 .n_rounds = 4,
                                                 .batch = 256,
                                                 .rate = 0.003,
                                                 .drop_inputs = 0.2,
                                                 .drop_hidden = 0.4 };
    char path[4096], comment[COMMENT];
    dgm_status status = path_in(folder, "perceptron.tsv", path, err);
    if (status != DGM_OK)
        return status;
    describe(l, l->kin.n,
             "One hidden layer over the vectors of the word, of its head,\n"
             "# subject, object, complement and sentence, and the rules' type; thousandths.\n",
             comment);
    return dgm_perceptron_learn(&l->kin, &how, &judge_inputs, judge_types, comment, path, err);
}

dgm_status dgm_lessons_learn(dgm_lessons *l, const char *folder, uint32_t n_threads, dgm_err *err)
{
    /* Chosen on a third of the stories, left out. A feature must be seen in 3 cases of a small
     * collection, in up to 10 of a large one. */
    uint32_t rare = DGM_MIN(3 + l->n_stories / 1000, 10);
    const dgm_training types = { .n_answers = N_TYPES,
                                 .n_rounds = 8,
                                 .rare = rare,
                                 .rate = 0.1,
                                 .l1 = 2.4,
                                 .l2 = 0.5,
                                 .n_threads = n_threads };
    const dgm_training sides = { .n_answers = 2,
                                 .n_rounds = 10,
                                 .rare = rare,
                                 .rate = 0.02,
                                 .l1 = 0.8,
                                 .l2 = 5,
                                 .rivalry = 4,
                                 .n_threads = n_threads };
    float *t = dgm_train_linear(l->types, &types), *s = dgm_train_linear(l->sides, &sides);
    float *p = dgm_train_linear(l->parties, &sides);
    dgm_status status =
        t && s && p ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
    if (status == DGM_OK)
        status = write_table(l, l->types, t, folder, "judge.tsv", judge_types, N_TYPES, 0.22, err);
    if (status == DGM_OK)
        status = learn_kin(l, folder, err);
    if (status == DGM_OK)
        status = write_table(l, l->sides, s, folder, "sides.tsv", judge_roles, 2, 0.08, err);
    if (status == DGM_OK)
        status = write_table(l, l->parties, p, folder, "parties.tsv", judge_roles, 2, 0.08, err);
    free(p);
    free(t);
    free(s);
    return status;
}
