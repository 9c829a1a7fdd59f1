#!/usr/bin/env python3
"""How far a name reaches: `dgm_` may be called by other rooms (`dragoman_` by users of the library); a prefix
crosses files inside the room: the room's own, or the first word of the file's name, where several files of a
room share it (`segment_`, `net_`); and what one file alone calls is static. names.txt lists what is not yet so."""
import collections, glob, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from functions import ROOT, WORD, Sources, code

PUBLIC = "dgm_", "dragoman_"


def other_uses(sources):
    """{name: rooms and folders whose files name it beside its own file}; a prototype is no use."""
    used = collections.defaultdict(set)
    for folder in "src", "tests", "bench":
        for path in glob.glob(os.path.join(ROOT, folder, "**", "*.[ch]"), recursive=True):
            name = os.path.relpath(path, ROOT)
            words = collections.Counter(WORD.findall(code(path)))
            for word in sources.defined.keys() & words.keys():
                prototype = name.startswith("src/") and name.endswith(".h")
                if name != sources.defined[word] and words[word] > prototype:
                    used[word].add(sources.room(name) if folder == "src" else folder)
    return used


def called(path, name):
    return re.search(r"(?<![\w.>])" + name + r"\s*\(|&" + name + r"\b", code(path))


def crossing(sources):
    """Names without `dgm_` that another room calls, as (name, its file, the other file)."""
    found = []
    for path, names in sources.uses.items():
        for name in sorted(names):
            own = sources.defined[name]
            if not name.startswith(PUBLIC) and sources.room(path) != sources.room(own) and \
                    called(os.path.join(ROOT, path), name):
                found.append((name, own, path))
    return found


def unprefixed(sources):
    """{room: names that cross files inside it with no prefix}"""
    found = collections.defaultdict(list)
    for name, path in sorted(sources.defined.items()):
        room, family = sources.room(path), re.split(r"[_.]", os.path.basename(path))[0]
        if not name.startswith((*PUBLIC, room + "_", family + "_")):
            found[room].append(name)
    return found


def listed():
    counts = {}
    with open(os.path.join(ROOT, "tests/house/names.txt"), encoding="utf-8") as rows:
        for row in rows:
            if row.strip() and not row.startswith("#"):
                room, n, _ = row.rstrip("\n").split("\t")
                counts[room] = int(n)
    return counts


def faults():
    sources = Sources()
    used, counts, wrong = other_uses(sources), listed(), []
    for name, path in sorted(sources.defined.items()):
        if not used[name] and name not in counts and name not in sources.tables and not name.startswith("dragoman_"):
            wrong.append(f"{path}:{sources.line[name]}: {name} is called by no other file: it can be static")
    wrong += [f"{path}: calls {name} of {own}: what crosses rooms begins with dgm_"
              for name, own, path in crossing(sources)]
    found = unprefixed(sources)
    for room in sorted({os.path.basename(room) for room in glob.glob(os.path.join(ROOT, "src", "*"))}):
        n, most = len(found[room]), counts.get(room, 0)
        if n > most:
            wrong.append(f"src/{room}: {n} names cross files without a prefix, {most} are allowed; among "
                         f"them {', '.join(found[room])}")
        elif n < most:
            wrong.append(f"tests/house/names.txt: {room} has only {n} such names left, not {most}")
    return wrong


if __name__ == "__main__":
    told = faults()
    print("\n".join(told) if told else "every name reaches as far as its prefix says")
    sys.exit(1 if told else 0)
