/* dragoman train judge: learns from stories that were coded by hand which events rules miss or
 * invent, and whose events are. */
#include "cli/coded.h"

typedef struct {
    dgm_coded coded;
    dgm_lessons *lessons;
} teaching;

static dgm_status teach(void *context, dgm_document *doc, dgm_view gold, const char *file,
                        size_t line, dgm_err *err)
{
    teaching *t = context;
    dgm_status status = dgm_story_find_events(t->coded.story, doc, err);
    return status == DGM_OK ? dgm_lessons_add(t->lessons, doc, gold, file, line, err) : status;
}

static int train_judge(const dgm_arguments *arguments)
{
    teaching t = { .coded = { .choice = { .only_fold = false } } };
    dgm_err err = { 0 };
    uint64_t jobs, weight;
    const char *with = dgm_option_value(arguments, "with");
    if (!dgm_option_number(arguments, "jobs", 1, 256, &jobs, &err) ||
        !dgm_option_number(arguments, "weight", 1, 100, &weight, &err))
        return dgm_cli_usage(arguments, &err);
    if (!dgm_cli_coded_begin(arguments, &t.coded))
        return DGM_EXIT_USAGE;
    dgm_status status = dgm_lessons_new(t.coded.coder->model, t.coded.coder->events,
                                        dgm_cli_tables_dir(arguments), &t.lessons, &err);
    if (status == DGM_OK)
        status = dgm_cli_coded_walk(&t.coded, arguments, teach, &t, &err);
    if (status == DGM_OK && with) {
        dgm_lessons_weigh(t.lessons, (float)weight);
        status = dgm_cli_each_coded(with, &t.coded.choice, teach, &t, &err);
    }
    if (status == DGM_OK && t.coded.choice.n + t.coded.choice.n_left_out > 0)
        fprintf(stderr, "%u %s, %u left out\n", t.coded.choice.n,
                dgm_word_for(t.coded.choice.n, "story", "stories"), t.coded.choice.n_left_out);
    if (status == DGM_OK && t.coded.choice.n == 0)
        status = dgm_fail(&err, DGM_EFORMAT, NULL, 0, "there is no story to learn from");
    if (status == DGM_OK)
        status = dgm_lessons_learn(t.lessons, dgm_option_value(arguments, "output"), (uint32_t)jobs,
                                   &err);
    dgm_lessons_free(t.lessons);
    return dgm_cli_coded_end(&t.coded, status, &err);
}

static const dgm_option options[] = {
    { 'o', "output", "DIR", "write judge.tsv, perceptron.tsv, sides.tsv and parties.tsv into DIR",
      "." },
    { 0, "with", "FILE", "learn from the stories of FILE too, which `correct --export` wrote",
      NULL },
    { 0, "weight", "N", "count each story of --with N times", "1" },
    DGM_OPTIONS_CODED("leave out"),
    DGM_OPTION_JOBS,
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_train_judge = {
    .name = "train judge",
    .operands = "FILE...",
    .summary = "Learn from coded stories which events the rules miss or invent, and the sides",
    .more =
        "Each FILE is NAME.gold.json, with its story in NAME.txt, or JSON Lines of stories with\n"
        "\"id\" or \"doc\", \"date\", \"text\" and, where they were coded, \"events\"; stories\n"
        "without it are taken as news in which nothing political happens. Of a story with\n"
        "\"complete\": false, only words in \"events\" or \"absent\" are learned from. The tables\n"
        "belong in model/ of the tables.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_judge,
};
