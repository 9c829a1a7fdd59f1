/* One event a line, for a person: date, who, what, to whom, what is not plain about it, on whose
 * word, and the words. */
#include "output/writers.h"

enum { DATE = 10, SIDE = 16, TYPE = 20, MARKS = 18, VOICE = 8, WORDS = 64, GAP = 2 };

/* ---- cells ---------------------------------------------------------------------------------- */

/* Text as one line of at most `width` code points, filled up with blanks when `fill`. */
static void put_safe(dgm_view v, uint32_t width, bool fill, dgm_buffer *out)
{
    uint32_t n = 0, total = (uint32_t)DGM_MIN(dgm_utf8_count(v), UINT32_MAX);
    bool blank = false;
    for (size_t at = 0; at < v.n;) {
        uint32_t cp;
        size_t step = dgm_utf8_next(v.p + at, v.n - at, &cp);
        bool space = dgm_cp_is_space(cp);
        if (n + 1 == width && total > width && at + step < v.n) {
            dgm_buffer_put(out, DGM_VIEW("\u2026"));
            n++;
            break;
        }
        if (!space)
            dgm_buffer_put(out, dgm_view_slice(v, at, at + step));
        else if (!blank)
            dgm_buffer_put(out, DGM_VIEW(" "));
        n += !space || !blank;
        blank = space;
        at += step;
    }
    for (; fill && n < width + GAP; n++)
        dgm_buffer_put(out, DGM_VIEW(" "));
}

static bool has_control(dgm_view v)
{
    uint32_t cp;
    for (size_t at = 0; at < v.n;) {
        size_t step = dgm_utf8_next(v.p + at, v.n - at, &cp);
        if ((dgm_cp_is_control(cp) && !dgm_cp_is_space(cp)) || (cp == 0xFFFD && step == 1))
            return true;
        at += step;
    }
    return false;
}

static void put_cell(dgm_view v, uint32_t width, bool fill, dgm_buffer *out)
{
    dgm_buffer safe = { 0 };
    if (has_control(v)) {
        for (size_t i = 0; i < v.n; i++)
            dgm_buffer_put(&safe, dgm_is_space((unsigned char)v.p[i])
                                      ? DGM_VIEW(" ")
                                      : dgm_view_slice(v, i, i + 1));
        dgm_buffer_visible(&safe, 0);
        v = (dgm_view) { safe.p, safe.n };
    }
    put_safe(v, width, fill, out);
    out->failed = out->failed || safe.failed;
    dgm_buffer_done(&safe);
}

static void colour(const dgm_output_options *options, const char *code, dgm_buffer *out)
{
    if (options->colour)
        dgm_buffer_printf(out, "\033[%sm", code);
}

static void put_side(const dgm_record_actor *at, uint32_t n, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(&text, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_buffer_put(&text, at[i].code.n ? at[i].code : DGM_VIEW("?"));
    }
    put_cell(text.n ? (dgm_view) { text.p, text.n } : DGM_VIEW("-"), SIDE, true, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

void dgm_write_marks(dgm_polarity polarity, dgm_factual_status status, bool historical,
                     dgm_buffer *out)
{
    static const char *const of_status[] = {
        [DGM_ACTUAL] = "",           [DGM_INTENDED] = "intended",
        [DGM_CONDITIONAL] = "if",    [DGM_REQUESTED] = "requested",
        [DGM_POSSIBLE] = "possible", [DGM_HYPOTHETICAL] = "hypothetical"
    };
    const char *marks[] = { polarity == DGM_NEGATED ? "negated" : "", of_status[status],
                            historical ? "historical" : "" };
    const char *separator = "";
    for (size_t i = 0; i < DGM_LEN(marks); i++) {
        if (!marks[i][0])
            continue;
        dgm_buffer_printf(out, "%s%s", separator, marks[i]);
        separator = ",";
    }
}

static void put_marks(const dgm_record *r, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    dgm_write_marks(r->polarity, r->status, r->historical, &text);
    put_cell((dgm_view) { text.p, text.n }, MARKS, true, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

/* The innermost voice with a name: whose word it is. */
static void put_voice(const dgm_record *r, dgm_buffer *out)
{
    dgm_view text = { "", 0 };
    for (uint32_t i = r->voices.n; i-- > 0 && text.n == 0;) {
        const dgm_record_voice *voice = &r->voices.at[i];
        text = voice->speaker.code;
        if (text.n == 0)
            text = voice->speaker.words.text;
        if (text.n == 0)
            text = voice->cue.text;
    }
    put_cell(text, VOICE, true, out);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void widen(const dgm_record *r, const dgm_record_actor *at, uint32_t n, uint32_t *begin,
                  uint32_t *end)
{
    for (uint32_t i = 0; i < n; i++) {
        const dgm_record_words *words = &at[i].words;
        if (words->begin_byte < r->text_begin_byte ||
            words->end_byte > r->text_begin_byte + r->text.n)
            continue;
        *begin = DGM_MIN(*begin, words->begin_byte);
        *end = DGM_MAX(*end, words->end_byte);
    }
}

/* From the first to the last word of the trigger and the roles that stand in its sentence. */
static void put_words(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    uint32_t begin = r->trigger.begin_byte, end = r->trigger.end_byte;
    uint32_t room = WORDS, fixed = DATE + 2 * SIDE + TYPE + MARKS + VOICE + 6 * GAP;
    if (options->width > 0)
        room = options->width > fixed + 24 ? options->width - fixed : 24;
    widen(r, r->actors.at, r->actors.n, &begin, &end);
    widen(r, r->recipients.at, r->recipients.n, &begin, &end);
    if (r->trigger.end_byte - begin > room)
        begin = r->trigger.begin_byte;
    if (r->text_begin_byte != DGM_NONE && begin >= r->text_begin_byte)
        put_cell(dgm_view_slice(r->text, begin - r->text_begin_byte, end - r->text_begin_byte),
                 room, false, out);
    else
        put_cell(r->trigger.text, room, false, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void put_type(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    static const char *const by_quad[] = { "0", "32", "32;1", "33", "31;1" };
    char text[64];
    snprintf(text, sizeof text, "%s%s%.*s", dgm_event_type_name(r->type), r->mode.n ? "-" : "",
             DGM_FMT(r->mode));
    colour(options, by_quad[r->quad < DGM_LEN(by_quad) ? r->quad : 0], out);
    put_cell(dgm_view_of(text), TYPE, true, out);
    colour(options, "0", out);
}

void dgm_write_table_header(const dgm_output_options *options, dgm_buffer *out)
{
    static const struct {
        const char *name;
        uint32_t width;
    } columns[] = { { "date", DATE },      { "actor", SIDE },  { "event", TYPE },
                    { "recipient", SIDE }, { "marks", MARKS }, { "voice", VOICE },
                    { "words", 0 } };
    dgm_buffer_put(out, options->colour ? DGM_VIEW("\033[1m") : DGM_VIEW(""));
    for (size_t i = 0; i < DGM_LEN(columns); i++)
        put_cell(dgm_view_of(columns[i].name), columns[i].width, columns[i].width > 0, out);
    dgm_buffer_put(out, options->colour ? DGM_VIEW("\033[0m\n") : DGM_VIEW("\n"));
}

void dgm_write_table(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    put_cell(r->event_date.n ? r->event_date : r->story_date, DATE, true, out);
    put_side(r->actors.at, r->actors.n, out);
    put_type(options, r, out);
    put_side(r->recipients.at, r->recipients.n, out);
    colour(options, "36", out);
    put_marks(r, out);
    colour(options, "35", out);
    put_voice(r, out);
    colour(options, "0", out);
    put_words(options, r, out);
}
