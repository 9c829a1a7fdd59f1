/* Files for Stata (.dta, version 118) and SPSS (.sav), by ReadStat: the columns of CSV, numbers as
 * numbers, lists as one text. CAMEO codes stay text, so that leading zeros do. */
#include "output/writers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A cell holds no NUL, so that it can end one. */
void dgm_write_cells(const dgm_record *record, dgm_buffer *out)
{
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

enum { MOST_COLUMNS = 64, STATA_TEXT = 2045, SPSS_TEXT = 32000 }; /* bytes that a cell may have */

struct dgm_statistics {
    dgm_output_format format;
    FILE *out, *rows; /* rows: the cells of all records, one after the other */
    size_t widths[MOST_COLUMNS];
    uint32_t i_column;
    size_t width; /* of the cell in hand */
    long n_rows;
};

static dgm_status fail(dgm_err *err, const char *why)
{
    return dgm_fail(err, DGM_EIO, NULL, 0, "%s", why);
}

dgm_status dgm_statistics_open(dgm_output_format format, FILE *out, dgm_statistics **statistics,
                               dgm_err *err)
{
    _Static_assert(MOST_COLUMNS >= 45, "room for all columns");
    dgm_statistics *s = calloc(1, sizeof(*s));
    if (!s || !(s->rows = tmpfile()) || dgm_n_flat_columns > MOST_COLUMNS) {
        free(s);
        return fail(err, "no temporary file for the rows");
    }
    s->format = format;
    s->out = out;
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
    return (ssize_t)fwrite(bytes, 1, n, s->out);
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

static readstat_error_t insert(readstat_writer_t *writer, const readstat_variable_t *variable,
                               const char *cell, bool number)
{
    double value;
    if (!number)
        return readstat_insert_string_value(writer, variable, cell);
    if (!dgm_parse_double(dgm_view_of(cell), &value))
        return readstat_insert_missing_value(writer, variable);
    return readstat_insert_double_value(writer, variable, value);
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
            error = insert(writer, variables[i], cell, dgm_flat_columns[i].number);
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
    for (size_t i = 0; i < dgm_n_flat_columns; i++) {
        bool number = dgm_flat_columns[i].number;
        variables[i] = readstat_add_variable(writer, dgm_flat_columns[i].name,
                                             number ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_STRING,
                                             number ? 0 : DGM_MAX(DGM_MIN(s->widths[i], room), 1));
    }
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
            status = fail(err, readstat_error_message(error));
    }
    readstat_writer_free(writer);
    fclose(s->rows);
    free(s);
    return status;
}
#else
dgm_status dgm_statistics_open(dgm_output_format format, FILE *out, dgm_statistics **statistics,
                               dgm_err *err)
{
    (void)format, (void)out, (void)statistics;
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
