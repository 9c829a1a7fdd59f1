#!/usr/bin/env python3
"""power.py INJECT.SO [WORD...]: stores after a power loss, with clocks that jump, and with two writers.

What a run does to the files of a folder is recorded (inject.c). A disk that loses power has all that
was synced, and of what was written since whatever it likes. So the record is played into a new folder
up to some point, and of what was not synced by then nothing is kept, all but the last write, of
which half is, or one write in two. Names are made, changed and removed at once. What SQLite keeps
in its -shm is not for eternity, and is left out.

DRAGOMAN_STRIDE: one point of so many (default 97, but at least 3 points); 1: each.
"""
import os, random, shutil, sqlite3, struct, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from harness import PROGRAM, case, equal, write
import run as faults
import small

STRIDE = faults.STRIDE
STORIES = ["date 2020-10-02\n\nRussia will withdraw its troops from Armenia. Turkey sent no troops.\n",
           "date 2020-10-03\n\nRussia met Turkey in Moscow. Russia demanded that Turkey withdraw its troops.\n",
           "date 2020-10-05\n\nRussia withdrew its troops from Armenia. Russia did not meet Turkey.\n"]


# ---- the record


def entries_of(path):
    """[(what, path, offset, bytes)]"""
    with open(path, "rb") as f:
        log = f.read()
    found, at = [], 0
    while at < len(log):
        offset, n, n_path, what = struct.unpack_from("<QQHc", log, at)
        name = log[at + 24:at + 24 + n_path].decode()
        found.append((what.decode(), name, offset, log[at + 24 + n_path:at + 24 + n_path + n]))
        at += 24 + n_path + n
    return found


def put(content, offset, data):
    if len(content) < offset:
        content += bytes(offset - len(content))
    content[offset:offset + len(data)] = data


def after_loss(entries, how, rng):
    """What each file holds where the power goes after these entries."""
    synced, since = {}, {}
    for what, path, offset, data in entries:
        if path.endswith("-shm"):
            continue
        content = synced.setdefault(path, bytearray())
        if what == "w":
            since.setdefault(path, []).append((offset, data))
        elif what == "s":
            for write_ in since.pop(path, []):
                put(content, *write_)
        elif what == "t":
            del content[offset:]
            since[path] = [w for w in since.get(path, []) if w[0] < offset]
        elif what == "u":
            synced.pop(path)
            since.pop(path, None)
        elif what == "r":
            to = data.decode()
            synced[to] = synced.pop(path)
            since.pop(to, None)
            if path in since:
                since[to] = since.pop(path)
    for path, writes in since.items():
        for i, (offset, data) in enumerate(writes):
            last = i == len(writes) - 1
            if how == "torn" and last:
                data = data[:len(data) // 2]
            if how == "torn" or (how == "random" and rng.random() < 0.5):
                put(synced[path], offset, data)
    return synced


def play(entries, how, folder, rng):
    """Into a new folder, as the files of the folder `live` beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    live = os.path.join(os.path.dirname(folder), "live")
    for path, content in after_loss(entries, how, rng).items():
        write(folder, os.path.relpath(path, live), bytes(content))


def points(n):
    stride = min(STRIDE, max(1, n // 3))
    return [*range(1, n, stride), n]


class Recorded:
    """Commands one after the other over the folder `live`; ends[i]: the entries when the i-th had ended."""

    def __init__(self, folder, commands, while_open=None):
        self.folder, self.live, self.log = folder, os.path.join(folder, "live"), os.path.join(folder, "log")
        self.tables = tables()
        self.commands, self.ends, self.states, reader = commands, [], [], None
        os.mkdir(self.live)
        for command in commands:
            self.run(self.live, command, log=self.log, under=self.live + "/")
            self.ends.append(len(entries_of(self.log)))
            self.states.append(faults.rows_of(os.path.join(self.live, "store.db")))
            if while_open and not reader:
                reader = while_open(os.path.join(self.live, "store.db"))
        self.entries = entries_of(self.log)

    def run(self, folder, command, **inject):
        arguments = [a.replace("LIVE", folder) for a in command]
        code, _, err, calls = faults.run(self.folder, [*arguments, "--tables", self.tables], **inject)
        equal(code, 0, f"{arguments}\n{err}")
        return calls

    def lose_power(self):
        rng, seed, other = random.Random(7), 7, os.path.join(self.folder, "other")
        n = 0
        for point in points(len(self.entries)):
            for how in "nothing", "torn", "random":
                play(self.entries[:point], how, other, rng)
                where = f"after {point} of {len(self.entries)} calls, {how} kept of what was not synced, seed {seed}"
                try:
                    if os.path.exists(os.path.join(other, "store.db")):
                        self.check_kept(point, faults.rows_of(os.path.join(other, "store.db")))
                    for command in self.commands:
                        self.run(other, command)
                    equal(faults.rows_of(os.path.join(other, "store.db")) == self.states[-1], True, "the records are others")
                except (AssertionError, sqlite3.DatabaseError) as error:
                    raise AssertionError(f"{where}: {error}") from error
                n += 1
        print(f"  power lost {n} times in {len(self.entries)} calls", flush=True)

    def check_kept(self, point, rows):
        """What a command said that it had kept must be there."""
        ended = sum(end <= point for end in self.ends)
        if ended:
            lost = [row for row in self.states[ended - 1]["stories"] if row not in rows.get("stories", [])]
            equal(len(lost), 0, f"of command {ended}, which had ended, stories are lost")


TABLES = []


def tables():
    if not TABLES:
        TABLES.append(small.make(os.path.join(faults.TEMPORARY, "tables")))
    return TABLES[0]


# ---- power


def inputs(folder):
    return [write(folder, f"in/{i}.txt", text) for i, text in enumerate(STORIES)]


@case
def ingests_bear_a_power_loss(folder):
    Recorded(folder, [["ingest", "--quiet", "--db", "LIVE/store.db", path] for path in inputs(folder)]).lose_power()


@case
def ingests_bear_a_power_loss_while_others_read(folder):
    """Then the last one does not merge the write-ahead log, and nothing syncs it but the program."""
    def read(path):
        db = sqlite3.connect(path)
        db.execute("SELECT count(*) FROM stories").fetchone()
        return db
    Recorded(folder, [["ingest", "--quiet", "--db", "LIVE/store.db", path] for path in inputs(folder)], read).lose_power()


@case
def what_watch_has_noted_is_in_the_store_after_a_power_loss(folder):
    inputs(folder)
    Recorded(folder, [["watch", "--quiet", "--once", "--settle", "0", "--state", "LIVE/state", "--db", "LIVE/store.db",
                       os.path.join(folder, "in")]]).lose_power()


# ---- clocks


@case
def a_clock_that_jumps_changes_no_record(folder):
    paths, live = inputs(folder), os.path.join(folder, "live")
    commands = {"ingest": ["ingest", "--quiet", "--db", f"{live}/store.db", *paths],
                "watch": ["watch", "--quiet", "--once", "--settle", "0", "--state", f"{live}/state", "--db", f"{live}/store.db",
                          os.path.join(folder, "in")]}
    n = 0
    for name, command in commands.items():
        expected = None
        for by in 0, -86400, 31536000:
            for at in ([1] if by == 0 else range(1, calls + 1, max(1, STRIDE // 20))):
                shutil.rmtree(live, ignore_errors=True)
                os.mkdir(live)
                code, _, err, numbers = faults.run(folder, [*command, "--tables", tables()], clock=by, clock_at=at)
                equal(code, 0, err)
                rows = faults.rows_of(f"{live}/store.db")
                calls, expected = numbers["clock"], expected or rows
                equal(rows == expected, True, f"{name}: the clock jumps by {by} s at its question {at} of {calls}")
                n += by != 0
    print(f"  the clock jumped {n} times", flush=True)


# ---- two writers


def writers_end_as_one(folder, paths, db, rows):
    """Two ingests of the same at once, one of them killed and repeated, then what one alone gives."""
    command = [os.path.abspath(PROGRAM), "ingest", "--quiet", "--db", db, "--tables", tables()]
    rng = random.Random(7)
    for _ in range(2 if STRIDE > 1 else 40):
        pair = [subprocess.Popen([*command, *order]) for order in (paths, paths[::-1])]
        try:
            pair[0].wait(rng.uniform(0.005, 0.1))
        except subprocess.TimeoutExpired:
            pair[0].kill()
            pair[0].wait()
        equal(pair[1].wait(), 0)
        equal(subprocess.run([*command, *paths]).returncode, 0)
        yield rows(db)


@case
def two_writers_of_whom_one_is_killed_leave_what_one_leaves(folder):
    paths, db = inputs(folder), os.path.join(folder, "store.db")

    def stories(path):
        with sqlite3.connect(path) as store:
            equal(store.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            found = store.execute("SELECT hash, date, text, (SELECT group_concat(event_id) FROM"
                                  " (SELECT event_id FROM events e WHERE e.story = s.story ORDER BY event_id))"
                                  " FROM stories s ORDER BY hash").fetchall()
        store.close()
        return found
    alone = os.path.join(folder, "alone.db")
    equal(subprocess.run([PROGRAM, "ingest", "--quiet", "--db", alone, "--tables", tables(), *paths]).returncode, 0)
    for found in writers_end_as_one(folder, paths, db, stories):
        equal(found, stories(alone))
        for name in os.listdir(folder):
            if name.startswith("store.db"):
                os.remove(os.path.join(folder, name))


if __name__ == "__main__":
    sys.exit(faults.run_cases())
