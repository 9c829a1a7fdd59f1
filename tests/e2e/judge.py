#!/usr/bin/env python3
"""The learned judge as users meet it: what it drops and adds, how it is switched off and explained,
and how it is taught."""
import glob, json, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import PROGRAM, case, contains, dragoman, equal, main, write


def events_of(text, *options):
    code, out, err = dragoman("code", *options, stdin=text.encode())
    equal((code, err), (0, ""))
    return [json.loads(line) for line in out.splitlines()]


def types_of(text, *options):
    return [event["event_type"] for event in events_of(text, *options)]


@case
def an_accident_is_no_assault(folder):
    fire = "date 2025-03-03\n\nNine people are killed in a fire at a hospital in Lima, Peru.\n"
    bomb = "date 2025-03-03\n\nNine people are killed in a car bombing near a market in Mogadishu, Somalia.\n"
    equal(types_of(fire), [])
    equal("ASSAULT" in types_of(fire, "--judge", "off"), True)
    equal(types_of(bomb), ["ASSAULT"])


@case
def what_no_rule_knows_is_added_and_says_so(folder):
    added = events_of("date 2025-03-03\n\nProtests are held in Lima against the war.\n")
    equal([(e["event_type"], e["rule"], e["judge"]["rule_type"]) for e in added], [("PROTEST", "judge", None)])
    equal(0 < added[0]["judge"]["score"] <= 1, True)
    # whoever protests is of the place, and is not the state
    equal([(a["code"], a["via"]) for a in added[0]["actors"]], [("PERCVL", "inferred")])


@case
def what_is_told_goes_on_behind_a_voice_amid_it(folder):
    text = "date 2025-03-03\n\nThe unions of Uganda{} will hold protests in Lima against the war.\n"
    equal(types_of(text.format("")), ["PROTEST"])
    equal(types_of(text.format(", the officials said on Monday,")), ["PROTEST"])


@case
def switched_off_the_rules_speak_alone(folder):
    text = "date 2025-03-03\n\nTurkey accused Greece of violating its airspace.\n"
    for event in events_of(text, "--judge", "off", "--sides", "rules"):
        equal("judge" in event, False)
        for actor in event["actors"] + event["recipients"]:
            equal(actor["via"] != "inferred", True)
    equal(all("judge" in event for event in events_of(text)), True)
    equal(dragoman("code", "--judge", "perhaps", stdin=text.encode())[0], 2)


@case
def explain_shows_what_was_dropped_and_the_evidence(folder):
    out = dragoman("explain", "Nine people are killed in a fire at a hospital in Lima, Peru.")[1]
    contains(out, "- judge: ASSAULT at \"killed\": dropped, type 0.")
    out = dragoman("explain", "Russian missiles hit Kyiv, killing four people.")[1]
    contains(out, "- judge: likeliest actor: RUS 0.")


@case
def explain_gives_each_event_the_reasons_of_its_own_rule(folder):
    n = 0
    for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "*.txt"))):
        for event in re.split(r"\n    (?=[A-Z])", dragoman("explain", path)[1])[1:]:
            rule = re.search(r"^      rule: ([^ ;]+)", event, re.M)
            told = re.search(r"^      - events: (\S+) .*gives", event, re.M)
            if rule and told:
                equal(told[1], rule[1], f"{path}: {event}")
                n += 1
    equal(n > 100, True, f"{n} events with a rule")


@case
def unsure_and_inferred_events_can_be_left_out(folder):
    text = "date 2025-03-03\n\nProtests are held in Lima against the war. Turkey accused Greece of violating its airspace.\n"
    everything = events_of(text)
    code, out, err = dragoman("code", "--inferred", "no", stdin=text.encode())
    stated = [json.loads(line) for line in out.splitlines()]
    equal(0 < len(stated) < len(everything), True)
    contains(err, " by --inferred")
    code, out, err = dragoman("code", "--min-confidence", "0.75", stdin=text.encode())
    sure = [json.loads(line) for line in out.splitlines()]
    equal(all(event["confidence"] >= 0.75 for event in sure) and 0 < len(sure) < len(everything), True)
    equal(dragoman("code", "--min-confidence", "2", stdin=text.encode())[0], 2)


GOLD = [
    ("Turkey accused Greece of violating its airspace.", "ACCUSE", "TUR", "GRC"),
    ("France praised Germany for its help.", "SUPPORT", "FRA", "DEU"),
    ("Chile demanded an apology from Peru.", "REQUEST", "CHL", "PER"),
]


def teach(folder, name, *options):
    target = os.path.join(folder, name)
    os.makedirs(target)
    lines = [json.dumps({"doc": f"s{i}", "date": "2020-01-01", "text": text, "events": [
        {"quote": text.rstrip("."), "event_type": kind, "actors": [a], "recipients": [r]}]})
        for i, (text, kind, a, r) in enumerate(GOLD * 4)]
    lines += [json.dumps({"id": f"n{i}", "date": "2020-01-01", "text": "The team won the final."}) for i in range(4)]
    gold = write(folder, "gold.jsonl", "\n".join(lines) + "\n")
    return target, dragoman("train", "judge", "-o", target, *options, gold)


@case
def the_judge_is_taught_by_coded_stories(folder):
    first, (code, out, err) = teach(folder, "one")
    equal((code, out), (0, ""), err)
    contains(err, "16 stories, 0 left out")
    second = teach(folder, "two", "-j", "2")[0]
    for name in ("judge.tsv", "perceptron.tsv", "sides.tsv", "parties.tsv"):
        tables = [open(os.path.join(d, name), encoding="utf-8").read() for d in (first, second)]
        equal(tables[0], tables[1])
        contains(tables[0], "input\tweights\n" if name == "perceptron.tsv" else "feature\tweights\n")
    equal(teach(folder, "three", "--folds", "2", "--fold", "2")[1][0], 2)


@case
def all_of_a_folder_is_learned_from(folder):
    where, (code, out, err) = teach(folder, "one", "--aside", "1")
    equal((code, out, os.listdir(where)), (2, "", []))
    contains(err, "0 stories, 16 left out\ndragoman: there is no story to learn from")
    for i, name in enumerate((folder, os.path.join(folder, "one", "..") + "/")):
        contains(teach(folder, f"all{i}", "--aside", "1", "--all-of", name)[1][2], "16 stories, 0 left out")
    contains(teach(folder, "other", "--aside", "1", "--all-of", where)[1][2], "0 stories, 16 left out")
    for i, name in enumerate((os.path.join(folder, "none"), __file__)):
        code, out, err = teach(folder, f"bad{i}", "--all-of", name)[1]
        equal(code, 2)
        contains(err, f"{name}: --all-of needs a folder")


@case
def gold_that_is_none_is_named(folder):
    bad = write(folder, "bad.jsonl", '{"id": "a", "text": "x", "events": []}\n{"id": "b"}\n')
    code, out, err = dragoman("train", "judge", "-o", folder, bad)
    equal((code, out), (2, ""))
    contains(err, "bad.jsonl:2: not a story: it has no \"text\"")


@case
def what_cannot_be_read_or_says_nothing_teaches_nothing(folder):
    """Whoever learns has nothing to do without its files: they all exit with 2 then and write nothing."""
    none, empty = os.path.join(folder, "none"), write(folder, "empty", "")
    out = os.path.join(folder, "out")
    head = write(folder, "head", "sentence_id\tmarked_sentence\tgold_root\n")
    teach_relate = ("relate", "--examples", "off", "-o", out)
    trainer = [(("parser", "--model", out), none, f"{none}: cannot be opened: No such file or directory")]
    for words, path, told in trainer * os.path.exists(PROGRAM + "-train") + [
            (("judge", "-o", folder), none, f"{none}: cannot be opened: No such file or directory"),
            (("judge", "-o", folder), empty, "there is no story to learn from"),
            (("confidence", "-o", out), none, f"{none}: cannot be opened: No such file or directory"),
            (("confidence", "-o", out), empty, "there is no coded event to learn from"),
            (("confidence", "--measure"), empty, "there is no coded event to learn from"),
            (teach_relate, none, f"{none}: cannot be opened: No such file or directory"),
            (teach_relate, head, "there is no sentence to learn from"),
            (("segmenter", "--model", out), none, f"{none}: cannot be opened: No such file or directory")]:
        equal(dragoman("train", *words, path), (2, "", f"dragoman: {told}\n"), words)
    equal(sorted(os.listdir(folder)), ["empty", "head"])


if __name__ == "__main__":
    sys.exit(main())
