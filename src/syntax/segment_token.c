/* A paragraph -> tokens.
 *
 * White space always cuts. Within a chunk of other characters a cut is possible wherever not two
 * letters or two digits meet; a linear classifier over the neighbourhood decides each such place
 * from left to right: the characters, the runs of letters and digits on both sides ("pre" "war"),
 * the shape of the chunk, the abbreviation table, the chunk that follows. Web and mail addresses
 * are found by rule and not cut. */
#include "syntax/segment_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- paragraphs ----------------------------------------------------------------------------- */

static uint8_t class_of(uint32_t cp)
{
    if (cp < 0x80) {
        unsigned char c = (unsigned char)cp;
        if (dgm_is_lower(c))
            return C_LOWER;
        if (dgm_is_upper(c))
            return C_UPPER;
        if (dgm_is_digit(c))
            return C_DIGIT;
        return c <= ' ' || c == 0x7F ? C_SPACE : C_PUNCT;
    }
    if (cp == 0x200B || cp == 0xFEFF || dgm_cp_is_space(cp))
        return C_SPACE;
    if (dgm_cp_is_upper(cp))
        return C_UPPER;
    if (dgm_cp_is_punct(cp))
        return C_PUNCT;
    /* Marks that combine and letters without case go with letters. */
    return dgm_cp_is_letter(cp) && dgm_cp_to_lower(cp) == cp ? C_LOWER : C_LETTER;
}

static bool reserve(paragraph *par, uint32_t n)
{
    if (n <= par->cap)
        return true;
    uint32_t *cp = realloc(par->cp, (size_t)n * sizeof(*cp));
    if (cp)
        par->cp = cp;
    uint32_t *byte = realloc(par->byte, (size_t)n * sizeof(*byte));
    if (byte)
        par->byte = byte;
    uint8_t *cls = realloc(par->cls, n);
    if (cls)
        par->cls = cls;
    if (!cp || !byte || !cls)
        return false;
    par->cap = n;
    return true;
}

bool paragraph_read(paragraph *par, dgm_view text, size_t begin, size_t end)
{
    if (!reserve(par, (uint32_t)(end - begin) + 1))
        return false;
    uint32_t n = 0;
    for (size_t i = begin; i < end; n++) {
        par->byte[n] = (uint32_t)i;
        i += dgm_utf8_next(text.p + i, end - i, &par->cp[n]);
        par->cls[n] = class_of(par->cp[n]);
    }
    par->byte[n] = (uint32_t)end;
    par->n = n;
    par->n_tokens = 0;
    return true;
}

void paragraph_done(paragraph *par)
{
    free(par->cp);
    free(par->byte);
    free(par->cls);
    free(par->tokens);
}

bool add_token(paragraph *par, uint32_t begin, uint32_t end)
{
    if (par->n_tokens == par->cap_tokens) {
        uint32_t cap = par->cap_tokens ? par->cap_tokens * 2 : 256;
        token *grown = realloc(par->tokens, (size_t)cap * sizeof(*grown));
        if (!grown)
            return false;
        par->tokens = grown;
        par->cap_tokens = cap;
    }
    par->tokens[par->n_tokens++] = (token) { .begin = begin, .end = end };
    return true;
}

static bool alnum(const paragraph *par, uint32_t i)
{
    return par->cls[i] != C_SPACE && par->cls[i] != C_PUNCT;
}

/* ---- addresses ------------------------------------------------------------------------------ */

static bool matches(const paragraph *par, uint32_t at, uint32_t end, const char *ascii)
{
    for (; *ascii; ascii++, at++)
        if (at >= end || dgm_cp_to_lower(par->cp[at]) != (uint32_t)*ascii)
            return false;
    return true;
}

static bool is_in(uint32_t cp, const char *ascii)
{
    return cp < 0x80 && cp > 0 && strchr(ascii, (int)cp) != NULL;
}

static bool address_byte(const paragraph *par, uint32_t i)
{
    return alnum(par, i) || is_in(par->cp[i], "/:.?=&%-_~#+@!$*,;'()");
}

/* Trailing marks are not part of an address, nor a closing bracket that it does not open. */
static uint32_t trim_address(const paragraph *par, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        uint32_t cp = par->cp[end - 1];
        bool unopened = cp == ')';
        for (uint32_t i = begin; i < end && unopened; i++)
            unopened = par->cp[i] != '(';
        if (!unopened && !is_in(cp, ".,;:?!'*"))
            break;
        end--;
    }
    return end;
}

static bool begins_web_address(const paragraph *par, uint32_t i, uint32_t end)
{
    static const char *const schemes[] = { "http://", "https://", "ftp://", "www.", "mailto:" };
    if (!is_in(dgm_cp_to_lower(par->cp[i]), "hfwm"))
        return false;
    for (size_t j = 0; j < DGM_LEN(schemes); j++)
        if (matches(par, i, end, schemes[j]))
            return true;
    return false;
}

static bool mail_byte(const paragraph *par, uint32_t i)
{
    return alnum(par, i) || is_in(par->cp[i], "._-+%");
}

static void find_address(const paragraph *par, chunk *c)
{
    bool has_colon_or_dot = false;
    for (uint32_t i = c->begin; i < c->end; i++) {
        uint32_t cp = par->cp[i];
        has_colon_or_dot = has_colon_or_dot || cp == ':' || cp == '.';
        if (cp == '@' && i > c->begin && i + 1 < c->end && mail_byte(par, i - 1) &&
            mail_byte(par, i + 1)) {
            uint32_t first = i, last = i + 1;
            while (first > c->begin && mail_byte(par, first - 1))
                first--;
            while (last < c->end && mail_byte(par, last))
                last++;
            c->core_begin = first;
            c->core_end = trim_address(par, first, last);
            return;
        }
    }
    for (uint32_t i = c->begin; has_colon_or_dot && i < c->end; i++) {
        if ((i > c->begin && alnum(par, i - 1)) || !begins_web_address(par, i, c->end))
            continue;
        uint32_t last = i;
        while (last < c->end && address_byte(par, last))
            last++;
        c->core_begin = i;
        c->core_end = trim_address(par, i, last);
        return;
    }
}

/* ---- chunks --------------------------------------------------------------------------------- */

/* Curly marks as straight ones: the treebanks have few of them, news many. */
static uint32_t plain_mark(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x201C:
    case 0x201D:
        return '"';
    default:
        return cp;
    }
}

static uint32_t norm(const paragraph *par, uint32_t i)
{
    switch (par->cls[i]) {
    case C_DIGIT:
        return '0';
    case C_UPPER:
        return dgm_cp_to_lower(par->cp[i]);
    case C_LETTER:
        return 'z';
    default:
        return plain_mark(par->cp[i]);
    }
}

static uint32_t hash_run(const paragraph *par, uint32_t begin, uint32_t end)
{
    uint32_t h = 17;
    for (uint32_t i = begin; i < end; i++)
        h = mix(h, norm(par, i));
    return h;
}

/* Classes with repeats dropped; marks as themselves. */
static uint32_t hash_shape(const paragraph *par, uint32_t begin, uint32_t end)
{
    uint32_t h = 5, last = 0;
    for (uint32_t i = begin, n = 0; i < end && n < 16; i++) {
        uint32_t s = par->cls[i] == C_PUNCT ? par->cp[i] : par->cls[i];
        if (s != last) {
            h = mix(h, s);
            n++;
        }
        last = s;
    }
    return h;
}

static bool single_opens(const paragraph *par, uint32_t i)
{
    uint32_t cp = par->cp[i];
    bool space_left = i == 0 || par->cls[i - 1] == C_SPACE || is_in(par->cp[i - 1], "(\"[");
    bool letter_right = i + 1 < par->n && alnum(par, i + 1);
    return cp == 0x2018 || (cp == '\'' && space_left && letter_right);
}

bool next_chunk(const paragraph *par, uint32_t *at, chunk *out)
{
    uint32_t i = *at;
    bool open = out->single_open && i > 0;
    while (i < par->n && par->cls[i] == C_SPACE)
        i++;
    if (i == par->n)
        return false;
    uint32_t begin = i;
    while (i < par->n && par->cls[i] != C_SPACE && i - begin < DGM_MAX_TOKEN_LENGTH)
        i++;
    bool opens = false;
    for (uint32_t j = begin; j < i && !opens; j++)
        opens = par->cls[j] == C_PUNCT && single_opens(par, j);
    uint32_t next = i;
    while (next < par->n && par->cls[next] == C_SPACE)
        next++;
    uint32_t next_end = next;
    while (next_end < par->n && next_end - next < 16 && alnum(par, next_end))
        next_end++;
    *out = (chunk) { .begin = begin,
                     .end = i,
                     .next_class = next < par->n ? (char_class)par->cls[next] : C_SPACE,
                     .next_hash = hash_run(par, next, next_end),
                     .at_end = next == par->n,
                     .single_open = open || opens,
                     .plain = true };
    for (uint32_t j = begin; j < i && out->plain; j++)
        out->plain = par->cls[j] != C_PUNCT && par->cls[j] != C_DIGIT;
    if (!out->plain) {
        find_address(par, out);
        out->shape_hash = hash_shape(par, begin, i);
    }
    *at = i;
    return true;
}

/* ---- cuts ----------------------------------------------------------------------------------- */

/* Code points lo..hi-1 in lower case as ASCII into buf; empty if they are not, or too many. */
static dgm_view ascii_lower(const paragraph *par, uint32_t lo, uint32_t hi, char buf[20])
{
    if (hi - lo > 20)
        return (dgm_view) { "", 0 };
    for (uint32_t i = lo; i < hi; i++) {
        if (par->cp[i] >= 0x80)
            return (dgm_view) { "", 0 };
        buf[i - lo] = dgm_to_lower((char)par->cp[i]);
    }
    return (dgm_view) { buf, hi - lo };
}

static abbreviation abbreviation_at(const dgm_segmenter *seg, const paragraph *par, uint32_t lo,
                                    uint32_t hi)
{
    char buf[20];
    dgm_view word = ascii_lower(par, lo, hi, buf);
    uint32_t of = word.n ? dgm_map_get(seg->abbreviations, word) : DGM_NONE;
    return of == DGM_NONE ? ABBREVIATION_NONE : (abbreviation)of;
}

static bool is_hyphen(uint32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool cased(const paragraph *par, uint32_t i)
{
    return par->cls[i] == C_LOWER || par->cls[i] == C_UPPER;
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
        if (strlen(prefixes[i]) == k - begin && matches(par, begin, k, prefixes[i]))
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
    return is_in(par->cp[after], ",;:-)") || is_apostrophe(par->cp[after]);
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
    switch (abbreviation_at(seg, par, token_begin, k)) {
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
    return !mostly_lower(seg, hash_run(par, token_begin, k));
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

cut_rule cut_by_rule(const dgm_segmenter *seg, const paragraph *par, const chunk *c, uint32_t k,
                     uint32_t token_begin)
{
    if (c->core_end > 0 && (k == c->core_begin || k == c->core_end))
        return CUT_YES;
    if (k > c->core_begin && k < c->core_end)
        return CUT_NO;
    uint8_t a = par->cls[k - 1], b = par->cls[k];
    bool letters = a != C_PUNCT && a != C_DIGIT && b != C_PUNCT && b != C_DIGIT;
    if (letters || (a == C_DIGIT && b == C_DIGIT) || (a == C_UPPER && b == C_DIGIT))
        return CUT_NO;
    if (inner_dot(par, c, k) || inner_dot(par, c, k - 1) || changed_letter(par, c, k) ||
        in_long_run(par, c, k) || between_letters(par, c, k) || between_letters(par, c, k - 1) ||
        inner_apostrophe(par, c, k) || inner_apostrophe(par, c, k - 1) ||
        keeps_dot(seg, par, c, k, token_begin))
        return CUT_NO;
    /* A hyphen is a token or it is none: what was decided before it holds after it. */
    if (is_hyphen(par->cp[k - 1]) && k >= c->begin + 2 && alnum(par, k - 2) && alnum(par, k))
        return token_begin == k - 1 ? CUT_YES : CUT_NO;
    if (hyphen_after_word(par, c, k))
        return CUT_YES;
    if ((is_currency(par->cp[k - 1]) && b == C_DIGIT) || (a == C_DIGIT && par->cp[k] == '%') ||
        (par->cp[k - 1] == '%' && b == C_PUNCT))
        return CUT_YES;
    if ((par->cp[k - 1] == '#' || par->cp[k - 1] == '@') && k - 1 == token_begin && cased(par, k))
        return CUT_NO;
    return CUT_ASK;
}

static uint32_t at_or_edge(const paragraph *par, const chunk *c, int64_t i)
{
    return i < c->begin || i >= c->end ? 1 : norm(par, (uint32_t)i);
}

void cut_features(const dgm_segmenter *seg, const paragraph *par, const chunk *c, uint32_t k,
                  uint32_t token_begin, features *f)
{
    int64_t i = k;
    uint32_t l1 = norm(par, k - 1), r1 = norm(par, k);
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
    uint32_t hl = hash_run(par, left, left_end), hr = hash_run(par, right, right_end);
    uint32_t pair = mix(lr, 3), place = (k - 1 == c->begin) | (uint32_t)(k + 1 == c->end) << 1;
    uint32_t marks = alnum(par, k - 1) ? r1 : l1;
    uint32_t side = mix(marks, alnum(par, k - 1));
    uint32_t next = (uint32_t)c->next_class | (uint32_t)c->at_end << 3;
    abbreviation abbr = ABBREVIATION_NONE;
    if (r1 == '.')
        abbr = abbreviation_at(seg, par, token_begin, k);
    else if (l1 == '.' && k - 1 > token_begin)
        abbr = abbreviation_at(seg, par, token_begin, k - 1);
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
    add_feature(f, mix(mix(mix(13, hash_shape(par, c->begin, k)),
                           hash_shape(par, k, DGM_MIN(c->end, k + 8))),
                       same));
    add_feature(f, mix(mix(14, hash_run(par, token_begin, k)), r1));
    add_feature(f, mix(mix(mix(15, abbr), next), mix(place, lr)));
    add_feature(f, mix(mix(16, (uint32_t)same << 1 | glued), lr));
    add_feature(f, mix(mix(17, next), mix(place, lr)));
    add_feature(f,
                mix(mix(18, DGM_MIN(left_end - left, 6)), mix(DGM_MIN(right_end - right, 6), lr)));
    add_feature(f, mix(mix(19, c->single_open), mix(place, lr)));
    add_feature(f, mix(mix(20, hash_shape(par, token_begin, k)), mix(side, c->shape_hash)));
    add_feature(f, mix(mix(21, DGM_MIN(c->end - c->begin, 12)), lr));
    if (r1 == '.' || l1 == '.') {
        add_feature(f, mix(mix(22, hash_run(par, token_begin, k)), mix(next, place)));
        add_feature(f, mix(mix(mix(23, c->next_hash), place), lr));
        add_feature(f, mix(mix(mix(24, abbr), place), mix(c->next_hash, lr)));
    }
}

static bool cut_chunk(const dgm_segmenter *seg, paragraph *par, const chunk *c)
{
    uint32_t begin = c->begin;
    features f;
    for (uint32_t k = c->begin + 1; k < c->end; k++) {
        cut_rule rule = cut_by_rule(seg, par, c, k, begin);
        if (rule == CUT_ASK) {
            cut_features(seg, par, c, k, begin, &f);
            rule = score(&seg->cuts, &f) > 0 ? CUT_YES : CUT_NO;
        }
        if (rule == CUT_NO)
            continue;
        if (!add_token(par, begin, k))
            return false;
        begin = k;
    }
    return add_token(par, begin, c->end);
}

/* ---- shapes --------------------------------------------------------------------------------- */

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
        abbreviation of = abbreviation_at(seg, par, begin, end - 1);
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

void describe_tokens(const dgm_segmenter *seg, paragraph *par)
{
    for (uint32_t i = 0; i < par->n_tokens; i++) {
        token *t = &par->tokens[i];
        bool word = false;
        t->hash = 23;
        for (uint32_t j = t->begin; j < t->end; j++) {
            word = word || par->cls[j] != C_PUNCT;
            t->hash = mix(t->hash, par->cls[j] == C_DIGIT ? '0' : plain_mark(par->cp[j]));
        }
        t->lower_hash = hash_run(par, t->begin, t->end);
        t->space_after = followed_by_space(par, t->end);
        if (word)
            t->shape = (uint8_t)shape_of_word(seg, par, t->begin, t->end);
        else if (t->end - t->begin == 1)
            t->shape = (uint8_t)shape_of_mark(par, t->begin);
        else
            t->shape = (uint8_t)shape_of_marks(par, t->begin, t->end);
    }
}

bool tokenize(const dgm_segmenter *seg, paragraph *par)
{
    chunk c = { 0 };
    for (uint32_t at = 0; next_chunk(par, &at, &c);)
        if (c.plain ? !add_token(par, c.begin, c.end) : !cut_chunk(seg, par, &c))
            return false;
    describe_tokens(seg, par);
    return true;
}
