#!/usr/bin/env python3
"""dragoman inside SQLite and PostgreSQL. Arguments: the extension, or "-" where it was not built; then words
that choose cases. Cases of SQLite need a Python whose sqlite3 loads extensions."""
import contextlib, csv, glob, io, json, os, re, shutil, subprocess, sys, tempfile, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import sqlite3

DEBIAN = "/usr/bin/python3"
if not hasattr(sqlite3.Connection, "enable_load_extension") and sys.executable != DEBIAN and os.path.exists(DEBIAN):
    os.execv(DEBIAN, [DEBIAN, *sys.argv])

import servers
from harness import LEAD, ROOT, SECOND, Skip, case, contains, dragoman, equal, main, write

SQLITE, POSTGRES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
del sys.argv[1:3]
EXAMPLES = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
TABLES = os.environ["DRAGOMAN_TABLES"]
LISTS = ("contexts", "actor_", "recipient_", "speaker_", "attribution_", "contradicts", "location_")
# What the functions are given, and what they leave out.
GIVEN = ("story_id", "story_date", "story_title", "story_source", "story_url", "text_hash")


# ---- SQLite


def connect(path=":memory:", **options):
    if not os.path.exists(SQLITE):
        raise Skip("the extension for SQLite is not built")
    if not hasattr(sqlite3.Connection, "enable_load_extension"):
        raise Skip("this Python's sqlite3 loads no extensions (Debian: python3)")
    db = sqlite3.connect(path, **options)
    db.row_factory = sqlite3.Row
    db.enable_load_extension(True)
    db.load_extension(SQLITE)
    return db


def refused(db, sql, *arguments):
    """What it says when the statement fails, which it must."""
    try:
        db.execute(sql, arguments).fetchall()
    except sqlite3.Error as error:
        return str(error)
    raise AssertionError(f"not refused: {sql}")


# ---- PostgreSQL


class Server(servers.Postgres):
    """A copy of the installed server in a folder of its own, for what it loads lies beside it."""
    one = None

    def __init__(self):
        if not os.path.exists(POSTGRES):
            raise Skip("the extension for PostgreSQL is not built (Debian: postgresql-server-dev-all)")
        if not os.path.exists(os.path.join(servers.Postgres.bin, "initdb")):
            raise Skip("no PostgreSQL server is installed (Debian: postgresql)")
        self.copy = tempfile.mkdtemp(prefix="pgx", dir="/tmp")
        os.chmod(self.copy, 0o755)
        self.copy_server(self.copy)
        os.environ["LD_LIBRARY_PATH"] = self.copy
        os.environ["DRAGOMAN_TABLES"] = os.path.join(self.copy, "tables")
        super().__init__()

    def copy_server(self, folder):
        bin = servers.Postgres.bin
        ask = lambda what: subprocess.run([os.path.join(bin, "pg_config"), what], capture_output=True, text=True).stdout.strip()
        lib, share = ask("--pkglibdir"), ask("--sharedir")
        if not lib or not share:
            raise Skip("there is no pg_config")
        top = os.path.commonpath([bin, lib, share])
        place = lambda path: os.path.join(folder, os.path.relpath(path, top))
        self.bin = place(bin)
        os.makedirs(self.bin)
        for name in "postgres", "initdb", "pg_ctl", "createdb", "psql":
            shutil.copy(os.path.join(bin, name), self.bin)
        for real in lib, share, os.path.join(share, "extension"):
            os.makedirs(place(real), exist_ok=True)
            for name in os.listdir(real):
                with contextlib.suppress(FileExistsError):
                    if name != "extension":
                        os.symlink(os.path.join(real, name), os.path.join(place(real), name))
        shutil.copy(POSTGRES, place(lib))
        for path in glob.glob(os.path.join(ROOT, "bindings", "postgresql", "dragoman*[lq]")):
            shutil.copy(path, os.path.join(place(share), "extension"))
        build = os.path.dirname(os.path.dirname(os.path.dirname(POSTGRES)))
        for path in glob.glob(os.path.join(build, "src", "library", "libdragoman.so.?")):
            shutil.copy(path, folder)
        shutil.copytree(TABLES, os.path.join(folder, "tables"))

    def stop(self):
        super().stop()
        shutil.rmtree(self.copy, ignore_errors=True)

    @classmethod
    def new_database(cls, encoding="UTF8"):
        """-> what psql calls it, with the extension in it"""
        if isinstance(cls.one, Skip):
            raise cls.one
        if not cls.one:
            try:
                cls.one = cls()
            except Skip as why:
                cls.one = why
                raise
        self = cls.one
        self.n += 1
        self.run("createdb", "-h", self.folder, "-U", "test", "-E", encoding, "-T", "template0", "--locale", "C", f"t{self.n}")
        name = f"postgresql:///t{self.n}?host={self.folder}&user=test"
        must(name, "CREATE EXTENSION dragoman")
        return name


def psql(db, sql, env=None):
    return subprocess.run([os.path.join(Server.one.bin, "psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1",
                           "-v", "VERBOSITY=verbose", db], input=sql.encode(), capture_output=True,
                          env={**os.environ, "PGCLIENTENCODING": "UTF8", **(env or {})}, timeout=120)


def must(db, sql):
    done = psql(db, sql)
    equal((done.returncode, done.stderr), (0, b""), sql[:200])
    return done.stdout.decode()


def fails(db, sql):
    done = psql(db, sql)
    equal(done.returncode != 0, True, f"not refused: {sql[:200]}")
    return done.stderr.decode()


def selected(db, sql):
    """Rows as dictionaries."""
    return json.loads(must(db, f"SELECT coalesce(json_agg(t), '[]') FROM ({sql}) t"))


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


# ---- what the program says


def stories(folder):
    """The example reports as JSON Lines, so that offsets begin with each text."""
    path = os.path.join(folder, "stories.jsonl")
    code, out, _ = dragoman("read", *EXAMPLES)
    equal(code, 0)
    with open(path, "w", encoding="utf-8") as f:
        f.write(out)
    return path


def rows(*arguments):
    code, out, err = dragoman(*arguments)
    equal(code, 0, err)
    return list(csv.DictReader(io.StringIO(out, newline="")))


def plain(cell):
    """A cell of CSV without the apostrophe that keeps it from being a formula."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def as_cell(name, value):
    """What an engine gave, as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join((text or "").replace(";", ",") for text in value)
    if name in ("historical", "direct"):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def cells_equal(found, expected, left_out):
    equal(len(found), len(expected), "number of rows")
    for row, right in zip(found, expected):
        if right.get("direct") == "mixed":
            equal(row["direct"], None)
            right = {**right, "direct": ""}
        right = {name: plain(cell) for name, cell in right.items() if name not in left_out}
        equal({name: as_cell(name, row[name]) for name in right}, right)


def record_equal(record, line):
    record, line = json.loads(record) if isinstance(record, str) else record, json.loads(line)
    for name in "story_title", "story_url":
        line[name] = None
    equal(record, line)


def ingested(folder, db):
    code, _, err = dragoman("ingest", "--quiet", "--db", db, stories(folder))
    equal(code, 0, err)
    return stories(folder)


EACH_EVENT = """SELECT e.* FROM stories s, dragoman_code(s.text, {date}, s.story_id, s.source) e
                ORDER BY s.story, e.trigger_begin_byte, e.event_id"""


def in_order(events):
    """{story: events} flattened, as EACH_EVENT orders them."""
    order = {}
    for e in events:
        order.setdefault(e["story_id"], len(order))
    return sorted(events, key=lambda e: (order[e["story_id"]], int(e["trigger_begin_byte"]), e["event_id"]))


def same_as_the_coder(found, path, exported):
    """Events of an engine against those of `code` and of the store's export."""
    cells_equal(found, in_order(rows("code", "-f", "csv", path)), GIVEN)
    lines = {json.loads(line)["event_id"]: line for line in exported.splitlines()}
    equal(len(lines) > 40, True, "the examples have many events")
    for row in found:
        record_equal(row["record"], lines.pop(row["event_id"]))
    equal(lines, {})


# ---- cases of SQLite


@case
def sqlite_codes_the_stories_of_a_store_as_the_store_has_them(folder):
    db = connect()
    store = os.path.join(folder, "store.db")
    path = ingested(folder, store)
    db.execute("ATTACH ? AS store", (store,))
    found = db.execute(EACH_EVENT.format(date="s.date")).fetchall()
    same_as_the_coder(found, path, dragoman("export", "--db", store)[1])
    equal([row["event_id"] for row in found],
          [row["event_id"] for row in db.execute(
              "SELECT e.event_id FROM store.events e JOIN store.stories s USING (story) "
              "ORDER BY s.story, json_extract((SELECT value FROM json_each(dragoman_events_json(s.text, s.date, s.story_id, s.source)) "
              "WHERE json_extract(value, '$.event_id') = e.event_id), '$.trigger.begin_byte'), e.event_id")])


@case
def sqlite_quotes_are_those_of_the_program(folder):
    db = connect()
    store = os.path.join(folder, "store.db")
    path = ingested(folder, store)
    db.execute("ATTACH ? AS store", (store,))
    found = db.execute("SELECT q.* FROM stories s, dragoman_quotes(s.text, s.date, s.story_id, s.source) q").fetchall()
    cells_equal(found, rows("quotes", "-f", "csv", path), ("story_id",))
    equal(len(found) > 20, True)
    for row in found:
        equal(row["content_begin"] < row["content_end"], True)


@case
def sqlite_has_the_columns_of_csv(folder):
    db = connect()
    columns = [row["name"] for row in db.execute("PRAGMA table_info(dragoman_code)")]
    header = dragoman("code", "-f", "csv", stories(folder))[1].split("\r\n")[0].split(",")
    equal(columns, [name for name in header if name not in GIVEN] + ["record"])
    one = db.execute("SELECT *, story_text, story_date, story_id, story_source FROM dragoman_code(?, '2020-10-02', 'a', 'b')", (LEAD,)).fetchone()
    equal(tuple(one)[-4:], (LEAD, "2020-10-02", "a", "b"))
    equal(len(one), len(columns) + 4)


@case
def sqlite_nulls_give_no_rows(folder):
    db = connect()
    db.execute("CREATE TABLE s (id, text, date)")
    db.executemany("INSERT INTO s VALUES (?, ?, ?)", [(1, LEAD, "2020-10-02"), (2, None, "2020-10-02"), (3, LEAD, None), (4, "", "2020-10-02")])
    equal([row["id"] for row in db.execute("SELECT s.id, e.* FROM s, dragoman_code(s.text, s.date) e")], [1])
    equal([tuple(row) for row in db.execute("SELECT s.id, count(e.event_id) FROM s LEFT JOIN dragoman_code(s.text, s.date) e GROUP BY s.id")],
          [(1, 1), (2, 0), (3, 0), (4, 0)])
    equal(tuple(db.execute("SELECT dragoman_explain(NULL), dragoman_events_json(NULL, '2020-10-02'), dragoman_events_json('', '2020-10-02')").fetchone()),
          (None, None, "[]"))


@case
def sqlite_says_what_is_wrong(folder):
    db = connect()
    contains(refused(db, "SELECT * FROM dragoman_code"), "it takes a text and its day")
    contains(refused(db, "SELECT * FROM dragoman_quotes('x')"), "it takes a text and its day")
    for date in "soon", "2020-02-30", "2020-10-02 12:00", 20201002:
        contains(refused(db, "SELECT * FROM dragoman_code(?, ?)", LEAD, date), "the date is not a day of the form YYYY-MM-DD")
    contains(refused(db, "SELECT * FROM dragoman_code(?, '2020-10-02')", b"bytes"), "BLOB")
    contains(refused(db, "SELECT * FROM dragoman_code('a' || char(0) || 'b', '2020-10-02')"), "NUL byte")
    contains(refused(db, "SELECT * FROM dragoman_code(CAST(x'ff41' AS TEXT), '2020-10-02')"), "not UTF-8")
    contains(refused(db, "SELECT * FROM dragoman_code('a', '2020-10-02', CAST(x'ff41' AS TEXT))"), "story's id is not UTF-8")
    contains(refused(db, "SELECT dragoman_explain(?)", "x" * 2_000_000), "longer than")
    contains(refused(db, "SELECT dragoman_tables('/no/such/folder')"), "/no/such/folder")
    db.execute("CREATE VIEW v AS SELECT dragoman_tables('/no/such/folder')")
    contains(refused(db, "SELECT * FROM v"), "unsafe use of dragoman_tables")
    equal(len(db.execute("SELECT * FROM dragoman_code(?, '2020-10-02')", (LEAD,)).fetchall()), 1, "it goes on")


QUOTED = 'Turkey said: "We won." Armenia denied that it had lost. Iran said it was "very sad" about the war.'
HOW_DIRECT = "SELECT source, direct FROM dragoman_quotes({}, '2020-10-02') WHERE {}"


@case
def sqlite_says_by_0_and_1_whether_a_quote_is_direct(folder):
    db = connect()
    ask = lambda where: [tuple(row) for row in db.execute(HOW_DIRECT.format("?", where), (QUOTED,))]
    equal((ask("direct"), ask("NOT direct"), ask("direct IS NULL")), ([("Turkey", 1)], [("Armenia", 0)], [("Iran", None)]))


@case
def sqlite_takes_text_in_utf_16(folder):
    db = connect()
    db.execute("PRAGMA encoding = 'UTF-16le'")
    db.execute("CREATE TABLE s (text)")
    db.execute("INSERT INTO s VALUES (?)", ("“Türkiye attacked Armenia”, Ilham Əliyev said.",))
    [row] = db.execute("SELECT q.* FROM s, dragoman_quotes(s.text, '2020-10-02') q").fetchall()
    equal((row["source"], row["cue"], row["content"]), ("Ilham Əliyev", "said", "Türkiye attacked Armenia"))


@case
def sqlite_statements_are_interrupted_within_a_story(folder):
    db = connect(check_same_thread=False)
    db.execute("SELECT * FROM dragoman_code('', '2020-10-02')").fetchall()
    story = "\n\n".join([LEAD, SECOND] * 2500)
    for sql in "SELECT count(*) FROM dragoman_code(?, '2020-10-02')", "SELECT dragoman_explain(?)":
        timer = threading.Timer(0.3, db.interrupt)
        begun = time.monotonic()
        timer.start()
        equal(refused(db, sql, story), "interrupted")
        equal(time.monotonic() - begun < 4, True, f"{time.monotonic() - begun:.1f} s")
        timer.join()
    equal(len(db.execute("SELECT * FROM dragoman_code(?, '2020-10-02')", (LEAD,)).fetchall()), 1, "it goes on")


def memory():
    with open("/proc/self/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) / 1024


@case
def sqlite_connections_share_one_coder(folder):
    sql = "SELECT group_concat(record) FROM dragoman_code(?, '2020-10-02')"
    text = " ".join([LEAD, SECOND] * 20)
    first = connect()
    right = first.execute(sql, (text,)).fetchone()[0]
    before = memory()
    others = [connect() for _ in range(5)]
    equal([db.execute(sql, (text,)).fetchone()[0] for db in others], [right] * 5)
    equal(memory() - before < 10, True, f"{memory() - before:.0f} MB more for five connections")
    found = []

    def one():
        db = connect()
        found.extend(db.execute(sql, (text,)).fetchone()[0] for _ in range(5))
        db.close()
    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(found, [right] * 20)
    first.close()
    equal(connect().execute(sql, (text,)).fetchone()[0], right, "the next one finds it")


@case
def sqlite_memory_does_not_grow(folder):
    db = connect()
    text = " ".join([LEAD, SECOND] * 5)
    def some():
        for _ in range(150):
            db.execute("SELECT * FROM dragoman_code(?, '2020-10-02')", (text,)).fetchone()
            db.execute("SELECT * FROM dragoman_quotes(?, '2020-10-02')", (text,)).fetchall()
            with contextlib.suppress(sqlite3.Error):
                db.execute("SELECT * FROM dragoman_code(?, 'never')", (text,)).fetchall()
    some()
    before = memory()
    some()
    equal(memory() - before < 4, True, f"{memory() - before:.1f} MB more")


def overlay_of(folder):
    """Tables that know a brigade of which the others know nothing."""
    with open(os.path.join(TABLES, "actors", "organisations.tsv"), encoding="utf-8") as f:
        head = next(line for line in f if line[0] not in "#\n")
    write(folder, "overlay/actors/organisations.tsv", head + "Blue Lantern Brigade\tBLB\tSYR\tREB\t-\tarmed\t-\t-\t-\t-\n")
    return f"{TABLES}:{folder}/overlay"


@case
def sqlite_connections_choose_their_tables(folder):
    overlay = overlay_of(folder)
    a, b = connect(), connect()
    ask = "SELECT actor_codes FROM dragoman_code('The Blue Lantern Brigade attacked Armenia.', '2020-10-02')"
    plain = a.execute(ask).fetchone()[0]
    equal(b.execute("SELECT dragoman_tables(?)", (overlay,)).fetchone()[0], overlay)
    contains(refused(a, "SELECT dragoman_tables(?)", overlay + "/none"), "overlay/none")
    equal(plain != "SYRREB", True)
    equal([db.execute(ask).fetchone()[0] for db in (a, b, connect())], [plain, "SYRREB", plain])
    equal(b.execute("SELECT dragoman_tables(NULL)").fetchone()[0], None)
    equal(b.execute(ask).fetchone()[0], plain)


# ---- cases of PostgreSQL


@case
def postgresql_codes_the_stories_of_a_store_as_the_store_has_them(folder):
    db = Server.new_database()
    path = ingested(folder, db)
    found = selected(db, EACH_EVENT.format(date="s.date::date"))
    same_as_the_coder(found, path, dragoman("export", "--db", db)[1])
    equal(must(db, """SELECT count(*), count(f.event_id), count(*) FILTER (WHERE e.event_date::text = f.date AND e.event_type = f.type)
        FROM stories s CROSS JOIN dragoman_code(s.text, s.date::date, s.story_id, s.source) e
        LEFT JOIN events f ON f.story = s.story AND f.event_id = e.event_id""").split("|"), [str(len(found))] * 2 + [f"{len(found)}\n"])
    quotes = selected(db, "SELECT q.* FROM stories s, dragoman_quotes(s.text, s.date::date, s.story_id, s.source) q ORDER BY s.story, "
                          "coalesce(q.cue_begin, q.content_begin)")
    cells_equal(quotes, rows("quotes", "-f", "csv", path), ("story_id",))


@case
def both_engines_have_the_same_columns(folder):
    db, other = Server.new_database(), connect()
    for name in "dragoman_code", "dragoman_quotes":
        equal([row for row in must(db, f"SELECT unnest(proargnames[5:]) FROM pg_proc WHERE proname = '{name}'").split()],
              [row["name"] for row in other.execute(f"PRAGMA table_info({name})")])


@case
def postgresql_types_are_its_own(folder):
    db = Server.new_database()
    [row] = selected(db, f"SELECT event_date + 1 AS tomorrow, actor_codes[1] AS actor, historical, quad + 1 AS quad, record->>'event_type' AS type "
                         f"FROM dragoman_code({quoted(LEAD)}, '2020-10-02') WHERE 'TUR' = ANY (actor_countries)")
    equal(row, {"tomorrow": "2020-10-03", "actor": "TURMIL", "historical": False, "quad": 5, "type": "ASSAULT"})
    equal([must(db, HOW_DIRECT.format(quoted(QUOTED), where)) for where in ("direct", "NOT direct", "direct IS NULL")],
          ["Turkey|t\n", "Armenia|f\n", "Iran|\n"])
    contains(must(db, f"SELECT dragoman_explain({quoted(LEAD)})"), "ASSAULT")
    equal(must(db, f"SELECT jsonb_array_length(dragoman_events_json({quoted(LEAD)}, '2020-10-02')), dragoman_version() IS NOT NULL"), "1|t\n")
    equal(must(db, f"SELECT count(e.event_id) FROM (VALUES (NULL, '2020-10-02'::date), ({quoted(LEAD)}, NULL), ('', '2020-10-02')) s (t, d) "
                   "LEFT JOIN dragoman_code(s.t, s.d) e ON true"), "0\n")
    equal(must(db, "SELECT dragoman_explain(NULL) IS NULL, dragoman_events_json('x', NULL) IS NULL"), "t|t\n")


@case
def postgresql_statements_end_in_time(folder):
    db = Server.new_database()
    story = f"repeat({quoted(LEAD + chr(10) + chr(10) + SECOND + chr(10) + chr(10))}, 2500)"
    must(db, "SELECT dragoman_explain('x')")
    for call in "count(*) FROM dragoman_code({}, '2020-10-02')", "dragoman_explain({})", "count(*) FROM dragoman_quotes({}, '2020-10-02')":
        begun = time.monotonic()
        contains(fails(db, f"SET statement_timeout = '800ms'; SELECT {call.format(story)}"), "57014: canceling statement due to statement timeout")
        equal(time.monotonic() - begun < 5, True, f"{time.monotonic() - begun:.1f} s")
    after = must(db, f"""SET statement_timeout = '800ms';
        DO $$ BEGIN PERFORM dragoman_explain({story}); EXCEPTION WHEN query_canceled THEN NULL; END $$;
        SET statement_timeout = 0; SELECT count(*) FROM dragoman_code({quoted(LEAD)}, '2020-10-02')""")
    equal(after, "1\n", "the session goes on")


@case
def postgresql_says_what_is_wrong(folder):
    db = Server.new_database()
    error = fails(db, "SELECT * FROM dragoman_code(repeat('x', 2000000), '2020-10-02')")
    contains(error, "ERROR:  22000: dragoman cannot code the story: the story is longer than 1048576 bytes")
    for day in "infinity", "0044-03-15 BC", "12020-10-02":
        contains(fails(db, f"SELECT * FROM dragoman_code('x', '{day}')"), "ERROR:  22008: the day of a story")
    error = fails(db, "SET dragoman.tables = '/no/such/folder'; SELECT dragoman_explain('x')")
    contains(error, "ERROR:  F0000: dragoman cannot open its tables: /no/such/folder")
    contains(error, "HINT:")
    equal(must(db, f"""SELECT dragoman_explain('x') <> ''; SET dragoman.tables = '/no/such/folder';
        DO $$ BEGIN PERFORM dragoman_explain('x'); EXCEPTION WHEN config_file_error THEN NULL; END $$;
        RESET dragoman.tables; SELECT dragoman_explain('x') <> ''"""), "t\nt\n", "the coder that was there stays")
    must(db, "CREATE ROLE visitor")
    contains(fails(db, "SET ROLE visitor; SELECT dragoman_version(); SET dragoman.tables = '/etc'"), "ERROR:  42501: permission denied")
    done = psql(db, f"SET ROLE visitor; SET dragoman.tables = '/etc'; SELECT count(*) FROM dragoman_code({quoted(LEAD)}, '2020-10-02')")
    equal(done.stdout, b"1\n", "what was set before the extension was loaded does not count")
    contains(done.stderr.decode(), "WARNING:  42501: permission denied")
    contains(fails(db, "SELECT * FROM dragoman_code('x')"), "42883")


@case
def postgresql_sessions_choose_their_tables(folder):
    db, copy = Server.new_database(), Server.one.copy
    overlay_of(copy)
    ask = "SELECT actor_codes FROM dragoman_code('The Blue Lantern Brigade attacked Armenia.', '2020-10-02')"
    found = must(db, f"{ask}; SET dragoman.tables = '{copy}/tables:{copy}/overlay'; {ask}; RESET dragoman.tables; {ask}").split()
    equal((found[0] == found[2], found[1]), (True, "{SYRREB}"))


@case
def postgresql_text_in_other_encodings(folder):
    ask = "SELECT location_names, text, record->'locations'->0->>'admin1' FROM dragoman_code({}, '2020-10-02')"
    text = "Gunmen killed two men in Baia Mare, M\u00fcnchen's radio said."
    county = "Maramure\u015f"
    equal(must(Server.new_database(), ask.format(quoted(text))), f'{{"Baia Mare"}}|{text}|{county}\n')
    latin = Server.new_database("LATIN1")
    equal(must(latin, ask.format(quoted(text))), f'{{"Baia Mare"}}|{text}|Maramure?\n')
    contains(must(latin, f"SELECT dragoman_explain({quoted(text)}, '2020-10-02')"), "M\u00fcnchen")
    none = Server.new_database("SQL_ASCII")
    contains(fails(none, r"SELECT * FROM dragoman_code(E'a\xff', '2020-10-02')"), "22021")
    contains(must(none, ask.format(quoted(text))), county)


@case
def postgresql_databases_of_an_earlier_version_are_brought_forward(folder):
    db = Server.new_database()
    must(db, "DROP EXTENSION dragoman; CREATE EXTENSION dragoman VERSION '1.0'")
    ask = "SELECT count(*) FROM dragoman_quotes('Turkey denied it.', '2020-10-02') WHERE NOT direct"
    error = fails(db, ask.replace("NOT direct", "direct = 'false'"))
    contains(error, "42P13: dragoman_quotes is of another version than its library")
    contains(error, "HINT:  ALTER EXTENSION dragoman UPDATE")
    equal(must(db, "ALTER EXTENSION dragoman UPDATE; " + ask), "1\n")


@case
def postgresql_codes_in_parallel(folder):
    db = Server.new_database()
    ingested(folder, db)
    parallel = """SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
        SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off;"""
    ask = "SELECT count(*), sum(e.quad), min(e.event_id) FROM stories s, dragoman_code(s.text, s.date::date, s.story_id, s.source) e"
    contains(must(db, f"{parallel} EXPLAIN (COSTS OFF) {ask}"), "Workers Planned")
    equal(must(db, f"{parallel} {ask}"), must(db, ask))
    equal(must(db, "SELECT DISTINCT proparallel, provolatile FROM pg_proc WHERE proname LIKE 'dragoman%'"), "s|s\n")


@case
def postgresql_backends_share_what_is_preloaded(folder):
    db = Server.new_database()
    server = Server.one
    def own_memory():
        """-> kB that no other process has, of a backend that has explained something"""
        shown = must(db, """SELECT dragoman_explain('x') IS NULL; SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
\\! cat /proc/$PID/smaps_rollup""")
        return sum(map(int, re.findall(r"^Private_\w+: +(\d+) kB$", shown, re.M)))
    cold = own_memory()
    must(db, "ALTER SYSTEM SET shared_preload_libraries = 'dragoman'")
    server.halt("fast")
    server.start()
    try:
        warm = own_memory()
        print(f"  {warm} kB, and {cold} kB when a backend opens it")
        equal(0 < warm < cold / 2, True, f"{warm} kB, and {cold} kB when a backend opens it")
        must(db, "ALTER SYSTEM SET dragoman.tables = '/no/such/folder'")
        server.halt("fast")
        server.start()
        contains(fails(db, "SELECT dragoman_explain('x')"), "F0000")
    finally:
        must(db, "ALTER SYSTEM RESET ALL")
        server.halt("fast")
        server.start()


@case
def postgresql_memory_does_not_grow(folder):
    db = Server.new_database()
    text = quoted(" ".join([LEAD, SECOND] * 5))
    lines = must(db, f"""CREATE FUNCTION kb() RETURNS int LANGUAGE sql AS $$ SELECT (regexp_match(pg_read_file('/proc/' || pg_backend_pid() || '/status'), 'VmRSS:\\s+(\\d+)'))[1]::int $$;
        CREATE FUNCTION several() RETURNS void LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..150 LOOP
            PERFORM * FROM dragoman_code({text}, '2020-10-02'); PERFORM * FROM dragoman_quotes({text}, '2020-10-02');
            BEGIN PERFORM dragoman_explain(E'x', 'infinity'); EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$;
        SELECT several(); SELECT kb(); SELECT several(); SELECT kb()""").split()
    before, after = [int(line) for line in lines if line]
    equal(after - before < 6000, True, f"{after - before} kB more")


@case
def the_extension_is_dropped_and_made_again(folder):
    db = Server.new_database()
    must(db, "DROP EXTENSION dragoman")
    contains(fails(db, "SELECT dragoman_version()"), "42883")
    must(db, "CREATE SCHEMA news; CREATE EXTENSION dragoman SCHEMA news; SELECT news.dragoman_version()")


@case
def the_library_uses_no_name_that_the_server_has(folder):
    """The server's names come first wherever a library that it loads looks for one."""
    if not shutil.which("nm") or not os.path.exists(POSTGRES) or not os.path.exists(servers.Postgres.bin):
        raise Skip("there is no nm, no server or no extension for it")
    names = lambda path, *what: {line.split()[-1].split("@")[0] for line in subprocess.run(
        ["nm", "-D", *what, path], capture_output=True, text=True, check=True).stdout.splitlines()}
    server = names(os.path.join(servers.Postgres.bin, "postgres"), "--defined-only")
    build = os.path.dirname(os.path.dirname(os.path.dirname(POSTGRES)))
    [library] = glob.glob(os.path.join(build, "src", "library", "libdragoman.so.?"))
    equal(len(server) > 1000, True)
    equal(server & names(library, "--undefined-only"), set())


# ---- the page, and make


PAGE = os.path.join(ROOT, "docs", "sql.md")


def blocks():
    """[(kind, code, what it gives or None, number of the line)] of docs/sql.md"""
    with open(PAGE, encoding="utf-8") as f:
        text = f.read()
    pattern = r"<!-- (sqlite|postgresql|python)( store)? -->\n```\w+\n(.*?)```\n(?:<!-- gives -->\n```\n(.*?)```\n)?"
    found = [(m[1], bool(m[2]), m[3], m[4], text[:m.start()].count("\n") + 1) for m in re.finditer(pattern, text, re.S)]
    equal(len(found), len(re.findall(r"```\w", text)), "every block of code is run")
    return found


def lines_of(rows):
    return "".join("|".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def run_sqlite(db, code):
    out = ""
    for statement in re.sub(r"(?m)^\.load.*$", "", code).split(";\n"):
        out += lines_of(db.execute(statement).fetchall())
    return out


def page_gives(run, kind, store=False):
    n = 0
    for its, of_store, code, gives, line in blocks():
        if its == kind and of_store == store:
            out = run(code)
            equal(out if gives is not None else out != "", gives if gives is not None else True, f"{PAGE}:{line}")
            n += 1
    equal(n > 0, True)


@case
def sqlite_runs_what_the_page_shows(folder):
    db = connect()
    page_gives(lambda code: run_sqlite(db, code), "sqlite")
    store = os.path.join(folder, "store.db")
    ingested(folder, store)
    stored = connect(store)
    page_gives(lambda code: run_sqlite(stored, code), "sqlite", store=True)
    shutil.copy(SQLITE, folder)
    build = os.path.dirname(os.path.dirname(os.path.dirname(SQLITE)))
    env = {**os.environ, "LD_LIBRARY_PATH": os.path.join(build, "src", "library")}
    python = lambda code: subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True).stdout
    page_gives(python, "python")


@case
def postgresql_runs_what_the_page_shows(folder):
    db = Server.new_database()
    must(db, "DROP EXTENSION dragoman")
    page_gives(lambda code: must(db, code), "postgresql")
    db = Server.new_database()
    ingested(folder, db)
    page_gives(lambda code: must(db, code), "postgresql", store=True)


def make(folder, binding, *arguments, **variables):
    """`make` as the page says it, against a library that is installed nowhere yet."""
    with open(PAGE, encoding="utf-8") as f:
        contains(f.read(), f"make -C bindings/{binding}")
    if not shutil.which("make") or not shutil.which("pkg-config"):
        raise Skip("there is no make or no pkg-config")
    copy = os.path.join(folder, "bindings")
    if not os.path.exists(copy):
        shutil.copytree(os.path.join(ROOT, "bindings"), copy)
    build = os.path.dirname(os.path.dirname(os.path.dirname(SQLITE if binding == "sqlite" else POSTGRES)))
    with open(os.path.join(folder, "dragoman.pc"), "w") as f:
        f.write(f"libdir={build}/src/library\nName: dragoman\nDescription: it\nVersion: 0\n"
                f"Libs: -L${{libdir}} -ldragoman\nCflags: -I{ROOT}/include\n")
    done = subprocess.run(["make", "-C", os.path.join(copy, binding), *arguments], capture_output=True, text=True,
                          env={**os.environ, "PKG_CONFIG_PATH": folder, **variables})
    equal((done.returncode, "warning" in done.stderr), (0, False), done.stdout + done.stderr)


@case
def sqlite_extension_is_made_by_make(folder):
    connect()
    make(folder, "sqlite", "install", DESTDIR=os.path.join(folder, "root"))
    [path] = glob.glob(os.path.join(folder, "root", "**", "dragoman.so"), recursive=True)
    env = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    code = f"""import sqlite3
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension({path!r})
print(db.execute("SELECT event_type FROM dragoman_code('Turkey attacked Armenia.', '2020-10-02')").fetchone()[0])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    equal((done.stdout, done.stderr), ("ASSAULT\n", ""), "the library is found where pkg-config found it")


@case
def postgresql_extension_is_made_by_make(folder):
    if not os.path.exists(POSTGRES):
        raise Skip("the extension for PostgreSQL is not built (Debian: postgresql-server-dev-all)")
    root = os.path.join(folder, "root")
    make(folder, "postgresql", "install", f"DESTDIR={root}")
    found = sorted(os.path.basename(path) for path in glob.glob(os.path.join(root, "**", "dragoman*"), recursive=True))
    equal(found, ["dragoman--1.0--1.1.sql", "dragoman--1.0.sql", "dragoman.control", "dragoman.so"])
    if shutil.which("readelf"):
        [path] = glob.glob(os.path.join(root, "**", "dragoman.so"), recursive=True)
        build = os.path.dirname(os.path.dirname(os.path.dirname(POSTGRES)))
        headers = subprocess.run(["readelf", "-d", path], capture_output=True, text=True).stdout
        contains(headers, f"path: [{build}/src/library")


if __name__ == "__main__":
    sys.exit(main())
