#include "output/codes.h"

#include <stdlib.h>

struct dgm_codes {
    dgm_arena *arena;
    char *country_text, *cameo_text; /* what views point into */
    dgm_map *countries, *labels;     /* code -> row */
    DGM_ARRAY(dgm_country_codes) rows;
    DGM_ARRAY(dgm_view) label_rows;
    dgm_complaints *complaints;
};

static bool load_country(void *context, const dgm_row *row)
{
    dgm_codes *codes = context;
    uint32_t old;
    uint64_t number = 0;
    dgm_country_codes *c = dgm_push(codes->arena, &codes->rows);
    if (!c)
        return false;
    *c = (dgm_country_codes) { row->cell[1], row->cell[2], row->cell[3], row->cell[4] };
    if (row->cell[0].n != 3 || (c->fips.n != 0 && c->fips.n != 2) ||
        (c->cow.n > 0 && !dgm_parse_u64(c->cow, &number)) || (c->cameo.n != 0 && c->cameo.n != 3))
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line,
                     "not a country of three letters, FIPS of two, a number and a CAMEO code");
    if (dgm_map_set(codes->countries, row->cell[0], codes->rows.n - 1, &old) != DGM_OK)
        return false;
    if (old != DGM_NONE)
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line, "%.*s is there twice",
                     DGM_FMT(row->cell[0]));
    return true;
}

/* The ontology has checked these rows. */
static bool load_label(void *context, const dgm_row *row)
{
    dgm_codes *codes = context;
    dgm_view *label = dgm_push(codes->arena, &codes->label_rows);
    if (!label)
        return false;
    *label = row->cell[1];
    return dgm_map_set(codes->labels, row->cell[0], codes->label_rows.n - 1, NULL) == DGM_OK;
}

dgm_status dgm_codes_load(const char *tables_dir, dgm_complaints *complaints, dgm_codes **out,
                          dgm_err *err)
{
    static const char
        *const country_columns[] = { "country", "name", "fips", "cow", "cameo", NULL },
               *const label_columns[] = { "code", "label", NULL };
    dgm_codes *codes = calloc(1, sizeof(*codes));
    dgm_status status = DGM_ENOMEM;
    if (codes && (codes->arena = dgm_arena_new()) && (codes->countries = dgm_map_new()) &&
        (codes->labels = dgm_map_new())) {
        codes->complaints = complaints;
        status = dgm_table_load(tables_dir, "places/codes.tsv", country_columns, load_country,
                                codes, complaints, &codes->country_text);
        if (status == DGM_OK)
            status = dgm_table_load(tables_dir, "ontology/cameo.tsv", label_columns, load_label,
                                    codes, NULL, &codes->cameo_text);
    }
    if (status == DGM_OK) {
        *out = codes;
        return DGM_OK;
    }
    dgm_codes_free(codes);
    return dgm_fail(err, status, tables_dir, 0, "the tables of codes cannot be read");
}

void dgm_codes_free(dgm_codes *codes)
{
    if (!codes)
        return;
    dgm_map_free(codes->countries);
    dgm_map_free(codes->labels);
    dgm_arena_free(codes->arena);
    free(codes->country_text);
    free(codes->cameo_text);
    free(codes);
}

dgm_country_codes dgm_codes_of_country(const dgm_codes *codes, dgm_view country)
{
    uint32_t row = codes && country.n > 0 ? dgm_map_get(codes->countries, country) : DGM_NONE;
    return row != DGM_NONE ? codes->rows.at[row] : (dgm_country_codes) { .name = { "", 0 } };
}

dgm_view dgm_codes_cameo_label(const dgm_codes *codes, dgm_view cameo)
{
    uint32_t row = codes && cameo.n > 0 ? dgm_map_get(codes->labels, cameo) : DGM_NONE;
    return row != DGM_NONE ? codes->label_rows.at[row] : (dgm_view) { "", 0 };
}

/* CAMEO's MED is the media and its HLH health, PLOVER's JRN and MED. CAMEO has no role for
 * partially recognised states and for actors that are not identified. */
dgm_sector_codes dgm_codes_of_sector(dgm_view sector)
{
    static const struct {
        const char *plover, *cameo, *words;
    } sectors[] = {
        { "GOV", "GOV", "Government" },
        { "MIL", "MIL", "Military" },
        { "COP", "COP", "Police" },
        { "SPY", "SPY", "Intelligence" },
        { "LEG", "LEG", "Legislative" },
        { "JUD", "JUD", "Judicial" },
        { "PTY", "PTY", "Parties" },
        { "REB", "REB", "Rebel" },
        { "PRM", "UAF", "Paramilitary" },
        { "UAF", "UAF", "Unidentified Forces" },
        { "CRM", "CRM", "Criminals / Gangs" },
        { "BUS", "BUS", "Business" },
        { "LAB", "LAB", "Labor" },
        { "AGR", "AGR", "Agricultural" },
        { "CVL", "CVL", "Civilian" },
        { "EDU", "EDU", "Education" },
        { "ELI", "ELI", "Elite" },
        { "JRN", "MED", "Media" },
        { "MED", "HLH", "Health" },
        { "REF", "REF", "Refugees" },
        { "REL", "REL", "Religious" },
        { "SOC", "CVL", "Social" },
        { "OPP", "OPP", "Opposition" },
    };
    for (size_t i = 0; i < DGM_LEN(sectors); i++) {
        if (dgm_view_eq(sector, dgm_view_of(sectors[i].plover)))
            return (dgm_sector_codes) { dgm_view_of(sectors[i].cameo),
                                        dgm_view_of(sectors[i].words) };
    }
    return (dgm_sector_codes) { .cameo = { "", 0 } };
}
