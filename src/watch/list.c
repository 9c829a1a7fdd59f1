/* The list of feeds: an address a line, after it the name of its source where it is not to be the
 * feed's title; lines that begin with # are comments. */
#include "watch/parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 4 << 20, MOST_FEEDS = 10000, MOST_ADDRESS = 2000, MOST_SOURCE = 200 };

typedef struct {
    watch_list *list;
    dgm_complaints *complaints;
    const char *path;
    dgm_map *addresses, *hosts;
} reading;

/* What comes after "://"; empty: it is no address of the web. */
static dgm_view after_scheme(dgm_view address)
{
    static const char *const schemes[] = { "http://", "https://" };
    for (size_t i = 0; i < DGM_LEN(schemes); i++) {
        size_t n = strlen(schemes[i]);
        if (dgm_view_eq_nocase(dgm_view_slice(address, 0, n), dgm_view_of(schemes[i])))
            return dgm_view_slice(address, n, address.n);
    }
    return (dgm_view) { "", 0 };
}

/* Without user and port, in lower case. */
static dgm_view host_of(dgm_view address, char out[MOST_ADDRESS])
{
    dgm_view rest = after_scheme(address);
    size_t begin = 0, end = 0, n = 0;
    while (end < rest.n && !strchr("/?#", rest.p[end]))
        begin = rest.p[end++] == '@' ? end : begin;
    dgm_view host = dgm_view_slice(rest, begin, end);
    size_t colon = host.n;
    while (colon > 0 && dgm_is_digit((unsigned char)host.p[colon - 1]))
        colon--;
    if (colon > 0 && host.p[colon - 1] == ':')
        host.n = colon - 1;
    for (; n < host.n && n < MOST_ADDRESS; n++)
        out[n] = dgm_to_lower(host.p[n]);
    return (dgm_view) { out, n };
}

/* Why it cannot be asked; NULL: it can. */
static const char *fault_of(dgm_view address, dgm_view host)
{
    for (size_t i = 0; i < address.n; i++) {
        if ((unsigned char)address.p[i] <= ' ' || (unsigned char)address.p[i] > '~')
            return "it has signs that an address cannot have";
    }
    return address.n > MOST_ADDRESS ? "it is longer than 2000 bytes"
           : host.n == 0            ? "it does not begin with http:// or https:// and a host"
                                    : NULL;
}

/* False: no memory. */
static bool add(reading *r, dgm_view address, dgm_view host, dgm_view source, size_t line)
{
    watch_list *list = r->list;
    uint32_t i_host = dgm_map_get(r->hosts, host);
    if (i_host == DGM_NONE) {
        i_host = list->n_hosts++;
        if (dgm_map_set(r->hosts, host, i_host, NULL) != DGM_OK)
            return false;
    }
    if (dgm_map_set(r->addresses, address, list->n, NULL) != DGM_OK)
        return false;
    list->feeds[list->n++] = (watch_feed) { .address = address.p,
                                            .source = source.n > 0 ? source.p : NULL,
                                            .line = line,
                                            .i_host = i_host };
    return true;
}

/* A line without white space around it, in the list's own text: ends its parts with NUL. */
static bool take_line(reading *r, dgm_view line, size_t n_line)
{
    char host[MOST_ADDRESS];
    size_t n = 0;
    if (line.n == 0 || line.p[0] == '#')
        return true;
    while (n < line.n && !dgm_is_space((unsigned char)line.p[n]))
        n++;
    dgm_view address = dgm_view_slice(line, 0, n);
    dgm_view source = dgm_view_trim(dgm_view_slice(line, n, line.n)), name = host_of(address, host);
    const char *fault = fault_of(address, name);
    if (!fault && (source.n > MOST_SOURCE || dgm_utf8_invalid(source) != SIZE_MAX))
        fault = "the name of its source is no UTF-8, or longer than 200 bytes";
    if (!fault && dgm_map_get(r->addresses, address) != DGM_NONE)
        fault = "it stands in the list already";
    if (!fault && r->list->n == MOST_FEEDS)
        fault = "there are 10,000 before it, which is the most";
    if (fault) {
        dgm_complain(r->complaints, DGM_EFORMAT, r->path, n_line,
                     "the feed '%.*s' is passed over: %s", (int)DGM_MIN(address.n, 100), address.p,
                     fault);
        return true;
    }
    char *text = r->list->text;
    text[address.p - text + (ptrdiff_t)address.n] = '\0';
    if (source.n > 0)
        text[source.p - text + (ptrdiff_t)source.n] = '\0';
    return add(r, address, name, source, n_line);
}

dgm_status watch_list_read(const char *path, dgm_complaints *complaints, watch_list *out,
                           dgm_err *err)
{
    size_t n = 0;
    *out = (watch_list) { 0 };
    dgm_status status = dgm_file_read(path, MOST_BYTES, &out->text, &n, err);
    if (status != DGM_OK)
        return status;
    reading r = { .list = out, .complaints = complaints, .path = path };
    r.addresses = dgm_map_new();
    r.hosts = dgm_map_new();
    out->feeds = calloc(MOST_FEEDS, sizeof *out->feeds);
    bool room = r.addresses && r.hosts && out->feeds;
    dgm_view rest = { out->text, n }, line;
    for (size_t n_line = 1; room && dgm_view_split(&rest, '\n', &line); n_line++)
        room = take_line(&r, dgm_view_trim(line), n_line);
    dgm_map_free(r.addresses);
    dgm_map_free(r.hosts);
    if (!room)
        status = dgm_fail(err, DGM_ENOMEM, NULL, 0, "no memory for the list of feeds");
    else if (out->n == 0)
        status = dgm_fail(err, DGM_EFORMAT, path, 0, "there is no feed in the list");
    if (status != DGM_OK)
        watch_list_done(out);
    return status;
}

void watch_list_done(watch_list *list)
{
    free(list->text);
    free(list->feeds);
    *list = (watch_list) { 0 };
}
