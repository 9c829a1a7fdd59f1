#!/usr/bin/env python3
"""`mypy --strict` accepts the package, and a program that uses it; and it finds what is wrong in one that
uses it wrongly."""
import os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "bindings", "python")

RIGHT = '''
import datetime
from typing import List, Optional
import dragoman

events: dragoman.Events = dragoman.code("text", "2020-10-02")
first: dragoman.Event = events[0]
some: dragoman.Events = events[:2]
day: Optional[datetime.date] = first.day
codes: List[Optional[str]] = [actor.code for actor in first.actors]
dead: Optional[float] = first.size.dead.min if first.size and first.size.dead else None
for event in dragoman.code_files(["a", "b"], jobs=2, date=datetime.date(2020, 1, 1), min_confidence=0.5, columns={"text": "t"}):
    voices: List[str] = [voice.kind for voice in event.attribution]
for quote in dragoman.quotes("text", "2020-10-02"):
    print(quote.speaker.name if quote.speaker else None, (quote.said or "").upper())
with dragoman.Store("x.db") as store:
    new: int = store.ingest(["a"], progress=lambda n, of: None).n_new
    rows = store.counts(by=("dyad", "month"), since=datetime.date(2020, 1, 1), plain=True)
'''
WRONG = ['dragoman.code("text", "2020-10-02")[0].actor', 'dragoman.code(3, "2020-10-02")',
         'x: int = dragoman.code("text", "2020-10-02")[0].polarity', 'dragoman.code("text", "2020-10-02")[0].size.dead']


def mypy(*arguments, cwd):
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--config-file", os.path.join(PACKAGE, "pyproject.toml"),
                           "--cache-dir", os.path.join(cwd, "cache"), *arguments], cwd=cwd, capture_output=True, text=True,
                          env=dict(os.environ, MYPYPATH=PACKAGE))
    return done.returncode, done.stdout + done.stderr


def main():
    if subprocess.run([sys.executable, "-c", "import mypy"], capture_output=True).returncode != 0:
        print("skipped python_types: there is no mypy")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "right.py"), "w") as f:
            f.write(RIGHT)
        with open(os.path.join(folder, "wrong.py"), "w") as f:
            f.write("import dragoman\n" + "\n".join(WRONG) + "\n")
        failed = 0
        for name, arguments in ("the package", [os.path.join(PACKAGE, "dragoman")]), ("a program", ["right.py"]):
            code, told = mypy(*arguments, cwd=folder)
            failed += code != 0
            print(f"ok mypy accepts {name}" if code == 0 else f"FAILED mypy refuses {name}\n{told}")
        _, told = mypy("wrong.py", cwd=folder)
        missed = [line for n, line in enumerate(WRONG, 2) if f"wrong.py:{n}: error" not in told]
        print(f"FAILED mypy misses {missed}\n{told}" if missed else "ok mypy finds wrong uses")
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
