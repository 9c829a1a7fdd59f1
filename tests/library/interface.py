#!/usr/bin/env python3
"""The public header: its pages come out of Doxygen without a warning, and the interface is that of
dragoman.abi. Functions may be added to it; `interface.py --update` writes it anew."""
import os, shutil, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, Skip, case, equal, main

HERE = os.path.dirname(os.path.abspath(__file__))
BASELINE = os.path.join(HERE, "dragoman.abi")
# All that has public functions. The rooms are left out, so that nothing but the interface is compared.
SOURCES = "dragoman.c", "inputs.c", "stores.c"


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, **options)


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skip(f"there is no {program}")


def dump(folder, path):
    """The interface, as a library of the public functions alone shows it, whatever was built."""
    library = os.path.join(folder, "libdragoman.so.0")
    made = run([os.environ.get("CC", "cc"), "-g", "-shared", "-fPIC", "-fvisibility=hidden", "-std=gnu17", "-Isrc",
                "-Iinclude", '-DDGM_VERSION="0"', *[os.path.join("src", "library", name) for name in SOURCES],
                "-Wl,--version-script,src/library/names.map", "-Wl,-soname,libdragoman.so.0", "-Wl,-z,undefs",
                "-o", library])
    equal(made.returncode, 0, made.stdout)
    made = run(["abidw", "--headers-dir", "include", "--drop-private-types", "--no-show-locs", "--no-corpus-path",
                "--no-comp-dir-path", "--out-file", path, library])
    equal(made.returncode, 0, made.stdout)


@case
def doxygen_has_no_warnings(folder):
    needs("doxygen")
    with open(os.path.join(ROOT, "docs", "Doxyfile"), encoding="utf-8") as f:
        options = f.read() + f"OUTPUT_DIRECTORY = {folder}\n"
    done = run(["doxygen", "-"], input=options)
    equal((done.returncode, done.stdout), (0, ""))
    equal(os.path.exists(os.path.join(folder, "html", "index.html")), True)


@case
def the_interface_is_the_one_that_was_promised(folder):
    needs("abidw", "abidiff")
    found = os.path.join(folder, "dragoman.abi")
    dump(folder, found)
    done = run(["abidiff", "--no-added-syms", BASELINE, found])
    equal(done.returncode, 0, done.stdout)


@case
def a_changed_interface_is_seen(folder):
    needs("abidw", "abidiff")
    with open(BASELINE, encoding="utf-8") as f:
        text = f.read()
    other = os.path.join(folder, "other.abi")
    changes = {"dragoman_relate'": "dragoman_related'", "'DRAGOMAN_STORIES' value='5'": "'DRAGOMAN_STORIES' value='7'",
               "'DRAGOMAN_0.2'": "'DRAGOMAN_0.3'"}
    for old, new in changes.items():
        equal(old in text, True, old)
        with open(other, "w", encoding="utf-8") as f:
            f.write(text.replace(old, new))
        equal(run(["abidiff", "--no-added-syms", BASELINE, other]).returncode != 0, True, old)


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        with tempfile.TemporaryDirectory() as folder:
            dump(folder, BASELINE)
        sys.exit(0)
    sys.exit(main())
