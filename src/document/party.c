#include "document/party.h"

#include <string.h>

bool dgm_is_among(const char *code, const char (*codes)[4], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

static bool is_same_code(const dgm_entity *x, const dgm_entity *y)
{
    return x->country[0] && strcmp(x->country, y->country) == 0;
}

bool dgm_is_state_code(const char *country)
{
    static const char others[][4] = { "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC" };
    return country[0] && !dgm_is_among(country, others, DGM_LEN(others));
}

bool dgm_is_shared_code(const char *country)
{
    static const char shared[][4] = { "IGO", "NGO", "ISM", "IMG", "MNC" };
    return dgm_is_among(country, shared, DGM_LEN(shared));
}

bool dgm_is_body_of_states(const dgm_entity *e)
{
    static const char bodies[][4] = { "UNO", "EUR", "IGO" };
    return dgm_is_among(e->country, bodies, DGM_LEN(bodies));
}

bool dgm_speaks_for_country(const dgm_entity *e)
{
    return e->country[0] && (!e->sector[0] || strcmp(e->sector, "GOV") == 0);
}

bool dgm_is_sector_of_state(const char *sector)
{
    static const char arms[][4] = { "", "GOV", "MIL", "COP", "SPY" };
    return dgm_is_among(sector, arms, DGM_LEN(arms));
}

bool dgm_is_same_voice(const dgm_document *doc, uint32_t a, uint32_t b)
{
    const dgm_entity *x = &doc->entities.at[a], *y = &doc->entities.at[b];
    return a == b || (is_same_code(x, y) && dgm_speaks_for_country(x) && dgm_speaks_for_country(y));
}

/* The government and the rebels of a country are two sides. */
bool dgm_is_same_side(const dgm_document *doc, uint32_t a, uint32_t b)
{
    const dgm_entity *x = &doc->entities.at[a], *y = &doc->entities.at[b];
    return a == b || (is_same_code(x, y) &&
                      ((dgm_is_sector_of_state(x->sector) && dgm_is_sector_of_state(y->sector)) ||
                       strcmp(x->sector, y->sector) == 0));
}

bool dgm_is_same_country(const dgm_document *doc, uint32_t a, uint32_t b)
{
    return a == b || is_same_code(&doc->entities.at[a], &doc->entities.at[b]);
}
