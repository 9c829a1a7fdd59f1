#!/usr/bin/env python3
"""Commands around the coder: stories as they were read, two codings side by side, places and times,
and what a person sees on a screen."""
import fcntl, json, os, pty, re, shutil, struct, subprocess, sys, termios, unicodedata

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import LEAD, PROGRAM, ROOT, SECOND, Skip, case, contains, dragoman, equal, main, schema_errors, write

GERMAN = ("Die Regierung hat am Freitag angek\u00fcndigt, dass sie ihre Truppen aus dem Grenzgebiet abziehen werde. Der Sprecher "
          "des Au\u00dfenministeriums sagte vor Journalisten, man habe sich mit den Nachbarstaaten auf einen Waffenstillstand geeinigt.")


def lines_of(*arguments, stdin=b""):
    """-> the objects of a command that must succeed in silence"""
    code, out, err = dragoman(*arguments, stdin=stdin)
    equal((code, err), (0, ""), " ".join(arguments))
    return [json.loads(line) for line in out.splitlines()]


# ---- read

RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title>
<item><title>One &amp; two</title><link>https://g.example/1</link><guid>g1</guid>
<pubDate>Fri, 02 Oct 2020 10:00:00 +0000</pubDate><description>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Three</title><pubDate>03 Oct 2020</pubDate><description>{SECOND}</description></item></channel></rss>"""
PAGE = f"""<!DOCTYPE html><html><head><title>Troops attack village | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="article:published_time" content="2020-10-02T08:00:00Z">
</head><body><h1>Troops attack village</h1><div class="story"><p>{LEAD}</p><p>{SECOND}</p></div></body></html>"""
PETRARCH = "<Sentences>\n" + "".join(
    f'<Sentence date="20201002" id="{i}" source="AFP" sentence="True"><Text>\n{text}\n</Text></Sentence>\n'
    for i, text in (("S_1", LEAD), ("S_2", SECOND), ("T_1", LEAD))) + "</Sentences>"
INPUTS = {
    "a.txt": f"date 2020-10-02 Caf\u00e9 \u2014 {LEAD}\n\ndate 2020-10-03\ntitle: War \"again\"\nurl: http://x.example\n\n"
             f"ANKARA, Oct 3 (Agency) - {LEAD}\n\n\t{SECOND}\n",
    "b.html": PAGE, "c.xml": RSS, "d.xml": PETRARCH,
    "e.csv": f'id,date,title,text\r\n7,2020-10-02,"a, ""b""","{LEAD}\n\n{SECOND}"\r\n,2020-10-03,,"{SECOND}"\r\n',
}


def same_place(event):
    """An event whose offsets count from where the story's text begins in its file."""
    text = json.dumps(event)
    begins = [int(n) for n in re.findall(r'"begin": (\d+)', text)]
    first = min(begins) if begins else 0
    bytes_ = [int(n) for n in re.findall(r'"begin_byte": (\d+)', text)]
    first_byte = min(bytes_) if bytes_ else 0
    text = re.sub(r'"(begin|end)": (\d+)', lambda m: f'"{m[1]}": {int(m[2]) - first}', text)
    return re.sub(r'"(begin_byte|end_byte)": (\d+)', lambda m: f'"{m[1]}": {int(m[2]) - first_byte}', text)


@case
def what_read_writes_is_coded_as_the_file_itself(folder):
    for name, content in INPUTS.items():
        path = write(folder, name, content)
        events = lines_of("code", path)
        code, out, err = dragoman("read", path)
        equal((code, err), (0, ""), name)
        again = lines_of("code", stdin=out.encode())
        equal(len(events) > 2, True, f"{name}: {len(events)} events")
        equal([same_place(e) for e in again], [same_place(e) for e in events], name)


@case
def a_story_that_is_read_twice_stays_the_same(folder):
    for name, content in INPUTS.items():
        once = dragoman("read", write(folder, name, content))[1]
        equal(dragoman("read", stdin=once.encode())[1], once, name)


@case
def read_says_what_was_understood(folder):
    found = lines_of("read", write(folder, "b.html", PAGE))
    equal(found, [{"id": "b", "date": "2020-10-02", "date_basis": found[0]["date_basis"], "title": "Troops attack village",
                   "source": "The Gazette", "url": None, "language": "en", "text": f"{LEAD}\n\n{SECOND}"}])
    equal(list(found[0]), "id date date_basis title source url language text".split())
    equal(found[0]["date_basis"] is None, False)
    nothing = lines_of("read", write(folder, "x.txt", LEAD))
    equal([(s["date"], s["date_basis"]) for s in nothing], [(None, None)])


@case
def read_needs_no_tables_and_names_languages(folder):
    path = write(folder, "a.jsonl", "".join(json.dumps({"id": i, "date": "2020-10-02", "text": t}) + "\n"
                                            for i, t in (("en", LEAD + " " + SECOND), ("de", GERMAN))))
    code, out, err = dragoman("read", "--language=any", path, env={"DRAGOMAN_TABLES": folder + "/none"})
    equal((code, err), (0, ""))
    languages = {s["id"]: s["language"] for s in map(json.loads, out.splitlines())}
    equal(languages["en"], "en")
    equal(languages["de"] in ("de", "und"), True, languages["de"])
    kept = dragoman("read", path)[1]
    equal(all(json.loads(line)["language"] == "en" for line in kept.splitlines()), True)


@case
def read_names_what_it_refuses_and_goes_on(folder):
    path = write(folder, "a.jsonl", '{"id": 1}\n{"id": 2, "date": "2020-10-02", "text": "Peace\\u0000 came."}\n')
    code, out, err = dragoman("read", path)
    equal((code, [json.loads(line)["text"] for line in out.splitlines()]), (1, ["Peace  came."]))
    contains(err, "a.jsonl:1: ")
    if os.path.exists("/dev/full"):
        equal(dragoman("read", "-o", "/dev/full", path)[0], 1)


# ---- places and times

TOLD = ("GOMA, Congo, Oct 2 (Agency) - Caf\u00e9 owners in Paris said on Friday that Turkey had kept a two-week truce since last "
        "Sunday. Moscow denied it every day.")


@case
def places_and_times_are_as_their_schemas_say_and_stand_where_they_say(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {TOLD}\n\ndate 2020-10-03\n\nNothing was \u201cplanned\u201d in Goma on Sunday.\n")
    texts = {s["id"]: s["text"] for s in lines_of("read", path)}
    for command in "places", "times":
        with open(os.path.join(ROOT, f"docs/formats/{command}.schema.json"), encoding="utf-8") as f:
            schema = json.load(f)
        stories = lines_of(command, path)
        equal([s["id"] for s in stories], ["a", "a-2"])
        for story in stories:
            equal(schema_errors(story, schema, schema), [])
            for found in story[command]:
                equal(texts[story["id"]][found["begin"]:found["end"]], found["text"])
            equal([f["begin"] for f in story[command]], sorted(f["begin"] for f in story[command]))
        equal(bool(schema_errors({"id": "a", command: [{"text": 1}]}, schema, schema)), True)
        equal(dragoman(command, "-j", "3", path), dragoman(command, path))
        equal(lines_of(command, stdin=dragoman("read", path)[1].encode()), stories, "through read")


@case
def all_places_are_told_and_those_of_events_among_them(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {TOLD}")
    places = lines_of("places", path)[0]["places"]
    equal([(p["text"], p["country"]) for p in places],
          [("GOMA", "COD"), ("Congo", "COD"), ("Paris", "FRA"), ("Turkey", "TUR"), ("Moscow", "RUS")])
    equal(lines_of("places", write(folder, "b.txt", "date 2020-10-02 Nobody came."))[0], {"id": "b", "places": []})


@case
def all_times_have_kind_and_value_of_timeml(folder):
    times = lines_of("times", write(folder, "a.txt", f"date 2020-10-02 {TOLD}"))[0]["times"]
    equal([(t["text"], t["kind"], t["value"], t.get("from")) for t in times], [
        ("Oct 2", "DATE", "2020-10-02", "2020-10-02"), ("Friday", "DATE", "2020-10-02", "2020-10-02"),
        ("two-week", "DURATION", "P2W", None), ("last Sunday", "DATE", "2020-09-27", "2020-09-27"),
        ("every day", "SET", "P1D", None)])


# ---- diff


def codings(folder):
    """-> the events of two reports, and the paths of a file with them and of one to fill"""
    text = f"date 2020-10-02 {LEAD} {SECOND}\n\ndate 2020-10-03 {SECOND} {LEAD}\n"
    old = os.path.join(folder, "old.jsonl")
    equal(dragoman("code", "-o", old, write(folder, "a.txt", text)), (0, "", ""))
    with open(old, encoding="utf-8") as f:
        events = [json.loads(line) for line in f]
    equal(len(events) > 5, True, f"{len(events)} events")
    return events, old, os.path.join(folder, "new.jsonl")


def save(path, events):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(e, separators=(",", ":")) + "\n" for e in events)
    return path


@case
def two_codings_that_are_the_same_exit_with_zero(folder):
    events, old, new = codings(folder)
    for event in events:
        event["rule"], event["confidence"] = "moved.tsv:1", 0.1
    code, out, err = dragoman("diff", old, save(new, events))
    equal((code, err), (0, ""))
    contains(out, f"events      {len(events):10}  {len(events):10}\n")
    equal(re.findall(r"^ *(\w+) +(\d+)$", out, re.M), [(name, "0") for name in (
        "gained lost changed type sides polarity status date place speaker other").split()])
    equal(dragoman("diff", "-f", "jsonl", old, new), (0, "", ""))
    by_story = sorted(events, key=lambda e: e["story_id"], reverse=True)
    equal(dragoman("diff", old, save(new, by_story))[0], 0, "the order of stories counts")


@case
def gained_lost_and_changed_events_are_counted_and_shown(folder):
    events, old, new = codings(folder)
    lost, changed = events.pop(0), events[1]
    changed["status"], changed["event_date"] = "hypothetical", "1999-01-01"
    save(new, events)
    code, out, err = dragoman("diff", old, new)
    equal((code, err), (1, ""))
    counts = dict(re.findall(r"^ *(\w+) +(\d+)$", out, re.M))
    equal([counts[k] for k in ("gained", "lost", "changed", "status", "date", "sides")], ["0", "1", "1", "1", "1", "0"])
    contains(out, f'- {lost["story_id"]}:{lost["sentence"]} {lost["event_type"]}')
    contains(out, " -> hypothetical\n")
    contains(out, " -> 1999-01-01\n")
    back = dragoman("diff", new, old)[1]
    contains(back, f'+ {lost["story_id"]}:{lost["sentence"]} {lost["event_type"]}')
    equal(max(map(len, out.splitlines())) <= 100, True)
    code, out, err = dragoman("diff", "-f", "jsonl", old, new)
    equal((code, err), (1, ""))
    lines = [json.loads(line) for line in out.splitlines()]
    equal([(d["change"], d["classes"]) for d in lines], [("lost", []), ("changed", ["status", "date"])])
    equal((lines[0]["old"]["event_id"], lines[0]["new"], lines[1]["new"]["event_date"]), (lost["event_id"], None, "1999-01-01"))


@case
def no_more_differences_are_shown_than_asked_for(folder):
    events, old, new = codings(folder)
    save(new, [])
    out = dragoman("diff", "--max", "2", old, new)[1]
    equal(len(re.findall("^- ", out, re.M)), 2)
    contains(out, f"and {len(events) - 2} more; --max 0 shows all\n")
    equal(len(re.findall("^- ", dragoman("diff", "--max=0", old, new)[1], re.M)), len(events))
    equal(len(dragoman("diff", "-f", "jsonl", "-n", "3", old, new)[1].splitlines()), 3)


@case
def what_is_no_coding_exits_with_two(folder):
    events, old, new = codings(folder)
    with open(new, "w", encoding="utf-8") as f:
        f.write(open(old, encoding="utf-8").readline() + "\n" + '{"event_id": 1}\n')
    code, out, err = dragoman("diff", old, new)
    equal((code, out), (2, ""))
    contains(err, "new.jsonl:3: ")
    equal(dragoman("diff", old)[0], 2)
    equal(dragoman("diff", old, folder + "/none")[0], 2)
    write(folder, "long.jsonl", b"{" + b" " * (5 << 20))
    contains(dragoman("diff", old, folder + "/long.jsonl")[2], "long.jsonl:1: the line is longer than ")


@case
def names_in_a_coding_do_not_steer_the_terminal(folder):
    events, old, new = codings(folder)
    for event in events:
        event["story_id"] = "a\033[31m\u202e"
        event["trigger"]["text"] = "x\033]0;title\007"
    out = dragoman("diff", old, save(new, events))[1]
    equal([c for c in out if c < " " and c != "\n" or c == "\u202e"], [])


# ---- on the screen

NEWS = f"date 2020-10-02\ntitle: \u6771\u4eac \u2014 War in the hills\nsource: Agency\n\n{LEAD} {SECOND}\n\n{SECOND} {LEAD}\n"


def on_a_terminal(columns, *arguments, env=None):
    """-> what the program writes to a terminal of so many columns"""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    child = subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.DEVNULL, stdout=slave,
                             stderr=subprocess.PIPE, env=dict(environment, **(env or {})))
    os.close(slave)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(master)
    child.communicate()
    equal(child.returncode, 0)
    return said.decode().replace("\r\n", "\n")


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in re.sub("\033\\[[0-9;]*m", "", line))


@case
def a_table_is_as_wide_as_the_terminal_and_100_columns_elsewhere(folder):
    path = write(folder, "a.txt", NEWS)
    out = dragoman("code", "-f", "table", "--show", "text", path)[1]
    equal("\033" in out, False, "colours in a pipe")
    equal(max(map(width, out.splitlines())) <= 100, True, out)
    for columns in 80, 100, 140:
        out = on_a_terminal(columns, "code", "-f", "table", "--show", "text", path)
        equal("\033[" in out, True, "no colours")
        equal(max(map(width, out.splitlines())) <= columns, True, f"{columns}: {out}")
        plain = on_a_terminal(columns, "code", "-f", "table", "--show", "text", path, env={"NO_COLOR": "1"})
        equal("\033" in plain, False, "colours with NO_COLOR")
        rows = [line for line in plain.splitlines() if line.startswith("2020-")]
        equal(len(rows), len(dragoman("code", path)[1].splitlines()))


@case
def a_story_is_shown_with_the_words_of_its_events(folder):
    path = write(folder, "a.txt", NEWS)
    events = lines_of("code", path)
    out = dragoman("code", "-f", "table", "--show", "text", path)[1]
    title, about, blank, rest = out.split("\n", 3)
    equal((title, about, blank), ("\u6771\u4eac \u2014 War in the hills", "a, 2020-10-02, Agency", ""))
    text, table = rest.split("\n\ndate  ")
    words = lambda t: " ".join(t.replace("*", "").split())
    equal(words(text), words(f"{LEAD} {SECOND} {SECOND} {LEAD}"))
    equal(len(text.split("\n\n")), 2, "paragraphs")
    marked = re.findall(r"\*([^*]*)\*", " ".join(text.split()))
    for event in events:
        equal(any(" ".join(event["trigger"]["text"].split()) in m for m in marked), True, event["trigger"]["text"])
    coloured = on_a_terminal(100, "code", "-f", "table", "--show", "text", path)
    contains(coloured, "\033[36mTurkish\033[0m \033[36mtroops\033[0m \033[31;1mattacked\033[0m \033[35ma\033[0m")
    equal("*" in coloured, False)
    equal(" ".join(re.sub("\033\\[[0-9;]*m", "", coloured).split()), " ".join(out.replace("*", "").split()))


@case
def titles_stand_above_the_rows_of_each_story(folder):
    path = write(folder, "a.txt", NEWS + "date 2020-10-03 The sun shone on the sea.\n")
    out = dragoman("code", "-f", "table", "--show=titles", path)[1]
    equal(out.count("date        actor"), 1)
    contains(out, "a-2, 2020-10-03\nno events\n")
    equal("*" in out, False)
    code, out, err = dragoman("code", "--show=text", path)
    equal((code, out), (2, ""))
    contains(err, "--show goes with --format table only")


@case
def a_long_word_and_marks_that_combine_stay_in_the_page(folder):
    long = "e\u0301" * 150 + "\u6771" * 80
    path = write(folder, "a.txt", f"date 2020-10-02 {LEAD} See {long} and \u202e\x1b[31mred\x07.\n")
    out = dragoman("code", "-f", "table", "--show", "text", path)[1]
    equal(max(map(width, out.splitlines())) <= 100, True)
    contains(out.replace("\n", ""), long)
    equal([c for c in out if c < " " and c != "\n" or c == "\u202e"], [])


@case
def an_answer_of_a_store_fits_the_screen(folder):
    db = os.path.join(folder, "s.db")
    path = write(folder, "a.jsonl", json.dumps({"id": "0123456789abcdef" * 4, "date": "2020-10-02", "text": f"{LEAD} {SECOND}"}))
    if dragoman("ingest", "--db", db, path)[0] == 2:
        raise Skip("there is no store in this build")
    out = dragoman("query", "--db", db)[1]
    equal(max(map(width, out.splitlines())) <= 100, True, out)
    equal(out.split("\n")[0].split(), "date actor event recipient marks voice place words story".split())
    starts = {m.start() for m in re.finditer(r"(?<=  )\S", out.split("\n")[0])}
    for line in out.splitlines()[1:]:
        equal(all(line[at - 1] == " " and line[at] != " " for at in starts), True, f"{line!r} is not aligned")
    contains(dragoman("query", "--db", db, "-f", "csv")[1], "0123456789abcdef" * 4)
    equal(len(dragoman("query", "--db", db, "-f", "csv")[1].splitlines()[0].split(",")), 17)
    counts = dragoman("query", "--db", db, "--by", "dyad")[1].splitlines()
    equal(counts[0].split(), "dyad n events stories outlets goldstein intensity".split())
    equal(len({len(line) for line in counts}), 1, "numbers stand at the right")


@case
def unknown_names_are_counted_with_an_example(folder):
    text = ("French prime minister Ondrej Valk accused Russia of lying. Ondrej Valk condemned China. "
            "The Plover Relief Council (PRC) praised Peru. Angela Merkel met soldiers in Quux.")
    path = write(folder, "a.jsonl", json.dumps({"id": "s1", "date": "2010-10-02", "text": text}))
    unknown = os.path.join(folder, "unknown.tsv")
    code, out, err = dragoman("code", "--unknown", unknown, path)
    equal(code, 0, err)
    equal(out, dragoman("code", path)[1], "the events are the same")
    with open(unknown, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    equal(rows[0], "name times kind story_id begin end example".split())
    equal(rows[1][:4], ["Ondrej Valk", "2", "person", "s1"])
    equal(text[int(rows[1][4]):int(rows[1][5])], "Ondrej Valk")
    equal(rows[1][6], "French prime minister Ondrej Valk accused Russia of lying.")
    bodies = [r for r in rows if r[2] == "body"]
    equal([r[0] for r in bodies], ["Plover Relief Council"])
    equal(any("Merkel" in r[0] or r[0] == "Quux" for r in rows), False, f"{rows}")
    dragoman("code", "--without-text", "--unknown", unknown, path)
    with open(unknown, encoding="utf-8") as f:
        equal(f.read().split("\n")[1].split("\t")[6], "-")
    equal(dragoman("code", "--unknown", os.path.join(folder, "no", "such"), path)[0], 1)


@case
def make_run_shows_a_story_and_then_the_others(folder):
    if not shutil.which("make"):
        raise Skip("there is no make")
    copy = os.path.join(folder, "build", "src", "cli")
    os.makedirs(copy)
    os.symlink(os.path.abspath(PROGRAM), os.path.join(copy, "dragoman"))
    done = subprocess.run(["make", "-s", "-o", "build", "run", f"BUILD={folder}/build"], cwd=ROOT, capture_output=True, text=True)
    equal((done.returncode, done.stderr), (0, ""))
    equal(max(map(width, done.stdout.splitlines())) <= 100, True)
    equal("\033" in done.stdout, False)
    heads = re.findall(r"^([a-z-]+-\d{4}), \d{4}-\d\d-\d\d$", done.stdout, re.M)
    names = sorted(f[:-4] for f in os.listdir(os.path.join(ROOT, "examples")) if f.endswith(".txt"))
    equal(sorted(heads), names)
    equal(heads[1:], [n for n in names if n != heads[0]])
    equal(done.stdout.count("*") > 10, True)


if __name__ == "__main__":
    sys.exit(main())
