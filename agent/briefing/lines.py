"""One change in one line, as a headline, with the places and quotes behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.briefing.bundles import SHOWN
from agent.replies.wording import filled, period_text, value_text
from corpus.data_files import load_yaml
from kg.claim import Claim, Evidence
from kg.difference import delta
from kg.quantities import rate_of, settings
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from kg.diff_format import Dated
    from kg.difference import Change, Kind

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 160  # characters of a statement that is quoted in a headline


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Read ``briefing.yaml``: kinds, themes, headlines."""
    loaded: Mapping[str, Any] = load_yaml(Path(__file__).with_name("briefing.yaml"))
    return loaded


@dataclass(frozen=True, slots=True)
class Line:
    """A change as it is told: headline, remark, places and quotes of both sides.

    ``count`` is how many changes it tells: the cells of a column are told together.
    """

    kind: Kind
    text: str
    remark: str
    places: tuple[str, ...]
    quotes: tuple[tuple[str, str, str], ...]
    count: int = 1

    @property
    def mark(self) -> str:
        """The kind in a word."""
        return str(words()["kinds"][self.kind]["mark"])

    @property
    def place(self) -> str:
        """Both places, old to new."""
        return " → ".join(dict.fromkeys(self.places))


class Teller:
    """Tells changes; ``reports`` are all that a change may cite."""

    def __init__(self, reports: Iterable[Dated]) -> None:
        self._reports = {info.id: info for info in reports}

    def bundle(self, changes: Sequence[Change]) -> Line:
        """Tell changes of one column together, or the only one by itself."""
        first = changes[0]
        if len(changes) == 1:
            return self.line(first)
        evidence = first.claim.evidence
        return Line(
            first.kind,
            squeezed(_column(changes)),
            "",
            (self.place(evidence),),
            (),
            len(changes),
        )

    def line(self, change: Change) -> Line:
        """Tell one change."""
        sides = [(label, side) for label, side in _sides(change) if side]
        text = squeezed(_headline(change))
        return Line(
            change.kind,
            text,
            squeezed(self._remark(change, text)),
            tuple(self.place(side[0].evidence) for _, side in sides),
            tuple((label, quoted(c[0].evidence), self.place(c[0].evidence)) for label, c in sides),
        )

    def place(self, evidence: Evidence) -> str:
        """Say briefly where it stands: "2025-01-06 표 11"."""
        info = self._reports.get(evidence.report)
        where = evidence.table or (evidence.section[-1] if evidence.section else "")
        page = f" {evidence.printed_page or evidence.page}쪽" if evidence.page else ""
        return squeezed(f"{info.date.isoformat() if info else evidence.report} {where}{page}")

    def _remark(self, change: Change, text: str) -> str:
        details = (_detail(d) for d in change.details if not _is_rate(d))
        parts = [d for d in details if d.partition(" ")[2] not in text]
        who = change.claim.attributed_to
        if who and who not in (change.subject.label, _label(change)):
            parts.append(f"{who} 인용")
        if change.back is not None:
            info = self._reports.get(change.back)
            parts.append(f"마지막 언급 {info.date.isoformat() if info else change.back}")
        return " · ".join(dict.fromkeys(filter(None, parts)))


def quoted(evidence: Evidence) -> str:
    """Return the quote; a cell of a table with the row and column it stands in."""
    quote = squeezed(evidence.quote.replace("**", ""))
    heads = [squeezed(h) for h in (evidence.row, evidence.column) if h and squeezed(h) != quote]
    return f"{' / '.join(heads)}: {quote}" if heads else quote


def squeezed(text: str) -> str:
    """Put white space down to single blanks."""
    return " ".join(text.split())


def _is_rate(change: Change) -> bool:
    return rate_of(change.claim.qualifiers.get("metric", "")) is not None


def _label(change: Change) -> str:
    return change.object.label if change.object else ""


def _sides(change: Change) -> Sequence[tuple[str, tuple[Claim, ...]]]:
    return (("이전", change.old), ("이번", change.new))


def _headline(change: Change) -> str:
    claim = change.claim
    if change.old and change.new and change.kind not in {"restated", "new", "dropped"}:
        return _turn(change)
    said = filled(words()["headlines"][claim.predicate], _slots(claim))
    standing = claim.qualifiers.get("metric") in settings()["standing"]
    if change.kind == "dropped" and standing and not claim.subject.curated:
        return str(_slots(claim)["subject"])
    return f"{said}{_modality(claim)}"


def _modality(claim: Claim) -> str:
    metric = claim.qualifiers.get("metric")
    if claim.modality == "fact" or claim.predicate == "states" or metric in _progress():
        return ""
    literal = PREDICATES[claim.predicate].functional
    name = words()["modalities"][claim.modality]
    return f" ({name})" if literal else f" {name}"


def _progress() -> tuple[str, ...]:
    """Metrics that say by themselves that something is planned, or how far it is."""
    return (*settings()["standing"], *settings()["due"])


def _turn(change: Change) -> str:
    """Say "what: old → new"."""
    old, new = change.old[0], change.new[0]
    figure = words()["figures"].get(new.predicate)
    if figure:
        slots = _slots(new)
        slots["metric"] = slots.get("metric", "").removesuffix(":")
        value = _values(old, new)
        plain = new.modality == "fact" or new.qualifiers.get("metric") in _progress()
        marks = [difference(old, new), "" if plain else _name(new)]
        told = ", ".join(filter(None, marks))
        told_by_itself = new.qualifiers.get("metric") in _progress()
        known = told_by_itself or change.kind == "value_changed" or old.modality == new.modality
        standing = "" if known else _standing(old, new)
        said = " · ".join(filter(None, (standing, value)))
        return f"{filled(figure, slots)}: {said}{f' ({told})' if told else ''}"
    head = filled(words()["headlines"][new.predicate], {**_slots(new), "value": ""})
    if old.predicate != new.predicate:
        was = filled(words()["headlines"][old.predicate], {**_slots(old), "value": ""})
        return f"{head} (이전: {was.partition(', ')[2]}{_modality(old)})"
    parts = [_standing(old, new) if change.kind != "value_changed" else "", _values(old, new)]
    detail = " · ".join(filter(None, parts))
    if not detail and old.modality == new.modality:
        return f"{head}{_modality(new)}"
    detail = detail or f"{_name(old)} → {_name(new)}"
    told = difference(old, new)
    return f"{head}: {detail}{f' ({told})' if told else ''}"


def _name(claim: Claim) -> str:
    return str(words()["modalities"][claim.modality])


def _standing(old: Claim, new: Claim) -> str:
    """Say how far it has come: "예고 → 진행 중", else "계획 → 완료"."""
    before, after = (c.qualifiers.get("status", "") for c in (old, new))
    if old.modality == new.modality:
        return f"{before} → {after}" if before and after and before != after else ""
    done = words()["done"].get(new.predicate, _name(new)) if new.modality == "fact" else _name(new)
    return f"{before or _name(old)} → {after or done}"


def _values(old: Claim, new: Claim) -> str:
    before, after = quantity(old), quantity(new)
    if before and after and squeezed(before) != squeezed(after):
        return f"{before} → {after}"
    return "" if PREDICATES[new.predicate].literal is False and not before else after


def difference(old: Claim, new: Claim) -> str:
    """Say by how much a value changed: in points of percent, else in percent; or nothing."""
    absolute, percent = delta(old, new)
    value = new.value
    if not absolute or value is None or value.minimum is None:  # a rank or another measure
        return ""
    if value.unit in {"%", "%p", "퍼센트"}:
        return f"{absolute.normalize():+,f}%p"
    return f"{absolute.normalize():+,f}" if percent is None else f"{percent:+,}%"


def _detail(change: Change) -> str:
    """Say what else the row shows: "목표 시점 2025년 1월 → 2025년 1월 이후"."""
    metric = change.claim.qualifiers.get("metric", PREDICATES[change.predicate].ko)
    if change.kind == "dropped":
        told = quantity(change.claim)
        return f"{metric} {told}" if told else ""
    values = _values(change.old[0], change.new[0]) if change.old and change.new else ""
    return f"{metric} {values}" if values else ""


def _column(changes: Sequence[Change]) -> str:
    """Say the cells of a column: "AIME 2024: DeepSeek-R1 79.8%, o1 79.2%"."""
    first = changes[0]
    slots = _slots(first.claim)
    head = slots.get("object") or slots.get("metric") or PREDICATES[first.predicate].ko
    cells = [f"{c.subject.label} {_shortened(quantity(c.claim))}" for c in changes[:SHOWN]]
    more = f" 외 {len(changes) - SHOWN}" if len(changes) > SHOWN else ""
    return f"{slots['period']} {head.removesuffix(':')}: {', '.join(cells)}{more}"


def quantity(claim: Claim) -> str:
    """Return what a claim's number says, as the report wrote it, with its unit."""
    rank = claim.qualifiers.get("rank", "")
    if claim.value and claim.value.text.strip():
        return value_text(claim.value) + (f" ({rank}위)" if rank.isdigit() else "")
    for name in ("rank", "quantity", "amount", "stake", "capacity", "cost", "duration"):
        if text := claim.qualifiers.get(name):
            return f"{text}위" if name == "rank" and text.isdigit() else text
    if claim.modality == "plan":
        due = claim.qualifiers.get("date") or claim.qualifiers.get("period", "")
        return period_text(due, "ko")
    return ""


_LEAD = re.compile(r"^(?:[\s:·]|-(?!\d))+")
"""Marks before a value, but a minus."""


def _slots(claim: Claim) -> dict[str, str]:
    slots = dict(claim.qualifiers)
    slots["subject"] = claim.subject.label
    if claim.object is not None:
        slots["object"] = claim.object.label
    if claim.value is not None:
        slots["value"] = _shortened(_LEAD.sub("", value_text(claim.value)))
        if claim.value.minimum is None and "metric" in slots:
            slots["metric"] += ":"
    else:
        slots["value"] = slots.get("amount") or slots.get("quantity") or slots.get("stake") or ""
    period = slots.get("period", "")
    slots["period"] = "" if _DAY.fullmatch(period) else period_text(period, "ko")
    if not slots.get("rank", "").isdigit():
        slots.pop("rank", None)
    if claim.predicate == "marketSize":
        slots["subject"] = slots["subject"].removesuffix("시장").strip()
    if slots.get("metric") != "가격":
        slots.pop("condition", None)
    return slots


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
