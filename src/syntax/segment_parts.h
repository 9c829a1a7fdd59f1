/* segment_parts.h - what the files of the segmenter share; nobody else includes it.
 *
 *   segment_model.c     the section of the model file: weights, abbreviations, lower-case words
 *   segment_paragraph.c a paragraph as code points; runs of them
 *   segment_chunk.c     what stands without a space in it; addresses
 *   segment_token.c     a paragraph -> tokens: where a chunk is cut
 *   segment_shape.c     what a token looks like
 *   segment_stamp.c     the time or "UPDATE:" before a paragraph
 *   segment_sentence.c  tokens of a paragraph -> which of them end a sentence
 *   segment.c           a document through all of it; multiword tokens
 *   segment_train.c     learns the weights */
#ifndef DGM_SYNTAX_SEGMENT_PARTS_H
#define DGM_SYNTAX_SEGMENT_PARTS_H

#include "syntax/segment.h"

/* ---- model ---------------------------------------------------------------------------------- */

/* What an abbreviation is of: it says what may follow its full stop. */
/* clang-format off */
#define DGM_ABBREVIATION_MAP(X) \
    X(TITLE, "title") X(MONTH, "month") X(PLACE, "place") X(FIRM, "firm") \
    X(REFERENCE, "reference") X(LATIN, "latin") X(TIME, "time") X(STATE, "state") \
    X(UNIT, "unit") X(OTHER, "other")
/* clang-format on */

typedef enum {
    ABBREVIATION_NONE,
#define X(name, label) ABBREVIATION_##name,
    DGM_ABBREVIATION_MAP(X)
#undef X
        N_ABBREVIATIONS
} abbreviation;

/* Sums of hashed features: positive means yes. Weights are 1/WEIGHT_ONE. */
enum { WEIGHT_ONE = 1024, MAX_FEATURES = 48, MAX_WEIGHT_BITS = 22, LOWER_BITS = 17 };
typedef struct {
    uint32_t bits;
    const char *weights; /* 1 << bits times a little-endian int16 */
} scorer;

struct dgm_segmenter {
    scorer cuts, ends;
    int32_t ends_bias;          /* added where no stop, mark or bracket stands before */
    const unsigned char *lower; /* 1 << LOWER_BITS bits: words mostly seen in lower case */
    dgm_map *abbreviations;
};

/* Feature numbers of one question; hashed to a table's size only when they are looked up. */
typedef struct {
    uint32_t n;
    uint32_t at[MAX_FEATURES];
} features;

static inline uint32_t mix(uint32_t h, uint32_t v)
{
    h = (h ^ v) * 0x9E3779B1u;
    return h ^ h >> 15;
}
static inline void add_feature(features *f, uint32_t h)
{
    f->at[f->n++] = h;
}
static inline uint32_t feature_index(uint32_t h, uint32_t bits)
{
    return (h * 0x85EBCA6Bu) >> (32 - bits);
}
int32_t segment_score(const scorer *s, const features *f);
bool segment_mostly_lower(const dgm_segmenter *seg, uint32_t word_hash);
/* The section's bytes; *out is the caller's to free. */
dgm_status segment_pack(const int16_t *cuts, uint32_t cut_bits, const int16_t *ends,
                        uint32_t end_bits, int32_t ends_bias, const unsigned char *lower,
                        dgm_view abbreviations, char **out, size_t *n, dgm_err *err);
abbreviation segment_abbreviation_of_label(dgm_view label);

/* ---- paragraph ------------------------------------------------------------------------------ */

typedef enum { C_SPACE, C_LOWER, C_UPPER, C_LETTER, C_DIGIT, C_PUNCT } char_class;

/* Shapes of tokens, as sentence ends see them. */
typedef enum {
    SHAPE_NONE, /* no token: the paragraph's edge */
    SHAPE_LOWER,
    SHAPE_CAPITAL,
    SHAPE_CAPITALS,
    SHAPE_LETTER, /* one capital letter */
    SHAPE_NUMBER,
    SHAPE_MIXED,
    SHAPE_INITIAL, /* "J." */
    SHAPE_DOTTED,  /* "Xyz." unknown to the table, or "x.y." */
    SHAPE_STOP,
    SHAPE_QUESTION,
    SHAPE_EXCLAMATION,
    SHAPE_ELLIPSIS,
    SHAPE_COLON,
    SHAPE_SEMICOLON,
    SHAPE_COMMA,
    SHAPE_QUOTE_OPEN,
    SHAPE_QUOTE_CLOSE,
    SHAPE_QUOTE,
    SHAPE_BRACKET_OPEN,
    SHAPE_BRACKET_CLOSE,
    SHAPE_DASH,
    SHAPE_BULLET,
    SHAPE_MARKS, /* a run of marks: "!!!", "?!", "----", ":-)" */
    SHAPE_ADDRESS,
    SHAPE_SYMBOL,
    SHAPE_ABBREVIATION /* plus the class of the abbreviation */
} shape;

typedef struct {
    uint32_t begin, end; /* code points of the paragraph */
    uint32_t hash, lower_hash;
    uint8_t shape;
    bool space_after;
    bool ends;    /* a sentence */
    uint16_t cut; /* bytes of its first word when it is two; 0: one word */
} token;

/* One paragraph and the working space for it; reused from paragraph to paragraph. */
typedef struct {
    /* Its code points without those that nobody sees (dgm_cp_is_unseen). Of byte and place there
     * are n + 1: where each begins in the text, in bytes and in code points after the paragraph's
     * begin. */
    uint32_t *cp, *byte, *place;
    uint8_t *cls;
    uint32_t n, cap;
    token *tokens;
    uint32_t n_tokens, cap_tokens;
} paragraph;

bool segment_paragraph_read(paragraph *par, dgm_view text, size_t begin,
                            size_t end); /* false: no memory */
void segment_paragraph_done(paragraph *par);
bool segment_add_token(paragraph *par, uint32_t begin, uint32_t end); /* false: no memory */

static inline bool alnum(const paragraph *par, uint32_t i)
{
    return par->cls[i] != C_SPACE && par->cls[i] != C_PUNCT;
}
static inline bool cased(const paragraph *par, uint32_t i)
{
    return par->cls[i] == C_LOWER || par->cls[i] == C_UPPER;
}

/* Whether code points at.. are these, in any case; whether cp is one of these. */
bool segment_matches(const paragraph *par, uint32_t at, uint32_t end, const char *ascii);
bool segment_is_in(uint32_t cp, const char *ascii);
/* Whether a token is one of these words, in any case. */
bool segment_is_any(const paragraph *par, const token *t, const char *const *words, size_t n);
extern const char *const segment_weekdays[7], *const segment_months[12]; /* such words */
uint32_t segment_plain_mark(uint32_t cp); /* a curly quotation mark as the straight one */
/* Code point i as the features see it: in lower case, digits as 0, letters without case as z. */
uint32_t segment_norm(const paragraph *par, uint32_t i);
/* Of [begin, end): the characters, each as above; their classes, with repeats dropped. */
uint32_t segment_hash_run(const paragraph *par, uint32_t begin, uint32_t end);
uint32_t segment_hash_shape(const paragraph *par, uint32_t begin, uint32_t end);
/* What [begin, end), which a full stop follows, is an abbreviation of. */
abbreviation segment_abbreviation_at(const dgm_segmenter *seg, const paragraph *par, uint32_t begin,
                                     uint32_t end);

/* ---- tokens --------------------------------------------------------------------------------- */

/* Something without a space in it: [begin, end) of the paragraph, at most DGM_MAX_TOKEN_LENGTH. */
typedef struct {
    uint32_t begin, end;
    uint32_t core_begin, core_end; /* of a web or mail address in it; empty: none */
    uint32_t shape_hash;
    uint32_t next_hash;
    char_class next_class;
    bool plain;       /* nothing but letters: never cut */
    bool at_end;      /* of the paragraph */
    bool single_open; /* an opening single quotation mark stands before in the paragraph */
} chunk;

bool segment_next_chunk(const paragraph *par, uint32_t *at, chunk *out);
typedef enum { CUT_ASK, CUT_YES, CUT_NO } cut_rule;
/* Whether there is a cut before code point k, where rules know; token_begin: the last cut. */
cut_rule segment_cut_by_rule(const dgm_segmenter *seg, const paragraph *par, const chunk *c,
                             uint32_t k, uint32_t token_begin);
void segment_cut_features(const dgm_segmenter *seg, const paragraph *par, const chunk *c,
                          uint32_t k, uint32_t token_begin, features *f);
/* Fills hash, shape and space_after of all tokens. */
void segment_describe_tokens(const dgm_segmenter *seg, paragraph *par);
bool segment_tokenize(const dgm_segmenter *seg, paragraph *par); /* false: no memory */
/* Whether a token of that shape may begin a name. */
bool segment_begins_name(uint8_t shape_of_it);

/* ---- sentences ------------------------------------------------------------------------------ */

/* What of the sentence so far an end depends on. */
typedef struct {
    uint32_t first; /* its first token */
    int32_t brackets;
    bool in_quotes;
} sentence_state;

void segment_sentence_begin(sentence_state *state, uint32_t first);
void segment_sentence_step(sentence_state *state, const paragraph *par, uint32_t i);
/* Whether what a live page sets before the paragraph, which begins at token `first`, ends with i.
 */
bool segment_ends_stamp(const paragraph *par, uint32_t i, uint32_t first);
bool segment_end_possible(const paragraph *par,
                          uint32_t i); /* after token i, which is not the last */
void segment_end_features(const dgm_segmenter *seg, const paragraph *par,
                          const sentence_state *state, uint32_t i, features *f);
void segment_find_sentences(const dgm_segmenter *seg, paragraph *par);

#endif
