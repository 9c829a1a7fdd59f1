#include "syntax/voice.h"

/* Words of "officials said on Monday", of "on Monday", and of what was said. */
enum { LONGEST = 11, LONGEST_BESIDE = 4, SHORTEST_SAID = 4, LONGEST_FORM = 32 };

typedef struct {
    const dgm_morphology *words;
    const dgm_sentence *s;
} reading;

static bool is_form(const dgm_sentence *s, uint32_t i, const char *form)
{
    return i > 0 && dgm_view_eq(s->words[i].form, dgm_view_of(form));
}

/* A single mark that is not ASCII, a dash or a curly quote, has three bytes. */
static bool is_word(const dgm_word *w)
{
    for (size_t i = 0; i < w->form.n; i++) {
        unsigned char c = (unsigned char)w->form.p[i];
        if (dgm_is_alpha(c) || dgm_is_digit(c) || (c >= 0x80 && w->form.n != 3))
            return true;
    }
    return false;
}

/* "said", "say", "reported", but not "report", which may be a noun. */
static bool says(const reading *r, uint32_t i)
{
    char buffer[LONGEST_FORM];
    dgm_view form = dgm_view_lower(r->s->words[i].form, buffer, sizeof(buffer));
    dgm_view lemma = dgm_morphology_verb(r->words, form);
    return dgm_morphology_is(r->words, lemma, DGM_VERB_SAID_OBJECT) &&
           !dgm_view_ends(form, DGM_VIEW("ing")) &&
           (dgm_view_ends(form, DGM_VIEW("ed")) || dgm_morphology_is_irregular(r->words, lemma));
}

static bool is_of(const reading *r, uint32_t i, dgm_verb_class class)
{
    char buffer[LONGEST_FORM];
    dgm_view form = dgm_view_lower(r->s->words[i].form, buffer, sizeof(buffer));
    return dgm_morphology_is(r->words, form, class);
}

uint32_t dgm_voice_stop(const dgm_sentence *s)
{
    return s->n_words > 0 && is_form(s, s->n_words, ".") ? s->n_words : 0;
}

/* The last comma before the words that end the sentence; 0: another mark is nearer. */
static uint32_t last_comma(const dgm_sentence *s, uint32_t end)
{
    for (uint32_t i = end; i > 1 && end - i <= LONGEST; i--)
        if (!is_word(&s->words[i]))
            return is_form(s, i, ",") && !s->words[i].in_quotes && is_word(&s->words[i - 1]) ? i
                                                                                             : 0;
    return 0;
}

/* "If he fires, officials said": not all that is said stands before the comma, or nothing is. */
static bool is_open_clause(const reading *r, uint32_t comma)
{
    bool opens = is_of(r, 1, DGM_WORD_GOES_ON) && !is_of(r, 1, DGM_WORD_BESIDE);
    for (uint32_t i = 2; opens && i < comma; i++)
        opens = !is_form(r->s, i, ",");
    return opens;
}

/* The one verb of saying, which has words before it; 0: none, or several. */
static uint32_t only_verb(const reading *r, uint32_t first, uint32_t end)
{
    uint32_t verb = 0;
    for (uint32_t i = first; i <= end; i++)
        if (says(r, i)) {
            if (verb)
                return 0;
            verb = i;
        }
    return verb > first ? verb : 0;
}

uint32_t dgm_voice_comma(const dgm_morphology *words, const dgm_sentence *s)
{
    const reading r = { words, s };
    uint32_t end = dgm_voice_stop(s) ? s->n_words - 1 : s->n_words;
    uint32_t comma = words ? last_comma(s, end) : 0;
    uint32_t verb = comma ? only_verb(&r, comma + 1, end) : 0;
    /* "The police, officials and troops said": nothing is said before the comma. */
    if (!verb || comma <= SHORTEST_SAID || is_open_clause(&r, comma) ||
        is_of(&r, comma + 1, DGM_WORD_GOES_ON) || is_of(&r, verb - 1, DGM_WORD_GOES_ON))
        return 0;
    /* "said on Monday", "told reporters", but not "said it had failed". */
    uint32_t beside = end - verb;
    bool good = beside <= 1 || (beside <= LONGEST_BESIDE && is_of(&r, verb + 1, DGM_WORD_BESIDE));
    return good ? comma : 0;
}
