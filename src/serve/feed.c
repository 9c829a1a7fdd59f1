/* A filter as an Atom feed (RFC 4287): the events that came into the store last, whatever day they
 * tell of, so that a reader of feeds shows what is new. */
#include "serve/lists.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 50, MOST_ENTRIES = 500 };

/* As text of XML: what XML forbids is left out. */
static void put_text(dgm_buffer *out, dgm_view text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        const char *as = c == '&'   ? "&amp;"
                         : c == '<' ? "&lt;"
                         : c == '>' ? "&gt;"
                         : c == '"' ? "&quot;"
                                    : NULL;
        /* U+FFFE and U+FFFF, which are no characters. */
        bool none = c == 0xEF && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0xBF &&
                    (unsigned char)text.p[i + 2] >= 0xBE;
        if (none)
            i += 2;
        else if (as)
            dgm_buffer_put(out, dgm_view_of(as));
        else if (c >= ' ' || c == '\n' || c == '\t')
            dgm_buffer_put(out, dgm_view_slice(text, i, i + 1));
    }
}

static void put_element(dgm_buffer *out, const char *name, dgm_view text)
{
    dgm_buffer_printf(out, "<%s>", name);
    put_text(out, text);
    dgm_buffer_printf(out, "</%s>", name);
}

/* The address that was asked, without the server, to which feeds' links are relative. */
static void put_address(dgm_buffer *out, const dgm_request *r)
{
    dgm_buffer_put(out, r->path);
    for (uint32_t i = 0; i < r->n_parameters; i++) {
        dgm_buffer_printf(out, "%s%.*s=", i ? "&amp;" : "?", DGM_FMT(r->parameters[i].name));
        for (size_t k = 0; k < r->parameters[i].value.n; k++) {
            unsigned char c = (unsigned char)r->parameters[i].value.p[k];
            bool plain = dgm_is_alpha(c) || dgm_is_digit(c) || strchr("-_.~,", c);
            dgm_buffer_printf(out, plain ? "%c" : "%%%02X", c);
        }
    }
}

/* "country TUR, type ASSAULT", or "all events". */
static void put_title_of_feed(dgm_buffer *out, const dgm_request *r)
{
    for (uint32_t i = 0; i < r->n_parameters; i++) {
        dgm_buffer_printf(out, "%s%.*s ", i ? ", " : "", DGM_FMT(r->parameters[i].name));
        put_text(out, r->parameters[i].value);
    }
    if (r->n_parameters == 0)
        dgm_buffer_put(out, DGM_VIEW("all events"));
}

/* ---- entries -------------------------------------------------------------------------------- */

static void put_side(dgm_buffer *out, const dgm_record_actor *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            dgm_buffer_put(out, DGM_VIEW(", "));
        put_text(out, at[i].name.n ? at[i].name : at[i].words.text);
    }
    if (n == 0)
        dgm_buffer_put(out, DGM_VIEW("somebody"));
}

/* "ACCUSE: government of Turkey > government of Armenia (negated, 2020-10-02)" */
static void put_title(dgm_buffer *out, const dgm_record *r)
{
    dgm_buffer_printf(out, "<title>%.*s: ", DGM_FMT(r->type));
    put_side(out, r->actors.at, r->actors.n);
    if (r->recipients.n > 0) {
        dgm_buffer_put(out, DGM_VIEW(" &gt; "));
        put_side(out, r->recipients.at, r->recipients.n);
    }
    dgm_buffer_put(out, DGM_VIEW(" ("));
    if (r->polarity != DGM_AFFIRMED)
        dgm_buffer_printf(out, "%s, ", dgm_polarity_name(r->polarity));
    if (r->status != DGM_ACTUAL)
        dgm_buffer_printf(out, "%s, ", dgm_factual_status_name(r->status));
    put_text(out, r->event_date.n ? r->event_date : r->story_date);
    dgm_buffer_put(out, DGM_VIEW(")</title>"));
}

static void put_author(dgm_buffer *out, const dgm_record *r)
{
    dgm_buffer_put(out, DGM_VIEW("<author>"));
    put_element(out, "name",
                dgm_view_trim(r->story_source).n ? r->story_source : DGM_VIEW("unknown"));
    dgm_buffer_put(out, DGM_VIEW("</author>"));
}

typedef struct {
    dgm_buffer entries;
    char latest[11]; /* day of a story */
} writing;

static bool put_entry(void *context, int64_t event, int64_t story, const dgm_record *r)
{
    writing *w = context;
    dgm_buffer *out = &w->entries;
    (void)event;
    if (r->story_date.n == 10 && strncmp(w->latest, r->story_date.p, 10) < 0)
        memcpy(w->latest, r->story_date.p, 10);
    dgm_buffer_put(out, DGM_VIEW("<entry>"));
    put_title(out, r);
    dgm_buffer_printf(out, "<id>urn:dragoman:event:%.*s</id><updated>%.*sT00:00:00Z</updated>",
                      DGM_FMT(r->event_id), DGM_FMT(r->story_date));
    put_author(out, r);
    dgm_buffer_printf(out, "<link rel=\"alternate\" href=\"/story/%lld\"/>", (long long)story);
    if (dgm_view_starts(r->story_url, DGM_VIEW("http://")) ||
        dgm_view_starts(r->story_url, DGM_VIEW("https://"))) {
        dgm_buffer_put(out, DGM_VIEW("<link rel=\"via\" href=\""));
        put_text(out, r->story_url);
        dgm_buffer_put(out, DGM_VIEW("\"/>"));
    }
    dgm_buffer_printf(out, "<category term=\"%.*s\"/>", DGM_FMT(r->type));
    put_element(out, "summary", r->text);
    dgm_buffer_put(out, DGM_VIEW("</entry>\n"));
    return !out->failed;
}

/* ---- the feed ------------------------------------------------------------------------------- */

static int by_newest(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

bool dgm_answer_feed(dgm_question *q)
{
    dgm_numbers numbers;
    dgm_buffer *out = &q->out;
    writing w = { .latest = "1970-01-01" };
    uint64_t limit;
    if (!dgm_question_number(q, "limit", 1, MOST_ENTRIES, ENTRIES, &limit))
        return false;
    if (dgm_request_value(q->request, "after")) {
        dgm_turn_down(&q->refusal, 400, "after", "A feed has no 'after'; 'limit' makes it longer.");
        return false;
    }
    if (!dgm_numbers_ask(q, &q->filter, false, NULL, &numbers))
        return false;
    if (numbers.at.n > 0)
        qsort(numbers.at.at, numbers.at.n, sizeof *numbers.at.at, by_newest);
    q->type = "application/atom+xml; charset=utf-8";
    dgm_status status = dgm_page_records(q->store, numbers.at.at, DGM_MIN(numbers.at.n, limit),
                                         put_entry, &w, &q->err);
    if (status == DGM_OK && w.entries.failed)
        status = dgm_fail(&q->err, DGM_ENOMEM, NULL, 0, "no memory for an answer");
    dgm_buffer_put(out, DGM_VIEW("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\""
                                 "http://www.w3.org/2005/Atom\"><title>dragoman: "));
    put_title_of_feed(out, q->request);
    dgm_buffer_put(out, DGM_VIEW("</title><id>urn:dragoman:feed:"));
    put_address(out, q->request);
    dgm_buffer_put(out, DGM_VIEW("</id><link rel=\"self\" href=\""));
    put_address(out, q->request);
    dgm_buffer_printf(out,
                      "\"/><generator version=\"%s\">dragoman</generator>"
                      "<updated>%sT00:00:00Z</updated>\n",
                      DGM_VERSION, w.latest);
    dgm_buffer_put(out, (dgm_view) { w.entries.p, w.entries.n });
    dgm_buffer_put(out, DGM_VIEW("</feed>\n"));
    dgm_buffer_done(&w.entries);
    return status == DGM_OK;
}
