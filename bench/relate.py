#!/usr/bin/env python3
"""Measure `dragoman relate` on rows with a gold class.

usage: relate.py [--odd | --even] [--errors] GOLD.tsv PREDICTED.jsonl

GOLD.tsv has the columns sentence_id, marked_sentence and gold_root; PREDICTED.jsonl is what
`dragoman relate GOLD.tsv` wrote. Even sentence ids are for development, odd ones only to measure.
Prints precision, recall and F1 a class and, last, the macro-F1 over the classes that occur.
YIELD is CONCEDE and RETREAT together."""
import json
import sys
from collections import Counter


def read_rows(path):
    with open(path, encoding="utf-8") as f:
        header = f.readline().rstrip("\n").split("\t")
        return [dict(zip(header, line.rstrip("\n").split("\t"))) for line in f if line.strip()]


def main(argv):
    flags = {a for a in argv if a.startswith("--")}
    gold_path, predicted_path = [a for a in argv if not a.startswith("--")]
    rows = read_rows(gold_path)
    predicted = {}
    with open(predicted_path, encoding="utf-8") as f:
        for line in f:
            p = json.loads(line)
            predicted[p["row"]] = p
    right, told, there, confused = Counter(), Counter(), Counter(), Counter()
    for i, row in enumerate(rows, 1):
        odd = int(row["sentence_id"]) % 2 == 1
        if ("--odd" in flags and not odd) or ("--even" in flags and odd):
            continue
        p = predicted.get(i, {})
        kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(p.get("event_type"), p.get("event_type"))
        gold = row["gold_root"]
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
