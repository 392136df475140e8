"""Korean morphemes from Kiwi: the one place that loads it and sets its options.

Source: kiwipiepy (https://bab2min.github.io/kiwipiepy/). Offsets of a
:class:`Morpheme` are code points into the analysed text; ``form`` is Kiwi's
normalised form (``ᆫ다``), so evidence is always cut from the text, never rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NOUNS = frozenset({"NNG", "NNP", "NNB", "NR", "XR", "SH", "SN"})
_WORDS = frozenset({"MAG", "MM"})
_VERBS = frozenset({"VV", "VA"})
_HYPHENS = frozenset("-‐‑._")


class Morpheme(NamedTuple):
    """One morpheme: its form, Sejong tag, and half-open range in the text.

    A named tuple, as a report has tens of thousands: a frozen dataclass is made far slower.
    """

    form: str
    tag: str
    start: int
    end: int


_PARTS = attrgetter(*Morpheme._fields)
_MORPHEME: Callable[[tuple[str, str, int, int]], Morpheme]
_MORPHEME = partial(tuple.__new__, Morpheme)  # as its own _make does, without a Python call

_threads: int | None = None  # Kiwi's own default: all cores


def use_threads(number: int) -> None:
    """Let Kiwi use so many threads, at least 1; only before it is first used.

    One of several processes that share the cores is faster with one thread.
    """
    global _threads  # noqa: PLW0603 - a setting of the process, like Kiwi itself
    _threads = number


@lru_cache(maxsize=1)
def kiwi() -> Kiwi:
    """Load Kiwi once a process, without the multi-word dictionary (1.7 s for little)."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=_threads, load_multi_dict=False, load_typo_dict=False)


def morphemes(text: str, names: Sequence[tuple[int, int]] = ()) -> tuple[Morpheme, ...]:
    """Analyse one text; each range in ``names`` becomes a single proper noun (NNP)."""
    return _morphemes(text, tuple(names))


@lru_cache(maxsize=256)  # a question is looked at from several sides
def _morphemes(text: str, names: tuple[tuple[int, int], ...]) -> tuple[Morpheme, ...]:
    forced = [(start, end, "NNP") for start, end in names] or None
    return _made(kiwi().tokenize(text, pretokenized=forced))


def _made(tokens: Iterable[Token]) -> tuple[Morpheme, ...]:
    return tuple(map(_MORPHEME, map(_PARTS, tokens)))


def morphemes_in_turn(
    texts: Sequence[str], names: Mapping[str, list[tuple[int, int, str]]]
) -> Iterator[tuple[Morpheme, ...]]:
    """Analyse texts with the ranges and tags of their names, ahead of whoever reads them.

    Kiwi's threads begin at once and go on while the reader works; told to use one thread,
    all is analysed first, so that a job keeps to its core and Kiwi and the reader do not
    oust each other from its cache.
    """

    def forced(text: str) -> list[tuple[int, int, str]] | None:
        return names.get(text) or None

    analysed: Iterable[list[Token]]
    if _threads == 1:
        analysed = [kiwi().tokenize(text, pretokenized=forced(text)) for text in texts]
    else:
        analysed = kiwi().tokenize(texts, pretokenized=forced)
    return map(_made, analysed)


def morphemes_of_all(texts: Iterable[str]) -> list[tuple[Morpheme, ...]]:
    """Analyse many texts at once on all cores, in order."""
    return list(morphemes_in_turn(list(texts), {}))


def terms(morphemes: Sequence[Morpheme], text: str) -> tuple[str, ...]:
    """Return the content terms of an analysed text, in reading order, repeats kept.

    Nouns, roots, adverbs, numbers and foreign words as written, verbs and adjectives
    in their dictionary form (``빠르다``), a noun once more with its suffix (``가속``,
    ``가속기``); all NFKC, case-folded, free of white space.
    A model name that Kiwi cuts into letters and digits (``GPT-4o``: GPT, 4, o)
    follows its pieces as one term without hyphens (``gpt4o``).
    """
    found: list[str] = []
    run: list[Morpheme] = []
    last: Morpheme | None = None
    for morpheme in morphemes:
        if _is_foreign(morpheme):
            if run and not _is_glue(text[run[-1].end : morpheme.start]):
                found.extend(_compound(run, text))
                run = []
            run.append(morpheme)
        elif morpheme.form not in _HYPHENS:
            found.extend(_compound(run, text))
            run = []
        found.extend(_content(morpheme) or _suffixed(last, morpheme))
        last = morpheme
    found.extend(_compound(run, text))
    return tuple(found)


def bigrams(text: str) -> tuple[str, ...]:
    """Return the character pairs inside each run of letters, 한글 and digits.

    NFKC and case-folded; a run of one character is kept as it is.
    """
    found: list[str] = []
    for run in _WORD.findall(_fold(text)):
        found.extend(map("".join, pairwise(run)) if len(run) > 1 else (run,))
    return tuple(found)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_foreign(morpheme: Morpheme) -> bool:
    """Tell letters and digits, also full-width and ㎚, which Kiwi takes for symbols."""
    if morpheme.tag == "SW":
        return bool(_WORD.search(_fold(morpheme.form)))
    return morpheme.tag in {"SL", "SN"}


def _is_glue(between: str) -> bool:
    return between == "" or between in _HYPHENS


def _content(morpheme: Morpheme) -> list[str]:
    tag = morpheme.tag.split("-")[0]
    if tag in _VERBS:
        return [morpheme.form + "다"]
    if tag in _NOUNS or tag in _WORDS or _is_foreign(morpheme):
        return _pieces(_fold(morpheme.form))
    return []


def _suffixed(noun: Morpheme | None, suffix: Morpheme) -> list[str]:
    """Return the noun with the suffix that is glued to it (가속 + 기), if that is what they are."""
    if suffix.tag != "XSN" or noun is None or noun.tag not in _NOUNS or noun.end != suffix.start:
        return []
    return _WORD.findall(_fold(noun.form + suffix.form))


def _pieces(folded: str) -> list[str]:
    """Cut a name into letters and numbers, as Kiwi does, and add the whole without hyphens."""
    pieces = [piece.replace(",", "") for piece in _PIECE.findall(folded)]
    if len(pieces) > 1:
        pieces.append("".join(_WORD.findall(folded)))
    return pieces


def _compound(run: Sequence[Morpheme], text: str) -> list[str]:
    if len(run) < 2 or all(morpheme.tag == "SN" for morpheme in run):
        return []
    return ["".join(_WORD.findall(_fold(text[run[0].start : run[-1].end])))]
