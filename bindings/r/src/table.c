/* Columns are arrays of numbers, or of places in one text that holds all strings. A cell that says
 * what the one above it says shares its bytes: events repeat their story's title and sentence. */
#include "table.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t at;
    size_t n; /* NONE: not known */
} place;
#define NONE ((size_t)-1)

typedef struct {
    char *name; /* own copy */
    table_type type;
    double *numbers; /* NaN: not known; of columns that are no text */
    place *texts;
} column;

struct table {
    column *columns;
    size_t n_columns, room_columns;
    size_t n_rows, room_rows;
    text bytes;
    bool failed;
};

/* ---- text that grows ------------------------------------------------------------------------ */

void text_put(text *t, const char *bytes, size_t n)
{
    if (t->failed)
        return;
    if (n > t->room - t->n) {
        size_t room = t->room ? t->room : 1024;
        while (room - t->n < n && room <= SIZE_MAX / 2)
            room *= 2;
        char *p = room - t->n < n ? NULL : realloc(t->p, room);
        if (!p) {
            t->failed = true;
            return;
        }
        t->p = p;
        t->room = room;
    }
    if (n > 0)
        memcpy(t->p + t->n, bytes, n);
    t->n += n;
}

void text_put_string(text *t, const char *string)
{
    text_put(t, string, strlen(string));
}

void text_done(text *t)
{
    free(t->p);
    *t = (text) { 0 };
}

/* ---- rows and columns ----------------------------------------------------------------------- */

static bool is_text(table_type type)
{
    return type == TABLE_TEXT || type == TABLE_DAY;
}

static place *new_texts(size_t room, size_t n_rows)
{
    place *texts = calloc(room ? room : 1, sizeof(*texts));
    for (size_t i = 0; texts && i < n_rows; i++)
        texts[i].n = NONE;
    return texts;
}

static double *new_numbers(size_t room, size_t n_rows)
{
    double *numbers = calloc(room ? room : 1, sizeof(*numbers));
    for (size_t i = 0; numbers && i < n_rows; i++)
        numbers[i] = NAN;
    return numbers;
}

/* A column that has nothing in the rows that are there; its number. */
static size_t add_column(table *t, const char *name, table_type type)
{
    if (t->n_columns == t->room_columns) {
        size_t room = t->room_columns ? 2 * t->room_columns : 32;
        column *columns = realloc(t->columns, room * sizeof(*columns));
        if (!columns) {
            t->failed = true;
            return NONE;
        }
        t->columns = columns;
        t->room_columns = room;
    }
    size_t n = strlen(name) + 1;
    column new = { .name = malloc(n), .type = type };
    if (is_text(type))
        new.texts = new_texts(t->room_rows, t->n_rows);
    else
        new.numbers = new_numbers(t->room_rows, t->n_rows);
    if (!new.name || (!new.texts && !new.numbers)) {
        free(new.name);
        free(new.texts);
        free(new.numbers);
        t->failed = true;
        return NONE;
    }
    memcpy(new.name, name, n);
    t->columns[t->n_columns] = new;
    return t->n_columns++;
}

table *table_new(const table_kind *kinds, size_t n)
{
    table *t = calloc(1, sizeof(*t));
    for (size_t i = 0; t && i < n; i++)
        add_column(t, kinds[i].name, kinds[i].type);
    if (t && t->failed) {
        table_free(t);
        return NULL;
    }
    return t;
}

void table_free(table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n_columns; i++) {
        free(t->columns[i].name);
        free(t->columns[i].numbers);
        free(t->columns[i].texts);
    }
    free(t->columns);
    text_done(&t->bytes);
    free(t);
}

bool table_failed(const table *t)
{
    return t->failed || t->bytes.failed;
}

void table_fail(table *t)
{
    t->failed = true;
}

size_t table_n_rows(const table *t)
{
    return t->n_rows;
}

size_t table_column(table *t, const char *name)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i].name, name) == 0)
            return i;
    return add_column(t, name, TABLE_ANY);
}

static bool make_room(table *t)
{
    size_t room = t->room_rows ? 2 * t->room_rows : 64;
    if (room > INT_MAX)
        return false;
    for (size_t i = 0; i < t->n_columns; i++) {
        column *c = &t->columns[i];
        void *cells = c->texts ? realloc(c->texts, room * sizeof(*c->texts))
                               : realloc(c->numbers, room * sizeof(*c->numbers));
        if (!cells)
            return false;
        if (c->texts)
            c->texts = cells;
        else
            c->numbers = cells;
    }
    t->room_rows = room;
    return true;
}

void table_row(table *t)
{
    if (table_failed(t))
        return;
    if (t->n_rows == t->room_rows && !make_room(t)) {
        t->failed = true;
        return;
    }
    for (size_t i = 0; i < t->n_columns; i++) {
        column *c = &t->columns[i];
        if (c->texts)
            c->texts[t->n_rows] = (place) { 0, NONE };
        else
            c->numbers[t->n_rows] = NAN;
    }
    t->n_rows++;
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* The column, if a value can be put into it. */
static column *column_of(table *t, size_t i)
{
    return table_failed(t) || i >= t->n_columns || t->n_rows == 0 ? NULL : &t->columns[i];
}

static void put_bytes(table *t, column *c, size_t i_row, const char *bytes, size_t n)
{
    place above = i_row > 0 ? c->texts[i_row - 1] : (place) { 0, NONE };
    if (above.n == n && (n == 0 || memcmp(t->bytes.p + above.at, bytes, n) == 0)) {
        c->texts[i_row] = above;
        return;
    }
    size_t at = t->bytes.n;
    text_put(&t->bytes, bytes, n);
    if (!t->bytes.failed)
        c->texts[i_row] = (place) { at, n };
}

static void put_printed(table *t, column *c, size_t i_row, double number)
{
    char printed[40];
    int n = c->type == TABLE_TRUTH
                ? snprintf(printed, sizeof printed, number != 0 ? "true" : "false")
                : snprintf(printed, sizeof printed, "%.15g", number);
    put_bytes(t, c, i_row, printed, (size_t)n);
}

/* A column of numbers or truths becomes one of texts. */
static bool turn_to_text(table *t, column *c)
{
    place *texts = new_texts(t->room_rows, t->n_rows);
    if (!texts) {
        t->failed = true;
        return false;
    }
    c->texts = texts;
    for (size_t i = 0; i < t->n_rows; i++)
        if (!isnan(c->numbers[i]))
            put_printed(t, c, i, c->numbers[i]);
    free(c->numbers);
    c->numbers = NULL;
    c->type = TABLE_TEXT;
    return true;
}

void table_put_text(table *t, size_t column_number, const char *bytes, size_t n)
{
    column *c = column_of(t, column_number);
    if (c && (c->texts || turn_to_text(t, c)))
        put_bytes(t, c, t->n_rows - 1, bytes, n);
}

static void put_value(table *t, size_t column_number, table_type type, double value)
{
    column *c = column_of(t, column_number);
    if (!c || isnan(value))
        return;
    if (c->type == TABLE_ANY)
        c->type = type;
    bool differs = (c->type == TABLE_TRUTH) != (type == TABLE_TRUTH);
    if (c->texts || (differs && turn_to_text(t, c))) {
        column printed = *c;
        printed.type = type;
        put_printed(t, &printed, t->n_rows - 1, value);
    } else if (c->numbers) {
        c->numbers[t->n_rows - 1] = value;
    }
}

void table_put_number(table *t, size_t column_number, double number)
{
    put_value(t, column_number, TABLE_INTEGER, number);
}

void table_put_truth(table *t, size_t column_number, bool truth)
{
    put_value(t, column_number, TABLE_TRUTH, truth);
}

/* ---- R's vectors ---------------------------------------------------------------------------- */

static SEXP texts_of(const table *t, const column *c)
{
    SEXP made = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)t->n_rows));
    for (size_t i = 0; i < t->n_rows; i++) {
        place at = c->texts[i], above = i > 0 ? c->texts[i - 1] : (place) { 0, NONE };
        SEXP cell = at.n == NONE || at.n > INT_MAX ? NA_STRING
                    : i > 0 && at.n == above.n && at.at == above.at
                        ? STRING_ELT(made, (R_xlen_t)i - 1)
                        : Rf_mkCharLenCE(t->bytes.p + at.at, (int)at.n, CE_UTF8);
        SET_STRING_ELT(made, (R_xlen_t)i, cell);
    }
    UNPROTECT(1);
    return made;
}

/* Days since 1970-01-01 of "2020-10-02"; years of four digits. Hinnant's days_from_civil. */
static double day_of(const char *p, size_t n)
{
    int part[3] = { 0 }, i_part = 0;
    for (size_t i = 0; i < n && i < 10; i++) {
        if (p[i] == '-' && i_part < 2)
            i_part++;
        else if (p[i] >= '0' && p[i] <= '9')
            part[i_part] = 10 * part[i_part] + (p[i] - '0');
        else
            return NA_REAL;
    }
    if (n != 10 || i_part != 2 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31)
        return NA_REAL;
    int year = part[1] <= 2 ? part[0] - 1 : part[0];
    int era = (year >= 0 ? year : year - 399) / 400, year_of_era = year - era * 400;
    int day_of_year = (153 * (part[1] + (part[1] > 2 ? -3 : 9)) + 2) / 5 + part[2] - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097.0 + day_of_era - 719468;
}

static SEXP days_of(const table *t, const column *c)
{
    SEXP made = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)t->n_rows));
    for (size_t i = 0; i < t->n_rows; i++) {
        place at = c->texts[i];
        REAL(made)[i] = at.n == NONE ? NA_REAL : day_of(t->bytes.p + at.at, at.n);
    }
    Rf_setAttrib(made, R_ClassSymbol, Rf_mkString("Date"));
    UNPROTECT(1);
    return made;
}

static bool all_whole(const table *t, const column *c)
{
    for (size_t i = 0; i < t->n_rows; i++) {
        double x = c->numbers[i];
        if (!isnan(x) && (x != floor(x) || fabs(x) > INT_MAX))
            return false;
    }
    return true;
}

static SEXP whole_of(const table *t, const column *c, SEXPTYPE type)
{
    SEXP made = PROTECT(Rf_allocVector(type, (R_xlen_t)t->n_rows));
    int *cells = type == LGLSXP ? LOGICAL(made) : INTEGER(made);
    for (size_t i = 0; i < t->n_rows; i++)
        cells[i] = isnan(c->numbers[i]) ? NA_INTEGER : (int)c->numbers[i];
    UNPROTECT(1);
    return made;
}

static SEXP numbers_of(const table *t, const column *c)
{
    SEXP made = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)t->n_rows));
    for (size_t i = 0; i < t->n_rows; i++)
        REAL(made)[i] = isnan(c->numbers[i]) ? NA_REAL : c->numbers[i];
    UNPROTECT(1);
    return made;
}

static SEXP vector_of(const table *t, const column *c)
{
    switch (c->type) {
    case TABLE_TEXT:
        return texts_of(t, c);
    case TABLE_DAY:
        return days_of(t, c);
    case TABLE_ANY: /* nothing was ever put into it */
    case TABLE_TRUTH:
        return whole_of(t, c, LGLSXP);
    case TABLE_INTEGER:
        return all_whole(t, c) ? whole_of(t, c, INTSXP) : numbers_of(t, c);
    case TABLE_NUMBER:
        break;
    }
    return numbers_of(t, c);
}

SEXP table_frame(const table *t)
{
    if (table_failed(t))
        Rf_error("there is no memory for so many rows");
    R_xlen_t n = (R_xlen_t)t->n_columns;
    SEXP frame = PROTECT(Rf_allocVector(VECSXP, n)), names = PROTECT(Rf_allocVector(STRSXP, n));
    for (R_xlen_t i = 0; i < n; i++) {
        SET_VECTOR_ELT(frame, i, vector_of(t, &t->columns[i]));
        SET_STRING_ELT(names, i, Rf_mkCharCE(t->columns[i].name, CE_UTF8));
    }
    Rf_setAttrib(frame, R_NamesSymbol, names);
    SEXP rows = PROTECT(Rf_allocVector(INTSXP, 2)); /* compact: c(NA, -n) */
    INTEGER(rows)[0] = NA_INTEGER;
    INTEGER(rows)[1] = -(int)t->n_rows;
    Rf_setAttrib(frame, R_RowNamesSymbol, rows);
    Rf_setAttrib(frame, R_ClassSymbol, Rf_mkString("data.frame"));
    UNPROTECT(3);
    return frame;
}
