/* Tells background from news by the words of the clause: years long past, decades, "ago", "in the
 * 1990s", "during the Cold War" (data/cues/eras.tsv). Dates proper are grounding's. */
#include "claims/work.h"

enum { MAX_STEPS = 8 };

static uint32_t year_of(dgm_view form)
{
    uint64_t year;
    if (form.n == 5 && form.p[4] == 's')
        form.n = 4;
    if (form.n != 4 || !dgm_parse_u64(form, &year) || year < 1000 || year > 2999)
        return 0;
    return (uint32_t)year;
}

static bool is_long_unit(const dgm_sentence *s, uint32_t k)
{
    return dgm_lemma_function_is(s->tree, k, DGM_FN_LONG_UNIT);
}

static bool is_past_word(const dgm_sentence *s, uint32_t k)
{
    if (k > 1 && dgm_function_is(s->tree, k, DGM_FN_BACKWARDS) && is_long_unit(s, k - 1))
        return true;
    if (k < s->n_words && is_long_unit(s, k + 1) && dgm_function_is(s->tree, k, DGM_FN_LAST) &&
        !dgm_lemma_function_is(s->tree, k + 1, DGM_FN_YEAR))
        return true;
    if (k < s->n_words && is_long_unit(s, k + 1) && dgm_function_is(s->tree, k, DGM_FN_PREVIOUS))
        return true;
    return dgm_function_is(s->tree, k, DGM_FN_FORMERLY);
}

/* A year counts as long past from the year before last on, or from last year once this one is a
 * quarter old. */
static bool is_past_year(const dgm_document *doc, uint32_t year)
{
    uint64_t now, month;
    if (year == 0 || doc->date[0] == 0 || !dgm_parse_u64((dgm_view) { doc->date, 4 }, &now) ||
        !dgm_parse_u64((dgm_view) { doc->date + 5, 2 }, &month))
        return false;
    return year + 1 < now || (year + 1 == now && month > 3);
}

/* How many words of an era's name that is over stand at word k; 0: none do. */
static uint32_t past_era(const work *w, const dgm_sentence *s, uint32_t k)
{
    for (const era *e = era_first(w->claims, s->words[k].form); e; e = era_next(w->claims, e)) {
        dgm_view rest = e->phrase, part;
        uint32_t n = 0;
        while (rest.n > 0 && k + n <= s->n_words && dgm_view_split(&rest, ' ', &part) &&
               dgm_view_eq_nocase(part, s->words[k + n].form))
            n++;
        bool whole = n > 0 && rest.n == 0 && dgm_view_eq_nocase(part, s->words[k + n - 1].form);
        if (whole && is_past_year(w->doc, e->end))
            return n;
    }
    return 0;
}

static bool is_clause(dgm_deprel deprel)
{
    return deprel == DGM_REL_CCOMP || deprel == DGM_REL_CSUBJ || deprel == DGM_REL_PARATAXIS ||
           dgm_deprel_main(deprel) == DGM_REL_ACL || dgm_deprel_main(deprel) == DGM_REL_ADVCL;
}

/* "Killed 2000 people", "arrested about 1800": a number that counts is no year. */
static bool counts(const dgm_sentence *s, uint32_t k)
{
    const dgm_word *w = s->words + k;
    if (w->deprel == DGM_REL_OBJ || dgm_is_subject(w->deprel))
        return w->upos == DGM_NUM;
    return w->deprel == DGM_REL_NUMMOD && w->head > k &&
           dgm_has_feat(s->words + w->head, DGM_VIEW("Number=Plur")) &&
           !(k > 1 &&
             (s->words[k - 1].upos == DGM_DET || s->words[k - 1].deprel == DGM_REL_NMOD_POSS));
}

/* "Marched over the war of 1879", "demand payment for the 1904 massacres": of the year of what the
 * noun says, but "killed in the riots of 1973", "carried out the 2018 attack". */
static bool is_of_matter(const dgm_sentence *s, uint32_t time, uint32_t event_word)
{
    uint32_t noun = s->words[time].head;
    if (dgm_is_behind_cause(s->tree, time, event_word))
        return true; /* wherever the parser hung it */
    if (noun && noun != event_word && s->words[noun].upos == DGM_PROPN &&
        dgm_has_function(s->tree, time, DGM_FN_OF))
        return true; /* "sued it over the Clean Rivers Act of 2018": a part of a name */
    dgm_deprel r = dgm_deprel_main(s->words[noun].deprel);
    if (noun == 0 || noun == event_word || s->words[noun].upos != DGM_NOUN ||
        (r != DGM_REL_OBL && r != DGM_REL_NMOD))
        return false;
    uint32_t m = dgm_marker_of(s->tree, noun);
    /* "during", "amid", but not "because of". */
    bool during =
        m && dgm_function_is(s->tree, m, DGM_FN_GIVEN) && !dgm_child_of(s->tree, m, DGM_REL_FIXED);
    return m && !during && !dgm_function_is(s->tree, m, DGM_FN_IN) &&
           !dgm_function_is(s->tree, m, DGM_FN_AT);
}

/* Whether the time at `time` is the event's own: climbing from it through noun phrases and adjuncts
 * one comes to the event's word or to a verb right over it. */
static bool belongs(const dgm_sentence *s, uint32_t time, uint32_t event_word)
{
    uint32_t word = time;
    for (uint32_t step = 0; step < MAX_STEPS && word; step++) {
        if (word == event_word)
            return true;
        if (s->words[word].upos == DGM_VERB) {
            uint32_t up = event_word;
            dgm_deprel r = dgm_deprel_main(s->words[up].deprel);
            return s->words[up].head == word && (r == DGM_REL_OBJ || r == DGM_REL_XCOMP);
        }
        if (is_clause(s->words[word].deprel))
            return false;
        word = s->words[word].head;
    }
    return false;
}

/* "since 2008", "from 1990 to 2020": what began long ago may still go on. */
static bool is_since(const work *w, uint32_t i, uint32_t time)
{
    const dgm_sentence *s = &w->doc->sentences.at[i];
    uint32_t m = dgm_marker_of(w->info[i].tree, time);
    return m && dgm_function_is(s->tree, m, DGM_FN_SPAN);
}

static bool tells_of_past(const work *w, uint32_t i, uint32_t k)
{
    const dgm_sentence *s = sentence_at(w, i);
    bool past = is_past_word(s, k) || past_era(w, s, k) > 0 ||
                (is_past_year(w->doc, year_of(s->words[k].form)) && !counts(s, k));
    return past && !is_since(w, i, k);
}

static void set_historical(work *w, uint32_t e, const uint32_t *past, uint32_t n)
{
    dgm_event *event = &w->doc->events.at[e];
    uint32_t i = event->trigger.sentence;
    const dgm_sentence *s = sentence_at(w, i);
    for (uint32_t k = 0; k < n && !event->historical; k++) {
        if (is_of_matter(s, past[k], event->trigger_word) ||
            !belongs(s, past[k], event->trigger_word))
            continue;
        event->historical = true;
        dgm_note(w->doc, "claims", i, e, "historical by `%.*s`", DGM_FMT(s->words[past[k]].form));
    }
}

/* A sentence is looked through once, whatever the number of its events. */
bool history_set(work *w)
{
    const dgm_document *doc = w->doc;
    dgm_by_sentence events;
    DGM_ARRAY(uint32_t) past = { NULL, 0, 0 };
    if (!dgm_events_by_sentence(doc, &events))
        return false;
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        uint32_t begin = events.first[i], end = events.first[i + 1];
        past.n = 0;
        for (uint32_t k = 1; k <= sentence_at(w, i)->n_words && begin < end; k++) {
            if (!tells_of_past(w, i, k))
                continue;
            uint32_t *word = dgm_push(doc->arena, &past);
            if (!word)
                return false;
            *word = k;
        }
        for (uint32_t j = begin; j < end; j++)
            set_historical(w, events.at[j], past.at, past.n);
    }
    return true;
}
