/* ingest.h - bytes -> documents. One reader a format, sniffed by content; gzip and zstd seen
 * through everywhere. What is broken is complained about with file and line, the rest is read. */
#ifndef DGM_INGEST_H
#define DGM_INGEST_H

#include "document/document.h"

/*    format     name */
/* clang-format off */
#define DGM_INPUT_MAP(X) \
    X(TEXT, "text") X(JSONL, "jsonl") X(JSON, "json") X(CONLLU, "conllu") X(CSV, "csv") \
    X(TSV, "tsv") X(HTML, "html") X(FEED, "feed") X(WARC, "warc") X(PETRARCH, "petrarch") \
    X(TABARI, "tabari")
/* clang-format on */

typedef enum {
    DGM_INPUT_AUTO,
#define X(id, name) DGM_INPUT_##id,
    DGM_INPUT_MAP(X)
#undef X
        DGM_N_INPUTS
} dgm_input_format;
bool dgm_input_format_of(dgm_view name, dgm_input_format *out); /* "auto", "text", "jsonl", ... */

#define DGM_MAX_LINE     (4u << 20)  /* bytes of one line of JSON Lines, of one row of a table */
#define DGM_MAX_STORY    (1u << 20)  /* bytes of one story's text: some 170,000 words */
#define DGM_MAX_DOCUMENT (64u << 20) /* bytes of one document of CoNLL-U */
#define DGM_MAX_PAGE     (2u << 20)  /* bytes of one page of HTML: what follows is passed over */
#define DGM_MAX_XML      256u        /* elements in elements in XML: no deeper file is read on */

/* Whether this build has the guesser of languages; without it only other scripts are told. */
bool dgm_language_is_guessed(void);
/* The language of a text, ISO 639: "en" where it is not surely another; "und": only the script is
 * known. */
void dgm_language_of(dgm_view text, char out[8]);

typedef enum {
    DGM_LANGUAGE_ANY,
    DGM_LANGUAGE_ENGLISH /* stories that are surely in another language are left out */
} dgm_language;

/* What was left out without being wrong. */
typedef struct {
    uint64_t n_foreign; /* stories in another language */
    uint64_t n_empty;   /* pages of an archive in which no story was found: front pages, lists */
    /* Called for each of them; file, line and id of *doc are filled in. language: ISO 639 ("fr",
     * "und" where only the script is known), NULL for an empty page. May be NULL. */
    void (*tell)(void *context, const dgm_document *doc, const char *language);
    void *context;
} dgm_left_out;

typedef struct {
    dgm_input_format format;
    const char *default_date;   /* for stories that have none, or NULL */
    bool date_optional;         /* do not refuse stories without any date */
    dgm_language language;      /* trees (CoNLL-U) are taken as they are */
    const char *columns;        /* of CSV, TSV and JSON: "text=body,date=day", or NULL */
    const char *date_format;    /* as strptime has it: "%d/%m/%Y", or NULL */
    bool tell_language;         /* fill in doc->language, which costs a little */
    const char *source;         /* of all stories, whatever the input says; or NULL */
    uint32_t most;              /* stories of one input; further ones are left. 0: no limit */
    dgm_complaints *complaints; /* may be NULL */
    dgm_left_out *left_out;     /* counted up; may be NULL */
} dgm_reader_options;

typedef struct dgm_reader dgm_reader;

/* Whether `columns` is as the options want it; else a message in err. */
dgm_status dgm_check_columns(const char *columns, dgm_err *err) DGM_MUST_USE;
/* The same for `date_format`, which may be NULL. */
dgm_status dgm_check_date_format(const char *format, dgm_err *err) DGM_MUST_USE;

/* path "-" is standard input. */
dgm_status dgm_reader_open(const char *path, const dgm_reader_options *options, dgm_reader **out,
                           dgm_err *err) DGM_MUST_USE;
/* The same from memory, which stays the caller's; name is for messages and story ids. */
dgm_status dgm_reader_open_memory(const char *bytes, size_t n, const char *name,
                                  const dgm_reader_options *options, dgm_reader **out,
                                  dgm_err *err) DGM_MUST_USE;
void dgm_reader_free(dgm_reader *reader);

/* Resets arena and initialises *doc in it with the next story. DGM_OK, DGM_END, or an error that
 * ends this input; stories that are refused are complained about and passed over. */
dgm_status dgm_reader_next(dgm_reader *reader, dgm_arena *arena, dgm_document *doc,
                           dgm_err *err) DGM_MUST_USE;
/* Compressed bytes read so far, and the input's size (0: not known): for progress. */
uint64_t dgm_reader_tell(const dgm_reader *reader, uint64_t *size);
bool dgm_reader_unread(const dgm_reader *reader); /* the system failed, and not the data */
/* Whether all that has come is taken, and more is still to come: the next story would be waited
 * for, if it is not among what was taken. Never so of a file. */
bool dgm_reader_waits(const dgm_reader *reader);

/* Many inputs one after the other as if they were one. */
typedef struct dgm_inputs dgm_inputs;
/* Borrows paths and what options point to. n 0: standard input. recursive: a folder stands for the
 * files in it and below it, in the order of their names; hidden ones, links to folders, pipes,
 * sockets and devices are passed over. NULL: no memory. */
dgm_inputs *dgm_inputs_new(char *const *paths, size_t n, bool recursive,
                           const dgm_reader_options *options);
/* The same for one input from memory, which stays the caller's, as do name and options. */
dgm_inputs *dgm_inputs_of_memory(const char *bytes, size_t n, const char *name,
                                 const dgm_reader_options *options);
void dgm_inputs_free(dgm_inputs *inputs);
/* The next story of all: DGM_OK, DGM_END or DGM_ENOMEM. An input that cannot be read (further) is
 * complained about, and the next one read. */
dgm_status dgm_inputs_next(dgm_inputs *inputs, dgm_arena *arena, dgm_document *doc,
                           dgm_err *err) DGM_MUST_USE;
/* Whether there is a story, asked before the first is taken, which dgm_inputs_next() still returns:
 * DGM_OK, DGM_END or DGM_ENOMEM. That story lives as long as the inputs do. */
dgm_status dgm_inputs_look(dgm_inputs *inputs, dgm_err *err) DGM_MUST_USE;
/* Instead of reading them: the path of the next input, to be freed. NULL: none is left, or there is
 * no memory, and then they ended early. */
char *dgm_inputs_next_path(dgm_inputs *inputs);
bool dgm_inputs_ended_early(const dgm_inputs *inputs);
/* Whether the system kept something from being read, which may go well another time. */
bool dgm_inputs_unread(const dgm_inputs *inputs);
bool dgm_inputs_wait(const dgm_inputs *inputs);     /* as dgm_reader_waits() */
uint64_t dgm_inputs_tell(const dgm_inputs *inputs); /* bytes read of all, for progress */
/* Bytes of all that is going to be read; 0: that is not known, since one of them is no file. */
uint64_t dgm_inputs_total(char *const *paths, size_t n, bool recursive);

#endif
