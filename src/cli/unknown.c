#include "cli/unknown.h"

#include "syntax/syntax.h"

#include <stdlib.h>
#include <string.h>

/* ---- in a story ----------------------------------------------------------------------------- */

enum { MAX_NAME = 120, MAX_EXAMPLE = 200, N_CELLS = 6 };

static bool is_argument(dgm_deprel deprel)
{
    return deprel == DGM_REL_NSUBJ || deprel == DGM_REL_NSUBJ_PASS || deprel == DGM_REL_OBJ ||
           deprel == DGM_REL_IOBJ || deprel == DGM_REL_OBL_AGENT;
}

static bool has_side(const dgm_document *doc, uint32_t i)
{
    for (uint32_t e = 0; e < doc->events.n; e++) {
        const dgm_event *event = &doc->events.at[e];
        for (uint32_t k = 0; k < event->actors.n; k++)
            if (event->actors.at[k].mention == i)
                return true;
        for (uint32_t k = 0; k < event->recipients.n; k++)
            if (event->recipients.at[k].mention == i)
                return true;
    }
    return false;
}

/* Whether the mention is subject, object or agent of an event's word, or stands beside one that is;
 * names of places only ("in Abnub") are never. */
static bool acts(const dgm_document *doc, uint32_t i)
{
    enum { MAX_UP = 4 };
    const dgm_mention *m = &doc->mentions.at[i];
    const dgm_sentence *s = &doc->sentences.at[m->span.sentence];
    uint32_t w = m->head;
    for (int up = 0; up < MAX_UP && s->words[w].head > 0 && !is_argument(s->words[w].deprel);
         up++) {
        if (s->words[w].deprel != DGM_REL_CONJ && s->words[w].deprel != DGM_REL_APPOS)
            return false;
        w = s->words[w].head;
    }
    const dgm_word *word = &s->words[w];
    return is_argument(word->deprel) && word->head > 0 &&
           (s->words[word->head].event != DGM_NONE || has_side(doc, i));
}

static bool is_place(const dgm_document *doc, dgm_span name)
{
    for (uint32_t i = 0; i < doc->places.n; i++) {
        const dgm_span *place = &doc->places.at[i].span;
        if (place->sentence == name.sentence && place->begin < name.end && name.begin < place->end)
            return true;
    }
    return false;
}

static bool begins_upper(dgm_view form)
{
    uint32_t cp = 0;
    if (form.n > 0)
        (void)dgm_utf8_next(form.p, form.n, &cp);
    return dgm_cp_is_upper(cp);
}

static bool is_part(const dgm_word *word)
{
    return word->upos == DGM_PROPN ||
           (begins_upper(word->form) && (word->upos == DGM_NOUN || word->upos == DGM_ADJ));
}

/* How many words after `last` go on with a name: the next one, "-Rifai", "of Peace". */
static uint32_t goes_on(const dgm_sentence *s, uint32_t last)
{
    const dgm_word *next = last < s->n_words ? &s->words[last + 1] : NULL;
    if (!next || !s->words[last].form.n)
        return 0;
    if (is_part(next))
        return 1;
    bool two = last + 2 <= s->n_words && begins_upper(s->words[last + 2].form) &&
               s->words[last + 2].upos == DGM_PROPN;
    bool hyphen =
        dgm_view_eq(next->form, DGM_VIEW("-")) && !next->space_after && !s->words[last].space_after;
    return two && (hyphen || dgm_view_eq(next->form, DGM_VIEW("of"))) ? 2 : 0;
}

/* The name about the head of the mention: its proper nouns and what joins them. */
static dgm_span name_of(const dgm_document *doc, const dgm_mention *m)
{
    const dgm_sentence *s = &doc->sentences.at[m->span.sentence];
    uint32_t first = m->head, last = m->head;
    if (s->words[m->head].upos != DGM_PROPN || !begins_upper(s->words[m->head].form))
        return (dgm_span) { 0 };
    while (first > m->span.first && is_part(&s->words[first - 1]) &&
           (first > 2 || s->words[1].upos == DGM_PROPN)) /* a sentence begins with a capital */
        first--;
    for (uint32_t more; (more = goes_on(s, last)) > 0;)
        last += more;
    return dgm_span_of(doc, m->span.sentence, first, last);
}

/* "Board of Peace (BOP)": the letters in brackets that a body is called by. */
static bool has_acronym(const dgm_document *doc, dgm_span name)
{
    const dgm_sentence *s = &doc->sentences.at[name.sentence];
    if (name.last + 3 > s->n_words || !dgm_view_eq(s->words[name.last + 1].form, DGM_VIEW("(")) ||
        !dgm_view_eq(s->words[name.last + 3].form, DGM_VIEW(")")))
        return false;
    dgm_view form = s->words[name.last + 2].form;
    for (size_t i = 0; i < form.n; i++)
        if (!dgm_is_upper((unsigned char)form.p[i]))
            return false;
    return form.n >= 2;
}

static const char *kind_of(const dgm_document *doc, const dgm_mention *m, const dgm_entity *e,
                           bool acronym)
{
    uint8_t tag = doc->sentences.at[m->span.sentence].words[m->head].entity_tag;
    if (acronym || (e && e->kind == DGM_ENTITY_ORG))
        return "body";
    if (e && e->kind == DGM_ENTITY_PERSON && e->sector[0])
        return "person";
    if (tag)
        return dgm_entity_type_name(dgm_entity_tag_type(tag));
    return e && e->kind == DGM_ENTITY_PERSON ? "person" : "-";
}

/* At most `max` bytes, on one line. */
static void put_cell(dgm_buffer *out, dgm_view v, size_t max, const char *end)
{
    size_t n = DGM_MIN(v.n, max), from = out->n;
    while (n < v.n && n > 0 && ((unsigned char)v.p[n] & 0xC0) == 0x80)
        n--;
    dgm_buffer_put(out, n > 0 ? (dgm_view) { v.p, n } : DGM_VIEW("-"));
    for (size_t i = from; i < out->n; i++)
        if ((unsigned char)out->p[i] < 0x20)
            out->p[i] = ' ';
    dgm_buffer_printf(out, "%s", end);
}

/* "John Silk" of "Minister John Silk". */
static dgm_span without_title(const dgm_document *doc, dgm_span name, const dgm_entity *person)
{
    for (uint32_t w = name.first; w <= name.last; w++) {
        dgm_span rest = dgm_span_of(doc, name.sentence, w, name.last);
        if (dgm_view_eq(dgm_span_text(doc, rest), person->name))
            return rest;
    }
    return name;
}

/* Whether the story speaks of a place by that name elsewhere: "in Abnub ... Abnub saw clashes". */
static bool is_place_elsewhere(const dgm_document *doc, dgm_view name)
{
    for (uint32_t i = 0; i < doc->entities.n; i++)
        if (doc->entities.at[i].kind == DGM_ENTITY_PLACE &&
            dgm_view_eq(doc->entities.at[i].name, name))
            return true;
    return false;
}

static void find_in(const dgm_document *doc, uint32_t i, dgm_buffer *out)
{
    const dgm_mention *m = &doc->mentions.at[i];
    const dgm_entity *e =
        m->n_entities > 0 ? &doc->entities.at[doc->mention_entities.at[m->entities]] : NULL;
    if (m->pronoun || m->n_entities > 1 || m->via == DGM_VIA_COREF ||
        (e && (e->source.n > 0 || e->kind == DGM_ENTITY_PLACE || e->kind == DGM_ENTITY_GROUP ||
               e->kind == DGM_ENTITY_COUNTRY || e->kind == DGM_ENTITY_GOVERNMENT)))
        return;
    dgm_span name = name_of(doc, m);
    if (name.first == 0 || name.end_byte - name.begin_byte > MAX_NAME)
        return;
    bool acronym = has_acronym(doc, name);
    bool titled = e && e->kind == DGM_ENTITY_PERSON && e->sector[0];
    if (!acronym && !titled && (!acts(doc, i) || is_place(doc, name)))
        return;
    if (titled)
        name = without_title(doc, name, e);
    else if (is_place_elsewhere(doc, dgm_span_text(doc, name)))
        return;
    const dgm_sentence *s = &doc->sentences.at[name.sentence];
    put_cell(out, dgm_span_text(doc, name), MAX_NAME, "\t");
    dgm_buffer_printf(out, "%s\t", kind_of(doc, m, e, acronym));
    put_cell(out, doc->id, MAX_NAME, "\t");
    dgm_buffer_printf(out, "%u\t%u\t", doc->begin + name.begin, doc->begin + name.end);
    put_cell(out, dgm_span_text(doc, dgm_span_of(doc, name.sentence, 1, s->n_words)), MAX_EXAMPLE,
             "\n");
}

void dgm_unknown_find(const dgm_document *doc, dgm_buffer *out)
{
    for (uint32_t i = 0; i < doc->mentions.n; i++)
        find_in(doc, i, out);
}

/* ---- over all stories ----------------------------------------------------------------------- */

enum { MAX_NAMES = 100000 };

typedef struct {
    char *line; /* of the first time, as dgm_unknown_find() wrote it, without its end */
    size_t n;   /* bytes of it */
    uint64_t seen;
} entry;

struct dgm_unknown {
    dgm_map *names; /* -> number in entries */
    entry *entries;
    uint32_t n;
    uint64_t lost;
};

static dgm_view cell_of(const entry *e, uint32_t i)
{
    dgm_view rest = { e->line, e->n }, cell = { "", 0 };
    for (uint32_t k = 0; k <= i; k++)
        if (!dgm_view_split(&rest, '\t', &cell))
            return (dgm_view) { "-", 1 };
    return cell;
}

dgm_unknown *dgm_unknown_new(void)
{
    dgm_unknown *u = calloc(1, sizeof(*u));
    if (!u)
        return NULL;
    u->names = dgm_map_new();
    u->entries = calloc(MAX_NAMES, sizeof(entry));
    if (u->names && u->entries)
        return u;
    dgm_unknown_free(u);
    return NULL;
}

void dgm_unknown_free(dgm_unknown *u)
{
    if (!u)
        return;
    for (uint32_t i = 0; i < u->n; i++)
        free(u->entries[i].line);
    free(u->entries);
    dgm_map_free(u->names);
    free(u);
}

/* Drops the names seen at most so often. False: no memory. */
static bool drop_up_to(dgm_unknown *u, uint64_t seen)
{
    dgm_map *names = dgm_map_new();
    bool good = names != NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < u->n; i++) {
        entry *e = &u->entries[i];
        good = good && (e->seen <= seen || dgm_map_set(names, cell_of(e, 0), n, NULL) == DGM_OK);
        if (e->seen <= seen || !good)
            free(e->line);
        else
            u->entries[n++] = *e;
    }
    u->n = n;
    dgm_map_free(u->names);
    u->names = names;
    return good;
}

/* Drops the rarest names until half the room is free. */
static bool make_room(dgm_unknown *u)
{
    uint64_t seen = 0;
    while (u->n > MAX_NAMES / 2)
        if (!drop_up_to(u, ++seen))
            return false;
    u->lost += seen;
    return true;
}

static bool count_line(dgm_unknown *u, dgm_view line)
{
    dgm_view rest = line, name;
    if (!dgm_view_split(&rest, '\t', &name))
        return true;
    uint32_t i = dgm_map_get(u->names, name);
    if (i != DGM_NONE) {
        u->entries[i].seen++;
        return true;
    }
    if (u->n == MAX_NAMES && !make_room(u))
        return false;
    char *copy = malloc(line.n + 1);
    if (!copy || dgm_map_set(u->names, name, u->n, NULL) != DGM_OK) {
        free(copy);
        return false;
    }
    memcpy(copy, line.p, line.n);
    u->entries[u->n++] = (entry) { copy, line.n, 1 };
    return true;
}

bool dgm_unknown_count(dgm_unknown *u, dgm_view lines)
{
    dgm_view line;
    while (lines.n > 0 && dgm_view_split(&lines, '\n', &line))
        if (line.n > 0 && !count_line(u, line))
            return false;
    return true;
}

/* The most frequent first; then by name. */
static int compare(const void *a, const void *b)
{
    const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;
    if (x->seen != y->seen)
        return x->seen < y->seen ? 1 : -1;
    return dgm_view_cmp(cell_of(x, 0), cell_of(y, 0));
}

void dgm_unknown_write(const dgm_unknown *u, bool without_text, dgm_buffer *out)
{
    const entry **order = calloc((size_t)u->n + 1, sizeof(*order));
    out->failed |= !order;
    if (!order)
        return;
    for (uint32_t i = 0; i < u->n; i++)
        order[i] = &u->entries[i];
    qsort(order, u->n, sizeof(*order), compare);
    dgm_buffer_printf(out, "name\ttimes\tkind\tstory_id\tbegin\tend\texample\n");
    for (uint32_t i = 0; i < u->n; i++) {
        const entry *e = order[i];
        dgm_view cells[N_CELLS];
        for (uint32_t k = 0; k < N_CELLS; k++)
            cells[k] = cell_of(e, k);
        dgm_view example = without_text ? DGM_VIEW("-") : cells[5];
        dgm_buffer_printf(out, "%.*s\t%llu\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", DGM_FMT(cells[0]),
                          (unsigned long long)e->seen, DGM_FMT(cells[1]), DGM_FMT(cells[2]),
                          DGM_FMT(cells[3]), DGM_FMT(cells[4]), DGM_FMT(example));
    }
    free(order);
}

uint64_t dgm_unknown_lost(const dgm_unknown *u)
{
    return u->lost;
}
