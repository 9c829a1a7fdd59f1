/* starved FOLDER WHAT TRIES: calls the library while the n-th of its allocations fails, for TRIES
 * different n, or all where there are no more; FOLDER is for files. Whatever fails must say so,
 * what does not must give the whole answer, and at the end all memory must be given back.
 *
 * The allocation that fails is one of the library's or of SQLite's: malloc() is this program's own
 * and looks where it was called from. What other libraries do with failures is theirs. */
#define _GNU_SOURCE
#include <dragoman.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- memory --------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);
extern void __libc_free(void *p);

static atomic_long left, live, hit; /* left: allocations before the one that fails; 0: none does */
static _Thread_local int inside;    /* dladdr() may allocate */

static int is_counted(const void *caller)
{
    Dl_info about;
    if (atomic_load(&left) <= 0 || inside)
        return 0;
    inside = 1;
    int counted = dladdr(caller, &about) && about.dli_fname &&
                  (strstr(about.dli_fname, "libdragoman") || strstr(about.dli_fname, "libsqlite3"));
    inside = 0;
    return counted;
}

static int fails(const void *caller)
{
    if (!is_counted(caller) || atomic_fetch_sub(&left, 1) != 1)
        return 0;
    atomic_store(&hit, 1);
    errno = ENOMEM;
    return 1;
}

static void *counted(void *p)
{
    if (p)
        atomic_fetch_add(&live, 1);
    return p;
}

void *malloc(size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : counted(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : counted(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
    if (fails(__builtin_return_address(0)))
        return NULL;
    return p ? __libc_realloc(p, n) : counted(__libc_malloc(n));
}

void *memalign(size_t align, size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : counted(__libc_memalign(align, n));
}

void *aligned_alloc(size_t align, size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : counted(__libc_memalign(align, n));
}

int posix_memalign(void **out, size_t align, size_t n)
{
    void *p = fails(__builtin_return_address(0)) ? NULL : counted(__libc_memalign(align, n));
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}

void free(void *p)
{
    if (p)
        atomic_fetch_sub(&live, 1);
    __libc_free(p);
}

/* ---- what is called ------------------------------------------------------------------------- */

static const char story[] =
    "KIGALI, Oct 2 (Daily Post) - Turkey denied on Friday that it had sent 300 fighters to "
    "Azerbaijan. \"We will answer if Armenia shells Ganja again,\" said President Ilham Aliyev, "
    "who "
    "met his minister of defence in Baku last week. French police arrested two envoys of Mali.";
static const char lines[] =
    "date 2020-10-02 Turkey denied that it had sent fighters to Azerbaijan.\n\n"
    "date 2020-10-03\nArmenian forces shelled Ganja, officials in Baku said on Saturday.\n\n"
    "date 2020-10-04\nFrance expelled two envoys of Mali. Mali promised to withdraw its troops.\n";

static char out[1 << 20], whole[1 << 20]; /* what came out, and what comes where nothing fails */
static size_t n_out;
static char why[DRAGOMAN_MESSAGE], path[4096], base[4096];
static dragoman_coder *coder;

static int write_out(void *context, const char *bytes, size_t n)
{
    (void)context;
    if (n > 0 && n_out + n < sizeof out)
        memcpy(out + n_out, bytes, n);
    n_out += n;
    out[n_out < sizeof out ? n_out : sizeof out - 1] = '\0';
    return 0;
}

static void complain(void *context, const char *message)
{
    (void)context, (void)message;
}

/* Each gives 0 where the call failed, and then `why` says why. */
static int take(char *text)
{
    if (!text)
        return 0;
    write_out(NULL, text, strlen(text));
    dragoman_free(text);
    return 1;
}

static int call_open(int i)
{
    dragoman_coder *other = NULL;
    (void)i;
    if (dragoman_open(NULL, NULL, &other, why) != DRAGOMAN_OK)
        return 0;
    int good = take(dragoman_code(other, story, sizeof story - 1, "2020-10-02", why));
    dragoman_close(other);
    return good;
}

static int call_make(int i)
{
    return take(
        dragoman_make(coder, (dragoman_product)i, story, sizeof story - 1, "2020-10-02", why));
}

static int call_relate(int i)
{
    static const char marked[] = "<s>France</s> expelled two envoys of <t>Mali</t> on Monday.";
    (void)i;
    return take(dragoman_relate(coder, marked, sizeof marked - 1, why)) &&
           take(dragoman_rule(coder, "v0120", why));
}

/* i: threads, product and format */
static int call_input(int i)
{
    static const char *const csv[] = { "format", "csv", NULL }, *const icews[] = { "format",
                                                                                   "icews", NULL };
    dragoman_input input = { 0 };
    input.bytes = lines;
    input.n = sizeof lines - 1;
    input.write = write_out;
    input.complain = complain;
    input.jobs = i % 2 ? 2 : 1;
    input.product = i < 4 ? DRAGOMAN_EVENTS : (dragoman_product)(i - 3);
    input.options = i == 2 ? csv : i == 3 ? icews : NULL;
    return dragoman_code_input(coder, &input, why) == DRAGOMAN_OK;
}

static int ingest(dragoman_store *store)
{
    dragoman_input input = { 0 };
    input.bytes = lines;
    input.n = sizeof lines - 1;
    return dragoman_store_ingest(store, coder, &input, 0, NULL, why) == DRAGOMAN_OK;
}

/* A store of its own each time, so that all of it is made and filled. */
static int call_ingest(int i)
{
    dragoman_store *store = NULL;
    (void)i;
    unlink(path);
    if (dragoman_store_open(path, 1, &store, why) != DRAGOMAN_OK)
        return 0;
    int good = ingest(store);
    dragoman_store_close(store);
    return good;
}

static int call_ask(int i)
{
    static const char *const counts[] = { "by",   "dyad,month", "country", "FRA,ARM",
                                          "fill", "yes",        NULL },
                             *const csv[] = { "format", "icews", NULL };
    static const struct {
        const char *question;
        const char *const *options;
    } asked[] = { { "query", NULL },       { "query", counts }, { "export", NULL },
                  { "export", csv },       { "stats", NULL },   { "claims", NULL },
                  { "commitments", NULL }, { "sample", NULL } };
    dragoman_store *store = NULL;
    if (dragoman_store_open(base, 0, &store, why) != DRAGOMAN_OK)
        return 0;
    int good = dragoman_store_ask(store, asked[i].question, asked[i].options, write_out, NULL,
                                  why) == DRAGOMAN_OK;
    dragoman_store_close(store);
    return good;
}

static const struct {
    const char *name;
    int (*call)(int i);
    int n, needs_coder, needs_base;
} calls[] = { { "open", call_open, 1, 0, 0 },     { "make", call_make, 7, 1, 0 },
              { "relate", call_relate, 1, 1, 0 }, { "input", call_input, 10, 1, 0 },
              { "ingest", call_ingest, 1, 1, 0 }, { "ask", call_ask, 8, 1, 1 } };

/* ---- starving ------------------------------------------------------------------------------- */

static int run(int (*call)(int), int i)
{
    n_out = 0;
    out[0] = why[0] = '\0';
    return call(i);
}

/* Whether it survives as promised. */
static int starve(const char *name, int (*call)(int), int i, long tries)
{
    static const long many = 1L << 60;
    atomic_store(&left, many);
    if (!run(call, i)) {
        printf("%s %d fails: %s\n", name, i, why);
        return 0;
    }
    long total = many - atomic_load(&left), n_tried = 0, n_good = 0;
    memcpy(whole, out, sizeof whole);
    for (long k = 0; k < tries && k < total; k++) {
        long n = tries < total ? total * k / tries + 1 : k + 1;
        atomic_store(&hit, 0);
        atomic_store(&left, n);
        int good = run(call, i);
        atomic_store(&left, 0);
        if (!atomic_load(&hit)) /* threads may do with less */
            continue;
        n_tried++;
        n_good += good;
        if ((!good && !why[0]) || (good && strcmp(out, whole) != 0)) {
            printf("%s %d: allocation %ld fails, and %s\n", name, i, n,
                   good ? "the answer is another" : "nothing says so");
            return 0;
        }
    }
    printf("%s %d: %ld of %ld allocations failed, %ld of them not missed\n", name, i, n_tried,
           total, n_good);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    setvbuf(stdout, NULL, _IONBF, 0);
    snprintf(path, sizeof path, "%s/new.db", argv[1]);
    snprintf(base, sizeof base, "%s/base.db", argv[1]);
    for (size_t k = 0; k < sizeof calls / sizeof calls[0]; k++) {
        if (strcmp(argv[2], calls[k].name) != 0)
            continue;
        long before = 0, good = 1;
        for (int round = 0; round < 2 && good; round++) { /* what is kept for good is there then */
            before = atomic_load(&live);
            if (calls[k].needs_coder && dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK)
                return 2;
            dragoman_store *store = NULL;
            if (calls[k].needs_base && dragoman_store_open(base, 1, &store, why) == DRAGOMAN_OK)
                ingest(store);
            dragoman_store_close(store);
            for (int i = 0; i < calls[k].n && good; i++)
                good = round == 0 ? run(calls[k].call, i)
                                  : starve(argv[2], calls[k].call, i, atol(argv[3]));
            dragoman_close(coder);
            coder = NULL;
        }
        long lost = atomic_load(&live) - before;
        if (lost != 0)
            printf("%s: %ld allocations are lost\n", argv[2], lost);
        return good && lost == 0 ? 0 : 1;
    }
    return 2;
}
