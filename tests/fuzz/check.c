/* What must hold of all that goes out. */
#include "fuzz.h"

#include "document/types.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static void text(dgm_view v, const char *claim)
{
    dgm_fuzz_claim(v.n == 0 || dgm_utf8_invalid(v) == SIZE_MAX, claim);
}

static bool is_index(uint32_t i, uint32_t n)
{
    return i == DGM_NONE || i < n;
}

static bool is_share(double value)
{
    return value >= 0 && value <= 1;
}

static bool is_day(const char *day)
{
    return dgm_is_day(dgm_view_of(day));
}

/* ---- syntax --------------------------------------------------------------------------------- */

/* Code points before a byte of the text, counted on from where the last call ended. */
typedef struct {
    dgm_view text;
    uint32_t begin, begin_byte; /* of the text */
    uint32_t at, at_byte;
} counter;

static void check_place(counter *c, uint32_t place, uint32_t byte)
{
    dgm_fuzz_claim(byte >= c->at_byte && byte - c->begin_byte <= c->text.n, "bytes are in order");
    dgm_view part = dgm_view_slice(c->text, c->at_byte - c->begin_byte, byte - c->begin_byte);
    c->at += (uint32_t)dgm_utf8_count(part);
    c->at_byte = byte;
    dgm_fuzz_claim(c->at == place, "code points and bytes are of one place");
}

/* Every word comes to the root. */
static void check_tree(const dgm_sentence *s)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        uint32_t steps = 0;
        for (uint32_t k = i; k != 0 && steps <= s->n_words; steps++) {
            dgm_fuzz_claim(s->words[k].head <= s->n_words, "a head is a word");
            k = s->words[k].head;
        }
        dgm_fuzz_claim(steps <= s->n_words, "a tree has no circle");
    }
}

static void check_word(const dgm_word *w)
{
    enum { ENTITY_TAGS = DGM_N_ENTITY_TYPES * 4 };
    text(w->form, "a form is text");
    text(w->lemma, "a lemma is text");
    text(w->xpos, "a tag is text");
    text(w->feats, "features are text");
    dgm_fuzz_claim(w->form.n > 0, "a word has a form");
    dgm_fuzz_claim(w->upos < DGM_N_UPOS && w->deprel < DGM_N_DEPREL, "labels are known");
    dgm_fuzz_claim(w->entity_tag <= ENTITY_TAGS, "a name is of a type");
}

void dgm_fuzz_check_words(const dgm_document *doc)
{
    counter c = { doc->text, doc->begin, doc->begin_byte, doc->begin, doc->begin_byte };
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        dgm_fuzz_claim(s->n_words > 0, "a sentence has words");
        for (uint32_t k = 1; k <= s->n_words; k++) {
            const dgm_word *w = &s->words[k], *before = &s->words[k - 1];
            check_word(w);
            dgm_fuzz_claim(w->end >= w->begin && w->end_byte >= w->begin_byte, "a word has an end");
            if (k > 1 && w->begin_byte < c.at_byte) { /* words of one token have its place */
                dgm_fuzz_claim(w->begin == before->begin && w->end_byte == before->end_byte,
                               "only words of one token are in one place");
                continue;
            }
            check_place(&c, w->begin, w->begin_byte);
            check_place(&c, w->end, w->end_byte);
        }
        dgm_fuzz_claim(s->begin_byte == s->words[1].begin_byte &&
                           s->end_byte == s->words[s->n_words].end_byte,
                       "a sentence reaches from its first word to its last");
        check_tree(s);
    }
}

/* ---- rooms after that ----------------------------------------------------------------------- */

static void check_span(const dgm_document *doc, const dgm_span *span)
{
    if (span->first == 0)
        return;
    dgm_fuzz_claim(span->sentence < doc->sentences.n, "a span is in a sentence");
    const dgm_sentence *s = &doc->sentences.at[span->sentence];
    dgm_fuzz_claim(span->first <= span->last && span->last <= s->n_words, "a span has words");
    const dgm_word *first = &s->words[span->first], *last = &s->words[span->last];
    dgm_fuzz_claim(span->begin == first->begin && span->begin_byte == first->begin_byte &&
                       span->end == last->end && span->end_byte == last->end_byte,
                   "a span has the offsets of its words");
}

static void check_entities(const dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->entities.n; i++) {
        const dgm_entity *e = &doc->entities.at[i];
        text(e->name, "who it is is text");
        text(e->id, "an id is text");
        dgm_fuzz_claim(e->kind <= DGM_ENTITY_OTHER && e->n_others <= DGM_MAX_SECTORS &&
                           memchr(e->country, 0, sizeof e->country) &&
                           memchr(e->sector, 0, sizeof e->sector),
                       "somebody has a kind and codes");
    }
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_mention *m = &doc->mentions.at[i];
        check_span(doc, &m->span);
        dgm_fuzz_claim(m->head >= m->span.first && m->head <= m->span.last,
                       "a mention has its head");
        dgm_fuzz_claim(m->via <= DGM_VIA_INFERRED, "a mention has a reason");
        dgm_fuzz_claim(m->n_entities <= doc->mention_entities.n &&
                           m->entities <= doc->mention_entities.n - m->n_entities,
                       "a mention is of somebody in the list");
    }
    for (uint32_t i = 0; i < doc->mention_entities.n; i++)
        dgm_fuzz_claim(doc->mention_entities.at[i] < doc->entities.n, "whoever is meant is there");
}

static void check_attributions(const dgm_document *doc)
{
    uint32_t n = doc->attributions_found.n;
    for (uint32_t i = 0; i < n; i++) {
        const dgm_attribution *a = &doc->attributions_found.at[i];
        check_span(doc, &a->cue);
        check_span(doc, &a->source);
        for (uint32_t k = 0; k < a->contents.n; k++)
            check_span(doc, &a->contents.at[k]);
        dgm_fuzz_claim(is_index(a->speaker_mention, doc->mentions.n) &&
                           is_index(a->speaker_entity, doc->entities.n),
                       "a speaker is somebody");
        dgm_fuzz_claim(a->kind <= DGM_KIND_BELIEVE && a->direct <= DGM_MIXED,
                       "an attribution has a kind");
        uint32_t steps = 0;
        for (uint32_t k = i; k != DGM_NONE && steps <= n; steps++) {
            dgm_fuzz_claim(is_index(doc->attributions_found.at[k].outer, n), "one lies in another");
            k = doc->attributions_found.at[k].outer;
        }
        dgm_fuzz_claim(steps <= n, "none lies in itself");
    }
}

static void check_grounding(const dgm_document *doc)
{
    for (uint32_t i = 0; i < doc->times.n; i++) {
        const dgm_time *t = &doc->times.at[i];
        check_span(doc, &t->span);
        check_span(doc, &t->words);
        dgm_fuzz_claim(t->kind <= DGM_TIMEX_SET && memchr(t->value, 0, sizeof t->value),
                       "a time has a kind and a value");
        dgm_fuzz_claim((!t->begin[0] || is_day(t->begin)) && (!t->end[0] || is_day(t->end)) &&
                           (!t->from[0] || is_day(t->from)) && (!t->to[0] || is_day(t->to)),
                       "days are in the calendar");
    }
    for (uint32_t i = 0; i < doc->places.n; i++) {
        const dgm_place *p = &doc->places.at[i];
        check_span(doc, &p->span);
        text(p->name, "a place has a name");
        dgm_fuzz_claim(isnan(p->lat) == isnan(p->lon), "both coordinates or none");
        dgm_fuzz_claim(isnan(p->lat) || (fabs(p->lat) <= 90 && fabs(p->lon) <= 180),
                       "a place is on the globe");
        dgm_fuzz_claim(p->precision < DGM_N_PRECISIONS, "a place is of a kind");
    }
}

static void check_sides(const dgm_document *doc, const dgm_participant *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        dgm_fuzz_claim(at[i].mention < doc->mentions.n && is_index(at[i].entity, doc->entities.n),
                       "a side is somebody");
}

static void check_sizes(const dgm_document *doc, const dgm_event *e)
{
    for (uint32_t i = 0; i < DGM_N_SIZES; i++) {
        const dgm_size *size = &e->sizes[i];
        check_span(doc, &size->span);
        dgm_fuzz_claim(size->span.first == 0 ||
                           (isfinite(size->min) && size->min >= 0 &&
                            (isnan(size->max) || (isfinite(size->max) && size->max >= size->min))),
                       "a size is a range");
    }
}

static void check_event(const dgm_document *doc, const dgm_event *e)
{
    check_span(doc, &e->trigger);
    check_span(doc, &e->condition);
    check_sides(doc, e->actors.at, e->actors.n);
    check_sides(doc, e->recipients.at, e->recipients.n);
    check_sizes(doc, e);
    dgm_fuzz_claim(e->trigger.first > 0 && e->trigger_word >= 1 &&
                       e->trigger_word <= doc->sentences.at[e->trigger.sentence].n_words,
                   "an event has its words");
    dgm_fuzz_claim(dgm_type_index(e->type) > 0 && dgm_type_index(e->type) < doc->types->n,
                   "an event has a type");
    dgm_fuzz_claim(e->quad >= 1 && e->quad <= 4, "an event has a quad class");
    for (const char *c = e->cameo; *c; c++)
        dgm_fuzz_claim(dgm_is_digit((unsigned char)*c) || *c == 'X', "CAMEO codes are digits");
    dgm_fuzz_claim(e->polarity <= DGM_NEGATED && e->status <= DGM_HYPOTHETICAL,
                   "an event has polarity and status");
    dgm_fuzz_claim(is_day(e->date) || (!e->date[0] && !doc->date[0]), "an event has a day");
    dgm_fuzz_claim(!e->date_end[0] || (is_day(e->date_end) && strcmp(e->date_end, e->date) >= 0),
                   "an event's days are in order");
    dgm_fuzz_claim(is_index(e->condition_event, doc->events.n) &&
                       is_index(e->content_of, doc->events.n),
                   "links lead to events");
    for (uint32_t i = 0; i < e->contradicts.n; i++)
        dgm_fuzz_claim(e->contradicts.at[i] < doc->events.n, "contradicted events are there");
    for (uint32_t i = 0; i < e->attributions.n; i++)
        dgm_fuzz_claim(e->attributions.at[i] < doc->attributions_found.n, "voices are there");
    for (uint32_t i = 0; i < e->locations.n; i++)
        dgm_fuzz_claim(e->locations.at[i] < doc->places.n, "an event is somewhere");
    dgm_fuzz_claim(e->place_basis < DGM_N_BASES && is_share(e->judged) &&
                       (isnan(e->confidence) || is_share(e->confidence)),
                   "shares are from 0 to 1");
}

void dgm_fuzz_check_document(const dgm_document *doc)
{
    dgm_fuzz_check_words(doc);
    check_entities(doc);
    check_attributions(doc);
    check_grounding(doc);
    for (uint32_t i = 0; i < doc->events.n; i++)
        check_event(doc, &doc->events.at[i]);
}

/* ---- output --------------------------------------------------------------------------------- */

void dgm_fuzz_check_json(dgm_view value)
{
    json_error_t error;
    json_t *json = json_loadb(value.p, value.n,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!json)
        fprintf(stderr, "%s: %.*s\n", error.text, (int)DGM_MIN(value.n, (size_t)400), value.p);
    dgm_fuzz_claim(json != NULL, "JSON is JSON");
    json_decref(json);
}

void dgm_fuzz_check_json_lines(dgm_view bytes)
{
    dgm_view line;
    dgm_fuzz_claim(bytes.n == 0 || bytes.p[bytes.n - 1] == '\n', "the last line has an end");
    while (bytes.n > 0 && dgm_view_split(&bytes, '\n', &line))
        dgm_fuzz_check_json(line);
}

void dgm_fuzz_check_cells(dgm_view bytes, char separator)
{
    size_t n = 1, first = 0;
    bool quoted = false;
    text(bytes, "a table is text");
    dgm_fuzz_claim(bytes.n == 0 || bytes.p[bytes.n - 1] == '\n', "the last row has an end");
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        quoted = quoted != (c == '"' && separator == ',');
        n += !quoted && c == separator;
        if (quoted || c != '\n')
            continue;
        first = first ? first : n;
        dgm_fuzz_claim(n == first, "all rows have as many cells");
        n = 1;
    }
    dgm_fuzz_claim(!quoted, "quotation marks close");
}

void dgm_fuzz_check_output(dgm_output_format format, dgm_view bytes)
{
    switch (format) {
    case DGM_OUTPUT_JSONL:
    case DGM_OUTPUT_PLOVER:
        dgm_fuzz_check_json_lines(bytes);
        break;
    case DGM_OUTPUT_GEOJSON:
        dgm_fuzz_check_json(bytes);
        break;
    case DGM_OUTPUT_CSV:
    case DGM_OUTPUT_PAIRS:
        dgm_fuzz_check_cells(bytes, ',');
        break;
    case DGM_OUTPUT_GDELT:
    case DGM_OUTPUT_MENTIONS:
    case DGM_OUTPUT_ICEWS:
    case DGM_OUTPUT_POLECAT:
        dgm_fuzz_check_cells(bytes, '\t');
        break;
    case DGM_OUTPUT_STATA:
    case DGM_OUTPUT_SPSS:
        break;
    default:
        text(bytes, "the output is UTF-8");
    }
}
