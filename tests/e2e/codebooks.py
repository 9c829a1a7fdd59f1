#!/usr/bin/env python3
"""Types, modes and rules of another field in one folder: docs/codebooks.md runs as printed, and the
codebook of press freedom finds what its sentences tell. `codebooks.py --update` writes what the
commands print, and the figures, into the page."""
import json, os, re, shlex, shutil, subprocess, sys, tempfile, urllib.error, urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, PROGRAM, ROOT, Skip, case, contains, dragoman, equal, main, write

PAGE = os.path.join(ROOT, "docs/codebooks.md")
PRESS = os.path.join(ROOT, "examples/press-freedom")
MARK = re.compile(r"<!-- (file|run): (.*) -->")
TYPES = "type\tactors\trecipients\tnoun_actors\tnoun_recipients\tquad\tintensity\tcameo\tis\tlike\tjudge\n"
RULES = "id\tpattern\ttype\tcameo\tactors\trecipients\texample\tjudge\n"


# ---- the page


def page_lines():
    with open(PAGE, encoding="utf-8") as f:
        return f.read().split("\n")


def run(command, folder):
    words = shlex.split(command)
    equal(words[0], "dragoman")
    code, out, err = dragoman(*words[1:], cwd=folder)
    equal((code, err if code else ""), (0, ""), command)
    return [line.rstrip() for line in (out or err).rstrip("\n").split("\n")]


def run_page(lines, folder):
    """Writes the files and runs the commands -> [(first line of a block, line after it, lines printed)]"""
    printed = []
    for i, line in enumerate(lines):
        mark = MARK.fullmatch(line)
        if not mark:
            continue
        fenced = lines[i + 1] == "```"
        end = lines.index("```", i + 2) if fenced else i + 1
        if mark[1] == "file":
            write(folder, mark[2], "\n".join(lines[i + 2:end]) + "\n")
        else:
            out = run(mark[2], folder)
            printed += [(i + 2, end, out)] if fenced else []
    return printed


@case
def the_page_runs_as_printed(folder):
    lines = page_lines()
    printed = run_page(lines, folder)
    equal(len(printed) > 4, True)
    for begin, end, out in printed:
        equal(lines[begin:end], out, f"docs/codebooks.md:{begin + 1}")


@case
def the_pages_folder_is_served(folder):
    run_page(page_lines(), folder)
    server = subprocess.Popen([os.path.abspath(PROGRAM), "serve", "--db", "press.db", "--tables", "press", "--port", "0"], cwd=folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        first = server.stdout.readline()
        if "built without" in first or "unknown command" in first:
            raise Skip("this build has no server")
        at = re.search(r"http://\S+/", first)[0]
        ask = lambda what: json.load(urllib.request.urlopen(at + "api/" + what, timeout=20))
        equal([(t["type"], t["quad"]) for t in ask("about")["types"]], [("DETAINED", 4), ("BLOCKED", 4), ("RELEASED", 2)])
        equal({e["event_type"] for e in ask("events?type=DETAINED,RELEASED")["events"]}, {"DETAINED", "RELEASED"})
        try:
            ask("events?type=ASSAULT")
            raise AssertionError("a type that nobody has is let pass")
        except urllib.error.HTTPError as refused:
            contains(json.load(refused)["error"]["message"], "known are DETAINED, BLOCKED, RELEASED")
    finally:
        server.terminate()
        server.wait(20)


# ---- the example


def sentences(which):
    with open(os.path.join(ROOT, "tests/tables/press-freedom.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [row[1:] for row in rows if row[0] == which]


def codes(side):
    return ",".join(sorted({a["code"] or "-" for a in side})) or "-"


def sectors(text):
    return sorted({code[3:] for code in text.split(",")})


def measure(which, folder):
    """-> sentences whose event has the right type; and mode, polarity and status; and sectors; and countries;
    and how many events are too many"""
    path = write(folder, which + ".txt", "\n".join(f"date 2024-05-06 {row[5]}\n" for row in sentences(which)))
    code, out, err = dragoman("code", "--tables", PRESS, path)
    equal((code, err), (0, ""))
    found = {}
    for event in map(json.loads, out.splitlines()):
        found.setdefault(event["text"], []).append(event)
    sums = [0] * 5
    for kind, mode, actors, recipients, status, text in sentences(which):
        best = (False,) * 4
        for e in found.get(text, []):
            said = "negated" if e["polarity"] == "negated" else e["status"] if e["status"] != "actual" else "-"
            a, r = codes(e["actors"]), codes(e["recipients"])
            typed = e["event_type"] == kind
            moded = typed and (e["event_mode"] or "-", said) == (mode, status)
            sided = moded and (sectors(a), sectors(r)) == (sectors(actors), sectors(recipients))
            best = max(best, (typed, moded, sided, sided and (a, r) == (actors, recipients)))
        sums = [s + b for s, b in zip(sums, (*best, max(0, len(found.get(text, [])) - 1)))]
    return sums


NAMES = ["type found", "with mode, polarity and status", "and sides of the right kind (sector)", "and with the right countries",
         "events that are none"]


def figures(folder):
    return [f"| {name} | {own} | {aside} |" for name, own, aside in zip(NAMES, measure("own", folder), measure("aside", folder))]


@case
def the_example_is_sound(folder):
    code, out, err = dragoman("tables", "check", "--tables", PRESS)
    equal((code, err), (0, ""))
    contains(out, ", 0 complaints")


@case
def the_example_finds_what_the_page_says(folder):
    lines = page_lines()
    at = lines.index("<!-- figures -->")
    equal(lines[at + 3:at + 8], figures(folder))


@case
def every_format_takes_own_types(folder):
    path = write(folder, "in.txt", "\n".join(f"date 2024-05-06 {row[5]}\n" for row in sentences("own")))
    kinds = {row[0] for row in sentences("own")}
    for form in "jsonl csv table polecat plover geojson dyadic".split():
        code, out, err = dragoman("code", "--tables", PRESS, "-f", form, path)
        equal(code, 0, err)
        equal([k for k in kinds if k not in out], [], form)
    for form in "gdelt icews petrarch".split(): # by the CAMEO codes of types.tsv
        code, out, err = dragoman("code", "--tables", PRESS, "-f", form, path)
        equal((code, out.count("\n") > 10), (0, True), form)
    with open(os.path.join(ROOT, "docs/formats/event.schema.json"), encoding="utf-8") as f:
        schema = json.load(f)
    pattern = schema["properties"]["event_type"]["anyOf"][1]["pattern"]
    equal([k for k in kinds if not re.search(pattern, k)], [])


# ---- types that are added


def added(folder, row, *rules):
    write(folder, "mine/codebook/types.tsv", TYPES + row)
    write(folder, "mine/rules/verbs.tsv", RULES + "".join(rules))
    return f"{folder}/mine"


def kinds(tables, text, *more):
    code, out, err = dragoman("code", "--tables", tables, "--date", "2020-10-02", *more, stdin=text.encode())
    equal((code, err), (0, ""))
    return [(e["event_type"], "judge" in e) for e in map(json.loads, out.splitlines())]


HARVEST = "HARVEST\tsubj\tobj\tlight,by,poss\tof\t2\t3\t-\t-\t{}\t{}\n"
RULE = "my-1\tharvest obj:+\tHARVEST\t-\tsubj\tin,obj.in,obj\tKenya harvested the fields in Sudan.\t{}\n"
FIELDS = "Kenya harvested the fields in Sudan. " + LEAD


@case
def an_added_type_stands_beside_plovers_and_the_judge_leaves_it_alone(folder):
    tables = added(folder, HARVEST.format("-", "-"), RULE.format("-"))
    equal(kinds(tables, FIELDS), [("HARVEST", False), ("ASSAULT", True)])
    out = dragoman("explain", "--tables", tables, "--date", "2020-10-02", FIELDS)[1]
    contains(out, "HARVEST is left as the codebook's own rule has it")


OUTNUMBER = "my-1\toutnumber obj:*\t{}\t-\tsubj\tobj\tKenya outnumbers Sudan.\t{}\n"  # no protest, says the judge


@case
def the_folder_says_what_the_judge_may_do(folder):
    rule, text = OUTNUMBER.replace("{}", "HARVEST", 1), "Kenya outnumbers Sudan."
    for kind, told, found in [("-", "-", [("HARVEST", False)]), ("on", "-", []), ("on", "off", [("HARVEST", False)]),
                              ("-", "on", []), ("sides", "-", [("HARVEST", True)]), ("-", "sides", [("HARVEST", True)])]:
        equal(kinds(added(folder, HARVEST.format("PROTEST", kind), rule.format(told)), text), found, f"{kind} {told}")


@case
def a_rule_of_an_overlay_is_not_overruled(folder):
    """For a type of PLOVER's too, unless it asks for that."""
    write(folder, "mine/rules/verbs.tsv", RULES + OUTNUMBER.format("PROTEST", "-"))
    equal(kinds(f"{folder}/mine", "Kenya outnumbers Sudan."), [("PROTEST", False)])
    write(folder, "mine/rules/verbs.tsv", RULES + OUTNUMBER.format("PROTEST", "on"))
    equal(kinds(f"{folder}/mine", "Kenya outnumbers Sudan."), [])


@case
def what_a_rule_of_an_overlay_silences_stays_silent(folder):
    """Whether the rule is a verb's or an operator's, unless it asks for the judge."""
    text = "Kenya vowed to help Sudan."
    for table, head, row in [
            ("verbs", RULES, "my-1\tvow xcomp:help\t-\t-\t-\t-\tKenya vowed to help Sudan.\t{}\n"),
            ("operators", RULES.replace("example", "content\ttakes\tflags\texample"),
             "my-1\tvow\t-\t-\t-\t-\txcomp\tAID\t-\tKenya vowed to help Sudan.\t{}\n")]:
        for judge, found in [("-", []), ("on", ["AGREE"])]:
            tables = f"{folder}/{table}-{judge}"
            write(tables, f"rules/{table}.tsv", head + row.format(judge))
            equal([k for k, _ in kinds(tables, text)], found, f"{table} {judge}")


@case
def an_own_rule_goes_before_a_shipped_one_that_weighs_the_same(folder):
    text = "Turkish and Syrian troops clashed near the border."
    equal([k for k, _ in kinds(os.environ["DRAGOMAN_TABLES"], text)], ["ASSAULT"])
    tables = added(folder, HARVEST.format("-", "-"), "my-1\tclash|collide\tHARVEST\t-\tsubj+with\tnone\tTurkey and Syria collided.\t-\n")
    equal(kinds(tables, text), [("HARVEST", False)])


@case
def what_takes_a_type_takes_those_that_are_like_it(folder):
    text = "Kenya will harvest the fields in Sudan."
    tables = added(folder, HARVEST.format("-", "-"), RULE.format("-"))
    equal(kinds(tables, text), [("HARVEST", False)])
    tables = added(folder, HARVEST.format("COERCE", "-"), RULE.format("-"))
    equal(kinds(tables, text), [("THREATEN", False)])


@case
def what_is_wrong_with_types_is_told(folder):
    for row, rule, what in [
        ("A|B\tsubj\tobj\t-\t-\t2\t3\t-\t-\t-\t-\n", "", "a type's name is at most 47 bytes"),
        ("AB\tsubj\tobj\t-\t-\t5\t3\t-\t-\t-\t-\n", "", "not a quad class of 1 to 4"),
        ("AB\tsubj\tobj\t-\t-\t2\t3\t-\tASSULT\t-\t-\n", "", 'no PLOVER type: "ASSULT"'),
        ("AB\tsubj\tobj\t-\t-\t2\t3\t-\tASSAULT\tAID\t-\n", "", "what is a PLOVER type is like no other"),
        ("AB\tsubj\tobj\t-\t-\t2\t3\t-\t-\t-\ton\n", "", "the judge can only weigh a type that is like one of PLOVER's"),
        ("AB\tsubj\tobj\t-\t-\t2\t3\t-\t-\t-\tyes\n", "", "the judge is off, sides or on"),
        ("AB\tsubj\tobj\t-\t-\t2\t3\t999\t-\t-\t-\n", "", "AB has no CAMEO code: 999"),
        (HARVEST.format("-", "-"), RULE.replace("HARVEST", "HARVST").format("-"), "no type of codebook/types.tsv: HARVST"),
        (HARVEST.format("-", "-"), RULE.replace("\tHARVEST", "\tHARVEST:late").format("-"), "no mode of codebook/modes.tsv: HARVEST:late"),
        (HARVEST.format("-", "-"), RULE.replace("obj:+", "obj:*Jrn").format("-"), "no such word class or sector: *Jrn"),
    ]:
        tables = added(folder, row, rule or RULE.format("-").replace("HARVEST", "AID"))
        code, out, err = dragoman("tables", "check", "--tables", tables)
        equal(code, 1)
        contains(out + err, what)
    many = "".join(HARVEST.replace("HARVEST", f"H{i}").format("-", "-") for i in range(48))
    contains("".join(dragoman("tables", "check", "--tables", added(folder, many, RULE.format("-").replace("HARVEST", "H1")))[1:]),
             "there is no room for more types than 47 of one's own")


def complaints(tables):
    """-> what `tables check` says, without the folder's name before each file"""
    code, out, err = dragoman("tables", "check", "--tables", tables)
    lines = err.replace(f"dragoman: {tables}/", "").splitlines()
    equal((code, out.split(", ")[-1]), (1 if lines else 0, f"{len(lines)} complaint{'s' * (len(lines) != 1)}\n"), err)
    return lines


def press(folder):
    copy = os.path.join(folder, "press")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(PRESS, copy)
    return copy


def changed(folder, table, change):
    """-> a copy of the example, one table of which has other rows"""
    tables = press(folder)
    with open(os.path.join(tables, table), encoding="utf-8") as f:
        lines = f.read().splitlines()
    head = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    rows = change([line.split("\t") for line in lines[head:]])
    write(tables, table, "\n".join(lines[:head] + ["\t".join(row) for row in rows]) + "\n")
    return tables


def renamed_column(old, new):
    return lambda rows: [[new if cell == old else cell for cell in rows[0]]] + rows[1:]


def without_column(name):
    return lambda rows: [[cell for cell, head in zip(row, rows[0]) if head != name] for row in rows]


@case
def a_misspelt_column_is_told_with_the_nearest(folder):
    for table, old, new in ("codebook/types.tsv", "like", "lik"), ("codebook/types.tsv", "cameo", "camoe"), ("rules/verbs.tsv", "example", "exmaple"):
        tables = changed(folder, table, renamed_column(old, new))
        told = [line for line in complaints(tables) if "no column" in line]
        equal(told, [f"{table}:3: no column is called \"{new}\"; did you mean '{old}'?"])


@case
def a_column_that_is_missing_is_told_once(folder):
    for column in "type", "quad", "intensity", "actors", "noun_recipients":
        equal(complaints(changed(folder, "codebook/types.tsv", without_column(column))),
              [f'codebook/types.tsv:3: the header has no column "{column}"'], column)
    equal(complaints(changed(folder, "codebook/types.tsv", lambda rows: rows[:2] + [rows[2] + ["x"]] + rows[3:])),
          ["codebook/types.tsv:5: 10 cells, but the header has 9"])


@case
def a_cell_that_a_spreadsheet_left_empty_is_hinted_at(folder):
    """TABs that follow each other may stand for one; but then the header has such, too."""
    tables = press(folder)
    write(tables, "actors/organisations.tsv", "name\talso\tcountry\tsector\tothers\tkind\tmembers\nMorning Lantern\t\tKEN\tJRN\t\tmedia\n")
    equal(complaints(tables), ['actors/organisations.tsv:2: the cell of "also" is empty; an empty cell is written -'])


@case
def modes_name_the_cell_that_is_wrong(folder):
    bad = [["KILED", "shot", "-9"], ["KILLED", "stoned", "much"], ["KILLED", "-", "-9"]]
    told = complaints(changed(folder, "codebook/modes.tsv", lambda rows: rows[:1] + bad + rows[1:]))
    equal(told, ['codebook/modes.tsv:3: no type of codebook/types.tsv: "KILED"', 'codebook/modes.tsv:4: the score is no number: "much"',
                 'codebook/modes.tsv:5: the cell of "mode" is empty'])


ASSAULTING = "subj\tobj,against,on,at,with,in\tlight,by,poss,from,adj\ton,against,of,at,upon,in,undergo"


@case
def types_and_modes_that_come_twice_are_told_with_both_lines(folder):
    last = lambda rows: rows + [rows[1][:5] + ["1", "1"] + rows[1][7:]]
    tables = changed(folder, "codebook/types.tsv", last)
    with open(os.path.join(tables, "codebook/types.tsv"), encoding="utf-8") as f:
        n = len(f.readlines())
    equal(complaints(tables), [f"codebook/types.tsv:{n}: KILLED comes twice; line 4 has it, too"])
    code, out, _ = dragoman("code", "--tables", tables, "--date", "2020-10-02", stdin=b"The militia killed a Syrian reporter near Homs.")
    equal([(json.loads(line)["quad"], json.loads(line)["intensity"]) for line in out.splitlines()], [(4, -10)], "the first counts")
    tables = changed(folder, "codebook/modes.tsv", lambda rows: rows + [rows[1]])
    with open(os.path.join(tables, "codebook/modes.tsv"), encoding="utf-8") as f:
        lines = f.read().splitlines()
    equal(complaints(tables), [f"codebook/modes.tsv:{len(lines)}: KILLED:shot comes twice; line {lines.index(lines[-1]) + 1} has it, too"])
    write(folder, "mine/codebook/types.tsv", TYPES + "".join(f"{name}\t{ASSAULTING}\t4\t-9\t190\tASSAULT\t-\t-\n" for name in ("VIOLENCE", "WAR")))
    equal(complaints(f"{folder}/mine"), ["codebook/types.tsv:3: WAR comes twice; line 2 has it, too"])


@case
def what_is_no_word_of_a_pattern_is_told(folder):
    patterns = {"arrest obj:(": "(", "arrest obj:(reporter|editor": "(reporter", "arrest obj:reporter,editor": "reporter,editor", "arres* obj:+": "arres*",
                "arrest obj:": "obj:", "arrest obj:a||b": "obj:a||b", "arrest down) obj:+": "down)"}
    rows = [[f"my-{i}", pattern, "KILLED", "-", "subj", "obj", "-"] for i, pattern in enumerate(patterns)]
    tables = changed(folder, "rules/verbs.tsv", lambda old: old[:1] + rows)
    equal([line.split(": ", 1)[1] for line in complaints(tables) if "not a word" in line], [f"not a word: {part}" for part in patterns.values()])


@case
def a_store_asked_without_the_folder_still_knows_its_types(folder):
    tables = added(folder, HARVEST.format("-", "-"), RULE.format("-"))
    path = write(folder, "in.txt", "date 2020-10-02 " + FIELDS)
    code, _, err = dragoman("ingest", "--db", f"{folder}/a.db", "--tables", tables, path)
    if "unknown command" in err:
        raise Skip("this build has no store")
    equal(code, 0, err)
    for more in [], ["--tables", tables]:
        code, out, err = dragoman("query", "--db", f"{folder}/a.db", "-f", "csv", "--type", "HARVEST", *more)
        equal((code, err, out.count("HARVEST")), (0, "", 1))
        code, out, err = dragoman("query", "--db", f"{folder}/a.db", "--type", "HARVST", *more)
        equal(code, 2)
        contains(err, "--type: 'HARVST' is unknown; did you mean 'HARVEST'?" if more else "--type: 'HARVST' is unknown")


# ---- --update


def update():
    lines = page_lines()
    with tempfile.TemporaryDirectory() as folder:
        at = lines.index("<!-- figures -->")
        lines[at + 3:at + 8] = figures(folder)
        for begin, end, out in reversed(run_page(lines, folder)):
            lines[begin:end] = out
    with open(PAGE, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


if "--update" in sys.argv:
    update()
else:
    sys.exit(main())
