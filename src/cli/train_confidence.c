/* dragoman train confidence: learns how likely an event is right from stories that a careful coder
 * has coded too. */
#include "cli/cli.h"

#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* NAME.gold.json -> NAME.txt */
static bool story_path(const char *gold, char *out, size_t size)
{
    dgm_view name = dgm_view_of(gold), ending = DGM_VIEW(".gold.json");
    if (!dgm_view_ends(name, ending))
        return false;
    int n = snprintf(out, size, "%.*s.txt", (int)(name.n - ending.n), gold);
    return n > 0 && (size_t)n < size;
}

typedef struct {
    dgm_story *story;
    dgm_reader_options options;
    dgm_arena *kept;
    dgm_err err;
} judging;

static dgm_status judge(judging *x, const char *gold, uint32_t i, dgm_verdicts *verdicts)
{
    enum { LARGEST = 16 << 20 };
    char path[4096];
    dgm_reader *reader = NULL;
    dgm_document doc;
    char *bytes = NULL;
    size_t n = 0;
    if (!story_path(gold, path, sizeof path))
        return dgm_fail(&x->err, DGM_EFORMAT, gold, 0, "is not called NAME.gold.json");
    dgm_arena *arena = dgm_arena_new();
    dgm_status status = arena ? dgm_file_read(gold, LARGEST, &bytes, &n, &x->err)
                              : dgm_fail(&x->err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (status == DGM_OK)
        status = dgm_reader_open(path, &x->options, &reader, &x->err);
    if (status == DGM_OK)
        status = dgm_reader_next(reader, arena, &doc, &x->err);
    if (status == DGM_END)
        status = dgm_fail(&x->err, DGM_EFORMAT, path, 0, "has no story");
    if (status == DGM_OK)
        status = dgm_story_code(x->story, &doc, &x->err);
    if (status == DGM_OK)
        status = dgm_confidence_judge(&doc, (dgm_view) { bytes, n }, gold, i, x->kept, verdicts,
                                      &x->err);
    dgm_reader_free(reader);
    dgm_arena_free(arena);
    free(bytes);
    return status;
}

/* All gold of a folder, in the order of the names. */
static dgm_status judge_folder(judging *x, const char *dir, dgm_verdicts *verdicts)
{
    char pattern[4096];
    glob_t found;
    dgm_status status = DGM_OK;
    int n = snprintf(pattern, sizeof pattern, "%s/*.gold.json", dir);
    if (n < 0 || (size_t)n >= sizeof pattern || glob(pattern, 0, NULL, &found) != 0)
        return dgm_fail(&x->err, DGM_EIO, dir, 0, "has no NAME.gold.json");
    for (size_t i = 0; i < found.gl_pathc && status == DGM_OK; i++)
        status = judge(x, found.gl_pathv[i], (uint32_t)i, verdicts);
    globfree(&found);
    return status;
}

static dgm_status write_weights(const char *path, const dgm_verdicts *verdicts,
                                const dgm_verdicts *fresh, dgm_reliability *left_out, dgm_err *err)
{
    FILE *out = path ? fopen(path, "w") : stdout;
    if (!out)
        return dgm_fail(err, DGM_EIO, path, 0, "cannot be written");
    dgm_status status = dgm_confidence_train(verdicts, fresh, out, left_out, err);
    bool failed = ferror(out) != 0;
    if (path)
        failed = fclose(out) != 0 || failed;
    return status == DGM_OK && failed ? dgm_fail(err, DGM_EIO, path, 0, "cannot be written")
                                      : status;
}

static int train_confidence(const dgm_arguments *arguments)
{
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_verdicts verdicts = { 0 }, fresh = { 0 };
    dgm_reliability report = { 0 };
    const char *base = dgm_option_value(arguments, "base");
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    judging x = { .story = dgm_story_new(coder),
                  .options = { .complaints = &complaints },
                  .kept = dgm_arena_new() };
    dgm_status status =
        x.kept && x.story ? DGM_OK : dgm_fail(&x.err, DGM_ENOMEM, NULL, 0, "no memory");
    for (uint32_t i = 0; i < arguments->n_operands && status == DGM_OK; i++)
        status = judge(&x, arguments->operands[i], i, &verdicts);
    if (status == DGM_OK && base)
        status = judge_folder(&x, base, &fresh);
    if (status == DGM_OK && dgm_option_value(arguments, "measure")) {
        for (uint32_t i = 0; i < verdicts.n; i++)
            if (!isnan(verdicts.at[i].given))
                dgm_reliability_add(&report, verdicts.at[i].given, verdicts.at[i].right);
        dgm_reliability_print(&report, "as the tables have it", stdout);
    } else if (status == DGM_OK) {
        status = write_weights(dgm_option_value(arguments, "output"), &verdicts, &fresh, &report,
                               &x.err);
        dgm_reliability_print(&report, "each story by the others", stderr);
    }
    dgm_story_free(x.story);
    dgm_arena_free(x.kept);
    dgm_coder_free(coder);
    if (status == DGM_OK)
        return complaints.n == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
    dgm_cli_say(&x.err);
    return DGM_EXIT_USAGE;
}

static const dgm_option options[] = {
    { 'o', "output", "FILE", "write the weights to FILE instead of standard output", NULL },
    { 0, "base", "DIR", "set the base weight by the stories in DIR, which no rule was written for",
      NULL },
    { 0, "measure", NULL, "learn nothing; print how well the confidence of the tables fits", NULL },
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_train_confidence = {
    .name = "train confidence",
    .operands = "NAME.gold.json...",
    .summary = "Learn how likely an event is right from stories that were coded by hand",
    .more =
        "Beside each NAME.gold.json lies its story, NAME.txt; bench/reports.py tells the form.\n"
        "The weights go to model/confidence.tsv of the tables. Printed: how well each story is\n"
        "told by what was learned from the others.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_confidence,
};
