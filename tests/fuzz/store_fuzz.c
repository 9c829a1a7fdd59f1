/* A store whose file is damaged: each question has an answer or says why not. */
#include "fuzz.h"

#include "store/page.h"
#include "store/store.h"

#include <stdlib.h>

static bool row(void *context, const dgm_cell *cells, uint32_t n)
{
    (void)context;
    for (uint32_t i = 0; i < n; i++)
        dgm_fuzz_claim(cells[i].kind <= DGM_CELL_BYTES, "a cell is of a kind");
    return true;
}

static bool period(void *context, dgm_view name, const uint64_t n[5])
{
    (void)context;
    (void)n;
    dgm_fuzz_claim(name.n == 0 || name.p != NULL, "a period is called something");
    return true;
}

static bool record(void *context, const dgm_record *r)
{
    static const dgm_output_format formats[] = { DGM_OUTPUT_JSONL, DGM_OUTPUT_CSV };
    (void)context;
    for (size_t i = 0; i < DGM_LEN(formats); i++) {
        const dgm_output_options options = { .format = formats[i] };
        dgm_buffer out = { 0 };
        dgm_write_record(&options, r, &out);
        dgm_fuzz_check_output(formats[i], (dgm_view) { out.p, out.n });
        dgm_buffer_done(&out);
    }
    return true;
}

static void check(dgm_status status, const dgm_err *err)
{
    dgm_fuzz_claim(status == DGM_OK || err->msg[0], "a failure says why");
}

static void ask(dgm_store *store)
{
    const dgm_filter all = { .limit = 20 };
    const dgm_series series = { .by = DGM_BY_TYPE, .period = DGM_BY_MONTH };
    dgm_buffer out = { 0 };
    dgm_err err = { 0 };
    check(dgm_store_events(store, &all, row, NULL, &err), &err);
    check(dgm_store_counts(store, &all, DGM_BY_DYAD, DGM_PER_STORY, row, NULL, &err), &err);
    check(dgm_store_series(store, &all, &series, row, NULL, &err), &err);
    check(dgm_store_timeline(store, &all, DGM_BY_WEEK, period, NULL, &err), &err);
    check(dgm_store_stats(store, row, NULL, &err), &err);
    check(dgm_store_runs(store, row, NULL, &err), &err);
    check(dgm_store_records(store, &all, record, NULL, &err), &err);
    check(dgm_store_claims(store, &all, 7, &out, &err), &err);
    check(dgm_store_commitments(store, &all, NULL, &out, &err), &err);
    dgm_fuzz_check_json_lines((dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
}

/* The same read into memory, as `serve` has it, and asked there. */
static void ask_columns(dgm_store *store)
{
    const dgm_filter all = { .limit = 20 };
    const dgm_page_part part = { .limit = 20 };
    dgm_columns *columns = NULL;
    dgm_err err = { 0 };
    dgm_status status = dgm_columns_load(store, &columns, &err);
    check(status == DGM_END ? DGM_OK : status, &err);
    if (status != DGM_OK)
        return;
    dgm_store_use(store, columns);
    for (int i = 0; i < DGM_N_ASKS; i++)
        check(
            dgm_page_ask(store, &all, DGM_PER_EVENT, (dgm_page_question)i, &part, row, NULL, &err),
            &err);
    dgm_store_use(store, NULL);
    dgm_columns_free(columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char *whole;
    static size_t size;
    dgm_fuzz_input in = { bytes, n };
    dgm_store *store = NULL;
    dgm_err err = { 0 };
    if (!whole)
        dgm_fuzz_need(dgm_file_read(dgm_fuzz_store(), 1 << 24, &whole, &size, &err) == DGM_OK,
                      "a store", &err);
    bool writes = dgm_fuzz_take(&in, 1) % 4 == 0;
    char *damaged = dgm_fuzz_patched((dgm_view) { whole, size }, &in);
    const char *path = dgm_fuzz_own("damaged.db");
    dgm_fuzz_write(path, (dgm_view) { damaged, size });
    dgm_status status = (writes ? dgm_store_open : dgm_store_open_to_read)(path, &store, &err);
    check(status, &err);
    if (status == DGM_OK) {
        ask(store);
        ask_columns(store);
    }
    dgm_store_free(store);
    free(damaged);
    return 0;
}
