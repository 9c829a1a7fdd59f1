#!/usr/bin/env python3
"""The readers as users meet them: each format from a file, packed, broken, and in a folder."""
import gzip, json, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import LEAD, SECOND, case, contains, dragoman, equal, main, write

GERMAN = ("Die Regierung hat am Freitag angekündigt, dass sie ihre Truppen aus dem Grenzgebiet abziehen werde. Der Sprecher "
          "des Außenministeriums sagte vor Journalisten, man habe sich mit den Nachbarstaaten auf einen Waffenstillstand geeinigt.")


def page(body=f"<p>{LEAD}</p><p>{SECOND}</p>", head="", title="Troops attack village"):
    return f"""<!DOCTYPE html><html><head><title>{title} | The Gazette</title>
<meta property="og:site_name" content="The Gazette">{head}</head><body class="has-sidebar"><nav><a href="/">Home</a></nav>
<div class="story"><h1>{title}</h1>{body}</div><aside><p>Sign up here for the letter that we send to all readers daily.</p></aside>
<div id="comments"><p>I do not believe a word of what this ministry says about the village.</p></div>
<footer><p>Copyright 2020 The Gazette. No part of this may be copied without a licence.</p></footer></body></html>"""


def fields(path, *options):
    """-> (story_id, date, title, source, url) of each story with events, messages without the folder"""
    code, out, err = dragoman("code", *options, path)
    found = dict.fromkeys(tuple(e["story_" + k] for k in ("id", "date", "title", "source", "url"))
                          for e in map(json.loads, out.splitlines()))
    return code, list(found), err.replace(os.path.dirname(path) + "/", "")


def texts(path, *options):
    """-> the sentences of all stories"""
    return re.findall(r"^# text = (.*)$", dragoman("parse", *options, path)[1], re.M)


# ---- HTML


@case
def a_page_gives_its_article_and_what_it_says_of_itself(folder):
    head = ('<link rel="canonical" href="https://gazette.example/a"><script type="application/ld+json">'
            '{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],"headline":"Troops attack",'
            '"datePublished":"2020-10-02T23:00:00+04:00","publisher":{"name":"Gazette Agency"}}]}</script>')
    path = write(folder, "a.html", page(head=head))
    equal(fields(path), (0, [("a", "2020-10-02", "Troops attack", "Gazette Agency", "https://gazette.example/a")], ""))
    equal(texts(path), [LEAD, SECOND])


@case
def the_day_is_found_where_pages_have_it(folder):
    for head, body in (
            ('<meta property="article:published_time" content="2020-10-02T10:00">', ""),
            ('<meta name="date" content="Fri, 02 Oct 2020 10:00:00 GMT">', ""),
            ('<meta name="DC.date.issued" content="2020-10-02">', ""),
            ("", '<time datetime="2020-10-02 10:00">today</time>'),
            ("", "<time>October 2nd, 2020</time>"),
            ("", '<span class="post-date">Published: 2 October 2020, 10:00</span>'),
            ("", '<span itemprop="datePublished" content="2020-10-02">2 Oct</span>'),
            ('<link rel="canonical" href="https://gazette.example/2020/10/02/a">', "")):
        path = write(folder, "a.html", page(head=head, body=f"{body}<p>{LEAD}</p><p>{SECOND}</p>"))
        equal([row[1] for row in fields(path)[1]], ["2020-10-02"], head + body)


@case
def a_day_after_the_file_was_written_is_not_believed(folder):
    head = '<meta name="date" content="2020-10-02"><link rel="canonical" href="https://g.example/2014/sep/28/a">'
    path = write(folder, "a.html", page(head=head))
    for written, day in ((1_412_294_400, "2014-09-28"), (1_601_683_200, "2020-10-02"), (315_532_800, "2020-10-02")):
        os.utime(path, (written, written))  # 2014-10-03, 2020-10-03; 1980-01-01 is what packers write
        equal([row[1] for row in fields(path)[1]], [day], str(written))


@case
def the_title_is_without_the_site(folder):
    path = write(folder, "2020-10-02.html", page())
    equal(fields(path)[1][0][2:4], ("Troops attack village", "The Gazette"))


@case
def characters_are_what_bytes_header_and_page_say(folder):
    text = f"<p>The café’s owner said so. {LEAD}</p>"
    for encoding, head in (("utf-8", ""), ("utf-16", ""), ("utf-8-sig", ""), ("cp1252", '<meta charset="iso-8859-1">'),
                           ("cp1252", ""), ("iso-8859-15", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15">')):
        word = "café’s" if encoding != "iso-8859-15" else "cafés"
        path = write(folder, "a.html", page(head=head, body=text.replace("café’s", word)).encode(encoding))
        contains("\n".join(texts(path)), word)


@case
def paragraphs_may_be_parted_by_breaks(folder):
    path = write(folder, "2020-10-02.html", page(body=f"{LEAD}<br><br>{SECOND}<br>\n<br>Peace talks were held in Geneva on Monday."))
    equal(texts(path), [LEAD, SECOND, "Peace talks were held in Geneva on Monday."])


@case
def a_page_without_a_story_is_refused(folder):
    path = write(folder, "a.html", "<!doctype html><ul><li><a href=1>One</a><li><a href=2>Two</a></ul>")
    equal(fields(path), (1, [], "dragoman: a.html: there is no story on the page\n"))


@case
def hostile_pages_take_little_time_and_memory(folder):
    for body in ("<div>" * 300_000, "<b a=1>" * 9 + "".join(f"<i a={i}>" for i in range(9000)) + "<p>" * 60_000,
                 "<a " + " ".join(f"a{i}=1" for i in range(200_000)) + ">", "<table>" * 100_000, "<p>" * 400_000,
                 "<svg>" * 100_000 + "</p>" * 100_000):
        path = write(folder, "2020-10-02.html", f"<!doctype html><html><body><p>{LEAD}</p>{body}<p>{SECOND}</p>")
        code, out, err = dragoman("parse", path)
        equal(code in (0, 1), True, body[:40])


# ---- feeds


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Gazette</title>
<item><title>One &amp; two</title><media:title>A picture</media:title><link>https://g.example/1</link><guid>g1</guid>
<pubDate>Fri, 02 Oct 2020 10:00:00 +0000</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{LEAD}</p><p>{SECOND}</p><p>The post One appeared first on Gazette.</p>]]></content:encoded></item>
<item><title>Three</title><pubDate>2 October</pubDate><description>{LEAD}</description></item>
<item><title>Four</title><pubDate>03 Oct 2020</pubDate></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry><title type="html">A &lt;b&gt;war&lt;/b&gt;</title>
<id>e1</id><link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/><updated>2020-10-03T00:00:00Z</updated>
<published>2020-10-02T00:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LEAD}</p><p>{SECOND}</p></div>
</content></entry></feed>"""


@case
def each_item_of_rss_is_a_story(folder):
    path = write(folder, "f.xml", RSS)
    code, rows, err = fields(path)
    equal((code, rows), (1, [("g1", "2020-10-02", "One & two", "The Gazette", "https://g.example/1")]))
    equal(err, 'dragoman: f.xml:6: item 2: its date is not a day: "2 October"\n'
               "dragoman: f.xml:6: the story has no date and is passed over: neither its text nor the file's name gives "
               "one, nor --date\n")
    equal(texts(path), [LEAD, SECOND, LEAD, "Four"])


@case
def each_entry_of_atom_is_a_story(folder):
    path = write(folder, "f.atom", ATOM)
    equal(fields(path), (0, [("e1", "2020-10-02", "A war", "Agency", "https://a.example/1")], ""))
    equal(texts(path), [LEAD, SECOND])


@case
def entities_are_never_expanded_and_no_file_is_fetched(folder):
    secret = write(folder, "secret", "SECRET WORDS")
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(12))
    for doctype, use in ((f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"),
                         (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>', "&l12;"),
                         (f'<!DOCTYPE rss SYSTEM "file://{secret}">', "&y;")):
        path = write(folder, "f.xml", f'<?xml version="1.0"?>{doctype}<rss><channel><item><pubDate>2020-10-02</pubDate>'
                                      f"<description>{LEAD} {use}</description></item></channel></rss>")
        code, out, err = dragoman("parse", path)
        equal("SECRET" in out + err or "haha" in out, False)


@case
def broken_xml_is_named_by_its_line_and_what_came_before_is_read(folder):
    path = write(folder, "f.xml", RSS.replace("<item><title>Three", "<item><title <<>Three"))
    code, rows, err = fields(path)
    equal((code, rows[0][0]), (1, "g1"))
    contains(err, "dragoman: f.xml:6: this is not well-formed XML: ")


# ---- WARC


def record(kind, uri, block, number, headers="", content="application/http; msgtype=response"):
    block = block if isinstance(block, bytes) else block.encode()
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-10-02T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:r{number}>\r\nContent-Type: {content}\r\n{headers}Content-Length: {len(block)}\r\n\r\n"
            ).encode() + block + b"\r\n\r\n"


def answer(body, status="200 OK", headers="Content-Type: text/html; charset=utf-8\r\n"):
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + (body if isinstance(body, bytes) else body.encode())


def chunked(body, size=700):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def archive():
    html = page().encode()
    types = "Content-Type: text/html\r\n"
    return [record("warcinfo", "", "software: test\r\n", 0, content="application/warc-fields"),
            record("request", "http://g.example/1", "GET /1 HTTP/1.1\r\n\r\n", 1),
            record("response", "http://g.example/1", answer(html), 2),
            record("response", "http://g.example/2", answer(chunked(html), headers=types + "Transfer-Encoding: chunked\r\n"), 3),
            record("response", "http://g.example/3", answer(gzip.compress(html), headers=types + "Content-Encoding: gzip\r\n"), 4),
            record("response", "http://g.example/4", answer(chunked(gzip.compress(html)), headers=types +
                   "content-encoding: gzip\r\nTRANSFER-ENCODING: chunked\r\n"), 5),
            record("response", "http://g.example/5", answer(html, headers=types + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), 6),
            record("response", "http://g.example/6", answer(html, "206 Partial Content"), 7),
            record("response", "http://g.example/7", answer("", "304 Not Modified"), 8),
            record("response", "http://g.example/8", answer("x" * 200, headers="Content-Type: image/png\r\n"), 9),
            record("response", "http://g.example/9", answer("<html><body><a href=1>A list</a></body></html>"), 10),
            record("revisit", "http://g.example/1", answer(""), 11),
            record("resource", "http://g.example/2020/09/30/x", html, 12, content="text/html"),
            record("response", "http://g.example/10", answer(page(body=f"<p>{GERMAN}</p><p>{GERMAN}</p>")), 13)]


PAGES = [f"r{n}" for n in (2, 3, 4, 5, 6, 12)]


def ids(out):
    return re.findall(r"^# newdoc id = (.*)$", out, re.M)


@case
def an_archive_gives_its_pages(folder):
    said = ("dragoman: {}:1: the story is not English and is left out: r13 (de)\n"
            "dragoman: stories left out that are not English: 1\ndragoman:   1 in {}\n"
            "dragoman: pages of archives without a story: 1\n")
    for name, content in (("a.warc", b"".join(archive())), ("a.warc.gz", b"".join(map(gzip.compress, archive()))),
                          ("whole.warc.gz", gzip.compress(b"".join(archive())))):
        path = write(folder, name, content)
        code, out, err = dragoman("parse", path)
        equal((code, ids(out), err), (0, PAGES, said.format(path, path)))
        equal(texts(path), [LEAD, SECOND] * len(PAGES))
    rows = fields(path)[1]
    equal(rows[0], ("r2", "2020-10-02", "Troops attack village", "The Gazette", "http://g.example/1"))
    equal(rows[-1][1], "2020-09-30", "the day of the address is surer than that of the archive")


@case
def damage_in_an_archive_costs_the_record_that_has_it(folder):
    members = list(map(gzip.compress, archive()))
    broken = bytearray(members[3])
    broken[60:90] = b"\xff" * 30
    path = write(folder, "a.warc.gz", b"".join(members[:3]) + bytes(broken) + b"".join(members[4:]))
    code, out, err = dragoman("parse", path)
    equal((code, ids(out)), (1, [i for i in PAGES if i != "r3"]))
    contains(err, "a.warc.gz: after record ")
    contains(err, "the gzip data is damaged")


@case
def a_wrong_record_is_named_and_the_next_one_read(folder):
    parts = archive()
    parts[2] = parts[2].replace(b"Content-Length", b"Content-Size")
    path = write(folder, "a.warc", b"".join(parts))
    code, out, err = dragoman("parse", path)
    equal((code, ids(out)), (1, PAGES[1:]))
    contains(err, "a.warc: record 3, at byte ")
    path = write(folder, "cut.warc", b"".join(archive()[:4])[:-300])
    code, out, err = dragoman("parse", path)
    equal((code, ids(out)), (1, PAGES[:1]))
    contains(err, "cut.warc: record 4, at byte ")
    contains(err, "ends before its Content-Length does")


@case
def a_bomb_in_an_archive_stays_small(folder):
    bomb = gzip.compress(b"<html>" + b" " * 300_000_000)
    path = write(folder, "a.warc", record("response", "http://g.example/", answer(bomb), 1) + archive()[2])
    code, out, err = dragoman("parse", path)
    equal((code, ids(out)), (0, ["r2"]))


# ---- tables, PETRARCH, TABARI


@case
def columns_are_found_by_name(folder):
    text = LEAD.replace('"', "")
    path = write(folder, "a.csv", f'id,Date,note,text,url\r\n7,2020-10-02,"a, ""b""","{text}\nAnd more.",http://x.example\r\n')
    equal(fields(path), (0, [("7", "2020-10-02", None, None, "http://x.example")], ""))
    path = write(folder, "a.tsv", f"date\ttitle\ttext\tsource\n20201002\tWar\t{text}\tAgency\n")
    equal(fields(path), (0, [("a-2", "2020-10-02", "War", "Agency", None)], ""))
    path = write(folder, "b.csv", f"key;day;body\nk;2 October 2020;{text}\n")
    equal(fields(path, "--from=csv", "--columns=text=body,date=day,id=key"), (0, [("k", "2020-10-02", None, None, None)], ""))


@case
def a_wrong_row_is_named_by_its_line_and_the_next_one_read(folder):
    path = write(folder, "a.csv", f'date,text\n2020-10-02,"{LEAD}\nSecond line."\n2020-10-02\nsoon,x\n2020-10-03,{LEAD.replace(",", "")}\n2020-10-03,"x')
    code, rows, err = fields(path)
    equal((code, [row[0] for row in rows]), (1, ["a-2", "a-6"]))
    equal(err, 'dragoman: a.csv:4: the row has 1 cells, the header 2; it is passed over\n'
               'dragoman: a.csv:5: the story\'s date cannot be read: "soon"; the story is passed over; --date-format '
               "says how days are written (%d/%m/%Y)\n"
               "dragoman: a.csv:7: the row's last quotation mark is missing; it is passed over with all that follows\n")
    code, rows, err = fields(write(folder, "b.csv", "a,b\n1,2\n"), "--from=csv")
    contains(err, 'b.csv:1: no column is named "text"')
    equal(dragoman("code", "--columns=body=x", path)[0], 2)


@case
def sentences_of_petrarch_are_joined_to_stories(folder):
    sentence = '<Sentence date="20201002" id="{}" source="AFP" sentence="True"><Text>\n{}\n</Text><Parse>(ROOT)</Parse></Sentence>\n'
    path = write(folder, "p.xml", "<Sentences>\n" + sentence.format("S_1", LEAD.replace(" ", "\n", 3)) + sentence.format("S_2", SECOND) +
                 sentence.format("T_1", LEAD) + "</Sentences>")
    equal(fields(path), (0, [("S", "2020-10-02", None, "AFP", None), ("T", "2020-10-02", None, "AFP", None)], ""))
    equal(texts(path), [LEAD, SECOND, LEAD])


@case
def records_of_tabari_are_read(folder):
    path = write(folder, "t.txt", f"950102 REUT-0001-01\n{LEAD}\n\n20201002 X AFPN-0002-01\n{SECOND[:20]}\n{SECOND[20:]}\n\nno head\nx\n\n201002 A-3\n{LEAD}\n")
    code, rows, err = fields(path)
    equal((code, [row[:2] for row in rows]), (1, [("REUT-0001-01", "1995-01-02"), ("AFPN-0002-01", "2020-10-02"), ("A-3", "2020-10-02")]))
    contains(err, "t.txt:8: no record begins here")


# ---- folders, languages


@case
def folders_are_read_in_the_order_of_names(folder):
    for name in "b/2.txt", "a.txt", "b/1.txt", "b/c/0.txt", "b/.hidden/x.txt", ".h.txt":
        write(folder, name, f"date 2020-10-02 {LEAD}")
    os.symlink("..", os.path.join(folder, "b", "loop"))
    code, out, err = dragoman("parse", "-r", folder)
    equal((code, ids(out), err), (0, ["a", "1", "2", "0"], ""))
    contains(dragoman("parse", folder)[2], "this is a folder, not a file; -r reads the files in it")
    empty = os.path.join(folder, "d", "e")
    os.makedirs(empty)
    equal(dragoman("code", "-r", os.path.dirname(empty)),
          (1, "", f"dragoman: {os.path.dirname(empty)}: no file is in this folder\n"))


@case
def stories_in_other_languages_are_left_out_and_counted(folder):
    path = write(folder, "a.jsonl", "".join(json.dumps({"id": i, "date": "2020-10-02", "text": t}) + "\n"
                                            for i, t in (("en", LEAD + " " + SECOND), ("de", GERMAN), ("short", "Frieden."))))
    code, out, err = dragoman("parse", path)
    equal((code, ids(out), err), (0, ["en", "short"], f"dragoman: {path}:2: the story is not English and is left out: de (de)\n"
          f"dragoman: stories left out that are not English: 1\ndragoman:   1 in {path}\n"))
    equal(ids(dragoman("parse", "--language=any", path)[1]), ["en", "de", "short"])


if __name__ == "__main__":
    sys.exit(main())
