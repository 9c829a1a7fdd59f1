#!/usr/bin/env python3
"""No circle of files: none among the includes of headers, none among the .c files of src by what they
call in each other. A circle that is there on purpose stands in circles.txt; so does one that is going to go."""
import glob, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from functions import ROOT, Sources

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def rings(graph):
    """Groups of nodes that all reach each other (Tarjan 1972), each sorted; only those of two and more."""
    number, low, stack, found = {}, {}, [], []

    def visit(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == number[node]:
            ring = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(ring) > 1:
                found.append(sorted(ring))

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return found


def includes():
    headers = {os.path.relpath(p, os.path.join(ROOT, "src")): os.path.relpath(p, ROOT)
               for p in glob.glob(os.path.join(ROOT, "src", "**", "*.h"), recursive=True)}
    graph = {}
    for path in headers.values():
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            graph[path] = {headers[name] for name in INCLUDE.findall(f.read()) if name in headers}
    return graph


def calls(sources):
    return {path: {sources.defined[name] for name in names} for path, names in sources.uses.items()}


def circles():
    sources = Sources()
    graph = calls(sources)
    told = []
    for ring in rings(includes()):
        told.append((ring, "headers that include each other"))
    for ring in rings(graph):
        how = [f"    {a} -> {b} ({', '.join(sorted(n for n in sources.uses[a] if sources.defined[n] == b)[:4])})"
               for a in ring for b in sorted(graph[a] & set(ring))]
        told.append((ring, "files that call each other\n" + "\n".join(how)))
    return told


def listed():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "circles.txt"), encoding="utf-8") as rows:
        return {row.split("\t")[0] for row in rows if row.strip() and not row.startswith("#")}


def faults():
    allowed, found = listed(), circles()
    inside = {path for ring, _ in found for path in ring}
    return [f"a circle: {how}" for ring, how in found if not set(ring) <= allowed] + \
        [f"tests/house/circles.txt: {path} is in no circle any more" for path in sorted(allowed - inside)]


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong) if wrong else "no circle of files beside those of circles.txt")
    sys.exit(1 if wrong else 0)
