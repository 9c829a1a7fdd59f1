/* dragoman.h - codes political events from news reports: who did what to whom, when and where, on
 * whose word, affirmed or denied, and whether it happened or was only promised, demanded, feared
 * or made conditional.
 *
 * A coder holds the knowledge (model and tables). It never changes once it is open, and any number
 * of threads may code with one coder at the same time; open and close it in one thread. Nothing
 * here prints, exits, or depends on the locale. Events come as JSON Lines, one object an event,
 * which docs/formats/events.md describes; the same text and tables always give the same bytes.
 *
 *     dragoman_coder *coder;
 *     char why[DRAGOMAN_MESSAGE];
 *     if (dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK)
 *         ...
 *     char *events = dragoman_code(coder, text, strlen(text), "2020-10-02", why);
 *     ...
 *     dragoman_free(events);
 *     dragoman_close(coder);
 */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DRAGOMAN_API __attribute__((visibility("default")))
#else
#define DRAGOMAN_API
#endif

#define DRAGOMAN_MESSAGE 512 /* bytes that a message needs at most, its NUL included */

typedef enum {
    DRAGOMAN_OK = 0,
    DRAGOMAN_REFUSED = 1, /* some input was refused, and complained about; the rest was coded */
    DRAGOMAN_FAILED = 2   /* nothing can be done; the message says why */
} dragoman_status;

typedef struct dragoman_coder dragoman_coder;

/* "0.1.0" */
DRAGOMAN_API const char *dragoman_version(void);

/* Opens the knowledge. tables: the folder of tables, NULL: $DRAGOMAN_TABLES or the installed one.
 * One that holds only some tables overlays the installed ones (docs/formats/tables.md). "A:B" names
 * several folders. model: the file of the model, NULL: that of the tables. The caller owns *out and
 * ends it with dragoman_close(); on failure *out is untouched and message (may be NULL) says why.
 */
DRAGOMAN_API dragoman_status dragoman_open(const char *tables, const char *model,
                                           dragoman_coder **out, char message[DRAGOMAN_MESSAGE]);
DRAGOMAN_API void dragoman_close(dragoman_coder *coder); /* NULL is allowed */

/* Codes one story: n bytes of UTF-8, and its day as YYYY-MM-DD. Gives JSON Lines that end in NUL
 * (an empty string: no events), which the caller ends with dragoman_free(); NULL: it failed, and
 * message (may be NULL) says why. */
DRAGOMAN_API char *dragoman_code(dragoman_coder *coder, const char *text, size_t n,
                                 const char *date, char message[DRAGOMAN_MESSAGE]);
DRAGOMAN_API void dragoman_free(char *events); /* NULL is allowed */

/* Called with whole lines of output in order; anything but 0 ends the coding. */
typedef int (*dragoman_write_fn)(void *context, const char *bytes, size_t n);
/* Called for everything that is refused or mended: "name:line: what is wrong". */
typedef void (*dragoman_complain_fn)(void *context, const char *message);

/* What dragoman_code_input() reads and whom it tells. Set the fields by name; those that are not
 * set are 0. */
typedef struct {
    const char *bytes; /* dated text, JSON Lines or CoNLL-U, plain or packed with gzip or zstd */
    size_t n;
    const char *name;        /* for messages and ids of stories; NULL: "input" */
    const char *date;        /* of stories that bring none of their own; NULL: they are refused */
    dragoman_write_fn write; /* required */
    dragoman_complain_fn complain; /* may be NULL */
    void *context;                 /* given to both */
} dragoman_input;

/* Codes all stories of an input, as `dragoman code` does. The functions of `input` are called in
 * the caller's thread. */
DRAGOMAN_API dragoman_status dragoman_code_input(dragoman_coder *coder, const dragoman_input *input,
                                                 char message[DRAGOMAN_MESSAGE]);

#ifdef __cplusplus
}
#endif

#endif
