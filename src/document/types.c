#include "document/types.h"

#include <stdlib.h>
#include <string.h>

const dgm_types dgm_plover_types = {
    .at = {
#define X(type) [DGM_##type] = { .name = #type, .id = DGM_##type, .judging = DGM_JUDGING_ALL },
        DGM_EVENT_MAP(X)
#undef X
    },
    .n = DGM_N_EVENT_TYPES,
};

bool dgm_judging_of(dgm_view word, dgm_judging *out)
{
    static const char *const words[] = {
        [DGM_JUDGING_ALL] = "on", [DGM_JUDGING_SIDES] = "sides", [DGM_JUDGING_NONE] = "off"
    };
    for (size_t i = 0; i < DGM_LEN(words); i++) {
        if (dgm_view_eq(word, dgm_view_of(words[i]))) {
            *out = (dgm_judging)i;
            return true;
        }
    }
    return false;
}

const char *dgm_event_type_name(dgm_event_type type)
{
    return (uint32_t)type < DGM_N_EVENT_TYPES ? dgm_plover_types.at[type].name : "";
}

dgm_event_type dgm_event_type_of(dgm_view name)
{
    for (uint32_t i = 1; i < DGM_N_EVENT_TYPES; i++)
        if (dgm_view_eq(name, dgm_view_of(dgm_plover_types.at[i].name)))
            return (dgm_event_type)i;
    return DGM_EVENT_NONE;
}

/* ---- asking --------------------------------------------------------------------------------- */

dgm_event_type dgm_type_of(const dgm_types *types, dgm_view name)
{
    for (uint32_t i = 1; i < types->n; i++)
        if (types->at[i].name[0] && dgm_view_eq(name, dgm_view_of(types->at[i].name)))
            return types->at[i].id;
    dgm_event_type plover = dgm_event_type_of(name);
    return types->at[plover].name[0] ? plover : DGM_EVENT_NONE;
}

const char *dgm_type_name(const dgm_types *types, dgm_event_type type)
{
    return types->at[dgm_type_index(type)].name;
}

const char *dgm_type_key(const dgm_types *types, dgm_event_type type)
{
    return dgm_is_own_type(type) ? dgm_type_name(types, type) : dgm_event_type_name(type);
}

bool dgm_type_is_gone(const dgm_types *types, const dgm_row *row, dgm_view name)
{
    if (name.n == 0 || dgm_type_of(types, name) != DGM_EVENT_NONE)
        return false;
    return types->unread ||
           (types->narrowed && !row->own && dgm_event_type_of(name) != DGM_EVENT_NONE);
}

/* ---- loading -------------------------------------------------------------------------------- */

typedef struct {
    dgm_types *types;
    dgm_complaints *complaints;
    const char *files[DGM_MAX_TYPES]; /* of the rows, by dgm_type_index() */
} loading;

static void wrong(loading *l, const dgm_row *row, const char *what, dgm_view text)
{
    dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line, "%s: \"%.*s\"", what,
                 DGM_FMT(text));
}

/* An own type in the next free place; NULL: there is none. */
static dgm_type *add_own(dgm_types *types, dgm_event_type like)
{
    if (types->n == DGM_MAX_TYPES)
        return NULL;
    uint32_t own = types->n - (DGM_N_EVENT_TYPES - 1);
    dgm_type *type = &types->at[types->n++];
    *type = (dgm_type) { .id = (dgm_event_type)(own << DGM_LIKE_BITS | (uint32_t)like) };
    return type;
}

static bool is_name(dgm_view name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] <= ' ' || strchr("\"'\\,:;|<>&\x7f", name.p[i]))
            return false;
    return name.n > 0 && name.n < DGM_TYPE_NAME;
}

/* PLOVER's type that a cell names; NONE where it is empty. */
static dgm_event_type plover_in(loading *l, const dgm_row *row, dgm_view cell)
{
    dgm_event_type type = dgm_event_type_of(cell);
    if (cell.n > 0 && type == DGM_EVENT_NONE)
        wrong(l, row, "no PLOVER type", cell);
    return type;
}

/* Whether the same file has a row of that name, or of that type of PLOVER's, above this one. */
static bool comes_twice(loading *l, const dgm_row *row, dgm_event_type is)
{
    for (uint32_t i = 1; i < l->types->n; i++) {
        const dgm_type *type = &l->types->at[i];
        bool same = i == (uint32_t)is || dgm_view_eq(row->cell[0], dgm_view_of(type->name));
        if (!same || l->files[i] != row->file)
            continue;
        dgm_complain(l->complaints, DGM_EFORMAT, row->file, row->line,
                     "%.*s comes twice; line %u has it, too", DGM_FMT(row->cell[0]), type->line);
        return true;
    }
    return false;
}

/* Columns: type quad is like judge. Who is PLOVER's by its name needs not say so. */
static bool load_type(void *context, const dgm_row *row)
{
    loading *l = context;
    dgm_view name = row->cell[0];
    if (!is_name(name)) {
        wrong(l, row,
              "a type's name is at most 47 bytes, without blanks, quotes and , : ; | < > & \\",
              name);
        l->types->unread = true;
        return true;
    }
    dgm_event_type is =
        row->cell[2].n > 0 ? plover_in(l, row, row->cell[2]) : dgm_event_type_of(name);
    dgm_event_type like = plover_in(l, row, row->cell[3]);
    if (comes_twice(l, row, is))
        return true;
    dgm_type *type = is ? &l->types->at[is] : add_own(l->types, like);
    if (is && like)
        wrong(l, row, "what is a PLOVER type is like no other", name);
    if (!is && !type) {
        wrong(l, row, "there is no room for more types than 47 of one's own", name);
        l->types->unread = true;
        return true;
    }
    uint64_t quad = 0;
    (void)!dgm_parse_u64(row->cell[1], &quad); /* who loads all of the row complains */
    *type = (dgm_type) { .id = is ? is : type->id,
                         .quad = quad <= 4 ? (uint8_t)quad : 0,
                         .line = (uint32_t)row->line,
                         .judging = is ? DGM_JUDGING_ALL : DGM_JUDGING_NONE };
    memcpy(type->name, name.p, name.n);
    l->files[dgm_type_index(type->id)] = row->file;
    if (row->cell[4].n > 0 && !dgm_judging_of(row->cell[4], &type->judging))
        wrong(l, row, "the judge is off, sides or on", row->cell[4]);
    if (!is && !like && type->judging == DGM_JUDGING_ALL) {
        wrong(l, row, "the judge can only weigh a type that is like one of PLOVER's", name);
        type->judging = DGM_JUDGING_NONE;
    }
    l->types->narrowed = l->types->narrowed && row->own;
    return true;
}

/* Where there is no table, nobody will load all of it. */
static void pass_on(void *context, const dgm_err *err)
{
    if (err->status != DGM_EFORMAT)
        dgm_complain_of(context, err);
}

dgm_status dgm_types_load(const char *tables_dir, dgm_complaints *complaints, dgm_types *out)
{
    static const char *const columns[] = { "type!", "quad?", "is?", "like?", "judge?", NULL };
    dgm_types types = { .n = DGM_N_EVENT_TYPES, .narrowed = true };
    loading l = { .types = &types, .complaints = complaints };
    dgm_complaints of_table = { .fn = pass_on, .context = complaints };
    char *text = NULL;
    *out = dgm_plover_types;
    for (uint32_t i = 1; i < DGM_N_EVENT_TYPES; i++)
        types.at[i].id = (dgm_event_type)i;
    dgm_status status =
        dgm_table_load(tables_dir, "codebook/types.tsv", columns, load_type, &l, &of_table, &text);
    free(text);
    types.unread = types.unread || of_table.n > 0;
    if (status == DGM_OK)
        *out = types;
    return status;
}

dgm_event_type dgm_type_met(dgm_types *types, dgm_view name)
{
    dgm_event_type known = dgm_type_of(types, name);
    if (known != DGM_EVENT_NONE || !is_name(name))
        return known;
    dgm_type *type = add_own(types, DGM_EVENT_NONE);
    if (!type)
        return DGM_EVENT_NONE;
    memcpy(type->name, name.p, name.n);
    return type->id;
}
