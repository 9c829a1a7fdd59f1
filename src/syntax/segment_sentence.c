/* Tokens of a paragraph -> which of them end a sentence.
 *
 * A place between two tokens is a question unless the left is a plain word and the right one goes
 * on in lower case, or the right one is a mark that clings to the left. A linear classifier over
 * words and shapes on both sides and over the sentence so far answers it, from left to right. */
#include "syntax/segment_parts.h"

static const token edge = { .shape = SHAPE_NONE, .space_after = true };

static const token *token_at(const paragraph *par, int64_t i)
{
    return i < 0 || i >= par->n_tokens ? &edge : &par->tokens[i];
}

static bool is_word(uint8_t s)
{
    return (s >= SHAPE_LOWER && s <= SHAPE_MIXED) || s == SHAPE_ADDRESS;
}

static bool is_terminal(uint8_t s)
{
    return s >= SHAPE_STOP && s <= SHAPE_ELLIPSIS;
}

static bool is_closing(uint8_t s)
{
    return s == SHAPE_QUOTE_CLOSE || s == SHAPE_BRACKET_CLOSE || s == SHAPE_QUOTE;
}

bool end_possible(const paragraph *par, uint32_t i)
{
    const token *left = &par->tokens[i], *right = &par->tokens[i + 1];
    if (!left->space_after) {
        if (right->shape == SHAPE_QUOTE_CLOSE || right->shape == SHAPE_BRACKET_CLOSE ||
            is_terminal(right->shape) || right->shape == SHAPE_COMMA ||
            right->shape == SHAPE_SEMICOLON || right->shape == SHAPE_COLON)
            return false;
        if (is_word(left->shape) && left->shape != SHAPE_ADDRESS)
            return false;
    }
    if (left->shape == SHAPE_BRACKET_OPEN || left->shape == SHAPE_QUOTE_OPEN)
        return false;
    return !(is_word(left->shape) && (right->shape == SHAPE_LOWER || right->shape == SHAPE_COMMA));
}

void sentence_begin(sentence_state *state, uint32_t first)
{
    *state = (sentence_state) { .first = first, .in_quotes = false };
}

void sentence_step(sentence_state *state, const paragraph *par, uint32_t i)
{
    switch (par->tokens[i].shape) {
    case SHAPE_BRACKET_OPEN:
        state->brackets++;
        break;
    case SHAPE_BRACKET_CLOSE:
        state->brackets -= state->brackets > 0;
        break;
    case SHAPE_QUOTE_OPEN:
        state->in_quotes = true;
        break;
    case SHAPE_QUOTE_CLOSE:
        state->in_quotes = false;
        break;
    case SHAPE_QUOTE:
        state->in_quotes = !state->in_quotes;
        break;
    default:
        break;
    }
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 9 ? 5 : n < 14 ? 6 : n < 25 ? 7 : n < 45 ? 8 : 9;
}

/* The words of a pair, each as a number that the pair's templates share. */
static uint32_t both(uint32_t template, uint32_t a, uint32_t b)
{
    return mix(mix(mix(1000, template), a), b);
}

void end_features(const dgm_segmenter *seg, const paragraph *par, const sentence_state *state,
                  uint32_t i, features *f)
{
    const token *p1 = token_at(par, i), *p2 = token_at(par, (int64_t)i - 1);
    const token *p3 = token_at(par, (int64_t)i - 2);
    const token *n1 = token_at(par, (int64_t)i + 1), *n2 = token_at(par, (int64_t)i + 2);
    const token *n3 = token_at(par, (int64_t)i + 3);
    uint32_t space = p1->space_after, gap = (uint32_t)space << 1 | p2->space_after;
    uint32_t known1 = mostly_lower(seg, n1->lower_hash), known2 = mostly_lower(seg, n2->lower_hash);
    uint32_t s1 = (uint32_t)n1->shape << 1 | known1, s2 = (uint32_t)n2->shape << 1 | known2;
    uint32_t q1 = (uint32_t)p1->shape << 1 | space, q2 = p2->shape;
    /* The last thing said before closing marks: in `ended." ` the stop. */
    const token *stop = p1;
    for (int64_t j = i; is_closing(stop->shape) && j > 0 && j > (int64_t)i - 3; j--)
        stop = token_at(par, j - 1);
    uint32_t so_far = bucket(i + 1 - state->first);
    uint32_t left = bucket(par->n_tokens - 2 - i);
    uint32_t open = (uint32_t)DGM_MIN(state->brackets, 2) << 1 | state->in_quotes;
    uint32_t last = par->tokens[par->n_tokens - 1].shape;
    uint32_t first = par->tokens[state->first].shape;

    f->n = 0;
    add_feature(f, both(1, q1, 0));
    add_feature(f, both(2, s1, space));
    add_feature(f, both(3, q1, s1));
    add_feature(f, both(4, mix(q1, q2), s1));
    add_feature(f, both(5, q1, mix(s1, s2)));
    add_feature(f, both(6, mix(q1, q2), mix(s1, s2)));
    add_feature(f, both(7, p1->lower_hash, s1));
    add_feature(f, both(8, n1->hash, q1));
    add_feature(f, both(9, p1->lower_hash, n1->lower_hash));
    add_feature(f, both(10, p2->lower_hash, mix(q1, s1)));
    add_feature(f, both(11, n2->lower_hash, mix(q1, s1)));
    add_feature(f, both(12, n1->lower_hash, n2->lower_hash));
    add_feature(f, both(13, p2->lower_hash, p1->lower_hash));
    add_feature(f, both(14, so_far, mix(q1, s1)));
    add_feature(f, both(15, left, mix(q1, s1)));
    add_feature(f, both(16, open, mix(q1, s1)));
    add_feature(f, both(17, last, mix(q1, s1)));
    add_feature(f, both(18, first, mix(q1, mix(s1, so_far))));
    add_feature(f, both(19, mix(p3->shape, q2), mix(q1, s1)));
    add_feature(f, both(20, mix(q1, s1), mix(s2, n3->shape)));
    add_feature(f, both(21, mix(stop->shape, gap), mix(s1, open)));
    add_feature(f, both(22, stop->lower_hash, s1));
    add_feature(f, both(23, n1->lower_hash, stop->shape));
    add_feature(f, both(24, mix(so_far, left), mix(q1, n1->shape)));
    add_feature(f, both(25, par->tokens[state->first].lower_hash, mix(q1, s1)));
    add_feature(f, both(26, p2->lower_hash, n1->lower_hash));
    add_feature(f, both(27, mix(last, left), so_far));
    add_feature(f, both(28, n1->hash, space));
    add_feature(f, both(29, p1->hash, space));
    add_feature(f, both(30, mix(q1, s1), mix(known2, n3->shape)));
}

/* A title before a name ends nothing, whatever the weights say. */
static bool never_ends(const token *left, const token *right)
{
    return left->shape == SHAPE_ABBREVIATION + ABBREVIATION_TITLE &&
           (right->shape == SHAPE_CAPITAL || right->shape == SHAPE_INITIAL ||
            right->shape == SHAPE_LETTER || right->shape == SHAPE_CAPITALS);
}

void find_sentences(const dgm_segmenter *seg, paragraph *par)
{
    sentence_state state;
    features f;
    sentence_begin(&state, 0);
    for (uint32_t i = 0; i < par->n_tokens; i++) {
        token *t = &par->tokens[i];
        sentence_step(&state, par, i);
        t->ends = i + 1 == par->n_tokens;
        if (!t->ends && end_possible(par, i) && !never_ends(t, t + 1)) {
            end_features(seg, par, &state, i, &f);
            int32_t bias = is_terminal(t->shape) || is_closing(t->shape) ? 0 : seg->ends_bias;
            t->ends = score(&seg->ends, &f) + bias > 0;
        }
        if (t->ends)
            sentence_begin(&state, i + 1);
    }
}
