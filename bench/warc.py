#!/usr/bin/env python3
"""HTML to events: a WARC made of pages, and how many stories a second one core makes events of.

    warc.py make FILE N [SEED]   a WARC of N pages, a gzip member per record (FILE ends in .gz) or plain
    warc.py [N]                  makes one of N pages (default 4000) and measures `read` and `code -j 1` on it

The pages are built here, with stories of permuted sentences of examples/: an article among menus, scripts,
related links, a cookie notice and a footer, in five layouts, about 20 kB each, as pages of news sites are long.
One page in ten is a front page without a story.
"""
import gzip, html, json, os, random, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import stories

PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(stories.ROOT, "build/release/src/cli/dragoman")))
SECTIONS = "World Politics Business Markets Opinion Science Health Sport Culture Travel Video Weather".split()
ARTICLES = ('<article class="story-body">{}</article>', '<main><div itemprop="articleBody">{}</div></main>',
            '<div id="content"><div class="entry-content">{}</div></div>', '<section class="article__body">{}</section>',
            '<table><tr><td class="left"></td><td class="main">{}</td></tr></table>')


def words(rng, n):
    return " ".join(rng.choice(SECTIONS).lower() + str(rng.randrange(100)) for _ in range(n))


def links(rng, n, kind):
    return f'<ul class="{kind}">' + "".join(f'<li><a href="/{words(rng, 1)}/{rng.randrange(10**6)}">{rng.choice(SECTIONS)} {rng.randrange(99)}'
                                            "</a></li>" for _ in range(n)) + "</ul>"


def script(rng, n):
    return "<script>window.data=" + json.dumps({words(rng, 1): [rng.randrange(10**9) for _ in range(8)] for _ in range(n)}) + ";</script>"


def page(rng, story):
    """story None: a front page, all links"""
    title = html.escape(story["title"] if story else "Front page")
    head = (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Northern Wire</title>'
            + "<style>" + "".join(f".{words(rng, 1)}{{margin:{rng.randrange(40)}px;color:#{rng.randrange(1 << 24):06x}}}" for _ in range(60)) + "</style>")
    top = f'<nav>{links(rng, 30, "menu")}</nav><div class="cookie-notice">We use cookies. <button>Accept</button></div>'
    foot = f'<aside><h3>Most read</h3>{links(rng, 20, "related")}</aside><footer>{links(rng, 25, "footer")}<p>All rights reserved.</p></footer>'
    if not story:
        return head + "</head><body>" + top + links(rng, 90, "teasers") + foot + script(rng, 60) + "</body></html>"
    head += (f'<meta property="og:title" content="{title}"><meta property="article:published_time" content="{story["date"]}T08:00:00Z">'
             f'<link rel="canonical" href="https://wire.example/{story["id"]}"></head>')
    parts, sentences = [], story["text"].split(". ")
    while sentences:
        n = rng.randint(1, 3)
        parts.append("<p>" + html.escape(". ".join(sentences[:n]).rstrip(".") + ".") + "</p>")
        sentences = sentences[n:]
        if rng.random() < 0.15:
            parts.append(f'<div class="ad">{script(rng, 6)}</div>')
    body = rng.choice(ARTICLES).format(f"<h1>{title}</h1><time datetime=\"{story['date']}\">{story['date']}</time>" + "".join(parts))
    return head + "<body>" + script(rng, 40) + top + body + foot + script(rng, 60) + "</body></html>"


def record(kind, url, block, rng):
    number = "%032x" % rng.getrandbits(128)
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-"
            f"{number[20:]}>\r\nWARC-Date: 2020-10-02T08:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={kind}"
            f"\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def records(n, seed):
    rng = random.Random(seed)
    made = stories.permuted(n, rng)
    for i in range(n):
        story = next(made) if i % 10 else None
        url = f"https://wire.example/{story['id'] if story else 'front-' + str(i)}"
        text = page(rng, story).encode()
        yield record("request", url, f"GET / HTTP/1.1\r\nHost: wire.example\r\n\r\n".encode(), rng)
        yield record("response", url, f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(text)}\r\n\r\n"
                     .encode() + text, rng)


def make(path, n, seed=2020):
    with open(path, "wb") as f:
        for block in records(n, seed):
            f.write(gzip.compress(block, mtime=0) if path.endswith(".gz") else block)


def timed(*arguments):
    """-> standard output's lines, seconds of processor, peak memory in MB"""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([PROGRAM, *arguments], stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = status
        out.seek(0)
        return sum(1 for _ in out), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(n):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pages.warc.gz")
        make(path, n)
        packed = os.path.getsize(path)
        raw = sum(len(block) for block in records(min(n, 500), 2020)) * n / min(n, 500)
        n_stories, reading, _ = timed("read", path)
        n_events, coding, memory = timed("code", path)
        print(f"{n} pages, {raw / 1e6:.0f} MB of records, {packed / 1e6:.1f} MB packed: {n_stories} stories, {n_events} events")
        print(f"read, HTML to text: {reading:6.1f} s of processor, {n / reading:6.0f} pages a second, {raw / 1e6 / reading:5.1f} MB a second")
        print(f"code, HTML to events: {coding:6.1f} s of processor, {n_stories / coding:6.1f} stories a second, {n_events / coding:6.0f} events a"
              f" second, {memory:.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 2020)
    else:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
