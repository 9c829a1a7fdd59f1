#!/usr/bin/env python3
"""Files in, files out: `code --out-dir`, `shards` and `ingest --coded`, with processes that are killed.

DRAGOMAN_KILLS says how often (default 6), DRAGOMAN_SHARDS how many shards there are then (default 12).
"""
import fcntl, gzip, hashlib, json, os, random, shutil, signal, sqlite3, subprocess, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import CASES, PROGRAM, ROOT, Skip, case, contains, dragoman, environment, equal, main, write
import store
del CASES[:]  # those of stores are a test of their own

sys.path.insert(0, os.path.join(ROOT, "bench"))
import stories

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "6"))
SHARDS = int(os.environ.get("DRAGOMAN_SHARDS", "12"))


def archive(folder, n, per_shard=4, seed=3):
    """n shards, some packed, some in a folder below -> their paths as the list of shards has them"""
    made = iter(stories.permuted(n * per_shard, random.Random(seed)))
    names = []
    for i in range(n):
        content = "".join(json.dumps(next(made)) + "\n" for _ in range(per_shard)).encode()
        name = f"in/{'late/' if i % 3 == 0 else ''}{i:03}.jsonl{'.gz' if i % 2 else ''}"
        write(folder, name, gzip.compress(content, mtime=0) if i % 2 else content)
        names.append(name)
    write(folder, "list", "".join(name + "\n" for name in names))
    return names


def code(folder, *arguments, stdin=b"", expect=0):
    found, out, err = dragoman("code", *arguments, stdin=stdin, cwd=folder)
    equal((found, out), (expect, ""), err)
    return err


def shards(folder, *arguments, expect=0, stdin=b""):
    found, out, err = dragoman("shards", *arguments, cwd=folder, stdin=stdin)
    equal((found, err), (expect, ""), out)
    return out


def state(folder, *arguments, expect=0):
    return json.loads(shards(folder, *arguments, "-f", "json", expect=expect))


def tree(folder):
    """{name: hash} of all files below"""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = hashlib.sha256(f.read()).hexdigest()
    return found


def marker(folder, name, kind="finished"):
    with open(os.path.join(folder, f"{name}.{kind}.json"), encoding="utf-8") as f:
        return json.load(f)


def unpacked(path):
    return subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout.decode()


@case
def a_shard_has_the_bytes_of_code_and_a_marker_that_counts_them(folder):
    name = archive(folder, 1)[0]
    err = code(folder, "--out-dir", "out", name)
    contains(err, "1 shard: 1 coded (4 stories, ")
    _, expected, _ = dragoman("code", os.path.join(folder, name))
    path = os.path.join(folder, "out", name + ".jsonl.zst")
    equal(unpacked(path), expected)
    m = marker(folder, "out/" + name)
    equal((m["state"], m["shard"], m["stories"]["coded"], m["events"]["written"], m["output"]["bytes"], m["input"]["bytes"]),
          ("finished", name, 4, expected.count("\n"), os.path.getsize(path), os.path.getsize(os.path.join(folder, name))))
    equal(sorted(tree(os.path.join(folder, "out"))), [name + ".finished.json", name + ".jsonl.zst"])


@case
def names_come_from_standard_input_and_a_share_is_taken(folder):
    names = archive(folder, 7)
    listed = "\n".join(names).encode()
    for k in 1, 2, 3:
        code(folder, "--out-dir", "out", "--shards", "-", "--shard", f"{k}/3", stdin=listed)
        done = shards(folder, "out", "--names", "finished").split()
        equal(sorted(done), sorted(n for i, n in enumerate(names) if i % 3 < k))
    code(folder, "--out-dir", "whole", *names)
    equal(tree(os.path.join(folder, "out")), tree(os.path.join(folder, "whole")))


@case
def what_is_finished_is_passed_over_until_tables_options_input_or_output_change(folder):
    names = archive(folder, 2)
    run = lambda *more: code(folder, "--out-dir", "out", "--shards", "list", *more)
    contains(run(), "2 coded")
    contains(run("-j", "2"), "0 coded (0 stories, 0 events), 2 finished before")
    contains(run("--judge", "off"), "2 coded")
    table = write(folder, "own/actors/agents.tsv", open(os.path.join(os.environ["DRAGOMAN_TABLES"], "actors/agents.tsv")).read())
    contains(run("--judge", "off", "--tables", os.path.join(folder, "own")), "2 coded")
    contains(run("--judge", "off", "--tables", os.path.join(folder, "own")), "2 finished before")
    with open(os.path.join(folder, names[0]), "a") as f:
        f.write(json.dumps({"id": "new", "date": "2020-10-02", "text": "Turkey attacked Armenia."}) + "\n")
    contains(run("--judge", "off", "--tables", os.path.join(folder, "own")), "1 coded")
    os.remove(os.path.join(folder, "out", names[1] + ".jsonl.zst"))
    equal(state(folder, "out", expect=1)["damaged"], 1)
    contains(run("--judge", "off", "--tables", os.path.join(folder, "own")), "1 coded")
    os.remove(os.path.join(folder, names[1]))  # done all the same
    contains(run("--judge", "off", "--tables", os.path.join(folder, "own")), "0 coded (0 stories, 0 events), 2 finished before, 0 failed")


@case
def damage_that_keeps_the_size_is_found_by_verify(folder):
    name = archive(folder, 1)[0]
    code(folder, "--out-dir", "out", name)
    path = os.path.join(folder, "out", name + ".jsonl.zst")
    with open(path, "r+b") as f:
        f.seek(40)
        byte = f.read(1)
        f.seek(40)
        f.write(bytes([byte[0] ^ 1]))
    equal(state(folder, "out")["finished"], 1)
    equal(state(folder, "out", "--verify", expect=1)["damaged"], 1)


@case
def a_shard_that_fails_is_named_with_the_reason_and_the_others_are_coded(folder):
    names = archive(folder, 3)
    whole = open(os.path.join(folder, names[1]), "rb").read()
    write(folder, names[1], whole[:len(whole) // 2])
    write(folder, "in/picture.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8)
    write(folder, "list", "\n".join(names + ["in/nowhere.jsonl", "in/picture.jpg", "in"]))
    err = code(folder, "--out-dir", "out", "--shards", "list", expect=1)
    contains(err, "2 coded")
    contains(err, "4 failed")
    equal(marker(folder, f"out/{names[1]}", "failed")["reason"][-50:], "gzip data ends too early; what came before is read")
    equal(marker(folder, "out/in/nowhere.jsonl", "failed")["reason"], "No such file or directory")
    told = state(folder, "out", "--shards", "list", expect=1)
    equal((told["finished"], told["failed"], told["left"], told["untouched"]), (2, 4, 4, 0))
    equal(sorted(row["shard"] for row in told["shards"]), sorted([names[1], "in/nowhere.jsonl", "in/picture.jpg", "in"]))
    equal([n for n in os.listdir(os.path.join(folder, "out/in")) if n.endswith((".part", ".lock"))], [])
    write(folder, names[1], whole)
    contains(code(folder, "--out-dir", "out", "--shards", "-", stdin=names[1].encode()), "1 coded")
    equal(os.path.exists(os.path.join(folder, f"out/{names[1]}.failed.json")), False)


@case
def a_refused_story_does_not_fail_its_shard(folder):
    write(folder, "x.jsonl", '{"date": "2020-10-02", "text": "Turkey attacked Armenia."}\nno JSON\n{"date": "soon", "text": "Peace."}\n')
    err = code(folder, "--out-dir", "out", "x.jsonl")
    contains(err, "x.jsonl:2: the line is not JSON")
    equal(marker(folder, "out/x.jsonl")["stories"], {"coded": 1, "refused": 2, "not_english": 0, "page_without_story": 0})


@case
def what_is_finished_survives_a_failure_by_other_tables(folder):
    name = archive(folder, 1)[0]
    code(folder, "--out-dir", "out", name)
    before = tree(os.path.join(folder, "out"))
    os.remove(os.path.join(folder, name))
    code(folder, "--out-dir", "out", "--judge", "off", name, expect=1)
    equal(tree(os.path.join(folder, "out")), before)


@case
def two_inputs_never_share_a_name_in_the_folder(folder):
    write(folder, "a/x.txt", "date 2020-10-02 Turkey attacked Armenia.")
    write(folder, "x.txt", "date 2020-10-03 Armenia attacked Turkey.")
    inside = os.path.join(folder, "a")
    code(inside, "--out-dir", "out", "x.txt")
    err = code(inside, "--out-dir", "out", "../x.txt", expect=1)
    contains(err, "its files in the folder are those of another input, x.txt")
    contains(code(inside, "--out-dir", "out", "./x.txt"), "1 finished before")
    contains(code(inside, "--out-dir", "out", "../a/../x.txt", expect=1), "there is '..' inside of the path")
    equal(marker(inside, "out/x.txt")["shard"], "x.txt")


@case
def a_shard_in_another_process_s_hands_is_passed_over(folder):
    name = archive(folder, 1)[0]
    lock = write(folder, f"out/{name}.lock", "")
    with open(lock) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        contains(code(folder, "--out-dir", "out", name), "1 in another process's hands")
        equal(state(folder, "out")["running"], 1)
    equal(state(folder, "out", expect=1)["cut_off"], 1)
    contains(code(folder, "--out-dir", "out", name), "1 coded")
    equal(os.path.exists(lock), False)


@case
def options_that_make_no_sense_are_refused(folder):
    archive(folder, 1)
    for arguments, message in (
            (["--shards", "list"], "--shards, --shard and --stories go with --out-dir"),
            (["--out-dir", "out"], "--out-dir needs inputs"),
            (["--out-dir", "out", "--shards", "list", "--shard", "0/3"], "--shard takes K/N"),
            (["--out-dir", "out", "--shards", "list", "--shard", "4/3"], "--shard takes K/N"),
            (["--out-dir", "out", "--shards", "list", "-f", "table"], "--out-dir writes no table"),
            (["--out-dir", "out", "--shards", "list", "-o", "x"], "--output does not go with --out-dir"),
            (["--out-dir", "out", "--shards", "nowhere"], "nowhere: ")):
        found, _, err = dragoman("code", *arguments, cwd=folder)
        equal(found, 2, arguments)
        contains(err, message)
    equal(os.path.exists(os.path.join(folder, "out")), False)


@case
def other_formats_are_as_code_writes_them(folder):
    name = archive(folder, 1)[0]
    for form in "csv", "gdelt", "geojson", "plover":
        code(folder, "--out-dir", form, "-f", form, name)
        _, expected, _ = dragoman("code", "-f", form, os.path.join(folder, name))
        equal(unpacked(os.path.join(folder, form, f"{name}.{form}.zst")), expected)


# ---- killed


@case
def workers_killed_at_random_leave_the_bytes_of_an_undisturbed_run(folder):
    """Two workers over the whole list, each killed at random and started again; at the end one run more."""
    names = archive(folder, SHARDS, per_shard=8)
    arguments = ["--stories", "--shards", "list", "-q"]
    begun = time.monotonic()
    code(folder, "--out-dir", "whole", *arguments)
    takes = time.monotonic() - begun
    seed = int(time.time())
    rng = random.Random(seed)
    start = lambda: subprocess.Popen([os.path.abspath(PROGRAM), "code", "--out-dir", "out", *arguments], cwd=folder,
                                     env=environment())
    killed, left_behind, workers = 0, 0, [start(), start()]
    while killed < KILLS or (left_behind == 0 and killed < 100):  # some while they write
        time.sleep(rng.uniform(0.02, takes / 3))
        i = rng.randrange(2)
        if workers[i].poll() is None:
            workers[i].send_signal(signal.SIGKILL)
            killed += 1
        else:  # all is done: something is taken away, so that there is work again
            equal(workers[i].returncode, 0, f"seed {seed}")
            for name in rng.sample(names, len(names) // 2):
                path = os.path.join(folder, "out", name + rng.choice([".finished.json", ".jsonl.zst", ".stories.zst"]))
                if os.path.exists(path):
                    os.remove(path)
        workers[i].wait()
        left_behind += sum(name.endswith(".part") for _, _, files in os.walk(os.path.join(folder, "out")) for name in files)
        workers[i] = start()
    for worker in workers:
        equal(worker.wait(), 0, f"seed {seed}")
    code(folder, "--out-dir", "out", *arguments)
    equal(tree(os.path.join(folder, "out")), tree(os.path.join(folder, "whole")), f"seed {seed}")
    equal(left_behind > 0, True, f"no worker was killed while it wrote, seed {seed}")
    equal(state(folder, "out", "--shards", "list", "--verify")["finished"], len(names))


# ---- into a store


def tables(db):
    """{table: rows in order} without clocks; sums of floating point to nine places"""
    queries = {
        "runs": "SELECT run, version, tables FROM runs ORDER BY 1", "stories":
        "SELECT story, hash, story_id, date, title, source, url, text, begin_byte, original, run FROM stories ORDER BY 1",
        "dyad_sums": "SELECT period, actor, recipient, quad, plain, n, goldstein, intensity FROM dyad_sums ORDER BY 1, 2, 3, 4, 5"}
    for table in ("signatures bands quotations sentences events records kinds somebody roles voices conditions contexts places spots sizes links event_countries"
                  " dyads day_sums").split():
        queries[table] = f"SELECT * FROM {table}"
    if db.startswith("postgresql"):
        asked = lambda sql: [tuple(row) for row in json.loads(subprocess.run(
            ["psql", db, "-qAtc", f"SELECT coalesce(json_agg(to_jsonb(x)), '[]') FROM ({sql}) x"], check=True, capture_output=True,
            text=True).stdout.strip() or "[]") for row in [row.values()]]
    else:
        asked = sqlite3.connect(db).execute
    rounded = lambda row: tuple(round(v, 9) if isinstance(v, float) else v for v in row)
    return {table: sorted(map(rounded, asked(sql)), key=repr) for table, sql in queries.items()}


@store.on_both
def shards_are_loaded_as_if_their_inputs_had_been_coded(folder, db):
    names = archive(folder, 5, per_shard=6)
    again = [json.dumps(s) for s in stories.permuted(5, random.Random(3))][:3]  # stories that are there already
    write(folder, "in/zz.jsonl", "\n".join(again + [json.dumps({"id": "t", "date": "2020-10-02", "title": "a\tb", "text":
                                                   'Turkey\\ "attacked"\tArmenia.\r\nIran attacked Israel.'})]))
    code(folder, "--out-dir", "out", "--stories", *names, "in/zz.jsonl")
    whole = store.Server.database() if db.startswith("postgresql") else os.path.join(folder, "whole.db")
    order = [os.path.join(folder, n[4:] if n.startswith("out/") else n) for n in sorted_as_walked(names + ["in/zz.jsonl"])]
    store.must("ingest", "--db", whole, *order)
    for new in True, False:
        os.makedirs(os.path.join(folder, "empty"), exist_ok=True)
        status, _, err = dragoman("ingest", "--db", db, "--coded", os.path.join(folder, "empty"))
        equal(status, 1)
        contains(err, "there is no shard in it")
        out = store.must("ingest", "--db", db, "--coded", os.path.join(folder, "out"))
        contains(out, "6 shards, 34 stories read: " + ("31 new, 3 there already" if new else "0 new, 34 there already"))
        equal(*({t: rows for t, rows in tables(d).items()} for d in (db, whole)))
    store.same_store(db, whole)
    # By other tables: replaced where that is asked for.
    code(folder, "--out-dir", "out", "--stories", "--judge", "off", "--tables", own_tables(folder), *names, "in/zz.jsonl")
    contains(store.must("ingest", "--db", db, "--coded", os.path.join(folder, "out")), "34 there already, 0 replaced")
    contains(store.must("ingest", "--db", db, "--coded", "--recode", os.path.join(folder, "out")), "3 there already, 31 replaced")
    equal({len(rows) for t, rows in tables(db).items() if t == "stories"}, {31})


def own_tables(folder):
    return os.path.dirname(os.path.dirname(write(folder, "own/actors/agents.tsv", open(os.path.join(
        os.environ["DRAGOMAN_TABLES"], "actors/agents.tsv")).read())))


def sorted_as_walked(names):
    return sorted(names, key=lambda name: [(part + (".finished.json" if i == name.count("/") else ""))
                                           for i, part in enumerate(name.split("/"))])


@store.on_both
def a_load_that_is_killed_can_be_repeated(folder, db):
    names = archive(folder, 4, per_shard=30)
    code(folder, "--out-dir", "out", "--stories", *names)
    whole = store.Server.database() if db.startswith("postgresql") else os.path.join(folder, "whole.db")
    load = lambda d: ["ingest", "--db", d, "--coded", os.path.join(folder, "out")]
    begun = time.monotonic()
    store.must(*load(whole))
    takes = time.monotonic() - begun
    for i in range(3):
        child = subprocess.Popen([os.path.abspath(PROGRAM), *load(db)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(takes * (i + 1) / 5)
        child.kill()
        child.wait()
    store.must(*load(db))
    equal(tables(db)["records"], tables(whole)["records"])
    equal(tables(db)["dyad_sums"], tables(whole)["dyad_sums"])


@case
def what_is_stored_is_whole_whatever_is_written_beside_it(folder):
    names = archive(folder, 2)
    for out, *options in ["all"], ["few", "-f", "csv", "--status", "actual", "--without-text"]:
        code(folder, "--out-dir", out, "--stories", *options, *names)
        store.must("ingest", "--db", os.path.join(folder, out + ".db"), "--coded", os.path.join(folder, out))
    equal(*(tables(os.path.join(folder, out + ".db")) for out in ("all", "few")))


def rewritten(folder, name, change):
    """The stories of a shard with other bytes in them, which its marker names"""
    path = os.path.join(folder, "out", name + ".stories.zst")
    content = subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
    packed = subprocess.run(["zstd", "-cq"], input=change(content), check=True, capture_output=True).stdout
    write(folder, f"out/{name}.stories.zst", packed)
    m = marker(folder, f"out/{name}")
    sums = subprocess.run(["xxhsum", "-H2", path], check=True, capture_output=True, text=True).stdout.split()
    m["stories_file"] = {"bytes": len(packed), "xxh128": next(s for s in sums if len(s) == 32)}
    write(folder, f"out/{name}.finished.json", json.dumps(m))


def shortened(content):
    """The first story without its last bytes"""
    n = int.from_bytes(content[:8], "little")
    return (n - 10).to_bytes(8, "little") + content[8:n - 2] + content[8 + n:]


@case
def damaged_stories_are_named_and_the_others_loaded(folder):
    if not shutil.which("xxhsum"):
        raise Skip("there is no xxhsum (the package xxhash)")
    names = archive(folder, 2)
    for change, message, counts in (
            (lambda b: b[:-9], "a story is cut off", "1 shard, 7 stories read: 7 new"),
            (lambda b: b[:4], "a story is cut off", "1 shard, 4 stories read: 4 new"),
            (lambda b: b"\xff" * 8 + b[8:], "a story has an impossible length", "1 shard, 4 stories read: 4 new"),
            (lambda b: b[:8] + b"dgm3" + b[12:], "a packed story is of another version, or none", "2 shards, 8 stories read: 7 new"),
            (shortened, "a story is not stored: a packed story is cut off or damaged", "2 shards, 8 stories read: 7 new")):
        code(folder, "--out-dir", "out", "--stories", *names)
        rewritten(folder, names[0], change)
        found, out, err = dragoman("ingest", "--db", "s.db", "--coded", "out", cwd=folder)
        contains(err, message)
        contains(out, counts)
        equal(found, 1)
        os.remove(os.path.join(folder, "s.db"))
        shutil.rmtree(os.path.join(folder, "out"))


@case
def shards_without_stories_or_with_other_bytes_are_not_loaded(folder):
    names = archive(folder, 2)
    db = os.path.join(folder, "s.db")
    code(folder, "--out-dir", "out", names[0])
    found, _, err = dragoman("ingest", "--db", db, "--coded", "out", cwd=folder)
    equal(found, 1)
    contains(err, "this shard was coded without --stories, which a store needs")
    code(folder, "--out-dir", "out", "--stories", *names)
    path = os.path.join(folder, "out", names[0] + ".stories.zst")
    with open(path, "ab") as f:
        f.write(b"x")
    found, out, err = dragoman("ingest", "--db", db, "--coded", "out", cwd=folder)
    equal(found, 1)
    contains(err, "these are not the bytes that its marker names")
    contains(out, "1 shard, 4 stories read: 4 new")


if __name__ == "__main__":
    sys.exit(main())
