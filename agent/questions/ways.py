"""The ways in which reports may say a word of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.korean import stem
from agent.questions.linking import fold, shortest
from agent.questions.question import Term
from agent.words import relation_words, same_relation, synonyms, translations, unit_words

_VERBS = ("VV", "VA")
_SHORT_VERB = 2  # verbs of one syllable (사다, 쓰다) are letters of too many words
_VERB_WEIGHT = 0.5
_KIN = 0.7


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: its weight, how reports may write it, words near it in meaning.

    ``direct`` and ``kin`` are folded texts, ``stems`` and ``kin_stems`` verbs in letters.
    """

    term: Term
    weight: float
    direct: tuple[str, ...]
    stems: tuple[str, ...]
    kin: tuple[str, ...]
    kin_stems: tuple[str, ...]

    @classmethod
    def of(cls, term: Term, rarity: float) -> Word:
        """Look up synonyms, translations and words of the same relation."""
        verb = term.tag in _VERBS
        weight = rarity * (_VERB_WEIGHT if verb or term.tag == "MAG" else 1.0)
        return cls(term, weight, *_ways_to_say(term.form, verb))

    def said(self, text: str, letters: str) -> float:
        """How much of it a folded text says: 1 itself, 0.7 a synonym or word of its relation.

        Asked of every word and sentence, so plain loops: those who call would cost more.
        """
        for word in self.direct:
            if word in text:
                return 1.0
        for word in self.stems:
            if word in letters:
                return 1.0
        for word in self.kin:
            if word in text:
                return _KIN
        for word in self.kin_stems:
            if word in letters:
                return _KIN
        return 0.0


@lru_cache(maxsize=4096)
def _ways_to_say(
    form: str, verb: bool
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """How a word may be written, its stem, words near it in meaning, stems of those."""
    direct = [*unit_words(form), *translations(form), *([] if verb else [form])]
    siblings = relation_words().get(form, ())
    related = sorted(same_relation(tuple(siblings))) if siblings else []
    like = synonyms(form)
    kin = [*related, *(word for word in like if not word.endswith("다"))]
    verbs = [word[:-1] for word in like if word.endswith("다") and len(word) > _SHORT_VERB]
    own = (stem(form),) if verb and len(form) > 1 else ()
    return _folded(direct), own, _folded(kin), tuple(shortest(dict.fromkeys(map(stem, verbs))))


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(shortest(dict.fromkeys(key for word in words if (key := fold(word)))))
