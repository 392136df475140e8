"""Of which quarter or year figures are, where a line above them or a sentence before tells it.

Below "2031년 2분기 실적" a figure of accounts without a time is of that quarter, and "2분기"
means the one of that year. The words are ``accounts.yaml``, with examples.
"""

from __future__ import annotations

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

_LONGEST = 48
"""Characters of the longest line that only dates what is below it."""
_BEFORE = 6
"""How many sentences back a quarter with its year is remembered outside of headings."""
_PART = re.compile(r"\d{4}-(?:Q[1-4]|H[12])")
_YEAR_OR_PART = re.compile(r"\d{4}(?:-(?:Q[1-4]|H[12]))?")
_BARE = re.compile(r"[1-4]\s?분기|[상하]반기|Q[1-4]|[1-4]Q")


@dataclass(frozen=True, slots=True)
class _Words:
    results: re.Pattern[str]
    titled: re.Pattern[str]
    """What ends a line that is no sentence: "2분기 실적 요약"."""
    foretold: re.Pattern[str]
    measured: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("context/accounts.yaml")
    return _Words(
        re.compile(any_of(data["results"])),
        re.compile(rf"{any_of(data['results'])}(?:\s{any_of(data['told'])})?\W*$"),
        re.compile(any_of(data["foretold"])),
        tuple(data["measured"]),
    )


def is_accounted(metric: str) -> bool:
    """Tell what accounts of a time tell: "매출", "영업이익 증가율", no "시가총액"."""
    return any(metric == name or metric.startswith(f"{name} ") for name in _words().measured)


def periods_above(sentences: Sequence[Sentence], dates: Datelines) -> Iterator[str | None]:
    """Yield for every sentence the period of the accounts that it stands below, if of some."""
    headed: dict[tuple[str, ...], str] = {}
    line: str | None = None
    words = _words()
    section: tuple[str, ...] | None = None
    for sentence in sentences:
        if sentence.kind == "heading" or sentence.section != section:
            line = None
        section = sentence.section
        text = sentence.clean.text
        if sentence.kind == "heading" or len(text) <= _LONGEST:
            told = _dated(text, sentence, dates)
            if sentence.kind == "heading":
                headed[section] = told
            elif told and sentence.kind == "prose" and words.titled.search(text):
                line = told
        above = (headed[section[:n]] for n in range(len(section), 0, -1) if headed.get(section[:n]))
        yield (line or next(above, "")).strip("?") or None


def _dated(text: str, sentence: Sentence, dates: Datelines) -> str:
    """Return the period of the accounts that a line is of; ``?`` where it is of what is to come."""
    words = _words()
    if words.foretold.search(text):
        return "?"
    found = [p for p in find_periods(text, dates.at(sentence.span.start)) if not p.over]
    if len(found) != 1 or found[0].ahead or not _YEAR_OR_PART.fullmatch(found[0].value):
        return ""
    is_of_results = words.results.search(text) is not None
    alone = (
        sentence.kind == "heading"
        and _PART.fullmatch(found[0].value)
        and _is_only_named(text, found[0])
    )
    return found[0].value if is_of_results or alone else ""


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
