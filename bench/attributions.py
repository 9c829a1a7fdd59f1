#!/usr/bin/env python3
"""attributions.py [--set dev|held] [--errors]: how well `dragoman quotes` finds source, cue and content.

Measured on bench/attributions.tsv (places in the twelve reports of the shared data; skipped where those are missing) and
on tests/claims/attributions.tsv (sentences of our own, marked). An attribution found is paired with the annotated one
that shares most words with it, cue or content at least. Of each of the three parts: precision, recall and F1 of parts that are
exactly the same; of parts that share a word (`overlap`); and by the share of words in common (`share`: Johansson and
Moschitti 2013). What is found without a cue (quotation marks alone) is not counted."""
import argparse, json, os, re, subprocess, sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
SHARED = os.path.abspath(os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data")))
PARTS = ("source", "cue", "content")


def rows(path):
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def quotes(*arguments, stdin=None):
    done = subprocess.run([PROGRAM, "quotes", "--tables", TABLES, *arguments], input=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def words(text, spans):
    """The places of the words in some spans: marks and blanks are nobody's."""
    return frozenset(begin + m.start() for begin, end in spans for m in re.finditer(r"\w+", text[begin:end]))


def span(cell):
    return tuple(map(int, cell.split("-")))


# ---- the two sets: -> {set: [(text, gold attributions, found attributions)]}


def reports():
    folder = os.path.join(SHARED, "articles")
    if not os.path.isdir(folder):
        print("skipped: the reports are not there")
        return {}
    found, out, places = {}, defaultdict(list), defaultdict(lambda: ([], []))
    for row in rows(os.path.join(HERE, "attributions.tsv")):
        sentences, gold = places[row["set"], row["story"]]
        if row["cue"] == "-":
            sentences.append(span(row["sentence"]))
        else:
            gold.append({"source": [] if row["source"] == "-" else [span(row["source"])], "cue": [span(row["cue"])],
                         "content": [span(c) for c in row["content"].split()]})
    for (group, story), (sentences, gold) in places.items():
        path = os.path.join(folder, story + ".txt")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        inside = lambda q: any(b <= q["cue"][0] < e for b, e in sentences)
        found = [q for q in quotes(path) if q["cue"] and inside(q)]
        out[group].append((text, gold, found))
    return out


def own():
    """Marked sentences: [s source] [c cue] [t content], the same letter and number for parts of further attributions."""
    out, texts, golds = defaultdict(list), [], []
    cases = rows(os.path.join(ROOT, "tests/claims/attributions.tsv"))
    for case in cases:
        text, open_marks, gold = "", [], defaultdict(lambda: {part: [] for part in PARTS})
        for piece in re.split(r"(\[[sct]\d* |\])", case["sentence"]):
            if re.fullmatch(r"\[[sct]\d* ", piece):
                open_marks.append((piece[1], piece[2:-1], len(text)))
            elif piece == "]":
                letter, number, begin = open_marks.pop()
                gold[number][{"s": "source", "c": "cue", "t": "content"}[letter]].append((begin, len(text)))
            else:
                text += piece
        texts.append(text)
        golds.append([a for a in gold.values() if a["cue"]])
    stories = "".join(json.dumps({"id": str(i), "date": "2015-06-10", "text": t}) + "\n" for i, t in enumerate(texts))
    found = defaultdict(list)
    for q in quotes("-", stdin=stories):
        if q["cue"]:
            found[int(q["story_id"])].append(q)
    for i, case in enumerate(cases):
        out[case["set"]].append((texts[i], golds[i], found[i]))
    return out


# ---- the measure


def parts_of(text, a):
    spans = {"source": a["source"], "cue": a["cue"], "content": a["content"]}
    if "speaker" in a:  # as the program writes it: one span or null
        spans["source"], spans["cue"] = [a["source"]] if a["source"] else [], [a["cue"]]
    return {part: words(text, spans[part]) for part in PARTS}


def pair(gold, found):
    pairs, left_gold, left_found = [], list(gold), list(found)
    scored = sorted(((3.0 * bool(g["cue"] & f["cue"]) + len(g["content"] & f["content"]) / max(1, len(g["content"] | f["content"])),
                      -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used_gold, used_found = set(), set()
    for score, i, j in scored:
        if score > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            pairs.append((gold[-i], found[-j]))
    pairs += [(g, None) for i, g in enumerate(gold) if i not in used_gold]
    return pairs + [(None, f) for j, f in enumerate(found) if j not in used_found]


def measure(name, cases, errors):
    n = {part: defaultdict(float) for part in PARTS}
    total = [0, 0]
    for text, gold, found in cases:
        gold, found = [parts_of(text, a) for a in gold], [parts_of(text, a) for a in found]
        total[0] += len(gold)
        total[1] += len(found)
        for g, f in pair(gold, found):
            for part in PARTS:
                a, b = g[part] if g else frozenset(), f[part] if f else frozenset()
                n[part]["gold"] += bool(a)
                n[part]["found"] += bool(b)
                n[part]["exact"] += bool(a) and a == b
                n[part]["overlap"] += bool(a & b)
                n[part]["share_gold"] += len(a & b) / len(a) if a else 0
                n[part]["share_found"] += len(a & b) / len(b) if b else 0
            if errors and (not g or not f or any(bool(g[p]) != bool(f[p]) or (g[p] and not g[p] & f[p]) for p in PARTS)):
                show = lambda x: "nothing" if not x else " | ".join(
                    " ".join(re.findall(r"\w+", text[min(x[p]):max(x[p]) + 12]))[:70] if x[p] else "-" for p in PARTS)
                print(f"    {name}: found {show(f)}\n{'':{len(name) + 5}} not   {show(g)}")
    print(f"{name}: {total[0]} attributions, {total[1]} found")
    result = {}
    for part in PARTS:
        c, told = n[part], []
        for label, true_found, true_gold in (("exact", c["exact"], c["exact"]), ("overlap", c["overlap"], c["overlap"]),
                                             ("share", c["share_found"], c["share_gold"])):
            p, r = true_found / max(1, c["found"]), true_gold / max(1, c["gold"])
            f = 2 * p * r / (p + r) if p + r else 0.0
            told.append(f"{label} P {p:.3f} R {r:.3f} F1 {f:.3f}")
            result[part, label] = f
        print(f"    {part:8}", "   ".join(told))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true", help="list what is wrong in dev")
    options = parser.parse_args()
    for name, cases in (("reports", reports()), ("own sentences", own())):
        for group in ("dev", "held"):
            if cases.get(group) and options.set in (None, group):
                measure(f"{name}, {group}", cases[group], options.errors and group == "dev")


main()
