/* One event a line, for a person: date, who, what, to whom, what is not plain about it, on whose
 * word, and the words. */
#include "output/writers.h"

#include "output/cells.h"

/* Widths of the columns before the words, from wide screens to narrow ones; the words have the
 * rest. */
typedef struct {
    uint32_t least; /* columns of the screen */
    uint32_t date, side, type, marks, voice;
} layout;

static const layout layouts[] = { { 132, 10, 16, 21, 18, 8 },
                                  { 100, 10, 13, 17, 12, 7 },
                                  { 0, 10, 9, 13, 7, 6 } };

static const layout *layout_of(const dgm_output_options *options)
{
    uint32_t width = options->width ? options->width : 100, i = 0;
    while (layouts[i].least > width)
        i++;
    return &layouts[i];
}

static uint32_t room_for_words(const dgm_output_options *options)
{
    enum { LEAST = 8, GAPS = 6 };
    const layout *l = layout_of(options);
    uint32_t width = options->width ? options->width : 100;
    uint32_t fixed = l->date + 2 * l->side + l->type + l->marks + l->voice + GAPS * DGM_CELL_GAP;
    return width > fixed + LEAST ? width - fixed : LEAST;
}

static void colour(const dgm_output_options *options, const char *code, dgm_buffer *out)
{
    if (options->colour)
        dgm_buffer_printf(out, "\033[%sm", code);
}

static void put_side(const dgm_record_actor *at, uint32_t n, uint32_t width, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        dgm_buffer_put(&text, i ? DGM_VIEW(",") : DGM_VIEW(""));
        dgm_buffer_put(&text, at[i].code.n ? at[i].code : DGM_VIEW("?"));
    }
    dgm_put_cell(text.n ? (dgm_view) { text.p, text.n } : DGM_VIEW("-"), width, true, out);
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

static void put_marks(const dgm_record *r, uint32_t width, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    dgm_write_marks(r->polarity, r->status, r->historical, &text);
    dgm_put_cell((dgm_view) { text.p, text.n }, width, true, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

/* The innermost voice with a name: whose word it is. */
static void put_voice(const dgm_record *r, uint32_t width, dgm_buffer *out)
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
    dgm_put_cell(text, width, true, out);
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
    uint32_t room = room_for_words(options);
    widen(r, r->actors.at, r->actors.n, &begin, &end);
    widen(r, r->recipients.at, r->recipients.n, &begin, &end);
    if (r->trigger.end_byte - begin > room)
        begin = r->trigger.begin_byte;
    if (r->text_begin_byte != DGM_NONE && begin >= r->text_begin_byte)
        dgm_put_cell(dgm_view_slice(r->text, begin - r->text_begin_byte, end - r->text_begin_byte),
                     room, false, out);
    else
        dgm_put_cell(r->trigger.text, room, false, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
}

/* ---- lines ---------------------------------------------------------------------------------- */

const char *dgm_quad_colour(uint32_t quad)
{
    static const char *const by_quad[] = { "0", "32", "32;1", "33", "31;1" };
    return by_quad[quad < DGM_LEN(by_quad) ? quad : 0];
}

static void put_type(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    char text[2 * DGM_TYPE_NAME];
    snprintf(text, sizeof text, "%.*s%s%.*s", DGM_FMT(r->type), r->mode.n ? "-" : "",
             DGM_FMT(r->mode));
    colour(options, dgm_quad_colour(r->quad), out);
    dgm_put_cell(dgm_view_of(text), layout_of(options)->type, true, out);
    colour(options, "0", out);
}

void dgm_write_table_header(const dgm_output_options *options, dgm_buffer *out)
{
    const layout *l = layout_of(options);
    const struct {
        const char *name;
        uint32_t width;
    } columns[] = { { "date", l->date },   { "actor", l->side },
                    { "event", l->type },  { "recipient", l->side },
                    { "marks", l->marks }, { "voice", l->voice },
                    { "words", 0 } };
    dgm_buffer_put(out, options->colour ? DGM_VIEW("\033[1m") : DGM_VIEW(""));
    for (size_t i = 0; i < DGM_LEN(columns); i++)
        dgm_put_cell(dgm_view_of(columns[i].name), columns[i].width, columns[i].width > 0, out);
    dgm_buffer_put(out, options->colour ? DGM_VIEW("\033[0m\n") : DGM_VIEW("\n"));
}

static void write_record(const dgm_output_options *options, const dgm_record *r, dgm_buffer *out)
{
    const layout *l = layout_of(options);
    dgm_put_cell(r->event_date.n ? r->event_date : r->story_date, l->date, true, out);
    colour(options, DGM_COLOUR_ACTOR, out);
    put_side(r->actors.at, r->actors.n, l->side, out);
    put_type(options, r, out);
    colour(options, DGM_COLOUR_RECIPIENT, out);
    put_side(r->recipients.at, r->recipients.n, l->side, out);
    colour(options, "0;1", out);
    put_marks(r, l->marks, out);
    colour(options, "0", out);
    put_voice(r, l->voice, out);
    put_words(options, r, out);
}

/* With stories, each of them has a header of its own. */
static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    if (options->show == DGM_SHOW_NOTHING)
        dgm_write_table_header(options, out);
}

const dgm_output_kind dgm_kind_of_table = { .header = write_header, .record = write_record };
