"""A diff for machines: the JSON document of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from corpus.dates import iso_week
from kg.claim import Claim, Evidence, Value
from kg.iris import entity_iri
from kg.quantities import number

if TYPE_CHECKING:
    from kg.claim import Entity
    from kg.difference import Change


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
        "changes": [_change(change, cited) for change in changes],
    }


def _change(change: Change, cited: _Citations) -> dict[str, Any]:
    document: dict[str, Any] = {
        "kind": change.kind,
        "subject": _entity(change.subject),
        "predicate": change.predicate,
        "object": _entity(change.object),
        "old": _side(change.old, cited),
        "new": _side(change.new, cited),
        "absolute": number(change.absolute),
        "percent": number(change.percent),
        "back": change.back,
        "score": float(change.score),
    }
    if change.details:
        document["details"] = [_change(detail, cited) for detail in change.details]
    return document


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
        "min": number(value.minimum),
        "max": number(value.maximum),
        "unit": value.unit,
        "currency": value.currency,
    }


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
    return iso_week(max(info.date for info in infos)) if infos else None
