#!/usr/bin/env python3
"""serving.py INJECT.SO [WORD...]: `serve` when a call fails, while it is asked what it has.

As run.py, which says what environment chooses; a run is a start, every question twice, and SIGTERM.
A server that cannot start says why. One that runs may refuse a question, with 503 or with 500 and a
line on standard error, or hang up, but no other where one call fails and no more; what it answers
is what an undisturbed one answers. It ends when it is told to.

Threads allocate between each other, so that an allocation is known by the three before it. Of what
is opened and read while the tables are loaded, which other commands load, too, every tenth fails.
"""
import errno, http.client, json, os, re, select, signal, struct, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from harness import PROGRAM, case, write
import run as faults
from run import INJECT

PATIENCE = 30  # seconds, for a start, an answer, an end
QUESTIONS = ["/", "/app.js", "/healthz", "/api", "/api/about", "/api/overview", "/api/timeline?by=month", "/api/dyads", "/api/network",
             "/api/series?country=RUS", "/api/places", "/api/events", "/api/events?text=Moscow&type=CONSULT", "/api/events.csv",
             "/api/events.jsonl", "/api/events.atom", "/api/events/EVENT", "/api/stories", "/api/stories/1", "/api/quotes",
             "/api/speakers", "/api/claims", "/api/commitments", "/api/actors/RUS", "/api/words?kind=who&starts=r", "/api/marks",
             "/api/marks.jsonl", "/metrics", "/api/none"]
POSTED = [("/api/code", {"date": "2020-03-02", "text": "Russia met Turkey in Moscow. Turkey sent no troops."}),
          ("/api/marks", {"event_id": "EVENT", "verdict": "right"})]
BUSY = {"/metrics"}  # what it says depends on the hour


def asked(port, target, body=None):
    """-> status and body; 0: it hung up, -1: no answer"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json"} if body else {}
    try:
        connection.request("POST" if body else "GET", target, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
    except TimeoutError:
        return -1, ""
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
    text = re.sub(r"[0-9-]{10}T[0-9:]{8}Z", "TIME", text.decode("utf-8", "replace"))
    return answer.status, text if target not in BUSY else ""


def round_of(port, event):
    for target in QUESTIONS:
        yield target, *asked(port, target.replace("EVENT", event))
    for target, body in POSTED:
        yield target, *asked(port, target, json.loads(json.dumps(body).replace("EVENT", event)))


def first_line(process):
    end, line = time.monotonic() + PATIENCE, b""
    while time.monotonic() < end and not line.endswith(b"\n"):
        if select.select([process.stdout], [], [], 0.2)[0]:
            more = os.read(process.stdout.fileno(), 200)
            if not more:
                break
            line += more
    return line


class Trial(faults.Trial):
    kinds = {kind: whys for kind, whys in faults.KINDS.items() if kind != "talk"}
    event = None

    def chosen(self, kind):
        """Of what `explain` opens and reads of an empty file, not all."""
        chosen = super().chosen(kind)
        if kind not in ("open", "read") or not self.every or faults.CALL:
            return chosen
        return [at for at in chosen if at > self.loading[kind] or at % faults.ALIKE == 0]

    def run_in(self, folder, **inject):
        """Its output is what it answered, in rounds."""
        counts = folder + ".counts"
        env = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "MALLOC_PERTURB_": "165", "LD_PRELOAD": INJECT,
               "INJECT_COUNTS": counts, **{"INJECT_" + k.upper(): str(v) for k, v in inject.items()}}
        with open(folder + ".err", "w+b") as err:
            process = subprocess.Popen([os.path.abspath(PROGRAM), *self.arguments], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=err, cwd=folder, env=env)
            rounds = []
            try:
                line = first_line(process)
                port = re.search(rb"http://127.0.0.1:([0-9]+)/\n", line)
                if port:
                    rounds = [list(round_of(int(port[1]), self.event)) for _ in range(2)]
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)
            finally:
                process.kill()
                process.wait()
                process.stdout.close()
            err.seek(0)
            said = err.read().decode("utf-8", "replace")
        with open(counts, "rb") as f:
            numbers = struct.unpack("9Q", f.read(72))
        os.remove(counts)
        return process.returncode, json.dumps(rounds).encode(), said, dict(zip(faults.COUNTED, numbers))

    def judge(self, folder, code, out, err, calls, why):
        if calls["failed"] == 0 and code == 0:
            return "" if out == self.out else "undisturbed, it answers otherwise\n" + faults.differs(
                *({f"{i} {q[0]}": q[1:] for i, found in enumerate(json.loads(o)) for q in found} for o in (out, self.out)))
        self.n_hit += 1
        rounds = json.loads(out)
        reason = re.escape(os.strerror(getattr(errno, why))) + "|" + faults.CAUSES[why]
        if code not in ((0,) if rounds else (1, 2)):
            return f"exit code {code}\n{err[-2000:]}"
        if not rounds:
            return "" if re.search(reason, err) else f"it exits with {code}, and nothing says why: {err[:500]!r}"
        undisturbed = list(zip(*json.loads(self.out)))  # a mark that failed at first is not there later
        n_refused = 0
        for i, found in enumerate(rounds):
            for (target, status, text), ever in zip(found, undisturbed):
                if [target, status, text] in ever:
                    continue
                n_refused += 1
                if status not in (0, 500, 503) or (n_refused > 1 and not self.for_ever):
                    return f"round {i + 1}: {target} is answered with {status}\n  {text[:300]}\n{err[:500]}"
                if status == 500 and not re.search(reason, err):
                    return f"{target} is answered with 500, and nothing says why: {err[:500]!r}"
        left = faults.differs(self.state_in(folder), self.state)
        return "" if self.for_ever or not left else f"the store is another: {left}"

    def fault(self, kind, why, at, ever):
        self.for_ever = ever
        return super().fault(kind, why, at, ever)


def define(db):
    @case
    def faults_in_serve(folder):
        begin = faults.Small.begin()
        Trial.event = faults.Small.events[0]
        arguments = ["serve", "--db", db, "--port", "0", "--correct", "--tables", faults.Small.tables]
        faults.BEHIND = 4
        write(folder, "empty/empty.txt", "")
        Trial.loading = faults.run(os.path.join(folder, "empty"), ["explain", "empty.txt", "--tables", faults.Small.tables])[3]
        Trial(folder, begin, arguments, earlier=earlier(folder)).try_all()


def earlier(folder):
    """What loading and coding allocate, `explain` does, too."""
    if faults.STRIDE == 1:
        yield faults.trial_of("explain", False, os.path.join(folder, "earlier")).made()


define("store.db")

if __name__ == "__main__":
    if "not built in" in subprocess.run([PROGRAM, "serve", "--db", "/nonexistent"], capture_output=True, text=True).stderr:
        print("skipped serving: there is no libmicrohttpd")
        sys.exit(77)
    sys.exit(faults.run_cases())
