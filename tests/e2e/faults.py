#!/usr/bin/env python3
"""What is wrong is said, and said safely: messages on a terminal, damaged models and tables, installing."""
import glob, json, os, random, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT, Skip, case, contains, dragoman, equal, main, write

REPORT = "The French army attacked a rebel camp in Mali on Monday, the defence minister said."
TABLES = os.environ["DRAGOMAN_TABLES"]
HOSTILE = "\x1b]0;x\x07\x1b[2J\u009b31m\u202eevil\x7f"


# ---- nothing that others wrote moves a terminal's cursor


def check_harmless(text, what):
    for c in text:
        if c != "\n" and (ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0 or 0x202a <= ord(c) <= 0x202e):
            raise AssertionError(f"{what}: U+{ord(c):04X} goes out\n{text!r}")
    contains(text, "\\x1B")
    contains(text, "\\u202E")


@case
def a_file_name_cannot_steer_a_terminal(folder):
    for arguments in (["code", f"{folder}/{HOSTILE}.txt"], ["code", "--tables", HOSTILE], ["code", f"--{HOSTILE}"],
                      ["code", "-f", HOSTILE], [HOSTILE], ["code", "-o", f"{folder}/none/{HOSTILE}", "-"],
                      ["explain", f"{folder}/{HOSTILE}.txt"], ["parse", "--model", HOSTILE, "-"],
                      ["tables", "import", "--to", f"{folder}/to", f"{folder}/{HOSTILE}"]):
        code, out, err = dragoman(*arguments, stdin=f"date 2020-10-02 {REPORT}".encode())
        equal(code > 0, True, arguments)
        check_harmless(err, arguments)


@case
def input_that_is_quoted_cannot_steer_a_terminal(folder):
    path = write(folder, "a.jsonl", json.dumps({"id": "x", "date": HOSTILE, "text": REPORT}))
    check_harmless(dragoman("code", path)[2], "a date")
    for arguments in ["--columns", f"{HOSTILE}=x"], ["--date", HOSTILE], ["--jobs", HOSTILE]:
        code, out, err = dragoman("code", *arguments, path)
        equal((code, out), (2, ""), arguments)
        check_harmless(err, arguments)


@case
def explain_and_tables_show_controls_and_do_not_pass_them_on(folder):
    text = "The French\x1b[1m army\u202e attacked a rebel camp in Mali\x1b[2J on Monday."
    code, out, err = dragoman("explain", "--date", "2020-10-02", write(folder, "a.txt", f"date 2020-10-02\n\n{text}\n"))
    equal(code, 0, err)
    check_harmless(out, "explain")
    path = write(folder, "b.txt", f"date 2020-10-02\ntitle: {HOSTILE}\n\n{text}\n")
    for show in "titles", "text":
        code, out, err = dragoman("code", "-f", "table", "--show", show, path)
        equal(code, 0, err)
        check_harmless(out, show)
        contains(out.split("\n", 1)[show == "text"], "\\x1B[")


# ---- what the program knows may be damaged


def tables_copy(folder, name="tables"):
    """The tables by links, so that single files can be replaced."""
    to = os.path.join(folder, name)
    for path in glob.glob(TABLES + "/*/*"):
        link = os.path.join(to, os.path.relpath(path, TABLES))
        os.makedirs(os.path.dirname(link), exist_ok=True)
        os.symlink(os.path.abspath(path), link)
    return to


def code_with(tables, *arguments):
    return dragoman("code", "--tables", tables, *arguments, stdin=f"date 2020-10-02 {REPORT}".encode())


@case
def a_damaged_model_is_refused(folder):
    tables = tables_copy(folder)
    model = os.path.join(tables, "model", "english.dgm")
    with open(model, "rb") as f:
        good = f.read()
    rng, seed = random.Random(7), 7
    damaged = [good[:n] for n in (0, 7, 100, len(good) // 2, len(good) - 1)] + [good + b"x"]
    for _ in range(42):
        at = rng.randrange(len(good))
        damaged.append(good[:at] + bytes([good[at] ^ 1 << rng.randrange(8)]) + good[at + 1:])
    os.remove(model)
    for i, content in enumerate(damaged):
        with open(model, "wb") as f:
            f.write(content)
        code, out, err = code_with(tables)
        equal((code, out), (2, ""), f"damage {i}, seed {seed}: {err}")
        contains(err, "english.dgm")
    contains(err, "is damaged: its bytes are not those of which english.dgm.xxh is the checksum")
    with open(model, "wb") as f:
        f.write(good)
    equal(code_with(tables)[0], 0)
    os.remove(model + ".xxh")
    code, out, err = code_with(tables)
    equal((code, out), (2, ""))
    contains(err, "its checksum, english.dgm.xxh, is not next to it")


def required():
    text = open(os.path.join(ROOT, "src", "story", "story.c")).read()
    return re.findall(r'"([a-z]+/[a-z-]+\.tsv)"', text)


@case
def a_table_that_is_missing_empty_or_damaged_changes_the_exit_code(folder):
    names = sorted(os.path.relpath(p, TABLES) for p in glob.glob(TABLES + "/*/*.tsv"))
    unused = {"english/abbreviations.tsv", "places/codes.tsv", "rules/old-ids.tsv", "codebook/icews.tsv",
              "places/icews.tsv", "model/relate.tsv"}  # no coding reads these
    optional = unused | {"actors/groups.tsv", "actors/offices.tsv", "actors/organisations.tsv", "english/people.tsv", "actors/words.tsv",
                         "model/confidence.tsv"}
    learned = {f"model/{name}.tsv" for name in ("confidence", "judge", "parties", "perceptron", "sides")} | {"english/connotation.tsv"}
    later = {"english/stand-ins.tsv", "places/villages.tsv"}  # whole folders of older versions have none
    optional |= learned | later
    equal(sorted(set(names) - optional), sorted(required()))
    tables = tables_copy(folder)
    for name in names:
        path = os.path.join(tables, name)
        text = open(path, "rb").read()
        os.remove(path)
        code, out, err = code_with(tables)
        if name in optional:
            equal(code, 0 if name in unused | learned | later else 1, f"{name} missing\n{err[:500]}")
        else:
            equal((code, out), (2, ""), f"{name} missing")
            contains(err, f"{name}: cannot be opened: No such file or directory")
            contains(err, "these tables are required, and must have rows:\n")
            contains(err.split("required", 1)[1], f" {name}")
        rows = [line for line in text.splitlines() if line and not line.startswith(b"#")]
        for how, content, message in (("empty", b"", "the table is empty: no header line"),
                                      ("without rows", rows[0] + b"\n", "the table is empty: no rows"),
                                      ("damaged", b"\n".join(rows[:2]) + b"\n\xff\xfe\n", ":3: byte 1 of the line is not UTF-8")):
            if name in unused:
                continue
            with open(path, "wb") as f:
                f.write(content)
            code, out, err = code_with(tables)
            equal(code, 1, f"{name} {how}: {err[:500]}")
            contains(err, name + (": " if message[0] != ":" else "") + message)
            contains(err, " in the tables; the row")
        with open(path, "wb") as f:
            f.write(text)
    for command in ("quotes", "-"), ("parse", "-"), ("explain", REPORT):
        with open(os.path.join(tables, "english", "verbs.tsv"), "wb") as f:
            f.write(b"lemma\tforms\n")
        equal(dragoman(*command, "--tables", tables, stdin=b"date 2020-10-02 x")[0], 1, command)


@case
def tables_of_the_old_layout_are_told_by_both_names(folder):
    tables = tables_copy(folder)
    for new, old in ("rules/verbs.tsv", "predicates/verbs.tsv"), ("codebook/types.tsv", "ontology/types.tsv"), \
            ("english/verbs.tsv", "words/verbs.tsv"), ("english/negation.tsv", "cues/negation.tsv"):
        os.makedirs(os.path.dirname(os.path.join(tables, old)), exist_ok=True)
        os.rename(os.path.join(tables, new), os.path.join(tables, old))
        for arguments in (["tables", "check", "--tables", tables], ["code", "--tables", tables, "-"]):
            code, out, err = dragoman(*arguments, stdin=b"date 2020-10-02 x")
            equal((code, out), (2, ""), arguments)
            contains(err, f"{new}: cannot be opened: No such file or directory; the table that was {old} is now {new}")
        os.rename(os.path.join(tables, old), os.path.join(tables, new))


@case
def a_rule_without_an_id_or_with_another_rules_is_told(folder):
    tables = tables_copy(folder)
    path = os.path.join(tables, "rules", "verbs.tsv")
    text = open(path, encoding="utf-8").read()
    rows = text.rstrip("\n").split("\n")
    os.remove(path)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text + "n0001\tqux\tAID\t070\t-\t-\t-\n-\tquux\tAID\t070\t-\t-\t-\n")
    code, out, err = code_with(tables)
    equal(code, 1)
    contains(err, f"rules/verbs.tsv:{len(rows) + 2}: a rule without an id: quux")
    contains(err, "rules/nouns.tsv:5: another rule has this id: n0001")


@case
def the_doctor_tells_what_is_there_and_what_is_missing(folder):
    code, out, err = dragoman("doctor")
    equal((code, err), (0, ""))
    for part in ("dragoman   ", "build      ", "kernel     ", "libraries  utf8proc", "jansson ", "english.dgm, 11.", ", whole\n",
                 "all well   nothing that is required is missing\n"):
        contains(out, part)
    contains(out, "hash " + open(os.path.join(TABLES, "model", "english.dgm.xxh")).read()[:32])
    equal(len(re.findall(r"hash [0-9a-f]{32}", out)), 2)
    tables = tables_copy(folder)
    os.remove(os.path.join(tables, "cues", "eras.tsv"))
    os.remove(os.path.join(tables, "model", "english.dgm"))
    code, out, err = dragoman("doctor", "--tables", tables)
    equal((code, err), (1, ""))
    contains(out, "missing or damaged: cues/eras.tsv: No such file or directory")
    contains(out, "english.dgm: cannot be opened: No such file or directory")
    contains(out, "what to do: ")
    contains(out, "not well   faults in what is required: 2\n")
    tables = tables_copy(folder, "damaged")
    os.remove(os.path.join(tables, "english", "verbs.tsv"))
    write(tables, "english/verbs.tsv", "lemma\tforms\n")
    code, out, err = dragoman("doctor", "--tables", tables)
    equal((code, err), (1, ""))
    contains(out, "english/verbs.tsv: the table is empty: no rows")
    code, out, err = dragoman("doctor", "--tables", f"{folder}/{HOSTILE}")
    equal((code, err), (1, ""))
    check_harmless(out, "doctor")


def cut(text):
    return text[:len(text) * 3 // 5].rstrip("\n")


def misread(text):
    return text.replace("=", "=x", 1) if "=" in text.split("\n", 5)[4] else text.replace("\t", "\tx", 4)


@case
def a_damaged_learned_table_is_told_by_check_and_doctor(folder):
    for name in "relate", "judge", "sides", "parties", "perceptron", "confidence":
        with open(os.path.join(TABLES, "model", f"{name}.tsv"), encoding="utf-8") as f:
            whole = f.read()
        for damage, said in (cut, "is cut off: its last line has no end"), (misread, ":"), (lambda _: "", "the table is empty"):
            path = write(folder, f"{name}/model/{name}.tsv", damage(whole))
            code, out, err = dragoman("tables", "check", "--tables", f"{TABLES}:{folder}/{name}")
            equal(code, 1, name)
            contains(err, f"{path}{':' if said == ':' else ': ' + said}")
        code, out, err = dragoman("doctor", "--tables", f"{TABLES}:{folder}/{name}")
        equal((code, err), (1, ""), name)
        contains(out, f"{path}: the table is empty")


@case
def a_damaged_compiled_table_is_told_once_and_the_table_read(folder):
    shutil.copytree(os.path.join(TABLES, "model"), f"{folder}/t/model")
    story = f"date 2020-10-02 {REPORT}".encode()
    right = dragoman("code", "--tables", f"{TABLES}:{folder}/t", stdin=story)
    for damage, said in (b"", "is empty"), (bytes(4096), "is no compiled table of this kind"):
        path = write(folder, "t/model/judge.compiled", damage)
        code, out, err = dragoman("code", "--tables", f"{TABLES}:{folder}/t", stdin=story)
        equal((code, out), (1, right[1]))
        equal(err.splitlines()[0], f"dragoman: {path}: {said}; the table is read instead")
        equal(err.count(".compiled"), 1, err)


# ---- installing


SMALL_MESON = """project('small', 'c', meson_version: '>=1.0')
executable('small', 'small.c', install: true, c_args: '-DPREFIX="' + get_option('prefix') + '"')
"""


def make(folder, *arguments):
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DESTDIR")}
    done = subprocess.run(["make", *arguments], cwd=folder, env=env, capture_output=True, text=True)
    equal(done.returncode, 0, f"make {arguments}\n{done.stdout}{done.stderr}")
    return done.stdout


@case
def make_install_goes_where_it_is_told_whatever_was_built_before(folder):
    """The project's Makefile over a program of one line, which knows its prefix as ours does."""
    for tool in "make", "meson", "ninja":
        if not shutil.which(tool):
            raise Skip(f"there is no {tool}")
    there = os.path.join(folder, "a project")
    os.makedirs(os.path.join(there, "tools"))
    shutil.copy(os.path.join(ROOT, "Makefile"), there)
    os.chmod(write(there, "tools/setup", "#!/bin/sh\n"), 0o755)
    write(there, "meson.build", SMALL_MESON)
    write(there, "small.c", '#include <stdio.h>\nint main(void) { puts(PREFIX); return 0; }\n')

    def check(path, prefix):
        path = os.path.join(path, "bin", "small")
        equal(subprocess.run([path], capture_output=True, text=True).stdout, prefix + "\n")
        os.remove(path)
    make(there, "build", "PREFIX=" + folder + "/first")
    make(there, "install", "PREFIX=" + folder + "/second place")
    check(folder + "/second place", folder + "/second place")
    equal(os.path.exists(folder + "/first"), False)
    contains(make(there, "install", "PREFIX=x"), f"installed under {there}/x\n")
    check(there + "/x", there + "/x")
    make(there, "install", "PREFIX=/opt/none", "DESTDIR=" + folder + "/stage dir")
    check(folder + "/stage dir/opt/none", "/opt/none")
    make(there, "install", "DESTDIR=stage")
    check(there + "/stage/usr/local", "/usr/local")
    equal(os.path.exists("/opt/none"), False)


if __name__ == "__main__":
    sys.exit(main())
