/* dragoman code, quotes, places, times, parse: stories in; events, attributions, places, times or
 * trees out, in the order of the input for any number of jobs. */
#include "cli/shards.h"
#include "cli/unknown.h"

#include "story/run.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct {
    const dgm_coder *coder;
    dgm_reader_options reader_options;
    dgm_making making;
    dgm_complaints complaints;
    dgm_left_out left_out;
    dgm_cli_report report;
    dgm_unknown *unknown; /* names that the tables do not know; NULL: not asked for */
    dgm_inputs *inputs;
    dgm_progress bar;
    FILE *out;
    bool failed; /* some input was refused */
    dgm_tally tally;
    uint64_t n_coded, n_refused;
    dgm_tally tallies[DGM_N_SLOTS];   /* of stories that are on their way */
    dgm_buffer unknowns[DGM_N_SLOTS]; /* of such */
} job;

/* ---- writing -------------------------------------------------------------------------------- */

static void write_product(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *text)
{
    job *j = context;
    if (j->unknown)
        dgm_unknown_find(doc, &j->unknowns[i_slot]);
    dgm_making_write(&j->making, j->coder, doc, &j->tallies[i_slot], text);
}

/* The names of a story that the tables do not know go into the count. */
static void count_unknown(job *j, uint32_t i_slot)
{
    dgm_buffer *names = &j->unknowns[i_slot];
    bool good = !j->unknown || (!names->failed &&
                                dgm_unknown_count(j->unknown, (dgm_view) { names->p, names->n }));
    dgm_buffer_done(names);
    *names = (dgm_buffer) { 0 };
    if (good)
        return;
    fputs("dragoman: no memory for the unknown names\n", stderr);
    j->failed = true;
}

static void add_tally(job *j, uint32_t i_slot)
{
    dgm_tally_add(&j->tally, &j->tallies[i_slot]);
    j->tallies[i_slot] = (dgm_tally) { .n_events = 0 };
}

static bool put_story(void *context, uint32_t i_slot, dgm_view bytes, const dgm_err *where)
{
    job *j = context;
    dgm_err err;
    (void)where;
    add_tally(j, i_slot);
    count_unknown(j, i_slot);
    j->n_coded++;
    return dgm_making_put(&j->making, bytes, &err) == DGM_OK; /* told when it is closed */
}

static void refuse(void *context, uint32_t i_slot, const dgm_err *err)
{
    job *j = context;
    add_tally(j, i_slot);
    j->n_refused++;
    dgm_cli_report_say(&j->report, err);
    j->failed = true;
}

/* What was made of the stories so far is not to wait for those to come. */
static void rest(void *context)
{
    (void)fflush(((job *)context)->out); /* what is wrong is told when it is closed */
}

/* ---- running -------------------------------------------------------------------------------- */

static bool take_options(const dgm_arguments *arguments, job *j, uint64_t *n_jobs)
{
    if (!dgm_cli_jobs(arguments, n_jobs) ||
        !dgm_cli_reading_begin(arguments, &j->reader_options, &j->complaints, &j->report,
                               &j->left_out))
        return false;
    j->reader_options.date_optional = !dgm_making_needs_date(j->making.product);
    j->inputs = dgm_cli_inputs(arguments, &j->reader_options);
    return j->inputs != NULL;
}

/* What is made of the stories. */
static bool take_product(const dgm_arguments *arguments, dgm_making_kind product, job *j)
{
    dgm_err err = { 0 };
    if (dgm_making_of(&arguments->options, product, &j->making, &err) == DGM_OK)
        return dgm_cli_load_writing(arguments, &j->making.writing);
    dgm_cli_usage(arguments, &err);
    return false;
}

static bool begin_unknown(const dgm_arguments *arguments, job *j)
{
    if (j->making.product != DGM_MAKES_EVENTS || !dgm_option_given(arguments, "unknown"))
        return true;
    j->unknown = dgm_unknown_new();
    if (!j->unknown)
        fputs("dragoman: no memory for the unknown names\n", stderr);
    return j->unknown != NULL;
}

/* The file of --unknown. */
static bool write_unknown(const dgm_arguments *arguments, const job *j)
{
    if (!j->unknown)
        return true;
    const char *path = dgm_option_value(arguments, "unknown");
    dgm_buffer out = { 0 };
    dgm_unknown_write(j->unknown, j->making.writing.options.without_text, &out);
    bool good = dgm_cli_save(path, &out);
    dgm_buffer_done(&out);
    if (good && dgm_unknown_lost(j->unknown) > 0)
        fprintf(stderr,
                "dragoman: too many unknown names: those seen up to %llu times may be missing\n",
                (unsigned long long)dgm_unknown_lost(j->unknown));
    return good;
}

/* A story that no reader could make sense of is a complaint. */
static bool write_meta(const dgm_arguments *arguments, const job *j)
{
    const dgm_cli_account account = { .events = &j->tally,
                                      .left_out = &j->left_out,
                                      .n_coded = j->n_coded,
                                      .n_refused = j->n_refused + j->complaints.n };
    return dgm_cli_write_meta(arguments, &account);
}

static int run_job(const dgm_arguments *arguments, job *j, uint64_t n_jobs)
{
    const dgm_sink sink = { .write = write_product,
                            .put = put_story,
                            .refuse = refuse,
                            .rest = rest,
                            .context = j,
                            .parse_only = dgm_making_parses_only(&j->making) };
    dgm_err err = { 0 };
    j->making.writing.options.width = dgm_cli_screen(j->out, &j->making.writing.options.colour);
    dgm_cli_progress(arguments, isatty(STDOUT_FILENO) && j->out == stdout, &j->bar);
    bool good = dgm_making_begin(&j->making, dgm_put_in_file, j->out, &err) == DGM_OK &&
                dgm_run(j->coder, j->inputs, (uint32_t)n_jobs, &sink, &j->bar, &err) == DGM_OK;
    good = dgm_making_end(&j->making, good ? &err : NULL) == DGM_OK && good;
    if (!good && !ferror(j->out)) /* else closing tells it */
        dgm_cli_say(&err);
    j->failed = j->failed || !good;
    dgm_progress_end(&j->bar);
    dgm_cli_report_summary(arguments, &j->report, &j->left_out);
    dgm_cli_say_tally(arguments, &j->tally);
    if (!dgm_cli_report_end(&j->report) || !dgm_cli_close(arguments, j->out))
        j->failed = true;
    if (j->making.product == DGM_MAKES_EVENTS && !write_meta(arguments, j))
        j->failed = true;
    if (!write_unknown(arguments, j))
        j->failed = true;
    return j->failed || j->complaints.n > 0 ? DGM_EXIT_REFUSED : DGM_EXIT_OK;
}

static int run(const dgm_arguments *arguments, dgm_making_kind product)
{
    job *j = calloc(1, sizeof(*j));
    uint64_t n_jobs = 1;
    dgm_coder *coder = NULL;
    int code = DGM_EXIT_USAGE;
    if (!j)
        return dgm_cli_no_memory();
    j->making.product = product;
    if (!take_options(arguments, j, &n_jobs) || !take_product(arguments, product, j))
        goto end;
    coder = dgm_making_parses_only(&j->making) ? dgm_cli_load_syntax(arguments)
                                               : dgm_cli_load(arguments);
    if (!coder)
        goto end;
    j->coder = coder;
    j->out = begin_unknown(arguments, j) ? dgm_cli_output(arguments) : NULL;
    if (j->out)
        code = dgm_cli_exit_code(coder, run_job(arguments, j, n_jobs));
    else
        code = DGM_EXIT_REFUSED;
end:
    for (size_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_buffer_done(&j->unknowns[i]);
    dgm_unknown_free(j->unknown);
    dgm_writing_done(&j->making.writing);
    dgm_cli_report_end(&j->report);
    dgm_inputs_free(j->inputs);
    dgm_coder_free(coder);
    free(j);
    return code;
}

static int code(const dgm_arguments *arguments)
{
    return dgm_cli_wants_shards(arguments) ? dgm_cli_code_shards(arguments)
                                           : run(arguments, DGM_MAKES_EVENTS);
}

static int quotes(const dgm_arguments *arguments)
{
    return run(arguments, DGM_MAKES_QUOTES);
}

static int places(const dgm_arguments *arguments)
{
    return run(arguments, DGM_MAKES_PLACES);
}

static int times(const dgm_arguments *arguments)
{
    return run(arguments, DGM_MAKES_TIMES);
}

static int parse(const dgm_arguments *arguments)
{
    return run(arguments, DGM_MAKES_TREES);
}

static const dgm_option code_options[] = {
    DGM_OPTIONS_WRITING,
    DGM_OPTION_META,
    DGM_OPTION_SHOW,
    { 0, "unknown", "FILE",
      "write to FILE the names that act in the stories and that the tables do not know", NULL },
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_SHARDS,
    DGM_OPTIONS_STORIES,
    DGM_OPTIONS_JUDGE,
};

const dgm_command dgm_command_code = {
    .name = "code",
    .operands = "[FILE...]",
    .summary = "Read stories and write the events in them",
    .more =
        "Without FILE, or if it is a dash, reads standard input. Files are dated text\n"
        "(`date YYYY-MM-DD` begins a story), JSON or JSON Lines (text, id, date, title, source,\n"
        "url), CSV or TSV with such columns, HTML pages, RSS, Atom and JSON feeds, WARC\n"
        "archives, PETRARCH or TABARI records, or CoNLL-U, plain or compressed with gzip or\n"
        "zstd.\n\n" DGM_HELP_WRITING "\n\n" DGM_HELP_SHARDS,
    .options = code_options,
    .n_options = DGM_LEN(code_options),
    .max_operands = SIZE_MAX,
    .run = code,
};

static const dgm_option quotes_options[] = {
    DGM_OPTION_QUOTES_FORMAT,
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_STORIES,
};

const dgm_command dgm_command_quotes = {
    .name = "quotes",
    .operands = "[FILE...]",
    .summary = "Read stories and write who is reported to have said what",
    .more =
        "One line per attribution, whether or not its content is an event: the speaker, the word\n"
        "of speech, what is said, and whether in the speaker's own words. Reads the same inputs\n"
        "as `code`.",
    .options = quotes_options,
    .n_options = DGM_LEN(quotes_options),
    .max_operands = SIZE_MAX,
    .run = quotes,
};

static const dgm_option ground_options[] = { DGM_OPTION_OUTPUT, DGM_OPTIONS_STORIES };

const dgm_command dgm_command_places = {
    .name = "places",
    .operands = "[FILE...]",
    .summary = "Read stories and write every place in them",
    .more =
        "JSON Lines, one story per line, with every place of its text, whether an event uses it "
        "or\n"
        "not: the words and where they are, the place's name, country, first-level division,\n"
        "coordinates and GeoNames id. Reads the same inputs as `code`.",
    .options = ground_options,
    .n_options = DGM_LEN(ground_options),
    .max_operands = SIZE_MAX,
    .run = places,
};

const dgm_command dgm_command_times = {
    .name = "times",
    .operands = "[FILE...]",
    .summary = "Read stories and write every time expression in them",
    .more =
        "JSON Lines, one story per line, with every time expression of its text, whether an event\n"
        "uses it or not: the words and where they are, kind and value as in TimeML's TIMEX3, and\n"
        "the days that it means. Reads the same inputs as `code`.",
    .options = ground_options,
    .n_options = DGM_LEN(ground_options),
    .max_operands = SIZE_MAX,
    .run = times,
};

static const dgm_option parse_options[] = {
    DGM_OPTION_ACTORS,
    DGM_OPTION_OUTPUT,
    DGM_OPTIONS_STORIES,
};

const dgm_command dgm_command_parse = {
    .name = "parse",
    .operands = "[FILE...]",
    .summary = "Read stories and write their sentences, words and trees as CoNLL-U",
    .more =
        "Reads the same inputs as `code`; a date is not needed. MISC holds the position of each\n"
        "word in the text as TokenRange, in code points, and with --actors who is mentioned, as\n"
        "Entity, in CorefUD's form.",
    .options = parse_options,
    .n_options = DGM_LEN(parse_options),
    .max_operands = SIZE_MAX,
    .run = parse,
};
