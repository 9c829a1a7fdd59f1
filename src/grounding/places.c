/* Places of a document. Names are matched against the gazetteer, longest first; a name counts as a
 * place only where the tree puts something there ("in Goma", "the town of Goma", "seized Goma"),
 * never as part of a person's or a body's name, nor where the actors' room found that it acts.
 * Among namesakes decide: what contains what ("Paris, Texas"), the countries that the story is
 * about, and size. */
#include "grounding/places.h"

#include "grounding/times.h"

#include <math.h>
#include <string.h>

enum { MAX_CLIMB = 40, MAX_CANDIDATES = 48, MAX_COUNTRIES = 64, MAX_TOWARD = 5, FAR = 1000 };

/* How a name stands in its sentence. */
typedef enum {
    STAND_NONE,
    STAND_AT,       /* "in X", "near X" */
    STAND_TOWARD,   /* "to X", "from X", "of X" */
    STAND_OBJECT,   /* "seized X" */
    STAND_MODIFIER, /* "the X bombing" */
    STAND_DATELINE,
    STAND_KNOWN, /* a place, but nothing is put there: "the president of X" */
    STAND_OTHER  /* known as a name only: evidence for others */
} standing;

typedef struct {
    uint32_t sentence, first, last, head;
    uint32_t host;      /* the word that the preposition belongs to: "province" of "X province" */
    uint32_t wanted;    /* DGM_PLACE_WORD_CITY or _REGION by such a word, or 0 */
    uint32_t container; /* index of the name that follows as "X, Y"; DGM_NONE */
    const dgm_gazetteer_place **candidates;
    uint32_t n_candidates;
    const dgm_gazetteer_place *chosen;
    uint32_t place; /* in doc->places, or DGM_NONE */
    standing stand;
} name;

typedef struct {
    const dgm_gazetteer *gazetteer;
    dgm_document *doc;
    DGM_ARRAY(name) names;
    struct {
        char code[4];
        uint32_t n;
    } countries[MAX_COUNTRIES];
    uint32_t n_countries;
} search;

/* ---- the story's countries ------------------------------------------------------------------ */

static void count_country(search *x, const char *code, uint32_t by)
{
    if (!code[0])
        return;
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (strcmp(x->countries[i].code, code) == 0) {
            x->countries[i].n += by;
            return;
        }
    if (x->n_countries == MAX_COUNTRIES)
        return;
    memcpy(x->countries[x->n_countries].code, code, 4);
    x->countries[x->n_countries++].n = by;
}

static double country_weight(const search *x, const char *code)
{
    for (uint32_t i = 0; i < x->n_countries; i++)
        if (code[0] && strcmp(x->countries[i].code, code) == 0)
            return 2.0 + DGM_MIN(2.0, log2(1.0 + x->countries[i].n) / 2);
    return 0;
}

static bool of_several_countries(const name *m)
{
    for (uint32_t i = 1; i < m->n_candidates; i++)
        if (strcmp(m->candidates[i]->country, m->candidates[0]->country) != 0)
            return true;
    return false;
}

/* "The Turkish minister" names a country; "gunmen" took theirs from the story. */
static bool names_its_country(const dgm_document *doc, const dgm_mention *m)
{
    if (m->via == DGM_VIA_NAME)
        return true;
    if (m->via != DGM_VIA_ROLE || m->span.sentence >= doc->sentences.n)
        return false;
    const dgm_sentence *s = doc->sentences.at + m->span.sentence;
    for (uint32_t i = m->span.first; i <= m->span.last && i <= s->n_words; i++) {
        const dgm_word *w = s->words + i;
        if (i != m->head && (w->upos == DGM_PROPN || w->upos == DGM_ADJ) && w->form.n &&
            dgm_is_upper((unsigned char)w->form.p[0]))
            return true;
    }
    return false;
}

/* Who is named by a name that is itself in doubt ("Tripoli") tells nothing. */
static void count_actors(search *x)
{
    const dgm_document *doc = x->doc;
    bool *doubtful = DGM_NEW(doc->arena, bool, (size_t)doc->mentions.n + 1);
    if (!doubtful)
        return;
    for (uint32_t i = 0; i < x->names.n; i++) {
        const name *m = x->names.at + i;
        uint32_t mention = doc->sentences.at[m->sentence].words[m->head].mention;
        if (mention < doc->mentions.n && of_several_countries(m))
            doubtful[mention] = m->candidates[0]->kind != DGM_PLACE_COUNTRY;
    }
    for (uint32_t i = 0; i < doc->mentions.n; i++) {
        const dgm_mention *m = doc->mentions.at + i;
        if (doubtful[i] || !names_its_country(doc, m))
            continue;
        for (uint32_t k = 0; k < m->n_entities; k++) {
            uint32_t at = m->entities + k;
            if (at < doc->mention_entities.n && doc->mention_entities.at[at] < doc->entities.n)
                count_country(x, doc->entities.at[doc->mention_entities.at[at]].country, 1);
        }
    }
}

/* ---- names ---------------------------------------------------------------------------------- */

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

/* The longest name that begins with word i; false: none. */
static bool match(search *x, const dgm_sentence *s, uint32_t i, name *out)
{
    char key[DGM_MAX_PLACE_NAME];
    size_t n = 0;
    if (!starts_name(s->words + i) || dgm_function_is(s->tree, i, DGM_FN_THE))
        return false;
    bool alone = short_name_is_written_out(s->words[i].form);
    const dgm_gazetteer_place *best[MAX_CANDIDATES];
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
        const dgm_gazetteer_place *place;
        uint32_t found = 0;
        const dgm_gazetteer_place *candidates[MAX_CANDIDATES];
        while ((k > i || alone) && found < MAX_CANDIDATES &&
               (place = dgm_gazetteer_find(x->gazetteer, (dgm_view) { key, n }, &cursor)) != NULL)
            candidates[found++] = place;
        if (found) {
            memcpy(best, candidates, found * sizeof(*candidates));
            out->n_candidates = found;
            out->first = i;
            out->last = k;
        }
    }
    if (out->n_candidates == 0)
        return false;
    out->candidates = DGM_NEW(x->doc->arena, const dgm_gazetteer_place *, out->n_candidates);
    if (!out->candidates)
        return false;
    memcpy(out->candidates, best, out->n_candidates * sizeof(*best));
    return true;
}

static bool is_proper(const dgm_word *w)
{
    return w->upos == DGM_PROPN || w->upos == DGM_X || w->upos == DGM_UPOS_NONE;
}

static uint32_t largest(const name *m)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < m->n_candidates; i++)
        most = DGM_MAX(most, m->candidates[i]->kind == DGM_PLACE_COUNTRY
                                 ? 10000000
                                 : m->candidates[i]->population);
    return most;
}

static uint32_t word_bits(const search *x, const dgm_word *w)
{
    return dgm_gazetteer_word(x->gazetteer, w->lemma.n ? w->lemma : w->form) |
           (dgm_is_upper(w->form.n ? (unsigned char)w->form.p[0] : 0)
                ? dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, w->form))
                : 0);
}

/* Whether the name is but a part of a longer one that is no place: "Washington Post", "Paris
 * Hilton", "Jordan Smith". */
static bool is_part_of_name(const search *x, const dgm_sentence *s, const name *m)
{
    for (uint32_t i = m->first; i <= m->last; i++) {
        const dgm_word *w = s->words + i;
        bool outside = w->head && (w->head < m->first || w->head > m->last);
        if (outside && w->deprel == DGM_REL_FLAT)
            return true;
        if (outside && w->deprel == DGM_REL_COMPOUND && s->words[w->head].upos == DGM_PROPN &&
            !(word_bits(x, s->words + w->head) &
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
           !word_bits(x, before);
}

static const dgm_entity *entity_of(const dgm_document *doc, const dgm_word *w,
                                   const dgm_mention **mention)
{
    if (w->mention == DGM_NONE || w->mention >= doc->mentions.n)
        return NULL;
    *mention = doc->mentions.at + w->mention;
    uint32_t at = (*mention)->entities;
    if ((*mention)->n_entities == 0 || at >= doc->mention_entities.n ||
        doc->mention_entities.at[at] >= doc->entities.n)
        return NULL;
    return doc->entities.at + doc->mention_entities.at[at];
}

static uint32_t case_bits(const search *x, const dgm_sentence *s, uint32_t i)
{
    uint32_t bits = 0;
    for (uint32_t k = dgm_child_of(s->tree, i, DGM_REL_CASE); k;
         k = dgm_next_child(s->tree, k, DGM_REL_CASE))
        bits |= dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, s->words[k].form));
    /* "near Nova Kakhovka", where the tree hangs the preposition on the first part of the name. */
    const dgm_word *before = i > 1 ? s->words + i - 1 : NULL;
    if (!bits && before && before->head == i && before->upos == DGM_PROPN &&
        (before->deprel == DGM_REL_COMPOUND || before->deprel == DGM_REL_AMOD))
        for (uint32_t k = dgm_child_of(s->tree, i - 1, DGM_REL_CASE); k;
             k = dgm_next_child(s->tree, k, DGM_REL_CASE))
            bits |=
                dgm_gazetteer_word(x->gazetteer, dgm_arena_lower(x->doc->arena, s->words[k].form));
    return bits;
}

static bool is_person_or_body(const search *x, const dgm_sentence *s, const name *m)
{
    const dgm_mention *mention;
    const dgm_entity *e = entity_of(x->doc, s->words + m->head, &mention);
    /* Nobody that is known, and the gazetteer knows it: a place. */
    if (e && !e->country[0] && case_bits(x, s, m->host))
        return false;
    return e && mention->via != DGM_VIA_METONYMY &&
           (e->kind == DGM_ENTITY_PERSON || e->kind == DGM_ENTITY_ORG);
}

/* The noun that a name goes with: "X province", "the town of X". */
static void find_host(const search *x, const dgm_sentence *s, name *m)
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
        uint32_t bits = word_bits(x, s->words + w->head) &
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

/* "GOMA, Congo, Oct 2 (Agency) -": at the beginning of a paragraph, before a dash. */
static bool is_dateline(const dgm_sentence *s, const name *m)
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
    return w->event < doc->events.n ? doc->events.at[w->event].type : DGM_EVENT_NONE;
}

/* Done with hands and feet, so that it happens where its object is. */
static bool is_bodily(dgm_event_type type)
{
    switch (type) {
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
static bool names_place(const search *x, const dgm_sentence *s, uint32_t sentence, uint32_t i)
{
    if (word_bits(x, s->words + i) &
        (DGM_PLACE_WORD_CITY | DGM_PLACE_WORD_REGION | DGM_PLACE_WORD_SITE))
        return true;
    for (uint32_t k = x->names.n; k-- > 0 && x->names.at[k].sentence == sentence;)
        if (x->names.at[k].head == i || x->names.at[k].host == i)
            return true;
    return false;
}

static standing stand_of(const search *x, const dgm_sentence *s, const name *m)
{
    if (is_dateline(s, m))
        return STAND_DATELINE;
    uint32_t i = m->host;
    for (uint32_t n = 0; n < 6 && s->words[i].deprel == DGM_REL_CONJ && s->words[i].head; n++) {
        if (case_bits(x, s, i))
            break;
        i = s->words[i].head;
        if (!names_place(x, s, m->sentence, i))
            return STAND_OTHER;
    }
    const dgm_word *w = s->words + i;
    uint32_t bits = case_bits(x, s, i);
    if (bits & DGM_PLACE_WORD_AT)
        return STAND_AT;
    if (bits & DGM_PLACE_WORD_TOWARD)
        return is_only_of(s, i) && s->words[w->head].event == DGM_NONE ? STAND_KNOWN : STAND_TOWARD;
    if (dgm_child_of(s->tree, i, DGM_REL_CASE))
        return STAND_OTHER;
    if (w->deprel == DGM_REL_OBJ && (is_bodily(event_type_of(x->doc, s->words + w->head)) ||
                                     (word_bits(x, s->words + w->head) & DGM_PLACE_WORD_REACH)))
        return STAND_OBJECT;
    if (w->deprel == DGM_REL_OBJ && m->host == m->head)
        return STAND_OTHER;
    if (m->host != m->head && (w->deprel == DGM_REL_OBL || w->deprel == DGM_REL_OBL_UNMARKED))
        return STAND_AT;
    if (w->deprel == DGM_REL_COMPOUND && s->words[w->head].event != DGM_NONE)
        return STAND_MODIFIER;
    if (m->host != m->head && case_bits(x, s, m->head))
        return STAND_KNOWN;
    return STAND_OTHER;
}

static bool plausible(const search *x, const dgm_sentence *s, const name *m)
{
    const dgm_word *head = s->words + m->head;
    bool preposition = case_bits(x, s, m->host) != 0 || m->host != m->head;
    bool looks_so = m->first > 1 && (head->upos == DGM_NOUN || head->upos == DGM_ADJ);
    if (!is_proper(head) &&
        !(preposition && (looks_so || largest(m) >= 100000) && head->upos != DGM_VERB))
        return false;
    if (is_part_of_name(x, s, m) || is_person_or_body(x, s, m))
        return false;
    return true;
}

static bool find_names(search *x, uint32_t i_sentence)
{
    const dgm_sentence *s = x->doc->sentences.at + i_sentence;
    uint32_t first_here = x->names.n;
    for (uint32_t i = 1; i <= s->n_words;) {
        name m = { .sentence = i_sentence, .container = DGM_NONE, .place = DGM_NONE };
        if (!match(x, s, i, &m)) {
            i++;
            continue;
        }
        m.head = dgm_span_head(s, m.first, m.last);
        i = m.last + 1;
        find_host(x, s, &m);
        if (!plausible(x, s, &m))
            continue;
        m.stand = stand_of(x, s, &m);
        name *kept = dgm_push(x->doc->arena, &x->names);
        if (!kept)
            return false;
        *kept = m;
    }
    for (uint32_t k = first_here; k + 1 < x->names.n; k++) {
        const name *next = x->names.at + k + 1;
        name *m = x->names.at + k;
        if (next->first == m->last + 2 && dgm_view_eq(s->words[m->last + 1].form, DGM_VIEW(",")))
            m->container = k + 1;
    }
    return true;
}

/* ---- choosing among namesakes --------------------------------------------------------------- */

static bool lies_in(const dgm_gazetteer_place *inner, const dgm_gazetteer_place *outer)
{
    if (inner == outer || strcmp(inner->country, outer->country) != 0)
        return false;
    if (outer->kind == DGM_PLACE_COUNTRY)
        return inner->kind != DGM_PLACE_COUNTRY;
    return outer->kind == DGM_PLACE_REGION && inner->kind != DGM_PLACE_REGION &&
           dgm_view_eq(inner->admin1, outer->admin1) && inner->admin1.n > 0;
}

/* "Moscow denied it": the actors' room found which country's. */
static bool stands_for(const search *x, const name *m, const char *country)
{
    const dgm_mention *mention;
    const dgm_word *head = x->doc->sentences.at[m->sentence].words + m->head;
    const dgm_entity *e = entity_of(x->doc, head, &mention);
    return e && mention->via != DGM_VIA_COREF && e->country[0] && strcmp(e->country, country) == 0;
}

static double score(const search *x, const name *m, const dgm_gazetteer_place *p)
{
    double points = log10(1.0 + p->population) / 2;
    if (p->kind == DGM_PLACE_COUNTRY)
        points = 5.5;
    else if (p->kind == DGM_PLACE_CAPITAL)
        points += 1.2;
    else if (p->kind == DGM_PLACE_SEAT)
        points += 0.3;
    else if (p->kind == DGM_PLACE_SITE || p->kind == DGM_PLACE_WATER)
        points = 3.5;
    else if (p->kind == DGM_PLACE_REGION)
        points = p->geonames_id || p->population == 0 ? 3.4 : points - 0.5;
    points += country_weight(x, p->country);
    if (m->stand == STAND_OTHER && stands_for(x, m, p->country))
        points += 6;
    if ((m->wanted & DGM_PLACE_WORD_REGION) && p->kind == DGM_PLACE_REGION)
        points += 3;
    if ((m->wanted & DGM_PLACE_WORD_CITY) && p->kind <= DGM_PLACE_CAPITAL)
        points += 3;
    if (m->container != DGM_NONE) {
        const name *outer = x->names.at + m->container;
        for (uint32_t i = 0; i < outer->n_candidates; i++)
            if (lies_in(p, outer->candidates[i])) {
                points += 6;
                break;
            }
    }
    return points;
}

static void choose(search *x, name *m)
{
    double best = -1;
    for (uint32_t i = 0; i < m->n_candidates; i++) {
        double points = score(x, m, m->candidates[i]);
        if (points > best) {
            best = points;
            m->chosen = m->candidates[i];
        }
    }
    /* What contains a chosen place is the one that does: the state of Georgia in "Atlanta,
     * Georgia". */
    if (m->container == DGM_NONE)
        return;
    name *outer = x->names.at + m->container;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < outer->n_candidates; i++)
        if (lies_in(m->chosen, outer->candidates[i]))
            outer->candidates[kept++] = outer->candidates[i];
    if (kept) {
        outer->n_candidates = kept;
        if (outer->stand == STAND_OTHER)
            outer->stand = STAND_KNOWN;
    }
}

/* Names that leave no doubt tell what the story is about. */
static void count_sure_names(search *x)
{
    for (uint32_t i = 0; i < x->names.n; i++) {
        const name *m = x->names.at + i;
        const char *country = m->candidates[0]->country;
        bool one_country = true, large = false;
        for (uint32_t k = 0; k < m->n_candidates; k++) {
            const dgm_gazetteer_place *p = m->candidates[k];
            one_country &= strcmp(p->country, country) == 0;
            large |= p->population > 50000;
            if (p->kind == DGM_PLACE_COUNTRY)
                count_country(x, p->country, 1);
        }
        if (one_country && large)
            count_country(x, country, 1);
    }
}

/* Whether a name of which nothing says that it is somewhere is a place all the same: the actors'
 * room knows whom it stands for, or it is too large to be anything else. "Lancaster told reporters"
 * is a person that nobody knows. */
static bool is_surely_place(const search *x, const name *m)
{
    enum { LARGE = 100000 };
    const dgm_mention *mention;
    const dgm_word *head = x->doc->sentences.at[m->sentence].words + m->head;
    const dgm_entity *e = entity_of(x->doc, head, &mention);
    if (e &&
        (e->kind == DGM_ENTITY_PERSON || e->kind == DGM_ENTITY_ORG || e->kind == DGM_ENTITY_GROUP))
        return mention->via == DGM_VIA_METONYMY;
    if (stands_for(x, m, m->chosen->country))
        return true;
    bool acts = head->deprel == DGM_REL_NSUBJ || head->deprel == DGM_REL_NSUBJ_PASS;
    return head->upos == DGM_PROPN &&
           (m->chosen->kind == DGM_PLACE_COUNTRY || m->chosen->kind == DGM_PLACE_CAPITAL ||
            (m->chosen->population >= LARGE && !acts));
}

static bool keep_place(search *x, name *m)
{
    dgm_document *doc = x->doc;
    dgm_place *place = dgm_push(doc->arena, &doc->places);
    if (!place)
        return false;
    place->only_named = m->stand == STAND_OTHER;
    if (!place->only_named)
        m->place = doc->places.n - 1;
    place->span = dgm_span_of(doc, m->sentence, m->first, m->last);
    place->name = m->chosen->name;
    place->admin1 = m->chosen->admin1;
    memcpy(place->country, m->chosen->country, sizeof place->country);
    place->lat = round(m->chosen->lat * 1e4) / 1e4;
    place->lon = round(m->chosen->lon * 1e4) / 1e4;
    place->geonames_id = m->chosen->geonames_id;
    char others[48] = "the only place of that name";
    if (m->n_candidates > 1)
        snprintf(others, sizeof others, "chosen from %u places of that name", m->n_candidates);
    dgm_note(doc, "grounding", m->sentence, DGM_NONE, "place \"%.*s\"%s: %.*s, %s, %s",
             DGM_FMT(dgm_span_text(doc, place->span)), place->only_named ? ", only named" : "",
             DGM_FMT(place->name), place->country[0] ? place->country : "no country", others);
    return true;
}

/* ---- which event happened where ------------------------------------------------------------- */

/* Where the subject comes from is no place of what it says ("an expert from the institute in X
 * doubts"). Steps from word `at` up to predicate p through nominals; FAR where another event lies
 * between. */
static uint32_t hangs_on(const dgm_document *doc, const dgm_event *of, uint32_t at, uint32_t p)
{
    const dgm_sentence *s = doc->sentences.at + of->trigger.sentence;
    bool through_subject = false;
    for (uint32_t steps = 0; at != 0 && steps < MAX_CLIMB; steps++) {
        const dgm_word *w = s->words + at;
        if (at == p)
            return through_subject && !is_bodily(of->type) ? FAR : steps;
        through_subject = w->deprel == DGM_REL_NSUBJ;
        bool event = w->event != DGM_NONE && w->event < doc->events.n;
        bool own = at >= of->trigger.first && at <= of->trigger.last;
        bool clause = dgm_is_clause(w->deprel) && (w->deprel != DGM_REL_ACL || steps > 0);
        if ((event && !own) || clause || (w->deprel == DGM_REL_CONJ && w->upos == DGM_VERB))
            return FAR;
        at = w->head;
    }
    return FAR;
}

/* As for times: the predicate whose place is that of i too. */
static uint32_t up(const dgm_sentence *s, uint32_t i, uint32_t *cost)
{
    const dgm_word *w = s->words + i;
    switch (w->deprel) {
    case DGM_REL_XCOMP:
    case DGM_REL_OBJ:
    case DGM_REL_NSUBJ:
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_COMPOUND:
        *cost += 4;
        return w->head;
    case DGM_REL_CONJ:
        if (dgm_child_of(s->tree, i, DGM_REL_NSUBJ) || dgm_child_of(s->tree, i, DGM_REL_NSUBJ_PASS))
            return 0;
        *cost += 6;
        return w->head;
    case DGM_REL_OBL:
    case DGM_REL_OBL_AGENT:
    case DGM_REL_NMOD:
        *cost += 12;
        return w->head;
    case DGM_REL_ADVCL:
        if (dgm_child_of(s->tree, i, DGM_REL_MARK) || dgm_child_of(s->tree, i, DGM_REL_NSUBJ))
            return 0;
        *cost += 10;
        return w->head;
    default:
        return 0;
    }
}

static bool among(const dgm_document *doc, const dgm_participant *at, uint32_t n, const name *m)
{
    for (uint32_t i = 0; i < n; i++) {
        if (at[i].mention >= doc->mentions.n)
            continue;
        const dgm_mention *mention = doc->mentions.at + at[i].mention;
        if (mention->span.sentence == m->sentence && mention->head == m->head)
            return true;
    }
    return false;
}

static bool acts(const dgm_document *doc, const dgm_event *event, const name *m)
{
    return among(doc, event->actors.at, event->actors.n, m);
}

static bool takes_part(const dgm_document *doc, const dgm_event *event, const name *m)
{
    return acts(doc, event, m) || among(doc, event->recipients.at, event->recipients.n, m);
}

/* What the first of conjuncts hangs on. */
static uint32_t governor(const dgm_sentence *s, uint32_t i)
{
    for (uint32_t n = 0; n < 8 && s->words[i].deprel == DGM_REL_CONJ; n++)
        i = s->words[i].head;
    return s->words[i].head;
}

/* Whether a name that stands so can be where this event happened. */
static bool may_hold(const dgm_document *doc, const dgm_event *event, const name *m)
{
    bool bodily = is_bodily(event->type);
    bool country = m->chosen->kind == DGM_PLACE_COUNTRY;
    const dgm_sentence *s = doc->sentences.at + m->sentence;
    switch (m->stand) {
    case STAND_AT:
    case STAND_MODIFIER:
        return !country || !takes_part(doc, event, m) || m->stand == STAND_AT;
    case STAND_TOWARD:
        return (bodily || (event->type == DGM_AID && !country)) &&
               !(country && takes_part(doc, event, m));
    case STAND_OBJECT:
        return bodily && governor(s, m->host) == event->trigger_word && !acts(doc, event, m) &&
               (!country || event->type == DGM_CONSULT);
    default:
        return false;
    }
}

static uint32_t cost_of(const dgm_document *doc, const dgm_event *event, const name *m)
{
    const dgm_sentence *s = doc->sentences.at + m->sentence;
    uint32_t p = event->trigger_word, cost = 0;
    if (p == 0 || p > s->n_words || (m->first <= p && p <= m->last))
        return FAR;
    for (uint32_t n = 0; p != 0 && n < MAX_CLIMB; n++) {
        uint32_t steps = hangs_on(doc, event, s->words[m->host].head, p);
        if (steps < FAR && (m->stand == STAND_AT || cost <= MAX_TOWARD))
            return DGM_MIN(FAR - 1, cost + steps * 3 + (m->stand == STAND_AT ? 0 : 2));
        p = up(s, p, &cost);
    }
    return FAR;
}

static bool add_location(dgm_document *doc, uint32_t i_event, uint32_t i_place)
{
    dgm_event *event = doc->events.at + i_event;
    uint32_t *at = dgm_push(doc->arena, &event->locations);
    if (!at)
        return false;
    *at = i_place;
    dgm_note(doc, "grounding", event->trigger.sentence, i_event, "place \"%.*s\"",
             DGM_FMT(dgm_span_text(doc, doc->places.at[i_place].span)));
    return true;
}

/* Whether nobody of another country takes part. */
static bool is_home_affair(const dgm_document *doc, const dgm_event *event, const char *country)
{
    const dgm_participant *sides[] = { event->actors.at, event->recipients.at };
    uint32_t n[] = { event->actors.n, event->recipients.n };
    for (uint32_t k = 0; k < DGM_LEN(sides); k++)
        for (uint32_t i = 0; i < n[k]; i++) {
            const char *theirs = doc->entities.at[sides[k][i].entity].country;
            if (theirs[0] && strcmp(theirs, country) != 0)
                return false;
        }
    return true;
}

/* "KHARTOUM (Agency) - Soldiers arrested the minister": what the first sentence tells of the
 * country's own people was done where it was reported. The dateline may be a sentence of its own.
 */
static const name *dateline_of(const search *x, const dgm_event *event, uint32_t first)
{
    uint32_t sentence = event->trigger.sentence;
    while (first > 0 && x->names.at[first - 1].sentence + 1 == sentence)
        first--;
    const name *m = first < x->names.n ? x->names.at + first : NULL;
    bool close =
        m && (m->sentence == sentence ||
              (m->sentence + 1 == sentence && !x->doc->sentences.at[sentence].begins_paragraph));
    bool usable = close && m->stand == STAND_DATELINE && m->place != DGM_NONE &&
                  m->chosen->kind != DGM_PLACE_COUNTRY;
    /* A sentence before that tells of something is the lead, not a dateline alone. */
    for (uint32_t i = 0; usable && m->sentence < sentence && i < x->doc->events.n; i++)
        usable = x->doc->events.at[i].trigger.sentence != m->sentence;
    return usable && is_bodily(event->type) && is_home_affair(x->doc, event, m->chosen->country)
               ? m
               : NULL;
}

/* The nearest place and, where it is one of several joined by "and", those too. */
static bool place_event(search *x, uint32_t i_event, uint32_t first)
{
    dgm_document *doc = x->doc;
    const dgm_event *event = doc->events.at + i_event;
    const name *best = NULL;
    uint32_t least = FAR;
    uint32_t sentence = event->trigger.sentence;
    for (uint32_t i = first; i < x->names.n && x->names.at[i].sentence == sentence; i++) {
        const name *m = x->names.at + i;
        uint32_t cost =
            m->place != DGM_NONE && may_hold(doc, event, m) ? cost_of(doc, event, m) : FAR;
        if (cost < least) {
            least = cost;
            best = m;
        }
    }
    if (!best)
        best = dateline_of(x, event, first);
    if (!best)
        return true;
    if (!add_location(doc, i_event, best->place))
        return false;
    const dgm_sentence *s = doc->sentences.at + sentence;
    for (uint32_t i = first; i < x->names.n && x->names.at[i].sentence == sentence; i++) {
        const name *m = x->names.at + i;
        bool joined = m != best && m->place != DGM_NONE &&
                      s->words[m->host].deprel == DGM_REL_CONJ &&
                      s->words[m->host].head == best->host;
        bool alike = joined && (m->chosen->kind == DGM_PLACE_COUNTRY) ==
                                   (best->chosen->kind == DGM_PLACE_COUNTRY);
        bool party = m->stand == STAND_OBJECT && m->chosen->kind != DGM_PLACE_COUNTRY
                         ? acts(doc, event, m)
                         : takes_part(doc, event, m);
        if (alike && !party && !add_location(doc, i_event, m->place))
            return false;
        event = doc->events.at + i_event;
    }
    return true;
}

static bool place_events(search *x)
{
    dgm_document *doc = x->doc;
    uint32_t *first = DGM_NEW(doc->arena, uint32_t, (size_t)doc->sentences.n + 1);
    if (!first)
        return false;
    uint32_t i_name = 0;
    for (uint32_t s = 0; s < doc->sentences.n; s++) {
        while (i_name < x->names.n && x->names.at[i_name].sentence < s)
            i_name++;
        first[s] = i_name;
    }
    for (uint32_t i = 0; i < doc->events.n; i++) {
        uint32_t s = doc->events.at[i].trigger.sentence;
        if (s < doc->sentences.n && !place_event(x, i, first[s]))
            return false;
    }
    return true;
}

dgm_status dgm_places_find(const dgm_gazetteer *gazetteer, dgm_document *doc, dgm_err *err)
{
    search x = { .gazetteer = gazetteer, .doc = doc };
    bool good = true;
    for (uint32_t s = 0; good && s < doc->sentences.n; s++)
        good = find_names(&x, s);
    count_actors(&x);
    count_sure_names(&x);
    for (uint32_t i = 0; good && i < x.names.n; i++) {
        name *m = x.names.at + i;
        choose(&x, m);
        if (m->stand == STAND_OTHER ? is_surely_place(&x, m) : m->stand != STAND_NONE)
            good = keep_place(&x, m);
    }
    good = good && place_events(&x);
    return good ? DGM_OK : dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for places");
}
