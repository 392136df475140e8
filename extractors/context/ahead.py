"""Sentences that Kiwi analyses ahead, on its own threads, while the tables are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.context.scene import Named
from extractors.context.worth import may_tell
from kg.search.analyzer import Morpheme, morphemes, morphemes_in_turn

if TYPE_CHECKING:
    from corpus.sentences import Sentence


def analyse(
    texts: Sequence[str], found: Sequence[Sequence[Named]]
) -> Iterator[tuple[Morpheme, ...]]:
    """Analyse sentences, from now on; every name is one proper noun (NNP)."""
    ranges = {
        text: [(start, end, "NNP") for start, end in _ranges(named)]
        for text, named in zip(texts, found, strict=True)
    }
    return morphemes_in_turn(texts, ranges)


class Ahead:
    """Analyses sentences with the names that are known by now; those with others once more."""

    def __init__(self, sentences: Sequence[Sentence], found: Sequence[Sequence[Named]]) -> None:
        """Begin at once; ``found`` are the names known of each sentence."""
        self._texts = [sentence.clean.text for sentence in sentences]
        self._found = [
            named if may_tell(sentence, named) else None
            for sentence, named in zip(sentences, found, strict=True)
        ]
        begun = [
            (text, named)
            for text, named in zip(self._texts, self._found, strict=True)
            if named is not None
        ]
        self._tokens = analyse([text for text, _ in begun], [named for _, named in begun])

    def morphemes(
        self, found: Sequence[Sequence[Named]], telling: Sequence[bool]
    ) -> Iterator[tuple[Morpheme, ...]]:
        """Yield the morphemes of each sentence that may tell, with the names found by then."""
        for text, before, named, wanted in zip(
            self._texts, self._found, found, telling, strict=True
        ):
            tokens = next(self._tokens) if before is not None else ()
            if wanted:
                same = before is not None and _ranges(before) == _ranges(named)
                yield tokens if same else morphemes(text, _ranges(named))


def _ranges(named: Sequence[Named]) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in named]
