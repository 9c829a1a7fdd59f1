/* What the perceptron sees of a word that may carry an event: the vectors of the word, of the one
 * above it, of subject, object and complement, of the words before and after it unless they name
 * somebody, the mean of those of the sentence's other words, and what the rules say. Words that no
 * coded story had lie near others that some had. */
#include "judge/sight.h"

#include <math.h>
#include <string.h>

static const char *const places[] = { "word",       "head",   "subject", "object",
                                      "complement", "before", "after",   "sentence" };
enum { N_PLACES = DGM_LEN(places), SENTENCE = N_PLACES - 1, LONGEST = 63, MOST_MEANT = 40 };
enum { RULES = N_PLACES * DGM_WORD_VECTOR, REPORT = RULES + N_TYPES + 1 };
_Static_assert(REPORT + 1 == N_INPUTS, "judge/sight.h says how many inputs there are");
_Static_assert((int)N_INPUTS <= (int)DGM_MAX_INPUTS, "more than a perceptron takes");

static void name_input(uint32_t i, char out[64])
{
    if (i < RULES)
        snprintf(out, 64, "%s %u", places[i / DGM_WORD_VECTOR], i % DGM_WORD_VECTOR);
    else if (i < REPORT)
        snprintf(out, 64, "rule %s", i == RULES ? "none" : judge_types[i - RULES - 1]);
    else
        snprintf(out, 64, "report");
}

const dgm_inputs_named judge_inputs = { .n = N_INPUTS, .name = name_input };

/* Clipped first: a damaged model may hold numbers that no integer can. */
DGM_WIDE static void round_all(const float *restrict vector, int8_t *restrict out)
{
    for (uint32_t i = 0; i < DGM_WORD_VECTOR; i++) {
        float v = vector[i] * DGM_INPUT_ONE;
        v = DGM_MIN(DGM_MAX(v, -127.0f), 127.0f);
        out[i] = (int8_t)(v + copysignf(0.5f, v));
    }
}

/* A state is seen as the parser reads it, so that it is all one which it is. */
static void read_vector(const sight *s, uint32_t i_sentence, uint32_t word, int8_t *out)
{
    float vector[DGM_WORD_VECTOR];
    char low[LONGEST];
    dgm_view form = sentence_at(s, i_sentence)->words[word].form;
    dgm_view read = dgm_model_reads(s->model, form);
    dgm_view lemma = dgm_view_eq(read, form) ? s->sentences[i_sentence].tree->lemmas[word] : read;
    if (!dgm_model_vector(s->model, dgm_view_lower(lemma, low, sizeof(low)), vector))
        return;
    round_all(vector, out);
}

/* Room for the vectors of a sentence. False: no memory. */
static bool look_at(const sight *s, uint32_t i_sentence)
{
    seen_vectors *seen = s->vectors;
    uint32_t n = sentence_at(s, i_sentence)->n_words + 1;
    if (n > seen->cap) {
        seen->cap = DGM_MAX(n, 2 * seen->cap);
        seen->at = dgm_arena_alloc(s->doc->arena, seen->cap, sizeof *seen->at);
        seen->known = DGM_NEW(s->doc->arena, bool, seen->cap);
        if (!seen->at || !seen->known) {
            seen->cap = 0;
            return false;
        }
    }
    memset(seen->known, 0, n * sizeof *seen->known);
    seen->sentence = i_sentence;
    return true;
}

/* Each is read once, though a word is many words' head or neighbour. */
static void put_vector(const sight *s, uint32_t i_sentence, uint32_t word, int8_t *out)
{
    seen_vectors *seen = s->vectors;
    if ((seen->cap == 0 || seen->sentence != i_sentence) && !look_at(s, i_sentence))
        return;
    if (!seen->known[word]) {
        seen->known[word] = true;
        memset(seen->at[word], 0, sizeof seen->at[word]);
        read_vector(s, i_sentence, word, seen->at[word]);
    }
    memcpy(out, seen->at[word], sizeof seen->at[word]);
}

/* The sum of the vectors of a sentence's first words that may carry an event, which are those that
 * mean something. NULL: no memory. */
static const int32_t *sum_sentence(const sight *s, uint32_t i_sentence)
{
    sentence_sight *info = &s->sentences[i_sentence];
    const dgm_sentence *it = sentence_at(s, i_sentence);
    info->meaning = DGM_NEW(s->doc->arena, int32_t, DGM_WORD_VECTOR);
    for (uint32_t w = 1; info->meaning && w <= info->n_told && info->n_meant < MOST_MEANT; w++) {
        int8_t one[DGM_WORD_VECTOR] = { 0 };
        if (!judge_can_carry(&it->words[w]))
            continue;
        put_vector(s, i_sentence, w, one);
        for (uint32_t i = 0; i < DGM_WORD_VECTOR; i++)
            info->meaning[i] += one[i];
        info->n_meant++;
        info->last_meant = w;
    }
    return info->meaning;
}

/* The mean of the others, twice: a mean is shorter than what it is made of. */
static void put_sentence(const sight *s, uint32_t i_sentence, uint32_t word, int8_t *inputs)
{
    const sentence_sight *info = &s->sentences[i_sentence];
    const int32_t *meaning = info->meaning ? info->meaning : sum_sentence(s, i_sentence);
    if (!meaning)
        return;
    const dgm_word *w = &sentence_at(s, i_sentence)->words[word];
    bool own = judge_can_carry(w) && word <= info->last_meant;
    int32_t n = (int32_t)info->n_meant - own;
    int8_t *out = inputs + SENTENCE * DGM_WORD_VECTOR;
    for (uint32_t i = 0; n > 0 && i < DGM_WORD_VECTOR; i++) {
        int32_t v = 2 * (meaning[i] - (own ? inputs[i] : 0)) / n;
        out[i] = (int8_t)DGM_MIN(DGM_MAX(v, -127), 127);
    }
}

/* The word beside, if it names nobody: an event hangs less on which state stands there. */
static uint32_t beside(const sight *s, uint32_t i_sentence, uint32_t word, int step)
{
    uint32_t found = judge_beside(&s->sentences[i_sentence], word, step);
    return found && judge_who_at(s, i_sentence, found).n ? 0 : found;
}

/* The clause that a word governs, or what stands beside it. */
static uint32_t complement_of(const dgm_tree *tree, uint32_t word)
{
    static const dgm_deprel order[] = { DGM_REL_CCOMP, DGM_REL_XCOMP, DGM_REL_OBL, DGM_REL_NMOD };
    for (size_t i = 0; i < DGM_LEN(order); i++) {
        uint32_t child = dgm_child_of(tree, word, order[i]);
        if (child)
            return child;
    }
    return 0;
}

void judge_word_inputs(const sight *s, uint32_t i_sentence, uint32_t word, int8_t *out)
{
    const dgm_word *w = &sentence_at(s, i_sentence)->words[word];
    const dgm_tree *tree = s->sentences[i_sentence].tree;
    const uint32_t at[SENTENCE] = { word,
                                    judge_head(s, i_sentence, word),
                                    judge_subject_at(s, i_sentence, word),
                                    dgm_child_of(tree, word, DGM_REL_OBJ),
                                    complement_of(tree, word),
                                    beside(s, i_sentence, word, -1),
                                    beside(s, i_sentence, word, 1) };
    const dgm_event *e = dgm_event_of(s->doc, w);
    uint32_t type = e ? dgm_like(e->type) : 0;
    memset(out, 0, N_INPUTS);
    for (uint32_t i = 0; i < SENTENCE; i++)
        if (at[i] != 0)
            put_vector(s, i_sentence, at[i], out + (size_t)i * DGM_WORD_VECTOR);
    put_sentence(s, i_sentence, word, out);
    out[RULES + DGM_MIN(type, (uint32_t)N_TYPES)] = DGM_INPUT_ONE;
    out[REPORT] = s->is_long ? DGM_INPUT_ONE : 0;
}
