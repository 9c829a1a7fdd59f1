#include "document/types.h"

#include <math.h>
#include <string.h>

/* ---- closed lists --------------------------------------------------------------------------- */

static const char *const upos_names[DGM_N_UPOS] = { [DGM_UPOS_NONE] = "_",
#define X(name) [DGM_##name] = #name,
                                                    DGM_UPOS_MAP(X)
#undef X
};

static const char *const deprel_names[DGM_N_DEPREL] = { [DGM_REL_NONE] = "_",
#define X(id, label) [DGM_REL_##id] = label,
                                                        DGM_DEPREL_MAP(X)
#undef X
};

static uint32_t find_name(const char *const *names, uint32_t n, dgm_view name)
{
    for (uint32_t i = 1; i < n; i++)
        if (dgm_view_eq(dgm_view_of(names[i]), name))
            return i;
    return 0;
}

const char *dgm_upos_name(dgm_upos upos)
{
    return upos < DGM_N_UPOS ? upos_names[upos] : "_";
}

dgm_upos dgm_upos_of(dgm_view name)
{
    return (dgm_upos)find_name(upos_names, DGM_N_UPOS, name);
}

const char *dgm_deprel_name(dgm_deprel deprel)
{
    return deprel < DGM_N_DEPREL ? deprel_names[deprel] : "_";
}

dgm_deprel dgm_deprel_of(dgm_view name)
{
    uint32_t i = find_name(deprel_names, DGM_N_DEPREL, name);
    if (i == 0) {
        dgm_view rest = name, main_part;
        if (dgm_view_split(&rest, ':', &main_part) && main_part.n < name.n)
            i = find_name(deprel_names, DGM_N_DEPREL, main_part);
    }
    return (dgm_deprel)i;
}

dgm_deprel dgm_deprel_main(dgm_deprel deprel)
{
    switch (deprel) {
    case DGM_REL_ACL_RELCL:
        return DGM_REL_ACL;
    case DGM_REL_ADVCL_RELCL:
        return DGM_REL_ADVCL;
    case DGM_REL_AUX_PASS:
        return DGM_REL_AUXREL;
    case DGM_REL_CC_PRECONJ:
        return DGM_REL_CC;
    case DGM_REL_COMPOUND_PRT:
        return DGM_REL_COMPOUND;
    case DGM_REL_CSUBJ_OUTER:
    case DGM_REL_CSUBJ_PASS:
        return DGM_REL_CSUBJ;
    case DGM_REL_DET_PREDET:
        return DGM_REL_DETREL;
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_POSS:
    case DGM_REL_NMOD_UNMARKED:
        return DGM_REL_NMOD;
    case DGM_REL_NSUBJ_OUTER:
    case DGM_REL_NSUBJ_PASS:
        return DGM_REL_NSUBJ;
    case DGM_REL_OBL_AGENT:
    case DGM_REL_OBL_UNMARKED:
        return DGM_REL_OBL;
    default:
        return deprel;
    }
}

bool dgm_is_clause(dgm_deprel deprel)
{
    switch (dgm_deprel_main(deprel)) {
    case DGM_REL_ACL:
    case DGM_REL_ADVCL:
    case DGM_REL_CCOMP:
    case DGM_REL_CSUBJ:
    case DGM_REL_PARATAXIS:
        return true;
    default:
        return false;
    }
}

const char *dgm_via_name(dgm_via via)
{
    static const char *const names[] = { "name", "role", "metonymy", "coref", "inferred" };
    return via < DGM_LEN(names) ? names[via] : "";
}

const char *dgm_polarity_name(dgm_polarity polarity)
{
    return polarity == DGM_NEGATED ? "negated" : "affirmed";
}

const char *dgm_factual_status_name(dgm_factual_status status)
{
    static const char *const names[] = { "actual",    "intended", "conditional",
                                         "requested", "possible", "hypothetical" };
    return status < DGM_LEN(names) ? names[status] : "";
}

const char *dgm_place_basis_name(dgm_place_basis basis)
{
    static const char *const names[] = { "", "clause", "sentence", "dateline", "story" };
    return basis < DGM_LEN(names) ? names[basis] : "";
}

const char *dgm_place_precision_name(dgm_place_precision precision)
{
    static const char *const names[] = { "", "site", "town", "admin2", "admin1", "country" };
    return precision < DGM_LEN(names) ? names[precision] : "";
}

const char *dgm_size_name(dgm_size_kind kind)
{
    static const char *const names[] = {
#define X(id, name) name,
        DGM_SIZE_MAP(X)
#undef X
    };
    return kind < DGM_N_SIZES ? names[kind] : "";
}

const char *dgm_timex_kind_name(dgm_timex_kind kind)
{
    static const char *const kinds[] = { "DATE", "TIME", "DURATION", "SET" };
    return kinds[kind];
}

const char *dgm_attribution_kind_name(dgm_attribution_kind kind)
{
    static const char *const names[] = { "say",    "claim",   "deny",   "accuse",
                                         "demand", "promise", "report", "believe" };
    return kind < DGM_LEN(names) ? names[kind] : "";
}

/* ---- trees ---------------------------------------------------------------------------------- */

bool dgm_has_feat(const dgm_word *word, dgm_view feature)
{
    dgm_view rest = word->feats, part;
    while (rest.n > 0 && dgm_view_split(&rest, '|', &part))
        if (dgm_view_eq(part, feature))
            return true;
    return false;
}

uint32_t dgm_child(const dgm_sentence *s, uint32_t i_head, dgm_deprel deprel, uint32_t after)
{
    for (uint32_t i = after + 1; i <= s->n_words; i++)
        if (s->words[i].head == i_head && s->words[i].deprel == deprel)
            return i;
    return 0;
}

/* A broken tree may hold a cycle: no path is followed longer than the sentence. */
bool dgm_dominates(const dgm_sentence *s, uint32_t i_ancestor, uint32_t i_word)
{
    for (uint32_t steps = 0; steps <= s->n_words; steps++) {
        if (i_word == i_ancestor)
            return true;
        if (i_word == 0 || i_word > s->n_words)
            return false;
        i_word = s->words[i_word].head;
    }
    return false;
}

void dgm_subtree(const dgm_sentence *s, uint32_t i_word, uint32_t *first, uint32_t *last)
{
    uint32_t begin = i_word, end = i_word;
    while (begin > 1 && dgm_dominates(s, i_word, begin - 1))
        begin--;
    while (end < s->n_words && dgm_dominates(s, i_word, end + 1))
        end++;
    *first = begin;
    *last = end;
}

/* ---- document ------------------------------------------------------------------------------- */

void dgm_document_init(dgm_document *doc, dgm_arena *arena)
{
    *doc = (dgm_document) { .arena = arena, .types = &dgm_plover_types };
    const dgm_view empty = { "", 0 };
    doc->text = doc->id = doc->title = doc->source = doc->url = doc->file = empty;
    doc->date_basis = empty;
}

bool dgm_stopped(dgm_document *doc)
{
    if (doc->stop && !doc->stopped)
        doc->stopped = doc->stop(doc->stop_context);
    return doc->stopped;
}

dgm_span dgm_span_of(const dgm_document *doc, uint32_t sentence, uint32_t first, uint32_t last)
{
    const dgm_sentence *s = &doc->sentences.at[sentence];
    const dgm_word *a = &s->words[first], *b = &s->words[last];
    return (dgm_span) { .sentence = sentence,
                        .first = first,
                        .last = last,
                        .begin = a->begin,
                        .end = b->end,
                        .begin_byte = a->begin_byte,
                        .end_byte = b->end_byte };
}

dgm_view dgm_span_text(const dgm_document *doc, dgm_span span)
{
    if (span.first == 0 || span.begin_byte < doc->begin_byte)
        return (dgm_view) { "", 0 };
    return dgm_view_slice(doc->text, span.begin_byte - doc->begin_byte,
                          span.end_byte - doc->begin_byte);
}

dgm_view dgm_span_name(const dgm_document *doc, dgm_span span)
{
    return dgm_one_line(doc->arena, dgm_seen(doc->arena, dgm_span_text(doc, span)));
}

const dgm_event *dgm_event_of(const dgm_document *doc, const dgm_word *word)
{
    return word->event < doc->events.n ? &doc->events.at[word->event] : NULL;
}

bool *dgm_telling_sentences(const dgm_document *doc)
{
    bool *tells = DGM_NEW(doc->arena, bool, (size_t)doc->sentences.n + 1);
    for (uint32_t i = 0; tells && i < doc->mentions.n; i++)
        tells[doc->mentions.at[i].span.sentence] |= doc->mentions.at[i].n_entities > 0;
    for (uint32_t i = 0; tells && i < doc->events.n; i++)
        tells[doc->events.at[i].trigger.sentence] = true;
    return tells;
}

/* Sorts the numbers below n by the sentence that each of them is of. */
static bool sort_by_sentence(const dgm_document *doc, const uint32_t *sentence, uint32_t n,
                             dgm_by_sentence *out)
{
    uint32_t n_sentences = doc->sentences.n;
    out->first = DGM_NEW(doc->arena, uint32_t, (size_t)n_sentences + 1);
    out->at = DGM_NEW(doc->arena, uint32_t, (size_t)n + 1);
    if (!sentence || !out->first || !out->at)
        return false;
    for (uint32_t i = 0; i < n; i++)
        out->first[sentence[i]]++;
    for (uint32_t s = 1; s <= n_sentences; s++)
        out->first[s] += out->first[s - 1];
    /* first[s] is now where those of s end; filled from the back, it comes to be where they
     * begin */
    for (uint32_t i = n; i-- > 0;)
        out->at[--out->first[sentence[i]]] = i;
    return true;
}

bool dgm_events_by_sentence(const dgm_document *doc, dgm_by_sentence *out)
{
    uint32_t *sentence = DGM_NEW(doc->arena, uint32_t, (size_t)doc->events.n + 1);
    for (uint32_t i = 0; sentence && i < doc->events.n; i++)
        sentence[i] = doc->events.at[i].trigger.sentence;
    return sort_by_sentence(doc, sentence, doc->events.n, out);
}

bool dgm_mentions_by_sentence(const dgm_document *doc, dgm_by_sentence *out)
{
    uint32_t *sentence = DGM_NEW(doc->arena, uint32_t, (size_t)doc->mentions.n + 1);
    for (uint32_t i = 0; sentence && i < doc->mentions.n; i++)
        sentence[i] = doc->mentions.at[i].span.sentence;
    return sort_by_sentence(doc, sentence, doc->mentions.n, out);
}

static bool has_one_line(dgm_view text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool space = dgm_is_space((unsigned char)text.p[i]);
        if (space && (text.p[i] != ' ' || (i > 0 && text.p[i - 1] == ' ')))
            return false;
    }
    return true;
}

dgm_view dgm_one_line(dgm_arena *arena, dgm_view text)
{
    char *line = has_one_line(text) ? NULL : dgm_arena_alloc(arena, text.n, 1);
    size_t n = 0;
    if (!line)
        return text;
    for (size_t i = 0; i < text.n; i++) {
        bool space = dgm_is_space((unsigned char)text.p[i]);
        if (!space || n == 0 || line[n - 1] != ' ')
            line[n++] = space ? ' ' : text.p[i];
    }
    return (dgm_view) { line, n };
}

void dgm_note(dgm_document *doc, const char *room, uint32_t sentence, uint32_t event,
              const char *format, ...)
{
    if (!doc->explain)
        return;
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dgm_note_entry *note = dgm_push(doc->arena, &doc->notes);
    if (note)
        *note = (dgm_note_entry) { .room = room,
                                   .event = event,
                                   .sentence = sentence,
                                   .text = dgm_arena_copy(doc->arena, dgm_view_of(text)) };
}

uint32_t dgm_span_head(const dgm_sentence *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last && i <= s->n_words; i++) {
        uint32_t head = s->words[i].head;
        if (s->words[i].deprel != DGM_REL_CASE && s->words[i].deprel != DGM_REL_PUNCTREL &&
            (head < first || head > last))
            return i;
    }
    return last;
}
