"""What a sentence tells twice of the same two, once with less: only the fuller is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.scene import Draft


def without_repeats(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Leave out what another draft tells of the same two with more: when, how much, of what."""
    for draft in drafts:
        same = (
            other
            for other in drafts
            if other is not draft
            and (other.subject.id, other.predicate) == (draft.subject.id, draft.predicate)
            and other.object is not None
            and draft.object is not None
            and other.object.id == draft.object.id
            and other.modality == draft.modality
        )
        if not any(_tells_more(other, draft) for other in same):
            yield draft


def _tells_more(one: Draft, other: Draft) -> bool:
    valued = other.value is None or one.value == other.value
    return valued and other.qualifiers.items() < one.qualifiers.items()
