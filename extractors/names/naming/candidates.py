"""What may be an unknown name: words cut from their particles, runs of words, quoted strings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.syllables import RIEUL, final
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.name_patterns import patterns

_WORD = re.compile(r"[가-힣A-Za-z0-9]+(?:[.&\-'’+][가-힣A-Za-z0-9]+)*")
_HANGUL = re.compile(r"[가-힣]+$")
_VERBAL = re.compile(
    r"(?:[가-힣]다|[하되]고|[하되]며|[하되]면|[으하되]면서|해서|[하되]는|[하되]지|[하되]기|[가-힣]습니다|어요|아요|[해예네군]요"
    r"|[가-힣](?:려고|려는|도록|지만|는데|니까|므로|거나|든지|다며|다고|라고|라며|다는|라는|던데|더니)"
    r"|[가-힣]{2}(?:한|할|함|해|됨|된|될|던|으며|지며|기로|려면|지고|지는|이며|이던))$"
)
"""How verbs and what is quoted end; no name is looked for in them."""
_PARTICLE = re.compile(
    r"(?:으로부터|로부터|에게서|한테서|이라는|이라고|이라며|으로서|으로써|에서의|에서는|에서도|에서|에게는|에게|까지"
    r"|부터|처럼|만큼|보다|마다|이나|이란|이며|이고|이다|이자|라는|라고|라며|로서|로써|하고|께서|와의|과의|와는|과는"
    r"|에는|에도|에만|에의|으로는|으로의|으로|로는|로의|였다|인데|이지만|은|는|이|가|을|를|의|와|과|에|도|만|로|나|란|며|인|측은|측)$"
)
_AFTER_FINAL = frozenset({"은", "이", "을", "과", "으로", "이라는", "이나", "과의", "과는"})
_AFTER_VOWEL = frozenset({"는", "가", "를", "와", "나", "라는", "며", "란", "와의", "와는", "였다"})
_SURE = frozenset({"은", "는", "을", "를", "에서", "에게", "으로", "와의", "과의", "에는", "에도"})
"""Particles that so seldom end a name that the word with them is not looked at."""
_QUOTED = re.compile(
    r"[‘“'\"「『《〈<](?P<name>[^‘’“”'\"「」『』《》〈〉<>\n]{2,32})[’”'\"」』》〉>]"
)
_SENTENCE = re.compile(r"(?:[다요까죠음함됨]|[.?!…])$|[,.?!]\s")
_FOOTNOTE = re.compile(r"[가-힣]\d\)")
"""A word with the number of a note: "계획임1)"."""
_LONGEST = 3
_SHORTEST = 2


class Word(NamedTuple):
    """A run of letters and digits at its place."""

    text: str
    start: int
    end: int


class Candidate(NamedTuple):
    """A stretch of a sentence that may be a name, and the particle behind it.

    ``first`` and ``last`` are the numbers of the words it begins and ends in.
    """

    name: str
    start: int
    end: int
    particle: str
    first: int
    last: int
    quoted: bool = False


def words_of(text: str) -> list[Word]:
    """List the words of a sentence."""
    return [Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=16384)
def stems(word: str) -> tuple[tuple[str, str], ...]:
    """List how a word may be parted into a name and a particle: ("칼디온", "은")."""
    match = _PARTICLE.search(word)
    if match is None or match.start() == 0:
        return ((word, ""),)
    particle, stem = match[0], word[: match.start()]
    if not _agrees(stem[-1], particle):
        return ((word, ""),)
    if len(stem) < 2 or (len(stem) < 3 and particle not in _SURE and stem[-1] >= "가"):
        return (word, ""), (stem, particle)
    parted = stem, particle
    return (parted,) if particle in _SURE else (parted, (word, ""))


def _agrees(last: str, particle: str) -> bool:
    """Tell whether a particle fits the sound before it: "은" a final consonant, "는" a vowel."""
    consonant = final(last)
    if consonant < 0:
        return True
    if particle.startswith("으로"):
        return consonant not in (0, RIEUL)
    if particle in ("로", "로는", "로의", "로부터", "로서", "로써"):
        return consonant in (0, RIEUL)
    return particle not in (_AFTER_VOWEL if consonant else _AFTER_FINAL)


def candidates(
    text: str,
    words: Sequence[Word],
    taken: Collection[tuple[int, int]],
    common: Collection[str],
) -> Iterator[Candidate]:
    """Yield what may be a name in a sentence; ``taken`` are the ranges of known names.

    ``common`` are words that are none by themselves.
    """
    named = bytearray(len(text))
    for start, end in taken:
        named[start:end] = b"\1" * (end - start)
    free = [1 not in named[w.start : w.end] and text[w.start - 1 : w.start] != "#" for w in words]
    for at, word in enumerate(words):
        if free[at] and not word.text[0].isdigit() and word.text not in common:
            yield from _single(text, at, word, common)
            yield from _runs(text, words, free, at, common)
    for match in _QUOTED.finditer(text):
        yield from _in_quotes(match, words, taken)


def _single(sentence: str, at: int, word: Word, common: Collection[str]) -> list[Candidate]:
    if is_verbal(word.text):
        return []
    start, stop = word.start, patterns().stop
    return [
        Candidate(stem, start, start + len(stem), particle, at, at)
        for stem, particle in stems(word.text)
        if len(stem) > 1 and stem not in common and fold(stem) not in stop
        if not _FOOTNOTE.match(sentence, start + len(stem) - 2)
    ]


@lru_cache(maxsize=16384)
def is_verbal(word: str) -> bool:
    """Tell a verb or what is quoted by how it ends."""
    return _HANGUL.fullmatch(word) is not None and _VERBAL.search(word) is not None


def _runs(
    text: str, words: Sequence[Word], free: Sequence[bool], at: int, common: Collection[str]
) -> Iterator[Candidate]:
    """Yield two and three words that may be one name: "가나 익스체인지", "Mosaic Coder 2"."""
    first = words[at]
    if len(first.text) < _SHORTEST:
        return
    for last in range(at + 1, min(at + _LONGEST, len(words))):
        before, word = words[last - 1], words[last]
        if not free[last] or text[before.end : word.start] != " ":
            return
        if _ends_phrase(before.text):
            return
        for stem, particle in stems(word.text):
            if (last == at + 1 or stem.isascii()) and _may_end(stem, common):
                end = word.start + len(stem)
                yield Candidate(text[first.start : end], first.start, end, particle, at, last)


@lru_cache(maxsize=16384)
def _ends_phrase(word: str) -> bool:
    """Tell a word that no name goes on after: it has a sure particle, or is a verb."""
    return (word[-1] >= "가" and stems(word)[0][1] in _SURE) or is_verbal(word)


def _may_end(word: str, common: Collection[str]) -> bool:
    """Tell whether a run may end in a word: no verb, no quantity, a common noun of a kind."""
    if word.isascii():
        return True
    usual = word in common and not kinds_of_noun(word)
    return len(word) >= _SHORTEST and not (usual or word[0].isdigit() or is_verbal(word))


def _in_quotes(
    match: re.Match[str], words: Sequence[Word], taken: Collection[tuple[int, int]]
) -> Iterator[Candidate]:
    start, end = match.span("name")
    name = match["name"]
    if (start, end) in taken or _SENTENCE.search(name) or name != name.strip():
        return
    inside = [n for n, w in enumerate(words) if start <= w.start < end]
    if inside:
        after = words[inside[-1] + 1] if inside[-1] + 1 < len(words) else None
        glued = after.text if after and after.start == match.end() else ""
        particle = glued if glued and _PARTICLE.fullmatch(glued) else ""
        yield Candidate(name, start, end, particle, inside[0], inside[-1], True)
