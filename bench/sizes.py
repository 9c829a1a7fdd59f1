#!/usr/bin/env python3
"""sizes.py [--half developed|kept] [--errors] [DATA]: how many died, were injured, arrested and so on, in raw reports: whether each
number stands at an event of the act that it belongs to, with its bounds (bench/sizes.tsv: places in texts of the shared data).

Stories whose id has a CRC-32 divisible by 3 are kept aside: `--errors` does not list what is wrong there. An event is of the act if
its trigger has one of the words that the table names. Crimes of private people are counted apart: the codebook leaves most of them
out. DATA is the folder of the shared data, default ../shared/data."""
import argparse, json, os, subprocess, sys, zlib
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
SHARED = os.path.abspath(os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data")))
HARM = ("dead", "injured")
GROUPS = ("dead, injured", "of private crimes", "other kinds")
ANSWERS = ("right", "wrong value", "wrong event", "no number", "no event")


def span(text):
    return tuple(map(int, text.split("-")))


def table():
    """-> {half: {story: its numbers}}"""
    with open(os.path.join(HERE, "sizes.tsv"), encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]
    halves = {"developed": {}, "kept": {}}
    for row in (dict(zip(lines[0], line)) for line in lines[1:]):
        half = halves["developed" if zlib.crc32(row["story"].encode()) % 3 else "kept"]
        numbers = half.setdefault(row["story"], [])
        if row["kind"] == "-":
            continue
        row["number"] = span(row["number"])
        row["bounds"] = [[None if v == "-" else float(v) for v in row[f].split("/")] for f in ("min", "max")]
        row["acts"] = [span(s) for s in row["act"].split("/")] if row["act"] not in "-?" else []
        numbers.append(row)
    return halves


def code(path, wanted):
    """-> {id of a story: its text}, {id: its events}"""
    with open(path, encoding="utf-8") as f:
        stories = [{k: s[k] for k in ("id", "date", "text")} for s in map(json.loads, f) if s["id"] in wanted]
    done = subprocess.run([PROGRAM, "code", "--tables", TABLES, "-f", "jsonl", "-"], capture_output=True, text=True,
                          input="".join(json.dumps(s) + "\n" for s in stories))
    if done.returncode != 0:
        sys.exit(done.stderr)
    events = {s["id"]: [] for s in stories}
    for event in map(json.loads, done.stdout.splitlines()):
        events[event["story_id"]].append(event)
    return {s["id"]: s["text"] for s in stories}, events


def is_of(number, event):
    trigger = event["trigger"]
    return any(trigger["begin"] < end and begin < trigger["end"] for begin, end in number["acts"])


def has_value(number, size):
    return size["min"] in number["bounds"][0] and size["max"] in number["bounds"][1]


def is_told_by(number, kind, size):
    return kind == number["kind"] and size["begin"] < number["number"][1] and number["number"][0] < size["end"]


def answer(number, events):
    """-> one of ANSWERS"""
    kind, of_act = number["kind"], [e for e in events if is_of(number, e)]
    sizes = [e["size"][kind] for e in of_act if kind in e.get("size", {})]
    if any(has_value(number, s) for s in sizes):
        return "right"
    if any(is_told_by(number, kind, e["size"][kind]) for e in events if kind in e.get("size", {}) and e not in of_act):
        return "wrong event"
    return "wrong value" if sizes else "no number" if of_act else "no event"


def written(numbers, events):
    """-> for each size of the events, unless it is not asked: (its event, kind, whether it is right)"""
    for event in events:
        for kind, size in event.get("size", {}).items():
            told = [n for n in numbers if is_told_by(n, kind, size)]
            if not any(n["act"] == "?" for n in told):
                yield event, kind, any(is_of(n, event) and has_value(n, size) for n in numbers if n["kind"] == kind)


def show(event, kind):
    size = event["size"][kind]
    return f"{kind} {size['min']} {size['max']} at [{event['trigger']['text']}]"


def errors(story, text, numbers, events):
    lines = [f"  {a}: {n['kind']} {n['min']} {n['max']} of [{n['word']}]" for n in numbers if n["acts"]
             for a in [answer(n, events)] if a != "right"]
    lines += [f"  not so: {show(e, kind)}" for e, kind, right in written(numbers, events) if not right]
    if lines:
        print(f"{story}: {text}\n  events: {', '.join(e['event_type'] + ' [' + e['trigger']['text'] + ']' for e in events)}")
        print("\n".join(lines))


def measure(half, stories, texts, events, options):
    answers, sizes, free = {group: Counter() for group in GROUPS}, Counter(), Counter()
    for story, numbers in stories.items():
        found = events[story]
        for n in numbers:
            if n["acts"]:
                group = GROUPS[1 if n["whose"] == "private" else 0 if n["kind"] in HARM else 2]
                answers[group][answer(n, found)] += 1
            elif n["act"] == "-":
                free[any(is_told_by(n, k, s) for e in found for k, s in e.get("size", {}).items())] += 1
        sizes.update(right for _, _, right in written(numbers, found))
        if options.errors and half == "developed":
            errors(story, texts[story], numbers, found)
    for group, told in answers.items():
        n = told.total()
        print(f"{half:9}  {group:17}  {n:3} numbers: " + ", ".join(f"{a} {told[a] / max(1, n):.3f}" for a in ANSWERS)
              + f"; right where the act has an event {told['right'] / max(1, n - told['no event']):.3f}")
    print(f"{half:9}  sizes written {sizes.total()}, right {sizes[True] / max(1, sizes.total()):.3f}; "
          f"numbers of no act {free.total()}, given to an event {free[True]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("developed", "kept"))
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the half developed on")
    parser.add_argument("data", nargs="?", default=SHARED)
    options = parser.parse_args()
    path = os.path.join(options.data, "raw", "current-events.jsonl")
    if not os.path.exists(path):
        print("skipped: the raw reports are not there")
        return
    halves = table()
    texts, events = code(path, {story for half in halves.values() for story in half})
    for half, stories in halves.items():
        if half == (options.half or half):
            measure(half, stories, texts, events, options)


main()
