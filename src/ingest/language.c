/* Which language a story is in, by libexttextcat: the most frequent n-grams of letters, ranked
 * (Cavnar and Trenkle 1994). Only a story that is surely in another language is called foreign. */
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHORTEST = 200, /* bytes: below, too little is known */
    LONGEST = 1000, /* of the text are looked at, from its middle on: the begin may be names */
};

/* Words that no English text of some length is without, and that few other languages have. A text
 * in which every eighth word is one of them is English, which spares the guesser most of its work.
 */
static bool has_english_words(dgm_view text)
{
    static const char *const frequent[] = { "the", "of",   "and",  "to",   "that", "with", "for",
                                            "was", "were", "from", "have", "has",  "by",   "said" };
    uint32_t n = 0, n_frequent = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && !dgm_is_space((unsigned char)text.p[end]))
            end++;
        dgm_view word = { text.p + at, end - at };
        n += word.n > 0;
        for (size_t i = 0; word.n > 1 && word.n < 5 && i < DGM_LEN(frequent); i++)
            n_frequent += dgm_view_eq_nocase(word, dgm_view_of(frequent[i]));
        at = end + 1;
    }
    return n_frequent * 8 >= n;
}

/* Whether it is prose at all: mostly letters, of whatever script. */
static bool is_prose(dgm_view text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        n += dgm_is_alpha(c) || c >= 0x80;
    }
    return text.n >= SHORTEST && n * 3 > text.n * 2;
}

/* At most LONGEST bytes of the text, from white space on. */
static dgm_view sample(dgm_view text)
{
    if (text.n <= LONGEST)
        return text;
    size_t begin = (text.n - LONGEST) / 2;
    dgm_view part = dgm_view_slice(text, begin, begin + LONGEST);
    const char *space = memchr(part.p, ' ', part.n / 2);
    return space ? dgm_view_slice(part, (size_t)(space - part.p), part.n) : part;
}

#ifdef DGM_HAVE_TEXTCAT
#include <libexttextcat/textcat.h>

struct dgm_guesser {
    void *textcat; /* NULL: its tables are not there, and nothing is foreign */
};

static dgm_guesser *make(void)
{
    dgm_guesser *guesser = calloc(1, sizeof(*guesser));
    if (guesser)
        guesser->textcat =
            special_textcat_Init(DGM_TEXTCAT_TABLES "/fpdb.conf", DGM_TEXTCAT_TABLES "/");
    return guesser;
}

void dgm_guesser_free(dgm_guesser *guesser)
{
    if (guesser && guesser->textcat)
        textcat_Done(guesser->textcat);
    free(guesser);
}

/* The guesser names the languages that fit nearly as well as the best, as "[en--utf8][sco--utf8]",
 * or says that it cannot tell. */
bool dgm_is_foreign(dgm_guesser **guesser, dgm_view text)
{
    dgm_view part = sample(text);
    if (!is_prose(part) || has_english_words(part))
        return false;
    *guesser = *guesser ? *guesser : make();
    if (!*guesser || !(*guesser)->textcat)
        return false;
    const char *guess = textcat_Classify((*guesser)->textcat, part.p, part.n);
    return guess && guess[0] == '[' && !strstr(guess, "[en-") && !strstr(guess, "[sco-");
}

/* The first of "[de--utf8][nl--utf8]" fits best. */
dgm_view dgm_foreign_language(dgm_guesser **guesser, dgm_view text, dgm_arena *arena)
{
    dgm_view part = sample(text);
    const char *guess = *guesser && (*guesser)->textcat
                            ? textcat_Classify((*guesser)->textcat, part.p, part.n)
                            : NULL;
    size_t n = guess && guess[0] == '[' ? strcspn(guess + 1, "-_]") : 0;
    return n == 2 || n == 3 ? dgm_arena_copy(arena, (dgm_view) { guess + 1, n }) : DGM_VIEW("und");
}
#else
void dgm_guesser_free(dgm_guesser *guesser)
{
    (void)guesser;
}

/* Without the guesser only another script than the Latin one is told. */
bool dgm_is_foreign(dgm_guesser **guesser, dgm_view text)
{
    dgm_view part = sample(text);
    (void)guesser;
    size_t n = 0;
    for (size_t i = 0; i < part.n; i++)
        n += (unsigned char)part.p[i] >= 0x80;
    return is_prose(part) && n * 2 > part.n && !has_english_words(part);
}

dgm_view dgm_foreign_language(dgm_guesser **guesser, dgm_view text, dgm_arena *arena)
{
    (void)guesser;
    (void)text;
    (void)arena;
    return DGM_VIEW("und");
}
#endif
