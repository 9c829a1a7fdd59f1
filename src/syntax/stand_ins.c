#include "syntax/stand_ins.h"

#include "base/embedded.h"

#include <stdlib.h>

enum { MAX_FORM = 40 }; /* bytes; longer names are read as they are */

typedef struct {
    dgm_view kind, ends, word, but; /* the row's cells */
} stand_in;

struct dgm_stand_ins {
    char *texts[2];
    dgm_arena *arena;
    dgm_map *forms; /* form -> its place in `rows` */
    DGM_ARRAY(stand_in) rows;
    dgm_complaints *complaints; /* while it is loaded */
};

static bool is_kind(dgm_view kind)
{
    static const char *const kinds[] = { "name",    "adjective", "demonym", "demonyms",
                                         "capital", "region",    "metonym" };
    for (size_t i = 0; i < DGM_LEN(kinds); i++)
        if (dgm_view_eq(kind, dgm_view_of(kinds[i])))
            return true;
    return false;
}

static bool load_stand_in(void *context, const dgm_row *row)
{
    dgm_stand_ins *s = context;
    if (!is_kind(row->cell[0]) || !row->cell[2].n) {
        dgm_complain(s->complaints, DGM_EFORMAT, row->file, row->line,
                     row->cell[2].n ? "no name of a state is of kind \"%.*s\"; the row is not used"
                                    : "no word stands in for names of kind \"%.*s\"; the row is "
                                      "not used",
                     DGM_FMT(row->cell[0]));
        return true;
    }
    stand_in *added = dgm_push(s->arena, &s->rows);
    if (added)
        *added = (stand_in) { row->cell[0], row->cell[1], row->cell[2], row->cell[3] };
    return added;
}

static bool is_listed(dgm_view list, dgm_view word)
{
    dgm_view item;
    while (list.n && dgm_view_split(&list, ',', &item))
        if (dgm_view_eq(dgm_view_trim(item), word))
            return true;
    return false;
}

/* How well a row's ends fit: the length of the longest that does, and 1; 0: none does. */
static size_t fit_of(dgm_view word, dgm_view ends)
{
    size_t best = ends.n ? 0 : 1;
    dgm_view end;
    while (ends.n && dgm_view_split(&ends, ',', &end)) {
        end = dgm_view_trim(end);
        if (dgm_view_ends(word, end))
            best = DGM_MAX(best, end.n + 1);
    }
    return best;
}

/* One word in lower case but for its first letter. */
static bool is_plain(dgm_view word)
{
    if (word.n < 2 || word.n > MAX_FORM || !dgm_is_upper((unsigned char)word.p[0]))
        return false;
    for (size_t i = 1; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        if (c < 128 && (!dgm_is_alpha(c) || dgm_is_upper(c)))
            return false;
    }
    return true;
}

/* The name is read as the stand-in of its kind whose end fits best; what is known already stays. */
static bool add_form(dgm_stand_ins *s, dgm_view form, dgm_view kind)
{
    uint32_t best = DGM_NONE;
    size_t best_fit = 0;
    for (uint32_t i = 0; i < s->rows.n; i++) {
        size_t fit = dgm_view_eq(s->rows.at[i].kind, kind) ? fit_of(form, s->rows.at[i].ends) : 0;
        if (fit > best_fit) {
            best = i;
            best_fit = fit;
        }
    }
    if (best == DGM_NONE || is_listed(s->rows.at[best].but, form) ||
        dgm_map_get(s->forms, form) != DGM_NONE)
        return true;
    return dgm_map_set(s->forms, form, best, NULL) == DGM_OK;
}

static bool load_country(void *context, const dgm_row *row)
{
    dgm_stand_ins *s = context;
    dgm_view name = row->cell[0], kind = row->cell[1];
    if (!is_plain(name))
        return true;
    if (!dgm_view_eq(kind, DGM_VIEW("demonym")))
        return add_form(s, name, kind);
    dgm_view plural = dgm_arena_printf(s->arena, "%.*ss", (int)name.n, name.p);
    return plural.n && add_form(s, name, kind) && add_form(s, plural, DGM_VIEW("demonyms"));
}

static dgm_status load_tables(dgm_stand_ins *s, const char *dirs, dgm_complaints *complaints)
{
    static const char *const columns[] = { "kind!", "ends", "word!", "but", NULL };
    static const char *const names[] = { "phrase", "kind", NULL };
    static const char table[] = "english/stand-ins.tsv", countries[] = "actors/countries.tsv";
    char folder[4096];
    /* Whole folders of older versions have no such table: then nothing stands in for a name. */
    if (!dgm_folders_holder(dirs, table, folder, sizeof folder) ||
        !dgm_folders_holder(dirs, countries, folder, sizeof folder))
        return DGM_OK;
    dgm_status status =
        dgm_table_load(dirs, table, columns, load_stand_in, s, complaints, &s->texts[0]);
    if (status == DGM_OK)
        status =
            dgm_table_load_too(dirs, countries, names, load_country, s, complaints, &s->texts[1]);
    return status == DGM_OK && dgm_arena_failed(s->arena) ? DGM_ENOMEM : status;
}

dgm_status dgm_stand_ins_load(const char *tables_dir, dgm_complaints *complaints,
                              dgm_stand_ins **out, dgm_err *err)
{
    dgm_stand_ins *s = calloc(1, sizeof(*s));
    if (s) {
        s->complaints = complaints;
        s->forms = dgm_map_new();
        s->arena = dgm_arena_new_for_tables();
    }
    dgm_status status =
        s && s->forms && s->arena ? load_tables(s, tables_dir, complaints) : DGM_ENOMEM;
    if (status == DGM_OK) {
        s->complaints = NULL;
        *out = s;
        return DGM_OK;
    }
    dgm_stand_ins_free(s);
    return dgm_fail(err, status, tables_dir, 0, "the words that stand for states cannot be read%s",
                    status == DGM_ENOMEM ? ": no memory" : "");
}

void dgm_stand_ins_free(dgm_stand_ins *stand_ins)
{
    if (!stand_ins)
        return;
    dgm_map_free(stand_ins->forms);
    dgm_arena_free(stand_ins->arena);
    for (size_t i = 0; i < DGM_LEN(stand_ins->texts); i++)
        free(stand_ins->texts[i]);
    free(stand_ins);
}

dgm_view dgm_stand_in_for(const dgm_stand_ins *stand_ins, dgm_view form)
{
    if (!stand_ins || !form.n || form.n > MAX_FORM || !dgm_is_upper((unsigned char)form.p[0]))
        return form;
    uint32_t row = dgm_map_get(stand_ins->forms, form);
    return row == DGM_NONE ? form : stand_ins->rows.at[row].word;
}
