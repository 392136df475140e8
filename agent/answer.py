"""What an answer is: sentences, their citations, and how they were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.claim import Evidence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and the evidence it rests on.

    ``quoted`` marks a verbatim quotation. ``steps`` is arithmetic over the evidence,
    shown by ``--explain`` ("900억 − 750억 = 150억"); numbers in it need no citation.
    ``modalities`` are those of the claims said. ``text`` is without citation marks.
    """

    text: str
    evidence: tuple[Evidence, ...]
    quoted: bool = False
    steps: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One numbered citation as `kg ask --json` prints it."""

    n: int
    evidence: Evidence
    title: str
    date: str

    def to_json(self) -> dict[str, Any]:
        """Return the object of the contract's ``citations`` list."""
        evidence = self.evidence
        return {
            "n": self.n,
            "report": evidence.report,
            "title": self.title,
            "date": self.date,
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

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Citation:
        """Rebuild a citation from :meth:`to_json`."""
        keys = ("report", "quote", "start", "end", "page", "printed_page")
        place = {key: data[key] for key in (*keys, "table", "row", "column")}
        evidence = Evidence(section=tuple(data["section"]), **place)
        return cls(data["n"], evidence, data["title"], data["date"])

    def place(self) -> str:
        """Say where it stands, for people: date, section, table, row and column."""
        evidence = self.evidence
        section = evidence.section[-1] if evidence.section else ""
        parts = [
            self.date,
            self.title,
            section,
            evidence.table or "",
            evidence.row or "",
            evidence.column or "",
        ]
        if evidence.page is not None:
            printed = evidence.printed_page
            own = printed in (None, str(evidence.page))
            parts.append(f"{evidence.page}쪽" + ("" if own else f"(인쇄 {printed}쪽)"))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer, or an abstention with its reason."""

    question: str
    language: str
    sentences: tuple[str, ...]
    abstained: bool
    reason: str | None
    citations: tuple[Citation, ...]
    interpretation: Mapping[str, Any]
    sparql: str | None = None
    claims: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    milliseconds: float = 0.0
    dropped: tuple[str, ...] = field(default=())
    model: Mapping[str, Any] | None = None
    """What a language model was asked and took, if there was one."""

    @property
    def text(self) -> str:
        """The answer with its ``[n]`` marks."""
        return " ".join(self.sentences)

    def explanation(self) -> str:
        """Say how the question was read: interpretation, SPARQL, arithmetic, what was dropped."""
        reading = self.interpretation
        parts = (reading["type"], f"relation {reading['relation']}", str(reading["constraints"]))
        lines = [f"interpretation: {' · '.join(parts)}"]
        lines += [f"  entity {iri}" for iri in reading["entities"]]
        if self.sparql:
            lines += ["sparql:", *("  " + line for line in self.sparql.splitlines())]
        lines += [f"step: {step}" for step in self.steps]
        lines += [f"dropped: {sentence}" for sentence in self.dropped]
        if self.reason:
            lines.append(f"abstained: {self.reason}")
        lines.append(f"time: {self.milliseconds:.0f} ms")
        return "\n".join(lines)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answer:
        """Rebuild an answer from :meth:`to_json`; its text is one piece.

        Raises:
            KeyError: when a key of the document is missing.
        """
        return cls(
            question=data["question"],
            language=data["language"],
            sentences=(data["answer"],),
            abstained=data["abstained"],
            reason=data["reason"],
            citations=tuple(Citation.from_json(c) for c in data["citations"]),
            interpretation=data["interpretation"],
            sparql=data["sparql"],
            claims=tuple(data["claims"]),
            steps=tuple(data["steps"]),
            milliseconds=float(data["timing_ms"]["total"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the contract's `kg ask --json` document."""
        model = {} if self.model is None else {"model": dict(self.model)}
        return {
            "question": self.question,
            "language": self.language,
            "answer": self.text,
            "abstained": self.abstained,
            "reason": self.reason,
            "interpretation": dict(self.interpretation),
            "sparql": self.sparql,
            "claims": list(self.claims),
            "citations": [citation.to_json() for citation in self.citations],
            "steps": list(self.steps),
            "timing_ms": {"total": round(self.milliseconds, 1)},
            **model,
        }


def number_citations(
    sentences: Sequence[Sentence], titles: Mapping[str, tuple[str, str]]
) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Give each distinct evidence a number and set the marks behind its sentences.

    ``titles`` maps a report id to its title and ISO date.
    """
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    marked: list[str] = []
    for sentence in sentences:
        marks: list[int] = []
        for evidence in sentence.evidence:
            key = (evidence.report, evidence.start, evidence.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                title, date = titles[evidence.report]
                citations.append(Citation(numbers[key], evidence, title, date))
            if numbers[key] not in marks:
                marks.append(numbers[key])
        marked.append(f"{sentence.text} {''.join(f'[{n}]' for n in marks)}".strip())
    return tuple(marked), tuple(citations)
