#!/usr/bin/env python3
"""Laws that need no gold: texts are changed so that it is known what may change in their events, and what else changed
is a violation.

    bench/metamorphic.py [DATA] [-p PROGRAM] [-n 500] [--law state|weather|negation|officials] [--errors CLASS]

state      another state throughout (name, adjective, capital; the other's forms are built alike): names and codes change
weather    a sentence about the weather at the beginning, in the middle, at the end: offsets and numbers of sentences
negation   the finite verb of a main clause is negated: the polarity of the events that rest on it (`refusal`: it became a
           REJECT, as the codebook has it of those who do not accept)
officials  ", officials said" ends a sentence without attributions: its events gain that voice, but for those of clauses
           between commas, which are the report's own

DATA is a folder with JSON Lines of dated texts (`id`, `date`, `text`; default ../shared/data/raw), of which -n are drawn,
the same each time. Those whose id has a CRC-32 divisible by 3 are kept aside: they are counted, but --errors lists what is
wrong in the others alone. A row is a class of violation: how many events have it, of those of the changed sentence where one
is changed (what changes in other sentences then counts as `elsewhere`), else of all. The last number of either is how many
of these stand where the parser hangs other words of the sentence elsewhere than before."""
import argparse, glob, json, os, random, re, subprocess, sys, tempfile, zlib
from collections import Counter, defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLES = os.environ.get("DRAGOMAN_TABLES", os.path.join(ROOT, "data"))
PROGRAM = os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman"))
SHARED = os.environ.get("DRAGOMAN_SHARED", os.path.join(ROOT, "..", "shared", "data"))
SPEECH = {"say", "tell", "report", "add", "announce", "claim", "state", "note", "warn", "confirm", "accord", "declare"}
WEATHER = ["The weather was mild and dry.", "It rained a little.", "A light wind blew.", "The sky was clear.",
           "Clouds hung low over the hills.", "It was warm and sunny."]


# ---- running the program, and its trees

def run(program, command, stories, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps({k: s[k] for k in ("id", "date", "text")}) + "\n" for s in stories)
        f.flush()
        done = subprocess.run([program, command, "-q", "--language", "any", "--tables", TABLES, "-j", "2", *options, f.name],
                              capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout


def code(program, stories):
    """-> {id: events in the order of the text}"""
    found = {s["id"]: [] for s in stories}
    for event in map(json.loads, run(program, "code", stories, "-f", "jsonl").splitlines()):
        found[event["story_id"]].append(event)
    return found


def parse(program, stories):
    """-> {id: sentences}, a sentence being its words, a word a dict; `head` is None for the root"""
    trees, story = {}, None
    for line in run(program, "parse", stories).splitlines():
        cells = line.split("\t")
        if line.startswith("# newdoc id = "):
            story = trees.setdefault(line.removeprefix("# newdoc id = "), [])
        elif line.startswith("# sent_id"):
            story.append([])
        elif len(cells) == 10 and cells[0].isdigit():
            begin, end = map(int, re.search(r"TokenRange=(\d+):(\d+)", cells[9]).groups())
            story[-1].append({"id": int(cells[0]), "form": cells[1], "lemma": cells[2], "upos": cells[3], "feats": cells[5],
                              "head": int(cells[6]), "deprel": cells[7], "begin": begin, "end": end})
    return trees


# ---- edits: a text and where its characters went

class Edit:
    """Replacements [(begin, end, by)] in a text; `at` maps an offset of the old text to one of the new."""

    def __init__(self, text, replacements):
        self.moves, out, done = [], [], 0
        for begin, end, by in sorted(replacements):
            out += [text[done:begin], by]
            self.moves.append((begin, end, len(by)))
            done = end
        self.text = "".join(out) + text[done:]

    def at(self, offset):
        """where the character at an offset went"""
        return self._moved(offset, [m for m in self.moves if m[1] <= offset])

    def behind(self, end):
        """where a span that ended there ends now: what is put in at its end does not belong to it"""
        return self._moved(end, [m for m in self.moves if m[1] <= end and m[0] < end])

    @staticmethod
    def _moved(offset, moves):
        return offset + sum(length - (end - begin) for begin, end, length in moves)


# ---- (a) another state

AMBIGUOUS = {"Georgia", "Jordan", "Chad", "Niger", "Nigeria", "Guinea", "Mali", "Dominica", "Congo", "Cuba", "Ireland"}
ENDINGS = [("", "n"), ("", "i"), ("", "ian"), ("", "ese"), ("a", "ese"), ("", "an"), ("land", "lish"), ("", "ish")]


def table(name):
    with open(os.path.join(TABLES, name), encoding="utf-8") as f:
        lines = [re.split(r"\t+", line.rstrip("\n")) for line in f if line.strip() and line[0] != "#"]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def pattern(name, adjective):
    """how the adjective is made of the name, or None"""
    return next(((old, new) for old, new in ENDINGS if name.endswith(old) and adjective == name[:len(name) - len(old)] + new), None)


def states():
    """-> {country: (name, adjective, capital)} of which each is one word, and {group of like states: countries}"""
    forms, large = defaultdict(lambda: defaultdict(list)), set()
    for row in table("actors/countries.tsv"):
        if row.get("to", "-") == "-":
            forms[row["country"]][row["kind"]].append(row["phrase"])
    for row in table("places/places.tsv"):
        if int(row["population"]) >= 300000:
            large.add((row["country"], row["name"]))
    chosen, groups = {}, defaultdict(list)
    for country, kinds in sorted(forms.items()):
        names, adjectives, capitals = ([w for w in kinds[k] if w.isalpha()] for k in ("name", "adjective", "capital"))
        made = names and adjectives and capitals and pattern(names[0], adjectives[0])
        if made and (country, capitals[0]) in large and names[0] not in AMBIGUOUS:
            chosen[country] = names[0], adjectives[0], capitals[0]
            groups[made, names[0][0] in "AEIOU"].append(country)
    return chosen, groups


def known_phrases():
    """-> {phrase: countries}: everything in the tables that belongs to a state; of persons, the last name too"""
    known = defaultdict(set)
    for name, keys in (("actors/countries.tsv", ("phrase",)), ("actors/groups.tsv", ("phrase",)), ("actors/organisations.tsv", ("name", "also")),
                       ("actors/offices.tsv", ("person", "also")), ("places/places.tsv", ("name", "also")), ("places/regions.tsv", ("name", "also")),
                       ("places/aliases.tsv", ("name", "also"))):
        for row in table(name):
            for phrase in (p for key in keys for p in re.split(r"[|;]", row.get(key, "-"))):
                known[phrase].add(row.get("country"))
                if "person" in row:
                    known[phrase.split()[-1]].add(row["country"])
    return known


def countries_in(text, known, forms):
    """-> countries of which the text has a phrase that is none of these forms"""
    words = [(m.start(), m.end()) for m in re.finditer(r"[\w.]*\w", text)]
    found = set()
    for i, (begin, _) in enumerate(words):
        for _, end in words[i:i + 6] if text[begin].isupper() else []:
            phrase = text[begin:end]
            if phrase not in forms and phrase in known:
                # A name of which the state's own is a part, "the Syrian Observatory", cannot be changed in part.
                found |= known[phrase] | ({"part"} if any(form in phrase.split() for form in forms) else set())
    return found


def state_variants(stories, trees, events, rng):
    chosen, groups = states()
    known = known_phrases()
    group_of = {c: members for members in groups.values() for c in members}
    for story in stories:
        text = story["text"]
        for country in sorted(chosen):
            name, adjective, capital = chosen[country]
            if not re.search(rf"\b(?:{name}|{adjective})\b", text):
                continue
            forms = {name, adjective, adjective + "s", capital}
            others = [c for c in group_of[country] if c != country]
            if not others or re.search(rf"\b(?:{'|'.join(forms)})\b".upper(), text) or re.search(rf"\b(?:North|South|East|West|New)\w* (?:{name}|{adjective})", text):
                continue
            other = rng.choice(others)
            if {country, other, "part"} & countries_in(text, known, forms):
                continue
            new = dict(zip((name, adjective, adjective + "s", capital), (chosen[other][0], chosen[other][1], chosen[other][1] + "s", chosen[other][2])))
            edit = Edit(text, [(m.start(), m.end(), new[m[0]]) for m in re.finditer(rf"\b(?:{'|'.join(sorted(forms, key=len, reverse=True))})\b", text)])
            yield Variant(story, f"{country}-{other}", edit, codes=(country, other))


# ---- (b) weather

def weather_variants(stories, trees, events, rng):
    for story in stories:
        sentences = trees[story["id"]]
        if not sentences:
            continue
        # A pronoun would look at what was put before it: "The sky was clear. They fled."
        inner = [i for i in range(1, len(sentences)) if sentences[i - 1][-1]["form"] in (".", "!", "?") and not any("PronType=Prs" in w["feats"] for w in sentences[i])]
        middle = rng.choice(inner) if inner else None
        said = rng.choice(WEATHER)
        yield Variant(story, "beginning", Edit(story["text"], [(0, 0, said + " ")]), inserted=0)
        if middle:
            at = sentences[middle][0]["begin"]
            yield Variant(story, "middle", Edit(story["text"], [(at, at, said + " ")]), inserted=middle)
        at = len(story["text"].rstrip())
        yield Variant(story, "end", Edit(story["text"], [(at, at, " " + said)]), inserted=len(sentences))


# ---- (c) negation

def negation(words, verb):
    """-> replacement that negates a finite clause with this verb, or None where that is not done by a word"""
    children = [w for w in words if w["head"] == verb["id"]]
    auxiliaries = [w for w in children if w["deprel"] in ("aux", "aux:pass")]
    if any("Polarity=Neg" in w["feats"] or w["lemma"] in ("not", "never", "no", "hardly", "only") or w["deprel"] in ("cop", "expl", "parataxis")
           or (w["deprel"] == "conj" and not any(c["head"] == w["id"] and c["deprel"].startswith("nsubj") for c in words)) for w in children):
        return None
    if not any(w["deprel"].startswith("nsubj") for w in children):
        return None
    if auxiliaries:
        first = auxiliaries[0]
        return (first["end"], first["end"], " not") if "VerbForm=Fin" in first["feats"] and first["form"].isalpha() else None
    if "VerbForm=Fin" not in verb["feats"] or not verb["lemma"].isalpha():
        return None
    does = "did" if "Tense=Past" in verb["feats"] else "does" if "Person=3" in verb["feats"] and "Number=Sing" in verb["feats"] else "do"
    return verb["begin"], verb["end"], f"{does} not {verb['lemma']}"


def below(words, verb, relations):
    """words of the clauses that depend on a verb by these relations"""
    found = {w["id"] for w in words if w["head"] == verb["id"] and w["deprel"].split(":")[0] in relations}
    while True:
        more = {w["id"] for w in words if w["head"] in found} - found
        if not more:
            return [w for w in words if w["id"] in found]
        found |= more


def is_below(words, word, top):
    for _ in words:
        if word["id"] == top or word["head"] == 0:
            break
        word = words[word["head"] - 1]
    return word["id"] == top


def overlaps(event, word):
    return event["trigger"]["begin"] < word["end"] and word["begin"] < event["trigger"]["end"]


def negation_variants(stories, trees, events, rng):
    for story in stories:
        for words in trees[story["id"]]:
            verb = next((w for w in words if w["head"] == 0 and w["upos"] == "VERB"), None)
            resting = [e for e in events[story["id"]] if verb and overlaps(e, verb)]
            by = verb and negation(words, verb)
            if by and resting and all(e["polarity"] == "affirmed" for e in resting):
                # What becomes of a complement is the verb's own affair: "did not manage to" and "did not regret to" differ, as do
                # "did not confirm the raid" and "did not deny" it; and clauses of purpose and manner are within the "not".
                complement = below(words, verb, {"xcomp", "ccomp", "advcl"})
                ids = {e["event_id"] for e in resting}
                yield Variant(story, f"negated-{verb['begin']}", Edit(story["text"], [by]), verb=verb, changed=(words[0]["begin"], words[-1]["end"]),
                              unasked=[e for e in events[story["id"]] if e not in resting
                                       and (e["content_of"] in ids or any(overlaps(e, w) for w in complement))])


# ---- (d) officials

def officials_variants(stories, trees, events, rng):
    for story in stories:
        text = story["text"]
        for words in trees[story["id"]]:
            begin, end = words[0]["begin"], words[-1]["end"]
            inside = [e for e in events[story["id"]] if begin <= e["trigger"]["begin"] < end]
            root = next(w for w in words if w["head"] == 0)
            if (inside and words[-1]["form"] == "." and root["upos"] == "VERB" and not re.search(r"[\"“”:;]", text[begin:end])
                    and not any(e["attribution"] for e in inside) and not any(w["lemma"] in SPEECH for w in words)
                    and not any("Person=1" in w["feats"] or "Person=2" in w["feats"] for w in words)):  # "I", officials said
                at = words[-1]["begin"]
                relative = [w["id"] for w in words if w["deprel"] == "acl:relcl"]
                added = [w["end"] for top in relative for w in words if is_below(words, w, top)]
                yield Variant(story, f"said-{at}", Edit(text, [(at, at, ", officials said")]), changed=(begin, end), added=added)


# ---- what changed

class Variant:
    def __init__(self, story, name, edit, codes=None, inserted=None, verb=None, changed=None, unasked=(), added=()):
        self.added = added
        self.old, self.edit, self.codes, self.inserted, self.verb, self.changed = story, edit, codes, inserted, verb, changed
        self.unasked = list(unasked)
        self.new = {"id": f"{story['id']}|{name}", "date": story["date"], "text": edit.text}

    def view(self, event, events, is_old):
        """What may be compared of an event: offsets as in the new text, codes of the new state, references by trigger"""
        at, to = (self.edit.at, self.edit.behind) if is_old else (lambda offset: offset,) * 2
        trigger_of = {e["event_id"]: at(e["trigger"]["begin"]) for e in events}

        def code_of(code):
            return self.codes[1] + code[3:] if is_old and code and self.codes and code[:3] == self.codes[0] else code

        def side(s):
            return s and (at(s["begin"]), to(s["end"]), code_of(s["code"]), s["via"])
        sentence = event["sentence"] + (is_old and self.inserted is not None and event["sentence"] >= self.inserted)
        condition = event["condition"]
        view = {
            "type": event["event_type"], "mode": event["event_mode"], "contexts": event["contexts"],
            "scale": [event[k] for k in ("cameo", "quad", "goldstein", "intensity")],
            "actors": [side(s) for s in event["actors"]], "recipients": [side(s) for s in event["recipients"]],
            "polarity": event["polarity"], "status": event["status"], "historical": event["historical"],
            "condition": condition and (at(condition["begin"]), to(condition["end"])),
            "attribution": [(side(v["speaker"]), at(v["begin"]), v["kind"]) for v in event["attribution"]],
            "content of": trigger_of.get(event["content_of"]), "contradicts": sorted(trigger_of.get(c, -1) for c in event["contradicts"]),
            "day": (event["event_date"], event["event_date_end"]),
            "places": [(at(p["begin"]), code_of(p["country"]), p["precision"], p["basis"]) for p in event["locations"]],
            "size": {k: (v["min"], v["max"]) for k, v in event["size"].items()} if "size" in event else None,
            "trigger": (at(event["trigger"]["begin"]), to(event["trigger"]["end"])), "sentence": sentence,
        }
        return view

    def is_asked(self, event):
        return not (event in self.unasked or self.changed and not self.changed[0] <= event["trigger"]["begin"] < self.changed[1])

    def expected(self, event, events):
        view = self.view(event, events, True)
        if self.verb and overlaps(event, self.verb):
            view["polarity"] = "negated"
        return view


IGNORED = {"state": set(), "weather": set(), "negation": {"contradicts"}, "officials": {"attribution", "contradicts"}}


def paired(old, new):
    """Pairs of views; None where one has no partner: first the same words and type, then the same words, then nearby ones."""
    pairs, left = [], list(new)
    for keys, reach in (("trigger", "type"), 0), (("type", "sentence"), 20), ((), 0):
        for view in [v for v in old if not any(v is p for p, _ in pairs)]:
            same = [n for n in left if all(n[k] == view[k] for k in keys)
                    and n["trigger"][0] < view["trigger"][1] + reach and view["trigger"][0] < n["trigger"][1] + reach]
            if same:
                left.remove(same[0])
                pairs.append((view, same[0]))
    return pairs + [(v, None) for v in old if not any(v is p for p, _ in pairs)] + [(None, n) for n in left]


def said_by_officials(variant, view):
    """In the sentence that officials said, the outermost voice is theirs; elsewhere there is none of theirs."""
    begin, end = variant.changed
    at = variant.edit.at(end - 1)
    inside = begin <= view["trigger"][0] < at
    return inside == any(v[1] >= at - len("officials said") and v[1] <= at for v in view["attribution"][:1])


def has_moved(variant, old, new):
    """-> {(begin, end)} of sentences, as in the new text, of which a word that the edit left alone has another head or relation"""
    words = {w["end"]: (w, words) for words in new for w in words}
    moved = set()
    for sentence in old:
        for w in sentence:
            found, inside = words.get(variant.edit.behind(w["end"]), (None, None))
            head = found and found["head"] and inside[found["head"] - 1]["end"]
            expected = w["head"] and variant.edit.behind(sentence[w["head"] - 1]["end"])
            framed = w["head"] == 0 and head and inside[found["head"] - 1]["lemma"] == "say"
            if not found or (head, found["deprel"]) != (expected, w["deprel"]) and not framed and w["deprel"] != "punct":
                moved.add((variant.edit.at(sentence[0]["begin"]), variant.edit.behind(sentence[-1]["end"])))
    return moved


def compare(law, variant, old, new, moved):
    """-> [(class, expected, found, whether its sentence has another tree)], one at most of each class and event"""
    wrong = []
    olds = [(variant.expected(e, old), e in variant.unasked) for e in old]
    unasked = [id(v) for v, no in olds if no]
    for view, found in paired([v for v, _ in olds], [variant.view(e, new, False) for e in new]):
        if id(view) in unasked:
            continue
        if not view or not found:
            wrong.append(("lost" if view else "gained", view, found))
            continue
        # The codebook has it so: who does not accept rejects.
        if law == "negation" and view["polarity"] == "negated" and found["type"] == "REJECT" and view["type"] != "REJECT":
            wrong.append(("refusal", view, found))
            continue
        wrong += [(key, view, found) for key in view if key not in IGNORED[law] and view[key] != found[key]
                  and not (key == "trigger" and variant.verb) and not (key == "scale" and view["type"] != found["type"])]
        if law == "officials" and found["trigger"][1] not in map(variant.edit.behind, variant.added) and not said_by_officials(variant, found):
            wrong.append(("voice", view, found))
    begin, end = (variant.edit.at(offset) for offset in variant.changed or (0, len(variant.old["text"])))
    rows = []
    for name, view, found in wrong:
        at = (view or found)["trigger"][0]
        rows.append((name if begin <= at < end else "elsewhere", view, found, any(b <= at < e for b, e in moved)))
    return rows


LAWS = {"state": state_variants, "weather": weather_variants, "negation": negation_variants, "officials": officials_variants}


def draw(folder, n):
    stories = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path, encoding="utf-8") as f:
            stories += [s for s in map(json.loads, f) if s.keys() >= {"id", "date", "text"}]
    return random.Random(20).sample(stories, min(n, len(stories)))


def is_aside(name):
    return zlib.crc32(name.encode()) % 3 == 0


def measure(program, stories, laws):
    """yields (law, variant, number of events compared, violations)"""
    trees, events = parse(program, stories), code(program, stories)
    for law in laws:
        variants = list(LAWS[law](stories, trees, events, random.Random(20)))
        found, parsed = code(program, [v.new for v in variants]), parse(program, [v.new for v in variants])
        for v in variants:
            old, name = events[v.old["id"]], v.new["id"]
            yield law, v, sum(map(v.is_asked, old)), compare(law, v, old, found[name], has_moved(v, trees[v.old["id"]], parsed[name]))


def shown(variant, name, expected, found):
    print(f"\n{variant.new['id']}: {name}\n  {variant.new['text'][:700]}")
    views = [v for v in (expected, found) if v]
    print("  at", [variant.new["text"][slice(*v["trigger"])] for v in views], views[0]["type"])
    for what, view in ("expected", expected), ("found", found):
        print(f"  {what:8}", view and (view["attribution" if name == "voice" else name] if name in view or name == "voice" else view))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", nargs="?", default=os.path.join(SHARED, "raw"))
    parser.add_argument("-p", "--program", default=PROGRAM)
    parser.add_argument("-n", type=int, default=500)
    parser.add_argument("--law", choices=LAWS)
    parser.add_argument("--errors", metavar="CLASS")
    given = parser.parse_args()
    stories = draw(given.data, given.n)
    if not stories:
        return print(f"skipped: {given.data} has no texts")
    events, texts, wrong, trees = Counter(), Counter(), Counter(), Counter()
    for law, variant, n, violations in measure(given.program, stories, [given.law] if given.law else LAWS):
        aside = is_aside(variant.old["id"])
        events[law, aside] += n
        texts[law, aside] += 1
        for name, expected, found, tree in violations:
            wrong[law, name, aside] += 1
            trees[law, name, aside] += tree
            if given.errors in (name, "all") and not aside:
                shown(variant, name, expected, found)
    for law in LAWS:
        if not texts[law, False] + texts[law, True]:
            continue
        print(f"\n{law}: {texts[law, False]} changed texts with {events[law, False]} events; kept aside {texts[law, True]} with {events[law, True]}")
        for name in sorted({k[1] for k in wrong if k[0] == law}, key=lambda name: -wrong[law, name, False] - wrong[law, name, True]):
            both = [f"{wrong[law, name, aside]:4} {100 * wrong[law, name, aside] / max(1, events[law, aside]):5.2f} % {trees[law, name, aside]:4}"
                    for aside in (False, True)]
            print(f"  {name:12} {both[0]}   aside {both[1]}")


if __name__ == "__main__":
    main()
