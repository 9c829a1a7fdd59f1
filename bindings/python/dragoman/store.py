"""A store: an SQLite file or a PostgreSQL database of coded stories (docs/store.md)."""
from __future__ import annotations

import ctypes
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

from . import _library as c
from ._given import (AnyStory, Complaints, Day, FilePath, Option, batches, day, id_by_content, json_lines, objects, option_list,
                     pass_over, path_list, record_options, shown_progress, size_of, threads, told_of, warn)
from ._run import Progress, Run
from .coder import Coder, default_coder
from .records import Event

if TYPE_CHECKING:
    import pandas

_EXPORT = "export(file, format=...)"


# Of records that have more than one level: their CSV has other columns.
_CLAIMS = ("event_type", "actors", "recipients", "affirmed_by", "denied_by", "affirmed", "denied")
_COMMITMENTS = ("kind", "state", "event_type", "actors", "recipients", "negated", "condition", "voice", "trigger", "event_id",
                "story_id", "story_date", "source", "due", "report", "decided_by")


class Rows(List[Dict[str, Any]]):
    """The answer to a question, a dict for each row. columns: what rows would have if there were any."""

    def __init__(self, rows: Iterable[Dict[str, Any]] = (), columns: Iterable[str] = ()) -> None:
        super().__init__(rows)
        self._columns = list(columns)

    @property
    def columns(self) -> List[str]:
        return list(dict.fromkeys(name for row in self for name in row)) or self._columns

    def to_pandas(self) -> pandas.DataFrame:
        from .frames import frame
        return frame(list(self), self.columns)

    def _repr_html_(self) -> str:
        from html import escape
        names = self.columns
        head = "".join(f"<th>{escape(str(n))}</th>" for n in names)
        body = "".join("<tr>" + "".join(f"<td>{escape('' if row.get(n) is None else str(row[n]))}</td>" for n in names)
                       + "</tr>" for row in self[:200])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True)
class Ingested:
    """How many stories were read, are new, were there already, were coded again, could not be stored."""

    n_read: int = 0
    n_new: int = 0
    n_there: int = 0
    n_again: int = 0
    n_failed: int = 0

    def __add__(self, other: Ingested) -> Ingested:
        return Ingested(*(a + b for a, b in zip(_numbers(self), _numbers(other))))


def _numbers(counts: Ingested) -> List[int]:
    return [counts.n_read, counts.n_new, counts.n_there, counts.n_again, counts.n_failed]


class Store:
    """where: the file of an SQLite database, or "postgresql://...". A store that is not there is made by
    what is first ingested; a question refuses it. read_only: it must be there, and is only asked.
    One question is asked at a time; several threads take turns."""

    def __init__(self, where: Union[str, "os.PathLike[str]"], read_only: bool = False) -> None:
        self.where = os.fspath(where)
        self._read_only, self._closed, self._writes = read_only, False, False
        self._handle: Optional[c.Handle] = None
        self._turn = threading.Lock()
        if read_only:
            self._opened(writes=False)

    def _opened(self, writes: bool) -> c.Handle:
        """The connection, which is opened to read until something is written; in one's turn only."""
        if self._closed:
            raise c.Error("the store is closed")
        if writes and self._read_only:
            raise c.Error("the store was opened with read_only=True, and takes nothing in")
        if self._handle is None or writes > self._writes:
            message, out = c.Message(), ctypes.c_void_p()
            if c.library().dragoman_store_open(c.encoded(self.where), int(writes), ctypes.byref(out),
                                               message.buffer) == c.FAILED:
                raise message.error()
            if self._handle is not None:
                self._handle.close()
            self._handle, self._writes = c.Handle(out.value or 0, c.library().dragoman_store_close, "store"), writes
        return self._handle

    def close(self) -> None:
        self._closed = True
        if self._handle is not None:
            self._handle.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            self.close()

    # ---- into the store ---------------------------------------------------------------------

    def ingest(self, paths: Union[FilePath, Iterable[FilePath]], *, coder: Optional[Coder] = None,
               date: Optional[Day] = None, jobs: int = 1, recode: bool = False,
               progress: Union[None, bool, Progress] = None) -> Ingested:
        """Codes the stories of files or folders into the store, as `dragoman ingest` does: what is
        there is not coded again, unless recode and with other tables. One of several files that cannot
        be read is warned of, and the others are stored; if none can be read, that raises."""
        names, tell, sum_ = path_list(paths), shown_progress(progress), Ingested()
        n_bytes, before = size_of(names) if tell else 0, 0
        failures: List[c.Error] = []
        for name in names:
            def so_far(n_read: int, _: int) -> None:
                if tell:
                    tell(before + n_read, n_bytes)
            try:
                made, complaints = self._ingest(coder, recode, so_far, path=c.encoded(name), date=c.encoded(day(date)),
                                                jobs=threads(jobs))
                sum_ += made
                warn(complaints, 2)
            except c.Error as why:
                pass_over(name, names, failures, why, 2)
            before += size_of([name]) if tell else 0
        return sum_

    def ingest_many(self, stories: Iterable[AnyStory], *, coder: Optional[Coder] = None, jobs: int = 1,
                    recode: bool = False) -> Ingested:
        """The same for stories that are at hand: dicts, `Story` records, or pairs of text and date. One
        without an id gets one that is made from its members, so that no two stories share it."""
        sum_ = Ingested()
        for batch in batches(stories, threads(jobs), id_by_content):
            data = json_lines(batch)
            made, complaints = self._ingest(coder, recode, None, bytes=data, n=len(data), name=b"stories", jobs=threads(jobs))
            sum_ += made
            warn(batch.refused + [told_of(batch.names, m) for m in complaints], 2)
        return sum_

    def _ingest(self, coder: Optional[Coder], recode: bool, progress: Optional[Progress],
                **fields: Any) -> Tuple[Ingested, List[str]]:
        counts, complaints, knowledge = c.Counts(), Complaints(), coder or default_coder()

        def work(run: Run) -> None:
            message, given = c.Message(), run.input(**fields)
            with self._turn, self._opened(writes=True) as store, knowledge._handle as opened:
                if c.library().dragoman_store_ingest(store, opened, ctypes.byref(given), int(recode), ctypes.byref(counts),
                                                     message.buffer) == c.FAILED:
                    raise message.error()
        for _ in Run(work, complaints.append).chunks(progress):
            pass
        return Ingested(counts.n_read, counts.n_new, counts.n_there, counts.n_again, counts.n_failed), complaints

    # ---- out of the store -------------------------------------------------------------------

    def _ask(self, question: str, options: Mapping[str, Option], columns: Iterable[str] = ()) -> Rows:
        given = record_options(options, _EXPORT)
        rows = objects(b"".join(self._answer(question, given)))
        if not rows and not columns:
            header = b"".join(self._answer(question, [*given, "format", "csv"]))
            columns = header.decode("utf-8").strip().split(",")
        return Rows(rows, columns)

    def _answer(self, question: str, options: List[str]) -> Iterator[bytes]:
        def work(run: Run) -> None:
            message = c.Message()
            with self._turn, self._to_answer(question) as store:
                if c.library().dragoman_store_ask(store, question.encode(), c.pairs(options),
                                                  c.write_fn(run.write), None, message.buffer) == c.FAILED:
                    raise message.error()
        return Run(work).chunks()

    def _to_answer(self, question: str) -> c.Handle:
        """A sample is noted in the store; not even it makes one."""
        handle = self._opened(writes=False)
        return self._opened(writes=True) if question == "sample" else handle

    def query(self, **filters: Option) -> Rows:
        """Lists events, the latest first; `limit` is 100 unless it is given, 0: all. Filters are those of
        `dragoman query`: dyad=("RUS", "GEO"), type="ASSAULT", since="2008-08-01", plain=True, ..."""
        return self._ask("query", filters)

    def counts(self, by: Union[str, Iterable[str]] = "type", *, limit: int = 0, **options: Option) -> Rows:
        """Counts events by one of nothing, day, week, month, year, type, quad, dyad, country and source,
        or by one of them and a period: ("dyad", "month"). fill, per_stories and per as for `dragoman query`."""
        return self._ask("query", {"by": by if isinstance(by, str) else list(by), "limit": limit, **options})

    def stats(self, marks: bool = False) -> Rows:
        """What is in the store; marks: how often events are right."""
        return self._ask("stats", {"marks": marks})

    def claims(self, **options: Option) -> Rows:
        """Events that one side affirms and another denies, with the reports of either."""
        return self._ask("claims", options, _CLAIMS)

    def commitments(self, **options: Option) -> Rows:
        """Promises, threats and conditions, and what later reports say of them."""
        return self._ask("commitments", options, _COMMITMENTS)

    def sample(self, n: int = 200, **options: Option) -> Rows:
        """Events drawn at random, which the store remembers."""
        return self._ask("sample", {"n": n, **options})

    def events(self, **filters: Option) -> Iterator[Event]:
        """The whole records of events, one by one, in the order in which the stories were stored.
        They come by a connection of their own, so that other questions may be asked meanwhile."""
        with Store(self.where, read_only=True) as store:
            for chunk in store._answer("export", record_options({"format": "jsonl", **filters}, _EXPORT)):
                for o in objects(chunk):
                    yield Event.from_dict(o)

    def export(self, output: FilePath, *, format: str = "csv", **filters: Option) -> None:
        """Writes events to a file: csv, jsonl, dyadic, gdelt, icews, polecat, geojson, stata, ..."""
        with Store(self.where, read_only=True) as store, open(output, "wb") as out:
            for chunk in store._answer("export", option_list({**filters, "format": format})):
                out.write(chunk)
