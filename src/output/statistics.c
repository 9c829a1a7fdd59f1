/* Files for Stata (.dta, version 118) and SPSS (.sav), by ReadStat: the columns of CSV, each with a
 * label, numbers as numbers, days as days, closed lists as numbers with labels, other lists as one
 * text. CAMEO codes stay text, so that leading zeros do. */
#include "grounding/calendar.h"
#include "output/writers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A cell holds no NUL, so that it can end one. */
static void write_cells(const dgm_output_options *options, const dgm_record *record,
                        dgm_buffer *out)
{
    (void)options;
    for (size_t i = 0; i < dgm_n_flat_columns; i++) {
        size_t begin = out->n;
        dgm_flat_columns[i].write(record, out);
        for (size_t at = begin; at < out->n; at++)
            out->p[at] = out->p[at] ? out->p[at] : ' ';
        dgm_buffer_put(out, (dgm_view) { "", 1 });
    }
}

#ifdef DGM_HAVE_READSTAT
#include <readstat.h>

enum { MOST_COLUMNS = 96, STATA_TEXT = 2045, SPSS_TEXT = 32000 }; /* bytes that a cell may have */

struct dgm_statistics {
    dgm_output_format format;
    dgm_output_to to;
    FILE *rows; /* the cells of all records, one after the other */
    size_t widths[MOST_COLUMNS];
    uint32_t i_column;
    size_t width; /* of the cell in hand */
    long n_rows;
};

static dgm_status fail(dgm_err *err, const char *why)
{
    return dgm_fail(err, DGM_EIO, NULL, 0, "%s", why);
}

static dgm_status open_statistics(dgm_output_format format, dgm_output_to to,
                                  dgm_statistics **statistics, dgm_err *err)
{
    dgm_statistics *s = calloc(1, sizeof(*s));
    if (!s || !(s->rows = tmpfile()) || dgm_n_flat_columns > MOST_COLUMNS) {
        free(s);
        return dgm_fail(err, DGM_EIO, NULL, 0, "no temporary file for the rows: %s",
                        strerror(errno));
    }
    s->format = format;
    s->to = to;
    *statistics = s;
    return DGM_OK;
}

dgm_status dgm_statistics_put(dgm_statistics *s, dgm_view cells, dgm_err *err)
{
    for (size_t i = 0; i < cells.n; i++) {
        if (cells.p[i] != '\0') {
            s->width++;
            continue;
        }
        s->widths[s->i_column] = DGM_MAX(s->widths[s->i_column], s->width);
        s->width = 0;
        s->n_rows += ++s->i_column == dgm_n_flat_columns;
        s->i_column %= (uint32_t)dgm_n_flat_columns;
    }
    return fwrite(cells.p ? cells.p : "", 1, cells.n, s->rows) == cells.n
               ? DGM_OK
               : fail(err, strerror(errno));
}

static ssize_t write_out(const void *bytes, size_t n, void *context)
{
    dgm_statistics *s = context;
    return s->to.put(s->to.context, (dgm_view) { bytes, n }) ? (ssize_t)n : -1;
}

/* The next cell, cut to `room` bytes between code points, ended by NUL; false: none. */
static bool next_cell(dgm_statistics *s, char *cell, size_t room)
{
    size_t n = 0;
    int c;
    while ((c = getc(s->rows)) != EOF && c != '\0') {
        if (n < room)
            cell[n] = (char)c;
        n++;
    }
    bool cut = n > room;
    n = DGM_MIN(n, room);
    while (cut && n > 0 && ((unsigned char)cell[n - 1] & 0xC0) == 0x80)
        n--;
    n -= cut && n > 0;
    cell[n] = '\0';
    return c != EOF;
}

static bool is_text(const dgm_flat_column *column)
{
    return column->kind == DGM_COLUMN_TEXT || column->kind == DGM_COLUMN_POINTS;
}

/* Stata counts days from 1960, SPSS seconds from the first day of the Gregorian calendar. */
static bool day_of(dgm_output_format format, dgm_view cell, double *out)
{
    dgm_day day;
    if (!dgm_day_parse(cell, &day))
        return false;
    *out = format == DGM_OUTPUT_STATA ? day + 3653.0 : (day + 141428.0) * 86400;
    return true;
}

static bool choice_of(const dgm_flat_column *column, dgm_view cell, double *out)
{
    for (int i = 0; column->choices[i]; i++) {
        if (dgm_view_eq(cell, dgm_view_of(column->choices[i]))) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool value_of(dgm_output_format format, const dgm_flat_column *column, dgm_view cell,
                     double *out)
{
    if (column->kind == DGM_COLUMN_DAY)
        return day_of(format, cell, out);
    if (column->kind == DGM_COLUMN_CHOICE)
        return choice_of(column, cell, out);
    return dgm_parse_double(cell, out) &&
           (column->kind == DGM_COLUMN_REAL || *out <= 2147483620); /* Stata's largest long */
}

static readstat_error_t insert(dgm_output_format format, readstat_writer_t *writer,
                               const readstat_variable_t *variable, const dgm_flat_column *column,
                               const char *cell)
{
    double value;
    if (is_text(column))
        return readstat_insert_string_value(writer, variable, cell);
    if (!value_of(format, column, dgm_view_of(cell), &value))
        return readstat_insert_missing_value(writer, variable);
    if (readstat_variable_get_type(variable) == READSTAT_TYPE_DOUBLE)
        return readstat_insert_double_value(writer, variable, value);
    return readstat_insert_int32_value(writer, variable, (int32_t)value);
}

/* SPSS has no whole numbers; its days are seconds, which whole numbers could not hold. */
static readstat_type_t type_of(dgm_output_format format, const dgm_flat_column *column)
{
    if (is_text(column))
        return READSTAT_TYPE_STRING;
    bool real = column->kind == DGM_COLUMN_REAL ||
                (column->kind == DGM_COLUMN_DAY && format == DGM_OUTPUT_SPSS);
    return real ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_INT32;
}

static void label_values(readstat_writer_t *writer, readstat_variable_t *variable,
                         const dgm_flat_column *column)
{
    int first = column->kind == DGM_COLUMN_CHOICE ? 0 : 1;
    readstat_label_set_t *set = readstat_add_label_set(writer, READSTAT_TYPE_INT32, column->name);
    for (int i = 0; set && column->choices[i]; i++)
        readstat_label_int32_value(set, first + i, column->choices[i]);
    readstat_variable_set_label_set(variable, set);
}

static readstat_variable_t *add_variable(const dgm_statistics *s, readstat_writer_t *writer,
                                         size_t i, size_t room)
{
    const dgm_flat_column *column = &dgm_flat_columns[i];
    size_t width = is_text(column) ? DGM_MAX(DGM_MIN(s->widths[i], room), 1) : 0;
    readstat_variable_t *variable =
        readstat_add_variable(writer, column->name, type_of(s->format, column), width);
    readstat_variable_set_label(variable, column->label);
    if (column->kind == DGM_COLUMN_DAY)
        readstat_variable_set_format(variable, s->format == DGM_OUTPUT_STATA ? "%td" : "DATE10");
    readstat_variable_set_measure(variable, column->choices || is_text(column)
                                                ? READSTAT_MEASURE_NOMINAL
                                                : READSTAT_MEASURE_SCALE);
    if (column->choices)
        label_values(writer, variable, column);
    return variable;
}

static readstat_error_t write_rows(dgm_statistics *s, readstat_writer_t *writer,
                                   readstat_variable_t *const *variables, size_t room)
{
    char cell[SPSS_TEXT + 1];
    readstat_error_t error = READSTAT_OK;
    for (long row = 0; row < s->n_rows && error == READSTAT_OK; row++) {
        error = readstat_begin_row(writer);
        for (size_t i = 0; i < dgm_n_flat_columns && error == READSTAT_OK; i++) {
            if (!next_cell(s, cell, room))
                return READSTAT_ERROR_READ;
            error = insert(s->format, writer, variables[i], &dgm_flat_columns[i], cell);
        }
        if (error == READSTAT_OK)
            error = readstat_end_row(writer);
    }
    return error;
}

static readstat_error_t write_file(dgm_statistics *s, readstat_writer_t *writer)
{
    readstat_variable_t *variables[MOST_COLUMNS];
    size_t room = s->format == DGM_OUTPUT_STATA ? STATA_TEXT : SPSS_TEXT;
    readstat_set_data_writer(writer, write_out);
    readstat_writer_set_file_label(writer, "Events coded by dragoman");
    readstat_writer_set_file_timestamp(writer, 0); /* the same events give the same bytes */
    for (size_t i = 0; i < dgm_n_flat_columns; i++)
        variables[i] = add_variable(s, writer, i, room);
    readstat_error_t error = s->format == DGM_OUTPUT_STATA
                                 ? readstat_begin_writing_dta(writer, s, s->n_rows)
                                 : readstat_begin_writing_sav(writer, s, s->n_rows);
    if (error == READSTAT_OK)
        error = write_rows(s, writer, variables, room);
    return error == READSTAT_OK ? readstat_end_writing(writer) : error;
}

dgm_status dgm_statistics_close(dgm_statistics *s, dgm_err *err)
{
    dgm_status status = DGM_OK;
    readstat_writer_t *writer = readstat_writer_init();
    if (!writer || fflush(s->rows) != 0) {
        status = fail(err, writer ? strerror(errno) : "no memory for the file");
    } else {
        rewind(s->rows);
        readstat_error_t error = write_file(s, writer);
        if (error != READSTAT_OK)
            status = fail(err, ferror(s->rows) ? strerror(errno) : readstat_error_message(error));
    }
    readstat_writer_free(writer);
    fclose(s->rows);
    free(s);
    return status;
}
#else
static dgm_status open_statistics(dgm_output_format format, dgm_output_to to,
                                  dgm_statistics **statistics, dgm_err *err)
{
    (void)format, (void)to, (void)statistics;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0,
                    "this program was built without ReadStat, which writes Stata and SPSS");
}

dgm_status dgm_statistics_put(dgm_statistics *statistics, dgm_view cells, dgm_err *err)
{
    (void)statistics, (void)cells;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "there is no such file");
}

dgm_status dgm_statistics_close(dgm_statistics *statistics, dgm_err *err)
{
    return dgm_statistics_put(statistics, (dgm_view) { "", 0 }, err);
}
#endif

const dgm_output_kind dgm_kind_of_statistics = { .open = open_statistics, .record = write_cells };
