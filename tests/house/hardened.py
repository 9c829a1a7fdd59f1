#!/usr/bin/env python3
"""hardened.py FORTIFIED PROGRAM...: what `-Dhardening` promises is in the built files, read by readelf.

FORTIFIED: yes, or no where there is no optimizer or a sanitizer does the same. That memory is either
written or run, that relocations are read-only and bound at the start, that programs lie anywhere,
and that glibc's checked functions and the stack's guard are used.
"""
import re, shutil, subprocess, sys


def readelf(path, *options):
    return subprocess.run(["readelf", "-W", *options, path], capture_output=True, text=True, check=True).stdout


def lacking(path, fortified):
    """-> what a file lacks"""
    heads, dynamic, symbols = readelf(path, "-h", "-l"), readelf(path, "-d"), readelf(path, "--dyn-syms")
    stack = re.search(r"GNU_STACK +(?:0x\w+ +){5}(\w+)", heads)
    holds = {
        "a position of its own (PIE)": re.search(r"Type: +DYN", heads),
        "a stack that is not run": stack and "E" not in stack[1],
        "no memory both written and run": not re.search(r"LOAD .* RWE ", heads),
        "read-only relocations (RELRO)": "GNU_RELRO" in heads,
        "binding at the start": re.search(r"BIND_NOW|FLAGS_1.*NOW", dynamic),
        "a stack protector": "__stack_chk_fail" in symbols,
        "_FORTIFY_SOURCE": not fortified or re.search(r"__(mem|str|v?s?n?f?printf)\w*_chk\b", symbols),
    }
    return [what for what, there in holds.items() if not there]


def main():
    if not shutil.which("readelf"):
        print("skipped hardened: there is no readelf")
        return 0
    failed = 0
    for path in sys.argv[2:]:
        without = lacking(path, sys.argv[1] == "yes")
        name = path.rsplit("/", 1)[-1]
        failed += bool(without)
        print(f"FAILED {name} is hardened: it has not {', nor '.join(without)}" if without else f"ok {name} is hardened")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
