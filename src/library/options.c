#include "library/options.h"

#include <assert.h>
#include <string.h>

void dgm_options_init(dgm_options *out, const dgm_option *rows, size_t n_rows,
                      const dgm_option *common, size_t n_common)
{
    assert(n_rows + n_common <= DGM_MAX_OPTIONS);
    *out = (dgm_options) { .rows = rows, .n_rows = n_rows, .common = common, .n_common = n_common };
    for (size_t row = 0; row < dgm_options_n(out); row++)
        out->values[row] = dgm_options_at(out, row)->fallback;
}

size_t dgm_options_n(const dgm_options *options)
{
    return options->n_rows + options->n_common;
}

const dgm_option *dgm_options_at(const dgm_options *options, size_t row)
{
    return row < options->n_rows ? &options->rows[row] : &options->common[row - options->n_rows];
}

/* ---- setting -------------------------------------------------------------------------------- */

static size_t row_named(const dgm_options *options, dgm_view name)
{
    size_t row = 0, n = dgm_options_n(options);
    while (row < n && !dgm_view_eq(dgm_view_of(dgm_options_at(options, row)->name), name))
        row++;
    return row;
}

dgm_status dgm_options_find(const dgm_options *options, dgm_view name, size_t *row, dgm_err *err)
{
    char text[DGM_HINT];
    size_t found = row_named(options, name);
    if (found < dgm_options_n(options)) {
        *row = found;
        return DGM_OK;
    }
    dgm_nearest n = dgm_nearest_to(name);
    for (size_t i = 0; i < dgm_options_n(options); i++)
        dgm_nearest_try(&n, dgm_view_of(dgm_options_at(options, i)->name));
    dgm_nearest_try(&n, DGM_VIEW("help"));
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "unknown option --%.*s%s", DGM_FMT(name),
                    dgm_nearest_hint(&n, "--", "", text));
}

static bool has_word(const char *list, const char *word)
{
    dgm_view rest = dgm_view_of(list), part;
    while (dgm_view_split(&rest, '|', &part)) {
        if (dgm_view_eq(part, dgm_view_of(word)))
            return true;
    }
    return false;
}

static dgm_status no_word(const dgm_option *option, const char *value, dgm_err *err)
{
    char text[DGM_HINT];
    dgm_view rest = dgm_view_of(option->argument), part;
    dgm_nearest n = dgm_nearest_to(dgm_view_of(value));
    while (dgm_view_split(&rest, '|', &part))
        dgm_nearest_try(&n, part);
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes one of %s, not '%.60s'%s", option->name,
                    option->argument, value, dgm_nearest_hint(&n, "", "", text));
}

dgm_status dgm_options_set(dgm_options *options, size_t row, const char *value, dgm_err *err)
{
    const dgm_option *option = dgm_options_at(options, row);
    if (option->argument && strchr(option->argument, '|') && !has_word(option->argument, value))
        return no_word(option, value, err);
    options->values[row] = value;
    options->given[row] = true;
    return DGM_OK;
}

static dgm_status set_flag(dgm_options *options, size_t row, const char *value, dgm_err *err)
{
    if (strcmp(value, "no") == 0)
        return DGM_OK;
    if (strcmp(value, "yes") == 0)
        return dgm_options_set(options, row, "", err);
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes yes or no, not '%.60s'",
                    dgm_options_at(options, row)->name, value);
}

dgm_status dgm_options_set_all(dgm_options *options, const char *const *names_and_values,
                               dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (const char *const *at = names_and_values; at && at[0] && status == DGM_OK; at += 2) {
        size_t row = 0;
        status = dgm_options_find(options, dgm_view_of(at[0]), &row, err);
        if (status == DGM_OK && !at[1])
            return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s needs a value", at[0]);
        if (status == DGM_OK)
            status = dgm_options_at(options, row)->argument
                         ? dgm_options_set(options, row, at[1], err)
                         : set_flag(options, row, at[1], err);
    }
    return status;
}

/* ---- asking --------------------------------------------------------------------------------- */

bool dgm_options_known(const dgm_options *options, const char *name)
{
    return row_named(options, dgm_view_of(name)) < dgm_options_n(options);
}

static size_t row_of(const dgm_options *options, const char *name)
{
    size_t row = row_named(options, dgm_view_of(name));
    assert(row < dgm_options_n(options)); /* every name stands in some table */
    return row;
}

const char *dgm_options_value(const dgm_options *options, const char *name)
{
    return options->values[row_of(options, name)];
}

bool dgm_options_given(const dgm_options *options, const char *name)
{
    return options->given[row_of(options, name)];
}

bool dgm_options_number(const dgm_options *options, const char *name, uint64_t min, uint64_t max,
                        uint64_t *out, dgm_err *err)
{
    uint64_t value = 0;
    const char *text = dgm_options_value(options, name);
    if (!text || !dgm_parse_u64(dgm_view_of(text), &value) || value < min || value > max) {
        dgm_status failed =
            dgm_fail(err, DGM_EUSAGE, NULL, 0, "--%s takes a number from %llu to %llu, not '%s'",
                     name, (unsigned long long)min, (unsigned long long)max, text ? text : "");
        return failed == DGM_OK;
    }
    *out = value;
    return true;
}
