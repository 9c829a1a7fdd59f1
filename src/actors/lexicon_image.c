/* The lexicon as bytes: see lexicon_image.h. Numbers are as the machine has them; each array begins
 * where the last ends:
 *     counts    as image_head
 *     sets      u64, the classes of words
 *     edges     as in memory
 *     facts     as image_fact
 *     nodes     u32, the first fact of each
 *     sources   u32, where the names of files begin in the texts
 *     texts     each ends in NUL; some NULs, to a multiple of 8
 *     maps      as dgm_map_write() has them */
#include "actors/lexicon_image.h"

#include "base/compiled.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(DGM_LEN(((lexicon *)NULL)->text) <= DGM_MAX_COMPILED, "all tables have room");

/* Made of all tables that lexicon_read() reads. */
static dgm_compiled kind_of(void)
{
    dgm_compiled kind = { "DGMACTOR", 1, "actors/actors.compiled", { NULL } };
    for (uint32_t i = 0; actors_table(i); i++)
        kind.tables[i] = actors_table(i);
    return kind;
}

typedef struct {
    uint64_t known, longest; /* of the classes of words */
    uint32_t n_sets, n_edges, used_edges, n_facts, n_nodes, n_sources, n_texts, people;
} image_head;
_Static_assert(sizeof(image_head) == 48, "the head has no holes");

typedef struct {
    uint32_t at, n;
} piece;

typedef struct {
    piece name, office, members, id;
    char country[4], sector[4], others[DGM_MAX_SECTORS][4];
    uint32_t from, to, line, person, next;
    uint16_t source, holders;
    uint8_t type, kind, n_others, flags;
} image_fact;
_Static_assert(sizeof(image_fact) == 84, "a fact has no holes");

/* Yes or no of a fact, in the order of the bits of `flags`. */
static const size_t flag_at[] = { offsetof(fact, plural),     offsetof(fact, weak),
                                  offsetof(fact, acronym),    offsetof(fact, cased),
                                  offsetof(fact, cased_last), offsetof(fact, own),
                                  offsetof(fact, given) };

/* The maps that a loaded lexicon is asked; NULL: past the last. */
static dgm_map **maps_of(lexicon *lex, uint32_t i)
{
    dgm_map **const all[] = { &lex->tokens, &lex->state_names, &lex->offices, &lex->words.numbers };
    return i < DGM_LEN(all) ? all[i] : NULL;
}

/* ---- making --------------------------------------------------------------------------------- */

typedef struct {
    dgm_buffer *out, texts;
    dgm_map *kept; /* text -> where it begins in the texts */
} making;

static void put(making *m, const void *p, size_t n)
{
    dgm_buffer_put(m->out, (dgm_view) { p, n });
}

static piece keep(making *m, dgm_view text)
{
    uint32_t at = 0;
    size_t n = m->texts.n;
    text.p = text.n > 0 ? text.p : "";
    if (dgm_map_add(m->kept, text, (uint32_t)n, &at) != DGM_OK)
        m->out->failed = true;
    if (at == n) {
        dgm_buffer_put(&m->texts, text);
        dgm_buffer_put(&m->texts, (dgm_view) { "", 1 });
    }
    return (piece) { at, (uint32_t)text.n };
}

static void put_fact(making *m, const fact *f)
{
    image_fact out = { .name = keep(m, f->name),
                       .office = keep(m, f->office),
                       .members = keep(m, f->members),
                       .id = keep(m, f->id),
                       .from = f->from,
                       .to = f->to,
                       .line = f->line,
                       .person = f->person,
                       .next = f->next,
                       .source = f->source,
                       .holders = f->holders,
                       .type = (uint8_t)f->type,
                       .kind = (uint8_t)f->kind,
                       .n_others = f->n_others };
    memcpy(out.country, f->country, sizeof out.country);
    memcpy(out.sector, f->sector, sizeof out.sector);
    memcpy(out.others, f->others, sizeof out.others);
    for (size_t i = 0; i < DGM_LEN(flag_at); i++)
        out.flags |= (uint8_t)(*(const bool *)((const char *)f + flag_at[i]) << i);
    put(m, &out, sizeof out);
}

static void put_all(making *m, lexicon *lex)
{
    image_head head = { .known = lex->words.known,
                        .longest = lex->words.longest,
                        .n_sets = lex->words.sets.n,
                        .n_edges = lex->n_edges,
                        .used_edges = lex->used_edges,
                        .n_facts = lex->facts.n,
                        .n_nodes = lex->nodes.n,
                        .n_sources = lex->sources.n,
                        .people = lex->people };
    size_t begin = m->out->n;
    put(m, &head, sizeof head);
    put(m, lex->words.sets.at, head.n_sets * sizeof(uint64_t));
    put(m, lex->edges, head.n_edges * sizeof(edge));
    for (uint32_t i = 0; i < head.n_facts; i++)
        put_fact(m, &lex->facts.at[i]);
    put(m, lex->nodes.at, head.n_nodes * sizeof(uint32_t));
    for (uint32_t i = 0; i < head.n_sources; i++)
        put(m, &(uint32_t) { keep(m, dgm_view_of(lex->sources.at[i])).at }, sizeof(uint32_t));
    put(m, m->texts.p, m->texts.n);
    put(m, "\0\0\0\0\0\0\0", -m->out->n & 7);
    head.n_texts = (uint32_t)m->texts.n;
    for (uint32_t i = 0; maps_of(lex, i); i++)
        dgm_map_write(*maps_of(lex, i), m->out);
    if (!m->out->failed)
        memcpy(m->out->p + begin, &head, sizeof head);
}

dgm_status dgm_actors_compile(const char *folder, dgm_complaints *complaints, dgm_buffer *out,
                              dgm_err *err)
{
    lexicon lex = { .arena = NULL };
    making m = { .out = out, .kept = dgm_map_new() };
    const dgm_compiled kind = kind_of();
    dgm_status status = dgm_compiled_begin(&kind, folder, out, err);
    if (status == DGM_OK)
        status = lexicon_read(&lex, folder, complaints, err);
    if (status == DGM_OK && m.kept)
        put_all(&m, &lex);
    if (!m.kept || m.texts.failed || out->failed)
        status = dgm_fail(err, DGM_ENOMEM, folder, 0, "no memory");
    dgm_compiled_end(out);
    lexicon_done(&lex);
    dgm_map_free(m.kept);
    dgm_buffer_done(&m.texts);
    return status;
}

/* ---- taking --------------------------------------------------------------------------------- */

typedef struct {
    const image_head *head;
    const image_fact *facts;
    const uint32_t *sources;
    dgm_view texts;
} parts;

/* Finds the arrays, and those that are used where they lie. */
static bool find_parts(lexicon *lex, dgm_view *rest, parts *p)
{
    const image_head *h = p->head = dgm_view_cut(rest, 1, sizeof *h);
    if (!h || !(lex->words.sets.at = (uint64_t *)(uintptr_t)dgm_view_cut(rest, h->n_sets, 8)) ||
        !(lex->edges = (edge *)(uintptr_t)dgm_view_cut(rest, h->n_edges, sizeof(edge))) ||
        !(p->facts = dgm_view_cut(rest, h->n_facts, sizeof(image_fact))) ||
        !(lex->nodes.at = (uint32_t *)(uintptr_t)dgm_view_cut(rest, h->n_nodes, 4)) ||
        !(p->sources = dgm_view_cut(rest, h->n_sources, 4)) ||
        !(p->texts.p = dgm_view_cut(rest, h->n_texts, 1)) ||
        !dgm_view_cut(rest, -(uintptr_t)rest->p & 7, 1))
        return false;
    p->texts.n = h->n_texts;
    lex->words.sets.n = h->n_sets;
    lex->words.known = h->known;
    lex->words.longest = (size_t)h->longest;
    lex->n_edges = h->n_edges;
    lex->used_edges = h->used_edges;
    lex->nodes.n = h->n_nodes;
    lex->people = h->people;
    return h->n_texts > 0 && p->texts.p[h->n_texts - 1] == 0 && h->longest <= MAX_CLASS_WORD &&
           dgm_utf8_invalid(p->texts) == SIZE_MAX;
}

static bool is_fact(const parts *p, uint32_t i)
{
    return i == DGM_NONE || i < p->head->n_facts;
}

/* Edges lead to nodes, nodes to facts, and some edges are free, so that a search ends. */
static bool trie_is_good(const lexicon *lex, const parts *p)
{
    uint32_t n_used = 0;
    for (uint32_t i = 0; i < lex->n_edges; i++) {
        n_used += lex->edges[i].node > 0;
        if (lex->edges[i].node >= lex->nodes.n)
            return false;
    }
    for (uint32_t i = 0; i < lex->nodes.n; i++)
        if (!is_fact(p, lex->nodes.at[i]))
            return false;
    return lex->n_edges > 0 && (lex->n_edges & (lex->n_edges - 1)) == 0 && lex->nodes.n > 0 &&
           n_used < lex->n_edges && is_fact(p, lex->people);
}

/* Texts lie between NULs, as keep() wrote them: so they are whole characters, as all of them
 * together are. */
static bool begins_text(const parts *p, uint32_t at)
{
    return at < p->texts.n && (at == 0 || p->texts.p[at - 1] == 0);
}

static bool take_text(const parts *p, piece at, dgm_view *out)
{
    *out = (dgm_view) { p->texts.p + at.at, at.n };
    return begins_text(p, at.at) && at.n < p->texts.n - at.at && out->p[at.n] == 0;
}

/* Three characters of ASCII, or nothing. */
static bool take_code(const char from[4], char out[4])
{
    for (uint32_t i = 0; i < 3; i++)
        if (from[0] ? from[i] <= ' ' || from[i] > '~' : from[i])
            return false;
    memcpy(out, from, 3);
    return true;
}

/* Chains of facts go on, so that they end: there are none of an overlay, which would go first. */
static bool take_fact(const parts *p, uint32_t i, fact *f)
{
    const image_fact *from = &p->facts[i];
    bool good = from->next == DGM_NONE || (from->next > i && from->next < p->head->n_facts);
    *f = (fact) { .type = from->type,
                  .kind = from->kind,
                  .n_others = from->n_others,
                  .from = from->from,
                  .to = from->to,
                  .source = from->source,
                  .line = from->line,
                  .holders = from->holders,
                  .person = from->person,
                  .next = from->next };
    good = good && take_code(from->country, f->country) && take_code(from->sector, f->sector);
    for (uint32_t k = 0; k < DGM_MAX_SECTORS; k++)
        good = good && take_code(from->others[k], f->others[k]);
    for (size_t k = 0; k < DGM_LEN(flag_at); k++)
        *(bool *)((char *)f + flag_at[k]) = (from->flags >> k & 1) != 0;
    return good && from->type <= FACT_AGENT && from->kind <= KIND_MOVEMENT &&
           from->n_others <= DGM_MAX_SECTORS && from->source < p->head->n_sources &&
           take_text(p, from->name, &f->name) && take_text(p, from->office, &f->office) &&
           take_text(p, from->members, &f->members) && take_text(p, from->id, &f->id);
}

static dgm_status take_facts(lexicon *lex, const parts *p)
{
    uint32_t n = p->head->n_facts, n_sources = p->head->n_sources;
    lex->facts.at = DGM_NEW(lex->arena, fact, DGM_MAX(n, 1u));
    lex->sources.at = DGM_NEW(lex->arena, const char *, DGM_MAX(n_sources, 1u));
    if (!lex->facts.at || !lex->sources.at)
        return DGM_ENOMEM;
    lex->facts.n = n;
    lex->sources.n = n_sources;
    for (uint32_t i = 0; i < n_sources; i++) {
        if (!begins_text(p, p->sources[i]))
            return DGM_EFORMAT;
        lex->sources.at[i] = p->texts.p + p->sources[i];
    }
    for (uint32_t i = 0; i < n; i++)
        if (!take_fact(p, i, &lex->facts.at[i]))
            return DGM_EFORMAT;
    return DGM_OK;
}

/* Whether all values of a map are below `n`, or are `other`. */
static bool values_are_below(const dgm_map *map, uint32_t n, uint32_t other)
{
    for (uint32_t i = 0; i < dgm_map_count(map); i++) {
        uint32_t value = n;
        (void)dgm_map_key(map, i, &value);
        if (value >= n && value != other)
            return false;
    }
    return true;
}

static dgm_status take_maps(lexicon *lex, dgm_view rest)
{
    for (uint32_t i = 0; maps_of(lex, i); i++) {
        dgm_status status = dgm_map_over(&rest, maps_of(lex, i));
        if (status != DGM_OK)
            return status;
    }
    bool good = rest.n == 0 && values_are_below(lex->state_names, lex->facts.n, DGM_NONE) &&
                values_are_below(lex->offices, lex->facts.n, DGM_NONE - 1) &&
                values_are_below(lex->words.numbers, lex->words.sets.n, DGM_NONE);
    return good ? DGM_OK : DGM_EFORMAT;
}

static dgm_status take_parts(lexicon *lex, dgm_view rest)
{
    parts p = { .head = NULL };
    lex->arena = dgm_arena_new_for_tables();
    if (!lex->arena)
        return DGM_ENOMEM;
    if (!find_parts(lex, &rest, &p) || !trie_is_good(lex, &p))
        return DGM_EFORMAT;
    dgm_status status = take_facts(lex, &p);
    return status == DGM_OK ? take_maps(lex, rest) : status;
}

static dgm_status take(void *context, dgm_view bytes, const char *path, dgm_err *err)
{
    lexicon *lex = context;
    const dgm_compiled kind = kind_of();
    dgm_view rest;
    dgm_status status = dgm_compiled_check(&kind, bytes, path, &rest, err);
    if (status != DGM_OK)
        return status;
    status = take_parts(lex, rest);
    if (status == DGM_OK)
        return DGM_OK;
    lex->edges = NULL; /* they are the file's */
    lexicon_done(lex);
    return status == DGM_EFORMAT
               ? dgm_fail(err, status, path, 0, "is damaged: its parts do not fit together")
               : status;
}

/* Whether a later folder has one of the tables, by its name of today or of old. */
static bool is_overlaid(const dgm_view *folders, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = 0; actors_table(k); k++)
            if (dgm_folder_has(folders[i], actors_table(k)) ||
                dgm_folder_old_table(folders[i], actors_table(k)))
                return true;
    return false;
}

bool lexicon_map(lexicon *lex, const char *tables_dir, dgm_complaints *complaints)
{
    dgm_view folders[DGM_MAX_FOLDERS];
    const dgm_compiled kind = kind_of();
    uint32_t n = dgm_folders_cut(tables_dir, folders);
    dgm_file_bytes mapped = { .mapped = false };
    memset(lex, 0, sizeof *lex);
    if (n == 0 || is_overlaid(folders, n) ||
        !dgm_compiled_map(&kind, folders[0], take, lex, &mapped, complaints))
        return false;
    lex->mapped = mapped;
    return true;
}

dgm_status lexicon_load(lexicon *lex, const char *tables_dir, dgm_complaints *complaints,
                        dgm_err *err)
{
    return lexicon_map(lex, tables_dir, complaints)
               ? DGM_OK
               : lexicon_read(lex, tables_dir, complaints, err);
}
