/* Stands in the wheel for libicuuc, of which Debian's libxml2 wants seven names and which would
 * bring 31 MB of data. libxml2 asks glibc's iconv for a converter first, and ICU only where that
 * has none; here ICU has none either, so that the encoding is refused. NAME() is given by
 * bundle.py: ICU's names end in its version. */
#include <stddef.h>

void *NAME(ucnv_open)(const char *encoding, int *error)
{
    (void)encoding;
    *error = 4; /* U_FILE_ACCESS_ERROR */
    return NULL;
}

void NAME(ucnv_close)(void *converter)
{
    (void)converter;
}

/* Nobody has a converter to call these with. */
void NAME(ucnv_convertEx)(void)
{
}
void NAME(ucnv_setFromUCallBack)(void)
{
}
void NAME(ucnv_setToUCallBack)(void)
{
}
void NAME(UCNV_FROM_U_CALLBACK_STOP)(void)
{
}
void NAME(UCNV_TO_U_CALLBACK_STOP)(void)
{
}
