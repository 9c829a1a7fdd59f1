#include "syntax/model_file.h"
#include "syntax/model_sum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { VERSION = 1, HEAD_SIZE = 16, ENTRY_SIZE = 32, NAME_SIZE = 16 };
static const char magic[8] = { 'D', 'G', 'M', 'M', 'O', 'D', 'E', 'L' };

struct dgm_model_file {
    dgm_view bytes;
    dgm_file_bytes mapped; /* none, where the caller keeps them */
    dgm_model_sum sum;     /* of what is mapped */
    uint32_t n_sections;
    struct {
        char name[NAME_SIZE + 1];
        dgm_view bytes;
    } sections[DGM_MAX_SECTIONS];
};

/* ---- reading -------------------------------------------------------------------------------- */

static dgm_view name_of(const char *padded)
{
    size_t n = 0;
    while (n < NAME_SIZE && padded[n])
        n++;
    return (dgm_view) { padded, n };
}

static dgm_status read_section(dgm_model_file *file, uint32_t i, const char *name, dgm_err *err)
{
    dgm_view bytes = file->bytes;
    const char *entry = bytes.p + HEAD_SIZE + (size_t)i * ENTRY_SIZE;
    uint64_t offset = dgm_get_u64(entry + NAME_SIZE);
    uint64_t size = dgm_get_u64(entry + NAME_SIZE + 8);
    dgm_view section = name_of(entry);
    if (section.n == 0)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "section %u has no name", i + 1);
    if (offset % DGM_SECTION_ALIGN != 0)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "section %u begins at %llu, no multiple of %d",
                        i + 1, (unsigned long long)offset, DGM_SECTION_ALIGN);
    if (offset > bytes.n || size > bytes.n - offset)
        return dgm_fail(err, DGM_EFORMAT, name, 0,
                        "section %u needs %llu bytes from %llu on, the file has %zu", i + 1,
                        (unsigned long long)size, (unsigned long long)offset, bytes.n);
    if (dgm_model_file_section(file, section).p)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "section \"%.*s\" is there twice",
                        DGM_FMT(section));
    memcpy(file->sections[i].name, section.p, section.n);
    file->sections[i].bytes = (dgm_view) { bytes.p + offset, (size_t)size };
    file->n_sections = i + 1;
    return DGM_OK;
}

static dgm_status read_all(dgm_model_file *file, const char *name, dgm_err *err)
{
    dgm_view bytes = file->bytes;
    if (bytes.n < HEAD_SIZE || memcmp(bytes.p, magic, sizeof magic) != 0)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "not a model file: it must begin with DGMMODEL");
    uint32_t version = dgm_get_u32(bytes.p + 8), n = dgm_get_u32(bytes.p + 12);
    if (version != VERSION)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "is a model file of version %u; this reads %d",
                        version, VERSION);
    if (n > DGM_MAX_SECTIONS || bytes.n < HEAD_SIZE + (size_t)n * ENTRY_SIZE)
        return dgm_fail(err, DGM_EFORMAT, name, 0, "%u sections do not fit a file of %zu bytes", n,
                        bytes.n);
    for (uint32_t i = 0; i < n; i++) {
        dgm_status status = read_section(file, i, name, err);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

dgm_status dgm_model_file_over(dgm_view bytes, const char *name, dgm_model_file **out, dgm_err *err)
{
    dgm_model_file *file = calloc(1, sizeof(*file));
    if (!file)
        return dgm_fail(err, DGM_ENOMEM, name, 0, "no memory for the model file");
    file->bytes = bytes;
    dgm_status status = read_all(file, name, err);
    if (status != DGM_OK) {
        dgm_model_file_close(file);
        return status;
    }
    *out = file;
    return DGM_OK;
}

dgm_status dgm_model_file_open(const char *path, dgm_model_file **out, dgm_err *err)
{
    dgm_file_bytes bytes;
    dgm_status status = dgm_file_map(path, &bytes, err);
    if (status != DGM_OK)
        return status;
    dgm_model_file *file;
    status = dgm_model_file_over(bytes.view, path, &file, err);
    if (status != DGM_OK) {
        dgm_file_unmap(&bytes);
        return status;
    }
    file->mapped = bytes;
    status = dgm_model_sum_check(path, bytes.view, &file->sum, err);
    if (status == DGM_OK)
        *out = file;
    else
        dgm_model_file_close(file);
    return status;
}

void dgm_model_file_close(dgm_model_file *file)
{
    if (file)
        dgm_file_unmap(&file->mapped);
    free(file);
}

dgm_view dgm_model_file_section(const dgm_model_file *file, dgm_view name)
{
    for (uint32_t i = 0; i < file->n_sections; i++)
        if (dgm_view_eq(dgm_view_of(file->sections[i].name), name))
            return file->sections[i].bytes;
    return (dgm_view) { NULL, 0 };
}

const char *dgm_model_file_sum(const dgm_model_file *file)
{
    return file->sum.text;
}

dgm_view dgm_model_file_name(const dgm_model_file *file, uint32_t i, dgm_view *bytes)
{
    if (i >= file->n_sections)
        return (dgm_view) { NULL, 0 };
    *bytes = file->sections[i].bytes;
    return dgm_view_of(file->sections[i].name);
}

/* ---- writing -------------------------------------------------------------------------------- */

typedef struct {
    uint32_t n;
    dgm_view name[DGM_MAX_SECTIONS], bytes[DGM_MAX_SECTIONS];
} contents;

static size_t aligned(size_t n)
{
    return (n + DGM_SECTION_ALIGN - 1) / DGM_SECTION_ALIGN * DGM_SECTION_ALIGN;
}

static bool put(FILE *f, const char *p, size_t n, XXH3_state_t *state)
{
    XXH3_128bits_update(state, p, n);
    return fwrite(p, 1, n, f) == n;
}

static bool write_contents(FILE *f, const contents *all, dgm_model_sum *sum)
{
    XXH3_state_t state;
    static const char zeros[DGM_SECTION_ALIGN];
    char head[HEAD_SIZE + DGM_MAX_SECTIONS * ENTRY_SIZE] = { 0 };
    size_t head_size = HEAD_SIZE + (size_t)all->n * ENTRY_SIZE;
    size_t at = aligned(head_size);
    XXH3_128bits_reset(&state);
    memcpy(head, magic, sizeof magic);
    dgm_put_u32(head + 8, VERSION);
    dgm_put_u32(head + 12, all->n);
    for (uint32_t i = 0; i < all->n; i++) {
        char *entry = head + HEAD_SIZE + (size_t)i * ENTRY_SIZE;
        memcpy(entry, all->name[i].p, all->name[i].n);
        dgm_put_u64(entry + NAME_SIZE, at);
        dgm_put_u64(entry + NAME_SIZE + 8, all->bytes[i].n);
        at = aligned(at + all->bytes[i].n);
    }
    bool ok =
        put(f, head, head_size, &state) && put(f, zeros, aligned(head_size) - head_size, &state);
    for (uint32_t i = 0; ok && i < all->n; i++) {
        size_t n = all->bytes[i].n;
        ok = put(f, all->bytes[i].p, n, &state) && put(f, zeros, aligned(n) - n, &state);
    }
    *sum = dgm_model_sum_of(&state);
    return ok;
}

/* `was`: the checksum of the file that is there; NULL: there is none. */
static dgm_status write_file(const char *path, const contents *all, const dgm_model_sum *was,
                             dgm_err *err)
{
    char temporary[4096];
    dgm_model_sum sum;
    int n = snprintf(temporary, sizeof temporary, "%s.new-%ld", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return dgm_fail(err, DGM_ELIMIT, path, 0, "the path is too long");
    FILE *f = fopen(temporary, "wb");
    if (!f)
        return dgm_fail(err, DGM_EIO, temporary, 0, "cannot be written: %s", strerror(errno));
    bool ok = write_contents(f, all, &sum) && fflush(f) == 0 && fsync(fileno(f)) == 0;
    ok = fclose(f) == 0 && ok;
    dgm_status status = ok ? dgm_model_sum_write(path, was, &sum, err) : DGM_OK;
    if (!ok || (status == DGM_OK && rename(temporary, path) != 0))
        status = dgm_fail(err, DGM_EIO, path, 0, "cannot be written: %s", strerror(errno));
    else if (status == DGM_OK && was)
        return dgm_model_sum_write(path, NULL, &sum, err);
    if (status != DGM_OK)
        unlink(temporary);
    return status;
}

/* Sections other than `name`, in their order, as views into `old`. */
static void keep_others(const dgm_model_file *old, dgm_view name, contents *all)
{
    for (uint32_t i = 0; i < old->n_sections; i++) {
        dgm_view bytes, its_name = dgm_model_file_name(old, i, &bytes);
        if (dgm_view_eq(its_name, name))
            continue;
        all->name[all->n] = its_name;
        all->bytes[all->n++] = bytes;
    }
}

dgm_status dgm_model_file_replace(const char *path, dgm_view name, dgm_view bytes, dgm_err *err)
{
    if (name.n == 0 || name.n > NAME_SIZE || memchr(name.p, 0, name.n))
        return dgm_fail(err, DGM_EUSAGE, path, 0, "a section's name has 1 to %d bytes", NAME_SIZE);
    dgm_model_file *old = NULL;
    contents all = { 0 };
    if (access(path, F_OK) == 0) {
        dgm_status status = dgm_model_file_open(path, &old, err);
        if (status != DGM_OK)
            return status;
        keep_others(old, name, &all);
    }
    dgm_status status;
    if (all.n == DGM_MAX_SECTIONS) {
        status = dgm_fail(err, DGM_ELIMIT, path, 0, "has %d sections already", DGM_MAX_SECTIONS);
    } else {
        all.name[all.n] = name;
        all.bytes[all.n++] = bytes;
        status = write_file(path, &all, old ? &old->sum : NULL, err);
    }
    dgm_model_file_close(old);
    return status;
}
