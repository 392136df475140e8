"""What one relation of a sentence leaves no room for: a maker, where another is known or told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause
from extractors.lexicon.makers import makers


def without_cancelled(matched: Sequence[Draft]) -> list[Draft]:
    """Let "개발을 취소" be a cancelling only, and no development that is denied."""
    cancelled = {
        (d.subject.id, d.object.id) for d in matched if d.predicate == "cancels" and d.object
    }
    return [
        d
        for d in matched
        if not (
            d.object
            and d.predicate in ("develops", "releases")
            and (d.subject.id, d.object.id) in cancelled
        )
    ]


def without_others(matched: Sequence[Draft]) -> list[Draft]:
    """Leave out what another is known, or told, to make.

    "가나는 …, 다라(Trainium) 등의 개발이": who develops it is known; "레니게이드는 TSMC
    5나노로 생산된다": its owner does not produce it.
    """
    made: dict[str, set[str]] = {}
    for draft in matched:
        if draft.predicate == "manufactures" and draft.object:
            made.setdefault(draft.object.id, set()).add(draft.subject.id)
    kept = []
    for draft in matched:
        thing = draft.object.id if draft.object else ""
        known = makers().get(thing) if draft.predicate == "develops" else None
        if known is not None and draft.subject.id not in known:
            continue
        others = draft.subject.id not in made.get(thing, {draft.subject.id})
        if not (draft.predicate == "produces" and others and _is_left_open(draft.clause)):
            kept.append(draft)
    return kept


def without_replaced(scene: Scene, matched: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out what is said of whom another takes the place of: "가나 대신 다라에 맡긴다"."""
    if " 대신" not in scene.text:
        yield from matched
        return
    kept = {n[0].id for n in scene.names if not _REPLACED.match(scene.text, n[2])}
    gone = {n[0].id for n in scene.names} - kept
    for draft in matched:
        told = {draft.subject.id, draft.object.id} if draft.object else set()
        if told.isdisjoint(gone):
            yield draft


_REPLACED = re.compile(r"[”’\"')]*(?:\s[가-힣A-Za-z]{1,8})?\s대신(?=[\s,에])")


def _is_left_open(clause: Clause | None) -> bool:
    """Tell that a clause itself does not say who produces: "K2 생산을 가나에 맡겼다"."""
    if clause is None or clause.voice == "passive":
        return clause is not None
    return clause.is_noun and clause.topic is None and clause.subject is None
