"""Evidence that a model was shown, numbered, so that it can cite and be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.replies.wording import say
from kg.claim import Claim, Evidence
from kg.iris import claim_iri

if TYPE_CHECKING:
    from agent.answerer import Answerer

_MARK = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")
_TAG = re.compile(r"</?\s*(?:evidence|question)\s*>", re.I)


@dataclass(frozen=True, slots=True)
class Shown:
    """One numbered evidence; ``claim`` is the IRI of the claim that it was shown for."""

    evidence: Evidence
    modalities: tuple[str, ...]
    claim: str | None = None


class Board:
    """Numbers evidence from 1 as it is shown; the same place keeps its number."""

    def __init__(self, answerer: Answerer) -> None:
        self.lock = RLock()
        """Held by a tool while it works: a model may call several at once."""
        self._answerer = answerer
        self._shown: list[Shown] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._claims: dict[str, list[Claim]] = {}

    def claim(self, claim: Claim) -> str:
        """Show a claim: its number, what it says, how sure it is, its quote and report."""
        number = self._number(claim.evidence, (claim.modality,), claim_iri(claim.id))
        told = "" if claim.modality == "fact" else f" ({claim.modality})"
        return f"[{number}] {say([claim], 'ko')}{told} — {self._quoted(claim.evidence)}"

    def quote(self, evidence: Evidence) -> str:
        """Show a sentence or a row of a report: its number, itself and the report."""
        number = self._number(evidence, self._modalities(evidence))
        return f"[{number}] {self._quoted(evidence)}"

    def _quoted(self, evidence: Evidence) -> str:
        info = self._answerer.facts.report(evidence.report)
        place = " · ".join(filter(None, (info.date.isoformat(), info.id, evidence.table)))
        return f"“{plain(evidence.quote)}” ({place})"

    def _number(
        self, evidence: Evidence, modalities: tuple[str, ...], claim: str | None = None
    ) -> int:
        key = (evidence.report, evidence.start, evidence.end, claim)
        if key not in self._numbers:
            self._shown.append(Shown(evidence, modalities, claim))
            self._numbers[key] = len(self._shown)
        return self._numbers[key]

    def _modalities(self, evidence: Evidence) -> tuple[str, ...]:
        """Return how sure the claims are that were read in a sentence."""
        report = evidence.report
        if report not in self._claims:
            self._claims[report] = self._answerer.facts.claims_of(report=report)
        return tuple(
            dict.fromkeys(
                claim.modality
                for claim in self._claims[report]
                if evidence.start < claim.evidence.end and claim.evidence.start < evidence.end
            )
        )

    def sentence(self, written: str) -> tuple[Sentence | None, tuple[str, ...], str]:
        """Read a sentence that a model wrote: the sentence, the claims cited, what is wrong.

        A sentence that cites nothing, or what was not shown, is wrong; an empty one is
        neither a sentence nor wrong.
        """
        text = _MARK.sub("", written).strip()
        if not re.search(r"\w", text):
            return None, (), ""
        marks = (n for found in _MARK.findall(written) for n in found.split(","))
        numbers = list(dict.fromkeys(int(n) for n in marks))
        if not numbers:
            return None, (), f"{text} — it cites nothing"
        if any(not 1 <= n <= len(self._shown) for n in numbers):
            return None, (), f"{text} — it cites a number that was not given"
        cited = [self._shown[n - 1] for n in numbers]
        sentence = Sentence(
            text,
            tuple(item.evidence for item in cited),
            quoted="“" in text,
            modalities=tuple(dict.fromkeys(m for item in cited for m in item.modalities)),
        )
        return sentence, tuple(item.claim for item in cited if item.claim), ""


def plain(text: str) -> str:
    """Put a text on one line; it cannot close the mark it is shown in."""
    return " ".join(_TAG.sub("", text).split())


def numbered(lines: Sequence[str], most: int) -> str:
    """Join lines up to ``most`` characters, saying how many were left out."""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > most:
            kept.append(f"… {len(lines) - len(kept)} more: ask more narrowly")
            break
        kept.append(line)
    return "\n".join(kept)
