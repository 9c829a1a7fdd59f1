#!/usr/bin/env python3
"""What coding in SQL adds to the program's time: the same stories by `dragoman code --jobs 1`, and by
`CREATE TABLE events AS SELECT s.id, e.* FROM stories s, dragoman_code(...) e` in SQLite and PostgreSQL, every
column of every event. CPU time (user and system) of the process or backend that does it, opening the knowledge
included; each is measured --rounds times in turn, and the least counts. PostgreSQL compresses long rows with lz4
here, since with its default that alone takes 5 %.

    bench/sql.py [--stories 10000] [--rounds 3]

BUILD is the folder of the build, build/release where it is not set; DRAGOMAN_TABLES the tables."""
import argparse, json, os, resource, sqlite3, subprocess, sys, tempfile

DEBIAN = "/usr/bin/python3"
if not hasattr(sqlite3.Connection, "enable_load_extension") and sys.executable != DEBIAN and os.path.exists(DEBIAN):
    os.execv(DEBIAN, [DEBIAN, *sys.argv])

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
from bindings import write_stories

BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build", "release")))
os.environ.setdefault("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
PROGRAM = os.path.join(BUILD, "src", "cli", "dragoman")

IN_SQLITE = """import json, sqlite3, sys
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(sys.argv[1])
db.execute("CREATE TABLE stories (id, date, text)")
with open(sys.argv[2], encoding="utf-8") as f:
    db.executemany("INSERT INTO stories VALUES (:id, :date, :text)", map(json.loads, f))
db.execute("CREATE TABLE events AS SELECT s.id, e.* FROM stories s, dragoman_code(s.text, s.date, s.id) e")
print(db.execute("SELECT count(*) FROM events").fetchone()[0])"""

IN_POSTGRESQL = """SET default_toast_compression = 'lz4';
CREATE TABLE events AS SELECT s.id, e.* FROM stories s, dragoman_code(s.text, s.date, s.id) e;
SELECT count(*) FROM events;
SELECT pg_read_file('/proc/self/stat');"""


def child(command):
    """-> CPU seconds, output"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out


def program(path):
    cpu, out = child([PROGRAM, "code", "-q", "--jobs", "1", path])
    return cpu, out.count(b"\n")


def in_sqlite(path):
    cpu, out = child([sys.executable, "-c", IN_SQLITE, os.path.join(BUILD, "bindings", "sqlite", "dragoman.so"), path])
    return cpu, int(out)


def in_postgresql(path):
    """In a server and a database of its own; the stories are there before the time begins."""
    sys.path.insert(0, os.path.join(ROOT, "tests", "bindings"))
    sys.argv[1:] = [os.path.join(BUILD, "bindings", name, "dragoman.so") for name in ("sqlite", "postgresql")]
    import sql
    db = sql.Server.new_database()
    with open(path, encoding="utf-8") as f:
        stories = map(json.loads, f)
        values = ",".join(f"({sql.quoted(s['id'])}, '{s['date']}', {sql.quoted(s['text'])})" for s in stories)
    sql.must(db, f"CREATE TABLE stories (id text, date date, text text); INSERT INTO stories VALUES {values}")
    out = subprocess.run([os.path.join(sql.Server.one.bin, "psql"), "-X", "-A", "-t", "-q", db], input=IN_POSTGRESQL,
                         stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")
    ticks = out[1].rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), int(out[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--stories", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ways, best, events = {"program": program, "SQLite": in_sqlite, "PostgreSQL": in_postgresql}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stories.jsonl")
        write_stories(path, given.stories)
        for _ in range(given.rounds):
            for name, way in ways.items():
                cpu, events[name] = way(path)
                best[name] = min(best.get(name, cpu), cpu)
    print(f"{'':12} CPU s   added  events  ({given.stories} stories)")
    for name in ways:
        print(f"{name:12} {best[name]:5.1f}  {100 * (best[name] / best['program'] - 1):4.1f} %  {events[name]}")
    if len(set(events.values())) != 1:
        sys.exit("they find different events")


if __name__ == "__main__":
    main()
