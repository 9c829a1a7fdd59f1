#include "cli/storing.h"

static void refuse(void *context, const dgm_err *err)
{
    dgm_cli_report_say(context, err);
}

bool dgm_cli_storing_init(const dgm_arguments *arguments, dgm_cli_report *report, dgm_storing *s)
{
    const char *dirs = dgm_cli_tables_dir(arguments);
    s->refuse = refuse;
    s->context = report;
    return dirs && dgm_cli_hash_tables(dirs, dgm_option_value(arguments, "model"), s->tables);
}

bool dgm_cli_storing_run(dgm_storing *s, dgm_inputs *inputs, uint32_t n_jobs, dgm_progress *bar)
{
    dgm_err err = { 0 };
    if (dgm_storing_run(s, inputs, n_jobs, bar, &err) == DGM_OK)
        return true;
    dgm_cli_say(&err);
    return false;
}
