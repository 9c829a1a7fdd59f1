/* assets.h - the page's files, compressed into the program by embed.c. Inside serve. */
#ifndef DGM_SERVE_ASSETS_H
#define DGM_SERVE_ASSETS_H

#include <stddef.h>

typedef struct {
    const char *name;           /* "app.js" */
    const unsigned char *bytes; /* as gzip has them */
    size_t n, n_plain;
} dgm_asset;
extern const dgm_asset dgm_assets[];
extern const size_t dgm_n_assets;

#endif
