"""A diff for machines and people: JSON, Korean text, Markdown, one HTML page."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from kg import vocab
from kg.claim import Claim, Evidence, Value
from kg.iris import entity_iri

if TYPE_CHECKING:
    from kg.claim import Entity
    from kg.diff import Change

_TITLES = {
    "reversed": "뒤집힌 것",
    "status_changed": "상태가 바뀐 것",
    "value_changed": "값이 바뀐 것",
    "new": "새로 나온 것",
    "dropped": "더는 나오지 않는 것",
    "restated": "다시 말한 것",
}
_MODALITIES = {
    "fact": "사실",
    "plan": "계획",
    "forecast": "전망",
    "rumour": "소문",
    "opinion": "의견",
    "denied": "부인",
}
# Qualifiers that say what a number is of; the others follow in brackets.
_NAMING = ("metric", "setting", "period")
_CSS = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "li{margin:.4rem 0}small{color:#666}q{color:#444}h2{border-bottom:1px solid #ccc}"
)


class Dated(Protocol):
    """What a diff says of a report; :class:`kg.generation.ReportInfo` has it."""

    @property
    def id(self) -> str:
        """The report's id."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def date(self) -> dt.date:
        """Its date."""


def to_json(
    changes: Iterable[Change], old_info: Sequence[Dated], new_info: Sequence[Dated]
) -> dict[str, Any]:
    """Return the contract's document of ``kg diff --format json``.

    ``old_info`` and ``new_info`` are the reports of the two weeks. Citations are
    numbered throughout, the same place always by the same number.
    """
    cited = _Citations((*old_info, *new_info))
    return {
        "old": _week(old_info),
        "new": _week(new_info),
        "changes": [
            {
                "kind": change.kind,
                "subject": _entity(change.subject),
                "predicate": change.predicate,
                "object": _entity(change.object),
                "old": _side(change.old, cited),
                "new": _side(change.new, cited),
                "absolute": _number(change.absolute),
                "percent": _number(change.percent),
                "back": change.back,
                "score": float(change.score),
            }
            for change in changes
        ],
    }


def to_text(changes: Iterable[Change], old_info: Sequence[Dated], new_info: Sequence[Dated]) -> str:
    """Return Korean text, grouped by kind, one line a change with the places of both weeks."""
    cited = _Citations((*old_info, *new_info))
    parts = [f"{_name(old_info)} → {_name(new_info)}"]
    for title, group in _groups(changes):
        parts.append(f"\n{title} ({len(group)})")
        parts += [f"· {_line(change, cited)}" for change in group]
    return "\n".join(parts if len(parts) > 1 else [*parts, "달라진 것이 없습니다."]) + "\n"


def to_markdown(
    changes: Iterable[Change], old_info: Sequence[Dated], new_info: Sequence[Dated]
) -> str:
    """Return Markdown: a heading a kind, a list item a change, quotes below it."""
    cited = _Citations((*old_info, *new_info))
    parts = [f"# {_plain(_name(old_info))} → {_plain(_name(new_info))}"]
    for title, group in _groups(changes):
        parts += ["", f"## {title} ({len(group)})", ""]
        for change in group:
            parts.append(f"- {_plain(_line(change, cited))}")
            parts += [f"  - {label}: “{_plain(text)}”" for label, text in _quotes(change)]
    return "\n".join(parts if len(parts) > 1 else [*parts, "", "달라진 것이 없습니다."]) + "\n"


def to_html(changes: Iterable[Change], old_info: Sequence[Dated], new_info: Sequence[Dated]) -> str:
    """Return one page that needs no network; every text from a report is escaped."""
    cited = _Citations((*old_info, *new_info))
    head = html.escape(f"{_name(old_info)} → {_name(new_info)}")
    body = [f"<h1>{head}</h1>"]
    for title, group in _groups(changes):
        body.append(f"<h2>{html.escape(title)} ({len(group)})</h2><ul>")
        for change in group:
            quotes = "".join(
                f"<br><small>{label}: <q>{html.escape(text)}</q></small>"
                for label, text in _quotes(change)
            )
            body.append(f"<li>{html.escape(_line(change, cited))}{quotes}</li>")
        body.append("</ul>")
    if len(body) == 1:
        body.append("<p>달라진 것이 없습니다.</p>")
    return (
        '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8">'
        f"<title>{head}</title><style>{_CSS}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


class _Citations:
    """Numbers places and names their reports."""

    def __init__(self, infos: Iterable[Dated]) -> None:
        self._infos = {info.id: info for info in infos}
        self._numbers: dict[Evidence, int] = {}

    def cite(self, evidence: Evidence) -> dict[str, Any]:
        info = self._infos.get(evidence.report)
        return {
            "n": self._numbers.setdefault(evidence, len(self._numbers) + 1),
            "report": evidence.report,
            "title": info.title if info else evidence.report,
            "date": info.date.isoformat() if info else None,
            "section": list(evidence.section),
            "page": evidence.page,
            "printed_page": evidence.printed_page,
            "table": evidence.table,
            "row": evidence.row,
            "column": evidence.column,
            "quote": evidence.quote,
            "start": evidence.start,
            "end": evidence.end,
        }

    def place(self, evidence: Evidence) -> str:
        """Say briefly where it stands: "2025-01-06 표 11"."""
        info = self._infos.get(evidence.report)
        where = evidence.table or (evidence.section[-1] if evidence.section else "")
        return _squeezed(f"{info.date.isoformat() if info else evidence.report} {where}")


def _side(claims: Sequence[Claim], cited: _Citations) -> dict[str, Any] | None:
    if not claims:
        return None
    claim = claims[0]
    places = dict.fromkeys(c.evidence for c in claims)
    return {
        "value": _value(claim.value),
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "qualifiers": dict(sorted(claim.qualifiers.items())),
        "citations": [cited.cite(evidence) for evidence in places],
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "text": value.text,
        "min": _number(value.minimum),
        "max": _number(value.maximum),
        "unit": value.unit,
        "currency": value.currency,
    }


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _entity(entity: Entity | None) -> dict[str, str] | None:
    return {"iri": entity_iri(entity.id), "label": entity.label} if entity else None


def _week(infos: Sequence[Dated]) -> dict[str, Any]:
    return {
        "week": _iso_week(infos),
        "reports": [
            {"id": info.id, "title": info.title, "date": info.date.isoformat()} for info in infos
        ],
    }


def _iso_week(infos: Sequence[Dated]) -> str | None:
    if not infos:
        return None
    year, week, _ = max(info.date for info in infos).isocalendar()
    return f"{year}-W{week:02d}"


def _name(infos: Sequence[Dated]) -> str:
    dates = ", ".join(sorted({info.date.isoformat() for info in infos}))
    return f"{_iso_week(infos)} ({dates})" if infos else "없음"


def _groups(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    held: dict[str, list[Change]] = {kind: [] for kind in _TITLES}
    for change in changes:
        held[change.kind].append(change)
    return [(_TITLES[kind], group) for kind, group in held.items() if group]


def _line(change: Change, cited: _Citations) -> str:
    """One change in one line: who, what, old → new, where."""
    claim = (change.new or change.old)[0]
    parts = [_head(change, claim)]
    if change.old and change.new and change.kind != "restated":
        parts.append(_turn(change))
    elif said := _said(claim, change.kind):
        parts.append(said)
    naming = set(_NAMING) if change.object is None else {"setting", "period"}
    details = [v for k, v in sorted(claim.qualifiers.items()) if k not in naming and k != "rank"]
    if details and change.kind == "new":
        parts.append(f"({', '.join(map(_squeezed, details))})")
    if change.back:
        parts.append(f"(마지막: {change.back})")
    places = [cited.place(side[0].evidence) for side in (change.old, change.new) if side]
    return f"{' '.join(filter(None, parts))} [{' → '.join(dict.fromkeys(places))}]"


def _head(change: Change, claim: Claim) -> str:
    predicate = vocab.PREDICATES[change.predicate]
    naming = [claim.qualifiers[q] for q in _NAMING if claim.qualifiers.get(q)]
    label = _squeezed(change.subject.label)
    if change.object is None:
        return _squeezed(f"{label} {' '.join(naming) or predicate.ko}:")
    arrow = f"{label} —{predicate.ko}→ {change.object.label}"
    setting = claim.qualifiers.get("setting") or claim.qualifiers.get("period")
    return _squeezed(arrow + (f" ({setting})" if setting else ""))


def _turn(change: Change) -> str:
    old, new = change.old[0], change.new[0]
    if old.predicate != new.predicate:
        return f"(이전: {vocab.PREDICATES[old.predicate].ko} {_MODALITIES[old.modality]})"
    before, after = _quantity(old), _quantity(new)
    said = f"{before} → {after}{_change_of(change)}" if before != after and before else after
    if change.kind != "value_changed":
        return f"{_MODALITIES[old.modality]} → {_MODALITIES[new.modality]} {said}".strip()
    return said + ("" if new.modality == "fact" else f" ({_MODALITIES[new.modality]})")


def _change_of(change: Change) -> str:
    if change.absolute is None:
        return ""
    unit = (change.new[0].value.unit if change.new[0].value else None) or ""
    if unit in {"%", "%p", "퍼센트"}:
        return f" ({change.absolute.normalize():+,f}%p)"
    if change.percent is None:
        return f" ({change.absolute.normalize():+,f})"
    return f" ({change.percent:+,}%)"


def _said(claim: Claim, kind: str) -> str:
    status = "" if claim.modality == "fact" else f"({_MODALITIES[claim.modality]})"
    return " ".join(filter(None, (_quantity(claim), status if kind != "restated" else "")))


def _quantity(claim: Claim) -> str:
    """Return what a claim's number says, as the report wrote it."""
    if claim.value and claim.value.text.strip():
        rank = claim.qualifiers.get("rank")
        return _squeezed(claim.value.text) + (f" ({rank}위)" if rank and rank.isdigit() else "")
    for name in ("rank", "quantity", "amount", "stake", "capacity", "cost", "duration", "date"):
        if text := claim.qualifiers.get(name):
            return f"{text}위" if name == "rank" and text.isdigit() else _squeezed(text)
    return ""


def _quotes(change: Change) -> list[tuple[str, str]]:
    sides = (("이전", change.old), ("이번", change.new))
    return [(label, _squeezed(side[0].evidence.quote)) for label, side in sides if side]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


_ESCAPES = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|"})


def _plain(text: str) -> str:
    """Keep Markdown from reading a report's characters as its own."""
    return text.translate(_ESCAPES)
