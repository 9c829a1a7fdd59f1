/* dragoman doctor: what this program is made of, which knowledge it finds and whether it is whole;
 * what is missing, and what to do about it. */
#include "cli/cli.h"

#include "base/confine.h"
#include "base/embedded.h"
#include "story/relations.h"
#include "syntax/model_file.h"
#include "syntax/product.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const dgm_arguments *arguments;
    const char *dir;
    char model[4096];
    uint32_t n_faults; /* of what is required */
} checkup;

static void say(const char *what, const char *format, ...) DGM_PRINTF(2, 3);

/* One line of the answer, of which paths and messages are a part: as a terminal may have it. */
static void say(const char *what, const char *format, ...)
{
    char text[1200], seen[2400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dgm_visible_text(dgm_view_of(text), seen, sizeof seen);
    printf("%-10s %s\n", what, seen);
}

static void fault(checkup *c, const char *what, const char *advice)
{
    c->n_faults++;
    say("", "missing or damaged: %s", what);
    say("", "what to do: %s", advice);
}

/* ---- the build ------------------------------------------------------------------------------ */

/* What the build can do without, and what is then not there. */
static const struct {
    const char *name, *without, *package;
} optional[] = {
    { "gumbo", "pages of HTML and WARC archives are not read", "libgumbo-dev" },
    { "libxml-2.0", "feeds and PETRARCH's XML are not read", "libxml2-dev" },
    { "uchardet", "character sets that nobody names are not guessed", "libuchardet-dev" },
    { "libexttextcat", "stories in other languages are not left out", "libexttextcat-dev" },
    { "sqlite3", "no stores: no ingest, query, export", "libsqlite3-dev" },
    { "libpq", "no stores in PostgreSQL", "libpq-dev" },
    { "libnats", "no streams: no submit, worker, queue", "libnats-dev" },
    { "readstat", "no files for Stata and SPSS", "libreadstat-dev" },
    { "openblas", "no training of the parser", "libopenblas-dev" },
};

/* DGM_LIBRARIES: "name version;..." as the build found them; a dash for one that it did not. */
static void say_libraries(void)
{
    dgm_view rest = dgm_view_of(DGM_LIBRARIES), part, name;
    const char *what = "libraries";
    while (dgm_view_split(&rest, ';', &part)) {
        dgm_view version = part;
        if (part.n == 0 || !dgm_view_split(&version, ' ', &name))
            continue;
        if (!dgm_view_eq(version, DGM_VIEW("-"))) {
            say(what, "%-14.*s %.*s", DGM_FMT(name), DGM_FMT(version));
            what = "";
            continue;
        }
        for (size_t i = 0; i < DGM_LEN(optional); i++) {
            if (dgm_view_eq(name, dgm_view_of(optional[i].name)))
                say(what, "%-14.*s not built in: %s (install %s and build again)", DGM_FMT(name),
                    optional[i].without, optional[i].package);
        }
        what = "";
    }
}

static void say_build(void)
{
    uint32_t n = 0;
    const dgm_product_kernel *kernels = dgm_product_kernels(&n), *kernel = dgm_product_best();
    say("dragoman", "%s", DGM_VERSION);
    say("build", "%s", DGM_BUILD);
    say("kernel", "%s, the %s that this program has for this processor", kernel->name,
        kernel == kernels ? "fastest" : "fastest usable");
}

/* ---- tables and model ----------------------------------------------------------------------- */

static void check_files(checkup *c)
{
    for (size_t i = 0; dgm_required_tables[i]; i++) {
        char path[4096];
        if (!dgm_folders_find(c->dir, dgm_required_tables[i], path, sizeof path) ||
            !dgm_path_exists(path)) {
            char text[300];
            snprintf(text, sizeof text, "%s: %s", dgm_required_tables[i], strerror(errno));
            fault(c, text, "install the tables again, or name a whole folder with --tables");
        }
    }
}

static void check_model(checkup *c)
{
    dgm_model_file *file = NULL;
    dgm_err err = { 0 };
    struct stat st = { 0 };
    if (dgm_model_file_open(c->model, &file, &err) != DGM_OK) {
        char text[700];
        say("model", "%s", c->model);
        fault(c, dgm_err_text(&err, text, sizeof text),
              "install the model again, or name another with --model");
        return;
    }
    dgm_view embedded = { NULL, 0 };
    if (!dgm_embedded_find(c->model, &embedded))
        (void)!stat(c->model, &st);
    say("model", "%s, %.1f MB, whole", c->model, (double)(st.st_size + (off_t)embedded.n) / 1e6);
    say("", "hash %s", dgm_model_file_sum(file));
    dgm_model_file_close(file);
}

/* Without them events are coded all the same, but otherwise. */
static void say_unlearned(const checkup *c)
{
    static const char *const learned[][2] = {
        { "model/judge.tsv", "events are those that the rules find" },
        { "model/perceptron.tsv", "types are judged without the meaning of words" },
        { "model/sides.tsv", "sides are those that the rules find" },
        { "model/parties.tsv", "whether a state or its army acts is not learned" },
        { "model/confidence.tsv", "events have no `confidence`" },
        { "model/relate.tsv", "`relate` answers by the rules alone" },
    };
    char folder[4096];
    for (size_t i = 0; i < DGM_LEN(learned); i++)
        if (!dgm_folders_holder(c->dir, learned[i][0], folder, sizeof folder))
            say("", "without %s: %s", learned[i][0], learned[i][1]);
}

static void complain(void *context, const dgm_err *err)
{
    enum { MOST = 10 };
    char text[700];
    uint32_t *n = context;
    if (++*n <= MOST)
        say("", "%s", dgm_err_text(err, text, sizeof text));
}

static void check_rows(checkup *c)
{
    uint32_t n = 0;
    dgm_complaints complaints = { .fn = complain, .context = &n };
    dgm_coder *coder = NULL;
    dgm_relations *relations = NULL;
    dgm_err err = { 0 };
    dgm_status status = dgm_coder_load(c->dir, c->model, &complaints, &coder, &err);
    if (status == DGM_OK)
        status = dgm_relations_load(c->dir, &complaints, &relations, &err);
    char text[700];
    dgm_relations_free(relations);
    dgm_coder_free(coder);
    if (status != DGM_OK)
        fault(c, dgm_err_text(&err, text, sizeof text), "install tables and model again");
    if (complaints.n == 0)
        return;
    snprintf(text, sizeof text, "%zu %s in the tables", complaints.n,
             dgm_word_for(complaints.n, "fault", "faults"));
    const char *over = dgm_option_value(c->arguments, "tables");
    char advice[700];
    snprintf(advice, sizeof advice, "`dragoman tables check%s%.500s` lists them by file and line",
             over ? " --tables " : "", over ? over : "");
    fault(c, text, advice);
}

/* What `serve` and `worker` can give up here. */
static void say_confinement(void)
{
    dgm_confined able = dgm_confine_able();
    char files[40] = "files not: there is no Landlock";
    if (able.landlock)
        snprintf(files, sizeof files, "files by Landlock %d", able.landlock);
    say("confines", "serve and worker: %s; programs and calls %s", files,
        able.calls ? "by seccomp" : "not: there is no seccomp");
}

/* Which file of settings is used, and what it says. */
static void say_settings(const dgm_settings *s)
{
    static const char *const names[] = { "db", "tables", "jobs" };
    if (!s->is_there) {
        say("config", "none%s%s%s", s->path[0] ? ": " : "", s->path,
            s->path[0] ? " is not there" : "");
        return;
    }
    say("config", "%s", s->path);
    for (uint32_t i = 0; i < DGM_N_SETTINGS; i++) {
        if (s->lines[i] > 0)
            say("", "%s = %s", names[i], strstr(s->values[i], "://") ? "..." : s->values[i]);
    }
}

static void say_folders(const char *dirs)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    uint32_t n = dgm_folders_cut(dirs, folders);
    for (uint32_t i = 0; i < n; i++)
        say(i == 0 ? "tables" : "", "%.*s%s", DGM_FMT(folders[i]), i > 0 ? ", over these" : "");
}

static void say_end(const checkup *c)
{
    putchar('\n');
    if (c->n_faults == 0)
        say("all well", "nothing that is required is missing");
    else
        say("not well", "faults in what is required: %u", c->n_faults);
}

static int doctor(const dgm_arguments *arguments)
{
    checkup c = { .arguments = arguments, .dir = dgm_cli_tables_if_any(arguments) };
    const char *model = dgm_option_value(arguments, "model");
    char hash[33];
    say_build();
    say_libraries();
    say_confinement();
    say_settings(arguments->settings);
    if (!c.dir) {
        char text[700];
        fault(&c, dgm_err_text(&arguments->settings->err, text, sizeof text),
              "name the folder of tables with --tables or in DRAGOMAN_TABLES");
        say_end(&c);
        return DGM_EXIT_REFUSED;
    }
    if (model)
        snprintf(c.model, sizeof c.model, "%s", model);
    else
        (void)!dgm_folders_find(c.dir, "model/english.dgm", c.model, sizeof c.model);
    say_folders(c.dir);
    if (dgm_cli_hash_tables(c.dir, model, hash))
        say("", "hash %s, with the model", hash);
    else
        c.n_faults++;
    check_files(&c);
    check_model(&c);
    say_unlearned(&c);
    if (c.n_faults == 0)
        check_rows(&c);
    say_end(&c);
    return c.n_faults == 0 ? DGM_EXIT_OK : DGM_EXIT_REFUSED;
}

static const dgm_option options[] = { DGM_OPTION_TABLES, DGM_OPTION_MODEL };

const dgm_command dgm_command_doctor = {
    .name = "doctor",
    .operands = "",
    .summary = "Show version, libraries, tables and model, and what is missing",
    .more =
        "Version, build, kernel, libraries, tables and model with their hashes (that of the "
        "tables\n"
        "is the one that a store keeps in `runs`). For whatever is missing or damaged, says what\n"
        "to do about it. Exits with 1 if something required is missing.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = doctor,
};
