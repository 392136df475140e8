"""What sentences say by themselves, whatever stands before them: quantities, dates, grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from corpus.datelines import Datelines
from extractors.context.accounted_periods import ToldYears
from extractors.context.scene import Named
from extractors.figures.measures import is_supposed
from extractors.language.phrases import Parsed
from extractors.language.syntax import parse
from extractors.values.periods import FoundPeriod, find_periods
from extractors.values.values import FoundValue, find_values
from kg.search.analyzer import Morpheme

if TYPE_CHECKING:
    from corpus.sentences import Sentence

_AT_ONCE = 16
"""How many sentences are parsed in a row: so few that Kiwi, still at work, is not waited for."""


class Reading(NamedTuple):
    """What one sentence says; ranges are offsets into its clean text."""

    values: list[FoundValue]
    periods: list[FoundPeriod]
    tokens: Sequence[Morpheme]
    parsed: Parsed


def readings(
    telling: Sequence[tuple[Sentence, Sequence[Named]]],
    dates: Datelines,
    analysed: Iterable[Sequence[Morpheme]],
) -> Iterator[Reading]:
    """Read sentences with their names; ``analysed`` are their morphemes.

    Each rule reads many sentences before the next does: its patterns, which are large, are
    then still in the processor's cache.
    """
    values = [_values(sentence.clean.text, named) for sentence, named in telling]
    years = ToldYears()
    periods = [years.read(sentence, _periods(sentence, dates)) for sentence, _ in telling]
    texts = (sentence.clean.text for sentence, _ in telling)
    pending = zip(values, periods, texts, analysed, strict=True)
    while some := list(islice(pending, _AT_ONCE)):
        parsed = [parse(text, tokens) for _, _, text, tokens in some]
        for (found, dated, _, tokens), told in zip(some, parsed, strict=True):
            yield Reading(found, dated, tokens, told)


def _periods(sentence: Sentence, dates: Datelines) -> list[FoundPeriod]:
    """Find the dates of a sentence, but those that a growth is measured against."""
    found = find_periods(sentence.clean.text, dates.at(sentence.span.start))
    return [period for period in found if not period.over]


def _values(text: str, named: Sequence[Named]) -> list[FoundValue]:
    """Find the quantities of a sentence, but the numbers of names ("라마 5") and of assumptions."""
    inside = [(start, end) for _, start, end in named]
    return [
        v
        for v in find_values(text)
        if not any(s <= v.start and v.end <= e for s, e in inside) and not is_supposed(text, v)
    ]
