"""The coder: model and tables, and what can be asked of them. Any number of threads may use one."""
from __future__ import annotations

import ctypes
import os
import threading
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

from . import _library as c
from ._given import (AnyStory, Complaints, Day, FilePath, Option, batches, day, id_by_number, json_lines, objects, one_object,
                     option_list, pass_over, path_list, record_options, shown_progress, size_of, story_object, text_bytes,
                     threads, told_of, warn)
from ._library import Error, encoded
from ._run import Progress, Run
from .events import Events
from .records import Event, Place, Quote, Relation, Story, Time

_WRITE = "Coder().write(path, file, format=...)"


class Coder:
    """Opens model and tables.

    tables: a folder of tables, or several; one that holds only some is laid over the shipped ones.
    model: the file of the syntax model. judge: False: the rules alone say what happens. sides:
    "rules": they alone say who takes part. Rows of tables that are left out are warned of.
    """

    def __init__(self, tables: Union[None, FilePath, Iterable[FilePath]] = None,
                 model: Optional[FilePath] = None, judge: Union[bool, str] = True, sides: str = "judge") -> None:
        library, message, out, told = c.library(), c.Message(), ctypes.c_void_p(), Complaints()
        # This must outlive the call: ctypes keeps no callback alive.
        knowledge = c.Knowledge(
            tables=encoded(_folders(tables)), model=encoded(os.fspath(model) if model is not None else None),
            judge=encoded(judge if isinstance(judge, str) else "on" if judge else "off"),
            sides=encoded(sides), complain=c.complain_fn(told.hear))
        status = library.dragoman_open_with(ctypes.byref(knowledge), ctypes.byref(out), message.buffer)
        if status == c.FAILED:
            raise message.error()
        self._handle = c.Handle(out.value or 0, library.dragoman_close, "coder")
        warn(told, 2)

    def close(self) -> None:
        """Gives memory back once all calls in progress are done. Without it, Python does so itself."""
        self._handle.close()

    def __enter__(self) -> Coder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            self._handle.close()

    # ---- one story --------------------------------------------------------------------------

    def _make(self, product: int, text: str, date: Optional[Day]) -> bytes:
        message, data = c.Message(), text_bytes(text)
        with self._handle as coder:
            return c.taken(c.library().dragoman_make(coder, product, data, len(data), encoded(day(date)),
                                                     message.buffer), message)

    def code(self, text: str, date: Day, *, id: Optional[str] = None, title: Optional[str] = None,
             source: Optional[str] = None, url: Optional[str] = None) -> Events:
        """The events of one story. id, title, source and url are passed on to them."""
        if id is None and title is None and source is None and url is None:
            lines = self._make(c.EVENTS, text, date)
        else:
            text_bytes(text)
            story = story_object(dict(text=text, date=date, id=id or "story", title=title, source=source, url=url))
            lines, complaints = self._code_bytes([story], [story["id"]], c.EVENTS, ["language", "any"], 1)
            if complaints:
                raise Error(complaints[0])
        return Events(map(Event.from_dict, objects(lines)), text=text)

    def quotes(self, text: str, date: Day) -> List[Quote]:
        """Every attribution of a story: who is reported to have said, claimed, denied what."""
        return [Quote.from_dict(o, text) for o in objects(self._make(c.QUOTES, text, date))]

    def places(self, text: str, date: Day) -> List[Place]:
        """Every place of a text, whether an event uses it or not."""
        return [Place.from_dict(o) for o in one_object(self._make(c.PLACES, text, date))["places"]]

    def times(self, text: str, date: Day) -> List[Time]:
        """Every time expression of a text, with its days."""
        return [Time.from_dict(o) for o in one_object(self._make(c.TIMES, text, date))["times"]]

    def read(self, text: str, date: Optional[Day] = None) -> Story:
        """The story as it was understood, before anything is coded."""
        return Story.from_dict(one_object(self._make(c.STORIES, text, date)))

    def trees(self, text: str, date: Optional[Day] = None) -> str:
        """Sentences, words and trees as CoNLL-U."""
        return self._make(c.TREES, text, date).decode("utf-8")

    def explain(self, text: str, date: Optional[Day] = None) -> str:
        """For a person: why the story is coded as it is."""
        return self._make(c.EXPLANATION, text, date).decode("utf-8")

    def relate(self, marked: str) -> Relation:
        """What one marked side does to the other: "<s>France</s> expels two envoys of <t>Mali</t>." """
        message, data = c.Message(), text_bytes(marked)
        with self._handle as coder:
            line = c.taken(c.library().dragoman_relate(coder, data, len(data), message.buffer), message)
        return Relation.from_dict(one_object(line))

    def rule(self, id: str) -> Dict[str, Any]:
        """Where the rule stands that an event calls by this id, and what it says."""
        message = c.Message()
        with self._handle as coder:
            return one_object(c.taken(c.library().dragoman_rule(coder, encoded(id), message.buffer), message))

    # ---- many stories -----------------------------------------------------------------------

    def code_files(self, paths: Union[FilePath, Iterable[FilePath]], *, date: Optional[Day] = None, jobs: int = 1,
                   progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Event]:
        """The events of all stories of files or folders, in their order, one by one.

        Files may be of any size and of any kind that `dragoman code` reads. date: of stories that
        bring none. jobs: threads. progress: called with the bytes read and with how many there are
        (0: nobody knows); True: shows them. options: those of `dragoman code`, such as
        polarity="affirmed", min_confidence=0.5 or columns={"text": "body"}. What is refused is warned
        of (RefusedWarning), and so is one of several files that cannot be read; the others are coded.
        If none can be read, that raises. Leaving the loop ends the run.
        """
        for chunk in self._files(paths, c.EVENTS, date, jobs, progress, record_options(options, _WRITE)):
            for o in objects(chunk):
                yield Event.from_dict(o)

    def read_files(self, paths: Union[FilePath, Iterable[FilePath]], *, date: Optional[Day] = None,
                   progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Story]:
        """The stories of files or folders as they were understood; nothing is coded."""
        for chunk in self._files(paths, c.STORIES, date, 1, progress, record_options(options, _WRITE)):
            for o in objects(chunk):
                yield Story.from_dict(o)

    def write(self, path: FilePath, output: FilePath, *, format: str = "csv", date: Optional[Day] = None,
              jobs: int = 1, progress: Union[None, bool, Progress] = None, **options: Option) -> None:
        """Codes a file or a folder into a file of another format: csv, dyadic, gdelt, icews, ..."""
        with open(output, "wb") as out:
            for chunk in self._files(path, c.EVENTS, date, jobs, progress, option_list({"format": format, **options})):
                out.write(chunk)

    def _files(self, paths: Union[FilePath, Iterable[FilePath]], product: int, date: Optional[Day], jobs: int,
               progress: Union[None, bool, Progress], options: List[str]) -> Iterator[bytes]:
        names, tell = path_list(paths), shown_progress(progress)
        n_bytes = size_of(names) if tell else 0
        before = 0
        failures: List[Error] = []

        def so_far(n_read: int, _: int) -> None:
            if tell:
                tell(min(before + n_read, n_bytes) if n_bytes else before + n_read, n_bytes)

        for name in names:
            work = self._work(dict(path=encoded(name), date=encoded(day(date)), product=product,
                                   options=c.pairs(options), jobs=threads(jobs)))
            try:
                yield from Run(work).chunks(so_far if tell else None)
            except Error as why:
                pass_over(name, names, failures, why, 3)
            before += size_of([name]) if tell else 0
            so_far(0, 0)

    def _work(self, fields: Mapping[str, Any]) -> Callable[[Run], None]:
        def work(run: Run) -> None:
            message, given = c.Message(), run.input(**fields)
            with self._handle as coder:
                if c.library().dragoman_code_input(coder, ctypes.byref(given), message.buffer) == c.FAILED:
                    raise message.error()
        return work

    def code_many(self, stories: Iterable[AnyStory], *, jobs: int = 1,
                  progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Event]:
        """The events of stories that are at hand: dicts with text, date and perhaps id, title, source
        and url, or `Story` records, or pairs of text and date. They are taken a few at a time.
        progress is called with how many are coded and how many there are."""
        for chunk, _ in self._many(stories, c.EVENTS, jobs, progress, options):
            for o in objects(chunk):
                yield Event.from_dict(o)

    def quotes_many(self, stories: Iterable[AnyStory], *, jobs: int = 1,
                    progress: Union[None, bool, Progress] = None, **options: Option) -> Iterator[Quote]:
        """The attributions of stories that are at hand, with the words said."""
        for chunk, batch in self._many(stories, c.QUOTES, jobs, progress, options):
            texts = {s["id"]: s.get("text") for s in batch}
            for o in objects(chunk):
                yield Quote.from_dict(o, texts.get(o["story_id"]))

    def _many(self, stories: Iterable[AnyStory], product: int, jobs: int, progress: Union[None, bool, Progress],
              options: Mapping[str, Option]) -> Iterator[Tuple[bytes, List[Dict[str, Any]]]]:
        tell, n = shown_progress(progress, "stories"), 0
        n_stories = len(stories) if hasattr(stories, "__len__") else 0  # type: ignore[arg-type]
        given = record_options(options, _WRITE)
        for batch in batches(stories, threads(jobs), id_by_number):
            lines, complaints = self._code_bytes(batch, batch.names, product, given, jobs)
            warn(batch.refused + complaints, 3)
            n += len(batch) + len(batch.refused)
            if tell:
                tell(n, n_stories)
            yield lines, batch

    def _code_bytes(self, batch: List[Dict[str, Any]], names: List[str], product: int, options: List[str],
                    jobs: int) -> Tuple[bytes, List[str]]:
        """-> lines and complaints of a few stories of these names"""
        data, complaints = json_lines(batch), Complaints()
        work = self._work(dict(bytes=data, n=len(data), name=b"stories", product=product, jobs=threads(jobs),
                               options=c.pairs(["from", "jsonl", *options])))
        lines = b"".join(Run(work, complaints.append).chunks())
        return lines, [told_of(names, m) for m in complaints]


def _folders(tables: Union[None, FilePath, Iterable[FilePath]]) -> Optional[str]:
    """The tables of the wheel, if this is one, lie under what is named and $DRAGOMAN_TABLES."""
    named = [] if tables is None else path_list(tables)
    bundled = c.BUNDLE / "share" / "dragoman"
    if not bundled.is_dir():
        return ":".join(named) or None
    return ":".join([str(bundled), *(named or filter(None, [os.environ.get("DRAGOMAN_TABLES")]))])


def check_tables(folder: Optional[FilePath] = None) -> List[str]:
    """What is wrong with the tables of a folder, or with the shipped ones: "file:line: what"."""
    told, message = Complaints(), c.Message()
    path = os.fspath(folder) if folder is not None else _folders(None)
    if c.library().dragoman_check_tables(encoded(path), c.complain_fn(told.hear), None, message.buffer) == c.FAILED:
        raise message.error()
    return list(told)


# ---- the coder that functions of the module use -------------------------------------------------

_default: Optional[Coder] = None
_default_lock = threading.Lock()


def default_coder() -> Coder:
    """Opened at its first use, with the shipped tables."""
    global _default
    with _default_lock:
        if _default is None:
            _default = Coder()
    return _default
