/* dragoman evaluate: gold CoNLL-U against another parse of the same text, or against this program's
 * own. */
#include "syntax/evaluate.h"
#include "cli/cli.h"
#include "syntax/gold_names.h"
#include "syntax/syntax.h"

#include <stdlib.h>

/* The next document, with its gold names. */
static dgm_status next_gold(dgm_conllu_file *file, dgm_arena *arena, dgm_document *doc,
                            dgm_err *err)
{
    file->extra.keep_misc = true;
    dgm_status status = dgm_conllu_next(file, arena, doc, err);
    if (status == DGM_OK)
        dgm_gold_names_tag(doc, file->extra.misc.at);
    return status;
}

/* What was measured: agreement, and how fast our own parse was. */
typedef struct {
    dgm_evaluation evaluation;
    uint64_t n_words;
    double segmenting, parsing;
} measured;

static uint64_t count_words(const dgm_document *doc)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < doc->sentences.n; i++)
        n += doc->sentences.at[i].n_words;
    return n;
}

/* ---- our own parse -------------------------------------------------------------------------- */

/* The gold words without anything that was annotated. */
static dgm_status copy_words(const dgm_document *gold, dgm_document *doc, dgm_err *err)
{
    for (uint32_t i = 0; i < gold->sentences.n; i++) {
        const dgm_sentence *from = &gold->sentences.at[i];
        dgm_sentence *to = dgm_push(doc->arena, &doc->sentences);
        dgm_word *words = to ? DGM_NEW(doc->arena, dgm_word, (size_t)from->n_words + 1) : NULL;
        if (!words)
            return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the words");
        *to = *from;
        to->words = words;
        for (uint32_t j = 0; j <= from->n_words; j++) {
            words[j] = from->words[j];
            words[j].lemma = words[j].xpos = words[j].feats = (dgm_view) { "", 0 };
            words[j].upos = DGM_UPOS_NONE;
            words[j].deprel = DGM_REL_NONE;
            words[j].head = 0;
            words[j].entity_tag = 0;
        }
    }
    return DGM_OK;
}

static dgm_status parse_like(dgm_parser *parser, const dgm_document *gold, bool gold_tokens,
                             dgm_document *doc, measured *m, dgm_err *err)
{
    dgm_document_init(doc, gold->arena);
    doc->text = gold->text;
    double begun = dgm_seconds();
    dgm_status status = gold_tokens ? copy_words(gold, doc, err) : dgm_segment(parser, doc, err);
    double segmented = dgm_seconds();
    if (status == DGM_OK)
        status = dgm_parse(parser, doc, err);
    m->segmenting += segmented - begun;
    m->parsing += dgm_seconds() - segmented;
    m->n_words += count_words(doc);
    return status;
}

static dgm_status against_model(dgm_conllu_file *gold, dgm_parser *parser, bool gold_tokens,
                                measured *m, dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_status status = arena ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    while (status == DGM_OK && gold->rest.n > 0) {
        dgm_document doc, ours;
        status = next_gold(gold, arena, &doc, err);
        if (status == DGM_OK)
            status = parse_like(parser, &doc, gold_tokens, &ours, m, err);
        if (status == DGM_OK)
            status = dgm_evaluate(&doc, &ours, &m->evaluation, err);
        dgm_arena_reset(arena);
    }
    dgm_arena_free(arena);
    return status;
}

/* ---- another parse -------------------------------------------------------------------------- */

/* Whole files, since the other program need not know where documents begin. */
static dgm_status against_file(dgm_conllu_file *gold, dgm_conllu_file *system, measured *m,
                               dgm_err *err)
{
    dgm_arena *arena = dgm_arena_new();
    dgm_document doc, theirs;
    gold->extra.whole = system->extra.whole = true;
    dgm_status status =
        arena ? next_gold(gold, arena, &doc, err) : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory");
    if (status == DGM_OK)
        status = next_gold(system, arena, &theirs, err);
    if (status == DGM_OK)
        status = dgm_evaluate(&doc, &theirs, &m->evaluation, err);
    if (status == DGM_EFORMAT && !err->file[0])
        snprintf(err->file, sizeof err->file, "%s", system->path);
    dgm_arena_free(arena);
    return status;
}

/* ---- the command ---------------------------------------------------------------------------- */

static void print_table(const measured *m, FILE *out)
{
    fprintf(out, "Metric     | Precision |    Recall |  F1 Score | AligndAcc\n"
                 "-----------+-----------+-----------+-----------+-----------\n");
    for (int i = 0; i < DGM_N_METRICS; i++) {
        const dgm_counts *c = &m->evaluation.of[i];
        fprintf(out, "%-11s|%10.2f |%10.2f |%10.2f |", dgm_metric_name((dgm_metric)i),
                100 * dgm_precision(c), 100 * dgm_recall(c), 100 * dgm_f1(c));
        if (dgm_metric_has_aligned((dgm_metric)i))
            fprintf(out, "%10.2f", 100 * dgm_aligned_accuracy(c));
        fputc('\n', out);
    }
}

/* Speed belongs to the machine and not to the result, so it goes to standard error. */
static void print_speed(const measured *m, bool gold_tokens)
{
    if (!gold_tokens && m->segmenting > 0)
        fprintf(stderr, "segmented %.0f words a second\n", (double)m->n_words / m->segmenting);
    if (m->parsing > 0)
        fprintf(stderr, "parsed %.0f words a second\n", (double)m->n_words / m->parsing);
}

static dgm_status run_model(const dgm_arguments *arguments, dgm_conllu_file *gold, measured *m,
                            dgm_err *err)
{
    dgm_model *model = dgm_cli_load_model(arguments);
    if (!model)
        return DGM_END; /* it has been said */
    dgm_parser *parser = dgm_parser_new(model);
    dgm_status status =
        parser ? against_model(gold, parser, dgm_option_given(arguments, "gold-tokens"), m, err)
               : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the parser");
    dgm_parser_free(parser);
    dgm_model_free(model);
    return status;
}

static int evaluate(const dgm_arguments *arguments)
{
    measured m = { .n_words = 0 };
    dgm_conllu_file gold = { .path = NULL }, system = { .path = NULL };
    dgm_err err = { 0 };
    bool files = arguments->n_operands == 2;
    dgm_status status = dgm_conllu_open(&gold, arguments->operands[0], &err);
    if (status == DGM_OK && files)
        status = dgm_conllu_open(&system, arguments->operands[1], &err);
    if (status == DGM_OK)
        status =
            files ? against_file(&gold, &system, &m, &err) : run_model(arguments, &gold, &m, &err);
    dgm_conllu_close(&gold);
    dgm_conllu_close(&system);
    if (status != DGM_OK) {
        if (status != DGM_END)
            dgm_cli_say(&err);
        return DGM_EXIT_USAGE;
    }
    print_table(&m, stdout);
    print_speed(&m, dgm_option_given(arguments, "gold-tokens"));
    return DGM_EXIT_OK;
}

static const dgm_option options[] = {
    DGM_OPTION_TABLES,
    DGM_OPTION_MODEL,
    { 0, "gold-tokens", NULL, "parse the gold words instead of the raw text", NULL },
};

const dgm_command dgm_command_evaluate = {
    .name = "evaluate",
    .operands = "GOLD.conllu [SYSTEM.conllu]",
    .summary = "Score a parse against gold by the measures of the CoNLL 2018 shared task",
    .more = "With one file, its text is parsed with the model; with two, the second is the parse.\n"
            "Both must have the same characters, apart from white space.",
    .options = options,
    .n_options = DGM_LEN(options),
    .min_operands = 1,
    .max_operands = 2,
    .run = evaluate,
};
