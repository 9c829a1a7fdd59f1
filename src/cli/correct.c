/* dragoman correct: what people say of events in a store. */
#include "cli/correct.h"
#include "cli/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- one mark ------------------------------------------------------------------------------- */

static bool given(const dgm_arguments *arguments, const char *name)
{
    return dgm_option_given(arguments, name);
}

static dgm_view text_of(const dgm_arguments *arguments, const char *name)
{
    return dgm_view_of(dgm_option_value(arguments, name));
}

static dgm_status take_judgement(const dgm_arguments *arguments, dgm_store *store,
                                 dgm_coding *answer, dgm_judgement *out, dgm_err *err)
{
    *out = (dgm_judgement) { .verdict = given(arguments, "right")   ? DGM_MARK_RIGHT
                                        : given(arguments, "wrong") ? DGM_MARK_WRONG
                                                                    : DGM_MARK_OTHER,
                             .answer = answer,
                             .note = text_of(arguments, "note"),
                             .by = text_of(arguments, "by") };
    if (dgm_utf8_invalid(out->note) != SIZE_MAX || dgm_utf8_invalid(out->by) != SIZE_MAX)
        return dgm_fail(err, DGM_EUSAGE, NULL, 0, "--note and --by take text in UTF-8");
    return out->verdict == DGM_MARK_OTHER
               ? dgm_correct_coding(store, dgm_cli_tables_if_any(arguments),
                                    text_of(arguments, "as"), answer, err)
               : DGM_OK;
}

static int mark(const dgm_arguments *arguments, dgm_store *store)
{
    dgm_coding answer;
    dgm_judgement judgement;
    dgm_err err = { 0 };
    uint32_t n = 0;
    dgm_status status = take_judgement(arguments, store, &answer, &judgement, &err);
    if (status == DGM_EUSAGE || status == DGM_ELIMIT)
        return dgm_cli_usage(arguments, &err);
    if (status == DGM_OK)
        status = dgm_store_mark(store, text_of(arguments, "event"), &judgement, &n, &err);
    if (status == DGM_OK && n == 0)
        status = dgm_fail(&err, DGM_EUSAGE, NULL, 0, "the store has no event '%s'",
                          dgm_option_value(arguments, "event"));
    if (status == DGM_OK)
        return DGM_EXIT_OK;
    dgm_cli_say(&err);
    return status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
}

/* ---- lists ---------------------------------------------------------------------------------- */

static const char *const mark_columns[] = { "event_id",  "mark",   "coding",   "answer",
                                            "event_now", "text",   "trigger",  "note",
                                            "by",        "marked", "story_id", "story_date" };
enum { IN_TABLE = 6 };

static bool is_table(const dgm_arguments *arguments)
{
    return strcmp(dgm_option_value(arguments, "format"), "table") == 0;
}

static dgm_cell cell_of(dgm_view v)
{
    return (dgm_cell) { .kind = v.n ? DGM_CELL_TEXT : DGM_CELL_NULL, .text = v };
}

static void put_mark(dgm_answer *a, const dgm_mark *m)
{
    const dgm_cell row[] = {
        cell_of(m->event_id), cell_of(dgm_view_of(dgm_mark_verdict_name(m->verdict))),
        cell_of(m->coding),   cell_of(m->answer),
        cell_of(m->now),      cell_of(m->text),
        cell_of(m->trigger),  cell_of(m->note),
        cell_of(m->by),       cell_of(m->marked),
        cell_of(m->story_id), cell_of(m->story_date)
    };
    dgm_answer_row(a, row, DGM_LEN(row));
}

static int list_marks(const dgm_arguments *arguments, dgm_store *store)
{
    dgm_marks marks = { .n = 0 };
    dgm_err err = { 0 };
    dgm_cli_table a;
    dgm_arena *arena = dgm_arena_new();
    int code = DGM_EXIT_REFUSED;
    dgm_status status = arena ? dgm_store_marks(store, arena, &marks, &err)
                              : dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for the marks");
    if (dgm_cli_table_open(arguments, mark_columns,
                           is_table(arguments) ? IN_TABLE : DGM_LEN(mark_columns), &a)) {
        for (uint32_t i = 0; i < marks.n; i++)
            put_mark(&a.answer, &marks.at[i]);
        code = dgm_cli_table_close(arguments, &a, status, &err);
    }
    dgm_arena_free(arena);
    return code;
}

static int list_unmarked(const dgm_arguments *arguments, dgm_store *store)
{
    dgm_err err = { 0 };
    dgm_cli_table a;
    if (!dgm_cli_table_open(arguments, dgm_sample_columns,
                            is_table(arguments) ? IN_TABLE : dgm_n_sample_columns, &a))
        return DGM_EXIT_REFUSED;
    dgm_status status = dgm_store_sampled(store, 0, true, dgm_answer_row, &a.answer, &err);
    return dgm_cli_table_close(arguments, &a, status, &err);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static int export(const dgm_arguments *arguments, dgm_store *store)
{
    const char *path = dgm_option_value(arguments, "export");
    dgm_err err = { 0 };
    uint32_t n_left = 0;
    FILE *out = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    dgm_status status = out ? dgm_correct_gold(store, out, &n_left, &err)
                            : dgm_fail(&err, DGM_EIO, path, 0, "%s", strerror(errno));
    if (out && (out == stdout ? fflush(out) : fclose(out)) != 0 && status == DGM_OK)
        status = dgm_fail(&err, DGM_EIO, path, 0, "%s", strerror(errno));
    if (status != DGM_OK)
        dgm_cli_say(&err);
    return status == DGM_OK && n_left == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static int show(const dgm_arguments *arguments, dgm_store *store)
{
    dgm_err err = { 0 };
    dgm_status status =
        dgm_correct_screen(store, dgm_cli_tables_if_any(arguments), given(arguments, "unmarked"),
                           text_of(arguments, "by"), &err);
    if (status == DGM_OK)
        return DGM_EXIT_OK;
    dgm_cli_say(&err);
    return status == DGM_EUSAGE ? DGM_EXIT_USAGE : DGM_EXIT_REFUSED;
}

/* What cannot be meant together; NULL: all is well. */
static const char *fault(const dgm_arguments *arguments)
{
    int n = given(arguments, "right") + given(arguments, "wrong") + given(arguments, "as");
    bool event = given(arguments, "event"), list = given(arguments, "list");
    bool write = given(arguments, "export");
    if (n > 1 || (event && n == 0))
        return "--event takes one of --right, --wrong and --as";
    if (n == 1 && !event)
        return "--event says which event is marked";
    if (event + list + write > 1)
        return "--event, --list and --export do different things: give one of them";
    if (given(arguments, "note") && !event)
        return "--note belongs to the mark of an --event";
    if (!event && !list && !write && !(isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
        return "marking events one by one needs a terminal; --event marks one without it";
    return NULL;
}

static int run(const dgm_arguments *arguments)
{
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    const char *wrong = fault(arguments);
    if (wrong) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s", wrong);
        return dgm_cli_usage(arguments, &err);
    }
    if (!dgm_cli_store(arguments, true, &store))
        return DGM_EXIT_USAGE;
    int code = given(arguments, "event")    ? mark(arguments, store)
               : given(arguments, "export") ? export(arguments, store)
               : given(arguments, "list") && given(arguments, "unmarked")
                   ? list_unmarked(arguments, store)
               : given(arguments, "list") ? list_marks(arguments, store)
                                          : show(arguments, store);
    dgm_store_free(store);
    return code;
}

static const dgm_option options[] = {
    DGM_OPTION_DB,
    DGM_OPTION_TABLES,
    { 0, "event", "ID", "mark the event with this event_id", NULL },
    { 0, "right", NULL, "it is coded rightly: type, actors, recipients, polarity and status",
      NULL },
    { 0, "wrong", NULL, "the words tell of no event at all", NULL },
    { 0, "as", "CODING", "there is an event, but it is coded like this: 'ASSAULT RUSMIL > GEO'",
      NULL },
    { 0, "note", "TEXT", "why", NULL },
    { 0, "by", "NAME", "who marks", NULL },
    { 0, "list", NULL, "list the marks, or with --unmarked what is still to be marked", NULL },
    { 0, "unmarked", NULL, "only events of the last sample that have no mark", NULL },
    { 0, "export", "FILE",
      "write the marks as coded stories, for `train judge`; -: standard output", NULL },
    DGM_OPTION_ANSWER("table"),
    DGM_OPTION_OUTPUT,
};

const dgm_command dgm_command_correct = {
    .name = "correct",
    .operands = "",
    .summary = "Mark events of a store as right, wrong or otherwise coded",
    .more =
        "On a terminal it shows the events of the last sample (`dragoman sample`) one by one, "
        "each\n"
        "in its sentence, and takes one key: r right, w wrong, o otherwise, s skip, b back, q "
        "quit.\n"
        "Every mark is stored at once. With --event it marks one event and asks nothing.\n"
        "\n"
        "CODING is TYPE ACTORS > RECIPIENTS [negated] [STATUS]. Actors and recipients are codes\n"
        "(RUS, RUSMIL, ---REB) with commas between them; a dash stands for nobody. The event is\n"
        "affirmed and actual unless CODING says otherwise. `THREATEN IRN > USA,ISR conditional`.\n"
        "\n"
        "Marks survive `ingest --recode`. A mark keeps the words that were judged and how they "
        "were\n"
        "coded, and applies to whatever event is coded in the same way at the same words.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = run,
};
