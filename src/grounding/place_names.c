/* Names of a document that may be places: matched against the gazetteer, longest first, and how the
 * tree puts each ("in Goma", "the town of Goma", "seized Goma"). A part of a person's or a body's
 * name is none. */
#include "grounding/place_work.h"
#include "grounding/times.h"
#include "syntax/syntax.h"

#include <string.h>

enum { MAX_CANDIDATES = 48 };

static bool starts_name(const dgm_word *w)
{
    dgm_view f = w->form;
    uint32_t cp;
    if (f.n == 0)
        return false;
    dgm_utf8_next(f.p, f.n, &cp);
    if (dgm_cp_is_upper(cp))
        return true;
    /* al-Qaim, 'Ayn, el Fasher */
    size_t dash = dgm_view_find(f, DGM_VIEW("-"));
    if (dash != SIZE_MAX && dash <= 3 && dash + 1 < f.n)
        return dgm_is_upper((unsigned char)f.p[dash + 1]);
    return dgm_view_eq(f, DGM_VIEW("al")) || dgm_view_eq(f, DGM_VIEW("el"));
}

static bool is_joint(const dgm_word *w)
{
    return dgm_view_eq(w->form, DGM_VIEW("-")) || dgm_view_starts(w->form, DGM_VIEW("'")) ||
           dgm_view_starts(w->form, DGM_VIEW("\xE2\x80\x99"));
}

/* "us", "Us" is the pronoun; "US", "U.S." the country. Other words of two letters are rarely
 * names at all. */
static bool short_name_is_written_out(dgm_view form)
{
    return form.n > 3 ||
           (form.n >= 2 && (dgm_is_upper((unsigned char)form.p[1]) || form.p[1] == '.')) ||
           form.n == 3;
}

static bool keep_candidates(place_search *x, const dgm_gazetteer_place *places, place_name *out)
{
    dgm_gazetteer_place *kept = DGM_NEW(x->doc->arena, dgm_gazetteer_place, out->n_candidates);
    out->candidates = DGM_NEW(x->doc->arena, const dgm_gazetteer_place *, out->n_candidates);
    if (!kept || !out->candidates)
        return false;
    memcpy(kept, places, out->n_candidates * sizeof(*kept));
    for (uint32_t i = 0; i < out->n_candidates; i++)
        out->candidates[i] = kept + i;
    return true;
}

/* The longest name that begins with word i; false: none. */
static bool match(place_search *x, const dgm_sentence *s, uint32_t i, place_name *out)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    if (!starts_name(s->words + i) || dgm_function_is(s->tree, i, DGM_FN_THE))
        return false;
    bool alone = short_name_is_written_out(s->words[i].form);
    dgm_gazetteer_place best[MAX_CANDIDATES];
    out->n_candidates = 0;
    for (uint32_t k = i; k <= s->n_words && k < i + DGM_MAX_PLACE_WORDS + 2; k++) {
        const dgm_word *w = s->words + k;
        size_t before = n;
        if (!dgm_place_key_add(x->doc->arena, w->form, key, &n) || n == 0)
            break;
        if (k > i && !starts_name(w) && !is_joint(w) && (w->form.n > 4 || n == before))
            break;
        if (n == before)
            continue; /* a hyphen */
        dgm_place_cursor cursor = { 0 };
        dgm_gazetteer_place place;
        uint32_t found = 0;
        while ((k > i || alone) && found < MAX_CANDIDATES &&
               dgm_gazetteer_find(x->gazetteer, (dgm_view) { key, n }, &cursor, &place))
            best[found++] = place;
        if (found) {
            out->n_candidates = found;
            out->first = i;
            out->last = k;
        }
    }
    return out->n_candidates > 0 && keep_candidates(x, best, out);
}

static bool is_proper(const dgm_word *w)
{
    return w->upos == DGM_PROPN || w->upos == DGM_X || w->upos == DGM_UPOS_NONE;
}

static bool is_capital(const dgm_word *w)
{
    uint32_t cp;
    if (w->form.n == 0 || w->upos == DGM_VERB || w->upos == DGM_AUX || w->upos == DGM_PRON ||
        w->upos == DGM_DET)
        return false;
    dgm_utf8_next(w->form.p, w->form.n, &cp);
    return dgm_cp_is_upper(cp) || (starts_name(w) && is_proper(w));
}

static uint32_t largest(const place_name *m)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < m->n_candidates; i++)
        most = DGM_MAX(most, m->candidates[i]->kind == DGM_PLACE_COUNTRY
                                 ? 10000000
                                 : m->candidates[i]->population);
    return most;
}

/* Whether the name is but a part of a longer one that is no place: "Washington Post", "Paris
 * Hilton", "Jordan Smith". */
static bool is_part_of_name(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    for (uint32_t i = m->first; i <= m->last; i++) {
        const dgm_word *w = s->words + i;
        bool outside = w->head && (w->head < m->first || w->head > m->last);
        if (outside && w->deprel == DGM_REL_FLAT)
            return true;
        if (outside && w->deprel == DGM_REL_COMPOUND && s->words[w->head].upos == DGM_PROPN &&
            !(dgm_place_word_bits(x, s->words + w->head) &
              (DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE)))
            return true;
    }
    for (uint32_t i = m->last + 1; i <= s->n_words && i <= m->last + 2; i++)
        if (s->words[i].deprel == DGM_REL_FLAT && s->words[i].head >= m->first &&
            s->words[i].head <= m->last)
            return true;
    /* "Mr. Lancaster", "Gen. Lebed": a name before it that it belongs to. */
    const dgm_word *before = s->words + m->first - 1;
    return m->first > 1 && before->upos == DGM_PROPN && before->head == m->head &&
           (before->deprel == DGM_REL_COMPOUND || before->deprel == DGM_REL_FLAT ||
            before->deprel == DGM_REL_NMOD_DESC) &&
           !dgm_place_word_bits(x, before);
}

static bool is_person_or_body(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    const dgm_mention *mention;
    const dgm_entity *e = dgm_place_entity(x->doc, s->words + m->head, &mention);
    /* Nobody that is known, and the gazetteer knows it: a place. */
    if (e && !e->country[0] && dgm_place_case_bits(x, s, m->host))
        return false;
    return e && mention->via != DGM_VIA_METONYMY &&
           (e->kind == DGM_ENTITY_PERSON || e->kind == DGM_ENTITY_ORG);
}

/* The noun that a name goes with: "X province", "the town of X". */
static void find_host(const place_search *x, const dgm_sentence *s, place_name *m)
{
    m->host = m->head;
    m->wanted = 0;
    for (uint32_t n = 0; n < 3; n++) {
        const dgm_word *w = s->words + m->host;
        uint32_t of = dgm_child_of(s->tree, m->host, DGM_REL_CASE);
        bool is_of = of && dgm_function_is(s->tree, of, DGM_FN_OF);
        bool joins =
            w->deprel == DGM_REL_COMPOUND || w->deprel == DGM_REL_APPOS ||
            w->deprel == DGM_REL_NMOD_DESC || w->deprel == DGM_REL_FLAT ||
            w->deprel == DGM_REL_AMOD ||
            ((w->deprel == DGM_REL_NMOD || w->deprel == DGM_REL_NMOD_UNMARKED) && (is_of || !of));
        if (!joins || w->head == 0)
            return;
        uint32_t bits = dgm_place_word_bits(x, s->words + w->head) &
                        (DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE);
        if (!bits)
            return;
        /* "the capital of X" lies in X and is not X. */
        bool capital_of = is_of && dgm_view_eq(s->words[w->head].lemma, DGM_VIEW("capital"));
        if (!m->wanted && !capital_of)
            m->wanted = bits;
        m->host = w->head;
    }
}

/* "Kharkiv, Donetsk and Sumy regions": the kind of several, told once behind them; trees of such
 * lists are not to be trusted. A state stays one: "Iran and Gulf states". */
static uint32_t kind_of_list(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    enum { LONGEST = 16 };
    for (uint32_t i = 0; i < m->n_candidates; i++)
        if (m->candidates[i]->kind == DGM_PLACE_COUNTRY)
            return 0;
    for (uint32_t i = m->last + 1; i <= s->n_words && i <= m->last + LONGEST; i++) {
        const dgm_word *w = s->words + i;
        bool several = dgm_view_ends(w->form, DGM_VIEW("s")) && is_capital(w - 1);
        uint32_t bits = several ? dgm_place_kind_bits(x, w) & DGM_PLACE_WORD_REGION : 0;
        if (bits)
            return bits;
        bool goes_on = is_capital(w) || w->upos == DGM_CCONJ || dgm_view_eq(w->form, DGM_VIEW(","));
        if (!goes_on)
            return 0;
    }
    return 0;
}

/* "GOMA, Congo, Oct 2 (Agency) -": at the beginning of a paragraph, before a dash. */
static bool is_dateline(const dgm_sentence *s, const place_name *m)
{
    if (m->first > 4)
        return false;
    bool shouts = true;
    for (size_t i = 0; i < s->words[m->first].form.n; i++)
        shouts &= !dgm_is_lower((unsigned char)s->words[m->first].form.p[i]);
    for (uint32_t i = m->last + 1; i <= s->n_words && i <= m->last + 14; i++) {
        dgm_view f = s->words[i].form;
        bool dash = dgm_view_eq(f, DGM_VIEW("-")) || dgm_view_eq(f, DGM_VIEW("--")) ||
                    dgm_view_eq(f, DGM_VIEW("\xE2\x80\x93")) ||
                    dgm_view_eq(f, DGM_VIEW("\xE2\x80\x94"));
        if (dash)
            return shouts;
        if (s->words[i].upos == DGM_VERB)
            return false;
    }
    return false;
}

static dgm_event_type event_type_of(const dgm_document *doc, const dgm_word *w)
{
    const dgm_event *event = dgm_event_of(doc, w);
    return event ? event->type : DGM_EVENT_NONE;
}

/* Done with hands and feet, so that it happens where its object is. */
bool dgm_place_is_bodily(dgm_event_type type)
{
    switch (dgm_like(type)) {
    case DGM_ASSAULT:
    case DGM_COERCE:
    case DGM_RETREAT:
    case DGM_MOBILIZE:
    case DGM_PROTEST:
    case DGM_CONSULT:
        return true;
    default:
        return false;
    }
}

/* "the president of X" is nowhere; "the bombing of X" is at X. */
static bool is_only_of(const dgm_sentence *s, uint32_t i)
{
    uint32_t k = dgm_child_of(s->tree, i, DGM_REL_CASE);
    return dgm_function_is(s->tree, k, DGM_FN_OF);
}

/* Whether word i is the head of a place named before in the sentence, or a noun for a place. */
static bool names_place(const place_search *x, const dgm_sentence *s, uint32_t sentence, uint32_t i)
{
    if (dgm_place_word_bits(x, s->words + i) &
        (DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE))
        return true;
    for (uint32_t k = x->names.n; k-- > 0 && x->names.at[k].sentence == sentence;)
        if (x->names.at[k].head == i || x->names.at[k].host == i)
            return true;
    return false;
}

/* "the embassy of France": its country is elsewhere. */
static bool is_abroad(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    bool country = false;
    for (uint32_t i = 0; i < m->n_candidates; i++)
        country |= m->candidates[i]->kind == DGM_PLACE_COUNTRY;
    return country && m->host != m->head &&
           (dgm_place_kind_bits(x, s->words + m->host) & DGM_PLACE_WORD_ABROAD);
}

/* The first of the places that the name is listed with, which shows how all of them stand; 0: the
 * list is none of places. */
static uint32_t first_of_list(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    uint32_t i = m->host;
    for (uint32_t n = 0; n < 6 && s->words[i].deprel == DGM_REL_CONJ && s->words[i].head; n++) {
        if (dgm_place_case_bits(x, s, i))
            break;
        i = s->words[i].head;
        if (!names_place(x, s, m->sentence, i))
            return 0;
    }
    return i;
}

/* How word i stands without a preposition. */
static standing stand_by_relation(const place_search *x, const dgm_sentence *s, const place_name *m,
                                  uint32_t i)
{
    const dgm_word *w = s->words + i;
    bool hosted = m->host != m->head;
    if (w->deprel == DGM_REL_OBJ &&
        (dgm_place_is_bodily(event_type_of(x->doc, s->words + w->head)) ||
         (dgm_place_word_bits(x, s->words + w->head) & DGM_PLACE_WORD_REACH)))
        return STAND_OBJECT;
    if (w->deprel == DGM_REL_OBJ && !hosted)
        return STAND_OTHER;
    if (hosted && (w->deprel == DGM_REL_OBL || w->deprel == DGM_REL_OBL_UNMARKED))
        return STAND_AT;
    if (w->deprel == DGM_REL_COMPOUND && s->words[w->head].event != DGM_NONE)
        return STAND_MODIFIER;
    return hosted && dgm_place_case_bits(x, s, m->head) ? STAND_KNOWN : STAND_OTHER;
}

/* "Along with Peru, Ecuador recalled": Peru is company, no place. */
static bool is_company(const dgm_sentence *s, uint32_t i)
{
    uint32_t c = dgm_child_of(s->tree, i, DGM_REL_CASE);
    return c && c < s->n_words && dgm_function_is(s->tree, c, DGM_FN_JOINED) &&
           s->words[c + 1].head == i && s->words[c + 1].deprel == DGM_REL_CASE;
}

static standing stand_of(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    if (is_dateline(s, m))
        return STAND_DATELINE;
    uint32_t i = is_abroad(x, s, m) ? 0 : first_of_list(x, s, m);
    if (i == 0 || is_company(s, i))
        return STAND_OTHER;
    uint32_t bits = dgm_place_case_bits(x, s, i);
    if (bits & DGM_PLACE_WORD_AT)
        return STAND_AT;
    if (bits & DGM_PLACE_WORD_TOWARD)
        return is_only_of(s, i) && s->words[s->words[i].head].event == DGM_NONE ? STAND_KNOWN
                                                                                : STAND_TOWARD;
    if (dgm_child_of(s->tree, i, DGM_REL_CASE))
        return STAND_OTHER;
    return stand_by_relation(x, s, m, i);
}

/* "the Roman Catholic cathedral": a small town before another capital is part of what both say. */
static bool goes_on(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    enum { SMALL = 100000 };
    const dgm_word *next = s->words + m->last + 1;
    return m->last < s->n_words && m->host != m->head && m->host != m->last + 1 &&
           largest(m) < SMALL && is_capital(next) && next->head == s->words[m->head].head &&
           !dgm_place_word_bits(x, next);
}

static bool plausible(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    const dgm_word *head = s->words + m->head;
    bool preposition = dgm_place_case_bits(x, s, m->host) != 0 || m->host != m->head;
    bool looks_so = m->first > 1 && (head->upos == DGM_NOUN || head->upos == DGM_ADJ);
    if (!is_proper(head) &&
        !(preposition && (looks_so || largest(m) >= 100000) && head->upos != DGM_VERB))
        return false;
    return !is_part_of_name(x, s, m) && !is_person_or_body(x, s, m) && !goes_on(x, s, m);
}

/* ---- names that the gazetteer does not know -------------------------------------------------- */

/* "al-Qusayr", "Nord-de-Guerre", "Umm el Fahm": the words of a name between capitals. */
static bool is_particle(const dgm_word *w)
{
    static const char *const particles[] = { "al", "el", "de", "del", "la", "du", "da", "ul", "a" };
    return dgm_view_is_among(w->form, particles, DGM_LEN(particles));
}

/* The run of capitals from word i on, cut where its words do not hang together. */
static uint32_t end_of_run(const dgm_sentence *s, uint32_t i)
{
    uint32_t last = i;
    for (uint32_t k = i + 1; k <= s->n_words && k < i + DGM_MAX_PLACE_WORDS + 4; k++) {
        const dgm_word *w = s->words + k;
        if (is_capital(w))
            last = k;
        else if (!is_joint(w) && !is_particle(w))
            break;
        if (dgm_view_starts(w->form, DGM_VIEW("'s")) ||
            dgm_view_starts(w->form, DGM_VIEW("\xE2\x80\x99s")))
            break;
    }
    for (; last > i; last--) {
        uint32_t outside = 0;
        for (uint32_t k = i; k <= last; k++)
            outside += s->words[k].head < i || s->words[k].head > last;
        if (outside == 1 && is_capital(s->words + last))
            break;
    }
    return last;
}

/* Votes of the tagger of names: 1 a place, -1 something else, 0 nothing. */
static int tagged(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    int places = 0, others = 0;
    for (uint32_t i = first; i <= last; i++) {
        if (s->words[i].entity_tag == 0)
            continue;
        if (dgm_entity_tag_type(s->words[i].entity_tag) == DGM_TYPE_PLACE)
            places++;
        else
            others++;
    }
    return places > others ? 1 : others > 0 ? -1 : 0;
}

/* Whether a known place follows after a comma: "Yuriria, Guanajuato". */
static bool place_follows(place_search *x, const dgm_sentence *s, uint32_t last)
{
    place_name next = { 0 };
    return last + 2 <= s->n_words && dgm_view_eq(s->words[last + 1].form, DGM_VIEW(",")) &&
           is_proper(s->words + last + 2) && match(x, s, last + 2, &next);
}

/* "Miraale Valley", "Sheikh Isa Air Base": the kind that ends, begins or parts the name; but not
 * "the American States", which are several. */
static uint32_t kind_in(const place_search *x, const dgm_sentence *s, uint32_t first, uint32_t last)
{
    if (first == last)
        return 0;
    if (dgm_place_bits_as_written(x, s->words + last) & KIND_WORDS)
        return last;
    if (dgm_place_bits_as_written(x, s->words + first) & KIND_WORDS)
        return first;
    for (uint32_t i = first + 1; i < last; i++) /* "Forward Operating Base Lima" */
        if (dgm_place_bits_as_written(x, s->words + i) & DGM_PLACE_WORD_SPOT)
            return i;
    return 0;
}

static bool acts_for_somebody(const place_search *x, const dgm_sentence *s, const place_name *m)
{
    const dgm_mention *mention;
    const dgm_entity *e = dgm_place_entity(x->doc, s->words + m->head, &mention);
    return e && (e->country[0] || e->id.n > 0) && e->kind != DGM_ENTITY_PLACE &&
           e->kind != DGM_ENTITY_OTHER && mention->via != DGM_VIA_METONYMY;
}

/* "in November", "on Saturday". */
static bool is_time(const dgm_document *doc, const place_name *m)
{
    for (uint32_t i = 0; i < doc->times.n; i++) {
        const dgm_span *span = &doc->times.at[i].span;
        if (span->sentence == m->sentence && span->first <= m->last && m->first <= span->last)
            return true;
    }
    return false;
}

/* What speaks for a place, where no table knows the words. */
typedef struct {
    bool at;      /* "in X" */
    bool put;     /* so, or "to X", or what a bodily deed is done to */
    bool of_kind; /* "the village of X", "X County" */
    bool follows; /* "X, Guanajuato" */
    int votes;    /* of the tagger: 1 for, -1 against */
} evidence;

static evidence evidence_for(place_search *x, const dgm_sentence *s, const place_name *m)
{
    uint32_t bits = dgm_place_case_bits(x, s, m->host);
    bool object = s->words[m->host].deprel == DGM_REL_OBJ &&
                  dgm_place_is_bodily(event_type_of(x->doc, s->words + s->words[m->host].head));
    return (evidence) { .at = (bits & DGM_PLACE_WORD_AT) != 0,
                        .put = (bits & (DGM_PLACE_WORD_AT | DGM_PLACE_WORD_TOWARD)) || object,
                        .of_kind = m->wanted != 0 || m->kind != 0,
                        .follows = place_follows(x, s, m->last),
                        .votes = tagged(s, m->first, m->last) };
}

/* Whether the words cannot be a place, whatever speaks for it: no name, a time, somebody. */
static bool is_no_place(const place_search *x, const dgm_sentence *s, const place_name *m,
                        const evidence *by)
{
    const dgm_word *head = s->words + m->head;
    if ((!is_proper(head) && !by->of_kind) || (head->upos == DGM_ADJ && !m->kind) ||
        is_time(x->doc, m))
        return true;
    if (m->first == m->last && (dgm_place_kind_bits(x, head) & KIND_WORDS)) /* "Provinces" */
        return true;
    if (s->words[m->host].deprel == DGM_REL_NSUBJ && !by->of_kind)
        return true;
    bool site = m->kind && (dgm_place_kind_bits(x, s->words + m->kind) & DGM_PLACE_WORD_SITE);
    return acts_for_somebody(x, s, m) && !(by->follows && by->at) &&
           !(m->wanted && by->votes >= 0) && !(site && by->put);
}

/* Whether words that no table knows can only be a place. */
static bool unknown_is_place(place_search *x, const dgm_sentence *s, const place_name *m)
{
    evidence by = evidence_for(x, s, m);
    if (is_no_place(x, s, m, &by))
        return false;
    /* "a Hyundai plant" is called after its owner. */
    bool owned = !m->kind && m->wanted == DGM_PLACE_WORD_SITE;
    if (by.of_kind && !owned)
        return by.put || by.votes > 0 || by.follows || (m->wanted & DGM_PLACE_WORD_CITY);
    return (by.put && (by.follows || by.votes > 0)) ||
           (by.at && by.votes == 0 && s->words[m->head].upos == DGM_PROPN &&
            s->words[m->host].deprel == DGM_REL_OBL);
}

static bool unknown(place_search *x, uint32_t i_sentence, uint32_t i, place_name *out)
{
    const dgm_sentence *s = x->doc->sentences.at + i_sentence;
    if (!is_capital(s->words + i) || dgm_function_is(s->tree, i, DGM_FN_THE) ||
        s->words[i].upos == DGM_ADP || s->words[i].upos == DGM_SCONJ)
        return false;
    place_name m = { .sentence = i_sentence,
                     .container = DGM_NONE,
                     .place = DGM_NONE,
                     .inner = DGM_NONE,
                     .unknown = true,
                     .first = i };
    m.last = end_of_run(s, i);
    m.head = dgm_span_head(s, m.first, m.last);
    find_host(x, s, &m);
    m.kind = kind_in(x, s, m.first, m.last);
    if (!unknown_is_place(x, s, &m))
        return false;
    *out = m;
    return true;
}

/* ---- all of a sentence ----------------------------------------------------------------------- */

/* "Franklin County", "Kharkiv Region", "the Salween River": the word after the name, written as
 * part of it or as a common noun, that says what kind of place bears it. */
static void find_kind(const place_search *x, const dgm_sentence *s, place_name *m)
{
    uint32_t next = m->last + 1;
    if (next <= s->n_words && (dgm_place_kind_bits(x, s->words + next) & KIND_WORDS) &&
        (s->words[m->head].head == next ||
         (s->words[next].head == m->head && s->words[next].deprel == DGM_REL_FLAT)))
        m->kind = next;
}

static bool known(place_search *x, uint32_t i_sentence, uint32_t i, place_name *out, uint32_t *next)
{
    const dgm_sentence *s = x->doc->sentences.at + i_sentence;
    place_name m = {
        .sentence = i_sentence, .container = DGM_NONE, .place = DGM_NONE, .inner = DGM_NONE
    };
    if (!match(x, s, i, &m))
        return false;
    m.head = dgm_span_head(s, m.first, m.last);
    *next = m.last + 1;
    find_host(x, s, &m);
    if (!m.wanted)
        m.wanted = kind_of_list(x, s, &m);
    find_kind(x, s, &m);
    if (!plausible(x, s, &m))
        return false;
    *next = DGM_MAX(m.last, m.kind) + 1;
    *out = m;
    return true;
}

/* "Peoria, Ill.": the state is a name of its own. */
static bool add_abbreviation(place_search *x, uint32_t i_sentence, uint32_t *i)
{
    const dgm_sentence *s = x->doc->sentences.at + i_sentence;
    uint32_t at = *i + 1;
    if (at > s->n_words || !dgm_view_eq(s->words[*i].form, DGM_VIEW(",")) ||
        !is_capital(s->words + at))
        return true;
    dgm_gazetteer_place place;
    if (!dgm_gazetteer_abbreviation(x->gazetteer, s->words[at].form, &place))
        return true;
    place_name *m = dgm_push(x->doc->arena, &x->names);
    if (!m)
        return false;
    *m = (place_name) { .sentence = i_sentence,
                        .first = at,
                        .last = at,
                        .head = at,
                        .host = at,
                        .container = DGM_NONE,
                        .place = DGM_NONE,
                        .inner = DGM_NONE,
                        .n_candidates = 1,
                        .stand = STAND_KNOWN };
    if (!keep_candidates(x, &place, m))
        return false;
    *i = at + 1;
    return true;
}

/* "Kossuth Square in central Budapest", whichever word the tree hangs the town on. */
static bool site_is_in(const place_search *x, const dgm_sentence *s, const place_name *m,
                       const place_name *next)
{
    enum { LONGEST = 5, BETWEEN = DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_PART };
    uint32_t at = DGM_MAX(m->last, m->kind) + 1;
    if (!dgm_place_spot_bits(x, m) || at >= next->first || next->first > at + LONGEST ||
        !(dgm_place_bits_as_written(x, s->words + at) & DGM_PLACE_WORD_AT))
        return false;
    for (uint32_t i = at + 1; i < next->first; i++)
        if (!(dgm_place_bits_as_written(x, s->words + i) & BETWEEN) &&
            !dgm_function_is(s->tree, i, DGM_FN_THE) && !dgm_function_is(s->tree, i, DGM_FN_OF))
            return false;
    return true;
}

/* "Budapest's Kossuth Square". */
static bool has_site(const place_search *x, const dgm_sentence *s, const place_name *m,
                     const place_name *next)
{
    return next->first == m->last + 2 && dgm_place_spot_bits(x, next) &&
           s->words[m->last + 1].head == m->head && s->words[m->head].head == next->head;
}

/* "X, Y" and "X in Y": what contains what. */
static void find_containers(place_search *x, const dgm_sentence *s, uint32_t first_here)
{
    for (uint32_t k = first_here; k + 1 < x->names.n; k++) {
        place_name *next = x->names.at + k + 1;
        place_name *m = x->names.at + k;
        uint32_t end = DGM_MAX(m->last, m->kind);
        bool comma = next->first == end + 2 && dgm_view_eq(s->words[end + 1].form, DGM_VIEW(","));
        bool within = s->words[next->host].deprel == DGM_REL_NMOD &&
                      s->words[next->host].head == m->host &&
                      dgm_child_of(s->tree, next->host, DGM_REL_CASE) != 0;
        if (comma || within || site_is_in(x, s, m, next))
            m->container = k + 1;
        else if (has_site(x, s, m, next))
            next->container = k;
    }
}

bool dgm_place_names_find(place_search *x, uint32_t i_sentence)
{
    const dgm_sentence *s = x->doc->sentences.at + i_sentence;
    uint32_t first_here = x->names.n;
    for (uint32_t i = 1; i <= s->n_words;) {
        place_name m;
        uint32_t next = i + 1;
        bool found = known(x, i_sentence, i, &m, &next);
        place_name other;
        /* A name that nobody knows beats one that is but a part of it. */
        if (unknown(x, i_sentence, i, &other) && (!found || other.last > DGM_MAX(m.last, m.kind))) {
            m = other;
            found = true;
            next = m.last + 1;
        }
        i = next;
        if (!found)
            continue;
        m.stand = stand_of(x, s, &m);
        place_name *kept = dgm_push(x->doc->arena, &x->names);
        if (!kept)
            return false;
        *kept = m;
        if (!add_abbreviation(x, i_sentence, &i))
            return false;
    }
    find_containers(x, s, first_here);
    return true;
}
