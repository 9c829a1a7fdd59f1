#!/usr/bin/env python3
"""`dragoman watch` as a newsroom would run it: folders in which files grow, and feeds of a server on loopback that
answers as servers do, and as they should not."""
import atexit, gzip, http.server, json, os, re, signal, sqlite3, subprocess, sys, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, PROGRAM, SECOND, Skip, case, contains, dragoman, equal, main, write
from servers import wait_for

OUTSIDE = {"NO_PROXY": "*"}


class Web:
    """Answers each path with (code, headers, body), or as a function of the request's headers says; notes requests."""

    def __init__(self):
        self.pages, self.asked = {}, []
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                web.asked.append((self.path, dict(self.headers), time.monotonic()))
                page = web.pages.get(self.path, (404, {}, b""))
                code, headers, body = page(self.headers) if callable(page) else page
                body = body.encode() if isinstance(body, str) else body
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked had enough

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self):
        return [path for path, _, _ in self.asked]


def item(n, text=LEAD, guid=True):
    id_of = f"<guid>story-{n}</guid>" if guid else ""
    return (f"<item><title>Story {n}</title><link>http://news.example/{n}</link>{id_of}"
            f"<pubDate>Fri, 02 Oct 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>")


def rss(*items, title="Border Wire"):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def stories(db):
    with sqlite3.connect(db) as connection:
        return sorted(connection.execute("SELECT story_id, source, url FROM stories"))


def n_stories(db):
    """also of a store that is being made"""
    try:
        return len(stories(db)) if os.path.exists(db) else 0
    except sqlite3.OperationalError:
        return 0


class Watched:
    """A list of feeds, or a folder, and a store of its own."""

    def __init__(self, folder, *lines):
        self.db = os.path.join(folder, "news.db")
        self.path = write(folder, "feeds.txt", "".join(line + "\n" for line in lines)) if lines else os.path.join(folder, "in")
        self.state = self.path + ".state"

    def once(self, *arguments, code=0, say=""):
        """one look -> the numbers of its line: of feeds (or files), then of stories"""
        found, out, err = dragoman("watch", self.path, "--db", self.db, "--once", "--settle", "1", *arguments, env=OUTSIDE)
        if "without libcurl" in err:
            raise Skip("there is no libcurl")
        equal(found, code, err)
        equal(re.search(say, err) is not None if say else err, True if say else "")
        what, kept = out[len(self.path):].split(";")
        return [[int(n) for n in re.findall(r"\d+", part)] for part in (what, kept)]

    def run(self, *arguments):
        process = subprocess.Popen([os.path.abspath(PROGRAM), "watch", self.path, "--db", self.db, *arguments], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **OUTSIDE})
        atexit.register(process.kill)  # a case that fails leaves none behind
        return process


# ---- folders


@case
def a_folder_s_files_are_read_once_and_again_when_they_change(folder):
    w = Watched(folder)
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}")
    write(folder, "in/deep/b.txt", f"date 2020-10-03\n{SECOND}")
    write(folder, "in/.hidden.txt", f"date 2020-10-03\n{SECOND}")
    write(folder, "in/empty.txt", "")
    equal(w.once(), [[3, 2, 0], [2, 2, 0, 0]])
    equal(w.once(), [[3, 0, 0], [0, 0, 0, 0]])
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}\n\ndate 2020-10-04\n{SECOND}")
    equal(w.once(), [[3, 1, 0], [2, 1, 1, 0]])
    equal([s[0] for s in stories(w.db)], ["a", "a-2", "b"])


@case
def a_file_that_grows_is_left_until_it_stands_still(folder):
    w = Watched(folder)
    path = write(folder, "in/a.txt", "date 2020-10-02\n")
    write(folder, "in/b.txt", f"date 2020-10-03\n{SECOND}")
    growing = True

    def grow():
        while growing:
            with open(path, "a") as f:
                f.write(LEAD + " ")
            time.sleep(0.1)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        equal(w.once(), [[2, 1, 1], [1, 1, 0, 0]])
    finally:
        growing = False
        writer.join()
    equal([s[0] for s in stories(w.db)], ["b"])
    equal(w.once(), [[2, 1, 0], [1, 1, 0, 0]])


@case
def another_store_has_all_of_the_folder_anew(folder):
    w = Watched(folder)
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}")
    equal(w.once()[0], [1, 1, 0])
    w.db += "2"
    equal(w.once(), [[1, 1, 0], [1, 1, 0, 0]])


@case
def a_state_that_is_none_is_said_and_left_as_it_is(folder):
    w = Watched(folder)
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}")
    write(folder, "in.state", "stories I must keep")
    code, out, err = dragoman("watch", w.path, "--db", w.db, "--once")
    equal((code, out), (1, ""))
    contains(err, "this is no state of `dragoman watch`")
    equal(open(w.state).read(), "stories I must keep")


@case
def a_folder_that_is_away_has_lost_no_files(folder):
    w = Watched(folder)
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}")
    equal(w.once()[0], [1, 1, 0])
    os.rename(w.path, w.path + ".away")
    code, out, err = dragoman("watch", w.path, "--db", w.db, "--once")
    equal((code, out), (1, ""))
    contains(err, "No such file")
    os.rename(w.path + ".away", w.path)
    equal(w.once()[0], [1, 0, 0])
    os.remove(os.path.join(w.path, "a.txt"))
    equal(w.once()[0], [0, 0, 0])
    equal(json.load(open(w.state))["files"], {})


@case
def files_that_come_while_it_watches_are_read_and_sigterm_ends_it(folder):
    w = Watched(folder)
    write(folder, "in/a.txt", f"date 2020-10-02\n{LEAD}")
    process = w.run("--every", "1", "--settle", "0")
    contains(process.stdout.readline(), "1 new or changed")
    write(folder, "in/b.txt", f"date 2020-10-03\n{SECOND}")
    wait_for("the second story", lambda: n_stories(w.db) == 2)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    equal((process.returncode, err), (0, "dragoman: stopped; the same command goes on\n"))


@case
def sigterm_ends_between_stories_and_nothing_is_lost_or_doubled(folder):
    w = Watched(folder)
    for n in range(600):
        write(folder, f"in/{n:03}.txt", f"date 2020-10-02\n{LEAD} {SECOND} It was day {n}.")
    process = w.run("--settle", "0")
    wait_for("a first batch", lambda: n_stories(w.db) > 0)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    equal(process.returncode, 0)
    before = len(stories(w.db))
    equal(0 < before < 600, True, before)
    w.once("--jobs", "2")
    equal(len(stories(w.db)), 600)


# ---- feeds


@case
def items_become_stories_and_the_list_may_name_the_source(folder):
    web = Web()
    atom = ('<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Desk</title><entry><id>tag:a,1</id><title>T</title>'
            '<link href="http://news.example/atom"/><updated>2020-10-02T10:00:00Z</updated>'
            f'<content type="html">&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>')
    web.pages = {"/rss": (200, {}, rss(item(1))), "/atom": (200, {}, atom)}
    w = Watched(folder, "# feeds", "", f"{web.url}/rss", f"{web.url}/atom   The Other Desk ")
    equal(w.once(), [[2, 2, 0, 0, 0], [2, 2, 0, 0]])
    equal(stories(w.db), [("story-1", "Border Wire", "http://news.example/1"),
                          ("tag:a,1", "The Other Desk", "http://news.example/atom")])
    equal(web.asked[1][2] - web.asked[0][2] >= 0.95, True, "requests to one host keep a distance")
    contains(web.asked[0][1]["User-Agent"], "dragoman/")


@case
def a_feed_that_has_not_changed_is_not_sent_again(folder):
    web = Web()
    day = "Fri, 02 Oct 2020 10:00:00 GMT"

    def page(headers):
        same = headers.get("If-None-Match") == '"v1"' and headers.get("If-Modified-Since") == day
        return (304, {}, b"") if same else (200, {"ETag": '"v1"', "Last-Modified": day}, rss(item(1)))

    web.pages = {"/rss": page}
    w = Watched(folder, f"{web.url}/rss")
    equal(w.once(), [[1, 1, 0, 0, 0], [1, 1, 0, 0]])
    equal(w.once(), [[1, 0, 1, 0, 0], [0, 0, 0, 0]])
    equal(w.once("--state", os.path.join(folder, "other")), [[1, 1, 0, 0, 0], [1, 0, 1, 0]])


@case
def a_new_item_is_stored_and_the_others_are_known_also_without_an_id(folder):
    web = Web()
    w = Watched(folder, f"{web.url}/rss")
    web.pages = {"/rss": (200, {}, rss(item(1, guid=False)))}
    equal(w.once()[1], [1, 1, 0, 0])
    web.pages = {"/rss": (200, {}, rss(item(2, SECOND, guid=False), item(1, guid=False)))}
    equal(w.once()[1], [2, 1, 1, 0])


@case
def an_item_that_is_there_twice_is_stored_once(folder):
    web = Web()
    web.pages = {"/rss": (200, {}, rss(item(1), item(2, SECOND), item(1)))}
    w = Watched(folder, f"{web.url}/rss")
    equal(w.once()[1], [3, 2, 1, 0])
    equal(len(stories(w.db)), 2)


@case
def a_server_that_has_too_much_to_do_is_left_alone_as_long_as_it_says(folder):
    web = Web()
    web.pages = {"/a": (429, {"Retry-After": "3"}, ""), "/b": (200, {}, rss(item(1)))}
    w = Watched(folder, f"{web.url}/a", f"{web.url}/b")
    equal(w.once(code=1, say="the server answers 429 and is left alone for 3 s"), [[2, 0, 0, 1, 1], [0, 0, 0, 0]])
    web.pages["/a"] = web.pages["/b"]
    equal(w.once(), [[2, 0, 0, 0, 2], [0, 0, 0, 0]])
    equal(web.paths(), ["/a"])
    time.sleep(3.1)
    equal(w.once(), [[2, 2, 0, 0, 0], [2, 1, 1, 0]])


@case
def what_fails_again_is_left_alone_for_longer(folder):
    web = Web()
    w = Watched(folder, f"{web.url}/a")
    for seconds in 1800, 3600, 7200:
        web.pages = {"/a": (500, {}, "")}
        equal(w.once(code=1, say=f"answers 500 and is left alone for {seconds} s")[0], [1, 0, 0, 1, 0])
        state = json.load(open(w.state))
        state["feeds"][f"{web.url}/a"]["until"] = 0  # as if the time had passed
        write(folder, "feeds.txt.state", json.dumps(state))
    web.pages = {"/a": (200, {}, rss(item(1)))}
    equal(w.once()[0], [1, 1, 0, 0, 0])
    equal(json.load(open(w.state))["feeds"][f"{web.url}/a"]["failures"], 0)


@case
def a_server_that_is_not_there_is_a_failure_and_the_others_are_asked(folder):
    web, gone = Web(), Web()
    gone.server.shutdown()
    gone.server.server_close()
    web.pages = {"/a": (200, {}, rss(item(1)))}
    w = Watched(folder, f"{gone.url}/a", f"{web.url}/a")
    equal(w.once(code=1, say="the feed is left alone for 1800 s"), [[2, 1, 0, 1, 0], [1, 1, 0, 0]])


@case
def broken_xml_gives_what_came_before_it(folder):
    web = Web()
    web.pages = {"/a": (200, {}, rss(item(1)).split("</channel>")[0] + "<item><title>Story 2</tit"), "/b": (200, {}, b"\0\xff{"),
                 "/c": (200, {}, "<html><body><p>Not found</p></body></html>"), "/d": (200, {}, "")}
    w = Watched(folder, *(f"{web.url}/{x}" for x in "abcd"))
    equal(w.once(code=1, say="this is no feed: it begins with <html>"), [[4, 4, 0, 0, 0], [1, 1, 0, 0]])


@case
def no_entity_is_expanded_and_no_file_is_read(folder):
    secret = write(folder, "secret.txt", "The secret army attacked Berlin.")
    web = Web()
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    web.pages = {"/a": (200, {}, f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY l0 "lol">{lol}]>'
                                 + rss(item(1, LEAD + " &x; &l9; ")))}
    w = Watched(folder, f"{web.url}/a")
    begun = time.monotonic()
    dragoman("watch", w.path, "--db", w.db, "--once", env=OUTSIDE)
    equal(time.monotonic() - begun < 60, True)
    found = dragoman("query", "--db", w.db, "-f", "jsonl")[1]
    equal("secret" in found or "lollol" in found, False, found)


@case
def a_feed_that_is_too_large_ends_at_the_bound(folder):
    web = Web()
    huge = rss(*(item(n) for n in range(30000)))
    web.pages = {"/told": (200, {}, huge), "/untold": (200, {"Transfer-Encoding": "identity", "Content-Length": str(1 << 40)}, huge),
                 "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(huge.encode())),
                 "/file": (200, {}, gzip.compress(huge.encode()))}
    w = Watched(folder, *(f"{web.url}{path}" for path in web.pages))
    equal(w.once(code=1, say="larger than 8 MiB(.|\n)*a packed file"), [[4, 0, 0, 4, 0], [0, 0, 0, 0]])


@case
def redirects_are_followed_within_bounds_and_only_to_the_web(folder):
    web = Web()
    secret = write(folder, "secret.xml", rss(item(9)))
    web.pages = {"/moved": (301, {"Location": "/new"}, ""), "/new": (200, {}, rss(item(1))),
                 "/round": (302, {"Location": "/round"}, ""), "/file": (302, {"Location": f"file://{secret}"}, "")}
    w = Watched(folder, f"{web.url}/moved", f"{web.url}/round", f"{web.url}/file")
    equal(w.once(code=1, say="left alone"), [[3, 1, 0, 2, 0], [1, 1, 0, 0]])
    equal(web.paths().count("/round"), 6)


@case
def lines_that_are_no_address_are_passed_over(folder):
    web = Web()
    web.pages = {"/a": (200, {}, rss(item(1)))}
    w = Watched(folder, "file:///etc/passwd", "http://", f"{web.url}/a", f"{web.url}/a", "gopher://x/")
    equal(w.once(code=1, say="feeds.txt:1: the feed 'file:///etc/passwd' is passed over")[0], [1, 1, 0, 0, 0])
    for n, why in (2, "does not begin"), (4, "stands in the list already"), (5, "does not begin"):
        w.once(code=1, say=f"feeds.txt:{n}: .*{why}")


@case
def feeds_are_not_asked_every_second_and_sigterm_ends_the_wait(folder):
    web = Web()
    web.pages = {"/a": (200, {}, rss(item(1)))}
    w = Watched(folder, f"{web.url}/a")
    code, out, err = dragoman("watch", w.path, "--db", w.db, "--every", "5")
    if "without libcurl" in err:
        raise Skip("there is no libcurl")
    equal(code, 2, err)
    contains(err, "--every takes at least 60 seconds for feeds")
    process = w.run("--quiet")
    wait_for("the story", lambda: n_stories(w.db) == 1)
    process.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    out, err = process.communicate(timeout=30)
    equal((process.returncode, out), (0, ""))
    equal(time.monotonic() - begun < 5, True)


if __name__ == "__main__":
    main()
