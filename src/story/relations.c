/* The class of a relation: the learned scores and what the rules answer, weighed together. */
#include "story/relations.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct dgm_relations {
    dgm_linear *classes;
};

dgm_status dgm_relations_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_relations **out, dgm_err *err)
{
    *out = NULL;
    dgm_relations *relations = calloc(1, sizeof(*relations));
    if (!relations)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the learned relations");
    dgm_status status = dgm_linear_load(tables_dir, "model/relate.tsv", dgm_relation_names,
                                        DGM_N_RELATIONS, complaints, &relations->classes, err);
    if (status == DGM_OK && relations->classes)
        *out = relations;
    else
        dgm_relations_free(relations);
    return status;
}

void dgm_relations_free(dgm_relations *relations)
{
    if (!relations)
        return;
    dgm_linear_free(relations->classes);
    free(relations);
}

/* Thousandths, for what stands behind the rules' answer: chosen by cross-validation over all rows
 * (docs/measurements.md), not on those that rules were written on. */
static int32_t bonus_of(const dgm_event *e)
{
    return e->operator_rule.n         ? 3000
           : !e->cameo[0]             ? 1000 /* a fallback of the type */
           : e->evidence.n_asked == 0 ? 2000 /* by its word alone */
                                      : 2500;
}

static double likelihood_of(const int32_t *scores, uint32_t best)
{
    double sum = 0;
    for (uint32_t i = 0; i < DGM_N_RELATIONS; i++)
        sum += exp((scores[i] - scores[best]) / 1000.0);
    return 1 / sum;
}

/* Among the rules' events of a class, the one that joins the two best. */
static void take_class(const dgm_story *story, const dgm_document *doc, const dgm_marked *pair,
                       uint32_t class, uint32_t i_event, dgm_relation *out)
{
    const char *name = dgm_relation_names[class];
    if (out->rule_type && dgm_relation_of(dgm_view_of(out->rule_type)) == class) {
        out->type = out->rule_type;
        out->event = i_event;
        return;
    }
    out->event = dgm_relate_best(story, doc, pair, name);
    if (out->event != DGM_NONE)
        out->type = dgm_relation_class(story, doc, &doc->events.at[out->event]);
    else
        out->type = strcmp(name, "YIELD") == 0 ? "CONCEDE" : name;
}

/* i_event: of dgm_story_relate(). */
static void judge(const dgm_relations *relations, const dgm_story *story, dgm_document *doc,
                  const dgm_marked *pair, uint32_t i_event, dgm_relation *out)
{
    int32_t scores[DGM_N_RELATIONS];
    uint32_t best = 0;
    dgm_features f = { .n = 0 };
    const dgm_event *e = i_event == DGM_NONE ? NULL : &doc->events.at[i_event];
    *out = (dgm_relation) { .event = i_event };
    if (e)
        out->rule_type = out->type = dgm_relation_class(story, doc, e);
    if (!relations || doc->sentences.n == 0)
        return;
    dgm_relate_signs(dgm_story_coder(story), doc, pair, &f);
    dgm_linear_score(relations->classes, &f, scores);
    uint32_t rules = e ? dgm_relation_of(dgm_view_of(out->rule_type)) : DGM_NONE;
    if (rules != DGM_NONE)
        scores[rules] += bonus_of(e);
    for (uint32_t i = 1; i < DGM_N_RELATIONS; i++)
        if (scores[i] > scores[best])
            best = i;
    take_class(story, doc, pair, best, i_event, out);
    out->likelihood = likelihood_of(scores, best);
}

dgm_status dgm_relations_answer(const dgm_relations *relations, dgm_story *story, dgm_arena *arena,
                                dgm_view marked, dgm_document *doc, dgm_relation *out, dgm_err *err)
{
    dgm_marks source = { .n = 0 }, target = { .n = 0 };
    const dgm_marked pair = { &source, &target };
    uint32_t i_event = DGM_NONE;
    dgm_arena_reset(arena);
    dgm_document_init(doc, arena);
    doc->text = dgm_strip_marks(arena, marked, &source, &target);
    dgm_status status = doc->text.p
                            ? dgm_story_relate(story, doc, &source, &target, &i_event, err)
                            : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sentence");
    if (status == DGM_OK)
        judge(relations, story, doc, &pair, i_event, out);
    return status == DGM_OK && dgm_arena_failed(arena)
               ? dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the sentence")
               : status;
}
