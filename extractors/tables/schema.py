"""What a header says: the role of its column, its metric, unit, period and modality."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from corpus.records import record
from extractors.alternation import holds_any
from extractors.tables.periods import Standing, is_horizon, period_of, standing_of, take_period
from extractors.tables.vocabulary import fold, folded, schema
from extractors.values.values import read_unit
from kg.claim import Modality

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ESTIMATE = re.compile(r"^[-+△]?[\d,.]+\s?\(?[EF]\)?$", re.IGNORECASE)
_DATED = re.compile(r"[가-힣](?:일|일자|시점|시기|연도|년도)$|\bdate$", re.IGNORECASE)
_PER = re.compile(r"(?:us\$|\$|￦|₩|€|달러|원|위안|엔|센트|usd|krw)\s?/\s?.{1,16}")
_JOINED = re.compile(r"\s?(?:[·/,&]|및)\s?")
_REMARKED = re.compile(r"(?<=\S)\s?[/·]\s?(?:비고|참고|코멘트|remarks?|notes?)$", re.IGNORECASE)
_EDITION = re.compile(
    r"(?<=.)(?:수치|실제|실적치|확정치|잠정치|예상치?|추정치?|전망치?|actual|estimates?)$"
)
"""How a header says which of two figures of a metric it holds: "EPS 실제", "EPS 예상"."""
_CHANGE = re.compile(
    r"(?P<base>.*?)\s?(?P<change>(?:전년|전분기|전월|전주|전기|전일)\s?(?:동기|동월|동분기)?\s?(?:대비|比|비)"
    r"\s?(?:증감률|증감율|증가율|성장률|변동률|변화율|등락률|증감|변동|변화)?)"
)


@record()
class Header:
    """One column (or row) label read against ``tables.yaml``.

    ``role`` is a role, ``"entity"`` (then ``cls`` is set), ``"score"``, ``"amount"``,
    ``"change"`` (of the column ``base`` before it; ``ratio`` unless it is in that one's unit)
    or ``"metric"``. ``name`` is the canonical metric, else the label without its unit.
    ``basis`` tells editions of one figure apart ("지난주", "기존 추정"); ``standing`` is what
    the period itself is marked as (E, F, P); ``each``: a figure a share, never scaled.
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
    basis: str | None = None
    standing: Standing | None = None
    base: int | None = None
    ratio: bool = False
    each: bool = False


@lru_cache(maxsize=4096)
def read_header(text: str, date: dt.date) -> Header:
    """Read one label; periods are resolved against the report's ``date``."""
    unit, whole = _unit(text)
    basis, bare = _basis(_REMARKED.sub("", whole), date)
    if _fixed(fold(bare)):
        period, rest = None, bare
    else:
        period, rest = take_period(bare, date)
    if period and rest and fold(rest) in schema().versions:
        basis, rest = rest, ""
    elif basis is None:
        basis, rest = _edition(rest)
    if period and not rest:
        name = text.strip()
        header = Header(text, name, role="period", known=True, unit=unit, period=period)
    else:
        header = _classified(Header(text, rest or text.strip(), unit=unit, period=period), text)
    if header.role == "metric" and not header.known and fold(text) in schema().versions:
        basis, header = text, replace(header, name="")  # of what, the caption says if anything
    standing = standing_of(bare) if period else None
    header = replace(header, basis=basis, standing=standing)
    modality = modality_of(text) or standing if header.modality == "fact" else None
    return replace(header, modality=modality) if modality else header


def read_stacked(parent: str, child: str, date: dt.date) -> Header:
    """Read two header rows: a child period is one of the parent's metric, and the reverse."""
    above, below = read_header(parent, date), read_header(child, date)
    text = f"{parent} {child}"
    if fold(parent) in schema().versions and below.role in ("period", "metric"):
        modality = below.modality if below.modality != "fact" else modality_of(parent) or "fact"
        return replace(below, text=text, basis=parent, modality=modality)
    if below.role == "period" and above.role in ("metric", "amount", "score", "change"):
        return _spanning(above, below, text)
    if above.role == "period" and below.role == "value":
        below = replace(below, role="amount")  # of which metric the rows say
    if above.role == "period" and below.role in ("metric", "amount", "score", "change"):
        return _spanning(below, above, text)
    if below.role == "change" and above.known and above.role == "metric":
        return replace(follow(above, below), text=text)
    return read_header(text, date)


def _spanning(metric: Header, period: Header, text: str) -> Header:
    modality = period.modality if period.modality != "fact" else metric.modality
    if is_horizon(period.period or "") and not metric.known:
        return returns(replace(metric, text=text, period=period.period))
    return replace(
        metric,
        text=text,
        unit=metric.unit or period.unit,
        period=period.period,
        standing=period.standing,
        basis=metric.basis or period.basis,
        modality=modality,
    )


def follow(base: Header, change: Header) -> Header:
    """Make a column or row of changes a metric of its own: "매출 YoY", in percent.

    The change of a ratio is in points; a consensus is in the unit of what it is about.
    """
    unit = change.unit or (("%p" if is_ratio(base) else "%") if change.ratio else base.unit)
    modality = base.modality if change.modality == "fact" else change.modality
    return replace(
        change,
        name=f"{base.name} {change.name}" if base.name else "",
        role="metric",
        known=True,
        unit=unit,
        period=change.period or base.period,
        standing=change.standing or base.standing,
        basis=change.basis or base.basis,
        modality=modality,
        each=base.each,
    )


def is_ratio(header: Header) -> bool:
    """Tell a metric that is a percentage by its unit or the end of its name."""
    return header.unit == "%" or header.name.endswith(schema().ratios)


@lru_cache(maxsize=4096)
def modality_of(text: str) -> Modality | None:
    """Return the modality that words or an estimate mark give, if any."""
    words = schema()
    lower = text.casefold()
    if any(word in lower for word in words.done):
        return "fact"
    if any(word in lower for word in words.rumour):
        return "rumour"
    if any(word in lower for word in words.forecast) or _ESTIMATE.fullmatch(text.strip()):
        return "forecast"
    if any(word in lower for word in words.targets):
        return "forecast"
    return "plan" if any(word in lower for word in words.plan) else None


def modality_of_status(text: str) -> Modality:
    """Return the standing of a deal whose status is printed ("규제 심사" is a plan)."""
    lower = text.casefold()
    for modality, words in schema().standings.items():
        if any(word in lower for word in words):
            return modality
    return "fact"


def is_local(text: str) -> bool:
    """Tell whether a header says that its money is in the local currency of each row."""
    return holds_any(text.casefold(), schema().local)


def is_unit(text: str) -> bool:
    """Tell whether a bracket in a header holds a unit ("(GB)", "(조원)") and not a remark."""
    folded = text.strip().casefold()
    if folded in schema().units or _PER.fullmatch(folded):
        return True
    scale, unit, currency = read_unit(text)
    return currency is not None or (scale != 1 and unit is not None and len(folded) > 1)


def _unit(text: str) -> tuple[str | None, str]:
    """Take the first bracketed unit off; other brackets stay."""
    for match in _BRACKETS.finditer(text):
        first = re.split(r"[,;]", match[1])[0].removeprefix("단위:").strip()
        if is_unit(first) or match[1].startswith("단위"):
            bare = (text[: match.start()] + text[match.end() :]).strip()
            return first, re.sub(r"\s+", " ", bare)
        parts = re.split(r"\s*,\s*", match[1].strip())
        if is_unit(parts[-1]):
            return parts[-1], f"{text[: match.start()]} ({', '.join(parts[:-1])})".strip()
    last = text.strip().split(" ")[-1]
    if len(last) > 2 and is_unit(last) and last != text.strip():
        return last, text.strip()
    return None, re.sub(r"\s+", " ", text.strip())


def is_aside(header: Header) -> bool:
    """Tell a column that only says which kind of figure a row holds ("구분", "근거")."""
    return header.role in ("basis", "source") or fold(header.text) in schema().asides


@lru_cache(maxsize=256)
def returns(header: Header) -> Header:
    """Read a bare horizon in a table of shares as the return over it."""
    entry = next(entry for entry in schema().metrics if entry["name"] == "수익률")
    return _with_metric(replace(header, unit=header.unit or "%"), entry)


def _fixed(key: str) -> bool:
    """Whether a folded label is a metric or change by its whole name: "12M" is part of it."""
    words = schema()
    return key in words.changes or key in words.consensus or key in whole_names()


@lru_cache(maxsize=1)
def whole_names() -> frozenset[str]:
    """Return the folded headers that are a metric's whole name."""
    return frozenset(w for entry in schema().metrics for w in folded(entry.get("headers", ())))


def _basis(text: str, date: dt.date) -> tuple[str | None, str]:
    """Take off what edition of a figure a last bracket names ("2025년(지난주)").

    After a period any remark is one; after a metric only the listed words are.
    """
    match = re.search(r"\s*[(\[]([^()\[\]]{2,})[)\]]$", text)
    bare = text[: match.start()].strip() if match else ""
    if not match or not bare:
        return None, text
    remark = match[1].strip()
    if fold(remark) in schema().versions:
        return remark, bare
    if period_of(bare, date) and re.search(r"[가-힣A-Za-z]{2}", remark):
        return None if standing_of(remark) else remark, bare
    return None, text


def _listed(header: Header, word: str) -> Header | None:
    """A header that stands as it is in the data file."""
    words = schema()
    if word in words.roles:
        return replace(header, role=words.roles[word], known=True)
    if word in words.entities:
        return replace(header, role="entity", cls=words.entities[word], known=True)
    if word in words.amounts:
        return replace(header, role="amount", known=True)
    if word in words.changes or word in words.consensus:
        return replace(header, role="change", ratio=word in words.changes)
    return None


def _edition(text: str) -> tuple[str | None, str]:
    """Take off the word before a metric for which of its editions is meant: "이전 목표주가"."""
    first, _, rest = text.partition(" ")
    editions = schema().revised["before"] | schema().revised["after"]
    if rest and fold(first) in editions and _metric(rest, fold(_BRACKETS.sub("", rest))):
        return first, rest
    return None, text


def _classified(header: Header, text: str) -> Header:
    words, bare = schema(), fold(_BRACKETS.sub("", header.name))
    whole = (fold(text), fold(header.name))
    for candidate in (bare, *whole) if "(" in text else (*whole, bare):
        if listed := _listed(header, candidate):
            return listed
    change = None if bare in whole_names() else _change(header)
    if change:
        return change
    if any(word in bare for word in words.scores) and bare not in whole_names():
        return replace(header, role="score", known=True)
    metric = _metric(header.name, bare)
    if metric:
        return _with_metric(header, metric)
    parts = [fold(part) for part in _JOINED.split(header.name)]
    if (first := words.roles.get(parts[0])) in ("source", "remark"):
        return replace(header, role=first, known=True)  # "출처·시점", "비고·출처"
    if all(part in words.entities for part in parts):
        return replace(header, role="entity", cls=words.entities[parts[0]], known=True)
    ending = _ending(header.name)
    if ending:
        return replace(header, role=ending[0], cls=ending[1], known=True)
    return replace(header, dated=_DATED.search(header.name) is not None)


def _change(header: Header) -> Header | None:
    """ "매출 YoY" and "전년동기대비 증감률": a change, of the metric it names if it names one."""
    words, last = schema(), header.name.split(" ")[-1]
    match = _CHANGE.fullmatch(header.name)
    if match:
        base, change = match["base"], match["change"]
    elif " " in header.name and fold(last) in words.changes | words.consensus:
        base, change = header.name[: -len(last)].strip(), last
    else:
        return None
    own = replace(header, name=change, role="change", ratio=fold(change) not in words.consensus)
    if not base:
        return own
    entry = _metric(base, fold(base))
    return (
        follow(_with_metric(replace(header, name=base, unit=None), entry), own) if entry else None
    )


@lru_cache(maxsize=4096)
def _metric(name: str, bare: str) -> Mapping[str, Any] | None:
    whole, within = _metric_words()
    if bare in whole:
        return whole[bare]
    lower = name.casefold()
    for word, entry in within:
        if _holds(lower, word):
            return entry
    return whole.get(_EDITION.sub("", bare.removeprefix("총").removeprefix("연간")))


@lru_cache(maxsize=1)
def _metric_words() -> tuple[dict[str, Mapping[str, Any]], list[tuple[str, Mapping[str, Any]]]]:
    """Return the metrics by what heads their columns, and by the words that a header holds."""
    whole: dict[str, Mapping[str, Any]] = {}
    for entry in schema().metrics:
        for word in folded(entry.get("headers", ())):
            whole.setdefault(word, entry)
    within = ((str(w).casefold(), e) for e in schema().metrics for w in e.get("contains", ()))
    return whole, list(within)


def _holds(label: str, word: str) -> bool:
    """Whether a label holds a word; a Latin one as a whole: no CAPA in "Capacitors"."""
    if word not in label or not word.isascii():
        return word in label
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", label) is not None


def metric_in(title: str) -> str | None:
    """Return the canonical metric that a caption names last: Korean captions end in their head."""
    lower = title.casefold()
    found = [
        (match.end(), match.end() - match.start(), name)
        for word, name in _caption_words()
        if word in lower
        for match in re.finditer(_whole_word(word), lower)
    ]
    return max(found)[2] if found else None


def ends_in_metric(title: str) -> bool:
    """Tell a heading that ends in what is measured: "HBM 시장 점유율"."""
    lower = title.casefold()
    words = (re.escape(word) for word, _ in _caption_words() if lower.endswith(word))
    return any(re.search(rf"(?<![a-z]){word}$", lower) for word in words)


@lru_cache(maxsize=1)
def _caption_words() -> tuple[tuple[str, str], ...]:
    """The words that name a metric in a caption, case folded, and the metric's own name."""
    return tuple(
        (str(word).casefold(), str(entry["name"]))
        for entry in schema().metrics
        if entry.get("caption", True)
        for word in (*entry.get("headers", ()), *entry.get("contains", ()))
        if len(str(word)) > 1
    )


def _whole_word(word: str) -> str:
    """A pattern for a word in a caption: not inside a Latin word, nor before more of a noun."""
    after = r"(?=\W|$|추이|전망|계획|현황|비교|순위|증가|변화|상위|별|과|와|및|기준)"
    return rf"(?<![a-z]){re.escape(word)}{after}"


def _with_metric(header: Header, entry: Mapping[str, Any]) -> Header:
    return replace(
        header,
        name=entry["name"],
        known=True,
        unit=header.unit or entry.get("unit"),
        predicate=entry.get("predicate", "hasMetric"),
        modality=entry.get("modality", "fact"),
        dated=entry.get("kind") == "date",
        each=bool(entry.get("each")),
    )


def _ending(name: str) -> tuple[str, str | None] | None:
    """Role and class of a header that ends in a known word ("로봇 모델명", "주요 고객사")."""
    last = fold(_BRACKETS.sub("", name).split(" ")[-1]) if " " in name.strip() else ""
    words = schema()
    if fold(name) in words.no_things:
        return None
    if last in words.entities and len(last) > 1:
        return "entity", words.entities[last]
    role = words.roles.get(last)
    return (role, None) if role in ("developer", "partner", "rank", "ticker") else None
