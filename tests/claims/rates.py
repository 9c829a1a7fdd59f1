#!/usr/bin/env python3
"""rates.py [--errors]: how often polarity, status, speaker, condition and background are right on
tests/claims/sentences.tsv. Counted are the events that were found; how many were not is said. Fails
below the floors, which are a little under what was last measured."""
import json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
FIELDS = ("polarity", "status", "speaker", "condition", "historical")
FLOORS = {"polarity": 0.95, "status": 0.92, "speaker": 0.90, "condition": 0.95, "historical": 0.95}


def read_cases():
    with open(os.path.join(HERE, "sentences.tsv"), encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def code(sentences):
    stories = "".join(json.dumps({"id": str(i), "date": "2015-06-10", "text": s}) + "\n"
                      for i, s in enumerate(sentences))
    done = subprocess.run([PROGRAM, "code", "--tables", TABLES, "-f", "jsonl", "-"], input=stories,
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    found = {}
    for line in done.stdout.splitlines():
        event = json.loads(line)
        found.setdefault(event["story_id"], []).append(event)
    return [found.get(str(i), []) for i in range(len(sentences))]


def said(event):
    chain = event["attribution"]
    return {"polarity": event["polarity"], "status": event["status"],
            "speaker": ((chain[-1]["speaker"] or {}).get("code") or "?") if chain else "-",
            "condition": "if" if event["condition"] else "-",
            "historical": "hist" if event["historical"] else "-"}


def main():
    cases = read_cases()
    sentences = list(dict.fromkeys(case["sentence"] for case in cases))
    events = dict(zip(sentences, code(sentences)))
    right, asked, missed = {}, {}, {}
    for case in cases:
        group = case["set"]
        hits = [e for e in events[case["sentence"]] if case["trigger"] in e["trigger"]["text"]]
        if not hits:
            missed[group] = missed.get(group, 0) + 1
            continue
        got = said(min(hits, key=lambda e: len(e["trigger"]["text"])))
        for field in FIELDS:
            if case[field] == "*":
                continue
            asked[group, field] = asked.get((group, field), 0) + 1
            if got[field] == case[field]:
                right[group, field] = right.get((group, field), 0) + 1
            elif "--errors" in sys.argv:
                print(f"{group} {field}: {got[field]}, not {case[field]}: [{case['trigger']}] {case['sentence']}")
    failed = False
    for group in ("dev", "held"):
        rates = {f: right.get((group, f), 0) / max(1, asked.get((group, f), 0)) for f in FIELDS}
        print(group, "  ".join(f"{f} {rates[f]:.3f}" for f in FIELDS),
              f" events found {asked.get((group, 'polarity'), 0)}, not found {missed.get(group, 0)}")
        failed |= group == "dev" and any(rates[f] < FLOORS[f] for f in FIELDS)
    sys.exit(1 if failed else 0)


main()
