/* What readers refuse and leave out: the first of each kind on standard error, all of it in the
 * file of --errors, and at the end how many there were. A kind is a message without its values. */
#include "cli/cli.h"

#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 5 };

#define EMPTY "there is no story on the page, which is left out"

/* A message that begins with another's words is of their kind. */
static bool is_named(const char *format)
{
    return format && strcmp(format, "%s") != 0 && strncmp(format, "%s;", 3) != 0;
}

/* "item %u: its date is no day: \"%s\"" -> "item ...": the message's format up to where only values
 * follow, without its directives. */
static void name_kind(const char *format, char *out, size_t size)
{
    size_t n = 0;
    for (const char *p = format; *p && n + 4 < size; p++) {
        if (*p == '%' && p[1] && p[1] != '%') {
            p += 1 + strspn(p + 1, "0123456789.*-+ #lzhj");
            n += n > 0 ? (size_t)snprintf(out + n, size - n, "...") : 0;
            if (!*p)
                break;
            continue;
        }
        p += *p == '%' && p[1] == '%';
        if (n > 10 && (*p == ';' || (*p == ':' && p[1] == ' ')))
            break;
        if (n > 0 || !strchr(" ;:", *p))
            out[n++] = *p;
    }
    out[n] = '\0';
}

/* ---- the file of --errors ------------------------------------------------------------------- */

/* Names of files may be of any bytes; JSON is of UTF-8. */
static void put_field(dgm_buffer *row, const char *name, dgm_view value)
{
    char text[512];
    if (value.n == 0)
        return;
    dgm_buffer_printf(row, "%s\"%s\":", row->n > 1 ? "," : "", name);
    dgm_json_string(dgm_clean_bytes(value, text, sizeof text), row);
}

static void put_row(dgm_cli_report *report, const dgm_err *err, const char *reason,
                    const char *language)
{
    dgm_buffer row = { 0 };
    if (!report->errors)
        return;
    dgm_buffer_printf(&row, "{");
    put_field(&row, "file", dgm_view_of(err->file));
    if (err->line > 0)
        dgm_buffer_printf(&row, "%s\"line\":%zu", row.n > 1 ? "," : "", err->line);
    put_field(&row, "reason", dgm_view_of(reason));
    put_field(&row, "message", dgm_view_of(err->msg));
    put_field(&row, "id", dgm_view_of(err->id));
    put_field(&row, "language", dgm_view_of(language));
    dgm_buffer_printf(&row, "}\n");
    report->broken =
        report->broken || row.failed || fwrite(row.p, 1, row.n, report->errors) != row.n;
    dgm_buffer_done(&row);
}

/* ---- what is told --------------------------------------------------------------------------- */

/* Counts one more of a kind; the last that there is room for stands for all further ones. */
static uint64_t count(dgm_cli_report *report, const char *reason)
{
    uint32_t i = 0;
    while (i < report->n_kinds && strcmp(report->kinds[i].reason, reason) != 0)
        i++;
    if (i == report->n_kinds && i < DGM_LEN(report->kinds)) {
        bool last = ++report->n_kinds == DGM_LEN(report->kinds);
        snprintf(report->kinds[i].reason, sizeof report->kinds[i].reason, "%s",
                 last ? "for other reasons" : reason);
    }
    return ++report->kinds[DGM_MIN(i, (uint32_t)DGM_LEN(report->kinds) - 1)].n;
}

static void say(dgm_cli_report *report, const dgm_err *err, const char *language)
{
    char reason[sizeof report->kinds[0].reason];
    name_kind(is_named(err->kind) ? err->kind : err->msg, reason, sizeof reason);
    put_row(report, err, reason, language);
    report->n_no_memory += err->status == DGM_ENOMEM;
    if (count(report, reason) <= SHOWN)
        dgm_cli_say(err);
}

static void complain(void *context, const dgm_err *err)
{
    say(context, err, NULL);
}

void dgm_cli_report_say(dgm_cli_report *report, const dgm_err *err)
{
    say(report, err, NULL);
}

/* Inputs come one after the other, so that a file's stories do as well. */
static void count_file(dgm_cli_report *report, const char *file)
{
    uint32_t last = report->n_files - 1;
    if (report->n_files > 0 && strcmp(report->files[last].name, file) == 0) {
        report->files[last].n++;
    } else if (report->n_files < DGM_LEN(report->files)) {
        snprintf(report->files[report->n_files].name, sizeof report->files[0].name, "%s", file);
        report->files[report->n_files++].n = 1;
    } else {
        report->n_elsewhere++;
    }
}

static void tell(void *context, const dgm_document *doc, const char *language)
{
    dgm_cli_report *report = context;
    dgm_err err;
    dgm_left_out_err(doc, language ? language : "", &err);
    if (!language) { /* an archive is full of them: they are only counted */
        snprintf(err.msg, sizeof err.msg, "%s", EMPTY);
        put_row(report, &err, EMPTY, NULL);
        return;
    }
    count_file(report, err.file);
    say(report, &err, language);
}

/* ---- begin and end -------------------------------------------------------------------------- */

bool dgm_cli_report_begin(const dgm_arguments *arguments, dgm_cli_report *report,
                          dgm_complaints *complaints, dgm_left_out *left_out)
{
    const char *path = dgm_option_value(arguments, "errors");
    *report = (dgm_cli_report) { .path = path };
    if (path && !(report->errors = fopen(path, "wb"))) {
        fprintf(stderr, "dragoman: %s: %s\n", path, strerror(errno));
        return false;
    }
    *complaints = (dgm_complaints) { .fn = complain, .context = report };
    left_out->tell = tell;
    left_out->context = report;
    return true;
}

bool dgm_cli_reading_begin(const dgm_arguments *arguments, dgm_reader_options *options,
                           dgm_complaints *complaints, dgm_cli_report *report,
                           dgm_left_out *left_out)
{
    if (!dgm_cli_reader_options(arguments, complaints, options) ||
        !dgm_cli_report_begin(arguments, report, complaints, left_out))
        return false;
    options->left_out = left_out;
    return true;
}

/* "dragoman: words: 12 in file" */
static void say_number(const char *words, uint64_t n, const char *where)
{
    dgm_err err;
    if (n == 0)
        return;
    (void)dgm_fail(&err, DGM_OK, NULL, 0, "%s%llu%s%s", words, (unsigned long long)n,
                   where ? " in " : "", where ? where : "");
    dgm_cli_say(&err);
}

static void say_left_out(const dgm_cli_report *report, const dgm_left_out *left_out)
{
    say_number("stories left out that are not English: ", left_out->n_foreign, NULL);
    for (uint32_t i = 0; i < report->n_files; i++)
        say_number("  ", report->files[i].n, report->files[i].name);
    say_number("  ", report->n_elsewhere, "other files");
    say_number("pages of archives without a story: ", left_out->n_empty, NULL);
}

void dgm_cli_report_summary(const dgm_arguments *arguments, const dgm_cli_report *report,
                            const dgm_left_out *left_out)
{
    bool more = false;
    for (uint32_t i = 0; i < report->n_kinds; i++) {
        uint64_t n = report->kinds[i].n;
        if (n <= SHOWN)
            continue;
        fprintf(stderr, "dragoman: and %llu more, %llu in all: %s\n",
                (unsigned long long)(n - SHOWN), (unsigned long long)n, report->kinds[i].reason);
        more = true;
    }
    if (more && !report->errors)
        fputs("dragoman: --errors FILE lists them all\n", stderr);
    if (!dgm_option_given(arguments, "quiet"))
        say_left_out(report, left_out);
}

void dgm_cli_report_anew(dgm_cli_report *report, dgm_left_out *left_out)
{
    dgm_cli_report empty = { .path = report->path, .errors = report->errors };
    empty.broken = report->broken || (report->errors && fflush(report->errors) != 0);
    *report = empty;
    left_out->n_foreign = left_out->n_empty = 0;
}

bool dgm_cli_report_end(dgm_cli_report *report)
{
    bool good = !report->broken;
    if (report->errors && fclose(report->errors) != 0)
        good = false;
    if (!good)
        fprintf(stderr, "dragoman: %s: it could not all be written\n", report->path);
    *report = (dgm_cli_report) { 0 };
    return good;
}
