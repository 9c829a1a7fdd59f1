#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include "fuzz.h"

#include "dragoman.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void dgm_fuzz_claim(bool holds, const char *claim)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", claim);
    abort();
}

void dgm_fuzz_need(bool holds, const char *what, const dgm_err *err)
{
    if (holds)
        return;
    fprintf(stderr, "this target cannot do its work: %s: %s\n", what, err ? err->msg : "");
    abort();
}

/* ---- what targets know ---------------------------------------------------------------------- */

enum { PATH = 4096, PATHS = 8 };

static const char *joined(const char *folder, const char *name)
{
    static char paths[PATHS][2 * PATH];
    static unsigned i;
    char *path = paths[i++ % PATHS];
    (void)snprintf(path, 2 * PATH, "%s%s%s", folder, name[0] ? "/" : "", name);
    return path;
}

const char *dgm_fuzz_path(const char *name)
{
    static char folder[PATH];
    if (!folder[0]) {
        ssize_t n = readlink("/proc/self/exe", folder, PATH - sizeof "/knowledge");
        while (n > 0 && folder[n - 1] != '/')
            n--;
        dgm_fuzz_need(n > 0, "where the program lies", NULL);
        memcpy(folder + n, "knowledge", sizeof "knowledge");
    }
    const char *path = joined(folder, name);
    dgm_fuzz_need(access(path, R_OK) == 0, path, NULL);
    return path;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about;
    (void)type;
    (void)where;
    return remove(path);
}

void dgm_fuzz_remove(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static char own_folder[PATH];

static void remove_own(void)
{
    dgm_fuzz_remove(own_folder);
}

const char *dgm_fuzz_own(const char *name)
{
    if (!own_folder[0]) {
        const char *tmp = getenv("TMPDIR");
        (void)snprintf(own_folder, PATH, "%s/dragoman-fuzz-XXXXXX", tmp ? tmp : "/tmp");
        dgm_fuzz_need(mkdtemp(own_folder) != NULL, own_folder, NULL);
        atexit(remove_own);
    }
    return joined(own_folder, name);
}

void dgm_fuzz_write(const char *path, dgm_view bytes)
{
    FILE *f = fopen(path, "wb");
    dgm_fuzz_need(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0, path, NULL);
}

const dgm_coder *dgm_fuzz_coder(void)
{
    static dgm_coder *coder;
    dgm_complaints quiet = { 0 }; /* of what few rows name and others are not there */
    dgm_err err = { 0 };
    if (!coder)
        dgm_fuzz_need(dgm_coder_load(dgm_fuzz_path(""), NULL, &quiet, &coder, &err) == DGM_OK,
                      "a coder", &err);
    dgm_fuzz_need(coder->judge && coder->confidence, "judge and confidence", NULL);
    return coder;
}

const char *dgm_fuzz_store(void)
{
    static const char *store;
    if (store)
        return store;
    char why[DRAGOMAN_MESSAGE] = "";
    dgm_err err = { 0 };
    dragoman_coder *coder = NULL;
    dragoman_store *made = NULL;
    dragoman_ingested counts = { 0 };
    const dragoman_input input = { .path = dgm_fuzz_path("stories.txt") };
    char *path = strdup(dgm_fuzz_own("made.db"));
    bool good = path && dragoman_open(dgm_fuzz_path(""), NULL, &coder, why) != DRAGOMAN_FAILED &&
                dragoman_store_open(path, 1, &made, why) == DRAGOMAN_OK &&
                dragoman_store_ingest(made, coder, &input, 0, &counts, why) != DRAGOMAN_FAILED &&
                counts.n_new > 0;
    dgm_fail(&err, DGM_EIO, NULL, 0, "%s", why);
    dgm_fuzz_need(good, "a store", &err);
    dragoman_store_close(made);
    dragoman_close(coder);
    return store = path;
}

/* ---- inputs --------------------------------------------------------------------------------- */

uint32_t dgm_fuzz_take(dgm_fuzz_input *in, size_t n_bytes)
{
    uint32_t value = 0;
    for (size_t i = 0; i < n_bytes && in->n > 0; i++, in->n--)
        value |= (uint32_t)*in->p++ << (8 * i);
    return value;
}

dgm_view dgm_fuzz_rest(const dgm_fuzz_input *in)
{
    return (dgm_view) { (const char *)in->p, in->n };
}

char *dgm_fuzz_line(dgm_fuzz_input *in, dgm_arena *arena)
{
    dgm_view rest = dgm_fuzz_rest(in), line;
    if (rest.n == 0 || !dgm_view_split(&rest, '\n', &line))
        return NULL;
    char *copy = dgm_arena_alloc(arena, line.n + 1, 1);
    dgm_fuzz_need(copy != NULL, "memory", NULL);
    if (line.n)
        memcpy(copy, line.p, line.n);
    copy[line.n] = 0;
    *in = (dgm_fuzz_input) { (const uint8_t *)rest.p, rest.n };
    return copy;
}

void dgm_fuzz_options(dgm_fuzz_input *in, dgm_arena *arena, const char *options[DGM_FUZZ_OPTIONS])
{
    size_t n = 0;
    for (char *line; n + 2 < DGM_FUZZ_OPTIONS && (line = dgm_fuzz_line(in, arena)) && line[0];) {
        char *equals = strchr(line, '=');
        options[n++] = line;
        options[n++] = equals ? equals + 1 : "yes";
        if (equals)
            *equals = 0;
    }
    options[n] = NULL;
}

static size_t place_of(size_t n, uint32_t kind, uint32_t place)
{
    enum { FRONT = 2048, BACK = 40960 };
    if (kind < 2)
        return place % DGM_MIN(n, FRONT);
    if (kind == 2)
        return n - 1 - place % DGM_MIN(n, BACK);
    return place % n;
}

char *dgm_fuzz_patched(dgm_view base, dgm_fuzz_input *in)
{
    enum { ALIGN = 64 };
    char *copy = aligned_alloc(ALIGN, (base.n + ALIGN - 1) / ALIGN * ALIGN);
    dgm_fuzz_need(copy && base.n > 0, "bytes to overwrite", NULL);
    memcpy(copy, base.p, base.n);
    while (in->n > 0) {
        uint32_t head = dgm_fuzz_take(in, 1), place = dgm_fuzz_take(in, 3);
        size_t at = place_of(base.n, head & 3, place);
        for (uint32_t i = 0; i <= (head >> 2) % 16 && in->n > 0 && at < base.n; i++)
            copy[at++] = (char)dgm_fuzz_take(in, 1);
    }
    return copy;
}

static void check_read(const dgm_document *doc, dgm_input_format format)
{
    dgm_fuzz_claim(dgm_utf8_invalid(doc->text) == SIZE_MAX, "the text is UTF-8");
    dgm_fuzz_claim(
        dgm_utf8_invalid(doc->id) == SIZE_MAX && dgm_utf8_invalid(doc->title) == SIZE_MAX &&
            dgm_utf8_invalid(doc->source) == SIZE_MAX && dgm_utf8_invalid(doc->url) == SIZE_MAX,
        "what is said of the story is UTF-8");
    dgm_fuzz_claim(format != DGM_INPUT_TEXT || !memchr(doc->text.p, 0, doc->text.n),
                   "no NUL byte is in the text");
    dgm_fuzz_claim(doc->id.n > 0, "the story has an id");
    dgm_fuzz_claim(dgm_is_day(dgm_view_of(doc->date)), "the story has a day");
    dgm_fuzz_claim(doc->text.n <= DGM_MAX_DOCUMENT, "the text is bounded");
    dgm_fuzz_check_words(doc);
    dgm_buffer out = { 0 };
    dgm_write_story(doc, &out);
    dgm_fuzz_check_json_lines((dgm_view) { out.p, out.n });
    dgm_buffer_done(&out);
}

/* The guesser of languages takes a hundred times as long as all else, so it has every eighth. */
void dgm_fuzz_read(const uint8_t *bytes, size_t n, dgm_input_format format)
{
    dgm_complaints complaints = { 0 };
    const dgm_reader_options options = { .format = format,
                                         .default_date = "2020-10-02",
                                         .language =
                                             n % 8 ? DGM_LANGUAGE_ANY : DGM_LANGUAGE_ENGLISH,
                                         .complaints = &complaints };
    dgm_reader *reader = NULL;
    dgm_arena *arena = dgm_arena_new();
    dgm_err err = { 0 };
    dgm_fuzz_need(arena != NULL, "memory", NULL);
    if (dgm_reader_open_memory((const char *)bytes, n, "fuzz.txt", &options, &reader, &err) ==
        DGM_OK) {
        dgm_document doc;
        while (dgm_reader_next(reader, arena, &doc, &err) == DGM_OK) {
            check_read(&doc, format);
            dgm_arena_reset(arena);
        }
    }
    dgm_reader_free(reader);
    dgm_arena_free(arena);
}

void dgm_fuzz_code(dgm_view bytes, bool explain, unsigned judged, dgm_fuzz_story_fn fn)
{
    const dgm_reader_options options = { .default_date = "2020-10-02" };
    dgm_coder coder = *dgm_fuzz_coder();
    dgm_reader *reader = NULL;
    dgm_err err = { 0 };
    coder.judged = judged;
    dgm_arena *arena = dgm_arena_new();
    dgm_story *story = dgm_story_new(&coder);
    dgm_fuzz_need(arena && story, "memory", NULL);
    if (dgm_reader_open_memory(bytes.p, bytes.n, "fuzz.txt", &options, &reader, &err) == DGM_OK) {
        dgm_document doc;
        while (dgm_reader_next(reader, arena, &doc, &err) == DGM_OK) {
            doc.explain = explain;
            dgm_fuzz_claim(dgm_story_code(story, &doc, &err) == DGM_OK, "a story can be coded");
            dgm_fuzz_check_document(&doc);
            fn(&coder, &doc);
            dgm_arena_reset(arena);
        }
    }
    dgm_reader_free(reader);
    dgm_story_free(story);
    dgm_arena_free(arena);
}
