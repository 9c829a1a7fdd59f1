/* glue.c - what JavaScript calls: the packed data becomes files, the rest is dragoman.h. */
#define _GNU_SOURCE
#include "dragoman.h"

#include <emscripten.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zstd.h>

#define MOST_BYTES ((size_t)1 << 29) /* of a pack, unpacked */
#define MOST_PATH  256

static char message[DRAGOMAN_MESSAGE];

/* Why the last call failed. */
EMSCRIPTEN_KEEPALIVE const char *glue_message(void)
{
    return message;
}

static void make_folders(char *path)
{
    for (char *p = path + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
        *p = 0;
        mkdir(path, 0777);
    }
}

static int write_file(const char *name, size_t n_name, const char *bytes, size_t n)
{
    char path[MOST_PATH];
    int used = snprintf(path, sizeof path, "/tables/%.*s", (int)n_name, name);
    if (used < 0 || (size_t)used >= sizeof path)
        return -1;
    make_folders(path);
    FILE *f = fopen(path, "wb");
    if (!f)
        return -1;
    size_t written = fwrite(bytes, 1, n, f);
    return fclose(f) == 0 && written == n ? 0 : -1;
}

/* Lines "SIZE PATH" and an empty line; then the files' bytes in that order. */
static int write_files(const char *bytes, size_t n)
{
    const char *end = bytes + n, *line = bytes;
    const char *body = memmem(bytes, n, "\n\n", 2);
    if (!body)
        return -1;
    body += 2;
    while (*line != '\n') {
        char *name;
        size_t size = strtoul(line, &name, 10);
        const char *line_end = memchr(line, '\n', (size_t)(body - line));
        if (*name != ' ' || size > (size_t)(end - body))
            return -1;
        if (write_file(name + 1, (size_t)(line_end - name - 1), body, size) != 0)
            return -1;
        body += size;
        line = line_end + 1;
    }
    return body == end ? 0 : -1;
}

/* Unpacks the data of tables and models, n bytes, into the folder /tables. 0: done. */
EMSCRIPTEN_KEEPALIVE int glue_unpack(const char *packed, size_t n)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed, n);
    char *bytes = size < MOST_BYTES ? malloc((size_t)size) : NULL;
    int status = -1;
    if (bytes && ZSTD_decompress(bytes, (size_t)size, packed, n) == size)
        status = write_files(bytes, (size_t)size);
    free(bytes);
    if (status != 0)
        snprintf(message, sizeof message, "the packed data is broken or there is no memory for it");
    return status;
}

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

EMSCRIPTEN_KEEPALIVE const char *glue_version(void)
{
    return dragoman_version();
}
