/* Sums by day and by dyad. A batch gathers what its stories add and adds it once at its end, since
 * the events of a story fall on few days and the sums of a year are the same for all. */
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* What is summed, by its key: the columns of the key with newlines between. */
struct dgm_sums {
    dgm_arena *arena;
    dgm_map *days, *dyads; /* key -> place in the list */
    DGM_ARRAY(dgm_sum) day, dyad;
    bool has_less; /* something goes */
};

dgm_sums *dgm_sums_new(void)
{
    dgm_sums *sums = calloc(1, sizeof *sums);
    if (!sums)
        return NULL;
    dgm_sums_clear(sums);
    if (sums->arena && sums->days && sums->dyads)
        return sums;
    dgm_sums_free(sums);
    return NULL;
}

void dgm_sums_free(dgm_sums *sums)
{
    if (!sums)
        return;
    dgm_arena_free(sums->arena);
    dgm_map_free(sums->days);
    dgm_map_free(sums->dyads);
    free(sums);
}

void dgm_sums_clear(dgm_sums *sums)
{
    dgm_arena_free(sums->arena);
    dgm_map_free(sums->days);
    dgm_map_free(sums->dyads);
    *sums = (dgm_sums) { .arena = dgm_arena_new(), .days = dgm_map_new(), .dyads = dgm_map_new() };
}

static bool add(dgm_sums *sums, bool is_day, dgm_view key, const dgm_sum *sum)
{
    dgm_map *map = is_day ? sums->days : sums->dyads;
    if (!sums->arena || !map || dgm_arena_failed(sums->arena)) /* for the key, perhaps */
        return false;
    uint32_t i = dgm_map_get(map, key);
    if (i == DGM_NONE) {
        i = is_day ? sums->day.n : sums->dyad.n;
        dgm_sum *new =
            is_day ? dgm_push(sums->arena, &sums->day) : dgm_push(sums->arena, &sums->dyad);
        if (!new || dgm_map_set(map, key, i, NULL) != DGM_OK)
            return false;
        *new = (dgm_sum) { .quad = sum->quad, .plain = sum->plain };
    }
    dgm_sum *to = is_day ? &sums->day.at[i] : &sums->dyad.at[i];
    to->n += sum->n;
    to->goldstein += sum->goldstein;
    to->intensity += sum->intensity;
    sums->has_less = sums->has_less || sum->n < 0;
    return true;
}

bool dgm_sums_day(dgm_sums *sums, int64_t day, int64_t kind, int64_t n)
{
    if (!sums->arena)
        return false;
    dgm_view key = dgm_arena_printf(sums->arena, "%lld\n%lld", (long long)day, (long long)kind);
    return add(sums, true, key, &(dgm_sum) { .n = n });
}

bool dgm_sums_dyad(dgm_sums *sums, dgm_view date, dgm_view actor, dgm_view recipient,
                   const dgm_sum *sum)
{
    static const size_t widths[] = { 7, 4, 0 };
    if (!sums->arena)
        return false;
    for (size_t i = 0; i < DGM_LEN(widths); i++) {
        dgm_view key =
            dgm_arena_printf(sums->arena, "%.*s\n%.*s\n%.*s\n%lld\n%lld",
                             DGM_FMT(dgm_view_slice(date, 0, widths[i])), DGM_FMT(actor),
                             DGM_FMT(recipient), (long long)sum->quad, (long long)sum->plain);
        if (!add(sums, false, key, sum))
            return false;
    }
    return true;
}

bool dgm_sums_merge(dgm_sums *into, const dgm_sums *from)
{
    for (uint32_t i = 0; i < from->day.n; i++)
        if (!add(into, true, dgm_map_key(from->days, i, NULL), &from->day.at[i]))
            return false;
    for (uint32_t i = 0; i < from->dyad.n; i++)
        if (!add(into, false, dgm_map_key(from->dyads, i, NULL), &from->dyad.at[i]))
            return false;
    return true;
}

/* ---- into the tables ------------------------------------------------------------------------ */

/* clang-format off */
static const dgm_table days = {
    "INSERT INTO day_sums (day, kind, n) VALUES (?, ?, ?)"
    " ON CONFLICT (day, kind) DO UPDATE SET n = day_sums.n + excluded.n",
    "INSERT INTO day_sums (day, kind, n) SELECT * FROM unnest(?::bigint[], ?::bigint[],"
    " ?::bigint[]) ON CONFLICT (day, kind) DO UPDATE SET n = day_sums.n + excluded.n",
    3
};
static const dgm_table unlinked = {
    "INSERT INTO unlinked (day) VALUES (?) ON CONFLICT DO NOTHING",
    "INSERT INTO unlinked (day) SELECT * FROM unnest(?::bigint[]) ON CONFLICT DO NOTHING", 1
};
#define ADDED                                                                                      \
    " ON CONFLICT (actor, recipient, period, quad, plain) DO UPDATE SET n = dyad_sums.n +"         \
    " excluded.n, goldstein = dyad_sums.goldstein + excluded.goldstein, intensity ="               \
    " dyad_sums.intensity + excluded.intensity"
static const dgm_table dyads = {
    "INSERT INTO dyad_sums (period, actor, recipient, quad, plain, n, goldstein, intensity)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" ADDED,
    "INSERT INTO dyad_sums (period, actor, recipient, quad, plain, n, goldstein, intensity)"
    " SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],"
    " ?::float8[], ?::float8[])" ADDED,
    8
};
/* clang-format on */

static dgm_cell part_of(dgm_view *key)
{
    dgm_view part = { "", 0 };
    dgm_view_split(key, '\n', &part);
    return (dgm_cell) { .kind = DGM_CELL_TEXT, .text = part };
}

static int64_t number_of(dgm_view text)
{
    uint64_t n = 0;
    bool below = dgm_view_starts(text, DGM_VIEW("-")); /* days before 1970 */
    if (!dgm_parse_u64(dgm_view_slice(text, below, text.n), &n))
        return 0;
    return below ? -(int64_t)n : (int64_t)n;
}

/* What came or went on these days may be one event with something else (same.c). */
static dgm_status write_days(dgm_sums *sums, dgm_sql *db, dgm_err *err)
{
    size_t n = (size_t)sums->day.n * (days.n_columns + unlinked.n_columns) + 1;
    dgm_cell *cells = !sums->arena ? NULL : DGM_NEW(sums->arena, dgm_cell, n);
    if (!cells)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for sums");
    for (uint32_t i = 0; i < sums->day.n; i++) {
        dgm_view key = dgm_map_key(sums->days, i, NULL);
        dgm_cell *row = cells + (size_t)i * days.n_columns;
        row[0] = dgm_int(number_of(part_of(&key).text));
        row[1] = dgm_int(number_of(key));
        row[2] = dgm_int(sums->day.at[i].n);
        cells[(size_t)sums->day.n * days.n_columns + i] = row[0];
    }
    dgm_status status = db->engine->rows(db, &days, cells, sums->day.n, err);
    if (status == DGM_OK && sums->day.n > 0)
        status = db->engine->rows(db, &unlinked, cells + (size_t)sums->day.n * days.n_columns,
                                  sums->day.n, err);
    return status;
}

static dgm_status write_dyads(dgm_sums *sums, dgm_sql *db, dgm_err *err)
{
    dgm_cell *cells =
        !sums->arena ? NULL
                     : DGM_NEW(sums->arena, dgm_cell, (size_t)sums->dyad.n * dyads.n_columns + 1);
    if (!cells)
        return dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for sums");
    for (uint32_t i = 0; i < sums->dyad.n; i++) {
        const dgm_sum *sum = &sums->dyad.at[i];
        dgm_view key = dgm_map_key(sums->dyads, i, NULL);
        dgm_cell *row = cells + (size_t)i * dyads.n_columns;
        for (size_t k = 0; k < 3; k++)
            row[k] = part_of(&key);
        row[3] = dgm_int(sum->quad);
        row[4] = dgm_int(sum->plain);
        row[5] = dgm_int(sum->n);
        row[6] = dgm_real(sum->goldstein);
        row[7] = dgm_real(sum->intensity);
    }
    return db->engine->rows(db, &dyads, cells, sums->dyad.n, err);
}

dgm_status dgm_sums_write(dgm_sums *sums, dgm_sql *db, dgm_err *err)
{
    dgm_status status = write_days(sums, db, err);
    if (status == DGM_OK)
        status = write_dyads(sums, db, err);
    if (status == DGM_OK && sums->has_less)
        status = dgm_sql_do(db, "DELETE FROM day_sums WHERE n <= 0", NULL, 0, err);
    if (status == DGM_OK && sums->has_less)
        status = dgm_sql_do(db, "DELETE FROM dyad_sums WHERE n <= 0", NULL, 0, err);
    dgm_sums_clear(sums);
    return status;
}
