#!/usr/bin/env python3
"""The library as another program meets it: the installed header, found by pkg-config, linked to the
shared and to the static library. Arguments: build folder, meson."""
import json, os, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, Skip, case, contains, dragoman, equal, main, write

BUILD, MESON = sys.argv[1], sys.argv[2]
del sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    equal(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


def install(folder):
    if not shutil.which("pkg-config"):
        raise Skip("there is no pkg-config")
    if sanitized():
        raise Skip("a sanitized library needs a sanitized program")
    run([MESON, "install", "-C", BUILD, "--no-rebuild", "--destdir", folder])
    for path, _, files in os.walk(folder):
        if "dragoman.pc" in files:
            return path
    raise AssertionError("no dragoman.pc is installed")


def sanitized():
    options = json.loads(run([MESON, "introspect", "--buildoptions", BUILD]))
    return any(o["name"] == "b_sanitize" and o["value"] != "none" for o in options)


def flags(folder, where, *wanted):
    env = dict(os.environ, PKG_CONFIG_PATH=where, PKG_CONFIG_SYSROOT_DIR=folder)
    return run(["pkg-config", *wanted, "dragoman"], env=env).split()


def check_program(program, lib_folder, folder):
    """The client codes one report by all calls; its output is that of the program."""
    env = dict(os.environ, LD_LIBRARY_PATH=lib_folder)
    text = "Turkey denied that it had sent fighters. The French army attacked a rebel camp in Mali."
    path = os.path.join(folder, "story.txt")
    with open(path, "w") as f:
        f.write(f"date 2020-10-02 {text}\n")
    expected = dragoman("code", path)[1]
    found = run([program, os.environ["DRAGOMAN_TABLES"], path], env=env)
    equal(found, expected)


@case
def a_client_links_to_the_shared_library(folder):
    where = install(folder)
    program = os.path.join(folder, "client")
    run([os.environ.get("CC", "cc"), "-std=c99", "-Wall", "-Wextra", "-Werror", os.path.join(HERE, "client.c"),
         "-o", program, *flags(folder, where, "--cflags", "--libs"), "-lpthread"])
    check_program(program, os.path.dirname(where), folder)


@case
def a_client_links_to_the_static_library(folder):
    where = install(folder)
    static = os.path.join(os.path.dirname(where), "libdragoman.a")
    if not os.path.exists(static):
        raise Skip("no static library was built")
    program = os.path.join(folder, "client")
    libs = [f for f in flags(folder, where, "--static", "--libs") if f != "-ldragoman"]
    run([os.environ.get("CC", "cc"), "-std=c99", os.path.join(HERE, "client.c"), static, "-o", program,
         *flags(folder, where, "--cflags"), *[f for f in libs if not f.startswith("-L")], "-lpthread"])
    check_program(program, "", folder)


@case
def the_libraries_show_no_names_but_their_own(folder):
    if not shutil.which("nm"):
        raise Skip("there is no nm")
    where = os.path.dirname(install(folder))
    for name, option in ("libdragoman.so", "-D"), ("libdragoman.a", "-g"):
        path = os.path.join(where, name)
        if not os.path.exists(path):
            continue
        names = [line.split()[-1] for line in run(["nm", option, "--defined-only", path]).splitlines()
                 if len(line.split()) == 3 and line.split()[1] != "A"]  # A: the names of versions
        equal([n for n in names if not n.startswith("dragoman_")], [], name)
        equal(len(names) >= 6, True)


# ---- what the documents show


def build(folder, where, source, *more):
    program = os.path.join(folder, os.path.basename(source)[:-2])
    run([os.environ.get("CC", "cc"), "-std=c99", "-Wall", "-Wextra", "-Werror", source, "-o", program,
         *flags(folder, where, "--cflags", "--libs"), *more])
    return program


def result(where, *command):
    done = subprocess.run(command, capture_output=True, env=dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(where)))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@case
def calls_keep_what_the_header_promises(folder):
    where = install(folder)
    write(folder, "bad/actors/agents.tsv", "phrase\tsector\tothers\tkind\nriverkeepers\tNOBODY\t-\t-\n")
    equal(result(where, build(folder, where, os.path.join(HERE, "calls.c")), folder), (0, "", ""))


@case
def a_program_in_cpp_takes_the_header(folder):
    where = install(folder)
    if not shutil.which("c++"):
        raise Skip("there is no compiler of C++")
    source = write(folder, "version.cpp", "#include <dragoman.h>\n#include <cstdio>\n"
                   "int main() { std::puts(dragoman_version()); }\n")
    program = os.path.join(folder, "version")
    run(["c++", "-Wall", "-Wextra", "-Werror", source, "-o", program, *flags(folder, where, "--cflags", "--libs")])
    equal(result(where, program), (0, dragoman("--version")[1].split()[-1] + "\n", ""))


@case
def the_program_of_the_page_runs(folder):
    where = install(folder)
    with open(os.path.join(ROOT, "docs", "library.md"), encoding="utf-8") as f:
        source = write(folder, "example.c", re.search(r"```c\n(.*?)```", f.read(), re.S)[1])
    code, out, _ = result(where, build(folder, where, source))
    equal((code, out.count('"event_type"')), (0, 2))


def shown_from(start):
    """-> the lines of the page that a reader would copy, from the one that begins so to the next empty one"""
    with open(os.path.join(ROOT, "docs", "library.md"), encoding="utf-8") as f:
        return re.search(rf"(?m)^    {re.escape(start)}.*\n(?:    .*\n)*", f.read())[0]


@case
def the_page_says_how_a_library_in_another_folder_is_found(folder):
    home = os.path.join(folder, "home")
    os.makedirs(os.path.join(home, ".local"))
    where = install(os.path.join(folder, "root"))
    place = re.search(r"PKG_CONFIG_PATH=\$HOME/(\S+)", shown_from("export PKG_CONFIG_PATH"))[1]
    shutil.copytree(os.path.dirname(where), os.path.join(home, os.path.dirname(place)), symlinks=True)
    pc = os.path.join(home, place, "dragoman.pc")
    with open(pc, encoding="utf-8") as f:
        text = re.sub(r"(?m)^includedir=.*", f"includedir={ROOT}/include", f.read())
    write(home, os.path.join(place, "dragoman.pc"), re.sub(r"(?m)^prefix=.*", f"prefix={home}/.local", text))
    shutil.copy(os.path.join(ROOT, "examples", "c", "events.c"), os.path.join(folder, "example.c"))
    env = {name: value for name, value in os.environ.items() if name not in ("LD_LIBRARY_PATH", "PKG_CONFIG_PATH")}
    out = run(["sh", "-ec", shown_from("export PKG_CONFIG_PATH") + "./example"], cwd=folder, env=dict(env, HOME=home))
    equal(out.count('"event_type"'), 2)


@case
def the_page_builds_the_example_that_reads_json(folder):
    where = install(folder)
    line = shown_from("cc examples/c/quotes.c")
    wanted = re.search(r"pkg-config --cflags --libs ([a-z ]+)\)", line)[1].split()
    program = build(folder, where, os.path.join(ROOT, "examples", "c", "quotes.c"), *flags(folder, where, "--libs", *wanted[1:]))
    equal(result(where, program)[0], 0)


@case
def the_examples_in_c_run(folder):
    where = install(folder)
    here = os.path.join(ROOT, "examples", "c")
    more = {"quotes.c": ["-ljansson"]}
    made = {name: build(folder, where, os.path.join(here, name), *more.get(name, []))
            for name in sorted(os.listdir(here)) if name.endswith(".c")}
    equal(sorted(made), ["events.c", "files.c", "own_tables.c", "quotes.c", "store.c"])
    for name in made:
        with open(os.path.join(here, name), encoding="utf-8") as f:
            equal(20 <= len(f.readlines()) <= 48, True, name)
    gori = os.path.join(ROOT, "examples", "gori-2008.txt")
    code, out, err = result(where, made["events.c"])
    equal((code, err, out.count("\n")), (0, "", 2))
    for name, operands in ("files", "FORMAT PATH"), ("own_tables", "FOLDER TEXT"), ("store", "DATABASE PATH..."):
        equal(result(where, made[name + ".c"]), (2, "", f"usage: {name} {operands}\n"))
    code, out, err = result(where, made["quotes.c"])
    equal((code, err), (0, ""))
    contains(out, "Officials (AZEGOV): that Armenian forces had shelled Ganja\n")
    contains(out, "Nikol Pashinyan (ARMGOV): We deny it\n")
    code, out, err = result(where, made["files.c"], "csv", gori)
    equal((code, out), (0, dragoman("code", "-f", "csv", "--polarity", "affirmed", gori)[1]))
    size = os.path.getsize(gori)
    contains(err, f"\r{size} of {size} bytes")
    if "sqlite3" in flags(folder, where, "--print-requires-private"):
        base = os.path.join(folder, "events.db")
        code, out, err = result(where, made["store.c"], base, gori, gori)
        equal((code, err), (0, f"{gori}: 1 new, 0 there\n{gori}: 0 new, 1 there\n"))
        equal(out, dragoman("query", "--db", base, "--by", "month", "--plain", "-f", "jsonl")[1])
    own = os.path.join(folder, "own")
    write(own, "actors/agents.tsv", "phrase\tsector\tothers\tkind\nriverkeepers\tCOP\t-\t-\n")
    code, out, err = result(where, made["own_tables.c"], own, "Turkish riverkeepers arrested two envoys of Mali.")
    equal((code, err), (0, ""))
    contains(out, "riverkeepers = TURCOP")


if __name__ == "__main__":
    sys.exit(main())
