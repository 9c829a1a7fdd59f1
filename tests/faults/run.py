#!/usr/bin/env python3
"""run.py INJECT.SO [WORD...]: what the program does when a call fails, call by call.

Each command is run undisturbed once, and then again and again, each time with another of its calls
failing (inject.c): of its allocations, and of what it opens, reads, writes, syncs and renames, once
or from then on. It must not crash; it must say why it fails and exit with 1 or 2, or give what it
gives undisturbed; a store opens afterwards and is whole, and a second run ends as an undisturbed
one. Environment:

    DRAGOMAN_STRIDE   one call of so many fails, and the first and the last, each in one way (default 97); 1: each
                      call fails in every way (of more than LONG calls of a kind, every second, third ...;
                      of allocations that come behind the same fifteen as an earlier one, every tenth)
    DRAGOMAN_MOST     about how many calls of a command and kind fail at most (default 3); 0: no limit
    DRAGOMAN_JOBS     runs at a time (default 1)
    DRAGOMAN_CALL     only the call of this number, with what led to it; use words to choose a case
"""
import array, concurrent.futures, errno, hashlib, itertools, json, os, queue, re, shutil, sqlite3, struct, subprocess, sys, tempfile, threading

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
ALIKE, BEHIND = 10, 16  # one of so many fails where one was let fail that came behind the same so many
LONGEST = 60  # seconds of a run
LONG = 10000  # calls of a kind, of which all fail; of more, one of so many that fewer are left
KINDS = {"alloc": ["ENOMEM"], "open": ["EMFILE", "EIO"], "read": ["EIO"], "write": ["ENOSPC", "EIO", "EDQUOT"],
         "sync": ["EIO", "ENOSPC"], "rename": ["EIO", "ENOSPC"], "talk": ["ECONNRESET", "ETIMEDOUT"]}
COUNTED = [*KINDS, "clock", "failed"]
# What SQLite calls them, and libc's streams.
LOST = "not all could be written; is there room"  # what a write said, where a later one does not say it again
CAUSES = {"ENOMEM": "memory|Memory", "EIO": "disk I/O error|unable to open database file|" + LOST,
          "ENOSPC": "database or disk is full|disk I/O error|" + LOST, "EDQUOT": "disk I/O error|" + LOST,
          # a store that cannot be opened to be written, SQLite opens to be read
          "EMFILE": "unable to open database file|disk I/O error|the store is read-only",
          "ECONNRESET": "server closed the connection", "ETIMEDOUT": "server closed the connection"}
CAUSES["EIO"] += "|the store is read-only|malformed"


# ---- one run


def run(folder, arguments, stdin=b"", until=None, **inject):
    """-> (exit code, out, err, calls of each kind); inject: what inject.c reads; until: seconds after which it is told to
    end, which is counted as one call of the kind `told`"""
    counts = os.path.join(folder, "..", os.path.basename(folder) + ".counts")
    env = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "MALLOC_PERTURB_": "165", "LD_PRELOAD": INJECT,
           "INJECT_COUNTS": counts, **{"INJECT_" + k.upper(): str(v) for k, v in inject.items()}}
    child = subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, cwd=folder, env=env)
    told = 0
    try:
        try:
            out, err = child.communicate(stdin, until or LONGEST)
        except subprocess.TimeoutExpired:
            if not until:
                raise
            told = 1
            child.terminate()
            out, err = child.communicate(timeout=LONGEST)
    finally:
        child.kill()
        child.communicate()
    with open(counts, "rb") as f:
        numbers = struct.unpack("9Q", f.read(72))
    os.remove(counts)
    out = out.replace(folder.encode(), b"FOLDER")
    return child.returncode, out, err.decode("utf-8", "replace"), {**dict(zip(COUNTED, numbers)), "told": told}


TIMES = {"run", "marked", "drawn", "made", "split"}


def rows_of(path):
    """All that a store holds, but what says when and by which run."""
    with sqlite3.connect(path) as db:
        equal(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)], path)
        tables = [t for t, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                                         " AND name <> 'runs' ORDER BY name")]
        found = {"made": db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()}
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


def grams(made):
    for at in range(1, len(made) + 1):
        yield made[max(0, at - BEHIND):at].tobytes()


class Trial:
    """A command over copies of a folder."""
    kinds = KINDS

    def __init__(self, folder, begin, arguments, stdin=b"", every=False, earlier=()):
        self.folder, self.begin, self.arguments, self.stdin = folder, begin, arguments, stdin
        self.every = every or STRIDE == 1
        self.free, self.n_hit, self.goes_on = queue.Queue(), 0, {}  # goes_on: what a second run from a state has against it
        for i in range(JOBS):
            self.free.put(os.path.join(folder, f"run{i}"))
        self.code, self.out, self.err, self.calls = self.fresh_run(os.path.join(folder, "run0"))
        self.state = self.state_in(os.path.join(folder, "run0"))
        self.exported = self.export(os.path.join(folder, "run0"))
        self.new = self.new_among(earlier) if STRIDE == 1 else None

    def fresh_run(self, folder, **inject):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.begin, folder)
        return self.run_in(folder, **inject)

    def run_in(self, folder, **inject):
        return run(folder, self.arguments, self.stdin, **inject)

    def state_in(self, folder):
        return state_of(folder)

    def fault(self, kind, why, at, ever):
        folder, wrong = self.free.get(), "it does not end"
        try:
            code, out, err, calls = self.fresh_run(folder, kind=kind, at=at, errno=getattr(errno, why), ever=int(ever), trace=CALL and 1)
            if CALL:
                print(code, out.decode("utf-8", "replace")[:2000], err, sep="\n")
            wrong = self.judge(folder, code, out, err, calls, why)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.free.put(folder)
        return wrong and f"{kind} {at} of {self.calls[kind]} {why}{' ever after' if ever else ''}: {wrong}"

    def judge(self, folder, code, out, err, calls, why):
        if code < 0 or code > 2:
            return f"exit code {code}\n{err[-2000:]}"
        if calls["failed"] == 0:
            return ""
        self.n_hit += 1
        same_out = (code, out) == (self.code, self.out)
        try:
            if code == 0 or (same_out and err == self.err):
                left = differs(self.state_in(folder), self.state)
                if not same_out or left:
                    return f"it exits with {code}, and the output is another\n{left}{err[:500]}\n  out: {out[:300]}\n  undisturbed: {self.out[:300]}"
                return ""
            said = err + (out.decode() if self.arguments[0] in ("doctor", "shards") else "")
            if not re.search(re.escape(os.strerror(getattr(errno, why))) + "|" + CAUSES[why], said):
                return f"it exits with {code}, and nothing says why: {err[:500]!r}"
            state = self.state_in(folder)
            if not differs(state, self.state):
                return ""  # all was done before it failed
            key = hashlib.sha256(repr(state).encode()).digest()
            if key not in self.goes_on:
                self.goes_on[key] = self.second_run(folder)
            return self.goes_on[key]
        except sqlite3.DatabaseError as error:
            return f"the store is not whole: {error}"

    def second_run(self, folder):
        """A story that had no memory comes after the others, so its number is another: what is exported is the same."""
        code, out, err, _ = self.run_in(folder)
        if self.arguments[1:2] == ["import"] and "is not empty; tables need a new folder" in err:
            return ""
        left = differs(self.state_in(folder), self.state)
        if code == self.code and re.match(r"\S+\.db,|the database", left) and self.exported and self.export(folder) == self.exported:
            return ""
        return f"a second run exits with {code}\n{err[:500]}{left}" if code != self.code or left else ""

    def named(self, arguments, folder):
        return arguments

    def export(self, folder):
        store = next((a for a in self.arguments if a.endswith(".db")), None)
        if self.arguments[0] != "ingest" or not store:
            return None
        code, out, err, _ = run(folder, self.named(["export", "--db", store, "-f", "jsonl"], folder))
        equal((code, out != b""), (0, True), err)
        return sorted(out.splitlines())

    def made(self):
        """What was allocated, call by call."""
        folder, path = os.path.join(self.folder, "run0"), os.path.join(self.folder, "made")
        calls = self.fresh_run(folder, calls=path)[3]
        made = array.array("I")
        with open(path, "rb") as f:
            made.frombytes(f.read(4 * calls["alloc"]))
        os.remove(path)
        return made

    def new_among(self, earlier):
        """Which allocations come behind others than any of earlier trials, and than any before them."""
        known = {gram for made in earlier for gram in grams(made)}
        new = set()
        for at, gram in enumerate(grams(self.made()), 1):
            if gram not in known:
                new.add(at)
            known.add(gram)
        return new

    def chosen(self, kind):
        n = self.calls[kind]
        if CALL:
            return [CALL]
        stride = n // LONG + 1 if self.every else max(STRIDE, n // MOST if MOST else 1)
        chosen = {1, *range(stride, n + 1, stride), n} if n else set()
        return sorted(at for at in chosen if kind != "alloc" or not self.new or at in self.new or at % ALIKE == 0)

    def all_faults(self):
        for kind, whys in self.kinds.items():
            for at in self.chosen(kind):
                ways = list(itertools.product(whys, (False, True)))
                for why, ever in ways if self.every or CALL else [ways[at % len(ways)]]:
                    yield kind, why, at, ever

    def try_all(self):
        faults = list(self.all_faults())
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            wrong = [w for w in pool.map(lambda f: self.fault(*f), faults) if w]
        many = {kind: sum(f[0] == kind for f in faults) for kind in self.kinds}
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
        write(cls.folder, "coded.tsv", "sentence_id\tmarked_sentence\tgold_root\n" + "".join(
            f"{2 * i + k}\t<s>Norway</s> {verb} <t>Chile</t>.\t{kind}\n" for i in range(4)
            for k, (verb, kind) in enumerate((("accused", "ACCUSE"), ("overbid", "AID")))))
        write(cls.folder, "coded.jsonl", "".join(json.dumps(
            {"doc": f"s{i}", "date": "2020-01-01", "text": f"{a} met {b} in Moscow.", "events": [
                {"quote": f"{a} met {b}", "event_type": "CONSULT", "actors": ["RUS"], "recipients": ["TUR"]}]}) + "\n"
            for i, (a, b) in enumerate([("Russia", "Turkey"), ("Turkey", "Russia")] * 4)))
        write(cls.folder, "named.conllu", "1\tRussia\tRussia\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place-1)\n"
              "2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tTurkey\tTurkey\tPROPN\tNNP\t_\t2\tobj\t_\tEntity=(2-place-1)\n\n")
        write(cls.folder, "my.actors.txt", "ARNOR [ARN]\nGONDOR [GON]\n+MINAS_TIRITH\n")
        write(cls.folder, "my.verbs.txt", "--- RESTORE [---] ---\nRESTORE\n- * TIES [064]\n")
        write(cls.folder, "inbox/later.txt", "date 2020-10-07\n\nTurkey did not meet Russia. Russia met Armenia in Moscow.\n")
        shutil.copy(os.path.join(cls.tables, "model/english.dgm"), os.path.join(cls.folder, "m.dgm"))
        shutil.copy(os.path.join(cls.tables, "model/english.dgm.xxh"), os.path.join(cls.folder, "m.dgm.xxh"))
        for arguments in (*STORED, ["code", "-o", "old.jsonl", "stories.txt"],
                          ["code", "--judge", "off", "--sides", "rules", "-o", "new.jsonl", "stories.txt"],
                          ["parse", "-o", "gold.conllu", "stories.txt"],
                          ["code", "--out-dir", "done", "--stories", "inbox/later.txt"], COMMANDS["tables add again"]):
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
        without = name in ("read", "diff", "stats", "correct", "split", "shards", "help") or "--tables" in arguments
        return [*arguments, *([] if without else ["--tables", cls.tables])]


if os.access("/dev/shm", os.W_OK):
    tempfile.tempdir = "/dev/shm"  # a run on a disk takes up to three times as long
TEMPORARY = os.path.join(tempfile.gettempdir(), f"faults{os.getpid()}")
STORED = ["ingest", "--db", "store.db", "stories.txt"], ["sample", "--db", "store.db", "-n", "3"]
WRITING = "ingest", "sample", "correct", "split"
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
    "tables add again": ["tables", "add", "--tables", "twice", "--actor", "Blue Hand Front", "--code", "---REB"],
    "tables import": ["tables", "import", "--to", "new", "my.actors.txt", "my.verbs.txt"],
    "train segmenter": ["train", "segmenter", "--model", "m.dgm", "gold.conllu"],
    "train names": ["train", "names", "--model", "m.dgm", "named.conllu"],
    "train relate": ["train", "relate", "--examples", "off", "coded.tsv"],
    "train judge": ["train", "judge", "coded.jsonl"],
    "train confidence": ["train", "confidence", "-o", "confidence.tsv", "coded.jsonl"],
    "shards": ["shards", "--verify", "done"],
    "help": ["help"],
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
    "split list": ["split", "--db", "store.db", "--list"],
    "correct export": ["correct", "--db", "store.db", "--export", "marks.jsonl"],
    "ingest": ["ingest", "--db", "new.db", "--quiet", "stories.txt"],
    "ingest more": ["ingest", "--db", "store.db", "--quiet", "inbox/later.txt"],
    "ingest coded": ["ingest", "--db", "store.db", "--quiet", "--coded", "done"],
    "watch": ["watch", "--db", "store.db", "--quiet", "--once", "--settle", "0", "inbox"],
}


EVERY = {"read to a file"}  # has so few calls that each fails in each way, in every run
# These meet much that others meet, and are left to runs in which every call fails.
WHOLE = {"tables add again", "train relate", "train confidence", "ingest more", "watch", "correct export"}
QUICK_ON_POSTGRES = {"query", "split", "ingest", "ingest coded"}


def trial_of(name, on_postgres, folder, **more):
    begin = Small.begin()
    if on_postgres:
        Databases.begin()
    filled = [Small.events[0] if a == "EVENT" else a for a in Small.filled(COMMANDS[name])]
    return (TrialOnPostgres if on_postgres else Trial)(folder, begin, filled, every=name in EVERY, **more)


MADE = {}  # by trials, in the order of the list


def made_before(which, folder):
    for other in TRIALS[:TRIALS.index(which)] if STRIDE == 1 else ():
        if other not in MADE:
            MADE[other] = trial_of(*other, os.path.join(folder, "earlier")).made()
        yield MADE[other]


def define(name, on_postgres):
    def function(folder):
        trial_of(name, on_postgres, folder, earlier=made_before((name, on_postgres), folder)).try_all()
    function.__name__ = f"faults in {name}{' on postgresql' if on_postgres else ''}"
    case(function)


class Databases:
    """A server with a database `begin` of the stories, and what is in databases, asked of one psql."""
    it = None

    @classmethod
    def begin(cls):
        cls.it = cls.it or cls()
        return cls.it

    def __init__(self):
        self.server, self.lock, self.known = Postgres(), threading.Lock(), {}
        self.psql = subprocess.Popen(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.server.folder, "-U", "test", "postgres"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.ask("CREATE DATABASE begin;")
        for arguments in STORED:
            code, _, err, _ = run(Small.begin(), Small.filled(self.named(arguments, "begin")))
            equal(code, 0, f"{arguments}\n{err}")

    def ask(self, *questions):
        """-> lines"""
        with self.lock:
            self.psql.stdin.write("\n".join(questions) + "\n\\echo END\n")
            self.psql.stdin.flush()
            lines = []
            while lines[-1:] != ["END\n"]:
                lines.append(self.psql.stdout.readline())
                equal(lines[-1] != "", True, "psql has ended")
            return [line.rstrip("\n") for line in lines[:-1]]

    def named(self, arguments, name):
        return [f"postgresql:///{name}?host={self.server.folder}&user=test" if a.endswith(".db") else a for a in arguments]

    def copy(self, template, name):
        self.ask(f"SET client_min_messages = error; DROP DATABASE IF EXISTS {name} WITH (FORCE);",
                 f"CREATE DATABASE {name} TEMPLATE {template};")

    def rows_of_template(self, name):
        if name not in self.known:
            self.copy(name, "known")
            self.known[name] = self.rows("known")
        return self.known[name]

    def rows(self, name):
        """As rows_of(), but of each table only how many rows it has, and their hash."""
        lines = self.ask(
            f"\\connect {name}",
            "SELECT format('SELECT ''%1$s'', count(*), md5(string_agg(r::text, '' '' ORDER BY r::text)) FROM (SELECT %2$s FROM %1$I) r;',"
            " relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum)) FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid"
            f" WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'runs' AND attnum > 0"
            f" AND attname NOT IN ({', '.join(repr(t) for t in sorted(TIMES))}) GROUP BY relname ORDER BY relname \\gexec",
            "\\connect postgres")
        return dict(line.split("|", 1) for line in lines)


class TrialOnPostgres(Trial):
    """What the client meets: no memory, and a connection that breaks. The server is left alone."""
    kinds = {kind: KINDS[kind] for kind in ("alloc", "talk")}

    def __init__(self, *arguments, **more):
        self.rows = {}  # of databases, as far as they are known
        super().__init__(*arguments, **more)

    def fresh_run(self, folder, **inject):
        name, template = self.database(folder), "template0" if "new.db" in self.arguments else "begin"
        if self.arguments[0] in WRITING:
            unchanged = Databases.it.rows_of_template(template)
            if self.rows.get(name) != unchanged:
                Databases.it.copy(template, name)
                self.rows[name] = unchanged
        return super().fresh_run(folder, **inject)

    def run_in(self, folder, **inject):
        name = self.database(folder)
        known = self.rows.pop(name, None)
        ended = run(folder, Databases.it.named(self.arguments, name), self.stdin, **inject)
        if known is not None and ended[3]["talk"] == 0:
            self.rows[name] = known
        return ended

    def state_in(self, folder):
        name = self.database(folder)
        if name not in self.rows:
            self.rows[name] = Databases.it.rows(name)
        return {**state_of(folder), "the database": self.rows[name]}

    def named(self, arguments, folder):
        return Databases.it.named(arguments, self.database(folder))

    def database(self, folder):
        return os.path.basename(folder) if self.arguments[0] in WRITING else "begin"


def run_cases():
    """The exit code; what trials share is gone at the end."""
    os.mkdir(TEMPORARY)
    try:
        return main()
    finally:
        shutil.rmtree(TEMPORARY, ignore_errors=True)


if __name__ == "__main__":
    whole = STRIDE == 1 or CALL
    TRIALS = [(its, False) for its in COMMANDS if whole or its not in WHOLE]
    TRIALS += [(its, True) for its in COMMANDS if "--db" in COMMANDS[its] and (whole or its in QUICK_ON_POSTGRES)]
    for trial in TRIALS:
        define(*trial)
    sys.exit(run_cases())
