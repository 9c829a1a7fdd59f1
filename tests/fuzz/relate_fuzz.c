/* Any bytes as a sentence with two sides marked in it. */
#include "fuzz.h"

#include "story/relations.h"

static void check_marks(const dgm_marks *marks, dgm_view text)
{
    dgm_fuzz_claim(marks->n <= DGM_MAX_MARKS, "marks have a limit");
    for (uint32_t i = 0; i < marks->n; i++)
        dgm_fuzz_claim(marks->begin[i] <= marks->end[i] && marks->end[i] <= text.n,
                       "marks are in the text");
}

static void check(const dgm_relations *relations, dgm_story *story, dgm_view marked)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc;
    dgm_relation relation = { 0 };
    dgm_marks source = { 0 }, target = { 0 };
    dgm_err err = { 0 };
    dgm_fuzz_need(arena != NULL, "memory", NULL);
    dgm_view text = dgm_strip_marks(arena, marked, &source, &target);
    check_marks(&source, text);
    check_marks(&target, text);
    dgm_fuzz_claim(dgm_relations_answer(relations, story, arena, marked, &doc, &relation, &err) ==
                       DGM_OK,
                   "there is an answer");
    dgm_fuzz_check_document(&doc);
    dgm_fuzz_claim(relation.event == DGM_NONE || relation.event < doc.events.n,
                   "an answer's event is there");
    dgm_fuzz_claim(relation.likelihood >= 0 && relation.likelihood <= 1, "a share is a share");
    dgm_fuzz_claim(!relation.type || dgm_event_type_of(dgm_view_of(relation.type)),
                   "an answer is a type");
    dgm_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static dgm_relations *relations;
    static dgm_story *story;
    dgm_complaints quiet = { 0 };
    dgm_err err = { 0 };
    dgm_view marked = { (const char *)bytes, n };
    if (!story) {
        story = dgm_story_new(dgm_fuzz_coder());
        dgm_fuzz_need(
            story && dgm_relations_load(dgm_fuzz_path(""), &quiet, &relations, &err) == DGM_OK &&
                relations,
            "what relate learned", &err);
    }
    if (dgm_utf8_invalid(marked) == SIZE_MAX) /* as its readers see to */
        check(relations, story, marked);
    return 0;
}
