"""What a sentence tells twice of the same two, once with less: only the fuller is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.classes import MADE
from extractors.context.scene import Draft

_MAKING = frozenset({"develops", "coDevelops", "releases", "produces", "uses", "supplies"})
_CHANGE = "증감률"
_WHERE_TO = ("증가율", "감소율", "상승률", "하락률", "성장률")


def without_repeats(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Leave out what is told again, or by another draft with more: when, how much, of what.

    Who makes the version makes its family: "오푸스 5" says more than "오푸스".
    """
    told = set()
    for draft in drafts:
        content = _content(draft)
        if content in told:
            continue
        told.add(content)
        others = (d for d in drafts if d is not draft and d.modality == draft.modality)
        if not any(
            _tells_more(other, draft) or _is_of_it(other, draft) or _says_where_to(other, draft)
            for other in others
        ):
            yield draft


def _content(draft: Draft) -> tuple[object, ...]:
    return (
        draft.subject.id,
        draft.predicate,
        draft.object.id if draft.object else None,
        draft.value.text if draft.value else None,
        draft.modality,
        tuple(sorted(draft.qualifiers.items())),
    )


_FOUNDERS = ("창업자", "설립자", "창립자", "창업주")
"""Who founded a firm, and may have left it since."""


def _tells_more(other: Draft, draft: Draft) -> bool:
    """Tell whether another draft relates the same two with more, or as a foundry does."""
    if draft.object is None or other.object is None or other.object.id != draft.object.id:
        return False
    if other.subject.id != draft.subject.id:
        return False
    if (other.predicate, draft.predicate) == ("manufactures", "produces"):
        return True
    if (other.predicate, draft.predicate) == ("founded", "worksFor"):
        return draft.qualifiers.get("role", "").endswith(_FOUNDERS)
    valued = draft.value is None or other.value == draft.value
    more = draft.qualifiers.items() < other.qualifiers.items()
    return valued and more and other.predicate == draft.predicate


def _says_where_to(other: Draft, draft: Draft) -> bool:
    """Tell the same change of the same figure, told as a rise or a fall: "매출 증가율"."""
    metric = draft.qualifiers.get("metric", "")
    if not metric.endswith(_CHANGE) or draft.value is None or other.value is None:
        return False
    same = (other.subject.id, other.value.text) == (draft.subject.id, draft.value.text)
    base = metric.removesuffix(_CHANGE)
    return same and other.qualifiers.get("metric") in {base + to for to in _WHERE_TO}


def _is_of_it(other: Draft, draft: Draft) -> bool:
    """Tell a draft of a family beside its version, and of "가나 AI 모델" beside its name."""
    family, thing = draft.object, other.object
    if family is None or thing is None or thing.cls not in MADE or family.id == thing.id:
        return False
    if (other.subject.id, other.predicate) != (draft.subject.id, draft.predicate):
        return False
    if draft.qualifiers.get("period") not in (None, other.qualifiers.get("period")):
        return False  # "5월에 K2 미니를, 6월에 K2를 낸다"
    called = f"{draft.subject.label} "
    unnamed = family.label.startswith(called) and not thing.label.startswith(called)
    described = unnamed and family.cls == thing.cls and not family.aliases
    return draft.predicate in _MAKING and (family.id in thing.broader or described)
