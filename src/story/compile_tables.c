/* compile-tables DATA FILE...: writes into each file what is mapped of the tables in DATA that it
 * is called after, as "places/places.compiled" (base/compiled.h). The build runs it. Tables with
 * faults are compiled into a head alone: each start then reads them and says what is wrong. */
#include "actors/actors.h"
#include "base/compiled.h"
#include "grounding/place_tables.h"
#include "judge/judge.h"

enum { CITIES, VILLAGES, ACTORS };
static const char *const names[] = { [CITIES] = "places/places",
                                     [VILLAGES] = "places/villages",
                                     [ACTORS] = "actors/actors",
                                     "model/judge",
                                     "model/sides",
                                     "model/parties" };

static dgm_status write_bytes(const char *path, const dgm_buffer *bytes, dgm_err *err)
{
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(bytes->p ? bytes->p : "", 1, bytes->n, f) == bytes->n;
    good = f && fclose(f) == 0 && good;
    return good ? DGM_OK : dgm_fail(err, DGM_EIO, path, 0, "cannot be written");
}

/* "x/places/places.compiled": which it is by its last two names; -1: none. */
static int which_is(const char *path)
{
    for (size_t i = 0; i < DGM_LEN(names); i++) {
        char end[100];
        snprintf(end, sizeof end, "%s.compiled", names[i]);
        if (dgm_view_ends(dgm_view_of(path), dgm_view_of(end)))
            return (int)i;
    }
    return -1;
}

static dgm_status compile(const char *data, int which, dgm_complaints *complaints, dgm_buffer *out,
                          dgm_err *err)
{
    char table[100];
    switch (which) {
    case CITIES:
        return dgm_place_table_compile(data, DGM_PLACE_CITIES, complaints, out, err);
    case VILLAGES:
        return dgm_place_table_compile(data, DGM_PLACE_VILLAGES, complaints, out, err);
    case ACTORS:
        return dgm_actors_compile(data, complaints, out, err);
    default:
        snprintf(table, sizeof table, "%s.tsv", names[which]);
        return dgm_judge_compile(data, table, complaints, out, err);
    }
}

static dgm_status compile_file(const char *data, const char *path, dgm_err *err)
{
    dgm_complaints complaints = { 0 };
    dgm_buffer bytes = { 0 };
    int which = which_is(path);
    if (which < 0)
        return dgm_fail(err, DGM_EUSAGE, path, 0, "nothing is compiled into a file of this name");
    dgm_status status = compile(data, which, &complaints, &bytes, err);
    if (complaints.n > 0)
        dgm_compiled_none(&bytes);
    if (status == DGM_OK)
        status = write_bytes(path, &bytes, err);
    dgm_buffer_done(&bytes);
    return status;
}

int main(int argc, char **argv)
{
    dgm_err err = { 0 };
    char text[600];
    if (argc < 3) {
        fputs("usage: compile-tables DATA FILE...\n", stderr);
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        if (compile_file(argv[1], argv[i], &err) != DGM_OK) {
            fprintf(stderr, "compile-tables: %s\n", dgm_err_text(&err, text, sizeof text));
            return 1;
        }
    }
    return 0;
}
