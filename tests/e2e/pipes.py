#!/usr/bin/env python3
"""Where output goes: full disks, files that are written beside, slow pipes, and complaints without end."""
import json, os, signal, subprocess, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, PROGRAM, SECOND, case, contains, dragoman, equal, main, write


def story(i, text=LEAD):
    return json.dumps({"id": str(i), "date": "2020-01-03", "text": text}) + "\n"


def begin(*arguments, **more):
    """-> the program, running, with pipes"""
    return subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            env={**os.environ, "XDG_CONFIG_HOME": "/nonexistent"}, **more)


def feed(child, text):
    child.stdin.write(text.encode())
    child.stdin.flush()


def too_late(*_):
    raise AssertionError("nothing came, and the input had not ended")


signal.signal(signal.SIGALRM, too_late)


def comes_before_the_rest(*arguments, first, line, rest):
    """What is made of `first` holds `line`, and is there before the input goes on with `rest`."""
    child = begin(*arguments)
    signal.alarm(30)
    feed(child, first)
    contains(child.stdout.readline().decode(), line)
    out, _ = child.communicate(rest.encode())
    signal.alarm(0)
    equal(child.returncode, 0, "exit code")
    return out.decode()


@case
def events_of_a_slow_pipe_come_before_its_end(folder):
    for jobs in "1", "2":
        out = comes_before_the_rest("code", "-j", jobs, first=story(1), line='"story_id":"1"', rest=story(2))
        contains(out, '"story_id":"2"')


@case
def events_of_slow_dated_text_come_when_the_next_story_begins(folder):
    first = f"date 2020-01-03\n{LEAD}\n\ndate 2020-01-04\n"
    out = comes_before_the_rest("code", first=first, line='"story_date":"2020-01-03"', rest=LEAD + "\n")
    contains(out, '"story_date":"2020-01-04"')


@case
def stories_that_are_only_read_come_before_the_end_of_a_slow_pipe(folder):
    comes_before_the_rest("read", first=story(1), line='"id":"1"', rest=story(2))


@case
def a_slow_pipe_gives_the_same_bytes(folder):
    stories = [story(i, f"{LEAD} {SECOND}" if i % 3 else LEAD) for i in range(12)]
    whole = dragoman("code", "-j", "2", stdin="".join(stories).encode())[1]
    child = begin("code", "-j", "2")
    for one in stories:
        feed(child, one)
        time.sleep(0.02)
    equal(child.communicate()[0].decode(), whole, "events")


if __name__ == "__main__":
    sys.exit(main())
