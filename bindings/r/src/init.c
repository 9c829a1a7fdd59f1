#include "calls.h"

#include <R_ext/Rdynload.h>
#include <R_ext/Visibility.h>

#define CALL(name, n)                                                                              \
    {                                                                                              \
        "C_" #name, (DL_FUNC)&dragoman_r_##name, n                                                 \
    }

static const R_CallMethodDef calls[] = {
    CALL(version, 0),     CALL(open, 4),         CALL(close, 1),        CALL(is_open, 1),
    CALL(texts, 5),       CALL(files, 7),        CALL(trees, 3),        CALL(explain, 3),
    CALL(relate, 2),      CALL(rule, 2),         CALL(check_tables, 1), CALL(store_open, 2),
    CALL(store_close, 1), CALL(store_ingest, 9), CALL(store_ask, 5),    { NULL, NULL, 0 },
};

void attribute_visible R_init_dragoman(DllInfo *dll)
{
    R_registerRoutines(dll, NULL, calls, NULL, NULL);
    R_useDynamicSymbols(dll, FALSE);
    R_forceSymbols(dll, TRUE);
}
