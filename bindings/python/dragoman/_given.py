"""What the library is given and what it gives, as bytes: days, options, files and stories; complaints
and progress. Of the coder and the store."""
from __future__ import annotations

import datetime
import itertools
import json
import os
import re
import warnings
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from ._library import RefusedWarning, encode
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


def day(value: Optional[Day]) -> Optional[str]:
    return value.isoformat()[:10] if isinstance(value, datetime.date) else value


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
    return value is not None and value == value  # neither None nor NaN nor NaT


def story_object(story: AnyStory) -> Dict[str, Any]:
    """-> the object of a line of JSON"""
    if isinstance(story, Story):
        story = story.__dict__
    elif isinstance(story, tuple):
        story = {"text": story[0], "date": story[1]}
    out = {"text": story["text"]} if _is_there(story.get("text")) else {}
    for name in _STORY_FIELDS:
        value = story.get(name)
        if _is_there(value):
            out[name] = day(value) if isinstance(value, datetime.date) else str(value)
    return out


def batches(stories: Iterable[AnyStory], jobs: int) -> Iterator[List[Dict[str, Any]]]:
    """A few stories at a time, of which no two have one id."""
    batch: Dict[str, Dict[str, Any]] = {}
    size = 0
    for i, story in zip(itertools.count(1), stories):
        made = {"id": f"story-{i}", **story_object(story)}
        if len(batch) >= BATCH_STORIES * jobs or size >= BATCH_BYTES * jobs or made["id"] in batch:
            yield list(batch.values())
            batch, size = {}, 0
        batch[made["id"]] = made
        size += len(made.get("text", ""))
    if batch:
        yield list(batch.values())


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


# ---- complaints and progress -----------------------------------------------------------------


class Complaints(List[str]):
    """What a short call complains of."""

    def hear(self, _: Optional[int], message: bytes) -> None:
        self.append(message.decode("utf-8", "replace"))


def told_of(batch: List[Dict[str, Any]], message: str) -> str:
    """"stories:2: what" says which story that is."""
    found = re.match(r"stories:(\d+): (.*)", message, re.DOTALL)
    if not found or not 0 < int(found[1]) <= len(batch):
        return message
    return f"story {batch[int(found[1]) - 1]['id']}: {found[2]}"


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
