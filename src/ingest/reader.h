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
    size_t first_line, line; /* of its date line; where the text begins */
    uint64_t begin, begin_byte;
    dgm_bytes text;
} dgm_raw_story;

struct dgm_reader {
    dgm_source *source;
    dgm_reader_options options;
    dgm_input_format format;
    char *stem;         /* file name without folder and endings: story ids */
    uint32_t n_stories; /* given out or refused, for their ids */
    bool anything;      /* the input was not empty */
    bool ended;
    dgm_bytes line;             /* JSON Lines: the line; CoNLL-U: the document */
    dgm_raw_story story, ahead; /* dated text: the one being read, and the begin of the next */
    uint64_t at, at_byte;       /* code points and bytes of pieces taken */
    size_t held_line;           /* CoNLL-U: line of the held `# newdoc` */
    dgm_bytes held;
};

/* Each: DGM_OK and *doc filled in, DGM_END, or an error that ends the input. */
dgm_status dgm_read_text(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err);
dgm_status dgm_read_jsonl(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err);
dgm_status dgm_read_treebank(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err);

/* A copy in the arena that is valid UTF-8 without NUL: a bad byte becomes U+FFFD, NUL a space, and
 * both are complained about with their line, counted from `line` on. */
dgm_view dgm_clean(dgm_reader *r, dgm_arena *arena, dgm_view raw, size_t line);

/* Gives doc a date where it has none: the file's name, --date. False, after a complaint, when
 * there is none at all and the story is to be refused. */
bool dgm_default_date(dgm_reader *r, dgm_document *doc, size_t line);
/* "stem", "stem-2" for further stories. */
dgm_view dgm_next_id(dgm_reader *r, dgm_arena *arena);
/* YYYY-MM-DD (a time may follow) or YYYYMMDD, whole. */
bool dgm_read_day(dgm_view v, char day[11]);

#endif
