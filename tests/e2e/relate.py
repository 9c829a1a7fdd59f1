#!/usr/bin/env python3
"""`relate` and `train relate` as users meet them: what the rules say, what was learned, what is
refused."""
import json, os, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import case, contains, dragoman, equal, main

TABLES = os.environ.get("DRAGOMAN_TABLES", "data")
HEADER = "sentence_id\tmarked_sentence\tgold_root\n"
PLAIN = "<s>Norway</s> accused <t>Chile</t> of spying on its ships."


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def table_of(folder, rows, name="rows.tsv"):
    lines = "".join(f"{i}\t{marked}\t{kind}\n" for i, (marked, kind) in enumerate(rows))
    return write(os.path.join(folder, name), HEADER + lines)


def related(path, *options):
    code, out, err = dragoman("relate", path, *options)
    equal((code, err), (0, ""))
    return [json.loads(line) for line in out.splitlines()]


def tables_without_relations(folder):
    """Our tables, with a model/relate.tsv that can be written."""
    made, ours = os.path.join(folder, "tables"), os.path.abspath(TABLES)
    os.makedirs(os.path.join(made, "model"))
    for name in os.listdir(ours):
        if name != "model":
            os.symlink(os.path.join(ours, name), os.path.join(made, name))
    for name in os.listdir(os.path.join(ours, "model")):
        if name != "relate.tsv":
            os.symlink(os.path.join(ours, "model", name), os.path.join(made, "model", name))
    return made


# A verb that no rule knows, and what it is to mean.
UNKNOWN = [(f"<s>{a}</s> overbid <t>{b}</t> {when}.", "AID")
           for a, b in (("Norway", "Chile"), ("Peru", "Kenya"), ("Ghana", "Togo"), ("Japan", "Fiji"))
           for when in ("on Monday", "last week", "in May", "at noon")]


@case
def the_rules_answer_stands_beside_what_was_learned(folder):
    path = table_of(folder, [(PLAIN, "ACCUSE")])
    row = related(path)[0]
    equal((row["event_type"], row["rule_type"], row["trigger"]), ("ACCUSE", "ACCUSE", "accused"))
    equal(0 < row["likelihood"] <= 1, True)
    alone = related(path, "--judge", "off")[0]
    equal(alone["event_type"], "ACCUSE")
    equal("rule_type" in alone or "likelihood" in alone, False)


@case
def what_no_rule_knows_is_learned(folder):
    tables = tables_without_relations(folder)
    asked = table_of(folder, [("<s>Malta</s> overbid <t>Brazil</t> on Friday.", "AID")], "asked.tsv")
    equal(related(asked, "--tables", tables)[0]["event_type"], None)
    others = [(PLAIN, "ACCUSE"), ("<s>Kenya</s> rejected the offer of <t>Peru</t>.", "REJECT")] * 4
    rows = table_of(folder, UNKNOWN + others)
    learned = os.path.join(tables, "model", "relate.tsv")
    code, out, err = dragoman("train", "relate", rows, "-o", learned, "--tables", tables, "--examples", "off")
    equal((code, out), (0, ""))
    contains(err, "0 sentences left out")
    row = related(asked, "--tables", tables)[0]
    equal((row["event_type"], row["rule_type"], row["cameo"], row["trigger"]),
          ("AID", None, None, None))


@case
def the_same_rows_give_the_same_table(folder):
    rows = table_of(folder, UNKNOWN)
    made = []
    for i in range(2):
        path = os.path.join(folder, f"{i}.tsv")
        equal(dragoman("train", "relate", rows, "-o", path, "-j", str(i + 1), "--examples", "off")[0], 0)
        made.append(open(path, encoding="utf-8").read())
    equal(made[0] == made[1], True)
    contains(made[0], "overbid")


@case
def parts_are_left_out_by_sentence_id(folder):
    rows = table_of(folder, UNKNOWN)
    path = os.path.join(folder, "out.tsv")
    teach = ("train", "relate", rows, "-o", path, "--examples", "off")
    contains(dragoman(*teach, "--only", "odd")[2], "8 sentences left out, 0 examples")
    contains(dragoman(*teach, "--folds", "5", "--fold", "0")[2], "4 sentences left out")
    code, out, err = dragoman("train", "relate", rows, "--folds", "5", "--fold", "5")
    equal(code, 2)
    contains(err, "--fold must be below --folds")


@case
def what_cannot_be_learned_from_is_named(folder):
    path = table_of(folder, [(PLAIN, "ACCUSE"), (PLAIN, "APPLAUD")])
    out = os.path.join(folder, "out.tsv")
    code, _, err = dragoman("train", "relate", path, "-o", out)
    equal(code, 2)
    contains(err, 'rows.tsv:3: "APPLAUD" is no class of relations')
    equal(os.path.exists(out), False)
    bare = write(os.path.join(folder, "bare.tsv"), f"marked_sentence\n{PLAIN}\n")
    contains(dragoman("train", "relate", bare, "-o", out)[2], "no column is named sentence_id")


@case
def marks_that_are_wrong_are_told_and_the_rest_is_read(folder):
    rows = ["<s>Norway</s> and <s>Norway</s>'s king accused <t>Chile</t> of spying, and <t>Chile</t> denied it.",
            "<s>Norway <s>accused</s> <t>Chile</t> of spying.", "<s>Norway</s> accused <t>Chile</t></t> of spying.",
            "<s> </s>Norway accused <t>Chile</t> of spying.", "<s>Norway</s> accused " + "<t>Chile</t> " * 9 + "of spying."]
    path = write(os.path.join(folder, "rows.tsv"), "marked_sentence\n" + "".join(row + "\n" for row in rows))
    code, out, err = dragoman("relate", path)
    told = ("<s> is not closed by </s>", "</t> closes nothing", "nothing stands between <s> and </s>",
            "only the first 8 <t> are read")
    equal((code, out.count("\n"), err.splitlines()),
          (1, 5, [f"dragoman: {path}:{i}: {says}" for i, says in enumerate(told, 3)]))
    equal(json.loads(out.splitlines()[0])["event_type"], "ACCUSE")


sys.exit(main())
