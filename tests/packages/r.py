#!/usr/bin/env python3
"""The package of R as its repositories want it: R CMD build makes the vignette, R CMD check finds nothing to
warn of, and what was built installs and codes."""
import os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "bindings")]
from harness import CASES, ROOT, Skip, case, contains, main
from r import PACKAGE, environment, run

CASES.clear()  # those of tests/bindings/r.py


def built(folder):
    """-> environment, the path of the source package"""
    env = environment(folder)
    for name in "knitr", "rmarkdown":
        if "FALSE" in run(["Rscript", "-e", f"cat(requireNamespace('{name}', quietly = TRUE))"], env):
            raise Skip(f"there is no {name}; tools/setup r installs it")
    run(["R", "CMD", "build", PACKAGE], env, folder)
    name, = [name for name in os.listdir(folder) if name.endswith(".tar.gz")]
    return env, os.path.join(folder, name)


@case
def r_cmd_check_finds_nothing_to_warn_of(folder):
    env, package = built(folder)
    said = run(["R", "CMD", "check", "--no-manual", package],
               {**env, "_R_CHECK_FORCE_SUGGESTS_": "false"}, folder)
    found = re.findall(r"^.*\.\.\. (?:WARNING|ERROR|NOTE)$(?:\n  .*)*", said, re.M)
    if found:
        raise AssertionError("\n".join(found))
    contains(said, "Status: OK")


@case
def what_was_built_installs_and_codes(folder):
    env, package = built(folder)
    run(["R", "CMD", "INSTALL", f"--library={folder}", package], env)
    said = run(["Rscript", "--vanilla", "-e", "library(dragoman); code_events('France attacked Mali.', '2020-10-02');"
                "cat(nrow(vignette(package = 'dragoman')$results), 'vignette')"], env)
    contains(said, "ASSAULT")
    contains(said, "1 vignette")


@case
def as_the_documentation_installs_it_the_vignette_is_there(folder):
    env, _ = built(folder)
    with open(os.path.join(ROOT, "docs", "r.md"), encoding="utf-8") as f:
        commands = re.findall(r"^    (R CMD .*)$", f.read(), re.M)
    place = os.path.join(folder, "place")
    os.makedirs(place)
    os.symlink(os.path.join(ROOT, "bindings"), os.path.join(place, "bindings"))
    for command in commands:
        run(["sh", "-c", command], env, place)
    said = run(["Rscript", "--vanilla", "-e", "cat(basename(vignette('dragoman', 'dragoman')$PDF))"], env)
    contains(said, "dragoman.html")


if __name__ == "__main__":
    sys.exit(main())
