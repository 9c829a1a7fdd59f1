/* What a live page sets before a paragraph and is no part of it: "10:45", "[UPDATE]", "April 14,
 * 10:45 GMT:". A small parser over the paragraph's tokens:
 *
 *   stamp   mark* [ "[" ] [ kicker [ number ] [ ":" ] ] [ "at" ] [ day ] [ "at" ] [ clock ]
 *           [ "]" ] [ ":" ] mark*
 *   kicker  "UPDATE", "LIVE", ...
 *   day     [ weekday ] [ month number, number month, or 2025-04-14 ], with the year behind
 *   clock   10:45, 10.45 am, 10h45, 1045 GMT, with zones behind
 *
 * It has a clock, or a kicker that a mark sets off. */
#include "syntax/segment_parts.h"

/* "10:45", "10.45am", "10h45": what a live page sets before a paragraph. */
static bool is_clock(const paragraph *par, const token *t)
{
    uint32_t digits = 0, marks = 0, at = t->begin;
    for (; at < t->end && digits <= 6; at++) {
        bool digit = par->cls[at] == C_DIGIT;
        if (!digit &&
            !(segment_is_in(par->cp[at], ":.h") && at + 1 < t->end && par->cls[at + 1] == C_DIGIT))
            break;
        digits += digit;
        marks += !digit;
    }
    bool half = segment_matches(par, at, t->end, "am") || segment_matches(par, at, t->end, "pm");
    return digits > 0 && ((at == t->end && marks > 0 && digits >= 3) || (half && at + 2 == t->end));
}

/* Digits, so many. */
static bool is_figure(const paragraph *par, const token *t, uint32_t least, uint32_t most)
{
    for (uint32_t at = t->begin; at < t->end; at++)
        if (par->cls[at] != C_DIGIT)
            return false;
    return t->end - t->begin >= least && t->end - t->begin <= most;
}

/* "2025-04-14", "14/04/2025", "14.4.25". */
static bool is_date(const paragraph *par, const token *t)
{
    uint32_t marks = 0;
    for (uint32_t at = t->begin; at < t->end; at++)
        if (par->cls[at] != C_DIGIT) {
            if (!segment_is_in(par->cp[at], "-/."))
                return false;
            marks++;
        }
    return marks == 2 && t->end - t->begin <= 10;
}

/* What stands before a paragraph and is no part of it, read from its first token on. */
typedef struct {
    const paragraph *par;
    uint32_t at, end;
} stamp;

static const token *stamp_next(const stamp *s)
{
    static const token edge = { .shape = SHAPE_NONE };
    return s->at < s->end ? &s->par->tokens[s->at] : &edge;
}

static bool stamp_word(stamp *s, const char *const *words, size_t n)
{
    bool there = s->at < s->end && segment_is_any(s->par, stamp_next(s), words, n);
    s->at += there;
    return there;
}

static bool stamp_shape(stamp *s, uint8_t wanted)
{
    bool there = stamp_next(s)->shape == wanted;
    s->at += there;
    return there;
}

static bool stamp_figure(stamp *s, uint32_t least, uint32_t most)
{
    bool there = s->at < s->end && is_figure(s->par, stamp_next(s), least, most);
    s->at += there;
    return there;
}

/* "*", "-", "**"; behind it "|", too. */
static bool stamp_mark(stamp *s, bool behind)
{
    const token *t = stamp_next(s);
    uint32_t cp = s->at < s->end ? s->par->cp[t->begin] : 0;
    bool there = t->shape == SHAPE_BULLET || t->shape == SHAPE_DASH ||
                 (t->shape == SHAPE_MARKS && cp == '*') || (behind && cp == '|');
    s->at += there;
    return there;
}

/* "UPDATE", "LIVE": what stands over a report. */
static bool stamp_kicker(stamp *s)
{
    static const char *const words[] = { "update",    "updated",   "live",     "breaking",
                                         "latest",    "exclusive", "watch",    "listen",
                                         "photos",    "video",     "analysis", "explainer",
                                         "correction" };
    bool there = stamp_word(s, words, DGM_LEN(words));
    if (there)
        stamp_figure(s, 1, 2); /* "Update 2:" */
    return there;
}

static bool is_zone(const paragraph *par, const token *t)
{
    static const char *const zones[] = { "am",  "pm",  "a.m.", "p.m.", "gmt", "utc",
                                         "bst", "est", "edt",  "cet",  "cest" };
    return segment_is_any(par, t, zones, DGM_LEN(zones));
}

/* "April 14", "14 April", and the year behind it. */
static void stamp_month(stamp *s)
{
    stamp from = *s;
    bool before = stamp_figure(s, 1, 2);
    bool month = stamp_word(s, segment_months, DGM_LEN(segment_months)) ||
                 stamp_shape(s, SHAPE_ABBREVIATION + ABBREVIATION_MONTH);
    if (!month || !(before || stamp_figure(s, 1, 2))) {
        *s = from;
        return;
    }
    stamp year = *s;
    stamp_shape(&year, SHAPE_COMMA);
    if (stamp_figure(&year, 4, 4) && !is_zone(s->par, stamp_next(&year)))
        *s = year;
}

/* "Monday, April 14, 2025,", "2025-04-14". */
static void stamp_day(stamp *s)
{
    if (stamp_word(s, segment_weekdays, DGM_LEN(segment_weekdays)))
        stamp_shape(s, SHAPE_COMMA);
    if (s->at < s->end && is_date(s->par, stamp_next(s)))
        s->at++;
    else
        stamp_month(s);
    stamp_shape(s, SHAPE_COMMA);
}

/* "10:45", "10.45 am GMT", "1045 GMT"; "10h45" is three tokens. */
static bool stamp_clock(stamp *s)
{
    static const char *const hour[] = { "h" };
    stamp from = *s;
    if (s->at < s->end && is_clock(s->par, stamp_next(s)))
        s->at++;
    else if (!(stamp_figure(s, 1, 2) && stamp_word(s, hour, 1) && stamp_figure(s, 1, 2))) {
        *s = from;
        if (!stamp_figure(s, 4, 4) || !is_zone(s->par, stamp_next(s))) {
            *s = from;
            return false;
        }
    }
    while (is_zone(s->par, stamp_next(s)))
        s->at++;
    return true;
}

/* "10:45", "[10:45 GMT]", "* 10:45 -", "UPDATE 12:05:", "April 14, 10:45:", "LIVE:" before what
 * begins with a capital: a sentence of its own, or the parser takes it into the first one. */
bool segment_ends_stamp(const paragraph *par, uint32_t i, uint32_t first)
{
    enum { LONGEST = 14 };
    static const char *const when = "at";
    const token *last = &par->tokens[i];
    uint8_t next = last[1].shape;
    if (first != 0 || i >= LONGEST || !last->space_after ||
        !(segment_begins_name(next) || next == SHAPE_QUOTE_OPEN || next == SHAPE_QUOTE) ||
        is_zone(par, last + 1))
        return false;
    stamp s = { .par = par, .end = i + 1 };
    while (stamp_mark(&s, false))
        ;
    bool open = stamp_shape(&s, SHAPE_BRACKET_OPEN);
    bool kicker = stamp_kicker(&s);
    bool mark = kicker && stamp_shape(&s, SHAPE_COLON);
    bool at = stamp_word(&s, &when, 1);
    stamp_day(&s);
    at |= stamp_word(&s, &when, 1);
    bool clock = stamp_clock(&s);
    bool closed = stamp_shape(&s, SHAPE_BRACKET_CLOSE);
    mark |= closed | stamp_shape(&s, SHAPE_COLON);
    bool needs_mark = kicker ? !clock : at; /* "At 10:45 Kenya said" is a sentence */
    while (stamp_mark(&s, true))
        ;
    return s.at == s.end && open == closed && (clock || kicker) && (mark || !needs_mark);
}
