/* quotes: who is reported to have said what, in indirect speech as well; JSON is read by Jansson.
 */
#include <dragoman.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* What is said is given as offsets into the text, in code points; here that is bytes. */
static void show(const char *text, const json_t *quote)
{
    const json_t *speaker = json_object_get(quote, "speaker"), *part;
    const char *code = json_string_value(json_object_get(speaker, "code"));
    size_t i;
    printf("%s (%s): ", json_string_value(json_object_get(speaker, "text")), code ? code : "?");
    json_array_foreach(json_object_get(quote, "content"), i, part)
    {
        json_int_t begin = json_integer_value(json_array_get(part, 0));
        json_int_t end = json_integer_value(json_array_get(part, 1));
        printf("%s%.*s", i ? " ... " : "", (int)(end - begin), text + begin);
    }
    printf("\n");
}

int main(void)
{
    const char *text = "Officials in Baku said on Saturday that Armenian forces had shelled Ganja. "
                       "\"We deny it,\" said Nikol Pashinyan, the Armenian prime minister.";
    char why[DRAGOMAN_MESSAGE] = "", *quotes = NULL;
    dragoman_coder *coder = NULL;
    if (dragoman_open(NULL, NULL, &coder, why) == DRAGOMAN_OK)
        quotes = dragoman_make(coder, DRAGOMAN_QUOTES, text, strlen(text), "2020-10-03", why);
    for (char *line = quotes ? strtok(quotes, "\n") : NULL; line; line = strtok(NULL, "\n")) {
        json_t *quote = json_loads(line, 0, NULL);
        show(text, quote);
        json_decref(quote);
    }
    fprintf(stderr, "%s", why);
    dragoman_free(quotes);
    dragoman_close(coder);
    return quotes == NULL;
}
