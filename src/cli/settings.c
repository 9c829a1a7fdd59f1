/* Defaults from ~/.config/dragoman/config or the file of --config: lines of "name = value". They
 * are put where the command line says nothing; for the tables the environment goes before them. */
#include "cli/cli.h"

#include "library/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST = 64 << 10, MOST_JOBS = 256 };

static const char *const names[DGM_N_SETTINGS] = { "db", "tables", "jobs" };

/* ---- where they are ------------------------------------------------------------------------- */

/* "$XDG_CONFIG_HOME/dragoman/NAME" or "~/.config/dragoman/NAME"; false: there is no home. */
static bool home_path(const char *name, char *out, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int n = -1;
    if (config && config[0] == '/')
        n = snprintf(out, size, "%s/dragoman/%s", config, name);
    else if (home && home[0] == '/')
        n = snprintf(out, size, "%s/.config/dragoman/%s", home, name);
    if (n >= 0 && (size_t)n < size)
        return true;
    out[0] = 0;
    return false;
}

/* "~/x" is in the home, "x" in the folder of the file that says so. */
static bool whole_path(const dgm_settings *s, dgm_view path, char *out, size_t size)
{
    const char *home = getenv("HOME"), *stroke = strrchr(s->path, '/');
    int n = 0;
    if (dgm_view_starts(path, DGM_VIEW("~/")) && home)
        n = snprintf(out, size, "%s%.*s", home, (int)path.n - 1, path.p + 1);
    else if (path.p[0] == '/' || !stroke)
        n = snprintf(out, size, "%.*s", DGM_FMT(path));
    else
        n = snprintf(out, size, "%.*s/%.*s", (int)(stroke - s->path), s->path, DGM_FMT(path));
    return n >= 0 && (size_t)n < size;
}

/* ---- values --------------------------------------------------------------------------------- */

static bool take_folders(const dgm_settings *s, dgm_view list, char *out, size_t size)
{
    dgm_view part;
    size_t used = 0;
    while (list.n > 0 && dgm_view_split(&list, ':', &part)) {
        if (part.n == 0)
            continue;
        if (used > 0 && used + 1 < size)
            out[used++] = ':';
        if (!whole_path(s, part, out + used, size - used))
            return false;
        used += strlen(out + used);
    }
    return true;
}

static bool is_server(dgm_view where)
{
    return dgm_view_starts(where, DGM_VIEW("postgresql://")) ||
           dgm_view_starts(where, DGM_VIEW("postgres://"));
}

static void take_value(dgm_settings *s, uint32_t i, dgm_view value, size_t line,
                       dgm_complaints *complaints)
{
    char *out = s->values[i];
    size_t size = sizeof s->values[i];
    uint64_t n = 0;
    bool good = true;
    if (i == DGM_SETTING_TABLES)
        good = take_folders(s, value, out, size);
    else if (i == DGM_SETTING_DB && !is_server(value) && !dgm_view_eq(value, DGM_VIEW(":memory:")))
        good = whole_path(s, value, out, size);
    else
        good = value.n < size && snprintf(out, size, "%.*s", DGM_FMT(value)) >= 0;
    if (!good)
        dgm_complain(complaints, DGM_ELIMIT, s->path, line, "the value of %s is too long",
                     names[i]);
    if (i == DGM_SETTING_JOBS && (!dgm_parse_u64(value, &n) || n < 1 || n > MOST_JOBS))
        dgm_complain(complaints, DGM_EFORMAT, s->path, line,
                     "jobs is a number from 1 to %d, not \"%.*s\"", MOST_JOBS, DGM_FMT(value));
    s->lines[i] = line;
}

static void say_unknown(const dgm_settings *s, dgm_view name, size_t line,
                        dgm_complaints *complaints)
{
    dgm_nearest nearest = dgm_nearest_to(name);
    for (uint32_t i = 0; i < DGM_N_SETTINGS; i++)
        dgm_nearest_try(&nearest, dgm_view_of(names[i]));
    bool near = nearest.best[0] != 0;
    dgm_complain(complaints, DGM_EFORMAT, s->path, line, "there is no setting \"%.*s\"; %s%s%s",
                 (int)DGM_MIN(name.n, 60), name.p, near ? "did you mean \"" : "there are ",
                 near ? nearest.best : "db, tables and jobs", near ? "\"?" : "");
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* What stands before a # at the beginning or after a blank. */
static dgm_view without_comment(dgm_view line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' && (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t'))
            return dgm_view_trim(dgm_view_slice(line, 0, i));
    return dgm_view_trim(line);
}

static void take_line(dgm_settings *s, dgm_view line, size_t number, dgm_complaints *complaints)
{
    dgm_view value = without_comment(line), name;
    if (value.n == 0)
        return;
    size_t equals = dgm_view_find(value, DGM_VIEW("="));
    if (equals == SIZE_MAX || dgm_utf8_invalid(line) != SIZE_MAX || memchr(line.p, 0, line.n)) {
        dgm_complain(complaints, DGM_EFORMAT, s->path, number,
                     "a line is \"name = value\", in UTF-8");
        return;
    }
    name = dgm_view_trim(dgm_view_slice(value, 0, equals));
    value = dgm_view_trim(dgm_view_slice(value, equals + 1, value.n));
    uint32_t i = dgm_view_index(name, names, DGM_N_SETTINGS);
    if (i == DGM_N_SETTINGS)
        say_unknown(s, name, number, complaints);
    else if (value.n == 0)
        dgm_complain(complaints, DGM_EFORMAT, s->path, number, "%s has no value", names[i]);
    else if (s->lines[i] > 0)
        dgm_complain(complaints, DGM_EFORMAT, s->path, number, "%s is set already, in line %zu",
                     names[i], s->lines[i]);
    else
        take_value(s, i, value, number, complaints);
}

static bool read_file(dgm_settings *s)
{
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    char *text = NULL;
    size_t n = 0, number = 0;
    if (dgm_file_read(s->path, LARGEST, &text, &n, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    dgm_view rest = { text, n }, line;
    if (dgm_view_starts(rest, DGM_VIEW("\xEF\xBB\xBF")))
        rest = dgm_view_slice(rest, 3, n);
    while (rest.n > 0 && dgm_view_split(&rest, '\n', &line))
        take_line(s, line, ++number, &complaints);
    free(text);
    dgm_cli_complaints_end(&complaints);
    return complaints.n == 0;
}

/* ---- putting them where they belong --------------------------------------------------------- */

/* The tables are found later, by what the environment says as well. */
static void put_values(const dgm_settings *s, dgm_arguments *arguments)
{
    for (uint32_t i = 0; i < DGM_N_SETTINGS; i++) {
        if (i == DGM_SETTING_TABLES || s->lines[i] == 0)
            continue;
        for (size_t row = 0; row < arguments->command->n_options; row++) {
            if (strcmp(arguments->command->options[row].name, names[i]) == 0 &&
                !arguments->options.given[row])
                arguments->options.values[row] = s->values[i];
        }
    }
}

static bool find_file(const dgm_arguments *arguments, dgm_settings *s)
{
    const char *given = dgm_option_value(arguments, "config");
    if (given && strlen(given) >= sizeof s->path) {
        fputs("dragoman: the path of --config is too long\n", stderr);
        return false;
    }
    if (given)
        snprintf(s->path, sizeof s->path, "%s", given);
    s->is_there =
        given || (home_path("config", s->path, sizeof s->path) && access(s->path, F_OK) == 0);
    return !s->is_there || read_file(s);
}

bool dgm_settings_read(dgm_arguments *arguments, dgm_settings *s)
{
    memset(s, 0, sizeof *s);
    if (!find_file(arguments, s))
        return false;
    put_values(s, arguments);
    if (!home_path("tables", s->own_tables, sizeof s->own_tables))
        s->own_tables[0] = 0;
    const char *own = s->lines[DGM_SETTING_TABLES] ? s->values[DGM_SETTING_TABLES] : s->own_tables;
    if (own == s->own_tables && access(own, F_OK) != 0)
        own = NULL;
    const char *given =
        dgm_option_known(arguments, "tables") ? dgm_option_value(arguments, "tables") : NULL;
    (void)!dgm_tables_find(given, own, s->tables, sizeof s->tables, &s->err);
    arguments->settings = s;
    return true;
}
