#include "story/story.h"

#include <stdlib.h>
#include <unistd.h>

const char *const dgm_required_tables[] = { "actors/agents.tsv",
                                            "actors/codes.tsv",
                                            "actors/countries.tsv",
                                            "actors/sectors.tsv",
                                            "english/conditions.tsv",
                                            "cues/eras.tsv",
                                            "cues/hedges.tsv",
                                            "english/function-words.tsv",
                                            "english/negation.tsv",
                                            "cues/operators.tsv",
                                            "cues/speech.tsv",
                                            "english/time.tsv",
                                            "codebook/cameo.tsv",
                                            "codebook/compositions.tsv",
                                            "codebook/contexts-sides.tsv",
                                            "codebook/contexts-words.tsv",
                                            "codebook/contexts.tsv",
                                            "codebook/modes.tsv",
                                            "codebook/recalls.tsv",
                                            "codebook/recodings.tsv",
                                            "codebook/types.tsv",
                                            "places/aliases.tsv",
                                            "places/abbreviations.tsv",
                                            "places/countries.tsv",
                                            "places/places.tsv",
                                            "places/regions.tsv",
                                            "english/place-words.tsv",
                                            "english/prepositions.tsv",
                                            "english/quantities.tsv",
                                            "english/classes.tsv",
                                            "rules/discards.tsv",
                                            "english/nouns.tsv",
                                            "rules/nouns.tsv",
                                            "rules/operators.tsv",
                                            "rules/verbs.tsv",
                                            "english/verbs.tsv",
                                            NULL };

struct dgm_story {
    const dgm_coder *coder;
    dgm_parser *parser;
};

/* The model and what goes with it. model_path NULL: the one beside the tables. */
static dgm_status load_syntax(const char *tables_dir, const char *model_path,
                              dgm_complaints *complaints, dgm_coder *coder, dgm_err *err)
{
    char path[4096];
    if (!model_path) {
        if (!dgm_folders_find(tables_dir, "model/english.dgm", path, sizeof path))
            return dgm_fail(err, DGM_ELIMIT, tables_dir, 0, "the path is too long");
        model_path = path;
    }
    dgm_status status = dgm_model_load(model_path, &coder->model, err);
    return status == DGM_OK ? dgm_model_load_words(coder->model, tables_dir, complaints, err)
                            : status;
}

/* Rooms with knowledge, in the order in which their complaints come. */
enum { SYNTAX, GRAMMAR, ACTORS, EVENTS, JUDGE, CLAIMS, GROUNDING, CONFIDENCE, N_ROOMS };

static dgm_status load_room(int room, const char *dirs, const char *model_path,
                            dgm_complaints *complaints, dgm_coder *coder, dgm_err *err)
{
    switch (room) {
    case SYNTAX:
        return load_syntax(dirs, model_path, complaints, coder, err);
    case GRAMMAR:
        return dgm_grammar_load(dirs, complaints, &coder->grammar, err);
    case ACTORS:
        return dgm_actors_load(dirs, complaints, &coder->actors, err);
    case EVENTS:
        return dgm_events_load(dirs, coder->grammar, complaints, &coder->events, err);
    case JUDGE:
        return dgm_judge_load(dirs, complaints, &coder->judge, err);
    case CLAIMS:
        return dgm_claims_load(dirs, complaints, &coder->claims, err);
    case GROUNDING:
        return dgm_grounding_load(dirs, complaints, &coder->grounding, err);
    default:
        return dgm_confidence_load(dirs, complaints, &coder->confidence, err);
    }
}

static dgm_status load_in_order(const char *tables_dir, const char *model_path,
                                dgm_complaints *complaints, dgm_coder *coder, dgm_err *err)
{
    dgm_status status = DGM_OK;
    for (int room = 0; room < N_ROOMS && status == DGM_OK; room++)
        status = load_room(room, tables_dir, model_path, complaints, coder, err);
    return status;
}

/* ---- side by side --------------------------------------------------------------------------- */

/* What does not depend on each other, that which takes longest first. */
enum { A_PART = 2 };
static const int parts[][A_PART] = {
    { ACTORS, N_ROOMS }, { GRAMMAR, EVENTS },    { SYNTAX, N_ROOMS },
    { JUDGE, N_ROOMS },  { GROUNDING, N_ROOMS }, { CLAIMS, CONFIDENCE },
};

typedef struct {
    const char *tables_dir, *model_path;
    dgm_coder *coder;
    bool good[DGM_LEN(parts)];
} side_by_side;

static void load_part(void *context, uint32_t i_worker, uint32_t part)
{
    side_by_side *all = context;
    dgm_complaints quiet = { 0 };
    dgm_err err = { 0 };
    dgm_status status = DGM_OK;
    (void)i_worker;
    for (size_t i = 0; i < A_PART && parts[part][i] != N_ROOMS && status == DGM_OK; i++)
        status =
            load_room(parts[part][i], all->tables_dir, all->model_path, &quiet, all->coder, &err);
    all->good[part] = status == DGM_OK && quiet.n == 0;
}

/* All rooms at once, over up to four threads; false: something is wrong with a table, and it is not
 * said what. */
static bool load_side_by_side(const char *tables_dir, const char *model_path, dgm_coder *coder)
{
    enum { MOST = 4 };
    side_by_side all = { .tables_dir = tables_dir, .model_path = model_path, .coder = coder };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 2)
        return false;
    dgm_parallel(cores < MOST ? (uint32_t)cores : MOST, DGM_LEN(parts), load_part, &all);
    bool good = true;
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        good = good && all.good[i];
    return good;
}

/* ---- the coder ------------------------------------------------------------------------------ */

static void release(dgm_coder *coder)
{
    dgm_confidence_free(coder->confidence);
    dgm_grounding_free(coder->grounding);
    dgm_claims_free(coder->claims);
    dgm_judge_free(coder->judge);
    dgm_events_free(coder->events);
    dgm_actors_free(coder->actors);
    dgm_grammar_free(coder->grammar);
    dgm_model_free(coder->model);
    *coder = (dgm_coder) { 0 };
}

dgm_status dgm_coder_load_syntax(const char *tables_dir, const char *model_path,
                                 dgm_complaints *complaints, dgm_coder **out, dgm_err *err)
{
    size_t n_before = complaints ? complaints->n : 0;
    dgm_coder *coder = calloc(1, sizeof(*coder));
    if (!coder)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    dgm_status status = load_syntax(tables_dir, model_path, complaints, coder, err);
    if (status != DGM_OK) {
        dgm_coder_free(coder);
        return status;
    }
    coder->n_complaints = complaints ? complaints->n - n_before : 0;
    *out = coder;
    return DGM_OK;
}

/* Tables that are right are loaded side by side. Otherwise all is loaded again, one after the
 * other, so that complaints come in their order. */
dgm_status dgm_coder_load(const char *tables_dir, const char *model_path,
                          dgm_complaints *complaints, dgm_coder **out, dgm_err *err)
{
    size_t n_before = complaints ? complaints->n : 0;
    dgm_coder *coder = calloc(1, sizeof(*coder));
    dgm_status status = DGM_OK;
    if (!coder)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    if (!load_side_by_side(tables_dir, model_path, coder)) {
        release(coder);
        status = load_in_order(tables_dir, model_path, complaints, coder, err);
    }
    if (status != DGM_OK) {
        dgm_coder_free(coder);
        return status;
    }
    dgm_folders_strays(tables_dir, complaints);
    coder->judged = DGM_JUDGE_TYPES | DGM_JUDGE_SIDES;
    coder->n_complaints = complaints ? complaints->n - n_before : 0;
    *out = coder;
    return DGM_OK;
}

void dgm_coder_free(dgm_coder *coder)
{
    if (!coder)
        return;
    release(coder);
    free(coder);
}

dgm_story *dgm_story_new(const dgm_coder *coder)
{
    dgm_story *story = calloc(1, sizeof(*story));
    if (!story)
        return NULL;
    story->coder = coder;
    story->parser = dgm_parser_new(coder->model);
    if (!story->parser) {
        dgm_story_free(story);
        return NULL;
    }
    return story;
}

void dgm_story_free(dgm_story *story)
{
    if (!story)
        return;
    dgm_parser_free(story->parser);
    free(story);
}

const dgm_coder *dgm_story_coder(const dgm_story *story)
{
    return story->coder;
}

/* A room may have gone on without some memory. */
static dgm_status whole(dgm_status status, const dgm_document *doc, dgm_err *err)
{
    if (status != DGM_OK || !dgm_arena_failed(doc->arena))
        return status;
    return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the story");
}

/* What a room gave, unless it was told to stop, or all is to stop after it. */
static dgm_status unless_stopped(dgm_status status, dgm_document *doc, dgm_err *err)
{
    return dgm_stopped(doc) ? dgm_fail(err, DGM_ESTOPPED, NULL, 0, "stopped by the caller")
                            : status;
}

static dgm_status parse(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    if (doc->sentences.n > 0)
        return DGM_OK;
    dgm_status status = unless_stopped(dgm_segment(story->parser, doc, err), doc, err);
    return status == DGM_OK ? whole(dgm_parse(story->parser, doc, err), doc, err) : status;
}

dgm_status dgm_story_parse(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    return unless_stopped(parse(story, doc, err), doc, err);
}

void dgm_story_parse_all(dgm_story *story, dgm_document *docs, uint32_t n, dgm_status *statuses,
                         dgm_err *errs)
{
    dgm_document *to_parse[DGM_TOGETHER] = { NULL };
    uint32_t n_to_parse = 0, places[DGM_TOGETHER];
    for (uint32_t i = 0; i < n; i++) {
        bool parsed = docs[i].sentences.n > 0;
        statuses[i] = parsed ? DGM_OK
                             : unless_stopped(dgm_segment(story->parser, &docs[i], &errs[i]),
                                              &docs[i], &errs[i]);
        if (!parsed && statuses[i] == DGM_OK) {
            places[n_to_parse] = i;
            to_parse[n_to_parse++] = &docs[i];
        }
    }
    dgm_err err = { .status = DGM_OK };
    dgm_status status = dgm_parse_all(story->parser, to_parse, n_to_parse, &err);
    for (uint32_t i = 0; i < n_to_parse; i++) {
        dgm_err *own = &errs[places[i]];
        if (status != DGM_OK)
            *own = err;
        statuses[places[i]] = unless_stopped(whole(status, to_parse[i], own), to_parse[i], own);
    }
}

/* Up to the events as the rules find them. */
static dgm_status find_events(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    const dgm_coder *coder = story->coder;
    dgm_status status = dgm_story_parse(story, doc, err);
    if (status == DGM_OK)
        status = dgm_grammar_read(coder->grammar, doc, err);
    if (status == DGM_OK)
        status = dgm_actors_find(coder->actors, doc, err);
    if (status == DGM_OK)
        status = dgm_events_find(coder->events, doc, err);
    return whole(status, doc, err);
}

dgm_status dgm_story_find_events(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    return unless_stopped(find_events(story, doc, err), doc, err);
}

static dgm_status code(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    const dgm_coder *coder = story->coder;
    dgm_status status = find_events(story, doc, err);
    if (status == DGM_OK && coder->judge)
        status =
            dgm_judge_events(coder->judge, coder->model, coder->events, doc, coder->judged, err);
    if (status == DGM_OK)
        status = dgm_claims_find(coder->claims, doc, err);
    if (status == DGM_OK)
        status = dgm_grounding_find(coder->grounding, doc, err);
    if (status == DGM_OK && coder->confidence)
        dgm_confidence_set(coder->confidence, doc);
    return whole(status, doc, err);
}

dgm_status dgm_story_code(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    return unless_stopped(code(story, doc, err), doc, err);
}
