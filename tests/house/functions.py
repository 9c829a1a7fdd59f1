"""What the .c files of src define and use, read from their text. For the laws on circles and names."""
import functools, glob, os, re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NO_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DEFINED = re.compile(r"^(?!typedef|extern|return|else)(?:(?!INLINE)[A-Z][A-Z0-9_]* )?(?P<static>static |INLINE )?[A-Za-z_][\w \t*]*?[ *](?P<name>[A-Za-z_]\w*)"
                     r"(?:\((?:[^;{}]*?)\)\n\{|(?:\[[^\]\n]*\])* =)", re.M)
WORD = re.compile(r"[A-Za-z_]\w*")


def code(path):
    """The text without comments and strings, with as many lines as before."""
    with open(path, encoding="utf-8") as f:
        return NO_CODE.sub(lambda m: "\n" * m[0].count("\n"), f.read())


def read(path):
    """The same without lines of the preprocessor."""
    text = code(path)
    return re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", lambda m: "\n" * m[0].count("\n"), text, flags=re.M)


class Sources:
    """defined: {name: path} of what a linker sees; tables: those of them that are data; uses: {path: names
    of other files}"""

    def __init__(self):
        self.defined, self.line, self.uses, self.tables = {}, {}, {}, set()
        texts, own = {}, {}
        for path in sorted(glob.glob(os.path.join(ROOT, "src", "**", "*.c"), recursive=True)):
            name = os.path.relpath(path, ROOT)
            texts[name] = read(path)
            own[name] = set()
            own[name].update(self.inline_of(os.path.dirname(path)))
            for match in DEFINED.finditer(texts[name]):
                own[name].add(match["name"])
                if not match["static"] and match["name"] != "main":
                    self.defined[match["name"]] = name
                    if match[0].endswith("="):
                        self.tables.add(match["name"])
                    self.line[match["name"]] = texts[name].count("\n", 0, match.start("name")) + 1
        for name, text in texts.items():
            self.uses[name] = {word for word in WORD.findall(text)
                               if word in self.defined and word not in own[name]}

    @functools.lru_cache(None)
    def inline_of(self, folder):
        """Names of the functions that the headers of a folder have in full."""
        return {name for path in glob.glob(os.path.join(folder, "*.h"))
                for name in re.findall(r"^static inline [^\n(]*?(\w+)\(", read(path), re.M)}

    def room(self, path):
        return path.split("/")[1]
