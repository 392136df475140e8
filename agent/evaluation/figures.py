"""What is measured: shares, misses, and where in a report they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from agent.evaluation.gold import Place
    from corpus.report import Report
    from kg.generation import Generation

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``of``; the score is ``None`` when there was nothing to judge."""

    right: int
    of: int

    @classmethod
    def count(cls, verdicts: Iterable[bool]) -> Share:
        """Count verdicts."""
        kept = list(verdicts)
        return cls(sum(kept), len(kept))

    @property
    def score(self) -> float | None:
        """The share, 0..1."""
        return self.right / self.of if self.of else None

    def to_json(self) -> dict[str, Any]:
        """Return the score, rounded to 4, with its counts."""
        score = self.score
        return {
            "score": None if score is None else round(score, 4),
            "right": self.right,
            "of": self.of,
        }


def harmonic(a: Share, b: Share) -> dict[str, Any]:
    """Return F1 of a precision and a recall as a figure; ``None`` when one is missing."""
    if a.score is None or b.score is None:
        return {"score": None}
    total = a.score + b.score
    return {"score": round(2 * a.score * b.score / total, 4) if total else 0.0}


def shares(
    items: Iterable[tuple[_Item, bool]], key: Callable[[_Item], str]
) -> dict[str, dict[str, Any]]:
    """Return the share of each group of judged items, groups in alphabetical order."""
    groups: dict[str, list[bool]] = {}
    for item, right in items:
        groups.setdefault(key(item), []).append(right)
    return {name: Share.count(groups[name]).to_json() for name in sorted(groups)}


@dataclass(frozen=True, slots=True)
class Miss:
    """Something judged wrong: which item, what was expected, what came, where it stands."""

    part: str
    id: str
    expected: str
    actual: str
    place: str

    def lines(self) -> list[str]:
        """Return it for people, four lines."""
        return [
            f"{self.part} {self.id}".rstrip(),
            f"  expected: {self.expected}",
            f"  actual:   {self.actual or '-'}",
            f"  place:    {self.place or '-'}",
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the figures (a JSON object whose leaves hold ``score``) and its misses."""

    figures: Mapping[str, Any]
    misses: tuple[Miss, ...]


class Sources:
    """The reports of a generation, read once, to say where something stands."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._reports: dict[str, Report] = {}

    def report(self, report_id: str) -> Report:
        """Return a report; raises UnknownReport."""
        if report_id not in self._reports:
            self._reports[report_id] = self._generation.report(report_id)
        return self._reports[report_id]

    def place(self, report_id: str, start: int) -> str:
        """Say where an offset stands: report, line from 1, headings."""
        report = self.report(report_id)
        line = report.text.count("\n", 0, start) + 1
        return " · ".join((f"{report_id} line {line}", " > ".join(report.section_at(start))))

    def place_of_quote(self, report_id: str, quote: str | None) -> str:
        """Say where a quote stands, its white space disregarded; the report alone if nowhere."""
        words = (quote or "").split()
        found = words and re.search(
            r"\s*".join(map(re.escape, "".join(words))), self.report(report_id).text
        )
        return self.place(report_id, found.start()) if found else report_id

    def place_of_answer(self, report_id: str | None, places: Iterable[Place]) -> str:
        """Say where the first of the gold's quotes stands, else which heading or table it names."""
        if report_id is None:
            return ""
        known = list(places)
        for place in known:
            found = place.quote and re.search(place.quote, self.report(report_id).text)
            if found:
                return self.place(report_id, found.start())
        named = [place.table or place.section for place in known if place.table or place.section]
        return " · ".join((report_id, *filter(None, named[:1])))
