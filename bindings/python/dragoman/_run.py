"""One run of the library over many stories, as a generator.

    the library's call, in a thread of its own  ->  a short queue  ->  whoever asks for the next event

The library calls back with lines; the callback waits while the queue is full, so that no more than
a few chunks are in memory however large the input is. Whoever leaves the generator, be it by a
Ctrl-C, stops the run: the next callback tells the library to end. (In the library's own thread a
Ctrl-C would be lost: Python raises it in the callback, from which nothing can be raised.)
"""
from __future__ import annotations

import atexit
import ctypes
import queue
import threading
import warnings
import weakref
from typing import Any, Callable, Iterator, Optional, Tuple

from ._library import Input, RefusedWarning, complain_fn, progress_fn, said, write_fn

QUEUED = 16  # chunks of a story's events or more
PATIENCE = 5  # seconds for which a run is waited for that was told to end
Progress = Callable[[int, int], None]
# What the library's call is given: write, complain, progress.
Work = Callable[["Run"], None]

_running: "weakref.WeakSet[Run]" = weakref.WeakSet()


class Run:
    """`work` is called in a thread of its own and calls back `write`, `complain` and `progress`.
    What is refused goes to `refused`, or is warned of."""

    def __init__(self, work: Work, refused: Optional[Callable[[str], None]] = None) -> None:
        self._refused = refused
        self._queue: "queue.Queue[Tuple[str, Any]]" = queue.Queue(QUEUED)
        self._stopped = False
        self._thread = threading.Thread(target=self._work, args=(work,), name="dragoman", daemon=True)

    def _work(self, work: Work) -> None:
        try:
            work(self)
        except BaseException as why:  # goes to whoever waits for events
            self._put("error", why)
        self._put("end", None)

    def _put(self, what: str, value: Any) -> bool:
        """-> False: nobody wants any more."""
        if not self._stopped:
            self._queue.put((what, value))
        return not self._stopped

    def input(self, **fields: Any) -> Input:
        """What the library is to read; it calls back this run. It must outlive the call, since ctypes
        keeps no callback alive."""
        return Input(**fields, write=write_fn(self.write), complain=complain_fn(self.complain),
                     progress=progress_fn(self.progress))

    def write(self, _: Optional[int], start: int, n: int) -> int:
        """n is 0 after a story without events: a call that finds nothing can be ended, too."""
        wanted = self._put("lines", ctypes.string_at(start, n)) if n > 0 else not self._stopped
        return 0 if wanted else 1

    def complain(self, _: Optional[int], message: bytes) -> None:
        self._put("complaint", said(message))

    def progress(self, _: Optional[int], n_read: int, n_bytes: int) -> None:
        self._put("progress", (n_read, n_bytes))

    def chunks(self, progress: Optional[Progress] = None) -> Iterator[bytes]:
        """The lines, in the order of the input."""
        _running.add(self)
        self._thread.start()
        try:
            while True:
                what, value = self._queue.get()
                if what == "lines":
                    yield value
                elif what == "complaint":
                    if self._refused:
                        self._refused(value)
                    else:
                        warnings.warn(value, RefusedWarning, stacklevel=4)
                elif what == "progress":
                    if progress:
                        progress(*value)
                elif what == "error":
                    raise value
                else:
                    break
        finally:
            self.stop()

    def stop(self) -> None:
        self._stopped = True
        while not self._queue.empty():  # so that a callback that waits for room goes on
            self._queue.get_nowait()
        if self._thread.is_alive():
            # Ends within a story; but a pipe in which nothing comes keeps the library waiting. Then it is
            # left alone: its thread keeps what it needs, and ends with what comes or with the program.
            self._thread.join(PATIENCE)
        _running.discard(self)


@atexit.register
def _stop_all() -> None:
    """No thread may be inside the library when the interpreter goes away."""
    for run in list(_running):
        run.stop()

