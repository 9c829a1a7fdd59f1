#!/usr/bin/env python3
"""Streams under fire: three NATS servers, PostgreSQL, four workers, all of them killed; a cut network; a full disk.

DRAGOMAN_SCALE_STORIES (20000) and DRAGOMAN_SCALE_ROUNDS (20) make it shorter. Cutting a network and filling a disk
need root. What is compared is every table of the database, row by row, with that of one `dragoman ingest`.
"""
import atexit, json, os, random, shutil, signal, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, Skip, case, contains, dragoman, equal, main
from servers import Nats, Postgres, wait_for

STORIES = int(os.environ.get("DRAGOMAN_SCALE_STORIES", "20000"))
ROUNDS = int(os.environ.get("DRAGOMAN_SCALE_ROUNDS", "20"))
STATES = """France Germany Poland Romania Turkey Armenia Georgia Russia Ukraine Iran Iraq Israel Egypt Libya Mali Niger Nigeria
Ethiopia Kenya Sudan India Pakistan China Japan Vietnam Thailand Mexico Brazil Colombia Canada""".split()
ROLES = "president,prime minister,foreign minister,defence minister,interior minister,government,army,parliament,police".split(",")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WORDS = "harbour bridge market depot convoy school airport station mill dam ferry tower quarry bank hospital".split()
PATTERNS = """The {r} of {a} met the {q} of {b} on {d} and discussed {n} tonnes of grain at a {w}.
{a} condemned {b} for an attack on a {w} in which {n} soldiers were killed on {d}.
Troops from {a} attacked a {w} near the border with {b}, killing {n} people, the {r} of {b} said on {d}.
{a} will send {n} engineers to {b} to repair a {w}, its {r} announced on {d}.
{b} denied on {d} that its forces had shelled a {w} in {a} and asked the {q} of {a} for an apology.
Some {n} protesters marched past a {w} in {a} on {d} against the {r}.
{a} imposed sanctions on {n} companies of {b} after the {q} had closed a {w}.
The {r} of {a} threatened to expel {n} diplomats of {b} unless the {w} is handed back by {d}.
{a} and {b} signed an agreement on a {w} worth {n} million dollars on {d}.
Police in {a} arrested {n} citizens of {b} at a {w}, the {r} said.""".split("\n")


def sentence(rng):
    a, b = rng.sample(STATES, 2)
    return rng.choice(PATTERNS).format(a=a, b=b, r=rng.choice(ROLES), q=rng.choice(ROLES), d=rng.choice(DAYS), n=rng.randint(2, 9000),
                                       w=f"{rng.choice(WORDS)} {rng.randint(1, 999)}")


def stories(n, seed=11):
    """One in twenty is an edited copy of one before it, in another outlet."""
    rng, out = random.Random(seed), []
    for i in range(n):
        if out and rng.random() < 0.05:
            story = dict(rng.choice(out[-500:]), id=f"s{i}", source="The Copyist")
            story["text"] += " " + sentence(rng) if "again" not in story["text"] else ""
        else:
            day = f"{rng.randint(2001, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            story = {"id": f"s{i}", "date": day, "source": f"Outlet {rng.randint(1, 40)}",
                     "text": " ".join(sentence(rng) for _ in range(rng.randint(2, 4)))}
        out.append(story)
    return out


def stories_file(folder, n):
    path = os.path.join(folder, "stories.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(story) + "\n" for story in stories(n))
    return path


# ---- every table, with numbers that depend on the order of arrival replaced by what they stand for

NUMBERS = {"story": "story", "copy": "story", "event": "event", "first_event": "event", "other": "event", "condition_event": "event"}


def ask(db, sql):
    done = subprocess.run([os.path.join(Postgres.bin, "psql"), "-X", "-q", "-At", "-F", "\x1f", "-R", "\x1e", "-d", db, "-c", sql],
                          capture_output=True, check=True, text=True)
    text = done.stdout[:-1] if done.stdout.endswith("\n") else done.stdout
    return [row.split("\x1f") for row in text.split("\x1e")] if text else []


def tables(db):
    names = {"story": dict(ask(db, "SELECT story, hash FROM stories"))}
    names["event"] = {e: f"{names['story'][s]}/{i}" for e, s, i in ask(db, "SELECT event, story, event_id FROM events")}
    names["kind"] = {row[0]: " ".join(row[1:]) for row in ask(db, "SELECT * FROM kinds")}
    groups = {}
    for story, original in ask(db, "SELECT story, original FROM stories"):
        groups.setdefault(original, []).append(names["story"][story])
    groups = {original: "group of " + min(hashes) for original, hashes in groups.items()}
    out = {}
    for (table,) in ask(db, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"):
        if table == "runs":
            continue
        columns = [c for (c,) in ask(db, f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND"
                                     " table_schema = 'public' ORDER BY ordinal_position")]

        def stable(column, value):
            if column == "original":
                return groups[value]
            if column in NUMBERS and value:
                return names[NUMBERS[column]][value]
            if column == "kind":
                return names["kind"].get(value, value)  # of voices and links it is a word
            if column in ("same", "sides") and value.startswith("-"):
                return "its own"
            if column in ("goldstein", "intensity") and table == "dyad_sums" and value:
                return f"{float(value):.6g}"  # a sum of another order
            return value
        out[table] = sorted("|".join(stable(c, v) for c, v in zip(columns, row) if c != "run")
                            for row in ask(db, f'SELECT * FROM "{table}"'))
    return out


def same_tables(found, expected):
    equal(found.keys(), expected.keys())
    for table, rows in expected.items():
        if found[table] != rows:
            wrong = sorted(set(found[table]) ^ set(rows))[:6]
            raise AssertionError(f"{table}: {len(found[table])} rows, not {len(rows)}; different: " + "\n".join(w[:300] for w in wrong))
    print("  " + ", ".join(f"{table} {len(rows)}" for table, rows in expected.items()), flush=True)


def same_export(found, expected):
    wrong = set(dragoman("export", "--db", found)[1].splitlines()) ^ set(dragoman("export", "--db", expected)[1].splitlines())
    equal([line[:300] for line in sorted(wrong)[:4]], [])


# ---- processes

class Worker:
    def __init__(self, at, db, log, *more, prefix=()):
        self.log = open(log, "ab")
        self.command = [*prefix, os.path.abspath(PROGRAM), "worker", *at, "--db", db, "-j", "1", *more]
        self.process = None
        self.start()
        atexit.register(lambda: self.process.kill())

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def keep(self):
        """Started again where it has ended, as a service manager does."""
        if self.process.poll() is not None:
            self.start()

    def end(self):
        self.process.terminate()
        equal(self.process.wait(timeout=120), 0)
        self.log.close()


def waiting(at):
    code, out, err = dragoman("queue", *at, "-f", "json")
    if code != 0:
        raise OSError(err)
    return json.loads(out)


def step_down(nats):
    try:
        nats.ask("$JS.API.STREAM.LEADER.STEPDOWN.dragoman")
        nats.ask("$JS.API.CONSUMER.LEADER.STEPDOWN.dragoman.workers")
    except (OSError, ValueError):
        pass


def one_round(i, rng, nats, postgres, workers):
    what = ["worker", "leader", "step-down", "worker", "two workers", "database"][i % 6]
    if what == "worker":
        rng.choice(workers).kill()
    elif what == "two workers":
        for worker in rng.sample(workers, 2):
            worker.kill()
    elif what == "leader":
        i_leader = nats.leader()
        nats.kill(i_leader)
        time.sleep(rng.uniform(0.5, 4))
        nats.start(i_leader)
    elif what == "step-down":
        step_down(nats)
    else:
        postgres.halt(rng.choice(["immediate", "fast"]))
        time.sleep(rng.uniform(0.2, 3))
        postgres.start()
    return what


@case
def nothing_is_lost_or_doubled_whoever_is_killed(folder):
    seed = int(time.time())
    rng, postgres, nats = random.Random(seed), Postgres(), Nats(3)
    path, db, journal = stories_file(folder, STORIES), postgres.database(), os.path.join(folder, "journal")
    at = ["--nats", nats.url]
    submit = lambda: subprocess.Popen([os.path.abspath(PROGRAM), "submit", *at, "--journal", journal, "--ack-wait", "10", path],
                                      stdout=subprocess.DEVNULL, stderr=open(os.path.join(folder, "submit.log"), "ab"))
    wait_for("JetStream has a leader", lambda: nats.ask("$JS.API.INFO"))
    submitting = submit()
    workers = [Worker(at, db, os.path.join(folder, f"w{i}.log"), "--ack-wait", "10") for i in range(4)]
    begun, done = time.monotonic(), []
    for i in range(ROUNDS):
        time.sleep(rng.uniform(0.5, 3))
        done.append(one_round(i, rng, nats, postgres, workers))
        if i == 1:
            submitting.kill()
        if submitting.poll() not in (None, 0):
            submitting = submit()
        for worker in workers:
            worker.keep()
    while submitting.wait() != 0:
        submitting = submit()
    print(f"  seed {seed}: {len(done)} rounds, {waiting(at)['waiting']} stories wait after {time.monotonic() - begun:.0f} s", flush=True)
    wait_for("all is stored", lambda: [w.keep() for w in workers] and waiting(at)["waiting"] == 0, 3600)
    for worker in workers:
        worker.end()
    equal(waiting(at)["dead"], 0)
    print(f"  stored after {time.monotonic() - begun:.0f} s", flush=True)
    nats.stop()
    single = postgres.database()
    equal(dragoman_slow("ingest", "--db", single, "-j", "2", path), 0)
    equal(ask(db, "SELECT count(*), count(DISTINCT hash) FROM stories"), [[str(STORIES), str(STORIES)]])
    same_tables(tables(db), tables(single))
    for question in ("stats",), ("query", "--by", "dyad", "-n", "0"), ("claims",), ("commitments",):
        answers = [dragoman(*question, "--db", where) for where in (db, single)]
        wrong = set(answers[0][1].splitlines()) ^ set(answers[1][1].splitlines())
        equal(sorted(wrong)[:4], [], question)
    postgres.stop()


def dragoman_slow(*arguments):
    return subprocess.run([os.path.abspath(PROGRAM), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


@case
def the_queue_costs_little(folder):
    """Processor time of all processes of ours, and of brokers and database, against ingest into the same database."""
    path = stories_file(folder, min(STORIES, 1000))
    postgres, nats = Postgres(), Nats(1)
    at = ["--nats", nats.url]

    def spent(*arguments):
        before = os.times()
        begun = time.monotonic()
        equal(dragoman_slow(*arguments), 0)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system, time.monotonic() - begun

    def of(process):
        with open(f"/proc/{process.pid}/stat", encoding="ascii") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    rows = []
    for _ in range(3):
        ingest = spent("ingest", "--db", postgres.database(), "-j", "2", path)
        broker = of(nats.processes[0])
        stream = f"q{len(rows)}"
        submit = spent("submit", *at, "--stream", stream, path)
        worker = spent("worker", *at, "--stream", stream, "--db", postgres.database(), "-j", "2", "--until-empty")
        broker = of(nats.processes[0]) - broker
        rows.append((submit[0] + worker[0] + broker) / ingest[0] - 1)
        print(f"  ingest {ingest[0]:.1f} s of processor, {ingest[1]:.1f} s; submit {submit[0]:.2f}, worker {worker[0]:.1f}, broker"
              f" {broker:.2f}, {submit[1] + worker[1]:.1f} s: {rows[-1]:+.1%}", flush=True)
    equal(sorted(rows)[1] <= 0.15, True, f"the queue costs {sorted(rows)[1]:.1%}")
    nats.stop()
    postgres.stop()


def need_root(*programs):
    if os.geteuid() != 0 or not all(shutil.which(p) for p in programs):
        raise Skip("it needs root, and " + ", ".join(programs))


@case
def a_cut_network_loses_and_doubles_nothing(folder):
    need_root("ip")
    space, ours, theirs = f"dg{os.getpid()}", f"dga{os.getpid() % 100000}", f"dgb{os.getpid() % 100000}"
    ip = lambda *a: subprocess.run(["ip", *a], check=True, capture_output=True)
    try:
        ip("netns", "add", space)
        ip("link", "add", ours, "type", "veth", "peer", "name", theirs)
        ip("link", "set", theirs, "netns", space)
        ip("addr", "add", "10.213.77.1/30", "dev", ours)
        ip("link", "set", ours, "up")
        ip("netns", "exec", space, "ip", "addr", "add", "10.213.77.2/30", "dev", theirs)
        ip("netns", "exec", space, "ip", "link", "set", theirs, "up")
    except subprocess.CalledProcessError as error:
        subprocess.run(["ip", "netns", "del", space], capture_output=True)
        raise Skip(f"no network namespaces here: {error.stderr.decode().strip()}")
    try:
        cut_network(folder, space, lambda state: ip("link", "set", ours, state))
    finally:
        subprocess.run(["ip", "netns", "del", space], capture_output=True)


def cut_network(folder, space, link):
    n, log = 600, os.path.join(folder, "w.log")
    path, db = stories_file(folder, n), os.path.join(folder, "s.db")
    nats = Nats(1, hosts=["10.213.77.2"], prefix=[["ip", "netns", "exec", space]])
    at = ["--nats", nats.url]
    equal(dragoman_slow("submit", *at, "--ack-wait", "5", path), 0)
    worker = Worker(at, db, log, "--ack-wait", "5")
    wait_for("stories are stored", lambda: waiting(at)["waiting"] < n)
    link("down")
    more = os.path.join(folder, "more.jsonl")
    with open(more, "w", encoding="utf-8") as f:
        f.write(json.dumps({"id": "late", "date": "2020-01-01", "text": "France attacked Mali."}) + "\n")
    time.sleep(16)
    contains(open(log, encoding="utf-8").read(), "the connection to the broker is lost; trying to connect again")
    link("up")
    wait_for("submit gets through", lambda: dragoman_slow("submit", *at, more) == 0)
    wait_for("all is stored", lambda: waiting(at)["waiting"] == 0, 300)
    worker.end()
    contains(open(log, encoding="utf-8").read(), "answers again")
    single = os.path.join(folder, "single.db")
    equal(dragoman_slow("ingest", "--db", single, path, more), 0)
    same_export(db, single)
    contains(dragoman("stats", "--db", db)[1], str(n + 1))
    nats.stop()


@case
def a_full_disk_of_the_broker_loses_and_doubles_nothing(folder):
    need_root("mount")
    store = tempfile.mkdtemp(prefix="full", dir="/tmp")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", store], capture_output=True).returncode != 0:
        raise Skip("no file system can be mounted here")
    try:
        full_disk(folder, store)
    finally:
        subprocess.run(["umount", "-l", store], capture_output=True)
        os.rmdir(store)


def full_disk(folder, store):
    n, said = 3000, os.path.join(folder, "submit.log")
    path, db = stories_file(folder, n), os.path.join(folder, "s.db")
    nats = Nats(1, stores=[store], extra="")
    conf = open(nats.conf(0), encoding="utf-8").read().replace('store_dir:', "max_file_store: 1G, store_dir:")
    open(nats.conf(0), "w", encoding="utf-8").write(conf)
    nats.kill(0)
    nats.start(0)
    at = ["--nats", nats.url]
    with open(said, "ab") as log:
        submit = subprocess.Popen([os.path.abspath(PROGRAM), "submit", *at, "--ack-wait", "5", path], stdout=log, stderr=log)
        wait_for("submit says that the disk is full", lambda: "full" in open(said, encoding="utf-8").read())
        equal(submit.poll(), None)
        subprocess.run(["mount", "-o", "remount,size=64m", store], check=True)
        nats.kill(0)
        nats.start(0)
        equal(submit.wait(timeout=300), 0, open(said, encoding="utf-8").read())
    print("  " + open(said, encoding="utf-8").read().strip().replace("\n", "\n  "), flush=True)
    worker = Worker(at, db, os.path.join(folder, "w.log"), "--ack-wait", "5", "--until-empty")
    equal(worker.process.wait(timeout=600), 0)
    single = os.path.join(folder, "single.db")
    equal(dragoman_slow("ingest", "--db", single, path), 0)
    same_export(db, single)
    equal(*(dragoman("stats", "--db", where)[1] for where in (db, single)))
    nats.stop()


if __name__ == "__main__":
    sys.exit(main())
