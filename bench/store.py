#!/usr/bin/env python3
"""What the store costs and how well copies are found.

    store.py speed [N]     ingest of N stories beside coding alone, in turn, the best of five each (default 300), with SQLite
                           and, where a server is installed, with PostgreSQL; and how large the store is beside its text
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


def server_seconds(pid):
    """Processor time of a PostgreSQL server and of all its processes, living and dead"""
    ticks = 0
    for process in [pid, *subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()]:
        with open(f"/proc/{process}/stat") as f:
            fields = f.read().rsplit(") ", 1)[1].split()
        ticks += sum(map(int, fields[11:15] if process == pid else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def with_postgresql(path):
    sys.path.insert(0, os.path.join(stories.ROOT, "tests", "e2e"))
    import store as tests
    db = tests.Server.database()
    with open(tests.Server.folder + "/data/postmaster.pid") as f:
        pid = int(f.readline())
    before = server_seconds(pid)
    _, processor = timed("ingest", "--db", db, "--jobs=1", path)
    return processor, server_seconds(pid) - before


def speed(folder, n):
    made = list(stories.permuted(n, random.Random(2020)))
    path = write(folder, made)
    code, ingest, postgresql = [], [], []
    for i in range(5):
        code.append(timed("code", "--jobs=1", "-o", os.path.join(folder, "events"), path)[1])
        ingest.append(timed("ingest", "--jobs=1", "--db", os.path.join(folder, f"{i}.db"), path)[1])
        try:
            postgresql.append(with_postgresql(path))
        except ModuleNotFoundError:
            break
    print(f"code: {min(code):.2f} s of processor for {n} stories; ingest with SQLite: {min(ingest):.2f}, "
          f"{100 * min(code) / min(ingest):.0f} % of the speed of coding alone")
    if postgresql:
        client, server = min(postgresql, key=sum)
        print(f"ingest with PostgreSQL: {client:.2f} and {server:.2f} in the server, {100 * min(code) / (client + server):.0f} %")
    size, text = os.path.getsize(os.path.join(folder, "0.db")), sum(len(s["text"].encode()) for s in made)
    print(f"the store has {size / 1e6:.2f} MB, {size / text:.1f} times its text")


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
        speed(folder, n or 300) if what == "speed" else copies(folder, n or 300)
