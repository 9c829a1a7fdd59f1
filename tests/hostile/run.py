#!/usr/bin/env python3
"""Hostile inputs to every door, one a row of the tables beside this file: what the program must answer, and at what cost.

    run.py [WORD...]      rows with one of these words in their name or table; -WORD: none of these
    DRAGOMAN_HOSTILE_TOOK=1 run.py      and at the end what the dearest rows took

README.md tells what the columns hold. Rows run in parallel, each in a folder of its own; those of requests.tsv are put
to one server. Each prints `ok`, `FAILED` or `skipped` with its name.
"""
import concurrent.futures, functools, glob, multiprocessing, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
from harness import PROGRAM, ROOT, Skip, environment, is_chosen, write
import inputs

os.environ.setdefault("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))

SANITIZED = os.environ.get("DRAGOMAN_BUILD") == "sanitize"  # takes several times the time and memory
CPU_SECONDS, MEGABYTES = 2.0, 300  # limits of a row that names none
WALL_SECONDS = 60                  # the machine may be busy; what hangs ends here
LONGEST_MESSAGE = 2000             # bytes of one line
TOOK = []                          # of each row: CPU seconds, megabytes, name

# What a program says to its makers and never to its users.
INTERNAL = re.compile(r"assert|\bNULL\b|\(null\)|errno|0x[0-9a-f]{5,}|\.[ch]:\d+:|SQLITE_|Sanitizer|runtime error:|libxml|"
                      r"malloc|Segmentation|Aborted|core dumped|XML_ERR|\bdgm_|%s\b|%zu|SQLSTATE|SELECT |INSERT |-nan|\(error \d")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e]")

# What commands of rows may use besides the program; root passes over permissions, so somebody else is asked.
PRELUDE = """set -o pipefail
anybody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
"""


def rows():
    """-> (table, cells by the names of the columns) of each row"""
    for path in sorted(glob.glob(os.path.join(HERE, "*.tsv"))):
        table = os.path.basename(path)[:-4]
        columns = None
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            cells = line.rstrip("\n").split("\t")
            if line.strip() and not line.startswith("#"):
                if columns is None:
                    columns = cells
                elif len(cells) != len(columns):
                    sys.exit(f"{path}:{number}: {len(cells)} cells, but {len(columns)} columns")
                else:
                    yield table, dict(zip(columns, cells))


def check_said(err):
    """What no message may have, whatever the row."""
    if found := INTERNAL.search(err) or CONTROLS.search(err):
        raise AssertionError(f"the message has {found.group()!r}, which is not for users")
    for line in err.splitlines():
        if len(line) > LONGEST_MESSAGE:
            raise AssertionError(f"a message of {len(line)} bytes")
    if err and not err.startswith("dragoman: "):
        raise AssertionError("the message does not begin with the program's name")


def check_text(cell, text, where):
    """`-`: nothing at all; `*`: anything; `A && !B`: has A and has not B"""
    if cell == "-" and text:
        raise AssertionError(f"{where} is not empty")
    for part in cell.split(" && ") if cell not in "-*" else []:
        if part.startswith("!") == (part.lstrip("!") in text):
            raise AssertionError(f"{where}: {part}")


def check_named(row, files, err):
    """A message that something was refused says which file it is about."""
    named = [n for n in files if re.search(rf"(^|[ =/]){re.escape(n)}\b", row["command"])]
    elsewhere = re.search(r"/|none|standard|broker", row["says"])  # the fault lies in another file
    if named and row["exit"] == "1" and not elsewhere and not any(os.path.basename(n) in err for n in named):
        raise AssertionError(f"the message names none of {named}")


def limits(row):
    """-> CPU seconds, megabytes"""
    found = dict(re.findall(r"(s|MB)=([\d.]+)", row["limits"]))
    return float(found.get("s", CPU_SECONDS)), float(found.get("MB", MEGABYTES))


def run(command, folder, program):
    """-> exit code, CPU seconds, megabytes; output is in `out` and `err` of the folder's neighbour. It is called in
    processes that make no inputs: a child's memory is never less than that of the process that it was forked from."""
    with open(folder + ".out", "wb") as out, open(folder + ".err", "wb") as err:
        child = subprocess.Popen(["bash", "-c", PRELUDE + command], cwd=folder, stdin=subprocess.DEVNULL,
                                 stdout=out, stderr=err, start_new_session=True,
                                 env=environment(TMPDIR=folder, PATH=program + ":" + os.environ["PATH"]))
    timer = threading.Timer(WALL_SECONDS, lambda: os.killpg(child.pid, signal.SIGKILL))
    timer.start()
    _, status, used = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def said(path):
    with open(path, "rb") as f:
        text = f.read().decode("utf-8", "replace")
    os.remove(path)
    return text


def check(row):
    """-> what it took; asserts that all is as the row says"""
    for tool in re.findall(r"\bzstd|nats-server|prlimit|setpriv", row["command"] + row["files"]):
        if not shutil.which(tool):
            raise Skip(f"there is no {tool}")
    with tempfile.TemporaryDirectory() as around:
        folder = os.path.join(around, "row")
        os.mkdir(folder)
        os.chmod(around, 0o755)
        files = inputs.made(row["files"], STORE)
        for name, content in files.items():
            write(folder, name, content)
        names, files = list(files), None
        code, seconds, megabytes = RUNNERS.submit(run, row["command"], folder, BIN).result()
        out, err = said(folder + ".out"), said(folder + ".err")
        if code == -signal.SIGKILL:
            raise AssertionError(f"not done after {WALL_SECONDS} seconds")
        if re.search(r" is not built in|without (libxml|lib)", err):
            raise Skip(err.strip())
        try:
            if str(code) not in row["exit"].split("|"):
                raise AssertionError(f"exit code {code}, expected {row['exit']}")
            check_text(row["says"], err, "standard error")
            check_text(row["writes"], out, "standard output")
            check_said(err)
            if row["says"] != "*":
                check_named(row, names, err)
            most_seconds, most_megabytes = limits(row)
            if not SANITIZED and seconds > most_seconds:
                raise AssertionError(f"{seconds:.2f} CPU seconds, at most {most_seconds}")
            if not SANITIZED and megabytes > most_megabytes:
                raise AssertionError(f"{megabytes:.0f} MB, at most {most_megabytes}")
            TOOK.append((seconds, megabytes, row["name"]))
        except AssertionError as why:
            raise AssertionError(f"{why}\n  $ {row['command']}\n  files {row['files'][:300]}\n  says {err[:700]!r}\n  writes {out[:300]!r}")


# ---- requests


class Server:
    """One `dragoman serve` for all rows of requests.tsv; at the end it must still answer, be small, and have said nothing."""

    def __init__(self, folder):
        db = write(folder, "store.db", STORE())
        self.process = subprocess.Popen([os.path.abspath(PROGRAM), "serve", "--db", db, "--port", "0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env=environment())
        line = self.process.stdout.readline()
        if not line.startswith("http://"):
            why = self.process.communicate()[1]
            raise Skip(why) if "not built in" in why else AssertionError(line + why)
        self.port = int(line.rstrip("/\n").rsplit(":", 1)[1])

    def ask(self, data):
        """-> what comes back for these bytes until the server closes; it is told when no more are to come"""
        found, told = b"", False
        with socket.create_connection(("127.0.0.1", self.port), timeout=3) as s:
            try:
                s.sendall(data)
            except OSError:
                pass  # the server has closed before it had read all; what it answered can still be read
            while True:
                try:
                    while part := s.recv(65536):
                        found += part
                    break
                except TimeoutError:
                    if told:
                        break
                    told = True
                    s.shutdown(socket.SHUT_WR)
                    s.settimeout(20)
                except OSError:
                    break
        return found.decode("utf-8", "replace")

    def check(self, row):
        found = self.ask(eval(row["request"], inputs.WORDS))
        status = found.split(" ", 2)[1] if found.startswith("HTTP/1.") else "none"
        body = found.partition("\r\n\r\n")[2]
        try:
            if status not in row["status"].split("|"):
                raise AssertionError(f"status {status}, expected {row['status']}")
            check_text(row["answers"], body if status != "none" else "", "the answer")
            if found := INTERNAL.search(body) if status[0] in "45" else None:
                raise AssertionError(f"the answer has {found.group()!r}, which is not for users")
        except AssertionError as why:
            raise AssertionError(f"{why}\n  request {row['request'][:300]}\n  answer {body[:500]!r}")

    def end(self):
        if "200 OK" not in self.ask(inputs.get("/healthz")):
            raise AssertionError("it does not answer any more")
        megabytes = int(re.search(r"VmHWM:\s*(\d+)", open(f"/proc/{self.process.pid}/status").read()).group(1)) / 1024
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=WALL_SECONDS)
        if (self.process.returncode, err) != (0, ""):
            raise AssertionError(f"exit code {self.process.returncode}: {err}")
        if megabytes > MEGABYTES and not SANITIZED:
            raise AssertionError(f"{megabytes:.0f} MB")


# ---- all


def store_of_stories(folder):
    """-> the bytes of a small store, made once"""
    @functools.cache
    def made():
        path = write(folder, "for-stores.jsonl", inputs.STORIES)
        db = os.path.join(folder, "made.db")
        done = subprocess.run([os.path.abspath(PROGRAM), "ingest", "-q", "--db", db, path], capture_output=True, text=True)
        if done.returncode:
            raise (Skip if "not built in" in done.stderr else AssertionError)(done.stderr)
        with open(db, "rb") as f:
            return f.read()
    lock = threading.Lock()

    def once():
        with lock:
            return made()
    return once


def outcome(name, function, *arguments):
    try:
        function(*arguments)
        return f"ok {name}"
    except Skip as why:
        return f"skipped {name}: {why}"
    except Exception as why:
        return f"FAILED {name}: {'' if isinstance(why, AssertionError) else type(why).__name__ + ' '}{why}"


def main():
    global BIN, RUNNERS, STORE
    chosen = [(t, r) for t, r in rows() if is_chosen(f"{t}: {r['name']}", sys.argv[1:])]
    n = os.cpu_count() + 1
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(n) as pool, \
            concurrent.futures.ProcessPoolExecutor(n, multiprocessing.get_context("forkserver")) as RUNNERS:
        os.chmod(folder, 0o755)
        BIN, STORE = folder, store_of_stories(folder)
        os.symlink(os.path.abspath(PROGRAM), os.path.join(folder, "dragoman"))
        server, asked = None, [r for t, r in chosen if t == "requests"]
        results = []
        if asked:
            try:
                server = Server(folder)
            except Skip as why:
                print(f"skipped requests: {why}")
        for table, row in chosen:
            name = f"{table}: {row['name']}"
            if table != "requests":
                results.append(pool.submit(outcome, name, check, row))
            elif server:
                results.append(pool.submit(outcome, name, server.check, row))
        lines = []
        for result in results:
            lines.append(result.result())
            print(lines[-1], flush=True)
        if server:
            lines.append(outcome("requests: the server is still well", server.end))
            print(lines[-1])
    if os.environ.get("DRAGOMAN_HOSTILE_TOOK") and TOOK:
        print(f"{sum(t[0] for t in TOOK):.1f} CPU seconds", *(f"{t[0]:6.2f} s {t[1]:4.0f} MB {t[2]}" for t in sorted(TOOK)[-20:]), sep="\n")
    failed = sum(line.startswith("FAILED") for line in lines)
    print(f"{len(lines)} rows, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
