#!/usr/bin/env python3
"""streams.py INJECT.SO [WORD...]: submit, worker and queue when a call fails, on a NATS server that this starts.

As run.py, which says what environment chooses and what must hold; libnats' own calls are left alone.
What is on the stream belongs to the state: after a fault and a second run each story is on it, or in
the store, as if nothing had failed. A worker may say that it has tried again, and where its store
stays away it waits, says so, and ends when it is told to.
"""
import base64, errno, itertools, json, os, random, re, shutil, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from harness import case, equal, write
import run as faults
from servers import Nats

BEFORE = {
    "submit": [],
    "worker": [["submit", "later.txt", "large.jsonl"]],
    "queue": [["submit", "stories.txt"]],
    "queue dead": [["submit", "stories.txt"], "bury"],
    "queue again": [["submit", "stories.txt"], "bury"],
}
COMMANDS = {
    "submit": ["submit", "--journal", "journal", "stories.txt", "large.jsonl"],
    "worker": ["worker", "--db", "store.db", "--jobs", "1", "--ack-wait", "1", "--until-empty"],
    "queue": ["queue"],
    "queue dead": ["queue", "--dead", "-f", "json"],
    "queue again": ["queue", "--again"],
}


class Stream:
    """A stream of the common server, known by its name."""
    nats = None

    def __init__(self, name):
        self.name = name
        if not Stream.nats:
            Stream.nats = Nats(extra="max_payload: 20000")
        self.at = ["--nats", Stream.nats.url, "--stream", name]

    def api(self, what, **about):
        return json.loads(Stream.nats.ask("$JS.API." + what, json.dumps(about).encode() if about else b"", faults.LONGEST))

    def parts(self):
        return self.name, self.name + "-parts", self.name + "-dead"

    def remove(self):
        for name in self.parts():
            self.api("STREAM.DELETE." + name)

    def bury(self):
        """A dead letter, as a worker writes it."""
        headers = b"NATS/1.0\r\nDragoman-Reason: the message has no `text`\r\nDragoman-Worker: here:1\r\nDragoman-Hash: \r\n\r\n"
        body = b'{"id":"x","date":"2020-01-01"}'
        client = Stream.nats.client()
        client.socket.settimeout(faults.LONGEST)
        client.socket.sendall(f"SUB {client.inbox} 1\r\n".encode())
        answer = {}
        while "seq" not in answer:  # the stream has it
            client.socket.sendall(f"HPUB {self.name}.dead {client.inbox} {len(headers)} {len(headers) + len(body)}\r\n".encode()
                                  + headers + body + b"\r\n")
            line = client.file.readline().split()
            while line[0] not in (b"MSG", b"HMSG"):
                line = client.file.readline().split()
            payload = client.file.read(int(line[-1]) + 2)
            answer = json.loads(payload) if line[0] == b"MSG" else {}
        client.close()

    def messages(self):
        """{stream: [data of its messages]}"""
        found = {}
        for name in self.parts():
            about = self.api("STREAM.INFO." + name).get("state", {"messages": 0})
            answers = [self.api(f"STREAM.MSG.GET.{name}", seq=seq) for seq in range(about["first_seq"], about["last_seq"] + 1)] \
                if about["messages"] else []
            found[name[len(self.name):]] = sorted(base64.b64decode(a["message"].get("data", "")) for a in answers if "message" in a)
        return found


class Trial(faults.Trial):
    kinds = {kind: whys for kind, whys in faults.KINDS.items() if kind != "talk"}
    numbers = itertools.count(100000)  # of all streams

    def __init__(self, name, *arguments, **more):
        self.before, self.until = BEFORE[name], 3 if name == "worker" else None
        self.streams = {}  # of folders
        super().__init__(*arguments, **more)

    def fresh_run(self, folder, **inject):
        if folder in self.streams:
            self.streams[folder].remove()
        # One of the same name could not be made while the server still takes away the files of that before.
        stream = self.streams[folder] = Stream(f"{os.path.basename(folder)}-{next(Trial.numbers)}")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.begin, folder)
        for step in self.before:
            if step == "bury":
                stream.bury()
            else:
                code, _, err, _ = faults.run(folder, [step[0], *stream.at, "--quiet", "--ack-wait", "1", *step[1:]])
                equal(code, 0, err)
        return self.run_in(folder, **inject)

    def run_in(self, folder, **inject):
        stream = self.streams[folder]
        until = self.until if inject.get("ever") else None
        code, out, err, calls = faults.run(folder, [self.arguments[0], *stream.at, *self.arguments[1:]], self.stdin, until, **inject)
        out = re.sub(rb"[0-9-]{10}T[0-9:]{8}Z", b"TIME", out)
        out = re.sub(rb"[0-9.]+ (a second|stories a second|attempt|batch)(?:s|es)?\b", rb"N \1", out.replace(stream.name.encode(), b"NAME"))
        return code, out, re.sub(r"\S+ a second", "N a second", err), calls

    def judge(self, folder, code, out, err, calls, why):
        if not calls["told"]:
            return super().judge(folder, code, out, err, calls, why)
        self.n_hit += 1
        if code not in (0, 1) or not re.search(re.escape(os.strerror(getattr(errno, why))) + "|" + faults.CAUSES[why], err):
            return f"it waits, is told to end, exits with {code}, and this says why: {err[:500]!r}"
        return self.second_run(folder)

    def state_in(self, folder):
        """Stories that come again come later, under another number: what is exported is the same."""
        state = {**faults.state_of(folder), **self.streams[folder].messages()}
        if "journal" in state:
            state["journal"] = b"".join(sorted(state["journal"].splitlines(True)))
        if "store.db" in state and self.arguments[0] == "worker":
            code, out, err, _ = faults.run(folder, ["export", "--db", "store.db", "-f", "jsonl", "--tables", faults.Small.tables])
            equal(code, 0, err)
            state["store.db"] = sorted(out.splitlines()) + [len(state["store.db"]["stories"])]
        return state


def begin():
    folder = faults.Small.begin()
    if not os.path.exists(os.path.join(folder, "large.jsonl")):
        rng = random.Random(4)
        text = "Russia met Turkey in Moscow. " + " ".join(
            "Note " + "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(700)) + "." for _ in range(60))
        write(folder, "large.jsonl", json.dumps({"id": "large", "date": "2020-10-08", "text": text}) + "\n")
        shutil.copy(os.path.join(folder, "inbox/later.txt"), os.path.join(folder, "later.txt"))
    return folder


MADE = {}


def trial_of(name, folder, **more):
    tables = ["--tables", faults.Small.tables] if name == "worker" else []
    return Trial(name, folder, begin(), [*COMMANDS[name], *tables], **more)


def earlier(name, folder):
    """What a worker allocates while it loads and codes, `ingest` does, too."""
    if faults.STRIDE > 1:
        return
    if "ingest" not in MADE:
        MADE["ingest"] = faults.trial_of("ingest more", False, os.path.join(folder, "earlier")).made()
    yield MADE["ingest"]
    for other in list(COMMANDS)[:list(COMMANDS).index(name)]:
        if other not in MADE:
            MADE[other] = trial_of(other, os.path.join(folder, "before")).made()
        yield MADE[other]


def define(name):
    def function(folder):
        begin()
        trial_of(name, folder, earlier=earlier(name, folder)).try_all()
    function.__name__ = f"faults in {name}"
    case(function)


for command in COMMANDS:
    define(command)

if __name__ == "__main__":
    if not shutil.which("nats-server"):
        print("skipped streams: no NATS server is installed (Debian: nats-server)")
        sys.exit(77)
    sys.exit(faults.run_cases())
