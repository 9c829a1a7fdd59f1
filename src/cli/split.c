/* dragoman split: events that count as one and are not. */
#include "cli/cli.h"
#include "cli/store.h"
#include "store/marks.h"

#include <stdlib.h>
#include <string.h>

static int list(const dgm_arguments *arguments, dgm_store *store)
{
    dgm_err err = { 0 };
    dgm_cli_table a;
    if (!dgm_cli_table_open(arguments, dgm_split_columns, dgm_n_split_columns, &a))
        return DGM_EXIT_REFUSED;
    dgm_status status = dgm_store_splits(store, dgm_answer_row, &a.answer, &err);
    return dgm_cli_table_close(arguments, &a, status, &err);
}

static dgm_status take_apart(const dgm_arguments *arguments, dgm_store *store, dgm_err *err)
{
    const char *by = dgm_option_value(arguments, "by");
    uint32_t n = (uint32_t)arguments->n_operands;
    dgm_view *ids = calloc((size_t)n + 1, sizeof *ids);
    if (!ids)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the events");
    for (uint32_t i = 0; i < n; i++)
        ids[i] = dgm_view_of(arguments->operands[i]);
    const dgm_split split = { .event_ids = ids,
                              .n = n,
                              .together = dgm_option_given(arguments, "together"),
                              .undo = dgm_option_given(arguments, "undo"),
                              .by = dgm_view_of(by ? by : "") };
    dgm_status status = dgm_utf8_invalid(split.by) != SIZE_MAX
                            ? dgm_fail(err, DGM_EUSAGE, NULL, 0, "--by takes text in UTF-8")
                            : dgm_store_split(store, &split, err);
    free(ids);
    return status;
}

static int run(const dgm_arguments *arguments)
{
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    bool listing = dgm_option_given(arguments, "list"), undo = dgm_option_given(arguments, "undo");
    bool together = dgm_option_given(arguments, "together");
    if (listing == (arguments->n_operands > 0) || (undo && together) ||
        (listing && (undo || together))) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                       "give the event_ids of events, with --together or --undo if you like, or "
                       "--list alone");
        return dgm_cli_usage(arguments, &err);
    }
    if (!dgm_cli_store(arguments, true, &store))
        return DGM_EXIT_USAGE;
    int code = DGM_EXIT_OK;
    if (listing) {
        code = list(arguments, store);
    } else {
        dgm_status status = take_apart(arguments, store, &err);
        if (status != DGM_OK)
            dgm_cli_say(&err);
        else
            printf("%zu %s\n", arguments->n_operands,
                   undo       ? "events count again as they are coded"
                   : together ? "events count as one"
                              : "events count by themselves");
        code = status == DGM_OK       ? DGM_EXIT_OK
               : status == DGM_EUSAGE ? DGM_EXIT_USAGE
                                      : DGM_EXIT_REFUSED;
    }
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 0, "together", NULL, "they count as one event with each other", NULL },
    { 0, "undo", NULL, "let them count again as what they are told as", NULL },
    { 0, "by", "NAME", "who splits them", NULL },
    { 0, "list", NULL, "list what was split", NULL },
    DGM_OPTION_ANSWER("table"),
    DGM_OPTION_OUTPUT,
};

const dgm_command dgm_command_split = {
    .name = "split",
    .operands = "[EVENT_ID...]",
    .summary = "Say that events of a store are not the ones that they count as",
    .more =
        "Events of several reports count as one (--per event) when type, sides, day, place, "
        "numbers\n"
        "and words agree. Where that is wrong, each one named here is taken out and counts by\n"
        "itself from then on, or with --together as one event with the others named. That "
        "survives\n"
        "`ingest --recode`. The page shows under a report which events of others count as its own.",
    .options = options,
    .n_options = DGM_LEN(options),
    .max_operands = SIZE_MAX,
    .run = run,
};
