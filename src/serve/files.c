/* The page's files: compressed as they are built in, and unpacked for who cannot read that. */
#include "serve/assets.h"
#include "serve/server.h"

#include <stdlib.h>
#include <zlib.h>

static const char *type_of(dgm_view name)
{
    static const struct {
        const char *end;
        const char *type;
    } types[] = { { ".html", "text/html; charset=utf-8" },
                  { ".js", "text/javascript; charset=utf-8" },
                  { ".css", "text/css; charset=utf-8" },
                  { ".json", "application/json" },
                  { ".svg", "image/svg+xml" },
                  { ".png", "image/png" },
                  { ".woff2", "font/woff2" },
                  { ".txt", "text/plain; charset=utf-8" } };
    for (size_t i = 0; i < DGM_LEN(types); i++)
        if (dgm_view_ends(name, dgm_view_of(types[i].end)))
            return types[i].type;
    return "application/octet-stream";
}

static unsigned char *unzip(const dgm_asset *asset)
{
    z_stream z = { 0 };
    unsigned char *out = malloc(asset->n_plain + 1);
    if (!out || inflateInit2(&z, 15 + 16) != Z_OK) {
        free(out);
        return NULL;
    }
    z.next_in = (unsigned char *)(uintptr_t)asset->bytes;
    z.avail_in = (uInt)asset->n;
    z.next_out = out;
    z.avail_out = (uInt)asset->n_plain + 1;
    bool good = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == asset->n_plain;
    inflateEnd(&z);
    if (good)
        return out;
    free(out);
    return NULL;
}

bool dgm_files_load(dgm_server *server)
{
    server->assets = calloc(dgm_n_assets + 1, sizeof *server->assets);
    server->plains = calloc(dgm_n_assets + 1, sizeof *server->plains);
    for (size_t i = 0; server->assets && server->plains && i < dgm_n_assets; i++) {
        const dgm_asset *a = &dgm_assets[i];
        server->plains[i] = unzip(a);
        if (!server->plains[i])
            return false;
        server->assets[i] =
            dgm_kept_of((dgm_view) { (const char *)server->plains[i], a->n_plain },
                        (dgm_view) { (const char *)a->bytes, a->n }, type_of(dgm_view_of(a->name)));
        if (!server->assets[i])
            return false;
    }
    return server->assets && server->plains;
}

void dgm_files_free(dgm_server *server)
{
    for (size_t i = 0; server->assets && i < dgm_n_assets; i++)
        dgm_kept_release(server->assets[i]);
    for (size_t i = 0; server->plains && i < dgm_n_assets; i++)
        free(server->plains[i]);
    free(server->assets);
    free(server->plains);
}

/* A path without a dot is one of the page's own views. */
const dgm_kept *dgm_files_find(const dgm_server *server, dgm_view path)
{
    dgm_view name = dgm_view_slice(path, 1, path.n);
    if (dgm_view_find(path, DGM_VIEW(".")) == SIZE_MAX)
        name = DGM_VIEW("index.html");
    for (size_t i = 0; i < dgm_n_assets; i++)
        if (dgm_view_eq(name, dgm_view_of(dgm_assets[i].name)))
            return server->assets[i];
    return NULL;
}
