"""What the library is given and what it gives, as bytes: days, options, files and stories; complaints
and progress. Of the coder and the store."""
from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import os
import re
import warnings
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Set, Tuple, Union

from ._library import Error, RefusedWarning, encode, said
from ._run import Progress
from .records import Story

Day = Union[str, datetime.date]
FilePath = Union[str, "os.PathLike[str]"]
Option = Union[None, bool, int, float, str, datetime.date, Sequence[str], Mapping[str, str]]
AnyStory = Union[Story, Mapping[str, Any], Tuple[str, Day]]

BATCH_STORIES, BATCH_BYTES = 32, 1 << 18  # of code_many, for each thread
_STORY_FIELDS = "id", "date", "title", "source", "url"
_YES_OR_NO = {"historical", "history", "inferred"}

# ---- options and lines -----------------------------------------------------------------------


def threads(jobs: int) -> int:
    if jobs < 1:
        raise Error(f"jobs must be 1 or more, not {jobs}")
    return jobs


def text_bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return encode(value)
    raise Error(f"the text must be a str, not {_type(value)}")


def day(value: Any) -> Optional[str]:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if value is None or isinstance(value, str):
        return value
    if type(value).__name__ == "datetime64":  # of numpy
        return str(value)[:10]
    raise Error(f"the date must be a str such as \"2020-10-02\" or a datetime.date, not {_type(value)}: {value!r}")


def _type(value: Any) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


def option_list(options: Mapping[str, Option]) -> List[str]:
    """min_confidence=0.5 is "min-confidence", "0.5"; a switch that is True is "yes"."""
    out: List[str] = []
    for name, value in options.items():
        name = name.rstrip("_").replace("_", "-")  # from_, since "from" is Python's
        if value is None or (value is False and name not in _YES_OR_NO):
            continue
        if isinstance(value, bool):
            text = "yes" if value else "no"
        elif isinstance(value, Mapping):
            text = ",".join(f"{k}={v}" for k, v in value.items())
        elif isinstance(value, datetime.date):
            text = value.isoformat()[:10]
        elif isinstance(value, (str, int, float)):
            text = str(value)
        else:
            text = ",".join(map(str, value))
        out += [name, text]
    return out


def record_options(options: Mapping[str, Option], instead: str) -> List[str]:
    """The same for calls that give records, not the lines of a format."""
    out = option_list(options)
    if dict(zip(out[::2], out[1::2])).get("format", "jsonl") != "jsonl":
        raise Error(f"this call gives records and takes no format: {instead} writes files of other formats")
    return out


def objects(lines: bytes) -> List[Dict[str, Any]]:
    """JSON Lines. They are parsed as one array, so that equal names of members are one string."""
    found: List[Dict[str, Any]] = json.loads("[" + lines.decode("utf-8").rstrip("\n").replace("\n", ",") + "]")
    return found


def json_lines(batch: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(encode(json.dumps(o, ensure_ascii=False)) + b"\n" for o in batch)


def one_object(line: bytes) -> Dict[str, Any]:
    found: Dict[str, Any] = json.loads(line)
    return found


# ---- stories ---------------------------------------------------------------------------------


def _is_there(value: Any) -> bool:
    """Neither None nor what stands for it in data frames."""
    return isinstance(value, str) or str(value) not in ("None", "nan", "NaT", "<NA>")


def _members(story: AnyStory, i: int) -> Mapping[str, Any]:
    if isinstance(story, Story):
        return story.__dict__
    if isinstance(story, tuple) and len(story) == 2:
        return {"text": story[0], "date": story[1]}
    if isinstance(story, Mapping):
        return story
    raise Error(f"story {i} is neither a dict, nor a Story, nor a pair of text and date, but {_type(story)}; "
                "the stories of a data frame are frame.to_dict(\"records\")")


def story_object(members: Mapping[str, Any]) -> Dict[str, Any]:
    """-> the object of a line of JSON"""
    there = {name: members[name] for name in _STORY_FIELDS if name in members and _is_there(members[name])}
    out: Dict[str, Any] = {name: str(value) for name, value in there.items()}
    if "date" in there:
        out["date"] = day(there["date"])
    if _is_there(members.get("text")):
        text_bytes(members["text"])
        out["text"] = members["text"]
    return out


def id_by_number(i: int, _: Mapping[str, Any]) -> str:
    return f"story-{i}"


def id_by_content(_: int, story: Mapping[str, Any]) -> str:
    """The same for the same story, whatever came before it."""
    return "story-" + hashlib.sha256(json_lines([story])).hexdigest()[:16]


class Batch(List[Dict[str, Any]]):
    """The objects of a few stories, of which no two have one id; what they are called where something
    is said of them; and what is said of those that are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.names: List[str] = []
        self.refused: List[str] = []
        self.ids: Set[str] = set()
        self.size = 0

    def add(self, story: Dict[str, Any], name: str) -> None:
        self.append(story)
        self.names.append(name)
        self.ids.add(story["id"])
        self.size += len(story.get("text", ""))


def batches(stories: Iterable[AnyStory], jobs: int, id_of: Callable[[int, Mapping[str, Any]], str]) -> Iterator[Batch]:
    """A few stories at a time. id_of: of stories that bring none, by their number and members."""
    batch = Batch()
    for i, story in zip(itertools.count(1), stories):
        members = _members(story, i)
        try:
            made = story_object(members)
        except Error as why:
            batch.refused.append(f"story {i}: {why}; it is passed over")
            continue
        name = made.get("id", str(i))
        made.setdefault("id", id_of(i, made))
        if len(batch) >= BATCH_STORIES * jobs or batch.size >= BATCH_BYTES * jobs or made["id"] in batch.ids:
            yield batch
            batch = Batch()
        batch.add(made, name)
    if batch or batch.refused:
        yield batch


# ---- files -----------------------------------------------------------------------------------


def path_list(paths: Union[FilePath, Iterable[FilePath]]) -> List[str]:
    return [os.fspath(p) for p in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]


def size_of(paths: List[str]) -> int:
    """Bytes of all files and folders; 0: nobody knows."""
    def size(path: Path) -> int:
        return sum(map(size, path.iterdir())) if path.is_dir() else path.stat().st_size
    try:
        sizes = [size(Path(p)) for p in paths]
    except OSError:
        return 0
    return sum(sizes) if all(sizes) else 0


def pass_over(name: str, names: List[str], failures: List[Error], why: Error, stacklevel: int) -> None:
    """Of several files, one that is missing or may not be read is warned of, and the others are read.
    Anything else is raised, and so is the last of them if there are no others."""
    failures.append(why)
    if os.access(name, os.R_OK) or len(failures) == len(names):
        raise why
    warn([str(why)], stacklevel + 1)


# ---- complaints and progress -----------------------------------------------------------------


class Complaints(List[str]):
    """What a short call complains of."""

    def hear(self, _: Optional[int], message: bytes) -> None:
        self.append(said(message))


def told_of(names: List[str], message: str) -> str:
    """"stories:2: what" says which story that is. Its members have the names that they must have: what
    would call them otherwise in a file does not help."""
    found = re.match(r"stories:(\d+): (.*)", message, re.DOTALL)
    if not found or not 0 < int(found[1]) <= len(names):
        return message
    return f"story {names[int(found[1]) - 1]}: {found[2].partition('; columns={')[0]}"


def warn(complaints: Iterable[str], stacklevel: int) -> None:
    for complaint in complaints:
        warnings.warn(complaint, RefusedWarning, stacklevel=stacklevel + 1)


def shown_progress(progress: Union[None, bool, Progress], unit: str = "bytes") -> Optional[Progress]:
    """True becomes a line on standard error."""
    if not isinstance(progress, bool):
        return progress
    if not progress:
        return None
    import sys
    last = [-1]

    def show(n: int, of: int) -> None:
        part = 100 * n // of if of else n
        if part != last[0]:
            last[0] = part
            print(f"\r{part} %" if of else f"\r{n:,} {unit}", end="\n" if of and n >= of else "", file=sys.stderr,
                  flush=True)
    return show
