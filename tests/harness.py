"""What the tests of the whole program share: a case is a function whose name is a sentence.

Each case prints `ok`, `FAILED` or `skipped` with its name, so that `make check` can count them. The
program and the tables come from DRAGOMAN and DRAGOMAN_TABLES.
"""
import os, subprocess, sys, tempfile, traceback

PROGRAM = os.environ.get("DRAGOMAN", "build/release/src/cli/dragoman")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = []

# Two sentences that are coded: a deed on somebody's word, and a denial with a demand.
LEAD = "Turkish troops attacked a village near the border on Friday, a spokesman for the army said."
SECOND = "Armenia denied that its forces had shelled the town and demanded an apology from Turkey."


class Skip(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


def environment(**more):
    """The environment in which the program has no settings of whoever runs the tests."""
    return {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", **more}


def dragoman(*arguments, stdin=b"", env=None, cwd=None):
    """-> (exit code, standard output, standard error), bytes decoded with replacement"""
    done = subprocess.run([os.path.abspath(PROGRAM), *arguments], input=stdin, capture_output=True, cwd=cwd,
                          env=environment(**(env or {})), timeout=300)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def write(folder, name, content):
    """-> the path of a new file of these characters or bytes; folders in its name are made"""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def equal(found, expected, what=""):
    if found != expected:
        raise AssertionError(f"{what}\n  expected {expected!r}\n  found    {found!r}")


def contains(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in\n{text}")


def schema_errors(value, schema, root, at="$"):
    """What a small part of JSON Schema, all that ours uses, has against a value."""
    if "$ref" in schema:
        return schema_errors(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, at)
    if "anyOf" in schema:
        tries = [schema_errors(value, s, root, at) for s in schema["anyOf"]]
        return [] if any(not t for t in tries) else tries[0]
    if "enum" in schema and not any(value is e or (value == e and type(value) is type(e)) for e in schema["enum"]):
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None)}
    allowed = schema.get("type", [])
    allowed = [allowed] if isinstance(allowed, str) else allowed
    if allowed and not any(isinstance(value, kinds[k]) and not isinstance(value, bool) for k in allowed):
        return [f"{at}: {value!r} is no {allowed}"]
    wrong = []
    if isinstance(value, dict):
        known = schema["properties"]
        wrong += [f"{at}: no {key}" for key in schema["required"] if key not in value]
        wrong += [f"{at}: {key}?" for key in value if key not in known]
        for key in known.keys() & value.keys():
            wrong += schema_errors(value[key], known[key], root, f"{at}.{key}")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            wrong.append(f"{at}: {len(value)} items")
        each = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        for i, (member, its) in enumerate(zip(value, each)):
            wrong += schema_errors(member, its, root, f"{at}[{i}]")
    return wrong


def need_confinement():
    about = dragoman("doctor")[1]
    if "confines   serve and worker: files by Landlock" not in about:
        raise Skip("this kernel has no Landlock")
    if "sanitizers: none" not in about:
        raise Skip("a sanitizer looks into the process at its end")


def check_confined(pid):
    """All threads of a process have given up what they do not need (base/confine.h): files first, then calls,
    so that the second tells of both. What is refused then, tests/unit/test_confine.c knows."""
    threads = os.listdir(f"/proc/{pid}/task")
    for thread in threads:
        with open(f"/proc/{pid}/task/{thread}/status", encoding="utf-8") as f:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
        equal((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"), f"thread {thread} of {len(threads)}")


def is_chosen(name, words):
    """WORD: names with one of these words; -WORD: none of these"""
    only = [word for word in words if word[0] != "-"]
    return (not only or any(word in name for word in only)) and not any(
        word[0] == "-" and word[1:] in name for word in words)


def main():
    failed = 0
    for function in CASES:
        name = function.__name__.replace("_", " ")
        if not is_chosen(name, sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                function(folder)
                print("ok", name, flush=True)
            except Skip as why:
                print(f"skipped {name}: {why}", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)
    return 1 if failed else 0
