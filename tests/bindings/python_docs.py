#!/usr/bin/env python3
"""Runs the snippets of docs/python.md in their order, and compares what they print with what the document
says they print. --update rewrites the document."""
import contextlib, io, os, re, shutil, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "bindings", "python"))
DOCUMENTS = [os.path.join(ROOT, "docs", "python.md"), os.path.join(ROOT, "bindings", "python", "README.md")]
SNIPPET = re.compile(r"^```python\n(.*?)^```\n(?:\n```\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)


def run(code, names, line, path):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * line + code, path, "exec"), names)
    return printed.getvalue()


def check(path, update):
    """-> how many snippets print something else"""
    with open(path, encoding="utf-8") as f:
        document = f.read()
    names, wrong, new, at = {"__name__": "snippet"}, 0, [], 0
    for found in SNIPPET.finditer(document):
        line = document.count("\n", 0, found.start()) + 1
        printed = run(found[1], names, line, path)
        if found[2] is not None and printed != found[2]:
            wrong += 1
            print(f"FAILED {os.path.relpath(path, ROOT)}:{line}\n  says\n{found[2]}\n  prints\n{printed}")
        elif not update:
            print(f"ok {os.path.relpath(path, ROOT)}:{line}")
        if found[2] is not None:
            new += [document[at:found.start(2)], printed]
            at = found.end(2)
    if update:
        with open(path, "w", encoding="utf-8") as f:
            f.write("".join(new) + document[at:])
    return wrong


def main():
    try:
        import pandas  # noqa: F401
    except ImportError:
        print("skipped python_docs: there is no pandas")
        return 77
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "reports"))
        for name in os.listdir(os.path.join(ROOT, "examples")):
            if name.endswith(".txt"):
                shutil.copy(os.path.join(ROOT, "examples", name), os.path.join(folder, "reports"))
        os.chdir(folder)
        for path in DOCUMENTS:
            wrong += check(path, "--update" in sys.argv)
        os.chdir(ROOT)
    return 1 if wrong and "--update" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
