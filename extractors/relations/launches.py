"""Who brought out what nobody in its sentence is said to: "## 가나 … 'K2'가 공개됐다"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.lexicon.makers import makers_of
from extractors.names.descriptions import is_agents, is_nobody
from extractors.relations.frame_parties import OF_ITS_MAKER
from kg.claim import Entity


def host(scene: Scene, frame: Frame, clause: Clause, things: Sequence[Entity]) -> list[Entity]:
    """List whose doing it is that nobody is said to do: "## 가나", "- 통역 앱이 공개됐다".

    Whose event things of no known maker were shown at ("가나의 개발자 행사에서 'K2'가 공개됐다"),
    else whom the heading names or the text is about.
    """
    if clause.ending == "relative" or frame.predicate not in _TELLING:
        return []
    at = clause.arg("at")
    if at is not None and not scene.named_in(at.start, at.end, _SCENES):
        if frame.predicate != "releases" or not at.head.endswith(load_frames().events):
            return []
        named = scene.named_in(at.outer_start, at.end, BODIES)
        if named:
            return [] if any(map(makers_of, things)) else [named[0][0]]
    firm = _told_of(scene, frame, clause)
    if firm and firm.cls != "Company" and frame.predicate in _FOR_ONESELF:
        return []  # below "## 집행위" a way that "채택됐다" is one for others
    known = [makers_of(t) for t in things if frame.predicate not in _FOR_ONESELF]
    laws = any(thing.cls == "Policy" for thing in things)
    return [firm] if firm and not laws and all(firm in m for m in known if m) else []


def _told_of(scene: Scene, frame: Frame, clause: Clause) -> Entity | None:
    """Return the firm of the heading, or of the text before, where no other is named."""
    discourse, patient = scene.discourse, clause.arg("subject", "topic", "also")
    firm = discourse.heading or (discourse.topic if discourse.led else None)
    if not scene.may_carry or firm is None or firm.cls not in BODIES:
        return None
    named = scene.named_in(0, clause.start, (*BODIES, "Person"))
    if frame.predicate in _FOR_ONESELF:
        spared = clause.arg("to") is not None
        named = [n for n in named if not (patient and patient.outer_start <= n[1] < patient.end)]
    else:
        spared = patient is not None and _is_of_others(scene, patient)
    return firm if firm.cls in frame.subject and not (named or spared) else None


def _is_of_others(scene: Scene, patient: Phrase) -> bool:
    """Tell whose a thing is that has no name: "경쟁사의 새 칩이 공개됐다", "북주산 칩이 나왔다"."""
    owner = patient.owner
    if owner is not None and not scene.refer(owner, BODIES):
        head = owner.head.removesuffix("들")
        if is_nobody(head) or is_agents(head) or head.endswith(_AGENTS):
            return True
    places = scene.named_in(patient.start, patient.end, ("Place",))
    return any(scene.text.startswith("산 ", end) for _, _, end in places)


_AGENTS = ("사", "업체", "기업", "업계", "진영", "정부", "당국", "연구진", "대학", "팀")
_FOR_ONESELF = ("uses", "acquires", "purchases")
"""What is done to others' things: a maker named before a thing is not who does it."""
_TELLING = (*OF_ITS_MAKER, *_FOR_ONESELF, "builds", "founded")
_SCENES = ("Place", "Event", "Facility", "Software")


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
