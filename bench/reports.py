#!/usr/bin/env python3
"""reports.py [--errors] [DIR...]: the events of our own short reports, against what a careful coder finds.

DIR holds NAME.txt and NAME.gold.json; without it, bench/stories/dev and bench/stories/held. `dev` was used
to write rules; `held` was written before them and only measured. A gold event has the words that it rests on
(quote), its type (others that will do: type_alt), and codes of its actors and recipients: A|B either will do,
A? may be missing, a code without sector takes any, `---` is somebody whose country is not known. Events that
are optional are neither missed nor false. Where an event is symmetric the sides may be exchanged or joined.

Printed: precision, recall and F1 of the type; of type and countries; of type, countries and sectors; and of
all actors and recipients that gold demands of the events found, the share that is there.
"""
import glob, json, os, subprocess, sys

from matching import best_matching

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))


def codes(side, sectors):
    return {(a["country"] or "---", (a["sector"] or "") if sectors else "") for a in side}


def fits(alternative, found, sectors):
    country, sector = alternative[:3], alternative[3:]
    return country == found[0] and (not sectors or not sector or sector == found[1])


def side_score(gold, found):
    """The share of what either says that both say; `found` is codes()."""
    sectors = any(sector for _, sector in found)
    hit = missed = 0
    taken = set()
    for member in gold:
        alternatives = member.rstrip("?").split("|")
        which = {f for f in found if any(fits(a, f, sectors) for a in alternatives)}
        taken |= which
        if which or (not found and any(a.startswith("---") for a in alternatives)):
            hit += 1
        elif not member.endswith("?"):
            missed += 1
    total = hit + missed + len([f for f in found - taken if f[0] != "---" or gold])
    return hit / total if total else 1.0


def event_score(gold, event, sectors):
    actors, recipients = (codes(event[side], sectors) for side in ("actors", "recipients"))
    best = min(side_score(gold["actors"], actors), side_score(gold["recipients"], recipients))
    if gold.get("symmetric"):
        best = max(best, side_score(gold["actors"] + gold["recipients"], actors | recipients),
                   min(side_score(gold["recipients"], actors), side_score(gold["actors"], recipients)))
    return best


def match(gold, events, text, level):
    weight = {}
    for i, event in enumerate(events):
        for j, g in enumerate(gold):
            if event["event_type"] not in [g["event_type"], *g.get("type_alt", [])]:
                continue
            score = event_score(g, event, False), event_score(g, event, True)
            if (level > 0 and score[0] < 0.5) or (level > 1 and score[1] < 0.5):
                continue
            begin = text.find(g["quote"])
            same = event["sentence_begin"] < begin + len(g["quote"]) and begin < event["sentence_end"]
            weight[i, j] = 1000 - 100 * g.get("optional", False) + 500 * same + 40 * score[0] + 5 * score[1]
    return best_matching(weight, len(events), len(gold))


def is_content(event, events, matched):
    """Only what a speech act that was found is about, and not told as a fact."""
    parent = event.get("content_of")
    return any(e["event_id"] == parent for e in matched) and \
        (event["status"] != "actual" or event["polarity"] == "negated")


def read(path):
    with open(path, encoding="utf-8") as f:
        text = " ".join(f.read().split())
    with open(path[:-4] + ".gold.json", encoding="utf-8") as f:
        gold = json.load(f)["events"]
    done = subprocess.run([PROGRAM, "code", path], capture_output=True, text=True, check=True)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    for event in events:
        sentence = " ".join(event["text"].split())
        event["sentence_begin"] = text.find(sentence)
        event["sentence_end"] = event["sentence_begin"] + len(sentence)
    return text, gold, events


def actors_right(gold, event):
    """How many of the actors and recipients demanded there are, and how many are there."""
    found = codes(event["actors"] + event["recipients"], True)
    demanded = [m for side in ("actors", "recipients") for m in gold[side] if not m.endswith("?")]
    return len(demanded), sum(any(fits(a, f, True) for a in m.split("|") for f in found) for m in demanded)


def measure(directory, errors):
    tally = [[0, 0, 0] for _ in range(3)]
    demanded = right = 0
    paths = sorted(glob.glob(os.path.join(directory, "*.txt")))
    for path in paths:
        text, gold, events = read(path)
        for level in range(3):
            pairs = match(gold, events, text, level)
            used, found = {i for i, _ in pairs}, {j for _, j in pairs}
            matched = [events[i] for i in used]
            tally[level][0] += sum(not gold[j].get("optional") for j in found)
            tally[level][1] += sum(i not in used and not is_content(e, events, matched)
                                   for i, e in enumerate(events))
            tally[level][2] += sum(j not in found and not g.get("optional") for j, g in enumerate(gold))
            if level == 0:
                for i, j in pairs:
                    n, n_right = actors_right(gold[j], events[i])
                    demanded, right = demanded + n, right + n_right
            if level == 2 and errors:
                print(f"-- {os.path.basename(path)}")
                for j, g in enumerate(gold):
                    if j not in found and not g.get("optional"):
                        print("missed", g["event_type"], ",".join(g["actors"]), "->", ",".join(g["recipients"]), "|", g["quote"])
                for i, e in enumerate(events):
                    if i not in used:
                        who = [",".join(a["code"] or "---" for a in e[s]) for s in ("actors", "recipients")]
                        print("extra ", e["event_type"], who[0], "->", who[1], "|", e["trigger"]["text"])
    print(f"{directory}: {len(paths)} stories")
    for name, (hits, extra, missed) in zip(("type", "and countries", "and sectors"), tally):
        precision, recall = hits / max(1, hits + extra), hits / max(1, hits + missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"  {name:14} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    print(f"  actors of the events found that are right: {right} of {demanded} ({right / max(1, demanded):.3f})")


def main():
    arguments = [a for a in sys.argv[1:] if a != "--errors"]
    here = os.path.join(ROOT, "bench", "stories")
    for directory in arguments or [os.path.join(here, "dev"), os.path.join(here, "held")]:
        measure(directory, "--errors" in sys.argv)


if __name__ == "__main__":
    main()
