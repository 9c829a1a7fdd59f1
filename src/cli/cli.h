/* cli.h - what the subcommands share. One file a subcommand; each gives one dgm_command, and
 * main.c lists them. */
#ifndef DGM_CLI_H
#define DGM_CLI_H

#include "cli/options.h"
#include "document/document.h"
#include "ingest/ingest.h"
#include "output/output.h"
#include "story/story.h"

/* Exit codes of every command. */
enum {
    DGM_EXIT_OK = 0,
    DGM_EXIT_REFUSED = 1, /* some input was refused, and said so; the rest was done */
    DGM_EXIT_USAGE = 2    /* the command line, or a table or model that it needs, is wrong */
};

extern const dgm_command dgm_command_read;
extern const dgm_command dgm_command_code;
extern const dgm_command dgm_command_quotes;
extern const dgm_command dgm_command_places;
extern const dgm_command dgm_command_times;
extern const dgm_command dgm_command_parse;
extern const dgm_command dgm_command_explain;
extern const dgm_command dgm_command_diff;
extern const dgm_command dgm_command_relate;
extern const dgm_command dgm_command_tables_check;
extern const dgm_command dgm_command_tables_import;
extern const dgm_command dgm_command_train_confidence;
extern const dgm_command dgm_command_train_names;
extern const dgm_command dgm_command_train_segmenter;
extern const dgm_command dgm_command_train_parser;
extern const dgm_command dgm_command_evaluate;
extern const dgm_command dgm_command_help;
/* Only in a build with a store. */
extern const dgm_command dgm_command_ingest;
extern const dgm_command dgm_command_query;
extern const dgm_command dgm_command_export;
extern const dgm_command dgm_command_stats;
extern const dgm_command dgm_command_claims;
extern const dgm_command dgm_command_commitments;

/* Rows for a command's table of options. */
#define DGM_OPTION_TABLES                                                                          \
    {                                                                                              \
        0, "tables", "DIR", "read the tables of knowledge from DIR", NULL                          \
    }
#define DGM_OPTION_MODEL                                                                           \
    {                                                                                              \
        0, "model", "FILE", "use this model of syntax instead of model/english.dgm of the tables", \
            NULL                                                                                   \
    }
#define DGM_OPTION_DATE                                                                            \
    {                                                                                              \
        0, "date", "YYYY-MM-DD", "date of stories that bring none of their own", NULL              \
    }
#define X(id, name)     "|" name
#define DGM_INPUT_NAMES "auto" DGM_INPUT_MAP(X)
#define DGM_OPTION_FROM                                                                            \
    {                                                                                              \
        0, "from", DGM_INPUT_NAMES, "format of the input; auto: looks at its first bytes", "auto"  \
    }
/* All that says how stories are read: the rows of dgm_cli_reader_options(). */
#define DGM_OPTIONS_READING                                                                        \
    DGM_OPTION_DATE, DGM_OPTION_FROM,                                                              \
        { 0, "columns", "FIELD=NAME,...",                                                          \
          "columns of CSV and TSV that are not called text, title, date, source, url or id",       \
          NULL },                                                                                  \
    {                                                                                              \
        0, "language", "en|any", "en: leave out stories that are surely not English", "en"         \
    }
#define DGM_OPTION_RECURSIVE                                                                       \
    {                                                                                              \
        'r', "recursive", NULL, "read all files in the folders that are named", NULL               \
    }
#undef X
#define X(id, name) "|" name
/* The rows of dgm_cli_output_options(). The first name of the list is jsonl. */
#define DGM_OPTIONS_WRITING                                                                        \
    { 'f', "format", &DGM_OUTPUT_NAMES[1], "format of the events", "jsonl" },                      \
        { 0, "polarity", "auto|any|affirmed|negated", DGM_ONLY "of this polarity", "auto" },       \
        { 0, "status", "auto|any|actual|intended|conditional|requested|possible|hypothetical",     \
          DGM_ONLY "of this status", "auto" },                                                     \
        { 0, "attribution", "auto|any|none|some",                                                  \
          DGM_ONLY "on the report's own word (none), or on somebody's (some)", "auto" },           \
    {                                                                                              \
        0, "history", "auto|any|no|yes", DGM_ONLY "told as background (yes), or not", "auto"       \
    }
#define DGM_OUTPUT_NAMES "" DGM_OUTPUT_MAP(X)
#define DGM_ONLY         "only events "
#define DGM_OPTION_OUTPUT                                                                          \
    {                                                                                              \
        'o', "output", "FILE", "write to FILE instead of standard output", NULL                    \
    }
#define DGM_OPTION_JOBS                                                                            \
    {                                                                                              \
        'j', "jobs", "N", "work on N stories side by side; the output is the same", "1"            \
    }
/* What every command has that sends many stories through the house. */
#define DGM_OPTIONS_STORIES                                                                        \
    DGM_OPTION_JOBS, DGM_OPTIONS_READING, DGM_OPTION_RECURSIVE, DGM_OPTION_TABLES, DGM_OPTION_MODEL

/* Prints "dragoman: file:line: message" on standard error. */
void dgm_cli_say(const dgm_err *err);
/* The same after a wrong command line, with a pointer to --help; gives DGM_EXIT_USAGE. */
int dgm_cli_usage(const dgm_arguments *arguments, const dgm_err *err);
/* Complaints that go to standard error at once. */
dgm_complaints dgm_cli_complaints(void);

/* The folder of tables: --tables, $DRAGOMAN_TABLES, the installed one, the source tree's. NULL,
 * after a message: there is none. */
const char *dgm_cli_tables_dir(const dgm_arguments *arguments);
/* Loads knowledge as --tables and --model say; complaints go to standard error. NULL, after a
 * message: it cannot be used. */
dgm_coder *dgm_cli_load(const dgm_arguments *arguments);
/* The same, but only what parsing needs. */
dgm_coder *dgm_cli_load_syntax(const dgm_arguments *arguments);
/* Only the model (--model, or that of the tables). */
dgm_model *dgm_cli_load_model(const dgm_arguments *arguments);

/* Reader options from DGM_OPTIONS_READING; false after a message. */
bool dgm_cli_reader_options(const dgm_arguments *arguments, dgm_complaints *complaints,
                            dgm_reader_options *out);

/* Says how many stories were left out, where any were. */
void dgm_cli_say_left_out(const dgm_left_out *left_out);

/* Options of the output from DGM_OPTIONS_WRITING; what else the format needs is loaded. False after
 * a message. End it with dgm_cli_output_options_done(). */
typedef struct {
    dgm_output_options options;
    dgm_event_filter filter;
    dgm_codes *codes;
} dgm_cli_writing;
bool dgm_cli_output_options(const dgm_arguments *arguments, dgm_cli_writing *out);
void dgm_cli_output_options_done(dgm_cli_writing *writing);

/* Standard output, or the file of -o; NULL after a message. */
FILE *dgm_cli_output(const dgm_arguments *arguments);
/* Columns to write in: those of the terminal where out is one, else 100. *colour (may be NULL):
 * whether there may be colours, which NO_COLOR and pipes do without. */
uint32_t dgm_cli_screen(FILE *out, bool *colour);
/* Flushes and closes; false, after a message, when not all could be written. */
bool dgm_cli_close(const dgm_arguments *arguments, FILE *out);

/* The end of a command that learned a section (malloc'd; freed here) of a model file: puts it there
 * where status is DGM_OK, says err where it is not; returns the exit code. */
int dgm_cli_keep_section(const dgm_arguments *arguments, const char *name, char *section, size_t n,
                         dgm_status status, const dgm_complaints *complaints, dgm_err *err);

#endif
