#!/usr/bin/env python3
"""contrast.py [--half developed|kept] [--errors] [--kinds]: minimal pairs of one deed that was done, denied, not done, promised,
demanded, feared, attempted (bench/contrast.tsv), each with its polarity and status.

Rules were made with an eye on the half whose ids have an even CRC-32; the other half is kept aside: `--errors` does not list
what is wrong there. An event is found if its trigger has the word that the table names; of several, one of the right type is
taken, and of those the one with the shortest trigger. Rates are of the events found."""
import argparse, json, os, subprocess, sys, zlib
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
FIELDS = ("polarity", "status", "both", "type", "speaker")


def read_cases():
    with open(os.path.join(HERE, "contrast.tsv"), encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def half(case):
    return "kept" if zlib.crc32(case["id"].encode()) % 2 else "developed"


def code(cases):
    """-> {id of a case: its events}"""
    stories = "".join(json.dumps({"id": case["id"], "date": "2025-03-12", "text": case["sentence"]}) + "\n" for case in cases)
    done = subprocess.run([PROGRAM, "code", "--tables", TABLES, "-f", "jsonl", "-"], input=stories, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    found = {case["id"]: [] for case in cases}
    for event in map(json.loads, done.stdout.splitlines()):
        found[event["story_id"]].append(event)
    return found


def readings(case):
    """-> [(types, polarity, statuses)], any of which is right"""
    types, polarities, statuses = (case[f].split("/") for f in ("type", "polarity", "status"))
    if len(polarities) == 1:
        return [(types, polarities[0], statuses)]
    types = types * len(polarities) if len(types) == 1 else types
    return [([t], p, [s]) for t, p, s in zip(types, polarities, statuses)]


def voice(code):
    """A country that speaks and its government are one voice."""
    return code[:3] if len(code) == 6 and code.endswith("GOV") and code[0] != "-" else code


def speaker(event):
    chain = event["attribution"]
    return ((chain[-1]["speaker"] or {}).get("code") or "?") if chain else "-"


def judge(case, event):
    """-> {field: right or not}"""
    ways = [r for r in readings(case) if event["event_type"] in r[0]]
    told = {"type": bool(ways), "speaker": case["speaker"] == "*" or voice(case["speaker"]) == voice(speaker(event))}
    ways = ways or readings(case)
    told["polarity"] = any(event["polarity"] == p for _, p, _ in ways)
    told["status"] = any(event["status"] in s for _, _, s in ways)
    told["both"] = any(event["polarity"] == p and event["status"] in s for _, p, s in ways)
    return told


def measure(name, cases, options):
    events = code(cases)
    right, asked, missed, wrong = Counter(), 0, [], Counter()
    for case in cases:
        kind = case["id"].partition("-")[2]
        hits = [e for e in events[case["id"]] if case["trigger"] in e["trigger"]["text"]]
        if not hits:
            missed.append(case)
            continue
        types = case["type"].split("/")
        event = min(hits, key=lambda e: (e["event_type"] not in types, len(e["trigger"]["text"])))
        told, asked = judge(case, event), asked + 1
        right.update(f for f in FIELDS if told[f])
        wrong.update([kind] * (not told["both"]))
        if options.errors and name == "developed" and not all(told.values()):
            print(f"  {', '.join(f for f in FIELDS if not told[f])}: {event['event_type']} {event['polarity']} {event['status']} by "
                  f"{speaker(event)}, not {case['type']} {case['polarity']} {case['status']} by {case['speaker']}: "
                  f"[{case['trigger']}] {case['sentence']}")
    if options.errors and name == "developed":
        for case in missed:
            print(f"  not found: [{case['trigger']}] {case['sentence']}")
    print(f"{name:10}", "  ".join(f"{f} {right[f] / max(1, asked):.3f}" for f in FIELDS), f" found {asked}, not found {len(missed)}")
    if options.kinds:
        print("    wrong:", ", ".join(f"{kind} {n}" for kind, n in wrong.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("developed", "kept"))
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the half developed on")
    parser.add_argument("--kinds", action="store_true", help="count what is wrong by kind")
    options = parser.parse_args()
    cases = read_cases()
    for name in ("developed", "kept"):
        if options.half in (None, name):
            measure(name, [case for case in cases if half(case) == name], options)


main()
