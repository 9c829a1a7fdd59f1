#!/usr/bin/env python3
"""Measure `dragoman relate` on rows with a gold class.

usage: relate.py [--odd | --even] [--folds N] [--quad] [--errors] GOLD.tsv PREDICTED.jsonl...

GOLD.tsv has the columns sentence_id, marked_sentence and gold_root; PREDICTED.jsonl is what
`dragoman relate GOLD.tsv` wrote. Even sentence ids are for development, odd ones only to measure.
With --folds N there are N such files: the rows whose sentence_id leaves K when divided by N are
taken from file K, of a table that was learned without them (`train relate --folds N --fold K`).
--quad: only whether cooperation or conflict, verbal or material (column gold_penta).
Prints precision, recall and F1 a class and, last, the macro-F1 over the classes that occur.
YIELD is CONCEDE and RETREAT together."""
import json
import sys
from collections import Counter


def read_rows(path):
    with open(path, encoding="utf-8") as f:
        header = f.readline().rstrip("\n").split("\t")
        return [dict(zip(header, line.rstrip("\n").split("\t"))) for line in f if line.strip()]


# Most rows of a class have this in gold_penta.
QUADS = dict(
    AGREE="1", CONSULT="1", SUPPORT="1", AID="2", COOPERATE="2", YIELD="2", ACCUSE="3", REJECT="3",
    REQUEST="3", THREATEN="3", ASSAULT="4", COERCE="4", MOBILIZE="4", PROTEST="4", SANCTION="4",
)


def read_predicted(path):
    with open(path, encoding="utf-8") as f:
        return {p["row"]: p for p in map(json.loads, f)}


def main(argv):
    folds = 1
    if "--folds" in argv:
        at = argv.index("--folds")
        folds = int(argv[at + 1])
        argv = argv[:at] + argv[at + 2 :]
    flags = {a for a in argv if a.startswith("--")}
    paths = [a for a in argv if not a.startswith("--")]
    if not paths or "--help" in flags:
        sys.exit(__doc__)
    gold_path, *predicted_paths = paths
    rows = read_rows(gold_path)
    if len(predicted_paths) != folds:
        sys.exit("relate.py: one file of predictions, or with --folds N as many as N")
    predicted = [read_predicted(path) for path in predicted_paths]
    right, told, there, confused = Counter(), Counter(), Counter(), Counter()
    for i, row in enumerate(rows, 1):
        odd = int(row["sentence_id"]) % 2 == 1
        if ("--odd" in flags and not odd) or ("--even" in flags and odd):
            continue
        p = predicted[int(row["sentence_id"]) % folds].get(i, {})
        kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(p.get("event_type"), p.get("event_type"))
        gold = row["gold_root"]
        if "--quad" in flags:
            kind, gold = QUADS.get(kind), row["gold_penta"]
        there[gold] += 1
        told[kind] += 1
        right[gold] += kind == gold
        if kind != gold:
            confused[gold, kind] += 1
            if "--errors" in flags:
                print(gold, kind, p.get("trigger"), "|", row["marked_sentence"], sep="\t")
    scores = []
    for kind in sorted(there):
        precision = right[kind] / told[kind] if told[kind] else 0.0
        recall = right[kind] / there[kind]
        scores.append(2 * precision * recall / (precision + recall) if right[kind] else 0.0)
        print(f"{kind:10} P {precision:.3f}  R {recall:.3f}  F1 {scores[-1]:.3f}  of {there[kind]}")
    print("most confused:", ", ".join(f"{g} as {k} {n}" for (g, k), n in confused.most_common(14)))
    print(f"accuracy {sum(right.values()) / sum(there.values()):.3f}")
    print(f"MACRO-F1 {sum(scores) / len(scores):.4f}")


main(sys.argv[1:])
