/* dragoman train relate: learns what one marked side does to the other, for `dragoman relate`. */
#include "cli/marked.h"

#include "story/relations.h"

#include <string.h>

typedef struct {
    dgm_relation_lessons *lessons;
    uint32_t folds, fold;
    const char *only; /* "even", "odd", "all" */
    uint32_t n, n_left_out;
    dgm_err err;
    dgm_status status;
} teaching;

static bool counts(const teaching *t, uint64_t id)
{
    if (strcmp(t->only, "all") != 0 && (id % 2 == 1) != (strcmp(t->only, "odd") == 0))
        return false;
    return t->folds == 0 || id % t->folds != t->fold;
}

static bool teach(void *context, const dgm_marked_row *row)
{
    teaching *t = context;
    uint64_t id;
    uint32_t class = dgm_relation_of(row->class);
    if (!dgm_parse_u64(row->id, &id))
        t->status = dgm_fail(&t->err, DGM_EFORMAT, row->file, row->line,
                             "\"%.*s\" is no number of a sentence", DGM_FMT(row->id));
    else if (class == DGM_NONE)
        t->status = dgm_fail(&t->err, DGM_EFORMAT, row->file, row->line,
                             "\"%.*s\" is no class of relations", DGM_FMT(row->class));
    else if (!counts(t, id))
        t->n_left_out++;
    else {
        t->status = dgm_relation_lessons_add(t->lessons, row->marked, class, &t->err);
        t->n++;
    }
    return t->status == DGM_OK;
}

/* False after a message. */
static bool read_choice(const dgm_arguments *arguments, teaching *t, uint64_t *jobs)
{
    uint64_t folds, fold;
    dgm_err err = { 0 };
    t->only = dgm_option_value(arguments, "only");
    bool good = dgm_option_number(arguments, "jobs", 1, 256, jobs, &err) &&
                dgm_option_number(arguments, "folds", 0, 1000, &folds, &err) &&
                dgm_option_number(arguments, "fold", 0, 999, &fold, &err);
    if (good && folds && fold >= folds) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--fold must be below --folds");
        good = false;
    }
    if (!good) {
        dgm_cli_usage(arguments, &err);
        return false;
    }
    t->folds = (uint32_t)folds;
    t->fold = (uint32_t)fold;
    return true;
}

static dgm_status learn(teaching *t, const dgm_arguments *arguments, uint32_t n_jobs)
{
    dgm_complaints complaints = dgm_cli_complaints();
    uint32_t n_examples = 0;
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < arguments->n_operands && status == DGM_OK; i++) {
        status = dgm_cli_each_marked(arguments->operands[i], true, teach, t, &complaints, &t->err);
        status = status == DGM_OK ? t->status : status;
    }
    dgm_cli_complaints_end(&complaints);
    if (status == DGM_OK && complaints.n > 0)
        status = dgm_fail(&t->err, DGM_EFORMAT, NULL, 0, "nothing is learned from a faulty table");
    if (status == DGM_OK && t->n == 0)
        status = dgm_fail(&t->err, DGM_EFORMAT, NULL, 0, "there is no sentence to learn from");
    if (status == DGM_OK && strcmp(dgm_option_value(arguments, "examples"), "on") == 0)
        status = dgm_relation_lessons_examples(t->lessons, &n_examples, &t->err);
    if (status != DGM_OK)
        return status;
    fprintf(stderr, "%u %s left out, %u %s of rules added\n", t->n_left_out,
            dgm_word_for(t->n_left_out, "sentence", "sentences"), n_examples,
            dgm_word_for(n_examples, "example", "examples"));
    return dgm_relation_lessons_learn(t->lessons, dgm_option_value(arguments, "output"), n_jobs,
                                      &t->err);
}

static int train_relate(const dgm_arguments *arguments)
{
    teaching t = { .status = DGM_OK };
    uint64_t jobs;
    if (!read_choice(arguments, &t, &jobs))
        return DGM_EXIT_USAGE;
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    dgm_story *story = dgm_story_new(coder);
    t.lessons = story ? dgm_relation_lessons_new(story) : NULL;
    dgm_status status = t.lessons ? learn(&t, arguments, (uint32_t)jobs)
                                  : dgm_fail(&t.err, DGM_ENOMEM, NULL, 0, "no memory");
    dgm_relation_lessons_free(t.lessons);
    dgm_story_free(story);
    int code = dgm_cli_exit_code(coder, DGM_EXIT_OK);
    dgm_coder_free(coder);
    if (status == DGM_OK)
        return code;
    dgm_cli_say(&t.err);
    return DGM_EXIT_USAGE;
}

static const dgm_option options[] = {
    { 'o', "output", "FILE", "write the table to FILE", "relate.tsv" },
    { 0, "only", "even|odd|all", "learn from rows with an even or odd sentence_id only", "all" },
    { 0, "examples", "on|off", "on: learn from the example sentences of the rules as well", "on" },
    { 0, "folds", "N", "leave out one of N parts, by sentence_id", "0" },
    { 0, "fold", "N", "which part that is, from 0", "0" },
    DGM_OPTION_JOBS,
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_train_relate = {
    .name = "train relate",
    .operands = "FILE...",
    .summary = "Learn what one marked side does to the other, for `dragoman relate`",
    .more =
        "A FILE is as for `relate`, with two more columns: sentence_id, a number, and gold_root,\n"
        "one of PLOVER's older classes (CONCEDE and RETREAT are YIELD). An example sentence of\n"
        "the rules has a fifth of the weight of a row. The table belongs in model/relate.tsv of\n"
        "the tables. The same files give the same bytes.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_relate,
};
