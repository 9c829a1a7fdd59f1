/* Landlock (Linux 5.13) for files and connections, seccomp (Linux 3.5) for system calls. seccomp
 * sees a path only as an address, Landlock knows nothing of calls: each does what the other cannot.
 * What is forbidden fails with EACCES or EPERM, as if the user were not allowed to. */
#define _GNU_SOURCE /* O_PATH */
#include "base/confine.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif
#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif

/* ---- Landlock: linux/landlock.h, which older systems do not have ---------------------------- */

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, PATH_BENEATH = 1, VERSION = 1 };
#define FS(bit) (UINT64_C(1) << (bit))
enum { EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE, MAKE_REG = 8 };
/* REFER: version 2, TRUNCATE: 3 */
enum { FS_RIGHTS_1 = 13, REFER = 13, TRUNCATE = 14, CONNECT_TCP = 1 };
static const uint64_t on_files = FS(EXECUTE) | FS(WRITE_FILE) | FS(READ_FILE) | FS(TRUNCATE);

typedef struct {
    uint64_t fs, net; /* net: version 4; else its place must not be given */
} ruleset;

typedef struct {
    uint64_t rights;
    int32_t parent;
} __attribute__((packed)) path_rule;

static int landlock_version(void)
{
    long version = syscall(CREATE_RULESET, NULL, 0, VERSION);
    return version > 0 ? (int)version : 0;
}

/* All that a version can forbid. */
static ruleset all_of(int version, bool connects)
{
    ruleset all = { .fs = FS(FS_RIGHTS_1) - 1 };
    all.fs |= version >= 2 ? FS(REFER) : 0;
    all.fs |= version >= 3 ? FS(TRUNCATE) : 0;
    all.net = version >= 4 && !connects ? FS(CONNECT_TCP) : 0;
    return all;
}

static bool allow(int rules, const ruleset *all, const dgm_opening *opening)
{
    struct stat about;
    uint64_t rights = FS(READ_FILE) | FS(READ_DIR);
    if (opening->writes)
        rights |= FS(WRITE_FILE) | FS(TRUNCATE) | FS(MAKE_REG) | FS(REMOVE_FILE);
    int fd = open(opening->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return true;
    if (fstat(fd, &about) == 0 && !S_ISDIR(about.st_mode))
        rights &= on_files;
    const path_rule rule = { .rights = rights & all->fs, .parent = fd };
    bool good = syscall(ADD_RULE, rules, PATH_BENEATH, &rule, 0) == 0;
    close(fd);
    return good;
}

static bool confine_files(const dgm_confinement *to, int version)
{
    ruleset all = all_of(version, to->connects);
    size_t size = version >= 4 ? sizeof all : sizeof all.fs;
    int rules = (int)syscall(CREATE_RULESET, &all, size, 0);
    bool good = rules >= 0;
    for (uint32_t i = 0; i < to->n_openings && good; i++)
        good = allow(rules, &all, &to->openings[i]);
    good = good && syscall(RESTRICT_SELF, rules, 0) == 0;
    if (rules >= 0)
        close(rules);
    return good;
}

/* ---- seccomp -------------------------------------------------------------------------------- */

/* What neither a server nor a worker ever calls. */
static const uint32_t forbidden[] = {
    /* other programs and processes */
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_pidfd_getfd, SYS_kcmp,
    /* who one is and where */
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups,
    SYS_setns, SYS_unshare, SYS_chroot, SYS_pivot_root, SYS_mount, SYS_umount2,
    /* the kernel's affairs */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_add_key, SYS_request_key, SYS_keyctl,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon,
    SYS_swapoff, SYS_acct, SYS_settimeofday, SYS_clock_settime, SYS_sethostname, SYS_setdomainname,
    SYS_open_by_handle_at, SYS_io_uring_setup
};
/* Netlink: how names of hosts are looked up. */
static const uint32_t families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };

#if defined(__x86_64__)
enum { MACHINE = (int)AUDIT_ARCH_X86_64, OTHER_CALLS = 0x40000000 }; /* from there on x32's */
#else
enum { MACHINE = (int)AUDIT_ARCH_AARCH64, OTHER_CALLS = 0x40000000 };
#endif

#define LOAD(field)               BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define JUMP(how, value, yes, no) BPF_JUMP(BPF_JMP | (how) | BPF_K, (uint32_t)(value), yes, no)
#define RETURN(what)              BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE                    (SECCOMP_RET_ERRNO | EPERM)

/* The calls of another machine have other numbers; none of ours makes them. Then one line a call,
 * each of which jumps over the next if it is not that one. */
static bool confine_calls(void)
{
    enum { MOST = 16 + 2 * (DGM_LEN(forbidden) + DGM_LEN(families)) };
    struct sock_filter lines[MOST] = {
        LOAD(arch), JUMP(BPF_JEQ, MACHINE, 1, 0),     RETURN(REFUSE),
        LOAD(nr),   JUMP(BPF_JGE, OTHER_CALLS, 0, 1), RETURN(REFUSE)
    };
    unsigned short n = 6;
    for (size_t i = 0; i < DGM_LEN(forbidden); i++) {
        lines[n++] = (struct sock_filter)JUMP(BPF_JEQ, forbidden[i], 0, 1);
        lines[n++] = (struct sock_filter)RETURN(REFUSE);
    }
    lines[n++] = (struct sock_filter)JUMP(BPF_JEQ, SYS_socket, 1, 0);
    lines[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    lines[n++] = (struct sock_filter)LOAD(args[0]);
    for (size_t i = 0; i < DGM_LEN(families); i++) {
        lines[n++] = (struct sock_filter)JUMP(BPF_JEQ, families[i], 0, 1);
        lines[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    }
    lines[n++] = (struct sock_filter)RETURN(REFUSE);
    const struct sock_fprog program = { .len = n, .filter = lines };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* ---- both ----------------------------------------------------------------------------------- */

dgm_confined dgm_confine_able(void)
{
    /* A filter at no address is refused as such only where there are filters. */
    bool calls = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) != 0 && errno == EFAULT;
    return (dgm_confined) { .landlock = landlock_version(), .calls = calls };
}

bool dgm_confine(const dgm_confinement *to, dgm_confined *out)
{
    dgm_confined able = dgm_confine_able();
    *out = (dgm_confined) { 0 };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    if (able.landlock > 0 && !confine_files(to, able.landlock))
        return false;
    out->landlock = able.landlock;
    if (able.calls && !confine_calls())
        return false;
    out->calls = able.calls;
    return true;
}

#else

dgm_confined dgm_confine_able(void)
{
    return (dgm_confined) { 0 };
}

bool dgm_confine(const dgm_confinement *to, dgm_confined *out)
{
    (void)to;
    *out = (dgm_confined) { 0 };
    return true;
}

#endif
