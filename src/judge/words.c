/* What speaks for and against an event at a word: the word, its neighbours in the tree and in the
 * text, who stands there, what the rules say here and around, and what the story is about. Who acts
 * and suffers is seen by what he is: a country tells of this year's wars, not of language. */
#include "judge/sight.h"

static dgm_view type_view(dgm_event_type type)
{
    return dgm_view_of(dgm_event_type_name(dgm_like(type)));
}

static dgm_view rel_view(dgm_deprel rel)
{
    return dgm_view_of(dgm_deprel_name(rel));
}

typedef struct {
    const sight *s;
    const dgm_sentence *it;
    const sentence_sight *info;
    uint32_t i_sentence, word;
    dgm_view lemma;
    dgm_features *f;
} looking;

static void child_features(const looking *l, uint32_t child)
{
    const dgm_word *w = &l->it->words[child];
    dgm_view rel = rel_view(w->deprel), lemma = l->info->tree->lemmas[child];
    dgm_view who = judge_who_at(l->s, l->i_sentence, child);
    if (l->info->denial[child]) {
        if (w->deprel == DGM_REL_ADVMOD && !l->s->no_nots) {
            dgm_feature_1(l->f, "denied", lemma);
            dgm_feature_1(l->f, "lemma denied", l->lemma);
        }
        return;
    }
    switch (w->deprel) {
    case DGM_REL_PUNCTREL:
    case DGM_REL_DETREL:
        return;
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
    case DGM_REL_ADVCL:
    case DGM_REL_ACL: {
        dgm_view marker = judge_marker_before(l->s, l->i_sentence, child);
        dgm_feature_2(l->f, "prep", rel, marker);
        dgm_feature(l->f, "lemma prep", l->lemma, rel, marker);
        dgm_feature_2(l->f, "prep object", marker, who.n ? who : lemma);
        rel = marker.n ? marker : rel;
        break;
    }
    default:
        dgm_feature_1(l->f, "child rel", rel);
        dgm_feature_2(l->f, "lemma child rel", l->lemma, rel);
    }
    if (who.n) {
        dgm_feature_2(l->f, "child who", rel, who);
        dgm_feature(l->f, "lemma child who", l->lemma, rel, who);
    } else {
        dgm_feature_2(l->f, "child", rel, lemma);
        dgm_feature(l->f, "lemma child", l->lemma, rel, lemma);
    }
}

/* Subject and object wherever they stand, and what kinds meet. */
static void argument_features(const looking *l)
{
    uint32_t i = l->i_sentence, subject = judge_subject_at(l->s, i, l->word);
    uint32_t object = dgm_child_of(l->s->sentences[i].tree, l->word, DGM_REL_OBJ);
    bool passive = dgm_is_passive(l->s->sentences[i].tree, l->word);
    dgm_view a = subject ? judge_who_at(l->s, i, subject) : DGM_VIEW("none");
    dgm_view b = object ? judge_who_at(l->s, i, object) : DGM_VIEW("none");
    if (passive) {
        dgm_feature_1(l->f, "passive", (dgm_view) { "", 0 });
        dgm_feature_1(l->f, "lemma passive", l->lemma);
    }
    if (!a.n)
        a = l->info->tree->lemmas[subject];
    if (!b.n)
        b = l->info->tree->lemmas[object];
    dgm_feature(l->f, "subject", a, passive ? DGM_VIEW("passive") : DGM_VIEW("active"),
                (dgm_view) { "", 0 });
    dgm_feature_2(l->f, "lemma subject", l->lemma, a);
    dgm_feature_2(l->f, "sides", a, b);
}

/* The state of who stands at a word, as sight_build() knows it; DGM_NONE: nobody's. */
static uint32_t state_at(const looking *l, uint32_t word)
{
    uint32_t mention = word ? l->it->words[word].mention : DGM_NONE;
    for (uint32_t k = 0; mention != DGM_NONE && k < l->info->n_namings; k++) {
        const naming *n = &l->s->namings.at[l->info->namings + k];
        if (n->mention == mention && n->state != DGM_NONE)
            return n->state;
    }
    return DGM_NONE;
}

/* Below a word or below what hangs there, whose state comes first: "officials of Peru". */
static uint32_t state_below(const looking *l, uint32_t word)
{
    uint32_t state = state_at(l, word);
    if (!word || state != DGM_NONE)
        return state;
    DGM_EACH_CHILD(l->info->tree, word, child)
    if (state == DGM_NONE)
        state = state_at(l, child);
    return state;
}

static dgm_view relation_of(uint32_t a, uint32_t b)
{
    return a == DGM_NONE && b == DGM_NONE   ? DGM_VIEW("none")
           : a == DGM_NONE || b == DGM_NONE ? DGM_VIEW("one")
           : a == b                         ? DGM_VIEW("same")
                                            : DGM_VIEW("two");
}

static uint32_t first_state(const sight *s, members side)
{
    for (uint32_t state = 0; state < s->n_states; state++)
        if (judge_side_has_state(s, side, state))
            return state;
    return DGM_NONE;
}

/* Whether a state deals with its own people or with another: a ban on the one coerces, on the other
 * it is a sanction. */
static void state_features(const looking *l)
{
    const dgm_tree *t = l->info->tree;
    uint32_t subject = judge_subject_at(l->s, l->i_sentence, l->word);
    uint32_t a = state_below(l, subject), b = DGM_NONE;
    DGM_EACH_CHILD(t, l->word, child)
    if (b == DGM_NONE && child != subject && l->it->words[child].deprel != DGM_REL_ADVCL &&
        l->it->words[child].deprel != DGM_REL_CONJ)
        b = state_below(l, child);
    dgm_view relation = relation_of(a, b);
    dgm_feature_1(l->f, "states", relation);
    dgm_feature_2(l->f, "lemma states", l->lemma, relation);
    static const char *const counts[] = { "0", "1", "2", "3 and more" };
    uint32_t here[MAX_IN_SIGHT], n_here = 0;
    judge_add_states(l->s, l->i_sentence, here, &n_here);
    dgm_view count = dgm_view_of(counts[DGM_MIN(n_here, 3)]);
    dgm_feature_1(l->f, "states here", count);
    dgm_feature_2(l->f, "lemma states here", l->lemma, count);
    const dgm_event *e = dgm_event_of(l->s->doc, &l->it->words[l->word]);
    if (e)
        dgm_feature_2(
            l->f, "rule states", type_view(e->type),
            relation_of(first_state(l->s, side_of(e, 0)), first_state(l->s, side_of(e, 1))));
}

static void frame_features(const looking *l)
{
    const dgm_word *w = &l->it->words[l->word];
    uint32_t up = judge_head(l->s, l->i_sentence, l->word);
    dgm_view rel = rel_view(judge_rel(l->s, l->i_sentence, l->word)),
             head = up ? l->info->tree->lemmas[up] : DGM_VIEW("-");
    dgm_feature_1(l->f, "lemma", l->lemma);
    dgm_feature_2(l->f, "lemma pos", l->lemma, dgm_view_of(dgm_upos_name(w->upos)));
    dgm_feature_1(l->f, "pos", judge_tag_of(l->info, l->word));
    dgm_feature_1(l->f, "rel", rel);
    dgm_feature_2(l->f, "lemma rel", l->lemma, rel);
    dgm_feature_2(l->f, "head", head, rel);
    dgm_feature_2(l->f, "lemma head", l->lemma, head);
    if (up && up <= l->it->n_words) {
        uint32_t grand = judge_head(l->s, l->i_sentence, up);
        dgm_feature_2(l->f, "grand", grand ? l->info->tree->lemmas[grand] : DGM_VIEW("-"), rel);
        dgm_view who = judge_who_at(l->s, l->i_sentence, up);
        if (who.n)
            dgm_feature_2(l->f, "head who", who, rel);
    }
    DGM_EACH_CHILD(l->info->tree, l->word, child) child_features(l, child);
    dgm_view marker = judge_marker_before(l->s, l->i_sentence, l->word);
    if (marker.n) {
        dgm_feature_1(l->f, "marker", marker);
        dgm_feature_2(l->f, "lemma marker", l->lemma, marker);
    }
    argument_features(l);
    state_features(l);
}

static void linear_features(const looking *l)
{
    enum { NEAR = 4 };
    const dgm_word *words = l->it->words;
    uint32_t w = l->word, n = l->info->n_told;
    uint32_t before = judge_beside(l->info, w, -1), after = judge_beside(l->info, w, 1);
    dgm_view next = after && after <= n ? l->info->tree->lemmas[after] : DGM_VIEW("-");
    dgm_feature_1(l->f, "before", before ? l->info->tree->lemmas[before] : DGM_VIEW("-"));
    dgm_feature_1(l->f, "after", next);
    dgm_feature_2(l->f, "lemma after", l->lemma, next);
    uint32_t from = w, to = w;
    for (uint32_t k = 0; k < NEAR; k++) {
        uint32_t left = judge_beside(l->info, from, -1), right = judge_beside(l->info, to, 1);
        from = left ? left : from;
        to = right && right <= n ? right : to;
    }
    for (uint32_t k = from; k <= to; k++)
        if (k != w && judge_can_carry(&words[k]))
            dgm_feature_1(l->f, "near", l->info->tree->lemmas[k]);
    if (words[w].in_quotes) {
        dgm_feature_1(l->f, "quoted", (dgm_view) { "", 0 });
        dgm_feature_1(l->f, "lemma quoted", l->lemma);
    }
    static const char *const depths[] = { "1", "2", "3", "4", "5 and more" };
    uint32_t depth = l->info->depth[w];
    dgm_feature_1(l->f, "depth", dgm_view_of(depths[DGM_MIN(depth ? depth - 1 : 0, 4)]));
    if (l->it->headline)
        dgm_feature_1(l->f, "headline", (dgm_view) { "", 0 });
}

/* What the sentence and, in a short report, the whole story is about. */
void judge_topic_features(const sight *s, uint32_t i_sentence, dgm_features *f)
{
    enum { MOST = 60 };
    const dgm_document *doc = s->doc;
    const sentence_sight *info = &s->sentences[i_sentence];
    for (uint32_t w = 1, n = 0; w <= info->n_told && n < MOST; w++) {
        dgm_view who = judge_who_at(s, i_sentence, w);
        if (who.n)
            dgm_feature_1(f, "in sentence", who);
        else if (judge_can_carry(&sentence_at(s, i_sentence)->words[w])) {
            dgm_feature_1(f, "bag", info->tree->lemmas[w]);
            n++;
        }
    }
    if (doc->sentences.n > 4)
        return;
    for (uint32_t k = 0, n = 0; k < s->n_telling; k++) {
        uint32_t i = s->telling[k];
        for (uint32_t w = 1; i != i_sentence && w <= s->sentences[i].n_told && n < MOST; w++)
            if (judge_can_carry(&doc->sentences.at[i].words[w])) {
                dgm_feature_1(f, "story", s->sentences[i].tree->lemmas[w]);
                n++;
            }
    }
}

static void said_features(const looking *l)
{
    uint32_t top = 0, says = judge_says_above(l->s, l->i_sentence, l->word, &top);
    if (!says)
        return;
    uint32_t speaker = dgm_child_of(l->s->sentences[l->i_sentence].tree, says, DGM_REL_NSUBJ);
    dgm_view who = speaker ? judge_who_at(l->s, l->i_sentence, speaker) : DGM_VIEW("nobody");
    dgm_view place = top == l->word ? DGM_VIEW("top") : DGM_VIEW("below");
    dgm_feature_2(l->f, "said by", who, place);
    dgm_feature(l->f, "lemma said", l->lemma, place, (dgm_view) { "", 0 });
    DGM_EACH_CHILD(l->info->tree, top, child)
    {
        const dgm_word *w = &l->it->words[child];
        if (w->deprel == DGM_REL_AUXREL && !l->info->denial[child])
            dgm_feature_2(l->f, "said aux", l->info->tree->lemmas[child], place);
        if (w->deprel == DGM_REL_NSUBJ) {
            dgm_view subject = judge_who_at(l->s, l->i_sentence, child);
            uint32_t a = judge_entity_of(l->s, l->i_sentence, child);
            uint32_t b = speaker ? judge_entity_of(l->s, l->i_sentence, speaker) : DGM_NONE;
            dgm_feature_2(l->f, "said of",
                          a != DGM_NONE && a == b ? DGM_VIEW("self")
                          : subject.n             ? subject
                                                  : DGM_VIEW("thing"),
                          place);
        }
    }
}

/* ---- tone ----------------------------------------------------------------------------------- */

static dgm_view tone_name(int tenths)
{
    return tenths <= -40   ? DGM_VIEW("very bad")
           : tenths <= -10 ? DGM_VIEW("bad")
           : tenths >= 40  ? DGM_VIEW("very good")
           : tenths >= 10  ? DGM_VIEW("good")
                           : DGM_VIEW("even");
}

/* Of the word and all that hangs on it. */
static int32_t tone_below(const looking *l, uint32_t top)
{
    sentence_sight *info = &l->s->sentences[l->i_sentence];
    uint32_t n = l->it->n_words;
    if (!info->tone) {
        info->tone = DGM_NEW(l->s->doc->arena, int32_t, n + 1);
        for (uint32_t w = 1; info->tone && w <= n; w++) {
            int32_t own = connotation_of(l->s->tone, info->tree, w);
            for (uint32_t up = w, k = 0; own && up && up <= n && k <= n; k++) {
                info->tone[up] += own;
                up = l->it->words[up].head;
            }
        }
    }
    return info->tone ? info->tone[top] : 0;
}

/* Bad words said of others accuse them, whatever the verb; good ones praise. */
static void tone_features(const looking *l)
{
    uint32_t top = 0, says = judge_says_above(l->s, l->i_sentence, l->word, &top);
    dgm_view below = tone_name(tone_below(l, l->word));
    dgm_feature_1(l->f, "sounds", tone_name(connotation_of(l->s->tone, l->info->tree, l->word)));
    dgm_feature_1(l->f, "sounds below", below);
    if (says)
        dgm_feature_2(l->f, "sounds, said", below,
                      top == l->word ? DGM_VIEW("top") : DGM_VIEW("below"));
    if (l->it->words[l->word].in_quotes)
        dgm_feature_1(l->f, "sounds, quoted", below);
}

/* A verb of saying and what it says: who speaks, of whom, how, in which mood. */
static void content_features(const looking *l)
{
    const dgm_tree *t = l->info->tree;
    uint32_t content = dgm_child_of(t, l->word, DGM_REL_CCOMP);
    if (!content)
        return;
    uint32_t speaker = dgm_child_of(t, l->word, DGM_REL_NSUBJ);
    uint32_t subject = dgm_child_of(t, content, DGM_REL_NSUBJ);
    dgm_view kind = dgm_has_class(t, l->word, DGM_CLASS_SAY) ? DGM_VIEW("say") : l->lemma;
    uint32_t a = speaker ? judge_entity_of(l->s, l->i_sentence, speaker) : DGM_NONE;
    uint32_t b = subject ? judge_entity_of(l->s, l->i_sentence, subject) : DGM_NONE;
    dgm_view of = b == DGM_NONE ? DGM_VIEW("thing")
                  : a == b      ? DGM_VIEW("self")
                                : judge_who_at(l->s, l->i_sentence, subject);
    dgm_view tone = tone_name(tone_below(l, content));
    dgm_feature_2(l->f, "content", kind, t->lemmas[content]);
    dgm_feature_2(l->f, "content of", kind, of);
    dgm_feature(l->f, "content sounds", kind, tone, of);
    dgm_feature_2(l->f, "content sounds", kind, tone);
    DGM_EACH_CHILD(t, content, w)
    if ((l->it->words[w].deprel == DGM_REL_AUXREL || l->it->words[w].deprel == DGM_REL_ADVMOD) &&
        !l->info->denial[w])
        dgm_feature(l->f, "content with", kind, t->lemmas[w], of);
}

/* ---- the rules ------------------------------------------------------------------------------ */

static dgm_view strength_of(const dgm_event *e)
{
    return e->operator_rule.n         ? DGM_VIEW("composed")
           : e->evidence.noun         ? DGM_VIEW("noun")
           : e->evidence.n_asked == 0 ? DGM_VIEW("bare")
           : e->evidence.n_types > 1  ? DGM_VIEW("asks")
                                      : DGM_VIEW("asks, one type");
}

static void rule_features(const looking *l)
{
    const dgm_document *doc = l->s->doc;
    dgm_view shape = l->s->is_long ? DGM_VIEW("report") : DGM_VIEW("brief");
    const dgm_event *e = dgm_event_of(doc, &l->it->words[l->word]);
    uint32_t i_buried = l->info->buried[l->word];
    if (e) {
        dgm_view type = type_view(e->type);
        dgm_feature_1(l->f, "rule", type);
        dgm_feature_2(l->f, "rule strength", type, strength_of(e));
        dgm_feature_2(l->f, "rule shape", type, shape);
        dgm_feature_2(l->f, "lemma rule", l->lemma, type);
        dgm_feature_2(l->f, "rule sides", type,
                      e->actors.n && e->recipients.n ? DGM_VIEW("both")
                      : e->actors.n                  ? DGM_VIEW("actor")
                      : e->recipients.n              ? DGM_VIEW("recipient")
                                                     : DGM_VIEW("none"));
        if (e->content_of != DGM_NONE)
            dgm_feature_2(l->f, "rule content", type,
                          type_view(doc->events.at[e->content_of].type));
    } else {
        dgm_feature_1(l->f, "no rule", shape);
    }
    if (i_buried != DGM_NONE)
        dgm_feature_1(l->f, "buried", type_view(doc->proposals.at[i_buried].type));
    dgm_habit habit;
    dgm_events_habit(l->s->events, l->info->tree->lemmas[l->word],
                     l->it->words[l->word].upos == DGM_NOUN, &habit);
    for (uint32_t t = 1; t < DGM_N_EVENT_TYPES; t++)
        if (habit.rules[t])
            dgm_feature_1(l->f, "habit", type_view((dgm_event_type)t));
    if (habit.most != DGM_EVENT_NONE)
        dgm_feature_1(l->f, "habit most", type_view(habit.most));
}

/* What the rules find above, below and beside. */
static void surrounding_features(const looking *l)
{
    const dgm_document *doc = l->s->doc;
    uint32_t up = l->it->words[l->word].head;
    dgm_view rel = rel_view(judge_rel(l->s, l->i_sentence, l->word));
    for (uint32_t k = 0; up && up <= l->it->n_words && k < 4; k++, up = l->it->words[up].head)
        if (l->it->words[up].event != DGM_NONE) {
            dgm_view type = type_view(doc->events.at[l->it->words[up].event].type);
            dgm_feature_2(l->f, "under", type, rel);
            dgm_feature_2(l->f, "lemma under", l->lemma, type);
            break;
        }
    DGM_EACH_CHILD(l->info->tree, l->word, child)
    if (l->it->words[child].event != DGM_NONE)
        dgm_feature_2(l->f, "over", type_view(doc->events.at[l->it->words[child].event].type),
                      rel_view(l->it->words[child].deprel));
    for (uint32_t w = 1; w <= l->info->n_told; w++)
        if (w != l->word && l->it->words[w].event != DGM_NONE)
            dgm_feature_1(l->f, "beside", type_view(doc->events.at[l->it->words[w].event].type));
}

void judge_word_features(const sight *s, uint32_t i_sentence, uint32_t word, dgm_features *f)
{
    const sentence_sight *info = &s->sentences[i_sentence];
    looking l = { .s = s,
                  .it = sentence_at(s, i_sentence),
                  .info = info,
                  .i_sentence = i_sentence,
                  .word = word,
                  .lemma = info->tree->lemmas[word],
                  .f = f };
    dgm_features_clear(f);
    dgm_feature_1(f, "base", (dgm_view) { "", 0 });
    rule_features(&l);
    frame_features(&l);
    linear_features(&l);
    said_features(&l);
    tone_features(&l);
    content_features(&l);
    surrounding_features(&l);
}
