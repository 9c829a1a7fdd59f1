#!/usr/bin/env python3
"""knowledge.py FOLDER MADE DEPFILE: what fuzz targets know, made from the tables of the project.

FOLDER         of each table of data/ the header and some rows: those that begin with words of the
               seeds, so that their stories are coded as ever, and others from all over the table;
               as model tiny.dgm.xz
FOLDER/few     the same with hardly any rows, which a target can load a thousand times a minute
FOLDER/tables  tests/tables
FOLDER/stories.txt, words.dict
               the stories of which targets make a store; words of the tables, as libFuzzer has them
"""
import glob, lzma, os, re, shutil, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = os.path.join(ROOT, "data")
WHOLE = ("codebook/types", "codebook/modes", "actors/sectors", "model/perceptron")
READ = [os.path.abspath(__file__)]


def read(path):
    READ.append(path)
    with open(path, encoding="utf-8") as f:
        return f.read()


def words_of(text):
    return re.findall(r"[a-z']+", text.lower())


def begins_known(cell, known):
    return any(word in known for word in words_of(cell.split(" ")[0]))


def sample(lines, known, most):
    """All up to the header, and about `most` of the rows, in their order."""
    head = next(i for i, line in enumerate(lines) if not line.startswith("#")) + 1
    rows = [line for line in lines[head:] if not line.startswith("#")]
    chosen = [i for i, row in enumerate(rows) if any(begins_known(cell, known) for cell in row.split("\t")[:2])]
    chosen = chosen[::len(chosen) // most + 1] + list(range(0, len(rows), len(rows) * 2 // most + 1))
    return lines[:head] + [rows[i] for i in sorted(set(chosen))]


def make(folder, known, most, whole=WHOLE):
    """The words that the tables begin with. whole: tables of which all rows are kept"""
    words = set()
    for path in sorted(glob.glob(os.path.join(DATA, "*", "*.tsv"))):
        name = os.path.relpath(path, DATA)
        lines = read(path).splitlines()
        if not name.startswith(whole):
            lines = sample(lines, known, most)
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        if not name.startswith("model/"):
            words.update(line.split("\t")[0] for line in lines)
    return words


def put_model(folder):
    path = os.path.join(folder, "model", "english.dgm")
    READ.append(os.path.join(HERE, "tiny.dgm.xz"))
    with lzma.open(READ[-1]) as f, open(path, "wb") as out:
        shutil.copyfileobj(f, out)
    with open(path + ".xxh", "w", encoding="utf-8") as out:
        out.write(read(os.path.join(HERE, "tiny.dgm.xxh")).replace("tiny.dgm", "english.dgm"))


def put_words(path, words):
    """Only plain ones: a dictionary of libFuzzer has no quotation mark, backslash or control in it."""
    plain = sorted(word for word in words if re.fullmatch(r"[A-Za-z0-9 '@:+-]{3,30}", word))
    with open(path, "w", encoding="utf-8") as f:
        f.write("".join(f'"{word}"\n' for word in plain))


def main(folder, made, depfile):
    shutil.rmtree(folder, ignore_errors=True)
    stories = read(os.path.join(HERE, "seeds", "reports.txt"))
    known = set(words_of(stories + read(os.path.join(HERE, "seeds", "dated.txt"))))
    words = make(folder, known, 200)
    make(os.path.join(folder, "few"), known, 8)
    shutil.copytree(os.path.join(ROOT, "tests", "tables"), os.path.join(folder, "tables"))
    put_model(folder)
    put_words(os.path.join(folder, "words.dict"), words)
    with open(os.path.join(folder, "stories.txt"), "w", encoding="utf-8") as f:
        f.write(stories)
    with open(made, "w", encoding="utf-8") as f:
        f.write(folder + "\n")
    with open(depfile, "w", encoding="utf-8") as f:
        f.write(f"{made}: " + " ".join(path.replace(" ", "\\ ") for path in READ) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
