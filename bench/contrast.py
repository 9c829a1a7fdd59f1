#!/usr/bin/env python3
"""contrast.py [--half developed|kept] [--errors] [--kinds]: minimal pairs of one deed that was done, denied, not done, promised,
demanded, feared, attempted (bench/contrast.tsv), each with its polarity and status.

Rules were made with an eye on the half whose ids have an even CRC-32; the other half is kept aside: `--errors` does not list
what is wrong there. An event is found if its trigger has the word that the table names; of several, one of the right type is
taken, and of those the one with the shortest trigger. Rates are of the events found. The same of events of raw reports whose
status is unusual or that are negated (bench/unusual.tsv: places in texts of the shared data, skipped where those are missing)."""
import argparse, json, os, subprocess, sys, zlib
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
SHARED = os.path.abspath(os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data")))
FIELDS = ("polarity", "status", "both", "type", "speaker")


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def contrasts():
    """-> {half: cases}, {id: story}"""
    halves, stories = {"developed": [], "kept": []}, {}
    for case in rows("contrast.tsv"):
        halves["kept" if zlib.crc32(case["id"].encode()) % 2 else "developed"].append(case)
        stories[case["id"]] = {"id": case["id"], "date": "2025-03-12", "text": case["sentence"]}
        case.update(story=case["id"], span=None, kind=case["id"].partition("-")[2], told=f"[{case['trigger']}] {case['sentence']}")
    return {"contrast, " + half: cases for half, cases in halves.items()}, stories


def unusual():
    """The same of bench/unusual.tsv, whose texts are not the project's."""
    path = os.path.join(SHARED, "raw", "current-events.jsonl")
    if not os.path.exists(path):
        print("skipped: the raw reports are not there")
        return {}, {}
    halves, cases = {"developed": [], "kept": []}, rows("unusual.tsv")
    wanted = {case["story"] for case in cases}
    with open(path, encoding="utf-8") as f:
        stories = {s["id"]: {k: s[k] for k in ("id", "date", "text")} for s in map(json.loads, f) if s["id"] in wanted}
    for case in cases:
        begin, end = map(int, case["trigger"].split("-"))
        text = stories[case["story"]]["text"]
        case.update(span=(begin, end), speaker="*", kind="report", told=f"{case['story']} [{text[begin:end]}]")
        halves["developed" if zlib.crc32(case["story"].encode()) % 3 else "kept"].append(case)
    return {"reports, " + half: cases for half, cases in halves.items()}, stories


def code(stories):
    """-> {id of a story: its events}"""
    done = subprocess.run([PROGRAM, "code", "--tables", TABLES, "-f", "jsonl", "-"], capture_output=True, text=True,
                          input="".join(json.dumps(s) + "\n" for s in stories.values()))
    if done.returncode != 0:
        sys.exit(done.stderr)
    found = {name: [] for name in stories}
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


def is_about(case, event):
    trigger = event["trigger"]
    if not case["span"]:
        return case["trigger"] in trigger["text"]
    return trigger["begin"] < case["span"][1] and case["span"][0] < trigger["end"]


def judge(case, event):
    """-> {field: right or not}"""
    ways = [r for r in readings(case) if event["event_type"] in r[0] or r[0] == ["*"]]
    told = {"type": bool(ways), "speaker": case["speaker"] == "*" or voice(case["speaker"]) == voice(speaker(event))}
    ways = ways or readings(case)
    told["polarity"] = any(event["polarity"] == p for _, p, _ in ways)
    told["status"] = any(event["status"] in s for _, _, s in ways)
    told["both"] = any(event["polarity"] == p and event["status"] in s for _, p, s in ways)
    return told


def measure(name, cases, events, options):
    right, missed, wrong = Counter(), [], Counter()
    errors = options.errors and name.endswith("developed")
    for case in cases:
        hits = [e for e in events[case["story"]] if is_about(case, e)]
        if not hits:
            missed.append(case)
            continue
        types = case["type"].split("/")
        event = min(hits, key=lambda e: (e["event_type"] not in types, len(e["trigger"]["text"])))
        told = judge(case, event)
        right.update(f for f in FIELDS if told[f])
        wrong.update([case["kind"]] * (not told["both"]))
        if errors and not all(told.values()):
            print(f"  {', '.join(f for f in FIELDS if not told[f])}: {event['event_type']} {event['polarity']} {event['status']} by "
                  f"{speaker(event)}, not {case['type']} {case['polarity']} {case['status']} by {case['speaker']}: {case['told']}")
    if errors:
        for case in missed:
            print(f"  not found: {case['told']}")
    found = len(cases) - len(missed)
    print(f"{name:19}", "  ".join(f"{f} {right[f] / max(1, found):.3f}" for f in FIELDS), f" found {found}, not found {len(missed)}")
    if options.kinds:
        print("    wrong:", ", ".join(f"{kind} {n}" for kind, n in wrong.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("developed", "kept"))
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the half developed on")
    parser.add_argument("--kinds", action="store_true", help="count what is wrong by kind")
    options = parser.parse_args()
    for halves, stories in contrasts(), unusual():
        events = code(stories)
        for name, cases in halves.items():
            if not options.half or name.endswith(options.half):
                measure(name, cases, events, options)


main()
