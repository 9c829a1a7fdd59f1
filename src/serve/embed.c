/* embed FOLDER OUT.c DEPFILE: the files of a folder as C, compressed, so that the program needs
 * nothing beside it. Runs while the program is built; a line of DEPFILE names what was read. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { MOST_FILES = 64 };

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int fail(const char *what)
{
    perror(what);
    return 1;
}

static unsigned char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    long size = -1;
    if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0) {
        if (f)
            fclose(f);
        return NULL;
    }
    unsigned char *bytes = malloc((size_t)size + 1);
    *n = bytes ? fread(bytes, 1, (size_t)size, f) : 0;
    fclose(f);
    return bytes;
}

/* As gzip has it, without a time, so that the same files give the same program. */
static unsigned char *compress_all(const unsigned char *in, size_t n, size_t *n_out)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t room = deflateBound(&z, (uLong)n) + 32;
    unsigned char *out = malloc(room);
    z.next_in = (unsigned char *)(size_t)in;
    z.avail_in = (uInt)n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    int result = out ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
    *n_out = room - z.avail_out;
    deflateEnd(&z);
    return result == Z_STREAM_END ? out : NULL;
}

static int put_file(FILE *out, size_t i, const char *path, size_t *n_plain, size_t *n_zipped)
{
    unsigned char *plain = read_file(path, n_plain);
    unsigned char *zipped = plain ? compress_all(plain, *n_plain, n_zipped) : NULL;
    if (!zipped)
        return fail(path);
    fprintf(out, "static const unsigned char file_%zu[] = {", i);
    for (size_t k = 0; k < *n_zipped; k++)
        fprintf(out, "%s%u,", k % 24 == 0 ? "\n" : "", zipped[k]);
    fprintf(out, "\n};\n");
    free(plain);
    free(zipped);
    return 0;
}

static size_t list(const char *folder, char names[MOST_FILES][64])
{
    size_t n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && n < MOST_FILES && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.' && strlen(e->d_name) < sizeof names[0])
            snprintf(names[n++], sizeof names[0], "%.63s", e->d_name);
    if (d)
        closedir(d);
    qsort(names, n, sizeof names[0], by_name);
    return n;
}

int main(int argc, char **argv)
{
    static char names[MOST_FILES][64];
    size_t plain[MOST_FILES], zipped[MOST_FILES];
    if (argc != 4)
        return 2;
    size_t n = list(argv[1], names);
    FILE *out = fopen(argv[2], "w"), *dep = fopen(argv[3], "w");
    if (!out || !dep || n == 0)
        return fail(argv[2]);
    fprintf(out, "#include \"serve/assets.h\"\n");
    fprintf(dep, "%s: %s", argv[2], argv[1]);
    for (size_t i = 0; i < n; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], names[i]);
        fprintf(dep, " %s", path);
        if (put_file(out, i, path, &plain[i], &zipped[i]) != 0)
            return 1;
    }
    fprintf(out, "const dgm_asset dgm_assets[] = {\n");
    for (size_t i = 0; i < n; i++)
        fprintf(out, "    { \"%s\", file_%zu, %zu, %zu },\n", names[i], i, zipped[i], plain[i]);
    fprintf(out, "};\nconst size_t dgm_n_assets = %zu;\n", n);
    fprintf(dep, "\n");
    return fclose(out) == 0 && fclose(dep) == 0 ? 0 : fail(argv[2]);
}
