"""What newcomers hand over: files of no known kind, JSON in all shapes, days in all spellings, bytes that are wrong,
and what the program says of it."""
import gzip, json, os, re, socket, subprocess, sys, threading, zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, PROGRAM, SECOND, case, contains, dragoman, equal, main, write

FRENCH = ("Le président a rejeté mercredi l'accord conclu avec les rebelles et ordonné à l'armée de reprendre la ville. Selon "
          "le ministère de la défense, au moins douze soldats ont été tués et trente autres blessés dans une embuscade.")


def read(path, *options):
    """-> exit code, (id, date, text) of each story, messages without the folder"""
    code, out, err = dragoman("parse", *options, path)
    found = []
    for document in re.split(r"^(?=# newdoc)", out, flags=re.M)[1:]:
        one = lambda key: (re.search(rf"^# {key} = (.*)$", document, re.M) or [None, None])[1]
        found.append((one("newdoc id"), one("date"), " ".join(re.findall(r"^# text = (.*)$", document, re.M))))
    return code, found, err.replace(os.path.dirname(path) + "/", "")


def said(folder, name, content, *options):
    """What `code` says of a file that it cannot use."""
    code, out, err = dragoman("code", *options, write(folder, name, content))
    equal((code, out), (1, ""), name)
    return err.replace(folder + "/", "")


# ---- what it is, and what was expected


@case
def what_is_no_text_is_called_by_its_name(folder):
    zipped = os.path.join(folder, "x.zip")
    with zipfile.ZipFile(zipped, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", "<w/>")
    for content, words in ((b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "this is a PDF; dragoman reads text, JSON, CSV"),
                           (open(zipped, "rb").read(), "this is a Word document (.docx)"),
                           (b"PK\x03\x04rest", "this is a zip archive"),
                           (gzip.compress(b"%PDF-1.7\n"), "this is a PDF"),
                           (b"{\\rtf1 Hello}", "this is a document in RTF"),
                           (b"\xd0\xcf\x11\xe0\xa1\xb1", "Microsoft Office"),
                           ("Troops attacked.".encode("utf-16"), "this is text in UTF-16"),
                           ('{"text": "x"}\n'.encode("utf-16"), "this is text in UTF-16"),
                           (b'<?xml version="1.0"?><nitf><body/></nitf>', "this is XML of another kind"),
                           (b"\x89PNG\r\n\x1a\n", "this is a picture")):
        err = said(folder, "a", content, "--date=2020-10-02")
        contains(err, "dragoman: a: " if "a: " in err else "x")
        contains(err, words)
        equal(err.count("\n"), 1, words)


@case
def the_format_that_is_named_is_believed(folder):
    path = write(folder, "a", "<?xml version='1.0'?> Troops attacked.")
    equal(read(path, "--from=text")[0], 0)


@case
def columns_are_read_without_the_name_of_the_format(folder):
    text = LEAD.replace(",", "")
    for name, content in (("a", f"key,day,body\nk,2020-10-02,{text}\n"), ("b.txt", f"key;day;body\nk;2 October 2020;{text}\n"),
                          ("c", f"day\tkey\tbody\n2020-10-02\tk\t{text}\n"), ("d.gz", gzip.compress(f"body,key,day\n{text},k,2020-10-02".encode()))):
        equal(read(write(folder, name, content), "--columns=text=body,date=day,id=key"),
              (0, [("k", "2020-10-02", text)], ""), name)
    path = write(folder, "e.txt", f"date 2020-10-02 {LEAD}")
    equal(read(path, "--columns=text=body,date=day")[1], [("e", "2020-10-02", LEAD)])


@case
def unknown_columns_are_listed(folder):
    rows = f"key,day,body\nk,2020-10-02,{LEAD.replace(',', '')}\n"
    message = ('dragoman: a.csv:1: no column is named "text", the columns are key, day, body: --columns text=NAME says which '
               "one holds the text\n")
    equal(said(folder, "a.csv", rows), message)
    equal(said(folder, "a", rows), message.replace("a.csv", "a"))
    equal(said(folder, "b.csv", "day,who did it\n2020-10-02,x\n").split(",")[1], " the columns are day")
    equal(said(folder, "a.csv", rows, "--columns=text=body"),
          'dragoman: a.csv:1: no column is named "date", the columns are key, day, body: --columns date=NAME says which one '
          "holds the day, or --date is the day of all\n")
    equal(read(write(folder, "2020-10-02.csv", rows), "--columns=text=body")[1], [("2020-10-02-2", "2020-10-02", LEAD.replace(",", ""))])


@case
def prose_is_no_table(folder):
    for text in "Paris, Rome, Berlin\nTroops attacked.", "War;peace\nTroops attacked.", "Troops\tattacked.":
        equal(read(write(folder, "a.txt", text), "--date=2020-10-02")[0], 0, text)


@case
def members_of_json_that_are_called_otherwise_are_listed_and_can_be_named(folder):
    line = json.dumps({"body": LEAD, "day": "2020-10-02"})
    equal(said(folder, "a.jsonl", line),
          "dragoman: a.jsonl:1: the story has no `text` and is passed over: its members are body, day; --columns text=NAME says "
          "which one holds the text\n")
    equal(said(folder, "a.jsonl", line, "--columns=text=body"),
          "dragoman: a.jsonl:1: the story has no `date` and is passed over: its members are body, day; --columns date=NAME says "
          "which one holds the day, or --date is the day of all\n")
    equal(read(write(folder, "a.jsonl", line), "--columns=text=body,date=day"), (0, [("a-1", "2020-10-02", LEAD)], ""))


# ---- JSON that is no line a story


@case
def an_array_of_stories_is_read(folder):
    stories = [{"id": "x", "date": "2020-10-02", "title": "[\"{\\", "text": LEAD}, {"date": "2020-10-03", "text": SECOND}]
    for indent in None, 2:
        path = write(folder, "a.json", json.dumps(stories, indent=indent))
        equal(read(path), (0, [("x", "2020-10-02", LEAD), ("a-2", "2020-10-03", SECOND)], ""))
    path = write(folder, "b.json", json.dumps(stories[0], indent=1) + json.dumps(stories[1], indent=1))
    equal([s[0] for s in read(path)[1]], ["x", "b-2"])
    equal(read(write(folder, "c.json", "\ufeff[]")), (0, [], ""))


@case
def an_array_longer_than_a_piece_is_read_whole(folder):
    stories = [{"id": f"s{i}", "date": "2020-10-02", "pad": "x" * (i * 37 % 3000), "text": f"War {i} came."} for i in range(200)]
    for indent in None, 1:
        code, found, err = read(write(folder, "a.json", json.dumps(stories, indent=indent)))
        equal((code, found, err), (0, [(s["id"], s["date"], s["text"]) for s in stories], ""))


@case
def a_wrong_element_is_named_and_the_next_one_read(folder):
    good = json.dumps({"id": "x", "date": "2020-10-02", "text": LEAD})
    path = write(folder, "a.json", '[{"text": nul},\n 7,\n{"id": "big", "text": "' + "x" * 5_000_000 + '"},\n' + good + ',\n{"text": "cut')
    code, stories, err = read(path)
    equal((code, [s[0] for s in stories]), (1, ["x"]))
    equal(err, "dragoman: a.json:1: the value is not JSON and is passed over: invalid token near 'nul' (byte 12)\n"
               "dragoman: a.json:2: the value is JSON, but no object; it is passed over\n"
               "dragoman: a.json:3: the value is longer than 4194304 bytes and is passed over\n"
               "dragoman: a.json:5: the input ends before the value that begins here does\n")


@case
def json_feed_is_read(folder):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The \"Gazette\"", "authors": [{"name": "items"}],
            "items": [{"id": "1", "url": "https://g.example/1", "title": "War", "content_html": f"<p>{LEAD}</p><p>{SECOND}</p>",
                       "date_published": "2020-10-02T10:00:00-05:00"},
                      {"id": 2, "content_text": SECOND, "date_modified": "2020-10-03"},
                      {"id": "3", "title": LEAD, "date_published": "2020-10-04"},
                      {"id": "4", "title": LEAD, "date_published": "soon"}], "home_page_url": "https://g.example"}
    for indent in None, 1:
        path = write(folder, "f.json", json.dumps(feed, indent=indent))
        code, stories, err = read(path)
        equal((code, stories), (1, [("1", "2020-10-02", f"{LEAD} {SECOND}"), ("2", "2020-10-03", SECOND),
                                    ("3", "2020-10-04", LEAD)]))
        contains(err, 'the story\'s date cannot be read: "soon"')
    event = json.loads(dragoman("code", path)[1].splitlines()[0])
    equal((event["story_source"], event["story_url"]), ('The "Gazette"', "https://g.example/1"))


# ---- days


@case
def days_are_read_as_they_are_written(folder):
    for written in ("March 2, 2022", "Wed, 02 Mar 2022 08:00:00 +0100", "2022-03-02T23:00:00Z", "2022-03-02 10:00", "2 March 2022",
                    "20220302", 20220302):
        path = write(folder, "a.jsonl", json.dumps({"id": "x", "date": written, "text": LEAD}))
        equal(read(path), (0, [("x", "2022-03-02", LEAD)], ""), written)


@case
def the_format_of_ambiguous_days_is_asked_for(folder):
    for written, options, day in (("02/03/2022", ["--date-format=%d/%m/%Y"], "2022-03-02"),
                                  ("02/03/2022", ["--date-format", "%m/%d/%Y"], "2022-02-03"),
                                  ("2.3.22 10:15", ["--date-format=%d.%m.%y"], "2022-03-02"),
                                  ("10:15 Wed 2 Mar 2022", ["--date-format=%H:%M %a %d %b %Y"], "2022-03-02"),
                                  ("2022-03-04", ["--date-format=%d/%m/%Y"], "2022-03-04")):
        for name, content in (("a.jsonl", json.dumps({"id": "x", "date": written, "text": SECOND})),
                              ("a.csv", f"id,date,text\nx,{written},{SECOND}\n")):
            equal(read(write(folder, name, content), *options), (0, [("x", day, SECOND)], ""), written)
    path = write(folder, "a.txt", f"date 02/03/2022\n{LEAD}\ndate 03/03/2022 {SECOND}\n")
    equal([s[1] for s in read(path, "--date-format=%d/%m/%Y")[1]], ["2022-03-02", "2022-03-03"])
    alone = write(folder, "a.txt", f"02/03/2022\n{LEAD}\n03/03/2022\n")
    equal([s[1] for s in read(alone, "--date-format=%d/%m/%Y")[1]], ["2022-03-02"])
    code, stories, err = read(write(folder, "a.jsonl", json.dumps({"id": "x", "date": "02/03/2022", "text": LEAD})))
    equal((code, stories), (1, []))
    contains(err, "--date-format says how days are written (%d/%m/%Y)")
    for bad in "%d/%m", "%q%d%m%Y", "%Y-%m-%d%":
        code, out, err = dragoman("parse", f"--date-format={bad}", path)
        equal(code, 2, bad)
        contains(err, "--date-format needs %d, %m or %b, and %Y or %y")


# ---- feeds and PETRARCH


@case
def an_item_that_has_only_a_title_is_a_story(folder):
    rss = f"<rss><channel><title>G</title><item><guid>1</guid><title>{LEAD}</title><pubDate>2020-10-02</pubDate></item></channel></rss>"
    equal(read(write(folder, "f.xml", rss)), (0, [("1", "2020-10-02", LEAD)], ""))


@case
def no_byte_that_is_not_utf_8_goes_out(folder):
    rss = (f"<rss><channel><title>G\xff</title><item><guid>g\xff</guid><title>T\xff</title><link>http://x/\xff</link>"
           f"<pubDate>2020-10-02</pubDate><description>{LEAD} \xff</description></item></channel></rss>").encode("latin-1")
    atom = (f'<feed><title>G\xff</title><entry><id>g\xff</id><title>T\xff</title><link href="http://x/\xff"/>'
            f"<updated>2020-10-02</updated><summary>{LEAD} \xff</summary></entry></feed>").encode("latin-1")
    petrarch = (f'<Sentences><Sentence date="20201002" id="i\xff_1" source="S\xff" sentence="true"><Text>{LEAD} \xff</Text>'
                "</Sentence></Sentences>").encode("latin-1")
    for content in rss, atom, petrarch:
        path = write(folder, "f.xml", content)
        raw = subprocess.run([os.path.abspath(PROGRAM), "code", path], capture_output=True).stdout
        events = [json.loads(line) for line in raw.decode("utf-8").splitlines()]  # fails where a byte is wrong
        equal(len(events) > 0, True)


@case
def elements_that_are_never_closed_are_not_read_on(folder):
    item = f"<item><guid>1</guid><title>T</title><pubDate>2020-10-02</pubDate><description>{LEAD}</description></item>\n"
    path = write(folder, "f.xml.gz", gzip.compress(("<rss><channel>\n" + item + "<a>" * 3_000_000).encode()))
    code, stories, err = read(path)
    equal((code, [s[0] for s in stories]), (1, ["1"]))
    equal(err, "dragoman: f.xml.gz:3: more than 256 elements are open in each other; the file is not read further\n")
    path = write(folder, "p.xml", "<Sentences>" + "<b>" * 1000)
    contains(read(path)[2], "p.xml:1: more than 256 elements are open in each other")
    deep = "<b>" * 200 + "x" + "</b>" * 200
    equal(read(write(folder, "d.xml", f"<rss><channel>{deep * 3}{item}</channel></rss>"))[0], 0)


# ---- what is left out, and what is refused


@case
def stories_in_another_language_are_named_and_counted_by_file(folder):
    for name, n in ("a.jsonl", 1), ("b.jsonl", 7):
        write(folder, name, "".join(json.dumps({"id": f"{name[0]}{i}", "date": "2020-10-02", "text": FRENCH}) + "\n" for i in range(n))
              + json.dumps({"id": "en", "date": "2020-10-02", "text": f"{LEAD} {SECOND} " * 9 + FRENCH}))
    errors = os.path.join(folder, "errors.jsonl")
    code, out, err = dragoman("parse", "--errors", errors, os.path.join(folder, "a.jsonl"), os.path.join(folder, "b.jsonl"))
    named = [("a.jsonl", 1, "a0"), *(("b.jsonl", i + 1, f"b{i}") for i in range(7))]
    equal(code, 0)
    equal(err.replace(folder + "/", ""),
          "".join(f"dragoman: {f}:{line}: the story is not English and is left out: {i} (fr)\n" for f, line, i in named[:5])
          + "dragoman: and 3 more, 8 in all: the story is not English and is left out\n"
          "dragoman: stories left out that are not English: 8\ndragoman:   1 in a.jsonl\ndragoman:   7 in b.jsonl\n")
    rows = [json.loads(line) for line in open(errors)]
    equal([(os.path.basename(r["file"]), r["line"], r["id"]) for r in rows], named)
    equal({(r["reason"], r["language"]) for r in rows}, {("the story is not English and is left out", "fr")})


@case
def what_is_refused_is_listed_in_a_file_and_summed_up(folder):
    lines = [json.dumps({"id": f"n{i}", "text": LEAD, "date": f"day {i}"}) for i in range(12)]
    path = write(folder, "a.jsonl", "\n".join(lines + ["{", "[]"]))
    errors = os.path.join(folder, "e.jsonl")
    code, out, err = dragoman("code", f"--errors={errors}", path)
    equal((code, out), (1, ""))
    shown = err.replace(folder + "/", "").splitlines()
    equal([line.split(": ")[1] for line in shown[:7]], [f"a.jsonl:{i}" for i in (1, 2, 3, 4, 5, 13, 14)])
    equal(shown[7:], ["dragoman: and 7 more, 12 in all: the story's date cannot be read"])
    rows = [json.loads(line) for line in open(errors)]
    equal([r["line"] for r in rows], list(range(1, 15)))
    equal([r.get("id") for r in rows], [f"n{i}" for i in range(12)] + [None, None])
    equal(rows[0]["reason"], "the story's date cannot be read")
    contains(rows[0]["message"], '"day 0"')
    contains(dragoman("code", path)[2], "dragoman: --errors FILE lists them all\n")
    code, out, err = dragoman("code", f"--errors={folder}/no/such", path)
    equal((code, out), (2, ""))


@case
def only_files_are_read_in_folders(folder):
    write(folder, "a.txt", f"date 2020-10-02 {LEAD}")
    os.mkfifo(os.path.join(folder, "b.fifo"))
    os.symlink("/dev/zero", os.path.join(folder, "c.zero"))
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(os.path.join(folder, "d.sock"))
        code, out, err = dragoman("parse", "-r", folder)
    equal((code, re.findall("^# newdoc id = (.*)$", out, re.M), err), (0, ["a"], ""))


@case
def a_pipe_that_is_named_is_read(folder):
    path = os.path.join(folder, "b.fifo")
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: open(path, "w").write(f"date 2020-10-02 {LEAD}"))
    writer.start()
    equal(read(path), (0, [("b", "2020-10-02", LEAD)], ""))
    writer.join()


if __name__ == "__main__":
    sys.exit(main())
