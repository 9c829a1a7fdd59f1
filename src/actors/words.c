/* Single words: in lists, pronouns, the calendar, the last words of bodies' names. */
#include "actors/phrase.h"

#define IN(word, list) form_in((word), (list), DGM_LEN(list))

bool form_in(const dgm_word *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgm_view_eq_nocase(word->form, dgm_view_of(list[i])))
            return true;
    return false;
}

bool form_is(const dgm_word *word, const char *form)
{
    return dgm_view_eq_nocase(word->form, dgm_view_of(form));
}

pronoun pronoun_of(const dgm_word *word)
{
    static const struct {
        const char *form;
        pronoun kind;
    } list[] = {
        { "he", P_HE },         { "him", P_HE },
        { "his", P_HE },        { "himself", P_HE },
        { "she", P_SHE },       { "her", P_SHE },
        { "hers", P_SHE },      { "herself", P_SHE },
        { "it", P_IT },         { "its", P_IT },
        { "itself", P_IT },     { "they", P_THEY },
        { "them", P_THEY },     { "their", P_THEY },
        { "theirs", P_THEY },   { "themselves", P_THEY },
        { "i", P_I },           { "me", P_I },
        { "my", P_I },          { "we", P_WE },
        { "us", P_WE },         { "our", P_WE },
        { "ours", P_WE },       { "who", P_RELATIVE },
        { "whom", P_RELATIVE }, { "which", P_RELATIVE },
        { "that", P_RELATIVE }, { "whose", P_RELATIVE },
    };
    char buf[12];
    size_t n = 0;
    for (size_t i = 0; i < word->form.n && n < sizeof buf; i++)
        if (word->form.p[i] != '[' && word->form.p[i] != ']')
            buf[n++] = word->form.p[i];
    dgm_view plain = { buf, n };
    for (size_t i = 0; i < DGM_LEN(list); i++)
        if (dgm_view_eq_nocase(plain, dgm_view_of(list[i].form)))
            return list[i].kind;
    return P_NONE;
}

bool lemma_in(const dgm_word *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgm_view_eq_nocase(word->lemma, dgm_view_of(list[i])))
            return true;
    return false;
}

uint32_t preposition_of(const dgm_sentence *s, uint32_t word)
{
    return dgm_child(s, word, DGM_REL_CASE, 0);
}

static const char *const calendar[] = { "january",   "february", "march",     "april",
                                        "may",       "june",     "july",      "august",
                                        "september", "october",  "november",  "december",
                                        "monday",    "tuesday",  "wednesday", "thursday",
                                        "friday",    "saturday", "sunday" };

bool is_calendar(const dgm_word *word)
{
    return IN(word, calendar);
}

/* Last words of names of bodies: "the Joint Military Investigation Group" is no person. */
bool is_body_name(const dgm_word *word)
{
    static const char *const list[] = {
        "airlines",     "airways",      "bank",       "university", "company",   "corporation",
        "association",  "federation",   "institute",  "council",    "committee", "party",
        "front",        "army",         "movement",   "union",      "league",    "foundation",
        "center",       "centre",       "agency",     "press",      "times",     "post",
        "news",         "television",   "tv",         "radio",      "club",      "society",
        "church",       "group",        "commission", "authority",  "academy",   "college",
        "hospital",     "service",      "services",   "office",     "board",     "network",
        "organization", "organisation", "congress",   "parliament", "assembly",  "court",
        "guard",        "guards",       "force",      "forces",     "command",   "brigade"
    };
    return IN(word, list);
}
