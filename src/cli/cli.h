/* cli.h - what the subcommands share. One file a subcommand; each gives one dgm_command, and
 * main.c lists them. */
#ifndef DGM_CLI_H
#define DGM_CLI_H

#include "cli/options.h"
#include "document/document.h"
#include "ingest/ingest.h"
#include "library/knowledge.h"
#include "library/making.h"
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
extern const dgm_command dgm_command_tables_add;
extern const dgm_command dgm_command_tables_import;
extern const dgm_command dgm_command_train_confidence;
extern const dgm_command dgm_command_train_judge;
extern const dgm_command dgm_command_train_relate;
extern const dgm_command dgm_command_train_names;
extern const dgm_command dgm_command_train_segmenter;
extern const dgm_command dgm_command_train_parser;
extern const dgm_command dgm_command_evaluate;
extern const dgm_command dgm_command_shards;
extern const dgm_command dgm_command_doctor;
extern const dgm_command dgm_command_help;
/* Only in a build with a store. */
extern const dgm_command dgm_command_ingest;
extern const dgm_command dgm_command_watch;
extern const dgm_command dgm_command_query;
extern const dgm_command dgm_command_export;
extern const dgm_command dgm_command_stats;
extern const dgm_command dgm_command_claims;
extern const dgm_command dgm_command_commitments;
extern const dgm_command dgm_command_sample;
extern const dgm_command dgm_command_correct;
extern const dgm_command dgm_command_split;
/* In a build without libnats they say so. */
extern const dgm_command dgm_command_submit;
extern const dgm_command dgm_command_worker;
extern const dgm_command dgm_command_queue;
extern const dgm_command dgm_command_serve;

/* Rows for a command's table of options. */
#define DGM_OPTION_TABLES                                                                          \
    {                                                                                              \
        0, "tables", "DIR", "lay the tables in DIR over the shipped ones; DIR:DIR for several",    \
            NULL                                                                                   \
    }
#define DGM_OPTION_MODEL                                                                           \
    {                                                                                              \
        0, "model", "FILE", "use this syntax model instead of the tables' model/english.dgm", NULL \
    }
#define DGM_OPTION_RECURSIVE                                                                       \
    {                                                                                              \
        'r', "recursive", NULL, "read all files in the named folders", NULL                        \
    }
#define DGM_OPTION_META                                                                            \
    {                                                                                              \
        0, "meta", "FILE", "write to FILE, as JSON, how the data were made and what was left out", \
            NULL                                                                                   \
    }
/* What --help adds about DGM_OPTIONS_WRITING. */
#define DGM_HELP_WRITING                                                                           \
    "The filters' default, auto, depends on the format. gdelt, gdelt-mentions, icews, polecat "    \
    "and\n"                                                                                        \
    "petrarch have no columns for what is denied, planned, past or merely said, so auto leaves\n"  \
    "it out: they hold what is affirmed, actual, not historical and on the report's own word. A\n" \
    "demand, promise or threat counts as done, since it was made. In all other formats auto\n"     \
    "leaves nothing out. `any` takes everything. How many events were left out, and why, is\n"     \
    "reported at the end, and in the file of --meta."
#define DGM_OPTION_OUTPUT                                                                          \
    {                                                                                              \
        'o', "output", "FILE", "write to FILE instead of standard output", NULL                    \
    }
#define DGM_OPTION_JOBS                                                                            \
    {                                                                                              \
        'j', "jobs", "N", "code N stories in parallel; the output is the same", "1"                \
    }
/* What every command has that sends many stories through the house. */
#define DGM_OPTIONS_STORIES                                                                        \
    DGM_OPTION_JOBS, DGM_OPTIONS_READING, DGM_OPTION_ERRORS, DGM_OPTION_RECURSIVE,                 \
        DGM_OPTION_TABLES, DGM_OPTION_MODEL
/* The row of dgm_cli_report_begin(). */
#define DGM_OPTION_ERRORS                                                                          \
    {                                                                                              \
        0, "errors", "FILE", "list what is refused or left out in FILE, as JSON Lines", NULL       \
    }

/* ---- settings ------------------------------------------------------------------------------- */

enum { DGM_SETTING_DB, DGM_SETTING_TABLES, DGM_SETTING_JOBS, DGM_N_SETTINGS };

/* What the file of --config, or that in the home, says, and which tables are read by it, by the
 * environment and by the command line. */
struct dgm_settings {
    char path[4096]; /* of the file; empty: there is no home */
    bool is_there;
    char values[DGM_N_SETTINGS][4096];
    size_t lines[DGM_N_SETTINGS]; /* where they stand; 0: nowhere */
    char own_tables[4096];        /* where own tables are when nothing names any */
    char tables[DGM_MAX_FOLDER_LIST];
    dgm_err err; /* why there are no tables */
};
/* Reads them and puts them where the command line says nothing. False after a message. Settings
 * live as long as the arguments. */
bool dgm_settings_read(dgm_arguments *arguments, dgm_settings *settings);

/* ---- messages ------------------------------------------------------------------------------- */

/* Prints "dragoman: file:line: message" on standard error. */
void dgm_cli_say(const dgm_err *err);
/* Says so and returns DGM_EXIT_REFUSED. */
int dgm_cli_no_memory(void);
/* The same after a wrong command line, with a pointer to --help; gives DGM_EXIT_USAGE. */
int dgm_cli_usage(const dgm_arguments *arguments, const dgm_err *err);
/* Complaints that go to standard error at once: the first so many, and at their end how many more
 * there were. */
enum { DGM_COMPLAINTS_SHOWN = 20 };
dgm_complaints dgm_cli_complaints(void);
void dgm_cli_complaints_end(const dgm_complaints *complaints);

/* ---- knowledge ------------------------------------------------------------------------------ */

/* The folders of tables, as dgm_table_load() has them. NULL, after a message: there are none. */
const char *dgm_cli_tables_dir(const dgm_arguments *arguments);
/* The same without a message, for what can do without tables. */
const char *dgm_cli_tables_if_any(const dgm_arguments *arguments);
/* Loads knowledge as --tables and --model say; complaints go to standard error. NULL, after a
 * message: it cannot be used. */
dgm_coder *dgm_cli_load(const dgm_arguments *arguments);
/* The same, but only what parsing needs. */
dgm_coder *dgm_cli_load_syntax(const dgm_arguments *arguments);
/* The exit code of a command that ended with `code`: DGM_EXIT_REFUSED where all was well but for
 * complaints about the tables. */
int dgm_cli_exit_code(const dgm_coder *coder, int code);
/* Only the model (--model, or that of the tables). */
dgm_model *dgm_cli_load_model(const dgm_arguments *arguments);

/* The inputs that the command line names; NULL after a message. */
dgm_inputs *dgm_cli_inputs(const dgm_arguments *arguments, const dgm_reader_options *options);
/* --jobs; false after a message. */
bool dgm_cli_jobs(const dgm_arguments *arguments, uint64_t *n_jobs);
/* Reader options from DGM_OPTIONS_READING; false after a message. */
bool dgm_cli_reader_options(const dgm_arguments *arguments, dgm_complaints *complaints,
                            dgm_reader_options *out);

/* What is refused or left out while stories are read. Kept where it does not move. */
typedef struct {
    const char *path; /* of --errors, or NULL */
    FILE *errors;
    bool broken; /* not all could be written to it */
    struct {
        char reason[200];
        uint64_t n;
    } kinds[64];
    uint32_t n_kinds;
    struct {
        char name[200];
        uint64_t n;
    } files[20]; /* with stories that are not English; further ones are n_elsewhere */
    uint32_t n_files;
    uint64_t n_elsewhere;
    uint64_t n_no_memory; /* of all of them */
} dgm_cli_report;
/* Opens the file of --errors and makes complaints and left_out, which are to be the readers', come
 * here. False after a message. End it with dgm_cli_report_end(). */
bool dgm_cli_report_begin(const dgm_arguments *arguments, dgm_cli_report *report,
                          dgm_complaints *complaints, dgm_left_out *left_out);
/* Reader options whose complaints, and what is left out, go into the report, which is begun. False
 * after a message. */
bool dgm_cli_reading_begin(const dgm_arguments *arguments, dgm_reader_options *options,
                           dgm_complaints *complaints, dgm_cli_report *report,
                           dgm_left_out *left_out);
/* What goes wrong with a story after it was read. */
void dgm_cli_report_say(dgm_cli_report *report, const dgm_err *err);
/* Begins the line that says how far the reading is; on a terminal only, and not with --quiet. */
void dgm_cli_progress(const dgm_arguments *arguments, bool to_terminal, dgm_progress *bar);
/* How many there were of each kind that was not shown to the end, and, but for --quiet, of what was
 * left out. */
void dgm_cli_report_summary(const dgm_arguments *arguments, const dgm_cli_report *report,
                            const dgm_left_out *left_out);
/* Forgets what was counted and shown, and goes on in the same file. */
void dgm_cli_report_anew(dgm_cli_report *report, dgm_left_out *left_out);
/* False, after a message: not all could be written. A report that is all zero may be ended. */
bool dgm_cli_report_end(dgm_cli_report *report);

/* How events are written, from DGM_OPTIONS_WRITING; what else the format needs is loaded. False
 * after a message. End it with dgm_writing_done(). */
bool dgm_cli_writing(const dgm_arguments *arguments, dgm_writing *out);
/* What else the format of *writing needs; false after a message. */
bool dgm_cli_load_writing(const dgm_arguments *arguments, dgm_writing *writing);

/* ---- what was done -------------------------------------------------------------------------- */

/* dgm_hash_tables() of library/hashes.h; false after a message. */
bool dgm_cli_hash_tables(const char *dirs, const char *model, char out[33]);

/* Says how many events were written and left out, where any were; not with --quiet. */
void dgm_cli_say_tally(const dgm_arguments *arguments, const dgm_tally *tally);

/* What --meta tells. */
typedef struct {
    const dgm_tally *events;
    /* Of `code`: stories read and refused, those that were left out; NULL where the events come
     * from a store. */
    const dgm_left_out *left_out;
    uint64_t n_coded, n_refused;
    /* Of a store: its stories, and an array of JSON objects of what coded them. */
    uint64_t n_stored;
    dgm_view runs;
    dgm_view marks; /* an object of how often marked events are right; empty: none are marked */
} dgm_cli_account;
/* Writes the file of --meta, if that is given; false after a message. */
bool dgm_cli_write_meta(const dgm_arguments *arguments, const dgm_cli_account *account);

/* Standard output, or the file of -o; NULL after a message. The file is whole or as it was: it
 * takes its name in dgm_cli_close(). */
FILE *dgm_cli_output(const dgm_arguments *arguments);
/* Columns to write in: those of the terminal where out is one, else 100. *colour (may be NULL):
 * whether there may be colours, which NO_COLOR and pipes do without. */
uint32_t dgm_cli_screen(FILE *out, bool *colour);
/* Flushes and closes; false, after a message, when not all could be written. */
bool dgm_cli_close(const dgm_arguments *arguments, FILE *out);
/* Writes a small file, as those of --meta and --unknown; false after a message. */
bool dgm_cli_save(const char *path, const dgm_buffer *text);
/* The end of the program: flushes standard output and removes what was not closed. Gives the exit
 * code, which is that of a failure, after a message, where not all could be written. */
int dgm_cli_end(int code);

/* The end of a command that learned a section (malloc'd; freed here) of a model file: puts it there
 * where status is DGM_OK, says err where it is not; returns the exit code. */
int dgm_cli_keep_section(const dgm_arguments *arguments, const char *name, char *section, size_t n,
                         dgm_status status, const dgm_complaints *complaints, dgm_err *err);

#endif
