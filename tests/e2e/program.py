#!/usr/bin/env python3
"""The program as a user meets it: what it reads, what it refuses and with which words."""
import csv, glob, gzip, io, json, os, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, Skip, case, contains, dragoman, equal, main, schema_errors, write

REPORT = "The French army attacked a rebel camp in Mali on Monday, the defence minister said."
SHARED = os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data"))


def stories(text):
    """ids and dates of the stories of a CoNLL-U output"""
    return re.findall(r"# newdoc id = (.*)\n# date = (.*)\n", text)


def story(**fields):
    return json.dumps(fields)


# ---- what is read


@case
def a_date_may_stand_alone_or_before_the_text(folder):
    a = write(folder, "a.txt", f" date 2020-10-02 {REPORT}")
    b = write(folder, "b.txt", f"date 2020-10-03\n\n{REPORT}\n")
    code, out, err = dragoman("parse", a, b)
    equal((code, err), (0, ""))
    equal(stories(out), [("a", "2020-10-02"), ("b", "2020-10-03")])


@case
def several_stories_of_one_file_are_told_apart(folder):
    text = f"date 2020-10-02\n{REPORT}\ndate 2020-10-03 {REPORT}\n\ndate 2020-10-04\n{REPORT}"
    code, out, err = dragoman("parse", write(folder, "day.txt", text))
    equal((code, err), (0, ""))
    equal(stories(out), [("day", "2020-10-02"), ("day-2", "2020-10-03"), ("day-3", "2020-10-04")])


@case
def trees_say_whom_the_words_speak_of_where_asked(folder):
    path = write(folder, "a.txt", "date 2020-10-02\nThe Turkish army denied that it had shelled the town.")
    equal("Entity=" in dragoman("parse", path)[1], False)
    code, out, err = dragoman("parse", "--actors", path)
    equal((code, err), (0, ""))
    equal(out.startswith("# global.Entity = eid-etype-head\n"), True, out)
    entities = re.findall(r"^\d+\t(\S+)\t.*Entity=([^|]*)", out, re.M)
    equal(entities[:3], [("The", "(e1-organization-3"), ("army", "e1)"), ("it", "(e1-organization-1)")])


@case
def offsets_are_those_of_the_file_also_in_its_second_story(folder):
    text = f"date 2020-10-02 Caf\u00e9 \u2014 {REPORT}\n\ndate 2020-10-03\ntitle: War\n\n{REPORT}"
    path = write(folder, "day.txt", text)
    code, out, err = dragoman("parse", path)
    equal(code, 0, err)
    words = re.findall(r"^\d+\t(\S+)\t.*TokenRange=(\d+):(\d+)$", out, re.M)
    for form, begin, end in words:
        equal(text[int(begin):int(end)], form)
    equal(len(words) > 20, True)


@case
def triggers_and_actors_stand_where_the_event_says(folder):
    text = f"date 2020-10-02 Caf\u00e9 \u2014 {REPORT}\n\ndate 2020-10-03\n\n{REPORT}"
    path = write(folder, "day.txt", text)
    code, out, err = dragoman("code", path)
    equal(code, 0, err)
    raw = text.encode("utf-8")
    events = [json.loads(line) for line in out.splitlines()]
    if not events:
        raise AssertionError("no events")
    for event in events:
        for span in [event["trigger"], *event["actors"], *event["recipients"]]:
            equal(text[span["begin"]:span["end"]], span["text"])
            equal(raw[span["begin_byte"]:span["end_byte"]].decode(), span["text"])


@case
def a_name_or_an_option_gives_the_missing_date(folder):
    path = write(folder, "x-20201002.txt", REPORT)
    equal(stories(dragoman("parse", path)[1]), [("x-20201002", "2020-10-02")])
    path = write(folder, "2021-01-05_x.txt", REPORT)
    equal(stories(dragoman("parse", path)[1]), [("2021-01-05_x", "2021-01-05")])
    path = write(folder, "x.txt", REPORT)
    equal(stories(dragoman("parse", "--date", "2020-10-09", path)[1]), [("x", "2020-10-09")])


@case
def json_lines_bring_their_own_fields(folder):
    line = story(id="r1", date="2020-10-02T10:11:12Z", title="War", source="Agency", url="http://example.org",
                 text=REPORT)
    code, out, err = dragoman("code", write(folder, "a.jsonl", line + "\n"))
    equal((code, err), (0, ""))
    event = json.loads(out.splitlines()[0])
    equal([event["story_" + key] for key in ("id", "date", "title", "source", "url")],
          ["r1", "2020-10-02", "War", "Agency", "http://example.org"])


@case
def gzip_zstd_and_standard_input_are_seen_through(folder):
    text = f"date 2020-10-02 {REPORT}\n".encode()
    expected = dragoman("parse", write(folder, "a.txt", text))[1]
    code, out, err = dragoman("parse", write(folder, "a.txt.gz", gzip.compress(text)))
    equal((code, out, err), (0, expected, ""))
    code, out, err = dragoman("parse", "-", stdin=gzip.compress(text))
    equal((code, out, err), (0, expected.replace("id = a", "id = stdin"), ""))
    if not shutil.which("zstd"):
        raise Skip("there is no zstd")
    packed = subprocess.run(["zstd", "-q", "-c"], input=text, capture_output=True).stdout
    code, out, err = dragoman("parse", write(folder, "a.txt.zst", packed))
    equal((code, out, err), (0, expected, ""))


@case
def conllu_that_parse_wrote_is_read_again(folder):
    first = dragoman("parse", write(folder, "a.txt", f"date 2020-10-02 {REPORT}"))[1]
    again = dragoman("parse", write(folder, "b.conllu", first))
    equal(again[0], 0, again[2])
    strip = lambda text: re.sub(r"TokenRange=\d+:\d+", "", text)
    equal(strip(again[1]), strip(first))


# ---- what is refused


def refused(folder, name, content, messages, n_stories, *options):
    """Each message exactly, exit 1, and so many stories read all the same."""
    path = write(folder, name, content)
    code, out, err = dragoman("parse", *options, path)
    equal(err.replace(folder + "/", ""), "".join(f"dragoman: {m}\n" for m in messages))
    equal(code, 1)
    equal(out.count("# newdoc"), n_stories)


@case
def bad_bytes_are_named_and_the_rest_is_read(folder):
    refused(folder, "bad.txt", b"date 2020-10-02\nGood line.\nA b\xffd c\x00d.\nGood.\n",
            ["bad.txt:3: byte 0xFF is not UTF-8, read as U+FFFD", "bad.txt:3: a NUL byte, read as a space"], 1)


@case
def an_empty_file_is_refused(folder):
    refused(folder, "empty.txt", "", ["empty.txt:1: the file is empty"], 0)


@case
def a_story_without_date_is_refused_and_the_others_coded(folder):
    text = f"{REPORT}\ndate 2020-10-02 {REPORT}\n"
    path = write(folder, "some.txt", text)
    code, out, err = dragoman("code", path)
    equal((code, err), (1, f"dragoman: {path}:1: the story has no date and is passed over: neither its text nor "
                           "the file's name gives one, nor --date\n"))
    equal({json.loads(line)["story_id"] for line in out.splitlines()}, {"some-2"})


@case
def a_day_that_is_in_no_calendar_is_refused(folder):
    refused(folder, "day.txt", f"date 2020-02-30 {REPORT}\ndate 2020-03-01 {REPORT}",
            ["day.txt:1: the date line names no day of the calendar; the story is passed over"], 1)


@case
def a_story_that_is_too_long_is_cut_and_the_next_one_read(folder):
    text = "date 2020-10-02\nIt begins. \n" + ("peace" + " " * 300) * 33000 + f"\nend\ndate 2020-10-03 {REPORT}"
    refused(folder, "long.txt", text,
            ["long.txt:3: the story is longer than 1048576 bytes: what follows of it is passed over"], 2)


@case
def a_line_that_is_too_long_is_passed_over_and_the_next_one_read(folder):
    good = story(id="b", date="2020-10-02", text=REPORT)
    text = story(id="a", date="2020-10-02", text="x" * 10_000_000) + "\n" + good
    refused(folder, "long.jsonl", text, ["long.jsonl:1: the line is longer than 4194304 bytes and is passed over"], 1)


@case
def what_came_before_the_end_of_a_cut_gzip_is_read(folder):
    text = f"date 2020-10-02 {REPORT}\ndate 2020-10-03 " + " ".join(f"Word {i * 7919 % 10007}." for i in range(5000))
    packed = gzip.compress(text.encode())
    path = write(folder, "cut.txt.gz", packed[:len(packed) // 2])
    code, out, err = dragoman("parse", path)
    equal((code, err), (1, f"dragoman: {path}:2: the gzip data ends too early; what came before is read\n"))
    equal(stories(out)[0], ("cut", "2020-10-02"))


@case
def broken_lines_among_good_ones_are_named(folder):
    lines = [story(id="a", date="2020-10-02", text=REPORT), '{"id": broken', "[1, 2]", "",
             story(date="2020-10-02"), story(id="c", date="soon", text=REPORT),
             story(id="d", date="2020-10-02", text=5), story(id="e", date="20201003", text="Peace\u0000 came.")]
    refused(folder, "mixed.jsonl", "\n".join(lines), [
        "mixed.jsonl:2: the line is not JSON and is passed over: invalid token near 'broken' (byte 13)",
        "mixed.jsonl:3: the line is JSON, but no object; it is passed over",
        "mixed.jsonl:5: the story has no `text` and is passed over: its members are date; --columns text=NAME says "
        "which one holds the text",
        'mixed.jsonl:6: the story\'s date cannot be read: "soon"; the story is passed over; --date-format says how '
        "days are written (%d/%m/%Y)",
        "mixed.jsonl:7: the story's `text` is not a string; it is passed over",
        "mixed.jsonl:8: a NUL byte, read as a space"], 2)


@case
def a_folder_and_a_missing_file_are_named_and_the_next_file_read(folder):
    good = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    code, out, err = dragoman("parse", folder, folder + "/none.txt", good)
    equal((code, err), (1, f"dragoman: {folder}: this is a folder, not a file; -r reads the files in it\n"
                           f"dragoman: {folder}/none.txt: No such file or directory\n"))
    equal(len(stories(out)), 1)


@case
def broken_conllu_is_named_by_its_line_and_the_next_document_read(folder):
    word = "1\tPeace\tpeace\tNOUN\tNN\t_\t{}\troot\t_\t_\n\n"
    text = "# newdoc id = a\n" + word.format(7) + "# newdoc id = b\n# date = 2020-10-02\n" + word.format(0)
    code, out, err = dragoman("parse", write(folder, "a.conllu", text))
    equal(code, 1)
    contains(err, "a.conllu:2: head 7 of word 1 is past the last word, 1; the document is passed over")
    equal(stories(out), [("b", "2020-10-02")])


# ---- what is written


@case
def any_number_of_jobs_writes_the_same_bytes(folder):
    text = "".join(f"date 2020-10-{day:02} {REPORT} Turkey denied on Sunday that it had sent {day} fighters.\n"
                   for day in range(1, 29)) * 5
    path = write(folder, "many.txt", text)
    one = dragoman("code", path)
    equal(one[0], 0, one[2])
    equal(one[1].count("\n") > 100, True)
    for jobs in "2", "3", "7":
        equal(dragoman("code", "-j", jobs, path), one, f"{jobs} jobs")


@case
def stories_that_are_parsed_together_are_read_as_each_alone(folder):
    paths = sorted(glob.glob(os.path.join(ROOT, "tests", "golden", "events", "*.txt")))[:7]
    long = " ".join(f"{REPORT} Turkey denied that it had sent {n} fighters, and {REPORT[4:]}" for n in range(60))
    paths.insert(3, write(folder, "long.txt", f"date 2020-10-02 {long}"))
    paths.insert(5, write(folder, "one-word.txt", "date 2020-10-02 Peace."))
    for command in "parse", "code":
        alone = [dragoman(command, path) for path in paths]
        together = dragoman(command, *paths)
        equal(together[1], "".join(out for _, out, _ in alone), command)
    equal(len(stories(dragoman("parse", *paths)[1])), len(paths))


@case
def the_three_formats_hold_the_same_events(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    lines = [json.loads(line) for line in dragoman("code", path)[1].splitlines()]
    rows = list(csv.DictReader(io.StringIO(dragoman("code", "-f", "csv", path)[1], newline="")))
    table = dragoman("code", "-f", "table", path)[1].splitlines()[1:]
    equal([e["event_id"] for e in lines], [r["event_id"] for r in rows])
    equal([e["text"] for e in lines], [r["text"] for r in rows])
    equal(len(table), len(lines))
    equal("\033" in "".join(table), False, "colour where there is no terminal")


@case
def the_record_has_its_keys_in_order(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    keys = ("event_id story_id story_date story_title story_source story_url sentence text event_date "
            "event_date_end date_basis event_type event_mode contexts cameo quad goldstein intensity actors "
            "recipients polarity status historical condition attribution content_of contradicts locations trigger "
            "rule judge").split()
    for line in dragoman("code", path)[1].splitlines():
        equal([k for k in json.loads(line) if k not in ("confidence", "size")], keys)


@case
def every_event_has_a_confidence_with_its_reasons(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    for line in dragoman("code", path)[1].splitlines():
        confidence = json.loads(line)["confidence"]
        equal(0 <= confidence <= 1 and round(confidence, 2) == confidence, True, confidence)
    contains(dragoman("explain", path)[1], "- confidence: 0.")


@case
def confidence_is_learned_from_gold_and_measured(folder):
    story = write(folder, "a.txt", "date 2020-10-02\nTurkey accused Greece of lying. Greece condemned Turkey.\n")
    gold = write(folder, "a.gold.json", json.dumps({"events": [
        {"quote": "Turkey accused Greece", "event_type": "ACCUSE", "actors": ["TUR"], "recipients": ["GRC"]}]}))
    table = os.path.join(folder, "weights.tsv")
    code, out, err = dragoman("train", "confidence", "-o", table, gold)
    equal((code, out), (0, ""), err)
    contains(err, "2 events, 0.500 right")
    contains(open(table, encoding="utf-8").read(), "sign\tweight\tseen\n")
    code, out, err = dragoman("train", "confidence", "--measure", gold)
    equal((code, err), (0, ""))
    contains(out, "2 events, 0.500 right")
    equal(dragoman("train", "confidence", story)[0], 2)
    equal(dragoman("train", "confidence", os.path.join(folder, "none.gold.json"))[0], 2)
    equal(dragoman("train", "confidence", "--folds", "3", "--fold", "3", gold)[0], 2)
    bare = write(folder, "bare.jsonl", '{"id": "a", "date": "2020-10-02", "text": "Turkey accused Greece. Iran attacked Iraq.", "events": []}\n')
    code, out, err = dragoman("train", "confidence", bare)
    equal((code, out), (2, ""))
    contains(err, "0 of 2 coded events are right, and only both kinds together teach anything")


@case
def output_goes_to_a_file_where_asked(folder):
    path = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    expected = dragoman("code", path)[1]
    target = os.path.join(folder, "out.jsonl")
    equal(dragoman("code", "-o", target, path), (0, "", ""))
    equal(open(target, encoding="utf-8").read(), expected)
    code, out, err = dragoman("code", "-o", folder + "/no/such", path)
    equal((code, out, err), (1, "", f"dragoman: {folder}/no/such: No such file or directory\n"))


@case
def a_full_disk_is_not_passed_over_in_silence(folder):
    if not os.path.exists("/dev/full"):
        raise Skip("there is no /dev/full")
    path = write(folder, "a.txt", f"date 2020-10-02 {REPORT}")
    code, out, err = dragoman("code", "-o", "/dev/full", path)
    equal((code, err), (1, "dragoman: /dev/full: No space left on device\n"))


@case
def explain_shows_a_rule_by_its_id_or_by_its_older_name(folder):
    code, out, err = dragoman("explain", "--rule", "v0005")
    equal((code, err), (0, ""))
    for part in "v0005  rules/verbs.tsv:", "  pattern: accept|take obj:invitation\n", "  gives: AGREE 036\n", "  example: Hanoi ":
        contains(out, part)
    equal(dragoman("explain", "--rule", "predicates/verbs.tsv:9"), (0, out, ""))
    place = out.split()[1]
    for same in place, f"data/{place}", f"/usr/share/dragoman/{place}", os.path.basename(place):
        equal(dragoman("explain", "--rule", same), (0, out, ""))
    equal(dragoman("explain", "--rule", f"x{place}")[0], 2)
    code, out, err = dragoman("explain", "--rule", "v99999")
    equal((code, out), (2, ""))
    contains(err, 'no rule is called "v99999"')
    equal(dragoman("explain")[0], 2)


@case
def explain_of_a_text_without_a_date_says_so(folder):
    code, out, err = dragoman("explain", REPORT.split("\n")[-1])
    equal((code, err), (0, ""))
    contains(out, " actual, no day\n")
    for command in ("explain", "code", "parse", "relate"):
        equal(dragoman(command, ""), (1, "", "dragoman: a file's name is empty\n"), command)


@case
def explain_shows_tree_mentions_and_rule(folder):
    code, out, err = dragoman("explain", "--date", "2020-10-02", REPORT)
    equal((code, err), (0, ""))
    for part in "root: ", "  who\n", "  events\n", "rule: ":
        contains(out, part)


# ---- command line


def commands():
    text = dragoman("--help")[1]
    return re.findall(r"^  ([a-z]+(?: [a-z]+)?)  +[A-Z]", text, re.M)


@case
def help_man_page_and_completion_name_the_same_options(folder):
    man = dragoman("help", "--as=man")[1].replace("\\-", "-")
    completion = dragoman("help", "--as=completion")[1]
    names = commands()
    equal("code" in names and "tables check" in names, True, str(names))
    for name in names:
        code, text, err = dragoman(*name.split(), "--help")
        equal((code, err), (0, ""))
        contains(man, f"dragoman {name}")
        contains(completion, f'"{name}")')
        words = re.search(rf'"{name}"\)\n +words="([^"]*)"', completion).group(1).split()
        options = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", text, re.M)
        equal(sorted(words), sorted(options))
        section = man.split(f'.SS "dragoman {name} ')[1].split(".SS")[0]
        for option in options:
            if option not in ("--help", "--config", "--quiet"):
                contains(section, option)
    common = man.split('.SS "Options of all commands"')[1].split(".SH")[0]
    contains(common, "--config=FILE")
    contains(common, "-q, --quiet")


@case
def the_completion_is_good_bash(folder):
    done = subprocess.run(["bash", "-n"], input=dragoman("help", "--as=completion")[1].encode(), capture_output=True)
    equal(done.returncode, 0, done.stderr.decode())


@case
def the_examples_of_the_man_page_are_options_that_there_are(folder):
    man = dragoman("help", "--as=man")[1].replace("\\-", "-")
    examples = man.split(".SH EXAMPLES")[1]
    contains(examples, "dragoman code -f table")
    path = write(folder, "report.txt", f"date 2020-10-02 {REPORT}")
    equal(dragoman("code", "-f", "table", path)[0], 0)


@case
def a_wrong_command_line_exits_with_two(folder):
    for arguments, message in (
            ([], "usage: dragoman COMMAND"),
            (["nothing"], "dragoman: unknown command 'nothing'"),
            (["help", "nothing"], "dragoman: unknown command 'nothing'"),
            (["help", "code", "extra"], "dragoman: help of code: 'extra' is one word too many"),
            (["help", "tables", "check", "extra"], "dragoman: help of tables check: 'extra' is one word too many"),
            (["tables"], "dragoman: 'tables' is the first word of: tables check, tables add, tables import"),
            (["code", "--nothing"], "dragoman: unknown option --nothing"),
            (["code", "-Z"], "dragoman: unknown option -Z"),
            (["code", "--format"], "dragoman: --format needs a value: jsonl|csv|table|"),
            (["code", "-f", "xml"], "dragoman: --format takes one of jsonl|csv|table|"),
            (["code", "--jobs=0"], "dragoman: --jobs takes a number from 1 to 256, not '0'"),
            (["code", "--date=2020-02-31"], "dragoman: --date takes a day as YYYY-MM-DD, not '2020-02-31'"),
            (["explain"], "dragoman: explain needs TEXT|FILE..."),
            (["tables", "check", "x"], "dragoman: 'x' is one operand too many")):
        code, out, err = dragoman(*arguments)
        equal((code, out), (2, ""), " ".join(arguments))
        contains(err, message)


@case
def help_of_a_command_is_what_its_option_help_shows(folder):
    for words in ["code"], ["tables", "check"]:
        equal(dragoman("help", *words), dragoman(*words, "--help"))


@case
def missing_tables_exit_with_two(folder):
    code, out, err = dragoman("code", "--tables", folder + "/none", stdin=b"date 2020-10-02 x")
    equal((code, out), (2, ""))
    contains(err, "none")


@case
def the_version_is_that_of_the_build(folder):
    code, out, err = dragoman("--version")
    equal((code, err), (0, ""))
    version = re.search(r"version: '([^']+)'", open(os.path.join(ROOT, "meson.build")).read()).group(1)
    equal(out, f"dragoman {version}\n")


# ---- knowledge


@case
def the_tables_have_no_complaints(folder):
    code, out, err = dragoman("tables", "check")
    equal((code, err), (0, ""))
    contains(out, " 0 complaints")


@case
def dictionaries_of_others_code_as_they_say(folder):
    actors = write(folder, "mine.actors.txt", "ARNOR [ARN]\nGONDOR [GON]\n+MINAS_TIRITH\nGOLLUM\n [HOB <19950101]\n")
    agents = write(folder, "mine.agents.txt", "CLERIC [~REL]\n")
    verbs = write(folder, "mine.verbs.txt", "--- RESTORE [---] ---\nRESTORE\n- * TIES [064]\n- nowhere [064]\n")
    discards = write(folder, "mine.discards.txt", "+VOLLEYBALL\n")
    tables = os.path.join(folder, "tables")
    code, out, err = dragoman("tables", "import", "--to", tables, actors, agents, verbs, discards)
    equal(code, 1)
    contains(out, "4 names of actors, 1 agent, 0 sets of synonyms, 2 patterns, 1 discard; 1 complaint\n")
    contains(err, "mine.verbs.txt:4: the pattern is left out: it has no asterisk where the verb stands")
    text = "The Arnor cleric restored full diplomatic ties with Minas Tirith."
    code, out, err = dragoman("code", "--tables", tables, stdin=f"date 1995-01-01 {text}".encode())
    events = [json.loads(line) for line in out.splitlines()]
    equal([(e["actors"][0]["code"], e["recipients"][0]["code"], e["cameo"]) for e in events], [("ARNREL", "GON", "064")])
    out = dragoman("code", "--tables", tables, stdin=f"date 1995-01-01 {text} They like volleyball.".encode())[1]
    equal(out, "")
    code, out, err = dragoman("tables", "import", "--to", tables, actors)
    equal(code, 2)
    contains(err, "is not empty")


@case
def a_wrong_row_is_named_by_file_and_line(folder):
    tables = shutil.copytree(os.environ["DRAGOMAN_TABLES"], os.path.join(folder, "data"))
    path = os.path.join(tables, "actors", "countries.tsv")
    with open(path, "a", encoding="utf-8") as f:
        f.write("only one cell\n")
    line = len(open(path, encoding="utf-8").read().splitlines())
    code, out, err = dragoman("tables", "check", "--tables", tables)
    equal(code, 1)
    contains(err, f"countries.tsv:{line}: ")
    contains(out, ", 1 complaint\n")
    contains(dragoman("code", "--tables", tables, stdin=b"2020-10-02\n\nIt rained.\n")[2],
             "dragoman: 1 error in the tables; the row concerned is not used\n")


# ---- real text, where it is at hand


@case
def real_reports_are_coded_with_true_offsets(folder):
    files = sorted(glob.glob(os.path.join(SHARED, "articles", "*.txt")))
    if not files:
        raise Skip("the reports are not here")
    code, out, err = dragoman("code", "-j", "2", *files)
    equal((code, err), (0, ""))
    texts = {os.path.basename(f)[:-4]: open(f, encoding="utf-8", newline="").read() for f in files}
    events = [json.loads(line) for line in out.splitlines()]
    equal({e["story_id"] for e in events} <= set(texts), True)
    ids = [e["event_id"] for e in events]
    equal(len(ids), len(set(ids)), "an id twice")
    for event in events:
        span = event["trigger"]
        equal(texts[event["story_id"]][span["begin"]:span["end"]], span["text"])
        for other in [event["content_of"], (event["condition"] or {}).get("event_id"), *event["contradicts"]]:
            equal(other is None or other in ids, True, "a link to no event")


@case
def gold_trees_of_the_treebank_are_coded(folder):
    path = os.path.join(SHARED, "treebank", "ewt-dev.conllu")
    if not os.path.exists(path):
        raise Skip("the treebank is not here")
    code, out, err = dragoman("code", "-j", "2", "--date", "2012-01-01", path)
    equal((code, err), (0, ""))


# ---- quotes

SPEECH = """date 2020-10-02

"We will fight on," the Chadian president told reporters. "Nobody - not Libya - will stop us." Libya denied attacking Chad.

Caf\u00e9 owners said the so-called "caliphate" had fallen.
"""


@case
def quotes_are_as_their_schema_says_and_stand_where_they_say(folder):
    with open(os.path.join(ROOT, "docs/formats/quotes.schema.json"), encoding="utf-8") as f:
        schema = json.load(f)
    code, out, err = dragoman("quotes", write(folder, "a.txt", SPEECH))
    equal((code, err), (0, ""))
    quotes = [json.loads(line) for line in out.splitlines()]
    for quote in quotes:
        equal(schema_errors(quote, schema, schema), [])
    words = lambda span: SPEECH[span[0]:span[1]]
    told = next(q for q in quotes if q["cue"] and words(q["cue"]) == "told")
    equal([words(s) for s in told["content"]], ["We will fight on", "Nobody - not Libya - will stop us"])
    equal((words(told["source"]), told["speaker"]["code"], told["direct"]), ("the Chadian president", "TCDGOV", True))
    denied = next(q for q in quotes if q["kind"] == "deny")
    equal((words(denied["source"]), words(denied["content"][0]), denied["direct"]), ("Libya", "attacking Chad", False))
    if not schema_errors({"story_id": "a", "sentence": -1, "direct": 1}, schema, schema):
        raise AssertionError("the schema takes everything")


@case
def quotes_are_the_same_for_any_number_of_jobs_and_as_csv(folder):
    lines = "".join(story(id=str(i), date="2020-10-02", text=SPEECH[17:]) + "\n" for i in range(9))
    path = write(folder, "a.jsonl", lines)
    one, three = dragoman("quotes", path), dragoman("quotes", "-j", "3", path)
    equal(one, three)
    equal(one[0], 0, one[2])
    code, out, err = dragoman("quotes", "-f", "csv", path)
    equal((code, err), (0, ""))
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    equal(len(rows), len(one[1].splitlines()))
    equal([r["content"] for r in rows if r["cue"] == "told"], ["We will fight on ... Nobody - not Libya - will stop us"] * 9)
    equal(dragoman("quotes", "-f", "table", path)[0], 2)


if __name__ == "__main__":
    sys.exit(main())
