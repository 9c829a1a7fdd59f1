#!/usr/bin/env python3
"""Own tables over the shipped ones, `tables add`, files of settings, progress and --quiet."""
import fcntl, glob, json, os, pty, re, shutil, struct, subprocess, sys, tempfile, termios

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, case, contains, dragoman, environment, equal, main, write

TABLES = os.environ["DRAGOMAN_TABLES"]
BODIES = "name\talso\tcountry\tsector\tothers\tkind\tmembers\tfrom\tto\tid\n"
REPORT = "date 2020-10-02 The Blue Lantern Brigade attacked a village near Homs on Monday."


def at_home(folder, *arguments, stdin="", tables=None):
    """The program as somebody runs it whose home is the folder."""
    env = {"HOME": folder, "XDG_CONFIG_HOME": "", "DRAGOMAN_TABLES": tables or ""}
    return dragoman(*arguments, stdin=stdin.encode(), env=env)


def actors(*arguments, stdin=REPORT, run=dragoman):
    code, out, err = run("code", *arguments, stdin=stdin.encode() if run is dragoman else stdin)
    equal((code, err), (0, ""))
    return [a["code"] for line in out.splitlines() for a in json.loads(line)["actors"]]


def line_of(table, beginning):
    with open(os.path.join(TABLES, table), encoding="utf-8") as f:
        return next(i for i, line in enumerate(f, 1) if line.startswith(beginning + "\t"))


# ---- overlays


@case
def a_row_of_an_overlay_adds_and_is_named(folder):
    write(folder, "mine/actors/organisations.tsv", BODIES + "Blue Lantern Brigade\tBLB\tSYR\tREB\t-\tarmed\t-\t2015\t-\t-\n")
    equal(actors("--tables", f"{folder}/mine"), ["SYRREB"])
    equal(actors("--tables", f"{folder}/mine/"), ["SYRREB"])
    equal("SYRREB" in actors(), False)
    out = dragoman("explain", "--tables", f"{folder}/mine", "--date", "2020-10-02", "The BLB attacked a village.")[1]
    contains(out, "[mine/actors/organisations.tsv:2]")


@case
def a_row_with_the_same_key_replaces_the_shipped_one(folder):
    story = "date 2020-10-02 Hezbollah attacked a village in Lebanon on Monday."
    equal(actors(stdin=story), ["LBNREB"])
    write(folder, "mine/actors/organisations.tsv", BODIES + "Hezbollah\t-\tLBN\tMIL\t-\tarmy\t-\t-\t-\t-\n")
    equal(actors("--tables", f"{folder}/mine", stdin=story), ["LBNMIL"])


def own_copy(folder):
    """A whole folder of tables, whose places may be changed."""
    for name in os.listdir(TABLES):
        if name != "places":
            os.makedirs(f"{folder}/whole", exist_ok=True)
            os.symlink(os.path.join(TABLES, name), f"{folder}/whole/{name}")
    shutil.copytree(os.path.join(TABLES, "places"), f"{folder}/whole/places")
    return f"{folder}/whole"


def latitudes(tables, text):
    code, out, err = dragoman("places", "--tables", tables, "--date", "2020-10-02", stdin=text.encode())
    return [place["lat"] for place in json.loads(out)["places"]], err


@case
def edited_tables_of_places_are_read_at_once(folder):
    tables = own_copy(folder)
    text = "Troops shelled the town of Zzyxton, Syria on Monday."
    equal(latitudes(tables, text), ([None, 35.0], ""))
    for name in "villages", "places":
        with open(f"{tables}/places/{name}.tsv", "a", encoding="utf-8") as f:
            f.write(f"Zzyxton\t-\tSYR\t-\t{len(name)}.5\t36.5\t-\t700\t{'city' if name == 'places' else ''}\n")
        equal(latitudes(tables, text), ([len(name) + 0.5, 35.0], ""))
    write(folder, "mine/places/places.tsv", "name\talso\tcountry\tadmin1\tlat\tlon\tgeonames_id\tpopulation\tkind\n"
          "Zzyxton\t-\tSYR\t-\t33.5\t36.5\t-\t700\tcity\n")
    equal(latitudes(f"{folder}/mine", text), ([33.5, 35.0], ""))


@case
def a_damaged_compiled_table_is_told_and_the_text_read(folder):
    tables = own_copy(folder)
    text = "Troops shelled the town of Homs on Monday."
    right = latitudes(TABLES, text)[0]
    with open(f"{tables}/places/places.compiled", "wb") as f:
        f.write(b"DGMPLACE" + bytes(1000))
    equal(latitudes(tables, text), (right, ""))  # of another version
    with open(f"{tables}/places/places.compiled", "wb") as f:
        f.write(b"no table")
    found, err = latitudes(tables, text)
    equal(found, right)
    contains(err, f"{tables}/places/places.compiled: is no compiled table of this kind; the table is read instead")
    equal("these tables are required" in err, False, err)


@case
def later_folders_go_before_earlier_ones(folder):
    for name, sector in ("a", "REB"), ("b", "MIL"):
        write(folder, f"{name}/actors/organisations.tsv", BODIES + f"Blue Lantern Brigade\t-\tSYR\t{sector}\t-\tarmed\t-\t-\t-\t-\n")
    equal(actors("--tables", f"{folder}/a:{folder}/b"), ["SYRMIL"])
    equal(actors("--tables", f"{folder}/b:{folder}/a"), ["SYRREB"])
    equal(actors("--tables", f"{TABLES}:{folder}/b"), ["SYRMIL"])
    write(folder, "c:d/actors/organisations.tsv", BODIES + "Blue Lantern Brigade\t-\tSYR\tCOP\t-\tpolice\t-\t-\t-\t-\n")
    code, out, err = dragoman("code", "--tables", f"{folder}/c:d", stdin=REPORT.encode())
    equal((code, out), (2, ""))
    contains(err, "c:d: a folder that overlays others has no colon in its name")
    code, out, err = dragoman("code", "--tables", f"{folder}/a:{folder}/none", stdin=REPORT.encode())
    equal((code, out), (2, ""))
    contains(err, f"{folder}/none: this folder of tables cannot be read: No such file or directory")


@case
def a_table_that_says_replace_stands_alone(folder):
    text = open(os.path.join(TABLES, "actors", "organisations.tsv"), encoding="utf-8").read()
    contains(text, "\nHezbollah\t")
    write(folder, "mine/actors/organisations.tsv", "# replace\n" + BODIES + "Blue Lantern Brigade\t-\tSYR\tREB\t-\tarmed\t-\t-\t-\t-\n")
    equal(actors("--tables", f"{folder}/mine"), ["SYRREB"])
    story = b"date 2020-10-02 Fighters of the World Food Programme attacked a village in Lebanon on Monday."
    names = [a["code"] for line in dragoman("code", "--tables", f"{folder}/mine", stdin=story)[1].splitlines()
             for a in json.loads(line)["actors"]]
    equal("UNO" in "".join(names), False)


@case
def faults_of_an_overlay_are_named_by_its_file_and_line(folder):
    write(folder, "mine/actors/organisations.tsv", BODIES + "# a comment\nBlue Lantern Brigade\t-\tSYR\tXXX\t-\tarmed\t-\t-\t-\t-\n")
    write(folder, "mine/actor/groups.tsv", "phrase\n")
    write(folder, "mine/offices.tsv", "person\n")
    code, out, err = dragoman("tables", "check", "--tables", f"{folder}/mine")
    equal(code, 1)
    contains(err, f'{folder}/mine/actors/organisations.tsv:3: "XXX" is not a code of a sector')
    contains(err, f"{folder}/mine/actor/groups.tsv: no table has this name, so it is not read; did you mean actors/groups.tsv?")
    contains(err, f"{folder}/mine/offices.tsv: no table has this name, so it is not read; did you mean actors/offices.tsv?")
    contains(out, " 3 complaints")


@case
def own_rules_are_proved_by_their_examples(folder):
    name = "rules/verbs.tsv"
    header = "id\tpattern\ttype\tcameo\tactors\trecipients\texample\n"
    good = write(folder, f"mine/{name}", header + "my1\tserenade\tACCUSE\t111\t-\t-\tGermany serenaded Hungary.\n")
    code, out, err = dragoman("tables", "check", "--tables", f"{folder}/mine")
    equal((code, err), (0, ""))
    write(folder, f"mine/{name}", header + "my1\tserenade\tACCUSE\t111\t-\t-\tGermany signed a treaty with Hungary.\n")
    code, out, err = dragoman("tables", "check", "--tables", f"{folder}/mine")
    equal(code, 1)
    contains(err, f"{good}:2: the example is not coded by its rule")


@case
def an_own_rule_replaces_the_shipped_one_of_its_id_or_its_pattern(folder):
    name, header = "rules/verbs.tsv", "id\tpattern\ttype\tcameo\tactors\trecipients\texample\n"
    with open(os.path.join(TABLES, name), encoding="utf-8") as f:
        shipped = next(line.rstrip("\n").split("\t") for line in f if "\taccuse obj:+\t" in line)
    story = shipped[6]
    rule = lambda *a: [e["rule"] for e in map(json.loads, dragoman(
        "code", "--judge", "off", *a, stdin=f"date 2020-10-02 {story}".encode())[1].splitlines())]
    equal(rule(), [shipped[0]])
    row = lambda id, pattern: "\t".join([id, pattern, *shipped[2:]]) + "\n"
    write(folder, f"mine/{name}", header + row("my1", shipped[1]))
    equal(rule("--tables", f"{folder}/mine"), ["my1"])
    equal(dragoman("tables", "check", "--tables", f"{folder}/mine")[2], "")
    write(folder, f"mine/{name}", header + row(shipped[0], "serenade obj:+"))
    equal(shipped[0] in rule("--tables", f"{folder}/mine"), False)
    out = dragoman("explain", "--rule", shipped[0], "--tables", f"{folder}/mine")[1]
    contains(out, f"mine/{name}:2\n  pattern: serenade obj:+")


@case
def tables_of_an_overlay_that_have_moved_are_told_by_both_names(folder):
    for old, new in ("predicates/verbs.tsv", "rules/verbs.tsv"), ("words/verbs.tsv", "english/verbs.tsv"):
        path = write(folder, f"{old[:2]}/{old}", "x\n")
        write(folder, "good/actors/organisations.tsv", BODIES + "Blue Lantern Brigade\tBLB\tSYR\tREB\t-\tarmed\t-\t2015\t-\t-\n")
        for tables in f"{folder}/{old[:2]}", f"{folder}/good:{folder}/{old[:2]}", f"{folder}/{old[:2]}:{folder}/good":
            code, out, err = dragoman("tables", "check", "--tables", tables)
            equal(code, 1)
            contains(err, f"{path}: is not read; the table that was {old} is now {new}")


@case
def what_was_learned_is_taken_whole_from_the_last_folder_that_has_it(folder):
    shipped = dragoman("code", stdin=REPORT.encode())[1]
    write(folder, "other/actors/organisations.tsv", BODIES + "Red Lantern\t-\tSYR\tREB\t-\tarmed\t-\t2015\t-\t-\n")
    for name in "judge.tsv", "sides.tsv", "parties.tsv":
        write(folder, f"mine/model/{name}", "feature\tweights\n# it has learned nothing\n")
    write(folder, "mine/model/confidence.tsv", "sign\tweight\n(all)\t9\n")
    first = lambda out: [json.loads(line)["confidence"] for line in out.splitlines()]
    equal(len(shipped.splitlines()), 1)
    equal(dragoman("code", "--tables", f"{folder}/other", stdin=REPORT.encode())[1], shipped)
    mine = [dragoman("code", "--judge", "off", "--tables", t, stdin=REPORT.encode())[1]
            for t in (f"{folder}/mine", f"{folder}/mine:{folder}/other", f"{folder}/other:{folder}/mine")]
    equal((len(set(mine)), mine[0] == dragoman("code", "--judge", "off", stdin=REPORT.encode())[1]), (1, False))
    equal(dragoman("code", "--tables", f"{folder}/mine", stdin=REPORT.encode())[1] == shipped, False)
    path = write(folder, "mine/model/judge.tsv", "features\n")
    code, out, err = dragoman("code", "--tables", f"{folder}/mine", stdin=REPORT.encode())
    equal(code, 1)
    contains(err, f'{path}:1: the header has no column "feature"')


@case
def a_folder_with_most_of_the_tables_is_a_whole_set(folder):
    for path in glob.glob(TABLES + "/*/*"):
        link = os.path.join(folder, "whole", os.path.relpath(path, TABLES))
        os.makedirs(os.path.dirname(link), exist_ok=True)
        os.symlink(os.path.abspath(path), link)
    equal(dragoman("code", "--tables", f"{folder}/whole", stdin=REPORT.encode())[1], dragoman("code", stdin=REPORT.encode())[1])
    os.remove(f"{folder}/whole/cues/eras.tsv")
    code, out, err = dragoman("code", "--tables", f"{folder}/whole", stdin=REPORT.encode())
    equal((code, out), (2, ""))
    contains(err, "cues/eras.tsv: cannot be opened")


# ---- tables add


@case
def an_actor_is_added_checked_and_used_at_once(folder):
    path = f"{folder}/.config/dragoman/tables/actors/organisations.tsv"
    code, out, err = at_home(folder, "tables", "add", "--actor", "Blue Lantern Brigade", "--also", "BLB|Lantern Brigade",
                             "--code", "SYRREB", "--from", "2015")
    equal((code, err), (0, ""))
    contains(out, f"{path}:3\n  Blue Lantern Brigade\tBLB|Lantern Brigade\tSYR\tREB\t-\tarmed\t-\t2015\t-\t-\n")
    contains(out, "Blue Lantern Brigade is coded SYRREB\n")
    equal(actors(run=lambda *a, stdin: at_home(folder, *a, stdin=stdin)), ["SYRREB"])
    before = open(path).read()
    for name in "Blue Lantern Brigade", "blb", "LANTERN BRIGADE":
        code, out, err = at_home(folder, "tables", "add", "--actor", name, "--code", "SYRREB")
        equal((code, out), (2, ""))
        contains(err, f"{path}:3: the tables have this already")
    code, out, err = at_home(folder, "tables", "add", "--actor", "Red Lantern Brigade", "--code", "SYRREB", "--from", "20x")
    equal((code, out), (2, ""))
    contains(err, f'{path}:4: "20x" to "" is not a span of dates')
    contains(err, "nothing was added")
    equal(open(path).read(), before)


@case
def persons_and_roles_are_added(folder):
    code, out, err = dragoman("tables", "add", "--person", "Anna Beispiel", "--office", "foreign minister", "--country", "AUT",
                              "--from", "2030-01", "--to", "2031", "--tables", f"{folder}/mine")
    equal((code, err), (0, ""))
    contains(out, f"{folder}/mine/actors/offices.tsv:3\n  Anna Beispiel\t-\tAUT\tGOV\tforeign minister\t2030-01\t2031\t-\n")
    contains(out, "Anna Beispiel is coded AUTGOV")
    story = "date 2030-05-01 Beispiel, the foreign minister, criticised Hungary on Monday."
    equal(actors("--tables", f"{folder}/mine", stdin=story), ["AUTGOV"])
    code, out, err = dragoman("tables", "add", "--role", "lanternist", "--sector", "MIL", "--tables", f"{folder}/mine")
    equal((code, err), (0, ""))
    contains(out, "lanternist is coded SYRMIL")
    equal(actors("--tables", f"{folder}/mine", stdin="date 2030-05-01 Syrian lanternists attacked a village on Monday."), ["SYRMIL"])
    code, out, err = dragoman("tables", "add", "--role", "soldier", "--sector", "MIL", "--tables", f"{folder}/mine")
    equal((code, out), (2, ""))
    contains(err, f"agents.tsv:{line_of('actors/agents.tsv', 'soldier')}: the tables have this already")


@case
def what_cannot_be_added_says_why(folder):
    for arguments, words in (
            ([], "one of --actor, --person and --role says what is added"),
            (["--actor", "X Y"], "--actor needs --code, such as SYRREB"),
            (["--actor", "X Y", "--code", "SYRXXX"], "'XXX' is not a code of a sector"),
            (["--actor", "X Y", "--code", "XXXREB"], "'XXX' is not a code of a country"),
            (["--actor", "X Y", "--code", "SYRR"], "'SYRR' is not a code"),
            (["--actor", "X\tY", "--code", "SYRREB"], "--actor takes a text"),
            (["--actor", "#X", "--code", "SYRREB"], "--actor takes a text"),
            (["--actor", "X", "--also", "a\nb", "--code", "SYRREB"], "--also takes a text"),
            (["--person", "X Y", "--country", "SYR"], "--person needs --office"),
            (["--person", "X Y", "--office", "z"], "--person needs --country"),
            (["--role", "x", "--sector", "MIL", "--from", "2010"], "a role has no dates"),
            (["--role", "x", "--code", "SYRMIL"], "a role has a sector and no country"),
            (["--actor", "X", "--role", "x"], "one of --actor")):
        code, out, err = dragoman("tables", "add", *arguments, "--tables", f"{folder}/mine")
        equal((code, out), (2, ""), arguments)
        contains(err, words)
    equal(glob.glob(f"{folder}/mine/*/*.tsv"), [])


# ---- settings


@case
def a_config_gives_defaults_that_all_else_goes_before(folder):
    write(folder, "mine/actors/organisations.tsv", BODIES + "Blue Lantern Brigade\t-\tSYR\tREB\t-\tarmed\t-\t-\t-\t-\n")
    write(folder, "other/actors/organisations.tsv", BODIES + "Blue Lantern Brigade\t-\tIRQ\tREB\t-\tarmed\t-\t-\t-\t-\n")
    config = write(folder, ".config/dragoman/config", "# mine\n\ntables = ~/mine  # own actors\njobs = 2\ndb=~/s.db\n")
    run = lambda *a, stdin: at_home(folder, *a, stdin=stdin)
    equal(actors(run=run), ["SYRREB"])
    equal(actors("--tables", f"{folder}/other", run=run), ["IRQREB"])
    equal(actors(run=lambda *a, stdin: at_home(folder, *a, stdin=stdin, tables=f"{folder}/other")), ["IRQREB"])
    code, out, err = at_home(folder, "doctor")
    equal((code, err), (0, ""))
    contains(out, f"config     {config}\n           db = {folder}/s.db\n           tables = {folder}/mine\n           jobs = 2\n")
    contains(out, f"{folder}/mine, over these\n")
    code, out, err = at_home(folder, "code", "--meta", f"{folder}/meta.json", stdin=REPORT)
    equal(json.load(open(f"{folder}/meta.json"))["options"]["jobs"], "2")
    code, out, err = at_home(folder, "code", "-j", "1", "--meta", f"{folder}/meta.json", stdin=REPORT)
    equal(json.load(open(f"{folder}/meta.json"))["options"]["jobs"], "1")
    if "--db" in dragoman("help", "--as", "completion")[1]:
        code, out, err = at_home(folder, "ingest", "-", stdin=REPORT)
        equal((code, err), (0, ""))
        contains(out, "1 story read: 1 new")
        equal(os.path.exists(f"{folder}/s.db"), True)
    other = write(folder, "project/c", "tables = ../other\n")
    equal(actors("--config", other, run=run), ["IRQREB"])


@case
def a_config_that_is_wrong_is_named_by_file_and_line(folder):
    path = write(folder, "c", "jobs = 0\ntable = x\nnothing\ndb =\ntables = a\ntables = b\ncolour = red\n")
    code, out, err = dragoman("code", "--config", path, stdin=REPORT.encode())
    equal((code, out), (2, ""))
    equal(err.splitlines(), [f"dragoman: {path}:{message}" for message in (
        '1: jobs is a number from 1 to 256, not "0"', '2: there is no setting "table"; did you mean "tables"?',
        '3: a line is "name = value", in UTF-8', "4: db has no value", "6: tables is set already, in line 5",
        '7: there is no setting "colour"; there are db, tables and jobs')])
    code, out, err = dragoman("code", "--config", f"{folder}/none", stdin=REPORT.encode())
    equal((code, out), (2, ""))
    contains(err, f"{folder}/none: cannot be opened")
    code, out, err = dragoman("doctor", "--config", write(folder, "d", "\xff" * 9))
    equal(code, 2)


# ---- long runs


def on_terminal(*arguments, columns=100):
    """What the program writes to a terminal that is its standard error, and what to standard output."""
    saved = tempfile.TemporaryFile()
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    run = subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.DEVNULL, stdout=saved, stderr=theirs,
                           env=environment())
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            part = b""
        if not part:
            break
        seen += part
    run.wait()
    saved.seek(0)
    out = saved.read()
    os.close(ours)
    return seen.decode("utf-8", "replace"), out


@case
def progress_is_one_line_on_a_terminal_and_goes_away(folder):
    stories = "".join(json.dumps({"id": str(i), "date": "2020-10-02", "text": REPORT[16:] * 3}) + "\n" for i in range(300))
    path = write(folder, "a/a.jsonl", stories)
    write(folder, "a/b.jsonl", stories + "{\n")
    for arguments in (path, f"{folder}/a/b.jsonl"), ("-r", f"{folder}/a"):
        seen, out = on_terminal("code", *arguments)
        lines = re.findall(r"\r(\d+) stories, (\d+) % of ([0-9.]+) kB, (\d+) stories/s, ([^\x1b]+) left\x1b\[K", seen)
        equal(len(lines) > 2, True, seen[:500])
        shares = [int(line[1]) for line in lines]
        equal((shares, shares[-1] > 50, {line[2] for line in lines}), (sorted(shares), True, {f"{(2 * len(stories) + 2) / 1e3:.0f}"}))
        equal("\n" in re.sub(r"dragoman: [^\n]*\n", "", seen), False)
        contains(seen, "\r\x1b[Kdragoman: ")  # a message takes the line away first
        equal(seen.endswith("\n") or seen.endswith("\x1b[K"), True)
    equal(max(len(line) for line in re.findall(r"\r([^\x1b\r\n]*)\x1b\[K", on_terminal("code", path, columns=40)[0])) < 40, True)
    seen, quiet = on_terminal("code", "--quiet", path)
    equal((seen, quiet), ("", on_terminal("code", path)[1]))
    equal(dragoman("code", path)[2], "")


@case
def quiet_leaves_out_notes_but_no_errors(folder):
    path = write(folder, "a.jsonl", '{"id":"a","date":"2020-10-02","text":"' + REPORT[16:] + ' Turkey denied that it had attacked Greece."}\n'
                 '{"id":"b","date":"2020-10-02","text":"' + "Der Minister hat am Montag gesagt, dass die Regierung nicht zustimmen werde. " * 4 + '"}\n{\n')
    loud, quiet = dragoman("code", "-f", "icews", path), dragoman("code", "-q", "-f", "icews", path)
    equal(loud[:2], quiet[:2])
    contains(loud[2], "left out")
    contains(quiet[2], "a.jsonl:3: ")
    for part in "events written", "stories left out that are not English:":
        equal((part in loud[2], part in quiet[2]), (True, False), part)
    if "ingest" in dragoman("--help")[1]:
        equal(dragoman("ingest", "-q", "--db", f"{folder}/s.db", path)[1], "")


if __name__ == "__main__":
    sys.exit(main())
