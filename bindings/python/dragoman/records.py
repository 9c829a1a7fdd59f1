"""What the coder writes, as dataclasses: docs/formats/events.md, quotes.md, places.md, times.md and
stories.md describe every member.

A record takes the object that the JSON parser made as its own `__dict__`, so that reading an event
costs little more than parsing its line. A member that this module does not know (of a newer
library, say) is in `extra`, and `to_dict()` gives back exactly the object that was read.
"""
from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Dict, FrozenSet, Literal, Mapping, Optional, Tuple, Type, TypeVar, Union

Polarity = Literal["affirmed", "negated"]
Status = Literal["actual", "intended", "conditional", "requested", "possible", "hypothetical"]
Kind = Literal["say", "claim", "deny", "accuse", "demand", "promise", "report", "believe"]
Via = Literal["name", "role", "metonymy", "coref", "inferred"]
Precision = Literal["site", "town", "admin2", "admin1", "country"]
Basis = Literal["clause", "sentence", "dateline", "story"]

R = TypeVar("R", bound="Record")
_set = object.__setattr__


@dataclass(frozen=True)
class Record:
    """A record, and its members that have no field of their own."""

    _known: ClassVar[FrozenSet[str]] = frozenset()
    _optional: ClassVar[FrozenSet[str]] = frozenset()  # left out where they are None
    _renamed: ClassVar[Mapping[str, str]] = {}  # field: member

    @classmethod
    def from_dict(cls: Type[R], members: Dict[str, Any]) -> R:
        """Takes `members`, which then belongs to the record."""
        cls._convert(members)
        record = cls.__new__(cls)
        _set(record, "__dict__", members)
        return record

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        """Makes records of the members that are some."""

    @property
    def extra(self) -> Dict[str, Any]:
        """Members that this module does not know."""
        return {name: value for name, value in self.__dict__.items() if name not in self._known}

    def to_dict(self) -> Dict[str, Any]:
        """The object as the program writes it: ready for `json.dumps`."""
        return {self._renamed.get(name, name): _plain(value) for name, value in self.__dict__.items()
                if not (value is None and name in self._optional)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(member) for member in value] if isinstance(value, tuple) else value


def _seal(cls: Type[R]) -> Type[R]:
    """Notes the names of the fields of a record."""
    cls._known = frozenset(f.name for f in fields(cls))
    return cls


@_seal
@dataclass(frozen=True)
class Words(Record):
    """Words of the story. `begin` and `end` count code points, as Python's strings do."""

    text: Optional[str] = None
    begin: int = 0
    end: int = 0
    begin_byte: int = 0
    end_byte: int = 0


@_seal
@dataclass(frozen=True)
class Actor(Record):
    """Who takes part in an event or speaks: `TURGOV` is of `country` TUR and `sector` GOV."""

    text: Optional[str] = None
    begin: int = 0
    end: int = 0
    begin_byte: int = 0
    end_byte: int = 0
    code: Optional[str] = None
    country: Optional[str] = None
    sector: Optional[str] = None
    other_sectors: Tuple[str, ...] = ()
    name: Optional[str] = None
    id: Optional[str] = None
    via: Optional[Via] = None

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        members["other_sectors"] = tuple(members.get("other_sectors") or ())

    def __str__(self) -> str:
        first, second = (self.text, self.name) if self.via == "role" else (self.name, self.text)
        return first or second or self.code or "somebody"


@_seal
@dataclass(frozen=True)
class Voice(Record):
    """On whose word an event stands."""

    speaker: Optional[Actor] = None
    cue: Optional[str] = None
    begin: int = 0
    end: int = 0
    kind: Kind = "say"

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        if members.get("speaker"):
            members["speaker"] = Actor.from_dict(members["speaker"])


@_seal
@dataclass(frozen=True)
class Condition(Record):
    """What must come true first; `event_id` where that is an event."""

    text: Optional[str] = None
    begin: int = 0
    end: int = 0
    event_id: Optional[str] = None


@_seal
@dataclass(frozen=True)
class Place(Record):
    """A place; `basis` is there only where it is that of an event."""

    text: Optional[str] = None
    begin: int = 0
    end: int = 0
    name: Optional[str] = None
    country: Optional[str] = None
    admin1: Optional[str] = None
    lat: Optional[float] = None
    lon: Optional[float] = None
    geonames_id: Optional[int] = None
    precision: Optional[Precision] = None
    basis: Optional[Basis] = None


@_seal
@dataclass(frozen=True)
class Size(Record):
    """How many: at least `min`, at most `max`; None: there is no upper bound."""

    _optional: ClassVar[FrozenSet[str]] = frozenset({"currency"})
    min: float = 0
    max: Optional[float] = None
    text: Optional[str] = None
    begin: int = 0
    end: int = 0
    currency: Optional[str] = None


@_seal
@dataclass(frozen=True)
class Sizes(Record):
    """What is told of the size of an event; None: nothing."""

    _optional: ClassVar[FrozenSet[str]] = frozenset(
        {"dead", "injured", "arrested", "abducted", "displaced", "participants", "money"})
    dead: Optional[Size] = None
    injured: Optional[Size] = None
    arrested: Optional[Size] = None
    abducted: Optional[Size] = None
    displaced: Optional[Size] = None
    participants: Optional[Size] = None
    money: Optional[Size] = None

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        for name in members.keys() & cls._known:
            members[name] = Size.from_dict(members[name])


@_seal
@dataclass(frozen=True)
class Judge(Record):
    """What the judge made of an event."""

    score: float = 0
    rule_type: Optional[str] = None


@_seal
@dataclass(frozen=True)
class Event(Record):
    """Who did what to whom, when and where, on whose word, affirmed or denied."""

    _optional: ClassVar[FrozenSet[str]] = frozenset({"text_hash", "size", "judge", "confidence"})
    event_id: str = ""
    story_id: str = ""
    story_date: Optional[str] = None
    story_title: Optional[str] = None
    story_source: Optional[str] = None
    story_url: Optional[str] = None
    sentence: int = 0
    text: Optional[str] = None
    text_hash: Optional[str] = None
    event_date: Optional[str] = None
    event_date_end: Optional[str] = None
    date_basis: Optional[str] = None
    event_type: str = ""
    event_mode: Optional[str] = None
    contexts: Tuple[str, ...] = ()
    cameo: Optional[str] = None
    quad: int = 0
    goldstein: Optional[float] = None
    intensity: Optional[float] = None
    actors: Tuple[Actor, ...] = ()
    recipients: Tuple[Actor, ...] = ()
    polarity: Polarity = "affirmed"
    status: Status = "actual"
    historical: bool = False
    condition: Optional[Condition] = None
    attribution: Tuple[Voice, ...] = ()
    content_of: Optional[str] = None
    contradicts: Tuple[str, ...] = ()
    locations: Tuple[Place, ...] = ()
    size: Optional[Sizes] = None
    trigger: Words = Words()
    rule: Optional[str] = None
    judge: Optional[Judge] = None
    confidence: Optional[float] = None

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        for name, kind in _LISTS:
            objects = members.get(name)
            members[name] = tuple([kind.from_dict(o) for o in objects]) if objects else ()
        members["contexts"] = tuple(members.get("contexts") or ())
        members["contradicts"] = tuple(members.get("contradicts") or ())
        for name, kind in _PARTS:
            if members.get(name) is not None:
                members[name] = kind.from_dict(members[name])

    @property
    def day(self) -> Optional[datetime.date]:
        """The day of the event, or its first one."""
        return datetime.date.fromisoformat(self.event_date) if self.event_date else None

    @property
    def speaker(self) -> Optional[Actor]:
        """The innermost voice: whose words they are. None: the report's own, or nobody is named."""
        return self.attribution[-1].speaker if self.attribution else None

    def __str__(self) -> str:
        sides = [", ".join(a.code or str(a) for a in side) for side in (self.actors, self.recipients)]
        type_ = f"{self.event_type}/{self.event_mode}" if self.event_mode else self.event_type
        marks = [m for m in (self.polarity, self.status) if m not in ("affirmed", "actual")]
        return " ".join([self.event_date or "-", sides[0] or "-", type_, sides[1] or "-", *marks])


_LISTS: Tuple[Tuple[str, Type[Record]], ...] = (
    ("actors", Actor), ("recipients", Actor), ("attribution", Voice), ("locations", Place))
_PARTS: Tuple[Tuple[str, Type[Record]], ...] = (
    ("trigger", Words), ("condition", Condition), ("size", Sizes), ("judge", Judge))


@dataclass(frozen=True)
class Span:
    """A part of the story; `text` is None where the story's text is not at hand."""

    begin: int
    end: int
    text: Optional[str] = None


@_seal
@dataclass(frozen=True)
class Quote(Record):
    """Somebody is reported to have said, claimed, denied, demanded or promised something."""

    story_id: Optional[str] = None
    sentence: int = 0
    source: Optional[Span] = None
    cue: Optional[Span] = None
    content: Tuple[Span, ...] = ()
    speaker: Optional[Actor] = None
    kind: Kind = "say"
    direct: Union[bool, Literal["mixed"]] = False

    @classmethod
    def from_dict(cls, members: Dict[str, Any], text: Optional[str] = None) -> Quote:
        def span(pair: Any) -> Optional[Span]:
            return Span(pair[0], pair[1], None if text is None else text[pair[0]:pair[1]]) if pair else None

        members["source"], members["cue"] = span(members.get("source")), span(members.get("cue"))
        members["content"] = tuple(s for s in map(span, members.get("content") or ()) if s)
        if members.get("speaker"):
            members["speaker"] = Actor.from_dict(members["speaker"])
        return super().from_dict(members)

    def to_dict(self) -> Dict[str, Any]:
        out = super().to_dict()
        out["source"], out["cue"] = (s and [s.begin, s.end] for s in (self.source, self.cue))
        out["content"] = [[s.begin, s.end] for s in self.content]
        return out

    @property
    def said(self) -> Optional[str]:
        """What is said, in the story's words on one line; parts that are apart have ... between."""
        parts = [s.text for s in self.content if s.text is not None]
        return " ... ".join(" ".join(part.split()) for part in parts) if len(parts) == len(self.content) else None


@_seal
@dataclass(frozen=True)
class Time(Record):
    """A time expression: `value` as TimeML's TIMEX3 has it, the first day and the last one."""

    _optional: ClassVar[FrozenSet[str]] = frozenset({"first", "last"})
    _renamed: ClassVar[Mapping[str, str]] = {"first": "from", "last": "to"}
    text: str = ""
    begin: int = 0
    end: int = 0
    kind: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    value: str = ""
    first: Optional[str] = None
    last: Optional[str] = None

    @classmethod
    def _convert(cls, members: Dict[str, Any]) -> None:
        for name, member in cls._renamed.items():
            if member in members:
                members[name] = members.pop(member)


@_seal
@dataclass(frozen=True)
class Story(Record):
    """A story as it was understood, before anything is coded."""

    id: Optional[str] = None
    date: Optional[str] = None
    date_basis: Optional[str] = None
    title: Optional[str] = None
    source: Optional[str] = None
    url: Optional[str] = None
    language: Optional[str] = None
    text: str = ""


@_seal
@dataclass(frozen=True)
class Relation(Record):
    """What one marked side of a sentence does to the other; None: nothing that has a type."""

    _optional: ClassVar[FrozenSet[str]] = frozenset({"rule_type", "likelihood"})
    row: Optional[int] = None
    event_type: Optional[str] = None
    cameo: Optional[str] = None
    polarity: Optional[Polarity] = None
    status: Optional[Status] = None
    trigger: Optional[str] = None
    rule_type: Optional[str] = None
    likelihood: Optional[float] = None
