/* dragoman query, stats, claims, commitments, sample: what a store is asked. */
#include "library/ask.h"
#include "cli/store.h"

static int ask(const dgm_arguments *arguments, dgm_ask_kind kind)
{
    dgm_ask asked;
    dgm_err err = { 0 };
    dgm_store *store = NULL;
    int code = DGM_EXIT_USAGE;
    if (dgm_ask_of(kind, &arguments->options, &asked, &err) != DGM_OK)
        code = dgm_cli_usage(arguments, &err);
    else if (dgm_cli_store(arguments, true, &store))
        code = dgm_cli_answer(arguments, &asked, store);
    dgm_ask_done(&asked);
    dgm_store_free(store);
    return code;
}

static int query(const dgm_arguments *arguments)
{
    return ask(arguments, DGM_ASK_QUERY);
}

static const dgm_option query_options[] = {
    DGM_OPTION_DB,     DGM_OPTION_ANSWER("table"), DGM_OPTION_OUTPUT,  DGM_OPTION_TABLES,
    DGM_OPTIONS_QUERY, DGM_OPTIONS_FACTS,          DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_query = {
    .name = "query",
    .operands = "",
    .summary = "List or count events of a store",
    .more =
        "Without --by, lists events, the latest first. With --by, shows for each group n (in the\n"
        "unit of --per), events, stories, outlets, and the sums of the Goldstein scale and of\n"
        "PLOVER's intensity. All filters must match; of a list, any member may.\n"
        "\n"
        "`--by dyad,month --fill` shows a row for each month of each dyad, from --since to\n"
        "--until or else from the first to the last month with an event. `--per-stories` adds\n"
        "stories_read and per_1000, so that more news is not taken for more conflict.",
    .options = query_options,
    .n_options = DGM_LEN(query_options),
    .run = query,
};

static int stats(const dgm_arguments *arguments)
{
    return ask(arguments, DGM_ASK_STATS);
}

static const dgm_option stats_options[] = {
    DGM_OPTION_DB,     DGM_OPTION_MARKS,  DGM_OPTION_ANSWER("table"),
    DGM_OPTION_OUTPUT, DGM_OPTION_TABLES,
};

const dgm_command dgm_command_stats = {
    .name = "stats",
    .operands = "",
    .summary = "Show what is in a store",
    .more =
        "With --marks it gives, for each type, how many events were marked, how many of them are\n"
        "right, and the precision with its interval of 95 % (Wilson). Where the marked events "
        "were\n"
        "drawn by `sample`, the figures hold for all events that the sample was drawn from.",
    .options = stats_options,
    .n_options = DGM_LEN(stats_options),
    .run = stats,
};

static int claims(const dgm_arguments *arguments)
{
    return ask(arguments, DGM_ASK_CLAIMS);
}

static const dgm_option claims_options[] = {
    DGM_OPTION_DB,     DGM_OPTION_ANSWER("jsonl"), DGM_OPTION_DAYS,    DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES, DGM_OPTIONS_FACTS,          DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_claims = {
    .name = "claims",
    .operands = "",
    .summary = "Find events that one side affirms and another denies",
    .more =
        "For each disputed event its type and sides, who affirms and who denies it, and every\n"
        "report of either with its sentence, title, outlet, day and voice. A denial is followed\n"
        "to what it denies in its own report, and to other reports of the same type, both sides\n"
        "(or actor and place) and telling words. A table and CSV show the first report of either.\n"
        "Filters apply to the denials.",
    .options = claims_options,
    .n_options = DGM_LEN(claims_options),
    .run = claims,
};

static int commitments(const dgm_arguments *arguments)
{
    return ask(arguments, DGM_ASK_COMMITMENTS);
}

static const dgm_option commitments_options[] = {
    DGM_OPTION_DB,     DGM_OPTION_ANSWER("jsonl"), DGM_OPTION_STATE,   DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES, DGM_OPTIONS_FACTS,          DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_commitments = {
    .name = "commitments",
    .operands = "",
    .summary = "Follow promises, threats, ultimatums and conditions through later reports",
    .more =
        "What somebody promises, threatens or announces to do himself: its kind (promise, threat,\n"
        "ultimatum, condition, announcement), its state, its report and the later one that\n"
        "decided it, within 90 days or up to a week after the day that was named. fulfilled: the\n"
        "act is reported; broken: its opposite or a refusal is; triggered: the condition came\n"
        "true; lapsed: the day named for it has passed; open: none of these.",
    .options = commitments_options,
    .n_options = DGM_LEN(commitments_options),
    .run = commitments,
};

static int sample(const dgm_arguments *arguments)
{
    return ask(arguments, DGM_ASK_SAMPLE);
}

static const dgm_option sample_options[] = {
    DGM_OPTION_DB,     DGM_OPTIONS_SAMPLE, DGM_OPTION_ANSWER("table"), DGM_OPTION_OUTPUT,
    DGM_OPTION_TABLES, DGM_OPTIONS_FACTS,  DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_sample = {
    .name = "sample",
    .operands = "",
    .summary = "Draw events of a store at random, to be marked with `correct`",
    .more =
        "The same store, seed and filter give the same events. The store remembers the sample and\n"
        "how many events each of its events stands for (weight), so that `stats --marks` can tell\n"
        "from the marks how precise all events are that pass the filter.",
    .options = sample_options,
    .n_options = DGM_LEN(sample_options),
    .run = sample,
};
