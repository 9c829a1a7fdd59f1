/* dragoman shards: what a folder of `code --out-dir` has, what failed, and what of a list is left.
 */
#include "cli/shards.h"

#include "output/text.h"
#include "shards/shards.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 };

typedef enum { FINISHED, FAILED, RUNNING, CUT_OFF, DAMAGED, UNTOUCHED, N_STATES } state;
static const char *const state_names[N_STATES] = { "finished", "failed",  "running",
                                                   "cut_off",  "damaged", "untouched" };

typedef struct {
    const dgm_arguments *arguments;
    const char *folder;
    dgm_map *listed; /* base of a shard of the list -> its place; NULL: there is no list */
    dgm_view *names; /* of the list */
    bool *seen;
    bool verify;
    const char *wanted; /* --names, or NULL */
    uint64_t n[N_STATES], n_stories, n_refused, n_left_out, n_events, n_bytes, n_input;
    dgm_map *recipes; /* of what is finished */
    dgm_buffer rows;  /* failed, cut off, damaged, as the form wants them */
    uint64_t n_rows;
    bool json, failed, no_memory;
} show;

/* ---- what is told of a shard ---------------------------------------------------------------- */

static void put_json_row(show *s, state what, const char *shard, const char *reason)
{
    dgm_buffer_put(&s->rows, s->n_rows > 0 ? DGM_VIEW(",{") : DGM_VIEW("{"));
    dgm_json_text(&s->rows, "shard", dgm_view_of(shard));
    dgm_json_text(&s->rows, "state", dgm_view_of(state_names[what]));
    if (reason[0])
        dgm_json_text(&s->rows, "reason", dgm_view_of(reason));
    dgm_buffer_put(&s->rows, DGM_VIEW("}"));
}

static void put_text_row(show *s, state what, const char *shard, const char *reason)
{
    size_t from = s->rows.n;
    if (s->n_rows < SHOWN) {
        dgm_buffer_printf(&s->rows, "  %-9s %s%s%s\n", state_names[what], shard,
                          reason[0] ? ": " : "", reason);
        dgm_buffer_visible(&s->rows, from);
    }
}

static void count(show *s, state what, const char *shard, const char *reason)
{
    s->n[what]++;
    if (s->wanted) {
        bool left = strcmp(s->wanted, "left") == 0 && what != FINISHED && what != RUNNING;
        if (left || strcmp(s->wanted, state_names[what]) == 0)
            s->failed = printf("%s\n", shard) < 0 || s->failed;
        return;
    }
    if (what == FINISHED || what == RUNNING || (what == UNTOUCHED && !s->json))
        return;
    (s->json ? put_json_row : put_text_row)(s, what, shard, reason);
    s->n_rows++;
}

/* err: where a file cannot be read */
static bool has_hash(const dgm_shard *shard, const char *ending, const dgm_file_sum *sum,
                     dgm_err *err)
{
    char path[DGM_SHARD_PATH];
    dgm_file_sum found = { .bytes = 0 };
    return dgm_shard_path(shard, ending, path) && dgm_file_sum_of(path, &found, err) == DGM_OK &&
           strcmp(found.hash, sum->hash) == 0;
}

static bool is_whole(const show *s, const dgm_shard *shard, const dgm_marker *marker, dgm_err *err)
{
    char ending[60];
    if (!dgm_marker_holds(shard, marker))
        return false;
    snprintf(ending, sizeof ending, ".%s.zst", marker->format);
    return !s->verify ||
           (has_hash(shard, ending, &marker->output, err) &&
            (!marker->stories.hash[0] || has_hash(shard, ".stories.zst", &marker->stories, err)));
}

static void add_up(show *s, const dgm_marker *m)
{
    s->n_stories += m->n_coded;
    s->n_refused += m->n_refused;
    s->n_left_out += m->n_foreign + m->n_empty;
    s->n_events += m->events.n_written;
    s->n_bytes += m->output.bytes + m->stories.bytes;
    s->n_input += m->input.bytes;
    if (dgm_map_set(s->recipes, dgm_view_of(m->recipe), 1, NULL) != DGM_OK)
        s->no_memory = true;
}

/* False: the shard is not one of the list. */
static bool is_asked(show *s, const dgm_shard *shard)
{
    if (!s->listed)
        return true;
    uint32_t i = dgm_map_get(s->listed, dgm_view_of(shard->base));
    if (i == DGM_NONE)
        return false;
    s->seen[i] = true;
    return true;
}

static bool take(void *context, const dgm_shard *shard, dgm_shard_state what,
                 const dgm_marker *marker)
{
    show *s = context;
    dgm_err err = { 0 };
    char text[700];
    const char *name = shard->input;
    if (!name[0]) {
        name = shard->base + dgm_folder_bare(dgm_view_of(s->folder)).n;
        name += strspn(name, "/");
    }
    if (!is_asked(s, shard))
        return true;
    if (what == DGM_SHARD_FAILED) {
        count(s, FAILED, name, marker->reason);
    } else if (what == DGM_SHARD_BEGUN) {
        count(s, dgm_shard_is_claimed(shard) ? RUNNING : CUT_OFF, name, "");
    } else if (is_whole(s, shard, marker, &err)) {
        add_up(s, marker);
        count(s, FINISHED, name, "");
    } else {
        count(s, DAMAGED, name,
              err.status == DGM_OK ? "its files are not those that the marker names"
                                   : dgm_err_text(&err, text, sizeof text));
    }
    return true;
}

/* ---- the list ------------------------------------------------------------------------------- */

static bool take_list(show *s, char **text, dgm_err *err)
{
    const char *list = dgm_option_value(s->arguments, "shards");
    dgm_view *at = NULL;
    size_t n = 0;
    uint64_t k, parts;
    if (!dgm_cli_share(s->arguments, &k, &parts))
        return false;
    if (!list)
        return true;
    if (dgm_shards_list(list, text, &at, &n, err) != DGM_OK)
        return false;
    s->names = at;
    s->listed = dgm_map_new();
    s->seen = calloc(n + 1, sizeof(*s->seen));
    bool good = s->listed && s->seen && n < DGM_NONE;
    for (size_t i = k; good && i < n; i += parts) {
        dgm_shard shard;
        if (dgm_shard_init(s->folder, at[i], &shard, err) != DGM_OK)
            dgm_cli_say(err);
        else if (dgm_map_get(s->listed, dgm_view_of(shard.base)) == DGM_NONE)
            good = dgm_map_set(s->listed, dgm_view_of(shard.base), (uint32_t)i, NULL) == DGM_OK;
    }
    if (!good)
        (void)dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the list of shards");
    return good;
}

static void count_untouched(show *s)
{
    char name[DGM_SHARD_PATH];
    for (uint32_t i = 0, at; s->listed && i < dgm_map_count(s->listed); i++) {
        (void)dgm_map_key(s->listed, i, &at);
        if (s->seen[at])
            continue;
        snprintf(name, sizeof name, "%.*s", DGM_FMT(s->names[at]));
        count(s, UNTOUCHED, name, "");
    }
}

/* ---- telling -------------------------------------------------------------------------------- */

static uint64_t n_left(const show *s)
{
    return s->n[FAILED] + s->n[CUT_OFF] + s->n[DAMAGED] + s->n[UNTOUCHED];
}

static void write_json(const show *s, dgm_buffer *out)
{
    dgm_buffer_put(out, DGM_VIEW("{"));
    dgm_json_text(out, "folder", dgm_view_of(s->folder));
    for (int i = 0; i < N_STATES; i++)
        dgm_json_count(out, state_names[i], s->n[i]);
    dgm_json_count(out, "left", n_left(s));
    dgm_json_count(out, "stories", s->n_stories);
    dgm_json_count(out, "stories_refused", s->n_refused);
    dgm_json_count(out, "stories_left_out", s->n_left_out);
    dgm_json_count(out, "events", s->n_events);
    dgm_json_count(out, "bytes", s->n_bytes);
    dgm_json_count(out, "input_bytes", s->n_input);
    dgm_json_count(out, "recipes", dgm_map_count(s->recipes));
    dgm_json_key(out, "shards");
    dgm_buffer_printf(out, "[%.*s]}\n", (int)s->rows.n, s->rows.n ? s->rows.p : "");
}

static void write_text(const show *s, dgm_buffer *out)
{
    static const char *const words[N_STATES] = {
        "finished",
        "failed; tried again by the next run",
        "running",
        "cut off: begun by a process that is no more",
        "damaged: the marker's files are missing or have other bytes",
        "untouched",
    };
    for (int i = 0; i < N_STATES; i++)
        if (i == FINISHED || s->n[i] > 0 || (i == UNTOUCHED && s->listed))
            dgm_buffer_printf(out, "%8llu %s\n", (unsigned long long)s->n[i], words[i]);
    dgm_buffer_printf(out, "%llu %s, %llu refused, %llu left out; %llu %s; %llu bytes",
                      (unsigned long long)s->n_stories,
                      dgm_word_for(s->n_stories, "story", "stories"),
                      (unsigned long long)s->n_refused, (unsigned long long)s->n_left_out,
                      (unsigned long long)s->n_events, dgm_word_for(s->n_events, "event", "events"),
                      (unsigned long long)s->n_bytes);
    dgm_buffer_printf(out, " of %llu read\n", (unsigned long long)s->n_input);
    if (dgm_map_count(s->recipes) > 1)
        dgm_buffer_printf(out,
                          "made in %u ways: by different versions, tables or options; run `code` "
                          "again to make them one\n",
                          dgm_map_count(s->recipes));
    dgm_buffer_put(out, (dgm_view) { s->rows.p, s->rows.n });
    if (s->n_rows > SHOWN)
        dgm_buffer_printf(out, "  and %llu more; --names failed lists all\n",
                          (unsigned long long)(s->n_rows - SHOWN));
}

static bool tell(show *s)
{
    dgm_buffer out = { 0 };
    if (s->wanted)
        return !s->failed && fflush(stdout) == 0;
    (s->json ? write_json : write_text)(s, &out);
    s->no_memory = s->no_memory || s->rows.failed || out.failed;
    if (s->no_memory)
        (void)dgm_cli_no_memory();
    bool good = !s->no_memory && fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    dgm_buffer_done(&out);
    return good;
}

static int run(const dgm_arguments *arguments)
{
    show s = { .arguments = arguments, .folder = arguments->operands[0], .recipes = dgm_map_new() };
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_err err = { 0 };
    char *text = NULL;
    int code = DGM_EXIT_USAGE;
    s.json = strcmp(dgm_option_value(arguments, "format"), "json") == 0;
    s.verify = dgm_option_given(arguments, "verify");
    s.wanted = dgm_option_value(arguments, "names");
    if (!s.recipes)
        code = dgm_cli_no_memory();
    if (s.recipes && take_list(&s, &text, &err)) {
        bool walked = dgm_shards_walk(s.folder, &complaints, take, &s, &err) == DGM_OK;
        dgm_cli_complaints_end(&complaints);
        if (walked) {
            count_untouched(&s);
            code =
                tell(&s) && complaints.n == 0 && n_left(&s) == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
        }
    }
    if (code == DGM_EXIT_USAGE && err.msg[0])
        dgm_cli_say(&err);
    dgm_buffer_done(&s.rows);
    dgm_map_free(s.recipes);
    dgm_map_free(s.listed);
    free(s.seen);
    free(s.names);
    free(text);
    return code;
}

static const dgm_option options[] = {
    { 'f', "format", "table|json", "format of the answer", "table" },
    { 0, "shards", "LIST",
      "say what of LIST is left; names of inputs, one per line, - for standard input", NULL },
    { 0, "shard", "K/N", "look at every N-th name of LIST only, from the K-th on", NULL },
    { 0, "names", "finished|failed|running|cut_off|damaged|untouched|left",
      "print only the names of these shards, one per line; left: all that is to be done", NULL },
    { 0, "verify", NULL, "read all files and compare them with the hashes in the markers", NULL },
};

const dgm_command dgm_command_shards = {
    .name = "shards",
    .operands = "DIR",
    .summary = "Show which shards of `code --out-dir` are finished, failed or left",
    .more = "Reads the markers in DIR. Exits with 0 if all that was begun (with --shards: all of\n"
            "LIST) is finished or running, with 1 if something is left.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
