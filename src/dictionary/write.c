/* What our tables know already, and the order in which a dictionary becomes tables. */
#include "dictionary/entries.h"

#include <stdlib.h>

/* ---- what our tables know ------------------------------------------------------------------- */

static bool take_country_code(void *context, const dgm_row *row)
{
    return dgm_map_set(((writing *)context)->countries, row->cell[0], 1, NULL) == DGM_OK;
}

static bool take_sector_code(void *context, const dgm_row *row)
{
    return dgm_map_set(((writing *)context)->sectors, row->cell[0], 1, NULL) == DGM_OK;
}

static bool take_cameo(void *context, const dgm_row *row)
{
    writing *w = context;
    dgm_view *type = dgm_push(w->dictionary->arena, &w->type);
    dgm_view *score = dgm_push(w->dictionary->arena, &w->score);
    if (!type || !score)
        return false;
    *type = row->cell[1];
    *score = row->cell[2];
    return dgm_map_set(w->cameo, row->cell[0], w->type.n - 1, NULL) == DGM_OK;
}

static bool keep_kind(writing *w, const char *what, dgm_view phrases, dgm_view kind)
{
    static const char *const kinds[] = { "title", "role",      "unit",   "group",
                                         "name",  "adjective", "demonym" };
    dgm_view phrase;
    uint32_t number = dgm_view_index(kind, kinds, DGM_LEN(kinds));
    while (number < DGM_LEN(kinds) && phrases.n > 0 && dgm_view_split(&phrases, '|', &phrase)) {
        dgm_view key = dgm_arena_printf(w->dictionary->arena, "%s:%.*s", what, DGM_FMT(phrase));
        key = dgm_arena_lower(w->dictionary->arena, key);
        if (!key.p || (dgm_map_get(w->kinds, key) == DGM_NONE &&
                       dgm_map_set(w->kinds, key, number, NULL) != DGM_OK))
            return false;
    }
    return true;
}

static bool take_state(void *context, const dgm_row *row)
{
    return keep_kind(context, "state", row->cell[0], row->cell[1]);
}

static bool take_agent(void *context, const dgm_row *row)
{
    return keep_kind(context, "agent", row->cell[0], row->cell[1]);
}

static void keep_first(void *context, const dgm_err *err)
{
    dgm_err *first = context;
    if (first->status == DGM_OK)
        *first = *err;
}

static dgm_status read_ours(writing *w)
{
    static const struct {
        const char *name;
        dgm_row_fn fn;
        const char *columns[4];
    } tables[] = {
        { "actors/codes.tsv", take_country_code, { "code", NULL } },
        { "actors/sectors.tsv", take_sector_code, { "code", NULL } },
        { "codebook/cameo.tsv", take_cameo, { "code", "type", "goldstein", NULL } },
        { "actors/countries.tsv", take_state, { "phrase", "kind", NULL } },
        { "actors/agents.tsv", take_agent, { "phrase", "kind", NULL } },
    };
    w->countries = dgm_map_new();
    w->sectors = dgm_map_new();
    w->cameo = dgm_map_new();
    w->kinds = dgm_map_new();
    if (!w->countries || !w->sectors || !w->cameo || !w->kinds)
        return dgm_fail(w->err, DGM_ENOMEM, w->base, 0, "no memory");
    for (size_t i = 0; i < DGM_LEN(tables); i++) {
        dgm_err why = { 0 };
        dgm_complaints quiet = { .fn = keep_first, .context = &why };
        dgm_status status = dgm_table_load(w->base, tables[i].name, tables[i].columns, tables[i].fn,
                                           w, &quiet, &w->texts[w->n_texts]);
        if (status != DGM_OK)
            return dgm_fail(w->err, status, w->base, 0, "%s cannot be read: %s", tables[i].name,
                            status == DGM_ENOMEM ? "no memory" : why.msg);
        w->n_texts++;
    }
    w->our_countries = dgm_map_count(w->countries);
    w->our_sectors = dgm_map_count(w->sectors);
    w->our_cameo = dgm_map_count(w->cameo);
    return DGM_OK;
}

/* ---- codes that ours lack ------------------------------------------------------------------- */

static dgm_status write_codes(writing *w, const char *name, const dgm_map *codes, uint32_t first)
{
    if (dgm_map_count(codes) == first)
        return DGM_OK;
    FILE *f = dictionary_open_table(w, name, true);
    if (!f)
        return w->err ? w->err->status : DGM_EIO;
    for (uint32_t i = first; i < dgm_map_count(codes); i++) {
        uint32_t value;
        dgm_view code = dgm_map_key(codes, i, &value);
        fprintf(f, "%.*s\timported\n", DGM_FMT(code));
    }
    return dictionary_close_table(w, name, f);
}

static dgm_status write_cameo(writing *w)
{
    if (dgm_map_count(w->cameo) == w->our_cameo)
        return DGM_OK;
    FILE *f = dictionary_open_table(w, "codebook/cameo.tsv", true);
    if (!f)
        return w->err ? w->err->status : DGM_EIO;
    for (uint32_t i = w->our_cameo; i < dgm_map_count(w->cameo); i++) {
        uint32_t value;
        dgm_view code = dgm_map_key(w->cameo, i, &value);
        fprintf(f, "%.*s\timported\t%.*s\t%.*s\t-\t-\n", DGM_FMT(code), DGM_FMT(w->score.at[value]),
                DGM_FMT(w->type.at[value]));
    }
    return dictionary_close_table(w, "codebook/cameo.tsv", f);
}

static void writing_done(writing *w)
{
    for (uint32_t i = 0; i < w->n_texts; i++)
        free(w->texts[i]);
    dgm_map_free(w->kinds);
    dgm_map_free(w->countries);
    dgm_map_free(w->sectors);
    dgm_map_free(w->cameo);
}

dgm_status dgm_dictionary_write(dgm_dictionary *d, const char *base, const char *to, bool beside,
                                dgm_complaints *complaints, dgm_dictionary_tally *out, dgm_err *err)
{
    static dgm_status (*const writers[])(
        writing *) = { dictionary_write_actors, dictionary_write_agents, dictionary_write_rules,
                       dictionary_write_discards };
    dgm_dictionary_tally tally = { 0 };
    writing w = { .dictionary = d,
                  .base = base,
                  .to = to,
                  .beside = beside,
                  .complaints = complaints,
                  .tally = &tally,
                  .err = err };
    dgm_status status = read_ours(&w);
    if (status == DGM_OK)
        status = dictionary_copy_tables(&w);
    for (int kind = 0; status == DGM_OK && kind < DGM_N_DICTIONARY_KINDS; kind++)
        if (d->has[kind])
            status = writers[kind](&w);
    if (status == DGM_OK && d->has[DGM_DICTIONARY_VERBS] && !beside)
        status = dictionary_leave_judge_out(&w);
    if (status == DGM_OK)
        status = write_codes(&w, "actors/codes.tsv", w.countries, w.our_countries);
    if (status == DGM_OK)
        status = write_codes(&w, "actors/sectors.tsv", w.sectors, w.our_sectors);
    if (status == DGM_OK)
        status = write_cameo(&w);
    if (status == DGM_OK && dgm_arena_failed(d->arena))
        status = dgm_fail(err, DGM_ENOMEM, base, 0, "no memory");
    writing_done(&w);
    if (status == DGM_OK)
        *out = tally;
    return status;
}
