/* dragoman diff: two codings of the same stories side by side. */
#include "cli/diff_stories.h"

#include "output/cells.h"
#include "output/diff.h"
#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100 };

typedef struct {
    dgm_arena *arena;
    bool jsonl;
    uint64_t max, n_shown; /* max 0: all */
    uint64_t n_gained, n_lost, n_changed, n_class[DGM_N_DIFFS];
    dgm_buffer line;
    FILE *shown; /* the output, or a file of lines that follow the counts */
} job;

/* ---- events of one story -------------------------------------------------------------------- */

typedef struct {
    dgm_record *records;
    dgm_view *lines;
    uint32_t n;
} events;

static dgm_status read_events(job *j, const dgm_half *half, events *out, dgm_err *err)
{
    dgm_view rest = half->lines, line;
    out->n = 0;
    out->records = DGM_NEW(j->arena, dgm_record, (size_t)half->n_events + 1);
    out->lines = DGM_NEW(j->arena, dgm_view, (size_t)half->n_events + 1);
    if (!out->records || !out->lines)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    while (out->n < half->n_events && dgm_view_split(&rest, '\n', &line)) {
        dgm_status status = dgm_record_read(line, j->arena, &out->records[out->n], err);
        if (status != DGM_OK)
            return status;
        out->lines[out->n++] = dgm_view_trim(line);
    }
    return DGM_OK;
}

/* ---- one difference ------------------------------------------------------------------------- */

static void put_names(uint32_t classes, dgm_buffer *out)
{
    const char *separator = "";
    for (uint32_t i = 0; i < DGM_N_DIFFS; i++) {
        if (!(classes >> i & 1))
            continue;
        dgm_buffer_printf(out, "%s\"%s\"", separator, dgm_diff_class_name((dgm_diff_class)i));
        separator = ",";
    }
}

static void put_jsonl(const events *old, const events *new, const dgm_difference *d,
                      dgm_buffer *out)
{
    const dgm_record *r = d->old != DGM_NONE ? &old->records[d->old] : &new->records[d->new];
    dgm_buffer_printf(out, "{\"change\":\"%s\",\"story_id\":",
                      d->old == DGM_NONE   ? "gained"
                      : d->new == DGM_NONE ? "lost"
                                           : "changed");
    if (r->story_id.n)
        dgm_json_string(r->story_id, out);
    else
        dgm_buffer_put(out, DGM_VIEW("null"));
    dgm_buffer_put(out, DGM_VIEW(",\"classes\":["));
    put_names(d->classes, out);
    dgm_buffer_put(out, DGM_VIEW("],\"old\":"));
    dgm_buffer_put(out, d->old != DGM_NONE ? old->lines[d->old] : DGM_VIEW("null"));
    dgm_buffer_put(out, DGM_VIEW(",\"new\":"));
    dgm_buffer_put(out, d->new != DGM_NONE ? new->lines[d->new] : DGM_VIEW("null"));
    dgm_buffer_put(out, DGM_VIEW("}\n"));
}

/* Words of the event, at most a line of the screen. */
static void put_head(char sign, const dgm_record *r, dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    dgm_buffer_printf(&text, "%c ", sign);
    if (r->story_id.n)
        dgm_put_cell(r->story_id, 32, false, &text);
    dgm_buffer_printf(&text, ":%u ", r->sentence);
    dgm_diff_put(r, DGM_DIFF_TYPE, &text);
    dgm_buffer_printf(&text, " \"%.*s\" ", DGM_FMT(r->trigger.text));
    dgm_diff_put(r, DGM_DIFF_SIDES, &text);
    if (r->polarity != DGM_AFFIRMED || r->status != DGM_ACTUAL || r->historical) {
        dgm_buffer_put(&text, DGM_VIEW(" ("));
        dgm_write_marks(r->polarity, r->status, r->historical, &text);
        dgm_buffer_put(&text, DGM_VIEW(")"));
    }
    dgm_put_cell((dgm_view) { text.p, text.n }, WIDTH, false, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

static void put_change(const dgm_record *old, const dgm_record *new, dgm_diff_class class,
                       dgm_buffer *out)
{
    dgm_buffer text = { 0 };
    dgm_diff_put(old, class, &text);
    dgm_buffer_put(&text, DGM_VIEW(" -> "));
    dgm_diff_put(new, class, &text);
    dgm_buffer_printf(out, "    %-8s  ", dgm_diff_class_name(class));
    dgm_put_cell((dgm_view) { text.p, text.n }, WIDTH - 14, false, out);
    dgm_buffer_put(out, DGM_VIEW("\n"));
    out->failed = out->failed || text.failed;
    dgm_buffer_done(&text);
}

static void put_text(const events *old, const events *new, const dgm_difference *d, dgm_buffer *out)
{
    if (d->new == DGM_NONE) {
        put_head('-', &old->records[d->old], out);
        return;
    }
    put_head(d->old == DGM_NONE ? '+' : '~', &new->records[d->new], out);
    for (uint32_t i = 0; i < DGM_N_DIFFS; i++) {
        if (d->classes >> i & 1)
            put_change(&old->records[d->old], &new->records[d->new], (dgm_diff_class)i, out);
    }
}

static void count(job *j, const dgm_difference *d)
{
    j->n_gained += d->old == DGM_NONE;
    j->n_lost += d->new == DGM_NONE;
    j->n_changed += d->classes != 0;
    for (uint32_t i = 0; i < DGM_N_DIFFS; i++)
        j->n_class[i] += d->classes >> i & 1;
}

static dgm_status show(job *j, const events *old, const events *new, const dgm_difference *d,
                       dgm_err *err)
{
    count(j, d);
    if (j->max > 0 && j->n_shown >= j->max)
        return DGM_OK;
    j->n_shown++;
    j->line.n = 0;
    (j->jsonl ? put_jsonl : put_text)(old, new, d, &j->line);
    if (j->line.failed)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    if (fwrite(j->line.p, 1, j->line.n, j->shown) != j->line.n)
        return dgm_fail(err, DGM_EIO, NULL, 0, "%s", strerror(errno));
    return DGM_OK;
}

static dgm_status compare(void *context, const dgm_half *old, const dgm_half *new, dgm_err *err)
{
    job *j = context;
    events of_old, of_new;
    dgm_difference *differences = NULL;
    uint32_t n = 0;
    if (dgm_view_eq(old->lines, new->lines))
        return DGM_OK;
    dgm_arena_reset(j->arena);
    dgm_status status = read_events(j, old, &of_old, err);
    if (status == DGM_OK)
        status = read_events(j, new, &of_new, err);
    if (status == DGM_OK)
        status = dgm_diff_events(of_old.records, of_old.n, of_new.records, of_new.n, j->arena,
                                 &differences, &n, err);
    for (uint32_t i = 0; i < n && status == DGM_OK; i++)
        status = show(j, &of_old, &of_new, &differences[i], err);
    if (status != DGM_OK && !err->file[0] && status != DGM_EIO) {
        snprintf(err->file, sizeof err->file, "%s", old->first_line ? old->file : new->file);
        err->line = old->first_line ? old->first_line : new->first_line;
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static bool differs(const job *j)
{
    return j->n_gained + j->n_lost + j->n_changed > 0;
}

static void write_counts(const job *j, const dgm_half_counts counts[2], FILE *out)
{
    fprintf(out, "%-10s  %10s  %10s\n", "", "old", "new");
    fprintf(out, "%-10s  %10llu  %10llu\n", "stories", (unsigned long long)counts[0].n_stories,
            (unsigned long long)counts[1].n_stories);
    fprintf(out, "%-10s  %10llu  %10llu\n\n", "events", (unsigned long long)counts[0].n_events,
            (unsigned long long)counts[1].n_events);
    fprintf(out, "%-10s  %10llu\n", "gained", (unsigned long long)j->n_gained);
    fprintf(out, "%-10s  %10llu\n", "lost", (unsigned long long)j->n_lost);
    fprintf(out, "%-10s  %10llu\n", "changed", (unsigned long long)j->n_changed);
    for (uint32_t i = 0; i < DGM_N_DIFFS; i++)
        fprintf(out, "  %-8s  %10llu\n", dgm_diff_class_name((dgm_diff_class)i),
                (unsigned long long)j->n_class[i]);
}

/* The lines that were put aside, after the counts. */
static dgm_status write_shown(job *j, FILE *out, dgm_err *err)
{
    char piece[1 << 14];
    size_t n;
    uint64_t all = j->n_gained + j->n_lost + j->n_changed;
    if (j->n_shown > 0)
        fputc('\n', out);
    if (fflush(j->shown) != 0 || fseek(j->shown, 0, SEEK_SET) != 0)
        return dgm_fail(err, DGM_EIO, "a temporary file", 0, "%s", strerror(errno));
    while ((n = fread(piece, 1, sizeof piece, j->shown)) > 0)
        fwrite(piece, 1, n, out);
    if (ferror(j->shown))
        return dgm_fail(err, DGM_EIO, "a temporary file", 0, "%s", strerror(errno));
    if (all > j->n_shown)
        fprintf(out, "and %llu more; --max 0 shows all\n", (unsigned long long)(all - j->n_shown));
    return DGM_OK;
}

static int run(const dgm_arguments *arguments, job *j, FILE *out)
{
    dgm_err err = { 0 };
    dgm_half_counts counts[2] = { { 0 } };
    uint64_t n_let_go = 0;
    j->arena = dgm_arena_new();
    j->shown = j->jsonl ? out : tmpfile();
    dgm_status status = DGM_OK;
    if (!j->arena)
        status = dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory to compare files");
    else if (!j->shown)
        status = dgm_fail(&err, DGM_EIO, "a temporary file", 0, "%s", strerror(errno));
    if (status == DGM_OK)
        status = dgm_pair_stories(arguments->operands[0], arguments->operands[1], DGM_MAX_WAITING,
                                  compare, j, counts, &n_let_go, &err);
    if (status == DGM_OK && !j->jsonl) {
        write_counts(j, counts, out);
        status = write_shown(j, out, &err);
    }
    if (status != DGM_OK)
        dgm_cli_say(&err);
    if (n_let_go > 0)
        fprintf(stderr,
                "dragoman: %llu %s taken for missing in one file, since %u MB of others "
                "came before them there; where the files have different orders, sort both\n",
                (unsigned long long)n_let_go, dgm_word_for(n_let_go, "story was", "stories were"),
                DGM_MAX_WAITING >> 20);
    if (j->shown && j->shown != out)
        fclose(j->shown);
    dgm_arena_free(j->arena);
    dgm_buffer_done(&j->line);
    bool written = dgm_cli_close(arguments, out);
    return status != DGM_OK || !written ? DGM_EXIT_USAGE : differs(j) ? 1 : 0;
}

static int diff(const dgm_arguments *arguments)
{
    job j = { .jsonl = strcmp(dgm_option_value(arguments, "format"), "jsonl") == 0 };
    dgm_err err = { 0 };
    if (!dgm_option_number(arguments, "max", 0, UINT32_MAX, &j.max, &err))
        return dgm_cli_usage(arguments, &err);
    if (j.jsonl && !dgm_option_given(arguments, "max"))
        j.max = 0;
    FILE *out = dgm_cli_output(arguments);
    return out ? run(arguments, &j, out) : DGM_EXIT_USAGE;
}

static const dgm_option options[] = {
    { 'f', "format", "table|jsonl", "a readable table, or one JSON object per difference",
      "table" },
    { 'n', "max", "N", "show at most N differences, with jsonl all by default; 0: all", "100" },
    DGM_OPTION_OUTPUT,
};

const dgm_command dgm_command_diff = {
    .name = "diff",
    .operands = "OLD.jsonl NEW.jsonl",
    .summary = "Compare two codings: events gained, lost and changed, by class",
    .more =
        "Both files are JSON Lines as `code` or `export` writes them. Events are matched by story\n"
        "and trigger, then by sentence and trigger, then by overlapping triggers of one type. "
        "What\n"
        "can change: type, sides, polarity, status, date, place, speaker, other. How an event was\n"
        "found (rule, confidence, id, offsets) is not compared. Exit code 0: the same, 1: "
        "different,\n"
        "2: a file cannot be read or the command line is wrong.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 2,
    .max_operands = 2,
    .run = diff,
};
