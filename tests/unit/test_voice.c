#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "syntax/voice.h"

static dgm_morphology *verbs;

/* The words of a text whose every word stands between spaces; the number of the comma. */
static uint32_t comma_of(const char *text)
{
    dgm_word words[40] = { 0 };
    dgm_sentence s = { .words = words };
    dgm_view rest = dgm_view_of(text), form;
    while (rest.n > 0 && dgm_view_split(&rest, ' ', &form)) {
        assert_true(s.n_words + 1 < DGM_LEN(words));
        words[++s.n_words].form = form;
    }
    return dgm_voice_comma(verbs, &s);
}

static void whose_word_it_is_stands_behind_the_last_comma(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t comma;
    } cases[] = {
        { "Troops fired on a crowd , officials said .", 6 },
        { "Troops fired on a crowd in Lima , officials said on Monday .", 8 },
        { "In Lima , troops fired on a crowd , state media reported .", 9 },
        { "Rebels took the town of Rees , a spokesman for the army said in a statement .", 7 },
        { "Two people died in a blast in Lima , police say", 9 },
        { "Two people died in a blast , the minister told reporters .", 7 },
    };
    for (size_t i = 0; i < DGM_LEN(cases); i++)
        if (comma_of(cases[i].text) != cases[i].comma)
            fail_msg("%s: %u", cases[i].text, comma_of(cases[i].text));
}

static void other_ends_belong_to_the_sentence(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Troops fired on a crowd .",
        "Troops fired on a crowd in the town , which officials said .",
        "Troops fired on a crowd in the town , and officials said so .",
        "Troops fired on a crowd in the town , officials said two had died .", /* what was said */
        "The police , the army and officials said .",
        "Troops fired on a crowd in the town , a grim report .", /* no verb */
        "As troops fired on a crowd , officials said so .",      /* the main clause */
        "He wanted no talks , an end of aid ; officials said .",
        "Troops fired on a crowd in the town , officials said and the army told reporters .",
        ", officials said .",
        ".",
        ",",
        "",
    };
    for (size_t i = 0; i < DGM_LEN(texts); i++)
        if (comma_of(texts[i]) != 0)
            fail_msg("%s: %u", texts[i], comma_of(texts[i]));
}

int main(void)
{
    dgm_err err;
    if (dgm_morphology_load(getenv("DRAGOMAN_TABLES"), NULL, &verbs, &err) != DGM_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whose_word_it_is_stands_behind_the_last_comma),
        cmocka_unit_test(other_ends_belong_to_the_sentence),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    dgm_morphology_free(verbs);
    return failed;
}
