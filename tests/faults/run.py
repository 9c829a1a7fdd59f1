#!/usr/bin/env python3
"""run.py INJECT.SO [WORD...]: what the program does when a call fails, call by call.

Each command is run undisturbed once, and then again and again, each time with another of its calls
failing (inject.c): of its allocations, and of what it opens, reads, writes, syncs and renames, once
or from then on. It must not crash; it must say why it fails and exit with 1 or 2, or give what it
gives undisturbed; a store opens afterwards and is whole, and a second run ends as an undisturbed
one. Environment:

    DRAGOMAN_STRIDE   one call of so many fails, and the first and the last, each in one way (default 97); 1: each
                      call fails in every way
    DRAGOMAN_MOST     about how many calls of a command and kind fail at most (default 3); 0: no limit
    DRAGOMAN_JOBS     runs at a time (default 1)
    DRAGOMAN_CALL     only the call of this number, with what led to it; use words to choose a case
"""
import concurrent.futures, errno, itertools, os, queue, re, shutil, sqlite3, struct, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..")]
from harness import PROGRAM, case, equal, main, write
import small
from servers import Postgres

INJECT = os.path.abspath(sys.argv.pop(1))
STRIDE = int(os.environ.get("DRAGOMAN_STRIDE", "97"))
MOST = int(os.environ.get("DRAGOMAN_MOST", "3"))
JOBS = int(os.environ.get("DRAGOMAN_JOBS", "1"))
CALL = int(os.environ.get("DRAGOMAN_CALL", "0"))
KINDS = {"alloc": ["ENOMEM"], "open": ["EMFILE", "EIO"], "read": ["EIO"], "write": ["ENOSPC", "EIO", "EDQUOT"],
         "sync": ["EIO", "ENOSPC"], "rename": ["EIO", "ENOSPC"]}
COUNTED = [*KINDS, "clock", "failed"]
# What SQLite calls them, and libc's streams.
LOST = "not all could be written; is there room"  # what a write said, where a later one does not say it again
CAUSES = {"ENOMEM": "memory", "EIO": "disk I/O error|unable to open database file|" + LOST,
          "ENOSPC": "database or disk is full|disk I/O error|" + LOST, "EDQUOT": "disk I/O error|" + LOST,
          # a store that cannot be opened to be written, SQLite opens to be read
          "EMFILE": "unable to open database file|disk I/O error|the store is read-only"}
CAUSES["EIO"] += "|the store is read-only|malformed"


# ---- one run


def run(folder, arguments, stdin=b"", **inject):
    """-> (exit code, out, err, calls of each kind)"""
    counts = os.path.join(folder, "..", os.path.basename(folder) + ".counts")
    env = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "MALLOC_PERTURB_": "165", "LD_PRELOAD": INJECT,
           "INJECT_COUNTS": counts, **{"INJECT_" + k.upper(): str(v) for k, v in inject.items()}}
    done = subprocess.run([os.path.abspath(PROGRAM), *arguments], input=stdin, capture_output=True, cwd=folder, env=env, timeout=60)
    with open(counts, "rb") as f:
        numbers = struct.unpack("8Q", f.read(64))
    os.remove(counts)
    out = done.stdout.replace(folder.encode(), b"FOLDER")
    return done.returncode, out, done.stderr.decode("utf-8", "replace"), dict(zip(COUNTED, numbers))


TIMES = {"run", "marked", "drawn", "made", "split"}


def rows_of(path):
    """All that a store holds, but what says when and by which run."""
    with sqlite3.connect(path) as db:
        equal(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)], path)
        tables = [t for t, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                                         " AND name <> 'runs' ORDER BY name")]
        found = {}
        for table in tables:
            columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[1] not in TIMES]
            found[table] = sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
    db.close()
    return found


def state_of(folder):
    """What lies in a folder: the bytes of files, the rows of stores."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.endswith((".db-wal", ".db-shm", ".db-journal", ".lock")):
                continue
            if name.endswith(".db"):
                found[name] = rows_of(path)
            else:
                with open(path, "rb") as f:
                    found[os.path.relpath(path, folder)] = f.read() if name != "meta.json" else re.sub(rb"[0-9.:]+", b"0", f.read())
    return found


def differs(found, expected):
    for name in sorted(found.keys() | expected.keys()):
        if isinstance(found.get(name), dict) and isinstance(expected.get(name), dict):
            table = differs(found[name], expected[name])
            if table:
                return f"{name}, {table}"
        elif found.get(name) != expected.get(name):
            return f"{name}: {str(found.get(name, 'not there'))[:400]}\n  undisturbed: {str(expected.get(name, 'not there'))[:400]}"
    return ""


# ---- many


class Trial:
    """A command over a folder that begin() fills."""

    def __init__(self, folder, begin, arguments, stdin=b"", every=False):
        self.folder, self.begin, self.arguments, self.stdin = folder, begin, arguments, stdin
        self.every = every or STRIDE == 1
        self.free, self.n_hit = queue.Queue(), 0
        for i in range(JOBS):
            self.free.put(os.path.join(folder, f"run{i}"))
        self.code, self.out, self.err, self.calls = self.fresh_run(os.path.join(folder, "run0"))
        self.state = state_of(os.path.join(folder, "run0"))

    def fresh_run(self, folder, **inject):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.begin, folder)
        return run(folder, self.arguments, self.stdin, **inject)

    def fault(self, kind, why, at, ever):
        folder = self.free.get()
        try:
            code, out, err, calls = self.fresh_run(folder, kind=kind, at=at, errno=getattr(errno, why), ever=int(ever), trace=CALL and 1)
            if CALL:
                print(code, out.decode("utf-8", "replace")[:2000], err, sep="\n")
            wrong = self.judge(folder, code, out, err, calls, why)
            return wrong and f"{kind} {at} of {self.calls[kind]} {why}{' ever after' if ever else ''}: {wrong}"
        finally:
            self.free.put(folder)

    def judge(self, folder, code, out, err, calls, why):
        if code < 0 or code > 2:
            return f"exit code {code}\n{err[-2000:]}"
        if calls["failed"] == 0:
            return ""
        self.n_hit += 1
        same_out = (code, out) == (self.code, self.out)
        try:
            if code == 0 or (same_out and err == self.err):
                left = differs(state_of(folder), self.state)
                if not same_out or left:
                    return f"it exits with {code}, and the output is another\n{left}{err[:500]}\n  out: {out[:300]}\n  undisturbed: {self.out[:300]}"
                return ""
            said = err + (out.decode() if self.arguments[0] == "doctor" else "")
            if not re.search(re.escape(os.strerror(getattr(errno, why))) + "|" + CAUSES[why], said):
                return f"it exits with {code}, and nothing says why: {err[:500]!r}"
            if not differs(state_of(folder), self.state):
                return ""  # all was done before it failed
            code, out, err, _ = run(folder, self.arguments, self.stdin)
            left = differs(state_of(folder), self.state)
            if code != self.code or left:
                return f"a second run exits with {code}\n{err[:500]}{left}"
        except sqlite3.DatabaseError as error:
            return f"the store is not whole: {error}"
        return ""

    def chosen(self, n):
        if CALL:
            return [CALL]
        stride = 1 if self.every else max(STRIDE, n // MOST if MOST else 1)
        return sorted({1, *range(stride, n + 1, stride), n}) if n else []

    def all_faults(self):
        for kind, whys in KINDS.items():
            for at in self.chosen(self.calls[kind]):
                ways = list(itertools.product(whys, (False, True)))
                for why, ever in ways if self.every or CALL else [ways[at % len(ways)]]:
                    yield kind, why, at, ever

    def try_all(self):
        faults = list(self.all_faults())
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            wrong = [w for w in pool.map(lambda f: self.fault(*f), faults) if w]
        many = {kind: sum(f[0] == kind for f in faults) for kind in KINDS}
        print("  " + ", ".join(f"{n} of {self.calls[kind]} {kind}" for kind, n in many.items()), flush=True)
        if wrong:
            raise AssertionError(f"{len(wrong)} of {len(faults)} faults\n" + "\n".join(one_of_each(wrong)))
        equal(self.n_hit > 0, True, f"none of {len(faults)} calls was made to fail")


def one_of_each(wrong):
    """Of those that differ in numbers and errors only, the first."""
    first = {}
    for text in wrong:
        first.setdefault(re.sub(r"[0-9]+|ever after|E[A-Z]{2,}|/\S+", "", text.split("\n")[0]), text)
    return [text[:1500] for text in first.values()]


# ---- commands


class Small:
    """The folder from which runs begin, made once: tables, inputs, and a store of the stories."""
    folder = None

    @classmethod
    def begin(cls):
        if cls.folder:
            return cls.folder
        cls.folder = os.path.join(TEMPORARY, "begin")
        cls.tables = small.make(os.path.join(TEMPORARY, "tables"))
        os.mkdir(cls.folder)
        shutil.copy(os.path.join(HERE, "stories.txt"), cls.folder)
        write(cls.folder, "marked.tsv", "sentence_id\tmarked_sentence\n1\t<s>Norway</s> accused <t>Chile</t> of spying.\n"
              "2\t<s>Russia</s> met <t>Turkey</t> in Moscow.\n")
        for arguments in (["ingest", "--db", "store.db", "stories.txt"], ["code", "-o", "old.jsonl", "stories.txt"],
                          ["code", "--judge", "off", "--sides", "rules", "-o", "new.jsonl", "stories.txt"],
                          ["parse", "-o", "gold.conllu", "stories.txt"],
                          ["sample", "--db", "store.db", "-n", "3"]):
            code, out, err, _ = run(cls.folder, cls.filled(arguments))
            equal(code, 0, f"{arguments}\n{err}")
        with sqlite3.connect(os.path.join(cls.folder, "store.db")) as db:
            cls.events = [e for e, in db.execute("SELECT event_id FROM events ORDER BY event")]
        db.close()
        return cls.folder

    @classmethod
    def filled(cls, arguments):
        """With the tables where the command takes them."""
        name = arguments[0]
        without = name in ("read", "diff", "stats", "correct", "split") or "--tables" in arguments
        return [*arguments, *([] if without else ["--tables", cls.tables])]


TEMPORARY = os.path.join("/tmp", f"faults{os.getpid()}")
COMMANDS = {
    "code": ["code", "stories.txt"],
    "code to csv": ["code", "-f", "csv", "-o", "out.csv", "--meta", "meta.json", "stories.txt"],
    "code to stata": ["code", "-f", "stata", "-o", "out.dta", "stories.txt"],
    "code to shards": ["code", "--out-dir", "out", "--stories", "stories.txt"],
    "quotes": ["quotes", "stories.txt"],
    "places": ["places", "stories.txt"],
    "times": ["times", "stories.txt"],
    "parse": ["parse", "stories.txt"],
    "read": ["read", "stories.txt"],
    "read to a file": ["read", "-o", "out.jsonl", "stories.txt"],
    "explain": ["explain", "stories.txt"],
    "relate": ["relate", "marked.tsv"],
    "diff": ["diff", "old.jsonl", "new.jsonl"],
    "tables check": ["tables", "check", "--max", "0"],
    "tables add": ["tables", "add", "--tables", "mine", "--actor", "Blue Hand Front", "--code", "---REB"],
    "evaluate": ["evaluate", "gold.conllu"],
    "doctor": ["doctor"],
    "query": ["query", "--db", "store.db"],
    "query by dyad": ["query", "--db", "store.db", "--by", "dyad,month"],
    "export": ["export", "--db", "store.db"],
    "export to gdelt": ["export", "--db", "store.db", "-f", "gdelt", "-o", "out.tsv"],
    "stats": ["stats", "--db", "store.db"],
    "claims": ["claims", "--db", "store.db"],
    "commitments": ["commitments", "--db", "store.db"],
    "sample": ["sample", "--db", "store.db", "-n", "2", "--seed", "7"],
    "correct": ["correct", "--db", "store.db", "--wrong", "--event", "EVENT"],
    "split": ["split", "--db", "store.db", "EVENT"],
    "ingest": ["ingest", "--db", "new.db", "--quiet", "stories.txt"],
}


EVERY = {"read to a file"}  # has so few calls that each fails in each way, in every run


def define(name, arguments):
    def function(folder):
        begin = Small.begin()
        filled = [Small.events[0] if a == "EVENT" else a for a in Small.filled(arguments)]
        Trial(folder, begin, filled, every=name in EVERY).try_all()
    function.__name__ = f"faults in {name}"
    case(function)


def faults_in_ingest_on_postgresql(folder):
    """What the client meets: no memory, and a connection that breaks. The server is left alone."""
    server, begin = Postgres(), Small.begin()

    def ingest(db, **inject):
        return run(begin, Small.filled(["ingest", "--quiet", "--db", db, "stories.txt"]), **inject)

    def rows(db):
        code, out, err, _ = run(begin, ["export", "--db", db])
        equal(code, 0, err)
        return out
    db = server.database()
    code, _, err, calls = ingest(db)
    equal(code, 0, err)
    expected, n = rows(db), 0
    for kind, why, number in ("alloc", errno.ENOMEM, calls["alloc"]), ("read", errno.ECONNRESET, calls["read"]), \
            ("write", errno.ECONNRESET, calls["write"]):
        for at in range(1, number + 1, 1 if STRIDE == 1 else max(1, number // 3)):
            db, where = server.database(), f"{kind} {at} of {number}"
            code, _, err, _ = ingest(db, kind=kind, at=at, errno=why, ever=at % 2)
            equal(code in (0, 1, 2) and (code == 0 or err != ""), True, f"{where}: exit code {code}, {err!r}")
            if code != 0:
                equal(ingest(db)[0], 0, where)
            equal(rows(db), expected, where)
            n += 1
    print(f"  {n} of {calls}", flush=True)


if __name__ == "__main__":
    case(faults_in_ingest_on_postgresql)
    for its_name, its_arguments in COMMANDS.items():
        define(its_name, its_arguments)
    os.mkdir(TEMPORARY)
    try:
        result = main()
    finally:
        shutil.rmtree(TEMPORARY, ignore_errors=True)
    sys.exit(result)
