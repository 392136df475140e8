"""Numbers that word processors set before paragraphs and do not keep in their text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.marks import CIRCLED, HANGUL

_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_SERIES = {
    "ganada": HANGUL, "hangul_syllable": HANGUL,
    "chosung": _JAMO, "hangul_jamo": _JAMO,
    "decimalenclosedcircle": CIRCLED, "circled_digit": CIRCLED,
    "lowerletter": "abcdefghijklmnopqrstuvwxyz", "latin_small": "abcdefghijklmnopqrstuvwxyz",
    "upperletter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "latin_capital": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}  # fmt: skip
"""Names of OOXML (``w:numFmt``, 17.18.59) and OWPML, folded, and what they count with."""
_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
    (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``template`` holds ``%1`` … for the levels' numbers."""

    format: str
    template: str
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs list by list, as they come."""

    lists: Mapping[str, Mapping[int, Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, key: str, level: int) -> str:
        """Return what stands before the next paragraph of a list; ``""`` when nothing does."""
        levels = self.lists.get(key, {})
        own = levels.get(level)
        if own is None or own.format.casefold() == "none":
            return ""
        if own.format.casefold() == "bullet":
            return "•"
        counts = self.counts.setdefault(key, {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            style = levels.get(at, own)
            return spelled(counts.get(at, style.start), style.format)

        return re.sub(r"%(\d)", number, own.template).strip()


def spelled(number: int, format: str) -> str:
    """Write a number in a named format; in digits when the format or its range is unknown."""
    name = format.casefold()
    series = _SERIES.get(name)
    if series and 1 <= number <= len(series):
        return series[number - 1]
    if name in ("upperroman", "roman_capital", "lowerroman", "roman_small") and 0 < number < 400:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text if name in ("upperroman", "roman_capital") else text.lower()
    return str(number)
