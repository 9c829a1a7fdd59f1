/* compile-places DATA CITIES VILLAGES: writes to the last two what is mapped of the large tables of
 * places (place_tables.h). The build runs it. A table with faults is not compiled: each
 * start then reads it and says what is wrong. */
#include "grounding/place_tables.h"

static dgm_status write_bytes(const char *path, const dgm_buffer *bytes, dgm_err *err)
{
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(bytes->p ? bytes->p : "", 1, bytes->n, f) == bytes->n;
    good = f && fclose(f) == 0 && good;
    return good ? DGM_OK : dgm_fail(err, DGM_EIO, path, 0, "cannot be written");
}

static dgm_status compile(const char *data, dgm_large_table which, const char *path, dgm_err *err)
{
    dgm_complaints complaints = { 0 };
    dgm_buffer bytes = { 0 };
    dgm_status status = dgm_place_table_compile(data, which, &complaints, &bytes, err);
    if (complaints.n > 0)
        bytes.n = 0;
    if (status == DGM_OK)
        status = write_bytes(path, &bytes, err);
    dgm_buffer_done(&bytes);
    return status;
}

int main(int argc, char **argv)
{
    dgm_err err = { 0 };
    char text[600];
    if (argc != 4) {
        fputs("usage: compile-places DATA CITIES VILLAGES\n", stderr);
        return 1;
    }
    if (compile(argv[1], DGM_PLACE_CITIES, argv[2], &err) == DGM_OK &&
        compile(argv[1], DGM_PLACE_VILLAGES, argv[3], &err) == DGM_OK)
        return 0;
    fprintf(stderr, "compile-places: %s\n", dgm_err_text(&err, text, sizeof text));
    return 1;
}
