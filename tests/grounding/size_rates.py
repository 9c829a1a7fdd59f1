#!/usr/bin/env python3
"""How often the numbers of events are right: codes the stories of sizes.tsv and prints rates by set.

    tests/grounding/size_rates.py PROGRAM [-v]
"""
import json
import os
import subprocess
import sys


def told(text):
    """bounds as the table writes them"""
    return None if text == "-" else float(text)


def main():
    program, verbose = sys.argv[1], "-v" in sys.argv[2:]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sizes.tsv"), encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table if line.strip() and line[0] != "#"][1:]
    stories = "".join(json.dumps({"id": str(i), "date": "2026-01-15", "text": row[1]}) + "\n" for i, row in enumerate(rows))
    done = subprocess.run([program, "code", "-f", "jsonl", "--from=jsonl", "-"], input=stories, text=True, stdout=subprocess.PIPE, check=True)
    events = {}
    for line in done.stdout.splitlines():
        event = json.loads(line)
        events.setdefault(int(event["story_id"]), []).append(event)
    rates = {}
    for i, (name, text, trigger, kind, low, high) in enumerate(rows):
        found = events.get(i, [])
        asked = [e for e in found if trigger in e["trigger"]["text"]] or found
        sizes = [e.get("size", {}) for e in asked]
        if kind == "-":
            right = not any(sizes)
        else:
            right = any(kind in s and s[kind]["min"] == told(low) and s[kind]["max"] == told(high) for s in sizes)
        tally = rates.setdefault(name, [0, 0, 0])
        tally[0] += 1
        tally[1] += bool(found)
        tally[2] += right
        if verbose and not right:
            print("%s: %s\n    wanted %s %s %s, found %s" % (name, text, kind, low, high, [(e["trigger"]["text"], e.get("size")) for e in found]))
    for name, (n, coded, right) in rates.items():
        print("sizes, %s: %d of %d right (%.2f); %d of the stories have an event" % (name, right, n, right / n, coded))


if __name__ == "__main__":
    main()
