#!/usr/bin/env python3
"""The WebAssembly package: built with Debian's emscripten, then compared with the program under Node and in
Chromium (tests/bindings/wasm.mjs, which prints a line a case)."""
import os, shutil, subprocess, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import PROGRAM, ROOT

FOLDER = os.path.join(ROOT, "build", "wasm")


def main():
    for tool in "emcc", "ninja", "node", "npm":
        if not shutil.which(tool):
            print(f"skipped wasm: there is no {tool}")
            return 0
    begun = time.monotonic()
    built = subprocess.run([os.path.join(ROOT, "bindings", "wasm", "build"), FOLDER], capture_output=True, text=True)
    if built.returncode != 0:
        print(f"FAILED wasm: build\n{built.stdout[-3000:]}{built.stderr[-3000:]}")
        return 1
    print(f"ok wasm: build ({time.monotonic() - begun:.0f} s)", flush=True)
    if not os.path.isdir(os.path.join(ROOT, "web", "node_modules")):
        subprocess.run(["npm", "ci", "--prefix", "web", "--no-audit", "--no-fund"], cwd=ROOT, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    return subprocess.run(["node", os.path.join(ROOT, "tests", "bindings", "wasm.mjs"), os.path.abspath(PROGRAM), FOLDER]).returncode


sys.exit(main())
