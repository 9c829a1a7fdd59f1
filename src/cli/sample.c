/* dragoman sample: draws events of a store for people to mark. */
#include "cli/answer.h"
#include "store/marks.h"

#include <string.h>

/* The filter as it was asked for, "--plain --type ASSAULT": samples that were drawn in the same way
 * are known by it. */
static void put_asked(const dgm_arguments *arguments, dgm_buffer *out)
{
    static const char *const others[] = { "db", "n", "by", "seed", "format", "output" };
    for (size_t i = 0; i < arguments->command->n_options; i++) {
        const dgm_option *option = &arguments->command->options[i];
        bool other = !arguments->options.given[i];
        for (size_t k = 0; k < DGM_LEN(others); k++)
            other = other || strcmp(option->name, others[k]) == 0;
        if (!other)
            dgm_buffer_printf(out, "%s--%s%s%s", out->n ? " " : "", option->name,
                              option->argument ? " " : "",
                              option->argument ? arguments->options.values[i] : "");
    }
}

static dgm_by by_of(const char *name)
{
    return strcmp(name, "type") == 0     ? DGM_BY_TYPE
           : strcmp(name, "quad") == 0   ? DGM_BY_QUAD
           : strcmp(name, "source") == 0 ? DGM_BY_SOURCE
                                         : DGM_BY_NOTHING;
}

/* A table has room for the first of the columns only. */
static uint32_t n_columns(const dgm_arguments *arguments)
{
    enum { IN_TABLE = 6 };
    return strcmp(dgm_option_value(arguments, "format"), "table") == 0 ? IN_TABLE
                                                                       : dgm_n_sample_columns;
}

static int draw(const dgm_arguments *arguments, const dgm_filter *filter, uint32_t n, int64_t seed,
                dgm_store *store)
{
    dgm_buffer asked = { 0 };
    dgm_err err = { 0 };
    dgm_answer a;
    int64_t sample;
    put_asked(arguments, &asked);
    dgm_status status = asked.failed ? dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory") : DGM_OK;
    if (status == DGM_OK)
        status = dgm_store_sample(store, filter, (dgm_view) { asked.p, asked.n },
                                  by_of(dgm_option_value(arguments, "by")), n, seed, &sample, &err);
    dgm_buffer_done(&asked);
    if (status != DGM_OK) {
        dgm_cli_say(&err);
        return status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
    }
    if (!dgm_answer_open(arguments, NULL, dgm_sample_columns, n_columns(arguments), &a))
        return DGM_EXIT_REFUSED;
    status = dgm_store_sampled(store, sample, false, dgm_answer_row, &a, &err);
    return dgm_answer_close(arguments, &a, status, &err);
}

static int run(const dgm_arguments *arguments)
{
    enum { MOST = 100000 };
    dgm_filter filter;
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    uint64_t n, seed;
    if (!dgm_cli_filter(arguments, &filter))
        return DGM_EXIT_USAGE;
    if (!dgm_option_number(arguments, "n", 1, MOST, &n, &err) ||
        !dgm_option_number(arguments, "seed", 0, UINT32_MAX, &seed, &err))
        return dgm_cli_usage(arguments, &err);
    if (filter.one_a_day) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                       "a sample is drawn from all reports of an event;"
                       " --one-a-day does not apply");
        return dgm_cli_usage(arguments, &err);
    }
    if (!dgm_cli_store(arguments, true, &store))
        return DGM_EXIT_USAGE;
    int code = draw(arguments, &filter, (uint32_t)n, (int64_t)seed, store);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 'n', "n", "N", "how many events", "200" },
    { 0, "by", "type|quad|source|nothing", "draw as many from each group as from any other",
      "type" },
    { 0, "seed", "N", "another number draws another sample", "1" },
    DGM_OPTION_ANSWER,
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_FACTS,
    DGM_OPTIONS_FILTER,
};

const dgm_command dgm_command_sample = {
    .name = "sample",
    .operands = "",
    .summary = "Draw events of a store at random, to be marked with `correct`",
    .more =
        "The same store, seed and filter give the same events. The store remembers the sample and\n"
        "how many events each of its events stands for (weight), so that `stats --marks` can tell\n"
        "from the marks how precise all events are that pass the filter.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = run,
};
