/* events: who did what to whom in one report, as JSON Lines. */
#include <dragoman.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char *text = "Turkey denied on Friday that it had sent fighters to Azerbaijan.";
    char why[DRAGOMAN_MESSAGE];
    dragoman_coder *coder;
    if (dragoman_open(NULL, NULL, &coder, why) != DRAGOMAN_OK) {
        fprintf(stderr, "events: %s\n", why);
        return 1;
    }
    char *events = dragoman_code(coder, text, strlen(text), "2020-10-02", why);
    if (events)
        fputs(events, stdout);
    else
        fprintf(stderr, "events: %s\n", why);
    int failed = events == NULL;
    dragoman_free(events);
    dragoman_close(coder);
    return failed;
}
