/* The functions of stores in a library that was built without them. */
#include "library/coder.h"

static dragoman_status fail(char *message)
{
    dgm_err err = { .status = DGM_OK };
    dgm_fail(&err, DGM_EUSAGE, NULL, 0, "this library was built without stores, which need SQLite");
    return library_fail(message, &err);
}

dragoman_status dragoman_store_open(const char *where, int writes, dragoman_store **out,
                                    char message[DRAGOMAN_MESSAGE])
{
    (void)where, (void)writes, (void)out;
    return fail(message);
}

void dragoman_store_close(dragoman_store *store)
{
    (void)store;
}

dragoman_status dragoman_store_ingest(dragoman_store *store, dragoman_coder *coder,
                                      const dragoman_input *input, int recode,
                                      dragoman_ingested *counts, char message[DRAGOMAN_MESSAGE])
{
    (void)store, (void)coder, (void)input, (void)recode, (void)counts;
    return fail(message);
}

dragoman_status dragoman_store_ask(dragoman_store *store, const char *question,
                                   const char *const *options, dragoman_write_fn write,
                                   void *context, char message[DRAGOMAN_MESSAGE])
{
    (void)store, (void)question, (void)options, (void)write, (void)context;
    return fail(message);
}
