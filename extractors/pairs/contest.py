"""Which of the likely pairs that are not told in one sentence stand against the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extractors.pairs.features import Party, View

Triple = tuple[str, str, str]
"""Ids of the first and the second, and the label between them."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two ids with their likeliest label; ``absent`` is the one carried from before, if one is."""

    first: str
    second: str
    label: str
    odds: float
    absent: str = ""

    @property
    def present(self) -> str:
        """The id of the one who stands in the sentence, where the other does not."""
        return self.second if self.absent == self.first else self.first

    @property
    def triple(self) -> Triple:
        """The pair and its label."""
        return self.first, self.second, self.label


def uncontested(likely: Iterable[Likely], told: Collection[Triple]) -> list[Likely]:
    """Leave out who is carried from before where another fits; the surest come first.

    Of two that would be related either way round only the likelier way is kept.

    "가온은 나래와 손잡았다. 다솜은 라온과 손잡았다": 라온 has its partner in its own sentence, so
    가온 is none. Of several carried ones only the likeliest is kept.
    """
    kept: list[Likely] = []
    ways: set[Triple] = set()
    taken = {(end, label) for first, second, label in told for end in (first, second)}
    for pair in sorted(likely, key=lambda pair: (bool(pair.absent), -pair.odds)):
        if (pair.second, pair.first, pair.label) in ways:
            continue
        ways.add(pair.triple)
        if not pair.absent:
            taken |= {(pair.first, pair.label), (pair.second, pair.label)}
        elif (pair.present, pair.label) in taken:
            continue
        else:
            taken.add((pair.present, pair.label))
        kept.append(pair)
    return kept


def is_open(view: View, a: Party, b: Party) -> bool:
    """Tell whether a pair may be related: not who is carried where another is the subject."""
    return not a.carried or (view.subjects() <= {b.entity.id} and not view.is_of_stranger())
