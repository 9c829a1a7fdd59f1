#!/usr/bin/env python3
"""Speed of the readers: the example reports as plain text, as pages of HTML in a WARC archive and as JSON Lines.

    bench/readers.py [COPIES] [MEGABYTES]     how often each report is taken; size of the archive for the memory test

Printed are seconds of processor time of `dragoman code` on each, the archive's share of plain text's speed, what reading
alone takes, and the peak memory over an archive of so many megabytes.
"""
import glob, gzip, json, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
# What surrounds a story: as much as on a news page of today.
LINKS = "".join(f'<li class="item"><a href="/section/{i}">A headline about something else, number {i}</a></li>' for i in range(120))
SCRIPT = "<script>var config = {" + ",".join(f'"key{i}":"<div>{i}</div>"' for i in range(600)) + "};</script>"


def reports():
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt"))):
        text = open(path, encoding="utf-8").read()
        yield re.match(r"date (\S+)", text).group(1), re.sub(r"^date \S+\s*", "", text)


def page(date, text):
    paragraphs = "".join(f"<p>{' '.join(p.split())}</p>" for p in re.split(r"\n\s*\n", text.strip()))
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Report</title><meta property="article:published_time" '
            f'content="{date}">{SCRIPT}</head><body><nav><ul>{LINKS}</ul></nav><article>{paragraphs}</article><aside><ul>{LINKS}</ul>'
            f"</aside><footer>{SCRIPT}<p>All rights are reserved by the publisher of this page.</p></footer></body></html>").encode()


def record(number, body, content="text/html"):
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {content}\r\n\r\n".encode() + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://g.example/{number}\r\nWARC-Date: 2020-10-02T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def run(*arguments, feed=None):
    """-> processor seconds, peak memory in MB"""
    child = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE if feed else None, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    if feed:
        for piece in feed:
            child.stdin.write(piece)
        child.stdin.close()
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    stories = [story for _ in range(copies) for story in reports()]
    with tempfile.TemporaryDirectory() as folder:
        text, jsonl, warc, none = (os.path.join(folder, name) for name in ("a.txt", "a.jsonl", "a.warc.gz", "none.warc"))
        pages = [page(*story) for story in stories]
        with open(text, "w") as f:
            f.write("".join(f"date {date}\n\n{story}\n\n" for date, story in stories))
        with open(jsonl, "w") as f:
            f.write("".join(json.dumps({"id": str(i), "date": d, "text": t}) + "\n" for i, (d, t) in enumerate(stories)))
        with open(warc, "wb") as f:
            for i, body in enumerate(pages):
                f.write(gzip.compress(record(i, body)))
        with open(none, "wb") as f: # the same pages, their stories taken out: only reading is left
            f.write(b"".join(record(i, page("2020-10-02", "No")) for i in range(len(pages))))
        size = sum(map(len, pages))
        print(f"{len(stories)} stories, {sum(len(t) for _, t in stories) / 1e6:.1f} MB of text, {size / 1e6:.1f} MB of pages")
        plain = run("code", text)[0]
        print(f"text   {plain:7.2f} s")
        print(f"jsonl  {run('code', jsonl)[0]:7.2f} s")
        archive = run("code", warc)[0]
        print(f"warc   {archive:7.2f} s   {plain / archive:.0%} of the speed of plain text")
        start = run("code", "--from=warc", os.devnull)[0]
        reading = run("code", none)[0] - start
        print(f"reading pages alone: {os.path.getsize(none) / 1e6 / reading:.0f} MB/s")
    block = record(0, b"x" * 1_000_000, "image/png") * 9 + b"".join(record(i, page(*story)) for i, story in enumerate(reports()))
    feed = (block for _ in range(megabytes * 1_000_000 // len(block)))
    seconds, memory = run("parse", feed=feed)
    print(f"an archive of {megabytes} MB: {memory:.0f} MB of memory, {seconds:.1f} s")


if __name__ == "__main__":
    main()
