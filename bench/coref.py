#!/usr/bin/env python3
"""coref.py [FILE...]: coreference of political actors against GUM's annotation (CoNLL-U with Entity in MISC).

Without FILE, treebank/gum-dev.conllu of DRAGOMAN_SHARED (../shared/data). Gold mentions are those of persons,
organisations and places; what is mentioned once only counts in neither chain, as in OntoNotes. A mention of
ours is a gold one if its head lies in the gold mention's least span. Measures: MUC (Vilain et al. 1995), B3
(Bagga and Baldwin 1998), CEAFe (Luo 2005), their mean (CoNLL 2012). Most persons of GUM ("the author", "mom")
are no actors and stay unmentioned by design: the second line measures on the mentions that both have.
"""
import os, re, subprocess, sys, tempfile

from matching import best_matching

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
SHARED = os.path.abspath(os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data")))
KINDS = {"person", "organization", "place"}
ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
MARK = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")


def mentions(lines, head_column):
    """-> [{(sentence, words of the least span): entity}], one a document"""
    documents, sentence, opened = [], -1, {}
    for line in lines:
        if line.startswith("# newdoc"):
            documents.append({})
            sentence, opened = -1, {}
        elif line.startswith("1\t") or line.startswith("1-"):
            sentence += line.startswith("1\t")
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        found = ENTITY.search(cells[9].strip())
        for attributes, closed, closes in MARK.findall(found.group(1)) if found else ():
            if attributes:
                part = attributes.split("-")
                opened.setdefault(part[0], []).append((int(cells[0]), part))
            name = part[0] if attributes else closes.split("-")[0]
            if (attributes and not closed) or not opened.get(name):
                continue
            first, part = opened[name].pop()
            if part[1] in KINDS and documents:
                heads = [int(h) for h in re.findall(r"\d+", part[head_column])] or [1]
                documents[-1][sentence, tuple(first + h - 1 for h in heads)] = name
    return documents


def chains(names, keep_single=False):
    groups = {}
    for mention, name in names.items():
        groups.setdefault(name, set()).add(mention)
    return [g for g in groups.values() if len(g) > 1 or keep_single]


def align(gold, ours):
    """Our mentions under the gold mentions' keys where their heads meet, else under their own."""
    at = {(s, w): key for key in gold for s, words in [key] for w in words}
    out = {}
    for (s, words), name in ours.items():
        key = at.get((s, words[0]), ("ours", s, words))
        out[key if key not in out else ("ours", s, words)] = name
    return out


def muc(key, response):
    owner = {m: i for i, chain in enumerate(response) for m in chain}
    hits = sum(len(c) - len({owner.get(m, m) for m in c}) for c in key)
    return hits, sum(len(c) - 1 for c in key)


def b_cubed(key, response):
    owner = {m: chain for chain in response for m in chain}
    return sum(len(c & owner.get(m, set())) / len(c) for c in key for m in c), sum(map(len, key))


def ceaf(key, response):
    weight = {}
    for i, k in enumerate(key):
        for j, r in enumerate(response):
            if k & r:
                weight[i, j] = 2 * len(k & r) / (len(k) + len(r))
    return sum(weight[pair] for pair in best_matching(weight, len(key), len(response)))


def report(title, pairs):
    """pairs: (gold chains, our chains), one a document"""
    figures = []
    for name, measure in ("MUC", muc), ("B3", b_cubed):
        recall, precision = [0, 0], [0, 0]
        for key, response in pairs:
            for total, part in (recall, measure(key, response)), (precision, measure(response, key)):
                total[0] += part[0]
                total[1] += part[1]
        figures.append((name, precision[0] / max(1, precision[1]), recall[0] / max(1, recall[1])))
    hits = sum(ceaf(key, response) for key, response in pairs)
    figures.append(("CEAFe", hits / max(1, sum(len(r) for _, r in pairs)), hits / max(1, sum(len(k) for k, _ in pairs))))
    scores = []
    for name, precision, recall in figures:
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
        print(f"{title:18} {name:6} P {precision:.3f}  R {recall:.3f}  F1 {scores[-1]:.3f}")
    print(f"{title:18} mean of the three F1 {sum(scores) / 3:.3f}")


def main():
    paths = sys.argv[1:] or [os.path.join(SHARED, "treebank", "gum-dev.conllu")]
    whole, shared_only = [], []
    for path in paths:
        if not os.path.exists(path):
            print(f"skipped: {path} is not there")
            continue
        with open(path, encoding="utf-8") as f:
            gold = mentions(f.readlines(), 5)
        done = subprocess.run([PROGRAM, "parse", "--actors", path], capture_output=True, text=True, check=True)
        ours = mentions(done.stdout.splitlines(), 2)
        if len(gold) != len(ours):
            sys.exit(f"{path}: {len(gold)} documents, but {len(ours)} came back")
        for g, o in zip(gold, ours):
            o = align(g, o)
            whole.append((chains(g), chains(o)))
            both = g.keys() & o.keys()
            shared_only.append((chains({m: g[m] for m in both}, True), chains({m: o[m] for m in both}, True)))
        found = sum(len(g.keys() & align(g, o).keys()) for g, o in zip(gold, ours))
        print(f"{os.path.basename(path)}: {sum(map(len, gold))} gold mentions, {sum(map(len, ours))} ours, {found} in both")
    if whole:
        report("all", whole)
        report("mentions of both", shared_only)


if __name__ == "__main__":
    main()
