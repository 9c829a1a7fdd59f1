/* inject.c - a library for LD_PRELOAD that lets the n-th call of one kind fail, counts calls,
 * records what is done to files, and lets the clock jump. glibc only; run.py sets what it shall do:
 *
 *   INJECT_KIND=alloc|open|read|write|sync|rename|talk, INJECT_AT=n, INJECT_ERRNO=number
 *                        the n-th call of this kind fails; with INJECT_EVER=1 all later ones, too
 *                        (a write that finds no room writes the half of its bytes first); `talk` is
 *                        what is sent to a server and what it answers
 *   INJECT_COUNTS=FILE   nine 64-bit numbers: the calls of each kind, and how many failed
 *   INJECT_CALLS=FILE    a 32-bit number for each allocation: by whom and of how many bytes
 *   INJECT_LOG=FILE      what is done to files whose paths begin with INJECT_UNDER, for power.py
 *   INJECT_CLOCK=SECONDS from the INJECT_CLOCK_AT-th question on, the clock says so much more
 *   INJECT_TRACE=1       the calls that led to the first failure, on standard error
 *
 * Only what the program, SQLite and libpq call counts, and what libc allocates for them; how other
 * libraries bear failures is theirs. Calls count from main() on, in this process and not in those
 * that it starts. libc's streams write past any library, so streams are made here from cookies;
 * standard error stays as it is. What SQLite reads by mmap() is not seen. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

/* ---- what shall be done --------------------------------------------------------------------- */

enum { ALLOC, OPEN, READ, WRITE, SYNC, RENAME, TALK, CLOCK, N_KINDS, FAILED = N_KINDS };
static const char *const kind_names[] = { "alloc", "open",   "read", "write",
                                          "sync",  "rename", "talk", "clock" };

static _Atomic uint64_t own_counts[N_KINDS + 1], *counts = own_counts;
enum { MOST_CALLS = 1 << 18 };
static uint32_t *made;
static atomic_bool running;
static int kind = -1, error_number, log_fd = -1;
static bool for_ever, trace;
static uint64_t at, clock_at;
static long clock_by;
static const char *under;
static struct {
    uintptr_t begin, end;
    bool only_allocates;
} parts[8];
static size_t n_parts;
static uintptr_t own_begin, own_end;

static long number(const char *name)
{
    const char *value = getenv(name);
    return value ? atol(value) : 0;
}

static int note_part(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size, (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        if ((uintptr_t)note_part - begin < info->dlpi_phdr[i].p_memsz &&
            info->dlpi_phdr[i].p_type == PT_LOAD) {
            own_begin = begin;
            own_end = begin + info->dlpi_phdr[i].p_memsz;
        }
    }
    bool libc = strstr(info->dlpi_name, "/libc.so") != NULL;
    if (info->dlpi_name[0] && !libc && !strstr(info->dlpi_name, "libsqlite3") &&
        !strstr(info->dlpi_name, "libpq."))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_X) || n_parts == sizeof parts / sizeof *parts)
            continue;
        parts[n_parts].begin = info->dlpi_addr + p->p_vaddr;
        parts[n_parts].only_allocates = libc;
        parts[n_parts++].end = info->dlpi_addr + p->p_vaddr + p->p_memsz;
    }
    return 0;
}

static void set_up(void)
{
    const char *name = getenv("INJECT_KIND"), *path = getenv("INJECT_COUNTS");
    for (int i = 0; name && i < N_KINDS; i++)
        if (strcmp(name, kind_names[i]) == 0)
            kind = i;
    at = (uint64_t)number("INJECT_AT");
    error_number = (int)number("INJECT_ERRNO");
    for_ever = number("INJECT_EVER") != 0;
    trace = number("INJECT_TRACE") != 0;
    clock_by = number("INJECT_CLOCK");
    clock_at = (uint64_t)number("INJECT_CLOCK_AT");
    int fd =
        path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0 && ftruncate(fd, sizeof own_counts) == 0)
        counts = mmap(NULL, sizeof own_counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    path = getenv("INJECT_CALLS");
    fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0 && ftruncate(fd, MOST_CALLS * sizeof *made) == 0)
        made = mmap(NULL, MOST_CALLS * sizeof *made, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (counts == MAP_FAILED || made == MAP_FAILED)
        abort();
    under = getenv("INJECT_UNDER");
    path = getenv("INJECT_LOG");
    if (path && under)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                              0600);
    dl_iterate_phdr(note_part, NULL);
    backtrace((void *[1]) { NULL }, 1); /* loads what it needs */
    unsetenv("LD_PRELOAD");
}

static bool is_ours(const void *caller)
{
    for (size_t i = 0; i < n_parts; i++) {
        if ((uintptr_t)caller - parts[i].begin < parts[i].end - parts[i].begin)
            return !parts[i].only_allocates;
    }
    return false;
}

/* 0: the call goes on; 1: it fails, and errno says how; 2: it fails, and is the first that does */
static int fails(int what)
{
    if (!atomic_load(&running))
        return 0;
    uint64_t n = atomic_fetch_add(&counts[what], 1) + 1;
    if (what != kind || at == 0 || n < at || (n > at && !for_ever))
        return 0;
    atomic_fetch_add(&counts[FAILED], 1);
    if (trace && n == at) {
        atomic_store(&running, false);
        void *calls[60];
        backtrace_symbols_fd(calls, backtrace(calls, 60), 2);
        atomic_store(&running, true);
    }
    errno = error_number;
    return n == at ? 2 : 1;
}

/* Whether libc allocates for one of ours, and not for another library. */
static bool is_for_ours(void)
{
    void *calls[16];
    int n = backtrace(calls, 16);
    for (int i = 0; i < n; i++) {
        uintptr_t call = (uintptr_t)calls[i];
        size_t part = 0;
        while (part < n_parts && call - parts[part].begin >= parts[part].end - parts[part].begin)
            part++;
        if (part < n_parts && !parts[part].only_allocates)
            return true;
        if (part == n_parts && call - own_begin >= own_end - own_begin)
            return false;
    }
    return false;
}

/* Where a library lies differs from run to run. */
static bool fails_alloc(const void *caller, size_t n_bytes)
{
    for (size_t i = 0; i < n_parts; i++) {
        uintptr_t offset = (uintptr_t)caller - parts[i].begin;
        if (offset >= parts[i].end - parts[i].begin)
            continue;
        if (parts[i].only_allocates && atomic_load(&running) && !is_for_ours())
            return false;
        uint64_t n = atomic_load(&counts[ALLOC]);
        if (made && atomic_load(&running) && n < MOST_CALLS)
            made[n] = (uint32_t)((offset * 31 + n_bytes) * 31 + i);
        return fails(ALLOC) != 0;
    }
    return false;
}

#define CALLER               __builtin_return_address(0)
#define FAILS(what)          (is_ours(CALLER) && fails(what))
#define FAILS_ALLOC(n_bytes) fails_alloc(CALLER, n_bytes)

/* ---- memory --------------------------------------------------------------------------------- */

void *malloc(size_t n)
{
    return FAILS_ALLOC(n) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return FAILS_ALLOC(n * size) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return FAILS_ALLOC(n) ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n)
{
    return FAILS_ALLOC(n) ? NULL : __libc_memalign(align, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
    void *p = FAILS_ALLOC(n) ? NULL : __libc_memalign(align, n);
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}

/* Arenas come from here. */
void *mmap(void *where, size_t n, int protection, int flags, int fd, off_t offset)
{
    if ((flags & MAP_ANONYMOUS) && FAILS_ALLOC(n))
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, where, n, protection, flags, fd, offset);
}

void *mmap64(void *where, size_t n, int protection, int flags, int fd, off_t offset)
    __attribute__((alias("mmap")));

/* ---- the record of what is done to files ---------------------------------------------------- */

/* c created, t cut to `offset` bytes, w written, s synced, u unlinked, r renamed to what follows */
typedef struct {
    uint64_t offset, n; /* n bytes follow the path */
    uint16_t n_path;
    char what, rest[5];
} entry;

enum { MOST_FILES = 1024 };
static char *names[MOST_FILES]; /* of open files whose changes are recorded */

static bool is_recorded(const char *path)
{
    return log_fd >= 0 && path && strncmp(path, under, strlen(under)) == 0;
}

static void record(char what, const char *path, uint64_t offset, const void *bytes, size_t n)
{
    if (!path || log_fd < 0)
        return;
    entry e = { .offset = offset, .n = n, .n_path = (uint16_t)strlen(path), .what = what };
    struct iovec all[] = { { &e, sizeof e },
                           { (char *)(uintptr_t)path, e.n_path },
                           { (char *)(uintptr_t)bytes, n } };
    if (syscall(SYS_writev, log_fd, all, 3) != (long)(sizeof e + e.n_path + n))
        abort();
}

static char *name_of(int fd)
{
    return fd >= 0 && fd < MOST_FILES ? names[fd] : NULL;
}

/* ---- files ---------------------------------------------------------------------------------- */

static int open_file(int folder, const char *path, int flags, unsigned mode)
{
    bool is_new = is_recorded(path) && (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (fd < 0 || fd >= MOST_FILES)
        return fd;
    names[fd] = is_recorded(path) ? strdup(path) : NULL;
    if (is_new)
        record('c', path, 0, NULL, 0);
    else if (flags & O_TRUNC)
        record('t', names[fd], 0, NULL, 0);
    return fd;
}

static unsigned mode_of(int flags, va_list rest)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, unsigned) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    unsigned mode = mode_of(flags, rest);
    va_end(rest);
    return FAILS(OPEN) ? -1 : open_file(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    unsigned mode = mode_of(flags, rest);
    va_end(rest);
    return FAILS(OPEN) ? -1 : open_file(folder, path, flags, mode);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));
int openat64(int folder, const char *path, int flags, ...) __attribute__((alias("openat")));

int __open_2(const char *path, int flags)
{
    return FAILS(OPEN) ? -1 : open_file(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) __attribute__((alias("__open_2")));

DIR *opendir(const char *path)
{
    int fd = FAILS(OPEN) ? -1 : open_file(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    return fd < 0 ? NULL : fdopendir(fd);
}

int close(int fd)
{
    if (name_of(fd)) {
        free(names[fd]);
        names[fd] = NULL;
    }
    return (int)syscall(SYS_close, fd);
}

/* How many of n bytes are written before nothing can be; -1: all. */
static ssize_t room(bool counts_here, size_t n)
{
    int how = counts_here ? fails(WRITE) : 0;
    bool is_full = error_number == ENOSPC || error_number == EDQUOT;
    return how == 0 ? -1 : how == 2 && for_ever && is_full ? (ssize_t)(n / 2) : 0;
}

static ssize_t write_file(int fd, const void *bytes, size_t n, off_t offset, bool counts_here)
{
    ssize_t most = room(counts_here, n);
    if (most == 0)
        return -1;
    size_t wanted = most > 0 ? (size_t)most : n;
    off_t where = offset >= 0 || !name_of(fd) ? offset : lseek(fd, 0, SEEK_CUR);
    ssize_t done = offset >= 0 ? syscall(SYS_pwrite64, fd, bytes, wanted, offset)
                               : syscall(SYS_write, fd, bytes, wanted);
    if (done > 0)
        record('w', name_of(fd), (uint64_t)where, bytes, (size_t)done);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return write_file(fd, bytes, n, -1, fd != 2 && is_ours(CALLER));
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
    return write_file(fd, bytes, n, offset, is_ours(CALLER));
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t offset)
    __attribute__((alias("pwrite")));

ssize_t writev(int fd, const struct iovec *all, int n)
{
    return FAILS(WRITE) ? -1 : syscall(SYS_writev, fd, all, n);
}

int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t n)
{
    return FAILS(TALK) ? -1 : (int)syscall(SYS_connect, fd, address.__sockaddr__, n);
}

/* A connection on which one call has failed is broken for those that follow. */
static int break_off(int fd)
{
    int reason = errno;
    (void)shutdown(fd, SHUT_RDWR);
    errno = reason;
    return -1;
}

ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
    return FAILS(TALK) ? break_off(fd) : syscall(SYS_sendto, fd, bytes, n, flags, NULL, 0);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    return FAILS(READ) ? -1 : syscall(SYS_read, fd, bytes, n);
}

ssize_t __read_chk(int fd, void *bytes, size_t n, size_t size)
{
    return n > size ? (abort(), -1) : FAILS(READ) ? -1 : syscall(SYS_read, fd, bytes, n);
}

ssize_t pread(int fd, void *bytes, size_t n, off_t offset)
{
    return FAILS(READ) ? -1 : syscall(SYS_pread64, fd, bytes, n, offset);
}

ssize_t pread64(int fd, void *bytes, size_t n, off_t offset) __attribute__((alias("pread")));

ssize_t recv(int fd, void *bytes, size_t n, int flags)
{
    return FAILS(TALK) ? break_off(fd) : syscall(SYS_recvfrom, fd, bytes, n, flags, NULL, NULL);
}

int fsync(int fd)
{
    if (FAILS(SYNC))
        return -1;
    record('s', name_of(fd), 0, NULL, 0);
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    if (FAILS(SYNC))
        return -1;
    record('s', name_of(fd), 0, NULL, 0);
    return (int)syscall(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t n)
{
    record('t', name_of(fd), (uint64_t)n, NULL, 0);
    return (int)syscall(SYS_ftruncate, fd, n);
}

int ftruncate64(int fd, off_t n) __attribute__((alias("ftruncate")));

int rename(const char *from, const char *to)
{
    if (FAILS(RENAME))
        return -1;
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0 && is_recorded(from))
        record('r', from, 0, to, strlen(to));
    return result;
}

int unlink(const char *path)
{
    int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result == 0 && is_recorded(path))
        record('u', path, 0, NULL, 0);
    return result;
}

/* ---- streams -------------------------------------------------------------------------------- */

typedef struct {
    int fd;
    bool counts_here;
} cookie;

static ssize_t stream_read(void *context, char *bytes, size_t n)
{
    cookie *c = context;
    return c->counts_here && fails(READ) ? -1 : syscall(SYS_read, c->fd, bytes, n);
}

/* A cookie's write says 0 where it failed. */
static ssize_t stream_write(void *context, const char *bytes, size_t n)
{
    cookie *c = context;
    for (size_t i = 0; i < n;) {
        ssize_t done = write_file(c->fd, bytes + i, n - i, -1, c->counts_here);
        if (done <= 0)
            return 0;
        i += (size_t)done;
    }
    return (ssize_t)n;
}

static int stream_seek(void *context, off64_t *offset, int whence)
{
    cookie *c = context;
    off_t there = lseek(c->fd, *offset, whence);
    *offset = there;
    return there < 0 ? -1 : 0;
}

static int stream_close(void *context)
{
    cookie *c = context;
    int result = c->fd < 0 ? 0 : close(c->fd);
    free(c);
    return result;
}

/* of: NULL, or what the stream is made of, whose file is yet to be opened */
static FILE *stream(int fd, const char *mode, bool counts_here, cookie **of)
{
    cookie *c = fd < 0 && !of ? NULL : __libc_malloc(sizeof *c);
    if (!c)
        return NULL;
    *c = (cookie) { fd, counts_here };
    FILE *file = fopencookie(
        c, mode, (cookie_io_functions_t) { stream_read, stream_write, stream_seek, stream_close });
    if (!file)
        stream_close(c);
    else
        file->_fileno = fd;
    if (of)
        *of = c;
    return file;
}

/* As libc does it: a file is made only where there is memory for the stream. */
static FILE *open_stream(const char *path, int flags, unsigned permissions, const char *mode,
                         bool ours)
{
    cookie *c = NULL;
    FILE *file = ours && fails(OPEN) ? NULL : stream(-1, mode, ours, &c);
    if (!file)
        return NULL;
    c->fd = open_file(AT_FDCWD, path, flags, permissions);
    if (c->fd < 0) {
        int reason = errno;
        fclose(file);
        errno = reason;
        return NULL;
    }
    file->_fileno = c->fd;
    return file;
}

static int flags_of(const char *mode)
{
    int flags = strchr(mode, '+') ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    flags |= mode[0] == 'w' ? O_CREAT | O_TRUNC : mode[0] == 'a' ? O_CREAT | O_APPEND : 0;
    return flags | (strchr(mode, 'e') ? O_CLOEXEC : 0) | (strchr(mode, 'x') ? O_EXCL : 0);
}

FILE *fopen(const char *path, const char *mode)
{
    return open_stream(path, flags_of(mode), 0666, mode, is_ours(CALLER));
}

FILE *fopen64(const char *path, const char *mode) __attribute__((alias("fopen")));

FILE *fdopen(int fd, const char *mode)
{
    return stream(fd, mode, is_ours(CALLER), NULL);
}

FILE *tmpfile(void)
{
    return open_stream("/tmp", O_RDWR | __O_TMPFILE, 0600, "w+", is_ours(CALLER));
}

FILE *tmpfile64(void) __attribute__((alias("tmpfile")));

/* Without a buffer, libc would read what comes from a cookie byte by byte. */
int setvbuf(FILE *file, char *buffer, int mode, size_t n)
{
    (void)file, (void)buffer, (void)mode, (void)n;
    return 0;
}

int fileno(FILE *file)
{
    return file->_fileno;
}

/* ---- clocks --------------------------------------------------------------------------------- */

static long jump(void)
{
    return atomic_load(&running) && atomic_fetch_add(&counts[CLOCK], 1) + 1 >= clock_at ? clock_by
                                                                                        : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    int result = (int)syscall(SYS_clock_gettime, clock, out);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        out->tv_sec += jump();
    return result;
}

time_t time(time_t *out)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now = { 0 };
    (void)zone;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    *out = (struct timeval) { now.tv_sec, now.tv_nsec / 1000 };
    return result;
}

/* ---- main ----------------------------------------------------------------------------------- */

static int (*real_main)(int, char **, char **);

static int main_counted(int argc, char **argv, char **environment)
{
    stdin = stream(0, "r", true, NULL);
    stdout = stream(1, "w", true, NULL);
    atomic_store(&running, true);
    return real_main(argc, argv, environment);
}

int __libc_start_main(int (*start)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*done)(void), void (*end)(void), void *stack)
{
    int (*next)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
                void (*)(void), void *);
    *(void **)&next = dlsym(RTLD_NEXT, "__libc_start_main");
    set_up();
    real_main = start;
    return next(main_counted, argc, argv, init, done, end, stack);
}
