"""Every example of tables.yaml is a small report; its claims must come out, its absent ones not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from corpus.readers import read_text
from corpus.report import Report, Span
from extractors.tables.extract import table_claims
from extractors.tables.vocabulary import fold
from extractors.word_lists import load_words
from kg.claim import Claim, Entity, entity_id
from kg.vocab import QUALIFIERS


class Names:
    """A dictionary resolver: the known names, and whatever it is asked to make."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = {name: Entity(entity_id(name), cls, name) for name, cls in known.items()}

    def resolve(self, text: str, span: Span, expected: tuple[str, ...]) -> Entity:
        wanted = entity_id(text)
        for entity in self.known.values():
            if entity.id == wanted:
                return entity
        return Entity(wanted, expected[0], text)

    def find(self, text: str) -> list[tuple[Entity, int, int]]:
        found = []
        for name, entity in self.known.items():
            place = text.find(name)
            if place >= 0:
                found.append((entity, place, place + len(name)))
        return sorted(found, key=lambda item: item[1])


def report_of(example: dict) -> Report:
    rows = ["\t".join(str(cell) for cell in row) for row in example["rows"]]
    text = "\n".join(
        [
            example.get("title", "주간"),
            "",
            example["caption"],
            "",
            *([example["before"], ""] if "before" in example else []),
            *rows,
            "",
            example.get("note", ""),
            "",
            f"자료: {example.get('source', '가상')}",
            "",
            "끝이다.",
        ]
    )
    date = example.get("date", dt.date(2025, 1, 6))
    return read_text(text, source="example", date=date)


def matches(claim: Claim, wanted: dict) -> bool:
    value = claim.value
    seen = {
        "subject": claim.subject.label,
        "predicate": claim.predicate,
        "object": claim.object.label if claim.object else None,
        "modality": claim.modality,
        "text": value.text if value else None,
        "minimum": value.minimum if value else None,
        "unit": value.unit if value else None,
        "currency": value.currency if value else None,
        **claim.qualifiers,
    }
    for key, want in wanted.items():
        got = seen.get(key)
        if want is None:
            if got is not None:
                return False
        elif key == "minimum":
            if got is None or Decimal(got) != Decimal(str(want)):
                return False
        elif fold(str(got)) != fold(str(want)):
            return False
    return True


@pytest.mark.parametrize(
    "example", load_words("tables/tables.yaml")["examples"], ids=lambda example: example["name"]
)
def test_example(example: dict) -> None:
    report = report_of(example)
    assert len(report.tables) == 1
    claims = table_claims(report, report.tables[0], Names(example.get("known", {})))
    shown = "\n".join(
        f"{c.subject.label} {c.predicate} {c.object and c.object.label} {c.value} {dict(c.qualifiers)} {c.modality}"
        for c in claims
    )
    for wanted in example["claims"]:
        assert any(matches(claim, wanted) for claim in claims), f"{wanted} not in\n{shown}"
    for unwanted in example.get("absent", ()):
        assert not any(matches(claim, unwanted) for claim in claims), f"{unwanted} in\n{shown}"
    for claim in claims:
        evidence = claim.evidence
        assert report.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip()
        assert evidence.table == report.tables[0].label
        assert bool(evidence.row) == bool(evidence.column)
        assert set(claim.qualifiers) <= set(QUALIFIERS)  # a store takes no others
