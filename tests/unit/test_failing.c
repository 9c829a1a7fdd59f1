/* What fails says so, and nothing comes out half: a story while each of its allocations fails, each
 * reader likewise, and all that a store is asked and given while each of its statements fails. */
#include "stores.h"

#include "ingest/ingest.h"
#include "output/output.h"
#include "store/columns.h"
#include "store/marks.h"
#include "store/page.h"
#include "store/sql.h"
#include "story/story.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

/* Which malloc() fails, counted from now on; those of libraries are theirs. Sanitizers have their
 * own. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

static size_t memory_left, n_hit;

#if defined(__GLIBC__) && !defined(SANITIZED)
#define STARVES true
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern char __executable_start, etext;

static bool is_starved(const void *caller)
{
    if (memory_left == 0 || (const char *)caller < &__executable_start ||
        (const char *)caller >= &etext || --memory_left > 0)
        return false;
    n_hit++;
    return true;
}

void *malloc(size_t n)
{
    return is_starved(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return is_starved(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return is_starved(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n);
}
#else
#define STARVES false
#endif

static dgm_coder *coder;
static dgm_story *story;
static dgm_arena *arena;

static const char *tables(void)
{
    const char *given = getenv("DRAGOMAN_TABLES");
    return given ? given : "data";
}

static int load(void **state)
{
    dgm_err err = { 0 };
    (void)state;
    if (dgm_coder_load(tables(), NULL, NULL, &coder, &err) != DGM_OK)
        fail_msg("%s", err.msg);
    story = dgm_story_new(coder);
    arena = dgm_arena_new();
    return story && arena ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    dgm_arena_free(arena);
    dgm_story_free(story);
    dgm_coder_free(coder);
    return 0;
}

/* ---- a story, while the n-th allocation fails ----------------------------------------------- */

/* Trees, so that the coder does not take its time to parse: n sentences from the i-th on. */
static dgm_view trees(uint32_t i, uint32_t n)
{
    static char bytes[1 << 20];
    static size_t size;
    char path[4200];
    snprintf(path, sizeof path, "%s/../treebank/news-dev.conllu", tables());
    FILE *f = size ? NULL : fopen(path, "rb");
    if (f) {
        size = fread(bytes, 1, sizeof bytes - 1, f);
        fclose(f);
    }
    const char *from = bytes, *to;
    while (i-- > 0 && (to = strstr(from, "\n\n")) != NULL)
        from = to + 2;
    for (to = from; n-- > 0 && strstr(to, "\n\n");)
        to = strstr(to, "\n\n") + 2;
    return (dgm_view) { from, (size_t)(to - from) };
}

static void read_trees(dgm_view lines, dgm_document *doc)
{
    const dgm_reader_options options = { .default_date = "2024-05-06" };
    dgm_reader *reader = NULL;
    dgm_err err = { 0 };
    must(dgm_reader_open_memory(lines.p, lines.n, "trees.conllu", &options, &reader, &err), &err);
    must(dgm_reader_next(reader, arena, doc, &err), &err);
    dgm_reader_free(reader);
}

static void write_all(const dgm_document *doc, dgm_buffer *out)
{
    const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    dgm_write_events(&options, coder->events, doc, out);
    dgm_write_quotes(&options, doc, out);
    dgm_buffer_put(out, (dgm_view) { "", 1 });
}

/* False: fewer than n allocations are made. */
static bool code_while_one_fails(dgm_view lines, size_t n, const char *whole)
{
    dgm_document doc;
    dgm_buffer out = { 0 };
    dgm_err err = { 0 };
    read_trees(lines, &doc);
    dgm_arena_fail_at(n);
    dgm_status status = dgm_story_code(story, &doc, &err);
    dgm_arena_fail_at(0);
    if (status == DGM_OK) {
        write_all(&doc, &out);
        if (strcmp(out.p, whole) != 0)
            fail_msg("allocation %zu fails, and events are missing:\n%s\nof\n%s", n, out.p, whole);
    } else if (status != DGM_ENOMEM) {
        fail_msg("allocation %zu fails, and the status is %d: %s", n, (int)status, err.msg);
    }
    dgm_buffer_done(&out);
    return status != DGM_OK;
}

static void a_story_is_coded_whole_or_not_at_all(void **state)
{
    enum { SENTENCES = 10, ALL = 152 };
    (void)state;
    for (uint32_t i = 0; i < ALL; i += SENTENCES) {
        dgm_document doc;
        dgm_buffer whole = { 0 };
        dgm_err err = { 0 };
        dgm_view lines = trees(i, SENTENCES);
        read_trees(lines, &doc);
        must(dgm_story_code(story, &doc, &err), &err);
        write_all(&doc, &whole);
        /* Another part of them in each story: all take minutes. */
        for (size_t n = 1 + i / SENTENCES; code_while_one_fails(lines, n, whole.p); n += 13)
            ;
        dgm_buffer_done(&whole);
    }
}

/* ---- readers -------------------------------------------------------------------------------- */

static void keep_status(void *context, const dgm_err *err)
{
    bool *told = context;
    *told = *told || err->status == DGM_ENOMEM;
}

/* What is read of a file while an allocation fails, of the arena's or of malloc()'s; *told: that
 * memory was short. */
static void read_file(const char *path, bool memory, size_t n, dgm_buffer *out, bool *told)
{
    dgm_complaints complaints = { .fn = keep_status, .context = told };
    const dgm_reader_options options = { .default_date = "2020-10-02",
                                         .complaints = &complaints,
                                         .date_optional = true };
    dgm_reader *reader = NULL;
    dgm_document doc;
    dgm_err err = { 0 };
    dgm_arena_fail_at(memory ? 0 : n);
    memory_left = memory ? n : 0;
    n_hit = 0;
    dgm_status status = dgm_reader_open(path, &options, &reader, &err);
    while (status == DGM_OK && (status = dgm_reader_next(reader, arena, &doc, &err)) == DGM_OK) {
        size_t left_then = memory_left;
        memory_left = 0; /* what the test needs itself does not fail */
        dgm_buffer_printf(out, "%.*s|%s|%.*s|%u|%.*s|%.*s\n", DGM_FMT(doc.id), doc.date,
                          DGM_FMT(doc.title), doc.begin, DGM_FMT(doc.source), DGM_FMT(doc.text));
        memory_left = left_then;
    }
    dgm_arena_fail_at(0);
    memory_left = 0;
    *told = *told || status == DGM_ENOMEM;
    dgm_reader_free(reader);
    dgm_buffer_put(out, (dgm_view) { "", 1 });
}

static void check_file(const char *path, bool memory)
{
    enum { MOST = 200 };
    dgm_buffer whole_file = { 0 };
    bool told = false, any = true;
    read_file(path, false, 0, &whole_file, &told);
    assert_false(told);
    for (size_t n = 1; any && n < MOST; n++) {
        dgm_buffer out = { 0 };
        told = false;
        read_file(path, memory, n, &out, &told);
        any = memory ? n_hit > 0 : told;
        if (!told && strcmp(out.p, whole_file.p) != 0)
            fail_msg("%s: %s %zu fails, and without a word this is read:\n%.900s\nof\n%.900s", path,
                     memory ? "malloc" : "allocation", n, out.p, whole_file.p);
        dgm_buffer_done(&out);
    }
    dgm_buffer_done(&whole_file);
}

/* The inputs that once broke a reader are hard ones of each format. */
static void a_reader_without_memory_says_so(void **state)
{
    char pattern[4200];
    glob_t found;
    (void)state;
    snprintf(pattern, sizeof pattern,
             "%s/../tests/fuzz/{seeds,text,jsonl,json,csv,html,feed,warc,petrarch,tabari,packed}/*",
             tables());
    assert_int_equal(glob(pattern, GLOB_BRACE, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        for (int memory = 0; memory < (STARVES ? 2 : 1); memory++)
            check_file(found.gl_pathv[i], memory);
    globfree(&found);
}

/* ---- a store whose n-th statement fails ----------------------------------------------------- */

static dgm_engine failing;       /* SQLite's, but for that */
static const dgm_engine *engine; /* SQLite's */
static size_t left;
static const char marker[] = "this statement was made to fail";

/* What fails: a statement, an allocation of malloc(), one of an arena. */
typedef enum { STATEMENT, ALLOCATION, ARENA } part;
static const char *const part_names[] = { "statement", "allocation", "allocation of an arena" };

static void let_fail(part what, size_t n)
{
    n_hit = 0;
    if (what == ARENA)
        (void)dgm_arena_fail_at(n);
    else
        *(what == ALLOCATION ? &memory_left : &left) = n;
}

static void let_be(part what)
{
    left = memory_left = 0;
    if (what == ARENA)
        n_hit = dgm_arena_fail_at(0) == 0;
}

static bool fails(dgm_err *err, dgm_status *status)
{
    if (left == 0 || --left > 0)
        return false;
    n_hit++;
    *status = dgm_fail(err, DGM_EIO, NULL, 0, marker);
    return true;
}

static dgm_status run(dgm_sql *db, const char *sql, bool keep, const dgm_cell *cells, uint32_t n,
                      dgm_row_out_fn fn, void *context, dgm_err *err)
{
    dgm_status status;
    return fails(err, &status) ? status : engine->run(db, sql, keep, cells, n, fn, context, err);
}

static dgm_status rows(dgm_sql *db, const dgm_table *table, const dgm_cell *cells, uint32_t n_rows,
                       dgm_err *err)
{
    dgm_status status;
    return fails(err, &status) ? status : engine->rows(db, table, cells, n_rows, err);
}

/* What takes back a transaction does not fail: nobody could do anything about it. */
static dgm_status script(dgm_sql *db, const char *sql, dgm_err *err)
{
    dgm_status status;
    bool back = dgm_view_starts(dgm_view_of(sql), DGM_VIEW("ROLLBACK"));
    return !back && fails(err, &status) ? status : engine->script(db, sql, err);
}

static void use_failing(dgm_store *store)
{
    engine = store->db->engine;
    failing = *engine;
    failing.run = run, failing.rows = rows, failing.script = script;
    store->db->engine = &failing;
}

/* What comes after it tells the time. */
static bool write_first(void *context, const dgm_cell *cells, uint32_t n)
{
    return write_row(context, cells, DGM_MIN(n, 1));
}

static bool write_period(void *context, dgm_view period, const uint64_t n[5])
{
    dgm_buffer_printf(context, "%.*s %llu %llu\n", DGM_FMT(period), (unsigned long long)n[0],
                      (unsigned long long)n[4]);
    return true;
}

static void write_word(void *context, dgm_view word)
{
    dgm_buffer_printf(context, "%.*s\n", DGM_FMT(word));
}

static bool write_record(void *context, const dgm_record *record)
{
    const dgm_output_options options = { .format = DGM_OUTPUT_JSONL };
    dgm_write_record(&options, record, context);
    return true;
}

static bool write_numbered(void *context, int64_t event, int64_t its_story,
                           const dgm_record *record)
{
    dgm_buffer_printf(context, "%lld %lld ", (long long)event, (long long)its_story);
    return write_record(context, record);
}

/* One question or change; `which` is of a kind that has several. */
typedef struct {
    dgm_store *store;
    dgm_buffer *out;
    const dgm_filter *filter;
    int which;
} asking;
typedef dgm_status (*ask_fn)(const asking *a, dgm_err *err);

static const dgm_filter filters[] = {
    { 0 },
    { .plain = true, .from = "2020-01-01", .to = "2030-01-01" },
    { .country = "TUR,USA", .text = "said", .one_a_day = true },
    { .actor = "USA", .type = "CONSULT,ASSAULT", .speaker = "none", .place = "SYR" },
    { .dyad = "USA,YEM", .to = "2024-12-31", .quad = "1,2,3" },
    { .dyad = "USAGOV, YEM", .mode = "none", .source = "Post", .basis = "clause" },
};
static char an_event[80]; /* its id */

static dgm_status page(const asking *a, dgm_err *err)
{
    const dgm_page_part slice = { .limit = 5 };
    dgm_page_question question = (dgm_page_question)(a->which / 3);
    bool list = question >= DGM_ASK_EVENTS;
    return dgm_page_ask(a->store, a->filter, (dgm_per)(a->which % 3), question,
                        list ? &slice : NULL, write_row, a->out, err);
}

static dgm_status counts(const asking *a, dgm_err *err)
{
    return dgm_store_counts(a->store, a->filter, (dgm_by)(a->which / 3), (dgm_per)(a->which % 3),
                            write_row, a->out, err);
}

static dgm_status series(const asking *a, dgm_err *err)
{
    const dgm_series wanted = { .by = a->which & 1 ? DGM_BY_DYAD : DGM_BY_NOTHING,
                                .period = DGM_BY_MONTH,
                                .per = (dgm_per)(a->which % 3),
                                .fill = a->which & 2,
                                .per_stories = a->which & 4 };
    return dgm_store_series(a->store, a->filter, &wanted, write_row, a->out, err);
}

static dgm_status timeline(const asking *a, dgm_err *err)
{
    dgm_by by = a->which ? DGM_BY_MONTH : DGM_BY_DAY;
    dgm_status status = dgm_store_timeline(a->store, a->filter, by, write_period, a->out, err);
    return status == DGM_OK
               ? dgm_store_stories_read(a->store, NULL, NULL, by, write_period, a->out, err)
               : status;
}

static dgm_status events(const asking *a, dgm_err *err)
{
    dgm_status status = dgm_store_events(a->store, a->filter, write_row, a->out, err);
    return status == DGM_OK ? dgm_store_records(a->store, a->filter, write_record, a->out, err)
                            : status;
}

static dgm_status across(const asking *a, dgm_err *err)
{
    dgm_status status = dgm_store_claims(a->store, a->filter, 60, a->out, err);
    return status == DGM_OK ? dgm_store_commitments(a->store, a->filter, NULL, a->out, err)
                            : status;
}

static dgm_status look(const asking *a, dgm_err *err)
{
    dgm_page_look question = (dgm_page_look)a->which;
    bool by_id = question >= DGM_LOOK_EVENT && question <= DGM_LOOK_MARK;
    bool by_story = question >= DGM_LOOK_STORY && question <= DGM_LOOK_LINKS;
    const dgm_cell value = by_id ? dgm_text(dgm_view_of(an_event)) : dgm_int(1);
    return dgm_page_find(a->store, question, by_id || by_story ? &value : NULL, write_row, a->out,
                         err);
}

static dgm_status words(const asking *a, dgm_err *err)
{
    bool known = false;
    dgm_status status = dgm_page_complete(a->store, (dgm_page_words)a->which, DGM_VIEW("a"),
                                          write_row, a->out, err);
    if (status == DGM_OK)
        status =
            dgm_store_knows(a->store, (dgm_word_kind)(a->which % 4), DGM_VIEW("TUR"), &known, err);
    if (status == DGM_OK)
        status = dgm_store_words(a->store, (dgm_word_kind)(a->which % 4), write_word, a->out, err);
    dgm_buffer_printf(a->out, "%d\n", known);
    return status;
}

static dgm_status whole(const asking *a, dgm_err *err)
{
    const int64_t numbers[] = { 1, 2, 3 };
    dgm_status status = dgm_store_stats(a->store, write_row, a->out, err);
    if (status == DGM_OK)
        status = dgm_store_runs(a->store, write_row, a->out, err);
    if (status == DGM_OK)
        status = dgm_page_somebody(a->store, DGM_VIEW("USA"), write_row, a->out, err);
    if (status == DGM_OK)
        status = dgm_page_codes_of(a->store, DGM_VIEW("United States"), write_row, a->out, err);
    if (status == DGM_OK)
        status = dgm_page_records(a->store, numbers, 3, write_numbered, a->out, err);
    return status == DGM_OK ? dgm_page_frugal(a->store, err) : status;
}

static dgm_status memory(const asking *a, dgm_err *err)
{
    dgm_columns *columns = NULL;
    dgm_status status = dgm_columns_load(a->store, &columns, err);
    dgm_columns_free(columns);
    return status;
}

static dgm_status mark(const asking *a, dgm_err *err)
{
    dgm_coding answer;
    dgm_marks marks = { 0 };
    dgm_view text;
    uint32_t n = 0;
    dgm_status status = dgm_coding_parse(NULL, DGM_VIEW("AID USA > SYR"), &answer, err);
    const dgm_judgement judgement = { .verdict = DGM_MARK_OTHER,
                                      .answer = &answer,
                                      .by = DGM_VIEW("me") };
    if (status == DGM_OK)
        status = dgm_store_mark(a->store, dgm_view_of(an_event), &judgement, &n, err);
    if (status == DGM_OK)
        status = dgm_store_marks(a->store, arena, &marks, err);
    if (status == DGM_OK)
        status = dgm_store_story_text(a->store, 1, arena, &text, err);
    dgm_buffer_printf(a->out, "%u %u\n", n, marks.n);
    return status;
}

static dgm_status sample(const asking *a, dgm_err *err)
{
    static dgm_precisions precisions;
    int64_t drawn = 0;
    dgm_status status = dgm_store_sample(a->store, a->filter, DGM_VIEW("all"),
                                         a->which ? DGM_BY_TYPE : DGM_BY_QUAD, 4, 7, &drawn, err);
    if (status == DGM_OK)
        status = dgm_store_sampled(a->store, 0, a->which, write_row, a->out, err);
    return status == DGM_OK ? dgm_store_precision(a->store, &precisions, err) : status;
}

static dgm_status split(const asking *a, dgm_err *err)
{
    const dgm_view id = dgm_view_of(an_event);
    const dgm_split apart = { .event_ids = &id, .n = 1, .by = DGM_VIEW("me") },
                    undone = { .event_ids = &id, .n = 1, .undo = true };
    dgm_status status = dgm_store_split(a->store, &apart, err);
    if (status == DGM_OK)
        status = dgm_store_splits(a->store, write_first, a->out, err);
    return status == DGM_OK ? dgm_store_split(a->store, &undone, err) : status;
}

static const struct {
    const char *name;
    ask_fn ask;
    int n; /* kinds */
} questions[] = {
    { "page", page, 3 * DGM_N_ASKS },
    { "counts", counts, 3 * (DGM_BY_SOURCE + 1) },
    { "series", series, 8 },
    { "timeline", timeline, 2 },
    { "events", events, 1 },
    { "claims and commitments", across, 1 },
    { "look", look, DGM_N_LOOKS },
    { "words", words, DGM_N_WORDS },
    { "whole", whole, 1 },
    { "columns", memory, 1 },
    { "split", split, 1 },
    { "sample", sample, 2 },
    { "mark", mark, 1 },
};

/* A story as a store takes it, from trees. */
static void pack(uint32_t i, uint32_t n, dgm_buffer *out)
{
    dgm_document doc;
    dgm_err err = { 0 };
    read_trees(trees(i, n), &doc);
    doc.source = i % 2 ? DGM_VIEW("Wire") : DGM_VIEW("Post");
    must(dgm_story_code(story, &doc, &err), &err);
    dgm_store_pack(coder->events, &doc, out);
}

/* What an arena has no room for is empty, and would be stored so. */
static void a_story_is_packed_whole_or_not_at_all(void **state)
{
    dgm_document doc;
    dgm_buffer good = { 0 };
    dgm_err err = { 0 };
    (void)state;
    read_trees(trees(0, 5), &doc);
    must(dgm_story_code(story, &doc, &err), &err);
    dgm_store_pack(coder->events, &doc, &good);
    assert_false(good.failed);
    for (size_t n = 1, hit = 1; hit; n++) {
        dgm_buffer out = { 0 };
        read_trees(trees(0, 5), &doc);
        must(dgm_story_code(story, &doc, &err), &err);
        let_fail(ARENA, n);
        dgm_store_pack(coder->events, &doc, &out);
        let_be(ARENA);
        hit = n_hit;
        if (!out.failed && (out.n != good.n || memcmp(out.p, good.p, good.n) != 0))
            fail_msg("allocation %zu of an arena fails, and the story is packed", n);
        dgm_buffer_done(&out);
    }
    dgm_buffer_done(&good);
}

static bool in_bulk; /* with many others at full speed, as `store load` puts them */

static dgm_status put_story(dgm_store *store, dgm_view packed, bool recode, dgm_err *err)
{
    dgm_put what;
    int64_t number = 0;
    dgm_status status = (in_bulk ? dgm_store_begin_bulk : dgm_store_begin)(store, err);
    if (status != DGM_OK)
        return status;
    status = dgm_store_run(store, "test", recode ? "others" : "tables", &number, err);
    if (status == DGM_OK)
        status = dgm_store_put(store, number, packed, recode, &what, err);
    if (status == DGM_OK)
        return dgm_store_commit(store, err);
    dgm_store_rollback(store);
    return status;
}

/* Fails each of its statements in turn, or each of its allocations, after which nothing of it may
 * be there; then puts it. */
static void put_while_one_fails(dgm_store *store, dgm_view packed, bool recode, part what)
{
    dgm_story_hash hash;
    char known[33];
    dgm_err err = { 0 };
    must(dgm_store_packed_hash(packed, &hash, &err), &err);
    for (size_t n = 1;; n += what == ARENA ? 5 : 1) {
        let_fail(what, n);
        dgm_status status = put_story(store, packed, recode, &err);
        let_be(what);
        if (n_hit == 0 || (what == ALLOCATION && status == DGM_OK)) {
            must(status, &err);
            return;
        }
        if (status == DGM_OK)
            fail_msg("%s %zu fails, and the story is said to be there", part_names[what], n);
        dgm_store_rollback(store);
        dgm_status there = dgm_store_has(store, &hash, known, &err);
        if (recode ? there != DGM_OK || strcmp(known, "tables") != 0 : there != DGM_END)
            fail_msg("%s %zu of putting a story fails, and something of it is there",
                     part_names[what], n);
    }
}

static bool same_bytes(const dgm_buffer *a, const dgm_buffer *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->p, b->p, a->n) == 0);
}

/* One try; false: nothing failed. */
static bool try_question(size_t i, const asking *a, part what, size_t n, const dgm_buffer *good,
                         dgm_status without)
{
    dgm_buffer out = { 0 };
    asking again = *a;
    dgm_err err = { 0 };
    again.out = &out;
    dgm_arena_reset(arena); /* which knows that it failed */
    let_fail(what, n);
    dgm_status status = questions[i].ask(&again, &err);
    let_be(what);
    bool memory = what != STATEMENT;
    bool hit = n_hit > 0, whole_answer = status == without && same_bytes(&out, good);
    if (!whole_answer && (!hit || (memory && status == DGM_OK && !out.failed)))
        fail_msg("%s %d: %s %zu fails, and the answer is another: %d %s\n%.*s\nnot\n%.*s",
                 questions[i].name, a->which, part_names[what], n, (int)status, err.msg, (int)out.n,
                 out.p ? out.p : "", (int)good->n, good->p ? good->p : "");
    if (hit && !memory && (status == DGM_OK || !strstr(err.msg, marker)))
        fail_msg("%s %d: statement %zu fails, and what is said is %d, %s", questions[i].name,
                 a->which, n, (int)status, err.msg);
    if (hit && memory && !whole_answer && !out.failed && status != DGM_ENOMEM && status != DGM_EIO)
        fail_msg("%s %d: %s %zu fails, and what is said is %d, %s", questions[i].name, a->which,
                 part_names[what], n, (int)status, err.msg);
    dgm_buffer_done(&out);
    return hit;
}

static void ask_while_one_fails(size_t i, const asking *a, part what)
{
    dgm_buffer good = { 0 };
    asking once = *a;
    dgm_err err = { 0 };
    once.out = &good;
    dgm_status without = questions[i].ask(&once, &err);
    if (without != DGM_EUSAGE) /* no event is there to draw */
        must(without, &err);
    for (size_t n = 1; try_question(i, a, what, n, &good, without); n++)
        ;
    dgm_buffer_done(&good);
}

static bool keep_id(void *context, const dgm_record *record)
{
    (void)context;
    snprintf(an_event, sizeof an_event, "%.*s", DGM_FMT(record->event_id));
    return false;
}

static dgm_store *filled(char *path, part what)
{
    enum { STORIES = 5 };
    dgm_store *store = new_store(path);
    dgm_err err = { 0 };
    use_failing(store);
    for (uint32_t i = 0; i < STORIES; i++) {
        dgm_buffer packed = { 0 };
        pack(12 * i, i == 4 ? 11 : 12, &packed);
        in_bulk = i % 2;
        put_while_one_fails(store, (dgm_view) { packed.p, packed.n }, false, what);
        if (i == 1)
            put_while_one_fails(store, (dgm_view) { packed.p, packed.n }, true, what);
        dgm_buffer_done(&packed);
    }
    must(dgm_store_records(store, &filters[0], keep_id, NULL, &err), &err);
    return store;
}

static void check_store(part what)
{
    char path[] = "/tmp/dragoman-failing-XXXXXX";
    dgm_store *store = filled(path, what);
    const size_t step = what == ARENA ? 3 : 1; /* all take long */
    dgm_columns *columns = NULL;
    dgm_err err = { 0 };
    for (size_t i = 0; i < DGM_LEN(questions); i++)
        for (int which = 0; which < questions[i].n; which++)
            for (size_t f = 0; f < DGM_LEN(filters); f += step)
                ask_while_one_fails(i, &(asking) { store, NULL, &filters[f], which }, what);
    must(dgm_columns_load(store, &columns, &err), &err);
    dgm_store_use(store, columns);
    for (int which = 0; which < 3 * DGM_N_ASKS; which++)
        for (size_t f = 0; f < DGM_LEN(filters); f += step)
            ask_while_one_fails(0, &(asking) { store, NULL, &filters[f], which }, what);
    dgm_store_use(store, NULL);
    dgm_columns_free(columns);
    dgm_store_free(store);
    remove_store(path);
}

static void a_store_whose_statements_fail_has_all_of_a_story_or_nothing(void **state)
{
    (void)state;
    check_store(STATEMENT);
}

static void a_store_without_memory_has_all_of_a_story_or_nothing(void **state)
{
    (void)state;
    check_store(ARENA);
    if (!STARVES)
        skip();
    check_store(ALLOCATION);
}

static dgm_sql *old_store(const char *path)
{
    static char bytes[64 << 10];
    char script_path[4200];
    dgm_sql *db = NULL;
    dgm_err err = { 0 };
    snprintf(script_path, sizeof script_path, "%s/../tests/e2e/store_3.sql", tables());
    FILE *f = fopen(script_path, "rb");
    assert_non_null(f);
    bytes[fread(bytes, 1, sizeof bytes - 1, f)] = '\0';
    fclose(f);
    must(dgm_sqlite_open(path, false, &db, &err), &err);
    must(db->engine->script(db, bytes, &err), &err);
    must(db->engine->script(db, "INSERT INTO dragoman_schema VALUES (3)", &err), &err);
    return db;
}

static void check_upgrade(part what)
{
    /* Where what is asked before the first change fails, it is done as if the store were older. */
    enum { QUESTIONS = 2 };
    char path[] = "/tmp/dragoman-failing-XXXXXX";
    int64_t version = 0;
    dgm_status status = DGM_EIO;
    dgm_err err = { 0 };
    new_file(path);
    dgm_store store = { .db = old_store(path) };
    use_failing(&store);
    for (size_t n = QUESTIONS + 1; status != DGM_OK; n++) {
        let_fail(what, n);
        status = dgm_schema_update(store.db, false, &err);
        let_be(what);
        if (status != DGM_OK && n_hit == 0)
            fail_msg("%s", err.msg);
        must(dgm_sql_number(store.db, "SELECT version FROM dragoman_schema", NULL, 0, &version,
                            &err),
             &err);
        if (status != DGM_OK && version != 3)
            fail_msg("%s %zu fails, and the store is of version %d", part_names[what], n,
                     (int)version);
    }
    assert_true(version > 3);
    store.db->engine->close(store.db);
    remove_store(path);
}

static void a_store_whose_upgrade_fails_stays_as_it_was(void **state)
{
    (void)state;
    check_upgrade(STATEMENT);
    if (STARVES)
        check_upgrade(ALLOCATION);
}

/* dgm_arena_printf() gives "" then, and the event would count under no day. */
static void a_sum_without_memory_for_its_key_is_refused(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2; n++) {
        dgm_sums *sums = dgm_sums_new();
        assert_non_null(sums);
        dgm_arena_fail_at(n);
        bool added = dgm_sums_day(sums, 18542, 4, 1);
        dgm_arena_fail_at(0);
        if (added)
            fail_msg("allocation %zu fails, and the day is counted", n);
        dgm_sums_free(sums);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_is_coded_whole_or_not_at_all),
        cmocka_unit_test(a_reader_without_memory_says_so),
        cmocka_unit_test(a_story_is_packed_whole_or_not_at_all),
        cmocka_unit_test(a_store_whose_statements_fail_has_all_of_a_story_or_nothing),
        cmocka_unit_test(a_store_without_memory_has_all_of_a_story_or_nothing),
        cmocka_unit_test(a_store_whose_upgrade_fails_stays_as_it_was),
        cmocka_unit_test(a_sum_without_memory_for_its_key_is_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
