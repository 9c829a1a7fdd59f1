/* The columns of the two functions: those of `dragoman code -f csv` and `dragoman quotes -f csv`
 * without what is known of the story, and the record as JSON. docs/sql.md lists them. */
#include "rows.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define PLAIN(name, kind)                                                                          \
    {                                                                                              \
#name, SQL_##kind, { #name, NULL }, NULL                                                   \
    }
#define LIST(name, list, member)                                                                   \
    {                                                                                              \
#name, SQL_LIST, { list, member }, NULL                                                    \
    }
#define SIDES(side, list)                                                                          \
    LIST(side##_codes, list, "code"), LIST(side##_countries, list, "country"),                     \
        LIST(side##_sectors, list, "sector"), LIST(side##_names, list, "name"),                    \
        LIST(side##_words, list, "text")
#define SIZE(name)                                                                                 \
    { #name "_min", SQL_REAL, { "size", #name }, "min" },                                          \
    {                                                                                              \
#name "_max", SQL_REAL, { "size", #name }, "max"                                           \
    }
#define TRIGGER(name)                                                                              \
    {                                                                                              \
        "trigger_" #name, SQL_WHOLE, { "trigger", #name }, NULL                                    \
    }

static const sql_column events[] = {
    PLAIN(event_id, TEXT),
    PLAIN(sentence, WHOLE),
    PLAIN(text, TEXT),
    PLAIN(event_date, DAY),
    PLAIN(event_date_end, DAY),
    PLAIN(date_basis, TEXT),
    PLAIN(event_type, TEXT),
    PLAIN(event_mode, TEXT),
    LIST(contexts, "contexts", NULL),
    PLAIN(cameo, TEXT),
    PLAIN(quad, WHOLE),
    PLAIN(goldstein, REAL),
    PLAIN(intensity, REAL),
    SIDES(actor, "actors"),
    SIDES(recipient, "recipients"),
    PLAIN(polarity, TEXT),
    PLAIN(status, TEXT),
    PLAIN(historical, YES),
    { "condition", SQL_TEXT, { "condition", "text" }, NULL },
    { "condition_event_id", SQL_TEXT, { "condition", "event_id" }, NULL },
    { "speaker_codes", SQL_LIST, { "attribution", "speaker" }, "code" },
    { "speaker_words", SQL_LIST, { "attribution", "speaker" }, "text" },
    LIST(attribution_cues, "attribution", "cue"),
    LIST(attribution_kinds, "attribution", "kind"),
    PLAIN(content_of, TEXT),
    LIST(contradicts, "contradicts", NULL),
    LIST(location_names, "locations", "name"),
    LIST(location_countries, "locations", "country"),
    { "location_points", SQL_POINTS, { "locations", NULL }, NULL },
    LIST(location_precisions, "locations", "precision"),
    LIST(location_bases, "locations", "basis"),
    SIZE(dead),
    SIZE(injured),
    SIZE(arrested),
    SIZE(abducted),
    SIZE(displaced),
    SIZE(participants),
    SIZE(money),
    { "money_currency", SQL_TEXT, { "size", "money" }, "currency" },
    { "trigger", SQL_TEXT, { "trigger", "text" }, NULL },
    TRIGGER(begin),
    TRIGGER(end),
    TRIGGER(begin_byte),
    TRIGGER(end_byte),
    PLAIN(rule, TEXT),
    PLAIN(confidence, REAL),
    { "record", SQL_RECORD, { NULL, NULL }, NULL },
};

static const sql_column quotes[] = {
    PLAIN(sentence, WHOLE),
    PLAIN(kind, TEXT),
    PLAIN(direct, YES),
    PLAIN(source, SPAN),
    { "speaker_code", SQL_TEXT, { "speaker", "code" }, NULL },
    { "speaker_name", SQL_TEXT, { "speaker", "name" }, NULL },
    PLAIN(cue, SPAN),
    PLAIN(content, SPANS),
    { "source_begin", SQL_BEGIN, { "source", NULL }, NULL },
    { "source_end", SQL_END, { "source", NULL }, NULL },
    { "cue_begin", SQL_BEGIN, { "cue", NULL }, NULL },
    { "cue_end", SQL_END, { "cue", NULL }, NULL },
    { "content_begin", SQL_BEGIN, { "content", NULL }, NULL },
    { "content_end", SQL_END, { "content", NULL }, NULL },
    { "record", SQL_RECORD, { NULL, NULL }, NULL },
};

const sql_table sql_tables[SQL_N_TABLES] = {
    [SQL_CODE] = { "dragoman_code", DRAGOMAN_EVENTS, events, N(events) },
    [SQL_QUOTES] = { "dragoman_quotes", DRAGOMAN_QUOTES, quotes, N(quotes) },
};
