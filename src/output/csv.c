/* One event a row, for spreadsheets and statistics: RFC 4180, lists as one cell with ";" between
 * their members. The columns are those of docs/formats/events.md. No cell is taken for a formula by
 * a spreadsheet. */
#include "output/columns.h"
#include "output/writers.h"

#include <math.h>

/* Members of a list must not hold its separator. */
static void member(dgm_view v, uint32_t i, dgm_buffer *out)
{
    if (i > 0)
        dgm_buffer_put(out, DGM_VIEW(";"));
    dgm_view part;
    for (bool first = true; v.n > 0 && dgm_view_split(&v, ';', &part); first = false) {
        if (!first)
            dgm_buffer_put(out, DGM_VIEW(","));
        dgm_buffer_put(out, part);
    }
}

#define CELL(name) static void name(const dgm_record *r, dgm_buffer *out)
/* A list: `array` of indexes or members, `at` names the one in hand. */
#define LIST(name, count, view)                                                                    \
    CELL(name)                                                                                     \
    {                                                                                              \
        for (uint32_t i = 0; i < (count); i++)                                                     \
            member((view), i, out);                                                                \
    }

TEXT(event_id, r->event_id)
TEXT(story_id, r->story_id)
TEXT(story_date, r->story_date)
TEXT(story_title, r->story_title)
TEXT(story_source, r->story_source)
TEXT(story_url, r->story_url)
NUMBER(sentence, r->sentence)
TEXT(text, r->text)
CELL(text_hash)
{
    dgm_record_text_hash(r, out);
}
TEXT(event_date, r->event_date)
TEXT(event_date_end, r->event_date_end)
TEXT(date_basis, r->date_basis)
TEXT(event_type, r->type)
TEXT(event_mode, r->mode)
LIST(contexts, r->contexts.n, r->contexts.at[i])
TEXT(cameo, r->cameo)
NUMBER(quad, r->quad)
NUMBER(goldstein, r->goldstein)
NUMBER(intensity, r->intensity)
LIST(actor_codes, r->actors.n, r->actors.at[i].code)
LIST(actor_countries, r->actors.n, r->actors.at[i].country)
LIST(actor_sectors, r->actors.n, r->actors.at[i].sector)
LIST(actor_names, r->actors.n, r->actors.at[i].name)
LIST(actor_words, r->actors.n, r->actors.at[i].words.text)
LIST(recipient_codes, r->recipients.n, r->recipients.at[i].code)
LIST(recipient_countries, r->recipients.n, r->recipients.at[i].country)
LIST(recipient_sectors, r->recipients.n, r->recipients.at[i].sector)
LIST(recipient_names, r->recipients.n, r->recipients.at[i].name)
LIST(recipient_words, r->recipients.n, r->recipients.at[i].words.text)
TEXT(polarity, dgm_view_of(dgm_polarity_name(r->polarity)))
TEXT(status, dgm_view_of(dgm_factual_status_name(r->status)))
TEXT(historical, r->historical ? DGM_VIEW("true") : DGM_VIEW("false"))
TEXT(condition, r->condition.text)
TEXT(condition_event_id, r->condition_event)
LIST(speaker_codes, r->voices.n, r->voices.at[i].speaker.code)
LIST(speaker_words, r->voices.n, r->voices.at[i].speaker.words.text)
LIST(attribution_cues, r->voices.n, r->voices.at[i].cue.text)
LIST(attribution_kinds, r->voices.n, dgm_view_of(dgm_attribution_kind_name(r->voices.at[i].kind)))
TEXT(content_of, r->content_of)
LIST(contradicts, r->contradicts.n, r->contradicts.at[i])
LIST(location_names, r->locations.n, r->locations.at[i].name)
LIST(location_countries, r->locations.n, r->locations.at[i].country)
CELL(location_points)
{
    for (uint32_t i = 0; i < r->locations.n; i++) {
        const dgm_record_place *place = &r->locations.at[i];
        dgm_buffer_put(out, i ? DGM_VIEW(";") : DGM_VIEW(""));
        if (isnan(place->lat) || isnan(place->lon))
            continue;
        dgm_buffer_number(out, place->lat);
        dgm_buffer_put(out, DGM_VIEW(" "));
        dgm_buffer_number(out, place->lon);
    }
}
LIST(location_precisions, r->locations.n, r->locations.at[i].precision)
LIST(location_bases, r->locations.n, r->locations.at[i].basis)
#define SIZE(name, KIND)                                                                           \
    CELL(name##_min)                                                                               \
    {                                                                                              \
        if (r->sizes[DGM_SIZE_##KIND].told)                                                        \
            dgm_buffer_number(out, r->sizes[DGM_SIZE_##KIND].min);                                 \
    }                                                                                              \
    CELL(name##_max)                                                                               \
    {                                                                                              \
        if (r->sizes[DGM_SIZE_##KIND].told && !isnan(r->sizes[DGM_SIZE_##KIND].max))               \
            dgm_buffer_number(out, r->sizes[DGM_SIZE_##KIND].max);                                 \
    }
SIZE(dead, DEAD)
SIZE(injured, INJURED)
SIZE(arrested, ARRESTED)
SIZE(abducted, ABDUCTED)
SIZE(displaced, DISPLACED)
SIZE(participants, PARTICIPANTS)
SIZE(money, MONEY)
TEXT(money_currency, r->sizes[DGM_SIZE_MONEY].currency)
TEXT(trigger, r->trigger.text)
NUMBER(trigger_begin, r->trigger.begin)
NUMBER(trigger_end, r->trigger.end)
NUMBER(trigger_begin_byte, r->trigger.begin_byte)
NUMBER(trigger_end_byte, r->trigger.end_byte)
TEXT(rule, r->rule)
NUMBER(confidence, r->confidence)

static const char *const quads[] = { "verbal cooperation", "material cooperation",
                                     "verbal conflict", "material conflict", NULL },
                         *const polarities[] = { "affirmed", "negated", NULL },
                         *const statuses[] = { "actual",    "intended", "conditional",
                                               "requested", "possible", "hypothetical",
                                               NULL },
                         *const booleans[] = { "false", "true", NULL };

#define COLUMN(name, kind, label)                                                                  \
    {                                                                                              \
#name, name, DGM_COLUMN_##kind, label, NULL                                                \
    }
const dgm_flat_column dgm_flat_columns[] = {
    COLUMN(event_id, TEXT, "Event: hash of story, place in it, type and roles"),
    COLUMN(story_id, TEXT, "Story: id as the input gave it"),
    COLUMN(story_date, DAY, "Story: date"),
    COLUMN(story_title, TEXT, "Story: title"),
    COLUMN(story_source, TEXT, "Story: outlet"),
    COLUMN(story_url, TEXT, "Story: address"),
    COLUMN(sentence, WHOLE, "Number of the sentence in the story, from 0"),
    COLUMN(text, TEXT, "Sentence"),
    COLUMN(text_hash, TEXT, "Sentence: hash of its text"),
    COLUMN(event_date, DAY, "Event: date, or first day"),
    COLUMN(event_date_end, DAY, "Event: last day, where it is a span"),
    COLUMN(date_basis, TEXT, "Words that date the event; story: the story's date"),
    COLUMN(event_type, TEXT, "PLOVER type"),
    COLUMN(event_mode, TEXT, "PLOVER mode"),
    COLUMN(contexts, TEXT, "PLOVER contexts"),
    COLUMN(cameo, TEXT, "CAMEO code"),
    { "quad", quad, DGM_COLUMN_WHOLE, "PLOVER quad class", quads },
    COLUMN(goldstein, REAL, "Goldstein's scale, -10 to 10"),
    COLUMN(intensity, REAL, "PLOVER intensity, -10 to 10"),
    COLUMN(actor_codes, TEXT, "Actors: country and sector"),
    COLUMN(actor_countries, TEXT, "Actors: ISO 3166-1 alpha-3, or body above states"),
    COLUMN(actor_sectors, TEXT, "Actors: primary sector (PLOVER)"),
    COLUMN(actor_names, TEXT, "Actors: canonical names"),
    COLUMN(actor_words, TEXT, "Actors: words of the text"),
    COLUMN(recipient_codes, TEXT, "Recipients: country and sector"),
    COLUMN(recipient_countries, TEXT, "Recipients: ISO 3166-1 alpha-3, or body above states"),
    COLUMN(recipient_sectors, TEXT, "Recipients: primary sector (PLOVER)"),
    COLUMN(recipient_names, TEXT, "Recipients: canonical names"),
    COLUMN(recipient_words, TEXT, "Recipients: words of the text"),
    { "polarity", polarity, DGM_COLUMN_CHOICE, "Affirmed or negated", polarities },
    { "status", status, DGM_COLUMN_CHOICE, "Whether it happened", statuses },
    { "historical", historical, DGM_COLUMN_CHOICE, "Lies before the story's present", booleans },
    COLUMN(condition, TEXT, "Words of the condition"),
    COLUMN(condition_event_id, TEXT, "Event that is the condition"),
    COLUMN(speaker_codes, TEXT, "Speakers, outermost first: country and sector"),
    COLUMN(speaker_words, TEXT, "Speakers: words of the text"),
    COLUMN(attribution_cues, TEXT, "Words of speech"),
    COLUMN(attribution_kinds, TEXT, "Kinds of speech"),
    COLUMN(content_of, TEXT, "Event whose content this one is"),
    COLUMN(contradicts, TEXT, "Events that say the opposite"),
    COLUMN(location_names, TEXT, "Places: names"),
    COLUMN(location_countries, TEXT, "Places: ISO 3166-1 alpha-3"),
    COLUMN(location_points, POINTS, "Places: latitude and longitude"),
    COLUMN(location_precisions, TEXT, "Places: site, town, admin2, admin1 or country"),
    COLUMN(location_bases, TEXT, "Places: told by clause, sentence, dateline or story"),
    COLUMN(dead_min, REAL, "Dead: at least"),
    COLUMN(dead_max, REAL, "Dead: at most; empty: no bound, or not told"),
    COLUMN(injured_min, REAL, "Injured: at least"),
    COLUMN(injured_max, REAL, "Injured: at most; empty: no bound, or not told"),
    COLUMN(arrested_min, REAL, "Arrested: at least"),
    COLUMN(arrested_max, REAL, "Arrested: at most; empty: no bound, or not told"),
    COLUMN(abducted_min, REAL, "Abducted: at least"),
    COLUMN(abducted_max, REAL, "Abducted: at most; empty: no bound, or not told"),
    COLUMN(displaced_min, REAL, "Displaced: at least"),
    COLUMN(displaced_max, REAL, "Displaced: at most; empty: no bound, or not told"),
    COLUMN(participants_min, REAL, "Taking part: at least"),
    COLUMN(participants_max, REAL, "Taking part: at most; empty: no bound, or not told"),
    COLUMN(money_min, REAL, "Money: at least"),
    COLUMN(money_max, REAL, "Money: at most; empty: no bound, or not told"),
    COLUMN(money_currency, TEXT, "Money: ISO 4217"),
    COLUMN(trigger, TEXT, "Words that the event rests on"),
    COLUMN(trigger_begin, WHOLE, "Trigger: first code point"),
    COLUMN(trigger_end, WHOLE, "Trigger: code point after the last"),
    COLUMN(trigger_begin_byte, WHOLE, "Trigger: first byte"),
    COLUMN(trigger_end_byte, WHOLE, "Trigger: byte after the last"),
    COLUMN(rule, TEXT, "Rule that fired: file and line"),
    COLUMN(confidence, REAL, "How likely type and countries are right, 0 to 1"),
};
const size_t dgm_n_flat_columns = DGM_LEN(dgm_flat_columns);

/* ---- cells ---------------------------------------------------------------------------------- */

/* A cell with a separator, a quote or a line end stands in quotes, and quotes in it are doubled. */
void dgm_csv_number(dgm_view cell, dgm_buffer *out)
{
    bool plain = true;
    for (size_t i = 0; i < cell.n && plain; i++)
        plain = cell.p[i] != ',' && cell.p[i] != '"' && cell.p[i] != '\n' && cell.p[i] != '\r';
    if (plain) {
        dgm_buffer_put(out, cell);
        return;
    }
    dgm_view part;
    dgm_buffer_put(out, DGM_VIEW("\""));
    for (bool more = true; more;) {
        size_t at = dgm_view_find(cell, DGM_VIEW("\""));
        more = at != SIZE_MAX;
        part = dgm_view_slice(cell, 0, more ? at : cell.n);
        dgm_buffer_put(out, part);
        if (more)
            dgm_buffer_put(out, DGM_VIEW("\"\""));
        cell = dgm_view_slice(cell, more ? at + 1 : cell.n, cell.n);
    }
    dgm_buffer_put(out, DGM_VIEW("\""));
}

/* Whether a spreadsheet would calculate it: what begins with = + - @, as ASCII or in full width,
 * or with white space that it skips. Apostrophes before that count as part of the text. */
static bool looks_like_formula(dgm_view cell)
{
    static const char *const begins[] = { "=",
                                          "+",
                                          "-",
                                          "@",
                                          "\t",
                                          "\r",
                                          "\n",
                                          "\xEF\xBC\x9D",
                                          "\xEF\xBC\x8B",
                                          "\xEF\xBC\x8D",
                                          "\xEF\xBC\xA0" };
    size_t at = 0;
    while (at < cell.n && cell.p[at] == '\'')
        at++;
    dgm_view rest = dgm_view_slice(cell, at, cell.n);
    for (size_t i = 0; i < DGM_LEN(begins); i++) {
        dgm_view begin = dgm_view_of(begins[i]);
        if (rest.n >= begin.n && dgm_view_eq(dgm_view_slice(rest, 0, begin.n), begin))
            return true;
    }
    return false;
}

void dgm_csv_cell(dgm_view cell, dgm_buffer *out)
{
    if (!looks_like_formula(cell)) {
        dgm_csv_number(cell, out);
        return;
    }
    dgm_buffer text = { 0 };
    dgm_buffer_put(&text, DGM_VIEW("'"));
    dgm_buffer_put(&text, cell);
    dgm_csv_number((dgm_view) { text.p, text.n }, out);
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

static void write_header(const dgm_output_options *options, dgm_buffer *out)
{
    (void)options;
    for (size_t i = 0; i < dgm_n_flat_columns; i++)
        dgm_buffer_printf(out, "%s%s", i ? "," : "", dgm_flat_columns[i].name);
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    (void)options;
    dgm_buffer cell = { 0 };
    for (size_t i = 0; i < dgm_n_flat_columns; i++) {
        cell.n = 0;
        dgm_flat_columns[i].write(record, &cell);
        dgm_buffer_put(out, i ? DGM_VIEW(",") : DGM_VIEW(""));
        (dgm_flat_columns[i].kind == DGM_COLUMN_TEXT ? dgm_csv_cell : dgm_csv_number)(
            (dgm_view) { cell.p, cell.n }, out);
    }
    dgm_buffer_put(out, DGM_VIEW("\r\n"));
    out->failed = out->failed || cell.failed;
    dgm_buffer_done(&cell);
}

const dgm_output_kind dgm_kind_of_csv = { .header = write_header, .record = write_record };
