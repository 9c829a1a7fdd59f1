#!/usr/bin/env python3
"""The Python package: what it gives is what the program writes; it streams, stops, warns and raises;
threads run side by side. DRAGOMAN_LIBRARY names the library."""
import csv, datetime, glob, gzip, io, json, os, pickle, subprocess, sys, threading, warnings

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "bindings", "python")]
from harness import LEAD, SECOND, Skip, case, contains, dragoman, equal, main, write

import dragoman as dgm
from dragoman import _run, records

EXAMPLES = os.path.join(ROOT, "examples")
TEXT = f"{LEAD} {SECOND}"
DAY = "2020-10-02"


def raises(what, function, *arguments, **options):
    """-> the message of the exception"""
    try:
        function(*arguments, **options)
    except what as why:
        return str(why)
    raise AssertionError(f"no {what.__name__}")


def example(name):
    return os.path.join(EXAMPLES, name + ".txt")


def written(*arguments):
    code, out, err = dragoman(*arguments)
    equal(code, 0, err)
    return [json.loads(line) for line in out.splitlines()]


def stories_file(folder, n, name="many.jsonl"):
    lines = [json.dumps({"id": f"s{i}", "date": DAY, "text": TEXT if i % 2 else LEAD}) for i in range(n)]
    return write(folder, name, "\n".join(lines) + "\n")


# ---- records ---------------------------------------------------------------------------------


@case
def events_are_what_the_program_writes_with_every_member(folder):
    path = example("gori-2008")
    events = list(dgm.code_files(path))
    equal([e.to_dict() for e in events], written("code", path))
    equal(len(events) > 20, True)
    kinds = {type(e.trigger) for e in events} | {type(a) for e in events for a in e.actors + e.recipients}
    equal(kinds, {dgm.Words, dgm.Actor})
    equal({type(v) for e in events for v in e.attribution}, {dgm.Voice})
    equal({type(p) for e in events for p in e.locations}, {dgm.Place})


@case
def the_classes_have_the_members_of_the_schemas(folder):
    def schema(name):
        with open(os.path.join(ROOT, "docs", "formats", name)) as f:
            return json.load(f)

    def same(cls, its, without=()):
        members = {cls._renamed.get(name, name) for name in cls._known}
        equal(members - set(without), set(its["properties"]), cls.__name__)

    event, places, times, quotes = map(schema, ("event.schema.json", "places.schema.json", "times.schema.json", "quotes.schema.json"))
    same(dgm.Event, event)
    for cls, name in (dgm.Actor, "actor"), (dgm.Voice, "voice"), (dgm.Place, "place"), (dgm.Size, "size"), (dgm.Words, "words"), (dgm.Condition, "condition"):
        same(cls, event["$defs"][name])
    same(dgm.Sizes, event["properties"]["size"])
    same(dgm.Judge, event["properties"]["judge"])
    same(dgm.Place, places["$defs"]["place"], ["basis"])
    same(dgm.Time, times["$defs"]["time"])
    same(dgm.Quote, quotes)


@case
def members_that_nobody_knows_are_kept(folder):
    line = written("code", example("gori-2008"))[2]
    line["colour"], line["actors"][0]["hat"] = {"a": [1]}, "red"
    event = dgm.Event.from_dict(json.loads(json.dumps(line)))
    equal(event.extra, {"colour": {"a": [1]}})
    equal(event.actors[0].extra, {"hat": "red"})
    equal(event.to_dict(), line)
    equal(pickle.loads(pickle.dumps(event)), event)


@case
def a_record_without_members_has_its_defaults(folder):
    event = dgm.Event.from_dict({})
    equal((event.actors, event.polarity, event.trigger.begin, event.confidence), ((), "affirmed", 0, None))
    equal(dgm.Event().to_dict()["contexts"], [])


@case
def records_are_not_changed_by_accident(folder):
    raises(AttributeError, setattr, dgm.Actor(code="TUR"), "code", "GRC")


# ---- one story -------------------------------------------------------------------------------


@case
def one_story_is_coded_with_offsets_of_its_text(folder):
    events = dgm.code(TEXT, DAY)
    equal(len(events) >= 3, True)
    for e in events:
        equal(TEXT[e.trigger.begin:e.trigger.end], e.trigger.text)
    equal(events[0].day, datetime.date(2020, 10, 2))
    equal([e.to_dict() for e in dgm.code(TEXT, datetime.date(2020, 10, 2))], [e.to_dict() for e in events])


@case
def a_story_keeps_its_id_and_source(folder):
    events = dgm.code(TEXT, DAY, id="a-1", source="Agency", title="A title", url="https://example.org/1")
    equal({(e.story_id, e.story_source, e.story_title, e.story_url) for e in events},
          {("a-1", "Agency", "A title", "https://example.org/1")})


@case
def quotes_have_speakers_and_words(folder):
    text = f"{LEAD} Armenia denied on Friday that its forces had shelled the town."
    path = write(folder, "story.jsonl", json.dumps({"id": "story", "date": DAY, "text": text}) + "\n")
    quotes = dgm.quotes(text, DAY)
    equal([q.to_dict() for q in quotes], written("quotes", path))
    denial = next(q for q in quotes if q.kind == "deny")
    equal((denial.speaker.code, denial.source.text, denial.cue.text), ("ARM", "Armenia", "denied"))
    equal(denial.said.rstrip("."), "that its forces had shelled the town")
    equal(list(dgm.quotes_many([{"id": "story", "date": DAY, "text": text}])), quotes)


@case
def places_times_stories_and_trees_are_those_of_the_program(folder):
    path = write(folder, "story.jsonl", json.dumps({"id": "story", "date": DAY, "text": TEXT}) + "\n")
    equal([p.to_dict() for p in dgm.places(TEXT, DAY)], written("places", path)[0]["places"])
    equal([t.to_dict() for t in dgm.times(TEXT, DAY)], written("times", path)[0]["times"])
    equal(dgm.times(TEXT, DAY)[0].first, DAY)
    story = dgm.read(TEXT, DAY)
    equal((story.text, story.date), (TEXT, DAY))
    equal(next(dgm.read_files(path)).to_dict(), written("read", path)[0])
    contains(dgm.trees(TEXT), "\tattacked\tattack\tVERB\t")
    contains(dgm.explain(TEXT, DAY), "ASSAULT")


@case
def a_marked_sentence_is_related_and_a_rule_found(folder):
    relation = dgm.relate("<s>France</s> expels two envoys of <t>Mali</t>.")
    equal((relation.event_type, relation.polarity), ("SANCTION", "affirmed"))
    rule = next(e.rule for e in dgm.code(TEXT, DAY) if e.rule != "judge")
    contains(json.dumps(dgm.rule(rule)), rule)
    contains(raises(dgm.Error, dgm.rule, "no-such-rule"), "no-such-rule")


@case
def what_cannot_be_coded_raises_with_its_message(folder):
    contains(raises(dgm.Error, dgm.code, TEXT, "yesterday"), "YYYY-MM-DD: yesterday")
    contains(raises(dgm.Error, dgm.code, "a\0b", DAY), "NUL")
    contains(raises(dgm.Error, dgm.code, "a \ud800 b", DAY), "UTF-8")
    contains(raises(dgm.Error, dgm.Coder, tables="/no/such/folder"), "/no/such/folder")
    contains(raises(dgm.Error, dgm.Coder, sides="left"), "left")


@case
def a_text_or_a_date_of_another_type_is_named(folder):
    for value, name in (None, "None"), (5, "type int"), (TEXT.encode(), "type bytes"), (float("nan"), "type float"), ([TEXT], "type list"):
        for call in dgm.code, dgm.quotes, dgm.read:
            contains(raises(dgm.Error, call, value, DAY), f"the text must be a str, not {name if value is None else 'a value of ' + name}")
        contains(raises(dgm.Error, dgm.code, value, DAY, id="a"), "the text must be a str")
    contains(raises(dgm.Error, dgm.relate, None), "the text must be a str")
    contains(raises(dgm.Error, dgm.code, TEXT, 20201002), "the date must be a str such as \"2020-10-02\" or a datetime.date, not a value of type int: 20201002")
    contains(raises(dgm.Error, list, dgm.code_files(example("gori-2008"), date=20201002)), "the date must be")
    equal(dgm.code(TEXT, datetime.datetime(2020, 10, 2, 8)), dgm.code(TEXT, DAY))


@case
def the_days_of_numpy_are_days(folder):
    pandas()
    import numpy
    for unit in "D", "ns":
        equal(dgm.code(TEXT, numpy.datetime64(DAY, unit)), dgm.code(TEXT, DAY))
    contains(raises(dgm.Error, dgm.code, TEXT, numpy.datetime64("NaT")), "NaT")


# ---- many stories ----------------------------------------------------------------------------


@case
def files_are_coded_in_their_order_by_any_number_of_jobs(folder):
    path = stories_file(folder, 40)
    packed = write(folder, "more.jsonl.gz", gzip.compress(open(path, "rb").read()))
    expected = written("code", path, packed)
    for jobs in 1, 3:
        equal([e.to_dict() for e in dgm.code_files([path, packed], jobs=jobs)], expected, f"{jobs} jobs")
    equal([e.to_dict() for e in dgm.code_files(folder)], written("code", "-r", folder), "a folder")


@case
def stories_at_hand_are_coded_as_a_file_of_them_is(folder):
    path = stories_file(folder, 100)
    stories = [json.loads(line) for line in open(path)]
    expected = written("code", path)
    for jobs in 1, 2:
        equal([e.to_dict() for e in dgm.code_many(stories, jobs=jobs)], expected, f"{jobs} jobs")
    equal([e.to_dict() for e in dgm.code_many(dgm.read_files(path))], expected, "stories as records")
    equal({e.story_id for e in dgm.code_many([(TEXT, DAY), (TEXT, datetime.date(2020, 10, 3))])}, {"story-1", "story-2"})


@case
def options_are_those_of_the_program(folder):
    path = stories_file(folder, 2)
    options = dict(polarity="negated", min_confidence=0.1, without_text=True, inferred=False)
    found = [e.to_dict() for e in dgm.code_files(path, **options)]
    equal(found, written("code", "--polarity=negated", "--min-confidence=0.1", "--without-text", "--inferred=no", path))
    equal(found[0]["text"], None)
    table = write(folder, "t.csv", f'body,day\r\n"{LEAD}",{DAY}\r\n')
    equal(len(list(dgm.code_files(table, columns={"text": "body", "date": "day"}))) > 0, True)
    contains(raises(dgm.Error, list, dgm.code_files(path, colour="red")), "colour")
    out = os.path.join(folder, "events.csv")
    dgm.Coder().write(path, out, format="csv")
    equal(open(out, "rb").read().decode(), dragoman("code", "-f", "csv", path)[1].replace("\n", "\n"))


@case
def what_is_refused_is_warned_of_and_the_rest_coded(folder):
    path = write(folder, "bad.jsonl", json.dumps({"date": DAY, "text": LEAD}) + "\nno json\n" + json.dumps({"text": LEAD}) + "\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        events = list(dgm.code_files(path))
    equal(len(events), len(dgm.code(LEAD, DAY)))
    equal({w.category for w in caught}, {dgm.RefusedWarning})
    contains(str(caught[0].message), "bad.jsonl:2: ")
    equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        list(dgm.code_many([(LEAD, DAY), {"id": "x7", "text": LEAD, "date": None}, (LEAD, DAY)]))
    equal(len(caught), 1)
    contains(str(caught[0].message), "story x7: ")
    equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        raises(dgm.RefusedWarning, list, dgm.code_files(path))
    equal(threads(), [], "after a warning that raises")


@case
def what_is_no_story_raises_and_says_what_one_is(folder):
    for stories, number in (["text"], 1), ({"text": TEXT, "date": DAY}, 1), ([(TEXT, DAY), (TEXT,)], 2), ([[TEXT, DAY]], 1), ([None], 1):
        for call in dgm.code_many, dgm.quotes_many:
            contains(raises(dgm.Error, list, call(stories)), f"story {number} is neither a dict, nor a Story, nor a pair")
    frame = pandas().DataFrame([{"text": TEXT, "date": DAY}, {"text": None, "date": DAY}])
    contains(raises(dgm.Error, list, dgm.code_many(frame)), 'frame.to_dict("records")')
    contains(raises(dgm.Error, list, dgm.code_many(frame[["text", "date"]].itertuples())), "story 1")
    frame = frame.convert_dtypes()  # what is missing is pandas.NA
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        equal({e.story_id for e in dgm.code_many(frame.to_dict("records"))}, {"story-1"})
    equal(len(caught), 1)


@case
def a_story_of_wrong_types_is_warned_of_and_the_rest_coded(folder):
    stories = [(LEAD, DAY), (LEAD.encode(), DAY), {"text": 5, "date": DAY}, {"text": LEAD, "date": 20201002}, (LEAD, DAY)]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        equal({e.story_id for e in dgm.code_many(stories)}, {"story-1", "story-5"})
    equal([str(w.message).split(", not")[0] for w in caught],
          ["story 2: the text must be a str", "story 3: the text must be a str",
           'story 4: the date must be a str such as "2020-10-02" or a datetime.date'])
    equal({os.path.basename(w.filename) for w in caught}, {"python.py"}, "where the warning points")
    with dgm.Store(os.path.join(folder, "types.db")) as store, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        stored = store.ingest_many(stories)
        equal((stored.n_new, stored.n_there), (1, 1), "the same story twice")
    equal((len(caught), os.path.basename(caught[0].filename)), (3, "python.py"))


@case
def a_format_is_refused_where_records_are_given(folder):
    path = example("gori-2008")
    for call in dgm.code_files, dgm.read_files:
        contains(raises(dgm.Error, list, call(path, format="csv")), "Coder().write(path, file, format=...)")
    equal(list(dgm.code_files(path, format="jsonl")), list(dgm.code_files(path)))
    for call in dgm.code_many, dgm.quotes_many:
        contains(raises(dgm.Error, list, call([(TEXT, DAY)], format="csv")), "takes no format")
    with dgm.Store(os.path.join(folder, "f.db")) as store:
        store.ingest(path)
        contains(raises(dgm.Error, store.query, format="csv"), "export(file, format=...)")
        contains(raises(dgm.Error, list, store.events(format="csv")), "export(file, format=...)")


@case
def a_missing_file_raises(folder):
    none = os.path.join(folder, "none.txt")
    contains(raises(dgm.Error, list, dgm.code_files(none)), "none.txt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        contains(raises(dgm.Error, list, dgm.code_files([none, none])), "none.txt")


@case
def one_missing_file_of_several_is_warned_of_and_the_others_read(folder):
    a, none, b = example("gori-2008"), os.path.join(folder, "none.txt"), example("tehran-1981")
    for paths in [a, none, b], [none, a, b], [a, b, none]:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            equal([e.to_dict() for e in dgm.code_files(paths)], written("code", a, b))
        equal([w.category for w in caught], [dgm.RefusedWarning])
        contains(str(caught[0].message), "none.txt")
        equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
    with dgm.Store(os.path.join(folder, "some.db")) as store, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        equal(store.ingest([a, none, b]).n_new, 2)
        contains(str(caught[0].message), "none.txt")
        equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
        contains(raises(dgm.Error, store.ingest, none), "none.txt")
    contains(raises(dgm.Error, list, dgm.code_files([a, b], colour="red")), "colour")


def threads():
    return [t for t in threading.enumerate() if t.name == "dragoman" and t.is_alive()]


@case
def leaving_the_loop_ends_the_run(folder):
    """The input never ends: a run that is not stopped would not either."""
    pipe = os.path.join(folder, "endless")
    os.mkfifo(pipe)
    stop, fed = threading.Event(), [0]

    def feed():
        try:
            with open(pipe, "w") as f:
                while not stop.is_set():
                    f.write(json.dumps({"date": DAY, "text": LEAD}) + "\n")
                    fed[0] += 1
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    run = dgm.code_files(pipe, **{"from": "jsonl"})
    for i, event in enumerate(run):
        if i == 3:
            break
    equal(len(threads()), 1)
    run.close()
    equal(threads(), [])
    stop.set()
    feeder.join(20)
    equal(feeder.is_alive(), False, "the pipe is still read")


@case
def a_silent_pipe_keeps_nobody(folder):
    """The library waits in a pipe into which nothing comes: leaving the run, and the program, goes on."""
    pipe = os.path.join(folder, "silent")
    os.mkfifo(pipe)
    script = ("import os, sys, threading, dragoman\nfrom dragoman import _run\n_run.PATIENCE = 0.2\n"
              "run = dragoman.code_files(sys.argv[1])\n"
              "threading.Thread(target=lambda: next(run, None), daemon=True).start()\n"
              "end = os.open(sys.argv[1], os.O_WRONLY)\nprint('waiting', flush=True)\n")
    env = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "bindings", "python"))
    done = subprocess.run([sys.executable, "-c", script, pipe], capture_output=True, text=True, env=env, timeout=60)
    equal((done.stdout, done.stderr, done.returncode), ("waiting\n", "", 0))


@case
def a_run_waits_for_who_reads_it(folder):
    """However much there is to code, no more than a queue of it is coded ahead."""
    seen = []
    real = _run.Run.write

    def write_(self, *arguments):
        seen.append(1)
        return real(self, *arguments)

    _run.Run.write = write_
    try:
        run = dgm.code_files(stories_file(folder, 400))
        next(run)
        threading.Event().wait(1.5)
        first = len(seen)
        threading.Event().wait(0.5)
        equal(len(seen), first, "it still codes")
        equal(first <= _run.QUEUED + 2, True, f"{first} chunks")
        run.close()
    finally:
        _run.Run.write = real
    equal(threads(), [])


@case
def an_interpreter_that_ends_in_the_middle_of_a_run_ends(folder):
    path = stories_file(folder, 3000)
    script = "import sys, dragoman; run = dragoman.code_files(sys.argv[1]); next(run); print('left')"
    env = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "bindings", "python"))
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, env=env, timeout=60)
    equal((done.returncode, done.stdout, done.stderr), (0, "left\n", ""))


@case
def an_interrupt_ends_every_kind_of_call(folder):
    """Ctrl-C arrives while the library works: the program ends with KeyboardInterrupt, long before its input does."""
    path = stories_file(folder, 3000)
    ways = {
        "code_files": "for _ in dragoman.code_files(path): ready()",
        "code_many": "for _ in dragoman.code_many(dict(text=text, date=day) for _ in iter(int, 1)): ready()",
        "ingest": "ready(); dragoman.Store(path + '.db').ingest(path)",
    }
    head = ("import sys, os, signal, threading, dragoman\n"
            f"path, text, day = {path!r}, {LEAD!r}, {DAY!r}\n"
            "done = []\n"
            "def ready():\n"
            "    if not done:\n"
            "        done.append(1)\n"
            "        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
            "try:\n    ")
    env = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "bindings", "python"))
    for name, code in ways.items():
        script = head + code + "\n    print('to the end')\nexcept KeyboardInterrupt:\n    print('interrupted')\n"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=env, timeout=60)
        equal((done.stdout, done.stderr, done.returncode), ("interrupted\n", "", 0), name)


@case
def progress_is_told(folder):
    path = stories_file(folder, 200)
    told = []
    list(dgm.code_files([path, path], progress=lambda n, of: told.append((n, of))))
    size = 2 * os.path.getsize(path)
    equal(told[-1], (size, size))
    equal(told, sorted(told))
    told.clear()
    list(dgm.code_many([(LEAD, DAY)] * 40, progress=lambda n, of: told.append((n, of))))
    equal(told, [(32, 40), (40, 40)])


# ---- threads ---------------------------------------------------------------------------------


@case
def two_threads_are_in_the_library_at_the_same_time(folder):
    """Both wait in the library for the end of a pipe that this thread opens, fills and closes. Did either
    hold Python's lock, this thread could not go on: nobody would ever write, and no clock is needed."""
    pipes = [os.path.join(folder, f"pipe{i}") for i in range(2)]
    for pipe in pipes:
        os.mkfifo(pipe)
    coder, found = dgm.Coder(), {}

    def code(pipe):
        found[pipe] = list(coder.code_files(pipe))

    workers = [threading.Thread(target=code, args=(p,), daemon=True) for p in pipes]
    for worker in workers:
        worker.start()
    ends = []
    for pipe in pipes:
        for _ in range(600):
            try:  # succeeds only while the library has the other end open
                ends.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
                break
            except OSError:
                threading.Event().wait(0.05)
    equal(len(ends), 2, "pipes that are being read")
    equal(found, {}, "both are in the library")
    for end in ends:
        os.write(end, f"date {DAY} {TEXT}\n".encode())
        os.close(end)
    for worker in workers:
        worker.join(60)
    equal([len(found[p]) for p in pipes], [len(dgm.code(TEXT, DAY))] * 2)


@case
def the_lock_of_python_is_free_while_one_story_is_coded(folder):
    """The same call once as it is and once by PyDLL, which keeps the lock: only as it is can another
    thread take steps while it runs."""
    import ctypes
    from dragoman import _library as c
    data = ((TEXT + "\n\n") * 60).encode()
    held = ctypes.PyDLL(c.library()._name).dragoman_make
    held.restype, held.argtypes = ctypes.c_void_p, c._PROTOTYPES["dragoman_make"][1]

    def steps(function, handle):
        at, message, interval = [0, 0], c.Message(), sys.getswitchinterval()

        def call():
            at[0] = n[0]
            result = function(handle, c.EVENTS, data, len(data), DAY.encode(), message.buffer)
            at[1] = n[0]
            c.taken(result, message)

        n, worker = [0], threading.Thread(target=call)
        sys.setswitchinterval(10)  # so that the lock changes hands only where it is let go of
        try:
            worker.start()
            while worker.is_alive():
                n[0] += 1
                worker.join(0.0005)
        finally:
            sys.setswitchinterval(interval)
        return at[1] - at[0]

    coder = dgm.Coder()
    with coder._handle as handle:
        equal(steps(held, handle), 0, "steps while the lock is held")
        equal(steps(c.library().dragoman_make, handle) > 10, True, "steps while it is free")


@case
def threads_share_a_coder(folder):
    coder, expected, found = dgm.Coder(), dgm.code(TEXT, DAY), []

    def work():
        for _ in range(10):
            found.append(coder.code(TEXT, DAY) == expected)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    equal(found, [True] * 40)


@case
def a_closed_coder_finishes_what_it_began_and_refuses_the_rest(folder):
    with dgm.Coder(judge=False, sides="rules") as coder:
        run = coder.code_files(stories_file(folder, 60))
        first = next(run)
    equal(first.judge, None)
    equal(len(list(run)) > 60, True)
    contains(raises(dgm.Error, coder.code, TEXT, DAY), "closed")


# ---- knowledge -------------------------------------------------------------------------------


@case
def tables_are_laid_over_the_shipped_ones(folder):
    countries = os.path.join(ROOT, "data", "actors", "countries.tsv")
    write(folder, "bad/actors/countries.tsv", open(countries, encoding="utf-8").read() + "no row\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        coder = dgm.Coder(tables=os.path.join(folder, "bad"))
    contains(str(caught[0].message), "countries.tsv:")
    equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
    equal(len(coder.code(TEXT, DAY)), len(dgm.code(TEXT, DAY)))
    equal([m.split(": ")[0][-17:] for m in dgm.check_tables(os.path.join(folder, "bad"))][:1],
          [str(caught[0].message).split(": ")[0][-17:]])
    equal(dgm.check_tables(), [])


# ---- lists and frames ------------------------------------------------------------------------


def pandas():
    try:
        import pandas as module
    except ImportError:
        raise Skip("there is no pandas")
    return module


def cell(value):
    if value is None or str(value) in ("NaT", "<NA>", "nan"):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value if isinstance(value, str) else f"{value:.12g}"


@case
def data_frames_have_the_cells_of_csv_and_of_pairs(folder):
    pandas()
    paths = sorted(os.path.join(EXAMPLES, n) for n in os.listdir(EXAMPLES) if n.endswith(".txt"))
    events = list(dgm.code_files(paths))
    for format_, dyadic in ("csv", False), ("dyadic", True):
        rows = list(csv.DictReader(io.StringIO(dragoman("code", "-f", format_, *paths)[1], newline="")))
        frame = dgm.to_pandas(events, dyadic=dyadic)
        equal(list(frame.columns), list(rows[0]), format_)
        equal(len(frame), len(rows), format_)
        for found, row in zip(frame.to_dict("records"), rows):
            for name, expected in row.items():
                if name != "text_hash":  # the records have it only where they have no text
                    equal(cell(found[name]), expected[1:] if expected[:1] == "'" else expected, f"{format_} {name}")
    equal(str(frame.event_date.dtype), "datetime64[ns]")
    equal(str(frame.actor_cow.dtype), "Int64")
    equal(list(dgm.to_pandas([]).columns), list(dgm.to_pandas(events).columns))
    equal(len(dgm.to_pandas(iter(events), dyadic=True)), len(frame))


@case
def quotes_become_the_rows_of_the_program(folder):
    pandas()
    path = example("gori-2008")
    rows = list(csv.DictReader(io.StringIO(dragoman("quotes", "-f", "csv", path)[1], newline="")))
    frame = dgm.to_pandas(dgm.quotes_many(dgm.read_files(path)))
    equal([{name: cell(value) for name, value in row.items()} for row in frame.to_dict("records")],
          rows)


@case
def a_frame_of_anything_else_is_refused(folder):
    frame = pandas().DataFrame([{"a": 1}])
    events, quotes, places = dgm.code(TEXT, DAY), dgm.quotes(f"{LEAD} Armenia denied it.", DAY), dgm.places(TEXT, DAY)
    for records, at, type_ in ((events.to_dicts(), 1, "dict"), (places, 1, "Place"), (["a"], 1, "str"), (frame, 1, "str"),
                               (events + quotes, len(events) + 1, "Quote after Event"), (quotes + events, len(quotes) + 1, "Event after Quote")):
        contains(raises(dgm.Error, dgm.to_pandas, records), f"record {at} is of type {type_}")
    contains(raises(dgm.Error, dgm.to_pandas, quotes, dyadic=True), "for events")


@case
def days_too_old_for_pandas_stay_text(folder):
    pandas()
    frame = dgm.to_pandas([dgm.Event(event_date="1492-10-12"), dgm.Event(event_date="2020-10-02")])
    equal(list(frame.event_date), ["1492-10-12", "2020-10-02"])


@case
def a_notebook_shows_the_story_with_its_words_marked_and_nothing_unescaped(folder):
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.text, self.tags, self.open = "", set(), []

        def handle_starttag(self, tag, attributes):
            self.tags.add(tag)
            self.open.append(tag)
            equal({name for name, _ in attributes} <= {"style", "title", "class"}, True, attributes)

        def handle_endtag(self, tag):
            equal(self.open.pop(), tag)

        def handle_data(self, data):
            if "table" not in self.open:
                self.text += data

    text = TEXT.replace("a village", "a <script>alert(1)</script> & \"village\"")
    events = dgm.code(text, DAY)
    html = events._repr_html_()
    reader = Reader()
    reader.feed(html)
    contains(reader.text, text)
    equal(reader.open, [])
    equal(reader.tags <= {"div", "p", "span", "table", "thead", "tbody", "tr", "th", "td"}, True, reader.tags)
    contains(html, '<span style="background:')
    contains(html, "background:#f6b8b8")  # what is denied
    evil = dgm.Event.from_dict({"event_type": "<b>", "event_date": "<i>", "actors": [{"text": '"><img>', "begin": 0, "end": 3}],
                                "trigger": {"text": "<u>", "begin": 2, "end": 5}, "status": "<hr>", "polarity": "<br>"})
    Reader().feed(dgm.Events([evil] * 3, text="<x>&<y>")._repr_html_())
    equal("<img" in dgm.Events([evil], text="<x>&<y>")._repr_html_(), False)
    contains(dgm.Events()._repr_html_(), "no events")
    equal(isinstance(events[:1], dgm.Events) and events[:1].text, text)


# ---- the store -------------------------------------------------------------------------------


@case
def a_store_answers_as_the_program_does(folder):
    where = os.path.join(folder, "war.db")
    contains(raises(dgm.Error, dgm.Store, where, read_only=True), "war.db")
    with dgm.Store(where) as store:
        counts = store.ingest([example("gori-2008"), example("tehran-1981")])
        equal((counts.n_read, counts.n_new, counts.n_there), (2, 2, 0))
        equal(store.ingest(example("gori-2008")).n_there, 1)
        with dgm.Store(where, read_only=True) as other:
            contains(raises(dgm.Error, other.ingest, example("gori-2008")), "takes nothing in")
        def same(found, *command):
            equal(list(found), written(*command, "--db", where, "-f", "jsonl"), command)
        same(store.query(country="RUS", plain=True, limit=5), "query", "--country=RUS", "--plain", "-n", "5")
        same(store.query(dyad=("RUS", "GEO"), since=datetime.date(2008, 8, 1)), "query", "--dyad=RUS,GEO", "--since=2008-08-01")
        same(store.counts(by=("dyad", "month"), per_stories=True), "query", "--by=dyad,month", "--per-stories", "-n", "0")
        same(store.stats(), "stats")
        same(store.claims(), "claims")
        same(store.commitments(), "commitments")
        equal([e.to_dict() for e in store.events(polarity="negated")], written("export", "--db", where, "--polarity=negated"))
        out = os.path.join(folder, "pairs.csv")
        store.export(out, format="dyadic", country="IRN")
        equal(open(out, newline="").read(), dragoman("export", "--db", where, "-f", "dyadic", "--country=IRN")[1])
        equal(len(store.sample(3)), 3)
        contains(raises(dgm.Error, store.query, colour="red"), "colour")
        contains(raises(dgm.Error, store.query, since="May"), "May")
        run = store.events()
        next(run)
        equal(len(store.query(limit=1)), 1, "a question while events are read")
        run.close()
    contains(raises(dgm.Error, store.stats), "closed")


@case
def a_question_makes_no_store(folder):
    where = os.path.join(folder, "misspelt.db")
    with dgm.Store(where) as store:
        for ask in store.query, store.counts, store.stats, store.claims, store.commitments, store.sample, lambda: list(store.events()):
            contains(raises(dgm.Error, ask), "misspelt.db: there is no store")
        equal(os.path.exists(where), False)
        equal(store.ingest(example("gori-2008")).n_new, 1)
        equal(len(store.query(limit=3)), 3)
    with dgm.Store(where) as store:
        equal(len(store.query(limit=3)), 3)
        equal(store.ingest(example("tehran-1981")).n_new, 1, "after a question")
        equal(len(store.sample(2)), 2)
    contains(raises(dgm.Error, store.ingest, example("gori-2008")), "closed")


@case
def a_store_to_read_takes_nothing_in(folder):
    where = os.path.join(folder, "read.db")
    with dgm.Store(where) as store:
        store.ingest(example("gori-2008"))
    with dgm.Store(where, read_only=True) as store:
        before = store.stats()
        for write_ in lambda: store.ingest(example("tehran-1981")), lambda: store.ingest_many([(TEXT, DAY)]), lambda: store.sample(1):
            contains(raises(dgm.Error, write_), "read_only=True")
        equal(store.stats(), before)


@case
def an_answer_without_rows_has_the_columns_of_one_with_rows(folder):
    with dgm.Store(os.path.join(folder, "c.db")) as store:
        store.ingest(glob.glob(os.path.join(EXAMPLES, "*.txt")))
        asks = [(store.query, {}), (store.counts, {"by": ("dyad", "month")}), (store.counts, {"by": "type", "per_stories": True}),
                (store.claims, {}), (store.commitments, {})]
        for ask, options in asks:
            some, none = ask(**options), ask(**options, since="2099-01-01")
            equal(bool(some), True, f"{ask.__name__} finds something")
            equal((len(none), none.columns), (0, list(some[0])), ask.__name__)
            contains(none._repr_html_(), f"<th>{some.columns[0]}</th>")
            if pandas():
                equal(list(none.to_pandas().columns), list(some.to_pandas().columns), ask.__name__)
        equal(str(store.query(since="2099-01-01").to_pandas().date.dtype)[:10], "datetime64")


@case
def one_question_after_another_is_answered_as_the_first(folder):
    where = os.path.join(folder, "q.db")
    questions = [{}, {"since": "2008-08-01"}, {"until": "2008-08-01"}, {"since": "1990-01-01", "until": "2008-08-01"}, {}]
    with dgm.Store(where) as store:
        store.ingest(glob.glob(os.path.join(EXAMPLES, "*.txt")))
        for options in questions:
            with dgm.Store(where, read_only=True) as other:
                equal(store.counts(by="type", per_stories=True, **options), other.counts(by="type", per_stories=True, **options), options)


@case
def stories_without_ids_have_different_ones_in_a_store(folder):
    with dgm.Store(os.path.join(folder, "ids.db")) as store:
        first, second = {"text": TEXT, "date": "2020-10-02"}, {"text": TEXT, "date": "2021-11-05"}
        equal(store.ingest_many([first]).n_new, 1)
        equal(store.ingest_many([second]).n_new, 1)
        events = list(store.events())
        equal(len({e.event_id for e in events}), len(events), "events with ids of their own")
        equal(len({e.story_id for e in events}), 2)
        equal(store.ingest_many([second, (TEXT, "2020-10-02")]).n_there, 2, "in another order, as another type")
        equal(store.ingest_many([{**first, "source": "Agency"}]).n_new, 1, "of another outlet")
        equal(store.ingest_many([{**first, "id": "mine"}]).n_new, 1)
        equal("mine" in {e.story_id for e in store.events()}, True)


@case
def messages_speak_of_arguments(folder):
    with dgm.Store(os.path.join(folder, "m.db")) as store:
        store.ingest(example("gori-2008"))
        for words, ask, options in (("status: 'ful' is unknown", store.query, {"status": "ful"}),
                                    ("fill needs by with a period", store.counts, {"by": "type", "fill": True}),
                                    ("min_confidence takes a number", list_of(dgm.code_files), {"paths": "x", "min_confidence": 7}),
                                    ("date_format needs", list_of(dgm.code_files), {"paths": example("gori-2008"), "date_format": "day"})):
            message = raises(dgm.Error, ask, **options)
            equal(message[:len(words)], words)
    path = write(folder, "other.csv", "body,day\nTurkey attacked Armenia.,2020-10-02\n")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        list(dgm.code_files(path))
        list(dgm.code_many([{"text": TEXT}]))
    contains(str(caught[0].message), 'columns={"text": NAME} says which one holds the text')
    equal(str(caught[1].message), "story 1: the story has no `date` and is passed over: its members are text, id")


def list_of(call):
    return lambda **options: list(call(**options))


@case
def jobs_are_one_or_more(folder):
    for jobs in 0, -1:
        for call in list_of(dgm.code_files), dgm.Store(os.path.join(folder, "j.db")).ingest:
            contains(raises(dgm.Error, call, paths=example("gori-2008"), jobs=jobs), f"jobs must be 1 or more, not {jobs}")
        contains(raises(dgm.Error, list, dgm.code_many([(TEXT, DAY)], jobs=jobs)), "jobs must be 1 or more")


@case
def stories_at_hand_are_stored_once(folder):
    with dgm.Store(os.path.join(folder, "s.db")) as store:
        stories = [{"id": f"s{i}", "text": TEXT, "date": f"2020-10-0{i}", "source": "Agency"} for i in range(1, 6)]
        equal(store.ingest_many(stories, jobs=2).n_new, 5)
        equal(store.ingest_many(stories).n_there, 5)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            store.ingest_many([{"id": "undated", "text": TEXT}])
        contains(str(caught[0].message), "story undated: ")
        equal(os.path.basename(caught[0].filename), "python.py", "where the warning points")
        if "pandas" in sys.modules or pandas():
            frame = store.counts(by="type").to_pandas()
            equal(int(frame.n.sum()), len(list(store.events())))
            equal(str(store.query().to_pandas().date.dtype), "datetime64[ns]")


if __name__ == "__main__":
    sys.exit(main())
