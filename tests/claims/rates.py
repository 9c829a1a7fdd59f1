#!/usr/bin/env python3
"""rates.py [--set dev|held] [--errors] [--constructions]: how often polarity, status, speaker, condition
and background are right on tests/claims/sentences.tsv. Counted are the events that were found; how many
were not is said. `--errors` lists what is wrong in `dev` (what is wrong in `held` is counted by
construction only, so that no rule is made for it). Fails below the floors, which are a little under
what was last measured."""
import argparse, json, os, subprocess, sys
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
FIELDS = ("polarity", "status", "speaker", "condition", "historical")
FLOORS = {"dev": {"polarity": 0.97, "status": 0.96, "speaker": 0.94, "condition": 0.98, "historical": 0.98},
          "held": {"polarity": 0.95, "status": 0.90, "speaker": 0.92, "condition": 0.96, "historical": 0.98}}


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


def voice(code):
    """A country that speaks and its government are one voice."""
    return code[:3] if len(code) == 6 and code.endswith("GOV") and code[0] != "-" else code


def said(event):
    chain = event["attribution"]
    return {"polarity": event["polarity"], "status": event["status"],
            "speaker": ((chain[-1]["speaker"] or {}).get("code") or "?") if chain else "-",
            "condition": "if" if event["condition"] else "-",
            "historical": "hist" if event["historical"] else "-"}


def measure(group, cases, options):
    """-> rate of each field; prints what is wrong"""
    sentences = list(dict.fromkeys(case["sentence"] for case in cases))
    events = dict(zip(sentences, code(sentences)))
    right, asked, wrong, missed = Counter(), Counter(), Counter(), Counter()
    for case in cases:
        hits = [e for e in events[case["sentence"]] if case["trigger"] in e["trigger"]["text"]]
        if not hits:
            missed[case["construction"]] += 1
            if options.errors and group == "dev":
                print(f"not found: [{case['trigger']}] {case['sentence']}")
            continue
        got = said(min(hits, key=lambda e: len(e["trigger"]["text"])))
        for field in FIELDS:
            if case[field] == "*":
                continue
            asked[field] += 1
            same = voice(got[field]) == voice(case[field])
            right[field] += same
            if not same:
                wrong[case["construction"], field] += 1
                if options.errors and group == "dev":
                    print(f"{field}: {got[field]}, not {case[field]}: [{case['trigger']}] {case['sentence']}")
    rates = {f: right[f] / max(1, asked[f]) for f in FIELDS}
    print(group, "  ".join(f"{f} {rates[f]:.3f}" for f in FIELDS), f" sentences {len(sentences)},",
          f"events found {asked['polarity']}, not found {sum(missed.values())}")
    if options.constructions:
        for name in dict.fromkeys(case["construction"] for case in cases):
            bad = ", ".join(f"{f} {wrong[name, f]}" for f in FIELDS if wrong[name, f])
            n = sum(case["construction"] == name for case in cases)
            print(f"    {name}: of {n}{', wrong: ' + bad if bad else ''}"
                  f"{f', not found: {missed[name]}' if missed[name] else ''}")
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--constructions", action="store_true")
    options = parser.parse_args()
    cases = read_cases()
    failed = False
    for group in ("dev", "held"):
        if options.set in (None, group):
            rates = measure(group, [case for case in cases if case["set"] == group], options)
            failed |= any(rates[f] < floor for f, floor in FLOORS.get(group, {}).items())
    sys.exit(1 if failed else 0)


main()
