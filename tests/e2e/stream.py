#!/usr/bin/env python3
"""Streams as a user meets them, on a NATS server and a PostgreSQL server that this starts itself. The long form, a
cluster whose servers are killed, is tests/scale/stream.py."""
import atexit, json, os, random, re, shutil, signal, subprocess, sys, time, urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT, Skip, case, check_confined, contains, dragoman, equal, main, need_confinement, write
from servers import Nats, Postgres, free_port, wait_for

sys.path.insert(0, os.path.join(ROOT, "bench"))
import stories

SERVERS = {}


def server(kind=Nats, **how):
    key = (kind, tuple(sorted(how.items())))
    if key not in SERVERS:
        SERVERS[key] = kind(**how)
    return SERVERS[key]


def some(folder, n, seed=3, name="stories.jsonl"):
    return write(folder, name, "".join(json.dumps(s) + "\n" for s in stories.permuted(n, random.Random(seed))))


class Stream:
    """A stream of its own on the common server."""
    n = 0

    def __init__(self, nats=None):
        Stream.n += 1
        self.nats = nats or server()
        self.name = f"s{Stream.n}"
        self.at = ["--nats", self.nats.url, "--stream", self.name]

    def submit(self, *arguments, code=0, say=""):
        found, out, err = dragoman("submit", *self.at, *arguments)
        equal(found, code, err)
        equal(re.search(say, err) is not None if say else err, True if say else "")
        return [int(n) for n in re.findall(r"\d+ (?=stor(?:y|ies) read|submitted:?|on the|refused)", out)], out

    def worker(self, db, *arguments):
        worker = subprocess.Popen([os.path.abspath(PROGRAM), "worker", *self.at, "--db", db, *arguments], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        atexit.register(worker.kill)  # a case that fails leaves none behind
        return worker

    def empty(self, db, *arguments):
        """a worker that ends with the stream -> what it says"""
        worker = self.worker(db, "--until-empty", *arguments)
        out, err = worker.communicate(timeout=120)
        equal(worker.returncode, 0, err)
        return out, err

    def state(self):
        code, out, err = dragoman("queue", *self.at, "-f", "json")
        equal((code, err), (0, ""))
        return json.loads(out)


def records(db):
    code, out, err = dragoman("export", "--db", db)
    equal((code, err), (0, ""))
    return sorted(out.splitlines())


def stats(db):
    code, out, err = dragoman("stats", "--db", db)
    equal((code, err), (0, ""))
    return out


def single(folder, *paths):
    """-> the store of a run without a stream"""
    db = os.path.join(folder, "single.db")
    equal(dragoman("ingest", "--db", db, *paths)[0], 0)
    return db


def killed_once(folder, db):
    path, stream = some(folder, 150), Stream()
    contains(stream.submit(path)[1], "150 stories read: 150 submitted, 0 on the stream already")
    contains(stream.submit(path)[1], "150 stories read: 0 submitted, 150 on the stream already")
    equal(stream.state()["waiting"], 150)
    worker = stream.worker(db, "--ack-wait", "2")
    wait_for("the worker holds stories", lambda: stream.state()["taken"] > 0)
    time.sleep(0.3)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    stream.empty(db, "--ack-wait", "2")
    whole = single(folder, path)
    equal(records(db), records(whole))
    equal(stats(db), stats(whole))
    state = stream.state()
    equal((state["waiting"], state["taken"], state["dead"]), (0, 0, 0))


@case
def a_worker_that_is_killed_loses_and_doubles_nothing_on_sqlite(folder):
    killed_once(folder, os.path.join(folder, "s.db"))


@case
def a_worker_that_is_killed_loses_and_doubles_nothing_on_postgresql(folder):
    killed_once(folder, server(Postgres).database())


@case
def a_story_given_out_again_adds_nothing(folder):
    path, stream, db = some(folder, 5), Stream(), os.path.join(folder, "s.db")
    stream.submit(path)
    contains(stream.empty(db)[0], "5 stories new, 0 there already")
    before = stats(db)
    # the same stories with other message ids, as after a restart of all servers
    client = stream.nats.client()
    for story in stories.permuted(5, random.Random(3)):
        client.publish(stream.name + ".stories", json.dumps({**story, "date_basis": "input"}).encode())
    client.close()
    contains(stream.empty(db)[0], "0 stories new, 5 there already")
    equal(stats(db), before)


@case
def large_stories_go_in_parts(folder):
    nats = server(extra="max_payload: 20000")
    stream, db = Stream(nats), os.path.join(folder, "s.db")
    rng = random.Random(4)
    text = "France attacked a rebel camp in Mali on Monday. " + " ".join(
        "Note " + "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(700)) + "." for _ in range(90))
    path = write(folder, "l.jsonl", json.dumps({"id": "large", "date": "2020-03-02", "text": text}) + "\n")
    stream.submit(path)
    equal(stream.state()["parts"] > 1, True)
    contains(stream.empty(db)[0], "1 story new")
    equal(records(db), records(single(folder, path)))
    equal(stream.state()["parts"], 0)
    stream.submit(path)  # the message is known, its parts are new: they do not stay
    stream.empty(db)
    equal((stream.state()["parts"], stream.state()["waiting"]), (0, 0))


@case
def submit_waits_while_the_stream_is_full(folder):
    stream, db, path = Stream(), os.path.join(folder, "s.db"), some(folder, 60)
    begun = time.monotonic()
    said, out, err = dragoman("submit", *stream.at, "--capacity", "30K", "--give-up", "1", path)
    equal(said, 1)
    equal(time.monotonic() - begun < 6, True, "one story gave up, and the others waited on")
    equal(err.count("is given up"), 1, err)
    sums = [int(n) for n in re.findall(r"(\d+) (?:stor(?:y|ies) read|submitted|on the stream|refused|left)", out)]
    equal(sums[0], sum(sums[1:]), out)
    contains(dragoman("submit", *stream.at, "--capacity", "40K", "--give-up", "1", path)[2],
             "is there already and keeps its own: a capacity of 30720 bytes")
    contains(err, f'stream "{stream.name}": is full; waiting until workers have made room')
    worker = stream.worker(db)
    submit = subprocess.Popen([os.path.abspath(PROGRAM), "submit", *stream.at, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = submit.communicate(timeout=120)
    equal(submit.returncode, 0, err)
    contains(err, "is full")
    contains(err, "answers again")
    wait_for("all is stored", lambda: stream.state()["waiting"] == 0)
    worker.terminate()
    told = worker.communicate()[1]
    equal((stream.state()["dead"], stream.state()["taken"]), (0, 0), told)
    equal(set(records(single(folder, path))) - set(records(db)), set(), told)
    equal(records(db), records(single(folder, path)))


@case
def what_fails_three_times_is_a_dead_letter_with_its_reason(folder):
    stream, db, path = Stream(), os.path.join(folder, "s.db"), some(folder, 3)
    stream.submit(path)
    equal(dragoman("queue", *stream.at, "--dead", "-f", "json")[:2], (0, ""))
    equal(dragoman("queue", *stream.at, "--again")[0], 0)
    client = stream.nats.client()
    for bad in b"no JSON", b'{"id":"x","date":"yesterday","text":"a"}', b"\x28\xb5\x2f\xfd broken", b'{"date":"2020-01-01"}':
        client.publish(stream.name + ".stories", bad)
    client.close()
    out, err = stream.empty(db)
    contains(out, "3 stories new, 0 there already, 4 dead letters; 12 attempts failed")
    contains(err, "it failed three times and is a dead letter now")
    code, out, err = dragoman("queue", *stream.at, "--dead", "-f", "json")
    letters = [json.loads(line) for line in out.splitlines()]
    equal(len(letters), 4)
    for part in "no JSON object", "no day as YYYY-MM-DD", "zstd", "no `text`":
        contains("\n".join(letter["reason"] for letter in letters), part)
    contains(dragoman("queue", *stream.at, "--again")[1], "4 dead letters are on the stream again")
    equal((stream.state()["dead"], stream.state()["waiting"]), (0, 4))


def submit_slow_story(folder, stream, n):
    text = " ".join("France attacked rebel camp number %d in Mali and Mali condemned it." % i for i in range(n))
    path = write(folder, "l.jsonl", json.dumps({"id": "slow", "date": "2020-03-02", "text": text}) + "\n")
    stream.submit("--ack-wait", "1", path)


def worker_holding(stream, db, n):
    """A worker to whom a story was handed out, the n-th time that one was."""
    times = lambda: json.loads(stream.nats.ask(f"$JS.API.CONSUMER.INFO.{stream.name}.workers"))["delivered"]["consumer_seq"]
    worker = stream.worker(db)
    wait_for("the worker holds it", lambda: times() == n)
    return worker


def kill_three_workers(stream, db):
    for i in range(1, 4):
        worker = worker_holding(stream, db, i)
        worker.kill()
        worker.communicate()
        time.sleep(1.2)


@case
def a_story_that_workers_die_of_is_coded_apart(folder):
    stream, db = Stream(), os.path.join(folder, "s.db")
    submit_slow_story(folder, stream, 5000)
    kill_three_workers(stream, db)
    out, err = stream.empty(db, "--story-seconds", "1")
    contains(out, "0 stories new, 0 there already, 1 dead letter;")
    contains(err, "coding it takes longer than 1 s")


@case
def what_is_coded_apart_ends_with_its_worker(folder):
    stream, db = Stream(), os.path.join(folder, "s.db")
    submit_slow_story(folder, stream, 12000)
    kill_three_workers(stream, db)
    worker = worker_holding(stream, db, 4)

    def children():
        with open(f"/proc/{worker.pid}/task/{worker.pid}/children", encoding="utf-8") as f:
            return f.read().split()
    [child] = wait_for("it is coded apart", children)
    worker.kill()
    worker.wait()
    wait_for("what was coded apart has ended", lambda: not os.path.exists(f"/proc/{child}"), 5)


@case
def submit_goes_on_where_it_was_stopped(folder):
    stream, db, path = Stream(), os.path.join(folder, "s.db"), some(folder, 400)
    journal = os.path.join(folder, "journal")
    stream.submit("--journal", journal, some(folder, 100, name="first.jsonl"))
    with open(journal, "ab") as f:
        f.write(b"0123456789abcdef")  # cut off in the middle of a line
    contains(stream.submit("--journal", journal, path)[1], "400 stories read: 300 submitted, 0 on the stream already, 100 submitted before")
    equal(os.path.getsize(journal), 400 * 33)
    equal(stream.state()["waiting"], 400)
    bad = write(folder, "bad", "this is a letter to somebody else, and not a journal\n")
    code, out, err = dragoman("submit", *stream.at, "--journal", bad, path)
    equal(code, 1)
    contains(err, "bad:1: this is no journal")


@case
def a_term_signal_drains(folder):
    stream, db, path = Stream(), os.path.join(folder, "s.db"), some(folder, 400)
    stream.submit(path)
    worker = stream.worker(db)
    wait_for("the worker holds stories", lambda: stream.state()["taken"] > 0)
    worker.terminate()
    out, err = worker.communicate(timeout=60)
    equal(worker.returncode, 0, err)
    new = int(re.match(r"(\d+) stor(?:y|ies) new", out)[1])
    equal(stream.state()["waiting"], 400 - new)
    equal(f" {new}\n" in stats(db) or new == 0, True, stats(db))


@case
def a_worker_gives_up_what_it_does_not_need(folder):
    need_confinement()
    stream, db, path = Stream(), os.path.join(folder, "s.db"), some(folder, 60)
    stream.submit(path)
    worker = stream.worker(db, "--confine", "on")
    try:
        wait_for("the stories are stored", lambda: stream.state()["waiting"] == 0)
        check_confined(worker.pid)
    finally:
        worker.terminate()
        worker.communicate(timeout=60)
    contains(stats(db), "60")


@case
def a_worker_tells_prometheus_and_the_queue_how_it_stands(folder):
    stream, db, path, port = Stream(), os.path.join(folder, "s.db"), some(folder, 20), free_port()
    stream.submit(path)
    worker = stream.worker(db, "--metrics", str(port))
    get = lambda what: urllib.request.urlopen(f"http://127.0.0.1:{port}/{what}", timeout=5).read().decode()
    wait_for("all is stored", lambda: 'dragoman_stories_total{result="new"} 20' in get("metrics"))
    for line in "dragoman_broker_up 1", "dragoman_store_up 1", "# TYPE dragoman_batches_total counter":
        contains(get("metrics"), line)
    equal(get("healthz"), "well\n")
    state = stream.state()
    equal([w["new"] for w in state["workers"]], [20])
    equal((state["rate"] > 0, state["seconds_left"]), (True, 0))
    table = dragoman("queue", *stream.at)[1]
    for part in "waiting      0 stories", "1 worker\n", "time left    0 s":
        contains(table, part)
    worker.terminate()
    worker.communicate()


@case
def passwords_and_certificates_are_asked_for(folder):
    if not shutil.which("openssl"):
        raise Skip("there is no openssl to make certificates with")
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
    nats = Nats(extra=f'authorization {{ user: u, password: "s3cret" }}\ntls {{ cert_file: "{cert}", key_file: "{key}" }}')
    where = f"127.0.0.1:{nats.ports[0]}"
    path, db = some(folder, 3), os.path.join(folder, "s.db")
    at = ["--nats", f"tls://u:s3cret@{where}", "--ca", cert]
    equal(dragoman("submit", *at, path)[0], 0)
    contains(dragoman("worker", *at, "--db", db, "--until-empty")[1], "3 stories new")
    for wrong in ["--nats", f"tls://u:wr0ng@{where}", "--ca", cert], ["--nats", f"tls://u:s3cret@{where}"], \
            ["--nats", f"nats://u:s3cret@{where}"], at + ["--creds", os.path.join(folder, "none")]:
        code, out, err = dragoman("submit", *wrong, path)
        equal(code, 1, err)
        contains(err, "dragoman: ")
        equal("s3cret" in err or "wr0ng" in err, False, err)
    nats.stop()


@case
def what_is_watched_goes_onto_the_stream_once(folder):
    stream, db = Stream(), os.path.join(folder, "s.db")
    write(folder, "in/a.jsonl", open(some(folder, 20)).read())
    watch = lambda *more: dragoman("watch", os.path.join(folder, "in"), *stream.at, "--once", "--settle", "0", *more)
    code, out, err = watch()
    equal((code, err), (0, ""))
    contains(out, "1 new or changed, 0 still growing; 20 stories read: 20 submitted, 0 on the stream already, 0 refused")
    contains(watch()[1], "0 new or changed, 0 still growing; 0 stories read")
    contains(watch("--state", os.path.join(folder, "other"))[1], "0 submitted, 20 on the stream already")
    contains(stream.empty(db)[0], "20 stories new, 0 there already")


@case
def what_cannot_be_is_said(folder):
    path = some(folder, 1)
    for arguments, code, part in (
            (["submit", path], 2, "--nats, or NATS_URL in the environment, says where the brokers are"),
            (["submit", "--nats", "nats://127.0.0.1:1", path], 1, "no broker can be reached"),
            (["submit", "--nats", server().url, "--stream", "a.b", path], 2, "a stream's name has letters"),
            (["submit", "--nats", server().url, "--capacity", "much", path], 2, "--capacity takes a number of bytes"),
            (["submit", "--nats", server().url, "--stream", "three", "--replicas", "3", path], 1, "the servers for 3 replicas"),
            (["submit", "--nats", server().url, "--capacity", "1", path], 2, "--capacity takes a number of bytes, 4K or more"),
            (["queue", "--nats", server().url, "--stream", "none"], 1, 'there is no stream "none"'),
            (["worker", "--nats", server().url, "--stream", "none", "--db", os.path.join(folder, "n.db"), "--until-empty"], 1,
             'there is no stream "none"'),
            (["worker", "--nats", server().url, "--db", os.path.join(folder, "n.db"), "--metrics", "99999"], 2, "--metrics takes a port"),
            (["worker", "--nats", server().url], 2, "--db says where the store is")):
        got, out, err = dragoman(*arguments)
        equal(got, code, err)
        contains(err, part)


if __name__ == "__main__":
    if os.environ.get("DRAGOMAN_BUILD") == "sanitize":
        print("skipped stream: its clocks are those of the plain build; tests of messages run sanitized")
        sys.exit(77)
    sys.exit(main())
