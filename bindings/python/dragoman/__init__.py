"""Codes political events from news reports: who did what to whom, when and where, on whose word,
affirmed or denied, and whether it happened or was only promised, demanded or feared.

    import dragoman
    for quote in dragoman.quotes(text, date="2020-10-02"):
        print(quote.speaker, quote.kind, quote.said)
    for event in dragoman.code(text, date="2020-10-02"):
        print(event)

The functions use one coder with the shipped tables, opened at its first use; `Coder` opens others.
"""
from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Optional, Union

from ._given import AnyStory, Day, FilePath, Option
from ._library import Error, RefusedWarning, version
from ._run import Progress
from .coder import Coder, check_tables, default_coder
from .events import Events
from .frames import to_pandas
from .records import (Actor, Condition, Event, Judge, Place, Quote, Record, Relation, Size, Sizes, Span, Story, Time,
                      Voice, Words)
from .store import Ingested, Rows, Store

__all__ = [
    "Actor", "Coder", "Condition", "Error", "Event", "Events", "Ingested", "Judge", "Place", "Quote", "Record",
    "RefusedWarning", "Relation", "Rows", "Size", "Sizes", "Span", "Store", "Story", "Time", "Voice", "Words", "check_tables",
    "code", "code_files", "code_many", "explain", "places", "quotes", "quotes_many", "read", "read_files", "relate", "rule",
    "times", "to_pandas", "trees", "version",
]


def code(text: str, date: Day, *, id: Optional[str] = None, title: Optional[str] = None, source: Optional[str] = None,
         url: Optional[str] = None) -> Events:
    return default_coder().code(text, date, id=id, title=title, source=source, url=url)


def quotes(text: str, date: Day) -> List[Quote]:
    return default_coder().quotes(text, date)


def places(text: str, date: Day) -> List[Place]:
    return default_coder().places(text, date)


def times(text: str, date: Day) -> List[Time]:
    return default_coder().times(text, date)


def read(text: str, date: Optional[Day] = None) -> Story:
    return default_coder().read(text, date)


def trees(text: str, date: Optional[Day] = None) -> str:
    return default_coder().trees(text, date)


def explain(text: str, date: Optional[Day] = None) -> str:
    return default_coder().explain(text, date)


def relate(marked: str) -> Relation:
    return default_coder().relate(marked)


def rule(id: str) -> Dict[str, Any]:
    return default_coder().rule(id)


def code_files(paths: Union[FilePath, Iterable[FilePath]], *, date: Optional[Day] = None, jobs: int = 1,
               progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Event]:
    return default_coder().code_files(paths, date=date, jobs=jobs, progress=progress, **options)


def read_files(paths: Union[FilePath, Iterable[FilePath]], *, date: Optional[Day] = None,
               progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Story]:
    return default_coder().read_files(paths, date=date, progress=progress, **options)


def code_many(stories: Iterable[AnyStory], *, jobs: int = 1, progress: Union[None, bool, Progress] = None,
              **options: Option) -> Iterator[Event]:
    return default_coder().code_many(stories, jobs=jobs, progress=progress, **options)


def quotes_many(stories: Iterable[AnyStory], *, jobs: int = 1, progress: Union[None, bool, Progress] = None,
                **options: Option) -> Iterator[Quote]:
    return default_coder().quotes_many(stories, jobs=jobs, progress=progress, **options)


for _function in (code, quotes, places, times, read, trees, explain, relate, rule, code_files, read_files, code_many,
                  quotes_many):
    _function.__doc__ = getattr(Coder, _function.__name__).__doc__


def __getattr__(name: str) -> str:
    if name == "__version__":
        return version()
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
