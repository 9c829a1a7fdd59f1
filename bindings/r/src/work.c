#include "work.h"

#include <R_ext/Utils.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COMPLAINTS = 1000 };

/* ---- its life ------------------------------------------------------------------------------- */

static void free_work(SEXP pointer)
{
    work *w = R_ExternalPtrAddr(pointer);
    R_ClearExternalPtr(pointer);
    if (!w)
        return;
    table_free(w->table);
    text_done(&w->bytes);
    text_done(&w->input);
    text_done(&w->said);
    if (w->file)
        fclose(w->file);
    free(w);
}

SEXP work_new(work **out)
{
    SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));
    R_RegisterCFinalizerEx(pointer, free_work, TRUE);
    work *w = calloc(1, sizeof(*w));
    if (!w)
        Rf_error("there is no memory");
    R_SetExternalPtrAddr(pointer, w);
    *out = w;
    UNPROTECT(1);
    return pointer;
}

void work_make_rows(work *w, const rows *how)
{
    w->how = how;
    w->table = rows_table(how);
    if (!w->table)
        Rf_error("there is no memory");
}

dragoman_input work_input(work *w, SEXP options, SEXP jobs)
{
    return (dragoman_input) { .write = work_write,
                              .complain = work_complain,
                              .progress = work_progress,
                              .context = w,
                              .options = work_options(options),
                              .jobs = (unsigned)Rf_asInteger(jobs) };
}

/* ---- callbacks ------------------------------------------------------------------------------ */

static void check(void *unused)
{
    (void)unused;
    R_CheckUserInterrupt();
}

bool work_interrupted(work *w)
{
    if (!w->interrupted && !R_ToplevelExec(check, NULL))
        w->interrupted = true;
    return w->interrupted;
}

static bool put(work *w, const char *bytes, size_t n)
{
    if (w->file) {
        w->file_failed = fwrite(bytes, 1, n, w->file) != n;
        return !w->file_failed;
    }
    if (w->table)
        return rows_put(w->table, w->how, bytes, n);
    text_put(&w->bytes, bytes, n);
    return !w->bytes.failed;
}

int work_write(void *context, const char *bytes, size_t n)
{
    work *w = context;
    w->broken = w->broken || !put(w, bytes, n);
    return w->broken || work_interrupted(w);
}

/* The library names options as the program has them, --date-format; in R they are arguments. The
 * words get shorter; their new length. */
static size_t name_arguments(char *message)
{
    char *to = message;
    for (const char *p = message; *p;) {
        bool begins = p == message || p[-1] == ' ' || p[-1] == '(';
        if (!begins || p[0] != '-' || p[1] != '-' || p[2] < 'a' || p[2] > 'z') {
            *to++ = *p++;
            continue;
        }
        for (p += 2; *p == '-' || (*p >= 'a' && *p <= 'z'); p++)
            *to++ = (char)(*p == '-' ? '_' : *p);
    }
    *to = 0;
    return (size_t)(to - message);
}

/* "texts:3: ..." of texts 65 to 128 becomes "text 67: ..."; what follows it. */
static const char *put_number_of_text(work *w, const char *message)
{
    size_t n = w->name ? strlen(w->name) : 0;
    if (n == 0 || strncmp(message, w->name, n) != 0 || message[n] != ':')
        return message;
    char *end, where[40];
    unsigned long line = strtoul(message + n + 1, &end, 10);
    if (*end != ':' || line == 0)
        return message;
    snprintf(where, sizeof where, "text %.0f", (double)w->n_before + (double)line);
    text_put_string(&w->said, where);
    return end;
}

void work_complain(void *context, const char *message)
{
    work *w = context;
    if (w->n_said++ >= MAX_COMPLAINTS)
        return;
    size_t begin = w->said.n;
    const char *rest = put_number_of_text(w, message),
               *hint = rest == message ? NULL : strstr(rest, "; --columns ");
    /* Columns of a data frame have the names that they must have: the hint does not help. */
    text_put(&w->said, rest, hint ? (size_t)(hint - rest) : strlen(rest));
    text_put(&w->said, "", 1);
    if (!w->said.failed)
        w->said.n = begin + name_arguments(w->said.p + begin) + 1;
}

typedef struct {
    uint64_t n_read, n_bytes;
} amount;

static void show(void *context)
{
    const amount *a = context;
    if (a->n_bytes > 0)
        REprintf("\r%3.0f %% ", 100.0 * (double)a->n_read / (double)a->n_bytes);
    else
        REprintf("\r%.1f MB ", (double)a->n_read / 1e6);
    R_CheckUserInterrupt();
}

void work_progress(void *context, uint64_t n_read, uint64_t n_bytes)
{
    work *w = context;
    if (!w->progress) {
        work_interrupted(w);
        return;
    }
    amount a = { n_read, n_bytes };
    w->shown = true;
    if (!w->interrupted && !R_ToplevelExec(show, &a))
        w->interrupted = true;
}

/* ---- the answer ----------------------------------------------------------------------------- */

static SEXP complaints_of(const work *w)
{
    R_xlen_t n = w->n_said < MAX_COMPLAINTS ? (R_xlen_t)w->n_said : MAX_COMPLAINTS;
    SEXP made = PROTECT(Rf_allocVector(STRSXP, w->said.failed ? 0 : n));
    const char *p = w->said.p;
    for (R_xlen_t i = 0; i < XLENGTH(made); i++) {
        SET_STRING_ELT(made, i, Rf_mkCharCE(p, CE_UTF8));
        p += strlen(p) + 1;
    }
    UNPROTECT(1);
    return made;
}

static SEXP text_of(const work *w)
{
    if (w->bytes.n > INT_MAX)
        Rf_error("the answer is longer than a string of R can be");
    return Rf_ScalarString(Rf_mkCharLenCE(w->bytes.p ? w->bytes.p : "", (int)w->bytes.n, CE_UTF8));
}

/* What went wrong on this side of the library, which itself only knows that it was to stop. */
static void judge(work *w)
{
    w->broken = w->broken || w->input.failed;
    const char *why = w->file_failed ? "the file cannot be written"
                      : w->bytes.failed || w->input.failed || (w->table && table_failed(w->table))
                          ? "there is no memory for so many rows"
                      : w->broken ? "the library wrote a line that is no JSON"
                                  : NULL;
    if (!why)
        return;
    w->status = DRAGOMAN_FAILED;
    snprintf(w->message, sizeof w->message, "%s", why);
}

SEXP work_answer(SEXP pointer)
{
    static const char *names[] = { "status",     "message",      "rows", "text",
                                   "complaints", "n_complaints", "" };
    work *w = R_ExternalPtrAddr(pointer);
    if (w->shown)
        REprintf("\r        \r");
    if (w->file && fclose(w->file) != 0)
        w->file_failed = true;
    w->file = NULL;
    if (w->interrupted) {
        free_work(pointer);
        raise(SIGINT); /* R's own handler notes it, as for the first Ctrl-C */
        R_CheckUserInterrupt();
        Rf_error("interrupted");
    }
    judge(w);
    name_arguments(w->message);
    SEXP answer = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(answer, 0, Rf_ScalarInteger((int)w->status));
    SET_VECTOR_ELT(answer, 1, Rf_ScalarString(Rf_mkCharCE(w->message, CE_UTF8)));
    if (w->status != DRAGOMAN_FAILED) {
        if (w->table)
            SET_VECTOR_ELT(answer, 2, table_frame(w->table));
        SET_VECTOR_ELT(answer, 3, text_of(w));
    }
    SET_VECTOR_ELT(answer, 4, complaints_of(w));
    SET_VECTOR_ELT(answer, 5, Rf_ScalarReal((double)w->n_said));
    free_work(pointer);
    UNPROTECT(1);
    return answer;
}

SEXP work_answer_with(SEXP first, SEXP pointer)
{
    SEXP both = PROTECT(Rf_allocVector(VECSXP, 2));
    SET_VECTOR_ELT(both, 0, first);
    SET_VECTOR_ELT(both, 1, work_answer(pointer));
    UNPROTECT(1);
    return both;
}

/* ---- stories as JSON Lines ------------------------------------------------------------------ */

static void put_json_string(text *line, const char *s)
{
    text_put_string(line, "\"");
    for (const char *p = s; *p;) {
        size_t n = 0;
        while (p[n] && p[n] != '"' && p[n] != '\\' && (unsigned char)p[n] >= ' ')
            n++;
        text_put(line, p, n);
        p += n;
        if (*p) {
            char escape[8];
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)*p++);
            text_put_string(line, escape);
        }
    }
    text_put_string(line, "\"");
}

static void put_json_member(text *line, const char *name, const char *value)
{
    if (!value)
        return;
    text_put_string(line, line->n > 0 && line->p[line->n - 1] != '{' ? ",\"" : "\"");
    text_put_string(line, name);
    text_put_string(line, "\":");
    put_json_string(line, value);
}

static const char *const members[] = { "text", "date", "id", "title", "source", "url" };
enum { ID = 2, N_MEMBERS = sizeof(members) / sizeof(members[0]) };

/* Of a story without an id, made from its members (FNV-1a): the same wherever it comes again. */
static void put_made_id(text *line, size_t begin)
{
    char id[32];
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = begin; i < line->n; i++)
        hash = (hash ^ (unsigned char)line->p[i]) * 0x100000001b3;
    snprintf(id, sizeof id, "story-%016" PRIx64, hash);
    put_json_member(line, members[ID], id);
}

void work_put_stories(work *w, SEXP stories, R_xlen_t from, R_xlen_t to)
{
    const void *mark = vmaxget();
    for (R_xlen_t i = from; i < to; i++) {
        size_t begin = w->input.n;
        text_put_string(&w->input, "{");
        for (int k = 0; k < N_MEMBERS; k++)
            put_json_member(&w->input, members[k], work_string(VECTOR_ELT(stories, k), i));
        if (!work_string(VECTOR_ELT(stories, ID), i))
            put_made_id(&w->input, begin);
        text_put_string(&w->input, "}\n");
        vmaxset(mark);
    }
}

/* ---- arguments ------------------------------------------------------------------------------ */

const char *work_string(SEXP strings, R_xlen_t i)
{
    if (strings == R_NilValue || i >= XLENGTH(strings) || STRING_ELT(strings, i) == NA_STRING)
        return NULL;
    return Rf_translateCharUTF8(STRING_ELT(strings, i));
}

const char *const *work_options(SEXP options)
{
    R_xlen_t n = options == R_NilValue ? 0 : XLENGTH(options);
    if (n == 0)
        return NULL;
    const char **made = (const char **)R_alloc((size_t)n + 1, sizeof(*made));
    for (R_xlen_t i = 0; i < n; i++)
        made[i] = Rf_translateCharUTF8(STRING_ELT(options, i));
    made[n] = NULL;
    return made;
}
