/* Time expressions of a document, in reading order, so that "two days later" finds what was told
 * last. */
#include "grounding/times.h"

#include "grounding/time_grammar.h"

#include <string.h>

enum { YEAR = 365 };

/* The hyphen of "German-Russian", parted by the tokenizer. */
static bool is_inside_word(const dgm_sentence *s, uint32_t i)
{
    return i > 1 && i < s->n_words && s->words[i - 1].end == s->words[i].begin &&
           s->words[i].end == s->words[i + 1].begin;
}

bool dgm_time_in_dateline(const dgm_sentence *s, uint32_t last)
{
    enum { REACH = 14, MORE = 8 };
    if (last > REACH)
        return false;
    for (size_t i = 0; i < s->words[1].form.n; i++)
        if (dgm_is_lower((unsigned char)s->words[1].form.p[i]))
            return false;
    for (uint32_t i = last + 1; i <= s->n_words && i <= last + MORE; i++) {
        dgm_view f = s->words[i].form;
        if (s->words[i].upos == DGM_VERB)
            return false;
        if (is_inside_word(s, i))
            continue;
        if (dgm_view_eq(f, DGM_VIEW("-")) || dgm_view_eq(f, DGM_VIEW("--")) ||
            dgm_view_eq(f, DGM_VIEW("\xE2\x80\x93")) || dgm_view_eq(f, DGM_VIEW("\xE2\x80\x94")))
            return true;
    }
    return false;
}

/* More than a year ago; of a mere year, once the next one is a quarter old. */
static bool is_past(const dgm_time_expr *e, dgm_day today)
{
    enum { QUARTER = 90 };
    return e->end < today - (e->grain >= DGM_GRAIN_YEAR ? QUARTER : YEAR);
}

static bool add(dgm_document *doc, const dgm_time_scan *x, uint32_t i_sentence,
                const dgm_time_expr *e)
{
    dgm_time *time = dgm_push(doc->arena, &doc->times);
    if (!time)
        return false;
    time->span = dgm_span_of(doc, i_sentence, e->first, e->last);
    time->words = dgm_span_of(doc, i_sentence, e->first_word, e->last);
    time->kind = e->kind;
    memcpy(time->value, e->value, sizeof time->value);
    time->duration = e->duration;
    time->beside = e->beside;
    if (e->begin != DGM_NO_DAY) {
        dgm_day_write(e->begin, time->begin);
        dgm_day_write(e->end, time->end);
        dgm_day_write(e->own_begin, time->from);
        dgm_day_write(e->own_end, time->to);
        time->past = is_past(e, x->today);
    }
    dgm_note(doc, "grounding", i_sentence, DGM_NONE, "time \"%.*s\": %s%s%s%s",
             DGM_FMT(dgm_span_text(doc, time->span)), e->duration ? "dates nothing" : time->begin,
             e->duration ? "" : " to ", e->duration ? "" : time->end,
             e->anaphoric ? ", from the time mentioned before"
             : time->past ? ", past"
                          : "");
    return true;
}

/* "the March 23 Movement": a day of the calendar between an article and the name that it is part
 * of, but "the October 7 War". */
static bool is_part_of_name(const dgm_time_scan *x, const dgm_time_expr *e)
{
    const dgm_sentence *s = x->sentence;
    uint32_t name = e->last + 1;
    if (e->grain != DGM_GRAIN_DAY || e->weekday || e->duration || e->first < 2 ||
        name > s->n_words || x->tokens[e->last].shape != DGM_SHAPE_DIGITS)
        return false;
    const dgm_word *w = s->words + name;
    return s->words[e->first - 1].upos == DGM_DET && x->tokens[name].capital &&
           (w->upos == DGM_PROPN || w->upos == DGM_NOUN) && w->event == DGM_NONE &&
           !dgm_has_class(s->tree, name, DGM_CLASS_ATTACK) && dgm_is_under(s->tree, name, e->last);
}

static bool scan_sentence(dgm_document *doc, dgm_time_scan *x, uint32_t i_sentence)
{
    x->last_here = false;
    for (uint32_t i = 1; i <= x->sentence->n_words;) {
        dgm_time_expr e;
        if (!dgm_time_expr_at(x, i, &e) && !dgm_time_loose_at(x, i, &e)) {
            i++;
            continue;
        }
        if (is_part_of_name(x, &e)) {
            i = e.last + 1;
            continue;
        }
        if (!add(doc, x, i_sentence, &e))
            return false;
        if (!e.duration && !e.beside && e.begin != DGM_NO_DAY && e.grain <= DGM_GRAIN_YEAR &&
            !dgm_time_in_dateline(x->sentence, e.last)) {
            x->last_here = true;
            x->last_begin = e.begin;
            x->last_end = e.end;
            if (e.begin == e.end) {
                x->last_day = e.begin;
                x->day_in = x->sentence;
            }
            if (e.begin <= x->today) {
                x->over_begin = e.begin;
                x->over_end = e.end;
            }
        }
        i = e.last + 1;
    }
    return true;
}

dgm_status dgm_times_find(const dgm_time_words *words, dgm_document *doc, dgm_err *err)
{
    dgm_time_scan x = { .words = words,
                        .first = doc->sentences.at,
                        .last_begin = DGM_NO_DAY,
                        .last_end = DGM_NO_DAY,
                        .last_day = DGM_NO_DAY,
                        .over_begin = DGM_NO_DAY,
                        .over_end = DGM_NO_DAY };
    if (!dgm_day_parse(dgm_view_of(doc->date), &x.today))
        return DGM_OK;
    uint32_t most = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++)
        most = DGM_MAX(most, doc->sentences.at[s].n_words);
    dgm_time_token *tokens = DGM_NEW(doc->arena, dgm_time_token, (size_t)most + 1);
    if (!tokens)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for time expressions");
    x.tokens = tokens;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        uint32_t classes = 0;
        bool figures = false;
        x.sentence = doc->sentences.at + s;
        for (uint32_t i = 1; i <= x.sentence->n_words; i++) {
            tokens[i] = dgm_time_token_of(words, x.sentence->words + i);
            classes |= tokens[i].classes;
            figures |= tokens[i].shape != DGM_SHAPE_WORD;
        }
        if ((classes || figures) && !scan_sentence(doc, &x, s))
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for time expressions");
    }
    return DGM_OK;
}
