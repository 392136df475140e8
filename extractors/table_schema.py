"""What a header says: the role of its column, its metric, unit, period and modality."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from extractors.periods import find_periods, parse_period
from kg.claim import Modality

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ESTIMATE = re.compile(r"(?<=\d)\s?\(?[EF]\)?$|(?<=[QH])\s?\(?[EF]\)?$|\([EF]\)", re.IGNORECASE)
_HORIZON = re.compile(
    r"(?<![A-Za-z0-9])(?:\d{1,2}[DWMY]|YTD|QTD|MTD|\d{1,2}(?:일|주일?|개월|년))(?![A-Za-z0-9가-힣])",
    re.IGNORECASE,
)
_DATED = re.compile(r"[가-힣](?:일|일자|시점|시기|연도|년도)$|\bdate$", re.IGNORECASE)
_PER = re.compile(r"(?:us\$|\$|￦|₩|€|달러|원|위안|엔|센트|usd|krw)\s?/\s?.{1,16}")
_SHORT_QUARTER = re.compile(
    r"(?<!\d)(?:([1-4])Q\s?'?(\d{2})|'?(\d{2})[.]?([1-4])Q|(\d{4})[.년]?\s?([1-4])Q)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """One column (or row) label read against ``tables.yaml``.

    ``role`` is a role, ``"entity"`` (then ``cls`` is set), ``"score"``, ``"amount"`` or
    ``"metric"``. ``name`` is the canonical metric, else the label without its unit.
    """

    text: str
    name: str
    role: str = "metric"
    cls: str | None = None
    known: bool = False
    unit: str | None = None
    period: str | None = None
    modality: Modality = "fact"
    predicate: str = "hasMetric"
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The vocabulary of ``tables.yaml``, folded for look-up."""

    entities: Mapping[str, str]
    roles: Mapping[str, str]
    metrics: tuple[Mapping[str, Any], ...]
    scores: tuple[str, ...]
    relations: Mapping[str, tuple[str, ...]]
    pairs: tuple[Mapping[str, Any], ...]
    amounts: frozenset[str]
    status: frozenset[str]
    undisclosed: frozenset[str]
    nothing: frozenset[str]
    units: frozenset[str]
    forecast: tuple[str, ...]
    plan: tuple[str, ...]
    rumour: tuple[str, ...]
    asides: frozenset[str]
    done: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    companies: tuple[Mapping[str, Any], ...]
    weekdays: tuple[str, ...]
    exchanges: Mapping[str, str]
    local: tuple[str, ...]
    boilerplate: tuple[str, ...]
    totals: frozenset[str]
    ratios: tuple[str, ...]
    seats: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]


def fold(text: str) -> str:
    """Fold a label for comparison: NFKC, case, white space and punctuation gone."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum() or ch in "#%$@&+/")


def _inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(str(word)): key for key, words in groups.items() for word in words}


def _words(words: Iterable[object]) -> tuple[str, ...]:
    return tuple(fold(str(word)) for word in words)


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Load ``tables.yaml`` once a process."""
    import yaml

    text = files("extractors").joinpath("tables.yaml").read_text("utf-8")
    data = yaml.load(text, yaml.CSafeLoader)
    return Schema(
        entities=_inverted(data["entities"]),
        roles=_inverted(data["roles"]),
        metrics=tuple(data["metrics"]),
        scores=_words(data["scores"]),
        relations={key: _words(words) for key, words in data["relations"].items()},
        pairs=tuple(data["pairs"]),
        amounts=frozenset(_words(data["amounts"])),
        status=frozenset(_words(data["status"])),
        undisclosed=frozenset(_words(data["undisclosed"])),
        nothing=frozenset(str(word).casefold() for word in data["nothing"]),
        units=frozenset(str(unit).casefold() for unit in data["units"]),
        forecast=tuple(data["forecast"]),
        plan=tuple(data["plan"]),
        rumour=tuple(data["rumour"]),
        asides=frozenset(_words(data["asides"])),
        done=tuple(data["done"]),
        kinds={cls: tuple(words) for cls, words in data["kinds"].items()},
        companies=tuple(data["companies"]),
        weekdays=tuple(data["weekdays"]),
        exchanges=data["exchanges"],
        local=tuple(data["local"]),
        boilerplate=tuple(data["boilerplate"]),
        totals=frozenset(_words(data["totals"])),
        ratios=tuple(data["ratios"]),
        seats=tuple(data["seats"]),
        examples=tuple(data["examples"]),
    )


def read_header(text: str, date: dt.date) -> Header:
    """Read one label; periods are resolved against the report's ``date``."""
    unit, bare = _unit(text)
    period, bare = _period(bare, date)
    if period and not bare:
        header = Header(text, text.strip(), role="period", known=True, unit=unit, period=period)
    else:
        header = _classified(Header(text, bare or text.strip(), unit=unit, period=period), text)
    modality = modality_of(text) if header.modality == "fact" else None
    return replace(header, modality=modality) if modality else header


def modality_of(text: str) -> Modality | None:
    """Return the modality that words or an estimate mark give, if any."""
    words = schema()
    lower = text.casefold()
    if any(word in lower for word in words.done):
        return "fact"
    if any(word in lower for word in words.rumour):
        return "rumour"
    if any(word in lower for word in words.forecast) or _ESTIMATE.search(text.strip()):
        return "forecast"
    return "plan" if any(word in lower for word in words.plan) else None


def is_local(text: str) -> bool:
    """Tell whether a header says that its money is in the local currency of each row."""
    return any(word in text.casefold() for word in schema().local)


def is_unit(text: str) -> bool:
    """Tell whether a bracket in a header holds a unit ("(GB)", "(조원)") and not a remark."""
    folded = text.strip().casefold()
    return folded in schema().units or _PER.fullmatch(folded) is not None


def _unit(text: str) -> tuple[str | None, str]:
    """Take the first bracketed unit off; other brackets stay."""
    for match in _BRACKETS.finditer(text):
        first = re.split(r"[,;]", match[1])[0].removeprefix("단위:").strip()
        if is_unit(first) or match[1].startswith("단위"):
            bare = (text[: match.start()] + text[match.end() :]).strip()
            return first, re.sub(r"\s+", " ", bare)
    last = text.strip().split(" ")[-1]
    if len(last) > 2 and is_unit(last) and last != text.strip():
        return last, text.strip()
    return None, re.sub(r"\s+", " ", text.strip())


def period_of(text: str, date: dt.date) -> str | None:
    """Read a whole label as a period: "2025E", "3Q24", "2024년 4분기", "1M", "YTD"."""
    label = _ESTIMATE.sub("", text.strip()).strip()
    if _HORIZON.fullmatch(label):
        return label.upper() if label.isascii() else label
    quarter = _SHORT_QUARTER.fullmatch(label)
    if quarter:
        return _quarter(quarter)
    if re.fullmatch(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?년)?", label):
        return re.sub(r"\D", "", label)
    return parse_period(label, date)


def is_horizon(period: str) -> bool:
    """Tell a span that ends today ("1W", "3M", "YTD") from a date."""
    return _HORIZON.fullmatch(period) is not None


def is_aside(header: Header) -> bool:
    """Tell a column that only says which kind of figure a row holds ("구분", "근거")."""
    return header.role == "basis" or fold(header.text) in schema().asides


def returns(header: Header) -> Header:
    """Read a bare horizon in a table of shares as the return over it."""
    entry = next(entry for entry in schema().metrics if entry["name"] == "수익률")
    return _with_metric(replace(header, unit=header.unit or "%"), entry)


def starts(period: str) -> dt.date | None:
    """Return the first day of an ISO period ("2025-H2", "2025-Q1", "2025-03"), if it is one."""
    match = re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?(?:/.*)?", period)
    if not match:
        return None
    half, quarter, month, day = (int(n) if n else 0 for n in match.groups()[1:])
    first = month or (quarter * 3 - 2 if quarter else half * 6 - 5 if half else 1)
    return dt.date(int(match[1]), first, day or 1)


def _quarter(match: re.Match[str]) -> str:
    year = match[2] or match[3] or match[5]
    number = match[1] or match[4] or match[6]
    return f"{year if len(year) == 4 else '20' + year}-Q{number}"


def _period(text: str, date: dt.date) -> tuple[str | None, str]:
    """Take a period off a label: "수익률 1M" and "2024년 매출" keep the rest."""
    whole = period_of(text, date)
    if whole:
        return whole, ""
    horizon = _HORIZON.search(text)
    if horizon and not horizon.group().endswith(("년", "일")):
        return horizon.group(), _without(text, horizon.start(), horizon.end())
    quarter = _SHORT_QUARTER.search(text)
    if quarter:
        return _quarter(quarter), _without(text, quarter.start(), quarter.end())
    found = find_periods(text, date)
    if len(found) == 1 and re.search(r"\d", text[found[0].start : found[0].end]):
        return found[0].value, _without(text, found[0].start, found[0].end)
    return None, text


def _without(text: str, start: int, end: int) -> str:
    rest = f"{text[:start]} {text[end:]}"
    mark = r"(?:(?<=\s)|^)[(]?[EFAP][)]?(?=\s|$)|[(\[]\s*[EFAP]?\s*[)\]]"
    rest = re.sub(mark, " ", rest)
    return re.sub(r"\s+", " ", rest).strip(" -–/:,")


def _classified(header: Header, text: str) -> Header:
    words = schema()
    key, bare = fold(text), fold(_BRACKETS.sub("", header.name))
    for candidate in (key, fold(header.name), bare):
        if candidate in words.roles:
            return replace(header, role=words.roles[candidate], known=True)
        if candidate in words.entities:
            return replace(header, role="entity", cls=words.entities[candidate], known=True)
        if candidate in words.amounts:
            return replace(header, role="amount", known=True)
    if any(word in bare for word in words.scores):
        return replace(header, role="score", known=True)
    metric = _metric(header.name, bare)
    if metric:
        return _with_metric(header, metric)
    ending = _ending(header.name)
    if ending:
        return replace(header, role=ending[0], cls=ending[1], known=True)
    return replace(header, dated=_DATED.search(header.name) is not None)


def _metric(name: str, bare: str) -> Mapping[str, Any] | None:
    lower = name.casefold()
    for entry in schema().metrics:
        if bare in _words(entry.get("headers", ())):
            return entry
    for entry in schema().metrics:
        if any(str(word).casefold() in lower for word in entry.get("contains", ())):
            return entry
    for entry in schema().metrics:
        trimmed = bare.removeprefix("총").removeprefix("연간").removesuffix("수치")
        if trimmed in _words(entry.get("headers", ())):
            return entry
    return None


def metric_in(title: str) -> str | None:
    """Return the canonical metric that a caption names anywhere, the longest name first."""
    lower = title.casefold()
    found = [
        (len(str(word)), str(entry["name"]))
        for entry in schema().metrics
        for word in (*entry.get("headers", ()), *entry.get("contains", ()))
        if len(str(word)) > 1 and re.search(rf"(?<![a-z]){re.escape(str(word).casefold())}", lower)
    ]
    return max(found)[1] if found else None


def _with_metric(header: Header, entry: Mapping[str, Any]) -> Header:
    return replace(
        header,
        name=entry["name"],
        known=True,
        unit=header.unit or entry.get("unit"),
        predicate=entry.get("predicate", "hasMetric"),
        modality=entry.get("modality", "fact"),
        dated=entry.get("kind") == "date",
    )


def _ending(name: str) -> tuple[str, str | None] | None:
    """Role and class of a header that ends in a known word ("로봇 모델명", "주요 고객사")."""
    last = fold(_BRACKETS.sub("", name).split(" ")[-1]) if " " in name.strip() else ""
    words = schema()
    if last in words.entities and len(last) > 1:
        return "entity", words.entities[last]
    role = words.roles.get(last)
    return (role, None) if role in ("developer", "partner", "rank", "ticker") else None
