#include "story/story.h"

#include <stdlib.h>

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

static dgm_status load_tables(const char *tables_dir, dgm_complaints *complaints, dgm_coder *coder,
                              dgm_err *err)
{
    dgm_status status = dgm_grammar_load(tables_dir, complaints, &coder->grammar, err);
    if (status == DGM_OK)
        status = dgm_actors_load(tables_dir, complaints, &coder->actors, err);
    if (status == DGM_OK)
        status = dgm_events_load(tables_dir, coder->grammar, complaints, &coder->events, err);
    if (status == DGM_OK)
        status = dgm_judge_load(tables_dir, complaints, &coder->judge, err);
    coder->judged = DGM_JUDGE_TYPES | DGM_JUDGE_SIDES;
    if (status == DGM_OK)
        status = dgm_claims_load(tables_dir, complaints, &coder->claims, err);
    if (status == DGM_OK)
        status = dgm_grounding_load(tables_dir, complaints, &coder->grounding, err);
    if (status == DGM_OK)
        status = dgm_confidence_load(tables_dir, complaints, &coder->confidence, err);
    return status;
}

dgm_status dgm_coder_load_syntax(const char *tables_dir, const char *model_path,
                                 dgm_complaints *complaints, dgm_coder **out, dgm_err *err)
{
    char path[4096];
    if (!model_path) {
        if (!dgm_folders_find(tables_dir, "model/english.dgm", path, sizeof path))
            return dgm_fail(err, DGM_ELIMIT, tables_dir, 0, "the path is too long");
        model_path = path;
    }
    size_t n_before = complaints ? complaints->n : 0;
    dgm_coder *coder = calloc(1, sizeof(*coder));
    if (!coder)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the coder");
    dgm_status status = dgm_model_load(model_path, &coder->model, err);
    if (status == DGM_OK)
        status = dgm_model_load_words(coder->model, tables_dir, complaints, err);
    if (status != DGM_OK) {
        dgm_coder_free(coder);
        return status;
    }
    coder->n_complaints = complaints ? complaints->n - n_before : 0;
    *out = coder;
    return DGM_OK;
}

dgm_status dgm_coder_load(const char *tables_dir, const char *model_path,
                          dgm_complaints *complaints, dgm_coder **out, dgm_err *err)
{
    size_t n_before = complaints ? complaints->n : 0;
    dgm_coder *coder = NULL;
    dgm_status status = dgm_coder_load_syntax(tables_dir, model_path, complaints, &coder, err);
    if (status == DGM_OK)
        status = load_tables(tables_dir, complaints, coder, err);
    if (status == DGM_OK)
        dgm_folders_strays(tables_dir, complaints);
    if (status != DGM_OK) {
        dgm_coder_free(coder);
        return status;
    }
    coder->n_complaints = complaints ? complaints->n - n_before : 0;
    *out = coder;
    return DGM_OK;
}

void dgm_coder_free(dgm_coder *coder)
{
    if (!coder)
        return;
    dgm_confidence_free(coder->confidence);
    dgm_grounding_free(coder->grounding);
    dgm_claims_free(coder->claims);
    dgm_judge_free(coder->judge);
    dgm_events_free(coder->events);
    dgm_actors_free(coder->actors);
    dgm_grammar_free(coder->grammar);
    dgm_model_free(coder->model);
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

dgm_status dgm_story_parse(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    if (doc->sentences.n > 0)
        return DGM_OK;
    dgm_status status = dgm_segment(story->parser, doc, err);
    return status == DGM_OK ? dgm_parse(story->parser, doc, err) : status;
}

dgm_status dgm_story_find_events(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    const dgm_coder *coder = story->coder;
    dgm_status status = dgm_story_parse(story, doc, err);
    if (status == DGM_OK)
        status = dgm_grammar_read(coder->grammar, doc, err);
    if (status == DGM_OK)
        status = dgm_actors_find(coder->actors, doc, err);
    if (status == DGM_OK)
        status = dgm_events_find(coder->events, doc, err);
    return status;
}

dgm_status dgm_story_code(dgm_story *story, dgm_document *doc, dgm_err *err)
{
    const dgm_coder *coder = story->coder;
    dgm_status status = dgm_story_find_events(story, doc, err);
    if (status == DGM_OK && coder->judge)
        status =
            dgm_judge_events(coder->judge, coder->model, coder->events, doc, coder->judged, err);
    if (status == DGM_OK)
        status = dgm_claims_find(coder->claims, doc, err);
    if (status == DGM_OK)
        status = dgm_grounding_find(coder->grounding, doc, err);
    if (status == DGM_OK && coder->confidence)
        dgm_confidence_set(coder->confidence, doc);
    return status;
}
