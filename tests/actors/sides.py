"""How often the sides of events are right in short invented passages (sides.tsv).

usage: sides.py PROGRAM [develop|aside] [OPTION...]

What the 30 passages of part `aside` got wrong is not shown: they are only measured on.

Without a part it runs as a test: at least LEAST of the sides asked must be right.
"""

import json
import subprocess
import sys
from pathlib import Path

LEAST = 0.60


def passages(part):
    lines = (Path(__file__).parent / "sides.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [row for row in rows if part in (None, row[0])]


def events(program, rows, options):
    stories = "".join(
        json.dumps({"id": str(i), "date": date, "text": text}) + "\n"
        for i, (_, _, date, text, _) in enumerate(rows)
    )
    command = [program, "code", "-q", "-f", "jsonl", *options]
    done = subprocess.run(command, input=stories, capture_output=True, text=True, check=True)
    out = [[] for _ in rows]
    for line in done.stdout.splitlines():
        event = json.loads(line)
        out[int(event["story_id"])].append(event)
    return out


def suits(wanted, sides):
    """Whether the coded sides are those wanted: "*", "-", or codes apart by commas, each of them
    with its variants apart by bars."""
    if wanted == "*":
        return True
    codes = {side["code"] for side in sides}
    lists = [] if wanted == "-" else [one.split("|") for one in wanted.split(",")]

    def is_one(code, variants):
        return any(code == v or (len(v) == 3 and code.startswith(v)) for v in variants)

    return all(any(is_one(c, v) for c in codes) for v in lists) and all(
        any(is_one(c, v) for v in lists) for c in codes
    )


def find(coded, word, types, actor, recipient):
    """The event meant: of the type, at the word or in its sentence; the best one of several."""
    among = [e for e in coded if e["event_type"] in types and word in e["text"]]
    among = [e for e in among if word in e["trigger"]["text"]] or among
    return max(among, default=None,
               key=lambda e: suits(actor, e["actors"]) + suits(recipient, e["recipients"]))


def pool(event, actor, recipient):
    """Who consults whom is no matter: all of them are looked for among both sides."""
    both = ",".join(side for side in (actor, recipient) if side not in ("*", "-"))
    return dict(event, actors=event["actors"] + event["recipients"]), both, "*"


def check(rows, coded, say):
    asked = right = missed = 0
    for row, found in zip(rows, coded, strict=True):
        for item in row[4].split("; "):
            word, types, actor, _, recipient = item.split(" ")
            event = find(found, word, types.split("|"), actor, recipient)
            if not event:
                missed += 1
                say(f"missed  {row[1]}: {item}")
                continue
            if event["event_type"] == "CONSULT":
                event, actor, recipient = pool(event, actor, recipient)
            for wanted, sides in ((actor, event["actors"]), (recipient, event["recipients"])):
                if wanted == "*":
                    continue
                asked += 1
                right += suits(wanted, sides)
                if not suits(wanted, sides):
                    got = ",".join(side["code"] for side in sides) or "-"
                    say(f"wrong   {row[1]}: {item}: {wanted} is {got}")
    return asked, right, missed


def main():
    program, part, options = sys.argv[1], (sys.argv[2:3] or [None])[0], sys.argv[3:]
    rows = passages(part)
    say = print if part != "aside" else (lambda _: None)
    asked, right, missed = check(rows, events(program, rows, options), say)
    print(f"{right} of {asked} sides are right; {missed} events were not seen")
    if part is None and right < LEAST * asked:
        sys.exit(1)


if __name__ == "__main__":
    main()
