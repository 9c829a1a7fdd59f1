#!/usr/bin/env python3
"""Stores as a user meets them: the same cases for SQLite and for a PostgreSQL server that this starts itself.

DRAGOMAN_KILLS says how often the ingest is killed (default 6).
"""
import atexit, csv, glob, io, json, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import CASES, PROGRAM, ROOT, Skip, case, contains, dragoman, equal, main, write

EXAMPLES = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
KILLS = int(os.environ.get("DRAGOMAN_KILLS", "6"))
AS_SERVER = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Server:
    """A cluster in a temporary folder, on a socket there."""
    bin = max(glob.glob("/usr/lib/postgresql/*/bin"), default=None)
    folder, n = None, 0

    @classmethod
    def start(cls):
        if not cls.bin or not os.path.exists(os.path.join(cls.bin, "initdb")):
            raise Skip("no PostgreSQL server is installed (Debian: postgresql)")
        cls.folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
        atexit.register(cls.stop)
        if AS_SERVER:
            shutil.chown(cls.folder, "postgres", "postgres")
        cls.run("initdb", "-D", cls.folder + "/data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
        cls.run("pg_ctl", "-D", cls.folder + "/data", "-l", cls.folder + "/log", "-w", "-o",
                f"-k {cls.folder} -c listen_addresses='' -c fsync=off", "start")

    @classmethod
    def run(cls, command, *arguments):
        subprocess.run([os.path.join(cls.bin, command), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/tmp", **AS_SERVER)

    @classmethod
    def database(cls):
        if not cls.folder:
            cls.start()
        cls.n += 1
        cls.run("createdb", "-h", cls.folder, "-U", "test", f"t{cls.n}")
        return f"postgresql:///t{cls.n}?host={cls.folder}&user=test"

    @classmethod
    def stop(cls):
        subprocess.run([os.path.join(cls.bin, "pg_ctl"), "-D", cls.folder + "/data", "-m", "immediate", "stop"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp", **AS_SERVER)
        shutil.rmtree(cls.folder, ignore_errors=True)


def on_both(function):
    """One body, a case an engine."""
    def on_sqlite(folder):
        function(folder, os.path.join(folder, "store.db"))

    def on_postgresql(folder):
        function(folder, Server.database())
    for wrapped in on_sqlite, on_postgresql:
        wrapped.__name__ = function.__name__ + "_" + wrapped.__name__
        CASES.append(wrapped)
    return function


def stories_file(folder, stories, name="stories.jsonl"):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        for story in stories:
            f.write(json.dumps(story) + "\n")
    return path


def must(*arguments):
    code, out, err = dragoman(*arguments)
    equal((code, err), (0, ""), " ".join(arguments))
    return out


def rows(*arguments):
    return list(csv.DictReader(io.StringIO(must(*arguments, "-f", "csv"), newline="")))


def lines(*arguments):
    return [json.loads(line) for line in must(*arguments).splitlines()]


def some(n, seed=3):
    sys.path.insert(0, os.path.join(ROOT, "bench"))
    import stories
    return list(stories.permuted(n, random.Random(seed)))


@on_both
def series_have_zeros_and_how_many_stories_were_read(folder, db):
    attack = "Turkey attacked Armenia on Monday."
    stories = [("2020-01-07", attack), ("2020-01-08", "Nothing happened."), ("2020-03-03", attack), ("2020-03-05", "Iran attacked Israel."),
               ("2020-04-02", "It rained.")]
    path = stories_file(folder, [{"id": str(i), "date": day, "text": text, "source": "A"} for i, (day, text) in enumerate(stories)])
    must("ingest", "--db", db, path)
    ask = lambda *o: rows("query", "--db", db, "--type", "ASSAULT", *o)
    got = ask("--by", "dyad,month", "--fill")
    equal([(r["dyad"], r["month"], r["n"]) for r in got],
          [(d, f"2020-0{m}", "1" if (d, m) in (("TUR,ARM", 1), ("TUR,ARM", 3), ("IRN,ISR", 3)) else "0")
           for d in ("IRN,ISR", "TUR,ARM") for m in (1, 2, 3)])
    equal(got, ask("--by", "month,dyad", "--fill"))
    got = ask("--by", "month", "--fill", "--per-stories", "--since", "2019-12-15", "--until", "2020-04-30")
    equal([(r["month"], r["n"], r["stories_read"], r["per_1000"]) for r in got],
          [("2019-12", "0", "0", ""), ("2020-01", "1", "2", "500"), ("2020-02", "0", "0", ""), ("2020-03", "2", "2", "1000"),
           ("2020-04", "0", "1", "0")])
    equal([r["week"] for r in ask("--by", "week", "--fill", "--until", "2020-01-31")],
          ["2020-01-06", "2020-01-13", "2020-01-20", "2020-01-27"])
    equal([(r["dyad"], r["year"], r["n"]) for r in ask("--by", "dyad,year", "--fill", "--dyad", "FJI,TUV", "--since", "2019-01-01", "--until", "2020-12-31")],
          [("FJI,TUV", "2019", "0"), ("FJI,TUV", "2020", "0")])
    equal([(r["dyad"], r["stories_read"]) for r in ask("--by", "dyad", "--per-stories")], [("IRN,ISR", "5"), ("TUR,ARM", "5")])
    counts = lambda rows: [[row[name] for name in ("n", "events", "stories", "outlets")] for row in rows]
    equal(counts(ask("--by", "type", "--per-stories")), counts(ask("--by", "type")))
    equal(len(ask("--by", "dyad,month", "--fill", "-n", "4")), 4)
    for wrong in (["--by", "dyad", "--fill"], ["--by", "dyad,type"], ["--by", "moon"], ["--by", "dyad,dyad"], ["--per-stories"]):
        code, _, err = dragoman("query", "--db", db, *wrong)
        equal((code, "--help" in err), (2, True), str(wrong))


@on_both
def meta_of_an_export_names_what_coded_the_stories(folder, db):
    meta = os.path.join(folder, "m.json")
    must("ingest", "--db", db, *EXAMPLES)
    n = len(lines("export", "--db", db, "--meta", meta))
    told = json.load(open(meta))
    equal((told["command"], told["stories"], told["events"]["written"]), ("export", {"stored": len(EXAMPLES)}, n))
    equal([(r["stories"], len(r["tables"])) for r in told["runs"]], [(len(EXAMPLES), 32)])
    equal("@" in json.dumps(told["options"]), False)
    bare = lines("export", "--db", db, "--without-text")
    equal((len(bare), {e["text"] for e in bare}), (n, {None}))


@on_both
def a_second_ingest_changes_nothing(folder, db):
    must("ingest", "--db", db, *EXAMPLES)
    before = must("stats", "--db", db)
    contains(must("ingest", "--db", db, *EXAMPLES), f"0 new, {len(EXAMPLES)} there already")
    equal(must("stats", "--db", db), before)


def execute(db, on_sqlite, on_postgresql):
    """SQL of the test's own, in the database behind the program's back"""
    if db.startswith("postgresql"):
        subprocess.run([os.path.join(Server.bin, "psql"), "-q", "-d", db, "-c", on_postgresql], check=True)
    else:
        with sqlite3.connect(db) as store:
            store.executescript(on_sqlite)
        store.close()


def change_records(db, old, new):
    """Replaces in the records of a store's only story, which then are not compressed"""
    records = must("export", "--db", db, "-f", "jsonl").replace(old, new).encode()
    execute(db, f"UPDATE records SET records = x'00{records.hex()}'", f"UPDATE records SET records = '\\x00{records.hex()}'")


@on_both
def a_story_that_cannot_be_stored_takes_no_other_with_it(folder, db):
    texts = [{"id": f"s{i}", "date": "2020-03-02", "text": f"France attacked rebel camp number {i} in Mali. Mali condemned it."}
             for i in range(9)]
    must("ingest", "--db", db, stories_file(folder, [dict(texts[0], id="first")]))
    execute(db, "CREATE TRIGGER no BEFORE INSERT ON events WHEN new.story IN (SELECT story FROM stories WHERE story_id = 's4')"
            " BEGIN SELECT RAISE(ABORT, 'poison'); END",
            "ALTER TABLE stories ADD CONSTRAINT poison CHECK (story_id <> 's4')")
    path = stories_file(folder, texts)
    for new, there in (8, 0), (0, 8):
        code, out, err = dragoman("ingest", "--db", db, path)
        equal(code, 1, err)
        contains(err, "stories.jsonl:5: the story is not stored: ")
        contains(err, "poison")
        contains(out, f"9 stories read: {new} new, {there} there already, 0 coded again, 1 failed")
        stats = {r["what"]: int(r["n"]) for r in rows("stats", "--db", db)}
        equal(stats["reports"], 9)
        equal({e["story_id"] for e in lines("export", "--db", db)}, {"first"} | {s["id"] for s in texts} - {"s4"})
    execute(db, "DROP TRIGGER no", "ALTER TABLE stories DROP CONSTRAINT poison")
    contains(must("ingest", "--db", db, path), "1 new, 8 there already, 0 coded again, 0 failed")
    whole = os.path.join(folder, "whole.db")
    must("ingest", "--db", whole, stories_file(folder, [dict(texts[0], id="first")], "first.jsonl"))
    must("ingest", "--db", whole, stories_file(folder, texts[:4] + texts[5:], "most.jsonl"))
    must("ingest", "--db", whole, path)
    same_store(db, whole)


@on_both
def bytes_that_are_no_utf_8_stop_no_ingest(folder, db):
    item = b"<item><title>Raid %b</title><pubDate>Mon, 02 Mar 2020 10:00:00 GMT</pubDate><guid>%b</guid><link>%b</link>" \
           b"<description>The French army attacked a rebel camp in Mali on Monday, the defence minister said.</description></item>"
    path = os.path.join(folder, "feed.xml")
    with open(path, "wb") as f:
        f.write(b"<rss><channel><title>Wire</title>" + b"".join(
            item % ((b"caf\xe9 %d" % i, b"id\xff%d" % i, b"http://x/\xfe%d" % i) if i == 3 else (b"%d" % i,) * 3)
            for i in range(6)) + b"</channel></rss>")
    code, out, err = dragoman("ingest", "--db", db, path)
    contains(out, "6 stories read: 6 new, 0 there already, 0 coded again, 0 failed")
    found = lines("export", "--db", db)
    equal(len({e["story_id"] for e in found}), 6)
    contains(dragoman("ingest", "--db", db, path)[1], "0 new, 6 there already")


@case
def two_writers_may_begin_a_store_at_once(folder):
    db, story = os.path.join(folder, "new.db"), write(folder, "story.txt", "2020-03-02\n\nRussia met Turkey in Moscow.\n")
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("CREATE TABLE theirs (x)")
    other.execute("BEGIN IMMEDIATE")  # a file without a write-ahead log, which somebody is writing to
    child = subprocess.Popen([PROGRAM, "ingest", "-q", "--db", db, story], stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    equal(child.poll(), None)
    other.execute("COMMIT")
    other.close()
    equal((child.communicate()[1], child.returncode), ("", 0))
    equal(rows("stats", "--db", db)[0]["n"], "1")


@case
def a_store_that_cannot_be_written_counts_only_what_is_stored(folder):
    """The database may grow by some pages only: what is told to be new must be there."""
    db = os.path.join(folder, "store.db")
    must("ingest", "--db", db, EXAMPLES[0])
    execute(db, "CREATE TRIGGER full BEFORE INSERT ON stories WHEN new.story > 3"
            " BEGIN SELECT RAISE(ROLLBACK, 'as if the disk were full'); END", "")
    code, out, err = dragoman("ingest", "--db", db, *EXAMPLES[1:])
    equal(code, 1)
    contains(err, "as if the disk were full")
    told = int(out.split(" read: ")[1].split(" new")[0])
    equal(1 + told, int(rows("stats", "--db", db)[0]["n"]), out)


@on_both
def recoding_replaces_events_and_keeps_the_sums(folder, db):
    must("ingest", "--db", db, *EXAMPLES)
    before = must("query", "--db", db, "--by", "dyad", "-n", "0"), must("export", "--db", db)
    tables = os.path.join(folder, "tables")
    shutil.copytree(os.environ["DRAGOMAN_TABLES"], tables)
    contains(must("ingest", "--recode", "--db", db, *EXAMPLES), "0 coded again")
    with open(os.path.join(tables, "README-too"), "w") as f:
        f.write("another set of tables\n")
    contains(must("ingest", "--recode", "--tables", tables, "--db", db, *EXAMPLES), f"{len(EXAMPLES)} coded again")
    equal((must("query", "--db", db, "--by", "dyad", "-n", "0"), must("export", "--db", db)), before)


@on_both
def filters_choose_what_they_say(folder, db):
    must("ingest", "--db", db, *EXAMPLES)
    every = lines("export", "--db", db)

    def check(expected, *options):
        found = lines("export", "--db", db, *options)
        equal([e["event_id"] for e in found], [e["event_id"] for e in every if expected(e)], options)
        equal(len(found) > 0, True, options)
        count = rows("query", "--db", db, "--by", "nothing", *options)
        equal(int(count[0]["n"]), len(found), options)
        listed = rows("query", "--db", db, "-n", "0", *options)
        equal(sorted(e["event_id"] for e in listed), sorted(e["event_id"] for e in found), options)

    side = lambda e, role, country: any(a["country"] == country for a in e[role])
    check(lambda e: side(e, "actors", "RUS"), "--actor", "RUS")
    check(lambda e: side(e, "actors", "RUS") and side(e, "recipients", "GEO"), "--dyad", "RUS,GEO")
    check(lambda e: side(e, "actors", "GEO") or side(e, "recipients", "GEO"), "--country", "GEO")
    check(lambda e: any(a["code"] == "RUSGOV" for a in e["actors"]), "--actor", "RUSGOV")
    check(lambda e: e["event_type"] in ("ASSAULT", "COERCE"), "--type", "ASSAULT,COERCE")
    check(lambda e: e["quad"] == 3 and e["polarity"] == "affirmed", "--quad", "3", "--polarity", "affirmed")
    check(lambda e: e["polarity"] == "negated", "--polarity", "negated")
    check(lambda e: e["status"] == "intended", "--status", "intended")
    check(lambda e: "2001-01-01" <= e["event_date"] <= "2008-08-12", "--since", "2001-01-01", "--until", "2008-08-12")
    check(lambda e: e["story_id"] == "gori-2008", "--story", "gori-2008")
    check(lambda e: not e["attribution"], "--speaker", "none")
    check(lambda e: any(a["speaker"] and a["speaker"]["country"] == "RUS" for a in e["attribution"]), "--speaker", "RUS")
    check(lambda e: any(p["country"] == "GEO" for p in e["locations"]), "--place", "GEO")
    check(lambda e: e["historical"], "--historical", "yes")
    promised = {"AGREE", "CONCEDE", "THREATEN"}  # what is said has been said, whatever comes of it
    check(lambda e: e["polarity"] == "affirmed" and not e["historical"] and not e["attribution"]
          and (e["status"] == "actual" or (e["event_type"] == "REQUEST" and e["status"] == "requested")
               or (e["event_type"] in promised and e["status"] in ("intended", "conditional"))), "--plain")


@on_both
def text_is_searched_by_words_and_phrases(folder, db):
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "2020-01-01", "text": "France attacked a rebel camp in Mali."},
        {"id": "b", "date": "2020-01-02", "text": "France condemned an attack on a camp of rebels in Mali."}]))
    ids = lambda words: {e["story_id"] for e in rows("query", "--db", db, "--text", words)}
    equal(ids("rebel"), {"a", "b"})
    equal(ids('"rebel camp"'), {"a"})
    equal(ids("zebra"), set())
    # No word of the question is an operator.
    equal(ids("rebel -France"), {"a", "b"})
    equal(ids("zebra OR France"), set())
    equal(dragoman("query", "--db", db, "--text", " ")[0], 2)


@on_both
def copies_are_one_story_with_its_outlets(folder, db):
    report = open(EXAMPLES[0], encoding="utf-8").read().split("\n", 2)[2]
    edited = report.replace("on Friday", "Friday").replace("The ", "Meanwhile the ", 1)
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "1998-04-11", "source": "Wire", "text": report},
        {"id": "b", "date": "1998-04-12", "source": "Post", "text": edited},
        {"id": "c", "date": "2005-04-12", "source": "Post", "text": edited},
        {"id": "d", "date": "1998-04-11", "source": "Post", "text": "France attacked a rebel camp in Mali on Monday."}]))
    stats = {r["what"]: int(r["n"]) for r in rows("stats", "--db", db)}
    equal((stats["reports"], stats["stories"], stats["outlets"]), (4, 3, 2))
    reports, stories = (rows("query", "--db", db, "--by", "nothing", "--since", "1998-04-01", "--until", "1998-04-30",
                             "--per", per)[0] for per in ("report", "story"))
    equal(int(stories["n"]) < int(reports["n"]), True)


@on_both
def copies_are_the_same_groups_in_any_order_of_arrival(folder, db):
    """The middle text is like both others, which are not like each other; a digest is like none of its three."""
    words = [f"word{i}" for i in range(300)]
    text = lambda begin, end: "France attacked Mali. " + " ".join(words[begin:end]) + "."
    spans = {"a": (0, 60), "middle": (0, 100), "b": (40, 100), "c": (100, 160), "d": (160, 220), "digest": (100, 300), "far": (300, 300)}
    stories = [{"id": i, "date": "2020-03-02", "source": i, "text": text(*span)} for i, span in spans.items()]
    groups = set()
    for n, order in enumerate((stories, stories[::-1], stories[1:] + stories[:1], stories[2:] + stories[:2])):
        one = Server.database() if db.startswith("postgresql") else db + str(n)
        must("ingest", "--db", one, stories_file(folder, order))
        stats = {r["what"]: int(r["n"]) for r in rows("stats", "--db", one)}
        groups.add((stats["reports"], stats["stories"]))
    equal(groups, {(7, 5)})


@on_both
def one_event_in_several_stories_counts_once_a_day(folder, db):
    text = "France attacked a rebel camp in Mali on 1 March 2020."
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "2020-03-02", "source": "A", "text": text},
        {"id": "b", "date": "2020-03-02", "source": "B",
         "text": "In the capital prices of bread rose again, traders said. " + text + " Nothing else was known by evening."}]))
    count = lambda *o: int(rows("query", "--db", db, "--by", "nothing", "--type", "ASSAULT", *o)[0]["n"])
    equal((count(), count("--per", "event"), count("--one-a-day")), (2, 1, 1))
    equal(len(lines("export", "--db", db, "--type", "ASSAULT", "--one-a-day")), 1)


@on_both
def reports_in_other_words_are_one_event_in_whatever_order_they_arrive(folder, db):
    stories = [{"id": str(i), "date": day, "source": f"Wire {i}", "text": text} for i, (day, text) in enumerate((
        ("2021-03-02", "Rebels attacked an army post near Kidal in Mali with rockets on Monday."),
        ("2021-03-02", "Malian soldiers died yesterday when rebels stormed a camp in Kidal. Helicopters flew over the town."),
        ("2021-03-02", "Rebels attacked an army post near Gao in Mali with rockets on Monday."),
        ("2021-03-02", "Kenya's president met Uganda's president in Kampala on Monday."),
        ("2021-03-03", "On Monday the presidents of Uganda and Kenya held talks in Kampala about the price of sugar."),
        ("2021-03-03", "Kenya's president met Rwanda's president in Kigali on Monday."),
        ("2021-06-08", "Police in Belarus arrested the opposition leader Ales Novik in Minsk on Monday."),
        ("2021-06-08", "The police of Belarus have arrested Ales Novik, the opposition leader, in his home in Minsk."),
        ("2021-06-09", "The police of Belarus have arrested the painter Ihar Sauka in Brest.")))]
    expected = [("04", "1"), ("04", "2"), ("17", "1"), ("17", "2"), ("19", "1"), ("19", "2")]  # CAMEO, in how many articles

    def links(one):
        events = [line.split("\t") for line in must("export", "--db", one, "-f", "gdelt").splitlines()]
        return sorted({(e[28], e[33]) for e in events if e[28] in ("04", "17", "19")})

    rng = random.Random(5)
    for n, parts in enumerate((1, 1, 5)):
        one = Server.database() if db.startswith("postgresql") else db + str(n)
        order = rng.sample(stories, len(stories)) if n else stories
        for i in range(parts):
            must("ingest", "--db", one, "-j", str(1 + n % 2), stories_file(folder, order[i::parts], f"{n}-{i}.jsonl"))
        equal(links(one), expected, [story["id"] for story in order])
    # An ingest that was broken off before it linked is made good by the next.
    apart = "UPDATE events SET same = told; INSERT INTO unlinked (day) SELECT DISTINCT day FROM events"
    execute(one, apart, apart)
    equal(links(one), [("04", "1"), ("17", "1"), ("19", "1")])
    must("ingest", "--db", one, stories_file(folder, stories))
    equal(links(one), expected)


@on_both
def a_report_that_names_no_town_makes_two_towns_no_one_event(folder, db):
    stories = [{"id": str(i), "date": "2021-03-02", "source": f"Wire {i}", "text": text} for i, text in enumerate((
        "Students marched through Managua on Monday to protest against the government of Nicaragua over bus fares.",
        "Bread was dear again, traders said in the morning. Students marched on Monday to protest against the government of"
        " Nicaragua over bus fares. Nothing else was known by evening.",
        "Students marched through Leon, in western Nicaragua, on Monday to protest against the government of Nicaragua over bus"
        " fares."))]
    counts = set()
    for n, order in enumerate((stories, stories[::-1], stories[1:] + stories[:1])):
        one = Server.database() if db.startswith("postgresql") else db + str(n)
        must("ingest", "--db", one, stories_file(folder, order))
        count = lambda per: int(rows("query", "--db", one, "--by", "nothing", "--type", "PROTEST", "--per", per)[0]["n"])
        counts.add((count("report"), count("event")))
    equal(counts, {(3, 2)})


@on_both
def events_that_are_split_stay_apart(folder, db):
    text = "France attacked a rebel camp in Mali on 1 March 2020."
    stories = [{"id": i, "date": "2020-03-02", "source": i, "text": f"{more} {text} {more}"} for i, more in (
        ("A", "Rain fell all night."), ("B", "Schools stayed closed for a week."), ("C", "Bread was dear that spring."))]
    path = stories_file(folder, stories)
    must("ingest", "--db", db, path)
    count = lambda: int(rows("query", "--db", db, "--by", "nothing", "--type", "ASSAULT", "--per", "event")[0]["n"])
    a, b, c = [e["event_id"] for e in lines("export", "--db", db, "--type", "ASSAULT")]
    equal(count(), 1)
    must("split", "--db", db, "--by", "me", b)
    equal(count(), 2)
    tables = shutil.copytree(os.environ["DRAGOMAN_TABLES"], os.path.join(folder, "tables"), dirs_exist_ok=True)
    with open(os.path.join(tables, "actors", "agents.tsv"), "a", encoding="utf-8") as f:
        f.write(f"# another hash {db}\n")
    contains(must("ingest", "--db", db, "--tables", tables, "--recode", path), "3 coded again")
    equal(count(), 2)
    # The same report in other words has events with the same ids.
    must("ingest", "--db", db, stories_file(folder, [dict(stories[1], text=stories[1]["text"] + " Nothing else was known.")], "again.jsonl"))
    equal(count(), 2)
    must("split", "--db", db, "--together", b, c, c)
    equal(count(), 2)
    equal([(r["event_id"], r["told_with"]) for r in rows("split", "--db", db, "--list") if r["event_id"] == c], [(c, b)])
    must("split", "--db", db, b)  # by itself, whatever it was with
    equal(count(), 3)
    equal({r["event_id"]: r["told_with"] for r in rows("split", "--db", db, "--list")}, {b: b, c: c})
    must("split", "--db", db, a, c)
    equal(count(), 3)
    for wrong, say in ([a, "none"], "the store has no event 'none'"), ([], "give the event_ids"), (["--list", a], "give the event_ids"), (
            ["--undo", "--together", a], "give the event_ids"), (["--list", "--undo"], "give the event_ids"):
        code, out, err = dragoman("split", "--db", db, *wrong)
        equal((code, out), (2, ""), wrong)
        contains(err, say)
    equal(count(), 3)
    must("split", "--db", db, "--undo", a, b, c)
    equal((count(), rows("split", "--db", db, "--list")), (1, []))
    code, _, err = dragoman("split", "--db", db, "--undo", a)
    equal(code, 2)
    contains(err, f"event '{a}' is not split")


@on_both
def a_source_that_copies_or_quotes_the_same_is_no_other(folder, db):
    act = "France attacked a rebel camp in Mali on 1 March 2020."
    quote = '"We shall not rest until the last of their camps is gone", the general said.'
    other = ["Prices of bread rose again in the capital, traders said by evening.", "Rain fell for the third day on the northern plain."]
    story = lambda name, text: {"id": name, "date": "2020-03-02", "source": name, "text": text}
    must("ingest", "--db", db, stories_file(folder, [
        story("first", f"{act} {quote} {other[0]}"),
        story("copy", f"{act} {quote} {other[0]} Nothing else was known."),
        story("quoting", f"{other[1]} {act} {other[1]} In the north of the country schools were closed for the week. {quote}"),
        story("own", f"{act} Herders on the road had counted nine aircraft before dawn and hid their animals in the dry river.")]))
    attacks = [e for e in (line.split("\t") for line in must("export", "--db", db, "-f", "gdelt", "--type", "ASSAULT").splitlines())]
    equal({(e[31], e[32]) for e in attacks if e[31] == "4"}, {("4", "2")}, attacks)


@on_both
def claims_find_who_affirms_and_who_denies(folder, db):
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "2020-10-02", "source": "A", "text": "Armenia said that Azerbaijan attacked Armenia on Thursday."},
        {"id": "b", "date": "2020-10-03", "source": "B", "text": "Azerbaijan attacked Armenia on Thursday."},
        {"id": "c", "date": "2020-10-03", "source": "C", "text": "Azerbaijan denied that it attacked Armenia on Thursday."},
        {"id": "d", "date": "2020-12-24", "source": "D", "text": "Azerbaijan attacked Armenia on Thursday."}]))
    found = [c for c in lines("claims", "--db", db) if c["event_type"] == "ASSAULT"]
    equal(len(found), 1)
    equal((found[0]["actors"], found[0]["recipients"]), (["AZE"], ["ARM"]))
    equal(sorted({e["story_id"] for e in found[0]["affirmed"]}), ["a", "b"])
    equal(sorted({e["story_id"] for e in found[0]["denied"]}), ["c"])
    equal(len(found[0]["affirmed_by"]), 2)
    equal({(e["story_id"], e["voice"], e["by"]) for e in found[0]["affirmed"] + found[0]["denied"]},
          {("a", "Armenia", "Armenia"), ("b", None, "B"), ("c", "Azerbaijan", "Azerbaijan")})


@on_both
def a_denial_is_of_what_it_says_and_not_of_its_neighbour(folder, db):
    """What stands nearest is often what came of it: a border closed, a diplomat expelled."""
    texts = {"a": "Sri Lanka accused the Maldives of ramming two Sri Lankan fishing boats off Addu on Saturday. It also barred"
                  " Maldivian vessels from the port of Galle. The Maldives denied that its patrol boats had rammed the vessels.",
             "b": "Ugandan soldiers raided a Kenyan village on Friday, Kenya said. Kenya closed its border with Uganda on"
                  " Saturday. Uganda denied that its soldiers had raided the village.",
             "c": "Chile expelled three Peruvian diplomats on Monday. Peru denied that its diplomats had spied on Chile.",
             "d": "Egypt seized a Sudanese boat on Monday. Sudan denied that the boat had entered Egyptian waters.",
             "e": "Laos said Thai police had beaten four Laotian workers. Thailand denied it and recalled its ambassador.",
             "f": "Poland accused Belarus of sending drones across its border. Poland closed two crossings with Belarus."
                  " Belarus rejected the accusation.",
             "g": "Ghanaian troops shelled a village in Togo. Ghana denied the claim.",
             "h": "Moroccan police beat an Algerian driver, witnesses said. Algeria closed its consulate in Fez. Morocco denied"
                  " the reports.",
             "i": "Iran shelled Iraq on Friday. Iran denied having a plan to leave the oil cartel.",
             "j": "Niger expelled two Malian diplomats. Niger denied that the dam would be delayed.",
             "k": "Ukraine attacked a Russian refinery. Ukraine shelled a Russian village. Ukraine denied the report."}
    must("ingest", "--db", db, stories_file(folder, [
        {"id": name, "date": "2025-03-10", "source": name, "text": text} for name, text in texts.items()]))
    found = [(c["event_type"], c["actors"], c["recipients"], sorted({e["story_id"] for e in c["affirmed"]}))
             for c in lines("claims", "--db", db)]
    equal(found, [("ASSAULT", ["MDV"], ["LKA"], ["a"]), ("ASSAULT", ["UGA"], ["KEN"], ["b"]),
                  ("ASSAULT", ["THA"], ["LAO"], ["e"]), ("AID", ["BLR"], ["POL"], ["f"]),
                  ("ASSAULT", ["GHA"], ["TGO"], ["g"]), ("ASSAULT", ["MAR"], ["DZA"], ["h"])])


@on_both
def claims_show_the_sentences_of_dated_text_whole(folder, db):
    """Its stories do not begin where the file does, and a letter may be two bytes."""
    must("ingest", "--db", db, write(folder, "dated.txt", "date 2020-10-01\ntitle: \u00c9t\u00e9\n\nNothing happened at the caf\u00e9.\n\n"
         "date 2020-10-02\n\nPeople met in \u0130zmir. Azerbaijan attacked Armenia on Thursday. It rained.\n\n"
         "date 2020-10-03\n\nIt rained. Azerbaijan denied that it attacked Armenia on Thursday. It snowed.\n"))
    claim = next(c for c in lines("claims", "--db", db) if c["event_type"] == "ASSAULT")
    equal({e["sentence"] for e in claim["affirmed"]}, {"Azerbaijan attacked Armenia on Thursday."})
    equal({e["sentence"] for e in claim["denied"]}, {"Azerbaijan denied that it attacked Armenia on Thursday."})
    # A report of no outlet is nobody's word: its story's id, made from a file's name, says nothing to a reader.
    equal((claim["affirmed_by"], [e["by"] for e in claim["affirmed"] + claim["denied"]]), ([], [None, "Azerbaijan"]))


@on_both
def commitments_are_followed_through_later_reports(folder, db):
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "2020-10-02", "text": "France promised to withdraw its troops from Mali."},
        {"id": "b", "date": "2020-10-02", "text": "Japan vowed to impose sanctions on Iran."},
        {"id": "c", "date": "2020-10-09", "text": "France withdrew its troops from Mali."}]))
    found = {(c["event_type"], c["actors"][0]): c for c in lines("commitments", "--db", db) if c["actors"]}
    kept = found[("RETREAT", "FRA")]
    equal((kept["kind"], kept["state"], kept["decided_by"]["story_id"]), ("promise", "fulfilled", "c"))
    equal(found[("SANCTION", "JPN")]["state"], "open")
    equal(all(c["state"] == "open" for c in lines("commitments", "--db", db, "--state", "open")), True)


@on_both
def a_concession_to_come_is_a_commitment_of_whoever_makes_it(folder, db):
    texts = (("a", 3, "Sudan will release 40 Ethiopian prisoners held in Gallabat, its government said."),
             ("b", 9, "Sudan released 40 Ethiopian prisoners who had been held in Gallabat."),
             ("c", 3, "Brazil will ease its tariffs on Argentine cars."),
             ("d", 13, "Brazil did not ease its tariffs on Argentine cars."),
             ("e", 3, "Peru would lift its visa rules for Chilean nurses if Chile opened the pass, the Peruvian minister said."),
             ("f", 3, "Kenya said that Uganda would lift its ban on Kenyan maize."),
             ("g", 3, "Monitors familiar with the case said that Niger would release eight Malian drivers."),
             ("h", 3, "The curfew will be lifted on Sunday."))
    must("ingest", "--db", db, stories_file(folder, [
        {"id": name, "date": f"2025-03-{day:02}", "source": name, "text": text} for name, day, text in texts]))
    found = [(c["story_id"], c["kind"], c["state"], (c["decided_by"] or {}).get("story_id"))
             for c in lines("commitments", "--db", db) if c["event_type"] == "CONCEDE"]
    equal(found, [("a", "announcement", "fulfilled", "b"), ("c", "announcement", "broken", "d"),
                  ("e", "condition", "open", None)])


@on_both
def codes_and_sides_say_what_came_of_a_promise(folder, db):
    """Reports so short that they have hardly a word in common; a near miss is of another country, another sort of
    deed or an earlier day."""
    told = (("fulfilled", "Sudan will release 40 prisoners, the foreign minister said.", "Sudan released 40 prisoners."),
            ("fulfilled", "Japan pledged to send food aid to Bangladesh.", "Japan sent food aid to Bangladesh on Tuesday."),
            ("fulfilled", "Uganda vowed to withdraw its troops from Congo.", "Uganda withdrew its troops from Congo on Thursday."),
            ("fulfilled", "Indonesia and Australia will hold talks on fishing rights, officials said.",
             "Indonesia and Australia held talks on fishing rights in Darwin."),
            ("fulfilled", "Canada threatened to impose sanctions on Belarus.", "Canada imposed sanctions on Belarus."),
            ("fulfilled", "Vietnam will sign a trade agreement with Israel, the ministry said.",
             "Vietnam signed a trade agreement with Israel."),
            ("fulfilled", "Moldova will expel three Russian diplomats, the foreign ministry said.",
             "Moldova expelled three Russian diplomats."),
            ("fulfilled", "Iran threatened to attack Azerbaijan.", "Iran attacked Azerbaijan with drones."),
            ("fulfilled", "Ireland will recognise the State of Palestine, Prime Minister Micheal Martin said.",
             "Ireland recognised the State of Palestine on Friday."),
            ("broken", "Venezuela promised to release 15 American prisoners.", "Venezuela refused to release 15 American prisoners."),
            ("broken", "Chad agreed to hold talks with Niger.", "Chad cancelled talks with Niger."),
            ("broken", "Israel promised to withdraw its troops from Lebanon.", "Israel attacked Lebanon with warplanes."),
            ("open", "Peru will release 30 prisoners, the justice minister said.", "Bolivia released 30 prisoners."),
            ("open", "Ghana vowed to withdraw its troops from Mali.", "Ghana withdrew its troops from Gambia on Thursday."),
            ("open", "Mexico threatened to impose sanctions on Nicaragua.", "Mexico accused Nicaragua of torture."),
            ("open", "Sweden pledged to send food aid to Malawi.", "Sweden held talks with Malawi on Tuesday."),
            ("open", "Greece will recognise Kosovo, Prime Minister Kyriakos Mitsotakis said.", "Greece praised Kosovo on Friday."))
    stories = [{"id": f"{i}-{part}", "date": f"2025-03-{10 * part + i % 7 + 1:02}", "source": f"{i}-{part}", "text": text}
               for i, (_, *pair) in enumerate(told) for part, text in enumerate(pair)]
    stories += [{"id": "late", "date": "2025-03-20", "text": "Norway threatened to expel the Cuban ambassador."},
                {"id": "early", "date": "2025-03-10", "text": "Norway expelled the Cuban ambassador."}]
    must("ingest", "--db", db, stories_file(folder, stories))
    found = {c["story_id"]: c for c in lines("commitments", "--db", db)}
    for i, (state, promise, later) in enumerate(told):
        c = found[f"{i}-0"]
        equal((c["state"], (c["decided_by"] or {}).get("story_id")), (state, None if state == "open" else f"{i}-1"), promise)
    equal(found["late"]["state"], "open")


def same_store(db, whole):
    for question in ("stats",), ("export",), ("query", "--by", "dyad", "-n", "0"):
        equal(must(*question, "--db", db), must(*question, "--db", whole), question)
    if not db.startswith("postgresql"):
        equal(sqlite3.connect(db).execute("PRAGMA integrity_check").fetchone(), ("ok",))


def kill_often(path, whole, takes, fresh):
    """Ingests are killed at random moments and repeated until they end; then the store must be as if
    they never had been, and the next one begins."""
    seed = int(time.time())
    rng = random.Random(seed)
    killed, db = 0, fresh()
    while True:
        child = subprocess.Popen([os.path.abspath(PROGRAM), "ingest", "--db", db, path], stdout=subprocess.DEVNULL)
        try:
            if killed < KILLS:
                child.wait(rng.uniform(0.02, takes))
            equal(child.wait(), 0)
            same_store(db, whole)
            if killed == KILLS:
                break
            db = fresh()
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            killed += 1
    print(f"  killed {killed} times, seed {seed}", flush=True)


def killed_anywhere(folder, fresh):
    path, whole = stories_file(folder, some(150)), os.path.join(folder, "whole.db")
    begun = time.monotonic()
    must("ingest", "--db", whole, path)
    kill_often(path, whole, time.monotonic() - begun, fresh)


@case
def an_ingest_that_is_killed_anywhere_loses_nothing_and_doubles_nothing_on_sqlite(folder):
    made = iter(range(10 ** 6))
    killed_anywhere(folder, lambda: os.path.join(folder, f"killed{next(made)}.db"))


@case
def an_ingest_that_is_killed_anywhere_loses_nothing_and_doubles_nothing_on_postgresql(folder):
    killed_anywhere(folder, Server.database)


def as_of_version_3(db, old):
    """What is in a store, as version 3 of its tables had it"""
    with sqlite3.connect(old) as to, open(os.path.join(os.path.dirname(__file__), "store_3.sql"), encoding="utf-8") as f:
        to.executescript(f.read())
        to.execute("INSERT INTO dragoman_schema VALUES (3)")
        to.execute("ATTACH ? AS new", (db,))
        to.execute("INSERT INTO runs SELECT * FROM new.runs")
        to.execute("INSERT INTO stories SELECT story, hash, story_id, date, title, source, url, text, begin_byte, original, '', 0, run"
                   " FROM new.stories")
        to.execute("INSERT INTO stories_text (rowid, title, text) SELECT story, title, text FROM stories")
        to.execute("INSERT INTO sentences SELECT * FROM new.sentences")
        columns = [c[1] for c in to.execute("PRAGMA table_info(events)")]
        to.execute(f"INSERT INTO events ({','.join(columns)}) SELECT {','.join(columns)} FROM new.events")
        to.execute("INSERT INTO marks SELECT * FROM new.marks")
        numbers = to.execute("SELECT event FROM events ORDER BY event").fetchall()
        to.executemany("INSERT INTO records VALUES (?, ?)",
                       [(n, line) for (n,), line in zip(numbers, must("export", "--db", db, "-f", "jsonl").splitlines(), strict=True)])


@case
def an_older_store_is_brought_forward(folder):
    db, old = os.path.join(folder, "store.db"), os.path.join(folder, "old.db")
    stories = some(12) + [{"id": f"none{i}", "date": "2020-03-02", "text": "Nothing of the kind."} for i in range(3)]
    must("ingest", "--db", db, *EXAMPLES, stories_file(folder, stories))
    as_of_version_3(db, old)
    for question in (["stats"], ["export"], ["query", "--by", "dyad,month"], ["query", "--by", "country", "--per", "event"],
                     ["query", "--place", "GEO", "-n", "0"], ["query", "--speaker", "RUS", "-n", "0"], ["query", "--text", "troops"]):
        equal(must(question[0], "--db", old, *question[1:]), must(question[0], "--db", db, *question[1:]), question)
    contains(must("ingest", "--db", old, *EXAMPLES), f"0 new, {len(EXAMPLES)} there already")


@case
def a_store_of_the_future_is_refused(folder):
    db = os.path.join(folder, "store.db")
    must("ingest", "--db", db, EXAMPLES[0])
    with sqlite3.connect(db) as store:
        store.execute("UPDATE dragoman_schema SET version = 99")
    code, out, err = dragoman("stats", "--db", db)
    equal((code, out), (2, ""))
    contains(err, "tables of version 99, this program knows up to")


@case
def what_is_no_store_is_refused(folder):
    path = os.path.join(folder, "x.db")
    with open(path, "w") as f:
        f.write("date 2020-10-02 This is a report and no database at all, however long it may be.\n" * 20)
    code, out, err = dragoman("stats", "--db", path)
    equal((code, out), (2, ""))
    contains(err, "not a database")


QUESTIONS = ("query",), ("stats",), ("claims",), ("commitments",), ("export",), ("export", "-f", "gdelt")


@case
def a_store_that_is_not_there_is_not_made_by_asking(folder):
    db, out_file = os.path.join(folder, "none.db"), os.path.join(folder, "out")
    for question in QUESTIONS:
        code, out, err = dragoman(*question, "--db", db, "-o", out_file)
        equal((code, out), (2, ""), question)
        contains(err, "none.db: there is no store: No such file or directory; `dragoman ingest` creates one")
        equal(os.listdir(folder), [], question)
    for content in b"", None:
        if content is None:
            sqlite3.connect(db).execute("CREATE TABLE mine (a)")
        else:
            open(db, "wb").close()
        before = open(db, "rb").read()
        code, out, err = dragoman("query", "--db", db)
        equal((code, out), (2, ""))
        contains(err, "there is no store in this database")
        equal((open(db, "rb").read(), os.listdir(folder)), (before, ["none.db"]))


@case
def a_database_without_a_store_is_left_alone_by_asking_on_postgresql(folder):
    db = Server.database()
    for question in QUESTIONS:
        code, out, err = dragoman(*question, "--db", db)
        equal((code, out), (2, ""), question)
        contains(err, "there is no store in this database; `dragoman ingest` creates one")


@case
def what_a_database_is_set_to_changes_no_answer_on_postgresql(folder):
    db, other = Server.database(), Server.database()
    name = other.split("///")[1].split("?")[0]
    for setting in "bytea_output = 'escape'", "extra_float_digits = -9", "standard_conforming_strings = off", "DateStyle = 'SQL, DMY'":
        Server.run("psql", "-h", Server.folder, "-U", "test", "-c", f"ALTER DATABASE {name} SET {setting}", "postgres")
    for where in db, other:
        must("ingest", "--quiet", "--db", where, *EXAMPLES)
    for question in *QUESTIONS, ("export", "-f", "csv"):
        equal(dragoman(*question, "--db", other), dragoman(*question, "--db", db), question)


def as_anybody(*arguments):
    """The program run by somebody for whom what is read-only is read-only; root is not."""
    who = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
    # A build that counts what is run cannot write its counts as somebody else.
    done = subprocess.run([*arguments], capture_output=True, text=True, cwd="/", **who,
                          env=dict(os.environ, LLVM_PROFILE_FILE=os.devnull))
    return done.returncode, done.stdout, done.stderr


@case
def a_read_only_store_is_read(folder):
    os.chmod(folder, 0o755)
    program = shutil.copy(PROGRAM, os.path.join(folder, "dragoman"))
    there = os.path.join(folder, "it is 100% read-only?")
    db = os.path.join(there, "store.db")
    os.mkdir(there)
    must("ingest", "--db", db, *EXAMPLES)
    expected = [must(*question, "--db", db) for question in QUESTIONS[:5]]
    for file_mode, folder_mode in (0o444, 0o755), (0o444, 0o555), (0o644, 0o555):
        os.chmod(db, file_mode)
        os.chmod(there, folder_mode)
        try:
            for question, wanted in zip(QUESTIONS, expected):
                equal(as_anybody(program, *question, "--db", db), (0, wanted, ""), (question, oct(folder_mode)))
        finally:
            os.chmod(there, 0o755)
        equal(os.listdir(there), ["store.db"])


@on_both
def a_dyad_by_month_has_all_counts(folder, db):
    must("ingest", "--db", db, stories_file(folder, [
        {"id": f"s{i}", "date": day, "source": f"o{i}", "text": text} for i, (day, text) in enumerate((
            ("2025-03-03", "Iran attacked Iraq with drones in Basra."), ("2025-03-09", "Iran expelled two Iraqi diplomats."),
            ("2025-04-02", "Iran accused Iraq of espionage.")))]))
    table = must("query", "--db", db, "--by", "month", "--dyad", "IRN,IRQ")
    equal([line.split()[:5] for line in table.splitlines()[1:]], [["2025-03", "2", "2", "2", "2"], ["2025-04", "1", "1", "1", "1"]])


@case
def no_store_is_made_for_no_story(folder):
    db, empty = os.path.join(folder, "new.db"), os.path.join(folder, "empty")
    os.mkdir(empty)
    for arguments, why in ((["-r", empty], "no file is in this folder"), ([empty], "-r reads the files in it"),
                           ([write(folder, "none.txt", "")], "the file is empty"), ([f"{folder}/no.txt"], "No such file")):
        code, out, err = dragoman("ingest", "--db", db, *arguments)
        equal((code, out, os.path.exists(db)), (1, "", False), arguments)
        contains(err, why)
        contains(err, f"dragoman: no story was found, so '{db}' is not made\n")
    code, out, err = dragoman("ingest", "--db", db)
    equal((code, out, os.path.exists(db)), (1, "", False), "standard input")
    contains(err, "no story was found")
    bad = write(folder, "bad.jsonl", '{"id": "a"}\n' * 12)
    code, _, err = dragoman("ingest", "--db", db, bad)
    equal((code, os.path.exists(db)), (1, False))
    contains(err, "dragoman: and 7 more, 12 in all: ")
    code, out, err = dragoman("ingest", "--db", db, stdin=b"2025-03-10\n\nIran attacked Iraq.\n")
    contains(out, "1 story read: 1 new")


@on_both
def a_slip_in_a_filter_is_told(folder, db):
    must("ingest", "--db", db, EXAMPLES[4])
    for options, words in ((["--type", "ATTACK"], "--type: 'ATTACK' is unknown; known are AGREE, CONSULT,"),
                           (["--type", "ASAULT"], "--type: 'ASAULT' is unknown; did you mean 'ASSAULT'?"),
                           (["--type", "COERCE, assault"], "--type: 'assault' is unknown; did you mean 'ASSAULT'?"),
                           (["--status", "actual,intnded"], "--status: 'intnded' is unknown; did you mean 'intended'?"),
                           (["--since", "monday"], "takes a day"), (["--dyad", "RUS"], "a dyad is two parties"),
                           (["--quad", "7"], "a quad is 1 to 4"),
                           (["--polarity", "negatd"], "did you mean 'negated'?"), (["--by", "mnth"], "did you mean 'month'?"),
                           (["--county", "RUS"], "unknown option --county; did you mean '--country'?"),
                           (["--country", "RSU"], "--country: 'RSU' is unknown; did you mean 'RUS'?"),
                           (["--country", "Georgla"], "--country: 'Georgla' is unknown; did you mean 'Georgia'?"),
                           (["--country", "Portugal"], "--country: 'Portugal' is unknown; did you mean 'PRT'?"),
                           (["--country", "Nowhere at all"], "--country: 'Nowhere at all' is unknown\n"),
                           (["--actor", "RUSGVO"], "--actor: 'RUSGVO' is unknown; did you mean 'RUSGOV'?"),
                           (["--dyad", "RUS,GOE"], "--dyad: 'GOE' is unknown; did you mean 'GEO'?"),
                           (["--place", "GOE"], "--place: 'GOE' is unknown; did you mean 'GEO'?"),
                           (["--speaker", "RSU"], "--speaker: 'RSU' is unknown; did you mean 'RUS'?"),
                           (["--mode", "aerail"], "--mode: 'aerail' is unknown; did you mean 'aerial'?")):
        code, out, err = dragoman("query", "--db", db, *options)
        equal((code, out.count("\n") < 2), (2, True), options)
        contains(err, words)
    for options in (["--country", "PRT"], ["--actor", "PRTGOV"], ["--mode", "phone"], ["--type", "AID"], ["--place", "PRT"],
                    ["--speaker", "none"], ["--dyad", "PRT,ESP"], ["--actor", "---REB"], ["--country", "RUS,PRT"]):
        for question in ("query", "-f", "jsonl"), ("export",), ("claims",), ("commitments",):
            must(*question, "--db", db, *options)
    code, out, err = dragoman("query", "--db", db, "-f", "jsonl", "--actor", "Mikheil Saakashvilli")
    equal((code, out), (0, ""))
    contains(err, "--actor: nothing in this store is called 'Mikheil Saakashvilli'")


@on_both
def a_country_by_its_name_is_told_its_code(folder, db):
    """The names of countries stand in a store, too: as voices, and as a country that is not its government."""
    must("ingest", "--db", db, stories_file(folder, [
        {"id": "a", "date": "2025-04-14", "text": "Canada said on Monday that China had expelled two Canadian diplomats."}]))
    for options, words in ((["--actor", "Canada"], "--actor takes 'Canada' for a name; the code of the country is 'CAN'"),
                           (["--recipient", "Canada"], "--recipient takes 'Canada' for a name; the code of the country is 'CAN'"),
                           (["--country", "Canada"], "--country takes 'Canada' for a name; the code of the country is 'CAN'")):
        code, out, err = dragoman("query", "--db", db, "-f", "jsonl", *options)
        equal((code, out), (0, ""), options)
        contains(err, words)
    for options, words in ((["--country", "Britain"], "--country: 'Britain' is unknown; did you mean 'GBR'?"),
                           (["--actor", "China"], "--actor: 'China' is unknown; did you mean 'CHN'?"),
                           (["--recipient", "Canada, China"], "--recipient: 'China' is unknown; did you mean 'CHN'?"),
                           (["--dyad", "Britain,CAN"], "--dyad: 'Britain' is unknown; did you mean 'GBR'?"),
                           (["--actor", "canada"], "--actor: 'canada' is unknown; did you mean 'CAN'?")):
        code, out, err = dragoman("query", "--db", db, *options)
        equal((code, out), (2, ""), options)
        contains(err, words)
    equal(dragoman("query", "--db", db, "--actor", "CHN", "--speaker", "CAN")[2], "")


if __name__ == "__main__":
    sys.exit(main())
