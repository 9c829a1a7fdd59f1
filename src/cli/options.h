/* options.h - the options of a command as one table, from which the parser, --help, the man page
 * and the shell completion are all made, so that they cannot drift apart. */
#ifndef DGM_OPTIONS_H
#define DGM_OPTIONS_H

#include "library/options.h"

/* What the files of settings say (cli.h). */
typedef struct dgm_settings dgm_settings;

typedef struct dgm_command dgm_command;

/* What a command line says. Strings are those of argv. */
typedef struct {
    const dgm_command *command;
    dgm_options options;
    char **operands;
    size_t n_operands;
    bool help;                    /* --help stands among them */
    const dgm_settings *settings; /* for who runs the command to set */
} dgm_arguments;

/* One subcommand. */
struct dgm_command {
    const char *name;     /* "code", "tables check" */
    const char *operands; /* "[FILE...]", "" */
    const char *summary;  /* one line */
    const char *more;     /* a paragraph for --help and the man page, or NULL */
    const dgm_option *options;
    size_t n_options;
    size_t min_operands, max_operands;          /* SIZE_MAX: any number */
    int (*run)(const dgm_arguments *arguments); /* gives the exit code */
};

/* The options of a command: its own, and after them those that all commands have. */
size_t dgm_n_options(const dgm_command *command);
const dgm_option *dgm_option_at(const dgm_command *command, size_t row);

/* Sorts argv[0..argc) (after the command's name) into options and operands; operands are moved to
 * the front of argv. "--" ends the options, a dash alone is an operand. */
dgm_status dgm_options_parse(const dgm_command *command, int argc, char **argv, dgm_arguments *out,
                             dgm_err *err) DGM_MUST_USE;

/* The option's value or its default; NULL: neither. The name must stand in the table. */
const char *dgm_option_value(const dgm_arguments *arguments, const char *name);
/* Whether the name stands in the table at all. */
bool dgm_option_known(const dgm_arguments *arguments, const char *name);
bool dgm_option_given(const dgm_arguments *arguments, const char *name);
/* The same as a number; false and a message in err when it is none or not in [min, max]. */
bool dgm_option_number(const dgm_arguments *arguments, const char *name, uint64_t min, uint64_t max,
                       uint64_t *out, dgm_err *err) DGM_MUST_USE;

/* What is made from the tables: the help of one command, of the program, the man page, the
 * completion for bash. */
void dgm_help_command(const dgm_command *command, FILE *out);
void dgm_help_program(const dgm_command *const *commands, size_t n, FILE *out);
void dgm_help_manual(const dgm_command *const *commands, size_t n, FILE *out);
void dgm_help_completion(const dgm_command *const *commands, size_t n, FILE *out);

#endif
