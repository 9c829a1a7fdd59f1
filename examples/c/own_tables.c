/* own_tables FOLDER TEXT: why a text is coded as it is, by the tables of FOLDER laid over the
 * shipped ones, without the learned judge. */
#include <dragoman.h>
#include <stdio.h>
#include <string.h>

static void complain(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "own_tables: %s\n", message);
}

int main(int argc, char **argv)
{
    char why[DRAGOMAN_MESSAGE];
    dragoman_coder *coder;
    if (argc != 3) {
        fprintf(stderr, "usage: own_tables FOLDER TEXT\n");
        return 2;
    }
    dragoman_knowledge knowledge = {
        .tables = argv[1], .judge = "off", .sides = "rules", .complain = complain
    };
    if (dragoman_open_with(&knowledge, &coder, why) == DRAGOMAN_FAILED) {
        fprintf(stderr, "own_tables: %s\n", why);
        return 2;
    }
    char *text = dragoman_make(coder, DRAGOMAN_EXPLANATION, argv[2], strlen(argv[2]), NULL, why);
    fputs(text ? text : why, stdout);
    dragoman_free(text);
    dragoman_close(coder);
    return text == NULL;
}
