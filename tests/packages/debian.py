#!/usr/bin/env python3
"""Debian's packages: made, and installed, used and purged in a clean system that mmdebstrap makes from where
this machine's own packages come from."""
import functools, glob, os, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, ROOT, SECOND, Skip, case, contains, dragoman, equal, main

SYSTEM = os.path.join(ROOT, "build", "packages", "system")
REPORT = f"date 2020-10-02 {LEAD} {SECOND}\n"
# What is in the clean system before the packages: to compile against -dev, and to check units.
BASE = "python3,gcc,libc6-dev,pkg-config,systemd"
# These change whatever is installed and removed.
PASSING = r"/(var/(log|cache|lib/(apt|dpkg|systemd/deb-systemd-helper-masked))|proc|sys|dev|tmp|run)(/|$)|/etc/(ld\.so\.cache|\.pwd\.lock)|.*__pycache__"


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    equal(done.returncode, 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def needs(*commands):
    for name in commands:
        if not shutil.which(name):
            raise Skip(f"there is no {name}")


@functools.cache
def packages():
    """-> the paths of the packages, made from the sources as they are"""
    needs("dpkg-buildpackage", "dh", "lintian")
    if subprocess.run(["dpkg-checkbuilddeps"], cwd=ROOT, capture_output=True).returncode != 0:
        raise Skip("not all of Build-Depends is installed")
    return [path for path in run([os.path.join(ROOT, "tools", "package"), "deb"]).split() if path.endswith(".deb")]


def inside(*command, **options):
    """Runs a command in the clean system."""
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return run(["chroot", SYSTEM, *command], env=env, **options)


def paths():
    return {line for line in inside("find", "/", "-xdev").splitlines() if not re.match(PASSING, line)}


@functools.cache
def installed():
    """The clean system with the packages in it -> the paths that were there before"""
    needs("mmdebstrap", "chroot")
    made = packages()
    if os.geteuid() != 0:
        raise Skip("only root can make a clean system")
    shutil.rmtree(SYSTEM, ignore_errors=True)
    with open("/etc/os-release") as f:
        suite = re.search(r"^VERSION_CODENAME=(\S+)", f.read(), re.M)
    lists = [path for path in ["/etc/apt/sources.list", *glob.glob("/etc/apt/sources.list.d/*.sources")]
             if os.path.exists(path)]
    done = subprocess.run(["mmdebstrap", "--variant=apt", f"--include={BASE}", suite.group(1), SYSTEM, *lists],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise Skip("mmdebstrap fails here: " + done.stderr.strip().splitlines()[-1])
    before = paths()
    for path in made:
        shutil.copy(path, os.path.join(SYSTEM, "tmp"))
    inside("apt-get", "update", "-qq")
    inside("sh", "-c", "apt-get install -y -qq --no-install-recommends /tmp/*.deb")
    with open(os.path.join(SYSTEM, "tmp", "story.txt"), "w") as f:
        f.write(REPORT)
    return before


@case
def the_packages_are_made_and_lintian_has_nothing_against_them(folder):
    names = sorted(os.path.basename(path).split("_")[0] for path in packages())
    for name in "dragoman", "dragoman-data", "libdragoman-dev", "libdragoman0":
        contains(names, name)


@case
def the_installed_program_codes_as_the_one_built_here(folder):
    installed()
    path = os.path.join(folder, "story.txt")
    with open(path, "w") as f:
        f.write(REPORT)
    equal(inside("dragoman", "code", "/tmp/story.txt"), dragoman("code", path)[1])
    contains(inside("dragoman", "code", "-f", "table", "/tmp/story.txt"), "ASSAULT")
    contains(inside("dragoman", "doctor"), "all well")
    contains(inside("dragoman", "doctor"), "/usr/share/dragoman\n")
    contains(inside("dragoman", "tables", "check"), " 0 complaints")


@case
def the_installed_program_has_its_readers_stores_and_streams(folder):
    installed()
    without = [line for line in inside("dragoman", "doctor").splitlines() if "not built in" in line]
    equal([line.split()[0] for line in without], ["openblas"])
    inside("dragoman", "ingest", "-q", "--db", "/tmp/events.db", "/tmp/story.txt")
    equal(inside("dragoman", "query", "--db", "/tmp/events.db", "-f", "jsonl").count("\n") > 2, True)


@case
def man_page_and_completion_are_where_they_are_looked_for(folder):
    installed()
    for path in "usr/share/man/man1/dragoman.1.gz", "usr/share/bash-completion/completions/dragoman":
        equal(os.path.exists(os.path.join(SYSTEM, path)), True, path)


@case
def a_c_program_is_built_against_the_development_package(folder):
    installed()
    shutil.copy(os.path.join(ROOT, "tests", "library", "client.c"), os.path.join(SYSTEM, "tmp"))
    inside("sh", "-c", "cc -o /tmp/client /tmp/client.c $(pkg-config --cflags --libs dragoman) -lpthread")
    inside("sh", "-c", "cc -o /tmp/client-static /tmp/client.c /usr/lib/*/libdragoman.a "
           "$(pkg-config --libs $(pkg-config --print-requires-private dragoman)) -lreadstat -lpq -lm -lpthread")
    for client in "/tmp/client", "/tmp/client-static":
        equal(inside(client, "/usr/share/dragoman", "/tmp/story.txt"), inside("dragoman", "code", "/tmp/story.txt"))


@case
def python_codes_with_the_package_of_the_library(folder):
    if not any("python3-dragoman_" in path for path in packages()):
        raise Skip("there is no package python3-dragoman")
    installed()
    found = inside("python3", "-c", f"import dragoman\nfor event in dragoman.code({LEAD!r}, date='2020-10-02'):\n"
                   "    print(event.event_type)")
    contains(found, "ASSAULT")


@case
def units_are_valid_hardened_and_not_enabled(folder):
    installed()
    for name in "serve", "worker", "watch":
        unit = f"dragoman-{name}.service"
        done = inside("systemd-analyze", "verify", "--man=no", f"/lib/systemd/system/{unit}", stdin=subprocess.DEVNULL)
        equal(done, "", unit)
        told = inside("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
        level = re.search(r"exposure level for \S+: ([\d.]+)", told)
        equal(float(level.group(1)) < 2, True, told[-400:])
        equal(glob.glob(os.path.join(SYSTEM, "etc/systemd/system/*.wants", unit)), [], "it is enabled")


@case
def what_a_unit_starts_are_options_that_the_program_has(folder):
    """The options of /etc/default/dragoman and of the units, as a shell would split them."""
    installed()
    inside("mkdir", "-p", "/var/lib/dragoman")
    inside("dragoman", "ingest", "-q", "--db", "/var/lib/dragoman/events.db", "/tmp/story.txt")
    inside("sh", "-c", "mkdir -p /var/lib/dragoman/incoming && cp /tmp/story.txt /var/lib/dragoman/incoming &&"
           ". /etc/default/dragoman && dragoman watch --once --settle 0 $WATCH")
    inside("sh", "-c", ". /etc/default/dragoman && { timeout 5 dragoman serve $SERVE --port 0; [ $? = 0 -o $? = 124 ]; }")
    done = subprocess.run(["chroot", SYSTEM, "sh", "-c", ". /etc/default/dragoman; timeout 20 dragoman worker $WORKER"],
                          capture_output=True, text=True)
    equal("usage" in done.stderr or "no option" in done.stderr, False, done.stderr)


@case
def purging_leaves_nothing(folder):
    before = installed()
    inside("mkdir", "-p", "/var/lib/private/dragoman")
    inside("touch", "/var/lib/private/dragoman/events.db")
    inside("sh", "-c", "apt-get purge -y -qq --auto-remove dragoman dragoman-data 'libdragoman*' '?name(python3-dragoman)'")
    equal(sorted(path for path in paths() - before), [])


def at_the_end(code):
    shutil.rmtree(SYSTEM, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(at_the_end(main()))
