/* What a token looks like to the sentence ends: a stop, a mark, a word with a capital, an
 * abbreviation of some kind; and the hashes of its characters. */
#include "syntax/segment_parts.h"

static bool followed_by_space(const paragraph *par, uint32_t end)
{
    return end >= par->n || par->cls[end] == C_SPACE;
}

static shape shape_of_mark(const paragraph *par, uint32_t i)
{
    bool left = i == 0 || par->cls[i - 1] == C_SPACE, right = followed_by_space(par, i + 1);
    switch (par->cp[i]) {
    case '.':
    case 0x3002:
        return SHAPE_STOP;
    case '?':
    case 0x61F:
        return SHAPE_QUESTION;
    case '!':
        return SHAPE_EXCLAMATION;
    case 0x2026:
        return SHAPE_ELLIPSIS;
    case ':':
        return SHAPE_COLON;
    case ';':
        return SHAPE_SEMICOLON;
    case ',':
        return SHAPE_COMMA;
    case 0x201C:
    case 0x2018:
    case 0xAB:
    case 0x201E:
        return SHAPE_QUOTE_OPEN;
    case 0x201D:
    case 0x2019:
    case 0xBB:
        return SHAPE_QUOTE_CLOSE;
    case '"':
    case '\'':
    case '`':
        return left == right ? SHAPE_QUOTE : left ? SHAPE_QUOTE_OPEN : SHAPE_QUOTE_CLOSE;
    case '(':
    case '[':
    case '{':
    case '<':
        return SHAPE_BRACKET_OPEN;
    case ')':
    case ']':
    case '}':
    case '>':
        return SHAPE_BRACKET_CLOSE;
    case '-':
    case 0x2013:
    case 0x2014:
        return SHAPE_DASH;
    case '*':
    case 0x2022:
    case 0xB7:
    case 0x25CF:
    case 0x2023:
        return SHAPE_BULLET;
    default:
        return SHAPE_SYMBOL;
    }
}

static shape shape_of_marks(const paragraph *par, uint32_t begin, uint32_t end)
{
    uint32_t cp = par->cp[begin];
    bool stops = true, dashes = true;
    for (uint32_t i = begin; i < end; i++) {
        stops = stops && par->cp[i] == '.';
        dashes = dashes && (par->cp[i] == '-' || par->cp[i] == 0x2013 || par->cp[i] == 0x2014);
    }
    if (stops)
        return SHAPE_ELLIPSIS;
    if (dashes && end - begin < 4)
        return SHAPE_DASH;
    if (end - begin == 2 && par->cp[end - 1] == cp && (cp == '\'' || cp == '`'))
        return cp == '`' ? SHAPE_QUOTE_OPEN : SHAPE_QUOTE_CLOSE;
    if (cp == '!' || cp == '?')
        return par->cp[end - 1] == '!' ? SHAPE_EXCLAMATION : SHAPE_QUESTION;
    return SHAPE_MARKS;
}

static shape shape_of_word(const dgm_segmenter *seg, const paragraph *par, uint32_t begin,
                           uint32_t end)
{
    uint32_t upper = 0, lower = 0, digit = 0, mark = 0;
    for (uint32_t i = begin; i < end; i++) {
        upper += par->cls[i] == C_UPPER;
        lower += par->cls[i] == C_LOWER || par->cls[i] == C_LETTER;
        digit += par->cls[i] == C_DIGIT;
        mark += par->cls[i] == C_PUNCT;
        if (par->cp[i] == '@' || (par->cp[i] == '/' && i > begin && par->cp[i - 1] == '/'))
            return SHAPE_ADDRESS;
    }
    if (par->cp[end - 1] == '.' && upper + lower > 0) {
        abbreviation of = segment_abbreviation_at(seg, par, begin, end - 1);
        if (of != ABBREVIATION_NONE)
            return (shape)(SHAPE_ABBREVIATION + of);
        return end - begin == 2 && upper == 1 ? SHAPE_INITIAL : SHAPE_DOTTED;
    }
    if (digit > 0)
        return upper + lower > 0 ? SHAPE_MIXED : SHAPE_NUMBER;
    if (upper == 0)
        return SHAPE_LOWER;
    if (lower == 0 && upper > 1)
        return SHAPE_CAPITALS;
    if (upper == 1 && lower == 0 && mark == 0)
        return SHAPE_LETTER;
    return par->cls[begin] == C_UPPER ? SHAPE_CAPITAL : SHAPE_MIXED;
}

void segment_describe_tokens(const dgm_segmenter *seg, paragraph *par)
{
    for (uint32_t i = 0; i < par->n_tokens; i++) {
        token *t = &par->tokens[i];
        bool word = false;
        t->hash = 23;
        for (uint32_t j = t->begin; j < t->end; j++) {
            word = word || par->cls[j] != C_PUNCT;
            t->hash = mix(t->hash, par->cls[j] == C_DIGIT ? '0' : segment_plain_mark(par->cp[j]));
        }
        t->lower_hash = segment_hash_run(par, t->begin, t->end);
        t->space_after = followed_by_space(par, t->end);
        if (word)
            t->shape = (uint8_t)shape_of_word(seg, par, t->begin, t->end);
        else if (t->end - t->begin == 1)
            t->shape = (uint8_t)shape_of_mark(par, t->begin);
        else
            t->shape = (uint8_t)shape_of_marks(par, t->begin, t->end);
    }
}

bool segment_begins_name(uint8_t s)
{
    return s == SHAPE_CAPITAL || s == SHAPE_INITIAL || s == SHAPE_LETTER || s == SHAPE_CAPITALS;
}
