/* How somebody codes an event, as he types it. */
#include "cli/correct.h"

#include "library/filters.h"

dgm_status dgm_correct_coding(dgm_store *store, const char *tables, dgm_view text, dgm_coding *out,
                              dgm_err *err)
{
    dgm_status status = dgm_coding_parse(dgm_store_types(store), text, out, err);
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; status == DGM_OK && i < out->n[side]; i++)
            status = dgm_filter_check_code(dgm_view_of(out->codes[side][i]), tables, store, err);
    return status;
}
