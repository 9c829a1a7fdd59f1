#include "syntax/syntax.h"

#include <stdlib.h>

struct dgm_model {
    int unused;
};
struct dgm_parser {
    const dgm_model *model;
};

dgm_status dgm_model_load(const char *path, dgm_model **out, dgm_err *err)
{
    (void)path;
    *out = calloc(1, sizeof(**out));
    return *out ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
}

void dgm_model_free(dgm_model *model)
{
    free(model);
}

dgm_parser *dgm_parser_new(const dgm_model *model)
{
    dgm_parser *parser = calloc(1, sizeof(*parser));
    if (parser)
        parser->model = model;
    return parser;
}

void dgm_parser_free(dgm_parser *parser)
{
    free(parser);
}

dgm_status dgm_segment(dgm_parser *parser, dgm_document *doc, dgm_err *err)
{
    (void)parser;
    (void)doc;
    (void)err;
    return DGM_OK;
}

dgm_status dgm_parse(dgm_parser *parser, dgm_document *doc, dgm_err *err)
{
    (void)parser;
    (void)doc;
    (void)err;
    return DGM_OK;
}
