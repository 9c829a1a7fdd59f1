#!/usr/bin/env python3
"""The tarball of the sources: the same files give the same bytes, and it builds where there is no git."""
import functools, hashlib, os, shutil, subprocess, sys, tarfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, Skip, case, contains, dragoman, equal, main


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    equal(done.returncode, 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def tarball():
    return run([os.path.join(ROOT, "tools", "package"), "dist"]).split()[-1]


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


@case
def the_same_files_give_the_same_bytes(folder):
    equal(digest(tarball()), digest(tarball()))


@case
def everything_lies_in_one_folder_and_nothing_points_elsewhere(folder):
    path = tarball()
    with tarfile.open(path) as tar:
        members = tar.getmembers()
    top = os.path.basename(path).removesuffix(".tar.gz")
    equal([m.name for m in members if not m.name.startswith(top + "/")], [])
    for wanted in "meson.build", "data/model/english.dgm", "debian/control", "include/dragoman.h", "LICENSE":
        equal(any(m.name == f"{top}/{wanted}" for m in members), True, wanted)


@case
def it_builds_without_git_codes_and_makes_itself_again(folder):
    path = tarball()
    run(["tar", "xf", path, "-C", folder])
    (name,) = os.listdir(folder)
    sources = os.path.join(folder, name)
    compiler = "ccache gcc" if shutil.which("ccache") else "gcc"
    env = dict(os.environ, CC=compiler, GIT_CEILING_DIRECTORIES=folder)
    run(["meson", "setup", "build/release", "-Dtests=disabled"], cwd=sources, env=env)
    run(["ninja", "-C", "build/release", "src/cli/dragoman"], cwd=sources, env=env)
    example = os.path.join(ROOT, "examples", "gori-2008.txt")
    done = run([os.path.join(sources, "build/release/src/cli/dragoman"), "code", example],
               env={key: value for key, value in os.environ.items() if key != "DRAGOMAN_TABLES"})
    equal(done, dragoman("code", example)[1])
    env["SOURCE_DATE_EPOCH"] = str(int(os.path.getmtime(os.path.join(sources, "meson.build"))))
    again = run([os.path.join(sources, "tools", "package"), "dist"], cwd=sources, env=env).split()[-1]
    equal(digest(again), digest(path))


if __name__ == "__main__":
    sys.exit(main())
