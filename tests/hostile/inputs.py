"""The words with which rows make their inputs: `files` is an expression of these whose value is the content of the file
`in`, or a dictionary of names and contents."""
import gzip, io, json, random, struct, subprocess, zipfile, zlib

TEXT = "Turkey attacked Armenia on Monday."
STORIES = "".join(json.dumps({"id": f"s{i}", "date": "2020-10-02", "source": "Wire", "text": TEXT}) + "\n" for i in range(3))


def j(**members):
    """One line of JSON Lines."""
    return (json.dumps(members) + "\n").encode()


GOOD = j(id="good", date="2020-10-02", text=TEXT)     # the neighbour that must still be read
DATED = f"date 2020-10-02\n\n{TEXT}\n".encode()


def gz(content, level=9):
    return gzip.compress(content if isinstance(content, bytes) else content.encode(), level, mtime=0)


def zst(content):
    return subprocess.run(["zstd", "-q", "-c"], input=content, capture_output=True, check=True).stdout


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in members.items():
            z.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


def noise(n, seed=1):
    return random.Random(seed).randbytes(n)


def warc(*blocks, type="response", uri="http://example.org/1", length=None, headers=""):
    """An archive whose records hold these blocks."""
    out = b""
    for i, block in enumerate(blocks):
        out += (f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-10-02T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{i}>\r\nContent-Type: application/http; msgtype=response\r\n{headers}"
                f"Content-Length: {len(block) if length is None else length}\r\n\r\n").encode() + block + b"\r\n\r\n"
    return out


def page(body=None, head=""):
    return (f"<!doctype html><html><head><title>War</title><meta property='article:published_time' content='2020-10-02'>{head}"
            f"</head><body><article>{body if body is not None else '<p>' + (TEXT + ' ') * 8 + '</p>'}</article></body></html>").encode()


def answer(body=page(), status="200 OK", headers="Content-Type: text/html; charset=utf-8\r\n"):
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


def item(text=TEXT, guid="good", more=""):
    return (f"<item><guid>{guid}</guid><title>War</title><description>{text}</description>"
            f"<pubDate>Fri, 02 Oct 2020 08:00:00 GMT</pubDate>{more}</item>")


def rss(*items, before="", head="<?xml version='1.0'?>"):
    return f"{head}{before}<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>".encode()


def conllu(*rows, sent="1"):
    """Sentences of CoNLL-U from rows "FORM HEAD DEPREL"; a row with tabs goes out as it is."""
    out = "# newdoc id = good\n# date = 2020-10-02\n"
    out += f"# sent_id = {sent}\n"
    for i, row in enumerate(rows, 1):
        if "\t" in row:
            out += row + "\n"
        else:
            form, head, deprel = row.split(" ")
            out += f"{i}\t{form}\t{form.lower()}\tNOUN\t_\t_\t{head}\t{deprel}\t_\t_\n"
    return (out + "\n").encode()


def dated_clauses(n, deprel):
    """One sentence of so many clauses, each with its day and hung by that relation on the one before it."""
    rows = []
    for i in range(1, 4 * n, 4):
        hung = f"{i - 3}\t{deprel}" if i > 1 else "0\troot"
        rows += [f"{i}\tRebels\trebel\tNOUN\tNNS\t_\t{i + 1}\tnsubj\t_\t_",
                 f"{i + 1}\tattacked\tattack\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t{hung}\t_\t_",
                 f"{i + 2}\tMonday\tMonday\tPROPN\tNNP\t_\t{i + 1}\tobl:unmarked\t_\t_",
                 f"{i + 3}\t,\t,\tPUNCT\t,\t_\t{i + 1}\tpunct\t_\t_"]
    return conllu(*rows)


def get(target, headers="", method="GET", version="HTTP/1.1", body=b"", host="localhost"):
    """A request as bytes."""
    target = target if isinstance(target, bytes) else target.encode("latin-1")
    return (method.encode() + b" " + target + f" {version}\r\n".encode() + (f"Host: {host}\r\n" if host is not None else "").encode()
            + f"Connection: close\r\n{headers}\r\n".encode() + body)


def post(target, body, kind="application/json", headers=""):
    body = body if isinstance(body, bytes) else body.encode()
    return get(target, f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}", "POST", body=body)


WORDS = dict(globals())


def made(expression, store):
    """-> the files of a row by name; the word STORE is the content of a small store"""
    if expression == "-":
        return {}
    value = eval(expression, {**WORDS, **({"STORE": store()} if "STORE" in expression else {})})
    return value if isinstance(value, dict) else {"in": value}
