#!/usr/bin/env python3
"""Bare roles ("police", "the army", "three soldiers"): how often is their state the right one, where the coders give one?

    bench/roles.py ../shared/data [PROGRAM]

On the third of briefs and reports that is kept aside (bench/aside.py). Counted are sides by role or inferred whose words
name no state and nobody, to which the program gave a state, in events whose type is found in the sentence that the
gold quotes; right is a state that the gold has on that side.
"""
import glob, os, re, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from aside import code, is_aside, scorer_of

BASIS = "characters after the date line"


def is_bare(side):
    inner = re.sub(r"^\S+\s*", "", side["text"])  # the first word may be capital without being a name
    return side["via"] in ("role", "inferred") and side["country"] and not re.search(r"[A-Z]", inner)


def count(scorer, gold, predicted):
    docs = [d for d in scorer.read_gold(gold) if is_aside(d.name)]
    found, _, _ = scorer.read_preds([predicted], [d.name for d in docs])
    n = right = 0
    for d in docs:
        mine = found[d.name]
        for p in mine:
            p["_span"], p["_trigger"] = scorer.anchor(d, p, BASIS), scorer.trigger_span(d, p, BASIS)
        for i, j in scorer.match_doc(d, mine, "type", True):
            for side in "actors", "recipients":
                states = {state for member in d.events[j][side] for state, _ in scorer.gold_member(member)[0]} - {"---"}
                for one in filter(is_bare, mine[i][side] if states else []):
                    n += 1
                    right += one["country"] in states
    return n, right


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    data = sys.argv[1]
    program = sys.argv[2] if len(sys.argv) > 2 else "build/release/src/cli/dragoman"
    scorer = scorer_of(data)
    total = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        for name, gold, files in ("briefs", "briefs", [os.path.join(data, "briefs/briefs.jsonl")]), (
                "reports", "articles", sorted(glob.glob(os.path.join(data, "articles/*.txt")))):
            out = os.path.join(folder, name)
            code(program, [], files, out)
            n, right = count(scorer, os.path.join(data, gold), out)
            total = [total[0] + n, total[1] + right]
            print(f"{name:8} {right} of {n}, {right / n:.3f}")
    print(f"{'all':8} {total[1]} of {total[0]}, {total[1] / total[0]:.3f}")


main()
