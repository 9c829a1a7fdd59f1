/* dragoman train judge: learns from stories that were coded by hand which events rules miss or
 * invent, and whose events are. */
#include "cli/coded.h"

typedef struct {
    dgm_story *story;
    dgm_lessons *lessons;
} teaching;

static dgm_status teach(void *context, dgm_document *doc, dgm_view gold, const char *file,
                        size_t line, uint32_t group, dgm_err *err)
{
    teaching *t = context;
    (void)group;
    dgm_status status = dgm_story_find_events(t->story, doc, err);
    return status == DGM_OK ? dgm_lessons_add(t->lessons, doc, gold, file, line, err) : status;
}

static int train_judge(const dgm_arguments *arguments)
{
    dgm_coded_choice choice = { .only_fold = false };
    dgm_err err = { 0 };
    uint64_t jobs, weight;
    const char *with = dgm_option_value(arguments, "with");
    if (!dgm_cli_coded_choice(arguments, &choice))
        return DGM_EXIT_USAGE;
    if (!dgm_option_number(arguments, "jobs", 1, 256, &jobs, &err) ||
        !dgm_option_number(arguments, "weight", 1, 100, &weight, &err))
        return dgm_cli_usage(arguments, &err);
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    teaching t = { .story = dgm_story_new(coder) };
    dgm_status status =
        t.story ? dgm_lessons_new(coder->events, dgm_cli_tables_dir(arguments), &t.lessons, &err)
                : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory");
    for (uint32_t i = 0; i < arguments->n_operands && status == DGM_OK; i++)
        status = dgm_cli_each_coded(arguments->operands[i], &choice, teach, &t, &err);
    if (status == DGM_OK && with) {
        dgm_lessons_weigh(t.lessons, (float)weight);
        status = dgm_cli_each_coded(with, &choice, teach, &t, &err);
    }
    fprintf(stderr, "%u stories, %u left out\n", choice.n, choice.n_left_out);
    if (status == DGM_OK)
        status = dgm_lessons_learn(t.lessons, dgm_option_value(arguments, "output"), (uint32_t)jobs,
                                   &err);
    dgm_lessons_free(t.lessons);
    dgm_story_free(t.story);
    int code = dgm_cli_exit_code(coder, DGM_EXIT_OK);
    dgm_coder_free(coder);
    if (status == DGM_OK)
        return code;
    dgm_cli_say(&err);
    return DGM_EXIT_USAGE;
}

static const dgm_option options[] = {
    { 'o', "output", "DIR", "write judge.tsv, sides.tsv and parties.tsv into DIR", "." },
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
