/* People: what stands on somebody's word, who speaks, one actor, words that complete a filter. */
#include "serve/lists.h"
#include "serve/periods.h"

#include <string.h>

/* ---- quotes and speakers -------------------------------------------------------------------- */

bool dgm_answer_quotes(dgm_question *q)
{
    dgm_list list;
    dgm_numbers numbers;
    if (!dgm_list_begin(q, 50, &list) || !dgm_numbers_ask(q, &q->filter, true, &list, &numbers))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    if (!dgm_put_quotes(q, "quotes", &numbers))
        return false;
    dgm_list_next(&list, &q->out);
    dgm_json_close(&q->out, '}');
    return true;
}

static bool put_speaker(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    dgm_view name = dgm_cell_text(&cells[0]), words = dgm_cell_text(&cells[3]);
    (void)n;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "name", name.n ? name : words);
    dgm_json_string_of(out, "code", dgm_cell_text(&cells[1]));
    dgm_json_string_of(out, "country", dgm_cell_text(&cells[2]));
    dgm_json_whole(out, "n", dgm_cell_whole(&cells[4]));
    dgm_json_close(out, '}');
    return !out->failed;
}

bool dgm_answer_speakers(dgm_question *q)
{
    dgm_page_part part = { 0 };
    if (!dgm_question_number(q, "limit", 1, 500, 100, &part.limit))
        return false;
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, "speakers", '[');
    if (dgm_page_ask(q->store, &q->filter, q->per, DGM_ASK_SPEAKERS, &part, put_speaker, &q->out,
                     &q->err) != DGM_OK)
        return false;
    dgm_buffer_put(&q->out, DGM_VIEW("]}"));
    return true;
}

/* ---- one actor ------------------------------------------------------------------------------ */

typedef struct {
    dgm_question *q;
    char country[8], name[200];
    bool there;
} somebody;

/* The first is the commonest way in which it is coded. */
static bool put_who(void *context, const dgm_cell *cells, uint32_t n)
{
    somebody *s = context;
    dgm_buffer *out = &s->q->out;
    dgm_view asked = s->q->request->key, country = dgm_cell_text(&cells[1]);
    bool is_country = dgm_view_eq(asked, country);
    (void)n;
    s->there = true;
    snprintf(s->country, sizeof s->country, "%.*s", DGM_FMT(country));
    dgm_json_open(out, "who", '{');
    dgm_json_string_of(out, "code", is_country ? country : dgm_cell_text(&cells[0]));
    dgm_json_string_of(out, "name", is_country ? (dgm_view) { "", 0 } : dgm_cell_text(&cells[3]));
    dgm_json_string_of(out, "country", country);
    dgm_json_string_of(out, "sector", is_country ? (dgm_view) { "", 0 } : dgm_cell_text(&cells[2]));
    dgm_json_string_of(out, "id", is_country ? (dgm_view) { "", 0 } : dgm_cell_text(&cells[4]));
    if (!dgm_is_upper_code(asked, 3, 7))
        snprintf(s->name, sizeof s->name, "%.*s", (int)DGM_MIN(asked.n, sizeof s->name - 1),
                 asked.p);
    return false;
}

static bool put_office(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "code", dgm_cell_text(&cells[0]));
    dgm_json_string_of(out, "from", dgm_cell_text(&cells[1]));
    dgm_json_string_of(out, "to", dgm_cell_text(&cells[2]));
    dgm_json_close(out, '}');
    return !out->failed;
}

/* Codes that a name had, by the days of its events. */
static bool put_offices(somebody *s)
{
    dgm_question *q = s->q;
    dgm_json_open(&q->out, "offices", '[');
    if (s->name[0] &&
        dgm_page_codes_of(q->store, dgm_view_of(s->name), put_office, &q->out, &q->err) != DGM_OK)
        return false;
    dgm_buffer_put(&q->out, DGM_VIEW("]}"));
    return true;
}

static bool put_ten(dgm_question *q, const dgm_filter *filter, bool quotes, const char *name)
{
    dgm_list list = { .limit = 10, .part = { .limit = 11 } };
    dgm_numbers numbers;
    return dgm_numbers_ask(q, filter, quotes, &list, &numbers) &&
           (quotes ? dgm_put_quotes(q, name, &numbers) : dgm_put_records(q, name, &numbers));
}

static bool refuse_somebody(dgm_question *q)
{
    dgm_turn_down(&q->refusal, 404, NULL, "Nobody in this store is called '%.60s'.",
                  q->request->key.p);
    return false;
}

bool dgm_answer_actor(dgm_question *q)
{
    somebody s = { .q = q };
    dgm_filter with = q->filter, says = q->filter;
    dgm_json_open(&q->out, NULL, '{');
    if (dgm_page_somebody(q->store, q->request->key, put_who, &s, &q->err) != DGM_OK)
        return false;
    if (!s.there)
        return refuse_somebody(q);
    if (!with.country)
        with.country = q->request->key.p;
    says.speaker = q->request->key.p;
    if (!put_offices(&s) ||
        !dgm_put_dyads(q, &with, 60, s.country[0] ? s.country : q->request->key.p) ||
        !dgm_put_timeline(q, &with, "timeline") || !dgm_put_series(q, &with, "series") ||
        !put_ten(q, &says, true, "says") || !put_ten(q, &with, true, "said_of") ||
        !put_ten(q, &with, false, "latest"))
        return false;
    dgm_json_close(&q->out, '}');
    return true;
}

/* ---- words ---------------------------------------------------------------------------------- */

static bool put_word(void *context, const dgm_cell *cells, uint32_t n)
{
    dgm_buffer *out = context;
    (void)n;
    dgm_json_open(out, NULL, '{');
    dgm_json_string_of(out, "word", dgm_cell_text(&cells[0]));
    dgm_json_whole(out, "n", dgm_cell_whole(&cells[1]));
    dgm_json_close(out, '}');
    return !out->failed;
}

bool dgm_answer_words(dgm_question *q)
{
    static const char *const kinds[DGM_N_WORDS] = { "who", "place", "mode", "speaker", "source" };
    const char *kind = dgm_request_value(q->request, "kind");
    const char *starts = dgm_request_value(q->request, "starts");
    size_t i = 0;
    while (i < DGM_LEN(kinds) && (!kind || strcmp(kind, kinds[i]) != 0))
        i++;
    if (i == DGM_LEN(kinds)) {
        dgm_turn_down(&q->refusal, 400, "kind",
                      "'kind' is who, place, mode, speaker or source, not '%.40s'.",
                      kind ? kind : "");
        return false;
    }
    dgm_json_open(&q->out, NULL, '{');
    dgm_json_open(&q->out, "words", '[');
    if (dgm_page_complete(q->store, (dgm_page_words)i, dgm_view_of(starts), put_word, &q->out,
                          &q->err) != DGM_OK)
        return false;
    dgm_buffer_put(&q->out, DGM_VIEW("]}"));
    return true;
}
