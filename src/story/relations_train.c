/* Learning what one marked side does to the other, from rows with a class and from the rules' own
 * example sentences. The rules' answers are no evidence here: rules were written on some of the
 * rows, and would be trusted too much. */
#include "story/relations.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* A row's weight grows with the rareness of its class: (mean / count) ^ rareness, at most `most`.
 */
static const double example_weight = 0.2, rareness = 0.8, most = 4;

struct dgm_relation_lessons {
    dgm_story *story;
    dgm_arena *arena; /* of one sentence */
    dgm_cases *cases;
    dgm_features features;
    uint32_t n_rows, n_of[DGM_N_RELATIONS];
};

dgm_relation_lessons *dgm_relation_lessons_new(dgm_story *story)
{
    dgm_relation_lessons *l = calloc(1, sizeof(*l));
    if (!l)
        return NULL;
    l->story = story;
    l->arena = dgm_arena_new();
    l->cases = dgm_cases_new();
    if (l->arena && l->cases)
        return l;
    dgm_relation_lessons_free(l);
    return NULL;
}

void dgm_relation_lessons_free(dgm_relation_lessons *l)
{
    if (!l)
        return;
    dgm_cases_free(l->cases);
    dgm_arena_free(l->arena);
    free(l);
}

/* In the lessons' arena, after what is there already. */
static dgm_status add_case(dgm_relation_lessons *l, dgm_view text, const dgm_marked *pair,
                           uint32_t class, double weight, dgm_err *err)
{
    dgm_document doc;
    uint32_t i_event;
    dgm_document_init(&doc, l->arena);
    doc.text = text;
    dgm_status status = dgm_story_relate(l->story, &doc, pair->source, pair->target, &i_event, err);
    if (status != DGM_OK)
        return status;
    if (!dgm_features_name(&l->features, l->arena))
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
    dgm_relate_signs(dgm_story_coder(l->story), &doc, pair, &l->features);
    dgm_case *made = dgm_cases_add(l->cases, &l->features);
    if (!made)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
    made->right = 1u << class;
    made->weight = (float)weight;
    return DGM_OK;
}

dgm_status dgm_relation_lessons_add(dgm_relation_lessons *l, dgm_view marked, uint32_t class,
                                    dgm_err *err)
{
    dgm_marks source = { .n = 0 }, target = { .n = 0 };
    dgm_arena_reset(l->arena);
    dgm_view text = dgm_strip_marks(l->arena, marked, &source, &target);
    if (!text.p)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the lessons");
    const dgm_marked pair = { &source, &target };
    l->n_rows++;
    l->n_of[class]++;
    return add_case(l, text, &pair, class, 1, err);
}

/* ---- the rules' examples -------------------------------------------------------------------- */

static bool is_of_rule(const dgm_event *e, const dgm_rule_text *rule)
{
    return rule->is_operator ? dgm_view_eq(e->operator_rule, rule->source)
                             : e->operator_rule.n == 0 && dgm_view_eq(e->rule, rule->source);
}

static void mark_participant(const dgm_document *doc, dgm_participant p, dgm_marks *m)
{
    const dgm_span *span = &doc->mentions.at[p.mention].span;
    *m = (dgm_marks) { .n = 1 };
    m->begin[0] = span->begin_byte - doc->begin_byte;
    m->end[0] = span->end_byte - doc->begin_byte;
}

static dgm_status add_example(dgm_relation_lessons *l, const dgm_rule_text *rule, uint32_t *n,
                              dgm_err *err)
{
    dgm_document doc;
    dgm_arena_reset(l->arena);
    dgm_document_init(&doc, l->arena);
    doc.text = rule->example;
    doc.sides_known = true;
    dgm_status status = dgm_story_find_events(l->story, &doc, err);
    for (uint32_t i = 0; status == DGM_OK && i < doc.events.n; i++) {
        const dgm_event *e = &doc.events.at[i];
        dgm_marks source, target = { .n = 0 };
        if (!is_of_rule(e, rule) || e->actors.n == 0)
            continue;
        uint32_t class = dgm_relation_of(dgm_view_of(dgm_relation_class(l->story, &doc, e)));
        if (class == DGM_NONE)
            break;
        mark_participant(&doc, e->actors.at[0], &source);
        if (e->recipients.n)
            mark_participant(&doc, e->recipients.at[0], &target);
        const dgm_marked pair = { &source, &target };
        *n += 1;
        return add_case(l, rule->example, &pair, class, example_weight, err);
    }
    return status;
}

dgm_status dgm_relation_lessons_examples(dgm_relation_lessons *l, uint32_t *n, dgm_err *err)
{
    const dgm_events *events = dgm_story_coder(l->story)->events;
    dgm_status status = DGM_OK;
    *n = 0;
    for (uint32_t i = 0; i < dgm_n_rules(events) && status == DGM_OK; i++) {
        dgm_rule_text rule = dgm_rule_text_of(events, i);
        if (rule.example.n && rule.type != DGM_EVENT_NONE)
            status = add_example(l, &rule, n, err);
    }
    return status;
}

/* ---- learning ------------------------------------------------------------------------------- */

static uint32_t class_of(const dgm_case *it)
{
    uint32_t class = 0;
    while (class + 1 < DGM_N_RELATIONS && !(it->right >> class & 1))
        class ++;
    return class;
}

static void weigh_classes(dgm_relation_lessons *l)
{
    double mean = l->n_rows / (double)DGM_N_RELATIONS;
    for (uint32_t i = 0; i < l->cases->cases.n && l->n_rows; i++) {
        dgm_case *it = &l->cases->cases.at[i];
        double by = pow(mean / (l->n_of[class_of(it)] + 1), rareness);
        it->weight *= (float)DGM_MIN(by, most);
    }
}

dgm_status dgm_relation_lessons_learn(dgm_relation_lessons *l, const char *path, uint32_t n_threads,
                                      dgm_err *err)
{
    const dgm_training how = { .n_answers = DGM_N_RELATIONS,
                               .n_rounds = 30,
                               .rare = 3,
                               .drop = 0.5,
                               .rate = 0.1,
                               .l1 = 0.3,
                               .l2 = 2,
                               .n_threads = n_threads };
    char comment[400];
    weigh_classes(l);
    float *weights = dgm_train_linear(l->cases, &how);
    if (!weights)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the training");
    snprintf(comment, sizeof comment,
             "# Learned by `dragoman train relate` from %u marked sentences and %u examples of "
             "rules.\n# The weights of what is seen are added; the class with the highest sum, "
             "after a bonus\n# for what the rules say, is what `dragoman relate` answers.\n",
             l->n_rows, l->cases->cases.n - l->n_rows);
    FILE *out = fopen(path, "w");
    bool good = out && dgm_linear_write(l->cases, weights, dgm_relation_names, DGM_N_RELATIONS, 0.1,
                                        comment, out);
    good = out && fclose(out) == 0 && good;
    free(weights);
    return good ? DGM_OK
                : dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
}
