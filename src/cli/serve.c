/* dragoman serve: the page, from a store. */
#include "cli/confined.h"
#include "cli/correct.h"
#include "cli/store.h"
#include "library/hashes.h"
#ifdef DGM_WITH_SERVE
#include "serve/serve.h"
#endif

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#ifdef DGM_WITH_SERVE

enum { SHORTEST_TOKEN = 16, LONGEST_TOKEN = 200 };

static void say(void *context, const dgm_err *err)
{
    (void)context;
    dgm_cli_say(err);
}

/* Goes into a header and a cookie as it is. */
static bool is_token(const char *token)
{
    size_t n = strlen(token);
    for (size_t i = 0; i < n; i++)
        if (!dgm_is_alpha((unsigned char)token[i]) && !dgm_is_digit((unsigned char)token[i]) &&
            !strchr("-._~", token[i]))
            return false;
    return n >= SHORTEST_TOKEN && n <= LONGEST_TOKEN;
}

/* The first line of --token-file, else DRAGOMAN_TOKEN: a command line can be read by others. */
static bool take_token(const dgm_arguments *arguments, char out[LONGEST_TOKEN + 2],
                       const char **token)
{
    const char *path = dgm_option_value(arguments, "token-file");
    const char *given = getenv("DRAGOMAN_TOKEN");
    dgm_err err = { 0 };
    char *text = NULL;
    size_t n = 0;
    *token = NULL;
    if (!path && !given)
        return true;
    if (path && dgm_file_read(path, 4096, &text, &n, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    /* One that is longer is seen to be. */
    snprintf(out, LONGEST_TOKEN + 2, "%.*s", (int)strcspn(path ? text : given, "\r\n"),
             path ? text : given);
    free(text);
    *token = out;
    if (is_token(out))
        return true;
    (void)dgm_fail(&err, DGM_EUSAGE, path, 0,
                   "a token is %d to %d letters, digits, '-', '.', '_' or '~'", SHORTEST_TOKEN,
                   LONGEST_TOKEN);
    dgm_cli_usage(arguments, &err);
    return false;
}

static void run_until_told(const dgm_arguments *arguments, const dgm_server *server,
                           const sigset_t *ends)
{
    int which = 0;
    if (!dgm_option_given(arguments, "quiet")) {
        printf("%s\n", dgm_server_address(server));
        fflush(stdout);
    }
    while (sigwait(ends, &which) != 0)
        ;
}

static int serve(const dgm_arguments *arguments, dgm_serve_options *o)
{
    dgm_server *server = NULL;
    dgm_err err = { 0 };
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGHUP);
    /* Before the first thread, so that all have it; and writing to who has gone is no end. */
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    dgm_status status = dgm_server_start(o, &server, &err);
    if (status != DGM_OK) {
        if (status == DGM_EUSAGE)
            return dgm_cli_usage(arguments, &err);
        dgm_cli_say(&err);
        return DGM_EXIT_REFUSED;
    }
    run_until_told(arguments, server, &ends);
    dgm_server_stop(server);
    return DGM_EXIT_OK;
}

/* What codes here, by which answers tell it. */
static bool hash_knowledge(const dgm_arguments *arguments, dgm_serve_options *o)
{
    char path[4096];
    dgm_err err = { 0 };
    const char *model = dgm_option_value(arguments, "model");
    o->tables = dgm_cli_tables_dir(arguments);
    if (!o->tables)
        return false;
    if (!model) {
        (void)!dgm_folders_find(o->tables, "model/english.dgm", path, sizeof path);
        model = path;
    }
    if (!dgm_cli_hash_tables(o->tables, NULL, o->tables_hash))
        return false;
    if (dgm_hash_file(model, o->model_hash, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    return false;
}

static int run(const dgm_arguments *arguments)
{
    char token[LONGEST_TOKEN + 2];
    dgm_err err = { 0 };
    uint64_t port;
    dgm_complaints complaints = { .fn = say };
    dgm_serve_options o = { .db = dgm_option_value(arguments, "db"),
                            .bind = dgm_option_value(arguments, "bind"),
                            .hosts = dgm_option_value(arguments, "host"),
                            .complaints = &complaints,
                            .correct = dgm_option_given(arguments, "correct"),
                            .gold = dgm_correct_gold };
    if (!o.db) {
        (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--db says where the store is");
        return dgm_cli_usage(arguments, &err);
    }
    if (!dgm_option_number(arguments, "port", 0, 65535, &port, &err))
        return dgm_cli_usage(arguments, &err);
    o.port = (uint16_t)port;
    if (!take_token(arguments, token, &o.token))
        return DGM_EXIT_USAGE;
    if (!hash_knowledge(arguments, &o))
        return DGM_EXIT_USAGE;
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    o.coder = coder;
    dgm_cli_confine(arguments, o.db, NULL, 0, false);
    int code = dgm_cli_exit_code(coder, serve(arguments, &o));
    dgm_coder_free(coder);
    return code;
}

#else

static int run(const dgm_arguments *arguments)
{
    dgm_err err = { 0 };
    (void)arguments;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                   "`serve` is not built in: this program was built without libmicrohttpd; install"
                   " it (libmicrohttpd-dev) and build again");
    dgm_cli_say(&err);
    return DGM_EXIT_USAGE;
}

#endif

static const dgm_option options[] = {
    DGM_OPTION_DB,
    { 0, "port", "N", "listen on this port; 0: any that is free", "8080" },
    { 0, "bind", "ADDRESS", "listen on this address; anything but this machine needs a token",
      "127.0.0.1" },
    { 0, "host", "NAME,...", "further names that browsers may call the server by", NULL },
    { 0, "token-file", "FILE",
      "ask everybody for the token on the first line of FILE; else that of DRAGOMAN_TOKEN", NULL },
    { 0, "correct", NULL, "let events be marked as right, wrong or otherwise coded", NULL },
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
    DGM_OPTIONS_JUDGE,
    DGM_OPTION_CONFINE,
};

const dgm_command dgm_command_serve = {
    .name = "serve",
    .operands = "",
    .summary = "Show a store as a page in the browser, with a JSON API",
    .more =
        "Prints the page's address and serves it until it is interrupted. The API's description\n"
        "is at /api. Nothing is loaded from elsewhere and nothing leaves the machine. The store\n"
        "is only read, unless --correct is given; events that `ingest` adds meanwhile are shown\n"
        "as they come. Once it is up it can open no file but those of the store's folder, the\n"
        "tables and a few of the system, connect to nothing but a store in PostgreSQL, and start\n"
        "no program; `dragoman doctor` says whether the kernel can do that.",
    .options = options,
    .n_options = DGM_LEN(options),
    .run = run,
};
