#!/usr/bin/env python3
"""Every part has a licence: what Meson links, what npm brings, each file of data/ and whatever else others wrote is a
row of tools/parts.tsv, NOTICE names what is not ours, and debian/copyright says the same of each file."""
import collections, fnmatch, json, os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCKS = "web/package-lock.json", "tools/node/package-lock.json"
OURS = "the dragoman authors"
# What is written here, where a notice of somebody else would say that it is not.
WRITTEN_HERE = "src", "include", "bindings", "web", "tools", "scripts", "debian", ".ci", ".github"
FREE = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "Python-2.0", "0BSD", "CC0-1.0"}
FOREIGN = re.compile(r"SPDX-License-Identifier|Copyright (?:\(c\)|©|\d{4})|Licensed under", re.I)


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8", errors="replace") as f:
        return f.read()


def parts():
    rows = [line.split("\t") for line in read("tools/parts.tsv").splitlines() if line and not line.startswith("#")]
    return [collections.namedtuple("Part", rows[0][:3] + ["holder", "where"])(*row) for row in rows[1:]]


def files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if listed.returncode != 0:
        print("skipped licences: only git knows which files are the project's")
        sys.exit(77)
    return listed.stdout.splitlines()


def libraries(table):
    known = {part.name for part in table if part.kind == "library"}
    text = re.sub(r"#.*", "", read("meson.build"))
    linked = set(re.findall(r"\b(?:dependency|find_library)\(\s*'([^']+)'", text))
    return [f"meson.build: {name} has no row of the kind library" for name in sorted(linked - known)] + \
        [f"tools/parts.tsv: {name} is no dependency of meson.build" for name in sorted(known - linked)]


def npm(table):
    known = {part.name: part.licence for part in table if part.kind == "page"}
    wrong, bundled = [], set()
    for path in LOCKS:
        for where, package in json.loads(read(path))["packages"].items():
            name = where.rpartition("node_modules/")[2]
            if not where:
                continue
            if not package.get("integrity"):
                wrong.append(f"{path}: {name} is not pinned by a hash")
            if package.get("license") not in FREE:
                wrong.append(f"{path}: {name} has the licence {package.get('license')}, which is none of FREE")
            if path.startswith("web/") and not package.get("dev"):
                bundled.add(name)
                if known.get(name) != package.get("license"):
                    wrong.append(f"{path}: {name} is {package.get('license')}, in tools/parts.tsv {known.get(name)}")
                if f"{name} {package['version']} (" not in read("src/serve/assets/licences.txt"):
                    wrong.append(f"src/serve/assets/licences.txt: no {name} {package['version']}")
    wrong += [f"tools/parts.tsv: {name} is not in the page" for name in sorted(known.keys() - bundled)]
    if {"dependencies", "devDependencies"} & json.loads(read("bindings/wasm/package/package.json")).keys():
        wrong.append("bindings/wasm/package/package.json: what it depends on needs a lock file; see LOCKS")
    return wrong


def in_debian(path):
    """The licence of a file in debian/copyright: the last stanza that names it."""
    found = None
    for names, licence in re.findall(r"^Files: (.*)\n(?:.+\n)*?License: (.*)$", read("debian/copyright"), re.M):
        if any(fnmatch.fnmatchcase(path, name) for name in names.split()):
            found = licence
    return found


def same(licence, debian):
    plain = lambda text: {word.replace("LicenseRef-", "") for word in re.split(r" (?:AND|and) ", text)}
    return plain(licence) == plain(debian)


def rows_of_files(table):
    wrong, claimed = [], {}
    tracked = files()
    for part in table:
        if part.kind in ("files", "source"):
            for name in part.where.split():
                if not fnmatch.filter(tracked, name):
                    wrong.append(f"tools/parts.tsv: {part.name}: there is no {name}")
                if part.kind == "files":
                    claimed[name] = part
    for path in tracked:
        part = claimed.get(path) or next((claimed[name] for name in claimed if fnmatch.fnmatchcase(path, name)), None)
        top = path.split("/")[0]
        if part and not same(part.licence, in_debian(path)):
            wrong.append(f"{path}: {part.licence} in tools/parts.tsv, {in_debian(path)} in debian/copyright")
        elif not part and "/" in path and top not in WRITTEN_HERE or not part and path.startswith("src/serve/assets/"):
            wrong.append(f"{path} has no row in tools/parts.tsv")
        elif not part and path.endswith((".c", ".h", ".js", ".mjs", ".css", ".py", ".S", ".R")) and \
                any(OURS not in line and FOREIGN.search(line) for line in read(path).splitlines()[:30]):
            wrong.append(f"{path}: somebody else's notice, and no row in tools/parts.tsv")
    return wrong


def notice(table):
    text = read("NOTICE")
    return [f"NOTICE: no word of {part.name}" for part in table
            if part.kind in ("library", "page", "source") and part.name not in ("threads", "m")
            and not re.search(rf"(?<![\w/-]){re.escape(part.name)}(?![\w/]|-\w)", text)]


if __name__ == "__main__":
    table = parts()
    told = libraries(table) + npm(table) + rows_of_files(table) + notice(table)
    print("\n".join(told) if told else "every part has a licence")
    sys.exit(1 if told else 0)
