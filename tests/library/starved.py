#!/usr/bin/env python3
"""No call of the library comes to grief where memory runs out: starved.c with the library of the build
folder. Arguments: build folder, words that choose cases."""
import json, os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import Skip, case, equal, main, write

BUILD = sys.argv.pop(1)
HERE = os.path.dirname(os.path.abspath(__file__))
# How many allocations fail, each in a call of its own; the whole takes half a minute of one core.
TRIES = {"open": 20, "make": 300, "relate": 300, "input": 60, "ingest": 25, "ask": 12}


def option(name):
    path = os.path.join(BUILD, "meson-info", "intro-buildoptions.json")
    with open(path, encoding="utf-8") as f:
        return next(o["value"] for o in json.load(f) if o["name"] == name)


def starve(folder, what):
    library = os.path.join(BUILD, "src", "library")
    if option("b_sanitize") != "none":
        raise Skip("the sanitizers have an allocator of their own")
    if not os.path.exists(os.path.join(library, "libdragoman.so")):
        raise Skip("there is no shared library")
    probe = write(folder, "probe.c", "#include <stdlib.h>\n#ifndef __GLIBC__\n#error\n#endif\n")
    compiler = os.environ.get("CC", "cc").split()
    if subprocess.run([*compiler, "-c", probe, "-o", probe + ".o"], capture_output=True).returncode:
        raise Skip("it takes glibc to put another malloc in its place")
    program = os.path.join(folder, "starved")
    made = subprocess.run([*compiler, "-g", "-I", os.path.join(HERE, "..", "..", "include"),
                           os.path.join(HERE, "starved.c"), "-o", program, "-L", library, "-ldragoman", "-ldl"],
                          capture_output=True, text=True)
    equal(made.returncode, 0, made.stderr)
    done = subprocess.run([program, folder, what, str(TRIES[what])], capture_output=True, text=True,
                          env=dict(os.environ, LD_LIBRARY_PATH=library))
    if what in ("ingest", "ask") and "built without stores" in done.stdout:
        raise Skip("the library was built without stores")
    equal((done.returncode, done.stderr), (0, ""), done.stdout)


@case
def opening_survives(folder):
    starve(folder, "open")


@case
def all_products_survive(folder):
    starve(folder, "make")


@case
def marked_sentences_and_rules_survive(folder):
    starve(folder, "relate")


@case
def inputs_survive(folder):
    starve(folder, "input")


@case
def ingesting_survives(folder):
    starve(folder, "ingest")


@case
def questions_survive(folder):
    starve(folder, "ask")


if __name__ == "__main__":
    sys.exit(main())
