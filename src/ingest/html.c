/* Pages of HTML: a file that is one, and what other readers hand over. */
#include "ingest/page.h"

#include <stdlib.h>
#include <string.h>

static bool looks_like_html(dgm_view first)
{
    static const char *const openings[] = { "<!doctype html", "<html", "<head", "<body" };
    while (dgm_view_starts(first, DGM_VIEW("<!--")) || dgm_view_starts(first, DGM_VIEW("<?"))) {
        bool comment = first.p[1] == '!';
        size_t end = dgm_view_find(first, comment ? DGM_VIEW("-->") : DGM_VIEW("?>"));
        if (end == SIZE_MAX)
            return false;
        first = dgm_view_trim(dgm_view_slice(first, end + 2 + comment, first.n));
    }
    for (size_t i = 0; i < DGM_LEN(openings); i++) {
        dgm_view opening = dgm_view_of(openings[i]);
        if (dgm_view_eq_nocase(dgm_view_slice(first, 0, opening.n), opening))
            return true;
    }
    return false;
}

#ifdef DGM_HAVE_GUMBO
#include "ingest/html_article.h"
#include "ingest/html_facts.h"

static const GumboNode *parse(dgm_reader *r, dgm_view text)
{
    if (!r->pages)
        r->pages = dgm_html_memory_new();
    const GumboNode *root = r->pages ? dgm_html_parse(r->pages, text) : NULL;
    r->starved = r->starved || dgm_html_starved(r->pages);
    return root;
}

void dgm_pages_done(dgm_reader *r)
{
    dgm_html_memory_free(r->pages);
}

/* "https://www.example.org/x" -> "example.org" */
static dgm_view host_of(dgm_view url)
{
    size_t at = dgm_view_find(url, DGM_VIEW("://"));
    if (at == SIZE_MAX)
        return (dgm_view) { "", 0 };
    dgm_view host = dgm_view_slice(url, at + 3, url.n);
    for (size_t i = 0; i < host.n; i++) {
        if (strchr("/:?#", host.p[i]))
            host.n = i;
    }
    return dgm_view_starts(host, DGM_VIEW("www.")) ? dgm_view_slice(host, 4, host.n) : host;
}

/* Views into the page's tree are copied: the next page reuses its memory. */
static void take_facts(const dgm_html_facts *facts, const dgm_page *page, dgm_document *doc)
{
    doc->title = dgm_arena_copy(doc->arena, facts->title);
    doc->url = dgm_arena_copy(doc->arena, facts->url.n > 0 ? facts->url : page->url);
    doc->source =
        dgm_arena_copy(doc->arena, facts->source.n > 0 ? facts->source : host_of(doc->url));
    memcpy(doc->date, facts->date, sizeof doc->date);
    doc->date_basis = facts->date_basis;
    if (!doc->date[0] && page->date[0]) {
        memcpy(doc->date, page->date, sizeof doc->date);
        doc->date_basis = DGM_VIEW("archive");
    }
}

/* Systems write "&#8220;" where words are wanted. */
static dgm_view without_entities(dgm_reader *r, dgm_arena *arena, dgm_view words)
{
    if (words.n == 0 || memchr(words.p, '<', words.n) || !memchr(words.p, '&', words.n))
        return words;
    dgm_view text = dgm_text_of_html(r, arena, words);
    return text.n > 0 ? text : words;
}

/* The day after the one on which the page was there, since clocks differ; "": not known. */
static void latest_of(dgm_reader *r, const dgm_page *page, char day[11])
{
    if (page->date[0])
        memcpy(day, page->date, sizeof page->date);
    else if (!dgm_source_day(r->source, day))
        day[0] = '\0';
    dgm_day_after(day);
}

dgm_reading dgm_read_page(dgm_reader *r, dgm_view bytes, const dgm_page *page, dgm_document *doc,
                          dgm_err *err)
{
    dgm_view text = dgm_decode(doc->arena, bytes, page->charset);
    const GumboNode *root = parse(r, text);
    if (!root)
        return dgm_refuse(r, DGM_ELIMIT, 0, "%sthe page's tree is too large; it is passed over",
                          page->what);
    char latest[11];
    latest_of(r, page, latest);
    dgm_html_facts facts = dgm_html_facts_of(doc->arena, root, page->url, latest);
    take_facts(&facts, page, doc);
    doc->text = dgm_html_article(doc->arena, root, doc->title);
    if (!doc->text.p)
        return dgm_no_memory(r, 1, err);
    if (doc->text.n < facts.body.n / 2)
        doc->text = dgm_text_of_html(r, doc->arena, facts.body);
    doc->title = without_entities(r, doc->arena, doc->title);
    doc->source = without_entities(r, doc->arena, doc->source);
    if (doc->text.n > 0)
        return dgm_finish_story(r, doc, 1);
    if (!page->archive)
        return dgm_refuse(r, DGM_EFORMAT, 0, "%sthere is no story on the page", page->what);
    if (r->options.left_out)
        r->options.left_out->n_empty++;
    return DGM_READ_NOTHING;
}

dgm_view dgm_text_of_html(dgm_reader *r, dgm_arena *arena, dgm_view html)
{
    if (html.n == 0 || (!memchr(html.p, '<', html.n) && !memchr(html.p, '&', html.n)))
        return html;
    const GumboNode *root = html.n <= DGM_MAX_PAGE ? parse(r, html) : NULL;
    dgm_view text = root ? dgm_html_paragraphs(arena, root) : (dgm_view) { "", 0 };
    r->starved = r->starved || !text.p;
    return text.p ? text : (dgm_view) { "", 0 };
}

/* The whole input is one page. */
static dgm_reading next(dgm_reader *r, dgm_arena *arena, dgm_document *doc, dgm_err *err)
{
    dgm_page page = { .what = "" };
    dgm_view bytes;
    if (r->ended)
        return DGM_READ_END;
    r->ended = true;
    while ((bytes = dgm_source_bytes(r->source, DGM_MAX_PIECE)).n > 0) {
        r->anything = true;
        if (bytes.n > DGM_MAX_PAGE - r->line.n) {
            dgm_refuse(r, DGM_ELIMIT, 0,
                       "the page is longer than %u bytes: what follows of it is "
                       "passed over",
                       DGM_MAX_PAGE);
            break;
        }
        if (!dgm_bytes_put(&r->line, bytes))
            return dgm_no_memory(r, 1, err);
    }
    dgm_document_init(doc, arena);
    if (!r->anything)
        return DGM_READ_END;
    doc->id = dgm_next_id(r, arena);
    return dgm_read_page(r, (dgm_view) { r->line.p, r->line.n }, &page, doc, err);
}

const dgm_input_kind dgm_kind_html = { .sniff = looks_like_html, .next = next };
#else
void dgm_pages_done(dgm_reader *r)
{
    (void)r;
}

dgm_view dgm_text_of_html(dgm_reader *r, dgm_arena *arena, dgm_view html)
{
    (void)r, (void)arena;
    return html;
}

const dgm_input_kind dgm_kind_html = { .sniff = looks_like_html };
#endif
