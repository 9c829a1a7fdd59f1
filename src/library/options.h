/* options.h - options by a table: their names, what values they take, and what they were set to.
 * The command line and the public header's names and values are both read by it, so that they have
 * the same words, checks and messages. */
#ifndef DGM_LIBRARY_OPTIONS_H
#define DGM_LIBRARY_OPTIONS_H

#include "base/base.h"

/* One row of a table of options. */
typedef struct {
    char letter;          /* "-j"; 0: none */
    const char *name;     /* "--jobs" without the dashes */
    const char *argument; /* "N", "FILE", "DIR", or a closed list "jsonl|csv|table"; NULL: a flag */
    const char *help;     /* one sentence, no capital, no full stop */
    const char *fallback; /* the value where the option is not given; NULL: none */
} dgm_option;

#define DGM_MAX_OPTIONS 40

/* What the options of a table are set to. Strings are those that it was told. */
typedef struct {
    const dgm_option *rows; /* its own */
    size_t n_rows;
    const dgm_option *common; /* those that stand after them */
    size_t n_common;
    const char *values[DGM_MAX_OPTIONS]; /* by row; a flag that is set has "" */
    bool given[DGM_MAX_OPTIONS];
} dgm_options;

/* Everything has its default. common may be NULL. */
void dgm_options_init(dgm_options *out, const dgm_option *rows, size_t n_rows,
                      const dgm_option *common, size_t n_common);
size_t dgm_options_n(const dgm_options *options);
const dgm_option *dgm_options_at(const dgm_options *options, size_t row);

/* The row of that name, or DGM_EUSAGE and a message that names the nearest. */
dgm_status dgm_options_find(const dgm_options *options, dgm_view name, size_t *row,
                            dgm_err *err) DGM_MUST_USE;
/* A closed list takes its own words only. */
dgm_status dgm_options_set(dgm_options *options, size_t row, const char *value,
                           dgm_err *err) DGM_MUST_USE;
/* Names and values by turns, NULL at the end; a flag takes "yes" and "no". May be NULL. */
dgm_status dgm_options_set_all(dgm_options *options, const char *const *names_and_values,
                               dgm_err *err) DGM_MUST_USE;

/* Whether the name stands in the table at all. */
bool dgm_options_known(const dgm_options *options, const char *name);
/* The option's value or its default; NULL: neither. The name must stand in the table. */
const char *dgm_options_value(const dgm_options *options, const char *name);
bool dgm_options_given(const dgm_options *options, const char *name);
/* The same as a number; false and a message in err when it is none or not in [min, max]. */
bool dgm_options_number(const dgm_options *options, const char *name, uint64_t min, uint64_t max,
                        uint64_t *out, dgm_err *err) DGM_MUST_USE;

#endif
