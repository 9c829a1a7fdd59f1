/* One event a line, for a person: date, who, what, to whom, what is not plain about it, on whose
 * word, and the words. */
#include "output/writers.h"

enum { DATE = 10, SIDE = 16, TYPE = 20, MARKS = 18, VOICE = 8, WORDS = 64, GAP = 2 };

/* ---- cells ---------------------------------------------------------------------------------- */

/* Text as one line of at most `width` code points, filled up with blanks when `fill`. */
static void put_cell(dgm_view v, uint32_t width, bool fill, dgm_buffer *out)
{
    uint32_t n = 0, total = (uint32_t)DGM_MIN(dgm_utf8_count(v), UINT32_MAX);
    bool blank = false;
    for (size_t at = 0; at < v.n;) {
        uint32_t cp;
        size_t step = dgm_utf8_next(v.p + at, v.n - at, &cp);
        bool space = dgm_cp_is_space(cp) || cp < ' ';
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

static void colour(const dgm_record *record, const char *code, dgm_buffer *out)
{
    if (record->options->colour)
        dgm_buffer_printf(out, "\033[%sm", code);
}

static void put_side(const dgm_record *record, const dgm_participant *at, uint32_t n,
                     dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        const dgm_entity *entity = &record->doc->entities.at[at[i].entity];
        dgm_actor_code code = dgm_actor_code_of(entity);
        dgm_buffer_printf(&text, "%s%s", i ? "," : "", code.text[0] ? code.text : "?");
    }
    put_cell(text.n ? (dgm_view) { text.p, text.n } : DGM_VIEW("-"), SIDE, true, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

void dgm_write_marks(const dgm_event *event, dgm_buffer *out)
{
    static const char *const of_status[] = {
        [DGM_ACTUAL] = "",           [DGM_INTENDED] = "intended",
        [DGM_CONDITIONAL] = "if",    [DGM_REQUESTED] = "requested",
        [DGM_POSSIBLE] = "possible", [DGM_HYPOTHETICAL] = "hypothetical"
    };
    const char *marks[] = { event->polarity == DGM_NEGATED ? "negated" : "",
                            of_status[event->status], event->historical ? "historical" : "" };
    const char *separator = "";
    for (size_t i = 0; i < DGM_LEN(marks); i++) {
        if (!marks[i][0])
            continue;
        dgm_buffer_printf(out, "%s%s", separator, marks[i]);
        separator = ",";
    }
}

static void put_marks(const dgm_record *record, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    dgm_write_marks(record->event, &text);
    put_cell((dgm_view) { text.p, text.n }, MARKS, true, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

/* The innermost voice with a name: whose word it is. */
static void put_voice(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    dgm_view text = { "", 0 };
    dgm_actor_code code;
    for (uint32_t i = event->attributions.n; i-- > 0 && text.n == 0;) {
        const dgm_attribution *a = &record->doc->attributions_found.at[event->attributions.at[i]];
        if (a->speaker_entity != DGM_NONE) {
            code = dgm_actor_code_of(&record->doc->entities.at[a->speaker_entity]);
            text = dgm_view_of(code.text);
        }
        if (text.n == 0)
            text = dgm_span_text(record->doc, a->source);
        if (text.n == 0)
            text = dgm_span_text(record->doc, a->cue);
    }
    put_cell(text, VOICE, true, out);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void widen(const dgm_record *record, const dgm_participant *at, uint32_t n, uint32_t *begin,
                  uint32_t *end)
{
    for (uint32_t i = 0; i < n; i++) {
        const dgm_span *span = &record->doc->mentions.at[at[i].mention].span;
        if (span->first == 0 || span->sentence != record->event->trigger.sentence)
            continue;
        *begin = DGM_MIN(*begin, span->begin_byte);
        *end = DGM_MAX(*end, span->end_byte);
    }
}

/* From the first to the last word of the trigger and the roles that stand in its sentence. */
static void put_words(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    uint32_t begin = event->trigger.begin_byte, end = event->trigger.end_byte;
    uint32_t room = WORDS, fixed = DATE + 2 * SIDE + TYPE + MARKS + VOICE + 6 * GAP;
    if (record->options->width > 0)
        room = record->options->width > fixed + 24 ? record->options->width - fixed : 24;
    widen(record, event->actors.at, event->actors.n, &begin, &end);
    widen(record, event->recipients.at, event->recipients.n, &begin, &end);
    if (event->trigger.end_byte - begin > room)
        begin = event->trigger.begin_byte;
    const dgm_document *doc = record->doc;
    if (begin >= doc->begin_byte)
        put_cell(dgm_view_slice(doc->text, begin - doc->begin_byte, end - doc->begin_byte), room,
                 false, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void put_type(const dgm_record *record, dgm_buffer *out)
{
    static const char *const by_quad[] = { "0", "32", "32;1", "33", "31;1" };
    const dgm_event *event = record->event;
    char text[64];
    snprintf(text, sizeof text, "%s%s%.*s", dgm_event_type_name(event->type),
             event->mode.n ? "-" : "", DGM_FMT(event->mode));
    colour(record, by_quad[event->quad < DGM_LEN(by_quad) ? event->quad : 0], out);
    put_cell(dgm_view_of(text), TYPE, true, out);
    colour(record, "0", out);
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

void dgm_write_table(const dgm_record *record, dgm_buffer *out)
{
    const dgm_event *event = record->event;
    put_cell(dgm_view_of(event->date[0] ? event->date : record->doc->date), DATE, true, out);
    put_side(record, event->actors.at, event->actors.n, out);
    put_type(record, out);
    put_side(record, event->recipients.at, event->recipients.n, out);
    colour(record, "36", out);
    put_marks(record, out);
    colour(record, "35", out);
    put_voice(record, out);
    colour(record, "0", out);
    put_words(record, out);
}
