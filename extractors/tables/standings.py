"""How sure a table is of its figures: a column of standings, or a note that doubts a label."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.report import Cell, Table
from extractors.tables.schema import modality_of_status
from extractors.tables.vocabulary import fold, schema
from kg.claim import Modality

_LONGEST = 14
"""How long a standing is at most; what is longer is a remark."""
_SENTENCE = re.compile(r"(?<=[다음함임])\.\s*")
_BY_OTHERS = re.compile(r"^각 ?사(?:\s[가-힣]+)?,\s(?:[^,()]+,\s)*?[^,()]+\((?P<label>[^()]+)\)")
"""Who tells of one column only, beside the firms: "자료: 각 사, 가나리서치(K3)"."""


@dataclass(frozen=True, slots=True)
class Standings:
    """``rows``: how sure the figures of a row are; ``doubted``: labels of unofficial figures."""

    rows: Mapping[int, Modality]
    doubted: frozenset[str]

    @classmethod
    def read(cls, table: Table, rows: Sequence[Sequence[Cell]]) -> Standings:
        """Read the standings of rows ("철회", "보도") and notes ("K3 열은 공식 사양이 아니다")."""
        columns = [i for i, text in enumerate(table.columns) if fold(text) in schema().standing]
        told = [cell for row in rows for cell in row if cell.column in columns]
        told = [cell for cell in told if len(cell.text) <= _LONGEST]
        labels = {*table.columns, *(row[0].text for row in rows if row), *(c.text for c in told)}
        doubted = _doubted(table, labels)
        kinds = {c.row: modality_of_status(c.text) for c in told}
        unsure = {row: kind for row, kind in kinds.items() if kind in ("rumour", "denied")}
        return cls(unsure | {c.row: "rumour" for c in told if c.text in doubted}, doubted)

    def of(self, cell: Cell, place: tuple[str, str]) -> Modality | None:
        """Return how sure a figure is where the table says it is none that is certain."""
        return "rumour" if self.doubted & set(place) else self.rows.get(cell.row)


def _doubted(table: Table, labels: set[str]) -> frozenset[str]:
    """Return the labels that a note doubts, or that others than the firms themselves tell of."""
    words = schema().doubts
    notes = [note for note in (table.subtitle, *table.notes) if any(w in note for w in words)]
    told = [s for note in notes for s in _SENTENCE.split(note) if any(w in s for w in words)]
    others = {m["label"] for m in _BY_OTHERS.finditer(table.source or "")}
    found = {label for label in labels if label and any(_names(s, label) for s in told)}
    return frozenset(found | (labels & others))


def _names(sentence: str, label: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(label)}(?![A-Za-z0-9])", sentence) is not None
