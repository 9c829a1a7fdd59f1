"""What the tests of the whole program share: a case is a function whose name is a sentence.

Each case prints `ok`, `FAILED` or `skipped` with its name, so that `make check` can count them. The
program and the tables come from DRAGOMAN and DRAGOMAN_TABLES.
"""
import os, subprocess, sys, tempfile, traceback

PROGRAM = os.environ.get("DRAGOMAN", "build/release/src/cli/dragoman")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = []


class Skip(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


def dragoman(*arguments, stdin=b"", env=None, cwd=None):
    """-> (exit code, standard output, standard error), bytes decoded with replacement"""
    done = subprocess.run([os.path.abspath(PROGRAM), *arguments], input=stdin, capture_output=True, cwd=cwd,
                          env={**os.environ, "XDG_CONFIG_HOME": "/nonexistent", **(env or {})}, timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def equal(found, expected, what=""):
    if found != expected:
        raise AssertionError(f"{what}\n  expected {expected!r}\n  found    {found!r}")


def contains(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in\n{text}")


def main():
    failed = 0
    only = sys.argv[1:]
    for function in CASES:
        name = function.__name__.replace("_", " ")
        if only and not any(word in name for word in only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                function(folder)
                print("ok", name, flush=True)
            except Skip as why:
                print(f"skipped {name}: {why}", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)
    return 1 if failed else 0
