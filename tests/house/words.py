"""Comparisons with literal English words in the rooms that interpret text. English belongs into
data/english and data/cues; the few words that remain in C are listed in words.txt, each with its reason."""
import glob, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOMS = "actors", "claims", "events", "grammar", "grounding", "syntax"
COMPARING = re.compile(r"\b(dgm_view_eq|dgm_view_eq_nocase|dgm_view_starts|dgm_is_lemma|dgm_has_preposition|dgm_add_by_case|"
                       r"form_is|word_is|lemma_is|with_case)\(")
WORD = re.compile(r'"([A-Za-z]+)"')
LIST = re.compile(r'static const char \*const \w+\[\] = \{([^}]*)\}')
# tags of the treebank, codes of actors and words of our own tables are no English
NO_ENGLISH = re.compile(r"xpos|deprel|row->|cell|feat|upos|sector|sectors|FRAME|VerbForm")


def arguments(text, at):
    """The text between the parenthesis at `at` and its mate."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return text[at + 1:i]
    return text[at + 1:]


def comparisons():
    """[(path, line, text)] of every comparison, in the order of files."""
    found = []
    for room in ROOMS:
        for path in sorted(glob.glob(os.path.join(ROOT, "src", room, "*.[ch]"))):
            text = open(path, encoding="utf-8").read()
            for match in COMPARING.finditer(text):
                inner = arguments(text, match.end() - 1)
                words = [w for w in WORD.findall(inner) if not w.isupper()]
                if words and not NO_ENGLISH.search(inner):
                    found.append((os.path.relpath(path, ROOT), text.count("\n", 0, match.start()) + 1,
                                  f"{match[1]} {' '.join(words)}"))
    return found


def unexplained():
    """What is not in words.txt, or more often than there; and rows of words.txt that are true no more."""
    counts = {}
    for path, line, text in comparisons():
        counts.setdefault((path, text), []).append(line)
    listed = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.txt"), encoding="utf-8") as rows:
        for row in rows:
            if not row.startswith("#"):
                path, text, n, reason = row.rstrip("\n").split("\t")
                listed[path, text] = int(n) if reason else 0
    faults = [f"{path}:{lines[-1]}: {text}: an English word in C; see tests/house/words.txt"
              for (path, text), lines in counts.items() if len(lines) > listed.get((path, text), 0)]
    return faults + [f"tests/house/words.txt: {path}: {text}: is not there any more, or less often"
                     for (path, text), n in listed.items() if len(counts.get((path, text), [])) < n]


if __name__ == "__main__":
    faults = unexplained()
    print("\n".join(faults) if faults else f"{len(comparisons())} comparisons with English words, each with a reason")
    sys.exit(1 if faults else 0)
