#!/usr/bin/env python3
"""The order of rooms: a room includes only those before it, and of them only headers that are there.
meson.build has the same order; a room that is missing here has no place yet."""
import glob, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ORDER = ["base", "learn", "document", "ingest", "syntax", "grammar", "actors", "events", "judge", "claims", "grounding",
         "confidence", "story", "check", "output", "shards", "store", "stream", "watch", "serve", "library", "dictionary", "cli"]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([a-z_]+)/[^"]+"', re.M)


def broken():
    faults = []
    for path in sorted(glob.glob(os.path.join(ROOT, "src", "**", "*.[ch]"), recursive=True)):
        name = os.path.relpath(path, ROOT)
        room = name.split(os.sep)[1]
        if room not in ORDER:
            faults.append(f"{name}: the room {room} has no place in the order of tests/house/order.py")
            continue
        text = open(path, encoding="utf-8").read()
        for match in INCLUDE.finditer(text):
            other = match[1]
            if other in ORDER and ORDER.index(other) > ORDER.index(room):
                line = text.count("\n", 0, match.start(1)) + 1
                faults.append(f"{name}:{line}: {room} includes {other}, which comes after it")
    return faults


if __name__ == "__main__":
    faults = broken()
    print("\n".join(faults) if faults else "no room includes one after it")
    sys.exit(1 if faults else 0)
