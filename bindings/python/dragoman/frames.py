"""Events as data frames, with the columns of `dragoman code -f csv` and `-f dyadic`
(docs/formats/events.md, docs/formats/dyads.md). pandas is imported when it is asked for."""
from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple, Union

from . import _library as c
from .records import Actor, Event, Place, Quote, Size

if TYPE_CHECKING:
    import pandas

DAYS = ("story_date", "event_date", "event_date_end")
SIZES = ("dead", "injured", "arrested", "abducted", "displaced", "participants", "money")


def to_pandas(records: Union[Iterable[Event], Iterable[Quote]], dyadic: bool = False) -> pandas.DataFrame:
    """One row for each event, or with dyadic=True for each pair of an actor and a recipient, with the
    numbers by which other data sets know states; or one row for each quote. Lists are one cell with
    ";" between members; days are datetime64; what is not known is missing."""
    found: List[Any] = list(records)
    kind = Quote if found and isinstance(found[0], Quote) else Event
    for i, record in enumerate(found, 1):
        if not isinstance(record, kind):
            raise c.Error(f"to_pandas takes a list of Event or a list of Quote, and record {i} is of type "
                          f"{type(record).__name__}" + (f" after {kind.__name__}" if i > 1 else ""))
    if kind is Quote:
        if dyadic:
            raise c.Error("dyadic=True is for events, and these are quotes")
        return frame([_quote(q) for q in found], QUOTE_COLUMNS)
    events: List[Event] = found
    if dyadic:
        return frame([row for e in events for row in _pairs(e)], DYAD_COLUMNS)
    return frame([{name: of(e) for name, of in COLUMNS.items()} for e in events], tuple(COLUMNS))


QUOTE_COLUMNS = ("story_id", "sentence", "kind", "direct", "source", "speaker_code", "speaker_name", "cue", "content")


def _quote(q: Quote) -> Dict[str, Any]:
    return {"story_id": q.story_id, "sentence": q.sentence, "kind": q.kind, "direct": q.direct, "content": q.said,
            "source": q.source.text if q.source else None, "cue": q.cue.text if q.cue else None,
            "speaker_code": q.speaker.code if q.speaker else None, "speaker_name": q.speaker.name if q.speaker else None}


def frame(rows: List[Dict[str, Any]], columns: Iterable[str] = ()) -> pandas.DataFrame:
    """Of any rows; columns: their order, also where there are no rows."""
    try:
        import pandas
    except ImportError:
        raise c.Error("data frames need pandas, which is not installed") from None
    made = pandas.DataFrame(rows, columns=list(columns) or None)
    for name in made.columns.intersection(list(DAYS) + ["date", "due"]):
        days = pandas.to_datetime(made[name], errors="coerce", format="%Y-%m-%d")
        if (days.isna() == made[name].isna()).all():  # else one is too old for pandas: all stay text
            made[name] = days
    for name in made.columns.intersection(INTEGERS):
        made[name] = made[name].astype("Int64")
    return made


INTEGERS = [f"{who}_{code}" for who in ("actor", "recipient") for code in ("cow", "gw")]


def _joined(members: Iterable[Optional[str]]) -> Optional[str]:
    """A member that is not known is empty; a ";" within one would look like two."""
    return ";".join((m or "").replace(";", ",") for m in members) or None


def _point(place: Place) -> str:
    return "" if place.lat is None or place.lon is None else f"{place.lat:.10g} {place.lon:.10g}"


def _size(name: str, member: str) -> Callable[[Event], Any]:
    def value(e: Event) -> Any:
        size: Optional[Size] = getattr(e.size, name) if e.size else None
        return getattr(size, member) if size else None
    return value


def _member(name: str) -> Callable[[Event], Any]:
    return lambda e: getattr(e, name)


def _sides(side: str) -> Iterator[Tuple[str, Callable[[Event], Any]]]:
    # mypy reads a lambda's default arguments as arguments: hence the inner function.
    def column(member: str) -> Callable[[Event], Any]:
        return lambda e: _joined(getattr(a, member) for a in getattr(e, side + "s"))
    for name, member in (("codes", "code"), ("countries", "country"), ("sectors", "sector"), ("names", "name"), ("words", "text")):
        yield f"{side}_{name}", column(member)


_SCALARS = ("event_id", "story_id", "story_date", "story_title", "story_source", "story_url", "sentence", "text",
            "text_hash", "event_date", "event_date_end", "date_basis", "event_type", "event_mode")

COLUMNS: Dict[str, Callable[[Event], Any]] = {
    **{name: _member(name) for name in _SCALARS},
    "contexts": lambda e: _joined(e.contexts),
    **{name: _member(name) for name in ("cameo", "quad", "goldstein", "intensity")},
    **dict(_sides("actor")), **dict(_sides("recipient")),
    **{name: _member(name) for name in ("polarity", "status", "historical")},
    "condition": lambda e: e.condition.text if e.condition else None,
    "condition_event_id": lambda e: e.condition.event_id if e.condition else None,
    "speaker_codes": lambda e: _joined(v.speaker.code if v.speaker else None for v in e.attribution),
    "speaker_words": lambda e: _joined(v.speaker.text if v.speaker else None for v in e.attribution),
    "attribution_cues": lambda e: _joined(v.cue for v in e.attribution),
    "attribution_kinds": lambda e: _joined(v.kind for v in e.attribution),
    "content_of": _member("content_of"),
    "contradicts": lambda e: _joined(e.contradicts),
    "location_names": lambda e: _joined(p.name for p in e.locations),
    "location_countries": lambda e: _joined(p.country for p in e.locations),
    "location_points": lambda e: _joined(map(_point, e.locations)),
    "location_precisions": lambda e: _joined(p.precision for p in e.locations),
    "location_bases": lambda e: _joined(p.basis for p in e.locations),
    **{f"{name}_{member}": _size(name, member) for name in SIZES for member in ("min", "max")},
    "money_currency": _size("money", "currency"),
    "trigger": lambda e: e.trigger.text,
    "trigger_begin": lambda e: e.trigger.begin,
    "trigger_end": lambda e: e.trigger.end,
    "trigger_begin_byte": lambda e: e.trigger.begin_byte,
    "trigger_end_byte": lambda e: e.trigger.end_byte,
    "rule": _member("rule"), "confidence": _member("confidence"),
}

# ---- pairs -----------------------------------------------------------------------------------

_SIDE = ("code", "name", "country", "iso", "cow", "gw", "sector")
DYAD_COLUMNS = (
    "event_id", "pair", "story_id", "story_date", "story_source", "sentence", "event_date", "event_date_end", "event_type",
    "event_mode", "contexts", "cameo", "quad", "goldstein", "intensity", *(f"actor_{name}" for name in _SIDE),
    *(f"recipient_{name}" for name in _SIDE), "polarity", "status", "historical", "attributed", "speaker_code", "place",
    "place_country", "lat", "lon", "reports", "outlets", "confidence")
_AS_THEY_ARE = [name for name in DYAD_COLUMNS if name in Event._known and name not in ("contexts",)]


@lru_cache(None)
def _codes() -> Dict[str, Tuple[Optional[int], Optional[int]]]:
    """country: COW and Gleditsch-Ward numbers, of the shipped places/codes.tsv"""
    lines = [line.split("\t") for line in (c.HERE / "codes.tsv").read_text("utf-8").splitlines() if line[:1] != "#"]
    at = {name: i for i, name in enumerate(lines[0])}
    def number(cell: str) -> Optional[int]:
        return int(cell) if cell.isdigit() else None
    return {row[at["country"]]: (number(row[at["cow"]]), number(row[at["gw"]])) for row in lines[1:]}


def _side_of(role: str, actor: Optional[Actor]) -> Dict[str, Any]:
    if actor is None:
        return {}
    country = actor.country or ""
    cow, gw = _codes().get(country, (None, None))
    return {f"{role}_code": actor.code, f"{role}_name": actor.name, f"{role}_country": actor.country,
            f"{role}_iso": country if country in _codes() else None, f"{role}_cow": cow, f"{role}_gw": gw,
            f"{role}_sector": actor.sector}


def _pairs(e: Event) -> Iterator[Dict[str, Any]]:
    """Several actors without a recipient are each other's. A pair without a code is no row, but counts."""
    mutual = not e.recipients and len(e.actors) > 1
    place = e.locations[0] if e.locations else Place()
    speaker = e.speaker
    rest = {name: getattr(e, name) for name in _AS_THEY_ARE}
    rest.update(contexts=_joined(e.contexts), attributed=bool(e.attribution), place=place.name, place_country=place.country,
                speaker_code=speaker.code if speaker else None, lat=place.lat, lon=place.lon, reports=1, outlets=1)
    pairs = list(product(e.actors or (None,), (e.actors if mutual else e.recipients) or (None,)))
    if mutual:
        n = len(e.actors)
        pairs = [pair for i, pair in enumerate(pairs) if i // n != i % n]
    for i, (actor, recipient) in enumerate(pairs, 1):
        if (actor and actor.code) or (recipient and recipient.code):
            yield {**rest, "pair": i, **_side_of("actor", actor), **_side_of("recipient", recipient)}
