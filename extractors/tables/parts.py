"""Cells that hold several figures: "전사 57조 원, 반도체 53조 원", "키 127cm / 4만 달러"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.sparing import sparing
from extractors.tables.cells import NO_QUANTITY, NOTE, is_figure, value_of
from extractors.tables.schema import Header, modality_of, read_header
from extractors.tables.vocabulary import fold, schema
from extractors.values.periods import find_periods
from extractors.values.values import find_values
from kg.claim import Value

_BETWEEN = re.compile(r"(\s+/\s+|\n|;\s*)")
_AROUND = re.compile(r"^의\s|\s?[:：]$|(?<=[가-힣]{2})[은는이가]$")  # "높이" has no particle
_LISTED = sparing(r",\s+|\s+/\s+|\n|;\s*|\s+·\s+")
_CHANGE = re.compile(
    r"(?P<before>[A-Za-z가-힣/ ]+?)?[:：]?\s*(?P<figure>[-+−▲▼△]?\s?\d[\d.,]*\s?%p?)\s*"
    r"(?P<behind>[A-Za-z가-힣/ ]+)?"
)
_RANK = "위"
"""The unit of a rank: a cell does not say among what."""
_RATE = re.compile(r".* (?:외|등)|하루|매?[일월주년연]|(?:연|월|주|일)간|\S+당")
"""What says per what, or how many more: "하루 20회", "대당 95억원", "김가나 외 5인"."""
_SIZED = ("공정", "노드", "선폭", "두께", "파장")
"""What is told in nanometres; "자체 4나노" names nothing that is."""
_SAID = re.compile(r"\s[가-힣]{2,}\s*$")
_PAIRED = sparing(r"\s+/\s+")
_DIGIT = re.compile(r"\d")
_HEDGE = r"(?:약|최대|최소|총|평균|누적|연간?|월|하루)\s"
_ENTRY = re.compile(
    rf"(?:(?P<label>(?!{_HEDGE})[가-힣A-Za-z][가-힣A-Za-z&/ ]{{0,13}}?)\s*[:：]?\s+)?"
    rf"(?P<figure>(?:{_HEDGE})?[-+−~∼△▲▼$₩￦€¥\d].*)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a cell: what it measures, its own words for that, its half-open range."""

    header: Header
    label: str
    start: int
    end: int


def listed(text: str, header: Header, unit: str | None, date: dt.date) -> list[Part]:
    """Return the figures that a cell lists, if it says nothing else and what they are is told."""
    if changes := _changes(text, header, date):
        return changes
    pairs = [] if header.known else _pairs(text, header, date)
    parts = pairs or _labelled(text, header, unit, date)
    told = pairs or measures(header) or any(part.header.known for part in parts)
    return parts if told else []


def _changes(text: str, header: Header, date: dt.date) -> list[Part]:
    """Read changes told side by side, each with since when: "+14% YoY · +12% QoQ"."""
    parts: list[Part] = []
    start = 0
    for cut in [*_LISTED.finditer(text), None]:
        end = cut.start() if cut else len(text)
        match = _CHANGE.fullmatch(text, start, end)
        word = (match["before"] or match["behind"] or "").strip() if match else ""
        if match is None or fold(word) not in schema().changes:
            return []
        stem, _, last = header.name.rpartition(" ")
        of = stem if fold(last) in schema().changes else header.name
        told = replace(read_header(f"{of} {word}".strip(), date), modality=header.modality)
        told = replace(told, name=f"{of} {word}".strip(), role="metric", known=True, unit="%")
        period = header.period or told.period
        parts.append(Part(replace(told, period=period), word, *match.span("figure")))
        start = cut.end() if cut else end
    return parts if len(parts) > 1 else []


def _pairs(text: str, header: Header, date: dt.date) -> list[Part]:
    """Pair a cell with a label that lists as many: "대역폭 / 용량 | 2TB/s / 64GB"."""
    names = _PAIRED.split(header.name)
    cuts = [match.span() for match in _PAIRED.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    spans = list(zip(starts, ends, strict=True))
    if len(names) != len(spans) or not cuts or not all(_DIGIT.search(text[s:e]) for s, e in spans):
        return []
    told = [replace(read_header(name, date), modality=header.modality) for name in names]
    return [Part(h, "", *span) for h, span in zip(told, spans, strict=True)]


def _labelled(text: str, header: Header, unit: str | None, date: dt.date) -> list[Part]:
    """Read figures each alone or behind a label, of which there must be one."""
    parts: list[Part] = []
    start = 0
    for cut in [*_LISTED.finditer(text), None]:
        end = cut.start() if cut else len(text)
        if text.count("(", start, end) > text.count(")", start, end):
            continue  # inside brackets
        match = _ENTRY.fullmatch(text, start, end)
        read = value_of(match["figure"], unit, date) if match else None
        if match is None or read is None or read[0].unit == _RANK or _is_told(match["figure"]):
            return []
        label = match["label"] or ""
        if modality_of(label) or find_periods(label, date):
            return []  # "상반기 30억 원", "예상 5조 원"
        parts.append(Part(_header_of(label, header, date), label, match.start("figure"), end))
        start = cut.end() if cut else end
    return parts if any(part.label for part in parts) else []


def _is_told(figure: str) -> bool:
    """Tell a figure of which something is said ("5,000억 달러 증발"): a sentence, no entry."""
    found = find_values(NOTE.sub("", figure))
    return bool(found) and _SAID.search(NOTE.sub("", figure)[found[0].end :]) is not None


def measures(header: Header) -> bool:
    """Tell a header that is a metric by its name; "핵심" and "내용" are none."""
    return header.known and header.role != "value"


def is_account(header: Header) -> bool:
    """Tell a sum of accounts or a part of one ("DRAM 매출")."""
    return header.known and header.name.split(" ")[-1] in schema().accounts


def _header_of(label: str, header: Header, date: dt.date) -> Header:
    """Return what a part of a cell under ``header`` measures: its own metric, or a part of it."""
    own = read_header(label, date)
    if not label or label in schema().wholes:
        return header
    if own.known and own.role == "metric":
        modality = own.modality if header.modality == "fact" else header.modality
        return replace(own, period=header.period, basis=_edition(header), modality=modality)
    first, *rest = header.name.split(" ")
    if label in first.split("/"):
        name = " ".join([label, *rest])
    elif not measures(header) or label.endswith(header.name.split(" ")[-1]):
        name = label
    else:
        name = f"{label} {header.name}"
    known = measures(header)
    return replace(header, name=name, known=known, predicate="hasMetric", basis=_edition(header))


def _edition(header: Header) -> str | None:
    """What tells the figures of a row of forecasts from others: "다음 분기 가이던스"."""
    ahead = header.modality != "fact" and not measures(header)
    return header.basis or (header.name if ahead else None)


def is_unnamed(metric: str, value: Value | None) -> bool:
    """Tell a claim of which nothing says what is measured: "H200 6,144장" under "값"."""
    counted = value is not None and value.minimum is not None and not is_figure(value.text)
    return not metric or (counted and fold(metric) in schema().unmeasuring)


def facts_in(text: str) -> Iterator[tuple[str, Value, int, int]]:
    """Small facts inside a text cell: "키 127cm / 4만 달러의 가격" gives height and price.

    Yields the noun, the quantity, and the half-open range of the part in ``text``.
    """
    start = 0
    for part in _BETWEEN.split(text):
        bare = NOTE.sub("", part)
        found = [] if NO_QUANTITY.search(bare) else find_values(bare)
        noun = (bare[: found[0].start] + bare[found[0].end :]).strip() if len(found) == 1 else ""
        value = found[0].value if found else None
        named = bool(found) and (bool(bare[: found[0].start].strip()) or noun.startswith("의 "))
        noun = _AROUND.sub("", noun).strip()
        measured = value and (value.currency or (named and (value.unit or not noun.isascii())))
        if (
            measured
            and (found[0].value.unit != "nm" or noun.endswith(_SIZED))
            and found[0].value.unit != _RANK
            and re.fullmatch(r"(?!per )[가-힣A-Za-z][가-힣A-Za-z ]{0,9}", noun)
            and not _RATE.fullmatch(noun)
            and noun.count(" ") < 2
        ):
            left = start + len(part) - len(part.lstrip())
            yield noun, found[0].value, left, start + len(part.rstrip())
        start += len(part)
