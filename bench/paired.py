#!/usr/bin/env python3
"""paired.py BEFORE AFTER [PAIRS] -- ARGUMENTS...: what AFTER costs against BEFORE, two programs.

Each may be a program with options of its own, which come behind the arguments:
    paired.py PROGRAM "PROGRAM --judge off" -- code reports.jsonl

They run in turns, PAIRS times each (default 12), every other time in the other order, and what is
compared is user time within each pair; other work on the machine then falls on both. Standard output
goes nowhere. Prints the median of each, and the median and the quartiles of AFTER / BEFORE.
"""
import os, shlex, statistics, subprocess, sys


def user_time(command, arguments):
    program, *options = shlex.split(command)
    child = subprocess.Popen([program, *arguments, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"paired: {program} ended with {child.returncode}")
    return used.ru_utime


def main():
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    if split not in (3, 4):
        sys.exit(__doc__.split("\n\n", 1)[0])
    before, after, *rest = sys.argv[1:split]
    arguments = sys.argv[split + 1:]
    for program in (shlex.split(command)[0] for command in (before, after)):
        if not os.access(program, os.X_OK):
            sys.exit(f"paired: there is no program {program}")
    pairs = []
    for i in range(int(rest[0]) if rest else 12):
        order = [before, after] if i % 2 == 0 else [after, before]
        took = {command: user_time(command, arguments) for command in order}
        pairs.append((took[before], took[after]))
    low, median, high = statistics.quantiles([after / before for before, after in pairs], n=4)
    print(f"{statistics.median(p[0] for p in pairs):.3f} s, {statistics.median(p[1] for p in pairs):.3f} s; "
          f"ratio {median:.3f} [{low:.3f}, {high:.3f}] in {len(pairs)} pairs")


if __name__ == "__main__":
    main()
