#!/usr/bin/env python3
"""Events, sides and false alarms on the third of the development data that is kept aside, with 95 % intervals.

    bench/aside.py ../shared/data [-p PROGRAM] [-n 2000] [OPTION OF `dragoman code`...]

Codes briefs, reports and look-alikes of the folder, counts by its own scorer (articles/score_events.py) and draws stories
2,000 times with replacement. Levels: (i) type, (ii) and countries of both sides, (ii') countries exactly, (iii) and sectors;
always in the sentence that the gold quotes.
"""
import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import zlib

LEVELS = (("(i) type", "type"), ("(ii) + countries", "countries"), ("(ii') countries exactly", "countries-strict"),
          ("(iii) + sectors", "sectors"))


def is_aside(name):
    return zlib.crc32(name.encode()) % 3 == 0


def scorer_of(data):
    spec = importlib.util.spec_from_file_location("score_events", os.path.join(data, "articles", "score_events.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def code(program, options, files, out):
    with open(out, "wb") as f:
        subprocess.run([program, "code", "-f", "jsonl", *options, *files], stdout=f, stderr=subprocess.DEVNULL, check=False)


def counts(scorer, gold, predicted, basis, is_counted=is_aside):
    """-> {level: [(right, tp, fp, fn) of each story that is counted]}"""
    docs = [d for d in scorer.read_gold(gold)]
    found, _, _ = scorer.read_preds([predicted], [d.name for d in docs])
    out = {level: [] for _, level in LEVELS}
    for d in docs:
        if not is_counted(d.name):
            continue
        mine = found[d.name]
        for p in mine:
            p["_span"] = scorer.anchor(d, p, basis)
            p["_trigger"] = scorer.trigger_span(d, p, basis)
        for _, level in LEVELS:
            pairs = scorer.match_doc(d, mine, level, True)
            got = {d.events[j]["group"] for _, j in pairs if d.events[j]["counts"]}
            free = scorer.neutral(d, mine, pairs)
            out[level].append((len(pairs), len(got), len(mine) - len(pairs) - len(free), len(d.required - got)))
    return out


def f1(rows):
    right, tp, fp, fn = (sum(c) for c in zip(*rows))
    p = right / (right + fp) if right + fp else 0
    r = tp / (tp + fn) if tp + fn else 0
    return 2 * p * r / (p + r) if p + r else 0


def share(rows):
    return sum(rows) / len(rows)


def interval(rows, measure, n):
    draw = random.Random(1)
    values = sorted(measure([rows[draw.randrange(len(rows))] for _ in rows]) for _ in range(n))
    return f"{measure(rows):.3f} [{values[int(n * .025)]:.3f}, {values[int(n * .975) - 1]:.3f}]"


def sets_of(data):
    """-> (title, folder of the gold, files, what offsets count from) of each set"""
    articles, briefs = os.path.join(data, "articles"), os.path.join(data, "briefs")
    return (("briefs", briefs, [os.path.join(briefs, "briefs.jsonl")], "characters after the date line"),
            ("reports", articles, sorted(os.path.join(articles, f) for f in os.listdir(articles) if f.endswith(".txt")),
             "characters of the file"))


def false_alarms(data, program, options, path, is_counted=is_aside):
    """-> [the look-alike has false material conflict] of each that is counted"""
    items = os.path.join(data, "lookalikes", "items.jsonl")
    code(program, options, [items], path)
    bad = {e["story_id"] for e in map(json.loads, open(path, encoding="utf-8"))
           if e["quad"] == 4 and e["status"] == "actual" and e["polarity"] == "affirmed"}
    return [i["id"] in bad for i in map(json.loads, open(items, encoding="utf-8")) if is_counted(i["id"])]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data")
    ap.add_argument("-p", "--program", default="build/release/src/cli/dragoman")
    ap.add_argument("-n", type=int, default=2000)
    a, options = ap.parse_known_args()
    scorer = scorer_of(a.data)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "events.jsonl")
        for title, gold, files, basis in sets_of(a.data):
            code(a.program, options, files, path)
            by_level = counts(scorer, gold, path, basis)
            print(f"{title}, {len(by_level['type'])} stories")
            for label, level in LEVELS:
                print(f"  {label:26}{interval(by_level[level], f1, a.n)}")
        alarms = false_alarms(a.data, a.program, options, path)
        print(f"look-alikes, {len(alarms)} stories\n  false material conflict   {interval(alarms, share, a.n)}")


if __name__ == "__main__":
    sys.exit(main())
