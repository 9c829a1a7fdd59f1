#!/usr/bin/env python3
"""Events that people mark, on both engines: samples, marks, precision, gold, and marking on a terminal."""
import json, math, os, pty, select, shutil, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import CASES, PROGRAM, case, contains, dragoman, equal, main
from store import EXAMPLES, change_records, execute, lines, must, on_both, rows, stories_file

CASES.clear()  # those of store.py

Z = 1.959963984540054
ATTACK = {"id": "a", "date": "2020-03-02", "source": "Wire", "text": "Turkey attacked Armenia on Monday. France condemned the attack."}


def wilson(p, n):
    middle, reach = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return [round(max(0, min(1, (middle + sign * reach) / (1 + Z * Z / n))), 3) for sign in (-1, 1)]


def correct(db, event, *options):
    equal(must("correct", "--db", db, "--event", event, *options), "")


def attack_of(db):
    return lines("export", "--db", db, "--type", "ASSAULT")[0]


def listed(db):
    return lines("correct", "--db", db, "--list", "-f", "jsonl")


def precision(db):
    """{type: (n, right, precision, low, high)}, how it was sampled, what was said"""
    code, out, err = dragoman("stats", "--db", db, "--marks", "-f", "jsonl")
    equal(code, 0, err)
    found = [json.loads(line) for line in out.splitlines()]
    return ({r["type"]: (r["n"], r["right"], r["precision"], r["low"], r["high"]) for r in found},
            {r["sampled"] for r in found}, err)


@on_both
def a_mark_is_kept_and_the_last_one_counts(folder, db):
    must("ingest", "--db", db, stories_file(folder, [ATTACK]))
    event = attack_of(db)
    correct(db, event["event_id"], "--wrong", "--by", "Ann")
    correct(db, event["event_id"], "--as", "COERCE TUR,AZE > ARM intended", "--note", "no attack, a siege; it's planned")
    found = listed(db)
    equal([(m["mark"], m["answer"], m["note"], m["by"], m["event_now"], m["trigger"]) for m in found],
          [("other", "COERCE AZE,TUR > ARM intended", "no attack, a siege; it's planned", None, event["event_id"], "attacked")])
    equal(found[0]["coding"].startswith("ASSAULT TUR"), True)
    equal(found[0]["text"], "Turkey attacked Armenia on Monday.")
    code, _, err = dragoman("correct", "--db", db, "--event", event["event_id"], "--as", found[0]["coding"])
    equal(code, 2)
    contains(err, "it is right, not otherwise coded")
    equal(listed(db), found)


@on_both
def marks_survive_a_new_coding(folder, db):
    path = stories_file(folder, [ATTACK])
    must("ingest", "--db", db, path)
    event = attack_of(db)
    correct(db, event["event_id"], "--right")
    before = listed(db)
    tables = os.path.join(folder, "tables")
    shutil.copytree(os.environ["DRAGOMAN_TABLES"], tables)
    with open(os.path.join(tables, "README-too"), "w") as f:
        f.write("another set of tables\n")
    more = stories_file(folder, [{"id": "0", "date": "2020-03-01", "text": "It rained. " * 50}, ATTACK], "more.jsonl")
    contains(must("ingest", "--recode", "--tables", tables, "--db", db, more), "1 coded again")
    equal(listed(db), before)
    both = lambda sql: execute(db, sql, sql)
    # The event has another id, as if its mode or the words of its sides had changed.
    both("UPDATE events SET event_id = 'new' WHERE type = 'ASSAULT'")
    found = listed(db)
    equal([(m["event_id"], m["event_now"]) for m in found], [(event["event_id"], "new")])
    equal(precision(db)[0]["ASSAULT"][:2], (1, 1))
    # Marked under its new id, it has one mark.
    correct(db, "new", "--wrong")
    equal([(m["event_id"], m["mark"]) for m in listed(db)], [("new", "wrong")])
    # It is coded otherwise: the mark says nothing about that, but stays.
    change_records(db, '"ASSAULT"', '"COERCE"')
    both("UPDATE events SET type = 'COERCE' WHERE type = 'ASSAULT'")
    equal([(m["mark"], m["event_now"]) for m in listed(db)], [("wrong", None)])
    found, _, err = precision(db)
    equal(found["all"][0], 0)
    contains(err, "1 mark is on an event that is no longer coded in that way")
    gold = json.loads(must("correct", "--db", db, "--export", "-"))
    equal([a["event_type"] for a in gold["absent"]], ["ASSAULT"])


@on_both
def a_coding_that_has_learned_the_answer_is_right(folder, db):
    must("ingest", "--db", db, stories_file(folder, [ATTACK]))
    event = attack_of(db)
    coding = event["event_type"], *(",".join(sorted(a["code"] for a in event[side])) for side in ("actors", "recipients"))
    correct(db, event["event_id"], "--as", f"COERCE {coding[1]} > {coding[2]}")
    equal(precision(db)[0]["ASSAULT"][:2], (1, 0))
    change_records(db, '"ASSAULT"', '"COERCE"')
    sql = "UPDATE events SET event_id = 'new' WHERE type = 'ASSAULT'"
    execute(db, sql, sql)
    found = precision(db)[0]
    equal((found["COERCE"][:2], "ASSAULT" in found), ((1, 1), False))


@on_both
def a_sample_follows_from_its_seed_and_is_remembered(folder, db):
    other = os.path.join(folder, "other.db")
    must("ingest", "--db", db, *EXAMPLES)
    must("ingest", "--db", other, *reversed(EXAMPLES))
    draw = lambda where, *options: rows("sample", "--db", where, *options)
    first = draw(db, "--n", "40")
    equal(len(first), 40)
    equal(draw(db, "--n", "40"), first)
    equal(draw(other, "--n", "40"), first)
    equal(draw(db, "--n", "40", "--seed", "2") != first, True)
    counts = {r["type"]: int(r["n"]) for r in rows("query", "--db", db, "--by", "type")}
    equal(round(sum(float(r["weight"]) for r in first)), sum(counts.values()))
    drawn = {t: [r for r in first if r["stratum"] == t] for t in counts}
    each = max(len(d) for d in drawn.values())
    for t, n in counts.items():
        equal(len(drawn[t]) in (n, each, each - 1), True, t)
        equal(all(r["coding"].startswith(t + " ") for r in drawn[t]), True)
    # A larger sample holds the smaller one.
    equal({r["event_id"] for r in first} <= {r["event_id"] for r in draw(db, "--n", "80")}, True)
    every = draw(db, "--n", "5000", "--by", "nothing")
    equal((len(every), {r["weight"] for r in every}), (sum(counts.values()), {"1"}))
    few = draw(db, "--n", "6", "--by", "type")
    equal(len({r["stratum"] for r in few}), 3)
    equal("(others)" in {r["stratum"] for r in few}, True)
    plain = draw(db, "--n", "20", "--by", "quad", "--plain", "--country", "GEO")
    kept = {e["event_id"] for e in lines("export", "--db", db, "--plain", "--country", "GEO")}
    equal({r["event_id"] for r in plain} <= kept, True)
    for wrong in (["--n", "0"], ["--by", "moon"], ["--one-a-day"]):
        equal(dragoman("sample", "--db", db, *wrong)[0], 2, str(wrong))
    code, _, err = dragoman("sample", "--db", db, "--story", "none-of-these")
    equal(code, 2)
    contains(err, "there is no event to draw")


@on_both
def precision_is_weighted_by_what_each_event_stands_for(folder, db):
    must("ingest", "--db", db, *EXAMPLES)
    drawn = rows("sample", "--db", db, "--n", "60")
    for i, r in enumerate(drawn):
        if i % 3 < 2:
            correct(db, r["event_id"], "--right" if i % 2 else "--wrong")
    marked = [(r["stratum"], i % 2) for i, r in enumerate(drawn) if i % 3 < 2]
    sizes = {r["type"]: int(r["n"]) for r in rows("query", "--db", db, "--by", "type")}
    found, sampled, err = precision(db)
    equal(sampled, {"at random, by type"})
    contains(err, f"dragoman: 40 of 60 sampled events are marked; they stand for ")
    n = {t: sum(s == t for s, _ in marked) for t in sizes}
    for t in sizes:
        right = sum(good for s, good in marked if s == t)
        if n[t]:
            equal(list(found[t]), [n[t], right, round(right / n[t], 3), *wilson(right / n[t], n[t])], t)
    weights = [(sizes[s] / n[s], good) for s, good in marked]
    total = sum(w for w, _ in weights)
    p = sum(w for w, good in weights if good) / total
    equal(list(found["all"]), [40, sum(g for _, g in marked), round(p, 3), *wilson(p, total ** 2 / sum(w * w for w, _ in weights))])
    # A mark beside the sample changes nothing and is said.
    beside = next(e["event_id"] for e in lines("export", "--db", db) if e["event_id"] not in {r["event_id"] for r in drawn})
    correct(db, beside, "--wrong")
    again, _, err = precision(db)
    equal(again, found)
    contains(err, "1 mark on an event outside the sample is not counted")
    meta = os.path.join(folder, "m.json")
    lines("export", "--db", db, "--meta", meta)
    told = json.load(open(meta))["marks"]
    equal((told["sampled"], told["strata"], told["samples"], told["drawn"], told["population"], told["not_in_sample"]),
          ("at random", "type", 1, 60, sum(sizes.values()), 1))
    equal({t["type"]: (t["marked"], t["right"], t["precision"], t["low"], t["high"]) for t in told["types"]},
          {t: v for t, v in found.items() if t != "all"})
    # A second sample, drawn in the same way, adds to the first; what is still to be marked is listed.
    more = rows("sample", "--db", db, "--n", "60", "--seed", "2")
    equal(precision(db)[0]["all"][0] >= 40, True)
    marks = {m["event_id"] for m in listed(db)}
    equal([r["event_id"] for r in rows("correct", "--db", db, "--list", "--unmarked")],
          [r["event_id"] for r in more if r["event_id"] not in marks])


@on_both
def marks_without_a_sample_are_called_chosen_by_hand(folder, db):
    meta = os.path.join(folder, "m.json")
    must("ingest", "--db", db, stories_file(folder, [ATTACK]))
    lines("export", "--db", db, "--meta", meta)
    equal(json.load(open(meta))["marks"], None)
    equal(precision(db)[0], {"all": (0, 0, None, 0, 1)})
    correct(db, attack_of(db)["event_id"], "--right")
    found, sampled, err = precision(db)
    equal((found["ASSAULT"], sampled), ((1, 1, 1, *wilson(1, 1)), {"by hand"}))
    contains(err, "chosen by hand")
    lines("export", "--db", db, "--meta", meta)
    equal(json.load(open(meta))["marks"]["sampled"], "by hand")


@on_both
def marks_are_gold_that_the_judge_learns_from(folder, db):
    stories = [dict(ATTACK, id=f"s{i}", text=f"Çatışma sürdü. Report {i}: Turkey attacked Armenia on Monday. France condemned Turkey.")
               for i in range(6)]
    must("ingest", "--db", db, stories_file(folder, stories))
    events = [e for e in lines("export", "--db", db) if e["event_type"] == "ASSAULT"]
    equal(len(events), 6)
    for i, e in enumerate(events):
        correct(db, e["event_id"], *(["--right"], ["--wrong"], ["--as", "COERCE TUR > ARM negated"])[i % 3])
    gold = os.path.join(folder, "gold.jsonl")
    must("correct", "--db", db, "--export", gold)
    told = [json.loads(line) for line in open(gold, encoding="utf-8")]
    equal([s["id"] for s in told], [s["id"] for s in stories])
    for i, (s, original) in enumerate(zip(told, stories)):
        equal((s["text"], s["date"], s["complete"]), (original["text"], original["date"], False))
        equal((len(s["events"]), len(s["absent"])), (0, 1) if i % 3 == 1 else (1, 0))
        event = (s["events"] + s["absent"])[0]
        equal((event["quote"] in s["text"], s["text"][event["begin"]:event["end"]]), (True, "attacked"))
    e = told[2]["events"][0]
    equal((e["event_type"], e["actors"], e["recipients"], e["polarity"], e["status"]), ("COERCE", ["TUR"], ["ARM"], "negated", "actual"))

    def taught(name, *options):
        target = os.path.join(folder, name)
        os.mkdir(target)
        code, _, err = dragoman("train", "judge", "-o", target, *options)
        equal(code, 0, err)
        return open(os.path.join(target, "judge.tsv"), encoding="utf-8").read()
    code, _, err = dragoman("train", "confidence", gold)
    equal(code, 2)
    contains(err, "the story s0 is coded in parts")
    # Only the six words that somebody looked at are learned from.
    contains(taught("marks", gold), "from 6 stories with 4 coded events (2 stories\n# have none), 6 cases")
    whole = stories_file(folder, [{"id": "w", "date": "2020-01-01", "text": "The team won the final.", "events": []}], "whole.jsonl")
    alone, once, often = taught("alone", whole), taught("once", "--with", gold, whole), taught("often", "--with", gold, "--weight", "50", whole)
    contains(once, "from 7 stories with 4 coded events (3 stories\n")
    equal(once, taught("operand", whole, gold))
    equal(len({alone, once, often}), 3)
    # A story whose text is not in the store is named; the others are written.
    sql = "UPDATE stories SET text = '' WHERE story_id = 's4'"
    execute(db, sql, sql)
    code, out, err = dragoman("correct", "--db", db, "--export", "-")
    equal((code, err), (1, "dragoman: s4: the store has no text of the story; its 1 mark is left out\n"))
    equal([json.loads(line)["id"] for line in out.splitlines()], [s["id"] for s in stories if s["id"] != "s4"])


def on_terminal(keys, *arguments):
    """What the program shows on a terminal of 80 columns, and its exit code; keys are typed as it asks."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["NO_COLOR"] = "1"
        os.execv(os.path.abspath(PROGRAM), ["dragoman", *arguments])
    shown, end, left = "", time.monotonic() + 60, list(keys)
    while time.monotonic() < end:
        if left and shown.rstrip().endswith(("quit:", "[status]:")):
            keys_now = left.pop(0)
            os.write(terminal, keys_now.encode())
            shown += " "
            time.sleep(0.05)
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            got = os.read(terminal, 1 << 16).decode("utf-8", "replace")
        except OSError:
            break
        if not got:
            break
        shown += got
    os.close(terminal)
    return shown.replace("\r\n", "\n"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@on_both
def events_are_marked_one_by_one_on_a_terminal(folder, db):
    must("ingest", "--db", db, *EXAMPLES)
    drawn = rows("sample", "--db", db, "--n", "5")
    # right, skip, back to the skipped one, wrong, otherwise with a slip first, then quit
    keys = ["r", "s", "b", "w", "o", "ASAULT RUS > GEO\r", "ASSAULT XQZ > GEO\r", "ASSAULT RUSX\x7f > GEO\r", "q"]
    shown, code = on_terminal(keys, "correct", "--db", db, "--by", "Ann")
    equal(code, 0, shown)
    contains(shown, "1 of 5\n")
    contains(shown, f"*{drawn[0]['trigger']}*")
    contains(shown, drawn[0]["coding"])
    contains(shown, "'ASAULT' is no type of event; did you mean 'ASSAULT'?")
    contains(shown, "neither the tables nor the store know the code 'XQZ'")
    contains(shown, "3 of 5 events are marked\n")
    marks = {m["event_id"]: (m["mark"], m["answer"], m["by"]) for m in listed(db)}
    equal(marks, {drawn[0]["event_id"]: ("right", None, "Ann"), drawn[1]["event_id"]: ("wrong", None, "Ann"),
                  drawn[2]["event_id"]: ("other", "ASSAULT RUS > GEO", "Ann")})
    shown, code = on_terminal(["\x03"], "correct", "--db", db, "--unmarked")
    equal(code, 0, shown)
    contains(shown, "1 of 2\n")
    contains(shown, f"*{drawn[3]['trigger']}*")
    shown, code = on_terminal(["q"], "correct", "--db", db)
    contains(shown, "1 of 5, marked as right\n")


@case
def what_cannot_be_meant_is_refused(folder):
    db = os.path.join(folder, "store.db")
    code, _, err = dragoman("correct", "--db", db, "--event", "x", "--right")
    equal((code, os.listdir(folder)), (2, []))
    must("ingest", "--db", db, stories_file(folder, [ATTACK]))
    event = attack_of(db)["event_id"]
    for options, why in ((["--event", "nothing", "--right"], "the store has no event 'nothing'"),
                         (["--event", event], "--event takes one of --right, --wrong and --as"),
                         (["--event", event, "--right", "--wrong"], "--event takes one of"),
                         (["--right"], "--event says which event is marked"),
                         (["--list", "--export", "x"], "give one of them"),
                         (["--list", "--note", "x"], "--note belongs to the mark of an --event"),
                         (["--event", event, "--as", "ASSAULT Turkey"], "'Turkey' is no code of an actor"),
                         (["--event", event, "--as", "ASSAULT XQZ > TUR"], "neither the tables nor the store know the code 'XQZ'\n"),
                         (["--event", event, "--as", "ASSAULT TUR > AMR"], "the code 'AMR'; did you mean 'ARM'?"),
                         (["--event", event, "--as", "ASSAULT RUSMLI > TUR"], "know the code 'RUSMLI'"),
                         ([], "needs a terminal"),
                         (["--list", "--unmarked"], "no sample was drawn from the store")):
        code, _, err = dragoman("correct", "--db", db, *options)
        equal(code, 2, str(options))
        contains(err, why)
    equal(listed(db), [])


if __name__ == "__main__":
    sys.exit(main())
