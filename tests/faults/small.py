"""Small tables and a small model, with which the program needs some milliseconds and has nothing to complain of."""
import os, re, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "..", "fuzz")]
from harness import PROGRAM, ROOT, write
import knowledge

ROWS = 300  # of each table, about


def add_row(folder, name, row):
    """In its place, which is by the first column."""
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    head = next(i for i, line in enumerate(lines) if not line.startswith("#")) + 1
    if row not in lines:
        lines = lines[:head] + sorted([*lines[head:], row], key=lambda line: line.split("\t")[0].encode())
    write(folder, name, "\n".join(lines) + "\n")


def row_of(name, begin):
    with open(os.path.join(ROOT, "data", name), encoding="utf-8") as f:
        return next(line.rstrip("\n") for line in f if line.startswith(begin + "\t"))


def prune(folder):
    """Takes out the rows that are refused, since rows that they name are not in the sample."""
    for _ in range(9):
        done = subprocess.run([PROGRAM, "tables", "check", "--max", "0", "--tables", folder], capture_output=True, text=True)
        wrong = {}
        for name, line in re.findall(re.escape(folder) + r"/([^:\n]*\.tsv):(\d+): (?!the example is not coded)",
                                     done.stdout + done.stderr):
            wrong.setdefault(name, set()).add(int(line))
        if not wrong:
            return
        for name, lines in wrong.items():
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                rows = f.read().splitlines()
            write(folder, name, "".join(row + "\n" for i, row in enumerate(rows, 1) if i not in lines))
    raise AssertionError(f"small tables have faults\n{done.stderr[-3000:]}")


def make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    known = set(knowledge.words_of(knowledge.read(os.path.join(ROOT, "tests/fuzz/seeds/reports.txt"))))
    knowledge.make(folder, known, ROWS, whole=(*knowledge.WHOLE, "english/function-words", "english/people"))
    knowledge.put_model(folder)
    for table, name in ("places/countries.tsv", "Poland"), ("places/places.tsv", "Warsaw"), ("places/aliases.tsv", "Warszawa"), \
            ("places/countries.tsv", "United States"), ("places/places.tsv", "Texas"), ("places/abbreviations.tsv", "TX"):
        add_row(folder, table, row_of(table, name))
    prune(folder)
    return folder


if __name__ == "__main__":
    print(make(sys.argv[1]))
