"""Who competes with whom: things with things, firms with firms.

A firm whose model outdoes others' models is no rival of these ("가나는 새 모델 다라를 내며 마바를
제쳤다"): its model is. What memory is dearer than what, or which share, is no rivalry at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.wholes import is_part
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import is_memory, makers
from kg.claim import Entity

_RATIO = re.compile(r"\s?=\s?[\d(+-]")
_MAKING = frozenset({"releases", "develops", "produces", "publishes"})


def settle_rivals(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts with whoever really competes; leave out comparisons of other things."""
    for draft in matched:
        if draft.predicate != "competesWith" or draft.object is None:
            yield draft
        elif _is_rivalry(scene, draft):
            yield from _between_likes(scene, draft, draft.object, matched)


def _is_rivalry(scene: Scene, draft: Draft) -> bool:
    """Tell rivals from shares that are compared, and from memory that is dearer than another."""
    assert draft.object is not None
    if any(is_part(scene, entity) for entity in (draft.subject, draft.object)):
        return False
    if follows(draft.subject, draft.object):
        return False
    clause, valued = draft.clause, load_frames().valued
    others = clause.arg("owner") if clause and clause.is_noun else None
    if others and not scene.named_in(others.start, others.end, (*BODIES, *THINGS)):
        return False  # "가나와 다라가 북주의 경쟁에 대응하여"
    if _RATIO.match(scene.text, draft.end):
        return False
    return draft.subject.cls not in BODIES or valued.search(scene.text) is None


def follows(one: Entity, other: Entity) -> bool:
    """Tell a standard or a model from what it comes after: "DDR5는 DDR4보다 빠르다"."""
    alike = one.cls == other.cls and (one.cls in ("Technology", "Model") or is_memory(one))
    return alike and _EDITION.sub("", one.label) == _EDITION.sub("", other.label)


_EDITION = re.compile(r"[\d.\s\-]+[A-Za-z]?$")


def _between_likes(
    scene: Scene, draft: Draft, rival: Entity, matched: Sequence[Draft]
) -> Iterator[Draft]:
    """Put the thing of a firm in its place where it is compared with a thing of another's."""
    if draft.subject.cls not in BODIES or rival.cls not in THINGS or _rivals(draft):
        yield draft
        return
    thing = _thing_of(scene, draft, matched)
    if thing is not None and thing.id != rival.id:
        draft.subject = thing
        yield draft


def _rivals(draft: Draft) -> bool:
    """Tell a firm that is said to compete itself: "가나가 다라와 경쟁하는 도구를 냈다"."""
    clause = draft.clause
    return clause is not None and clause.lemma in load_frames().rivalling and not clause.is_noun


def _thing_of(scene: Scene, draft: Draft, matched: Sequence[Draft]) -> Entity | None:
    """Return what a sentence, or the one before, presents of a firm."""
    firm, clause = draft.subject, draft.clause
    if clause is not None and clause.ending in ("relative", "noun"):
        near = scene.named_in(clause.end, clause.end + _NEAR, THINGS)
        return near[0][0] if near else None  # "가나와 견줄 성능의 다라"
    for made in matched:
        shown = made.object if made.predicate in _MAKING and made.subject.id == firm.id else None
        if shown is not None and shown.cls in THINGS and not scene.is_generic(shown):
            return shown
    thing = scene.discourse.thing if scene.may_carry else None
    if thing is None or thing.cls not in THINGS:
        return None
    return thing if firm.id in makers().get(thing.id, {firm.id}) else None


_NEAR = 28
