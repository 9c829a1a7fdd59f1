#!/usr/bin/env python3
"""The pages that a newcomer reads run as printed.

A comment of HTML, which readers do not see, says what the block after it is:

    <!-- file: report.txt -->                      the block is this file
    <!-- run: dragoman code -f table report.txt -->  the block is what this command prints
    <!-- run -->                                   the block's lines are commands that must succeed

A block is indented by four blanks or fenced; a `run: COMMAND` without a block after it must only
succeed. The commands of a page share one folder, in which `examples` is ours. `readme.py --update`
writes what the commands print into the pages and draws the pictures again.
"""
import os, re, shlex, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from harness import ROOT, case, contains, dragoman, equal, main

PAGES = [page for page in ("README.md", "docs/guide.md") if os.path.exists(os.path.join(ROOT, page))]
MARK = re.compile(r"<!-- (file|run)(?:: (.*))? -->")


def lines_of(page):
    return open(os.path.join(ROOT, page), encoding="utf-8").read().split("\n")


def block_after(lines, i):
    """-> (first line, line after the last, indent) of the block that begins after line i; None: there is none"""
    i += 1
    while i < len(lines) and not lines[i].strip():
        i += 1
    if i < len(lines) and lines[i].startswith("```"):
        end = next(j for j in range(i + 1, len(lines)) if lines[j].startswith("```"))
        return i + 1, end, ""
    end = i
    while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
        end += 1
    while end > i and not lines[end - 1].strip():
        end -= 1
    return (i, end, "    ") if end > i else None


def run(command, folder):
    words = shlex.split(command)
    equal(words[0], "dragoman", f"{command}: only the program is run")
    code, out, err = dragoman(*words[1:], cwd=folder)
    equal((code, "" if code == 0 else err), (0, ""), command)  # summaries of what was read are welcome
    return [line.rstrip() for line in out.rstrip("\n").split("\n")]


def run_page(lines, folder):
    """Writes the files, runs the commands -> [(command, block, lines printed)], of those that have a block"""
    os.symlink(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
    printed = []
    for i, line in enumerate(lines):
        mark = MARK.fullmatch(line.strip())
        if not mark:
            continue
        kind, argument = mark.groups()
        block = block_after(lines, i)
        equal(block is not None or (kind == "run" and argument is not None), True, f"line {i + 1}: there is no block")
        text = [row[len(block[2]):] for row in lines[block[0]:block[1]]] if block else []
        if kind == "file":
            equal(os.path.basename(argument), argument, f"line {i + 1}: a file of the folder")
            with open(os.path.join(folder, argument), "w", encoding="utf-8") as file:
                file.write("\n".join(text) + "\n")
        elif argument:
            out = run(argument, folder)
            printed += [(argument, block, out)] if block else []
        else:
            for command in text:
                run(command, folder)
    return printed


@case
def the_pages_run_as_printed(folder):
    n = 0
    for page in PAGES:
        lines = lines_of(page)
        with tempfile.TemporaryDirectory() as place:
            for command, (begin, end, indent), out in run_page(lines, place):
                equal([row[len(indent):].rstrip() for row in lines[begin:end]], out, f"{page}:{begin + 1}: {command}")
                n += 1
    equal(n > 0, True, "no page names a command")


@case
def the_readmes_report_as_it_is_pasted_gives_the_table(folder):
    """With its four blanks, and wrapped: what somebody does who copies it from the file."""
    lines = lines_of("README.md")
    i = next(i for i, line in enumerate(lines) if line.strip() == "<!-- file: report.txt -->")
    begin, end, indent = block_after(lines, i)
    equal(indent, "    ")
    tables = []
    for cut in 0, 4:
        with open(os.path.join(folder, "report.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(row[cut:] for row in lines[begin:end]) + "\n")
        tables.append(run("dragoman code -f table report.txt", folder))
    equal(tables[0], tables[1])
    contains("\n".join(tables[0]), "negated")


@case
def a_page_that_is_out_of_date_is_found(folder):
    page = ["<!-- file: a.txt -->", "", "    date 2020-10-02", "", "    Turkey bombed Syria.", "",
            "<!-- run: dragoman code -f table a.txt -->", "```", "nothing", "```"]
    [(command, block, out)] = run_page(page, folder)
    equal((command, block), ("dragoman code -f table a.txt", (8, 9, "")))
    contains("\n".join(out), "ASSAULT")


@case
def the_pictures_show_what_the_program_writes(folder):
    done = subprocess.run([sys.executable, os.path.join(ROOT, "tools/make-picture"), "--check"], capture_output=True, encoding="utf-8")
    equal((done.returncode, done.stderr), (0, ""))


def update():
    subprocess.run([sys.executable, os.path.join(ROOT, "tools/make-picture")], check=True)
    for page in PAGES:
        lines = lines_of(page)
        with tempfile.TemporaryDirectory() as place:
            for _, (begin, end, indent), out in reversed(run_page(lines, place)):
                lines[begin:end] = [(indent + row).rstrip() for row in out]
        with open(os.path.join(ROOT, page), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        sys.exit(update())
    sys.exit(main())
