"""Of which quarter or year figures are, where a line above them or a sentence before tells it.

Below "2031년 2분기 실적" a figure of accounts without a time is of that quarter, and "2분기"
means the one of that year. The words are ``accounts.yaml``, with examples.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractors.alternation import any_of
from extractors.values.periods import FoundPeriod, find_periods
from extractors.word_lists import load_words

if TYPE_CHECKING:
    from corpus.datelines import Datelines
    from corpus.sentences import Sentence

_BEFORE = 6
"""How many sentences back a quarter with its year is remembered outside of headings."""
_PART = re.compile(r"\d{4}-(?:Q[1-4]|H[12])")
_YEAR_OR_PART = re.compile(r"\d{4}(?:-(?:Q[1-4]|H[12]))?")
_BARE = re.compile(r"[1-4]\s?분기|[상하]반기|Q[1-4]|[1-4]Q")


@dataclass(frozen=True, slots=True)
class _Words:
    results: re.Pattern[str]
    foretold: re.Pattern[str]
    guided: re.Pattern[str]
    measured: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("context/accounts.yaml")
    return _Words(
        re.compile(any_of(data["results"])),
        re.compile(any_of(data["foretold"])),
        re.compile(any_of(data["guided"])),
        tuple(data["measured"]),
    )


def is_accounted(metric: str) -> bool:
    """Tell what accounts of a time tell: "매출", "영업이익 증가율", no "시가총액"."""
    return any(metric == name or metric.startswith(f"{name} ") for name in _words().measured)


def periods_above(
    sentences: Sequence[Sentence], lines: Sequence[str], dates: Datelines
) -> Iterator[str | None]:
    """Yield for every sentence the period of the accounts that it stands below, if of some.

    ``lines`` are the lines over the lists that the sentences are items of. The period of what
    is only expected begins with ``?``.
    """
    headed: dict[tuple[str, ...], str] = {}
    for sentence, line in zip(sentences, lines, strict=True):
        section, date = sentence.section, dates.at(sentence.span.start)
        if sentence.kind == "heading":
            headed[section] = _dated(sentence.clean.text, date, heads=True)
        told = _dated(line, date) if line else ""
        above = (headed[section[:n]] for n in range(len(section), 0, -1) if headed.get(section[:n]))
        period = told or next(above, "")
        yield period if len(period) > 1 else None


@lru_cache(maxsize=256)
def _dated(text: str, date: dt.date, *, heads: bool = False) -> str:
    """Return the period of the accounts that a line is of, behind a ``?`` of what is to come."""
    words = _words()
    found = [p for p in find_periods(text, date) if not p.over]
    period = found[0] if len(found) == 1 and _YEAR_OR_PART.fullmatch(found[0].value) else None
    if words.foretold.search(text):
        guided = period is not None and words.guided.search(text)
        return f"?{period.due or period.value}" if period and guided else "?"
    if period is None or period.ahead:
        return ""
    is_of_results = words.results.search(text) is not None
    is_alone = heads and _is_only_named(text, period)
    return period.value if is_of_results or (is_alone and _PART.fullmatch(period.value)) else ""


def _is_only_named(text: str, period: FoundPeriod) -> bool:
    """Tell a heading of a quarter and at most whose it is: "가나전자 2031년 2분기 (14F)"."""
    rest = re.sub(r"\([^()]*\)", " ", text[: period.start] + " " + text[period.end :])
    return len(re.findall(r"\w*[^\W\d]\w*", rest)) <= 1


class ToldYears:
    """The quarters and halves told with their years, for those told without one behind them."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[str, tuple[str, ...], int, bool]] = {}
        self._at = 0

    def read(self, sentence: Sentence, found: Sequence[FoundPeriod]) -> list[FoundPeriod]:
        """Return the periods of a sentence, each bare quarter in the year told before it."""
        self._at += 1
        text = sentence.clean.text
        return [self._settled(text[p.start : p.end], p, sentence) for p in found]

    def _settled(self, said: str, period: FoundPeriod, sentence: Sentence) -> FoundPeriod:
        if not _PART.fullmatch(period.value):
            return period
        part = period.value[5:]
        if not _BARE.fullmatch(said.strip()):
            if not period.ahead:
                heads = sentence.kind == "heading"
                self._told[part] = (period.value, sentence.section, self._at, heads)
            return period
        value, section, at, heads = self._told.get(part, ("", (), 0, False))
        below = sentence.section[: len(section)] == section
        if not value or not below or (self._at - at > _BEFORE and not heads):
            return period
        return replace(period, value=value, coming=None, due=None, gone=None, ahead=False)
