#!/usr/bin/env python3
"""The laws of bench/metamorphic.py on sentences of our own and on the examples, where they hold exactly: another state,
a sentence about the weather, a negation and ", officials said" change what they should and nothing else."""
import glob, os, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT, case, equal, main

sys.path.insert(0, os.path.join(ROOT, "bench"))
import metamorphic

REPORTS = [
    "Russia attacked a village in Syria on Monday. Syrian soldiers fired at Russian planes near the border.",
    "Colombia recalled its ambassador from Bolivia. The Bolivian government expelled two Colombian diplomats.",
    "Israel released 40 prisoners. Kuwait praised the Israeli government.",
    "Police arrested a journalist in Kenya. Kenyan lawyers condemned the arrest.",
    "Armenia withdrew its troops from the border. Lithuania sent medicine to Armenia.",
    "The army of Uganda shelled a camp. Rebels killed three Ugandan soldiers.",
    "Thousands of students protested against the government of Serbia. The Serbian president offered talks.",
    "China imposed sanctions on two Japanese companies. Japan protested.",
    "Turkey threatened to close its border with Poland. Polish ministers met in Warsaw.",
    "Sudan accused Vietnam of espionage. Vietnam freed a Sudanese pilot.",
]


def stories():
    return [{"id": f"r{i}", "date": "2020-03-02", "text": text} for i, text in enumerate(REPORTS)]


def examples():
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt"))):
        with open(path, encoding="utf-8") as f:
            day, text = f.read().split("\n", 1)
        yield {"id": os.path.basename(path), "date": day.split()[1], "text": text.split(" - ", 1)[1]}  # from the dateline on


def holds(law, texts, least):
    """least: so many changed texts with events there must be, or this would prove nothing"""
    asked = 0
    for _, variant, n, violations in metamorphic.measure(os.path.abspath(PROGRAM), texts, [law]):
        asked += n > 0
        for name, expected, found, _ in violations:
            raise AssertionError(f"{law}, {name}: {variant.new['text'][:300]}\n  expected {expected}\n  found    {found}")
    equal(asked >= least, True, f"{law}: {asked} changed texts have events")


@case
def another_state_changes_names_and_codes(folder):
    holds("state", stories(), 10)


@case
def the_weather_changes_nothing(folder):
    holds("weather", stories() + list(examples()), 50)


@case
def a_negation_changes_the_polarity_of_its_clause(folder):
    holds("negation", stories(), 12)


@case
def what_officials_said_is_on_their_word(folder):
    holds("officials", stories(), 12)


sys.exit(main())
