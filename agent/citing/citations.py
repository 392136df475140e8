"""The citation checker: does what is cited support what is said?

Offline and Korean-aware. A sentence passes when its quotations are verbatim, when
every number and date in it occurs in what it cites (units converted, dates resolved
against the report's date) or in its arithmetic, and there of the same thing; when
every entity it names occurs there under some name; and when the relation it asserts
is the one its evidence supports: direction, negation, modality.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from agent.answer import Sentence
from agent.citing.figures import (
    Tokens,
    Told,
    date_spans,
    misplaced_figure,
    turned,
    unsupported_date,
    unsupported_figure,
)
from agent.citing.relations import disagreement
from agent.questions.linking import Linker, fold
from corpus.clean import plain
from kg.claim import Evidence

_LIST_LENGTH = 120
_REMEMBERED = 4096
_MARK = re.compile(r"\[\d+\]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTATION = re.compile(r"“.+”", re.S)


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation offers: its evidence and the text around it.

    ``text`` is the report's whole text; ``nearby`` the passage in which the quote
    stands, ``caption`` that of its table and ``row`` its whole row; ``date`` the report's,
    ``written`` that of the article within it, from which its words count.
    ``title`` is that of the report: a table, or a card on one firm, may name it nowhere else.
    """

    evidence: Evidence
    text: str
    nearby: str
    date: dt.date
    written: dt.date
    caption: str = ""
    row: str = ""
    title: str = ""


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
        self._known: dict[Sentence, Verdict] = {}

    def take_over(self, before: Checker, reports: Collection[str]) -> None:
        """Keep the verdicts that ``before`` gave on what cites these reports alone.

        Only for a checker over the same names: a verdict rests on them and on the reports.
        """
        self._known = {
            sentence: verdict
            for sentence, verdict in before._known.items()
            if all(evidence.report in reports for evidence in sentence.evidence)
        }

    def check(self, sentence: Sentence) -> Verdict:
        """Judge one sentence against all the evidence it cites."""
        if sentence not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[sentence] = self._judged(sentence)
        return self._known[sentence]

    def _judged(self, sentence: Sentence) -> Verdict:
        if not sentence.evidence:
            return Verdict(False, "it cites nothing")
        sources = [self._source(evidence) for evidence in sentence.evidence]
        said = _MARK.sub("", sentence.text)
        if sentence.quoted:  # what is quoted is checked letter by letter
            said = _QUOTATION.sub("", said)
        checks: tuple[Callable[[], Verdict], ...] = (
            lambda: _verbatim(sources),
            lambda: _quotations(sentence, sources),
            lambda: self._figures(said, sentence.steps, sources),
            lambda: self._entities(said, sources),
            lambda: _modality(sentence),
            lambda: self._relation(said, sentence, sources),
        )
        return next((v for check in checks if not (v := check()).supported), Verdict(True))

    def _figures(self, said: str, steps: Sequence[str], sources: Sequence[Source]) -> Verdict:
        """Judge dates and figures; digits of names ("TPU v6") are checked as names."""
        if not re.search(r"\d", said):
            return Verdict(True)
        date = sources[0].written
        quotes = " | ".join(source.evidence.quote for source in sources)
        headers = " | ".join(_headers(source) for source in sources)
        around = " | ".join(f"{_offered(source)} | {source.nearby}" for source in sources)
        published = frozenset(source.date.isoformat() for source in sources)
        published |= {year for source in sources for year in _years(source.evidence)}
        if wrong := unsupported_date(said, f"{quotes} | {headers}", around, date, published):
            return Verdict(False, f"the date {wrong!r} does not occur in what it cites")
        taken = self._taken(said, date)
        if wrong := unsupported_figure(said, taken, quotes, headers, steps):
            return Verdict(False, f"the number {wrong!r} does not occur in what it cites")
        if len(sources) > 1 or steps:
            return Verdict(True)
        quote_taken = self._taken(quotes, date)
        tokens = self._tokens(date)
        if wrong := misplaced_figure(said, taken, quotes, quote_taken, tokens):
            return Verdict(False, f"{wrong!r} is said of something else in what it cites")
        if wrong := turned(said, taken, quotes):
            return Verdict(False, f"{wrong!r} goes the other way in what it cites")
        return Verdict(True)

    def _taken(self, text: str, date: dt.date) -> list[tuple[int, int]]:
        """The ranges of names and dates, whose digits are no figures."""
        spans = [(link.start, link.end) for link in self._linker.find(text)]
        return spans + [(start, end) for start, end, _ in date_spans(text, date)]

    def _tokens(self, date: dt.date) -> Tokens:
        """Reads the names, the periods and the nouns of a stretch of text."""
        from kg.search.analyzer import morphemes

        def read(text: str) -> Told:
            links = self._linker.find(text)
            spans = [(link.start, link.end) for link in links]
            names = {e for link in links for e in link.entities}
            dates = date_spans(text, date)
            spans += [(start, end) for start, end, _ in dates]
            words = {
                m.form
                for m in morphemes(text)
                if m.tag in ("NNG", "NNP", "SL") and not any(a <= m.start < b for a, b in spans)
            }
            return frozenset(names), frozenset(v for *_, v in dates), frozenset(words)

        return read

    def _relation(self, said: str, sentence: Sentence, sources: Sequence[Source]) -> Verdict:
        """Judge direction, negation and modality of a sentence on one quote of prose."""
        evidence = sources[0].evidence
        if sentence.quoted or sentence.steps or len(sources) > 1 or evidence.row:
            return Verdict(True)
        wrong = disagreement(said, plain(evidence.quote), self._linker)
        return Verdict(False, f"it {wrong}") if wrong else Verdict(True)

    def _entities(self, said: str, sources: Sequence[Source]) -> Verdict:
        named = self._linker.find(said)
        if not named:
            return Verdict(True)
        text = " | ".join(
            part
            for source in sources
            for part in (_offered(source), *_listed(source), self._card(source.title))
        )
        folded = fold(text)
        unsaid = [link for link in named if fold(link.text) not in folded]
        offered: set[str] = set()
        for link in self._linker.find(text) if unsaid else ():  # or under another name
            for entity in link.entities:
                offered |= self._families(entity)
        for link in unsaid:
            if not offered & set(link.entities):
                return Verdict(False, f"{link.text!r} does not occur in what it cites")
        return Verdict(True)

    def _card(self, title: str) -> str:
        """Return a title that names one thing, which the whole report is then about."""
        named = {link.entities for link in self._linker.find(title)}
        return title if len(named) == 1 else ""


def _years(evidence: Evidence) -> list[str]:
    """The bare years that head a cell's row and column: "2024"."""
    labels = (evidence.row or "", evidence.column or "")
    return [label.strip() for label in labels if _YEAR.fullmatch(label.strip())]


def _headers(source: Source) -> str:
    """What heads a quote: row, column, caption and headings."""
    evidence = source.evidence
    parts = (evidence.row or "", evidence.column or "", source.caption, *evidence.section)
    return " | ".join(part for part in parts if part)


def _offered(source: Source) -> str:
    """All that a citation offers for names: of a cell its row and column, not other rows."""
    evidence = source.evidence
    nearby = source.row if evidence.row else source.nearby
    title = source.title if evidence.row else ""
    return " | ".join((evidence.quote, _headers(source), nearby, title))


def _listed(source: Source) -> list[str]:
    """Names that a short quote lists in brief: "MTIA v1/v2", "TPU v1~v6"."""
    from extractors.tables.cells import names_in

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
    cited = [fold(_clean(source)) for source in sources]
    for quotation in re.findall(r"“(.+)”", sentence.text, re.S):
        parts = [fold(part) for part in quotation.split("…") if part.strip()]
        if not any(all(part in text for part in parts) for text in cited):
            return Verdict(False, "a quotation is not in the quote it cites")
    return Verdict(True)


def _clean(source: Source) -> str:
    """A quote without markup, also where markup that opens before it ends in it."""
    from corpus.clean import clean
    from corpus.report import Span

    text, evidence = source.text, source.evidence
    start = text.rfind("\n", 0, evidence.start) + 1
    end = text.find("\n", evidence.end)
    line = clean(text, Span(start, len(text) if end < 0 else end))
    return "".join(
        char
        for char, at in zip(line.text, line.offsets, strict=False)
        if evidence.start <= at < evidence.end
    )


_HEDGES: Mapping[str, str] = {
    "plan": "계획|예정|방침|목표|plan|expected|will ",
    "forecast": "전망|예상|예측|추정|forecast|expected|project",
    "rumour": "알려졌|전해졌|관측|소문|보도|reportedly|rumour",
    "opinion": "의견|제시|목표주가|주장|평가|언급|말|밝|보았|view|said|stated|claim",
    "denied": "무산|부인|취소|막|않|아니|저지|기각|cancel|block|denied|not ",
}


def _modality(sentence: Sentence) -> Verdict:
    """A sentence resting only on non-facts must say so."""
    if sentence.quoted or not sentence.modalities or "fact" in sentence.modalities:
        return Verdict(True)
    hedges = "|".join(_HEDGES[modality] for modality in sentence.modalities)
    own = re.search(hedges + "|에 따르면|According to", sentence.text)
    return Verdict(True) if own else Verdict(False, f"tells a {sentence.modalities[0]} as a fact")
