/* Times that date no event: how often, how long, at which hour, and what lies in no certain past or
 * future. TimeML marks them as SET, DURATION, TIME and the references of DATE. */
#include "grounding/time_rules.h"

static void loose(dgm_time_expr *e, uint32_t first, uint32_t last)
{
    set(e, first, last, DGM_NO_DAY, DGM_NO_DAY, DGM_GRAIN_DAY);
    e->duration = true;
}

/* ---- how often ------------------------------------------------------------------------------ */

static void set_code(dgm_time_expr *e, const char *before, const char *code)
{
    e->kind = DGM_TIMEX_SET;
    snprintf(e->value, sizeof e->value, "%s%s", before, code);
}

/* "every Friday", "each May", "every summer", "every morning", "every two weeks". */
static bool each(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t n = 1;
    dgm_time_unit unit;
    uint32_t k = i + 1, after = dgm_time_count(x, k, &n);
    char code[16];
    if (!mark_is(x, i, DGM_MARK_EVERY) && !mark_is(x, i, DGM_MARK_EACH))
        return false;
    k = after ? after : k;
    loose(e, i, k);
    if (dgm_time_is_weekday(x, k)) {
        snprintf(code, sizeof code, "%d", (int)value(x, k, DGM_TIME_WEEKDAY));
        set_code(e, "XXXX-WXX-", code);
    } else if (dgm_time_is_month(x, k)) {
        snprintf(code, sizeof code, "%02d", (int)value(x, k, DGM_TIME_MONTH));
        set_code(e, "XXXX-", code);
    } else if (is(x, k, DGM_TIME_SEASON)) {
        set_code(e, "XXXX-", dgm_time_season_code(value(x, k, DGM_TIME_SEASON)));
    } else if (is(x, k, DGM_TIME_PART)) {
        set_code(e, "XXXX-XX-XX", dgm_time_part_code((dgm_time_part)value(x, k, DGM_TIME_PART)));
    } else if (dgm_time_unit_at(x, k, &unit)) {
        dgm_time_set_period(x, e, DGM_TIMEX_SET, n, unit, i + 1, k);
    } else {
        return false;
    }
    return true;
}

/* "daily", "twice a week", "per year". */
static bool often(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    dgm_time_unit unit;
    if (is(x, i, DGM_TIME_OFTEN) && x->sentence->words[i].upos != DGM_PROPN) {
        loose(e, i, i);
        dgm_time_set_period(x, e, DGM_TIMEX_SET, 1, (dgm_time_unit)value(x, i, DGM_TIME_OFTEN), i,
                            i);
        return true;
    }
    if (!is(x, i, DGM_TIME_EACH))
        return false;
    bool times = mark_is(x, i, DGM_MARK_ONCE) || mark_is(x, i, DGM_MARK_TWICE);
    bool link = is(x, i + 1, DGM_TIME_EACH) || mark_is(x, i + 1, DGM_MARK_A) ||
                mark_is(x, i + 1, DGM_MARK_AN);
    uint32_t k = times ? i + 2 : i + 1;
    if ((times && !link) || !is(x, k, DGM_TIME_UNIT) || !dgm_time_unit_at(x, k, &unit))
        return false;
    loose(e, i, k);
    dgm_time_set_period(x, e, DGM_TIMEX_SET, 1, unit, i, i);
    return true;
}

/* ---- how long ------------------------------------------------------------------------------- */

static bool is_article(const dgm_time_scan *x, uint32_t i)
{
    return mark_is(x, i, DGM_MARK_A) || mark_is(x, i, DGM_MARK_AN) || mark_is(x, i, DGM_MARK_ONE);
}

/* "forty people a day" is a rate, "a second attack" and "three quarters of them" no time at all. */
static bool counts_no_time(const dgm_time_scan *x, uint32_t i, uint32_t k, dgm_time_unit unit)
{
    if (unit == DGM_UNIT_QUARTER && (is_article(x, i) || mark_is(x, k + 1, DGM_MARK_OF)))
        return true;
    if (!is_article(x, i))
        return false;
    dgm_upos before = inside(x, i - 1) ? (dgm_upos)x->sentence->words[i - 1].upos : DGM_UPOS_NONE;
    return unit == DGM_UNIT_SECOND || before == DGM_NOUN || before == DGM_NUM || before == DGM_SYM;
}

/* "five days of fighting", "a two-week truce", "years of war", "for months"; "30-year-old" is an
 * age. */
static bool how_long(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t n = 0;
    dgm_time_unit unit;
    if (is(x, i, DGM_TIME_UNITS) &&
        (is(x, i - 1, DGM_TIME_DURING) || mark_is(x, i + 1, DGM_MARK_OF)) &&
        dgm_time_unit_at(x, i, &unit)) {
        loose(e, i, i);
        dgm_time_set_period(x, e, DGM_TIMEX_DURATION, 0, unit, i, i);
        return true;
    }
    uint32_t k = dgm_time_count(x, i, &n);
    if (!k)
        return false;
    uint32_t counted = k;
    k += is_dash(x, k);
    if (!dgm_time_unit_at(x, k, &unit) || counts_no_time(x, i, k, unit))
        return false;
    uint32_t next = k + 1 + is_dash(x, k + 1);
    if (mark_is(x, next, DGM_MARK_OLD) || mark_is(x, next, DGM_MARK_OLDS))
        return false;
    loose(e, i, k);
    dgm_time_set_period(x, e, DGM_TIMEX_DURATION, n, unit, i, counted);
    return true;
}

/* ---- at which hour -------------------------------------------------------------------------- */

/* "10:30", "10.30", "10", and the "pm" of "3pm" in *rest. */
static bool read_hour(dgm_view form, int32_t *hour, int32_t *minute, dgm_view *rest)
{
    size_t i = 0;
    *hour = *minute = 0;
    while (i < form.n && i < 2 && dgm_is_digit((unsigned char)form.p[i]))
        *hour = *hour * 10 + form.p[i++] - '0';
    if (i == 0)
        return false;
    bool colon = i + 2 < form.n && (form.p[i] == ':' || form.p[i] == '.') &&
                 dgm_is_digit((unsigned char)form.p[i + 1]) &&
                 dgm_is_digit((unsigned char)form.p[i + 2]);
    if (colon) {
        *minute = (form.p[i + 1] - '0') * 10 + form.p[i + 2] - '0';
        i += 3;
    }
    *rest = dgm_view_slice(form, i, form.n);
    return *hour <= 24 && *minute < 60;
}

static bool asks_for_hour(const dgm_time_scan *x, uint32_t i)
{
    return mark_is(x, i, DGM_MARK_AT) || mark_is(x, i, DGM_MARK_AROUND) ||
           mark_is(x, i, DGM_MARK_ABOUT) || is(x, i, DGM_TIME_BY) || is(x, i, DGM_TIME_UNTIL) ||
           is(x, i, DGM_TIME_SINCE) || mark_is(x, i, DGM_MARK_BEFORE) ||
           mark_is(x, i, DGM_MARK_AFTER);
}

/* "... on Friday", "... Friday": the day that an hour is of; else the one told last in the
 * sentence, else the story's. */
static dgm_day day_of_hour(const dgm_time_scan *x, uint32_t last)
{
    dgm_time_expr day;
    uint32_t k = last + 1;
    while (mark_is(x, k, DGM_MARK_ON) || form_is(x, k, ",") || mark_is(x, k, DGM_MARK_LOCAL) ||
           mark_is(x, k, DGM_MARK_TIME) || form_is(x, k, "GMT"))
        k++;
    if (inside(x, k) && dgm_time_expr_at(x, k, &day) && day.begin != DGM_NO_DAY &&
        day.begin == day.end)
        return day.begin;
    return x->last_here && x->last_begin == x->last_end ? x->last_begin : x->today;
}

static bool clock(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    int32_t hour = 0, minute = 0, add = -1;
    dgm_view rest = { "", 0 }, form = x->sentence->words[i].form;
    uint32_t last = i;
    char day[11];
    bool figures = read_hour(form, &hour, &minute, &rest);
    if (!figures && is(x, i, DGM_TIME_NUMBER))
        hour = value(x, i, DGM_TIME_NUMBER);
    else if (!figures)
        return false;
    bool colon = form.n - rest.n > 2;
    if (is(x, i + 1, DGM_TIME_CLOCK) && rest.n == 0) {
        add = value(x, i + 1, DGM_TIME_CLOCK);
        last = i + 1;
    } else if (dgm_view_eq_nocase(rest, DGM_VIEW("am")) ||
               dgm_view_eq_nocase(rest, DGM_VIEW("a.m."))) {
        add = 0;
    } else if (dgm_view_eq_nocase(rest, DGM_VIEW("pm")) ||
               dgm_view_eq_nocase(rest, DGM_VIEW("p.m."))) {
        add = 12;
    } else if (rest.n > 0 || !colon || form.p[form.n - 3] != ':' || !asks_for_hour(x, i - 1)) {
        return false;
    }
    bool told_half = last > i || rest.n > 0; /* of the day */
    if (hour > (told_half ? 12 : 24) || (told_half && hour < 1))
        return false;
    if (add >= 0 && !form_is(x, last, "o'clock"))
        hour = hour % 12 + add;
    loose(e, i, last);
    e->begin = e->end = day_of_hour(x, last);
    e->kind = DGM_TIMEX_TIME;
    dgm_day_write(e->begin, day);
    snprintf(e->value, sizeof e->value, "%sT%02d:%02d", day, (int)hour, (int)minute);
    return true;
}

/* ---- in no certain past or future ----------------------------------------------------------- */

/* "now", "recently", "in recent weeks", "in the past", "in the near future". */
static bool reference(const dgm_time_scan *x, uint32_t i, dgm_time_expr *e)
{
    if (!is(x, i, DGM_TIME_RECENT))
        return false;
    dgm_upos upos = (dgm_upos)x->sentence->words[i].upos;
    dgm_upos next = inside(x, i + 1) ? (dgm_upos)x->sentence->words[i + 1].upos : DGM_UPOS_NONE;
    uint32_t the =
        mark_is(x, i - 1, DGM_MARK_NEAR) || mark_is(x, i - 1, DGM_MARK_RECENT) ? i - 2 : i - 1;
    uint32_t first = i, last = i;
    if (upos == DGM_ADV && !mark_is(x, i - 1, DGM_MARK_AS) && !mark_is(x, i + 1, DGM_MARK_AFTER))
        last = i;
    else if (upos == DGM_ADJ && is(x, i + 1, DGM_TIME_UNITS))
        last = i + 1;
    else if (mark_is(x, the, DGM_MARK_THE) &&
             (mark_is(x, the - 1, DGM_MARK_IN) || mark_is(x, the - 1, DGM_MARK_OF)) &&
             next != DGM_NOUN && next != DGM_PROPN && next != DGM_NUM && next != DGM_ADJ)
        first = the;
    else
        return false;
    loose(e, first, last);
    dgm_time_set_reference(e, value(x, i, DGM_TIME_RECENT));
    return true;
}

bool dgm_time_loose_at(const dgm_time_scan *x, uint32_t i, dgm_time_expr *out)
{
    static bool (*const rules[])(const dgm_time_scan *, uint32_t,
                                 dgm_time_expr *) = { each, often, clock, how_long, reference };
    bool found = false;
    for (uint32_t k = 0; k < DGM_LEN(rules) && !found; k++)
        found = rules[k](x, i, out);
    /* What dates events is never lost to what does not. */
    for (uint32_t k = i + 1; found && k <= out->last; k++) {
        dgm_time_expr inner;
        found = !(dgm_time_expr_at(x, k, &inner) && !inner.duration);
    }
    out->first_word = out->first;
    out->own_begin = out->begin;
    out->own_end = out->end;
    return found;
}
