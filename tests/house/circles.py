#!/usr/bin/env python3
"""No circle of files: within a room, what a .c file calls lies in files that do not call it back, not
even by a detour. Rooms with a circle that is still to be opened are listed; no other may have one."""
import glob, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import order

OPEN = {"dictionary", "events", "grammar", "ingest", "output", "story", "syntax"}
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
# As clang-format has them: a definition begins at the margin, its body with a brace at the margin.
FUNCTION = re.compile(r'^(static )?(?:[A-Za-z_][\w ]*[ *]+)(\w+)\((?:[^;{}])*\)\n\{', re.M)
TABLE = re.compile(r'^(?:const )?[A-Za-z_]\w* (\w+)(?:\[\w*\])? = \{', re.M)


def graph(room):
    """Each .c file of the room with the set of those whose functions or tables it names."""
    text = {p: NOT_CODE.sub(" ", open(p, encoding="utf-8").read())
            for p in glob.glob(os.path.join(ROOT, "src", room, "**", "*.c"), recursive=True)}
    own = {p: {m[2] for m in FUNCTION.finditer(t)} for p, t in text.items()}
    home = {}
    for p, t in text.items():
        home.update({m[2]: p for m in FUNCTION.finditer(t) if not m[1]})
        home.update({m[1]: p for m in TABLE.finditer(t)})
    return {p: {home[w] for w in set(re.findall(r"(?<![.>])\b[A-Za-z_]\w*", t)) if w in home and w not in own[p]} - {p}
            for p, t in text.items()}


def circles(room):
    files = graph(room)
    def reached(start):
        seen, todo = set(), [start]
        while todo:
            new = files[todo.pop()] - seen
            seen |= new
            todo += new
        return seen
    below = {p: reached(p) for p in files}
    return sorted({tuple(sorted(os.path.basename(q) for q in below[p] if p in below[q])) for p in files if p in below[p]})


if __name__ == "__main__":
    faults = [f"src/{room}: these files call each other in a circle: {', '.join(files)}"
              for room in order.ORDER if room not in OPEN for files in circles(room)]
    print("\n".join(faults) if faults else f"no circle of files in {len(order.ORDER) - len(OPEN)} rooms")
    sys.exit(1 if faults else 0)
