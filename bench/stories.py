#!/usr/bin/env python3
"""Stories for measurements of the store, made of the example reports; the same for the same seed.

    stories.py N          N stories of permuted sentences, JSON Lines
    stories.py copies N   N originals of which each has an edited copy in other outlets, and as many stories of
                          their own; "copy_of" tells what is true
"""
import glob, json, os, random, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUTLETS = ["Northern Wire", "The Harbour Post", "Capital Daily", "Evening Ledger", "Delta Radio", "The Observer of Vale"]


def reports():
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt"))):
        text = open(path, encoding="utf-8").read()
        text = re.sub(r"^\s*date \S+\s*", "", text)
        yield [re.sub(r"\s+", " ", s).strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text) if len(s) > 30]


def day(rng):
    return f"{rng.randint(2001, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def permuted(n, rng):
    pool = [s for report in reports() for s in report]
    for i in range(n):
        text = " ".join(rng.sample(pool, rng.randint(8, 20)))
        yield {"id": f"story-{i}", "date": day(rng), "title": text[:60], "source": rng.choice(OUTLETS), "text": text}


def words_of(rng, vocabulary, n):
    return " ".join(rng.choice(vocabulary) for _ in range(n))


def fresh(rng, vocabulary):
    """A story of its own: sentences of the length of news, words of the reports by chance."""
    return [words_of(rng, vocabulary, rng.randint(10, 28)).capitalize() + "." for _ in range(rng.randint(8, 25))]


def edited(sentences, rng):
    """As desks edit: cut from the end, a new lead, words changed, sentences dropped, moved or added."""
    out = list(sentences)
    kind = rng.randrange(5)
    if kind == 0:
        out = out[:max(4, int(len(out) * rng.uniform(0.45, 0.9)))]
    if kind == 1:
        out = ["The following was reported by correspondents in the region."] + out[1:]
    if kind == 2:
        out = [s for s in out if rng.random() > 0.15] or out
    if kind == 3:
        rng.shuffle(out)
    text = " ".join(out).split(" ")
    for i in range(len(text)):
        if rng.random() < rng.choice([0, 0.01, 0.03, 0.06]):
            text[i] = rng.choice(["officials", "late", "reportedly", "on", "Monday"])
    return " ".join(text)


def copies(n, rng):
    vocabulary = sorted({w.strip('.,"').lower() for report in reports() for s in report for w in s.split()})
    # Agencies repeat themselves: a paragraph of background stands in many stories that are not one another's copies.
    background = [" ".join(fresh(rng, vocabulary)[:3]) for _ in range(20)]
    made = []
    for i in range(n):
        date = day(rng)
        story = fresh(rng, vocabulary)
        lead = [rng.choice(background)] if rng.random() < 0.5 else []
        made.append({"id": f"original-{i}", "date": date, "source": OUTLETS[0], "text": " ".join(story + lead)})
        for k in range(rng.randint(1, 3)):
            made.append({"id": f"copy-{i}-{k}", "date": date, "source": OUTLETS[1 + k], "copy_of": f"original-{i}",
                         "text": edited(story + lead, rng)})
        other = fresh(rng, vocabulary) + ([rng.choice(background)] if rng.random() < 0.5 else [])
        made.append({"id": f"other-{i}", "date": date, "source": OUTLETS[5], "text": " ".join(other)})
    return made


if __name__ == "__main__":
    rng = random.Random(2020)
    stories = copies(int(sys.argv[2]), rng) if sys.argv[1] == "copies" else permuted(int(sys.argv[1]), rng)
    for story in stories:
        print(json.dumps(story, ensure_ascii=False))
