"""What of a model's answer is believed: only what the passage itself bears out.

Every check that fails names its reason, under which the claim is counted as dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from corpus.datelines import Datelines
from corpus.report import Report, Table
from extractors.language.modality import modality
from extractors.llm.names import ReportNames
from extractors.llm.prompt import ReadClaim, Request
from extractors.llm.relations import Relation
from extractors.values.periods import find_periods
from extractors.values.values import find_values, parse_value
from kg.claim import Claim, Entity, Evidence, Modality, Value
from kg.curation import occurrences
from kg.identity import names_of

CONFIDENCE = Decimal("0.7")
"""Between a frame (0.8) and a loose rule (0.6): verbatim, but read by no rule."""

_LONGEST_QUOTE = 600
_MEASURED = frozenset({"hasMetric", "marketShare", "marketSize"})
_NAMES = frozenset({"partner", "counterparty", "product"})
_TIMES = frozenset({"period", "date"})
_ASKED = re.compile(r"[?？]['\"”’」』)\s]*$")
_JOINED = re.compile(r"(?:[며고나만데서]|[는은]데),?\s")
_SENTENCE_END = re.compile(r"[.!?。？]+(?=\s|$)|\n\s*\n")


class Unbelieved(Exception):
    """A claim is dropped; the message is the reason it is counted under."""


@dataclass(frozen=True)
class Checker:
    """Checks what a model claims about one report."""

    report: Report
    names: ReportNames
    extractor: str

    def claim(self, item: Any, request: Request) -> tuple[Claim, int]:
        """Return a believed claim and how many of its qualifiers were not.

        Raises Unbelieved with the reason.
        """
        try:
            read = ReadClaim.model_validate(item)
        except ValidationError as exc:
            raise Unbelieved("malformed") from exc
        relation = next((r for r in request.relations if r.name == read.predicate), None)
        if relation is None:
            raise Unbelieved("relation not asked about")
        start, quote = self._quoted(read.quote, request)
        subject, target = self._parties(read, relation, request)
        value = _value(read.value, relation, quote)
        parties = ((read.subject, subject), (read.object, target))
        if not relation.signature.literal and not any(_names(quote, *p) for p in parties):
            raise Unbelieved("quote names neither subject nor object")
        qualifiers = self._qualifiers(read, relation, request)
        if relation.name == "hasMetric" and "metric" not in qualifiers:
            raise Unbelieved("metric without its name")
        speaker = self.names.find(read.attributed_to, "Organization", request.passage)
        claim = Claim(
            subject,
            relation.name,
            target,
            value,
            self._evidence(start, quote, request),
            dict(sorted(qualifiers.items())),
            self._modality(read, start, quote, request),
            speaker.label if speaker else None,
            self.extractor,
            CONFIDENCE,
        )
        lost = len(read.qualifiers) - len(qualifiers)
        return claim, lost + (bool(read.attributed_to) and speaker is None)

    def _quoted(self, quote: str, request: Request) -> tuple[int, str]:
        """Return where a quote stands; a break of line counts as the space it was read as."""
        words = quote.split()
        if not words or len(quote) > _LONGEST_QUOTE:
            raise Unbelieved("quote empty or too long")
        pattern = r"\s+".join(map(re.escape, words))
        match = re.search(pattern, request.text)
        if match is None:
            raise Unbelieved("quote not in the passage")
        return request.passage.span.start + match.start(), match.group()

    def _parties(
        self, read: ReadClaim, relation: Relation, request: Request
    ) -> tuple[Entity, Entity | None]:
        signature, passage = relation.signature, request.passage
        subject = self.names.find(read.subject, read.subject_class, passage)
        if subject is None:
            raise Unbelieved("subject not in the passage")
        if not signature.allows_subject(subject.cls):
            raise Unbelieved("subject of a wrong class")
        if signature.literal:
            return subject, None
        target = self.names.find(read.object, read.object_class, passage)
        if target is None:
            raise Unbelieved("object not in the passage")
        if not signature.allows_object(target.cls):
            raise Unbelieved("object of a wrong class")
        if target.id == subject.id:
            raise Unbelieved("related to itself")
        return subject, target

    def _qualifiers(self, read: ReadClaim, relation: Relation, request: Request) -> dict[str, str]:
        kept: dict[str, str] = {}
        for item in read.qualifiers:
            text = " ".join(item.text.split())
            if item.name not in relation.qualifiers or not text:
                continue
            if item.name in _NAMES:
                entity = self.names.find(text, "", request.passage)
                said = entity.label if entity else None
            elif text not in " ".join(request.text.split()):
                said = None
            elif item.name in _TIMES:
                written = Datelines(self.report).at(request.passage.span.start)
                periods = find_periods(text, written)
                said = periods[0].value if len(periods) == 1 else None
            else:
                said = text
            if said:
                kept.setdefault(item.name, said)
        return kept

    def _modality(self, read: ReadClaim, start: int, quote: str, request: Request) -> Modality:
        """Take the model's word, but not for a fact where the only clause says otherwise."""
        after = request.text[start - request.passage.span.start + len(quote) :]
        end = _SENTENCE_END.search(after)
        rest = after[: end.end()] if end else after
        if _ASKED.search(quote) or (_ASKED.search(rest) and not _JOINED.search(rest)):
            raise Unbelieved("only asked")
        tail = quote[_end_of_last(quote, read.subject, read.object, read.value) :] + rest
        if read.modality != "fact" or _JOINED.search(tail):
            return read.modality
        judged = modality(tail)
        if judged is None:
            raise Unbelieved("only asked")
        return judged

    def _evidence(self, start: int, quote: str, request: Request) -> Evidence:
        report, passage = self.report, request.passage
        page = report.page_at(start)
        row, column = _cell(report.tables, start, start + len(quote))
        return Evidence(
            report.id,
            passage.section,
            quote,
            start,
            start + len(quote),
            page.index if page else passage.page,
            page.printed if page else passage.printed_page,
            passage.table,
            row,
            column,
        )


def _end_of_last(quote: str, *names: str) -> int:
    """Return where the last of the names ends in a quote; its verb comes after it."""
    return max((quote.rfind(n) + len(n) for n in names if n and n in quote), default=0)


def _names(quote: str, printed: str, entity: Entity | None) -> bool:
    """Tell whether a quote names an entity, as the model wrote it or by another name."""
    every = () if entity is None else (printed, *names_of(entity))
    return any(occurrences(quote, name) for name in every if name)


def _value(text: str, relation: Relation, quote: str) -> Value | None:
    """Return a value that stands in the quote, normalised where it is a quantity."""
    printed = " ".join(text.split())
    if not printed:
        if relation.signature.literal:
            raise Unbelieved("value missing")
        return None
    if printed not in " ".join(quote.split()):
        raise Unbelieved("value not in the quote")
    found = find_values(printed)
    value = parse_value(printed) or (found[0].value if len(found) == 1 else None)
    if value is None and relation.name in _MEASURED:
        raise Unbelieved("value is no quantity")
    return value or Value(printed)


def _cell(tables: tuple[Table, ...], start: int, end: int) -> tuple[str | None, str | None]:
    """Return the headers of the row and the column that a quote stands in, if in one."""
    for table in tables:
        for row in table.rows:
            if row.span.start <= start and end <= row.span.end:
                cells = [c for c in row.cells if c.span.start <= start and end <= c.span.end]
                column = table.columns[cells[0].column] if cells else None
                return (row.cells[0].text or None) if row.cells else None, column
    return None, None
