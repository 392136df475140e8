"""Korean morphemes from Kiwi: the one place that loads it and sets its options.

Source: kiwipiepy (https://bab2min.github.io/kiwipiepy/). Offsets of a
:class:`Morpheme` are code points into the analysed text; ``form`` is Kiwi's
normalised form (``ᆫ다``), so evidence is always cut from the text, never rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme: its form, Sejong tag, and half-open range in the text."""

    form: str
    tag: str
    start: int
    end: int


@lru_cache(maxsize=1)
def kiwi() -> Kiwi:
    """Load Kiwi once a process, without the multi-word dictionary (1.7 s for little)."""
    from kiwipiepy import Kiwi

    return Kiwi(load_multi_dict=False, load_typo_dict=False)


def morphemes(text: str, names: Sequence[tuple[int, int]] = ()) -> tuple[Morpheme, ...]:
    """Analyse one text; each range in ``names`` becomes a single proper noun (NNP)."""
    forced = [(start, end, "NNP") for start, end in names] or None
    return tuple(
        Morpheme(t.form, t.tag, t.start, t.end)
        for t in kiwi().tokenize(text, pretokenized=forced)
    )


def morphemes_of_all(texts: Iterable[str]) -> list[tuple[Morpheme, ...]]:
    """Analyse many texts at once on all cores, in order."""
    return [
        tuple(Morpheme(t.form, t.tag, t.start, t.end) for t in tokens)
        for tokens in kiwi().tokenize(list(texts))
    ]
