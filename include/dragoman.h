/** @file
 * dragoman.h - codes political events from news reports: who did what to whom, when and where, on
 * whose word, affirmed or denied, and whether it happened or was only promised, demanded, feared
 * or made conditional.
 *
 * Threads: a coder holds the knowledge (model and tables). It never changes once it is open, and
 * any number of threads may call any function with one coder at the same time; only
 * dragoman_close() is for one thread, when all others are done with it. A store is one connection:
 * one thread at a time may call functions with it, and it need not always be the same one. All
 * functions without coder and store may be called by any thread at any time. Callbacks come in the
 * thread that made the call; they may call functions of this header, but not with the store that
 * calls them.
 *
 * Nothing here prints, exits, or depends on the locale; where memory runs out, a call fails and
 * says so. The same text and tables always give the same bytes.
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
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Marks what the library shows. */
#if defined(__GNUC__)
#define DRAGOMAN_API __attribute__((visibility("default")))
#else
#define DRAGOMAN_API
#endif

#define DRAGOMAN_MESSAGE 512 /**< bytes that a message needs at most, its NUL included */

/** What came of a call. */
typedef enum {
    DRAGOMAN_OK = 0,      /**< all was well */
    DRAGOMAN_REFUSED = 1, /**< some input was refused, and complained about; the rest was coded */
    DRAGOMAN_FAILED = 2   /**< nothing can be done; the message says why */
} dragoman_status;

/** Model and tables, for any number of threads. */
typedef struct dragoman_coder dragoman_coder;

/** Called with whole lines of output in order, and with n 0 for a story that gives none; anything
 * but 0 ends the call, which then returns as if the input had ended there. */
typedef int (*dragoman_write_fn)(void *context, const char *bytes, size_t n);
/** Called for everything that is refused or mended: "name:line: what is wrong". */
typedef void (*dragoman_complain_fn)(void *context, const char *message);
/** Called now and then with the bytes read so far, and with how many there are (0: nobody knows).
 */
typedef void (*dragoman_progress_fn)(void *context, uint64_t n_read, uint64_t n_bytes);

/** "0.2.0" */
DRAGOMAN_API const char *dragoman_version(void);

/* ---- the coder ------------------------------------------------------------------------------ */

/** Opens the knowledge. tables: the folder of tables, NULL: $DRAGOMAN_TABLES or the installed one.
 * One that holds only some tables overlays the installed ones (docs/formats/tables.md). "A:B" names
 * several folders. model: the file of the model, NULL: that of the tables. The caller owns *out and
 * ends it with dragoman_close(); on failure *out is untouched and message (may be NULL) says why.
 */
DRAGOMAN_API dragoman_status dragoman_open(const char *tables, const char *model,
                                           dragoman_coder **out, char message[DRAGOMAN_MESSAGE]);

/** What dragoman_open_with() is told. Set the fields by name; those that are not set are 0. */
typedef struct {
    const char *tables; /**< as dragoman_open() has them; NULL: the installed ones */
    const char *model;  /**< a file, or NULL */
    const char *judge;  /**< "on" (NULL) or "off": the rules alone say what happens */
    const char *sides;  /**< "learned" (NULL) or "rules": who says which states take part */
    dragoman_complain_fn
        complain;  /**< told of each bad row of a table, which is left out; may be NULL */
    void *context; /**< given to complain */
} dragoman_knowledge;

/** The same as dragoman_open() with more to say. DRAGOMAN_REFUSED: the coder is open, but some rows
 * of its tables are left out. */
DRAGOMAN_API dragoman_status dragoman_open_with(const dragoman_knowledge *knowledge,
                                                dragoman_coder **out,
                                                char message[DRAGOMAN_MESSAGE]);
/** Ends a coder; NULL is allowed. */
DRAGOMAN_API void dragoman_close(dragoman_coder *coder);

/* ---- one story ------------------------------------------------------------------------------ */

/** What is written of a story. */
typedef enum {
    DRAGOMAN_EVENTS = 0, /**< JSON Lines, one object an event: docs/formats/events.md */
    DRAGOMAN_QUOTES = 1, /**< JSON Lines, one object an attribution: who says what */
    DRAGOMAN_PLACES = 2, /**< one line of JSON with every place of the text */
    DRAGOMAN_TIMES = 3,  /**< one line of JSON with every time expression */
    DRAGOMAN_TREES = 4,  /**< sentences, words and trees as CoNLL-U; no date is needed */
    DRAGOMAN_STORIES =
        5, /**< one line of JSON: the story as it was understood; no date is needed */
    DRAGOMAN_EXPLANATION = 6 /**< text for a person: why it is coded as it is; no date is needed */
} dragoman_product;

/** Codes one story: n bytes of UTF-8, and its day as YYYY-MM-DD. Gives text that ends in NUL (an
 * empty string: there are no events), which the caller ends with dragoman_free(); NULL: it failed,
 * and message (may be NULL) says why. */
DRAGOMAN_API char *dragoman_code(dragoman_coder *coder, const char *text, size_t n,
                                 const char *date, char message[DRAGOMAN_MESSAGE]);
/** The same for any product; dragoman_code() gives DRAGOMAN_EVENTS. */
DRAGOMAN_API char *dragoman_make(dragoman_coder *coder, dragoman_product product, const char *text,
                                 size_t n, const char *date, char message[DRAGOMAN_MESSAGE]);
/** A story and what is made of it. Set the fields by name; those that are not set are 0. */
typedef struct {
    const char *text;         /**< in UTF-8 */
    size_t n;                 /**< bytes of text */
    const char *date;         /**< all NUL-terminated UTF-8, and NULL where there is none */
    const char *id;           /**< part of what an event_id is made from; NULL: "story" */
    const char *source;       /**< the outlet, which may be somebody's voice: "the paper said" */
    dragoman_product product; /**< what is written; DRAGOMAN_EVENTS where it is not set */
    /** Asked between sentences, in the caller's thread; anything but 0 ends the call, which then
     * fails. May be NULL. */
    int (*stop)(void *context);
    void *context; /**< given to stop */
} dragoman_story;
/** The same with more to say: dragoman_make() gives neither id nor source, and cannot be stopped.
 */
DRAGOMAN_API char *dragoman_make_with(dragoman_coder *coder, const dragoman_story *story,
                                      char message[DRAGOMAN_MESSAGE]);
/** What one side of a sentence does to the other, both marked in it: "<s>France</s> expels two
 * envoys of <t>Mali</t>." One line of JSON, as `dragoman relate` writes it. */
DRAGOMAN_API char *dragoman_relate(dragoman_coder *coder, const char *marked, size_t n,
                                   char message[DRAGOMAN_MESSAGE]);
/** Where the rule stands that an event calls by this id, and what it says: one line of JSON. */
DRAGOMAN_API char *dragoman_rule(dragoman_coder *coder, const char *id,
                                 char message[DRAGOMAN_MESSAGE]);
/** Ends a text that a function gave; NULL is allowed. */
DRAGOMAN_API void dragoman_free(char *text);

/* ---- many stories --------------------------------------------------------------------------- */

/** What dragoman_code_input() reads and whom it tells. Set the fields by name; those that are not
 * set are 0. Of path and bytes one is set. */
typedef struct {
    const char *path;  /**< a file in any format that `dragoman code` reads, or a folder of such */
    const char *bytes; /**< dated text, JSON Lines or CoNLL-U, plain or packed with gzip or zstd */
    size_t n;          /**< of bytes */
    const char *name;  /**< of bytes, for messages and ids of stories; NULL: "input" */
    const char *date;  /**< of stories that bring none of their own; NULL: they are refused */
    dragoman_write_fn write;       /**< required */
    dragoman_complain_fn complain; /**< may be NULL */
    dragoman_progress_fn progress; /**< may be NULL */
    void *context;                 /**< given to all three */
    dragoman_product product;      /**< what is written; DRAGOMAN_EVENTS where it is not set */
    const char *const *options;    /**< of `dragoman code`, as names and values by turns and NULL at
                                      the end: { "format", "csv", "polarity", "affirmed", NULL }; may
                                      be NULL. A switch has the value "yes". */
    unsigned jobs;                 /**< threads; 0 and 1: the caller's alone */
} dragoman_input;

/** Codes all stories of an input, as `dragoman code` does. The functions of `input` are called in
 * the caller's thread. */
DRAGOMAN_API dragoman_status dragoman_code_input(dragoman_coder *coder, const dragoman_input *input,
                                                 char message[DRAGOMAN_MESSAGE]);

/* ---- tables --------------------------------------------------------------------------------- */

/** Checks all tables of a folder (NULL: the installed ones) as `dragoman tables check` does. */
DRAGOMAN_API dragoman_status dragoman_check_tables(const char *tables,
                                                   dragoman_complain_fn complain, void *context,
                                                   char message[DRAGOMAN_MESSAGE]);

/* ---- the store ------------------------------------------------------------------------------ */

/** A connection to a store, for one thread at a time. */
typedef struct dragoman_store dragoman_store;

/** where: the file of an SQLite database, or "postgresql://..."; NULL and "" are refused. writes 0:
 * to ask only, a store that is not there is refused, and so are stories; 1: it is made or brought
 * forward. The caller owns *out and ends it with dragoman_store_close(). A library that was built
 * without stores says so here. */
DRAGOMAN_API dragoman_status dragoman_store_open(const char *where, int writes,
                                                 dragoman_store **out,
                                                 char message[DRAGOMAN_MESSAGE]);
/** Ends a store; NULL is allowed. */
DRAGOMAN_API void dragoman_store_close(dragoman_store *store);

/** How many stories were... */
typedef struct {
    uint64_t n_read;   /**< read */
    uint64_t n_new;    /**< stored for the first time */
    uint64_t n_there;  /**< there already, and left as they are */
    uint64_t n_again;  /**< coded again */
    uint64_t n_failed; /**< refused, or could not be kept */
} dragoman_ingested;

/** Codes all stories of an input into a store, as `dragoman ingest` does: what is there is not
 * coded again, unless recode and with other tables. `product` is not used; `options` are those that
 * say how stories are read; `write` may be NULL, and is called with n 0 after each story that was
 * read, so that it can end the call: what is stored stays. counts may be NULL. */
DRAGOMAN_API dragoman_status dragoman_store_ingest(dragoman_store *store, dragoman_coder *coder,
                                                   const dragoman_input *input, int recode,
                                                   dragoman_ingested *counts,
                                                   char message[DRAGOMAN_MESSAGE]);

/** Asks a store. question: "query", "export", "stats", "claims", "commitments" or "sample", as the
 * commands are called; options: theirs, as names and values by turns with NULL at the end: { "by",
 * "month", "country", "TUR", NULL }; may be NULL. The answer comes through write, which is
 * required: JSON Lines, or what the option "format" says ("csv", "table"; "export" has more). */
DRAGOMAN_API dragoman_status dragoman_store_ask(dragoman_store *store, const char *question,
                                                const char *const *options, dragoman_write_fn write,
                                                void *context, char message[DRAGOMAN_MESSAGE]);

#ifdef __cplusplus
}
#endif

#endif
