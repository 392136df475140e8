"""Whole tables of many layouts, with every claim that a careful reader takes from them.

``tables/NAME.md`` is a small report with one table, ``tables/NAME.yaml`` what it claims, written
from the table. A block with ``columns`` stands for one claim a cell: the keys of the block and of
the column, the row's subject (``rows``) or metric (``metrics``), and the figure times ``scale``;
``links`` are relations. Subject, relation, object, metric, period, date, unit, currency and
modality must agree always, other qualifiers where a claim gives them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.readers import read_text
from corpus.report import Report
from extractors.names.names import Names
from extractors.tables.extract import table_claims
from extractors.tables.tickers import adopt_tickers
from extractors.tables.vocabulary import fold
from kg.claim import Claim, Entity

TABLES = Path(__file__).parent / "tables"
NAMES = sorted(path.stem for path in TABLES.glob("*.md"))
DATE = dt.date(2025, 5, 12)
ALWAYS = ("predicate", "metric", "period", "date", "unit", "currency", "modality")
UNTOLD = ("marketShare", "marketSize")


@cache
def extracted(name: str) -> tuple[Report, tuple[Claim, ...]]:
    text = (TABLES / f"{name}.md").read_text("utf-8")
    report = read_text(text, source=name, date=DATE)
    names = Names.for_report(report)
    adopt_tickers(report, names)
    return report, tuple(c for t in report.tables for c in table_claims(report, t, names))


def expected(name: str) -> list[dict[str, Any]]:
    blocks = yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8"))
    return [claim for block in blocks for claim in spread(block)]


def spread(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "links" in block:
        for subject, predicate, other, *more in block["links"]:
            yield {"subject": subject, "predicate": predicate, "object": other, **(more or [{}])[0]}
    elif "columns" not in block:
        yield block
    else:
        kept = {k: v for k, v in block.items() if k not in ("columns", "rows", "metrics", "scale")}
        label = "subject" if "rows" in block else "metric"
        for row, cells in block.get("rows", block.get("metrics")).items():
            for column, cell in zip(block["columns"], cells, strict=True):
                if cell is not None:
                    claim = {"scale": block.get("scale", 1), **kept, **column, label: str(row)}
                    scale = claim.pop("scale")
                    yield {**claim, **figure(cell, scale)}


def figure(cell: Any, scale: int) -> dict[str, Any]:
    if isinstance(cell, str):
        return {"text": cell}
    low, high = cell if isinstance(cell, list) else (cell, cell)
    return {"minimum": number(low) * scale, "maximum": number(high) * scale}


def number(value: Any) -> Decimal:
    return Decimal(str(value))


def called(entity: Entity | None, name: str | None) -> bool:
    if entity is None or name is None:
        return entity is None and name is None
    names = (entity.label, entity.label_en or "", *entity.aliases)
    return fold(str(name)) in {fold(own) for own in names}


def agrees(claim: Claim, want: dict[str, Any]) -> bool:
    value = claim.value
    seen: dict[str, Any] = {
        "predicate": claim.predicate,
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "unit": value.unit if value else None,
        "currency": value.currency if value else None,
        "text": value.text if value else None,
        **claim.qualifiers,
    }
    base = {"predicate": "hasMetric", "modality": "fact"}
    told = {**dict.fromkeys(ALWAYS), **base, **want}
    if told["predicate"] in UNTOLD:
        told.pop("metric")
    if not (
        called(claim.subject, told.pop("subject"))
        and called(claim.object, told.pop("object", None))
    ):
        return False
    low = told.pop("minimum", None)
    high = told.pop("maximum", low)
    bounds = (value.minimum, value.maximum) if value else (None, None)
    if low is not None and bounds != (number(low), number(high)):
        return False
    if told.get("text") is True:
        told.pop("text")
    return all(
        fold(str(seen.get(key))) == fold(str(wanted)) if wanted is not None else not seen.get(key)
        for key, wanted in told.items()
    )


def compared(name: str) -> tuple[int, int, list[str], list[str]]:
    """Claims made, claims wanted, those not wanted and those not made."""
    claims, wants = extracted(name)[1], expected(name)
    wrong = [shown(c) for c in claims if not any(agrees(c, want) for want in wants)]
    missed = [str(want) for want in wants if not any(agrees(c, want) for c in claims)]
    return len(claims), len(wants), wrong, missed


def shown(claim: Claim) -> str:
    thing = claim.object.label if claim.object else ""
    said = f"{claim.value.text} {claim.value.unit} {claim.value.currency}" if claim.value else ""
    return f"{claim.subject.label} {claim.predicate} {thing} {said} {dict(claim.qualifiers)} {claim.modality}"


@pytest.mark.parametrize("name", NAMES)
def test_table_gives_what_a_reader_takes_from_it(name: str) -> None:
    _, _, wrong, missed = compared(name)
    assert not wrong, "not in the table:\n" + "\n".join(wrong)
    assert not missed, "not found:\n" + "\n".join(missed)


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_the_cell(name: str) -> None:
    report, claims = extracted(name)
    for claim in claims:
        evidence = claim.evidence
        assert report.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip()
        assert evidence.table == report.tables[0].label
        columns = {column for t in report.tables for column in t.columns}
        assert evidence.column is None or evidence.column in columns  # pairs have no header
        assert evidence.row


def test_there_are_many_layouts() -> None:
    assert len(NAMES) >= 40
    assert all((TABLES / f"{name}.yaml").exists() for name in NAMES)
