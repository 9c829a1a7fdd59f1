/* Any bytes as a table of one's own over those of knowledge/few, which the first byte chooses: bad
 * rows are complained of with file and line, and stories are coded with what is left. */
#include "fuzz.h"

#include "syntax/model.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef enum { GRAMMAR, ACTORS, EVENTS, CLAIMS, GROUNDING, JUDGE, CONFIDENCE, WORDS } room;

/* Tables, and the room that reads them. */
static const struct {
    const char *name;
    room room;
} tables[] = {
    { "actors/agents.tsv", ACTORS },
    { "actors/codes.tsv", ACTORS },
    { "actors/countries.tsv", ACTORS },
    { "actors/groups.tsv", ACTORS },
    { "actors/offices.tsv", ACTORS },
    { "actors/organisations.tsv", ACTORS },
    { "actors/sectors.tsv", ACTORS },
    { "codebook/cameo.tsv", EVENTS },
    { "codebook/compositions.tsv", EVENTS },
    { "codebook/contexts-sides.tsv", EVENTS },
    { "codebook/contexts-words.tsv", EVENTS },
    { "codebook/contexts.tsv", EVENTS },
    { "codebook/modes.tsv", EVENTS },
    { "codebook/recalls.tsv", EVENTS },
    { "codebook/recodings.tsv", EVENTS },
    { "codebook/types.tsv", EVENTS },
    { "cues/eras.tsv", CLAIMS },
    { "cues/hedges.tsv", CLAIMS },
    { "cues/operators.tsv", CLAIMS },
    { "cues/speech.tsv", CLAIMS },
    { "english/classes.tsv", EVENTS },
    { "english/conditions.tsv", GRAMMAR },
    { "english/connotation.tsv", JUDGE },
    { "english/function-words.tsv", GRAMMAR },
    { "english/negation.tsv", GRAMMAR },
    { "english/nouns.tsv", EVENTS },
    { "english/people.tsv", ACTORS },
    { "english/place-words.tsv", GROUNDING },
    { "english/prepositions.tsv", GROUNDING },
    { "english/quantities.tsv", GROUNDING },
    { "english/stand-ins.tsv", WORDS },
    { "english/time.tsv", GROUNDING },
    { "english/verbs.tsv", WORDS },
    { "model/confidence.tsv", CONFIDENCE },
    { "model/judge.tsv", JUDGE },
    { "model/parties.tsv", JUDGE },
    { "model/sides.tsv", JUDGE },
    { "places/abbreviations.tsv", GROUNDING },
    { "places/aliases.tsv", GROUNDING },
    { "places/countries.tsv", GROUNDING },
    { "places/places.tsv", GROUNDING },
    { "places/regions.tsv", GROUNDING },
    { "rules/discards.tsv", EVENTS },
    { "rules/nouns.tsv", EVENTS },
    { "rules/operators.tsv", EVENTS },
    { "rules/verbs.tsv", EVENTS },
};

static void complain(void *context, const dgm_err *err)
{
    (void)context;
    dgm_fuzz_claim(err->file[0] && err->msg[0], "a complaint says where and what");
    dgm_fuzz_claim(dgm_utf8_invalid(dgm_view_of(err->msg)) == SIZE_MAX, "a complaint is text");
}

static dgm_status load(room which, const char *dirs, dgm_complaints *complaints, dgm_coder *own,
                       dgm_err *err)
{
    dgm_status status;
    switch (which) {
    case GRAMMAR:
    case EVENTS:
        status = dgm_grammar_load(dirs, complaints, &own->grammar, err);
        return status != DGM_OK
                   ? status
                   : dgm_events_load(dirs, own->grammar, complaints, &own->events, err);
    case ACTORS:
        return dgm_actors_load(dirs, complaints, &own->actors, err);
    case CLAIMS:
        return dgm_claims_load(dirs, complaints, &own->claims, err);
    case GROUNDING:
        return dgm_grounding_load(dirs, complaints, &own->grounding, err);
    case JUDGE:
        return dgm_judge_load(dirs, complaints, &own->judge, err);
    case CONFIDENCE:
        return dgm_confidence_load(dirs, complaints, &own->confidence, err);
    default:
        return dgm_model_load_words(own->model, dirs, complaints, err);
    }
}

/* What is the room's own stands in place of the coder's. */
static void join(dgm_coder *coder, const dgm_coder *own)
{
    coder->model = own->model;
    coder->grammar = own->grammar ? own->grammar : coder->grammar;
    coder->events = own->events ? own->events : coder->events;
    coder->actors = own->actors ? own->actors : coder->actors;
    coder->claims = own->claims ? own->claims : coder->claims;
    coder->grounding = own->grounding ? own->grounding : coder->grounding;
    coder->judge = own->judge ? own->judge : coder->judge;
    coder->confidence = own->confidence ? own->confidence : coder->confidence;
}

/* The model is the coder's, but for its words. */
static void release(dgm_coder *own)
{
    if (own->model->morphology != dgm_fuzz_coder()->model->morphology)
        dgm_morphology_free(own->model->morphology);
    if (own->model->stand_ins != dgm_fuzz_coder()->model->stand_ins)
        dgm_stand_ins_free(own->model->stand_ins);
    own->model = NULL;
    dgm_coder_free(own);
}

static void use(const dgm_coder *coder)
{
    dgm_document doc;
    dgm_err err = { 0 };
    dgm_arena *arena = dgm_arena_new();
    dgm_story *story = dgm_story_new(coder);
    dgm_fuzz_need(arena && story, "memory", NULL);
    dgm_document_init(&doc, arena);
    doc.text = DGM_VIEW("On Friday the Turkish foreign minister denied that its army had shelled "
                        "two villages near Barda, killing 20 people.");
    memcpy(doc.date, "2020-10-02", sizeof doc.date);
    dgm_fuzz_claim(dgm_story_code(story, &doc, &err) == DGM_OK, "a story can be coded");
    dgm_fuzz_check_document(&doc);
    dgm_story_free(story);
    dgm_arena_free(arena);
}

static void try_table(size_t i, const char *dirs)
{
    dgm_complaints complaints = { .fn = complain };
    dgm_coder coder = *dgm_fuzz_coder(), *own = calloc(1, sizeof *own);
    dgm_model model = *coder.model;
    dgm_err err = { 0 };
    dgm_fuzz_need(own != NULL, "memory", NULL);
    own->model = &model;
    if (tables[i].room == WORDS) {
        model.morphology = NULL;
        model.stand_ins = NULL;
    }
    if (load(tables[i].room, dirs, &complaints, own, &err) == DGM_OK) {
        join(&coder, own);
        use(&coder);
    } else {
        dgm_fuzz_claim(err.msg[0], "a failure says why");
    }
    release(own);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char *const folders[] = { "actors", "codebook", "cues", "english",
                                           "model",  "places",   "rules" };
    static bool made;
    dgm_fuzz_input in = { bytes, n };
    size_t i = dgm_fuzz_take(&in, 1) % DGM_LEN(tables);
    char dirs[DGM_MAX_FOLDER_LIST];
    for (size_t k = 0; k < DGM_LEN(folders) && !made; k++)
        dgm_fuzz_need(mkdir(dgm_fuzz_own(folders[k]), 0700) == 0, folders[k], NULL);
    made = true;
    (void)snprintf(dirs, sizeof dirs, "%s:%s", dgm_fuzz_path("few"), dgm_fuzz_own(""));
    dgm_fuzz_write(dgm_fuzz_own(tables[i].name), dgm_fuzz_rest(&in));
    try_table(i, dirs);
    (void)remove(dgm_fuzz_own(tables[i].name));
    return 0;
}
