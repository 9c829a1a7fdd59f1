#!/usr/bin/env python3
"""Every type and mode under another name: the names in the output change, and nothing else does.

Twice: in a whole copy of the tables, where rules, codes and contexts have the new names as well; and
by an overlay of two small tables that renames, over the shipped rules. New names are as long as the
old ones and share no letter with them where they stand, so that columns keep their width and nothing
can go by a beginning. The tables of the model stay as they are: they speak of PLOVER's types, which
the column `is` names."""
import codecs, glob, json, os, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT, Skip, case, dragoman, equal, main, write

TABLES = os.environ["DRAGOMAN_TABLES"]
FORMATS = "jsonl csv table gdelt gdelt-mentions icews polecat petrarch plover geojson stata spss dyadic".split()
STORIES = sorted(glob.glob(f"{ROOT}/examples/*.txt"))[::2] + sorted(glob.glob(f"{ROOT}/bench/stories/dev/*.txt"))[::4]
LINES = """date 2020-10-02
Police arrested two reporters in Minsk, and protesters threw stones at the ministry.

Kenya refused to withdraw its troops from Somalia and threatened to expel the envoy.

Iran denied that it had shelled a village in Iraq, which had accused Tehran on Monday.
"""


def rows(table):
    with open(os.path.join(TABLES, table), encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f]
    at = next(i for i, line in enumerate(lines) if line and not line.startswith("#"))
    return lines, at, re.split(r"\t+", lines[at])


def names(table, column):
    lines, at, header = rows(table)
    return [re.split(r"\t+", line)[header.index(column)] for line in lines[at + 1:] if line and line[0] != "#"]


def turned(name):
    return codecs.encode(name, "rot13")


TYPES = {name: turned(name) for name in names("codebook/types.tsv", "type")}
MODES = {name: turned(name) for name in names("codebook/modes.tsv", "mode")}
BACK = {new: old for old, new in {**MODES, **TYPES}.items()}
LONGEST = "|".join(sorted(map(re.escape, BACK), key=len, reverse=True))


def back(text, gaps=True):
    """Names as they were; of "ASSAULT-sverne…", which a table cuts off, what is left of it. gaps: cells do
    not touch each other."""
    pattern = f"(?<![A-Za-z])(?:{LONGEST})(?![A-Za-z])" if gaps else LONGEST
    return re.sub("(?<=[A-Z]-)[a-z-]+(?=…)", lambda cut: turned(cut[0]), re.sub(pattern, lambda found: BACK[found[0]], text))


def rename(cell):
    """"THREATEN:violence", "ASSAULT,COERCE", "any"."""
    return re.sub(r"[A-Za-z][A-Za-z-]*", lambda w: TYPES.get(w[0]) or MODES.get(w[0]) or w[0], cell)


def copy(folder, table, columns, old=None):
    """A table with those columns renamed; old: a column that becomes `is`."""
    lines, at, header = rows(table)
    out = [line for line in lines[:at]]
    out.append("\t".join(header + (["is"] if old else [])))
    for line in lines[at + 1:]:
        if not line or line[0] == "#":
            out.append(line)
            continue
        cells = re.split(r"\t+", line)
        new = [rename(c) if k < len(header) and header[k] in columns else c for k, c in enumerate(cells)]
        new += ["-"] * (len(header) - len(new)) if old else []
        out.append("\t".join(new + ([cells[header.index(old)]] if old else [])))
    write(folder, table, "\n".join(out) + "\n")


def whole(folder):
    """A copy of all tables in which no type or mode has its old name, but in the column `is`."""
    shutil.copytree(TABLES, folder, symlinks=True, dirs_exist_ok=True, ignore=lambda d, n: ["model"] if d == TABLES else [])
    os.symlink(os.path.join(TABLES, "model"), os.path.join(folder, "model"))
    copy(folder, "codebook/types.tsv", ["type"], "type")
    copy(folder, "codebook/modes.tsv", ["type", "mode"], "mode")
    copy(folder, "codebook/cameo.tsv", ["type", "mode"])
    copy(folder, "codebook/compositions.tsv", ["mode"])
    copy(folder, "codebook/recodings.tsv", ["type", "becomes"])
    copy(folder, "codebook/recalls.tsv", ["type", "earlier"])
    copy(folder, "codebook/contexts-sides.tsv", ["deeds"])
    for table in "verbs", "nouns":
        copy(folder, f"rules/{table}.tsv", ["type"])
    copy(folder, "rules/operators.tsv", ["type", "takes"])
    return folder


def over(folder):
    """Two tables that rename what the shipped ones have."""
    copy(folder, "codebook/types.tsv", ["type"], "type")
    copy(folder, "codebook/modes.tsv", ["type", "mode"], "mode")
    return folder


def run(tables, *arguments):
    code, out, err = dragoman(*arguments, env={"DRAGOMAN_TABLES": tables}, cwd=ROOT)
    equal(code, 0, err)
    return out


def same(name, old, new, is_sorted=False, gaps=True):
    """What differs, as one line: the whole of two outputs is no message."""
    old, new = old.split("\n"), back(new, gaps).split("\n")
    if is_sorted:
        old, new = sorted(old), sorted(new)
    for i, (a, b) in enumerate(zip(old, new)):
        if a != b:
            raise AssertionError(f"{name}: line {i + 1}\n  {a}\n  {b}")
    equal(len(new), len(old), name)


def each(folder):
    yield whole(f"{folder}/whole")
    yield over(f"{folder}/over")


@case
def no_old_name_is_left(folder):
    """Else the other cases would prove nothing."""
    write(folder, "in.txt", LINES)
    for tables in each(folder):
        kinds = [json.loads(line) for line in run(tables, "code", f"{folder}/in.txt").splitlines()]
        equal(len(kinds) > 4, True)
        equal({e["event_type"] for e in kinds} & TYPES.keys(), set())
        equal({e["event_mode"] for e in kinds} & MODES.keys(), set())
        equal({e["event_type"] for e in kinds} <= set(TYPES.values()), True)


@case
def the_whole_copy_is_as_sound_as_the_tables(folder):
    equal(run(whole(f"{folder}/whole"), "tables", "check"), run(TABLES, "tables", "check"))


@case
def every_format_differs_by_the_names_alone(folder):
    write(folder, "in.txt", LINES)
    inputs = STORIES + [f"{folder}/in.txt"]
    for tables in each(folder):
        for form in FORMATS:
            ways = []
            for at in TABLES, tables:
                path = f"{folder}/out"
                code, _, err = dragoman("code", "-f", form, "-o", path, *inputs, env={"DRAGOMAN_TABLES": at}, cwd=ROOT)
                if code == 2 and ("built without" in err or "this build" in err):
                    break
                equal(code, 0, err)
                with open(path, "rb") as f:
                    ways.append(f.read().decode("utf-8", "surrogateescape"))
            if len(ways) == 2:
                same(form, *ways, gaps=form not in ("stata", "spss"))


@case
def explanations_differ_by_the_names_alone(folder):
    for tables in each(folder):
        old, new = (run(at, "explain", "--date", "2020-10-02", LINES.split("\n", 1)[1]) for at in (TABLES, tables))
        # An overlay's rows have its folder's name, and the judge's reasons are the model's own words.
        same("explain", old, new)


@case
def a_store_answers_with_the_names_alone_changed(folder):
    if subprocess.run([PROGRAM, "ingest", "--help"], capture_output=True).returncode != 0:
        raise Skip("there is no store")
    questions = [["query", "--limit", "0"], ["query", "-f", "csv", "--by", "type"], ["query", "-f", "csv", "--limit", "0", "--by", "type,month", "--fill"], ["claims"],
                 ["commitments"], ["export", "-f", "jsonl"], ["export", "-f", "polecat"], ["export", "-f", "gdelt"],
                 ["export", "-f", "dyadic"], ["query", "--plain", "--limit", "0"], ["query", "--type", "ASSAULT,AGREE,REQUEST"]]
    write(folder, "in.txt", LINES)
    run(TABLES, "ingest", "--db", f"{folder}/old.db", *STORIES, f"{folder}/in.txt")
    for i, tables in enumerate(each(folder)):
        run(tables, "ingest", "--db", f"{folder}/{i}.db", *STORIES, f"{folder}/in.txt")
        for question in questions:
            old = run(TABLES, *question, "--db", f"{folder}/old.db")
            new = run(tables, *(rename(q) if k == 2 and question[1] == "--type" else q for k, q in enumerate(question)), "--db", f"{folder}/{i}.db")
            same(" ".join(question), old, new, is_sorted="--by" in question)


sys.exit(main())
