"""Who brought out what nobody in its sentence is said to: "## 가나 … 'K2'가 공개됐다"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.lexicon.makers import makers_of
from kg.claim import Entity


def host(scene: Scene, frame: Frame, clause: Clause, things: Sequence[Entity]) -> list[Entity]:
    """List whose event things of no known maker were shown at, or whom the heading names.

    "가나의 개발자 행사에서 'K2'가 공개됐다"; below "## 가나" "- 도구 'K2'가 공개됐다".
    """
    known = any(makers_of(thing) for thing in things)
    if frame.predicate != "releases" or clause.ending == "relative" or known:
        return []
    at = clause.arg("at")
    if at is not None:
        if not at.head.endswith(load_frames().events):
            return []
        named = scene.named_in(at.outer_start, at.end, BODIES)
        if named:
            return [named[0][0]]
    heading = scene.discourse.heading
    others = scene.named_in(0, clause.start, BODIES)
    own = heading is not None and heading.cls in BODIES and scene.may_carry and not others
    return [heading] if own and heading is not None else []


def led_place(scene: Scene, clause: Clause, classes: tuple[str, ...]) -> list[Entity]:
    """List the body that opens the sentence and acts at its end, past what it acts by.

    "가나대에서 가중치를 바꾸지 않고 답을 고치는 'K2'를 공개했다".
    """
    first = next(iter(scene.parsed.phrases), None)
    verbs = [c for c in scene.parsed.clauses if c.ending == "final" and not c.is_noun]
    opens = first is not None and first.case == "at" and not scene.text[: first.start].strip("-•* ")
    if first is None or not opens or verbs[-1:] != [clause]:
        return []
    return [named[0] for named in scene.fill(first, classes)]
