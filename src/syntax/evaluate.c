/* The official program, conll18_ud_eval.py, works on lists of words with spans over the text
 * without white space; so does this. What it does to the columns is done here too:
 *   relations without subtypes; features reduced to the universal ones; CLAS over content
 * relations; MLAS also over functional children and features; BLEX with lemmas, where a gold lemma
 * of `_` matches anything.
 * Events is our own: CLAS over the relations by which events and their parts are found. */
#include "syntax/evaluate.h"

#include "syntax/syntax.h"

#include <string.h>

static const struct {
    const char *name;
    bool aligned;
} metrics[DGM_N_METRICS] = {
#define X(id, name, aligned) { name, aligned },
    DGM_METRIC_MAP(X)
#undef X
};

const char *dgm_metric_name(dgm_metric metric)
{
    return metrics[metric].name;
}

bool dgm_metric_has_aligned(dgm_metric metric)
{
    return metrics[metric].aligned;
}

static double ratio(uint64_t a, uint64_t b)
{
    return b ? (double)a / (double)b : 0;
}

double dgm_precision(const dgm_counts *c)
{
    return ratio(c->correct, c->system);
}

double dgm_recall(const dgm_counts *c)
{
    return ratio(c->correct, c->gold);
}

double dgm_f1(const dgm_counts *c)
{
    return ratio(2 * c->correct, c->system + c->gold);
}

double dgm_aligned_accuracy(const dgm_counts *c)
{
    return ratio(c->correct, c->aligned);
}

/* ---- words with spans ----------------------------------------------------------------------- */

typedef struct {
    uint32_t begin, end;
} span;

/* One word; parent and functional children are numbers in `words` of the same side. */
typedef struct {
    const dgm_word *word;
    span at;             /* of its token, in characters that are no white space */
    bool multiword;      /* inside a multiword token */
    uint32_t parent;     /* DGM_NONE: root */
    uint32_t first_word; /* of its sentence; word j is first_word + j - 1 */
    uint32_t n_words;    /* of its sentence */
    uint32_t match;      /* the other side's word or DGM_NONE */
    bool content, functional, event;
} entry;

typedef struct {
    entry *words;
    span *tokens, *sentences, *names;
    uint32_t *characters;
    uint8_t *name_types;
    uint32_t n_words, n_tokens, n_sentences, n_characters, n_names;
} side;

/* CLAS counts relations of content; MLAS asks for the functional ones below them. Main relations,
 * since case, cc, ... have subtypes. */
static bool is_content(dgm_deprel deprel)
{
    switch (dgm_deprel_main(deprel)) {
    case DGM_REL_NSUBJ:
    case DGM_REL_OBJ:
    case DGM_REL_IOBJ:
    case DGM_REL_CSUBJ:
    case DGM_REL_CCOMP:
    case DGM_REL_XCOMP:
    case DGM_REL_OBL:
    case DGM_REL_VOCATIVE:
    case DGM_REL_EXPL:
    case DGM_REL_DISLOCATED:
    case DGM_REL_ADVCL:
    case DGM_REL_ADVCL_RELCL:
    case DGM_REL_ADVMOD:
    case DGM_REL_DISCOURSE:
    case DGM_REL_NMOD:
    case DGM_REL_APPOS:
    case DGM_REL_NUMMOD:
    case DGM_REL_ACL:
    case DGM_REL_ACL_RELCL:
    case DGM_REL_AMOD:
    case DGM_REL_CONJ:
    case DGM_REL_FIXED:
    case DGM_REL_FLAT:
    case DGM_REL_COMPOUND:
    case DGM_REL_LIST:
    case DGM_REL_PARATAXIS:
    case DGM_REL_ORPHAN:
    case DGM_REL_GOESWITH:
    case DGM_REL_REPARANDUM:
    case DGM_REL_ROOT:
    case DGM_REL_DEP:
        return true;
    default:
        return false;
    }
}

/* Who does what to whom, and which clause belongs to which. */
static bool is_event(dgm_deprel deprel)
{
    switch (dgm_deprel_main(deprel)) {
    case DGM_REL_NSUBJ:
    case DGM_REL_OBJ:
    case DGM_REL_IOBJ:
    case DGM_REL_OBL:
    case DGM_REL_CCOMP:
    case DGM_REL_XCOMP:
    case DGM_REL_ADVCL:
    case DGM_REL_ACL:
    case DGM_REL_CONJ:
    case DGM_REL_APPOS:
    case DGM_REL_PARATAXIS:
        return true;
    default:
        return false;
    }
}

static bool is_functional(dgm_deprel deprel)
{
    switch (dgm_deprel_main(deprel)) {
    case DGM_REL_AUXREL:
    case DGM_REL_COP:
    case DGM_REL_MARK:
    case DGM_REL_DETREL:
    case DGM_REL_CLF:
    case DGM_REL_CASE:
    case DGM_REL_CC:
        return true;
    default:
        return false;
    }
}

/* Characters of a form without white space go into s->characters. */
static void put_form(side *s, dgm_view form)
{
    for (size_t i = 0; i < form.n;) {
        uint32_t cp;
        i += dgm_utf8_next(form.p + i, form.n - i, &cp);
        if (!dgm_cp_is_space(cp) && !dgm_cp_is_unseen(cp, 0))
            s->characters[s->n_characters++] = cp;
    }
}

static dgm_view token_text(const dgm_document *doc, const dgm_word *first, const dgm_word *last)
{
    return dgm_view_slice(doc->text, first->begin_byte - doc->begin_byte,
                          last->end_byte - doc->begin_byte);
}

static void put_token(const dgm_document *doc, const dgm_sentence *sentence, uint32_t first,
                      uint32_t last, uint32_t first_word, side *s)
{
    uint32_t begin = s->n_characters;
    put_form(s, token_text(doc, &sentence->words[first], &sentence->words[last]));
    span at = { begin, s->n_characters };
    s->tokens[s->n_tokens++] = at;
    for (uint32_t j = first; j <= last; j++) {
        const dgm_word *word = &sentence->words[j];
        s->words[s->n_words++] = (entry) {
            .word = word,
            .at = at,
            .multiword = sentence->words[first].n_mwt > 0,
            .parent = word->head ? first_word + word->head - 1 : DGM_NONE,
            .first_word = first_word,
            .n_words = sentence->n_words,
            .match = DGM_NONE,
            .content = is_content(word->deprel),
            .functional = is_functional(word->deprel),
            .event = is_event(word->deprel),
        };
    }
}

static void put_sentence(const dgm_document *doc, const dgm_sentence *sentence, side *s)
{
    uint32_t first_word = s->n_words, begin = s->n_characters;
    for (uint32_t j = 1; j <= sentence->n_words; j++) {
        uint32_t n = sentence->words[j].n_mwt, last = n ? j + n - 1 : j;
        put_token(doc, sentence, j, DGM_MIN(last, sentence->n_words), first_word, s);
        j = last;
    }
    s->sentences[s->n_sentences++] = (span) { begin, s->n_characters };
}

/* Persons, organizations and places of the words from `first` on. */
static void put_names(side *s, uint32_t first)
{
    for (uint32_t i = first, begin = first; i < s->n_words; i++) {
        uint8_t tag = s->words[i].word->entity_tag;
        if (!tag)
            continue;
        dgm_bilu at = dgm_entity_tag_bilu(tag);
        dgm_entity_type type = dgm_entity_tag_type(tag);
        if (at == DGM_BILU_B || at == DGM_BILU_U)
            begin = i;
        if (type > DGM_TYPE_PLACE || (at != DGM_BILU_L && at != DGM_BILU_U))
            continue;
        s->name_types[s->n_names] = (uint8_t)type;
        s->names[s->n_names++] = (span) { s->words[begin].at.begin, s->words[i].at.end };
    }
}

static bool read_side(const dgm_document *doc, dgm_arena *arena, side *s)
{
    size_t n_words = 0;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        n_words += doc->sentences.at[i].n_words;
    *s = (side) { .words = DGM_NEW(arena, entry, n_words),
                  .tokens = DGM_NEW(arena, span, n_words),
                  .sentences = DGM_NEW(arena, span, doc->sentences.n),
                  .names = DGM_NEW(arena, span, n_words),
                  .name_types = DGM_NEW(arena, uint8_t, n_words),
                  .characters = DGM_NEW(arena, uint32_t, doc->text.n) };
    if (!s->words || !s->tokens || !s->sentences || !s->names || !s->name_types || !s->characters)
        return false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        uint32_t first = s->n_words;
        put_sentence(doc, &doc->sentences.at[i], s);
        put_names(s, first);
    }
    return true;
}

/* ---- alignment ------------------------------------------------------------------------------ */

/* Whether word i lies past the end of the multiword span. */
static bool beyond(const side *s, uint32_t i, uint32_t end)
{
    if (i >= s->n_words)
        return true;
    return s->words[i].multiword ? s->words[i].at.begin >= end : s->words[i].at.end > end;
}

static void take(const side *s, uint32_t *i, uint32_t *end)
{
    if (s->words[*i].multiword)
        *end = DGM_MAX(*end, s->words[*i].at.end);
    ++*i;
}

/* The smallest runs of words on both sides that hold the multiword token at g or s. */
static void multiword_span(const side *gold, const side *system, uint32_t *g0, uint32_t *s0,
                           uint32_t *g, uint32_t *s)
{
    const entry *a = &gold->words[*g], *b = &system->words[*s];
    uint32_t end = a->multiword ? a->at.end : b->at.end;
    if (a->multiword && !b->multiword && b->at.begin < a->at.begin)
        ++*s;
    else if (!a->multiword && a->at.begin < b->at.begin)
        ++*g;
    *g0 = *g;
    *s0 = *s;
    while (!beyond(gold, *g, end) || !beyond(system, *s, end)) {
        bool gold_first =
            *g < gold->n_words &&
            (*s >= system->n_words || gold->words[*g].at.begin <= system->words[*s].at.begin);
        if (gold_first)
            take(gold, g, &end);
        else
            take(system, s, &end);
    }
}

static bool same_form(const entry *a, const entry *b)
{
    dgm_view x = a->word->form, y = b->word->form;
    if (dgm_view_eq(x, y))
        return true;
    size_t i = 0, j = 0;
    while (i < x.n && j < y.n) {
        uint32_t c, d;
        i += dgm_utf8_next(x.p + i, x.n - i, &c);
        j += dgm_utf8_next(y.p + j, y.n - j, &d);
        if (dgm_cp_to_lower(c) != dgm_cp_to_lower(d))
            return false;
    }
    return i == x.n && j == y.n;
}

static void match(side *gold, uint32_t g, side *system, uint32_t s)
{
    gold->words[g].match = s;
    system->words[s].match = g;
}

/* Longest common subsequence of the forms of two short runs of words, as the official program
 * walks it: along equal forms first, then towards the larger count, skipping system words. */
static bool align_run(side *gold, uint32_t g0, uint32_t g1, side *system, uint32_t s0, uint32_t s1,
                      dgm_arena *arena)
{
    size_t n = g1 - g0, m = s1 - s0;
    uint32_t *lcs = DGM_NEW(arena, uint32_t, (n + 1) * (m + 1));
    if (!lcs)
        return false;
    for (size_t g = n; g-- > 0;)
        for (size_t s = m; s-- > 0;) {
            uint32_t best = DGM_MAX(lcs[(g + 1) * (m + 1) + s], lcs[g * (m + 1) + s + 1]);
            if (same_form(&gold->words[g0 + g], &system->words[s0 + s]))
                best = DGM_MAX(best, 1 + lcs[(g + 1) * (m + 1) + s + 1]);
            lcs[g * (m + 1) + s] = best;
        }
    for (size_t g = 0, s = 0; g < n && s < m;) {
        if (same_form(&gold->words[g0 + g], &system->words[s0 + s])) {
            match(gold, g0 + (uint32_t)g++, system, s0 + (uint32_t)s++);
        } else if (lcs[g * (m + 1) + s] == lcs[(g + 1) * (m + 1) + s]) {
            g++;
        } else {
            s++;
        }
    }
    return true;
}

static bool align(side *gold, side *system, dgm_arena *arena)
{
    uint32_t g = 0, s = 0;
    while (g < gold->n_words && s < system->n_words) {
        const entry *a = &gold->words[g], *b = &system->words[s];
        if (a->multiword || b->multiword) {
            uint32_t g0, s0;
            multiword_span(gold, system, &g0, &s0, &g, &s);
            if (!align_run(gold, g0, g, system, s0, s, arena))
                return false;
        } else if (a->at.begin == b->at.begin && a->at.end == b->at.end) {
            match(gold, g++, system, s++);
        } else if (a->at.begin <= b->at.begin) {
            g++;
        } else {
            s++;
        }
    }
    return true;
}

/* ---- comparison ----------------------------------------------------------------------------- */

static bool is_universal(dgm_view feature)
{
    static const char *const universal[] = {
        "PronType", "NumType", "Poss",  "Reflex",   "Foreign",  "Abbr",     "Gender",
        "Animacy",  "Number",  "Case",  "Definite", "Degree",   "VerbForm", "Mood",
        "Tense",    "Aspect",  "Voice", "Evident",  "Polarity", "Person",   "Polite",
    };
    dgm_view rest = feature, name;
    dgm_view_split(&rest, '=', &name);
    for (size_t i = 0; i < DGM_LEN(universal); i++)
        if (dgm_view_eq(name, dgm_view_of(universal[i])))
            return true;
    return false;
}

/* Every universal feature of a is one of b's. */
static bool features_within(const dgm_word *a, const dgm_word *b)
{
    dgm_view rest = a->feats, feature;
    while (rest.n > 0 && dgm_view_split(&rest, '|', &feature))
        if (is_universal(feature) && !dgm_has_feat(b, feature))
            return false;
    return true;
}

static bool same_features(const dgm_word *a, const dgm_word *b)
{
    return features_within(a, b) && features_within(b, a);
}

static bool same_lemma(const dgm_word *gold, const dgm_word *system)
{
    return dgm_view_eq(gold->lemma, DGM_VIEW("_")) || dgm_view_eq(gold->lemma, system->lemma);
}

static bool same_deprel(const dgm_word *a, const dgm_word *b)
{
    return dgm_deprel_main(a->deprel) == dgm_deprel_main(b->deprel);
}

/* Whether the system's parent is the partner of gold's; both may be the root. */
static bool same_parent(const side *system, const entry *g, const entry *s)
{
    if (g->parent == DGM_NONE || s->parent == DGM_NONE)
        return g->parent == s->parent;
    return system->words[s->parent].match == g->parent;
}

static uint32_t next_functional(const side *s, uint32_t i, uint32_t after)
{
    const entry *e = &s->words[i];
    for (uint32_t j = after; j < e->first_word + e->n_words; j++)
        if (s->words[j].functional && s->words[j].parent == i)
            return j;
    return DGM_NONE;
}

/* The functional children are the same, in the same order. */
static bool same_functional(const side *gold, uint32_t g, const side *system, uint32_t s)
{
    uint32_t c = next_functional(gold, g, gold->words[g].first_word);
    uint32_t d = next_functional(system, s, system->words[s].first_word);
    while (c != DGM_NONE && d != DGM_NONE) {
        const dgm_word *a = gold->words[c].word, *b = system->words[d].word;
        if (system->words[d].match != c || !same_deprel(a, b) || a->upos != b->upos ||
            !same_features(a, b))
            return false;
        c = next_functional(gold, g, c + 1);
        d = next_functional(system, s, d + 1);
    }
    return c == d;
}

static void count_pair(const side *gold, const side *system, uint32_t g, uint64_t *correct)
{
    const entry *e = &gold->words[g], *f = &system->words[e->match];
    const dgm_word *a = e->word, *b = f->word;
    bool upos = a->upos == b->upos, xpos = dgm_view_eq(a->xpos, b->xpos);
    bool feats = same_features(a, b), lemma = same_lemma(a, b);
    bool parent = same_parent(system, e, f), labelled = parent && same_deprel(a, b);
    correct[DGM_METRIC_WORDS]++;
    correct[DGM_METRIC_UPOS] += upos;
    correct[DGM_METRIC_XPOS] += xpos;
    correct[DGM_METRIC_UFEATS] += feats;
    correct[DGM_METRIC_ALLTAGS] += upos && xpos && feats;
    correct[DGM_METRIC_LEMMAS] += lemma;
    correct[DGM_METRIC_UAS] += parent;
    correct[DGM_METRIC_LAS] += labelled;
    correct[DGM_METRIC_CLAS] += e->content && labelled;
    correct[DGM_METRIC_BLEX] += e->content && labelled && lemma;
    correct[DGM_METRIC_EVENTS] += e->event && labelled;
    correct[DGM_METRIC_MLAS] +=
        e->content && labelled && upos && feats && same_functional(gold, g, system, e->match);
}

static uint64_t same_spans(const span *a, uint32_t n, const span *b, uint32_t m)
{
    uint64_t same = 0;
    for (uint32_t i = 0, j = 0; i < n && j < m;) {
        same += a[i].begin == b[j].begin && a[i].end == b[j].end;
        if (a[i].begin == b[j].begin) {
            i++;
            j++;
        } else if (a[i].begin < b[j].begin) {
            i++;
        } else {
            j++;
        }
    }
    return same;
}

static uint64_t same_names(const side *a, const side *b)
{
    uint64_t same = 0;
    for (uint32_t i = 0, j = 0; i < a->n_names && j < b->n_names;) {
        const span *x = &a->names[i], *y = &b->names[j];
        same += x->begin == y->begin && x->end == y->end && a->name_types[i] == b->name_types[j];
        i += x->begin <= y->begin;
        j += y->begin <= x->begin;
    }
    return same;
}

/* Whether the metric is about this word. */
static bool concerns(dgm_metric metric, const entry *e)
{
    switch (metric) {
    case DGM_METRIC_CLAS:
    case DGM_METRIC_MLAS:
    case DGM_METRIC_BLEX:
        return e->content;
    case DGM_METRIC_EVENTS:
        return e->event;
    default:
        return true;
    }
}

/* The words that a metric is about; with a partner on the other side, if asked for. */
static uint64_t n_concerned(dgm_metric metric, const side *s, bool aligned)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < s->n_words; i++)
        n += concerns(metric, &s->words[i]) && (!aligned || s->words[i].match != DGM_NONE);
    return n;
}

/* What a measure counts on one side. */
static uint64_t how_many(const side *s, dgm_metric m)
{
    switch (m) {
    case DGM_METRIC_TOKENS:
        return s->n_tokens;
    case DGM_METRIC_SENTENCES:
        return s->n_sentences;
    case DGM_METRIC_NAMES:
        return s->n_names;
    default:
        return n_concerned(m, s, false);
    }
}

static void add_up(const side *gold, const side *system, dgm_evaluation *evaluation)
{
    uint64_t correct[DGM_N_METRICS] = { 0 };
    for (uint32_t i = 0; i < gold->n_words; i++)
        if (gold->words[i].match != DGM_NONE)
            count_pair(gold, system, i, correct);
    correct[DGM_METRIC_TOKENS] =
        same_spans(gold->tokens, gold->n_tokens, system->tokens, system->n_tokens);
    correct[DGM_METRIC_SENTENCES] =
        same_spans(gold->sentences, gold->n_sentences, system->sentences, system->n_sentences);
    correct[DGM_METRIC_NAMES] = same_names(gold, system);
    for (int m = 0; m < DGM_N_METRICS; m++) {
        dgm_counts *c = &evaluation->of[m];
        c->gold += how_many(gold, (dgm_metric)m);
        c->system += how_many(system, (dgm_metric)m);
        c->aligned += n_concerned((dgm_metric)m, gold, true);
        c->correct += correct[m];
    }
}

static uint32_t first_difference(const side *a, const side *b)
{
    uint32_t n = DGM_MIN(a->n_characters, b->n_characters);
    for (uint32_t i = 0; i < n; i++)
        if (a->characters[i] != b->characters[i])
            return i;
    return a->n_characters == b->n_characters ? DGM_NONE : n;
}

dgm_status dgm_evaluate(const dgm_document *gold, const dgm_document *system,
                        dgm_evaluation *evaluation, dgm_err *err)
{
    side g, s;
    if (!read_side(gold, gold->arena, &g) || !read_side(system, gold->arena, &s))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the evaluation");
    uint32_t different = first_difference(&g, &s);
    if (different != DGM_NONE)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                        "the texts differ: character %u, white space not counted, of %u and %u",
                        different + 1, g.n_characters, s.n_characters);
    if (!align(&g, &s, gold->arena))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the evaluation");
    add_up(&g, &s, evaluation);
    return DGM_OK;
}
