#include "output/codes.h"

#include <stdlib.h>

struct dgm_codes {
    dgm_arena *arena;
    char *texts[3];                  /* of the tables: what views point into */
    dgm_map *countries, *categories; /* code -> row */
    DGM_ARRAY(dgm_country_codes) rows;
    DGM_ARRAY(dgm_icews_category) category_rows;
    dgm_complaints *complaints;
};

static bool set(dgm_codes *codes, dgm_map *map, uint32_t i, const dgm_row *row)
{
    uint32_t old;
    if (dgm_map_set(map, row->cell[0], i, &old) != DGM_OK)
        return false;
    if (old != DGM_NONE)
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line, "%.*s is there twice",
                     DGM_FMT(row->cell[0]));
    return true;
}

static bool is_number_or_empty(dgm_view v)
{
    uint64_t number;
    return v.n == 0 || dgm_parse_u64(v, &number);
}

static bool load_country(void *context, const dgm_row *row)
{
    dgm_codes *codes = context;
    dgm_country_codes *c = dgm_push(codes->arena, &codes->rows);
    if (!c)
        return false;
    *c = (dgm_country_codes) { .name = row->cell[1],
                               .fips = row->cell[2],
                               .cow = row->cell[3],
                               .gw = row->cell[4],
                               .cameo = row->cell[5],
                               .icews_name = row->cell[1],
                               .icews_column = row->cell[1] };
    if (row->cell[0].n != 3 || (c->fips.n != 0 && c->fips.n != 2) || !is_number_or_empty(c->cow) ||
        !is_number_or_empty(c->gw) || (c->cameo.n != 0 && c->cameo.n != 3))
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line,
                     "not a country of three letters, FIPS of two, two numbers and a CAMEO code");
    return set(codes, codes->countries, codes->rows.n - 1, row);
}

static bool load_icews_country(void *context, const dgm_row *row)
{
    dgm_codes *codes = context;
    uint32_t i = dgm_map_get(codes->countries, row->cell[0]);
    if (i == DGM_NONE) {
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line,
                     "%.*s is not a country of places/codes.tsv", DGM_FMT(row->cell[0]));
        return true;
    }
    codes->rows.at[i].icews_name = row->cell[1];
    codes->rows.at[i].icews_column = row->cell[2];
    return true;
}

static bool load_category(void *context, const dgm_row *row)
{
    dgm_codes *codes = context;
    dgm_icews_category *c = dgm_push(codes->arena, &codes->category_rows);
    if (!c)
        return false;
    *c = (dgm_icews_category) { .code = row->cell[0], .label = row->cell[1] };
    if (c->code.n < 3 || c->code.n > 4 || !is_number_or_empty(c->code) || c->label.n == 0 ||
        !dgm_parse_double(row->cell[2], &c->intensity))
        dgm_complain(codes->complaints, DGM_EFORMAT, row->file, row->line,
                     "not a code of three or four digits, a label and a number");
    return set(codes, codes->categories, codes->category_rows.n - 1, row);
}

dgm_status dgm_codes_load(const char *tables_dir, dgm_complaints *complaints, dgm_codes **out,
                          dgm_err *err)
{
    static const char *const country_columns[] = { "country!", "name",  "fips", "cow",
                                                   "gw",       "cameo", NULL },
                             *const icews_columns[] = { "country", "in_names", "in_columns", NULL },
                             *const category_columns[] = { "code!", "label!", "intensity!", NULL };
    const struct {
        const char *file;
        const char *const *columns;
        bool (*load)(void *context, const dgm_row *row);
    } tables[] = { { "places/codes.tsv", country_columns, load_country },
                   { "places/icews.tsv", icews_columns, load_icews_country },
                   { "codebook/icews.tsv", category_columns, load_category } };
    dgm_codes *codes = calloc(1, sizeof(*codes));
    dgm_status status = DGM_ENOMEM;
    if (codes && (codes->arena = dgm_arena_new()) && (codes->countries = dgm_map_new()) &&
        (codes->categories = dgm_map_new())) {
        codes->complaints = complaints;
        status = DGM_OK;
        for (size_t i = 0; i < DGM_LEN(tables) && status == DGM_OK; i++)
            status = dgm_table_load(tables_dir, tables[i].file, tables[i].columns, tables[i].load,
                                    codes, complaints, &codes->texts[i]);
    }
    if (status == DGM_OK && dgm_arena_failed(codes->arena))
        status = DGM_ENOMEM;
    if (status == DGM_OK) {
        *out = codes;
        return DGM_OK;
    }
    dgm_codes_free(codes);
    return dgm_fail(err, status, tables_dir, 0, "the tables of codes cannot be read%s",
                    status == DGM_ENOMEM ? ": no memory" : "");
}

void dgm_codes_free(dgm_codes *codes)
{
    if (!codes)
        return;
    dgm_map_free(codes->countries);
    dgm_map_free(codes->categories);
    dgm_arena_free(codes->arena);
    for (size_t i = 0; i < DGM_LEN(codes->texts); i++)
        free(codes->texts[i]);
    free(codes);
}

dgm_country_codes dgm_codes_of_country(const dgm_codes *codes, dgm_view country)
{
    uint32_t row = codes && country.n > 0 ? dgm_map_get(codes->countries, country) : DGM_NONE;
    return row != DGM_NONE ? codes->rows.at[row] : (dgm_country_codes) { .name = { "", 0 } };
}

/* "195" for "1952", "170" for "176". */
dgm_icews_category dgm_codes_of_icews(const dgm_codes *codes, dgm_view cameo)
{
    char above[4];
    for (size_t n = cameo.n; codes && n >= 2; n--) {
        dgm_view code = dgm_view_slice(cameo, 0, n);
        if (n == 2) {
            snprintf(above, sizeof above, "%.2s0", cameo.p);
            code = dgm_view_of(above);
        }
        uint32_t row = dgm_map_get(codes->categories, code);
        if (row != DGM_NONE)
            return codes->category_rows.at[row];
    }
    return (dgm_icews_category) { .code = { "", 0 } };
}

/* CAMEO's MED is the media and its HLH health, PLOVER's JRN and MED. CAMEO has no role for
 * partially recognised states and for actors that are not identified. */
dgm_sector_codes dgm_codes_of_sector(dgm_view sector)
{
    static const struct {
        const char *plover, *cameo, *words, *in_names;
    } sectors[] = {
        { "GOV", "GOV", "Government", "Government" },
        { "MIL", "MIL", "Military", "Military" },
        { "COP", "COP", "Police", "Police" },
        { "SPY", "SPY", "Intelligence", "Intelligence" },
        { "LEG", "LEG", "Legislative", "Legislature" },
        { "JUD", "JUD", "Judicial", "Member of the Judiciary" },
        { "PTY", "PTY", "Parties", "Political Parties" },
        { "REB", "REB", "Rebel", "Armed Rebel" },
        { "PRM", "UAF", "Paramilitary", "Militia" },
        { "UAF", "UAF", "Unidentified Forces", "Armed Gang" },
        { "CRM", "CRM", "Criminals / Gangs", "Criminal" },
        { "BUS", "BUS", "Business", "Business" },
        { "LAB", "LAB", "Labor", "Labor Union" },
        { "AGR", "AGR", "Agricultural", "Farm Worker" },
        { "CVL", "CVL", "Civilian", "Citizen" },
        { "EDU", "EDU", "Education", "Education" },
        { "ELI", "ELI", "Elite", "Elite" },
        { "JRN", "MED", "Media", "Media" },
        { "MED", "HLH", "Health", "Medical Personnel" },
        { "REF", "REF", "Refugees", "Refugee" },
        { "REL", "REL", "Religious", "Religion" },
        { "SOC", "CVL", "Social", "Civic Group" },
        { "OPP", "OPP", "Opposition", "People Associated with the Opposition" },
    };
    for (size_t i = 0; i < DGM_LEN(sectors); i++) {
        if (dgm_view_eq(sector, dgm_view_of(sectors[i].plover)))
            return (dgm_sector_codes) { dgm_view_of(sectors[i].cameo),
                                        dgm_view_of(sectors[i].words),
                                        dgm_view_of(sectors[i].in_names) };
    }
    return (dgm_sector_codes) { .cameo = { "", 0 } };
}
