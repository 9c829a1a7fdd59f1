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

bool segment_end_possible(const paragraph *par, uint32_t i)
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

void segment_sentence_begin(sentence_state *state, uint32_t first)
{
    *state = (sentence_state) { .first = first, .in_quotes = false };
}

void segment_sentence_step(sentence_state *state, const paragraph *par, uint32_t i)
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

void segment_end_features(const dgm_segmenter *seg, const paragraph *par,
                          const sentence_state *state, uint32_t i, features *f)
{
    const token *p1 = token_at(par, i), *p2 = token_at(par, (int64_t)i - 1);
    const token *p3 = token_at(par, (int64_t)i - 2);
    const token *n1 = token_at(par, (int64_t)i + 1), *n2 = token_at(par, (int64_t)i + 2);
    const token *n3 = token_at(par, (int64_t)i + 3);
    uint32_t space = p1->space_after, gap = (uint32_t)space << 1 | p2->space_after;
    uint32_t known1 = segment_mostly_lower(seg, n1->lower_hash),
             known2 = segment_mostly_lower(seg, n2->lower_hash);
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

/* ---- rules ---------------------------------------------------------------------------------- */

/* "3 a.m. Monday", "3 a.m. GMT". */
static bool goes_on_after_hour(const paragraph *par, const token *t)
{
    static const char *const zones[] = { "gmt",     "utc",     "est",     "edt",
                                         "eastern", "pacific", "central", "moscow" };
    return t->shape != SHAPE_LOWER &&
           (segment_is_any(par, t, segment_weekdays, DGM_LEN(segment_weekdays)) ||
            segment_is_any(par, t, segment_months, DGM_LEN(segment_months)) ||
            segment_is_any(par, t, zones, DGM_LEN(zones)));
}

/* Words that in the middle of a sentence have no capital: after "U.S." they begin one. */
static bool begins_with_capital_only(const paragraph *par, const token *t)
{
    static const char *const words[] = {
        "he",    "she",    "it",      "they",      "we",      "the",   "this", "that",
        "these", "those",  "his",     "her",       "its",     "their", "but",  "and",
        "in",    "on",     "at",      "a",         "an",      "if",    "when", "while",
        "after", "before", "however", "meanwhile", "as",      "there", "some", "many",
        "both",  "for",    "since",   "although",  "earlier", "last",  "one",
    };
    return t->shape == SHAPE_CAPITAL && segment_is_any(par, t, words, DGM_LEN(words));
}

/* "Doha, Qatar -": words before the dash at `end`, and a comma with words on both sides. */
static bool is_town_and_state(const paragraph *par, uint32_t end)
{
    enum { LONGEST = 7 };
    uint32_t commas = 0;
    for (uint32_t j = 0; j < end; j++) {
        const token *t = &par->tokens[j];
        bool comma = t->shape == SHAPE_COMMA;
        if (!comma && !is_word(t->shape) && t->shape < SHAPE_DOTTED)
            return false;
        commas += comma && j > 0 && j + 1 < end;
    }
    return commas == 1 && end <= LONGEST && par->tokens[0].shape == SHAPE_CAPITAL &&
           segment_begins_name(par->tokens[end + 1].shape);
}

/* "CAIRO, Oct. 2 (Agency) -" at the beginning of a paragraph is a sentence of its own, as in the
 * treebanks: a place in capitals, an agency in brackets or a town with its state, and nothing in
 * lower case. */
static bool ends_dateline(const paragraph *par, uint32_t i, uint32_t first)
{
    enum { LONGEST = 14 };
    const token *dash = &par->tokens[i];
    uint8_t next = dash[1].shape;
    if (first != 0 || i == 0 || i > LONGEST || dash->shape != SHAPE_DASH || !dash->space_after ||
        !dash[-1].space_after || next == SHAPE_LOWER || next == SHAPE_NUMBER)
        return false;
    static const char *const small[] = { "of", "and", "the", "de", "near" };
    for (uint32_t j = 0; j < i; j++) {
        uint8_t s = par->tokens[j].shape;
        bool hyphen = s == SHAPE_DASH && j > 0 && !par->tokens[j - 1].space_after &&
                      !par->tokens[j].space_after; /* "PORT-AU-PRINCE" */
        if ((s == SHAPE_LOWER && !segment_is_any(par, &par->tokens[j], small, DGM_LEN(small))) ||
            is_terminal(s) || s == SHAPE_COLON || (s == SHAPE_DASH && !hyphen))
            return false;
    }
    const token *place = &par->tokens[0];
    return (place->shape == SHAPE_CAPITALS && place->end - place->begin > 2) ||
           dash[-1].shape == SHAPE_BRACKET_CLOSE || is_town_and_state(par, i);
}

typedef enum { END_ASK, END_YES, END_NO } end_rule;

/* A word or a closing bracket that the mark after it clings to. */
static bool ends_word(const token *t)
{
    if (t->space_after)
        return false;
    return t->shape == SHAPE_LOWER || t->shape == SHAPE_NUMBER || t->shape == SHAPE_BRACKET_CLOSE ||
           (is_word(t->shape) && t->end - t->begin > 2);
}

/* `He left. "The`: what begins after the stop, past a mark or bracket that opens, has a capital. */
static end_rule end_at_stop(const paragraph *par, uint32_t i)
{
    const token *word = &par->tokens[i + 1];
    if ((word->shape == SHAPE_QUOTE_OPEN || word->shape == SHAPE_BRACKET_OPEN) &&
        i + 2 < par->n_tokens)
        word++;
    return word->shape == SHAPE_CAPITAL || word->shape > SHAPE_ABBREVIATION ? END_YES : END_ASK;
}

/* `He left." The` */
static bool ends_quotation(const paragraph *par, const token *before, const token *left)
{
    const token *right = left + 1;
    if (left->shape != SHAPE_QUOTE_CLOSE || !left->space_after || before->space_after ||
        right->shape != SHAPE_CAPITAL)
        return false;
    return before->shape == SHAPE_STOP ||
           (before->shape >= SHAPE_DOTTED && par->cp[before->end - 1] == '.' &&
            begins_with_capital_only(par, right));
}

/* What follows an abbreviation says whether its full stop ends the sentence too. */
static end_rule end_at_abbreviation(const paragraph *par, abbreviation of, const token *right)
{
    switch (of) {
    case ABBREVIATION_TITLE:
        return segment_begins_name(right->shape) ? END_NO : END_ASK;
    case ABBREVIATION_REFERENCE:
        return right->shape == SHAPE_NUMBER ? END_NO : END_ASK;
    case ABBREVIATION_MONTH:
        if (right->shape == SHAPE_NUMBER)
            return END_NO;
        break;
    case ABBREVIATION_TIME:
        if (goes_on_after_hour(par, right))
            return END_NO;
        break;
    case ABBREVIATION_STATE:
    case ABBREVIATION_PLACE:
    case ABBREVIATION_OTHER:
    case ABBREVIATION_FIRM:
        break;
    default:
        return END_ASK;
    }
    return begins_with_capital_only(par, right) ? END_YES : END_ASK;
}

/* "More than 60,000 Brazilians marched" is no heading, as "Step 3" would be. */
static bool counts_what_follows(const paragraph *par, uint32_t i, uint32_t first)
{
    static const char *const roughly[] = {
        "than",   "least", "most",    "some", "over", "about", "nearly",  "almost",
        "around", "as",    "roughly", "all",  "only", "under", "another", "between",
    };
    return par->tokens[i].shape == SHAPE_NUMBER && i > first &&
           segment_is_any(par, &par->tokens[i - 1], roughly, DGM_LEN(roughly));
}

/* What is sure in edited text whatever the weights, learned from letters and forums, say: titles
 * and dates go on; a sentence ends between a stop and a capital. */
static end_rule end_by_rule(const paragraph *par, uint32_t i, uint32_t first)
{
    const token *left = &par->tokens[i], *right = left + 1;
    const token *before = i > 0 ? left - 1 : &edge;
    if (left->shape == SHAPE_STOP && ends_word(before)) {
        if (i == first + 1 && before->shape == SHAPE_NUMBER)
            return END_NO; /* "2. Withdraw" */
        if (left->space_after)
            return end_at_stop(par, i);
    }
    if (ends_quotation(par, before, left) ||
        (left->shape == SHAPE_DOTTED && begins_with_capital_only(par, right)))
        return END_YES;
    if (segment_ends_stamp(par, i, first))
        return END_YES;
    if (counts_what_follows(par, i, first))
        return END_NO;
    if (left->shape < SHAPE_ABBREVIATION)
        return ends_dateline(par, i, first) ? END_YES : END_ASK;
    return end_at_abbreviation(par, (abbreviation)(left->shape - SHAPE_ABBREVIATION), right);
}

/* A sentence that ends without a stop must be surer than the weights ask: in news it nearly never
 * does, least of all at a colon, or after a word of a paragraph that itself ends with a stop. */
static int32_t caution(const dgm_segmenter *seg, const paragraph *par, uint32_t i)
{
    uint8_t s = par->tokens[i].shape;
    if (is_terminal(s) || is_closing(s))
        return 0;
    bool edited = is_word(s) && is_terminal(par->tokens[par->n_tokens - 1].shape);
    return (s == SHAPE_COLON || edited ? 3 : 1) * seg->ends_bias;
}

void segment_find_sentences(const dgm_segmenter *seg, paragraph *par)
{
    sentence_state state;
    features f;
    segment_sentence_begin(&state, 0);
    for (uint32_t i = 0; i < par->n_tokens; i++) {
        token *t = &par->tokens[i];
        segment_sentence_step(&state, par, i);
        t->ends = i + 1 == par->n_tokens;
        if (!t->ends && segment_end_possible(par, i)) {
            end_rule rule = end_by_rule(par, i, state.first);
            t->ends = rule == END_YES;
            if (rule == END_ASK) {
                segment_end_features(seg, par, &state, i, &f);
                t->ends = segment_score(&seg->ends, &f) + caution(seg, par, i) > 0;
            }
        }
        if (t->ends)
            segment_sentence_begin(&state, i + 1);
    }
}
