/* Reading stories that were coded by hand. */
#include "cli/coded.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LARGEST = 1 << 30 };

typedef struct {
    dgm_coded_choice *choice;
    bool all; /* of this file none is aside */
    dgm_coded_fn fn;
    void *context;
    dgm_arena *arena; /* of one story */
} walk;

static bool number_of(const dgm_arguments *arguments, const char *name, uint32_t *out)
{
    const char *text = dgm_option_value(arguments, name);
    uint64_t value = 0;
    if (text && (!dgm_parse_u64(dgm_view_of(text), &value) || value > 1000))
        return false;
    *out = (uint32_t)value;
    return true;
}

static bool read_choice(const dgm_arguments *arguments, dgm_coded_choice *out)
{
    dgm_err err = { 0 };
    out->all_of = dgm_option_value(arguments, "all-of");
    if (number_of(arguments, "aside", &out->aside) && number_of(arguments, "folds", &out->folds) &&
        number_of(arguments, "fold", &out->fold) && (!out->folds || out->fold < out->folds))
        return true;
    (void)dgm_fail(&err, DGM_EUSAGE, NULL, 0,
                   "--aside, --folds and --fold are numbers up to 1000, the last below --folds");
    dgm_cli_usage(arguments, &err);
    return false;
}

static bool counts(dgm_coded_choice *c, dgm_view id, bool all)
{
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)id.p, (uInt)id.n);
    uint32_t group = c->aside ? crc / c->aside : crc;
    bool aside = c->aside && crc % c->aside == 0 && !all;
    bool in_fold = c->folds && group % c->folds == c->fold;
    bool good = !aside && (!c->folds || in_fold == c->only_fold);
    *(good ? &c->n : &c->n_left_out) += 1;
    return good;
}

static dgm_status tell(walk *w, dgm_document *doc, dgm_view gold, const char *file, size_t line,
                       dgm_err *err)
{
    return counts(w->choice, doc->id, w->all) ? w->fn(w->context, doc, gold, file, line, err)
                                              : DGM_OK;
}

static dgm_status read_pair(walk *w, const char *gold, dgm_err *err)
{
    char path[4096], *bytes = NULL;
    size_t n = 0, stem = strlen(gold) - strlen(".gold.json");
    dgm_reader *reader = NULL;
    dgm_document doc;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_reader_options options = { .complaints = &complaints };
    int length = snprintf(path, sizeof path, "%.*s.txt", (int)stem, gold);
    if (length < 0 || (size_t)length >= sizeof path)
        return dgm_fail(err, DGM_ELIMIT, gold, 0, "the path is too long");
    dgm_status status = dgm_file_read(gold, LARGEST, &bytes, &n, err);
    if (status == DGM_OK)
        status = dgm_reader_open(path, &options, &reader, err);
    if (status == DGM_OK)
        status = dgm_reader_next(reader, w->arena, &doc, err);
    if (status == DGM_END)
        status = dgm_fail(err, DGM_EFORMAT, path, 0, "has no story");
    if (status == DGM_OK)
        status = tell(w, &doc, (dgm_view) { bytes, n }, gold, 0, err);
    dgm_reader_free(reader);
    free(bytes);
    return status;
}

static dgm_view text_of(dgm_arena *arena, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return dgm_arena_copy(arena, dgm_view_of(text ? text : ""));
}

static dgm_status read_line(walk *w, dgm_view line, const char *file, size_t number, dgm_err *err)
{
    json_error_t error;
    dgm_document doc;
    json_t *root = json_loadb(line.p, line.n, 0, &error);
    if (!json_is_string(json_object_get(root, "text"))) {
        json_decref(root);
        return dgm_fail(err, DGM_EFORMAT, file, number, "not a story: %s",
                        root ? "it has no \"text\"" : error.text);
    }
    dgm_document_init(&doc, w->arena);
    doc.text = text_of(w->arena, root, "text");
    doc.id = text_of(w->arena, root, json_object_get(root, "doc") ? "doc" : "id");
    dgm_view date = text_of(w->arena, root, "date");
    memcpy(doc.date, date.p, DGM_MIN(date.n, sizeof doc.date - 1));
    bool coded = json_object_get(root, "events") != NULL;
    json_decref(root);
    if (dgm_arena_failed(w->arena))
        return dgm_fail(err, DGM_ENOMEM, file, number, "no memory for a story");
    return tell(w, &doc, coded ? line : (dgm_view) { "", 0 }, file, number, err);
}

static dgm_status read_lines(walk *w, const char *path, dgm_err *err)
{
    char *bytes = NULL;
    size_t n = 0, number = 0;
    dgm_status status = dgm_file_read(path, LARGEST, &bytes, &n, err);
    dgm_view rest = { bytes, n }, line;
    while (status == DGM_OK && dgm_view_split(&rest, '\n', &line)) {
        number++;
        if (dgm_view_trim(line).n)
            status = read_line(w, line, path, number, err);
        dgm_arena_reset(w->arena);
    }
    free(bytes);
    return status;
}

/* The path as it was written: "stories/a.gold.json" is in "stories" and in "stories/". */
static bool is_in(const char *path, const char *folder)
{
    size_t n = folder ? dgm_folder_bare(dgm_view_of(folder)).n : 0;
    return n > 0 && strncmp(path, folder, n) == 0 && path[n] == '/';
}

dgm_status dgm_cli_each_coded(const char *path, dgm_coded_choice *choice, dgm_coded_fn fn,
                              void *context, dgm_err *err)
{
    walk w = { .choice = choice,
               .all = is_in(path, choice->all_of),
               .fn = fn,
               .context = context,
               .arena = dgm_arena_new() };
    if (!w.arena)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for a story");
    dgm_status status = dgm_view_ends(dgm_view_of(path), DGM_VIEW(".gold.json"))
                            ? read_pair(&w, path, err)
                            : read_lines(&w, path, err);
    dgm_arena_free(w.arena);
    return status;
}

bool dgm_cli_coded_begin(const dgm_arguments *arguments, dgm_coded *out)
{
    dgm_err err = { 0 };
    if (!read_choice(arguments, &out->choice))
        return false;
    out->coder = dgm_cli_load(arguments);
    if (!out->coder)
        return false;
    out->story = dgm_story_new(out->coder);
    if (out->story)
        return true;
    (void)dgm_fail(&err, DGM_ENOMEM, NULL, 0, "no memory");
    dgm_cli_say(&err);
    dgm_coder_free(out->coder);
    return false;
}

dgm_status dgm_cli_coded_walk(dgm_coded *coded, const dgm_arguments *arguments, dgm_coded_fn fn,
                              void *context, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (uint32_t i = 0; i < arguments->n_operands && status == DGM_OK; i++)
        status = dgm_cli_each_coded(arguments->operands[i], &coded->choice, fn, context, err);
    return status;
}

int dgm_cli_coded_end(dgm_coded *coded, dgm_status status, const dgm_err *err)
{
    int code = dgm_cli_exit_code(coded->coder, DGM_EXIT_OK);
    dgm_story_free(coded->story);
    dgm_coder_free(coded->coder);
    if (status == DGM_OK)
        return code;
    dgm_cli_say(err);
    return DGM_EXIT_USAGE;
}
