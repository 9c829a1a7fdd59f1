#!/usr/bin/env python3
"""Where output goes: full disks, files that are written beside, slow pipes, and complaints without end."""
import json, os, resource, signal, subprocess, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, PROGRAM, SECOND, Skip, case, contains, dragoman, environment, equal, main, write


def story(i, text=LEAD):
    return json.dumps({"id": str(i), "date": "2020-01-03", "text": text}) + "\n"


def begin(*arguments, **more):
    """-> the program, running, with pipes"""
    return subprocess.Popen([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            env=environment(), **more)


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


# ---- full disks


def into_full(*arguments):
    """-> exit code and standard error of the program with a full disk as its standard output"""
    with open("/dev/full", "w") as full:
        done = subprocess.run([os.path.abspath(PROGRAM), *arguments], stdin=subprocess.DEVNULL, stdout=full, text=True,
                              stderr=subprocess.PIPE, env=environment(), timeout=120)
    return done.returncode, done.stderr


def check_full(*arguments):
    code, said = into_full(*arguments)
    what = " ".join(arguments)
    equal(code, 1, f"{what}: exit code; {said}")
    equal(said.count("No space left on device"), 1, f"{what}: {said}")


@case
def every_command_says_that_the_disk_is_full(folder):
    text = write(folder, "story.txt", f"date 2020-01-03\n{LEAD} {SECOND}\n")
    marked = write(folder, "marked.tsv", "marked_sentence\nTurkey[S] attacked Armenia[T] on Friday.\n" * 2)
    for words in (["--help"], ["--version"], ["code", "--help"], ["help"], ["help", "--as", "man"],
                  ["help", "--as", "completion"], ["code", text], ["quotes", text], ["places", text], ["times", text],
                  ["parse", text], ["read", text], ["explain", text], ["explain", "--rule", "v0120"], ["relate", marked],
                  ["tables", "check", "--tables", folder], ["doctor"]):
        check_full(*words)
    # More than any buffer holds, so that the write fails long before the end.
    check_full("code", write(folder, "many.jsonl", "".join(story(i) for i in range(200))))


@case
def every_answer_of_a_store_says_that_the_disk_is_full(folder):
    store = os.path.join(folder, "s.db")
    text = write(folder, "story.txt", f"date 2020-01-03\n{LEAD} {SECOND}\n")
    if dragoman("ingest", "--db", store, text)[0] == 2:
        raise Skip("there is no SQLite")
    for name in "query", "export", "stats", "sample":
        check_full(name, "--db", store)
    check_full("export", "--db", store, "--format", "csv")
    check_full("correct", "--db", store, "--list")
    check_full("ingest", "--db", store, text)


def starved(limit, *arguments):
    """-> exit code and standard error of the program where no file may be longer than limit bytes"""
    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    done = subprocess.run([os.path.abspath(PROGRAM), *arguments], capture_output=True, text=True, timeout=120,
                          preexec_fn=little_room, env=environment())
    return done.returncode, done.stderr


@case
def a_store_that_cannot_be_written_is_named(folder):
    text = write(folder, "s.jsonl", "".join(story(i, f"{LEAD} {SECOND} {i}") for i in range(60)))
    store = os.path.join(folder, "s.db")
    if dragoman("ingest", "--db", store, stdin=story(1).encode())[0] == 2:
        raise Skip("there is no SQLite")
    code, said = starved(40000, "ingest", "--db", store, text)
    equal(code, 1, said)
    contains(said, f"dragoman: {store}: ")
    equal("set up" in said, False, said)
    code, _, said = dragoman("query", "--db", write(folder, "no.db", "no database " * 200))
    contains(said, f"{folder}/no.db: cannot be read: file is not a database")


# ---- -o


@case
def a_file_keeps_its_old_content_until_the_new_one_is_whole(folder):
    out = write(folder, "out.jsonl", "old\n")
    os.chmod(out, 0o640)
    for how in signal.SIGKILL, signal.SIGTERM, signal.SIGINT:
        child = begin("code", "-o", out)
        feed(child, "".join(story(i) for i in range(3)))
        while len(os.listdir(folder)) < 2:
            time.sleep(0.01)
        child.send_signal(how)
        child.communicate()
        equal(child.returncode, -how, "exit code")
        equal(open(out).read(), "old\n", f"after signal {how}")
        if how == signal.SIGKILL:
            for name in os.listdir(folder):
                if name.endswith(".part"):
                    os.unlink(os.path.join(folder, name))
        equal(os.listdir(folder), ["out.jsonl"], f"after signal {how}")
    code, _, _ = dragoman("code", "-o", out, stdin=story(1).encode())
    equal(code, 0)
    contains(open(out).read(), '"story_id":"1"')
    equal(os.stat(out).st_mode & 0o777, 0o640, "mode")
    equal(os.listdir(folder), ["out.jsonl"], "afterwards")


@case
def output_may_be_a_link_but_not_its_own_input(folder):
    path, link = write(folder, "stories.jsonl", story(1)), os.path.join(folder, "link")
    os.symlink("out.jsonl", link)
    equal(dragoman("read", path, "-o", link)[0], 0)
    contains(open(os.path.join(folder, "out.jsonl")).read(), '"date_basis"')
    equal(os.path.islink(link), True, "link")
    os.remove(link)
    os.symlink("stories.jsonl", link)
    equal(dragoman("read", path, "-o", link)[0], 2)
    equal(open(path).read(), story(1), "the input")


@case
def output_is_not_standard_input_of_the_shell(folder):
    path = write(folder, "stories.jsonl", story(1))
    for operands in [], ["-"]:
        with open(path) as f:
            done = subprocess.run([os.path.abspath(PROGRAM), "read", "-o", path, *operands], stdin=f, stderr=subprocess.PIPE,
                                  text=True)
        equal(done.returncode, 2)
        contains(done.stderr, "which is standard input")
        equal(open(path).read(), story(1), "the input")


@case
def output_is_not_the_store(folder):
    path, store = write(folder, "stories.jsonl", story(1)), os.path.join(folder, "a.db")
    code, _, said = dragoman("ingest", "--quiet", "--db", store, path)
    if "unknown command" in said:
        raise Skip("built without SQLite")
    equal(code, 0)
    settings = write(folder, "config", f"db = {store}\n")
    events = dragoman("query", "--db", store)
    equal(events[0], 0)
    for arguments in (["query", "--db", store, "-o", store], ["export", "--db", store, "-o", store],
                      ["query", "--config", settings, "-o", store], ["query", "--db", store, "--config", settings, "-o", settings],
                      ["ingest", "--db", store, "--errors", store, path]):
        code, _, said = dragoman(*arguments)
        equal(code, 2, arguments)
        contains(said, "would overwrite")
        equal(dragoman("query", "--db", store), events, arguments)


@case
def pipes_and_devices_are_written_as_they_are(folder):
    there = dragoman("code", stdin=story(1).encode())[1]
    for name in "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
        equal(dragoman("code", "-o", name, stdin=story(1).encode())[1], there, name)
    log = write(folder, "log", "begun\n")
    with open(log, "a") as f:
        subprocess.run([os.path.abspath(PROGRAM), "code", "-o", "/dev/stdout"], input=story(1), text=True, stdout=f)
    equal(open(log).read(), "begun\n" + there, "appended")
    pipe = os.path.join(folder, "pipe")
    os.mkfifo(pipe)
    child = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)
    equal(dragoman("code", "-o", pipe, stdin=story(1).encode())[0], 0)
    equal(child.communicate(timeout=30)[0], there, "pipe")
    code, _, said = dragoman("code", "-o", "/dev/full", stdin=story(1).encode())
    equal(code, 1)
    contains(said, "/dev/full: No space left on device")


@case
def a_file_that_cannot_be_written_is_named(folder):
    for path, why in (os.path.join(folder, "no", "x"), "No such file"), (folder, "Is a directory"):
        code, _, said = dragoman("code", "-o", path, stdin=story(1).encode())
        equal(code, 1)
        contains(said, f"{path}: {why}")


# ---- complaints


@case
def complaints_are_shown_up_to_a_number_and_then_counted(folder):
    faulty = write(folder, "relate.tsv", b"marked_sentence\n" + b"\xff\n" * 3000)
    said = dragoman("relate", faulty)[2]
    equal(len(said.splitlines()), 21)
    contains(said, "dragoman: and 2980 more, 3000 in all")
    tables = os.path.join(folder, "tables")
    write(tables, "actors/groups.tsv", "phrase\tcountry\tsector\tothers\n" + "x\tNOWHERE\t-\t-\n" * 3000)
    code, _, said = dragoman("code", "--tables", tables, stdin=story(1).encode())
    equal((code, len(said.splitlines()) < 30), (1, True), said[:2000])
    contains(said, "errors in the tables; the rows concerned are not used")
    contains(said, "`dragoman tables check --max 0` lists them all")
    said = dragoman("tables", "check", "--tables", tables, "--max", "7")[2]
    equal(len(said.splitlines()), 8, said[:2000])
    contains(said, "dragoman: and ")
    code, out, said = dragoman("tables", "check", "--tables", tables, "--max", "0")
    equal((code, len(said.splitlines()) >= 3000), (1, True))
    stories = write(folder, "bad.jsonl", '{"text":"a","date":"x"}\n' * 3000)
    said = dragoman("code", stories)[2]
    equal(len(said.splitlines()), 7, said)
    contains(said, "3000 in all")


if __name__ == "__main__":
    sys.exit(main())
