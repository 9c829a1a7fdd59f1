#!/usr/bin/env python3
"""What the store costs and how well copies are found.

    store.py speed [N]     ingest of N stories beside coding alone (default 10000)
    store.py copies [N]    precision and recall over pairs of N originals with their edited copies (default 300)
"""
import itertools, json, os, random, resource, sqlite3, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import stories

PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(stories.ROOT, "build/release/src/cli/dragoman")))


def timed(*arguments):
    """-> seconds of wall clock and of processor"""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([PROGRAM, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(folder, made):
    path = os.path.join(folder, "stories.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(s) + "\n" for s in made)
    return path


def speed(folder, n):
    path = write(folder, stories.permuted(n, random.Random(2020)))
    wall, processor = timed("code", "-o", os.path.join(folder, "events"), path)
    print(f"code    {n} stories: {wall:7.1f} s, {processor:7.1f} s of processor, {n / processor:6.1f} stories a second of it")
    wall2, processor2 = timed("ingest", "--db", os.path.join(folder, "s.db"), path)
    print(f"ingest  {n} stories: {wall2:7.1f} s, {processor2:7.1f} s of processor, {n / processor2:6.1f} stories a second of it")
    print(f"ingest at {100 * wall / wall2:.0f} % of the speed of coding alone ({100 * processor / processor2:.0f} % by processor)")


def copies(folder, n):
    made = stories.copies(n, random.Random(2020))
    db = os.path.join(folder, "s.db")
    timed("ingest", "--db", db, write(folder, made))
    original = dict(sqlite3.connect(db).execute("SELECT story_id, original FROM stories"))
    truth = lambda s: s.get("copy_of", s["id"])
    right = found = true = 0
    for a, b in itertools.combinations(made, 2):
        is_true, is_found = truth(a) == truth(b), original[a["id"]] == original[b["id"]]
        true, found, right = true + is_true, found + is_found, right + (is_true and is_found)
    print(f"{len(made)} stories, {true} pairs of copies: precision {right / found:.3f}, recall {right / true:.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        what, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None
        speed(folder, n or 10000) if what == "speed" else copies(folder, n or 300)
