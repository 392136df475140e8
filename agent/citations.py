"""The citation checker: does what is cited support what is said?

Offline and Korean-aware. A sentence passes when its quotations are verbatim, when
every number and date in it occurs in what it cites (units converted, dates resolved
against the report's date) or in its arithmetic, when every entity it names occurs
there under some name, and when it does not tell a plan, forecast, rumour or denied
event as a fact.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.answer import Sentence
from agent.linking import Linker, fold
from kg.claim import Evidence

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LIST_LENGTH = 120
_MARK = re.compile(r"\[\d+\]")
_QUOTATION = re.compile(r"“.+”", re.S)


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation offers: its evidence and the text around it.

    ``text`` is the report's whole text; ``nearby`` the passage, caption and headings
    in which the quote stands; ``date`` the report's.
    """

    evidence: Evidence
    text: str
    nearby: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported, and if not, why."""

    supported: bool
    reason: str = ""


class Checker:
    """Checks sentences against their sources.

    ``families`` returns the ids that stand for an entity (itself, its parents and
    variants); ``source`` finds the :class:`Source` of an evidence.
    """

    def __init__(
        self,
        linker: Linker,
        families: Callable[[str], frozenset[str]],
        source: Callable[[Evidence], Source],
    ) -> None:
        self._linker = linker
        self._families = families
        self._source = source

    def check(self, sentence: Sentence) -> Verdict:
        """Judge one sentence against all the evidence it cites."""
        if not sentence.evidence:
            return Verdict(False, "it cites nothing")
        sources = [self._source(evidence) for evidence in sentence.evidence]
        said = _MARK.sub("", sentence.text)
        if sentence.quoted:  # what is quoted is checked letter by letter
            said = _QUOTATION.sub("", said)
        return next(
            (
                verdict
                for verdict in (
                    _verbatim(sources),
                    _quotations(sentence, sources),
                    _numbers(self._without_names(said), sentence.steps, sources),
                    self._entities(said, sources),
                    _modality(sentence),
                )
                if not verdict.supported
            ),
            Verdict(True),
        )

    def _without_names(self, said: str) -> str:
        """Blank out names, whose digits ("TPU v6") are no figures and are checked as names."""
        for link in self._linker.find(said):
            said = said[: link.start] + " " * (link.end - link.start) + said[link.end :]
        return said

    def _entities(self, said: str, sources: Sequence[Source]) -> Verdict:
        offered: set[str] = set()
        text = " | ".join(
            part for source in sources for part in (_offered(source), *_listed(source))
        )
        for link in self._linker.find(text):
            for entity in link.entities:
                offered |= self._families(entity)
        folded = fold(text)
        for link in self._linker.find(said):
            if not offered & set(link.entities) and fold(link.text) not in folded:
                return Verdict(False, f"{link.text!r} does not occur in what it cites")
        return Verdict(True)


def _offered(source: Source) -> str:
    evidence = source.evidence
    return " | ".join(
        (
            evidence.quote,
            evidence.row or "",
            evidence.column or "",
            *evidence.section,
            source.nearby,
        )
    )


def _listed(source: Source) -> list[str]:
    """Names that a short quote lists in brief: "MTIA v1/v2", "TPU v1~v6"."""
    from extractors.table_cells import names_in

    quote = source.evidence.quote
    return [name.text for name in names_in(quote)] if len(quote) <= _LIST_LENGTH else []


def _verbatim(sources: Sequence[Source]) -> Verdict:
    for source in sources:
        evidence = source.evidence
        if not evidence.quote or source.text[evidence.start : evidence.end] != evidence.quote:
            return Verdict(False, f"the quote at {evidence.start}:{evidence.end} is not verbatim")
    return Verdict(True)


def _quotations(sentence: Sentence, sources: Sequence[Source]) -> Verdict:
    """Text between “ ” in a quotation must stand in a cited quote, up to markup and spaces."""
    if not sentence.quoted:
        return Verdict(True)
    from corpus.clean import clean

    cited = [fold(clean(source.evidence.quote).text) for source in sources]
    for quotation in re.findall(r"“(.+)”", sentence.text, re.S):
        parts = [fold(part) for part in quotation.split("…") if part.strip()]
        if not any(all(part in text for part in parts) for text in cited):
            return Verdict(False, "a quotation is not in the quote it cites")
    return Verdict(True)


def _numbers(said: str, steps: Sequence[str], sources: Sequence[Source]) -> Verdict:
    offered = " ".join(_offered(source) for source in sources)
    plain = {_plain(n) for n in _DIGITS.findall(offered)} | {
        _plain(n) for step in steps for n in _DIGITS.findall(step)
    }
    amounts = _amounts(offered) | {amount for step in steps for amount in _amounts(step)}
    dates = _dates(sources)
    from extractors.periods import find_periods

    covered: list[tuple[int, int]] = []
    for period in find_periods(said, sources[0].date):
        if any(_same_date(period.value, date) for date in dates):
            covered.append((period.start, period.end))
    for match in _DIGITS.finditer(said):
        if any(start <= match.start() < end for start, end in covered):
            continue
        if _plain(match[0]) in plain or _amounts(said[match.start() :], first=True) & amounts:
            continue
        return Verdict(False, f"the number {match[0]!r} does not occur in what it cites")
    return Verdict(True)


def _plain(number: str) -> str:
    text = number.replace(",", "").lstrip("0") or "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amounts(text: str, *, first: bool = False) -> set[Decimal]:
    """Normalised magnitudes in a text; only one that starts it when ``first``."""
    from extractors.values import find_values

    found: set[Decimal] = set()
    for item in find_values(text[:40] if first else text):
        if first and item.start > 1:
            break
        found |= {n for n in (item.value.minimum, item.value.maximum) if n is not None}
    return found


def _dates(sources: Sequence[Source]) -> set[str]:
    from extractors.periods import find_periods

    found: set[str] = set()
    for source in sources:
        found.add(source.date.isoformat())
        found |= {p.value for p in find_periods(_offered(source), source.date)}
    return found


def _same_date(said: str, offered: str) -> bool:
    """A coarser date is supported by a finer one, never the other way round."""
    return said == offered or offered.startswith(said + "-") or said in offered.split("/")


_HEDGES: Mapping[str, str] = {
    "plan": "계획|예정|방침|목표|plan|expected|will ",
    "forecast": "전망|예상|예측|추정|forecast|expected|project",
    "rumour": "알려졌|전해졌|관측|소문|보도|reportedly|rumour",
    "opinion": "의견|주장|평가|언급|말|밝|보았|view|said|stated|claim",
    "denied": "무산|부인|취소|막|않|아니|저지|기각|cancel|block|denied|not ",
}


def _modality(sentence: Sentence) -> Verdict:
    """A sentence resting only on non-facts must say so."""
    if sentence.quoted or not sentence.modalities or "fact" in sentence.modalities:
        return Verdict(True)
    hedges = "|".join(_HEDGES[modality] for modality in sentence.modalities)
    own = re.search(hedges + "|에 따르면|According to", sentence.text)
    return Verdict(True) if own else Verdict(False, f"tells a {sentence.modalities[0]} as a fact")
