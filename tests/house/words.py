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


if __name__ == "__main__":
    for path, line, text in comparisons():
        print(f"{path}:{line}: {text}")
