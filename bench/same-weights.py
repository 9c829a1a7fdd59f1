#!/usr/bin/env python3
"""Points for src/store/alike.c: logistic regression over the evidence that two reports tell one event.

    bench/same-weights.py [NEWS.db]     prints ten times the log odds of each piece of evidence

Learned from what is developed on of bench/same*.jsonl (the halves kept aside are not looked at): of a true pair the two
events that are most alike so far, of a near miss all that could be one. Of NEWS.db, a store of raw news, pairs of events
count as different that share hardly a word, each a little; those of bench/same-marked.tsv, which are of a collection that
is not part of the project, as they were marked. What contradicts (another town, other actors, an arrest of nine and of
thirteen) is never one event and not learned. Weights are drawn towards PRIOR, which is what they were before, by PULL.
"""
import collections, itertools, json, math, os, re, sqlite3, subprocess, sys, tempfile, zlib
from datetime import date

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "build/release/src/cli/dragoman")
PULL, ROUNDS, TURNS = 2, 250, 4
# The second report of these tells of the first's event, too.
TOLD_AFTER_ALL = {"p056", "p082", "q054"}
MUTUAL = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE"}
KIN = {frozenset(("AGREE", "SUPPORT")): "deals", frozenset(("ASSAULT", "PROTEST")): "unrest"}
PRIOR = {"none": -.4, "day both": .7, "day one": 0, "day neither": -2.6, "day after": -.2, "day after, told later": -.8,
         "recipients codes": 1, "recipients contained": .4, "recipients nobody": .6, "recipients one": -.2, "recipients others": -1.8,
         "actors nobody": .4, "actors one": .2, "parties codes": .7, "parties contained": .5, "parties sides": .3, "place same": .8,
         "place near": .3, "sizes agree": .6, "sizes meet": .6, "not actual": -.8, "not actual, kin": -.2, "kin deals": -1.6,
         "kin unrest": -2, "words": 1, "other numbers": -.3}

WORD = re.compile("[A-Za-z\u0080-\uffff]+")
SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
NUMBERS = {w: i + 2 for i, w in enumerate(SMALL.split())}
NUMBERS.update((w, 10 * i + 20) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split()))


def stem(word):
    word = word.lower()
    n = len(word) - (len(word) > 5 and word.endswith("s"))
    for least, end in (6, "ed"), (7, "ing"), (5, "e"):
        if n > least and word[:n].endswith(end):
            return word[:n - len(end)]
    return word[:n]


def words_of(text, most=60):
    return {stem(w) for w in [w for w in WORD.findall(text) if len(w.encode()) >= 4][:most]}


def idle_words():
    with open(os.path.join(ROOT, "src/store/tellings.c"), encoding="utf-8") as f:
        source = f.read()
    begin = source.index("idle_words[] =")
    return words_of("".join(re.findall('"([^"]*)"', source[begin:source.index(";", begin)])), most=None)


def numbers_of(text):
    figures = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)}
    return {n for n in figures if not 1900 <= n <= 2100} | {NUMBERS[w] for w in map(str.lower, WORD.findall(text)) if w in NUMBERS}


def day_number(text):
    return date.fromisoformat(text[:10]).toordinal() - date(1970, 1, 1).toordinal() if text else 0


def events_of(db, idle):
    """-> {event: what is known of it}"""
    ask = sqlite3.connect(db).execute
    events = {}
    for event, event_id, story, story_id, original, day, kind, polarity, status, first, last, basis, told, begin, end, text in ask(
            "SELECT e.event, e.event_id, e.story, s.story_id, s.original, e.day, e.type, e.polarity, e.status, e.date, e.date_end,"
            " e.date_basis, s.date, b.begin_byte - s.begin_byte, b.end_byte - s.begin_byte, s.text FROM events e JOIN stories s"
            " ON s.story = e.story LEFT JOIN sentences b ON b.story = e.story AND b.sentence = e.sentence WHERE e.day IS NOT NULL"):
        sentence = text.encode()[begin:end].decode() if begin is not None else ""
        events[event] = {"event": event, "id": event_id, "story": story, "story_id": story_id, "original": original, "day": day,
                         "type": kind, "negated": polarity == "negated", "actual": status == "actual", "spans": last not in (None, "", first),
                         "dated": basis not in (None, "", "story"), "told": day_number(told), "roles": ([], []), "place": None,
                         "sizes": {}, "words": words_of(sentence) - idle, "numbers": numbers_of(sentence), "all words": words_of(sentence)}
    for event, role, code, side in ask("SELECT r.event, r.role, w.code, w.side FROM roles r JOIN somebody w ON w.who = r.who"):
        if side and event in events:
            events[event]["roles"][role != 0].append((code, side))
    for event, *place in ask("SELECT l.event, l.basis, p.name, p.country, p.admin1, p.precision, p.lat, p.lon, p.geonames_id FROM spots l"
                             " JOIN places p ON p.place = l.place WHERE l.place_in_list = 0"):
        if event in events:
            events[event]["place"] = dict(zip(("basis", "name", "country", "admin1", "precision", "lat", "lon", "id"), place))
    for event, size, least, most in ask("SELECT event, size, least, most FROM sizes"):
        if event in events and size != "money":
            events[event]["sizes"][size] = (least or 0, math.inf if most is None else most)
    return events


# ---- evidence ------------------------------------------------------------------------------------


def sides_of(e, roles=(0, 1)):
    return {side for role in roles for _, side in e["roles"][role]}


def compare_sides(a, b, roles):
    one, other = ([who for role in roles for who in e["roles"][role]] for e in (a, b))
    if not one or not other:
        return "one" if one or other else "nobody"
    if {code for code, _ in one} == {code for code, _ in other}:
        return "codes"
    one, other = sides_of(a, roles), sides_of(b, roles)
    if one == other:
        return "sides"
    return "contained" if one <= other or other <= one else "overlap" if one & other else "others"


def compare_places(a, b):
    p, q = a["place"], b["place"]
    if not p or not q or not p["country"] or not q["country"]:
        return None
    stated = all(place["basis"] in ("clause", "sentence") for place in (p, q))
    wide = any(place["precision"] in ("country", "admin1") for place in (p, q))
    both = any(words_of(place["name"]) and words_of(place["name"]) <= e["all words"] for place, e in ((p, b), (q, a)))
    other = None if not stated else "void" if both and not wide else "never"
    if p["country"] != q["country"]:
        return other
    if "country" in (p["precision"], q["precision"]):
        return None
    if (p["id"] and p["id"] == q["id"]) or p["name"] == q["name"]:
        return "near" if p["precision"] == "admin1" else "same"
    if not wide and None not in (p["lat"], q["lat"]) and abs(p["lat"] - q["lat"]) + abs(p["lon"] - q["lon"]) < .3:
        return "near"
    if p["admin1"] and q["admin1"] and p["admin1"] != q["admin1"]:
        return other
    return "near" if (p["precision"] == "admin1") != (q["precision"] == "admin1") else other


def compare_sizes(a, b):
    found = None
    for size in sorted(set(a["sizes"]) & set(b["sizes"])):
        (x, most_x), (y, most_y) = a["sizes"][size], b["sizes"][size]
        corrected = size in ("dead", "injured") and 0 < x < 1.5 * y and 0 < y < 1.5 * x
        if x == y and x >= 4:
            return "agree"
        found = "never" if not (x <= most_y and y <= most_x) and not corrected else found or "meet"
    return found


def compare_days(a, b):
    if a["day"] == b["day"]:
        return ("neither", "one", "both")[a["dated"] + b["dated"]]
    early, late = sorted((a, b), key=lambda e: e["day"])
    fits = late["day"] == early["day"] + 1 == late["told"] and early["dated"] and not late["dated"]
    if not fits or not early["day"] <= early["told"] <= early["day"] + 3:
        return None
    return "after" if early["told"] <= late["day"] else "after, told later"


def evidence_of(a, b):
    """-> {evidence: how much}; None: never"""
    kin = KIN.get(frozenset((a["type"], b["type"]))) if a["type"] != b["type"] else ""
    day, place, size = compare_days(a, b), compare_places(a, b), compare_sizes(a, b)
    if kin is None or day is None or "never" in (place, size) or a["negated"] != b["negated"] or a["spans"] or b["spans"]:
        return None
    if not sides_of(a) & sides_of(b):
        return None
    found = collections.Counter()
    if {a["type"], b["type"]} <= MUTUAL:
        parties = compare_sides(a, b, (0, 1))
        if parties == "overlap":
            return None
        found["parties " + parties] = 1
    else:
        actors, recipients = compare_sides(a, b, (0,)), compare_sides(a, b, (1,))
        if actors == "others":
            return None
        found["actors " + actors] = found["recipients " + recipients] = 1
        found["at home"] = recipients == "sides" and len(sides_of(a) | sides_of(b)) == 1
    found["day " + day] = 1
    found["kin " + kin] = kin != ""
    found["not actual" + (", kin" if kin else "")] = a["actual"] != b["actual"]
    found[f"place {place}"] = place is not None
    found[f"sizes {size}"] = size is not None
    common, shorter = len(a["words"] & b["words"]), min(len(a["words"]), len(b["words"])) or 1
    found["words"] = 5 * max(0, min(common / shorter, .43 * common) - .25)
    found["other numbers"] = bool(size is None and a["numbers"] and b["numbers"] and not a["numbers"] & b["numbers"])
    neutral = ("actors codes", "actors sides", "actors contained", "actors overlap", "recipients sides", "recipients overlap")
    return {k: v for k, v in found.items() if v and k not in neutral}


# ---- examples ------------------------------------------------------------------------------------


def pairs_of(name, idle, folder):
    """-> (pair, evidence of each two events that could be one)"""
    with open(os.path.join(ROOT, "bench", name + ".jsonl"), encoding="utf-8") as f:
        pairs = [p for p in map(json.loads, f) if name == "same-more" or zlib.crc32(p["id"].encode()) % 2]
    stories, db = os.path.join(folder, name + ".jsonl"), os.path.join(folder, name + ".db")
    with open(stories, "w", encoding="utf-8") as f:
        for p in pairs:
            for side in "ab":
                f.write(json.dumps({"id": p["id"] + side, **p[side]}) + "\n")
    subprocess.run([PROGRAM, "ingest", "-q", "--db", db, "--tables", os.path.join(ROOT, "data"), stories], check=True)
    told = collections.defaultdict(list)
    for e in events_of(db, idle).values():
        told[e["story_id"]].append(e)
    for p in pairs:
        could = (evidence_of(a, b) for a in told[p["id"] + "a"] for b in told[p["id"] + "b"])
        yield p, [x for x in could if x]


def marks():
    with open(os.path.join(ROOT, "bench/same-marked.tsv"), encoding="utf-8") as f:
        rows = [line.split() for line in f if not line.startswith("#")]
    return {frozenset(ids): mark == "one" for *ids, mark in rows}


def news_of(db, idle):
    """-> (evidence, whether it is one, how much it counts)"""
    marked, days = marks(), collections.defaultdict(list)
    for e in events_of(db, idle).values():
        days[e["day"]].append(e)
    for day in sorted(days):
        of_day = itertools.combinations(days[day], 2)
        for a, b in itertools.chain(of_day, itertools.product(days[day], days.get(day + 1, []))):
            found = evidence_of(a, b) if a["original"] != b["original"] else None
            mark = marked.get(frozenset((a["id"], b["id"])))
            if found and mark is not None:
                yield found, mark, 1
            elif found and len(a["words"] & b["words"]) <= 2:
                yield found, False, .04


# ---- learning ------------------------------------------------------------------------------------


def odds(weights, evidence):
    return weights["none"] + sum(weights[k] * v for k, v in evidence.items())


def fit(examples):
    weights, speed = collections.defaultdict(float, PRIOR), collections.defaultdict(float)
    total = sum(counts for _, _, counts in examples)
    for _ in range(ROUNDS):
        slope = collections.defaultdict(float)
        for evidence, one, counts in examples:
            error = counts * (1 / (1 + math.exp(-max(-30, min(30, odds(weights, evidence))))) - one)
            slope["none"] += error
            for k, v in evidence.items():
                slope[k] += error * v
        for k in set(slope) | set(weights):
            pull = PULL * (weights[k] - PRIOR.get(k, 0)) if k != "none" else 0
            speed[k] = .9 * speed[k] - 2 * (slope[k] + pull) / total
            weights[k] += speed[k]
    return weights


def main():
    idle = idle_words()
    with tempfile.TemporaryDirectory() as folder:
        pairs = [x for name in ("same", "same-more", "same-again") for x in pairs_of(name, idle, folder)]
    news = list(news_of(sys.argv[1], idle)) if len(sys.argv) > 1 else []
    weights = collections.defaultdict(float, PRIOR)
    for _ in range(TURNS):
        examples = list(news)
        for p, could in pairs:
            if p["same"] and could:
                examples.append((max(could, key=lambda x: odds(weights, x)), True, 1))
            elif p["id"] not in TOLD_AFTER_ALL:
                examples += [(x, False, len(could) ** -.5) for x in could]
        weights = fit(examples)
    for k in sorted(weights):
        print(f"{10 * weights[k]:5.0f}  {k}")


main()
