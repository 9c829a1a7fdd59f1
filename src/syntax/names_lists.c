/* names_lists.c - the names that the project's tables know, as sorted numbers: a hash of the
 * letters and, in the lowest bits, what the name is of. They are read when names are learned and
 * kept in the model's section, so that reading needs no tables. Two names in one hash cost a wrong
 * hint and nothing else. */
#include "syntax/model_file.h"
#include "syntax/names_parts.h"

#include <stdlib.h>
#include <string.h>

#define KINDS ((1u << LIST_KINDS) - 1)

uint32_t names_hash(uint32_t h, dgm_view text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)dgm_to_lower(text.p[i]);
        if (c >= 128 || dgm_is_alpha(c) || dgm_is_digit(c))
            h = (h ^ c) * 16777619u;
    }
    return h;
}

/* FNV's low bits are the good ones, and the lowest are taken by the kinds. */
static uint32_t number_of(uint32_t hash)
{
    hash ^= hash >> 15;
    return hash * 0x2C1B3C6Du & ~KINDS;
}

uint32_t names_lists_find(const name_lists *lists, uint32_t hash)
{
    uint32_t wanted = number_of(hash), low = 0, high = lists->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t there = dgm_get_u32(lists->at + 4 * (size_t)middle);
        if ((there & ~KINDS) == wanted)
            return there & KINDS;
        if (there < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* ---- reading the tables --------------------------------------------------------------------- */

typedef struct {
    uint32_t *at;
    size_t n, cap;
    uint32_t kind;
} builder;

static bool add(builder *b, dgm_view name, uint32_t kind)
{
    dgm_view the = DGM_VIEW("the ");
    name = dgm_view_trim(name);
    if (name.n > the.n && dgm_view_eq_nocase(dgm_view_slice(name, 0, the.n), the))
        name = dgm_view_slice(name, the.n, name.n);
    if (!name.n)
        return true;
    if (b->n == b->cap) {
        size_t cap = b->cap * 2 + 4096;
        uint32_t *moved = realloc(b->at, cap * sizeof(*moved));
        if (!moved)
            return false;
        b->at = moved;
        b->cap = cap;
    }
    b->at[b->n++] = number_of(names_hash(NAME_HASH_BEGIN, name)) | kind;
    return true;
}

static bool add_all(builder *b, dgm_view names, char sep, uint32_t kind)
{
    dgm_view name;
    while (names.n && dgm_view_split(&names, sep, &name))
        if (!add(b, name, kind))
            return false;
    return true;
}

/* name, also, parted by ";" in the tables of places */
static bool take_place(void *context, const dgm_row *row)
{
    builder *b = context;
    return add(b, row->cell[0], b->kind) && add_all(b, row->cell[1], ';', b->kind);
}

static bool take_body(void *context, const dgm_row *row)
{
    return add(context, row->cell[0], LIST_BODY) && add_all(context, row->cell[1], '|', LIST_BODY);
}

static bool take_person(void *context, const dgm_row *row)
{
    dgm_view name = row->cell[0], part;
    if (!add(context, name, LIST_PERSON) || !add_all(context, row->cell[1], '|', LIST_PERSON))
        return false;
    while (name.n && dgm_view_split(&name, ' ', &part))
        if (part.n > 2 && !add(context, part, LIST_PERSON))
            return false;
    return true;
}

static bool take_phrase(void *context, const dgm_row *row)
{
    builder *b = context;
    return add(b, row->cell[0], b->kind);
}

static bool take_country(void *context, const dgm_row *row)
{
    static const struct {
        const char *label;
        uint32_t kind;
    } kinds[] = { { "name", LIST_LAND },
                  { "region", LIST_LAND },
                  { "capital", LIST_CITY },
                  { "adjective", LIST_PEOPLE },
                  { "demonym", LIST_PEOPLE } };
    for (size_t i = 0; i < DGM_LEN(kinds); i++)
        if (dgm_view_eq(row->cell[1], dgm_view_of(kinds[i].label)))
            return add(context, row->cell[0], kinds[i].kind);
    return true;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Equal names become one, of all their kinds. */
static uint32_t join(uint32_t *at, size_t n)
{
    uint32_t n_out = 0;
    qsort(at, n, sizeof(*at), by_number);
    for (size_t i = 0; i < n; i++) {
        if (n_out > 0 && (at[n_out - 1] & ~KINDS) == (at[i] & ~KINDS))
            at[n_out - 1] |= at[i];
        else
            at[n_out++] = at[i];
    }
    return n_out;
}

dgm_status names_lists_read(const char *tables_dir, dgm_complaints *complaints, char **out,
                            uint32_t *n, dgm_err *err)
{
    static const char *const place[] = { "name", "also", NULL };
    static const char *const person[] = { "person", "also", NULL };
    static const char *const phrase[] = { "phrase", NULL };
    static const char *const country[] = { "phrase", "kind", NULL };
    static const struct {
        const char *file;
        const char *const *columns;
        dgm_row_fn fn;
        uint32_t kind;
    } tables[] = {
        { "places/places.tsv", place, take_place, LIST_CITY },
        { "places/aliases.tsv", place, take_place, LIST_CITY },
        { "places/countries.tsv", place, take_place, LIST_LAND },
        { "places/regions.tsv", place, take_place, LIST_LAND },
        { "actors/countries.tsv", country, take_country, 0 },
        { "actors/groups.tsv", phrase, take_phrase, LIST_PEOPLE },
        { "actors/organisations.tsv", place, take_body, 0 },
        { "actors/offices.tsv", person, take_person, 0 },
        { "actors/agents.tsv", phrase, take_phrase, LIST_ROLE },
    };
    builder b = { .at = NULL };
    dgm_status status = DGM_OK;
    for (size_t i = 0; status == DGM_OK && i < DGM_LEN(tables); i++) {
        char *text = NULL;
        b.kind = tables[i].kind;
        status = dgm_table_load(tables_dir, tables[i].file, tables[i].columns, tables[i].fn, &b,
                                complaints, &text);
        free(text);
        if (status != DGM_OK)
            dgm_fail(err, status, tables_dir, 0, "the table %s cannot be used%s", tables[i].file,
                     status == DGM_ENOMEM ? ": no memory" : "");
    }
    if (status == DGM_OK) {
        *n = join(b.at, b.n);
        for (uint32_t i = 0; i < *n; i++)
            dgm_put_u32((char *)&b.at[i], b.at[i]);
        *out = (char *)b.at;
    } else {
        free(b.at);
    }
    return status;
}
