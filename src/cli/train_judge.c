/* dragoman train judge: learns from stories that were coded by hand which events rules miss or
 * invent, and whose events are. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    dgm_story *story;
    dgm_lessons *lessons;
    uint32_t aside; /* ids with CRC-32 % aside == 0 are left out; 0: none */
    uint32_t n, n_aside;
    dgm_err err;
} teaching;

/* Whether the story is kept aside; else *group is its number among the others. */
static bool is_aside(const teaching *t, dgm_view id, uint32_t *group)
{
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)id.p, (uInt)id.n);
    *group = t->aside ? crc / t->aside : crc;
    return t->aside && crc % t->aside == 0;
}

static dgm_status teach(teaching *t, dgm_document *doc, dgm_view gold, const char *file,
                        size_t line)
{
    uint32_t group;
    if (is_aside(t, doc->id, &group)) {
        t->n_aside++;
        return DGM_OK;
    }
    t->n++;
    dgm_status status = dgm_story_find_events(t->story, doc, &t->err);
    return status == DGM_OK ? dgm_lessons_add(t->lessons, doc, gold, file, line, group, &t->err)
                            : status;
}

/* NAME.gold.json beside NAME.txt. */
static dgm_status teach_file(teaching *t, const char *gold, dgm_arena *arena)
{
    enum { LARGEST = 16 << 20 };
    char path[4096], *bytes = NULL;
    size_t n = 0, stem = strlen(gold) - strlen(".gold.json");
    dgm_reader *reader = NULL;
    dgm_document doc;
    dgm_complaints complaints = dgm_cli_complaints();
    dgm_reader_options options = { .complaints = &complaints };
    int length = snprintf(path, sizeof path, "%.*s.txt", (int)stem, gold);
    if (length < 0 || (size_t)length >= sizeof path)
        return dgm_fail(&t->err, DGM_ELIMIT, gold, 0, "the path is too long");
    dgm_status status = dgm_file_read(gold, LARGEST, &bytes, &n, &t->err);
    if (status == DGM_OK)
        status = dgm_reader_open(path, &options, &reader, &t->err);
    if (status == DGM_OK)
        status = dgm_reader_next(reader, arena, &doc, &t->err);
    if (status == DGM_END)
        status = dgm_fail(&t->err, DGM_EFORMAT, path, 0, "has no story");
    if (status == DGM_OK)
        status = teach(t, &doc, (dgm_view) { bytes, n }, gold, 0);
    dgm_reader_free(reader);
    free(bytes);
    return status;
}

static dgm_view text_of(dgm_arena *arena, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return dgm_arena_copy(arena, dgm_view_of(text ? text : ""));
}

/* One story a line with its text: coded where it has "events", else a story in which nothing
 * political happens. */
static dgm_status teach_line(teaching *t, dgm_view line, const char *file, size_t number,
                             dgm_arena *arena)
{
    json_error_t error;
    dgm_document doc;
    json_t *root = json_loadb(line.p, line.n, 0, &error);
    if (!json_is_string(json_object_get(root, "text"))) {
        json_decref(root);
        return dgm_fail(&t->err, DGM_EFORMAT, file, number, "is no story: %s",
                        root ? "it has no \"text\"" : error.text);
    }
    dgm_document_init(&doc, arena);
    doc.text = text_of(arena, root, "text");
    doc.id = text_of(arena, root, json_object_get(root, "doc") ? "doc" : "id");
    dgm_view date = text_of(arena, root, "date");
    memcpy(doc.date, date.p, DGM_MIN(date.n, sizeof doc.date - 1));
    bool coded = json_object_get(root, "events") != NULL;
    json_decref(root);
    return teach(t, &doc, coded ? line : (dgm_view) { "", 0 }, file, number);
}

static dgm_status teach_lines(teaching *t, const char *path, dgm_arena *arena)
{
    enum { LARGEST = 1 << 30 };
    char *bytes = NULL;
    size_t n = 0, number = 0;
    dgm_status status = dgm_file_read(path, LARGEST, &bytes, &n, &t->err);
    dgm_view rest = { bytes, n }, line;
    while (status == DGM_OK && dgm_view_split(&rest, '\n', &line)) {
        number++;
        if (dgm_view_trim(line).n)
            status = teach_line(t, line, path, number, arena);
        dgm_arena_reset(arena);
    }
    free(bytes);
    return status;
}

static bool number_of(const dgm_arguments *arguments, const char *name, uint32_t *out)
{
    const char *text = dgm_option_value(arguments, name);
    uint64_t value = 0;
    if (text && (!dgm_parse_u64(dgm_view_of(text), &value) || value > 1000))
        return false;
    *out = (uint32_t)value;
    return true;
}

static int train_judge(const dgm_arguments *arguments)
{
    uint32_t folds, fold, jobs;
    teaching t = { .n = 0 };
    if (!number_of(arguments, "aside", &t.aside) || !number_of(arguments, "folds", &folds) ||
        !number_of(arguments, "fold", &fold) || !number_of(arguments, "jobs", &jobs)) {
        (void)dgm_fail(&t.err, DGM_EUSAGE, NULL, 0, "--aside, --folds, --fold, --jobs: a number");
        return dgm_cli_usage(arguments, &t.err);
    }
    dgm_coder *coder = dgm_cli_load(arguments);
    if (!coder)
        return DGM_EXIT_USAGE;
    dgm_arena *arena = dgm_arena_new();
    t.story = dgm_story_new(coder);
    t.lessons = dgm_lessons_new(coder->events);
    dgm_status status =
        arena && t.story && t.lessons ? DGM_OK : dgm_fail(&t.err, DGM_ENOMEM, NULL, 0, "no memory");
    for (uint32_t i = 0; i < arguments->n_operands && status == DGM_OK; i++) {
        const char *path = arguments->operands[i];
        status = dgm_view_ends(dgm_view_of(path), DGM_VIEW(".gold.json"))
                     ? teach_file(&t, path, arena)
                     : teach_lines(&t, path, arena);
        dgm_arena_reset(arena);
    }
    fprintf(stderr, "%u stories, %u kept aside\n", t.n, t.n_aside);
    if (status == DGM_OK)
        status = dgm_lessons_learn(t.lessons, dgm_option_value(arguments, "output"), folds, fold,
                                   jobs, &t.err);
    dgm_lessons_free(t.lessons);
    dgm_story_free(t.story);
    dgm_arena_free(arena);
    dgm_coder_free(coder);
    if (status == DGM_OK)
        return DGM_EXIT_OK;
    dgm_cli_say(&t.err);
    return DGM_EXIT_USAGE;
}

static const dgm_option options[] = {
    { 'o', "output", "DIR", "write judge.tsv and sides.tsv into DIR", "." },
    { 0, "aside", "N", "leave out stories whose id has a CRC-32 divisible by N", "0" },
    { 0, "folds", "N", "leave out one of N parts of the others too, to measure on it", "0" },
    { 0, "fold", "N", "which part that is, from 0", "0" },
    DGM_OPTION_JOBS,
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
};

const dgm_command dgm_command_train_judge = {
    .name = "train judge",
    .operands = "FILE...",
    .summary = "Learn from coded stories what rules miss or invent, and whose events are",
    .more =
        "A FILE is NAME.gold.json, with its story in NAME.txt, or JSON Lines of stories with\n"
        "\"id\" or \"doc\", \"date\", \"text\" and, where they were coded, \"events\"; stories\n"
        "without it are taken as news in which nothing political happens.\n"
        "The tables go to model/ of the tables of knowledge.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = train_judge,
};
