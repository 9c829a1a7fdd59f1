/* What speaks for a class of relation between two marked sides: the sides themselves, the words
 * between and around them, the way from one to the other through the tree, and what the words on
 * that way tell, by the habits of the rules and by the judge of `code`. What the rules answer is
 * not among it: relations.c adds that. */
#include "story/relations.h"

typedef struct {
    const dgm_coder *coder;
    const dgm_document *doc;
    const dgm_sentence *it;
    const dgm_tree *tree;
    const dgm_marked *pair;
    uint32_t i_sentence;
    uint32_t source, target, top; /* heads of the marks, and the lowest word above both; 0: none */
    dgm_features *f;
    const dgm_word_scores *judged; /* NULL: there is no judge */
} looking;

enum { MAX_WAY = 24 };
typedef struct {
    uint32_t at[MAX_WAY];
    uint32_t n;
} way;

static const dgm_view none = { "", 0 };

static dgm_view rel_of(const looking *l, uint32_t w)
{
    return dgm_view_of(dgm_deprel_name(dgm_deprel_main(l->it->words[w].deprel)));
}

static bool is_content(const dgm_word *w)
{
    return w->upos == DGM_VERB || w->upos == DGM_NOUN || w->upos == DGM_ADJ;
}

static dgm_view marker_of(const looking *l, uint32_t w)
{
    uint32_t marker = dgm_marker_of(l->tree, w);
    return marker ? l->tree->lemmas[marker] : none;
}

static bool is_marked(const looking *l, uint32_t w)
{
    const dgm_word *word = &l->it->words[w];
    return dgm_word_marked(l->doc, l->pair->source, word) ||
           dgm_word_marked(l->doc, l->pair->target, word);
}

/* ---- the way between the two ---------------------------------------------------------------- */

/* A name's own words say who, not what. */
static dgm_view word_or_kind(const looking *l, uint32_t w)
{
    if (w == l->source)
        return DGM_VIEW("SOURCE");
    if (w == l->target)
        return DGM_VIEW("TARGET");
    return l->it->words[w].upos == DGM_PROPN ? DGM_VIEW("NAME") : l->tree->lemmas[w];
}

static void walk_up(const looking *l, uint32_t from, way *out)
{
    out->n = 0;
    for (uint32_t w = from; w && w <= l->it->n_words && out->n < MAX_WAY; w = l->it->words[w].head)
        out->at[out->n++] = w;
}

/* Both ways end below the word that they share, which is returned; 0: none. */
static uint32_t join(way *a, way *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            if (a->at[i] == b->at[j]) {
                uint32_t top = a->at[i];
                a->n = i;
                b->n = j;
                return top;
            }
    return 0;
}

static void habit_features(const looking *l, const char *kind, uint32_t w)
{
    dgm_habit habit;
    dgm_events_habit(l->coder->events, l->tree->lemmas[w], l->it->words[w].upos == DGM_NOUN,
                     &habit);
    for (uint32_t t = 1; t < DGM_N_EVENT_TYPES; t++)
        if (habit.rules[t])
            dgm_feature_2(l->f, kind, dgm_view_of(dgm_event_type_name((dgm_event_type)t)),
                          (dgm_event_type)t == habit.most ? DGM_VIEW("most") : none);
}

/* Likelihoods from 0.5, 0.2 and 0.05 on; empty: it is below these. */
static dgm_view sureness(int32_t score)
{
    return score > 0       ? DGM_VIEW("sure")
           : score > -1400 ? DGM_VIEW("likely")
           : score > -3000 ? DGM_VIEW("weak")
                           : none;
}

/* What the judge of `code` takes a word for: it was learned from far more than marked sentences. */
static void judged_features(const looking *l, const char *kind, uint32_t w)
{
    uint32_t best = 0;
    if (!l->judged)
        return;
    const int32_t *scores = l->judged[w].of;
    for (uint32_t t = 1; t < DGM_N_JUDGED; t++)
        if (scores[t] > scores[best])
            best = t;
    for (uint32_t t = 0; t < DGM_N_JUDGED; t++) {
        dgm_view sure = sureness(scores[t]);
        if (sure.n)
            dgm_feature(l->f, kind, dgm_view_of(dgm_event_type_name((dgm_event_type)(t + 1))), sure,
                        t == best ? DGM_VIEW("best") : none);
    }
}

/* Auxiliaries, negation, voice of a predicate. */
static void mood_features(const looking *l, const char *kind, uint32_t w)
{
    dgm_view lemma = l->tree->lemmas[w];
    DGM_EACH_CHILD(l->tree, w, child)
    {
        dgm_deprel rel = l->it->words[child].deprel;
        if (rel == DGM_REL_AUXREL || rel == DGM_REL_COP) {
            dgm_feature_2(l->f, kind, DGM_VIEW("aux"), l->tree->forms[child]);
            dgm_feature(l->f, kind, DGM_VIEW("aux"), lemma, l->tree->forms[child]);
        }
    }
    if (dgm_is_negated(l->tree, w)) {
        dgm_feature_1(l->f, kind, DGM_VIEW("not"));
        dgm_feature_2(l->f, kind, DGM_VIEW("not"), lemma);
    }
    if (dgm_is_passive(l->tree, w)) {
        dgm_feature_1(l->f, kind, DGM_VIEW("passive"));
        dgm_feature_2(l->f, kind, DGM_VIEW("passive"), lemma);
    }
    dgm_feature_2(l->f, kind, DGM_VIEW("tag"), l->it->words[w].xpos);
}

/* A word that stands high, with what hangs on it. */
static void hub_features(const looking *l, const char *kind, uint32_t w)
{
    dgm_view lemma = word_or_kind(l, w);
    dgm_feature_1(l->f, kind, lemma);
    dgm_feature_1(l->f, "hub", lemma);
    mood_features(l, "mood", w);
    habit_features(l, "hub habit", w);
    judged_features(l, "hub judged", w);
    DGM_EACH_CHILD(l->tree, w, child)
    {
        const dgm_word *word = &l->it->words[child];
        if (word->upos == DGM_PUNCT || word->deprel == DGM_REL_DETREL)
            continue;
        dgm_view what = word_or_kind(l, child), marker = marker_of(l, child);
        dgm_feature_2(l->f, "below", rel_of(l, child), what);
        if (marker.n) {
            dgm_feature_2(l->f, "behind", lemma, marker);
            dgm_feature_2(l->f, "behind2", marker, what);
        }
    }
    uint32_t up = l->it->words[w].head;
    if (up)
        dgm_feature_1(l->f, "above", l->tree->lemmas[up]);
}

static void way_features(looking *l)
{
    way a, b;
    char shape[160];
    size_t n = 0;
    walk_up(l, l->source, &a);
    walk_up(l, l->target, &b);
    l->top = l->target ? join(&a, &b) : a.n > 1 ? a.at[1] : a.at[0];
    if (!l->target && a.n > 1)
        a.n = 1;
    if (!l->top)
        return;
    hub_features(l, "top", l->top);
    for (uint32_t side = 0; side < 2; side++) {
        const way *it = side ? &b : &a;
        for (uint32_t i = 0; i < it->n; i++) {
            uint32_t w = it->at[i];
            dgm_view lemma = word_or_kind(l, w);
            int k = snprintf(shape + n, sizeof shape - n, "%s%s", side ? "<" : ">", rel_of(l, w).p);
            if (k > 0 && (size_t)k < sizeof shape - n)
                n += (size_t)k;
            if (i == 0)
                continue;
            dgm_feature_1(l->f, "way", lemma);
            dgm_feature_2(l->f, side ? "way target" : "way source", lemma, rel_of(l, w));
            habit_features(l, "way habit", w);
            judged_features(l, "way judged", w);
            mood_features(l, "way mood", w);
        }
    }
    dgm_feature_1(l->f, "shape", (dgm_view) { shape, n });
    dgm_feature_2(l->f, "shape", l->tree->lemmas[l->top], (dgm_view) { shape, n });
}

/* What a side hangs on. */
static void governor_features(const looking *l, const char *kind, const char *deed, uint32_t w)
{
    uint32_t up = l->it->words[w].head;
    dgm_view lemma = up ? word_or_kind(l, up) : DGM_VIEW("-");
    dgm_feature_2(l->f, kind, lemma, rel_of(l, w));
    dgm_feature_2(l->f, kind, rel_of(l, w), marker_of(l, w));
    dgm_feature(l->f, kind, lemma, rel_of(l, w), marker_of(l, w));
    if (up && up != l->top)
        hub_features(l, deed, up);
}

/* ---- words as they stand -------------------------------------------------------------------- */

static void side_features(const looking *l, const char *kind, uint32_t head, const dgm_marks *m)
{
    for (uint32_t w = 1; w <= l->it->n_words; w++)
        if (dgm_word_marked(l->doc, m, &l->it->words[w])) {
            if (w == head || is_content(&l->it->words[w]))
                dgm_feature_2(l->f, kind, w == head ? DGM_VIEW("head") : none,
                              l->it->words[w].upos == DGM_PROPN ? DGM_VIEW("NAME")
                                                                : l->tree->lemmas[w]);
        }
}

static void bag_features(const looking *l)
{
    uint32_t low = DGM_MIN(l->source, l->target), high = DGM_MAX(l->source, l->target);
    for (uint32_t w = 1; w <= l->it->n_words; w++) {
        const dgm_word *word = &l->it->words[w];
        dgm_view lemma = l->tree->lemmas[w];
        if (word->upos == DGM_PUNCT || is_marked(l, w))
            continue;
        if (word->upos == DGM_PROPN)
            lemma = DGM_VIEW("NAME");
        const char *where = w < low ? "before" : w > high ? "after" : "between";
        if (l->target || w > high)
            dgm_feature_1(l->f, where, lemma);
        if (is_content(word)) {
            dgm_feature_1(l->f, "bag", lemma);
            habit_features(l, "habit", w);
        }
    }
    if (l->target && l->source)
        dgm_feature_1(l->f, "order",
                      l->source < l->target ? DGM_VIEW("source first") : DGM_VIEW("target first"));
}

/* The last words before a side and the first behind it. */
static void edge_features(const looking *l, const char *kind, const dgm_marks *m)
{
    uint32_t first = 0, last = 0;
    for (uint32_t w = 1; w <= l->it->n_words; w++)
        if (dgm_word_marked(l->doc, m, &l->it->words[w])) {
            first = first ? first : w;
            last = w;
        } else if (first)
            break;
    if (!first)
        return;
    for (uint32_t w = first > 3 ? first - 3 : 1; w < first; w++)
        dgm_feature_2(l->f, kind, DGM_VIEW("<"), word_or_kind(l, w));
    for (uint32_t w = last + 1; w <= last + 3 && w <= l->it->n_words; w++)
        dgm_feature_2(l->f, kind, DGM_VIEW(">"), word_or_kind(l, w));
}

/* ---- what words mean ------------------------------------------------------------------------ */

/* Where a sum of word vectors points clearly, number by number. */
static void vector_features(const looking *l, const char *kind, const float *v)
{
    const float least = 0.7f; /* of a number's usual size */
    float sum = 0;
    char name[16];
    for (uint32_t i = 0; i < DGM_WORD_VECTOR; i++)
        sum += v[i] * v[i];
    for (uint32_t i = 0; i < DGM_WORD_VECTOR; i++)
        if (v[i] * v[i] * DGM_WORD_VECTOR > least * least * sum) {
            int n = snprintf(name, sizeof name, "%u%c", i, v[i] > 0 ? '+' : '-');
            dgm_feature_1(l->f, kind, (dgm_view) { name, (size_t)n });
        }
}

static void add_meaning(const looking *l, uint32_t w, float *sum)
{
    float v[DGM_WORD_VECTOR];
    if (dgm_model_vector(l->coder->model, l->tree->lemmas[w], v))
        for (uint32_t i = 0; i < DGM_WORD_VECTOR; i++)
            sum[i] += v[i];
}

/* All that is told beside the sides; and what stands above the sides, each word once a side. */
static void meaning_features(const looking *l)
{
    float all[DGM_WORD_VECTOR] = { 0 }, above[DGM_WORD_VECTOR] = { 0 };
    for (uint32_t w = 1; w <= l->it->n_words; w++)
        if (is_content(&l->it->words[w]) && !is_marked(l, w))
            add_meaning(l, w, all);
    vector_features(l, "meaning", all);
    for (uint32_t side = 0; side < 2; side++) {
        way up;
        walk_up(l, side ? l->target : l->source, &up);
        for (uint32_t i = 1; i < up.n; i++)
            add_meaning(l, up.at[i], above);
    }
    vector_features(l, "meaning above", above);
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* Head of the first marked run in sentence i; 0: none. */
static uint32_t marked_head(const dgm_document *doc, const dgm_marks *m, uint32_t i)
{
    const dgm_sentence *s = &doc->sentences.at[i];
    for (uint32_t w = 1; w <= s->n_words; w++) {
        if (!dgm_word_marked(doc, m, &s->words[w]))
            continue;
        uint32_t first = w, last = w;
        while (last < s->n_words && dgm_word_marked(doc, m, &s->words[last + 1]))
            last++;
        for (uint32_t h = first; h <= last; h++) {
            uint32_t head = s->words[h].head;
            if ((head < first || head > last) && s->words[h].upos != DGM_PUNCT &&
                s->words[h].upos != DGM_ADP && s->words[h].upos != DGM_DET)
                return h;
        }
        w = last;
    }
    return 0;
}

void dgm_relate_signs(const dgm_coder *coder, dgm_document *doc, const dgm_marked *pair,
                      dgm_features *f)
{
    looking l = { .coder = coder, .doc = doc, .pair = pair, .f = f };
    dgm_features_clear(f);
    dgm_feature_1(f, "base", none);
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        uint32_t source = marked_head(doc, pair->source, i);
        uint32_t target = marked_head(doc, pair->target, i);
        if ((source && !l.source) || (source && target && !l.target)) {
            l.i_sentence = i;
            l.source = source;
            l.target = target;
        }
    }
    if (doc->sentences.n == 0)
        return;
    l.it = &doc->sentences.at[l.i_sentence];
    l.tree = l.it->tree;
    if (coder->judge)
        l.judged = dgm_judge_words(coder->judge, coder->model, coder->events, doc, l.i_sentence);
    if (!pair->target->n)
        dgm_feature_1(f, "no target", none);
    if (l.source) {
        way_features(&l);
        governor_features(&l, "source at", "deed", l.source);
        side_features(&l, "source", l.source, pair->source);
        edge_features(&l, "by source", pair->source);
    }
    if (l.target) {
        governor_features(&l, "target at", "deed2", l.target);
        side_features(&l, "target", l.target, pair->target);
        edge_features(&l, "by target", pair->target);
    }
    bag_features(&l);
    meaning_features(&l);
}
