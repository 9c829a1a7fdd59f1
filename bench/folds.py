#!/usr/bin/env python3
"""Three folds of the two thirds that the judge is learned from, each judged by tables learned without it.

    bench/folds.py ../shared/data [-p PROGRAM] [OPTION OF `dragoman code`...]

Prints what bench/aside.py prints, of the stories that are not kept aside. What is changed is chosen by this; by
bench/aside.py it is only measured. Four minutes. The rules' tables are those of this folder (data/), and PROGRAM learns and
judges.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import zlib

import aside

FOLDS = 3


def fold_of(name):
    """The program's own choice (src/cli/coded.c); None: kept aside."""
    crc = zlib.crc32(name.encode())
    return None if crc % 3 == 0 else crc // 3 % FOLDS


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data")
    ap.add_argument("-p", "--program", default="build/release/src/cli/dragoman")
    a, options = ap.parse_known_args()
    scorer, rows, alarms = aside.scorer_of(a.data), {}, []
    trainer = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools", "train-judge")
    with tempfile.TemporaryDirectory() as folder:
        model, path = os.path.join(folder, "own", "model"), os.path.join(folder, "events.jsonl")
        os.makedirs(model)
        for fold in range(FOLDS):
            subprocess.run([trainer, a.data, a.program, str(fold), model], check=True)
            own = ["-j", "2", "--tables", os.path.dirname(model), *options]
            for title, gold, files, basis in aside.sets_of(a.data):
                aside.code(a.program, own, files, path)
                counted = aside.counts(scorer, gold, path, basis, lambda name: fold_of(name) == fold)
                for level, found in counted.items():
                    rows.setdefault(title, {}).setdefault(level, []).extend(found)
            alarms += aside.false_alarms(a.data, a.program, own, path, lambda name: fold_of(name) == fold)
    for title, by_level in rows.items():
        print(f"{title}, {len(by_level['type'])} stories")
        for label, level in aside.LEVELS:
            print(f"  {label:26}{aside.f1(by_level[level]):.4f}")
    print(f"look-alikes, {len(alarms)} stories\n  false material conflict   {aside.share(alarms):.4f}")


if __name__ == "__main__":
    sys.exit(main())
