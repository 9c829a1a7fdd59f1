#!/usr/bin/env python3
"""Two ways to one answer: what must make no difference makes none, byte for byte.

How a file is packed, cut, piped and shared among workers; whether events come out of a store or out of the coder;
and which of the two engines keeps the store: random queries, made of the options that `dragoman query --help`
lists. DRAGOMAN_QUERIES is how many (default 150), DRAGOMAN_SEED what they come from (default 1; 0: another each
time, and printed)."""
import concurrent.futures, functools, glob, gzip, json, os, random, re, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT, case, dragoman, equal, main, write
from servers import Postgres

EXAMPLES = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
SEED = int(os.environ.get("DRAGOMAN_SEED", "1")) or random.SystemRandom().randrange(1, 1 << 32)
QUERIES = int(os.environ.get("DRAGOMAN_QUERIES", "150"))
FORMATS = "jsonl csv table gdelt gdelt-mentions icews polecat petrarch plover geojson dyadic".split()
# {format: (what stands between cells, the cells that a store counts and the coder cannot)}
COUNTED = {"gdelt": ("\t", (31, 32, 33)), "dyadic": (",", (-3, -2))}


@functools.cache
def server():
    return Postgres()


@functools.cache
def coded(form):
    return written("code", "-f", form, *EXAMPLES)


def written(*arguments):
    """-> lines of what it writes, and what it says to be left out"""
    code, out, err = dragoman(*arguments)
    equal((code, re.sub(r"dragoman: \d+ of \d+ events written, .*\n", "", err)), (0, ""), " ".join(arguments))
    return out.splitlines(), err


def must(*arguments, stdin=b""):
    code, out, err = dragoman(*arguments, "-q", stdin=stdin)
    equal((code, err), (0, ""), " ".join(arguments))
    return out


def same_lines(found, expected, what):
    """The first line that differs: the whole of two outputs is no message."""
    for i, (line, other) in enumerate(zip(found, expected)):
        equal(line, other, f"{what}, line {i + 1}")
    equal(len(found), len(expected), what)


def story_lines():
    """The examples as JSON Lines: the ids do not hang on how a file is called."""
    for path in EXAMPLES:
        with open(path, encoding="utf-8") as f:
            day, text = f.read().split("\n", 1)
        yield json.dumps({"id": os.path.basename(path), "date": day.split()[1], "text": text})


def piped(pieces, *arguments):
    """Standard output of a program that gets its input in these pieces, each by a write of its own"""
    with subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            out = pool.submit(child.stdout.read)
            for piece in pieces:
                child.stdin.write(piece)
                child.stdin.flush()
            child.stdin.close()
            return out.result().decode("utf-8")


def cut(rng, content, longest):
    """-> content in pieces of random lengths"""
    while content:
        n = rng.randint(1, longest)
        yield content[:n]
        content = content[n:]


@case
def jobs_pieces_and_compression_change_no_byte(folder):
    rng = random.Random(SEED)
    content = "".join(line + "\n" for line in story_lines()).encode()
    one = must("code", "--jobs", "1", write(folder, "a.jsonl", content))
    equal(one.count("\n") > 100, True)
    equal(must("code", "--jobs", "2", f"{folder}/a.jsonl"), one, "two jobs")
    equal(must("code", write(folder, "a.jsonl.gz", gzip.compress(content))), one, "gzip")
    parts = list(cut(rng, content, 9000))
    equal(must("code", write(folder, "members.gz", b"".join(map(gzip.compress, parts)))), one, f"gzip in {len(parts)} members")
    for longest in 40, 9000:
        equal(piped(cut(rng, content, longest), "code", "-q", "-"), one, f"pieces of up to {longest} bytes, seed {SEED}")


@case
def the_order_and_number_of_files_change_the_order_alone(folder):
    rng = random.Random(SEED)
    lines = list(story_lines())
    one = sorted(must("code", write(folder, "all.jsonl", "\n".join(lines))).splitlines())
    rng.shuffle(lines)
    files = [write(folder, f"{k}.jsonl", "\n".join(lines[k::3])) for k in range(3)]
    for order in files, files[::-1]:
        equal(sorted(must("code", *order).splitlines()), one, f"three files, seed {SEED}")
    equal(sorted(must("code", "-j", "2", *rng.sample(EXAMPLES, len(EXAMPLES))).splitlines()),
          sorted(must("code", *EXAMPLES).splitlines()), f"files in another order, seed {SEED}")


def uncounted(form, line):
    between, counted = COUNTED.get(form, ("\0", ()))
    cells = line.split(between)
    for cell in counted:
        cells[cell] = "counted"
    return cells


def exports_as_coded(db):
    must("ingest", "--db", db, *EXAMPLES)
    for form in FORMATS:
        (expected, left), (found, also_left) = coded(form), written("export", "--db", db, "-f", form)
        equal((len(expected) > 100 or form == "geojson", also_left), (True, left), form)
        same_lines([uncounted(form, line) for line in found], [uncounted(form, line) for line in expected], form)


@case
def an_export_is_what_the_coder_writes_in_every_format_on_sqlite(folder):
    exports_as_coded(f"{folder}/store.db")


@case
def an_export_is_what_the_coder_writes_in_every_format_on_postgresql(folder):
    exports_as_coded(server().database())


# ---- Random queries

NO_FILTERS = {"db", "tables", "config", "quiet", "help", "output"}


class Questions:
    """Command lines for `dragoman query`; values are drawn from what the store holds and, seldom, from elsewhere."""

    def __init__(self, rng, db):
        self.rng, help_text = rng, dragoman("query", "--help")[1]
        self.options = [name for name in re.findall(r"^  (?:-., |    )--([a-z-]+)", help_text, re.M) if name not in NO_FILTERS]
        events = [json.loads(line) for line in must("export", "--db", db, "-f", "jsonl").splitlines()]
        sides = [side for e in events for side in e["actors"] + e["recipients"]]
        who = [side[key] for side in sides for key in ("country", "code", "name", "country") if side[key]]
        voices = [a["speaker"]["country"] for e in events for a in e["attribution"] if a["speaker"] and a["speaker"]["country"]]
        days = [e["event_date"] for e in events]
        places = [p for e in events for p in e["locations"]]
        names = [found for found in (re.match(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?$", p["name"]) for p in places) if found]
        some = lambda pool, most=3: lambda: ",".join(rng.choice(pool) for _ in range(rng.randint(1, most)))
        self.values = {
            "format": some(["table", "csv", "jsonl"], 1), "by": self.by, "per": some(["report", "story", "event"], 1),
            "limit": some(["0", "1", "3", "10", "100"], 1), "polarity": some(["affirmed", "negated"], 1),
            "status": some([e["status"] for e in events]), "actor": some(who), "recipient": some(who), "country": some(who),
            "dyad": lambda: f"{rng.choice(who)},{rng.choice(who)}", "type": some([e["event_type"] for e in events]),
            "mode": some([e["event_mode"] for e in events if e["event_mode"]]), "quad": some("1234"), "since": some(days, 1),
            "until": some(days, 1), "place": some([p[key] for p in places for key in ("name", "country") if p[key]], 1),
            "speaker": some(voices + ["none"] * 9), "historical": some(["yes", "no"], 1),
            "text": lambda: self.phrase(rng.choice(names)), "story": some([e["story_id"] for e in events], 1),
            "event": some([e["event_id"] for e in events]),
        }
        self.switches = {"fill", "per-stories", "plain", "one-a-day"}

    def by(self):
        period = self.rng.choice(["day", "week", "month", "year"])
        group = self.rng.choice(["nothing", "type", "quad", "dyad", "country", "source", period])
        return group if group == period or self.rng.random() < 0.5 else f"{group},{period}"

    def phrase(self, name):
        """The engines differ in stems and stop words (docs/store.md), so these are names."""
        return f'"{name[0]}"' if self.rng.random() < 0.3 else name[0]

    def __call__(self):
        """-> options; what no command line may have, as --fill without a period, is among them"""
        names = self.rng.sample([name for name in self.options if name not in ("format", "by")], self.rng.choice([0, 1, 1, 2, 2, 3, 4]))
        if self.rng.random() < 0.6:
            names.append("by")
        return [f"--{name}" if name in self.switches else f"--{name}={self.values[name]()}" for name in [*names, "format"]]


@case
def both_engines_answer_random_queries_alike(folder):
    stores = [f"{folder}/store.db", server().database()]
    for db in stores:
        must("ingest", "--db", db, *EXAMPLES)
    rng = random.Random(SEED)
    ask = Questions(rng, stores[0])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        asked = [ask() for _ in range(QUERIES)]
        answers = list(pool.map(lambda options: [dragoman("query", "--db", db, *options) for db in stores], asked))
    answered, with_rows = sum(one[0] == 0 for one, _ in answers), sum(one[1].count("\n") > 1 for one, _ in answers)
    print(f"  {QUERIES} queries, DRAGOMAN_SEED={SEED}: {answered} answered, {with_rows} of them with rows")
    equal(with_rows > QUERIES / 3, True, "refusals alone and empty answers prove nothing")
    for options, (one, other) in zip(asked, answers):
        same_lines("".join(map(str, other)).split("\n"), "".join(map(str, one)).split("\n"), f"DRAGOMAN_SEED={SEED}: query {options}")


sys.exit(main())
