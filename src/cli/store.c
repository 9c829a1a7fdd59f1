#include "cli/store.h"

bool dgm_cli_store(const dgm_arguments *arguments, bool to_read, dgm_store **store)
{
    dgm_err err = { 0 };
    dgm_complaints notes = dgm_cli_complaints();
    const char *where = dgm_option_value(arguments, "db");
    if (!where) {
        dgm_fail(&err, DGM_EUSAGE, NULL, 0, "--db says where the store is");
        dgm_cli_usage(arguments, &err);
        return false;
    }
    if ((to_read ? dgm_store_open_to_read : dgm_store_open)(where, store, &err) != DGM_OK) {
        dgm_cli_say(&err);
        return false;
    }
    dgm_status status =
        to_read ? dgm_filter_check_words(&arguments->options, dgm_cli_tables_if_any(arguments),
                                         *store, &notes, &err)
                : DGM_OK;
    if (status == DGM_OK)
        return true;
    if (status == DGM_EUSAGE)
        dgm_cli_usage(arguments, &err);
    else
        dgm_cli_say(&err);
    dgm_store_free(*store);
    *store = NULL;
    return false;
}

/* ---- answers -------------------------------------------------------------------------------- */

static int code_of(dgm_status status, bool written)
{
    return status == DGM_OK && written ? DGM_EXIT_OK
           : status == DGM_EUSAGE      ? DGM_EXIT_USAGE
                                       : DGM_EXIT_REFUSED;
}

static dgm_reply reply_in(FILE *out)
{
    return (
        dgm_reply) { .put = dgm_put_in_file, .context = out, .width = dgm_cli_screen(out, NULL) };
}

int dgm_cli_answer(const dgm_arguments *arguments, dgm_ask *ask, dgm_store *store)
{
    dgm_complaints notes = dgm_cli_complaints();
    dgm_err err = { 0 };
    FILE *out = dgm_cli_output(arguments);
    if (!out)
        return DGM_EXIT_REFUSED;
    dgm_reply reply = reply_in(out);
    dgm_status status = dgm_ask_answer(ask, store, &notes, &reply, &err);
    dgm_cli_complaints_end(&notes);
    if (status != DGM_OK && status != DGM_EUSAGE)
        dgm_store_name(store, &err);
    if (status != DGM_OK)
        dgm_cli_say(&err);
    return code_of(status, dgm_cli_close(arguments, out) && !reply.cut);
}

bool dgm_cli_table_open(const dgm_arguments *arguments, const char *const *columns, uint32_t n,
                        dgm_cli_table *out)
{
    out->out = dgm_cli_output(arguments);
    if (!out->out)
        return false;
    out->reply = reply_in(out->out);
    dgm_answer_begin(&out->answer, dgm_answer_form_of(&arguments->options), columns, n,
                     &out->reply);
    return true;
}

int dgm_cli_table_close(const dgm_arguments *arguments, dgm_cli_table *table, dgm_status status,
                        const dgm_err *err)
{
    dgm_err ending = { 0 };
    dgm_status end = dgm_answer_end(&table->answer, status, &ending);
    if (end != DGM_OK)
        dgm_cli_say(status != DGM_OK ? err : &ending);
    bool written = dgm_cli_close(arguments, table->out) && !table->reply.cut;
    return code_of(end, written);
}
