/* dragoman code --out-dir: a shard is the job of story/run.h with one input and files of its own.
 */
#include "cli/shards.h"

#include "output/text.h"
#include "shards/shards.h"
#include "story/run.h"
#ifdef DGM_WITH_STORE
#include "store/store.h"
#endif

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct {
    const dgm_arguments *arguments;
    const dgm_coder *coder;
    const char *folder;
    dgm_reader_options reader_options;
    dgm_complaints complaints; /* goes on to `reported` */
    dgm_complaints reported;   /* those of the report */
    dgm_left_out left_out;
    dgm_cli_report report;
    dgm_writing writing;
    dgm_progress bar;
    uint64_t n_jobs, k, n; /* --jobs; --shard */
    bool with_stories;
    char tables[33], recipe[33];
    char format[32];
    uint64_t n_shards, n_finished, n_passed, n_failed, n_busy, n_stories, n_events;

    /* of the shard at hand */
    dgm_marker marker;
    dgm_output *events;
    dgm_packed_file *events_file, *stories_file;
    dgm_err why;   /* its input or output is not whole */
    dgm_err first; /* the first complaint about it */
    dgm_tally tallies[DGM_N_SLOTS];
    dgm_buffer stories[DGM_N_SLOTS]; /* on their way */
} job;

/* ---- the sink ------------------------------------------------------------------------------- */

static void write_story(void *context, uint32_t i_slot, dgm_document *doc, dgm_buffer *text)
{
    job *j = context;
    dgm_output_options counting = j->writing.options;
    counting.tally = &j->tallies[i_slot];
    dgm_write_events(&counting, j->coder->events, doc, text);
#ifdef DGM_WITH_STORE
    j->stories[i_slot].n = 0;
    if (j->with_stories)
        dgm_store_pack(j->coder->events, doc, &j->stories[i_slot]);
    text->failed = text->failed || j->stories[i_slot].failed;
#endif
}

static void add_tally(job *j, uint32_t i_slot)
{
    dgm_tally_add(&j->marker.events, &j->tallies[i_slot]);
    j->tallies[i_slot] = (dgm_tally) { .n_events = 0 };
}

static bool put_story(void *context, uint32_t i_slot, dgm_view bytes, const dgm_err *where)
{
    job *j = context;
    (void)where;
    add_tally(j, i_slot);
    j->marker.n_coded++;
    if (dgm_output_put(j->events, bytes, &j->why) != DGM_OK)
        return false;
    return !j->stories_file || dgm_stories_put(j->stories_file, &j->stories[i_slot], &j->why);
}

static void refuse(void *context, uint32_t i_slot, const dgm_err *err)
{
    job *j = context;
    j->tallies[i_slot] = (dgm_tally) { .n_events = 0 };
    j->marker.n_refused++;
    if (!j->first.msg[0])
        j->first = *err;
    if (err->status == DGM_ENOMEM)
        j->why = *err;
    dgm_cli_report_say(&j->report, err);
}

/* What the system could not read makes the whole input doubtful; a story that is refused does not.
 */
static void complain(void *context, const dgm_err *err)
{
    job *j = context;
    j->marker.n_refused++;
    if (!j->first.msg[0])
        j->first = *err;
    if (err->status == DGM_EIO && !j->why.msg[0])
        j->why = *err;
    dgm_complain_of(&j->reported, err);
}

/* ---- one shard ------------------------------------------------------------------------------ */

/* The names that the files have while they are written, and have then. */
typedef struct {
    char events[DGM_SHARD_PATH], events_part[DGM_SHARD_PATH];
    char stories[DGM_SHARD_PATH], stories_part[DGM_SHARD_PATH];
} names;

static bool name_files(const job *j, const dgm_shard *shard, const dgm_claim *claim, names *out)
{
    char ending[60], part[160], stories_part[120];
    snprintf(ending, sizeof ending, ".%s.zst", j->format);
    snprintf(part, sizeof part, "%s%s.part", ending, claim->own);
    snprintf(stories_part, sizeof stories_part, ".stories%s.part", claim->own);
    return dgm_shard_path(shard, ending, out->events) &&
           dgm_shard_path(shard, part, out->events_part) &&
           dgm_shard_path(shard, ".stories.zst", out->stories) &&
           dgm_shard_path(shard, stories_part, out->stories_part);
}

static void read_and_code(job *j, const dgm_shard *shard, dgm_err *err)
{
    const dgm_sink sink = {
        .write = write_story, .put = put_story, .refuse = refuse, .context = j
    };
    char path[DGM_SHARD_PATH], *paths[1] = { path };
    uint64_t foreign = j->left_out.n_foreign, empty = j->left_out.n_empty;
    memcpy(path, shard->input, sizeof path);
    dgm_inputs *inputs = dgm_inputs_new(paths, 1, false, &j->reader_options);
    dgm_status status = inputs ? dgm_run(j->coder, inputs, (uint32_t)j->n_jobs, &sink, &j->bar, err)
                               : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the reader");
    dgm_inputs_free(inputs);
    j->marker.n_foreign = j->left_out.n_foreign - foreign;
    j->marker.n_empty = j->left_out.n_empty - empty;
    if (status != DGM_OK && !j->why.msg[0])
        j->why = *err;
    if (!j->why.msg[0] && j->marker.n_coded == 0 && j->marker.n_refused > 0 &&
        j->marker.input.bytes > 0)
        j->why = j->first; /* nothing of it could be used */
}

/* Codes into the files' names of the way. What is wrong is in j->why. */
static void make_files(job *j, const dgm_shard *shard, const names *at)
{
    dgm_err err = { 0 };
    if (dgm_packed_open(at->events_part, &j->events_file, &j->why) != DGM_OK)
        return;
    if (j->with_stories && dgm_packed_open(at->stories_part, &j->stories_file, &j->why) != DGM_OK)
        goto end;
    if (dgm_output_open(&j->writing.options, dgm_put_in_file, dgm_packed_stream(j->events_file),
                        &j->events, &j->why) != DGM_OK)
        goto end;
    read_and_code(j, shard, &err);
    if (dgm_output_close(j->events, &err) != DGM_OK && !j->why.msg[0])
        j->why = err;
end:
    j->events = NULL;
    bool good = !j->why.msg[0];
    if (dgm_packed_close(j->events_file, good ? &j->marker.output : NULL, &err) != DGM_OK)
        j->why = err;
    if (dgm_packed_close(j->stories_file, good ? &j->marker.stories : NULL, &err) != DGM_OK)
        j->why = err;
    j->events_file = j->stories_file = NULL;
}

/* The old marker goes before what it speaks of. */
static bool put_in_place(const dgm_shard *shard, const names *at, bool with_stories, dgm_err *err)
{
    char marker[DGM_SHARD_PATH];
    if (dgm_shard_path(shard, ".finished.json", marker) &&
        (unlink(marker) == 0 || errno == ENOENT) && rename(at->events_part, at->events) == 0 &&
        (!with_stories || rename(at->stories_part, at->stories) == 0))
        return true;
    (void)dgm_fail(err, DGM_EIO, at->events, 0, "%s", strerror(errno));
    return false;
}

static void begin_marker(job *j, const dgm_shard *shard)
{
    dgm_marker *m = &j->marker;
    *m = (dgm_marker) { .n_coded = 0 };
    memcpy(m->shard, shard->input, sizeof m->shard);
    snprintf(m->version, sizeof m->version, "%s", DGM_VERSION);
    memcpy(m->tables, j->tables, sizeof m->tables);
    memcpy(m->recipe, j->recipe, sizeof m->recipe);
    memcpy(m->format, j->format, sizeof m->format);
    j->why = j->first = (dgm_err) { .status = DGM_OK };
}

static void say_failed(job *j, const dgm_shard *shard, const dgm_err *why)
{
    dgm_err said;
    (void)dgm_fail(&said, DGM_EIO, NULL, 0, "the shard %.120s failed: %.150s", shard->input,
                   why->msg);
    j->n_failed++;
    dgm_cli_say(&said);
}

/* What is finished is only ever replaced by what is finished: where an earlier run made the files,
 * by other tables, they stay. */
static void fail_shard(job *j, const dgm_shard *shard, const dgm_claim *claim, const names *at)
{
    dgm_err err = { 0 };
    char reason[sizeof j->marker.reason], old[DGM_SHARD_PATH];
    unlink(at->events_part);
    unlink(at->stories_part);
    if (strcmp(j->why.file, shard->input) == 0) /* said by the marker's "shard" */
        j->why.file[0] = '\0';
    dgm_err_text(&j->why, reason, sizeof reason);
    (void)dgm_fail(&err, DGM_EIO, NULL, 0, "%.290s", reason);
    say_failed(j, shard, &err);
    if (dgm_shard_path(shard, ".finished.json", old) && access(old, F_OK) == 0)
        return;
    begin_marker(j, shard);
    memcpy(j->marker.reason, reason, sizeof reason);
    if (dgm_marker_write(shard, claim, &j->marker, &err) != DGM_OK)
        dgm_cli_say(&err);
}

/* The shard is this process's own. */
static void code_shard(job *j, const dgm_shard *shard, const dgm_claim *claim)
{
    names at;
    struct stat about;
    dgm_err err = { 0 };
    begin_marker(j, shard);
    if (!name_files(j, shard, claim, &at)) {
        (void)dgm_fail(&err, DGM_ELIMIT, NULL, 0, "its name is too long");
        say_failed(j, shard, &err);
        return;
    }
    if (stat(shard->input, &about) == 0 && !S_ISREG(about.st_mode))
        (void)dgm_fail(&j->why, DGM_EIO, shard->input, 0,
                       "a shard is a file, and not a folder, a pipe or a device");
    else if (dgm_file_sum_of(shard->input, &j->marker.input, &j->why) == DGM_OK)
        make_files(j, shard, &at);
    if (!j->why.msg[0] && put_in_place(shard, &at, j->with_stories, &j->why) &&
        dgm_marker_write(shard, claim, &j->marker, &j->why) == DGM_OK) {
        j->n_finished++;
        j->n_stories += j->marker.n_coded;
        j->n_events += j->marker.events.n_written;
        return;
    }
    fail_shard(j, shard, claim, &at);
}

typedef enum { TO_DO, DONE, ANOTHERS } standing;

static bool same_file(const dgm_shard *shard, const dgm_marker *marker)
{
    dgm_file_sum sum = { .bytes = 0 };
    dgm_err ignored;
    return dgm_file_sum_of(shard->input, &sum, &ignored) == DGM_OK &&
           sum.bytes == marker->input.bytes && strcmp(sum.hash, marker->input.hash) == 0;
}

/* An input that is gone since has been done all the same. */
static standing look(const job *j, const dgm_shard *shard, dgm_marker *found)
{
    char path[DGM_SHARD_PATH];
    struct stat about;
    dgm_err ignored;
    if (!dgm_shard_path(shard, ".finished.json", path) ||
        dgm_marker_read(path, found, &ignored) != DGM_OK)
        return TO_DO;
    bool there = stat(shard->input, &about) == 0;
    if (strcmp(found->shard, shard->input) != 0 && !same_file(shard, found))
        return ANOTHERS;
    if (strcmp(found->recipe, j->recipe) != 0 || !dgm_marker_holds(shard, found))
        return TO_DO;
    return there && (uint64_t)about.st_size != found->input.bytes ? TO_DO : DONE;
}

static void take_shard(job *j, dgm_view path)
{
    dgm_shard shard;
    dgm_claim claim = { .fd = -1 };
    dgm_marker found;
    dgm_err err = { 0 };
    if (dgm_shard_init(j->folder, path, &shard, &err) != DGM_OK) {
        j->n_failed++;
        dgm_cli_say(&err);
        return;
    }
    standing before = look(j, &shard, &found);
    dgm_status status = before == TO_DO ? dgm_shard_claim(&shard, &claim, &err) : DGM_OK;
    if (status == DGM_END) {
        j->n_busy++;
        return;
    }
    if (status != DGM_OK) {
        say_failed(j, &shard, &err);
        return;
    }
    /* Somebody may have finished it between the look and the claim. */
    before = before == TO_DO ? look(j, &shard, &found) : before;
    if (before == ANOTHERS) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                       "its files in the folder are those of another input, %.100s", found.shard);
        say_failed(j, &shard, &err);
    } else if (before == DONE) {
        j->n_passed++;
    } else {
        code_shard(j, &shard, &claim);
    }
    dgm_shard_release(&shard, &claim);
}

/* ---- the run -------------------------------------------------------------------------------- */

static bool usage(const dgm_arguments *arguments, const char *message)
{
    dgm_err err = { 0 };
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "%s", message);
    dgm_cli_usage(arguments, &err);
    return false;
}

bool dgm_cli_share(const dgm_arguments *arguments, uint64_t *k, uint64_t *n)
{
    const char *text = dgm_option_value(arguments, "shard");
    *k = 0;
    *n = 1;
    if (!text)
        return true;
    dgm_view rest = dgm_view_of(text), part;
    if (!dgm_view_split(&rest, '/', &part) || !dgm_parse_u64(part, k) || !dgm_parse_u64(rest, n) ||
        *k < 1 || *k > *n)
        return usage(arguments, "--shard takes K/N, the K-th of N parts, as 3/8");
    --*k;
    return true;
}

/* What does not change the bytes is no part of the recipe. */
static bool changes_bytes(const char *name)
{
    static const char *const others[] = { "jobs",  "errors",    "out-dir", "shards",
                                          "shard", "recursive", "output",  "meta",
                                          "show",  "unknown",   "tables",  "model" };
    for (size_t i = 0; i < DGM_LEN(others); i++)
        if (strcmp(name, others[i]) == 0)
            return false;
    return true;
}

static void take_text(XXH3_state_t *state, const char *text)
{
    XXH3_128bits_update(state, text, strlen(text) + 1);
}

static bool write_recipe(job *j)
{
    const dgm_arguments *arguments = j->arguments;
    const char *dirs = dgm_cli_tables_dir(arguments);
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        (void)dgm_cli_no_memory();
    if (!state || !dirs ||
        !dgm_cli_hash_tables(dirs, dgm_option_value(arguments, "model"), j->tables)) {
        XXH3_freeState(state);
        return false;
    }
    XXH3_128bits_reset(state);
    take_text(state, DGM_VERSION);
    take_text(state, j->tables);
    for (size_t i = 0; i < arguments->command->n_options; i++) {
        const char *name = arguments->command->options[i].name;
        if (!arguments->options.values[i] || !changes_bytes(name))
            continue;
        take_text(state, name);
        take_text(state, arguments->options.values[i]);
    }
    XXH128_hash_t h = XXH3_128bits_digest(state);
    snprintf(j->recipe, sizeof j->recipe, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
    XXH3_freeState(state);
    return true;
}

static bool check_stories(const job *j)
{
#ifndef DGM_WITH_STORE
    if (j->with_stories)
        return usage(j->arguments, "--stories is for stores, which this build has not");
#endif
    (void)j;
    return true;
}

static bool check_options(const dgm_arguments *arguments)
{
    static const char *const apart[] = { "output", "meta", "show", "unknown", "recursive" };
    char message[120];
    for (size_t i = 0; i < DGM_LEN(apart); i++) {
        if (!dgm_option_given(arguments, apart[i]))
            continue;
        snprintf(message, sizeof message, "--%s does not go with --out-dir", apart[i]);
        return usage(arguments, message);
    }
    const char *format = dgm_option_value(arguments, "format");
    if (strcmp(format, "table") == 0 || strcmp(format, "stata") == 0 || strcmp(format, "spss") == 0)
        return usage(arguments, "--out-dir writes no table, stata or spss: nothing reads them "
                                "compressed");
    return dgm_option_given(arguments, "shards") || arguments->n_operands > 0 ||
           usage(arguments, "--out-dir needs inputs: FILE... or --shards LIST");
}

bool dgm_cli_wants_shards(const dgm_arguments *arguments)
{
    return dgm_option_given(arguments, "out-dir") || dgm_option_given(arguments, "shards") ||
           dgm_option_given(arguments, "shard") || dgm_option_given(arguments, "stories");
}

static bool prepare(job *j)
{
    const dgm_arguments *arguments = j->arguments;
    j->folder = dgm_option_value(arguments, "out-dir");
    if (!j->folder)
        return usage(arguments, "--shards, --shard and --stories go with --out-dir");
    j->with_stories = dgm_option_given(arguments, "stories");
    snprintf(j->format, sizeof j->format, "%s", dgm_option_value(arguments, "format"));
    if (!dgm_cli_jobs(arguments, &j->n_jobs) || !check_options(arguments) ||
        !dgm_cli_share(arguments, &j->k, &j->n) ||
        !dgm_cli_reader_options(arguments, &j->complaints, &j->reader_options) ||
        !dgm_cli_writing(arguments, &j->writing) || !check_stories(j) ||
        !dgm_cli_report_begin(arguments, &j->report, &j->reported, &j->left_out))
        return false;
    j->complaints = (dgm_complaints) { .fn = complain, .context = j };
    j->reader_options.left_out = &j->left_out;
    return write_recipe(j);
}

static void take_all(job *j, const dgm_view *listed, size_t n_listed)
{
    const dgm_arguments *arguments = j->arguments;
    size_t n = arguments->n_operands + n_listed;
    for (size_t i = j->k; i < n; i += j->n) {
        j->n_shards++;
        take_shard(j, i < arguments->n_operands ? dgm_view_of(arguments->operands[i])
                                                : listed[i - arguments->n_operands]);
    }
}

static void say_what_was_done(const job *j)
{
    if (dgm_option_given(j->arguments, "quiet"))
        return;
    fprintf(stderr,
            "dragoman: %llu %s: %llu coded (%llu %s, %llu %s), %llu finished "
            "before",
            (unsigned long long)j->n_shards, dgm_word_for(j->n_shards, "shard", "shards"),
            (unsigned long long)j->n_finished, (unsigned long long)j->n_stories,
            dgm_word_for(j->n_stories, "story", "stories"), (unsigned long long)j->n_events,
            dgm_word_for(j->n_events, "event", "events"), (unsigned long long)j->n_passed);
    if (j->n_busy > 0)
        fprintf(stderr, ", %llu in another process's hands", (unsigned long long)j->n_busy);
    fprintf(stderr, ", %llu failed\n", (unsigned long long)j->n_failed);
}

static int run_job(job *j)
{
    char *text = NULL;
    dgm_view *listed = NULL;
    size_t n = 0;
    dgm_err err = { 0 };
    const char *list = dgm_option_value(j->arguments, "shards");
    if (list && dgm_shards_list(list, &text, &listed, &n, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    dgm_progress_begin(&j->bar, dgm_option_given(j->arguments, "quiet") ? NULL : stderr, "stories",
                       0);
    take_all(j, listed, n);
    dgm_progress_end(&j->bar);
    free(listed);
    free(text);
    dgm_cli_report_summary(j->arguments, &j->report, &j->left_out);
    bool reported = dgm_cli_report_end(&j->report);
    say_what_was_done(j);
    return j->n_failed > 0 || !reported ? DGM_EXIT_REFUSED : DGM_EXIT_OK;
}

int dgm_cli_code_shards(const dgm_arguments *arguments)
{
    job *j = calloc(1, sizeof(*j));
    dgm_coder *coder = NULL;
    int code = DGM_EXIT_USAGE;
    if (!j)
        return dgm_cli_no_memory();
    j->arguments = arguments;
    if (prepare(j) && (coder = dgm_cli_load(arguments)) != NULL) {
        j->coder = coder;
        code = dgm_cli_exit_code(coder, run_job(j));
    }
    for (size_t i = 0; i < DGM_N_SLOTS; i++)
        dgm_buffer_done(&j->stories[i]);
    dgm_cli_report_end(&j->report);
    dgm_writing_done(&j->writing);
    dgm_coder_free(coder);
    free(j);
    return code;
}
