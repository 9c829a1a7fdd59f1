#!/usr/bin/env python3
"""What a binding adds to the program's time: codes the same stories by `dragoman code` and by each binding,
one thread each, and compares the CPU time (user and system) of the processes, which other work on the
machine disturbs less than the clock. Each is measured --rounds times in turn, and the least counts. What a
binding can say of itself is steadier still: "own" is the CPU time of the thread in which it makes its
records, beside which the library works in another one.

    bench/bindings.py [--stories 10000] [--rounds 3] [NAME...]

DRAGOMAN is the program, DRAGOMAN_LIBRARY the library, DRAGOMAN_TABLES the tables; R_LIBS names the folder
in which the package for R is installed, and without it R is left out. The stories are those of
examples/, over and over with ids of their own. Every way must find as many events as the program."""
import argparse, json, os, resource, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman"))
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable

# name: (command, its environment); each reads the file {stories} and prints how many events there are, and, where
# it knows, the seconds of CPU that are its own.
WAYS = {
    "program": (["sh", "-c", '"$0" code -q "$1" | wc -l', PROGRAM, "{stories}"], {}),
    "python code_files": ([PYTHON, "-c", "import sys, time, dragoman; print(sum(1 for _ in dragoman.code_files(sys.argv[1])), time.thread_time())", "{stories}"],
                          {"PYTHONPATH": os.path.join(ROOT, "bindings", "python")}),
    "python code_many": ([PYTHON, "-c", "import sys, json, time, dragoman; print(sum(1 for _ in dragoman.code_many(map(json.loads, open(sys.argv[1])))), time.thread_time())",
                          "{stories}"], {"PYTHONPATH": os.path.join(ROOT, "bindings", "python")}),
    "r code_files": (["Rscript", "--vanilla", os.path.join(ROOT, "bench", "bindings.R"), "files", "{stories}"], {}),
    "r code_events": (["Rscript", "--vanilla", os.path.join(ROOT, "bench", "bindings.R"), "texts", "{stories}"], {}),
}


def write_stories(path, n):
    texts = []
    for name in sorted(os.listdir(os.path.join(ROOT, "examples"))):
        if name.endswith(".txt"):
            with open(os.path.join(ROOT, "examples", name), encoding="utf-8") as f:
                first, _, text = f.read().partition("\n")
            texts.append((first.split()[1], text.strip()))
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            date, text = texts[i % len(texts)]
            f.write(json.dumps({"id": f"story-{i}", "date": date, "text": text}) + "\n")


def measure(command, environment):
    """-> CPU seconds, seconds, events, CPU seconds that are its own or None"""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command}:\n{done.stderr}")
    n, *own = done.stdout.split()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - begun, int(n), float(own[0]) if own else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--stories", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(WAYS)}; the program always")
    given = parser.parse_args()
    names = ["program"] + [n for n in WAYS if n != "program" and (not given.names or any(w in n for w in given.names))]
    if "R_LIBS" not in os.environ:
        names = [n for n in names if not n.startswith("r ")]
    best, events = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stories.jsonl")
        write_stories(path, given.stories)
        for _ in range(given.rounds):
            for name in names:
                command, environment = WAYS[name]
                cpu, seconds, events[name], own = measure([part.replace("{stories}", path) for part in command], environment)
                best[name] = min(best.get(name, (cpu, seconds, own)), (cpu, seconds, own))
    print(f"{'':20} CPU s  clock s  added    own  events  ({given.stories} stories)")
    for name in names:
        cpu, seconds, own = best[name]
        share = f"{100 * own / (cpu - own):4.1f} %" if own else f"{'':6}"
        print(f"{name:20} {cpu:5.1f}  {seconds:7.1f}  {100 * (cpu / best['program'][0] - 1):4.1f} % {share}  {events[name]}")
        if events[name] != events["program"]:
            sys.exit(f"{name} finds other events")


if __name__ == "__main__":
    main()
