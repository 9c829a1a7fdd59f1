#!/usr/bin/env python3
"""Reports give the same events however wide their lines are wrapped.

Fifteen reports of ours, one paragraph a line, are wrapped at many widths, in several ways, and coded
again. Events are compared by type, sides, polarity and status. Run by hand, it prints the figure of
each width; `wrapped.py FILE...` compares other dated texts instead, without a threshold.
"""
import collections, json, os, re, sys, tempfile, textwrap

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import ROOT, case, dragoman, equal, main

WIDTHS = 60, 72, 80, 100, 110, 120, 140, 160
ENOUGH = 0.99
NEVER = 1000000
BELFAST = """date 1998-04-11

BELFAST - The parties in Northern Ireland signed a peace agreement on Friday after talks led by former U.S. senator \
George Mitchell. Britain promised to withdraw troops if the ceasefire held. A spokesman for Sinn Fein denied that the \
Irish Republican Army had attacked police in Derry.
"""


def reports():
    """The examples, the README's report and three one-paragraph stories: 15 in all."""
    folder = os.path.join(ROOT, "examples")
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".txt")]
    files += [os.path.join(ROOT, "tests", "golden", name) for name in
              ("actors/statement.txt", "actors/presidents-rival.txt", "claims/who-said-what.txt")]
    return [open(name, encoding="utf-8").read() for name in files] + [BELFAST]


# ---- ways to wrap


def wrap(report, width, indent=""):
    """Each line of the report, which is a paragraph, on lines of at most so many columns."""
    def lines(paragraph):
        return textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "".join((indent + line).rstrip() + "\n" for paragraph in report.splitlines() for line in lines(paragraph))


def indented(report, width):
    return wrap(report, width, "    ")


def with_carriage_returns(report, width):
    return wrap(report, width).replace("\n", "\r\n")


def on_the_date_line(report, width):
    """The first paragraph goes on where the date ends; the title is left out."""
    head, _, body = report.partition("\n\n")
    return wrap(head[:len("date YYYY-MM-DD")] + " " + body if body else report, width)


def with_characters_that_nobody_sees(report, width):
    """Hyphenation and marks of direction, in the long words, as pages have them."""
    return re.sub(r"\b(\w{3})(\w{4,})\b", "\\1\u00ad\u200b\u2060\\2", wrap(report, width))


def without_blank_lines(report, width):
    """Paragraphs told apart by their short last lines only, or by nothing where those are full."""
    return re.sub(r"\n\n+", "\n", wrap(report, width))


# ---- what is compared


def events(texts, folder, name):
    """-> a bag of (report, type, mode, actors, recipients, polarity, status)"""
    for i, text in enumerate(texts):
        with open(os.path.join(folder, f"{i}.txt"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    code, out, err = dragoman("code", *[os.path.join(folder, f"{i}.txt") for i in range(len(texts))])
    equal((code, err), (0, ""), name)
    def sides(actors):
        return tuple(sorted(actor["code"] for actor in actors))
    return collections.Counter(
        (e["story_id"], e["event_type"], e["event_mode"], sides(e["actors"]), sides(e["recipients"]), e["polarity"], e["status"])
        for e in map(json.loads, out.splitlines()))


def compare(texts, way, folder, widths):
    """-> the share of the larger bag that both have; a line for each width"""
    plain = events([way(text, NEVER) for text in texts], folder, "not wrapped")
    same = total = 0
    for width in widths:
        wrapped = events([way(text, width) for text in texts], folder, f"{way.__name__} at {width}")
        n, of = sum((plain & wrapped).values()), max(sum(plain.values()), sum(wrapped.values()))
        print(f"    {way.__name__} at {width}: {n} of {of} events, {n / of:.1%}")
        for event, times in sorted(((plain - wrapped) + (wrapped - plain)).items(), key=repr) if "-v" in sys.argv else []:
            print("       ", "lost" if plain[event] > wrapped[event] else "new ", event)
        same, total = same + n, total + of
    print(f"    {way.__name__}: {same / total:.2%} of {total}")
    return same / total


def check(way, folder, widths):
    texts = reports()
    equal(len(texts), 15)
    share = compare(texts, way, folder, widths)
    if share < ENOUGH:
        raise AssertionError(f"{share:.2%} of the events are the same, not {ENOUGH:.0%}")


@case
def wrapped_reports_give_the_same_events(folder):
    check(wrap, folder, WIDTHS)


@case
def wrapped_reports_that_are_indented_give_the_same_events(folder):
    check(indented, folder, (72, 113))


@case
def wrapped_reports_with_carriage_returns_give_the_same_events(folder):
    check(with_carriage_returns, folder, (72, 120))


@case
def wrapped_reports_with_characters_that_nobody_sees_give_the_same_events(folder):
    check(with_characters_that_nobody_sees, folder, (60, 96))


@case
def wrapped_reports_that_begin_on_the_date_line_give_the_same_events(folder):
    check(on_the_date_line, folder, (60, 80, 117))


@case
def names_of_actors_are_on_one_line(folder):
    def names(report):
        with open(os.path.join(folder, "report.txt"), "w", encoding="utf-8") as file:
            file.write(report)
        events = map(json.loads, dragoman("code", "report.txt", cwd=folder)[1].splitlines())
        return [side["name"] for e in events for side in e["actors"] + e["recipients"]]
    for report in reports():
        equal(names(wrap(report, 60)), names(report))


if __name__ == "__main__":
    files = [name for name in sys.argv[1:] if os.path.exists(name)]
    if files:
        with tempfile.TemporaryDirectory() as folder:
            texts = [open(name, encoding="utf-8").read() for name in files]
            for way in wrap, indented, without_blank_lines:
                compare(texts, way, folder, WIDTHS)
        sys.exit(0)
    sys.exit(main())
