/* reader.h - what the readers of the single formats share. Inside ingest. */
#ifndef DGM_READER_H
#define DGM_READER_H

#include "ingest/ingest.h"
#include "ingest/source.h"

/* Bytes that grow up to a limit. */
typedef struct {
    char *p;
    size_t n, cap;
} dgm_bytes;
bool dgm_bytes_put(dgm_bytes *bytes, dgm_view v); /* false: no memory */

/* One story of dated text as it is read. */
typedef struct {
    bool open;     /* a date line or words have been seen */
    bool cut;      /* longer than DGM_MAX_STORY: the rest is passed over */
    bool bad_date; /* its date line names no day */
    bool own_line; /* the text begins on a line of its own */
    char date[11];
    size_t first_line, line;            /* of its date line; where the text begins */
    uint64_t begin, begin_byte, column; /* column: code points of its first line before it */
    dgm_bytes text;
} dgm_raw_story;

/* What a call of a format's reader came to. */
typedef enum {
    DGM_READ_STORY,   /* *doc is filled in */
    DGM_READ_NOTHING, /* refused and complained about, or no story: the next call goes on */
    DGM_READ_END,
    DGM_READ_FAILED /* err says why the input cannot be read further */
} dgm_reading;

/* A format: how its first bytes are told, and its reader. */
typedef struct {
    bool (*sniff)(dgm_view first); /* of bytes without byte order mark and leading white space */
    /* Looks at one story, or at one thing that may hold one. */
    dgm_reading (*next)(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err);
    void (*done)(dgm_reader *r); /* ends r->state; may be NULL */
    bool takes_any_language;     /* its stories are not guessed at */
    bool by_lines;               /* a story is a line: no value goes over its end */
} dgm_input_kind;

/* One a format; sniff and next are NULL where this build lacks the library. */
extern const dgm_input_kind dgm_kind_text, dgm_kind_jsonl, dgm_kind_json, dgm_kind_conllu,
    dgm_kind_csv, dgm_kind_tsv, dgm_kind_html, dgm_kind_feed, dgm_kind_warc, dgm_kind_petrarch,
    dgm_kind_tabari;

typedef struct dgm_guesser dgm_guesser;
struct dgm_html_memory;

struct dgm_reader {
    dgm_source *source;
    dgm_reader_options options;
    const dgm_input_kind *kind;
    char id[80];        /* of the story that is being read, for messages; empty: not known */
    char *stem;         /* file name without folder and endings: story ids */
    uint32_t n_stories; /* given out or refused, for their ids */
    uint32_t n_seen;    /* stories given out, for options.most */
    bool anything;      /* the input was not empty */
    bool ended;
    bool starved;                  /* what comes next lacks what there was no memory for */
    void *state;                   /* of the format */
    dgm_guesser *guesser;          /* of languages; made when first needed */
    struct dgm_html_memory *pages; /* likewise */
    dgm_bytes line;                /* JSON Lines: the line; CoNLL-U: the document */
    dgm_raw_story story, ahead;    /* dated text: the one being read, and the begin of the next */
    uint64_t at, at_byte;          /* code points and bytes of pieces taken */
    size_t held_line;              /* CoNLL-U: line of the held `# newdoc` */
    dgm_bytes held;
};

/* What a story has, and tables and objects call by these names or by those of --columns. */
typedef enum {
    DGM_FIELD_TEXT,
    DGM_FIELD_TITLE,
    DGM_FIELD_DATE,
    DGM_FIELD_SOURCE,
    DGM_FIELD_URL,
    DGM_FIELD_ID,
    DGM_N_FIELDS
} dgm_field;
/* The name by which `columns` ("text=body,date=day") calls a field, or its own. */
dgm_view dgm_column_name(const char *columns, dgm_field field);
/* Appends to a list for a message, "a, b, c, ...", what was found. */
void dgm_list_name(char *list, size_t size, dgm_view name);

/* Complains about this input; gives DGM_READ_NOTHING. */
dgm_reading dgm_refuse(dgm_reader *r, dgm_status status, size_t line, const char *format, ...)
    DGM_PRINTF(4, 5);
/* The same where a date is none, or could be read in several ways. */
dgm_reading dgm_refuse_date(dgm_reader *r, size_t line, dgm_view date);
void dgm_name_story(dgm_reader *r, dgm_view id); /* so that what is refused next has its id */
dgm_reading dgm_no_memory(dgm_reader *r, size_t line, dgm_err *err); /* DGM_READ_FAILED */
/* Reads up to the end of a line, at most DGM_MAX_LINE bytes, into r->line. DGM_READ_STORY: there is
 * one; DGM_READ_NOTHING: it was too long and is complained about. */
dgm_reading dgm_read_line(dgm_reader *r, size_t *line, dgm_err *err);
/* What stands after the fields are filled in: id, date, file and line, and that there is text and
 * not too much of it. */
dgm_reading dgm_finish_story(dgm_reader *r, dgm_document *doc, size_t line);

/* A copy in the arena that is valid UTF-8 without NUL: a bad byte becomes U+FFFD, NUL a space, and
 * both are complained about with their line, counted from `line` on. */
dgm_view dgm_clean(dgm_reader *r, dgm_arena *arena, dgm_view raw, size_t line);

/* Gives doc a date where it has none: the file's name, --date; and says in date_basis where the
 * date came from, "input" where the reader has not. False, after a complaint, when there is none at
 * all and the story is to be refused. */
bool dgm_default_date(dgm_reader *r, dgm_document *doc, size_t line);
bool dgm_has_default_date(const dgm_reader *r); /* or needs none */
/* "stem", "stem-2" for further stories. */
dgm_view dgm_next_id(dgm_reader *r, dgm_arena *arena);
/* YYYY-MM-DD (a time may follow) or YYYYMMDD, whole. */
bool dgm_read_day(dgm_view v, char day[11]);
/* The same, and days as pages and feeds write them: "Fri, 02 Oct 2020 10:00:00 GMT" (RFC 5322),
 * "October 2, 2020 at 10:00", "2 October 2020", "2020/10/02". Where words stand before the day,
 * they are passed over. */
bool dgm_find_day(dgm_view v, char day[11]);
/* Whether v is nothing but a day, in whatever order: "9.6.2011", "Thursday, June 9, 2011". */
bool dgm_looks_like_a_day(dgm_view v);
/* The day of a story: as --date-format has it, else as dgm_find_day(). */
bool dgm_story_day(const dgm_reader *r, dgm_view v, char day[11]);
/* The day at the begin of v, written as `format`; *n: its bytes. */
bool dgm_day_by_format(const char *format, dgm_view v, char day[11], size_t *n);
unsigned dgm_month_of(dgm_view word); /* "March", "mar"; 0: none */
/* The day in an address: "/2020/10/02/", "/2020/oct/2/", "2020-10-02", "/20201002/". */
bool dgm_day_in_url(dgm_view url, char day[11]);
void dgm_day_after(char day[11]); /* the next day of the calendar, in place */

/* What an input is that no reader takes, by its first bytes: "a PDF", and what would turn it into
 * text; NULL: nothing that is known. */
const char *dgm_unreadable(dgm_view first, const char **advice);
/* Which separator parts the cells of the first line, where it is a header for sure: by the names
 * that `columns` gives, by the file's name, or by its shape. '\0': it is none. */
char dgm_header_separator(dgm_view first, const char *columns, const char *file);
/* Whether a line begins a story of dated text; *day and *n: what follows `date`, and the bytes up
 * to the text. */
bool dgm_opens_story(const dgm_reader *r, dgm_view line, char day[11], bool *good, size_t *n);

/* The language of a text that is surely not English ("fr"; "und": only the script is known); NULL:
 * it is English, or may be. *guesser is made when first needed. */
const char *dgm_foreign_language(dgm_guesser **guesser, dgm_view text);
void dgm_guesser_free(dgm_guesser *guesser);

#endif
