#!/usr/bin/env python3
"""Links between reports: of pairs of our own that tell one event, and of pairs that do not, how many are linked?

    bench/same.py [-v] [PROGRAM]      -v: the pairs that are wrong

A pair of bench/same.jsonl is linked if an event of the one counts as an event of the other (`events.same`). Half of the
pairs, those whose id has an even CRC-32, are kept aside. The pairs of bench/same-more.jsonl were written by who built the
links, and all developed on; those of bench/same-again.jsonl by who learned its weights, before that, and half are kept
aside likewise.
"""
import json, os, sqlite3, subprocess, sys, tempfile, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def linked(program, pairs):
    """-> ids of the pairs that share an event"""
    with tempfile.TemporaryDirectory() as folder:
        stories, db = os.path.join(folder, "stories.jsonl"), os.path.join(folder, "same.db")
        with open(stories, "w", encoding="utf-8") as f:
            for pair in pairs:
                for side in "ab":
                    f.write(json.dumps({"id": pair["id"] + side, **pair[side]}) + "\n")
        subprocess.run([program, "ingest", "-q", "--db", db, "--tables", os.path.join(ROOT, "data"), stories], check=True)
        return {row[0] for row in sqlite3.connect(db).execute(
            "SELECT DISTINCT substr(s.story_id, 1, 4) FROM events e JOIN stories s ON s.story = e.story JOIN events f ON f.same = e.same"
            " JOIN stories t ON t.story = f.story WHERE substr(s.story_id, 1, 4) = substr(t.story_id, 1, 4) AND s.story < t.story")}


def read(name):
    with open(os.path.join(ROOT, "bench", name), encoding="utf-8") as f:
        return list(map(json.loads, f))


def main():
    words = [w for w in sys.argv[1:] if w != "-v"]
    program = words[0] if words else os.path.join(ROOT, "build/release/src/cli/dragoman")
    pairs, more, again = read("same.jsonl"), read("same-more.jsonl"), read("same-again.jsonl")
    found = linked(program, pairs) | linked(program, more) | linked(program, again)
    parts = {"developed on": [], "kept aside": [], "written for this": more, "written again": [], "written again, kept aside": []}
    for p in pairs:
        parts["developed on" if zlib.crc32(p["id"].encode()) % 2 else "kept aside"].append(p)
    for p in again:
        parts["written again" if zlib.crc32(p["id"].encode()) % 2 else "written again, kept aside"].append(p)
    for name, part in parts.items():
        true, false = [p for p in part if p["same"]], [p for p in part if not p["same"]]
        missed, wrong = [p for p in true if p["id"] not in found], [p for p in false if p["id"] in found]
        print(f"{name}: {len(missed)} of {len(true)} true pairs missed, {len(wrong)} of {len(false)} near misses linked")
        if "-v" in sys.argv and not name.endswith("kept aside"):
            for p in missed + wrong:
                print(f"  {'missed' if p['same'] else 'false'} {p['id']} {p['type']}\n    {p['a']['text']}\n    {p['b']['text']}")


main()
