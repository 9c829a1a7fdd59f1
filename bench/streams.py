#!/usr/bin/env python3
"""What a queue costs: stories through ingest, and through a stream with one and with two workers, into PostgreSQL.

    streams.py [N]     N stories (1000) of permuted sentences of the examples, about 350 words each

Printed are stories a second of the clock, and stories a second of processor time, which another program on the same
machine changes less.
"""
import json, os, random, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "bench")]
import stories
from harness import PROGRAM
from servers import Nats, Postgres


def processor(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(n, *commands):
    """All at once -> (stories a second of the clock, of processor time)"""
    before, begun = os.times(), time.monotonic()
    running = [subprocess.Popen([os.path.abspath(PROGRAM), *c], stdout=subprocess.DEVNULL) for c in commands]
    if any(process.wait() for process in running):
        sys.exit("it failed")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return n / (time.monotonic() - begun), n / spent


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    postgres, nats = Postgres(), Nats()
    with tempfile.TemporaryDirectory() as folder:
        path, words = os.path.join(folder, "stories.jsonl"), 0
        with open(path, "w", encoding="utf-8") as f:
            for story in stories.permuted(n, random.Random(5)):
                words += len(story["text"].split())
                f.write(json.dumps(story) + "\n")
        print(f"{n} stories of {words / n:.0f} words; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        tell = lambda name, rates: print(f"{name:28} {rates[0]:8.1f} a second, {rates[1]:8.1f} a second of processor", flush=True)
        tell("ingest -j 1", timed(n, ["ingest", "--db", postgres.database(), "-j", "1", path]))
        for workers in 1, 2:
            at = ["--nats", nats.url, "--stream", f"w{workers}"]
            broker = processor(nats.processes[0])
            tell("submit", timed(n, ["submit", *at, path]))
            print(f"{'  on the stream':28} {nats.stream(f'w{workers}')['state']['bytes'] / n:8.0f} bytes a story")
            db = postgres.database()
            subprocess.run([PROGRAM, "stats", "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            tell(f"{workers} worker{'s' * (workers > 1)} -j 1", timed(n, *[["worker", *at, "--db", db, "-j", "1", "--until-empty"]] * workers))
            print(f"{'  the broker':28} {processor(nats.processes[0]) - broker:8.2f} s of processor")
            size = subprocess.run([os.path.join(Postgres.bin, "psql"), "-Atq", "-d", db, "-c",
                                   "SELECT pg_database_size(current_database())"], capture_output=True, text=True, check=True)
            print(f"{'  in the database':28} {int(size.stdout) / n:8.0f} bytes a story")


if __name__ == "__main__":
    main()
