"""Events of one story or of many, as a list that notebooks show with the story's words marked."""
from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Iterable, List, NamedTuple, Optional, SupportsIndex, Tuple, Union, overload

from .records import Event

if TYPE_CHECKING:
    import pandas

SHOWN = 200  # events and, of a story, 20,000 characters: a notebook is not a database
SHOWN_TEXT = 20_000

# Background of the trigger by what is said of the deed; black on all of them is easy to read.
_DEED = {
    "negated": ("#f6b8b8", "denied"), "actual": ("#a9dfb4", "actual"), "intended": ("#ffd98a", "intended"),
    "conditional": ("#e3c8f5", "conditional"), "requested": ("#b5d5fa", "requested"),
    "possible": ("#dadada", "possible"), "hypothetical": ("#dadada", "hypothetical"),
}
_ROLE = {"actor": "border-bottom:2px solid #1f6f34", "recipient": "border-bottom:2px dotted #a01818",
         "speaker": "border-bottom:1px dashed #555"}


class _Mark(NamedTuple):
    begin: int
    end: int
    rank: int  # of marks that overlap the lowest is the colour, and all are in the title
    style: str
    title: str


class Events(List[Event]):
    """A list of events; `text` is the story's, where all are of one."""

    def __init__(self, events: Iterable[Event] = (), text: Optional[str] = None) -> None:
        super().__init__(events)
        self.text = text

    @overload
    def __getitem__(self, at: SupportsIndex) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> Events: ...

    def __getitem__(self, at: Union[SupportsIndex, slice]) -> Union[Event, Events]:
        found = super().__getitem__(at)
        return Events(found, self.text) if isinstance(at, slice) else found  # type: ignore[arg-type,return-value]

    def to_pandas(self, dyadic: bool = False) -> pandas.DataFrame:
        """A data frame: see `dragoman.to_pandas`."""
        from .frames import to_pandas
        return to_pandas(self, dyadic=dyadic)

    def to_dicts(self) -> List[Any]:
        """The objects as the program writes them."""
        return [event.to_dict() for event in self]

    def _repr_html_(self) -> str:
        story = "" if self.text is None else _story(self, self.text) + _legend(self)
        return f'<div class="dragoman">{story}{_table(self)}</div>'


# ---- the story -------------------------------------------------------------------------------


def _deed(event: Event) -> Tuple[str, str]:
    return _DEED.get("negated" if event.polarity == "negated" else event.status, _DEED["possible"])


def _marks(events: Iterable[Event]) -> List[_Mark]:
    marks = []
    for e in events:
        colour, word = _deed(e)
        who = [f"{role} of {e.event_type}: {a.code or a}" for role, side in (("actor", e.actors), ("recipient", e.recipients))
               for a in side]
        title = f"{e.event_type}{'/' + e.event_mode if e.event_mode else ''}, {e.polarity}, {e.status}"
        marks.append(_Mark(e.trigger.begin, e.trigger.end, 0, f"background:{colour};color:#000", "\n".join([title, *who])))
        for role, side in (("actor", e.actors), ("recipient", e.recipients)):
            marks += [_Mark(a.begin, a.end, 1, _ROLE[role], f"{role} of {e.event_type}: {a.code or a}") for a in side]
        marks += [_Mark(v.speaker.begin, v.speaker.end, 2, _ROLE["speaker"], f"{v.kind}: {v.speaker.code or v.speaker}")
                  for v in e.attribution if v.speaker]
    return [m for m in marks if m.begin < m.end]


def _story(events: Iterable[Event], text: str) -> str:
    """The text in pieces at whose edges a mark begins or ends; each piece has what covers it."""
    shown = text[:SHOWN_TEXT]
    marks = [m for m in _marks(events) if m.begin < len(shown)]
    edges = sorted({0, len(shown), *(min(at, len(shown)) for m in marks for at in (m.begin, m.end))})
    starting: dict[int, List[_Mark]] = {}
    for m in marks:
        starting.setdefault(m.begin, []).append(m)
    out: List[str] = []
    open_: List[_Mark] = []
    for begin, end in zip(edges, edges[1:]):
        open_ = [m for m in open_ if m.end > begin] + starting.get(begin, [])
        words = escape(shown[begin:end])
        if open_:
            styles = ";".join(dict.fromkeys(m.style for m in sorted(open_, key=_rank)))
            titles = escape("\n".join(dict.fromkeys(m.title for m in sorted(open_, key=_rank))), quote=True)
            words = f'<span style="{styles}" title="{titles}">{words}</span>'
        out.append(words)
    more = " …" if len(shown) < len(text) else ""
    return f'<p style="white-space:pre-wrap;max-width:60em;line-height:1.6">{"".join(out)}{more}</p>'


def _rank(mark: _Mark) -> int:
    return -mark.rank  # of two styles of one kind the browser takes the last


def _legend(events: Iterable[Event]) -> str:
    used = dict.fromkeys(_deed(e) for e in events)
    deeds = [f'<span style="background:{colour};color:#000">&nbsp;{word}&nbsp;</span>' for colour, word in used]
    roles = [f'<span style="{style}">{role}</span>' for role, style in _ROLE.items()]
    return f'<p style="font-size:smaller">{" ".join(deeds + roles)}</p>' if deeds else ""


# ---- the table -------------------------------------------------------------------------------


def _table(events: Events) -> str:
    head = "".join(f"<th>{name}</th>" for name in ("date", "actors", "event", "recipients", "said of it", "on whose word", "words"))
    rows = "".join(map(_row, events[:SHOWN]))
    more = f"<p>{len(events) - SHOWN:,} more events</p>" if len(events) > SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}" if events else "<p>no events</p>"


def _row(e: Event) -> str:
    colour, _ = _deed(e)
    said = ", ".join([e.polarity, e.status] + (["historical"] if e.historical else []))
    cells = [e.event_date or "", _side(e.actors), f"{e.event_type} {e.event_mode or ''}".strip(), _side(e.recipients)]
    voices = " < ".join(f"{v.speaker or 'somebody'} ({v.kind})" for v in reversed(e.attribution))
    td = "".join(f"<td>{escape(c)}</td>" for c in cells)
    td += f'<td style="background:{colour};color:#000">{escape(said)}</td><td>{escape(voices)}</td>'
    return f'<tr>{td}<td style="text-align:left">{escape(e.trigger.text or "")}</td></tr>'


def _side(actors: Iterable[Any]) -> str:
    return ", ".join(f"{a} ({a.code})" if a.code and str(a) != a.code else str(a) for a in actors)
