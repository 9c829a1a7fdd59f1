#!/usr/bin/env python3
"""contexts.py [--errors] [DIR...]: the contexts of events, against those that a careful coder sees.

DIR holds stories as reports.py has them; without it, bench/stories/dev and bench/stories/held. Counted are the events whose
gold has `contexts` and that are found (by type): micro precision, recall and F1 over all pairs of event and context, and, for
contexts that gold or the program give at least five times, each by itself. `dev` was read to mend words, `held` only measured.
"""
import collections, glob, os, sys

from reports import ROOT, match, read


def f1(hits, extra, missed):
    precision, recall = hits / max(1, hits + extra), hits / max(1, hits + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def measure(directory, errors):
    tally = collections.defaultdict(lambda: [0, 0, 0])
    n = 0
    for path in sorted(glob.glob(os.path.join(directory, "*.txt"))):
        text, gold, events = read(path)
        for i, j in match(gold, events, text, 0):
            if "contexts" not in gold[j]:
                continue
            n += 1
            wanted, found = set(gold[j]["contexts"]), set(events[i]["contexts"])
            for k, contexts in enumerate((wanted & found, found - wanted, wanted - found)):
                for context in contexts:
                    tally[context][k] += 1
            if errors and wanted != found:
                print(f"{os.path.basename(path)[:-4]}: {gold[j]['quote'][:60]}: extra {sorted(found - wanted)}, missed {sorted(wanted - found)}")
    total = [sum(t[k] for t in tally.values()) for k in range(3)]
    print(f"{directory}: {n} events, {f1(*total)}")
    for context, counts in sorted(tally.items()):
        if sum(counts) >= 5:
            print(f"  {context:22} {f1(*counts)}  of {counts[0] + counts[2]}")


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--errors"]
    for directory in arguments or [os.path.join(ROOT, "bench", "stories", name) for name in ("dev", "held")]:
        measure(directory, "--errors" in sys.argv)
