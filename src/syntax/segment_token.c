/* A paragraph -> tokens.
 *
 * White space always cuts. Within a chunk of other characters a cut is possible wherever not two
 * letters or two digits meet. Rules decide the sure places; a linear classifier over the
 * neighbourhood decides each of the others, from left to right: the characters, the runs of letters
 * and digits on both sides ("pre" "war"), the shape of the chunk, the abbreviation table, the chunk
 * that follows. Web and mail addresses are not cut. */
#include "syntax/segment_parts.h"

#include <string.h>

/* ---- rules ---------------------------------------------------------------------------------- */

static bool is_hyphen(uint32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

/* "cease-fire" but not "re-enter": a word before a hyphen that is no prefix stands apart. */
static bool hyphen_after_word(const paragraph *par, const chunk *c, uint32_t k)
{
    static const char *const prefixes[] = {
        "non",   "anti",  "pre",     "pro",   "mid",    "cross", "post",   "over",  "multi",
        "sub",   "semi",  "counter", "mini",  "neo",    "socio", "psycho", "intra", "arch",
        "micro", "inter", "ultra",   "quasi", "pseudo", "trans", "extra",  "hyper", "pan",
        "under", "super", "macro",   "meta",  "bio",    "eco",   "geo",    "infra", "para",
        "poly",  "proto", "retro",   "uni",   "mis",
    };
    uint32_t begin = k;
    while (begin > c->begin && cased(par, begin - 1))
        begin--;
    if (!is_hyphen(par->cp[k]) || k + 1 >= c->end || !cased(par, k + 1) || k - begin < 3 ||
        par->cls[k - 1] != C_LOWER || (begin > c->begin && par->cls[begin - 1] != C_PUNCT))
        return false;
    for (size_t i = 0; i < DGM_LEN(prefixes); i++)
        if (strlen(prefixes[i]) == k - begin && segment_matches(par, begin, k, prefixes[i]))
            return false;
    return true;
}

/* A dot between single letters, as in "E.U.". */
static bool between_letters(const paragraph *par, const chunk *c, uint32_t dot)
{
    return par->cp[dot] == '.' && dot > c->begin && dot + 1 < c->end && cased(par, dot - 1) &&
           cased(par, dot + 1) && (dot - 1 == c->begin || !alnum(par, dot - 2)) &&
           (dot + 2 >= c->end || !alnum(par, dot + 2));
}

/* A dot inside a name of a file or a site, which goes on in lower case. */
static bool inner_dot(const paragraph *par, const chunk *c, uint32_t dot)
{
    return par->cp[dot] == '.' && dot > c->begin && dot + 1 < c->end && cased(par, dot - 1) &&
           par->cls[dot + 1] == C_LOWER;
}

/* "[t]he": the letter that somebody changed in a quotation. */
static bool changed_letter(const paragraph *par, const chunk *c, uint32_t k)
{
    for (uint32_t open = k > c->begin + 3 ? k - 3 : c->begin; open < k; open++)
        if (par->cp[open] == '[' && open + 3 < c->end && cased(par, open + 1) &&
            par->cp[open + 2] == ']' && par->cls[open + 3] == C_LOWER)
            return k > open && k <= open + 3;
    return false;
}

/* "J.M." or "U.S." before something else. */
static bool letters_with_dots(const paragraph *par, uint32_t begin, uint32_t dot)
{
    if ((dot - begin) % 2 == 0 || dot - begin < 3)
        return false;
    for (uint32_t i = begin; i < dot; i++)
        if ((i - begin) % 2 == 0 ? !cased(par, i) : par->cp[i] != '.')
            return false;
    return true;
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || cp == '`' || cp == 0xB4;
}

/* One capital after a word with a capital, as in "Robert F. Kennedy". */
static bool is_initial(const paragraph *par, uint32_t begin, uint32_t dot)
{
    uint32_t before = begin;
    if (begin < 4 || dot != begin + 1 || par->cls[begin] != C_UPPER ||
        par->cls[begin - 1] != C_SPACE)
        return false;
    before = begin - 1;
    while (before > 0 && alnum(par, before - 1))
        before--;
    return begin - before > 3 && par->cls[before] == C_UPPER && par->cls[before + 1] == C_LOWER;
}

/* What stands after the dot at k in its chunk, so that the dot may end no sentence there. */
static bool goes_on(const paragraph *par, const chunk *c, uint32_t k)
{
    uint32_t after = k + 1;
    if (after == c->end)
        return !c->at_end;
    bool quote = par->cp[after] == '"' || par->cp[after] == 0x201D || is_apostrophe(par->cp[after]);
    if (quote && after + 1 == c->end)
        return c->next_class == C_LOWER;
    return segment_is_in(par->cp[after], ",;:-)") || is_apostrophe(par->cp[after]);
}

/* The full stop at k belongs to what stands before it: not where the text ends with it. */
static bool keeps_dot(const dgm_segmenter *seg, const paragraph *par, const chunk *c, uint32_t k,
                      uint32_t token_begin)
{
    if (par->cp[k] == '.' && letters_with_dots(par, token_begin, k))
        return true;
    if (par->cp[k] != '.' || !goes_on(par, c, k))
        return false;
    bool last = k + 1 == c->end;
    switch (segment_abbreviation_at(seg, par, token_begin, k)) {
    case ABBREVIATION_NONE:
        return last && c->next_class == C_UPPER && is_initial(par, token_begin, k);
    case ABBREVIATION_REFERENCE:
        return last && c->next_class == C_DIGIT;
    case ABBREVIATION_TITLE:
        if (last && c->next_class == C_UPPER && par->cls[token_begin] == C_UPPER)
            return true;
        break;
    case ABBREVIATION_UNIT:
    case ABBREVIATION_LATIN:
        if (last && c->next_class == C_LOWER)
            return true;
        break;
    default:
        break;
    }
    return !segment_mostly_lower(seg, segment_hash_run(par, token_begin, k));
}

/* The full stop at k stands behind a word of small letters, or one with a capital, that no table
 * knows as an abbreviation, and what follows begins anew: "in Kyiv. The army". */
static bool ends_plain_word(const dgm_segmenter *seg, const paragraph *par, const chunk *c,
                            uint32_t k, uint32_t token_begin)
{
    enum { LEAST = 4 }; /* letters */
    if (par->cp[k] != '.' || k + 1 != c->end || k - token_begin < LEAST ||
        !(c->at_end || c->next_class == C_UPPER) ||
        segment_abbreviation_at(seg, par, token_begin, k) != ABBREVIATION_NONE)
        return false;
    bool vowel = false;
    for (uint32_t i = token_begin; i < k; i++) {
        if (par->cls[i] != C_LOWER && (i > token_begin || par->cls[i] != C_UPPER))
            return false;
        vowel = vowel || segment_is_in(par->cp[i], "aeiouy");
    }
    return vowel;
}

/* "O'Brien", "don't": clitics are cut later, inside the token. */
static bool inner_apostrophe(const paragraph *par, const chunk *c, uint32_t i)
{
    return is_apostrophe(par->cp[i]) && i > c->begin && i + 1 < c->end && cased(par, i - 1) &&
           cased(par, i + 1);
}

/* Inside "-----": four of a kind are one token. */
static bool in_long_run(const paragraph *par, const chunk *c, uint32_t k)
{
    uint32_t first = k, last = k, cp = par->cp[k];
    while (first > c->begin && k - first < 3 && par->cp[first - 1] == cp)
        first--;
    while (last + 1 < c->end && last - k < 3 && par->cp[last + 1] == cp)
        last++;
    return first < k && last - first >= 3;
}

static bool is_currency(uint32_t cp)
{
    return cp == '$' || cp == 0xA3 || cp == 0xA5 || (cp >= 0x20A0 && cp <= 0x20CF);
}

/* Between two letters, two digits, or as in "M16". */
static bool inside_run(const paragraph *par, uint32_t k)
{
    uint8_t a = par->cls[k - 1], b = par->cls[k];
    bool letters = a != C_PUNCT && a != C_DIGIT && b != C_PUNCT && b != C_DIGIT;
    return letters || (b == C_DIGIT && (a == C_DIGIT || a == C_UPPER));
}

/* Beside a mark that is part of what stands around it. */
static bool beside_inner_mark(const paragraph *par, const chunk *c, uint32_t k)
{
    for (uint32_t mark = k - 1; mark <= k; mark++)
        if (inner_dot(par, c, mark) || between_letters(par, c, mark) ||
            inner_apostrophe(par, c, mark))
            return true;
    return changed_letter(par, c, k) || in_long_run(par, c, k);
}

/* "$5", "5%", "5%)": sums and shares are cut from their signs. */
static bool beside_unit(const paragraph *par, uint32_t k)
{
    uint32_t left = par->cp[k - 1];
    return (is_currency(left) && par->cls[k] == C_DIGIT) ||
           (par->cls[k - 1] == C_DIGIT && par->cp[k] == '%') ||
           (left == '%' && par->cls[k] == C_PUNCT);
}

/* "#Name", "@name". */
static bool after_tag(const paragraph *par, uint32_t k, uint32_t token_begin)
{
    return (par->cp[k - 1] == '#' || par->cp[k - 1] == '@') && k - 1 == token_begin &&
           cased(par, k);
}

cut_rule segment_cut_by_rule(const dgm_segmenter *seg, const paragraph *par, const chunk *c,
                             uint32_t k, uint32_t token_begin)
{
    if (c->core_end > 0 && (k == c->core_begin || k == c->core_end))
        return CUT_YES;
    if ((k > c->core_begin && k < c->core_end) || inside_run(par, k) ||
        beside_inner_mark(par, c, k) || keeps_dot(seg, par, c, k, token_begin))
        return CUT_NO;
    /* A hyphen is a token or it is none: what was decided before it holds after it. */
    if (is_hyphen(par->cp[k - 1]) && k >= c->begin + 2 && alnum(par, k - 2) && alnum(par, k))
        return token_begin == k - 1 ? CUT_YES : CUT_NO;
    if (hyphen_after_word(par, c, k) || beside_unit(par, k) ||
        ends_plain_word(seg, par, c, k, token_begin))
        return CUT_YES;
    return after_tag(par, k, token_begin) ? CUT_NO : CUT_ASK;
}

/* ---- the classifier ------------------------------------------------------------------------- */

static uint32_t at_or_edge(const paragraph *par, const chunk *c, int64_t i)
{
    return i < c->begin || i >= c->end ? 1 : segment_norm(par, (uint32_t)i);
}

void segment_cut_features(const dgm_segmenter *seg, const paragraph *par, const chunk *c,
                          uint32_t k, uint32_t token_begin, features *f)
{
    int64_t i = k;
    uint32_t l1 = segment_norm(par, k - 1), r1 = segment_norm(par, k);
    uint32_t l2 = at_or_edge(par, c, i - 2), l3 = at_or_edge(par, c, i - 3);
    uint32_t r2 = at_or_edge(par, c, i + 1), r3 = at_or_edge(par, c, i + 2);
    uint32_t lr = mix(mix(99, l1), r1);
    /* The runs of letters and digits left and right, past one mark that touches the place. */
    uint32_t left_end = alnum(par, k - 1) ? k : k - 1, left = left_end;
    while (left > c->begin && alnum(par, left - 1))
        left--;
    uint32_t right = alnum(par, k) ? k : k + 1, right_end = right;
    while (right_end < c->end && alnum(par, right_end))
        right_end++;
    uint32_t hl = segment_hash_run(par, left, left_end),
             hr = segment_hash_run(par, right, right_end);
    uint32_t pair = mix(lr, 3), place = (k - 1 == c->begin) | (uint32_t)(k + 1 == c->end) << 1;
    uint32_t marks = alnum(par, k - 1) ? r1 : l1;
    uint32_t side = mix(marks, alnum(par, k - 1));
    uint32_t next = (uint32_t)c->next_class | (uint32_t)c->at_end << 3;
    abbreviation abbr = ABBREVIATION_NONE;
    if (r1 == '.')
        abbr = segment_abbreviation_at(seg, par, token_begin, k);
    else if (l1 == '.' && k - 1 > token_begin)
        abbr = segment_abbreviation_at(seg, par, token_begin, k - 1);
    bool same = par->cp[k - 1] == par->cp[k], glued = token_begin < k - 1;

    f->n = 0;
    add_feature(f, mix(1, lr));
    add_feature(f, mix(mix(2, l2), lr));
    add_feature(f, mix(mix(3, r2), lr));
    add_feature(f, mix(mix(mix(4, l2), r2), lr));
    add_feature(f, mix(mix(mix(5, l3), l2), lr));
    add_feature(f, mix(mix(mix(6, r3), r2), lr));
    add_feature(f, mix(mix(mix(mix(mix(7, l3), r3), l2), r2), lr));
    add_feature(f, mix(mix(8, place), pair));
    add_feature(f, mix(mix(9, hl), side));
    add_feature(f, mix(mix(10, hr), side));
    add_feature(f, mix(mix(mix(11, hl), hr), side));
    add_feature(f, mix(mix(12, c->shape_hash), side));
    add_feature(f, mix(mix(mix(13, segment_hash_shape(par, c->begin, k)),
                           segment_hash_shape(par, k, DGM_MIN(c->end, k + 8))),
                       same));
    add_feature(f, mix(mix(14, segment_hash_run(par, token_begin, k)), r1));
    add_feature(f, mix(mix(mix(15, abbr), next), mix(place, lr)));
    add_feature(f, mix(mix(16, (uint32_t)same << 1 | glued), lr));
    add_feature(f, mix(mix(17, next), mix(place, lr)));
    add_feature(f,
                mix(mix(18, DGM_MIN(left_end - left, 6)), mix(DGM_MIN(right_end - right, 6), lr)));
    add_feature(f, mix(mix(19, c->single_open), mix(place, lr)));
    add_feature(f, mix(mix(20, segment_hash_shape(par, token_begin, k)), mix(side, c->shape_hash)));
    add_feature(f, mix(mix(21, DGM_MIN(c->end - c->begin, 12)), lr));
    if (r1 == '.' || l1 == '.') {
        add_feature(f, mix(mix(22, segment_hash_run(par, token_begin, k)), mix(next, place)));
        add_feature(f, mix(mix(mix(23, c->next_hash), place), lr));
        add_feature(f, mix(mix(mix(24, abbr), place), mix(c->next_hash, lr)));
    }
}

static bool cut_chunk(const dgm_segmenter *seg, paragraph *par, const chunk *c)
{
    uint32_t begin = c->begin;
    features f;
    for (uint32_t k = c->begin + 1; k < c->end; k++) {
        cut_rule rule = segment_cut_by_rule(seg, par, c, k, begin);
        if (rule == CUT_ASK) {
            segment_cut_features(seg, par, c, k, begin, &f);
            rule = segment_score(&seg->cuts, &f) > 0 ? CUT_YES : CUT_NO;
        }
        if (rule == CUT_NO)
            continue;
        if (!segment_add_token(par, begin, k))
            return false;
        begin = k;
    }
    return segment_add_token(par, begin, c->end);
}

bool segment_tokenize(const dgm_segmenter *seg, paragraph *par)
{
    chunk c = { 0 };
    for (uint32_t at = 0; segment_next_chunk(par, &at, &c);)
        if (c.plain ? !segment_add_token(par, c.begin, c.end) : !cut_chunk(seg, par, &c))
            return false;
    segment_describe_tokens(seg, par);
    return true;
}
