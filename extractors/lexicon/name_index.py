"""Find many names in Korean text at once: folded, longest first, never inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.identity import unaccented

_SKIPPED = " -‐‑–·\u00a0"
_PARTICLE = (
    "으로부터|로부터|에게서|한테서|이라는|이라고|이라며|으로서|으로써|에서의|에서는|에서도|에서|에게|"
    "까지|부터|조차|마저|처럼|만큼|보다|마다|밖에|뿐|이나|이란|이며|이고|이다|이었|이자|입니다|이라|"
    "라는|라고|라며|로서|로써|하고|께서|와의|과의|에는|에도|에만|에의|으로|였다|였던|"
    "이에요|이예요|예요|이죠|죠|이지만|지만|인데요|인데|이거든요|거든요|이네요|네요|이군요|군요|한테|이니까|니까|"
    "은|는|이|가|을|를|의|와|과|에|도|만|로|나|란|며|고|다|인|임|씩|랑|야|서"
)
_SUFFIX = "향|向|사|측|社|판|발|계|제|산|용|표|형|식|님|씨|들|쪽|급|계열|그룹|진영|주도|출신|덕분"
_AFTER_HANGUL = re.compile(rf"(?:{_SUFFIX})?(?:{_PARTICLE}){{0,3}}(?![가-힣])")


_OPENING = 3
"""By so many first characters the lengths of longer keys to look for are told."""

Targets = list[tuple[str, str]]
"""Whom a key means: pairs of an id and the name as it was added."""


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Fold a name to its key: case, accents, spaces, hyphens and middle dots do not count."""
    return fold_text(name)


def fold_text(text: str) -> str:
    """Fold a whole text as :func:`fold` does a name, so that keys can be looked for in it."""
    return _without_skipped(unaccented(text).replace("’", "'").replace("‘", "'").lower())


def _without_skipped(text: str) -> str:
    for char in _SKIPPED:
        text = text.replace(char, "")
    return text


class NameIndex:
    """Names by their folded keys; each key leads to the ids it was added with.

    ``base`` is another index, without one itself, that is searched too and never changed, so
    that the big lexicon is built once and every report adds its own few names on top.
    """

    def __init__(
        self, names: Iterable[tuple[str, str]] = (), base: NameIndex | None = None
    ) -> None:
        self._base: Mapping[str, Targets] = base._targets if base else {}
        self._targets: dict[str, Targets] = {}
        self._lengths: dict[str, list[int]] = dict(base._lengths) if base else {}
        self._short: set[str] = set(base._short) if base else set()
        for name, target in names:
            self.add(name, target)

    def add(self, name: str, target: str, *, first: bool = False) -> None:
        """Add one name; a key that is there already keeps all its targets, in order.

        ``first`` puts the new target before the others.
        """
        key = fold(name)
        if not key:
            return
        if len(key) < _OPENING:
            self._short.add(key)
        else:
            lengths = {*self._lengths.get(key[:_OPENING], ()), len(key)}
            self._lengths[key[:_OPENING]] = sorted(lengths, reverse=True)
        targets = self._targets.setdefault(key, [])
        if (target, name) not in targets:
            targets.insert(0 if first else len(targets), (target, name))

    def get(self, name: str) -> Targets:
        """Return the (target, added name) pairs of exactly this name."""
        return self._of_key(fold(name))

    def _of_key(self, key: str) -> Targets:
        return [*self._base.get(key, ()), *self._targets.get(key, ())]

    def candidates(self, text: str) -> Iterator[list[tuple[int, int, Targets]]]:
        """Yield for each place where names start all that match there, longest first."""
        lowered = unaccented(text).lower()
        if len(lowered) != len(text):
            lowered = text
        folded, lengths, short = _without_skipped(lowered), self._lengths, self._short
        start = _GAP.match(lowered).end()  # type: ignore[union-attr]  # it may be empty
        at = _kept(lowered[:start])
        for word, gap in _WORDS.findall(lowered):
            opening = folded[at : at + _OPENING]
            if opening in lengths or opening[:2] in short or opening[0] in short:
                found = []
                for key, targets in self._keys_at(folded, at):
                    inside = len(key) <= len(word)
                    ends = start + len(key) if inside else _end(lowered, start, len(key))
                    if ends_word(lowered, ends):
                        found.append((start, ends, targets))
                if found:
                    yield found
            start += len(word) + len(gap)
            at += len(word) + _kept(gap)

    def _keys_at(self, folded: str, at: int) -> list[tuple[str, Targets]]:
        """List the keys that begin at a place of a folded text, longest first."""
        opening, left = folded[at : at + _OPENING], len(folded) - at
        lengths = self._lengths.get(opening, ())
        keys = [folded[at : at + length] for length in lengths if length <= left]
        shorter = (opening[:2], opening[0]) if left > 1 else (opening,)
        keys += [key for key in shorter if key in self._short]
        both = self._base, self._targets
        return [(key, known[key]) for key in keys for known in both if key in known]


_GAP = re.compile(r"[\W_]*")
_WORDS = re.compile(r"([가-힣]+|[一-鿿]+|[^\W_가-힣一-鿿]+)([\W_]*)")
"""A word, or what is of one script within a word, where names may begin; and what follows it."""


@lru_cache(maxsize=1024)
def _kept(gap: str) -> int:
    """Return how much of what stands between two words a folded text keeps."""
    return len(_without_skipped(gap))


def _end(text: str, start: int, length: int) -> int:
    """Return where so many characters end that begin at a place, those skipped not counted."""
    for end in range(start, len(text)):
        length -= text[end] not in _SKIPPED
        if length == 0:
            return end + 1
    return len(text)


def ends_word(text: str, end: int) -> bool:
    """Tell whether a name may end here: at no letter, or before particles only.

    What is only with it is not it: "CUDA-enabled", "Arm-based".
    """
    if end >= len(text):
        return True
    if text[end] == "-" and _WITH_IT.match(text, end):
        return False
    last, following = _kind(text[end - 1]), _kind(text[end])
    if following != last:
        return True
    return following == "한" and _AFTER_HANGUL.match(text, end) is not None


_WITH_IT = re.compile(
    r"-(?:based|enabled|powered|driven|backed|ready|native|compatible|optimi[sz]ed|like)\b", re.I
)


def _kind(char: str) -> str:
    if "가" <= char <= "힣":
        return "한"
    if "一" <= char <= "鿿":
        return "漢"
    return "A" if char.isalnum() else ""
