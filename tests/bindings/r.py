#!/usr/bin/env python3
"""The package of R: installed into a folder of its own, it passes its tests, and the snippets of docs/r.md run.

R CMD build and check are in tests/packages/r.py."""
import atexit, filecmp, glob, os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from harness import PROGRAM, ROOT, Skip, case, contains, dragoman, equal, main, write

PACKAGE = os.path.join(ROOT, "bindings", "r")
BUILD = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(PROGRAM))))
STATE = {}


def library():
    """The folder of the shared library that was built with the program."""
    folder = os.path.join(BUILD, "src", "library")
    path = os.path.join(folder, "libdragoman.so")
    if not os.path.exists(path):
        raise Skip("there is no shared library")
    with open(path, "rb") as f:
        content = f.read()
    if b"__asan_init" in content or b"__ubsan_handle" in content or b"__tsan_init" in content:
        raise Skip("a sanitized library needs a sanitized R")
    return folder


def environment(folder):
    """pkg-config finds the library where it was built."""
    for command in "R", "Rscript", "pkg-config":
        if not shutil.which(command):
            raise Skip(f"there is no {command}; tools/setup r installs it")
    write(folder, "dragoman.pc", f"libdir={library()}\nName: dragoman\nDescription: dragoman\nVersion: 0.2.0\n"
          f"Cflags: -I{ROOT}/include\nLibs: -L${{libdir}} -ldragoman\n")
    return {**os.environ, "PKG_CONFIG_PATH": folder, "R_LIBS": folder, "MAKEFLAGS": "-j2"}


def run(command, env, cwd=None):
    done = subprocess.run(command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", timeout=900)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout[-6000:]}")
    return done.stdout


def installed():
    """-> environment in which library(dragoman) finds the package, which is installed once."""
    if not STATE:
        folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, folder)
        STATE["env"] = environment(folder)
        source = shutil.copytree(PACKAGE, os.path.join(folder, "source"))
        STATE["log"] = run(["R", "CMD", "INSTALL", "--no-docs", "--no-test-load", f"--library={folder}", source], STATE["env"])
    return STATE["env"]


def check(name, **more):
    run(["Rscript", "--vanilla", os.path.join(PACKAGE, "tests", name)], {**installed(), **more})


@case
def it_compiles_without_warnings(folder):
    installed()
    equal([line for line in STATE["log"].splitlines() if "warning:" in line], [])


@case
def a_copy_whose_links_lead_nowhere_is_refused(folder):
    env = environment(folder)
    for link in "inst/extdata/codes.tsv", "src/json.c", "src/json.h":
        copy = shutil.copytree(PACKAGE, os.path.join(folder, "copy"))
        os.remove(os.path.join(copy, link))
        os.symlink("../../nowhere", os.path.join(copy, link))
        done = subprocess.run(["R", "CMD", "INSTALL", "--no-docs", "--no-test-load", f"--library={folder}", copy],
                              env=env, capture_output=True, text=True)
        equal(done.returncode != 0, True)
        contains(done.stderr, f"configure: {link} is a link that leads nowhere")
        contains(done.stderr, "R CMD build")
        shutil.rmtree(copy)


@case
def a_library_that_is_named_by_hand_is_found_when_it_runs(folder):
    env = environment(folder)
    copy = shutil.copytree(PACKAGE, os.path.join(folder, "copy"))
    run(["./configure"], {**env, "DRAGOMAN_CFLAGS": f"-I{ROOT}/include",
                          "DRAGOMAN_LIBS": f"-L{library()} -ldragoman"}, copy)
    with open(os.path.join(copy, "src", "Makevars")) as f:
        contains(f.read(), f"-Wl,-rpath,{library()}")


@case
def texts_and_files_are_coded(folder):
    check("coding.R")


@case
def texts_are_coded_in_the_c_locale(folder):
    check("coding.R", LC_ALL="C", LANG="C")


@case
def errors_warnings_and_interrupts(folder):
    check("conditions.R")


@case
def panels_of_dyad_months(folder):
    check("dyads.R")


@case
def the_csv_of_the_program_makes_the_same_panel(folder):
    reports = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
    reports.append(os.path.join(PACKAGE, "inst", "extdata", "reports.jsonl"))
    code, said, _ = dragoman("code", "-f", "csv", *reports)
    equal(code, 0)
    write(folder, "events.csv", said)
    script = write(folder, "panel.R", """library(dragoman)
paths <- commandArgs(TRUE)
read <- read.csv("events.csv")
coded <- code_files(paths)
stopifnot(nrow(read) == nrow(coded), nrow(coded) > 100,
          "plain" = identical(is_plain(read), is_plain(coded)),
          "panel" = identical(dyad_months(read), dyad_months(coded)),
          "meetings" = identical(dyad_months(read, plain = FALSE, directed = FALSE),
                                 dyad_months(coded, plain = FALSE, directed = FALSE)))
""")
    run(["Rscript", "--vanilla", script, *reports], installed(), folder)


@case
def stores_are_asked(folder):
    check("store.R")


@case
def its_codes_of_countries_are_those_of_the_tables(folder):
    equal(filecmp.cmp(os.path.join(PACKAGE, "inst", "extdata", "codes.tsv"),
                      os.path.join(ROOT, "data", "places", "codes.tsv"), shallow=False), True)


def words(line):
    return re.sub(r"\s+", " ", line).strip()


@case
def the_snippets_of_the_documentation_run(folder):
    with open(os.path.join(ROOT, "docs", "r.md"), encoding="utf-8") as f:
        snippets = re.findall(r"^```r\n(.*?)^```", f.read(), re.M | re.S)
    equal(len(snippets) >= 6, True)
    script = write(folder, "snippets.R", "options(width = 100)\n" + "\n".join(snippets))
    env = installed()
    said = run(["Rscript", "--vanilla", "-e", f"source('{script}', echo = FALSE, print.eval = TRUE)"], env, folder)
    lines = [words(line) for line in said.splitlines()]
    for snippet in snippets:
        for line in re.findall(r"^#> ?(.*)$", snippet, re.M):
            if words(line) not in lines:
                raise AssertionError(f"{line!r} is not in\n{said}")


if __name__ == "__main__":
    sys.exit(main())
