#!/usr/bin/env python3
"""kernels.py PROGRAM: each kernel of the matrix product gives the bytes of plain C.

PROGRAM is tests/unit/products.c, built for this machine. NEON is tried under an emulator.
"""
import glob, os, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, Skip, case, equal, main

PRODUCTS = os.path.abspath(sys.argv.pop(1))
COMPILER, EMULATOR = "aarch64-linux-gnu-gcc", "qemu-aarch64"


def sums(command):
    """-> {kernel: its sum, or "absent"}"""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    equal((done.returncode, done.stderr), (0, ""))
    return dict(line.split() for line in done.stdout.splitlines())


HERE = sums([PRODUCTS])


def of_this_machine(kernel):
    def run(folder):
        if HERE[kernel] == "absent":
            raise Skip("this processor has none")
        equal(HERE[kernel], HERE["plain"])
    run.__name__ = f"the kernel {kernel} gives the bytes of plain C"
    return case(run)


for name in HERE:
    if name != "plain":
        of_this_machine(name)


@case
def neon_gives_the_bytes_of_plain_c(folder):
    if "neon" in HERE:
        raise Skip("this machine has it: see above")
    for tool in COMPILER, EMULATOR:
        if not shutil.which(tool):
            raise Skip(f"there is no {tool}")
    program = os.path.join(folder, "products")
    syntax = os.path.join(ROOT, "src", "syntax")
    subprocess.run([COMPILER, "-std=gnu17", "-O2", "-static", "-ffp-contract=off", "-fno-trapping-math", f"-I{ROOT}/src",
                    f"{ROOT}/tests/unit/products.c", f"{syntax}/kernels.c", *glob.glob(f"{syntax}/product_*.c"),
                    "-o", program], check=True)
    found = sums([EMULATOR, program])
    equal(sorted(found), ["neon", "plain"])
    equal(found, {"neon": HERE["plain"], "plain": HERE["plain"]})


sys.exit(main())
