#!/usr/bin/env python3
"""Every row of docs/limits.md: what goes to the limit is taken, what is one beyond it is told.

A row of the first table there and a case here have the same name and the same number; either without
the other fails.
"""
import json, os, re, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import CASES, LEAD, ROOT, Skip, dragoman, equal, main, write

KIB, MIB = 1 << 10, 1 << 20
LIMITS = {}


def limit(name, number):
    """The function makes an input of so many and runs the program on it; with it, the words of the complaint."""
    def keep(function):
        LIMITS[name] = number
        def check(folder):
            code, _, said, words = function(folder, number)
            equal((code, words in said), (0, False), f"{name}: {number} is taken, but it says\n{said[:500]}")
            code, _, said, words = function(folder, number + 1)
            equal((code != 0, words in said), (True, True), f"{name}: {number + 1} is told, not\n{code} {said[:500]}")
        check.__name__ = name.replace(" ", "_")
        CASES.append(check)
        return function
    return keep


def sentences(n):
    """-> n bytes of prose"""
    return (f"{LEAD} " * (n // len(LEAD) + 1))[:n - 1] + "."


def story(**more):
    return {"id": "a", "date": "2020-01-03", "text": LEAD, **more}


# ---- what is read


@limit("a line of JSON Lines, in bytes", 4 * MIB)
def line_of_json(folder, n):
    line = json.dumps(story(other=""))
    line = line[:-2] + "x" * (n - len(line) - 1) + '"}\n'
    path = write(folder, "s.jsonl", line)
    return *dragoman("read", path), "the line is longer than 4194304 bytes and is passed over"


@limit("a value of JSON, in bytes", 4 * MIB)
def value_of_json(folder, n):
    value = json.dumps(story(other=""))
    value = value[:-2] + "x" * (n - len(value)) + '"}'
    return *dragoman("read", write(folder, "s.json", f"[{value}]")), "the value is longer than 4194304 bytes"


@limit("the text of a story, in bytes", MIB)
def text_of_a_story(folder, n):
    path = write(folder, "s.jsonl", json.dumps(story(text=sentences(n))))
    return *dragoman("read", path), "the story is longer than 1048576 bytes and is passed over"


@limit("a story of dated text, in bytes", MIB)
def dated_text(folder, n):
    path = write(folder, "s.txt", "date 2020-01-03\n" + sentences(n - 1))
    return *dragoman("read", path), "the story is longer than 1048576 bytes: what follows of it is passed over"


@limit("a row of CSV or TSV, in bytes", 4 * MIB)
def row_of_csv(folder, n):
    row = f'a,2020-01-03,"{LEAD}",'
    path = write(folder, "s.csv", "id,date,text,other\n" + row + "x" * (n - len(row) - 1) + "\n")
    return *dragoman("read", path), "the row is longer than 4194304 bytes"


@limit("a document of CoNLL-U, in bytes", 64 * MIB)
def document_of_conllu(folder, n):
    words = "1\tTroops\ttroops\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    text = "# newdoc id = d\n# date = 2020-01-03\n" + words
    line = "# " + "x" * 4093 + "\n"
    fill = n - len(text) - len(words)
    text += line * (fill // len(line) - 1)
    rest = fill - len(line) * (fill // len(line) - 1)
    path = write(folder, "s.conllu", text + "# " + "x" * (rest // 2 - 3) + "\n# " + "x" * (rest - rest // 2 - 3) + "\n" + words)
    found = dragoman("parse", path)
    os.unlink(path)
    return *found, "the document is longer than 67108864 bytes and is passed over"


@limit("a sentence of CoNLL-U, in words", 20000)
def sentence_of_conllu(folder, n):
    rows = "".join(f"{i}\ttroops\ttroops\tNOUN\tNNS\t_\t{i - 1}\t{'nmod' if i > 1 else 'root'}\t_\t_\n"
                   for i in range(1, n + 1))
    path = write(folder, "s.conllu", f"# newdoc id = d\n# date = 2020-01-03\n{rows}\n")
    return *dragoman("code", path), "a sentence of more than 20000 words"


@limit("a page of HTML, in bytes", 2 * MIB)
def page(folder, n):
    head = "<html><head><title>An attack</title></head><body><article>" + f"<p>{LEAD} {LEAD}</p>" * 4 + "</article><!--"
    path = write(folder, "s.html", head + "x" * (n - len(head) - 17) + "--></body></html>")
    return *dragoman("read", "--date", "2020-01-03", path), "the page is longer than 2097152 bytes"


@limit("elements in elements of XML", 256)
def nested_xml(folder, n):
    item = f"<item><title>t</title><description>{LEAD}</description><pubDate>Fri, 03 Jan 2020 10:00:00 GMT</pubDate></item>"
    deep = "<x>" * (n - 2) + "</x>" * (n - 2)
    path = write(folder, "s.xml", f'<rss version="2.0"><channel><title>c</title>{item}{deep}</channel></rss>')
    return *dragoman("read", path), "more than 256 elements are open in each other"


@limit("folders in folders, with -r", 64)
def folders(folder, n):
    top = os.path.join(folder, f"top{n}")
    path = write(os.path.join(top, *["d"] * (n - 1)), "s.jsonl", json.dumps(story()))
    return *dragoman("read", "-r", top), "it lies more than 64 folders deep and is passed over"


@limit("a row of marked sentences, in bytes", MIB)
def marked_sentence(folder, n):
    start = "<S>Turkey</S> attacked <T>Armenia</T> on Friday. "
    path = write(folder, "m.tsv", "marked_sentence\n" + start + "x" * (n - len(start)) + "\n")
    return *dragoman("relate", path), "the sentence is too long"


@limit("marks of one side in such a row", 8)
def marks_of_a_side(folder, n):
    path = write(folder, "m.tsv", "marked_sentence\n<s>Turkey</s> attacked " + "<t>Armenia</t> " * n + "on Friday.\n")
    return *dragoman("relate", path), "only the first 8 <t> are read"


@limit("the file of settings, in bytes", 64 * KIB)
def settings(folder, n):
    path = write(folder, "config", "#" + "x" * (n - 2) + "\n")
    return *dragoman("read", "--config", path, write(folder, "s.jsonl", json.dumps(story()))), "is larger than 65536 bytes"


# ---- what is asked for


def jobs_of(name):
    return lambda folder, n: (*dragoman(name, "--jobs", str(n), write(folder, "s.jsonl", json.dumps(story()))),
                              "--jobs takes a number from 1 to 256")


limit("--jobs", 256)(jobs_of("parse"))


@limit("the token of serve, in characters", 200)
def token(folder, n):
    file = write(folder, "token", "x" * n)
    # There is no such store, which is seen after the token.
    _, _, said = dragoman("serve", "--db", os.path.join(folder, "none.db"), "--token-file", file)
    if "is not built in" in said or "unknown command" in said:
        raise Skip("serve is not built in")
    refused = "a token is 16 to 200" in said
    return 2 if refused else 0, "", said, "a token is 16 to 200"


@limit("contexts of a codebook", 64)
def contexts(folder, n):
    tables = os.path.join(folder, f"tables{n}")
    with open(os.path.join(ROOT, "data", "codebook", "contexts.tsv"), encoding="utf-8") as f:
        shipped = [line for line in f if not line.startswith("#")][1:]
    write(tables, "codebook/contexts.tsv",
          "context\ttheme\n" + "".join(f"own {i}\t-\n" for i in range(n - len(shipped))))
    return *dragoman("code", "--tables", tables, write(folder, "s.jsonl", json.dumps(story()))), "more than 64 contexts"


@limit("folders of tables, the shipped one among them", 8)
def table_folders(folder, n):
    paths = [os.path.join(folder, f"t{i}") for i in range(n - 1)]
    for path in paths:
        os.makedirs(path, exist_ok=True)
    return *dragoman("code", "--tables", ":".join(paths), write(folder, "s.jsonl", json.dumps(story()))), \
        "more than 8 folders of tables"


@limit("events of a story in diff", 20000)
def events_of_a_story(folder, n):
    event = json.loads(dragoman("code", write(folder, "s.jsonl", json.dumps(story())))[1].splitlines()[0])
    line = json.dumps(event) + "\n"
    code, *told = dragoman("diff", write(folder, "old.jsonl", line * n), write(folder, "new.jsonl", line))
    return code - 1, *told, "a story with more than 20000 events"


def every_row_of_the_document_has_a_case(folder):
    with open(os.path.join(ROOT, "docs", "limits.md"), encoding="utf-8") as f:
        table = f.read().split("## Tested")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|", table, re.M))
    equal({name: int(number.replace(",", "")) for name, number in rows.items()}, LIMITS)


CASES.append(every_row_of_the_document_has_a_case)

if __name__ == "__main__":
    sys.exit(main())
