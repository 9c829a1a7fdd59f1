/* Whether a word of a filter is any in the store, and which there are: asked when a word is in no
 * table, so that a slip of the pen does not pass for an empty answer. */
#include "store/sql.h"

typedef struct {
    dgm_word_out_fn fn;
    void *context;
} listener;

static bool give(void *context, const dgm_cell *cells, uint32_t n)
{
    const listener *l = context;
    if (n > 0 && cells[0].kind == DGM_CELL_TEXT)
        l->fn(l->context, cells[0].text);
    return true;
}

/* clang-format off */
#define EXISTS(table, column) "EXISTS (SELECT 1 FROM " table " WHERE " column " = ?)"
static const char is_somebody[] =
    "SELECT 1 WHERE " EXISTS("participants", "country") " OR " EXISTS("participants", "code")
    " OR " EXISTS("participants", "name") " OR " EXISTS("participants", "side")
    " OR " EXISTS("attributions", "country") " OR " EXISTS("attributions", "code")
    " OR " EXISTS("attributions", "name");
static const char is_place[] =
    "SELECT 1 WHERE " EXISTS("locations", "country") " OR " EXISTS("locations", "name");
static const char is_mode[] = "SELECT 1 WHERE " EXISTS("events", "mode");
static const char is_type[] = "SELECT 1 WHERE " EXISTS("events", "type");
/* clang-format on */
static const char *const exists[] = { [DGM_WORD_WHO] = is_somebody,
                                      [DGM_WORD_PLACE] = is_place,
                                      [DGM_WORD_MODE] = is_mode,
                                      [DGM_WORD_TYPE] = is_type };
static const uint32_t n_values[] = {
    [DGM_WORD_WHO] = 7, [DGM_WORD_PLACE] = 2, [DGM_WORD_MODE] = 1, [DGM_WORD_TYPE] = 1
};

static const char all_who[] = "SELECT country FROM participants UNION SELECT code FROM participants"
                              " UNION SELECT name FROM participants"
                              " UNION SELECT code FROM attributions"
                              " UNION SELECT name FROM attributions";
static const char all_places[] = "SELECT country FROM locations UNION SELECT name FROM locations";
static const char all_modes[] = "SELECT DISTINCT mode FROM events";
static const char all_types[] = "SELECT DISTINCT type FROM events";
static const char *const all[] = { [DGM_WORD_WHO] = all_who,
                                   [DGM_WORD_PLACE] = all_places,
                                   [DGM_WORD_MODE] = all_modes,
                                   [DGM_WORD_TYPE] = all_types };

dgm_status dgm_store_knows(dgm_store *store, dgm_word_kind kind, dgm_view word, bool *known,
                           dgm_err *err)
{
    dgm_cell cells[7];
    int64_t found = 0;
    for (size_t i = 0; i < DGM_LEN(cells); i++)
        cells[i] = (dgm_cell) { .kind = DGM_CELL_TEXT, .text = word };
    dgm_status status = dgm_sql_number(store->db, exists[kind], cells, n_values[kind], &found, err);
    if (status == DGM_OK)
        *known = found != 0;
    return status;
}

dgm_status dgm_store_words(dgm_store *store, dgm_word_kind kind, dgm_word_out_fn fn, void *context,
                           dgm_err *err)
{
    listener l = { fn, context };
    return dgm_sql_ask(store->db, all[kind], NULL, 0, give, &l, err);
}

bool dgm_is_code_of(const dgm_map *countries, const dgm_map *sectors, dgm_word_kind kind,
                    dgm_view word)
{
    if (!dgm_is_upper_code(word, 3, 7) || dgm_map_count(countries) == 0)
        return dgm_is_upper_code(word, 3, 7);
    dgm_view country = dgm_view_slice(word, 0, 3), sector = dgm_view_slice(word, 3, word.n);
    bool of_country = dgm_map_get(countries, country) != DGM_NONE;
    if (kind == DGM_WORD_PLACE)
        return of_country && sector.n == 0;
    if (sector.n == 0)
        return of_country || dgm_map_get(sectors, country) != DGM_NONE;
    return (of_country || dgm_view_eq(country, DGM_VIEW("---"))) &&
           dgm_map_get(sectors, sector) != DGM_NONE;
}
