/* The promises of include/dragoman.h about a coder and about single stories, kept by the rooms. */
#include "library/coder.h"

#include "ingest/ingest.h"
#include "library/knowledge.h"
#include "library/making.h"
#include "library/places.h"
#include "library/relation.h"

#include <stdlib.h>
#include <string.h>

const char *dragoman_version(void)
{
    return DGM_VERSION;
}

dragoman_status library_fail(char *message, const dgm_err *err)
{
    char text[DRAGOMAN_MESSAGE + 200];
    if (message)
        snprintf(message, DRAGOMAN_MESSAGE, "%s", dgm_err_text(err, text, sizeof text));
    return DRAGOMAN_FAILED;
}

void library_complain(void *listener, const dgm_err *err)
{
    const library_listener *l = listener;
    char text[DRAGOMAN_MESSAGE + 200];
    if (l->fn)
        l->fn(l->context, dgm_err_text(err, text, sizeof text));
}

/* ---- opening -------------------------------------------------------------------------------- */

/* One of the words, or NULL for the first. */
static dgm_status check_word(const char *name, const char *value, const char *const words[],
                             size_t n, dgm_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!value || strcmp(value, words[i]) == 0)
            return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "%s is \"%s\" or \"%s\", not \"%.60s\"", name,
                    words[0], words[1], value);
}

static dgm_status check_knowledge(const dragoman_knowledge *k, dgm_err *err)
{
    static const char *const judges[] = { "on", "off" }, *const sides[] = { "learned", "rules",
                                                                            "judge" };
    dgm_status status = check_word("judge", k->judge, judges, DGM_LEN(judges), err);
    return status == DGM_OK ? check_word("sides", k->sides, sides, DGM_LEN(sides), err) : status;
}

static dgm_status new_coder(const dragoman_knowledge *k, const char *dirs, dragoman_coder **out,
                            dgm_err *err)
{
    dragoman_coder *coder = calloc(1, sizeof(*coder));
    if (coder && pthread_mutex_init(&coder->lock, NULL) != 0) {
        free(coder);
        coder = NULL;
    }
    if (!coder)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a coder");
    *out = coder;
    coder->judges = !k->judge || strcmp(k->judge, "off") != 0;
    coder->tables = strdup(dirs);
    coder->model = k->model ? strdup(k->model) : NULL;
    if (coder->tables && (coder->model || !k->model))
        return DGM_OK;
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a coder");
}

dragoman_status dragoman_open_with(const dragoman_knowledge *knowledge, dragoman_coder **out,
                                   char message[DRAGOMAN_MESSAGE])
{
    library_listener listener = { knowledge->complain, knowledge->context };
    dgm_complaints complaints = { .fn = library_complain, .context = &listener };
    dgm_err err = { .status = DGM_OK };
    char dirs[DGM_MAX_FOLDER_LIST];
    dragoman_coder *coder = NULL;
    dgm_status status = check_knowledge(knowledge, &err);
    if (status == DGM_OK)
        status = dgm_tables_find(knowledge->tables, NULL, dirs, sizeof dirs, &err);
    if (status == DGM_OK)
        status = new_coder(knowledge, dirs, &coder, &err);
    if (status == DGM_OK)
        status = dgm_coder_load(dirs, knowledge->model, &complaints, &coder->knowledge, &err);
    if (status != DGM_OK) {
        dragoman_close(coder);
        return library_fail(message, &err);
    }
    dgm_knowledge_judged(coder->knowledge, knowledge->judge, knowledge->sides);
    *out = coder;
    return complaints.n > 0 ? DRAGOMAN_REFUSED : DRAGOMAN_OK;
}

/* Rows that are left out are nobody's concern here. */
dragoman_status dragoman_open(const char *tables, const char *model, dragoman_coder **out,
                              char message[DRAGOMAN_MESSAGE])
{
    const dragoman_knowledge knowledge = { .tables = tables, .model = model };
    dragoman_status status = dragoman_open_with(&knowledge, out, message);
    return status == DRAGOMAN_REFUSED ? DRAGOMAN_OK : status;
}

static void free_bench(library_bench *bench)
{
    if (!bench)
        return;
    dgm_story_free(bench->story);
    dgm_arena_free(bench->arena);
    free(bench);
}

void dragoman_close(dragoman_coder *coder)
{
    if (!coder)
        return;
    while (coder->idle) {
        library_bench *bench = coder->idle;
        coder->idle = bench->next;
        free_bench(bench);
    }
    dgm_relations_free(coder->relations);
    dgm_coder_free(coder->knowledge);
    pthread_mutex_destroy(&coder->lock);
    free(coder->tables);
    free(coder->model);
    free(coder);
}

/* ---- working space -------------------------------------------------------------------------- */

/* NULL: no memory. */
static library_bench *take_bench(dragoman_coder *coder)
{
    pthread_mutex_lock(&coder->lock);
    library_bench *bench = coder->idle;
    if (bench)
        coder->idle = bench->next;
    pthread_mutex_unlock(&coder->lock);
    if (bench)
        return bench;
    bench = calloc(1, sizeof(*bench));
    if (!bench)
        return NULL;
    bench->story = dgm_story_new(coder->knowledge);
    bench->arena = dgm_arena_new();
    if (!bench->story || !bench->arena) {
        free_bench(bench);
        return NULL;
    }
    return bench;
}

static void give_back(dragoman_coder *coder, library_bench *bench)
{
    if (!bench)
        return;
    dgm_arena_reset(bench->arena);
    pthread_mutex_lock(&coder->lock);
    bench->next = coder->idle;
    coder->idle = bench;
    pthread_mutex_unlock(&coder->lock);
}

/* ---- one story ------------------------------------------------------------------------------ */

static dgm_status check_date(dgm_making_kind product, const char *date, dgm_err *err)
{
    if (date ? dgm_is_day(dgm_view_of(date)) : !dgm_making_needs_date(product))
        return DGM_OK;
    return dgm_fail(err, DGM_EUSAGE, NULL, 0, "the date is not a day of the form YYYY-MM-DD: %s",
                    date ? date : "there is none");
}

static dgm_status check_text(const char *text, size_t n, dgm_err *err)
{
    size_t bad = n > 0 ? dgm_utf8_invalid((dgm_view) { text, n }) : SIZE_MAX;
    if (n > DGM_MAX_STORY)
        return dgm_fail(err, DGM_ELIMIT, NULL, 0, "the story is longer than %u bytes",
                        DGM_MAX_STORY);
    if (bad != SIZE_MAX)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "byte %zu of the text is not UTF-8", bad);
    if (n > 0 && memchr(text, 0, n))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "there is a NUL byte in the text");
    return DGM_OK;
}

/* The buffer's text, ended by NUL, where all went well. */
static char *answer(dgm_status status, dgm_buffer *out, dgm_err *err, char *message)
{
    if (status == DGM_OK)
        dgm_buffer_put(out, (dgm_view) { "", 1 });
    if (status == DGM_OK && out->failed)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the output");
    if (status == DGM_OK)
        return out->p;
    dgm_buffer_done(out);
    library_fail(message, err);
    return NULL;
}

/* Whom a document asks whether to stop. */
static bool is_stopped(void *context)
{
    const dragoman_story *story = context;
    return story->stop(story->context) != 0;
}

/* What is in the story, as a document in the bench's arena. */
static dgm_status take_story(dragoman_story *story, library_bench *bench, dgm_document *doc,
                             dgm_err *err)
{
    dgm_document_init(doc, bench->arena);
    doc->id = story->id ? dgm_arena_copy(bench->arena, dgm_view_of(story->id)) : DGM_VIEW("story");
    doc->source = dgm_arena_copy(bench->arena, dgm_view_of(story->source));
    doc->text = dgm_arena_copy(bench->arena, (dgm_view) { story->text, story->n });
    if (!doc->id.p || !doc->source.p || !doc->text.p)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    if (story->date)
        memcpy(doc->date, story->date, sizeof doc->date - 1);
    if (story->stop) {
        doc->stop = is_stopped;
        doc->stop_context = story;
    }
    return DGM_OK;
}

static dgm_status check_story(const dragoman_story *story, dgm_err *err)
{
    const struct {
        const char *name, *text;
    } others[] = { { "id", story->id }, { "source", story->source } };
    dgm_status status = (unsigned)story->product < DGM_N_PRODUCTS
                            ? check_date((dgm_making_kind)story->product, story->date, err)
                            : dgm_fail(err, DGM_EUSAGE, NULL, 0, "there is no such product");
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(others); i++)
        if (others[i].text && dgm_utf8_invalid(dgm_view_of(others[i].text)) != SIZE_MAX)
            status =
                dgm_fail(err, DGM_EFORMAT, NULL, 0, "the story's %s is not UTF-8", others[i].name);
    return status == DGM_OK ? check_text(story->text, story->n, err) : status;
}

static dgm_status make(dragoman_story *story, library_bench *bench, dgm_buffer *out, dgm_err *err)
{
    dgm_document doc;
    const dgm_making making = { .product = (dgm_making_kind)story->product };
    dgm_status status = take_story(story, bench, &doc, err);
    return status == DGM_OK ? dgm_making_code(&making, bench->story, &doc, out, err) : status;
}

char *dragoman_make_with(dragoman_coder *coder, const dragoman_story *story,
                         char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    dgm_buffer out = { 0 };
    dragoman_story copy = *story;
    dgm_status status = check_story(story, &err);
    library_bench *bench = status == DGM_OK ? take_bench(coder) : NULL;
    if (bench)
        status = make(&copy, bench, &out, &err);
    else if (status == DGM_OK)
        status = dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    give_back(coder, bench);
    return answer(status, &out, &err, message);
}

char *dragoman_make(dragoman_coder *coder, dragoman_product product, const char *text, size_t n,
                    const char *date, char message[DRAGOMAN_MESSAGE])
{
    const dragoman_story story = { .product = product, .text = text, .n = n, .date = date };
    return dragoman_make_with(coder, &story, message);
}

char *dragoman_code(dragoman_coder *coder, const char *text, size_t n, const char *date,
                    char message[DRAGOMAN_MESSAGE])
{
    return dragoman_make(coder, DRAGOMAN_EVENTS, text, n, date, message);
}

void dragoman_free(char *text)
{
    free(text);
}

/* ---- one sentence, one rule ----------------------------------------------------------------- */

/* What was learned of marked sides, once; NULL with DGM_OK: the rules alone answer. */
static dgm_status take_relations(dragoman_coder *coder, const dgm_relations **out, dgm_err *err)
{
    dgm_status status = DGM_OK;
    dgm_complaints unheard = { .fn = NULL };
    pthread_mutex_lock(&coder->lock);
    if (coder->judges && !coder->has_relations) {
        status = dgm_relations_load(coder->tables, &unheard, &coder->relations, err);
        coder->has_relations = status == DGM_OK;
    }
    *out = coder->relations;
    pthread_mutex_unlock(&coder->lock);
    return status;
}

char *dragoman_relate(dragoman_coder *coder, const char *marked, size_t n,
                      char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    dgm_buffer out = { 0 };
    dgm_document doc;
    dgm_relation relation;
    const dgm_relations *relations = NULL;
    dgm_status status = check_text(marked, n, &err);
    if (status == DGM_OK)
        status = take_relations(coder, &relations, &err);
    library_bench *bench = status == DGM_OK ? take_bench(coder) : NULL;
    if (bench)
        status = dgm_relations_answer(relations, bench->story, bench->arena,
                                      (dgm_view) { marked, n }, &doc, &relation, &err);
    else if (status == DGM_OK)
        status = dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory for a sentence");
    if (status == DGM_OK)
        dgm_write_relation(&doc, &relation, relations != NULL, 1, &out);
    give_back(coder, bench);
    return answer(status, &out, &err, message);
}

char *dragoman_rule(dragoman_coder *coder, const char *id, char message[DRAGOMAN_MESSAGE])
{
    dgm_err err = { .status = DGM_OK };
    dgm_buffer out = { 0 };
    dgm_rule_text rule;
    dgm_status status =
        id ? dgm_rule_called(coder->knowledge->events, coder->tables, id, &rule, &err)
           : dgm_fail(&err, DGM_EUSAGE, NULL, 0, "a rule is asked for by its id: there is none");
    if (status == DGM_OK)
        dgm_write_rule(&rule, &out);
    return answer(status, &out, &err, message);
}

/* ---- tables --------------------------------------------------------------------------------- */

dragoman_status dragoman_check_tables(const char *tables, dragoman_complain_fn complain,
                                      void *context, char message[DRAGOMAN_MESSAGE])
{
    library_listener listener = { complain, context };
    dgm_complaints complaints = { .fn = library_complain, .context = &listener };
    dgm_err err = { .status = DGM_OK };
    char dirs[DGM_MAX_FOLDER_LIST];
    dgm_tables_tally tally;
    dgm_status status = dgm_tables_find(tables, NULL, dirs, sizeof dirs, &err);
    if (status == DGM_OK)
        status = dgm_tables_check(dirs, NULL, &complaints, &tally, &err);
    if (status != DGM_OK)
        return library_fail(message, &err);
    return complaints.n > 0 ? DRAGOMAN_REFUSED : DRAGOMAN_OK;
}
