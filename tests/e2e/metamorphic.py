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
    "China imposed sanctions on two Japanese companies. Japan protested to China.",
    "Turkey threatened to close its border with Poland. Polish ministers met in Warsaw.",
    "Sudan accused Vietnam of espionage. Vietnam freed a Sudanese pilot.",
    # How a long sentence hangs together, the day that goes on, whom a pronoun means.
    "Rebels of the Red Sword attacked a police station near the border with Sudan on Sunday night, killing four officers and wounding "
    "at least nine civilians who had taken shelter in the yard. They burned two cars and fled.",
    "On February 27 the government of Uganda expelled two Kenyan diplomats. The police raided the home of a lawyer. Soldiers arrested three men.",
    "A court in Lima sentenced the former mayor, two of his aides and a businessman from Bolivia to nine years in prison over the sale of land.",
    "At least 12 people were killed and dozens wounded in a drone strike by the Sudanese army on a market in the town of Nyala.",
    "Polish and Lithuanian warships began a joint exercise in the Baltic Sea amid growing fears of an attack on undersea cables.",
    "Serbian protesters threw stones at the building of the state television and clashed with riot police, who used tear gas and "
    "arrested 30 of them.",
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
    holds("state", stories(), 15)


@case
def the_weather_changes_nothing(folder):
    holds("weather", stories() + list(examples()), 70)


@case
def a_negation_changes_the_polarity_of_its_clause(folder):
    holds("negation", stories(), 24)


@case
def what_officials_said_is_on_their_word(folder):
    holds("officials", stories(), 24)


UNWILLING = {
    "A Serbian foreign ministry spokesperson says that Serbia will not agree to give its gold reserves to Norway.": "agree",
    "A Peruvian foreign ministry spokesman says that Peru will not agree to give its lithium to Chile.": "agree",
    "Kenya will not agree to return the ships to Somalia.": "agree",
    "The Ghanaian president said that Ghana will not sign a treaty with Togo.": "sign",
    "Mongolia will not join the exercise of the Chinese army.": "join",
    "Bolivia's foreign minister said on Monday that Bolivia will not accept the proposal of Chile.": "accept",
    "Latvia will not negotiate with Belarus.": "negotiate",
    "Chad did not agree to withdraw its troops from Libya.": "agree",
}


@case
def what_somebody_will_not_do_is_never_told_as_if_he_would(folder):
    """It is REJECT, or negated: the judge may take the one for the other, and loses neither."""
    rows = [{"id": text, "date": "2020-03-02", "text": text} for text in UNWILLING]
    told = {text: [e for e in events if UNWILLING[text] in e["trigger"]["text"]]
            for text, events in metamorphic.code(os.path.abspath(PROGRAM), rows).items()}
    for text, events in told.items():
        for event in events:
            equal(event["event_type"] == "REJECT" or event["polarity"] == "negated", True,
                  f"{text}: {event['event_type']} {event['polarity']}")
    equal(sum(map(bool, told.values())) >= 6, True, f"most of them are told: {told}")


sys.exit(main())
