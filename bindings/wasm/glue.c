/* glue.c - what JavaScript calls: dragoman.h, with the tables in the folder /tables. */
#include "dragoman.h"

#include <emscripten.h>

static char message[DRAGOMAN_MESSAGE];

/* Why the last call failed. */
EMSCRIPTEN_KEEPALIVE const char *glue_message(void)
{
    return message;
}

EMSCRIPTEN_KEEPALIVE const char *glue_version(void)
{
    return dragoman_version();
}

/* NULL: it failed. */
EMSCRIPTEN_KEEPALIVE dragoman_coder *glue_open(void)
{
    dragoman_coder *coder;
    return dragoman_open("/tables", NULL, &coder, message) == DRAGOMAN_OK ? coder : NULL;
}

EMSCRIPTEN_KEEPALIVE char *glue_make(dragoman_coder *coder, int product, const char *text, size_t n,
                                     const char *date)
{
    return dragoman_make(coder, (dragoman_product)product, text, n, date, message);
}

EMSCRIPTEN_KEEPALIVE void glue_free(char *text)
{
    dragoman_free(text);
}

EMSCRIPTEN_KEEPALIVE void glue_close(dragoman_coder *coder)
{
    dragoman_close(coder);
}
