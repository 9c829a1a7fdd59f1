/* Which language a story is in, by libexttextcat: the most frequent n-grams of letters, ranked
 * (Cavnar and Trenkle 1994). Only a story that is surely in another language is called foreign.
 *
 * The text is judged in pieces, and it is foreign when pieces with more than two thirds of its
 * letters are, so that neither a long quotation nor a short one decides. In a piece only letters
 * count, and of words in Latin script only those in lower case: names, which are foreign in the
 * plainest English bulletin, begin with capitals. */
#include "base/embedded.h"
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHORTEST = 200,  /* bytes of a story: below, too little is known */
    MOST_PIECES = 4, /* each guess takes a millisecond; of longer stories they are spread evenly */
    PIECE = 800,     /* bytes; one has at most twice as many */
    FEWEST_LETTERS = 80 /* of the words that are looked at; below, the piece says nothing */
};

/* What a piece is made of. */
typedef struct {
    char words[2 * PIECE + 8]; /* those that are looked at, parted by blanks */
    size_t n;
    uint32_t n_latin, n_other; /* letters by script */
    uint32_t n_words, n_english;
} piece;

/* Words that no English text of some length is without, and that few other languages have. */
static bool is_english_word(dgm_view word)
{
    static const char *const frequent[] = { "the",   "of",   "and",   "to",    "that",  "with",
                                            "for",   "was",  "were",  "from",  "have",  "has",
                                            "by",    "said", "at",    "their", "which", "after",
                                            "would", "been", "being", "they",  "this",  "who",
                                            "where", "near", "its" };
    for (size_t i = 0; word.n > 1 && word.n < 6 && i < DGM_LEN(frequent); i++) {
        if (dgm_view_eq_nocase(word, dgm_view_of(frequent[i])))
            return true;
    }
    return false;
}

static bool is_latin(uint32_t cp)
{
    return cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00);
}

static void take_word(piece *p, dgm_view word, bool looked_at)
{
    char seen[2 * PIECE + 8];
    if (word.n <= sizeof seen)
        word = (dgm_view) { seen, dgm_seen_into(seen, word) };
    p->n_english += is_english_word(word);
    if (!looked_at || word.n + 1 > sizeof p->words - p->n)
        return;
    p->n_words++;
    memcpy(p->words + p->n, word.p, word.n);
    p->n += word.n;
    p->words[p->n++] = ' ';
}

static void take_apart(dgm_view text, piece *p)
{
    uint32_t cp;
    size_t begin = 0, step;
    bool in_word = false, looked_at = false;
    *p = (piece) { .n = 0 };
    for (size_t at = 0; at < text.n; at += step) {
        step = dgm_utf8_next(text.p + at, text.n - at, &cp);
        bool on_letter = cp >= 0x300 && cp < 0x370; /* a mark on the letter before it */
        if (in_word && (on_letter || dgm_cp_is_unseen(cp, 0)))
            continue;
        bool letter = dgm_cp_is_letter(cp);
        p->n_latin += letter && is_latin(cp);
        p->n_other += letter && !is_latin(cp);
        if (letter && !in_word) {
            begin = at;
            looked_at = !dgm_cp_is_upper(cp);
        } else if (!letter && in_word) {
            take_word(p, dgm_view_slice(text, begin, at), looked_at);
        }
        in_word = letter;
    }
    if (in_word)
        take_word(p, dgm_view_slice(text, begin, text.n), looked_at);
}

/* ---- the guess ------------------------------------------------------------------------------ */

#ifdef DGM_HAVE_TEXTCAT
#include <libexttextcat/textcat.h>
#include <unistd.h>

struct dgm_guesser {
    void *textcat; /* NULL: its tables are not there, and nothing in Latin script is foreign */
    char language[8];
};

/* $DRAGOMAN_LANGUAGES is set by packages that bring the tables of languages along. */
static dgm_guesser *make(void)
{
    const char *named = getenv("DRAGOMAN_LANGUAGES");
    const char *folder = named && named[0] ? named : DGM_TEXTCAT_TABLES;
    char config[4096], prefix[4096];
    dgm_guesser *guesser = calloc(1, sizeof(*guesser));
    int n = snprintf(config, sizeof config, "%s/fpdb.conf", folder);
    snprintf(prefix, sizeof prefix, "%s/", folder);
    bool there = n > 0 && (size_t)n < sizeof config && dgm_path_exists(config);
    if (guesser && there) /* else the library of languages would print */
        guesser->textcat = special_textcat_Init(config, prefix);
    return guesser;
}

void dgm_guesser_free(dgm_guesser *guesser)
{
    if (guesser && guesser->textcat)
        textcat_Done(guesser->textcat);
    free(guesser);
}

/* The guesser names the languages that fit nearly as well as the best, as "[en--utf8][sco--utf8]",
 * or says that it cannot tell. NULL: it cannot, or English is among them. */
static const char *guess(dgm_guesser **guesser, dgm_view text)
{
    *guesser = *guesser ? *guesser : make();
    if (!*guesser || !(*guesser)->textcat)
        return NULL;
    const char *found = textcat_Classify((*guesser)->textcat, text.p, text.n);
    if (!found || found[0] != '[' || strstr(found, "[en-") || strstr(found, "[sco-"))
        return NULL;
    size_t n = strcspn(found + 1, "-]");
    snprintf((*guesser)->language, sizeof(*guesser)->language, "%.*s", (int)n, found + 1);
    return (*guesser)->language;
}

bool dgm_language_is_guessed(void)
{
    return true;
}
#else
bool dgm_language_is_guessed(void)
{
    return false;
}

void dgm_guesser_free(dgm_guesser *guesser)
{
    (void)guesser;
}

/* Without the guesser only another script than the Latin one is told. */
static const char *guess(dgm_guesser **guesser, dgm_view text)
{
    (void)guesser, (void)text;
    return NULL;
}
#endif

/* The language of a piece, NULL: English, or not known. */
static const char *judge(dgm_guesser **guesser, const piece *p, dgm_view text)
{
    if (p->n_other > p->n_latin) {
        const char *language = guess(guesser, text);
        return language ? language : "und";
    }
    if (p->n < FEWEST_LETTERS + p->n_words || p->n_english * 8 >= p->n_words)
        return NULL;
    return guess(guesser, (dgm_view) { p->words, p->n });
}

/* ---- the story ------------------------------------------------------------------------------ */

/* The i-th of n pieces, from white space on. */
static dgm_view cut(dgm_view text, size_t i, size_t n)
{
    size_t begin = text.n / n * i, end = i + 1 == n ? text.n : text.n / n * (i + 1);
    dgm_view part = dgm_view_slice(text, begin, DGM_MIN(end, begin + (size_t)(2 * PIECE)));
    const char *space = begin > 0 ? memchr(part.p, ' ', part.n / 2) : NULL;
    return space ? dgm_view_slice(part, (size_t)(space - part.p), part.n) : part;
}

const char *dgm_foreign_language(dgm_guesser **guesser, dgm_view text)
{
    size_t n_pieces = DGM_MIN(DGM_MAX(text.n / PIECE, (size_t)1), (size_t)MOST_PIECES);
    uint64_t n_letters = 0, n_foreign = 0;
    const char *language = NULL;
    if (text.n < SHORTEST)
        return NULL;
    for (size_t i = 0; i < n_pieces; i++) {
        piece p;
        dgm_view part = cut(text, i, n_pieces);
        take_apart(part, &p);
        const char *found = judge(guesser, &p, part);
        n_letters += p.n_latin + p.n_other;
        n_foreign += found ? p.n_latin + p.n_other : 0;
        language = found ? found : language;
    }
    return n_foreign * 3 > n_letters * 2 ? language : NULL;
}
