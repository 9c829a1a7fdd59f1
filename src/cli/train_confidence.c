/* dragoman train confidence: learns how likely an event is right from stories that a careful coder
 * has coded too. */
#include "cli/coded.h"

#include <math.h>

typedef struct {
    dgm_coded coded;
    dgm_arena *kept;
    dgm_verdicts verdicts;
    uint32_t n;
} judging;

static dgm_status judge(void *context, dgm_document *doc, dgm_view gold, const char *file,
                        size_t line, dgm_err *err)
{
    judging *x = context;
    (void)line;
    dgm_status status = dgm_story_code(x->coded.story, doc, err);
    return status == DGM_OK
               ? dgm_confidence_judge(doc, gold, file, x->n++, x->kept, &x->verdicts, err)
               : status;
}

static dgm_status write_weights(const dgm_arguments *arguments, const dgm_verdicts *verdicts,
                                dgm_reliability *left_out, dgm_err *err)
{
    FILE *out = dgm_cli_output(arguments);
    if (!out)
        return dgm_fail(err, DGM_EIO, NULL, 0, "the weights cannot be written");
    dgm_status status = dgm_confidence_train(verdicts, out, left_out, err);
    return !dgm_cli_close(arguments, out) && status == DGM_OK
               ? dgm_fail(err, DGM_EIO, NULL, 0, "the weights cannot be written")
               : status;
}

static void measure(const dgm_verdicts *verdicts, dgm_reliability *report)
{
    for (uint32_t i = 0; i < verdicts->n; i++)
        if (!isnan(verdicts->at[i].given))
            dgm_reliability_add(report, verdicts->at[i].given, verdicts->at[i].right);
    dgm_reliability_print(report, "as the tables have it", stdout);
}

/* What tells right events from wrong ones is learned from both. */
static dgm_status check_both(const dgm_verdicts *verdicts, dgm_err *err)
{
    uint32_t right = 0;
    for (uint32_t i = 0; i < verdicts->n; i++)
        right += verdicts->at[i].right;
    if (right > 0 && right < verdicts->n)
        return DGM_OK;
    return dgm_fail(err, DGM_EFORMAT, NULL, 0,
                    "%u of %u coded events are right, and only both kinds together teach anything;"
                    " `events` of a story lists those that are right",
                    right, verdicts->n);
}

static int train_confidence(const dgm_arguments *arguments)
{
    judging x = { .coded = { .choice = { .only_fold = true } } };
    dgm_reliability report = { 0 };
    dgm_err err = { 0 };
    if (!dgm_cli_coded_begin(arguments, &x.coded))
        return DGM_EXIT_USAGE;
    x.kept = dgm_arena_new();
    dgm_status status = x.kept ? dgm_cli_coded_walk(&x.coded, arguments, judge, &x, &err)
                               : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory");
    if (status == DGM_OK && x.verdicts.n == 0)
        status = dgm_fail(&err, DGM_EFORMAT, NULL, 0, "there is no coded event to learn from");
    if (status == DGM_OK && !dgm_option_given(arguments, "measure"))
        status = check_both(&x.verdicts, &err);
    if (status == DGM_OK && dgm_option_given(arguments, "measure")) {
        measure(&x.verdicts, &report);
    } else if (status == DGM_OK) {
        status = write_weights(arguments, &x.verdicts, &report, &err);
        dgm_reliability_print(&report, "each tenth of the stories by the others", stderr);
    }
    dgm_arena_free(x.kept);
    return dgm_cli_coded_end(&x.coded, status, &err);
}

static const dgm_option options[] = {
    { 'o', "output", "FILE", "write the weights to FILE instead of standard output", NULL },
    { 0, "measure", NULL, "learn nothing; print how well the confidence of the tables fits", NULL },
    DGM_OPTIONS_CODED("learn only from"),
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_train_confidence = {
    .name = "train confidence",
    .operands = "FILE...",
    .summary = "Learn from stories coded by hand how likely an event is right",
    .more =
        "Each FILE is as for `train judge`. The judge should not have learned from the same\n"
        "stories: leave a part out there (--folds, --fold), and learn from that part here. The\n"
        "weights belong in model/confidence.tsv of the tables. Prints how well each tenth of\n"
        "the stories is predicted by what was learned from the others.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_confidence,
};
