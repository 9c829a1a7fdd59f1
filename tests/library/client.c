/* A program that uses the installed library: client TABLES FILE writes the events of FILE, coded by
 * four threads with one coder, and compares what they gave. */
#include <dragoman.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_THREADS = 4 };

static char bytes[1 << 20];
static size_t n_bytes;
static dragoman_coder *coder;

typedef struct {
    char *text;
    size_t n;
} result;

static int keep(void *context, const char *p, size_t n)
{
    result *r = context;
    char *text = realloc(r->text, r->n + n + 1);
    if (!text)
        return 1;
    memcpy(text + r->n, p, n);
    r->text = text;
    r->n += n;
    return 0;
}

static void *code(void *context)
{
    char why[DRAGOMAN_MESSAGE] = "";
    dragoman_input input = { 0 };
    input.bytes = bytes;
    input.n = n_bytes;
    input.name = "story.txt";
    input.write = keep;
    input.context = context;
    if (dragoman_code_input(coder, &input, why) != DRAGOMAN_OK)
        fprintf(stderr, "client: %s\n", why);
    return NULL;
}

static int fails_as_promised(void)
{
    char why[DRAGOMAN_MESSAGE] = "";
    dragoman_coder *none = NULL;
    if (dragoman_open("/no/such/folder", NULL, &none, why) != DRAGOMAN_FAILED || none || !why[0])
        return 0;
    why[0] = '\0';
    if (dragoman_code(coder, "Peace.", 6, "soon", why) != NULL || !why[0])
        return 0;
    char *events = dragoman_code(coder, "", 0, "2020-10-02", why);
    int good = events && !events[0];
    dragoman_free(events);
    dragoman_free(NULL);
    dragoman_close(NULL);
    return good;
}

int main(int argc, char **argv)
{
    char why[DRAGOMAN_MESSAGE] = "";
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (!file)
        return 2;
    n_bytes = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (dragoman_open(argv[1], NULL, &coder, why) != DRAGOMAN_OK) {
        fprintf(stderr, "client: %s\n", why);
        return 1;
    }
    pthread_t threads[N_THREADS];
    result results[N_THREADS] = { { NULL, 0 } };
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, code, &results[i]);
    int same = 1;
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        same = same && results[i].n == results[0].n &&
               (results[0].n == 0 || memcmp(results[i].text, results[0].text, results[0].n) == 0);
    }
    same = same && fails_as_promised();
    if (results[0].n > 0)
        fwrite(results[0].text, 1, results[0].n, stdout);
    for (int i = 0; i < N_THREADS; i++)
        free(results[i].text);
    dragoman_close(coder);
    return same ? 0 : 1;
}
