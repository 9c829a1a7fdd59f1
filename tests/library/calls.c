/* calls FOLDER: what the header promises beside the bytes that other tests compare: statuses,
 * messages, ends, counts. Says which promise is broken and exits with 1. */
#include <dragoman.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char lines[] =
    "{\"id\":\"a\",\"date\":\"2020-10-02\",\"text\":\"Turkey denied that it "
    "had sent fighters to Azerbaijan.\"}\n"
    "{\"id\":\"b\",\"date\":\"2020-10-03\",\"text\":\"It was a fine day.\"}\n"
    "{\"id\":\"c\",\"date\":\"2020-10-04\"}\n"
    "{\"id\":\"d\",\"date\":\"2020-10-05\",\"text\":\"France expelled two "
    "envoys of Mali.\"}\n";
static const char french[] = "{\"id\":\"f\",\"date\":\"2020-10-02\",\"text\":\"Le ministre des "
                             "affaires \\u00e9trang\\u00e8res a "
                             "d\\u00e9clar\\u00e9 vendredi que son pays ne n\\u00e9gocierait plus "
                             "avec les rebelles, qui avaient "
                             "attaqu\\u00e9 plusieurs villages pr\\u00e8s de la fronti\\u00e8re au "
                             "cours de la semaine.\"}\n";

static char out[1 << 20], complaints[1 << 16], why[DRAGOMAN_MESSAGE];
static size_t n_out;
static int n_calls, most_calls, n_progress, failed;
static uint64_t n_last, n_whole;

static int keep(void *context, const char *bytes, size_t n)
{
    (void)context;
    memcpy(out + n_out, bytes, n);
    n_out += n;
    out[n_out] = '\0';
    return ++n_calls == most_calls;
}

static void complain(void *context, const char *message)
{
    (void)context;
    strcat(complaints, message);
    strcat(complaints, "\n");
}

static void tell(void *context, uint64_t n_read, uint64_t n_bytes)
{
    (void)context;
    n_progress++;
    n_last = n_read;
    n_whole = n_bytes;
}

static void check(int good, const char *promise)
{
    if (good)
        return;
    failed = 1;
    printf("not kept: %s\n  message: %s\n  complaints: %s  output: %.300s\n", promise, why,
           complaints, out);
}

static dragoman_status code(dragoman_coder *coder, const char *bytes, const char *const *options,
                            dragoman_product product, int most)
{
    dragoman_input input = { 0 };
    input.bytes = bytes;
    input.n = strlen(bytes);
    input.write = keep;
    input.complain = complain;
    input.progress = tell;
    input.options = options;
    input.product = product;
    n_out = 0;
    n_calls = n_progress = 0;
    most_calls = most;
    out[0] = complaints[0] = why[0] = '\0';
    return dragoman_code_input(coder, &input, why);
}

static void check_inputs(dragoman_coder *coder)
{
    static const struct {
        const char *options[3], *said, *promise;
    } wrong[] = {
        { { "formt", "csv" }, "did you mean '--format'", "an unknown option is named" },
        { { "format", "cvs" }, "did you mean 'csv'", "an unknown word is named" },
        { { "without-text", "maybe" }, "yes or no", "a switch takes yes and no" },
        { { "date", "tomorrow" }, "YYYY-MM-DD", "a day is a day" },
    };
    static const char *const any[] = { "language", "any", NULL }, *const none[] = { NULL };
    check(code(coder, lines, NULL, DRAGOMAN_EVENTS, 0) == DRAGOMAN_REFUSED &&
              strstr(complaints, "input:3: ") && n_calls == 3,
          "a refused story is complained about, and all others are written, also the empty one");
    check(n_progress > 0 && n_last == strlen(lines) && n_whole == n_last,
          "progress goes to the end");
    size_t all = n_out;
    check(code(coder, lines, NULL, DRAGOMAN_EVENTS, 1) != DRAGOMAN_FAILED && n_out < all &&
              n_calls == 1,
          "write ends the call");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        check(code(coder, lines, wrong[i].options, DRAGOMAN_EVENTS, 0) == DRAGOMAN_FAILED &&
                  strstr(why, wrong[i].said),
              wrong[i].promise);
    check(code(coder, lines, none, DRAGOMAN_EXPLANATION, 0) == DRAGOMAN_REFUSED &&
              strstr(out, "France expelled"),
          "inputs are explained");
    check(code(coder, french, NULL, DRAGOMAN_EVENTS, 0) == DRAGOMAN_OK && n_out == 0 &&
              (strstr(complaints, "is not English") || n_calls > 0),
          "what is left out is told");
    check(code(coder, french, any, DRAGOMAN_STORIES, 0) == DRAGOMAN_OK &&
              strstr(out, "\"id\":\"f\""),
          "any language is read where that is asked for");
    dragoman_input neither = { 0 };
    neither.write = keep;
    check(dragoman_code_input(coder, &neither, why) == DRAGOMAN_FAILED, "an input is set");
    neither.path = "/no/such/file";
    check(dragoman_code_input(coder, &neither, why) == DRAGOMAN_FAILED &&
              strstr(why, "/no/such/file"),
          "a file that is not there is named");
    check(dragoman_code_input(coder, &neither, NULL) == DRAGOMAN_FAILED, "message may be NULL");
}

static void check_single(dragoman_coder *coder)
{
    char *text = dragoman_rule(coder, "no such rule", why);
    check(!text && strstr(why, "no rule is called"), "an unknown rule is said");
    text = dragoman_rule(coder, NULL, why);
    check(!text && strstr(why, "by its id"), "a rule that is not named is none");
    text = dragoman_make(coder, (dragoman_product)99, "Peace.", 6, "2020-10-02", why);
    check(!text && why[0], "there is no such product");
    text = dragoman_make(coder, DRAGOMAN_EVENTS,
                         "Pe\xff"
                         "ce.",
                         6, "2020-10-02", why);
    check(!text && strstr(why, "UTF-8"), "bytes that are no UTF-8 are refused");
    text = dragoman_make(coder, DRAGOMAN_TREES, "Peace.", 6, NULL, why);
    check(text && strstr(text, "# text = Peace."), "trees need no date");
    dragoman_free(text);
    text = dragoman_make(coder, DRAGOMAN_QUOTES, "Peace.", 6, NULL, why);
    check(!text && strstr(why, "there is none"), "quotes do");
}

static void check_tables(const char *folder)
{
    dragoman_knowledge knowledge = { 0 };
    dragoman_coder *coder = NULL;
    char path[4096];
    knowledge.judge = "perhaps";
    check(dragoman_open_with(&knowledge, &coder, why) == DRAGOMAN_FAILED && !coder &&
              strstr(why, "\"on\" or \"off\""),
          "the judge is on or off");
    snprintf(path, sizeof path, "%s/bad", folder);
    knowledge.judge = "off";
    knowledge.tables = path;
    knowledge.complain = complain;
    complaints[0] = '\0';
    check(dragoman_open_with(&knowledge, &coder, why) == DRAGOMAN_REFUSED && coder && complaints[0],
          "a coder opens without the bad rows, and tells of them");
    dragoman_close(coder);
    check(dragoman_check_tables(path, complain, NULL, why) == DRAGOMAN_REFUSED,
          "the check sees them");
}

static void check_store_to_ask(dragoman_coder *coder, const char *path)
{
    dragoman_store *store = NULL;
    dragoman_ingested n = { 0 };
    dragoman_input input = { 0 };
    const char *more =
        "{\"id\": \"m\", \"date\": \"2020-10-02\", \"text\": \"Mali freed Chad's envoy.\"}\n";
    input.bytes = more;
    input.n = strlen(more);
    input.write = keep;
    check(dragoman_store_open(path, 0, &store, why) == DRAGOMAN_OK,
          "a store is opened to be asked");
    check(dragoman_store_ingest(store, coder, &input, 0, &n, why) == DRAGOMAN_FAILED &&
              strstr(why, "to ask only") && n.n_new == 0,
          "a store that was opened to be asked takes no stories");
    dragoman_store_close(store);
}

static void check_store(dragoman_coder *coder, const char *folder)
{
    static const char *const by[] = { "by", "mnth", NULL }, *const mali[] = { "country", "MLI",
                                                                              NULL };
    dragoman_store *store = NULL;
    dragoman_ingested n;
    char path[4096];
    dragoman_input input = { 0 };
    snprintf(path, sizeof path, "%s/calls.db", folder);
    dragoman_status status = dragoman_store_open(path, 0, &store, why);
    if (strstr(why, "without stores"))
        return;
    check(status == DRAGOMAN_FAILED && !store, "a store that is not there is not made to be asked");
    check(dragoman_store_open("", 1, &store, why) == DRAGOMAN_FAILED && !store &&
              strstr(why, "needs a name"),
          "a store without a name is refused");
    check(dragoman_store_open(NULL, 0, &store, why) == DRAGOMAN_FAILED && !store &&
              strstr(why, "needs a name"),
          "so is one that is NULL");
    check(dragoman_store_open(path, 1, &store, why) == DRAGOMAN_OK, "it is to be written");
    input.bytes = lines;
    input.n = strlen(lines);
    input.write = keep;
    n_calls = 0;
    most_calls = 1;
    check(dragoman_store_ingest(store, coder, &input, 0, &n, why) != DRAGOMAN_FAILED &&
              n.n_read < 3,
          "write ends an ingest");
    most_calls = 0;
    check(dragoman_store_ingest(store, coder, &input, 0, &n, why) == DRAGOMAN_REFUSED &&
              n.n_failed == 1 && n.n_read == 3,
          "a refused story is counted");
    check(dragoman_store_ingest(store, coder, &input, 0, &n, why) == DRAGOMAN_REFUSED &&
              n.n_there == 3 && n.n_new == 0,
          "what is there is not coded again");
    n_out = 0;
    check(dragoman_store_ask(store, "query", mali, keep, NULL, why) == DRAGOMAN_OK &&
              strstr(out, "\"recipients\":"),
          "a question is answered in JSON Lines");
    check(dragoman_store_ask(store, "query", by, keep, NULL, why) == DRAGOMAN_FAILED &&
              strstr(why, "did you mean 'month'"),
          "a wrong option is named");
    check(dragoman_store_ask(store, "qery", NULL, keep, NULL, why) == DRAGOMAN_FAILED &&
              strstr(why, "did you mean 'query'"),
          "a wrong question is named");
    check(dragoman_store_ask(store, "query", by, NULL, NULL, why) == DRAGOMAN_FAILED &&
              strstr(why, "`write` is not set"),
          "an answer must go somewhere");
    check(dragoman_store_ask(store, NULL, by, keep, NULL, why) == DRAGOMAN_FAILED,
          "a question must be asked");
    dragoman_store_close(store);
    check_store_to_ask(coder, path);
}

int main(int argc, char **argv)
{
    dragoman_coder *coder = NULL;
    if (argc != 2 || dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK)
        return 2;
    check_inputs(coder);
    check_single(coder);
    check_tables(argv[1]);
    check_store(coder, argv[1]);
    dragoman_close(coder);
    return failed;
}
