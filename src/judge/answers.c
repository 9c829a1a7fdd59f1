/* What the judge asks its tables: the names of answers, as they stand there; and what the build
 * makes of these tables. */
#include "judge/sight.h"

const char *const judge_roles[2] = { "actor", "recipient" };
const char *const judge_types[N_TYPES] = {
#define X(name) #name,
    DGM_EVENT_MAP(X)
#undef X
};

dgm_status dgm_judge_compile(const char *folder, const char *table, dgm_complaints *complaints,
                             dgm_buffer *out, dgm_err *err)
{
    bool types = strcmp(table, "model/judge.tsv") == 0;
    return dgm_linear_compile(folder, table, types ? judge_types : judge_roles, types ? N_TYPES : 2,
                              complaints, out, err);
}
