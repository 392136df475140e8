"""Lines that wrap: joined with a space between words, without one inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.readers.pdf.symbols import HYPHEN

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_HANGUL = re.compile(r"[가-힣]")
_COUNTER = re.compile(
    r"(?:년|월|일|분기|개월|명|원|억|만|조|달러|%|퍼센트)|(?:시|개|건|대|종|곳|배|위|차|회)(?=[\s,.은는이가을를의에로와과도]|$)"
)
_FIGURE = re.compile(r"[-+▲▼△]?[\d,.]+")
_TAIL = re.compile(
    r"(?:하(?:고|며|는|여|였|기|도록|면|게|다)|했|한다|됐|되(?:고|며|는|어|었|기|도록|면|다)|된다"
    r"|(?:함|됨|할|될|한|된)(?=[\s,.)]|$))(?!께)"
)
_NOUN = re.compile(r"[가-힣][^\W은는이가을를의에와과도로고며서만]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_STEM = re.compile(r"[\w&+]+")
_ENDING = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|부터|까지|보다|처럼|라는|이라는|라고|이며|인|들)$"
)
_FEW, _ENOUGH, _SELDOM = 12, 120, 0.12
"""So few breaks tell nothing, so many are enough; Kiwi errs in fewer than this share."""
_WORDS = 3
"""So many words on either side are enough to decide by."""


@lru_cache(maxsize=1)
def _kiwi() -> Kiwi:
    from kiwipiepy import Kiwi

    return Kiwi(load_multi_dict=False, load_typo_dict=False)


def spaced(text: str) -> str:
    """Return ``text`` with a space between words that stand without one, as Kiwi reads them."""
    return _kiwi().space(text) if _HANGUL.search(text) else text


class Joiner:
    """Joins wrapped lines, by what the document itself shows of its words and its breaks.

    ``lines`` are all its lines; ``breaks`` the pairs of lines with no space drawn between.
    """

    def __init__(self, lines: Iterable[str], breaks: Iterable[tuple[str, str]] = ()) -> None:
        self.words = " ".join(lines)
        glosses = re.findall(r"[\w’”] ?[(](?=\w)", self.words)
        self.gloss = "" if sum(1 for g in glosses if " " not in g) * 2 > len(glosses) else " "
        pairs = [(a, b) for a, b in breaks if _HANGUL.match(a[-1:]) and _HANGUL.match(b)]
        cut = sum(1 for left, right in pairs[:_ENOUGH] if _glued(left, right))
        self.whole = len(pairs) >= _FEW and cut < _SELDOM * len(pairs[:_ENOUGH])
        """Whether lines never break inside a word, so that Kiwi need not be asked."""

    def join(self, parts: Sequence[tuple[str, bool]]) -> str:
        """Join the lines of a paragraph; each is a text and whether a space is drawn after it."""
        pieces: list[str] = []
        for i, (text, _) in enumerate(parts):
            if i:
                left, spaced = parts[i - 1]
                pieces.append(self._gap(left, text, spaced=spaced))
            pieces.append(text.removesuffix(HYPHEN))
        return "".join(pieces)

    def _gap(self, left: str, right: str, *, spaced: bool) -> str:
        """What stands between two lines, the hyphen of a parted word included."""
        if left.endswith(HYPHEN):
            return "" if self._parted(left.removesuffix(HYPHEN), right) else "-"
        return " " if spaced else self._between(left, right)

    def _parted(self, left: str, right: str) -> bool:
        """Whether a hyphen at the end of a line only parts a word."""
        one, other = re.search(r"\w+$", left), _STEM.match(right)
        if not one or not other:
            return False
        if f"{one[0]}-{other[0]}" in self.words:
            return False
        return one[0] + other[0] in self.words or right[0].islower()

    def _between(self, left: str, right: str) -> str:
        """What stands between two lines: a space or nothing."""
        plain = _by_signs(left, right)
        if plain is not None:
            return plain
        known = self._known(left, right)
        if known is not None:
            return known
        end, start = left[-1], right[0]
        if end.isdigit() and _COUNTER.match(right):
            return ""
        if start == "(":
            return self.gloss
        if not _HANGUL.match(start):
            return " "
        if not _HANGUL.match(end):
            return "" if _PARTICLE.match(right) or end in "·∙・" else " "
        return "" if not self.whole and _glued(left, right) else " "

    def _known(self, left: str, right: str) -> str | None:
        """How the rest of the document writes the two halves, when it has them."""
        one = re.split(r"[\s(\[‘“「'\"]", left)[-1]
        other = _STEM.match(right)
        if not one or not other:
            return None
        half = _ENDING.sub("", other[0]) or other[0]
        if len(one) + len(half) < (2 if one.isascii() else 3):
            return None
        together = self.words.count(one + half)
        apart = self.words.count(f"{one} {half}") - 1  # the break itself is one
        if together == max(apart, 0):
            return None
        return "" if together > apart else " "


def _by_signs(left: str, right: str) -> str | None:
    """What the signs at the break decide."""
    if _ADDRESS.search(left) and not _HANGUL.match(right):
        return ""
    end, start = left[-1], right[0]
    if end in "-‐/" and start.isalnum():
        return "" if len(left) > 1 and left[-2].isalnum() else " "
    if end in "([{“‘「『<〈△▲▽▼" or start in ")]}”’」』>〉,.!?%％":
        return ""
    if end in "'\"" and left.count(end) % 2:
        return ""
    if start.isdigit() and _FIGURE.fullmatch(left) and re.fullmatch(r"[\d,.]+%?", right):
        return ""
    if start.isdigit() and _halved(left, right):
        return ""
    return None


def _halved(left: str, right: str) -> bool:
    """A figure cut after its thousands' comma."""
    return left.endswith(",") and re.match(r"\d{3}(?!\d)", right) is not None


_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|부터|까지|보다|처럼|라는|이라는|라고|이라고|인|이며|이고|라며|측|사)"
    r"(?=[\s,.)]|$)"
)


@lru_cache(maxsize=4096)
def _glued(left: str, right: str) -> bool:
    """Whether two Hangul lines break inside a word, as Kiwi reads the words around."""
    before, after = " ".join(left.split()[-_WORDS:]), " ".join(right.split()[:_WORDS])
    if _PARTICLE.match(right) and not right.startswith(("이 ", "만 ", "도 ", "측", "사", "인 ")):
        return True
    if _TAIL.match(right) and _NOUN.search(left):
        return True
    _, spaces = _kiwi().glue([before, after], return_space_insertions=True)
    return not spaces[0]
