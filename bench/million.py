#!/usr/bin/env python3
"""An SQLite store of a million events, made without the coder, and the time of the questions that a page asks.

    million.py FILE [N]    makes FILE where it is not there (the tables by `dragoman ingest`), then measures
"""
import datetime, json, os, random, sqlite3, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
COUNTRIES = """USA RUS CHN GBR FRA DEU IRN ISR UKR TUR IND PAK SYR IRQ AFG SAU EGY JPN KOR PRK AZE ARM GEO SRB ITA ESP POL
NGA SDN ETH SOM YEM LBY LBN PSE COL VEN MEX BRA ARG CUB ZAF KEN MLI NER TCD CMR COD RWA UGA VNM PHL IDN THA MMR BGD LKA
NPL AUS CAN GRC CYP BGR ROU HUN MDA BLR KAZ UZB TKM TJK KGZ QAT ARE OMN KWT BHR JOR MAR DZA TUN""".split()
TYPES = [("AGREE", 1), ("CONSULT", 1), ("SUPPORT", 1), ("COOPERATE", 2), ("AID", 2), ("RETREAT", 2), ("REQUEST", 3),
         ("ACCUSE", 3), ("REJECT", 3), ("THREATEN", 3), ("PROTEST", 4), ("SANCTION", 4), ("COERCE", 4), ("ASSAULT", 4)]
WORDS = "ceasefire sanctions border troops minister talks summit embassy pipeline election rebels convoy missile aid".split()
COMMON = "said on the of in to government officials president told reporters after that would not have been".split()


def someone(rng):  # Zipf's law over countries
    return COUNTRIES[min(int(rng.paretovariate(0.7)) - 1, 10 ** 6) % len(COUNTRIES)]


def make(path, n):
    subprocess.run([PROGRAM, "ingest", "--db", path, os.devnull], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rng = random.Random(7)
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-400000")
    db.execute("INSERT INTO runs VALUES (1, 'bench', 'bench', '2020-01-01T00:00:00Z')")
    days = [f"{y}-{m:02}-{d:02}" for y in range(2001, 2021) for m in range(1, 13) for d in range(1, 29)]
    event, kinds = 0, {}
    one = json.dumps({"id": "one", "date": "2020-03-02", "text": "Turkey attacked Armenia on Monday."})
    record = json.loads(subprocess.run([PROGRAM, "code"], input=one, capture_output=True, text=True).stdout)
    kind_of = lambda *columns: kinds.setdefault(columns, len(kinds) + 1)
    number = lambda *names: hash(names) & (2 ** 47 - 1)
    epoch = datetime.date(1970, 1, 1)
    for story in range(1, n // 10 + 1):
        date = days[rng.randrange(len(days))]
        day = (datetime.date.fromisoformat(date) - epoch).days
        text = " ".join(rng.choice(WORDS if rng.random() < 0.1 else COMMON) for _ in range(200))
        db.execute("INSERT INTO stories VALUES (?,?,1,0,?,?,?,?,?,?,?)",
                   (story, story, f"{story:032x}", f"s{story}", date, text[:50], f"outlet {rng.randrange(50)}", None, text))
        db.execute("INSERT INTO stories_text (rowid, title, text) VALUES (?,?,?)", (story, text[:50], text))
        rows = {"events": [], "roles": [], "event_countries": [], "dyads": [],
                "sentences": [(story, i, at, at + 100, at, at + 100) for i, at in enumerate(range(0, 1000, 100))],
                "voices": [], "spots": []}
        first = event + 1
        for sentence in range(10):
            event += 1
            a, r = someone(rng), someone(rng)
            kind, quad = rng.choice(TYPES)
            plain = int(rng.random() < 0.6)
            status = "actual" if plain else rng.choice(["intended", "possible", "requested"])
            polarity = "affirmed" if rng.random() < 0.96 else "negated"
            said = int(not plain and rng.random() < 0.5)
            k = kind_of(kind, quad, polarity, status, 0, said, plain)
            rows["events"].append((event, story, rng.getrandbits(46), hash((a, r, kind)) & (2 ** 31 - 1), day, quad, sentence, 0, said, plain,
                                   date, kind, polarity, status, rng.choice([-10.0, -2.0, 1.0, 3.4]), rng.choice([-9.0, 2.5]), rng.randrange(20, 100) / 100,
                                   f"{event:016x}", None, "story", None, "010", "words", "rule:1", None, None, None, event))
            for role, who in enumerate((a, r)):
                rows["roles"].append((event, role, 0, number(who), int(role == 0 or a != r), 0, 3, "name", who))
            if said:
                rows["voices"].append((event, 0, "said", number(someone(rng)), "officials", "said"))
            if rng.random() < 0.7:
                rows["spots"].append((event, 0, rng.randrange(1, 601), rng.choice(["clause", "sentence", "dateline"])))
            for who in {a, r}:
                rows["event_countries"].append((who, day, event, k))
            if a != r:
                rows["dyads"].append((a, r, day, event, k))
        line = "".join(json.dumps({
            **record, "event_id": f"{row[0]:016x}", "story_id": f"s{story}", "story_date": date, "story_source": None,
            "text": text[:200], "event_date": date, "event_type": row[11], "quad": row[5], "polarity": row[12],
            "status": row[13], "confidence": row[16]}) + "\n" for row in rows["events"])
        db.execute("INSERT INTO records VALUES (?,?,?)", (story, first, b"\0" + line.encode()))
        for table, values in rows.items():
            db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(values[0]))})", values) if values else None
        if story % 2000 == 0:
            db.commit()
    db.executemany("INSERT INTO kinds VALUES (?,?,?,?,?,?,?,?)", [(k, *columns) for columns, k in kinds.items()])
    db.executemany("INSERT INTO somebody VALUES (?,?,?,?,?,?,?)",
                   [(number(who), who + "GOV", who, "GOV", who, None, who) for who in set(COUNTRIES)])
    db.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?)",
                   [(n, f"town {n}", COUNTRIES[n % len(COUNTRIES)], None, "city", rng.randrange(-600, 600) / 10,
                     rng.randrange(-1800, 1800) / 10, n) for n in range(1, 601)])
    db.execute("INSERT INTO day_sums SELECT e.day, k.kind, count(*) FROM events e JOIN kinds k USING"
               " (type, quad, polarity, status, historical, attributed, plain) GROUP BY 1, 2")
    for period in "substr(e.date, 1, 7)", "substr(e.date, 1, 4)", "''":
        db.execute(f"INSERT INTO dyad_sums SELECT {period}, d.actor, d.recipient, e.quad, e.plain, count(*), sum(goldstein),"
                   " sum(intensity) FROM dyads d JOIN events e ON e.event = d.event GROUP BY 1, 2, 3, 4, 5")
    db.commit()
    db.execute("INSERT INTO stories_text (stories_text) VALUES ('optimize')")
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


QUESTIONS = {
    "dyad by month, the largest dyad": ["--dyad", "USA,RUS", "--by", "month"],
    "dyad by month, a small dyad": ["--dyad", "TUR,ARM", "--by", "month"],
    "latest events of the largest country": ["--country", "USA", "-n", "50"],
    "latest events of a small country": ["--country", "TUN", "-n", "50"],
    "latest plain assaults of a country": ["--country", "SYR", "--type", "ASSAULT", "--plain", "-n", "50"],
    "text, a common word": ["--text", "ceasefire", "-n", "50"],
    "text, a phrase": ["--text", '"missile convoy talks"', "-n", "50"],
    "top dyads": ["--by", "dyad", "-n", "20"],
    "top dyads, plain, quad 4": ["--by", "dyad", "--plain", "--quad", "4", "-n", "20"],
    "a month's events by day": ["--since", "2015-03-01", "--until", "2015-03-31", "--by", "day"],
    "all by year": ["--by", "year"],
    "all by type": ["--by", "type"],
    "negated by month": ["--polarity", "negated", "--by", "month"],
    "the largest country by year": ["--country", "USA", "--by", "year"],
}

def across(path):
    for command in "claims", "commitments":
        begun = time.monotonic()
        done = subprocess.run([PROGRAM, command, "--db", path], capture_output=True, check=True)
        print(f"{command:42} {(time.monotonic() - begun) * 1000:8.1f} ms  {done.stdout.count(10):6} answers", flush=True)


if __name__ == "__main__":
    path, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    if not os.path.exists(path):
        begun = time.monotonic()
        make(path, n)
        print(f"made {n} events in {time.monotonic() - begun:.0f} s, {os.path.getsize(path) / 1e6:.0f} MB")
    for name, arguments in QUESTIONS.items():
        times = []
        for _ in range(5):
            begun = time.monotonic()
            done = subprocess.run([PROGRAM, "query", "--db", path, *arguments], capture_output=True, check=True)
            times.append((time.monotonic() - begun) * 1000)
        print(f"{name:42} {sorted(times)[2]:8.1f} ms  {done.stdout.count(10) - 1:6} rows", flush=True)
    across(path)
