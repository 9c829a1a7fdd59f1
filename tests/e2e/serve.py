#!/usr/bin/env python3
"""`dragoman serve`: every route on both engines, filters as `query` has them, what is refused, what an attacker sends."""
import gzip, http.client, json, os, random, shutil, signal, socket, subprocess, sys, threading, time
from xml.etree import ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import CASES, PROGRAM, ROOT, Skip, case, check_confined, contains, dragoman, environment, equal, main, need_confinement
from store import EXAMPLES, lines, must, on_both, stories_file

CASES.clear()  # those of store.py

TOKEN = "a-token-for-the-tests-0123456789"
STORIES = [
    {"id": "a", "date": "2020-03-02", "source": "Wire", "title": "An attack",
     "text": "Turkey attacked Armenia on Monday. France condemned the attack."},
    {"id": "b", "date": "2020-03-03", "source": "Post", "title": "A denial",
     "text": "Turkey denied that it had attacked Armenia. Armenia accused Turkey of lying."},
    {"id": "c", "date": "2020-05-11", "source": "Wire", "title": "Talks",
     "text": "Germany promised to send aid to Ukraine. Foreign ministers of Russia and Ukraine met in Minsk on Monday."},
    {"id": "d", "date": "2020-05-12", "source": "Post", "title": "More talks",
     "text": "Russia will withdraw its troops from Ukraine if Ukraine agrees to a ceasefire, President Vladimir Putin said."},
]


class Served:
    """A running server; `with` ends it and sees that it ends well."""

    def __init__(self, db, *options, env=None):
        command = [os.path.abspath(PROGRAM), "serve", "--db", db, "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=environment(**(env or {})))
        line = self.process.stdout.readline()
        if not line.startswith("http://"):
            raise AssertionError(line + self.process.communicate()[1])
        self.address = line.strip()
        self.port = int(line.rstrip("/\n").rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.end()

    def end(self, patience=30):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            _, said = self.process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the server does not end")
        equal((self.process.returncode, said), (0, ""))

    def ask(self, target, method="GET", body=None, headers=None):
        """-> status, headers, bytes"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, target, body, headers or {})
        answer = connection.getresponse()
        found = answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), answer.read()
        connection.close()
        return found

    def get(self, target, **more):
        status, headers, body = self.ask(target, **more)
        equal(status, 200, f"{target}: {body[:300]}")
        return json.loads(body)

    def refused(self, target, status, part, **more):
        found, _, body = self.ask(target, **more)
        equal(found, status, f"{target}: {body[:300]}")
        error = json.loads(body)["error"]
        equal(error["status"], status)
        contains(error["message"], part)
        return error

    def post(self, target, value, **headers):
        return self.ask(target, "POST", json.dumps(value), {"Content-Type": "application/json", **headers})

    def raw(self, data, patience=5):
        """What comes back for these bytes, until the server closes or is silent."""
        found = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as s:
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
                while part := s.recv(65536):
                    found += part
            except OSError:
                pass
            return found


def built():
    code, _, err = dragoman("serve", "--db", "/nonexistent/store.db")
    if "not built in" in err:
        raise Skip("there is no libmicrohttpd")


def filled(folder, db, stories=STORIES):
    built()
    must("ingest", "--quiet", "--db", db, stories_file(folder, stories))
    return db


# ---- answers --------------------------------------------------------------------------------------------------------

@on_both
def every_route_answers(folder, db):
    filled(folder, db)
    with Served(db) as s:
        equal(s.get("/healthz"), {"status": "ok"})
        document = s.get("/api")
        equal(document["openapi"], "3.1.0")
        about = s.get("/api/about")
        equal((about["stories"], about["since"], about["until"], about["correct"], about["code"]),
              (4, "2020-03-02", "2020-05-12", False, True))
        equal([t["quad"] for t in about["types"]], [1] * 4 + [2] * 3 + [3] * 4 + [4] * 5)
        equal([t["goldstein"] for t in about["types"] if t["type"] in ("CONSULT", "ASSAULT")], [1, -10])
        equal(len(about["model"]), 32)
        events = lines("export", "--db", db)
        equal(about["events"], len(events))
        for path, item in document["paths"].items():
            if "get" not in item or path == "/api/stream" or path in ("/metrics", "/api/events.csv", "/api/events.jsonl", "/api/events.atom"):
                continue
            if path == "/api/marks.jsonl":
                continue
            target = path.replace("{event_id}", events[0]["event_id"]).replace("{key}", "1").replace("{who}", "TUR")
            target += {"/api/series": "?country=TUR", "/api/words": "?kind=who&starts=t"}.get(path, "")
            answer = s.get(target)
            schema = item["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
            for member in schema.get("required", []):
                if member not in answer:
                    raise AssertionError(f"{target} has no {member}: {list(answer)}")
        overview = s.get("/api/overview")
        equal(overview["counts"]["reports"], len(events))
        contains(overview["sentence"], f"{len(events)} reports")
        equal(sum(sum(n) for n in overview["timeline"]["quads"].values()), len(events))
        equal(sum(overview["timeline"]["stories"]), 4)
        places = s.get("/api/places")
        equal(sum(p["n"] for p in places["places"]) + sum(places["without"].values()), len(events))
        contains(json.dumps(s.get("/api/commitments")), "Russia will withdraw")
        speakers = s.get("/api/speakers")["speakers"]
        contains(json.dumps(speakers), "Putin")
        words = s.get("/api/words?kind=who&starts=tu")["words"]
        contains(json.dumps(words), "TUR")
        equal(s.get("/api/words?kind=who&starts=%25")["words"], [])
        actor = s.get("/api/actors/Vladimir%20Putin")
        equal((actor["who"]["country"], actor["who"]["name"]), ("RUS", "Vladimir Putin"))


@on_both
def a_server_gives_up_what_it_does_not_need(folder, db):
    need_confinement()
    filled(folder, db)
    with Served(db, "--confine", "on") as s:
        s.get("/api/events")
        check_confined(s.process.pid)
    with Served(db, "--confine", "off") as s:
        with open(f"/proc/{s.process.pid}/status", encoding="utf-8") as f:
            contains(f.read(), "NoNewPrivs:\t0")


@on_both
def events_are_the_records_of_export(folder, db):
    filled(folder, db)
    with Served(db) as s:
        for query, options in [("", []), ("?country=TUR", ["--country", "TUR"]), ("?type=ASSAULT,ACCUSE", ["--type", "ASSAULT,ACCUSE"]),
                               ("?polarity=negated", ["--polarity", "negated"]), ("?quad=3,4", ["--quad", "3,4"]),
                               ("?dyad=TUR,ARM", ["--dyad", "TUR,ARM"]), ("?since=2020-05-01", ["--since", "2020-05-01"]),
                               ("?until=2020-03-02", ["--until", "2020-03-02"]), ("?speaker=none", ["--speaker", "none"]),
                               ("?text=ceasefire", ["--text", "ceasefire"]), ("?story=b", ["--story", "b"]),
                               ("?plain=yes", ["--plain"]), ("?one-a-day=yes", ["--one-a-day"]),
                               ("?actor=RUS&recipient=UKR", ["--actor", "RUS", "--recipient", "UKR"]),
                               ("?status=intended,conditional", ["--status", "intended,conditional"]),
                               ("?historical=no", ["--historical", "no"]), ("?place=BLR", ["--place", "BLR"])]:
            expected = {row["event_id"] for row in lines("query", "--db", db, "-f", "jsonl", "--limit", "0", *options)}
            answer = s.get("/api/events" + query)
            equal({e["event_id"] for e in answer["events"]}, expected, query)
            equal(answer["total"], len(expected), query)
        exported = {e["event_id"]: e for e in lines("export", "--db", db)}
        for event in s.get("/api/events")["events"]:
            for more in "key", "story_key", "reports", "outlets":
                del event[more]
            equal(event, exported[event["event_id"]])
        for source in "Wire", "Post":
            equal({e["event_id"] for e in s.get(f"/api/events?source={source}")["events"]},
                  {i for i, e in exported.items() if e["story_source"] == source})
        for p in "0.5", "0.8", "1":
            equal({e["event_id"] for e in s.get(f"/api/events?min-confidence={p}")["events"]},
                  {i for i, e in exported.items() if e["confidence"] >= float(p)}, p)
        for basis in "clause", "sentence", "clause,sentence,dateline,story":
            equal({e["event_id"] for e in s.get(f"/api/events?basis={basis}")["events"]},
                  {i for i, e in exported.items() if e["locations"] and e["locations"][0]["basis"] in basis.split(",")})
        equal(s.ask("/api/events.csv")[2].decode(), must("export", "--db", db, "-f", "csv"))
        equal(s.ask("/api/events.jsonl?country=TUR")[2].decode(), must("export", "--db", db, "--country", "TUR"))
        for per in "report", "story", "event":
            rows = [json.loads(line)["event_id"] for line in s.ask(f"/api/events.jsonl?per={per}")[2].splitlines()]
            page = s.get(f"/api/events?limit=500&per={per}")
            equal((len(rows), sorted(rows)), (page["total"], sorted(e["event_id"] for e in page["events"])), per)
        atom = "{http://www.w3.org/2005/Atom}"
        status, headers, body = s.ask("/api/events.atom?country=TUR&text=%22%3Ca%26b%22")
        equal((status, headers["content-type"]), (200, "application/atom+xml; charset=utf-8"))
        feed = ElementTree.fromstring(body)  # of no event, and with an address that XML would not have as it is
        equal((feed.find(f"{atom}link").get("href"), feed.findall(f"{atom}entry")), ("/api/events.atom?country=TUR&text=%22%3Ca%26b%22", []))
        equal(len(ElementTree.fromstring(s.ask("/api/events.atom?limit=1")[2]).findall(f"{atom}entry")), 1)
        for wrong in "limit=abc", "limit=0", "after=2020-01-01.1":
            equal(s.ask(f"/api/events.atom?{wrong}")[0], 400, wrong)
        feed = ElementTree.fromstring(s.ask("/api/events.atom?country=TUR")[2])
        turkish = {e["event_id"]: e for e in lines("export", "--db", db, "--country", "TUR")}
        entries = feed.findall(f"{atom}entry")
        equal({e.find(f"{atom}id").text for e in entries}, {f"urn:dragoman:event:{i}" for i in turkish})
        for entry in entries:
            event = turkish[entry.find(f"{atom}id").text.rsplit(":", 1)[1]]
            equal((entry.find(f"{atom}summary").text, entry.find(f"{atom}category").get("term"), entry.find(f"{atom}updated").text[:10]),
                  (event["text"], event["event_type"], event["story_date"]))
        equal(s.ask("/api/events.atom?colour=red")[0], 400)
        meta = s.get("/api/events.meta.json?country=TUR")
        equal((meta["filter"], meta["events"]), ({"country": "TUR"}, len(lines("export", "--db", db, "--country", "TUR"))))


@on_both
def lists_go_on_where_they_stopped(folder, db):
    filled(folder, db)
    with Served(db) as s:
        for what, key in [("events", "event_id"), ("stories", "key"), ("quotes", "event_id")]:
            whole = [x[key] for x in s.get(f"/api/{what}?limit=500")[what]]
            parts, after = [], None
            while True:
                page = s.get(f"/api/{what}?limit=2" + (f"&after={after}" if after else ""))
                parts += [x[key] for x in page[what]]
                after = page["next"]
                if not after:
                    break
            equal(parts, whole, what)
        s.refused("/api/events?after=2", 400, "'after' is the `next`")
        s.refused("/api/events?limit=0", 400, "from 1 to 500")


@case
def offsets_of_a_story_are_those_of_its_text(folder):
    db = os.path.join(folder, "store.db")
    built()
    must("ingest", "--quiet", "--db", db, *EXAMPLES[:3])
    with Served(db) as s:
        n = 0
        for story in s.get("/api/stories")["stories"]:
            whole = s.get(f"/api/stories/{story['key']}")
            text = whole["story"]["text"]
            for event in whole["events"]:
                for words in [event["trigger"]] + event["actors"] + event["recipients"]:
                    if words["text"] and words["begin"] < words["end"]:
                        equal(" ".join(text[words["begin"]:words["end"]].split()), " ".join(words["text"].split()))
                        n += 1
        if n < 20:
            raise AssertionError(n)


@case
def an_event_has_its_reasons_and_a_report_is_coded(folder):
    with Served(filled(folder, os.path.join(folder, "store.db"))) as s:
        event = s.get("/api/events?type=ASSAULT&polarity=affirmed")["events"][0]
        one = s.get("/api/events/" + event["event_id"])
        equal((one["event"]["event_id"], one["story"]["id"], one["mark"]), (event["event_id"], event["story_id"], None))
        contains(json.dumps(one["reasons"]), event["rule"])
        status, _, body = s.post("/api/code", {"date": "2020-03-02", "text": STORIES[0]["text"], "source": "Wire"})
        equal(status, 200, body)
        coded = json.loads(body)
        equal([e["event_type"] for e in coded["events"]],
              [e["event_type"] for e in lines("export", "--db", os.path.join(folder, "store.db"), "--story", "a")])
        equal(len(coded["reasons"]), len(coded["events"]))
        contains(" ".join(coded["reasons"][0]["text"]), coded["events"][0]["rule"])


@case
def series_tell_where_the_level_changes(folder):
    stories = []
    for week in range(40):
        day = f"2020-{1 + week * 7 // 28:02d}-{1 + week * 7 % 28:02d}"
        act = "praised" if week < 20 else "attacked"
        stories += [{"id": f"s{week}-{i}", "date": day, "text": f"Turkey {act} Armenia on Monday. This is report {week}-{i}."} for i in range(2)]
    with Served(filled(folder, os.path.join(folder, "store.db"), stories)) as s:
        found = s.get("/api/series?dyad=TUR,ARM")
        equal((found["method"], len(found["changes"]), len(found["means"])), ("PELT", 1, 2))
        equal((found["means"][0] > 0, found["means"][1] < 0, found["penalty"] > 0), (True, True, True))
        points = [i for i, g in enumerate(found["goldstein"]) if g is not None]
        first = next(i for i in points if found["goldstein"][i] < 0)
        equal(found["changes"], [first])
        s.refused("/api/series", 400, "one dyad or one country")


@on_both
def marks_are_made_only_where_that_is_wanted(folder, db):
    filled(folder, db)
    event = lines("export", "--db", db, "--type", "ASSAULT")[0]["event_id"]
    with Served(db) as s:
        equal(s.post("/api/marks", {"event_id": event, "verdict": "right"})[0], 404)
        equal(s.get("/api/marks")["marked"], 0)
    with Served(db, "--correct") as s:
        equal(s.get("/api/about")["correct"], True)
        equal(s.post("/api/marks", {"event_id": event, "verdict": "right"})[0], 200)
        equal(s.get("/api/events/" + event)["mark"]["verdict"], "right")
        equal(s.post("/api/marks", {"event_id": event, "verdict": "other", "type": "COERCE", "actors": ["TUR"], "note": "a siege"})[0], 200)
        found = s.get("/api/marks")
        equal((found["marked"], found["other"]), (1, 1))
        equal(s.post("/api/marks", {"event_id": "0" * 16, "verdict": "wrong"})[0], 404)
        equal(s.post("/api/marks", {"event_id": event, "verdict": "rihgt"})[0], 400)
        code, *_, refusal = s.post("/api/marks", {"event_id": event, "verdict": "other", "type": "COERCE", "recipients": ["XQZ"]})
        equal(code, 400)
        contains(refusal.decode(), "Neither the tables nor the store know the code 'XQZ'.")
        *_, refusal = s.post("/api/marks", {"event_id": event, "verdict": "other", "actors": ["RUSGVO"]})
        contains(refusal.decode(), "know the code 'RUSGVO'; did you mean 'RUSGOV'?")
        gold = [json.loads(line) for line in s.ask("/api/marks.jsonl")[2].splitlines()]
        equal(len(gold), 1)
    equal([m["answer"].split()[0] for m in lines("correct", "--db", db, "--list", "-f", "jsonl")], ["COERCE"])


# ---- what a client is told ------------------------------------------------------------------------------------------

@on_both
def claims_stand_beside_their_denials_with_both_sentences(folder, db):
    texts = {"a": "Turkish troops shelled a Kurdish village in Syria on Monday, Syria said.",
             "b": "Turkey denied that its troops had shelled a Kurdish village in Syria."}
    filled(folder, db, [{"id": name, "date": f"2020-03-0{day}", "source": name, "text": texts[name]}
                        for day, name in ((2, "a"), (3, "b"))])
    with Served(db) as s:
        [claim] = s.get("/api/claims")["claims"]
        equal([[(side["story_id"], side["sentence"]) for side in claim[what]] for what in ("affirmed", "denied")],
              [[("a", texts["a"])], [("b", texts["b"])]])


@case
def what_is_not_known_names_the_nearest(folder):
    with Served(filled(folder, os.path.join(folder, "store.db"))) as s:
        equal(s.refused("/api/events?typ=ASSAULT", 400, "did you mean 'type'?")["parameter"], "typ")
        equal(s.refused("/api/events?type=ASSUALT", 400, "did you mean 'ASSAULT'?")["parameter"], "type")
        s.refused("/api/events?status=actul", 400, "did you mean 'actual'?")
        s.refused("/api/events?country=TRU", 400, "country: 'TRU' is unknown")
        s.refused("/api/events?since=2020-13-01", 400, "a day as YYYY-MM-DD")
        s.refused("/api/events?dyad=TUR", 400, "two parties with a comma")
        s.refused("/api/events?min-confidence=2", 400, "0 to 1")
        s.refused("/api/events?quad=5", 400, "quad: ")
        s.refused("/api/events?type=ASSAULT&type=AID", 400, "stands there twice")
        s.refused("/api/timeline?by=wek", 400, "did you mean 'week'?")
        s.refused("/api/event", 404, "did you mean /api/events?")
        s.refused("/api/events/ffff", 404, "no event")
        s.refused("/api/stories/999", 404, "no story")
        s.refused("/api/stories/x", 404, "no story")
        s.refused("/api/actors/Nobody", 404, "Nobody")
        s.refused("/api/events", 405, "GET and HEAD only", method="DELETE")
        s.refused("/api/code", 405, "POST only")
        s.refused("/api/events?text=%22", 400, "no word to search for")
        equal(s.get("/api/events?country=NZL")["events"], [])


@case
def answers_are_compressed_and_known_again(folder):
    with Served(filled(folder, os.path.join(folder, "store.db"))) as s:
        status, headers, body = s.ask("/api/overview", headers={"Accept-Encoding": "gzip"})
        equal((status, headers["content-encoding"]), (200, "gzip"))
        equal(json.loads(gzip.decompress(body)), s.get("/api/overview"))
        equal(s.ask("/api/overview", headers={"If-None-Match": headers["etag"]})[::2], (304, b""))
        equal(s.ask("/api/overview", "HEAD")[::2], (200, b""))
        page = s.ask("/")
        equal((page[0], page[1]["content-type"]), (200, "text/html; charset=utf-8"))
        for path in "/network", "/story/1":
            equal(s.ask(path)[2], page[2], path)
        equal(s.ask("/missing.js")[0], 404)
        equal(s.ask("/../../etc/passwd.txt")[0], 404)
        for path in "/", "/api/about", "/api/nothing", "/api/stream":
            if path == "/api/stream":
                continue
            headers = s.ask(path)[1]
            contains(headers["content-security-policy"], "default-src 'none'; script-src 'self'")
            equal((headers["x-content-type-options"], "access-control-allow-origin" in headers), ("nosniff", False), path)
        contains(s.ask("/metrics")[2].decode(), "dragoman_requests_total")


# ---- who may ask ----------------------------------------------------------------------------------------------------

@case
def a_name_that_is_not_ours_is_refused(folder):
    with Served(filled(folder, os.path.join(folder, "store.db")), "--host", "page.example") as s:
        for host in "127.0.0.1", f"127.0.0.1:{s.port}", "localhost:8080", "[::1]:80", "page.example", "PAGE.example:1":
            equal(s.ask("/api/about", headers={"Host": host})[0], 200, host)
        for host in "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "", "page.example.evil":
            equal(s.ask("/api/about", headers={"Host": host})[0] in (400, 403), True, host)
        equal(s.raw(b"GET /api/about HTTP/1.0\r\n\r\n").split()[1] in (b"400", b"403"), True)
        equal(s.post("/api/code", {"date": "2020-01-01", "text": "x"}, **{"Origin": "http://evil.example"})[0], 403)
        equal(s.post("/api/code", {"date": "2020-01-01", "text": "x"}, **{"Sec-Fetch-Site": "cross-site"})[0], 403)
        equal(s.ask("/api/code", "POST", "date=1", {"Content-Type": "application/x-www-form-urlencoded"})[0], 415)


@case
def beyond_this_machine_it_needs_a_token(folder):
    db = filled(folder, os.path.join(folder, "store.db"))
    code, _, err = dragoman("serve", "--db", db, "--bind", "0.0.0.0", "--port", "0")
    equal(code, 2)
    contains(err, "give a token by --token-file")
    path = os.path.join(folder, "token")
    with open(path, "w") as f:
        f.write("a" * 300 + "\n")
    code, _, err = dragoman("serve", "--db", db, "--token-file", path)
    equal(code, 2)
    contains(err, "a token is")
    with open(path, "w") as f:
        f.write("short\n")
    code, _, err = dragoman("serve", "--db", db, "--token-file", path)
    equal(code, 2)
    contains(err, "16 to 200 letters")
    with open(path, "w") as f:
        f.write(TOKEN + "\n")
    with Served(db, "--bind", "0.0.0.0", "--token-file", path) as s:
        equal(s.ask("/healthz")[0], 200)
        for target in "/", "/api/about", "/metrics", "/api/stream":
            equal(s.ask(target)[0], 401, target)
        equal(s.ask("/api/about", headers={"Authorization": "Bearer " + TOKEN[:-1]})[0], 401)
        equal(s.ask("/api/about", headers={"Authorization": "Bearer " + TOKEN})[0], 200)
        equal(s.ask("/api/about")[0], 401)  # what is kept is not for everybody
        equal(s.ask("/?token=" + TOKEN + "x")[0], 401)
        status, headers, _ = s.ask("/?token=" + TOKEN)
        equal((status, headers["location"]), (303, "/"))
        contains(headers["set-cookie"], "HttpOnly; SameSite=Strict")
        cookie = headers["set-cookie"].split(";")[0]
        equal(s.ask("/api/about", headers={"Cookie": cookie})[0], 200)
        equal(s.ask("/api/about", headers={"Cookie": cookie, "Host": "evil.example"})[0], 403)
        equal(s.ask("/api/about", headers={"Cookie": cookie, "Host": "192.168.7.7"})[0], 200)
    with Served(db, env={"DRAGOMAN_TOKEN": TOKEN}) as s:
        equal(s.ask("/api/about")[0], 401)


@case
def what_is_posted_has_limits(folder):
    with Served(filled(folder, os.path.join(folder, "store.db"))) as s:
        report = {"date": "2020-01-01", "text": "x" * 70000}
        equal(s.post("/api/code", report)[0], 413)
        chunked = b"".join(b"1000\r\n" + b"x" * 4096 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
        found = s.raw(b"POST /api/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunked)
        contains(found.decode(), "413")
        for body, part in [("[]", "no object"), ("{", "no object"), ('{"text":"a"}', "'date' is missing"), ('{"date":"2020-01-01"}', "'text'"),
                           ('{"date":"2020-01-01","text":1}', "must be a string"), ('{"date":"1.1.2020","text":"a"}', "YYYY-MM-DD")]:
            status, _, answer = s.ask("/api/code", "POST", body, {"Content-Type": "application/json"})
            equal(status, 400, body)
            contains(json.loads(answer)["error"]["message"], part)
        statuses = [s.post("/api/code", {"date": "2020-01-01", "text": "Rain fell."})[0] for _ in range(40)]
        equal((200 in statuses, 429 in statuses), (True, True), str(statuses))


# ---- news and the end -----------------------------------------------------------------------------------------------

@on_both
def news_is_told_while_stories_come(folder, db):
    filled(folder, db, STORIES[:2])
    with Served(db) as s:
        before = s.get("/api/about")["stories"]
        listener = http.client.HTTPConnection("127.0.0.1", s.port, timeout=60)
        listener.request("GET", "/api/stream")
        answer = listener.getresponse()
        equal((answer.status, answer.getheader("content-type")), (200, "text/event-stream"))
        equal(answer.readline(), b"retry: 3000\n")
        must("ingest", "--quiet", "--db", db, stories_file(folder, STORIES, "more.jsonl"))
        line = b""
        while not line.startswith(b"data:"):
            line = answer.readline()
        news = json.loads(line[5:])
        equal((news["n"] > 0, news["until"]), (True, "2020-05-12"))
        equal((before, s.get("/api/about")["stories"]), (2, 4))
        events = s.get("/api/events?limit=1")["events"]  # of which one is taken apart from what it counts as
        must("split", "--db", db, events[0]["event_id"])
        line = b""
        while not line.startswith(b"data:"):
            line = answer.readline()
        equal(json.loads(line[5:])["n"], 0)
        begun = time.monotonic()
        s.end()
        equal(time.monotonic() - begun < 10, True)
        listener.close()


@case
def who_was_asked_before_the_end_is_answered(folder):
    s = Served(filled(folder, os.path.join(folder, "store.db")))
    statuses = []
    threads = [threading.Thread(target=lambda i=i: statuses.append(s.ask(f"/api/overview?text=attacked{'+attacked' * i}")[0])) for i in range(8)]
    for t in threads:
        t.start()
    time.sleep(0.3)
    s.process.send_signal(signal.SIGTERM)
    for t in threads:
        t.join()
    equal(set(statuses), {200})
    s.end()


@case
def a_port_that_is_taken_is_named(folder):
    db = filled(folder, os.path.join(folder, "store.db"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = dragoman("serve", "--db", db, "--port", str(taken.getsockname()[1]))
        equal(code, 1)
        contains(err, "cannot listen on 127.0.0.1")
    with Served(db) as s:
        code, _, err = dragoman("serve", "--db", db, "--port", str(s.port))
        equal(code, 1)
        contains(err, "cannot listen on 127.0.0.1")
    code, _, err = dragoman("serve", "--db", os.path.join(folder, "none.db"))
    equal(code, 2)
    contains(err, "there is no store")
    equal(os.path.exists(os.path.join(folder, "none.db")), False)


# ---- attackers ------------------------------------------------------------------------------------------------------

BAD = ["'", '"', "' OR 1=1 --", "%00", "%ff", "%", "%zz", "a" * 3000, "../../../etc/passwd", "\\", ";", "$1", "?", "%27%3BDROP%20TABLE%20events%3B--",
       "-1", "99999999999999999999", "1e999", "nan", "%F0%9F%92%A3", "%0d%0aSet-Cookie:x=1", "TUR,", ",", ",,,,", "TUR," * 100, "%22%22", "*", "NEAR(", "a%20AND"]


def hostile(random_, document):
    """One request as an attacker sends it, as bytes."""
    paths = list(document["paths"]) + ["/", "/x.js", "//", "/api//events", "/%2e%2e/x", "/api/events/" + "f" * 2000]
    names = [p["name"] for item in document["paths"].values() for p in item.get("get", {}).get("parameters", [])]
    path = random_.choice(paths)
    for hole in "{event_id}", "{key}", "{who}":
        path = path.replace(hole, random_.choice(BAD).replace(" ", "%20"))
    query = "&".join(random_.choice(names + ["x", ""]) + random_.choice(["=", ""]) + random_.choice(BAD).replace(" ", "%20")
                     for _ in range(random_.choice([0, 1, 1, 2, 5, 60])))
    method = random_.choice(["GET"] * 8 + ["HEAD", "POST", "PUT", "TRACE", "get", "\x00"])
    headers = "".join(f"{random_.choice(['Accept-Encoding', 'Cookie', 'If-None-Match', 'Content-Length', 'Expect', 'X', 'Range', 'Authorization', 'Origin', 'Transfer-Encoding'])}: "
                      f"{random_.choice(['gzip', '*', 'x' * 5000, '-1', '99999999999', 'bytes=0-', 'chunked', '100-continue', 'dragoman=x'])}\r\n"
                      for _ in range(random_.choice([0, 0, 1, 3])))
    body = random_.choice(["", "{", "[" * 10000, '{"text":' + '"a' * 50, "x" * 100000])
    host = random_.choice(["localhost"] * 6 + ["evil", "", "localhost\r\nHost: evil"])
    return f"{method} {path}?{query} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Type: application/json\r\n\r\n{body}".encode("utf-8", "replace")


@case
def a_thousand_hostile_requests_change_nothing(folder):
    db = filled(folder, os.path.join(folder, "store.db"))
    before = must("export", "--db", db)
    n = int(os.environ.get("DRAGOMAN_HOSTILE", "1000"))
    with Served(db) as s:
        document = s.get("/api")
        held = [socket.create_connection(("127.0.0.1", s.port)) for _ in range(200)]
        for i, slow in enumerate(held):
            slow.sendall(b"POST /api/code HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"[:20 + i % 50])
        slowest, five_hundreds, done, answered = [0.0], [], [], []

        def attack(seed):
            random_ = random.Random(seed)
            for _ in range(n // 8):
                data = hostile(random_, document)
                answer = s.raw(data, 0.3)
                done.append(seed)
                if answer:
                    answered.append(seed)
                if answer.split(b" ", 2)[1:2] == [b"500"]:
                    five_hundreds.append((data[:300], answer[-300:]))
        threads = [threading.Thread(target=attack, args=(seed,)) for seed in range(8)]
        for t in threads:
            t.start()
        while any(t.is_alive() for t in threads):
            begun = time.monotonic()
            equal(s.ask("/healthz")[0], 200)
            slowest[0] = max(slowest[0], time.monotonic() - begun)
            time.sleep(0.05)
        equal((five_hundreds, len(done), len(answered) > n // 4), ([], n // 8 * 8, True), f"{len(answered)} answers")
        equal(slowest[0] < 5, True, f"{slowest[0]} s")  # 1 s on a machine that has nothing else to do
        for slow in held:
            slow.close()
    equal(must("export", "--db", db), before)


@case
def the_description_is_openapi_3_1(folder):
    with Served(filled(folder, os.path.join(folder, "store.db"))) as s:
        document = s.get("/api")
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    equal(len(ids), len(set(ids)))
    for folder_ in os.path.join(ROOT, "web"), ROOT:
        tool = os.path.join(folder_, "node_modules", "@seriousme", "openapi-schema-validator")
        if os.path.isdir(tool) and shutil.which("node"):
            break
    else:
        raise Skip("there is no @seriousme/openapi-schema-validator in web/node_modules")
    script = ("import { Validator } from '@seriousme/openapi-schema-validator';"
              "let text = ''; for await (const part of process.stdin) text += part;"
              "const found = await new Validator().validate(JSON.parse(text));"
              "if (!found.valid) { console.log(JSON.stringify(found.errors)); process.exit(1) }")
    done = subprocess.run(["node", "--input-type=module", "-e", script], input=json.dumps(document), text=True, cwd=folder_, capture_output=True)
    equal((done.returncode, done.stdout), (0, ""), done.stderr)


if __name__ == "__main__":
    sys.exit(main())
