/* Any bytes as dictionaries of all kinds: what is written of them loads without a complaint. */
#include "fuzz.h"

#include "dictionary/dictionary.h"

#include <sys/stat.h>

static void say(void *context, const dgm_err *err)
{
    (void)context;
    fprintf(stderr, "%s:%zu: %s\n", err->file, err->line, err->msg);
}

/* Our small tables have complaints of their own; imported rows must add none. */
static size_t load(const char *tables, dgm_complain_fn fn)
{
    dgm_complaints complaints = { .fn = fn };
    dgm_err err = { 0 };
    dgm_actors *actors = NULL;
    dgm_grammar *grammar = NULL;
    dgm_events *events = NULL;
    if (dgm_grammar_load(tables, &complaints, &grammar, &err) != DGM_OK ||
        dgm_actors_load(tables, &complaints, &actors, &err) != DGM_OK ||
        dgm_events_load(tables, grammar, &complaints, &events, &err) != DGM_OK)
        dgm_fuzz_need(false, tables, &err);
    dgm_actors_free(actors);
    dgm_events_free(events);
    dgm_grammar_free(grammar);
    return complaints.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *base = dgm_fuzz_path("tables"), *folder = dgm_fuzz_own("written");
    dgm_complaints quiet = { 0 };
    dgm_dictionary_tally tally;
    dgm_err err = { 0 };
    dgm_dictionary *d = dgm_dictionary_new();
    dgm_fuzz_need(d && mkdir(folder, 0700) == 0, folder, NULL);
    dgm_fuzz_input in = { data, size };
    uint32_t first = dgm_fuzz_take(&in, 1);
    dgm_view text = dgm_fuzz_rest(&in);
    int only = (int)(first % (DGM_N_DICTIONARY_KINDS + 1));
    for (int kind = 0; kind < DGM_N_DICTIONARY_KINDS; kind++)
        if ((only == kind || only == DGM_N_DICTIONARY_KINDS) &&
            dgm_dictionary_read(d, (dgm_dictionary_kind)kind, "fuzz", text, &quiet, &err) != DGM_OK)
            dgm_fuzz_claim(false, "a dictionary is read, whatever is wrong in it");
    if (dgm_dictionary_write(d, base, folder, first >> 7, &quiet, &tally, &err) != DGM_OK) {
        fprintf(stderr, "%s\n", err.msg);
        dgm_fuzz_claim(false, "what was read is written");
    }
    dgm_dictionary_free(d);
    if (load(folder, NULL) > load(base, NULL)) {
        load(folder, say);
        dgm_fuzz_claim(false, "what was written loads without a complaint");
    }
    dgm_fuzz_remove(folder);
    return 0;
}
