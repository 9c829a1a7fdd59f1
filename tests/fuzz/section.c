/* Sections of the small model, in which bytes are overwritten, at work. */
#include "section.h"

#include "syntax/model.h"

#include <stdlib.h>

static const char news[] =
    "GENEVA, March 6 (Wire) - Gen. Ali isn't here: \"We left,\" he said at 3 a.m. Monday.\n\n"
    "Turkey's foreign minister denied that its army had shelled two villages; it's 5%.";

const dgm_model *dgm_fuzz_model(void)
{
    return dgm_fuzz_coder()->model;
}

dgm_view dgm_fuzz_section(const char *name)
{
    dgm_view section = dgm_model_file_section(dgm_fuzz_model()->file, dgm_view_of(name));
    dgm_fuzz_need(section.p != NULL, name, NULL);
    return section;
}

void dgm_fuzz_parse(const dgm_model *model)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_parser *parser = dgm_parser_new(model);
    dgm_document doc;
    dgm_err err = { 0 };
    dgm_fuzz_need(arena && parser, "memory", NULL);
    dgm_document_init(&doc, arena);
    doc.text = dgm_view_of(news);
    dgm_fuzz_claim(dgm_segment(parser, &doc, &err) == DGM_OK &&
                       dgm_parse(parser, &doc, &err) == DGM_OK,
                   "a model that was read can parse");
    dgm_fuzz_check_words(&doc);
    dgm_parser_free(parser);
    dgm_arena_free(arena);
}
