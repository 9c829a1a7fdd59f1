#!/usr/bin/env python3
"""Code our own sentences and list those whose expected event does not come.

usage: sentences.py [DRAGOMAN]     (default: build/release/src/cli/dragoman)"""
import json
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "../build/release/src/cli/dragoman")
with open(os.path.join(here, "sentences.tsv"), encoding="utf-8") as f:
    rows = [line.rstrip("\n").split("\t") for line in f if line.strip() and line[0] != "#"][1:]
stories = "".join(json.dumps({"id": str(i), "date": "2015-01-01", "title": "", "text": text}) + "\n"
                  for i, (text, _) in enumerate(rows))
done = subprocess.run([program, "code", "-f", "jsonl", "-"], input=stories, capture_output=True,
                      text=True, check=False)
events = {}
for line in done.stdout.splitlines():
    event = json.loads(line)
    events.setdefault(event["story_id"], []).append(event)


def countries(side):
    return {who["country"] or "---" for who in side}


right = 0
for i, (text, expected) in enumerate(rows):
    kinds, pair = expected.split(" ", 1)
    actors, recipients = ({c for c in side.split("+") if c} for side in pair.split(">"))
    found = events.get(str(i), [])
    if any(e["event_type"] in kinds.split("|") and actors <= countries(e["actors"]) and
           recipients <= countries(e["recipients"]) for e in found):
        right += 1
        continue
    print(expected, "|", text)
    for e in found:
        print("   ", e["event_type"], "+".join(sorted(countries(e["actors"]))) + ">" +
              "+".join(sorted(countries(e["recipients"]))), "|", e["trigger"]["text"], "|", e["rule"])
print(f"{right} of {len(rows)}")
