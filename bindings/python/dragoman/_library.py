"""libdragoman as ctypes sees it: include/dragoman.h, line by line. Foreign calls let go of Python's
lock (CDLL), so that threads code side by side."""
from __future__ import annotations

import ctypes
import os
import re
import threading
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_size_t, c_uint, c_uint64, c_void_p
from pathlib import Path
from typing import Any, Callable, List, Optional

HERE = Path(__file__).resolve().parent
BUNDLE = HERE / "_installed"  # of the wheel: lib/ and share/dragoman/
SONAME = "libdragoman.so.0"
MESSAGE = 512

OK, REFUSED, FAILED = 0, 1, 2
EVENTS, QUOTES, PLACES, TIMES, TREES, STORIES, EXPLANATION = range(7)

write_fn = CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)
complain_fn = CFUNCTYPE(None, c_void_p, c_char_p)
progress_fn = CFUNCTYPE(None, c_void_p, c_uint64, c_uint64)


class Error(Exception):
    """Something cannot be done; the message says why."""


class RefusedWarning(UserWarning):
    """Some input was refused or mended, and is not in the output; the rest is."""


class Knowledge(ctypes.Structure):
    _fields_ = [("tables", c_char_p), ("model", c_char_p), ("judge", c_char_p), ("sides", c_char_p),
                ("complain", complain_fn), ("context", c_void_p)]


class Input(ctypes.Structure):
    _fields_ = [("path", c_char_p), ("bytes", c_char_p), ("n", c_size_t), ("name", c_char_p),
                ("date", c_char_p), ("write", write_fn), ("complain", complain_fn),
                ("progress", progress_fn), ("context", c_void_p), ("product", c_int),
                ("options", POINTER(c_char_p)), ("jobs", c_uint)]


class Counts(ctypes.Structure):
    _fields_ = [(name, c_uint64) for name in ("n_read", "n_new", "n_there", "n_again", "n_failed")]


_PROTOTYPES = {
    "dragoman_version": (c_char_p, []),
    "dragoman_open_with": (c_int, [POINTER(Knowledge), POINTER(c_void_p), c_char_p]),
    "dragoman_close": (None, [c_void_p]),
    "dragoman_make": (c_void_p, [c_void_p, c_int, c_char_p, c_size_t, c_char_p, c_char_p]),
    "dragoman_relate": (c_void_p, [c_void_p, c_char_p, c_size_t, c_char_p]),
    "dragoman_rule": (c_void_p, [c_void_p, c_char_p, c_char_p]),
    "dragoman_free": (None, [c_void_p]),
    "dragoman_code_input": (c_int, [c_void_p, POINTER(Input), c_char_p]),
    "dragoman_check_tables": (c_int, [c_char_p, complain_fn, c_void_p, c_char_p]),
    "dragoman_store_open": (c_int, [c_char_p, c_int, POINTER(c_void_p), c_char_p]),
    "dragoman_store_close": (None, [c_void_p]),
    "dragoman_store_ingest": (c_int, [c_void_p, c_void_p, POINTER(Input), c_int, POINTER(Counts), c_char_p]),
    "dragoman_store_ask": (c_int, [c_void_p, c_char_p, POINTER(c_char_p), write_fn, c_void_p, c_char_p]),
}

_lock = threading.Lock()
_loaded: Optional[ctypes.CDLL] = None


def _missing(path: str, name: str) -> Callable[..., Any]:
    def call(*_: Any) -> Any:
        raise Error(f"{path} is too old for this package: it has no {name}")
    return call


def _load() -> ctypes.CDLL:
    """$DRAGOMAN_LIBRARY, else the library of the wheel, else the system's."""
    bundled, languages = BUNDLE / "lib" / SONAME, BUNDLE / "share" / "languages"
    if languages.is_dir():
        os.environ.setdefault("DRAGOMAN_LANGUAGES", str(languages))
    path = os.environ.get("DRAGOMAN_LIBRARY") or (str(bundled) if bundled.exists() else SONAME)
    try:
        library = ctypes.CDLL(path)
    except OSError as why:
        raise Error(f"{SONAME} cannot be loaded: {why}; install dragoman, or name the file of its "
                    "library in $DRAGOMAN_LIBRARY") from None
    for name, (result, arguments) in _PROTOTYPES.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            setattr(library, name, _missing(path, name))
            continue
        function.restype, function.argtypes = result, arguments
    return library


def library() -> ctypes.CDLL:
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def version() -> str:
    """The version of the library: "0.2.0"."""
    return str(library().dragoman_version().decode())


def encode(text: str) -> bytes:
    """UTF-8; lone surrogates become bytes that the library refuses by their number."""
    return text.encode("utf-8", "surrogatepass")


def encoded(value: Optional[str]) -> Optional[bytes]:
    if value is None:
        return None
    if "\0" in value:
        raise Error(f"there is a NUL byte in {value!r}")
    return encode(value)


def pairs(options: List[str]) -> Any:
    """Names and values by turns, as the library takes them."""
    return (c_char_p * (len(options) + 1))(*[encoded(o) for o in options], None)


def said(message: bytes) -> str:
    """What the library says. It names options as the program has them, --date-format: here they are
    arguments."""
    text = re.sub(r"--columns (\w+)=NAME", r'columns={"\1": NAME}', message.decode("utf-8", "replace"))
    return re.sub(r"(^|[ (])--([a-z]+(?:-[a-z]+)*)", lambda found: found[1] + found[2].replace("-", "_"), text)


class Message:
    """Where a call says why it fails."""

    def __init__(self) -> None:
        self.buffer = ctypes.create_string_buffer(MESSAGE)

    def error(self) -> Error:
        return Error(said(self.buffer.value) or "it failed, and does not say why")


def taken(pointer: Optional[int], message: Message) -> bytes:
    """The text that a call gave, which is freed; else what it says is raised."""
    if not pointer:
        raise message.error()
    try:
        return ctypes.string_at(pointer)
    finally:
        library().dragoman_free(pointer)


class Handle:
    """A coder or a store of the library. It is ended when it is closed and the last call that uses
    it has returned, whichever thread that is in."""

    def __init__(self, pointer: int, end: Callable[[int], None], what: str) -> None:
        self._pointer, self._end, self._what = pointer, end, what
        self._lock = threading.Lock()
        self._uses, self._closed = 0, False

    def __enter__(self) -> int:
        with self._lock:
            if self._closed:
                raise Error(f"the {self._what} is closed")
            self._uses += 1
        return self._pointer

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._uses -= 1
            last = self._closed and self._uses == 0
        if last:
            self._end(self._pointer)

    def close(self) -> None:
        with self._lock:
            last, self._closed = not self._closed and self._uses == 0, True
        if last:
            self._end(self._pointer)
