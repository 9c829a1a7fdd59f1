#!/usr/bin/env python3
"""Documents: links between them lead somewhere, and lists of what a folder holds leave nothing out."""
import os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.M | re.S)
# A README, and the folders all of whose files and folders it names.
LISTS = {"tests/README.md": ["tests", "tests/e2e", "tests/house"], "tools/README.md": ["tools"],
         "docs/README.md": ["docs", "docs/formats"]}
UNNAMED = ["README.md", "meson.build", "Doxyfile"]


def files():
    """What is part of the project; in an unpacked tarball, everything but what was built."""
    git = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if git.returncode == 0:
        return git.stdout.split("\n")[:-1]
    return [os.path.relpath(os.path.join(folder, name), ROOT) for folder, _, names in os.walk(ROOT) for name in names
            if not os.path.relpath(folder, ROOT).startswith(("build", "web/node_modules"))]


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def anchors(path):
    heads = re.findall(r"^#+ (.*)$", CODE.sub("", read(path)), re.M)
    return {re.sub(r"[^\w -]", "", head.strip().lower()).replace(" ", "-") for head in heads}


def dead_links(path):
    for link in LINK.findall(CODE.sub("", read(path))):
        if re.match(r"[a-z]+:", link):
            continue
        to, _, anchor = link.partition("#")
        to = os.path.normpath(os.path.join(os.path.dirname(path), to)) if to else path
        if not os.path.exists(os.path.join(ROOT, to)):
            yield f"{path}: {link} leads nowhere"
        elif anchor and to.endswith(".md") and anchor not in anchors(to):
            yield f"{path}: {to} has no heading {anchor}"


def left_out(readme, folder, known):
    text = read(readme)
    for name in sorted({path[len(folder) + 1:].split("/")[0] for path in known if path.startswith(folder + "/")}):
        # Tables beside a script, and pictures, go with what uses them.
        if name not in UNNAMED and not name.endswith((".txt", ".sql", ".png", ".svg", ".json")) and \
                not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            yield f"{readme}: does not name {folder}/{name}"


def broken():
    known = files()
    faults = [fault for path in known if path.endswith(".md") for fault in dead_links(path)]
    return faults + [fault for readme, folders in LISTS.items() for folder in folders
                     for fault in left_out(readme, folder, known)]


if __name__ == "__main__":
    faults = broken()
    print("\n".join(faults) if faults else "every link leads somewhere, and the lists are whole")
    sys.exit(1 if faults else 0)
